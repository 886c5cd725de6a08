//! 达到12次得满分，每缺1次扣0.5分: beside a number to reach, what is missing of it is a shortfall.

use crate::base::Number;
use crate::criterion::grammar::condition::{About, Shape, Stretch, end, is_count};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::MISSED;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;
use crate::notation::{Notation, Unit};
use crate::rule::{Amount, Award, Point};

pub(super) fn missing_is_shortfall(
    target: Option<&Notation>,
    names: &mut Vec<String>,
    rungs: &mut [Rung],
    about: &mut [About],
    steps: &mut Option<StepsDraft>,
) {
    let reaching = rungs.iter().any(|r| {
        r.award != Award::ZERO
            && (r.shape == Shape::Meets || matches!(&r.shape, Shape::Within(s) if s.lower.is_some()))
    });
    let valued = about.iter().all(|m| *m == About::Value);
    let Some(steps) = steps else { return };
    // 断面不达标 behind 断面全部达标
    let thing = MISSED.strip_end(&steps.clause.noun);
    let missed = thing.is_some_and(|thing| thing.is_empty() || names.iter().any(|name| name.contains(thing)));
    // 全部完成得满分，每有1项未完成扣2分 where the target is in words: what is not done is counted.
    let worded = target.is_some_and(|target| target.quantity().is_none() && !target.is_date());
    if let ([only], Counts::Found, true) = (&mut *rungs, steps.clause.counts, worded)
        && only.shape == Shape::Meets
        && valued
        && is_count(&steps.clause.size.unit)
        && missed
    {
        let nothing = Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() });
        only.shape = Shape::Within(Stretch { upper: Some(end(nothing, true, true)), ..Stretch::default() });
        for one in about {
            *one = About::Count(String::new());
        }
        names.clear();
        return;
    }
    let missing = match steps.clause.counts {
        Counts::Missing => true,
        Counts::Found => missed,
        _ => false,
    };
    if reaching && valued && missing {
        // 断面 is what the target counts, and no name of a value.
        if missed && thing.is_some_and(|thing| !thing.is_empty()) {
            names.clear();
        }
        steps.clause.counts = Counts::Below;
    }
}
