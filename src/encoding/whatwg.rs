//! One character at a time through `encoding_rs`, which has the tables of the WHATWG Encoding Standard.

use super::known::Known;
use super::{EncodedChar, Step};
use encoding_rs::{DecoderResult, EncoderResult, Encoding};

/// Reads bytes that are exactly one whole sequence; never says `Pending`.
pub(super) fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Step {
    let mut units = [0; 8];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (result, _, written) = decoder.decode_to_utf16_without_replacement(bytes, &mut units, true);
    if result != DecoderResult::InputEmpty {
        return Step::Invalid;
    }
    let mut characters = char::decode_utf16(units.into_iter().take(written));
    match (characters.next(), characters.next(), characters.next()) {
        (Some(Ok(c)), None, _) => Step::Char(c),
        (Some(Ok(c)), Some(Ok(d)), None) => Step::Pair(c, d),
        _ => Step::Invalid,
    }
}

/// Writes one character, as browsers do when they send a form, where the encoding may have it.
pub(super) fn encode_known(
    encoding: &'static Encoding,
    known: &Known,
    c: char,
) -> Option<EncodedChar> {
    known.may_have(c).then(|| encode(encoding, c))?
}

/// Writes one character, as browsers do when they send a form.
pub(super) fn encode(encoding: &'static Encoding, c: char) -> Option<EncodedChar> {
    let mut text = [0; 4];
    let mut out = [0; 32];
    let mut encoder = encoding.new_encoder();
    let (result, _, written) =
        encoder.encode_from_utf8_without_replacement(c.encode_utf8(&mut text), &mut out, true);
    if result != EncoderResult::InputEmpty {
        return None;
    }
    EncodedChar::from_slice(out.get(..written)?)
}
