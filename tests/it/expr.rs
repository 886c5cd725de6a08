//! Expressions: one calculation, read as a number and as a formula.

use jixiao::inner::base::{CellAt, CellRef, Number, RangeAt};
use jixiao::inner::expr::{
    Env, ErrorValue, Expr, FormulaError, Func, NoCells, Value, Var, eval, formula, guard, score,
    whole_steps_down, whole_steps_up,
};

fn n(text: &str) -> Number {
    text.parse().unwrap()
}

fn num(text: &str) -> Expr {
    n(text).into()
}

fn cell(sheet: &str, at: &str) -> Expr {
    Expr::Cell(CellAt::new(sheet, at.parse().unwrap()))
}

fn range(at: &str) -> Expr {
    Expr::Range(RangeAt { sheet: "账".into(), range: at.parse().unwrap() })
}

/// Column A holds names, column B amounts: 办公 1.5, 差旅 2, 办公费 3, (blank) "x".
struct Ledger;

impl Env for Ledger {
    fn cell(&self, at: &CellAt) -> Value {
        let (names, amounts) = (["办公", "差旅", "办公费"], ["1.5", "2", "3"]);
        let row = at.cell.row() as usize;
        match at.cell.col() {
            0 => names.get(row).map_or(Value::Blank, |t| Value::Text((*t).to_owned())),
            1 => amounts.get(row).map_or(Value::Text("x".into()), |t| Value::Number(n(t))),
            _ => Value::Blank,
        }
    }

    fn range(&self, at: &RangeAt) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        for row in at.range.first.row()..=at.range.last.row() {
            for col in at.range.first.col()..=at.range.last.col() {
                values.push(self.cell(&CellAt::new(at.sheet.clone(), CellRef::new(row, col)?)));
            }
        }
        Some(values)
    }
}

fn value(expr: &Expr) -> Value {
    eval(expr, &Ledger)
}

#[test]
fn the_same_expression_is_a_number_and_a_formula() {
    let rule = score(Expr::Var(Var::Actual).over(Var::Target).times(Var::Weight).min(Var::Weight));
    let numbers = rule.bind(&|var| match var {
        Var::Actual => num("450"),
        Var::Target => num("500"),
        _ => num("3"),
    });
    assert_eq!(eval(&numbers, &NoCells), Value::Number(n("2.7")));
    let cells = rule.bind(&|var| match var {
        Var::Actual => cell("表2 评分表", "I15"),
        Var::Target => cell("表2 评分表", "H15"),
        _ => cell("评分'明细", "C3"),
    });
    assert_eq!(
        formula(&cells, Some("表2 评分表")).unwrap(),
        "ROUND(ROUND(MIN($I$15/$H$15*'评分''明细'!$C$3,'评分''明细'!$C$3),8),2)"
    );
}

#[test]
fn parentheses_are_written_only_where_they_are_needed() {
    let print = |e: &Expr| formula(e, None).unwrap();
    let (a, b, c) = (num("1"), num("2"), num("3"));
    assert_eq!(print(&a.clone().minus(b.clone().minus(c.clone()))), "1-(2-3)");
    assert_eq!(print(&a.clone().minus(b.clone()).minus(c.clone())), "1-2-3");
    assert_eq!(print(&a.clone().over(b.clone().times(c.clone()))), "1/(2*3)");
    assert_eq!(print(&a.clone().plus(b.clone()).times(c.clone())), "(1+2)*3");
    assert_eq!(print(&Expr::Neg(Box::new(a.clone().plus(b.clone())))), "-(1+2)");
    assert_eq!(print(&num("-4").plus(c)), "(-4)+3");
    assert_eq!(
        print(&a.at_least(b).choose(Expr::text("说\"好\""), num("0.10"))),
        "IF(1>=2,\"说\"\"好\"\"\",0.1)"
    );
}

#[test]
fn a_formula_excel_would_refuse_is_an_error() {
    assert_eq!(formula(&Expr::Var(Var::Weight), None), Err(FormulaError::Unbound));
    assert_eq!(formula(&num("1.000000000000001"), None), Err(FormulaError::TooPrecise));
    assert!(formula(&num("12345678901234500000"), None).is_ok());
    assert_eq!(formula(&Expr::text("长".repeat(256)), None), Err(FormulaError::TooLarge));
    let deep = (0..70).fold(num("1"), |e, _| Expr::call(Func::Int, [e]));
    assert_eq!(formula(&deep, None), Err(FormulaError::TooDeep));
    let long = Expr::call(Func::Sum, (0..200).map(|_| Expr::text("长".repeat(60))));
    assert_eq!(formula(&long, None), Err(FormulaError::TooLong));
}

#[test]
fn faults_are_values_not_panics() {
    let big = num("7922816251426433759354395033");
    assert_eq!(value(&big.clone().times(big)), Value::Error(ErrorValue::Num));
    assert_eq!(value(&num("1").over(num("0"))), Value::Error(ErrorValue::Div0));
    assert_eq!(value(&Expr::text("三").plus(num("1"))), Value::Error(ErrorValue::Value));
    assert_eq!(value(&Expr::Var(Var::Level)), Value::Error(ErrorValue::Ref));
    let rescued = Expr::call(Func::IfError, [num("1").over(num("0")), num("7")]);
    assert_eq!(value(&rescued), Value::Number(n("7")));
}

#[test]
fn blanks_texts_and_booleans_compare_as_in_excel() {
    let blank = || cell("账", "C1");
    for (expr, expected) in [
        (blank().equals(num("0")), true),
        (blank().equals(Expr::text("")), true),
        (Expr::text("ABC").equals(Expr::text("abc")), true),
        (Expr::call(Func::Exact, [Expr::text("ABC"), Expr::text("abc")]), false),
        (num("9").below(Expr::text("1")), true),
        (Expr::text("z").below(Expr::Const(Value::Bool(false))), true),
    ] {
        assert_eq!(value(&expr), Value::Bool(expected), "{expr:?}");
    }
}

#[test]
fn ranges_are_summed_counted_and_searched() {
    for (expr, expected) in [
        (Expr::call(Func::Sum, [range("B1:B4")]), "6.5"),
        (Expr::call(Func::Count, [range("A1:B4")]), "3"),
        (Expr::call(Func::Max, [range("B1:B4")]), "3"),
        (Expr::call(Func::SumIf, [range("A1:A4"), Expr::text("办公*"), range("B1:B4")]), "4.5"),
        (Expr::call(Func::SumIf, [range("B1:B4"), Expr::text(">=2")]), "5"),
        (
            Expr::call(
                Func::SumIfs,
                [range("B1:B4"), range("A1:A4"), Expr::text("办公"), range("B1:B4"), Expr::text("<2")],
            ),
            "1.5",
        ),
        (Expr::call(Func::CountIf, [range("A1:A4"), Expr::text("<>差旅")]), "3"),
        (Expr::call(Func::CountIfs, [range("A1:A3"), Expr::text("?公"), range("B1:B3"), num("1.5")]), "1"),
        (Expr::call(Func::SumProduct, [range("B1:B4"), range("B1:B4")]), "15.25"),
        (Expr::call(Func::Match, [Expr::text("差旅"), range("A1:A4"), num("0")]), "2"),
        (Expr::call(Func::Index, [range("A1:B4"), num("3"), num("2")]), "3"),
        (Expr::call(Func::Choose, [num("2"), num("5"), num("6")]), "6"),
    ] {
        assert_eq!(value(&expr), Value::Number(n(expected)), "{expr:?}");
    }
}

#[test]
fn ties_round_as_a_clerk_would_and_steps_are_whole() {
    assert_eq!(value(&score(num("1.005"))), Value::Number(n("1.01")));
    assert_eq!(value(&guard(num("0.9499999999"))), Value::Number(n("0.95")));
    assert_eq!(value(&whole_steps_down(num("2.999"))), Value::Number(n("2")));
    assert_eq!(value(&whole_steps_up(num("2.001"))), Value::Number(n("3")));
    assert_eq!(value(&whole_steps_up(num("2.000000001"))), Value::Number(n("2")));
}
