#!/usr/bin/env python3
"""Writes shifted.txt: texts in UTF-7, HZ, ISO-2022-KR and CESU-8.

    python3 tests/data/encoding/generate_shifted.py > tests/data/encoding/shifted.txt

Source: the codecs utf-7, hz and iso2022_kr of CPython's standard library (run with 3.11). CESU-8, which Python lacks, is its UTF-16 with
each unit written in UTF-8 by itself. One line for each text and encoding: name, bytes in hexadecimal, the text's code points;
a line with `-` for the code points holds bytes that the codec refuses.
"""
import struct

TEXTS = ['', 'plain', 'café', 'A+B', '+-', 'Hi Mom -☺-!', '日本語', 'é', 'éa', 'é-', 'é/x', 'é b', '1 + 1 = 2\n', 'a\\b~c', '😀',
         'x😀y', 'é😀', 'ééééé', '\x00\x7f', '~', '~~{', '己所不欲，勿施於人。', 'a中\nb文~', '中文', '中文 and 中文', 'ａｂ￥',
         '\U0010ffff\U00010000', '\ufeffx', 'Привет', '역사적 예수', 'abc 역\n사 x\n', '역사\r\n책', '大韓民國(1948)', '“한글”·€®', '뷁']
BROKEN = {'utf-7': [b'+AO', b'+2D0-', b'+2D0AQQ-', b'\xe9', b'+AOl-', b'+AOkA-', b'+!'],
          'hz': [b'\x80', b'~x', b'~{V', b'~{V\n', b'~{\x20\x20~}', b'~}'],
          'iso2022_kr': [b'\x80', b'\x1b$)', b'\x1b$)A', b'\x1b$)C\x0e?', b'\x1b$)C\x0e?\x0f', b'\x1b$)C\x0e?\n', b'\x1b$)C\x0e\x7f\x0f', b'\x1b$)C\x0e-!\x0f']}
NAMES = {'utf-7': 'utf-7', 'hz': 'hz-gb-2312', 'iso2022_kr': 'iso-2022-kr'}


def cesu8(text):
    units = struct.unpack(f'<{len(text.encode("utf-16-le")) // 2}H', text.encode('utf-16-le'))
    return b''.join(chr(unit).encode('utf-8', 'surrogatepass') for unit in units)


def line(name, data, text):
    points = ' '.join(f'{ord(c):04X}' for c in text) if text is not None else '-'
    print(f'{name}\t{data.hex().upper()}\t{points}')


for text in TEXTS:
    for codec, name in NAMES.items():
        try:
            line(name, text.encode(codec), text)
        except UnicodeEncodeError:
            pass
    line('cesu-8', cesu8(text), text)
for codec, broken in BROKEN.items():
    for data in broken:
        try:
            # Python lets lone surrogates through, which are no text.
            line(NAMES[codec], data, data.decode(codec).encode().decode())
        except UnicodeError:
            line(NAMES[codec], data, None)
for data in [b'\xed\xa0\xbd', b'\xed\xa0\xbdx', b'\xed\xb8\x80', b'\xf0\x9f\x98\x80', b'\xc0\x80', b'\xe0\x80\x80', b'\xed\xa0\xbd\xed\xa0\xbd']:
    line('cesu-8', data, None)
