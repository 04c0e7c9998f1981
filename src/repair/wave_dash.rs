//! Symbols of EUC-JP as Unix reads them, whose encoding it is: a wave dash where Windows and browsers have a full-width tilde.
//!
//! Encodings follow browsers, which read EUC-JP as if it were Windows'. Text that was written in it was mostly written on
//! Unix, and either character is the same bytes.

use super::{Cause, ProposedEdit};
use crate::encoding::Encoding;

/// Has the text that an edit makes of EUC-JP as Unix has it.
pub(super) fn restore(edit: &mut ProposedEdit) {
    let Cause::Chain(chain) = edit.cause else {
        return;
    };
    let written = chain.iter().next().map(|m| m.written);
    if written == Some(Encoding::EucJp) {
        edit.after = edit.after.chars().map(of_unix).collect();
    }
}

/// The others that differ have fewer bytes of UTF-8, and are rarer.
const fn of_unix(c: char) -> char {
    match c {
        '～' => '\u{301C}',
        '－' => '\u{2212}',
        '∥' => '\u{2016}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use crate::Repairer;
    use crate::misdecoding::Chain;

    #[test]
    fn what_was_written_on_unix_has_its_wave_dash() {
        let clean = "東京〜大阪の新幹線は午前９時−１０時に出ます。";
        for (chain, expected) in [
            ("euc-jp>iso-8859-1", clean.to_owned()),
            (
                "shift_jis>windows-1252",
                clean.replace('〜', "～").replace('−', "－"),
            ),
        ] {
            let parsed: Chain = chain.parse().unwrap();
            let mangled = parsed.mangle(clean).unwrap();
            let repair = Repairer::new().repair(&mangled);
            assert_eq!(repair.text(), expected, "{chain}");
            assert!(repair.edits().iter().all(|edit| edit.is_exact()), "{chain}");
        }
    }
}
