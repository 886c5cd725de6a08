//! How many posts there are, against the calculation that divides the staff by them: `编制48名`, `在职人员控制率42/46×100%`.

use super::bound::Bound;
use super::figures::{Figure, figure_at, linked};
use super::found::Reading;
use super::prose::Spot;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let posts = |one: &&Bound| {
        let named = words::of(Class::NamesOfPosts).ends(&one.lead);
        named && !one.about() && !one.of_other_time() && !one.in_parts
    };
    let told: Vec<&Bound> = reading.told.iter().filter(posts).collect();
    let Some(first) = told.first().filter(|first| told.iter().all(|one| one.one.is_as(&first.one))) else {
        return Vec::new();
    };
    reading.prose.sentences().filter_map(|sentence| of_sentence(reading, sentence, first)).collect()
}

fn of_sentence(reading: &Reading, sentence: Spot, posts: &Bound) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let (at, word) = words::of(Class::RatesOfStaff).find(text)?;
    // 编外人员控制率 is of others.
    if text.get(..at)?.ends_with(char::is_alphabetic) {
        return None;
    }
    let (part, whole) = divided(text, at.saturating_add(word.len()))?;
    let other_time = reading.is_of_other_year(text.get(..at)?);
    if other_time || whole.value == posts.one.value || part.value == posts.one.value {
        return None;
    }
    let spot = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(part.from),
        to: sentence.from.saturating_add(whole.to),
    };
    let message = format!(
        "{word}按编制{}计算，{}写的编制是{}。",
        whole.value,
        reading.prose.where_is(posts.spot),
        posts.one.shown()
    );
    Some(reading.finding(FindingId::ReportContradictsItself, spot, word, message))
}

/// The two figures of a division behind a name: `42/46`, `=(42/46)`.
fn divided(text: &str, from: usize) -> Option<(Figure, Figure)> {
    let rest = text.get(from..)?.trim_start_matches(['(', '=', '为']);
    let part = linked(text, text.len().saturating_sub(rest.len()))?;
    let sign = text.get(part.to..)?.strip_prefix(['/', '÷'])?;
    let whole = figure_at(text, text.len().saturating_sub(sign.len()))?;
    Some((part, whole))
}
