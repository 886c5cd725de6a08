//! Receipts (回执): what was read, what came of it, what to do; for a clerk who knows neither this program nor its log.

use serde::{Deserialize, Serialize};

use super::answer::{CaseAnswer, Fault, Refusal};
use super::door::Door;
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
    if report.ledgers_alone {
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

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Verdict {
    /// Scored; the result is beside the receipt.
    Scored,
    /// Of many projects: scored, and entered in the register.
    Entered,
    /// Scored before; the result of then stands.
    Known,
    /// Handed back untouched.
    Rejected,
    /// Left where it is, unread, for it bears a secrecy mark.
    Marked,
}

/// The objects of a receipt with the name of the workbook that was returned.
pub(super) fn named(cases: &mut [serde_json::Value], name: &str) {
    for case in cases {
        case["output"] = name.into();
    }
}

/// A receipt, for a person ([`Receipt::text`]) and for a program (its JSON).
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each adds a step of its own for the reader")]
pub(super) struct Receipt<'a> {
    pub(super) schema: u8,
    pub(super) verdict: Verdict,
    /// The submission's name.
    pub(super) file: &'a str,
    /// The SHA-256 of its content.
    pub(super) sha256: &'a str,
    /// When, in China.
    pub(super) at: String,
    /// The way it came in.
    pub(super) door: Door,
    /// The name of the result in the outbox.
    pub(super) result: Option<String>,
    /// The name under which the same content was dropped before.
    pub(super) earlier: Option<String>,
    /// Why it is handed back.
    pub(super) message: Option<&'a str>,
    /// What to do about that.
    pub(super) remedy: Option<&'a str>,
    /// What a person must know beside it.
    pub(super) remarks: Vec<String>,
    /// The folder of the archive that holds the original.
    pub(super) archived: Option<String>,
    /// Of many projects: how many lines of the register are in each state.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) entered: Vec<String>,
    /// The objects of `jixiao score --json`.
    pub(super) cases: Vec<serde_json::Value>,
    /// Of a folder: the files in it that were read.
    #[serde(skip)]
    pub(super) inside: Vec<String>,
    #[serde(skip)]
    said: Vec<String>,
    /// Whether something is to be mended.
    #[serde(skip)]
    errors: bool,
    /// Whether something waits for a person's score.
    #[serde(skip)]
    waiting: bool,
    /// Whether all is scored, and something is asked.
    #[serde(skip)]
    asked: bool,
    /// Whether agencies scored it themselves.
    #[serde(skip)]
    own: bool,
    /// Whether a score of it waits for a person's decision.
    #[serde(skip)]
    to_decide: bool,
    /// Whether a form of it was scored.
    #[serde(skip)]
    scored: bool,
}

impl<'a> Receipt<'a> {
    /// A receipt that says nothing yet.
    pub(super) fn new(verdict: Verdict, file: &'a str, sha256: &'a str, at: String, door: Door) -> Self {
        Self {
            schema: 1,
            verdict,
            file,
            sha256,
            at,
            door,
            result: None,
            earlier: None,
            message: None,
            remedy: None,
            remarks: Vec::new(),
            archived: None,
            entered: Vec::new(),
            cases: Vec::new(),
            inside: Vec::new(),
            said: Vec::new(),
            errors: false,
            waiting: false,
            asked: false,
            own: false,
            to_decide: false,
            scored: false,
        }
    }

    /// With what was scored.
    pub(super) fn with_cases(mut self, cases: &'a [CaseAnswer]) -> Self {
        self.cases = cases.iter().map(|case| case.report.clone()).collect();
        self.errors = cases.iter().any(|case| case.row.count(Severity::Error) > 0);
        self.waiting = cases.iter().any(|case| case.row.waits());
        self.own = cases.iter().any(|case| case.row.own_total.is_some() || case.row.own_sum.is_some());
        self.to_decide = cases.iter().any(|case| case.row.to_decide.is_some());
        self.asked = cases.iter().any(|case| case.row.asks());
        self.scored = cases.iter().any(|case| case.row.total.is_some());
        self.said = cases.iter().map(|case| case.receipt.text(&case.row.faults, &[])).collect();
        self.remarks.extend(cases.iter().filter_map(|case| case.row.without_letter()));
        self
    }

    /// With the reason why it is handed back.
    pub(super) fn with_refusal(mut self, refusal: &'a Refusal) -> Self {
        self.message = Some(&refusal.message);
        self.remedy = Some(&refusal.hint);
        self
    }

    /// The receipt as a person reads it; with the mark that tells Notepad it is UTF-8.
    pub(super) fn text(&self) -> String {
        let mut text = String::from("\u{feff}绩效评价工作簿  处理回执\n\n");
        line(&mut text, &format!("收到文件：{}", self.file));
        if !self.inside.is_empty() {
            line(&mut text, &format!("其    中：{}", self.inside.join("、")));
        }
        line(&mut text, &format!("提交来源：{}", self.door.name()));
        line(&mut text, &format!("处理时间：{}", self.at));
        let verdict = match self.verdict {
            Verdict::Scored if self.waiting => "已评分，尚有指标待评分",
            Verdict::Scored if self.asked => "已评分，尚有内容待确认",
            Verdict::Scored if self.to_decide => "已评分，尚有指标的得分待核定",
            Verdict::Scored if self.scored => "已评分",
            Verdict::Scored => "已处理，没有评分",
            Verdict::Entered => "已按项目登记、评分",
            Verdict::Known => "此前已评分，没有重复处理",
            Verdict::Rejected => "未能评分，原文件已退回（内容未改动）",
            Verdict::Marked => "未作任何处理，文件仍在收件文件夹",
        };
        line(&mut text, &format!("处理结果：{verdict}"));
        if let Some(result) = &self.result {
            line(&mut text, &format!("结果文件：{result}（与本回执在同一文件夹）"));
        }
        if !self.entered.is_empty() {
            line(&mut text, &format!("登记情况：{}（含以前收到的材料）", self.entered.join("，")));
        }
        if let Some(message) = self.message {
            text.push('\n');
            line(&mut text, &format!("原    因：{message}"));
        }
        for said in &self.said {
            text.push('\n');
            text.push_str(said);
        }
        text.push('\n');
        line(&mut text, "接下来怎么办：");
        for (number, step) in (1_u32..).zip(self.steps()) {
            line(&mut text, &format!("  {number}. {step}"));
        }
        // Notepad of older systems shows a bare line feed as nothing.
        text.replace('\n', "\r\n")
    }

    fn steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        let inbox = self.door.name();
        let result = self.result.as_deref().unwrap_or_default();
        match self.verdict {
            Verdict::Scored => {
                if !result.is_empty() && !self.scored {
                    steps.push(format!("“{result}”没有打分，只附核对情况；要核实的事项见其中的“问题清单”。"));
                } else if !result.is_empty() {
                    let open = format!(
                        "打开“{result}”，先看“评分结果单”（可打印）和“问题清单”；每一分的依据见“评分明细”。"
                    );
                    steps.push(open);
                }
                if self.errors {
                    steps.push(format!(
                        "有“错误”：请按上面的办法改正原文件，重新放进{inbox}；已经收到复核意见的，也可以与反馈意见一并报送。"
                    ));
                }
                if self.waiting {
                    let fill = if self.own {
                        "有待评分的指标：请按上面的办法在原文件中改正或者补填，与其他改正一并重新提交；\
                         总分在全部核定后确定，核定前不定等级。"
                    } else {
                        "有待评分的指标：请在结果文件的得分单元格中填写，总分和等级会自动算出。"
                    };
                    steps.push(fill.to_owned());
                }
                if self.to_decide {
                    let supply = "有待核定的指标：请按上面的要求补充说明或依据；得分由财政部门核定后确定。";
                    steps.push(supply.to_owned());
                }
                if self.asked {
                    steps.push(format!(
                        "有待确认的内容：请按上面的办法处理，把“{result}”重新放进{inbox}；确认前不定等级。"
                    ));
                }
            }
            Verdict::Entered => {
                steps.push(format!(
                    "打开“{result}”：每个项目一行，点“状态”打开评分结果；各主管部门的回执在各自的文件夹中。"
                ));
                let choose = "有“重复待选”的：在应采用的版本一行的“采用”栏选“√”，保存。";
                steps.push(format!(
                    "{choose}下次收到材料时读取；要马上处理的，把保存后的登记表复制一份放进{inbox}。"
                ));
            }
            Verdict::Known => {
                let earlier = self.earlier.as_deref().unwrap_or_default();
                steps.push(format!("这个文件与此前收到的“{earlier}”内容完全相同，请直接使用“{result}”。"));
                steps.push(format!(
                    "确需重新评分的，先把这个结果文件从结果文件夹移走，再把原文件放进{inbox}。"
                ));
            }
            Verdict::Rejected => {
                steps.push(self.remedy.unwrap_or_default().to_owned());
                steps.push(format!("改好后，把文件重新放进{inbox}；退回的这一份可以删除。"));
                steps.push("确认文件无误却仍被退回的，请把原文件和本回执交给系统管理员。".to_owned());
            }
            Verdict::Marked => {
                steps.push(self.remedy.unwrap_or_default().to_owned());
                let mistaken = "经本单位保密工作机构确认不涉密的，去掉密级标志后重新放进收件文件夹。";
                steps.push(mistaken.to_owned());
            }
        }
        steps.extend(self.remarks.iter().cloned());
        if self.archived.is_some() {
            steps.push("收到的原文件已存档，没有改动；需要时请向系统管理员索取。".to_owned());
        }
        steps
    }
}
