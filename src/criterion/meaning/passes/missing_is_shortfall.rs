//! 达到12次得满分，每缺1次扣0.5分: beside a number to reach, what is missing of it is a shortfall.

use crate::criterion::grammar::condition::{About, Shape};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::MISSED;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;
use crate::rule::Award;

pub(super) fn missing_is_shortfall(rungs: &[Rung], about: &[About], steps: &mut Option<StepsDraft>) {
    let reaching = rungs.iter().any(|r| {
        r.award != Award::ZERO
            && (r.shape == Shape::Meets || matches!(&r.shape, Shape::Within(s) if s.lower.is_some()))
    });
    let valued = about.iter().all(|m| *m == About::Value);
    let Some(steps) = steps else { return };
    let missing = match steps.clause.counts {
        Counts::Missing => true,
        Counts::Found => MISSED.has(&steps.clause.noun),
        _ => false,
    };
    if reaching && valued && missing {
        steps.clause.counts = Counts::Below;
    }
}
