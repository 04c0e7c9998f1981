#!/usr/bin/env python3
"""Writes what other programs make of every byte and byte pair, as the reference for tests/encoding_reference.rs.

    python3 tests/data/encoding/generate.py        # rewrites *.txt beside this script; needs glibc

Sources: glibc's iconv (called through ctypes) and the codecs of CPython. Neither is a source of the crate's multi-byte
tables, which come from encoding_rs (compared in tests/encoding_whatwg.rs), but for code page 950's rows C6 and C7. The
single-byte tables do come from Python, so for them glibc is the independent witness; x-mac-greek and x-mac-turkish, which
glibc lacks, have none. The tables are facts and the files are
licensed like the crate.

Format, one run of bytes a line: `[py] HEX text`. HEX are the bytes of the first character; the last byte counts up with
each further one. `text` has the characters; `a-b` means all from a to b; anything in ASCII, invisible or combining is
`{HEX}`, several code points joined by `+`. Lines without `py` say what glibc reads, those with it where Python reads
otherwise; there `{}` means that Python reads nothing.
"""
import ctypes, os, platform, unicodedata

libc = ctypes.CDLL(None, use_errno=True)
libc.iconv_open.restype = ctypes.c_void_p
libc.iconv.argtypes = [ctypes.c_void_p] + [ctypes.c_void_p] * 4
libc.iconv_close.argtypes = [ctypes.c_void_p]

SINGLE = [  # our name, glibc's, Python's
    *[(f'windows-{n}', f'CP{n}', f'cp{n}') for n in range(1250, 1259)], ('windows-874', 'CP874', 'cp874'),
    *[(f'iso-8859-{n}', f'ISO-8859-{n}', f'iso8859-{n}') for n in (*range(1, 11), 13, 14, 15, 16)],
    *[(f'ibm{n}', f'CP{n}', f'cp{n}') for n in (437, 737, 775, 850, 852, 855, 857, 858, *range(860, 867), 869, 1125)],
    ('koi8-r', 'KOI8-R', 'koi8-r'), ('koi8-u', 'KOI8-U', 'koi8-u'), ('macintosh', 'MACINTOSH', 'mac-roman'),
    ('x-mac-cyrillic', 'MAC-CYRILLIC', 'mac-cyrillic'), ('x-mac-ce', 'MAC-CENTRALEUROPE', 'mac-latin2'),
    ('x-mac-greek', None, 'mac-greek'), ('x-mac-turkish', None, 'mac-turkish'),
    ('tcvn3-1', 'TCVN', None), ('viscii', 'VISCII', None),
]
MULTI = [
    ('gbk', 'GBK', 'gb18030'), ('big5', 'BIG5-HKSCS', 'big5hkscs'), ('cp950', 'BIG5', 'cp950'),
    ('shift_jis', 'CP932', 'cp932'), ('euc-jp', 'EUC-JP', 'euc_jp'), ('euc-kr', 'UHC', 'cp949'),
    ('johab', 'JOHAB', 'johab'),
]


class Iconv:
    def __init__(self, name):
        self.handle = libc.iconv_open(b'UTF-8', name.encode())
        if self.handle in (None, ctypes.c_void_p(-1).value):
            raise LookupError(name)

    def decode(self, data):
        libc.iconv(self.handle, None, None, None, None)
        source, target = ctypes.create_string_buffer(data, len(data)), ctypes.create_string_buffer(32)
        a, b = ctypes.c_void_p(ctypes.addressof(source)), ctypes.c_void_p(ctypes.addressof(target))
        n, m = ctypes.c_size_t(len(data)), ctypes.c_size_t(32)
        ref = ctypes.byref
        if libc.iconv(self.handle, ref(a), ref(n), ref(b), ref(m)) == -1 or n.value:
            return None
        if ctypes.c_size_t(libc.iconv(self.handle, None, None, ref(b), ref(m))).value == ctypes.c_size_t(-1).value:
            return None
        return target.raw[:32 - m.value].decode() or None


def python(codec, data):
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def sequences(name, multi):
    """Every byte above 7F, then every pair, and in EUC-JP every three bytes after 8F."""
    ones = [bytes([a]) for a in range(0x80, 0x100)]
    if not multi:
        return [bytes([a]) for a in range(0x20)] + ones
    return ones + [a + bytes([b]) for a in ones for b in range(0x30, 0x100)] + [
        bytes([0x8F, a, b]) for a in range(0xA1, 0xFF) for b in range(0xA1, 0xFF) if name == 'euc-jp']


def table(decode, name, multi):
    """bytes -> characters, without what merely is one sequence after another."""
    out = {}
    for data in sequences(name, multi):
        text = decode(data)
        if text is not None and not any(data[:i] in out for i in range(1, len(data))) and text != chr(data[0]) * (data[0] < 0x80):
            out[data] = text
    return out


def show(text):
    if len(text) == 1 and ord(text) >= 0x80 and unicodedata.category(text)[0] not in 'CZM' and \
            unicodedata.bidirectional(text) not in ('R', 'AL'):
        return text
    return '{' + '+'.join(f'{ord(c):X}' for c in text) + '}'


def runs(table):
    """Lines of consecutive byte sequences."""
    lines, last = [], None
    for data in sorted(table, key=lambda d: (len(d), d)):
        if last is None or data[:-1] != last[:-1] or data[-1] != last[-1] + 1:
            lines.append((data, []))
        lines[-1][1].append(table[data])
        last = data
    for first, texts in lines:
        out, i = '', 0
        while i < len(texts):
            j = i
            while j + 1 < len(texts) and len(texts[i]) == len(texts[j + 1]) == 1 and ord(texts[j + 1]) == ord(texts[j]) + 1:
                j += 1
            if j - i < 3:
                j = i
                out += show(texts[i])
            else:
                out += show(texts[i]) + '-' + show(texts[j])
            i = j + 1
        yield f'{first.hex().upper()} {out}'


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    source = f'glibc {platform.libc_ver()[1]} and CPython {platform.python_version()}'
    single = [f'# Single-byte code pages as {source} read them. Written by generate.py, which explains the format.']
    for names, multi in ((SINGLE, False), (MULTI, True)):
        for name, glibc, codec in names:
            reference, other = {}, {}
            try:
                reference = table(Iconv(glibc).decode, name, multi) if glibc else {}
                have = bool(glibc)
            except LookupError:
                have = False
            if codec:
                other = table(lambda data: python(codec, data), name, multi)
            if not have:
                reference, glibc = other, None
            lines = list(runs(reference))
            if codec and glibc:
                lines += ['py ' + line for line in runs(
                    {k: other.get(k, '') for k in reference.keys() | other.keys() if other.get(k) != reference.get(k)})]
            head = f'{name}: {f"glibc {glibc}" if glibc else ""}{", " if glibc and codec else ""}{f"Python {codec}" if codec else ""}'
            if multi:
                with open(f'{folder}/{name}.txt', 'w', encoding='utf-8', newline='\n') as f:
                    f.write(f'# {head}; as {source} read it. Written by generate.py, which explains the format.\n')
                    f.write('\n'.join(lines) + '\n')
            else:
                single += [f'= {head}', *lines]
    with open(f'{folder}/single-byte.txt', 'w', encoding='utf-8', newline='\n') as f:
        f.write('\n'.join(single) + '\n')


main()
