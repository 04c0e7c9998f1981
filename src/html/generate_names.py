#!/usr/bin/env python3
"""Writes names.rs: the character references of HTML that have a name.

    python3 src/html/generate_names.py > src/html/names.rs

Source: `html.entities` of Python's standard library, which has the table of section 13.5 of the HTML Standard
(https://html.spec.whatwg.org/multipage/named-characters.html), and that of HTML 4, whose names are the ones that
escaping programs write. Both tables are closed: no name is added any more.
"""

import sys
from html.entities import html5, name2codepoint

HEADER = """\
//! The character references of HTML that have a name, without `&` and `;`.
//!
//! Written by generate_names.py from the tables of the HTML Standard, section 13.5, and of HTML 4, as Python's standard
//! library has them. Names and characters are facts, licensed like the crate.

/// The longest name, in bytes.
pub(super) const LONGEST: usize = {longest};

/// Every name with what it stands for, sorted by the bytes of the name.
#[rustfmt::skip]
pub(super) static NAMES: [(&str, &str); {count}] = [
"""
HTML4 = """\
];

/// The characters that HTML 4 has a name for, in order; of ASCII, what HTML cannot hold as it is.
#[rustfmt::skip]
pub(super) static HTML_4: [(char, &str); {count}] = [
"""
ASCII = ["amp", "gt", "lt", "quot"]


def escape(c):
    return "\\u{%x}" % ord(c)


def literal(text):
    """The text as a Rust string: what can be seen stands for itself."""
    return "".join(c if c.isalnum() and c.isascii() else escape(c) for c in text)


def main():
    # The names that need no semicolon stand a second time with one.
    names = sorted((name[:-1], text) for name, text in html5.items() if name.endswith(";"))
    assert all(name.isalnum() and name.isascii() for name, _ in names)
    out = HEADER.format(longest=max(len(name) for name, _ in names), count=len(names))
    out += "".join(f'    ("{name}", "{literal(text)}"),\n' for name, text in names)
    # HTML 5 gave `lang` and `rang` to other brackets.
    html4 = sorted(
        (chr(code), name)
        for name, code in name2codepoint.items()
        if html5[name + ";"] == chr(code) and (code >= 0x80 or name in ASCII)
    )
    out += HTML4.format(count=len(html4))
    out += "".join(f"    ('{escape(c)}', \"{name}\"),\n" for c, name in html4)
    sys.stdout.buffer.write((out + "];\n").encode())


main()
