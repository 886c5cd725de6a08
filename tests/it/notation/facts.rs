//! What the check room asks about targets and actuals: each question with a case that is so and one that is not.

use jixiao::inner::notation::facts::{
    NameDisagreement, copies_target, days_late, is_amount_as_quantity, is_missing, is_number_as_text,
    is_rate_out_of_range, is_status_for_number, is_unit_missing, name_disagrees,
};
use jixiao::inner::notation::{Hints, Notation, Role, Sign, read_text};
use jixiao::inner::sheet::{Cell, Value};

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
    let bare = |name: &str, text: &str| is_unit_missing(&target(text), name);
    assert!(bare("年度预算投入", "5320"));
    assert!(bare("养护公路里程", "≥120"));
    assert!(bare("改造工程资金数", "38.6"));
    assert!(bare("发放果苗数量", "12000"));
    for (name, text) in [
        ("年度预算投入", "5320万元"),
        ("监管企业数", "≥110"),
        ("培训人次", "200"),
        ("人均培训学时", "≥80"),
        ("重大事故", "0"),
        ("经费使用规范性", "严格执行财务管理规定"),
    ] {
        assert!(!bare(name, text), "{name} {text}");
    }
}

#[test]
fn names_that_say_something_else() {
    let check = |name: &str, text: &str| name_disagrees(name, &target(text));
    assert_eq!(check("验收通过率100%", "≥98%"), Some(NameDisagreement::Number("100%".to_owned())));
    assert_eq!(check("受助人员满意度(≥95%)", "≥90%"), Some(NameDisagreement::Number("95%".to_owned())));
    assert_eq!(check("养护道路120公里", "≥100公里"), Some(NameDisagreement::Number("120公里".to_owned())));
    assert_eq!(check("采伐监管量(万立方米)", "5亩"), Some(NameDisagreement::Unit("立方米".to_owned())));
    assert_eq!(check("费用控制数(万元)", "58%"), Some(NameDisagreement::Unit("万元".to_owned())));
    assert_eq!(check("受助人员满意度(≥**%)", "≤92%"), Some(NameDisagreement::Sign(Sign::AtLeast)));
    for (name, text) in [
        ("受助人员满意度(≥**%)", "≥92%"),
        ("验收通过率≥100%", "=100%"),
        ("采伐监管量(万立方米)", "5万立方米"),
        ("费用控制数(万元)", "58元"),
        ("年末结转率(计算方法为:结转数/预算数)", "≤3%"),
        ("立项程序规范性（3 分）", "95%"),
        ("热线响应率(响应时间≤24小时)", "≥95%"),
        ("就业人数(年)", "≥100人"),
        ("公路养护里程(县)", "≥120公里"),
        ("新建卫生室(所)", "5个"),
        ("培训补贴标准(元/人)", "2800元"),
        ("急难救助标准(<**元/户·年)——户年最高4800元", "<=4800元/户"),
        ("质量合格率(第3批)", "≥98%"),
        ("5G基站建设", "20座"),
        ("完成进度(2022年)", "100%"),
    ] {
        assert_eq!(check(name, text), None, "{name} {text}");
    }
}

#[test]
fn copies_of_the_target() {
    let check = |promised: &str, done: &str| copies_target(&target(promised), &actual(done));
    assert!(check("≥40厘米", "≥40 厘米"));
    assert!(check(">=40厘米", "≥40厘米"));
    assert!(check("95%及以上", "≥95%"));
    assert!(check("2022年11月30日前", "2022年11月30日前"));
    assert!(!check("31.5亩", "31.5亩"), "a number may well be the number promised");
    assert!(!check("≥40厘米", "40厘米"));
    assert!(!check("≥40厘米", "≥45厘米"));
    assert!(!check("=100%", "=100%"), "a formula of literals");
    assert!(!check("专账核算", "专账核算"), "what was promised was done");
    assert!(!check("高", "高"));
}

#[test]
fn status_words_rates_and_texts() {
    assert!(is_status_for_number(&target("12万元"), &actual("已完成100%")));
    assert!(is_status_for_number(&target("2022年底"), &actual("已完成")));
    assert!(!is_status_for_number(&target("2022年底"), &actual("按时完成")));
    assert!(!is_status_for_number(&target("作用明显"), &actual("达成预期指标")));
    let hints = Hints { indicator: "市民满意率", ..Hints::default() };
    assert!(is_rate_out_of_range(&read_text("290%", &hints)));
    assert!(!is_rate_out_of_range(&read_text("100%", &hints)));
    assert!(is_number_as_text(&Cell::text(" 1,234.5 ")));
    assert!(!is_number_as_text(&Cell::text("95%")), "a text among texts");
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
