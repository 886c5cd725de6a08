//! Findings: faults in the data, each at its cell, with a remedy. Data, not errors.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::CellAt;

#[macro_use]
mod a_to_d;
#[macro_use]
mod e_to_n;
#[macro_use]
mod o_to_r;
#[macro_use]
mod r_to_s;
#[macro_use]
mod t_to_z;
mod matter;

pub use matter::{Matter, Reader};

/// How grave a finding is. The order is the order of reports: errors first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
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
    /// 错误, 提醒, 提示.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "提醒",
            Self::Info => "提示",
        }
    }
}

impl FindingId {
    /// Whether it says that a score or grade that a person typed waits for a decision.
    pub fn is_open_override(self) -> bool {
        matches!(
            self,
            Self::OverrideIncomplete
                | Self::OverrideOutdated
                | Self::OverrideProposed
                | Self::OverrideUnclear
        )
    }

    /// Whether it says what became of such a score or grade: that heads all that is said.
    pub fn is_about_override(self) -> bool {
        self == Self::ScoreOverridden || self.is_open_override()
    }
}

macro_rules! catalogue {
    ({ $($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $severity:ident, $matter:ident, $title:literal,
        means $means:literal, remedy $remedy:literal, source $source:literal;)+ }) => {
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

            /// The finding of this id.
            pub fn named(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.id() == id)
            }

            /// The finding that clerks know by this title.
            pub fn titled(title: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.title() == title)
            }

            /// The severity it has where no profile says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// What it is about.
            pub fn matter(self) -> Matter {
                match self { $(Self::$variant => Matter::$matter,)+ }
            }

            /// The title a clerk sees.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// What is wrong and what was made of it, in Chinese.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $means,)+ }
            }

            /// What to do about it, in Chinese.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)+ }
            }

            /// Where the rule comes from, in Chinese: a document in force, the form itself, or a convention of this program.
            pub fn source(self) -> &'static str {
                match self { $(Self::$variant => $source,)+ }
            }

            /// What the finding means, for the reference.
            pub fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n",)+).trim_ascii(),)+ }
            }
        }
    };
}

// The catalogue is too long for one file; each part adds its entries to those of the parts before it.
a_to_d! { e_to_n o_to_r r_to_s t_to_z catalogue {} }

/// How a source begins, or goes on, that is no document and no form.
const CONVENTION: &str = "本软件约定";

impl FindingId {
    /// Where the rule comes from, as it is told to an agency: a convention of this program is no ground towards anybody.
    pub fn ground(self) -> Option<&'static str> {
        Some(self.source()).filter(|source| !source.contains(CONVENTION))
    }
}

impl Serialize for FindingId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for FindingId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::named(&id).ok_or_else(|| serde::de::Error::custom(format!("no finding {id}")))
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
    /// How grave it is: what the catalogue says, or what the profile of the case does.
    pub severity: Severity,
    /// Where in a document it is; `None` where it is about forms.
    pub passage: Option<Box<Passage>>,
}

/// A place in a document, which has no cells: where a person looks, and the words to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The number of the paragraph, or of the line of a plain text.
    pub number: u32,
    /// Where it stands, in Chinese: 第12段, 表2第3行.
    pub place: String,
    /// What it is of: an indicator, a chapter, a figure.
    pub of: String,
    /// The words as they stand there.
    pub words: String,
}

impl Finding {
    /// A finding at a cell.
    pub fn new(id: FindingId, at: Option<CellAt>, message: impl Into<String>) -> Self {
        Self { id, at, message: message.into(), severity: id.severity(), passage: None }
    }

    /// A finding at a place of a document.
    pub fn in_document(id: FindingId, passage: Passage, message: impl Into<String>) -> Self {
        Self { passage: Some(Box::new(passage)), ..Self::new(id, None, message) }
    }
}
