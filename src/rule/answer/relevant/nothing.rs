//! Nothing of what a rate is a rate of: 无结转结余 under 结转结余率, 无差错 under 差错率 and 准确率.

use crate::base::Number;
use crate::notation::{Quantity, Unit};
use crate::rule::{Measure, Point, Subject};
use crate::words::{self, Class, list};

use super::super::Answer;
use super::super::opposite::OPPOSITES;
use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value || !said.rule.states.is_empty() {
        return None;
    }
    if is_all(said) {
        return Some(Relevant::answer(Answer::number(Quantity::new(Number::from(100), Unit::percent()))));
    }
    if let Some(none) = none_counted(said) {
        return Some(Relevant::quantity(none));
    }
    let thing = words::of(Class::FoundNone).strip(&said.text)?;
    let thing = thing.strip_suffix("情况").unwrap_or(thing);
    thing.chars().nth(1)?;
    let rate = format!("{thing}率");
    let all = |test: &dyn Fn(&str) -> bool| said.names().next().is_some() && said.names().all(test);
    // 结余 is not all of what 结转结余 is.
    let whole_thing = |name: &str| !name.contains("结转") || thing.contains("结转");
    let none = all(&|name| {
        whole_thing(name) && (name.ends_with(&rate) || name.ends_with(&format!("{thing}发生率")))
    });
    let whole = all(&|name| OPPOSITES.iter().any(|(good, bad)| name.ends_with(good) && *bad == rate));
    let percent = if none {
        Number::ZERO
    } else if whole {
        Number::from(100)
    } else {
        return None;
    };
    Some(Relevant::answer(Answer::number(Quantity::new(percent, Unit::percent()))))
}

/// 无发明专利, 未取得发明专利 under 获得发明专利1项以上: none of what the criterion counts.
fn none_counted(said: &Said) -> Option<Quantity> {
    let Subject::Named(name) = &said.rule.subject else { return None };
    let bare = words::of(Class::FoundNone).strip(&said.text).or_else(|| {
        let act =
            list::NOT_YET.iter().filter_map(|no| said.text.strip_prefix(no)).min_by_key(|act| act.len())?;
        let deed = || list::DEEDS.strip(act).or_else(|| list::ITEM_DEEDS.strip(act));
        words::of(Class::Earned).strip(act).or_else(deed)
    });
    let thing =
        bare.filter(|thing| thing.chars().nth(1).is_some() && thing.chars().all(char::is_alphabetic))?;
    let lead = name.strip_suffix(thing)?;
    let deeds = || list::DEEDS.has(lead) || list::ITEM_DEEDS.has(lead);
    let done = lead.is_empty() || words::of(Class::Earned).has(lead) || deeds();
    let unit = said.rule.points().find_map(|at| match at {
        Point::Value(amount) if amount.unit.dimension.is_of_things() => Some(amount.unit.clone()),
        _ => None,
    })?;
    let denied = words::of(Class::Negations).within(thing) || words::of(Class::Negations).within(lead);
    (done && !denied).then(|| Quantity::new(Number::ZERO, unit))
}

/// 全部合格 under 合格率: all of it.
fn is_all(said: &Said) -> bool {
    let act = ["全部", "均已", "均", "都", "全"].iter().find_map(|all| said.text.strip_prefix(all));
    act.is_some_and(|act| {
        let rate = format!("{}率", act.trim_start_matches('已'));
        let whole = |name: &str| {
            name.strip_suffix(rate.as_str()).is_some_and(|before| !list::OPPOSITE_SIGNS_OR_NONE.ends(before))
        };
        act.chars().nth(1).is_some() && said.names().next().is_some() && said.names().all(whole)
    })
}
