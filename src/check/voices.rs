//! What a person typed, added up: the scores of one voice, the agency's or the reviewer's, never one beside the other.

use crate::base::{CellAt, Score, Weight};
use crate::model::{Entry, Indicator, IndicatorScore, ScoreForm, Scorecard};

/// Whose scores are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// The agency's, or those of the only column.
    Own,
    /// The reviewer's, in a form that has a column for each.
    Review,
}

/// What some scores come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Added {
    /// Those that are there.
    pub(super) sum: Score,
    /// The points of the rows that have none yet: what is typed for all may hold them already.
    pub(super) open: Score,
}

impl Added {
    /// Whether a stated total cannot be the sum of these scores, whatever the open rows earn.
    pub(super) fn contradicts(&self, stated: Score) -> bool {
        let most = self.sum.plus(self.open);
        stated < self.sum || most.is_none_or(|most| stated > most)
    }
}

/// A row that is scored, with the cell of its score in this voice.
struct Row<'a> {
    name: Option<&'a CellAt>,
    weight: Option<Weight>,
    score: Option<&'a Entry>,
    result: Option<&'a IndicatorScore>,
    /// Whether it says what was done.
    done: bool,
}

/// The scores of a voice, of all rows or of those whose names stand in these cells. `None` where it is not certain what
/// they are.
pub(super) fn added(
    form: &ScoreForm,
    card: &Scorecard,
    voice: Voice,
    only: Option<&[CellAt]>,
) -> Option<Added> {
    if form.part_unread {
        return None;
    }
    let mut added = Added { sum: Score::default(), open: Score::default() };
    let mut any = false;
    for row in rows(form, card, voice, only.is_none())? {
        if only.is_some_and(|names| !row.name.is_some_and(|name| names.contains(name))) {
            continue;
        }
        let typed = row.score.filter(|entry| !entry.is_blank());
        match (typed, typed.and_then(Entry::number), row.weight) {
            (_, Some(number), _) => added.sum = added.sum.plus(Score::new(number.get()))?,
            // What is there and no number may be anything.
            (Some(_), None, _) => return None,
            // Something was done for points that are not known: a score of several rows may hold them.
            (None, _, None) if row.done => return None,
            // Neither points nor score: nothing to add.
            (None, _, None) => continue,
            (None, _, Some(weight)) => {
                // A reviewer's blank is filled with what is computed.
                let ours = row.result.filter(|_| voice == Voice::Review).and_then(|result| result.score);
                match ours {
                    Some(score) => added.sum = added.sum.plus(score)?,
                    None => added.open = added.open.plus(Score::new(weight.get()))?,
                }
            }
        }
        any = true;
    }
    any.then_some(added)
}

fn rows<'a>(form: &'a ScoreForm, card: &'a Scorecard, voice: Voice, execution: bool) -> Option<Vec<Row<'a>>> {
    let result = |index: Option<usize>| card.indicators.iter().find(|result| result.index == index);
    let mut rows: Vec<Row<'a>> = Vec::new();
    if let Some(block) = form.budget.first().filter(|_| execution) {
        let own = block.stated_score.as_ref().or(block.score.as_ref());
        let score = if form.reviewed && voice == Voice::Own { own } else { block.score.as_ref() };
        match result(None) {
            Some(scored) => {
                rows.push(Row {
                    name: None,
                    weight: Some(scored.weight),
                    score,
                    result: Some(scored),
                    done: true,
                });
            }
            // Points that were not read are in the total all the same, unless the indicators are the whole.
            None if score.is_some_and(|score| score.number().is_some()) && !is_whole(form, card) => {
                return None;
            }
            None => {}
        }
    }
    for (index, indicator) in form.indicators.iter().enumerate() {
        rows.push(Row {
            name: indicator.name_entry.at.as_ref(),
            weight: indicator.weight,
            score: score_of(form, indicator, voice),
            result: result(Some(index)),
            done: indicator.actual.as_ref().is_some_and(|actual| !actual.is_blank()),
        });
    }
    Some(rows)
}

fn is_whole(form: &ScoreForm, card: &Scorecard) -> bool {
    card.total.full == form.full.unwrap_or(Weight::from(100))
}

fn score_of<'a>(form: &ScoreForm, indicator: &'a Indicator, voice: Voice) -> Option<&'a Entry> {
    match voice {
        Voice::Review => indicator.score.as_ref(),
        Voice::Own if form.reviewed => indicator.stated_score.as_ref(),
        Voice::Own => indicator.stated_score.as_ref().or(indicator.score.as_ref()),
    }
}

/// What a stated sum of both voices may be of, where it is not said whose it is.
pub(super) fn voices(form: &ScoreForm) -> &'static [Voice] {
    if form.reviewed { &[Voice::Own, Voice::Review] } else { &[Voice::Own] }
}
