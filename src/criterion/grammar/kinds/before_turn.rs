//! 下降不足5%、持平或上升得0分: a rung that shares its award with the words of a change behind it.

use winnow::error::EmptyError;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::graded::graded;
use crate::criterion::grammar::scan::{Input, Outcome};
use crate::criterion::grammar::states::state;
use crate::criterion::grammar::words::{FALLS, RISES, STAYS};

pub(super) const KIND: Kind = Kind {
    name: "与持平、上升同样得分的一档",
    example: "下降不足5%、持平或上升得0分",
    yields: "条件和得分",
    place: Place::Anywhere,
    parse: before_turn,
    before: &[],
};

fn before_turn(input: &mut Input<'_>, given: Given) -> Outcome<Clause> {
    let (head, tail) = input.split_once('、').ok_or(EmptyError)?;
    let turns = [RISES, FALLS, STAYS];
    let changes = turns.iter().any(|words| words.begins(head) || words.begins(tail));
    let figures = head.contains(|c: char| c.is_ascii_digit());
    if !changes || !figures || tail.contains(['%', '，']) {
        return Err(EmptyError);
    }
    let mut rest = tail;
    let Clause::States(states) = state(&mut rest)? else { return Err(EmptyError) };
    let [(label, award)] = states.as_slice() else { return Err(EmptyError) };
    let worded = label.split('、').all(|word| turns.iter().any(|words| words.has(word)));
    let mut condition = head;
    match graded(&mut condition, given)? {
        Clause::When { subject, condition: when } if rest.is_empty() && worded && condition.is_empty() => {
            *input = tail;
            Ok(Clause::Graded { subject, condition: when, award: award.clone() })
        }
        _ => Err(EmptyError),
    }
}
