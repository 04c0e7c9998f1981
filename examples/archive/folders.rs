//! Folders that stay only when something comes to stand in them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folders that were made for an entry; without [`keep`](Self::keep), the empty ones go away.
pub struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    /// Makes the folder, and those that lead to it.
    pub fn make(folder: &Path) -> io::Result<Self> {
        let missing = |folder: &&Path| fs::symlink_metadata(folder).is_err();
        let made = folder.ancestors().take_while(missing);
        // Where only some of them can be made, these go away again.
        let made = Self(made.map(Path::to_owned).collect());
        fs::create_dir_all(folder)?;
        Ok(made)
    }

    pub fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        // The innermost one is the first; one that holds something is not removed.
        for folder in &self.0 {
            let _ = fs::remove_dir(folder);
        }
    }
}
