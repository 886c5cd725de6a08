//! A day's intake: what was dropped, what it says of itself, and the projects that it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::materials::{Hands, Material};
use crate::base::Result;
use crate::intake::group::named::{Named, key as name_key};
use crate::intake::group::{Grouping, Project, Received, Role, Seen, group};
use crate::intake::identity::Said;
use crate::intake::roster::{Line as Due, Roster};
use crate::service::identify::{self, Told};
use crate::service::intake_book::Marks;
use crate::service::place;
use crate::service::setup::Setup;

/// A day's intake.
#[derive(Debug)]
pub(in crate::service) struct Day {
    pub(in crate::service) received: Vec<Received>,
    /// Where each is, if it is to be had.
    pub(in crate::service) paths: Vec<Option<PathBuf>>,
    /// Which of them bear a secrecy mark.
    pub(in crate::service) marked: BTreeSet<usize>,
    pub(in crate::service) roster: Option<Roster>,
    pub(in crate::service) grouping: Grouping,
}

/// Looks at all that was dropped; `None` where that is no longer wanted.
pub(in crate::service) fn look(
    materials: Vec<Material>,
    roster: Option<Roster>,
    (setup, jobs): (&Setup, usize),
    hands: &Hands<'_>,
    done: &(dyn Fn(&str) + Sync),
) -> Result<Option<Day>> {
    let opened: Vec<usize> = (0..materials.len())
        .filter(|at| materials.get(*at).is_some_and(|it| it.kind.is_opened() && it.at.is_ok()))
        .collect();
    let files: Vec<PathBuf> =
        opened.iter().filter_map(|at| materials.get(*at)?.at.as_ref().ok().cloned()).collect();
    let shown = |path: &std::path::Path| done(&path.file_name().unwrap_or_default().to_string_lossy());
    let told = identify::all(setup, &files, jobs, hands.scratch, hands.unwanted, &shown)?;
    let Some(told) = told else { return Ok(None) };
    let mut told: BTreeMap<usize, Told> = opened.into_iter().zip(told).collect();
    let (mut received, mut paths, mut marked) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (at, material) in materials.into_iter().enumerate() {
        let Material { path, kind, at: place, marked: by_name } = material;
        let mut is_marked = by_name;
        let (seen, file) = match (place, told.remove(&at)) {
            (Err(refusal), _) => (Seen::Unread { message: refusal.message, hint: refusal.hint }, None),
            (Ok(file), None) => (Seen::Nothing, Some(file)),
            (Ok(file), Some(Told::Known(identity))) => (Seen::Table(identity), Some(file)),
            (Ok(file), Some(Told::Refused { message, hint })) => (Seen::Unread { message, hint }, Some(file)),
            (Ok(file), Some(Told::Marked { message, hint })) => {
                is_marked = true;
                if file.starts_with(hands.scratch) {
                    // No copy of ours stays, not even for the rest of the run.
                    let _ = place::remove(&file);
                }
                (Seen::Unread { message, hint }, None)
            }
        };
        let sha256 = match &file {
            Some(file) => place::sha256(file).map_err(|cause| {
                crate::base::Error::input(
                    format!("文件“{path}”无法读取。"),
                    "请检查文件是否仍在原处、磁盘或网络是否正常，然后重试。",
                )
                .because(cause)
            })?,
            None => String::new(),
        };
        if is_marked {
            marked.insert(at);
        }
        received.push(Received { path, kind, sha256, seen });
        paths.push(file);
    }
    let grouping = group(&received, roster.as_ref(), &BTreeSet::new());
    Ok(Some(Day { received, paths, marked, roster, grouping }))
}

impl Day {
    /// Takes over what a person chose among versions.
    pub(in crate::service) fn choose(&mut self, marks: &Marks) {
        let mut chosen: BTreeSet<String> = BTreeSet::new();
        for project in &self.grouping.projects {
            let key = self.key(project);
            let contents = project.files.iter().filter_map(|filed| self.received.get(filed.file));
            let contents = contents.map(Received::content).filter(|content| marks.has_chosen(&key, content));
            chosen.extend(contents.map(str::to_owned));
        }
        if !chosen.is_empty() {
            self.grouping = group(&self.received, self.roster.as_ref(), &chosen);
        }
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
                (named.code.is_some() && named.code == project.named.code) || named.is_called_as(&project.named)
            }),
        }
    }

    /// Whether a file is one of several versions in some project: then it is not read for any.
    pub(in crate::service) fn is_rival(&self, file: usize) -> bool {
        let all = self.grouping.projects.iter().flat_map(|project| &project.files);
        all.filter(|filed| filed.file == file).any(|filed| filed.role == Role::Rival)
    }
}
