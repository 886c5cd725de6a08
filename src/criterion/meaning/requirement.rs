//! What is required, and then what it costs not to do it: 不少于30篇，每少1篇扣0.2分.

use crate::rule::{Award, Side};

use crate::criterion::grammar::condition::{About, Condition, Shape, Stretch};
use crate::criterion::grammar::steps::{Counts, StepClause};
use crate::criterion::meaning::draft::Draft;

/// What follows a condition that may be a requirement of its own.
#[derive(Clone, Copy)]
pub(crate) enum Next<'a> {
    /// 超过的不得分
    Condition(&'a Condition),
    /// 每少1篇扣0.2分
    Steps(&'a StepClause),
}

impl Draft {
    /// 全年不少于30篇，每少1篇扣0.2分; 不得超过1%，超过的不得分: what is required, and then what it costs not to do it.
    /// To keep it earns all points.
    pub(crate) fn requirement(&mut self, pending: &mut Option<(Condition, String)>, next: Next) {
        const REQUIRED: [&str; 10] =
            ["不少于", "不低于", "不小于", "不超过", "不高于", "不大于", "不得", "不能", "至少", "控制在"];
        let Some((condition, words)) = pending else { return };
        let side = match &condition.shape {
            Shape::Within(Stretch { lower: Some(_), upper: None, .. }) => Side::Below,
            Shape::Within(Stretch { lower: None, upper: Some(_), .. }) => Side::Above,
            _ => return,
        };
        let broken = match next {
            Next::Condition(Condition { shape: Shape::Contrary { over }, .. }) => {
                *over == (side == Side::Above)
            }
            Next::Condition(_) => false,
            Next::Steps(clause) => {
                !clause.adds
                    && clause.counts == if side == Side::Below { Counts::Below } else { Counts::Above }
            }
        };
        // 不低于90%的，每…: the condition of what follows, no requirement.
        let conditional = words.ends_with(['的', '时', '者', '，', ',']);
        let required = REQUIRED.iter().any(|word| words.contains(word));
        if broken && required && !conditional && self.rungs.is_empty() && condition.about == About::Value {
            let (condition, words) = (condition.clone(), words.clone());
            *pending = None;
            self.band(&condition, Award::Full, words, "");
        }
    }
}
