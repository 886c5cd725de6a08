//! A submission of many projects: an archive, or a folder that is none of one project. All of it is looked at, put together
//! with what came before, scored, and goes out by one plan.

mod look;
mod make;
mod publish;

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Carried, Claim, Handler, MAX_AGAIN, Print, Served, Step, Submission};
use crate::base::Error;
use crate::intake::kind::{self, Kind};
use crate::pipeline::LatestOf;
use crate::service::answer::{CaseAnswer, Refusal};
use crate::service::claim::PLAN;
use crate::service::intake_book;
use crate::service::reception::{Book, Day, Done, Memory, Past, Work};
use crate::service::submission::{Gathered, shown};

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

impl Handler<'_> {
    /// Serves a submission of many projects; `None` where it is another.
    pub(super) fn day(&self, claim: &Claim, original: &Path, before: &Print) -> io::Result<Option<Step>> {
        if !Self::may_be_day(claim, original) {
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

    /// Whether a submission may be a day: an archive, a folder, a register; where there is a register everything that a
    /// project may be handed in as.
    fn may_be_day(claim: &Claim, original: &Path) -> bool {
        let kind = || {
            let name = shown(original);
            let opened = File::open(original).map_err(Error::internal);
            opened.and_then(|mut file| kind::of(&mut file, &name)).ok()
        };
        let entered =
            |kind: Kind| (kind == Kind::Workbook || kind.is_for_eyes()) && Self::keeps_register(claim);
        original.is_dir()
            || may_be_register(original)
            || kind().is_some_and(|kind| kind.is_archive() || entered(kind))
    }

    /// Whether there is a register in the outbox.
    fn keeps_register(claim: &Claim) -> bool {
        claim.note.outbox.join(intake_book::FILE).is_file()
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
}

/// Whether it is called as a register is, or as a copy of one.
fn may_be_register(original: &Path) -> bool {
    let (name, known) = (shown(original), intake_book::FILE);
    let stem = known.strip_suffix(".xlsx").unwrap_or(known);
    !original.is_dir() && name.starts_with(stem) && name.to_lowercase().ends_with(".xlsx")
}
