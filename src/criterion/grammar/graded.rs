//! A condition with its award, or alone: 满意度≥90%得满分, 低于90%的.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::notation::Unit;
use crate::rule::{Award, Point};

use crate::criterion::grammar::award::{award, bracketed, then};
use crate::criterion::grammar::clause::{Clause, Given};
use crate::criterion::grammar::condition::{
    About, Condition, End, Shape, Stretch, condition, is_count, is_time, may_begin,
};
use crate::criterion::grammar::kinds::moves;
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, denies, is_name, lit, of_name, word};
use crate::criterion::grammar::words::{ACTS_COUNTED, FALLS, GIVE, HARM, MARKS_GIVEN, RISES, TARGET, WEIGHT};
use crate::words::{self, Class, Lexicon, list};

/// Names before a condition end within so many characters.
const MAX_SUBJECT: usize = 30;

/// Objects between a figure and its award are short.
const MAX_OBJECT: usize = 6;

/// What is done in a stretch of days is a verb, with or without what it is done to.
const MAX_ACT: usize = 12;

/// Words of degree and manner: 部分完成 is a state of its own, no 完成 of a 部分.
const DEGREES: &Lexicon = &Lexicon::new(&[
    "部分", "基本", "大体", "大致", "全面", "超额", "提前", "及时", "较", "很", "完全", "已", "均", "都",
    "也", "尚", "仍", "几乎", "大多", "多数", "少数", "半", "初步", "逐步", "将", "能", "可", "应", "须",
    "需", "必须",
]);

/// Names of things that begin or end like them.
const NO_DEGREES: &Lexicon = &Lexicon::new(&[
    "可用",
    "可靠",
    "可再生",
    "可回收",
    "能耗",
    "能源",
    "能力",
    "应急",
    "应保尽保",
    "应纳尽纳",
    "应救尽救",
    "应检尽检",
    "应发尽发",
    "应开尽开",
    "应享尽享",
    "应补尽补",
    "应助尽助",
    "应办尽办",
    "应收",
    "应缴",
    "均等",
    "均衡",
    "需求",
    "半径",
    "许可",
    "功能",
    "职能",
    "节能",
    "性能",
    "效能",
    "产能",
    "供应",
    "响应",
    "人均",
    "户均",
    "亩均",
]);

/// 及时率, 全面性: how much of something is done so, which is a thing that is measured.
fn names_a_rate(text: &str, degree: &str) -> bool {
    let named = text.strip_prefix(degree).is_some_and(|rest| rest.starts_with(['率', '性', '度']));
    // 及时到位率 is 到位及时率.
    named || (list::MANNERS_OF_RATES.has(degree) && text.ends_with('率'))
}

/// Whether a text before a condition can be what it measures.
fn is_subject(text: &str, given: Given) -> bool {
    if is_share_of(text) {
        return true;
    }
    if matches!(text, "" | "平均") || text.chars().any(|c| c.is_ascii_digit()) {
        return matches!(text, "" | "平均");
    }
    // 压减 is a change, no verb of points.
    let ends = ['得', '计', '记', '给', '扣', '按', '减', '加', '占', '相', '前', '第'];
    // 重点任务共8项 says how many there are, and is no bound.
    let counts = text.ends_with('共') && !text.ends_with("公共");
    // B等得权重的80% is an award, and 80% no bound.
    let earned = WEIGHT.strip_end(text.trim_end_matches('的')).is_some_and(|before| GIVE.ends(before));
    if counts || earned || (text.ends_with(ends) && !FALLS.has(text) && !RISES.has(text)) {
        return false;
    }
    let begins = DEGREES.longest(text).is_some_and(|degree| !names_a_rate(text, degree))
        && NO_DEGREES.longest(text).is_none();
    if begins || (DEGREES.ends(text) && !NO_DEGREES.ends(text)) {
        return false;
    }
    let about = text.ends_with(['约', '近'])
        && !["节约", "履约", "违约", "合约", "预约", "签约"].iter().any(|w| text.ends_with(w));
    if about {
        return false;
    }
    let own = given.indicator.contains(text);
    // 平均用时 is what is measured, like 用时.
    let text = text.strip_prefix("平均").filter(|rest| !rest.is_empty()).unwrap_or(text);
    // 故障平均恢复时间
    let mean = without_mean(text);
    let text = mean.as_str();
    // 同比增长率: a rate of change that names the year before.
    let since = list::RATE_OF_CHANGE_ENDS.ends(text);
    let text = &without_since(text, since);
    // 测评得分达到90分, 平均分达到90分: marks that others gave.
    let text = MARKS_GIVEN.strip_end(text).unwrap_or(text);
    if text.is_empty() {
        return true;
    }
    own || (is_name(text) && !denies(text))
}

/// 收入10万元以上的村占比, 一年以上往来款占比: a share of those that a bound tells from the others.
fn is_share_of(text: &str) -> bool {
    if !list::SHARES_BY_NAME.ends(text) || denies(text) {
        return false;
    }
    let mut plain = String::new();
    let mut bounds = 0_usize;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let bound = attempt(&mut rest, |i| {
            amount(i)?;
            word(list::WITHIN_BOUNDS).parse_next(i)
        });
        if bound.is_some() {
            bounds = bounds.saturating_add(1);
            continue;
        }
        plain.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    bounds == 1 && is_name(&plain)
}

/// 故障平均恢复时间, 平均单位成本: the name of a mean of what each took or cost, without that it is one.
pub(crate) fn without_mean(text: &str) -> String {
    let of_each = text.split_once("平均").is_some_and(|(_, of)| {
        list::MEANS.within(of)
            || ((list::RATE_ENDS.ends(of) || list::RATE_OF_CHANGE_ENDS.ends(of))
                && of.chars().nth(2).is_some())
    });
    if of_each { text.replacen("平均", "", 1) } else { text.to_owned() }
}

/// 同比增长率: the name of a rate of change without the year that it is a change from.
fn without_since(text: &str, rate: bool) -> String {
    let since = words::of(Class::ChangedSince);
    let whole = text.to_owned();
    if rate { since.iter().fold(whole, |text, word| text.replace(word, "")) } else { whole }
}

/// 较上年增长: the change itself, without what it is a change from; whether the indicator is such a change is
/// judged where its name is compared.
fn change(name: &str) -> Option<&str> {
    // 单位能耗较上年下降
    let at = ["较", "比", "同比"].iter().filter_map(|word| name.find(word)).min()?;
    let before = name.get(..at).filter(|b| b.is_empty() || (is_name(b) && !denies(b)))?;
    let name = name.get(before.len()..)?;
    let since = name.strip_prefix("同比");
    let rest = since.or_else(|| ["较", "比"].iter().find_map(|word| name.strip_prefix(word)))?;
    let years = ["上年同期", "去年同期", "上年度", "上一年度", "上一年", "上年", "去年", "同期", ""];
    let rest = years.iter().find_map(|year| rest.strip_prefix(year))?;
    if RISES.has(rest) || FALLS.has(rest) {
        return Some(rest);
    }
    // 较上年增长率, 较上年增幅: the change itself; 同比增长率 is the rate's own name.
    let way = ["幅度", "率"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let short = ["增幅", "增速", "降幅"].contains(&rest);
    if since.is_some() {
        return None;
    }
    (RISES.has(way) || FALLS.has(way)).then_some(way).or_else(|| short.then_some(rest))
}

/// 若满意度, 如果满意度, 当满意度: the name after the word that leads to a condition.
fn without_if(name: &str) -> &str {
    let other = ["如期", "如实", "如约", "当年", "当地", "当期", "当月", "当季", "当日", "当前"];
    if other.iter().any(|w| name.starts_with(w)) {
        return name;
    }
    ["如果", "若", "如", "当", "凡"].iter().find_map(|w| name.strip_prefix(w)).unwrap_or(name)
}

/// A condition with its award, or alone.
pub(crate) fn graded(input: &mut Input<'_>, given: Given) -> Outcome<Clause> {
    let start = *input;
    for (at, _) in start.char_indices().take(MAX_SUBJECT) {
        if !start.get(at..).is_some_and(may_begin) {
            continue;
        }
        let before = start.get(..at).unwrap_or_default();
        // 误差≤10% is no 差 of 误.
        if start.get(at..).is_some_and(|rest| rest.starts_with('差')) && list::DIFFERENCES.ends(before) {
            continue;
        }
        let (lead, name) = before.rsplit_once(':').unwrap_or(("", before));
        let name = without_if(name.strip_suffix("*100%").unwrap_or(name));
        let name = change(name).unwrap_or(name);
        let mut rest = start.get(at..).unwrap_or_default();
        let Some(found) = attempt(&mut rest, |i| condition(i, given)) else { continue };
        // 排名后3位 counts from the other end.
        if list::FROM_THE_END.ends(before) && is_place(&found) {
            return Err(EmptyError);
        }
        // Names are weighed last: most places are no condition anyway.
        // 以实际值占目标值的比例计分: is no title, it says what the bounds are of; 数量指标: is one.
        let target = TARGET.iter().any(|word| word.chars().nth(2).is_some() && lead.contains(word));
        let titled = is_name(lead) && !denies(lead) && !target;
        if !is_subject(name, given) || !(lead.is_empty() || titled) {
            continue;
        }
        let subject = if name.is_empty() { found.subject.clone() } else { Some(name.to_owned()) };
        let dated = matches!(found.about, About::Lateness(_) | About::During(_) | About::Since(..));
        if let Some(earned) = attempt(&mut rest, |i| award(i, true))
            .or_else(|| attempt(&mut rest, bracketed))
            .or_else(|| with_object(&found, ACTS_COUNTED.begins(name), &mut rest))
        {
            // 按时开工项目数/应开工项目数*分值 is a formula, and no 按时 with one.
            let behind = start.get(at..).and_then(|all| all.get(all.find(['/', '*'])?..));
            let plain = dated || found.shape == Shape::Meets;
            if plain && earned.moves() && behind.is_some() && !start.contains(['，', '的', '得', ':']) {
                continue;
            }
            let mut found = found;
            attempt(&mut rest, |i| belonging_behind(&mut found, i));
            let taken = start.get(..start.len().saturating_sub(rest.len())).unwrap_or(start);
            if dated && is_other_stage(taken, given.indicator) {
                return Err(EmptyError);
            }
            *input = rest;
            return Ok(Clause::Graded { subject, condition: found, award: earned });
        }
        // 超过110%的部分每10个百分点
        attempt(&mut rest, |i| {
            lit("的部分").parse_next(i)?;
            opt(lit("，")).parse_next(i)?;
            if i.starts_with('每') { Ok(()) } else { Err(EmptyError) }
        });
        then(&mut rest);
        if rest.is_empty() || moves(rest, given) {
            *input = rest;
            return Ok(Clause::When { subject, condition: found });
        }
    }
    Err(EmptyError)
}

/// Whether a condition is on a place in a ranking.
fn is_place(found: &Condition) -> bool {
    let Shape::Within(Stretch { lower, upper, .. }) = &found.shape else { return false };
    let ranked = |e: &End| matches!(&e.at, Point::Value(a) if a.unit == Unit::place());
    [lower, upper].into_iter().flatten().any(ranked)
}

/// Whether a clause is about the beginning and the indicator about the end of something, or the other way round: the
/// date that was entered is not the one that counts.
fn is_other_stage(clause: &str, indicator: &str) -> bool {
    const BEGUN: [&str; 4] = ["开工", "动工", "启动", "开始"];
    const ENDED: [&str; 6] = ["完工", "竣工", "验收", "交付", "建成", "办结"];
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let only = |text: &str, these: &[&str], those: &[&str]| has(text, these) && !has(text, those);
    (only(clause, &BEGUN, &ENDED) && only(indicator, &ENDED, &BEGUN))
        || (only(clause, &ENDED, &BEGUN) && only(indicator, &BEGUN, &ENDED))
}

/// 80%以上得10分（含80%）: what the bracket behind the award says of the one bound it names.
fn belonging_behind(found: &mut Condition, input: &mut Input<'_>) -> Outcome<()> {
    lit("(").parse_next(input)?;
    let inside = word(list::BELONGING).parse_next(input)?;
    let named = amount(input)?;
    opt(lit("本数")).parse_next(input)?;
    lit(")").parse_next(input)?;
    let belongs = !inside.starts_with('不');
    let Shape::Within(stretch) = &mut found.shape else { return Err(EmptyError) };
    let is_named = |e: &End| match &e.at {
        Point::Value(a) => a.number == named.number && (named.unit.is_bare() || named.unit == a.unit),
        _ => false,
    };
    let mut ends = [&mut stretch.lower, &mut stretch.upper].into_iter().flatten().filter(|e| is_named(e));
    let (Some(bound), None) = (ends.next(), ends.next()) else { return Err(EmptyError) };
    if bound.firm && bound.inclusive != belongs {
        return Err(EmptyError);
    }
    *bound = End { inclusive: belongs, firm: true, yields: false, at: bound.at.clone() };
    Ok(())
}

/// Words of how points are found, which no object of a condition is.
const METHODS: &Lexicon =
    &Lexicon::new(&["插值", "内插", "比例", "折算", "相应", "线性", "直线", "递减", "递增"]);

/// 按期批复设计的得2分, 2小时内到达现场得5分, 完成10个以上项目得5分: what is done stands between the condition and
/// its award.
fn with_object(found: &Condition, act: bool, rest: &mut Input<'_>) -> Option<Award> {
    let longest = match (&found.about, &found.shape) {
        (About::Lateness(_), Shape::Meets | Shape::Misses) => MAX_SUBJECT,
        (About::During(_) | About::Since(..), _) => MAX_ACT,
        (About::Lateness(_), Shape::Within(_)) => MAX_OBJECT,
        (About::Value, Shape::Within(s)) => {
            // 修缮12个小区: so many of a thing are done; 二次通过 is no number of things.
            let point = matches!((&s.lower, &s.upper), (Some(a), Some(b)) if a.at == b.at);
            let things = |e: &End| matches!(&e.at, Point::Value(a) if (is_time(&a.unit) && !point) || is_count(&a.unit));
            if (point && !act) || ![&s.lower, &s.upper].into_iter().flatten().all(things) {
                return None;
            }
            MAX_OBJECT
        }
        _ => return None,
    };
    let text = *rest;
    let objects = text.char_indices().take_while(|(_, c)| of_name(*c));
    for (at, c) in objects.take(longest) {
        let end = at.saturating_add(c.len_utf8());
        let object = text.get(..end)?;
        let mut ahead = text.get(end..)?;
        let plain = || longest == MAX_SUBJECT || !HARM.within(object);
        // 未完成得满分, 完成不得满分: a denial is not of what is done.
        // 按时开工项目数/应开工项目数*分值 is a formula.
        let thing = || !METHODS.within(object) && is_name(object) && !denies(object) && !object.contains('/');
        if let Some(earned) = attempt(&mut ahead, |i| award(i, true))
            && plain()
            && thing()
        {
            *rest = ahead;
            return Some(earned);
        }
    }
    None
}
