//! A patch that is written while the text runs through.

use std::io::{self, Seek, SeekFrom, Write};

use super::Record;
use crate::repair::{Edit, Header, write_edit};

/// Writes the edits as they come. The lengths, checksums and numbers that stand before them are
/// known only at the end and are filled in then; until that, the patch is one that was cut short.
pub(super) struct PatchWriter<W> {
    out: W,
    start: u64,
    lines: String,
    header: Header,
}

impl<W: Write + Seek> PatchWriter<W> {
    pub(super) fn new(mut out: W) -> io::Result<Self> {
        let header = Header::default();
        let start = out.stream_position()?;
        out.write_all(header.padded().as_bytes())?;
        Ok(Self {
            out,
            start,
            lines: String::new(),
            header,
        })
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.write_all(Header::END.as_bytes())?;
        let end = self.out.stream_position()?;
        self.out.seek(SeekFrom::Start(self.start))?;
        self.out.write_all(self.header.padded().as_bytes())?;
        self.out.seek(SeekFrom::Start(end))?;
        self.out.flush()
    }
}

impl<W: Write + Seek> Record for PatchWriter<W> {
    fn edit(&mut self, edit: &Edit) -> io::Result<()> {
        self.header.edits += 1;
        // Writing into a string cannot fail.
        write_edit(edit, &mut self.lines).map_err(io::Error::other)
    }

    fn block(&mut self, mangled: &[u8], repaired: &[u8]) -> io::Result<()> {
        self.header.mangled.extend(mangled);
        self.header.repaired.extend(repaired);
        self.out.write_all(self.lines.as_bytes())?;
        self.lines.clear();
        Ok(())
    }
}
