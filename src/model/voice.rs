//! Who gives a score.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whose score it is, the weakest first: of several the later counts, and none is written over another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Voice {
    /// The agency's own.
    #[serde(rename = "单位自评")]
    Agency,
    /// That of the department above it.
    #[serde(rename = "主管部门审核")]
    Department,
    /// That of a firm or of experts.
    #[serde(rename = "第三方初评")]
    Firm,
    /// That of the finance bureau.
    #[serde(rename = "财政核定")]
    Finance,
}

impl Voice {
    /// All of them, the weakest first.
    pub const ALL: [Self; 4] = [Self::Agency, Self::Department, Self::Firm, Self::Finance];

    /// What officials call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agency => "单位自评",
            Self::Department => "主管部门审核",
            Self::Firm => "第三方初评",
            Self::Finance => "财政核定",
        }
    }
}
