//! What a worker does with workbooks that were returned: types something into them and keeps them so, or says what would come
//! of it; or writes the evaluation report.

use std::fs::File;
use std::io::{self, Cursor};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::answer::WorkerAnswer;
use super::reporting::{self, report_path};
use super::worker::{fresh, result_path, unwritten};
use crate::base::{Date, Error, Result};
use crate::mapping::Mappings;
use crate::narrative;
use crate::pipeline::{self, CaseOutcome, Settings, Source, Typing};

/// What is wanted of workbooks that were returned.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Trial {
    /// What would come of it if this were typed into them.
    Say(Typing),
    /// The workbooks with this typed into them.
    Keep(Typing),
    /// The evaluation report of a scored case of this name: of several the one of this number.
    Report(usize, Option<String>),
}

/// How it is done, and where to.
pub(super) struct On<'w> {
    pub(super) mappings: &'w Mappings,
    pub(super) settings: &'w Settings,
    /// Where the operator's templates of reports are, if anywhere.
    pub(super) templates: Option<&'w Path>,
    /// An empty folder of ours.
    pub(super) out: &'w Path,
    pub(super) date: &'w str,
}

impl On<'_> {
    /// Does it.
    pub(super) fn answer(&self, sources: Vec<Source<File>>, trial: &Trial) -> Result<WorkerAnswer> {
        match trial {
            Trial::Say(typing) => self.tried(sources, typing),
            Trial::Keep(typing) => self.typed(sources, typing),
            Trial::Report(number, project) => self.reported(sources, *number, project.as_deref()),
        }
    }

    /// The workbooks with what is typed.
    fn typed(&self, mut sources: Vec<Source<File>>, typing: &Typing) -> Result<WorkerAnswer> {
        let results = (0..sources.len()).map(|number| fresh(&result_path(self.out, number)));
        let mut results = results.collect::<io::Result<Vec<_>>>().map_err(unwritten)?;
        pipeline::typed(&mut sources, self.mappings, self.settings, typing, &mut results)?;
        results.iter().try_for_each(File::sync_all).map_err(unwritten)?;
        Ok(WorkerAnswer::Tried(Vec::new()))
    }

    /// What would come of it: it is typed into memory, and that is scored as everything is.
    fn tried(&self, mut sources: Vec<Source<File>>, typing: &Typing) -> Result<WorkerAnswer> {
        let mut typed: Vec<Cursor<Vec<u8>>> = sources.iter().map(|_| Cursor::default()).collect();
        pipeline::typed(&mut sources, self.mappings, self.settings, typing, &mut typed)?;
        let named = sources.into_iter().map(|source| source.name).zip(typed);
        let mut sources: Vec<_> = named.map(|(name, reader)| Source { name, reader }).collect();
        let report =
            |case: &CaseOutcome| serde_json::to_value(case.report(|_| None)).map_err(Error::internal);
        let cases = self.run(&mut sources)?.iter().map(report).collect::<Result<_>>()?;
        Ok(WorkerAnswer::Tried(cases))
    }

    /// The evaluation report of a case, on the operator's template where there is one.
    fn reported(
        &self,
        mut sources: Vec<Source<File>>,
        number: usize,
        project: Option<&str>,
    ) -> Result<WorkerAnswer> {
        let cases = self.run(&mut sources)?;
        let abouts = cases.iter().filter_map(|case| case.about(self.settings.letters.bureau.as_deref()));
        // What was read then has the same name now; another is never written about in its place.
        let about = abouts.filter(|about| about.case.project.name.as_deref() == project).nth(number);
        let about = about.ok_or_else(|| Error::input(narrative::NO_REPORT.0, narrative::NO_REPORT.1))?;
        Ok(WorkerAnswer::Reported(reporting::on_demand(&about, self.templates, &report_path(self.out, 0))))
    }

    /// The cases of workbooks that are not written back.
    fn run<R: io::Read + io::Seek + Send>(&self, sources: &mut [Source<R>]) -> Result<Vec<CaseOutcome>> {
        let date: Date = self.date.parse().map_err(Error::internal)?;
        let outcome = pipeline::run(sources, self.mappings, self.settings, date, None::<&mut [File]>)?;
        Ok(outcome.cases)
    }
}
