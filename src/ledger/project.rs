//! Which entries are the evaluated project's, where a ledger holds several projects and a column says whose each is.

use std::collections::BTreeSet;

use super::line::LedgerLine;
use crate::form::uncoded;
use crate::mapping::title::normalise;
use crate::model::LedgerLocator;

/// Distinct projects; more is another column.
const MAX_PROJECTS: usize = 2_000;

/// Whose entries count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Own {
    /// Everybody's: no ledger has several projects, or nothing says which one is evaluated.
    All,
    /// Those under these words of the project column.
    These(BTreeSet<String>),
    /// Several projects, and this is why the evaluated one's entries cannot be told (Chinese).
    Unclear(String),
}

/// Hears whose entries there are, while the ledgers are read.
#[derive(Debug)]
pub(super) struct ProjectsSeen<'p> {
    /// The evaluated project; `None` where nothing says which.
    project: Option<&'p str>,
    found: BTreeSet<String>,
    listens: bool,
}

impl<'p> ProjectsSeen<'p> {
    pub(super) fn new(project: Option<&'p str>) -> Self {
        Self { project, found: BTreeSet::new(), listens: false }
    }

    /// Begins a ledger.
    pub(super) fn begin(&mut self, locator: &LedgerLocator) {
        self.listens = self.project.is_some() && locator.columns.project.is_some();
    }

    /// Takes the next row of it.
    pub(super) fn take(&mut self, line: &LedgerLine<'_>) {
        if !self.listens {
            return;
        }
        if line.kind.is_posted() && !self.found.contains(line.project.as_ref()) {
            self.found.insert(line.project.clone().into_owned());
        }
        self.listens = self.found.len() <= MAX_PROJECTS;
    }

    /// Whose entries count.
    pub(super) fn own(&self) -> Own {
        self.project.map_or(Own::All, |project| choose(&self.found, project))
    }
}

fn choose(found: &BTreeSet<String>, project: &str) -> Own {
    if found.iter().filter(|name| !name.is_empty()).count() < 2 {
        return Own::All;
    }
    if found.contains("") {
        return Own::Unclear("账中有多个项目，而部分分录没有写明项目".to_owned());
    }
    let key = |name: &str| normalise(uncoded(name));
    let wanted = key(project);
    let same: BTreeSet<String> = found.iter().filter(|name| key(name) == wanted).cloned().collect();
    if !same.is_empty() {
        return Own::These(same);
    }
    let like = |name: &&String| key(name).contains(&wanted) || wanted.contains(&key(name));
    let mut alike = found.iter().filter(like);
    match (alike.next(), alike.next()) {
        (Some(only), None) => Own::These(BTreeSet::from([only.clone()])),
        _ => Own::Unclear(format!("账中有 {} 个项目，看不出哪些分录属于“{project}”", found.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(found: &[&str], project: &str) -> Own {
        choose(&found.iter().map(|name| (*name).to_owned()).collect(), project)
    }

    #[test]
    fn one_of_several_projects_is_told_by_its_name() {
        let these = |name: &str| Own::These(BTreeSet::from([name.to_owned()]));
        assert_eq!(chosen(&["甲路改造", "乙校食堂"], "乙校食堂"), these("乙校食堂"));
        assert_eq!(chosen(&["101-甲路改造", "102-乙校食堂"], "甲 路改造"), these("101-甲路改造"));
        assert_eq!(chosen(&["甲路改造", "乙校食堂"], "2022年乙校食堂项目"), these("乙校食堂"));
        assert_eq!(chosen(&["甲路改造"], "别的名称"), Own::All);
        assert_eq!(chosen(&["甲路改造", ""], "甲路改造"), Own::All);
        assert!(matches!(chosen(&["甲路改造", "乙校食堂"], "丙村水渠"), Own::Unclear(_)));
        assert!(matches!(chosen(&["甲路改造", "乙校食堂", ""], "乙校食堂"), Own::Unclear(_)));
        assert!(matches!(chosen(&["甲路一期", "甲路二期"], "甲路"), Own::Unclear(_)));
    }
}
