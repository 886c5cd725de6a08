//! A day's intake: what was dropped, what it says of itself, and the projects that it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::earlier_days::Known;
use super::made_before::Memory;
use super::materials::{Hands, Material};
use crate::base::{Error, Result, sha256_of};
use crate::intake::base_name;
use crate::intake::group::attach::leading;
use crate::intake::group::named::{Named, are_alike, key as name_key};
use crate::intake::group::{Filed, Grouping, Loose, Project, Received, Role, Seen, Why, group};
use crate::intake::identity::{Said, Stage};
use crate::intake::roster::{Roster, RosterLine as Due};
use crate::service::answer::Refusal;
use crate::service::disk;
use crate::service::identify;
use crate::service::intake_book::Marks;
use crate::service::pool::{Looked, Pool};
use crate::service::summary::Entry;

/// A day's intake.
#[derive(Debug, Default)]
pub(in crate::service) struct Day {
    pub(in crate::service) received: Vec<Received>,
    /// Where each is, if it is to be had.
    pub(in crate::service) paths: Vec<Option<PathBuf>>,
    /// Whether all lay in one archive or folder.
    in_one: bool,
    /// Which of them bear a secrecy mark.
    pub(in crate::service) marked: BTreeSet<usize>,
    pub(in crate::service) roster: Option<Roster>,
    pub(in crate::service) grouping: Grouping,
    /// Which files are one of several versions in some project.
    rivals: BTreeSet<usize>,
    /// Whether some project has an evaluation.
    pub(super) evaluated: bool,
}

/// What is known before anything is looked at.
#[derive(Debug, Default)]
pub(in crate::service) struct Before {
    /// The roll.
    pub(in crate::service) roster: Option<Roster>,
    /// What was read of files of the same content and name.
    pub(in crate::service) known: Known,
    /// What was dropped earlier, and is not to be had any more.
    pub(in crate::service) gone: Vec<Received>,
}

/// Looks at all that was dropped; `None` where that is no longer wanted.
pub(in crate::service) fn look(
    materials: Vec<Material>,
    before: Before,
    (pool, jobs): (&Pool, usize),
    hands: &Hands<'_>,
    done: &(dyn Fn(&str) + Sync),
) -> Result<Option<Day>> {
    let Before { roster, known, gone } = before;
    let mut sha256: Vec<String> = Vec::new();
    for material in &materials {
        sha256
            .push(material.at.as_ref().map_or_else(|_| Ok(String::new()), |at| digest(at, &material.path))?);
    }
    let remembered = |at: usize, material: &Material| {
        known.get(&(sha256.get(at)?.clone(), base_name(&material.path).to_owned()))
    };
    let asked: Vec<(usize, PathBuf)> = materials
        .iter()
        .enumerate()
        .filter(|(at, material)| material.kind.is_opened() && remembered(*at, material).is_none())
        .filter_map(|(at, material)| Some((at, material.at.as_ref().ok()?.clone())))
        .collect();
    let files: Vec<PathBuf> = asked.iter().map(|(_, file)| file.clone()).collect();
    let shown = |path: &std::path::Path| done(&path.file_name().unwrap_or_default().to_string_lossy());
    let told = identify::all(pool, &files, jobs, hands.scratch, hands.unwanted, &shown)?;
    let Some(told) = told else { return Ok(None) };
    let mut told: BTreeMap<usize, Looked> = asked.into_iter().map(|(at, _)| at).zip(told).collect();
    let mut day = Day { roster, ..Day::default() };
    for (at, material) in materials.into_iter().enumerate() {
        let remembered = remembered(at, &material).cloned();
        let sha256 = sha256.get(at).cloned().unwrap_or_default();
        day.receive(material, sha256, (told.remove(&at), remembered), hands);
    }
    for received in gone {
        day.received.push(received);
        day.paths.push(None);
    }
    let outer = |file: &Received| file.path.split_once('/').map(|(outer, _)| outer.to_owned());
    let shared = day.received.first().and_then(outer);
    day.in_one = shared.is_some() && day.received.iter().all(|file| outer(file) == shared);
    day.put_together(&BTreeSet::new());
    Ok(Some(day))
}

fn digest(file: &std::path::Path, path: &str) -> Result<String> {
    disk::sha256(file).map_err(|cause| {
        let hint = "请检查文件是否仍在原处、磁盘或网络是否正常，然后重试。";
        Error::input(format!("文件“{path}”无法读取。"), hint).because(cause)
    })
}

impl Day {
    /// Puts all to projects, with what a person chose.
    fn put_together(&mut self, chosen: &BTreeSet<String>) {
        self.grouping = group(&self.received, self.roster.as_ref(), chosen);
        let filed = || self.grouping.projects.iter().flat_map(|project| &project.files);
        self.rivals = filed().filter(|filed| filed.role == Role::Rival).map(|filed| filed.file).collect();
        self.evaluated = filed().any(|filed| filed.stage == Some(Stage::Evaluated));
    }

    /// Takes in a file with what was read of it, now or earlier.
    fn receive(
        &mut self,
        material: Material,
        sha256: String,
        (told, remembered): (Option<Looked>, Option<Seen>),
        hands: &Hands<'_>,
    ) {
        let Material { path, kind, at, marked: by_name } = material;
        let mut marked = by_name;
        let (seen, file) = match (at, told) {
            (Err(refusal), _) => (Seen::Unread { message: refusal.message, hint: refusal.hint }, None),
            (Ok(file), None) => (remembered.unwrap_or(Seen::Nothing), Some(file)),
            (Ok(file), Some(Looked::Known(identity))) => (Seen::Table(*identity), Some(file)),
            (Ok(file), Some(Looked::Refused(Refusal { message, hint }))) => {
                (Seen::Unread { message, hint }, Some(file))
            }
            (Ok(file), Some(Looked::Marked(Refusal { message, hint }))) => {
                marked = true;
                if file.starts_with(hands.scratch) {
                    // No copy of ours stays, not even for the rest of the run.
                    let _ = disk::remove(&file);
                }
                (Seen::Unread { message, hint }, None)
            }
        };
        if marked {
            self.marked.insert(self.received.len());
        }
        // Nothing is kept of what bears a mark, not even a digest.
        let sha256 = if file.is_some() { sha256 } else { String::new() };
        self.received.push(Received { path, kind, sha256, seen });
        self.paths.push(file);
    }

    /// Takes over what a person chose among versions. Where one has come since, nobody has chosen against it.
    pub(in crate::service) fn choose(&mut self, marks: &Marks) {
        let mut chosen: BTreeSet<String> = BTreeSet::new();
        let mut outdated: BTreeSet<String> = BTreeSet::new();
        for project in &self.grouping.projects {
            let key = self.key(project);
            let content = |filed: &Filed| self.received.get(filed.file).map(Received::content);
            let own: Vec<&str> =
                project.files.iter().filter_map(content).filter(|it| marks.has_chosen(&key, it)).collect();
            let is_asked = |filed: &&Filed| matches!(filed.role, Role::Rival | Role::Unclear | Role::Unread);
            let mut asked = project.files.iter().filter(is_asked).filter_map(content);
            if !own.is_empty() && asked.any(|content| !marks.knew(&key, content)) {
                outdated.insert(key);
                continue;
            }
            chosen.extend(own.into_iter().map(str::to_owned));
        }
        if !chosen.is_empty() {
            self.put_together(&chosen);
        }
        let said: Vec<bool> =
            self.grouping.projects.iter().map(|project| outdated.contains(&self.key(project))).collect();
        for (project, outdated) in self.grouping.projects.iter_mut().zip(said) {
            if outdated {
                project.remarks.push("选定之后又收到另一份，请重新选定。".to_owned());
            }
        }
    }

    /// Says of projects that wait for a choice where a result of one of the versions was put out before there were several.
    pub(in crate::service) fn say_earlier(&mut self, memory: &Memory, by_department: bool) {
        let mut folders = self.folders();
        if !by_department {
            folders.fill(PathBuf::new());
        }
        let mut said: Vec<(usize, String)> = Vec::new();
        for (at, (project, folder)) in self.grouping.projects.iter().zip(&folders).enumerate() {
            let waits = project.hindered || project.has_rivals();
            for filed in project.files.iter().filter(|filed| waits || filed.role == Role::Left) {
                let Some(received) = self.received.get(filed.file) else { continue };
                let done = memory.find(&sha256_of([received.content()]), folder);
                if done.is_some_and(|done| done.result.is_some()) {
                    let name = self.shown(received);
                    said.push((at, format!("此前按“{name}”评分的结果仍在文件夹中，不作数。")));
                }
            }
        }
        for (at, said) in said {
            if let Some(project) = self.grouping.projects.get_mut(at) {
                project.remarks.push(said);
            }
        }
    }

    /// A file's path as it is shown: what all have before it is left out.
    pub(in crate::service) fn shown<'f>(&self, file: &'f Received) -> &'f str {
        let inside = file.path.split_once('/').filter(|_| self.in_one);
        inside.map_or(file.path.as_str(), |(_, inside)| inside)
    }

    /// The department in whose folder a file lies, where only one can be meant.
    pub(in crate::service) fn department_of(&self, file: &Received) -> Option<String> {
        let known: BTreeSet<&str> =
            self.grouping.projects.iter().filter_map(|project| project.named.department.as_deref()).collect();
        let mut folders = file.folder().rsplit('/').filter(|folder| !folder.is_empty()).map(leading);
        folders.find_map(|folder| {
            let mut alike = known.iter().filter(|known| are_alike(folder, known));
            let only = alike.next()?;
            alike.next().is_none().then(|| (*only).to_owned())
        })
    }

    /// The copies of a file that belongs to no project.
    pub(super) fn copies<'d>(&'d self, of: &'d Loose) -> impl Iterator<Item = &'d Received> {
        let same = self.grouping.loose.iter().filter(|other| other.why == Why::Same(of.file));
        same.filter_map(|other| self.received.get(other.file))
    }

    /// Where each department first stands on the roll.
    pub(super) fn places(&self) -> BTreeMap<&str, usize> {
        let mut places = BTreeMap::new();
        let lines = self.roster.iter().flat_map(|roster| &roster.lines).enumerate();
        for (at, department) in lines.filter_map(|(at, line)| Some((at, line.department.as_deref()?))) {
            places.entry(department).or_insert(at);
        }
        places
    }

    /// The line of the roll that a project is.
    pub(in crate::service) fn due(&self, project: &Project) -> Option<&Due> {
        self.roster.as_ref()?.lines.get(project.due?)
    }

    /// What tells a project from all others, the same from one run to the next.
    pub(in crate::service) fn key(&self, project: &Project) -> String {
        let due = self.due(project).map(Named::from);
        let named = due.as_ref().unwrap_or(&project.named);
        if let Some(code) = &named.code {
            return format!("code {code}");
        }
        let name = named.key().map(|(name, _)| name).unwrap_or_default();
        let whose = named.agency.as_deref().or(named.department.as_deref()).map(name_key).unwrap_or_default();
        format!("name {name} {whose} {}", named.year.map(|year| year.to_string()).unwrap_or_default())
    }

    /// What a file of a project says of it.
    pub(in crate::service) fn said(&self, project: &Project, file: usize) -> Option<&Said> {
        let Seen::Table(identity) = &self.received.get(file)?.seen else { return None };
        match identity.said.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|said| {
                let named = Named::from(*said);
                (named.code.is_some() && named.code == project.named.code)
                    || named.is_called_as(&project.named)
            }),
        }
    }

    /// What could not be read, as it is told, with the files' numbers.
    pub(in crate::service) fn refused(&self) -> impl Iterator<Item = (usize, Entry)> + '_ {
        let projects = self.grouping.projects.iter().flat_map(|project| &project.files);
        let projects = projects.filter(|filed| filed.role == Role::Unread).map(|filed| filed.file);
        let loose = self.grouping.loose.iter().filter(|loose| loose.why == Why::Unread);
        projects.chain(loose.map(|loose| loose.file)).filter_map(|file| {
            let (message, hint) = self.unread(file)?;
            let refusal = Refusal { message: message.to_owned(), hint: hint.to_owned() };
            Some((file, Entry::refused(self.received.get(file)?.path.clone(), refusal)))
        })
    }

    /// Whether a file is one of several versions in some project: then it is not read for any.
    pub(in crate::service) fn is_rival(&self, file: usize) -> bool {
        self.rivals.contains(&file)
    }
}
