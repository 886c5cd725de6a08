//! What the ledgers add up to, and how that compares with what the forms say.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use super::ledger::MoneyUnit;
use crate::base::{CellAt, Date, Number, Ratio, Yuan};

/// A month of a year; rows that do not say theirs have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl From<Date> for YearMonth {
    fn from(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }
}

/// Debits and credits of some entries, in 元.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// 借方.
    pub debit: Yuan,
    /// 贷方.
    pub credit: Yuan,
    /// How many entries.
    pub count: u64,
}

/// Why a row is not added to the spending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exclusion {
    /// 年初余额, 期初余额, 上年结转, or period 0.
    Opening,
    /// 承前页, 过次页: what one page came to, carried to the next.
    Carried,
    /// 期末余额: a balance again.
    Balance,
    /// 本月合计, 当前合计, 本期合计.
    MonthTotal,
    /// 本年累计, 当前累计.
    YearTotal,
    /// 小计, 合计 that names no period.
    OtherTotal,
    /// 年末结转: a closing entry.
    Closing,
    /// An entry whose state says that its money was not spent (已退回, 作废).
    Void,
    /// A deposit that was paid and came back, either side.
    Deposit,
    /// Dated in another year than the one that is evaluated.
    OutsideYear,
    /// A period that is not posted yet (20, 21).
    PendingPeriod,
    /// An account that is not the project's.
    OutsideProject,
    /// Under another project's name in the column of projects.
    OtherProject,
    /// A row with a date or voucher but no amount.
    WithoutAmount,
}

impl Exclusion {
    /// The reason in Chinese.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Opening => "期初（年初）余额行，不是本期支出",
            Self::Carried => "承前页（过次页）行，不重复计入",
            Self::Balance => "期末余额行，不是本期支出",
            Self::Void => "状态写明已退回、作废等，没有支出",
            Self::MonthTotal => "本月合计行，不重复计入",
            Self::YearTotal => "累计行，不重复计入",
            Self::OtherTotal => "合计（小计）行，不重复计入",
            Self::Closing => "结转分录，不是支出",
            Self::Deposit => "押金（保证金）收退，不是支出",
            Self::OutsideYear => "不属于评价年度",
            Self::PendingPeriod => "未记账期间，不计入",
            Self::OutsideProject => "不属于本项目的科目",
            Self::OtherProject => "属于其他项目",
            Self::WithoutAmount => "没有金额",
        }
    }
}

/// A row that is not added to the spending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExcludedRow {
    /// Which ledger of the case (0 is the first).
    pub ledger: usize,
    /// The zero-based row.
    pub row: u32,
    /// Why.
    pub why: Exclusion,
    /// Its debit less its credit, in 元.
    pub amount: Yuan,
}

/// Why the entries of an account count, or do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountRole {
    /// Its debits less credits are the spending.
    Spending,
    /// A financial account (5xxx) beside budget accounts (7xxx): the same payments again.
    FinancialSide,
    /// The other side of the entries: bank, payables, income …
    CounterSide,
}

impl AccountRole {
    /// The role in Chinese.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Spending => "支出科目，借方减贷方计入支出",
            Self::FinancialSide => "财务会计费用科目，同一支付已按预算会计（7字头）计入",
            Self::CounterSide => "非支出科目（对方科目），不计入支出",
        }
    }
}

/// What one account adds up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountTotal {
    /// 科目编码 as written; empty where the ledger has none.
    pub code: String,
    /// 科目名称 as first written.
    pub name: String,
    /// Whether it counts.
    pub role: AccountRole,
    /// Its entries, without the excluded rows.
    pub sums: Sums,
    /// Debits less credits.
    pub net: Yuan,
}

/// What one month adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthTotal {
    /// The month; `None` for entries whose month cannot be read.
    pub month: Option<YearMonth>,
    /// Spending of the month.
    pub spending: Yuan,
}

/// What one economic category adds up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EconomicTotal {
    /// 支出经济分类 as written; empty for entries without one.
    pub name: String,
    /// Spending under it.
    pub spending: Yuan,
}

/// A pair of rows that cancel each other: an entry and its red reversal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelledPair {
    /// The entry: ledger and zero-based row.
    pub entry: (usize, u32),
    /// Its reversal: ledger and zero-based row.
    pub reversal: (usize, u32),
}

/// On which accounts the spending stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Budget accounts (7xxx): cash.
    Budget,
    /// Financial accounts (5xxx) only: accrual.
    Accrual,
    /// The ledger says no account whose kind is known.
    Unknown,
}

/// What all ledgers of a case add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerTotals {
    /// Spending in 元; `None` where rows could not be read with certainty, so that no total can be vouched for.
    pub spending: Option<Yuan>,
    /// On which accounts it stands.
    pub basis: Basis,
    /// The words of the project column whose entries count; `None` where all do.
    pub projects: Option<BTreeSet<String>>,
    /// Entries that were added, over all accounts.
    pub entries: u64,
    /// Every account, in order of its code.
    pub by_account: Vec<AccountTotal>,
    /// Spending by month, earliest first.
    pub by_month: Vec<MonthTotal>,
    /// Spending by economic category; empty where no ledger has the column.
    pub by_economic: Vec<EconomicTotal>,
    /// Rows that were not added, in order; cut at a limit, see `excluded_by_reason`.
    pub excluded: Vec<ExcludedRow>,
    /// How many rows were not added and their net amount, by reason, complete.
    pub excluded_by_reason: Vec<(Exclusion, u64, Yuan)>,
    /// Entries with their red reversals.
    pub cancelled: Vec<CancelledPair>,
    /// The first opening balance met, in 元.
    pub opening: Option<Yuan>,
    /// Subtotal rows that were verified.
    pub verified: u64,
    /// Entries that ask a question.
    pub remarked: Remarked,
    /// What is wrong in the ledgers.
    pub findings: Vec<Finding>,
}

/// What an entry's words ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remarks {
    /// Whether it is of the project: 招待, 罚款.
    OffPurpose,
    /// Whether it is of the unit's basic expenditure: 工资, 餐费.
    Basic,
    /// Whether it was spent: 预付, 暂付.
    Prepaid,
}

/// An entry whose words ask a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkedRow {
    /// What they ask.
    pub kind: Remarks,
    /// Which ledger of the case (0 is the first).
    pub ledger: usize,
    /// The zero-based row.
    pub row: u32,
    /// Its debit less its credit, in 元.
    pub amount: Yuan,
    /// The word.
    pub word: String,
}

/// Entries of spending that ask a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarked {
    /// Those whose words do, in order; cut at a limit.
    pub rows: Vec<RemarkedRow>,
    /// Those that red ones took back, by what they ask and their word: how many, red ones included.
    pub out: BTreeMap<(Remarks, String), usize>,
    /// What those of one summary come to, where the summaries are few.
    pub by_summary: BTreeMap<String, Yuan>,
    /// What those of whole ten thousands come to.
    pub round: Yuan,
    /// How many those are.
    pub round_entries: u64,
}

impl Remarked {
    /// How many entries with a word were taken back, those that took them back included.
    pub fn taken_out(&self, kind: Remarks, word: &str) -> usize {
        self.out.iter().filter(|((of, own), _)| *of == kind && own == word).map(|(_, count)| *count).sum()
    }
}

/// How a stated amount compares with the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// Within the tolerance.
    Agrees,
    /// Not within the tolerance.
    Differs,
}

/// A stated amount against the ledger's total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReconciliationLine {
    /// The label it stands under (全年执行数, 实际支出 …).
    pub name: String,
    /// The amount as stated, in its unit.
    pub stated: Number,
    /// The unit it is stated in.
    pub unit: MoneyUnit,
    /// Its cell.
    pub stated_at: Option<CellAt>,
    /// What the ledger gives.
    pub ledger: Yuan,
    /// Ledger less stated, in 元.
    pub difference: Yuan,
    /// How much may be between them by rounding alone.
    pub tolerance: Yuan,
    /// Where the tolerance comes from, in Chinese.
    pub tolerance_origin: String,
    /// Whether they agree.
    pub status: Agreement,
    /// What would explain a difference, in Chinese; 未能解释 where nothing does; `None` when they agree.
    pub explanation: Option<String>,
}

/// Two stated amounts against each other (budget, received, spent).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundsCheck {
    /// What is compared, in Chinese (支出与预算).
    pub name: String,
    /// What may not be exceeded, in 元.
    pub limit: Yuan,
    /// Its cell.
    pub limit_at: Option<CellAt>,
    /// What was spent, in 元.
    pub spent: Yuan,
    /// Limit less spent: below zero when exceeded.
    pub rest: Yuan,
    /// What rounding alone may make of it.
    pub tolerance: Yuan,
    /// Whether the spending exceeds the limit by more than the tolerance.
    pub exceeded: bool,
}

/// The execution rate, both ways.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExecutionRate {
    /// Ledger total over the funds, exact.
    pub from_ledger: Option<Ratio>,
    /// Stated spending over the funds, exact: from figures that may be rounded.
    pub from_stated: Option<Ratio>,
    /// What the submission states, as a ratio (0.9684).
    pub stated: Option<Ratio>,
    /// Places after the point of the stated percentage.
    pub places: u32,
    /// The cell that states it.
    pub stated_at: Option<CellAt>,
}

/// The reconciliation of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reconciliation {
    /// What the ledgers add up to; `None` without a ledger.
    pub ledger: Option<LedgerTotals>,
    /// Each stated spending against the ledger.
    pub lines: Vec<ReconciliationLine>,
    /// Spending against budget and received funds.
    pub funds: Vec<FundsCheck>,
    /// The execution rate.
    pub rate: ExecutionRate,
    /// What reconciling found, the ledgers' own findings included.
    pub findings: Vec<Finding>,
}

impl Reconciliation {
    /// The ledger's spending, where what is stated is the same but for rounding, or nothing is stated: the exact figure is the
    /// one to be shown.
    pub fn borne_out(&self) -> Option<Yuan> {
        let same = self.lines.iter().all(|line| line.status == Agreement::Agrees);
        self.ledger.as_ref()?.spending.filter(|_| same)
    }
}
