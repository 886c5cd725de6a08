//! Whether a report may go out: as long as anything in it is open it is a draft, and says so on every page.

use super::About;
use crate::docx::{Scope, draft_mark};
use crate::model::Verdict;

/// What keeps a report a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Draft {
    /// Indicators that nobody has scored.
    pub waiting: usize,
    /// Scores that a person put in the place of ours without saying why, or who.
    pub unexplained: usize,
    /// Gaps that a person has to fill.
    pub gaps: usize,
    /// Whether anything else keeps the grade open.
    pub open: bool,
}

impl Draft {
    /// What of it the case itself says.
    pub(super) fn of(of: &About<'_>) -> Self {
        let card = &of.scored.card;
        let waiting = card.indicators.iter().filter(|result| result.score.is_none()).count();
        let unsettled = card.indicators.iter().filter_map(|result| result.unsettled());
        let of_grade = card.total.overriding.as_ref().filter(|typed| typed.verdict == Verdict::Draft);
        let unexplained = unsettled.filter(|typed| typed.verdict == Verdict::Draft).count();
        let unexplained = unexplained.saturating_add(usize::from(of_grade.is_some()));
        let open = card.total.open || (!card.total.complete && waiting == 0 && unexplained == 0);
        Self { waiting, unexplained, gaps: 0, open }
    }

    /// Whether total and grade can be told.
    pub(super) fn is_settled(&self) -> bool {
        self.waiting == 0 && self.unexplained == 0 && !self.open
    }

    /// Whether something else than scores and reasons is open.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Whether it is one.
    pub fn is_draft(&self) -> bool {
        !self.is_settled() || self.gaps > 0
    }

    /// The mark on every page; empty where it is none.
    pub fn words(&self) -> String {
        if !self.is_draft() {
            return String::new();
        }
        let mut why = Vec::new();
        if self.waiting > 0 {
            why.push(format!("{}项指标未评分", self.waiting));
        }
        if self.unexplained > 0 {
            why.push(format!("{}项改定未说明理由", self.unexplained));
        }
        if self.gaps > 0 {
            why.push(format!("{}处待填写", self.gaps));
        }
        if self.open {
            why.push("事项待核实".to_owned());
        }
        draft_mark(&why.join("、"))
    }

    /// Sets what templates may ask of it.
    pub(super) fn mark(&self, scope: &mut Scope) {
        scope.set("初稿", self.is_draft());
        scope.set("初稿标记", self.words());
    }
}
