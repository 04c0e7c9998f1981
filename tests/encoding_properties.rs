//! Relations that hold for any bytes and any text, in every encoding.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use proptest::prelude::*;
use unbake::encoding::{Encoding, Step};

fn any_encoding() -> impl Strategy<Value = Encoding> {
    prop::sample::select(Encoding::ALL)
}

/// Bytes as they occur: mostly of one kind, so that sequences become complete.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => any::<u8>(),
        4 => 0x80..=0xFFu8,
        2 => 0xA1..=0xFEu8,
        2 => 0x30..=0x7Eu8,
        1 => Just(0x1B),
    ];
    prop_oneof![
        prop::collection::vec(byte, 0..40),
        prop::collection::vec(0x80..=0xFFu8, 0..4),
        // escape sequences of ISO-2022-JP, and what may follow them
        prop::collection::vec(
            prop::sample::select(
                &[
                    "\x1B(B", "\x1B(J", "\x1B(I", "\x1B$B", "\x1B$@", "$\"", "a", "\n"
                ][..]
            ),
            0..12
        )
        .prop_map(|parts| parts.concat().into_bytes()),
        // shifts of ISO-2022-KR
        prop::collection::vec(
            prop::sample::select(&["\x1B$)C", "\x0E", "\x0F", "?*", "a", " ", "\n"][..]),
            0..12
        )
        .prop_map(|parts| parts.concat().into_bytes()),
    ]
}

/// Pushes all the bytes into a decoder; the text, or where the first sequence begins that has no character.
fn push_all(encoding: Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.decoder();
    let (mut text, mut start) = (String::new(), 0);
    for (i, byte) in bytes.iter().enumerate() {
        match decoder.push(*byte) {
            Step::Pending => {}
            Step::Char(c) => text.push(c),
            Step::Pair(c, d) => text.extend([c, d]),
            Step::Invalid => {
                assert!(decoder.is_neutral(), "a decoder is neutral after Invalid");
                return Err(start);
            }
        }
        if decoder.is_neutral() {
            start = i + 1;
        }
    }
    if decoder.is_neutral() {
        Ok(text)
    } else {
        Err(start)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn byte_by_byte_is_the_same_as_at_once(encoding in any_encoding(), bytes in bytes()) {
        let whole = encoding.decode(&bytes).map(|text| text.into_owned()).map_err(|error| error.position());
        prop_assert_eq!(push_all(encoding, &bytes), whole);
    }

    #[test]
    fn decoded_text_can_be_encoded_and_decodes_to_itself(encoding in any_encoding(), bytes in bytes()) {
        if let Ok(text) = encoding.decode(&bytes) {
            let back = encoding.encode(&text);
            prop_assert!(back.is_ok(), "{encoding} can't encode {text:?}: {back:?}");
            let back = back.unwrap();
            prop_assert_eq!(&*encoding.decode(&back).unwrap(), &*text);
            if encoding.is_single_byte() || matches!(encoding, Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be) {
                prop_assert_eq!(&*back, &*bytes);
            }
        }
    }

    #[test]
    fn what_precedes_an_error_decodes(encoding in any_encoding(), bytes in bytes()) {
        if let Err(error) = encoding.decode(&bytes) {
            prop_assert!(encoding.decode(&bytes[..error.position()]).is_ok());
            prop_assert!(!encoding.is_single_byte());
        }
    }

    #[test]
    fn whole_texts_encode_as_their_characters_do(encoding in any_encoding(), text in any::<String>()) {
        let single: Option<Vec<u8>> =
            text.chars().map(|c| encoding.encode_char(c).map(|bytes| bytes.as_slice().to_vec())).collect::<Option<Vec<_>>>().map(|v| v.concat());
        let whole = encoding.encode(&text);
        // Big5 joins a letter and its accent, CESU-8 has more bytes than a character here, the others shift
        if !matches!(encoding, Encoding::Big5 | Encoding::Iso2022Jp | Encoding::Iso2022Kr | Encoding::Utf7 | Encoding::Hz | Encoding::Cesu8) {
            prop_assert_eq!(whole.as_deref().ok(), single.as_deref());
        }
        if let Err(error) = whole {
            prop_assert!(text[error.position()..].starts_with(error.character()));
            prop_assert!(encoding.encode(&text[..error.position()]).is_ok());
        }
    }

    #[test]
    fn utf_16_is_read_as_the_standard_library_does(units in prop::collection::vec(any::<u16>(), 0..9)) {
        let theirs = String::from_utf16(&units).ok();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        prop_assert_eq!(push_all(Encoding::Utf16Le, &little).ok(), theirs.clone());
        prop_assert_eq!(push_all(Encoding::Utf16Be, &big).ok(), theirs);
    }

    #[test]
    fn utf_8_is_read_as_the_standard_library_does(bytes in prop::collection::vec(
        prop_oneof![0x80..=0xBFu8, 0xC0..=0xFFu8, prop::sample::select(&[0xE0, 0xED, 0xF0, 0xF4, 0x8F, 0x90, 0x9F, 0xA0, 0x41][..])], 0..6
    )) {
        let theirs = std::str::from_utf8(&bytes).map(str::to_owned).map_err(|error| error.valid_up_to());
        prop_assert_eq!(push_all(Encoding::Utf8, &bytes), theirs);
    }

    #[test]
    fn labels_never_panic(label in any::<String>()) {
        let _ = Encoding::from_label(&label);
    }
}
