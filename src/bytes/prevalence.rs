//! How common each encoding is as the one that bytes are in: its price in nats.
//!
//! Orders of magnitude, as the shares of legacy encodings on the web and the age of the systems suggest: a code page that
//! one page in a thousand of its language was written in costs about seven.

use crate::encoding::Encoding::{self, *};

const PRICES: &[(Encoding, f32)] = &[
    (Utf8, 0.0),
    (Windows1252, 0.5),
    (Windows1251, 0.7),
    (Gbk, 1.0),
    (ShiftJis, 1.0),
    (EucKr, 1.0),
    (Big5, 1.0),
    (EucJp, 1.5),
    (Windows1250, 1.0),
    (Windows1254, 1.5),
    (Windows1256, 1.0),
    (Windows1253, 1.5),
    (Windows1255, 1.5),
    (Windows1257, 1.5),
    (Windows874, 1.5),
    (Windows1258, 2.0),
    (Iso8859_1, 1.0),
    (Iso8859_2, 1.5),
    (Iso8859_15, 2.0),
    (Iso8859_7, 2.0),
    (Iso8859_9, 2.0),
    (Koi8R, 1.5),
    (Koi8U, 2.0),
    (Ibm866, 2.0),
    (Iso8859_5, 3.0),
    (Ibm852, 3.0),
    (Ibm850, 3.0),
    (Ibm437, 2.0),
    (Gb18030, 3.0),
    (Cp950, 2.0),
    (Macintosh, 3.5),
    (Iso8859_13, 4.0),
    (Ibm737, 4.0),
    (Ibm862, 4.0),
    (Ibm775, 5.0),
    (Ibm855, 6.0),
    (MacCyrillic, 5.0),
    (MacCentralEurope, 5.0),
    (Iso8859_8, 4.0),
    (Tcvn3, 5.0),
    (Viscii, 6.0),
];
const ANY_OTHER: f32 = 8.0;

/// The price of an encoding in nats.
pub(super) fn price(encoding: Encoding) -> f32 {
    PRICES
        .iter()
        .find(|row| row.0 == encoding)
        .map_or(ANY_OTHER, |row| row.1)
}
