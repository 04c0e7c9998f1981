//! Names that are bytes in an encoding which nobody wrote down.

use unbake::encoding::Encoding;
use unbake::model::MODEL;

/// Bytes of names, read as text.
pub struct Reading {
    /// In which encoding.
    pub encoding: Encoding,
    /// The names, in the order of the bytes.
    pub names: Vec<String>,
    /// How probable it is that this is right.
    pub confidence: f32,
}

impl Reading {
    /// Reads all the names in one encoding, if they all are text in it.
    pub fn in_encoding(encoding: Encoding, names: &[&[u8]]) -> Option<Self> {
        let read = |name: &&[u8]| encoding.decode(name).ok().map(|name| name.into_owned());
        let names: Option<Vec<String>> = names.iter().map(read).collect();
        Some(Self {
            encoding,
            names: names?,
            confidence: 1.0,
        })
    }

    /// Reads the names in the encoding in which they, taken together, are the likeliest text.
    pub fn likeliest(names: &[&[u8]]) -> Option<Self> {
        let mut found: Vec<(f32, Self)> = Vec::new();
        for encoding in Encoding::ALL.iter().copied() {
            let Some(prior) = prior(encoding) else {
                continue;
            };
            let Some(reading) = Self::in_encoding(encoding, names) else {
                continue;
            };
            let evidence: f32 = reading.names.iter().map(|name| evidence(name)).sum();
            found.push((prior + evidence, reading));
        }
        found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let (best, _) = found.first()?;
        // Encodings in which the names read the same are no rivals.
        let weight = |(score, _): &(f32, Self)| (score - best).exp();
        let all: f32 = found.iter().map(weight).sum();
        let same = found.iter().filter(|(_, reading)| {
            found
                .first()
                .is_some_and(|(_, first)| first.names == reading.names)
        });
        let confidence = same.map(weight).sum::<f32>() / all;
        let (_, mut likeliest) = found.into_iter().next()?;
        // Short names are never all of the evidence that there could be.
        likeliest.confidence = confidence.min(0.999);
        Some(likeliest)
    }
}

/// ln of how probable a text is. Names join words by other signs than spaces.
fn evidence(name: &str) -> f32 {
    let spaced: String = name
        .chars()
        .map(|c| if "_-/\\.".contains(c) { ' ' } else { c })
        .collect();
    spaced.split(' ').map(|word| MODEL.log_prob(word)).sum()
}

/// ln of how common it is that names are stored so, as far as it matters; nothing where they never are.
fn prior(encoding: Encoding) -> Option<f32> {
    use Encoding::*;
    Some(match encoding {
        Utf16Le | Utf16Be | Iso2022Jp | Iso2022Kr | Tcvn3 | Viscii => return None,
        Utf8 => 3.0,
        // What Windows and DOS write in most of the world.
        Windows1252 | Ibm437 | Ibm850 | Windows1251 | Ibm866 | ShiftJis | Gbk | EucKr | Big5 => 0.0,
        Windows1250 | Windows1253 | Windows1254 | Windows1255 | Windows1256 | Windows1257
        | Windows1258 | Windows874 | Ibm852 | Ibm857 | Ibm737 | Ibm862 | Ibm775 => -1.0,
        Iso8859_1 | Iso8859_2 | Iso8859_15 | Koi8R | Koi8U | EucJp | Macintosh | Ibm858 | Cp950
        | Gb18030 => -2.0,
        _ => -4.0,
    })
}
