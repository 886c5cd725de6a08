//! 问题清单: an item a cause in a reviewer's columns, what is the bureau's apart, and what a person wrote beside an item
//! found again; findings as a table.

use std::path::Path;

use jixiao::inner::model::FindingId;
use jixiao::inner::sheet::Value;
use jixiao::inner::xlsx::Content;
use serde_json::Value as Json;

use crate::findings::{SELF, changed};
use crate::libreoffice::{Cells, cells};
use crate::model_case::edited;
use crate::support::{MODEL, Scored, jixiao, score, workbook};
use crate::workbook_pages::{Page, write};

pub(crate) const ISSUES: &str = "问题清单";
pub(crate) const MATTERS: &str = "复核事项";
/// Columns of both.
pub(crate) const MESSAGE: char = 'G';
pub(crate) const REPLY: char = 'J';
pub(crate) const FATE: char = 'K';
const TITLE: char = 'F';

/// What a cell of a returned workbook shows.
pub(crate) fn shown(all: &Cells, sheet: &str, column: char, row: u32) -> String {
    match all.get(&format!("'{sheet}'!{column}{row}")) {
        Some((Value::Text(text), _)) => text.clone(),
        Some((Value::Number(number), _)) => number.to_string(),
        _ => String::new(),
    }
}

/// The rows of a list that are items, with the ids of their findings.
pub(crate) fn items(all: &Cells, sheet: &str) -> Vec<(u32, Vec<String>)> {
    let row = |row: u32| {
        let titles = shown(all, sheet, TITLE, row);
        let id = |title: &str| FindingId::titled(title).expect("a finding").id().to_owned();
        (!titles.is_empty()).then(|| (row, titles.split('；').map(id).collect()))
    };
    (4..1_000).filter_map(row).collect()
}

/// The sheet and the cell of 整改情况 beside the first item with this finding.
pub(crate) fn reply(all: &Cells, id: &str) -> (&'static str, String) {
    let on = |sheet: &'static str| {
        let found = items(all, sheet).into_iter().find(|(_, ids)| ids.iter().any(|have| have == id));
        found.map(|(row, _)| (sheet, format!("{REPLY}{row}")))
    };
    on(ISSUES).or_else(|| on(MATTERS)).unwrap_or_else(|| panic!("no {id}"))
}

fn text(words: &str) -> Content {
    Content::Text(words.to_owned())
}

/// Scores pages as they are after these changes.
pub(crate) fn scored(pages: &[Page<'_>], changes: &[(&str, &str)], folder: &Path, name: &str) -> Scored {
    let pages = changed(pages, changes);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let place = folder.join(name);
    std::fs::create_dir_all(&place).expect("a folder");
    score(&write(&pages, &place), &place.join("out"))
}

/// A target missed, its score too high, and no reason given: one matter.
const MISSED: [(&str, &str); 1] = [("≥120公里 | 126公里", "≥120公里 | 90公里")];

#[test]
fn findings_of_one_cause_are_one_item_beside_what_they_are_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = cells(&scored(&[SELF], &MISSED, folder.path(), "一").path);
    let found = items(&all, ISSUES);
    let (row, ids) = found.iter().find(|(_, ids)| ids[0] == "target-not-met").expect("the item");
    assert_eq!(*ids, ["target-not-met", "stated-score-differs", "reason-missing"]);
    assert_eq!(shown(&all, ISSUES, 'D', *row), "养护公路里程");
    assert_eq!(shown(&all, ISSUES, 'B', *row), "错误", "the gravest");
    assert_eq!(shown(&all, ISSUES, 'C', *row), "完成情况");
    assert_eq!(shown(&all, ISSUES, 'E', *row), "自评表E8、G8、H8");
    assert_eq!(shown(&all, ISSUES, MESSAGE, *row).lines().count(), 3);
    // What is asked for twice is asked once.
    assert_eq!(shown(&all, ISSUES, 'H', *row), "请说明原因和改进措施。\n请按计算得分更正，或说明依据。");
}

#[test]
fn nobody_is_asked_for_a_reason_that_stands_in_the_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let given = [(
        "≥120公里 | 126公里 | 15 | 15 |",
        "≥120公里 | 90公里 | 15 | 11.25 | 汛期停工，余下里程2023年3月完成",
    )];
    let all = cells(&scored(&[SELF], &given, folder.path(), "一").path);
    let (row, _) =
        items(&all, ISSUES).into_iter().find(|(_, ids)| *ids == ["target-not-met"]).expect("the item");
    assert!(shown(&all, ISSUES, 'H', row).starts_with("表中已说明原因"), "{}", shown(&all, ISSUES, 'H', row));
}

#[test]
fn what_is_the_bureaus_stands_on_a_sheet_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = cells(&score(&workbook(MODEL), folder.path()).path);
    let ids = |sheet: &str| -> Vec<String> {
        let mut ids: Vec<String> = items(&all, sheet).into_iter().flat_map(|(_, ids)| ids).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    assert_eq!(
        ids(ISSUES),
        [
            "equals-on-cost",
            "ledger-accrual-basis",
            "name-is-a-sentence",
            "only-one-indicator-in-category",
            "quantity-indicator-is-rate",
            "target-not-measurable",
            "yes-no-indicator-with-rate"
        ]
    );
    // The evaluators' own sheet is no matter of the agency's.
    assert_eq!(
        ids(MATTERS),
        [
            "activity-counts-differ",
            "entries-accepted-by-score",
            "entries-cancelled",
            "fact-has-two-values",
            "formula-without-value",
            "matter-scored-two-ways",
            "met-item-without-fact",
            "sample-too-small",
            "satisfaction-method-stated",
            "stated-rate-differs"
        ]
    );
    let first = scored(&[SELF], &[], folder.path(), "无");
    assert!(
        cells(&first.path).keys().all(|at| !at.starts_with(&format!("'{MATTERS}'"))),
        "nothing, no sheet"
    );
}

#[test]
fn many_findings_of_one_cause_are_all_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: String = (2..=46).map(|number| format!(" | | 指标{number}： | | | | |\n")).collect();
    let form = SELF.1.replace(" | 质量指标 | 工程", &format!("{rows} | 质量指标 | 工程"));
    let found = scored(&[("自评表", &form)], &[], folder.path(), "一");
    let all = cells(&found.path);
    let listed: usize =
        items(&all, ISSUES).iter().map(|(row, _)| shown(&all, ISSUES, MESSAGE, *row).lines().count()).sum();
    let findings = found.json["findings"].as_array().expect("findings");
    let mut messages: Vec<&str> = findings
        .iter()
        .filter(|finding| finding["reader"] == "agency")
        .map(|finding| finding["message"].as_str().expect("words"))
        .collect();
    let total = messages.len();
    messages.dedup();
    assert!(total > 40, "{total} findings");
    assert!(listed >= messages.len(), "{listed} of {total}");
}

/// The list as versions before arranged it: what a person wrote there is found and kept.
#[test]
fn replies_in_the_arrangement_of_versions_before_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = scored(&[SELF], &MISSED, folder.path(), "一");
    let all = cells(&before.path);
    let (row, _) = items(&all, ISSUES)[0];
    let places: Vec<String> = before.json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|finding| finding["cell"].as_str().unwrap_or_default().replace('\'', "").replace('!', " "))
        .collect();
    let findings = before.json["findings"].as_array().expect("findings");
    let wanted = findings.iter().position(|finding| finding["id"] == "reason-missing").expect("a finding");
    let titles = ["序号", "级别", "问题", "说明", "位置", "怎么办", "整改情况", "问题编号", "依据"];
    let mut acts: Vec<(&str, String, Content)> = Vec::new();
    for (column, title) in ('A'..).zip(titles) {
        acts.push((ISSUES, format!("{column}3"), text(title)));
    }
    for column in ['J', 'K'] {
        acts.push((ISSUES, format!("{column}3"), text("")));
    }
    let message = findings[wanted]["message"].as_str().expect("words");
    for (column, words) in
        [('D', message), ('E', &places[wanted]), ('G', "汛期停工。"), ('H', "reason-missing")]
    {
        acts.push((ISSUES, format!("{column}{row}"), text(words)));
    }
    let acts: Vec<(&str, &str, Content)> =
        acts.iter().map(|(sheet, cell, content)| (*sheet, cell.as_str(), content.clone())).collect();
    let after = score(&edited(&before.path, &acts), &folder.path().join("二"));
    let all = cells(&after.path);
    let kept = all.iter().filter(|(at, (value, _))| {
        at.contains(&format!("!{REPLY}")) && *value == Value::Text("汛期停工。".into())
    });
    assert_eq!(kept.count(), 1, "beside its finding on the list of now");
}

/// Runs `check` with `--findings` and gives what was written.
fn table(file: &Path, name: &str, folder: &Path) -> String {
    let path = folder.join(name);
    let args = ["check".as_ref(), file.as_os_str(), "--findings".as_ref(), path.as_os_str()];
    let output = jixiao(args);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(path).expect("the table")
}

#[test]
fn findings_are_a_table_whose_keys_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = |changes: &[(&str, &str)], name: &str| {
        let found = scored(&[SELF], changes, folder.path(), name);
        let text = table(&found.path, &format!("{name}.json"), folder.path());
        let rows: Vec<Json> = serde_json::from_str(&text).expect("JSON");
        rows.iter()
            .map(|row| ["key", "id", "object"].map(|name| row[name].as_str().expect("words").to_owned()))
            .collect::<Vec<_>>()
    };
    let before = keys(&MISSED, "一");
    let mut unique: Vec<&String> = before.iter().map(|[key, ..]| key).collect();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), before.len(), "{before:?}");
    // Another figure, and a row above: the same findings, the same keys.
    let moved =
        [("≥120公里 | 126公里", "≥120公里 | 80公里"), ("（2022年度）", "（2022年度）\n注：单位为公里")];
    let after = keys(&moved, "二");
    for row in &before {
        assert!(after.contains(row), "{row:?} in {after:?}");
    }
    let first = scored(&[SELF], &MISSED, folder.path(), "三");
    let csv = table(&first.path, "三.csv", folder.path());
    let mut lines = csv.trim_start_matches('\u{feff}').lines();
    assert!(lines.next().expect("titles").starts_with("key,file,project,agency,year,severity,matter,"));
    assert!(csv.contains("\"target-not-met\"") && csv.starts_with('\u{feff}'), "{csv}");
    let refused =
        jixiao(["check".as_ref(), first.path.as_os_str(), "--findings".as_ref(), "表.txt".as_ref()]);
    assert_eq!(refused.status.code(), Some(2));
}

/// What begins a formula in a spreadsheet program does not begin a cell of the table.
#[test]
fn foreign_words_begin_no_formula_in_the_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let named = [
        ("农村公路养护 |", "=HYPERLINK(\"x\")农村公路 |"),
        ("项目名称 | 农村公路养护", "项目名称 | '=1+1公路"),
    ];
    let changes: Vec<(&str, &str)> = named[1..].iter().chain(&MISSED).copied().collect();
    let found = scored(&[SELF], &changes, folder.path(), "一");
    let csv = table(&found.path, "一.csv", folder.path());
    assert!(csv.contains("\"'=1+1公路\"") && !csv.contains("\"=1"), "{csv}");
}

#[test]
fn what_a_person_wrote_beside_an_item_goes_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = scored(&[SELF], &MISSED, folder.path(), "一");
    let (sheet, cell) = reply(&cells(&before.path), "stated-score-differs");
    let after = score(&edited(&before.path, &[(sheet, &cell, text("已更正。"))]), &folder.path().join("二"));
    let all = cells(&after.path);
    let (sheet, cell) = reply(&all, "target-not-met");
    assert_eq!(all[&format!("'{sheet}'!{cell}")].0, Value::Text("已更正。".into()));
}
