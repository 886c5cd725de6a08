//! The account of the whole project in one sentence or paragraph: what was planned first and added is what there is in the end,
//! and what there is without what was spent is what is left.

use std::collections::BTreeMap;

use super::found::Reading;
use super::prose::Spot;
use super::quantities::Quantity;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// What an amount is in the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    First,
    Added,
    Taken,
    Adjusted,
    Budget,
    Received,
    Spent,
    Left,
}

const ROLES: [(Class, Role); 8] = [
    (Class::AccountsFirst, Role::First),
    (Class::AccountsAdded, Role::Added),
    (Class::AccountsTaken, Role::Taken),
    (Class::AccountsAdjusted, Role::Adjusted),
    (Class::AccountsBudget, Role::Budget),
    (Class::AccountsReceived, Role::Received),
    (Class::AccountsSpent, Role::Spent),
    (Class::AccountsLeft, Role::Left),
];

/// The amounts by what they are; those that are told twice with different values are not certain.
#[derive(Debug, Default)]
struct Account {
    amounts: BTreeMap<Role, (Quantity, Spot)>,
    doubtful: Vec<Role>,
}

impl Account {
    fn add(&mut self, role: Role, amount: Quantity, spot: Spot) {
        if self.amounts.get(&role).is_some_and(|(other, _)| !other.is_as(&amount)) {
            self.doubtful.push(role);
        }
        self.amounts.entry(role).or_insert((amount, spot));
    }

    fn of(&self, role: Role) -> Option<&(Quantity, Spot)> {
        self.amounts.get(&role).filter(|_| !self.doubtful.contains(&role))
    }

    fn has(&self, role: Role) -> bool {
        self.amounts.contains_key(&role)
    }
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before: Option<usize> = None;
    let mut paragraph = Account::default();
    for sentence in reading.prose.sentences() {
        if before != Some(sentence.unit) {
            findings.extend(judge(reading, &paragraph));
            paragraph = Account::default();
            before = Some(sentence.unit);
        }
        let mut own = Account::default();
        for (role, amount, spot) in roles(reading, sentence) {
            own.add(role, amount.clone(), spot);
            paragraph.add(role, amount, spot);
        }
        findings.extend(judge(reading, &own));
    }
    findings.extend(judge(reading, &paragraph));
    findings.dedup();
    findings
}

/// The amounts of a sentence that are of the whole project and its year.
fn roles(reading: &Reading, sentence: Spot) -> Vec<(Role, Quantity, Spot)> {
    let own = reading.told.iter().filter(|one| one.sentence == sentence);
    // What follows 其中 is of parts, up to the next part of the sentence.
    let whole = own.filter(|one| !one.in_parts && !one.behind_other_time() && !one.bounded());
    whole.filter_map(|one| Some((one.role?, one.one.clone(), one.spot))).collect()
}

/// An amount in the unit of another.
fn in_unit(amount: Number, like: &Quantity) -> String {
    let factor = like.value.over(like.figure.value).filter(|factor| !factor.is_zero()).unwrap_or(Number::ONE);
    format!("{}{}", amount.over(factor).map_or(amount, Number::normalize), like.written)
}

/// What a clause says that the amount behind it is in an account, and the words before that.
pub(super) fn role_of(clause: &str) -> Option<(Role, &str)> {
    let head = words::of(Class::ReportFigureLinks).trim_end(clause);
    // 实际发放补贴资金: what was paid stands between the word for it and its amount.
    role(head).or_else(|| role(words::of(Class::NounsOfMoney).strip_end(head)?))
}

/// The role that a text ends with, and the words before it.
fn role(head: &str) -> Option<(Role, &str)> {
    let named = ROLES.iter().filter_map(|(class, role)| {
        let word = words::of(*class).longest_end(head)?;
        Some((word.len(), *role))
    });
    let (length, role) = named.max_by_key(|(length, _)| *length)?;
    Some((role, head.get(..head.len().saturating_sub(length))?))
}

fn judge(reading: &Reading, account: &Account) -> Vec<Finding> {
    adjusted(reading, account).into_iter().chain(left(reading, account)).collect()
}

/// What was planned first with what was added, against what it comes to.
fn adjusted(reading: &Reading, account: &Account) -> Option<Finding> {
    let (first, spot) = account.of(Role::First)?;
    let (after, _) = account.of(Role::Adjusted)?;
    let (moved, up) = match (account.of(Role::Added), account.of(Role::Taken)) {
        (Some(added), None) if !account.has(Role::Taken) => (added, true),
        (None, Some(taken)) if !account.has(Role::Added) => (taken, false),
        _ => return None,
    };
    let exact = if up { first.value.plus(moved.0.value)? } else { first.value.minus(moved.0.value)? };
    if after.is(exact, first.half.plus(moved.0.half)?) {
        return None;
    }
    let how = if up { "加" } else { "减" };
    let message = format!(
        "年初预算{}{how}{}为{}，调整后写的是{}。",
        first.shown(),
        moved.0.shown(),
        in_unit(exact, after),
        after.shown()
    );
    let spot = if moved.1.unit == spot.unit { moved.1 } else { *spot };
    Some(reading.finding(FindingId::ReportArithmeticWrong, spot, "预算调整", message))
}

/// What is left, against each amount that it may be left of.
fn left(reading: &Reading, account: &Account) -> Option<Finding> {
    let ((spent, _), (left, spot)) = (account.of(Role::Spent)?, account.of(Role::Left)?);
    let names = [Role::Adjusted, Role::Budget, Role::Received, Role::First];
    if names.iter().any(|role| account.has(*role) && account.of(*role).is_none()) {
        return None;
    }
    let wholes: Vec<&Quantity> = names.iter().filter_map(|role| Some(&account.of(*role)?.0)).collect();
    let rest = |whole: &Quantity| whole.value.minus(spent.value);
    let fits = |whole: &&Quantity| {
        let off = whole.half.plus(spent.half);
        rest(whole).zip(off).is_none_or(|(rest, off)| left.is(rest, off))
    };
    let first = wholes.first()?;
    if wholes.iter().any(fits) {
        return None;
    }
    let exact = rest(first)?;
    let message = format!(
        "剩余的金额写的是{}，{}减去支出{}为{}。",
        left.shown(),
        first.shown(),
        spent.shown(),
        in_unit(exact, left)
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, *spot, "结余", message))
}
