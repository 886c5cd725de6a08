//! The works of a day, scored several at a time.

use std::fs;
use std::io;

use super::{Claim, Handler, Made, Step, WORK};
use crate::service::answer::Refusal;
use crate::service::reception::{Memory, Work};
use crate::service::worker::Outcome;
use crate::service::{disk, older, parallel};

impl Handler<'_> {
    /// Scores all works, several at a time.
    pub(super) fn make(
        &self,
        claim: &Claim,
        works: &[Work],
        memory: &Memory,
    ) -> io::Result<Result<Vec<Made>, Step>> {
        let (made, over) =
            parallel::at_once(self.jobs, works, |at, work| match self.make_one(claim, work, at, memory) {
                Ok(Ok(made)) => Ok(made),
                other => Err(Box::new(other.map(Result::err))),
            });
        match over.map(|over| *over) {
            Some(Ok(Some(step))) => Ok(Err(step)),
            Some(Err(cause)) => Err(cause),
            Some(Ok(None)) | None => Ok(Ok(made.into_iter().flatten().collect())),
        }
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
        disk::remove(&home)?;
        fs::create_dir_all(&out)?;
        let (pool, today) = (&self.way(claim).pool, self.clock.today());
        let files = &work.submission.files;
        let (outcome, latest) =
            older::score(pool, files, (Some(self.register), claim.whose()), &out, today, self.unwanted)?;
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
}
