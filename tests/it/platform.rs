//! The platform's rule for indicators without a criterion, over `tests/cases/platform.tsv`.

use std::fmt::Write as _;

use jixiao::inner::base::{Score, Weight};
use jixiao::inner::notation::direction::{Basis, Direction, decide};
use jixiao::inner::notation::{Hints, Role, read_text};
use jixiao::inner::rule::platform::{self, Platform};
use jixiao::inner::rule::{IndicatorFacts, Refusal};
use jixiao::inner::words::Words;
use proptest::prelude::*;

/// What the platform's rule gives for a row.
fn given(
    indicator: &str,
    category: &str,
    weight: &str,
    target: &str,
    actual: &str,
) -> Result<Platform, Refusal> {
    let hints = Hints { indicator, category, ..Hints::default() };
    let promised = read_text(target, &hints).ok();
    let hints = Hints { role: Role::Actual, target: promised.as_ref(), ..hints };
    let done = read_text(actual, &hints).ok();
    let facts = IndicatorFacts {
        indicator,
        weight: weight.parse::<Weight>().unwrap(),
        target: promised.as_ref(),
        target_text: target,
        actual: done.as_ref(),
        actual_text: actual,
        cap: None,
        standards: &[],
    };
    platform::apply(&facts, category, Words::shipped())
}

/// The score of a row as text, or `refuse`.
fn score(indicator: &str, category: &str, weight: &str, target: &str, actual: &str) -> String {
    match given(indicator, category, weight, target, actual) {
        Ok(platform) => platform.applied.score.to_string(),
        Err(_) => "refuse".to_owned(),
    }
}

#[test]
fn a_miss_too_small_to_cost_points_is_a_miss() {
    let almost = given("群众满意度", "", "1", "≥95%", "94.8%").unwrap();
    assert_eq!((almost.applied.score.to_string().as_str(), almost.met), ("1", false));
    let over = given("投诉次数", "", "1", "≤1000次", "1001次").unwrap();
    assert_eq!((over.applied.score.to_string().as_str(), over.met), ("1", false));
    assert!(given("群众满意度", "", "1", "≥95%", "95%").unwrap().met);
    assert!(given("投诉次数", "", "1", "≤1000次", "0次").unwrap().met);
}

#[test]
fn every_case_of_the_table_scores_as_worked_out() {
    let mut wrong = String::new();
    for line in include_str!("../cases/platform.tsv").lines().skip(1).filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [indicator, category, weight, target, actual, expected] = cells[..] else {
            panic!("a case has six cells: {line}")
        };
        let found = score(indicator, category, weight, target, actual);
        if found != expected {
            writeln!(wrong, "{line}\tfound {found}").unwrap();
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn every_name_is_directed_as_worked_out() {
    let mut wrong = String::new();
    for line in include_str!("../cases/direction.tsv").lines().skip(1).filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [indicator, category, target, expected] = cells[..] else {
            panic!("a case has four cells: {line}")
        };
        let hints = Hints { indicator, category, ..Hints::default() };
        let read = read_text(target, &hints).unwrap();
        let found = match decide(&read, indicator, category, Words::shipped()) {
            Ok(decision) => match decision.direction {
                Direction::AtLeast => "floor",
                Direction::AtMost => "cap",
                Direction::ZeroTolerance => "zero",
                other => panic!("{line}: {other:?}"),
            },
            Err(_) => "person",
        };
        if found != expected {
            writeln!(wrong, "{line}\tfound {found}").unwrap();
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn the_grounds_of_a_direction_are_kept() {
    let decision = |indicator: &str, category: &str, target: &str| {
        let hints = Hints { indicator, category, ..Hints::default() };
        decide(&read_text(target, &hints).unwrap(), indicator, category, Words::shipped()).unwrap()
    };
    let equals = decision("项目预算成本控制数", "", "=61.2万元");
    assert_eq!((equals.direction, equals.is_equals_on_cost(), equals.is_inferred()), {
        (Direction::AtMost, true, false)
    });
    let inferred = decision("有效投诉件数", "", "5件");
    assert_eq!((inferred.is_equals_on_cost(), inferred.is_inferred()), (false, true));
    assert_eq!(inferred.basis, Basis::Name("投诉".to_owned()));
    assert_eq!(decision("标准化建设投入", "经济成本指标", "5万元").basis, Basis::Category("成本".to_owned()));
    assert_eq!(decision("培训人次", "数量指标", "5人次").basis, Basis::Default);
}

/// Names with a sign and unit, and whether less is better there: by the sign, or by the name.
const WAYS: &[(&str, &str, &str, bool)] = &[
    ("次数", "≥", "次", false),
    ("次数", ">", "次", false),
    ("次数", "≤", "次", true),
    ("次数", "不超过", "次", true),
    ("培训人次", "=", "万人次", false),
    ("培训人次", "", "人次", false),
    ("有效投诉件数", "", "件", true),
    ("有效投诉件数", "=", "件", true),
    ("项目建设成本", "=", "万元", true),
    ("项目建设成本", "", "万元", true),
    ("带动农户增收", "", "万元", false),
    ("故障响应时间", "", "分钟", true),
    ("设施使用年限", "=", "个月", false),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// A better actual never scores less: more under a floor, less under a cap; and the score stays within 0…weight.
    #[test]
    fn a_better_actual_never_scores_less(
        target in 1_u32..2000,
        a in 0_u32..5000,
        b in 0_u32..5000,
        (name, sign, unit, cap) in prop::sample::select(WAYS),
    ) {
        let points = |actual: u32| -> Score {
            let (target, actual) = (format!("{sign}{target}{unit}"), format!("{actual}{unit}"));
            score(name, "", "7.5", &target, &actual).parse().unwrap()
        };
        let (worse, better) = if (a < b) == cap { (b, a) } else { (a, b) };
        prop_assert!(points(worse) <= points(better));
        prop_assert!(points(better) <= "7.5".parse().unwrap());
        prop_assert!(!points(worse).is_negative());
    }
}
