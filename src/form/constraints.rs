//! What a mapping asks of a column's values.

use super::names;
use crate::base::Number;
use crate::mapping::checked::Constraints;
use crate::mapping::title::normalise;
use crate::sheet::{Cell, Value};

/// What a cell violates, in Chinese; `None` when it is as asked.
pub(super) fn violation(asked: &Constraints, cell: &Cell, title: &str) -> Option<String> {
    let shown = cell.shown();
    if cell.is_blank() {
        return asked.required.then(|| format!("“{title}”不能空白。"));
    }
    if !asked.one_of.is_empty() && !asked.one_of.contains(&normalise(&shown)) {
        return Some(format!("“{title}”只能是：{}；这里是“{shown}”。", asked.one_of.join("、")));
    }
    let number = match &cell.value {
        Value::Number(number) => Some(*number),
        _ => names::number(cell).map(crate::base::Weight::number),
    };
    let out = |limit: Option<Number>, wrong: fn(&Number, &Number) -> bool| {
        limit.filter(|limit| number.as_ref().is_some_and(|number| wrong(number, limit)))
    };
    if let Some(minimum) = out(asked.minimum, |number, limit| number < limit) {
        return Some(format!("“{title}”不能小于 {minimum}；这里是“{shown}”。"));
    }
    out(asked.maximum, |number, limit| number > limit)
        .map(|maximum| format!("“{title}”不能大于 {maximum}；这里是“{shown}”。"))
}
