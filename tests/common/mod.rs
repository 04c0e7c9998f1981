//! What the test runners share: case files, the folder `../shared`, and how many random cases to try.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::de::DeserializeOwned;

/// The root of this repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of `../shared`, or `None` with the reason printed: a checkout alone is tested too.
pub fn shared(test: &str, path: &str) -> Option<PathBuf> {
    let file = root().join("../shared").join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped {test}: ../shared/{path} is not there");
    None
}

/// Reads a text file of the repository or of `../shared`.
pub fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The objects of a JSON lines file. Lines end at U+000A alone: the texts may hold U+0085 and U+2028.
pub fn json_lines<T: DeserializeOwned>(file: &Path) -> Vec<T> {
    let text = read(file);
    let lines = text.split('\n').filter(|line| !line.is_empty());
    lines
        .map(|line| {
            serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("{}: {error}: {line}", file.display()))
        })
        .collect()
}

/// Files of a folder that end so, by name.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.to_string_lossy().ends_with(ending));
    found.sort();
    found
}

/// How many random cases to try: `UNBAKE_PROPTEST_CASES`, else few in a debug build and more in a release one.
pub fn random_cases() -> u32 {
    let asked = std::env::var("UNBAKE_PROPTEST_CASES").ok();
    let asked = asked.map(|n| n.parse().expect("UNBAKE_PROPTEST_CASES is a number"));
    asked.unwrap_or(if cfg!(debug_assertions) { 100 } else { 2000 })
}

/// Runs `job` for every item on all processors; the results come in the order of the items.
pub fn on_all_processors<T: Sync, R: Send>(items: &[T], job: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let work = || {
            let mut done = Vec::new();
            while let Some((index, item)) = Some(next.fetch_add(1, Ordering::Relaxed))
                .and_then(|i| items.get(i).map(|item| (i, item)))
            {
                done.push((index, job(item)));
            }
            done
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("no worker panics"))
            .collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
