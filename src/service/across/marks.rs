//! What is kept of a project for the others: marks of its rows, the words that it wrote itself, its unit costs.

use serde::{Deserialize, Serialize};

use crate::base::{Number, sha256_of};
use crate::form::plain_code;
use crate::mapping::title::normalise;
use crate::model::{Indicator, IndicatorScore};
use crate::notation::{Notation, Row as Cells};
use crate::output::json::Report;
use crate::pipeline::CaseOutcome;
use crate::words::Class;

/// Signs of its own words that are kept.
const MAX_WORDS: usize = 2_000;
/// Rows of a form that are kept.
const MAX_ROWS: usize = 200;
/// Digits of a row's mark.
const MARK: usize = 16;

/// What is kept of a project for the others.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::service) struct Marks {
    /// 项目编码.
    pub(super) code: Option<String>,
    /// 实施单位.
    pub(super) unit: Option<String>,
    /// A mark a row: name, target, actual and score.
    pub(super) rows: Vec<u64>,
    /// What it says in its own words, each with its cell.
    pub(super) words: Vec<(String, String)>,
    pub(super) costs: Vec<Cost>,
}

/// What one of something cost.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Cost {
    /// The indicator and its unit, made comparable.
    pub(super) of: String,
    /// The indicator as it is called.
    pub(super) name: String,
    pub(super) actual: Number,
    /// The actual as it reads.
    pub(super) shown: String,
    pub(super) cell: Option<String>,
}

/// What is kept of a case.
pub(in crate::service) fn of_case(outcome: &CaseOutcome, report: &Report) -> Marks {
    let row = |line: &crate::output::json::Indicator| {
        let plain = |text: Option<&String>| text.map(|text| normalise(text)).unwrap_or_default();
        let score = line.score.map(|score| score.to_string()).unwrap_or_default();
        let texts = [normalise(&line.name), plain(line.target.as_ref()), plain(line.actual.as_ref()), score];
        let digest = sha256_of(texts.iter().map(String::as_str));
        digest.get(..MARK).and_then(|digits| u64::from_str_radix(digits, 16).ok())
    };
    let project = &outcome.case.project;
    // What the money came to is each project's own, however alike two are.
    let results = outcome.scored.iter().flat_map(|scored| &scored.card.indicators);
    let pairs = report.indicators.iter().zip(results);
    let counted = pairs.filter(|(_, result)| result.index.is_some()).map(|(line, _)| line);
    Marks {
        code: project.code.as_deref().and_then(plain_code),
        unit: project.unit.clone(),
        rows: counted.take(MAX_ROWS).filter_map(row).collect(),
        words: own_words(outcome),
        costs: costs(outcome),
    }
}

/// Goals, what was reached of them, and sentences beside the tables.
fn own_words(outcome: &CaseOutcome) -> Vec<(String, String)> {
    let case = &outcome.case;
    let goals = case.goals.iter().map(|goal| (goal.entry.at.clone(), goal.entry.shown()));
    let statements = case.statements.iter().map(|said| (Some(said.at.clone()), said.text.clone()));
    let mut left = MAX_WORDS;
    let mut words = Vec::new();
    for (at, text) in goals.chain(statements) {
        let text: String = text.chars().take(left).collect();
        left = left.saturating_sub(text.chars().count());
        if !text.is_empty() {
            words.push((at.map(|at| at.to_string()).unwrap_or_default(), text));
        }
    }
    words
}

/// Indicators of cost with a number and a unit.
fn costs(outcome: &CaseOutcome) -> Vec<Cost> {
    let case = &outcome.case;
    let Some((scored, form)) = outcome.scored.as_ref().zip(case.score_form.as_ref()) else {
        return Vec::new();
    };
    let is_cost = |result: &IndicatorScore| {
        let class = case.words.of(Class::CategoryCost);
        [&result.level1, &result.level2].into_iter().any(|level| class.within(&normalise(level)))
    };
    let cost = |result: &IndicatorScore| {
        let source: &Indicator = scored.indicator(form, result)?;
        let cells = Cells::read(case, source, None, None);
        let actual = cells.actual().and_then(Notation::quantity)?;
        let unit = normalise(&actual.unit.word);
        Some(Cost {
            of: format!("{} {unit}", normalise(&result.name)),
            name: result.name.clone(),
            actual: actual.number,
            shown: source.actual_shown(),
            cell: source.actual.as_ref().and_then(|actual| actual.at.as_ref()).map(ToString::to_string),
        })
        .filter(|_| !unit.is_empty())
    };
    scored.card.indicators.iter().filter(|result| is_cost(result)).filter_map(cost).collect()
}
