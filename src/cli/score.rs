//! `jixiao score`: scores workbooks and writes them back.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::answers::Answers;
use super::dropped;
use super::input::{Input, SCORED, Submission, Told, file_name};
use super::last_year::LastYear;
use super::letters::Letters;
use super::table::Table;
use crate::base::{Error, ErrorKind, Result, printable};
use crate::letter::{self, Drafted, Subject};
use crate::output::file::Draft;
use crate::output::{json::Report, text};
use crate::pipeline::{self, Settings};
use crate::service::result_of;

/// Folders of results with numbered names that are tried.
const MAX_NUMBERED: u32 = 10_000;

/// Arguments of `jixiao score`.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// 结果放在哪里：文件夹，或以 .xlsx 结尾的文件名；不写则放在原文件（原文件夹）旁边
    #[arg(long, value_name = "路径")]
    out: Option<PathBuf>,
    /// 用计算得分替换表中已填的得分（原值记入批注）
    #[arg(long)]
    replace_scores: bool,
    #[command(flatten)]
    last_year: LastYear,
    #[command(flatten)]
    answers: Answers,
    #[command(flatten)]
    table: Table,
    #[command(flatten)]
    letters: Letters,
}

impl Args {
    /// Each of these files, with its result beside it.
    pub(super) fn beside(files: Vec<PathBuf>) -> Self {
        Self { input: Input::of(files), ..Self::default() }
    }
}

/// Scores each, and gives what came of it.
pub(super) fn each(args: &Args) -> Result<Vec<(PathBuf, Result<Vec<Report>>)>> {
    let told = args.input.told()?;
    let one = |path: &PathBuf| {
        dropped::one(path, |submission| one(args, &told, submission).map(|scored| scored.reports))
    };
    Ok(args.input.files.iter().map(one).collect())
}

/// Runs and gives the exit code: the highest of what each submission came to.
pub fn run(args: &Args) -> u8 {
    if let Err(error) = check_out(args) {
        super::complain("--out", &error);
        return error.kind().exit_code();
    }
    args.letters.of(|subjects| {
        args.table.of(|rows| {
            args.input.each(|submission, told| {
                let scored = one(args, told, submission)?;
                for report in &scored.reports {
                    super::show(report, args.input.json, text::summary);
                }
                rows.add(&scored.reports);
                subjects.add(scored.subjects, &scored.letters);
                Ok(super::code_of(&scored.reports))
            })
        })
    })
}

/// What came of a submission.
struct Scored {
    reports: Vec<Report>,
    /// What documents say of it, and what they are set to say.
    subjects: Vec<Subject>,
    letters: letter::Settings,
}

/// One output file cannot take the results of several inputs.
fn check_out(args: &Args) -> Result<()> {
    let single = args.out.as_ref().is_some_and(|out| is_xlsx(out));
    let several = args.input.files.len() > 1 || args.input.files.iter().any(|file| file.is_dir());
    if single && several {
        return Err(Error::usage("多个文件不能写入同一个结果文件。", "请把 --out 改为一个文件夹。"));
    }
    Ok(())
}

fn is_xlsx(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

fn one(args: &Args, told: &Told, submission: &Submission) -> Result<Scored> {
    let mut sources = submission.sources()?;
    let targets = targets(args.out.as_deref(), submission)?;
    let folder = targets.first().and_then(|target| target.parent());
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if args.out.is_some() || submission.is_folder {
        std::fs::create_dir_all(folder).map_err(|cause| no_folder(folder, cause))?;
    }
    let result = write(args, told, submission, &mut sources, &targets, folder);
    if result.is_err() && submission.is_folder {
        // A folder of results without a result is of no use; one that holds anything stays.
        let _ = std::fs::remove_dir(folder);
    }
    result
}

fn no_folder(folder: &Path, cause: std::io::Error) -> Error {
    let message = format!("无法建立文件夹“{}”。", folder.display());
    Error::new(ErrorKind::Output, message, "请检查路径和写入权限。").because(cause)
}

/// Runs, and gives the results their names once all of them are written.
fn write(
    args: &Args,
    told: &Told,
    submission: &Submission,
    sources: &mut [pipeline::Source<File>],
    targets: &[PathBuf],
    folder: &Path,
) -> Result<Scored> {
    let drafts: Vec<Draft> = targets.iter().map(|_| Draft::begin(folder)).collect::<Result<_>>()?;
    let mut outs: Vec<&File> = drafts.iter().map(Draft::file).collect();
    let settings = args.answers.told(told.settings_to_return()?)?;
    let letters = args.letters.over(settings.letters.clone());
    let settings = Settings { replace_scores: args.replace_scores, letters, ..settings };
    let settings = Settings { past: args.last_year.read(told, &settings)?, ..settings };
    let today = super::today()?;
    let outcome = pipeline::run(sources, &told.mappings, &settings, today, Some(outs.as_mut_slice()))?;
    let mut paths = Vec::new();
    for ((draft, target), written) in drafts.into_iter().zip(targets).zip(&outcome.written) {
        let path = written.as_ref().map(|written| match written.ending {
            "xlsx" => draft.publish(target),
            other => draft.publish(&target.with_extension(other)),
        });
        paths.push(path.transpose()?);
    }
    submission.hint_at_folder(&outcome.cases);
    let returned = |file: usize| Some(paths.get(file)?.as_ref()?.display().to_string());
    let letters = settings.letters;
    let drafted: Vec<_> = outcome.cases.iter().map(|case| case.letter(letters.choice, today)).collect();
    for why in drafted.iter().filter_map(Drafted::unfit) {
        eprintln!("{}", printable(&format!("{}：{why}", submission.path.display())));
    }
    Ok(Scored {
        reports: outcome.cases.iter().map(|case| case.report(returned)).collect(),
        subjects: drafted.iter().filter_map(Drafted::subject).cloned().collect(),
        letters,
    })
}

/// Where the results go: `<name>.已评分.xlsx` beside the input, in the folder given, or the very file given. Those of a
/// folder go into `<folder>.已评分` beside it, unless another is given.
fn targets(out: Option<&Path>, submission: &Submission) -> Result<Vec<PathBuf>> {
    let folder = match out {
        Some(path) if is_xlsx(path) => return Ok(vec![path.to_owned()]),
        Some(folder) => Some(folder.to_owned()),
        None if submission.is_folder => Some(beside(&submission.path)?),
        None => None,
    };
    let target = |file: &PathBuf| {
        let name = result_of(&file_name(file), "xlsx");
        folder.as_ref().map_or_else(|| file.with_file_name(&name), |folder| folder.join(&name))
    };
    Ok(submission.files.iter().map(target).collect())
}

/// The folder beside a folder for its results; a new one for each run, so that results of two runs never mix.
fn beside(folder: &Path) -> Result<PathBuf> {
    let whole = dunce::canonicalize(folder).map_err(|cause| no_folder(folder, cause))?;
    let name = file_name(&whole);
    let name = name.strip_suffix(SCORED).unwrap_or(&name);
    let numbered = |number: u32| {
        let number = if number == 1 { String::new() } else { format!("({number})") };
        whole.with_file_name(format!("{name}{SCORED}{number}"))
    };
    let free = (1..MAX_NUMBERED).map(numbered).find(|path| !path.exists());
    free.ok_or_else(|| Error::output("结果文件夹的编号已用完。", "请清理旧的结果，或用 --out 指定文件夹。"))
}
