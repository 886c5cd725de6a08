//! Figures of several times, one of which the criterion names: 6月底52%，9月底70%，12月底98% under 9月底支出进度; of another time
//! than is asked for nothing follows.

use crate::notation::scan_quantity;
use crate::rule::Measure;
use crate::words::list;

use super::super::super::Refusal;
use super::{Relevant, Said};

const HINT: &str = "请写明评分标准所问的那个时间的数；或由评审人员打分。";

/// A time of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
enum When {
    /// The end of so many months.
    Month(String),
    /// All of it.
    Whole,
}

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    if said.rule.measure != Measure::Value || !said.rule.states.is_empty() || said.is_of_days() {
        return Ok(None);
    }
    let mut asked = ends_of_months(&said.rule.all_words());
    asked.dedup();
    let [month] = asked.as_slice() else { return Ok(None) };
    let clauses = said.clauses();
    let led: Option<Vec<(When, &str)>> = clauses.iter().map(|clause| led(clause)).collect();
    let Some(led) = led.filter(|led| !led.is_empty()) else { return Ok(None) };
    let own = |when: &When| match when {
        When::Month(own) => own == month,
        When::Whole => month == "12",
    };
    let hits: Vec<&str> = led.iter().filter(|(when, _)| own(when)).map(|(_, rest)| *rest).collect();
    match hits.as_slice() {
        [hit] => Ok(Some(Relevant::Text((*hit).to_owned()))),
        [] => said.refuse(format!("没有写明评分标准所问的{month}月底的数"), HINT),
        _ => Ok(None),
    }
}

/// The months whose ends are named: 9 of 9月底.
fn ends_of_months(text: &str) -> Vec<String> {
    let ends = text.match_indices('月').filter_map(|(at, sign)| {
        let (before, rest) = text.split_at_checked(at)?;
        list::MONTH_ENDS.begins(rest.get(sign.len()..)?).then_some(())?;
        let digits = before.len().saturating_sub(before.trim_end_matches(|c: char| c.is_ascii_digit()).len());
        before.get(before.len().saturating_sub(digits)..).filter(|month| !month.is_empty()).map(str::to_owned)
    });
    ends.collect()
}

/// When a clause says that it was, and the figure.
fn led(clause: &str) -> Option<(When, &str)> {
    let figure = |rest: &str| {
        scan_quantity(rest).is_some_and(|(amount, taken)| taken == rest.len() && amount.sign.is_none())
    };
    if let Some(rest) = list::WHOLE_YEARS.strip(clause).filter(|rest| figure(rest)) {
        return Some((When::Whole, rest));
    }
    let bare = list::UP_TO_THEN.trim_start(clause);
    let (month, rest) = bare.split_once('月')?;
    let rest = list::MONTH_ENDS.strip(rest)?;
    let whole = !month.is_empty() && month.chars().all(|c| c.is_ascii_digit());
    (whole && figure(rest)).then(|| (When::Month(month.to_owned()), rest))
}
