//! Criteria that hold several rules: what none of the other rooms reads whole is taken apart, and each part is read as a
//! criterion of its own. Every way of taking apart is a file; the first that reads all of it counts.

mod alike;
mod both;
mod canonical;
mod each_of;
mod highest;
mod kinds;
mod listed;
mod names;
mod sum;
mod tiers;
mod veto;
mod written;

use crate::base::Number;
use crate::base::Weight;
use crate::criterion::text::plain::Plain;
use crate::criterion::{Context, HINT};
use crate::rule::{Joint, Part, Refusal, Rule, Together, Words};

/// Reads a text as a criterion of its own.
pub(crate) type Sub<'s> = dyn Fn(&str, &Context) -> Result<Rule, Refusal> + 's;

/// Those who read the parts.
#[derive(Clone, Copy)]
pub(crate) struct Readers<'s> {
    /// Of one rule.
    pub(crate) one: &'s Sub<'s>,
    /// Of any criterion, several rules included.
    pub(crate) any: &'s Sub<'s>,
}

/// Several rules, if the text holds such; a refusal where it does and something in it is not certain.
pub(crate) fn read(plain: &Plain, context: &Context, readers: Readers) -> Option<Result<Rule, Refusal>> {
    let text = plain.as_str();
    let words = Words::new(plain.words(text));
    let rule = |joint: Joint| Rule::Joint(Joint { words: words.clone(), ..joint });
    if let Some(found) = canonical::read(text, context, readers) {
        return Some(found.map(rule));
    }
    context.weight?;
    let lists = [highest::read, listed::read, alike::read, both::read, each_of::read];
    if let Some(rule) = lists.iter().find_map(|list| list(text, context, readers)) {
        return Some(Ok(rule));
    }
    let ways = [veto::read, tiers::read, kinds::read, sum::read];
    ways.iter().find_map(|way| way(text, context, readers)).map(|found| found.map(rule))
}

/// A list of items inside a sentence, as a checklist.
pub(crate) fn as_list(plain: &Plain, context: &Context, readers: Readers) -> Option<Rule> {
    [listed::read, alike::read, both::read].iter().find_map(|list| list(plain.as_str(), context, readers))
}

fn joint(parts: Vec<Part>, together: Together) -> Option<Joint> {
    let fits = (1..=Joint::MAX_PARTS).contains(&parts.len());
    fits.then(|| Joint { parts, together, words: Words::empty() })
}

fn refuse<T>(words: &str, why: &str) -> Result<T, Refusal> {
    Err(Refusal::new(words, why, HINT))
}

/// What a part is read for: its name, its points; the target where it is all parts'.
fn within<'c>(name: &'c str, points: Option<Number>, context: &Context<'c>) -> Context<'c> {
    let weight = points.map_or(context.weight, |points| Some(Weight::new(points.get())));
    Context { indicator: name, weight, ..*context }
}

/// Points of a condition: it is met, or not.
const ONE: Number = Number::ONE;
