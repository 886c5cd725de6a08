//! The works of a day, scored several at a time.

use std::fs;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Claim, Desk, Made, Step, WORK};
use crate::service::answer::Refusal;
use crate::service::reception::{Memory, Work};
use crate::service::worker::Outcome;
use crate::service::{older, place};

impl Desk<'_> {
    /// Scores all works, several at a time.
    pub(super) fn make(
        &self,
        claim: &Claim,
        works: &[Work],
        memory: &Memory,
    ) -> io::Result<Result<Vec<Made>, Step>> {
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
}
