//! The summary a person reads on the terminal, in Chinese.

use unicode_width::UnicodeWidthStr;

use super::json::Report;
use super::report::COMPUTED;
use crate::base::{printable, push_line as line};
use crate::issue::Fate;
use crate::model::{ASKED, State, TO_DECIDE, UNSCORED};

/// Pads to a width in terminal columns, where a Chinese character takes two.
fn pad(text: &str, width: usize) -> String {
    let text = printable(text);
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// The summary of one case: level-2 scores, total, grade, deductions with their reasons, findings.
pub fn summary(report: &Report) -> String {
    let mut text = String::new();
    write_summary(&mut text, report);
    text
}

/// The findings of one case alone.
pub fn findings(report: &Report) -> String {
    let mut text = String::new();
    line(&mut text, &files(report));
    if report.findings.is_empty() {
        text.push_str("  没有发现问题。\n");
    }
    write_findings(&mut text, report);
    write_answers(&mut text, report);
    text
}

/// The file's name, or those of all files of the case.
fn files(report: &Report) -> String {
    let names: Vec<&str> = report.files.iter().map(|file| file.file.as_str()).collect();
    if names.is_empty() { report.source.file.clone() } else { names.join("、") }
}

fn write_summary(out: &mut String, report: &Report) {
    line(out, &files(report));
    let facts = [
        report.project.name.as_ref().map(|name| format!("项目：{name}")),
        report.project.agency.as_ref().map(|agency| format!("部门：{agency}")),
        report.project.year.map(|year| format!("年度：{year}")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        line(out, &format!("  {}", facts.join("    ")));
    }
    write_scores(out, report);
    write_deductions(out, report);
    write_reconciliation(out, report);
    write_changes(out, report);
    write_findings(out, report);
    write_answers(out, report);
    let outputs: Vec<&String> = report.files.iter().filter_map(|file| file.output.as_ref()).collect();
    let outputs = if report.files.is_empty() { report.output.iter().collect() } else { outputs };
    if !outputs.is_empty() {
        out.push('\n');
    }
    for path in outputs {
        line(out, &format!("  已写出：{path}"));
    }
}

fn write_changes(out: &mut String, report: &Report) {
    if report.changes.is_empty() {
        return;
    }
    out.push('\n');
    line(out, "  与上次处理相比的改动");
    for change in &report.changes {
        line(out, &format!("  {}  {}", change.cell.spoken(), change.message));
    }
}

fn write_scores(out: &mut String, report: &Report) {
    let Some(score) = &report.score else { return };
    out.push('\n');
    let first = report.levels.iter().map(|l| l.level1.width()).max().unwrap_or(0).saturating_add(2);
    let second = report.levels.iter().map(|l| l.level2.width()).max().unwrap_or(0).saturating_add(2);
    for level in &report.levels {
        let (a, b) = (pad(&level.level1, first), pad(&level.level2, second));
        line(out, &format!("  {a}{b}{:>6} / {}", level.score.to_string(), level.weight));
    }
    let grade = match &score.grade {
        Some(grade) => match (score.grade_by, &score.computed_grade) {
            (Some(by), Some(computed)) if by != COMPUTED => {
                format!("等级 {grade}（{by}改定，按总分为 {computed}）")
            }
            _ => format!("等级 {}", grade_shown(report)),
        },
        None => format!("等级 {}", grade_shown(report)),
    };
    let waits = report.indicators.iter().any(|indicator| indicator.state == State::Pending);
    match report.so_far().filter(|_| waits) {
        Some(so_far) => line(out, &format!("  总分 {so_far}    {grade}")),
        None => line(out, &format!("  总分 {} / {}    {grade}", score.total, score.full)),
    }
    line(out, &format!("  得分来源：{}", report.deciders()));
    if let Some(stated) = score.stated_total.filter(|stated| *stated != score.total) {
        line(out, &format!("  （表中填报总分 {stated}）"));
    }
}

/// The grade, and why there is none: `未定级（尚有指标待评分）`.
pub fn grade_shown(report: &Report) -> String {
    let Some(score) = &report.score else { return String::new() };
    let why = match open_for(report) {
        _ if score.grade.is_some() => return score.grade_shown.clone(),
        Open::Scores => format!("尚有指标{UNSCORED}"),
        Open::Overriding => "改定缺少理由、改定人或待确认".to_owned(),
        Open::Decisions => format!("尚有指标{TO_DECIDE}"),
        Open::Answers => format!("有内容没有采用或含义{ASKED}"),
    };
    format!("{}（{why}）", score.grade_shown)
}

/// What keeps a total or grade open that is not settled: that which is to be done first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// Indicators without a score.
    Scores,
    /// What somebody put in the place of a score, and what that lacks.
    Overriding,
    /// Scores that a person of the review has to decide.
    Decisions,
    /// What a person is asked.
    Answers,
}

/// What keeps the total or grade of a report open that is not settled.
pub fn open_for(report: &Report) -> Open {
    if report.indicators.iter().any(|indicator| indicator.state == State::Pending) {
        Open::Scores
    } else if report.findings.iter().any(|finding| finding.id.is_open_override()) {
        Open::Overriding
    } else if report.to_decide().0 > 0 && !report.score.as_ref().is_some_and(|score| score.asked) {
        Open::Decisions
    } else {
        Open::Answers
    }
}

fn write_deductions(out: &mut String, report: &Report) {
    let lost = |i: &&super::json::Indicator| i.deduction.is_some_and(|d| !d.is_zero() && !d.is_negative());
    if report.indicators.iter().any(|i| lost(&i)) {
        out.push('\n');
        line(out, "  扣分");
    }
    for indicator in report.indicators.iter().filter(lost) {
        let deduction = indicator.deduction.unwrap_or_default();
        let cell = indicator.cell.as_ref().map(|cell| format!("（{}）", cell.spoken())).unwrap_or_default();
        let by = indicator.decided_by.filter(|by| *by != COMPUTED);
        let by = by.map(|by| format!("（{by}）")).unwrap_or_default();
        line(out, &format!("  −{deduction}  {}{by}{cell}", indicator.name));
        for part in indicator.note.iter().flat_map(|note| note.lines()) {
            line(out, &format!("       {part}"));
        }
    }
    // Without points nothing waits for any.
    let waiting = |i: &&super::json::Indicator| i.state == State::Pending && report.score.is_some();
    if report.indicators.iter().any(|i| waiting(&i)) {
        out.push('\n');
        line(out, &format!("  {UNSCORED}"));
    }
    for indicator in report.indicators.iter().filter(waiting) {
        line(
            out,
            &format!(
                "  {}（{} 分）：{}",
                indicator.name,
                indicator.weight,
                indicator.note.as_deref().unwrap_or("")
            ),
        );
    }
}

fn write_reconciliation(out: &mut String, report: &Report) {
    if report.reconciliation.is_empty() {
        return;
    }
    out.push('\n');
    line(out, "  对账");
    for stated in &report.reconciliation {
        let amount = |n: &Option<crate::base::Number>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
        let verdict = if stated.status == "agrees" { "相符" } else { "不符" };
        let (typed, ledger) = (amount(&stated.stated), amount(&stated.ledger));
        let (difference, tolerance) = (amount(&stated.difference), amount(&stated.tolerance));
        line(
            out,
            &format!(
                "  {}：填报 {typed} {}，明细账 {ledger} 元，差额 {difference} 元（容许 {tolerance} 元）——{verdict}",
                stated.name, stated.unit
            ),
        );
    }
}

/// What became of the findings of the return that is answered.
fn write_answers(out: &mut String, report: &Report) {
    let Some(answers) = &report.answers else { return };
    out.push('\n');
    line(out, &format!("  {}", answers.message));
    for settled in &answers.settled {
        let state = Fate::of_word(settled.state).map(Fate::name).unwrap_or_default();
        line(out, &format!("  {state}  {}  {}", settled.object, settled.message.replace('\n', "")));
    }
}

fn write_findings(out: &mut String, report: &Report) {
    if report.items.is_empty() {
        return;
    }
    let [errors, warnings, hints] = report.counts();
    out.push('\n');
    line(out, &format!("  问题：错误 {errors} 个，提醒 {warnings} 个，提示 {hints} 个"));
    for item in &report.items {
        let place = item.place.as_ref().map(|place| format!("{place}  ")).unwrap_or_default();
        line(out, &format!("  {}  {place}{}", item.severity.name(), item.message));
        if let Some(words) = &item.words {
            line(out, &format!("        原文：{words}"));
        }
    }
}
