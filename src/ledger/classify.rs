//! What kind of row it is, from its words and from what it has and lacks.

use std::borrow::Cow;

use super::cells::{joined_text, text};
use super::day::{self, Period};
use super::label::{Label, RowWords, squeeze};
use super::line::Kind;
use super::roles::{Class, class};
use super::sides::Sides;
use super::when::When;
use crate::base::Yuan;
use crate::model::LedgerColumns;
use crate::sheet::{Item, Row};
use crate::words::{self, Lexicon};

/// What is known of a row when its kind is decided.
pub(super) struct Reading<'r> {
    pub(super) row: &'r Row<'r>,
    pub(super) columns: &'r LedgerColumns,
    pub(super) when: &'r When,
    pub(super) sides: &'r Sides,
    pub(super) summary: &'r str,
    pub(super) words: &'r RowWords,
    /// Whether the summary has any word that this room knows.
    pub(super) special: bool,
    pub(super) voucher: &'r str,
    pub(super) voucher_number: &'r str,
    pub(super) own_code: &'r str,
    pub(super) own_name: &'r str,
    /// The account that the row inherits where it has none of its own.
    pub(super) inherited_code: &'r str,
    /// Its name.
    pub(super) inherited_name: &'r str,
    /// Whether its amounts are sums by their formulas.
    pub(super) is_sum: bool,
}

impl Reading<'_> {
    /// Decides.
    pub(super) fn kind(&self) -> Kind {
        let undated = self.when.day.is_none() && !self.has_voucher();
        let found = self.label(undated);
        if self.is_sum && (found.is_none() || self.sides.unreadable.is_some()) {
            return Kind::SumByFormula;
        }
        if let Some(found) = found {
            return self.labelled(found);
        }
        if self.sides.unreadable.is_some() || (self.sides.debit.is_none() && self.sides.credit.is_none()) {
            return self.without_amount(undated);
        }
        match self.when.period {
            Some(Period::Opening) => return Kind::Opening,
            Some(Period::Pending) => return Kind::Pending,
            Some(Period::Unknown) if self.when.month.is_none() => return Kind::Unclear("会计期间无法识别"),
            _ => {}
        }
        if undated {
            let said = joined_text(self.row, self.columns.direction);
            let nameless = said.is_empty() && self.is_dated_ledger();
            if nameless || self.words.speaks_of_sums(&said) {
                return Kind::PerhapsTotal;
            }
        } else if !self.has_voucher() && self.words.ends_as_total(self.summary) {
            return Kind::PerhapsTotal;
        }
        if self.sides.sideless {
            return Kind::Unclear("方向为空，无法判断借贷");
        }
        self.entry()
    }

    /// Whether the row is the other side of entries (bank, income …), where signs are mirrored.
    pub(super) fn is_counter(&self) -> bool {
        let code = if self.own_code.is_empty() { self.inherited_code } else { self.own_code };
        class(code) == Class::Counter
    }

    /// Whether the row has an amount and says neither when nor on which voucher nor to which account it was booked, where
    /// others do: another line of the entry above, or a sum.
    pub(super) fn is_bare(&self) -> bool {
        let own = [self.voucher, self.voucher_number, self.own_code, self.own_name];
        let says = own.iter().any(|cell| !cell.is_empty());
        self.is_dated_ledger() && !says && self.when.day.is_none() && self.when.month.is_none()
    }

    fn has_voucher(&self) -> bool {
        !self.voucher.is_empty() || !self.voucher_number.is_empty()
    }

    fn is_dated_ledger(&self) -> bool {
        let c = self.columns;
        c.date.is_some() || c.voucher.is_some() || c.voucher_number.is_some() || c.day.is_some()
    }

    /// The label of a subtotal or opening row, wherever the package puts it.
    fn label(&self, undated: bool) -> Option<Label> {
        let of = |cell: &str| if self.words.may_be_special(cell) { self.words.label(cell) } else { None };
        let found = if self.special { self.words.label(self.summary) } else { None };
        // The account of the row above was no label.
        let name = if self.own_name == self.inherited_name { "" } else { self.own_name };
        let found = found
            .or_else(|| [self.voucher, self.voucher_number, self.own_code, name].into_iter().find_map(of));
        if found.is_some() || !(self.when.unread || undated) {
            return found;
        }
        of(&text(self.row, self.columns.date))
            .or_else(|| of(&text(self.row, self.columns.month)))
            .or_else(|| of(&joined_text(self.row, self.columns.direction)))
    }

    fn labelled(&self, found: Label) -> Kind {
        // The voucher cell may itself hold the label; a numbered voucher is an entry all the same.
        let numbered =
            [self.voucher, self.voucher_number].iter().any(|v| v.chars().any(|c| c.is_ascii_digit()));
        let numbered = numbered && self.words.label(self.voucher).is_none();
        if self.sides.unreadable.is_some() && !matches!(found, Label::Balance | Label::CarriedOut) {
            return Kind::Unclear("合计行的金额不是可确认的数字");
        }
        match found {
            Label::Opening if numbered => Kind::Closing,
            Label::Opening => Kind::Opening,
            Label::CarriedIn => Kind::CarriedIn,
            Label::CarriedOut => Kind::CarriedOut,
            _ if numbered => Kind::Unclear("有凭证号，摘要却是合计字样"),
            Label::MonthTotal => Kind::MonthTotal,
            Label::YearTotal => Kind::YearTotal,
            Label::OtherTotal => Kind::OtherTotal,
            Label::PerhapsTotal => Kind::PerhapsTotal,
            Label::Balance => Kind::Balance,
        }
    }

    fn entry(&self) -> Kind {
        let summary = self.summary;
        let reduces = self.sides.reduces();
        let red = self.sides.debit.is_some_and(Yuan::is_negative) && !self.words.says_refund(summary);
        if self.special {
            if self.words.is_closing(summary) {
                return if reduces || self.sides.red || self.is_counter() {
                    Kind::Closing
                } else {
                    Kind::Unclear("摘要为结转而金额在借方")
                };
            }
            if reduces && self.words.speaks_of_closing(summary) {
                return Kind::Closing;
            }
            if self.words.is_deposit(summary) {
                return Kind::Deposit;
            }
            if reduces && self.words.says_reversal(summary) {
                return Kind::Reversal;
            }
        }
        if red { Kind::Reversal } else { Kind::Entry }
    }

    fn without_amount(&self, undated: bool) -> Kind {
        if let Some(header) = self.repeated_header() {
            return header;
        }
        let is_account =
            |item: Item<'_>| matches!(item, Item::Text(cell) if self.words.account_line(&cell).is_some());
        if self.row.items().any(|(_, item)| is_account(item)) {
            return Kind::AccountLine;
        }
        if let Some(reason) = self.sides.unreadable {
            let columns = [self.columns.debit, self.columns.credit, self.columns.amount];
            let parts = self.columns.parts.iter().copied();
            let with_figures =
                columns.into_iter().flatten().chain(parts).any(|col| match self.row.get(col) {
                    Item::Text(cell) => {
                        let remark = self.words.is_head_remark(&cell)
                            || day::date(&Item::Text(Cow::Borrowed(&cell)), None).is_some();
                        cell.chars().any(char::is_numeric) && !remark
                    }
                    Item::Blank => false,
                    _ => true,
                });
            // A signature line or the head of a page may reach into the amount columns: it has neither date nor amounts.
            return if undated && !with_figures { Kind::Note } else { Kind::Unclear(reason) };
        }
        if undated && self.sides.balance.is_none_or(Yuan::is_zero) { Kind::Note } else { Kind::WithoutAmount }
    }

    /// A row of titles; one whose titles no longer fit the columns makes the rest unreadable.
    fn repeated_header(&self) -> Option<Kind> {
        let mut titles = 0_u32;
        let mut fits = true;
        for (col, item) in self.row.items() {
            let Item::Text(cell) = item else { return None };
            let cell = squeeze(&cell);
            if self.words.is_title(&cell) {
                titles = titles.saturating_add(1);
            }
            let swapped =
                |expected: Option<u32>, others: &Lexicon| expected == Some(col) && others.within(&cell);
            fits &= !swapped(self.columns.debit, words::of(words::Class::NotDebitTitles));
            fits &= !swapped(self.columns.credit, words::of(words::Class::NotCreditTitles));
        }
        if titles < 2 {
            return None;
        }
        Some(if fits {
            Kind::RepeatedHeader
        } else {
            Kind::Unclear("表头在此处变更，与上方各列不一致")
        })
    }
}
