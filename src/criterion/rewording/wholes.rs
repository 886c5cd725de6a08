//! What all of something is, and what falls short of it, in plainer words: 应缴尽缴得3分，未足额上缴的按实缴比例得分; 每月10日前发放到位得满分，每有1个月
//! 逾期扣0.5分; 新建任务完成率占6分，改造任务完成率占4分，均按完成比例得分.

use super::{Change, Place};
use crate::base::{Number, Weight};
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::condition::is_time;
use crate::criterion::grammar::scan::{attempt, denies, is_name};
use crate::criterion::grammar::steps::{length, worth};
use crate::criterion::grammar::words::{HARM, NOTHING};
use crate::notation::{Notation, scan_date, scan_quantity};
use crate::rule::Award;
use crate::words::{self, Class, list};

/// The words before an award of all points, and the award.
fn whole<'p>(place: &Place, text: &'p str) -> Option<(&'p str, &'p str)> {
    let state = match own_points(text) {
        Some((state, points)) => {
            place.weight.is_none_or(|weight| weight.number() == points).then_some(state)?
        }
        None => list::FULL_MARKS_ENDS.strip_end(text)?,
    };
    Some((state.trim_end_matches(['的', '，']), text.get(state.len()..)?.trim_start_matches(['的', '，'])))
}

/// 应缴尽缴: that all is done that should be.
fn is_all_due(state: &str) -> bool {
    let signs: Vec<char> = state.chars().collect();
    matches!(signs.as_slice(), ['应', act, '尽', same] if act == same)
}

/// 按上缴比例计分, 按实缴比例得分: the share that was done.
fn by_share(text: &str) -> bool {
    let rest = text.trim_start_matches(['，', '的', '则']);
    rest.split_once('按').is_some_and(|(before, by)| {
        let of = list::COUNTED_BY_SHARE.strip_end(by);
        before.is_empty()
            && of.is_some_and(|of| of.chars().count() <= MAX_ACT && (of.is_empty() || is_name(of)))
    })
}

/// Acts are named shortly.
const MAX_ACT: usize = 5;

/// 应缴尽缴得3分；未足额上缴的，按实缴比例得分；未上缴不得分: in proportion.
pub(super) fn all_due(place: &Place) -> Option<Change> {
    let (first, rest) = place.all.split_first()?;
    let (state, _) = whole(place, first.text)?;
    let short = |text: &str| list::DENIALS.begins(text) && !text.contains(['得', '计']);
    let nothing = |text: &str| {
        NOTHING
            .strip_end(text)
            .is_some_and(|state| list::DENIALS.begins(state) && state.chars().count() <= MAX_UNDONE)
    };
    let mut shares = 0_usize;
    let plain = rest.iter().all(|segment| {
        let text = segment.text;
        let split = text.find('按').and_then(|at| Some((text.get(..at)?, text.get(at..)?)));
        if let Some((before, by)) = split {
            shares = shares.saturating_add(1);
            return by_share(by) && (before.is_empty() || short(before));
        }
        short(text) || nothing(text)
    });
    if !is_all_due(state) || !plain || shares != 1 {
        return None;
    }
    let by = place.text().contains('按');
    Some(if by { Change::To("按完成比例得分".to_owned()) } else { Change::Drop })
}

/// What was not done is said shortly.
const MAX_UNDONE: usize = 8;

/// 资金足额到位得4分 before 否则按到位比例得分: all of the target, by the name of the indicator's thing.
pub(super) fn in_full(place: &Place) -> Option<Change> {
    let (state, earned) = whole(place, place.text())?;
    let next = place.behind()?;
    let next = words::of(Class::Else)
        .strip(next)
        .or_else(|| next.split_once('按').map(|(before, _)| next.strip_prefix(before).unwrap_or(next)))?;
    let at = state.char_indices().map(|(at, _)| at).find(|at| {
        let mut rest = state.get(*at..).unwrap_or_default();
        let mut full = false;
        while let Some(short) = list::ALL_THERE_SIGNS.strip(rest) {
            full = full || list::IN_FULL.begins(rest);
            rest = short;
        }
        full && rest.is_empty()
    })?;
    let thing = state.get(..at)?;
    let own = thing.is_empty() || (is_name(thing) && place.indicator.contains(thing));
    let figures = place.target.and_then(Notation::quantity).is_some_and(|target| target.fraction.is_none());
    (place.at == 0 && own && by_share(next) && figures).then(|| Change::To(format!("达到目标值{earned}")))
}

/// 基础数据真实、完整、准确 before 每有1处差错扣0.5分: what should be is the opposite of what is counted.
pub(super) fn opposite_of_faults(place: &Place) -> Option<Change> {
    let text = place.text();
    let of_faults = text.ends_with("发现的问题") || !HARM.within(text);
    let plain = text.chars().all(|c| c.is_alphabetic() || c == '、') && text.chars().count() <= MAX_LEAD;
    let asks = words::of(Class::Demands).within(text) || text.ends_with("发现的问题");
    let denied = list::DENIALS.within(text) || text.contains(['得', '扣', '每']) || list::EITHER.within(text);
    let rest = place.all.get(place.at.checked_add(1)?..)?;
    let (steps, tails): (Vec<&str>, Vec<&str>) =
        rest.iter().map(|segment| segment.text).partition(|text| text.contains('每'));
    let fault = |text: &str| {
        let step = text.strip_prefix('每').map(|step| list::STEP_FOUND.strip(step).unwrap_or(step));
        step.is_some_and(|step| {
            let mut rest = step;
            let counted = attempt(&mut rest, length).is_some();
            let wrong = rest
                .split_once('扣')
                .is_some_and(|(fault, _)| HARM.within(fault) || list::DENIALS.within(fault));
            counted && wrong
        })
    };
    let ends = |text: &&str| list::UNTIL_GONE.has(text);
    let all = steps.len() == 1 && steps.iter().all(|text| fault(text)) && tails.iter().all(ends);
    (place.at == 0 && of_faults && plain && asks && !denied && all).then_some(Change::Drop)
}

/// Longer words ask for more than one thing.
const MAX_LEAD: usize = 24;

/// 每月10日前发放到位得满分 before 每有1个月逾期扣0.5分: each time that it was not so costs.
pub(super) fn each_month(place: &Place) -> Option<Change> {
    let (state, _) = whole(place, place.text())?;
    let act = words::of(Class::DueEach).strip(state)?;
    let dated = act.find('前').and_then(|at| act.get(..at)).is_some_and(|day| {
        let day = day.trim_end_matches(['底', '日', '号']);
        !day.is_empty() && day.chars().all(|c| c.is_ascii_digit())
    });
    let timely = dated || list::IN_TIME.begins(act);
    let mut step = place.behind()?.strip_prefix('每')?;
    step = list::STEP_FOUND.strip(step).unwrap_or(step);
    attempt(&mut step, length)?;
    let (missed, costs) = step.find('扣').and_then(|at| Some((step.get(..at)?, step.get(at..)?)))?;
    let late = list::LATE.begins(missed) || list::DENIALS.begins(missed);
    let takes = worth(&mut { costs }).is_ok_and(|(_, adds)| !adds);
    (place.at == 0 && timely && late && takes && !missed.contains('或')).then_some(Change::Drop)
}

/// 每有1个月逾期扣0.5分 behind it: so many months that were not in time.
pub(super) fn month_missed(place: &Place) -> Option<Change> {
    let rest = place.text().strip_prefix("每有").or_else(|| place.text().strip_prefix('每'))?;
    let mut step = rest;
    let size = attempt(&mut step, length)?;
    let (missed, costs) = step.find('扣').and_then(|at| Some((step.get(..at)?, step.get(at..)?)))?;
    let late = list::LATE.has(missed) && size.number == Number::ONE && size.unit.word == "个月";
    let due =
        place.at == 1 && place.all.first().is_some_and(|first| words::of(Class::DueEach).begins(first.text));
    (late && due).then(|| Change::To(format!("每发现1个月未按时{costs}")))
}

/// 超过30日的，每延迟5天扣1分 where the bound is so many days, and no day: beyond it.
pub(super) fn late_beyond(place: &Place) -> Option<Change> {
    let text = place.text();
    let at = text.find('每')?;
    let (before, step) = text.split_at_checked(at)?;
    let late = list::STEP_LATE.strip(step.strip_prefix('每')?)?;
    let mut rest = late;
    let size = attempt(&mut rest, length).filter(|size| is_time(&size.unit))?;
    let costs = worth(&mut rest).is_ok_and(|(_, adds)| !adds);
    let bound = |text: &str| {
        text.char_indices().any(|(at, c)| {
            c.is_ascii_digit()
                && scan_date(text.get(at..).unwrap_or_default(), false).is_none()
                && scan_quantity(text.get(at..).unwrap_or_default())
                    .is_some_and(|(amount, _)| is_time(&amount.unit))
        })
    };
    let target = place.target.and_then(Notation::quantity).is_some_and(|target| is_time(&target.unit));
    let bounded = place.all.iter().take(place.at).any(|segment| bound(segment.text)) || bound(before);
    (costs && target && bounded && !size.number.is_zero())
        .then(|| Change::To(format!("{before}每超过{late}")))
}

/// 完成1处得2分，共6分: each of them, up to all points.
pub(super) fn up_to_all(place: &Place) -> Option<Change> {
    let points = place.text().strip_prefix('共')?;
    let (none, n) = own_points(points).filter(|(none, _)| none.is_empty())?;
    let (words, each) = own_points(place.before()?)?;
    let one = words.contains(['1', '一']) && none.is_empty();
    (one && place.weight.map(Weight::number) == Some(n) && each < n)
        .then(|| Change::To(format!("最高得{n}分")))
}

/// 按标准足额发放得4分，低于标准发放不得分 under 1200元/人: the target is the standard.
pub(super) fn kept_standard(place: &Place) -> Option<Change> {
    let text = place.text();
    place
        .target
        .and_then(Notation::quantity)
        .filter(|target| target.fraction.is_none() && !target.unit.is_ratio())?;
    if let Some(state) = NOTHING.strip_end(text) {
        let below = list::LESS_THAN.strip(state.trim_end_matches(['的', '，']))?;
        let act = list::STANDARD_NAMES.strip(below)?;
        return (act.is_empty() || list::STANDARD_KEPT.has(act))
            .then(|| Change::To("低于目标值不得分".to_owned()));
    }
    let (state, earned) = whole(place, text)?;
    let state = state.strip_prefix("严格").unwrap_or(state);
    let act = list::STANDARD_NAMES.strip(state.strip_prefix("按照").or_else(|| state.strip_prefix('按'))?)?;
    (place.at == 0 && list::STANDARD_KEPT.has(act)).then(|| Change::To(format!("达到目标值{earned}")))
}

/// 新建任务完成率占6分，改造任务完成率占4分，均按完成比例得分; 甲、乙、丙三项各3分，每项按完成率计分: the points of each, in proportion to what was done.
pub(super) fn each_in_proportion(place: &Place) -> Option<Change> {
    let mut own: Vec<(String, Number)> = Vec::new();
    let mut common = 0_usize;
    for segment in place.all {
        let text = segment.text;
        if common == 0
            && let Some(found) = shares(text)
        {
            own.extend(found);
            continue;
        }
        if words::of(Class::EachInProportion).has(text) {
            common = common.saturating_add(1);
        } else if !list::NO_MORE_THAN_ALL.has(text) {
            return None;
        }
    }
    let sum = Number::sum(own.iter().map(|(_, n)| *n));
    let named = own.iter().all(|(name, _)| is_name(name) && !denies(name) && name.chars().nth(1).is_some());
    if common != 1 || own.len() < 2 || !named || sum != place.weight.map(Weight::number) {
        return None;
    }
    if place.at > 0 {
        return Some(Change::Drop);
    }
    let each: Vec<String> = own.iter().map(|(name, n)| format!("{name}({n}分):按完成比例得分")).collect();
    Some(Change::To(format!("{};", each.join(";"))))
}

/// 甲任务完成率占6分; 新建道路3分、改建道路2分; 打井、蓄水池、管网三项各3分
fn shares(text: &str) -> Option<Vec<(String, Number)>> {
    let (names, n) = own_points(text)?;
    if let Some(all) = names.strip_suffix("各占").or_else(|| names.strip_suffix('各')) {
        let all = list::THREE_OF_THEM.strip_end(all).unwrap_or(all);
        return Some(all.split(['、', '和']).map(|name| (name.to_owned(), n)).collect());
    }
    text.split('、')
        .map(|one| {
            let (name, n) = own_points(one)?;
            let name = name.strip_suffix('占').unwrap_or(name);
            let name = ["任务完成率", "完成率", "完成情况"]
                .iter()
                .find_map(|end| name.strip_suffix(end))
                .unwrap_or(name);
            (!n.is_zero()).then(|| (name.to_owned(), n))
        })
        .collect()
}

/// 因目标设置偏低得4分, 视为目标设置偏低，扣1分 behind a condition: why it earns so.
pub(super) fn because(place: &Place) -> Option<Change> {
    let text = place.text();
    let waits = place.before().is_some_and(|before| before.ends_with(['的', '时', '者']));
    let rest = list::REASONS.strip(text).filter(|_| waits)?;
    let plain = |reason: &str| is_name(reason) && reason.chars().nth(MAX_REASON).is_none() && !denies(reason);
    if plain(rest) && place.behind().is_some_and(|next| attempt(&mut { next }, |i| award(i, true)).is_some())
    {
        return Some(Change::Drop);
    }
    let (reason, _) = own_points(rest)?;
    let earned = rest.get(reason.len()..)?;
    plain(reason.trim_end_matches(['，', '的'])).then(|| Change::To(earned.to_owned()))
}

/// A reason is said shortly.
const MAX_REASON: usize = 10;

/// 存在上述情况之一的不得分 behind 不存在截留、挪用等情况得5分: the contrary.
pub(super) fn any_of_the_above(place: &Place) -> Option<Change> {
    let text = place.text();
    let state = NOTHING.strip_end(text)?.trim_end_matches(['的', '，']);
    let any = list::SOME_ALONE.strip(state)?;
    let any = words::of(Class::AllFaults).strip(any)?;
    let one = matches!(any, "之一" | "" | "之一情况" | "任一" | "中任何一项" | "中的任何一种");
    let first = place.all.first()?.text;
    let none = list::FOUND_NONE
        .strip(first)
        .is_some_and(|rest| rest.contains('、') && whole(place, first).is_some());
    let mut earned = text.strip_prefix(state)?.trim_start_matches(['的', '，']);
    let zero = attempt(&mut earned, |i| award(i, true)) == Some(Award::ZERO) && earned.is_empty();
    (place.at == 1 && place.all.len() == 2 && one && none && zero)
        .then(|| Change::To("否则不得分".to_owned()))
}
