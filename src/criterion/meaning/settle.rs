//! What one clause means beside the others: whose 超过10% is the target's, which cases are rungs, what is full.

use crate::base::{Number, Weight};
use crate::notation::{Notation, Sign, Unit};
use crate::rule::{Award, Graded, Per, Point, Side, Subject, is_cap_name};

use crate::criterion::Context;
use crate::criterion::grammar::condition::{End, Matter, Shape, Stretch, end, figure};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::collect::{Heard, Read, refuse};
use crate::criterion::meaning::ladder::{Rung, points_of};
use crate::criterion::meaning::steps::limit_by_gates;

/// Points that conditions of a kind refer to.
pub(crate) fn stretches(rungs: &mut [Rung]) -> impl Iterator<Item = &mut Stretch> {
    rungs.iter_mut().filter_map(|r| match &mut r.shape {
        Shape::Within(s) | Shape::Outside(s) => Some(s),
        _ => None,
    })
}

/// 超过10%: by 10 % of the target where the criterion is about the target, a figure where it is about figures.
pub(crate) fn resolve_beyond(heard: &mut Heard, subject: &Subject) -> Read<()> {
    let own = heard.steps.as_mut().and_then(|s| s.own.as_mut());
    let mut unclear = false;
    let (mut by_target, mut by_figure) = (false, false);
    let mut rungs: Vec<&mut Rung> = heard.rungs.iter_mut().chain(own).collect();
    for rung in &rungs {
        let (Shape::Within(s) | Shape::Outside(s)) = &rung.shape else {
            by_target = true;
            continue;
        };
        for at in [&s.lower, &s.upper].into_iter().flatten() {
            match &at.at {
                Point::Value(_) if s.perhaps_beyond => unclear = true,
                Point::Value(_) => by_figure = true,
                _ => by_target = true,
            }
        }
    }
    if !unclear {
        return Ok(());
    }
    let named_rate = matches!(subject, Subject::Named(name) if ["率", "度", "比例", "比重"].iter().any(|e| name.ends_with(e)));
    for rung in &mut rungs {
        let words = rung.words.clone();
        let (Shape::Within(s) | Shape::Outside(s)) = &mut rung.shape else { continue };
        if !s.perhaps_beyond {
            continue;
        }
        let ratio = [&s.lower, &s.upper]
            .into_iter()
            .flatten()
            .any(|e| matches!(&e.at, Point::Value(a) if a.unit.is_ratio()));
        match (by_target, by_figure) {
            (true, false) if ratio && s.upper.is_none() => {
                if let Some(Point::Value(a)) = s.lower.as_ref().map(|e| e.at.clone())
                    && let Some(lower) = &mut s.lower
                {
                    lower.at = Point::Beyond(Side::Above, a);
                }
            }
            (false, true) => {}
            (false, false) if named_rate || !ratio => {}
            _ => return refuse(&words, "“超过”是指超过这个数，还是比目标值超出这么多，无法确定"),
        }
        s.perhaps_beyond = false;
    }
    Ok(())
}

/// 全部整改到位得4分，整改率每低10%扣0.5分: where steps lead down from it, that all is done is the target met.
pub(crate) fn all_done(heard: &mut Heard, weight: Option<Weight>) {
    const ALL: [&str; 5] = ["全部", "全面", "全额", "足额", "百分之百"];
    let [state] = heard.states.as_slice() else { return };
    let all = points_of(&state.award, weight) == points_of(&Award::Full, weight);
    let named = ALL.iter().any(|word| state.label.starts_with(word));
    let below = heard.steps.as_ref().is_some_and(|s| {
        s.clause.counts == Counts::Below
            && s.clause.from.as_ref().is_none_or(|at| *at == Point::Target)
            && s.own.is_none()
            && !s.clause.adds
    });
    if all && named && below && heard.rungs.is_empty() {
        let words = state.words.as_str().to_owned();
        heard.states.clear();
        heard.rungs.push(Rung { shape: Shape::Meets, award: Award::Full, words });
    }
}

/// 发现1处扣2分，发现2处扣4分: beside other numbers of cases, the first is a rung and no step.
pub(crate) fn ladder_of_cases(heard: &mut Heard) {
    let counted = |r: &Rung| {
        match &r.shape {
        Shape::Within(s) => [&s.lower, &s.upper].into_iter().flatten().any(|e| {
            matches!(&e.at, Point::Value(a) if !a.number.is_zero() && crate::criterion::grammar::condition::is_count(&a.unit))
        }),
        _ => false,
    }
    };
    if !heard.rungs.iter().any(counted) {
        return;
    }
    let loose = heard.steps.as_ref().is_some_and(|s| {
        !s.clause.each
            && s.own.is_none()
            && s.most.is_none()
            && s.clause.counts == Counts::Found
            && !s.clause.adds
    });
    if loose && let Some(steps) = heard.steps.take() {
        let Per::Points(n) = steps.clause.per else {
            heard.steps = Some(steps);
            return;
        };
        let only = end(Point::Value(steps.clause.size.clone()), true, true);
        let stretch = Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() };
        heard.matters.push(Matter::Count(steps.clause.noun.clone()));
        heard
            .rungs
            .insert(0, Rung { shape: Shape::Within(stretch), award: Award::Less(n), words: steps.words });
    }
    // 2处扣4分 after it counts the same.
    // 2次以内不扣分，从第3次起每次扣0.5分
    let found =
        heard.steps.as_ref().is_some_and(|s| s.clause.counts == Counts::Found && s.clause.from.is_some());
    let counting = found || heard.matters.iter().any(|m| matches!(m, Matter::Count(_)));
    let all_counted = heard.rungs.iter().all(|r| {
        counted(r) || matches!(&r.shape, Shape::Within(s) if s.upper.as_ref().and_then(|e| figure(&e.at)).is_some_and(Number::is_zero))
    });
    if counting && all_counted {
        for matter in &mut heard.matters {
            if *matter == Matter::Value {
                *matter = Matter::Count(String::new());
            }
        }
    }
}

/// 未达到目标值的按比例得分 beside 低于50%不得分: the floor ends the stretch in which the proportion counts.
pub(crate) fn gated_rate(heard: &mut Heard) {
    let gates: Vec<Rung> = heard.rungs.iter().filter(|r| r.award == Award::ZERO).cloned().collect();
    for rung in &mut heard.rungs {
        if let (Award::Rate(_), Shape::Within(s)) = (&rung.award, &mut rung.shape)
            && s.upper.is_some()
        {
            limit_by_gates(s, Side::Below, &gates);
        }
    }
    let meets = heard.rungs.iter().any(|r| r.shape == Shape::Meets);
    let gates = heard.rungs.iter().any(|r| r.award == Award::ZERO && matches!(r.shape, Shape::Within(_)));
    if !meets || !gates || heard.general.is_some() || heard.otherwise.is_some() {
        return;
    }
    let rate = |r: &Rung| r.shape == Shape::Misses && matches!(r.award, Award::Rate(_));
    if let Some(at) = heard.rungs.iter().position(rate) {
        let rung = heard.rungs.remove(at);
        heard.general = Some((rung.award, rung.words));
    }
}

/// 任务85%及以上 and 不足85%: the figure repeats the share of the target.
pub(crate) fn shares_as_written(heard: &mut Heard) {
    let mut shares: Vec<Number> = Vec::new();
    for s in stretches(&mut heard.rungs) {
        for e in [&s.lower, &s.upper].into_iter().flatten() {
            if let Point::OfTarget(share) = &e.at {
                shares.push(*share);
            }
        }
    }
    let own = heard.steps.as_mut().and_then(|s| s.own.as_mut());
    for rung in heard.rungs.iter_mut().chain(own) {
        let (Shape::Within(s) | Shape::Outside(s)) = &mut rung.shape else { continue };
        for e in [&mut s.lower, &mut s.upper].into_iter().flatten() {
            if let Point::Value(a) = &e.at
                && a.unit.is_ratio()
                && let Some(share) = figure(&e.at).filter(|n| shares.contains(n))
            {
                e.at = Point::OfTarget(share);
            }
        }
    }
}

/// Where a criterion only takes points (少于任务4%以内扣1分，少4%-8%扣3分), nothing is taken on the good side of
/// all its conditions. Gaps between them stay gaps.
pub(crate) fn full_elsewhere(heard: &mut Heard, graded: &Graded) {
    let steps = |r: &Rung| matches!(&r.award, Award::Steps(s) if !s.adds && s.base.is_none());
    // 低于100%的按比例扣分: all of it is full points.
    let part = |r: &Rung| {
        matches!((&r.award, &r.shape), (Award::Rate(_), Shape::Within(Stretch { upper: Some(e), .. }))
            if figure(&e.at) == Some(Number::ONE) && !e.inclusive)
    };
    let less = |r: &Rung| matches!(r.award, Award::Less(_) | Award::LessShare(_));
    let takes = |r: &Rung| less(r) || steps(r) || part(r) || r.award == Award::ZERO;
    let some = heard.rungs.iter().any(|r| less(r) || steps(r) || part(r));
    let nothing_else = heard.otherwise.is_none() && heard.general.is_none() && heard.steps.is_none();
    if !some || !nothing_else || !heard.rungs.iter().all(takes) || !graded.states.is_empty() {
        return;
    }
    let Some((at, below)) = good_side(&heard.rungs) else { return };
    let turned = End { inclusive: !at.inclusive, firm: true, yields: false, at: at.at };
    let stretch = if below {
        Stretch { upper: Some(turned), ..Stretch::default() }
    } else {
        Stretch { lower: Some(turned), ..Stretch::default() }
    };
    let words = heard.rungs.first().map(|r| r.words.clone()).unwrap_or_default();
    heard.rungs.insert(0, Rung { shape: Shape::Within(stretch), award: Award::Full, words });
}

/// The end beyond which no condition of the rungs reaches, and whether the good side is below it.
pub(crate) fn good_side(rungs: &[Rung]) -> Option<(End, bool)> {
    let ends = |lower: bool| -> Option<Vec<(Number, End)>> {
        rungs
            .iter()
            .map(|r| match &r.shape {
                Shape::Within(s) => {
                    let end = if lower { s.lower.clone() } else { s.upper.clone() }?;
                    Some((crate::criterion::meaning::ladder::place(&end.at)?.1, end))
                }
                _ => None,
            })
            .collect()
    };
    match (ends(true), ends(false)) {
        (Some(lowers), None) => lowers.into_iter().min_by_key(|(n, _)| *n).map(|(_, e)| (e, true)),
        (None, Some(uppers)) => uppers.into_iter().max_by_key(|(n, _)| *n).map(|(_, e)| (e, false)),
        _ => None,
    }
}

/// 达到目标值 beside rungs that begin at shares of the target, or at distances from it, is a rung like them.
pub(crate) fn meets_as_bound(heard: &mut Heard) {
    let mut shares = false;
    let mut above = false;
    let mut figures = false;
    for s in stretches(&mut heard.rungs) {
        for e in [&s.lower, &s.upper].into_iter().flatten() {
            match &e.at {
                Point::OfTarget(_) | Point::Beyond(Side::Below, _) => shares = true,
                Point::Beyond(..) => above = true,
                Point::Value(_) => figures = s.upper.is_none() || figures,
                Point::Target => {}
            }
        }
    }
    let floor = (shares || figures) && !above;
    for rung in &mut heard.rungs {
        if rung.shape == Shape::Meets && (floor || above) && !(shares && above) {
            let at = end(Point::Target, true, true);
            let stretch = if floor {
                Stretch { lower: Some(at), ..Stretch::default() }
            } else {
                Stretch { upper: Some(at), ..Stretch::default() }
            };
            rung.shape = Shape::Within(stretch);
        }
    }
}

/// 100%得满分: more than all of it is full points too, where less is worse. No faults is none at all.
pub(crate) fn exact_tops(heard: &mut Heard, context: &Context, subject: &Subject) -> Read<()> {
    let others: Vec<Number> = heard
        .rungs
        .iter()
        .filter(|r| r.award != Award::Full)
        .filter_map(|r| match &r.shape {
            Shape::Within(s) => s.upper.as_ref().or(s.lower.as_ref()),
            _ => None,
        })
        .filter_map(|e| figure(&e.at))
        .collect();
    let rising =
        heard.steps.as_ref().is_some_and(|s| matches!(s.clause.counts, Counts::Above | Counts::Either));
    // What is kept under control may be a disease or a cost.
    let may_be_cap = |name: &str| is_cap_name(name, &Unit::percent()) || name.ends_with("控制率");
    let named = || matches!(subject, Subject::Named(name) if may_be_cap(name));
    let sign = context.target.and_then(Notation::quantity).and_then(|target| target.sign);
    let capped = matches!(sign, Some(Sign::AtMost | Sign::LessThan));
    let has_else = heard.otherwise.is_some() || heard.general.is_some();
    for rung in &heard.rungs {
        // 90%得10分，否则不得分: whoever wrote this hardly meant that 95% earns nothing.
        let bare_rate = match &rung.shape {
            Shape::Within(Stretch { lower: Some(at), upper: Some(to), .. }) => {
                let rate = matches!(&at.at, Point::Value(a) if a.unit.is_ratio());
                at.at == to.at
                    && !at.firm
                    && rate
                    && figure(&at.at) != Some(Number::ONE)
                    && figure(&at.at) != Some(Number::ZERO)
            }
            _ => false,
        };
        if bare_rate && has_else {
            return refuse(&rung.words, "只写明了恰好等于这个数的情形，没有写明以上还是以下");
        }
    }
    for rung in &mut heard.rungs {
        if rung.award != Award::Full
            && points_of(&rung.award, context.weight) != context.weight.map(Weight::number)
        {
            continue;
        }
        let Shape::Within(s) = &mut rung.shape else { continue };
        let (Some(lower), Some(upper)) = (&s.lower, &s.upper) else { continue };
        if lower.at != upper.at {
            continue;
        }
        let Some(at) = figure(&lower.at) else { continue };
        let ratio = matches!(&lower.at, Point::Value(a) if a.unit.is_ratio());
        if ratio && at == Number::ONE && others.iter().all(|o| *o <= at) && !rising {
            if capped && !has_else {
                continue; // less than a ceiling is no miss: only 100% itself is said
            }
            if has_else && (capped || named() || may_be_cap(context.indicator)) {
                return refuse(&rung.words, "只写明了等于100%的情形，低于或高于100%时无法确定");
            }
            s.upper = None;
            if let Some(lower) = &mut s.lower {
                lower.firm = true;
            }
        }
    }
    Ok(())
}
