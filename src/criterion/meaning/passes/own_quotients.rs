//! 得分=检查户数/计划数×5 under 检查户数: what the indicator counts, over its target, is how much of it was done.

use crate::criterion::grammar::words::TARGET;
use crate::criterion::meaning::draft::Draft;
use crate::rule::Award;
use crate::words::{self, Class, list};

pub(super) fn own_quotients(indicator: &str, draft: &mut Draft) {
    let rungs = draft.rungs.iter_mut().map(|rung| &mut rung.award);
    let said = draft.general.iter_mut().chain(&mut draft.otherwise).map(|(award, _)| award);
    for award in rungs.chain(said) {
        if let Award::Rate(found) = award
            && found.rate.as_deref().is_some_and(|rate| is_own(rate, indicator))
        {
            found.rate = None;
        }
    }
}

/// Whether a quotient is of what the indicator counts and of its target.
fn is_own(rate: &str, indicator: &str) -> bool {
    let Some((done, all)) = rate.split_once('/') else { return false };
    let thing = list::AMOUNT_ENDS.strip_end(done).unwrap_or(done);
    let promised = TARGET.has(all) && words::of(Class::PromisedTerms).begins(all);
    promised && thing.chars().nth(1).is_some() && stands_in(thing, indicator)
}

/// 签约人 of 家庭医生签约服务人数: all its characters, in their order.
fn stands_in(thing: &str, name: &str) -> bool {
    let mut rest = name.chars();
    thing.chars().all(|c| rest.any(|other| other == c))
}
