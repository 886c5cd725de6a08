//! What arithmetic proves of columns of amounts that no entry is read from: that they repeat the amounts read, divide them,
//! or are what they are the product of.

use std::collections::{BTreeMap, BTreeSet};

use super::Ledger;
use crate::base::Number;
use crate::form::figures::figure;
use crate::form::view::Item;
use crate::mapping::Column;
use crate::mapping::compose::{self, Role, Silent, Table};
use crate::mapping::title::normalise;

impl Ledger<'_, '_> {
    /// Whether a column repeats the amounts of its rows, or, where its title says that it is a part, exceeds none.
    pub(super) fn repeats(&self, title: &str, filled: &[&&Item<'_>]) -> bool {
        let part = normalise(title).contains("其中");
        filled.iter().any(|item| figure(item).is_some())
            && filled.iter().all(|item| {
                let Some(number) = figure(item).map(Number::abs) else { return false };
                let amounts = self.amounts.get(&item.at.row()).map_or(&[][..], Vec::as_slice);
                number.is_zero() || amounts.iter().any(|amount| *amount == number || part && *amount > number)
            })
    }

    /// Columns of amounts that are not read and whose sum is the amount of every row: what is read is divided there.
    pub(super) fn parts(&self, columns: &BTreeMap<u32, Vec<&Item<'_>>>) -> BTreeSet<u32> {
        let mut sums: BTreeMap<u32, Option<Number>> = BTreeMap::new();
        let mut parts: BTreeSet<u32> = BTreeSet::new();
        for (col, items) in columns.iter().filter(|(col, _)| self.read(**col).is_none()) {
            let title = self.title(*col).map(|item| item.key.clone()).unwrap_or_default();
            let role = compose::read(&title, Table::Ledger).map(|read| read.role);
            let amounts = matches!(
                role,
                None | Some(
                    Role::Silent(Silent::OtherAmount)
                        | Role::Column(Column::Amount | Column::Debit | Column::Credit)
                )
            );
            let figures: Vec<(u32, Number)> =
                items.iter().filter_map(|item| Some((item.at.row(), figure(item)?))).collect();
            if !amounts || figures.is_empty() || figures.len().saturating_mul(2) < items.len() {
                continue;
            }
            parts.insert(*col);
            for (row, number) in figures {
                let sum = sums.entry(row).or_insert_with(|| Some(Number::default()));
                *sum = sum.and_then(|sum| sum.plus(number));
            }
        }
        let holds = |(row, amounts): (&u32, &Vec<Number>)| {
            let sum = sums.get(row).copied().flatten().map(Number::abs).unwrap_or_default();
            amounts.contains(&sum) || amounts.iter().all(|amount| amount.is_zero()) && sum.is_zero()
        };
        if !parts.is_empty() && self.amounts.iter().all(holds) { parts } else { BTreeSet::new() }
    }

    /// Whether quantity times price is the amount wherever a row has all of them; with but one of them there is nothing to
    /// compare.
    pub(super) fn quantities_fit(&self) -> bool {
        let of = |word: &str| {
            let titled = |col: &u32| self.title(*col).is_some_and(|item| item.key.contains(word));
            let cols: Vec<u32> = (self.header.left()..=self.last_col()).filter(titled).collect();
            match cols.as_slice() {
                [only] => Some(*only),
                _ => None,
            }
        };
        let Some((quantity, price)) = of("数量").zip(of("单价")) else { return true };
        let at = |row: u32, col: u32| self.view.shown(row, col).and_then(figure);
        self.amounts.iter().all(|(row, amounts)| {
            let product = at(*row, quantity).zip(at(*row, price)).and_then(|(one, other)| one.times(other));
            product.is_none_or(|product| {
                let product = product.abs().round(2);
                product.is_zero() || amounts.iter().any(|amount| amount.round(2) == product)
            })
        })
    }

    fn last_col(&self) -> u32 {
        let rows = self.view.rows(self.header.top, self.header.bottom);
        rows.flat_map(|(_, items)| items).map(|item| item.at.col()).max().unwrap_or(0)
    }
}
