//! Whether a returned workbook is as we returned it. Three things are told apart: what is ours is unaltered and whole; the
//! agency states what we read then; and what would be written otherwise now. The first two are the workbook's, the third is
//! the program's.

use std::collections::{BTreeMap, BTreeSet};

use super::appearance::{self, Shown};
use super::changes;
use super::consequence::{Consequence, Followed, counterpart, leads_elsewhere};
use super::content::{self, Digest, is_broken};
use super::memory::precise;
use super::moves::Moves;
use super::our_sheet::{COUNTED, OurSheet, SheetKey};
use super::ours::Ours;
use super::record::{Record, RecordLine, Standing, Written};
use super::text::plain;
use crate::base::{CellAt, CellRef};
use crate::model::Change;
use crate::sheet::{Cell, Sheet};
use crate::xlsx::Looks;

/// A workbook as far as it is ours.
#[derive(Debug, Default)]
pub struct Returned {
    /// Its record, with the name of its sheet.
    pub record: Option<(String, Record)>,
    /// Its defined names that refer to one cell.
    pub names: BTreeMap<String, CellAt>,
    /// Its sheets, hidden ones too.
    pub sheets: Vec<Sheet>,
    /// How sheets of it that the record tells of show what they hold, by their names.
    pub looks: BTreeMap<String, Looks>,
    /// Its notes.
    pub notes: BTreeMap<CellAt, String>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The cell.
    pub at: CellAt,
    /// What is wrong, in Chinese.
    pub what: &'static str,
    /// What is there.
    pub found: String,
    /// What should be there; `None` where that cannot be told.
    pub expected: Option<String>,
}

/// What scoring again gave.
#[derive(Debug)]
pub struct Again<'a> {
    /// The workbook that was written.
    pub workbook: &'a Returned,
    /// What differs from what was read then.
    pub changes: &'a [Change],
    /// Whether the record is another workbook's.
    pub of_another: bool,
}

/// What a verification gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Why the record proves nothing; `None` where it is proved and this workbook's.
    pub unproved: Option<&'static str>,
    /// The version that wrote it.
    pub version: String,
    /// How many cells of the agency's sheets are ours.
    pub cells: usize,
    /// How many notes.
    pub notes: usize,
    /// How many added sheets.
    pub sheets: usize,
    /// Where ours was altered, by cell.
    pub mismatches: Vec<Mismatch>,
    /// What the agency states otherwise than we read then, with its effect.
    pub changes: Vec<Change>,
    /// What follows from that in cells of ours that nobody altered.
    pub consequences: Vec<Consequence>,
    /// What would be written otherwise now, though nothing was changed.
    pub otherwise: Vec<Mismatch>,
}

impl Verified {
    /// Whether what is ours is proved, unaltered and whole.
    pub fn is_intact(&self) -> bool {
        self.unproved.is_none() && self.mismatches.is_empty()
    }
}

impl Returned {
    fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.id.name == name)
    }

    /// Whether the workbook carries a record of ours.
    pub fn is_returned(&self) -> bool {
        self.record.is_some()
    }
}

/// Compares a returned workbook with its own record, and with what scoring it again gives. `None` where it carries no
/// record of ours.
pub fn verify(returned: &Returned, again: &Again<'_>) -> Option<Verified> {
    let (name, record) = returned.record.as_ref()?;
    let unproved = match record.standing {
        Standing::Proved if again.of_another => Some("记录的项目、单位或年度与表中不同"),
        Standing::Proved => None,
        Standing::Unsigned => Some("记录没有签名"),
        Standing::Unknown => Some("记录由未登记的密钥签名"),
        Standing::Broken => Some("记录不完整或已被改动"),
    };
    let (outside, inside) = again.changes.iter().cloned().partition(changes::is_from_outside);
    let outside: Vec<Change> = outside;
    let ours = Ours::new(record, &returned.names);
    let mut verifier = Verifier {
        returned,
        again: again.workbook,
        anew: ours.anew(record),
        ours,
        shown: appearance::shown(record),
        is_changed: !Vec::is_empty(&inside),
        followed: Followed::new(&returned.sheets, inside.iter().map(|change| &change.at)),
        wrong: BTreeMap::new(),
        otherwise: BTreeMap::new(),
        verified: Verified { unproved, version: record.about.version.clone(), ..Verified::default() },
    };
    verifier.hidden(name);
    for (_, line) in &record.lines {
        verifier.line(line);
    }
    for change in outside {
        let (found, expected) = (shown(change.score_before), shown(change.score_after));
        verifier.otherwise(&change.at, "得分", found, expected);
    }
    Some(verifier.result(inside))
}

fn shown<T: ToString>(score: Option<T>) -> String {
    score.map_or_else(|| "待评分".to_owned(), |score| score.to_string())
}

struct Verifier<'a> {
    returned: &'a Returned,
    again: &'a Returned,
    ours: Ours<'a>,
    /// The way from where cells were to where they are in what was written again.
    anew: Moves,
    /// How sheets of ours were shown.
    shown: BTreeMap<&'a str, Shown<'a>>,
    /// Whether anything that was read then was changed.
    is_changed: bool,
    /// What follows from that.
    followed: Followed,
    wrong: BTreeMap<(CellAt, &'static str), Mismatch>,
    otherwise: BTreeMap<CellAt, Mismatch>,
    verified: Verified,
}

impl Verifier<'_> {
    fn wrong(&mut self, at: &CellAt, what: &'static str, found: String, expected: impl Into<Option<String>>) {
        self.say(Mismatch { at: at.clone(), what, found, expected: expected.into() });
    }

    fn say(&mut self, mismatch: Mismatch) {
        self.wrong.entry((mismatch.at.clone(), mismatch.what)).or_insert(mismatch);
    }

    fn otherwise(&mut self, at: &CellAt, what: &'static str, found: String, expected: String) {
        let at = || at.clone();
        let expected = Some(expected);
        self.otherwise.entry(at()).or_insert_with(|| Mismatch { at: at(), what, found, expected });
    }

    /// The record is out of a person's sight, and the sheets that we add are not.
    fn hidden(&mut self, record: &str) {
        let corner = CellRef::new(0, 0);
        if let Some((sheet, corner)) = self.returned.sheet(record).filter(|sheet| sheet.visible).zip(corner) {
            let at = sheet.address(corner);
            self.wrong(&at, "记录工作表已被显示", "显示".to_owned(), "隐藏".to_owned());
        }
    }

    fn line(&mut self, line: &RecordLine) {
        match &line.written {
            Written::Cell { content, shown, format, .. } => self.cell(&line.at, content, shown, format),
            Written::Note(text) => self.note(&line.at, text),
            Written::Sheet(key) => self.sheet(&line.at, *key),
            Written::View(_)
            | Written::Digests(_)
            | Written::Aside { .. }
            | Written::Place
            | Written::Memory { .. } => {}
        }
    }

    fn cell(&mut self, was: &CellAt, content: &str, shown: &str, format: &str) {
        self.verified.cells = self.verified.cells.saturating_add(1);
        let now = self.ours.moves.now(was);
        let at = now.clone().unwrap_or_else(|| was.clone());
        let returned = self.returned;
        let cell = now.and_then(|now| Some(returned.sheet(&now.sheet.name)?.get(now.cell)));
        match cell {
            Some(cell) if content::found(cell, &at, &self.ours.moves) == content => {
                let recorded = precise(cell) == shown || cell.shown() == shown;
                self.value(&at, cell, recorded);
                let looks = returned.looks.get(&at.sheet.name).filter(|_| !format.is_empty());
                let reformatted = looks.and_then(|looks| appearance::reformatted(format, looks, cell, &at));
                if let Some(mismatch) = reformatted {
                    self.say(mismatch);
                }
            }
            cell => {
                let (found, expected) = altered(cell, content, shown);
                self.wrong(&at, "本软件写入的内容已被改动", found, expected);
            }
        }
    }

    /// A cell that holds what was written: whether a formula shows what it gives. `recorded` tells whether it shows what it
    /// showed then.
    fn value(&mut self, at: &CellAt, cell: &Cell, recorded: bool) {
        let Some(again) = self.again.sheet(&at.sheet.name) else { return };
        if self.is_changed {
            self.follows(at, cell, again, recorded);
            return;
        }
        let now = again.get(at.cell);
        let spelled = |cell: &Cell, moves: &Moves| content::found(cell, at, moves);
        if cell.formula.is_some() && !now.is_blank() && content::value(cell) != content::value(now) {
            let (found, expected) = (precise(cell), precise(now));
            if recorded {
                self.otherwise(at, "内容", found, expected);
            } else {
                self.wrong(at, "内容与重新计算的不同", found, expected);
            }
        } else if !is_broken(cell) && spelled(cell, &self.ours.moves) != spelled(now, &self.anew) {
            self.otherwise(at, "内容", whole(cell), whole(now));
        }
    }

    /// A formula of ours in a workbook that states other things now. It is altered only where it shows neither what it showed
    /// then nor what it gives, though all that it is worked out from is the same; else it follows from the changes.
    fn follows(&mut self, at: &CellAt, cell: &Cell, again: &Sheet, recorded: bool) {
        if cell.formula.is_none() {
            return;
        }
        let now = self.returned.sheet(&at.sheet.name).and_then(|then| counterpart(then, again, at, cell));
        let is_same = now.is_some_and(|(_, now)| content::value(cell) == content::value(now));
        // What stands as it was written, in a place that is not written any more, shows no other thing.
        if is_same || (recorded && now.is_none()) {
            return;
        }
        let (then, sheets) = (&self.returned.sheets, &self.again.sheets);
        let follows = recorded || now.is_none_or(|now| leads_elsewhere(then, sheets, (at, cell), now));
        let (found, expected) = (precise(cell), now.map(|(_, now)| precise(now)));
        if follows {
            let of = self.followed.from(at);
            self.verified.consequences.push(Consequence { at: at.clone(), of, found, expected });
        } else {
            self.wrong(at, "内容与重新计算的不同", found, expected);
        }
    }

    fn note(&mut self, was: &CellAt, text: &str) {
        self.verified.notes = self.verified.notes.saturating_add(1);
        let now = self.ours.moves.now(was);
        let at = now.clone().unwrap_or_else(|| was.clone());
        let note = now.and_then(|now| self.returned.notes.get(&now));
        let even = |text: &str| plain(text).trim_end().to_owned();
        if note.is_none_or(|note| even(note) != even(text)) {
            let found = note.cloned().unwrap_or_default();
            self.wrong(&at, "本软件的批注已被改动或删除", found, text.to_owned());
        }
    }

    fn sheet(&mut self, was: &CellAt, key: SheetKey) {
        self.verified.sheets = self.verified.sheets.saturating_add(1);
        let returned = self.returned;
        let Some((sheet, altered)) = self.ours.found(&was.sheet.name, &returned.sheets) else {
            self.wrong(was, "附加的工作表已被删除", "（已删除）".to_owned(), was.sheet.name.clone());
            return;
        };
        if !sheet.visible {
            let at = sheet.address(was.cell);
            self.wrong(&at, "附加的工作表已被隐藏", "隐藏".to_owned(), "显示".to_owned());
        }
        let digests: BTreeMap<CellRef, Digest> =
            self.ours.digests(&was.sheet.name).map(|(cell, digest)| (cell, digest.clone())).collect();
        for cell in &altered {
            let (at, there) = (sheet.address(*cell), sheet.get(*cell));
            match digests.get(cell) {
                Some(digest) => {
                    let (found, expected) = self.written(&at, there, digest);
                    self.wrong(&at, "本软件写入的内容已被改动", found, expected);
                }
                None => self.wrong(&at, "附加的工作表中多出的内容", whole(there), String::new()),
            }
        }
        self.sight(&was.sheet.name, sheet, &digests, &altered);
        for (cell, digest) in digests.into_iter().filter(|(cell, _)| altered.binary_search(cell).is_err()) {
            self.intact(&sheet.address(cell), sheet.get(cell), &digest, key.part);
        }
    }

    /// Whether a sheet of ours is shown as we made it.
    fn sight(&mut self, was: &str, sheet: &Sheet, digests: &BTreeMap<CellRef, Digest>, altered: &[CellRef]) {
        let fixed = digests.iter().filter(|(_, digest)| **digest != Digest::Open).map(|(cell, _)| *cell);
        let ours = fixed.filter(|cell| altered.binary_search(cell).is_err()).collect();
        let (none, Some(looks)) = (Shown::default(), self.returned.looks.get(&sheet.id.name)) else { return };
        let shown = self.shown.get(was).unwrap_or(&none);
        let differences = shown.differences(sheet, looks, &ours, &self.ours.moves);
        for mismatch in differences {
            self.say(mismatch);
        }
    }

    /// What stands in an altered cell of an added sheet, and what was written there: what is written there again, where that
    /// is the same by its digest. Of a formula what it shows, where that is the same, too, and tells the two apart.
    fn written(&self, at: &CellAt, there: &Cell, digest: &Digest) -> (String, Option<String>) {
        let again = self.again.sheet(&at.sheet.name).map(|sheet| sheet.get(at.cell));
        match again.filter(|again| digest.holds(again, at, &self.anew)) {
            Some(again) if digest.shows(again) && precise(again) != precise(there) => {
                (precise(there), Some(precise(again)))
            }
            again => (whole(there), again.map(whole)),
        }
    }

    /// A cell of an added sheet that holds what was written.
    fn intact(&mut self, at: &CellAt, cell: &Cell, digest: &Digest, part: OurSheet) {
        if *digest == Digest::Open {
            return;
        }
        // The account of the run, the list of findings and their number are others in each run: what is found of a file as
        // it was handed in (its format, its record) is not found of what was returned.
        let of_the_run = match part {
            OurSheet::Provenance
            | OurSheet::Issues
            | OurSheet::Matters
            | OurSheet::Review
            | OurSheet::Letter => true,
            OurSheet::Result => cell.formula.is_none(),
            OurSheet::Summary => cell.shown().starts_with(COUNTED),
            OurSheet::Charts
            | OurSheet::Detail
            | OurSheet::Values
            | OurSheet::Targets
            | OurSheet::Accounts
            | OurSheet::Survey => false,
        };
        if !of_the_run {
            self.value(at, cell, digest.shows(cell));
        }
    }

    fn result(self, changes: Vec<Change>) -> Verified {
        let Self { wrong, otherwise, mut verified, .. } = self;
        let accused: BTreeSet<&CellAt> = wrong.keys().map(|(at, _)| at).collect();
        let changes = changes.into_iter().filter(|change| !accused.contains(&change.at));
        verified.changes = changes.collect();
        // What no proved record tells may have been written by anybody from anything.
        let otherwise = otherwise.into_values().filter(|_| verified.unproved.is_none());
        verified.otherwise = otherwise.filter(|other| !accused.contains(&other.at)).collect();
        verified.mismatches = wrong.into_values().collect();
        verified
    }
}

/// What stands in a cell of the agency's that we filled and that was altered, and what stood there: what it shows, or the
/// formulas where that is the same.
fn altered(cell: Option<&Cell>, content: &str, shown: &str) -> (String, Option<String>) {
    let found = cell.map(precise).unwrap_or_default();
    if found != shown {
        return (found, Some(shown.to_owned()));
    }
    (cell.map(whole).unwrap_or_default(), Some(content.to_owned()).filter(|content| content.starts_with('=')))
}

/// A cell whole: its formula, else what it shows, with every digit.
fn whole(cell: &Cell) -> String {
    cell.formula.as_ref().map_or_else(|| precise(cell), |formula| format!("={formula}"))
}
