//! The budget block of a self-evaluation form: 年度资金总额 and the rows below it.

use super::header::{Header, HeaderColumn};
use super::names;
use super::view::{Item, View};
use super::{fields, which_budget};
use crate::base::{CellRef, RangeRef, Weight};
use crate::mapping::title::{any_matches, normalise, unnumbered};
use crate::mapping::{Column, Mapping, TableKind, Use};
use crate::model::{BudgetBlock, Entry, Finding, FindingId, MoneyUnit};
use crate::notation::money;
use crate::sheet::{NumberFormat, Value};

/// The block under a header.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its rows, the total first.
    pub rows: Vec<BudgetBlock>,
    /// Its last row.
    pub last_row: u32,
}

/// Blank rows at most between the header and its first row.
const MAX_GAP: u32 = 3;

/// Whether a row of money follows the header: `预算数：` before its value is a label, no title.
pub(super) fn looks_like(view: &View<'_>, mapping: &Mapping, header: &Header) -> bool {
    let below = header.bottom.saturating_add(1);
    let Some((first, _)) = view.rows(below, below.saturating_add(MAX_GAP)).next() else { return false };
    !read(view, mapping, header, first, None, &mut Vec::new()).rows.is_empty()
}

/// Reads the block; it ends where a row is neither labelled as money nor filled with numbers.
pub(super) fn read(
    view: &View<'_>,
    mapping: &Mapping,
    header: &Header,
    last: u32,
    form_unit: Option<MoneyUnit>,
    findings: &mut Vec<Finding>,
) -> Block {
    let mut block = Block { rows: Vec::new(), last_row: header.bottom };
    let amounts: Vec<Amounts<'_>> = TableKind::Money
        .used_for(Use::Amount)
        .filter_map(|column| header.get(column))
        .map(|column| Amounts::new(view, mapping, header, column))
        .collect();
    let Some(first_col) = amounts.iter().map(|amounts| amounts.column.col).min() else { return block };
    let corner = corner(view, header, first_col);
    let mut totals: Vec<usize> = Vec::new();
    for row in header.bottom.saturating_add(1)..=last {
        let items = view.row(row);
        if items.is_empty() || names::is_page_mark(items) {
            continue;
        }
        if corner.is_some_and(|corner| corner.last.row() > header.bottom && row > corner.last.row()) {
            break;
        }
        let in_corner = corner.filter(|corner| corner.last.row() >= row && block.rows.is_empty());
        let inside = amounts.iter().find_map(|amounts| amounts.label(view, row)).map(label_of);
        let label = inside
            .or_else(|| row_label(view, header, row, first_col))
            .or_else(|| view.item(in_corner?.first).map(label_of));
        let Some((label, key)) = label else { break };
        let total = any_matches(&mapping.budget.total, &key)
            || unnumbered(&key).is_some_and(|key| any_matches(&mapping.budget.total, key));
        let known = total || any_matches(&mapping.budget.labels, &key);
        let filled = amounts.iter().filter(|amounts| amounts.is_filled(view, row)).count();
        let number = filled > 0;
        // Amounts in more columns than one are a row of the block, whatever it is called (地/本级).
        let known = known || filled > 1;
        if !known || !(number || row_is_blank(view, row, first_col) || total) {
            break;
        }
        let said_unit = unit(view, header, row, first_col, form_unit);
        let is_missing = |entry: &Entry| mapping.missing_values.contains(&normalise(&entry.shown()));
        let cell = |column: Column| -> Option<Entry> {
            let entry = match amounts.iter().find(|amounts| amounts.column.column == column) {
                Some(amounts) => view.entry_at(amounts.cell(view, row).ok()?),
                None => view.entry(row, header.get(column)?.col)?,
            };
            let entry = match own_title_unit(header, column).filter(|own| Some(*own) != said_unit) {
                Some(own) => in_unit(entry, own),
                None => entry,
            };
            (!is_missing(&entry)).then_some(entry)
        };
        for unclear in amounts.iter().filter(|amounts| amounts.cell(view, row).is_err()) {
            findings.push(unclear.several(view, row));
        }
        if total {
            totals.push(block.rows.len());
        }
        let weight = cell(Column::Weight).filter(|entry| !entry.is_blank());
        let wanting = weight.is_none() && (total || block.rows.is_empty());
        let said = points(view, header, corner);
        let typed = weight.as_ref().and_then(|entry| names::weight(&entry.cell));
        if let Some((said, typed)) = said
            .as_ref()
            .map(|(said, _)| *said)
            .zip(typed)
            .filter(|(a, b)| a != b && (total || block.rows.is_empty()))
        {
            let message =
                format!("预算执行表标明 {said} 分，分值栏填的是 {typed}，不一致，不能确定分值，暂不定等级。");
            let at = weight.as_ref().and_then(|entry| entry.at.clone());
            findings.push(Finding::new(FindingId::PointsNotRead, at, message));
        }
        let (points, label_points) = said.filter(|_| wanting).unzip();
        let spent = cell(Column::Spent);
        let base = which_budget::columns(mapping, header)
            .into_iter()
            .filter_map(&cell)
            .find(|entry| !entry.is_blank());
        block.rows.push(BudgetBlock {
            label,
            budget: cell(Column::Budget),
            adjusted: cell(Column::Adjusted),
            base: base.clone(),
            other_base: base.as_ref().and_then(|base| which_budget::other(&cell, base)),
            unit: said_unit
                .or_else(|| own_unit(&[cell(Column::Budget), cell(Column::Adjusted), spent.clone()])),
            spent,
            rate: cell(Column::Rate),
            weight: label_points.or_else(|| cell(Column::Weight)),
            points,
            score: cell(Column::Score).or_else(|| cell(Column::StatedScore)),
            stated_score: cell(Column::StatedScore).filter(|_| header.has(Column::Score)),
            reason: header.get(Column::Reason).and_then(|column| view.entry(row, column.col)),
        });
        block.last_row = row;
    }
    total_first(view, header, &mut block, &totals, findings);
    which_budget::rule_out(view, mapping, header, &mut block.rows);
    block
}

/// The total row comes first. A block of one row is its own total; of several one must call itself so.
fn total_first(
    view: &View<'_>,
    header: &Header,
    block: &mut Block,
    totals: &[usize],
    findings: &mut Vec<Finding>,
) {
    match (totals, block.rows.len()) {
        (_, 0 | 1) => {}
        ([first, ..], _) => {
            if let Some(rows) = block.rows.get_mut(..=*first) {
                rows.rotate_right(1);
            }
        }
        ([], _) => {
            let at = header.columns.first().map(|column| view.address(column.at));
            let message = "预算执行表没有写明“年度资金总额”或“合计”的一行，无法确定总额。".to_owned();
            findings.push(Finding::new(FindingId::BudgetTotalMissing, at, message));
            block.rows.clear();
        }
    }
}

/// A column of money with what its title divides into: 预算数 over 合计 | 中央 | 地方.
struct Amounts<'h> {
    column: &'h HeaderColumn,
    /// The column of the whole, where a title below says which one it is.
    whole: Option<u32>,
}

impl<'h> Amounts<'h> {
    fn new(view: &View<'_>, mapping: &Mapping, header: &Header, column: &'h HeaderColumn) -> Self {
        let below = column.at.row().saturating_add(1)..=header.bottom;
        let mut named = below.flat_map(|row| view.row(row)).filter(|item| {
            (column.col..=column.last_col).contains(&item.at.col())
                && any_matches(&mapping.budget.total, &item.key)
        });
        let whole = named.next().map(|item| item.at.col()).filter(|_| named.next().is_none());
        Self { column, whole: whole.filter(|_| column.last_col > column.col) }
    }

    /// The cell of a row; several numbers under one title of which none is the whole cannot be told apart.
    fn cell(&self, view: &View<'_>, row: u32) -> Result<CellRef, ()> {
        let first = || view.anchor(row, self.whole.unwrap_or(self.column.col)).ok_or(());
        if self.whole.is_some() || self.column.last_col == self.column.col {
            return first();
        }
        let mut filled: Vec<CellRef> = (self.column.col..=self.column.last_col)
            .filter_map(|col| view.shown(row, col))
            .filter(|item| is_amount(item) && !names::is_dots(&item.key))
            .map(|item| item.at)
            .collect();
        filled.dedup();
        match filled.as_slice() {
            [] => first(),
            [only] => Ok(*only),
            _ => Err(()),
        }
    }

    fn is_filled(&self, view: &View<'_>, row: u32) -> bool {
        self.cell(view, row).is_ok_and(|at| view.item(at).is_some_and(is_amount))
    }

    /// The label of a row that stands under a title merged over it and the amount.
    fn label<'v>(&self, view: &'v View<'_>, row: u32) -> Option<&'v Item<'v>> {
        let label =
            view.shown(row, self.column.col).filter(|item| !is_amount(item) && item.text().is_some())?;
        (self.column.last_col > self.column.col && self.is_filled(view, row)).then_some(label)
    }

    fn several(&self, view: &View<'_>, row: u32) -> Finding {
        let at = CellRef::new(row, self.column.col).map(|at| view.address(at));
        let title: String = self.column.title.split_whitespace().collect();
        let message = format!("“{title}”下有几个金额，没有写明哪一个是合计，这一行的金额没有读取。");
        Finding::new(FindingId::CellsUnderOneTitle, at, message)
    }
}

/// The points of the block that its label or the title of its score states, with the cell that does: where both do, they
/// must agree.
fn points(view: &View<'_>, header: &Header, corner: Option<RangeRef>) -> Option<(Weight, Entry)> {
    let label = corner.and_then(|corner| view.item(corner.first));
    let title = [Column::Score, Column::StatedScore].into_iter().find_map(|column| header.get(column));
    let title = title.and_then(|column| view.item(column.at));
    let said =
        |item: &Item<'_>| names::stated_points(&item.key).map(|points| (points, view.entry_at(item.at)));
    let (label, title) = (label.and_then(said), title.and_then(said));
    match (&label, &title) {
        (Some((one, _)), Some((other, _))) if one != other => None,
        _ => label.or(title),
    }
}

/// The unit behind the amounts (`1,150万`), where each of them has one: the last one's.
fn own_unit(amounts: &[Option<Entry>]) -> Option<MoneyUnit> {
    let filled = amounts.iter().flatten().filter(|entry| !entry.is_blank());
    let units: Option<Vec<MoneyUnit>> = filled.map(|entry| money::amount(&entry.cell)?.unit).collect();
    units?.last().copied()
}

/// The unit that a column's own title states.
fn own_title_unit(header: &Header, column: Column) -> Option<MoneyUnit> {
    header
        .get(column)
        .filter(|_| TableKind::Money.uses(column, Use::Amount))
        .and_then(|column| fields::unit_in(&column.title))
}

/// An amount without a unit of its own in the one that only its column's title states.
pub(super) fn in_unit(entry: Entry, unit: MoneyUnit) -> Entry {
    let Some(shown) = money::amount(&entry.cell).filter(|shown| shown.unit.is_none()) else { return entry };
    let mut entry = entry;
    match &mut entry.cell.value {
        Value::Text(text) => text.push_str(unit.name()),
        _ => {
            let (power, negative) = match entry.cell.format {
                NumberFormat::Scaled { power, negative, .. } => (power, negative),
                _ => (0, false),
            };
            let places = u8::try_from(shown.places).unwrap_or(u8::MAX);
            entry.cell.format = NumberFormat::Scaled { places, power, unit: unit.name(), negative };
        }
    }
    entry
}

/// The block's label at its left: 项目资金（万元）, merged over its rows or not.
fn corner(view: &View<'_>, header: &Header, first_col: u32) -> Option<RangeRef> {
    (0..first_col)
        .filter_map(|col| view.shown(header.bottom, col))
        .find(|item| !item.key.is_empty())
        .map(|item| view.range(item.at))
}

/// The text that says what a row is: the nearest one left of the amounts that begins in the row.
fn row_label(view: &View<'_>, header: &Header, row: u32, first_col: u32) -> Option<(String, String)> {
    let titled =
        |col: u32| header.columns.iter().any(|column| column.column != Column::Other && column.col == col);
    (0..first_col)
        .rev()
        .filter(|col| !titled(*col))
        .filter_map(|col| view.shown(row, col))
        // A target (≥90%) is no label.
        .find(|item| item.at.row() == row && item.key.contains(|c: char| c.is_alphabetic()))
        .map(label_of)
}

/// A label as a person reads it, and as patterns are held against it.
fn label_of(item: &Item<'_>) -> (String, String) {
    let label: String = item.cell.shown().split_whitespace().collect();
    let label = label.trim_end_matches([':', '：']).to_owned();
    (label, item.key.trim_end_matches(':').to_owned())
}

fn row_is_blank(view: &View<'_>, row: u32, first_col: u32) -> bool {
    view.row(row).iter().filter(|item| item.at.col() >= first_col).all(|item| names::is_dots(&item.key))
}

fn is_amount(item: &Item<'_>) -> bool {
    match &item.cell.value {
        Value::Number(_) => true,
        Value::Text(_) => item.key.starts_with(|c: char| c.is_ascii_digit()) || names::is_dots(&item.key),
        _ => item.cell.formula.is_some(),
    }
}

/// The unit: of the column's title, of the block's label, of the row's label, of the form.
fn unit(
    view: &View<'_>,
    header: &Header,
    row: u32,
    first_col: u32,
    form_unit: Option<MoneyUnit>,
) -> Option<MoneyUnit> {
    let titled = [Column::Adjusted, Column::Budget, Column::Spent];
    let titled =
        titled.into_iter().filter_map(|column| header.get(column)).find_map(|c| fields::unit_in(&c.title));
    let left = |row: u32| {
        (0..first_col).filter_map(|col| view.shown(row, col)).find_map(|i| fields::unit_in(&i.cell.shown()))
    };
    let heading = || (header.top..=header.bottom).find_map(left);
    titled.or_else(|| left(row)).or_else(heading).or(form_unit)
}
