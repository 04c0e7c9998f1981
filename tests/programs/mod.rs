//! Example programs run as somebody at a shell runs them: real files and pipes in a folder
//! that is gone afterwards.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use unbake::misdecoding::Chain;

/// German enough, and long enough, for any engine to be sure of it.
pub const CLEAN: &str = "Der Müller hörte die größeren Bären über die Brücke gehen; \
    schön war es trotzdem.\r\nFür Käthe gab es früh noch Äpfel und süßen Käse.";

pub fn mangled(clean: &str) -> String {
    let chain: Chain = "utf-8>windows-1252".parse().unwrap();
    chain.mangle(clean).unwrap()
}

/// An example program, built if it is not; cargo puts it beside the folder of the tests.
pub fn program(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    static BUILT: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    // `cargo test` has built them all; `cargo test --test fix` has not.
    if built.get_or_insert_default().insert(name.to_owned()) {
        let folder = profile.file_name().unwrap().to_str().unwrap();
        let folder = if folder == "debug" { "dev" } else { folder };
        let done = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--example", name, "--profile", folder])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(done.unwrap().success(), "the example does not build");
    }
    Command::new(profile.join("examples").join(name))
}

/// A folder for one test, gone afterwards.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("unbake-examples-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn run(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap()
}

pub fn run_with_input(command: &mut Command, input: impl AsRef<[u8]>) -> Output {
    let mut child = piped(command);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.as_ref().to_owned();
    // On its own thread: a pipe holds only so much.
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

pub fn piped(command: &mut Command) -> Child {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::piped()).spawn().unwrap()
}

#[track_caller]
pub fn done(output: &Output) -> &[u8] {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    &output.stdout
}

/// The one line that a program ends with.
#[track_caller]
pub fn refused(output: &Output, code: i32) -> String {
    let errors = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    errors
}

/// A program with files cut off at so many blocks of 512 bytes, as on a full disk.
#[cfg(unix)]
pub fn limited(name: &str, blocks: u32) -> Command {
    let program = program(name).get_program().to_owned();
    let mut command = Command::new("sh");
    let script = format!("ulimit -f {blocks}; exec \"$0\" \"$@\"");
    command.arg("-c").arg(script).arg(program);
    command
}

/// A program that may not write where its user may not, whoever runs the tests: root may write
/// everywhere. None where there is no other user who can run it.
#[cfg(unix)]
pub fn unprivileged(name: &str) -> Option<Command> {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    const NOBODY: u32 = 65534;
    let folder = Folder::new();
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = program(name);
    if fs::write(folder.path("probe"), "").is_err() {
        return Some(command);
    }
    command.uid(NOBODY).gid(NOBODY);
    let mut probe = Command::new(command.get_program());
    probe.arg("--help").uid(NOBODY).gid(NOBODY);
    let works = probe.output().is_ok_and(|output| output.status.success());
    works.then_some(command)
}

/// Texts put together at random from these parts, the same each time.
pub fn at_random(parts: &'static [&'static [u8]], longest: usize) -> impl Iterator<Item = Vec<u8>> {
    let mut state = 0x853c_49e6_748f_ea9b_u64;
    let mut next = move |below: usize| {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap()
    };
    std::iter::from_fn(move || {
        let length = next(longest);
        Some(
            (0..length)
                .flat_map(|_| parts[next(parts.len())])
                .copied()
                .collect(),
        )
    })
}
