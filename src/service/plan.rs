//! Publication: a plan of moves, written down before the first of them, so that whoever finds it can finish it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::claim::Claim;
use super::disk;
use super::names;

const SCRATCH: &str = "plan.tmp";
/// Bytes of a plan: a few moves, of a day's intake some for each project.
const MAX_PLAN: u64 = 64 * 1024 * 1024;

/// Where everything of a claim goes, in order.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Plan {
    moves: Vec<Move>,
}

/// One move out of the claim's folder.
#[derive(Debug, Serialize, Deserialize)]
struct Move {
    what: What,
    to: PathBuf,
    taken: Taken,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    /// The submission.
    Original,
    /// A file or folder that was made here.
    Made(PathBuf),
    /// The same, for the register, which has a folder for what belongs together.
    Registered(PathBuf),
    /// The same, for a folder below one that is there: those between are made.
    Filed(PathBuf, PathBuf),
}

/// What to do where the name is taken meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Taken {
    /// The plan does not hold: others' texts name it.
    Again,
    /// Another name will do.
    Number,
    /// It is our own, and this is newer.
    Replace,
}

/// How far a plan came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// Everything is where it belongs.
    Out,
    /// Somebody took the first name meanwhile; nothing has moved, the plan is gone.
    Again,
}

impl Plan {
    /// An empty plan.
    pub(super) fn new() -> Self {
        Self { moves: Vec::new() }
    }

    /// The thing that others' texts name: it is moved first, and a name taken meanwhile undoes the plan.
    pub(super) fn named(&mut self, made: impl Into<PathBuf>, to: PathBuf) {
        self.moves.push(Move { what: What::Made(made.into()), to, taken: Taken::Again });
    }

    /// A file that may get another number.
    pub(super) fn file(&mut self, made: impl Into<PathBuf>, to: PathBuf) {
        self.moves.push(Move { what: What::Made(made.into()), to, taken: Taken::Number });
    }

    /// A file of our own that takes the place of an earlier one.
    pub(super) fn record(&mut self, made: impl Into<PathBuf>, to: PathBuf) {
        self.moves.push(Move { what: What::Made(made.into()), to, taken: Taken::Replace });
    }

    /// Something of the register's, which takes the place of an earlier one.
    pub(super) fn registered(&mut self, made: impl Into<PathBuf>, to: PathBuf) {
        self.moves.push(Move { what: What::Registered(made.into()), to, taken: Taken::Replace });
    }

    /// A result for a folder below `home`, which is made.
    pub(super) fn filed(&mut self, made: impl Into<PathBuf>, home: &Path, to: PathBuf) {
        let what = What::Filed(made.into(), home.to_owned());
        self.moves.push(Move { what, to, taken: Taken::Number });
    }

    /// A file of our own for a folder below `home`, in place of an earlier one.
    pub(super) fn refiled(&mut self, made: impl Into<PathBuf>, home: &Path, to: PathBuf) {
        let what = What::Filed(made.into(), home.to_owned());
        self.moves.push(Move { what, to, taken: Taken::Replace });
    }

    /// The submission itself.
    pub(super) fn original(&mut self, to: PathBuf) {
        self.moves.push(Move { what: What::Original, to, taken: Taken::Number });
    }

    /// The plan of a claim, if one was written.
    pub(super) fn of(claim: &Claim) -> io::Result<Option<Self>> {
        let bytes = disk::read_small(&claim.plan_path(), MAX_PLAN);
        let cause = match bytes.and_then(|bytes| serde_json::from_slice(&bytes).map_err(io::Error::from)) {
            Ok(plan) => return Ok(Some(plan)),
            Err(cause) => cause,
        };
        match cause.kind() {
            io::ErrorKind::NotFound => Ok(None),
            // A plan of another version: as long as the submission is here, all can be done anew.
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof if claim.original()?.is_some() => {
                Self::withdraw(claim).map(|()| None)
            }
            _ => Err(cause),
        }
    }

    /// Writes the plan down; from here on it is finished by whoever comes.
    pub(super) fn commit(&self, claim: &Claim) -> io::Result<()> {
        disk::write_whole(&claim.plan_path(), &claim.folder().join(SCRATCH), &serde_json::to_vec(self)?)
    }

    /// Makes all moves that are not made yet and closes the claim. After a failure it can be called again.
    pub(super) fn carry_out(mut self, claim: &Claim) -> io::Result<Carried> {
        for at in 0..self.moves.len() {
            while let Some(step) = self.moves.get(at)
                && !step.make(claim, at)?
            {
                if step.taken == Taken::Again && at == 0 {
                    Self::withdraw(claim)?;
                    return Ok(Carried::Again);
                }
                let to = renumbered(&step.to).ok_or(io::ErrorKind::AlreadyExists)?;
                if let Some(step) = self.moves.get_mut(at) {
                    step.to = to;
                }
                self.commit(claim)?;
            }
        }
        claim.close()?;
        Ok(Carried::Out)
    }

    /// Whether no move has been made yet, nor begun.
    pub(super) fn untouched(&self, claim: &Claim) -> bool {
        self.moves.iter().all(|step| match &step.what {
            What::Original => claim.original().is_ok_and(|original| original.is_some()),
            What::Made(name) | What::Registered(name) | What::Filed(name, _) => {
                let from = claim.folder().join(name);
                from.symlink_metadata().is_ok() && !is_cut_off(&from, &step.to)
            }
        })
    }

    /// Takes the plan back.
    pub(super) fn withdraw(claim: &Claim) -> io::Result<()> {
        disk::remove(&claim.plan_path())
    }
}

impl Move {
    /// Makes the move, unless it is made. `false` where the name is taken by something else.
    fn make(&self, claim: &Claim, at: usize) -> io::Result<bool> {
        let from = match &self.what {
            What::Original => claim.original()?,
            What::Made(name) | What::Registered(name) | What::Filed(name, _) => {
                Some(claim.folder().join(name))
            }
        };
        let Some(from) = from.filter(|from| from.symlink_metadata().is_ok()) else { return Ok(true) };
        match (&self.what, self.to.parent()) {
            // The day's folder of the archive; a missing outbox is no folder of ours to make.
            (What::Original, Some(folder)) => fs::create_dir_all(folder)?,
            // Never the outbox itself: its disk may be away.
            (What::Filed(_, home), Some(folder)) if home.is_dir() => fs::create_dir_all(folder)?,
            // Never the register itself: its disk may be away.
            (What::Registered(_), Some(folder)) if !folder.exists() => fs::create_dir(folder)?,
            _ => {}
        }
        let tag = format!("{}-{at}", claim.note.id);
        if self.taken == Taken::Replace {
            return disk::replace(&from, &self.to, &tag).map(|()| true);
        }
        match disk::place(&from, &self.to, &tag) {
            Ok(()) => Ok(true),
            Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => Err(cause),
            // A crash between copying and removing left both. An original is never copied: one of the same bytes under
            // its name is another person's.
            Err(_)
                if disk::is_same_file(&from, &self.to)
                    || (self.is_made() && disk::same(&from, &self.to)?) =>
            {
                disk::remove(&from)?;
                Ok(true)
            }
            Err(_) => Ok(false),
        }
    }

    fn is_made(&self) -> bool {
        !matches!(self.what, What::Original)
    }
}

/// Whether a move that was cut off left the same under both names: by linking, or by copying between file systems.
fn is_cut_off(from: &Path, to: &Path) -> bool {
    disk::is_same_file(from, to) || disk::same(from, to).unwrap_or_default()
}

/// The next name that is free.
fn renumbered(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let naming = names::Naming::new(&name, false);
    names::free(|number| vec![path.with_file_name(naming.original(number))])
        .map(|number| path.with_file_name(naming.original(number)))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;
    use crate::service::claim::Instance;
    use crate::service::door::Door;
    use crate::service::folders::Folders;

    /// A plan with every kind of move.
    fn planned(folders: &Folders, claim: &Claim) -> Plan {
        fs::create_dir(claim.folder().join("entry")).expect("a folder");
        for name in ["result", "entry/return.json", "mark", "state.json", "receipt"] {
            disk::write_new(&claim.folder().join(name), name.as_bytes()).expect("a file");
        }
        let mut plan = Plan::new();
        plan.named("result", folders.outbox.join("甲.已评分.xlsx"));
        plan.registered("entry", folders.state.join("returns/entry"));
        plan.registered("mark", folders.state.join("returns/project/mark"));
        plan.record("state.json", folders.state.join("known.json"));
        plan.file("receipt", folders.outbox.join("甲.回执.txt"));
        plan.original(folders.archive.join("2026-01-01/甲.xlsx"));
        plan
    }

    #[test]
    fn a_plan_that_was_cut_off_anywhere_is_finished_by_the_next() {
        for made in 0..=6 {
            let base = tempfile::tempdir().expect("a folder");
            let at = |name: &str| base.path().join(name);
            let folders = Folders::open(&at("in"), None, &at("out"), None).expect("the folders");
            fs::create_dir_all(at("state/returns/entry")).expect("an earlier entry");
            fs::write(at("state/returns/entry/old"), "old").expect("a file of it");
            fs::write(at("in/甲.xlsx"), "the original").expect("a submission");
            let first = Instance::begin(&folders).expect("a service");
            let claim =
                first.take(&folders, Door::Inbox, OsStr::new("甲.xlsx")).expect("no fault").expect("it");
            let plan = planned(&folders, &claim);
            plan.commit(&claim).expect("it is written down");
            for (number, step) in plan.moves.iter().enumerate().take(made) {
                assert!(step.make(&claim, number).expect("a move"));
            }
            if made == 1 {
                // Between the end of the earlier entry and the new one.
                disk::remove(&at("state/returns/entry")).expect("it goes");
            }
            drop((claim, first));
            let next = Instance::begin(&folders).expect("another service");
            let claims = next.take_over(&folders).expect("no fault");
            let [claim] = claims.as_slice() else { panic!("one claim after {made} moves") };
            let plan = Plan::of(claim).expect("no fault").expect("the plan");
            assert_eq!(plan.untouched(claim), made == 0);
            assert_eq!(plan.carry_out(claim).expect("the rest"), Carried::Out);
            for (file, text) in [
                ("out/甲.已评分.xlsx", "result"),
                ("state/returns/entry/return.json", "entry/return.json"),
                ("state/returns/project/mark", "mark"),
                ("state/known.json", "state.json"),
                ("out/甲.回执.txt", "receipt"),
                ("archive/2026-01-01/甲.xlsx", "the original"),
            ] {
                assert_eq!(fs::read_to_string(at(file)).expect(file), text, "after {made} moves");
            }
            assert!(!at("state/returns/entry/old").exists(), "the earlier entry is gone whole");
            assert!(!claim.folder().exists());
        }
    }

    #[test]
    fn a_move_that_left_both_names_is_no_untouched_plan() {
        let base = tempfile::tempdir().expect("a folder");
        let at = |name: &str| base.path().join(name);
        let folders = Folders::open(&at("in"), None, &at("out"), None).expect("the folders");
        fs::write(at("in/甲.xlsx"), "the original").expect("a submission");
        let service = Instance::begin(&folders).expect("a service");
        let claim =
            service.take(&folders, Door::Inbox, OsStr::new("甲.xlsx")).expect("no fault").expect("it");
        let plan = planned(&folders, &claim);
        assert!(plan.untouched(&claim));
        // As a copy to another disk leaves it, when the service dies before the first is removed.
        fs::copy(claim.folder().join("state.json"), at("state/known.json")).expect("a copy");
        assert!(!plan.untouched(&claim));
    }
}
