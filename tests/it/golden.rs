//! The golden run: every score, reading and finding over all workbooks, pictures of forms and tables of cases of the
//! repository, in one text that git can lay beside the one before. A change that is to change no verdict leaves it as it
//! is.
//!
//! `cargo test --test it -- golden` compares; with `UPDATE_GOLDEN=1` it writes `tests/golden.txt` anew: read the diff
//! before it is committed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::check::{self, Facts};
use jixiao::inner::form::read_case;
use jixiao::inner::model::{Case, Reconciliation, SourceId};
use jixiao::inner::notation::{Hints, Role, read_text};
use jixiao::inner::score;

use crate::criterion::{apply, rows, rule_of};
use crate::notation::show;
use crate::support::jixiao;
use crate::walk::{SHIPPED, pictures};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn in_order(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn one_line(text: &str) -> String {
    text.replace('\n', "⏎")
}

/// All that `jixiao check --json` says of each workbook.
fn workbooks(out: &mut String) {
    for file in ["workbooks", "workbooks/bad"].iter().flat_map(|folder| in_order(folder)) {
        let ran = jixiao(["check".as_ref(), file.as_os_str(), "--json".as_ref()]);
        let _ = writeln!(out, "\n== {} → {}", name(&file), ran.status.code().expect("an exit code"));
        let here =
            |text: Vec<u8>| String::from_utf8(text).expect("UTF-8").replace(&*root().to_string_lossy(), ".");
        for line in here(ran.stdout).lines() {
            let json: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let _ = writeln!(out, "{}", serde_json::to_string_pretty(&json).expect("JSON"));
        }
        out.push_str(&here(ran.stderr));
    }
}

/// Scores, readings, reasons and findings of each picture of a form.
fn forms(out: &mut String) {
    for (claim, sheets) in pictures() {
        let _ = writeln!(out, "\n== {claim}");
        match read_case(&sheets, &SHIPPED, &SourceId::default()) {
            Err(error) => drop(writeln!(out, "refused: {error}")),
            Ok(cases) => cases.iter().for_each(|case| form(case, out)),
        }
    }
}

fn form(case: &Case, out: &mut String) {
    let scored = score::run(case).expect("no overflow");
    if let Some(scored) = &scored {
        for result in &scored.card.indicators {
            let reading = result.reading.as_ref().or(result.refusal.as_ref());
            let reading = one_line(reading.map_or("–", String::as_str));
            let reason = one_line(result.reason.as_deref().unwrap_or("–"));
            let score = result.score.map_or_else(|| "–".to_owned(), |score| score.to_string());
            let given = format!("{score} of {} {:?}", result.weight, result.state);
            let name = one_line(&result.name);
            let _ = writeln!(out, "{name}: {given} | {reading} | {reason} | {:?}", result.observed);
        }
        let _ = writeln!(out, "{:?} {:?}", scored.card.total, scored.card.levels);
    }
    let facts = Facts {
        case,
        scorecard: scored.as_ref().map(|scored| &scored.card),
        reconciliation: &Reconciliation::default(),
    };
    for finding in check::run(&facts) {
        let at = finding.at.as_ref().map(ToString::to_string).unwrap_or_default();
        let remedy = finding.id.remedy();
        let _ = writeln!(out, "! {} {at} {} → {remedy}", finding.id.id(), one_line(&finding.message));
    }
}

/// What every row of the tables of criteria gives, with the sentence that its rule reads back as.
fn criteria(out: &mut String) {
    for table in ["model", "worked", "refused", "reasons"] {
        let text = fs::read_to_string(root().join(format!("tests/criterion/{table}.tsv"))).expect("a table");
        let _ = writeln!(out, "\n== {table}");
        for row in rows(&text) {
            let rule = rule_of(&row);
            let given = rule.clone().and_then(|rule| apply(&rule, &row));
            let given = given.map_or_else(|refusal| refusal.to_string(), |applied| applied.score.to_string());
            let reading = rule.map_or_else(|_| "–".to_owned(), |rule| rule.reading());
            let _ = writeln!(out, "{} | {} | {given} | {}", row.indicator, row.actual, one_line(&reading));
        }
    }
}

/// What the cells of the other tables are read as, as a target and as an actual. Their other columns, and the tables of
/// titles, are told word for word by tests of their own.
fn texts(out: &mut String) {
    for (table, columns) in [("notation", 0..1), ("direction", 2..3), ("targets", 2..4), ("platform", 3..5)] {
        let text = fs::read_to_string(root().join(format!("tests/cases/{table}.tsv"))).expect("a table");
        let rows = text.lines().skip(1).filter(|line| !line.starts_with('#'));
        let cells: BTreeSet<&str> =
            rows.flat_map(|row| row.split('\t').skip(columns.start).take(columns.len())).collect();
        let _ = writeln!(out, "\n== {table}");
        for cell in cells.into_iter().filter(|cell| !cell.is_empty()) {
            let read = [Role::Target, Role::Actual]
                .map(|role| one_line(&show(&read_text(cell, &Hints { role, ..Hints::default() }))));
            let _ = writeln!(out, "{cell} | {}", read.join(" | "));
        }
    }
}

#[test]
fn every_score_and_finding_is_the_one_before() {
    let mut now = "The golden run (tests/it/golden.rs); written by the program, not by hand.\n".to_owned();
    workbooks(&mut now);
    forms(&mut now);
    criteria(&mut now);
    texts(&mut now);
    let path = root().join("tests/golden.txt");
    let before = fs::read_to_string(&path).unwrap_or_default();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &now).expect("written");
        return;
    }
    let differ: Vec<String> = before
        .lines()
        .zip(now.lines())
        .enumerate()
        .filter(|(_, (before, now))| before != now)
        .map(|(number, (before, now))| format!("{}\n- {before}\n+ {now}", number + 1))
        .take(20)
        .collect();
    assert!(
        before == now,
        "{}\n{} lines before, {} now",
        differ.join("\n"),
        before.lines().count(),
        now.lines().count()
    );
}
