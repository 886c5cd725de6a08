//! 同一事项按最高级别计分，不重复计分: where each level has its points, this changes none of them.

use crate::criterion::Context;
use crate::criterion::text::plain::segments;
use crate::rule::Rule;
use crate::words::{self, Class};

use super::Readers;

/// The rule without these words, where the others say what each level earns.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Rule> {
    let said = words::of(Class::HighestCounts);
    let (dropped, kept): (Vec<_>, Vec<_>) = segments(text).into_iter().partition(|part| said.has(part.text));
    if dropped.is_empty() || kept.is_empty() {
        return None;
    }
    let mut rest = String::new();
    for part in kept {
        rest.push_str(part.text);
        rest.push(if part.ends { ';' } else { '，' });
    }
    let rule = (readers.one)(rest.trim_end_matches([';', '，']), context).ok()?;
    let levels = matches!(&rule, Rule::Graded(graded) if graded.states.len() > 1 && graded.bands.is_empty());
    levels.then_some(rule)
}
