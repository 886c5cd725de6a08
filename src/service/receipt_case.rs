//! What a receipt says of one case, and of the documents that came with it.

use serde::{Deserialize, Serialize};

use super::answer::Fault;
use super::receipt_findings::{MAX_NAMED, answers, findings, more};
use crate::base::{Error, push_line as line};
use crate::model::{ASKED, FindingId, Severity, State, TO_DECIDE, UNSCORED};
use crate::output::json::{Indicator, Report};
use crate::output::text::grade_shown;

/// Changes that a receipt names.
const MAX_CHANGES: usize = 20;
/// Indicators with points lost that a receipt names.
const MAX_LOST: usize = 30;
/// Waiting indicators that a receipt names.
const MAX_WAITING: usize = 30;

/// What a receipt says of a case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Told {
    /// Whose it is, its score, what waits for a person.
    case: String,
    /// What was found.
    findings: String,
    /// What was found in the reports that came with it.
    #[serde(default)]
    reports: String,
}

impl Told {
    /// All of it, with the count of what was found in the case and, `besides`, by holding it against the roll.
    pub(super) fn text(&self, found: &[Fault], besides: &[Fault]) -> String {
        let count = |severity: Severity| {
            found.iter().chain(besides).filter(|fault| fault.severity == severity).count()
        };
        let of_these = match besides.len() {
            0 => String::new(),
            count => format!("（含与项目清单核对的 {count} 个）"),
        };
        let found = if found.is_empty() && besides.is_empty() {
            "没有发现问题".to_owned()
        } else {
            let [errors, warnings, hints] = [Severity::Error, Severity::Warning, Severity::Info].map(count);
            format!("发现问题：错误 {errors} 个，提醒 {warnings} 个，提示 {hints} 个{of_these}")
        };
        format!("{}\n{found}。\n{}{}", self.case, self.findings, self.reports)
    }

    /// The same with what is said of reports.
    pub(super) fn with_reports(self, reports: &[String]) -> Self {
        Self { reports: reports.concat(), ..self }
    }
}

/// What a receipt says of a report that was proofread; `remarks` say how it was read.
pub(super) fn of_report(report: &Report, remarks: &[&str]) -> String {
    let mut text = String::from("\n");
    let count = report.findings.len();
    let name = &report.source.file;
    match count {
        0 => line(&mut text, &format!("评价报告“{name}”：校对没有发现问题。")),
        _ => line(&mut text, &format!("评价报告“{name}”：校对发现 {count} 处。")),
    }
    for remark in remarks {
        line(&mut text, &format!("  {remark}"));
    }
    for (number, finding) in (1_u32..).zip(report.findings.iter().take(MAX_NAMED)) {
        let passage = finding.passage.as_ref();
        let place = passage.map(|passage| format!("{}  ", passage.place)).unwrap_or_default();
        line(&mut text, &format!("  {number}. [{}] {place}{}", finding.severity.name(), finding.message));
        if let Some(passage) = passage {
            line(&mut text, &format!("     原文：{}", passage.words));
        }
    }
    if count > MAX_NAMED {
        let rest = count.saturating_sub(MAX_NAMED);
        line(&mut text, &format!("  其余 {rest} 处没有列出，请先改正以上各处再核对。"));
    }
    text
}

/// What a receipt says of a document that is no evaluation report by its name, its title and its chapters.
pub(super) fn of_other_document(name: &str) -> String {
    let mut text = String::from("\n");
    line(&mut text, &format!("文档“{name}”没有校对：它没有绩效评价报告的标题和章节。"));
    line(&mut text, "  怎么办：如果它是评价报告，请在文件名中写明“报告”后重新提交；不是的，不用处理。");
    text
}

/// What a receipt says of a report that could not be read.
pub(super) fn of_unread_report(name: &str, error: &Error) -> String {
    let mut text = String::from("\n");
    line(&mut text, &format!("文档“{name}”没有校对：{error}"));
    line(&mut text, &format!("  怎么办：{}", error.hint()));
    text
}

/// What a receipt says of a case.
pub(super) fn of_case(report: &Report) -> Told {
    let mut text = String::new();
    // What the result has not of its original goes before all that it says.
    let rebuilt = report.findings.iter().filter(|finding| finding.id == FindingId::RebuiltFromOtherFormat);
    rebuilt.for_each(|finding| line(&mut text, &format!("注意：{}", finding.message)));
    let project = &report.project;
    let facts = [
        ("项目名称", project.name.clone()),
        ("主管部门", project.agency.clone()),
        ("评价年度", project.year.map(|year| year.to_string())),
    ];
    // A ledger says nothing of the project it is of.
    for (label, value) in facts.into_iter().filter(|(_, value)| value.is_some() || !report.ledgers_alone) {
        line(&mut text, &format!("{label}：{}", value.as_deref().unwrap_or("（表中未读到）")));
    }
    match &report.score {
        Some(_) => {
            line(&mut text, &format!("总    分：{}", report.so_far().unwrap_or_default()));
            line(&mut text, &format!("评价等级：{}", grade_shown(report)));
            line(&mut text, &format!("得分来源：{}", report.deciders()));
        }
        None => line(&mut text, without_score(report)),
    }
    answers(&mut text, report);
    changes(&mut text, report);
    deductions(&mut text, report);
    waiting(&mut text, report);
    to_decide(&mut text, report);
    questions(&mut text, report);
    Told { case: text, findings: findings(report), reports: String::new() }
}

/// What a person changed since the workbook was returned.
fn changes(text: &mut String, report: &Report) {
    if report.changes.is_empty() {
        return;
    }
    text.push('\n');
    line(text, &format!("与上次返回时相比的改动（{} 处）：", report.changes.len()));
    for change in report.changes.iter().take(MAX_CHANGES) {
        line(text, &format!("  {}  {}", change.cell.spoken(), change.message));
    }
    more(text, report.changes.len(), MAX_CHANGES, "处理说明");
}

/// Columns whose meaning a person is to say.
fn questions(text: &mut String, report: &Report) {
    let columns = report.account.iter().flat_map(|account| &account.columns);
    let asked = columns.filter(|column| column.asked).count();
    if asked > 0 {
        text.push('\n');
        line(text, &format!("有 {asked} 栏{ASKED}，请在返回文件的“处理说明”中选择。"));
    }
}

/// Why a case has no score, as a receipt says it.
fn without_score(report: &Report) -> &'static str {
    if report.targets_alone {
        "材料只有绩效目标申报表，只作审核，没有评分；审核情况见结果文件的“审核表”和“问题清单”。"
    } else if report.ledgers_alone {
        "只收到明细账，没有评分表或自评表，未评分。请把明细账与评分表放在同一个文件夹（或同一个工作簿）中，一起重新提交。"
    } else if !report.indicators.is_empty() {
        "表中没有分值，只核对了指标值与完成情况，没有评分。"
    } else if report.findings.iter().any(|finding| finding.id == FindingId::FormNotScored) {
        "没有评分：材料中没有可以评分的表（见下面的提示），内容没有改动。"
    } else {
        "没有读到可以评分的指标，只作了核对。"
    }
}

/// Where points were lost, and why.
fn deductions(text: &mut String, report: &Report) {
    let lost = |i: &&Indicator| i.deduction.is_some_and(|lost| !lost.is_zero() && !lost.is_negative());
    let lost: Vec<&Indicator> = report.indicators.iter().filter(lost).collect();
    if lost.is_empty() {
        return;
    }
    text.push('\n');
    line(text, &format!("扣分的指标（{} 项）：", lost.len()));
    for (number, indicator) in (1_u32..).zip(lost.iter().take(MAX_LOST)) {
        let points = indicator.deduction.unwrap_or_default();
        let why = indicator.note.as_deref().unwrap_or_default().replace('\n', " ");
        let why = if why.is_empty() { why } else { format!("：{why}") };
        line(text, &format!("  {number}. {}，扣 {points} 分{why}", indicator.name));
    }
    more(text, lost.len(), MAX_LOST, "评分明细");
}

fn waiting(text: &mut String, report: &Report) {
    let waiting: Vec<_> = report.indicators.iter().filter(|i| i.state == State::Pending).collect();
    if waiting.is_empty() || report.score.is_none() {
        return;
    }
    text.push('\n');
    line(text, &format!("{UNSCORED}的指标（{} 项）：", waiting.len()));
    for (number, indicator) in (1_u32..).zip(waiting.iter().take(MAX_WAITING)) {
        let cell =
            indicator.cell.as_ref().map(|cell| format!("（填在{}）", cell.spoken())).unwrap_or_default();
        line(text, &format!("  {number}. {}，{} 分{cell}", indicator.name, indicator.weight));
    }
    more(text, waiting.len(), MAX_WAITING, "评分明细");
}

/// Scores that are there and wait for a person's decision; why stands once, beside what came off.
fn to_decide(text: &mut String, report: &Report) {
    let open = |i: &&Indicator| i.to_decide && i.score.is_some();
    let open: Vec<&Indicator> = report.indicators.iter().filter(open).collect();
    if open.is_empty() {
        return;
    }
    text.push('\n');
    line(text, &format!("{TO_DECIDE}的指标（{} 项）：", open.len()));
    for (number, indicator) in (1_u32..).zip(open.iter().take(MAX_WAITING)) {
        let score = indicator.score.unwrap_or_default();
        let said = indicator.deduction.is_some_and(|lost| !lost.is_zero() && !lost.is_negative());
        let why = indicator.note.as_deref().filter(|_| !said).unwrap_or_default().replace('\n', " ");
        let why = if why.is_empty() { why } else { format!("：{why}") };
        line(text, &format!("  {number}. {}，{} 分，暂计 {score} 分{why}", indicator.name, indicator.weight));
    }
    more(text, open.len(), MAX_WAITING, "评分明细");
}
