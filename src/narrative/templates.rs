//! The templates that come with the program: Word documents that an office may take and change.

use super::About;
use crate::model::FormKind;

/// The kinds of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 财政（部门）评价报告: seven chapters.
    Evaluation,
    /// 项目支出绩效自评报告: four parts.
    SelfEvaluation,
    /// 部门整体支出绩效自评报告: six parts.
    Department,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Evaluation, Self::SelfEvaluation, Self::Department];

    /// The one that follows from a case's form.
    pub fn of(of: &About<'_>) -> Self {
        let own = of.case.score_form.as_ref().is_some_and(|form| form.kind == FormKind::SelfEvaluation);
        if own { Self::SelfEvaluation } else { Self::Evaluation }
    }

    /// What a clerk calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Evaluation => "财政评价",
            Self::SelfEvaluation => "项目自评",
            Self::Department => "部门整体",
        }
    }

    /// What its files are called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Evaluation => "绩效评价报告",
            Self::SelfEvaluation => "绩效自评报告",
            Self::Department => "部门整体支出绩效自评报告",
        }
    }

    /// Its template.
    pub fn template(self) -> &'static [u8] {
        match self {
            Self::Evaluation => include_bytes!("../../templates/财政评价报告.docx"),
            Self::SelfEvaluation => include_bytes!("../../templates/项目自评报告.docx"),
            Self::Department => include_bytes!("../../templates/部门整体自评报告.docx"),
        }
    }
}
