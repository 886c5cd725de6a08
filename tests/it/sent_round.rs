//! A returned workbook is sent round: opened, edited and saved by a spreadsheet program, and scored again. What is a
//! person's stays, what is ours is refreshed, nothing is doubled.

use std::collections::BTreeMap;
use std::path::Path;

use jixiao::inner::sheet::Value;
use jixiao::inner::xlsx::Content;
use proptest::prelude::*;

use crate::issues::reply;
use crate::libreoffice::{Cells, cells, differences};
use crate::model_case::edited;
use crate::person::{Act, edit};
use crate::support::{MODEL, Scored, found, indicator, jixiao, score, workbook};

const SCORES: &str = "表2 评分表";

/// Scores the published case, lets a person edit it, and scores it again.
fn round(acts: impl FnOnce(&Cells) -> Vec<Act>, folder: &Path) -> (Scored, Scored) {
    let first = score(&workbook(MODEL), folder);
    let edited = edit(&first.path, &acts(&cells(&first.path)), folder);
    let second = score(&edited, &folder.join("再次"));
    (first, second)
}

fn sheets(cells: &Cells) -> Vec<&str> {
    let mut names: Vec<&str> =
        cells.keys().filter_map(|at| at.rsplit_once('!').map(|(sheet, _)| sheet)).collect();
    // The document that goes out follows from the state: while a score is a draft, there is none.
    names.retain(|name| *name != "'发文代拟稿'");
    names.dedup();
    names
}

fn text(cells: &Cells, at: &str) -> String {
    match cells.get(at) {
        Some((Value::Text(text), _)) => text.clone(),
        other => panic!("{at}: {other:?}"),
    }
}

/// What the person of the test below did, as the second run reports it.
fn assert_changes(second: &Scored) {
    let word = |change: &serde_json::Value, key: &str| change[key].as_str().unwrap_or("—").to_owned();
    let changes: Vec<String> = second.json["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|change| {
            ["cell", "indicator", "before", "after", "effect"].map(|key| word(change, key)).join(" | ")
        })
        .collect();
    assert_eq!(
        changes,
        [
            "'评分（复核稿）'!K9 | 预算编制科学性 | 4 | 3 | -1",
            "'评分（复核稿）'!L14 | 管理制度健全性 | ②未制定业务管理制度（1分），扣1分：未针对项目业务制定管理办法。（评价情况，表2 评分表J13） | 已与单位核实，同意扣1分。 | 0",
            "'评分（复核稿）'!I18 | “好差评”机制落实完成率 | 100.00% | 90.00% | -0.4",
        ]
    );
}

#[test]
fn a_workbook_saved_by_another_program_is_scored_again_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = round(|_| Vec::new(), folder.path());
    assert_eq!(first.json["other_sheets"], serde_json::json!(["项目概况", "字典"]));
    for part in ["score", "levels", "indicators", "declared", "reconciliation", "other_sheets"] {
        assert_eq!(first.json[part], second.json[part], "{part}");
    }
    // The other program calculated the agency's own formula, so that finding is gone; nothing else is.
    let findings = |scored: &Scored| {
        found(&scored.json)
            .into_iter()
            .filter(|finding| finding["id"] != "formula-without-value")
            .collect::<Vec<_>>()
    };
    assert_eq!(findings(&first), findings(&second));
    let (one, two) = (cells(&first.path), cells(&second.path));
    assert_eq!(sheets(&one), sheets(&two));
    assert_eq!(second.json["changes"], serde_json::json!([]));
    assert_eq!(differences(&second.path), Vec::<String>::new());
}

#[test]
fn what_a_person_did_in_another_program_stays_and_ours_is_refreshed() {
    let folder = tempfile::tempdir().expect("a folder");
    let acts = |all: &Cells| {
        let (_, reply) = reply(all, "equals-on-cost");
        vec![
            Act::Type { sheet: "问题清单", cell: reply, text: "已改为“≤61.2万元”。" },
            // The cells are named as they stand when the act is done.
            Act::InsertRow { sheet: SCORES, above: 1 },
            Act::Number { sheet: SCORES, cell: "K9".to_owned(), number: "3" },
            Act::Type {
                sheet: SCORES, cell: "L14".to_owned(), text: "已与单位核实，同意扣1分。"
            },
            Act::Number { sheet: SCORES, cell: "I18".to_owned(), number: "0.9" },
            Act::Rename { from: SCORES, to: "评分（复核稿）" },
            Act::Rename { from: "评分汇总", to: "汇总给局长" },
        ]
    };
    let (first, second) = round(acts, folder.path());
    let after = cells(&second.path);
    assert_eq!(text(&after, "'评分（复核稿）'!L14"), "已与单位核实，同意扣1分。");
    assert_eq!(after["'评分（复核稿）'!K9"], (Value::Number(3.into()), false), "a typed score stays");
    // The corrected actual scores again: 4 x 90 %.
    let corrected = indicator(&second.json, "“好差评”机制落实完成率");
    assert_eq!(corrected["score"], "3.6");
    assert!(after["'评分（复核稿）'!K18"].1, "its score is a formula again");
    let same = indicator(&second.json, "预算编制科学性");
    assert_eq!((&same["score"], &same["computed"]), (&"3".into(), &"4".into()));
    assert_eq!(same["override"]["verdict"], "draft", "nobody said why");
    let (_, reply) = reply(&after, "equals-on-cost");
    assert_eq!(text(&after, &format!("'问题清单'!{reply}")), "已改为“≤61.2万元”。");
    assert_changes(&second);
    let listed: Vec<&String> = after
        .iter()
        .filter(|(at, (value, _))| {
            let said = matches!(value, Value::Text(text) if text.contains("得分由 4 改为 3.6（−0.4）"));
            at.starts_with("'处理说明'!B") && said
        })
        .map(|(at, _)| at)
        .collect();
    assert_eq!(listed.len(), 1, "处理说明 lists the changes");
    // Which document goes out, if any, follows from the state of the case.
    let names = |cells: &_| sheets(cells).into_iter().filter(|name| *name != "'发文代拟稿'").count();
    assert_eq!(names(&cells(&first.path)), names(&after), "no sheet is doubled");
    assert!(after.contains_key("'汇总给局长'!A1") && !after.contains_key("'评分汇总'!A1"));
    assert_eq!(differences(&second.path), Vec::<String>::new());
}

#[test]
fn our_reason_goes_where_the_score_became_a_persons() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&workbook(MODEL), folder.path());
    assert!(text(&cells(&first.path), "'表2 评分表'!L7").contains("扣2分"));
    let typed = edited(&first.path, &[(SCORES, "K7", Content::Number("1".parse().expect("a number")))]);
    let second = score(&typed, &folder.path().join("再次"));
    assert!(
        !cells(&second.path).contains_key("'表2 评分表'!L7"),
        "the reason would stand there as the person's"
    );
}

/// Something a person types into a returned workbook: sheet, cell, content.
fn typed() -> impl Strategy<Value = (&'static str, String, Content)> {
    let number = |text: &str| Content::Number(text.parse().expect("a number"));
    prop_oneof![
        prop::sample::select(vec!["0.5", "0.9", "1", "1.2"]).prop_map(move |actual| (
            SCORES,
            "I17".to_owned(),
            number(actual)
        )),
        (4_u32..=25, 0_u32..=2)
            .prop_map(move |(row, score)| { (SCORES, format!("K{row}"), Content::Number(score.into())) }),
        (4_u32..=25).prop_map(|row| {
            (SCORES, format!("L{row}"), Content::Text("已与单位核实。".to_owned()))
        }),
        (4_u32..=11).prop_map(|row| {
            ("问题清单", format!("J{row}"), Content::Text(format!("第{row}行已整改。")))
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_person_types_stays_and_a_third_run_changes_nothing(
        acts in prop::collection::vec(typed(), 1..6),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let first = score(&workbook(MODEL), folder.path());
        let mut last: BTreeMap<(&str, String), Content> = BTreeMap::new();
        for (sheet, cell, content) in acts {
            last.insert((sheet, cell), content);
        }
        let edits: Vec<(&str, &str, Content)> =
            last.iter().map(|((sheet, cell), content)| (*sheet, cell.as_str(), content.clone())).collect();
        let second = score(&edited(&first.path, &edits), &folder.path().join("二"));
        let (before, after) = (cells(&first.path), cells(&second.path));
        for ((sheet, cell), content) in &last {
            if *sheet == "问题清单" {
                // A reply goes with its finding, if that is still one.
                let message = format!("'{sheet}'!{}", cell.replace('J', "G"));
                let is_there = after.iter().find(|(at, held)| at.starts_with("'问题清单'!G") && **held == before[&message]);
                if let (Some((at, _)), Content::Text(typed)) = (is_there, content) {
                    prop_assert_eq!(text(&after, &at.replace("!G", "!J")), typed.clone());
                }
                continue;
            }
            let (held, is_formula) = &after[&format!("'{sheet}'!{cell}")];
            let same = match (content, held) {
                (Content::Number(typed), Value::Number(held)) => typed == held,
                (Content::Text(typed), Value::Text(held)) => typed == held,
                _ => false,
            };
            prop_assert!(same && !is_formula, "{sheet} {cell}: {held:?}");
        }
        let names = |cells: &_| -> Vec<String> {
            sheets(cells).into_iter().map(|name| name.to_string()).filter(|name| name != "'发文代拟稿'").collect()
        };
        prop_assert_eq!(names(&before), names(&after));
        let third = score(&second.path, &folder.path().join("三"));
        prop_assert_eq!(&third.json["changes"], &serde_json::json!([]));
        prop_assert_eq!(&third.json["indicators"], &second.json["indicators"]);
        let told = ["'处理说明'", "'_jixiao'", "'问题清单'", "'发文代拟稿'"];
        let ours = |at: &&String| !told.iter().any(|sheet| at.starts_with(sheet));
        let again = cells(&third.path);
        let differ: Vec<&String> =
            after.keys().chain(again.keys()).filter(ours).filter(|at| after.get(*at) != again.get(*at)).collect();
        prop_assert!(differ.is_empty(), "{:?}", differ);
        let verified = jixiao(["verify".as_ref(), second.path.as_os_str()]);
        prop_assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
    }
}
