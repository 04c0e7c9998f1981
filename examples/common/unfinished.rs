//! Files that are being written: when the program is interrupted, they go away.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The files that are not finished. An interrupt waits while this is held, so that what belongs
/// together is done together.
pub struct Unfinished(MutexGuard<'static, BTreeSet<PathBuf>>);

impl Unfinished {
    pub fn hold() -> Self {
        Self(UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a file that is to be finished; `make` says where it is.
    pub fn begin<R>(
        &mut self,
        make: impl FnOnce() -> io::Result<R>,
        path: impl FnOnce(&R) -> &Path,
    ) -> io::Result<R> {
        let made = make()?;
        self.0.insert(path(&made).to_owned());
        Ok(made)
    }

    /// The file stays, or is gone already.
    pub fn end(&mut self, path: &Path) {
        self.0.remove(path);
    }
}

/// From here on, an interrupt removes what is not finished, and a file that reaches the limit of
/// its size is an error like any other, instead of the end of the program.
#[cfg(unix)]
pub fn watch() {
    use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;

    // Where it does not work, interrupts do what they always do.
    let _ = signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default());
    // Not the end of the terminal: `nohup` has that ignored, and it must stay so.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else {
        return;
    };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let unfinished = Unfinished::hold();
            for path in unfinished.0.iter() {
                let _ = fs::remove_file(path);
            }
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
pub fn watch() {}
