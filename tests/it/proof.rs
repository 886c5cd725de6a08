//! Reports that are proofread: one without a fault, in which nothing is found, and errors planted in it, one at a time
//! (`tests/proof/README.md`).

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::support::{MODEL, jixiao, workbook};

const REPORT: &str = include_str!("../proof/hall.txt");
const PLANTED: &str = include_str!("../proof/planted.txt");

/// An error and how it is found.
struct Planted {
    id: String,
    severity: String,
    way: String,
    from: String,
    to: String,
}

fn planted() -> Vec<Planted> {
    let read = |section: &str| {
        let mut lines = section.lines();
        let mut head = lines.next().expect("a head").split_whitespace().map(str::to_owned);
        let mut next = || head.next().expect("id, severity, way");
        let (id, severity, way) = (next(), next(), next());
        let mut line =
            |sign: &str| lines.next().and_then(|line| line.strip_prefix(sign)).expect(sign).to_owned();
        Planted { id, severity, way, from: line("- "), to: line("+ ") }
    };
    PLANTED.split("\n== ").skip(1).map(read).collect()
}

/// The ids that have a planted error.
pub(crate) fn sampled() -> BTreeSet<String> {
    planted().into_iter().map(|one| one.id).collect()
}

/// What is found in a report: id, severity, paragraph.
fn found(report: &Path, with: Option<&Path>) -> Vec<(String, String, u64)> {
    let mut args = vec!["check".as_ref(), "--json".as_ref(), "--report".as_ref(), report.as_os_str()];
    args.extend(with.map(Path::as_os_str));
    let output = jixiao(args);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let name = report.file_name().expect("a name").to_string_lossy().into_owned();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let own: Vec<Value> = lines.filter(|line| line["source"]["file"] == name.as_str()).collect();
    let [own] = own.as_slice() else { panic!("{text}{}", String::from_utf8_lossy(&output.stderr)) };
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    let findings = own["findings"].as_array().expect("findings");
    findings
        .iter()
        .map(|one| {
            assert!(!one["passage"]["words"].as_str().expect("words").is_empty(), "{one}");
            assert_eq!(one["reader"], "bureau", "{one}");
            (
                word(&one["id"]),
                word(&one["severity"]),
                one["passage"]["paragraph"].as_u64().expect("a number"),
            )
        })
        .collect()
}

#[test]
fn a_report_without_a_fault_has_no_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("报告.txt");
    std::fs::write(&path, REPORT).expect("a report");
    assert_eq!(found(&path, None), []);
    assert_eq!(found(&path, Some(&workbook(MODEL))), []);
}

#[test]
fn each_planted_error_is_found_at_its_paragraph() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = workbook(MODEL);
    let mut wrong = Vec::new();
    let all = planted();
    assert!(all.len() >= 40, "only {}", all.len());
    for (number, planted) in all.iter().enumerate() {
        assert_eq!(REPORT.matches(&planted.from).count(), 1, "{}", planted.from);
        let report = REPORT.replace(&planted.from, &planted.to);
        let path = folder.path().join(format!("{number}.txt"));
        std::fs::write(&path, &report).expect("a report");
        let line = report.lines().position(|line| line.contains(&planted.to)).expect("the change");
        for (way, with) in [("alone", None), ("case", Some(case.as_path()))] {
            if planted.way != "both" && planted.way != way {
                continue;
            }
            let found = found(&path, with);
            let near = |at: u64| {
                // What is missing is said where it would be.
                let missing = planted.id.ends_with("missing")
                    || planted.id.contains("without")
                    || planted.id == "report-contradicts-itself";
                missing || usize::try_from(at).is_ok_and(|at| at == line + 1)
            };
            let hit = found
                .iter()
                .any(|(id, severity, at)| *id == planted.id && *severity == planted.severity && near(*at));
            if !hit {
                wrong.push(format!("{way}: {} ({}): {found:?}", planted.id, planted.to));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
