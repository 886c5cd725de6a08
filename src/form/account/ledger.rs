//! The account of a ledger: which columns its entries are read from, which change nothing, and which may change the total
//! and are asked about. Its rows are streamed elsewhere; of one too long to be held, those held are looked at and counted.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{plain, sample};
use crate::base::{CellRef, Number, column_letters};
use crate::form::fields::Labelled;
use crate::form::figures::figure;
use crate::form::header::{Header, HeaderColumn};
use crate::form::near::OF_LEDGER;
use crate::form::recognise::FoundForm;
use crate::form::view::{Item, View};
use crate::mapping::compose::ledger::{is_harmful, is_harmless};
use crate::mapping::compose::{self, Role, Silent, Table};
use crate::mapping::looks::{Look, Looks};
use crate::mapping::title::normalise;
use crate::mapping::{Column, FieldName, Mapping};
use crate::model::{
    Account, AccountColumn, Evidence, Fate, Finding, FindingId, LedgerColumns, LedgerLocator,
};

/// Words of a title that say that its amounts are in our own money.
const HOME: [&str; 3] = ["本币", "本位币", "人民币"];
/// What a column of a ledger may be, for asking.
const CHOICES: [Column; 11] = [
    Column::Debit,
    Column::Credit,
    Column::Amount,
    Column::Balance,
    Column::Date,
    Column::Summary,
    Column::AccountName,
    Column::Economic,
    Column::Project,
    Column::Direction,
    Column::Other,
];

/// A ledger with the amounts that are read, by row.
struct Ledger<'l, 'a> {
    view: &'l View<'a>,
    mapping: &'l Mapping,
    header: &'l Header,
    amounts: BTreeMap<u32, Vec<Number>>,
    home: bool,
}

/// What becomes of a column.
struct Verdict {
    fate: Fate,
    role: String,
    weighty: bool,
}

impl Verdict {
    fn silent(role: &str) -> Self {
        Self { fate: Fate::Silent, role: role.to_owned(), weighty: false }
    }

    fn unread(weighty: bool) -> Self {
        Self { fate: Fate::Unread, role: String::new(), weighty }
    }
}

/// The account of a ledger; what may change its total and is not read is said, and no total is given without it.
pub(super) fn of(
    view: &View<'_>,
    mapping: &Mapping,
    form: &FoundForm,
    locator: &mut LedgerLocator,
    heads: &[Labelled],
    findings: &mut Vec<Finding>,
) -> Account {
    let Some(header) = form.headers.first() else { return Account::default() };
    let ledger = Ledger::new(view, mapping, header, &locator.columns, form.rows.1);
    let mut account = Account { sheet: view.sheet.name.clone(), rows: form.rows, ..Account::default() };
    let used: BTreeSet<CellRef> = heads
        .iter()
        .filter(|head| head.name != FieldName::Other)
        .filter_map(|head| head.entry.at.as_ref().map(|at| at.cell))
        .collect();
    let mut columns: BTreeMap<u32, Vec<&Item<'_>>> = BTreeMap::new();
    for (row, items) in view.rows(form.rows.0, form.rows.1) {
        account.cells = account.cells.saturating_add(items.len());
        for item in items {
            match () {
                () if row > header.bottom => columns.entry(item.at.col()).or_default().push(item),
                () if used.contains(&item.at) => account.used = account.used.saturating_add(1),
                () => account.silent = account.silent.saturating_add(1),
            }
            if (header.top..=header.bottom).contains(&row) {
                columns.entry(item.at.col()).or_default();
            }
        }
    }
    let parts = ledger.parts(&columns);
    for (col, items) in columns {
        let Some(column) = ledger.column(col, &items, parts.contains(&col)) else { continue };
        let counted = match column.fate {
            Fate::Used => &mut account.used,
            Fate::Unread => &mut account.unread,
            Fate::Silent | Fate::Ours => &mut account.silent,
        };
        *counted = counted.saturating_add(items.len());
        account.columns.push(column);
    }
    findings.extend(account.columns.iter().filter_map(said));
    let open = account.columns.iter().find(|column| column.weighty && column.fate == Fate::Unread);
    if let Some(column) = open.filter(|_| locator.refusal.is_none()) {
        let title = if column.title.is_empty() { "（无标题）" } else { &column.title };
        let letters = column_letters(column.col);
        locator.refusal = Some(format!("“{title}”一栏（{letters}列）没有采用，可能影响合计"));
    }
    account
}

/// What is asked about a column.
fn said(column: &AccountColumn) -> Option<Finding> {
    if !column.weighty {
        return None;
    }
    let letters = column_letters(column.col);
    let called = if column.title.is_empty() { String::new() } else { format!("“{}”", column.title) };
    let like = column.sample.as_ref().map(|(at, text)| format!("如{}“{text}”", at.cell)).unwrap_or_default();
    let (id, message) = match column.fate {
        Fate::Used => {
            let role = Column::ALL.iter().find(|(_, word)| *word == column.role);
            let role = role.map(|(column, _)| column.chinese()).unwrap_or_default();
            let text = format!(
                "{called}一栏（{letters}列）推测是明细账的“{role}”（{like}），已按此计算合计。请说明该列的含义。"
            );
            (FindingId::ColumnGuessed, text)
        }
        _ => {
            let text = format!(
                "明细账的{called}一栏（{letters}列）有 {} 个单元格没有采用（{like}），可能影响支出合计。该列未采用，请说明其含义。",
                column.cells
            );
            (FindingId::ColumnNotRead, text)
        }
    };
    Some(Finding::new(id, Some(column.at.clone()), message))
}

impl<'l, 'a> Ledger<'l, 'a> {
    fn new(
        view: &'l View<'a>,
        mapping: &'l Mapping,
        header: &'l Header,
        columns: &LedgerColumns,
        last: u32,
    ) -> Self {
        let sides = [columns.debit, columns.credit];
        let read = if sides == [None, None] { [columns.amount, None] } else { sides };
        let mut amounts: BTreeMap<u32, Vec<Number>> = BTreeMap::new();
        for (row, _) in view.rows(header.bottom.saturating_add(1), last) {
            let found = read.into_iter().flatten().filter_map(|col| figure(view.shown(row, col)?));
            let found: Vec<Number> = found.map(Number::abs).collect();
            if !found.is_empty() {
                amounts.insert(row, found);
            }
        }
        let titles = header.columns.iter().filter(|column| read.contains(&Some(column.col)));
        let home = titles.into_iter().any(|column| HOME.iter().any(|word| column.title.contains(word)));
        Self { view, mapping, header, amounts, home }
    }

    /// The column as it is read, where it is.
    fn read(&self, col: u32) -> Option<&HeaderColumn> {
        let sides = self.header.get(Column::Debit).or_else(|| self.header.get(Column::Credit)).is_some();
        self.header.columns.iter().find(|column| {
            // Beside debit and credit a single column of amounts is not added up.
            let idle = column.column == Column::Amount && sides || column.column == Column::Other;
            let known = OF_LEDGER.contains(&column.column) || column.column == Column::Project;
            column.col == col && !idle && known
        })
    }

    fn title(&self, col: u32) -> Option<&Item<'a>> {
        let rows = (self.header.top..=self.header.bottom).rev();
        rows.into_iter().find_map(|row| self.view.shown(row, col))
    }

    fn column(&self, col: u32, items: &[&Item<'_>], part: bool) -> Option<AccountColumn> {
        let read = self.read(col);
        let title_item = self.title(col);
        let title_at = read.map(|column| column.at).or_else(|| title_item.map(|item| item.at));
        let title = title_at.map(|at| plain(&self.view.sheet.get(at).shown())).unwrap_or_default();
        let told = |column: &HeaderColumn| {
            self.mapping.part(self.header.part).get(column.rule).is_some_and(|rule| rule.is_told(column.rank))
        };
        let verdict = match read {
            Some(column) => Verdict {
                fate: Fate::Used,
                role: column.column.word().to_owned(),
                weighty: column.is_guessed() && !items.is_empty() && !told(column),
            },
            None => self.unread(col, &title, items, part),
        };
        let other = self.header.columns.iter().find(|column| column.col == col);
        let evidence = match (read, &verdict) {
            (Some(column), _) if told(column) => Evidence::Answer,
            (Some(column), _) if column.is_guessed() => Evidence::Guess,
            (Some(column), _) if column.is_composed() => Evidence::Words,
            (None, _) if other.is_some_and(told) => Evidence::Answer,
            (None, Verdict { fate: Fate::Unread, .. }) => Evidence::None,
            (None, _) if compose::read(&normalise(&title), Table::Ledger).is_some() => Evidence::Words,
            _ => Evidence::Title,
        };
        let at = title_at.or_else(|| items.first().map(|item| item.at))?;
        let first = items.iter().find(|item| item.look().is_some() && !self.is_nothing(item));
        let first_choice = read.map(|column| column.column);
        let rest = CHOICES.into_iter().filter(|choice| Some(*choice) != first_choice);
        Some(AccountColumn {
            title,
            at: self.view.address(at),
            col,
            role: verdict.role,
            evidence,
            fate: verdict.fate,
            cells: items.len(),
            sample: first.map(|item| sample(self.view, item)),
            weighty: verdict.weighty,
            choices: first_choice.into_iter().chain(rest).map(Column::word).collect(),
        })
    }

    /// A column that no entry is read from: why that is no loss, or that it may be one.
    fn unread(&self, col: u32, title: &str, items: &[&Item<'_>], part: bool) -> Verdict {
        let own = |columns: &[HeaderColumn]| columns.iter().any(|column| column.col == col);
        let told = self.header.columns.iter().any(|column| {
            let rule = self.mapping.part(self.header.part).get(column.rule);
            column.col == col
                && column.column == Column::Other
                && rule.is_some_and(|rule| rule.is_told(column.rank))
        });
        let filled: Vec<&&Item<'_>> =
            items.iter().filter(|item| item.look().is_some() && item.cell.shown() != title).collect();
        let says_otherwise = filled.iter().any(|item| is_harmful(&item.key));
        let composed = compose::read(&normalise(title), Table::Ledger).map(|read| read.role);
        let harmless = part || self.repeats(title, &filled);
        match composed {
            _ if told => Verdict::silent("不影响合计（人工确认）"),
            _ if own(&self.header.contradicted) => Verdict::unread(true),
            _ if filled.is_empty() => Verdict::silent("空白"),
            // Which of equal titles is the one is asked as such.
            _ if self.is_ambiguous(col) => Verdict::unread(false),
            _ if own(&self.header.aside) => Verdict::silent("另一种余额（与发生额不连续）"),
            Some(Role::Silent(kind)) => self.kind(kind, &filled, harmless, says_otherwise),
            _ if says_otherwise => Verdict::unread(true),
            Some(Role::Column(Column::Debit | Column::Credit | Column::Amount)) if !harmless => {
                Verdict::unread(true)
            }
            Some(Role::Column(_)) => Verdict::silent("已采用另一列"),
            None => self.unknown(&filled, harmless),
        }
    }

    /// A column whose title says that it changes no total: whether its content does, too.
    fn kind(&self, kind: Silent, filled: &[&&Item<'_>], harmless: bool, says_otherwise: bool) -> Verdict {
        let looks = Looks(filled.iter().filter_map(|item| item.look()).collect());
        let all_fine = filled.iter().all(|item| self.is_nothing(item) || is_harmless(kind, &key(item)));
        let fine = match kind {
            Silent::Currency => all_fine || harmless || self.home,
            Silent::State | Silent::Refund => all_fine,
            Silent::OtherAmount => harmless || filled.iter().all(|item| self.is_nothing(item)),
            Silent::Quantity => self.quantities_fit(),
            _ if says_otherwise => false,
            Silent::Money | Silent::Carried | Silent::Income => true,
            kind => looks.bears_out(kind) || looks.silent().is_some() || is_counted(filled),
        };
        if fine { Verdict::silent(kind.chinese()) } else { Verdict::unread(true) }
    }

    /// A column of which the title says nothing.
    fn unknown(&self, filled: &[&&Item<'_>], harmless: bool) -> Verdict {
        let looks = Looks(filled.iter().filter_map(|item| item.look()).collect());
        let figures = filled.iter().filter(|item| figure(item).is_some()).count();
        match () {
            () if filled.iter().all(|item| self.is_nothing(item)) => Verdict::silent("没有数"),
            () if harmless => Verdict::silent("与金额相同，或是金额的明细"),
            () if looks.silent().is_some() || is_counted(filled) => Verdict::silent(Silent::Serial.chinese()),
            // Words with a number among them are words.
            () => Verdict::unread(figures.saturating_mul(2) > filled.len()),
        }
    }

    fn is_ambiguous(&self, col: u32) -> bool {
        self.header.ambiguous.iter().any(|(_, cells)| cells.iter().any(|at| at.col() == col))
    }

    fn is_nothing(&self, item: &Item<'_>) -> bool {
        figure(item).is_some_and(Number::is_zero)
    }

    /// Whether a column repeats the amounts of its rows, or, where its title says that it is a part, exceeds none.
    fn repeats(&self, title: &str, filled: &[&&Item<'_>]) -> bool {
        let part = normalise(title).contains("其中");
        filled.iter().any(|item| figure(item).is_some())
            && filled.iter().all(|item| {
                let Some(number) = figure(item).map(Number::abs) else { return false };
                let amounts = self.amounts.get(&item.at.row()).map_or(&[][..], Vec::as_slice);
                number.is_zero() || amounts.iter().any(|amount| *amount == number || part && *amount > number)
            })
    }

    /// Columns of amounts that are not read and whose sum is the amount of every row: what is read is divided there.
    fn parts(&self, columns: &BTreeMap<u32, Vec<&Item<'_>>>) -> BTreeSet<u32> {
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
    fn quantities_fit(&self) -> bool {
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

/// What a cell says, as words of the vocabulary are compared with it.
fn key(item: &Item<'_>) -> String {
    if item.key.is_empty() { item.cell.shown().trim().to_owned() } else { item.key.clone() }
}

/// Whether numbers count rows: whole, each more than the one before.
fn is_counted(filled: &[&&Item<'_>]) -> bool {
    let numbers: Vec<Number> = filled.iter().filter_map(|item| figure(item)).collect();
    numbers.len() >= 2
        && numbers.len() == filled.len()
        && numbers.iter().all(|number| number.get().is_integer())
        && numbers
            .iter()
            .zip(numbers.iter().skip(1))
            .all(|(one, next)| next.minus(*one) == Some(Number::from(1)))
        && filled.iter().all(|item| item.look() != Some(Look::Value))
}
