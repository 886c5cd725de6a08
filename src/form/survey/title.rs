//! The titles of a questionnaire: their number, what is asked, and which row of a matrix it is.

use crate::mapping::compose::{self, Role, Table};
use crate::mapping::title::normalise;
use crate::words::{self, Class};

/// What a column of an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// When the answer came.
    Submitted,
    /// When it was begun.
    Started,
    /// How long it took.
    Took,
    /// Where it came from.
    Address,
    /// Something else of whoever answered, or of the answer as a whole.
    Silent,
    /// Which group whoever answered is of.
    Group,
    /// A question.
    Question,
}

/// What a title says, normalised.
pub(super) fn column(key: &str) -> Column {
    let plain = key.trim_start_matches('*').trim_end_matches([':', '*']);
    let (number, asked) = numbered(plain);
    let of = |class: Class| words::of(class);
    match () {
        () if of(Class::SurveyTook).has(plain) => Column::Took,
        () if of(Class::SurveyStarted).has(plain) => Column::Started,
        () if of(Class::SurveyAddress).has(plain) => Column::Address,
        () if of(Class::SurveySubmitted).has(plain) => Column::Submitted,
        () if is_export(plain) => Column::Silent,
        () if of(Class::SurveyOpinion).within(asked) => Column::Question,
        () if of(Class::SurveyPersonal).within(asked) => Column::Silent,
        () if of(Class::SurveyGroup).within(asked) && !of(Class::SurveyNotGroup).within(asked) => {
            Column::Group
        }
        () if number.is_some() => Column::Question,
        () => match compose::read(plain, Table::Survey).map(|read| read.role) {
            Some(Role::Silent(_)) => Column::Silent,
            _ => Column::Question,
        },
    }
}

/// The platforms, and the titles of their exports.
const PLATFORMS: [(&str, Class); 3] =
    [("问卷星", Class::HeadsWjx), ("腾讯问卷", Class::HeadsTencent), ("金数据", Class::HeadsJinshuju)];

fn is_export(key: &str) -> bool {
    PLATFORMS.iter().any(|(_, class)| words::of(*class).has(key))
}

/// Whose export has such titles; two of them at least, and more than any other's.
pub(super) fn platform(keys: &[String]) -> Option<&'static str> {
    let hits = |class: Class| keys.iter().filter(|key| words::of(class).has(key)).count();
    let mut all: Vec<(usize, &'static str)> =
        PLATFORMS.iter().map(|(name, class)| (hits(*class), *name)).collect();
    all.sort_by_key(|(hits, _)| std::cmp::Reverse(*hits));
    match all.as_slice() {
        [(most, name), (next, _), ..] if *most >= 2 && most > next => Some(name),
        _ => None,
    }
}

/// A question's number and the question: `12、题干`, `Q3:题干`, `5.题干`.
pub(super) fn numbered(key: &str) -> (Option<u32>, &str) {
    let rest = key.trim_start_matches(['Q', 'q', '第']);
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let (Some(number), Some(behind)) =
        (rest.get(..digits).and_then(|text| text.parse().ok()), rest.get(digits..))
    else {
        return (None, key);
    };
    let behind = behind.strip_prefix('题').unwrap_or(behind);
    match behind.chars().next() {
        Some('、' | '.' | ':' | '．' | ')') => {
            (Some(number), behind.trim_start_matches(['、', '.', ':', '．', ')']))
        }
        _ => (None, key),
    }
}

/// A question as it is shown: without its number and its kind (`[单选题]`, `*`).
pub(super) fn shown(title: &str) -> String {
    let key = normalise(title);
    let (_, asked) = numbered(&key);
    let asked = asked.trim_end_matches('*');
    let kind = asked.strip_suffix(']').and_then(|open| open.rsplit_once('['));
    match kind {
        Some((question, kind)) if kind.ends_with('题') && !question.is_empty() => question.to_owned(),
        _ => asked.to_owned(),
    }
}

/// Whether a question asks for an opinion on being satisfied.
pub(super) fn asks_opinion(title: &str) -> bool {
    let key = normalise(title);
    // What a bracket explains (1=非常满意，4=不满意) is not asked.
    let asked = key.split_once('(').map_or(key.as_str(), |(asked, _)| asked);
    words::of(Class::SurveyOpinion).within(asked) && !words::of(Class::SurveyNotOpinion).within(asked)
}

/// Whether it asks about the whole.
pub(super) fn is_overall(title: &str) -> bool {
    words::of(Class::SurveyOverall).within(&normalise(title))
}
