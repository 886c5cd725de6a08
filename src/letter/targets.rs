//! 审核意见: on targets. There are no points yet, and the conclusion is a person's.

use super::compose::{Round, heading, paragraph, table};
use super::{Part, Subject};

pub(super) fn compose(of: &Round<'_>) -> (String, Vec<Part>) {
    let title = format!("关于{}项目支出绩效目标的审核意见", of.year());
    let (here, attached) = of.each(one);
    let mut parts = vec![paragraph(format!(
        "你单位报送的{}{}绩效目标收悉。我局从完整性、相关性、适当性、可行性等方面进行了审核，意见如下：",
        of.year(),
        of.projects()
    ))];
    parts.extend(here);
    if of.subjects.iter().any(|subject| !subject.points.is_empty()) {
        parts.push(paragraph(format!(
            "请你单位对照上述意见修改完善绩效目标，于收到本意见之日起{}内重新报送。",
            of.days()
        )));
    }
    parts.push(paragraph("审核结论（由审核人员勾选）：□通过　□修改后通过　□不通过，重新申报"));
    parts.extend(attached);
    (title, parts)
}

fn one(subject: &Subject) -> Vec<Part> {
    match table(&subject.points, ["序号", "指标", "审核发现的问题", "修改意见"]) {
        Some(table) => vec![heading("需要修改完善的事项"), table],
        None => vec![paragraph("经审核，所列绩效指标未发现需要修改的事项。")],
    }
}
