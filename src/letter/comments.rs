//! 复核意见（征求意见稿）: what the review gives beside what the agency gave itself, what came off and why, and a slip on
//! which the department agrees or objects.

use super::compose::{Round, called, heading, paragraph, table};
use super::{Deduction, Part, Subject};
use crate::base::Score;

/// What is asked where points came off and nobody said why.
const ASKED: &str = "请说明原因和改进措施。";

pub(super) fn compose(of: &Round<'_>) -> (String, Vec<Part>) {
    let title = format!("关于{}项目支出绩效自评的复核意见（征求意见稿）", of.year());
    let (here, attached) = of.each(one);
    let mut parts = vec![paragraph(format!(
        "根据《项目支出绩效评价管理办法》（财预〔2020〕10号）和本级有关规定，我局对你单位报送的{}{}绩效自评情况进行了复核。\
         现将复核意见反馈你单位，征求意见。",
        of.year(),
        of.projects()
    ))];
    if of.subjects.len() > 1 {
        let rows = of.subjects.iter().zip(1_u32..).map(|(subject, number)| {
            vec![number.to_string(), called(subject).to_owned(), shown(subject.stated), shown(subject.total)]
        });
        parts
            .push(Part::Table {
                titles: vec!["序号", "项目", "自评得分", "复核得分"], rows: rows.collect()
            });
    }
    parts.extend(here);
    parts.push(heading("反馈要求"));
    parts.push(paragraph(format!(
        "请你单位对复核意见认真研究，于收到之日起{}内书面反馈意见；有异议的，请逐项写明理由并附佐证材料。\
         复核得分为测算结果，以财政部门最终核定的为准。",
        of.days()
    )));
    parts.extend(attached);
    parts.extend(slip(of));
    (title, parts)
}

fn one(subject: &Subject) -> Vec<Part> {
    let mut parts = vec![heading("得分情况"), paragraph(scores(subject))];
    let rows: Vec<Vec<String>> = subject.deductions.iter().map(row).collect();
    if rows.is_empty() {
        parts.push(paragraph("各项指标没有扣分。"));
    } else {
        parts.push(heading("扣分事项"));
        let titles = vec!["指标", "分值", "自评得分", "复核得分", "事实和扣分依据"];
        parts.push(Part::Table { titles, rows });
    }
    if let Some(table) = table(&subject.points, ["序号", "对象", "存在的问题", "意见"]) {
        parts.extend([heading("需要核实、说明的其他事项"), table]);
    }
    parts
}

fn scores(subject: &Subject) -> String {
    let full = subject.full.map(|full| format!("满分{full}分，")).unwrap_or_default();
    let stated = subject.stated.map(|stated| format!("自评得分{stated}分，")).unwrap_or_default();
    match subject.total {
        Some(total) => format!("{full}{stated}复核得分{total}分（测算结果）{}。", against(subject, total)),
        None if subject.waiting > 0 => {
            format!("{full}{stated}另有{}项指标待评审打分，复核得分待定。", subject.waiting)
        }
        None => format!("{full}{stated}复核得分待核实有关事项后确定。"),
    }
}

/// How far the total is from the one that the agency gave itself.
fn against(subject: &Subject, total: Score) -> String {
    let less = subject.stated.and_then(|stated| stated.number().minus(total.number()));
    match less {
        Some(less) if less.is_zero() => "，与自评得分一致".to_owned(),
        Some(less) if less.is_negative() => format!("，较自评得分核增{}分", less.abs()),
        Some(less) => format!("，较自评得分核减{less}分"),
        None => String::new(),
    }
}

fn row(deduction: &Deduction) -> Vec<String> {
    let given = deduction.given.as_ref().map(|given| format!("（单位说明：{given}）"));
    let given = given.unwrap_or_else(|| if deduction.asked { ASKED.to_owned() } else { String::new() });
    vec![
        deduction.object.clone(),
        deduction.weight.to_string(),
        shown(deduction.stated),
        deduction.score.to_string(),
        format!("{}{given}", deduction.why),
    ]
}

/// A score that need not be there.
fn shown(score: Option<Score>) -> String {
    score.map_or_else(|| "—".to_owned(), |score| score.to_string())
}

/// What the department sends back.
fn slip(of: &Round<'_>) -> Vec<Part> {
    let mut parts = vec![heading("附　复核意见反馈回执")];
    for subject in of.subjects {
        let total = subject.total.map(|total| format!("，复核得分{total}分")).unwrap_or_default();
        parts.push(paragraph(format!(
            "“{}”项目{total}：□无异议　□有异议（异议事项、理由和佐证材料另附）",
            called(subject)
        )));
    }
    parts.push(paragraph("单位（盖章）：　　　　　　负责人（签字）：　　　　　　　　　年　　月　　日"));
    parts
}
