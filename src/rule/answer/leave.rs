//! Whether what came late had leave to: 经批准延期，2023年12月20日完工; 2023年12月20日完工（延期已批准）; 未经批准延期.

use crate::base::Date;
use crate::notation::{Days, Notation, Status, StatusWord, scan_date, scan_quantity};
use crate::words::{self, Class};

use super::super::IndicatorFacts;
use super::{Answer, due};

/// What a clause says.
enum Says {
    /// It had leave, until this day where one is named.
    Leave(Option<Days>),
    /// It had none.
    NoLeave,
    /// It was done on this day.
    Done(Days),
}

/// What the answer comes to where the criterion forgives delays that had leave: in time, or the day. Nothing where more is
/// said than that.
pub(super) fn answer(text: &str, facts: &IndicatorFacts) -> Option<Answer> {
    let year = facts.target.and_then(due).map(Date::year);
    let clauses = text.split(['，', ';', '(', ')']).filter(|clause| !clause.is_empty());
    let said: Option<Vec<Says>> = clauses.map(|clause| says(clause, year)).collect();
    match said?.as_slice() {
        [Says::Leave(None)] | [Says::Leave(None), Says::Done(_)] | [Says::Done(_), Says::Leave(None)] => {
            Some(Answer::of(Notation::Status(Status { word: StatusWord::OnTime, rate: None })))
        }
        // Leave ends on a day, too.
        [Says::Leave(Some(until)), Says::Done(done)] | [Says::Done(done), Says::Leave(Some(until))] => {
            let kept = done.last <= until.last;
            kept.then(|| Answer::of(Notation::Status(Status { word: StatusWord::OnTime, rate: None })))
        }
        [Says::NoLeave, Says::Done(done)] | [Says::Done(done), Says::NoLeave] => {
            Some(Answer::of(Notation::Date(*done)))
        }
        _ => None,
    }
}

fn says(clause: &str, year: Option<i16>) -> Option<Says> {
    if let Some((when, taken)) = scan_date(clause, false) {
        let act = clause.get(taken..)?.trim_start_matches(['才', '已']);
        return is_act(act).then(|| when.days(year).map(Says::Done)).flatten();
    }
    if words::of(Class::LeaveGiven).has(clause) {
        return Some(Says::Leave(None));
    }
    let delayed = |rest: &str| is_act(words::of(Class::PutOff).strip(rest)?).then_some(());
    if let Some(rest) = words::of(Class::LeaveMissing).strip(clause) {
        return delayed(rest).map(|()| Says::NoLeave);
    }
    let clause = clause.strip_prefix('已').unwrap_or(clause);
    if clause.contains(['未', '不', '部', '拟', '待']) {
        return None;
    }
    // 经批准延期2个月完成, 经县政府批准延期至2023年12月31日
    let rest = clause.strip_prefix('经').and_then(|rest| rest.get(rest.find(['延', '推'])?..))?;
    let rest = words::of(Class::PutOff).strip(rest)?;
    if let Some(until) = rest.strip_prefix(['至', '到']) {
        let (when, taken) = scan_date(until, false)?;
        return is_act(until.get(taken..)?)
            .then(|| when.days(year).map(|days| Says::Leave(Some(days))))
            .flatten();
    }
    let rest = scan_quantity(rest).map_or(Some(rest), |(_, taken)| rest.get(taken..))?;
    is_act(rest).then_some(Says::Leave(None))
}

/// 完成, 完工, or nothing more.
fn is_act(text: &str) -> bool {
    text.is_empty() || words::of(Class::ActsDone).has(text)
}
