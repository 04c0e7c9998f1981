//! Cuts what a reader gives into blocks, of which only one is held at a time.

use std::io::{self, ErrorKind, Read};

use crate::detect::chunks::{chunks, is_whole};

/// A piece of the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Block<'a> {
    /// Text up to a line end, the end of a part of a long line, bytes that are not UTF-8, or the end.
    Text(&'a str),
    /// Bytes that are not UTF-8, and where they stand in the input.
    NotUtf8(u64, &'a [u8]),
}

/// The blocks of a reader, one after another.
pub(super) struct Blocks<R> {
    reader: R,
    /// How many bytes a block should have at most.
    size: usize,
    buffer: Vec<u8>,
    /// What is read and not yet handed out: `buffer[from..to]`.
    from: usize,
    to: usize,
    ended: bool,
    /// Where `from` stands in the input.
    position: u64,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(reader: R, size: usize) -> Blocks<R> {
        Blocks {
            reader,
            size: size.max(1),
            buffer: Vec::new(),
            from: 0,
            to: 0,
            ended: false,
            position: 0,
        }
    }

    /// The next block, `None` at the end.
    ///
    /// It is cut so that the text falls into the same chunks as it would whole: behind a line end,
    /// or where a long line is cut anyway. It is longer than the size only where the first of its
    /// chunks is.
    pub(super) fn next(&mut self) -> io::Result<Option<Block<'_>>> {
        let mut window = self.size;
        loop {
            self.fill(window)?;
            let length = (self.to - self.from).min(window);
            if length == 0 {
                return Ok(None);
            }
            let bytes = self.buffer.get(self.from..self.from + length);
            let is_last = self.ended && self.from + length == self.to;
            match cut(bytes.unwrap_or_default(), is_last, window > self.size) {
                Some(piece) => return Ok(Some(self.take(piece))),
                None => window = window.saturating_mul(2),
            }
        }
    }

    fn take(&mut self, piece: Piece) -> Block<'_> {
        let (Piece::Text(length) | Piece::NotUtf8(length)) = piece;
        let (start, position) = (self.from, self.position);
        self.from = self.to.min(start + length);
        self.position += length as u64;
        let bytes = self.buffer.get(start..self.from).unwrap_or_default();
        match (piece, std::str::from_utf8(bytes)) {
            (Piece::Text(_), Ok(text)) => Block::Text(text),
            _ => Block::NotUtf8(position, bytes),
        }
    }

    /// Reads on where less than a window is left. Then twice that is read, so that what is left is
    /// moved once for each window and not for each block, however short those are.
    fn fill(&mut self, window: usize) -> io::Result<()> {
        if self.ended || self.to - self.from >= window {
            return Ok(());
        }
        self.buffer.copy_within(self.from..self.to, 0);
        (self.from, self.to) = (0, self.to - self.from);
        let room = window.saturating_mul(2);
        if self.buffer.len() < room {
            self.buffer.resize(room, 0);
        }
        while let Some(free) = self.buffer.get_mut(self.to..).filter(|f| !f.is_empty()) {
            match self.reader.read(free) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(read) => self.to = self.buffer.len().min(self.to + read),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// So many bytes from the front.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    Text(usize),
    NotUtf8(usize),
}

/// The first block of some bytes, or only its first chunk if they are more than it should have;
/// `None` if more must be known.
fn cut(bytes: &[u8], is_last: bool, is_more: bool) -> Option<Piece> {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) if is_last && !is_more => return Some(Piece::Text(text.len())),
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            // Bytes that only lack their end are not bad as long as more can come.
            let bad = error.error_len().or(is_last.then_some(bytes.len() - at));
            match bad {
                Some(length) if at == 0 => return Some(Piece::NotUtf8(length)),
                Some(_) => return Some(Piece::Text(at)),
                None => bytes
                    .get(..at)
                    .and_then(|valid| std::str::from_utf8(valid).ok())?,
            }
        }
    };
    let next = if is_more {
        chunks(valid).nth(1).map(|chunk| chunk.start)
    } else if let Some(end) = last_line_end(valid.as_bytes()) {
        Some(end + 1)
    } else {
        // The last chunk may go on; all before it end where they end in the whole text.
        let last = chunks(valid).last().map(|chunk| chunk.start);
        last.filter(|&start| start > 0)
    };
    let end = next.or(is_last.then_some(valid.len()));
    end.map(Piece::Text)
}

fn last_line_end(bytes: &[u8]) -> Option<usize> {
    let ends = bytes.iter().enumerate().rev();
    ends.filter(|end| *end.1 == b'\n')
        .map(|end| end.0)
        .find(|&at| is_whole(bytes, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every block of some bytes, as text with a mark where it is not UTF-8.
    fn blocks(input: &[u8], size: usize) -> Vec<String> {
        let mut blocks = Blocks::new(input, size);
        let mut found = Vec::new();
        while let Some(block) = blocks.next().unwrap() {
            found.push(match block {
                Block::Text(text) => text.to_owned(),
                Block::NotUtf8(at, bytes) => format!("{at}: {bytes:02X?}"),
            });
        }
        found
    }

    #[test]
    fn blocks_end_at_line_ends() {
        let text = "ab\ncd\n\nefg".as_bytes();
        assert_eq!(blocks(text, 100), ["ab\ncd\n\nefg"]);
        assert_eq!(blocks(text, 7), ["ab\ncd\n\n", "efg"]);
        assert_eq!(blocks(text, 6), ["ab\ncd\n", "\nefg"]);
        assert_eq!(blocks(text, 4), ["ab\n", "cd\n\n", "efg"]);
        assert_eq!(blocks(text, 1), ["ab\n", "cd\n", "\n", "efg"]);
        assert_eq!(blocks(b"", 4), [""; 0]);
    }

    #[test]
    fn long_lines_are_cut_where_chunks_are() {
        let line = "wörter und ".repeat(1000);
        let text = format!("{line}\n{line}");
        let whole: Vec<&str> = chunks(&text).map(|c| c.text).collect();
        for size in [1, 100, 5000, 7777, 30_000] {
            let found = blocks(text.as_bytes(), size);
            assert_eq!(found.concat(), text);
            let parts: Vec<&str> = found
                .iter()
                .flat_map(|b| chunks(b))
                .map(|c| c.text)
                .collect();
            assert_eq!(parts, whole, "{size}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_stand_alone() {
        let input = b"a\xE9b\nc\xF0\x9F\x98\xFF\xE2\x82";
        for size in [1, 3, 100] {
            assert_eq!(
                blocks(input, size).concat(),
                "a1: [E9]b\nc5: [F0, 9F, 98]8: [FF]9: [E2, 82]",
                "{size}"
            );
        }
    }
}
