//! 退回补正通知单: before review, on what is not filled in as it must be. Nothing of points.

use super::compose::{Round, paragraph, table};
use super::{Part, Subject};

pub(super) fn compose(of: &Round<'_>) -> (String, Vec<Part>) {
    let (here, attached) = of.each(one);
    let mut parts = vec![paragraph(format!(
        "你单位报送的{}{}绩效材料收悉。经核对，下列内容填报不完整或者不规范，暂不能开展复核，现予退回，请予补正：",
        of.year(),
        of.projects()
    ))];
    parts.extend(here);
    parts.push(paragraph(format!(
        "请于收到本通知单之日起{}内一次补正齐全，连同本通知单一并报送我局。本通知单只列填报和材料方面的事项，不涉及评分。",
        of.days()
    )));
    parts.extend(attached);
    ("项目支出绩效材料退回补正通知单".to_owned(), parts)
}

fn one(subject: &Subject) -> Vec<Part> {
    let table = table(&subject.points, ["序号", "补正内容", "存在的问题", "补正要求"]);
    vec![table.unwrap_or_else(|| paragraph("未发现需要补正的事项。"))]
}
