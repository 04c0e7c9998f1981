#!/usr/bin/env python3
"""Writes bestfit.txt: the plainer characters that Windows puts for those that a code page lacks.

    generate_bestfit.py NLS [--check]

NLS is a folder with the tables of code pages in the NLS format, c_437.nls and so on, such as Wine has in
share/wine/nls. They hold the mappings that Microsoft published as bestfit1252.txt and the like. With --check, the
file is compared with what would be written.

A line is a character and what it becomes, of one or several code pages. Only characters that some code page has in
its upper half are there: others do not stand in mojibake. Standard library only.
"""
import pathlib
import struct
import sys

PAGES = {437: "cp437", 850: "cp850", 1250: "cp1250", 1251: "cp1251", 1252: "cp1252"}
READ = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1257 latin-1 iso8859-2 iso8859-15 cp437 cp850 cp852 cp866 mac-roman "
    "mac-cyrillic koi8-r"
).split()


def best_fit(folder, page):
    """Which byte each character of the BMP becomes."""
    data = (folder / f"c_{page:03}.nls").read_bytes()
    header, number, widest = struct.unpack_from("<3H", data)
    assert number == page and widest == 1
    (offset,) = struct.unpack_from("<H", data, 2 * header)
    return data[2 * (header + offset + 1) :]


def read(byte, codec):
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return None


def lines(folder):
    chars = {read(byte, codec) for codec in READ for byte in range(0x80, 0x100)} - {None}
    tables = {codec: best_fit(folder, page) for page, codec in PAGES.items()}
    for c in sorted(chars):
        # No-break spaces and soft hyphens wear off in ways of their own.
        if ord(c) <= 0xA0 or c == "\xad":
            continue
        plain = []
        for codec, table in tables.items():
            byte = table[ord(c)]
            became = read(byte, codec)
            # `?` is put where nothing fits.
            if byte >= 0x20 and became not in (None, "?", c, *plain):
                plain.append(became)
        if plain:
            yield c + "".join(plain) + "\n"


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    path = pathlib.Path(__file__).with_name("bestfit.txt")
    text = "".join(lines(folder))
    if "--check" in sys.argv:
        sys.exit(0 if path.read_text(encoding="utf-8") == text else "bestfit.txt differs")
    path.write_text(text, encoding="utf-8")
