//! How a criterion was read: its plain text, its clauses, and what each pass made of them.

use crate::rule::{Refusal, Rule};

use super::grammar::clause::Clauses;
use super::meaning::draft::Draft;
use super::meaning::passes::Pass;
use super::meaning::shown::lines;
use super::text::plain::Segment;
use super::watch::Watch;
use super::{Context, reading};

/// How a criterion was read.
#[derive(Debug)]
pub struct Trace {
    /// The ways in which it was read, the last one that of its rule.
    pub attempts: Vec<Attempt>,
    /// What became of it: as [`read`](super::read) has it.
    pub outcome: Result<Rule, Refusal>,
}

/// One way of reading a text.
#[derive(Debug, Default)]
pub struct Attempt {
    /// What it takes the text for.
    pub how: &'static str,
    /// The plain text.
    pub text: String,
    /// Its segments.
    pub segments: Vec<String>,
    /// The clauses that were read.
    pub clauses: Vec<SeenClause>,
    /// The first words that are no clause.
    pub unread: Option<String>,
    /// What the clauses say, before anything is settled.
    pub collected: Vec<String>,
    /// The passes that changed something.
    pub passes: Vec<SeenPass>,
    /// The pass at which the criterion was refused.
    pub refused_at: Option<&'static str>,
}

/// A clause.
#[derive(Debug)]
pub struct SeenClause {
    /// What its kind is called.
    pub kind: &'static str,
    /// What clauses of the kind say.
    pub yields: &'static str,
    /// Its words.
    pub words: String,
}

/// A pass that changed something.
#[derive(Debug)]
pub struct SeenPass {
    /// What it does.
    pub name: &'static str,
    /// Why it stands where it stands.
    pub why_here: &'static str,
    /// What no longer holds.
    pub before: Vec<String>,
    /// What holds instead.
    pub after: Vec<String>,
}

/// Reads a criterion as [`read`](super::read) does, and shows how.
pub fn trace(text: &str, context: &Context) -> Trace {
    let mut tracer = Tracer::default();
    let outcome = reading::read(text, context, &mut tracer);
    Trace { attempts: tracer.attempts, outcome }
}

#[derive(Default)]
struct Tracer {
    attempts: Vec<Attempt>,
    /// The draft as the pass before left it.
    draft: Draft,
}

impl Watch for Tracer {
    fn attempt(&mut self, how: &'static str, text: &str, segments: &[Segment]) {
        let segments = segments.iter().map(|segment| segment.text.to_owned()).collect();
        self.attempts.push(Attempt { how, text: text.to_owned(), segments, ..Attempt::default() });
    }

    fn clauses(&mut self, clauses: &Clauses) {
        let Some(attempt) = self.attempts.last_mut() else { return };
        attempt.unread = clauses.unread.map(str::to_owned);
        attempt.clauses = clauses
            .all
            .iter()
            .map(|written| SeenClause {
                kind: written.kind.name,
                yields: written.kind.yields,
                words: written.text.to_owned(),
            })
            .collect();
    }

    fn collected(&mut self, draft: &Draft) {
        let Some(attempt) = self.attempts.last_mut() else { return };
        attempt.collected = lines(draft);
        self.draft = draft.clone();
    }

    fn passed(&mut self, pass: &Pass, draft: &Draft) {
        let Some(attempt) = self.attempts.last_mut().filter(|_| self.draft != *draft) else { return };
        let (was, is) = (lines(&self.draft), lines(draft));
        let only = |these: &[String], those: &[String]| {
            these.iter().filter(|line| !those.contains(line)).cloned().collect()
        };
        attempt.passes.push(SeenPass {
            name: pass.name,
            why_here: pass.why_here,
            before: only(&was, &is),
            after: only(&is, &was),
        });
        self.draft = draft.clone();
    }

    fn refused(&mut self, pass: &Pass) {
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.refused_at = Some(pass.name);
        }
    }
}
