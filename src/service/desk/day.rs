//! A submission of many projects: an archive, or a folder that is none of one project. All of it is looked at, put together
//! with what came before, scored, and goes out by one plan.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Carried, Claim, Desk, MAX_AGAIN, Print, Served, Step, Submission};
use crate::base::{Error, printable_json};
use crate::intake::group::{Grouping, Received, Role, group};
use crate::intake::kind;
use crate::model::Severity;
use crate::pipeline::LatestOf;
use crate::service::answer::{CaseAnswer, Refusal};
use crate::service::claim::PLAN;
use crate::service::hear::hear_apart;
use crate::service::intake_book::{self, State};
use crate::service::plan::Plan;
use crate::service::receipt::{Receipt, Verdict};
use crate::service::reception::{
    self, Before, Book, Day, Done, Hands, Material, Memory, Outcomes, Past, Work, find_roll, gather, lines,
    look, read_roll, tell_apart,
};
use crate::service::register::entry;
use crate::service::submission::{Gathered, shown};
use crate::service::summary::{Entry, Way};
use crate::service::worker::Outcome;
use crate::service::{names, older, place};

/// The folder of what is remembered, in that of the state.
const MEMORY: &str = "intake";
/// The folder of a day's work in the claim's.
const WORK: &str = "day";
/// How long a day waits for one that is half published.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often is looked whether another day is served.
const GLANCE: Duration = Duration::from_millis(100);

/// What came of a work.
enum Made {
    /// Made earlier.
    Known(Done),
    /// Made now, with what is to be put out, below the work's own folder.
    Now(Vec<CaseAnswer>, Option<Gathered>, LatestOf),
    /// It cannot be scored.
    Refused(Refusal),
}

/// A day, scored.
struct Scored {
    day: Day,
    works: Vec<Work>,
    made: Vec<Made>,
    book: Book,
    past: Past,
    memory: Memory,
    /// How many files of all are this submission's; they come first.
    own: usize,
    sha256: String,
    name: String,
    remarks: Vec<String>,
}

fn failed(error: Error) -> io::Error {
    io::Error::other(error)
}

impl Desk<'_> {
    /// Serves a submission of many projects; `None` where it is another.
    pub(super) fn day(&self, claim: &Claim, original: &Path, before: &Print) -> io::Result<Option<Step>> {
        if !original.is_dir() && !is_archive(original) && !may_be_register(original) {
            return Ok(None);
        }
        let begun = Instant::now();
        let _turn = loop {
            let Some(turn) = self.turn()? else { return Ok(Some(Step::GiveUp)) };
            if !self.is_one_half_out(claim)? {
                break turn;
            }
            // Whoever has taken it over finishes it.
            drop(turn);
            if begun.elapsed() > PATIENCE {
                return Ok(Some(Step::GiveBack));
            }
            std::thread::sleep(GLANCE);
        };
        for _ in 0..MAX_AGAIN {
            let scored = match self.scored(claim, original)? {
                Ok(scored) => scored,
                Err(step) => return Ok(step),
            };
            if Print::of(original)?.as_ref() != Some(before) {
                return Ok(Some(Step::GiveBack));
            }
            if let Some(step) = self.publish_day(claim, scored)? {
                return Ok(Some(step));
            }
        }
        Ok(Some(Step::GiveBack))
    }

    /// One day at a time on a base, for each builds on what came before; `None` where the service is to end.
    fn turn(&self) -> io::Result<Option<File>> {
        let folder = self.folders.state.join(MEMORY);
        fs::create_dir_all(&folder)?;
        let file = File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(fs::TryLockError::WouldBlock) if (self.unwanted)() => return Ok(None),
                Err(fs::TryLockError::WouldBlock) => std::thread::sleep(GLANCE),
                Err(fs::TryLockError::Error(cause)) => return Err(cause),
            }
        }
    }

    /// Whether another day is half published: a service died over it, and what this one builds on is not all there.
    fn is_one_half_out(&self, own: &Claim) -> io::Result<bool> {
        for instance in fs::read_dir(&self.folders.processing)? {
            let instance = instance?.path();
            let Ok(claims) = fs::read_dir(&instance) else { continue };
            for claim in claims {
                let folder = claim?.path();
                if folder != own.folder() && folder.join(WORK).is_dir() && folder.join(PLAN).exists() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Looks at all and scores it. The inner `Err` is what becomes of it otherwise; `None` that it is no day.
    fn scored(&self, claim: &Claim, original: &Path) -> io::Result<Result<Scored, Option<Step>>> {
        let scratch = claim.folder().join(WORK).join("scratch");
        place::remove(&claim.folder().join(WORK))?;
        fs::create_dir_all(&scratch)?;
        let way = self.way(claim);
        let hands = Hands { program: &way.pool.setup().program, scratch: &scratch, unwanted: self.unwanted };
        let mut marks = None;
        let mut materials = if may_be_register(original) {
            let heard =
                hear_apart(&way.pool.setup().program, original, &scratch, self.unwanted).map_err(failed)?;
            let Some(heard) = heard else { return Ok(Err(None)) };
            marks = Some(heard);
            Vec::new()
        } else {
            match self.materials(claim, original, &hands)? {
                Ok(materials) => materials,
                Err(step) => return Ok(Err(Some(step))),
            }
        };
        let memory = self.folders.state.join(MEMORY);
        let submission = Submission::at(original)?;
        let sha256 = submission.sha256()?;
        let mut past = Past::read(memory.join("dropped"), &way.hash);
        past.forget(&sha256);
        let (roster, mut remarks) = self.roster();
        let gone: Vec<Received> = past.dropped.iter().flat_map(|it| it.received.iter().cloned()).collect();
        tell_apart(&mut materials, gone.iter().map(|file| file.path.as_str()));
        let before = Before { roster, known: past.known(), gone };
        let own = materials.len();
        let mut day = match look(materials, before, (way.pool.setup(), self.jobs), &hands, &|_| ()) {
            Ok(Some(day)) => day,
            Ok(None) => return Ok(Err(Some(Step::GiveUp))),
            Err(error) => return Ok(Err(Some(Step::Hold(error)))),
        };
        if let Some((message, hint)) = day.marked.iter().find_map(|file| day.unread(*file)) {
            let refusal = Refusal { message: message.to_owned(), hint: hint.to_owned() };
            return Ok(Err(Some(Step::Leave(refusal))));
        }
        if submission.is_folder() && is_one_case(day.received.get(..own).unwrap_or_default()) {
            return Ok(Err(None));
        }
        remarks.extend(past.said.iter().cloned());
        let mut book = Book::read(&claim.note.outbox);
        remarks.append(&mut book.said);
        if let Some(mut marks) = marks {
            // What was changed in a copy is not lost with it: the copy is kept in the archive.
            remarks.append(&mut marks.refused);
            marks.altered.clear();
            book.marks = marks.over(std::mem::take(&mut book.marks));
        }
        day.choose(&book.marks);
        let memory = Memory::of(memory.join("results"), &claim.note.outbox, &way.hash);
        fetch(&mut day, &past, &memory, &hands)?;
        day.say_earlier(&memory);
        let works = day.works(true);
        let made = match self.make(claim, &works, &memory)? {
            Ok(made) => made,
            Err(step) => return Ok(Err(Some(step))),
        };
        let name = submission.name;
        Ok(Ok(Scored { day, works, made, book, past, memory, own, sha256, name, remarks }))
    }

    /// The files of a submission, or what becomes of it without a look at them.
    fn materials(
        &self,
        claim: &Claim,
        original: &Path,
        hands: &Hands<'_>,
    ) -> io::Result<Result<Vec<Material>, Step>> {
        let mut materials: Vec<Material> = Vec::new();
        match gather(&mut materials, original, &[], hands) {
            Ok(true) => {}
            Ok(false) => return Ok(Err(Step::GiveUp)),
            Err(error) => return Ok(Err(Step::Hold(error))),
        }
        if let Some(refusal) = materials.iter().filter(|it| it.marked).find_map(|it| it.at.as_ref().err()) {
            return Ok(Err(Step::Leave(refusal.clone())));
        }
        if original.is_dir() {
            let name = shown(original);
            for material in &mut materials {
                material.path = format!("{name}/{}", material.path);
            }
        } else if let [Material { at: Err(refusal), .. }] = materials.as_slice() {
            let Refusal { message, hint } = refusal;
            return self.refuse_unread(claim, original, message, hint).map(Err);
        }
        Ok(Ok(materials))
    }

    fn roster(&self) -> (Option<crate::intake::roster::Roster>, Vec<String>) {
        let Some(base) = self.folders.state.parent() else { return (None, Vec::new()) };
        let Some(path) = find_roll(None, &[base]) else { return (None, Vec::new()) };
        let read = self.way.pool.setup().mappings().and_then(|mappings| read_roll(&path, &mappings));
        match read {
            Ok(roster) => {
                let said = roster.remarks.clone();
                (Some(roster), said)
            }
            Err(error) => {
                tracing::error!(%error, "the roll cannot be read");
                (None, vec![format!("项目清单没有采用：{error}{}", error.hint())])
            }
        }
    }

    /// Scores all works, several at a time.
    fn make(&self, claim: &Claim, works: &[Work], memory: &Memory) -> io::Result<Result<Vec<Made>, Step>> {
        let made: Mutex<Vec<Option<Made>>> = Mutex::new(works.iter().map(|_| None).collect());
        let ended: Mutex<Option<io::Result<Step>>> = Mutex::new(None);
        let next = AtomicUsize::new(0);
        let is_over = || ended.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.min(works.len()) {
                scope.spawn(|| {
                    while !is_over() {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(work) = works.get(at) else { return };
                        let one = self.make_one(claim, work, at, memory);
                        match one {
                            Ok(Ok(one)) => {
                                let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                                if let Some(slot) = made.get_mut(at) {
                                    *slot = Some(one);
                                }
                            }
                            Ok(Err(step)) => {
                                ended.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(Ok(step));
                            }
                            Err(cause) => {
                                ended
                                    .lock()
                                    .unwrap_or_else(PoisonError::into_inner)
                                    .get_or_insert(Err(cause));
                            }
                        }
                    }
                });
            }
        });
        if let Some(step) = ended.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return step.map(Err);
        }
        let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Ok(made.into_iter().flatten().collect()))
    }

    fn make_one(
        &self,
        claim: &Claim,
        work: &Work,
        at: usize,
        memory: &Memory,
    ) -> io::Result<Result<Made, Step>> {
        if let Some(done) = memory.find(&work.content, &work.folder).filter(|_| !self.again) {
            return Ok(Ok(Made::Known(done)));
        }
        if !work.is_there {
            return Ok(Ok(Made::Refused(Refusal {
                message: "以前收到的材料已不在归档文件夹中，无法评分。".to_owned(),
                hint: "请重新提交这份材料。".to_owned(),
            })));
        }
        let home = claim.folder().join(WORK).join(at.to_string());
        let out = home.join("work");
        place::remove(&home)?;
        fs::create_dir_all(&out)?;
        let (pool, today) = (&self.way(claim).pool, self.clock.today());
        let files = &work.submission.files;
        let (outcome, latest) = older::score(pool, files, Some(self.register), &out, today, self.unwanted)?;
        Ok(match outcome {
            Outcome::Scored(cases, results) => {
                let gathered = work.submission.gathered(results, &home)?;
                Ok(Made::Now(cases, gathered, latest))
            }
            Outcome::Refused(refusal) => Ok(Made::Refused(refusal)),
            Outcome::Marked(refusal) => Err(Step::Leave(refusal)),
            Outcome::Failed(error) => Err(Step::Hold(error)),
            Outcome::Unwanted => Err(Step::GiveUp),
        })
    }

    /// Chooses names, writes the register, the receipts and the plan, moves everything. `None` where something that was
    /// read is another by now.
    fn publish_day(&self, claim: &Claim, scored: Scored) -> io::Result<Option<Step>> {
        let _guards = (self.folders.lock()?, self.register.lock()?);
        let overtaken = scored.made.iter().any(|made| match made {
            Made::Now(_, Some(gathered), latest) => older::of(self.register, gathered) != *latest,
            _ => false,
        });
        if overtaken || !scored.book.is_unchanged() {
            return Ok(None);
        }
        let mut errors = 0_usize;
        for made in &scored.made {
            if let Made::Now(cases, ..) = made {
                let own = cases.iter().map(|case| case.row.count(Severity::Error));
                errors = own.fold(errors, usize::saturating_add);
            }
        }
        let file = scored.name.clone();
        let plan = self.plan_day(claim, scored)?;
        plan.commit(claim)?;
        match plan.carry_out(claim)? {
            Carried::Out => {
                tracing::info!(file, errors, "a day's intake is served");
                Ok(Some(Step::Served(Served::Scored { errors: errors > 0 })))
            }
            Carried::Again => Ok(None),
        }
    }

    fn plan_day(&self, claim: &Claim, mut scored: Scored) -> io::Result<Plan> {
        let mut plan = Plan::new();
        let outbox = claim.note.outbox.clone();
        let mut entries: Vec<(usize, Entry)> = Vec::new();
        let mut taken: BTreeSet<PathBuf> = BTreeSet::new();
        let made = std::mem::take(&mut scored.made);
        for (at, (work, made)) in scored.works.iter().zip(made).enumerate() {
            let name = work.submission.name.clone();
            let entry = match made {
                Made::Refused(refusal) => Entry::refused(name, refusal),
                Made::Known(Done { result, rows, receipts, .. }) => {
                    let result = result.map(|result| Way::new(&outbox, &outbox.join(result)));
                    Entry { name, outcome: Ok(rows), result, receipts }
                }
                Made::Now(cases, gathered, _) => {
                    let place = (&mut plan, &mut taken);
                    self.plan_work(claim, (at, work), &cases, gathered.as_ref(), &scored, place)?
                }
            };
            entries.push((at, entry));
        }
        let told: Vec<(usize, &Entry)> = entries.iter().map(|(at, entry)| (*at, entry)).collect();
        let outcomes = Outcomes::new(&scored.works, &told);
        let lines = lines(&scored.day, &outcomes, &scored.book.marks);
        let home = claim.folder().join(WORK);
        let records = self.folders.state.join(MEMORY).join("receipts");
        let receipts = reception::by_department(&scored.day, &outcomes, &self.clock.shown());
        for (number, (folder, text)) in receipts.into_iter().enumerate() {
            let place = reception::receipt_place(&outbox, &folder, &records)?;
            let made = Path::new(WORK).join(format!("receipt-{number}.txt"));
            place::write_new(&claim.folder().join(&made), text.as_bytes())?;
            if let Some(record) = place.record {
                let digest = Path::new(WORK).join(format!("receipt-{number}.sha256"));
                let sha256 = place::sha256(&claim.folder().join(&made))?;
                place::write_new(&claim.folder().join(&digest), sha256.as_bytes())?;
                plan.refiled(digest, &self.folders.state, record);
                plan.refiled(made, &outbox, place.path);
            } else {
                plan.filed(made, &outbox, place.path);
            }
        }
        scored.book.aside |= scored.book.marks.left_out(&lines) > 0;
        if let Some(to) = scored.book.kept_as()? {
            // The earlier one stays where it is until the new one is put in its place.
            fs::copy(&scored.book.path, home.join("register-old.xlsx"))?;
            plan.filed(Path::new(WORK).join("register-old.xlsx"), &outbox, to.clone());
            scored.book.say_kept(&to);
            scored.remarks.append(&mut scored.book.said);
        }
        let bytes = intake_book::build(&lines, self.clock.today()).map_err(failed)?;
        place::write_new(&home.join("register.xlsx"), &bytes)?;
        plan.refiled(Path::new(WORK).join("register.xlsx"), &outbox, scored.book.path.clone());
        self.plan_original(claim, &scored, &lines, &mut plan)?;
        Ok(plan)
    }

    /// The result of a work, with what the register of returns and the memory have of it.
    fn plan_work(
        &self,
        claim: &Claim,
        (at, work): (usize, &Work),
        cases: &[CaseAnswer],
        gathered: Option<&Gathered>,
        scored: &Scored,
        (plan, taken): (&mut Plan, &mut BTreeSet<PathBuf>),
    ) -> io::Result<Entry> {
        let outbox = &claim.note.outbox;
        let own = Path::new(WORK).join(at.to_string());
        let home = claim.folder().join(&own);
        let receipts: Vec<String> = cases.iter().map(|case| case.receipt.clone()).collect();
        let rows: Vec<_> = cases.iter().map(|case| case.row.clone()).collect();
        let mut result = None;
        if let Some(gathered) = gathered {
            let folder = outbox.join(&work.folder);
            let named = |number: u32| folder.join(work.submission.naming.result(number, &gathered.ending));
            let free =
                (1..10_000).map(named).find(|path| path.symlink_metadata().is_err() && !taken.contains(path));
            let to = free.ok_or_else(|| io::Error::other("no free name"))?;
            taken.insert(to.clone());
            let name = shown(&to);
            let reports: Vec<_> = cases.iter().map(|case| case.report.clone()).collect();
            let published = entry::Result {
                submission: &work.submission.name,
                sha256: &work.submission.sha256()?,
                settings: &self.way(claim).hash,
                door: claim.note.door,
                at: self.clock.now(),
                name: &name,
                is_folder: work.submission.is_folder(),
                cases,
                reports: &reports,
            };
            for made in self.register.make(&published, &gathered.returned, &home)? {
                plan.registered(own.join(made.made), made.to);
            }
            plan.filed(own.join(&gathered.path), outbox, to.clone());
            result = Some(to);
        }
        let inside = result.as_ref().and_then(|to| to.strip_prefix(outbox).ok()).map(Path::to_owned);
        let done = Done::new(inside, rows.clone(), receipts.clone());
        place::write_new(&home.join("done.json"), &serde_json::to_vec(&done)?)?;
        let record = scored.memory.path(&work.content);
        plan.refiled(own.join("done.json"), &self.folders.state, record);
        let result = result.map(|to| Way::new(outbox, &to));
        Ok(Entry { name: work.submission.name.clone(), outcome: Ok(rows), result, receipts })
    }

    /// The submission itself, its receipt, and that it came.
    fn plan_original(
        &self,
        claim: &Claim,
        scored: &Scored,
        lines: &[intake_book::Line],
        plan: &mut Plan,
    ) -> io::Result<()> {
        let full = || io::Error::other("no free name");
        let original = claim.original()?.ok_or_else(full)?;
        let naming = names::Naming::new(&scored.name, original.is_dir());
        let outbox = &claim.note.outbox;
        let day = self.clock.today().to_string();
        let archive = self.folders.archive.join(&day);
        let archived = names::free(|number| vec![archive.join(naming.original(number))]).ok_or_else(full)?;
        let archived = archive.join(naming.original(archived));
        let home = claim.folder().join(WORK);
        let own = scored.day.received.get(..scored.own).unwrap_or_default();
        if !own.is_empty() {
            place::write_new(&home.join("dropped.json"), &scored.past.record(&archived, own)?)?;
            let record = scored.past.path(&scored.sha256);
            plan.refiled(Path::new(WORK).join("dropped.json"), &self.folders.state, record);
        }
        let (at, door) = (self.clock.shown(), claim.note.door);
        let mut receipt = Receipt::new(Verdict::Entered, &scored.name, &scored.sha256, at, door);
        receipt.result = Some(intake_book::FILE.to_owned());
        receipt.archived = Some(format!("archive/{day}"));
        receipt.entered = entered(lines);
        receipt.remarks.clone_from(&scored.remarks);
        let number = names::free(|number| {
            ["txt", "json"].map(|ending| outbox.join(naming.receipt(number, ending))).into()
        });
        let number = number.ok_or_else(full)?;
        let json = printable_json(serde_json::to_string_pretty(&receipt)?);
        for (made, text, ending) in [("receipt.txt", receipt.text(), "txt"), ("receipt.json", json, "json")] {
            place::write_new(&claim.folder().join(made), text.as_bytes())?;
            plan.file(made, outbox.join(naming.receipt(number, ending)));
        }
        plan.original(archived);
        Ok(())
    }
}

/// Unpacks what came earlier, where something of it is to be read now: a person chose it, or what belongs to it came.
fn fetch(day: &mut Day, past: &Past, memory: &Memory, hands: &Hands<'_>) -> io::Result<()> {
    let wanted: BTreeSet<String> = day
        .works(true)
        .iter()
        .filter(|work| !work.is_there && memory.find(&work.content, &work.folder).is_none())
        .flat_map(|work| &work.files)
        .filter_map(|file| Some(day.received.get(*file)?.sha256.clone()))
        .filter(|sha256| !sha256.is_empty())
        .collect();
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    for earlier in &past.dropped {
        let holds = earlier.received.iter().any(|file| wanted.contains(&file.sha256));
        if !holds || !earlier.input.exists() {
            continue;
        }
        let mut materials = Vec::new();
        let scratch = hands.scratch.join(format!("earlier-{}", found.len()));
        fs::create_dir_all(&scratch)?;
        let hands = Hands { scratch: &scratch, ..*hands };
        gather(&mut materials, &earlier.input, &[], &hands).map_err(failed)?;
        for at in materials.into_iter().filter_map(|material| material.at.ok()) {
            found.insert(place::sha256(&at)?, at);
        }
    }
    for (received, path) in day.received.iter().zip(&mut day.paths) {
        if path.is_none() {
            *path = found.get(&received.sha256).cloned();
        }
    }
    Ok(())
}

/// How many projects and files are in each state.
fn entered(lines: &[intake_book::Line]) -> Vec<String> {
    let count = |state: State| lines.iter().filter(|line| line.state == state).count();
    let states = State::ALL.into_iter().map(|state| (state, count(state)));
    states.filter(|(_, count)| *count > 0).map(|(state, count)| format!("{state} {count}")).collect()
}

/// Whether it is called as a register is, or as a copy of one.
fn may_be_register(original: &Path) -> bool {
    let (name, known) = (shown(original), intake_book::FILE);
    let stem = known.strip_suffix(".xlsx").unwrap_or(known);
    !original.is_dir() && name.starts_with(stem) && name.to_lowercase().ends_with(".xlsx")
}

fn is_archive(original: &Path) -> bool {
    let name = shown(original);
    let kind = File::open(original).map_err(Error::internal).and_then(|mut file| kind::of(&mut file, &name));
    kind.is_ok_and(kind::Kind::is_archive)
}

/// Whether a folder is one case, as it was before anything was put together: what it is not is told then.
fn is_one_case(received: &[Received]) -> bool {
    let Grouping { projects, .. } = group(received, None, &BTreeSet::new());
    let archives = received.iter().any(|file| file.kind.is_archive());
    let versions = projects.iter().any(|project| {
        project.files.iter().any(|filed| {
            let is_table = received.get(filed.file).is_some_and(|file| file.kind.is_table());
            is_table && matches!(filed.role, Role::Rival | Role::Same(_))
        })
    });
    projects.len() <= 1 && !versions && !archives
}
