//! What a tally comes to: which accounts count, totals by account, month and category, duplicates, reversals.

use std::collections::{BTreeMap, BTreeSet};

use super::deposit::Settled;
use super::pairs::{EntryPlace, Paired};
use super::roles::{Class, Roles};
use super::tally::{LedgerSpending, Tally};
use crate::base::{CellAt, CellRef, Yuan};
use crate::model::{
    AccountRole, AccountTotal, Basis, CancelledPair, EconomicTotal, ExcludedRow, Exclusion, FindingId,
    LedgerLocator, LedgerTotals, MonthTotal, YearMonth,
};

/// The totals of everything taken. `locators` are the ledgers in the order they were taken.
pub fn totals(mut tally: Tally, locators: &[LedgerLocator]) -> LedgerTotals {
    tally.finish_sums();
    let paired = std::mem::take(&mut tally.pairs).finish();
    report_pairs(&mut tally, &paired, locators);

    let mut roles = roles(&mut tally, locators);
    let counts: Vec<bool> = tally
        .chart
        .accounts
        .iter()
        .map(|a| roles.is_some_and(|r| r.role(a.class) == AccountRole::Spending))
        .collect();
    let remarked =
        std::mem::take(&mut tally.remarked).finish(|account| counts.get(account).copied().unwrap_or(false));
    let settled = std::mem::take(&mut tally.deposits)
        .pair_returns(|account| counts.get(account).copied().unwrap_or(false));
    if let Some(place) = settled.unclear {
        tally.refuse(at(locators, place), "押金（保证金）的支付与退回金额对不上，无法判断是否为支出");
    }
    if let Some(amount) = tally.void.doubtful() {
        let amount = amount.in_cents();
        let reason = format!(
            "有一笔 {amount} 元的支出状态为已退回、作废，又有一笔同样金额的冲回，不能确定是不是同一笔"
        );
        tally.refuse(locators.first().map(|locator| locator.at.clone()), &reason);
    }
    if tally.in_year == 0 && tally.outside_year > 0 {
        tally.refuse(locators.first().map(|l| l.at.clone()), "账中没有评价年度的分录");
    }
    if let Some((ledger, what)) = repeated(&tally.by_ledger, &paired, locators) {
        let at = locators.get(ledger).map(|locator| locator.at.clone());
        tally.refuse(at, &format!("{what}，同一笔支出会计算两次"));
    }
    let added = if tally.broken { None } else { roles.and_then(|roles| add_up(&mut tally, roles, &settled)) };
    if added.is_none() && !tally.broken {
        tally.refuse(None, "金额超出可精确计算的范围");
    }
    let mut spending = added.as_ref().map(|added| added.total);
    if spending.is_some_and(Yuan::is_negative) {
        tally.refuse(locators.first().map(|l| l.at.clone()), "借方减贷方为负数，不像支出账");
        (spending, roles) = (None, None);
    }
    exclude_deposits(&mut tally, &settled);
    let (by_month, by_economic) = added.map(|a| (a.by_month, a.by_economic)).unwrap_or_default();
    LedgerTotals {
        spending,
        basis: roles.map_or(Basis::Unknown, Roles::basis),
        projects: tally.projects.take(),
        entries: tally.chart.accounts.iter().map(|a| a.sums.count).fold(0, u64::saturating_add),
        // What cannot be vouched for as a whole is not by its ledgers.
        by_account: if spending.is_some() { by_account(&tally, roles) } else { Vec::new() },
        by_month,
        by_economic,
        excluded: std::mem::take(&mut tally.excluded),
        excluded_by_reason: tally.by_reason.iter().map(|(why, (count, sum))| (*why, *count, *sum)).collect(),
        cancelled: paired
            .cancelled
            .iter()
            .map(|(entry, reversal)| CancelledPair { entry: *entry, reversal: *reversal })
            .collect(),
        opening: tally.opening,
        verified: tally.verified,
        remarked,
        findings: tally.report.finish(),
    }
}

/// Entries that stand in the ledgers twice, and the ledger where they stand again.
fn repeated(
    ledgers: &[LedgerSpending],
    paired: &Paired,
    locators: &[LedgerLocator],
) -> Option<(usize, String)> {
    let name = |number: usize| locators.get(number).map(|l| l.sheet.clone()).unwrap_or_default();
    if let Some((inner, outer)) = twice(ledgers) {
        return Some((inner, format!("“{}”的各月支出都已在“{}”中", name(inner), name(outer))));
    }
    if let Some(whole) = all_of_the_others(ledgers) {
        return Some((whole, format!("“{}”的各月支出正是其余各账页之和", name(whole))));
    }
    let most =
        paired.shared.iter().find(|(_, (shared, all))| *shared >= FEW && shared.saturating_mul(2) > *all);
    most.map(|(ledger, _)| (*ledger, format!("“{}”的多数分录在其他账页中也有", name(*ledger))))
}

/// The ledger whose months come to the very same sums as those of all others together.
fn all_of_the_others(ledgers: &[LedgerSpending]) -> Option<usize> {
    let mut together: BTreeMap<(Class, Option<YearMonth>), Yuan> = BTreeMap::new();
    for (key, sum) in ledgers.iter().flat_map(|ledger| ledger.months.iter()) {
        let all = together.entry(key).or_default();
        *all = all.plus(sum)?;
    }
    together.retain(|(class, _), sum| *class != Class::Counter && !sum.is_zero());
    let half = |ledger: &LedgerSpending| {
        let mut keys = together.iter();
        keys.all(|(key, all)| ledger.months.get(key).and_then(|sum| sum.plus(sum)) == Some(*all))
    };
    let filled = ledgers.iter().filter(|ledger| ledger.entries > 0).count();
    (filled > 2 && !together.is_empty())
        .then(|| ledgers.iter().position(|ledger| ledger.entries >= FEW && half(ledger)))
        .flatten()
}

/// Entries that a ledger has at least, so that equal ones are no accident.
const FEW: u64 = 3;

/// Two ledgers of which one has all months of the other with the very same sums: the same entries in two forms.
fn twice(ledgers: &[LedgerSpending]) -> Option<(usize, usize)> {
    const MANY: usize = 400;
    if ledgers.len() > MANY {
        return None;
    }
    let spending = |class: Class| class != Class::Counter;
    let within = |inner: &LedgerSpending, outer: &LedgerSpending| {
        let mut months =
            inner.months.iter().filter(|((class, _), sum)| spending(*class) && !sum.is_zero()).peekable();
        let same = !inner.differs_in_days(outer);
        same && months.peek().is_some() && months.all(|(key, sum)| outer.months.get(&key) == Some(sum))
    };
    for (inner, ledger) in ledgers.iter().enumerate().filter(|(_, ledger)| ledger.entries >= FEW) {
        let mut others = ledgers.iter().enumerate().filter(|(outer, _)| *outer != inner);
        if let Some((outer, _)) = others.find(|(_, other)| within(ledger, other)) {
            return Some((inner, outer));
        }
    }
    None
}

fn at(locators: &[LedgerLocator], (ledger, row): EntryPlace) -> Option<CellAt> {
    let locator = locators.get(ledger)?;
    let col = locator.columns.summary.or(locator.columns.debit).or(locator.columns.amount).unwrap_or(0);
    Some(CellAt::new(locator.sheet.clone(), CellRef::new(row, col)?))
}

fn roles(tally: &mut Tally, locators: &[LedgerLocator]) -> Option<Roles> {
    let present: BTreeSet<Class> = tally.chart.accounts.iter().map(|a| a.class).collect();
    let present: Vec<Class> = present.into_iter().collect();
    if present.is_empty() {
        return Roles::of(&[Class::Unknown]).ok();
    }
    let first = locators.first().map(|l| l.at.clone());
    match Roles::of(&present) {
        Ok(_) if tally.inherited && present.len() > 1 => {
            tally.refuse(first, "部分分录的科目为空，而账中既有支出科目又有其他科目");
            None
        }
        Ok(roles) => Some(roles),
        Err(reason) => {
            tally.refuse(first, reason);
            None
        }
    }
}

struct Added {
    total: Yuan,
    by_month: Vec<MonthTotal>,
    by_economic: Vec<EconomicTotal>,
}

/// Adds up the accounts that count; payments of deposits that did not come back among them.
fn add_up(tally: &mut Tally, roles: Roles, settled: &Settled) -> Option<Added> {
    for deposit in &settled.counted {
        let account = tally.chart.accounts.get_mut(deposit.account)?;
        account.sums.debit = account.sums.debit.plus(deposit.net)?;
        account.sums.count = account.sums.count.saturating_add(1);
        account.months.add(deposit.month, deposit.net)?;
    }
    let mut total = Yuan::ZERO;
    let mut months: BTreeMap<Option<YearMonth>, Yuan> = BTreeMap::new();
    let mut economic: BTreeMap<usize, Yuan> = BTreeMap::new();
    for account in tally.chart.accounts.iter().filter(|a| roles.role(a.class) == AccountRole::Spending) {
        total = total.plus(account.sums.debit)?.minus(account.sums.credit)?;
        for (month, sum) in account.months.iter() {
            let all = months.entry(month).or_default();
            *all = all.plus(sum)?;
        }
        for (category, sum) in account.economic.iter() {
            let all = economic.entry(category).or_default();
            *all = all.plus(sum)?;
        }
    }
    let by_month = months.into_iter().map(|(month, spending)| MonthTotal { month, spending }).collect();
    let mut by_economic: Vec<EconomicTotal> = economic
        .into_iter()
        .filter_map(|(number, spending)| {
            Some(EconomicTotal { name: tally.chart.economic.get(number)?.clone(), spending })
        })
        .collect();
    by_economic.sort_by(|a, b| a.name.cmp(&b.name));
    Some(Added { total, by_month, by_economic })
}

fn by_account(tally: &Tally, roles: Option<Roles>) -> Vec<AccountTotal> {
    let mut accounts: Vec<AccountTotal> = tally
        .chart
        .accounts
        .iter()
        .map(|account| AccountTotal {
            code: account.code.clone(),
            name: account.name.clone(),
            role: roles.map_or(AccountRole::CounterSide, |roles| roles.role(account.class)),
            sums: account.sums,
            net: account.sums.debit.minus(account.sums.credit).unwrap_or_default(),
        })
        .collect();
    accounts.sort_by(|a, b| (&a.code, &a.name).cmp(&(&b.code, &b.name)));
    accounts
}

fn exclude_deposits(tally: &mut Tally, settled: &Settled) {
    for deposit in &settled.excluded {
        let (ledger, row) = deposit.place;
        tally.excluded.push(ExcludedRow { ledger, row, why: Exclusion::Deposit, amount: deposit.net });
        let (count, sum) = tally.by_reason.entry(Exclusion::Deposit).or_default();
        *count = count.saturating_add(1);
        *sum = sum.plus(deposit.net).unwrap_or(*sum);
    }
    tally.excluded.sort_by_key(|row| (row.ledger, row.row));
}

fn report_pairs(tally: &mut Tally, paired: &Paired, locators: &[LedgerLocator]) {
    for group in &paired.duplicates {
        let Some(last) = group.last() else { continue };
        let rows: Vec<String> = group.iter().map(|place| shown(locators, *place)).collect();
        let message = if rows.len() == 1 {
            format!("{}的摘要写明重复入账，但账中没有对应的冲销", rows.join("、"))
        } else {
            format!("{}的科目、月份、摘要、金额相同，疑似重复入账且未冲销", rows.join("、"))
        };
        tally.report.add(FindingId::VoucherDuplicate, at(locators, *last), message);
    }
    for place in &paired.unmatched {
        tally.report.add(
            FindingId::ReversalUnmatched,
            at(locators, *place),
            "红字（冲销）分录在账中找不到科目、金额相同的原分录".to_owned(),
        );
    }
}

fn shown(locators: &[LedgerLocator], (ledger, row): EntryPlace) -> String {
    let row = row.saturating_add(1);
    match locators.get(ledger) {
        Some(locator) if locators.len() > 1 => format!("“{}”第{row}行", locator.sheet),
        _ => format!("第{row}行"),
    }
}
