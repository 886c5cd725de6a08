//! Findings: faults in the data, each at its cell, with a remedy. Data, not errors.

use serde::Serialize;

use crate::base::CellAt;

/// How grave a finding is. The order is the order of reports: errors first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A figure or score is wrong, or two contradict each other.
    Error,
    /// A person must look.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// 错误, 提醒, 说明.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "提醒",
            Self::Info => "说明",
        }
    }
}

macro_rules! catalogue {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $severity:ident, $title:literal, $remedy:literal, $rule:literal;)+) => {
        /// Every finding there is, in alphabetical order of the ids.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingId {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl FindingId {
            /// All of them, sorted by id.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The kebab-case id.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The severity it has always.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// The title a clerk sees.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// What to do about it, in Chinese.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)+ }
            }

            /// Where the rule comes from.
            pub fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule,)+ }
            }

            /// What the finding means, for the reference.
            pub fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n",)+).trim_ascii(),)+ }
            }
        }
    };
}

catalogue! {
    /// The criterion's text could not be read with certainty; nothing was guessed.
    CriterionNotRead = "criterion-not-read", Warning, "评分标准未能读懂",
        "请人工打分，或在映射文件的 rubric 中写明该指标的评分规则。", "DESIGN §7";
    /// A formula without a stored value: no program has calculated the file since it was made.
    FormulaWithoutValue = "formula-without-value", Warning, "公式没有计算结果",
        "请用 Excel 或 WPS 打开文件、保存后重新提交。", "DESIGN §4";
}

impl Serialize for FindingId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// A fault at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub id: FindingId,
    /// The cell in the original file; `None` when it is about the whole submission.
    pub at: Option<CellAt>,
    /// What is wrong here, in Chinese.
    pub message: String,
}

impl Finding {
    /// A finding at a cell.
    pub fn new(id: FindingId, at: Option<CellAt>, message: impl Into<String>) -> Self {
        Self { id, at, message: message.into() }
    }
}
