//! The indicators whose points a person has still to decide, as our sheets show them: which they are is decided by `letter`
//! alone, and every sheet asks here.

use std::collections::BTreeMap;

use super::binding::WAITING;
use super::view::View;
use crate::base::{Score, Weight};
use crate::expr::{Expr, Func, join};
use crate::letter::{self, Undecided};
use crate::model::{TO_DECIDE, Voice};

/// Those indicators that were scored, or given a score which does not count, by their position: of the others their own
/// refusal says more exactly what is lacking.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    all: BTreeMap<usize, (Undecided, Option<Score>)>,
}

impl Waiting {
    pub(super) fn of(view: &View) -> Self {
        let undecided = letter::undecided(view.case, view.scored, view.findings);
        let form = view.case.score_form.as_ref();
        let results = view.scored.card.indicators.iter().enumerate();
        let all = results.filter_map(|(index, result)| {
            let called = form.zip(view.indicator(result)).map(|(form, indicator)| form.called(indicator));
            let name = called.unwrap_or_else(|| result.name.clone());
            let one = undecided.iter().find(|one| one.object == name)?;
            if result.score.is_none() && result.outside.is_none() {
                return None;
            }
            Some((index, (one.clone(), result.score)))
        });
        Self { all: all.collect() }
    }

    pub(super) fn holds(&self, index: usize) -> bool {
        self.all.contains_key(&index)
    }

    /// Those with a score, which may count until then: its position, the score, and whether it counts.
    pub(super) fn scored(&self) -> impl Iterator<Item = (usize, Score, bool)> + '_ {
        self.all.iter().filter_map(|(index, (one, score))| Some((*index, (*score)?, one.counted.is_some())))
    }

    /// How many there are with a score, and what they can earn.
    pub(super) fn points(&self) -> (usize, Option<Weight>) {
        let scored: Vec<Weight> =
            self.all.values().filter(|(_, score)| score.is_some()).map(|(one, _)| one.weight).collect();
        (scored.len(), Weight::sum(scored))
    }

    /// Why an indicator waits, as long as its score is that of the run and nobody typed another; else `then`.
    pub(super) fn why(&self, index: usize, score: &Expr, typed: Expr, then: Expr) -> Expr {
        let Some((one, at_run)) = self.all.get(&index) else { return then };
        let same = match at_run {
            Some(at_run) => score.clone().equals(Expr::from(at_run.number())),
            None => score.clone().equals(Expr::text(WAITING)),
        };
        // Who signs 评分结果单 for the agency reads who settles it.
        let within = one.within.as_ref();
        let within =
            within.map(|within| format!("没有更正的，由财政部门在{within}内核定。")).unwrap_or_default();
        untouched(same, typed).choose(join([Expr::text(format!("{}{within}", one.why))]), then)
    }

    /// 状态 until then, around what it is else; one without a score is called so already.
    pub(super) fn state(&self, index: usize, score: &Expr, typed: Expr, then: Expr) -> Expr {
        let Some((one, Some(at_run))) = self.all.get(&index) else { return then };
        let same = score.clone().equals(Expr::from(at_run.number()));
        let waits = untouched(same, typed);
        if one.counted.is_some() {
            // What counts until then is the agency's word, and no rule's, though one would give the same.
            let own = Expr::text(format!("{TO_DECIDE}（{}）", Voice::Agency.name()));
            return waits.choose(own, then);
        }
        let around = |words: &str| waits.clone().choose(Expr::text(words), Expr::text(""));
        join([around(&format!("{TO_DECIDE}（")), then, around("）")])
    }
}

fn untouched(same: Expr, typed: Expr) -> Expr {
    Expr::call(Func::And, [same, typed.equals(Expr::text(""))])
}
