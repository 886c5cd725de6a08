//! What `jixiao reconcile` says: the ledger's totals in full, as JSON and as text.

use serde::Serialize;

use super::json::Report;
use crate::base::{Number, Yuan, push_line as line};
use crate::model::{Agreement, Basis, Case, ExcludedRow, Finding, LedgerTotals, Reconciliation};

/// Rows left out that the text lists; the JSON object lists them all.
const SHOWN_ROWS: usize = 30;

/// The case's report with the ledger's totals.
#[derive(Debug, Serialize)]
pub struct LedgerReport {
    /// The case as everywhere else.
    #[serde(flatten)]
    pub report: Report,
    /// The ledger's totals; absent without a ledger.
    pub ledger: Option<Totals>,
}

/// Totals of all ledgers of the case, in 元.
#[derive(Debug, Serialize)]
pub struct Totals {
    /// Spending; absent where no total can be vouched for.
    pub spending: Option<Number>,
    /// `budget` (cash), `accrual` or `unknown`.
    pub basis: &'static str,
    /// Entries that were added.
    pub entries: u64,
    /// By account.
    pub accounts: Vec<Account>,
    /// By month.
    pub months: Vec<Month>,
    /// By economic category.
    pub economic: Vec<Category>,
    /// Rows that were not added.
    pub excluded: Vec<Excluded>,
    /// Subtotal rows that were verified.
    pub verified: u64,
}

/// An account.
#[derive(Debug, Serialize)]
pub struct Account {
    /// 科目编码.
    pub code: String,
    /// 科目名称.
    pub name: String,
    /// Debits less credits.
    pub net: Number,
    /// Why it counts or does not, in Chinese.
    pub role: &'static str,
}

/// A month.
#[derive(Debug, Serialize)]
pub struct Month {
    /// `2021-03`; absent where the entries do not say it.
    pub month: Option<String>,
    /// Spending.
    pub spending: Number,
}

/// An economic category.
#[derive(Debug, Serialize)]
pub struct Category {
    /// 支出经济分类.
    pub name: String,
    /// Spending.
    pub spending: Number,
}

/// A row that was not added.
#[derive(Debug, Serialize)]
pub struct Excluded {
    /// The sheet.
    pub sheet: String,
    /// The row as a person counts.
    pub row: u32,
    /// Debit less credit.
    pub amount: Number,
    /// Why, in Chinese.
    pub reason: &'static str,
}

fn plain(yuan: Yuan) -> Number {
    yuan.number().normalize()
}

fn excluded(case: &Case, row: &ExcludedRow) -> Excluded {
    Excluded {
        sheet: case.ledgers.get(row.ledger).map(|ledger| ledger.sheet.to_string()).unwrap_or_default(),
        row: row.row.saturating_add(1),
        amount: plain(row.amount),
        reason: row.why.reason(),
    }
}

fn totals(case: &Case, totals: &LedgerTotals) -> Totals {
    Totals {
        spending: totals.spending.map(plain),
        basis: match totals.basis {
            Basis::Budget => "budget",
            Basis::Accrual => "accrual",
            Basis::Unknown => "unknown",
        },
        entries: totals.entries,
        accounts: totals
            .by_account
            .iter()
            .map(|account| Account {
                code: account.code.clone(),
                name: account.name.clone(),
                net: plain(account.net),
                role: account.role.reason(),
            })
            .collect(),
        months: totals
            .by_month
            .iter()
            .map(|month| Month {
                month: month.month.map(|m| format!("{:04}-{:02}", m.year, m.month)),
                spending: plain(month.spending),
            })
            .collect(),
        economic: totals
            .by_economic
            .iter()
            .map(|category| Category { name: category.name.clone(), spending: plain(category.spending) })
            .collect(),
        excluded: totals.excluded.iter().map(|row| excluded(case, row)).collect(),
        verified: totals.verified,
    }
}

/// The object of one case.
pub fn report(case: &Case, reconciliation: &Reconciliation, report: Report) -> LedgerReport {
    LedgerReport { report, ledger: reconciliation.ledger.as_ref().map(|found| totals(case, found)) }
}

/// The same for a person.
pub fn text(case: &Case, reconciliation: &Reconciliation, findings: &[Finding]) -> String {
    let mut out = String::new();
    write_text(&mut out, case, reconciliation, findings);
    out
}

fn write_text(out: &mut String, case: &Case, reconciliation: &Reconciliation, findings: &[Finding]) {
    line(out, &case.source.file);
    match &reconciliation.ledger {
        None => line(out, "  没有找到明细账。"),
        Some(found) => write_totals(out, case, found),
    }
    for compared in &reconciliation.lines {
        let verdict = match compared.status {
            Agreement::Agrees => "相符",
            Agreement::Differs => "不符",
        };
        line(
            out,
            &format!(
                "  {}：填报 {} {}，明细账 {} 元，差额 {} 元，允许 {} 元（{}）——{verdict}",
                compared.name,
                compared.stated,
                compared.unit.name(),
                compared.ledger.in_cents(),
                compared.difference.in_cents(),
                compared.tolerance.in_cents(),
                compared.tolerance_origin
            ),
        );
        if let Some(explanation) = &compared.explanation {
            line(out, &format!("    {explanation}"));
        }
    }
    // Also what of the sheets was not read: it may be a ledger.
    for finding in findings {
        let cell = finding.at.as_ref().map(|at| format!("{}  ", at.spoken())).unwrap_or_default();
        line(out, &format!("  {}  {cell}{}", finding.severity.name(), finding.message));
    }
}

fn write_totals(out: &mut String, case: &Case, found: &LedgerTotals) {
    match found.spending {
        Some(spending) => {
            line(out, &format!("  明细账支出合计：{} 元（{} 笔分录）", spending.in_cents(), found.entries));
        }
        None => line(out, "  明细账支出合计：未能得出，见下面的问题"),
    }
    line(out, &format!("  核对合计行 {} 行", found.verified));
    for account in &found.by_account {
        line(
            out,
            &format!(
                "  科目 {} {}：{} 元（{}）",
                account.code,
                account.name,
                account.net.in_cents(),
                account.role.reason()
            ),
        );
    }
    for month in &found.by_month {
        let name = month.month.map_or("月份不明".to_owned(), |m| format!("{}年{}月", m.year, m.month));
        line(out, &format!("  {name}：{} 元", month.spending.in_cents()));
    }
    for category in &found.by_economic {
        line(out, &format!("  经济分类 {}：{} 元", category.name, category.spending.in_cents()));
    }
    for (why, count, sum) in &found.excluded_by_reason {
        line(out, &format!("  未计入：{} {count} 行，{} 元", why.reason(), sum.in_cents()));
    }
    for row in found.excluded.iter().take(SHOWN_ROWS) {
        let amount = row.amount.in_cents();
        let row = excluded(case, row);
        line(out, &format!("    “{}”第{}行 {amount} 元：{}", row.sheet, row.row, row.reason));
    }
}
