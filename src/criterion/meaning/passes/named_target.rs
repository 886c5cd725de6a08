//! 达到目标值95%: a figure behind the target's name is the target itself where it is the same, else a share of it.

use crate::base::{Number, Ratio, Weight};
use crate::criterion::grammar::condition::{Shape, Stretch, figure};
use crate::criterion::meaning::draft::{StepsDraft, refuse};
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::notation::{Notation, Quantity, Unit};
use crate::rule::{Amount, Point, Refusal};

/// Tells the target's own figure from a share of it. Where the target is a rate other than 100 %, 达到目标值95% is either;
/// where the text says 目标值的95% and the target is 95%, it is either, too.
pub(super) fn named_target(
    target: Option<&Notation>,
    weight: Option<Weight>,
    rungs: &mut [Rung],
    steps: &mut Option<StepsDraft>,
) -> Result<(), Refusal> {
    let target = target.and_then(Notation::quantity);
    let alone = shares_of(rungs) < 2;
    let met =
        rungs.iter().find(|rung| rung.shape == Shape::Meets).and_then(|rung| points_of(&rung.award, weight));
    let own = steps.as_mut().and_then(|s| s.own.as_mut());
    let mut shares = false;
    for rung in rungs.iter_mut().chain(own) {
        let less = met.is_some() && points_of(&rung.award, weight) < met;
        let (Shape::Within(s) | Shape::Outside(s)) = &mut rung.shape else { continue };
        if less {
            beyond_the_target(s, target);
        }
        between_shares(s, target);
        name(s, target, alone, &rung.words)?;
        shares |= [&s.lower, &s.upper].into_iter().flatten().any(|e| matches!(e.at, Point::OfTarget(_)));
    }
    // 完成目标值的100%得满分，每降低1%扣0.5分 under 40%: one per cent of the target, or one point of the rate?
    let rate = target.and_then(Quantity::ratio).filter(|rate| *rate != Ratio::ONE);
    let of_target = |s: &StepsDraft| {
        s.clause.from == Some(Point::Target)
            && s.words.contains(&format!("的{}{}", s.clause.size.number, s.clause.size.unit.word))
    };
    if let Some(steps) = steps.as_ref().filter(|s| (shares || of_target(s)) && s.clause.size.unit.is_ratio())
        && rate.is_some()
    {
        return refuse(&steps.words, "每一步是1个百分点，还是目标值的1%，无法确定");
    }
    Ok(())
}

/// 完成目标80%及以上得3分 under 4%, where the target met earns more: it can only be so much of the target.
fn beyond_the_target(stretch: &mut Stretch, target: Option<&Quantity>) {
    let said = target.filter(|t| t.unit.is_ratio()).and_then(Quantity::in_base);
    let floor = stretch.upper.is_none();
    let share = stretch.lower.as_ref().and_then(|end| match &end.at {
        Point::OfTarget(share) => Some(*share),
        _ => None,
    });
    if floor && said.is_some() && share > said && share < Some(Number::ONE) {
        stretch.perhaps_named = false;
    }
}

/// 达到目标值80%以上、不足90%: both are shares of the target, where it is no rate itself.
fn between_shares(stretch: &mut Stretch, target: Option<&Quantity>) {
    if target.is_none_or(|t| t.unit.is_ratio()) || !stretch.perhaps_named {
        return;
    }
    let ends = [&mut stretch.lower, &mut stretch.upper];
    if !ends.iter().any(|end| end.as_ref().is_some_and(|e| matches!(e.at, Point::OfTarget(_)))) {
        return;
    }
    for end in ends.into_iter().flatten() {
        if let Point::Value(amount) = &end.at
            && amount.unit.is_ratio()
            && let Some(share) = figure(&end.at)
        {
            end.at = Point::OfTarget(share);
        }
    }
}

/// How many shares of the target the criterion names: beside 目标值的90%, 目标值的80% is a share of it.
fn shares_of(rungs: &mut [Rung]) -> usize {
    let mut shares: Vec<Number> = Vec::new();
    for s in rungs.iter_mut().filter_map(Rung::stretch_mut) {
        for end in [&s.lower, &s.upper].into_iter().flatten() {
            if let Point::OfTarget(share) = &end.at
                && !shares.contains(share)
            {
                shares.push(*share);
            }
        }
    }
    shares.len()
}

fn name(stretch: &mut Stretch, target: Option<&Quantity>, alone: bool, words: &str) -> Result<(), Refusal> {
    let unlinked = std::mem::take(&mut stretch.perhaps_named);
    let floor = stretch.lower.as_ref().is_some_and(|e| e.inclusive) && stretch.upper.is_none();
    for end in [&mut stretch.lower, &mut stretch.upper].into_iter().flatten() {
        match (&end.at, unlinked) {
            (Point::OfTarget(share), _) => {
                let said = target.filter(|t| t.unit.is_ratio()).and_then(Quantity::in_base);
                let same = said == Some(*share);
                let whole = said.is_none_or(|rate| rate == Number::ONE);
                let half = Number::ONE.over(Number::from(2)).unwrap_or_default();
                match (unlinked, same) {
                    // All of the target that is all.
                    _ if same && whole => {}
                    (true, true) => end.at = Point::Value(percent(*share)?),
                    (false, true) if alone => {
                        return refuse(
                            words,
                            "“目标值的”百分比与目标值相同，是指目标值本身还是它的百分之几，无法确定",
                        );
                    }
                    (true, false) if !whole => {
                        return refuse(
                            words,
                            "写在“目标值”后面的数与指标值不同，是界限本身还是指标值的百分之几，无法确定",
                        );
                    }
                    (true, false) if !floor && *share < half => {
                        return refuse(words, "写在“目标值”后面的数与指标值不同，无法确定是什么");
                    }
                    _ => {}
                }
            }
            (Point::Value(amount), true) => {
                let same = target.is_some_and(|t| {
                    t.fraction.is_none() && t.unit.comparable(&amount.unit) && t.in_base() == figure(&end.at)
                });
                if !same {
                    return refuse(words, "评分标准写明的目标值与指标值不一致");
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn percent(share: Number) -> Result<Amount, Refusal> {
    match share.times(Number::from(100)) {
        Some(number) => Ok(Amount { number, unit: Unit::percent() }),
        None => refuse("目标值", "数值超出可精确计算的范围"),
    }
}
