//! Formulas of an `.ods` (`OpenFormula`) in Excel's words.

use crate::base::CellRef;

/// `of:=SUM([.F4:.F25];1)` as `SUM(F4:F25,1)`; `None` where it says something that Excel says otherwise.
pub(super) fn excel_formula(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix("of:=")?;
    let mut said = String::new();
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..)?;
        rest = match c {
            '"' => {
                // A text may hold anything; a doubled quote inside is two texts side by side, as in Excel.
                let end = after.find('"')?;
                let (inside, behind) = after.split_at(end);
                said.push('"');
                said.push_str(inside);
                said.push('"');
                behind.get(1..)?
            }
            '[' => {
                let end = closing(after)?;
                let (inside, behind) = after.split_at(end);
                said.push_str(&reference(inside)?);
                behind.get(1..)?
            }
            ';' => {
                said.push(',');
                after
            }
            // Unions, intersections, arrays and names written plainly are said otherwise in Excel.
            '~' | '!' | '{' | '|' | ',' | '\'' | '#' => return None,
            _ => {
                said.push(c);
                after
            }
        };
    }
    Some(said)
}

/// Where the bracket ends; a sheet's name may hold one.
fn closing(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| match c {
        '\'' => {
            quoted = !quoted;
            None
        }
        ']' if !quoted => Some(at),
        _ => None,
    })
}

/// `.A1`, `.A1:.B2`, `$'sheet'.A1`, `$sheet.A1:.B2`.
fn reference(text: &str) -> Option<String> {
    let (sheet, rest) = sheet_of(text)?;
    let cells = match rest.split_once(':') {
        None => cell(rest)?.to_owned(),
        Some((first, last)) => {
            // A range over several sheets names the last one too.
            format!("{}:{}", cell(first)?, cell(last.strip_prefix('.')?)?)
        }
    };
    Some(match sheet {
        None => cells,
        Some(name) => format!("{}!{cells}", crate::base::address::quote_sheet(&name)),
    })
}

fn cell(text: &str) -> Option<&str> {
    text.parse::<CellRef>().ok().map(|_| text)
}

/// The sheet before the point, and what is behind it.
fn sheet_of(text: &str) -> Option<(Option<String>, &str)> {
    if let Some(rest) = text.strip_prefix('.') {
        return Some((None, rest));
    }
    let text = text.strip_prefix('$').unwrap_or(text);
    let Some(mut rest) = text.strip_prefix('\'') else {
        let (name, rest) = text.split_once('.')?;
        return (!name.contains('\'')).then(|| (Some(name.to_owned()), rest));
    };
    let mut name = String::new();
    loop {
        let (part, behind) = rest.split_once('\'')?;
        name.push_str(part);
        match behind.strip_prefix('\'') {
            Some(more) => {
                name.push('\'');
                rest = more;
            }
            None => return Some((Some(name), behind.strip_prefix('.')?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_separators_are_said_as_excel_says_them() {
        for (ods, excel) in [
            ("of:=SUM([.F4:.F25])", "SUM(F4:F25)"),
            ("of:=100%", "100%"),
            ("of:=IF([.A1]>=1;\"a;[.b]\";[$'表2 评分表'.$K$4])", "IF(A1>=1,\"a;[.b]\",'表2 评分表'!$K$4)"),
            ("of:=[$Sheet1.A1:.B2]", "'Sheet1'!A1:B2"),
            ("of:=[$'it''s ]'.A1]", "'it''s ]'!A1"),
        ] {
            assert_eq!(excel_formula(ods).as_deref(), Some(excel));
        }
    }

    #[test]
    fn what_excel_says_otherwise_is_left_out() {
        for text in [
            "=1",
            "oooc:=1",
            "of:={1;2}",
            "of:=[.A1]~[.B1]",
            "of:=[.A1",
            "of:=\"x",
            "of:=[.A:.A]",
            "of:=[$a.A1:$b.B2]",
            "of:=['file:///x'#$s.A1]",
        ] {
            assert_eq!(excel_formula(text), None, "{text}");
        }
    }
}
