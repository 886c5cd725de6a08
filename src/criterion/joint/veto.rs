//! What earns nothing whatever else holds: 出现重大安全事故的，本项不得分; 一票否决.

use crate::base::Number;
use crate::criterion::Context;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::scan::{attempt, is_name};
use crate::criterion::text::plain::segments;
use crate::notation::scan_quantity;
use crate::rule::{Award, Joint, Part, Refusal, Together};
use crate::words::{self, Class, list};

use super::{ONE, Readers, joint, within};

/// The rule of an event: none earns its point.
pub(super) const EVENT: &str = "发现问题数不高于0得满分;其余情况得0分";

/// The rule with what vetoes it.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Result<Joint, Refusal>> {
    let parts = segments(text);
    let mut events: Vec<Vec<String>> = Vec::new();
    let mut kept = String::new();
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let mut found = None;
        // 发生进京上访的，一票否决，本项得0分
        for length in (1..=3).rev() {
            let Some(several) = parts.get(at..at.saturating_add(length)) else { continue };
            let whole = several.iter().map(|part| part.text).collect::<Vec<_>>().join("，");
            let inner = several.split_last().is_some_and(|(_, before)| before.iter().all(|part| !part.ends));
            if let Some(names) = event(&whole, false).filter(|_| inner) {
                found = Some((names, length));
                break;
            }
        }
        if let Some((names, length)) = found {
            events.push(names);
            at = at.saturating_add(length);
            if let Some(last) = kept.pop() {
                kept.push(if last == '，' { ';' } else { last });
            }
            continue;
        }
        kept.push_str(part.text);
        kept.push(if part.ends { ';' } else { '，' });
        at = at.saturating_add(1);
    }
    if events.is_empty() || kept.is_empty() {
        return None;
    }
    let base = kept.trim_end_matches([';', '，']);
    let base = plain_base(base);
    // 符合规定得4分: what it is not is what vetoes, or earns nothing.
    let rule = (readers.any)(&base, context)
        .or_else(|refusal| {
            if base.contains(['每', '扣', '；']) {
                Err(refusal)
            } else {
                (readers.any)(&format!("{base};否则不得分"), context)
            }
        })
        .ok()?;
    let mut all = vec![Part { names: Vec::new(), points: None, rule }];
    for name in events.into_iter().flatten() {
        let names = named(&name);
        let alone = Context { target: None, ..*context };
        let rule = (readers.one)(EVENT, &within(&name, Some(ONE), &alone)).ok()?;
        all.push(Part { names, points: Some(ONE), rule });
    }
    joint(all, Together::Veto).map(Ok)
}

/// 未发生的，一次验收合格率×8分; 其他问题每发现1个扣1分: the rule itself, without the words that it is for what did not veto.
fn plain_base(base: &str) -> String {
    let rest = [
        "未发生的，",
        "未发生的;",
        "未出现的，",
        "没有发生的，",
        "不存在的，",
        "无上述情形的，",
        "无以上情形的，",
    ]
    .iter()
    .find_map(|lead| base.strip_prefix(lead))
    .unwrap_or(base);
    let other = ["其他", "其它", "其余"].iter().find_map(|other| rest.strip_prefix(other));
    let thing = |text: &&str| {
        ["问题", "违规", "情况", "情形", "不规范", "不合规"].iter().any(|thing| text.starts_with(thing))
    };
    other.filter(thing).unwrap_or(rest).to_owned()
}

/// Its name, and what of it is bad in itself: 整改弄虚作假 is 弄虚作假.
pub(super) fn named(name: &str) -> Vec<String> {
    let bad = words::of(Class::Misdeeds).find(name).map(|(_, word)| word.to_owned());
    std::iter::once(name.to_owned()).chain(bad.filter(|bad| bad != name)).collect()
}

/// What vetoes, by its names; `among_faults` says that all the others are faults, of which it needs not say that it is one.
pub(super) fn event(text: &str, among_faults: bool) -> Option<Vec<String>> {
    let stripped = plainly(text);
    // 有虚报冒领行为的，一票否决
    let alone = text
        .contains("一票否决")
        .then(|| stripped.trim_end_matches(['，', '的', '者']))
        .filter(|_| stripped.ends_with(['，', '的', '者']));
    let found = stripped.char_indices().skip(1).find_map(|(at, _)| {
        let mut rest = stripped.get(at..)?;
        let found = attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())?;
        Some((stripped.get(..at)?, found))
    });
    let (what, earned) = found.or_else(|| alone.map(|what| (what, Award::ZERO)))?;
    if earned != Award::ZERO {
        return None;
    }
    let what = what.trim_end_matches(['，', '的', '者', '时']).trim_start_matches(['，', '但']);
    // 治理期间发生人员伤亡
    let during = what.split_once("期间").filter(|(before, _)| !before.is_empty() && is_name(before));
    let what = during.map_or(what, |(_, event)| event);
    let verb = words::of(Class::EventVerbs).strip(what);
    let bare = verb.map_or(what, uncounted);
    let bare = ["情形", "情况", "行为", "问题", "现象"]
        .iter()
        .find_map(|end| bare.strip_suffix(end))
        .filter(|b| b.chars().nth(1).is_some())
        .unwrap_or(bare);
    let bare = bare.trim_end_matches(['等', '之', '的']);
    let misdeed = words::of(Class::Misdeeds).within(bare);
    let vetoes = words::of(Class::VetoWords).within(text) && text.contains("否决");
    if verb.is_none() && !misdeed && !vetoes && !among_faults {
        return None;
    }
    let names: Vec<String> = bare.split(['、', '或']).map(str::to_owned).collect();
    let plain = |name: &String| {
        name.chars().nth(1).is_some()
            && is_name(&name.replace("及以上", "").replace("以上", "").replace("较大", ""))
            && !list::DENIAL_SIGNS.begins(name)
    };
    names.iter().all(plain).then_some(names)
}

/// 1例因贫失学, 一起及以上责任事故: that one is enough.
fn uncounted(what: &str) -> &str {
    let Some((amount, taken)) = scan_quantity(what) else { return what };
    let one = amount.number == Number::ONE && amount.sign.is_none() && is_count(&amount.unit);
    let rest = what.get(taken..).filter(|_| one);
    let rest = rest.map(|rest| list::LEVEL_AND_BETTER.strip(rest).unwrap_or(rest).trim_start_matches('的'));
    rest.filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(what)
}

/// The text without words that only stress the veto.
fn plainly(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some((at, word)) = words::of(Class::VetoWords).find(&text) {
        let end = at.saturating_add(word.len());
        text = format!("{}{}", text.get(..at).unwrap_or_default(), text.get(end..).unwrap_or_default());
    }
    text.replace("，，", "，")
}
