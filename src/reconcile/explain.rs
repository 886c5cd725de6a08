//! What would explain a difference between a stated amount and the ledger.
//!
//! An explanation is offered only when it is singular: of many entries some pair adds up to anything. It says what
//! would make up the difference, never that it did.

use std::ops::ControlFlow;

use super::stated::Stated;
use super::tolerance::ten_to;
use crate::base::{Number, Result, Yuan};
use crate::ledger;
use crate::model::{Case, ExcludedRow, LedgerLocator, LedgerTotals, MoneyUnit};
use crate::sheet::RowSource;

/// An explanation, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The sentence.
    pub text: String,
    /// Whether the unit is the suspect.
    pub unit: bool,
}

impl Explanation {
    fn of(text: &str) -> Self {
        Self { text: format!("可能原因：{text}"), unit: false }
    }
}

/// Entries kept for the search; a ledger with more is searched without pairs.
const MAX_ENTRIES: usize = 1_100_000;
/// With more entries some pair adds up to any difference.
const MAX_FOR_PAIRS: usize = 2_000;
/// The same for three.
const MAX_FOR_TRIPLES: usize = 60;
/// More places that fit equally well explain nothing.
const MAX_HITS: usize = 2;

/// Amounts in units of a hundredth of a 分, with their places.
type Amounts = Vec<(i64, (usize, u32))>;

/// A difference being explained.
struct Search<'s> {
    /// What the ledger lacks or has too much, in units.
    difference: i64,
    tolerance: i64,
    locators: &'s [LedgerLocator],
}

/// Explains why the ledger's total is not the stated amount.
pub fn explain(
    case: &Case,
    stated: &Stated,
    tolerance: Yuan,
    totals: &LedgerTotals,
    sources: &mut [&mut dyn RowSource],
) -> Result<Explanation> {
    let unexplained = Explanation { text: "未能解释差额".to_owned(), unit: false };
    let Some((spending, amount)) = totals.spending.zip(stated.yuan()) else { return Ok(unexplained) };
    if let Some(found) = factor(spending, stated, amount) {
        return Ok(found);
    }
    let Some(difference) = spending.minus(amount) else { return Ok(unexplained) };
    if let Some(found) = other_sum(totals, amount, tolerance) {
        return Ok(found);
    }
    let (Some(difference_units), Some(tolerance_units)) = (units(difference), units_up(tolerance)) else {
        return Ok(unexplained);
    };
    let search = Search { difference: difference_units, tolerance: tolerance_units, locators: &case.ledgers };
    if let Some(found) = search.excluded(&totals.excluded) {
        return Ok(found);
    }
    let mut amounts: Amounts = Vec::new();
    let mut complete = true;
    ledger::counted(&case.ledgers, sources, case.project.year, totals, &mut |number, line| {
        if amounts.len() >= MAX_ENTRIES {
            complete = false;
            return ControlFlow::Break(());
        }
        match line.net().and_then(units) {
            Some(net) if net != 0 => amounts.push((net, (number, line.row))),
            Some(_) => {}
            None => complete = false,
        }
        ControlFlow::Continue(())
    })?;
    if !complete {
        return Ok(unexplained);
    }
    amounts.sort_unstable();
    let found = search
        .single(&amounts)
        .or_else(|| transposed(spending, stated))
        .or_else(|| search.several(&amounts))
        .or_else(|| multiple_of_nine(difference, tolerance));
    Ok(found.unwrap_or(unexplained))
}

/// The ledger agrees if one of the two is in another unit.
fn factor(ledger: Yuan, stated: &Stated, amount: Yuan) -> Option<Explanation> {
    let ten_thousand = Number::from(MoneyUnit::TenThousand.factor());
    let ledger = ledger.number();
    let amount = amount.number();
    let near = |a: Number, b: Number| {
        // A thousandth: a factor of ten thousand is not met by accident.
        let apart = a.minus(b).map(Number::abs)?;
        Some(apart.times(Number::from(1000))? <= b.abs())
    };
    let name = stated.unit.name();
    if ledger.is_zero() || amount.is_zero() {
        return None;
    }
    let text = if near(amount.times(ten_thousand)?, ledger)? {
        format!("填报数的单位可能有误：填报单位为{name}，按一万倍计与明细账相符")
    } else if near(ledger.times(ten_thousand)?, amount)? {
        format!("金额单位可能有误：填报单位为{name}，明细账按一万倍计才与填报数相符")
    } else {
        return None;
    };
    Some(Explanation { unit: true, ..Explanation::of(&text) })
}

/// The stated amount is another sum of the same ledger.
fn other_sum(totals: &LedgerTotals, amount: Yuan, tolerance: Yuan) -> Option<Explanation> {
    use crate::model::AccountRole;
    let near = |sum: Yuan| sum.minus(amount).is_some_and(|d| d.number().abs() <= tolerance.number());
    let of_role = |role: AccountRole| totals.by_account.iter().filter(move |a| a.role == role);
    let debits = Yuan::sum(of_role(AccountRole::Spending).map(|a| a.sums.debit))?;
    let spending = totals.spending?;
    let text = if near(debits) && debits != spending {
        "填报数等于借方发生额合计，未扣减贷方冲回、退回的金额"
    } else if of_role(AccountRole::FinancialSide).next().is_some()
        && near(Yuan::sum(of_role(AccountRole::FinancialSide).map(|a| a.net))?)
    {
        "填报数等于财务会计（5字头）费用合计，而不是预算会计（7字头）支出合计"
    } else if totals.opening.is_some_and(|o| !o.is_zero() && spending.plus(o).is_some_and(near)) {
        "填报数包含了期初余额"
    } else {
        return None;
    };
    Some(Explanation::of(text))
}

impl Search<'_> {
    fn fits(&self, sum: i64) -> bool {
        sum.checked_sub(self.difference)
            .is_some_and(|apart| apart.unsigned_abs() <= self.tolerance.unsigned_abs())
    }

    fn shown(&self, (ledger, row): (usize, u32)) -> String {
        let row = row.saturating_add(1);
        match self.locators.get(ledger) {
            Some(locator) => format!("“{}”第{row}行", locator.sheet),
            None => format!("第{row}行"),
        }
    }

    /// A row that was not added is what the ledger lacks.
    fn excluded(&self, rows: &[ExcludedRow]) -> Option<Explanation> {
        use crate::model::Exclusion::{
            Closing, Deposit, OtherProject, OutsideProject, OutsideYear, PendingPeriod,
        };
        let mut fitting = rows.iter().filter(|row| {
            matches!(row.why, Closing | Deposit | OtherProject | OutsideProject | OutsideYear | PendingPeriod)
                && units(row.amount).and_then(i64::checked_neg).is_some_and(|amount| self.fits(amount))
        });
        let row = fitting.next()?;
        if fitting.next().is_some() {
            return None;
        }
        let place = self.shown((row.ledger, row.row));
        Some(Explanation::of(&format!("填报数包含了{place}（{} 元，{}）", row.amount, row.why.reason())))
    }

    /// One entry, or half of one: to the 分 before what is only near.
    fn single(&self, amounts: &Amounts) -> Option<Explanation> {
        let target = self.difference.checked_abs()?;
        let text = |row: String| {
            if self.difference > 0 {
                format!("填报数漏计、或不应计入本项目（如重复记账）的是{row}")
            } else {
                format!("填报数重复计算、或明细账漏记了与{row}相同的一笔")
            }
        };
        [0, self.tolerance].into_iter().find_map(|tolerance| {
            let one = hits(amounts, target, tolerance);
            if !one.is_empty() {
                return self.singular(&one, text);
            }
            // On the wrong side the entry stands with the opposite sign: the total is off by twice its amount.
            let half = hits(amounts, self.difference.checked_div(2)?, tolerance.checked_div(2)?);
            self.singular(&half, |row| format!("{row}借贷方向记反"))
        })
    }

    /// Two or three entries, where so many would not add up to it by accident.
    fn several(&self, amounts: &Amounts) -> Option<Explanation> {
        let target = self.difference.checked_abs()?;
        let positive: Amounts = amounts.iter().copied().filter(|(amount, _)| *amount > 0).collect();
        let largest = positive.last().map_or(0, |(amount, _)| i128::from(*amount));
        let window = i128::from(self.tolerance).saturating_mul(2).saturating_add(1);
        let n = i128::try_from(positive.len()).ok()?;
        let pairs = n.checked_mul(n.checked_sub(1)?)?.checked_div(2)?;
        let telling = |sets: i128| sets.saturating_mul(window).saturating_mul(10) <= largest;
        let mut found = Vec::new();
        if positive.len() <= MAX_FOR_PAIRS && telling(pairs) {
            found = self.pairs(&positive, target);
        }
        let triples = pairs.saturating_mul(n.checked_sub(2)?).checked_div(3)?;
        if found.is_empty() && positive.len() <= MAX_FOR_TRIPLES && telling(triples) {
            found = self.triples(&positive, target);
        }
        let [places] = found.as_slice() else { return None };
        let rows: Vec<String> = places.iter().map(|place| self.shown(*place)).collect();
        let what = if self.difference > 0 {
            "填报数漏计、或不应计入本项目（如重复记账）的是"
        } else {
            "填报数重复计算了"
        };
        Some(Explanation::of(&format!("{what}{}，合计等于差额", rows.join("、"))))
    }

    fn singular(&self, found: &[(usize, u32)], text: impl Fn(String) -> String) -> Option<Explanation> {
        if found.is_empty() || found.len() > MAX_HITS {
            return None;
        }
        let rows: Vec<String> = found.iter().map(|place| self.shown(*place)).collect();
        Some(Explanation::of(&text(rows.join("或"))))
    }

    fn pairs(&self, amounts: &[(i64, (usize, u32))], target: i64) -> Vec<Vec<(usize, u32)>> {
        let mut found = Vec::new();
        for (index, (amount, place)) in amounts.iter().enumerate() {
            let Some(rest) = target.checked_sub(*amount) else { continue };
            let later = amounts.get(index.saturating_add(1)..).unwrap_or_default();
            for other in hits(later, rest, self.tolerance) {
                found.push(vec![*place, other]);
                if found.len() > MAX_HITS {
                    return found;
                }
            }
        }
        found
    }

    fn triples(&self, amounts: &Amounts, target: i64) -> Vec<Vec<(usize, u32)>> {
        let mut found = Vec::new();
        for (index, (amount, place)) in amounts.iter().enumerate() {
            let Some(rest) = target.checked_sub(*amount) else { continue };
            let later = amounts.get(index.saturating_add(1)..).unwrap_or_default();
            for mut pair in self.pairs(later, rest) {
                pair.insert(0, *place);
                found.push(pair);
                if found.len() > MAX_HITS {
                    return found;
                }
            }
        }
        found
    }
}

/// Up to a few places whose amount is the target, give or take; `amounts` are sorted.
fn hits(amounts: &[(i64, (usize, u32))], target: i64, tolerance: i64) -> Vec<(usize, u32)> {
    let low = target.saturating_sub(tolerance);
    let high = target.saturating_add(tolerance);
    let from = amounts.partition_point(|(amount, _)| *amount < low);
    let tail = amounts.get(from..).unwrap_or_default();
    tail.iter()
        .take_while(|(amount, _)| *amount <= high)
        .take(MAX_HITS.saturating_add(1))
        .map(|(_, place)| *place)
        .collect()
}

/// Two neighbouring digits of the stated amount change places, and it agrees.
fn transposed(ledger: Yuan, stated: &Stated) -> Option<Explanation> {
    let scale = ten_to(stated.places)?;
    let exact = ledger.number().over(Number::from(stated.unit.factor()))?;
    let rounded = exact.round(stated.places).times(scale)?.normalize().to_string();
    let typed = stated.number.round(stated.places).times(scale)?.normalize().to_string();
    if typed.len() != rounded.len() || typed == rounded {
        return None;
    }
    let pairs: Vec<(u8, u8)> = typed.bytes().zip(rounded.bytes()).collect();
    let first = pairs.iter().position(|(a, b)| a != b)?;
    let last = pairs.iter().rposition(|(a, b)| a != b)?;
    let ((a, b), (c, d)) = (*pairs.get(first)?, *pairs.get(last)?);
    let swapped = last == first.checked_add(1)? && a == d && b == c;
    let right = exact.round(stated.places);
    swapped.then(|| {
        Explanation::of(&format!(
            "填报数的相邻两位数字颠倒，应为 {right:.*} {}",
            usize::try_from(stated.places).unwrap_or(0),
            stated.unit.name(),
            right = right.get()
        ))
    })
}

/// Transposed digits always make a difference that nine divides.
fn multiple_of_nine(difference: Yuan, tolerance: Yuan) -> Option<Explanation> {
    let cent = Number::ONE.over(Number::from(100))?;
    let cents = difference.number().abs().over(cent)?;
    let nine = cents.over(Number::from(9))?;
    // Behind a rounded amount the last digits of the difference mean nothing.
    let exact = tolerance.number() <= cent;
    (exact && nine.floor() == nine).then(|| Explanation::of("差额（分）是9的倍数，可能有一笔金额的数字颠倒"))
}

/// An amount in units of a hundredth of a 分; `None` when it is finer or too large.
fn units(amount: Yuan) -> Option<i64> {
    let scaled = amount.number().times(ten_to(4)?)?;
    if scaled.floor() == scaled { scaled.normalize().to_string().parse().ok() } else { None }
}

/// The same, rounded up: for the tolerance.
fn units_up(amount: Yuan) -> Option<i64> {
    let scaled = amount.number().times(ten_to(4)?)?;
    let whole = scaled.floor();
    let up = if whole == scaled { whole } else { whole.plus(Number::ONE)? };
    up.normalize().to_string().parse().ok()
}
