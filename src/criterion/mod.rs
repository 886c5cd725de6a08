//! Criteria in Chinese prose become rules, or are refused with the words that were not understood.
//!
//! [`read`] is total on what it accepts: every word of the criterion is used or the criterion is refused.
//! `plain` makes the text plain, `clause` (with `condition`, `award`, `step`, `scan` below it) reads its parts,
//! `assemble` puts them together into one rule, `items` reads checklists.

mod asides;
mod assemble;
mod award;
mod bare_rates;
mod clause;
mod condition;
mod distances;
mod each_item;
mod equation;
mod events;
mod formula;
mod graded;
mod hear;
mod item_points;
mod items;
mod ladder;
mod lexicon;
mod limit;
mod line;
mod marks;
mod named_target;
mod places;
mod plain;
mod proportion;
mod quantity;
mod requirement;
mod scan;
mod scheme;
mod settle;
mod states;
mod step;
mod stepping;
mod subject;
mod summary;
mod turn;
#[rustfmt::skip] // tables of words, several a line
mod words;

use crate::base::{Number, Weight};
use crate::notation::Notation;
use crate::rule::{Award, Partial, Refusal, Rule};

use self::clause::{Clause, Setting, clauses};
use self::condition::Around;
use self::plain::{Plain, Segment, segments};

/// What a criterion is read for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'c> {
    /// The indicator's name.
    pub indicator: &'c str,
    /// The points the indicator can earn, where known.
    pub weight: Option<Weight>,
    /// The target as read: completes dates without a year.
    pub target: Option<&'c Notation>,
    /// What a step that is not whole counts where the text does not say (setting `partial_step`).
    pub partial_step: Partial,
}

/// Longer criteria are prose about an indicator, not its rule.
const MAX_CHARS: usize = 4_000;
/// Characters beyond which a text is not even counted.
const MAX_BYTES: usize = MAX_CHARS * 4;

const HINT: &str = "请改写评分标准，或由评审人员打分。";

/// Reads a criterion.
pub fn read(text: &str, context: &Context) -> Result<Rule, Refusal> {
    if text.len() > MAX_BYTES || text.chars().count() > MAX_CHARS {
        return Err(Refusal::new(text, "评分标准过长，无法识别", HINT));
    }
    let plain = Plain::new(text);
    if plain.as_str().trim().is_empty() {
        return Err(Refusal::new("评分标准", "为空", "请填写评分标准，或由评审人员打分。"));
    }
    if words::JUDGEMENT.within(plain.as_str())
        && let Some(found) = words::JUDGEMENT.iter().find(|word| plain.as_str().contains(**word))
    {
        return Err(Refusal::new(found, "要由人判断，不能自动计分", "请由评审人员打分。"));
    }
    let rule = match (parse(&plain, context), Plain::spaced(text)) {
        (Err(refusal), Some(spaced)) => parse(&spaced, context).map_err(|_| refusal)?,
        (found, _) => found?,
    };
    if let Some(weight) = context.weight {
        rule.fits(weight)?;
    }
    // The reading is what the evaluator is shown. One that would not be read as this very rule says something else than
    // what is scored, so the criterion was not understood with certainty.
    // It says what a step counts that is not whole, so no setting does.
    let reading = rule.reading();
    let plainly = Context { partial_step: Partial::default(), ..*context };
    let again = Plain::new(&reading);
    // Where the criterion is written as its reading is, it has just been read.
    let same = again.as_str() == plain.as_str() && context.partial_step == Partial::default();
    if !same && parse(&again, &plainly).ok().as_ref() != Some(&rule) {
        return Err(Refusal::new(text, format!("可能读作“{reading}”，但不能确定"), HINT));
    }
    Ok(rule)
}

fn parse(plain: &Plain, context: &Context) -> Result<Rule, Refusal> {
    let setting =
        Setting { indicator: context.indicator, around: Around { deadline: deadline(context.target) } };
    let marked = marks::marked(plain.as_str());
    if let Some(rule) = marked.as_ref().and_then(|marked| numbered_rungs(plain, marked, setting, context)) {
        return rule;
    }
    let parts = segments(plain.as_str());
    if let Some(checklist) = items::read(plain, &parts, marked.as_ref(), context)? {
        return Ok(Rule::Checklist(checklist));
    }
    let first = parse_clauses(plain, plain.as_str(), &parts, setting, context);
    // Line breaks inside a cell may also be nothing but wrapping.
    match first {
        Err(refusal) if plain.as_str().contains('\n') => {
            let joined: String = plain.as_str().chars().filter(|c| *c != '\n').collect();
            parse_clauses(plain, &joined, &segments(&joined), setting, context).map_err(|_| refusal)
        }
        other => other,
    }
}

/// ①≥90%得满分；②80%-90%得8分: marks may also number the rungs of one ladder.
fn numbered_rungs(
    plain: &Plain,
    (lead, items): &marks::Marked,
    setting: Setting,
    context: &Context,
) -> Option<Result<Rule, Refusal>> {
    let joined = std::iter::once(lead)
        .chain(items)
        .copied()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(";");
    let parts = segments(&joined);
    let spoken = clauses(&joined, &parts, setting).ok()?;
    let numeric = |clause: &Clause| match clause {
        Clause::Graded { condition, .. } | Clause::When { condition, .. } => {
            matches!(condition.shape, condition::Shape::Within(_))
        }
        Clause::Nothing
        | Clause::UntilGone
        | Clause::Named { .. }
        | Clause::Weight(_)
        | Clause::Else(_)
        | Clause::Limit(_)
        | Clause::Steps(_) => true,
        Clause::Award(award) => !matches!(award, Award::Rate(_)),
        _ => false,
    };
    let rungs =
        spoken.iter().filter(|s| matches!(s.clause, Clause::Graded { .. } | Clause::When { .. })).count();
    if rungs < 2 || !spoken.iter().all(|s| numeric(&s.clause)) {
        return None;
    }
    let rule = assemble::assemble(plain, &spoken, context).ok()?;
    // Rungs whose points add up to the weight may as well be items that do.
    let points: Vec<Number> = spoken
        .iter()
        .filter_map(|s| match &s.clause {
            Clause::Graded { award: Award::Points(n), .. } | Clause::Award(Award::Points(n)) => Some(*n),
            _ => None,
        })
        .collect();
    let weight = context.weight.map(Weight::number);
    if weight.is_some()
        && Number::sum(points.iter().copied()) == weight
        && points.iter().max().copied() < weight
    {
        let why = "各项是分档还是分别计分，无法确定";
        return Some(Err(Refusal::new(&plain.words(plain.as_str()), why, HINT)));
    }
    Some(Ok(rule))
}

fn parse_clauses(
    plain: &Plain,
    text: &str,
    parts: &[Segment],
    setting: Setting,
    context: &Context,
) -> Result<Rule, Refusal> {
    let spoken = clauses(text, parts, setting)
        .map_err(|words| Refusal::new(&plain.words(words), "看不懂这部分文字的意思", HINT))?;
    assemble::assemble(plain, &spoken, context)
}

fn deadline(target: Option<&Notation>) -> Option<crate::base::Date> {
    match target? {
        Notation::Deadline(day) => Some(*day),
        Notation::Date(days) | Notation::Period(days) => Some(days.last),
        _ => None,
    }
}
