//! What formulas over the sheets of ledgers give, without holding their rows.
//!
//! A sum by criteria depends on the criteria's cells alone. So the rows of a ledger are condensed to one for each
//! account (or voucher or not) and direction that occurs, with the sums of its amounts: a SUMIFS over the condensed
//! columns gives what it gives over the sheet, however many rows that has.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use crate::base::{CellAt, CellRef, Number, RangeAt, RangeRef, Result, SheetId};
use crate::expr::{Env, ErrorValue, Value};
use crate::model::{ExcludedRow, LedgerLocator};
use crate::sheet::{self, Item, Row, RowSource};

/// Distinct accounts of a ledger; one with more gets values.
const MAX_KEYS: usize = 5_000;
/// Rows that are left out whose cells are kept.
const MAX_EXCLUDED: usize = 20_000;

/// The condensed ledgers of a case, those that can be summed by formulas.
#[derive(Debug, Clone, Default)]
pub struct LedgerCells {
    ledgers: BTreeMap<usize, Condensed>,
}

/// A condensed ledger.
#[derive(Debug, Clone)]
pub(super) struct Condensed {
    sheet: SheetId,
    first_row: u32,
    pub(super) last_row: u32,
    pub(super) columns: Columns,
    rows: Vec<Sums>,
    /// The cells of rows that are left out.
    single: BTreeMap<CellRef, Value>,
}

/// The columns that formulas look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    /// What tells whose an entry is: the account's code, else something that only entries have.
    pub(super) key: u32,
    /// Whether the key is the account's code.
    pub(super) is_code: bool,
    /// 方向, where it says the side of the amount.
    pub(super) direction: Option<u32>,
    pub(super) debit: u32,
    pub(super) credit: Option<u32>,
}

#[derive(Debug, Clone)]
struct Sums {
    key: Value,
    direction: Value,
    debit: Value,
    credit: Value,
}

impl Columns {
    fn of(locator: &LedgerLocator) -> Option<Self> {
        let of = &locator.columns;
        let key = of.account_code.or(of.voucher).or(of.voucher_number).or(of.date).or(of.day)?;
        let sides = of.debit.is_some() || of.credit.is_some();
        Some(Self {
            key,
            is_code: of.account_code.is_some(),
            direction: of.direction.filter(|_| !sides),
            debit: if sides { of.debit? } else { of.amount? },
            credit: of.credit,
        })
    }
}

impl LedgerCells {
    /// Condenses the ledger of that number. One that cannot be is left out, and its totals are written as values.
    pub fn add(
        &mut self,
        number: usize,
        locator: &LedgerLocator,
        excluded: &[ExcludedRow],
        rows: &mut dyn RowSource,
    ) -> Result<()> {
        let Some(columns) = Columns::of(locator) else { return Ok(()) };
        let mut excluded = excluded.iter().filter(|row| row.ledger == number).map(|row| row.row).peekable();
        let mut ledger = Condensed {
            sheet: locator.sheet.clone(),
            first_row: locator.first_row,
            last_row: locator.first_row,
            columns,
            rows: Vec::new(),
            single: BTreeMap::new(),
        };
        let mut numbers = HashMap::new();
        let mut fits = true;
        rows.rows(&locator.sheet, locator.first_row, &mut |row| {
            ledger.last_row = ledger.last_row.max(row.number());
            while excluded.next_if(|out| *out < row.number()).is_some() {}
            let is_out = excluded.next_if_eq(&row.number()).is_some();
            fits = ledger.take(row, is_out, &mut numbers).is_some();
            Ok(if fits { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        if fits {
            self.ledgers.insert(number, ledger);
        }
        Ok(())
    }

    /// The condensed ledger of that number.
    pub(super) fn get(&self, number: usize) -> Option<&Condensed> {
        self.ledgers.get(&number)
    }

    fn of_sheet(&self, sheet: &SheetId) -> Option<&Condensed> {
        self.ledgers.values().find(|ledger| ledger.sheet == *sheet)
    }
}

impl Condensed {
    fn take(
        &mut self,
        row: &Row<'_>,
        is_out: bool,
        numbers: &mut HashMap<(String, String), usize>,
    ) -> Option<()> {
        let Columns { key, direction, debit, credit, .. } = self.columns;
        let cell = |col: Option<u32>| col.map_or(Value::Blank, |col| value(row.get(col)));
        let of_key = |value: &Value| match value {
            Value::Number(number) => format!("={number}"),
            Value::Text(text) => format!("'{text}"),
            _ => String::new(),
        };
        let (key_cell, direction_cell) = (cell(Some(key)), cell(direction));
        // Whatever the key says, only whether there is one matters.
        let key_cell = match key_cell {
            Value::Blank | Value::Error(_) => key_cell,
            _ if !self.columns.is_code => Value::Text("x".to_owned()),
            told => told,
        };
        let (debit_cell, credit_cell) = (cell(Some(debit)), cell(credit));
        if is_out {
            if self.single.len() >= MAX_EXCLUDED {
                return None;
            }
            let cells = [
                (Some(key), &key_cell),
                (direction, &direction_cell),
                (Some(debit), &debit_cell),
                (credit, &credit_cell),
            ];
            for (col, told) in cells {
                if let Some(at) = col.and_then(|col| CellRef::new(row.number(), col)) {
                    self.single.insert(at, told.clone());
                }
            }
        }
        let next = self.rows.len();
        let number = *numbers.entry((of_key(&key_cell), of_key(&direction_cell))).or_insert(next);
        if number == next {
            if next >= MAX_KEYS {
                return None;
            }
            let nothing = || Value::Number(Number::ZERO);
            self.rows.push(Sums {
                key: key_cell,
                direction: direction_cell,
                debit: nothing(),
                credit: nothing(),
            });
        }
        let sums = self.rows.get_mut(number)?;
        add(&mut sums.debit, debit_cell);
        add(&mut sums.credit, credit_cell);
        Some(())
    }

    /// A column over all rows of the ledger.
    pub(super) fn column(&self, col: u32) -> Option<RangeAt> {
        let (first, last) = CellRef::new(self.first_row, col).zip(CellRef::new(self.last_row, col))?;
        Some(RangeAt { sheet: self.sheet.clone(), range: RangeRef::new(first, last) })
    }

    /// How many rows a formula looks through.
    pub(super) fn height(&self) -> u64 {
        u64::from(self.last_row.saturating_sub(self.first_row)).saturating_add(1)
    }

    /// Whether any row has that account's code.
    pub(super) fn has(&self, code: &str) -> bool {
        self.rows.iter().any(|sums| says(&sums.key, code))
    }

    /// Whether a row that is left out would be added for the account.
    pub(super) fn is_of(&self, row: u32, code: &str) -> bool {
        let key = self.single(row, self.columns.key);
        if self.columns.is_code { says(key, code) } else { *key != Value::Blank }
    }

    /// A cell of a row that is left out.
    pub(super) fn single(&self, row: u32, col: u32) -> &Value {
        CellRef::new(row, col).and_then(|at| self.single.get(&at)).unwrap_or(&Value::Blank)
    }

    /// The address of a cell of the ledger.
    pub(super) fn at(&self, row: u32, col: u32) -> Option<CellAt> {
        Some(CellAt::new(self.sheet.clone(), CellRef::new(row, col)?))
    }
}

impl Env for LedgerCells {
    fn cell(&self, at: &CellAt) -> Value {
        self.of_sheet(&at.sheet)
            .and_then(|ledger| ledger.single.get(&at.cell).cloned())
            .unwrap_or(Value::Blank)
    }

    /// The condensed column; no other range is known.
    fn range(&self, at: &RangeAt) -> Option<Vec<Value>> {
        let ledger = self.of_sheet(&at.sheet)?;
        let col = at.range.first.col();
        if ledger.column(col)? != *at {
            return None;
        }
        let Columns { key, direction, debit, credit, .. } = ledger.columns;
        let of = |sums: &Sums| match col {
            _ if col == key => Some(sums.key.clone()),
            _ if col == debit => Some(sums.debit.clone()),
            _ if Some(col) == credit => Some(sums.credit.clone()),
            _ if Some(col) == direction => Some(sums.direction.clone()),
            _ => None,
        };
        ledger.rows.iter().map(of).collect()
    }
}

/// What a cell is to a formula. A formula without a value may come to anything once it is calculated.
fn value(item: Item<'_>) -> Value {
    match item {
        Item::Blank => Value::Blank,
        Item::Text(text) => Value::Text(text.into_owned()),
        Item::Number(number) => Value::Number(number),
        Item::Date(day) => super::known_cells::original(&sheet::Value::Date(day)),
        Item::Unreadable(_) | Item::FormulaWithoutValue => Value::Error(ErrorValue::Value),
    }
}

fn says(key: &Value, code: &str) -> bool {
    match key {
        Value::Text(text) => text == code,
        Value::Number(number) => number.to_string() == code,
        _ => false,
    }
}

/// Adds as SUMIFS does: numbers count, texts do not, a fault spoils the sum.
fn add(sum: &mut Value, cell: Value) {
    *sum = match (&sum, cell) {
        (Value::Number(before), Value::Number(more)) => before.plus(more).into(),
        (Value::Number(_), Value::Error(fault)) => Value::Error(fault),
        _ => return,
    };
}
