//! The accounts and the economic categories that a case's ledgers name, each with a number.

use std::collections::HashMap;

use foldhash::quality::FixedState;

use super::grouped::Grouped;
use super::roles::{Class, class};
use crate::model::{Sums, YearMonth};

/// Distinct accounts a case may have; more is no chart of accounts but an attack or a wrong column.
const MAX_ACCOUNTS: usize = 20_000;
/// Distinct economic categories.
const MAX_ECONOMIC: usize = 5_000;

/// One account.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) class: Class,
    pub(super) sums: Sums,
    pub(super) months: Grouped<Option<YearMonth>>,
    pub(super) economic: Grouped<usize>,
}

/// What was met so far.
#[derive(Debug, Default)]
pub(super) struct Chart {
    pub(super) accounts: Vec<Account>,
    /// Numbers of the accounts by code, a zero byte and name.
    numbers: HashMap<String, usize, FixedState>,
    key: String,
    /// The account of the entry before, which is most often that of the next.
    last: usize,
    pub(super) economic: Vec<String>,
    economic_numbers: HashMap<String, usize, FixedState>,
}

impl Chart {
    /// The number of an account, which is new where it was not met before; `None` where there are too many.
    pub(super) fn account(&mut self, code: &str, name: &str) -> Option<usize> {
        let last = self.accounts.get(self.last);
        if last.is_some_and(|account| account.code == code && account.name == name) {
            return Some(self.last);
        }
        self.key.clear();
        self.key.push_str(code);
        self.key.push('\0');
        self.key.push_str(name);
        let next = self.accounts.len();
        let number = match self.numbers.get(self.key.as_str()) {
            Some(number) => *number,
            None if next >= MAX_ACCOUNTS => return None,
            None => {
                self.accounts.push(Account {
                    code: code.to_owned(),
                    name: name.to_owned(),
                    class: class(code),
                    sums: Sums::default(),
                    months: Grouped::default(),
                    economic: Grouped::default(),
                });
                self.numbers.insert(self.key.clone(), next);
                next
            }
        };
        self.last = number;
        Some(number)
    }

    /// The number of an economic category, in the same way.
    pub(super) fn economic_number(&mut self, name: &str) -> Option<usize> {
        if let Some(number) = self.economic_numbers.get(name) {
            return Some(*number);
        }
        let next = self.economic.len();
        if next >= MAX_ECONOMIC {
            return None;
        }
        self.economic.push(name.to_owned());
        self.economic_numbers.insert(name.to_owned(), next);
        Some(next)
    }
}
