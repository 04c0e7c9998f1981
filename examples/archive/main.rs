//! Lists and extracts zip files whose names are in a legacy encoding, or are
//! mojibake. The names in an archive share their evidence.
//!
//! ```text
//! archive list photos.zip
//! archive extract photos.zip --to photos        # the way back: delete the folder
//! ```
//!
//! Everything goes into a new folder, or an empty one. Nothing is extracted
//! from an archive with a path that leads elsewhere; links are left out.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/judgement.rs"]
mod judgement;
#[path = "../common/progress.rs"]
mod progress;
#[path = "../common/raw_names.rs"]
mod raw_names;
#[path = "../common/words.rs"]
mod words;

mod entries;
mod folders;

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use common::unfinished::Unfinished;
use common::{Failure, Troubles, count, name_of, printable};
use entries::{Judge, Name, RawEntry};
use folders::NewFolders;
use judgement::Judgement;
use progress::Progress;
use tempfile::NamedTempFile;
use unbake::encoding::Encoding;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// The bit of an entry that says that its name is UTF-8.
const UTF8: u16 = 1 << 11;

/// Reads zip files whose names are in a legacy encoding or mojibake.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done; 1 when an entry must not or cannot be extracted; 2 when the \
archive is missing or no zip file, the folder to extract to is not empty, or the command line \
makes no sense."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the entries by the names that they were given.
    List {
        #[command(flatten)]
        what: What,
    },
    /// Extract them under these names.
    Extract {
        #[command(flatten)]
        what: What,

        /// The folder to extract to: a new or an empty one; unless set, it is called like the archive.
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
    },
}

#[derive(Args)]
struct What {
    /// The zip file.
    archive: PathBuf,

    /// In which encoding names are; unless set, the likeliest one.
    #[arg(long, value_name = "NAME", value_parser = common::encoding)]
    encoding: Option<Encoding>,

    #[command(flatten)]
    judgement: Judgement,
}

type Zip = ZipArchive<File>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("archive", || match &arguments.command {
        Command::List { what } => list(what),
        Command::Extract { what, to } => extract(what, to.as_deref()),
    })
}

/// The archive, and the names of its entries.
fn open(what: &What) -> Result<(Zip, Vec<Name>), Failure> {
    let name = name_of(&what.archive);
    let refused = |error: &dyn std::fmt::Display| Failure::Input(format!("{name}: {error}"));
    if what.archive == Path::new("-") {
        let why = "an archive is read from its end, which a pipe does not have: name a file";
        return Err(refused(&why));
    }
    let file = File::open(&what.archive).map_err(|e| refused(&format!("cannot be read: {e}")))?;
    let mut zip = ZipArchive::new(file).map_err(|error| match error {
        ZipError::Io(error) => refused(&format!("cannot be read: {error}")),
        error => refused(&format!("is no zip file, or was cut short: {error}")),
    })?;
    let mut raw = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|error| refused(&error))?;
        raw.push(RawEntry {
            name: entry.name_raw().to_vec(),
            flagged: entry.flags().as_u16() & UTF8 != 0,
        });
    }
    let judge = Judge {
        repairer: what.judgement.repairer()?,
        encoding: what.encoding,
    };
    let entries::Names { names, doubt } = entries::names(&name, &raw, &judge)?;
    if let Some(doubt) = doubt {
        let _ = writeln!(io::stderr(), "{name}: {doubt}");
    }
    Ok((zip, names))
}

fn list(what: &What) -> Result<(), Failure> {
    let (mut zip, names) = open(what)?;
    let mut out = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let entry = zip.by_index_raw(index);
        let size = entry.map_or(0, |entry| entry.size());
        let why = if name.why.is_empty() {
            String::new()
        } else {
            format!("   ({})", name.why)
        };
        // Writing to memory cannot fail.
        let _ = writeln!(out, "{size:>12}  {}{why}", printable(&name.text));
    }
    common::print(&out)
}

fn extract(what: &What, to: Option<&Path>) -> Result<(), Failure> {
    let (mut zip, names) = open(what)?;
    let archive = name_of(&what.archive);
    // All are looked at before anything is written.
    let mut paths = Vec::new();
    for name in &names {
        paths.push(entries::parts(&name.text).map_err(|why| {
            Failure::Work(format!(
                "{archive}: {}: {why}; nothing was extracted, as such an archive is not to be trusted",
                printable(&name.text)
            ))
        })?);
    }
    let stem = || what.archive.file_stem().map(PathBuf::from);
    let usual = stem().filter(|stem| *stem != what.archive);
    let Some(folder) = to.map(Path::to_owned).or(usual) else {
        return Err(Failure::Input(
            "name a folder to extract to with --to".to_owned(),
        ));
    };
    let made = empty_folder(&folder)?;

    let sizes = (0..zip.len()).map(|index| zip.by_index_raw(index).map_or(0, |entry| entry.size()));
    let progress = Progress::new(Some(sizes.sum()));
    let mut troubles = Troubles::default();
    let mut done = 0;
    for (index, parts) in paths.iter().enumerate() {
        let path = parts
            .iter()
            .fold(folder.clone(), |path, part| path.join(part));
        match extract_entry(&mut zip, index, &path) {
            Ok(bytes) => {
                progress.advance(bytes);
                done += 1;
            }
            Err(why) => {
                let told = format!("{}: {why}", name_of(&path));
                progress.aside(|| troubles.tell("archive", Failure::Work(told)))?;
            }
        }
    }
    drop(progress);
    if done > 0 || names.is_empty() {
        made.keep();
    } else {
        drop(made);
    }
    let entries = count(names.len(), "entry", "entries");
    let folder = name_of(&folder);
    common::print(format!("{done} of {entries} extracted to {folder}\n").as_bytes())?;
    troubles.end()
}

/// The folder is there, and there is nothing in it that could be overwritten.
fn empty_folder(folder: &Path) -> Result<NewFolders, Failure> {
    let refused = |what: String| Failure::Input(format!("{}: {what}", name_of(folder)));
    match fs::read_dir(folder).map(|mut entries| entries.next()) {
        Ok(Some(_)) => Err(refused(
            "is not empty: name a new folder with --to".to_owned(),
        )),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(refused(format!("cannot be extracted to: {error}")))
        }
        _ => NewFolders::make(folder).map_err(|error| {
            Failure::Work(format!("{}: cannot be made: {error}", name_of(folder)))
        }),
    }
}

/// Extracts an entry, whole or not at all, and says how long it was.
fn extract_entry(zip: &mut Zip, index: usize, path: &Path) -> Result<usize, String> {
    let mut entry = zip.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            "is encrypted, which this program does not read; left out".to_owned()
        }
        error => format!("cannot be read: {error}; left out"),
    })?;
    if entry.is_symlink() {
        return Err("is a link, which could lead anywhere; left out".to_owned());
    }
    let cannot = |error: io::Error| format!("cannot be written: {error}");
    if entry.is_dir() {
        return fs::create_dir_all(path).map(|()| 0).map_err(cannot);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let made = NewFolders::make(folder).map_err(cannot)?;
    // Without the temporary path, which nobody can find.
    let make = || NamedTempFile::new_in(folder).map_err(|error| io::Error::from(error.kind()));
    let file = Unfinished::hold().begin(make, NamedTempFile::path);
    let file = file.map_err(cannot)?;
    let unfinished = file.path().to_owned();
    let extracted = fill(&mut entry, file, path);
    Unfinished::hold().end(&unfinished);
    if extracted.is_ok() {
        made.keep();
    }
    extracted
}

/// Writes the content of an entry, and gives it its name when it is whole.
fn fill(
    entry: &mut ZipFile<'_, File>,
    mut file: NamedTempFile,
    path: &Path,
) -> Result<usize, String> {
    let cannot = |error: io::Error| format!("cannot be written: {error}");
    let mut bytes = 0;
    let mut block = vec![0; 1 << 16];
    loop {
        let read = entry.read(&mut block);
        let read = read.map_err(|error| format!("is damaged: {error}; left out"))?;
        let Some(read) = block.get(..read).filter(|read| !read.is_empty()) else {
            break;
        };
        // To the file itself, whose errors do not name the temporary path.
        file.as_file_mut().write_all(read).map_err(cannot)?;
        bytes += read.len();
    }
    permit(entry, &file).map_err(cannot)?;
    file.persist_noclobber(path)
        .map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => {
                "another entry of the archive has the same name; left out".to_owned()
            }
            _ => cannot(error.error),
        })?;
    Ok(bytes)
}

/// Programs stay programs.
fn permit(entry: &ZipFile<'_, File>, file: &NamedTempFile) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let runs = entry.unix_mode().is_some_and(|mode| mode & 0o100 != 0);
        let mode = if runs { 0o755 } else { 0o644 };
        file.as_file()
            .set_permissions(fs::Permissions::from_mode(mode))?;
    }
    #[cfg(not(unix))]
    let _ = (entry, file);
    Ok(())
}
