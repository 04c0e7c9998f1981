"""Writes entity_names.rs: the character references of HTML that have a name.

    python3 src/tidy/generate_entities.py > src/tidy/entity_names.rs

Source: `html.entities.html5` of Python's standard library, which is the table of section 13.5 of the HTML Standard
(https://html.spec.whatwg.org/multipage/named-characters.html). That table is closed: no name is added any more.
"""

import sys
from html.entities import html5

HEADER = """\
//! The character references of HTML that have a name, without `&` and `;`.
//!
//! Written by generate_entities.py from the table of the HTML Standard, section 13.5, as Python's standard library
//! has it. Names and characters are facts, licensed like the crate. Sorted by the bytes of the name.

/// The longest name, in bytes.
pub(super) const LONGEST: usize = {longest};

/// Every name with what it stands for.
#[rustfmt::skip]
pub(super) static NAMES: [(&str, &str); {count}] = [
"""


def literal(text):
    """The text as a Rust string: what can be seen stands for itself."""
    return "".join(
        c if c.isalnum() and c.isascii() else "\\u{%x}" % ord(c) for c in text
    )


def main():
    # The names that need no semicolon stand a second time with one.
    names = sorted((name[:-1], text) for name, text in html5.items() if name.endswith(";"))
    assert all(name.isalnum() and name.isascii() for name, _ in names)
    out = HEADER.format(longest=max(len(name) for name, _ in names), count=len(names))
    out += "".join(f'    ("{name}", "{literal(text)}"),\n' for name, text in names)
    sys.stdout.buffer.write((out + "];\n").encode())


main()
