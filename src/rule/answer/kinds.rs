//! What of an answer is about what is counted: 投诉2起、安全事故1起 under 投诉, 责任事故1起，非责任事故2起 under 责任事故.

use super::super::graded::Graded;
use super::super::{IndicatorFacts, Refusal};
use super::counts::HINT;
use super::gravity::{Sameness, kind};
use super::parts::AnswerPart;
use crate::words::{self, Class};

/// The parts about what the criterion or the form counts, and whether others were left out: 投诉2起、安全事故1起 under 投诉.
pub(super) fn of_thing(
    parts: Vec<AnswerPart>,
    rule: &Graded,
    facts: &IndicatorFacts,
) -> Result<(Vec<AnswerPart>, bool), Refusal> {
    let known = format!("{}{}", rule.all_words(), facts.indicator);
    let things = words::of(Class::FaultsOfAKind);
    // Where problems of any kind count, each of them may.
    if !things.within(&known) || known.contains("问题") {
        return Ok((parts, false));
    }
    let is_other = |part: &AnswerPart| {
        let said = part.words();
        // 重发 beside 漏发 where 错发、漏发、重发 count.
        if said.chars().nth(1).is_some() && known.contains(&said) {
            return false;
        }
        let mut named = things.iter().filter(|thing| said.contains(thing)).peekable();
        part.amount.is_some() && named.peek().is_some() && named.all(|thing| !known.contains(thing))
    };
    if let Some(words) =
        parts.iter().map(AnswerPart::words).find(|said| is_of_another(said, &rule.all_words()))
    {
        let why = format!("写明的是“{words}”，是不是评分标准计数的情形，无法确定");
        return Err(Refusal::new(facts.actual_text, why, HINT));
    }
    let (others, own): (Vec<AnswerPart>, Vec<AnswerPart>) = parts.into_iter().partition(is_other);
    match others.first() {
        Some(other) if own.is_empty() => {
            let why = format!("写明的是“{}”，不是评分标准计数的情形", other.words());
            Err(Refusal::new(facts.actual_text, why, HINT))
        }
        other => Ok((own, other.is_some())),
    }
}

/// 发生事故4起，其中非责任事故3起: how many of them count is the rest, which nobody has said.
pub(super) fn checked_rest(rule: &Graded, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let part = facts.actual_text.split_once("其中").map(|(_, part)| part);
    let known = || rule.all_words().contains('非') || facts.indicator.contains('非');
    if part.is_some_and(|part| part.starts_with('非')) && !known() {
        let why = "写明其中有一部分不属于要计的情形，没有写明要计的有多少";
        return Err(Refusal::new(facts.actual_text, why, HINT));
    }
    Ok(())
}

/// 交通事故 where 安全事故 counts: the thing by another word before it.
fn is_of_another(said: &str, known: &str) -> bool {
    let before = |text: &str, thing: &str| -> Option<String> {
        let (before, _) = text.rsplit_once(thing)?;
        let chars: Vec<char> = before.chars().collect();
        let two: String = chars.get(chars.len().checked_sub(2)?..)?.iter().collect();
        let plain = chars.iter().rev().take(2).all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        let verb = [Class::Found, Class::FoundNone, Class::FoundSome, Class::Ranks, Class::Inspected]
            .iter()
            .any(|class| words::of(*class).within(&two));
        (plain && !verb && !is_measure(&two)).then_some(two)
    };
    words::of(Class::FaultsOfAKind).iter().any(|thing| match (before(said, thing), before(known, thing)) {
        (Some(own), Some(asked)) => own != asked && !known.contains(&own),
        _ => false,
    })
}

/// 1起 before the thing is no kind of it.
fn is_measure(two: &str) -> bool {
    let mut chars = two.chars();
    let (first, last) = (chars.next(), chars.next());
    first.is_some_and(|c| c.is_ascii_digit() || crate::notation::is_numeral(c))
        || last
            .is_some_and(|c| matches!(c, '起' | '次' | '件' | '例' | '个' | '处' | '宗' | '有' | '的' | '被'))
}

/// 有责投诉2起 beside 收到投诉9起 under 有责投诉: by its very name, and no more than there are of its thing.
fn by_its_name(parts: &[AnswerPart], asked: &str) -> Option<AnswerPart> {
    let [whole, own] = parts else { return None };
    let (all, of) = (whole.amount.as_ref()?, own.amount.as_ref()?);
    let thing = words::of(Class::FaultsOfAKind).longest_end(asked)?;
    let named = own.words().contains(asked) && !words::of(Class::Negations).within(&own.words());
    let general = whole.words().ends_with(thing) && kind(asked, &whole.words()) == Sameness::Unclear;
    let within = all.unit == of.unit && of.number <= all.number && all.sign.is_none() && of.sign.is_none();
    (named && general && within).then(|| own.clone())
}

/// What of an answer is of the kind that is asked for.
pub(super) enum OfKind {
    /// These parts.
    These(Vec<AnswerPart>),
    /// Certainly nothing.
    None,
}

/// What of the parts is of the kind that is asked for; refused where that may be.
pub(super) fn of_kind(
    parts: Vec<AnswerPart>,
    asked: &str,
    facts: &IndicatorFacts,
) -> Result<OfKind, Refusal> {
    if asked.is_empty() {
        return Ok(OfKind::These(parts));
    }
    if let [only] = parts.as_slice()
        && kind(asked, &only.words()) == Sameness::Other
    {
        return Ok(OfKind::None);
    }
    if let Some(own) = by_its_name(&parts, asked) {
        return Ok(OfKind::These(vec![own]));
    }
    if let Some(words) =
        parts.iter().map(AnswerPart::words).find(|words| kind(asked, words) == Sameness::Unclear)
    {
        let why = format!("评分标准只计“{asked}”，实际完成值“{words}”没有写明是不是它");
        let hint = format!("请核对认定文件，写明“{asked}”有多少，例如“0”或“1”；或由评审人员打分。");
        return Err(Refusal::new(facts.actual_text, why, hint));
    }
    let (own, others): (Vec<AnswerPart>, Vec<AnswerPart>) =
        parts.into_iter().partition(|part| kind(asked, &part.words()) == Sameness::Same);
    // What is said of it must be said in its own words.
    let named = |part: &AnswerPart| part.words().contains(asked);
    match others.first() {
        Some(other) if !own.iter().any(named) => {
            let why = format!("评分标准只计“{asked}”，实际完成值写的是“{}”，不是同一种情形", other.words());
            let hint = format!("请写明“{asked}”有多少，例如“0”或“1”；或由评审人员打分。");
            Err(Refusal::new(facts.actual_text, why, hint))
        }
        _ => Ok(OfKind::These(own)),
    }
}
