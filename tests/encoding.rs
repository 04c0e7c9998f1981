//! The encoding module as its callers see it: labels, errors, borrowing, shift states, variants.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use std::borrow::Cow;
use std::collections::HashSet;
use unbake::encoding::{
    CharDecoder, DecodeError, EncodeError, EncodedChar, Encoding, Step, UnknownEncoding,
};

#[test]
fn names_are_labels_of_themselves_and_differ() {
    let names: HashSet<_> = Encoding::ALL
        .iter()
        .map(|encoding| encoding.name())
        .collect();
    assert_eq!(names.len(), Encoding::ALL.len());
    assert_eq!(Encoding::ALL.len(), 67);
    for encoding in Encoding::ALL {
        assert_eq!(Encoding::from_label(encoding.name()), Ok(*encoding));
        assert_eq!(encoding.name().to_uppercase().parse(), Ok(*encoding));
        assert_eq!(encoding.to_string(), encoding.name());
    }
    assert_eq!(format!("[{:>9}]", Encoding::Gbk), "[      gbk]");
}

/// Browsers' own labels mean the same encoding here, but for ISO 8859-1, -9 and -11, which are themselves.
#[test]
fn labels_of_browsers_mean_the_same() {
    for label in [
        "utf8",
        "l2",
        "csisolatin2",
        "iso-ir-126",
        "ibm866",
        "koi8",
        "x-mac-ukrainian",
        "x-cp1251",
        "chinese",
        "gb_2312-80",
        "csbig5",
        "x-x-big5",
        "x-euc-jp",
        "ms_kanji",
        "windows-31j",
        "x-sjis",
        "ks_c_5601-1987",
        "ksc_5601",
        "windows-949",
        "unicodefffe",
        "ucs-2",
        "tis-620",
        "mac",
        "greek8",
        "hebrew",
        "cyrillic",
        "koi8-ru",
        "latin3",
        "asmo-708",
        "csisolatinarabic",
        "iso-8859-6-e",
        "l6",
        "iso885914",
        "iso-8859-16",
    ] {
        let theirs = encoding_rs::Encoding::for_label(label.as_bytes()).expect(label);
        let ours = Encoding::from_label(label).expect(label);
        assert_eq!(theirs.name().to_lowercase(), ours.name(), "{label}");
    }
    for (label, encoding) in [
        ("latin1", Encoding::Iso8859_1),
        ("ISO_8859-1:1987", Encoding::Iso8859_1),
        ("latin-5", Encoding::Iso8859_9),
        ("cp437", Encoding::Ibm437),
        ("IBM00858", Encoding::Ibm858),
        ("cp1125", Encoding::Ibm1125),
        ("mac_roman", Encoding::Macintosh),
        ("koi8r", Encoding::Koi8R),
        ("CP932", Encoding::ShiftJis),
        ("sjis", Encoding::ShiftJis),
        ("cp949", Encoding::EucKr),
        ("uhc", Encoding::EucKr),
        ("euc_jp", Encoding::EucJp),
        ("cp950", Encoding::Cp950),
        ("cp936", Encoding::Gbk),
        ("gb2312", Encoding::Gbk),
        ("TCVN3", Encoding::Tcvn3),
        ("latin10", Encoding::Iso8859_16),
        ("ISO_8859-14:1998", Encoding::Iso8859_14),
        ("IBM865", Encoding::Ibm865),
        ("cp864", Encoding::Ibm864),
        ("cp1361", Encoding::Johab),
        // browsers refuse to read it
        ("csISO2022KR", Encoding::Iso2022Kr),
    ] {
        assert_eq!(Encoding::from_label(label), Ok(encoding), "{label}");
    }
    for label in [
        "",
        "-",
        "utf-9",
        "utf-8x",
        "cp",
        "windows-1259",
        "\u{212A}oi8-r",
    ] {
        assert_eq!(Encoding::from_label(label).unwrap_err().label(), label);
    }
}

#[test]
fn public_types_are_small_and_go_between_threads() {
    fn shared<T: Send + Sync + Unpin + std::panic::UnwindSafe + 'static>() {}
    shared::<(
        Encoding,
        CharDecoder,
        Step,
        EncodedChar,
        DecodeError,
        EncodeError,
        UnknownEncoding,
    )>();
    assert_eq!(size_of::<Encoding>(), 1);
    assert!(size_of::<CharDecoder>() <= 8);
    assert!(size_of::<Step>() <= 8);
    assert!(size_of::<Option<EncodedChar>>() <= 6 + 2);
}

#[test]
fn text_that_stays_the_same_is_borrowed() {
    for encoding in Encoding::ALL.iter().copied() {
        assert!(
            matches!(encoding.decode(b""), Ok(Cow::Borrowed(""))),
            "{encoding}"
        );
        assert!(
            matches!(encoding.encode(""), Ok(Cow::Borrowed(b""))),
            "{encoding}"
        );
        let ascii = matches!(
            encoding.encode("plain ASCII\\~\r\n\0"),
            Ok(Cow::Borrowed(_))
        );
        let wide = matches!(
            encoding,
            Encoding::Utf16Le
                | Encoding::Utf16Be
                | Encoding::Viscii
                | Encoding::Utf7
                | Encoding::Hz
        );
        assert_eq!(ascii, !wide, "{encoding}");
        assert_eq!(
            matches!(
                encoding.decode(b"plain ASCII\\~\r\n\0"),
                Ok(Cow::Borrowed(_))
            ),
            !wide,
            "{encoding}"
        );
    }
    assert!(matches!(
        Encoding::Utf8.decode("naïve 中".as_bytes()),
        Ok(Cow::Borrowed("naïve 中"))
    ));
}

#[test]
fn errors_say_where() {
    for (encoding, bytes, position, truncated) in [
        (Encoding::Utf8, &b"a\xC3"[..], 1, true),
        (Encoding::Utf8, b"a\xED\xA0\x80", 1, false),
        (Encoding::Gbk, b"\xD6\xD0\xD6", 2, true),
        (Encoding::Gbk, b"\xD6\xD0\xFF\x41", 2, false),
        (Encoding::Gb18030, b"\x81\x30\x81", 0, true),
        (Encoding::Big5, b"ab\xA4\x20", 2, false),
        (Encoding::EucJp, b"\xA4\xA2\x8F\xB0", 2, true),
        (Encoding::Iso2022Jp, b"\x1B$B$\"$", 5, true),
        (Encoding::Iso2022Jp, b"ok\x1B(X", 2, false),
        (Encoding::Iso2022Jp, b"ok\x80", 2, false),
        (Encoding::Iso2022Kr, b"\x1B$)C\x0E?*;", 7, true),
        (Encoding::Iso2022Kr, b"ok\x1B$)A", 2, false),
        (Encoding::Iso2022Kr, b"\x0E?*;\x0F", 3, false),
        (Encoding::Utf16Le, b"a\0\x00\xD8a\0", 2, false),
        (Encoding::Utf16Be, b"\0a\xDC\x00", 2, false),
        (Encoding::Utf16Be, b"\0a\0", 2, true),
        (Encoding::Johab, b"\xFF", 0, false),
    ] {
        let error = encoding.decode(bytes).expect_err(encoding.name());
        assert_eq!(
            (error.position(), error.is_truncated()),
            (position, truncated),
            "{encoding} {bytes:02X?}"
        );
        assert_eq!(error.encoding(), encoding);
    }
    let error = Encoding::Iso2022Jp.encode("字é").unwrap_err();
    assert_eq!((error.position(), error.character()), (3, 'é'));
}

#[test]
fn iso_2022_jp_shifts_as_python_does() {
    // the bytes are those of Python's iso2022_jp, the last those of its iso2022_jp_ext
    for (text, bytes) in [
        (
            "日本語とEnglish\n次",
            &b"\x1b$BF|K\\8l$H\x1b(BEnglish\n\x1b$B<!\x1b(B"[..],
        ),
        ("¥100 ‾", b"\x1b(J\\\x1b(B100 \x1b(J~\x1b(B"),
        ("a\\b~", b"a\\b~"),
        ("ｶﾅ", b"\x1b(I6E\x1b(B"),
    ] {
        assert_eq!(&*Encoding::Iso2022Jp.encode(text).unwrap(), bytes, "{text}");
        assert_eq!(Encoding::Iso2022Jp.decode(bytes).unwrap(), text);
    }
    assert_eq!(
        Encoding::Iso2022Jp.decode(b"\x1b$@F|\x1b(J\\").unwrap(),
        "日¥"
    );
    assert_eq!(Encoding::Iso2022Jp.encode_char('日'), None);
    assert!(Encoding::Iso2022Jp.encode("a\x1b(B").is_err());
}

#[test]
fn iso_2022_kr_shifts_as_python_does() {
    // the bytes are those of Python's iso2022_kr
    for (text, bytes) in [
        (
            "역사와 History\n책",
            &b"\x1b$)C\x0e?*;g?M\x0f History\n\x0eC%\x0f"[..],
        ),
        ("한글 (漢字)", b"\x1b$)C\x0eGQ1[\x0f (\x0eySm.\x0f)"),
        ("a\\b~", b"a\\b~"),
    ] {
        assert_eq!(&*Encoding::Iso2022Kr.encode(text).unwrap(), bytes, "{text}");
        assert_eq!(Encoding::Iso2022Kr.decode(bytes).unwrap(), text);
    }
    // what other programs write: the header first, none, a space between pairs, no SI at the end of a line
    for (bytes, text) in [
        (&b"\x1b$)CNew: \x0e?*;g\x0f"[..], "New: 역사"),
        (b"\x0e?*;g\x0f", "역사"),
        (b"\x0e?*;g C%\x0f", "역사 책"),
        (b"\x0e?*;g\nC%", "역사\nC%"),
        (b"a\x0f\x1b$)Cb", "ab"),
    ] {
        assert_eq!(Encoding::Iso2022Kr.decode(bytes).unwrap(), text);
    }
    assert_eq!(Encoding::Iso2022Kr.encode_char('역'), None);
    // Python's codec has no bytes for the syllables that only Windows has, either
    for (text, position) in [("역뷁", 3), ("a\x1b$)C", 1), ("a\x0e", 1), ("\x0f", 0)] {
        let error = Encoding::Iso2022Kr.encode(text).unwrap_err();
        assert_eq!(error.position(), position, "{text:?}");
    }
}

#[test]
fn iso_2022_kr_has_the_pairs_of_euc_kr() {
    for (a, b) in (0x21..=0x7E).flat_map(|a| (0x21..=0x7E).map(move |b| (a, b))) {
        let seven = Encoding::Iso2022Kr
            .decode(&[0x0E, a, b, 0x0F])
            .ok()
            .map(Cow::into_owned);
        let eight = Encoding::EucKr
            .decode(&[a | 0x80, b | 0x80])
            .ok()
            .map(Cow::into_owned);
        assert_eq!(seven, eight, "{a:02X}{b:02X}");
        if let Some(text) = seven {
            let bytes = [0x1B, b'$', b')', b'C', 0x0E, a, b, 0x0F];
            assert_eq!(*Encoding::Iso2022Kr.encode(&text).unwrap(), bytes, "{text}");
        }
    }
}

#[test]
fn big5_pairs_of_letter_and_accent() {
    let bytes = b"\x88\x62\x88\x64\x88\xA3\x88\xA5\x88\x66\x88\xA7";
    let text = "Ê\u{304}Ê\u{30C}ê\u{304}ê\u{30C}Êê";
    assert_eq!(Encoding::Big5.decode(bytes).unwrap(), text);
    assert_eq!(&*Encoding::Big5.encode(text).unwrap(), bytes);
    let mut decoder = Encoding::Big5.decoder();
    assert_eq!(
        (decoder.push(0x88), decoder.push(0x62)),
        (Step::Pending, Step::Pair('Ê', '\u{304}'))
    );
}

/// Characters of other decoders go back to the bytes that these read; which bytes, is known from their tables.
#[test]
fn variants_of_other_decoders_are_encoded() {
    for (encoding, variant, bytes) in [
        (Encoding::Koi8U, 'ў', &[0xAE][..]),             // browsers
        (Encoding::Windows1255, 'Ê', &[0xCA]),           // Python, sloppily
        (Encoding::Windows1253, '\u{F8F9}', &[0xAA]),    // Windows, not checked there
        (Encoding::Windows874, '\u{F8C8}', &[0xFF]),     // Windows, not checked there
        (Encoding::Macintosh, '¤', &[0xDB]),             // before Mac OS 8.5
        (Encoding::MacCyrillic, '∂', &[0xB6]),           // before Mac OS 9
        (Encoding::Gbk, '\u{E78D}', &[0xA6, 0xD9]),      // Python's gb18030
        (Encoding::Gbk, '\u{20087}', &[0xFE, 0x51]),     // GB18030-2005
        (Encoding::ShiftJis, '\u{301C}', &[0x81, 0x60]), // Python's shift_jis
        (Encoding::ShiftJis, '\u{2016}', &[0x81, 0x61]), // Python's shift_jis
        (Encoding::ShiftJis, '\u{2212}', &[0x81, 0x7C]), // Python's shift_jis
        (Encoding::ShiftJis, '¢', &[0x81, 0x91]),        // Python's shift_jis
        (Encoding::ShiftJis, '£', &[0x81, 0x92]),        // Python's shift_jis
        (Encoding::ShiftJis, '¬', &[0x81, 0xCA]),        // Python's shift_jis
        (Encoding::ShiftJis, '\u{F8F0}', &[0xA0]),       // Python's cp932
        (Encoding::EucJp, '\u{301C}', &[0xA1, 0xC1]),    // Python's euc_jp
        (Encoding::Big5, '\u{2022}', &[0xA1, 0x45]),     // Python's big5
        (Encoding::Cp950, 'ぁ', &[0xC6, 0xA5]),          // Python's cp950
        (Encoding::Cp950, '⑽', &[0xC7, 0xFC]),           // Python's cp950
        (Encoding::Johab, '₩', &[0x5C]),                 // shown for the backslash
        (Encoding::Ibm864, '%', &[0x25]),                // the Arabic percent sign
    ] {
        let encoded = encoding.encode_char(variant);
        assert_eq!(
            encoded.as_ref().map(EncodedChar::as_slice),
            Some(bytes),
            "{encoding} {variant:?}"
        );
        assert_ne!(
            encoding.decode(bytes).as_deref(),
            Ok(&*variant.to_string()),
            "{encoding} {variant:?} is no variant"
        );
    }
}

/// Ends of the user-defined rows. Those of GBK and Shift_JIS are in the WHATWG standard too; those of code pages 950 and 949
/// follow from the size of their rows and were not compared with Windows.
#[test]
fn user_defined_pairs_are_private_use() {
    for (encoding, bytes, c) in [
        (Encoding::Gbk, [0xAA, 0xA1], '\u{E000}'),
        (Encoding::Gbk, [0xAF, 0xFE], '\u{E233}'),
        (Encoding::Gbk, [0xF8, 0xA1], '\u{E234}'),
        (Encoding::Gbk, [0xFE, 0xFE], '\u{E4C5}'),
        (Encoding::Gbk, [0xA1, 0x40], '\u{E4C6}'),
        (Encoding::Gbk, [0xA3, 0xA0], '\u{E5E5}'),
        (Encoding::Gbk, [0xA7, 0xA0], '\u{E765}'),
        (Encoding::Cp950, [0xFA, 0x40], '\u{E000}'),
        (Encoding::Cp950, [0xFE, 0xFE], '\u{E310}'),
        (Encoding::Cp950, [0x8E, 0x40], '\u{E311}'),
        (Encoding::Cp950, [0xA0, 0xFE], '\u{EEB7}'),
        (Encoding::Cp950, [0x81, 0x40], '\u{EEB8}'),
        (Encoding::Cp950, [0x8D, 0xFE], '\u{F6B0}'),
        (Encoding::Cp950, [0xC6, 0xA1], '\u{F6B1}'),
        (Encoding::Cp950, [0xC8, 0xFE], '\u{F848}'),
        (Encoding::ShiftJis, [0xF0, 0x40], '\u{E000}'),
        (Encoding::ShiftJis, [0xF9, 0xFC], '\u{E757}'),
        (Encoding::EucKr, [0xC9, 0xA1], '\u{E000}'),
        (Encoding::EucKr, [0xFE, 0xFE], '\u{E0BB}'),
    ] {
        assert_eq!(
            encoding.decode(&bytes).as_deref(),
            Ok(&*c.to_string()),
            "{encoding} {bytes:02X?}"
        );
        assert_eq!(
            encoding.encode_char(c).as_ref().map(EncodedChar::as_slice),
            Some(&bytes[..]),
            "{encoding} {c:?}"
        );
    }
    assert_eq!(Encoding::Cp950.encode_char('\u{F849}'), None);
}
