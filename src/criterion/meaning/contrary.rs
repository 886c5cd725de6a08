//! 达不到的, 超过的: what the condition before it is not.

use crate::base::Number;
use crate::criterion::grammar::condition::{About, Condition, End, Shape, Stretch, end, is_count};
use crate::criterion::meaning::draft::{Draft, refuse};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Award, Point, Refusal};

/// The lowest of several numbers of things from one on, each a rung of its own, where all of them are such.
fn least<'r>(rungs: &[&'r Rung]) -> Option<&'r End> {
    let mut ends = Vec::new();
    for rung in rungs {
        let end = rung.stretch()?.lower.as_ref()?;
        let Point::Value(a) = &end.at else { return None };
        if !is_count(&a.unit) {
            return None;
        }
        ends.push((a.number, end));
    }
    let (lowest, end) = ends.into_iter().min_by_key(|(number, _)| *number)?;
    (lowest == Number::ONE).then_some(end)
}

impl Draft {
    /// 达不到的, 超过的: the other side of the one condition before it that earns points.
    pub(super) fn contrary(&self, condition: &Condition, words: &str) -> Result<Condition, Refusal> {
        let Shape::Contrary { over } = condition.shape else { return Ok(condition.clone()) };
        let turned = |e: &End| End { at: e.at.clone(), inclusive: !e.inclusive, firm: true, yields: false };
        let paying: Vec<&Rung> = self.rungs.iter().filter(|r| r.award != Award::ZERO).collect();
        let shape = match (paying.as_slice(), over) {
            ([], false) => Shape::Misses,
            ([only], false) if only.shape == Shape::Meets => Shape::Misses,
            ([only], true) if only.shape == Shape::Meets => {
                Shape::Within(Stretch { lower: Some(end(Point::Target, false, true)), ..Stretch::default() })
            }
            ([only], _) => match &only.shape {
                Shape::Within(Stretch { lower: Some(e), upper: None, perhaps_named, .. }) if !over => {
                    let perhaps_named = *perhaps_named;
                    Shape::Within(Stretch { upper: Some(turned(e)), perhaps_named, ..Stretch::default() })
                }
                Shape::Within(Stretch { lower: None, upper: Some(e), perhaps_named, .. }) => {
                    let perhaps_named = *perhaps_named;
                    Shape::Within(Stretch { lower: Some(turned(e)), perhaps_named, ..Stretch::default() })
                }
                _ if over => return refuse(words, "没有写明超过什么"),
                _ => Shape::Misses,
            },
            _ if over => return refuse(words, "没有写明超过什么"),
            // 完成2座得4分；完成1座得2分；未完成不得分: none of them.
            (several, _) => match least(several) {
                Some(e) => Shape::Within(Stretch { upper: Some(turned(e)), ..Stretch::default() }),
                None => Shape::Misses,
            },
        };
        // 在年底前完成得满分；未完成不得分
        let late = matches!(self.about.last(), Some(About::Lateness(_))) && shape == Shape::Misses;
        let about = if late { About::Lateness(None) } else { condition.about.clone() };
        Ok(Condition { about, shape, ..condition.clone() })
    }
}
