//! From clauses to the draft: each finds its place before anything is concluded.

use crate::base::Number;
use crate::notation::{Notation, scale_word};
use crate::rule::{Amount, Award, Refusal, StateBand, Words};

use crate::criterion::Context;
use crate::criterion::grammar::clause::{Clause, Written};
use crate::criterion::grammar::condition::{About, Condition, Shape, both};
use crate::criterion::grammar::kinds::{Included, is_distance};
use crate::criterion::grammar::states::MAX_GRADE;
use crate::criterion::grammar::steps::{Counts, StepClause};
use crate::criterion::grammar::words::{FALLS, RISES, STAYS};
use crate::criterion::meaning::draft::{Draft, refuse};
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
    let mut letters: Vec<(String, Option<String>)> = Vec::new();
    let mut rated = false;
    let mut labelled: Option<(String, String)> = None;
    let mut unapproved: Option<String> = None;
    let mut taken_from: Option<Number> = None;
    for (at, part) in clauses.iter().enumerate() {
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
                    | Clause::Named(_)
                    | Clause::UpToFull
                    | Clause::Nothing
            )
        {
            return refuse(&words, "前面的条件没有写明如何得分");
        }
        // 有结余，但不超过上年结转，2分
        if let Some((label, before)) = labelled.take() {
            let Clause::Award(award) = &part.clause else {
                return refuse(&before, "没有写明这种情况如何得分");
            };
            draft.state(&label, award, &format!("{before}，{words}"));
            continue;
        }
        let follows = std::mem::replace(&mut rated, is_vague(&part.clause));
        match &part.clause {
            Clause::Nothing => {}
            Clause::UpToFull => draft.up_to_full = true,
            Clause::Labelled(label) => labelled = Some((label.clone(), words.clone())),
            Clause::UntilGone => draft.until_gone = true,
            Clause::Named(told) => {
                letters.extend(told.iter().map(|(letter, name)| (letter.to_string(), Some(name.clone()))));
                draft.names.extend(told.iter().map(|(_, name)| name.clone()));
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
                // 完成系数K=实际数量/计划数量
                let plain = name.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                if let Some(letter) = name.strip_prefix(plain).filter(|l| l.len() == 1 && !plain.is_empty()) {
                    let rate = (!definition.is_completion()).then(|| plain.to_owned());
                    letters.push((letter.to_owned(), rate));
                }
                draft.names.insert(0, plain.to_owned()); // wherever it stands
                draft.definition = Some(definition.clone());
            }
            Clause::Absolute => {
                let text = draft.definition.take().map(|definition| definition.text).unwrap_or_default();
                let right = text.split_once('=').map(|(_, right)| right.trim_end_matches("*100%"));
                let fits = right.and_then(|right| right.rsplit_once('/')).is_some_and(|(above, below)| {
                    let inside = above.strip_prefix('(').and_then(|above| above.strip_suffix(')'));
                    is_distance(inside.unwrap_or(above), below)
                });
                if !fits {
                    return refuse(&words, "前面没有写明是什么的绝对值");
                }
                draft.distance = true;
            }
            Clause::Distance { name } => {
                if draft.definition.is_some() || draft.distance {
                    return refuse(&words, "评分标准里有不止一个计算公式");
                }
                draft.names.push(name.clone());
                draft.distance = true;
            }
            Clause::When { subject, condition } => {
                draft.names.extend(subject.clone());
                draft.requirement(&mut pending, Next::Condition(condition));
                let condition = &draft.contrary(condition, &words)?;
                let merged = join(pending.take(), condition, &words)?;
                pending = Some(merged);
            }
            Clause::Graded { subject, condition, award } => {
                if pending.is_none() && draft.outside(condition) {
                    draft.set_otherwise(award.clone(), words)?;
                    continue;
                }
                if pending.is_none() && draft.undone(condition, award, part.text, &words) {
                    continue;
                }
                draft.names.extend(subject.clone());
                draft.requirement(&mut pending, Next::Condition(condition));
                let condition = &draft.contrary(condition, &words)?;
                let (condition, words) = join(pending.take(), condition, &words)?;
                draft.band(&condition, award.clone(), words, part.text);
            }
            Clause::Rungs(rungs) => {
                for (subject, condition, award) in rungs {
                    draft.names.extend(subject.clone());
                    draft.band(condition, award.clone(), words.clone(), "");
                }
            }
            Clause::Afterwards { award, year } => draft.afterwards(award, *year, words, context)?,
            Clause::Approved => draft.approved = true,
            Clause::Unapproved => unapproved = Some(words),
            Clause::Rounded(said) => draft.round(*said, &words)?,
            Clause::Included(said) => {
                let (before, now) = (draft.included, *said);
                draft.included =
                    Included { above: now.above.or(before.above), below: now.below.or(before.below) };
            }
            // 85%以下的，得基础分4分，每降低1个百分点扣0.5分: what the steps are taken from.
            Clause::Award(Award::Points(n))
                if pending.is_some()
                    && words.contains("基础分")
                    && takes(clauses.get(at.saturating_add(1))) =>
            {
                taken_from = Some(*n);
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
                let base = clause.base.or(taken_from.take());
                draft.step(&StepClause { base, ..clause.clone() }, own, &words)?;
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
    draft.lettered(&letters)?;
    let letters: Vec<String> = letters.into_iter().map(|(letter, _)| letter).collect();
    draft.names.retain(|name| !letters.contains(name));
    if let Some(steps) = &draft.steps {
        let found = matches!(steps.clause.counts, Counts::Found | Counts::Missing | Counts::Late);
        if !steps.clause.each && !found && !draft.until_gone && steps.most.is_none() {
            return refuse(&steps.words, "没有写明是每一步都扣，还是一共扣这么多");
        }
    }
    if let Some((_, words)) = labelled {
        return refuse(&words, "没有写明这种情况如何得分");
    }
    if let Some(words) = unapproved.filter(|_| !draft.approved) {
        return refuse(&words, "没有写明经批准的延期如何得分");
    }
    if let Some(words) = asked {
        let answered = draft.states.iter().all(|s| matches!(s.label.as_str(), "是" | "否"));
        if draft.states.is_empty() || !draft.rungs.is_empty() || !answered {
            return refuse(&words, "没有写明是和否各得多少分");
        }
    }
    if let Some(n) = taken_from {
        return refuse(&format!("基础分{n}分"), "没有写明在什么情况下这样得分");
    }
    if let Some((_, words)) = pending {
        return refuse(&words, "没有写明这种情况如何得分");
    }
    if let Some(words) = pending_else {
        return refuse(&words, "没有写明其余情况如何得分");
    }
    Ok(draft)
}

/// Whether a clause takes points off step by step.
fn takes(clause: Option<&Written>) -> bool {
    matches!(clause.map(|written| &written.clause), Some(Clause::Steps(steps)) if !steps.adds)
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
    let turns = words.iter().all(|word| [RISES, FALLS, STAYS].iter().any(|turn| turn.has(word)));
    short && (letters || turns || (scales.len() == words.len() && one))
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
    pub(crate) fn state(&mut self, label: &str, award: &Award, words: &str) {
        // 优、良得满分: either word earns it. 齐全、规范得满分 asks for both.
        let words_of: Vec<&str> = label.split('、').collect();
        let labels: Vec<&str> = if are_alternatives(&words_of) { words_of } else { vec![label] };
        for label in labels {
            let words = Words::new(words);
            self.states.push(StateBand { label: label.to_owned(), award: award.clone(), words });
        }
    }

    pub(crate) fn set_otherwise(&mut self, award: Award, words: String) -> Result<(), Refusal> {
        if let Some((earlier, _)) = &self.otherwise
            && *earlier != award
        {
            return refuse(&words, "其余情况规定了两次");
        }
        self.otherwise = Some((award, words));
        Ok(())
    }
}
