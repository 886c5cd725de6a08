//! Files become projects. What a file says of itself decides, never its name alone; what cannot be told is left to a
//! person: of two versions of one project none is taken, and none is merged with the other.

pub mod attach;
mod cluster;
pub mod named;
mod roles;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::base_name;
use super::identity::{Identity, Stage, TableKind};
use super::kind::Kind;
use super::roster::Roster;
use named::{Named, are_alike};

/// A file that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Its path within what was dropped, names parted by `/`.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// The SHA-256 of its bytes; empty where there are none to be had.
    pub sha256: String,
    /// What was read of it.
    pub seen: Seen,
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// What it says of itself.
    Table(Identity),
    /// A table that could not be read, or a file that could not be had: why, and what to do.
    Unread {
        /// Why.
        message: String,
        /// What to do about it.
        hint: String,
    },
    /// Nothing: a person reads it.
    Nothing,
}

impl Received {
    /// Its name without folders.
    pub fn base(&self) -> &str {
        base_name(&self.path)
    }

    /// The folder it lies in, as a path; empty at the top.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What tells its content from others'.
    pub fn content(&self) -> &str {
        match &self.seen {
            Seen::Table(Identity { cells: Some(cells), .. }) => cells,
            _ => &self.sha256,
        }
    }

    fn identity(&self) -> Option<&Identity> {
        match &self.seen {
            Seen::Table(identity) => Some(identity),
            _ => None,
        }
    }
}

/// What a file is in its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A form that is scored or checked.
    Form,
    /// A ledger or a survey that is read with the form.
    Beside,
    /// One of several ledgers or surveys of which nobody knows which belong: none is read.
    Unclear,
    /// One of several versions: none is read until a person chooses.
    Rival,
    /// A version that a person did not choose.
    Left,
    /// The same content as this file of the project.
    Same(usize),
    /// The stamped copy of a form.
    Signed,
    /// What a person has to type, for there is no form.
    Typed,
    /// A table in which nothing is recognised.
    Stranger,
    /// A table that cannot be read.
    Unread,
}

/// A file of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Which of the received.
    pub file: usize,
    /// What it is in the project.
    pub role: Role,
    /// Where it stands in the project's year.
    pub stage: Option<Stage>,
    /// The forms in it.
    pub parts: Vec<TableKind>,
}

/// Files that are read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Which of the received, the forms first.
    pub files: Vec<usize>,
    /// Where the form stands in the project's year.
    pub stage: Option<Stage>,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// What it is called.
    pub named: Named,
    /// The line of the roll that it is.
    pub due: Option<usize>,
    /// Its files, in the order of their paths.
    pub files: Vec<Filed>,
    /// What is scored of it. A file of several projects is in a unit of each of them.
    pub units: Vec<Unit>,
    /// Whether a table that could not be read stands in the way: what could be read may not be what counts.
    pub hindered: bool,
    /// What a person must know, in Chinese.
    pub remarks: Vec<String>,
}

impl Project {
    /// Whether a person has to choose among versions.
    pub fn has_rivals(&self) -> bool {
        self.files.iter().any(|filed| filed.role == Role::Rival)
    }
}

/// Why a file belongs to no project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It says nothing of a project, and nothing else tells.
    Nameless,
    /// Several projects are called so.
    Ambiguous(Vec<String>),
    /// It is a list of projects.
    List,
    /// It could not be read, or nothing was recognised in it.
    Unread,
    /// It is an archive that is not unpacked, a program, or the like.
    NoMaterial,
    /// It is the same as this one.
    Same(usize),
}

/// A file that belongs to no project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// Which of the received.
    pub file: usize,
    /// Why.
    pub why: Why,
}

/// What was handed in, by projects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grouping {
    /// The projects: those of the roll in its order, then the others by name.
    pub projects: Vec<Project>,
    /// What belongs to none.
    pub loose: Vec<Loose>,
}

/// Whether files are one case by themselves: at most one project, no table of it twice, and nothing packed.
pub fn is_one_case(received: &[Received]) -> bool {
    let Grouping { projects, .. } = group(received, None, &BTreeSet::new());
    let archives = received.iter().any(|file| file.kind.is_archive());
    let versions = projects.iter().flat_map(|project| &project.files).any(|filed| {
        let is_table = received.get(filed.file).is_some_and(|file| file.kind.is_table());
        is_table && matches!(filed.role, Role::Rival | Role::Same(_))
    });
    projects.len() <= 1 && !versions && !archives
}

/// Puts files together to projects. `adopted` is the content ([`Received::content`]) of files that a person
/// chose.
pub fn group(received: &[Received], roster: Option<&Roster>, adopted: &BTreeSet<String>) -> Grouping {
    let mut clusters = cluster::Clusters::new(received, roster);
    clusters.forms();
    clusters.others();
    let mut grouping = roles::give(clusters, adopted);
    if let Some(roster) = roster {
        call_departments(&mut grouping, roster);
    }
    grouping
}

/// Calls the departments of projects that are not on the roll as the roll does, where it has only one that can be meant.
fn call_departments(grouping: &mut Grouping, roster: &Roster) {
    let known: BTreeSet<&str> = roster.lines.iter().filter_map(|line| line.department.as_deref()).collect();
    for project in grouping.projects.iter_mut().filter(|project| project.due.is_none()) {
        let Some(own) = project.named.department.as_deref() else { continue };
        let mut alike = known.iter().filter(|known| are_alike(own, known));
        if let (Some(only), None) = (alike.next(), alike.next()) {
            project.named.department = Some((*only).to_owned());
        }
    }
}
