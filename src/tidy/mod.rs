//! Clean-ups that are no decoding errors: entities, quotes, widths, line breaks, controls and the like.
//!
//! The repairer leaves all this alone. Who wants it tidied asks for it, rule by rule, and gets a [`Repair`]: every
//! clean-up is an edit that can be taken back, together or one by one, and kept in a [patch](crate::repair::Patch).
//!
//! ```
//! use unbake::Repairer;
//! use unbake::tidy::{LineBreaks, Quotes, Tidy};
//!
//! let tidy = Tidy::new().quotes(Quotes::Straighten).line_breaks(LineBreaks::LineFeed);
//! let text = "That’s it.\r\n";
//! let repair = tidy.apply(text);
//! assert_eq!(repair.text(), "That's it.\n");
//! assert_eq!(repair.revert(), text);
//!
//! // Together with a repair: one list of edits over the text as it came.
//! let text = "Thatâ€™s schÃ¶n.\r\n";
//! let repair = tidy.repair_with(&Repairer::new(), text);
//! assert_eq!(repair.text(), "That's schön.\n");
//! assert_eq!(repair.edits()[0].cause().to_string(), "utf-8>windows-1252, tidy:quotes");
//! assert_eq!(repair.revert(), text);
//! ```
//!
//! # Those who come from ftfy
//!
//! [`Tidy::ftfy`] has ftfy's defaults. Its options are here:
//!
//! | ftfy | here |
//! |---|---|
//! | `fix_encoding` | [`Tidy::repair_with`] with a [`Repairer`]; [`Tidy::apply`] without one |
//! | `restore_byte_a0`, `decode_inconsistent_utf8` | not apart: the [`Repairer`] judges each stretch, or leaves it below its [`threshold`](Repairer::threshold) |
//! | `replace_lossy_sequences` | [`Settings::guesses`](crate::detect::Settings::guesses): the likeliest character, U+FFFD as in ftfy, or left alone |
//! | `unescape_html` | [`Tidy::entities`] |
//! | `remove_terminal_escapes` | [`Tidy::terminal_escapes`] |
//! | `fix_c1_controls` | [`Tidy::c1_controls`] |
//! | `fix_latin_ligatures` | [`Tidy::ligatures`] |
//! | `fix_character_width` | [`Tidy::width`] |
//! | `uncurl_quotes` | [`Tidy::quotes`] |
//! | `fix_line_breaks` | [`Tidy::line_breaks`] |
//! | `fix_surrogates` | not needed: a `&str` holds no surrogates. Pairs in references, `&#xD83D;&#xDE00;`, are resolved with the [`entities`](Tidy::entities); what UTF-8 decoders made of encoded surrogates is the repairer's. |
//! | `remove_control_chars`, `remove_bom` | [`Tidy::controls`], [`Tidy::byte_order_marks`] |
//! | `normalization` | [`Tidy::normalization`] |
//! | `max_decode_length` | not needed: time is linear |
//! | `decode_escapes` | [`Tidy::escapes`]; mojibake within escapes is for [`Carriers`](crate::carriers::Carriers), too |
//! | `explain`, `apply_plan` | [`Repair::edits`], [`Repair::patch`], [`Patch::apply`](crate::repair::Patch::apply) |
//! | `explain_unicode`, `formatting` | not here: the names and widths of characters are other crates' |

mod characters;
mod draft;
mod entities;
mod escapes;
mod normalize;
mod options;
mod rule;
mod terminal;
mod width;

pub use options::{
    ByteOrderMarks, C1Controls, Controls, Entities, Escapes, Ligatures, LineBreaks, Normalization,
    Quotes, TerminalEscapes, Width,
};
pub use rule::{TidyRule, TidyRules};

use crate::repair::{ProposedEdit, Repair, Repairer, compose};

/// Which clean-ups to make.
///
/// ```
/// use unbake::tidy::{Controls, Normalization, Tidy};
///
/// let tidy = Tidy::new().controls(Controls::KeepSeparators).normalization(Normalization::Nfc);
/// assert_eq!(tidy.apply("cafe\u{301}\0").text(), "café");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
#[must_use]
pub struct Tidy {
    entities: Entities,
    escapes: Escapes,
    terminal_escapes: TerminalEscapes,
    c1_controls: C1Controls,
    byte_order_marks: ByteOrderMarks,
    controls: Controls,
    line_breaks: LineBreaks,
    width: Width,
    ligatures: Ligatures,
    quotes: Quotes,
    normalization: Normalization,
}

/// What one pass of some rules wants changed in a text.
type Pass = fn(&Tidy, &str) -> Vec<ProposedEdit>;

/// What stands for something else is resolved first, what looks at single characters comes after what looks at several.
const PASSES: [Pass; 5] = [
    entities::edits,
    escapes::edits,
    terminal::edits,
    characters::edits,
    normalize::edits,
];

/// The passes are repeated until nothing changes any more, at most so often. Two rounds are usual (the second finds
/// nothing); only text made for the purpose, such as a reference in full-width letters that stands for another one,
/// needs more than four.
const ROUNDS: usize = 8;

impl Tidy {
    /// No clean-up at all, to be added to.
    ///
    /// ```
    /// use unbake::tidy::Tidy;
    ///
    /// assert!(!Tidy::new().apply("&amp; ‘ﬁ’\r\n\0").is_changed());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// The clean-ups that ftfy 6.3 makes unless told otherwise.
    ///
    /// This is for those who migrate and need the same results. It harms Chinese and Japanese punctuation, Hawaiian
    /// letters and the separators of data, as ftfy does; [`Width::KeepPunctuation`], [`Quotes::Straighten`] and
    /// [`Controls::KeepSeparators`] don't. The clean-ups do the same on ftfy's own cases, but on purpose in these:
    ///
    /// - `<3` is no tag, and a tag keeps the references before it too; names of more than 24 letters are known; numbers
    ///   that are no text stay, and the halves of a surrogate pair are one character: see [`Entities`];
    /// - all control sequences of terminals and their hyperlinks go: see [`TerminalEscapes`];
    /// - half-width Hangul become letters that stand alone, and `￣` becomes `¯`.
    ///
    /// Mojibake is not ftfy's but the [`Repairer`]'s: it undoes more, rebuilds lost bytes where ftfy puts U+FFFD, and
    /// leaves some single words that ftfy changes. `tests/data/tidy/ftfy-differences.tsv` of the repository has every case
    /// of ftfy that comes out otherwise, with the reason.
    ///
    /// ```
    /// use unbake::tidy::{Tidy, Width};
    ///
    /// assert_eq!(Tidy::ftfy().apply("“ＬＯＵＤ！”").text(), "\"LOUD!\"");
    /// let gentle = Tidy::ftfy().width(Width::KeepPunctuation);
    /// assert_eq!(gentle.apply("你好，ＵＮＩＸ！").text(), "你好，UNIX！");
    /// ```
    pub fn ftfy() -> Self {
        Self {
            entities: Entities::Auto,
            escapes: Escapes::Keep,
            terminal_escapes: TerminalEscapes::Remove,
            c1_controls: C1Controls::Windows1252,
            byte_order_marks: ByteOrderMarks::RemoveAll,
            controls: Controls::Remove,
            line_breaks: LineBreaks::LineFeed,
            width: Width::All,
            ligatures: Ligatures::All,
            quotes: Quotes::StraightenLetters,
            normalization: Normalization::Nfc,
        }
    }

    /// What to do with HTML's character references: see [`Entities`], which has an example.
    pub fn entities(self, entities: Entities) -> Self {
        Self { entities, ..self }
    }

    /// What to do with the escapes of string literals: see [`Escapes`], which has an example.
    pub fn escapes(self, escapes: Escapes) -> Self {
        Self { escapes, ..self }
    }

    /// What to do with escape sequences of terminals: see [`TerminalEscapes`], which has an example.
    pub fn terminal_escapes(self, terminal_escapes: TerminalEscapes) -> Self {
        Self {
            terminal_escapes,
            ..self
        }
    }

    /// What to do with C1 controls: see [`C1Controls`], which has an example.
    pub fn c1_controls(self, c1_controls: C1Controls) -> Self {
        Self {
            c1_controls,
            ..self
        }
    }

    /// What to do with byte order marks: see [`ByteOrderMarks`], which has an example.
    pub fn byte_order_marks(self, byte_order_marks: ByteOrderMarks) -> Self {
        Self {
            byte_order_marks,
            ..self
        }
    }

    /// What to do with control characters: see [`Controls`], which has an example.
    pub fn controls(self, controls: Controls) -> Self {
        Self { controls, ..self }
    }

    /// What to do with line breaks: see [`LineBreaks`], which has an example.
    pub fn line_breaks(self, line_breaks: LineBreaks) -> Self {
        Self {
            line_breaks,
            ..self
        }
    }

    /// What to do with full-width and half-width forms: see [`Width`], which has an example.
    pub fn width(self, width: Width) -> Self {
        Self { width, ..self }
    }

    /// What to do with ligatures: see [`Ligatures`], which has an example.
    pub fn ligatures(self, ligatures: Ligatures) -> Self {
        Self { ligatures, ..self }
    }

    /// What to do with curly quotation marks: see [`Quotes`], which has an example.
    pub fn quotes(self, quotes: Quotes) -> Self {
        Self { quotes, ..self }
    }

    /// Which normalisation form to bring the text to: see [`Normalization`], which has an example.
    pub fn normalization(self, normalization: Normalization) -> Self {
        Self {
            normalization,
            ..self
        }
    }

    /// Tidies a text.
    ///
    /// For every text `x` and `t = tidy.apply(x)`: `t.revert() == x`; `t.into_text()` borrows `x` if and only if nothing
    /// was changed; and `tidy.apply(t.text())` changes nothing, unless `x` nests what is to be tidied in itself many
    /// times over. Every edit has the cause [`Cause::Tidy`](crate::repair::Cause::Tidy) and confidence 1. Takes time in
    /// proportion to the length of the text, whatever it holds.
    ///
    /// ```
    /// use unbake::tidy::Tidy;
    ///
    /// let repair = Tidy::ftfy().apply("so “it” goes");
    /// assert_eq!(repair.text(), "so \"it\" goes");
    /// assert_eq!(repair.edits().len(), 2);
    /// assert_eq!(repair.revert_edit(0)?, "so “it\" goes");
    /// # Ok::<(), unbake::repair::PatchError>(())
    /// ```
    pub fn apply<'a>(&self, text: &'a str) -> Repair<'a> {
        self.go_on(text, Repair::unchanged(text)).0
    }

    /// Repairs a text, then tidies it, with one list of edits over the text as it came.
    ///
    /// Character references and escapes are resolved before the repair, since mojibake may hide in them (`&Atilde;&copy;` is
    /// `é`).
    /// Where C1 controls are tidied, what comes of them is looked at by the repairer once more. All else is tidied after
    /// the repair: quotes straightened and controls removed would be evidence lost. Where a repair and a clean-up meet,
    /// the edit has the cause [`Cause::ChainAndTidy`](crate::repair::Cause::ChainAndTidy).
    ///
    /// Tidied text that is repaired again could be changed again, though it seldom is. Takes the time of the repair,
    /// mostly.
    ///
    /// ```
    /// use unbake::Repairer;
    /// use unbake::tidy::Tidy;
    ///
    /// let text = "lâ€™humanit&Atilde;&copy; â€”\u{a0}“bien”";
    /// let repair = Tidy::ftfy().repair_with(&Repairer::new(), text);
    /// assert_eq!(repair.text(), "l'humanité —\u{a0}\"bien\"");
    /// assert_eq!(repair.revert(), text);
    /// ```
    pub fn repair_with<'a>(&self, repairer: &Repairer, text: &'a str) -> Repair<'a> {
        let spelt = Self::new().entities(self.entities).escapes(self.escapes);
        let (repair, _) = spelt.go_on(text, Repair::unchanged(text));
        let repair = mend(repairer, text, repair);

        let c1_controls = Self::new().c1_controls(self.c1_controls);
        let (repair, changed) = c1_controls.go_on(text, repair);
        let repair = if changed {
            mend(repairer, text, repair)
        } else {
            repair
        };

        let (repair, _) = self.go_on(text, repair);
        repair
    }

    /// Tidies what a repair has led to so far, and says whether there was anything to tidy.
    fn go_on<'a>(&self, text: &'a str, mut repair: Repair<'a>) -> (Repair<'a>, bool) {
        let mut changed = false;
        for _ in 0..ROUNDS {
            let mut settled = true;
            for pass in PASSES {
                let edits = pass(self, repair.text());
                if !edits.is_empty() {
                    settled = false;
                    repair = Repair::new(text, compose(text, &repair, edits));
                }
            }
            changed |= !settled;
            if settled {
                break;
            }
        }
        (repair, changed)
    }
}

/// Repairs what a repair has led to so far.
fn mend<'a>(repairer: &Repairer, text: &'a str, repair: Repair<'a>) -> Repair<'a> {
    let more: Vec<ProposedEdit> = {
        let more = repairer.repair(repair.text());
        more.edits().iter().map(ProposedEdit::from).collect()
    };
    if more.is_empty() {
        return repair;
    }
    Repair::new(text, compose(text, &repair, more))
}
