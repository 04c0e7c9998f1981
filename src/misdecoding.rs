//! A text written in one encoding and read in another, and chains of such mishaps.
//!
//! ```
//! use unbake::misdecoding::Chain;
//!
//! let twice: Chain = "utf-8>windows-1252 + utf-8>windows-1252".parse()?;
//! assert_eq!(twice.mangle("schön")?, "schÃƒÂ¶n");
//! assert_eq!(twice.undo("schÃƒÂ¶n")?, "schön");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod prior;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::encoding::Encoding;
use crate::error::{ChainTooLong, MisdecodingError, ParseMisdecodingError};

/// Bytes written in one encoding and read in another.
///
/// Its text form is `written>read`.
///
/// ```
/// use unbake::misdecoding::Misdecoding;
///
/// let gbk: Misdecoding = "utf-8>gbk".parse()?;
/// assert_eq!(gbk.mangle("你好")?, "浣犲ソ");
/// assert_eq!(gbk.undo("浣犲ソ")?, "你好");
/// assert_eq!(gbk.to_string(), "utf-8>gbk");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Misdecoding {
    /// What the bytes were written in.
    pub written: Encoding,
    /// What they were taken for.
    pub read: Encoding,
}

impl Misdecoding {
    /// The mishap of reading as `read` what was written as `written`.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    /// use unbake::misdecoding::Misdecoding;
    ///
    /// let mishap = Misdecoding::new(Encoding::Utf8, Encoding::Gbk);
    /// assert_eq!(Ok(mishap), "utf-8>gbk".parse());
    /// ```
    #[must_use]
    pub const fn new(written: Encoding, read: Encoding) -> Self {
        Self { written, read }
    }

    /// Lets the mishap happen: clean text in, mojibake out.
    ///
    /// ```
    /// use unbake::misdecoding::Misdecoding;
    ///
    /// let mishap: Misdecoding = "utf-8>windows-1252".parse()?;
    /// assert_eq!(mishap.mangle("schön")?, "schÃ¶n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the text holds a character that `written` cannot write, or when
    /// its bytes are no text in `read`.
    pub fn mangle(&self, clean: &str) -> Result<String, MisdecodingError> {
        self.transcode(clean, self.written, self.read)
    }

    /// Takes the mishap back: mojibake in, clean text out.
    ///
    /// ```
    /// use unbake::misdecoding::Misdecoding;
    ///
    /// let mishap: Misdecoding = "utf-8>windows-1252".parse()?;
    /// assert_eq!(mishap.undo("schÃ¶n")?, "schön");
    /// // This text cannot have come about in that way.
    /// assert!(mishap.undo("schön").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the text holds a character that `read` cannot write, or when its
    /// bytes are no text in `written`.
    pub fn undo(&self, mangled: &str) -> Result<String, MisdecodingError> {
        self.transcode(mangled, self.read, self.written)
    }

    fn transcode(
        &self,
        text: &str,
        from: Encoding,
        to: Encoding,
    ) -> Result<String, MisdecodingError> {
        let (misdecoding, step) = (*self, 0);
        let bytes = from
            .encode(text)
            .map_err(|source| MisdecodingError::Encode {
                misdecoding,
                step,
                source,
            })?;
        let text = to
            .decode(&bytes)
            .map_err(|source| MisdecodingError::Decode {
                misdecoding,
                step,
                source,
            })?;
        Ok(text.into_owned())
    }
}

impl Misdecoding {
    /// How common this is: the price of believing in it in nats, so that e^-cost is about its share
    /// of all mojibake; `None` for what is no mis-decoding (an encoding read as itself) or is not
    /// searched for. An estimate from public reports, not a measurement.
    ///
    /// ```
    /// use unbake::misdecoding::Misdecoding;
    ///
    /// let cost = |name: &str| name.parse::<Misdecoding>().map(|m| m.cost());
    /// assert!(cost("utf-8>windows-1252")? < cost("utf-8>gbk")?);
    /// assert_eq!(cost("utf-8>utf-8")?, None);
    /// # Ok::<(), unbake::error::ParseMisdecodingError>(())
    /// ```
    #[must_use]
    pub fn cost(&self) -> Option<f32> {
        prior::cost(*self)
    }

    /// The price at which it should be noticed, which is less than the price of believing in it where a rare code page
    /// is one of the same family, for `examples/train`.
    #[doc(hidden)]
    #[must_use]
    pub fn cost_to_notice(&self) -> Option<f32> {
        prior::cost_to_notice(*self)
    }
}

impl fmt::Display for Misdecoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}>{}", self.written.name(), self.read.name())
    }
}

impl FromStr for Misdecoding {
    type Err = ParseMisdecodingError;

    /// Reads `written>read`; spaces around the names don't matter.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (written, read) = text
            .split_once('>')
            .ok_or_else(|| ParseMisdecodingError::Shape(text.into()))?;
        let encoding = |name: &str| {
            let name = name.trim();
            name.parse::<Encoding>()
                .map_err(|_| ParseMisdecodingError::UnknownEncoding(name.into()))
        };
        Ok(Self::new(encoding(written)?, encoding(read)?))
    }
}

/// Up to four mis-decodings one after another, oldest first.
///
/// Its text form joins those of the mis-decodings with ` + `; a chain without
/// any is `-`. It is a small `Copy` value without allocation, so that a search
/// may hold many of them.
///
/// ```
/// use unbake::misdecoding::{Chain, Misdecoding};
///
/// let mishap: Misdecoding = "utf-8>windows-1252".parse()?;
/// let twice = Chain::from(mishap).with(mishap)?;
/// assert_eq!(twice.to_string(), "utf-8>windows-1252 + utf-8>windows-1252");
/// assert_eq!(twice.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// The steps fill the array from the front: no `Some` comes after a `None`.
// The derived order rests on this and puts a chain before its continuations.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chain {
    steps: [Option<Misdecoding>; Self::MAX_LEN],
}

impl Chain {
    /// How many mis-decodings a chain can hold.
    pub const MAX_LEN: usize = 4;

    /// The chain without any mis-decoding, which changes no text.
    ///
    /// ```
    /// use unbake::misdecoding::Chain;
    ///
    /// assert!(Chain::new().is_empty());
    /// assert_eq!(Chain::new().to_string(), "-");
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self {
            steps: [None; Self::MAX_LEN],
        }
    }

    /// How many mis-decodings it holds.
    ///
    /// ```
    /// # use unbake::misdecoding::Chain;
    /// assert_eq!("utf-8>gbk".parse::<Chain>()?.len(), 1);
    /// # Ok::<(), unbake::error::ParseMisdecodingError>(())
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether it holds no mis-decoding.
    ///
    /// ```
    /// # use unbake::misdecoding::Chain;
    /// assert!(!"utf-8>gbk".parse::<Chain>()?.is_empty());
    /// # Ok::<(), unbake::error::ParseMisdecodingError>(())
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The mis-decodings, oldest first.
    ///
    /// ```
    /// # use unbake::misdecoding::Chain;
    /// let chain: Chain = "utf-8>gbk + utf-8>windows-1252".parse()?;
    /// let newest = chain.iter().next_back();
    /// assert_eq!(newest, Some("utf-8>windows-1252".parse()?));
    /// # Ok::<(), unbake::error::ParseMisdecodingError>(())
    /// ```
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Misdecoding> + '_ {
        self.steps.iter().filter_map(|step| *step)
    }

    /// Adds a mis-decoding that happened after all the others.
    ///
    /// ```
    /// # use unbake::misdecoding::Chain;
    /// let mut chain = Chain::new();
    /// for _ in 0..Chain::MAX_LEN {
    ///     chain.push("utf-8>windows-1252".parse()?)?;
    /// }
    /// assert!(chain.push("utf-8>windows-1252".parse()?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it holds [`Chain::MAX_LEN`] already; it is left as it was.
    pub fn push(&mut self, newest: Misdecoding) -> Result<(), ChainTooLong> {
        let free = self.steps.iter_mut().find(|step| step.is_none());
        *free.ok_or(ChainTooLong)? = Some(newest);
        Ok(())
    }

    /// The chain that goes on with one more mis-decoding.
    ///
    /// ```
    /// # use unbake::misdecoding::Chain;
    /// let once: Chain = "utf-8>gbk".parse()?;
    /// assert_eq!(once.with("utf-8>gbk".parse()?)?.to_string(), "utf-8>gbk + utf-8>gbk");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it holds [`Chain::MAX_LEN`] already.
    pub fn with(mut self, newest: Misdecoding) -> Result<Self, ChainTooLong> {
        self.push(newest)?;
        Ok(self)
    }

    /// The chain with one more mis-decoding *before* all the others.
    ///
    /// A search that peels off the newest layer first builds its chain so.
    ///
    /// ```
    /// # use unbake::misdecoding::Chain;
    /// let newest: Chain = "utf-8>windows-1252".parse()?;
    /// let chain = newest.preceded_by("utf-8>gbk".parse()?)?;
    /// assert_eq!(chain.to_string(), "utf-8>gbk + utf-8>windows-1252");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it holds [`Chain::MAX_LEN`] already.
    pub fn preceded_by(self, oldest: Misdecoding) -> Result<Self, ChainTooLong> {
        let mut chain = Self::from(oldest);
        for step in self.iter() {
            chain.push(step)?;
        }
        Ok(chain)
    }

    /// Lets all the mishaps happen, the oldest first: clean text in, mojibake out.
    ///
    /// ```
    /// # use unbake::misdecoding::Chain;
    /// let twice: Chain = "utf-8>windows-1252 + utf-8>windows-1252".parse()?;
    /// assert_eq!(twice.mangle("schön")?, "schÃƒÂ¶n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When one of them cannot have happened to this text; the error says which.
    pub fn mangle(&self, clean: &str) -> Result<String, MisdecodingError> {
        run(clean, self.iter().enumerate(), Misdecoding::mangle)
    }

    /// Takes all the mishaps back, the newest first: mojibake in, clean text out.
    ///
    /// ```
    /// # use unbake::misdecoding::Chain;
    /// let twice: Chain = "utf-8>windows-1252 + utf-8>windows-1252".parse()?;
    /// assert_eq!(twice.undo("schÃƒÂ¶n")?, "schön");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When one of them cannot have led to this text; the error says which.
    pub fn undo(&self, mangled: &str) -> Result<String, MisdecodingError> {
        let newest_first = (0..self.len()).rev().zip(self.iter().rev());
        run(mangled, newest_first, Misdecoding::undo)
    }
}

/// Runs numbered steps over a text, and says in the error at which it ended.
fn run(
    text: &str,
    steps: impl Iterator<Item = (usize, Misdecoding)>,
    direction: impl Fn(&Misdecoding, &str) -> Result<String, MisdecodingError>,
) -> Result<String, MisdecodingError> {
    let mut text = Cow::Borrowed(text);
    for (number, step) in steps {
        let next = direction(&step, &text).map_err(|error| error.at_step(number))?;
        text = Cow::Owned(next);
    }
    Ok(text.into_owned())
}

impl From<Misdecoding> for Chain {
    fn from(only: Misdecoding) -> Self {
        Self {
            steps: [Some(only), None, None, None],
        }
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chain({self})")
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("-");
        }
        for (number, step) in self.iter().enumerate() {
            let joint = if number == 0 { "" } else { " + " };
            write!(f, "{joint}{step}")?;
        }
        Ok(())
    }
}

impl FromStr for Chain {
    type Err = ParseMisdecodingError;

    /// Reads `written>read + written>read`; spaces don't matter.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut chain = Self::new();
        if text.trim() == "-" {
            return Ok(chain);
        }
        for step in text.split('+') {
            chain.push(step.trim().parse()?)?;
        }
        Ok(chain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATIN: Misdecoding = Misdecoding::new(Encoding::Utf8, Encoding::Windows1252);
    const GBK: Misdecoding = Misdecoding::new(Encoding::Utf8, Encoding::Gbk);

    #[test]
    fn a_chain_stays_small() {
        assert!(size_of::<Chain>() <= 8, "{}", size_of::<Chain>());
    }

    #[test]
    fn every_chain_reads_back_from_its_text() {
        let mut chain = Chain::new();
        for number in 0..=Chain::MAX_LEN {
            assert_eq!(chain.to_string().parse(), Ok(chain), "{chain}");
            assert_eq!(chain.len(), number);
            let next = if number % 2 == 0 { LATIN } else { GBK };
            assert_eq!(chain.push(next).is_ok(), number < Chain::MAX_LEN);
        }
    }

    #[test]
    fn every_pair_of_encodings_reads_back_from_its_text() {
        for &written in Encoding::ALL {
            for &read in Encoding::ALL {
                let pair = Misdecoding::new(written, read);
                assert_eq!(pair.to_string().parse(), Ok(pair));
            }
        }
    }

    #[test]
    fn odd_texts_are_no_chains() {
        for text in [
            "",
            "+",
            ">",
            "utf-8>",
            ">gbk",
            "utf-8>gbk +",
            "utf-8>gbk>gbk",
            "- + -",
        ] {
            assert!(text.parse::<Chain>().is_err(), "{text:?}");
        }
        assert_eq!(" utf-8 > gbk ".parse(), Ok(Chain::from(GBK)));
    }

    #[test]
    fn chains_run_oldest_first_and_back() {
        let chain = Chain::from(GBK).with(LATIN).unwrap();
        let mangled = chain.mangle("你好").unwrap();
        assert_eq!(mangled, LATIN.mangle("浣犲ソ").unwrap());
        assert_eq!(chain.undo(&mangled).unwrap(), "你好");
    }

    #[test]
    fn an_error_names_the_step_in_the_chain() {
        let chain = Chain::from(GBK).with(LATIN).unwrap();
        // Undoing begins at the newest step, number 1.
        let error = chain.undo("你").unwrap_err();
        assert!(
            matches!(error, MisdecodingError::Encode { step: 1, misdecoding, .. } if misdecoding == LATIN)
        );
        let error = chain.undo("abc é").unwrap_err();
        assert!(matches!(error, MisdecodingError::Decode { step: 1, .. }));
    }

    #[test]
    fn a_chain_comes_before_its_continuations() {
        let once = Chain::from(LATIN);
        assert!(Chain::new() < once && once < once.with(LATIN).unwrap());
    }
}
