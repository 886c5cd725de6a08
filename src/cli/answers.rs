//! `--answers`: the return that what is given answers.

use std::path::PathBuf;

use crate::base::Result;
use crate::pipeline::{self, Settings};

/// The argument.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Answers {
    /// 本次材料答复的上一次返回文件（.已评分.xlsx）：逐条说明上次的问题已整改、仍未整改，哪些是新发现的；交回的就是返回文件的，不必写
    #[arg(long, value_name = "文件")]
    answers: Option<PathBuf>,
}

impl Answers {
    /// The settings of a run, with what was found in that return.
    pub(super) fn told(&self, settings: Settings) -> Result<Settings> {
        let Some(file) = &self.answers else { return Ok(settings) };
        let priors = pipeline::prior(&mut super::open(file)?, &settings)?;
        Ok(Settings { priors, ..settings })
    }
}
