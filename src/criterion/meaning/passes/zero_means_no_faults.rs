//! 事故数为0得满分，每发生1起扣1分: the number that must be 0 is that of the faults found.

use crate::base::{Number, Weight};
use crate::criterion::grammar::condition::{About, End, Shape, Stretch, figure};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::{HARM, PUNCTUAL, STEP_LATE};
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::notation::Unit;
use crate::rule::{Amount, Award, Point};
use crate::words::list;

pub(super) fn zero_means_no_faults(
    steps: Option<&StepsDraft>,
    weight: Option<Weight>,
    names: &mut Vec<String>,
    about: &mut [About],
    rungs: &mut [Rung],
) {
    let Some(unit) = steps.map(|s| &s.clause).filter(|c| c.counts == Counts::Found) else {
        return;
    };
    let step = unit;
    let unit = step.size.unit.clone();
    let words = steps.map_or("", |steps| steps.words.trim_start_matches('每'));
    sound_means_no_faults(&step.noun, words, weight, names, rungs);
    let fits = |e: &End| match &e.at {
        Point::Value(a) => (a.number.is_zero() && a.unit.is_bare()) || a.unit.comparable(&unit),
        _ => false,
    };
    let nothing = |e: &End| figure(&e.at).is_some_and(Number::is_zero);
    let counted = rungs.iter().all(|r| match &r.shape {
        // More of them never earns points: 3例及以上不得分, but no 达到12次得满分.
        Shape::Within(s) if r.award == Award::Full || matches!(r.award, Award::Points(n) if !n.is_zero()) => {
            s.upper.as_ref().is_some_and(|e| fits(e) && nothing(e)) && s.lower.as_ref().is_none_or(nothing)
        }
        Shape::Within(s) => [&s.lower, &s.upper].into_iter().flatten().all(fits),
        _ => false,
    });
    // 脱管1人扣1分，漏管1人扣2分: cases of several kinds are no numbers of one.
    let other = |name: &String| !step.noun.contains(name.as_str()) && !name.contains(step.noun.as_str());
    if steps.is_some_and(|steps| !steps.clause.each) && !step.noun.is_empty() && names.iter().any(other) {
        return;
    }
    let rates = names.iter().any(|name| list::RATE_ENDS.ends(name));
    if rates || !counted || rungs.is_empty() {
        return;
    }
    for one in about {
        if *one == About::Value {
            *one = About::Count(String::new());
        }
    }
    names.clear();
    for rung in rungs {
        if let Shape::Within(s) = &mut rung.shape
            && s.upper.as_ref().is_some_and(nothing)
        {
            s.lower = None; // as 未发现 has it
        }
    }
}

/// 准确率100%得满分，每发现1例错误扣1分: all of it is sound where no fault is found.
fn sound_means_no_faults(
    noun: &str,
    words: &str,
    weight: Option<Weight>,
    names: &mut Vec<String>,
    rungs: &mut [Rung],
) {
    const SOUND: [&str; 8] = ["准确", "正确", "合格", "合规", "规范", "完好", "达标", "真实"];
    let [name] = names.as_slice() else { return };
    let [rung] = rungs else { return };
    let Some(stem) = name.strip_suffix('率') else { return };
    let last: String = stem.chars().skip(stem.chars().count().saturating_sub(2)).collect();
    // 办结率100% where what is 未办结 counts.
    let denied = list::NOT_SIGNS.iter().any(|no| noun.contains(&format!("{no}{last}")));
    let sound = SOUND.contains(&last.as_str())
        && (noun.is_empty() || HARM.within(noun) || noun.starts_with(['错', '误', '漏']));
    // 按期办结率 where what is 未按期办结 counts, 报告及时率 where what came late does.
    let act = list::DENIALS.strip(noun).filter(|act| act.chars().nth(1).is_some());
    let in_time = PUNCTUAL.has(&last) && (STEP_LATE.begins(noun) || STEP_LATE.begins(words));
    let opposite = denied || sound || in_time || act.is_some_and(|act| stem.ends_with(act));
    let all = |e: &End| match &e.at {
        Point::Value(a) => a.unit.is_ratio() && figure(&e.at) == Some(Number::ONE),
        _ => false,
    };
    let all_points = points_of(&Award::Full, weight);
    let full =
        rung.award == Award::Full || (all_points.is_some() && points_of(&rung.award, weight) == all_points);
    let Some(stretch) = rung.stretch_mut() else { return };
    let whole = stretch.lower.as_ref().is_some_and(all) && stretch.upper.as_ref().is_none_or(all);
    if !opposite || !full || !whole {
        return;
    }
    let zero = Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() });
    let nothing = End { at: zero, inclusive: true, firm: true, yields: false };
    *stretch = Stretch { upper: Some(nothing), ..Stretch::default() };
    names.clear();
}
