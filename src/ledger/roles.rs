//! Which accounts are spending: the class of an account code, and what the classes present mean together.

use crate::model::{AccountRole, Basis};

/// The class of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 7xxx 预算支出.
    Budget,
    /// 5xxx 费用.
    Financial,
    /// 16xx to 18xx: fixed assets, construction in progress, infrastructure.
    Capital,
    /// 1 资产, 2 负债, 3 净资产, 4 收入, 6 预算收入, 8 预算结余.
    Counter,
    /// A functional (2130305) or economic (30201) classification in place of an account. Beside real accounts such
    /// a number is an account with levels of three digits (2307001) and no spending.
    Classification,
    /// Nothing that is known.
    Unknown,
}

/// The class that the code says.
pub fn class(code: &str) -> Class {
    let digits = code.find(|c: char| !c.is_ascii_digit()).map_or(code, |end| code.split_at(end).0);
    let bytes = digits.as_bytes();
    match (digits.len(), bytes) {
        (0..=2, _) => Class::Unknown,
        (3 | 5, [b'3', ..] | [b'5', b'0' | b'1', ..]) | (3 | 5 | 7, [b'2', b'0'..=b'3', ..]) => {
            Class::Classification
        }
        (_, [b'7', ..]) => Class::Budget,
        (_, [b'5', ..]) => Class::Financial,
        (_, [b'1', b'6'..=b'8', ..]) => Class::Capital,
        (_, [b'1' | b'2' | b'3' | b'4' | b'6' | b'8', ..]) => Class::Counter,
        _ => Class::Unknown,
    }
}

/// What the classes of a case's ledgers mean together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    basis: Basis,
    spending: Class,
}

/// Why no account can be taken for spending, in Chinese.
pub type NoRoles = &'static str;

impl Roles {
    /// Decides from the classes of the accounts that have entries.
    pub fn of(present: &[Class]) -> Result<Self, NoRoles> {
        let has = |class: Class| present.contains(&class);
        if has(Class::Unknown) && present.iter().any(|class| *class != Class::Unknown) {
            return Err("部分分录没有可识别的会计科目编码，无法判断哪些是支出");
        }
        Ok(if has(Class::Budget) {
            Self { basis: Basis::Budget, spending: Class::Budget }
        } else if has(Class::Financial) {
            Self { basis: Basis::Accrual, spending: Class::Financial }
        } else if has(Class::Capital) {
            Self { basis: Basis::Accrual, spending: Class::Capital }
        } else if has(Class::Counter) {
            return Err("账中没有支出（5字头、7字头）科目");
        } else if has(Class::Classification) {
            Self { basis: Basis::Unknown, spending: Class::Classification }
        } else {
            Self { basis: Basis::Unknown, spending: Class::Unknown }
        })
    }

    /// On which accounts the spending stands.
    pub fn basis(self) -> Basis {
        self.basis
    }

    /// The role of an account.
    pub fn role(self, class: Class) -> AccountRole {
        if class == self.spending {
            AccountRole::Spending
        } else if class == Class::Financial && self.basis == Basis::Budget {
            AccountRole::FinancialSide
        } else {
            AccountRole::CounterSide
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_codes() {
        for (code, expected) in [
            ("5001004", Class::Financial),
            ("5001.02.07", Class::Financial),
            ("7201", Class::Budget),
            ("720101", Class::Budget),
            ("1002", Class::Counter),
            ("1613", Class::Capital),
            ("2130305", Class::Classification),
            ("30201", Class::Classification),
            ("50201", Class::Classification),
            ("3301", Class::Counter),
            ("", Class::Unknown),
            ("办公费", Class::Unknown),
        ] {
            assert_eq!(class(code), expected, "{code}");
        }
    }

    #[test]
    fn cash_counts_where_both_are_booked() {
        let roles =
            Roles::of(&[Class::Financial, Class::Budget, Class::Counter, Class::Classification]).unwrap();
        assert_eq!(roles.role(Class::Financial), AccountRole::FinancialSide);
        assert_eq!(roles.role(Class::Budget), AccountRole::Spending);
        assert_eq!(roles.role(Class::Counter), AccountRole::CounterSide);
        assert_eq!(roles.role(Class::Classification), AccountRole::CounterSide);
        assert!(Roles::of(&[Class::Counter]).is_err());
        assert!(Roles::of(&[Class::Unknown, Class::Budget]).is_err());
    }
}
