//! Criteria that hold several rules: what none of the other rooms reads whole is taken apart, and each part is read as a
//! criterion of its own. Every way of taking apart is a file; the first that reads all of it counts.

mod alike;
mod both;
mod canonical;
mod each_of;
mod each_unit;
mod faults;
mod highest;
mod kinds;
mod lacks;
mod less;
mod listed;
mod lone;
mod names;
mod part_missed;
mod said_of_each;
mod sum;
mod tiers;
mod veto;
mod written;

use crate::base::Number;
use crate::base::Weight;
use crate::criterion::text::plain::Plain;
use crate::criterion::watch::{Came, Shared};
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
    /// Who looks on.
    pub(crate) watch: &'s Shared<'s>,
}

impl Readers<'_> {
    /// Tries a way of taking a text apart, and tells what came of it.
    fn tries<T>(
        self,
        how: &'static str,
        text: &str,
        way: impl FnOnce() -> Option<Result<T, Refusal>>,
    ) -> Option<Result<T, Refusal>> {
        self.watch.with(|watch| watch.opened(how, "", text));
        let found = way();
        self.watch.with(|watch| watch.closed(Came::of(found.as_ref())));
        found
    }
}

/// Several rules, if the text holds such; a refusal where it does and something in it is not certain.
pub(crate) fn read(plain: &Plain, context: &Context, readers: Readers) -> Option<Result<Rule, Refusal>> {
    let text = plain.as_str();
    let words = Words::new(plain.words(text));
    let rule = |joint: Joint| Rule::Joint(Joint { words: words.clone(), ..joint });
    let way = |how: &'static str, way: Way| readers.tries(how, text, || way(text, context, readers));
    if let Some(found) = way("各项规定的标准说法", canonical::read) {
        return Some(found.map(rule));
    }
    context.weight?;
    let list = |how: &'static str, list: List| {
        readers.tries(how, text, || list(text, context, readers).map(Ok)).and_then(Result::ok)
    };
    let listed = list("各级按最高的计分", highest::read)
        .or_else(|| as_list(plain, context, readers))
        .or_else(|| list("几项中每一项的规定", each_of::read))
        .or_else(|| list("每一个都要达到的规定", each_unit::read))
        .or_else(|| list("各种不符合各扣几分的清单", lacks::read));
    if let Some(rule) = listed {
        return Some(Ok(rule));
    }
    let found = way("一票否决和其余的规定", veto::read)
        .or_else(|| way("各项同时达到的各档", tiers::read))
        .or_else(|| way("分别扣分的各类问题", kinds::read))
        .or_else(|| way("几件事一起扣分", less::read))
        .or_else(|| way("各项得分相加", sum::read))
        .or_else(|| way("各类问题各有规定", faults::read));
    found.map(|found| found.map(rule))
}

type Way = fn(&str, &Context, Readers) -> Option<Result<Joint, Refusal>>;
type List = fn(&str, &Context, Readers) -> Option<Rule>;

/// A list of items inside a sentence, as a checklist.
pub(crate) fn as_list(plain: &Plain, context: &Context, readers: Readers) -> Option<Rule> {
    let text = plain.as_str();
    let list = |how: &'static str, list: List| {
        readers.tries(how, text, || list(text, context, readers).map(Ok)).and_then(Result::ok)
    };
    list("一句话里列举的各项", listed::read)
        .or_else(|| list("同样规定的各项", alike::read))
        .or_else(|| list("合并计分的几项要求", both::read))
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
