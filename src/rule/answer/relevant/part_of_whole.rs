//! A part of the whole that is named beside it: 全年12起，其中第一季度5起.

use crate::notation::{Quantity, scan_quantity};
use crate::rule::Measure;
use crate::words::{self, Class, list};

use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    let clauses = said.clauses();
    let [whole, rest @ ..] = clauses.as_slice() else { return None };
    if rest.is_empty() || said.is_of_days() {
        return None;
    }
    let (of_whole, all) = last(whole)?;
    // 采购图书9000册 is more than 纸质图书.
    if said.rule.measure == Measure::Value && said.falls_short(of_whole) && rest.len() == 1 {
        return asked_for(said, of_whole, &all, rest.first()?).map(Relevant::Text);
    }
    if let [only] = rest
        && let Some(text) = asked_for(said, of_whole, &all, only)
    {
        return Some(Relevant::Text(text));
    }
    let mut inside = false;
    for clause in rest {
        inside = inside || clause.starts_with("其中");
        let words = clause.strip_prefix("其中").unwrap_or(clause);
        let (label, part) = last(words).filter(|_| inside)?;
        let fits = part.unit.comparable(&all.unit) && part.in_base() <= all.in_base();
        if !fits
            || !is_no_matter(said, label)
            || list::CAME_TO_NOTHING.within(label)
            || list::EITHER_KINDS.within(label)
        {
            return None;
        }
    }
    Some(Relevant::Text((*whole).to_owned()))
}

/// 投诉5起，其中有效投诉2起 under 有效投诉, 累计建成180公里，其中当年新建45公里 under 当年新建管网: the part is what is asked for, in
/// its own words, which the whole has not.
fn asked_for(said: &Said, of_whole: &str, all: &Quantity, clause: &str) -> Option<String> {
    let text = clause.strip_prefix("其中")?;
    let (label, part) = last(text)?;
    // 面向中小企业262.5万元 under 面向中小企业采购金额占比: no number alone is a rate.
    if said.rule.measure == Measure::Value && said.rule.speaks_of_rates() && !part.unit.is_ratio() {
        return None;
    }
    let fits = part.unit.comparable(&all.unit) && part.in_base() <= all.in_base();
    let asked = match &said.rule.measure {
        Measure::Count(asked) => {
            let asked = if asked.is_empty() { return None } else { asked.as_str() };
            let open = asked.split_once('未').map_or(asked, |(_, act)| act);
            let own = if open == asked { label.contains(asked) } else { says_open(label, open) };
            own && !of_whole.contains(asked)
        }
        Measure::Value => {
            // 当年新建 under 新建管网 with a target of 当年.
            let this = words::of(Class::ThisYears);
            let rest = this.strip(label).filter(|_| {
                this.within(said.facts.target_text) || said.names().any(|name| this.within(name))
            });
            let own = rest.unwrap_or(label);
            let long = label.chars().nth(3).is_some() && own.chars().nth(1).is_some();
            let named = |words: &str| said.names().any(|name| name.contains(words));
            long && named(own) && !named(of_whole)
        }
        _ => false,
    };
    let of_counted = matches!(said.rule.measure, Measure::Count(_));
    (asked && fits).then(|| {
        if of_counted { text.to_owned() } else { text.get(label.len()..).unwrap_or(text).to_owned() }
    })
}

/// 未整改, 还未整改: and nothing else that is not done.
fn says_open(label: &str, act: &str) -> bool {
    let act: String = act.chars().take(2).collect();
    !act.is_empty() && list::NOT_YET.iter().any(|not| label.contains(&format!("{not}{act}")))
}

/// Whether what is said of the part changes nothing: when it was, or, of what is done, a kind that nobody asks for.
fn is_no_matter(said: &Said, label: &str) -> bool {
    let text = label.trim_end_matches(['有', '为', ':', '发', '生', '完', '成']);
    let timed = words::of(Class::PartsOfTheYear);
    if timed.ends(text) {
        return true;
    }
    let asked = |c: char| said.names().any(|name| name.contains(c)) || said.rule.all_words().contains(c);
    let apart = !text.is_empty() && !text.chars().any(asked);
    let judged =
        [Class::Sound, Class::Mended, Class::Negations, Class::Faults, Class::Planned, Class::TakenBack];
    said.rule.measure == Measure::Value && apart && !judged.iter().any(|class| words::of(*class).within(text))
}

/// The number that a clause ends with, and what stands before it.
fn last(clause: &str) -> Option<(&str, Quantity)> {
    let digit = |c: char| c.is_ascii_digit() || c == '.';
    let end = clause.rfind(|c: char| c.is_ascii_digit())?;
    let before = clause.get(..end)?.trim_end_matches(digit);
    let (amount, taken) = scan_quantity(clause.get(before.len()..)?)?;
    let whole = before.len().checked_add(taken)? == clause.len();
    (whole && amount.sign.is_none()).then_some((before, amount))
}
