//! Where a ledger stands: its columns, unit, year and account. Its rows are streamed by another room.

use std::collections::BTreeSet;

use super::divided;
use super::fields::{self, Labelled};
use super::header::Header;
use super::recognise::FoundForm;
use super::view::{Item, View};
use crate::base::{CellRef, RangeRef};
use crate::mapping::{COMPOSED, Column, FieldName, Kind, Mapping, Mappings};
use crate::model::{LedgerColumns, LedgerLocator, MoneyUnit, Refusal};
use crate::sheet::Value;

/// Whether a header is a ledger's: where only words say which column tells what was paid for, or how much, something
/// must say when or on which voucher.
pub(super) fn looks_like(header: &Header) -> bool {
    let listed = |columns: &[Column]| {
        columns.iter().any(|column| {
            header.get(*column).is_none_or(|found| found.rank < COMPOSED) && header.has(*column)
        })
    };
    let entry =
        [Column::Date, Column::Month, Column::Day, Column::Period, Column::Voucher, Column::VoucherNumber];
    listed(&[Column::Summary]) && listed(&[Column::Debit, Column::Amount])
        || entry.iter().any(|column| header.has(*column))
}

/// The ledger under a header.
pub(super) fn locate(
    view: &View<'_>,
    mapping: &Mapping,
    form: &FoundForm,
    header: &Header,
    fields: &[Labelled],
) -> Option<LedgerLocator> {
    let over = divided::divided_title(view, header).map(|title| title.at);
    let whole = |column: Column| header.get(column).filter(|found| Some(found.at) != over);
    let col = |column: Column| whole(column).map(|found| found.col);
    let columns = LedgerColumns {
        date: col(Column::Date),
        month: col(Column::Month),
        day: col(Column::Day),
        period: col(Column::Period),
        voucher: col(Column::Voucher),
        voucher_number: col(Column::VoucherNumber),
        summary: col(Column::Summary),
        account_code: col(Column::AccountCode),
        account_name: col(Column::AccountName),
        economic: col(Column::Economic),
        project: col(Column::Project),
        debit: col(Column::Debit),
        credit: col(Column::Credit),
        amount: col(Column::Amount),
        direction: col(Column::Direction),
        balance: col(Column::Balance),
        parts: divided::columns(view, mapping, header).unwrap_or_default(),
    };
    // The parts of a divided column are added up, or another column says what they come to.
    let is_told_apart = !columns.parts.is_empty() || columns.amount.is_some();
    let at = form.title.or_else(|| header.columns.first().map(|column| column.at))?;
    let below = (header.bottom.saturating_add(1), form.rows.1);
    let mut sums = rows_of(view, below, &columns, |formula, item| adds_up(formula, item.at.col()));
    sums.extend(view.sheet.total_rows.iter().filter(|row| (below.0..=below.1).contains(*row)));
    Some(LedgerLocator {
        source: 0,
        sheet: view.sheet.id.clone(),
        first_row: header.bottom.saturating_add(1),
        last_row: Some(form.rows.1).filter(|last| *last < view.last_row()),
        sums,
        unvalued: rows_of(view, below, &columns, |_, item| item.cell.value == Value::Empty),
        columns,
        words: mapping.words.clone(),
        unit: unit(view, mapping, header, fields).unwrap_or_default(),
        refusal: odd_unit(view, header, fields)
            .map(|unit| format!("金额单位“{unit}”无法换算为元"))
            .or_else(|| unclear_amounts(view, header, over.filter(|_| is_told_apart)))
            .map(Refusal::of),
        year: year(view, form, header),
        account: account(fields),
        at: view.address(at),
        row_unit: None,
        watched: Vec::new(),
    })
}

/// The unit that the titles of the amounts state.
pub(super) fn titled_unit(header: &Header) -> Option<MoneyUnit> {
    let money = [Column::Debit, Column::Credit, Column::Amount, Column::Balance];
    let titles = money.into_iter().filter_map(|column| header.get(column));
    titles.into_iter().find_map(|column| fields::unit_in(&column.title))
}

/// The unit that the form states, else that of its titles.
pub(super) fn stated_unit(view: &View<'_>, header: &Header, fields: &[Labelled]) -> Option<MoneyUnit> {
    let above = || {
        let rows = header.top.saturating_sub(4)..header.top;
        rows.flat_map(|row| view.row(row)).filter(|item| item.key.contains("单位:")).find_map(|item| {
            let (_, behind) = item.key.rsplit_once("单位:")?;
            fields::unit_word(behind.trim_end_matches(')'))
        })
    };
    fields::form_unit(fields).or_else(|| titled_unit(header)).or_else(above)
}

/// The unit of the amounts: the stated one, else the mapping's.
fn unit(view: &View<'_>, mapping: &Mapping, header: &Header, fields: &[Labelled]) -> Option<MoneyUnit> {
    stated_unit(view, header, fields).or_else(|| {
        mapping.fields.iter().find(|rule| rule.name == FieldName::MoneyUnit).and_then(|rule| rule.unit)
    })
}

/// A unit of money that the form states and that is none of ours.
fn odd_unit(view: &View<'_>, header: &Header, fields: &[Labelled]) -> Option<String> {
    let money = [Column::Debit, Column::Credit, Column::Amount];
    let titles = money.into_iter().filter_map(|column| header.get(column)).map(|column| column.title.clone());
    let stated =
        fields.iter().filter(|field| field.name == FieldName::MoneyUnit).map(|field| field.entry.shown());
    let rows = header.top.saturating_sub(4)..header.top;
    let above =
        rows.flat_map(|row| view.row(row)).map(|item| item.key.clone()).filter(|key| key.contains("单位:"));
    stated.chain(titles).chain(above).find_map(|text| fields::odd_unit(&text))
}

/// Why it cannot be told which column holds the amounts: two have the same title, or one is divided further below its
/// title (数量 | 金额, one category a column) in a way that no title of the mapping names, but for the title told apart.
fn unclear_amounts(view: &View<'_>, header: &Header, told_apart: Option<CellRef>) -> Option<String> {
    let sides = header.has(Column::Debit) || header.has(Column::Credit);
    let needed = if sides { [Column::Debit, Column::Credit] } else { [Column::Amount, Column::Direction] };
    let shown = |cells: &[CellRef]| cells.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
    if let Some((_, cells)) = header.ambiguous.iter().find(|(column, _)| needed.contains(column)) {
        let title = cells.first().map(|first| view.sheet.get(*first).shown()).unwrap_or_default();
        return Some(format!("标题“{}”出现在 {}，无法判断该读哪一列", title.trim(), shown(cells)));
    }
    let titles = needed.into_iter().filter_map(|column| header.get(column));
    titles.filter(|title| Some(title.at) != told_apart).find_map(|title| {
        let columns = title.col..=title.last_col;
        let rows = title.at.row().saturating_add(1)..=header.bottom.saturating_add(1);
        let below: Vec<CellRef> = rows
            .flat_map(|row| view.row(row))
            .filter(|item| {
                title.column != Column::Direction
                    && columns.contains(&item.at.col())
                    && is_subtitle(&item.key)
            })
            .map(|item| item.at)
            .collect();
        let divided = !below.is_empty();
        divided.then(|| {
            format!("“{}”列下面还分栏（{}），无法判断哪一栏是金额", title.title.trim(), shown(&below))
        })
    })
}

/// Whether a text below a title divides its column: words that are no figures, no dash and no unit.
pub(super) fn is_subtitle(key: &str) -> bool {
    let words = key.chars().any(char::is_alphabetic) && !key.chars().any(|c| c.is_ascii_digit());
    words && fields::unit_in(key).is_none()
}

/// The year in the header (`2022年` over 月 and 日) or above it.
fn year(view: &View<'_>, form: &FoundForm, header: &Header) -> Option<i16> {
    let rows = |first: u32, last: u32| {
        view.rows(first, last)
            .flat_map(|(_, items)| items)
            .find_map(|item| fields::heading_year(item.text()?))
    };
    rows(header.top, header.bottom).or_else(|| rows(form.rows.0, header.top.checked_sub(1)?))
}

/// `5001.02.07 农村饮用水` above the table: code and name.
fn account(fields: &[Labelled]) -> Option<(String, String)> {
    let field = fields.iter().find(|field| field.name == FieldName::Account)?;
    let shown = field.entry.shown();
    let text = shown.trim().trim_start_matches(['(', '（', '[', '【']);
    let end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(text.len());
    let (code, rest) = text.split_at_checked(end)?;
    if code.is_empty() {
        return None;
    }
    let name = rest.trim_start_matches([')', '）', ']', '】', ' ', '　', '\u{a0}', '/', '\\', ':', '：']);
    Some((code.to_owned(), name.trim().to_owned()))
}

/// The rows of which an amount has such a formula.
fn rows_of(
    view: &View<'_>,
    (first, last): (u32, u32),
    columns: &LedgerColumns,
    is_such: impl Fn(&str, &Item<'_>) -> bool,
) -> BTreeSet<u32> {
    let amounts = [columns.debit, columns.credit, columns.amount];
    let has_one = |item: &Item<'_>| {
        let is_amount = amounts.contains(&Some(item.at.col())) || columns.parts.contains(&item.at.col());
        let formula = item.cell.formula.as_deref().filter(|_| is_amount);
        formula.is_some_and(|formula| is_such(formula, item))
    };
    let rows = view.rows(first, last);
    rows.filter(|(_, items)| items.iter().any(has_one)).map(|(row, _)| row).collect()
}

/// Whether a formula is nothing but a sum over cells of the column (`SUM(F4:F7)`, `SUBTOTAL(109,F4:F7)`) or of a table.
fn adds_up(formula: &str, col: u32) -> bool {
    let formula: String = formula.trim_start_matches('=').chars().filter(|c| !c.is_whitespace()).collect();
    let formula = formula.to_ascii_uppercase();
    let Some(inside) = formula.strip_suffix(')') else { return false };
    let ranges = match inside.split_once('(') {
        Some(("SUM", ranges)) => ranges,
        Some(("SUBTOTAL" | "AGGREGATE", rest)) => match rest.split_once(',') {
            // Behind the kind of sum AGGREGATE says what to leave out.
            Some(("9" | "109", ranges)) => ranges.split_once(',').map_or(ranges, |(_, ranges)| ranges),
            _ => return false,
        },
        _ => return false,
    };
    let own = |range: &str| {
        let cells = range.replace('$', "");
        cells.parse::<RangeRef>().is_ok_and(|range| range.first.col() == col && range.last.col() == col)
    };
    ranges.split(',').all(|range| range.contains('[') || own(range))
}

/// The cells that a ledger covers, as far as it was read.
pub(super) fn last_cell(view: &View<'_>, header: &Header) -> Option<CellRef> {
    CellRef::new(view.last_row().max(header.bottom), header.right())
}

/// What the account lines of a ledger say (`科目：5001.02 农村饮用水`): above its table, and between the pages of one that
/// holds several accounts. Nothing for other forms.
pub(super) fn account_lines(view: &View<'_>, mappings: &Mappings, form: &FoundForm) -> Vec<String> {
    let is_ledger = mappings.get(form.mapping).is_some_and(|mapping| mapping.kind == Kind::Ledger);
    let Some(header) = form.headers.first().filter(|_| is_ledger) else { return Vec::new() };
    let above = header.top.checked_sub(1).map(|last| (form.rows.0, last));
    let below = view
        .rows(header.bottom.saturating_add(1), form.rows.1)
        .filter(|(_, items)| items.iter().any(|item| item.key.contains("科目") && item.key.contains(':')));
    let mut said: Vec<String> = Vec::new();
    for rows in above.into_iter().chain(below.map(|(row, _)| (row, row))) {
        let area = fields::Area { rows, tables: Vec::new() };
        let heads = fields::read(view, mappings, form.mapping, &area);
        for head in heads.iter().filter(|head| head.name == FieldName::Account) {
            let text = head.entry.shown();
            if !text.trim().is_empty() && !said.contains(&text) {
                said.push(text);
            }
        }
    }
    said
}
