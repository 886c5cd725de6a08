//! What a file of an earlier year says.

use std::io::{Read, Seek};

use crate::base::Result;
use crate::mapping::Mappings;
use crate::model::{Case, Entry, FormKind, Indicator, Past, PastRow};
use crate::notation::{Notation, Row};
use crate::pipeline::{Settings, Source, look};

/// Indicators of a form at most that are remembered.
const MAX_ROWS: usize = 1_000;

/// The forms of a file of an earlier year.
pub fn past<R: Read + Seek + Send>(
    source: &mut Source<R>,
    mappings: &Mappings,
    settings: &Settings,
) -> Result<Vec<Past>> {
    let name = source.name.clone();
    let cases = look(source, mappings, settings)?.cases?;
    Ok(cases.iter().filter_map(|case| of_case(case, &name)).collect())
}

/// What the scored form of a case says was done; `None` where it has none.
pub(super) fn of_case(case: &Case, file: &str) -> Option<Past> {
    let form = case.score_form.as_ref()?;
    let scored = |row: &Indicator| row.score.as_ref().is_some_and(|score| !score.is_blank());
    let reviewed = form.kind == FormKind::ScoreSheet || form.reviewed && form.indicators.iter().any(scored);
    let row = |indicator: &Indicator| {
        let entry = indicator.actual.as_ref().filter(|entry| !entry.is_blank())?;
        Some(PastRow {
            name: indicator.name.clone(),
            value: value(case, indicator),
            shown: indicator.actual_shown(),
            cell: place(entry),
        })
    };
    let project = &case.project;
    Some(Past {
        project: project.name.clone(),
        agency: project.agency.clone(),
        unit: project.unit.clone(),
        year: project.year,
        file: file.to_owned(),
        reviewed,
        told: false,
        rows: form.indicators.iter().filter_map(row).take(MAX_ROWS).collect(),
    })
}

/// What was done as an exact number with its unit.
fn value(case: &Case, indicator: &Indicator) -> Option<String> {
    let row = Row::read(case, indicator, None, None);
    let quantity = row.actual().and_then(Notation::quantity)?;
    let plain = quantity.sign.is_none() && quantity.fraction.is_none() && !quantity.inferred;
    plain.then(|| format!("{}{}", quantity.number, quantity.unit.word))
}

/// A cell as a clerk finds it in that file.
fn place(entry: &Entry) -> String {
    entry.at.as_ref().map(|at| format!("{}!{}", at.sheet.name, at.cell)).unwrap_or_default()
}
