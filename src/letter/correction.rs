//! 退回补正通知单: before review, on what is not filled in as it must be, with a slip that says it was received. Nothing of
//! points.

use super::compose::{OPEN, Round, listed_as, paragraph, seal, table};
use super::{LetterBlock, Subject};

pub(super) fn compose(of: &Round<'_>) -> (String, Vec<LetterBlock>) {
    let (here, attached) = of.each(one);
    let (what, end) = if of.subjects.len() == 1 {
        ("下列内容填报不完整或者不规范", "：")
    } else {
        ("附件所列内容填报不完整或者不规范", "。")
    };
    // That material goes back is a matter of how it was asked for, of which only the bureau knows.
    let mut parts = vec![paragraph(format!(
        "你单位报送的{}绩效自评材料收悉。根据（{OPEN}），经核对，{what}，暂不能开展复核，现予退回，请予补正{end}",
        of.projects()
    ))];
    parts.extend(here);
    parts.push(paragraph(format!(
        "请在收到本通知单后先退回所附回执，并于收到之日起{}内一次补正齐全，连同本通知单一并报送我局。本通知单只列填报和材料方面的事项，不涉及对得分的认定。",
        of.days()
    )));
    parts.extend(attached);
    parts.extend(slip(of));
    (format!("{}绩效自评材料退回补正通知单", of.titled()), parts)
}

fn one(subject: &Subject) -> Vec<LetterBlock> {
    table(&subject.points, ["序号", "补正内容", "存在的问题", "补正要求"]).into_iter().collect()
}

/// What the department sends back when it has received it.
fn slip(of: &Round<'_>) -> Vec<LetterBlock> {
    let mut parts = vec![LetterBlock::Attachment(of.last("退回补正通知单回执"))];
    let received = |subject: &&Subject| {
        paragraph(format!(
            "{}绩效自评材料退回补正通知单已于　　年　　月　　日收到，将按要求补正后重新报送。",
            listed_as(subject)
        ))
    };
    parts.extend(of.subjects.iter().map(received));
    parts.extend(seal("签收单位", "签收人"));
    parts
}
