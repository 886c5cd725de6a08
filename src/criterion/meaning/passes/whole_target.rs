//! 全部完成 under a target of 90%: all of it, or as much as the target says?

use crate::base::Ratio;
use crate::criterion::grammar::condition::Shape;
use crate::criterion::meaning::draft::refuse;
use crate::criterion::meaning::rungs::Rung;
use crate::notation::{Notation, Quantity};
use crate::rule::{Point, Refusal};

pub(super) fn whole_target(target: Option<&Notation>, rungs: &[Rung]) -> Result<(), Refusal> {
    let rate = target.and_then(Notation::quantity).and_then(Quantity::ratio);
    let Some(rate) = rate.filter(|rate| *rate != Ratio::ONE) else { return Ok(()) };
    for rung in rungs {
        let says = |words: &[&str]| words.iter().any(|word| rung.words.contains(word));
        match &rung.shape {
            Shape::Meets | Shape::Misses if rate < Ratio::ONE && says(&["全部", "全面"]) => {
                let why = "指标值不是100%，“全部完成”是指全部还是达到指标值，无法确定";
                return refuse(&rung.words, why);
            }
            // 超支不得分: more than the target is not more than the budget.
            Shape::Within(s)
                if [&s.lower, &s.upper].into_iter().flatten().any(|e| e.at == Point::Target)
                    && says(&["超支", "超预算", "超出预算", "超过预算", "超概算"]) =>
            {
                return refuse(&rung.words, "指标值是百分比，超过它不等于超出预算，无法确定");
            }
            _ => {}
        }
    }
    Ok(())
}
