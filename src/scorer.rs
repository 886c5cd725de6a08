//! The library's door: what a program that is not `jixiao` scores workbooks with.

use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::base::{Date, Error, Result};
use crate::mapping::{Checks, Mappings};
use crate::output::json::Report;
use crate::pipeline::{self, Settings, Source};
use crate::service::{clock::Clock, keyring::Keyring, rebuild};

/// Scores submissions: each a workbook, or several files of one project that belong together.
///
/// Without a worker only `.xlsx` (and `.csv` ledgers) are read; without keys, what comes back bears no signature, so that
/// a later run cannot prove that it is ours. Who calls it decides: a score that was typed over ours in a returned workbook,
/// with reason and name, counts.
#[derive(Debug, Clone)]
pub struct Scorer {
    mappings: Mappings,
    settings: Settings,
    day: Option<Date>,
}

impl Default for Scorer {
    fn default() -> Self {
        Self::new()
    }
}

impl Scorer {
    /// With the mappings that come with the program.
    pub fn new() -> Self {
        Self { mappings: Mappings::shipped(), settings: Settings::default(), day: None }
    }

    /// With mapping files before the shipped ones: `(file name, text)`. Fails with all their faults at once.
    pub fn with_mappings(mut self, files: &[(String, String)]) -> Result<Self> {
        self.mappings = Mappings::checked(files, &Checks::default())?;
        Ok(self)
    }

    /// With the `jixiao` program, in whose processes workbooks of other formats (`.xls`, `.xlsb`, `.ods`) are read under
    /// limits that this process could not have.
    #[must_use]
    pub fn with_worker(mut self, program: impl Into<PathBuf>) -> Self {
        self.settings.rebuild = Some(rebuild::by(program.into()));
        self
    }

    /// With the keys of a folder: what comes back is signed with its own, which is made where there is none.
    pub fn with_keys(mut self, folder: &Path) -> Result<Self> {
        let keyring = Keyring::find(Some(folder), || Ok(None))?;
        if let Some(keyring) = keyring {
            (self.settings.keys, _) = keyring.ensured()?;
        }
        Ok(self)
    }

    /// With the day that is printed as that of the run; otherwise today in China.
    #[must_use]
    pub fn with_day(mut self, day: Date) -> Self {
        self.day = Some(day);
        self
    }

    /// Scores without writing anything: a report for each project in the files.
    pub fn check<R: Read + Seek + Send>(&self, files: &mut [Source<R>]) -> Result<Vec<Report>> {
        let none: Option<&mut [std::io::Cursor<Vec<u8>>]> = None;
        let outcome = pipeline::run(files, &self.mappings, &self.settings, self.day(), none)?;
        Ok(outcome.cases.iter().map(|case| case.report(|_| None)).collect())
    }

    /// Scores and writes each of the files back, annotated, to its place in `returned`, of which there is one a file.
    pub fn score<R: Read + Seek + Send, W: Read + Write + Seek>(
        &self,
        files: &mut [Source<R>],
        returned: &mut [W],
    ) -> Result<Vec<Report>> {
        if files.len() != returned.len() {
            let message = format!("材料有 {} 个文件，返回的位置有 {} 个。", files.len(), returned.len());
            return Err(Error::usage(message, "请为每个文件准备一个返回的位置。"));
        }
        let outcome = pipeline::run(files, &self.mappings, &self.settings, self.day(), Some(returned))?;
        Ok(outcome.cases.iter().map(|case| case.report(|_| None)).collect())
    }

    fn day(&self) -> Date {
        self.day.unwrap_or_else(|| Clock::System.today())
    }
}
