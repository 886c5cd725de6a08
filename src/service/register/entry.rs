//! What is to be put into the register for a result: made beside it, and moved with it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::Value;

use super::super::answer::CaseAnswer;
use super::super::disk;
use super::super::door::Whose;
use super::super::submission::Returned;
use super::{CASES, CaseLine, LETTERS, NOTE, Register, Return, ReturnId, SCHEMA};
use crate::letter::Drafted;

/// The folder in which entries are made.
const MADE: &str = "returns";

/// A result about to be published.
pub(in super::super) struct Result<'a> {
    /// The submission's name.
    pub(in super::super) submission: &'a str,
    /// The SHA-256 of its content.
    pub(in super::super) sha256: &'a str,
    /// The hash of how it was scored.
    pub(in super::super) settings: &'a str,
    /// The way in, and who came by it.
    pub(in super::super) whose: Whose,
    /// When.
    pub(in super::super) at: Timestamp,
    /// The result's name.
    pub(in super::super) name: &'a str,
    /// Whether it is a folder.
    pub(in super::super) is_folder: bool,
    /// What the worker said of each case.
    pub(in super::super) cases: &'a [CaseAnswer],
    /// The same as the receipt has it.
    pub(in super::super) reports: &'a [Value],
}

/// Something made for the register.
pub(in super::super) struct Made {
    /// Where it was made, below the folder of the work.
    pub(in super::super) made: PathBuf,
    /// Where it goes. What stands there is an earlier one of our own.
    pub(in super::super) to: PathBuf,
}

impl Register {
    /// Makes the entries of a result below `folder`, where its workbooks still are; what is to be moved, in this order.
    pub(in super::super) fn make(
        &self,
        result: &Result<'_>,
        returned: &[Returned],
        folder: &Path,
    ) -> io::Result<Vec<Made>> {
        disk::remove(&folder.join(MADE))?;
        fs::create_dir(folder.join(MADE))?;
        let mut all = Vec::new();
        for (number, workbook) in returned.iter().enumerate() {
            // Only an id can name an entry; the worker read it off the record that it wrote.
            let Ok(id) = workbook.mark.id.parse::<ReturnId>() else { continue };
            let entry = noted(result, workbook, id);
            let made = Path::new(MADE).join(number.to_string());
            fill(&folder.join(&made), &entry, &folder.join(&workbook.path), result)?;
            all.push(Made { made, to: self.entry(&entry.id) });
            let mut marks: Vec<PathBuf> =
                entry.parent.iter().map(|parent| self.child_mark(parent, &entry.id)).collect();
            for key in entry.cases.iter().filter_map(CaseLine::key) {
                let last = self.of_project(&key).first().map_or(0, |(last, _)| *last);
                let mark = self.project_mark(&key, last.saturating_add(1), &entry.id);
                if !marks.contains(&mark) {
                    marks.push(mark);
                }
            }
            for (mark, to) in marks.into_iter().enumerate() {
                let made = Path::new(MADE).join(format!("{number}-{mark}"));
                disk::write_new(&folder.join(&made), b"")?;
                all.push(Made { made, to });
            }
        }
        Ok(all)
    }
}

impl Register {
    /// The same at once, where no plan is kept: a batch that is killed is run again, and makes the same returns.
    pub(in super::super) fn publish(
        &self,
        result: &Result<'_>,
        returned: &[Returned],
        folder: &Path,
    ) -> io::Result<()> {
        let _guard = self.lock()?;
        for (number, Made { made, to }) in self.make(result, returned, folder)?.into_iter().enumerate() {
            if let Some(folder) = to.parent().filter(|folder| !folder.exists()) {
                fs::create_dir(folder)?;
            }
            disk::remove(&to)?;
            disk::place(&folder.join(made), &to, &format!("{}-{number}", std::process::id()))?;
        }
        Ok(())
    }
}

fn noted(result: &Result<'_>, workbook: &Returned, id: ReturnId) -> Return {
    let of_it = result.cases.iter().filter(|case| case.files.contains(&workbook.file));
    let line = |case: &CaseAnswer| CaseLine {
        project: case.row.project.clone(),
        agency: case.row.agency.clone(),
        year: case.row.year,
        total: case.row.total,
        full: case.row.full,
        grade: case.row.grade.clone(),
        complete: case.row.complete,
        hosted: case.host == workbook.file,
        accepted: case.accepted.clone(),
    };
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let ending = workbook.path.extension().unwrap_or_default().to_string_lossy();
    Return {
        schema: SCHEMA,
        id,
        parent: workbook.mark.parent.parse().ok(),
        door: result.whose.door,
        account: result.whose.account,
        at: result.at,
        version: env!("JIXIAO_VERSION").to_owned(),
        submission: result.submission.to_owned(),
        sha256: result.sha256.to_owned(),
        source_sha256: workbook.mark.source.clone(),
        settings: result.settings.to_owned(),
        result: result.name.to_owned(),
        file: result.is_folder.then(|| name(&workbook.path)),
        workbook: format!("workbook.{ending}"),
        cases: of_it.map(line).collect(),
        folder: PathBuf::new(),
    }
}

/// Writes an entry down, durable. The workbook is copied: the result is a person's from now on, and what he writes into it
/// in place would be in a link, too; the outbox may also be on another disk.
fn fill(folder: &Path, entry: &Return, workbook: &Path, result: &Result<'_>) -> io::Result<()> {
    fs::create_dir(folder)?;
    let copy = folder.join(&entry.workbook);
    fs::copy(workbook, &copy)?;
    File::options().write(true).open(&copy)?.sync_all()?;
    disk::write_new(&folder.join(CASES), &serde_json::to_vec_pretty(result.reports)?)?;
    let letters: Vec<&Drafted> = result.cases.iter().map(|case| &case.row.drafted).collect();
    disk::write_new(&folder.join(LETTERS), &serde_json::to_vec(&letters)?)?;
    disk::write_new(&folder.join(NOTE), &serde_json::to_vec_pretty(entry)?)?;
    disk::sync_folder(folder);
    Ok(())
}
