//! A ledger whose amounts are divided among columns, one a category (多栏账), without one that says what each entry comes to.

use super::figures::figure;
use super::header::{Header, HeaderColumn};
use super::ledger::is_subtitle;
use super::view::{Item, View};
use crate::base::Number;
use crate::mapping::compose::{self, Role, Silent, Table};
use crate::mapping::title::normalise;
use crate::mapping::{Column, Kind, Mapping};
use crate::words::Class;

/// Rows above the titles in which the ledger's own title stands.
const TITLE_ROWS: u32 = 8;
/// Rows under a title that are looked at.
const LOOKED_AT: usize = 400;
/// Columns that hold the amount of an entry.
const AMOUNTS: [Column; 3] = [Column::Debit, Column::Credit, Column::Amount];
/// Columns that it has at least.
const MIN_COLUMNS: usize = 2;
/// Balances that prove what the columns are.
const MIN_BALANCES: usize = 2;

/// The columns that hold the amounts of each entry; `None` where the ledger has a column of amounts, or where nothing shows
/// that these are its parts: neither its title nor its balances.
pub(super) fn columns(view: &View<'_>, mapping: &Mapping, header: &Header) -> Option<Vec<u32>> {
    let over = divided_title(view, header);
    let amounts = header.columns.iter().filter(|column| AMOUNTS.contains(&column.column));
    let mut undivided = amounts.filter(|column| over.is_none_or(|over| over.at != column.at));
    let booked = [Column::Date, Column::Month, Column::Day, Column::Voucher, Column::VoucherNumber];
    let ambiguous = header.ambiguous.iter().any(|(column, _)| AMOUNTS.contains(column));
    let lacks = mapping.kind == Kind::Ledger && undivided.next().is_none() && !ambiguous;
    if !lacks || !header.has(Column::Summary) || !booked.iter().any(|column| header.has(*column)) {
        return None;
    }
    let mut columns = unknown(view, header)?;
    if let Some(over) = over {
        columns.retain(|col| (over.col..=over.last_col).contains(col));
    }
    let shown = is_titled(view, mapping, header) || is_proved(view, header, &columns);
    (columns.len() >= MIN_COLUMNS && shown).then_some(columns)
}

/// The title of the debits or amounts that is divided below into one column a category, within the header.
pub(super) fn divided_title<'h>(view: &View<'_>, header: &'h Header) -> Option<&'h HeaderColumn> {
    let is_over = |title: &&HeaderColumn| {
        let below = |item: &&Item<'_>| {
            (title.col..=title.last_col).contains(&item.at.col()) && is_subtitle(&item.key)
        };
        let titles = view.row(header.bottom).iter().filter(below).count();
        title.at.row() < header.bottom && title.last_col > title.col && titles >= MIN_COLUMNS
    };
    let amounts =
        header.columns.iter().filter(|column| matches!(column.column, Column::Debit | Column::Amount));
    let mut over = amounts.filter(is_over);
    let (only, other) = (over.next(), over.next());
    // With credits beside them the amounts of a row are two.
    only.filter(|_| other.is_none() && !header.has(Column::Credit))
}

/// Columns of numbers whose titles are of nothing that a ledger has beside its amounts; `None` where another column holds
/// numbers that may change a total.
pub(super) fn unknown(view: &View<'_>, header: &Header) -> Option<Vec<u32>> {
    let mut columns = Vec::new();
    let over = divided_title(view, header).map(|title| title.at);
    let known = |item: &Item<'_>| {
        header.columns.iter().any(|column| column.col == item.at.col() && Some(column.at) != over)
    };
    for title in view.row(header.bottom).iter().filter(|item| !item.key.is_empty() && !known(item)) {
        let role = compose::read(&title.key, Table::Ledger).map(|read| read.role);
        match (has_numbers(view, header, title), role) {
            (true, None | Some(Role::Column(Column::AccountName))) => columns.push(title.at.col()),
            (true, Some(Role::Silent(Silent::Serial | Silent::Person | Silent::Sort))) | (false, _) => {}
            (true, Some(_)) => return None,
        }
    }
    Some(columns)
}

/// Whether numbers stand under a title, and no words.
fn has_numbers(view: &View<'_>, header: &Header, title: &Item<'_>) -> bool {
    let below = view.rows(header.bottom.saturating_add(1), view.last_row()).take(LOOKED_AT);
    let cells = below.filter_map(|(row, _)| view.shown(row, title.at.col()));
    let mut cells = cells.filter(|item| item.key != title.key).peekable();
    cells.peek().is_some() && cells.all(|item| figure(item).is_some())
}

/// Whether the ledger's title says that its amounts are divided.
fn is_titled(view: &View<'_>, mapping: &Mapping, header: &Header) -> bool {
    let words = mapping.words.of(Class::DividedLedgers);
    let above = header.top.checked_sub(1).into_iter();
    let above = above.flat_map(|last| view.rows(header.top.saturating_sub(TITLE_ROWS), last));
    words.within(&normalise(&view.sheet.id.name))
        || above.flat_map(|(_, items)| items).any(|item| words.within(&item.key))
}

/// Whether the balances run with what the columns of each row come to together.
pub(super) fn is_proved(view: &View<'_>, header: &Header, columns: &[u32]) -> bool {
    let Some(balance) = header.get(Column::Balance) else { return false };
    let mut before: Option<Number> = None;
    let mut proved = 0_usize;
    for (row, items) in view.rows(header.bottom.saturating_add(1), view.last_row()).take(LOOKED_AT) {
        let own = items.iter().filter(|item| columns.contains(&item.at.col())).filter_map(figure);
        let sum = own.fold((0_usize, Some(Number::ZERO)), |(count, sum), number| {
            (count.saturating_add(1), sum.and_then(|sum| sum.plus(number)))
        });
        let (Some(stated), (1.., Some(sum))) = (view.shown(row, balance.col).and_then(figure), sum) else {
            continue;
        };
        match before.replace(stated) {
            Some(before) if before.plus(sum) == Some(stated) => proved = proved.saturating_add(1),
            // A sum below the entries repeats the balance.
            Some(before) if before == stated => {}
            Some(_) => return false,
            None => {}
        }
    }
    proved >= MIN_BALANCES
}
