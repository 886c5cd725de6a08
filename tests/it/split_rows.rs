//! What stands in several rows and belongs to one indicator: put together where that is certain, else left to a person.

use jixiao::inner::model::{Case, FindingId, State};
use jixiao::inner::score;

use crate::layout::{Layout, Levels, Put, Show, national};
use crate::layouts::one;

const LEVELS: [Levels; 3] = [Levels::Merged, Levels::BlankBelow, Levels::Repeated];

/// An evaluator's score sheet: criteria, and a blank score column.
pub(crate) fn sheet() -> Layout {
    Layout {
        title: "绩效评价评分表",
        columns: vec![
            (Show::Level1, "一级指标"),
            (Show::Level2, "二级指标"),
            (Show::Name, "三级指标"),
            (Show::Weight, "分值"),
            (Show::Criterion, "评分标准"),
            (Show::Target, "指标值"),
            (Show::Actual, "实际完成值"),
            (Show::Remark, "评价情况"),
            (Show::Blank, "评价得分"),
            (Show::Reason, "扣分原因"),
        ],
        budget: None,
        ..national()
    }
}

/// Name, state and score of each indicator.
pub(crate) fn scores(case: &Case) -> Vec<(String, State, String)> {
    let card = score::run(case).expect("scores").expect("a scored form").card;
    let score =
        |score: Option<jixiao::inner::base::Score>| score.map_or("–".to_owned(), |score| score.to_string());
    card.indicators
        .iter()
        .filter(|result| result.index.is_some())
        .map(|result| (result.name.clone(), result.state, score(result.score)))
        .collect()
}

/// Where findings of this kind point.
pub(crate) fn found(case: &Case, id: FindingId) -> Vec<String> {
    let of = case.findings.iter().filter(|finding| finding.id == id);
    of.map(|finding| finding.at.as_ref().expect("a cell").cell.to_string()).collect()
}

/// The state of each indicator of a layout whose others are all computed, and where its pieces are said to be.
fn states(layout: &Layout) -> (Vec<State>, Vec<String>) {
    let case = one(layout.sheet());
    let states = scores(&case).into_iter().map(|(_, state, _)| state).collect();
    (states, found(&case, FindingId::TextOverSeveralRows))
}

#[test]
fn a_name_over_two_rows_is_scored_where_it_earns_the_same_whole_and_cut() {
    for levels in LEVELS {
        let cut = Layout {
            levels,
            instead: &[(0, Show::Name, "培训")],
            after: &[(0, &[(Show::Name, "场次")])],
            ..national()
        };
        let case = one(cut.sheet());
        let scores = scores(&case);
        assert_eq!(scores.len(), 6, "{levels:?}");
        assert_eq!(scores[0], ("培训".to_owned(), State::Computed, "20".to_owned()), "{levels:?}");
        assert_eq!(found(&case, FindingId::TextOverSeveralRows), ["C11"], "{levels:?}");
        let names = &case.score_form.as_ref().expect("a form").indicators[0].other_names;
        assert_eq!(*names, ["培训场次"]);
    }
}

#[test]
fn a_name_whose_other_half_turns_its_direction_is_left_to_a_person() {
    for levels in LEVELS {
        let cut = Layout {
            levels,
            instead: &[
                (2, Show::Name, "群众投诉"),
                (2, Show::Target, "95%"),
                (2, Show::Actual, "97%"),
                (2, Show::Stated, "20"),
            ],
            after: &[(2, &[(Show::Name, "办结率")])],
            ..national()
        };
        let case = one(cut.sheet());
        assert_eq!(scores(&case)[2], ("群众投诉".to_owned(), State::Judged, "20".to_owned()), "{levels:?}");
        let whole = Layout {
            instead: &[(2, Show::Name, "群众投诉办结率"), (2, Show::Target, "95%")],
            ..national()
        };
        assert_eq!(scores(&one(whole.sheet()))[2].1, State::Computed, "whole it is read");
    }
}

#[test]
fn the_first_half_of_a_name_may_stand_above_the_row_with_the_values() {
    let cut = Layout {
        instead: &[(2, Show::Name, "办结率"), (2, Show::Target, "95%"), (2, Show::Actual, "97%")],
        before: &[(2, &[(Show::Name, "群众投诉")])],
        ..national()
    };
    let case = one(cut.sheet());
    let form = case.score_form.as_ref().expect("a form");
    assert_eq!(form.indicators[2].other_names, ["群众投诉办结率"]);
    assert_eq!(form.indicators[1].other_names, [""; 0], "a level begins below it");
    assert_eq!(found(&case, FindingId::TextOverSeveralRows), ["C12"]);
}

#[test]
fn half_a_name_below_a_number_is_certainly_its_other_half() {
    let cut = Layout {
        name: "指标#：{}",
        instead: &[(0, Show::Name, "指标1：培训"), (4, Show::Name, "5.学员")],
        after: &[(0, &[(Show::Name, "场次")]), (4, &[(Show::Name, "就业")]), (4, &[(Show::Name, "能力")])],
        ..national()
    };
    cut.assert_read(&one(cut.sheet()));
}

#[test]
fn a_numbered_name_without_values_is_an_indicator_that_was_not_filled() {
    let left = Layout {
        name: "指标#：{}", after: &[(1, &[(Show::Name, "指标3：师资数量")])], ..national()
    };
    let case = one(left.sheet());
    assert_eq!(found(&case, FindingId::RowWithoutValues), ["C12"]);
    assert!(case.score_form.expect("a form").indicators.iter().all(|i| i.other_names.is_empty()));
}

/// Cut in half it would earn full points: `达到目标值得满分` without what follows.
#[test]
fn a_criterion_over_two_rows_is_never_scored_by_half_of_it() {
    let halves: [&[Put]; 6] = [
        &[(0, &[(Show::Criterion, "每少1场扣2分，扣完为止。")])],
        &[(1, &[(Show::Criterion, "每少1人扣0.1分，扣完为止。")])],
        &[(2, &[(Show::Criterion, "低于95%不得分。")])],
        &[(3, &[(Show::Criterion, "低于60%不得分。"), (Show::Reason, "无")])],
        &[(4, &[(Show::Criterion, "低于60%不得分。"), (Show::Actual, "，详见附件")])],
        &[(5, &[(Show::Criterion, "低于60%不得分。")])],
    ];
    for (number, after) in halves.into_iter().enumerate() {
        for levels in LEVELS {
            let cut = Layout { levels, after, ..sheet() };
            let (states, places) = states(&cut);
            assert_eq!(states[number], State::Pending, "{number} {levels:?}");
            assert_eq!(places, [format!("E{}", 7 + number)], "{number} {levels:?}");
            assert_eq!(states.len(), 6);
        }
    }
    // The first half may stand above the row with the points.
    let above = Layout { before: &[(1, &[(Show::Criterion, "达到目标值得满分；")])], ..sheet() };
    let (above, _) = states(&above);
    assert_eq!(above[..2], [State::Pending, State::Pending], "either may be meant");
    let first = Layout { before: &[(0, &[(Show::Criterion, "达到目标值得满分；")])], ..sheet() };
    assert_eq!(states(&first).0[0], State::Pending);
}

#[test]
fn a_target_or_actual_over_two_rows_is_not_taken_by_half() {
    let halves: [&[Put]; 3] = [
        &[(1, &[(Show::Actual, "（其中60人未取得证书）")])],
        &[(1, &[(Show::Target, "（线下）")])],
        &[(1, &[(Show::Target, "≥30人"), (Show::Actual, "20人")])],
    ];
    for after in halves {
        let cut = Layout { after, ..national() };
        let case = one(cut.sheet());
        assert_eq!(scores(&case)[1].1, State::Judged, "{after:?}");
        assert_eq!(scores(&case).len(), 6);
        assert_eq!(found(&case, FindingId::TextOverSeveralRows).len(), 1, "{after:?}");
    }
}

#[test]
fn a_reason_over_two_rows_is_one() {
    let cut = Layout {
        instead: &[(1, Show::Reason, "两场因"), (4, Show::Reason, "")],
        after: &[(1, &[(Show::Reason, "疫情取消。")]), (4, &[(Show::Reason, "跟踪时间短。")])],
        ..national()
    };
    let case = one(cut.sheet());
    assert_eq!(case.findings, []);
    let form = case.score_form.as_ref().expect("a form");
    let reason = |number: usize| form.indicators[number].reason.as_ref().expect("a reason").shown();
    assert_eq!([reason(1), reason(4)], ["两场因\n疫情取消。", "跟踪时间短。"]);
}

/// `培训` with the values, `场次` with the rest of them: neither is scored by itself.
#[test]
fn a_row_without_points_beside_a_whole_one_may_be_its_other_half() {
    let cut = Layout {
        instead: &[(0, Show::Name, "培训"), (0, Show::Criterion, "达到目标值得满分；")],
        after: &[(0, &[(Show::Name, "场次"), (Show::Criterion, "每少1场扣2分。")])],
        ..sheet()
    };
    let (states, places) = states(&cut);
    assert_eq!(states[..2], [State::Pending, State::Pending]);
    assert_eq!(places, ["C7"]);
    // One that is numbered, or measures something, is an indicator whose points are missing.
    let own = Layout {
        after: &[(0, &[(Show::Name, "培训天数"), (Show::Target, "≥3天"), (Show::Actual, "3天")])],
        ..national()
    };
    let case = one(own.sheet());
    let scores = scores(&case);
    assert_eq!((scores[0].1, scores[1].1), (State::Computed, State::Pending));
}

#[test]
fn what_belongs_to_no_indicator_keeps_the_verdict_open() {
    let stray = Layout {
        levels: Levels::BlankBelow,
        before: &[(0, &[(Show::Criterion, "达到目标值得满分；"), (Show::Level1, "产出指标")])],
        instead: &[(0, Show::Level2, "数量指标")],
        ..sheet()
    };
    let case = one(stray.sheet());
    let total = score::run(&case).expect("scores").expect("a form").card.total;
    assert!(!total.complete && total.grade.is_none());
}

/// `成本` over `指标`: less is better, and half of it does not say so.
#[test]
fn a_level_over_two_rows_is_one() {
    let cut = Layout {
        levels: Levels::BlankBelow,
        instead: &[
            (0, Show::Level2, "成本"),
            (1, Show::Level2, "指标"),
            (1, Show::Name, "道路灯具"),
            (1, Show::Target, "10万元"),
            (1, Show::Actual, "12万元"),
        ],
        ..national()
    };
    let case = one(cut.sheet());
    let form = case.score_form.as_ref().expect("a form");
    assert_eq!([&form.indicators[0].level2, &form.indicators[1].level2], ["成本指标"; 2]);
    assert_eq!(scores(&case)[1].2, "8", "two of ten above the ceiling");
}

#[test]
fn a_level_written_down_the_rows_is_read_as_far_as_its_last_word() {
    let cut = Layout {
        levels: Levels::BlankBelow,
        instead: &[
            (0, Show::Level1, "产"),
            (1, Show::Level1, "出"),
            (2, Show::Level1, "指"),
            (3, Show::Level1, "标"),
        ],
        ..national()
    };
    let case = one(cut.sheet());
    let form = case.score_form.as_ref().expect("a form");
    let levels: Vec<&str> = form.indicators.iter().map(|i| i.level1.as_str()).collect();
    assert_eq!(levels, ["产出指标", "产出指标", "产出指标", "产出指标", "效益指标", "满意度指标"]);
    assert_eq!(form.indicators[1].level2, "数量指标");
    assert_eq!(found(&case, FindingId::LevelNameMissing), ["A10"]);
}

#[test]
fn a_weight_below_zero_is_none() {
    let case = one(Layout { instead: &[(1, Show::Weight, "-10")], ..national() }.sheet());
    assert_eq!(found(&case, FindingId::WeightNotRead), ["F11"]);
    assert_eq!(scores(&case)[1].1, State::Pending);
}

/// The rest of a criterion may stand at the top of the next page: below the header again, or behind a line.
#[test]
fn the_rest_of_a_criterion_on_the_next_page_is_not_lost() {
    let rest: &[Put] = &[(1, &[(Show::Criterion, "每少1人扣0.1分，扣完为止。")])];
    for levels in LEVELS {
        for breaks in [&[(0, &["第1页 共2页"] as &[&str], false)], &[(0, &[] as &[&str], true)]] {
            let layout = Layout { levels, breaks, before: rest, ..sheet() };
            let (states, places) = states(&layout);
            assert_eq!(states[0], State::Pending, "{levels:?} {breaks:?}");
            assert_eq!(places, ["E8"], "{levels:?} {breaks:?}");
        }
    }
}

#[test]
fn a_level_repeated_in_a_row_without_a_name_names_nothing() {
    let cut = Layout {
        levels: Levels::Repeated,
        after: &[(1, &[(Show::Level1, "产出指标"), (Show::Level2, "数量指标"), (Show::Actual, "（线下）")])],
        ..national()
    };
    let case = one(cut.sheet());
    assert_eq!(scores(&case).len(), 6);
    assert_eq!(scores(&case)[1].1, State::Judged);
    assert_eq!(found(&case, FindingId::TextOverSeveralRows), ["E12"]);
}
