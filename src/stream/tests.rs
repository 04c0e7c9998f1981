//! A stream does what the repair of the whole text does, wherever its blocks end.

use std::io::{self, Cursor, Read};

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::repair::Patch;

/// Everything that a stream gives.
#[derive(Debug, PartialEq)]
struct Outcome {
    text: String,
    edits: Vec<Edit>,
    summary: Summary,
}

fn stream(text: &str, block_size: usize) -> Outcome {
    stream_from(text.as_bytes(), block_size)
}

fn stream_from(reader: impl Read, block_size: usize) -> Outcome {
    let (mut text, mut edits) = (Vec::new(), Vec::new());
    let stream = Stream::new(Repairer::new()).block_size(block_size);
    let summary = stream.repair_each(reader, &mut text, |edit| {
        edits.push(edit.clone());
        Ok(())
    });
    Outcome {
        text: String::from_utf8(text).unwrap(),
        edits,
        summary: summary.unwrap(),
    }
}

/// Hands out so many bytes at a time, and is interrupted in between.
struct Dribble<'a>(&'a [u8], usize, bool);

impl Read for Dribble<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.2 = !self.2;
        if self.2 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let n = self.1.min(self.0.len()).min(buffer.len());
        let (head, rest) = self.0.split_at(n);
        buffer[..n].copy_from_slice(head);
        self.0 = rest;
        Ok(n)
    }
}

/// Whether each line shows by itself what the text shows as a whole.
fn lines_suffice(text: &str) -> bool {
    let whole = crate::repair(text);
    let lines: String = text
        .split_inclusive('\n')
        .map(|line| crate::repair(line).into_text())
        .collect();
    lines == whole.text()
}

const MIXED: &str = "Le café où nous déjeunions l’été dernier a été labouré.\n\
    Le cafÃ© oÃ¹ nous dÃ©jeunions lâ€™Ã©tÃ© dernier a Ã©tÃ© labourÃ©.\n\
    \n\
    оПХБЕР, ЛХП! щРН МЮОХЯЮМН ОН-ПСЯЯЙХ.\r\n\
    Das war schÃƒÂ¶n, und die KÃƒÂ¼che ist grÃƒÂ¶ÃƒÅ¸er.\n\
    河边的老房子已经没有人住了，可是每到春天，院子里的桃花还是照样开。\n\
    Поезд стоял на маленькой станции дольше, чем обещал проводник.\n\
    and the last line, Ã©tÃ© comme hiver, has no end";

#[test]
fn what_lines_show_is_repaired_at_every_block_size() {
    assert!(lines_suffice(MIXED), "else the text tests nothing");
    let whole = crate::repair(MIXED);
    assert!(whole.edits().len() > 5);
    // The longest line has 120 bytes: from there on, blocks only take in more lines.
    let sizes = (1..MIXED.len() + 2).filter(|size| *size < 130 || size % 5 == 0);
    for size in sizes.step_by(if cfg!(debug_assertions) { 23 } else { 1 }) {
        let found = stream(MIXED, size);
        assert_eq!(found.text, whole.text(), "{size}");
        let places = |edits: &[Edit]| -> Vec<_> {
            let place = |e: &Edit| (e.original(), e.repaired(), e.cause(), e.is_exact());
            edits.iter().map(place).collect()
        };
        assert_eq!(places(&found.edits), places(whole.edits()), "{size}");
        assert_eq!(found.summary.read, MIXED.len() as u64);
        assert_eq!(found.summary.written, found.text.len() as u64);
        assert_eq!(found.summary.edits, found.edits.len() as u64);
    }
}

#[test]
fn a_long_line_is_repaired_as_in_memory() {
    let line = "Le cafÃ© oÃ¹ nous dÃ©jeunions, et dÃ©jÃ\u{a0} lâ€™Ã©tÃ©. ".repeat(150);
    let whole = crate::repair(&line);
    assert!(whole.is_changed());
    for size in [1, 999, 2500, 4096, 5000] {
        assert_eq!(stream(&line, size).text, whole.text(), "{size}");
    }
}

#[test]
fn however_the_reader_hands_it_out() {
    let whole = stream(MIXED, 200);
    for n in 1..40 {
        let reader = Dribble(MIXED.as_bytes(), n, false);
        assert_eq!(stream_from(reader, 200), whole, "{n} bytes at a time");
    }
}

/// Where a stream differs from the whole text: what only other lines show.
#[test]
fn evidence_is_carried_on_and_not_back() {
    // KOI8-R read as windows-1251: three capitals may as well be an acronym.
    let short = "ДПН\n";
    let proof = "рЕФЕТВХТЗ Й нПУЛЧБ ВПМШЫЙЕ ЗПТПДБ, Й Ч ОЙИ НОПЗП МАДЕК.\n";
    assert!(
        !crate::repair(short).is_changed(),
        "alone it is no evidence"
    );
    let table = [
        ("in the block", [short, proof].concat(), 1000, true),
        ("in an earlier block", [proof, short].concat(), 1, true),
        (
            "far behind it",
            [proof, &"clean, clean\n".repeat(100), short].concat(),
            64,
            true,
        ),
        ("in a later block", [short, proof].concat(), 1, false),
        (
            "nowhere",
            ["Петербург и Москва.\n", short].concat(),
            1,
            false,
        ),
    ];
    for (what, text, size, is_repaired) in table {
        let found = stream(&text, size).text;
        assert_eq!(found.contains("дом\n"), is_repaired, "{what}: {found}");
    }
}

/// What earlier lines prove must not be held against what is clean.
#[test]
fn evidence_changes_nothing_that_is_clean() {
    let proof = "Das war schÃ¶n, und die KÃ¼che ist grÃ¶ÃŸer.\n";
    let clean = "Ã is the fourth letter of MAÇÃ.\nEM SÃO JOÃO\nUMA MAÇÃ®\nnaïve café\n";
    for size in [1, 50, 100] {
        let found = stream(&[proof, clean].concat(), size).text;
        assert!(found.ends_with(clean), "{found}");
    }
}

#[test]
fn a_patch_is_written_as_the_text_runs_through() {
    for size in [1, 100, 1000] {
        let (mut text, mut patch) = (Vec::new(), Cursor::new(b"before ".to_vec()));
        patch.set_position(7);
        let stream = Stream::new(Repairer::new()).block_size(size);
        let summary = stream.repair_with_patch(MIXED.as_bytes(), &mut text, &mut patch);
        assert!(summary.unwrap().edits > 5);
        let text = String::from_utf8(text).unwrap();
        let patch = String::from_utf8(patch.into_inner()).unwrap();
        let patch: Patch = patch.strip_prefix("before ").unwrap().parse().unwrap();
        assert_eq!(patch.revert(&text).as_deref(), Ok(MIXED));
        assert_eq!(patch.apply(MIXED).as_deref(), Ok(&*text));
        assert_eq!(patch.edits(), self::stream(MIXED, size).edits);
    }
}

#[test]
fn a_patch_of_a_stream_that_broke_off_is_refused() {
    let mut patch = Cursor::new(Vec::new());
    let input = [MIXED.as_bytes(), b"\xFF"].concat();
    let outcome = Stream::new(Repairer::new())
        .block_size(100)
        .repair_with_patch(&*input, io::sink(), &mut patch);
    assert!(matches!(outcome, Err(StreamError::NotUtf8 { .. })));
    let patch = String::from_utf8(patch.into_inner()).unwrap();
    assert_eq!(
        patch.parse::<Patch>(),
        Err(crate::repair::PatchError::Truncated)
    );
}

#[test]
fn bytes_that_are_not_utf8_are_refused_or_kept() {
    // The input, where it breaks, and what stands there when such bytes are kept.
    let table: &[(&[u8], u64, &[u8])] = &[
        (b"\xFF", 0, b"\xFF"),
        (
            b"sch\xC3\x83\xC2\xB6n\nd\xE9j\xE0 vu",
            10,
            b"sch\xC3\xB6n\nd\xE9j\xE0 vu",
        ),
        (b"a\nb\xF0\x9F\x98", 3, b"a\nb\xF0\x9F\x98"),
        (
            b"\xE2\x82\nsch\xC3\x83\xC2\xB6n",
            0,
            b"\xE2\x82\nsch\xC3\xB6n",
        ),
    ];
    for (input, at, kept) in table {
        for size in [1, 4, 100] {
            let stream = Stream::new(Repairer::new()).block_size(size);
            match stream.repair(*input, io::sink()) {
                Err(StreamError::NotUtf8 { offset, byte }) => {
                    assert_eq!((offset, Some(&byte)), (*at, input.get(*at as usize)));
                }
                other => panic!("{input:?}: {other:?}"),
            }
            let mut output = Vec::new();
            let stream = stream.invalid_bytes(InvalidBytes::Keep);
            let summary = stream.repair(*input, &mut output).unwrap();
            assert_eq!(&output, kept, "{size}");
            assert!(summary.invalid > 0);
        }
    }
}

#[test]
fn errors_say_which_side_failed() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("unplugged"))
        }
    }
    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("full"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let stream = Stream::new(Repairer::new()).block_size(8);
    let reader = (&b"a line\n"[..]).chain(Broken);
    let read = stream.repair(reader, io::sink());
    assert!(matches!(read, Err(StreamError::Read { offset: 0, .. })));
    let write = stream.repair(MIXED.as_bytes(), Broken);
    assert!(matches!(write, Err(StreamError::Write { .. })));
    let record = stream.repair_each(MIXED.as_bytes(), io::sink(), |_| {
        Err(io::Error::other("no"))
    });
    assert!(matches!(record, Err(StreamError::Record { .. })));
}

/// Lines of all sorts: clean, mangled, damaged, short, odd.
fn lines() -> impl Strategy<Value = String> {
    let mut known: Vec<&str> = MIXED.split_inclusive('\n').collect();
    known.extend([
        "\n",
        "plain\n",
        "80 â‚¬\n",
        "sipariþ\n",
        "關(guān)于，會(huì)議，發(fā)布\n",
        "出入自由?！逗献鱾渫\u{E3EF}洝访鞔_\n",
        "ï¿½ï¿½\n",
        "\u{feff}",
        "Ã",
        "漢 ",
    ]);
    let line = prop_oneof![8 => select(known).prop_map(str::to_owned), 1 => "\\PC{0,12}\n?"];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 10 } else { 100 }))]

    #[test]
    fn blocks_change_nothing_where_lines_suffice(text in lines(), size in 1_usize..600) {
        if lines_suffice(&text) {
            let whole = crate::repair(&text);
            prop_assert_eq!(stream(&text, size).text, whole.text());
        }
    }

    #[test]
    fn every_stream_can_be_reverted(text in lines(), size in 1_usize..600) {
        let found = stream(&text, size);
        let mut mangled = String::new();
        let mut at = 0;
        for edit in &found.edits {
            prop_assert_eq!(&found.text[edit.repaired()], edit.after());
            mangled += &found.text[at..edit.repaired().start];
            prop_assert_eq!(edit.original().start, mangled.len());
            mangled += edit.before();
            at = edit.repaired().end;
        }
        mangled += &found.text[at..];
        prop_assert_eq!(mangled, text);
    }

    #[test]
    fn one_block_is_the_repair_of_the_text(text in lines()) {
        let (found, whole) = (stream(&text, 1 << 20), crate::repair(&text));
        prop_assert_eq!(&found.edits, whole.edits());
        prop_assert_eq!(&found.text, whole.text());
    }
}
