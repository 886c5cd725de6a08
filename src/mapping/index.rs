//! All titles and labels of all mappings, looked up at once: one look per cell, however many mappings.

use std::collections::HashMap;

use super::checked::{ColumnRule, Mapping};
use super::column::Column;
use super::compose::{self, Role, Silent, Table};
use super::title::{Pattern, bare, undated, unnumbered};
use super::words::{FieldName, Kind};

/// Which table of a mapping a title belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormTable {
    /// The form's own table.
    Main,
    /// The budget block.
    Budget,
    /// The scored checklist.
    Checklist,
}

impl Mapping {
    /// The columns of one of its tables.
    pub fn columns_of(&self, table: FormTable) -> &[ColumnRule] {
        match table {
            FormTable::Main => &self.columns,
            FormTable::Budget => &self.budget.columns,
            FormTable::Checklist => &self.checklist,
        }
    }
}

/// A meaning that a mapping gives to a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TitleHit {
    /// Which mapping.
    pub mapping: usize,
    /// Which of its tables.
    pub table: FormTable,
    /// Which of the table's columns.
    pub rule: usize,
    /// The place of the title in the rule's list: the lower, the more preferred; [`COMPOSED`] and [`GUESSED`] for a title
    /// that no list has.
    pub rank: usize,
}

/// The rank of a title that is read from the words it is composed of.
pub(crate) const COMPOSED: usize = 1_000_000;
/// The rank of a title of which only the end is read.
pub(crate) const GUESSED: usize = 2_000_000;

/// The tables whose titles a mapping listens for: its own, and those of forms by which it tells that a table is not its own.
fn tables(own: Table) -> Vec<Table> {
    match own {
        Table::Ledger | Table::Survey => vec![own, Table::Form(FormTable::Main)],
        own => vec![own],
    }
}

/// A meaning that a mapping gives to a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LabelHit {
    /// Which mapping.
    pub mapping: usize,
    /// What the label's value says.
    pub name: FieldName,
}

/// The titles and labels of all mappings.
#[derive(Debug, Clone, Default)]
pub struct Index {
    titles: Lookup<TitleHit>,
    labels: Lookup<LabelHit>,
    paths: Globs<Vec<TitleHit>>,
    /// The rule of each column that titles may be composed for, by the table that its mapping reads there.
    columns: HashMap<(Table, Column), Vec<ComposedRule>>,
}

/// A rule that titles may be composed for.
#[derive(Debug, Clone, Copy)]
struct ComposedRule {
    mapping: usize,
    table: FormTable,
    rule: usize,
    /// The table of the mapping: a ledger is told from a form by titles of a form that it has not.
    own: Table,
}

#[derive(Debug, Clone)]
struct Lookup<T> {
    exact: HashMap<String, Vec<T>>,
    globs: Globs<Vec<T>>,
}

impl<T> Default for Lookup<T> {
    fn default() -> Self {
        Self { exact: HashMap::new(), globs: Globs::default() }
    }
}

/// Patterns with a `*`, each once, however many mappings inherit it. A key is held only against those of which it has the
/// sign, for there are hundreds of patterns and every cell near a head is a key.
#[derive(Debug, Clone)]
struct Globs<T> {
    patterns: Vec<(Pattern, T)>,
    places: HashMap<Pattern, usize>,
    by_sign: HashMap<char, Vec<usize>>,
    /// Those that describe every key.
    signless: Vec<usize>,
}

impl<T> Default for Globs<T> {
    fn default() -> Self {
        Self { patterns: Vec::new(), places: HashMap::new(), by_sign: HashMap::new(), signless: Vec::new() }
    }
}

impl<T: Default> Globs<T> {
    /// What is kept of a pattern.
    fn entry(&mut self, pattern: &Pattern) -> Option<&mut T> {
        let next = self.patterns.len();
        let at = *self.places.entry(pattern.clone()).or_insert(next);
        if at == next {
            match pattern.sign() {
                Some(sign) => self.by_sign.entry(sign).or_default().push(at),
                None => self.signless.push(at),
            }
            self.patterns.push((pattern.clone(), T::default()));
        }
        self.patterns.get_mut(at).map(|(_, kept)| kept)
    }

    /// The patterns that describe a key with what is kept of each, in the order they came.
    fn find(&self, key: &str) -> impl Iterator<Item = &(Pattern, T)> {
        let signs = key.chars().filter_map(|sign| self.by_sign.get(&sign));
        let mut places: Vec<usize> = signs.flatten().chain(&self.signless).copied().collect();
        places.sort_unstable();
        places.dedup();
        places
            .into_iter()
            .filter_map(|at| self.patterns.get(at))
            .filter(move |(pattern, _)| pattern.matches(key))
    }
}

impl<T: Copy> Lookup<T> {
    fn add(&mut self, pattern: &Pattern, hit: T) {
        if let Some(key) = pattern.literal() {
            self.exact.entry(key.to_owned()).or_default().push(hit);
        } else if let Some(hits) = self.globs.entry(pattern) {
            hits.push(hit);
        }
    }

    /// The hits of a key, the surest first: the whole title, then a pattern, the longest first.
    fn find(&self, key: &str, found: &mut Vec<T>) {
        found.extend(self.exact.get(key).into_iter().flatten());
        let mut described: Vec<_> = self.globs.find(key).collect();
        described.sort_by_key(|(pattern, _)| std::cmp::Reverse(pattern.weight()));
        found.extend(described.into_iter().flat_map(|(_, hits)| hits));
    }
}

impl Index {
    /// The index of all mappings.
    pub fn new(all: &[Mapping]) -> Self {
        let mut index = Self::default();
        for (mapping, rules) in all.iter().enumerate() {
            if rules.kind == Kind::Roster {
                // Its words are titles of a table of its own (`intake::roster`).
                continue;
            }
            for table in [FormTable::Main, FormTable::Budget, FormTable::Checklist] {
                for (rule, column) in rules.columns_of(table).iter().enumerate() {
                    let own = Table::of(rules.kind, table);
                    for asked in tables(own) {
                        let known = index.columns.entry((asked, column.column)).or_default();
                        if column.after.is_none() && known.iter().all(|have| have.mapping != mapping) {
                            known.push(ComposedRule { mapping, table, rule, own });
                        }
                    }
                    for (rank, title) in column.titles.iter().enumerate() {
                        let hit = TitleHit { mapping, table, rule, rank };
                        if title.fixes(&rules.header_join) {
                            index.paths.entry(title).into_iter().for_each(|hits| hits.push(hit));
                        } else {
                            index.titles.add(title, hit);
                        }
                    }
                }
            }
            for field in &rules.fields {
                for label in &field.labels {
                    index.labels.add(label, LabelHit { mapping, name: field.name });
                }
            }
        }
        index
    }

    /// What the mappings make of a title, the surest first, one hit per mapping, table and column.
    pub fn title(&self, key: &str) -> Vec<TitleHit> {
        let mut found = Vec::new();
        self.titles.find(key, &mut found);
        // What hangs on a title counts only where the whole title says nothing.
        if let Some(bare) = bare(key).or_else(|| unnumbered(key)).or_else(|| undated(key)) {
            let mut weaker = Vec::new();
            self.titles.find(bare, &mut weaker);
            weaker.retain(|hit| {
                !found.iter().any(|have| (have.mapping, have.table) == (hit.mapping, hit.table))
            });
            found.append(&mut weaker);
        }
        self.composed(key, &mut found);
        let mut once: Vec<TitleHit> = Vec::with_capacity(found.len());
        for hit in found {
            let key = (hit.mapping, hit.table, hit.rule);
            if !once.iter().any(|have| (have.mapping, have.table, have.rule) == key) {
                once.push(hit);
            }
        }
        once
    }

    /// What a title says that a mapping's lists do not have, from the words it is composed of.
    fn composed(&self, key: &str, found: &mut Vec<TitleHit>) {
        let mut read: Vec<Table> = Vec::new();
        for table in Table::ALL {
            let Some(composed) = compose::read(key, table) else { continue };
            read.push(table);
            let column = match composed.role {
                Role::Column(column) => column,
                // What is compared, and where a person may have said what was done.
                Role::Silent(Silent::Rate | Silent::Remark) if matches!(table, Table::Form(_)) => {
                    Column::Other
                }
                Role::Silent(_) => continue,
            };
            let rank = if composed.whole { COMPOSED } else { GUESSED };
            for rule in self.columns.get(&(table, column)).into_iter().flatten() {
                let own = (rule.mapping, rule.table);
                let known = found.iter().any(|have| (have.mapping, have.table) == own);
                // What a mapping's own words say goes before those of other tables.
                let said = rule.own != table && read.contains(&rule.own);
                if !known && !said {
                    let (mapping, table) = own;
                    found.push(TitleHit { mapping, table, rule: rule.rule, rank });
                }
            }
        }
    }

    /// What the mappings make of a title with the titles above it (`自评>得分`).
    pub fn path(&self, path: &str) -> Vec<TitleHit> {
        self.paths.find(path).flat_map(|(_, hits)| hits).copied().collect()
    }

    /// Whether any mapping distinguishes titles by what stands above them.
    pub fn has_paths(&self) -> bool {
        !self.paths.patterns.is_empty()
    }

    /// What the mappings make of a label.
    pub fn label(&self, key: &str) -> Vec<LabelHit> {
        let mut found = Vec::new();
        for form in
            [Some(key), bare(key), unnumbered(key), unnumbered(key).and_then(bare)].into_iter().flatten()
        {
            self.labels.find(form, &mut found);
            if !found.is_empty() {
                break;
            }
        }
        found
    }
}
