//! The sheets that we add, as the record calls them.

use std::fmt;
use std::str::FromStr;

/// How the line of 评分汇总 begins that counts the findings.
pub const COUNTED: &str = "发现问题：";

/// A sheet that we add, by what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OurSheet {
    /// 评分结果单: what is printed and handed over.
    Result,
    /// 评分汇总.
    Summary,
    /// 统计图: the charts of all our sheets.
    Charts,
    /// 评分明细.
    Detail,
    /// 取值表: the values that the formulas of 评分明细 refer to.
    Values,
    /// 目标核对.
    Targets,
    /// 审核表: what a reviewer of targets is to decide.
    Review,
    /// 账务核对.
    Accounts,
    /// 满意度统计表.
    Survey,
    /// 问题清单: what those who handed the form in are to look at.
    Issues,
    /// 复核事项: what only the bureau looks at.
    Matters,
    /// 发文代拟稿: the document that follows from the state of the case.
    Letter,
    /// 处理说明.
    Provenance,
}

impl OurSheet {
    /// All of them, in the workbook's order.
    pub const ALL: [Self; 13] = [
        Self::Result,
        Self::Summary,
        Self::Charts,
        Self::Detail,
        Self::Values,
        Self::Targets,
        Self::Review,
        Self::Accounts,
        Self::Survey,
        Self::Issues,
        Self::Matters,
        Self::Letter,
        Self::Provenance,
    ];

    /// Its name where nothing stands in the way.
    pub fn title(self) -> &'static str {
        match self {
            Self::Result => "评分结果单",
            Self::Summary => "评分汇总",
            Self::Charts => "统计图",
            Self::Detail => "评分明细",
            Self::Values => "取值表",
            Self::Targets => "目标核对",
            Self::Review => "审核表",
            Self::Accounts => "账务核对",
            Self::Survey => "满意度统计表",
            Self::Issues => "问题清单",
            Self::Matters => "复核事项",
            Self::Letter => "发文代拟稿",
            Self::Provenance => "处理说明",
        }
    }

    /// What stands in its first cell.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Review => "项目支出绩效目标审核表（由财政部门填写，不发送单位）",
            Self::Matters => "复核事项（由财政部门处理，不发送单位）",
            Self::Result
            | Self::Summary
            | Self::Charts
            | Self::Detail
            | Self::Values
            | Self::Targets
            | Self::Accounts
            | Self::Survey
            | Self::Issues
            | Self::Letter
            | Self::Provenance => self.title(),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Summary => "summary",
            Self::Charts => "charts",
            Self::Detail => "detail",
            Self::Values => "values",
            Self::Targets => "targets",
            Self::Review => "review",
            Self::Accounts => "accounts",
            Self::Survey => "survey",
            Self::Issues => "issues",
            Self::Matters => "matters",
            Self::Letter => "letter",
            Self::Provenance => "provenance",
        }
    }
}

/// A sheet that we add for one case of a workbook; the record writes it `detail 0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetKey {
    /// What it shows.
    pub part: OurSheet,
    /// The case's number in the workbook.
    pub case: usize,
}

impl fmt::Display for SheetKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.part.word(), self.case)
    }
}

/// A text that is no key of a sheet of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a sheet of ours")]
pub struct NoKey;

impl FromStr for SheetKey {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let (word, case) = text.split_once(' ').ok_or(NoKey)?;
        let part = OurSheet::ALL.into_iter().find(|part| part.word() == word).ok_or(NoKey)?;
        Ok(Self { part, case: case.parse().map_err(|_| NoKey)? })
    }
}
