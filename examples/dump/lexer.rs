//! The string literals of an SQL dump, found byte by byte and without keeping
//! more than one of them in memory.

/// How a dump writes its strings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Dialect {
    /// MySQL and MariaDB: `\` escapes, identifiers in backquotes, comments from `#`.
    Mysql,
    /// Standard SQL, with what PostgreSQL (`E'…'`, `$$…$$`, COPY) and SQLite add.
    Standard,
}

/// How the characters of a literal are escaped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Escapes {
    /// A quote is doubled.
    Doubled,
    /// A quote is doubled, or stands behind a backslash, which begins other escapes too.
    Backslash,
    /// A field of a COPY block: backslashes, and no quotes.
    Copy,
}

/// A stretch of a dump.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// Passed through.
    Code(Vec<u8>),
    /// What stands in a literal, without its quotes.
    Literal {
        source: Vec<u8>,
        escapes: Escapes,
        /// The line of the dump in which it begins, counted from 1.
        line: u64,
    },
}

/// A literal that is longer than this is no text that somebody wrote, and is passed through.
pub const LONGEST: usize = 1 << 20;
/// Of the code before a place, so much is remembered.
const REMEMBERED: usize = 4096;

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Code,
    /// In a literal. `escaped`: the last byte was a backslash that escapes the next.
    Literal {
        escapes: Escapes,
        escaped: bool,
    },
    /// A quote has come that ends the literal, unless another one follows.
    Quote {
        escapes: Escapes,
    },
    /// In an identifier, up to this byte.
    Identifier(u8),
    LineComment,
    /// `star`: the last byte was a `*`.
    BlockComment {
        star: bool,
    },
    /// In the tag of a dollar quote, from its `$` on.
    Tag(Vec<u8>),
    /// In a dollar quote, up to this tag.
    Dollar {
        tag: Vec<u8>,
        seen: usize,
    },
    /// In a field of a COPY block.
    Field,
}

/// Takes a dump in parts of any length, and gives its pieces.
pub struct Lexer {
    dialect: Dialect,
    state: State,
    line: u64,
    /// Code that has not been handed out.
    code: Vec<u8>,
    /// The literal so far.
    literal: Vec<u8>,
    begun: u64,
    /// The literal is too long already.
    passing: bool,
    /// The current line of code, its literals left out, as far as it is remembered.
    recent: Vec<u8>,
    pieces: Vec<Piece>,
}

impl Lexer {
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            state: State::Code,
            line: 1,
            code: Vec::new(),
            literal: Vec::new(),
            begun: 1,
            passing: false,
            recent: Vec::new(),
            pieces: Vec::new(),
        }
    }

    /// Takes the next bytes, and hands out the pieces that are whole.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Piece> {
        for byte in bytes {
            self.step(*byte);
            self.line += u64::from(*byte == b'\n');
        }
        self.flush_code();
        std::mem::take(&mut self.pieces)
    }

    /// The line in which a literal began that is still open.
    pub fn open_since(&self) -> Option<u64> {
        matches!(self.state, State::Literal { .. }).then_some(self.begun)
    }

    /// What is left at the end. A literal that was never closed is passed through.
    pub fn finish(mut self) -> Vec<Piece> {
        let rest = std::mem::take(&mut self.literal);
        match self.state {
            State::Quote { escapes } => {
                self.push_literal(rest, escapes);
                self.code.push(b'\'');
            }
            _ => self.code.extend(rest),
        }
        self.flush_code();
        self.pieces
    }

    fn step(&mut self, byte: u8) {
        match std::mem::replace(&mut self.state, State::Code) {
            State::Code => self.code_byte(byte),
            State::Literal { escapes, escaped } => {
                if byte == b'\'' && !escaped {
                    self.state = State::Quote { escapes };
                    return;
                }
                self.literal_byte(byte);
                let escaped = escapes == Escapes::Backslash && byte == b'\\' && !escaped;
                self.state = State::Literal { escapes, escaped };
            }
            State::Quote { escapes } if byte == b'\'' => {
                self.literal_byte(b'\'');
                self.literal_byte(b'\'');
                self.state = State::Literal {
                    escapes,
                    escaped: false,
                };
            }
            State::Quote { escapes } => {
                self.end_literal(escapes);
                self.code.push(b'\'');
                self.remember(b'\'');
                self.code_byte(byte);
            }
            State::Identifier(end) => {
                self.code.push(byte);
                self.remember(byte);
                if byte != end {
                    self.state = State::Identifier(end);
                }
            }
            State::LineComment => {
                self.code.push(byte);
                if byte == b'\n' {
                    self.recent.clear();
                } else {
                    self.state = State::LineComment;
                }
            }
            State::BlockComment { star } => {
                self.code.push(byte);
                // What stands in `/*! … */`, in MariaDB also `/*M! … */`, is run.
                if self.dialect == Dialect::Mysql && self.recent.ends_with(b"/*") {
                    match byte {
                        b'!' => return self.remember(b'!'),
                        b'M' => return self.state = State::BlockComment { star: false },
                        _ => self.remember(b' '),
                    }
                }
                if star && byte == b'/' {
                    self.remember(b' ');
                } else {
                    self.state = State::BlockComment { star: byte == b'*' };
                }
            }
            State::Tag(mut tag) => {
                self.code.push(byte);
                self.remember(byte);
                tag.push(byte);
                if byte == b'$' {
                    self.state = State::Dollar { tag, seen: 0 };
                } else if byte.is_ascii_alphanumeric() || byte == b'_' {
                    self.state = State::Tag(tag);
                }
            }
            State::Dollar { tag, seen } => {
                self.code.push(byte);
                // Within a tag there is no `$`, so a tag that breaks off can begin only here.
                let seen = match tag.get(seen) {
                    Some(next) if *next == byte => seen + 1,
                    _ => usize::from(byte == b'$'),
                };
                if seen < tag.len() {
                    self.state = State::Dollar { tag, seen };
                }
            }
            State::Field => match byte {
                b'\t' | b'\n' => self.end_field(byte),
                _ => {
                    self.literal_byte(byte);
                    self.state = State::Field;
                }
            },
        }
    }

    fn code_byte(&mut self, byte: u8) {
        self.code.push(byte);
        let before = self.recent.last().copied();
        let mysql = self.dialect == Dialect::Mysql;
        let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        self.state = match byte {
            b'\'' => self.begin_literal(),
            b'"' => State::Identifier(b'"'),
            b'`' if mysql => State::Identifier(b'`'),
            b'-' if before == Some(b'-') => State::LineComment,
            b'#' if mysql => State::LineComment,
            b'*' if before == Some(b'/') => State::BlockComment { star: false },
            b'$' if !mysql && !before.is_some_and(word) => State::Tag(vec![b'$']),
            b'\n' if !mysql && self.begins_copy() => {
                self.begun = self.line + 1;
                State::Field
            }
            _ => State::Code,
        };
        if byte == b'\n' {
            self.recent.clear();
        } else {
            self.remember(byte);
        }
    }

    fn begin_literal(&mut self) -> State {
        self.begun = self.line;
        let recent = self.recent.trim_ascii_end();
        // Bytes that are no text.
        self.passing = ends_with(recent, b"_binary");
        let at_prefix = recent.len() == self.recent.len();
        let escape_string = at_prefix
            && matches!(recent, [.., b'e' | b'E'])
            && !matches!(
                recent,
                [.., b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_', _]
            );
        let escapes = match self.dialect {
            Dialect::Mysql => Escapes::Backslash,
            Dialect::Standard if escape_string => Escapes::Backslash,
            Dialect::Standard => Escapes::Doubled,
        };
        State::Literal {
            escapes,
            escaped: false,
        }
    }

    /// Whether the line of code that ends here is followed by the rows of a COPY.
    fn begins_copy(&self) -> bool {
        let line = self.recent.trim_ascii();
        let starts = line
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"copy "));
        starts && ends_with(line, b"from stdin;")
    }

    fn end_field(&mut self, byte: u8) {
        // `\.` alone on a line ends the block.
        let line = self.literal.strip_suffix(b"\r").unwrap_or(&self.literal);
        let ends = byte == b'\n' && line == b"\\." && self.recent.is_empty();
        self.end_literal(Escapes::Copy);
        self.code.push(byte);
        if byte == b'\n' {
            self.recent.clear();
        } else {
            // Not the first field of its line.
            self.remember(byte);
        }
        self.begun = self.line + u64::from(byte == b'\n');
        if !ends {
            self.state = State::Field;
        }
    }

    fn literal_byte(&mut self, byte: u8) {
        if self.passing {
            self.code.push(byte);
            return;
        }
        self.literal.push(byte);
        if self.literal.len() > LONGEST {
            self.passing = true;
            self.code.append(&mut self.literal);
        }
    }

    fn end_literal(&mut self, escapes: Escapes) {
        self.passing = false;
        let source = std::mem::take(&mut self.literal);
        self.push_literal(source, escapes);
    }

    fn push_literal(&mut self, source: Vec<u8>, escapes: Escapes) {
        // What is ASCII needs no look.
        if source.is_ascii() {
            self.code.extend(source);
            return;
        }
        self.flush_code();
        self.pieces.push(Piece::Literal {
            source,
            escapes,
            line: self.begun,
        });
    }

    fn flush_code(&mut self) {
        if !self.code.is_empty() {
            self.pieces
                .push(Piece::Code(std::mem::take(&mut self.code)));
        }
    }

    fn remember(&mut self, byte: u8) {
        if self.recent.len() >= REMEMBERED {
            // The beginning of a line that long is of no use any more, its end is.
            self.recent.drain(..REMEMBERED / 2);
        }
        self.recent.push(byte);
    }
}

/// Whether bytes end so, in whatever case.
fn ends_with(bytes: &[u8], end: &[u8]) -> bool {
    let start = bytes.len().checked_sub(end.len());
    let found = start.and_then(|start| bytes.get(start..));
    found.is_some_and(|found| found.eq_ignore_ascii_case(end))
}
