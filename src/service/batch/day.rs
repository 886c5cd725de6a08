//! A batch as a day's intake: what was dropped is put together to projects, and all are entered in the register.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::scoring::{Content, Task};
use super::{Options, Progress, unreadable, unwritable};
use crate::base::{Error, Result, sha256_of};
use crate::export;
use crate::intake::group::{Received, Role, Why};
use crate::intake::kind;
use crate::mapping::Mappings;
use crate::service::answer::Fault;
use crate::service::disk;
use crate::service::intake_book::{self, Counts};
use crate::service::pool::Pool;
use crate::service::reception::{
    self, Before, Book, Day, Hands, Material, Memory, Outcomes, Past, Work, find_roll, gather, lines, look,
    read_roll, tell_apart,
};
use crate::service::summary::{Due, Entry};
use crate::service::tally::Tally;

/// The folder, in that of the results, of what is remembered from run to run.
pub(super) const MEMORY: &str = ".jixiao";

/// How a batch goes.
pub(super) enum Plan {
    /// Each file and each folder is a submission, by its name: what it is remembered by.
    Plain(BTreeMap<String, Content>),
    /// All are put together to projects.
    Day(Box<Planned>),
}

/// What came of a day.
pub(super) struct Finished {
    pub(super) entries: Vec<Entry>,
    pub(super) tally: Tally,
    /// The rows of the roll and of what was not scored, each with the content of its file.
    pub(super) rows: Vec<(String, export::Row)>,
    /// How many projects are due, where there is a roll.
    pub(super) due: Option<Due>,
}

/// A day that is about to be scored.
pub(super) struct Planned {
    day: Day,
    by_department: bool,
    book: Book,
    pub(super) works: Vec<Work>,
    past: Past,
    /// What was dropped, each with its files among all.
    inputs: Vec<(PathBuf, Range<usize>)>,
    /// The SHA-256 of the roll's file, where there is one.
    roll: Option<String>,
}

/// How a batch goes, looked at before anything is scored; `None` where it is no longer wanted.
pub(super) fn plan(
    options: &Options,
    (pool, mappings): (&Pool, &Mappings),
    (dropped, out): (&Path, &Path),
    hands: &Hands<'_>,
    progress: &dyn Progress,
) -> Result<Option<Plan>> {
    if !dropped.is_dir() {
        is_archive(dropped)?;
    }
    let folders: Vec<&Path> = [dropped, out].into_iter().filter(|folder| folder.is_dir()).collect();
    let roll = find_roll(options.roster.as_deref(), &folders);
    let roster = roll.as_deref().map(|path| read_roll(path, mappings)).transpose()?;
    let digest = roll.as_deref().map(disk::sha256).transpose().map_err(unreadable(dropped))?;
    let left_out: Vec<PathBuf> =
        std::iter::once(out.to_owned()).chain(roll.and_then(|path| dunce::canonicalize(path).ok())).collect();
    let settings = pool.setup().hash();
    let past = Past::read(out.join(MEMORY).join("dropped"), &settings)?;
    let mut looked = Past::read(out.join(MEMORY).join("looked"), &settings)?;
    let mut known = past.known();
    known.extend(looked.take_known());
    if options.again {
        known.clear();
    }
    let mut before = Before { roster, known, gone: Vec::new() };
    let mut materials: Vec<Material> = Vec::new();
    let mut inputs: Vec<(PathBuf, Range<usize>)> = Vec::new();
    // In the order in which they came first: of two archives of one name the later is called another way.
    let known = past.dropped.iter().map(|earlier| earlier.input.as_path());
    let new = known.clone().all(|input| input != dropped).then_some(dropped);
    for input in known.chain(new) {
        if input != dropped && !input.exists() {
            let gone = past.dropped.iter().filter(|earlier| earlier.input == input);
            before.gone.extend(gone.flat_map(|earlier| earlier.received.iter().cloned()));
            continue;
        }
        let first = materials.len();
        // It may have changed since.
        if !gather(&mut materials, input, &left_out, hands)? {
            return Ok(None);
        }
        if let (false, Some((others, own))) = (input.is_dir(), materials.split_at_mut_checked(first)) {
            let gone = before.gone.iter().map(|file| file.path.as_str());
            tell_apart(own, others.iter().map(|material| material.path.as_str()).chain(gone));
        }
        inputs.push((input.to_owned(), first..materials.len()));
    }
    let own = inputs.iter().find(|(input, _)| input == dropped).map(|(_, files)| files.clone());
    let own = own.and_then(|files| materials.get(files)).unwrap_or_default();
    let is_packed = |material: &Material| {
        material.kind.is_archive() || material.at.as_ref().is_ok_and(|at| !at.starts_with(dropped))
    };
    let packed = !dropped.is_dir() || own.iter().any(is_packed);
    let by_department = before.roster.is_some() || packed;
    progress.begin(materials.len());
    let done = |name: &str| progress.done(name);
    let Some(mut day) = look(materials, before, (pool, options.jobs.get()), hands, &done)? else {
        return Ok(None);
    };
    let mut book = Book::read(out);
    book.said.extend(past.said.iter().cloned());
    let known = book.path.is_file();
    let tree = is_tree(&day);
    if !by_department && !known && !tree && is_plain(&day) {
        // At once: what was looked at need not be again, wherever the run ends.
        let readable: Vec<Received> =
            day.received.iter().filter(|received| !received.sha256.is_empty()).cloned().collect();
        looked.keep(dropped, &readable, options.clock.now()).map_err(unwritable(out))?;
        return Ok(Some(Plan::Plain(contents(&day))));
    }
    if let Some(roster) = &day.roster {
        book.said.extend(roster.remarks.iter().cloned());
    }
    day.choose(&book.marks);
    let by_department = by_department || tree;
    let memory = Memory::of(out.join(MEMORY).join("results"), out, &settings);
    day.say_earlier(&memory, by_department);
    let works = day.works(by_department);
    Ok(Some(Plan::Day(Box::new(Planned { day, by_department, book, works, past, inputs, roll: digest }))))
}

fn is_archive(dropped: &Path) -> Result<()> {
    let refused = || {
        Error::input(
            format!("“{}”不是文件夹，也不是压缩包。", dropped.display()),
            "请写要评分的文件夹，或 .zip、.7z 压缩包；单个工作簿请用 jixiao score。",
        )
    };
    let mut file = fs::File::open(dropped).map_err(|cause| refused().because(cause))?;
    let name = dropped.file_name().unwrap_or_default().to_string_lossy();
    if kind::of(&mut file, &name)?.is_archive() { Ok(()) } else { Err(refused()) }
}

/// What of a path is a submission by itself: a file at the top, or a folder.
fn submission(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// What the submissions of a plain folder are remembered by. A single file is remembered as it is where it is put together
/// with others: what was made of it stands when a register begins.
fn contents(day: &Day) -> BTreeMap<String, Content> {
    let mut files: BTreeMap<&str, Vec<&Received>> = BTreeMap::new();
    for received in &day.received {
        files.entry(submission(&received.path)).or_default().push(received);
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut found = BTreeMap::new();
    for (name, files) in files {
        // Of something that was not read nothing is remembered.
        if files.iter().any(|file| file.sha256.is_empty()) {
            continue;
        }
        let mut key = match files.as_slice() {
            [only] if only.path == name => sha256_of([only.content()]),
            several => sha256_of(several.iter().flat_map(|file| [file.path.as_str(), file.content()])),
        };
        if !taken.insert(key.clone()) {
            // Of two of one content each has a result of its own.
            key = sha256_of([key.as_str(), name]);
        }
        let sources = files.iter().map(|file| file.sha256.clone()).collect();
        found.insert(name.to_owned(), Content { key, sources });
    }
    found
}

/// Whether folders hold several projects, or folders with tables.
fn is_tree(day: &Day) -> bool {
    let mut projects: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, project) in day.grouping.projects.iter().enumerate() {
        for received in project.files.iter().filter_map(|filed| day.received.get(filed.file)) {
            let depth = received.path.split('/').count();
            if received.kind.is_table() && depth > 2 {
                return true;
            }
            if received.kind.is_table() && depth == 2 {
                projects.entry(submission(&received.path)).or_default().insert(at);
            }
        }
    }
    projects.values().any(|projects| projects.len() > 1)
}

/// Whether each file and each folder is a submission by itself, and none is about what another is about.
fn is_plain(day: &Day) -> bool {
    let apart = day.grouping.projects.iter().all(|project| {
        let tables = project.files.iter().filter_map(|filed| day.received.get(filed.file));
        let tables = tables.filter(|received| received.kind.is_table());
        let of: BTreeSet<&str> = tables.map(|received| submission(&received.path)).collect();
        let versions = project.files.iter().any(|filed| {
            let is_table = day.received.get(filed.file).is_some_and(|received| received.kind.is_table());
            is_table && matches!(filed.role, Role::Rival | Role::Left | Role::Same(_) | Role::Unclear)
        });
        of.len() <= 1 && !versions && project.remarks.is_empty()
    });
    apart && !day.grouping.loose.iter().any(|loose| matches!(loose.why, Why::Ambiguous(_)))
}

impl Planned {
    /// What is to be scored.
    pub(super) fn tasks(&self) -> Vec<Task> {
        self.works.iter().cloned().map(Box::new).map(Task::Work).collect()
    }

    /// The SHA-256 of all files that are there or were.
    pub(super) fn files(&self) -> BTreeSet<String> {
        self.day.received.iter().map(|received| received.sha256.clone()).collect()
    }

    /// Enters all in the register and writes the receipts. Adds what was not even begun to the entries.
    pub(super) fn finish(
        mut self,
        options: &Options,
        out: &Path,
        done: Vec<(usize, Entry)>,
    ) -> Result<Finished> {
        let told: Vec<(usize, &Entry)> = done.iter().map(|(at, entry)| (*at, entry)).collect();
        let outcomes = Outcomes::new(&self.works, &told);
        let lines = lines(&self.day, &outcomes, &self.book.marks);
        let mut rows = self.day.unscored_rows();
        rows.extend(self.roll.iter().flat_map(|digest| self.day.roll_rows(&outcomes, digest)));
        let due = self.day.due_by_department(&outcomes);
        let receipts = if self.by_department {
            reception::by_department(&self.day, &outcomes, &options.clock.shown())
        } else {
            Vec::new()
        };
        for (folder, text) in receipts {
            put_receipt(out, &folder, &text).map_err(unwritable(out))?;
        }
        for (input, files) in &self.inputs {
            let received = self.day.received.get(files.clone()).unwrap_or_default();
            self.past.keep(input, received, options.clock.now()).map_err(unwritable(out))?;
        }
        self.book.aside |= self.book.marks.left_out(&lines) > 0;
        let bytes = intake_book::build(&lines, options.clock.today())?;
        self.book.replace(&bytes).map_err(unwritable(out))?;
        let mut against: BTreeMap<&[usize], Vec<Fault>> = BTreeMap::new();
        for project in &self.day.grouping.projects {
            let faults = self.day.against(project).faults;
            for unit in project.units.iter().filter(|_| !faults.is_empty()) {
                against.entry(&unit.files).or_default().extend(faults.iter().cloned());
            }
        }
        let mut entries: Vec<Entry> = Vec::new();
        for (at, mut entry) in done {
            let files = self.works.get(at).map(|work| &work.files);
            if let (Ok(rows), Some(files)) = (&mut entry.outcome, files)
                && let [row] = rows.as_mut_slice()
            {
                row.faults.extend(against.get(files.as_slice()).into_iter().flatten().cloned());
            }
            entries.push(entry);
        }
        entries.extend(self.day.refused().map(|(_, entry)| entry));
        let mut tally = Tally::of(&entries);
        tally.found = self.works.len().saturating_add(self.day.refused().count());
        tally.left = tally.found.saturating_sub(entries.len());
        tally.entered = Counts::of(&lines).said();
        tally.register = Some(self.book.path);
        tally.remarks = self.book.said;
        Ok(Finished { entries, tally, rows, due })
    }
}

/// Writes the receipt of a department, in place of an earlier one of ours.
fn put_receipt(out: &Path, folder: &Path, text: &str) -> io::Result<()> {
    let records = out.join(MEMORY).join("receipts");
    let (home, place) = (out.join(folder), reception::receipt_place(out, folder, &records)?);
    fs::create_dir_all(&home)?;
    fs::create_dir_all(&records)?;
    disk::write_whole(&place.record, &place.record.with_extension("tmp"), place.digests(text)?.as_bytes())?;
    disk::write_whole(&place.path, &home.join(".jixiao-receipt.tmp"), text.as_bytes())
}
