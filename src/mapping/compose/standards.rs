//! Titles of what a target can be held against: 上年值, 前年值, 三年均值, 行业值, 参考值.

use super::roles::Said;
use super::words::Class;
use super::{Role, Silent};
use crate::mapping::Column;

/// The words that make a title one of these.
pub(super) const CLASSES: [Class; 7] = [
    Class::Past,
    Class::Lastyear,
    Class::Yearbefore,
    Class::Threeyears,
    Class::Mean,
    Class::Industry,
    Class::Reference,
];

/// What may stand beside them: 上年实际完成值 is a value of the year before, 上年目标值 is what was promised then.
const BESIDE: [Class; 9] = [
    Class::Value,
    Class::State,
    Class::Done,
    Class::Did,
    Class::Indicator,
    Class::Thing,
    Class::Annual,
    Class::Mean,
    Class::Midterm,
];

/// The column of a title with such a word.
pub(super) fn role(said: &Said) -> Role {
    let mut known = CLASSES.to_vec();
    known.extend(BESIDE);
    let mean = said.has(Class::Mean);
    let years = mean && said.any(&[Class::Threeyears, Class::Midterm]);
    let whose: Vec<Column> = [
        (said.has(Class::Lastyear), Column::LastYear),
        (said.has(Class::Yearbefore), Column::YearBefore),
        (years, Column::ThreeYears),
        (said.has(Class::Industry), Column::Industry),
        (said.has(Class::Reference), Column::Reference),
    ]
    .into_iter()
    .filter_map(|(is, column)| is.then_some(column))
    .collect();
    // Of 上年平均值 nobody knows what it is a mean of; three years without a mean are no one value.
    let one = mean && (years || said.has(Class::Industry))
        || !mean && !said.any(&[Class::Threeyears, Class::Midterm]);
    match whose.as_slice() {
        [column] if one && !said.has(Class::Past) && said.only(&known) => Role::Column(*column),
        _ => Role::Silent(Silent::History),
    }
}
