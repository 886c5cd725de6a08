//! Where everything of a submission goes: names, receipts, what the register keeps.

use std::io;
use std::path::{Path, PathBuf};

use super::answer::{CaseAnswer, Refusal};
use super::claim::Claim;
use super::disk;
use super::handling::Handler;
use super::names;
use super::plan::Plan;
use super::receipt::{self, Receipt, Verdict};
use super::register::entry;
use super::state::{self, Done, Key};
use super::submission::{Gathered, Submission, shown};
use crate::base::printable_json;
use crate::letter::{self, Letter};
use crate::output::letter::markdown;
use crate::pipeline::LatestOf;

/// A submission, read.
pub(super) struct Matter {
    pub(super) submission: Submission,
    pub(super) sha256: String,
    pub(super) key: Key,
}

/// What is to be published.
pub(super) enum Conclusion {
    /// With the latest returns that the worker was told of.
    Scored(Vec<CaseAnswer>, Option<Gathered>, LatestOf),
    Known,
    Refused(Refusal),
}

impl Handler<'_> {
    /// The documents about these cases, where they are wanted as text, too.
    fn letters(&self, claim: &Claim, cases: &[CaseAnswer]) -> Vec<Letter> {
        let way = self.way(claim);
        let settings = &way.pool().setup().letters;
        let subjects =
            cases.iter().filter_map(|case| case.row.drafted.subject().cloned()).filter(|_| settings.beside);
        letter::compose_all(&subjects.collect::<Vec<_>>(), settings)
    }

    /// Chooses the names and writes what goes with the result.
    pub(super) fn plan(&self, claim: &Claim, matter: &Matter, conclusion: &Conclusion) -> io::Result<Plan> {
        let mut plan = Plan::new();
        let day = self.clock.today().to_string();
        let archive = self.folders.archive.join(&day);
        let naming = &matter.submission.naming;
        let full = || io::Error::other("no free name");
        let at = self.clock.shown();
        let new = |verdict| {
            let mut receipt =
                Receipt::new(verdict, &matter.submission.name, &matter.sha256, at, claim.note.door);
            receipt.remarks = remarks(&matter.submission);
            receipt.inside = inside(&matter.submission);
            receipt
        };
        let archived = names::free(|number| vec![archive.join(naming.original(number))]).ok_or_else(full)?;
        let archived = archive.join(naming.original(archived));
        let receipt;
        let folder;
        let number;
        match conclusion {
            Conclusion::Scored(cases, result, _) => {
                folder = claim.note.outbox.as_path();
                let ending = result.as_ref().map_or("xlsx", |made| made.ending.as_str());
                let all = |number: u32| {
                    let receipts = naming.receipts(folder, number);
                    receipts.into_iter().chain([folder.join(naming.result(number, ending))]).collect()
                };
                number = names::free(all).ok_or_else(full)?;
                for (at, letter) in self.letters(claim, cases).iter().enumerate() {
                    let made = format!("letter-{at}.md");
                    disk::write_new(&claim.folder().join(&made), markdown(letter).as_bytes())?;
                    plan.file(made, folder.join(naming.letter(number, letter.name)));
                }
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
                        returns: made.returned.iter().map(|returned| returned.mark.clone()).collect(),
                    };
                    disk::write_new(&claim.folder().join("state.json"), &serde_json::to_vec_pretty(&done)?)?;
                    plan.named(made.path.clone(), folder.join(&name));
                    if !matter.submission.is_folder() {
                        receipt::named(&mut said.cases, &name);
                    }
                    let published = entry::Result {
                        submission: &matter.submission.name,
                        sha256: &matter.sha256,
                        settings: &self.way(claim).hash,
                        whose: claim.whose(),
                        at: done.at,
                        name: &name,
                        is_folder: matter.submission.is_folder(),
                        cases,
                        reports: &said.cases,
                    };
                    for made in self.register.make(&published, &made.returned, claim.folder())? {
                        plan.registered(made.made, made.to);
                    }
                    plan.record("state.json", matter.key.path(self.folders));
                    said.result = Some(name);
                }
                self.plan_reports(claim, matter, cases, (folder, number), &mut plan, &mut said.remarks);
                receipt = said;
                plan_receipts(&mut plan, folder, naming.receipts(folder, number));
                plan.original(archived);
            }
            Conclusion::Known => {
                folder = claim.note.outbox.as_path();
                number = names::free(|number| naming.receipts(folder, number).into()).ok_or_else(full)?;
                let done = state::find(self.folders, &matter.key);
                let mut said = new(Verdict::Known);
                said.archived = Some(format!("archive/{day}"));
                said.result = done.as_ref().map(|done| shown(&done.result));
                said.earlier = done.map(|done| done.source);
                receipt = said;
                plan_receipts(&mut plan, folder, naming.receipts(folder, number));
                plan.original(archived);
            }
            Conclusion::Refused(refusal) => {
                folder = self.folders.rejected.as_path();
                let all = |number: u32| {
                    let receipts = naming.receipts(folder, number);
                    receipts.into_iter().chain([folder.join(naming.original(number))]).collect()
                };
                number = names::free(all).ok_or_else(full)?;
                receipt = new(Verdict::Rejected).with_refusal(refusal);
                // The reason is there before the file is.
                plan_receipts(&mut plan, folder, naming.receipts(folder, number));
                plan.original(folder.join(naming.original(number)));
            }
        }
        disk::write_new(&claim.folder().join(RECEIPTS[0]), receipt.text().as_bytes())?;
        let json = printable_json(serde_json::to_string_pretty(&receipt)?);
        disk::write_new(&claim.folder().join(RECEIPTS[1]), json.as_bytes())?;
        Ok(plan)
    }

    /// The reports beside a result, and what the receipt says of them.
    #[expect(clippy::unused_self, reason = "it is a step of the plan")]
    fn plan_reports(
        &self,
        claim: &Claim,
        matter: &Matter,
        cases: &[CaseAnswer],
        (folder, number): (&Path, u32),
        plan: &mut Plan,
        remarks: &mut Vec<String>,
    ) {
        let several = cases.iter().filter(|case| case.reporting.is_some()).count() > 1;
        for (case, at) in cases.iter().zip(1_u32..) {
            let Some(reporting) = &case.reporting else { continue };
            if let Some(why) = &reporting.failed {
                remarks.push(format!("没有写出评价报告，请告知系统管理员：{}", why.replace('\n', " ")));
                continue;
            }
            let made = reporting.made.as_ref().and_then(|made| made.strip_prefix(claim.folder()).ok());
            let Some(made) = made else { continue };
            let title = if several { format!("{}-{at}", reporting.title) } else { reporting.title.clone() };
            let name = matter.submission.naming.titled(&title, number, "docx");
            let mark =
                if reporting.mark.is_empty() { String::new() } else { format!("（{}）", reporting.mark) };
            remarks.push(format!("评价报告：“{name}”{mark}。"));
            plan.file(made, folder.join(name));
        }
    }
}

/// Files of a folder that a receipt names.
const MAX_INSIDE: usize = 20;

/// What was read of a folder.
fn inside(submission: &Submission) -> Vec<String> {
    if !submission.is_folder() {
        return Vec::new();
    }
    let mut names: Vec<String> = submission.files.iter().take(MAX_INSIDE).map(|file| shown(file)).collect();
    if submission.files.len() > MAX_INSIDE {
        names.push(format!("等 {} 个文件", submission.files.len()));
    }
    names
}

/// What a receipt says of names: of files that were not read, and of one that was changed.
fn remarks(submission: &Submission) -> Vec<String> {
    let mut remarks = Vec::new();
    let others: Vec<String> = submission.others.iter().map(|file| format!("“{}”", shown(file))).collect();
    if !others.is_empty() {
        remarks.push(format!("文件夹中的{}不是表格，没有读取。", others.join("、")));
    }
    if submission.naming.is_renamed() {
        let name = submission.naming.original(1);
        remarks.push(format!("原文件的名称过长，或含有不便保存的字符，保存时改名为“{name}”。"));
    }
    remarks
}

/// Receipts in the claim's folder: the one for people, and the one for programs.
pub(super) const RECEIPTS: [&str; 2] = ["receipt.txt", "receipt.json"];

/// Plans where both receipts go, below the folder of the result, which is there.
pub(super) fn plan_receipts(plan: &mut Plan, folder: &Path, places: [PathBuf; 2]) {
    for (made, place) in RECEIPTS.into_iter().zip(places) {
        plan.filed(made, folder, place);
    }
}
