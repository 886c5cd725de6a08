//! What faults of several kinds cost, each said in a sentence of its own and in whatever order its words stand: 一般问题每个扣0.5分，较重问题每个扣2
//! 分，存在严重问题的不得分; 发生一般事故1起扣1分；程序存在瑕疵的，每处扣2分. A sentence is cut into what it earns, one of what is counted and the
//! words around it, and what is left is the name of the fault. What else it says is not passed over: then this is no such rule.

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::kinds::until_gone;
use crate::criterion::grammar::limit::{Limit, limit};
use crate::criterion::grammar::scan::{Input, attempt, is_name, lit, word};
use crate::criterion::grammar::steps::length;
use crate::criterion::grammar::words::{
    BAD, ELSE, HARM, MISSED, STEP_ABOVE, STEP_BELOW, STEP_EITHER, STEP_FOUND, STEP_MISSING,
};
use crate::criterion::text::plain::segments;
use crate::notation::{Dimension, scan_unit};
use crate::rule::{Award, Joint, Part, Refusal, Rule, Together, is_ranked};
use crate::words::{self, Class, list};

use super::veto::{EVENT, event, named};
use super::{ONE, Readers, joint, within};

/// A kind of fault, of which each case costs something.
struct Fault {
    names: Vec<String>,
    unit: String,
    points: Number,
    /// 其他问题: whatever is no case of the others.
    other: bool,
    /// 漏报、误报1次: one of several that are named together, of which not each occurs.
    joined: bool,
}

/// What a sentence says.
enum Says {
    /// All points, where there is no fault.
    Whole(String),
    Each(Vec<Fault>),
    /// No points, where one of these occurred.
    Veto(Vec<String>),
    Nothing,
}

/// The rule of several kinds of faults.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Result<Joint, Refusal>> {
    let weight = context.weight.map(Weight::number)?;
    if text.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let mut faults: Vec<Fault> = Vec::new();
    let mut events: Vec<String> = Vec::new();
    let mut whole: Option<String> = None;
    for sentence in sentences(text) {
        match says(&sentence, weight)? {
            Says::Each(found) => faults.extend(found),
            Says::Veto(names) => events.extend(names),
            Says::Whole(words) if whole.is_none() => whole = Some(words),
            Says::Whole(_) => return None,
            Says::Nothing => {}
        }
    }
    if faults.is_empty() || (faults.len() < 2 && events.is_empty()) {
        return None;
    }
    let others = faults.iter().filter(|fault| fault.other).count();
    if others > 1 || (others == 1 && faults.len() > 1) || !apart(&faults, &events) {
        return None;
    }
    if !whole.is_none_or(|words| is_their_contrary(&words, context.indicator, &faults, &events)) {
        return None;
    }
    let base = base(&faults, context, readers)?;
    if events.is_empty() {
        return match base {
            Base::Several(joint) => Some(Ok(joint)),
            Base::One(_) => None,
        };
    }
    let rule = match base {
        Base::Several(joint) => Rule::Joint(joint),
        Base::One(rule) => rule,
    };
    let mut parts = vec![Part { names: Vec::new(), points: None, rule }];
    let alone = Context { target: None, ..*context };
    for name in events {
        let rule = (readers.one)(EVENT, &within(&name, Some(ONE), &alone)).ok()?;
        parts.push(Part { names: named(&name), points: Some(ONE), rule });
    }
    joint(parts, Together::Veto).map(Ok)
}

/// Longer texts say more than what faults cost.
const MAX_CHARS: usize = 400;

/// The rule of what is counted.
enum Base {
    One(Rule),
    Several(Joint),
}

fn base(faults: &[Fault], context: &Context, readers: Readers) -> Option<Base> {
    let alone = Context { target: None, ..*context };
    if let [only] = faults {
        // 其他不规范问题: any problem that does not veto.
        let name = only.names.first().map_or("", String::as_str);
        let name = list::FAULT_NOUNS.iter().find(|noun| only.other && name.ends_with(noun)).unwrap_or(name);
        let text = format!("每发现1{}{name}扣{}分，扣完为止", only.unit, only.points);
        return (readers.one)(&text, &alone).ok().map(Base::One);
    }
    let mut parts = Vec::new();
    for fault in faults {
        let name = fault.names.first().map_or("", String::as_str);
        let text = format!("每发现1{}扣{}分，扣完为止", fault.unit, fault.points);
        let rule = (readers.one)(&text, &within(name, None, &alone)).ok()?;
        parts.push(Part { names: fault.names.clone(), points: None, rule });
    }
    let ranked = faults.iter().all(|fault| fault.names.first().is_some_and(|name| is_ranked(name)));
    let together = if ranked || faults.iter().any(|fault| fault.joined) {
        Together::Kinds { adds: false }
    } else {
        Together::Less
    };
    joint(parts, together).map(Base::Several)
}

/// The sentences, each up to what it earns or the end of it.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = String::new();
    for part in segments(text) {
        open.push_str(if open.is_empty() { "" } else { "，" });
        open.push_str(part.text);
        if part.ends || ending(&open).is_some() || is_gone(&open) {
            found.push(std::mem::take(&mut open));
        }
    }
    found.extend((!open.is_empty()).then_some(open));
    found
}

/// The words before what a sentence earns.
fn ending(text: &str) -> Option<(&str, Award)> {
    text.char_indices().skip(1).find_map(|(at, _)| {
        let mut rest = text.get(at..)?;
        let found = attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())?;
        let words = text.get(..at)?;
        (!words.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'))).then_some((words, found))
    })
}

fn says(sentence: &str, weight: Number) -> Option<Says> {
    if is_gone(sentence) || is_all(sentence, weight) {
        return Some(Says::Nothing);
    }
    let (words, earned) = ending(sentence)?;
    let bare = words.trim_end_matches(['的', '，']);
    match earned {
        Award::Less(points) if !points.is_zero() => fault(bare, points).map(Says::Each),
        award if award == Award::ZERO => {
            let generic = ELSE.begins(bare) || MISSED.has(bare) || BAD.has(bare);
            if generic { None } else { event(sentence, true).map(Says::Veto) }
        }
        Award::Full => Some(Says::Whole(bare.to_owned())),
        Award::Points(n) if n == weight => Some(Says::Whole(bare.to_owned())),
        _ => None,
    }
}

/// 扣完为止
fn is_gone(text: &str) -> bool {
    let mut rest = text;
    attempt(&mut rest, until_gone).is_some() && rest.is_empty()
}

/// 最多扣5分 of 5: all points, and no limit.
fn is_all(text: &str, weight: Number) -> bool {
    let mut rest = text;
    let found = attempt(&mut rest, limit).filter(|_| rest.is_empty());
    matches!(found, Some(Limit::Take(n) | Limit::Score(n)) if n == weight)
}

/// 较重问题每个, 漏报、误报1次, 程序存在瑕疵的，每处, 发生一般事故1起, 每有1个问题未按期整改: one of what is counted, and the name around it.
fn fault(words: &str, points: Number) -> Option<Vec<Fault>> {
    let rest = list::REMAINING_ITEMS.strip(words);
    let (words, other) = (rest.unwrap_or(words), rest.is_some());
    words.char_indices().find_map(|(at, _)| {
        let (left, mut rest) = words.split_at_checked(at)?;
        let unit = counted(&mut rest)?;
        let right = rest.trim_start_matches(['的', '，']);
        let one =
            |names: Vec<String>, joined: bool| Fault { names, unit: unit.clone(), points, other, joined };
        if let Some(found) = names(left, right) {
            return Some(vec![one(found, false)]);
        }
        let together = several(left, right).filter(|_| !other)?;
        Some(together.into_iter().map(|name| one(vec![name], true)).collect())
    })
}

/// 每发现1处, 每个, 发现一例, 1起: one of what is counted, by its unit.
fn counted(rest: &mut Input) -> Option<String> {
    let verb = |rest: &mut Input| attempt(rest, word(STEP_FOUND)).is_some();
    let each_of = |rest: &mut Input| attempt(rest, lit("每")).is_some();
    let mut each = each_of(rest);
    // 每少1次 goes from a bound.
    if each && [STEP_BELOW, STEP_ABOVE, STEP_EITHER].iter().any(|steps| steps.begins(rest)) {
        return None;
    }
    if verb(rest) && !each {
        each = each_of(rest);
    }
    if rest.starts_with(['1', '一']) {
        let size = attempt(rest, length).filter(|size| size.number == Number::ONE && is_count(&size.unit))?;
        return Some(size.unit.word);
    }
    let (unit, taken) =
        scan_unit(rest).filter(|(unit, _)| each && matches!(unit.dimension, Dimension::Count(_)))?;
    *rest = rest.get(taken..)?;
    Some(unit.word)
}

/// What a fault may be called, by the words before and behind one of it; the first says all of it.
fn names(left: &str, right: &str) -> Option<Vec<String>> {
    let left = left.trim_end_matches(['的', '，']);
    let left = words::of(Class::EventVerbs).strip(left).unwrap_or(left);
    let left = words::of(Class::EventVerbs).strip_end(left).unwrap_or(left);
    // 少巡检1次 is short of a number that is to be reached.
    if (STEP_BELOW.begins(left) || STEP_MISSING.begins(left)) && !HARM.begins(left) {
        return None;
    }
    let mut found: Vec<String> = Vec::new();
    let mut name = |text: String| {
        if text.chars().nth(1).is_some() && !found.contains(&text) {
            found.push(text);
        }
    };
    match (left, right) {
        ("", right) => name(right.to_owned()),
        (left, "") => name(left.to_owned()),
        // 审计发现的问题，每有1个未按期整改: where it was found.
        (left, right) => {
            let whole = format!("{left}{right}");
            if !HARM.ends(left) && list::DENIALS.within(left) {
                return None;
            }
            name(whole);
            name(right.to_owned());
        }
    }
    // 程序存在瑕疵 is told as 程序瑕疵, too.
    if let Some(first) = found.first().cloned()
        && let Some((before, behind)) = first.split_once("存在")
        && !before.is_empty()
    {
        found.push(format!("{before}{behind}"));
    }
    found.first().filter(|first| is_fault(first))?;
    Some(found)
}

/// 漏报、误报 1次, 超进度支付或无依据支付: faults that are named together, each a kind of its own.
fn several(left: &str, right: &str) -> Option<Vec<String>> {
    let left = left.trim_end_matches(['的', '，']);
    let left = words::of(Class::EventVerbs).strip(left).unwrap_or(left);
    let (("", text) | (text, "")) = (left, right) else { return None };
    let mut found = Vec::new();
    for part in text.split('、') {
        let mut rest = part;
        while let Some((at, or)) = words::of(Class::Either).find(rest) {
            found.push(rest.get(..at)?.to_owned());
            rest = rest.get(at.saturating_add(or.len())..)?;
        }
        found.push(rest.to_owned());
    }
    let each =
        |name: &String| name.chars().nth(1).is_some() && is_fault(name) && !list::EVENT_DENIED.begins(name);
    (found.len() > 1 && found.iter().all(each)).then_some(found)
}

/// Whether the words can be the name of one kind of fault: no figure, no alternative, nothing that changes a condition.
fn is_fault(name: &str) -> bool {
    let ranks = list::GRAVENESS.iter().chain(list::RANKS_ABOVE.iter()).chain(words::of(Class::Levels).iter());
    let plain = ranks.fold(name.to_owned(), |text, rank| text.replace(rank, ""));
    // 较重问题, but no 较上年增加.
    let plain = plain.strip_prefix('较').filter(|rest| rest.chars().nth(2).is_some()).unwrap_or(&plain);
    !joins(name) && name.chars().nth(MAX_NAME).is_none() && (plain.is_empty() || is_name(plain))
}

/// Whether several things are named.
fn joins(text: &str) -> bool {
    // 及时 joins nothing.
    let text = &text.replace("及时", "");
    words::of(Class::Joined).within(text)
        || words::of(Class::Either).within(text)
        || text.contains(['(', '/'])
}

/// Faults are named shortly.
const MAX_NAME: usize = 16;

/// Whether it is told apart which of them is meant.
fn apart(faults: &[Fault], events: &[String]) -> bool {
    let mut all: Vec<&str> = faults
        .iter()
        .filter(|fault| !fault.other)
        .filter_map(|fault| fault.names.first())
        .map(String::as_str)
        .collect();
    all.extend(events.iter().map(String::as_str));
    all.iter()
        .enumerate()
        .all(|(at, a)| all.iter().skip(at.saturating_add(1)).all(|b| !a.contains(b) && !b.contains(a)))
}

/// 资金使用合规得10分 beside what is a fault of it: that there is none. A demand of its own is none.
fn is_their_contrary(words: &str, indicator: &str, faults: &[Fault], events: &[String]) -> bool {
    if words::of(Class::Together).within(words) || joins(words) {
        return false;
    }
    // 整改完成率100%
    let figures = words.strip_suffix("100%").unwrap_or(words);
    if figures.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    // 项目实施期间未发生安全生产责任事故
    let none = list::FOUND_NONE.find(words).is_some_and(|(at, none)| {
        let (before, behind) = (words.get(..at), words.get(at.saturating_add(none.len())..));
        let when = before.is_some_and(|before| before.is_empty() || !list::DENIALS.within(before));
        when && (at == 0 || behind.is_some_and(|what| HARM.within(what)))
    });
    if none {
        return true;
    }
    let own = [indicator];
    let all = faults.iter().flat_map(|fault| &fault.names).chain(events).map(String::as_str).chain(own);
    let all: Vec<&str> = all.collect();
    let signs: Vec<char> = figures.chars().collect();
    let shares = |pair: &[char]| all.iter().any(|name| name.contains(&pair.iter().collect::<String>()));
    !list::DENIALS.within(words) && signs.windows(2).any(shares)
}
