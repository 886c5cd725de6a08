//! The rates of the account of the project (执行率, 到位率), against every amount that the report has for what they are of: a rate is
//! wrong where no such amounts give it.

use super::accounts::{Role, role_of};
use super::bound::{Bound, clause};
use super::figures::{Figure, figures};
use super::found::Reading;
use super::portions::gives;
use super::quantities::{Quantity, percent};
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// The accounts that come first in what a rate is reckoned of.
const PLANNED: [Role; 3] = [Role::Adjusted, Role::Budget, Role::First];

/// Characters of the name of a rate that two places share.
const MIN_NAME: usize = 3;
/// Characters of a name that says by itself that it is of money: 预算执行率.
const FULL_NAME: usize = 5;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    // With a workbook its amounts decide.
    if reading.facts.is_some() {
        return Vec::new();
    }
    let of = |rate: &Bound| of_rate(reading, rate).or_else(|| of_pair(reading, rate));
    reading.told.iter().filter_map(of).collect()
}

/// Characters between an amount and the rate behind it.
const MAX_BETWEEN: usize = 12;

/// A rate right behind what was planned and what came of it, of whatever thing: `经费预算11万元，支出10万元，控制率90.91%`.
fn of_pair(reading: &Reading, rate: &Bound) -> Option<Finding> {
    if !rate.one.is_percent() || rate.about() || rate.of_other_time() {
        return None;
    }
    let text = reading.prose.at(rate.sentence);
    let plain = words::of(Class::ReportFigureLinks).trim_end(clause(text, &rate.one));
    let told: Vec<&Bound> = reading.told.iter().filter(|one| one.sentence == rate.sentence).collect();
    let at = told.iter().position(|one| one.spot == rate.spot)?;
    let [.., planned, came] = told.get(..at)? else { return None };
    let role = |one: &Bound| role_of(clause(text, &one.one)).map(|(role, _)| role);
    let first = PLANNED.iter().chain(&[Role::Received]).any(|known| role(planned) == Some(*known));
    let second = matches!(role(came), Some(Role::Spent | Role::Received));
    let between = text.get(came.one.to..rate.one.figure.from)?;
    let near = between.chars().count() <= MAX_BETWEEN && between.starts_with('，');
    let money = planned.one.is_money() && came.one.is_money() && !planned.about() && !came.about();
    let named = plain.ends_with('率') && !words::of(Class::NotOfAmounts).within(plain);
    if !first || !second || !near || !money || !named || is_told_again(reading, rate) {
        return None;
    }
    let own: Vec<&Quantity> = reading
        .told
        .iter()
        .filter(|one| one.sentence.unit == rate.sentence.unit && one.one.is_money())
        .map(|one| &one.one)
        .collect();
    if own.iter().any(|part| own.iter().any(|whole| gives(part, whole, &rate.one))) {
        return None;
    }
    let exact = percent(came.one.value, planned.one.value)?;
    let message = format!(
        "{plain}写的是{}，按{}、{}计算为{}%。",
        rate.one.shown(),
        came.one.shown(),
        planned.one.shown(),
        exact.round(rate.one.figure.places.max(2))
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, rate.spot, plain, message))
}

/// Whether a rate stands elsewhere under the same name and figures beside it give it there: then it is of those.
pub(super) fn is_told_again(reading: &Reading, rate: &Bound) -> bool {
    let ends_alike = |one: &str, other: &str| {
        let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        short.chars().count() >= MIN_NAME && long.ends_with(short)
    };
    let same =
        |one: &&Bound| one.spot != rate.spot && one.one.is_as(&rate.one) && ends_alike(&one.lead, &rate.lead);
    let borne = |one: &Bound| {
        let all = figures(reading.prose.at(one.sentence));
        let gives = |part: &Figure, whole: &Figure| {
            let exact = percent(part.value, whole.value);
            exact.is_some_and(|exact| one.one.figure.is(exact))
        };
        all.iter().any(|part| all.iter().any(|whole| part.from != whole.from && gives(part, whole)))
    };
    reading.told.iter().filter(same).any(borne)
}

fn of_rate(reading: &Reading, rate: &Bound) -> Option<Finding> {
    if !rate.one.is_percent() || rate.about() || rate.of_other_time() || rate.in_parts {
        return None;
    }
    let text = reading.prose.at(rate.sentence);
    let plain = words::of(Class::ReportFigureLinks).trim_end(clause(text, &rate.one));
    let (word, spent) = [(Class::RatesOfSpending, true), (Class::RatesOfArrival, false)]
        .into_iter()
        .find_map(|(class, spent)| Some((words::of(class).longest_end(plain)?, spent)))?;
    let lead = plain.get(..plain.len().saturating_sub(word.len()))?;
    let rule = words::of(Class::ConditionsOfScores).within(text)
        || words::of(Class::TargetsTold).within(text)
        || super::two_values::is_below_plans(reading, rate.sentence);
    if rule || !rate.qualifiers.is_empty() || !super::money::is_whole(reading, lead) {
        return None;
    }
    // 执行率 alone may be of anything that is carried out: the amounts stand before it.
    let before = reading
        .told
        .iter()
        .rfind(|one| one.sentence == rate.sentence && one.spot.to <= rate.spot.from && !one.one.is_percent());
    let named = word.chars().count() >= FULL_NAME;
    if before.map_or(!named, |one| !one.one.is_money()) {
        return None;
    }
    let of = |roles: &[Role]| -> Vec<&Quantity> {
        let is = |one: &&Bound| roles.iter().any(|role| one.is_in_role(*role));
        reading.told.iter().filter(is).map(|one| &one.one).collect()
    };
    let parts = if spent { of(&[Role::Spent]) } else { of(&[Role::Received]) };
    let mut wholes = of(&PLANNED);
    if spent {
        wholes.extend(of(&[Role::Received]));
    }
    let money: Vec<&Quantity> =
        reading.told.iter().map(|one| &one.one).filter(|one| one.is_money()).collect();
    let borne = |parts: &[&Quantity], wholes: &[&Quantity]| {
        parts.iter().any(|part| wholes.iter().any(|whole| gives(part, whole, &rate.one)))
    };
    // Of its own paragraph any two amounts may be meant, and of the report any amount beside one of the account.
    let near: Vec<&Quantity> = reading
        .told
        .iter()
        .filter(|one| one.sentence.unit == rate.sentence.unit && one.one.is_money())
        .map(|one| &one.one)
        .collect();
    let (part, whole) = (parts.first()?, wholes.first()?);
    if borne(&parts, &money) || borne(&money, &wholes) || borne(&near, &near) {
        return None;
    }
    let exact = percent(part.value, whole.value)?;
    let message = format!(
        "{word}写的是{}，报告所写的金额都得不出这个比率，按{}、{}计算为{}%。",
        rate.one.shown(),
        part.shown(),
        whole.shown(),
        exact.round(rate.one.figure.places.max(2))
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, rate.spot, word, message))
}
