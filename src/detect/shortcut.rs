//! Chains that are looked at before any search: UTF-8 that explains all of a line by its structure, in one layer or
//! several, what the document has shown so far, and the legacy encoding that single characters speak for. Where one of them
//! is sure and leaves nothing to explain, no search would find another.

use super::Settings;
use super::expand::{Mixer, Set};
use super::foremost;
use super::hypothesis::{Hypothesis, Line, shown_again};
use super::plausibility::plausibility;
use super::probe::{Words, is_never_read};
use super::rank::rank;
use super::scan::{holds_misread_words, reads_clean};
use super::search::{Alternatives, add, all_undone};
use super::undo::{Undone, Unit, undo_all, undo_all_with_spaces};
use crate::encoding::{EncodedChar, Encoding};
use crate::misdecoding::{Chain, Misdecoding, prior};
use crate::model::MODEL;
use crate::model::languages::Fit;
use std::hash::{Hash, Hasher};

/// So many different characters must be undone: of a legacy encoding each of them could be chance.
const VARIED: usize = 4;
const VARIED_UTF8: usize = 2;
/// Log-odds that need no comparison with what a search would find.
const SURE: f32 = 4.0;
/// Of much that UTF-8 explains, which needs no look at what may lie below.
const SURE_OF_MUCH: f32 = 7.0;

/// Lines that must have shown a chain before others are taken to be mangled the same way.
const TRUSTED: usize = 6;
/// Log-odds of such a line.
const SHOWN_AGAIN: f32 = 7.0;
/// Nats by which it reads better if some of its letters would be as they are.
const MUCH_BETTER: f32 = 10.0;
/// The log-probability of a character that hardly any text has.
const RARE: f32 = -16.0;
const NO_BREAK_SPACE: char = '\u{A0}';
/// So many chains of a document are remembered.
const MOST: usize = 8;

/// The chains that lines of a document have shown, and how many lines each.
#[derive(Debug, Default)]
pub(crate) struct Shown(Vec<(Chain, usize)>);

impl Shown {
    /// Notes what is known of one more line.
    pub(crate) fn note(&mut self, found: &[Hypothesis]) {
        let is_sure = |h: &&Hypothesis| h.sure >= SURE && h.fits_all();
        let Some(best) = found.first().filter(is_sure) else {
            return;
        };
        if let Some((_, lines)) = self.0.iter_mut().find(|(chain, _)| *chain == best.chain) {
            *lines += 1;
        } else if self.0.len() < MOST {
            self.0.push((best.chain, 1));
        }
    }

    /// What one of the chains that many lines have shown makes of another line, where it explains all of it and leaves
    /// nothing odd.
    fn again(&self, text: &[char], varied: usize, settings: &Settings) -> Option<Hypothesis> {
        let trusted = self.0.iter().filter(|(_, lines)| *lines >= TRUSTED);
        trusted.map(|(chain, _)| chain).find_map(|chain| {
            let is_utf8 = chain.iter().all(|m| m.written == Encoding::Utf8);
            let is_varied = varied >= if is_utf8 { VARIED_UTF8 } else { VARIED };
            if !is_varied || !settings.allows(chain) {
                return None;
            }
            let undone = undo_all(chain, text)?;
            let cost = prior::chain_cost(chain)?;
            let again = shown_again(text, &undone, chain, cost, SHOWN_AGAIN)?;
            // Where some would be the same either way, the others have to be better by words, and not only by letters.
            let is_better = again.explains_all() && again.score > 0.0
                || plausibility(&again.repaired, &[]) - plausibility(text, &[]) > MUCH_BETTER;
            let reads_well = is_better && reads_clean(&again.repaired.iter().collect::<String>());
            reads_well.then_some(again)
        })
    }
}

/// The hypotheses of the chains that explain all of `text`, best first, where the best one is sure.
pub(crate) fn shortcut(
    text: &[char],
    shown: &Shown,
    settings: &Settings,
) -> Option<Vec<Hypothesis>> {
    if !settings.are_usual() {
        return None;
    }
    let varied = others(text).len();
    if let Some(again) = shown.again(text, varied, settings) {
        return Some(vec![again]);
    }
    let mut explained: Vec<(Chain, Undone)> = Vec::new();
    if varied >= VARIED_UTF8 {
        add_utf8(&mut explained, text, Chain::new(), text, undo_all, settings);
    }
    if varied >= VARIED {
        let chains = shown.0.iter().map(|(chain, _)| chain);
        for chain in chains.filter(|&chain| settings.allows(chain)) {
            let is_known = explained.iter().any(|(known, _)| known == chain);
            if !is_known && let Some(undone) = undo_all(chain, text) {
                explained.push((*chain, undone));
            }
        }
    }
    surely(text, &explained)
        .or_else(|| with_spaces(text, varied, settings))
        .or_else(|| foremost::surely(text, varied, settings))
}

/// The same by UTF-8 whose no-break spaces have become spaces.
fn with_spaces(text: &[char], varied: usize, settings: &Settings) -> Option<Vec<Hypothesis>> {
    let may_have_had = text.contains(&' ') && !text.contains(&NO_BREAK_SPACE);
    if varied < VARIED || !may_have_had {
        return None;
    }
    let mut explained: Vec<(Chain, Undone)> = Vec::new();
    add_utf8(
        &mut explained,
        text,
        Chain::new(),
        text,
        undo_all_with_spaces,
        settings,
    );
    explained.retain(|(_, undone)| !may_be_otherwise(text, undone));
    surely(text, &explained)
}

/// Whether a space is taken for part of a character that hardly any text has, since something else was lost before it, or
/// for the end of one before a letter of ASCII, where it may have been two: `Ã l’ouest` is `à l’ouest`.
fn may_be_otherwise(text: &[char], undone: &Undone) -> bool {
    let is_doubted = |unit: &Unit| {
        let mangled = text.get(unit.mangled.clone()).unwrap_or_default();
        let original = undone.chars.get(unit.original.clone()).unwrap_or_default();
        let next = text.get(unit.mangled.end);
        let may_be_two = mangled.ends_with(&[' ']) && next.is_some_and(char::is_ascii_alphanumeric);
        let is_rare = original.iter().any(|&c| MODEL.unigram(c) < RARE);
        unit.converted && mangled.contains(&' ') && (may_be_two || is_rare)
    };
    undone.units.iter().any(is_doubted)
}

/// The hypotheses of chains that explain all of `text`, best first, where the best one is sure.
fn surely(text: &[char], explained: &[(Chain, Undone)]) -> Option<Vec<Hypothesis>> {
    if explained.is_empty() {
        return None;
    }
    let line = Line::new(text);
    let mut found: Vec<Hypothesis> = Vec::new();
    for (chain, undone) in explained {
        let cost = prior::chain_cost(chain)?;
        add(
            &mut found,
            Vec::from_iter(all_undone(&line, undone, chain, cost)),
        );
    }
    rank(&mut found, Alternatives::Likely);
    let best = found.first()?;
    let is_sure = best.sure >= SURE && best.explains_all() && leaves_no_doubt(best);
    is_sure.then_some(found)
}

/// Whether no other mishap can have befallen what UTF-8 shows: it looks clean, or there is much of it and it reads as well
/// as its script is known.
fn leaves_no_doubt(best: &Hypothesis) -> bool {
    let is_much = best.sure >= SURE_OF_MUCH && others(&best.repaired).len() >= VARIED;
    let string: String = best.repaired.iter().collect();
    if holds_misread_words(&string) {
        return false;
    }
    (is_much || reads_clean(&string))
        && (is_much && never_come_of_a_mishap(&best.repaired)
            || !Words::of(&best.repaired, &Fit::of(&best.repaired)).are_very_odd(&best.repaired))
}

/// Whether most of what a text has outside ASCII are letters that no text is ever read as.
fn never_come_of_a_mishap(text: &[char]) -> bool {
    let others = text.iter().filter(|c| !c.is_ascii());
    let (all, never) = others.fold((0, 0), |(all, never), &c| {
        (all + 1, never + usize::from(is_never_read(c)))
    });
    never * 4 > all * 3
}

/// Whether nothing in a text looks mangled, neither at a glance nor by its words.
pub(super) fn looks_clean(text: &[char]) -> bool {
    let string: String = text.iter().collect();
    reads_clean(&string)
        && !holds_misread_words(&string)
        && !Words::of(text, &Fit::of(text)).are_very_odd(text)
}

/// Adds the chains that undo all of `text` and begin with `newer`, which leads to `below`, and go on with UTF-8.
fn add_utf8(
    explained: &mut Vec<(Chain, Undone)>,
    text: &[char],
    newer: Chain,
    below: &[char],
    undo_all: fn(&Chain, &[char]) -> Option<Undone>,
    settings: &Settings,
) {
    if newer.len() >= settings.layers {
        return;
    }
    for step in utf8_read_as(below, settings) {
        let Ok(chain) = newer.preceded_by(step) else {
            continue;
        };
        if let Some(undone) = undo_all(&chain, text) {
            add_utf8(explained, text, chain, &undone.chars, undo_all, settings);
            explained.push((chain, undone));
        }
    }
}

/// The ways in which all characters of a text could be bytes of UTF-8, of those with the same bytes the likeliest.
fn utf8_read_as(text: &[char], settings: &Settings) -> Vec<Misdecoding> {
    let others = others(text);
    let mut found: Vec<(f32, Misdecoding, u64)> = Vec::new();
    for &read in settings.encodings.read.iter() {
        let step = Misdecoding {
            written: Encoding::Utf8,
            read,
        };
        let mut bytes = Mixer::default();
        let are_encoded = others.iter().all(|&c| {
            let code = read.encode_char(c);
            code.as_ref().map(EncodedChar::as_slice).hash(&mut bytes);
            code.is_some()
        });
        if let Some(cost) = prior::cost(step).filter(|_| are_encoded) {
            found.push((cost, step, bytes.finish()));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut seen = Set::default();
    found.retain(|f| seen.insert(f.2));
    found.into_iter().map(|f| f.1).collect()
}

/// The different characters outside ASCII.
fn others(text: &[char]) -> Vec<char> {
    let mut others: Vec<char> = text.iter().copied().filter(|c| !c.is_ascii()).collect();
    others.sort_unstable();
    others.dedup();
    others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::search::search_best;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn found(text: &str, shown: &[&str]) -> Option<String> {
        let shown = Shown(shown.iter().map(|c| (c.parse().unwrap(), 1)).collect());
        let found = shortcut(&chars(text), &shown, &Settings::new())?;
        Some(found.first()?.repaired.iter().collect())
    }

    const CLEAN: &[(&str, &[&str])] = &[
        (
            "Hélène prétend que les pêches mûrissent encore, mais personne n’en a goûté.",
            &[
                "utf-8>windows-1252",
                "utf-8>macintosh",
                "utf-8>windows-1252 + utf-8>windows-1252",
            ],
        ),
        (
            "Огурцы взошли, а вот укроп что-то не торопится.",
            &["utf-8>windows-1251", "utf-8>ibm866"],
        ),
        ("河边的老房子已经没有人住了。", &["utf-8>windows-1252"]),
    ];

    /// What the search finds is what is wanted, and the truth says that both are right.
    #[test]
    fn utf8_that_explains_all_needs_no_search() {
        for (clean, chains) in CLEAN {
            for chain in *chains {
                let parsed: Chain = chain.parse().unwrap();
                let mangled = parsed.mangle(clean).unwrap();
                assert_eq!(found(&mangled, &[]).as_deref(), Some(*clean), "{chain}");
                let searched = search_best(&chars(&mangled), &Settings::new());
                let searched = searched.first().map(|h| String::from_iter(&h.repaired));
                assert_eq!(searched.as_deref(), Some(*clean), "{chain}, searched");
            }
        }
    }

    #[test]
    fn spaces_are_what_they_were_where_that_is_no_rare_character() {
        let twice: Chain = "utf-8>windows-1252 + utf-8>windows-1252".parse().unwrap();
        let clean = "প্রতিটি মানুষের জীবনে ভালো বই পড়া দরকার।";
        let spaced = twice.mangle(clean).unwrap().replace(NO_BREAK_SPACE, " ");
        assert_eq!(found(&spaced, &[]).as_deref(), Some(clean));
        // A control was dropped before the space: `ј`, and not `Ѡ`.
        let dropped = "РўРѕС С‚РІСЂРґРµР» РґРµРєР° РјРёС‚РѕРІРёС‚Рµ";
        assert_eq!(found(dropped, &[]), None);
        // Two spaces may have become one.
        let one_space = "La rГ©gion de Dnepropetrovsk se trouve Г lвЂ™ouest de lвЂ™Ukraine";
        assert_eq!(found(one_space, &[]), None);
    }

    #[test]
    fn a_legacy_chain_is_taken_only_where_the_document_has_shown_it() {
        let chain = "windows-1252>macintosh";
        let clean = "La pêche a mûri, dit Hélène.";
        let mangled = chain.parse::<Chain>().unwrap().mangle(clean).unwrap();
        assert_eq!(found(&mangled, &[]), None);
        assert_eq!(found(&mangled, &[chain]).as_deref(), Some(clean));
        assert_eq!(found(&mangled, &["shift_jis>windows-1252"]), None);
    }

    /// What many lines have shown is believed of another one without being weighed, if that is mangled so and only so.
    #[test]
    fn what_many_lines_have_shown_is_taken_to_have_befallen_another() {
        let utf8: Chain = "utf-8>windows-1252".parse().unwrap();
        let clean = "Où sont passées les clés de la forêt, près d’ici ?";
        let once = utf8.mangle(clean).unwrap();
        let twice = utf8.mangle(&once).unwrap();
        let cases = [
            ("as the others", once.clone(), Some(clean)),
            ("one letter", "MÃ¼ller".to_owned(), Some("Müller")),
            ("once more", twice, None),
            ("clean", clean.to_owned(), None),
            ("in part", format!("Zoë {once}"), None),
        ];
        for (why, text, expected) in cases {
            let text = chars(&text);
            let again = |lines| {
                let shown = Shown(vec![(utf8, lines)]);
                let varied = others(&text).len();
                let again = shown.again(&text, varied, &Settings::new());
                again.map(|h| String::from_iter(h.repaired))
            };
            assert_eq!(again(TRUSTED).as_deref(), expected, "{why}");
            assert_eq!(again(TRUSTED - 1), None, "{why}, in too few lines");
        }
    }

    #[test]
    fn the_search_has_the_say_where_anything_is_left() {
        let two_mishaps: Chain = "windows-1251>iso-8859-1 + utf-8>windows-1251"
            .parse()
            .unwrap();
        let cases = [
            (
                "clean text",
                "Hélène prétend que les pêches mûrissent.".to_owned(),
            ),
            (
                "a clean letter beside",
                "Zoë prÃ©tend que les pÃªches mÃ»rissent.".to_owned(),
            ),
            (
                "below UTF-8 lies a legacy encoding",
                two_mishaps.mangle("байгууллагаараа").unwrap(),
            ),
        ];
        for (why, text) in cases {
            assert_eq!(found(&text, &["utf-8>windows-1252"]), None, "{why}");
        }
    }
}
