//! Cell notes: the derivation on every score cell, the findings on every flagged cell.

use std::collections::BTreeMap;

use super::view::View;
use super::write_back::{WriteBack, score_place};
use crate::base::{CellAt, SheetId};
use crate::issue::{self, Item};
use crate::model::{Entry, FindingId, Indicator, IndicatorScore, Severity};
use crate::returned::OurSheet;
use crate::xlsx::NoteEdit;

/// Characters a note has at most; the whole text is on 评分明细 and 问题清单.
const MAX_NOTE: usize = 1_500;

/// The notes of a case, one a cell.
///
/// What `--replace-scores` writes over is kept in the note, what an earlier run wrote over, too.
pub(super) fn notes(view: &View, back: &WriteBack) -> Vec<NoteEdit<SheetId>> {
    let mut texts: BTreeMap<CellAt, Vec<String>> = BTreeMap::new();
    let pointless = view.case.is_without_points();
    for (index, result) in view.scored.card.indicators.iter().enumerate().filter(|_| !pointless) {
        let cell = score_place(view, index).or_else(|| result.cell.clone());
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
            "数值来自“{}”的“{}”，不随它变动；改定后请重新评分。",
            view.case.source.file,
            view.names.of(OurSheet::Detail)
        );
        texts.entry(at.clone()).or_default().push(text);
    }
    // A form that is not scored is left as it is.
    let items = issue::items(view.case, view.findings);
    for finding in view.findings.iter().filter(|finding| finding.id != FindingId::FormNotScored) {
        if let Some(at) = &finding.at {
            let severity = finding.severity;
            let item = items.iter().find(|item| item.findings.iter().any(|one| std::ptr::eq(*one, finding)));
            // The same is asked beside the cell as on the list.
            let remedy = match item.filter(|_| severity != Severity::Info) {
                Some(item) => Item { findings: vec![finding], ..item.clone() }.asked(view.case).concat(),
                None => String::new(),
            };
            let text = format!("【{}】评分时：{}{remedy}", severity.name(), finding.message);
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

/// How a score came about, as far as that cannot change: the rule, its cells, and what it gave then. A note does not
/// follow what a person changes later; 评分明细 does.
fn derivation(view: &View, result: &IndicatorScore) -> String {
    let mut lines = Vec::new();
    if let Some(reading) = &result.reading {
        lines.push(format!("计分规则：{reading}"));
    }
    let place = |name: &str, which: fn(&Indicator) -> Option<&Entry>| {
        let at = view.entry(result, which).and_then(|entry| entry.at.as_ref())?;
        Some(format!("{name} {}", at.cell))
    };
    let cells = [
        place("分值", |i| i.weight_entry.as_ref()),
        place("评分标准", |i| i.criterion.as_ref()),
        place("指标值", |i| i.target.as_ref()),
        place("实际完成值", |i| i.actual.as_ref()),
    ];
    let standards = view.indicator(result).into_iter().flat_map(|indicator| &indicator.standards);
    let standards = standards.filter_map(|benchmark| {
        let at = benchmark.entry.at.as_ref()?;
        Some(format!("{} {}", benchmark.standard.name(), at.cell))
    });
    let cells: Vec<String> = cells.into_iter().flatten().chain(standards).collect();
    if !cells.is_empty() {
        lines.push(format!("依据：{}", cells.join("，")));
    }
    let then = match result.score {
        Some(score) => format!("评分时得{score}分"),
        None => "评分时待评分".to_owned(),
    };
    let detail = view.names.of(OurSheet::Detail);
    lines.push(format!("{then}，现行得分和原因见“{detail}”本指标一行。"));
    if let Some(refusal) = &result.refusal {
        lines.push(format!("评分时：{refusal}"));
    }
    lines.join("\n")
}
