//! Which posted rows are spending of the project in the evaluated year.

use std::collections::BTreeSet;

use super::line::{Kind, LedgerLine};
use crate::model::{Exclusion, LedgerLocator};

/// Why a posted row of the ledger does not count; `None` for one that does. Deposits are settled later.
/// `projects` are the words of the project column that count, where not all do.
pub fn exclusion(
    line: &LedgerLine<'_>,
    locator: &LedgerLocator,
    year: Option<i16>,
    projects: Option<&BTreeSet<String>>,
) -> Option<Exclusion> {
    if line.kind == Kind::Closing {
        return Some(Exclusion::Closing);
    }
    let named = locator.columns.project.and(projects);
    if named.is_some_and(|projects| !projects.contains(line.project.as_ref())) {
        return Some(Exclusion::OtherProject);
    }
    if year.zip(line.month).is_some_and(|(year, month)| month.year != year) {
        return Some(Exclusion::OutsideYear);
    }
    is_outside(line.page, line.code).then_some(Exclusion::OutsideProject)
}

/// Whether a row's account is of the same class as its page's own but not under it.
fn is_outside(own: &str, code: &str) -> bool {
    if own == code || code.is_empty() || own.is_empty() {
        return false;
    }
    let mut own = own.bytes().filter(u8::is_ascii_digit);
    let mut code = code.bytes().filter(u8::is_ascii_digit);
    let same_class = matches!((own.next(), code.next()), (Some(a), Some(b)) if a == b);
    // One is above the other when they agree as far as the shorter goes.
    same_class && own.zip(code).any(|(a, b)| a != b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_under_the_ledgers_own_are_inside() {
        for (own, code) in [
            ("5001.02", "500102"),
            ("5001.02", "5001.02.07"),
            ("5001.02", "5001"),
            ("5001.02", "1002"),
            ("5001.02", "7201"),
            ("", "5001"),
            ("5001", ""),
        ] {
            assert!(!is_outside(own, code), "{own} {code}");
        }
        assert!(is_outside("5001.02", "5001.03"));
        assert!(is_outside("5001.02.07", "5101"));
    }
}
