//! (以上含本数，以下不含本数): whether the figures before 以上 and 以下 belong to what they bound.

use crate::words::list;
use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit, word};

pub(super) const KIND: Kind = Kind {
    name: "是否含本数",
    example: "(以上含本数，以下不含本数)",
    yields: "以上、以下的界限归哪一档",
    place: Place::Anywhere,
    parse: included,
    before: &[],
};

/// What a text says of 以上 and 以下.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Included {
    /// Whether the figure before 以上 belongs to it.
    pub(crate) above: Option<bool>,
    /// Whether the figure before 以下 belongs to it.
    pub(crate) below: Option<bool>,
}

fn included(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let bracket = attempt(input, lit("(")).is_some();
    opt(word(&["注:", "注", "其中", "说明:"])).parse_next(input)?;
    let mut found = Included::default();
    loop {
        opt(word(&["所称", "本标准所称", "本标准", "上述", "标准中", "文中"])).parse_next(input)?;
        let (mut above, mut below) = (false, false);
        loop {
            match word(&["以上", "以下"]).parse_next(input)? {
                "以上" => above = true,
                _ => below = true,
            }
            if attempt(input, word(&["、", "和", "及", "与"])).is_none() {
                break;
            }
        }
        opt(word(&["均", "都"])).parse_next(input)?;
        let said = word(list::BELONGING).parse_next(input)?;
        word(&["本数", "本级", "该数"]).parse_next(input)?;
        let belongs = !said.starts_with('不');
        for (named, part) in [(above, &mut found.above), (below, &mut found.below)] {
            if named && part.replace(belongs).is_some_and(|earlier| earlier != belongs) {
                return Err(EmptyError);
            }
        }
        if attempt(input, word(&["，", "、", ";"])).is_none() {
            break;
        }
    }
    if bracket {
        lit(")").parse_next(input)?;
    }
    Ok(Clause::Included(found))
}
