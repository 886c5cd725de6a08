//! 评价结果反馈及整改通知: total and grade, what is to be rectified, and the table that comes back; of what the agency
//! scored itself the same as the result of the review.

use super::comments::later;
use super::compose::{Round, called, heading, listed, names, paragraph, seal, shown, table, title_of};
use super::scores::{score_name, scores};
use super::{Deduction, LetterBlock, Subject, Wanted};
use crate::base::Score;

/// When the department was heard, which only the bureau knows.
const HEARD: &str = "（　　　　年　　月　　日已征求你单位意见）";
/// What becomes of a result (财预〔2020〕10号).
const USE: &str = "评价结果将作为安排预算、完善政策和改进管理的重要依据，并按照规定公开。";

pub(super) fn compose(of: &Round<'_>) -> (String, Vec<LetterBlock>) {
    let evaluated = of.evaluated();
    let of_what = if evaluated { "绩效评价结果" } else { "绩效自评复核结果" };
    let title = format!("关于反馈{}{of_what}并做好整改工作的通知", of.titled());
    let (here, attached) = of.each(one);
    let done = if evaluated {
        format!("我局组织对你单位{}开展了绩效评价{HEARD}。现将评价结果", of.projects())
    } else {
        format!("我局对你单位报送的{}绩效自评情况进行了复核{HEARD}。现将复核结果", of.projects())
    };
    let mut parts = vec![paragraph(format!("根据{}，{done}反馈你单位，请抓好整改落实。", of.basis()))];
    if of.subjects.len() > 1 {
        let rows = of.subjects.iter().zip(1_u32..).map(|(subject, number)| {
            vec![
                number.to_string(),
                called(subject).to_owned(),
                shown(subject.total),
                subject.grade.clone().unwrap_or_default(),
            ]
        });
        let titles = vec!["序号", "项目", score_name(evaluated), "等级"];
        parts.push(LetterBlock::Table { titles, rows: rows.collect() });
    }
    parts.extend(here);
    parts.push(heading("整改要求"));
    parts.push(paragraph(format!(
        "请你单位对照整改情况反馈表所列问题逐项研究，制定整改措施，明确责任人和完成时限，于收到本通知之日起{}内将整改落实情况\
         （整改情况反馈表及佐证材料）书面报送我局。",
        of.days()
    )));
    parts.push(paragraph(USE));
    parts.extend(attached);
    parts.extend(back(of));
    (title, parts)
}

fn one(subject: &Subject) -> Vec<LetterBlock> {
    let mut parts = vec![
        heading(if subject.evaluated { "评价结果" } else { "复核结果" }),
        paragraph(format!("{}{}", subject.funds.as_deref().unwrap_or_default(), scores(subject, true))),
        by_level(subject),
    ];
    let mut problems = problems(subject).zip(1_u32..).peekable();
    if problems.peek().is_some() {
        parts.push(heading("存在的问题"));
        parts.extend(problems.map(|(one, number)| problem(one, number)));
    } else {
        parts.push(paragraph("各项指标没有扣分。"));
    }
    let titles = ["序号", "对象", "存在的问题", "整改意见"];
    if let Some(table) = table(subject.points.iter().filter(|point| point.wanted != Wanted::Later), titles) {
        parts.extend([heading("需要更正的其他事项"), table]);
    }
    parts.extend(later(subject));
    parts
}

/// The points by level 2, with their sum; a level 1 is named once.
fn by_level(subject: &Subject) -> LetterBlock {
    let mut before: Option<&str> = None;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for level in &subject.levels {
        let again = before.replace(&level.level1) == Some(level.level1.as_str());
        let level1 = if again { String::new() } else { level.level1.clone() };
        rows.push(vec![level1, level.level2.clone(), level.weight.to_string(), shown(level.score)]);
    }
    if let Some(full) = subject.full {
        rows.push(vec!["合计".to_owned(), String::new(), full.to_string(), shown(subject.total)]);
    }
    LetterBlock::Table { titles: vec!["一级指标", "二级指标", "分值", "得分"], rows }
}

/// What came off. Of what the agency only scored too low the sums speak.
fn problems(subject: &Subject) -> impl Iterator<Item = &Deduction> {
    subject.deductions.iter().filter(|one| one.points.is_some())
}

fn problem(deduction: &Deduction, number: u32) -> LetterBlock {
    // What came off is said once, with why.
    let told = |points: &Score| !deduction.why.contains(&format!("扣{points}分"));
    let points = deduction.points.filter(told).map(|points| format!("，扣{points}分")).unwrap_or_default();
    let weight = deduction.weight;
    paragraph(format!(
        "{number}. {}（{weight}分{points}）。{}{}",
        title_of(&deduction.object),
        deduction.why,
        mended(deduction)
    ))
}

/// What is to be mended.
fn mended(deduction: &Deduction) -> String {
    deduction.mend.as_ref().map(|mend| format!("整改要求：{mend}。")).unwrap_or_default()
}

/// The table in which the department says what it did. What is for the targets of later years is no row of it.
fn back(of: &Round<'_>) -> Vec<LetterBlock> {
    let mut rows = Vec::new();
    let several = of.subjects.len() > 1;
    for subject in of.subjects {
        let lost = problems(subject).map(|one| match title_of(&one.object) {
            object if one.why.starts_with(object) => format!("{}{}", one.why, mended(one)),
            object => format!("{object}：{}{}", one.why, mended(one)),
        });
        let wrong = subject.points.iter().filter(|point| point.wanted != Wanted::Later);
        let wrong = wrong.map(|point| format!("{}：{}", names(&point.objects), listed(&point.facts)));
        for problem in lost.chain(wrong) {
            let number = rows.len().saturating_add(1).to_string();
            let mut row = vec![number];
            row.extend(several.then(|| called(subject).to_owned()));
            row.push(problem);
            row.extend([String::new(), String::new(), String::new()]);
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let mut titles = vec!["序号"];
    titles.extend(several.then_some("项目"));
    titles.extend(["存在的问题", "整改措施", "完成情况和时限", "责任人"]);
    let mut parts =
        vec![LetterBlock::Attachment(of.last("整改情况反馈表")), LetterBlock::Table { titles, rows }];
    parts.extend(seal("单位", "负责人"));
    parts
}
