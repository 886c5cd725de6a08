//! Hearing a criterion: each clause finds its place before anything is concluded.

use crate::base::{Number, Weight};
use crate::rule::{Amount, Award, Definition, Point, Refusal, StateBand, Words};

use super::clause::{Clause, Spoken};
use super::condition::{Condition, End, Matter, Shape, Stretch, both, end};
use super::ladder::Rung;
use super::plain::Plain;
use super::step::{Limit, StepClause};
use super::{Context, HINT};

/// A step clause with the condition it stands under.
pub(super) struct Stepping {
    pub(super) clause: StepClause,
    pub(super) own: Option<Rung>,
    pub(super) most: Option<Number>,
    pub(super) cap: Option<Number>,
    pub(super) words: String,
}

/// What has been heard so far.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) names: Vec<String>,
    pub(super) matters: Vec<Matter>,
    pub(super) definition: Option<Definition>,
    pub(super) rungs: Vec<Rung>,
    pub(super) states: Vec<StateBand>,
    pub(super) general: Option<(Award, String)>,
    pub(super) otherwise: Option<(Award, String)>,
    pub(super) steps: Option<Stepping>,
    pub(super) bases: Vec<Amount>,
    pub(super) score_cap: Option<Number>,
    pub(super) labels: Vec<(String, Award, String)>,
}

pub(super) type Read<T> = Result<T, Refusal>;

pub(super) fn refuse<T>(words: &str, why: &str) -> Read<T> {
    Err(Refusal::new(words, why, HINT))
}

#[expect(clippy::too_many_lines, reason = "one arm a kind of clause, read together")]
pub(super) fn hear(plain: &Plain, spoken: &[Spoken], context: &Context) -> Read<Heard> {
    let mut heard = Heard::default();
    let mut pending: Option<(Condition, String)> = None;
    let mut pending_else: Option<String> = None;
    for part in spoken {
        let words = plain.words(part.text);
        if pending.is_some()
            && !matches!(
                part.clause,
                Clause::Award(_)
                    | Clause::Steps(_)
                    | Clause::Graded { .. }
                    | Clause::When { .. }
                    | Clause::Nothing
            )
        {
            return refuse(&words, "前面的条件没有写明如何得分");
        }
        match &part.clause {
            Clause::Nothing => {}
            Clause::Weight(n) => {
                if context.weight.is_some_and(|w| w.number() != *n) {
                    return refuse(&words, "评分标准写明的满分与指标的分值不一致");
                }
            }
            Clause::Base(amount) => heard.bases.push(amount.clone()),
            Clause::Deadline(day) => heard.matters.push(Matter::Lateness(Some(*day))),
            Clause::Definition { name, definition } => {
                if heard.definition.is_some() {
                    return refuse(&words, "评分标准里有不止一个计算公式");
                }
                heard.names.push(name.clone());
                heard.definition = Some(definition.clone());
            }
            Clause::When { subject, condition } => {
                heard.names.extend(subject.clone());
                let condition = &heard.contrary(condition, &words)?;
                let merged = join(pending.take(), condition, &words)?;
                pending = Some(merged);
            }
            Clause::Graded { subject, condition, award } => {
                heard.names.extend(subject.clone());
                let condition = &heard.contrary(condition, &words)?;
                let (condition, words) = join(pending.take(), condition, &words)?;
                heard.band(&condition, award.clone(), words, part.text);
            }
            Clause::Award(award) => {
                if let Some((condition, before)) = pending.take() {
                    let words = format!("{before}，{words}");
                    heard.band(&condition, award.clone(), words, "");
                } else if pending_else.take().is_some() {
                    heard.set_otherwise(award.clone(), words)?;
                } else if matches!(award, Award::Rate(_)) && heard.general.is_none() {
                    heard.general = Some((award.clone(), words));
                } else {
                    return refuse(&words, "没有写明在什么情况下这样得分");
                }
            }
            Clause::Else(Some(award)) => heard.set_otherwise(award.clone(), words)?,
            Clause::Else(None) => pending_else = Some(words),
            Clause::State { label, award } => {
                // 优、良得满分: either word earns it.
                let short = label.split('、').all(|word| (1..=MAX_GRADE).contains(&word.chars().count()));
                let labels: Vec<&str> = if short { label.split('、').collect() } else { vec![label] };
                for label in labels {
                    heard.states.push(StateBand {
                        label: label.to_owned(),
                        award: award.clone(),
                        words: Words::new(words.clone()),
                    });
                }
            }
            Clause::Steps(clause) => {
                pending_else = None;
                let own = match pending.take() {
                    Some((condition, before)) => {
                        let matter = condition.matter.clone();
                        heard.matters.push(matter);
                        Some(Rung { shape: condition.shape, award: Award::ZERO, words: before })
                    }
                    None => None,
                };
                heard.names.extend(clause.subject.clone());
                heard.step(clause, own, words)?;
            }
            Clause::Remainder(partial, size) => {
                let Some(steps) = &mut heard.steps else {
                    return refuse(&words, "前面没有按步扣分的规定");
                };
                if steps.clause.partial.is_some_and(|p| p != *partial) || !same_size(&steps.clause.size, size)
                {
                    return refuse(&words, "与前面每次扣分的幅度不一致");
                }
                steps.clause.partial = Some(*partial);
            }
            Clause::Limit(limit) => heard.limit(*limit, &words, context.weight)?,
        }
    }
    if let Some((_, words)) = pending {
        return refuse(&words, "没有写明这种情况如何得分");
    }
    if let Some(words) = pending_else {
        return refuse(&words, "没有写明其余情况如何得分");
    }
    Ok(heard)
}

/// Grade words listed together are short.
pub(super) const MAX_GRADE: usize = 6;

pub(super) fn same_size(a: &Amount, b: &Amount) -> bool {
    a.number.times(a.unit.factor) == b.number.times(b.unit.factor) && a.unit.comparable(&b.unit)
}

/// Two conditions, one after the other, that both hold.
pub(super) fn join(
    before: Option<(Condition, String)>,
    condition: &Condition,
    words: &str,
) -> Read<(Condition, String)> {
    let Some((first, spoken)) = before else { return Ok((condition.clone(), words.to_owned())) };
    let words = format!("{spoken}，{words}");
    match (&first.shape, &condition.shape) {
        (Shape::Within(a), Shape::Within(b)) if first.matter == condition.matter => {
            let Some(stretch) = both(a.clone(), b.clone()) else {
                return refuse(&words, "两个条件合在一起无法识别");
            };
            Ok((Condition { shape: Shape::Within(stretch), ..first }, words))
        }
        _ => refuse(&words, "两个条件合在一起无法识别"),
    }
}

impl Heard {
    /// 达不到的, 超过的: the other side of the one condition before it that earns points.
    fn contrary(&self, condition: &Condition, words: &str) -> Read<Condition> {
        let Shape::Contrary { over } = condition.shape else { return Ok(condition.clone()) };
        let turned = |e: &End| End { at: e.at.clone(), inclusive: !e.inclusive, firm: true, yields: false };
        let paying: Vec<&Rung> = self.rungs.iter().filter(|r| r.award != Award::ZERO).collect();
        let shape = match (paying.as_slice(), over) {
            ([], false) => Shape::Misses,
            ([only], false) if only.shape == Shape::Meets => Shape::Misses,
            ([only], true) if only.shape == Shape::Meets => {
                Shape::Within(Stretch { lower: Some(end(Point::Target, false, true)), ..Stretch::default() })
            }
            ([only], _) => match &only.shape {
                Shape::Within(Stretch { lower: Some(e), upper: None, .. }) if !over => {
                    Shape::Within(Stretch { upper: Some(turned(e)), ..Stretch::default() })
                }
                Shape::Within(Stretch { lower: None, upper: Some(e), .. }) => {
                    Shape::Within(Stretch { lower: Some(turned(e)), ..Stretch::default() })
                }
                _ if over => return refuse(words, "没有写明超过什么"),
                _ => Shape::Misses,
            },
            _ if over => return refuse(words, "没有写明超过什么"),
            _ => Shape::Misses,
        };
        Ok(Condition { shape, ..condition.clone() })
    }

    fn band(&mut self, condition: &Condition, award: Award, words: String, text: &str) {
        if matches!(condition.shape, Shape::Meets | Shape::Misses) && !text.is_empty() {
            self.labels.push((text.to_owned(), award.clone(), words.clone()));
        }
        self.matters.push(condition.matter.clone());
        self.rungs.push(Rung { shape: condition.shape.clone(), award, words });
    }

    fn set_otherwise(&mut self, award: Award, words: String) -> Read<()> {
        if let Some((earlier, _)) = &self.otherwise
            && *earlier != award
        {
            return refuse(&words, "其余情况规定了两次");
        }
        self.otherwise = Some((award, words));
        Ok(())
    }

    fn step(&mut self, clause: &StepClause, own: Option<Rung>, words: String) -> Read<()> {
        if self.steps.is_some() {
            return refuse(&words, "有不止一种按步扣分或加分的规定");
        }
        let words = match &own {
            Some(rung) => format!("{}，{words}", rung.words),
            None => words,
        };
        self.steps = Some(Stepping { clause: clause.clone(), own, most: None, cap: None, words });
        Ok(())
    }

    fn limit(&mut self, limit: Limit, words: &str, weight: Option<Weight>) -> Read<()> {
        match (&mut self.steps, limit) {
            (Some(steps), Limit::Take(n)) if !steps.clause.adds => steps.most = Some(n),
            (Some(steps), Limit::Add(n)) if steps.clause.adds => steps.most = Some(n),
            (Some(steps), Limit::Score(n)) if steps.clause.adds => steps.cap = Some(n),
            (_, Limit::Score(n)) if weight.is_some_and(|w| w.number() == n) => {}
            (None, Limit::Score(n)) if weight.is_none() => self.score_cap = Some(n),
            _ => return refuse(words, "与前面的规定对不上"),
        }
        Ok(())
    }
}
