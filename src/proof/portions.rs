//! Shares of amounts that the report names or that are an account of the project: `罚款占合同金额的2%`, `列支占到位资金90%`,
//! `基本支出占全部支出的69%`. A share is wrong where no amount of that name gives it, and no other amount of the report either.

use super::accounts::{Role, role_of};
use super::bound::{Bound, of_sums, place};
use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, percent, quantities};
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a name that can be told from others.
const MIN_NAME: usize = 3;
const MAX_NAME: usize = 12;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    reading.prose.sentences().flat_map(|sentence| of_sentence(reading, sentence)).collect()
}

fn of_sentence(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let own = quantities(text);
    let mut findings = Vec::new();
    for rate in own.iter().filter(|one| one.is_percent()) {
        let Some((subject, name)) = share(text, rate) else { continue };
        let wholes = wholes(reading, sentence, name);
        let Some(first) = wholes.first() else { continue };
        let part = own
            .iter()
            .rfind(|one| one.to <= rate.figure.from && one.unit == first.unit)
            .filter(|one| text.get(one.to..rate.figure.from).is_some_and(|between| !between.contains(';')));
        let told = part.or_else(|| named(reading, subject, &first.unit));
        let Some(part) = told.filter(|part| part.value <= first.value) else { continue };
        // Any amount of the sentence may be the part, any of its paragraph or any sum of a table the whole.
        let parts = own.iter().filter(|one| one.unit == first.unit).chain([part]);
        let known = reading.told.iter().filter(|one| one.sentence.unit == sentence.unit).map(|one| &one.one);
        let known = known.filter(|one| one.unit == first.unit);
        let all: Vec<&Quantity> = wholes.iter().copied().chain(known).collect();
        let borne = parts.clone().any(|part| all.iter().any(|whole| gives(part, whole, rate)))
            || of_sums(reading, first).iter().any(|whole| parts.clone().any(|part| gives(part, whole, rate)));
        let Some(exact) = percent(part.value, first.value).filter(|_| !borne) else { continue };
        let message = format!(
            "所占比例写的是{}，按{}和“{name}”{}计算为{}%。",
            rate.shown(),
            part.shown(),
            first.shown(),
            exact.round(rate.figure.places.max(2))
        );
        let spot = place(sentence, rate);
        findings.push(reading.finding(FindingId::ReportArithmeticWrong, spot, name, message));
    }
    findings
}

/// What is told to be a share, and of what: the words before 占 and behind it.
fn share<'t>(text: &'t str, rate: &Quantity) -> Option<(&'t str, &'t str)> {
    let head = words::of(Class::ReportFigureLinks).trim_end(text.get(..rate.figure.from)?);
    let clause = head.rsplit(['，', ';', ':', '、', '(', ')']).next()?;
    let (subject, name) = clause.rsplit_once('占')?;
    let name = words::of(Class::ShareEnds).trim_end(name);
    let length = name.chars().count();
    let behind = text.get(rate.to..)?;
    let bounded = words::of(Class::AboutFigures).begins(behind) || words::of(Class::RoughBefore).ends(head);
    let plain = name.chars().all(char::is_alphabetic) && (2..=MAX_NAME).contains(&length);
    // 应占, 不低于: what is to be.
    let planned = words::of(Class::PlannedFigures).iter().any(|word| word != "其中" && clause.contains(word));
    (plain && !bounded && !planned).then_some((subject, name))
}

/// The amounts of a name: the one that is called so everywhere, or those that are that account of the project.
fn wholes<'r>(reading: &'r Reading, sentence: Spot, name: &str) -> Vec<&'r Quantity> {
    let current = |one: &&Bound| !one.of_other_time() && !one.about();
    let mut called = reading
        .told
        .iter()
        .filter(current)
        .filter(|one| !one.one.is_percent() && name.chars().count() >= MIN_NAME && one.lead == name);
    if let Some(first) = called.next() {
        return if called.all(|one| one.one.is_as(&first.one)) { vec![&first.one] } else { Vec::new() };
    }
    let Some(roles) = roles_of(reading, name) else { return Vec::new() };
    let of = |role: &Role| {
        let mut all: Vec<&Bound> = reading.told.iter().filter(|one| one.is_in_role(*role)).collect();
        // What the sentence itself says comes first.
        all.sort_by_key(|one| one.sentence != sentence);
        all
    };
    roles.iter().flat_map(of).map(|one| &one.one).collect()
}

/// The accounts that a name may stand for: 到位资金, 支出总额, 全年预算数.
fn roles_of(reading: &Reading, name: &str) -> Option<Vec<Role>> {
    let (role, before) = role_of(words::of(Class::TailsOfAccounts).trim_end(name))?;
    let whole = words::of(Class::WholesOfParts).trim_start(before);
    if !super::money::is_whole(reading, whole) {
        return None;
    }
    Some(match role {
        Role::Budget | Role::Adjusted => vec![Role::Adjusted, Role::Budget, Role::First],
        role => vec![role],
    })
}

/// The one amount that the subject of a share is called: 支付数占到位数的90%.
fn named<'r>(reading: &'r Reading, subject: &str, unit: &str) -> Option<&'r Quantity> {
    let subject: String = subject.chars().filter(|c| c.is_alphabetic()).collect();
    let roles = roles_of(reading, &subject).unwrap_or_default();
    let long = subject.chars().count() >= 2;
    let is = |one: &&Bound| {
        let called = long && one.lead.ends_with(&subject) || roles.iter().any(|role| one.is_in_role(*role));
        called && one.one.unit == unit
    };
    let mut found = reading.told.iter().filter(is);
    let first = found.next()?;
    found.all(|other| other.one.is_as(&first.one)).then_some(&first.one)
}

/// Whether a rate is that of two amounts, as far as all three are written.
pub(super) fn gives(part: &Quantity, whole: &Quantity, rate: &Quantity) -> bool {
    let fits = || {
        let exact = percent(part.value, whole.value)?;
        let low = whole.value.minus(whole.half)?;
        let most = percent(part.value.plus(part.half)?, low)?;
        Some(rate.is(exact, most.minus(exact)?.abs()) || rate.figure.is_cut(exact))
    };
    // What cannot be reckoned is not denied.
    whole.value.is_zero() || fits().unwrap_or(true)
}
