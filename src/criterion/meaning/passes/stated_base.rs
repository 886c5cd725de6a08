//! A stated base (以90%为基准) must be the threshold that the rest of the criterion names.

use crate::criterion::grammar::condition::{Shape, figure};
use crate::criterion::meaning::draft::{Said, refuse};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Amount, Award, Refusal};

pub(super) fn stated_base(bases: &[Amount], rungs: &[Rung], otherwise: Option<&Said>) -> Result<(), Refusal> {
    for base in bases {
        let at = base.number.times(base.unit.factor);
        let in_rungs = rungs.iter().any(|r| match &r.shape {
            Shape::Within(s) => [&s.lower, &s.upper].into_iter().flatten().any(|e| figure(&e.at) == at),
            _ => false,
        });
        let in_steps = matches!(otherwise, Some((Award::Steps(s), _)) if figure(&s.from) == at);
        if !in_rungs && !in_steps {
            return refuse("基准", "与评分标准其余部分的界限不一致");
        }
    }
    Ok(())
}
