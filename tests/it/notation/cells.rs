//! What a cell adds to its text: the number format, a constant formula, a date.

use jixiao::inner::base::{Date, Number};
use jixiao::inner::notation::{Hints, Notation, Role, read, read_text};
use jixiao::inner::sheet::{Cell, NumberFormat, Value};

use super::show;

fn number(value: &str, format: NumberFormat) -> Cell {
    Cell { value: Value::Number(value.parse::<Number>().unwrap()), format, formula: None }
}

fn formula(formula: &str, value: &str, format: NumberFormat) -> Cell {
    Cell { formula: Some(formula.to_owned()), ..number(value, format) }
}

fn target(cell: &Cell) -> String {
    show(&read(cell, &Hints::default()))
}

#[test]
fn the_number_format_is_part_of_the_value() {
    assert_eq!(target(&number("1", NumberFormat::Percent(0))), "quantity 100 %");
    assert_eq!(target(&number("0.9685", NumberFormat::Percent(2))), "quantity 96.85 %");
    assert_eq!(target(&number("1", NumberFormat::General)), "quantity 1");
    let shown = read(&number("0.9685", NumberFormat::Percent(2)), &Hints::default()).unwrap();
    let quantity = shown.quantity().unwrap();
    assert_eq!((quantity.places, quantity.source.as_str()), (2, "96.85%"));
    assert_eq!(quantity.last_place().unwrap().to_string(), "0.01");
}

#[test]
fn the_last_place_shown_is_known_for_amounts() {
    let hints = Hints { unit: Some("万元"), ..Hints::default() };
    let read = read(&number("61.2", NumberFormat::Fixed(2)), &hints).unwrap();
    assert_eq!(read.quantity().unwrap().last_place().unwrap().to_string(), "0.01");
    let people = read_text("1.2万人", &Hints::default()).unwrap();
    assert_eq!(people.quantity().unwrap().last_place().unwrap().to_string(), "1000");
}

#[test]
fn a_constant_formula_is_what_was_typed() {
    assert_eq!(target(&formula("100%", "1", NumberFormat::General)), "quantity =100 %");
    assert_eq!(target(&formula("100%", "1", NumberFormat::Percent(0))), "quantity =100 %");
    assert_eq!(target(&formula("61.2", "61.2", NumberFormat::General)), "quantity =61.2");
    assert_eq!(target(&formula("50+30", "80", NumberFormat::General)), "quantity =80");
    assert_eq!(
        target(&formula("59.27/61.2", "0.968464052287582", NumberFormat::Percent(2))),
        "quantity =59.27/61.2"
    );
    // Written by a program that computes nothing.
    let unvalued = Cell { formula: Some("100%".to_owned()), ..Cell::default() };
    assert_eq!(target(&unvalued), "quantity =100 %");
}

#[test]
fn a_constant_division_is_a_rate_only_where_a_rate_is_meant() {
    let promised = read_text("≥95%", &Hints::default()).unwrap();
    let hints = Hints { role: Role::Actual, target: Some(&promised), ..Hints::default() };
    let half = formula("30/60", "0.5", NumberFormat::General);
    assert_eq!(show(&read(&half, &hints)), "quantity 30/60");
    let money = Hints { unit: Some("万元"), ..Hints::default() };
    let yuan = formula("592700/10000", "59.27", NumberFormat::General);
    assert_eq!(show(&read(&yuan, &money)), "quantity =59.27 万元");
    assert_eq!(show(&read(&formula("1/0", "0", NumberFormat::General), &hints)), "refused ZeroDenominator");
}

#[test]
fn other_formulas_count_by_their_cached_value_or_wait() {
    let cached = formula("B5/C5", "0.95", NumberFormat::Percent(0));
    assert_eq!(target(&cached), "quantity 95 %");
    let waiting = Cell { formula: Some("B5/C5".to_owned()), ..Cell::default() };
    assert_eq!(target(&waiting), "refused FormulaWithoutValue");
}

#[test]
fn a_bare_number_under_a_percentage_is_one_only_above_one() {
    let promised = read_text("≥98%", &Hints::default()).unwrap();
    let hints = Hints { role: Role::Actual, target: Some(&promised), ..Hints::default() };
    assert_eq!(show(&read(&number("97", NumberFormat::General), &hints)), "quantity 97 %");
    assert_eq!(show(&read(&number("0.97", NumberFormat::General), &hints)), "refused PercentOrRatio");
    assert_eq!(show(&read(&number("1", NumberFormat::Fixed(2)), &hints)), "refused PercentOrRatio");
    assert_eq!(show(&read(&number("0", NumberFormat::General), &hints)), "quantity 0 %");
}

#[test]
fn dates_come_as_date_cells_or_eight_digits() {
    let day = Cell {
        value: Value::Date(Date::new(2022, 11, 18).unwrap()),
        format: NumberFormat::Date,
        formula: None,
    };
    assert_eq!(target(&day), "date 2022-11-18");
    let due = read_text("2022年11月30日前", &Hints::default()).unwrap();
    let hints = Hints { role: Role::Actual, target: Some(&due), ..Hints::default() };
    assert_eq!(show(&read(&number("20221118", NumberFormat::General), &hints)), "date 2022-11-18");
    // 2022.1 may have been 2022.10, and 44926 a day whose format was lost, or anything.
    for value in ["2022.1", "44926"] {
        assert_eq!(show(&read(&number(value, NumberFormat::General), &hints)), "refused NotADate");
        let named = Hints { indicator: "工程完工时间", ..Hints::default() };
        assert_eq!(show(&read(&number(value, NumberFormat::General), &named)), "refused NotADate");
    }
}

#[test]
fn blanks_errors_and_truth_values() {
    assert_eq!(target(&Cell::default()), "blank");
    assert_eq!(
        target(&Cell { value: Value::Error("#REF!".to_owned()), ..Cell::default() }),
        "refused ErrorValue"
    );
    let huge = Cell { value: Value::Unrepresentable("1e300".to_owned()), ..Cell::default() };
    assert_eq!(target(&huge), "refused TooManyDigits");
    assert_eq!(target(&Cell { value: Value::Bool(true), ..Cell::default() }), "yes");
}

#[test]
fn a_refusal_names_the_words_and_says_what_to_do() {
    let refusal = read_text("≥31人改善出行条件", &Hints::default()).unwrap_err();
    assert_eq!(refusal.words, "改善出行条件");
    insta::assert_snapshot!(refusal, @"“改善出行条件”无法识别，请改写成数字加单位（如“≥95%”“20场”）、日期或选项。");
    let hints = Hints { indicator: "群众满意度", ..Hints::default() };
    let refusal = read_text("250%", &hints).unwrap_err();
    insta::assert_snapshot!(refusal, @"“250%”超出该指标可能的范围，请核对是否录入或识别错误。");
    assert!(matches!(read_text("95%", &hints), Ok(Notation::Quantity(_))));
}
