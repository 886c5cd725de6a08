//! 审核意见: on targets. There are no points yet, and the conclusion is a person's.

use super::compose::{MANAGEMENT, Round, heading, paragraph, table};
use super::{LetterBlock, Subject};
use crate::model::REVIEW_CONCLUSIONS;

pub(super) fn compose(of: &Round<'_>) -> (String, Vec<LetterBlock>) {
    let title = format!("关于{}绩效目标的审核意见", of.titled());
    let alone = of.subjects.len() == 1;
    let (here, attached) = of.each(|subject| {
        let mut parts = one(subject);
        parts.extend((!alone).then(|| conclusion(subject)));
        parts
    });
    let mut parts = vec![paragraph(format!(
        "根据{MANAGEMENT}，我局对你单位报送的{}绩效目标进行了审核。审核以申报表所填内容为准，意见{}",
        of.projects(),
        if alone { "如下：" } else { "见附件。" }
    ))];
    parts.extend(here);
    if let [only] = of.subjects {
        parts.push(conclusion(only));
    }
    parts.extend(again(of).map(paragraph));
    parts.extend(attached);
    (title, parts)
}

/// What the department is to do: that depends on what the review comes to, where nobody has said it yet.
fn again(of: &Round<'_>) -> Option<String> {
    let [passed, mended, refused] = REVIEW_CONCLUSIONS;
    // Where nothing is to be mended, there is nothing to hold it against.
    let nothing = |subject: &Subject| {
        subject.points.is_empty() && subject.opinions.is_empty() && subject.conclusion.is_none()
    };
    let asked = |subject: &&&Subject| subject.conclusion.as_deref() != Some(passed) && !nothing(subject);
    let mut left = of.subjects.iter().filter(asked).peekable();
    left.peek()?;
    let open = left.any(|subject| subject.conclusion.is_none()) || of.subjects.len() > 1;
    let those = if open {
        format!("审核结论为“{mended}”或者“{refused}”的，")
    } else {
        String::new()
    };
    Some(format!("{those}请你单位对照上述意见修改完善绩效目标，于收到本意见之日起{}内重新报送。", of.days()))
}

/// What the review comes to: a person's word, open where nobody gave it.
fn conclusion(subject: &Subject) -> LetterBlock {
    let chosen = subject.conclusion.as_deref();
    let mark = |one: &str| if chosen == Some(one) { "☑" } else { "□" };
    let all: Vec<String> = REVIEW_CONCLUSIONS.iter().map(|one| format!("{}{one}", mark(one))).collect();
    paragraph(format!("审核结论（由审核人员勾选）：{}", all.join("　")))
}

fn one(subject: &Subject) -> Vec<LetterBlock> {
    let mut parts = match table(&subject.points, ["序号", "指标", "审核发现的问题", "修改意见"])
    {
        Some(table) => vec![heading("需要修改完善的事项"), table],
        None if subject.opinions.is_empty() => {
            vec![paragraph("申报表所列绩效指标未发现需要修改的事项。")]
        }
        None => Vec::new(),
    };
    if !subject.opinions.is_empty() {
        parts.push(heading("审核人员意见"));
        parts.extend(subject.opinions.iter().map(|(point, words)| paragraph(format!("{point}：{words}"))));
    }
    parts
}
