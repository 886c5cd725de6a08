//! Conditions on how far the actual is from the target, whichever way: 偏离在±5%以内, 与目标值偏差不超过10%.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::belonging::belonging;
use super::figures::{by_figures, range_end};
use super::target_name::target;
use super::{About, Condition, Shape, Stretch, end};
use crate::base::Number;
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, figure, word};
use crate::criterion::grammar::words::{
    AT, BESIDE, BOTH, COMES_TO, EITHER_WAY, KEPT_AT, SIZES, STRAYING, THAN,
};
use crate::rule::{Amount, Point};

/// 偏离在±5%以内, 超过±10%, 偏离目标值不高于5%
pub(super) fn either_way(input: &mut Input<'_>) -> Outcome<Condition> {
    let compared = attempt(input, |i| {
        attempt(i, word(BESIDE)).or_else(|| attempt(i, word(THAN))).ok_or(EmptyError)?;
        target(i)?;
        attempt(i, word(&["相比", "之间的", "之间", "的"]));
        Ok(())
    });
    let before = compared.is_some() || attempt(input, target).is_some();
    let strays = attempt(input, word(STRAYING)).is_some();
    let named = before || attempt(input, target).is_some();
    if compared.is_some() && !strays {
        return Err(EmptyError);
    }
    attempt(input, word(&["的", "之间"]));
    attempt(input, word(SIZES));
    let end = end_of(input);
    let figures = input.get(..end).ok_or(EmptyError)?;
    let either = EITHER_WAY.iter().any(|word| figures.contains(word));
    // 偏差率5%以内 may be a rate of its own.
    if !(either || (strays && named)) {
        return Err(EmptyError);
    }
    let plain = EITHER_WAY.iter().fold(figures.to_owned(), |text, word| text.replace(word, ""));
    // 在±4%范围内
    let inside = ["范围以内", "范围之内", "范围内", "区间内"].iter().find_map(|end| plain.strip_suffix(end));
    let plain = inside.map(|figures| format!("{figures}以内")).unwrap_or(plain);
    let mut rest = plain.as_str();
    opt(word(AT)).parse_next(&mut rest)?;
    let Condition { shape: Shape::Within(mut stretch), .. } = by_figures(&mut rest)? else {
        return Err(EmptyError);
    };
    // 超过±5%但在±10%以内
    if !rest.is_empty() {
        word(BOTH).parse_next(&mut rest)?;
        opt(word(AT)).parse_next(&mut rest)?;
        let Condition { shape: Shape::Within(other), .. } = by_figures(&mut rest)? else {
            return Err(EmptyError);
        };
        stretch = match (&stretch, &other) {
            (Stretch { lower: Some(_), upper: None, .. }, Stretch { lower: None, upper: Some(_), .. }) => {
                Stretch { upper: other.upper, ..stretch }
            }
            (Stretch { lower: None, upper: Some(_), .. }, Stretch { lower: Some(_), upper: None, .. }) => {
                Stretch { lower: other.lower, ..stretch }
            }
            _ => return Err(EmptyError),
        };
    }
    let rates = [&stretch.lower, &stretch.upper]
        .into_iter()
        .flatten()
        .all(|end| matches!(&end.at, Point::Value(amount) if amount.unit.is_ratio()));
    let point = matches!((&stretch.lower, &stretch.upper), (Some(a), Some(b)) if a.at == b.at);
    if !rest.is_empty() || !rates || point {
        return Err(EmptyError);
    }
    stretch.perhaps_beyond = false;
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(Condition { about: About::Deviation, shape: Shape::Within(stretch), subject: None })
}

/// Where the figures end and what they earn begins.
fn end_of(text: &str) -> usize {
    let end = text
        .find(['得', '扣', '计', '记', '的', '，', '每', '给', '为', '时', '者', ':'])
        .unwrap_or(text.len());
    let before = text.get(..end).unwrap_or_default();
    before.strip_suffix(['不', '均', '可']).unwrap_or(before).len()
}

/// 控制在20±2℃范围内: so far from a figure, either way.
pub(super) fn about_middle(input: &mut Input<'_>) -> Outcome<Stretch> {
    attempt(input, word(KEPT_AT)).or_else(|| attempt(input, word(COMES_TO)));
    let (middle, _) = figure(input)?;
    word(EITHER_WAY).parse_next(input)?;
    let by = amount(input)?;
    range_end(input);
    let belongs = belonging(input, &by)?.unwrap_or(true);
    if by.number.is_zero() || by.unit.is_ratio() {
        return Err(EmptyError);
    }
    let at = |number: Option<Number>| {
        let number = number.ok_or(EmptyError)?;
        Ok(Some(end(Point::Value(Amount { number, unit: by.unit.clone() }), belongs, true)))
    };
    let (lower, upper) = (at(middle.minus(by.number))?, at(middle.plus(by.number))?);
    Ok(Stretch { lower, upper, ..Stretch::default() })
}
