//! Mapping files: how one kind of form is recognised and read (`docs/design.md`, "Forms are read by mappings").
//!
//! A file as typed ([`file`]) and the checked mapping ([`checked`]) are different types; the later rooms
//! see only the checked one.

pub mod answered;
pub mod checked;
pub mod column;
pub mod compose;
pub mod file;
mod index;
pub mod infer;
pub(crate) mod looks;
pub mod profiles;
pub mod reference;
mod render;
mod resolve;
mod schema;
pub(crate) mod tables;
pub mod title;
pub mod toml_read;
pub mod vocabulary;
pub mod words;

use std::collections::BTreeMap;

use file::File;
use toml_read::{FaultKind, Faults, nearest};

use crate::base::{Error, ErrorCode, Result};

pub use answered::Answered;
pub use checked::{Checks, ColumnRule, Mapping, Origin};
pub use column::Column;
pub(crate) use column::{TableKind, Use};
pub(crate) use index::{COMPOSED, GUESSED};
pub use index::{FormTable, Index, TitleHit};
pub use render::render;
pub(crate) use resolve::{checks, survey_settings};
pub use schema::schema;
pub(crate) use schema::schema_of;
pub use toml_read::{FaultKind as MappingFaultKind, MappingFault};
pub use words::{FieldName, Kind};

/// The mappings that come with the program, by name.
pub const SHIPPED: &[(&str, &str)] = &[
    ("common.toml", include_str!("../../mappings/common.toml")),
    ("declaration.toml", include_str!("../../mappings/declaration.toml")),
    ("declaration-with-rules.toml", include_str!("../../mappings/declaration-with-rules.toml")),
    ("self-evaluation.toml", include_str!("../../mappings/self-evaluation.toml")),
    ("score-sheet.toml", include_str!("../../mappings/score-sheet.toml")),
    ("score-list.toml", include_str!("../../mappings/score-list.toml")),
    ("score-summary.toml", include_str!("../../mappings/score-summary.toml")),
    ("ledger.toml", include_str!("../../mappings/ledger.toml")),
    ("survey.toml", include_str!("../../mappings/survey.toml")),
    ("monitoring.toml", include_str!("../../mappings/monitoring.toml")),
    ("pre-evaluation.toml", include_str!("../../mappings/pre-evaluation.toml")),
    ("review.toml", include_str!("../../mappings/review.toml")),
    ("project-list.toml", include_str!("../../mappings/project-list.toml")),
    ("account-summary.toml", include_str!("../../mappings/account-summary.toml")),
    ("cost-estimate.toml", include_str!("../../mappings/cost-estimate.toml")),
    ("roster.toml", include_str!("../../mappings/roster.toml")),
    ("service-hall-2021.toml", include_str!("../../mappings/service-hall-2021.toml")),
];

/// All mappings that take part in a run: the user's first, then the shipped ones.
#[derive(Debug, Clone)]
pub struct Mappings {
    all: Vec<Mapping>,
    index: Index,
}

impl Mappings {
    /// The mappings that come with the program.
    pub fn shipped() -> Self {
        // A test holds that the shipped files have no fault; what could be read is used in any case.
        let (mappings, _) = load(&[], &Checks::default());
        mappings
    }

    /// The shipped mappings with a user's files: `(file name, text)`. A file of the same mapping name as a
    /// shipped one replaces it, another is added and preferred. All faults of all files come at once.
    pub fn with_files(files: &[(String, String)]) -> Result<Self, Vec<MappingFault>> {
        Self::installed(files, &Checks::default())
    }

    /// The same with what the installation's checks are set to: it counts before what the shipped mappings say, and after
    /// what a user's mapping says.
    pub fn installed(files: &[(String, String)], checks: &Checks) -> Result<Self, Vec<MappingFault>> {
        let (mappings, faults) = load(files, checks);
        if faults.is_empty() { Ok(mappings) } else { Err(faults) }
    }

    /// The same, with the faults as the error that a person is shown.
    pub fn checked(files: &[(String, String)], checks: &Checks) -> Result<Self> {
        Self::installed(files, checks).map_err(|faults| {
            let shown = render(&faults, false);
            Error::usage(
                format!("映射文件有 {} 处错误。\n{shown}", faults.len()),
                "请按上面的位置逐处改正映射文件。",
            )
            .coded(ErrorCode::Mapping)
        })
    }

    /// The same mappings with what a person answered about titles. An answer holds for the tables that have such a column,
    /// in the mapping that asked, or in all of them where it names none.
    #[must_use]
    pub fn answered(&self, answers: &[Answered]) -> Self {
        let mut all = self.all.clone();
        for answer in answers {
            let asked =
                |mapping: &&mut Mapping| answer.mapping.as_ref().is_none_or(|name| *name == mapping.name);
            all.iter_mut().filter(asked).for_each(|mapping| answer.tell(mapping));
        }
        Self { index: Index::new(&all), all }
    }

    /// All mappings, the preferred first.
    pub fn all(&self) -> &[Mapping] {
        &self.all
    }

    /// The mapping at a position of [`Mappings::all`].
    pub fn get(&self, position: usize) -> Option<&Mapping> {
        self.all.get(position)
    }

    /// Which titles and labels mean what.
    pub fn index(&self) -> &Index {
        &self.index
    }
}

struct Typed {
    name: String,
    /// Whether it is the user's.
    own: bool,
    file: File,
    faults: Faults,
}

fn load(files: &[(String, String)], checks: &Checks) -> (Mappings, Vec<MappingFault>) {
    let parse = |file_name: &str, text: &str| {
        let mut faults = Faults::new(file_name, text);
        let file = File::parse(text, &mut faults);
        let name = file.name.as_ref().map_or_else(|| file_name.to_owned(), |name| name.get_ref().clone());
        Typed { name, own: false, file, faults }
    };
    let mut typed: Vec<Typed> = Vec::new();
    for (name, text) in files {
        let mut new = Typed { own: true, ..parse(name, text) };
        // A file that builds on its own name adds to what is there; two that do not are rivals.
        if typed.iter().any(|have| have.name == new.name && !extends_itself(have)) && !extends_itself(&new) {
            let span = new.file.name.as_ref().map_or(0..0, toml::Spanned::span);
            new.faults.add(
                FaultKind::Conflict,
                span,
                format!("已有另一份映射文件也叫“{}”", new.name),
                "请改用别的 name。",
            );
        }
        typed.push(new);
    }
    let own = typed.len();
    for (name, text) in SHIPPED {
        let new = parse(name, text);
        // The user's file replaces the shipped one, unless it builds on it.
        let replaced = typed.iter().take(own).any(|have| have.name == new.name && !extends_itself(have));
        if !replaced {
            typed.push(new);
        }
    }
    let mut resolved: BTreeMap<usize, Mapping> = BTreeMap::new();
    for at in 0..typed.len() {
        resolve_at(at, &mut typed, &mut resolved, checks, 0);
    }
    // Of a name the file counts that builds on the others.
    let shadowed: Vec<bool> = (0..typed.len()).map(|at| top_of(at, own, &typed) != Some(at)).collect();
    let all: Vec<Mapping> = resolved
        .into_iter()
        .filter(|(at, _)| !shadowed.get(*at).copied().unwrap_or(false))
        .map(|(_, mapping)| mapping)
        .collect();
    let faults = typed.into_iter().flat_map(|typed| typed.faults.into_sorted()).collect();
    (Mappings { index: Index::new(&all), all }, faults)
}

/// Which of the files with the name of one of them counts: the last of the user's that builds on its own name, else the
/// user's, else the shipped one.
fn top_of(at: usize, own: usize, typed: &[Typed]) -> Option<usize> {
    let name = &typed.get(at)?.name;
    let named = || typed.iter().enumerate().filter(|(_, it)| it.name == *name);
    let users = || named().filter(|(at, _)| *at < own);
    let last = users().rfind(|(_, it)| extends_itself(it));
    // Of two rivals, which are a fault, both stay.
    last.or_else(|| users().find(|(have, _)| *have == at))
        .or_else(|| users().next())
        .or_else(|| named().next())
        .map(|(at, _)| at)
}

/// The file that one builds on: of its own name the one before it that does so, too, else the one that does not.
fn parent_of(at: usize, wanted: &str, typed: &[Typed]) -> Option<usize> {
    let named = || {
        (0..typed.len())
            .filter(|&other| other != at)
            .filter(|&other| typed.get(other).is_some_and(|it| it.name == wanted))
    };
    let itself = typed.get(at).is_some_and(|it| it.name == wanted && it.own);
    let layer = |other: &usize| typed.get(*other).is_some_and(|it| it.own && extends_itself(it));
    if itself {
        let below = named().filter(|other| *other < at).rfind(layer);
        return below.or_else(|| named().find(|other| !layer(other)));
    }
    named().next_back()
}

fn extends_itself(typed: &Typed) -> bool {
    typed.file.extends.as_ref().is_some_and(|parent| *parent.get_ref() == typed.name)
}

/// Extending goes at most this deep: a longer chain is a circle.
const MAX_EXTENDS: usize = 8;

fn resolve_at(
    at: usize,
    typed: &mut [Typed],
    resolved: &mut BTreeMap<usize, Mapping>,
    checks: &Checks,
    depth: usize,
) {
    if resolved.contains_key(&at) {
        return;
    }
    let Some(parent_name) = typed.get(at).map(|it| it.file.extends.clone()) else { return };
    let mut parent = None;
    if let Some(wanted) = parent_name {
        let found = parent_of(at, wanted.get_ref(), typed);
        let names: Vec<String> = typed.iter().map(|it| it.name.clone()).collect();
        match found {
            Some(other) if depth < MAX_EXTENDS => {
                resolve_at(other, typed, resolved, checks, depth.saturating_add(1));
                parent = resolved.get(&other).cloned();
            }
            found => {
                let near = nearest(wanted.get_ref(), names.iter().map(String::as_str));
                let (message, hint) = match (found, near) {
                    (Some(_), _) => ("extends 绕成了圈".to_owned(), String::new()),
                    (None, Some(near)) => {
                        (format!("没有名为“{}”的映射", wanted.get_ref()), format!("是否要写 \"{near}\"？"))
                    }
                    (None, None) => (format!("没有名为“{}”的映射", wanted.get_ref()), String::new()),
                };
                if let Some(it) = typed.get_mut(at) {
                    it.faults.add(FaultKind::Conflict, wanted.span(), message, hint);
                }
            }
        }
    }
    if let Some(Typed { file, faults, own, .. }) = typed.get_mut(at) {
        let mut mapping = resolve::resolve(file, parent.as_ref(), faults);
        // Whoever builds on this one has it from here; what a project rules is none of the installation's.
        if parent.is_none() && mapping.kind != Kind::Case {
            let said = &mapping.checks;
            mapping.checks = if *own { checks.under(said) } else { said.under(checks) };
        }
        // What a table inherits whole, nobody of this file has said.
        let budget = file.budget.as_ref().is_some_and(|budget| budget.columns.is_some());
        let checklist = file.checklist.as_ref().is_some_and(|checklist| checklist.columns.is_some());
        mapping.columns.iter_mut().for_each(|rule| rule.told = *own);
        mapping.budget.columns.iter_mut().for_each(|rule| rule.told = *own && budget);
        mapping.checklist.iter_mut().for_each(|rule| rule.told = *own && checklist);
        resolved.entry(at).or_insert(mapping);
    }
}
