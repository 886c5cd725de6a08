//! 得分保留一位小数, 四舍五入取整数, 取整数，小数部分舍去: how the text wants points rounded.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::base::Number;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, figure, lit, word};
use crate::criterion::grammar::words::{HALF_UP, ROUNDED_OFF, ROUNDING, ROUNDS_DOWN, WHOLE};

pub(super) const KIND: Kind = Kind {
    name: "得分的位数",
    example: "得分保留一位小数",
    yields: "得分怎样取舍",
    place: Place::Anywhere,
    parse: rounded,
    before: &[],
};

/// What a clause says of rounding; what it leaves open another may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Rounded {
    /// Places that are kept.
    pub(crate) places: Option<u32>,
    /// Whether the rest is dropped instead of rounded.
    pub(crate) down: Option<bool>,
    /// Whether it names what is rounded: the score.
    pub(crate) named: bool,
}

fn rounded(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let named = attempt(input, word(ROUNDED_OFF)).is_some();
    opt(lit("按")).parse_next(input)?;
    let mut said = Rounded { named, ..Rounded::default() };
    half_up(&mut said, input);
    attempt(input, word(&["后", "法", "原则"]));
    if attempt(input, word(ROUNDS_DOWN)).is_some() {
        said.down = Some(true);
        said.places = Some(0);
        attempt(input, word(WHOLE));
    } else if let Some(found) = attempt(input, word(WHOLE)) {
        said.places = Some(0);
        if found.starts_with('保') || found.starts_with('精') {
            said.down = said.down.or(Some(false));
        }
    } else if let Some(places) = attempt(input, places) {
        said.places = Some(places);
    }
    let bracket = attempt(input, lit("(")).is_some();
    half_up(&mut said, input);
    if bracket {
        lit(")").parse_next(input)?;
    }
    let ends = input.is_empty() || input.starts_with(['，', ')']);
    if ends && (said.places.is_some() || said.down.is_some()) {
        Ok(Clause::Rounded(said))
    } else {
        Err(EmptyError)
    }
}

fn half_up(said: &mut Rounded, input: &mut Input<'_>) {
    if attempt(input, word(HALF_UP)).is_some() {
        said.down = Some(false);
    }
}

/// 保留一位小数, 精确到小数点后1位
fn places(input: &mut Input<'_>) -> Outcome<u32> {
    word(ROUNDING).parse_next(input)?;
    let behind = attempt(input, word(&["小数点后面", "小数点后", "小数"])).is_some();
    let number = if attempt(input, lit("两")).is_some() { Number::from(2) } else { figure(input)?.0 };
    lit("位").parse_next(input)?;
    if !behind {
        lit("小数").parse_next(input)?;
    }
    (1..=2_u32).find(|n| Number::from(*n) == number).ok_or(EmptyError)
}
