//! What a person said in a register. The page of all and a department's page show the same rows: a cell that still holds
//! what we wrote says nothing, one that was changed on either page counts, and two that contradict each other are refused.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::key;
use super::read::Spoken;
use super::{Adopted, Line};

/// Sentences of each kind that are kept.
const MAX_SAID: usize = 200;

/// What is to be told.
#[derive(Debug, Default)]
pub(super) struct Said {
    refused: Vec<String>,
    altered: Vec<String>,
}

impl Said {
    /// A mark that does not count, and why.
    pub(super) fn refused(&mut self, text: String) {
        if self.refused.len() < MAX_SAID {
            self.refused.push(text);
        }
    }

    /// A change that is no mark.
    pub(super) fn altered(&mut self, text: String) {
        if self.altered.len() < MAX_SAID {
            self.altered.push(text);
        }
    }
}

/// What a person said in a register.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Marks {
    /// Digests of all files that stood there, by project.
    known: BTreeMap<String, BTreeSet<String>>,
    /// Digests of the chosen files, by project.
    chosen: BTreeMap<String, BTreeSet<String>>,
    /// 催报, by project.
    reminders: BTreeMap<String, String>,
    /// Marks that do not count, each with its reason and what to do, in Chinese.
    pub refused: Vec<String>,
    /// Changes that are no marks: they would be lost if the register were replaced.
    pub altered: Vec<String>,
}

impl Marks {
    /// Whether a person chose this file of the project.
    pub fn has_chosen(&self, key: &str, digest: &str) -> bool {
        let files = self.chosen.get(&key::project(key));
        files.is_some_and(|files| files.contains(&key::file(digest)))
    }

    /// Whether this file of the project stood in the register: a choice says nothing of a version that did not.
    pub fn knew(&self, key: &str, digest: &str) -> bool {
        let files = self.known.get(&key::project(key));
        files.is_some_and(|files| files.contains(&key::file(digest)))
    }

    /// What stands in 催报 of a project.
    pub fn reminder(&self, key: &str) -> Option<&str> {
        self.reminders.get(&key::project(key)).map(String::as_str)
    }

    /// These, and of projects of which they say nothing, what others say.
    #[must_use]
    pub fn over(mut self, others: Self) -> Self {
        for (project, files) in others.chosen {
            let own = self.chosen.entry(project).or_default();
            if own.is_empty() {
                *own = files;
            }
        }
        for (project, text) in others.reminders {
            let own = self.reminders.entry(project).or_default();
            if own.trim().is_empty() {
                *own = text;
            }
        }
        for (project, files) in others.known {
            self.known.entry(project).or_default().extend(files);
        }
        self.refused.extend(others.refused);
        self.altered.extend(others.altered);
        self
    }

    /// How many projects with a choice or a reminder these lines do not have: what was said of them is lost if the register is
    /// replaced by one of these lines.
    pub fn left_out(&self, lines: &[Line]) -> usize {
        let known: BTreeSet<String> = lines.iter().map(|line| key::project(&line.key)).collect();
        let reminded = self.reminders.iter().filter(|(_, text)| !text.trim().is_empty());
        let chosen = self.chosen.iter().filter(|(_, files)| !files.is_empty());
        let said: BTreeSet<&String> =
            reminded.map(|(project, _)| project).chain(chosen.map(|(project, _)| project)).collect();
        said.into_iter().filter(|project| !known.contains(*project)).count()
    }

    /// Makes of all that was read what holds.
    pub(super) fn of(spoken: Vec<Spoken>, mut said: Said) -> Self {
        let mut projects: BTreeMap<String, Vec<Spoken>> = BTreeMap::new();
        for row in spoken {
            projects.entry(row.key.project.clone()).or_default().push(row);
        }
        let mut marks = Self::default();
        for (project, rows) in projects {
            marks.reminders.insert(project.clone(), reminder(&rows));
            let known = rows.iter().map(|row| row.key.file.clone()).collect();
            marks.known.insert(project.clone(), known);
            let mut groups: BTreeMap<&str, Vec<&Spoken>> = BTreeMap::new();
            // Of the same content any copy may be ticked.
            let asked: BTreeSet<&str> = rows
                .iter()
                .filter(|row| row.key.adopted != Adopted::NotAsked)
                .map(|row| row.key.file.as_str())
                .collect();
            for row in rows.iter().filter(|row| heeded(row, asked.contains(row.key.file.as_str()), &mut said))
            {
                groups.entry(&row.key.versions).or_default().push(row);
            }
            let chosen = marks.chosen.entry(project).or_default();
            for versions in groups.into_values() {
                chosen.extend(choice(&versions, &mut said));
            }
        }
        marks.refused = said.refused;
        marks.altered = said.altered;
        marks
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

/// The version that counts. Several may have been ticked; nobody knows which is meant.
fn choice(versions: &[&Spoken], said: &mut Said) -> Option<String> {
    let mut ticked: BTreeMap<&str, &str> = BTreeMap::new();
    let mut files: BTreeMap<&str, Vec<&Spoken>> = BTreeMap::new();
    for row in versions {
        files.entry(&row.key.file).or_default().push(row);
    }
    for (file, rows) in files {
        let changed = rows.iter().find(|row| row.changed().is_some());
        let row = changed.or(rows.first())?;
        let holds = row.changed().unwrap_or(row.key.adopted == Adopted::Taken);
        if holds {
            ticked.insert(file, &row.place);
        }
    }
    if ticked.len() > 1 {
        let places: Vec<&str> = ticked.into_values().collect();
        said.refused(format!(
            "{}：同一项目同一阶段选了 {} 个版本，都没有采用。请只留一个√。",
            places.join("、"),
            places.len()
        ));
        return None;
    }
    ticked.into_keys().next().map(str::to_owned)
}

/// What stands in 催报 of a project: what was typed anew, else what was there.
fn reminder(rows: &[Spoken]) -> String {
    let mut typed: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| row.reminds_anew()) {
        let text = row.reminder.trim();
        if !typed.contains(&text) {
            typed.push(text);
        }
    }
    if typed.is_empty() {
        return rows.first().map(|row| row.reminder.trim().to_owned()).unwrap_or_default();
    }
    typed.retain(|text| !text.is_empty());
    typed.join("；")
}
