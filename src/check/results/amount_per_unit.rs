//! What one person, one kilometre came to by count and spending: more than by budget and target, or what a standard per head
//! has to be held against.

use crate::base::Number;
use crate::check::category::Category;
use crate::check::promise::Promise;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};
use crate::notation::quantity::{Quantity, convert};
use crate::notation::unit::{Dimension, scan_unit};
use crate::words::Class;

const ID: FindingId = FindingId::AmountPerUnit;
/// Summaries of a ledger that are shown.
const SHOWN: usize = 5;
/// Places of an amount that is shown.
const PLACES: u32 = 2;
/// Yuan of ten thousand, and the places that an amount in them has at most.
const TEN_THOUSAND: u32 = 10_000;
const MOST_PLACES: u32 = 4;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = facts.own_rows();
    let counted: Vec<&Promise> = rows
        .iter()
        .filter(|row| row.category() == Some(Category::Quantity) && row.percent().is_none())
        .filter(|row| done(row).is_some())
        .collect();
    // Of several things that are counted the money is of people, if of any one of them.
    let alone = counted.len() == 1;
    let risen = counted.iter().filter(|row| alone || is_of_people(row)).find_map(|row| risen(facts, row));
    let made_up = rows.iter().find_map(|row| made_up(facts, row, &counted));
    risen.into_iter().chain(standard(facts, &rows, &counted)).chain(made_up).collect()
}

/// What a unit cost times the count comes to, beside what the ledger shows was paid for: which of it belongs to the unit cost only
/// a person sees.
fn made_up(facts: &Facts, row: &Promise<'_>, counted: &[&Promise<'_>]) -> Option<Finding> {
    let price = row.row.actual()?.quantity().filter(|_| row.category() == Some(Category::Cost))?;
    let Dimension::Per(top, below) = &price.unit.dimension else { return None };
    let ([thing], Dimension::Money) = (below.as_slice(), top.as_ref()) else { return None };
    let (thing, _) = scan_unit(thing)?;
    let mut fitting = counted.iter().filter(|of| done(of).is_some_and(|done| done.unit.comparable(&thing)));
    let (of, None) = (fitting.next()?, fitting.next()) else { return None };
    let count = convert(done(of)?, &thing).ok()?.number;
    let sum = price.in_base()?.times(count)?;
    let paid = &facts.reconciliation.ledger.as_ref()?.remarked.by_summary;
    let mut paid: Vec<(&String, Number)> = paid.iter().map(|(what, sum)| (what, sum.number())).collect();
    paid.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    let all =
        paid.iter().map(|(_, sum)| *sum).try_fold(Number::ZERO, Number::plus).filter(|all| !all.is_zero())?;
    let each = |(what, sum): &(&String, Number)| {
        let share = sum.times(Number::from(100))?.over(all)?;
        Some(format!("“{what}”{}元（占{}%）", sum.round(PLACES), share.round(PLACES)))
    };
    let shown: Vec<String> =
        paid.iter().filter(|(_, sum)| !sum.is_negative()).take(SHOWN).filter_map(each).collect();
    (shown.len() > 1).then(|| {
        let message = format!(
            "“{}”实际{}，与“{}”{}相乘为 {}；账上支出按摘要归集，{} {} 类为{}，请核对单位成本由哪些支出构成。",
            row.name(),
            row.indicator.actual_shown(),
            of.name(),
            of.indicator.actual_shown(),
            money(sum),
            if shown.len() == paid.len() { "共" } else { "前" },
            shown.len(),
            shown.join("、")
        );
        row.at_actual(ID, message)
    })
}

/// An amount as forms state it: from ten thousand yuan on in 万元, where that needs no more places.
fn money(yuan: Number) -> String {
    let whole = yuan.over(Number::from(TEN_THOUSAND)).filter(|amount| *amount >= Number::ONE);
    match whole.filter(|amount| *amount == amount.round(MOST_PLACES)) {
        Some(amount) => format!("{amount} 万元"),
        None => format!("{} 元", yuan.round(PLACES)),
    }
}

/// What was done, where it is a number of things.
fn done<'p>(row: &'p Promise<'_>) -> Option<&'p Quantity> {
    row.row.actual()?.quantity().filter(|done| !done.number.is_zero() && done.unit.dimension.is_of_things())
}

/// Whether people were counted.
fn is_of_people(row: &Promise<'_>) -> bool {
    done(row).is_some_and(|done| matches!(&done.unit.dimension, Dimension::Count(word) if word == "人"))
}

/// An output that was missed and cost more each than was planned.
fn risen(facts: &Facts, row: &Promise<'_>) -> Option<Finding> {
    let least = facts.limit(ID, 0)?;
    let (target, done) = (row.quantity()?, done(row)?);
    let planned = convert(target, &done.unit).ok()?.number;
    let (budget, spent) = (amounts::budget(facts)?, amounts::spent(facts)?);
    if done.number >= planned {
        return None;
    }
    let (before, after) = (budget.yuan.over(planned)?, spent.yuan.over(done.number)?);
    let more = after.minus(before)?.times(Number::from(100))?.over(before)?;
    (more >= least).then(|| {
        let (name, unit) = (row.name(), &done.unit.word);
        let message = format!(
            "按{}{}和“{name}”的指标值计算，平均 {} 元/{unit}；按{}{}和实际完成值计算，平均 {} 元/{unit}，高 {}%。",
            budget.label,
            budget.shown,
            before.round(PLACES),
            spent.label,
            spent.shown,
            after.round(PLACES),
            more.round(PLACES)
        );
        row.at_actual(ID, message)
    })
}

/// A standard per head of which only a rate is stated, and what each came to.
fn standard(facts: &Facts, rows: &[Promise<'_>], counted: &[&Promise<'_>]) -> Option<Finding> {
    let per_head = |row: &&Promise| {
        let stated = row.row.actual().and_then(|actual| actual.quantity());
        row.category() == Some(Category::Cost)
            && row.names(Class::UnitCosts)
            && stated.is_some_and(|stated| stated.ratio().is_some() && stated.unit.is_ratio())
    };
    let row = rows.iter().find(per_head)?;
    // Of several things that are counted it is not known which the standard is of.
    let [of] = counted else { return None };
    let (done, spent) = (done(of)?, amounts::spent(facts)?);
    let each = spent.yuan.over(done.number)?;
    let message = format!(
        "按{}{}和“{}”{}计算，平均 {} 元/{}，请核对是否符合“{}”所说的标准。",
        spent.label,
        spent.shown,
        of.name(),
        done,
        each.round(PLACES),
        done.unit.word,
        row.name()
    );
    Some(row.at_actual(ID, message))
}
