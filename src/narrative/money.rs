//! Money: what was budgeted, received and spent, and what the ledger says.

use super::{About, or_gap, percent, seen, share, shown};
use crate::base::{Number, Yuan};
use crate::docx::{Scope, Value};
use crate::model::{AccountRole, Agreement, Amount, AmountKind, BudgetBlock, Entry, LedgerTotals, MoneyUnit};

pub(super) fn add(of: &About<'_>, scope: &mut Scope) {
    let budget = amount(of, AmountKind::AdjustedBudget).or_else(|| amount(of, AmountKind::Budget));
    let spent = amount(of, AmountKind::Spent);
    let rate = of.reconciliation.rate.from_stated.or(of.reconciliation.rate.stated).map(super::rate);
    scope.set("资金情况", sentence(of, rate.as_deref()));
    scope.set("预算数", or_gap(budget, "预算数"));
    scope.set("支出数", or_gap(spent, "支出数"));
    scope.set("预算执行率", or_gap(rate, "预算执行率"));
    let blocks = of.case.score_form.as_ref().map(|form| form.budget.as_slice()).unwrap_or_default();
    let unit = blocks.iter().find_map(|block| block.unit).map(MoneyUnit::name).unwrap_or_default();
    scope.set("资金来源", blocks.iter().filter_map(source).collect::<Vec<_>>());
    scope.set("资金单位", unit);
    let ledger = of.reconciliation.ledger.as_ref();
    let spending = ledger.and_then(|ledger| ledger.spending);
    scope.set("明细账合计", spending.map(Yuan::in_cents).unwrap_or_default());
    scope.set("科目", ledger.map(accounts).unwrap_or_default());
    scope.set("对账", of.reconciliation.lines.iter().map(line).collect::<Vec<_>>());
}

/// A stated amount with its unit.
fn amount(of: &About<'_>, kind: AmountKind) -> Option<String> {
    let mut found = of.case.amounts.iter().filter(|amount| amount.kind == kind);
    found.find_map(written)
}

fn written(amount: &Amount) -> Option<String> {
    let digits = match &amount.written {
        Some(digits) => digits.trim().to_owned(),
        None => amount.entry.number().map(|number| number.to_string())?,
    };
    Some(format!("{digits}{}", amount.unit.name()))
}

/// Budget, funds received, spending and rate in a sentence.
fn sentence(of: &About<'_>, rate: Option<&str>) -> Value {
    let parts = [
        (AmountKind::Budget, "预算批复"),
        (AmountKind::AdjustedBudget, "调整后预算"),
        (AmountKind::Received, "实际到位"),
        (AmountKind::Spent, "支出"),
    ];
    let mut said: Vec<String> =
        parts.into_iter().filter_map(|(kind, word)| Some(format!("{word}{}", amount(of, kind)?))).collect();
    let exact = of.reconciliation.rate.from_ledger.map(super::rate);
    let exact = exact.filter(|exact| Some(exact.as_str()) != rate);
    let exact = exact.map(|exact| format!("（按明细账支出计算为{exact}）")).unwrap_or_default();
    said.extend(rate.map(|rate| format!("预算执行率{rate}{exact}")));
    if said.is_empty() {
        return Value::Gap("资金投入和使用情况".to_owned());
    }
    let year = of.case.project.year.map(|year| format!("{year}年度")).unwrap_or_default();
    Value::Text(format!("{year}{}。", said.join("，")))
}

/// A row of the budget block.
fn source(block: &BudgetBlock) -> Option<Scope> {
    let cell = |entry: &Option<Entry>| shown(entry.as_ref()).unwrap_or_default();
    let any =
        [&block.budget, &block.adjusted, &block.spent].into_iter().flatten().any(|entry| !entry.is_blank());
    any.then(|| {
        Scope::default()
            .with("名称", seen(&block.label))
            .with("年初预算数", cell(&block.budget))
            .with("全年预算数", cell(&block.adjusted))
            .with("执行数", cell(&block.spent))
            .with("执行率", cell(&block.rate))
    })
}

/// Spending by account.
fn accounts(ledger: &LedgerTotals) -> Vec<Scope> {
    let spending = ledger.by_account.iter().filter(|account| account.role == AccountRole::Spending);
    let account = |account: &crate::model::AccountTotal| {
        let part = ledger.spending.and_then(|whole| share(account.net.number(), whole.number()));
        let name = if account.name.is_empty() { &account.code } else { &account.name };
        Scope::default()
            .with("名称", seen(name))
            .with("金额", account.net.in_cents())
            .with("占比", part.map(percent).unwrap_or_default())
    };
    spending.map(account).collect()
}

fn line(line: &crate::model::ReconciliationLine) -> Scope {
    let money = |number: Number| number.in_cents();
    Scope::default()
        .with("名称", seen(&line.name))
        .with("填报数", format!("{}{}", line.stated, line.unit.name()))
        .with("明细账", money(line.ledger.number()))
        .with("差额", money(line.difference.number()))
        .with("结论", if line.status == Agreement::Agrees { "相符" } else { "不符" })
}
