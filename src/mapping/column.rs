//! The columns of forms: what each holds, and in which kinds of tables it is used for what.

use toml::Spanned;
use toml::de::DeValue;

use super::toml_read::{Faults, Shape, Typed, as_word};
use super::words::words;
use crate::model::Standard;

words! {
    /// What a column of a form holds.
    Column {
        /// 一级指标。
        Level1 = "level1",
        /// 二级指标。
        Level2 = "level2",
        /// 三级指标的名称。
        Name = "name",
        /// 没有“三级指标”一栏时当作指标名称的栏（评价要点、工作内容）。
        NameStandIn = "name_stand_in",
        /// 一级指标的分值。
        Level1Weight = "level1_weight",
        /// 二级指标的分值。
        Level2Weight = "level2_weight",
        /// 指标的分值、权重。
        Weight = "weight",
        /// 评分标准。
        Criterion = "criterion",
        /// 指标性质、计算符号（≥、=、≤、定性）。
        Sign = "sign",
        /// 指标值。
        Target = "target",
        /// 调整后的指标值：填了的按它评分，空白的按指标值评分。
        TargetAdjusted = "target_adjusted",
        /// 几年期或年度中一段时间的指标值：旁边没有年度指标值时才采用。
        TargetMidterm = "target_midterm",
        /// 度量单位。
        Unit = "unit",
        /// 实际完成值。
        Actual = "actual",
        /// 评价情况：评价人看到的事实。
        Situation = "situation",
        /// 上年值：上一年度的实际完成值。
        LastYear = "last_year",
        /// 前年值：前一年度的实际完成值。
        YearBefore = "year_before",
        /// 三年均值：前三年实际完成值的平均数。
        ThreeYears = "three_year_mean",
        /// 行业值：行业平均值、行业标准值。
        Industry = "industry",
        /// 参考值。
        Reference = "reference",
        /// 标准依据：指标值按什么标准定的（计划、历史、行业标准）。
        Standard = "standard",
        /// 单位自评的得分，程序从不改动。
        StatedScore = "stated_score",
        /// 得分；空白时由程序填写。
        Score = "score",
        /// 单位自评的完成值：旁边有复核的完成值时按后者评分，两者不同的列出。
        StatedActual = "stated_actual",
        /// 自评得分与复核得分的偏差：旁边两种得分都有时核对。
        Deviation = "deviation",
        /// 扣分原因、偏差原因。
        Reason = "reason",
        /// 与评分无关的列（备注、序号、说明）。
        Other = "other",
        /// 年初预算数（预算表）。
        Budget = "budget",
        /// 全年预算数、调整后预算数（预算表）。
        Adjusted = "adjusted",
        /// 全年执行数（预算表）。
        Spent = "spent",
        /// 执行率（预算表）。
        Rate = "rate",
        /// 日期（明细账）。
        Date = "date",
        /// 月（明细账）。
        Month = "month",
        /// 日（明细账）。
        Day = "day",
        /// 会计期间（明细账）。
        Period = "period",
        /// 凭证字号（明细账）。
        Voucher = "voucher",
        /// 凭证号（与凭证字分列时）（明细账）。
        VoucherNumber = "voucher_number",
        /// 摘要（明细账）。
        Summary = "summary",
        /// 科目编码（明细账）。
        AccountCode = "account_code",
        /// 科目名称（明细账）。
        AccountName = "account_name",
        /// 支出经济分类（明细账）。
        Economic = "economic",
        /// 多个项目同在一本账时的项目（明细账）。
        Project = "project",
        /// 借方金额（明细账）。
        Debit = "debit",
        /// 贷方金额（明细账）。
        Credit = "credit",
        /// 金额（借贷同列）（明细账）。
        Amount = "amount",
        /// 方向（明细账）。
        Direction = "direction",
        /// 余额（明细账）。
        Balance = "balance",
        /// 总体满意度的回答（问卷）。
        Answer = "answer",
        /// 到监控时点的执行情况（监控表）。
        Progress = "progress",
        /// 全年预计完成情况（监控表）。
        Expected = "expected",
        /// 完成目标可能性（监控表）。
        Possibility = "possibility",
        /// 审核内容（审核表、事前评估表）。
        Item = "item",
        /// 审核要点（审核表、事前评估表）。
        Point = "point",
        /// 审核意见（审核表、事前评估表）。
        Opinion = "opinion",
        /// 等级（项目清单）。
        Grade = "grade",
        /// 数量（资金测算表）。
        Quantity = "quantity",
        /// 单价、标准（资金测算表）。
        UnitPrice = "unit_price",
    }
}

impl Column {
    /// The standard whose values the column holds.
    pub fn standard(self) -> Option<Standard> {
        match self {
            Self::LastYear => Some(Standard::LastYear),
            Self::YearBefore => Some(Standard::YearBefore),
            Self::ThreeYears => Some(Standard::ThreeYears),
            Self::Industry => Some(Standard::Industry),
            Self::Reference => Some(Standard::Reference),
            _ => None,
        }
    }

    /// Whether a title may be guessed to be it: 社会效益指标 is no indicator's name, and what a person wrote of reasons and
    /// facts is not missed in a score.
    pub(super) fn may_be_guessed(self) -> bool {
        TableKind::ALL.into_iter().any(|table| table.uses(self, Use::Guessed))
    }
}

/// The kinds of tables, as far as they have other columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// A table of indicators, whatever form it is in.
    Indicators,
    /// A block of money: budget, spending, execution rate.
    Money,
    /// A ledger.
    Ledger,
    /// A survey's answers.
    Survey,
}

/// What a column is used for in a kind of table, besides being read where a mapping lists its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Titles are composed of words for it.
    Composed,
    /// A title of which only the end is known may be guessed to be it.
    Guessed,
    /// Several such columns tell what the table is, even where one that it needs is lacking.
    Telling,
    /// A person may answer that a title means it, where the draft of a mapping does not know.
    Asked,
    /// Its cells are amounts of money.
    Amount,
}

use Use::{Amount, Asked, Composed, Guessed, Telling};

/// In the order in which a person is asked.
const INDICATORS: &[(Column, &[Use])] = &[
    (Column::Level1, &[Composed, Telling, Asked]),
    (Column::Level2, &[Composed, Telling, Asked]),
    (Column::Name, &[Composed, Telling, Asked]),
    (Column::Level1Weight, &[Composed, Telling]),
    (Column::Level2Weight, &[Composed, Telling]),
    (Column::Weight, &[Composed, Guessed, Telling, Asked]),
    (Column::Criterion, &[Composed, Guessed, Telling, Asked]),
    (Column::Sign, &[Composed, Telling, Asked]),
    (Column::Target, &[Composed, Guessed, Telling, Asked]),
    (Column::TargetAdjusted, &[Composed, Guessed]),
    (Column::TargetMidterm, &[Composed, Guessed]),
    (Column::Unit, &[Composed, Telling, Asked]),
    (Column::Actual, &[Composed, Guessed, Telling, Asked]),
    (Column::Situation, &[Composed, Telling, Asked]),
    (Column::StatedScore, &[Composed, Guessed, Telling, Asked]),
    (Column::Score, &[Composed, Guessed, Telling, Asked]),
    (Column::Reason, &[Composed, Telling, Asked]),
    (Column::LastYear, &[Composed]),
    (Column::YearBefore, &[Composed]),
    (Column::ThreeYears, &[Composed]),
    (Column::Industry, &[Composed]),
    (Column::Reference, &[Composed]),
];

const MONEY: &[(Column, &[Use])] = &[
    (Column::Budget, &[Composed, Guessed, Telling, Asked, Amount]),
    (Column::Adjusted, &[Composed, Guessed, Telling, Asked, Amount]),
    (Column::Spent, &[Composed, Guessed, Telling, Asked, Amount]),
    (Column::Rate, &[Composed, Guessed, Telling, Asked]),
    (Column::Weight, &[Composed, Guessed, Asked]),
    (Column::StatedScore, &[Composed, Guessed, Asked]),
    (Column::Score, &[Composed, Guessed, Asked]),
    (Column::Reason, &[Composed, Asked]),
];

const LEDGER: &[(Column, &[Use])] = &[
    (Column::Date, &[Composed, Telling, Asked]),
    (Column::Month, &[Composed, Telling]),
    (Column::Day, &[Telling]),
    (Column::Period, &[Composed, Telling]),
    (Column::Voucher, &[Composed, Telling, Asked]),
    (Column::VoucherNumber, &[Composed, Telling]),
    (Column::Summary, &[Composed, Telling, Asked]),
    (Column::AccountCode, &[Composed, Telling, Asked]),
    (Column::AccountName, &[Composed, Telling, Asked]),
    (Column::Economic, &[Composed, Telling]),
    (Column::Project, &[Composed]),
    (Column::Debit, &[Composed, Guessed, Telling, Asked, Amount]),
    (Column::Credit, &[Composed, Guessed, Telling, Asked, Amount]),
    (Column::Amount, &[Composed, Guessed, Telling, Asked, Amount]),
    (Column::Direction, &[Composed, Telling]),
    (Column::Balance, &[Composed, Telling, Asked, Amount]),
];

const SURVEY: &[(Column, &[Use])] = &[(Column::Answer, &[Composed])];

impl TableKind {
    const ALL: [Self; 4] = [Self::Indicators, Self::Money, Self::Ledger, Self::Survey];

    fn columns(self) -> &'static [(Column, &'static [Use])] {
        match self {
            Self::Indicators => INDICATORS,
            Self::Money => MONEY,
            Self::Ledger => LEDGER,
            Self::Survey => SURVEY,
        }
    }

    /// The columns that are used for this.
    pub(crate) fn used_for(self, wanted: Use) -> impl Iterator<Item = Column> {
        let used = self.columns().iter().filter(move |(_, uses)| uses.contains(&wanted));
        used.map(|(column, _)| *column)
    }

    /// Whether a column is used for this.
    pub(crate) fn uses(self, column: Column, wanted: Use) -> bool {
        self.used_for(wanted).any(|used| used == column)
    }
}
