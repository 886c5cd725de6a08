//! 复核意见（征求意见稿）: what the review gives beside what the agency gave itself, what came off and why, and a slip on
//! which the department agrees or objects; of what evaluators scored the same as 评价意见.

use super::compose::{
    Round, called, heading, listed_as, paragraph, said_by_unit, seal, shown, table, title_of,
};
use super::scores::{on_slip, open_words, score_name, scores, total, undecided};
use super::{Deduction, LetterBlock, Subject, Undecided, Wanted};

pub(super) fn compose(of: &Round<'_>) -> (String, Vec<LetterBlock>) {
    let evaluated = of.evaluated();
    let of_what = if evaluated { "绩效评价意见" } else { "绩效自评复核意见" };
    let title = format!("关于征求{}{of_what}的函", of.titled());
    let (here, attached) = of.each(one);
    let done = if evaluated {
        format!("我局组织对你单位{}开展了绩效评价。现将评价意见", of.projects())
    } else {
        format!("我局对你单位报送的{}绩效自评情况进行了复核。现将复核意见", of.projects())
    };
    let mut parts = vec![paragraph(format!("根据{}，{done}反馈你单位，征求意见。", of.basis()))];
    if of.subjects.len() > 1 {
        let rows = of.subjects.iter().zip(1_u32..).map(|(subject, number)| {
            let full = subject.full.map(|full| full.to_string()).unwrap_or_default();
            let beside = if evaluated { full } else { shown(subject.stated) };
            vec![number.to_string(), called(subject).to_owned(), beside, total(subject)]
        });
        let beside = if evaluated { "满分" } else { "自评得分" };
        let titles = vec!["序号", "项目", beside, score_name(evaluated)];
        parts.push(LetterBlock::Table { titles, rows: rows.collect() });
    }
    parts.extend(here);
    parts.push(heading("反馈要求"));
    let (opinion, score) = (if evaluated { "评价意见" } else { "复核意见" }, score_name(evaluated));
    let open: Vec<_> = of.subjects.iter().flat_map(|subject| subject.undecided.iter().cloned()).collect();
    let overdue = if open.is_empty() { OVERDUE.to_owned() } else { overdue_open(&open) };
    parts.push(paragraph(format!(
        "请你单位对{opinion}认真研究，于收到之日起{}内书面反馈意见；有异议的，请逐项写明理由并附佐证材料；\
         {overdue}{score}为测算结果，以我局最终核定的为准。",
        of.days()
    )));
    parts.extend(attached);
    parts.extend(slip(of, opinion));
    (title, parts)
}

fn one(subject: &Subject) -> Vec<LetterBlock> {
    let mut parts = vec![heading("得分情况"), paragraph(scores(subject, false))];
    let rows: Vec<Vec<String>> = subject.deductions.iter().map(|one| row(one, subject.evaluated)).collect();
    if !rows.is_empty() {
        let raised = subject.deductions.iter().any(|one| one.points.is_none());
        parts.push(heading(if raised { "扣分和调整得分的事项" } else { "扣分事项" }));
        let titles = if subject.evaluated {
            vec!["指标", "分值", "评价得分", "事实和扣分依据"]
        } else {
            vec!["指标", "分值", "自评得分", "复核得分", "事实和扣分依据"]
        };
        parts.push(LetterBlock::Table { titles, rows });
    } else if subject.undecided.is_empty() {
        parts.push(paragraph("各项指标没有扣分。"));
    }
    parts.extend(undecided(subject));
    let titles = ["序号", "对象", "存在的问题", "意见"];
    if let Some(table) = table(subject.points.iter().filter(|point| point.wanted != Wanted::Later), titles) {
        parts.extend([heading("需要核实、说明和更正的其他事项"), table]);
    }
    parts.extend(later(subject));
    parts
}

/// What follows where no answer comes.
const OVERDUE: &str = "逾期未反馈的，视为无异议。";
/// The same where points wait for what the agency brings.
fn overdue_open(open: &[Undecided]) -> String {
    format!(
        "逾期未反馈的，对已列明的得分视为无异议；{}的指标，由我局根据已报送的材料核定。",
        open_words(open)
    )
}
/// What is said of what is for later: nobody is held to account twice for one matter.
const NO_POINTS: &str = "以下事项供以后年度申报绩效目标时改进，不另行扣分。";

/// What is to be done when targets are set again.
pub(super) fn later(subject: &Subject) -> Vec<LetterBlock> {
    let titles = ["序号", "指标", "存在的问题", "改进意见"];
    let table = table(subject.points.iter().filter(|point| point.wanted == Wanted::Later), titles);
    let apart = paragraph(NO_POINTS);
    table.map(|table| vec![heading("以后年度申报绩效目标时改进的事项"), apart, table]).unwrap_or_default()
}

fn row(deduction: &Deduction, evaluated: bool) -> Vec<String> {
    let given = deduction.given.as_ref().map(|given| said_by_unit(given));
    let ask = deduction.ask.as_deref().unwrap_or_default();
    let mut row = vec![title_of(&deduction.object).to_owned(), deduction.weight.to_string()];
    row.extend((!evaluated).then(|| shown(deduction.stated)));
    row.extend([deduction.score.to_string(), format!("{}{}{ask}", deduction.why, given.unwrap_or_default())]);
    row
}

/// What is chosen between on a slip.
const CHOICES: [&str; 2] = ["□无异议", "□有异议（异议事项、理由和佐证材料另附）"];

/// What the department sends back.
fn slip(of: &Round<'_>, opinion: &str) -> Vec<LetterBlock> {
    let mut parts = vec![LetterBlock::Attachment(of.last(&format!("{opinion}反馈回执")))];
    for subject in of.subjects {
        parts.push(paragraph(format!("{}{}。意见（请打√）：", listed_as(subject), on_slip(subject))));
        // A box stays with its words: a line each.
        parts.extend(CHOICES.map(paragraph));
    }
    parts.extend(seal("单位", "负责人"));
    parts
}
