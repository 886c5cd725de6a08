//! What a worker does with something that is typed into workbooks: keeps them so, or says what would come of it.

use std::fs::File;
use std::io::{self, Cursor};

use super::answer::WorkerAnswer;
use super::worker::unwritten;
use crate::base::{Date, Error, Result};
use crate::mapping::Mappings;
use crate::pipeline::{self, CaseOutcome, Settings, Source, Typing};

/// The workbooks with what is typed, each in the file that `fresh` makes for it.
pub(super) fn typed(
    mut sources: Vec<Source<File>>,
    (mappings, settings): (&Mappings, &Settings),
    typing: &Typing,
    fresh: impl Fn(usize) -> io::Result<File>,
) -> Result<WorkerAnswer> {
    let results = (0..sources.len()).map(fresh).collect::<io::Result<Vec<_>>>();
    let mut results = results.map_err(unwritten)?;
    pipeline::typed(&mut sources, mappings, settings, typing, &mut results)?;
    results.iter().try_for_each(File::sync_all).map_err(unwritten)?;
    Ok(WorkerAnswer::Tried(Vec::new()))
}

/// What would come of it: it is typed into memory, and that is scored as everything is.
pub(super) fn tried(
    mut sources: Vec<Source<File>>,
    (mappings, settings): (&Mappings, &Settings),
    typing: &Typing,
    date: &str,
) -> Result<WorkerAnswer> {
    let date: Date = date.parse().map_err(Error::internal)?;
    let mut typed: Vec<Cursor<Vec<u8>>> = sources.iter().map(|_| Cursor::default()).collect();
    pipeline::typed(&mut sources, mappings, settings, typing, &mut typed)?;
    let named = sources.into_iter().map(|source| source.name).zip(typed);
    let mut sources: Vec<_> = named.map(|(name, reader)| Source { name, reader }).collect();
    let outcome = pipeline::run(&mut sources, mappings, settings, date, None::<&mut [File]>)?;
    let report = |case: &CaseOutcome| serde_json::to_value(case.report(|_| None)).map_err(Error::internal);
    Ok(WorkerAnswer::Tried(outcome.cases.iter().map(report).collect::<Result<_>>()?))
}
