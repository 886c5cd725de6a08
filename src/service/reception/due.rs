//! What is due by the roll, with what came of it: rows of tables, and how many projects of each department.

use std::collections::{BTreeMap, BTreeSet};

use super::day::Day;
use super::results::Outcomes;
use super::to_score::department;
use crate::export;
use crate::intake::group::Project;
use crate::intake::roster::RosterLine;
use crate::service::answer::Row;
use crate::service::summary::Due;

impl Day {
    /// The projects of the roll, whose file has this digest, as rows of tables. One that was handed in is known by what its form
    /// says of itself.
    pub(in crate::service) fn roll_rows(
        &self,
        outcomes: &Outcomes<'_>,
        digest: &str,
    ) -> Vec<(String, export::Row)> {
        let Some(roster) = &self.roster else { return Vec::new() };
        let handed_in: BTreeMap<usize, &Row> =
            self.listed().filter_map(|(at, project)| Some((at, scored(outcomes, project)?))).collect();
        let came: BTreeSet<usize> =
            self.listed().filter(|(_, project)| !project.files.is_empty()).map(|(at, _)| at).collect();
        let row = |(number, line): (usize, &RosterLine)| {
            let there = handed_in.get(&number);
            let named = export::Named {
                code: line.code.as_deref(),
                agency: line.department.as_deref(),
                unit: line.agency.as_deref(),
                name: Some(&line.name),
            };
            let key = there.map_or_else(|| export::project_key(&named), |row| row.key.clone());
            let year = there.and_then(|row| row.year).or(line.year);
            let agency = there.and_then(|row| row.agency.as_deref()).or(line.department.as_deref());
            let due = export::Due {
                number,
                key: &key,
                of: (year, agency, &line.name),
                unit: line.agency.as_deref(),
                code: line.shown_code.as_deref(),
                mark: line.mark.as_deref(),
                looked_at: line.looked_at,
                came: came.contains(&number),
                money: (line.budget.map(|figure| figure.yuan), line.spent.map(|figure| figure.yuan)),
            };
            (digest.to_owned(), export::of_due(&due))
        };
        roster.lines.iter().enumerate().map(row).collect()
    }

    /// How many projects are due of each department, by the name that its forms give it; `None` without a roll.
    pub(in crate::service) fn due_by_department(&self, outcomes: &Outcomes<'_>) -> Option<Due> {
        self.roster.as_ref()?;
        let mut due = Due::default();
        for (_, project) in self.listed() {
            let own = scored(outcomes, project).and_then(|row| row.agency.as_deref());
            due.add(own.unwrap_or_else(|| department(project)), project.files.is_empty());
        }
        Some(due)
    }

    /// The projects of the roll, each with its place on it.
    fn listed(&self) -> impl Iterator<Item = (usize, &Project)> {
        self.grouping.projects.iter().filter_map(|project| Some((project.due?, project)))
    }
}

impl Day {
    /// What came and was not scored, as rows of tables: what cannot be read, and versions of which none is chosen.
    pub(in crate::service) fn unscored_rows(&self) -> Vec<(String, export::Row)> {
        let row = |file: usize, outcome: &str, why: Option<&str>| {
            let received = self.received.get(file)?;
            let of = (received.path.as_str(), 1);
            Some((received.sha256.clone(), export::of_file(of, (outcome, 0, why))))
        };
        let refused = self.refused().filter_map(|(file, entry)| {
            let refusal = entry.outcome.err()?;
            // Of what bears a mark nothing is repeated.
            let is_marked = self.marked.contains(&file);
            let why = Some(refusal.message.as_str()).filter(|_| !is_marked);
            row(file, if is_marked { "marked" } else { "refused" }, why)
        });
        let withheld = (0..self.received.len()).filter(|file| self.is_rival(*file));
        refused.chain(withheld.filter_map(|file| row(file, "withheld", None))).collect()
    }
}

/// What came of a project: of several forms that which was scored.
fn scored<'o>(outcomes: &'o Outcomes<'_>, project: &'o Project) -> Option<&'o Row> {
    outcomes.rows(project).max_by_key(|row| row.total.is_some())
}
