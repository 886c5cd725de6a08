//! Target and actual of an indicator, read with everything that stands around them in its row.

use super::read::{Hints, Notation, Role, Unread, read, read_text};
use crate::model::{Case, Entry, Indicator};

/// What a row's two cells say; `None` where the form has no such column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// 指标值.
    pub target: Option<Result<Notation, Unread>>,
    /// 实际完成值.
    pub actual: Option<Result<Notation, Unread>>,
}

impl Row {
    /// Reads an indicator's cells. `items` is how many items its criterion's checklist has; `words` stands in for the
    /// actual's cell, where the actual comes from elsewhere.
    pub fn read(case: &Case, indicator: &Indicator, items: Option<u32>, words: Option<&str>) -> Self {
        let sign = indicator.target_sign.as_ref().map(Entry::shown);
        let unit = indicator.unit.as_ref().map(Entry::shown);
        let hints = Hints {
            role: Role::Target,
            indicator: &indicator.name,
            category: &indicator.level2,
            sign: sign.as_deref(),
            unit: unit.as_deref(),
            items,
            year: case.project.year,
            target: None,
            words: Some(&case.words),
        };
        let target = indicator.target.as_ref().map(|entry| read(&entry.cell, &hints));
        let promised = target.as_ref().and_then(|read| read.as_ref().ok());
        let hints = Hints { role: Role::Actual, target: promised, ..hints };
        let actual = match words.or(indicator.actual_words.as_deref()) {
            Some(words) => Some(read_text(words, &hints)),
            None => indicator.actual.as_ref().map(|entry| read(&entry.cell, &hints)),
        };
        Self { target, actual }
    }

    /// The target, where it could be read.
    pub fn target(&self) -> Option<&Notation> {
        self.target.as_ref()?.as_ref().ok()
    }

    /// The actual, where it could be read.
    pub fn actual(&self) -> Option<&Notation> {
        self.actual.as_ref()?.as_ref().ok()
    }
}
