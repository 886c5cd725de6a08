//! What happens with one submission: looked up, scored, and brought where it belongs with its receipt.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use super::answer::{CaseAnswer, Made, Refusal};
use super::claim::Claim;
use super::clock::Clock;
use super::folders::Folders;
use super::marked;
use super::names;
use super::place;
use super::plan::{Carried, Plan};
use super::receipt::{Receipt, Verdict};
use super::settle::Print;
use super::state::{self, Done, Key, LastError};
use super::submission::{self, Submission, shown};
use super::worker::{self, Outcome, Setup};
use crate::base::{Error, printable_json};
use crate::model::Severity;

/// Services that may die over a submission before it is held to be the reason.
const MAX_DEATHS: u32 = 50;
/// How often a name may be taken from under our hands.
const MAX_AGAIN: u32 = 5;
/// What every submission needs.
pub(super) struct Desk<'a> {
    pub(super) folders: &'a Folders,
    pub(super) setup: &'a Setup,
    /// The hash of how submissions are scored.
    pub(super) mapping: String,
    pub(super) clock: Clock,
    /// Score again what is done already.
    pub(super) again: bool,
    /// Whether work that is under way is to be given up.
    pub(super) unwanted: &'a (dyn Fn() -> bool + Sync),
}

/// What became of a claim.
#[derive(Debug)]
pub(super) enum Served {
    /// The result is out; whether it has findings of severity error.
    Scored { errors: bool },
    /// Answered with the result of an earlier time.
    Known,
    /// Handed back with a receipt.
    Rejected(LastError),
    /// Back in the inbox, under this name, for it bears a secrecy mark.
    Left(OsString, LastError),
    /// What an earlier service had begun is finished, or there was nothing left to do.
    Finished,
    /// Back in the inbox, under this name: it changed while it was read, or could not be read now.
    Returned(OsString),
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
    Back(OsString),
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

/// A submission, read.
struct Matter {
    submission: Submission,
    sha256: String,
    key: Key,
}

/// What is to be published.
enum Conclusion {
    Scored(Vec<CaseAnswer>, Option<Made>),
    Known,
    Refused(Refusal),
}

fn hindered(cause: io::Error) -> Error {
    Error::output("无法写入结果。", "请检查结果、归档等文件夹是否存在、权限是否正确、磁盘是否已满。")
        .because(cause)
}

impl Desk<'_> {
    /// Serves a claim to its end.
    pub(super) fn serve(&self, claim: Claim) -> Served {
        let step = self.try_serve(&claim).unwrap_or_else(|cause| Step::Hold(hindered(cause)));
        match step {
            Step::Served(served) => served,
            Step::Hold(error) => Self::hold(claim, error),
            Step::GiveBack => back(claim, Served::Returned),
            Step::GiveUp => back(claim, |_| Served::GivenUp),
            Step::Leave(refusal) => match marked::leave(self.folders, self.clock, claim, &refusal) {
                Ok((name, error)) => Served::Left(name, error),
                Err(cause) => Served::Hindered(Held::Stays, hindered(cause)),
            },
        }
    }

    /// A claim that cannot be published now: back to the inbox if nothing is out yet, else it waits here.
    fn hold(claim: Claim, error: Error) -> Served {
        let out = Plan::of(&claim).map(|plan| plan.is_some_and(|plan| !plan.untouched(&claim)));
        if matches!(out, Ok(false)) && Plan::withdraw(&claim).is_ok() {
            let folder = claim.folder().to_owned();
            let held = match claim.put_back() {
                Ok(name) => Held::Back(name),
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
                let _guard = self.folders.lock()?;
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
            Err(cause) if place::is_excess(&cause) => {
                let Refusal { message, hint } = submission::excess();
                return self.refuse_unread(claim, &original, &message, &hint);
            }
            Err(cause) => return Err(cause),
        };
        if before.bytes() > self.setup.limits.size {
            let limit = self.setup.limits.size.checked_div(1024 * 1024).unwrap_or_default();
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
        let matter = match self.read(&original) {
            Ok(matter) => matter,
            Err(cause) => {
                tracing::warn!(file = %name.to_string_lossy(), %cause, "cannot be read now");
                return Ok(Step::GiveBack);
            }
        };
        let conclusion = match self.conclude(claim, &matter)? {
            Ok(conclusion) => conclusion,
            Err(step) => return Ok(step),
        };
        if Print::of(&original)?.as_ref() != Some(&before) {
            tracing::warn!(file = matter.submission.name, "changed while it was read");
            return Ok(Step::GiveBack);
        }
        self.publish(claim, &matter, conclusion)
    }

    /// Names and content of a submission.
    fn read(&self, original: &Path) -> io::Result<Matter> {
        let submission = Submission::at(original)?;
        let sha256 = submission.sha256()?;
        let key = Key::new(&sha256, &self.mapping);
        Ok(Matter { submission, sha256, key })
    }

    /// What is to be said of a submission, or what became of it without a word.
    fn conclude(&self, claim: &Claim, matter: &Matter) -> io::Result<Result<Conclusion, Step>> {
        if !self.again && state::find(self.folders, &matter.key).is_some() {
            return Ok(Ok(Conclusion::Known));
        }
        if let Some(refusal) = matter.submission.refusal() {
            return Ok(Ok(Conclusion::Refused(refusal)));
        }
        let work = claim.folder().join("work");
        place::remove(&work)?;
        fs::create_dir(&work)?;
        let today = self.clock.today();
        Ok(match worker::score(self.setup, &matter.submission.files, &work, today, self.unwanted) {
            Outcome::Scored(cases, results) => {
                Ok(Conclusion::Scored(cases, matter.submission.gathered(results, claim.folder())?))
            }
            Outcome::Refused(refusal) => Ok(Conclusion::Refused(refusal)),
            Outcome::Marked(refusal) => Err(Step::Leave(refusal)),
            Outcome::Failed(error) => Err(Step::Hold(error)),
            Outcome::Unwanted => Err(Step::GiveUp),
        })
    }

    /// Hands back what is not even opened.
    fn refuse_unread(&self, claim: &Claim, original: &Path, message: &str, hint: &str) -> io::Result<Step> {
        let key = Key::new("", &self.mapping);
        let matter = Matter { submission: Submission::unread(original), sha256: String::new(), key };
        let refusal = Refusal { message: message.to_owned(), hint: hint.to_owned() };
        self.publish(claim, &matter, Conclusion::Refused(refusal))
    }

    /// Chooses names, writes receipts and plan, moves everything. One at a time on a base.
    fn publish(&self, claim: &Claim, matter: &Matter, conclusion: Conclusion) -> io::Result<Step> {
        let _guard = self.folders.lock()?;
        // Another may have done the same meanwhile.
        let conclusion = match conclusion {
            Conclusion::Scored(..) if !self.again && state::find(self.folders, &matter.key).is_some() => {
                Conclusion::Known
            }
            other => other,
        };
        for _ in 0..MAX_AGAIN {
            let plan = self.plan(claim, matter, &conclusion)?;
            plan.commit(claim)?;
            if plan.carry_out(claim)? == Carried::Out {
                return Ok(Step::Served(self.report(matter, conclusion)));
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Says what came of a submission, for the log.
    fn report(&self, matter: &Matter, conclusion: Conclusion) -> Served {
        let file = matter.submission.name.as_str();
        match conclusion {
            Conclusion::Scored(cases, _) => {
                let errors: usize =
                    cases.iter().map(|case| case.row.count(Severity::Error)).fold(0, usize::saturating_add);
                let totals: Vec<String> =
                    cases.iter().filter_map(|case| Some(case.row.total?.to_string())).collect();
                tracing::info!(file, total = totals.join(" "), errors, "scored");
                Served::Scored { errors: errors > 0 }
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

    fn plan(&self, claim: &Claim, matter: &Matter, conclusion: &Conclusion) -> io::Result<Plan> {
        let mut plan = Plan::new();
        let day = self.clock.today().to_string();
        let archive = self.folders.archive.join(&day);
        let outbox = claim.note.outbox.as_path();
        let naming = &matter.submission.naming;
        let receipts = |number: u32| ["txt", "json"].map(|ending| naming.receipt(number, ending));
        let full = || io::Error::other("no free name");
        let at = self.clock.shown();
        let new = |verdict| {
            let mut receipt = Receipt::new(verdict, &matter.submission.name, &matter.sha256, at);
            let others: Vec<String> =
                matter.submission.others.iter().map(|file| format!("“{}”", shown(file))).collect();
            if !others.is_empty() {
                receipt.remarks.push(format!("文件夹中的{}不是表格，没有读取。", others.join("、")));
            }
            if naming.is_renamed() {
                let name = naming.original(1);
                let remark = format!("原文件的名称过长，或含有不便保存的字符，保存时改名为“{name}”。");
                receipt.remarks.push(remark);
            }
            receipt
        };
        let archived = names::free(|number| vec![archive.join(naming.original(number))]).ok_or_else(full)?;
        let archived = archive.join(naming.original(archived));
        let receipt;
        let folder;
        let number;
        match conclusion {
            Conclusion::Scored(cases, result) => {
                folder = outbox;
                let ending = result.as_ref().map_or("xlsx", |made| made.ending.as_str());
                let all = |number: u32| {
                    let receipts = receipts(number).map(|name| folder.join(name));
                    receipts.into_iter().chain([folder.join(naming.result(number, ending))]).collect()
                };
                number = names::free(all).ok_or_else(full)?;
                let mut said = new(Verdict::Scored).with_cases(cases);
                said.archived = Some(format!("archive/{day}"));
                if let Some(made) = result {
                    let name = naming.result(number, ending);
                    let done = Done {
                        schema: state::SCHEMA,
                        source: matter.submission.name.clone(),
                        version: env!("JIXIAO_VERSION").to_owned(),
                        result: folder.join(&name),
                        at: self.clock.now(),
                    };
                    place::write_new(&claim.folder().join("state.json"), &serde_json::to_vec_pretty(&done)?)?;
                    plan.named(made.path.clone(), folder.join(&name));
                    plan.record("state.json", matter.key.path(self.folders));
                    for case in said.cases.iter_mut().filter(|_| !matter.submission.is_folder()) {
                        case["output"] = name.as_str().into();
                    }
                    said.result = Some(name);
                }
                receipt = said;
                plan_receipts(&mut plan, folder, &receipts(number));
                plan.original(archived);
            }
            Conclusion::Known => {
                folder = outbox;
                number = names::free(|number| receipts(number).map(|name| folder.join(name)).to_vec())
                    .ok_or_else(full)?;
                let done = state::find(self.folders, &matter.key);
                let mut said = new(Verdict::Known);
                said.archived = Some(format!("archive/{day}"));
                said.result = done.as_ref().map(|done| shown(&done.result));
                said.earlier = done.map(|done| done.source);
                receipt = said;
                plan_receipts(&mut plan, folder, &receipts(number));
                plan.original(archived);
            }
            Conclusion::Refused(refusal) => {
                folder = self.folders.rejected.as_path();
                let all = |number: u32| {
                    let receipts = receipts(number).map(|name| folder.join(name));
                    receipts.into_iter().chain([folder.join(naming.original(number))]).collect()
                };
                number = names::free(all).ok_or_else(full)?;
                receipt = new(Verdict::Rejected).with_refusal(refusal);
                // The reason is there before the file is.
                plan_receipts(&mut plan, folder, &receipts(number));
                plan.original(folder.join(naming.original(number)));
            }
        }
        place::write_new(&claim.folder().join(RECEIPTS[0]), receipt.text().as_bytes())?;
        place::write_new(
            &claim.folder().join(RECEIPTS[1]),
            printable_json(serde_json::to_string_pretty(&receipt)?).as_bytes(),
        )?;
        Ok(plan)
    }
}

/// Receipts in the claim's folder.
const RECEIPTS: [&str; 2] = ["receipt.txt", "receipt.json"];

fn plan_receipts(plan: &mut Plan, folder: &Path, names: &[String; 2]) {
    for (made, name) in RECEIPTS.into_iter().zip(names) {
        plan.file(made, folder.join(name));
    }
}

/// Puts the submission back into the inbox.
fn back(claim: Claim, served: impl FnOnce(OsString) -> Served) -> Served {
    match claim.put_back() {
        Ok(name) => served(name),
        Err(cause) => Served::Hindered(Held::Stays, hindered(cause)),
    }
}
