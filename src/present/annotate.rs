//! Cell notes: the derivation on every score cell, the findings on every flagged cell.

use std::collections::BTreeMap;

use super::notes;
use super::view::View;
use super::write_back::{WriteBack, home};
use crate::base::CellAt;
use crate::model::{FindingId, IndicatorScore, Severity};
use crate::ooxml::NoteEdit;
use crate::returned::Part;

/// Characters a note has at most; the whole text is on 评分明细 and 问题清单.
const MAX_NOTE: usize = 1_500;

/// The notes of a case, one a cell.
///
/// What `--replace-scores` writes over is kept in the note, what an earlier run wrote over, too.
pub(super) fn notes(view: &View, back: &WriteBack) -> Vec<NoteEdit> {
    let mut texts: BTreeMap<CellAt, Vec<String>> = BTreeMap::new();
    let pointless = view.case.is_without_points();
    for (index, result) in view.scored.card.indicators.iter().enumerate().filter(|_| !pointless) {
        let cell = home(view, index).or_else(|| result.cell.clone());
        if let Some(cell) = cell {
            texts.entry(cell).or_default().push(derivation(view, result));
        }
    }
    for (at, before) in view.earlier.replaced.iter().chain(&back.replaced) {
        let text = format!("原填“{before}”，已按计算结果替换。");
        texts.entry(at.clone()).or_default().push(text);
    }
    for at in &back.fixed {
        let text = format!(
            "数值来自“{}”的“{}”，不随它变动；改分后请重新评分。",
            view.case.source.file,
            view.names.of(Part::Detail)
        );
        texts.entry(at.clone()).or_default().push(text);
    }
    // A form that is not scored is left as it is.
    for finding in view.findings.iter().filter(|finding| finding.id != FindingId::FormNotScored) {
        if let Some(at) = &finding.at {
            let severity = finding.id.severity();
            let remedy = if severity == Severity::Info { "" } else { finding.id.remedy() };
            let text = format!("【{}】{}{remedy}", severity.name(), finding.message);
            texts.entry(at.clone()).or_default().push(text);
        }
    }
    let notes =
        texts.into_iter().filter(|(at, _)| view.case.sheets.contains(&at.sheet)).map(|(at, texts)| {
            NoteEdit {
                sheet: at.sheet.clone(),
                cell: at.cell,
                text: Some(cut(&texts.join("\n"))),
                was: view.earlier.note(&at),
            }
        });
    notes.collect()
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MAX_NOTE {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MAX_NOTE).collect();
    short.push('…');
    short
}

/// How a score came about, in the order a person follows it: rule, inputs, points, deduction.
fn derivation(view: &View, result: &IndicatorScore) -> String {
    let mut lines = Vec::new();
    let score = result.score.map_or_else(|| "待人工评分".to_owned(), |score| format!("{score} 分"));
    lines.push(format!("得分：{score}（分值 {}）", result.weight));
    if let Some(reading) = &result.reading {
        lines.push(format!("读法：{reading}"));
    }
    let indicator = view.indicator(result);
    let named =
        |name: &str, text: String| Some(text).filter(|t| !t.is_empty()).map(|text| format!("{name} {text}"));
    let target = indicator.and_then(|i| named("指标值", i.target_shown()));
    let actual = indicator.and_then(|i| named("实际完成值", i.actual_shown()));
    let rate = result.rate.and_then(|rate| rate.number().times(crate::base::Number::from(100)));
    let rate = rate.map(|percent| format!("完成率 {}%", percent.round(2)));
    let inputs: Vec<String> = [target, actual, rate].into_iter().flatten().collect();
    if !inputs.is_empty() {
        lines.push(inputs.join("，"));
    }
    if let Some(refusal) = &result.refusal {
        lines.push(refusal.clone());
    }
    let form = view.case.score_form.as_ref();
    if let Some(note) = form.and_then(|form| notes::deduction(form, indicator, result)) {
        lines.push(note);
    }
    lines.join("\n")
}
