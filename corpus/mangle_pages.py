#!/usr/bin/env python3
"""Makes corpus/pages/: NAME.txt (mangled), NAME.fixed.txt (its truth) and NAME.json (labels, chains and the reason).

    mangle_pages.py [--check]

In the pages below, `[[KEY|text]]` marks what a chain befell; everything else is clean. All texts were written for
this corpus, names and addresses in them are made up.
"""
import json, re, sys
sys.dont_write_bytecode = True     # else a run would leave a cache beside the corpus
from mangle_cases import HERE, leads_back, mangle

W1252, W1251 = 'utf-8>windows-1252', 'utf-8>windows-1251'
KEYS = {
    'U': W1252, 'UU': f'{W1252} + {W1252}', 'UUU': f'{W1252} + {W1252} + {W1252}', 'R': W1251, 'M': 'utf-8>macintosh', 'D': 'utf-8>ibm437', 'G': 'utf-8>gbk',
    'cyr': 'windows-1251>windows-1252', 'koi': 'koi8-r>windows-1251', 'sjis': 'shift_jis>windows-1252', 'ce': 'windows-1250>windows-1252',
    'tr': 'windows-1254>windows-1252', 'el': 'windows-1253>windows-1252', 'dos': 'ibm850>windows-1252', 'kr': 'euc-kr>windows-1252', 'gb': 'gbk>windows-1252',
}

PAGES = {}

PAGES['newsletter'] = (['mixed', 'two-mishaps', 'layered', 'legacy-as-legacy', 'signs'], 'mul',
    'a circular that went through many hands: fourteen chains and clean text of half a dozen languages in one page', '''\
SEED EXCHANGE NEWSLETTER · №7 · 48°12′N 16°22′E
════════════════════════════════════════════════

Dear gardeners[[U| — ]]this year[[U|’]]s exchange was our biggest so far: [[U|“]]more beans
than people[[U|”]], as Zoë put it. Entry stays free; a cup of tea is [[U|€]]1.50.

── Letters ──────────────────────────────────────
FR  [[U|À l’été prochain ! Les fèves de grand-mère ont levé dès février.]]
DE  [[UU|Die Kürbisse sind größer als mein Dackel – schöne Grüße aus Köln!]]
PL  [[ce|Dziękuję za nasiona, już kiełkują na parapecie. Gałązka mięty też się przyjęła.]]
TR  [[tr|Geçen yıl aldığım domatesler çok güzel oldu, teşekkürler!]]
EL  [[el|Η ντομάτα της γιαγιάς βγήκε γλυκιά σαν μέλι.]]
RU  [[cyr|Огурцы взошли, а вот укроп что-то не торопится. Спасибо за тыкву!]]
BG  [[koi|Изпратете ми, моля, семена от слънчоглед и малко грах.]]
JA  [[sjis|先月もらった朝顔の種をまきました。もう芽が出ています。]]
ZH  [[gb|您寄来的豆角种子已经发芽了，谢谢！]]
KO  [[kr|보내 주신 고추 씨앗을 심었어요. 고맙습니다!]]
ES  Muchas gracias, ¡los pimientos ya están aquí! (this one came through whole)

── On the table ─────────────────────────────────
┌─────────────────────────┬────────┬────────────┐
│ bean                    │ packs  │ from       │
├─────────────────────────┼────────┼────────────┤
│ [[U|Käferbohne]]              │ 12     │ Steiermark │
│ [[D|señorita]]                │  4     │ [[U|Málaga]]     │
│ горох «Аврора»          │  9     │ Тверь      │
│ 花豆                    │  3     │ 長野       │
└─────────────────────────┴────────┴────────────┘

Please don[[M|’]]t label jars with chalk [[M|–]] it washes off. Sow at 20 °C ± 2, water every ½ day.
Нам пишут: [[R|семена лучше замочить на ночь]], и это правда.
¯\\_(ツ)_/¯  “Whoever plants a tree …” – see you in April. ♥

[[UUU|© Gärtnerinnen & Gärtner]]
''')

PAGES['village-page'] = (['legacy-as-legacy'], 'ru', 'a Russian web page in KOI8-R that a server declared as windows-1251: case is swapped, ASCII markup stands', '''\
<html>
<head>
<title>[[koi|Домашняя страница клуба любителей чая]]</title>
</head>
<body bgcolor="#ffffff">
<h1>[[koi|Клуб любителей чая]]</h1>
<p>[[koi|Добро пожаловать на нашу страницу! Здесь мы собираем заметки о чае,]]
[[koi|о посуде и о людях, которые умеют заваривать его как следует.]]</p>
<h2>[[koi|Новости]]</h2>
<ul>
<li>12.03 - [[koi|в субботу встречаемся у реки, самовар приносит Семён;]]</li>
<li>19.03 - [[koi|заседание переносится на воскресенье из-за дождя;]]</li>
<li>26.03 - [[koi|обмен чашками. Разбитые чашки не принимаются!]]</li>
</ul>
<h2>[[koi|Как заваривать зелёный чай]]</h2>
<ol>
<li>[[koi|Вскипятите воду и дайте ей остыть до 80 градусов.]]</li>
<li>[[koi|Ополосните чайник горячей водой и насыпьте две ложки листа.]]</li>
<li>[[koi|Подождите две минуты, но не больше: иначе чай будет горчить.]]</li>
</ol>
<table border="1">
<tr><th>[[koi|Сорт]]</th><th>[[koi|Цена за пачку]]</th></tr>
<tr><td>[[koi|Горный, крупный лист]]</td><td>120 [[koi|рублей]]</td></tr>
<tr><td>[[koi|Чёрный с чабрецом]]</td><td>95 [[koi|рублей]]</td></tr>
</table>
<p>[[koi|Вопросы и жалобы направляйте заведующей клубом.]]
E-mail: club (at) example.org</p>
<p>[[koi|ВНИМАНИЕ! Старые выпуски лежат в]] <a href="arhiv.html">[[koi|архиве]]</a>.</p>
</body>
</html>
''')

PAGES['readme-double'] = (['mixed', 'layered'], 'de fr', 'a README that one contributor saved in the wrong encoding twice: some paragraphs are double UTF-8, some single, the rest is clean', '''\
# Wörterkiste

Ein kleines Werkzeug, das Vokabeln abfragt – une petite boîte à mots.

## Installation

[[UU|Zuerst die nötigen Pakete einspielen, dann das Verzeichnis öffnen:]]

    cargo install woerterkiste
    woerterkiste --wörter liste.txt    # „liste.txt“ ist UTF-8

[[UU|Für ältere Rechner genügt die schlankere Fassung ohne Übungsmodus.]]

## Utilisation

Le programme pose dix questions, puis affiche le résultat.
[[U|Les réponses sont comparées sans tenir compte des espaces ; « été » et « ete » diffèrent.]]

| option      | Bedeutung                          | signification          |
|-------------|------------------------------------|------------------------|
| `--größe N` | Anzahl der Fragen                  | [[UU|nombre de questions posées]] |
| `--länge N` | [[U|höchste Wortlänge]]                  | longueur maximale      |
| `--leise`   | keine Töne                         | [[UU|sans bruit à l’écran]] |

## Häufige Fragen

**[[U|Warum fehlen die Umlaute?]]** Weil Größe und Länge im Terminal zählen: prüfen Sie `LANG`.

**Pourquoi « œ » devient-il « oe » ?** [[U|C’est réglé depuis la version 0.3 – mettez à jour.]]

## Dank / Merci

[[UU|Jürgen für die Geräusche, Hélène pour les idées, Åsa för översättningen]], und Zoë für alles andere.
[[UU|©]] 2031 die Mitwirkenden · Lizenz: MIT
''')

PAGES['source-gbk'] = (['code', 'utf-8-as-legacy'], 'zh-Hans', 'a source file with Chinese comments in UTF-8, saved by an editor that took it for GBK: every comment came through whole, some by private-use characters', '''\
#include <stdio.h>
#include <stdlib.h>

/* [[G|读取配置文件]], [[G|输出结果]] */
struct config {
    int  width;      /* [[G|窗口宽度]] */
    int  height;     /* [[G|窗口高度]] */
    char name[64];   /* [[G|用户名称]] */
    int  debug;      /* [[G|测试模式]] */
};

/* [[G|返回结果]], NULL: [[G|文件没有数据]] */
static char *next_line(FILE *in, char *buf, int size)
{
    if (!fgets(buf, size, in))
        return NULL;           // [[G|文件结束]]
    return buf;
}

/* [[G|计算总数]] */
int total(const int *list, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += list[i];        // [[G|计算数组的总和]]
    return sum;
}

int main(void)
{
    struct config c = { 80, 24, "[[G|默认用户]]", 0 };
    if (c.debug)
        puts("[[G|打开测试模式]]");
    printf("[[G|设置]]: %d x %d\\n", c.width, c.height);
    printf("[[G|总数]] = %d\\n", total((int[]){1, 2, 3}, 3));
    return 0;                  // [[G|如果执行结束]], [[G|关闭程序]]
}
''')

PAGES['orders'] = (['mixed', 'csv'], 'mul', 'an exported table whose rows were entered by different programs: clean rows beside mangled ones, and both in one row', '''\
id;date;customer;town;remark;total
1001;2031-03-02;Anna Berg;Uppsala;ring först;€ 12,00
1002;2031-03-02;[[U|Jörg Müßig]];[[U|Göttingen]];[[U|Lieferung bis spätestens Freitag]];[[U|€]] 48,50
1003;2031-03-02;François Lebrun;Orléans;à l’arrière du bâtiment;€ 7,20
1004;2031-03-03;[[U|Łucja Wiśniewska]];[[U|Łódź]];[[U|proszę zadzwonić przed dostawą]];€ 19,99
1005;2031-03-03;Łucja Wiśniewska;Łódź;proszę zadzwonić;€ 4,00
1006;2031-03-03;Пётр Рыбаков;Тверь;позвонить за час;€ 31,00
1007;2031-03-04;[[cyr|Мария Лугова]];[[cyr|Рыбинск]];[[cyr|оставить у соседки]];€ 11,10
1008;2031-03-04;[[R|Олена Гайова]];[[R|Чернігів]];[[R|під’їзд з двору]];€ 9,75
1009;2031-03-04;Ñuño Peña;Logroño;¿tarde?;€ 66,00
1010;2031-03-05;[[UU|Ñuño Peña]];[[UU|Logroño]];[[UU|después de las seis, por favor]];€ 66,00
1011;2031-03-05;Jiří Kůrka;Plzeň;[[ce|zvonit dvakrát, pes neštěká]];€ 5,40
1012;2031-03-05;[[tr|Ayşegül Dağcı]];İzmir;[[tr|kapıyı iki kez çalınız, lütfen]];€ 23,00
1013;2031-03-06;Σοφία Καρρά;Βόλος;[[el|στον δεύτερο όροφο, δεξιά]];€ 14,60
1014;2031-03-06;"O[[U|’]]Dowd, Keith";Galway;"leave it [[U|–]] don[[U|’]]t ring";€ 3,30
1015;2031-03-06;"O’Shea, Máire";Dún Laoghaire;"don’t ring";€ 3,30
1016;2031-03-07;[[dos|Günther Höfle]];[[dos|Zürich]];[[dos|für die Küche]];€ 88,00
1017;2031-03-07;佐々木;長野;[[sjis|玄関の前に置いてください]];€ 17,00
1018;2031-03-07;Zoë Ævarsdóttir;Þorlákshöfn;½ price, 20 °C storage;€ 2,95
''')

PAGES['mail-sjis'] = (['legacy-as-legacy', 'mail'], 'ja', 'a Japanese mail in Shift_JIS shown by a program that knew windows-1252 alone: C1 controls, and ASCII trail bytes among the text', '''\
From: kumi@example.jp
To: taro@example.jp
Subject: [[sjis|来週の山歩きについて]]
Date: Tue, 4 Mar 2031 21:14:08 +0900

[[sjis|太郎さん、こんばんは。]]

[[sjis|来週の山歩きの予定を送ります。]]
[[sjis|集合は土曜日の朝七時、駅の北口です。遅れないでくださいね。]]

  1. [[sjis|雨具と水筒を忘れずに]]
  2. [[sjis|お弁当は各自で用意]]
  3. [[sjis|バスの時刻表は下のページを見てください]]

     http://example.jp/bus/timetable.html

[[sjis|もし雨が降ったら、予定を変えて温泉に行きましょう。]]
[[sjis|地図のソフトが新しくなって、表示がとても速くなりました。]]

> [[sjis|先週の写真はまだですか。]]

[[sjis|写真はもう少し待ってください。カメラの調子が悪くて、]]
[[sjis|半分くらいしか撮れませんでした。]]

--
[[sjis|久美]]
[[sjis|電話：]]000-0000-0000 ([[sjis|夜九時まで]])
''')

PAGES['manual-dos'] = (['legacy-as-legacy', 'frames'], 'de', 'the manual of a program for DOS, opened in an editor of Windows: frames, a table, a tree and bars of shade became letters, and so did the umlauts', '''\
[[dos|╔════════════════════════════════════════════════╗]]
[[dos|║  OBSTBUCH 2.1      Handbuch zur Diskette       ║]]
[[dos|╚════════════════════════════════════════════════╝]]

[[dos|Das Programm führt Buch über Bäume, Körbe und Gläser. Für den]]
[[dos|Anfang genügt es, eine leere Diskette einzulegen und OBST zu tippen.]]

[[dos|┌───────────┬──────────────────────────────────┐]]
[[dos|│ Taste     │ Wirkung                          │]]
[[dos|├───────────┼──────────────────────────────────┤]]
[[dos|│ F1        │ Hilfe für das Fenster            │]]
[[dos|│ F5        │ größer, F6 kleiner               │]]
[[dos|│ Esc       │ zurück zum Menü                  │]]
[[dos|└───────────┴──────────────────────────────────┘]]

  A:\\
[[dos|  ├───BAEUME]]
[[dos|  │   ├───ALT]]
[[dos|  │   └───NEU]]
[[dos|  └───KELLER]]
[[dos|      └───1993]]

[[dos|  Äpfel    ██████████▒▒▒▒▒▒]]
[[dos|  Birnen   ████▒▒▒▒▒▒▒▒▒▒▒▒]]
[[dos|  Quitten  ██░░░░░░░░░░░░░░]]

[[dos|Über Wünsche und Fehler freut sich der Autor: Jörg Rübsamen, Köln.]]
''')

def render():
    """path -> what it should hold"""
    files = {}
    for name, (labels, lang, why, text) in PAGES.items():
        marks = re.findall(r'\[\[(\w+)\|(.*?)\]\]', text)
        for key, part in marks:
            assert leads_back(mangle(part, KEYS[key]), KEYS[key], part), (name, part)
        base = HERE / 'pages' / name
        files[base.with_suffix('.txt')] = re.sub(r'\[\[(\w+)\|(.*?)\]\]', lambda m: mangle(m[2], KEYS[m[1]]), text)
        files[base.with_suffix('.fixed.txt')] = re.sub(r'\[\[\w+\|(.*?)\]\]', r'\1', text)
        chains = list(dict.fromkeys(KEYS[key] for key, _ in marks))
        files[base.with_suffix('.json')] = json.dumps(dict(id=f'page-{name}', labels=labels, chains=chains, lang=lang, why=why, expect='pass'), ensure_ascii=False, indent=1) + '\n'
    return files

if __name__ == '__main__':
    made = render()
    if sys.argv[1:] == ['--check']:
        faults = [f'{p.name} differs' for p, t in made.items() if not p.exists() or p.read_bytes() != t.encode()]
        sys.exit('\n'.join(faults) if faults else None)
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
