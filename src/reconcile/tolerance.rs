//! How far a stated amount may be from the exact one by rounding alone (`docs/design.md`, "Ledgers").

use super::Settings;
use super::stated::Stated;
use crate::base::{Number, Yuan};

/// Half a unit of the last place shown, at most a share of the amount; with its origin in Chinese.
pub fn tolerance(stated: &Stated, settings: &Settings) -> Option<(Yuan, String)> {
    let unit = Number::from(stated.unit.factor());
    let half = Number::from(5).over(ten_to(stated.places.checked_add(1)?)?)?.times(unit)?;
    let amount = stated.yuan()?.number().abs();
    let most = amount.times(settings.max_tolerance.number())?;
    let percent = settings.max_tolerance.number().times(Number::from(100))?;
    let name = stated.unit.name();
    let last_place = match stated.places {
        0 => format!("填报到{name}整数位"),
        places => format!("填报到{name}后{places}位小数"),
    };
    if half <= most {
        Some((Yuan::new(half.get()), format!("{last_place}，容许四舍五入的误差")))
    } else {
        let most = Yuan::new(most.get()).round(2);
        Some((most, format!("{last_place}，四舍五入的误差超过金额的{percent}%，按金额的{percent}%计")))
    }
}

/// 10 to the power; `None` beyond the exact range.
pub fn ten_to(power: u32) -> Option<Number> {
    (0..power).try_fold(Number::ONE, |product, _| product.times(Number::from(10)))
}
