//! The entrance: the files of a submission in, its cases scored and explained, the workbooks out. Everything that
//! scores calls this.

mod answers;
mod comes_back;
mod files;
pub mod kinds;
mod ledgers;
mod long_sheets;
mod look;
mod odd_sheets;
mod older;
mod opened;
mod other_sheets;
mod past;
mod proof;
mod typed;
mod verify;
mod write;

pub use answers::{Prior, prior};
pub use ledgers::{reconcile, reconcile_together};
pub use look::{Looked, look};
pub use older::{Latest, LatestOf};
pub use past::past;
pub use proof::{Proofread, proof};
pub use typed::{Typed, Typing, typed};
pub use verify::verify;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::{Date, Result};
use crate::check::{self, Facts};
use crate::issue::Answered;
use crate::letter;
use crate::mapping::{self, Mappings};
use crate::model::{Accepted, Case, Change, Finding, Overrides, Past, Reconciliation, Voice};
use crate::narrative;
use crate::output::{json::Report, report};
use crate::present::Run;
use crate::reconcile;
use crate::returned::{Earlier, Judgements, Keys, Reply, Return, Stance};
use crate::score::Scored;
use crate::sheet::{RowSource, Sheet};

use comes_back::Next;
use files::Placed;
use opened::Opened;

/// Rows of a sheet that are read to recognise it; a form is shorter, a ledger is streamed later.
const HEAD_ROWS: u32 = 2_000;

/// A file of the submission: a workbook, or a ledger in plain text.
#[derive(Debug)]
pub struct Source<R> {
    /// Its file name without a folder.
    pub name: String,
    /// Its bytes.
    pub reader: R,
}

/// A workbook of another format as an `.xlsx`.
#[derive(Debug)]
pub struct Rebuilt {
    /// The `.xlsx`: a file that is nowhere by name.
    pub workbook: File,
    /// What could not be carried, in Chinese.
    pub lost: Vec<String>,
}

/// Makes an `.xlsx` of a workbook of another format, in a process of its own: reading such a file can cost more than any
/// limit in this one could hold (`docs/design.md`, "Foreign files").
#[derive(Clone)]
pub struct Rebuild(Arc<RebuildWith>);

type RebuildWith = dyn Fn(&mut dyn Seekable) -> Result<Rebuilt> + Send + Sync;

impl Rebuild {
    /// The way to do it.
    pub fn new(way: impl Fn(&mut dyn Seekable) -> Result<Rebuilt> + Send + Sync + 'static) -> Self {
        Self(Arc::new(way))
    }

    /// Does it.
    pub fn run(&self, source: &mut dyn Seekable) -> Result<Rebuilt> {
        (self.0)(source)
    }
}

impl fmt::Debug for Rebuild {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rebuild")
    }
}

/// Bytes that can be read anywhere.
pub trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// Whose word counts in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Whether a score that a reviewer typed over ours is taken; else it is a proposal. Who runs a command himself decides,
    /// what comes in through a folder that agencies share does not.
    pub accepts: bool,
    /// Whose scores those are, where no title says it.
    pub voice: Voice,
    /// Whether a blank column of the agency's own scores (自评得分) is filled.
    pub fill_self_scores: bool,
}

impl Default for Review {
    fn default() -> Self {
        Self { accepts: true, voice: Voice::Finance, fill_self_scores: false }
    }
}

/// What a run may be told.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Replace scores that a person typed by computed ones; the old value goes into the note.
    pub replace_scores: bool,
    /// Whose word counts.
    pub review: Review,
    /// How workbooks of other formats are read; without it they are refused.
    pub rebuild: Option<Rebuild>,
    /// What the record in a returned workbook is signed with, and whose records count.
    pub keys: Keys,
    /// The latest returns of chains of which an older one is handed in.
    pub latest: LatestOf,
    /// Returns that a case may answer, where the file itself does not prove it.
    pub priors: Vec<Prior>,
    /// What the documents that go out are to say.
    pub letters: letter::Settings,
    /// Forms of the years before, which say what a form does not say of its own past.
    pub past: Vec<Past>,
}

/// The results of one case.
#[derive(Debug)]
pub struct CaseOutcome {
    /// What the forms say.
    pub case: Case,
    /// What scoring gave; `None` where no form with indicators was found.
    pub scored: Option<Scored>,
    /// What reconciling gave.
    pub reconciliation: Reconciliation,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What was found, held against the return that is answered, where one is.
    pub answered: Option<Answered>,
    /// What a person wrote beside what was found before.
    pub replies: Vec<Reply>,
    /// What a reviewer filled in on 审核表.
    pub judgements: Option<Judgements>,
    /// What a person changed since the run before; empty where the workbook was never scored before.
    pub changes: Vec<Change>,
    /// Which of the run's files has its scored form, and with it the sheets we add.
    pub host: usize,
    /// Which of the run's files take part in it.
    pub files: Vec<usize>,
}

impl CaseOutcome {
    /// A case of which nothing is scored, in its files and the one that hosts our sheets.
    fn unscored(
        case: Case,
        reconciliation: Reconciliation,
        findings: Vec<Finding>,
        (host, files): (usize, Vec<usize>),
    ) -> Self {
        Self {
            case,
            scored: None,
            reconciliation,
            findings,
            answered: None,
            replies: Vec::new(),
            judgements: None,
            changes: Vec::new(),
            host,
            files,
        }
    }

    /// What stands in the place of our scores and our grade.
    pub fn accepted(&self) -> Vec<Accepted> {
        self.scored.as_ref().map(|scored| crate::score::accepted(&self.case, scored)).unwrap_or_default()
    }

    /// What the document that goes out says of it, or why there is none.
    pub fn letter(&self, choice: letter::Choice, day: Date) -> letter::Drafted {
        let said = letter::Said {
            answered: self.answered.as_ref(),
            replies: &self.replies,
            judgements: self.judgements.as_ref(),
            drafted_in: day.year(),
        };
        letter::subject(&self.case, self.scored.as_ref(), &self.findings, said, choice)
    }

    /// What the evaluation report says of it; `None` where nothing is scored.
    pub fn about<'a>(&'a self, bureau: Option<&'a str>) -> Option<narrative::About<'a>> {
        let scored = self.scored.as_ref().filter(|_| !self.case.is_without_points())?;
        let (case, reconciliation, findings) = (&self.case, &self.reconciliation, self.findings.as_slice());
        Some(narrative::About { case, scored, reconciliation, findings, bureau })
    }

    /// The case as the JSON object; `returned` gives the path of the returned workbook of each of the run's files.
    pub fn report(&self, returned: impl Fn(usize) -> Option<String>) -> Report {
        let files: Vec<_> = self.files.iter().map(|file| returned(*file)).collect();
        let output = returned(self.host);
        let report = report::report(
            &self.case,
            self.scored.as_ref(),
            &self.reconciliation,
            (&self.findings, self.answered.as_ref()),
            &self.changes,
        );
        report.returned(output, &files)
    }
}

/// What a run gave.
#[derive(Debug)]
pub struct Outcome {
    /// The cases, in the order of their forms.
    pub cases: Vec<CaseOutcome>,
    /// What the run calls each of the files; `None` where it has only that one.
    names: Vec<Option<Arc<str>>>,
    /// For each of the files, its returned workbook; `None` where none was written, as for a ledger in plain text.
    pub written: Vec<Option<Written>>,
}

/// A workbook that was written back.
#[derive(Debug, Clone)]
pub struct Written {
    /// How its name ends (`xlsx`, `xlsm`).
    pub ending: &'static str,
    /// The return that it is; `None` where there was nothing to say, and it is as it came.
    pub returned: Option<Return>,
}

/// Scores a submission: one workbook, or several files that belong together. With `outs`, one a source, each workbook is
/// written back there, annotated; the sheets we add go once into the file with the scored form.
pub fn run<R, W>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
    clock: Date,
    outs: Option<&mut [W]>,
) -> Result<Outcome>
where
    R: Read + Seek + Send,
    W: Read + Write + Seek,
{
    run_as(sources, mappings, settings, clock, outs, &Stance::default())
}

/// The same, with how the record of each file is taken at first.
fn run_as<R, W>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
    clock: Date,
    outs: Option<&mut [W]>,
    stance: &Stance,
) -> Result<Outcome>
where
    R: Read + Seek + Send,
    W: Read + Write + Seek,
{
    let mut stances = vec![stance.clone(); sources.len()];
    loop {
        let mut opened = files::open(sources, settings, &stances)?;
        let placed = long_sheets::cases(&mut opened, mappings)?;
        match comes_back::next(&opened, &placed, &stances) {
            Next::Score => {
                let mut cases = score(placed, &mut opened, settings)?;
                let written = match outs {
                    Some(outs) => {
                        write::write(&mut opened, &mut cases, run_of(settings, clock), &settings.keys, outs)?
                    }
                    None => vec![None; opened.len()],
                };
                let names = opened.iter().map(|file| file.name.clone()).collect();
                return Ok(Outcome { cases, names, written });
            }
            Next::Doubt(files) => {
                let doubtful = stances.iter_mut().enumerate().filter(|(number, _)| files.contains(number));
                doubtful.for_each(|(_, stance)| stance.of_another = true);
            }
            Next::Try(writable) => {
                drop(opened);
                stances = comes_back::tried(sources, mappings, settings, clock, &stances, &writable)?;
            }
        }
    }
}

/// What is to be said of a run itself.
fn run_of(settings: &Settings, clock: Date) -> Run<'_> {
    let Settings { replace_scores, letters, .. } = settings;
    Run { version: env!("JIXIAO_VERSION"), date: clock, replace_scores: *replace_scores, letters }
}

/// Scores the cases, each with what an earlier run left.
fn score(
    mut placed: Vec<Placed>,
    opened: &mut [Opened<'_>],
    settings: &Settings,
) -> Result<Vec<CaseOutcome>> {
    past::fill(&mut placed, &settings.past);
    let Review { accepts, voice, fill_self_scores } = settings.review;
    let mut hosted = vec![0_usize; opened.len()];
    // What earlier runs left is the same for all cases of a host.
    let there: Vec<_> = opened.iter().map(|file| (file.name.as_ref(), &file.earlier)).collect();
    let cases = placed.iter().map(|placed| (&placed.case.project, placed.host, placed.files.as_slice()));
    let left: BTreeMap<usize, Earlier> = files::earlier(&there, cases);
    let nothing = Earlier::default();
    let mut cases = Vec::new();
    let only = placed.len() == 1;
    for mut placed in placed {
        let number = hosted.get_mut(placed.host).map_or(0, |cases| {
            let number = *cases;
            *cases = cases.saturating_add(1);
            number
        });
        let earlier = left.get(&placed.host).unwrap_or(&nothing);
        placed.case.ticks = earlier.ticks(number);
        placed.case.other_ticks = earlier.other_ticks(number);
        let taken_back = settings.replace_scores;
        let typed = earlier.overrides(number, &placed.case);
        let mut overrides = Overrides { accepts, voice, fill_self_scores, taken_back, ..typed };
        older::tell(&placed, (opened, earlier), number, &settings.latest, &mut overrides);
        placed.case.overrides = overrides;
        let mut outcome = one(placed, opened)?;
        if let Some(scored) = &outcome.scored {
            let ledger = outcome.reconciliation.ledger.as_ref();
            outcome.changes = earlier.changes(number, &outcome.case, scored, ledger);
        }
        answers::hold(&mut outcome, number, earlier, settings, only);
        cases.push(outcome);
    }
    Ok(cases)
}

/// The sheets of a file as forms are recognised in them, long ones cut: for showing how a file is read.
pub fn sheets<R: Read + Seek + Send>(source: &mut Source<R>, settings: &Settings) -> Result<Vec<Sheet>> {
    let mut opened = files::open(std::slice::from_mut(source), settings, &[])?;
    long_sheets::read_to_end(&mut opened)?;
    Ok(opened.into_iter().flat_map(Opened::into_sheets).collect())
}

/// What a person answered on 处理说明 of a returned workbook: for making a mapping of it.
pub fn answers<R: Read + Seek + Send>(
    source: &mut Source<R>,
    mappings: &Mappings,
    settings: &Settings,
) -> Result<Vec<mapping::Answered>> {
    files::answers(&mut files::open(std::slice::from_mut(source), settings, &[])?, mappings)
}

/// Scores, reconciles and checks one case.
fn one(placed: Placed, files: &mut [Opened<'_>]) -> Result<CaseOutcome> {
    let mut scored = crate::score::run(&placed.case)?;
    let (Placed { case, host, files: own, .. }, reconciliation) = reconciled(placed, files)?;
    let scorecard = scored.as_ref().map(|scored| &scored.card);
    let findings = check::run(&Facts { case: &case, scorecard, reconciliation: &reconciliation });
    if let Some(scored) = &mut scored {
        letter::hold_open(&case, scored, &findings);
    }
    Ok(CaseOutcome { scored, ..CaseOutcome::unscored(case, reconciliation, findings, (host, own)) })
}

/// Reconciles a case.
fn reconciled(mut placed: Placed, files: &mut [Opened<'_>]) -> Result<(Placed, Reconciliation)> {
    let totals = placed.totals.take();
    let settings = reconcile::Settings::default();
    let done = with_rows(files, |rows| reconcile::run_with(&placed.case, totals, rows, &settings))?;
    Ok((placed, done))
}

/// Hands over the rows of all files.
fn with_rows<T>(files: &mut [Opened<'_>], take: impl FnOnce(&mut [&mut dyn RowSource]) -> T) -> T {
    let mut rows: Vec<_> = files.iter_mut().map(Opened::rows).collect();
    let mut sources: Vec<&mut dyn RowSource> = Vec::new();
    for row in &mut rows {
        sources.push(row);
    }
    take(&mut sources)
}
