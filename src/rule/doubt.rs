//! Whether the criterion's name can be that of the actual: what may be its opposite is left to a person.

use crate::base::{Number, Score};
use crate::expr::Var;
use crate::notation::{Dimension, Notation, Quantity, Sign, Unit, is_rate_name};

use super::answer::two_years::is_of_two_years;
use super::award::Side;
use super::direction::is_cap_name;
use super::graded::Graded;
use super::measure::{HINT_ACTUAL, HINT_TARGET, Measure, Measurement, Subject};
use super::span::{Bound, Point, Span, When};
use super::{Award, IndicatorFacts, Input, Refusal};
use crate::words::{self, Class, list};

impl Graded {
    /// A name in the criterion that is the opposite of the indicator's (未完成率 under 完成率) measures something
    /// else than the actual.
    pub(super) fn checked_subject(&self, facts: &IndicatorFacts) -> Result<(), Refusal> {
        // 环比增长9% under 同比增长率: since when is another question.
        let said = |text: &str| text.contains("环比");
        let since = match &self.subject {
            Subject::Named(name) => said(name),
            Subject::Unnamed => false,
        };
        if said(facts.actual_text) && !since && !said(facts.indicator) && !said(facts.target_text) {
            let why = "写明的是环比，评分标准说的不是环比";
            return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
        }
        self.checked_counting(facts)?;
        let Subject::Named(name) = &self.subject else { return Ok(()) };
        if let Some(actual) = facts.actual.and_then(Notation::quantity) {
            self.checked_bare_rates(actual, facts)?;
        }
        let indicator = facts.indicator;
        // 国家级奖项 under 省级奖项, or under 获奖情况 with 3项: of which level they are is not said.
        let level = list::OFFICES.iter().find(|level| name.contains(level));
        if let Some(level) = level.filter(|level| !indicator.contains(level)) {
            let other = list::OFFICES.within(indicator);
            if other || !facts.actual_text.contains(level) {
                let why = format!("评分标准只计“{level}”的，指标名称和实际完成值没有写明是不是“{level}”");
                let hint =
                    format!("请在实际完成值中写明“{level}”有多少，例如“{level}2项”；或由评审人员打分。");
                return Err(Refusal::new(name, why, hint));
            }
        }
        // 增长目标完成率 is how far a growth was reached, not the growth.
        if (list::RISE_NAMES.within(name) || list::FALL_NAMES.within(name))
            && list::REACHED_RATES.ends(indicator)
        {
            let why = "评分标准说的是变化的幅度，无法确定实际完成值是否就是它";
            return Err(Refusal::new(name, why, HINT_TARGET));
        }
        if indicator.is_empty() || indicator.contains(name.as_str()) && !opposed(indicator, name) {
            return Ok(());
        }
        // 在编人数与核定编制数的比率 under 人员控制率: the criterion says what the rate is, and names no other.
        let spelled = name.contains('与')
            && list::QUOTIENTS_IN_WORDS.ends(name)
            && list::RATES_OF_CONTROL.ends(indicator);
        if spelled && !opposed(indicator, name) && !plain_of(name).contains(['未', '不', '无', '差', '超'])
        {
            return Ok(());
        }
        // 及时到位率 is 到位及时率.
        let signs = |text: &str| {
            let mut signs: Vec<char> = text.chars().collect();
            signs.sort_unstable();
            signs
        };
        if signs(name) == signs(indicator) {
            return Ok(());
        }
        // 强度下降幅度 under 碳排放强度, of which the actual says that it fell.
        let thing = list::SIZES_OF_CHANGE.strip_end(name).filter(|thing| thing.chars().nth(1).is_some());
        let way = list::FALL_NAMES.iter().chain(list::RISE_NAMES.iter()).find(|way| name.contains(way));
        if thing.is_some_and(|thing| indicator.ends_with(thing))
            && way.is_some_and(|way| plain_of(facts.actual_text).starts_with(way))
        {
            return Ok(());
        }
        // 提交8份，通过7份 under 通过率=通过数/提交数: what the criterion's own formula divides is told by its names.
        let told = self.definition.as_ref().is_some_and(|definition| definition.formula().is_some())
            && facts.actual.and_then(Notation::quantity).is_some_and(|a| a.inferred && a.fraction.is_some());
        if is_counterpart(name, indicator) || (is_other_rate(name, indicator) && !told) {
            let why = "与指标名称说的不是同一件事，无法确定实际完成值是否就是它";
            return Err(Refusal::new(name, why, HINT_TARGET));
        }
        let turns = |text: &str| {
            plain_of(text).contains(['未', '不', '非', '无', '差', '误', '超'])
                || is_cap_name(text, &Unit::bare())
        };
        // 满意度提高 under 满意度 is a change, not the thing itself.
        let changes = || list::RISE_NAMES.iter().chain(list::FALL_NAMES.iter());
        let is_change = changes().any(|w| name.contains(w) && !indicator.contains(w));
        // 由91%提高到92% states the change.
        let stated = facts.actual.and_then(Notation::quantity).is_some_and(|actual| actual.inferred)
            && (changes().any(|word| facts.actual_text.contains(word))
                || facts.actual_text.contains("持平")
                || is_of_two_years(facts.actual_text));
        if is_change && !stated {
            let why = "评分标准说的是变化的幅度，无法确定实际完成值是否就是它";
            return Err(Refusal::new(name, why, HINT_TARGET));
        }
        // 响应时间 under 服务响应 is the less the better, and so is a target with ≤.
        let sign = facts.target.and_then(Notation::quantity).and_then(|target| target.sign);
        let bounded = sign.is_some_and(Sign::is_cap) && is_cap_name(name, &Unit::bare());
        let differs = turns(name) != turns(indicator) && !bounded;
        if opposed(indicator, name) || opposed(name, indicator) || (differs && turns(name)) {
            let why = "与指标名称的含义可能相反，无法确定实际完成值是否就是它";
            return Err(Refusal::new(name, why, HINT_TARGET));
        }
        Ok(())
    }

    /// An actual that tells other numbers than the one that is asked for is no answer: those that a quotient is made of, a
    /// place from the other end.
    fn checked_counting(&self, facts: &IndicatorFacts) -> Result<(), Refusal> {
        // 常住人口58.6万人，有效发明专利281件 under 每万人口发明专利拥有量: neither is how many there are to each.
        if is_per_many(facts.indicator) && figures(facts.actual_text) > 1 {
            let why = "指标是平均每一单位有多少，实际完成值写的是几个数，没有写明平均数";
            return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
        }
        // 排名第13 where the last ones are counted: from which end is not said.
        let from_below = |text: &str| text.contains("倒数");
        if matches!(&self.subject, Subject::Named(name) if from_below(name)) && !from_below(facts.actual_text)
        {
            let why = "评分标准从末位数起，实际完成值没有写明是倒数第几";
            return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
        }
        Ok(())
    }

    /// Points that rise where the target's sign falls contradict it: full points from a figure upward under a ceiling, none
    /// beyond the target under a floor, a loss for keeping it, and the other way round.
    pub(super) fn checked_direction(&self, on: &Measurement, facts: &IndicatorFacts) -> Result<(), Refusal> {
        if !on.direction.explicit || self.measure != Measure::Value {
            return Ok(());
        }
        let full = |award: &Award| award.fixed(facts.weight) == Some(facts.weight.number());
        let own = |at: &Bound| is_figure(at) || at.at == Point::Target;
        let against = self.bands.iter().any(|band| match &band.when {
            When::Within(Span { lower: Some(at), upper: None }) => {
                (full(&band.award) && on.direction.cap && own(at))
                    || (band.award == Award::ZERO && !on.direction.cap && at.at == Point::Target)
            }
            When::Within(Span { lower: None, upper: Some(at) }) => {
                (full(&band.award) && !on.direction.cap && own(at))
                    || (band.award == Award::ZERO && on.direction.cap && at.at == Point::Target)
            }
            _ => false,
        });
        // 每偏离目标值1%扣1分 under ≤100万元: 98万元 keeps the target.
        let kept = on
            .target
            .as_ref()
            .is_some_and(|t| if on.direction.cap { on.value < t.value } else { on.value > t.value });
        let either = self.all_awards().any(|a| matches!(a, Award::Steps(s) if s.side == Side::Either));
        if against || (kept && either) {
            let why = "评分标准的得分方向与指标值的符号相反";
            return Err(Refusal::new(facts.target_text, why, HINT_TARGET));
        }
        Ok(())
    }

    /// Under a name of its own (损坏率 under 完好率), a criterion by which the target itself earns nothing measures
    /// something else than the actual.
    pub(super) fn checked_against_target(
        &self,
        on: &Measurement,
        facts: &IndicatorFacts,
    ) -> Result<(), Refusal> {
        let Subject::Named(name) = &self.subject else { return Ok(()) };
        let own = facts.indicator.is_empty()
            || facts.indicator.contains(name.as_str())
            || name.contains(facts.indicator);
        let relative = self.points().any(|at| !matches!(at, Point::Value(_)));
        let Some(target) =
            on.target.as_ref().filter(|t| !own && !relative && !on.is_share && t.value != on.value)
        else {
            return Ok(());
        };
        let set = |input: &Input| match input.var {
            Var::Actual => Input { var: Var::Actual, value: target.value.into() },
            Var::ActualBase => Input { var: Var::ActualBase, value: Number::ONE.into() },
            _ => input.clone(),
        };
        let there =
            Measurement { value: target.value, inputs: on.inputs.iter().map(set).collect(), ..on.clone() };
        match self.by_number(&there, facts) {
            Ok(at_target) if at_target.score.is_zero() => {
                let why = "与指标名称不同，而且指标值本身按此标准得0分，无法确定实际完成值是否就是它";
                Err(Refusal::new(name, why, HINT_TARGET))
            }
            _ => Ok(()),
        }
    }
}

impl Graded {
    /// 完成率≥1 without a target is no number of things.
    fn checked_bare_rates(&self, actual: &Quantity, facts: &IndicatorFacts) -> Result<(), Refusal> {
        let bare = |at: &Point| matches!(at, Point::Value(figure) if figure.unit.is_bare() && !figure.number.is_zero());
        let rate = matches!(&self.subject, Subject::Named(name) if is_rate_name(name));
        let counted = !actual.unit.is_bare() && !actual.unit.is_ratio() && !self.speaks_of_rates();
        if rate && counted && self.points().any(bare) {
            let why = "评分标准按比率评分，但没有单位相同的指标值可以对照";
            return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
        }
        Ok(())
    }
}

/// An actual is a plain number; a sign before it means that the target was copied.
pub(super) fn checked_actual(actual: &Quantity, facts: &IndicatorFacts) -> Result<(), Refusal> {
    // -12% of a fall is a fall for some and a rise for others; of a deviation the sign may or may not count.
    if actual.number.is_negative()
        && !actual.inferred
        && (list::FALL_NAMES.within(facts.indicator)
            || list::DEVIATIONS.within(facts.indicator)
            || list::SAVINGS.within(facts.indicator))
    {
        let why = "负数在这个指标里表示什么，无法确定";
        return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
    }
    // -7% of (执行数-预算数)/预算数 under ≤3%: smaller than that, or further away.
    if actual.number.is_negative() && actual.inferred && list::DEVIATIONS.within(facts.indicator) {
        let why = "偏差算出来是负数，评分标准没有写明按绝对值计，无法确定";
        return Err(Refusal::new(facts.actual_text, why, "请由评审人员打分，或在评分标准中写明“绝对值”。"));
    }
    match actual.sign {
        None | Some(Sign::Equal) => Ok(()),
        Some(_) => {
            let why = "实际完成值带有符号，不是一个确定的数";
            Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL))
        }
    }
}

/// 培训次数 counts what is done, not what went wrong.
pub(super) fn checked_count(facts: &IndicatorFacts) -> Result<(), Refusal> {
    let name = facts.indicator;
    let counts = name.ends_with(['数', '次', '量']);
    let plain = plain_of(name);
    let harm = is_cap_name(name, &Unit::bare())
        || list::HARMFUL_NAMES.within(name)
        || plain.contains(['未', '不', '无', '差', '误', '超', '缺', '漏', '错', '违', '罚', '迟']);
    let acted = list::ACTED_ON.within(name);
    if counts && (!harm || acted) {
        let why = "指标名称没有说明是扣分的数量，实际完成值是不是它，无法确定";
        return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
    }
    Ok(())
}

/// 980万元 under a target of 1000人 is another thing.
pub(super) fn checked_unit(actual: &Quantity, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let Some(target) = facts.target.and_then(Notation::quantity) else { return Ok(()) };
    let named = |unit: &Unit| !unit.is_bare() && !unit.is_ratio();
    // 88.5 under 90分: marks are no things, and nobody writes a share so.
    let ten = Number::from(10);
    let marks = target.unit.word == "分" && target.number >= ten && actual.number >= ten;
    let counted = matches!(target.unit.dimension, Dimension::Count(_)) && !marks;
    if actual.unit.is_bare() && counted && actual.places > 0 && actual.number.round(0) != actual.number {
        let why = "没有写单位，又不是整数，无法确定是多少";
        return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
    }
    // 1.92% under ≥90%: the first item of a list, 92%, as likely as 1.92%.
    if is_marked_rate(facts.actual_text.trim())
        && target.ratio().is_some_and(|target| {
            target.number() >= Number::from(1).over(Number::from(2)).unwrap_or_default()
        })
    {
        let why = "是百分之一点几，还是前面写了序号“1.”，无法确定";
        return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
    }
    // 0.5 under 2批: no part of a thing that is counted.
    let bare = facts.actual_text.trim().parse::<Number>().is_ok();
    let whole = |q: &Quantity| q.number.round(0) == q.number;
    if bare && counted && !whole(actual) && whole(target) {
        let why = "没有写单位，又不是整数，无法确定是完成的数量还是比例";
        return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
    }
    if named(&actual.unit) && named(&target.unit) && !actual.unit.comparable(&target.unit) {
        let why = format!("单位与指标值（{}）不同，无法确定说的是不是同一件事", facts.target_text.trim());
        return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
    }
    Ok(())
}

/// 1.92%: a mark of a list and two digits, or one rate.
fn is_marked_rate(text: &str) -> bool {
    let Some((mark, rest)) = text.split_once('.') else { return false };
    let Some(rate) = rest.strip_suffix('%') else { return false };
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    mark.len() == 1 && digits(mark) && rate.len() == 2 && digits(rate) && !rate.starts_with('0')
}

/// A target that is met and earns nothing contradicts the criterion.
pub(super) fn checked_success(on: &Measurement, score: Score, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let Some(target) = on.target.as_ref().filter(|_| score.is_zero()) else { return Ok(()) };
    // 3% under <3% does not meet it.
    let sign = facts.target.and_then(Notation::quantity).and_then(|target| target.sign);
    let beyond = matches!(sign, Some(Sign::LessThan | Sign::MoreThan));
    let met = match (on.direction.explicit, on.direction.cap) {
        _ if beyond && on.value == target.value => false,
        (true, true) => on.value <= target.value,
        (true, false) => on.value >= target.value,
        (false, _) => on.value == target.value,
    };
    if !met {
        return Ok(());
    }
    let why = "达到了指标值，按评分标准却得0分，两者互相矛盾";
    Err(Refusal::new(facts.actual_text, why, "请核对评分标准和指标值，或由评审人员打分。"))
}

/// Whether one name speaks of the counterpart of what the other does: 城镇 and 农村, 教师 and 学生.
fn is_counterpart(name: &str, indicator: &str) -> bool {
    const PAIRS: [(&str, &str); 16] = [
        ("城镇", "农村"),
        ("男", "女"),
        ("教师", "学生"),
        ("教师", "家长"),
        ("学生", "家长"),
        ("误报", "漏报"),
        ("开工", "完工"),
        ("开工", "竣工"),
        ("新建", "维修"),
        ("党员", "群众"),
        ("供水", "污水"),
        ("非税", "税收"),
        ("国内", "国外"),
        ("线上", "线下"),
        ("收入", "支出"),
        ("上半年", "全年"),
    ];
    let only = |text: &str, this: &str, that: &str| text.contains(this) && !text.contains(that);
    name.contains("非税") != indicator.contains("非税") && name.contains('税') && indicator.contains('税')
        || PAIRS.iter().any(|(a, b)| {
            (only(name, a, b) && only(indicator, b, a)) || (only(name, b, a) && only(indicator, a, b))
        })
}

/// Whether both names are rates, and of different things: 回收率 under 满意度, 及时率 under 公开率.
fn is_other_rate(name: &str, indicator: &str) -> bool {
    let kind = |text: &str| -> Option<String> {
        // 支付进度 and 支付进度率
        let text = text.strip_suffix("进度率").map_or(text.to_owned(), |before| format!("{before}进度"));
        let kind: Vec<char> = text.chars().rev().take(3).collect();
        let rate = matches!(kind.first(), Some('率' | '度')) && kind.len() == 3;
        rate.then(|| kind.into_iter().rev().collect())
    };
    let (Some(a), Some(b)) = (kind(name), kind(indicator)) else { return false };
    // How far a task is done is not how content people are.
    let heard = list::OPINIONS.has(&b);
    a != b
        && (heard || !Subject::is_completion(name))
        && !list::RATES_OF_ONE_THING.of(&a).is_some_and(|(_, group)| group.words.has(&b))
}

/// Whether `long` is `short` with a negation before it.
fn opposed(long: &str, short: &str) -> bool {
    list::DENIALS.iter().any(|no| long.contains(&format!("{no}{short}")))
}

/// Whether a name asks how many there are to each so many: 每万人口…, 每百名学生…
fn is_per_many(indicator: &str) -> bool {
    let Some(many) = indicator.strip_prefix('每') else { return false };
    words::of(Class::Digits).has_char(many.chars().next().unwrap_or_default())
        || many.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '百' | '千' | '万'))
}

/// How many figures a text has; one that is divided by another is one.
fn figures(text: &str) -> usize {
    if text.contains(['/', '÷', '每']) {
        return 1;
    }
    let digit = |c: char| c.is_ascii_digit() || c == '.';
    text.split(|c: char| !digit(c)).filter(|run| run.contains(|c: char| c.is_ascii_digit())).count()
}

/// Whether a bound is a figure of its own.
fn is_figure(bound: &Bound) -> bool {
    matches!(bound.at, Point::Value(_))
}

/// A name without the words that only look like a denial: 非常满意, 无害化处理, 不动产.
pub(crate) fn plain_of(name: &str) -> String {
    list::NO_DENIALS.iter().fold(name.to_owned(), |text, word| text.replace(word, ""))
}
