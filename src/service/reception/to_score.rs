//! What is to be scored of a day, and where its results go.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::day::Day;
use crate::base::file_name::made_of;
use crate::base::{half_width, sha256_of};
use crate::intake::group::{Project, Received, Unit};
use crate::intake::identity::Stage;
use crate::service::intake_book::NO_DEPARTMENT;
use crate::service::submission::Submission;

/// Units of a folder's name: of those of a path some systems hold few.
const MAX_DEPARTMENT: usize = 75;
const MAX_PROJECT: usize = 105;
/// What stands for a project's name that is not known.
const NO_PROJECT: &str = "项目名称不明";

/// Something to score.
#[derive(Debug, Clone)]
pub(in crate::service) struct Work {
    pub(in crate::service) submission: Submission,
    /// The folder for its result, below that of all results.
    pub(in crate::service) folder: PathBuf,
    /// Which of the received, the form first.
    pub(in crate::service) files: Vec<usize>,
    /// What tells its content from all others'.
    pub(in crate::service) content: String,
    /// The SHA-256 of each of its files.
    pub(in crate::service) sources: Vec<String>,
    /// Whether all its files are to be had; of what is gone only what was made earlier can be told.
    pub(in crate::service) is_there: bool,
}

/// A project's department as the register calls it.
pub(in crate::service) fn department(project: &Project) -> &str {
    project.named.department.as_deref().unwrap_or(NO_DEPARTMENT)
}

impl Day {
    /// What is to be scored, each once; `by_department` in folders of departments and projects.
    pub(in crate::service) fn works(&self, by_department: bool) -> Vec<Work> {
        let folders = self.folders();
        let mut works: Vec<Work> = Vec::new();
        let mut once: BTreeSet<&[usize]> = BTreeSet::new();
        for (at, project) in self.grouping.projects.iter().enumerate() {
            for unit in project.units.iter().filter(|unit| !self.is_withheld(unit)) {
                if !once.insert(&unit.files) {
                    continue;
                }
                let files: Vec<&Received> =
                    unit.files.iter().filter_map(|file| self.received.get(*file)).collect();
                let paths: Vec<PathBuf> =
                    unit.files.iter().filter_map(|file| self.paths.get(*file)?.clone()).collect();
                let is_there = paths.len() == unit.files.len();
                let name = match (by_department, files.as_slice()) {
                    (false, [only]) => only.base().to_owned(),
                    // Nothing in a project's name is an ending.
                    (true, [_]) => format!("{}.xlsx", called(project, unit)),
                    _ => called(project, unit),
                };
                let shown = files.first().map(|file| file.path.clone()).unwrap_or_default();
                let folder = folders.get(at).filter(|_| by_department).cloned().unwrap_or_default();
                // Whichever copy comes first: what was made of the one holds for the other.
                let contents = files.iter().map(|file| file.content());
                works.push(Work {
                    submission: Submission::of_files(shown, &name, paths),
                    folder,
                    files: unit.files.clone(),
                    content: sha256_of(contents),
                    sources: files.iter().map(|file| file.sha256.clone()).collect(),
                    is_there,
                });
            }
        }
        works
    }

    /// Whether a unit waits for a person's choice in another project that one of its files is about, too.
    pub(in crate::service) fn is_withheld(&self, unit: &Unit) -> bool {
        unit.files.iter().any(|file| self.is_rival(*file))
    }

    /// A folder for each project: of its department and its name, and of what tells it from others of both.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let plain = |project: &Project| {
            let name = project.named.name.as_deref().unwrap_or(NO_PROJECT);
            (made_of(department(project), MAX_DEPARTMENT), made_of(name, MAX_PROJECT))
        };
        // Some systems do not tell a from A.
        let key = |(department, name): &(String, String)| -> String {
            format!("{department}/{name}").chars().map(half_width).flat_map(char::to_lowercase).collect()
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for project in &self.grouping.projects {
            let count = counts.entry(key(&plain(project))).or_default();
            *count = count.saturating_add(1);
        }
        let folder = |project: &Project| {
            let (department, name) = plain(project);
            let alone = counts.get(&key(&(department.clone(), name.clone()))) == Some(&1);
            let digest = sha256_of([self.key(project).as_str()]);
            let named = &project.named;
            let more = named.code.clone().or_else(|| named.agency.clone());
            let more = more.unwrap_or_else(|| digest.get(..6).unwrap_or_default().to_owned());
            let name = if alone { name } else { made_of(&format!("{name}（{more}）"), MAX_PROJECT) };
            PathBuf::from(department).join(name)
        };
        // What is still the same has all but the key alike.
        let mut taken: BTreeSet<PathBuf> = BTreeSet::new();
        let apart = |(at, project): (usize, &Project)| {
            let mut folder = folder(project);
            if taken.contains(&folder) {
                let digest = sha256_of([self.key(project).as_str(), &at.to_string()]);
                let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let name = format!("{name}-{}", digest.get(..6).unwrap_or_default());
                folder = folder.with_file_name(name);
            }
            taken.insert(folder.clone());
            folder
        };
        self.grouping.projects.iter().enumerate().map(apart).collect()
    }
}

/// What a result is called: after its project, and where it stands in the project's year.
fn called(project: &Project, unit: &Unit) -> String {
    let name = made_of(project.named.name.as_deref().unwrap_or(NO_PROJECT), MAX_PROJECT);
    match unit.stage {
        Some(Stage::Evaluated) => format!("{name}（自评）"),
        Some(stage) => format!("{name}（{}）", stage.name()),
        None => name,
    }
}
