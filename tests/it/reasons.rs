//! Why points came off: what an official would write, word for word, and the same in a spreadsheet.

use std::collections::BTreeSet;

use ironcalc_base::Model;
use ironcalc_base::cell::CellValue;
use jixiao::inner::base::{CellAt, CellRef, Number, Score};
use jixiao::inner::expr::{Expr, Slot, Value, Var, formula};
use jixiao::inner::notation::{Hints, Role, read_text};
use jixiao::inner::rule::{Applied, IndicatorFacts, platform};
use jixiao::inner::words::Words;
use jixiao::inner::xlsx::{Content, XlsxPackage};

use crate::criterion::{Row, apply, rows, rule_of};
use crate::libreoffice::{Cells, cells, differences, recalculate};
use crate::model_case::edited;
use crate::recalculated::{Case, Dice, case, judged};
use crate::support::{MODEL, score, workbook};
use crate::workbook_pages::write;

const REASONS: &str = include_str!("../criterion/reasons.tsv");

/// What the row's rule gives, or the platform's where it has no criterion.
fn given(row: &Row) -> Result<Applied, String> {
    if !row.criterion.is_empty() {
        return rule_of(row).and_then(|rule| apply(&rule, row)).map_err(|refusal| refusal.to_string());
    }
    let hints = Hints { role: Role::Target, indicator: row.indicator, ..Hints::default() };
    let target = read_text(row.target, &hints).ok();
    let hints = Hints { role: Role::Actual, target: target.as_ref(), ..hints };
    let actual = read_text(row.actual, &hints).ok();
    let facts = IndicatorFacts {
        indicator: row.indicator,
        weight: row.weight.parse().unwrap(),
        target: target.as_ref(),
        target_text: row.target,
        actual: actual.as_ref(),
        actual_text: row.actual,
        cap: None,
        standards: &[],
    };
    platform::apply(&facts, "", Words::shipped())
        .map(|given| given.applied)
        .map_err(|refusal| refusal.to_string())
}

#[test]
fn a_deduction_reads_as_an_official_writes_it() {
    let mut wrong = Vec::new();
    for row in rows(REASONS) {
        let got = given(&row).map(|applied| applied.said().unwrap_or_default()).unwrap_or_else(|why| why);
        if got != row.expected {
            wrong.push(format!("{row:?}\n  got {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A number for an input of one of several rules.
pub fn part(at: u8, slot: Slot) -> u32 {
    let own = match slot {
        Slot::Target => 0,
        Slot::TargetBase => 1,
        Slot::Actual => 2,
        Slot::ActualBase => 3,
        Slot::Level => 4,
        Slot::Item(item) => 5 + u32::from(item),
    };
    u32::from(at) * 20 + own
}

/// The column of an input in the sheet of one row a case.
fn column(var: Var) -> u32 {
    match var {
        Var::Weight => 0,
        Var::Target => 1,
        Var::TargetBase => 2,
        Var::Actual => 3,
        Var::ActualBase => 4,
        Var::Level => 5,
        Var::Deduction => 6,
        Var::Item(at) => 7 + u32::from(at),
        Var::Standard(standard) => 50 + standard as u32,
        Var::Part(at, slot) => 60 + part(at, slot),
    }
}

/// A row's inputs in their cells and the reason over them.
fn put(model: &mut Model<'_>, row: u32, applied: &Applied, lost: &str) {
    let cell = |var| Expr::Cell(CellAt::new("Sheet1", CellRef::new(row, column(var)).unwrap()));
    let line = i32::try_from(row + 1).unwrap();
    let mut set = |var: Var, text: String| {
        model.set_user_input(0, line, i32::try_from(column(var) + 1).unwrap(), text).unwrap();
    };
    for input in &applied.inputs {
        let Value::Number(n) = &input.value else { panic!("a numeric input: {applied:?}") };
        set(input.var, n.to_string());
    }
    set(Var::Deduction, lost.to_owned());
    let text = formula(&applied.reason.bind(&cell), Some("Sheet1"))
        .unwrap_or_else(|why| panic!("{why}: {applied:?}"));
    model.set_user_input(0, line, REASON, format!("={text}")).unwrap();
}

/// The column of the reason.
const REASON: i32 = 60;

#[test]
fn five_thousand_reasons_recalculate_to_the_very_words() {
    let mut dice = Dice::new(33);
    for _ in 0..5 {
        let mut model = Model::new_empty("reasons", "en", "UTC", "en").unwrap();
        let mut said = Vec::new();
        while said.len() < 1_000 {
            let case = case(&mut dice);
            let Some((_, applied)) = judged(&case) else { continue };
            let Some(reason) = applied.said() else { continue };
            let weight: Score = case.weight.parse().unwrap();
            let lost = weight.minus(applied.score).unwrap().to_string();
            assert!(
                ["，扣", "，共扣"].iter().any(|off| reason.ends_with(&format!("{off}{lost}分"))),
                "{case:?}: {reason}"
            );
            put(&mut model, u32::try_from(said.len()).unwrap(), &applied, &lost);
            said.push((case, reason));
        }
        model.evaluate();
        for (row, (case, reason)) in (1_i32..).zip(&said) {
            match model.get_cell_value_by_index(0, row, REASON).unwrap() {
                CellValue::String(got) => assert_eq!(&got, reason, "{case:?}"),
                other => panic!("{case:?}: {other:?}"),
            }
        }
    }
}

/// A form of one row a case; the actual is a plain number where a person may write it so.
fn form(cases: &[(String, Case)]) -> String {
    let mut rows = String::from(
        "甲项目支出绩效评价评分表\n项目名称：甲项目    评价年度：2021年\n一级指标 | 二级指标 | 三级指标 | 权重 | 评价标准 | 指标值 | 实际完成值 | 评价情况 | 得分 | 扣分原因\n",
    );
    for (at, (name, case)) in cases.iter().enumerate() {
        let Case { weight, criterion, target, actual } = case;
        // Half of them with the unit in the cell.
        let bare = in_unit(actual).filter(|_| at % 2 == 0).map(|(number, _)| number);
        let actual = bare.unwrap_or(actual);
        let seen = if at % 3 == 0 { "已现场核实，台账齐全" } else { "" };
        rows += &format!(
            "产出 | 数量{} | {name} | {weight} | {criterion} | {target} | {actual} | {seen} | |\n",
            at / 9
        );
    }
    rows
}

/// A number with one of these units behind it.
fn in_unit(actual: &str) -> Option<(&str, &'static str)> {
    ["台", "万元", "元", "人次", "场", "吨", "天", "处"].iter().find_map(|unit| {
        let number = actual.strip_suffix(unit)?;
        number.parse::<Number>().ok().map(|_| (number, *unit))
    })
}

/// The cases of the table and random ones of every family.
fn all_cases(dice: &mut Dice, random: usize) -> Vec<(String, Case)> {
    let text = |text: &str| text.to_owned();
    let table = rows(REASONS);
    let mut cases: Vec<(String, Case)> = table
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let case = Case {
                weight: text(row.weight),
                criterion: text(row.criterion),
                target: text(row.target),
                actual: text(row.actual),
            };
            (format!("{}之{}", row.indicator, at + 1), case)
        })
        .collect();
    cases.extend((0..random).map(|at| (format!("某项工作之{}", at + 100), case(dice))));
    cases
}

/// What stands in a row of 评分明细.
#[derive(Debug, PartialEq)]
struct Seen {
    weight: String,
    score: String,
    deduction: String,
    note: String,
    state: String,
    ruled: String,
}

fn seen(cells: &Cells, row: usize) -> Seen {
    let at = |column: char| match cells.get(&format!("'评分明细'!{column}{row}")).map(|(value, _)| value)
    {
        Some(jixiao::inner::sheet::Value::Text(text)) => text.clone(),
        Some(jixiao::inner::sheet::Value::Number(number)) => number.round(9).to_string(),
        None | Some(jixiao::inner::sheet::Value::Empty) => String::new(),
        other => panic!("{column}{row}: {other:?}"),
    };
    let [weight, score, deduction, note, state, ruled] = ['E', 'K', 'L', 'M', 'N', 'P'].map(at);
    Seen { weight, score, deduction, note, state, ruled }
}

/// Score, deduction, reason and state of a row say the same.
fn agree(seen: &Seen) -> bool {
    let number = |text: &str| text.parse::<Number>().ok();
    let Some(score) = number(&seen.score) else {
        return number(&seen.deduction).is_none() && !seen.note.is_empty() && seen.state != "测算";
    };
    let lost = number(&seen.weight).and_then(|weight| weight.minus(score)).unwrap();
    if number(&seen.deduction) != Some(lost) {
        return false;
    }
    match number(&seen.ruled) {
        Some(ruled) if ruled == score && lost.is_zero() => seen.note.is_empty() && seen.state == "测算",
        Some(ruled) if ruled == score => seen.note.contains(&format!("扣{lost}分")) && seen.state == "测算",
        Some(ruled) => {
            seen.state == "人工改定（初稿）"
                && seen.note.contains(&format!("得分{score}分为人工填写，按评分标准测算为{ruled}分"))
        }
        None => seen.state == "人工评分",
    }
}

/// The row of the form and of 评分明细 at which the first indicator stands.
const FIRST: usize = 4;

#[test]
fn score_deduction_reason_and_state_change_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut dice = Dice::new(4);
    let cases = all_cases(&mut dice, 160);
    let file = write(&[("评分表", form(&cases).as_str())], folder.path());
    let first = score(&file, &folder.path().join("结果"));
    assert_eq!(differences(&first.path), Vec::<String>::new());
    let before = cells(&first.path);
    let mut told = 0;
    for (at, result) in first.json["indicators"].as_array().unwrap().iter().enumerate() {
        let row = seen(&before, FIRST + at);
        assert!(agree(&row), "{result}\n{row:?}");
        if result["state"] == "computed" {
            assert_eq!(result["note"].as_str().unwrap_or(""), row.note, "{result}");
            let filled = before.get(&format!("'评分表'!J{}", FIRST + at)).map(|(value, _)| value.clone());
            let own = (!row.note.is_empty()).then(|| jixiao::inner::sheet::Value::Text(row.note.clone()));
            assert_eq!(filled.filter(|value| *value != jixiao::inner::sheet::Value::Empty), own, "{result}");
            told += usize::from(!row.note.is_empty());
        }
    }
    assert!(told > 80, "only {told} reasons");

    // A person changes actuals, types scores over ours, and writes other words for an actual.
    let mut edits: Vec<(String, Content)> = Vec::new();
    let mut by_text: BTreeSet<usize> = BTreeSet::new();
    for (at, (_, case)) in cases.iter().enumerate() {
        let actual = format!("G{}", FIRST + at);
        let is_number = matches!(
            before.get(&format!("'评分表'!{actual}")),
            Some((jixiao::inner::sheet::Value::Number(_), _))
        );
        let unit = in_unit(&case.actual).map(|(_, unit)| unit);
        match dice.of(0, 9) {
            2..=9 if unit.is_some() && !is_number => {
                edits.push((actual, Content::Text(format!("{}{}", dice.of(1, 900), unit.unwrap()))));
                by_text.insert(at);
            }
            0 => edits.push((format!("I{}", FIRST + at), Content::Number("0.37".parse().unwrap()))),
            1 if !is_number => edits.push((actual, Content::Text("另行说明".to_owned()))),
            _ if is_number => {
                let percent = case.actual.ends_with('%');
                let n = dice.of(0, if percent { 1100 } else { 1300 });
                let n: Number = format!("{}.{}", n / 1000, n % 1000).parse().unwrap();
                let n = if percent { n } else { n.times(100_u32.into()).unwrap() };
                edits.push((actual, Content::Number(n)));
            }
            _ => {}
        }
    }
    let acts: Vec<(&str, &str, Content)> =
        edits.iter().map(|(cell, content)| ("评分表", cell.as_str(), content.clone())).collect();
    let changed = edited(&first.path, &acts);
    let again = tempfile::tempdir().expect("a folder");
    let after = cells(&recalculate(&changed, again.path()));
    let second = score(&changed, &folder.path().join("再次"));
    let (mut live, mut read) = (0, 0);
    for (at, result) in second.json["indicators"].as_array().unwrap().iter().enumerate() {
        let row = seen(&after, FIRST + at);
        assert!(agree(&row), "{result}\n{row:?}");
        if result["state"] == "computed" && row.state == "测算" {
            assert_eq!(result["note"].as_str().unwrap_or(""), row.note, "{result}\n{row:?}");
            let moved = row != seen(&before, FIRST + at);
            live += usize::from(moved);
            read += usize::from(moved && by_text.contains(&at));
        }
        if row.note.contains("请把本文件交回重新评分") {
            assert_eq!(row.state, "待评分", "{row:?}");
        }
    }
    assert!(live > 40 && read > 5, "only {live} rows changed, {read} of them texts");
}

/// Items as many and as long as they come: the formula still holds what Excel allows.
#[test]
fn a_long_checklist_has_a_formula_and_a_reason() {
    for (count, length) in [(20_u32, 180_usize), (12, 290), (3, 290)] {
        let mark = |at: u32| char::from_u32(u32::from('①') + at).unwrap();
        let items: Vec<String> =
            (0..count).map(|at| format!("{}有第{at}项{}", mark(at), "制度".repeat(length / 2))).collect();
        let criterion = format!("{}。每有一项不符合扣1分，扣完为止。", items.join("；"));
        let row = Row {
            indicator: "管理制度健全性",
            weight: "10",
            criterion: &criterion,
            target: "",
            actual: "均不符合",
            expected: "",
        };
        let applied = given(&row).unwrap();
        let cell = |var| Expr::Cell(CellAt::new("评分明细", CellRef::new(99, column(var)).unwrap()));
        let text = formula(&applied.reason.bind(&cell), None).expect("a formula within Excel's limits");
        let longest = text.split('"').skip(1).step_by(2).map(|literal| literal.chars().count()).max();
        assert!(
            longest <= Some(255) && text.encode_utf16().count() <= 8_192,
            "{count} x {length}: {longest:?}"
        );
        let said = applied.said().unwrap();
        assert!(said.contains("、②没有") || said.contains("、②不符合"), "{said}");
    }
}

/// What a note on a score cell says is what cannot change: the rule, the cells, and what it gave then.
#[test]
fn a_note_holds_nothing_that_goes_stale() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let mut package = XlsxPackage::open(std::fs::File::open(&scored.path).unwrap()).unwrap();
    let notes = package.notes("表2 评分表").unwrap();
    let of =
        |cell: &str| notes.iter().find(|note| note.cell.to_string() == cell).map(|note| note.text.clone());
    let note = of("K23").expect("a note on the score");
    assert!(note.contains("评分时得7.5分，现行得分和原因见“评分明细”本指标一行。"), "{note}");
    assert!(note.contains("依据：") && note.contains("实际完成值 I23"), "{note}");
    assert!(!note.contains("部分覆盖，") && !note.contains("扣7.5分"), "{note}");
}
