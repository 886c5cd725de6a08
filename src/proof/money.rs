//! Budget, funds received and spending of a report against the workbook and its ledger.

use super::figures::{Figure, linked};
use super::found::Reading;
use super::prose::Spot;
use crate::base::Number;
use crate::check::Facts;
use crate::model::{AmountKind, Finding, FindingId, MoneyUnit};
use crate::words::{self, Class};

/// A known amount, in 元, as exactly as it is known.
struct Known {
    yuan: Number,
    /// What half of its last place is worth, where it is known rounded.
    tolerance: Number,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let Some(facts) = reading.facts else { return Vec::new() };
    let mut findings = Vec::new();
    for (class, kinds, name) in [
        (Class::SpentNames, &[AmountKind::Spent][..], "支出"),
        (
            Class::BudgetNames,
            &[AmountKind::Budget, AmountKind::AdjustedBudget, AmountKind::Received][..],
            "预算",
        ),
        (
            Class::ReceivedNames,
            &[AmountKind::Received, AmountKind::Budget, AmountKind::AdjustedBudget][..],
            "到位资金",
        ),
    ] {
        let known = known(facts, kinds);
        if known.is_empty() {
            continue;
        }
        for (figure, unit, spot) in said(reading, class) {
            let Some(stated) = figure.value.times(factor(unit)) else { continue };
            let half = last_place(&figure, unit);
            let is = |known: &Known| {
                let off = known.yuan.minus(stated).map(Number::abs);
                let allowed = half.and_then(|half| half.plus(known.tolerance));
                off.zip(allowed).is_some_and(|(off, allowed)| off <= allowed)
            };
            if known.iter().any(is) {
                continue;
            }
            let Some(first) = known.first() else { continue };
            let ledger = if class == Class::SpentNames && facts.reconciliation.ledger.is_some() {
                "明细账"
            } else {
                "表中"
            };
            let shown = shown(first.yuan, unit);
            let message = format!("写的{name}是{}{}，{ledger}为{shown}。", figure.value, unit.name());
            findings.push(reading.finding(FindingId::ReportMoneyDiffers, spot, name, message));
        }
    }
    findings
}

fn shown(yuan: Number, unit: MoneyUnit) -> String {
    let amount = yuan.over(factor(unit)).map_or(yuan, |amount| amount.round(6));
    format!("{amount}{}", unit.name())
}

fn last_place(figure: &Figure, unit: MoneyUnit) -> Option<Number> {
    let place = Number::new(rust_decimal::Decimal::try_new(1, figure.places).ok()?);
    place.times(factor(unit))?.over(Number::from(2))
}

/// What the workbook knows of such amounts, what the ledger gives first.
fn known(facts: &Facts, kinds: &[AmountKind]) -> Vec<Known> {
    let mut all = Vec::new();
    if kinds == [AmountKind::Spent]
        && let Some(spending) = facts.reconciliation.ledger.as_ref().and_then(|ledger| ledger.spending)
    {
        all.push(Known { yuan: spending.number(), tolerance: Number::ZERO });
    }
    for amount in facts.case.amounts.iter().filter(|amount| kinds.contains(&amount.kind)) {
        let written = amount.written.as_ref().and_then(|written| written.parse::<Number>().ok());
        all.extend(written.or_else(|| amount.entry.number()).and_then(|value| in_yuan(value, amount.unit)));
    }
    let blocks = facts.case.score_form.iter().filter_map(|form| form.budget.first());
    for row in blocks.chain(facts.case.funds.iter().filter_map(|rows| rows.first())) {
        let cells = [
            (AmountKind::Spent, &row.spent),
            (AmountKind::Budget, &row.budget),
            (AmountKind::AdjustedBudget, &row.adjusted),
        ];
        for (_, entry) in cells.iter().filter(|(kind, _)| kinds.contains(kind)) {
            let value = entry.as_ref().and_then(crate::model::Entry::number);
            all.extend(value.zip(row.unit).and_then(|(value, unit)| in_yuan(value, unit)));
        }
    }
    all
}

/// An amount in 元, with what half of its last place is worth.
fn in_yuan(value: Number, unit: MoneyUnit) -> Option<Known> {
    let place = Number::new(rust_decimal::Decimal::try_new(1, value.get().normalize().scale()).ok()?);
    let tolerance = place.times(factor(unit))?.over(Number::from(2))?;
    Some(Known { yuan: value.times(factor(unit))?, tolerance })
}

/// Where a report says an amount of the whole project and year.
pub(super) fn said(reading: &Reading, class: Class) -> Vec<(Figure, MoneyUnit, Spot)> {
    let mut all = said_as(reading, words::of(class));
    if class == Class::SpentNames {
        let found = said_as(reading, words::of(Class::SpentAlone));
        let fresh: Vec<_> =
            found.into_iter().filter(|(one, ..)| !all.iter().any(|(other, ..)| one == other)).collect();
        all.extend(fresh);
    }
    all
}

fn said_as(reading: &Reading, words: &words::Lexicon) -> Vec<(Figure, MoneyUnit, Spot)> {
    let mut all = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let mut at = 0_usize;
        while let Some((step, word)) = text.get(at..).and_then(|rest| words.find(rest)) {
            let from = at.saturating_add(step);
            at = from.saturating_add(word.len());
            let Some(figure) = linked(text, at) else { continue };
            let Some(unit) = text.get(figure.to..).and_then(unit) else { continue };
            let spot = Spot {
                unit: sentence.unit,
                from: sentence.from.saturating_add(from),
                to: sentence.from.saturating_add(figure.to),
            };
            let clause = reading.prose.clause(spot);
            let lead = reading.prose.text(sentence.unit).get(clause.from..spot.from).unwrap_or_default();
            let before = reading.prose.text(sentence.unit).get(sentence.from..spot.from).unwrap_or_default();
            // 支出 alone is the project's only where nothing before it is of a part.
            let scope = if words::of(Class::SpentAlone).has(word) { before } else { lead };
            let is_part = words::of(Class::MoneyOfParts).within(&without_year(scope));
            let other = text.get(..from).is_some_and(|before| reading.is_of_other_year(before));
            if !is_part && !other && is_whole(reading, lead) && !is_listed(text, from) {
                all.push((figure, unit, spot));
            }
        }
    }
    all
}

/// The unit behind a figure.
fn unit(text: &str) -> Option<MoneyUnit> {
    MoneyUnit::ALL.into_iter().find(|unit| text.starts_with(unit.name()))
}

fn factor(unit: MoneyUnit) -> Number {
    Number::from(unit.factor())
}

fn without_year(lead: &str) -> String {
    lead.replace("年度", "").replace("全年", "")
}

/// Whether the words before an amount name the project and nothing narrower.
pub(super) fn is_whole(reading: &Reading, lead: &str) -> bool {
    let leads = words::of(Class::MoneyLeadIns);
    let project =
        reading.facts.and_then(|facts| facts.case.project.name.as_deref()).map(super::found::plain_name);
    let lead = super::found::plain_name(lead);
    let mut rest = lead.as_str();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.is_empty() {
            return true;
        }
        let named =
            project.as_deref().filter(|name| !name.is_empty()).and_then(|name| rest.strip_prefix(name));
        match named.or_else(|| leads.strip(rest)) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
}

/// Whether parts of the whole are told before the amount in its sentence.
fn is_listed(sentence: &str, at: usize) -> bool {
    sentence.get(..at).is_some_and(|before| before.contains("其中"))
}
