//! The published case: 22 indicators, 87.5 points, grade 良; the figures are those of the evaluation report.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use jixiao::inner::model::FindingId;
use jixiao::inner::sheet::Value;
use jixiao::inner::xlsx::{CellEdit, Content, PackageEdits, StylePatch, XlsxPackage};

use crate::libreoffice::{cells, differences, recalculate};
use crate::package_parts::{Stored, stored};
use crate::support::{MODEL, TWIN, found, indicator, retouched, score, workbook};

/// Level 2 and its points, in the order of the report.
const LEVELS: [(&str, &str, &str); 12] = [
    ("决策", "项目立项", "5"),
    ("决策", "绩效目标", "2"),
    ("决策", "资金投入", "6"),
    ("过程", "资金管理", "9"),
    ("过程", "组织实施", "3"),
    ("产出", "产出数量", "10"),
    ("产出", "产出质量", "10"),
    ("产出", "产出时效", "10"),
    ("产出", "产出成本", "5"),
    ("效益", "社会效益", "7.5"),
    ("效益", "可持续影响", "10"),
    ("满意度", "服务对象满意度", "10"),
];

const DEDUCTIONS: [(&str, &str); 4] = [
    ("绩效指标明确性", "2"),
    ("管理制度健全性", "1"),
    ("制度执行有效性", "2"),
    ("办事指南发布覆盖率", "7.5"),
];

fn same(value: &serde_json::Value, expected: &str) -> bool {
    let number: jixiao::inner::base::Number =
        value.as_str().expect("a decimal string").parse().expect("a decimal");
    number == expected.parse().expect("a decimal")
}

#[test]
fn both_copies_score_as_the_report_does() {
    for name in [MODEL, TWIN] {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(name), folder.path());
        let json = &scored.json;
        assert_eq!(scored.code, 0, "{name}");
        assert_eq!(json["project"]["name"], "办公大厅运行维护费");
        assert_eq!(json["project"]["year"], 2021);
        assert!(same(&json["score"]["total"], "87.5"), "{name}: {}", json["score"]);
        assert!(same(&json["score"]["full"], "100"));
        assert_eq!(json["score"]["grade"], "良");
        assert_eq!(json["score"]["complete"], true);
        assert_eq!(json["indicators"].as_array().expect("indicators").len(), 22);
        let levels = json["levels"].as_array().expect("levels");
        assert_eq!(levels.len(), LEVELS.len());
        for (level, (level1, level2, points)) in levels.iter().zip(LEVELS) {
            assert_eq!((level["level1"].as_str(), level["level2"].as_str()), (Some(level1), Some(level2)));
            assert!(same(&level["score"], points), "{name}: {level}");
        }
        let lost: Vec<_> = json["indicators"]
            .as_array()
            .expect("indicators")
            .iter()
            .filter(|i| !same(&i["deduction"], "0"))
            .map(|i| i["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(lost, DEDUCTIONS.map(|(name, _)| name));
        for (indicator_name, points) in DEDUCTIONS {
            let found = indicator(json, indicator_name);
            assert!(same(&found["deduction"], points), "{found}");
            let note = found["note"].as_str().expect("a note");
            assert!(note.contains(&format!("，扣{points}分：")), "{found}");
        }
    }
}

#[test]
fn the_returned_workbook_holds_the_scores_and_recalculates_to_them() {
    for name in [MODEL, TWIN] {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(name), folder.path());
        let cells = cells(&scored.path);
        let value = |at: &str| cells.get(at).map(|(value, _)| value.clone());
        assert_eq!(
            value("'表2 评分表'!K26"),
            Some(Value::Number("87.5".parse().expect("a number"))),
            "{name}"
        );
        assert_eq!(value("'表2 评分表'!F27"), Some(Value::Text("良".to_owned())));
        assert_eq!(value("'表2 评分表'!K23"), Some(Value::Number("7.5".parse().expect("a number"))));
        for row in 4..=25 {
            assert!(cells[&format!("'表2 评分表'!K{row}")].1, "K{row} is a live formula");
        }
        let Some(Value::Text(note)) = value("'表2 评分表'!L13") else { panic!("a deduction note") };
        assert_eq!(
            note,
            "②未制定业务管理制度（1分），扣1分：未针对项目业务制定管理办法。（评价情况，表2 评分表J13）"
        );
        assert_eq!(value("'表2 评分表'!L4"), Some(Value::Empty), "no points off, no note");
        let faults: Vec<String> = differences(&scored.path)
            .into_iter()
            // The agency's own sum came without a value and is left as it came.
            .filter(|fault| !fault.starts_with("'表2 评分表'!F26:"))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}

/// Edits cells of a workbook the way a person does who takes the protection of its sheets away first, and gives the edited
/// copy.
pub(crate) fn edited(path: &Path, cells: &[(&str, &str, Content)]) -> PathBuf {
    let protected = RefCell::new(BTreeMap::new());
    let open = retouched(path, |name, part| match part.split_once("<sheetProtection") {
        Some((before, rest)) => {
            let (protection, after) = rest.split_once("/>").expect("the end of the element");
            protected.borrow_mut().insert(name.to_owned(), format!("<sheetProtection{protection}/>"));
            format!("{before}{after}")
        }
        None => part,
    });
    let mut package = XlsxPackage::open(fs::File::open(open).expect("the workbook")).expect("a package");
    let cells = cells.iter().map(|(sheet, cell, content)| CellEdit {
        sheet: (*sheet).to_owned(),
        cell: cell.parse().expect("an address"),
        content: Some(content.clone()),
        style: StylePatch::default(),
    });
    let edits = PackageEdits { cells: cells.collect(), ..PackageEdits::default() };
    let mut out = Cursor::new(Vec::new());
    package.write(&edits, &mut out).expect("an edited workbook");
    let copy = path.with_file_name("改过.xlsx");
    fs::write(&copy, out.into_inner()).expect("the copy");
    // It is protected again: what a person unprotects is said.
    let shut = retouched(&copy, |name, part| match protected.borrow().get(name) {
        Some(protection) => part.replacen("</sheetData>", &format!("</sheetData>{protection}"), 1),
        None => part,
    });
    fs::rename(shut, &copy).expect("the copy");
    copy
}

/// The value of a cell after LibreOffice has recalculated the workbook.
fn recalculated(path: &Path, wanted: &[&str]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let all = cells(&recalculate(path, folder.path()));
    wanted.iter().map(|at| all.get(*at).map_or(Value::Empty, |(value, _)| value.clone())).collect()
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().expect("a number"))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn a_corrected_actual_scores_again_live() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let corrected = Content::Number("0.9".parse().expect("a number"));
    let copy = edited(&scored.path, &[("表2 评分表", "I16", corrected)]);
    let wanted = ["'表2 评分表'!K16", "'表2 评分表'!K26", "'表2 评分表'!F27", "'评分汇总'!D9"];
    assert_eq!(recalculated(&copy, &wanted), [number("2.7"), number("87.2"), text("良"), number("9.7")]);
}

#[test]
fn an_edited_text_makes_score_total_and_grade_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let copy = edited(&scored.path, &[("表2 评分表", "I11", Content::Text("50/61.2".to_owned()))]);
    let wanted = ["'表2 评分表'!K11", "'表2 评分表'!K26", "'表2 评分表'!F27"];
    assert_eq!(recalculated(&copy, &wanted), [text("待评分（原表已改动）"), text("待评分"), text("未定级")]);
}

#[test]
fn what_we_did_not_mean_to_change_is_unchanged() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let (before, after) = (stored(&workbook(MODEL)), stored(&scored.path));
    let changed: Vec<&str> = before
        .iter()
        .filter(|(name, entry)| {
            after.get(*name).is_none_or(|now| {
                (now.method.as_str(), now.crc, &now.bytes) != (&entry.method, entry.crc, &entry.bytes)
            })
        })
        .map(|(name, _)| name.as_str())
        .collect();
    // Sheets that got scores or notes with what hangs on them, and the package's lists.
    assert_eq!(
        changed,
        [
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "xl/comments/comment1.xml",
            "xl/drawings/commentsDrawing1.vml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet2.xml",
            "xl/worksheets/sheet3.xml",
            "xl/worksheets/sheet5.xml",
            "xl/worksheets/sheet6.xml",
        ]
    );
    let order = |entries: &BTreeMap<String, Stored>| {
        let mut names: Vec<(usize, String)> = entries.iter().map(|(n, e)| (e.order, n.clone())).collect();
        names.sort();
        names.into_iter().map(|(_, name)| name).filter(|name| before.contains_key(name)).collect::<Vec<_>>()
    };
    assert_eq!(order(&before), order(&after), "the entries keep their order");
    // Every cell that held something holds the same, and only blank cells of our columns were filled.
    let (old, new) = (cells(&workbook(MODEL)), cells(&scored.path));
    for (at, cell) in &old {
        assert_eq!(new.get(at), Some(cell), "{at}");
    }
    let filled: Vec<&String> = new
        .keys()
        .filter(|at| {
            !old.contains_key(*at) && old.keys().any(|o| o.split('!').next() == at.split('!').next())
        })
        .collect();
    assert_eq!(
        filled.len(),
        22 + 2 + 22,
        "22 scores, total and grade, 22 reasons, most of them blank: {filled:?}"
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (a, b) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let first = fs::read(score(&workbook(MODEL), a.path()).path).expect("the result");
    let second = fs::read(score(&workbook(MODEL), b.path()).path).expect("the result");
    assert!(first == second, "two runs differ");
}

#[test]
fn a_result_is_never_written_over_a_file_that_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&workbook(MODEL), folder.path()).path;
    fs::write(&first, "a person's file").expect("written");
    let second = score(&workbook(MODEL), folder.path()).path;
    assert_ne!(first, second);
    assert_eq!(fs::read_to_string(&first).expect("still there"), "a person's file");
}

#[test]
fn scoring_the_returned_workbook_again_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&workbook(MODEL), folder.path());
    let again = tempfile::tempdir().expect("a folder");
    let second = score(&first.path, again.path());
    for part in ["score", "levels", "indicators", "declared", "reconciliation"] {
        assert_eq!(first.json[part], second.json[part], "{part}");
    }
    assert_eq!(found(&first.json), found(&second.json));
    let (mut one, mut two) = (cells(&first.path), cells(&second.path));
    // 处理说明 and the record name the source with its hash, 问题清单 what became of each finding since, the document what was
    // said before.
    let fate = |at: &String| {
        at == "'问题清单'!A2" || ["'问题清单'!K", "'发文代拟稿'!F"].iter().any(|of| at.starts_with(of))
    };
    let of_the_run = |at: &String| at.starts_with("'处理说明'") || at.starts_with("'_jixiao'") || fate(at);
    one.retain(|at, _| !of_the_run(at));
    two.retain(|at, _| !of_the_run(at));
    let differ: Vec<&String> =
        one.keys().chain(two.keys()).filter(|at| one.get(*at) != two.get(*at)).collect();
    assert_eq!(differ, Vec::<&String>::new());
}

#[test]
fn what_a_person_changed_in_a_returned_workbook_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&workbook(MODEL), folder.path());
    let copy = edited(
        &first.path,
        &[
            ("表2 评分表", "L13", Content::Text("已与单位核实，同意扣分。".to_owned())),
            ("表2 评分表", "K7", Content::Number("1".parse().expect("a number"))),
            ("问题清单", "J4", Content::Text("已补充指标。".to_owned())),
        ],
    );
    let again = tempfile::tempdir().expect("a folder");
    let second = score(&copy, again.path());
    let all = cells(&second.path);
    let value = |at: &str| all.get(at).map_or(Value::Empty, |(value, _)| value.clone());
    assert_eq!(value("'表2 评分表'!L13"), text("已与单位核实，同意扣分。"));
    assert_eq!(all["'表2 评分表'!K7"], (number("1"), false), "a person's score is no formula of ours");
    assert!(all.values().any(|(value, _)| *value == text("已补充指标。")), "整改情况 is carried over");
    let mut listed = 0;
    for id in FindingId::ALL {
        let of_it = |at: &&String| at.starts_with("'问题清单'!F") && value(at) == text(id.title());
        for at in all.keys().filter(of_it) {
            // Few have one: it stands with what is asked, and takes no column of its own.
            let asked = value(&at.replace("!F", "!H"));
            let beside = |ground: &str| matches!(&asked, Value::Text(asked) if asked.contains(ground));
            assert!(id.ground().is_none_or(beside), "{at} stands beside its source: {asked:?}");
            listed += 1;
        }
    }
    assert_eq!((value("'问题清单'!I3"), listed > 3), (Value::Empty, true));
    // A score typed over ours without a word why is a draft: it is in the total, and there is no grade.
    assert!(same(&second.json["score"]["total"], "88.5"), "{}", second.json["score"]);
    assert_eq!(second.json["score"]["grade"], serde_json::Value::Null);
    let ids = |json: &serde_json::Value| -> Vec<String> {
        let findings = json["findings"].as_array().expect("findings");
        findings.iter().map(|f| format!("{} {}", f["id"], f["cell"])).collect()
    };
    let new: Vec<String> =
        ids(&second.json).into_iter().filter(|id| !ids(&first.json).contains(id)).collect();
    assert_eq!(
        new,
        ["\"override-incomplete\" \"'表2 评分表'!K7\"", "\"sum-before-override\" \"'得分一览表'!D4\""]
    );
}

#[test]
fn a_checklist_without_an_actual_follows_the_ticks() {
    let folder = tempfile::tempdir().expect("a folder");
    let blank = edited(&workbook_copy(MODEL, folder.path()), &[("表2 评分表", "I4", Content::Blank)]);
    let scored = score(&blank, folder.path());
    assert_eq!(indicator(&scored.json, "立项依据充分性")["state"], "pending");
    assert_eq!(scored.json["score"]["complete"], false);
    assert_eq!(scored.json["score"]["grade"], serde_json::Value::Null);
    let all = cells(&scored.path);
    let ticks: Vec<&String> = all
        .iter()
        .filter(|(at, (value, _))| {
            at.starts_with("'取值表'!B") && matches!(value, Value::Text(t) if t.ends_with("项是否满足"))
        })
        .map(|(at, _)| at)
        .collect();
    let row_of = |at: &String| at.trim_start_matches("'取值表'!B").parse::<u32>().expect("a row");
    let mut rows: Vec<u32> = ticks.into_iter().map(row_of).collect();
    rows.sort_unstable();
    // The first four rows are the items of the first indicator.
    let ticked: Vec<(String, Content)> = rows[..4]
        .iter()
        .zip(["是", "是", "否", "是"])
        .map(|(row, tick)| (format!("F{row}"), Content::Text(tick.to_owned())))
        .collect();
    let edits: Vec<(&str, &str, Content)> =
        ticked.iter().map(|(cell, content)| ("取值表", cell.as_str(), content.clone())).collect();
    let copy = edited(&scored.path, &edits);
    let wanted = ["'表2 评分表'!K4", "'表2 评分表'!K26", "'表2 评分表'!F27"];
    assert_eq!(recalculated(&scored.path, &wanted), [text("待评分"), text("待评分"), text("未定级")]);
    assert_eq!(recalculated(&copy, &wanted), [number("1.5"), number("87"), text("良")]);
    let again = tempfile::tempdir().expect("a folder");
    let second = score(&copy, again.path());
    let found = indicator(&second.json, "立项依据充分性");
    assert!(same(&found["score"], "1.5"), "the ticks are carried over: {found}");
    // The reason and the state follow the ticks, in the words of the next run.
    let said = ["'评分明细'!M4", "'评分明细'!N4"];
    let [Value::Text(to_do), waiting] = &recalculated(&scored.path, &said)[..] else { panic!("what to do") };
    assert!(to_do.contains("逐项选择") && *waiting == text("待评分"), "{to_do} {waiting:?}");
    let note = found["note"].as_str().expect("a note");
    assert!(note.starts_with('③') && note.contains("不符合") && note.contains("，扣0.5分"), "{note}");
    assert_eq!(recalculated(&copy, &said), [text(note), text("测算")]);
}

fn workbook_copy(name: &str, folder: &Path) -> PathBuf {
    let copy = folder.join(name);
    fs::copy(workbook(name), &copy).expect("a copy");
    copy
}

#[test]
fn ticks_of_two_indicators_of_one_name_are_kept_apart() {
    let sheet = "
农村公路养护项目支出绩效评价评分表
项目名称：农村公路养护
一级指标 | 二级指标 | 三级指标 | 分值 | 评价标准 | 实际完成值 | 得分
决策 | 立项 | 制度健全性 | 40 | ①有办法；②有细则。每缺一项扣20分。 | |
过程 | 管理 | 制度健全性 | 60 | ①有台账；②有公示。每缺一项扣30分。 | |
合计 | | | 100 | | |
";
    let folder = tempfile::tempdir().expect("a folder");
    let file = crate::workbook_pages::write(&[("评分表", sheet)], folder.path());
    let first = score(&file, folder.path());
    assert_eq!(first.json["score"]["complete"], false, "{}", first.json);
    // The person ticks 是, 否 for the first and 是, 是 for the second.
    let all = cells(&first.path);
    let mut ticks: Vec<u32> = all
        .iter()
        .filter(|(at, (value, _))| {
            at.starts_with("'取值表'!B") && matches!(value, Value::Text(text) if text.ends_with("项是否满足"))
        })
        .map(|(at, _)| at.rsplit('B').next().unwrap().parse().unwrap())
        .collect();
    ticks.sort_unstable();
    assert_eq!(ticks.len(), 4);
    let answers: Vec<(String, &str)> =
        ticks.iter().map(|row| format!("F{row}")).zip(["是", "否", "是", "是"]).collect();
    let edits: Vec<(&str, &str, Content)> = answers
        .iter()
        .map(|(cell, tick)| ("取值表", cell.as_str(), Content::Text((*tick).to_owned())))
        .collect();
    let second = score(&edited(&first.path, &edits), folder.path());
    let scores: Vec<_> =
        second.json["indicators"].as_array().unwrap().iter().map(|i| i["score"].as_str().unwrap()).collect();
    assert_eq!(scores, ["20", "60"]);
}
