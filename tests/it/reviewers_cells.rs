//! What a person typed into a cell of ours is the person's: formulas and words come back as they were typed, and what was
//! changed by force is said as long as it stands.

use std::fs;
use std::path::Path;

use jixiao::inner::sheet::{Value, Workbook};
use jixiao::inner::xlsx::{Cached, Content};
use serde_json::Value as Json;

use crate::findings::SHEET;
use crate::libreoffice::cells;
use crate::overrides::{DETAIL, again, first, input, is, result, said, text, typing, verdict, whole};

/// The formula in a cell of 评分明细.
fn formula_of(path: &Path, cell: &str) -> String {
    let file = fs::File::open(path).expect("the workbook");
    let mut workbook = Workbook::open(file).expect("a workbook");
    let info = workbook.sheets().iter().find(|info| info.name == DETAIL).expect("the sheet").clone();
    let sheet = workbook.read(&info, None).expect("readable");
    sheet.get(cell.parse().expect("an address")).formula.clone().expect("a formula")
}

#[test]
fn a_formula_that_a_reviewer_types_stays_and_counts_by_its_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let all = cells(&before.path);
    let typed = whole(&all);
    let (cell, by) = (typed[0].1.as_str(), input(&all, "改定人"));
    let formula = |value: Cached| Content::Formula { text: "E4-10".to_owned(), cached: value };
    let of_name =
        Content::Formula { text: "\"张\"&\"三\"".to_owned(), cached: Cached::Text("张三".to_owned()) };
    let mut acts = typing(&typed);
    acts[0].2 = formula(Cached::Number("50".parse().expect("a number")));
    acts[2].2 = of_name;
    let mut scored = again(&before, &acts, 2);
    for round in 3..5 {
        assert_eq!((verdict(&scored), result(&scored)), ("stands", is("90", Some("优"))));
        let held = |cell: &str| formula_of(&scored.path, cell);
        assert_eq!((held(cell), held(&by)), ("E4-10".to_owned(), "\"张\"&\"三\"".to_owned()));
        scored = again(&scored, &[], round);
        assert_eq!(scored.json["changes"], Json::Array(vec![]));
    }
    // Without a result it is asked about, and stays.
    let acts = [(DETAIL, cell, formula(Cached::Text(String::new())))];
    let asked = again(&before, &acts, 5);
    let score = &asked.json["score"];
    assert_eq!(
        (verdict(&asked), score["total"].as_str(), &score["grade"]),
        ("unreadable", Some("94"), &Json::Null)
    );
    assert!(
        said(&asked, "override-unclear")[0].contains("是公式“=E4-10”"),
        "{:?}",
        said(&asked, "override-unclear")
    );
    assert_eq!(formula_of(&asked.path, cell), "E4-10");
}

#[test]
fn a_persons_words_come_back_letter_for_letter() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let mut typed = whole(&cells(&before.path));
    let odd = "现场\u{202e}复核_x001B_少3公里";
    typed[1].2 = text(odd);
    let after = again(&before, &typing(&typed), 2);
    let now = cells(&after.path);
    let (reason, _) = &now[&format!("'{DETAIL}'!{}", typed[1].1)];
    assert_eq!(*reason, Value::Text(odd.to_owned()));
    // Shown elsewhere, what turns text round is made visible.
    let turning: Vec<&String> = now
        .iter()
        .filter(|(_, (value, _))| matches!(value, Value::Text(text) if text.contains('\u{202e}')))
        .map(|(at, _)| at)
        .collect();
    assert_eq!(turning, [&format!("'{DETAIL}'!{}", typed[1].1)]);
    let (shown, _) = &now[&format!("'{}'!L4", SHEET.0)];
    assert!(matches!(shown, Value::Text(text) if text.contains("<U+202E>")), "{shown:?}");
    let again = again(&after, &[], 3);
    assert_eq!((verdict(&again), again.json["changes"].clone()), ("stands", Json::Array(vec![])));
}

#[test]
fn what_was_changed_by_force_on_our_sheets_is_said_as_long_as_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let forced = again(&before, &[(DETAIL, "B4", text("别的指标"))], 2);
    assert_eq!(
        said(&forced, "sheet-of-ours-changed"),
        ["工作表“评分明细”B4 有改动，原样保留；本次的“评分明细”写在新的工作表中。"]
    );
    let mut scored = again(&forced, &[], 3);
    for round in 4..6 {
        assert_eq!(
            said(&scored, "sheet-of-ours-changed"),
            ["工作表“评分明细”B4 在以前返回后有改动，原样保留，没有采用；现行内容写在新的工作表中。"]
        );
        scored = again(&scored, &[], round);
    }
    assert_eq!(cells(&scored.path)[&format!("'{DETAIL}'!B4")].0, Value::Text("别的指标".to_owned()));
}
