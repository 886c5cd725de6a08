//! States and bounds in plainer words: 未按时或未足额发放不得分, 三星以下不得分, 保存率85%为合格，得5分, 6个月以上未移交不得分.

use super::{Change, Place};
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::scan::{attempt, denies, is_name};
use crate::criterion::grammar::words::{NOTHING, SCORE_NAMES, TARGET, WEIGHT};
use crate::notation::{Notation, scan_quantity};
use crate::words::{self, Class, list};

/// What a stretch says, where it earns nothing.
fn earns_nothing(text: &str) -> Option<&str> {
    if let Some((words, n)) = own_points(text)
        && n.is_zero()
    {
        return Some(words.trim_end_matches(['的', '，']));
    }
    NOTHING.strip_end(text).map(|words| words.trim_end_matches(['的', '，', '则', '均', '者']))
}

fn earns(text: &str) -> bool {
    own_points(text).is_some() || list::FULL_MARKS_ENDS.ends(text) || NOTHING.ends(text)
}

/// 合同工期内完工得6分, 在规定时限内办结得满分 under ≤120天: the target says how long it may take; 超时限不得分.
pub(super) fn kept_time(place: &Place) -> Option<Change> {
    let target = place.target.and_then(Notation::quantity)?;
    let timed = crate::criterion::grammar::condition::is_time(&target.unit) && target.fraction.is_none();
    let ceiling = target.sign.is_some_and(crate::notation::Sign::is_cap);
    let text = place.text();
    if !timed || !ceiling {
        return None;
    }
    if let Some(state) = earns_nothing(text) {
        let over = list::MORE_THAN_SIGNS.strip(state)?;
        let over = ["规定", "合同", "承诺", "约定", "计划"]
            .iter()
            .fold(over, |text, lead| text.strip_prefix(lead).unwrap_or(text));
        return words::of(Class::TimeAllowed).has(over).then(|| Change::To("超过目标值不得分".to_owned()));
    }
    let earned = match own_points(text) {
        Some((state, _)) => text.get(state.len()..)?,
        None => text.get(list::FULL_MARKS_ENDS.strip_end(text)?.len()..)?,
    };
    let state = text.strip_suffix(earned)?.trim_end_matches(['的', '，']);
    let act = list::ON_TIME.strip(state)?;
    let done = act.is_empty() || words::of(Class::EventsDone).has(act) || list::FINISHINGS.has(act);
    let within = state.contains('内');
    // Steps of days late are of lateness.
    let late = place
        .all
        .iter()
        .any(|segment| segment.text.starts_with('每') && list::STEP_LATE.within(segment.text));
    (done && within && !late)
        .then(|| Change::To(format!("不超过目标值{}", earned.trim_start_matches(['的', '，']))))
}

/// 超预算得0分 where the rest is of a 节约率: less than nothing was saved.
pub(super) fn below_nothing(place: &Place) -> Option<Change> {
    let state = earns_nothing(place.text())?;
    let state = state.strip_suffix('的').unwrap_or(state);
    let saved = ["节约率", "节支率"].iter().find(|rate| {
        place.indicator.contains(*rate) || place.all.iter().any(|segment| segment.text.contains(*rate))
    })?;
    let figures = place
        .all
        .iter()
        .any(|segment| own_points(segment.text).is_some_and(|(words, _)| words.contains('%')));
    let before = place.all.iter().find_map(|segment| {
        let at = segment.text.find(saved)?;
        let name = segment.text.get(..at)?;
        (is_name(name) || name.is_empty()).then_some(name)
    });
    let name = before.unwrap_or_default();
    (list::OVERSPENT.has(state) && figures).then(|| Change::To(format!("{name}{saved}低于0%不得分")))
}

/// 按时足额发放得5分，未按时或未足额发放不得分: what the only other is not.
pub(super) fn or_denied(place: &Place) -> Option<Change> {
    let denied = earns_nothing(place.text())?;
    let mut others = place.all.iter().take(place.at).filter(|segment| earns(segment.text));
    let only = others.next().filter(|_| others.next().is_none())?.text;
    let steps = place.all.iter().any(|segment| segment.text.contains('每'));
    let figures = only.chars().take_while(|c| *c != '得').any(|c| c.is_ascii_digit());
    let pieces: Vec<&str> = denied.split(['或', '、']).collect();
    let denies_it = |piece: &&str| {
        list::DENIALS
            .strip(piece)
            .is_some_and(|asked| asked.chars().nth(1).is_some() && only.contains(asked) && !denies(asked))
    };
    let later = place.all.iter().skip(place.at.saturating_add(1)).any(|segment| earns(segment.text));
    (pieces.len() > 1
        && pieces.iter().all(denies_it)
        && !steps
        && !figures
        && !later
        && !denies(only_state(only)))
    .then(|| Change::To("否则不得分".to_owned()))
}

fn only_state(text: &str) -> &str {
    own_points(text).map_or(text, |(state, _)| state)
}

/// 三星以下不得分 behind 三星得4分: what is below all that are listed.
pub(super) fn below_the_listed(place: &Place) -> Option<Change> {
    let level = earns_nothing(place.text())?.strip_suffix("以下")?;
    let plain = is_name(level) && !denies(level) && level.chars().count() <= MAX_LEVEL;
    let listed = place.all.iter().take(place.at).any(|segment| {
        own_points(segment.text).is_some_and(|(state, n)| {
            !n.is_zero() && state.trim_end_matches(['的', '，', '级']).ends_with(level.trim_end_matches('级'))
        })
    });
    let figures = place.all.iter().take(place.at).any(|segment| {
        own_points(segment.text).is_some_and(|(state, _)| state.contains(|c: char| c.is_ascii_digit()))
    });
    let last = place.all.iter().skip(place.at.saturating_add(1)).all(|segment| !earns(segment.text));
    (plain && listed && last && !figures).then(|| Change::To("其余不得分".to_owned()))
}

/// Names of levels are short.
const MAX_LEVEL: usize = 6;

/// 保存率85%为合格，得5分; 达到85%为达标，得5分: that it is enough is what the points say.
pub(super) fn is_enough(place: &Place) -> Option<Change> {
    let rest = words::of(Class::Enough).strip_end(place.text().trim_end_matches('的'))?;
    let figure = rest.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '上'));
    let earned = place.behind().is_some_and(|next| {
        let mut rest = next;
        next.starts_with(['得', '计', '给'])
            && attempt(&mut rest, |i| award(i, true)).is_some()
            && rest.is_empty()
    });
    (figure && earned).then(|| Change::To(rest.to_owned()))
}

/// 未发生案件且开展教育4次以上得5分 beside 发生案件的，本项不得分: the veto says the first half.
pub(super) fn beside_a_veto(place: &Place) -> Option<Change> {
    let rest = list::NOT_HAPPENED.strip(place.text())?;
    let (harm, rest) = rest.split_once('且').or_else(|| rest.split_once("，且"))?;
    let plain = is_name(harm) && !denies(harm) && harm.chars().nth(1).is_some();
    let vetoes = place.all.iter().enumerate().any(|(at, segment)| {
        // 发生违纪违法案件 beside 未发生案件
        let happened = list::SOME_ALONE.strip(segment.text).is_some_and(|text| {
            let what = earns_nothing(text).unwrap_or(text).trim_end_matches('的');
            what.starts_with(harm) || what.ends_with(harm)
        });
        let next = place.all.get(at.saturating_add(1)).map_or("", |next| next.text);
        happened && (NOTHING.ends(segment.text) || (segment.text.ends_with('的') && NOTHING.ends(next)))
    });
    (plain && vetoes && rest.chars().nth(3).is_some()).then(|| Change::To(rest.to_owned()))
}

/// 发生1起食品安全事件本项不得分: one is any.
pub(super) fn one_is_any(place: &Place) -> Option<Change> {
    let text = place.text();
    let how = list::SOME_ALONE.longest(text)?;
    let rest = text.strip_prefix(how)?;
    let rest = list::ONE_OF_IT.strip(rest)?;
    let rest = ["起", "例", "件", "次", "宗"].iter().find_map(|unit| rest.strip_prefix(unit))?;
    let rest = list::AND_MORE.strip(rest).unwrap_or(rest);
    let harm = earns_nothing(rest)?;
    let harm = words::of(Class::ItsOwn).strip_end(harm).unwrap_or(harm).trim_end_matches(['的', '，']);
    let none = place.all.iter().any(|segment| list::NOT_HAPPENED.begins(segment.text));
    (is_name(harm) && !denies(harm) && none).then(|| Change::To(format!("{how}{harm}不得分")))
}

/// 6个月以上未移交不得分 behind 3个月内移交得4分: not within them.
pub(super) fn not_within(place: &Place) -> Option<Change> {
    let undone = earns_nothing(place.text())?;
    let over = list::MORE_THAN_SIGNS.strip(undone);
    let (amount, taken) = scan_quantity(over.unwrap_or(undone))?;
    let timed = crate::criterion::grammar::condition::is_time(&amount.unit) && amount.sign.is_none();
    let (figure, rest) = over.unwrap_or(undone).split_at_checked(taken)?;
    let rest = match over {
        Some(_) => rest,
        None => rest.strip_prefix("以上").or_else(|| rest.strip_prefix("后"))?,
    };
    let act = rest.strip_prefix('未').or_else(|| rest.strip_prefix("仍未"))?;
    let asked = place
        .all
        .iter()
        .take(place.at)
        .any(|segment| segment.text.contains(act) && segment.text.contains('内'));
    (timed && asked && is_name(act) && !denies(act) && act.chars().nth(1).is_some())
        .then(|| Change::To(format!("超过{figure}{act}不得分")))
}

/// 得分=分值*系数。完成率≥100%系数为1；80%-100%系数为0.8: so much of the weight.
pub(super) fn coefficient(place: &Place) -> Option<Change> {
    let said = |text: &str| {
        let right = SCORE_NAMES.strip(text).and_then(|right| right.strip_prefix('='));
        right.and_then(|right| right.split_once('*')).is_some_and(|(a, b)| {
            let of = |text: &str| text.ends_with("系数") && is_name(text) && !denies(text);
            (WEIGHT.has(a) && of(b)) || (WEIGHT.has(b) && of(a))
        })
    };
    let share = |text: &str| -> Option<String> {
        let (before, behind) = text.split_once("系数")?;
        let before = ["完成", "计分", "得分", "评分", "对应", "其"]
            .iter()
            .fold(before, |text, word| text.strip_suffix(word).unwrap_or(text));
        let figure = list::LOOSE_LEADS.strip(behind).or_else(|| behind.strip_prefix('=')).unwrap_or(behind);
        let share: crate::base::Number = figure.parse().ok()?;
        let percent = share
            .times(crate::base::Number::from(100))
            .filter(|_| share <= crate::base::Number::ONE && !share.is_negative())?;
        let before = before.trim_end_matches(['，', '的', ':']);
        (!before.is_empty()).then(|| {
            if percent.is_zero() {
                format!("{before}不得分")
            } else {
                format!("{before}得分值的{percent}%")
            }
        })
    };
    if place.all.iter().filter(|segment| said(segment.text)).count() != 1 {
        return None;
    }
    let all = place.all.iter().all(|segment| said(segment.text) || share(segment.text).is_some());
    if !all || place.all.len() < 3 {
        return None;
    }
    if said(place.text()) { Some(Change::Drop) } else { share(place.text()).map(Change::To) }
}

/// 收入10万元以上的村占比达到80%得5分: the rate is of those of which its name has a figure.
pub(super) fn rate_of_those(place: &Place) -> Option<Change> {
    let text = place.text();
    let bounds = [list::LOWER_IN, list::UPPER_IN, list::LOWER_OUT, list::UPPER_OUT];
    let (name, rest) = text.char_indices().skip(2).find_map(|(at, _)| {
        let (name, rest) = text.split_at_checked(at)?;
        let figure = bounds.iter().find_map(|class| class.strip(rest))?;
        let (amount, _) = scan_quantity(figure)?;
        (amount.unit.is_ratio() && list::RATE_SIGNS.ends(name)).then_some((name, rest))
    })?;
    let (those, rate) = name.rsplit_once('的')?;
    let figure = those.contains(|c: char| c.is_ascii_digit()) && !those.contains('%');
    let plain = those.chars().all(|c| c.is_alphanumeric() || c == '.')
        && !list::SAYS_POINTS.within(those)
        && !list::JOINS_CONDITIONS.within(those)
        && !list::DENIALS.within(those)
        && is_name(rate)
        && !denies(rate);
    let only = place.all.iter().filter(|segment| list::RATE_SIGNS.within(segment.text)).count() == 1;
    let target = place.target.and_then(Notation::quantity).is_none_or(|target| target.unit.is_ratio());
    (place.at == 0 && figure && plain && only && target && rate.chars().nth(1).is_some())
        .then(|| Change::To(format!("{rate}{rest}")))
}

/// 平均每名教师负担学生不超过15人得4分, 每周开放≥42小时得5分: what is measured is of each of them.
pub(super) fn mean_of_each(place: &Place) -> Option<Change> {
    let text = place.text();
    let rest = text.strip_prefix("平均每").or_else(|| text.strip_prefix('每'))?;
    let mean = text.starts_with("平均");
    let each = words::of(Class::EachOfThese).longest(rest)?;
    let named = rest.strip_prefix(each)?;
    let figure = named.find(|c: char| c.is_ascii_digit())?;
    let (name, figures) = named.split_at_checked(figure)?;
    let bounds = [list::LOWER_IN, list::UPPER_IN, list::LOWER_OUT, list::UPPER_OUT];
    let bare = bounds.iter().find_map(|class| class.strip_end(name))?;
    let (amount, _) = scan_quantity(figures)?;
    // 每月检查≥2次 is counted over the year by whoever fills it in.
    let summed = crate::criterion::grammar::condition::is_count(&amount.unit) && !mean;
    let target = place
        .target
        .and_then(Notation::quantity)
        .is_some_and(|target| target.in_base() == amount.in_base() && target.unit.comparable(&amount.unit));
    let whole = match own_points(text) {
        Some((_, points)) => place.weight.is_none_or(|weight| weight.number() == points),
        None => list::FULL_MARKS_ENDS.ends(text),
    };
    (!summed && target && whole && is_name(bare) && !denies(bare) && bare.chars().nth(1).is_some())
        .then(|| Change::To(named.to_owned()))
}

/// 不降反升得0分 beside 下降幅度≥4%得4分，未完成按下降幅度/4%*4分计分: what rose has not fallen, which earns nothing anyway.
pub(super) fn turned(place: &Place) -> Option<Change> {
    let state = earns_nothing(place.text())?;
    let way = list::TURNED_ROUND.has(state);
    let by_size = place.all.iter().any(|segment| {
        let text = segment.text;
        (text.contains("幅度/") || text.contains("幅度*") || text.contains("按比例")) && text.contains('按')
    });
    (way && by_size).then_some(Change::Drop)
}

/// 取最高奖项计分, 按最高等级得分: the highest level counts.
pub(super) fn the_highest(place: &Place) -> Option<Change> {
    let rest = words::of(Class::Highest).strip(place.text())?;
    let thing = words::of(Class::Scored).strip_end(rest)?;
    let plain = thing.is_empty() || (is_name(thing) && !denies(thing) && thing.chars().count() <= MAX_LEVEL);
    let states = place
        .all
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != place.at)
        .all(|(_, segment)| earns(segment.text));
    let apart = place.all.iter().any(|segment| {
        own_points(segment.text).is_some_and(|(_, n)| n.is_zero()) || earns_nothing(segment.text).is_some()
    });
    let plainly = words::of(Class::HighestCounts).iter().next()?;
    (plain && states && apart).then(|| Change::To(plainly.to_owned()))
}

/// PM2.5年均浓度不高于目标值得满分, 1分钟内出动率≥98%得6分: the indicator by its full name, which has a figure in it.
pub(super) fn named_with_figure(place: &Place) -> Option<Change> {
    let text = place.text();
    let bounds = [list::LOWER_IN, list::UPPER_IN, list::LOWER_OUT, list::UPPER_OUT];
    let at = text.char_indices().map(|(at, _)| at).skip(2).find(|at| {
        let rest = text.get(*at..).unwrap_or_default();
        bounds
            .iter()
            .filter_map(|class| class.strip(rest))
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) || TARGET.begins(rest))
    })?;
    let (name, rest) = text.split_at_checked(at)?;
    let end: String = {
        let signs: Vec<char> = name.chars().collect();
        signs.get(signs.len().checked_sub(2)?..)?.iter().collect()
    };
    let figure = name.contains(|c: char| c.is_ascii_digit());
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '.')
        && !list::SAYS_POINTS.within(name)
        && !list::JOINS_CONDITIONS.within(name)
        && !denies(name)
        && !list::HELD_AGAINST.within(name);
    let own = place.indicator.ends_with(end.as_str())
        || (end.ends_with('率')
            && place.indicator.ends_with('率')
            && place.indicator.contains(end.trim_end_matches('率')));
    let only = place.all.iter().filter(|segment| segment.text.contains(end.as_str())).count() == 1;
    (place.at == 0 && figure && plain && own && only).then(|| Change::To(rest.to_owned()))
}
