//! Doors: the way a submission came in. Whose it is is said by that, never by a name written in it.

use std::path::Path;

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

/// Whose a submission is, as far as the way it came in says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whose {
    /// The way in.
    pub(super) door: Door,
    /// The account of the system that put it there; `None` where the system does not say.
    pub(super) account: Option<u32>,
}

impl Whose {
    /// Of what was dropped there.
    pub(super) fn of(door: Door, dropped: &Path) -> Self {
        Self { door, account: account(dropped) }
    }

    /// Whether what came in that way is this one's own. The bureau's own doors have all of it; into the shared inbox anybody
    /// may put anything under any name, so there only the account that put it there counts, and where the system does not
    /// say it, nothing is anybody's.
    pub(super) fn owns(self, door: Door, account: Option<u32>) -> bool {
        match self.door {
            Door::Reviewer | Door::Batch => true,
            Door::Inbox => door == Door::Inbox && account.is_some() && account == self.account,
        }
    }
}

#[cfg(unix)]
fn account(path: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    path.symlink_metadata().ok().map(|found| found.uid())
}

#[cfg(not(unix))]
fn account(_: &Path) -> Option<u32> {
    None
}
