//! What an earlier year's form says of its indicators: it may stand where a form says nothing of its own past.

use serde::{Deserialize, Serialize};

use super::case::Project;

/// An earlier year's form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Past {
    /// The project, as the form names it.
    pub project: Option<String>,
    /// 主管部门.
    pub agency: Option<String>,
    /// 实施单位.
    pub unit: Option<String>,
    /// Its year.
    pub year: Option<i16>,
    /// The file.
    pub file: String,
    /// Whether anybody but the agency looked at it.
    pub reviewed: bool,
    /// Whether a person said that it is the year before's.
    pub told: bool,
    /// Its indicators.
    pub rows: Vec<PastRow>,
}

/// An indicator of an earlier year's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastRow {
    /// Its name.
    pub name: String,
    /// What was done, as a number with its unit; `None` where it is no certain number.
    pub value: Option<String>,
    /// What was done, as the form shows it.
    pub shown: String,
    /// Its cell there.
    pub cell: String,
}

impl Past {
    /// Whether a project may be this one: by its name.
    pub fn is_of(&self, project: &Project) -> bool {
        let name = |name: &Option<String>| name.as_deref().map(plain).filter(|name| !name.is_empty());
        name(&self.project).is_some() && name(&self.project) == name(&project.name)
    }

    /// Whether the project is another's, by what both forms say of it: whose it is, and who carries it out.
    pub fn is_of_another(&self, project: &Project) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| {
            one.as_deref().zip(other.as_deref()).is_some_and(|(one, other)| plain(one) != plain(other))
        };
        differ(&self.agency, &project.agency) || differ(&self.unit, &project.unit)
    }

    /// Whose it is, as a clerk reads it.
    pub fn owner(&self) -> String {
        let parts = [&self.agency, &self.unit].into_iter().flatten();
        parts.map(String::as_str).collect::<Vec<_>>().join("、")
    }
}

/// A name without blanks.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
