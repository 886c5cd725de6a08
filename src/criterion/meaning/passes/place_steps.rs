//! Where steps are counted from, and what they are counted down (or up) from.

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::grammar::condition::{End, Shape, Stretch, figure};
use crate::criterion::grammar::steps::{Counts, StepClause};
use crate::criterion::meaning::draft::{Said, StepsDraft, refuse};
use crate::criterion::meaning::rungs::{Rung, is_fault_unit, limit_by_gates, points_of};
use crate::notation::{Notation, Unit};
use crate::rule::{Amount, Award, Measure, Point, Refusal, Side, Steps, Words};

/// What steps are placed by.
#[derive(Clone, Copy)]
pub(super) struct View<'v> {
    pub(super) measure: &'v Measure,
    pub(super) bases: &'v [Amount],
    pub(super) context: &'v Context<'v>,
}

#[expect(clippy::too_many_lines, reason = "every way to a threshold, checked against the others")]
pub(super) fn place_steps(
    view: View,
    steps: &mut Option<StepsDraft>,
    rungs: &mut Vec<Rung>,
    otherwise: &mut Option<Said>,
    bonus_base: &mut Option<Number>,
) -> Result<(), Refusal> {
    let View { measure, bases, context } = view;
    let Some(stepping) = steps.take() else { return Ok(()) };
    // 超过110%的，每10个百分点: the condition before it says on which side.
    let said = stepping.side().filter(|_| !stepping.clause.adds);
    let StepsDraft { clause, own, most, cap, floor, words } = stepping;
    let counting = matches!(measure, Measure::Count(_) | Measure::Missing);
    let late = matches!(measure, Measure::Lateness(_));
    let weight = context.weight.map(Weight::number);
    let zero = |award: &Award| *award == Award::ZERO;
    // 完成目标得8分，每超10%加1分；未完成的按完成率得分: a bonus is added to the points of the target met.
    // 完成1000株得4分，每超过100株加0.5分: what goes beyond it has all of that, too.
    if clause.adds && matches!(clause.counts, Counts::Above | Counts::Open) {
        for rung in rungs.iter_mut().filter(|rung| rung.is_point() && !zero(&rung.award)) {
            if let Some(stretch) = rung.stretch_mut() {
                stretch.upper = None;
            }
        }
    }
    let top = |r: &Rung| {
        let open =
            matches!(&r.shape, Shape::Within(Stretch { lower: Some(_), upper: None, .. }) | Shape::Meets);
        open && !r.award.moves()
    };
    let base = |r: &Rung| if clause.adds { top(r) } else { !zero(&r.award) };
    let mut paying: Vec<usize> =
        rungs.iter().enumerate().filter(|(_, r)| base(r)).map(|(at, _)| at).collect();
    // 超过120%的，每超10个百分点扣1分 behind 100%-120%得满分 and other rungs: from the one that ends where the steps begin.
    if paying.len() > 1 && !clause.adds {
        let earns = clause.base.or(weight);
        paying = touching(own.as_ref(), rungs, &paying)
            .filter(|at| {
                let award = rungs.get(*at).map(|rung| &rung.award);
                let full = award == Some(&Award::Full) && clause.base.is_none();
                full || (earns.is_some() && award.and_then(|award| points_of(award, context.weight)) == earns)
            })
            .map_or(paying, |at| vec![at]);
    }
    let graded_below = clause.adds
        && rungs.iter().any(|r| !top(r) && !zero(&r.award) && (paying.is_empty() || !r.award.moves()));
    if paying.len() > 1 || graded_below {
        return refuse(&words, "前面已按档次给分，无法确定从哪一档开始按步计算");
    }
    let base_at = paying.first().copied();
    let base_rung = base_at.and_then(|at| rungs.get(at));
    let side = match clause.counts {
        Counts::Below => Side::Below,
        // 低于目标值的，每相差1个百分点: the condition before it says on which side.
        Counts::Either if matches!(measure, Measure::Deviation { .. }) => Side::Above,
        Counts::Either => match own.as_ref().map(|r| &r.shape) {
            Some(Shape::Within(Stretch { lower: None, upper: Some(_), .. }) | Shape::Misses) => Side::Below,
            Some(Shape::Within(Stretch { lower: Some(_), upper: None, .. })) => Side::Above,
            _ => Side::Either,
        },
        Counts::Open if !counting && !late && said == Some(Side::Above) && base_rung.is_some() => Side::Above,
        Counts::Open if !counting && !late => match base_rung.map(|r| &r.shape) {
            Some(Shape::Within(Stretch { lower: Some(_), upper: None, .. })) if !clause.adds => Side::Below,
            Some(Shape::Within(Stretch { lower: None, upper: Some(_), .. })) if !clause.adds => Side::Above,
            None if clause.adds && clause.from.is_none() => Side::Above,
            _ => return refuse(&words, "没有写明是高出还是低于"),
        },
        _ => Side::Above,
    };
    let zero_point = || Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() });
    let near = |shape: &Shape| -> Option<Point> {
        match shape {
            Shape::Within(s) if side == Side::Below && !clause.adds => s.lower.as_ref().map(|e| e.at.clone()),
            Shape::Within(s) if clause.adds => s.lower.as_ref().map(|e| e.at.clone()),
            Shape::Within(s) => s.upper.as_ref().map(|e| e.at.clone()),
            Shape::Meets => Some(Point::Target),
            _ => None,
        }
    };
    let far = |shape: &Shape| -> Option<Point> {
        match shape {
            Shape::Within(s) if side == Side::Below => s.upper.as_ref().map(|e| e.at.clone()),
            Shape::Within(s) => s.lower.as_ref().map(|e| e.at.clone()),
            Shape::Misses => Some(Point::Target),
            _ => None,
        }
    };
    let from_base = base_rung.and_then(|r| near(&r.shape));
    // 完成任务90%以上的，每少1个百分点扣0.5分: what lies between is what steps lead down through.
    let mut own = own;
    if let (Some(Rung { shape: Shape::Within(s), .. }), Some(top), Side::Below) = (&mut own, &from_base, side)
        && s.lower.is_some()
        && s.upper.is_none()
        && !clause.adds
    {
        s.upper = Some(End { at: top.clone(), inclusive: false, firm: true, yields: false });
    }
    let from_own = own.as_ref().and_then(|r| far(&r.shape));
    if own.is_some() && from_own.is_none() {
        return refuse(&words, "前面的条件与按步计算的方向不一致");
    }
    let two_ends = |r: &Rung| matches!(&r.shape, Shape::Within(Stretch { lower: Some(a), upper: Some(b), .. }) if a.at != b.at);
    if side == Side::Either && base_rung.is_some_and(two_ends) {
        return refuse(&words, "没有写明偏离从区间的哪一头开始计算");
    }
    if base_rung.is_some() && from_base.is_none() && !counting {
        return refuse(&words, "前面的条件与按步计算的方向不一致");
    }
    let mut from: Option<Point> = None;
    for candidate in [clause.from.clone(), from_own, from_base].into_iter().flatten() {
        match &from {
            Some(earlier) if !(same(earlier, &candidate) || same_as_target(earlier, &candidate, context)) => {
                return refuse(&words, "按步计算的起点前后不一致");
            }
            Some(_) => {}
            None => from = Some(candidate),
        }
    }
    if from.is_none() && !counting && !late {
        // 以90%为基准，每降低1个百分点
        from = bases.first().map(|base| Point::Value(base.clone()));
    }
    let from = match from {
        // 从第3次起每次扣1分
        Some(point) if counting && clause.from.is_some() => point,
        Some(point) if counting => {
            if figure(&point).is_none_or(|n| !n.is_zero()) {
                return refuse(&words, "按发现的数量扣分，但起点不是0");
            }
            zero_point()
        }
        Some(point) if late && figure(&point).is_some_and(Number::is_zero) => Point::Target,
        Some(point) => point,
        None if counting => zero_point(),
        None if clause.adds && clause.counts == Counts::Open => zero_like(&clause.size),
        None if clause.adds => return refuse(&words, "没有写明从多少开始加分"),
        None => Point::Target,
    };
    // 比计划每滞后一个月
    if late && (clause.from.as_ref().is_some_and(|at| *at != Point::Target) || from != Point::Target) {
        return refuse(&words, "逾期扣分的起点不是规定的日期");
    }
    let base = match base_rung.map(|r| &r.award) {
        None if clause.adds => Some(bonus_base.take().unwrap_or(Number::ZERO)),
        None | Some(Award::Full) => None,
        Some(award) => match points_of(award, context.weight) {
            Some(n) if Some(n) == weight => None,
            Some(n) if matches!(award, Award::Points(_) | Award::Share(_)) => Some(n),
            _ => return refuse(&words, "按步计算的基数无法确定"),
        },
    };
    if clause.base.is_some() && clause.base != base.or(weight) {
        return refuse(&words, "按步计算的基数前后不一致");
    }
    if clause.adds && base.is_none() {
        return refuse(&words, "已得满分，不能再加分");
    }
    if counting && is_bad_count(&clause) {
        return refuse(&words, "按数量扣分的单位无法识别");
    }
    let most = match (most, floor) {
        (most, None) => most,
        (None, Some(floor)) => match base.or(weight).and_then(|from| from.minus(floor)) {
            Some(most) if !most.is_negative() => Some(most),
            _ => return refuse(&words, "最低得分与其余规定不一致"),
        },
        _ => return refuse(&words, "同时规定了最多扣分和最低得分"),
    };
    let partial = clause.partial.unwrap_or(context.partial_step);
    let steps = Award::Steps(Box::new(Steps {
        from,
        side,
        size: clause.size.clone(),
        per: clause.per,
        adds: clause.adds,
        base,
        most,
        cap,
        partial,
        words: Words::new(words.clone()),
    }));
    if clause.adds
        && let Some(rung) = base_at.and_then(|at| rungs.get_mut(at))
    {
        rung.award = steps;
        return Ok(());
    }
    // 未完成的，每少1个扣0.5分 beside 不足50%的不得分: whatever is neither met nor gated counts by steps.
    let gated = rungs.iter().any(|r| r.award == Award::ZERO && matches!(r.shape, Shape::Within(_)));
    let rest = own.as_ref().is_some_and(|r| r.shape == Shape::Misses)
        && gated
        && otherwise.is_none()
        && near_target(base_at.and_then(|at| rungs.get(at)));
    if let Some(own) = own.filter(|_| !rest) {
        // A floor below it (低于60%不得分) ends the stretch in which steps count.
        let mut shape = own.shape;
        if let Shape::Within(s) = &mut shape {
            // 80%（含）-90%得8分；80%以下的，每降低…: the rung that includes its end keeps it.
            let end = base_at
                .and_then(|at| rungs.get(at))
                .and_then(Rung::stretch)
                .map(|s| (s.lower.clone(), s.upper.clone()));
            if let Some((lower, upper)) = end {
                yield_to(&mut s.upper, lower.as_ref());
                yield_to(&mut s.lower, upper.as_ref());
            }
            limit_by_gates(s, side, rungs);
        }
        rungs.push(Rung { shape, award: steps, words });
        return Ok(());
    }
    if otherwise.is_some() {
        return refuse(&words, "与“其余情况”的规定重复，无法确定适用哪一个");
    }
    *otherwise = Some((steps, words));
    Ok(())
}

/// The one rung of those that ends where the condition of the steps begins, with points that do not move.
fn touching(own: Option<&Rung>, rungs: &[Rung], paying: &[usize]) -> Option<usize> {
    let stretch = own?.stretch()?;
    let (bound, above) = match (&stretch.lower, &stretch.upper) {
        (Some(lower), None) => (lower, true),
        (None, Some(upper)) => (upper, false),
        _ => return None,
    };
    let ends_there = |at: &&usize| {
        let rung = rungs.get(**at).filter(|rung| !rung.award.moves());
        let end = rung
            .and_then(Rung::stretch)
            .and_then(|s| if above { s.upper.as_ref() } else { s.lower.as_ref() });
        end.is_some_and(|end| same(&end.at, &bound.at))
    };
    let mut found = paying.iter().filter(ends_there);
    found.next().copied().filter(|_| found.next().is_none())
}

/// An end of which the text does not say whether it belongs to it gives way to one that does, at the same place.
fn yield_to(own: &mut Option<End>, other: Option<&End>) {
    if let (Some(own), Some(other)) = (own, other)
        && !own.firm
        && other.firm
        && same(&own.at, &other.at)
    {
        *own = End { inclusive: !other.inclusive, firm: true, yields: false, at: own.at.clone() };
    }
}

/// Whether a rung begins (or ends) at the target.
fn near_target(rung: Option<&Rung>) -> bool {
    match rung.map(|r| &r.shape) {
        Some(Shape::Meets) => true,
        Some(Shape::Within(s)) => [&s.lower, &s.upper].into_iter().flatten().all(|e| e.at == Point::Target),
        _ => false,
    }
}

fn is_bad_count(clause: &StepClause) -> bool {
    !is_fault_unit(&clause.size.unit)
}

fn zero_like(size: &Amount) -> Point {
    Point::Value(Amount { number: Number::ZERO, unit: size.unit.clone() })
}

/// ≥85%得6分，每低于目标值1个百分点: the target's own figure is the target.
fn same_as_target(a: &Point, b: &Point, context: &Context) -> bool {
    let Some(target) = context.target.and_then(Notation::quantity).filter(|t| t.fraction.is_none()) else {
        return false;
    };
    let is = |at: &Point| match at {
        Point::Target => true,
        Point::Value(a) => a.unit.comparable(&target.unit) && figure(at) == target.in_base(),
        _ => false,
    };
    is(a) && is(b)
}

fn same(a: &Point, b: &Point) -> bool {
    a == b || matches!((figure(a), figure(b)), (Some(x), Some(y)) if x == y)
}
