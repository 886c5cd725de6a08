//! Programs that write formulas without computing them give each the value 0 and ask whoever opens the workbook to compute
//! it: such a 0 is no result.

use super::grid::Sheet;
use super::value::Value;

/// Forgets the results of all formulas of a workbook that asks to be computed, where each is 0: a program that computes
/// has others among them.
pub fn forget(sheets: &mut [Sheet]) {
    let is_placeholder = |value: &Value| match value {
        Value::Number(number) => number.is_zero(),
        other => *other == Value::Empty,
    };
    let formulas = || sheets.iter().flat_map(Sheet::cells).filter(|(_, cell)| cell.formula.is_some());
    if formulas().all(|(_, cell)| is_placeholder(&cell.value)) {
        sheets.iter_mut().for_each(Sheet::forget_results);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{CellRef, Number};
    use crate::sheet::{Cell, NumberFormat};

    fn sheet(results: &[&str]) -> Sheet {
        let mut sheet = Sheet::new("表", true);
        for (row, result) in (0..).zip(results) {
            let at = CellRef::new(row, 0).unwrap();
            sheet.put(at, Cell { value: Value::Number(result.parse().unwrap()), ..Cell::default() });
            sheet.put_formula(at, NumberFormat::General, "1+1".to_owned());
        }
        sheet
    }

    #[test]
    fn zeros_alone_are_no_results() {
        let value = |sheets: &[Sheet]| sheets[0].at(0, 0).value.clone();
        let mut all = [sheet(&["0", "0"]), sheet(&["0"])];
        forget(&mut all);
        assert_eq!(value(&all), Value::Empty);
        let mut some = [sheet(&["0", "0"]), sheet(&["2"])];
        forget(&mut some);
        assert_eq!(value(&some), Value::Number(Number::ZERO));
    }
}
