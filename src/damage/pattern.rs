//! Whether readings in parentheses were inserted by a program.
//!
//! One parenthesis proves nothing. A program annotates a character at every place where it stands
//! on the page or at none, always with the same reading, and picks its characters with no regard
//! to words: nearly all of them are traditional forms. People annotate the words of a lesson, or
//! a word once.

use std::collections::HashMap;

use super::gbk;
use super::places::{Place, page, places};
use super::places_of;
use super::readings::{has_tone, is_reading_of, parenthesised_reading};
use crate::detect::seek::first_byte;

/// The readings that were inserted.
#[derive(Debug, Default)]
pub(super) struct Inserted {
    /// Their byte ranges, from parenthesis to parenthesis.
    pub ranges: Vec<(usize, usize)>,
    /// Whether they bear tones.
    pub toned: bool,
    /// From the number of annotated characters: how sure this is.
    pub confidence: f32,
}

/// What a page does with one character.
#[derive(Default)]
struct Use<'a> {
    reading: &'a str,
    annotated: u32,
    bare: u32,
    /// Another reading in another place, or one that the table does not have.
    odd: bool,
}

/// The inserted readings of a text.
pub(super) fn inserted(text: &str) -> Inserted {
    let mut opens = places_of(text, |rest| first_byte(rest, b'('));
    let is_reading = |at| text.get(at..).and_then(parenthesised_reading).is_some();
    if !opens.any(is_reading) {
        return Inserted::default();
    }
    let places = places(text, parenthesised_reading);
    let page = page(&places);
    let mut uses: HashMap<char, Use<'_>> = HashMap::new();
    for place in page {
        let entry = uses.entry(place.char).or_default();
        match place.reading {
            None => entry.bare += 1,
            Some(reading) => {
                entry.odd |= entry.annotated > 0 && entry.reading != reading
                    || !is_reading_of(place.char, reading);
                entry.reading = reading;
                entry.annotated += 1;
            }
        }
    }
    let Some(toned) = judge(page, &uses) else {
        return Inserted::default();
    };
    let is_inserted = |c: char| uses.get(&c).is_some_and(|u| is_regular(u));
    let ranges: Vec<_> = page
        .iter()
        .filter(|p| {
            p.reading
                .is_some_and(|r| !toned || has_tone(r) || is_reading_of(p.char, r))
        })
        .filter(|p| is_inserted(p.char))
        .map(|p| p.range)
        .collect();
    let regular = uses.values().filter(|u| is_regular(u)).count();
    Inserted {
        confidence: 1.0 - 0.5 / (regular as f32 + 1.0),
        ranges,
        toned,
    }
}

/// A character annotated wherever it stands, but for what a shift or a quotation hides.
fn is_regular(u: &Use<'_>) -> bool {
    u.annotated > 0 && !u.odd && u.bare * 8 <= u.annotated
}

/// Whether the readings of a page were inserted, and with their tones.
fn judge(page: &[Place<'_>], uses: &HashMap<char, Use<'_>>) -> Option<bool> {
    let annotated = || uses.iter().filter(|(_, u)| u.annotated > 0);
    let regular: Vec<_> = annotated().filter(|(_, u)| is_regular(u)).collect();
    let all = annotated().count();
    // Every exception is one that a person made.
    if regular.len() * 10 < all * 9 {
        return None;
    }
    let toned = regular.iter().filter(|(_, u)| has_tone(u.reading)).count() * 2 > regular.len();
    let foreign = regular.iter().filter(|(c, _)| !gbk::in_gb2312(**c)).count();
    let places: u32 = regular.iter().map(|(_, u)| u.annotated).sum();
    let density = places as usize * 100 / page.len().max(1);
    let adjacent = page
        .windows(2)
        .filter(|pair| pair.iter().all(|p| p.reading.is_some()))
        .count();
    let enough = if toned {
        // A lesson annotates whole words, and those are half made of characters that did not
        // change with the script.
        let repeated = regular.iter().filter(|(_, u)| u.annotated > 1).count();
        foreign * 5 >= regular.len() * 4
            && (foreign >= 3 || foreign == 2 && repeated > 0)
            && density <= 60
    } else {
        regular.len() >= 4 && density <= 35 && adjacent * 2 <= places as usize
    };
    enough.then_some(toned)
}
