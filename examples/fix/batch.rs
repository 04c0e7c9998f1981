//! Many files, each by itself: looked at, or repaired in place, on all processors.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use unbake::repair::{Patch, PatchError};
use unbake::{Repair, Repairer};

use crate::common::{self, Failure, Positions, Staged, Troubles, beside, count, name_of, visible};
use crate::diff::{self, Style};
use crate::explain::explain;
use crate::files::{Found, ORIGINAL, PATCH, is_way_back};
use crate::large::{self, Refused};
use crate::mender::Mender;
use crate::progress::Progress;
use crate::words::Guesses;
use crate::{parallel, report};

/// How many characters of an edit are listed.
const SHOWN: usize = 60;
/// How many files are worked on before the results are put out.
const AT_ONCE: usize = 64;

/// What is done with each file.
#[derive(Clone, Copy)]
pub enum Action {
    /// List what would change; the exit code says whether anything would.
    Check,
    /// Show what would change.
    Diff(Style),
    /// Change it, and keep this for the way back.
    InPlace(Keep),
    /// Take back what was changed in place.
    Undo,
}

/// What is kept beside a file that is repaired in place.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Keep {
    /// `FILE.unbake-patch`, from which the original can be rebuilt.
    Patch,
    /// `FILE.unbake-orig`, the original itself.
    Original,
    /// Nothing.
    None,
}

/// What is put out beside the result.
pub struct Telling {
    pub explain: bool,
    pub report: Option<PathBuf>,
}

/// What came of one file.
#[derive(Default)]
struct Answer {
    out: String,
    told: String,
    section: Option<String>,
    guesses: Guesses,
    changed: bool,
    /// Not text, and not named: left out.
    skipped: bool,
    failure: Option<Failure>,
}

/// Does the same with all the files.
pub fn run(
    mender: &Mender,
    jobs: usize,
    files: &[Found],
    action: Action,
    telling: &Telling,
    mut troubles: Troubles,
) -> Result<(), Failure> {
    // Begun before anything is changed: what cannot be told must not be done.
    let page = telling.report.as_deref().map(Staged::begin).transpose()?;
    let told = telling.explain || telling.report.is_some();
    let in_blocks = |file: &Found| {
        let keeps_up = matches!(action, Action::InPlace(_)) && !told && mender.takes_blocks();
        keeps_up && large::is_large(file.bytes)
    };
    let bytes = files.iter().map(|file| file.bytes);
    let progress = match files {
        [file] if in_blocks(file) => Progress::new(Some(file.bytes)),
        _ => Progress::of_pieces(bytes),
    };
    let mut sections = Vec::new();
    let mut guesses = Guesses::default();
    let (mut changed, mut skipped) = (0, 0);
    for some in files.chunks(AT_ONCE) {
        let answers = parallel::map(jobs, some, |file| {
            let answer = match action {
                Action::InPlace(keep) if in_blocks(file) => {
                    large_in_place(&mender.repairer, file, keep, &progress)
                }
                action => {
                    let answer = match action {
                        Action::Undo => undo(file),
                        _ => one(mender, file, action, telling),
                    };
                    progress.advance(usize::try_from(file.bytes).unwrap_or(usize::MAX));
                    answer
                }
            };
            answer.unwrap_or_else(|failure| Answer {
                failure: Some(failure),
                ..Answer::default()
            })
        });
        for answer in answers {
            progress.aside(|| {
                // Where stderr is closed, the rest is still wanted.
                let _ = io::stderr().write_all(answer.told.as_bytes());
                common::print(answer.out.as_bytes())?;
                answer
                    .failure
                    .map_or(Ok(()), |failure| troubles.tell("fix", failure))
            })?;
            sections.extend(answer.section);
            guesses.merge(&answer.guesses);
            changed += usize::from(answer.changed);
            skipped += usize::from(answer.skipped);
        }
    }
    drop(progress);
    if skipped > 0 {
        let files = count(skipped, "file that is", "files that are");
        let _ = writeln!(io::stderr(), "fix: passed over {files} not UTF-8 text");
    }
    if let Action::InPlace(_) | Action::Undo = action {
        let done = if matches!(action, Action::Undo) {
            "put back"
        } else {
            "repaired"
        };
        let way_back = match action {
            Action::InPlace(Keep::Patch | Keep::Original) if changed > 0 => {
                "; the way back: the same with --undo"
            }
            _ => "",
        };
        let _ = writeln!(
            io::stderr(),
            "fix: {done} {} of {}{way_back}",
            changed,
            count(files.len(), "file", "files")
        );
        let more = match action {
            Action::InPlace(Keep::Patch) => "`revert --list FILE`",
            _ => "--explain, of the original,",
        };
        if let Some(told) = guesses.in_words(more).filter(|_| !telling.explain) {
            let _ = writeln!(io::stderr(), "fix: {told}");
        }
    }
    if let Some(mut page) = page {
        page.push(report::page(&sections).as_bytes())?;
        page.commit()?;
    }
    if matches!(action, Action::Check) && changed > 0 {
        troubles.count(1);
    }
    troubles.end()
}

fn one(
    mender: &Mender,
    file: &Found,
    action: Action,
    telling: &Telling,
) -> Result<Answer, Failure> {
    let name = name_of(&file.path);
    let bytes = common::read_bytes(&file.path)?;
    // A file of a folder that holds no text is none of ours.
    let is_text = std::str::from_utf8(&bytes).is_ok() && !bytes.contains(&0);
    if !file.named && !is_text {
        return Ok(Answer {
            skipped: true,
            ..Answer::default()
        });
    }
    if !file.named && is_way_back(&bytes) {
        return Ok(Answer::default());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        Failure::Input(format!("{name}: {}", common::not_utf8(error.as_bytes())))
    })?;
    let repair = mender.repair(&text);
    let mut answer = Answer {
        changed: repair.is_changed(),
        ..Answer::default()
    };
    if telling.explain {
        answer.told = explain(&name, &text, &repair);
    }
    if telling.report.is_some() {
        answer.section = report::section(&name, &text, &repair);
    }
    match action {
        Action::Check => answer.out = check(&name, &text, &repair),
        Action::Diff(style) => answer.out = diff::diff(&name, &text, &repair, style),
        Action::InPlace(keep) if repair.is_changed() => {
            // A file that could not be written has no place in the report.
            in_place(&file.path, &repair, keep)?;
            answer.guesses.count(repair.edits());
        }
        Action::InPlace(_) | Action::Undo => {}
    }
    Ok(answer)
}

/// `file:line:column: before -> after`, a line an edit.
fn check(name: &str, text: &str, repair: &Repair<'_>) -> String {
    let mut out = String::new();
    let mut positions = Positions::new(text);
    for edit in repair.edits() {
        let (line, column) = positions.find(edit.original().start);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{name}:{line}:{column}: {} -> {}",
            visible(edit.before(), SHOWN),
            visible(edit.after(), SHOWN)
        );
    }
    out
}

/// The same for a file that is not held in memory.
fn large_in_place(
    repairer: &Repairer,
    file: &Found,
    keep: Keep,
    progress: &Progress,
) -> Result<Answer, Failure> {
    let path = &file.path;
    if !file.named {
        let head = large::head(path)?;
        if head.contains(&0) || is_way_back(&head) {
            return Ok(Answer {
                skipped: head.contains(&0),
                ..Answer::default()
            });
        }
    }
    let kept = (keep == Keep::Patch).then(|| beside(path, PATCH));
    let patch = kept.as_deref().map(Staged::begin).transpose()?;
    let text = Staged::begin(path)?;
    let summary = match large::repair(repairer, path, text.file(), patch.as_ref(), progress) {
        Ok(summary) => summary,
        Err(Refused::NotText(_)) if !file.named => {
            return Ok(Answer {
                skipped: true,
                ..Answer::default()
            });
        }
        Err(Refused::NotText(failure) | Refused::Other(failure)) => return Err(failure),
    };
    if summary.edits == 0 {
        return Ok(Answer::default());
    }
    if let Some(kept) = &kept {
        refuse_second_patch(kept, path)?;
    }
    match (keep, patch) {
        (Keep::Original, _) => text.commit_keeping_original().map(drop)?,
        (_, Some(patch)) => text.commit_after(patch)?,
        _ => text.commit()?,
    }
    Ok(Answer {
        changed: true,
        ..Answer::default()
    })
}

fn refuse_second_patch(kept: &Path, path: &Path) -> Result<(), Failure> {
    if fs::symlink_metadata(kept).is_err() {
        return Ok(());
    }
    Err(Failure::Work(format!(
        "{}: there is a patch of an earlier repair already, and {} was left as it is: \
         take that repair back with --undo, or move the patch away",
        name_of(kept),
        name_of(path)
    )))
}

/// Replaces the file; what is kept is there before it is.
fn in_place(path: &Path, repair: &Repair<'_>, keep: Keep) -> Result<(), Failure> {
    let new = repair.text().as_bytes();
    match keep {
        Keep::None => Staged::write(path, new)?.commit(),
        Keep::Original => Staged::write(path, new)?
            .commit_keeping_original()
            .map(drop),
        Keep::Patch => {
            let kept = beside(path, PATCH);
            refuse_second_patch(&kept, path)?;
            let patch = Staged::write(&kept, repair.patch().to_string().as_bytes())?;
            let text = Staged::write(path, new)?;
            text.commit_after(patch)
        }
    }
}

/// A name for the repaired text: one that holds the same already, or that is free.
fn free_name(path: &Path) -> Result<PathBuf, String> {
    let numbered = |n: u32| match n {
        0 => beside(path, ".repaired"),
        n => beside(path, &format!(".repaired.{n}")),
    };
    let holds_the_same = |name: &Path| {
        fs::symlink_metadata(name).is_ok_and(|it| it.is_file())
            && matches!((fs::read(path), fs::read(name)), (Ok(a), Ok(b)) if a == b)
    };
    (0..MOST_NAMES)
        .map(numbered)
        .find(|name| fs::symlink_metadata(name).is_err() || holds_the_same(name))
        .ok_or_else(|| {
            format!(
                "{} and {MOST_NAMES} like it are in the way",
                name_of(&numbered(0))
            )
        })
}

/// So many names are tried.
const MOST_NAMES: u32 = 1000;

/// Takes back what `--in-place` did, with what it kept.
fn undo(file: &Found) -> Result<Answer, Failure> {
    let path = &file.path;
    let (patch, original) = (beside(path, PATCH), beside(path, ORIGINAL));
    let refused = |path: &Path, what: String| Failure::Work(format!("{}: {what}", name_of(path)));
    let mut answer = Answer {
        changed: true,
        ..Answer::default()
    };
    if patch.exists() {
        let repaired = common::read_text(path)?;
        let read: Patch = common::read_text(&patch)?
            .text
            .parse()
            .map_err(|error| refused(&patch, format!("{error}")))?;
        match read.revert(&repaired.text) {
            Ok(text) => {
                Staged::write(path, text.as_bytes())?.commit()?;
                fs::remove_file(&patch)
                    .map_err(|error| refused(&patch, format!("cannot be removed: {error}")))?;
                return Ok(answer);
            }
            // The patch is of an earlier repair, and the original was kept by a later one.
            Err(PatchError::OtherText { .. }) if original.exists() => {}
            Err(PatchError::OtherText { .. }) => {
                return Err(refused(
                    path,
                    format!(
                        "was changed since it was repaired, and {} fits only what it was then: undo those changes first, \
                         or put back by hand what the patch lists; `fix -i --keep original` keeps what does not mind changes",
                        name_of(&patch)
                    ),
                ));
            }
            Err(error) => return Err(refused(path, error.to_string())),
        }
    }
    if original.exists() {
        // Whatever was written since stays, too.
        let repaired = free_name(path).map_err(|what| refused(path, what))?;
        fs::rename(path, &repaired)
            .and_then(|()| fs::rename(&original, path))
            .map_err(|error| refused(path, format!("cannot be renamed: {error}")))?;
        answer.told = format!(
            "fix: {}: the repaired text is now {}\n",
            name_of(path),
            name_of(&repaired)
        );
    } else if file.named {
        let what = "there is nothing beside it from which it could be taken back";
        return Err(Failure::Input(format!("{}: {what}", name_of(path))));
    } else {
        answer.changed = false;
    }
    Ok(answer)
}
