//! Where a file belongs that does not say it itself: a stamped copy, a picture, a ledger without a name. Only what is
//! certain counts: the project's whole name or code in its name, the name of the project's form, a folder that holds one
//! project.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::Cluster;
use super::named::{Named, are_alike, key};
use super::{Received, Seen};
use crate::base::file_name::split;
use crate::intake::base_name;
use crate::words::{self, Class};

/// Signs of a project's name that is looked for in names of files.
const MIN_NAME: usize = 4;
/// The same of a code.
const MIN_CODE: usize = 6;
/// Signs of something else than the project that a name may hold in the project's own folder.
const MAX_ELSE: usize = 3;

/// What is known of projects and folders.
pub(super) struct Attach<'c> {
    received: &'c [Received],
    projects: Vec<Known>,
    /// The projects of the tables below a folder, and whether some lie in it.
    below: BTreeMap<&'c str, (BTreeSet<usize>, bool)>,
    /// The projects of the tables of this bare name: by folder, and by name.
    named: BTreeMap<String, BTreeSet<(&'c str, usize)>>,
}

/// A project, as names of files may call it.
struct Known {
    name: Option<String>,
    code: Option<String>,
    named: Named,
}

impl<'c> Attach<'c> {
    pub(super) fn new(received: &'c [Received], clusters: &[Cluster]) -> Self {
        let known = |cluster: &Cluster| {
            let named = cluster.named();
            let name = named.key().map(|(name, _)| name).filter(|name| name.chars().count() >= MIN_NAME);
            Known { name, code: named.code.clone().filter(|code| code.len() >= MIN_CODE), named }
        };
        let mut below: BTreeMap<&str, (BTreeSet<usize>, bool)> = BTreeMap::new();
        let mut named: BTreeMap<String, BTreeSet<(&str, usize)>> = BTreeMap::new();
        for (at, cluster) in clusters.iter().enumerate() {
            for file in cluster.tables.iter().filter_map(|(file, _)| received.get(*file)) {
                for folder in folders(file.folder()) {
                    let (projects, here) = below.entry(folder).or_default();
                    projects.insert(at);
                    *here |= folder == file.folder();
                }
                named.entry(bare(file.base())).or_default().insert((file.folder(), at));
            }
        }
        Self { received, projects: clusters.iter().map(known).collect(), below, named }
    }

    /// The project of a file; several where its name calls them all.
    pub(super) fn project(&self, file: usize) -> Result<Option<usize>, Vec<usize>> {
        let Some(file) = self.received.get(file) else { return Ok(None) };
        let called = self.called(split(file.base()).0, &file.path);
        match called.as_slice() {
            [only] => return Ok(Some(*only)),
            [] => {}
            // The form that it is a copy of may lie beside it.
            _ => return self.beside_form(file).filter(|at| called.contains(at)).map(Some).ok_or(called),
        }
        Ok(self.beside_form(file).or_else(|| self.in_folder(file)).or_else(|| self.in_named_folder(file)))
    }

    /// The project of a table that lies beside a form of it.
    pub(super) fn beside(&self, file: usize) -> Option<usize> {
        self.project(file).ok().flatten()
    }

    /// The projects whose name or code stands in a text; of one name in the other only the longer.
    fn called(&self, text: &str, path: &str) -> Vec<usize> {
        let text = key(text);
        let upper = text.to_ascii_uppercase();
        let by_code = |known: &Known| known.code.as_deref().is_some_and(|code| upper.contains(code));
        let coded: Vec<usize> = self.of(by_code).collect();
        if let [_] = coded.as_slice() {
            return coded;
        }
        let by_name = |known: &Known| known.name.as_deref().is_some_and(|name| text.contains(name));
        let all: Vec<usize> = self.of(by_name).collect();
        let name = |at: &usize| self.projects.get(*at).and_then(|known| known.name.as_deref()).unwrap_or("");
        let part =
            |at: &usize| all.iter().any(|other| name(other) != name(at) && name(other).contains(name(at)));
        let longest: Vec<usize> = all.iter().copied().filter(|at| !part(at)).collect();
        if longest.len() < 2 {
            return longest;
        }
        // Projects of one name: the path may tell whose.
        let whose = |at: &usize| {
            let named = self.projects.get(*at).map(|known| &known.named);
            let agencies = named.into_iter().flat_map(|named| [&named.agency, &named.department]).flatten();
            let mut agencies = agencies.filter(|agency| agency.chars().count() > 2);
            agencies.any(|agency| {
                let agency = key(agency);
                path.split('/').any(|part| key(part).contains(&agency))
                    || folders_of(path).any(|part| are_alike(&agency, leading(part)))
            })
        };
        let told: Vec<usize> = longest.iter().copied().filter(whose).collect();
        if let [_] = told.as_slice() {
            return told;
        }
        // Or the folder has a form of one of them.
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let here = |at: &usize| {
            !folder.is_empty() && self.below.get(folder).is_some_and(|(projects, _)| projects.contains(at))
        };
        let here: Vec<usize> = longest.iter().copied().filter(here).collect();
        if let [_] = here.as_slice() { here } else { longest }
    }

    fn of<'s>(&'s self, holds: impl Fn(&Known) -> bool + 's) -> impl Iterator<Item = usize> + 's {
        self.projects.iter().enumerate().filter(move |(_, known)| holds(known)).map(|(at, _)| at)
    }

    /// A form of the same name, but for what hangs on a copy's: in its folder, or the only one anywhere.
    fn beside_form(&self, file: &Received) -> Option<usize> {
        let same = self.named.get(&bare(file.base()))?;
        let one = |projects: BTreeSet<usize>| projects.first().copied().filter(|_| projects.len() == 1);
        let here = same.iter().filter(|(folder, _)| *folder == file.folder()).map(|(_, at)| *at).collect();
        one(here).or_else(|| one(same.iter().map(|(_, at)| *at).collect()))
    }

    /// The only project of the tables in the folder around it, where its name speaks of nothing else. An archive is a folder;
    /// a department's folder is no project's, and the top is none.
    fn in_folder(&self, file: &Received) -> Option<usize> {
        let around = folders(file.folder()).find_map(|folder| Some((folder, self.below.get(folder)?)));
        let (folder, (projects, here)) = around?;
        let only = projects.first().copied().filter(|_| projects.len() == 1 && *here)?;
        let known = self.projects.get(only)?;
        let called = leading(base_name(folder));
        let mut agencies = [&known.named.department, &known.named.agency].into_iter().flatten();
        let alone = !folder.is_empty() && !agencies.any(|agency| are_alike(agency, called));
        let name = known.name.as_deref().unwrap_or_default();
        let is_table = matches!(file.seen, Seen::Table(_));
        (alone && (is_table || speaks_of_nothing_else(split(file.base()).0, name))).then_some(only)
    }

    /// The project that a folder around it is called after.
    fn in_named_folder(&self, file: &Received) -> Option<usize> {
        let inner = folders_of(&file.path).collect::<Vec<_>>().into_iter().rev();
        inner.map(|folder| self.called(folder, &file.path)).find(|called| !called.is_empty()).and_then(
            |called| match called.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
        )
    }
}

/// A folder and those around it, the innermost first; the last is the top.
fn folders(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |inner| {
        (!inner.is_empty()).then_some(inner.rsplit_once('/').map_or("", |(outer, _)| outer))
    })
}

/// The names of the folders of a path, the outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.rsplit_once('/').map_or("", |(folders, _)| folders).split('/').filter(|name| !name.is_empty())
}

/// A folder's name without what numbers it: `03 教育局`, `03-教育局`.
fn unnumbered(name: &str) -> &str {
    name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | '、' | ' ' | '．'))
}

/// The name that a folder's begins with: `06住建局（15个）` and `住建局2023自评` are 住建局.
pub fn leading(name: &str) -> &str {
    let name = unnumbered(name);
    let end = name.find(|c: char| c.is_ascii() || matches!(c, '（' | '）' | '－' | '—' | '、' | '·'));
    end.and_then(|end| name.get(..end)).unwrap_or(name)
}

/// A name without its ending and without what hangs on a copy's: `自评表（盖章）(1).pdf` is `自评表`.
fn bare(base: &str) -> String {
    let mut stem = key(split(base).0);
    loop {
        let mut cut = stem.trim_end_matches(['-', ' ', '.', '+']);
        if let Some((before, inner)) = cut.strip_suffix(')').and_then(|open| open.rsplit_once('('))
            && (inner.chars().all(|c| c.is_ascii_digit()) || words::of(Class::CopyWords).has(inner))
            && !before.is_empty()
        {
            cut = before;
        }
        for word in words::of(Class::CopyWords).iter() {
            cut = cut.strip_suffix(word).filter(|rest| !rest.is_empty()).unwrap_or(cut);
        }
        if cut.len() == stem.len() {
            return stem;
        }
        stem = cut.to_owned();
    }
}

/// Whether a name says nothing that another project could be called.
fn speaks_of_nothing_else(stem: &str, project: &str) -> bool {
    let mut rest = key(stem);
    for word in words::of(Class::CopyWords).iter().chain(words::of(Class::CommonFileWords).iter()) {
        rest = rest.replace(word, "");
    }
    let words: String = rest.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).collect();
    words.chars().count() <= MAX_ELSE || project.contains(&words)
}

#[cfg(test)]
mod tests {
    use super::{bare, speaks_of_nothing_else};

    #[test]
    fn a_copy_is_called_as_its_form() {
        for name in
            ["3-自评表.xlsx", "3-自评表（盖章）.pdf", "3-自评表(1)扫描件.PDF", "3－自评表_盖章版(2).jpg"]
        {
            assert_eq!(bare(name), "3-自评表", "{name}");
        }
        assert_eq!(bare("盖章.pdf"), "盖章", "a name is left");
    }

    #[test]
    fn a_name_may_speak_of_another_project() {
        assert!(speaks_of_nothing_else("微信图片_20230105101530", "农村公路养护"));
        assert!(speaks_of_nothing_else("扫描件0012", "农村公路养护"));
        assert!(speaks_of_nothing_else("公路养护自评表", "农村公路养护"));
        assert!(!speaks_of_nothing_else("校舍维修改造自评表", "农村公路养护"));
    }
}
