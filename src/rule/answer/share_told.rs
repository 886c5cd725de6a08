//! A rate of which the answer tells the two figures, each by what it is said of: the part carries the act of the rate's name
//! (按期完工 under 工程按期完工率, 已盘活 under 存量资金盘活率), the whole is what is counted, was due or was allowed (18个标段, 存量资金,
//! 采购预算). A part that was not so is taken off, where no third thing can have been.
//!
//! Every word of both must be one of the form's, or one that says no more than how it is counted: what narrows one of them
//! would make another rate of it.

use crate::notation::Notation;
use crate::rule::formula::{Formula, Term};
use crate::rule::graded::Graded;
use crate::words::{self, Class, Lexicon, list};

use super::super::IndicatorFacts;
use super::amounts::Labelled;
use super::names;
use super::parts::parts;
use super::usual_formula::{clouded, is_hoped, stem};

/// The part over the whole; nothing where the words leave open which is which.
pub(super) fn formula(rule: &Graded, facts: &IndicatorFacts, amounts: &[Labelled]) -> Option<Formula> {
    let [a, b] = amounts else { return None };
    if !a.amount.unit.comparable(&b.amount.unit) || a.amount.unit.is_ratio() {
        return None;
    }
    // What is said beside the figures may change them.
    if parts(facts.actual_text)?.iter().any(|part| part.amount.is_none()) {
        return None;
    }
    let known = names(rule, facts).collect::<Vec<_>>().join("|");
    // 问题整改完成率 is the rate of 整改.
    let short = |name: &str| name.strip_suffix("完成率").map(|act| format!("{act}率"));
    let called = names(rule, facts).flat_map(|name| [Some(name.to_owned()), short(name)]).flatten();
    called.into_iter().find_map(|name| {
        let asked = Asked::of(&name)?;
        let fits = |part: &Labelled, whole: &Labelled| {
            let told = asked.told(&part.label, &known, whole)?;
            (asked.is_whole(whole, &known) && of_one(part, whole, facts)).then_some(told)
        };
        let term = |l: &Labelled, less| Term { name: l.label.clone(), less };
        match (fits(a, b).map(|told| (a, b, told)), fits(b, a).map(|told| (b, a, told))) {
            (Some((part, whole, told)), None) | (None, Some((part, whole, told))) => Some(Formula {
                above: match told {
                    Told::So => vec![term(part, false)],
                    Told::NotSo => vec![term(whole, false), term(part, true)],
                },
                below: vec![term(whole, false)],
            }),
            _ => None,
        }
    })
}

/// The part is no more than the whole, and the whole is what the target asks for, where that is a number of the same.
fn of_one(part: &Labelled, whole: &Labelled, facts: &IndicatorFacts) -> bool {
    let target = facts.target.and_then(Notation::quantity).filter(|t| t.unit.comparable(&whole.amount.unit));
    let agrees = target.is_none_or(|target| target.in_base() == whole.amount.in_base());
    agrees && part.amount.in_base() <= whole.amount.in_base() && !part.label.is_empty()
}

/// What a figure says of the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    So,
    NotSo,
}

/// A rate, taken apart: 工程, 按期 and 完工 of 工程按期完工率.
struct Asked {
    /// All of it but the end, without 按期.
    core: String,
    act: String,
    timely: bool,
    /// Money that is spent of what was allowed.
    spending: bool,
}

impl Asked {
    fn of(name: &str) -> Option<Self> {
        let whole = name.strip_suffix('率').or_else(|| name.strip_suffix("进度"))?;
        let (core, timely) = without_time(whole);
        let at = core.char_indices().rev().nth(1).map(|(at, _)| at)?;
        let act = core.get(at..)?.to_owned();
        let of_budget = list::BUDGETED.within(&core) && !list::INCOME_NAMES.within(&core);
        let spending = act == "执行" || (of_budget && words::of(Class::Performed).has(&act));
        // A rate of change is of no part.
        (spending || stem(&format!("{core}率")).is_some()).then_some(Self { core, act, timely, spending })
    }

    /// Whether a label carries the act, and says nothing else but of what.
    fn told(&self, label: &str, known: &str, whole: &Labelled) -> Option<Told> {
        let bare = list::ACT_LEADS.trim_start(label);
        let (plain, timely) = without_time(bare);
        if timely != self.timely || words::of(Class::Planned).begins(&plain) || is_hoped(&plain) {
            return None;
        }
        let known = format!("{known}|{}", whole.label);
        // 已建中医馆 under 中医馆建设覆盖率: what there is now, of the places that should have it.
        if self.act == "覆盖" && !plain.contains(self.act.as_str()) {
            let thing = || {
                let cuts = plain.char_indices().map(|(at, _)| plain.split_at(at));
                cuts.into_iter().any(|(deed, thing)| {
                    let done = list::DEEDS.has(deed) || list::SHORT_DEEDS.has(deed);
                    done && thing.chars().nth(1).is_some() && known.contains(thing)
                })
            };
            let done = list::ALREADY.begins(label) && !clouded(&plain) && !is_denied_in(&plain, &known);
            return (done && thing()).then_some(Told::So);
        }
        if self.spending {
            let spent = list::SPENT.iter().any(|act| says(&plain, act, &known)) || says(&plain, "", &known);
            let allowed = list::BUDGETED.within(&plain) || plain.is_empty();
            return (spent && !allowed && !clouded(&plain)).then_some(Told::So);
        }
        // 未按期完工: what is not so is the rest, where it is said of the act itself.
        let denied =
            list::NOT_YET.iter().filter_map(|no| bare.strip_prefix(no)).min_by_key(|rest| rest.len());
        if let Some(rest) = denied.filter(|_| !list::SATISFACTION_NAMES.within(&self.core)) {
            let (rest, _) = without_time(rest);
            return (rest == self.act).then_some(Told::NotSo);
        }
        (!clouded(&plain) && says(&plain, &self.act, &known)).then_some(Told::So)
    }

    /// Whether a figure is of all that there is, or was to be done, or was allowed.
    fn is_whole(&self, l: &Labelled, known: &str) -> bool {
        let (label, timely) = without_time(l.label.as_str());
        let label = list::ACT_LEADS.trim_start(&label);
        if self.spending {
            let rest = list::BUDGETED.iter().fold(label.to_owned(), |text, word| text.replace(word, ""));
            return rest.len() < label.len() && says(&rest, "", known);
        }
        let led = [Class::AllLeads, Class::Planned, Class::Received, Class::HandedOver];
        let strip = |class: &Class| words::of(*class).strip(label);
        if let Some(rest) = led.iter().filter_map(strip).min_by_key(|rest| rest.len()) {
            let due = says(rest, &self.act, known) || says(rest, "", known);
            return due && !clouded(rest) && !list::NOT_SIGNS.within(rest);
        }
        // 发现问题8个 under 问题整改率
        if let Some(thing) = list::FOUND_OUT.strip(label) {
            return thing.chars().nth(1).is_some() && says(thing, "", known) && !clouded(thing);
        }
        if self.act == "覆盖" && !timely && label.chars().nth(1).is_some() {
            let place = label.chars().all(char::is_alphabetic) && !is_act(label);
            return place && !clouded(label) && !is_hoped(label);
        }
        // 到位资金560万元，使用434万元: of what has come.
        if list::SPENT.has(&self.act)
            && list::MONEY_NAMES.within(known)
            && l.amount.unit.is_money()
            && label.contains("到位")
        {
            return says(label, "到位", &format!("{known}|资金")) && !clouded(label);
        }
        let label = words::of(Class::AllEnds).strip_end(label).unwrap_or(label);
        // 年度项目20个
        let due = words::of(Class::WithinTheYear).strip(label).unwrap_or(label);
        if !timely && (list::TASK_NOUNS.has(due) || list::ALL_THAT_WAS_DUE.has(due)) {
            return true;
        }
        if timely || clouded(label) || is_hoped(label) || label.contains(self.act.as_str()) {
            return false;
        }
        // 18个标段: a noun behind its number. 存量资金350万元: by the name of the rate.
        let noun = l.noun && label.chars().all(char::is_alphabetic) && !is_act(label);
        noun || (label.chars().nth(1).is_some() && says(label, "", known) && !ends_in_act(label, &self.core))
    }
}

/// The words without 按期, and whether it stood there.
fn without_time(text: &str) -> (String, bool) {
    match list::TIMELY.iter().find(|word| text.contains(word)) {
        Some(word) => (text.replacen(word, "", 1), true),
        None => (text.to_owned(), false),
    }
}

/// Whether words are the act with nothing but words of the form around it, in whichever order.
fn says(text: &str, act: &str, known: &str) -> bool {
    let Some((before, behind)) = text.split_once(act) else { return false };
    let rest = [before, behind].into_iter().all(|rest| {
        let short = list::MEASURE_NOUNS.strip_end(rest).unwrap_or(rest);
        let short = list::HOW_IT_IS_COUNTED.strip_end(short).unwrap_or(short);
        short.is_empty() || is_of(rest, known) || is_of(short, known)
    });
    rest && !is_denied_in(text, known)
}

/// Whether words are made of stretches of at least two signs that stand in others.
fn is_of(text: &str, known: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).skip(2);
        let end = ends.filter(|end| rest.get(..*end).is_some_and(|own| known.contains(own))).last();
        let Some(short) = end.and_then(|end| rest.get(end..)) else { return false };
        rest = short;
    }
    true
}

/// 合格 where the form says 不合格.
fn is_denied_in(text: &str, known: &str) -> bool {
    text.chars().nth(1).is_some()
        && known
            .match_indices(text)
            .any(|(at, _)| known.get(..at).is_some_and(|before| list::OPPOSITE_SIGNS_OR_NONE.ends(before)))
}

/// Whether words say that something was done, or how it was found to be.
fn is_act(text: &str) -> bool {
    let lists: [&Lexicon; 2] = [list::DEEDS, list::ITEM_DEEDS];
    let classes = [Class::Sound, Class::Mended, Class::Inspected, Class::Faults, Class::ActsDone];
    let within = |words: &Lexicon| {
        words
            .iter()
            .any(|word| word.chars().nth(1).is_some() && (text.starts_with(word) || text.ends_with(word)))
    };
    lists.into_iter().any(within) || classes.iter().any(|class| within(words::of(*class)))
}

/// 到位资金 is no 资金: what was done already is not all, unless the rate itself calls it so.
fn ends_in_act(label: &str, core: &str) -> bool {
    is_act(label) && !core.contains(label)
}
