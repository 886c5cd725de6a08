//! What a rule is applied to.

use crate::base::Weight;
use crate::model::Standard;
use crate::notation::{Notation, normalise};

/// The facts of one indicator.
#[derive(Debug, Clone, Copy)]
pub struct IndicatorFacts<'f> {
    /// The indicator's name (三级指标).
    pub indicator: &'f str,
    /// The points it can earn.
    pub weight: Weight,
    /// The target as read; `None` where it is blank or could not be read.
    pub target: Option<&'f Notation>,
    /// The target's own text.
    pub target_text: &'f str,
    /// The actual as read; `None` where it is blank or could not be read. Its text may still be a grade word
    /// of the criterion.
    pub actual: Option<&'f Notation>,
    /// The actual's own text.
    pub actual_text: &'f str,
    /// Whether a target without `≥` or `≤` is a ceiling, where a mapping says so; `None`: the name decides.
    pub cap: Option<bool>,
    /// What else the actual can be held against (上年值, 行业值).
    pub standards: &'f [Known],
}

/// The value of a standard, as far as it could be read.
#[derive(Debug, Clone)]
pub struct Known {
    /// Of which standard.
    pub standard: Standard,
    /// As it reads; `None` where that is not certain.
    pub read: Option<Notation>,
    /// As it is written.
    pub text: String,
}

impl<'f> IndicatorFacts<'f> {
    /// The value of a standard.
    pub(super) fn known(&self, standard: Standard) -> Option<&'f Known> {
        self.standards.iter().find(|known| known.standard == standard)
    }

    /// Whether nothing was entered as actual.
    pub fn actual_is_blank(&self) -> bool {
        matches!(self.actual, Some(Notation::Blank)) || self.actual_text.trim().is_empty()
    }

    /// The actual's words without spaces and quotation marks, to compare with grade words.
    pub(super) fn actual_words(&self) -> String {
        plain_words(self.actual_text)
    }
}

/// Words without spaces, quotation marks and a closing stop. A comma is a Chinese one but where it groups digits.
pub(super) fn plain_words(text: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '“' | '”' | '"' | '「' | '」');
    let text: String = normalise(text).as_str().chars().filter(kept).collect();
    let mut plain = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let groups = c == ','
            && digit(text.get(..at).and_then(|before| before.chars().next_back()))
            && digit(text.get(at..).and_then(|rest| rest.chars().nth(1)));
        plain.push(if c == ',' && !groups { '，' } else { c });
    }
    plain.trim_end_matches(['。', ';', '，', '.']).to_owned()
}
