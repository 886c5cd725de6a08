//! Which sheet of a run.

use std::fmt;
use std::sync::Arc;

/// A sheet: its name and, where a case has several files, the file that it stands in.
///
/// Without a file it is a sheet of the workbook at hand: the run's only file, the file that is written, or a sheet that we
/// add to it. It becomes a text (`[file]name`, as spreadsheet programs call a sheet of another workbook) only to be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetId {
    /// The file, as its run calls it.
    pub file: Option<Arc<str>>,
    /// The sheet's name as the workbook has it.
    pub name: String,
}

impl SheetId {
    /// The sheet of this name in the workbook at hand.
    pub fn new(name: impl Into<String>) -> Self {
        Self { file: None, name: name.into() }
    }

    /// The sheet as the run calls it: of this file, where the run has several.
    pub fn of_file(file: Option<&Arc<str>>, name: impl Into<String>) -> Self {
        Self { file: file.cloned(), name: name.into() }
    }

    /// Its own name in this file of the run; `None` for a sheet of another file.
    pub fn name_in(&self, file: Option<&str>) -> Option<&str> {
        (self.file.as_deref() == file).then_some(self.name.as_str())
    }
}

impl From<&str> for SheetId {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for SheetId {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

impl SheetId {
    /// The sheet as people say it, with its file behind it where that is another one.
    pub fn spoken(&self) -> String {
        match &self.file {
            Some(file) => format!("{}（{file}）", self.name),
            None => self.name.clone(),
        }
    }
}

impl fmt::Display for SheetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "[{file}]{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}
