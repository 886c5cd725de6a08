//! A rate from the amounts it is made of: 预算数860万元，实际支出数817万元.

use crate::base::Number;
use crate::notation::{Notation, Quantity, Sign, Unit};
use crate::words::{self, Class, list};

use super::super::contradiction::checked_rate;
use super::super::formula::{Definition, Formula, Term};
use super::super::graded::Graded;
use super::super::{Arithmetic, IndicatorFacts, Refusal};
use super::all_so::all_so;
use super::amount_name::{FINISHED, Found, dealt, find};
use super::opposite::opposite;
use super::over_target::{of_target, with_target};
use super::parts::{AnswerPart, WHOLE, parts};
use super::quotient::quotient;
use super::usual_formula::common;
use super::{Answer, names, told_apart, unused};

/// Names of how many were asked; another figure that a formula does not use (另有借调6人) may be one that somebody counts.
const ASKED: [&str; 6] = ["发放", "收回", "回收", "有效", "调查", "受访"];

/// An amount with what it is called.
#[derive(Clone)]
pub(super) struct Labelled {
    pub(super) label: String,
    /// Whether that stands behind the number: 18个标段.
    pub(super) noun: bool,
    /// Whether it is said to be a part of the one before it: 其中18个.
    pub(super) within: bool,
    pub(super) amount: Quantity,
}

pub(super) const HINT: &str = "请把公式里的两个数都写明，或直接写明比率。";

pub(super) fn answers(rule: &Graded, facts: &IndicatorFacts) -> Result<Vec<Answer>, Refusal> {
    let Some(parts) = parts(facts.actual_text) else { return Ok(Vec::new()) };
    let written = rule.written();
    let arithmetic = written.as_ref().and_then(Definition::arithmetic);
    // 达标354天 of 达标天数/365
    let one_asked = arithmetic.as_ref().is_some_and(|formula| formula.names().len() == 1);
    if let [only] = parts.as_slice()
        && rule.definition.is_none()
        && let Some(found) = of_target(only, written.as_ref(), facts)
    {
        return Ok(vec![found]);
    }
    if let [only] = parts.as_slice()
        && !(one_asked && only.amount.as_ref().is_some_and(|amount| !amount.unit.is_ratio()))
    {
        let found =
            opposite(only, rule, facts).or_else(|| all_so(only, rule, facts)).or_else(|| done(only, facts));
        return Ok(found.into_iter().collect());
    }
    let amounts: Vec<Labelled> = parts.iter().filter_map(labelled).collect();
    let (rates, amounts): (Vec<_>, Vec<_>) =
        amounts.into_iter().partition(|l| l.amount.unit.is_ratio() && is_own_rate(&l.label, rule, facts));
    // 发放问卷200份，回收190份，满意度86%: the rate itself, beside how many were asked.
    let asked = |l: &Labelled| {
        (ASKED.iter().any(|word| l.label.contains(word)) && l.amount.unit.dimension.is_of_things())
            || (l.amount.unit.is_money() && words::of(Class::Spared).begins(&l.label))
    };
    if let [rate] = rates.as_slice()
        && !amounts.is_empty()
        && amounts.iter().all(asked)
    {
        return Ok(vec![Answer::of(Notation::Quantity(rate.amount.clone()))]);
    }
    let amounts = with_target(amounts, rule, facts);
    if amounts.len() < 2 && !one_asked {
        return Ok(Vec::new());
    }
    // 得分=一次性通过率/80%×5 says nothing of what the rate is made of.
    let of_figure =
        rule.definition.is_none() && written.as_ref().is_some_and(|written| written.formula().is_none());
    let formula = match &written {
        None => common(rule, facts, &amounts),
        Some(_) if of_figure => common(rule, facts, &amounts),
        Some(written) => written.formula(),
    };
    let quotient = match (&formula, arithmetic) {
        (Some(formula), _) => quotient(formula, &amounts, facts, written.is_some() && !of_figure)?,
        (None, Some(arithmetic)) => worked_out(&arithmetic, &amounts, facts)?,
        (None, None) => return Ok(Vec::new()),
    };
    for rate in &rates {
        agrees(&quotient, &rate.amount, facts)?;
    }
    let mut found = vec![Answer::number(quotient)];
    if let Some(formula) = formula.filter(|_| rule.definition.is_none() && rates.is_empty()) {
        found.extend(of_others_asked(&formula, &amounts, facts)?);
    }
    Ok(found)
}

/// Whether a rate is what the amounts beside it come to, to its last place.
fn agrees(quotient: &Quantity, rate: &Quantity, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let shown = quotient.in_base().and_then(|n| n.over(rate.unit.factor)).map(|n| n.round(rate.places));
    if shown == Some(rate.number) {
        return Ok(());
    }
    let why = format!("写明的比率{}{}与所列的数算出的不相等", rate.number, rate.unit);
    Err(Refusal::new(facts.actual_text, why, "请核对实际完成值，只保留正确的数。"))
}

/// A rate that stands beside amounts none of which comes to it.
pub(super) fn checked_stated(rule: &Graded, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let Some(parts) = parts(facts.actual_text).filter(|_| rule.written().is_none()) else { return Ok(()) };
    let amounts: Vec<Labelled> = parts.iter().filter_map(labelled).collect();
    let own = |l: &&Labelled| l.amount.unit.is_ratio() && is_own_rate(&l.label, rule, facts);
    let (rates, amounts): (Vec<&Labelled>, Vec<&Labelled>) = amounts.iter().partition(own);
    let asked = |l: &&Labelled| ASKED.iter().any(|word| l.label.contains(word));
    // 满意度95%(回收问卷100份，满意88份): what the rate is usually made of comes to another.
    let named: Vec<Labelled> = amounts.iter().map(|l| (*l).clone()).collect();
    if let [rate] = rates.as_slice()
        && let Some(formula) = common(rule, facts, &named)
        && let Ok(quotient) = quotient(&formula, &named, facts, false)
    {
        agrees(&quotient, &rate.amount, facts)?;
    }
    match rates.as_slice() {
        [rate] if !rate.label.is_empty() && !amounts.iter().any(asked) => {
            let beside: Vec<&Quantity> = amounts.iter().map(|l| &l.amount).collect();
            checked_rate(&beside, &rate.amount, facts)
        }
        _ => Ok(()),
    }
}

/// 发放200份，有效190份，满意172份: where the criterion does not say of which of them the rate is, it may be of any.
fn of_others_asked(
    formula: &Formula,
    amounts: &[Labelled],
    facts: &IndicatorFacts,
) -> Result<Vec<Answer>, Refusal> {
    let used = |l: &Labelled| formula.above.iter().chain(&formula.below).any(|term| term.name == l.label);
    let asked = |l: &&Labelled| !used(l) && ASKED.iter().any(|word| l.label.contains(word));
    let below = |l: &Labelled| vec![Term { name: l.label.clone(), less: false }];
    let other = |l: &Labelled| Formula { above: formula.above.clone(), below: below(l) };
    amounts
        .iter()
        .filter(asked)
        .map(|l| Ok(Answer::number(quotient(&other(l), amounts, facts, false)?)))
        .collect()
}

/// A part that is an amount with a name.
fn labelled(part: &AnswerPart) -> Option<Labelled> {
    let amount = part.amount.clone().filter(|amount| amount.sign.is_none())?;
    let words = part.words();
    let label = words.trim_start_matches("其中");
    // 截至年末到位833万元, 全年预算: 年末 alone is told apart from 年初.
    let whole = |rest: &&str| {
        let lead = label.strip_suffix(*rest).unwrap_or_default();
        rest.chars().nth(1).is_some() && !list::YEAR_ENDS.has(lead)
    };
    let label = list::WHOLE_YEARS.strip(label).filter(whole).unwrap_or(label);
    // 下达 and 审计 end with signs that else lead on to a number.
    let act = words::of(Class::Received).ends(label) || list::ACTS_LIKE_LEADS.ends(label);
    let led = || label.trim_end_matches([':', '为', '共', '计', '是', '达', '了']).trim_end_matches("共计");
    let label = if act { label } else { led() };
    // 95%（实际到位200万元，实际支出180万元）: a bare rate is the one asked for.
    let noun = part.before.is_empty();
    let within = words.starts_with("其中");
    // 达标34所，共40所
    let label = if label.is_empty() && list::WHOLES.has(&words) { WHOLE } else { label };
    // 全县共60个村
    let label =
        if list::WHOLES.has(&part.before) && !part.after.is_empty() { part.before.as_str() } else { label };
    (!label.is_empty() || amount.unit.is_ratio()).then(|| Labelled {
        label: label.to_owned(),
        noun,
        within,
        amount,
    })
}

/// Whether a name is that of the very rate: 控制率 under 在职人员控制率.
pub(super) fn is_own_rate(label: &str, rule: &Graded, facts: &IndicatorFacts) -> bool {
    if label.is_empty() {
        return true;
    }
    let rate = list::RATE_ENDS.ends(label);
    rate && names(rule, facts).any(|name| name.ends_with(label) || label.ends_with(name))
        && rule.definition.as_ref().is_none_or(|definition| !definition.names(label))
}

/// The amount of each name of the formula, or why there is none.
fn bound<'f, 'l>(
    formula: &'f Formula,
    amounts: &'l [Labelled],
) -> Result<Vec<(&'f Term, &'l Labelled)>, String> {
    let mut terms: Vec<&Term> = Vec::new();
    for term in formula.above.iter().chain(&formula.below) {
        if terms.iter().all(|earlier| earlier.name != term.name) {
            terms.push(term);
        }
    }
    let mut found: Vec<(&Term, &Labelled)> = Vec::new();
    let mut why = None;
    for term in &terms {
        match find(&term.name, amounts) {
            Found::One(amount) if found.iter().all(|(_, earlier)| !std::ptr::eq(*earlier, amount)) => {
                found.push((term, amount));
            }
            Found::One(_) | Found::None => why = why.or(Some(format!("没有写明“{}”是多少", term.name))),
            Found::Many => why = why.or(Some(format!("有不止一个数可能是“{}”，无法确定", term.name))),
        }
    }
    let Some(why) = why else { return Ok(found) };
    let names: Vec<&str> = terms.iter().map(|term| term.name.as_str()).collect();
    if let Some(dealt) = dealt(&names, amounts) {
        return Ok(terms.into_iter().zip(dealt).collect());
    }
    told_apart::bound(formula, amounts).ok_or(why)
}

/// The amount of each name, where no amount is left that somebody may count; `stated`: by a formula of the criterion itself.
pub(super) fn all_used<'f, 'l>(
    formula: &'f Formula,
    amounts: &'l [Labelled],
    facts: &IndicatorFacts,
    stated: bool,
) -> Result<Vec<(&'f Term, &'l Labelled)>, Refusal> {
    let refuse = |why: String| Refusal::new(facts.actual_text, why, HINT);
    let bound = bound(formula, amounts).map_err(refuse)?;
    // 72户 is no 改造完成率.
    if let Some((term, _)) =
        bound.iter().find(|(term, own)| term.name.ends_with('率') && !own.amount.unit.is_ratio())
    {
        return Err(refuse(format!("没有写明“{}”是多少", term.name)));
    }
    // 满意180份、不满意30份 of 200份: they are more than all.
    let base = |l: &Labelled| l.amount.in_base();
    let over = amounts.iter().any(|against| {
        let of =
            against.label.strip_prefix('不').and_then(|of| bound.iter().find(|(_, own)| own.label == of));
        let sum = of.and_then(|(_, own)| base(own)?.plus(base(against)?));
        let all = bound.iter().filter_map(|(_, l)| base(l)).max();
        sum.zip(all).is_some_and(|(sum, all)| sum > all)
    });
    if over {
        return Err(refuse("所列各部分的数加起来超过了总数".to_owned()));
    }
    if let Some(why) = unused::may_be_meant(amounts, &bound) {
        return Err(refuse(why));
    }
    let unused = amounts.iter().find(|amount| {
        let used = bound.iter().any(|(_, other)| std::ptr::eq(*other, *amount));
        // 不满意17人 beside 满意63人
        let opposite = amount
            .label
            .strip_prefix('不')
            .is_some_and(|of| bound.iter().any(|(_, other)| other.label == of));
        !used
            && !opposite
            && !ASKED.iter().any(|word| amount.label.contains(word))
            && !unused::is_no_matter(amount, &bound, stated)
            && !unused::is_of_the_rest(amount, amounts, &bound)
            && (!stated || !unused::is_made_of(amount, amounts, &bound))
    });
    match unused {
        None => Ok(bound),
        Some(Labelled { label, amount, .. }) => Err(refuse(format!(
            "“{label}{}{}”在公式里没有用到，无法确定是否影响得分",
            amount.number, amount.unit.word
        ))),
    }
}

/// What a formula of more than one sum over another comes to: a rate.
fn worked_out(
    arithmetic: &Arithmetic,
    amounts: &[Labelled],
    facts: &IndicatorFacts,
) -> Result<Quantity, Refusal> {
    let terms = arithmetic.names().into_iter().map(|name| Term { name: name.to_owned(), less: false });
    let names = Formula { above: terms.collect(), below: Vec::new() };
    let bound = all_used(&names, amounts, facts, true)?;
    // 达标天数/365: the figure is of the same unit.
    let of_one = bound.len() == 1;
    let value = |name: &str| {
        let (_, found) = bound.iter().find(|(term, _)| term.name == name)?;
        let amount = &found.amount;
        if of_one && !amount.unit.is_ratio() {
            return Some((amount.number, Unit::bare()));
        }
        Some((amount.in_base()?, amount.unit.clone()))
    };
    // 完成率120% beside 合格率90%: whether more than all makes up for less, the formula does not say.
    let beyond =
        |l: &Labelled| l.amount.unit.is_ratio() && l.amount.in_base().is_none_or(|n| n > Number::ONE);
    if bound.len() > 1 && bound.iter().any(|(_, l)| beyond(l)) {
        let why = "有的比率超过100%，公式没有写明怎样计算";
        return Err(Refusal::new(facts.actual_text, why, HINT));
    }
    let refuse = || Refusal::new(facts.actual_text, "按公式无法计算：所列的数单位不同，或分母为零", HINT);
    let found = arithmetic.value(&value).filter(|found| found.unit.is_none()).ok_or_else(refuse)?;
    Ok(Quantity::new(found.number, Unit::ratio()))
}

/// 完成8项, and 未完成2项 or 少公开3条 of what the target asks for.
fn done(part: &AnswerPart, facts: &IndicatorFacts) -> Option<Answer> {
    // 已全部完成: as much as was to be done.
    if part.amount.is_none() && words::of(Class::AllDone).has(part.before.trim_start_matches('已')) {
        let target =
            facts.target?.quantity().filter(|t| t.fraction.is_none() && t.unit.dimension.is_of_things())?;
        return (target.sign.is_none_or(|sign| !sign.is_cap()) && !target.number.is_zero())
            .then(|| Answer::number(Quantity { sign: None, ..target.clone() }));
    }
    let amount = part.amount.as_ref().filter(|a| a.sign.is_none() && a.unit.dimension.is_of_things())?;
    let target =
        facts.target?.quantity().filter(|t| t.fraction.is_none() && t.unit.comparable(&amount.unit))?;
    // 65户已全部竣工 of 65户
    let act = words::of(Class::AllOfThem).strip(part.after.trim_start_matches('已'));
    let finished = act.is_some_and(|act| FINISHED.contains(&act.trim_start_matches('已')));
    if part.before.is_empty() && finished && target.in_base() == amount.in_base() {
        return target.sign.is_none_or(|sign| !sign.is_cap()).then(|| Answer::number(amount.clone()));
    }
    if !part.after.is_empty() || target.sign.is_some_and(Sign::is_cap) {
        return None;
    }
    let text = part.before.trim_start_matches('已').trim_start_matches("实际");
    if text == "完成" {
        return Some(Answer::number(amount.clone()));
    }
    let short = list::SHORT_OF_TARGET.has(text)
        || text.strip_prefix('少').is_some_and(|verb| verb.chars().count() <= 3);
    if !short || target.number.is_zero() {
        return None;
    }
    let number = target.in_base()?.minus(amount.in_base()?)?.over(amount.unit.factor)?;
    (!number.is_negative()).then(|| Answer::number(Quantity { number, ..amount.clone() }))
}
