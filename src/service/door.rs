//! Doors: the way a submission came in. Whose it is is said by that, never by a name written in it.

use serde::{Deserialize, Serialize};

/// A way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// The inbox that everybody shares.
    #[default]
    Inbox,
    /// The inbox of the reviewers: what they typed counts.
    Reviewer,
    /// A batch.
    Batch,
}

impl Door {
    /// Its word in files.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Reviewer => "reviewer",
            Self::Batch => "batch",
        }
    }

    /// As a clerk calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Inbox => "收件文件夹",
            Self::Reviewer => "复核收件文件夹",
            Self::Batch => "批量评分",
        }
    }
}
