//! What happens with one submission: looked up, scored, and brought where it belongs with its receipt.

mod day;

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use super::answer::{Mark, Refusal};
use super::arrivals::Print;
use super::claim::Claim;
use super::clock::Clock;
use super::disk;
use super::door::Door;
use super::folders::Folders;
use super::marked;
use super::older;
use super::plan::{Carried, Plan};
use super::pool::Pool;
use super::publication::{Conclusion, Matter};
use super::register::Register;
use super::setup::Setup;
use super::state::{self, Done, Key, LastError};
use super::submission::{self, Submission};
use super::worker::Outcome;
use crate::base::Error;
use crate::model::Severity;

/// Services that may die over a submission before it is held to be the reason.
const MAX_DEATHS: u32 = 50;
/// How often a name may be taken from under our hands.
const MAX_AGAIN: u32 = 5;

/// A way of scoring.
pub(super) struct Way {
    pool: Pool,
    /// What tells it from others.
    pub(super) hash: String,
}

impl Way {
    /// The way of this setup; `scratch` is for what its workers need for a while.
    pub(super) fn new(setup: Setup, scratch: &Path) -> Self {
        Self { hash: setup.hash(), pool: Pool::new(setup, scratch) }
    }

    /// Its workers.
    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }
}

/// How what comes in by each door is scored, until it changes.
pub(super) struct Ways(RwLock<[Arc<Way>; 2]>);

impl Ways {
    pub(super) fn new(setup: &Setup, folders: &Folders) -> Self {
        Self(RwLock::new(Self::both(setup, folders)))
    }

    /// What the inbox and the reviewers' own are scored by.
    fn both(setup: &Setup, folders: &Folders) -> [Arc<Way>; 2] {
        let setup = Setup { templates: Some(folders.templates.clone()), ..setup.clone() };
        [Door::Inbox, Door::Reviewer].map(|door| Arc::new(Way::new(setup.through(door), &folders.processing)))
    }

    /// Scores otherwise from now on; only while nothing is under way, so that no submission is read in two ways.
    pub(super) fn change(&self, setup: &Setup, folders: &Folders) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Self::both(setup, folders);
    }

    /// The way of a door.
    pub(super) fn of(&self, door: Door) -> Arc<Way> {
        let ways = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let [inbox, reviewers] = &*ways;
        Arc::clone(if door == Door::Reviewer { reviewers } else { inbox })
    }
}

/// What every submission needs.
pub(super) struct Handler<'a> {
    pub(super) folders: &'a Folders,
    pub(super) register: &'a Register,
    /// How submissions are scored.
    pub(super) ways: Ways,
    pub(super) clock: Clock,
    /// Workers at a time for the files of one submission.
    pub(super) jobs: usize,
    /// Score again what is done already.
    pub(super) again: bool,
    /// Whether work that is under way is to be given up.
    pub(super) unwanted: &'a (dyn Fn() -> bool + Sync),
}

/// What became of a claim.
#[derive(Debug)]
pub(super) enum Served {
    /// The result is out, with this exit code of a single run.
    Scored { code: u8 },
    /// Answered with the result of an earlier time.
    Known,
    /// Handed back with a receipt.
    Rejected(LastError),
    /// Back in the inbox, under this name, for it bears a secrecy mark.
    Left(Door, OsString, LastError),
    /// What an earlier service had begun is finished, or there was nothing left to do.
    Finished,
    /// Back in the inbox, under this name: it changed while it was read, or could not be read now.
    Returned(Door, OsString),
    /// Back in the inbox: the service ends.
    GivenUp,
    /// Something stands in the way of all work, or of this one.
    Hindered(Held, Error),
}

/// Where a submission is that could not be published.
#[derive(Debug)]
pub(super) enum Held {
    /// Half published: the claim waits.
    Waits(Claim),
    /// Back in the inbox, under this name.
    Back(Door, OsString),
    /// In processing, for the next service.
    Stays,
}

/// What is to be done with a claim's folder.
enum Step {
    /// Nothing: it is gone.
    Served(Served),
    /// The submission goes back to the inbox, to be looked at later.
    GiveBack,
    /// The submission bears a secrecy mark: it goes back to the inbox and stays there.
    Leave(Refusal),
    /// The submission goes back to the inbox: the service ends.
    GiveUp,
    /// Something stands in the way.
    Hold(Error),
}

fn hindered(cause: io::Error) -> Error {
    Error::output("无法写入结果。", "请检查结果、归档等文件夹是否存在、权限是否正确、磁盘是否已满。")
        .because(cause)
}

impl Handler<'_> {
    /// How a claim is scored: by the door it came in.
    pub(super) fn way(&self, claim: &Claim) -> Arc<Way> {
        self.ways.of(claim.note.door)
    }

    /// Serves a claim to its end.
    pub(super) fn serve(&self, claim: Claim) -> Served {
        let step = self.try_serve(&claim).unwrap_or_else(|cause| Step::Hold(hindered(cause)));
        match step {
            Step::Served(served) => served,
            Step::Hold(error) => Self::hold(claim, error),
            Step::GiveBack => {
                let door = claim.note.door;
                back(claim, |name| Served::Returned(door, name))
            }
            Step::GiveUp => back(claim, |_| Served::GivenUp),
            Step::Leave(refusal) => match marked::leave(self.folders, self.clock, claim, &refusal) {
                Ok((door, name, error)) => Served::Left(door, name, error),
                Err(cause) => Served::Hindered(Held::Stays, hindered(cause)),
            },
        }
    }

    /// A claim that cannot be published now: back to the inbox if nothing is out yet, else it waits here.
    fn hold(claim: Claim, error: Error) -> Served {
        let out = Plan::of(&claim).map(|plan| plan.is_some_and(|plan| !plan.untouched(&claim)));
        if matches!(out, Ok(false)) && Plan::withdraw(&claim).is_ok() {
            let (folder, door) = (claim.folder().to_owned(), claim.note.door);
            let held = match claim.put_back() {
                Ok(name) => Held::Back(door, name),
                Err(cause) => {
                    tracing::error!(%cause, claim = %folder.display(), "the submission stays in processing");
                    Held::Stays
                }
            };
            return Served::Hindered(held, error);
        }
        Served::Hindered(Held::Waits(claim), error)
    }

    fn try_serve(&self, claim: &Claim) -> io::Result<Step> {
        if let Some(plan) = Plan::of(claim)? {
            if plan.untouched(claim) {
                // Nothing is out: what was done may have been done by another meanwhile.
                Plan::withdraw(claim)?;
            } else {
                let _guards = (self.folders.lock()?, self.register.lock()?);
                plan.carry_out(claim)?;
                tracing::info!(claim = claim.note.id, "finished what was begun");
                return Ok(Step::Served(Served::Finished));
            }
        }
        let Some(original) = claim.original()? else {
            claim.close()?;
            return Ok(Step::Served(Served::Finished));
        };
        let name = original.file_name().unwrap_or_default().to_owned();
        let before = match Print::of(&original) {
            Ok(Some(print)) => print,
            // A link took its place in the last moment, or it is a folder like no submission.
            Ok(None) => return Ok(Step::GiveBack),
            Err(cause) if disk::is_excess(&cause) => {
                let Refusal { message, hint } = submission::excess();
                return self.refuse_unread(claim, &original, &message, &hint);
            }
            Err(cause) => return Err(cause),
        };
        let size = self.way(claim).pool.setup().limits.size;
        if before.bytes() > size {
            let limit = size.checked_div(1024 * 1024).unwrap_or_default();
            let message = format!("文件太大（超过 {limit} MB），没有读取。");
            return self.refuse_unread(
                claim,
                &original,
                &message,
                "请删去与评价无关的工作表和图片后重新提交。",
            );
        }
        if claim.note.deaths >= MAX_DEATHS {
            return self.refuse_unread(
                claim,
                &original,
                "处理这个文件时，服务多次中断。",
                "请联系系统管理员；或用 Excel 打开文件，删去与评价无关的内容，另存后重新提交。",
            );
        }
        // A name is known without reading anything.
        if let Some(refusal) = Submission::at(&original).ok().as_ref().and_then(marked::by_name) {
            return Ok(Step::Leave(refusal));
        }
        if let Some(step) = self.day(claim, &original, &before)? {
            return Ok(step);
        }
        let matter = match self.read(claim, &original) {
            Ok(matter) => matter,
            Err(cause) => {
                tracing::warn!(file = %name.to_string_lossy(), %cause, "cannot be read now");
                return Ok(Step::GiveBack);
            }
        };
        for _ in 0..MAX_AGAIN {
            let conclusion = match self.conclude(claim, &matter)? {
                Ok(conclusion) => conclusion,
                Err(step) => return Ok(step),
            };
            if Print::of(&original)?.as_ref() != Some(&before) {
                tracing::warn!(file = matter.submission.name, "changed while it was read");
                return Ok(Step::GiveBack);
            }
            if let Some(step) = self.publish(claim, &matter, conclusion)? {
                return Ok(step);
            }
        }
        Ok(Step::GiveBack)
    }

    /// The result of an earlier time, where it still holds: nothing has been returned since that goes before it.
    fn known(&self, matter: &Matter) -> Option<Done> {
        let done = state::find(self.folders, &matter.key).filter(|_| !self.again)?;
        let own = |id: &str| done.returns.iter().any(|mark| mark.id == id);
        let overtaken = |mark: &Mark| {
            let later = mark.parent.parse().ok().and_then(|parent| self.register.later(&parent));
            later.is_some_and(|later| !own(&later.id.to_string()))
        };
        let holds = !done.returns.iter().any(overtaken);
        holds.then_some(done)
    }

    /// Names and content of a submission.
    fn read(&self, claim: &Claim, original: &Path) -> io::Result<Matter> {
        let submission = Submission::at(original)?;
        let sha256 = submission.sha256()?;
        let key = Key::new(&sha256, &self.way(claim).hash);
        Ok(Matter { submission, sha256, key })
    }

    /// What is to be said of a submission, or what became of it without a word.
    fn conclude(&self, claim: &Claim, matter: &Matter) -> io::Result<Result<Conclusion, Step>> {
        if self.known(matter).is_some() {
            return Ok(Ok(Conclusion::Known));
        }
        if let Some(refusal) = matter.submission.refusal() {
            return Ok(Ok(Conclusion::Refused(refusal)));
        }
        let work = claim.folder().join("work");
        disk::remove(&work)?;
        fs::create_dir(&work)?;
        let (pool, files) = (&self.way(claim).pool, &matter.submission.files);
        let (today, known) = (self.clock.today(), (Some(self.register), claim.whose()));
        let (outcome, latest) = older::score(pool, files, known, &work, today, self.unwanted)?;
        Ok(match outcome {
            Outcome::Scored(cases, results) => {
                let made = matter.submission.gathered(results, claim.folder())?;
                Ok(Conclusion::Scored(cases, made, latest))
            }
            Outcome::Refused(refusal) => Ok(Conclusion::Refused(refusal)),
            Outcome::Marked(refusal) => Err(Step::Leave(refusal)),
            Outcome::Failed(error) => Err(Step::Hold(error)),
            Outcome::Unwanted => Err(Step::GiveUp),
        })
    }

    /// Hands back what is not even opened.
    fn refuse_unread(&self, claim: &Claim, original: &Path, message: &str, hint: &str) -> io::Result<Step> {
        let key = Key::new("", &self.way(claim).hash);
        let matter = Matter { submission: Submission::unread(original), sha256: String::new(), key };
        let refusal = Refusal { message: message.to_owned(), hint: hint.to_owned() };
        Ok(self.publish(claim, &matter, Conclusion::Refused(refusal))?.unwrap_or(Step::GiveBack))
    }

    /// Chooses names, writes receipts and plan, moves everything. One at a time on a base. `None` where something was
    /// returned since the submission was scored that goes before it.
    fn publish(&self, claim: &Claim, matter: &Matter, conclusion: Conclusion) -> io::Result<Option<Step>> {
        let _guards = (self.folders.lock()?, self.register.lock()?);
        // Another may have done the same meanwhile.
        let conclusion = match conclusion {
            Conclusion::Scored(..) if self.known(matter).is_some() => Conclusion::Known,
            Conclusion::Scored(_, Some(made), latest) if older::of(self.register, &made) != latest => {
                return Ok(None);
            }
            other => other,
        };
        for _ in 0..MAX_AGAIN {
            let plan = self.plan(claim, matter, &conclusion)?;
            plan.commit(claim)?;
            if plan.carry_out(claim)? == Carried::Out {
                return Ok(Some(Step::Served(self.report(matter, conclusion))));
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Says what came of a submission, for the log.
    fn report(&self, matter: &Matter, conclusion: Conclusion) -> Served {
        let file = matter.submission.name.as_str();
        match conclusion {
            Conclusion::Scored(cases, ..) => {
                let errors: usize =
                    cases.iter().map(|case| case.row.count(Severity::Error)).fold(0, usize::saturating_add);
                let totals: Vec<String> =
                    cases.iter().filter_map(|case| Some(case.row.total?.to_string())).collect();
                tracing::info!(file, total = totals.join(" "), errors, "scored");
                Served::Scored { code: u8::from(errors > 0) }
            }
            Conclusion::Known => {
                tracing::info!(file, "scored before");
                Served::Known
            }
            Conclusion::Refused(refusal) => {
                tracing::warn!(file, why = refusal.message, "rejected");
                Served::Rejected(LastError {
                    at: self.clock.now(),
                    file: Some(file.to_owned()),
                    message: refusal.message,
                })
            }
        }
    }
}

/// Puts the submission back into the inbox.
fn back(claim: Claim, served: impl FnOnce(OsString) -> Served) -> Served {
    match claim.put_back() {
        Ok(name) => served(name),
        Err(cause) => Served::Hindered(Held::Stays, hindered(cause)),
    }
}
