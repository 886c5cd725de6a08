//! 收件登记表: what came in, a row a file, on one page for all and on one for each department; and how it is read back
//! when a person has chosen among versions (采用), noted a reminder (催报) or sorted the rows.

mod columns;
mod counts;
mod key;
mod look;
mod marks;
mod overview;
mod pages;
mod read;

use std::fmt;

use crate::base::{Date, Result, Yuan};
use crate::output::sheets;
use crate::present::printable;

pub use counts::Counts;
pub use look::{Book, Shown};
pub use marks::Marks;
pub use read::read;

/// What the register's file is called.
pub const FILE: &str = "收件登记表.xlsx";
/// What stands where a department is not known.
pub(super) const NO_DEPARTMENT: &str = "主管部门不明";
/// Rows of the register; what is beyond them is said on the first page.
const MAX_ROWS: usize = 20_000;
/// Pages of departments; those beyond have their rows on the page of all.
const MAX_PAGES: usize = 300;

/// A project of the register, or something dropped that belongs to none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterLine {
    /// What tells it from all others, the same from one run to the next.
    pub key: String,
    /// Whether it belongs to no project: then it is counted as none.
    pub loose: bool,
    /// 主管部门; empty where it is not known.
    pub department: String,
    /// 实施单位.
    pub agency: String,
    /// 项目编码.
    pub code: String,
    /// 项目名称.
    pub project: String,
    /// Whether it had to be handed in; `None` where there is no roll.
    pub expected: Option<bool>,
    /// What came of it.
    pub state: State,
    /// What was handed in.
    pub files: Vec<FileLine>,
    /// 全年预算数 of the form less that of the roll.
    pub budget_difference: Option<Yuan>,
    /// 支出数 of the form less that of the roll.
    pub spent_difference: Option<Yuan>,
    /// What was found; `None` where nothing was looked at.
    pub findings: Option<usize>,
    /// 催报, a clerk's words.
    pub reminder: String,
}

/// A file of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileLine {
    /// Its path in what was dropped; no two of a project have the same.
    pub name: String,
    /// What tells its content from all others: a digest.
    pub digest: String,
    /// 电子表, 签章件, 图片 …
    pub kind: String,
    /// 申报稿, 自评 …; `None` where nobody knows.
    pub stage: Option<String>,
    /// Whether a person is asked to choose it.
    pub adopted: Adopted,
    /// Whether it may be chosen beside others (a part of a ledger), and not only instead of them.
    pub goes_with_others: bool,
    /// The link from the register to its result, escaped.
    pub way: Option<String>,
    /// What is to be said of it.
    pub note: String,
}

/// Whether a person has chosen a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Adopted {
    /// There is nothing to choose.
    #[default]
    NotAsked,
    /// One of several versions.
    Open,
    /// The one that counts.
    Taken,
}

/// What came of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum State {
    /// Scored.
    Scored,
    /// Checked; nothing that came is scored (declarations, monitoring).
    Checked,
    /// To be handed in again: damaged, with a password, without what is needed.
    Returned,
    /// Nothing that can be read: a picture, a scan, a Word file.
    ByHand,
    /// Several versions, of which a person chooses.
    Duplicate,
    /// Not on the roll.
    NotListed,
    /// On the roll, and nothing came.
    #[default]
    Missing,
    /// No project, and nothing to do about it: an agency's own list.
    Noted,
}

impl State {
    /// All that a project may be in, in the order of the first page.
    pub const ALL: [Self; 7] = [
        Self::Scored,
        Self::Checked,
        Self::Returned,
        Self::ByHand,
        Self::Duplicate,
        Self::NotListed,
        Self::Missing,
    ];

    /// As the register has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scored => "已评分",
            Self::Checked => "已核对",
            Self::Returned => "待补正",
            Self::ByHand => "待人工录入",
            Self::Duplicate => "重复待选",
            Self::NotListed => "清单外",
            Self::Missing => "未报",
            Self::Noted => "已登记",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Builds the register. The lines stand in the order given.
pub fn build(lines: &[RegisterLine], today: Date) -> Result<Vec<u8>> {
    let mut pages = pages::build(lines);
    pages.insert(0, overview::build(lines, &pages, today));
    let mut pages: Vec<_> = pages.into_iter().map(|page| page.sheet).collect();
    pages.iter_mut().for_each(printable::sheet);
    sheets::build(&pages)
}
