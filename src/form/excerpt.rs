//! A table that explains scores of a form beside it (扣分情况说明表: the indicators that lost points, why and how many): no form
//! of another project, so it is set aside, and what it says of scores is held against that form.

use super::reading::{Content, Reading};
use crate::base::{Number, WHOLE, Weight};
use crate::mapping::title::normalise;
use crate::model::{Entry, Finding, FindingId, FormKind, Indicator, LocatedForm, ScoreForm};
use crate::words::list;

/// Sets aside the forms that name no project and list but some of the indicators of another form of their file.
pub(super) fn set_aside(readings: &mut [Reading]) {
    let explained = |one: &Reading| {
        let rows = scored(one).filter(|_| one.project.is_none())?;
        let beside = readings.iter().filter(|other| other.sheet.file == one.sheet.file);
        let (whole, form) = beside
            .filter_map(|other| Some((other, scored(other)?)))
            .find(|(_, form)| is_part_of(rows, form))?;
        Some((whole.project.clone(), told(one, rows, whole, form)))
    };
    let found: Vec<Option<(Option<String>, Finding)>> = readings.iter().map(explained).collect();
    for (reading, found) in readings.iter_mut().zip(found) {
        let Some((project, finding)) = found else { continue };
        reading.project = project;
        reading.findings = vec![finding];
        reading.content = Content::Aside(Vec::new(), None);
        let plain = |form: LocatedForm| LocatedForm {
            kind: FormKind::ScoreSummary,
            account: crate::model::Account::default(),
            ..form
        };
        reading.located = std::mem::take(&mut reading.located).into_iter().map(plain).collect();
    }
}

fn scored(reading: &Reading) -> Option<&ScoreForm> {
    match &reading.content {
        Content::Score(form) => Some(form),
        _ => None,
    }
}

/// Whether rows are some of the indicators of a form, with the same points, and are worth less than a whole form.
fn is_part_of(rows: &ScoreForm, form: &ScoreForm) -> bool {
    let points = Weight::sum(rows.indicators.iter().filter_map(|row| row.weight));
    !rows.indicators.is_empty()
        && rows.indicators.len() < form.indicators.len()
        && points.is_some_and(|points| points < Weight::from(WHOLE))
        && rows.indicators.iter().all(|row| is_execution(row, form) || same(row, form).is_some())
        && rows.indicators.iter().any(|row| same(row, form).is_some())
}

/// The indicator of a form that a row names, where their points do not contradict each other.
fn same<'f>(row: &Indicator, form: &'f ScoreForm) -> Option<&'f Indicator> {
    let called = normalise(&row.name);
    let mut all = form.indicators.iter().filter(|one| normalise(&one.name) == called);
    all.find(|one| row.weight.zip(one.weight).is_none_or(|(own, other)| own == other))
}

/// Whether a row is the rate of execution, whose points stand in the form's block of money.
fn is_execution(row: &Indicator, form: &ScoreForm) -> bool {
    list::EXECUTION_RATES.has(&normalise(&row.name)) && !form.budget.is_empty()
}

fn score(indicator: &Indicator) -> Option<Number> {
    indicator.stated_score.as_ref().or(indicator.score.as_ref()).and_then(Entry::number)
}

/// What is said of it: whose it is, and where it gives other scores.
fn told(one: &Reading, rows: &ScoreForm, whole: &Reading, form: &ScoreForm) -> Finding {
    let execution = form.budget.first();
    let execution = execution.and_then(|row| row.stated_score.as_ref().or(row.score.as_ref()));
    let in_form = |row: &Indicator| match same(row, form) {
        Some(own) => score(own),
        None => execution.and_then(Entry::number),
    };
    let pairs = rows.indicators.iter().filter_map(|row| Some((row, score(row)?, in_form(row)?)));
    let pairs: Vec<(&Indicator, Number, Number)> = pairs.collect();
    let other: Vec<String> = pairs
        .iter()
        .filter(|(_, own, other)| own != other)
        .map(|(row, own, other)| format!("“{}”此表写{own}分，该表写{other}分", row.name))
        .collect();
    let compared = match (pairs.is_empty(), other.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!("所列{}项得分与该表一致。", pairs.len()),
        (false, false) => format!("{}，请核对。", other.join("；")),
    };
    let message = format!(
        "“{}”是“{}”中部分指标的得分说明，不是另一个项目的表：没有单独评分，内容没有改动。{compared}",
        one.sheet, whole.sheet
    );
    Finding::new(FindingId::FormNotScored, Some(one.at.clone()), message)
}
