//! When something was done, in words: 提前3天完成, 经批准延期.

use crate::notation::{Notation, Status, StatusWord, scan_quantity};

use super::super::facts::plain_words;
use super::super::{Facts, Refusal};
use super::Answer;

pub(super) fn answer(facts: &Facts) -> Result<Option<Answer>, Refusal> {
    let text = plain_words(facts.actual_text);
    let known = |word| Some(Answer::of(Notation::Status(Status { word, rate: None })));
    if ["经批准", "经批复", "经同意", "批准延期"].iter().any(|word| text.contains(word))
        && !text.contains("未经")
    {
        let why = "评分标准没有规定经批准的延期怎样计分";
        return Err(Refusal::new(facts.actual_text, why, "请由评审人员打分，或在评分标准中写明。"));
    }
    let ends = ["", "完成", "完工", "竣工", "交付", "报送", "验收", "办结"];
    if let Some(rest) = text.strip_prefix("提前").or_else(|| text.strip_prefix("已提前")) {
        let behind = match scan_quantity(rest) {
            Some((_, taken)) => rest.get(taken..).unwrap_or_default(),
            None => rest,
        };
        return Ok(if ends.contains(&behind) { known(StatusWord::OnTime) } else { None });
    }
    let late = ["未能按期", "未能按时", "未能如期", "没有按期", "没有按时"];
    if let Some(rest) = late.iter().find_map(|word| text.strip_prefix(word)) {
        return Ok(if ends.contains(&rest) { known(StatusWord::Late) } else { None });
    }
    Ok(None)
}
