//! Sums as they run on from row to row, and what the sums of a ledger state.

use super::line::LedgerLine;
use crate::base::Yuan;

/// Debits and credits so far, closing entries apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Running {
    pub(super) debit: Yuan,
    pub(super) credit: Yuan,
    pub(super) closing_debit: Yuan,
    pub(super) closing_credit: Yuan,
    /// What was returned or void: in none of the sums, though a ledger may count it in its own.
    pub(super) void_debit: Yuan,
    pub(super) void_credit: Yuan,
    pub(super) count: u64,
}

impl Running {
    pub(super) fn add(&mut self, debit: Yuan, credit: Yuan, closing: bool) -> Option<()> {
        // Most entries have one side; adding nothing costs as much as adding something.
        if !debit.is_zero() {
            self.debit = self.debit.plus(debit)?;
        }
        if !credit.is_zero() {
            self.credit = self.credit.plus(credit)?;
        }
        if closing {
            self.closing_debit = self.closing_debit.plus(debit)?;
            self.closing_credit = self.closing_credit.plus(credit)?;
        }
        self.count = self.count.saturating_add(1);
        Some(())
    }

    /// Takes what was returned or void.
    pub(super) fn add_void(&mut self, debit: Yuan, credit: Yuan) -> Option<()> {
        self.void_debit = self.void_debit.plus(debit)?;
        self.void_credit = self.void_credit.plus(credit)?;
        Some(())
    }

    /// Both together; `None` when a sum leaves the exact range.
    pub(super) fn with(&self, other: &Self) -> Option<Self> {
        Some(Self {
            debit: self.debit.plus(other.debit)?,
            credit: self.credit.plus(other.credit)?,
            closing_debit: self.closing_debit.plus(other.closing_debit)?,
            closing_credit: self.closing_credit.plus(other.closing_credit)?,
            void_debit: self.void_debit.plus(other.void_debit)?,
            void_credit: self.void_credit.plus(other.void_credit)?,
            count: self.count.saturating_add(other.count),
        })
    }

    /// Whether nothing was booked.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Both sides.
    pub(super) fn amounts(&self) -> Expected {
        Expected { debit: self.debit, credit: self.credit }
    }

    /// What has been added since it was `earlier`.
    pub(super) fn since(&self, earlier: &Self) -> Self {
        let less = |now: Yuan, then: Yuan| now.minus(then).unwrap_or_default();
        Self {
            debit: less(self.debit, earlier.debit),
            credit: less(self.credit, earlier.credit),
            closing_debit: less(self.closing_debit, earlier.closing_debit),
            closing_credit: less(self.closing_credit, earlier.closing_credit),
            void_debit: less(self.void_debit, earlier.void_debit),
            void_credit: less(self.void_credit, earlier.void_credit),
            count: self.count.saturating_sub(earlier.count),
        }
    }
}

/// A subtotal's amounts where they are not what the entries add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// 借方 that the entries give.
    pub debit: Yuan,
    /// 贷方 that the entries give.
    pub credit: Yuan,
}

/// What a sum states.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    pub(super) debit: Option<Yuan>,
    pub(super) credit: Option<Yuan>,
}

impl Stated {
    pub(super) fn of(line: &LedgerLine<'_>) -> Self {
        Self { debit: line.debit, credit: line.credit }
    }
}
