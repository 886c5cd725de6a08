//! Days of several events, or of another one than is asked for: 2024年5月10日开工，2024年11月4日完工 under 完工时间, and the
//! planned day beside that on which it was done.

use crate::notation::scan_date;
use crate::rule::Measure;
use crate::rule::days::deadline;
use crate::words::{self, Class, list};

use super::super::super::Refusal;
use super::{Relevant, Said};

/// Events that have days of their own.
const EVENTS: [Class; 8] = [
    Class::EventsBegun,
    Class::EventsDone,
    Class::EventsAccepted,
    Class::EventsHandedOver,
    Class::EventsReported,
    Class::EventsPaid,
    Class::EventsPublished,
    Class::EventsSigned,
];

/// A clause with a day.
struct Dated<'c> {
    clause: &'c str,
    day: &'c str,
    planned: bool,
    events: Vec<Class>,
    /// 完成 alone: that it was done, whatever it was.
    general: bool,
}

const HINT: &str = "请只写评分标准所问的日期；或由评审人员打分。";

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    if !said.is_of_days() {
        return Ok(None);
    }
    let clauses = said.clauses();
    let found: Option<Vec<Dated>> = clauses.iter().map(|clause| dated(clause)).collect();
    let Some(found) = found else { return Ok(None) };
    let asked = asked(said);
    let (plans, done): (Vec<Dated>, Vec<Dated>) = found.into_iter().partition(|dated| dated.planned);
    for plan in &plans {
        let own = match said.rule.measure {
            Measure::Lateness(own) => own,
            _ => None,
        };
        let due = deadline(own, said.facts)?.last;
        let same = scan_date(plan.day, false)
            .and_then(|(when, _)| when.days(super::year_of(said.facts.target)))
            .is_some_and(|days| days.last == due);
        // The criterion itself names the day that counts.
        if !same && !done.is_empty() && own.is_none() {
            let why = format!("写明的计划日期“{}”与指标值“{}”不同", plan.day, said.facts.target_text.trim());
            return said.refuse(why, HINT);
        }
    }
    let is_asked = |dated: &Dated| dated.events.iter().any(|event| asked.contains(event));
    match done.as_slice() {
        [] => Ok(None),
        [only] if only.general && plans.is_empty() => Ok(Some(Relevant::Text(only.day.to_owned()))),
        [only] if !only.events.is_empty() && !asked.is_empty() && !is_asked(only) => {
            let why = format!("“{}”是另一件事的日期，没有写明评分标准所问的日期", only.clause);
            said.refuse(why, HINT)
        }
        [only] if !plans.is_empty() => Ok(Some(Relevant::Text(only.day.to_owned()))),
        [only] => Ok(says_no_more(said, only).then(|| Relevant::Text(only.day.to_owned()))),
        several => {
            let mut hits = several.iter().filter(|dated| is_asked(dated));
            let (Some(hit), None) = (hits.next(), hits.next()) else { return Ok(None) };
            // 完成主体 is not all of it.
            let known = said.known();
            let in_part =
                list::PARTS_OF_A_WORK.iter().any(|part| hit.clause.contains(part) && !known.contains(part));
            let plain = !in_part && several.iter().all(|dated| dated.events.len() == 1);
            Ok(plain.then(|| Relevant::Text(hit.day.to_owned())))
        }
    }
}

/// A clause with one day in it.
fn dated(clause: &str) -> Option<Dated<'_>> {
    let digit = |c: char| c.is_ascii_digit();
    let at = clause.find(digit)?;
    let (_, taken) = scan_date(clause.get(at..)?, false)?;
    let end = at.checked_add(taken)?;
    let (before, after) = (clause.get(..at)?, clause.get(end..)?);
    if after.contains(digit) {
        return None;
    }
    let planned = words::of(Class::Planned).begins(before) || words::of(Class::Hoped).within(clause);
    let around = format!("{before}{after}");
    let general = list::DONE_AT_ALL.has(&around);
    Some(Dated { clause, day: clause.get(at..end)?, planned, events: events(&around), general })
}

/// The events that a text names. 完成招标 is the call for tenders, not the completion.
fn events(text: &str) -> Vec<Class> {
    // 竣工验收 is the inspection, not the completion.
    let text = ["竣工验收", "完工验收", "交工验收"]
        .iter()
        .fold(text.to_owned(), |text, word| text.replace(word, "验收"));
    let text = text.as_str();
    let mut found: Vec<Class> = EVENTS.into_iter().filter(|event| words::of(*event).within(text)).collect();
    let done = words::of(Class::EventsDone);
    if found.len() > 1 && !done.within(&text.replace("完成", "")) {
        found.retain(|event| *event != Class::EventsDone);
    }
    found
}

/// 12月25日提交, 已于4月18日印发: the day with the act by which the criterion or the form calls what is due.
fn says_no_more(said: &Said, dated: &Dated) -> bool {
    let Some((before, act)) = dated.clause.split_once(dated.day) else { return false };
    let led = list::BEFORE_A_DAY.has(before) || before.is_empty();
    // 已足额发放到位 is 足额发放.
    let act = ["已", "经", "全部", "均"].iter().fold(act, |act, word| act.strip_prefix(word).unwrap_or(act));
    let act = list::BROUGHT_TO_ITS_END.strip_end(act).unwrap_or(act);
    let own = |text: &str| text.contains(act);
    let known = own(&said.rule.all_words()) || own(said.facts.indicator) || own(said.facts.target_text);
    let plain = act.chars().nth(1).is_some() && !words::of(Class::Negations).within(act);
    said.clauses().len() == 1 && led && plain && known && !dated.planned
}

/// The event that the form asks for, else the criterion; 报送完成时间 asks for the report.
fn asked(said: &Said) -> Vec<Class> {
    let own = events(said.facts.indicator);
    // 完成时间 says of nothing what is to be done: the criterion does.
    let words = events(&said.rule.all_words());
    if own == [Class::EventsDone] && said.facts.indicator.contains("完成") && words.len() == 1 {
        return words;
    }
    if own.is_empty() { events(&format!("{}{}", said.rule.all_words(), said.facts.target_text)) } else { own }
}
