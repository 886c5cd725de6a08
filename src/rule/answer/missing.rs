//! What is missing: 缺3份, 缺合同、付款凭证, 资料齐全.

use crate::base::Number;
use crate::notation::{Notation, Quantity, Unit};
use crate::words::{self, Class, list};

use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::{IndicatorFacts, Refusal};
use super::Answer;
use super::parts::{AnswerPart, parts};
use super::told_none::is_all_sound;
use super::undone::undone;

/// The text behind a word of lacking.
fn lacking(text: &str) -> Option<&str> {
    const LACKS: [&str; 8] = ["缺失", "缺少", "尚缺", "缺", "漏报", "遗漏", "漏", "少"];
    LACKS.iter().find_map(|word| text.strip_prefix(word))
}

/// 缺3份, 缺少2项, 资料齐全, 不缺项
pub(super) fn answer(rule: &Graded, facts: &IndicatorFacts) -> Result<Option<Answer>, Refusal> {
    let text = plain_words(facts.actual_text);
    let nothing = ["不缺", "无缺", "未缺", "没有缺"].iter().any(|word| text.starts_with(word));
    let whole = words::of(Class::AllThere).iter().any(|all| {
        text.strip_suffix(all).is_some_and(|thing| {
            words::of(Class::ThingsKept).has(thing)
                || (thing.chars().nth(1).is_some() && rule.all_words().contains(&format!("{thing}{all}")))
        })
    });
    if (nothing || whole || is_all_sound(&text)) && !text.contains(|c: char| c.is_ascii_digit()) {
        return Ok(Some(missed(&Quantity::new(Number::ZERO, Unit::bare()))));
    }
    // 立项资料齐全，缺监理日志两类资料: what is there beside what is not.
    let there = |part: &AnswerPart| {
        part.amount.is_none()
            && words::of(Class::AllThere).ends(&part.before)
            && !words::of(Class::Negations).within(&part.before)
    };
    let found: Vec<AnswerPart> =
        parts(facts.actual_text).unwrap_or_default().into_iter().filter(|part| !there(part)).collect();
    if let Some(left) = beside_those_done(&found, facts) {
        return Ok(Some(missed(&left)));
    }
    if let Some((number, unit)) = listed(&text, rule) {
        return Ok(Some(missed(&Quantity::new(number, Unit::count(unit)))));
    }
    if let Some((number, unit)) = one_of_each(&text, rule) {
        return Ok(Some(missed(&Quantity::new(number, Unit::count(unit)))));
    }
    let [only] = found.as_slice() else { return Ok(None) };
    let Some(amount) = only.amount.as_ref().filter(|amount| amount.sign.is_none()) else { return Ok(None) };
    // 缺开工报告、竣工图2项资料
    let counted = |rest: &str| {
        let joined = |c: char| list::NAMES_JOINED.has_char(c);
        let all = u32::try_from(rest.split(joined).count()).map(Number::from);
        rest.contains(joined) && all == Ok(amount.number) && !rest.contains('等')
    };
    let said = lacking(&only.before).is_some_and(|rest| rest.chars().count() <= 6 || counted(rest))
        || (only.before.is_empty() && lacking(&only.after).is_some())
        || undone(only);
    if said {
        return Ok(Some(missed(amount)));
    }
    // 会议纪要缺失份数: the indicator itself counts what is missing.
    let counts =
        ["缺", "漏", "遗失", "未归档", "未建档", "丢失"].iter().any(|word| facts.indicator.contains(word));
    let zero = facts.target.and_then(Notation::quantity).is_none_or(|target| target.number.is_zero());
    if only.words().is_empty() && counts && zero {
        return Ok(Some(missed(amount)));
    }
    let target = facts.target.and_then(Notation::quantity);
    if counts || target.is_some_and(|target| target.number.is_zero()) {
        let why = "实际完成值是现有的数量，还是缺少的数量，无法确定";
        return Err(Refusal::new(facts.actual_text, why, "请写明缺少多少。"));
    }
    Ok(None)
}

/// 四项制度已建立，两项制度未建立 of 6项: what was not done, beside what was, and together all of it.
fn beside_those_done(found: &[AnswerPart], facts: &IndicatorFacts) -> Option<Quantity> {
    let [a, b] = found else { return None };
    let target = facts.target.and_then(Notation::quantity)?;
    let act = |part: &AnswerPart, sign: &str| part.words().rsplit_once(sign).map(|(_, act)| act.to_owned());
    let (done, left) = match (act(a, "已"), act(b, "未")) {
        (Some(done), Some(left)) if done == left && done.chars().nth(1).is_some() => (a, b),
        _ => return None,
    };
    let (x, y) = (done.amount.as_ref()?, left.amount.as_ref()?);
    let whole =
        x.unit == y.unit && target.unit.word == x.unit.word && x.number.plus(y.number) == Some(target.number);
    (whole && x.sign.is_none() && y.sign.is_none()).then(|| y.clone())
}

/// 缺合同、付款凭证: so many are named, where things of whichever kind count (每缺1项).
fn listed(text: &str, rule: &Graded) -> Option<(Number, &'static str)> {
    let named = lacking(text)?;
    let open = ["等", "部分", "若干", "和", "及", "与", "份", "但", "补"];
    if named.contains(|c: char| c.is_ascii_digit()) || open.iter().any(|word| named.contains(word)) {
        return None;
    }
    let asked = rule.all_words();
    let unit = ["项", "种", "类"]
        .into_iter()
        .find(|unit| asked.contains(&format!("1{unit}")) || asked.contains(&format!("一{unit}")))?;
    let things: Vec<&str> = named.split(['、', '，']).collect();
    // 资产管理制度 of 预算管理、资产管理两项制度
    let own = |thing: &str| {
        let core = words::of(Class::ThingsKept).strip_end(thing).unwrap_or(thing);
        let among = |name: &str| name.starts_with(core) || name.ends_with(core);
        core.chars().nth(1).is_some()
            && asked.contains('、')
            && asked.split(['、', '，', '和', '及']).any(among)
    };
    let once =
        things.iter().enumerate().all(|(at, thing)| !things.iter().take(at).any(|other| other == thing));
    let whole = once
        && things.iter().all(|thing| {
            (words::of(Class::Papers).ends(thing) || own(thing))
                && thing.chars().nth(1).is_some()
                && !thing.contains(['齐', '全', '未', '不', '无'])
        });
    let count = u32::try_from(things.len()).ok().filter(|_| whole)?;
    Some((Number::from(count), unit))
}

/// 缺验收报告、监理日志各一份: so many as are named.
fn one_of_each(text: &str, rule: &Graded) -> Option<(Number, &'static str)> {
    let named = lacking(text)?;
    let (each, unit) = ["份", "项", "个", "本"].into_iter().find_map(|unit| {
        let rest = named.strip_suffix(unit)?;
        Some((rest.strip_suffix("各一").or_else(|| rest.strip_suffix("各1"))?, unit))
    })?;
    let things: Vec<&str> = each.split(['、', '和', '及']).collect();
    let plain = |thing: &&str| {
        thing.chars().nth(1).is_some()
            && thing.chars().all(char::is_alphabetic)
            && !thing.contains(['等', '未', '不', '无', '齐', '全', '各'])
    };
    let once =
        things.iter().enumerate().all(|(at, thing)| !things.iter().take(at).any(|other| other == thing));
    let asked = rule.all_words();
    let same = ["1", "一", "每缺", "每少"].iter().any(|one| asked.contains(&format!("{one}{unit}")));
    let count = u32::try_from(things.len()).ok().filter(|_| once && same && things.iter().all(plain))?;
    Some((Number::from(count), unit))
}

/// So many are missing.
fn missed(amount: &Quantity) -> Answer {
    Answer::number(amount.clone())
}
