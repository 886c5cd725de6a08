//! When something was done, in words: 提前3天完成, 经批准延期.

use crate::notation::{Dimension, Notation, Status, StatusWord, scan_date, scan_quantity};
use crate::words::{self, Class, list};

use super::super::facts::plain_words;
use super::super::graded::{Band, Graded};
use super::super::{IndicatorFacts, Refusal};
use super::{Answer, due, leave};

pub(super) fn answer(rule: &Graded, facts: &IndicatorFacts) -> Result<Option<Answer>, Refusal> {
    let text = plain_words(facts.actual_text);
    let text = than_planned(&text);
    let known = |word| Some(Answer::of(Notation::Status(Status { word, rate: None })));
    if rule.approved
        && let Some(found) = leave::answer(text, facts)
    {
        return Ok(Some(found));
    }
    let put_off = ["经批准", "经批复", "经同意", "批准延期"].iter().any(|word| text.contains(word))
        && !text.contains("未经");
    if put_off {
        let why = "评分标准没有规定经批准的延期怎样计分";
        return Err(Refusal::new(facts.actual_text, why, "请由评审人员打分，或在评分标准中写明。"));
    }
    // 已按月足额发放 where that earns all points
    let own = |band: &Band| {
        let said = text.strip_prefix('已').unwrap_or(text);
        band.award.fixed(facts.weight) == Some(facts.weight.number())
            && band
                .words
                .as_str()
                .strip_prefix(said)
                .is_some_and(|rest| rest.starts_with(['得', '的', '计', '，', '记']))
    };
    if text.chars().nth(3).is_some() && rule.bands.iter().any(own) {
        return Ok(known(StatusWord::OnTime));
    }
    if is_not_done_by_then(text, facts) {
        return Ok(known(StatusWord::Late));
    }
    if let Some(found) = came_late(text) {
        return Ok(Some(found));
    }
    let ends = ["", "完成", "建成", "提交", "完工", "竣工", "交付", "报送", "验收", "办结"];
    if let Some(rest) = text.strip_prefix("提前").or_else(|| text.strip_prefix("已提前")) {
        let behind = match scan_quantity(rest) {
            Some((_, taken)) => rest.get(taken..).unwrap_or_default(),
            None => rest,
        };
        return Ok(if ends.contains(&behind) { known(StatusWord::OnTime) } else { None });
    }
    let kept = ["按期", "按时", "如期", "准时", "及时"].iter().find_map(|word| text.strip_prefix(word));
    if kept.is_some_and(|behind| ends.contains(&behind)) {
        return Ok(known(StatusWord::OnTime));
    }
    // 未经批准延期2个月
    let delay =
        text.strip_prefix("未经").and_then(|rest| rest.get(rest.find(['延', '逾', '推', '超', '拖'])?..));
    if let Some(delay) = delay.filter(|_| rule.approved) {
        let behind = delay.get("延期".len()..).unwrap_or_default();
        return Ok(if ends.contains(&behind) { known(StatusWord::Late) } else { None });
    }
    let late = ["未能按期", "未能按时", "未能如期", "没有按期", "没有按时"];
    if let Some(rest) = late.iter().find_map(|word| text.strip_prefix(word)) {
        return Ok(if ends.contains(&rest) { known(StatusWord::Late) } else { None });
    }
    Ok(None)
}

/// 截至2023年12月31日尚未上线 where it was due on that day.
fn is_not_done_by_then(text: &str, facts: &IndicatorFacts) -> bool {
    let Some(rest) = list::UP_TO_THEN.strip(text) else { return false };
    let Some((when, taken)) = scan_date(rest, false) else { return false };
    let act = rest.get(taken..).unwrap_or_default().trim_start_matches('，');
    let act = list::NOT_YET.iter().filter_map(|no| act.strip_prefix(no)).min_by_key(|act| act.len());
    let done = |act: &str| {
        act.chars().nth(1).is_some()
            && act.chars().all(char::is_alphabetic)
            && !words::of(Class::InPart).within(act)
    };
    let due = facts.target.and_then(due);
    let passed = when.days(None).zip(due).is_some_and(|(days, due)| days.last >= due);
    passed && act.is_some_and(done)
}

/// 迟报3天, 晚报送2天, 滞后5天: so many days late by another verb.
fn came_late(text: &str) -> Option<Answer> {
    let verbs = words::of(Class::CameLate);
    // 延迟18天到位; 延迟18天 alone is read as it stands.
    let own = verbs.strip(text);
    let rest = own.or_else(|| words::of(Class::StatedLate).strip(text))?;
    let rest = rest.strip_prefix('了').unwrap_or(rest);
    let (amount, taken) = scan_quantity(rest)?;
    let timed = matches!(amount.unit.dimension, Dimension::Time | Dimension::Months);
    let act = rest.get(taken..)?;
    let done = (act.is_empty() && own.is_some())
        || words::of(Class::ActsDone).has(act)
        || words::of(Class::EventsPaid).has(act);
    let whole = done && amount.sign.is_none();
    let late = format!("逾期{}{}", amount.number, amount.unit.word);
    (whole && timed).then(|| Answer { words: Some(late), ..Answer::of(Notation::Quantity(amount)) })
}

/// 较计划提前6天: the words behind those for what it was planned for.
pub(in crate::rule) fn than_planned(text: &str) -> &str {
    let stripped = || {
        let rest = text.strip_prefix('较').or_else(|| text.strip_prefix('比'))?;
        let rest =
            words::of(Class::Planned).strip(rest).or_else(|| words::of(Class::TimeAllowed).strip(rest))?;
        Some(words::of(Class::TimeAllowed).strip(rest).unwrap_or(rest))
    };
    stripped().unwrap_or(text)
}

/// 提前10天完成 where the criterion lists 提前完成, 逾期3天 where it lists 逾期完成, 尚未建立 where it lists 未建立.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    const WORDS: [(&[&str], &[&str]); 2] = [
        (&["提前"], &["提前完成", "提前"]),
        (&["逾期", "延期", "推迟", "延迟"], &["逾期完成", "逾期", "延期完成", "延期", "推迟完成"]),
    ];
    if rule.states.len() < 2 {
        return None;
    }
    let text = plain_words(facts.actual_text);
    let listed = |wanted: &str| {
        rule.states
            .iter()
            .find(|state| plain_words(&state.label) == wanted)
            .map(|state| Answer::word(&state.label))
    };
    for no in list::STATUS_NOT_YET.iter() {
        if let Some(found) = text.strip_prefix(no).and_then(|rest| listed(&format!("未{rest}"))) {
            return Some(found);
        }
    }
    WORDS.iter().find_map(|(said, labels)| {
        let rest = said.iter().find_map(|word| text.strip_prefix(word))?;
        let (_, taken) = scan_quantity(rest)?;
        let behind = rest.get(taken..)?;
        let mut found = labels.iter().filter_map(|label| listed(label));
        let first = found.next().filter(|_| ["", "完成", "完工"].contains(&behind))?;
        found.next().is_none().then_some(first)
    })
}
