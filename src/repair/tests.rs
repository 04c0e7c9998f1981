//! Relations that hold for every text and every list of edits.

use std::borrow::Cow;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// Text in which byte offsets often fall inside characters and quoting matters.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::collection::vec(
            proptest::sample::select(vec![
                'a',
                ' ',
                'ñ',
                'Ã',
                '你',
                '😀',
                '"',
                '\\',
                '\n',
                '\r',
                '\t',
                '\0',
                '\u{a0}',
                '\u{85}',
                '\u{202e}',
                '\u{feff}',
                '\u{e3ef}',
                '\u{fffd}',
                '\u{ffff}',
                '\u{10ffff}',
            ]),
            0..30
        )
        .prop_map(String::from_iter),
        any::<String>(),
    ]
}

fn certainty() -> impl Strategy<Value = Certainty> {
    let guessed = proptest::collection::vec((0..20_usize, 0..20_usize), 0..3);
    prop_oneof![
        Just(Certainty::Exact),
        guessed.prop_map(|ranges| Certainty::Inferred {
            guessed: ranges
                .into_iter()
                .map(|(start, end)| (start..end).into())
                .collect(),
        }),
    ]
}

fn cause() -> impl Strategy<Value = Cause> {
    let chains = ["-", "utf-8>windows-1252", "utf-8>gbk + utf-8>windows-1252"];
    let chain = proptest::sample::select(chains.to_vec());
    prop_oneof![
        chain.prop_map(|chain| Cause::Chain(chain.parse().unwrap())),
        Just(Cause::Reading),
        Just(Cause::ByteShift),
        Just(Cause::Noise),
        Just(Cause::from_name("tidy:quotes+normalization").unwrap()),
        Just(Cause::from_name("utf-8>gbk, tidy:width").unwrap()),
    ]
}

/// An edit that stands nowhere yet.
fn proposal() -> impl Strategy<Value = ProposedEdit> {
    let parts = (text(), cause(), certainty(), any::<f32>());
    parts.prop_map(|(after, cause, certainty, confidence)| ProposedEdit {
        original: 0..0,
        after,
        cause,
        certainty,
        confidence,
    })
}

/// Edits as a careless engine might propose them: out of order, overlapping,
/// through characters, backwards and out of range.
fn careless() -> impl Strategy<Value = (String, Vec<ProposedEdit>)> {
    let range = (-1..40_isize, 0..45_usize).prop_map(|(start, end)| {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        start..end
    });
    let edit = (range, proposal()).prop_map(|(original, edit)| ProposedEdit { original, ..edit });
    (text(), proptest::collection::vec(edit, 0..6))
}

/// Edits that fit their text and don't overlap.
fn careful() -> impl Strategy<Value = (String, Vec<ProposedEdit>)> {
    let cuts = any::<[Index; 2]>();
    let edits = proptest::collection::vec((cuts, proposal()), 0..6);
    (text(), edits).prop_map(|(text, edits)| {
        let edits = fit(&text, edits);
        (text, edits)
    })
}

/// The edits, each put somewhere into the text so that none overlaps another.
fn fit(text: &str, edits: Vec<([Index; 2], ProposedEdit)>) -> Vec<ProposedEdit> {
    let borders: Vec<usize> = (0..=text.len())
        .filter(|at| text.is_char_boundary(*at))
        .collect();
    let (cuts, mut edits): (Vec<_>, Vec<_>) = edits.into_iter().unzip();
    let mut cuts: Vec<usize> = cuts
        .iter()
        .flatten()
        .map(|cut| *cut.get(&borders))
        .collect();
    cuts.sort_unstable();
    for (edit, pair) in edits.iter_mut().zip(cuts.chunks_exact(2)) {
        edit.original = pair[0]..pair[1];
    }
    edits
}

/// Everything that must hold of a repair however it came about.
fn check(original: &str, repair: &Repair<'_>) {
    assert_eq!(repair.revert(), original);
    assert_eq!(repair.is_changed(), !repair.edits().is_empty());
    let (mut read, mut written) = (0, 0);
    for edit in repair.edits() {
        assert_eq!(&original[edit.original()], edit.before());
        assert_eq!(&repair.text()[edit.repaired()], edit.after());
        assert_eq!(
            original[read..edit.original().start],
            repair.text()[written..edit.repaired().start]
        );
        assert_ne!(edit.before(), edit.after());
        assert!((0.0..=1.0).contains(&edit.confidence()));
        assert!(edit.certainty().fits(edit.after()));
        if let (true, Cause::Chain(chain)) = (edit.is_exact(), edit.cause()) {
            assert_eq!(chain.mangle(edit.after()).as_deref(), Ok(edit.before()));
        }
        (read, written) = (edit.original().end, edit.repaired().end);
    }
    assert_eq!(original[read..], repair.text()[written..]);
    assert!((0.0..=1.0).contains(&repair.confidence()));
    if !repair.is_changed() {
        assert_eq!(repair.confidence(), 1.0);
        assert!(
            matches!(repair.clone().into_text(), Cow::Borrowed(text) if std::ptr::eq(text, original))
        );
    }
}

proptest! {
    #[test]
    fn careless_edits_do_no_harm((original, edits) in careless()) {
        let proposed = edits.len();
        let (repair, refused) = Repair::build(&original, edits);
        check(&original, &repair);
        assert!(repair.edits().len() + refused <= proposed);
    }

    #[test]
    fn careful_edits_are_all_made((original, edits) in careful()) {
        let changing = edits.iter().filter(|edit| original[edit.original.clone()] != edit.after).count();
        let repair = Repair::new(&original, edits);
        check(&original, &repair);
        assert_eq!(repair.edits().len(), changing);
    }

    #[test]
    fn two_rounds_of_edits_are_one(
        (original, first) in careful(),
        second in proptest::collection::vec((any::<[Index; 2]>(), proposal()), 0..6),
    ) {
        let first = Repair::new(&original, first);
        let second = fit(first.text(), second);
        let twice = Repair::new(first.text(), second.clone());
        let once = Repair::new(&original, compose(&original, &first, second));
        check(&original, &once);
        assert_eq!(once.text(), twice.text());
    }

    #[test]
    fn a_round_of_nothing_changes_no_edit((original, mut edits) in careful()) {
        // What is put in and what is taken out may become one with its neighbour.
        edits.retain(|edit| !edit.original.is_empty() && !edit.after.is_empty());
        let repair = Repair::new(&original, edits);
        prop_assert_eq!(&Repair::new(&original, compose(&original, &repair, Vec::new())), &repair);
        let again = repair.edits().iter().map(ProposedEdit::from).collect();
        prop_assert_eq!(&Repair::new(&original, compose(&original, &Repair::unchanged(&original), again)), &repair);
    }

    #[test]
    fn a_patch_goes_both_ways((original, edits) in careful()) {
        let repair = Repair::new(&original, edits);
        let patch = repair.patch();
        assert_eq!(patch.revert(repair.text()).as_ref(), Ok(&original));
        assert_eq!(patch.apply(&original).as_deref(), Ok(repair.text()));
        assert_eq!(patch.edits(), repair.edits());
    }

    #[test]
    fn a_patch_reads_back_equal((original, edits) in careful()) {
        let patch = Repair::new(&original, edits).patch();
        let written = patch.to_string();
        assert!(!written.contains(|c: char| c.is_control() && c != '\n'));
        assert_eq!(written.lines().count(), patch.len() + 5);
        assert_eq!(written.parse(), Ok(patch));
    }

    #[test]
    fn single_edits_can_be_taken_back(
        (original, edits) in careful(),
        chosen in proptest::collection::vec(any::<bool>(), 6),
    ) {
        let repair = Repair::new(&original, edits.clone());
        let patch = repair.patch();
        let indices: Vec<usize> = (0..patch.len()).filter(|index| chosen[*index]).collect();
        let (text, rest) = patch.without(repair.text(), &indices).unwrap();

        assert_eq!(repair.revert_edits(&indices).as_deref(), Ok(&*text));
        assert_eq!(patch.revert_edits(repair.text(), &indices).as_ref(), Ok(&text));
        assert_eq!(rest.revert(&text).as_ref(), Ok(&original));
        assert_eq!(rest.to_string().parse(), Ok(rest.clone()));

        // The same as never having made them.
        let others = patch.edits().iter().enumerate().filter(|(index, _)| !indices.contains(index));
        let others = others.map(|(_, edit)| ProposedEdit::from(edit));
        let fewer = Repair::new(&original, others.collect());
        assert_eq!(fewer.text(), text);
        assert_eq!(fewer.patch(), rest);
        prop_assert!(patch.revert_edits(repair.text(), &[patch.len()]).is_err());
    }

    #[test]
    fn another_text_is_refused((original, edits) in careful(), other in text()) {
        let repair = Repair::new(&original, edits);
        let patch = repair.patch();
        if other != repair.text() {
            assert!(patch.revert(&other).is_err());
            assert!(patch.revert_edits(&other, &[]).is_err());
        }
        if other != original {
            assert!(patch.apply(&other).is_err());
        }
    }

    #[test]
    fn any_changed_character_is_noticed((original, edits) in careful(), at in any::<Index>(), new in any::<char>()) {
        let repair = Repair::new(&original, edits);
        let mut characters: Vec<char> = repair.text().chars().collect();
        let place = at.index(characters.len() + 1);
        match characters.get_mut(place) {
            Some(old) => *old = new,
            None => characters.push(new),
        }
        let changed = String::from_iter(characters);
        prop_assume!(changed != repair.text());
        assert!(repair.patch().revert(&changed).is_err());
    }

    #[test]
    fn a_truncated_patch_is_refused((original, edits) in careful()) {
        let written = Repair::new(&original, edits).patch().to_string();
        for (end, _) in written.char_indices() {
            assert!(written[..end].parse::<Patch>().is_err(), "{:?}", &written[..end]);
        }
    }

    #[test]
    fn a_changed_patch_never_gives_another_text(
        (original, edits) in careful(),
        at in any::<Index>(),
        new in prop_oneof![any::<char>(), proptest::sample::select("0123456789 \"\\\nun-:,".chars().collect::<Vec<_>>())],
    ) {
        let repair = Repair::new(&original, edits);
        let mut characters: Vec<char> = repair.patch().to_string().chars().collect();
        *at.get_mut(&mut characters) = new;
        if let Ok(patch) = String::from_iter(characters).parse::<Patch>() {
            if let Ok(mangled) = patch.revert(repair.text()) {
                assert_eq!(mangled, original);
            }
            if let Ok(repaired) = patch.apply(&original) {
                assert_eq!(repaired, repair.text());
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>(), head in 0..5_usize) {
        let head = ["", "unbake-patch 1\n", "unbake-patch 1\nrepaired 0 cbf29ce484222325\n",
            "unbake-patch 1\nrepaired 0 cbf29ce484222325\nmangled 0 cbf29ce484222325\nedits 1\n",
            "unbake-patch 1\nrepaired 9 cbf29ce484222325\nmangled 9 cbf29ce484222325\nedits 1\n0 1 noise exact 1 \""][head];
        for tail in ["", "\nend\n", "\"\nend\n"] {
            let _ = format!("{head}{text}{tail}").parse::<Patch>();
        }
    }
}

#[test]
fn a_claim_of_exactness_is_checked() {
    let propose = |after: &str| {
        let edit = ProposedEdit {
            original: 0..7,
            after: after.into(),
            cause: Cause::Chain("utf-8>windows-1252".parse().unwrap()),
            certainty: Certainty::Exact,
            confidence: 0.5,
        };
        Repair::new("schÃ¶n", vec![edit])
    };
    // The range ends inside the word: "schÃ¶" is 7 bytes long.
    assert!(propose("schö").edits()[0].is_exact());
    let wrong = propose("schò");
    assert_eq!(wrong.edits()[0].certainty(), &Certainty::vague());
}

#[test]
fn a_cause_counts_once_in_the_confidence_of_the_whole() {
    let propose = |at: usize, cause, confidence| ProposedEdit {
        original: at..at + 1,
        after: "x".into(),
        cause,
        certainty: Certainty::Exact,
        confidence,
    };
    let edits = vec![
        propose(0, Cause::Noise, 0.5),
        propose(1, Cause::Noise, 0.75),
        propose(2, Cause::Reading, 0.25),
    ];
    assert_eq!(Repair::new("abc", edits).confidence(), 0.125);
}

#[test]
fn what_the_next_repair_would_give_back_is_given_back_at_once() {
    // U+0083 is part of «Ã», which is the beginning of «à» before a space.
    let repaired = repair("&Ã\u{83} n¶").into_text().into_owned();
    assert_eq!(repaired, "&àn¶");
    assert!(!repair(&repaired).is_changed());
}
