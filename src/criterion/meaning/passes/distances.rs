//! 低于目标值10%以内扣1分，10%-20%扣2分，20%以上不得分: what goes on where a distance from the target ends is a distance, too.

use crate::base::Number;
use crate::criterion::grammar::condition::{End, Stretch};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Amount, Point, Side};

/// Gives the figures that go on from a distance its side of the target.
pub(super) fn distances(rungs: &mut [Rung]) {
    let mut known: Vec<(Side, Number)> = rungs
        .iter_mut()
        .filter_map(Rung::stretch_mut)
        .flat_map(|s| [s.lower.clone(), s.upper.clone()])
        .flatten()
        .filter_map(|end| match end.at {
            Point::Beyond(side, amount) if amount.unit.is_ratio() => Some((side, size(&amount)?)),
            _ => None,
        })
        .collect();
    if known.is_empty() {
        return;
    }
    for stretch in rungs.iter_mut().filter_map(Rung::stretch_mut) {
        let Some((from, to)) = figures(stretch) else { continue };
        let Some((side, _)) = known.iter().find(|(_, at)| *at == from).copied() else { continue };
        known.extend(to.map(|to| (side, to)));
        turn(stretch, side);
    }
}

fn size(amount: &Amount) -> Option<Number> {
    amount.number.times(amount.unit.factor)
}

/// Both ends of a stretch of rates below one half, the second only where there is one.
fn figures(stretch: &Stretch) -> Option<(Number, Option<Number>)> {
    let figure = |end: &End| match &end.at {
        Point::Value(amount) if amount.unit.is_ratio() => {
            size(amount).filter(|n| n.plus(*n).is_some_and(|twice| twice <= Number::ONE))
        }
        _ => None,
    };
    let from = figure(stretch.lower.as_ref()?)?;
    match &stretch.upper {
        Some(end) => Some((from, Some(figure(end)?))),
        None => Some((from, None)),
    }
}

/// The stretch, measured from the target: what is further below it is less.
fn turn(stretch: &mut Stretch, side: Side) {
    for end in [&mut stretch.lower, &mut stretch.upper].into_iter().flatten() {
        if let Point::Value(amount) = &end.at {
            end.at = Point::Beyond(side, amount.clone());
        }
    }
    if side == Side::Below {
        std::mem::swap(&mut stretch.lower, &mut stretch.upper);
    }
    stretch.perhaps_beyond = false;
}
