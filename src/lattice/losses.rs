//! Which bytes the decoders of an encoding lose.

use crate::encoding::{EncodedChar, Encoding, Step};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// A byte that some decoders read and others do not, in nats.
const SOME_READ: f32 = 1.0;

/// The encoding in which text was read last, as its decoders are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Reader(pub(super) Encoding);

impl Reader {
    /// What it costs that `byte` was lost where `next` stood behind it (`None`: nothing did); `None` where no
    /// decoder would lose it.
    pub(super) fn loses(self, byte: u8, next: Option<u8>) -> Option<f32> {
        Row::of(self.0, next)?.loses(self.0, byte, next)
    }

    /// Every byte that may have been lost before `next`; before any, with `None`.
    pub(super) fn losable(self, next: Option<u8>) -> &'static [u8] {
        if next.is_none() {
            return high();
        }
        Row::of(self.0, next).map_or(&[], |row| row.losable(self.0, next))
    }

    pub(super) fn bytes(self, c: char) -> Option<EncodedChar> {
        self.0.encode_char(c)
    }
}

/// The bytes that are not ASCII.
fn high() -> &'static [u8] {
    static HIGH: OnceLock<Vec<u8>> = OnceLock::new();
    HIGH.get_or_init(|| (0x80..=0xFF).collect())
}

/// What becomes of each byte that is not ASCII before a certain one: worked out when it is asked for.
struct Row {
    costs: [AtomicU8; 128],
    losable: OnceLock<Vec<u8>>,
}

/// What is known of a byte.
const UNKNOWN: u8 = 0;
const LOST: u8 = 1;
const SOMETIMES_LOST: u8 = 2;
const READ: u8 = 3;

/// Behind the last byte: nothing.
const NEXT: usize = 257;

impl Row {
    fn of(read: Encoding, next: Option<u8>) -> Option<&'static Row> {
        type Rows = [OnceLock<Row>; NEXT];
        static MADE: [OnceLock<Box<Rows>>; 256] = [const { OnceLock::new() }; 256];
        let rows = MADE.get(read as usize)?;
        let rows = rows.get_or_init(|| Box::new([const { OnceLock::new() }; NEXT]));
        // What a code page loses, it loses before any byte.
        let next = next.filter(|_| !read.is_single_byte());
        let row = rows.get(next.map_or(NEXT - 1, usize::from))?;
        Some(row.get_or_init(|| Row {
            costs: [const { AtomicU8::new(UNKNOWN) }; 128],
            losable: OnceLock::new(),
        }))
    }

    fn loses(&self, read: Encoding, byte: u8, next: Option<u8>) -> Option<f32> {
        let known = self.costs.get(usize::from(byte.checked_sub(0x80)?))?;
        match known.load(Ordering::Relaxed) {
            LOST => Some(0.0),
            SOMETIMES_LOST => Some(SOME_READ),
            READ => None,
            _ => {
                let cost = loses(read, byte, next);
                let found = match cost {
                    None => READ,
                    Some(0.0) => LOST,
                    Some(_) => SOMETIMES_LOST,
                };
                known.store(found, Ordering::Relaxed);
                cost
            }
        }
    }

    fn losable(&self, read: Encoding, next: Option<u8>) -> &[u8] {
        self.losable.get_or_init(|| {
            let is_lost = |&byte: &u8| self.loses(read, byte, next).is_some();
            high().iter().copied().filter(is_lost).collect()
        })
    }
}

/// See [`Reader::loses`].
fn loses(read: Encoding, byte: u8, next: Option<u8>) -> Option<f32> {
    if let Some(c) = read.decode_byte(byte) {
        return matches!(c, '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}').then_some(0.0);
    }
    let mut decoder = read.decoder();
    match decoder.push(byte) {
        Step::Invalid => return Some(0.0),
        Step::Char(_) | Step::Pair(..) => {
            return matches!(byte, 0x80 | 0xA0 | 0xFD..=0xFF).then_some(SOME_READ);
        }
        Step::Pending => {}
    }
    let Some(next) = next else { return Some(0.0) };
    match decoder.push(next) {
        Step::Invalid => Some(0.0),
        Step::Pending => Some(SOME_READ),
        Step::Pair(..) => Some(SOME_READ),
        Step::Char(c) => (c >= '\u{E000}' || !is_in_every(read, c)).then_some(SOME_READ),
    }
}

/// Whether every decoder that goes by the name of `read` knows the character.
fn is_in_every(read: Encoding, c: char) -> bool {
    match read {
        Encoding::Big5 => Encoding::Cp950.encode_char(c).is_some(),
        Encoding::Cp950 => Encoding::Big5.encode_char(c).is_some(),
        _ => true,
    }
}
