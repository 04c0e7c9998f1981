//! Encodings of two-byte characters as tables: pairs to characters and back.

use std::sync::LazyLock;

use super::gbk::is_private;
use crate::encoding::Encoding;

/// Lead bytes 81 to FE by trail bytes 40 to FE.
const TRAILS: usize = 0xFF - 0x40;

/// An encoding whose bytes a page was cut in.
#[derive(Debug)]
pub(super) struct Codes {
    encoding: Encoding,
    pairs: Vec<Option<char>>,
}

static GBK: LazyLock<Codes> = LazyLock::new(|| Codes::new(Encoding::Gbk));
static BIG5: LazyLock<Codes> = LazyLock::new(|| Codes::new(Encoding::Big5));
static EUC_KR: LazyLock<Codes> = LazyLock::new(|| Codes::new(Encoding::EucKr));
static SHIFT_JIS: LazyLock<Codes> = LazyLock::new(|| Codes::new(Encoding::ShiftJis));

impl Codes {
    pub(super) fn gbk() -> &'static Codes {
        &GBK
    }

    /// Those of an encoding; of GBK where no pages are known to be cut in it.
    pub(super) fn of(encoding: Encoding) -> &'static Codes {
        match encoding {
            Encoding::Big5 => &BIG5,
            Encoding::EucKr => &EUC_KR,
            Encoding::ShiftJis => &SHIFT_JIS,
            _ => &GBK,
        }
    }

    /// The encodings in which a text with these characters may have been cut, the likeliest first.
    pub(super) fn likely(text: impl Iterator<Item = char>) -> &'static [Encoding] {
        let (mut hangul, mut kana, mut han) = (0, 0, 0);
        for c in text {
            match c {
                '가'..='힣' => hangul += 1,
                'ぁ'..='ヺ' => kana += 1,
                '一'..='鿿' => han += 1,
                _ => {}
            }
        }
        if hangul > han {
            &[Encoding::EucKr]
        } else if kana * 2 > han {
            &[Encoding::ShiftJis]
        } else {
            &[Encoding::Gbk, Encoding::Big5]
        }
    }

    /// Whether the second of two characters may be the one that lost a byte: in Korean those are
    /// syllables, because its marks are ASCII; and no word in katakana has one letter.
    pub(super) fn may_be_lost(&self, (before, c): (char, char)) -> bool {
        let is_katakana = |c| ('ァ'..='ー').contains(&c);
        match self.encoding {
            Encoding::EucKr => ('가'..='힣').contains(&c),
            _ => !is_katakana(c) || is_katakana(before),
        }
    }

    fn new(encoding: Encoding) -> Codes {
        let pairs = (0x81..=0xFEu8)
            .flat_map(|lead| (0x40..=0xFEu8).map(move |trail| (lead, trail)))
            .map(|(lead, trail)| {
                let bytes = [lead, trail];
                let text = encoding.decode(&bytes).ok()?;
                let mut chars = text.chars();
                let c = chars.next()?;
                (chars.next().is_none() && !is_private(c)).then_some(c)
            });
        Codes {
            encoding,
            pairs: pairs.collect(),
        }
    }

    /// The character of a pair of bytes; none for private-use characters, which no text has.
    pub(super) fn pair(&self, lead: u8, trail: u8) -> Option<char> {
        let row = usize::from(lead.checked_sub(0x81)?);
        let column = usize::from(trail.checked_sub(0x40)?);
        (column < TRAILS)
            .then(|| self.pairs.get(row * TRAILS + column).copied().flatten())
            .flatten()
    }

    /// The two bytes of a character.
    pub(super) fn bytes(&self, c: char) -> Option<[u8; 2]> {
        self.encoding.encode_char(c)?.as_slice().try_into().ok()
    }

    /// The byte of a character that has one.
    pub(super) fn byte(&self, c: char) -> Option<u8> {
        match *self.encoding.encode_char(c)?.as_slice() {
            [byte] => Some(byte),
            _ => None,
        }
    }
}
