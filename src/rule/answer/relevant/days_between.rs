//! How many days lie between two days that an answer names: 2022年4月6日收到，2022年5月16日下达 under 收到后30日内下达.

use crate::notation::date::{When, YearPart};
use crate::notation::{Dimension, Quantity, scan_date, scan_quantity};
use crate::rule::{Measure, Point};
use crate::words::{self, Class, list};

use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value {
        return None;
    }
    let days = |at: &Point| matches!(at, Point::Value(amount) if amount.unit.dimension == Dimension::Time && amount.unit.word != "小时");
    if said.rule.points().next().is_none() || !said.rule.points().all(days) {
        return None;
    }
    let clauses = said.clauses();
    let [from, to] = clauses.as_slice() else { return None };
    let ((first, event), (second, act)) = (day(from)?, day(to)?);
    // 3月31日 behind 2023年3月1日: of the same year.
    let year = first.year.or(second.year).or(super::year_of(said.facts.target));
    let (first, second) = (first.days(year)?.last, second.days(year)?.last);
    // 2023年3月1日开工，2023年9月2日完工 under 工期: whether the first day counts nobody says.
    let asked = format!("{}{}", said.rule.all_words(), said.facts.target_text);
    let takes = list::TIME_TAKEN.within(&asked) || said.names().any(|name| list::TIME_TAKEN.within(name));
    let whole = words::of(Class::EventsBegun).has(&event) && words::of(Class::EventsDone).has(&act);
    if takes && whole && !asked.contains('后') {
        let days = first.until(second).ok().map(|span| span.get_days()).filter(|days| *days >= 0)?;
        return Some(Relevant::Text(format!("{days}-{}天", days.checked_add(1)?)));
    }
    // 收到上级资金后, 批复后20日内: the criterion counts from the first, and asks when the second was.
    let (lead, _) = asked.split_once('后')?;
    // 发出中标通知书 of 中标通知书发出后
    let turned = || {
        let at = event.char_indices().nth(2).map_or(0, |(at, _)| at);
        event.split_at_checked(at).map(|(verb, thing)| format!("{thing}{verb}"))
    };
    let named = is_spread(&event, lead) || turned().is_some_and(|event| is_spread(&event, lead));
    let counted = named && !lead.contains(act.as_str());
    // 拨付到项目单位, 在门户网站公开: where it went, or was.
    let bare = act.split('到').next().filter(|verb| verb.chars().nth(1).is_some()).unwrap_or(&act);
    let at = bare.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let bare = if bare.starts_with('在') { bare.get(at..).unwrap_or(bare) } else { bare };
    let done = asked.contains(bare) || said.facts.indicator.contains(bare);
    let number = first.until(second).ok().map(|span| span.get_days()).filter(|days| *days >= 0)?;
    let (days, _) = scan_quantity(&format!("{number}日"))?;
    (counted && done && event != act).then(|| Relevant::quantity(Quantity { sign: None, ..days }))
}

/// The day of a clause, and what was done on it: 2月10日批复, 预算2月10日批复.
fn day(clause: &str) -> Option<(When, String)> {
    let at = clause.find(|c: char| c.is_ascii_digit())?;
    let (lead, rest) = clause.split_at_checked(at)?;
    let (when, taken) = scan_date(rest, false).filter(|(when, _)| matches!(when.part, YearPart::Day(..)))?;
    let act = rest.get(taken..)?.trim_start_matches(['已', '才']);
    let act = format!("{}{act}", lead.trim_end_matches(['于', '在', ':', '为']));
    // 到位日期2023年7月1日
    let act = list::DAY_NOUNS.strip_end(&act).unwrap_or(&act).to_owned();
    let plain = act.chars().nth(1).is_some()
        && act.chars().all(char::is_alphabetic)
        && !words::of(Class::Negations).within(&act)
        && !words::of(Class::Hoped).within(&act);
    plain.then_some((when, act))
}

/// Whether all signs of the short text stand in the long one, in their order: 收到指标文件 in 收到上级指标文件.
pub(super) fn is_spread(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}
