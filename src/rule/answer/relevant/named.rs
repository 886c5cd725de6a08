//! A number with the very words by which the criterion counts: 新增规上企业3家 under 每新增1家规上企业.

use crate::notation::{Notation, scan_quantity};
use crate::rule::{Award, Measure, Side};
use crate::words::{self, Class, list};

use super::super::gravity::{Sameness, kind};
use super::super::parts::{AnswerPart, parts};
use super::{Relevant, Said};

/// Fewer characters may stand in any criterion.
const MIN_CHARS: usize = 4;

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value || said.facts.actual.is_some() || !said.rule.states.is_empty() {
        return None;
    }
    let found = parts(&said.text).unwrap_or_default();
    let asked = without_numbers(&said.rule.all_words());
    if let [only] = found.as_slice()
        && (is_of_the_form(said, only) || is_of_the_step(said, only))
    {
        return only.amount.clone().map(Relevant::quantity);
    }
    let (own, others): (Vec<&AnswerPart>, Vec<&AnswerPart>) =
        found.iter().partition(|part| is_asked(part, &asked));
    let [own] = own.as_slice() else { return None };
    let apart = others.iter().all(|other| is_apart(other, &own.before));
    // 结转结余84万元，支出预算600万元 under rates: no number alone is one.
    let made = said.rule.speaks_of_rates() || said.rule.written().is_some() || said.scores_a_rate();
    let alone = found.len() == 1 || !made;
    let amount = own.amount.clone().filter(|amount| apart && amount.sign.is_none());
    let amount = amount.filter(|amount| alone || amount.unit.is_ratio());
    amount.map(Relevant::quantity)
}

/// What a part counts, without 已 and 共.
fn label(part: &AnswerPart) -> &str {
    let label = words::of(Class::Performed).strip(&part.before).unwrap_or(&part.before);
    list::BEFORE_FIGURES.trim_end(label)
}

/// Whether the words before a number say that it is planned, denied, taken back, of another year or a change.
pub(in crate::rule::answer) fn says_otherwise(label: &str) -> bool {
    let classes = [
        Class::Hoped,
        Class::Negations,
        Class::TakenBack,
        Class::Planned,
        Class::LastYears,
        Class::Risen,
        Class::Fallen,
    ];
    classes.iter().any(|class| words::of(*class).within(label))
}

/// 办结190件 under 办结件数: the indicator begins with the words, and the target has the unit.
fn is_of_the_form(said: &Said, part: &AnswerPart) -> bool {
    let label = label(part);
    let target = said.facts.target.and_then(Notation::unit);
    let unit = part.amount.as_ref().filter(|amount| amount.sign.is_none()).map(|amount| &amount.unit);
    label.chars().nth(1).is_some()
        && part.after.is_empty()
        && target.is_some_and(|target| {
            !target.word.is_empty() && unit.is_some_and(|unit| unit.word == target.word)
        })
        && said.names().next().is_some()
        && !said.is_narrower(label)
        && said.names().all(|name| name.starts_with(label) && kind(name, label) == Sameness::Same)
        && !says_otherwise(label)
}

/// 新增4家 under 每新增1家规上企业: the verb and the unit of a step that adds. What a step takes points off for (每少公开1条) is no
/// number of what was done.
fn is_of_the_step(said: &Said, part: &AnswerPart) -> bool {
    let adds =
        |award: &Award| matches!(award, Award::Steps(steps) if steps.adds && steps.side == Side::Above);
    if !said.rule.all_awards().any(adds) {
        return false;
    }
    let verb = label(part);
    let unit = part.amount.as_ref().filter(|amount| amount.sign.is_none()).map(|amount| &amount.unit.word);
    let words = said.rule.all_words();
    let stepped = unit.is_some_and(|unit| {
        !unit.is_empty() && ["1", "一", ""].iter().any(|one| words.contains(&format!("每{verb}{one}{unit}")))
    });
    verb.chars().nth(1).is_some() && part.after.is_empty() && stepped && !says_otherwise(verb)
}

/// Whether the words before the number are those by which the criterion counts.
fn is_asked(part: &AnswerPart, asked: &str) -> bool {
    let label = label(part);
    let fits = label.chars().nth(MIN_CHARS.saturating_sub(1)).is_some()
        && part.amount.is_some()
        && part.after.is_empty()
        && asked.contains(label)
        && kind(asked, label) == Sameness::Same;
    // 应自评项目16个 is what was due.
    let moved = words::of(Class::Planned).begins(label)
        || [Class::Risen, Class::Fallen, Class::Hoped, Class::LastYears]
            .iter()
            .any(|class| words::of(*class).within(label));
    let denied = asked.split(label).next().is_some_and(|before| list::ALL_DENIAL_SIGNS.ends(before));
    fits && !denied && !moved
}

/// 科技型中小企业8家 beside 高新技术企业: another thing, which takes nothing back.
fn is_apart(part: &AnswerPart, own: &str) -> bool {
    let said = part.words();
    let chars: Vec<char> = said.chars().collect();
    let shared = chars.windows(3).any(|three| own.contains(&three.iter().collect::<String>()));
    let turned = [Class::Hoped, Class::Negations, Class::TakenBack, Class::Planned, Class::LastYears];
    if may_count_too(own, &said) {
        return false;
    }
    part.amount.is_some()
        && !part.before.is_empty()
        && !shared
        && !said.contains("其中")
        && !turned.iter().any(|class| words::of(*class).within(&said))
}

/// 抽查8次 beside 检查56次: one kind of the other, which may count or not.
pub(super) fn may_count_too(own: &str, other: &str) -> bool {
    let looked = words::of(Class::Inspected);
    looked.ends(own) && looked.ends(other) && own != other
}

/// 每新增1家规上企业 as 每新增规上企业.
fn without_numbers(words: &str) -> String {
    let mut found = String::new();
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let taken = match scan_quantity(rest) {
            Some((_, taken)) if c.is_ascii_digit() => taken,
            _ => {
                found.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(taken.max(c.len_utf8())..).unwrap_or_default();
    }
    found
}
