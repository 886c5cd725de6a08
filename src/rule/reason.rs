//! The words of a deduction: facts, distance, rule, points, as a text over the same inputs as the score.
//!
//! A reason never works out points of its own: what is taken off is [`Var::Deduction`], what is earned is the weight less
//! that. Figures are rounded in the text, so that a spreadsheet prints what is printed here. It ends without a full stop,
//! for what the evaluator saw may follow it.

use crate::base::Number;
use crate::expr::{Expr, Func, Value, Var, guard, join};
use crate::notation::{Notation, Unit, is_rate_name};

use super::IndicatorFacts;
use super::answer::relevant::last_year::shown_change;
use super::measure::Measurement;
use super::span::Point;

/// Places of a figure in a text; spreadsheets print smaller ones with an exponent.
const PLACES: u32 = 4;
/// Places of points.
const POINT_PLACES: u32 = 2;

/// What a measured number is, as far as a sentence about it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tells {
    /// What was done.
    #[default]
    Amount,
    /// What was done as a share of what was promised.
    Share,
    /// How long after the deadline.
    Late,
    /// How much was found that should not be.
    Faults,
    /// That something was found, not how much.
    Found,
    /// How much is missing.
    Missing,
    /// How far it is from the target.
    Deviation,
    /// By how much it grew since last year.
    Risen,
    /// By how much it fell since last year.
    Fallen,
}

/// Words.
pub(super) fn words(text: &str) -> Expr {
    Expr::text(text)
}

/// A figure as a person writes it.
pub(super) fn figure(x: impl Into<Expr>) -> Expr {
    match x.into() {
        Expr::Const(Value::Number(n)) => words(&n.round(PLACES).to_string()),
        x @ (Expr::Var(_) | Expr::Cell(_)) => x.round(PLACES),
        // Doubles and decimals agree on ties that are rounded twice.
        x => guard(x).round(PLACES),
    }
}

/// A figure in percent, with its sign.
pub(super) fn percent(x: impl Into<Expr>) -> Expr {
    join([hundredfold(x.into()), words("%")])
}

fn hundredfold(x: Expr) -> Expr {
    match &x {
        Expr::Const(Value::Number(n)) => match n.times(Number::from(100)) {
            Some(percent) => figure(percent),
            None => figure(x.times(100)),
        },
        _ => figure(x.times(100)),
    }
}

/// A measured number with its unit.
pub(super) fn measured(x: impl Into<Expr>, unit: &Unit) -> Expr {
    if unit.is_ratio() {
        return percent(x);
    }
    if unit.is_place() {
        return join([words("第"), figure(x), words("名")]);
    }
    join([figure(x), words(&unit.word)])
}

/// How far two measured numbers are apart, with the unit.
pub(super) fn apart(distance: Expr, unit: &Unit) -> Expr {
    if unit.is_ratio() {
        return join([hundredfold(distance), words("个百分点")]);
    }
    let word = if unit.is_place() { "名" } else { unit.word.as_str() };
    join([figure(distance), words(word)])
}

/// Points with their word.
pub(super) fn points(points: impl Into<Expr>) -> Expr {
    let points = match points.into() {
        Expr::Const(Value::Number(n)) => words(&n.round(POINT_PLACES).to_string()),
        Expr::Var(var) => Expr::Var(var).round(POINT_PLACES),
        other => guard(other).round(POINT_PLACES),
    };
    join([points, words("分")])
}

/// The points that are left.
pub(super) fn earned() -> Expr {
    points(Expr::Var(Var::Weight).minus(Var::Deduction))
}

/// The whole reason: the facts, what the rule makes of them, and the points.
pub(super) fn sentence(parts: impl IntoIterator<Item = Expr>) -> Expr {
    let end = [words("，扣"), points(Var::Deduction)];
    join(parts.into_iter().chain(end))
}

/// What the sentence is about: the indicator by its name, without what stands in brackets at its end.
pub(super) fn subject(facts: &IndicatorFacts) -> String {
    let name: String = facts.indicator.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = name.strip_suffix(['）', ')']).and_then(|open| open.rfind(['（', '(']));
    let bare = bare.and_then(|at| name.get(..at)).unwrap_or(&name);
    if bare.is_empty() { "实际完成值".to_owned() } else { bare.to_owned() }
}

/// The fact that conditions are about: 满意度92.4%, 逾期15天.
pub(super) fn fact(on: &Measurement, facts: &IndicatorFacts) -> Expr {
    let name = words(&subject(facts));
    let unit = |notation: Option<&Notation>| notation.and_then(Notation::unit).cloned().unwrap_or_default();
    match on.tells {
        Tells::Amount if is_quotient(on) => {
            let both = [figure(Var::Actual), words("/"), figure(Var::ActualBase)];
            let parts = [name].into_iter().chain(both);
            join(parts.chain([words("（"), percent(on.x.clone()), words("）")]))
        }
        Tells::Amount => match of_target(on, facts) {
            Some(target) => join([
                name,
                percent(on.x.clone().over(target.clone())),
                words("（"),
                measured(on.x.clone(), &on.unit),
                words("÷"),
                measured(target, &on.unit),
                words("）"),
            ]),
            None => join([name, measured(on.x.clone(), &on.unit)]),
        },
        Tells::Share => join([
            name,
            measured(Var::Actual, &unit(facts.actual)),
            words("，为指标值"),
            measured(Var::Target, &unit(facts.target)),
            words("的"),
            percent(on.x.clone()),
        ]),
        Tells::Late => join([name, late(on)]),
        Tells::Faults if on.unit.is_bare() => {
            join([name, words("发现问题"), figure(on.x.clone()), words("个")])
        }
        Tells::Faults => join([name, words("发现"), measured(on.x.clone(), &on.unit)]),
        Tells::Found => join([name, words("发现问题")]),
        Tells::Missing => join([name, words("缺少"), measured(on.x.clone(), &on.unit)]),
        Tells::Risen => join([name, shown_change(on.x.clone(), true, percent)]),
        Tells::Fallen => join([name, shown_change(on.x.clone(), false, percent)]),
        Tells::Deviation => join([name, words("偏离指标值"), percent(on.x.clone())]),
    }
}

/// What an amount is divided by, where the indicator is itself the rate (预算执行率 of two amounts).
fn of_target(on: &Measurement, facts: &IndicatorFacts) -> Option<Expr> {
    let rate = on.tells == Tells::Amount && !on.unit.is_ratio() && is_rate_name(&subject(facts));
    on.target.as_ref().filter(|target| rate && !target.value.is_zero()).map(|target| target.expr.clone())
}

/// Whether the number is written as one figure over another.
fn is_quotient(on: &Measurement) -> bool {
    on.x.variables().contains(&Var::ActualBase)
}

/// How late: whole units, and of a month that has only begun no part.
fn late(on: &Measurement) -> Expr {
    let x = || on.x.clone();
    let plain = join([words("逾期"), measured(x(), &on.unit)]);
    let whole = || Expr::call(Func::Int, [guard(x())]);
    let over = join([words("逾期超过"), figure(whole()), words(&on.unit.word)]);
    let begun = whole().above(0).choose(over, words("逾期不足1个月"));
    let is_whole = guard(x()).equals(whole());
    let days = on.unit.word != "个月";
    let late = if days { plain } else { is_whole.choose(plain, begun) };
    guard(x()).above(0).choose(late, words("未逾期"))
}

/// A place on the scale: 95%, 指标值95%, 指标值的80%（320台）. `at` is its figure.
pub(super) fn place(on: &Measurement, point: &Point, at: Expr) -> Expr {
    let figure = measured(at, &on.unit);
    match point {
        Point::Value(_) => figure,
        Point::Target => join([words("指标值"), figure]),
        other => join([words(&other.reading()), words("（"), figure, words("）")]),
    }
}

/// How the fact stands to a place on the scale: `，低于指标值95%`.
pub(super) fn against(on: &Measurement, below: bool, place: Expr) -> Expr {
    if on.unit.is_place() {
        return join([words("，名次在"), place, words("之后")]);
    }
    let even = [Tells::Amount, Tells::Share, Tells::Deviation, Tells::Risen, Tells::Fallen];
    let way = if even.contains(&on.tells) {
        if below { "，低于" } else { "，高于" }
    } else if below {
        "，少于"
    } else {
        "，超过"
    };
    join([words(way), place])
}

/// How the fact stands to the target, whichever way it is.
pub(super) fn against_target(on: &Measurement, facts: &IndicatorFacts) -> Expr {
    let Some(target) = on.target.as_ref().filter(|_| on.tells == Tells::Amount) else {
        return words("");
    };
    // The rate has said it already.
    if of_target(on, facts).is_some() {
        return words("");
    }
    let at = || target.expr.clone();
    let named = || place(on, &Point::Target, at());
    let (below, above) = (against(on, true, named()), against(on, false, named()));
    let x = || guard(on.x.clone());
    let beyond = x().above(guard(at())).choose(above, words(""));
    x().below(guard(at())).choose(below, beyond)
}

/// One figure over another, or a rate as it is, times points.
pub(super) fn proportion(on: &Measurement, x: Expr, over: Option<Expr>, base: &Expr) -> Expr {
    let mut parts = vec![words("，按")];
    let plain = |x: Expr| if on.unit.is_ratio() { percent(x) } else { figure(x) };
    if is_quotient(on) {
        parts.extend([figure(Var::Actual), words("÷"), figure(Var::ActualBase)]);
    } else {
        parts.push(plain(x));
    }
    if let Some(over) = over {
        parts.extend([words("÷"), plain(over)]);
    }
    parts.extend([words("×"), points(base.clone()), words("计"), earned()]);
    join(parts)
}

/// `，应扣8分，扣完为止`, where more would come off than there is.
pub(super) fn limit(due: Expr, most: Option<Number>) -> Expr {
    let word = most.map_or_else(|| "，扣完为止".to_owned(), |most| format!("，最多扣{most}分"));
    let more = guard(due.clone().minus(Var::Deduction)).above(hundredth());
    more.choose(join([words("，应扣"), points(due), words(&word)]), words(""))
}

/// Less than points are rounded by.
fn hundredth() -> Expr {
    Number::ONE.over(Number::from(100)).unwrap_or_default().into()
}
