//! Repairs what does not fit into memory: from a reader to a writer, a block at a time.
//!
//! ```
//! use unbake::Repairer;
//!
//! let mut repaired = Vec::new();
//! let summary = Repairer::new().stream("Das war schÃ¶n.\n".as_bytes(), &mut repaired)?;
//! assert_eq!(repaired, "Das war schön.\n".as_bytes());
//! assert_eq!(summary.edits, 1);
//! # Ok::<(), unbake::stream::StreamError>(())
//! ```
//!
//! # What differs from repairing a text as a whole
//!
//! A block is repaired as a text of its own. Blocks end at line ends, and a line that is longer
//! than a block is cut where it is cut in memory too. So **whatever a line shows by itself is
//! repaired as it is in memory**: if repairing each line alone gives what repairing the whole text
//! gives, so does a stream, wherever its blocks end.
//!
//! What only other lines show differs where those are in other blocks:
//!
//! - A line that needs a *later* block to be understood is left as it is.
//! - Of *earlier* blocks, up to eight mangled lines of each of the three latest causes are kept and
//!   count as if they stood in the block. Their evidence is mostly as good as that of all lines.
//! - What belongs to a page as a whole, such as inserted readings, must show in a block, or in
//!   those lines and the block together.
//! - A text in which repairs do not come to an end is left as it was: in memory all of it, here the
//!   block.
//! - Where one stretch is damaged across the end of a block (a byte shift that runs over a line
//!   end, or over the cut in a line that is longer than a block), its parts are judged alone.
//!
//! Two runs over the same bytes give the same, however the reader hands them out.
//!
//! # Memory
//!
//! Two blocks of the input, the edits of one, and what the repairer needs for it, which is most:
//! up to a hundred times the block where all of it is mangled, so less than 32 MiB with blocks of
//! the usual size. It does not depend on the length of the input or of its lines.

mod blocks;
mod error;
mod evidence;
mod patch;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::{self, BufWriter, Read, Seek, Write};

use blocks::{Block, Blocks};
pub use error::StreamError;
use evidence::Evidence;
use patch::PatchWriter;

use crate::Repairer;
use crate::repair::{Edit, Repair};

/// Repairs what a reader gives into a writer, with memory that does not grow.
///
/// ```
/// use unbake::{Repairer, stream::Stream};
///
/// let stream = Stream::new(Repairer::new().threshold(0.9));
/// let mut repaired = Vec::new();
/// stream.repair("schÃ¶n".as_bytes(), &mut repaired)?;
/// assert_eq!(repaired, "schön".as_bytes());
/// # Ok::<(), unbake::stream::StreamError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Stream {
    repairer: Repairer,
    block_size: usize,
    invalid_bytes: InvalidBytes,
}

/// What to do with bytes that are not UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum InvalidBytes {
    /// End with [`StreamError::NotUtf8`], which says where they stand.
    #[default]
    Refuse,
    /// Hand them on as they are. The text before and behind them is repaired as if the text ended
    /// and began there. [`Patch`](crate::repair::Patch) works on text and cannot take such a repair
    /// back.
    Keep,
}

/// What was done to a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Summary {
    /// How many bytes were read.
    pub read: u64,
    /// How many bytes were written.
    pub written: u64,
    /// How many edits were made.
    pub edits: u64,
    /// How many of the bytes were not UTF-8 and were [kept](InvalidBytes::Keep).
    pub invalid: u64,
}

impl Repairer {
    /// Repairs what a reader gives into a writer, in blocks of the usual size: see
    /// [`Stream`] for more, and [the module](crate::stream) for what is different from
    /// [`repair`](Self::repair).
    ///
    /// ```
    /// use unbake::Repairer;
    ///
    /// let mut repaired = Vec::new();
    /// Repairer::new().stream("schÃ¶n".as_bytes(), &mut repaired)?;
    /// assert_eq!(repaired, "schön".as_bytes());
    /// # Ok::<(), unbake::stream::StreamError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where reading or writing fails, and where the input is not UTF-8.
    pub fn stream(&self, reader: impl Read, writer: impl Write) -> Result<Summary, StreamError> {
        Stream::new(self.clone()).repair(reader, writer)
    }
}

impl Stream {
    /// The size of a block unless [`block_size`](Self::block_size) says otherwise.
    pub const BLOCK_SIZE: usize = 128 * 1024;

    /// A stream that repairs as the repairer does.
    pub fn new(repairer: Repairer) -> Stream {
        Stream {
            repairer,
            block_size: Self::BLOCK_SIZE,
            invalid_bytes: InvalidBytes::default(),
        }
    }

    /// How many bytes are read and judged together at most; more gives more evidence and takes
    /// more memory.
    ///
    /// A block holds at least a line, or the part of it that is searched at once, up to 2000
    /// characters. Blocks much shorter than 16 KiB take longer: the lines that are kept for
    /// evidence are repaired along with each.
    ///
    /// ```
    /// use unbake::{Repairer, stream::Stream};
    ///
    /// // The second line needs the third to be understood.
    /// let text = "clean\n80 â‚¬\nDas war schÃ¶n, die KÃ¼che ist grÃ¶ÃŸer.\n";
    /// let mut repaired = Vec::new();
    /// Stream::new(Repairer::new()).block_size(1 << 20).repair(text.as_bytes(), &mut repaired)?;
    /// assert_eq!(String::from_utf8_lossy(&repaired), unbake::repair(text).text());
    /// # Ok::<(), unbake::stream::StreamError>(())
    /// ```
    pub fn block_size(mut self, bytes: usize) -> Stream {
        self.block_size = bytes.max(1);
        self
    }

    /// What to do with bytes that are not UTF-8.
    ///
    /// ```
    /// use unbake::{Repairer, stream::{InvalidBytes, Stream}};
    ///
    /// let stream = Stream::new(Repairer::new()).invalid_bytes(InvalidBytes::Keep);
    /// let mut repaired = Vec::new();
    /// let summary = stream.repair(&b"sch\xC3\x83\xC2\xB6n\ncaf\xE9\n"[..], &mut repaired)?;
    /// assert_eq!(repaired, b"sch\xC3\xB6n\ncaf\xE9\n");
    /// assert_eq!(summary.invalid, 1);
    /// # Ok::<(), unbake::stream::StreamError>(())
    /// ```
    pub fn invalid_bytes(mut self, what: InvalidBytes) -> Stream {
        self.invalid_bytes = what;
        self
    }

    /// Repairs what a reader gives into a writer, and flushes that.
    ///
    /// Both are used in large pieces, so that neither needs a buffer of its own. Takes time in
    /// proportion to the length of the input.
    ///
    /// # Errors
    ///
    /// Where reading or writing fails, and where the input is not UTF-8.
    pub fn repair(&self, reader: impl Read, writer: impl Write) -> Result<Summary, StreamError> {
        self.repair_each(reader, writer, |_| Ok(()))
    }

    /// The same, with every edit told as it is made: in order, and with
    /// [offsets](Edit::original) in the whole input and output.
    ///
    /// ```
    /// use unbake::{Repairer, stream::Stream};
    ///
    /// let mut lines = Vec::new();
    /// Stream::new(Repairer::new()).repair_each("schÃ¶n".as_bytes(), std::io::sink(), |edit| {
    ///     lines.push(format!("{:?}: {} was {}", edit.original(), edit.after(), edit.before()));
    ///     Ok(())
    /// })?;
    /// assert_eq!(lines, ["3..7: ö was Ã¶"]);
    /// # Ok::<(), unbake::stream::StreamError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`repair`](Self::repair), and where `on_edit` fails.
    pub fn repair_each(
        &self,
        reader: impl Read,
        writer: impl Write,
        on_edit: impl FnMut(&Edit) -> io::Result<()>,
    ) -> Result<Summary, StreamError> {
        self.run(reader, writer, &mut EachEdit(on_edit))
    }

    /// The same, with a [patch](crate::repair::format) written beside the text.
    ///
    /// The patch is written as the edits are made. What stands at its front (lengths, checksums,
    /// the number of edits) is known only at the end, which is why `patch` must be able to go back
    /// there, as a file is. A patch whose stream did not come to its end is refused when it is
    /// read.
    ///
    /// ```
    /// use unbake::{Repairer, repair::Patch, stream::Stream};
    ///
    /// let (mut repaired, mut patch) = (Vec::new(), std::io::Cursor::new(Vec::new()));
    /// let stream = Stream::new(Repairer::new());
    /// stream.repair_with_patch("schÃ¶n".as_bytes(), &mut repaired, &mut patch)?;
    ///
    /// let patch: Patch = String::from_utf8(patch.into_inner())?.parse()?;
    /// assert_eq!(patch.revert("schön")?, "schÃ¶n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`repair`](Self::repair), and where the patch cannot be written.
    pub fn repair_with_patch(
        &self,
        reader: impl Read,
        writer: impl Write,
        patch: impl Write + Seek,
    ) -> Result<Summary, StreamError> {
        let failed = |source| StreamError::Record { source };
        let mut patch = PatchWriter::new(patch).map_err(failed)?;
        let summary = self.run(reader, writer, &mut patch)?;
        patch.finish().map_err(failed)?;
        Ok(summary)
    }

    fn run(
        &self,
        reader: impl Read,
        writer: impl Write,
        record: &mut impl Record,
    ) -> Result<Summary, StreamError> {
        // Only what lies between bytes that are not UTF-8 comes in small pieces.
        let mut writer = BufWriter::new(writer);
        let mut blocks = Blocks::new(reader, self.block_size);
        let mut evidence = Evidence::default();
        let mut summary = Summary::default();
        loop {
            let offset = summary.read;
            let next = blocks.next();
            let next = next.map_err(|source| StreamError::Read { offset, source })?;
            let (mangled, repaired, edits) = match next {
                None => break,
                Some(Block::NotUtf8(offset, bytes)) => {
                    if self.invalid_bytes == InvalidBytes::Refuse {
                        let byte = bytes.first().copied().unwrap_or_default();
                        return Err(StreamError::NotUtf8 { offset, byte });
                    }
                    summary.invalid += bytes.len() as u64;
                    (bytes, Cow::Borrowed(bytes), Vec::new())
                }
                Some(Block::Text(text)) => {
                    // Between bytes that are not UTF-8 lie pieces of a few bytes, and each would
                    // take as long as its evidence.
                    let is_worth = summary.invalid == 0 || evidence.text().len() <= text.len();
                    let lines = if is_worth { evidence.text() } else { "" };
                    let (repaired, edits) = self.repair_block(text, lines);
                    evidence.note(text, &edits);
                    let repaired = match repaired {
                        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
                    };
                    (text.as_bytes(), repaired, edits)
                }
            };
            let failed = |source| StreamError::Record { source };
            summary.edits += edits.len() as u64;
            for edit in edits {
                let original = place(summary.read).saturating_add(edit.original().start);
                let repaired = place(summary.written).saturating_add(edit.repaired().start);
                let edit = edit.placed_at(original, repaired);
                record.edit(&edit).map_err(failed)?;
            }
            record.block(mangled, &repaired).map_err(failed)?;
            let written = writer.write_all(&repaired);
            written.map_err(|source| StreamError::Write { source })?;
            summary.read += mangled.len() as u64;
            summary.written += repaired.len() as u64;
        }
        let flushed = writer.flush();
        flushed.map_err(|source| StreamError::Write { source })?;
        Ok(summary)
    }

    /// A block repaired, and the edits with their places in it.
    fn repair_block<'a>(&self, block: &'a str, evidence: &str) -> (Cow<'a, str>, Vec<Edit>) {
        if !evidence.is_empty() && !block.is_ascii() {
            let text = [evidence, block].concat();
            if let Some(repaired) = behind(&self.repairer.repair(&text), evidence.len()) {
                return match repaired {
                    (_, edits) if edits.is_empty() => (Cow::Borrowed(block), edits),
                    (text, edits) => (Cow::Owned(text), edits),
                };
            }
        }
        let repair = self.repairer.repair(block);
        let edits = repair.edits().to_vec();
        (repair.into_text(), edits)
    }
}

/// The part of a repair behind so many bytes of the mangled text, if no edit lies across.
fn behind(repair: &Repair<'_>, start: usize) -> Option<(String, Vec<Edit>)> {
    let edits = repair.edits();
    let (before, behind) =
        edits.split_at_checked(edits.partition_point(|edit| edit.original().start < start))?;
    let start_repaired = match before.last() {
        Some(edit) => edit.repaired().end + start.checked_sub(edit.original().end)?,
        None => start,
    };
    let moved = behind.iter().map(|edit| {
        let original = edit.original().start.checked_sub(start)?;
        let repaired = edit.repaired().start.checked_sub(start_repaired)?;
        Some(edit.clone().placed_at(original, repaired))
    });
    let text = repair.text().get(start_repaired..)?.to_owned();
    Some((text, moved.collect::<Option<_>>()?))
}

/// An offset in a text that need not fit into memory; only where addresses have 32 bits, it is cut.
fn place(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// What is told of a stream as it runs through.
trait Record {
    /// An edit, with its place in the whole.
    fn edit(&mut self, edit: &Edit) -> io::Result<()>;

    /// A block, after its edits.
    fn block(&mut self, mangled: &[u8], repaired: &[u8]) -> io::Result<()>;
}

/// Tells a function of every edit.
struct EachEdit<F>(F);

impl<F: FnMut(&Edit) -> io::Result<()>> Record for EachEdit<F> {
    fn edit(&mut self, edit: &Edit) -> io::Result<()> {
        (self.0)(edit)
    }

    fn block(&mut self, _: &[u8], _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}
