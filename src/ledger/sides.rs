//! The two sides and the balance of a row, and whether red ink makes an amount negative.

use super::amount::{Amount, amount};
use super::cells::text;
use crate::base::Yuan;
use crate::model::{LedgerColumns, MoneyUnit};
use crate::sheet::{Item, Row, why_unread};

/// The amounts of a row before its kind is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sides {
    pub(super) debit: Option<Yuan>,
    pub(super) credit: Option<Yuan>,
    /// Credit balances negative where 方向 says so.
    pub(super) balance: Option<Yuan>,
    /// Why an amount cell cannot be read, in Chinese.
    pub(super) unreadable: Option<&'static str>,
    /// One amount column, and the row does not say which side it is: right for a subtotal only.
    pub(super) sideless: bool,
    /// A positive amount in a red font.
    pub(super) red: bool,
}

/// What red ink says about the sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    AsWritten,
    Negative,
    Unknown,
}

fn side(row: &Row<'_>, col: Option<u32>, unit: MoneyUnit, sides: &mut Sides) -> Option<Yuan> {
    let col = col?;
    let (item, format, red) = row.look(col);
    match amount(&item, format, unit) {
        Amount::Blank => None,
        Amount::Of(yuan) => {
            sides.red |= red && !yuan.is_negative() && !yuan.is_zero();
            Some(yuan)
        }
        Amount::Unreadable => {
            sides.unreadable = Some(match item {
                Item::FormulaWithoutValue => "金额是公式而没有计算结果",
                Item::Unreadable(words) => why_unread(&words).unwrap_or("金额不是可确认的数字"),
                _ => "金额不是可确认的数字",
            });
            None
        }
    }
}

impl Sides {
    /// Reads the amount cells of a row.
    pub(super) fn read(row: &Row<'_>, columns: &LedgerColumns, unit: MoneyUnit) -> Self {
        let mut sides = Self::default();
        sides.debit = side(row, columns.debit, unit, &mut sides);
        sides.credit = side(row, columns.credit, unit, &mut sides);
        let direction = text(row, columns.direction);
        let direction = direction.chars().next();
        let one_column = columns.debit.is_none() && columns.credit.is_none();
        if one_column {
            let single = match columns.parts.as_slice() {
                [] => side(row, columns.amount, unit, &mut sides),
                parts => sides.together(row, parts, unit),
            };
            match direction {
                Some('借') => sides.debit = single,
                Some('贷') => sides.credit = single,
                Some('平') if single.is_none_or(Yuan::is_zero) => {}
                None => {
                    sides.debit = single;
                    sides.sideless = columns.direction.is_some() && single.is_some();
                }
                Some(_) if single.is_some() => sides.unreadable = Some("方向既不是借也不是贷"),
                Some(_) => {}
            }
        }
        // What is wrong with a balance is no fault of the amounts.
        let balance = side(row, columns.balance, unit, &mut Self::default());
        sides.balance = match (direction, balance) {
            (Some('平'), None) if !one_column => Some(Yuan::ZERO),
            (Some('贷'), Some(balance)) if !one_column => Yuan::ZERO.minus(balance),
            (_, balance) => balance,
        };
        sides
    }

    /// What the columns of a 多栏账 come to in a row.
    fn together(&mut self, row: &Row<'_>, parts: &[u32], unit: MoneyUnit) -> Option<Yuan> {
        let amounts: Vec<Yuan> = parts.iter().filter_map(|col| side(row, Some(*col), unit, self)).collect();
        let (first, rest) = amounts.split_first()?;
        let sum = rest.iter().try_fold(*first, |sum, amount| sum.plus(*amount));
        if sum.is_none() {
            self.unreadable = Some("金额超出可精确计算的范围");
        }
        sum
    }

    /// Whether the entry reduces spending: something on the credit side, or a negative debit.
    pub(super) fn reduces(&self) -> bool {
        self.debit.is_some_and(Yuan::is_negative)
            || self.credit.is_some_and(|credit| !credit.is_negative() && !credit.is_zero())
    }

    /// The sign of an entry whose font or words say red: some packages write the amount without its minus. Where
    /// font and words do not both say it, the balances decide, from the one `before` the row to its own.
    pub(super) fn sign(&self, says_red: bool, before: Option<Yuan>) -> Sign {
        let positive = self.debit.is_some_and(|debit| !debit.is_negative() && !debit.is_zero());
        if !(self.red || (says_red && positive)) {
            return Sign::AsWritten;
        }
        if self.red && says_red {
            return Sign::Negative;
        }
        let net = self.debit.unwrap_or_default().minus(self.credit.unwrap_or_default());
        let (Some(before), Some(after), Some(net)) = (before, self.balance, net) else {
            return Sign::Unknown;
        };
        if before.plus(net) == Some(after) {
            Sign::AsWritten
        } else if before.minus(net) == Some(after) {
            Sign::Negative
        } else {
            Sign::Unknown
        }
    }

    /// The same amounts with the other sign.
    pub(super) fn negate(&mut self) {
        self.debit = self.debit.and_then(|debit| Yuan::ZERO.minus(debit));
        self.credit = self.credit.and_then(|credit| Yuan::ZERO.minus(credit));
    }
}
