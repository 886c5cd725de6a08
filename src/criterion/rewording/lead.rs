//! What a stretch begins with, in plainer words: 不晚于6月30日完工 is 6月30日前完工, 零增长或负增长 is 不高于0%.

use super::{Change, Place};
use crate::base::{Number, Weight};
use crate::criterion::checklist::item_points::own_points as points_at_end;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::scan::{attempt, denies, is_name};
use crate::criterion::grammar::words::{FALLS, HARM, NEGATIVE, RISES, STAYS};
use crate::notation::{Notation, scan_date, scan_quantity};
use crate::rule::Award;
use crate::words::{self, Class, list};

/// 不晚于2023年11月30日完工得4分
pub(super) fn no_later_than(place: &Place) -> Option<Change> {
    let text = place.text();
    let (at, word) = words::of(Class::NoLaterThan).find(text)?;
    let name = text.get(..at)?;
    let rest = text.get(at.saturating_add(word.len())..)?;
    let (_, taken) = scan_date(rest, false)?;
    let (day, behind) = rest.split_at_checked(taken)?;
    let open = !behind.starts_with(['前', '后', '内', '之', '以', '至', '-', '(', '到']);
    (open && (name.is_empty() || is_name(name))).then(|| Change::To(format!("{name}{day}前{behind}")))
}

/// 3月31日前报送得5分, the only day, and no year to it: in time, as the target says.
pub(super) fn in_time(place: &Place) -> Option<Change> {
    let text = place.text();
    let dated = |text: &str| {
        text.char_indices().any(|(at, c)| {
            c.is_ascii_digit() && text.get(at..).is_some_and(|rest| scan_date(rest, false).is_some())
        })
    };
    let (when, taken) = scan_date(text, false).filter(|_| text.starts_with(|c: char| c.is_ascii_digit()))?;
    let rest = text.get(taken..)?;
    let act = ["之前", "以前", "前"].iter().find_map(|before| rest.strip_prefix(before))?;
    let day = matches!(when.part, crate::notation::date::YearPart::Day(..))
        || text.get(..taken)?.ends_with(['底', '末']);
    let (state, _) = points_at_end(act)?;
    let due = place.target.is_some_and(Notation::is_date);
    let only = place.all.iter().filter(|segment| dated(segment.text)).count() == 1;
    let acts = state.trim_end_matches(['的', '，']);
    let plain = !acts.is_empty() && is_name(acts) && !denies(acts);
    (when.year.is_none() && day && !due && only && plain && place.target.is_none())
        .then(|| Change::To(format!("按时{act}")))
}

/// 9月底支付进度≥75%: the day of which the only rate is.
pub(super) fn as_of(place: &Place) -> Option<Change> {
    let dated = |text: &str| {
        text.char_indices().any(|(at, _)| text.get(at..).is_some_and(|rest| day(rest).is_some()))
    };
    let text = place.text();
    let text = ["截至", "截止", "截止到"].iter().find_map(|until| text.strip_prefix(until)).unwrap_or(text);
    let taken = day(text)?;
    let rest = text.get(taken..)?;
    let figure = rest.find(|c: char| c.is_ascii_digit())?;
    let name = rest.get(..figure)?;
    let of_rate =
        rest.get(figure..)?.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').starts_with('%');
    let alone = place.all.iter().filter(|segment| dated(segment.text)).count() == 1;
    let named = name.chars().nth(1).is_some()
        && !name.starts_with(['前', '后', '内', '之', '以', '至', '-', '(', '到']);
    (of_rate && alone && named).then(|| Change::To(rest.to_owned()))
}

/// The bytes of a day at the end of a month.
fn day(text: &str) -> Option<usize> {
    let begins = text.starts_with(|c: char| c.is_ascii_digit());
    let (_, taken) = scan_date(text, false).filter(|_| begins)?;
    text.get(..taken).filter(|day| day.ends_with(['底', '末'])).map(str::len)
}

/// 资产账实相符率(3分)≥99%得3分: the points once more.
pub(super) fn own_points(place: &Place) -> Option<Change> {
    let text = place.text();
    let (name, rest) = text.split_once('(')?;
    let (inside, rest) = rest.split_once(')')?;
    let (_, at_end) = points_at_end(rest)?;
    let (before, own) = points_at_end(inside)?;
    let plain =
        before.is_empty() && own == at_end && is_name(name) && !rest.starts_with(':') && !rest.contains('(');
    plain.then(|| Change::To(format!("{name}{rest}")))
}

/// 零增长或负增长不得分
pub(super) fn no_growth(place: &Place) -> Option<Change> {
    let text = place.text();
    let (at, word) = words::of(Class::NoGrowth).find(text)?;
    let (name, rest) = (text.get(..at)?, text.get(at.saturating_add(word.len())..)?);
    let name =
        ["同比", "的", "为", "较上年"].iter().fold(name, |name, end| name.strip_suffix(end).unwrap_or(name));
    (name.is_empty() || is_name(name)).then(|| Change::To(format!("{name}不高于0%{rest}")))
}

/// 存在截留、挪用情形之一的, 发现截留、挪用任一情形的: any of them.
pub(super) fn one_of_these(place: &Place) -> Option<Change> {
    let text = place.text();
    let (at, word) = words::of(Class::AnyOfThese).find(text)?;
    let (before, behind) = (text.get(..at)?, text.get(at.saturating_add(word.len())..)?);
    let lists = before.contains('、') || before.contains('或');
    let bad = words::of(Class::Misdeeds).within(before);
    let ends = behind.is_empty() || behind.starts_with(['的', '，', '，']);
    (lists && bad && ends).then(|| Change::To(format!("{before}情形{behind}")))
}

/// 两者之间得分=(支出率-80%)/(92%-80%)*8, 中间值用插值法:得分=…, 否则按(…)/30%*3计算: the line says between what.
pub(super) fn in_between(place: &Place) -> Option<Change> {
    let text = place.text();
    let rest = words::of(Class::InBetween).strip(text)?;
    let rest = rest.trim_start_matches(['，', ':', '的']);
    let line = ["得分=(", "按(", "按照("].iter().any(|lead| rest.starts_with(lead)) && rest.contains('-');
    line.then(|| Change::To(rest.to_owned()))
}

/// 60%以下0分, 本项0分: no points, without a verb.
pub(super) fn nothing(place: &Place) -> Option<Change> {
    let before = place.text().strip_suffix("0分")?;
    let bare = before.ends_with(['下', '的', '项', '者', '未', '过', '成', '标', '%', '求']);
    (bare && !before.is_empty()).then(|| Change::To(format!("{before}不得分")))
}

/// 通过终验再得3分: beside what another earns.
pub(super) fn again(place: &Place) -> Option<Change> {
    let text = place.text();
    let (before, behind) = text.split_once("再得")?;
    let begins = place.at > 0 && points_at_end(text).is_some() && is_name(before);
    begins.then(|| Change::To(format!("{before}得{behind}")))
}

/// 得满4分为止, 减至0分为止, 以满分为限
pub(super) fn in_all(place: &Place) -> Option<Change> {
    let text = place.text();
    let inside = text.strip_prefix("得满").or_else(|| text.strip_prefix("计满"))?;
    let points = inside.strip_suffix("为止")?;
    points.ends_with('分').then(|| Change::To(format!("最高得{points}")))
}

/// 超过5%后每增加1个百分点扣0.5分: from there on.
pub(super) fn beyond_each(place: &Place) -> Option<Change> {
    let (before, behind) = place.text().split_once("后每")?;
    let bound = before.ends_with('%') && list::BEYOND_BOUND.within(before);
    bound.then(|| Change::To(format!("{before}的，每{behind}")))
}

/// 控制率(实际支出/预算安排*100%)控制在100%以内计3分: the formula, and then the condition.
pub(super) fn formula_in_brackets(place: &Place) -> Option<Change> {
    let text = place.text();
    let (name, rest) = text.split_once('(')?;
    let (formula, rest) = rest.split_once(')')?;
    let formula = formula.strip_prefix('=').unwrap_or(formula);
    let (above, below) = formula.trim_end_matches("*100%").split_once('/')?;
    let named = [name, above, below].iter().all(|part| is_name(part) && part.chars().nth(1).is_some());
    let goes_on = !rest.is_empty() && !rest.contains('(') && !name.contains('=');
    (named && goes_on).then(|| Change::To(format!("{name}={formula}；{name}{rest}")))
}

/// 按每上升一个百分点扣0.6分处理: steps, at length.
pub(super) fn by_each(place: &Place) -> Option<Change> {
    let rest = place.text().strip_prefix('按').filter(|rest| rest.starts_with('每'))?;
    let short =
        ["处理", "扣减", "计算", "执行", "计"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    (short.ends_with('分') && short.contains('扣')).then(|| Change::To(short.to_owned()))
}

/// 每周开放56小时及以上得4分, 每千人检验量达到4批次计4分: what is measured is of each week, and the steps are others.
pub(super) fn of_each_period(place: &Place) -> Option<Change> {
    let rest = place.text().strip_prefix('每')?;
    let period =
        ["周", "月", "年", "天", "日", "千人", "万人", "百人", "人"].iter().any(|of| rest.starts_with(of));
    let (_, points) = points_at_end(rest)?;
    let figure = rest.find(|c: char| c.is_ascii_digit())?;
    let name = rest.get(..figure)?;
    let bound = ["达到", "不少于", "不低于"].iter().any(|word| name.ends_with(word)) || rest.contains("以上");
    let whole = place.weight.is_none_or(|weight| weight.number() == points);
    (period && bound && whole && !rest.contains('扣') && name.chars().nth(2).is_some())
        .then(|| Change::To(rest.to_owned()))
}

/// 降幅低于2%的 beside 下降2%以上: the change by its size.
pub(super) fn size_of_change(place: &Place) -> Option<Change> {
    let text = place.text();
    let beside =
        |word: &str| place.all.iter().any(|segment| segment.text.contains(word) && segment.text != text);
    let pairs = [("降幅", "下降"), ("增幅", "增长")];
    let (size, change) = pairs.iter().find(|(size, change)| text.starts_with(size) && beside(change))?;
    Some(Change::To(text.replace(size, change)))
}

/// 未达到98%但达到95%的扣1分, 低于100%但高于90%: both bounds of one rung.
pub(super) fn two_bounds(place: &Place) -> Option<Change> {
    let text = place.text();
    let senses = [
        (Class::BoundBelow, "小于"),
        (Class::BoundAtLeast, "大于等于"),
        (Class::BoundAbove, "大于"),
        (Class::BoundAtMost, "小于等于"),
    ];
    let bound = |text: &str| -> Option<(usize, &'static str, usize)> {
        let of = |(class, sign): &(Class, &'static str)| {
            words::of(*class).longest(text).map(|word| (word.len(), *sign))
        };
        let (length, sign) = senses.iter().filter_map(of).max_by_key(|(length, _)| *length)?;
        let (_, taken) = scan_quantity(text.get(length..)?)?;
        Some((length, sign, taken))
    };
    let at = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| text.get(*at..).is_some_and(|t| bound(t).is_some()))?;
    let (name, rest) = text.split_at_checked(at)?;
    let (lead, first, taken) = bound(rest)?;
    let one = rest.get(lead..lead.checked_add(taken)?)?;
    let rest = rest.get(lead.checked_add(taken)?..)?;
    let link = words::of(Class::ClauseLinks).strip(rest.trim_start_matches('，'))?;
    let (lead, second, taken) = bound(link)?;
    let other = link.get(lead..lead.checked_add(taken)?)?;
    let behind = link.get(lead.checked_add(taken)?..)?;
    let apart = first.starts_with('大') != second.starts_with('大');
    let ends = behind.is_empty() || behind.starts_with(['的', '，', '得', '扣', '计', '时']);
    let plain = name.is_empty() || is_name(name);
    (apart && ends && plain).then(|| {
        let (low, high) = if first.starts_with('大') {
            (format!("{first}{one}"), format!("{second}{other}"))
        } else {
            (format!("{second}{other}"), format!("{first}{one}"))
        };
        Change::To(format!("{name}{low}{high}{behind}"))
    })
}

/// 逾期超过3个月或未完成不得分: either of them.
pub(super) fn or_undone(place: &Place) -> Option<Change> {
    let text = place.text();
    let (one, other) = text.split_once("或未")?;
    let at = other.char_indices().map(|(at, _)| at).skip(1).find(|at| {
        let mut rest = other.get(*at..).unwrap_or_default();
        attempt(&mut rest, |i| award(i, true)).is_some() && rest.is_empty()
    })?;
    let (act, earned) = other.split_at_checked(at)?;
    let earned = earned.trim_start_matches(['的', '，']);
    let act = act.trim_end_matches(['的', '，']);
    // 市级或未获奖 is no bound beside what was not done.
    let bound = one.contains(|c: char| c.is_ascii_digit()) || words::of(Class::NoLaterThan).within(one);
    let plain = is_name(act) && !denies(act) && !one.contains(['或', '未', '不', '、']);
    (bound && plain).then(|| Change::To(format!("{one}{earned}；未{act}{earned}")))
}

/// 下降不足1%或上升不得分: either of them.
pub(super) fn or_turned(place: &Place) -> Option<Change> {
    let (one, other) = place.text().split_once('或')?;
    let turn = [RISES, FALLS, STAYS, NEGATIVE]
        .iter()
        .filter_map(|words| words.longest(other))
        .max_by_key(|w| w.len())?;
    let earned = other.get(turn.len()..)?;
    let mut rest = earned;
    let nothing = attempt(&mut rest, |i| award(i, true)) == Some(Award::ZERO) && rest.is_empty();
    let bound = one.contains(|c: char| c.is_ascii_digit()) && !one.contains('、');
    (nothing && bound).then(|| Change::To(format!("{one}{earned}；{turn}{earned}")))
}

/// 完成拆除任务的得5分: what is to be done is called by what it is.
pub(super) fn task(place: &Place) -> Option<Change> {
    let text = place.text();
    let rest = text.strip_prefix("完成")?;
    let (thing, behind) = ["任务", "计划"].iter().find_map(|word| rest.split_once(word))?;
    let short = thing.chars().count() <= 6 && thing.chars().nth(1).is_some();
    let plain = is_name(thing) && !denies(thing) && !words::of(Class::Demands).within(thing);
    let ends = behind.starts_with(['的', '，', '得', '计']);
    (short && plain && ends).then(|| Change::To(format!("完成任务{behind}")))
}

/// 新增1家得1分 before 最高4分: each of them.
pub(super) fn each_of_it(place: &Place) -> Option<Change> {
    let text = place.text();
    let (before, points) = points_at_end(text)?;
    let at = before.find(|c: char| c.is_ascii_digit() || c == '一')?;
    let (verb, rest) = before.split_at_checked(at)?;
    let (amount, taken) = scan_quantity(rest)?;
    let one = amount.number == Number::ONE && amount.sign.is_none() && is_count(&amount.unit);
    let whole = rest.get(taken..).is_some_and(|behind| behind.trim_end_matches(['的', '，']).is_empty());
    let capped = place.behind().is_some_and(|next| {
        let most = ["最高", "满分", "最多", "封顶", "不超过", "共"].iter().any(|word| next.contains(word));
        let weight = place.weight.map(Weight::number);
        most && points_at_end(next).is_some_and(|(_, n)| Some(n) == weight) && Some(points) < weight
    });
    let plain = is_name(verb) && !denies(verb) && verb.chars().count() <= 6 && !HARM.within(verb);
    (one && whole && capped && plain).then(|| Change::To(format!("每{text}")))
}
