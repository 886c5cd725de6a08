//! A mark where a criterion lists grades with their marks: 85分 under 优秀（90分以上）, 良好（80-90分）.

use crate::base::Number;
use crate::notation::{Sign, scan_number, scan_quantity, scan_sign};

use super::super::IndicatorFacts;
use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::Answer;
use crate::words::list;

/// An end of marks: where it is, and whether it belongs to them.
type End = Option<(Number, bool)>;

/// The grade of a mark, or of a grade word alone. A mark that two grades name is of neither.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let labels: Vec<(String, String)> = rule.states.iter().filter_map(|state| parted(&state.label)).collect();
    if labels.len() < 2 {
        return None;
    }
    let text = plain_words(facts.actual_text);
    let at = |test: &dyn Fn(&str, &str) -> bool| {
        let mut hits = rule
            .states
            .iter()
            .filter(|state| parted(&state.label).is_some_and(|(word, marks)| test(&word, &marks)));
        match (hits.next(), hits.next()) {
            (Some(one), None) => Some(Answer::word(&one.label)),
            _ => None,
        }
    };
    if let Some(found) = at(&|word, _| {
        word == text
            || (word.ends_with(&text) && !list::NOT_SIGNS.within(word) && text.chars().nth(1).is_some())
    }) {
        return Some(found);
    }
    let rest = ["考核", "测评", "评价", "考评", "综合"].iter().find_map(|lead| text.strip_prefix(lead));
    let rest = list::MARKS_GIVEN.strip(rest.unwrap_or(&text)).unwrap_or(&text);
    let (mark, taken) = scan_number(rest)?;
    if rest.get(taken..)? != "分" {
        return None;
    }
    at(&|_, marks| span(marks).is_some_and(|span| holds(span, mark.value)))
}

/// 优秀(90分以上): the grade and its marks.
fn parted(label: &str) -> Option<(String, String)> {
    let label = plain_words(label);
    let (word, marks) = label.strip_suffix(')')?.split_once('(')?;
    (!word.is_empty()).then(|| (word.to_owned(), marks.to_owned()))
}

fn holds((low, high): (End, End), mark: Number) -> bool {
    low.is_none_or(|(at, included)| mark > at || (included && mark == at))
        && high.is_none_or(|(at, included)| mark < at || (included && mark == at))
}

/// The marks in words: 90分以上, 80分(含)-90分, <60分, 80分及以上、90分以下, 80分≤得分<90分.
fn span(marks: &str) -> Option<(End, End)> {
    let marks =
        list::MARKS_GIVEN.iter().fold(marks.replace("[含]", ""), |marks, name| marks.replace(name, "x"));
    let marks = marks.replace('分', "");
    // 80≤x<90
    if let Some((low, high)) = marks.split_once('x').filter(|(low, _)| !low.is_empty()) {
        let low =
            low.strip_suffix(['≤', '<']).map(|at| figure(at).map(|(at, _)| (at, low.ends_with('≤'))))?;
        return Some((Some(low?), one_sided(high)?.1));
    }
    let marks = marks.strip_prefix('x').unwrap_or(&marks);
    let two = marks.split_once(['，', '、', '且']).or_else(|| {
        let at = marks.find("以上")?.checked_add("以上".len())?;
        marks.split_at_checked(at).filter(|(_, behind)| !behind.is_empty())
    });
    if let Some((a, b)) = two {
        return match (one_sided(a)?, one_sided(b)?) {
            ((Some(low), None), (None, Some(high))) | ((None, Some(high)), (Some(low), None)) => {
                Some((Some(low), Some(high)))
            }
            _ => None,
        };
    }
    if let Some((low, high)) = marks.split_once(['-', '~', '至'])
        && let Some((high, _)) = high.strip_prefix("不足").and_then(figure)
    {
        return Some((Some((figure(low)?.0, true)), Some((high, false))));
    }
    if let Some((low, high)) = marks.split_once(['-', '~', '至']) {
        let (low, low_in) = figure(low)?;
        let (high, high_in) = figure(high)?;
        let firm = marks.contains('含');
        return Some((Some((low, low_in.unwrap_or(true))), Some((high, high_in.unwrap_or(!firm)))));
    }
    one_sided(marks)
}

/// 90分以上, <60分, 60分及以下
fn one_sided(marks: &str) -> Option<(End, End)> {
    let (quantity, taken) = scan_quantity(marks)?;
    let sign = quantity.sign.or_else(|| scan_sign(marks).map(|(sign, _)| sign))?;
    if taken != marks.len() {
        return None;
    }
    let at = quantity.number;
    match sign {
        Sign::AtLeast => Some((Some((at, true)), None)),
        Sign::MoreThan => Some((Some((at, false)), None)),
        Sign::AtMost => Some((None, Some((at, !marks.ends_with("以下") || marks.ends_with("及以下"))))),
        Sign::LessThan => Some((None, Some((at, false)))),
        Sign::Equal | Sign::About => None,
    }
}

/// A figure, and what is said of its own belonging.
fn figure(text: &str) -> Option<(Number, Option<bool>)> {
    let (number, taken) = scan_number(text)?;
    match text.get(taken..)? {
        "" => Some((number.value, None)),
        "(含)" | "含" => Some((number.value, Some(true))),
        "(不含)" | "不含" => Some((number.value, Some(false))),
        _ => None,
    }
}
