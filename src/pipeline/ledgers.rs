//! Ledgers alone: one file, or a form in one file and its ledger in others.

use std::io::{Read, Seek};

use super::files::{self, Opened, Placed};
use super::{CaseOutcome, Settings, Source, with_rows};
use crate::base::{Error, Result};
use crate::mapping::Mappings;
use crate::model::{Case, Finding, FindingId};
use crate::reconcile;

/// Reconciles files. A file that states amounts and has no ledger is held against the ledgers of the other files,
/// which then are one case with it; otherwise each file stands for itself.
pub fn reconcile<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
) -> Result<Vec<CaseOutcome>> {
    let mut alone = Vec::new();
    let mut lacking = 0_usize;
    let several = sources.len() > 1;
    for source in sources.iter_mut() {
        let name = source.name.clone();
        let of_file = |error: Error| if several { error.of_file(&name) } else { error };
        let mut opened = files::open(std::slice::from_mut(source), settings, &[]).map_err(of_file)?;
        let cases = files::cases(&mut opened, mappings).map_err(of_file)?;
        lacking = lacking.saturating_add(usize::from(lacks_ledger(&cases)));
        alone.push((opened, cases));
    }
    if lacking == 1 && alone.len() > 1 {
        let stating = |(_, cases): &(_, Vec<Placed>)| cases.iter().any(|placed| states_money(&placed.case));
        if alone.iter().filter(|file| stating(file)).count() > 1 {
            return Err(Error::usage(
                "多个文件都有填报表，无法判断明细账属于哪一个。",
                "请一次只给一个填报表和它的明细账。",
            ));
        }
        drop(alone);
        return reconcile_together(sources, mappings, settings);
    }
    let mut outcomes = Vec::new();
    for (mut opened, cases) in alone {
        for placed in cases {
            outcomes.push(outcome(placed, &mut opened)?);
        }
    }
    Ok(outcomes)
}

/// Reconciles files that belong together: a folder, or a form with its ledgers.
pub fn reconcile_together<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
) -> Result<Vec<CaseOutcome>> {
    let mut opened = files::open(sources, settings, &[])?;
    let cases = files::cases(&mut opened, mappings)?;
    cases.into_iter().map(|placed| outcome(placed, &mut opened)).collect()
}

/// Whether the file is one project's form without a ledger.
fn lacks_ledger(cases: &[Placed]) -> bool {
    matches!(cases, [placed] if placed.case.ledgers.is_empty() && states_money(&placed.case))
}

fn states_money(case: &Case) -> bool {
    !case.amounts.is_empty() || case.score_form.as_ref().is_some_and(|form| !form.budget.is_empty())
}

fn outcome(placed: Placed, files: &mut [Opened<'_>]) -> Result<CaseOutcome> {
    let Placed { case, host, files: own } = placed;
    let reconciliation =
        with_rows(files, |rows| reconcile::run(&case, rows, &reconcile::Settings::default()))?;
    // What all but was a ledger was not reconciled; what a ledger's columns mean may be asked.
    let of_ledger = |finding: &&Finding| {
        let at = finding.at.as_ref();
        at.is_some_and(|at| case.ledgers.iter().any(|locator| locator.sheet == at.sheet))
    };
    let unread = case.findings.iter().filter(|finding| match finding.id {
        FindingId::SheetNotRecognised => true,
        FindingId::ColumnGuessed | FindingId::ColumnNotRead | FindingId::HeaderAmbiguous => {
            of_ledger(finding)
        }
        _ => false,
    });
    let findings = reconciliation.findings.iter().chain(unread).cloned().collect();
    Ok(CaseOutcome { case, scored: None, reconciliation, findings, changes: Vec::new(), host, files: own })
}
