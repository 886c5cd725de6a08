//! 不低于上年得满分，达到行业平均水平得满分: what the actual is held against is the value of a standard, not the target.
//!
//! The rule is one that asks the same beside a target, with the value of the standard in the target's place: so there is one
//! code for both. Its formula refers to the standard's own cell.

use crate::base::Weight;
use crate::expr::{Expr, Var};
use crate::model::{Laid, Standard};
use crate::notation::{Notation, Quantity, Sign};

use crate::words::{self, Class, list};

use super::answer::change::is_of_change;
use super::answer::two_years::of_two_years;
use super::applied::Compared;
use super::{Applied, ChecklistItem, IndicatorFacts, Input, Known, Refusal, Rule, RuleKind};

/// A rule with the value of a standard in the place of the target.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// Which standard.
    pub standard: Standard,
    /// Whether the criterion speaks of a change from it (较上年下降), not of its value.
    pub moved: bool,
    /// The rule, as it is beside a target.
    pub rule: Box<Rule>,
}

impl Against {
    /// What is said of the target, said of the standard.
    fn reworded(&self, text: &str) -> String {
        let names = words::of(Class::TargetNames);
        names.iter().fold(text.to_owned(), |text, word| text.replace(word, self.standard.name()))
    }

    fn refused(&self, refusal: &Refusal) -> Refusal {
        Refusal {
            words: self.reworded(&refusal.words),
            why: self.reworded(&refusal.why),
            hint: self.reworded(&refusal.hint),
            understood: self.reworded(&refusal.understood),
        }
    }

    /// An input by its own name.
    fn var(&self, var: Var) -> Var {
        if var == Var::Target { Var::Standard(self.standard) } else { var }
    }

    fn renamed(&self, expr: &Expr) -> Expr {
        expr.bind(&|var| Expr::Var(self.var(var)))
    }
}

/// Last year's value where the actual itself says it: 上年78%，本年81.5%.
pub fn told_last_year(actual_text: &str) -> Option<Known> {
    let (before, _) = of_two_years(actual_text)?;
    let text = format!("{}{}", before.number, before.unit.word);
    Some(Known { standard: Standard::LastYear, read: Some(Notation::Quantity(before)), text })
}

/// The year's own number, where the actual says last year's beside it. It must be the one that the form has.
fn this_year(
    standard: Standard,
    value: &Quantity,
    facts: &IndicatorFacts,
) -> Result<Option<Quantity>, Refusal> {
    let Some((before, now)) = of_two_years(facts.actual_text).filter(|_| standard == Standard::LastYear)
    else {
        return Ok(None);
    };
    if before.in_base() != value.in_base() {
        let why = format!("写明的上年的数与{}（{}{}）不一致", standard.name(), value.number, value.unit.word);
        return Err(Refusal::new(facts.actual_text, why, "请核对，只保留正确的数；或由评审人员打分。"));
    }
    Ok(Some(Quantity { inferred: true, ..now }))
}

impl RuleKind for Against {
    fn apply(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        let (known, value) = value_of(self.standard, facts)?;
        let now = this_year(self.standard, value, facts)?;
        let now_text = now.as_ref().map(|now| format!("{}{}", now.number, now.unit.word));
        let now = now.map(Notation::Quantity);
        let told = now.is_some();
        let facts = &IndicatorFacts {
            actual: now.as_ref().or(facts.actual),
            actual_text: now_text.as_deref().unwrap_or(facts.actual_text),
            ..*facts
        };
        let actual = facts.actual.and_then(Notation::quantity);
        // 下降3% under 变动率 may be the change itself, or what it was this year.
        if self.moved && is_of_change(facts.indicator) && actual.is_some_and(|actual| actual.unit.is_ratio())
        {
            let why = "写明的是变化的幅度，还是当年的数，无法确定";
            return Err(Refusal::new(facts.actual_text, why, "请写明两年的数；或由评审人员打分。"));
        }
        if let Some(actual) = actual {
            comparable(self.standard, value, actual, facts)?;
        }
        // 上年第8位，本年第5位: a place is the better the smaller it is, and the criterion may mean either by 上升.
        if list::PLACES.within(facts.indicator) || list::PLACES.within(&self.rule.reading()) {
            let why = "名次越小越靠前，“上升”指名次还是数字，无法确定";
            return Err(Refusal::new(facts.actual_text, why, "请由评审人员打分。"));
        }
        // Which way is better the target's own sign says.
        let sign = facts.target.and_then(Notation::quantity).and_then(|target| target.sign);
        let sign = sign.filter(|sign| !matches!(sign, Sign::Equal | Sign::About));
        let target = Notation::Quantity(Quantity { sign, ..value.clone() });
        // 三公经费 of 三公经费变动率: what the two numbers are of.
        let whole = words::of(Class::ChangeEnds).strip_end(facts.indicator).filter(|name| !name.is_empty());
        let indicator = whole.filter(|_| self.moved).unwrap_or(facts.indicator);
        let beside = IndicatorFacts {
            indicator,
            target: Some(&target),
            target_text: &known.text,
            standards: &[],
            ..*facts
        };
        let applied = self.rule.apply(&beside).map_err(|refusal| self.refused(&refusal))?;
        let input = |input: Input| Input { var: self.var(input.var), ..input };
        Ok(Applied {
            inputs: applied.inputs.into_iter().map(input).collect(),
            expr: self.renamed(&applied.expr),
            reason: self.renamed(&applied.reason).reworded(&|text| self.reworded(text)),
            // Of the target nothing was asked.
            rate: None,
            failures: applied.failures,
            compared: applied.compared.map(|compared| Compared {
                named: compared.named.map(|named| self.reworded(&named)),
                figures: self.reworded(&compared.figures),
            }),
            score: applied.score,
            laid: if told { Laid::ByWords } else { applied.laid },
        })
    }

    fn fits(&self, weight: Weight) -> Result<(), Refusal> {
        self.rule.fits(weight)
    }

    fn reading(&self) -> String {
        self.reworded(&self.rule.reading())
    }

    fn family(&self) -> &'static str {
        self.rule.family()
    }

    fn counts(&self) -> bool {
        false
    }

    fn is_dated(&self) -> bool {
        false
    }

    fn decides_all(&self) -> bool {
        true
    }

    fn is_threshold(&self) -> bool {
        false
    }

    fn is_of_deviation(&self) -> bool {
        false
    }

    fn examples(&self, facts: &IndicatorFacts) -> Vec<String> {
        self.rule.kind().examples(facts)
    }

    fn items(&self) -> &[ChecklistItem] {
        self.rule.items()
    }
}

/// How a person gets a value there.
pub(super) fn asked_for(standard: Standard) -> String {
    let name = standard.name();
    let or = if standard == Standard::LastYear {
        "，或把上年的自评表与本表放进同一个文件夹一起提交"
    } else {
        ""
    };
    format!("请在“{name}”一栏填写数值和单位（没有这一栏的，请增加）{or}；或由评审人员打分。")
}

/// That a criterion asks for the value of a standard that nobody has given.
pub(crate) fn missing(standard: Standard) -> Refusal {
    Refusal::new(standard.name(), "评分标准以它为准，但没有填写", asked_for(standard))
}

/// The value of a standard as a number; what the criterion asks for and nobody has given is refused.
pub(super) fn value_of<'f>(
    standard: Standard,
    facts: &IndicatorFacts<'f>,
) -> Result<(&'f Known, &'f Quantity), Refusal> {
    let name = standard.name();
    let Some(known) = facts.known(standard) else {
        return Err(missing(standard));
    };
    let value = known.read.as_ref().and_then(Notation::quantity);
    let value = value.filter(|value| value.sign.is_none() && value.fraction.is_none());
    let Some(value) = value else {
        let why = format!("{name}不是一个确定的数，无法比较");
        return Err(Refusal::new(&known.text, why, format!("请把{name}写成数字加单位；或由评审人员打分。")));
    };
    Ok((known, value))
}

/// Whether the actual counts the same as the standard.
pub(super) fn comparable(
    standard: Standard,
    value: &Quantity,
    actual: &Quantity,
    facts: &IndicatorFacts,
) -> Result<(), Refusal> {
    // A bare figure beside one with a unit may count anything.
    let same = value.unit.comparable(&actual.unit) && value.unit.is_bare() == actual.unit.is_bare();
    if same {
        return Ok(());
    }
    let name = standard.name();
    let why =
        format!("单位与{name}（{}{}）不同，说的可能不是同一件事，没有比较", value.number, value.unit.word);
    let hint = format!("请核对口径，把{name}换算成与实际完成值相同的单位；或由评审人员打分。");
    Err(Refusal::new(facts.actual_text, why, hint))
}
