//! 及时拨付得5分，每延迟10天扣1分: where days late count, what is done in time is the deadline kept.

use crate::base::Weight;
use crate::criterion::grammar::condition::{About, Shape, is_time};
use crate::criterion::grammar::scan::{denies, is_name};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::{HARM, MISSED, PUNCTUAL};
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::rule::{Award, Point, StateBand, Words};
use crate::words::list;

pub(super) fn done_in_time(
    weight: Option<Weight>,
    steps: Option<&StepsDraft>,
    states: &mut Vec<StateBand>,
    about: &mut Vec<About>,
    rungs: &mut Vec<Rung>,
) {
    let late = steps.is_some_and(|s| s.clause.counts == Counts::Late)
        || about.iter().any(|m| matches!(m, About::Lateness(_)));
    if !late {
        return;
    }
    // 每延迟1天扣1分，超过3天不得分
    let timed = |r: &Rung| match &r.shape {
        Shape::Within(s) => [&s.lower, &s.upper]
            .into_iter()
            .flatten()
            .all(|e| matches!(&e.at, Point::Value(a) if is_time(&a.unit))),
        _ => true,
    };
    if rungs.iter().all(timed) && about.iter().all(|m| matches!(m, About::Value | About::Lateness(_))) {
        for rung in rungs.iter_mut() {
            if let Shape::Within(s) = &mut rung.shape {
                s.perhaps_beyond = false;
            }
        }
        for one in about.iter_mut() {
            if *one == About::Value {
                *one = About::Lateness(None);
            }
        }
    }
    // 及时拨付, but neither 及时未拨付 nor 及时仅拨付.
    let in_time = |label: &str| {
        let done = PUNCTUAL.strip(label);
        done.is_some_and(|done| done.is_empty() || (is_name(done) && !denies(done)))
    };
    let shape = |label: &str| {
        // 未按时到位但不影响进度 says more than that it was late.
        if label.contains(['但', '且', '而', '并']) {
            return None;
        }
        let kept = in_time(label);
        let missed = list::NOT_ABLE.iter().any(|no| label.strip_prefix(no).is_some_and(in_time));
        match (kept, missed) {
            (true, _) => Some(Shape::Meets),
            (_, true) => Some(Shape::Misses),
            _ => None,
        }
    };
    // 按月足额发放得5分，每延迟1个月扣1分: whatever it is called, what earns all points is that it was in time.
    let only = match states.as_slice() {
        [state] => {
            let all = points_of(&state.award, weight) == points_of(&Award::Full, weight);
            let plain = is_name(&state.label) && !denies(&state.label) && !HARM.within(&state.label);
            let by = state.label.starts_with('按') && !state.label.contains(['但', '且', '而', '并']);
            all && plain && by && steps.is_none_or(|s| s.own.is_none() && s.clause.subject.is_none())
        }
        _ => false,
    };
    let shape = |label: &str| shape(label).or_else(|| only.then_some(Shape::Meets));
    if !states.iter().all(|s| shape(&s.label).is_some()) {
        return;
    }
    for state in std::mem::take(states) {
        let Some(shape) = shape(&state.label) else { continue };
        about.push(About::Lateness(None));
        rungs.push(Rung { shape, award: state.award, words: state.words.as_str().to_owned() });
    }
}

/// 逾期30天以上得2分，未完成不得分: beside however many days late, it is what was not done at all.
pub(super) fn never_done(about: &[About], states: &mut Vec<StateBand>, rungs: &mut Vec<Rung>) {
    let late = about.iter().all(|one| matches!(one, About::Lateness(_)));
    let endless = rungs.iter().filter_map(Rung::stretch).any(|s| s.lower.is_some() && s.upper.is_none());
    let missed = |rung: &Rung| rung.shape == Shape::Misses && rung.award == Award::ZERO;
    let place = rungs.iter().position(|rung| missed(rung) && MISSED.begins(&rung.words));
    let Some(at) = place.filter(|_| late && endless) else { return };
    let rung = rungs.remove(at);
    let label = MISSED.longest(&rung.words).unwrap_or_default().to_owned();
    states.push(StateBand { label, award: rung.award, words: Words::new(rung.words) });
}
