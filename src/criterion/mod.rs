//! Criteria in Chinese prose become rules. The grammar is not here yet: every text is refused.

use crate::base::Weight;
use crate::rule::{Refusal, Rule};

/// What stands around a criterion.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The indicator's points.
    pub weight: Weight,
    /// Its name.
    pub indicator: &'a str,
}

/// Reads a criterion.
pub fn read(text: &str, _context: &Context) -> Result<Rule, Refusal> {
    Err(Refusal::new(text, "暂不能读取评分标准", "请人工打分。"))
}
