//! 达到95%、90%、85%的，分别得6分、4分、2分: rungs in a list, and their points in another.

use winnow::error::EmptyError;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::Shape;
use crate::criterion::grammar::graded::graded;
use crate::criterion::grammar::scan::{Input, Outcome, begins_figure};
use crate::notation::is_numeral;

pub(super) const KIND: Kind = Kind {
    name: "各档分别得分",
    example: "达到95%、90%、85%的分别得6分、4分、2分",
    yields: "各档的得分",
    place: Place::Anywhere,
    parse: listed,
    before: &[],
};

fn listed(input: &mut Input<'_>, given: Given) -> Outcome<Clause> {
    let (conditions, awards) = input.split_once("分别").ok_or(EmptyError)?;
    let conditions = spread(conditions.trim_end_matches(['，', '的', '时', '者']));
    let awards = spread(awards);
    if conditions.len() < 2 || conditions.len() != awards.len() {
        return Err(EmptyError);
    }
    let mut rungs = Vec::new();
    for (condition, award) in conditions.iter().zip(&awards) {
        let text = format!("{condition}{award}");
        let mut rest = text.as_str();
        match graded(&mut rest, given)? {
            Clause::Graded { subject, condition, award }
                if rest.is_empty() && matches!(condition.shape, Shape::Within(_)) =>
            {
                rungs.push((subject, condition, award));
            }
            _ => return Err(EmptyError),
        }
    }
    *input = "";
    Ok(Clause::Rungs(rungs))
}

/// The elements of a list, each with the words before the first figure and the unit behind the last, which are said once for
/// all of them.
fn spread(text: &str) -> Vec<String> {
    let elements: Vec<&str> = text.split('、').collect();
    let (first, last) = (elements.first().copied().unwrap_or(""), elements.last().copied().unwrap_or(""));
    let begins = |(at, _): (usize, char)| first.get(at..).filter(|rest| begins_figure(rest)).map(|_| at);
    let figure = match first.rfind('第') {
        Some(at) => Some(at.saturating_add('第'.len_utf8())),
        None => first.find(|c: char| c.is_ascii_digit()).or_else(|| first.char_indices().find_map(begins)),
    };
    let lead = figure.and_then(|at| first.get(..at)).unwrap_or("");
    let unit = last.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_start_matches(is_figure);
    // 第一、第二、第三的 are places, and 名 goes without saying.
    let ranked = first.contains('第') && !last.ends_with(['名', '位', '等']);
    let whole = |(at, element): (usize, &&str)| {
        let own = if at > 0 && begins_figure(element) { lead } else { "" };
        let bare = element.ends_with(|c: char| c.is_ascii_digit() || (ranked && is_numeral(c)));
        let unit = if ranked { "名" } else { unit };
        format!("{own}{element}{}", if bare { unit } else { "" })
    };
    elements.iter().enumerate().map(whole).collect()
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}
