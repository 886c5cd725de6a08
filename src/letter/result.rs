//! 评价结果反馈及整改通知: total and grade, what is to be rectified, and the table that comes back.

use super::compose::{Round, called, heading, paragraph, table};
use super::{Deduction, Part, Subject};

pub(super) fn compose(of: &Round<'_>) -> (String, Vec<Part>) {
    let what = match of.subjects {
        [only] => format!("“{}”项目", called(only)),
        _ => "项目支出".to_owned(),
    };
    let title = format!("关于反馈{}{what}绩效评价结果并做好整改工作的通知", of.year());
    let (here, attached) = of.each(one);
    let mut parts = vec![paragraph(format!(
        "根据《项目支出绩效评价管理办法》（财预〔2020〕10号）和本级有关规定，我局组织对你单位{}{}开展了绩效评价。\
         现将评价结果反馈你单位，请抓好整改落实。",
        of.year(),
        of.projects()
    ))];
    if of.subjects.len() > 1 {
        let rows = of.subjects.iter().zip(1_u32..).map(|(subject, number)| {
            let total = subject.total.map(|total| total.to_string()).unwrap_or_default();
            vec![
                number.to_string(),
                called(subject).to_owned(),
                total,
                subject.grade.clone().unwrap_or_default(),
            ]
        });
        parts
            .push(Part::Table {
                titles: vec!["序号", "项目", "评价得分", "评价等级"], rows: rows.collect()
            });
    }
    parts.extend(here);
    parts.push(heading("整改要求"));
    parts.push(paragraph(format!(
        "请你单位对照上述问题逐项研究，制定整改措施，明确责任人和完成时限，于收到本通知之日起{}内将整改落实情况\
         （整改情况反馈表及佐证材料）书面报送我局。",
        of.days()
    )));
    parts.extend(attached);
    parts.extend(back(of));
    (title, parts)
}

fn one(subject: &Subject) -> Vec<Part> {
    let mut parts = vec![heading("评价结果"), paragraph(result(subject))];
    let rows = subject.levels.iter().map(|level| {
        vec![level.level1.clone(), level.level2.clone(), level.weight.to_string(), level.score.to_string()]
    });
    parts.push(Part::Table {
        titles: vec!["一级指标", "二级指标", "分值", "得分"], rows: rows.collect()
    });
    if subject.deductions.is_empty() {
        parts.push(paragraph("各项指标没有扣分。"));
    } else {
        parts.push(heading("存在的问题"));
        parts.extend(subject.deductions.iter().zip(1_u32..).map(|(one, number)| problem(one, number)));
    }
    if let Some(table) = table(&subject.points, ["序号", "对象", "存在的问题", "意见"]) {
        parts.extend([heading("需要完善的其他事项"), table]);
    }
    parts
}

fn result(subject: &Subject) -> String {
    let full = subject.full.map(|full| format!("满分{full}分，")).unwrap_or_default();
    match (subject.total, &subject.grade) {
        (Some(total), Some(grade)) => {
            format!("{full}评价得分{total}分，评价等级为“{grade}”（测算结果，以财政部门核定的为准）。")
        }
        (Some(total), None) => format!("{full}评价得分{total}分（测算结果，以财政部门核定的为准）。"),
        (None, _) => format!("{full}评价得分待核定。"),
    }
}

fn problem(deduction: &Deduction, number: u32) -> Part {
    let points = deduction.points.map(|points| format!("，扣{points}分")).unwrap_or_default();
    let weight = deduction.weight;
    paragraph(format!("{number}. {}（{weight}分{points}）。{}", deduction.object, deduction.why))
}

/// The table in which the department says what it did.
fn back(of: &Round<'_>) -> Vec<Part> {
    let mut rows = Vec::new();
    for subject in of.subjects {
        let objects = subject.deductions.iter().map(|one| one.object.as_str());
        for object in objects.chain(subject.points.iter().map(|point| point.object.as_str())) {
            let number = rows.len().saturating_add(1).to_string();
            let mut row = vec![number, called(subject).to_owned(), object.to_owned()];
            row.extend([String::new(), String::new(), String::new()]);
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let titles = vec!["序号", "项目", "问题所在", "整改措施", "完成情况和时限", "责任人"];
    vec![heading("附　整改情况反馈表"), Part::Table { titles, rows }]
}
