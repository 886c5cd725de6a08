//! How many projects are in which state, and how much came that belongs to none.

use super::{RegisterLine, State};

/// The counts of some lines: of a department, or of all.
#[derive(Debug, Default, Clone)]
pub struct Counts {
    /// Projects: those of the roll, and those of which something came.
    pub projects: usize,
    /// Of them those that are due.
    pub expected: usize,
    /// Of them those of which something came.
    pub received: usize,
    /// Of them those in each state, as [`State::ALL`] has them.
    pub states: [usize; State::ALL.len()],
    /// What came and belongs to no project: letters, lists, archives that cannot be opened. Of one content one.
    pub others: usize,
    /// What was found in the projects.
    pub findings: usize,
}

impl Counts {
    /// Counts these lines.
    pub fn of<'l>(lines: impl IntoIterator<Item = &'l RegisterLine>) -> Self {
        let mut counts = Self::default();
        lines.into_iter().for_each(|line| counts.add(line));
        counts
    }

    /// Counts another line.
    pub fn add(&mut self, line: &RegisterLine) {
        let one = |count: &mut usize, yes: bool| *count = count.saturating_add(usize::from(yes));
        one(&mut self.others, line.loose);
        if line.loose {
            return;
        }
        one(&mut self.projects, true);
        one(&mut self.expected, line.expected == Some(true));
        one(&mut self.received, !line.files.is_empty());
        for (count, state) in self.states.iter_mut().zip(State::ALL) {
            one(count, line.state == state);
        }
        self.findings = self.findings.saturating_add(line.findings.unwrap_or_default());
    }

    /// What is not zero, in words.
    pub fn said(&self) -> Vec<String> {
        let states = State::ALL.into_iter().zip(self.states).filter(|(_, count)| *count > 0);
        let states = states.map(|(state, count)| format!("{state} {count}"));
        let others = (self.others > 0).then(|| format!("另有材料 {} 件", self.others));
        states.chain(others).collect()
    }
}
