//! Ledgers alone: one file, or a form in one file and its ledger in others.

use std::io::{Read, Seek};

use super::files::{self, Placed};
use super::opened::Opened;
use super::{CaseOutcome, Settings, Source, long_sheets};
use crate::base::{Error, Result};
use crate::mapping::Mappings;
use crate::model::{Case, Finding, FindingId};

/// Reconciles files. A file that states amounts and has no ledger is held against the ledgers of the other files,
/// which then are one case with it; otherwise each file stands for itself.
pub fn reconcile<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
) -> Result<Vec<CaseOutcome>> {
    match sources {
        [] => return Ok(Vec::new()),
        [_] => return reconcile_together(sources, mappings, settings),
        _ => {}
    }
    let mut guessed = false;
    match reconcile_several(sources, mappings, settings, &mut guessed) {
        Ok(Some(outcomes)) => Ok(outcomes),
        Err(error) if !guessed => Err(error),
        // Which files belong together was guessed by the heads of long sheets, and may have been guessed wrong.
        Ok(None) | Err(_) => {
            let mut whole = true;
            let outcomes = reconcile_several(sources, mappings, settings, &mut whole)?;
            Ok(outcomes.unwrap_or_default())
        }
    }
}

/// The same for several files. With `guess` as `true` all sheets are read whole first; else it says whether any was not,
/// and `None` is that what was seen of it at first did not hold.
fn reconcile_several<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
    guess: &mut bool,
) -> Result<Option<Vec<CaseOutcome>>> {
    let whole = std::mem::take(guess);
    let mut opened = Vec::new();
    let mut seen = Vec::new();
    for source in sources.iter_mut() {
        let name = source.name.clone();
        let of_file = |error: Error| error.of_file(&name);
        let mut file = files::open(std::slice::from_mut(source), settings, &[]).map_err(of_file)?;
        if whole {
            long_sheets::read_to_end(&mut file).map_err(of_file)?;
        }
        *guess |= file.iter().any(long_sheets::is_open);
        seen.push(Seen::of(&long_sheets::first_sight(&mut file, mappings).map_err(of_file)?));
        opened.append(&mut file);
    }
    let mut outcomes = Vec::new();
    let mut held = true;
    if seen.iter().filter(|file| file.lacks_ledger).count() == 1 {
        if seen.iter().filter(|file| file.states_money).count() > 1 {
            return Err(Error::usage(
                "多个文件都有填报表，无法判断明细账属于哪一个。",
                "请一次只给一个填报表和它的明细账。",
            ));
        }
        let mut files = files::together(opened);
        let cases = long_sheets::cases(&mut files, mappings)?;
        for (file, seen) in files.iter_mut().zip(&seen) {
            let now = if file.learned {
                Seen::of(&long_sheets::first_sight(std::slice::from_mut(file), mappings)?)
            } else {
                *seen
            };
            held = held && now == *seen;
        }
        for placed in cases {
            outcomes.push(outcome(placed, &mut files)?);
        }
    } else {
        for (mut file, seen) in opened.into_iter().zip(&seen) {
            let file = std::slice::from_mut(&mut file);
            let name = file.iter().map(|file| file.id.file.clone()).collect::<String>();
            let cases = long_sheets::cases(file, mappings).map_err(|error| error.of_file(&name))?;
            held = held && Seen::of(&cases) == *seen;
            for placed in cases {
                outcomes.push(outcome(placed, file)?);
            }
        }
    }
    Ok(held.then_some(outcomes))
}

/// Reconciles files that belong together: a folder, or a form with its ledgers.
pub fn reconcile_together<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
) -> Result<Vec<CaseOutcome>> {
    let mut opened = files::open(sources, settings, &[])?;
    let cases = long_sheets::cases(&mut opened, mappings)?;
    cases.into_iter().map(|placed| outcome(placed, &mut opened)).collect()
}

/// What a file has, for telling which files belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    /// Whether it is one project's form without a ledger.
    lacks_ledger: bool,
    /// Whether any case in it states amounts.
    states_money: bool,
}

impl Seen {
    fn of(cases: &[Placed]) -> Self {
        let lacks_ledger =
            matches!(cases, [placed] if placed.case.ledgers.is_empty() && states_money(&placed.case));
        Self { lacks_ledger, states_money: cases.iter().any(|placed| states_money(&placed.case)) }
    }
}

fn states_money(case: &Case) -> bool {
    !case.amounts.is_empty() || case.score_form.as_ref().is_some_and(|form| !form.budget.is_empty())
}

fn outcome(placed: Placed, files: &mut [Opened<'_>]) -> Result<CaseOutcome> {
    let (Placed { case, host, files: own, .. }, reconciliation) = super::reconciled(placed, files)?;
    // What all but was a ledger was not reconciled; what a ledger's columns mean may be asked.
    let of_ledger = |finding: &&Finding| {
        let at = finding.at.as_ref();
        at.is_some_and(|at| case.ledgers.iter().any(|locator| locator.sheet == at.sheet))
    };
    let unread = case.findings.iter().filter(|finding| match finding.id {
        FindingId::SheetNotRecognised | FindingId::FormNotScored => true,
        FindingId::ColumnGuessed | FindingId::ColumnNotRead | FindingId::HeaderAmbiguous => {
            of_ledger(finding)
        }
        _ => false,
    });
    let findings = reconciliation.findings.iter().chain(unread).cloned().collect();
    Ok(CaseOutcome::unscored(case, reconciliation, findings, (host, own)))
}
