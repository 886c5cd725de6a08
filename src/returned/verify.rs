//! Whether a returned workbook is as we returned it. Three things are told apart: what is ours is unaltered and whole; the
//! agency states what we read then; and what would be written otherwise now. The first two are the workbook's, the third is
//! the program's.

use std::collections::{BTreeMap, BTreeSet};

use super::changes;
use super::consequence::{Consequence, Followed, counterpart, leads_elsewhere};
use super::content::{self, Digest, is_broken};
use super::memory::precise;
use super::ours::Ours;
use super::part::{Part, SheetKey};
use super::record::{Line, Record, Standing, Written};
use super::sight::{self, Shown};
use super::text::plain;
use crate::base::{CellAt, CellRef};
use crate::model::Change;
use crate::sheet::{Cell, Sheet};
use crate::xlsx::Looks;

/// What stands for a content of which only the digest is known.
const WRITTEN: &str = "（返回时写入的内容）";

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
    /// What should be there.
    pub expected: String,
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
        self.sheets.iter().find(|sheet| sheet.name == name)
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
    let mut verifier = Verifier {
        returned,
        again: again.workbook,
        ours: Ours::new(record, &returned.names),
        shown: sight::shown(record),
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
    fn wrong(&mut self, at: &CellAt, what: &'static str, found: String, expected: String) {
        self.say(Mismatch { at: at.clone(), what, found, expected });
    }

    fn say(&mut self, mismatch: Mismatch) {
        self.wrong.entry((mismatch.at.clone(), mismatch.what)).or_insert(mismatch);
    }

    fn otherwise(&mut self, at: &CellAt, what: &'static str, found: String, expected: String) {
        let at = || at.clone();
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

    fn line(&mut self, line: &Line) {
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
        let cell = now.and_then(|now| Some(returned.sheet(&now.sheet)?.get(now.cell)));
        match cell {
            Some(cell) if content::found(cell, &at, &self.ours.moves) == content => {
                let recorded = precise(cell) == shown || cell.shown() == shown;
                self.value(&at, cell, recorded);
                let looks = returned.looks.get(&at.sheet).filter(|_| !format.is_empty());
                let reformatted = looks.and_then(|looks| sight::reformatted(format, looks, cell, &at));
                if let Some(mismatch) = reformatted {
                    self.say(mismatch);
                }
            }
            cell => {
                let found = cell.map(precise).unwrap_or_default();
                self.wrong(&at, "本软件写入的内容已被改动", found, shown.to_owned());
            }
        }
    }

    /// A cell that holds what was written: whether a formula shows what it gives. `recorded` tells whether it shows what it
    /// showed then.
    fn value(&mut self, at: &CellAt, cell: &Cell, recorded: bool) {
        let Some(again) = self.again.sheet(&at.sheet) else { return };
        if self.is_changed {
            self.follows(at, cell, again, recorded);
            return;
        }
        let now = again.get(at.cell);
        let plain = super::moves::Moves::default();
        let spelled = |cell: &Cell| content::found(cell, at, &plain);
        if cell.formula.is_some() && !now.is_blank() && content::value(cell) != content::value(now) {
            let (found, expected) = (precise(cell), precise(now));
            if recorded {
                self.otherwise(at, "内容", found, expected);
            } else {
                self.wrong(at, "内容与重新计算的不同", found, expected);
            }
        } else if !is_broken(cell) && spelled(cell) != spelled(now) {
            self.otherwise(at, "内容", whole(cell), whole(now));
        }
    }

    /// A formula of ours in a workbook that states other things now. It is altered only where it shows neither what it showed
    /// then nor what it gives, though all that it is worked out from is the same; else it follows from the changes.
    fn follows(&mut self, at: &CellAt, cell: &Cell, again: &Sheet, recorded: bool) {
        if cell.formula.is_none() {
            return;
        }
        let now = self.returned.sheet(&at.sheet).and_then(|then| counterpart(then, again, at, cell));
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
            self.wrong(at, "内容与重新计算的不同", found, expected.unwrap_or_default());
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
        let candidates = self.ours.candidates(&was.sheet, &returned.sheets);
        let Some(sheet) =
            candidates.into_iter().min_by_key(|sheet| self.ours.altered(&was.sheet, sheet).len())
        else {
            self.wrong(was, "附加的工作表已被删除", String::new(), was.sheet.clone());
            return;
        };
        if !sheet.visible {
            let at = sheet.address(was.cell);
            self.wrong(&at, "附加的工作表已被隐藏", "隐藏".to_owned(), "显示".to_owned());
        }
        let altered = self.ours.altered(&was.sheet, sheet);
        let digests: BTreeMap<CellRef, Digest> =
            self.ours.digests(&was.sheet).map(|(cell, digest)| (cell, digest.clone())).collect();
        for cell in &altered {
            let at = sheet.address(*cell);
            let (what, expected) = match digests.get(cell) {
                Some(digest) => ("本软件写入的内容已被改动", self.written(&sheet.name, *cell, digest)),
                None => ("附加的工作表中多出的内容", String::new()),
            };
            self.wrong(&at, what, whole(sheet.get(*cell)), expected);
        }
        self.sight(&was.sheet, sheet, &digests, &altered);
        for (cell, digest) in digests.into_iter().filter(|(cell, _)| altered.binary_search(cell).is_err()) {
            self.intact(&sheet.address(cell), sheet.get(cell), &digest, key.part);
        }
    }

    /// Whether a sheet of ours is shown as we made it.
    fn sight(&mut self, was: &str, sheet: &Sheet, digests: &BTreeMap<CellRef, Digest>, altered: &[CellRef]) {
        let fixed = digests.iter().filter(|(_, digest)| **digest != Digest::Open).map(|(cell, _)| *cell);
        let ours = fixed.filter(|cell| altered.binary_search(cell).is_err()).collect();
        let (none, Some(looks)) = (Shown::default(), self.returned.looks.get(&sheet.name)) else { return };
        let shown = self.shown.get(was).unwrap_or(&none);
        let differences = shown.differences(sheet, looks, &ours, &self.ours.moves);
        for mismatch in differences {
            self.say(mismatch);
        }
    }

    /// What stood in a cell of an added sheet, by what is written there again; with other inputs that may be another thing.
    fn written(&self, sheet: &str, cell: CellRef, digest: &Digest) -> String {
        let Some(now) = self.again.sheet(sheet) else { return WRITTEN.to_owned() };
        let again = now.get(cell);
        if self.is_changed && !digest.holds(again, &now.address(cell), &self.ours.moves) {
            return WRITTEN.to_owned();
        }
        whole(again)
    }

    /// A cell of an added sheet that holds what was written.
    fn intact(&mut self, at: &CellAt, cell: &Cell, digest: &Digest, part: Part) {
        let Digest::Fixed { value, .. } = digest else { return };
        // The account of the run and the list of findings are others in each run.
        if !matches!(part, Part::Provenance | Part::Issues) {
            let recorded =
                value.as_ref().is_none_or(|value| Digest::of(&content::value(cell), None).is(value));
            self.value(at, cell, recorded);
        }
    }

    fn result(self, changes: Vec<Change>) -> Verified {
        let Self { wrong, otherwise, mut verified, .. } = self;
        let accused: BTreeSet<&CellAt> = wrong.keys().map(|(at, _)| at).collect();
        let changes = changes.into_iter().filter(|change| !accused.contains(&change.at));
        verified.changes = changes.collect();
        verified.otherwise = otherwise.into_values().filter(|other| !accused.contains(&other.at)).collect();
        verified.mismatches = wrong.into_values().collect();
        verified
    }
}

/// A cell whole: its formula, else what it shows, with every digit.
fn whole(cell: &Cell) -> String {
    cell.formula.as_ref().map_or_else(|| precise(cell), |formula| format!("={formula}"))
}
