"""Rival readings of benchmark cases, for `train --rivals`: which text does the model prefer?

python3 examples/train/rivals.py ../shared/bench /tmp/tune.jsonl rivals.tsv

One line a case: language, channel, length, truth, observed text, then every other text that
some `written>read` pair leads to, each after what the conversion costs in nats. Tabs and line
feeds in texts become spaces. Clean cases have the truth as the observed text.
"""
import codecs, json, sys
sys.path.insert(0, sys.argv[1])
import mojibench as mb

READ = ('cp1252 latin-1 mac-roman cp437 cp850 cp1251 cp1250 cp1254 iso8859-2 iso8859-9 iso8859-15 iso8859-5 cp852 cp1253 '
        'cp1255 cp1256 cp1257 cp1258 cp874 koi8-r cp866 mac-cyrillic gbk gb18030 big5 cp950 cp932 euc_jp cp949').split()
FAMILIES = [f.split() for f in (
    'cp1252 mac-roman cp850 cp437', 'cp1250 iso8859-2 cp852', 'cp1251 koi8-r koi8-u cp866 iso8859-5 mac-cyrillic',
    'cp1253 iso8859-7 cp737', 'cp1255 cp862', 'cp1257 cp775', 'gbk big5 cp932 euc_jp cp949')]
WRITE = ['utf-8'] + sum(FAMILIES, []) + 'cp1254 cp1256 cp1258 cp874 gb18030'.split()
UTF8 = dict(zip('cp1252 latin-1 cp1251 gbk mac-roman cp437 cp850 cp1250 cp932 big5 cp949'.split(),
                (1.5, 2, 3, 3, 3.5, 3.5, 4, 4, 4, 4.5, 4.5)))


def cost(w, r):
    """Minus the log prior of the pair, in nats, roughly."""
    if w == 'utf-8':
        return UTF8.get(r, 5)
    c = 9.0
    if any(w in f and r in f for f in FAMILIES):
        c = 5
    if r == 'cp1252':
        c = 4
    if r == 'latin-1':
        c = 4.5
    return c


ENCODE, DECODE = {}, {}
for name, (table, back) in mb.SINGLE.items():
    ENCODE[name] = {ord(c): x for c, x in back.items()}
    DECODE[name] = ''.join(table)


def encode(t, e):
    try:
        return codecs.charmap_encode(t, 'strict', ENCODE[e])[0] if e in ENCODE else t.encode(e)
    except UnicodeError:
        return None


def decode(d, e):
    try:
        return codecs.charmap_decode(d, 'strict', DECODE[e])[0] if e in DECODE else d.decode(e)
    except UnicodeError:
        return None


def rivals(text):
    by_bytes, out = {}, {}
    for r in READ:
        b = encode(text, r)
        if b is not None and not b.isascii():
            by_bytes.setdefault(b, []).append(r)
    for b, readers in by_bytes.items():
        for w in WRITE:
            y = decode(b, w)
            if y is None or y == text:
                continue
            c = min(cost(w, r) for r in readers)
            if c < out.get(y, 99):
                out[y] = c
    return out


def main():
    flat = lambda s: s.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ')
    with open(sys.argv[3], 'w', encoding='utf-8') as out:
        for line in open(sys.argv[2], encoding='utf-8'):
            c = json.loads(line)
            if c['layers'] > 1 or c['loss'] != 'none' or c['length'] not in ('word', 'phrase') or c['mangled'].isascii():
                continue
            row = [c['lang'], c['channel'], c['length'], c['truth'], c['mangled']]
            for text, nats in sorted(rivals(c['mangled']).items()):
                row.append(f'{nats:g} {flat(text)}')
            out.write('\t'.join(map(flat, row)) + '\n')


main()
