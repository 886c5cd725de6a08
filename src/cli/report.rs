//! `jixiao report`: the evaluation report as a Word document.

use std::fs::File;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::input::{Input, Submission, Told, file_name, stem};
use super::last_year::LastYear;
use crate::base::file_name::made_of;
use crate::base::{Error, ErrorKind, Result, printable};
use crate::narrative::{self, FIELDS, Kind, Updates, Written};
use crate::output::file::Draft;
use crate::pipeline::{self, CaseOutcome, Seekable, Settings};

/// Characters of a project's name in a file's.
const MAX_NAME: usize = 60;
/// What the name of a draft's file ends with.
const DRAFT: &str = "（初稿）";

/// Arguments of `jixiao report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// 报告的模板（.docx），其中写有占位符；不写则用自带的模板
    #[arg(long, value_name = "文件")]
    template: Option<PathBuf>,
    /// 用哪一种自带的模板：财政评价、项目自评、部门整体；不写则按表的种类
    #[arg(long, value_name = "种类", value_parser = kind, conflicts_with = "template")]
    kind: Option<Kind>,
    /// 报告放在哪里：文件夹，或以 .docx 结尾的文件名；不写则放在原文件旁边
    #[arg(long, value_name = "路径")]
    out: Option<PathBuf>,
    /// 上一版报告（.docx）：其中由人改过的段落保留，其余段落按现在的结果更新；每次处理一份材料
    #[arg(long, value_name = "文件")]
    earlier: Option<PathBuf>,
    /// 列出模板中可用的占位符
    #[arg(long, exclusive = true)]
    list_fields: bool,
    /// 把自带的三种模板存入这个文件夹，供修改后用 --template 使用
    #[arg(long, value_name = "文件夹", exclusive = true)]
    save_templates: Option<PathBuf>,
    #[command(flatten)]
    last_year: LastYear,
}

fn kind(word: &str) -> std::result::Result<Kind, String> {
    let found = Kind::ALL.into_iter().find(|kind| kind.name() == word);
    found.ok_or_else(|| format!("可以写：{}", Kind::ALL.map(Kind::name).join("、")))
}

/// What is told of a report, of which `--json` prints a line each.
#[derive(Debug, Serialize)]
struct ReportLine {
    /// The project.
    project: Option<String>,
    /// Where the report is.
    output: String,
    /// Whether it is a draft.
    draft: bool,
    /// Why.
    mark: String,
    /// What a person has to fill in.
    gaps: Vec<String>,
    /// What became of the passages of the report before, a line each.
    changes: Vec<String>,
    /// Forms of another project in the same material, of which nothing is in the report, a line each.
    left_out: Vec<String>,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    if args.list_fields {
        // A closed pipe (`| head`) is no fault of ours.
        let _ = std::io::stdout().write_all(FIELDS.as_bytes());
        return 0;
    }
    if let Some(folder) = &args.save_templates {
        return save_templates(folder).map_or_else(
            |error| {
                super::complain("--save-templates", &error);
                error.kind().exit_code()
            },
            |()| 0,
        );
    }
    if let Err(error) = checked(args) {
        super::complain("--template", &error);
        return error.kind().exit_code();
    }
    args.input.each(|submission, told| one(args, submission, told))
}

fn unwritable(folder: &Path, cause: std::io::Error) -> Error {
    Error::output(format!("无法写入“{}”。", folder.display()), "请检查路径、写入权限和磁盘空间。")
        .because(cause)
}

fn save_templates(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|cause| unwritable(folder, cause))?;
    for kind in Kind::ALL {
        let draft = Draft::begin(folder)?;
        draft.file().write_all(kind.template()).map_err(|cause| unwritable(folder, cause))?;
        let path = draft.publish(&folder.join(format!("{}模板.docx", kind.title())))?;
        eprintln!("模板：{}", printable(&path.display().to_string()));
    }
    Ok(())
}

/// What is wrong with a template is said before any workbook is read.
fn checked(args: &Args) -> Result<()> {
    let several = args.input.files.len() > 1;
    if several && args.earlier.is_some() {
        return Err(Error::usage("--earlier 一次只能用于一份材料。", "请逐份处理，各写各的上一版报告。"));
    }
    if several && args.out.as_deref().is_some_and(is_docx) {
        return Err(Error::usage("多份材料的报告不能写入同一个文件。", "请把 --out 改为一个文件夹。"));
    }
    if let Some(path) = &args.template
        && !narrative::check_template(opened(path)?)?
    {
        eprintln!(
            "--template：模板中没有占位符，报告与模板相同。请确认没有选错文件；可用的占位符可用 jixiao report --list-fields 列出。"
        );
    }
    Ok(())
}

fn opened(path: &Path) -> Result<File> {
    super::check_path(path)?;
    File::open(path).map_err(|cause| {
        let message = format!("文件“{}”无法读取。", path.display());
        Error::usage(message, "请检查路径是否正确、是否有读取权限。").because(cause)
    })
}

fn is_docx(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("docx"))
}

fn one(args: &Args, submission: &Submission, told: &Told) -> Result<u8> {
    let mut sources = submission.sources()?;
    let settings = told.settings()?;
    let settings = Settings { past: args.last_year.read(told, &settings)?, ..settings };
    let outcome =
        pipeline::run(&mut sources, &told.mappings, &settings, super::today()?, None::<&mut [File]>)?;
    let bureau = settings.letters.bureau.as_deref();
    let scored: Vec<_> = outcome.cases.iter().filter(|case| case.about(bureau).is_some()).collect();
    if scored.len() > 1 && args.earlier.is_some() {
        return Err(Error::usage(
            "材料中有多个项目，--earlier 一次只能用于一个。",
            "请把各项目的材料分开处理。",
        ));
    }
    if scored.is_empty() {
        submission.hint_at_folder(&outcome.cases);
        return Err(Error::input(narrative::NO_REPORT.0, narrative::NO_REPORT.1));
    }
    let left_out: Vec<String> =
        outcome.cases.iter().filter(|case| case.about(bureau).is_none()).flat_map(left_out).collect();
    for case in &scored {
        let mut line = write(args, submission, case, bureau, scored.len() > 1)?;
        line.left_out.clone_from(&left_out);
        super::show(&line, args.input.json, said);
    }
    let reports: Vec<_> = outcome.cases.iter().map(|case| case.report(|_| None)).collect();
    Ok(super::code_of(&reports))
}

/// The forms of a case that no report is written of.
fn left_out(case: &CaseOutcome) -> Vec<String> {
    let name = case.case.project.name.as_deref().unwrap_or("（没有写明）");
    let forms = case.case.forms.iter().map(|form| {
        format!(
            "没有写入报告：工作表“{}”（{}），其项目名称“{name}”与评分表或自评表的不同；如为同一项目，请改为一致后重新生成。",
            form.sheet, form.title
        )
    });
    forms.collect()
}

/// What became of the passages of the report before.
fn changes(updates: &Updates) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (id, otherwise) in &updates.kept {
        let more = if *otherwise { "；测算内容已变化，请核对" } else { "" };
        lines.push(format!("保留人工修改：{id}{more}"));
    }
    lines.extend(updates.renewed.iter().map(|id| format!("已更新：{id}")));
    lines.extend(updates.stale.iter().map(|(id, why)| format!("没有更新，请核对：{id}（{why}）")));
    lines.extend(
        updates
            .missing
            .iter()
            .map(|(id, text)| format!("上一版报告中没有这一段，请补入：{id}：{}", text.replace('\n', " "))),
    );
    lines
}

/// What a person reads.
fn said(line: &ReportLine) -> String {
    let mut text = format!("报告：{}", printable(&line.output));
    if line.draft {
        text.push_str(&format!("\n{}", printable(&line.mark)));
    }
    for gap in &line.gaps {
        text.push_str(&format!("\n  待填写：{}", printable(gap)));
    }
    for change in &line.changes {
        text.push_str(&format!("\n  {}", printable(change)));
    }
    for left in &line.left_out {
        text.push_str(&format!("\n  {}", printable(left)));
    }
    text
}

fn write(
    args: &Args,
    submission: &Submission,
    case: &CaseOutcome,
    bureau: Option<&str>,
    several: bool,
) -> Result<ReportLine> {
    let about = case.about(bureau).ok_or_else(|| Error::internal("nothing to report"))?;
    let kind = args.kind.unwrap_or_else(|| Kind::of(&about));
    let (folder, name) = place(args, submission, case, kind, several);
    std::fs::create_dir_all(&folder).map_err(|cause| {
        let message = format!("无法建立文件夹“{}”。", folder.display());
        Error::new(ErrorKind::Output, message, "请检查路径和写入权限。").because(cause)
    })?;
    let draft = Draft::begin(&folder)?;
    let mut out = draft.file();
    let template: Box<dyn Seekable> = match &args.template {
        Some(path) => Box::new(opened(path)?),
        None => Box::new(Cursor::new(kind.template())),
    };
    let written: Written = match &args.earlier {
        Some(path) => narrative::update(&about, template, opened(path)?, &mut out)?,
        None => narrative::write(&about, template, &mut out)?,
    };
    let is_draft = written.draft.is_draft();
    let marked = if is_draft && !name.contains(DRAFT) { format!("{name}{DRAFT}") } else { name };
    let path = draft.publish(&folder.join(format!("{marked}.docx")))?;
    Ok(ReportLine {
        project: case.case.project.name.clone(),
        output: path.display().to_string(),
        draft: is_draft,
        mark: written.draft.words(),
        gaps: written.gaps,
        changes: changes(&written.updates),
        left_out: Vec::new(),
    })
}

/// The folder of a report, and its name without its ending.
fn place(
    args: &Args,
    submission: &Submission,
    case: &CaseOutcome,
    kind: Kind,
    several: bool,
) -> (PathBuf, String) {
    if let Some(out) = args.out.as_deref().filter(|out| is_docx(out)) {
        let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return (folder.to_owned(), stem(out));
    }
    let own = if submission.is_folder { file_name(&submission.path) } else { stem(&submission.path) };
    let project = case.case.project.name.as_deref().filter(|_| several);
    let project = project.map(|name| format!("-{}", made_of(name, MAX_NAME))).unwrap_or_default();
    let beside =
        submission.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = args.out.clone().unwrap_or_else(|| beside.to_owned());
    (folder, format!("{own}{project}.{}", kind.title()))
}
