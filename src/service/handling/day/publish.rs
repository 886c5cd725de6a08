//! Where everything of a day goes: results, the register, receipts, what is remembered, and the submission itself.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Carried, Claim, Handler, MEMORY, Made, Scored, Served, Step, WORK, failed};
use crate::base::printable_json;
use crate::letter::{self, Subject};
use crate::output::letter::files;
use crate::service::answer::CaseAnswer;
use crate::service::intake_book::{self, Counts};
use crate::service::plan::Plan;
use crate::service::publication::{RECEIPTS, plan_receipts};
use crate::service::receipt::{Receipt, Verdict};
use crate::service::reception::{self, Done, Outcomes, Work, lines};
use crate::service::register::entry;
use crate::service::submission::{Gathered, shown};
use crate::service::summary::{Entry, Way};
use crate::service::tally::Tally;
use crate::service::{disk, names, older};

/// The folder of a day's documents.
const LETTERS: &str = "发文代拟稿";

impl Handler<'_> {
    /// Chooses names, writes the register, the receipts and the plan, moves everything. `None` where something that was
    /// read is another by now.
    pub(super) fn publish_day(&self, claim: &Claim, scored: Scored) -> io::Result<Option<Step>> {
        let _guards = (self.folders.lock()?, self.register.lock()?);
        let overtaken = scored.made.iter().any(|made| match made {
            Made::Now(_, Some(gathered), latest) => older::of(self.register, gathered) != *latest,
            _ => false,
        });
        if overtaken || !scored.book.is_unchanged() {
            return Ok(None);
        }
        let file = scored.name.clone();
        let (plan, tally) = self.plan_day(claim, scored)?;
        plan.commit(claim)?;
        match plan.carry_out(claim)? {
            Carried::Out => {
                let (with_errors, refused) = (tally.with_errors, tally.refused.len());
                tracing::info!(file, with_errors, refused, "a day's intake is served");
                Ok(Some(Step::Served(Served::Scored { code: tally.code() })))
            }
            Carried::Again => Ok(None),
        }
    }

    fn plan_day(&self, claim: &Claim, mut scored: Scored) -> io::Result<(Plan, Tally)> {
        let mut plan = Plan::new();
        let outbox = claim.note.outbox.clone();
        let mut entries: Vec<(usize, Entry)> = Vec::new();
        let mut taken: BTreeSet<PathBuf> = BTreeSet::new();
        let made = std::mem::take(&mut scored.made);
        let mut subjects: Vec<Subject> = Vec::new();
        for (at, (work, made)) in scored.works.iter().zip(made).enumerate() {
            let name = work.submission.name.clone();
            let entry = match made {
                Made::Refused(refusal) => Entry::refused(name, refusal),
                Made::Known(Done { result, rows, receipts, .. }) => {
                    let result = result.map(|result| Way::new(&outbox, &outbox.join(result)));
                    Entry { name, outcome: Ok(rows), result, receipts }
                }
                Made::Now(cases, gathered, _) => {
                    subjects.extend(cases.iter().filter_map(|case| case.row.drafted.subject().cloned()));
                    let place = (&mut plan, &mut taken);
                    self.plan_work(claim, (at, work), &cases, gathered.as_ref(), &scored, place)?
                }
            };
            entries.push((at, entry));
        }
        self.plan_letters(claim, &subjects, &mut plan)?;
        let told: Vec<(usize, &Entry)> = entries.iter().map(|(at, entry)| (*at, entry)).collect();
        let outcomes = Outcomes::new(&scored.works, &told);
        let lines = lines(&scored.day, &outcomes, &scored.book.marks);
        let home = claim.folder().join(WORK);
        let records = self.folders.state.join(MEMORY).join("receipts");
        let receipts = reception::by_department(&scored.day, &outcomes, &self.clock.shown());
        for (number, (folder, text)) in receipts.into_iter().enumerate() {
            let place = reception::receipt_place(&outbox, &folder, &records)?;
            let made = Path::new(WORK).join(format!("receipt-{number}.txt"));
            disk::write_new(&claim.folder().join(&made), text.as_bytes())?;
            let digest = Path::new(WORK).join(format!("receipt-{number}.sha256"));
            disk::write_new(&claim.folder().join(&digest), place.digests(&text)?.as_bytes())?;
            plan.refiled(digest, &self.folders.state, place.record);
            plan.refiled(made, &outbox, place.path);
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
        disk::write_new(&home.join("register.xlsx"), &bytes)?;
        plan.refiled(Path::new(WORK).join("register.xlsx"), &outbox, scored.book.path.clone());
        self.plan_original(claim, &scored, &lines, &mut plan)?;
        // Of what cannot be read only what came now.
        let refused = scored.day.refused().filter(|(file, _)| *file < scored.own);
        let entries = entries.into_iter().chain(refused).map(|(_, entry)| entry);
        Ok((plan, Tally::of(&entries.collect::<Vec<_>>())))
    }

    /// The documents about what was scored now, one a department and kind, where they are wanted as files, too.
    fn plan_letters(&self, claim: &Claim, subjects: &[Subject], plan: &mut Plan) -> io::Result<()> {
        let way = self.way(claim);
        let settings = &way.pool().setup().letters;
        let letters = if settings.beside { letter::compose_all(subjects, settings) } else { Vec::new() };
        let outbox = &claim.note.outbox;
        for (number, letter) in letters.iter().enumerate() {
            for (name, bytes) in files(letter).map_err(failed)? {
                let made = Path::new(WORK).join(format!("letter-{number}-{name}"));
                disk::write_new(&claim.folder().join(&made), &bytes)?;
                plan.filed(made, outbox, outbox.join(LETTERS).join(name));
            }
        }
        Ok(())
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
        let receipts: Vec<_> = cases.iter().map(|case| case.receipt.clone()).collect();
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
                whose: claim.whose(),
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
        disk::write_new(&home.join("done.json"), &serde_json::to_vec(&done)?)?;
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
        lines: &[intake_book::RegisterLine],
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
            disk::write_new(
                &home.join("dropped.json"),
                &scored.past.record(&archived, own, self.clock.now())?,
            )?;
            let record = scored.past.path(&scored.sha256);
            plan.refiled(Path::new(WORK).join("dropped.json"), &self.folders.state, record);
        }
        let (at, door) = (self.clock.shown(), claim.note.door);
        let mut receipt = Receipt::new(Verdict::Entered, &scored.name, &scored.sha256, at, door);
        receipt.result = Some(intake_book::FILE.to_owned());
        receipt.archived = Some(format!("archive/{day}"));
        receipt.entered = Counts::of(lines).said();
        receipt.remarks.clone_from(&scored.remarks);
        let number = names::free(|number| naming.receipts(outbox, number).into()).ok_or_else(full)?;
        let json = printable_json(serde_json::to_string_pretty(&receipt)?);
        for (made, text) in RECEIPTS.into_iter().zip([receipt.text(), json]) {
            disk::write_new(&claim.folder().join(made), text.as_bytes())?;
        }
        plan_receipts(plan, outbox, naming.receipts(outbox, number));
        plan.original(archived);
        Ok(())
    }
}
