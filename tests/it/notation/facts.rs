//! What the check room asks about targets and actuals: each question with a case that is so and one that is not.

use jixiao::notation::facts::{
    NameDisagreement, copies_target, days_late, is_amount_as_quantity, is_missing, is_number_as_text,
    is_rate_out_of_range, is_status_for_number, is_unit_missing, name_disagrees,
};
use jixiao::notation::{Hints, Notation, Role, Sign, read_text};
use jixiao::sheet::{Cell, Value};

fn target(text: &str) -> Notation {
    read_text(text, &Hints::default()).unwrap()
}

fn actual(text: &str) -> Notation {
    read_text(text, &Hints { role: Role::Actual, ..Hints::default() }).unwrap()
}

#[test]
fn missing_targets_and_units() {
    assert!(is_missing(&target("—")));
    assert!(!is_missing(&target("0")));
    assert!(is_unit_missing(&target("5320")));
    assert!(!is_unit_missing(&target("5320万元")));
    assert!(!is_unit_missing(&target("严格执行财务管理规定")));
}

#[test]
fn names_that_say_something_else() {
    let check = |name: &str, text: &str| name_disagrees(name, &target(text));
    assert_eq!(check("验收通过率100%", "≥98%"), Some(NameDisagreement::Number("100%".to_owned())));
    assert_eq!(check("受助人员满意度(≥95%)", "≥90%"), Some(NameDisagreement::Number("95%".to_owned())));
    assert_eq!(check("采伐监管量(万立方米)", "5亩"), Some(NameDisagreement::Unit("立方米".to_owned())));
    assert_eq!(check("受助人员满意度(≥**%)", "≤92%"), Some(NameDisagreement::Sign(Sign::AtLeast)));
    for (name, text) in [
        ("受助人员满意度(≥**%)", "≥92%"),
        ("验收通过率≥100%", "=100%"),
        ("采伐监管量(万立方米)", "5万立方米"),
        ("费用控制数(万元)", "58元"),
        ("年末结转率(计算方法为:结转数/预算数)", "≤3%"),
        ("立项程序规范性（3 分）", "95%"),
    ] {
        assert_eq!(check(name, text), None, "{name} {text}");
    }
}

#[test]
fn copies_of_the_target() {
    let check = |promised: &str, done: &str| copies_target(promised, done, &actual(done));
    assert!(check("≥40厘米", "≥40 厘米"));
    assert!(check("2022年11月30日前", "2022年11月30日前"));
    assert!(check("严格执行财务管理规定", "严格执行财务管理规定"));
    assert!(!check("31.5亩", "31.5亩"), "a number may well be the number promised");
    assert!(!check("≥40厘米", "40厘米"));
    assert!(!check("高", "高"));
}

#[test]
fn status_words_rates_and_texts() {
    assert!(is_status_for_number(&target("12万元"), &actual("已完成100%")));
    assert!(is_status_for_number(&target("2022年底"), &actual("按时完成")));
    assert!(!is_status_for_number(&target("作用明显"), &actual("达成预期指标")));
    let hints = Hints { indicator: "市民满意率", ..Hints::default() };
    assert!(is_rate_out_of_range(&read_text("290%", &hints)));
    assert!(!is_rate_out_of_range(&read_text("100%", &hints)));
    assert!(is_number_as_text(&Cell::text(" 1,234.5 ")));
    assert!(is_number_as_text(&Cell::text("95%")));
    assert!(!is_number_as_text(&Cell::text("≥95%")));
    assert!(!is_number_as_text(&Cell { value: Value::Number("5".parse().unwrap()), ..Cell::default() }));
}

#[test]
fn amounts_and_late_days() {
    assert!(is_amount_as_quantity("数量指标", "改造工程投入", &target("38.6万元")));
    assert!(is_amount_as_quantity("产出数量", "改造工程资金额", &target("38.6")));
    assert!(!is_amount_as_quantity("成本指标", "改造工程投入", &target("38.6万元")));
    assert!(!is_amount_as_quantity("数量指标", "改造小区数", &target("14个")));
    let due = target("2022年11月30日前");
    assert_eq!(days_late(&due, &actual("2022年12月20日")), Some(20));
    assert_eq!(days_late(&due, &actual("2022年12月")), Some(1));
    assert_eq!(days_late(&due, &actual("2022年11月30日")), None);
    assert_eq!(days_late(&due, &actual("2022年11月")), None);
}
