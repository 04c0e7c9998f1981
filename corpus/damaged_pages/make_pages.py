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


INITIALS = dict(zip("b p m f d t n l g k h j q x zh ch sh r z c s".split(), "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ"))
FINALS = dict(pair.split("=") for pair in (
    "a=ㄚ o=ㄛ e=ㄜ ai=ㄞ ei=ㄟ ao=ㄠ ou=ㄡ an=ㄢ en=ㄣ ang=ㄤ eng=ㄥ ong=ㄨㄥ er=ㄦ i=ㄧ ia=ㄧㄚ ie=ㄧㄝ iao=ㄧㄠ iu=ㄧㄡ "
    "ian=ㄧㄢ in=ㄧㄣ iang=ㄧㄤ ing=ㄧㄥ iong=ㄩㄥ u=ㄨ ua=ㄨㄚ uo=ㄨㄛ uai=ㄨㄞ ui=ㄨㄟ uan=ㄨㄢ un=ㄨㄣ uang=ㄨㄤ v=ㄩ ve=ㄩㄝ "
    "van=ㄩㄢ vn=ㄩㄣ").split())


def zhuyin(reading):
    """A reading in pinyin as zhuyin."""
    tone = next((mark for c in reading for mark, vowels in
                 (("ˊ", "áéíóúǘ"), ("ˇ", "ǎěǐǒǔǚ"), ("ˋ", "àèìòùǜ"), ("", "āēīōūǖ")) if c in vowels), "˙")
    plain = toneless(reading)
    for y, full in (("yu", "v"), ("yi", "i"), ("y", "i"), ("wu", "u"), ("w", "u")):
        if plain.startswith(y):
            plain = full + plain[len(y):]
            break
    plain = {"iou": "iu", "uei": "ui", "uen": "un", "ueng": "ong"}.get(plain, plain)
    initial = next((i for i in (plain[:2], plain[:1]) if i in INITIALS), "")
    final = plain[len(initial):]
    if initial in ("j", "q", "x") and final[0] == "u":
        final = "v" + final[1:]
    if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
        final = ""
    return INITIALS.get(initial, "") + (FINALS[final] if final else "") + tone


def annotate(text, chosen, brackets):
    """The text with a reading behind each of the chosen characters, character by character."""
    return "".join(c + (brackets[0] + chosen[c] + brackets[1] if c in chosen else "") for c in text)


# Readings that a program without a dictionary of words may have of these characters.
KANA = dict(pair.split("=") for pair in (
    "図=と 建=けん 歴=れき 地=ち 会=かい 工=こう 道=どう 名=めい 時=じ 古=こ 書=しょ 入=にゅう 議=ぎ").split())


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


def decode_in(stream, codec):
    """The same in another encoding than GBK."""
    out, i = "", 0
    while i < len(stream):
        byte, trail = stream[i], stream[i + 1] if i + 1 < len(stream) else 0
        if byte < 0x80:
            out, i = out + chr(byte), i + 1
            continue
        try:
            out, i = out + bytes(stream[i:i + 1]).decode(codec), i + 1
            continue
        except UnicodeDecodeError:
            pass
        try:
            out, i = out + bytes(stream[i:i + 2]).decode(codec), i + 2
        except UnicodeDecodeError:
            out, i = out + "?", i + (2 if 0 < trail < 0x40 else 1)
    return out


def cut_page(text, rng, codec, annotated=""):
    """A page cut in the bytes of an encoding, before marks and behind annotated characters."""
    stream = [(b, None) for b in text.encode(codec)]
    for c in annotated:
        inserted = f"({READINGS[c]})".encode("utf-8")
        stream = replace(stream, tuple(c.encode(codec)), lambda: [0x100 + b for b in inserted], True)
    for mark in MARKS:
        noise = lambda: bytes(rng.choice(b"\5\6\7\7\b\b") for _ in range(rng.randint(1, 5)))
        try:
            code = mark.encode(codec)
        except UnicodeEncodeError:
            continue
        stream = replace(stream, tuple(code), noise, False)
    # What was inserted is no byte of the encoding, but `(` is swallowed all the same.
    out, run = "", []
    for b, _ in stream:
        if b < 0x100:
            run.append(b)
        elif b == 0x100 + ord("("):
            # Marks the parenthesis, so that it can be swallowed.
            out, run = out + decode_in(run + [ord("(")], codec), []
            inserted = bytearray()
        else:
            inserted.append(b - 0x100)
            if b == 0x100 + ord(")"):
                out += inserted.decode("utf-8")
    return out + decode_in(run, codec)


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
    ("greenhouse-traceless", 8, dict(noise="kept", lost="")),
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
        write(name, mangled, fixed)
    # Other encodings.
    for name, codec, annotated in (("harbour", "cp949", ""), ("repairs", "cp932", ""), ("workshop", "big5", "")):
        text = (HERE / f"clean/{name}.txt").read_text("utf-8")
        write(f"{name}-cut", cut_page(text, random.Random(9), codec, annotated), text)
    # Other habits of annotation: nothing is shifted.
    text = (HERE / "clean/greenhouse.txt").read_text("utf-8")
    text = "".join(TRADITIONAL.get(c, c) for c in text)
    chosen = [c for c in FOREIGN if c in text and random.Random(ord(c)).random() < 0.5]
    write("greenhouse-zhuyin", annotate(text, {c: zhuyin(READINGS[c]) for c in chosen}, "()"), text)
    text = (HERE / "clean/library.txt").read_text("utf-8")
    write("library-kana", annotate(text, KANA, "（）"), text)


def write(name, mangled, fixed):
    (HERE / f"{name}.txt").write_text(mangled, "utf-8", newline="")
    (HERE / f"{name}.fixed.txt").write_text(fixed, "utf-8", newline="")


if __name__ == "__main__":
    main()
