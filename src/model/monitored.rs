//! A monitoring form (绩效运行监控表): how far the year's targets are at a month's end, and whether they will be met.

use super::indicator::{Entry, Indicator};
use crate::base::{CellAt, SheetId};

/// Whether a target will be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likelihood {
    /// 确定能.
    Sure,
    /// 有可能.
    Maybe,
    /// 完全不可能.
    Never,
}

impl Likelihood {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sure, Self::Maybe, Self::Never];

    /// As the form calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sure => "确定能",
            Self::Maybe => "有可能",
            Self::Never => "完全不可能",
        }
    }
}

/// What keeps a target from being met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// 经费保障.
    Funds,
    /// 制度保障.
    Rules,
    /// 人员保障.
    Staff,
    /// 硬件条件保障.
    Hardware,
    /// 其他.
    Other,
}

impl Means {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Funds, Self::Rules, Self::Staff, Self::Hardware, Self::Other];

    /// As the form calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Funds => "经费保障",
            Self::Rules => "制度保障",
            Self::Staff => "人员保障",
            Self::Hardware => "硬件条件保障",
            Self::Other => "其他",
        }
    }
}

/// The money of a monitoring form, the total of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonitoredMoney {
    /// The year's budget: as adjusted where that is said.
    pub budget: Option<Entry>,
    /// What was spent so far.
    pub spent: Option<Entry>,
    /// The rate of spending as the form states it.
    pub rate: Option<Entry>,
    /// What will have been spent by the end of the year.
    pub expected: Option<Entry>,
}

/// An indicator of a monitoring form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonitoredRow {
    /// Name, levels, target, sign and unit.
    pub indicator: Indicator,
    /// What was done so far.
    pub progress: Option<Entry>,
    /// What will have been done by the end of the year.
    pub expected: Option<Entry>,
    /// Whether the target will be met: each answer with its cell; one, where the form is filled in rightly.
    pub likelihood: Vec<(Likelihood, CellAt)>,
    /// The cell that is to say it.
    pub likelihood_at: Option<CellAt>,
    /// What keeps it from being met.
    pub means: Vec<Means>,
    /// Whether anything is said of why, or of what follows.
    pub explained: bool,
}

/// A monitoring form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitoredForm {
    /// The sheet.
    pub sheet: SheetId,
    /// The cell that findings about the form as a whole point to.
    pub at: CellAt,
    /// The month at whose end it stands (7 of 1—7月); `None` where the form does not say it.
    pub month: Option<u8>,
    /// Whether it has a place for reasons, and none is said of all indicators together.
    pub asks_reasons: bool,
    /// Its money.
    pub money: MonitoredMoney,
    /// Its indicators.
    pub rows: Vec<MonitoredRow>,
}
