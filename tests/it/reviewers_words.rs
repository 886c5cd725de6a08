//! What a reviewer types stays his: words and numbers beside an indicator that is gone, reasons that come a day later, and
//! what stands beside scores that no rule gives.

use std::path::Path;

use jixiao::inner::sheet::Value;
use jixiao::inner::xlsx::{Cached, Content};
use serde_json::Value as Json;

use crate::findings::{SELF, SHEET, changed};
use crate::issues::{items, reply};
use crate::libreoffice::{Cells, cells, recalculate};
use crate::model_case::edited;
use crate::overrides::{
    DETAIL, NAME, REASON, SUMMARY, again, first, grade_row, input, is, number, result, said, text, typing,
    verdict, whole,
};
use crate::person::{Act, edit};
use crate::support::{MODEL, Scored, indicator, jixiao, score, workbook};
use crate::workbook_pages::write;

/// How many cells hold these words.
fn holding(path: &Path, words: &str) -> usize {
    let all = cells(path);
    let holds = |value: &Value| matches!(value, Value::Text(text) if text.contains(words));
    all.values().filter(|(value, _)| holds(value)).count()
}

/// A line break that came as two characters (a text pasted into the cell) goes back as two characters: nothing of what a
/// person typed is made even.
#[test]
fn a_line_break_of_two_characters_stays_two_characters() {
    const TYPED: &str = "已补充佐证材料。\r\n见附件二。\r\n\r\n王五";
    let folder = tempfile::tempdir().expect("a folder");
    let before = score(&workbook(MODEL), folder.path());
    let all = cells(&before.path);
    let (row, _) = items(&all, "问题清单").into_iter().next().expect("a finding");
    let (reply, reason) = (format!("J{row}"), input(&all, "改定理由"));
    let acts = [("问题清单", reply.as_str(), text(TYPED)), (DETAIL, reason.as_str(), text(TYPED))];
    let mut round = again(&before, &acts, 2);
    for number in 3..5 {
        let now = cells(&round.path);
        let holds = now.iter().filter(|(_, (value, _))| *value == Value::Text(TYPED.to_owned()));
        let sheets: Vec<&str> = holds.map(|(at, _)| at.split('!').next().expect("a sheet")).collect();
        assert!(
            ["'评分明细'", "'问题清单'"].iter().all(|sheet| sheets.contains(sheet)),
            "{number}: {sheets:?}"
        );
        round = again(&round, &[], number);
    }
}

/// 整改情况 may point to where the mended figure stands: what follows it there follows it when the workbook has come back.
#[test]
fn a_formula_typed_beside_a_finding_stays_a_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = score(&workbook(MODEL), folder.path());
    let all = cells(&before.path);
    let (row, ids) = items(&all, "问题清单").into_iter().next().expect("a finding");
    let (cell, id) = (format!("J{row}"), &ids[0]);
    let formula = "\"现为\"&'表2 评分表'!$B$4".to_owned();
    let cached = Cached::Text("现为".to_owned());
    let typed = again(&before, &[("问题清单", &cell, Content::Formula { text: formula, cached })], 2);
    for round in [again(&typed, &[], 3), typed] {
        let now = cells(&round.path);
        let (value, is_formula) = &now[&format!("'问题清单'!{}", reply(&now, id).1)];
        assert!(*is_formula && *value == Value::Text("现为".to_owned()), "{value:?}");
    }
}

#[test]
fn words_beside_a_deleted_indicator_wait_until_a_person_says_what_becomes_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let stands = again(&before, &typing(&whole(&cells(&before.path))), 2);
    assert_eq!((verdict(&stands), result(&stands)), ("stands", is("90", Some("优"))));

    let without = edit(&stands.path, &[Act::DeleteRow { sheet: SHEET.0, row: 4 }], folder.path());
    let mut round = score(&without, &folder.path().join("第3次"));
    for number in 4..6 {
        assert_eq!(said(&round, "override-unclear").len(), 1, "round {number}");
        assert!(said(&round, "override-unclear")[0].contains(REASON));
        assert_eq!(round.json["score"]["grade"], Json::Null, "round {number}");
        assert!(holding(&round.path, REASON) > 0, "round {number}");
        round = again(&round, &[], number);
    }
    let (list, cell) = reply(&cells(&round.path), "override-unclear");
    let mut settled = again(&round, &[(list, cell.as_str(), text("指标已取消，改定作废。"))], 6);
    for number in 7..9 {
        assert!(said(&settled, "override-unclear").is_empty());
        assert!(holding(&settled.path, REASON) > 0, "the words stand under 以前填写的整改情况");
        settled = again(&settled, &[], number);
    }
}

#[test]
fn words_in_the_record_of_another_project_are_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let stands = again(&before, &typing(&whole(&cells(&before.path))), 2);
    let other = [(SHEET.0, "A2", text("项目名称：村道亮化    评价年度：2022年"))];
    let after = again(&stands, &other, 3);
    assert_eq!(said(&after, "record-of-another-workbook").len(), 1);
    assert!(said(&after, "override-unclear")[0].contains(REASON), "{:?}", said(&after, "override-unclear"));
    assert_eq!(after.json["score"]["grade"], Json::Null);
    let later = again(&after, &[], 4);
    assert!(said(&later, "override-unclear")[0].contains(REASON));
}

#[test]
fn a_reason_written_into_the_form_a_day_later_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let draft = again(&before, &[(SHEET.0, "K4", number("50"))], 2);
    let by = input(&cells(&draft.path), "改定人");
    let mut stands = again(&draft, &[(SHEET.0, "L4", text(REASON)), (DETAIL, by.as_str(), text("张三"))], 3);
    for number in 4..6 {
        assert_eq!((verdict(&stands), result(&stands)), ("stands", is("90", Some("优"))), "round {number}");
        assert_eq!(indicator(&stands.json, NAME)["override"]["reason"], REASON);
        stands = again(&stands, &[], number);
    }
}

#[test]
fn a_formula_of_ours_that_stands_in_another_cell_is_no_typed_score() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let copied = edit(&before.path, &[Act::Copy { sheet: SHEET.0, from: "K5", to: "K4" }], folder.path());
    let after = score(&copied, &folder.path().join("第2次"));
    assert_eq!((verdict(&after), result(&after)), ("none", is("94", Some("优"))));
}

#[test]
fn no_grade_that_is_typed_stands_over_a_draft() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let all = cells(&before.path);
    let typed = [("改定等级", "良"), ("改定理由", "存在违规"), ("改定人", "李四")];
    let typed = typed.map(|(label, words)| (SUMMARY, grade_row(&all, label), text(words)));
    let mut typed = typing(&typed);
    typed.push((SHEET.0, "K4", number("50")));
    assert_eq!(result(&again(&before, &typed, 2)), is("90", None));
}

#[test]
fn what_verify_remembers_includes_what_reviewers_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let typed = whole(&cells(&before.path));
    let stands = again(&before, &typing(&typed), 2);
    let verify = |path: &Path| {
        let output = jixiao(["verify".as_ref(), path.as_os_str()]);
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    assert_eq!(verify(&stands.path).0, Some(0));
    for (_, cell, _) in &typed {
        let (code, said) = verify(&edited(&stands.path, &[(DETAIL, cell.as_str(), number("60"))]));
        assert_eq!((code, said.contains(cell.as_str())), (Some(1), true), "{said}");
    }
    let grade = grade_row(&cells(&stands.path), "改定等级");
    let (code, said) = verify(&edited(&stands.path, &[(SUMMARY, grade.as_str(), text("差"))]));
    assert_eq!((code, said.contains(grade.as_str())), (Some(1), true), "{said}");
}

/// The form with one criterion that leaves the score to a person.
fn judged(folder: &Path) -> Scored {
    let pages = changed(
        &[SHEET],
        &[("达到指标值得满分，未达到的按完成比例得分。 | 100%", "由评审专家综合打分。 | 100%")],
    );
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    score(&write(&pages, folder), &folder.join("第1次"))
}

#[test]
fn a_person_says_why_beside_a_score_that_no_rule_gives() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = judged(folder.path());
    let all = cells(&before.path);
    let [reason, by] = ["改定理由", "改定人"].map(|title| input(&all, title));
    let typed = [
        (SHEET.0, "K4", number("45")),
        (DETAIL, reason.as_str(), text("两处未完工")),
        (DETAIL, by.as_str(), text("王评委")),
    ];
    let mut after = again(&before, &typed, 2);
    for number in 3..5 {
        let (total, _) = result(&after);
        assert_eq!(total, "85");
        assert_eq!(said(&after, "sheet-of-ours-changed"), Vec::<String>::new());
        let shown = cells(&after.path);
        let Value::Text(note) = &shown[&format!("'{DETAIL}'!M4")].0 else { panic!("a note") };
        assert!(note.starts_with("人工评分，扣15分，理由：两处未完工，评分人：王评委。"), "{note}");
        after = again(&after, &[], number);
    }
}

#[test]
fn a_score_of_the_agencys_own_is_called_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let round = score(&write(&[SELF], folder.path()), &folder.path().join("第1次"));
    let name = "沿线居民出行条件";
    assert_eq!(indicator(&round.json, name)["decided_by"], "单位自评");
    let row_of = |all: &Cells| {
        let at = all.iter().find(|(at, (value, _))| {
            at.starts_with(&format!("'{DETAIL}'!")) && *value == Value::Text(name.into())
        });
        at.expect("its row")
            .0
            .rsplit_once('!')
            .expect("a cell")
            .1
            .trim_start_matches(char::is_alphabetic)
            .to_owned()
    };
    let beside = |all: &Cells, title: &str| {
        let column = input(all, title).trim_end_matches(char::is_numeric).to_owned();
        match &all[&format!("'{DETAIL}'!{column}{}", row_of(all))].0 {
            Value::Text(text) => text.clone(),
            other => panic!("{title}: {other:?}"),
        }
    };
    let all = cells(&round.path);
    assert_eq!(beside(&all, "状态"), "待核定（单位自评）");
    // What a reviewer then types on our sheet is not.
    let given = input(&all, "改定得分").trim_end_matches(char::is_numeric).to_owned() + &row_of(&all);
    let typed = edited(&round.path, &[(DETAIL, given.as_str(), number("20"))]);
    assert_eq!(beside(&cells(&recalculate(&typed, folder.path())), "状态"), "人工改定（初稿）");
}
