//! The summary a person reads on the terminal, in Chinese.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::json::Report;
use super::report::COMPUTED;
use crate::model::{Severity, State};

/// Pads to a width in terminal columns, where a Chinese character takes two.
fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// The summary of one case: level-2 scores, total, grade, deductions with their reasons, findings.
pub fn summary(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write_summary(&mut text, report);
    text
}

/// The findings of one case alone.
pub fn findings(report: &Report) -> String {
    let mut text = format!("{}\n", files(report));
    if report.findings.is_empty() {
        text.push_str("  没有发现问题。\n");
    }
    // Writing to a String cannot fail.
    let _ = write_findings(&mut text, report);
    text
}

/// The file's name, or those of all files of the case.
fn files(report: &Report) -> String {
    let names: Vec<&str> = report.files.iter().map(|file| file.file.as_str()).collect();
    if names.is_empty() { report.source.file.clone() } else { names.join("、") }
}

fn write_summary(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "{}", files(report))?;
    let facts = [
        report.project.name.as_ref().map(|name| format!("项目：{name}")),
        report.project.agency.as_ref().map(|agency| format!("部门：{agency}")),
        report.project.year.map(|year| format!("年度：{year}")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        writeln!(out, "  {}", facts.join("    "))?;
    }
    write_scores(out, report)?;
    write_deductions(out, report)?;
    write_reconciliation(out, report)?;
    write_changes(out, report)?;
    write_findings(out, report)?;
    let outputs: Vec<&String> = report.files.iter().filter_map(|file| file.output.as_ref()).collect();
    let outputs = if report.files.is_empty() { report.output.iter().collect() } else { outputs };
    if !outputs.is_empty() {
        writeln!(out)?;
    }
    for path in outputs {
        writeln!(out, "  已写出：{path}")?;
    }
    Ok(())
}

fn write_changes(out: &mut String, report: &Report) -> std::fmt::Result {
    if report.changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  与上次处理相比的改动")?;
    for change in &report.changes {
        writeln!(out, "  {}  {}", change.cell, change.message)?;
    }
    Ok(())
}

fn write_scores(out: &mut String, report: &Report) -> std::fmt::Result {
    let Some(score) = &report.score else { return Ok(()) };
    writeln!(out)?;
    let first = report.levels.iter().map(|l| l.level1.width()).max().unwrap_or(0).saturating_add(2);
    let second = report.levels.iter().map(|l| l.level2.width()).max().unwrap_or(0).saturating_add(2);
    for level in &report.levels {
        let (a, b) = (pad(&level.level1, first), pad(&level.level2, second));
        writeln!(out, "  {a}{b}{:>6} / {}", level.score.to_string(), level.weight)?;
    }
    let grade = match &score.grade {
        Some(grade) => match (score.grade_by, &score.computed_grade) {
            (Some(by), Some(computed)) if by != COMPUTED => {
                format!("等级 {grade}（{by}改定，按总分为 {computed}）")
            }
            _ => format!("等级 {grade}"),
        },
        None => no_grade(report).to_owned(),
    };
    writeln!(out, "  总分 {} / {}    {grade}", score.total, score.full)?;
    writeln!(out, "  得分来源：{}", report.deciders())?;
    if let Some(stated) = score.stated_total.filter(|stated| *stated != score.total) {
        writeln!(out, "  （表中填报总分 {stated}）")?;
    }
    Ok(())
}

/// Why there is no grade.
pub fn no_grade(report: &Report) -> &'static str {
    if report.indicators.iter().any(|indicator| indicator.state == State::Pending) {
        "尚有指标待人工评分，暂不定等级"
    } else if report.findings.iter().any(|finding| finding.id.is_open_override()) {
        "改分尚待补充理由或确认，暂不定等级"
    } else {
        "有内容没有采用或含义待确认，暂不定等级"
    }
}

fn write_deductions(out: &mut String, report: &Report) -> std::fmt::Result {
    let lost = |i: &&super::json::Indicator| i.deduction.is_some_and(|d| !d.is_zero() && !d.is_negative());
    if report.indicators.iter().any(|i| lost(&i)) {
        writeln!(out, "\n  扣分")?;
    }
    for indicator in report.indicators.iter().filter(lost) {
        let deduction = indicator.deduction.unwrap_or_default();
        let cell = indicator.cell.as_ref().map(|cell| format!("（{cell}）")).unwrap_or_default();
        let by = indicator.decided_by.filter(|by| *by != COMPUTED);
        let by = by.map(|by| format!("（{by}）")).unwrap_or_default();
        writeln!(out, "  −{deduction}  {}{by}{cell}", indicator.name)?;
        if let Some(note) = &indicator.note {
            writeln!(out, "       {}", note.replace('\n', "\n       "))?;
        }
    }
    // Without points nothing waits for any.
    let waiting = |i: &&super::json::Indicator| i.state == State::Pending && report.score.is_some();
    if report.indicators.iter().any(|i| waiting(&i)) {
        writeln!(out, "\n  待人工评分")?;
    }
    for indicator in report.indicators.iter().filter(waiting) {
        writeln!(
            out,
            "  {}（{} 分）：{}",
            indicator.name,
            indicator.weight,
            indicator.note.as_deref().unwrap_or("")
        )?;
    }
    Ok(())
}

fn write_reconciliation(out: &mut String, report: &Report) -> std::fmt::Result {
    if report.reconciliation.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  对账")?;
    for line in &report.reconciliation {
        let amount = |n: &Option<crate::base::Number>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
        let verdict = if line.status == "agrees" { "相符" } else { "不符" };
        let (stated, ledger) = (amount(&line.stated), amount(&line.ledger));
        let (difference, tolerance) = (amount(&line.difference), amount(&line.tolerance));
        writeln!(
            out,
            "  {}：填报 {stated} {}，明细账 {ledger} 元，差额 {difference} 元（容许 {tolerance} 元）——{verdict}",
            line.name, line.unit
        )?;
    }
    Ok(())
}

fn write_findings(out: &mut String, report: &Report) -> std::fmt::Result {
    if report.findings.is_empty() {
        return Ok(());
    }
    let count = |severity: Severity| report.findings.iter().filter(|f| f.severity == severity).count();
    writeln!(
        out,
        "\n  问题：错误 {} 个，提醒 {} 个，说明 {} 个",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info)
    )?;
    for finding in &report.findings {
        let cell = finding.cell.as_ref().map(|cell| format!("{cell}  ")).unwrap_or_default();
        writeln!(out, "  {}  {cell}{}（{}）", finding.severity.name(), finding.message, finding.id.id())?;
    }
    Ok(())
}
