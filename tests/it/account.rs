//! Nothing passes unread: every cell of a form has one fate, and what a person is asked about a column is answered on
//! 处理说明 and holds from then on.

use std::collections::BTreeSet;
use std::path::Path;

use jixiao::inner::check::{self, Facts};
use jixiao::inner::form::read_case;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::{Case, Reconciliation, Severity, SourceId};
use jixiao::inner::score;
use jixiao::inner::sheet::{Cell, Sheet};

use crate::findings::{SELF, SHEET};
use crate::libreoffice::{cells, differences};
use crate::person::{Act, edit};
use crate::sheets::sheets;
use crate::support::{jixiao, score as scored, workbook};
use crate::walk::{SHIPPED, pictures};
use crate::workbook_pages::write;

/// All sheets of forms in the tests: the shipped workbooks and every picture.
fn everything() -> Vec<(String, Vec<Sheet>)> {
    let mut all: Vec<(String, Vec<Sheet>)> = pictures();
    for entry in std::fs::read_dir(workbook("")).expect("the workbooks") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|ending| ending == "xlsx") {
            all.push((path.display().to_string(), sheets(&path)));
        }
    }
    all
}

#[test]
fn the_account_of_every_form_adds_up() {
    let mut forms = 0;
    for (name, sheets) in everything() {
        for case in read_case(&sheets, &SHIPPED, &SourceId::default()).unwrap_or_default() {
            for form in &case.forms {
                assert!(form.account.adds_up(), "{name}: {:?}", form.account);
                if form.account.cells == 0 {
                    continue;
                }
                forms += 1;
                // As many cells as the sheet holds in the form's rows.
                let sheet = sheets.iter().find(|sheet| sheet.id == form.sheet).expect("its sheet");
                let (first, last) = form.account.rows;
                let held = sheet.cells().filter(|(at, _)| (first..=last).contains(&at.row())).count();
                assert_eq!(form.account.cells, held, "{name}");
            }
        }
    }
    assert!(forms > 150, "{forms}");
}

/// A form's verdict, as far as it accuses or grades.
struct Verdict {
    total: Option<String>,
    grade: Option<String>,
    errors: BTreeSet<String>,
    indicators: usize,
}

fn verdict(case: &Case) -> Verdict {
    let scored = score::run(case).expect("in range");
    let scorecard = scored.as_ref().map(|scored| &scored.card);
    let findings = check::run(&Facts { case, scorecard, reconciliation: &Reconciliation::default() });
    let errors = findings.iter().filter(|finding| finding.id.severity() == Severity::Error);
    Verdict {
        total: scorecard.map(|card| card.total.score.to_string()),
        grade: scorecard.and_then(|card| card.total.grade.clone()),
        errors: errors.map(|finding| format!("{} {:?}", finding.id.id(), finding.at)).collect(),
        indicators: scorecard.map_or(0, |card| card.indicators.len()),
    }
}

/// Titles that a renamed column gets: a word of nothing, and titles of other columns.
const OTHER: [&str; 14] = [
    "甲乙丙",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "自评得分",
    "复核得分",
    "评分标准",
    "偏差原因分析",
    "评价情况",
    "备注",
    "序号",
    "度量单位",
    "上年实际值",
];

/// How many of a thousand renamed titles may still give a grade on another total, or an error that was not there: titles
/// that say with their own words what the column is not. It only goes down.
const STILL_WRONG: usize = 6;

/// Whatever a title is changed to, hardly ever a grade on another total or an error that was not there. `JIXIAO_EVERY=1`
/// tries every form.
#[test]
fn a_renamed_title_asks_and_accuses_nobody() {
    let mut tried = 0;
    let mut wrong = Vec::new();
    let every = std::env::var("JIXIAO_EVERY").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    for (name, sheets) in everything().into_iter().step_by(every) {
        let Ok(cases) = read_case(&sheets, &SHIPPED, &SourceId::default()) else { continue };
        let [case] = cases.as_slice() else { continue };
        let before = verdict(case);
        // Of a form that is asked about, or that has no points, another title may well say more.
        if before.grade.is_none() {
            continue;
        }
        let titles = case.forms.iter().flat_map(|form| &form.account.columns);
        let titles: Vec<_> = titles.filter(|column| column.cells > 0 && !column.title.is_empty()).collect();
        for column in titles {
            for other in OTHER.iter().filter(|other| **other != column.title) {
                let mut renamed = sheets.clone();
                let Some(sheet) = renamed.iter_mut().find(|sheet| sheet.id == column.at.sheet) else {
                    continue;
                };
                sheet.put(column.at.cell, Cell::text(*other));
                let Ok(cases) = read_case(&renamed, &SHIPPED, &SourceId::default()) else { continue };
                let [case] = cases.as_slice() else { continue };
                tried += 1;
                let after = verdict(case);
                let clean = after.grade.is_some() && after.errors.is_empty();
                let other_score =
                    clean && (after.total != before.total || after.indicators != before.indicators);
                let accused: Vec<&String> = after.errors.difference(&before.errors).collect();
                if other_score || !accused.is_empty() {
                    wrong.push(format!(
                        "{name}: {} “{}” → “{other}”: {:?} → {:?} {:?}, {accused:?}",
                        column.at, column.title, before.total, after.total, after.grade
                    ));
                }
            }
        }
    }
    println!("{tried} renamed titles, {} wrong", wrong.len());
    assert!(tried > 1_000, "{tried}");
    assert!(wrong.len() * 1_000 <= tried * STILL_WRONG, "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

fn at(cells: &crate::libreoffice::Cells, sheet: &str, text: &str) -> u32 {
    let prefix = format!("'{sheet}'!A");
    let found = cells.iter().find_map(|(at, (value, _))| {
        let row = at.strip_prefix(&prefix)?.parse().ok()?;
        matches!(value, jixiao::inner::sheet::Value::Text(have) if have == text).then_some(row)
    });
    found.unwrap_or_else(|| panic!("no {text} in {sheet}"))
}

fn round(file: &Path, title: &str, answer: &'static str, folder: &Path) -> crate::support::Scored {
    let row = at(&cells(file), "处理说明", title);
    let acts = [Act::Type { sheet: "处理说明", cell: format!("C{row}"), text: answer }];
    scored(&edit(file, &acts, folder), &folder.join(answer))
}

/// A clerk chooses what a column means, in LibreOffice, and drops the workbook again; and again.
#[test]
fn what_a_clerk_chooses_on_the_returned_workbook_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = SELF.1.replace("三级指标 | 年度指标值", "三级指标 | 甲乙丙");
    let file = write(&[(SELF.0, text.as_str())], folder.path());
    let first = scored(&file, &folder.path().join("一"));
    assert!(first.json["score"]["grade"].is_null(), "{}", first.json["score"]);
    assert_eq!(first.json["account"][0]["open"], true);
    let second = round(&first.path, "甲乙丙", "指标值", &folder.path().join("二"));
    assert_eq!(second.json["score"]["total"], "99.5");
    assert_eq!(second.json["score"]["grade"], "优", "{}", second.json["findings"]);
    let column = |scored: &crate::support::Scored| {
        let columns = scored.json["account"][0]["columns"].as_array().expect("columns").clone();
        columns.into_iter().find(|column| column["title"] == "甲乙丙").expect("the column")
    };
    assert_eq!(column(&second)["role"], "target");
    assert_eq!(column(&second)["evidence"], "answer");
    assert_eq!(differences(&second.path), Vec::<String>::new());
    // The answers as a mapping of the installation: the form as it came is graded with it.
    let output = jixiao(["mapping".as_ref(), "infer".as_ref(), "--from".as_ref(), second.path.as_os_str()]);
    let toml = folder.path().join("确认.toml");
    std::fs::write(&toml, &output.stdout).expect("written");
    let args =
        ["check".as_ref(), "--json".as_ref(), "--mapping".as_ref(), toml.as_os_str(), file.as_os_str()];
    let output = jixiao(args);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["score"]["grade"], "优", "{}", json["findings"]);
    // It holds without being asked again, until the clerk takes it back.
    let third = scored(&second.path, &folder.path().join("三"));
    assert_eq!(third.json["score"]["grade"], "优");
    let fourth = round(&third.path, "甲乙丙", "说明文字（不参与评分）", &folder.path().join("四"));
    assert_eq!(column(&fourth)["state"], "silent");
}

/// A guess is used, and asked about: a word that is none of the choices answers nothing.
#[test]
fn a_guess_keeps_the_grade_open_until_it_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = SHEET.1.replace("| 指标值 | 实际完成值", "| 县里承诺的目标值 | 实际完成值");
    let file = write(&[(SHEET.0, text.as_str())], folder.path());
    let first = scored(&file, &folder.path().join("一"));
    assert_eq!(first.json["score"]["total"], "94");
    assert!(first.json["score"]["grade"].is_null());
    let second = round(&first.path, "县里承诺的目标值", "大概是吧", &folder.path().join("二"));
    assert!(second.json["score"]["grade"].is_null());
    // What was typed stays where it was, and is said to be no choice.
    let returned = cells(&second.path);
    let row = at(&returned, "处理说明", "县里承诺的目标值");
    let said = |column: &str| match returned.get(&format!("'处理说明'!{column}{row}")) {
        Some((jixiao::inner::sheet::Value::Text(text), _)) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(said("C"), "大概是吧");
    assert!(said("B").contains("您填的“大概是吧”不在可选项中"), "{}", said("B"));
    let third = round(&second.path, "县里承诺的目标值", "指标值", &folder.path().join("三"));
    assert_eq!(third.json["score"]["grade"], "优");
}

/// `Mappings::answered` is what the answers go through: a title that the mapping knows may be told to be another.
#[test]
fn an_answer_is_stronger_than_the_list() {
    let answers = [jixiao::inner::mapping::Answered {
        mapping: None,
        title: "年度指标值".to_owned(),
        column: jixiao::inner::mapping::Column::Other,
    }];
    let mappings = Mappings::shipped().answered(&answers);
    let sheets = [crate::picture::picture(SELF.0, SELF.1)];
    let cases = read_case(&sheets, &mappings, &SourceId::default()).expect("read");
    let form = cases[0].score_form.as_ref().expect("a form");
    assert!(form.indicators.iter().all(|indicator| indicator.target.is_none()));
}

/// What we wrote in an earlier run is ours, and counted.
#[test]
fn what_we_wrote_is_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = scored(&write(&[SHEET], folder.path()), &folder.path().join("一"));
    assert_eq!(first.json["account"][0]["ours"], 0);
    let second = scored(&first.path, &folder.path().join("二"));
    let account = &second.json["account"][0];
    let number = |key: &str| account[key].as_u64().expect("a number");
    assert!(number("ours") > 0, "{account}");
    assert_eq!(number("used") + number("ours") + number("silent") + number("unread"), number("cells"));
}
