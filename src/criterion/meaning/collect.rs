//! From clauses to the draft: each finds its place before anything is concluded.

use crate::base::Weight;
use crate::notation::{Notation, scale_word};
use crate::rule::{Amount, Award, Line, Point, Refusal, StateBand, Words};

use crate::criterion::Context;
use crate::criterion::grammar::clause::{Clause, Written};
use crate::criterion::grammar::condition::{About, Condition, End, Shape, Stretch, both, end};
use crate::criterion::grammar::limit::Limit;
use crate::criterion::grammar::states::MAX_GRADE;
use crate::criterion::grammar::steps::{Counts, StepClause};
use crate::criterion::meaning::draft::{Draft, Due, StepsDraft, Worded, refuse};
use crate::criterion::meaning::requirement::Next;
use crate::criterion::meaning::rungs::Rung;
use crate::criterion::meaning::said_twice::is_vague;
use crate::criterion::text::plain::Plain;

#[expect(clippy::too_many_lines, reason = "one arm a kind of clause, read together")]
pub(crate) fn collect(plain: &Plain, clauses: &[Written], context: &Context) -> Result<Draft, Refusal> {
    let mut draft = Draft::default();
    let mut pending: Option<(Condition, String)> = None;
    let mut pending_else: Option<String> = None;
    let mut asked: Option<String> = None;
    let mut letters: Vec<String> = Vec::new();
    let mut rated = false;
    for part in clauses {
        let words = plain.words(part.text);
        if pending.is_some()
            && !matches!(
                part.clause,
                Clause::Award(_)
                    | Clause::Steps(_)
                    | Clause::Line { .. }
                    | Clause::Graded { .. }
                    | Clause::When { .. }
                    | Clause::UntilGone
                    | Clause::Named { .. }
                    | Clause::Nothing
            )
        {
            return refuse(&words, "前面的条件没有写明如何得分");
        }
        let follows = std::mem::replace(&mut rated, is_vague(&part.clause));
        match &part.clause {
            Clause::Nothing => {}
            Clause::UntilGone => draft.until_gone = true,
            Clause::Named { letter, name } => {
                letters.push(letter.to_string());
                draft.names.push(name.clone());
            }
            Clause::Stated(amount) => stated(amount, &words, context)?,
            Clause::Weight(n) => {
                if context.weight.is_some_and(|w| w.number() != *n) {
                    return refuse(&words, "评分标准写明的满分与指标的分值不一致");
                }
            }
            Clause::Base(amount) => draft.bases.push(amount.clone()),
            Clause::Deadline(day) => draft.about.push(About::Lateness(Some(*day))),
            Clause::Definition { name, definition } => {
                if draft.definition.is_some() {
                    return refuse(&words, "评分标准里有不止一个计算公式");
                }
                draft.names.insert(0, name.clone()); // wherever it stands
                draft.definition = Some(definition.clone());
            }
            Clause::When { subject, condition } => {
                draft.names.extend(subject.clone());
                draft.requirement(&mut pending, Next::Condition(condition));
                let condition = &draft.contrary(condition, &words)?;
                let merged = join(pending.take(), condition, &words)?;
                pending = Some(merged);
            }
            Clause::Graded { subject, condition, award } => {
                draft.names.extend(subject.clone());
                draft.requirement(&mut pending, Next::Condition(condition));
                let condition = &draft.contrary(condition, &words)?;
                let (condition, words) = join(pending.take(), condition, &words)?;
                draft.band(&condition, award.clone(), words, part.text);
            }
            Clause::Award(award) => {
                if let Some((condition, before)) = pending.take() {
                    let words = format!("{before}，{words}");
                    draft.band(&condition, award.clone(), words, &before);
                } else if pending_else.take().is_some() {
                    draft.set_otherwise(award.clone(), words)?;
                } else if let Award::Points(n) = award
                    && ["基础分", "基本分"].iter().any(|base| words.contains(base))
                    && draft.bonus_base.is_none()
                {
                    draft.bonus_base = Some(*n);
                } else if let Award::Rate(said) = award {
                    draft.proportion(said, words, follows)?;
                } else {
                    return refuse(&words, "没有写明在什么情况下这样得分");
                }
            }
            Clause::Line { subject, line } => {
                draft.names.extend(subject.clone());
                draft.line(line.as_ref(), pending.take(), words, follows)?;
                pending_else = None;
            }
            Clause::Else(Some(award)) => draft.set_otherwise(award.clone(), words)?,
            Clause::Else(None) => pending_else = Some(words),
            Clause::Asked => asked = Some(words),
            Clause::States(given) => {
                for (label, award) in given {
                    draft.state(label, award, &words);
                }
            }
            Clause::Steps(clause) => {
                pending_else = None;
                draft.requirement(&mut pending, Next::Steps(clause));
                let own = match pending.take() {
                    Some((condition, before)) => {
                        draft.about.push(condition.about.clone());
                        Some(Rung { shape: condition.shape, award: Award::ZERO, words: before })
                    }
                    None => None,
                };
                draft.names.extend(clause.subject.clone());
                draft.step(clause, own, words)?;
            }
            Clause::Remainder(partial, size) => {
                let Some(steps) = &mut draft.steps else {
                    return refuse(&words, "前面没有按步扣分的规定");
                };
                if steps.clause.partial.is_some_and(|p| p != *partial) || !same_size(&steps.clause.size, size)
                {
                    return refuse(&words, "与前面每次扣分的幅度不一致");
                }
                steps.clause.partial = Some(*partial);
            }
            Clause::Limit(limit) => draft.limit(*limit, &words, context.weight)?,
        }
    }
    draft.names.retain(|name| !letters.contains(name));
    if let Some(steps) = &draft.steps {
        let found = matches!(steps.clause.counts, Counts::Found | Counts::Missing | Counts::Late);
        if !steps.clause.each && !found && !draft.until_gone && steps.most.is_none() {
            return refuse(&steps.words, "没有写明是每一步都扣，还是一共扣这么多");
        }
    }
    if let Some(words) = asked {
        let answered = draft.states.iter().all(|s| matches!(s.label.as_str(), "是" | "否"));
        if draft.states.is_empty() || !draft.rungs.is_empty() || !answered {
            return refuse(&words, "没有写明是和否各得多少分");
        }
    }
    if let Some((_, words)) = pending {
        return refuse(&words, "没有写明这种情况如何得分");
    }
    if let Some(words) = pending_else {
        return refuse(&words, "没有写明其余情况如何得分");
    }
    Ok(draft)
}

/// 目标值为90%: what the form's own target must be, or two targets contradict each other.
fn stated(amount: &Amount, words: &str, context: &Context) -> Result<(), Refusal> {
    let same = context.target.and_then(Notation::quantity).is_some_and(|target| {
        let stated = amount.number.times(amount.unit.factor);
        let kind = target.unit.comparable(&amount.unit) || amount.unit.is_bare();
        kind && target.fraction.is_none() && stated == target.number.times(target.unit.factor)
    });
    if same { Ok(()) } else { refuse(words, "评分标准写明的目标值与指标值不一致") }
}

/// Whether words are places of one scale: 优 and 良, 健全 and 较健全, A and B.
fn are_alternatives(words: &[&str]) -> bool {
    let letters = words.iter().all(|word| word.len() == 1 && word.chars().all(|c| c.is_ascii_alphabetic()));
    let scales: Vec<_> = words.iter().filter_map(|word| scale_word(word)).collect();
    let one = scales.windows(2).all(|pair| matches!(pair, [a, b] if a.stem == b.stem && a.rank != b.rank));
    let short = words.iter().all(|word| (1..=MAX_GRADE).contains(&word.chars().count()));
    short && (letters || (scales.len() == words.len() && one))
}

pub(crate) fn same_size(a: &Amount, b: &Amount) -> bool {
    a.number.times(a.unit.factor) == b.number.times(b.unit.factor) && a.unit.comparable(&b.unit)
}

/// Two conditions, one after the other, that both hold.
pub(crate) fn join(
    before: Option<(Condition, String)>,
    condition: &Condition,
    words: &str,
) -> Result<(Condition, String), Refusal> {
    let Some((first, spoken)) = before else { return Ok((condition.clone(), words.to_owned())) };
    let words = format!("{spoken}，{words}");
    match (&first.shape, &condition.shape) {
        (Shape::Within(a), Shape::Within(b)) if first.about == condition.about => {
            let Some(stretch) = both(a.clone(), b.clone()) else {
                return refuse(&words, "两个条件合在一起无法识别");
            };
            Ok((Condition { shape: Shape::Within(stretch), ..first }, words))
        }
        _ => refuse(&words, "两个条件合在一起无法识别"),
    }
}

impl Draft {
    /// 达不到的, 超过的: the other side of the one condition before it that earns points.
    fn contrary(&self, condition: &Condition, words: &str) -> Result<Condition, Refusal> {
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
        // 在年底前完成得满分；未完成不得分
        let late = matches!(self.about.last(), Some(About::Lateness(_))) && shape == Shape::Misses;
        let about = if late { About::Lateness(None) } else { condition.about.clone() };
        Ok(Condition { about, shape, ..condition.clone() })
    }

    pub(crate) fn band(&mut self, condition: &Condition, award: Award, words: String, text: &str) {
        if matches!(condition.shape, Shape::Meets | Shape::Misses) && !text.is_empty() {
            self.worded.push(Worded { text: text.to_owned(), award: award.clone(), words: words.clone() });
        }
        if let (About::Lateness(day), Shape::Meets | Shape::Misses) = (&condition.about, &condition.shape)
            && words.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '在' | '于'))
        {
            let kept = condition.shape == Shape::Meets;
            self.due.push(Due { rung: self.rungs.len(), day: *day, kept });
        }
        self.about.push(condition.about.clone());
        self.rungs.push(Rung { shape: condition.shape.clone(), award, words });
    }

    fn state(&mut self, label: &str, award: &Award, words: &str) {
        // 优、良得满分: either word earns it. 齐全、规范得满分 asks for both.
        let words_of: Vec<&str> = label.split('、').collect();
        let labels: Vec<&str> = if are_alternatives(&words_of) { words_of } else { vec![label] };
        for label in labels {
            let words = Words::new(words);
            self.states.push(StateBand { label: label.to_owned(), award: award.clone(), words });
        }
    }

    /// A line between two places, or one that is found between the rungs.
    fn line(
        &mut self,
        line: Option<&Line>,
        under: Option<(Condition, String)>,
        words: String,
        follows: bool,
    ) -> Result<(), Refusal> {
        // 85%-95%按比例得分，得分=（完成率-85%）÷10%×8: the formula says how.
        if let (Some(line), Some(rung), true) = (line, self.rungs.last_mut(), follows && under.is_none())
            && matches!(rung.award, Award::Rate(_))
        {
            let words = Words::new(format!("{}，{words}", rung.words));
            rung.award = Award::Line(Box::new(Line { words, ..line.clone() }));
            return Ok(());
        }
        if self.rungs.iter().any(|rung| matches!(rung.award, Award::Rate(_))) {
            return refuse(&words, "得分的计算规定了两次");
        }
        if self.between.is_some() || (self.general.is_some() && under.is_none()) {
            return refuse(&words, "得分的计算规定了两次");
        }
        match (line, under) {
            (Some(line), under) => {
                let award =
                    |words: &str| Award::Line(Box::new(Line { words: Words::new(words), ..line.clone() }));
                match under {
                    Some((condition, before)) => {
                        let words = format!("{before}，{words}");
                        self.band(&condition, award(&words), words, &before);
                    }
                    None => self.general = Some((award(&words), words)),
                }
            }
            (None, Some((Condition { about, shape: Shape::Within(gap), .. }, before))) => {
                self.about.push(about);
                self.between = Some((Some(gap), format!("{before}，{words}")));
            }
            (None, Some(_)) => return refuse(&words, "没有写明在哪两个数之间内插"),
            (None, None) => self.between = Some((None, words)),
        }
        Ok(())
    }

    fn set_otherwise(&mut self, award: Award, words: String) -> Result<(), Refusal> {
        if let Some((earlier, _)) = &self.otherwise
            && *earlier != award
        {
            return refuse(&words, "其余情况规定了两次");
        }
        self.otherwise = Some((award, words));
        Ok(())
    }

    fn step(&mut self, clause: &StepClause, own: Option<Rung>, words: String) -> Result<(), Refusal> {
        if self.steps.is_some() {
            return refuse(&words, "有不止一种按步扣分或加分的规定");
        }
        let words = match &own {
            Some(rung) => format!("{}，{words}", rung.words),
            None => words,
        };
        self.steps =
            Some(StepsDraft { clause: clause.clone(), own, most: None, cap: None, floor: None, words });
        Ok(())
    }

    fn limit(&mut self, limit: Limit, words: &str, weight: Option<Weight>) -> Result<(), Refusal> {
        match (&mut self.steps, limit) {
            (Some(steps), Limit::Take(n)) if !steps.clause.adds => steps.most = Some(n),
            (Some(steps), Limit::Add(n)) if steps.clause.adds => steps.most = Some(n),
            (Some(steps), Limit::Score(n)) if steps.clause.adds => steps.cap = Some(n),
            (Some(steps), Limit::Floor(n)) if !steps.clause.adds => steps.floor = Some(n),
            (_, Limit::Score(n) | Limit::Filled(n)) if weight.is_some_and(|w| w.number() == n) => {}
            (None, Limit::Score(n)) if weight.is_none() => self.score_cap = Some(n),
            _ => return refuse(words, "与前面的规定对不上"),
        }
        Ok(())
    }
}
