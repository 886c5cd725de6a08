//! What a person said in a register. The page of all and a department's page show the same rows: a cell that still holds
//! what we wrote says nothing, one that was changed on either page counts, and two that contradict each other are refused.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::key;
use super::read::Spoken;
use super::{Adopted, RegisterLine};

/// Sentences of each kind that are kept; how many there are beyond them is said.
const MAX_SAID: usize = 200;

/// Sentences, not more of them than anybody reads.
#[derive(Debug, Default)]
struct Sentences {
    kept: Vec<String>,
    more: usize,
}

impl Sentences {
    fn push(&mut self, text: String) {
        if self.kept.len() < MAX_SAID {
            self.kept.push(text);
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// All that were kept, and how many were not. `what` says of them what they have in common.
    fn told(mut self, what: &str) -> Vec<String> {
        if self.more > 0 {
            self.kept.push(format!("收件登记表中另有 {} 处{what}，没有逐一列出。", self.more));
        }
        self.kept
    }
}

/// What is to be told.
#[derive(Debug, Default)]
pub(super) struct Said {
    refused: Sentences,
    altered: Sentences,
}

impl Said {
    /// A mark that does not count, and why.
    pub(super) fn refused(&mut self, text: String) {
        self.refused.push(text);
    }

    /// A row of which nobody knows whose it is, with the columns that a person filled in there.
    pub(super) fn nobodys(&mut self, place: &str, marks: &[(bool, &str)]) {
        let changed = format!("{place}的项目编码、项目名称或文件名被改动，无法对应");
        let marks: String = marks.iter().filter(|(is_marked, _)| *is_marked).map(|(_, mark)| *mark).collect();
        if marks.is_empty() {
            self.altered(format!("{changed}。"));
        } else {
            self.refused(format!("{changed}，{marks}栏没有采用。请在重新生成的登记表中填写。"));
        }
    }

    /// A change that is no mark.
    pub(super) fn altered(&mut self, text: String) {
        self.altered.push(text);
    }
}

/// What was changed in 采用 of the versions of which one is chosen.
#[derive(Debug, Serialize, Deserialize)]
enum Change {
    /// This one was ticked.
    Ticked(String),
    /// The ticks of these were taken out, and no other was made.
    TakenBack(BTreeSet<String>),
    /// Several are ticked: whichever held, none does.
    Contradicted,
}

/// What a register says of a project.
#[derive(Debug, Default, Serialize, Deserialize)]
struct ProjectMarks {
    /// Digests of all files that stood there.
    known: BTreeSet<String>,
    /// The digest of the chosen file, by the versions that it is one of.
    chosen: BTreeMap<String, String>,
    /// What of that a person changed, by the versions.
    changes: BTreeMap<String, Change>,
    /// 催报.
    reminder: String,
    /// Whether that was typed, or taken out, since it was written.
    is_reminded: bool,
}

/// What a person said in a register.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Marks {
    /// By project.
    projects: BTreeMap<String, ProjectMarks>,
    /// Marks that do not count, each with its reason and what to do, in Chinese.
    pub refused: Vec<String>,
    /// Changes that are no marks: they would be lost if the register were replaced.
    pub altered: Vec<String>,
}

impl Marks {
    fn of_project(&self, key: &str) -> Option<&ProjectMarks> {
        self.projects.get(&key::project(key))
    }

    /// Whether a person chose this file of the project.
    pub fn has_chosen(&self, key: &str, digest: &str) -> bool {
        let file = key::file(digest);
        self.of_project(key).is_some_and(|own| own.chosen.values().any(|chosen| *chosen == file))
    }

    /// Whether this file of the project stood in the register: a choice says nothing of a version that did not.
    pub fn knew(&self, key: &str, digest: &str) -> bool {
        self.of_project(key).is_some_and(|own| own.known.contains(&key::file(digest)))
    }

    /// What stands in 催报 of a project.
    pub fn reminder(&self, key: &str) -> Option<&str> {
        self.of_project(key).map(|own| own.reminder.as_str())
    }

    /// These, of a copy, over those of the register that the copy was made of, then or earlier: what a person changed in the
    /// copy counts, also what was taken out; what nobody touched there is older than what the register has. Of a project of
    /// which the register says nothing all counts.
    #[must_use]
    pub fn over(self, register: Self) -> Self {
        let mut all = register;
        for (project, own) in self.projects {
            let own = match all.projects.remove(&project) {
                Some(earlier) => own.over(earlier),
                None => own,
            };
            all.projects.insert(project, own);
        }
        all.refused.extend(self.refused);
        all.altered.extend(self.altered);
        all
    }

    /// How many projects with a choice or a reminder these lines do not have: what was said of them is lost if the register is
    /// replaced by one of these lines.
    pub fn left_out(&self, lines: &[RegisterLine]) -> usize {
        let known: BTreeSet<String> = lines.iter().map(|line| key::project(&line.key)).collect();
        let says = |own: &ProjectMarks| !own.reminder.trim().is_empty() || !own.chosen.is_empty();
        let said = self.projects.iter().filter(|(_, own)| says(own));
        said.filter(|(project, _)| !known.contains(*project)).count()
    }

    /// Makes of all that was read what holds.
    pub(super) fn of(spoken: Vec<Spoken>, mut said: Said) -> Self {
        let mut projects: BTreeMap<String, Vec<Spoken>> = BTreeMap::new();
        for row in spoken {
            projects.entry(row.key.project.clone()).or_default().push(row);
        }
        let projects = projects
            .into_iter()
            .map(|(project, rows)| (project, ProjectMarks::of(&rows, &mut said)))
            .collect();
        Self {
            projects,
            refused: said.refused.told("标记没有采用"),
            altered: said.altered.told("改动不是“采用”或“催报”"),
        }
    }
}

impl ProjectMarks {
    fn of(rows: &[Spoken], said: &mut Said) -> Self {
        let mut own = Self {
            known: rows.iter().map(|row| row.key.file.clone()).collect(),
            reminder: reminder(rows),
            is_reminded: rows.iter().any(Spoken::reminds_anew),
            ..Self::default()
        };
        let mut groups: BTreeMap<&str, Vec<&Spoken>> = BTreeMap::new();
        // Of the same content any copy may be ticked.
        let asked: BTreeSet<&str> = rows
            .iter()
            .filter(|row| row.key.adopted != Adopted::NotAsked)
            .map(|row| row.key.file.as_str())
            .collect();
        for row in rows.iter().filter(|row| heeded(row, asked.contains(row.key.file.as_str()), said)) {
            groups.entry(&row.key.versions).or_default().push(row);
        }
        for (versions, rows) in groups {
            own.choice(versions, &rows, said);
        }
        own
    }

    /// The version that counts. Several may have been ticked; nobody knows which is meant.
    fn choice(&mut self, versions: &str, rows: &[&Spoken], said: &mut Said) {
        let mut files: BTreeMap<&str, Vec<&Spoken>> = BTreeMap::new();
        for row in rows {
            files.entry(&row.key.file).or_default().push(row);
        }
        let mut ticked: BTreeMap<&str, &str> = BTreeMap::new();
        let (mut is_new, mut taken_back) = (false, BTreeSet::new());
        for (file, rows) in files {
            let changed = rows.iter().find(|row| row.changed().is_some());
            let Some(row) = changed.or(rows.first()) else { continue };
            if row.changed().unwrap_or(row.key.adopted == Adopted::Taken) {
                ticked.insert(file, &row.place);
                is_new |= row.changed().is_some();
            } else if row.changed().is_some() {
                taken_back.insert(file.to_owned());
            }
        }
        let change = if ticked.len() > 1 {
            let places: Vec<&str> = ticked.values().copied().collect();
            said.refused(format!(
                "{}：同一项目同一阶段选了 {} 个版本，都没有采用。请只留一个√。",
                places.join("、"),
                places.len()
            ));
            Some(Change::Contradicted)
        } else if let Some(file) = ticked.keys().next() {
            self.chosen.insert(versions.to_owned(), (*file).to_owned());
            is_new.then(|| Change::Ticked((*file).to_owned()))
        } else {
            (!taken_back.is_empty()).then_some(Change::TakenBack(taken_back))
        };
        self.changes.extend(change.map(|change| (versions.to_owned(), change)));
    }

    /// What was changed here, over what an earlier or later register has.
    fn over(self, mut earlier: Self) -> Self {
        for (versions, change) in self.changes {
            match change {
                Change::Ticked(file) => {
                    earlier.chosen.insert(versions, file);
                    // Nobody chose against what came after the copy was made.
                    earlier.known.clone_from(&self.known);
                }
                Change::TakenBack(files) => earlier.chosen.retain(|_, file| !files.contains(file)),
                Change::Contradicted => drop(earlier.chosen.remove(&versions)),
            }
        }
        if self.is_reminded {
            earlier.reminder = if earlier.is_reminded {
                // Both were changed since they were written.
                joined([earlier.reminder.as_str(), &self.reminder])
            } else {
                self.reminder
            };
        }
        earlier
    }
}

/// Whether 采用 of a row can count at all.
fn heeded(row: &Spoken, is_asked: bool, said: &mut Said) -> bool {
    match (&row.adopted, is_asked) {
        (Err(text), _) => {
            said.refused(format!(
                "{}“采用”栏填写的“{text}”不是√，没有采用。请在下拉列表中选择√。",
                row.place
            ));
            true
        }
        (Ok(true), false) => {
            said.refused(format!("{}没有可选的版本，“采用”栏的√没有采用。", row.place));
            false
        }
        (Ok(_), _) => true,
    }
}

/// What stands in 催报 of a project: what was typed anew, else what was there.
fn reminder(rows: &[Spoken]) -> String {
    let typed: Vec<&str> =
        rows.iter().filter(|row| row.reminds_anew()).map(|row| row.reminder.trim()).collect();
    if typed.is_empty() {
        return rows.first().map(|row| row.reminder.trim().to_owned()).unwrap_or_default();
    }
    joined(typed)
}

/// Texts, each once.
fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut once: Vec<&str> = Vec::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    once.join("；")
}
