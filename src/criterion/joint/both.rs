//! Two or more demands in words that count together: 程序合规且备案及时的得4分；仅满足其中一项的得2分；均不满足的不得分. They are a list of items.

use crate::base::Weight;
use crate::criterion::Context;
use crate::criterion::grammar::scan::is_name;
use crate::criterion::grammar::words::ELSE;
use crate::rule::{Award, Rule, mark};
use crate::words::{self, Class};

use super::Readers;
use super::tiers::{atoms, bare, ending, says_none, says_one, sentences};

/// The demands as a checklist.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Rule> {
    let weight = context.weight.map(Weight::number)?;
    if text.chars().nth(MAX_CHARS).is_some() || !words::of(Class::Together).within(text) {
        return None;
    }
    let told = sentences(text);
    let (first, rest) = told.split_first()?;
    let (words, earned) = ending(first)?;
    let words = bare(words);
    let (items, all) = atoms(words)?;
    let full = earned == Award::Full || earned == Award::Points(weight);
    let plain = |item: &String| is_name(item) && item.chars().nth(3).is_some() && !has_figure(item);
    if !all || !full || items.len() != 2 || !items.iter().all(plain) || rest.is_empty() {
        return None;
    }
    let mut bands = String::new();
    for sentence in rest {
        let other = ELSE.longest(sentence).and_then(|word| sentence.strip_prefix(word));
        let (words, earned) = match other {
            Some(rest) => ("", ending(&format!("·{rest}")).filter(|(words, _)| *words == "·")?.1),
            None => {
                let (words, earned) = ending(sentence)?;
                (bare(words), earned)
            }
        };
        let points = earned.fixed_of(weight)?;
        let lead = match words {
            "" => "其余情况",
            words if words::of(Class::OneOfThem).has(words) || says_one(words) => "符合1项",
            words if words::of(Class::NoneOfThem).has(words) || says_none(words) => "均不符合",
            _ => return None,
        };
        bands.push_str(&format!(";{lead}得{points}分"));
    }
    let list: Vec<String> =
        items.iter().enumerate().map(|(at, item)| format!("{}{item}", mark(at))).collect();
    let rule = (readers.one)(&format!("{}。全部符合得{weight}分{bands}", list.join(";")), context).ok()?;
    matches!(rule, Rule::Checklist(_)).then_some(rule)
}

/// Longer texts hold more than two demands.
const MAX_CHARS: usize = 200;

fn has_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}
