//! Chapter four: a paragraph an indicator. The facts are the evaluator's words where the form has them, else target and
//! actual; the formula, the deduction and the points are those of the score.

use super::{About, percent, seen, share, shown, unended};
use crate::base::Score;
use crate::docx::Value;
use crate::expr::{self, Var};
use crate::letter;
use crate::model::{Indicator, IndicatorScore, State, Voice};

/// The paragraph of an indicator; a gap where nobody has scored it.
pub(super) fn paragraph(of: &About<'_>, indicator: Option<&Indicator>, result: &IndicatorScore) -> Value {
    let Some(score) = result.score.filter(|_| result.state != State::Pending) else {
        let why =
            result.refusal.as_deref().map(|why| format!("（{}）", unended(&seen(why)))).unwrap_or_default();
        return Value::Gap(format!("“{}”的评分和评价情况{why}", seen(&result.name)));
    };
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend(formula(of, indicator, result));
    let situation = shown(indicator.and_then(|indicator| indicator.situation.as_ref()));
    match &situation {
        Some(situation) => sentences.push(situation.clone()),
        None => sentences.extend(facts(indicator, result)),
    }
    sentences.extend(lost(indicator, result, situation.is_some()));
    sentences.push(closing(result, score));
    let ended = sentences.iter().map(|sentence| unended(sentence)).filter(|sentence| !sentence.is_empty());
    Value::Text(ended.fold(String::new(), |text, sentence| text + sentence + "。"))
}

/// `预算执行率=（实际支出资金/实际到位资金）×100%=（59.27/61.2）×100%=96.84%`: where the criterion says what is divided by
/// what, and the form states both.
fn formula(of: &About<'_>, indicator: Option<&Indicator>, result: &IndicatorScore) -> Option<String> {
    let written = indicator?.actual_shown();
    let (above, below) = written.split_once('/')?;
    let is_figure = |text: &str| text.trim().parse::<crate::base::Number>().is_ok();
    if !is_figure(above) || !is_figure(below) {
        return None;
    }
    let (name, rest) = result.reading.as_deref()?.split_once("=(")?;
    let (terms, _) = rest.split_once(")*100%")?;
    let (dividend, divisor) = terms.split_once('/')?;
    let at = of.scored.card.indicators.iter().position(|other| std::ptr::eq(other, result))?;
    let inputs = &of.scored.derivations.get(at)?.inputs;
    let input = |var: Var| match &inputs.iter().find(|input| input.var == var)?.value {
        expr::Value::Number(number) => Some(*number),
        _ => None,
    };
    let value = share(input(Var::Actual)?, input(Var::ActualBase)?)?;
    let (name, dividend, divisor) = (seen(name), seen(dividend), seen(divisor));
    let (above, below, said) = (above.trim(), below.trim(), percent(value));
    // Figures in 万元 are rounded: what the ledger gives may be another rate.
    let rates = &of.reconciliation.rate;
    let exact =
        rates.from_ledger.filter(|_| rates.from_stated.is_some_and(|stated| stated.number() == value));
    let exact = exact.map(super::rate).filter(|exact| *exact != said);
    let exact = exact.map(|exact| format!("（按明细账支出计算为{exact}）")).unwrap_or_default();
    Some(format!("{name}=（{dividend}/{divisor}）×100%=（{above}/{below}）×100%={said}{exact}"))
}

/// What was promised and what was done.
fn facts(indicator: Option<&Indicator>, result: &IndicatorScore) -> Option<String> {
    let indicator = indicator?;
    let name = seen(&result.name);
    let (target, actual) = (seen(&indicator.target_shown()), seen(&indicator.actual_shown()));
    if actual.is_empty() {
        return None;
    }
    if target.is_empty() {
        return Some(format!("{name}：{actual}"));
    }
    let met = if result.observed.met == Some(true) { "，达到指标值" } else { "" };
    Some(format!("{name}指标值为{target}，实际完成{actual}{met}"))
}

/// What came off and why, and what the agency says of it.
fn lost(indicator: Option<&Indicator>, result: &IndicatorScore, seen_before: bool) -> Option<String> {
    let off = result.deduction().filter(|off| !off.is_zero() && !off.is_negative())?;
    let said = letter::said_of(result);
    let given = shown(indicator.and_then(|indicator| indicator.reason.as_ref()));
    let given = given.map(|given| format!("；单位说明：{}", unended(&given))).unwrap_or_default();
    match said {
        Some(said) => Some(format!("{}{given}", unended(&seen(said)))),
        None if seen_before || !given.is_empty() => Some(format!("扣{off}分{given}")),
        None => Some(format!("扣{off}分")),
    }
}

/// Why points came off: facts, rule, points, and what the evaluator saw.
pub(super) fn why(indicator: Option<&Indicator>, result: &IndicatorScore) -> String {
    let situation = shown(indicator.and_then(|indicator| indicator.situation.as_ref()));
    seen(&letter::why(result, situation.as_deref()))
}

/// The points, in one wording for all.
fn closing(result: &IndicatorScore, score: Score) -> String {
    let weight = result.weight;
    let given = format!("分值{weight}分，得{score}分");
    if let Some(typed) = result.overriding.as_ref().filter(|_| result.state == State::Overridden) {
        let by = typed.by.as_deref().map(seen).unwrap_or_default();
        let by = if by.is_empty() { typed.voice.name().to_owned() } else { by };
        let before =
            typed.computed.map(|computed| format!("按评分标准测算得{computed}分，")).unwrap_or_default();
        return format!("{before}经{by}改定，本项{given}");
    }
    match (result.state, result.voice) {
        (State::Judged, Some(Voice::Agency)) => {
            format!("暂按单位自评得分计列，待核定，本项{given}")
        }
        (State::Judged, _) => format!("经评审，本项{given}"),
        _ if Score::new(weight.get()) == score => format!("根据评分标准，本项符合要求，{given}"),
        _ if score.is_zero() => format!("根据评分标准，本项不符合要求，{given}"),
        _ => format!("根据评分标准，本项{given}"),
    }
}
