//! Cells merged over several indicators, or over several columns of one.

use jixiao::inner::base::RangeRef;
use jixiao::inner::model::{FindingId, State};
use jixiao::inner::score;
use jixiao::inner::sheet::Sheet;

use crate::layout::{Layout, Show, national};
use crate::layouts::one;
use crate::split_rows::{found, scores, sheet};

#[test]
fn a_target_or_an_actual_of_several_indicators_is_nobodys() {
    for column in [Show::Target, Show::Actual] {
        let of_two: &'static [(Show, usize, usize)] =
            if column == Show::Target { &[(Show::Target, 2, 3)] } else { &[(Show::Actual, 2, 3)] };
        // The same unit: each would be scored by it.
        let layout = Layout { merged: of_two, ..sheet() };
        let case = one(layout.sheet());
        let states: Vec<State> = scores(&case).into_iter().map(|(_, state, _)| state).collect();
        assert_eq!(states[2..4], [State::Pending, State::Pending], "{column:?}");
        assert_eq!(states[1], State::Computed);
        let place = if column == Show::Target { "F8" } else { "G8" };
        assert_eq!(found(&case, FindingId::MergedOverIndicators), [place]);
        let card = score::run(&case).expect("scores").expect("a form").card;
        assert!(!card.total.complete && card.total.grade.is_none());
        // A score that a person typed for each stays.
        let typed = Layout { merged: of_two, ..national() };
        let states = scores(&one(typed.sheet()));
        assert_eq!((states[2].1, states[3].1), (State::Judged, State::Judged));
    }
}

#[test]
fn a_criterion_of_several_indicators_is_each_ones() {
    let layout = Layout { merged: &[(Show::Criterion, 1, 3)], ..sheet() };
    let case = one(layout.sheet());
    assert_eq!(case.findings, []);
    assert_eq!(
        scores(&case)[1..4].iter().map(|(.., score)| score.as_str()).collect::<Vec<_>>(),
        ["9", "20", "10"]
    );
}

#[test]
fn weights_of_several_indicators_are_nobodys() {
    let layout = Layout { merged: &[(Show::Weight, 0, 1)], ..sheet() };
    let case = one(layout.sheet());
    assert_eq!(scores(&case)[0].1, State::Pending);
    assert_eq!(found(&case, FindingId::MergedOverIndicators), ["D6"]);
}

#[test]
fn a_typed_score_of_several_indicators_is_nobodys_and_is_said() {
    let layout = Layout { merged: &[(Show::Stated, 0, 1)], ..national() };
    let case = one(layout.sheet());
    assert_eq!(found(&case, FindingId::MergedOverIndicators), ["G10"]);
    let form = case.score_form.expect("a form");
    assert!(form.indicators[..2].iter().all(|i| i.stated_score.is_none() && i.score.is_none()));
}

/// A merge to the right over the next column, whose own content is lost.
fn merged_right(sheet: &mut Sheet, place: &str) {
    let first: jixiao::inner::base::CellRef = place.parse().expect("a cell");
    let next = first.with_col(first.col() + 1).expect("a cell");
    sheet.clear(next);
    sheet.merges.push(RangeRef::new(first, next));
}

#[test]
fn one_cell_under_two_titles_is_neither() {
    // Target and actual, actual and weight, weight and score of the national form.
    for (place, state) in [("D11", State::Judged), ("E11", State::Pending), ("F11", State::Pending)] {
        let mut sheet = national().sheet();
        merged_right(&mut sheet, place);
        let case = one(sheet);
        assert_eq!(scores(&case)[1].1, state, "{place}");
        assert_eq!(found(&case, FindingId::MergedOverIndicators), [place]);
    }
}

#[test]
fn a_target_over_the_columns_of_sign_and_unit_is_said_once() {
    let layout = Layout {
        columns: vec![
            (Show::Level1, "一级指标"),
            (Show::Level2, "二级指标"),
            (Show::Name, "三级指标"),
            (Show::Value, "指标值"),
            (Show::Unit, "度量单位"),
            (Show::Actual, "实际完成值"),
            (Show::Weight, "分值"),
            (Show::Stated, "得分"),
            (Show::Reason, "偏差原因分析"),
        ],
        ..national()
    };
    let mut sheet = layout.sheet();
    merged_right(&mut sheet, "D14");
    let case = one(sheet);
    let form = case.score_form.expect("a form");
    assert_eq!(form.indicators[4].target_shown(), "有所提升");
}
