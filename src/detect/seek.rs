//! Looking for bytes, many at once.

/// A byte in each byte of a word.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const HIGH: u64 = 0x80 * EACH;

/// Where the first of some bytes is that are sought, or how many there are.
#[inline]
pub(crate) fn first(bytes: &[u8], is_sought: impl Fn(u8) -> bool) -> usize {
    let skipped = skip(bytes, &is_sought);
    let rest = bytes.get(skipped..).unwrap_or_default();
    let found = rest.iter().position(|&byte| is_sought(byte));
    skipped + found.unwrap_or(rest.len())
}

/// Where a byte is first, or how many there are.
pub(crate) fn first_byte(bytes: &[u8], sought: u8) -> usize {
    let skipped = skip(bytes, |byte| byte == sought);
    let rest = bytes.get(skipped..).unwrap_or_default();
    let same = |word: u64| {
        let differs = word ^ (u64::from(sought) * EACH);
        differs.wrapping_sub(EACH) & !differs & HIGH
    };
    skipped + first_in_words(rest, same, |byte| byte == sought)
}

/// Where the first byte is that is not ASCII, or how many there are.
#[inline]
pub(super) fn first_other(bytes: &[u8]) -> usize {
    first_in_words(bytes, |word| word & HIGH, |byte| !byte.is_ascii())
}

/// How many bytes are not ASCII.
pub(super) fn count_others(bytes: &[u8]) -> usize {
    // A chunk's count fits a byte, so that many are counted together.
    let (chunks, rest) = bytes.as_chunks::<64>();
    let count = |bytes: &[u8]| bytes.iter().fold(0, |n: u8, byte| n + (byte >> 7));
    let in_chunks: usize = chunks.iter().map(|chunk| usize::from(count(chunk))).sum();
    in_chunks + usize::from(count(rest))
}

/// Where three bytes in a row are first that are sought, or how many bytes there are.
#[inline]
pub(crate) fn first_triple(bytes: &[u8], is_sought: impl Fn(u8, u8, u8) -> bool) -> usize {
    let from = |at: usize| bytes.get(at..).unwrap_or_default().as_chunks::<32>().0;
    let mut chunks = from(0).iter().zip(from(1)).zip(from(2));
    // Without an early end, so that a chunk is looked at as a whole.
    let holds = |((a, b), c): ((&[u8; 32], &[u8; 32]), &[u8; 32])| {
        let triples = a.iter().zip(b).zip(c);
        let any = |any, ((&a, &b), &c): ((&u8, &u8), &u8)| any | u8::from(is_sought(a, b, c));
        triples.fold(0, any) != 0
    };
    let all = from(2).len();
    let skipped = 32 * chunks.position(holds).unwrap_or(all);
    let rest = bytes.get(skipped..).unwrap_or_default();
    let is_triple = |triple: &[u8]| matches!(triple, &[a, b, c] if is_sought(a, b, c));
    let found = rest.windows(3).position(is_triple);
    skipped + found.unwrap_or(rest.len())
}

/// Where two bytes in a row are first that are sought, or how many bytes there are.
#[inline]
fn first_pair(bytes: &[u8], is_sought: impl Fn(u8, u8) -> bool) -> usize {
    let from = |at: usize| bytes.get(at..).unwrap_or_default().as_chunks::<32>().0;
    let mut chunks = from(0).iter().zip(from(1));
    let all = from(1).len();
    let first = chunks.position(|(a, b)| any_pair(a, b, &is_sought));
    let skipped = 32 * first.unwrap_or(all);
    let rest = bytes.get(skipped..).unwrap_or_default();
    let is_pair = |pair: &[u8]| matches!(pair, &[a, b] if is_sought(a, b));
    let found = rest.windows(2).position(is_pair);
    skipped + found.unwrap_or(rest.len())
}

/// Where two bytes in a row are that are sought, one pair behind the other.
#[inline]
pub(crate) fn pairs(
    bytes: &[u8],
    is_sought: impl Fn(u8, u8) -> bool,
) -> impl Iterator<Item = usize> {
    // Most texts have none, which takes the fewest steps to say.
    let mut left = if holds_two(bytes, &is_sought) {
        bytes
    } else {
        &[]
    };
    std::iter::from_fn(move || {
        let skipped = first_pair(left, &is_sought);
        left = left.get(skipped + 2..)?;
        Some(bytes.len() - left.len() - 2)
    })
}

/// Whether two bytes in a row are sought.
#[inline]
fn holds_two(bytes: &[u8], is_sought: impl Fn(u8, u8) -> bool) -> bool {
    let holds = holds_two_by::<32>(bytes, &is_sought);
    let holds = holds.or_else(|| holds_two_by::<8>(bytes, &is_sought));
    let is_pair = |pair: &[u8]| matches!(pair, &[a, b] if is_sought(a, b));
    holds.unwrap_or_else(|| bytes.windows(2).any(is_pair))
}

/// The same of bytes that are no fewer than so many.
#[inline]
fn holds_two_by<const N: usize>(bytes: &[u8], is_sought: impl Fn(u8, u8) -> bool) -> Option<bool> {
    let from = |at: usize| bytes.get(at..).unwrap_or_default();
    // What is left over at the end is looked at together with what stands before.
    let last = (
        bytes.split_last()?.1.last_chunk::<N>()?,
        from(1).last_chunk::<N>()?,
    );
    let chunks = from(0)
        .as_chunks::<N>()
        .0
        .iter()
        .zip(from(1).as_chunks::<N>().0);
    Some(
        chunks
            .chain([last])
            .any(|(a, b)| any_pair(a, b, &is_sought)),
    )
}

/// Whether any two bytes in a row are sought, given those that may be first and those that may be second. Without an early
/// end, so that they are looked at as a whole.
#[inline]
fn any_pair<const N: usize>(
    first: &[u8; N],
    second: &[u8; N],
    is_sought: impl Fn(u8, u8) -> bool,
) -> bool {
    let any = |any, (&a, &b): (&u8, &u8)| any | is_sought(a, b);
    first.iter().zip(second).fold(false, any)
}

/// Whether a byte stands somewhere before one that is sought.
#[inline]
pub(super) fn holds_pair(bytes: &[u8], before: u8, is_sought: impl Fn(u8) -> bool) -> bool {
    holds_two(bytes, |a, b| (a == before) & is_sought(b))
}

/// How many bytes can be skipped since none of them is sought: not all up to the first that is.
#[inline]
fn skip(bytes: &[u8], is_sought: impl Fn(u8) -> bool) -> usize {
    let (chunks, _) = bytes.as_chunks::<32>();
    // Without an early end, so that a chunk is looked at as a whole.
    let holds = |chunk: &[u8; 32]| {
        let any = |any, &byte: &u8| any | u8::from(is_sought(byte));
        chunk.iter().fold(0, any) != 0
    };
    32 * chunks.iter().take_while(|chunk| !holds(chunk)).count()
}

/// Where the first byte is that is sought, given the highest bit of each such byte of a word.
#[inline]
fn first_in_words(
    bytes: &[u8],
    high_bits: impl Fn(u64) -> u64,
    is_sought: impl Fn(u8) -> bool,
) -> usize {
    let (words, rest) = bytes.as_chunks();
    let mut skipped = 0;
    for word in words {
        let found = high_bits(u64::from_le_bytes(*word));
        if found != 0 {
            return skipped + found.trailing_zeros() as usize / 8;
        }
        skipped += word.len();
    }
    // What is left over at the end is looked at together with what stands before.
    if let Some(word) = bytes.last_chunk() {
        let found = high_bits(u64::from_le_bytes(*word));
        return bytes.len() - word.len() + (found.trailing_zeros() as usize / 8);
    }
    let found = rest.iter().position(|&byte| is_sought(byte));
    skipped + found.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for len in 0..100 {
            let mut bytes = vec![b'a'; len];
            assert_eq!(first_byte(&bytes, b'\n'), len);
            assert_eq!(first_other(&bytes), len);
            for at in (0..len).rev() {
                // Bytes that differ by one bit stand behind.
                bytes.splice(at.., [b'\n', 0x0B].into_iter().cycle().take(len - at));
                assert_eq!(first_byte(&bytes, b'\n'), at, "{len}");
                assert_eq!(first(&bytes, |byte| byte < b' '), at, "{len}");
                bytes.splice(at.., std::iter::repeat_n(0xC3, len - at));
                assert_eq!(first_other(&bytes), at, "{len}");
                assert_eq!(count_others(&bytes), len - at);
            }
        }
    }

    #[test]
    fn three_bytes_are_found_wherever_they_stand() {
        let is_sought = |a, b, c| (a, b, c) == (1, 2, 3);
        for len in 0..100 {
            let bytes: Vec<u8> = [1, 2, 1].into_iter().cycle().take(len).collect();
            assert_eq!(first_triple(&bytes, is_sought), len);
            for at in 0..len.saturating_sub(2) {
                let mut bytes = bytes.clone();
                bytes.splice(at..at + 3, [1, 2, 3]);
                assert_eq!(first_triple(&bytes, is_sought), at, "{len}");
            }
        }
    }

    #[test]
    fn two_bytes_are_found_wherever_they_stand() {
        let is_sought = |a, b| (a, b) == (1, 2);
        for len in 0..100 {
            assert_eq!(pairs(&vec![1; len], is_sought).next(), None);
            for at in 0..len.saturating_sub(1) {
                let mut bytes = vec![1; len];
                bytes[at + 1] = 2;
                let found: Vec<usize> = pairs(&bytes, is_sought).collect();
                assert_eq!(found, [at], "{len}");
            }
        }
    }

    #[test]
    fn a_pair_is_found_behind_halves_of_it() {
        assert!(holds_pair(b"$$ $B", b'$', |byte| byte == b'B'));
        assert!(!holds_pair(b"$$ B$", b'$', |byte| byte == b'B'));
        assert!(!holds_pair(b"", b'$', |_| true));
    }
}
