#!/usr/bin/env python3
"""Writes shifted.txt: texts in UTF-7, HZ and CESU-8.

    python3 tests/data/encoding/generate_shifted.py > tests/data/encoding/shifted.txt

Source: the codecs utf-7 and hz of CPython's standard library (run with 3.11). CESU-8, which Python lacks, is its UTF-16 with
each unit written in UTF-8 by itself. One line for each text and encoding: name, bytes in hexadecimal, the text's code points;
a line with `-` for the code points holds bytes that the codec refuses.
"""
import struct

TEXTS = ['', 'plain', 'café', 'A+B', '+-', 'Hi Mom -☺-!', '日本語', 'é', 'éa', 'é-', 'é/x', 'é b', '1 + 1 = 2\n', 'a\\b~c', '😀',
         'x😀y', 'é😀', 'ééééé', '\x00\x7f', '~', '~~{', '己所不欲，勿施於人。', 'a中\nb文~', '中文', '中文 and 中文', 'ａｂ￥',
         '\U0010ffff\U00010000', '\ufeffx', 'Привет']
BROKEN = {'utf-7': [b'+AO', b'+2D0-', b'+2D0AQQ-', b'\xe9', b'+AOl-', b'+AOkA-', b'+!'],
          'hz': [b'\x80', b'~x', b'~{V', b'~{V\n', b'~{\x20\x20~}', b'~}']}


def cesu8(text):
    units = struct.unpack(f'<{len(text.encode("utf-16-le")) // 2}H', text.encode('utf-16-le'))
    return b''.join(chr(unit).encode('utf-8', 'surrogatepass') for unit in units)


def line(name, data, text):
    points = ' '.join(f'{ord(c):04X}' for c in text) if text is not None else '-'
    print(f'{name}\t{data.hex().upper()}\t{points}')


for text in TEXTS:
    for name, codec in [('utf-7', 'utf-7'), ('hz-gb-2312', 'hz')]:
        try:
            line(name, text.encode(codec), text)
        except UnicodeEncodeError:
            pass
    line('cesu-8', cesu8(text), text)
for codec, broken in BROKEN.items():
    for data in broken:
        try:
            # Python lets lone surrogates through, which are no text.
            line('hz-gb-2312' if codec == 'hz' else codec, data, data.decode(codec).encode().decode())
        except UnicodeError:
            line('hz-gb-2312' if codec == 'hz' else codec, data, None)
for data in [b'\xed\xa0\xbd', b'\xed\xa0\xbdx', b'\xed\xb8\x80', b'\xf0\x9f\x98\x80', b'\xc0\x80', b'\xe0\x80\x80', b'\xed\xa0\xbd\xed\xa0\xbd']:
    line('cesu-8', data, None)
