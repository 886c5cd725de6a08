//! `--letter` and `--letters-to`: which document is drafted, and where the texts go.

use std::cell::RefCell;
use std::path::PathBuf;

use crate::base::{Result, printable};
use crate::letter::{self, Choice, Letter, Subject};
use crate::output::letter::write_all;

/// The arguments.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Letters {
    /// 代拟哪一种发文：按阶段（不写时如此）、审核意见、退回补正、复核意见、结果反馈、不代拟
    #[arg(long, value_name = "种类", value_parser = choice)]
    letter: Option<Choice>,
    /// 把发文代拟稿另存为文本（.md）和文档（.docx）放入这个文件夹：每个主管部门、每种发文一份，所属项目列在附件中
    #[arg(long, value_name = "文件夹")]
    letters_to: Option<PathBuf>,
}

fn choice(word: &str) -> std::result::Result<Choice, String> {
    let found = Choice::ALL.into_iter().find(|choice| choice.word() == word);
    found.ok_or_else(|| format!("可以写：{}", Choice::ALL.map(Choice::word).join("、")))
}

/// What the documents of a run say of its projects.
#[derive(Default)]
pub(super) struct Subjects(RefCell<(Vec<Subject>, letter::Settings)>);

impl Subjects {
    /// Adds those of a submission.
    pub(super) fn add(&self, subjects: Vec<Subject>, settings: &letter::Settings) {
        let mut all = self.0.borrow_mut();
        all.0.extend(subjects);
        all.1.clone_from(settings);
    }
}

impl Letters {
    /// What is set, with what is told over it.
    pub(super) fn over(&self, set: letter::Settings) -> letter::Settings {
        letter::Settings { choice: self.letter.unwrap_or(set.choice), ..set }
    }

    /// Where the texts go, if anywhere.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.letters_to.clone()
    }

    /// Does a run's work, and writes its documents where they are wanted; gives the exit code.
    pub(super) fn of(&self, work: impl FnOnce(&Subjects) -> u8) -> u8 {
        let subjects = Subjects::default();
        let code = work(&subjects);
        let (subjects, settings) = subjects.0.take();
        let Some(folder) = &self.letters_to else { return code };
        let letters = letter::compose_all(&subjects, &settings);
        let written: Result<Vec<PathBuf>> = write_all(&letters, folder);
        match written {
            Ok(paths) => {
                for path in paths {
                    eprintln!("发文代拟稿：{}", printable(&path.display().to_string()));
                }
                for note in letters.iter().flat_map(Letter::beside) {
                    eprintln!("{}", printable(&note));
                }
                code
            }
            Err(error) => {
                super::complain("--letters-to", &error);
                code.max(error.kind().exit_code())
            }
        }
    }
}
