//! Which formulas of another format are Excel's own words. What is not is dropped and its value kept: a formula that
//! Excel cannot read makes it refuse the whole workbook, and one that is read differently gives a wrong figure.

use crate::base::CellRef;

/// Excel's own limit.
const MAX_CHARS: usize = 8_192;
/// Excel's own limit of nested functions.
const MAX_NESTED: usize = 64;

/// Functions that Excel 2007, WPS and LibreOffice all have with the same meaning.
const FUNCTIONS: &str = "\
    ABS AND AVERAGE AVERAGEA AVERAGEIF AVERAGEIFS CHAR CHOOSE CLEAN CODE COLUMN COLUMNS CONCATENATE \
    COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS DATE DATEDIF DATEVALUE DAY DAYS360 EDATE EOMONTH EVEN EXACT EXP \
    FALSE FIND FIXED HLOOKUP HOUR IF IFERROR INDEX INT ISBLANK ISERR ISERROR ISEVEN ISNA ISNUMBER ISODD \
    ISTEXT LARGE LEFT LEN LN LOG LOG10 LOOKUP LOWER MATCH MAX MAXA MEDIAN MID MIN MINA MINUTE MOD MODE MONTH \
    MROUND N NA NETWORKDAYS NOT NOW ODD OR PERCENTILE PI POWER PRODUCT PROPER QUOTIENT RANK REPLACE REPT RIGHT \
    ROUND ROUNDDOWN ROUNDUP ROW ROWS SEARCH SECOND SIGN SMALL SQRT STDEV STDEVP SUBSTITUTE SUBTOTAL SUM SUMIF \
    SUMIFS SUMPRODUCT T TEXT TIME TODAY TRANSPOSE TRIM TRUE TRUNC UPPER VALUE VAR VARP VLOOKUP WEEKDAY WEEKNUM \
    WORKDAY YEAR";

/// The functions of these that stand without an argument; the others may not.
const WITHOUT_ARGUMENT: &str = "COLUMN FALSE NA NOW PI ROW TODAY TRUE";

/// Whether the formula (without `=`) is made only of constants, cells of these sheets (lower case), operators and
/// functions that mean the same everywhere, in a correct order.
pub(super) fn is_portable(text: &str, sheets: &[String]) -> bool {
    text.len() <= MAX_CHARS && Check { rest: text, sheets, open: Vec::new() }.run().is_some()
}

/// What an open parenthesis belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Function,
    Group,
}

struct Check<'a> {
    rest: &'a str,
    sheets: &'a [String],
    open: Vec<Open>,
}

impl<'a> Check<'a> {
    /// `None` as soon as something is not understood.
    fn run(mut self) -> Option<()> {
        let mut operand_next = true;
        // An argument may be left out: `IF(A1,,2)`.
        let mut may_be_empty = false;
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
            let Some(c) = self.rest.chars().next() else { break };
            if operand_next {
                match c {
                    '+' | '-' => {
                        self.skip(1);
                        may_be_empty = false;
                    }
                    '(' => {
                        self.skip(1);
                        self.push(Open::Group)?;
                        may_be_empty = false;
                    }
                    ',' if may_be_empty => self.skip(1),
                    ')' if may_be_empty => {
                        self.skip(1);
                        self.open.pop()?;
                        operand_next = false;
                    }
                    _ => {
                        let is_function = self.operand(c)?;
                        operand_next = is_function;
                        may_be_empty = is_function;
                    }
                }
                continue;
            }
            match c {
                '%' => self.skip(1),
                ')' => {
                    self.skip(1);
                    self.open.pop()?;
                }
                ',' => {
                    // Outside a function a comma is a union of ranges.
                    (self.open.last() == Some(&Open::Function)).then_some(())?;
                    self.skip(1);
                    (operand_next, may_be_empty) = (true, true);
                }
                '<' | '>' => {
                    let two = ["<=", "<>", ">="].iter().any(|operator| self.rest.starts_with(operator));
                    self.skip(if two { 2 } else { 1 });
                    (operand_next, may_be_empty) = (true, false);
                }
                '+' | '-' | '*' | '/' | '^' | '&' | '=' => {
                    self.skip(1);
                    (operand_next, may_be_empty) = (true, false);
                }
                _ => return None,
            }
        }
        (!operand_next && self.open.is_empty()).then_some(())
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn push(&mut self, open: Open) -> Option<()> {
        self.open.push(open);
        (self.open.len() <= MAX_NESTED).then_some(())
    }

    /// A constant, a reference, or a function with its parenthesis (then `true`).
    fn operand(&mut self, c: char) -> Option<bool> {
        match c {
            '"' => self.text(),
            '0'..='9' | '.' => self.number(),
            '\'' => self.other_sheet(),
            _ => return self.name(),
        }?;
        Some(false)
    }

    fn text(&mut self) -> Option<()> {
        self.skip(1);
        loop {
            self.take_while(|c| c != '"');
            self.rest = self.rest.strip_prefix('"')?;
            match self.rest.strip_prefix('"') {
                Some(rest) => self.rest = rest,
                None => return Some(()),
            }
        }
    }

    fn number(&mut self) -> Option<()> {
        let whole = self.take_while(|c| c.is_ascii_digit());
        let mut digits = whole.len();
        if self.rest.starts_with('.') {
            self.skip(1);
            digits = digits.saturating_add(self.take_while(|c| c.is_ascii_digit()).len());
        }
        if self.rest.starts_with(['E', 'e']) {
            self.skip(1);
            if self.rest.starts_with(['+', '-']) {
                self.skip(1);
            }
            (!self.take_while(|c| c.is_ascii_digit()).is_empty()).then_some(())?;
        }
        (digits > 0).then_some(())
    }

    /// `'sheet'!A1`, `'sheet'!A1:B2`.
    fn other_sheet(&mut self) -> Option<()> {
        self.skip(1);
        let mut name = String::new();
        loop {
            name.push_str(self.take_while(|c| c != '\''));
            self.rest = self.rest.strip_prefix('\'')?;
            match self.rest.strip_prefix('\'') {
                Some(rest) => {
                    name.push('\'');
                    self.rest = rest;
                }
                None => break,
            }
        }
        self.rest = self.rest.strip_prefix('!')?;
        self.sheets.contains(&name.to_lowercase()).then_some(())?;
        let first = self.take_while(in_a_name);
        self.range(first)
    }

    /// The rest of a reference that begins with this cell.
    fn range(&mut self, first: &str) -> Option<()> {
        first.parse::<CellRef>().ok()?;
        if let Some(rest) = self.rest.strip_prefix(':') {
            self.rest = rest;
            self.take_while(in_a_name).parse::<CellRef>().ok()?;
        }
        Some(())
    }

    fn name(&mut self) -> Option<bool> {
        let name = self.take_while(in_a_name);
        if let Some(rest) = self.rest.strip_prefix('(') {
            let known = if rest.trim_start().starts_with(')') { WITHOUT_ARGUMENT } else { FUNCTIONS };
            known.split(' ').any(|known| known.eq_ignore_ascii_case(name)).then_some(())?;
            self.rest = rest;
            self.push(Open::Function)?;
            return Some(true);
        }
        if !matches!(name, "TRUE" | "FALSE") {
            self.range(name)?;
        }
        Some(false)
    }
}

fn in_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '$' || c == '.' || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excels_own_words_are_portable() {
        let sheets = ["表2 评分表".to_owned(), "it's".to_owned()];
        for text in [
            "100%",
            "SUM(F4:F25)",
            "IF(A1>=0.5,\"说\"\"好\"\"\",-B$2)",
            "'表2 评分表'!K4+1",
            "SUM('It''s'!A1:B2)",
            "IF(A1,,2)",
            "PI()*2",
            "-(A1+$B$2)^2",
            "1.5E+3*A1",
            "A1<>B1",
            "ROUND(A1/B1*100,2)&\"%\"",
            "TRUE",
        ] {
            assert!(is_portable(text, &sheets), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in [
            "",
            "SUM(",
            "SUM(A1))",
            "A1 B1",
            "A1+",
            "1+,2",
            "(A1,B1)",
            "{1,2}",
            "#REF!",
            "Sheet1!A1",
            "'gone'!A1",
            "COM.MICROSOFT.X(1)",
            "评分区域",
            "SUM(评分区域)",
            "A1:B2:C3",
            "\"open",
            "Unrecognised formula for cell",
            "[1]!x",
            "XFE1",
            "A0",
            "A:A",
            "{PtgArray}",
            "()",
            "SUM()",
            "CEILING(A1)",
            "1 2",
            "=1",
        ] {
            assert!(!is_portable(text, &[]), "{text}");
        }
        assert!(!is_portable(&"(".repeat(100_000), &[]));
    }
}
