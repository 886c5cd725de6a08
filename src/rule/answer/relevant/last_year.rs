//! 42万人次 under 较上年增长10%以上, where the form says what it was last year: the change is worked out from both numbers, and
//! its formula refers to both cells.

use std::cmp::Ordering;

use super::super::change::{self, Way};
use super::{Relevant, Said};
use crate::base::Number;
use crate::expr::{Expr, Func, Var};
use crate::model::Standard;
use crate::notation::{Notation, Quantity, Unit};
use crate::rule::applied::Compared;
use crate::rule::convert::factor_between;
use crate::rule::measure::{Direction, Measurement, Subject};
use crate::rule::reason::Tells;
use crate::rule::reckon::{target_in, with_target};
use crate::rule::standard::{asked_for, comparable, value_of};
use crate::rule::state::Found;
use crate::rule::{Applied, Input, Refusal};
use crate::words::{self, Class};

/// The standard that changes are from.
const BEFORE: Standard = Standard::LastYear;

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    let Some(actual) = plain(said) else { return Ok(None) };
    if !says_last_year(said) {
        return Ok(None);
    }
    if let Some(ways) = change::ways(said.rule) {
        return by_way(said, &ways, actual);
    }
    let Some(up) = direction(said) else { return Ok(None) };
    let level = actual.unit.is_ratio();
    // 较上年增长5% with 6% under 收入增长率 is the change itself.
    if level && (change::is_of_change(said.facts.indicator) || said.facts.known(BEFORE).is_none()) {
        return Ok(None);
    }
    let on = Two::of(said, actual)?;
    let measured = on.change(said, up)?;
    let applied = said.rule.by_number(&measured, said.facts)?;
    let name = if up { "增长" } else { "下降" };
    let (above, below) = if up { ("实际完成值", "上年值") } else { ("上年值", "实际完成值") };
    let named = if level {
        format!("{name}的百分点={above}-{below}")
    } else {
        format!("{name}率=({above}-{below})÷上年值")
    };
    let compared = Compared { named: Some(named), figures: on.figures() };
    Ok(Some(Relevant::Scored(Box::new(Applied { compared: Some(compared), rate: None, ..applied }))))
}

/// The actual, where it is a number and nothing else: what says a change by itself is read as such.
fn plain<'s>(said: &'s Said) -> Option<&'s Quantity> {
    let actual = said.facts.actual.and_then(Notation::quantity)?;
    let words = [Class::Risen, Class::Fallen, Class::Unchanged, Class::LastYears];
    let told = words.iter().any(|class| words::of(*class).within(&said.text)) || said.text.contains("环比");
    (actual.sign.is_none() && actual.fraction.is_none() && !actual.inferred && !told).then_some(actual)
}

/// Whether the rule is about a change from last year. 环比 is a change from another time.
fn says_last_year(said: &Said) -> bool {
    let texts = [said.rule.all_words(), said.facts.indicator.to_owned(), said.facts.target_text.to_owned()];
    let last = |text: &String| words::of(Class::LastYears).within(text) || text.contains("同比");
    texts.iter().any(last) && !texts.iter().any(|text| text.contains("环比"))
}

/// Whether growth counts, or decline; `None` where the rule is about no change.
fn direction(said: &Said) -> Option<bool> {
    if let Subject::Named(name) = &said.rule.subject {
        let has = |class: Class| words::of(class).has(name);
        match (has(Class::Risen), has(Class::Fallen)) {
            (true, false) => return Some(true),
            (false, true) => return Some(false),
            _ => {}
        }
    }
    change::rises(said.rule, said.facts)
}

/// The numbers of both years in one unit.
struct Two<'s> {
    now: &'s Quantity,
    before: &'s Quantity,
    /// Last year's number in this year's unit, and its value.
    past: (Expr, Number),
}

impl<'s> Two<'s> {
    fn of(said: &'s Said, now: &'s Quantity) -> Result<Self, Refusal> {
        if said.facts.known(BEFORE).is_none() {
            let why = "评分标准比较的是与上年的变化，没有填写上年值";
            return Err(Refusal::new(said.facts.actual_text, why, asked_for(BEFORE)));
        }
        let (_, before) = value_of(BEFORE, said.facts)?;
        comparable(BEFORE, before, now, said.facts)?;
        let var = Expr::Var(Var::Standard(BEFORE));
        let scale = if now.unit.is_ratio() {
            before.in_base().map(|number| (var, number))
        } else {
            let scaled = factor_between(var, &before.unit, &now.unit);
            scaled.and_then(|(expr, factor)| Some((expr, before.number.times(factor)?)))
        };
        let inexact = || {
            let hint = "请把上年值换算成与实际完成值相同的单位；或由评审人员打分。";
            Refusal::new(said.facts.actual_text, "与上年值的单位之间没有精确的换算关系", hint)
        };
        Ok(Self { now, before, past: scale.ok_or_else(inexact)? })
    }

    fn number(&self) -> Option<Number> {
        if self.now.unit.is_ratio() { self.now.in_base() } else { Some(self.now.number) }
    }

    fn inputs(&self) -> Vec<Input> {
        let of = |quantity: &Quantity| {
            if quantity.unit.is_ratio() { quantity.in_base() } else { Some(quantity.number) }
        };
        vec![
            Input { var: Var::Actual, value: of(self.now).into() },
            Input { var: Var::Standard(BEFORE), value: of(self.before).into() },
        ]
    }

    fn figures(&self) -> String {
        let shown = |q: &Quantity| format!("{}{}", q.number, q.unit.word);
        format!("本年{}，上年{}", shown(self.now), shown(self.before))
    }

    /// By how much it changed in the way that counts: of an amount the share of last year's, of a rate the points.
    fn change(&self, said: &Said, up: bool) -> Result<Measurement, Refusal> {
        let refuse = |why: &str| {
            Err(Refusal::new(said.facts.actual_text, why, "请写明变化的幅度；或由评审人员打分。"))
        };
        let points = change::asks_points(said.rule);
        if self.now.unit.is_ratio() != points {
            let why = if points {
                "评分标准说的是百分点，实际完成值不是比率"
            } else {
                "评分标准说的是百分之几，实际完成值是比率，是相差几个百分点还是变化了百分之几，无法确定"
            };
            return refuse(why);
        }
        let (past, before) = self.past.clone();
        if !points && (before.is_zero() || before.is_negative()) {
            return refuse("上年值是0或负数，无法计算变化的幅度");
        }
        let Some(now) = self.number() else { return refuse("数值超出可精确计算的范围") };
        let actual = Expr::Var(Var::Actual);
        let (x, by) = if up {
            (actual.minus(past.clone()), now.minus(before))
        } else {
            (past.clone().minus(actual), before.minus(now))
        };
        let (x, by) = if points { (x, by) } else { (x.over(past), by.and_then(|by| by.over(before))) };
        let Some(value) = by else { return refuse("数值超出可精确计算的范围") };
        Ok(Measurement {
            x,
            value,
            target: target_in(said.facts, &Unit::ratio()).filter(|_| !points),
            unit: Unit::ratio(),
            inputs: with_target(self.inputs(), said.facts),
            direction: Direction { cap: false, explicit: false, open: None },
            shown: self.figures(),
            is_share: false,
            tells: if up { Tells::Risen } else { Tells::Fallen },
        })
    }
}

/// 下降得4分，持平得2分，上升不得分: which way it went, told from both numbers.
fn by_way(said: &Said, ways: &[Vec<Way>], actual: &Quantity) -> Result<Option<Relevant>, Refusal> {
    // A rate under 增长率 is the change itself.
    if actual.unit.is_ratio() && change::is_of_change(said.facts.indicator) {
        return Ok(None);
    }
    let on = Two::of(said, actual)?;
    let (past, before) = on.past.clone();
    let Some(now) = on.number() else { return Ok(None) };
    let rest = said.rule.otherwise.as_ref().map(|_| ways.len());
    let place = |way: Way| ways.iter().position(|have| have.contains(&way)).or(rest);
    let (Some(up), Some(level), Some(down)) = (place(Way::Up), place(Way::Level), place(Way::Down)) else {
        return said
            .refuse("评分标准没有写明上升、持平、下降中每一种的得分".to_owned(), "请由评审人员打分。");
    };
    let here = match now.round(8).cmp(&before.round(8)) {
        Ordering::Greater => up,
        Ordering::Equal => level,
        Ordering::Less => down,
    };
    let found = if here < ways.len() { Found::State(here) } else { Found::None };
    let applied = said.rule.by_word(found, said.facts)?;
    let number = |at: usize| Expr::from(u32::try_from(at.saturating_add(1)).unwrap_or(u32::MAX));
    let (x, p) = (|| Expr::Var(Var::Actual).round(8), || past.clone().round(8));
    let which = x().above(p()).choose(number(up), x().below(p()).choose(number(down), number(level)));
    let which = |var: Var| if var == Var::Level { which.clone() } else { Expr::Var(var) };
    let rest = applied.inputs.into_iter().filter(|input| input.var != Var::Level);
    let compared =
        Compared { named: Some("比较实际完成值与上年值".to_owned()), figures: on.figures() };
    let scored = Applied {
        inputs: on.inputs().into_iter().chain(rest).collect(),
        expr: applied.expr.bind(&which),
        reason: applied.reason.bind(&which),
        compared: Some(compared),
        ..applied
    };
    Ok(Some(Relevant::Scored(Box::new(scored))))
}

/// The number of a change, in a sentence: 较上年增长5%（42万人次，上年40万人次）.
pub(in crate::rule) fn shown_change(x: Expr, up: bool, size: impl Fn(Expr) -> Expr) -> Expr {
    let (more, less) =
        if up { ("较上年增长", "较上年下降") } else { ("较上年下降", "较上年增长") };
    let against = Expr::call(Func::Max, [Expr::from(0).minus(x.clone()), x.clone()]);
    let way = x.below(0).choose(Expr::text(less), Expr::text(more));
    crate::expr::join([way, size(against)])
}
