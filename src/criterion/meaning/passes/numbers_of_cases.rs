//! 发现1处扣2分，发现2处扣4分: beside other numbers of cases, the first is a rung and no step.

use crate::base::Number;
use crate::criterion::grammar::condition::{About, Shape, Stretch, end, figure, is_count};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Award, Per, Point};

pub(super) fn numbers_of_cases(
    steps: &mut Option<StepsDraft>,
    rungs: &mut Vec<Rung>,
    about: &mut Vec<About>,
) {
    let counted = |r: &Rung| match &r.shape {
        Shape::Within(s) => [&s.lower, &s.upper]
            .into_iter()
            .flatten()
            .any(|e| matches!(&e.at, Point::Value(a) if !a.number.is_zero() && is_count(&a.unit))),
        _ => false,
    };
    if !rungs.iter().any(counted) {
        return;
    }
    let is_loose = steps.as_ref().is_some_and(|s| {
        !s.clause.each
            && s.own.is_none()
            && s.most.is_none()
            && s.clause.counts == Counts::Found
            && !s.clause.adds
    });
    if is_loose && let Some(loose) = steps.take() {
        let Per::Points(n) = loose.clause.per else {
            *steps = Some(loose);
            return;
        };
        let only = end(Point::Value(loose.clause.size.clone()), true, true);
        let stretch = Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() };
        about.push(About::Count(loose.clause.noun.clone()));
        rungs.insert(0, Rung { shape: Shape::Within(stretch), award: Award::Less(n), words: loose.words });
    }
    // 2处扣4分 after it counts the same.
    // 2次以内不扣分，从第3次起每次扣0.5分
    let found = steps.as_ref().is_some_and(|s| s.clause.counts == Counts::Found && s.clause.from.is_some());
    let counting = found || about.iter().any(|m| matches!(m, About::Count(_)));
    let all_counted = rungs.iter().all(|r| {
        counted(r) || matches!(&r.shape, Shape::Within(s) if s.upper.as_ref().and_then(|e| figure(&e.at)).is_some_and(Number::is_zero))
    });
    if counting && all_counted {
        for one in about {
            if *one == About::Value {
                *one = About::Count(String::new());
            }
        }
    }
}
