//! What had happened to texts, in words.

#![allow(dead_code, reason = "not every program uses all of it")]

use crate::common::{count, percent, visible};
use unbake::misdecoding::Chain;
use unbake::repair::{Cause, Certainty, Edit};

/// How many characters of a guess are shown.
const SHOWN: usize = 60;

/// Every cause once, the commonest first.
pub fn summary(edits: &[Edit]) -> String {
    let mut causes = Causes::default();
    causes.count(edits);
    causes.in_words()
}

/// How often each cause occurred.
#[derive(Default)]
pub struct Causes(Vec<(Cause, usize)>);

impl Causes {
    /// Counts the causes of these edits, too.
    pub fn count(&mut self, edits: &[Edit]) {
        for edit in edits {
            self.add(edit.cause(), 1);
        }
    }

    /// Counts one cause so many times.
    pub fn add(&mut self, cause: Cause, times: usize) {
        match self.0.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, known)) => *known += times,
            None => self.0.push((cause, times)),
        }
    }

    /// Counts what another one has counted.
    pub fn merge(&mut self, other: &Self) {
        for (cause, times) in &other.0 {
            self.add(*cause, *times);
        }
    }

    /// Every cause once, the commonest first.
    pub fn in_words(&self) -> String {
        let all: usize = self.0.iter().map(|(_, times)| times).sum();
        let mut causes = self.0.clone();
        causes.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        let told = causes.iter().map(|(cause, times)| match causes.len() {
            1 => in_words(*cause),
            _ => format!("{} ({times} of {all})", in_words(*cause)),
        });
        told.collect::<Vec<_>>().join("; ")
    }
}

/// How much of what was repaired had been lost.
#[derive(Default)]
pub struct Guesses {
    stretches: usize,
    unknown: usize,
}

impl Guesses {
    /// Counts those of these edits, too.
    pub fn count(&mut self, edits: &[Edit]) {
        for edit in edits.iter().filter(|edit| !edit.is_exact()) {
            self.stretches += 1;
            let unknown = |text: &str| text.matches(char::REPLACEMENT_CHARACTER).count();
            self.unknown += unknown(edit.after());
        }
    }

    /// Counts what another one has counted.
    pub fn merge(&mut self, other: &Self) {
        self.stretches += other.stretches;
        self.unknown += other.unknown;
    }

    /// What to tell of it, if there is anything to tell, and what shows more.
    pub fn in_words(&self, more: &str) -> Option<String> {
        if self.stretches == 0 {
            return None;
        }
        let stretches = count(self.stretches, "stretch", "stretches");
        let unknown = match self.unknown {
            0 => String::new(),
            n => format!(
                "; U+FFFD stands for {} that cannot be known",
                count(n, "character", "characters")
            ),
        };
        Some(format!(
            "in {stretches} something was lost and had to be guessed{unknown}: {more} shows what"
        ))
    }
}

/// What had happened.
pub fn in_words(cause: Cause) -> String {
    match cause {
        Cause::Chain(chain) => chain_in_words(chain),
        Cause::Reading => "readings had been put in".to_owned(),
        Cause::ByteShift => "multi-byte characters were read from a byte off".to_owned(),
        Cause::Noise => "bytes were lost or put in".to_owned(),
        other => other.to_string(),
    }
}

fn chain_in_words(chain: Chain) -> String {
    let steps: Vec<String> = chain
        .iter()
        .map(|step| format!("{} was read as {}", step.written, step.read))
        .collect();
    steps.join(", then ")
}

/// Which characters were guessed, and what else they could be, as far as that is known.
pub fn guessed(edit: &Edit) -> Option<String> {
    let Certainty::Inferred { guessed, .. } = edit.certainty() else {
        return None;
    };
    let parts: Vec<String> = guessed
        .iter()
        .filter_map(|guess| {
            let part = visible(edit.after().get(guess.range())?, SHOWN);
            let odds = guess.alternatives().iter();
            let odds: Vec<(String, String)> = odds
                .map(|&(c, odds)| (visible(&c.to_string(), SHOWN), percent(odds)))
                .collect();
            Some(match odds.as_slice() {
                [] => part,
                [(c, sure)] if *c == part => format!("{c} {sure}"),
                [(c, sure), others @ ..] if *c == part => {
                    format!("{c} {sure}, or {}", listed(others))
                }
                // None is likelier than not.
                all => format!("{part} for {}", listed(all)),
            })
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn listed(odds: &[(String, String)]) -> String {
    let odds = odds.iter().map(|(c, sure)| format!("{c} {sure}"));
    odds.collect::<Vec<_>>().join(", ")
}
