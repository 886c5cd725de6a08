//! Numbers of several things, one of them in the target's unit and by its name: 举办培训9期，培训720人次 under 培训期数; and what is
//! still to be done beside what is done: 已完成改造38户，2户正在实施.

use crate::base::Number;
use crate::notation::{Dimension, Notation};
use crate::rule::Measure;
use crate::words::{self, Class};

use super::super::Answer;
use super::super::parts::{AnswerPart, parts};
use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    stated(said).or_else(|| workdays(said)).map(Relevant::answer)
}

/// 历时18个自然日，合12个工作日 under 10个工作日: the same time, counted in both.
fn workdays(said: &Said) -> Option<Answer> {
    let target = said.facts.target.and_then(Notation::quantity)?;
    let found = parts(&said.text)?;
    let [a, b] = found.as_slice() else { return None };
    let lasted = words::of(Class::Lasted);
    let unit = |part: &AnswerPart| part.amount.as_ref().map(|amount| amount.unit.dimension.clone());
    let counts = |part: &AnswerPart, of: &Dimension| {
        unit(part).as_ref() == Some(of)
            && part.after.is_empty()
            && (part.before.is_empty() || lasted.has(&part.before))
            && part.amount.as_ref().is_some_and(|amount| amount.sign.is_none())
    };
    let kinds = [Dimension::Workdays, Dimension::Time];
    let other = kinds.iter().find(|kind| **kind != target.unit.dimension)?;
    let own = &target.unit.dimension;
    let hit = match (counts(a, own) && counts(b, other), counts(b, own) && counts(a, other)) {
        (true, false) => a,
        (false, true) => b,
        _ => return None,
    };
    // No more workdays than days.
    let (hit, rest) = (hit.amount.as_ref()?, if std::ptr::eq(hit, a) { b } else { a }.amount.as_ref()?);
    let (workdays, days) = if *own == Dimension::Workdays { (hit, rest) } else { (rest, hit) };
    (workdays.number <= days.number).then(|| Answer::of(Notation::Quantity(hit.clone())))
}

fn stated(said: &Said) -> Option<Answer> {
    let target =
        said.facts.target.and_then(Notation::quantity).filter(|_| said.rule.measure == Measure::Value)?;
    if !matches!(target.unit.dimension, Dimension::Count(_)) {
        return None;
    }
    let found = parts(&said.text)?;
    let plain = |part: &AnswerPart| {
        let amount = part.amount.as_ref();
        amount.is_some_and(|a| a.sign.is_none() && a.fraction.is_none() && a.unit.dimension.is_of_things())
    };
    if found.len() < 2 || !found.iter().all(plain) {
        return None;
    }
    if let Some(done) = found.iter().find_map(|done| beside_the_rest(said, done, &found)) {
        return Some(done);
    }
    let unit = |part: &AnswerPart| part.amount.as_ref().map(|amount| amount.unit.clone()).unwrap_or_default();
    let (own, others): (Vec<&AnswerPart>, Vec<&AnswerPart>) =
        found.iter().partition(|part| unit(part).word == target.unit.word);
    let [own] = own.as_slice() else { return None };
    let apart = others.iter().all(|other| !unit(other).comparable(&target.unit) && is_plain(other));
    // 补助250人、600人次: both are what the first is called.
    let led = AnswerPart {
        before: found.first().map(|first| first.before.clone()).unwrap_or_default(),
        ..(*own).clone()
    };
    let own_name = if own.before.is_empty() { &led } else { *own };
    (apart && is_plain(own) && is_named(said, own_name))
        .then(|| Answer::of(Notation::Quantity(own.amount.clone().unwrap_or_else(|| target.clone()))))
}

/// What is done, where what is not yet done is the rest of the target.
fn beside_the_rest(said: &Said, done: &AnswerPart, all: &[AnswerPart]) -> Option<Answer> {
    let target = said.facts.target.and_then(Notation::quantity)?;
    let mut rest = all.iter().filter(|part| !std::ptr::eq(*part, done)).peekable();
    let open = |part: &AnswerPart| words::of(Class::Unfinished).within(&part.words());
    let units =
        |part: &&AnswerPart| part.amount.as_ref().is_some_and(|amount| amount.unit.comparable(&target.unit));
    let some = rest.peek().is_some();
    let whole =
        Number::sum(all.iter().map(|part| part.amount.as_ref()?.in_base()).collect::<Option<Vec<_>>>()?)?;
    let fits = some && rest.all(open) && is_plain(done) && !open(done) && all.iter().all(|part| units(&part));
    (fits && whole == target.in_base()?)
        .then(|| done.amount.clone().map(|amount| Answer::of(Notation::Quantity(amount))))?
}

/// No plan, no other year, nothing denied or taken back.
fn is_plain(part: &AnswerPart) -> bool {
    let said = part.words();
    let turned = [
        Class::Hoped,
        Class::Negations,
        Class::LastYears,
        Class::Planned,
        Class::TakenBack,
        Class::Faults,
        Class::PartsOfTheYear,
    ];
    !turned.iter().any(|class| words::of(*class).within(&said)) && !said.contains("其中")
}

/// Whether the words before the number are those of the form: 举办培训9期 under 培训期数.
fn is_named(said: &Said, part: &AnswerPart) -> bool {
    let label = words::of(Class::Performed).strip(&part.before).unwrap_or(&part.before);
    let chars: Vec<char> = label.chars().collect();
    let core: String = chars.get(chars.len().saturating_sub(2)..).unwrap_or_default().iter().collect();
    chars.len() >= 2 && part.after.is_empty() && said.names().all(|name| name.contains(&core))
}
