//! The documents that go out: which there are, and what an installation is set to say in them.

use serde::{Deserialize, Serialize};

/// The kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// 审核意见: on targets, before there are points.
    Targets,
    /// 退回补正通知单: before review, on faults of the form alone.
    Correction,
    /// 复核意见（征求意见稿）: what came off and why, with a slip for the answer.
    Comments,
    /// 评价结果反馈及整改通知.
    Result,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Targets, Self::Correction, Self::Comments, Self::Result];

    /// What a clerk calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Targets => "审核意见",
            Self::Correction => "退回补正通知单",
            Self::Comments => "复核意见（征求意见稿）",
            Self::Result => "评价结果反馈及整改通知",
        }
    }

    /// The same by who scored: evaluators of the bureau, or the agency itself.
    pub const fn name_of(self, evaluated: bool) -> &'static str {
        match (self, evaluated) {
            (Self::Comments, true) => "评价意见（征求意见稿）",
            (Self::Result, false) => "复核结果反馈及整改通知",
            _ => self.name(),
        }
    }

    /// The word by which it is chosen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Targets => "审核意见",
            Self::Correction => "退回补正",
            Self::Comments => "复核意见",
            Self::Result => "结果反馈",
        }
    }
}

/// Which document is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// The one that follows from stage and state.
    #[default]
    Following,
    /// None.
    Nothing,
    /// This one, where the case has what it says.
    This(Kind),
}

impl Choice {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Following,
        Self::This(Kind::Targets),
        Self::This(Kind::Correction),
        Self::This(Kind::Comments),
        Self::This(Kind::Result),
        Self::Nothing,
    ];

    /// The word by which it is chosen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Following => "按阶段",
            Self::This(kind) => kind.word(),
            Self::Nothing => "不代拟",
        }
    }
}

/// What an installation is set to say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// Which document is wanted.
    pub choice: Choice,
    /// The bureau's name; open where it is not set.
    pub bureau: Option<String>,
    /// What the document's number begins with (×财绩).
    pub number: Option<String>,
    /// Working days for mending targets, for a correction, for comments and for rectifying; open where they are not set.
    pub days: Days,
    /// Whether the service writes the documents as text, too, beside what it returns.
    #[serde(default)]
    pub beside: bool,
}

/// Working days that the department is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Days {
    /// To mend targets.
    pub targets: Option<u32>,
    /// To hand in what is missing.
    pub correction: Option<u32>,
    /// To comment.
    pub comments: Option<u32>,
    /// To rectify.
    pub result: Option<u32>,
}

impl Days {
    /// Those of a kind, as the document says them; a blank between brackets has room wherever the line ends.
    pub fn said(self, kind: Kind) -> String {
        let days = match kind {
            Kind::Targets => self.targets,
            Kind::Correction => self.correction,
            Kind::Comments => self.comments,
            Kind::Result => self.result,
        };
        days.map_or_else(|| "（　　）个工作日".to_owned(), |days| format!("{days}个工作日"))
    }
}
