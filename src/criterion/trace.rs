//! How a criterion was read: its plain text, its clauses, and what each pass made of them.

use crate::rule::{Checklist, ChecklistItem, Refusal, Rule};

use super::grammar::clause::Clauses;
use super::meaning::draft::Draft;
use super::meaning::passes::Pass;
use super::meaning::shown::lines;
use super::text::plain::{Segment, segments};
use super::watch::{Came, Watch};
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
    /// What it is read for, of a part: its name.
    pub of: String,
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
    /// What was changed of the words, of a text in plainer words: what stood there, and what stands there now.
    pub reworded: (Vec<String>, Vec<String>),
    /// The parts that the text was taken apart into, each with the ways in which it was read.
    pub parts: Vec<Attempt>,
    /// Whether the part was not read.
    pub unclear: bool,
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
    /// What is open, the outermost first, each with what was read before it.
    open: Vec<(Attempt, Vec<Attempt>)>,
    /// The draft as the pass before left it.
    draft: Draft,
}

/// The lines of the first that are none of the second.
fn only(lines: &[String], without: &[String]) -> Vec<String> {
    lines.iter().filter(|line| !without.contains(line)).cloned().collect()
}

/// The segments of a text.
fn pieces(text: &str) -> Vec<String> {
    segments(text).iter().map(|segment| segment.text.to_owned()).collect()
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

    fn listed(&mut self, list: &Checklist) {
        let Some(attempt) = self.attempts.last_mut() else { return };
        let item = |item: &ChecklistItem| {
            let points = item.points.map(|points| format!("（{points}分）")).unwrap_or_default();
            format!("{}{}{points}", item.label, item.words)
        };
        attempt.collected = list.items.iter().map(item).collect();
    }

    fn reworded(&mut self, text: &str, plainer: &str) {
        let (was, is) = (pieces(text), pieces(plainer));
        let reworded = (only(&was, &is), only(&is, &was));
        let (how, text) = ("更直白的说法", plainer.to_owned());
        self.attempts.push(Attempt { how, text, reworded, ..Attempt::default() });
    }

    fn opened(&mut self, how: &'static str, of: &str, text: &str) {
        let own = Attempt { how, of: of.to_owned(), text: text.to_owned(), ..Attempt::default() };
        self.open.push((own, std::mem::take(&mut self.attempts)));
    }

    fn closed(&mut self, came: Came) {
        let Some((mut own, before)) = self.open.pop() else { return };
        own.parts = std::mem::replace(&mut self.attempts, before);
        // What was tried in vain on the way to a rule explains nothing of it.
        if came == Came::Rule {
            own.parts.retain(|part| !part.unclear);
        }
        own.unclear = came == Came::Refusal;
        if came != Came::Nothing {
            self.attempts.push(own);
        }
    }
}
