//! How far long work has come: on stderr, only where that is a terminal, and
//! only if it takes longer than a moment.

#![allow(dead_code, reason = "not every program uses all of it")]

use std::io::{self, Read};
use std::thread;
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// A bar that shows itself after a while and is gone at the end.
pub struct Progress(ProgressBar);

impl Progress {
    /// For so many bytes of work, or for work of unknown length.
    pub fn new(bytes: Option<u64>) -> Self {
        Self::showing(
            bytes,
            match bytes {
                Some(_) => "{elapsed_precise} {wide_bar} {bytes} of {total_bytes}{left}",
                None => "{elapsed_precise} {spinner} {bytes}",
            },
        )
    }

    /// For so many pieces of work, in bytes: of one alone nothing is known before it is done.
    pub fn of_pieces(bytes: impl ExactSizeIterator<Item = u64>) -> Self {
        match bytes.len() {
            1 => Self::at_once(),
            _ => Self::new(Some(bytes.sum())),
        }
    }

    /// For work of which nothing is known before it is done.
    pub fn at_once() -> Self {
        Self::showing(None, "{elapsed_precise} {spinner}")
    }

    fn showing(bytes: Option<u64>, template: &str) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key("left", left));
        }
        let shown = bar.clone();
        // Detached: if the program ends first, nothing was to be shown.
        thread::spawn(move || {
            thread::sleep(Duration::from_secs(1));
            if !shown.is_finished() {
                // Draws nothing where stderr is no terminal.
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(200));
            }
        });
        Self(bar)
    }

    /// So many bytes more are done.
    pub fn advance(&self, bytes: usize) {
        self.0.inc(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    /// Writes something while the bar is out of the way.
    pub fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        self.0.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// How long it takes yet, as far as that can be known.
fn left(state: &ProgressState, out: &mut dyn std::fmt::Write) {
    if state.pos() > 0 {
        // Where the bar cannot be drawn, it is left out.
        let _ = write!(out, ", {:#} to go", HumanDuration(state.eta()));
    }
}

/// A reader that moves the bar as it is read.
pub struct Counted<'p, R> {
    pub inner: R,
    pub progress: &'p Progress,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.progress.advance(read);
        Ok(read)
    }
}
