//! Weights on another scale than points out of 100.

use jixiao::inner::base::CellRef;
use jixiao::inner::model::{Case, FindingId, State};
use jixiao::inner::score;
use jixiao::inner::sheet::{Cell, NumberFormat, Sheet};

use crate::layout::{Layout, Show, cell, national};
use crate::layouts::one;
use crate::split_rows::{found, scores};

/// The national layout's weights, zero-based rows, and the execution row's.
const WEIGHTS: u32 = 5;
const FIRST: u32 = 9;
const EXECUTION: (u32, u32) = (5, 5);

/// The content of the form with its numbers in these columns a hundredth of what they were, as numbers or in percent.
fn shares(columns: &[u32], percent: bool) -> Sheet {
    let mut sheet = national().sheet();
    let rows = (FIRST..FIRST + 7).map(|row| (row, columns));
    let cells = rows.flat_map(|(row, columns)| columns.iter().map(move |col| (row, *col)));
    for (row, col) in cells.chain([EXECUTION]) {
        let at = CellRef::new(row, col).unwrap();
        let shown = sheet.get(at).shown();
        let hundredth: rust_decimal::Decimal =
            shown.parse::<rust_decimal::Decimal>().unwrap() / rust_decimal::Decimal::from(100);
        let share = cell(&hundredth.normalize().to_string());
        let format = if percent { NumberFormat::Percent(0) } else { NumberFormat::General };
        sheet.put(at, Cell { format, ..share });
    }
    sheet
}

fn total(case: &Case) -> (String, Option<String>) {
    let total = score::run(case).expect("scores").expect("a form").card.total;
    (format!("{}/{}", total.score, total.full), total.grade)
}

#[test]
fn shares_that_add_up_to_one_are_points() {
    let points = one(national().sheet());
    for percent in [false, true] {
        let case = one(shares(&[WEIGHTS], percent));
        assert_eq!(scores(&case), scores(&points), "percent: {percent}");
        assert_eq!(total(&case), total(&points));
        let said = if percent { vec![] } else { vec!["F10".to_owned()] };
        assert_eq!(found(&case, FindingId::WeightsAsShares), said);
    }
}

/// They could not be added up beside the points that we write.
#[test]
fn scores_that_are_shares_are_not_taken() {
    for percent in [false, true] {
        let case = one(shares(&[WEIGHTS, WEIGHTS + 1], percent));
        let states: Vec<State> = scores(&case).into_iter().map(|(_, state, _)| state).collect();
        // The qualitative one had a person's score.
        assert_eq!(states[4], State::Pending, "percent: {percent}");
        assert!(states.iter().enumerate().all(|(at, state)| at == 4 || *state == State::Computed));
        assert_eq!(total(&case).1, None);
        let said = case.findings.iter().find(|finding| finding.id == FindingId::WeightsAsShares);
        assert!(said.expect("a finding").message.contains("没有采用"));
    }
}

#[test]
fn small_weights_that_do_not_add_up_to_one_are_not_taken() {
    let mut sheet = shares(&[WEIGHTS], false);
    sheet.put(CellRef::new(FIRST, WEIGHTS).unwrap(), cell("0.25"));
    let case = one(sheet);
    assert_eq!(found(&case, FindingId::WeightsScaleUnclear), ["F10"]);
    assert!(scores(&case).iter().all(|(_, state, _)| *state == State::Pending));
    // Nor are shares beside an execution row in points.
    let mut sheet = shares(&[WEIGHTS], false);
    sheet.put(CellRef::new(EXECUTION.0, EXECUTION.1).unwrap(), cell("10"));
    assert_eq!(found(&one(sheet), FindingId::WeightsScaleUnclear), ["F10"]);
}

#[test]
fn a_score_in_percent_beside_points_is_not_taken() {
    let mut sheet = national().sheet();
    let at = CellRef::new(FIRST + 4, WEIGHTS + 1).unwrap();
    sheet.put(at, Cell { format: NumberFormat::Percent(0), ..cell("0.9") });
    let case = one(sheet);
    assert_eq!(found(&case, FindingId::WeightsScaleUnclear), ["G14"]);
    assert_eq!(scores(&case)[4].1, State::Pending);
}

/// `20%` as a text, and shares beside it.
#[test]
fn percentages_typed_as_texts_are_points() {
    let mut sheet = shares(&[WEIGHTS], false);
    sheet.put(CellRef::new(FIRST, WEIGHTS).unwrap(), cell("20%"));
    let case = one(sheet);
    assert_eq!(scores(&case), scores(&one(national().sheet())));
}

#[test]
fn few_points_among_others_are_points() {
    let layout = Layout { instead: &[(1, Show::Weight, "0.5"), (0, Show::Weight, "29.5")], ..national() };
    let case = one(layout.sheet());
    assert_eq!(case.findings, []);
    assert_eq!(scores(&case)[1].2, "0.45");
}

/// Points inside their level, and scores on that scale that only a person can give: what is returned adds up to what is
/// reported.
#[test]
fn judged_scores_inside_their_level_add_up_in_the_returned_workbook() {
    let page = (
        "评分表",
        "
检查机构绩效评价评分表
项目名称 | 口岸查验设备
一级指标 | 权重 | 二级指标 | 分值 | 三级指标 | 计量单位 | 目标值（标准） | 分值 | 评分标准 | 得分
产出 | 50 | 数量 | 60 | 设备数量 | 台 | 10 | 60 | 酌情打分 | 50
 | | 质量 | 40 | 验收合格率 | % | 100 | 40 | 酌情打分 | 40
效益 | 50 | 社会 | 100 | 查验时间缩短 | % | 20 | 100 | 酌情打分 | 80
合计 | 100 | | | | | | | | 85
",
    );
    let folder = tempfile::tempdir().expect("a folder");
    let scored = crate::support::score(&crate::workbook_pages::write(&[page], folder.path()), folder.path());
    assert_eq!(
        (&scored.json["score"]["total"], &scored.json["score"]["grade"]),
        (&"85".into(), &"良".into())
    );
    let cells = crate::libreoffice::cells(&scored.path);
    let shown = |at: &str| cells[at].0.to_owned();
    let number = |text: &str| jixiao::inner::sheet::Value::Number(text.parse().expect("a number"));
    assert_eq!([shown("'评分明细'!K4"), shown("'评分明细'!K7")], [number("25"), number("85")]);
    assert_eq!(shown("'评分汇总'!D7"), number("85"));
    assert_eq!(crate::libreoffice::differences(&scored.path), Vec::<String>::new());
}
