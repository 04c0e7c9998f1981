//! The 37 pairs of a language and an encoding that it is or was commonly written in.

use unbake::encoding::Encoding::{self, *};

pub const PAIRS: [(&str, Encoding); 37] = [
    ("fr", Windows1252),
    ("de", Windows1252),
    ("pt", Iso8859_1),
    ("sv", Windows1252),
    ("de", Ibm850),
    ("pl", Windows1250),
    ("pl", Iso8859_2),
    ("pl", Ibm852),
    ("cs", Windows1250),
    ("cs", Iso8859_2),
    ("hu", Windows1250),
    ("hu", Iso8859_2),
    ("hr", Windows1250),
    ("ro", Windows1250),
    ("ru", Windows1251),
    ("ru", Koi8R),
    ("ru", Ibm866),
    ("ru", Iso8859_5),
    ("uk", Windows1251),
    ("uk", Koi8U),
    ("bg", Windows1251),
    ("el", Windows1253),
    ("el", Iso8859_7),
    ("tr", Windows1254),
    ("he", Windows1255),
    ("ar", Windows1256),
    ("lt", Windows1257),
    ("lv", Windows1257),
    ("vi", Windows1258),
    ("th", Windows874),
    ("zh-Hans", Gbk),
    ("zh-Hant", Big5),
    ("ja", ShiftJis),
    ("ja", EucJp),
    ("ja", Iso2022Jp),
    ("ko", EucKr),
    ("de", Utf8),
];

/// Languages whose words stand without spaces between them.
pub const UNSPACED: [&str; 4] = ["zh-Hans", "zh-Hant", "ja", "th"];
