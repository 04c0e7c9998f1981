//! The script a character belongs to, as coarsely as encodings tell scripts apart.

use super::pages::Pages;
use super::symbols::is_alphabetic;

/// Scripts that some encoding holds; everything else is `Other`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub(crate) enum Script {
    /// Digits, punctuation, symbols, marks, controls: no script of their own.
    Common,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Indic,
    Thai,
    Georgian,
    Hangul,
    Kana,
    Han,
    /// Letters of scripts that no legacy encoding holds.
    Other,
}

impl Script {
    /// The script of `c`; `Common` for what is no letter.
    #[inline]
    pub(crate) fn of(c: char) -> Script {
        static SCRIPTS: Pages<Script> = Pages::new(Script::work_out);
        match c {
            '\u{4E00}'..='\u{9FFF}' => Script::Han,
            '\u{AC00}'..='\u{D7A3}' => Script::Hangul,
            '\u{E000}'..='\u{F8FF}' => Script::Common,
            _ => SCRIPTS.get(c),
        }
    }

    fn work_out(c: char) -> Script {
        let cp = c as u32;
        if c.is_ascii_alphabetic() {
            return Script::Latin;
        }
        // `϶` is a letter by its looks, and stands where Greek ones do.
        let is_letter = is_alphabetic(c) || c == '϶';
        if matches!(cp, 0x300..=0x36F | 0x200B..=0x200F | 0xFE00..=0xFE0F) || !is_letter {
            return Script::Common;
        }
        match cp {
            0xAA | 0xBA | 0xB5 | 0x2B0..=0x2FF => Script::Common,
            0xC0..=0x24F | 0x250..=0x2AF | 0x1D00..=0x1DBF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F => {
                Script::Latin
            }
            0xA720..=0xA7FF | 0xAB30..=0xAB6F | 0xFB00..=0xFB06 | 0xFF21..=0xFF5A => Script::Latin,
            0x370..=0x3FF | 0x1F00..=0x1FFF => Script::Greek,
            0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Script::Cyrillic,
            0x530..=0x58F => Script::Armenian,
            0x590..=0x5FF | 0xFB1D..=0xFB4F => Script::Hebrew,
            0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFE => {
                Script::Arabic
            }
            0x900..=0xDFF => Script::Indic,
            0xE00..=0xE7F => Script::Thai,
            0x10A0..=0x10FF | 0x1C90..=0x1CBF | 0x2D00..=0x2D2F => Script::Georgian,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF => Script::Hangul,
            0x3040..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F => Script::Kana,
            0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF => Script::Han,
            0xF900..=0xFAFF | 0x20000..=0x3FFFF => Script::Han,
            0x2100..=0x218F | 0x24B6..=0x24E9 => Script::Common,
            _ => Script::Other,
        }
    }

    /// Whether the script is written without spaces in East Asian double-width characters.
    pub(crate) fn is_east_asian(self) -> bool {
        matches!(self, Script::Hangul | Script::Kana | Script::Han)
    }

    /// Whether letters of the two scripts stand in one word as a matter of course.
    pub(crate) fn mixes_with(self, other: Script) -> bool {
        self == other
            || self == Script::Common
            || other == Script::Common
            || (self.is_east_asian() && other.is_east_asian())
    }
}

#[cfg(test)]
mod tests {
    use super::Script;

    #[test]
    fn letters_have_their_script_and_symbols_none() {
        let cases = [
            ('a', Script::Latin),
            ('1', Script::Common),
            ('é', Script::Latin),
            ('ж', Script::Cyrillic),
            ('ω', Script::Greek),
            ('ש', Script::Hebrew),
            ('ع', Script::Arabic),
            ('ไ', Script::Thai),
            ('한', Script::Hangul),
            ('ﾙ', Script::Kana),
            ('漢', Script::Han),
            ('║', Script::Common),
            ('º', Script::Common),
        ];
        for (c, script) in cases {
            assert_eq!(Script::of(c), script, "{c}");
        }
    }
    #[test]
    fn what_needs_no_look_has_its_script() {
        for c in '\0'..=char::MAX {
            assert_eq!(Script::of(c), Script::work_out(c), "{c:?}");
        }
    }
}
