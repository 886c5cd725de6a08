//! 超过10%: by 10 % of the target where the criterion is about the target, a figure where it is about figures.

use crate::criterion::grammar::condition::Shape;
use crate::criterion::meaning::draft::{StepsDraft, refuse};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Point, Refusal, Side, Subject};
use crate::words::list;

pub(super) fn beyond_target(
    subject: &Subject,
    rungs: &mut [Rung],
    steps: &mut Option<StepsDraft>,
) -> Result<(), Refusal> {
    let own = steps.as_mut().and_then(|s| s.own.as_mut());
    let mut unclear = false;
    let (mut by_target, mut by_figure) = (false, false);
    let mut rungs: Vec<&mut Rung> = rungs.iter_mut().chain(own).collect();
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
    let named_rate = matches!(subject, Subject::Named(name) if list::RATE_ENDS.ends(name));
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
            (true, false) if ratio && s.lower.is_some() => {
                for end in [&mut s.lower, &mut s.upper].into_iter().flatten() {
                    if let Point::Value(a) = &end.at {
                        end.at = Point::Beyond(Side::Above, a.clone());
                    }
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
