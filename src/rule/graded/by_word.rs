//! The score of a word that the rule lists, and of 完成 or 未完成.

use crate::expr::{Expr, Func, Value, Var, WAITING, join};
use crate::model::Laid;
use crate::notation::{Notation, StatusWord};
use crate::rule::applied::{asked, failed, scored};
use crate::rule::award::judged;
use crate::rule::reason::{sentence, subject, words as say};
use crate::rule::span::When;
use crate::rule::state::Found;
use crate::rule::{Applied, Award, IndicatorFacts, Input, Refusal, Words};

use super::Graded;

impl Graded {
    /// The score of a grade word.
    pub(in crate::rule) fn by_word(&self, found: Found, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        let states = self.states.iter().map(|s| (&s.award, &s.words, format!("为“{}”", s.label)));
        let mut choices: Vec<(&Award, &Words, String)> = states.collect();
        let none = || "不是评分标准列出的得分情形".to_owned();
        choices.extend(self.otherwise.iter().map(|o| (&o.award, &o.words, none())));
        let at = match found {
            Found::State(at) => at,
            Found::None => self.states.len(),
        };
        pick(&choices, at, facts)
    }

    /// The score of 完成 or 未完成 where the target is no number either.
    pub(super) fn by_status(&self, facts: &IndicatorFacts) -> Option<Result<Applied, Refusal>> {
        if facts.target.and_then(Notation::quantity).is_some() || facts.target.is_some_and(Notation::is_date)
        {
            return None;
        }
        let met = match facts.actual? {
            Notation::Status(status) if status.rate.is_none() => match status.word {
                StatusWord::Done => true,
                StatusWord::NotDone => false,
                _ => return None,
            },
            Notation::YesNo(yes) => *yes,
            _ => return None,
        };
        let said = |met: bool| if met { "达到指标值" } else { "未达到指标值" }.to_owned();
        let bands = self.bands.iter().map(|b| (&b.award, &b.words, said(b.when == When::Meets)));
        let mut choices: Vec<(&Award, &Words, String)> = bands.collect();
        choices.extend(self.otherwise.iter().map(|o| (&o.award, &o.words, said(met))));
        // 逾期完成得一半，未完成不得分: which of the two it is, one word does not say.
        let several = |when: &When| self.bands.iter().filter(|b| b.when == *when).count() > 1;
        if several(&When::Meets) || several(&When::Misses) {
            return None;
        }
        let meets = self.bands.iter().position(|b| b.when == When::Meets);
        let misses = self.bands.iter().position(|b| b.when == When::Misses);
        let plain = self.bands.iter().all(|b| matches!(b.when, When::Meets | When::Misses));
        let at = match (met, meets, misses) {
            _ if !plain => return None,
            (true, Some(at), _) | (false, _, Some(at)) => at,
            (false, Some(_), None) | (true, None, Some(_)) => {
                self.otherwise.as_ref().map(|_| self.bands.len())?
            }
            _ => return None,
        };
        Some(pick(&choices, at, facts))
    }
}

/// The choice at a place as a rule over [`Var::Level`].
fn pick(choices: &[(&Award, &Words, String)], at: usize, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
    let unclear = |words: &str| Refusal::new(words, "需要具体数值才能计算得分", "请由评审人员打分。");
    let words = choices.get(at).map_or("", |(_, words, _)| words.as_str());
    if choices.get(at).is_some_and(|(award, ..)| **award == Award::Judged) {
        return Err(judged::refusal(words));
    }
    if choices.get(at).is_none_or(|(award, ..)| award.fixed_expr().is_none()) {
        return Err(unclear(words));
    }
    let mut args = vec![Expr::Var(Var::Level)];
    args.extend(choices.iter().map(|(award, ..)| award.fixed_expr().unwrap_or_else(|| Expr::text(WAITING))));
    let expr = Expr::Call(Func::Choose, args);
    let level = u32::try_from(at.saturating_add(1)).map_err(|_| unclear(words))?;
    let mut said = vec![Expr::Var(Var::Level)];
    said.extend(choices.iter().map(|(award, _, said)| join([say(said), award.fixed_reason()])));
    let reason = sentence([say(&subject(facts)), Expr::Call(Func::Choose, said)]);
    let inputs = vec![Input { var: Var::Level, value: Value::Number(level.into()) }];
    let inputs = asked(inputs, facts.weight, [&expr, &reason]);
    let score = scored(&expr, &inputs, facts.weight, words)?;
    let failures = failed(words, facts.weight, score);
    Ok(Applied { inputs, expr, reason, score, rate: None, failures, laid: Laid::AsRead, compared: None })
}
