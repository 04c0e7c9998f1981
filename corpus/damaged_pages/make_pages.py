#!/usr/bin/env python3
"""Mangles clean simplified Chinese the way the program behind such pages does.

    python3 corpus/damaged_pages/make_pages.py             # rewrites the committed pages
    python3 corpus/damaged_pages/make_pages.py --measure N SENTENCES... > pages.jsonl

The program works on GBK bytes, step after step, and no step respects character borders:
simplified to traditional by character, a reading after the codes of some characters, control
characters before the codes of some punctuation marks, decoding with `?` for what can't be decoded.
`../shared` supplies the conversion (OpenCC, Apache-2.0) and the readings (pinyin-data, MIT).
"""
import argparse, json, pathlib, random, re

HERE = pathlib.Path(__file__).resolve().parent
SHARED = HERE.parent.parent.parent / "shared"
MARKS = "，、。！？；"
SPACED = "會創絡樂"
SPAM = ["欧美清纯视频|免费高清在线观看", "最新章节手机阅读_全文无弹窗", "国产精品一区|久久热视频"]


def table_traditional():
    table = {}
    for line in (SHARED / "data/zh/STCharacters.txt").read_text("utf-8").splitlines():
        if line and line[0] != "#" and "\t" in line:
            key, values = line.split("\t")
            values = values.split()
            # 后, 里, 于: a character that may stay as it is does.
            if key not in values and encodable(values[0]):
                table[key] = values[0]
    return table


def table_readings():
    table = {}
    for line in (SHARED / "data/zh/pinyin.txt").read_text("utf-8").splitlines():
        match = re.match(r"U\+([0-9A-F]+): ([^,\s]+)", line)
        if match:
            table[chr(int(match[1], 16))] = match[2]
    return table


def encodable(char):
    try:
        return len(char.encode("gbk")) <= 2
    except UnicodeEncodeError:
        return False


def in_gb2312(char):
    try:
        char.encode("gb2312")
        return True
    except UnicodeEncodeError:
        return False


def toneless(reading):
    plain = dict(zip("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuvvvvv"))
    return "".join(plain.get(c, c) for c in reading)


def narrow(text):
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)


def replace(stream, code, make, after):
    """Inserts make() before or after every place where the two bytes `code` stand."""
    out, i = [], 0
    while i < len(stream):
        if i + 1 < len(stream) and (stream[i][0], stream[i + 1][0]) == code:
            added = [(b, None) for b in make()]
            pair = stream[i:i + 2]
            out += pair + added if after else added + pair
            i += 2
        else:
            out.append(stream[i])
            i += 1
    return out


def decode(stream):
    """GBK to characters with their origins; what can't be decoded becomes `?`."""
    out, i = [], 0
    while i < len(stream):
        byte = stream[i][0]
        if byte < 0x80:
            out.append((chr(byte), [stream[i]]))
            i += 1
            continue
        if 0x81 <= byte <= 0xFE and i + 1 < len(stream):
            trail = stream[i + 1][0]
            if 0x40 <= trail <= 0xFE and trail != 0x7F:
                char = bytes([byte, trail]).decode("gb18030")
                out.append((char, stream[i:i + 2]))
                i += 2
                continue
            if trail < 0x40:
                out.append(("?", stream[i:i + 2]))
                i += 2
                continue
        out.append(("?", [stream[i]]))
        i += 1
    return out


def make_page(text, rng, *, readings=True, tones=True, noise="kept", narrowed=False,
              traditional=True, markup=False, lost="?", spam=False):
    """Returns the mangled page, the repaired one, and the damaged stretches of the latter."""
    if traditional:
        text = "".join(TRADITIONAL.get(c, c) for c in text)
    text = "".join(c for c in text if encodable(c))
    source = []          # the bytes with the index of the character they belong to
    at = 0
    for c in text:
        if markup and c == "\n":
            source += [(b, None) for b in b"</p>"]
        source += [(b, at) for b in c.encode("gbk")]
        at += 1
    if readings:
        there = sorted({c for c in text if len(c.encode("gbk")) == 2 and c in READINGS and ord(c) > 0x3400})
        foreign = [c for c in there if not in_gb2312(c)]
        if tones:
            chosen = [c for c in foreign if rng.random() < 0.55]
            chosen += rng.sample([c for c in there if in_gb2312(c)], 1) if rng.random() < 0.2 else []
            # Characters of the table that this page shows only across a border.
            chosen += [c for c in FOREIGN if c not in there and rng.random() < 0.4]
        else:
            chosen = [c for c in there if rng.random() < 0.12]
        spaced = rng.random() < 0.5
        for c in chosen:
            reading = READINGS[c] if tones else toneless(READINGS[c])
            try:
                inserted = f"({reading}{' ' if spaced and c in SPACED else ''})".encode("gbk")
            except UnicodeEncodeError:
                continue
            source = replace(source, tuple(c.encode("gbk")), lambda: inserted, True)
    if noise != "none":
        for mark in MARKS:
            source = replace(source, tuple(mark.encode("gbk")),
                             lambda: bytes(rng.choice(b"\5\6\7\7\b\b") for _ in range(rng.randint(1, 5))), False)
    decoded = decode(source)
    intact = set()
    for _, origin in decoded:
        owners = {o for _, o in origin}
        if len(owners) == 1 and (o := owners.pop()) is not None and len(text[o].encode("gbk")) == len(origin):
            intact.add(o)
    mangled = "".join((lost if c == "?" and origin[0][0] != 0x3F else c) for c, origin in decoded)
    if noise == "dropped":
        mangled = re.sub("[\5-\b]", "", mangled)
    elif noise == "space":
        mangled = re.sub("[\5-\b]+", " ", mangled)
    if markup:
        mangled = mangled.replace("</p>", "")
    if narrowed:
        mangled, text = narrow(mangled), narrow(text)
    sites, i = [], 0
    while i < len(text):
        j = i
        while j < len(text) and j not in intact:
            j += 1
        if j > i:
            sites.append((i, j))
        i = j + 1
    if spam:
        head, tail = rng.sample(SPAM, 2)
        mangled, text = f"{head}\n{mangled}\n{tail}\n", f"{head}\n{text}\n{tail}\n"
        sites = [(a + len(head) + 1, b + len(head) + 1) for a, b in sites]
    return mangled, text, sites


TRADITIONAL = table_traditional()
READINGS = table_readings()
FOREIGN = sorted({c for c in TRADITIONAL.values() if not in_gb2312(c)})
KINDS = [
    dict(),
    dict(noise="dropped", narrowed=True),
    dict(noise="dropped", spam=True),
    dict(noise="space", markup=True),
    dict(noise="kept", markup=True, spam=True),
    dict(tones=False, noise="dropped"),
    dict(traditional=False, readings=False),
    dict(traditional=True, readings=False, noise="dropped"),
    dict(traditional=False, readings=False, noise="kept", narrowed=True),
    dict(noise="kept", lost=""),
]

# Each text with the kinds it is committed in; the seeds were the first that came to mind.
COMMITTED = [
    ("greenhouse", 1, dict(noise="kept")),
    ("museum", 2, dict(noise="dropped", narrowed=True, spam=True)),
    ("pump", 3, dict(noise="dropped")),
    ("teahouse", 4, dict(traditional=False, readings=False, noise="kept")),
    ("bus", 5, dict(noise="kept", markup=True)),
    ("pump-toneless", 6, dict(tones=False, noise="dropped")),
    ("museum-simplified", 7, dict(traditional=False, readings=False, noise="dropped", narrowed=True)),
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", type=int, metavar="N", help="make N pages of the given sentences")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--own", action="store_true", help="measure on the clean texts here")
    parser.add_argument("sentences", nargs="*")
    args = parser.parse_args()
    if args.measure:
        rng = random.Random(args.seed)
        lines = [l for name in args.sentences for l in pathlib.Path(name).read_text("utf-8").splitlines()]
        simplify = {v: k for k, v in TRADITIONAL.items()}
        lines = ["".join(simplify.get(c, c) for c in l) for l in lines if re.search("[\u4e00-\u9fff]", l)]
        texts = [p.read_text("utf-8") for p in sorted((HERE / "clean").glob("*.txt"))]
        for number in range(args.measure):
            kind = KINDS[number % len(KINDS)]
            text = texts[number % len(texts)] if args.own else "\n".join(rng.sample(lines, 30)) + "\n"
            mangled, fixed, sites = make_page(text, rng, **kind)
            print(json.dumps(dict(kind=kind, mangled=mangled, fixed=fixed, sites=sites), ensure_ascii=False))
        return
    for name, seed, kind in COMMITTED:
        text = (HERE / "clean" / f"{name.split('-')[0]}.txt").read_text("utf-8")
        mangled, fixed, _ = make_page(text, random.Random(seed), **kind)
        (HERE / f"{name}.txt").write_text(mangled, "utf-8", newline="")
        (HERE / f"{name}.fixed.txt").write_text(fixed, "utf-8", newline="")


if __name__ == "__main__":
    main()
