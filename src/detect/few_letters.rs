//! How sure a repair must be that explains hardly more than one letter, however often it stands there.
//!
//! Every language that the model does not know writes letters that another encoding would make better known ones of:
//! Kurdish `î` to `ī`, Sardinian `ù` to `ú`. The less there is to explain, the surer the judge must be.

use super::features::ChangedWord;
use super::script::Script;
use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Log-odds that a small letter takes that would be another one in an encoding of DOS or the Macintosh: these have the
/// small letters where Windows has capitals and signs, and hardly anybody read one as the other.
const SURE_OF_OLD_SYSTEMS: f32 = 4.0;
const SURE_OF_KNOWN: f32 = 3.5;
const FEW_WORDS: usize = 3;
/// Words that people know, and so many that they are no chance.
const KNOWN: f32 = 0.5;
const MANY_KNOWN: f32 = 3.0;
/// So many different characters are too few for a mishap between two old systems, of which hardly anybody has both, or
/// between one and an encoding of several bytes a character.
const FEW_BETWEEN_SYSTEMS: usize = 6;
/// Of letters that would have other accents, in encodings that are seldom taken for each other.
const SURE_OF_AN_ACCENT: f32 = 3.0;
/// Of a letter that would close a quote which nothing opens.
const SURE_OF_A_QUOTE: f32 = 1.3;
/// Of an apostrophe that would be a letter: `oʻ` of Uzbek is written `o‘`, plurals of Dutch have `´s`.
const SURE_OF_AN_APOSTROPHE: f32 = 2.0;
/// The same of a Latin letter, where no word that is known comes of it.
const SURE_OF_NO_APOSTROPHE: f32 = 5.0;
/// Of a Greek letter by itself, as formulas and tables name it.
const SURE_OF_A_GREEK_LETTER: f32 = 3.0;

/// Log-odds that a chain must reach to be believed that explains so little, and makes so many words that people know; `None`
/// where it explains more.
/// What must be infinitely sure is not believed in company, either.
pub(super) fn wanted(chain: &Chain, changed: &[ChangedWord], known: f32) -> Option<f32> {
    let makes_known = known >= KNOWN;
    if is_between_old_systems(chain) && others(changed) < FEW_BETWEEN_SYSTEMS && known < MANY_KNOWN
    {
        return Some(if makes_known { f32::MAX } else { f32::INFINITY });
    }
    let all_legacy = chain
        .iter()
        .all(|m| m.written.is_single_byte() && m.read.is_single_byte());
    if !all_legacy || changed.is_empty() {
        return None;
    }
    let kinds = kinds(changed)?;
    let all = |is: fn(char, char) -> bool| kinds.iter().all(|&(old, new)| is(old, new));
    let newest = chain.iter().next_back()?;
    if kinds.len() <= 2 && chain.len() > 1 {
        // A letter that two mishaps explain is explained by too much.
        Some(f32::INFINITY)
    } else if kinds.len() <= 2
        && changed.len() <= FEW_WORDS
        && (all(is_letter_of_same_case) && is_of_old_system(newest.written)
            || newest.written == Encoding::Windows1258
            || newest.written == Encoding::Tcvn3)
    {
        Some(if makes_known {
            SURE_OF_KNOWN
        } else {
            SURE_OF_OLD_SYSTEMS
        })
    } else if kinds.len() <= 2 && all(is_latin_for_cyrillic) && is_of_old_system(newest.written) {
        // Letters of another keyboard, or such that look alike: texts of old systems were not read as Cyrillic.
        Some(f32::MAX)
    } else if all(is_letter_for_apostrophe) {
        Some(if makes_known || !all(makes_latin) {
            SURE_OF_AN_APOSTROPHE
        } else {
            SURE_OF_NO_APOSTROPHE
        })
    } else if is_greek_by_itself(changed) {
        Some(SURE_OF_A_GREEK_LETTER)
    } else if kinds.len() == 1 && all(is_quote_for_letter) {
        Some(SURE_OF_A_QUOTE)
    } else if kinds.len() <= 2
        && changed.len() <= FEW_WORDS
        && all(is_letter_of_same_case)
        && all(is_same_without_accent)
        && !is_usual(newest.written, newest.read)
    {
        Some(SURE_OF_AN_ACCENT)
    } else {
        None
    }
}

/// The different characters that change, and what each becomes; `None` where they are not changed one by one.
pub(super) fn kinds(changed: &[ChangedWord]) -> Option<BTreeSet<(char, char)>> {
    let are_alike = |w: &ChangedWord| w.before.len() == w.after.len();
    changed.iter().all(are_alike).then(|| {
        let pairs = changed.iter().flat_map(|w| w.before.iter().zip(&w.after));
        pairs
            .filter(|(old, new)| old != new)
            .map(|(&old, &new)| (old, new))
            .collect()
    })
}

/// Whether a Latin letter becomes another one, a small one a small one, and a capital a capital.
pub(super) fn is_letter_of_same_case(old: char, new: char) -> bool {
    let are_latin = [old, new].iter().all(|&c| Script::of(c) == Script::Latin);
    are_latin && old.is_lowercase() == new.is_lowercase()
}

/// Whether two letters differ in nothing but their accents: `î` and `ī`.
fn is_same_without_accent(old: char, new: char) -> bool {
    let plain = |c: char| c.nfd().next();
    plain(old) == plain(new)
}

/// Whether text of DOS or the Macintosh was read in another code page of these, or in an encoding of several bytes a
/// character.
fn is_between_old_systems(chain: &Chain) -> bool {
    let is_one =
        |read: Encoding| is_of_old_system(read) || !read.is_single_byte() && read != Encoding::Utf8;
    chain.len() == 1
        && chain
            .iter()
            .all(|m| is_of_old_system(m.written) && is_one(m.read))
}

/// How many different characters outside ASCII change, or stand in words that do where these are not changed one by one.
fn others(changed: &[ChangedWord]) -> usize {
    kinds(changed).map_or_else(
        || {
            let others = changed.iter().flat_map(|w| &w.before);
            let others = others.filter(|c| !c.is_ascii());
            others.collect::<BTreeSet<_>>().len()
        },
        |kinds| kinds.len(),
    )
}

fn is_letter_for_apostrophe(old: char, new: char) -> bool {
    matches!(old, '‘' | '’' | '´') && new.is_alphabetic()
}

fn makes_latin(_: char, new: char) -> bool {
    Script::of(new) == Script::Latin
}

fn is_latin_for_cyrillic(old: char, new: char) -> bool {
    Script::of(old) == Script::Cyrillic && Script::of(new) == Script::Latin
}

fn is_quote_for_letter(old: char, new: char) -> bool {
    old.is_alphabetic() && matches!(new, '”' | '»')
}

pub(super) fn is_of_old_system(encoding: Encoding) -> bool {
    encoding == Encoding::Macintosh
        || ["ibm", "x-mac-"]
            .iter()
            .any(|system| encoding.name().starts_with(system))
}

/// Whether all that changes is one letter of Greek beside no other letter.
fn is_greek_by_itself(changed: &[ChangedWord]) -> bool {
    let [word] = changed else {
        return false;
    };
    let mut letters = word.before.iter().filter(|c| c.is_alphabetic());
    matches!((letters.next(), letters.next()), (Some(&c), None) if Script::of(c) == Script::Greek)
}

/// Whether texts in one encoding are read in the other all the time: those of Central Europe as those of Western Europe, or in
/// the other encoding of Central Europe.
pub(super) fn is_usual(written: Encoding, read: Encoding) -> bool {
    let is_western = |e| matches!(e, Encoding::Windows1252 | Encoding::Iso8859_1);
    let is_central = |e| matches!(e, Encoding::Windows1250 | Encoding::Iso8859_2);
    let is_either = |e| is_western(e) || is_central(e);
    is_either(written) && is_either(read) && (is_central(written) || is_central(read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_less_a_repair_explains_the_surer_it_must_be() {
        let old_systems = Some(SURE_OF_OLD_SYSTEMS);
        let known = Some(SURE_OF_KNOWN);
        let an_accent = Some(SURE_OF_AN_ACCENT);
        let apostrophe = Some(SURE_OF_AN_APOSTROPHE);
        let no_apostrophe = Some(SURE_OF_NO_APOSTROPHE);
        let quote = Some(SURE_OF_A_QUOTE);
        let greek = Some(SURE_OF_A_GREEK_LETTER);
        let never = Some(f32::INFINITY);
        let in_company = Some(f32::MAX);
        let cases = [
            // Small letters that would be other small letters, of languages that nobody asked: Friulian, Ewe.
            ("ibm850>windows-1252", "cjatä", "cjatõ", false, old_systems),
            ("ibm850>windows-1252", "cätä", "cõtõ", true, known),
            // Two systems of which hardly anybody has both, and more letters than chance makes.
            ("macintosh>ibm437", "cjatâ", "cjaté", true, in_company),
            ("macintosh>ibm437", "cjatâ", "cjaté", false, never),
            ("macintosh>gbk", "LaTeX檔", "LaTeXôn", false, never),
            ("ibm866>macintosh", "Ø‡†¢•‚ØÆ", "Правет", false, None),
            // Tones of Vietnamese.
            (
                "windows-1258>windows-1252",
                "consegui\u{EC}",
                "consegui\u{301}",
                false,
                old_systems,
            ),
            ("ibm437>windows-1252", "‚cole", "école", false, None),
            ("macintosh>windows-1252", "Žcole", "école", false, None),
            ("macintosh>windows-1252", "š‡Ž", "öáé", false, None),
            // Other accents, of encodings that are seldom taken for each other, and often.
            ("windows-1257>windows-1252", "dîlî", "dīlī", true, an_accent),
            (
                "windows-1257>windows-1252",
                "dîlâ",
                "dīlā",
                false,
                an_accent,
            ),
            ("windows-1257>windows-1252", "dîlâtê", "dīlātē", false, None),
            ("windows-1257>windows-1252", "maþs", "mažs", false, None),
            ("windows-1250>windows-1252", "tetõ", "tető", false, None),
            ("windows-1251>windows-1252", "îêíî", "окно", false, None),
            // A quote that closes what was never opened, and two that belong together.
            ("windows-1252>macintosh", "barî", "bar”", false, quote),
            ("windows-1252>macintosh", "ìbarî", "“bar”", false, None),
            ("macintosh>windows-1252", "barÕs", "bar’s", false, None),
            // Apostrophes.
            (
                "macintosh>windows-1252",
                "bo‘lak",
                "boëlak",
                true,
                apostrophe,
            ),
            ("windows-1252>ibm850", "foto´s", "fotoïs", true, apostrophe),
            (
                "macintosh>windows-1252",
                "so‘mi",
                "soëmi",
                false,
                no_apostrophe,
            ),
            // Other letters begin words as well as apostrophes.
            (
                "x-mac-cyrillic>windows-1251",
                "’орба",
                "Торба",
                false,
                apostrophe,
            ),
            ("macintosh>windows-1252", "‘t‘Ž", "ëtëé", false, None),
            // A letter that looks like one of ASCII, and one that a code page put there.
            ("macintosh>iso-8859-5", "dogѕ", "dogı", true, in_company),
            ("windows-1252>windows-1251", "Solrшd", "Solrød", false, None),
            // A letter that a table names, and one in a word.
            ("windows-1252>ibm437", "Φ", "è", false, greek),
            ("windows-1252>ibm437", "sΘ", "sé", false, None),
            // Two mishaps for one letter.
            (
                "tcvn3-1>windows-1252 + macintosh>ibm437",
                "pùblu",
                "públu",
                true,
                never,
            ),
            ("utf-8>windows-1252", "Ã©", "é", false, None),
        ];
        for (chain, before, after, makes_known, expected) in cases {
            let [before, after] = [before, after].map(|word| word.chars().collect());
            let changed = [ChangedWord { before, after }];
            let chain = chain.parse().unwrap();
            assert_eq!(
                wanted(&chain, &changed, f32::from(u8::from(makes_known))),
                expected,
                "{changed:?}"
            );
        }
    }
}
