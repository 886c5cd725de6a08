//! `jixiao score`: scores workbooks and writes them back.

use std::path::{Path, PathBuf};

use crate::base::{Error, ErrorKind, Result};
use crate::mapping::Mappings;
use crate::output::file::Draft;
use crate::output::{json::Report, text};
use crate::pipeline::{self, Settings};

/// What the result's name ends with.
const SUFFIX: &str = ".已评分.xlsx";

/// Arguments of `jixiao score`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 要评分的工作簿
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 结果放在哪里：文件夹，或以 .xlsx 结尾的文件名；不写则放在原文件旁边
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// 映射文件，可写多个
    #[arg(long, value_name = "FILE")]
    mapping: Vec<PathBuf>,
    /// 用计算得分替换表中已填的得分（原值记入批注）
    #[arg(long)]
    replace_scores: bool,
    /// 输出 JSON，每个项目一行
    #[arg(long)]
    json: bool,
}

/// Runs and gives the exit code: the highest of what each file came to.
pub fn run(args: &Args) -> u8 {
    if let Err(error) = check_out(args) {
        super::complain("--out", &error);
        return error.kind().exit_code();
    }
    super::each(&args.files, &args.mapping, |file, mappings| {
        let reports = one(args, mappings, file)?;
        for report in &reports {
            super::show(report, args.json, text::summary);
        }
        Ok(super::code_of(&reports))
    })
}

/// One output file cannot take the results of several inputs.
fn check_out(args: &Args) -> Result<()> {
    let single = args.out.as_ref().is_some_and(|out| is_xlsx(out));
    if single && args.files.len() > 1 {
        return Err(Error::usage("多个文件不能写入同一个结果文件。", "请把 --out 改为一个文件夹。"));
    }
    Ok(())
}

fn is_xlsx(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

fn one(args: &Args, mappings: &Mappings, file: &Path) -> Result<Vec<Report>> {
    let mut source = super::open(file)?;
    let target = target(args.out.as_deref(), file);
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if args.out.is_some() {
        std::fs::create_dir_all(folder).map_err(|cause| {
            Error::new(
                ErrorKind::Output,
                format!("无法建立文件夹“{}”。", folder.display()),
                "请检查路径和写入权限。",
            )
            .because(cause)
        })?;
    }
    let mut draft = Draft::begin(folder)?;
    let settings = Settings { replace_scores: args.replace_scores, ..super::settings() };
    let outcomes = pipeline::run(&mut source, mappings, settings, super::today()?, Some(draft.file()))?;
    let path = draft.publish(&target)?;
    Ok(outcomes.iter().map(|outcome| outcome.report(Some(path.display().to_string()))).collect())
}

/// Where the result goes: `<name>.已评分.xlsx` beside the input, in the folder, or the very file given.
fn target(out: Option<&Path>, file: &Path) -> PathBuf {
    match out {
        Some(path) if is_xlsx(path) => path.to_owned(),
        _ => {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            // The result of a result keeps its name.
            let stem = stem.strip_suffix(".已评分").unwrap_or(&stem);
            let name = format!("{stem}{SUFFIX}");
            out.map_or_else(|| file.with_file_name(&name), |folder| folder.join(&name))
        }
    }
}
