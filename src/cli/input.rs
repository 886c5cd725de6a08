//! What a person gives to read: workbooks, each a submission of its own, or folders whose files belong together.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::config::{self, Config};
use super::key::Folder;
use crate::base::{Error, Result, printable, readable_name};
use crate::mapping::Mappings;
use crate::model::FormKind;
use crate::output::json::Failure;
use crate::pipeline::{CaseOutcome, Settings, Source, kinds};
use crate::returned::Keys;
use crate::service::result_of;
use crate::settings::Installation;
use crate::sheet::secrecy;

/// How locks and unfinished copies begin; nobody misses them.
const PASSING: [&str; 2] = ["~$", "."];
/// What the result's name ends with, before its ending.
pub(super) const SCORED: &str = ".已评分";

/// The arguments of every command that reads submissions.
#[derive(Debug, Default, clap::Args)]
pub struct Input {
    /// 工作簿，可写多个，各自处理；写文件夹时，其中的申报表、评分表、明细账等文件作为一份材料一起处理
    #[arg(required = true, value_name = "文件")]
    pub(super) files: Vec<PathBuf>,
    /// 映射文件，可写多个；写文件夹则为其中全部 .toml
    #[arg(long, value_name = "文件")]
    mapping: Vec<PathBuf>,
    /// 输出 JSON，每个项目一行
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    keys: Folder,
    #[command(flatten)]
    config: Config,
}

/// What the arguments and the settings of the installation come to.
pub(super) struct Told<'a> {
    input: &'a Input,
    installation: Installation,
    pub(super) mappings: Mappings,
}

impl Told<'_> {
    /// What a run is told that only reads what came back.
    pub(super) fn settings(&self) -> Result<Settings> {
        Ok(self.with(self.input.keys.known(&self.installation)?))
    }

    /// What a run is told that returns workbooks.
    pub(super) fn settings_to_return(&self) -> Result<Settings> {
        Ok(self.with(self.input.keys.own(&self.installation)?))
    }

    /// Who runs a command himself decides: what is typed counts, unless it is set otherwise.
    fn with(&self, keys: Keys) -> Settings {
        let letters = self.installation.letters.clone();
        Settings { keys, review: config::review(&self.installation, true), letters, ..super::settings() }
    }
}

impl Input {
    /// These files, and nothing else told.
    pub(super) fn of(files: Vec<PathBuf>) -> Self {
        Self { files, ..Self::default() }
    }

    /// Runs a submission after another and gives the highest exit code; what fails is said and does not stop the others.
    pub(super) fn each(&self, one: impl Fn(&Submission, &Told) -> Result<u8>) -> u8 {
        let told = match self.told() {
            Ok(told) => told,
            Err(error) => {
                super::complain("设置", &error);
                return error.kind().exit_code();
            }
        };
        let codes = self.files.iter().map(|file| {
            Submission::at(file).and_then(|submission| one(&submission, &told)).unwrap_or_else(|error| {
                self.failed(&file.display().to_string(), &error);
                error.kind().exit_code()
            })
        });
        codes.max().unwrap_or(0)
    }

    /// Says what is wrong with a submission: to the person, and where JSON is asked for in its place there, too.
    pub(super) fn failed(&self, source: &str, error: &Error) {
        if self.json {
            let line = super::json_line(&Failure::new(source.to_owned(), error));
            // A closed pipe (`| head`) is no fault of ours.
            let _ = writeln!(std::io::stdout(), "{line}");
        }
        super::complain(source, error);
    }

    /// The arguments with the settings of the installation, and the shipped mappings with the user's own on top.
    pub(super) fn told(&self) -> Result<Told<'_>> {
        let installation = self.config.installation()?;
        let mappings = super::mappings(&self.mapping, &installation)?;
        Ok(Told { input: self, installation, mappings })
    }
}

/// The files of a submission.
#[derive(Debug)]
pub(super) struct Submission {
    /// The file or folder that was given.
    pub(super) path: PathBuf,
    /// The files to read, by name.
    pub(super) files: Vec<PathBuf>,
    /// Whether a folder was given.
    pub(super) is_folder: bool,
}

impl Submission {
    /// The submission that a path means. Of a folder, files of other kinds and folders inside are left out, and said so.
    pub(super) fn at(path: &Path) -> Result<Self> {
        super::check_path(path)?;
        if !path.is_dir() {
            return Ok(Self { path: path.to_owned(), files: vec![path.to_owned()], is_folder: false });
        }
        if dunce::canonicalize(path).is_ok_and(|whole| whole.file_name().is_none()) {
            return Err(Error::usage("不能把整个磁盘作为一份材料。", "请选择装有一个项目材料的文件夹。"));
        }
        let mut files = Vec::new();
        let unreadable = |cause: std::io::Error| {
            Error::input("文件夹无法读取。", "请检查路径是否正确、是否有读取权限。").because(cause)
        };
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            let name = file_name(&file);
            secrecy::check_name(&name)?;
            if PASSING.iter().any(|passing| name.starts_with(passing)) {
                continue;
            }
            if kinds::is_read(&file) && file.is_file() {
                files.push(file);
            } else {
                let (name, endings) = (printable(&name), kinds::read_endings());
                eprintln!("提醒：没有读取“{name}”：不是 {endings} 文件。");
            }
        }
        files.sort();
        let submission = Self { path: path.to_owned(), files, is_folder: true };
        submission.sound()?;
        Ok(submission)
    }

    /// Whether a folder can be one submission.
    fn sound(&self) -> Result<()> {
        if self.files.is_empty() {
            let message = format!("文件夹中没有可读取的文件（{}）。", kinds::read_endings());
            return Err(Error::input(message, "请把申报表、评分表、明细账等文件放入该文件夹。"));
        }
        if self.files.len() > kinds::MAX_FILES {
            let message =
                format!("文件夹中有 {} 个文件，一份材料最多 {} 个。", self.files.len(), kinds::MAX_FILES);
            return Err(Error::usage(
                message,
                "一个文件夹只放一个项目的材料；多份工作簿请逐个写在命令行上。",
            ));
        }
        let stems: Vec<String> = self.files.iter().map(|file| stem(file)).collect();
        let results = self.files.iter().map(|file| stem(Path::new(&result_of(&file_name(file), "xlsx"))));
        let both = stems.iter().zip(results).find(|(name, result)| *name != result && stems.contains(result));
        both.map_or(Ok(()), |(name, result)| {
            let message = format!("文件夹中同时有“{name}”和它的评分结果“{result}”。");
            Err(Error::input(message, "请只保留其中一个，或用 --out 把结果放到另一个文件夹。"))
        })
    }

    /// Says, where a single file was given that only belongs to a case, that all its files can be given together.
    pub(super) fn hint_at_folder(&self, cases: &[CaseOutcome]) {
        let scored = cases.iter().any(|outcome| outcome.case.score_form.is_some());
        if self.is_folder || scored {
            return;
        }
        let forms = || cases.iter().flat_map(|outcome| &outcome.case.forms).map(|form| form.kind);
        let found = if forms().any(|kind| kind == FormKind::Declaration) {
            "申报表"
        } else if forms().any(|kind| kind == FormKind::Ledger) {
            "明细账"
        } else {
            return;
        };
        eprintln!(
            "提示：“{}”中只有{found}，没有可以评分的表。申报表、评分表或自评表、明细账分在几个文件里的，请放入同一个文件夹，\
             把文件夹写在命令行上，程序作为一份材料一起处理。",
            printable(&file_name(&self.path))
        );
    }

    /// The opened files.
    pub(super) fn sources(&self) -> Result<Vec<Source<File>>> {
        let open = |file: &PathBuf| {
            super::open(file)
                .map_err(|error| if self.is_folder { error.of_file(&file_name(file)) } else { error })
        };
        self.files.iter().map(open).collect()
    }
}

pub(super) fn file_name(file: &Path) -> String {
    readable_name(file.file_name().unwrap_or_default())
}

/// A name without its ending.
pub(super) fn stem(file: &Path) -> String {
    readable_name(file.file_stem().unwrap_or_default())
}
