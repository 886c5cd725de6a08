//! Receipts (回执): what was read, what came of it, what to do; for a clerk who knows neither this program nor its log.

use serde::Serialize;

use super::answer::{CaseAnswer, Refusal};
use super::door::Door;
use crate::base::push_line as line;
use crate::model::Severity;

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
