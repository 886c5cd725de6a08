//! Paths without a command, as the desktop gives them when somebody drops workbooks on the program: each is scored beside the
//! original, and what came of all of them is said in a few lines.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::input::{Submission, file_name};
use super::{desktop, score};
use crate::base::{Error, Result, printable, push_line};
use crate::output::json::Report;
use crate::output::text;

/// Submissions that are named; the rest is counted.
const MAX_NAMED: usize = 12;
/// Folders of results that are opened.
const MAX_SHOWN: usize = 3;

/// What came of a path.
type Outcome = (PathBuf, Result<Vec<Report>>);

/// The paths, where the arguments are nothing else: no option, no command first, and each is there or is called as a file is.
pub(super) fn paths(
    command: &clap::Command,
    args: impl IntoIterator<Item = OsString>,
) -> Option<Vec<PathBuf>> {
    let paths: Vec<PathBuf> = args.into_iter().map(PathBuf::from).collect();
    let first = paths.first()?.to_string_lossy().into_owned();
    let is_command = command.get_subcommands().any(|sub| sub.get_name() == first);
    let is_path = |path: &PathBuf| {
        let is_option = path.as_os_str().as_encoded_bytes().starts_with(b"-");
        !is_option && (path.exists() || path.extension().is_some() || path.components().count() > 1)
    };
    (!is_command && paths.iter().all(is_path)).then_some(paths)
}

/// Scores each path and gives the exit code: the highest of what each came to.
pub(super) fn run(paths: Vec<PathBuf>) -> u8 {
    let args = score::Args::beside(paths);
    let outcomes = match score::each(&args) {
        Ok(outcomes) => outcomes,
        Err(error) => {
            super::complain("设置", &error);
            desktop::say(&format!("{error}\n{}", error.hint()), &[]);
            return error.kind().exit_code();
        }
    };
    let said = said(&outcomes);
    // What one came to stands above it already.
    if outcomes.len() > 1 {
        println!("\n{said}");
    }
    desktop::say(&said, &results(&outcomes));
    let code = |(_, outcome): &Outcome| match outcome {
        Ok(reports) => super::code_of(reports),
        Err(error) => error.kind().exit_code(),
    };
    outcomes.iter().map(code).max().unwrap_or(0)
}

/// What is said of all of them.
fn said(outcomes: &[Outcome]) -> String {
    let failed = outcomes.iter().filter(|(_, outcome)| outcome.is_err()).count();
    let done = outcomes.len().saturating_sub(failed);
    let mut text = format!("处理完毕：{done} 份");
    if failed > 0 {
        text.push_str(&format!("，另有 {failed} 份没有处理"));
    }
    text.push_str("。\n\n");
    for (path, outcome) in outcomes.iter().take(MAX_NAMED) {
        match outcome {
            Ok(reports) => reports.iter().for_each(|report| push_line(&mut text, &line(report))),
            Err(error) => push_line(&mut text, &failure(path, error)),
        }
    }
    if outcomes.len() > MAX_NAMED {
        push_line(&mut text, "……");
    }
    if done > 0 {
        push_line(&mut text, "");
        push_line(&mut text, "结果在原文件旁边，名称中有“已评分”；原文件没有改动。");
    }
    text
}

/// What came of a case.
fn line(report: &Report) -> String {
    let name = report.project.name.as_ref().unwrap_or(&report.source.file);
    let score = match &report.score {
        Some(score) => {
            let grade = text::grade_shown(report);
            format!("{} 分（满分 {}），等级 {grade}", score.total, score.full)
        }
        None => "没有可以评分的表".to_owned(),
    };
    let findings = match report.findings.len() {
        0 => "没有发现问题".to_owned(),
        count => format!("发现 {count} 个问题"),
    };
    format!("{}：{score}；{findings}。", printable(name))
}

fn failure(path: &Path, error: &Error) -> String {
    format!("{}：{error}{}", printable(&shown(path)), error.hint())
}

fn shown(path: &Path) -> String {
    let name = file_name(path);
    if name.is_empty() { path.display().to_string() } else { name }
}

/// A result of each folder in which there is one.
fn results(outcomes: &[Outcome]) -> Vec<PathBuf> {
    let reports = outcomes.iter().filter_map(|(_, outcome)| outcome.as_ref().ok()).flatten();
    let files = reports.flat_map(|report| {
        let files = report.files.iter().filter_map(|file| file.output.as_ref());
        report.output.iter().chain(files).map(PathBuf::from)
    });
    let mut results: Vec<PathBuf> = Vec::new();
    for file in files {
        if results.len() < MAX_SHOWN && results.iter().all(|result| result.parent() != file.parent()) {
            results.push(file);
        }
    }
    results
}

/// What the results of submissions are, one after another; each is shown as soon as it is there.
pub(super) fn one(path: &Path, score: impl FnOnce(&Submission) -> Result<Vec<Report>>) -> Outcome {
    let outcome = Submission::at(path).and_then(|submission| score(&submission));
    match &outcome {
        Ok(reports) => reports.iter().for_each(|report| super::show(report, false, text::summary)),
        Err(error) => super::complain(&shown(path), error),
    }
    (path.to_owned(), outcome)
}
