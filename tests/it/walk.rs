//! The forms of the wild, item by item: `tests/forms/*.txt` hold one claim each, a picture of a form that shows it, and
//! what the program makes of it. A form dropped there is a test.
//!
//! ```text
//! ## the claim
//! the picture (as in `picture.rs`; `[name]` alone in a line begins another sheet)
//! --
//! what is read
//! ```
//!
//! `UPDATE_FORMS=1` writes what is read; look at it before it is committed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jixiao::inner::check::{self, Facts};
use jixiao::inner::form::read_case;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::{Case, Entry, Finding, Indicator, Reconciliation, SourceId};
use jixiao::inner::score::{self, Scored};
use jixiao::inner::sheet::Sheet;

use crate::picture::picture;

pub(crate) static SHIPPED: LazyLock<Mappings> = LazyLock::new(Mappings::shipped);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms")
}

fn shown(entry: Option<&Entry>) -> String {
    entry.map(Entry::shown).unwrap_or_default().replace('\n', "⏎")
}

/// The sheets of a picture.
fn sheets(text: &str) -> Vec<Sheet> {
    let mut pages: Vec<(String, String)> = vec![("表".to_owned(), String::new())];
    for line in text.lines() {
        let name = line.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        match name {
            Some(name) if pages.len() == 1 && pages[0].1.is_empty() => pages[0].0 = name.to_owned(),
            Some(name) => pages.push((name.to_owned(), String::new())),
            None => pages.last_mut().unwrap().1.extend([line, "\n"]),
        }
    }
    pages.iter().map(|(name, text)| picture(name, text)).collect()
}

/// What is made of a picture.
fn reading(text: &str) -> String {
    match read_case(&sheets(text), &SHIPPED, &SourceId::default()) {
        Err(error) => format!("refused: {error}\n"),
        Ok(cases) => cases.iter().map(digest).collect(),
    }
}

fn target(indicator: &Indicator) -> String {
    [&indicator.target_sign, &indicator.target, &indicator.unit].map(|entry| shown(entry.as_ref())).concat()
}

fn digest(case: &Case) -> String {
    let scored = score::run(case).unwrap();
    let facts = Facts {
        case,
        scorecard: scored.as_ref().map(|scored| &scored.card),
        reconciliation: &Reconciliation::default(),
    };
    let name = case.project.name.as_deref().unwrap_or("–");
    let agency = case.project.agency.as_deref().unwrap_or("–");
    let year = case.project.year.map(|year| year.to_string()).unwrap_or_default();
    let mut out = format!("{name} / {agency} / {year}");
    let mappings: Vec<&str> = case.forms.iter().map(|form| form.mapping.as_str()).collect();
    let _ = writeln!(out, " ({})", mappings.join(", "));
    if let Some(scored) = &scored {
        score_form(case, scored, &mut out);
    }
    for row in case.summary.iter().flat_map(|summary| &summary.rows) {
        let _ = writeln!(out, "{}|{}|{}|{}", row.level1, row.level2, row.weight.shown(), row.score.shown());
    }
    for declared in &case.declared {
        let i = &declared.indicator;
        let _ = writeln!(out, "{}|{}|{}|{}", i.level1, i.level2, i.name, target(i));
    }
    for amount in &case.amounts {
        let shown = amount.written.clone().unwrap_or_else(|| amount.entry.shown());
        let _ = writeln!(out, "{} {:?} {shown}{}", amount.label, amount.kind, amount.unit.name());
    }
    for statement in &case.statements {
        let _ = writeln!(out, "said: {}", statement.text.replace('\n', "⏎"));
    }
    let mut findings: Vec<String> = check::run(&facts).iter().map(finding).collect();
    findings.dedup();
    out.extend(findings);
    out
}

fn score_form(case: &Case, scored: &Scored, out: &mut String) {
    let form = case.score_form.as_ref().unwrap();
    let own = scored.execution.iter().chain(&form.indicators);
    for (i, result) in own.zip(&scored.card.indicators) {
        let weight = result.weight;
        let score = result.score.map_or_else(|| "–".to_owned(), |score| score.to_string());
        let state = format!("{:?}", result.state).to_lowercase();
        let (actual, stated) = (shown(i.actual.as_ref()), shown(i.stated_score.as_ref()));
        let place = format!("{}|{}|{}", i.level1, i.level2, i.name);
        let _ = write!(out, "{place}|{}|{actual}|{weight}|{stated} → {score} {state}", target(i));
        let reason = shown(i.reason.as_ref());
        let _ = writeln!(out, "{}{reason}", if reason.is_empty() { "" } else { " ← " });
    }
    for row in &form.budget {
        let cells = [&row.budget, &row.adjusted, &row.spent, &row.rate, &row.weight, &row.score];
        let unit = row.unit.map(jixiao::inner::model::MoneyUnit::name).unwrap_or("?");
        let _ =
            writeln!(out, "{}: {} {unit}", row.label, cells.map(|entry| shown(entry.as_ref())).join(" · "));
    }
    let levels = form.levels.iter().map(|level| {
        format!("{}/{}={}", level.level1, level.level2.as_deref().unwrap_or_default(), level.weight)
    });
    let levels: Vec<String> = levels.collect();
    let total = &form.total;
    let cells = [&total.weight, &total.stated_score, &total.grade].map(|entry| shown(entry.as_ref()));
    let _ = writeln!(out, "total {} · levels: {}", cells.join(" · "), levels.join(", "));
}

fn finding(finding: &Finding) -> String {
    let at = finding.at.as_ref().map(|at| at.cell.to_string()).unwrap_or_default();
    format!("! {} {at} {}\n", finding.id.id(), finding.message.replace('\n', "⏎"))
}

/// A claim, the picture that shows it and what was read.
struct Item<'t> {
    claim: &'t str,
    picture: &'t str,
    expected: &'t str,
}

fn items(text: &str) -> Vec<Item<'_>> {
    let mut found = Vec::new();
    for section in text.split("## ").skip(1) {
        let (claim, rest) = section.split_once('\n').unwrap_or((section, ""));
        let (picture, expected) = rest.split_once("\n--\n").unwrap_or((rest, ""));
        found.push(Item {
            claim,
            picture: picture.trim_matches('\n'),
            expected: expected.trim_matches('\n'),
        });
    }
    found
}

/// The sheets of every picture, each with its claim.
pub(crate) fn pictures() -> Vec<(String, Vec<Sheet>)> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    let of_file = |text: String| -> Vec<(String, Vec<Sheet>)> {
        items(&text).iter().map(|item| (item.claim.to_owned(), sheets(item.picture))).collect()
    };
    texts.flat_map(of_file).collect()
}

#[test]
fn every_item_is_read_as_said() {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut count = 0;
    let mut failed = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let (head, _) = text.split_once("## ").unwrap();
        let mut new = head.to_owned();
        for item in items(&text) {
            count += 1;
            let read: Vec<String> =
                reading(item.picture).lines().map(|line| line.trim_end().to_owned()).collect();
            let read = read.join("\n");
            let _ = write!(new, "## {}\n{}\n--\n{read}\n\n", item.claim, item.picture);
            if read != item.expected {
                failed.push(format!(
                    "{}: {}\n{read}\n",
                    path.file_name().unwrap().to_string_lossy(),
                    item.claim
                ));
            }
        }
        if std::env::var_os("UPDATE_FORMS").is_some() {
            std::fs::write(&path, new.trim_end().to_owned() + "\n").unwrap();
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(count >= 100, "only {count} items");
}

/// A corner merged over the table (绩效指标) is no part of the header, however short the table is.
#[test]
fn a_corner_over_a_short_table_swallows_no_row() {
    for rows in 1..=6 {
        let body: String =
            (0..rows).map(|row| format!("^ | 产出指标 | 数量指标 | 第{row}项 | 5个 | 5个 | 10\n")).collect();
        let text = format!(
            "部门预算项目支出绩效自评表 | < | < | < | < | < | <
            项目名称 | 村级活动场所建设 | < | < | < | < | <
            绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 权重
            {body}"
        );
        let cases = read_case(&sheets(&text), &SHIPPED, &SourceId::default()).unwrap();
        assert_eq!(cases[0].score_form.as_ref().unwrap().indicators.len(), rows, "{text}");
    }
}
