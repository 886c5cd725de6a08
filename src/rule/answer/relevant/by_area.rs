//! Places among several areas, one of which the criterion names: 全省排名第5名，全市排名第3名 under 全市排名第1名得满分.

use crate::notation::{Hints, Role, read_text};
use crate::words::{self, Class};

use super::super::super::Refusal;
use super::super::Answer;
use super::{Relevant, Said};

const HINT: &str = "请写明在评分标准所说的范围内是第几名。";

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    let areas = words::of(Class::Areas);
    let rule = said.rule.all_words();
    let asked = |area: &str| rule.contains(area) || said.names().any(|name| name.contains(area));
    let mut named = areas.iter().filter(|area| asked(area));
    let (Some(own), None) = (named.next(), named.next()) else { return Ok(None) };
    let clauses = said.clauses();
    let led = |clause: &str| areas.iter().find(|area| clause.starts_with(*area));
    let is_ranked = |clause: &&str| {
        let ranks = words::of(Class::Placed).within(clause);
        led(clause).is_some() && ranks && clause.contains(|c: char| c.is_ascii_digit())
    };
    if clauses.is_empty() || !clauses.iter().all(is_ranked) {
        return Ok(None);
    }
    let mut found = clauses.iter().filter(|clause| led(clause) == Some(own));
    match (found.next(), found.next()) {
        (Some(_), None) if clauses.len() == 1 => Ok(None),
        (Some(hit), None) => {
            let hints = Hints { role: Role::Actual, target: said.facts.target, ..Hints::default() };
            Ok(read_text(hit, &hints).ok().map(|place| Relevant::answer(Answer::of(place))))
        }
        (None, _) => said.refuse(format!("写明的不是“{own}”的名次"), HINT),
        _ => said.refuse(format!("写明了不止一个“{own}”的名次"), HINT),
    }
}
