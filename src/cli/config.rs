//! The option that tells the settings of the installation, and what follows from them for every command.

use std::path::{Path, PathBuf};

use crate::base::Result;
use crate::pipeline::Review;
use crate::settings::Installation;

/// The option.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Config {
    /// 设置文件；不写则为当前文件夹中的 jixiao.toml（watch 先看 --base 或收件文件夹的上级），没有则不用
    #[arg(long, value_name = "文件", global = true)]
    config: Option<PathBuf>,
}

impl Config {
    /// These settings.
    #[cfg(windows)]
    pub(super) fn at(file: PathBuf) -> Self {
        Self { config: Some(file) }
    }

    /// The settings; where there are any, that is said.
    pub(super) fn installation(&self) -> Result<Installation> {
        let found = self.near(None)?;
        if let Some(path) = found.path() {
            eprintln!("提示：按设置文件“{}”运行。", path.display());
        }
        Ok(found)
    }

    /// The settings, which may stand in a folder that goes before the current one.
    pub(super) fn near(&self, folder: Option<&Path>) -> Result<Installation> {
        let folders: Vec<&Path> = folder.into_iter().chain([Path::new("")]).collect();
        Installation::find(self.config.as_deref(), &folders)
    }
}

/// Whose word counts; `accepts` is the command's own way where nothing is set.
pub(super) fn review(installation: &Installation, accepts: bool) -> Review {
    let set = installation.review;
    let usual = Review::default();
    Review {
        accepts: set.accept_typed_scores.unwrap_or(accepts),
        voice: set.voice.unwrap_or(usual.voice),
        fill_self_scores: set.fill_self_scores.unwrap_or(usual.fill_self_scores),
    }
}
