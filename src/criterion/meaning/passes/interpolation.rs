//! Points between two rungs that leave a gap, where the criterion says that they are found along a line.

use crate::criterion::grammar::condition::{End, Shape, Stretch, end, figure};
use crate::criterion::meaning::draft::refuse;
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Award, Knot, Line, Point, Refusal, Words};

pub(super) fn interpolation(
    between: &mut Option<(Option<Stretch>, String)>,
    rungs: &mut Vec<Rung>,
) -> Result<(), Refusal> {
    let Some((gap, words)) = between.take() else { return Ok(()) };
    join_ends(rungs);
    let ends = match rungs.as_slice() {
        [a, b] => [(a, b), (b, a)].into_iter().find_map(|(low, high)| {
            let (Shape::Within(below), Shape::Within(above)) = (&low.shape, &high.shape) else { return None };
            // ≤60%, or 60% itself
            let (Some(from), Some(to)) = (&below.upper, &above.lower) else { return None };
            let point = |s: &Stretch| s.lower.as_ref().map(|e| &e.at) == s.upper.as_ref().map(|e| &e.at);
            if !(below.lower.is_none() || point(below)) || !(above.upper.is_none() || point(above)) {
                return None;
            }
            let fixed = |award: &Award| match award {
                Award::Full => Some(None),
                Award::Points(n) => Some(Some(*n)),
                _ => None,
            };
            let knot = |at: &Point, points| Knot { at: at.clone(), points };
            Some((knot(&from.at, fixed(&low.award)?), knot(&to.at, fixed(&high.award)?)))
        }),
        _ => None,
    };
    let Some((from, to)) = ends.filter(|(a, b)| figure(&a.at).is_some() && figure(&a.at) < figure(&b.at))
    else {
        return refuse(&words, "没有写明在哪两个数之间内插");
    };
    let same = gap.is_none_or(|gap| {
        let at = |end: &Option<End>| end.as_ref().and_then(|e| figure(&e.at));
        at(&gap.lower) == figure(&from.at) && at(&gap.upper) == figure(&to.at)
    });
    if !same {
        return refuse(&words, "内插的区间与前后两档的界限不一致");
    }
    // Only the gap: below 60%得6分 nothing is said.
    let end = |at: &Point| Some(end(at.clone(), false, true));
    let stretch = Stretch { lower: end(&from.at), upper: end(&to.at), ..Stretch::default() };
    let line = Line { from, to, words: Words::new(words.clone()) };
    rungs.push(Rung { shape: Shape::Within(stretch), award: Award::Line(Box::new(line)), words });
    Ok(())
}

/// 60%得0分 beside 60%以下得0分: one rung, to which its end belongs.
fn join_ends(rungs: &mut Vec<Rung>) {
    let Some(at) = rungs.iter().position(Rung::is_point) else { return };
    let Some(point) = rungs.get(at).cloned() else { return };
    let Some(only) = point.stretch().and_then(|s| s.lower.clone()) else { return };
    let joined =
        rungs.iter_mut().filter(|rung| rung.award == point.award && !rung.is_point()).find_map(|rung| {
            let stretch = rung.stretch_mut()?;
            let ((Some(end), None) | (None, Some(end))) = (&mut stretch.lower, &mut stretch.upper) else {
                return None;
            };
            (figure(&end.at).is_some() && figure(&end.at) == figure(&only.at)).then_some(end)
        });
    if let Some(end) = joined {
        (end.inclusive, end.firm, end.yields) = (true, true, false);
        rungs.remove(at);
    }
}
