//! What shows only where many projects lie beside each other: copies, texts of others, scores that all are the same or far from
//! those of the rest. Each submission is heard once; then whoever reads one again is told what was found of it. What is kept of a
//! project is small, for there may be a hundred thousand.

mod copies;
mod marks;
mod names;
mod spread;

use std::collections::BTreeMap;

pub(super) use marks::{Marks, of_case};
use names::Names;

use super::answer::Fault;
use super::summary::Entry;
use crate::base::{Number, Score, Weight};
use crate::expr;
use crate::intake::group::named::key;

/// A project as the others see it.
#[derive(Debug)]
struct Seen {
    /// Which submission, and which of its rows.
    at: (usize, usize),
    project: Option<String>,
    agency: Option<String>,
    year: Option<i16>,
    code: Option<String>,
    /// A mark a row of its form.
    rows: Vec<u64>,
    /// Out of 100: its total, and what the agency gave itself.
    points: Option<Number>,
    own_points: Option<Number>,
    /// What was spent of the budget, in percent.
    execution: Option<Number>,
    costs: Vec<marks::Cost>,
}

impl Seen {
    /// What it is called where it is named to others.
    fn called(&self) -> String {
        let name = self.project.as_deref().unwrap_or("（未填写）");
        match &self.agency {
            Some(agency) => format!("“{name}”（{agency}）"),
            None => format!("“{name}”"),
        }
    }

    /// The department, made comparable.
    fn agency_key(&self) -> Option<String> {
        self.agency.as_deref().map(key).filter(|key| !key.is_empty())
    }
}

/// All projects, being heard.
#[derive(Debug, Default)]
pub(super) struct Across {
    seen: Vec<Seen>,
    names: Names,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Found {
    faults: BTreeMap<(usize, usize), Vec<Fault>>,
    names: Names,
}

impl Across {
    /// Takes in what came of a submission. Only what is scored is held against others.
    pub(super) fn hear(&mut self, at: usize, entry: &Entry) {
        for (number, row) in entry.outcome.iter().flatten().enumerate() {
            self.names.take(row.project.as_deref(), row.agency.as_deref());
            if row.total.is_none() {
                continue;
            }
            let execution = row.spent.zip(row.budget).and_then(|(spent, budget)| {
                let budget =
                    Some(budget.number()).filter(|budget| !budget.is_zero() && !budget.is_negative());
                percent(spent.number(), budget?)
            });
            let out_of_100 = |score: Option<Score>| {
                let full = row.full.map(Weight::number).filter(|full| !full.is_zero())?;
                percent(score?.number(), full)
            };
            let costs = row.marks.costs.iter();
            self.seen.push(Seen {
                at: (at, number),
                project: row.project.clone(),
                agency: row.agency.clone(),
                year: row.year,
                code: row.marks.code.clone(),
                rows: row.marks.rows.clone(),
                points: out_of_100(row.total.filter(|_| row.complete)),
                own_points: out_of_100(row.own_total),
                execution,
                costs: costs.cloned().collect(),
            });
        }
    }

    /// Holds all against each other.
    pub(super) fn found(self) -> Found {
        let mut faults: BTreeMap<(usize, usize), Vec<Fault>> = BTreeMap::new();
        let all = [
            copies::twice(&self.seen),
            copies::identical(&self.seen),
            spread::without(&self.seen),
            spread::outliers(&self.seen),
        ];
        for (at, fault) in all.into_iter().flatten() {
            faults.entry(at).or_default().push(fault);
        }
        Found { faults, names: self.names }
    }
}

impl Found {
    /// Adds what was found of a submission.
    pub(super) fn add_to(&self, at: usize, entry: &mut Entry) {
        let Ok(rows) = &mut entry.outcome else { return };
        for (number, row) in rows.iter_mut().enumerate() {
            row.faults.extend(self.faults.get(&(at, number)).into_iter().flatten().cloned());
            row.faults.extend(self.names.in_words_of(row));
        }
    }
}

/// A part out of a hundred, as scores are rounded.
fn percent(part: Number, whole: Number) -> Option<Number> {
    let share = expr::Expr::from(part).times(100).over(whole);
    expr::eval(&expr::score(share), &expr::NoCells).as_number()
}
