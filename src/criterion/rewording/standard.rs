//! What stands before the rule and says what is asked, in plainer words: 每月10日前报送 before 每迟报一次扣0.5分, 目标值≥60人 before
//! 每少1人扣0.4分, 以100%为标准 before 控制率≤100%得4分.

use super::{Change, Place};
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::scan::{attempt, denies, is_name};
use crate::criterion::grammar::words::{NOTHING, TARGET};
use crate::notation::{Notation, Quantity, scan_quantity, scan_sign};
use crate::words::{self, Class, list};

/// 每月10日前报送，每迟报一次扣0.5分: what is due in each period, before what each time that it was missed costs.
pub(super) fn due_in_each(place: &Place) -> Option<Change> {
    let text = place.text();
    let rest = words::of(Class::EachPeriod).strip(text)?;
    let plain = !list::SAYS_POINTS.within(rest) && !list::EITHER.within(rest);
    let act = list::DENIALS.strip(rest).is_none();
    (first(place) && plain && act && only_faults_behind(place)).then_some(Change::Drop)
}

/// Whether nothing but points off for each case of something missed stands behind it.
fn only_faults_behind(place: &Place) -> bool {
    let behind = place.all.get(place.at.saturating_add(1)..).unwrap_or_default();
    let costs = |text: &str| {
        text.split_once('每').is_some_and(|(before, step)| {
            let late = list::MISSED_STEPS.within(step);
            (before.is_empty() || list::EACH_YEAR.has(before)) && late && step.contains('扣')
        })
    };
    let (steps, rest): (Vec<&str>, Vec<&str>) =
        behind.iter().map(|segment| segment.text).partition(|text| text.contains('每'));
    let ends = |text: &&str| list::UNTIL_GONE.has(text);
    !steps.is_empty() && steps.iter().all(|text| costs(text)) && rest.iter().all(ends)
}

/// 目标值≥60人，每少1人扣0.4分: the target once more, from which the steps go.
pub(super) fn target_again(place: &Place) -> Option<Change> {
    let rest = TARGET.strip(place.text())?;
    let rest = bare_lead(rest);
    let (sign, taken) = scan_sign(rest).map_or((None, 0), |(sign, taken)| (Some(sign), taken));
    let (amount, used) = scan_quantity(rest.get(taken..)?)?;
    let whole = taken.checked_add(used)? == rest.len();
    let target = place.target.and_then(Notation::quantity)?;
    let same = |a: &Quantity, b: &Quantity| a.in_base() == b.in_base() && a.unit.comparable(&b.unit);
    let signs = sign.is_none() || target.sign.is_none() || sign == target.sign;
    let steps = place.behind()?.starts_with('每');
    (first(place) && whole && same(&amount, target) && signs && steps).then_some(Change::Drop)
}

/// 以100%为标准，控制率≤100%得4分; 以目标值为基准，按完成比例得分: what is said again.
pub(super) fn basis(place: &Place) -> Option<Change> {
    let inside = place.text().strip_prefix('以')?;
    let inside = list::BASIS_ENDS.strip_end(inside)?;
    let next = place.behind()?;
    let own = TARGET.has(inside) && list::PROPORTION.within(next);
    let figure = inside.starts_with(|c: char| c.is_ascii_digit()) && next.contains(inside);
    (first(place) && (own || figure)).then_some(Change::Drop)
}

/// 应助尽助，覆盖率100%得10分; 检查4次以上 before 每少1次扣1分: a figure that is asked for, before what it costs to miss it.
pub(super) fn asked_for(place: &Place) -> Option<Change> {
    let text = place.text();
    let figure = text.find(|c: char| c.is_ascii_digit())?;
    let (name, rest) = text.split_at_checked(figure)?;
    let name = list::LOWER_IN.strip_end(name)?;
    let (_, taken) = scan_quantity(rest)?;
    let next = place.behind()?;
    let steps = next.strip_prefix("每少").or_else(|| next.strip_prefix("每低"))?;
    let name = words::of(Class::EachPeriod).strip_end(name).unwrap_or(name);
    let plain = taken == rest.len() && (name.is_empty() || (is_name(name) && !denies(name)));
    let alone = place.all.iter().filter(|segment| own_points(segment.text).is_some()).count() == 1;
    (first(place) && plain && alone && steps.contains('扣')).then(|| Change::To(format!("{text}得满分")))
}

/// 不高于45立方米得5分，高于不得分: beyond the bound that was just said.
pub(super) fn beyond_it(place: &Place) -> Option<Change> {
    let text = place.text();
    let how = NOTHING.strip_end(text)?;
    let how = bare_end(how.trim_end_matches('则'));
    let down = list::BOUND_BELOW.has(how);
    let up = list::BOUND_ABOVE.has(how) || list::EXCEEDS.has(how);
    let others = place.all.iter().enumerate().filter(|(at, _)| *at != place.at);
    let mut earns = others.filter(|(_, segment)| own_points(segment.text).is_some() || full(segment.text));
    let (at, only) = earns.next().filter(|_| earns.next().is_none())?;
    let bounded = if down {
        list::LOWER_IN.within(only.text) || only.text.contains("以上")
    } else {
        list::UPPER_IN.within(only.text) || only.text.contains("以内")
    };
    let steps = place.all.iter().any(|segment| segment.text.contains('每'));
    ((down || up) && bounded && !steps && at < place.at).then(|| Change::To("否则不得分".to_owned()))
}

/// 得满分 at the end of a stretch.
fn full(text: &str) -> bool {
    text.ends_with("满分") && !text.starts_with('每')
}

/// 优(完成率≥95%)得8分: the grade, of which the bracket says when.
pub(super) fn grade_when(place: &Place) -> Option<Change> {
    let grade = |text: &str| -> Option<String> {
        let (word, rest) = text.split_once('(')?;
        let known = crate::notation::scale_word(word).is_some();
        let (inside, rest) = rest.split_once(')')?;
        let mut earned = bare_lead(rest);
        let points = attempt(&mut earned, |i| award(i, true)).is_some() && earned.is_empty();
        let figures = inside.contains(|c: char| c.is_ascii_digit()) && !inside.contains("分");
        (known && points && figures).then(|| format!("{inside}{rest}"))
    };
    let all = place.all.iter().all(|segment| grade(segment.text).is_some());
    all.then(|| grade(place.text()).map(Change::To)).flatten()
}

/// 不足2个百分点按2个百分点扣: counts as.
pub(super) fn counted_as(place: &Place) -> Option<Change> {
    let text = place.text();
    let short = list::COUNTED_ENDS.strip_end(text)?;
    let fits = text.starts_with("不足") && short.contains('按');
    fits.then(|| Change::To(format!("{short}计")))
}

/// 数量指标6分:改造完成率100%得6分: a heading with the points that the measure earns; 发放及时4分:每延迟1个月扣1分.
pub(super) fn headed_by_points(place: &Place) -> Option<Change> {
    let text = place.text();
    let (heading, rest) = text.split_once(':')?;
    let (name, points) = own_points(heading)?;
    let name = list::HEADING_ENDS.strip_end(name).unwrap_or(name);
    let plain = is_name(name) && !denies(name) && name.chars().nth(1).is_some();
    let several = place.all.iter().filter(|segment| segment.text.contains(':')).count() > 1;
    let less = place.weight.is_none_or(|weight| points < weight.number());
    (plain && several && less && !rest.is_empty()).then(|| Change::To(format!("{name}({points}分):{rest}")))
}

/// 未足额的按上缴比例计分, 按完成率计分: the share that was done, by the name of what was to be done.
pub(super) fn by_its_share(place: &Place) -> Option<Change> {
    let text = place.text();
    let (before, by) = text.split_once('按')?;
    let of = list::COUNTED_BY_SHARE.strip_end(by)?;
    let of = of.trim_start_matches("实际");
    let plain = of.chars().count() <= 6 && (of.is_empty() || (is_name(of) && !denies(of)));
    let before = before.trim_end_matches('，');
    // 按到位率计分 may be of a rate of its own.
    let own = list::PERFORMED.within(of) || list::DEEDS.has(of) || of.ends_with("完成");
    let to = format!("{before}按完成比例得分");
    (plain && own && text != to).then_some(Change::To(to))
}

/// 无新建项目或控制率≤100%得4分: either of them.
pub(super) fn none_or(place: &Place) -> Option<Change> {
    let text = place.text();
    let (one, other) = text.split_once('或')?;
    let (condition, _) = own_points(other)?;
    let earned = other.get(condition.len()..)?;
    let condition = bare_end(condition);
    let absent = list::FOUND_NONE.strip(one)?;
    let plain = is_name(absent) && !denies(absent) && absent.chars().nth(1).is_some();
    let bound = condition.contains(|c: char| c.is_ascii_digit()) && !list::JOINS_CONDITIONS.within(condition);
    (plain && bound).then(|| Change::To(format!("{one}{earned};{condition}{earned}")))
}

/// <90分的得分=平均得分/90×4分: the condition, and then the formula.
pub(super) fn then_formula(place: &Place) -> Option<Change> {
    let (before, formula) = place.text().split_once("的得分=")?;
    let plain = !before.is_empty() && !before.contains(['=', '，', ':']);
    plain.then(|| Change::To(format!("{before}的，得分={formula}")))
}

/// 一次性通过率≥80%得5分，否则得分=一次性通过率/80%×5: below the only bound there is.
pub(super) fn else_formula(place: &Place) -> Option<Change> {
    let text = place.text();
    let rest = words::of(Class::Else).strip(text)?;
    let rest = bare_lead(rest);
    let formula = rest.strip_prefix('按').map_or(rest, |by| by.trim_start_matches('照'));
    let product = (rest.starts_with("得分=") || rest.starts_with('按')) && formula.contains('/');
    let mut earlier =
        place.all.iter().take(place.at).filter(|segment| list::SAYS_POINTS.within(segment.text));
    let only = earlier.next().filter(|_| earlier.next().is_none())?;
    let at = only.text.find(|c: char| c.is_ascii_digit())?;
    let (name, figures) = only.text.split_at_checked(at)?;
    let floor = list::LOWER_IN.ends(name);
    let (_, taken) = scan_quantity(figures)?;
    let figure = figures.get(..taken)?;
    (product && floor).then(|| Change::To(format!("低于{figure}的，{rest}")))
}

/// 覆盖率100%得5分，每少1个监测点扣0.5分: all of them, of which each that is missing costs; 验收合格率100%得8分，每有1个不合格扣2分.
pub(super) fn all_of_them(place: &Place) -> Option<Change> {
    let whole = |text: &str| {
        let (condition, points) = match own_points(text) {
            Some((condition, points)) => (condition, Some(points)),
            None => (list::FULL_MARKS_ENDS.strip_end(text)?, None),
        };
        let name = bare_end(condition).strip_suffix("100%")?;
        let name = list::REACH_VERBS.strip_end(name).unwrap_or(name);
        // 100%得5分: the indicator is the rate.
        let name = if name.is_empty() { place.indicator } else { name };
        let own = points.is_none_or(|points| place.weight.is_none_or(|weight| weight.number() == points));
        (own && list::RATE_SIGNS.ends(name) && is_name(name) && !denies(name)).then(|| name.to_owned())
    };
    let rate = place.all.iter().find_map(|segment| whole(segment.text)).unwrap_or_default();
    // 缺岗 under 在岗率: what goes wrong with what the rate is of.
    let of_it = |fault: &str| {
        let stem = rate.trim_end_matches('率');
        let near = stem.chars().rev().take(4).filter(|c| *c != '覆' && *c != '盖');
        words::of(Class::GoneWrong).iter().any(|wrong| {
            fault.split_once(wrong).is_some_and(|(_, act)| near.clone().any(|c| act.starts_with(c)))
        })
    };
    let steps = |text: &str| {
        let rest = text.strip_prefix('每')?;
        let at = rest.find(|c: char| c.is_ascii_digit() || c == '一')?;
        let (verb, rest) = rest.split_at_checked(at)?;
        let rest = list::ONE_OF_IT.strip(rest).unwrap_or(rest);
        let counted = rest.starts_with(|c: char| !c.is_ascii_digit() && !matches!(c, '%' | '.' | '百'));
        let missing = list::MISSING_VERBS.has(verb);
        let fault = rest.split_once('扣').map_or(rest, |(fault, _)| fault);
        let found = list::STEP_FOUND.has(verb) && (list::DENIALS.within(rest) || of_it(fault));
        (counted && rest.contains('扣') && (missing || found)).then_some(missing)
    };
    let text = place.text();
    let ends = |text: &str| list::UNTIL_GONE.has(text);
    let others = |at: usize| {
        let apart = |text: &str| ends(text) || !list::MEASURE_SIGNS.within(text);
        place.all.get(at..).is_some_and(|rest| rest.iter().all(|segment| apart(segment.text)))
    };
    // 合格率=合格数/总数*100% before it: of which rate it is.
    if let (Some(first), 0) = (place.all.first(), place.at)
        && first.text.contains('=')
        && place.all.len() > 2
    {
        let next = place.all.get(1).and_then(|next| whole(next.text));
        let plain = |text: &str| {
            let text = text.strip_suffix("*100%").unwrap_or(text);
            text.split(['=', '/', '(', ')']).all(|name| name.is_empty() || (is_name(name) && !denies(name)))
        };
        let rate = next.filter(|rate| first.text.starts_with(&format!("{rate}=")) && plain(first.text))?;
        let later = place.all.get(2).filter(|_| !rate.is_empty()).and_then(|step| steps(step.text));
        return (later.is_some() && others(3)).then_some(Change::Drop);
    }
    match place.at {
        0 if whole(text).is_some() && place.behind().and_then(steps).is_some() && others(2) => {
            Some(Change::Drop)
        }
        // Without the first, a step that is short of the whole is one that is missing.
        1 if place.all.first().is_some_and(|all| whole(all.text).is_some()) && others(2) => {
            let rest = text.strip_prefix("每少").filter(|_| steps(text) == Some(true))?;
            let of_all =
                place.target.and_then(Notation::quantity).is_some_and(|target| target.unit.is_ratio());
            of_all.then(|| Change::To(format!("每缺{rest}")))
        }
        _ => None,
    }
}

/// 抽查30户，每有1户不达标扣0.5分: how many were looked at decides nothing where each fault costs so much.
pub(super) fn looked_at(place: &Place) -> Option<Change> {
    let text = place.text();
    let (_, taken) = scan_quantity(list::INSPECTED.strip(text)?)?;
    let whole = list::INSPECTED.strip(text).is_some_and(|rest| rest.len() == taken);
    let steps = place.behind()?.strip_prefix('每')?;
    (first(place) && whole && list::STEP_FOUND.begins(steps)).then_some(Change::Drop)
}

/// 5户及以上未到户的不得分, 不达标超过5户的 behind 每有1户未到户: so many of them.
pub(super) fn so_many(place: &Place) -> Option<Change> {
    let text = place.text();
    // What is counted one by one: its unit and its words.
    let (unit, fault) = place.all.iter().take(place.at).find_map(|segment| {
        let rest = segment.text.strip_prefix('每')?;
        let rest = list::STEP_FOUND.strip(rest).unwrap_or(rest);
        let rest = list::ONE_OF_IT.strip(rest)?;
        let (fault, _) = rest.split_once('扣')?;
        let mut signs = fault.chars();
        let unit = signs.next()?;
        let fault = bare_end(signs.as_str());
        list::DENIALS.begins(fault).then(|| (unit, fault.to_owned()))
    })?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let to = |sign: &str, count: &str, rest: &str| {
        Some(Change::To(format!("发现问题数{sign}{count}{unit}{rest}")))
    };
    let n = digits(text);
    if n > 0 {
        let (count, rest) = text.split_at_checked(n)?;
        let rest = rest.strip_prefix(unit)?;
        let rest = list::AND_MORE.strip(rest)?;
        return to("不低于", count, rest.strip_prefix(fault.as_str())?);
    }
    let rest = text.strip_prefix(fault.as_str())?;
    let (sign, rest) = match list::BOUND_ABOVE.strip(rest) {
        Some(rest) => ("高于", rest),
        None => ("不低于", list::BOUND_AT_LEAST.strip(rest)?),
    };
    let (count, rest) = rest.split_at_checked(digits(rest)).filter(|(count, _)| !count.is_empty())?;
    let rest = rest.strip_prefix(unit)?;
    // 达到5户以上 is 5户 and more.
    let rest = if sign == "不低于" { list::AND_MORE.strip(rest).unwrap_or(rest) } else { rest };
    to(sign, count, rest)
}

/// 增幅高于全县平均水平得6分, 不低于上年规模得8分: how it stands to another, without what it is of.
pub(super) fn stands_to(place: &Place) -> Option<Change> {
    let text = place.text();
    let means = [Class::AreaMeans, Class::LastYears];
    let at = text.char_indices().map(|(at, _)| at).find(|at| {
        let rest = text.get(*at..).unwrap_or_default();
        let how = list::STANDS_TO_UNSTATED.longest(rest);
        how.and_then(|how| rest.strip_prefix(how))
            .is_some_and(|rest| means.iter().any(|class| words::of(*class).begins(rest)))
    })?;
    let (name, rest) = text.split_at_checked(at)?;
    let how = list::STANDS_TO_UNSTATED.longest(rest)?;
    let other = rest.strip_prefix(how)?;
    let mean =
        means.iter().filter_map(|class| words::of(*class).longest(other)).max_by_key(|mean| mean.len())?;
    let behind = other.strip_prefix(mean)?;
    let behind = list::SIZE_OF_IT.strip(behind).unwrap_or(behind);
    let mut earned = bare_lead(behind);
    let ends = attempt(&mut earned, |i| award(i, true)).is_some() && earned.is_empty();
    let plain = name.is_empty() || (is_name(name) && !denies(name));
    let to = format!("{how}{mean}{behind}");
    (ends && plain && to != text).then_some(Change::To(to))
}

/// 数量足额得满分，未足额按比例扣分; 按标准配备到位得满分，每少1人扣0.2分: all of the target, and what is short of it.
pub(super) fn all_there(place: &Place) -> Option<Change> {
    let text = place.text();
    let plain = |state: &str| {
        let mut rest = state;
        let mut said = false;
        while !rest.is_empty() {
            let short = list::ALL_THERE_SIGNS.strip(rest)?;
            said = true;
            rest = short;
        }
        said.then_some(())
    };
    if let Some(rest) = list::SHORT_OF_ALL.strip(text) {
        let rest = bare_lead(rest);
        return rest.starts_with("按比例").then(|| Change::To(format!("未达到目标值的，{rest}")));
    }
    let state = match own_points(text) {
        Some((state, points)) if place.weight.is_none_or(|weight| weight.number() == points) => state,
        Some(_) => return None,
        None => list::FULL_MARKS_ENDS.strip_end(text)?,
    };
    let state = bare_end(state);
    let earned = text.get(state.len()..)?;
    plain(state)?;
    let behind = place.behind()?;
    let steps = behind.strip_prefix('每').is_some_and(|step| list::MISSING_VERBS.begins(step));
    let short = list::SHORT_OF_ALL.begins(behind);
    (first(place) && (steps || short)).then(|| Change::To(format!("达到目标值{}", bare_lead(earned))))
}

/// The words without what only leads on to the next.
fn bare_end(mut text: &str) -> &str {
    while let Some(short) = list::LOOSE_ENDS.strip_end(text) {
        text = short;
    }
    text
}

/// The words without what only leads on from those before.
fn bare_lead(mut text: &str) -> &str {
    while let Some(short) = list::LOOSE_LEADS.strip(text) {
        text = short;
    }
    text
}

fn first(place: &Place) -> bool {
    place.at == 0
}
