//! `text-of-another-project`: the name of another project or department of the same batch in a project's own words, where none
//! of its own names stands beside it.

use std::collections::{BTreeSet, HashMap};

use crate::intake::group::named::{are_alike, key};
use crate::model::FindingId;
use crate::service::answer::{Fault, Row};

/// Signs of a name by which it is looked for: a shorter one is none.
const HEAD: usize = 4;

/// The names of all projects and departments.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By their first signs: made comparable, and as they are written.
    by_head: HashMap<String, BTreeSet<(String, String)>>,
}

/// The first signs of a text.
fn head(text: &str) -> Option<&str> {
    let end = text.char_indices().nth(HEAD).map_or(text.len(), |(at, _)| at);
    text.get(..end).filter(|head| head.chars().count() == HEAD)
}

impl Names {
    /// Takes in what a project and its department are called.
    pub(super) fn take(&mut self, project: Option<&str>, agency: Option<&str>) {
        for name in [project, agency].into_iter().flatten() {
            let plain = key(name);
            if let Some(head) = head(&plain) {
                self.by_head
                    .entry(head.to_owned())
                    .or_default()
                    .insert((plain.clone(), name.trim().to_owned()));
            }
        }
    }

    /// The longest of them at the beginning of a text.
    fn at(&self, text: &str) -> Option<&(String, String)> {
        let known = self.by_head.get(head(text)?)?;
        known
            .iter()
            .filter(|(plain, _)| text.starts_with(plain.as_str()))
            .max_by_key(|(plain, _)| plain.len())
    }

    /// What a project's own words say of others.
    pub(super) fn in_words_of(&self, row: &Row) -> Vec<Fault> {
        let own: Vec<&str> =
            [&row.project, &row.agency, &row.marks.unit].into_iter().flatten().map(String::as_str).collect();
        let keys: Vec<String> = own.iter().map(|name| key(name)).filter(|key| !key.is_empty()).collect();
        // A name that is a part of an own one, or longer by something, is not certainly another's.
        let is_own = |plain: &str, name: &str| {
            keys.iter().any(|own| own.contains(plain) || plain.contains(own.as_str()))
                || own.iter().any(|own| are_alike(own, name))
        };
        let mut faults = Vec::new();
        for (cell, text) in &row.marks.words {
            let text = key(text);
            if keys.iter().any(|own| text.contains(own.as_str())) {
                continue;
            }
            let mut places = text.char_indices().filter_map(|(at, _)| self.at(text.get(at..)?));
            if let Some((_, name)) = places.find(|(plain, name)| !is_own(plain, name)) {
                let message = format!("文字中出现了“{name}”，没有出现本单位、本项目的名称。");
                faults.push(Fault::of(FindingId::TextOfAnotherProject, Some(cell.clone()), message));
            }
        }
        faults
    }
}
