//! The pages of a printed ledger: its title, unit line and titles stand again at the head of each.

use super::figures::figure;
use super::header::Header;
use super::recognise::FoundForm;
use super::view::{Item, View};
use crate::mapping::{Kind, Mappings, TableKind, Use};
use crate::words::{self, Class};

/// Whether the head from the row `start` on is that of the ledger's next page: it says nothing but what the ledger's own
/// head says, which page it is, and that it goes on. A head that names another account begins a ledger of its own.
pub(super) fn is_next(
    view: &View<'_>,
    mappings: &Mappings,
    ledger: &FoundForm,
    header: &Header,
    start: u32,
) -> bool {
    let own = ledger.headers.first().filter(|own| is_ledger(mappings, ledger) && header.repeats(own));
    let Some(own) = own else { return false };
    let said: Vec<&str> = keys(view, ledger.rows.0, own.bottom).map(without_page).collect();
    keys(view, start, header.bottom).map(without_page).all(|key| key.is_empty() || said.contains(&key))
}

/// Of the rows from `from` to `top` the first below all entries of the ledger; `from` itself for other forms.
pub(super) fn below_entries(
    view: &View<'_>,
    mappings: &Mappings,
    form: &FoundForm,
    from: u32,
    top: u32,
) -> u32 {
    let header = form.headers.first().filter(|_| is_ledger(mappings, form));
    let Some((header, last)) = header.zip(top.checked_sub(1)) else { return from };
    let columns = TableKind::Ledger.used_for(Use::Amount).filter_map(|column| header.get(column));
    let amounts: Vec<u32> = columns.map(|found| found.col).collect();
    let is_entry = |items: &[Item<'_>]| {
        items.iter().any(|item| amounts.contains(&item.at.col()) && figure(item).is_some())
    };
    let entry = view.rows(from, last).rev().find(|(_, items)| is_entry(items));
    entry.map_or(from, |(row, _)| row.saturating_add(1))
}

fn is_ledger(mappings: &Mappings, form: &FoundForm) -> bool {
    mappings.get(form.mapping).is_some_and(|mapping| mapping.kind == Kind::Ledger)
}

/// The texts of rows; what is no text is none of a head but a number of the page.
fn keys<'v>(view: &'v View<'_>, first: u32, last: u32) -> impl Iterator<Item = &'v str> {
    view.rows(first, last).flat_map(|(_, items)| items).map(|item| item.key.as_str())
}

/// A text of a head without what says which page it is: `支出明细账(续)`, `第2页共5页`.
fn without_page(key: &str) -> &str {
    let key =
        words::of(Class::ContinuedPages).iter().fold(key, |key, word| key.strip_suffix(word).unwrap_or(key));
    let numbers = words::of(Class::WrittenNumbers);
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '/' || numbers.has_char(c));
    let is_page = |part: &str| {
        let number = words::of(Class::PageNumberLeads).strip(part).and_then(|rest| rest.strip_suffix('页'));
        number.is_some_and(digits)
            || part.strip_prefix("页码").is_some_and(|n| digits(n.trim_start_matches(':')))
    };
    // `第2页共5页` is two parts.
    let mut parts = key.split_inclusive('页').map(|part| part.trim_matches([',', '(', ')', '-', '—']));
    if key.contains('页') && parts.all(|part| part.is_empty() || is_page(part) || part == "页码") {
        return "";
    }
    key
}

#[cfg(test)]
mod tests {
    use super::without_page;

    #[test]
    fn which_page_it_is_says_nothing_of_the_ledger() {
        for page in ["第2页", "第2页共5页", "(第二页,共五页)", "共12页"] {
            assert_eq!(without_page(page), "", "{page}");
        }
        assert_eq!(without_page("支出明细账(续)"), "支出明细账");
        assert_eq!(without_page("支出明细账续表"), "支出明细账");
        assert_eq!(without_page("页面制作费"), "页面制作费");
        assert_eq!(without_page("第2页印刷费"), "第2页印刷费");
    }
}
