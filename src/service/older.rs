//! Submissions that were returned, with later returns of the same chain in the register: who they answer is known only when
//! a worker has read them, so they are scored again with what stood in the latest. And submissions that do not prove what they
//! answer, with the latest return of their project.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::{CaseAnswer, Made, Mark, Row};
use super::clock;
use super::disk;
use super::door::{Door, Whose};
use super::pool::Pool;
use super::register::{ProjectKey, Register, Return};
use super::submission::Gathered;
use super::worker::{Outcome, PastReturn};
use crate::base::Date;
use crate::issue::{Before, PastFinding, Way};
use crate::pipeline::{Latest, LatestOf, Prior};

/// What is known of the latest returns of the chains of which older ones were handed in.
fn latest<'m>(register: &Register, handed_in: impl Iterator<Item = &'m Mark>) -> LatestOf {
    // A mark without a parent is of what was not returned before: no id.
    let later = |mark: &Mark| Some((mark.parent.clone(), told(&register.later(&mark.parent.parse().ok()?)?)));
    handed_in.filter_map(later).collect()
}

/// The same of a result that is about to be published.
pub(super) fn of(register: &Register, made: &Gathered) -> LatestOf {
    latest(register, made.returned.iter().map(|returned| &returned.mark))
}

fn told(found: &Return) -> Latest {
    let hosted = found.cases.iter().filter(|case| case.hosted);
    Latest {
        at: clock::shown(found.at),
        name: found.file.clone().unwrap_or_else(|| found.result.clone()),
        cases: hosted.map(|case| case.accepted.clone()).collect(),
    }
}

/// What the register knows of returns of what is handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// The latest returns of chains of which older ones are handed in.
    pub(super) latest: LatestOf,
    /// Returns of the same projects, where the files themselves do not say what they answer.
    pub(super) priors: Vec<Prior>,
    /// Returns of the years before of the same projects of the same owner.
    pub(super) past: Vec<PastReturn>,
}

/// The latest returns of the projects of cases whose files do not prove what they answer.
fn priors(register: &Register, cases: &[CaseAnswer], made: &[Option<Made>], whose: Whose) -> Vec<Prior> {
    let prior = |case: &CaseAnswer| {
        let mark = made.get(case.host)?.as_ref()?.answer.mark.as_ref()?;
        if !mark.parent.is_empty() {
            return None;
        }
        let Row { project, agency, year, .. } = &case.row;
        let key = ProjectKey::of(project.as_deref(), agency.as_deref(), *year)?;
        // The very file that was scored before answers nothing.
        let found = register.latest(&key).filter(|found| found.source_sha256 != mark.source)?;
        let then = found.cases_json()?.into_iter().find(|then| {
            let of_it = |name: &str| then.get("project").and_then(|project| project.get(name));
            of_it("name").and_then(Value::as_str) == project.as_deref()
                && of_it("year").and_then(Value::as_i64) == year.map(i64::from)
        })?;
        let agencys = |finding: &&Value| finding.get("reader").and_then(Value::as_str) == Some("agency");
        let findings = then.get("findings")?.as_array()?.iter().filter(agencys);
        let before = Before {
            way: Way::Register,
            id: found.id.to_string(),
            name: Some(format!(
                "{}（{}）",
                found.file.as_ref().unwrap_or(&found.result),
                clock::shown(found.at)
            )),
            findings: findings.filter_map(said_before).collect(),
        };
        let (project, agency) = (project.clone(), agency.clone());
        Some(Prior {
            project,
            agency,
            year: *year,
            is_owned: register.is_own(&found, whose),
            before,
            // The register has what was found, not what was written beside it.
            replies: Vec::new(),
            judgements: None,
        })
    };
    cases.iter().filter_map(prior).collect()
}

/// A finding of a receipt's object.
fn said_before(finding: &Value) -> Option<PastFinding> {
    let text = |name: &str| finding.get(name).and_then(Value::as_str).map(str::to_owned);
    let place = text("cell").unwrap_or_default();
    Some(PastFinding { id: text("id")?, object: text("object")?, place, message: text("message")? })
}

/// The returns of the years before of the same projects of the same owner.
pub(super) fn past<'p>(
    register: &Register,
    projects: impl Iterator<Item = (Option<&'p str>, Option<&'p str>, Option<i16>)>,
    whose: Whose,
) -> Vec<PastReturn> {
    let mut all = Vec::new();
    for (project, agency, year) in projects {
        for years in 1..=YEARS {
            let year = year.and_then(|year| year.checked_sub(years));
            let key = year.and_then(|year| ProjectKey::of(project, agency, Some(year)));
            let found = key.and_then(|key| register.latest(&key));
            let Some(found) = found.filter(|found| register.is_own(found, whose)) else { continue };
            all.push(PastReturn {
                workbook: found.workbook().into_os_string(),
                name: found.file.clone().unwrap_or_else(|| found.result.clone()),
                reviewed: found.door == Door::Reviewer,
            });
        }
    }
    all.dedup();
    all
}

/// Years before that are looked up.
const YEARS: i16 = 2;

/// Scores a submission with what the register knows of it, and of its owner's years before; `out` is a folder of ours that
/// is empty.
pub(super) fn score(
    pool: &Pool,
    files: &[PathBuf],
    (register, whose): (Option<&Register>, Whose),
    out: &Path,
    date: Date,
    unwanted: &dyn Fn() -> bool,
) -> io::Result<(Outcome, LatestOf)> {
    let first = pool.score(files, &Known::default(), out, date, unwanted);
    let known = match (&first, register) {
        (Outcome::Scored(cases, made), Some(register)) => Known {
            latest: latest(register, made.iter().flatten().filter_map(|made| made.answer.mark.as_ref())),
            priors: priors(register, cases, made, whose),
            past: past(register, cases.iter().map(|case| case.row.of()), whose),
        },
        _ => Known::default(),
    };
    if known == Known::default() {
        return Ok((first, known.latest));
    }
    disk::remove(out)?;
    fs::create_dir(out)?;
    Ok((pool.score(files, &known, out, date, unwanted), known.latest))
}
