//! When a row was booked, from whichever columns the ledger has.

use super::day::{self, Period};
use crate::base::Date;
use crate::model::{LedgerColumns, YearMonth};
use crate::sheet::{Item, Row};

/// The date part of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    pub(super) day: Option<Date>,
    pub(super) month: Option<YearMonth>,
    pub(super) period: Option<Period>,
    /// The row says something about its date, and it cannot be read.
    pub(super) unread: bool,
}

impl When {
    /// Reads date, 月 | 日 or period. `year` is the ledger's, `above` the month of the row above.
    pub(super) fn read(
        row: &Row<'_>,
        columns: &LedgerColumns,
        year: Option<i16>,
        above: Option<YearMonth>,
    ) -> Self {
        let period = columns.period.and_then(|col| day::period(&row.get(col)));
        let of_period = match period {
            Some(Period::Month(month, its)) => day::month(its.or(year), u32::try_from(month).ok()),
            _ => None,
        };
        let date_item = columns.date.map_or(Item::Blank, |col| row.get(col));
        if date_item != Item::Blank {
            let found = day::date(&date_item, year);
            // A date column may say the month only.
            let month = found.map(YearMonth::from).or_else(|| match day::period(&date_item) {
                Some(Period::Month(month, Some(its))) => Some(YearMonth { year: its, month }),
                _ => None,
            });
            return Self { day: found, month: month.or(of_period), period, unread: month.is_none() };
        }
        let item = |col: Option<u32>| col.map_or(Item::Blank, |col| row.get(col));
        let (month_item, day_item) = (item(columns.month), item(columns.day));
        if month_item == Item::Blank && day_item == Item::Blank {
            return Self { day: None, month: of_period, period, unread: false };
        }
        let number = day::whole(&month_item, '月');
        // 月 may stand in the first row of a month only.
        let month = if month_item == Item::Blank { above } else { day::month(year, number) };
        let number_of_day = day::whole(&day_item, '日').and_then(|d| i8::try_from(d).ok());
        let found = month.zip(number_of_day).and_then(|(m, d)| Date::new(m.year, m.month, d).ok());
        let unread = month_item != Item::Blank && number.is_none();
        Self { day: found, month: month.or(of_period), period, unread }
    }
}
