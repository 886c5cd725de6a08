//! From where steps go, in plainer words: 低于98%的部分，每低1个百分点, 不足3个的，每少1个, 每偏离1个百分点（无论高低）.

use winnow::error::EmptyError;

use super::{Change, Place};
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::scan::attempt;
use crate::criterion::grammar::steps::verb;
use crate::criterion::grammar::words::{FALLS, NOTHING, RISES, TARGET, UPPER_OUT};
use crate::words::{self, Class, list};

/// 低于98%的部分，每低1个百分点扣1分: the steps go by what is beyond the bound.
pub(super) fn part_beyond(place: &Place) -> Option<Change> {
    let text = place.text();
    let bound = text.strip_suffix("的部分")?;
    let named = bound.contains(|c: char| c.is_ascii_digit()) || TARGET.within(bound);
    let steps = place.behind()?.starts_with('每');
    (named && steps && !bound.contains('每')).then(|| Change::To(format!("{bound}的")))
}

/// 创建3个得3分；不足3个的，每少1个扣1分: steps below go from there without its being said again, where it is the only bound.
pub(super) fn short_of_it(place: &Place) -> Option<Change> {
    let figure = UPPER_OUT.strip(place.text())?;
    let figure = figure.strip_suffix('的').unwrap_or(figure);
    let mut steps = place.behind()?.strip_prefix('每')?;
    verb(&mut steps)?;
    let earns = |text: &str| own_points(text).is_some() && !text.starts_with(['每', '最']);
    let mut earlier = place.all.iter().take(place.at).filter(|segment| earns(segment.text));
    let only = earlier.next().filter(|_| earlier.next().is_none())?;
    let (before, behind) = only.text.split_once(figure)?;
    let whole = figure.starts_with(|c: char| c.is_ascii_digit())
        && !before.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        && !behind.contains(['%', '-'])
        && !before.contains(|c: char| c.is_ascii_digit());
    whole.then_some(Change::Drop)
}

/// 未提高不得分 behind 较上年每提高1个百分点得1分: where points come only by steps, no step earns none.
pub(super) fn nothing_gained(place: &Place) -> Option<Change> {
    let text = place.text();
    let state = NOTHING.strip_end(text)?.trim_end_matches(['的', '则', '，']);
    let unmoved = list::DENIALS.strip(state).is_some_and(|rise| RISES.has(rise));
    let none = unmoved || FALLS.has(state);
    let others = place.all.iter().enumerate().filter(|(at, _)| *at != place.at);
    let mut earns = others.filter(|(_, segment)| segment.text.contains(['得', '加', '扣']));
    let gains = |text: &str| {
        text.split_once('每').is_some_and(|(_, step)| RISES.begins(step) && !step.contains('扣'))
    };
    let (_, only) = earns.next()?;
    (none && gains(only.text) && earns.all(|(_, segment)| segment.text.starts_with("最")))
        .then_some(Change::Drop)
}

/// 低于不得分 behind 高于全市平均水平得4分: than the same average.
pub(super) fn than_the_same(place: &Place) -> Option<Change> {
    let text = place.text();
    let means = words::of(Class::AreaMeans);
    let mut named = place.all.iter().filter_map(|segment| means.find(segment.text).map(|(_, mean)| mean));
    let mean = named.next().filter(|mean| named.all(|other| other == *mean))?;
    let how = words::of(Class::StandsTo).longest(text)?;
    let rest = text.strip_prefix(how)?;
    let rest = rest.strip_prefix('的').unwrap_or(rest);
    let earns = attempt(&mut { rest }, |i| {
        award(i, true)?;
        if i.is_empty() { Ok(()) } else { Err(EmptyError) }
    });
    let earns = earns.is_some();
    let level = matches!(how, "等于" | "持平");
    earns.then(|| {
        Change::To(if level { format!("与{mean}持平{rest}") } else { format!("{how}{mean}{rest}") })
    })
}

/// 每偏离目标值1个百分点(无论高低)扣0.2分: that is what 偏离 says.
pub(super) fn either_way(place: &Place) -> Option<Change> {
    let text = place.text();
    let (at, remark) = words::of(Class::WhicheverWay).find(text)?;
    let (before, behind) = (text.get(..at)?, text.get(at.saturating_add(remark.len())..)?);
    let strays = before.contains("偏离") || before.contains("浮动");
    strays.then(|| Change::To(format!("{before}{behind}")))
}

/// 每月按时发放得8分 before 每有1个月未按时发放扣1分: how often it is due the steps say.
pub(super) fn each_time_due(place: &Place) -> Option<Change> {
    let text = place.text();
    let rest = words::of(Class::DueEach).strip(text)?;
    words::of(Class::InTime).strip(rest)?;
    let (_, points) = own_points(rest)?;
    let whole = place.weight.is_none_or(|weight| weight.number() == points);
    let mut steps = place.all.get(place.at.checked_add(1)?)?.text.strip_prefix('每')?;
    let counts = attempt(&mut steps, |i| verb(i).ok_or(EmptyError)).is_some();
    (whole && counts && !rest.contains('每')).then(|| Change::To(rest.to_owned()))
}
