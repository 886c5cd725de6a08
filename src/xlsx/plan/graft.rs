//! Sheets that come and sheets that go.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::Planner;
use crate::base::Result;
use crate::package::archive::part_key;
use crate::package::parts::{relative, rels_of, resolve, source_of};
use crate::xlsx::NAME_PREFIX;
use crate::xlsx::edits::Graft;
use crate::xlsx::graft::{self, Grafted};
use crate::xlsx::package::DefinedName;
use crate::xlsx::refusal::RefusalReason;
use crate::xlsx::workbook::NewSheet;

impl<R: Read + Seek> Planner<'_, R> {
    /// Decides which sheets go and returns the entries that go with them.
    pub(super) fn plan_removals(&mut self) -> Result<BTreeSet<usize>> {
        let edits = self.edits;
        let graft = edits.graft.as_ref().filter(|g| !g.replace.is_empty());
        let replace = graft.map(replaced_names).transpose()?.unwrap_or_default();
        let workbook = &self.package.workbook;
        let mut going: BTreeMap<usize, String> = BTreeMap::new();
        let mut in_place: BTreeSet<&str> = BTreeSet::new();
        for (at, sheet) in workbook.sheets.iter().enumerate() {
            let replaced = replace.contains(&sheet.name);
            if replaced || edits.remove_sheets.contains(&sheet.name) {
                going.insert(at, sheet.rel.clone());
                // A sheet that the workbook lists twice has one place.
                if !(replaced && in_place.insert(&sheet.name)) {
                    self.changes.removed.insert(at);
                }
            }
        }
        if going.is_empty() {
            return Ok(BTreeSet::new());
        }
        if workbook.locked_structure {
            self.refuse(None, None, RefusalReason::LockedStructure);
            return Ok(BTreeSet::new());
        }
        for (at, name) in workbook.names.iter().enumerate() {
            if name.local_sheet.is_some_and(|sheet| going.contains_key(&sheet)) {
                self.changes.names_removed.insert(at);
            }
        }
        // What another sheet shows, too, stays.
        let staying = workbook.sheets.iter().enumerate().filter(|(at, _)| !going.contains_key(at));
        let staying: BTreeSet<&String> = staying.map(|(_, sheet)| &sheet.rel).collect();
        let rels: BTreeSet<String> = going.into_values().filter(|rel| !staying.contains(rel)).collect();
        self.workbook_rels.remove(|rel| rels.contains(&rel.id));
        self.hanging_on(&rels)
    }

    /// The entries that only the sheets of these relationships lead to.
    fn hanging_on(&mut self, sheets: &BTreeSet<String>) -> Result<BTreeSet<usize>> {
        let mut edges: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let names: Vec<String> = self.package.parts.names().map(str::to_owned).collect();
        for name in names {
            let Some(source) = source_of(&name).filter(|_| name.to_ascii_lowercase().ends_with(".rels"))
            else {
                continue;
            };
            let rels = self.package.parts.rels(&source)?;
            let targets = rels.list().iter().filter(|r| !r.external);
            let targets = targets.map(|r| (r.id.clone(), part_key(&resolve(&source, &r.target)))).collect();
            edges.insert(part_key(&source), targets);
        }
        let workbook = part_key(&self.package.workbook.part);
        let reach = |from: Vec<String>, cut: bool| {
            let mut seen: BTreeSet<String> = BTreeSet::new();
            let mut stack = from;
            while let Some(part) = stack.pop() {
                let through = edges.get(&part).into_iter().flatten();
                let through = through.filter(|(id, _)| !(cut && part == workbook && sheets.contains(id)));
                let next: Vec<String> = through.map(|(_, target)| target.clone()).collect();
                if seen.insert(part) {
                    stack.extend(next);
                }
            }
            seen
        };
        let kept = reach(vec![String::new()], true);
        let of_sheets = edges.get(&workbook).into_iter().flatten().filter(|(id, _)| sheets.contains(id));
        let going = reach(of_sheets.map(|(_, target)| target.clone()).collect(), false);
        let gone = going
            .difference(&kept)
            .flat_map(|part| [self.package.parts.find(part), self.package.parts.find(&rels_of(part))]);
        Ok(gone.flatten().collect())
    }

    pub(super) fn plan_graft(&mut self) -> Result<()> {
        let edits = self.edits;
        let Some(graft) = &edits.graft else { return Ok(()) };
        if self.package.workbook.locked_structure {
            self.refuse(None, None, RefusalReason::LockedStructure);
            return Ok(());
        }
        let mut source = graft::open(&graft.workbook)?;
        let removed: BTreeSet<&String> = edits.remove_sheets.iter().collect();
        let replaced: BTreeSet<&String> = graft.replace.iter().collect();
        let mut staying: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for host in self.package.sheets().iter().filter(|host| !removed.contains(&host.name)) {
            staying.entry(host.name.to_lowercase()).or_default().push(host.name.clone());
        }
        for sheet in source.sheets() {
            let mut same = staying.get(&sheet.name.to_lowercase()).into_iter().flatten();
            if same.any(|host| !(replaced.contains(&sheet.name) && *host == sheet.name)) {
                self.refuse(Some(&sheet.name), None, RefusalReason::SheetNameTaken);
            }
        }
        let dialect = self.package.workbook.dialect;
        let Some(styles) = self.styles.as_mut() else { return Ok(()) };
        match graft::read(&mut source, dialect, &mut styles.styles, &mut self.parts.names)? {
            Ok(grafted) => self.take_over(grafted),
            Err(reason) => self.refuse(None, None, reason),
        }
        Ok(())
    }

    fn take_over(&mut self, grafted: Grafted) {
        let workbook = self.package.workbook.part.clone();
        let kind = self.package.workbook.dialect.relationship("worksheet");
        let mut order = Vec::new();
        for sheet in grafted.sheets {
            let rel = self.workbook_rels.add(&kind, &relative(&workbook, &sheet.part), false);
            order.push(sheet.name.clone());
            let mut there = self.package.sheets().iter().enumerate().filter(|(_, s)| s.name == sheet.name);
            let at = there.find(|(at, _)| !self.changes.removed.contains(at)).map(|(at, _)| at);
            let new = NewSheet { name: sheet.name, state: sheet.state, rel };
            match at {
                Some(at) => drop(self.changes.replaced.insert(at, new)),
                None => self.changes.appended.push(new),
            }
        }
        for part in grafted.parts {
            self.parts.add(part);
        }
        let positions = self.package.workbook.new_sheet_positions(&self.changes);
        for name in grafted.names {
            let local =
                name.local_sheet.map(|at| order.get(at).and_then(|sheet| positions.get(sheet)).copied());
            match local {
                // Local to a sheet that the graft does not have: it means nothing.
                Some(None) => {}
                local => self.put_name(DefinedName { local_sheet: local.flatten(), ..name }),
            }
        }
    }

    /// The workbook's own names that are local to no sheet: the first of each, by its key.
    fn global_names(&mut self) -> &BTreeMap<String, usize> {
        let names = &self.package.workbook.names;
        self.global_names.get_or_insert_with(|| {
            let global = names.iter().enumerate().filter(|(_, name)| name.local_sheet.is_none());
            global.rev().map(|(at, name)| (name.name.to_lowercase(), at)).collect()
        })
    }

    /// Adds a name, in the place of one of ours that is called the same.
    pub(super) fn put_name(&mut self, name: DefinedName) {
        if name.local_sheet.is_none() {
            let key = name.name.to_lowercase();
            let existing = self.global_names().get(&key).copied();
            let twice = !self.global_added.insert(key);
            if twice || existing.is_some() && !name.name.starts_with(NAME_PREFIX) {
                self.refuse(None, None, RefusalReason::NameTaken);
                return;
            }
            self.changes.names_removed.extend(existing);
        }
        self.changes.names_added.push(name);
    }
}

/// The sheets of the graft that take another's place.
fn replaced_names(graft: &Graft) -> Result<BTreeSet<String>> {
    let source = graft::open(&graft.workbook)?;
    let names = source.sheets().iter().map(|s| s.name.clone());
    Ok(names.filter(|n| graft.replace.contains(n)).collect())
}
