//! Figures beside the one that counts, which change nothing: a part of it that nobody asks for (其中沥青路面15公里), all its parts at
//! once, and what is of another thing in another unit (涉及学校14所). They are left out, and the rest is read as if it stood alone.

use crate::base::Number;
use crate::notation::{Notation, Quantity, Unit, scan_unit};
use crate::rule::{Award, Measure, Point};
use crate::words::{self, Class, list};

use super::super::gravity::{Sameness, kind};
use super::super::parts::{AnswerPart, parts};
use super::named::says_otherwise;
use super::{Relevant, Said};

/// More clauses are a report.
const MAX_CLAUSES: usize = 8;

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    let asks = matches!(said.rule.measure, Measure::Value | Measure::Count(_))
        && !list::CORRECTION_SIGNS.within(&said.text);
    // 人均成本 is made of figures of two units.
    let mean = words::of(Class::ForEach);
    // 万元GDP用水量
    let of_money = |name: &str| scan_unit(name).is_some_and(|(unit, _)| unit.is_money());
    let each = said.names().any(|name| mean.within(name) || name.contains('每') || of_money(name));
    if !asks || each || said.is_of_days() || !said.rule.states.is_empty() {
        return None;
    }
    without_brackets(said).or_else(|| without_clauses(said)).map(Relevant::Text)
}

/// 833万元(其中12月到账100万元), 不规范合同5份(3份缺日期，2份未盖章): what the bracket says is of the figure before it.
fn without_brackets(said: &Said) -> Option<String> {
    let (before, rest) = said.text.split_once('(')?;
    let (inside, behind) = rest.split_once(')')?;
    let whole = figures(before)?.pop()?;
    let led = list::PART_LEADS.strip(inside);
    // 其中12月到账100万元
    let month = |rest: &str| -> Option<usize> {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        rest.get(digits..)?
            .starts_with('月')
            .then(|| digits.saturating_add('月'.len_utf8()))
            .filter(|_| digits > 0)
    };
    let words = led.unwrap_or(inside);
    let parts = figures(month(words).and_then(|at| words.get(at..)).unwrap_or(words))?;
    // 285人(更正：应为270人): only a part, or all parts, are of it.
    let told = led.is_some() || parts.len() > 1;
    (told && !parts.is_empty() && !behind.contains('(') && is_within(said, &parts, &whole))
        .then(|| format!("{before}{behind}"))
}

fn without_clauses(said: &Said) -> Option<String> {
    if said.text.contains(['(', ')']) {
        return None;
    }
    let clauses = said.clauses();
    if clauses.len() < 2 || clauses.len() > MAX_CLAUSES {
        return None;
    }
    let mut kept: Vec<&str> = Vec::new();
    for clause in &clauses {
        let part =
            list::PART_LEADS.strip(clause).and_then(|rest| figures(rest).filter(|own| !own.is_empty()));
        let whole = kept.last().and_then(|before| figures(before)?.pop());
        let drop = part.zip(whole).is_some_and(|(parts, whole)| is_within(said, &parts, &whole));
        if !drop {
            kept.push(clause);
        }
    }
    // 无其他差错 beside 4笔差错
    let counted = matches!(said.rule.measure, Measure::Count(_));
    if counted && kept.iter().any(|clause| figures(clause).is_some_and(|found| !found.is_empty())) {
        kept.retain(|clause| {
            let rest =
                list::FOUND_NONE.strip(clause).and_then(|rest| words::of(Class::TheOthers).strip(rest));
            !rest.is_some_and(|thing| thing.chars().nth(1).is_some() && words::of(Class::Faults).ends(thing))
        });
    }
    let own = kept.clone();
    kept.retain(|clause| !is_of_another_thing(said, clause, &own));
    // Something that is asked for must be left: a figure in the form's unit, or two of which a rate is made.
    let left: Vec<(AnswerPart, Quantity)> =
        kept.iter().filter_map(|clause| figures(clause)).flatten().collect();
    let asked = |unit: &Unit| {
        said.facts.target.and_then(Notation::unit).is_some_and(|target| target.comparable(unit))
    };
    if own.len() > kept.len() && left.len() < 2 && !left.iter().any(|(_, q)| asked(&q.unit)) {
        kept = own;
    }
    (!kept.is_empty() && kept.len() < clauses.len()).then(|| kept.join("，"))
}

/// The figures of words, each with its label; nothing where some of them is none.
fn figures(text: &str) -> Option<Vec<(AnswerPart, Quantity)>> {
    let figure = |part: AnswerPart| {
        let amount =
            part.amount.clone().filter(|amount| amount.sign.is_none() && amount.fraction.is_none())?;
        Some((part, amount))
    };
    parts(text)?.into_iter().map(figure).collect()
}

/// Whether figures are parts of another that nobody asks for: one of them, of no more than what it is; or all that make it up.
fn is_within(said: &Said, parts: &[(AnswerPart, Quantity)], (of, whole): &(AnswerPart, Quantity)) -> bool {
    let alike = parts.iter().all(|(_, part)| part.unit == whole.unit) && !whole.unit.is_ratio();
    let sum = Number::sum(parts.iter().map(|(_, part)| part.number));
    let (known, labels) = (known(said), || parts.iter().map(|(part, _)| bare(part)));
    let names = said.names().collect::<Vec<_>>().join("|");
    let whole_label = bare(of);
    // 当年新修 of 累计建成, 监测户 of 帮扶脱贫户: what the form asks for, and the whole is not called.
    let asked = |label: &str| pairs(label).any(|pair| names.contains(&pair) && !whole_label.contains(&pair));
    let unasked = labels().all(|label| {
        let same = kind(&known, &label) == Sameness::Same;
        let this = words::of(Class::ThisYears).begins(&label);
        !label.is_empty() && !known.contains(&label) && same && !this && !asked(&label)
    });
    // 采购图书 is more than 采购纸质图书.
    let called = said.names().any(|name| name.contains(&whole_label));
    let unasked = unasked && (called || !said.falls_short(&whole_label));
    let all = parts.len() > 1 && sum == Some(whole.number);
    let one = matches!(parts, [_])
        && said.rule.measure == Measure::Value
        && sum.is_some_and(|sum| sum <= whole.number)
        && labels().all(|label| is_no_matter(&label));
    alike && unasked && (all || one)
}

/// Whether a label says only of which kind something is: nothing of whether it was done, or is at fault, or will be.
pub(super) fn is_no_matter(label: &str) -> bool {
    let judged =
        [Class::Faults, Class::Unfinished, Class::Sound, Class::Mended, Class::ActsDone, Class::InPart];
    !says_otherwise(label)
        && !judged.iter().any(|class| words::of(*class).within(label))
        && !list::EITHER_KINDS.within(label)
        && !list::CAME_TO_NOTHING.within(label)
        && !list::DEEDS.begins(label)
}

/// 涉及学校14所 under 维修面积: in a unit of which neither the form nor another figure is, and by words that nobody asks for.
fn is_of_another_thing(said: &Said, clause: &str, all: &[&str]) -> bool {
    let Some(found) = figures(clause) else { return false };
    let [(part, amount)] = found.as_slice() else { return false };
    let label = part.words();
    let known = known(said);
    let named = pairs(&label).any(|pair| known.contains(&pair));
    let own = |unit: &Unit| unit.comparable(&amount.unit);
    let asked = said.facts.target.and_then(Notation::unit).is_some_and(own) || units(said).any(own);
    let beside = all
        .iter()
        .filter(|other| **other != clause)
        .any(|other| figures(other).is_none_or(|others| others.iter().any(|(_, other)| own(&other.unit))));
    let thing = amount.unit.dimension.is_of_things() || amount.unit.is_money();
    // 清淤量5.8万方 beside 32公里 under 36公里: the form asks in another unit.
    let amount_asked = said.rule.measure == Measure::Value
        && said.rule.written().is_none()
        && !said.rule.speaks_of_rates()
        && said.facts.target.and_then(Notation::unit).is_some_and(|target| {
            let left = |other: &&str| {
                figures(other).is_some_and(|f| f.iter().any(|(_, q)| q.unit.comparable(target)))
            };
            !target.is_ratio() && !target.is_bare() && all.iter().filter(|other| **other != clause).any(left)
        })
        && is_no_matter(&label);
    let named = named && !amount_asked;
    thing && label.chars().nth(1).is_some() && !named && !asked && !beside && !says_otherwise(&label)
}

/// All words of the criterion, with its formula, and of the form.
fn known(said: &Said) -> String {
    let written = said.rule.written().map(|written| written.text).unwrap_or_default();
    format!("{}|{written}", said.known())
}

/// Two signs at a time.
fn pairs(text: &str) -> impl Iterator<Item = String> {
    let signs: Vec<char> = text.chars().collect();
    let pairs: Vec<String> = signs.windows(2).map(|pair| pair.iter().collect()).collect();
    pairs.into_iter()
}

/// The units of the criterion's figures and steps.
fn units<'s>(said: &'s Said) -> impl Iterator<Item = &'s Unit> {
    let steps = said.rule.all_awards().filter_map(|award| match award {
        Award::Steps(steps) => Some(&steps.size.unit),
        _ => None,
    });
    let points = said.rule.points().filter_map(|at| match at {
        Point::Value(amount) | Point::Beyond(_, amount) => Some(&amount.unit),
        _ => None,
    });
    steps.chain(points).filter(|unit| !unit.is_bare())
}

/// A label without what leads to its figure.
fn bare(part: &AnswerPart) -> String {
    list::BEFORE_FIGURES.trim_end(&part.words()).trim_end_matches('有').to_owned()
}
