//! What a stretch ends with, or is in whole, in plainer words: 各部分扣完为止, 按比例得分(得分=完成率×5分), 扣分=(1-完成率)×8分.

use super::{Change, Place};
use crate::base::{Number, Weight};
use crate::criterion::checklist::item_points::own_points as points_at_end;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::formula::{base_points, times};
use crate::criterion::grammar::scan::{attempt, is_name};
use crate::criterion::grammar::words::HARM;
use crate::rule::Award;
use crate::words::{self, Class, list};

/// 各部分扣完为止, 每个小项扣完即止: whatever it is of, nothing goes below 0.
pub(super) fn gone(place: &Place) -> Option<Change> {
    let text = place.text();
    let (before, behind) = text.split_once("扣完")?;
    let ends = |text: &str| {
        let of = words::of(Class::GoneOf);
        let mut rest = text;
        while let Some(short) = of.strip(rest) {
            rest = short;
        }
        rest.is_empty()
    };
    let behind = list::ENDS_WHEN_GONE.strip_end(behind)?;
    let each = before.contains(['各', '每', '两', '分']);
    let to = if each { "各项扣完为止" } else { "扣完为止" };
    (ends(before) && ends(behind) && text != to).then(|| Change::To(to.to_owned()))
}

/// 60%(含)-90%之间按比例得分(得分=消化率*5分): the bracket says how.
pub(super) fn proportion(place: &Place) -> Option<Change> {
    let text = place.text();
    let (before, formula) =
        text.strip_suffix(')')?.split_once('(').filter(|_| text.matches('(').count() == 1).or_else(|| {
            let at = text.rfind('(')?;
            Some((text.get(..at)?, text.strip_suffix(')')?.get(at.saturating_add(1)..)?))
        })?;
    let formula = formula.strip_prefix("即").unwrap_or(formula);
    let condition = words::of(Class::InProportion).strip_end(before)?;
    let scores = formula.starts_with("得分=") && formula.contains('*') && !list::DENIALS.within(formula);
    let condition = condition.trim_end_matches(['的', '，']);
    if condition.is_empty() {
        // 未完成的，按比例扣分(得分=实际/目标*12)
        return (scores && place.at > 0).then(|| Change::To(formula.to_owned()));
    }
    scores.then(|| Change::To(format!("{condition}的{formula}")))
}

/// 扣分=(1-完成率)*8分 is 按完成比例得分; behind 按比例扣分 it says nothing more.
pub(super) fn shortfall(place: &Place) -> Option<Change> {
    let text = place.text();
    let rest = text.strip_prefix('即').unwrap_or(text);
    let rest =
        ["扣分=", "扣减分值=", "扣减分=", "扣除分值="].iter().find_map(|lead| rest.strip_prefix(lead))?;
    let (inside, mut rest) =
        rest.strip_prefix("(1-").or_else(|| rest.strip_prefix("(100%-"))?.split_once(')')?;
    attempt(&mut rest, times)?;
    let base = attempt(&mut rest, base_points).filter(|_| rest.is_empty())?;
    let whole = base.is_none_or(|n| place.weight.map(Weight::number) == Some(n));
    let rate = is_name(inside) && inside.ends_with("完成率");
    if !whole || !rate {
        return None;
    }
    let said = place.before().is_some_and(|before| before.contains("按比例扣"));
    Some(if said { Change::Drop } else { Change::To("按完成比例得分".to_owned()) })
}

/// 按成活率/85%*6分计: 计 for 计分.
pub(super) fn counted_so(place: &Place) -> Option<Change> {
    let text = place.text();
    // 为满分值
    if let Some(short) = text.strip_suffix("为满分值") {
        return Some(Change::To(format!("{short}得满分")));
    }
    let (before, product) = text.split_once('按')?;
    let fits = product.contains(['*', '/']) && text.ends_with("分计") && !before.contains('按');
    fits.then(|| Change::To(format!("{text}分")))
}

/// 未做到的对应项不得分, 未公开的，该项不得分 behind items whose points add up: an item that is not met earns nothing, as its points say.
pub(super) fn item_not_met(place: &Place) -> Option<Change> {
    let text = place.text();
    let short = |text: &str| text.len() <= MAX_TAIL;
    if !short(text) {
        return None;
    }
    let missed = |text: &str| {
        let plain = text.chars().all(|c| c.is_alphabetic() || c == '、') && !HARM.within(text);
        plain && text.chars().count() <= MAX_MISSED && list::DENIALS.within(text) && !text.contains("分")
    };
    let nothing = |text: &str| {
        let rest = words::of(Class::ItemsOwn).strip(text.trim_start_matches('则'))?;
        let mut rest = rest.trim_start_matches('，');
        let earned = attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())?;
        (earned == Award::ZERO).then_some(())
    };
    let weight = place.weight?.number();
    // 未做到的对应项不得分 in one stretch, or 未做到的 and 对应项不得分 in two.
    let in_one = |text: &str| {
        if !short(text) {
            return false;
        }
        let mut cuts = text.char_indices().skip(2).map(|(at, _)| text.split_at(at));
        cuts.any(|(before, behind)| missed(before.trim_end_matches('的')) && nothing(behind).is_some())
    };
    // 未制定的不得分 behind items each of which asks that something is 制定.
    let bare = |text: &str| {
        let rest = list::DENIALS.strip(text).filter(|_| short(text))?;
        let (verb, mut rest) = rest.split_once('的')?;
        let earned = attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())?;
        let plain =
            verb.chars().nth(1).is_some() && verb.chars().all(char::is_alphabetic) && earned == Award::ZERO;
        plain.then(|| verb.to_owned())
    };
    let in_each = |text: &str| {
        bare(text).is_some_and(|verb| {
            let others = place.all.iter().map(|segment| segment.text).filter(|other| *other != text);
            others
                .filter(|other| !other.is_empty())
                .all(|other| other.contains(&verb) && points_at_end(other).is_some())
        })
    };
    let waits = |text: &str| text.strip_suffix('的').is_some_and(missed);
    let here = in_one(text)
        || in_each(text)
        || (waits(text) && place.behind().is_some_and(|next| nothing(next).is_some()))
        || (nothing(text).is_some() && place.before().is_some_and(waits));
    let own = |text: &str| !in_one(text) && nothing(text).is_none();
    let others = place.all.iter().map(|segment| segment.text).filter(|text| own(text));
    let points: Vec<Number> = others.filter_map(|text| Some(points_at_end(text)?.1)).collect();
    let whole = points.len() > 1 && Number::sum(points.iter().copied()) == Some(weight);
    (whole && place.at > 0 && here).then_some(Change::Drop)
}

/// Bytes of what is said of items that are not met.
const MAX_TAIL: usize = 90;
/// What misses an item is said shortly.
const MAX_MISSED: usize = 14;
