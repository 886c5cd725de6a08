//! What came of a batch, counted for its closing table.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::summary::Entry;
use crate::base::{Error, ErrorKind};
use crate::model::Severity;

/// What came of a batch.
#[derive(Debug, Default)]
pub struct Tally {
    /// Submissions that were found.
    pub found: usize,
    /// Files and folders that are no submissions.
    pub skipped: usize,
    /// Scored projects by grade; `None` without one.
    pub grades: BTreeMap<Option<String>, usize>,
    /// Projects without a form that is scored.
    pub unscored: usize,
    /// Projects with findings of severity error.
    pub with_errors: usize,
    /// Projects that wait for a person's score.
    pub waiting: usize,
    /// Submissions that could not be read: name, reason, remedy.
    pub refused: Vec<(String, String, String)>,
    /// Submissions that were not looked at any more.
    pub left: usize,
    /// Submissions that were not scored again, for an earlier run had done it.
    pub kept: usize,
    /// What stopped the batch.
    pub stopped: Option<Error>,
    /// The summary.
    pub summary: Option<PathBuf>,
    /// Titles of columns that a person is asked about.
    pub questions: usize,
    /// Answers about titles that all submissions were scored with.
    pub answers: usize,
    /// Mapping files that were written for them.
    pub mappings: Vec<PathBuf>,
    /// How many projects of the register are in each state, and how much belongs to none, in Chinese.
    pub entered: Vec<String>,
    /// The register, where there is one.
    pub register: Option<PathBuf>,
    /// What else is to be said of answers and marks, in Chinese.
    pub remarks: Vec<String>,
}

impl Tally {
    /// The exit code: the worst of all.
    pub fn code(&self) -> u8 {
        if self.left > 0 || self.stopped.is_some() {
            ErrorKind::Output.exit_code()
        } else if self.refused.is_empty() {
            u8::from(self.with_errors > 0)
        } else {
            ErrorKind::Input.exit_code()
        }
    }

    /// Counts what came of all submissions.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut tally = Self::default();
        for entry in entries {
            tally.add(entry);
        }
        tally
    }

    /// Counts what came of one more.
    pub(super) fn add(&mut self, entry: &Entry) {
        match &entry.outcome {
            Ok(rows) => {
                for row in rows {
                    let count = match row.total {
                        Some(_) => self.grades.entry(row.grade.clone()).or_insert(0),
                        None => &mut self.unscored,
                    };
                    *count = count.saturating_add(1);
                    self.with_errors =
                        self.with_errors.saturating_add(usize::from(row.count(Severity::Error) > 0));
                    self.waiting = self.waiting.saturating_add(usize::from(row.waits()));
                }
            }
            Err(refusal) => {
                self.refused.push((entry.name.clone(), refusal.message.clone(), refusal.hint.clone()));
            }
        }
    }
}
