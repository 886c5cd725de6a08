//! The account of a ledger: which columns its entries are read from, which change nothing, and which may change the total
//! and are asked about. Its rows are streamed elsewhere; of one too long to be held, those held are looked at and counted.

mod by_row;
mod proofs;

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{plain, sample};
use crate::base::{CellRef, Number, column_letters};
use crate::form::divided::{divided_title, is_proved};
use crate::form::fields::Labelled;
use crate::form::figures::figure;
use crate::form::header::{Header, HeaderColumn};
use crate::form::ledger::stated_unit;
use crate::form::recognise::FoundForm;
use crate::form::view::{Item, View};
use crate::mapping::compose::ledger::{harmless, is_harmful};
use crate::mapping::compose::{self, Role, Silent, Table};
use crate::mapping::looks::{Look, Looks};
use crate::mapping::title::normalise;
use crate::mapping::{Column, Mapping, TableKind, Use};
use crate::model::{
    Account, AccountColumn, Evidence, Fate, Finding, FindingId, LedgerLocator, MoneyUnit, Refusal,
};
use crate::words::Class;

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
    in_yuan: bool,
    /// The unit of its amounts.
    unit: MoneyUnit,
    /// The column in which each row says its own.
    row_unit: Option<u32>,
    /// The columns that together are each entry's amount.
    parts: Vec<u32>,
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

    /// Read beside the amounts, though no column of the mapping.
    fn used(role: &str) -> Self {
        Self { fate: Fate::Used, role: role.to_owned(), weighty: false }
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
    let mut ledger = Ledger::new(view, mapping, header, locator, form.rows.1);
    let mut account = Account { sheet: view.sheet.id.clone(), rows: form.rows, ..Account::default() };
    let used: BTreeSet<CellRef> = heads
        .iter()
        .filter(|head| !head.name.is_beside())
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
    locator.watched = columns.iter().filter_map(|(col, items)| ledger.watch(*col, items)).collect();
    if let Some((col, unit)) = ledger.unit_by_row(&columns, stated_unit(view, header, heads)) {
        (ledger.row_unit, ledger.unit) = (Some(col), unit);
        (locator.row_unit, locator.unit) = (Some(col), unit);
    }
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
    findings.extend(ledger.divided(&account));
    let open = account.columns.iter().find(|column| column.weighty && column.fate == Fate::Unread);
    if let Some(column) = open.filter(|_| locator.refusal.is_none()) {
        let title = if column.title.is_empty() { "（无标题）" } else { &column.title };
        let letters = column_letters(column.col);
        let like = like(column).map(|like| format!("（{like}）")).unwrap_or_default();
        let why = format!("“{title}”一栏（{letters}列）没有采用{like}，可能影响合计");
        locator.refusal = Some(Refusal { at: column.sample.as_ref().map(|(at, _)| at.clone()), why });
    }
    account
}

/// A cell of a column and what stands there.
fn like(column: &AccountColumn) -> Option<String> {
    column.sample.as_ref().map(|(at, text)| format!("如{}“{text}”", at.cell))
}

/// What is asked about a column.
fn said(column: &AccountColumn) -> Option<Finding> {
    if !column.weighty {
        return None;
    }
    let letters = column_letters(column.col);
    let called = if column.title.is_empty() { String::new() } else { format!("“{}”", column.title) };
    let like = like(column).unwrap_or_default();
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
        locator: &LedgerLocator,
        last: u32,
    ) -> Self {
        let columns = &locator.columns;
        let sides = [columns.debit, columns.credit];
        let read = if sides == [None, None] { [columns.amount, None] } else { sides };
        let read: Vec<u32> = read.into_iter().flatten().chain(columns.parts.iter().copied()).collect();
        let mut amounts: BTreeMap<u32, Vec<Number>> = BTreeMap::new();
        for (row, _) in view.rows(header.bottom.saturating_add(1), last) {
            let found = read.iter().filter_map(|col| figure(view.shown(row, *col)?));
            let found: Vec<Number> = found.map(Number::abs).collect();
            if !found.is_empty() {
                amounts.insert(row, found);
            }
        }
        let titles = header.columns.iter().filter(|column| read.contains(&column.col));
        let in_yuan =
            titles.into_iter().any(|column| mapping.words.of(Class::HomeCurrency).within(&column.title));
        Self {
            view,
            mapping,
            header,
            amounts,
            in_yuan,
            unit: locator.unit,
            row_unit: None,
            parts: columns.parts.clone(),
        }
    }

    /// What is said of columns that are added up because the ledger's title says so, and nothing proves it.
    fn divided(&self, account: &Account) -> Option<Finding> {
        let columns: Vec<&AccountColumn> =
            account.columns.iter().filter(|column| self.parts.contains(&column.col)).collect();
        let first = columns.first().filter(|_| !is_proved(self.view, self.header, &self.parts))?;
        let titles: Vec<String> = columns.iter().map(|column| format!("“{}”", column.title)).collect();
        let message = format!(
            "账名写明多栏，没有“合计”一栏：已把{}几栏相加作为每笔的金额。请核对；金额另有一栏的，请写明“合计”。",
            titles.join("、")
        );
        Some(Finding::new(FindingId::ColumnGuessed, Some(first.at.clone()), message))
    }

    /// The column as it is read, where it is.
    fn read(&self, col: u32) -> Option<&HeaderColumn> {
        let over = divided_title(self.view, self.header).map(|title| title.at);
        let is_side = |column: &HeaderColumn| matches!(column.column, Column::Debit | Column::Credit);
        let sides = self.header.columns.iter().any(|column| is_side(column) && Some(column.at) != over);
        self.header.columns.iter().find(|column| {
            // Beside debit and credit a single column of amounts is not added up.
            let idle = column.column == Column::Amount && sides || column.column == Column::Other;
            let known =
                TableKind::Ledger.uses(column.column, Use::Telling) || column.column == Column::Project;
            column.col == col && !idle && known && Some(column.at) != over
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
            self.mapping
                .columns_of(self.header.table)
                .get(column.rule)
                .is_some_and(|rule| rule.is_told(column.rank))
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
        let first = self.telling(&title, items);
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
        let told = self.is_told(col);
        let filled: Vec<&&Item<'_>> =
            items.iter().filter(|item| item.look().is_some() && item.cell.shown() != title).collect();
        let says_otherwise = filled.iter().any(|item| is_harmful(&item.key));
        let composed = compose::read(&normalise(title), Table::Ledger).map(|read| read.role);
        // 元 and 万元 in one column are no units of things.
        let other_money =
            filled.iter().any(|item| MoneyUnit::of_word(&item.key).is_some_and(|u| u != self.unit));
        let repeated = part || self.repeats(title, &filled);
        match composed {
            _ if told => Verdict::silent("不影响合计（人工确认）"),
            _ if self.parts.contains(&col) => Verdict::used("金额的一栏（多栏账）"),
            _ if self.row_unit == Some(col) => Verdict::used("每行金额的单位"),
            _ if own(&self.header.contradicted) => Verdict::unread(true),
            _ if filled.is_empty() => Verdict::silent("空白"),
            _ if other_money => Verdict::unread(true),
            // Which of equal titles is the one is asked as such.
            _ if self.is_ambiguous(col) => Verdict::unread(false),
            _ if own(&self.header.aside) => Verdict::silent("另一种余额（与发生额不连续）"),
            Some(Role::Silent(kind)) => self.kind(kind, &filled, repeated, says_otherwise),
            _ if says_otherwise => Verdict::unread(true),
            Some(Role::Column(Column::Debit | Column::Credit | Column::Amount)) if !repeated => {
                Verdict::unread(true)
            }
            Some(Role::Column(_)) => Verdict::silent("已采用另一列"),
            None => unknown(&filled, repeated),
        }
    }

    /// A column whose title says that it changes no total: whether its content does, too.
    fn kind(&self, kind: Silent, filled: &[&&Item<'_>], repeated: bool, says_otherwise: bool) -> Verdict {
        // What a word says to be a code, a count or a name has no broken numbers, as amounts have.
        let broken =
            filled.iter().filter(|item| figure(item).is_some_and(|number| !number.get().is_integer()));
        let broken = broken.count();
        let all_fine = filled.iter().all(|item| is_nothing(item) || harmless(kind).contains(&key(item)));
        let kept = matches!(kind, Silent::State | Silent::Refund) && !all_fine;
        let filled_only: Vec<&Item<'_>> = filled.iter().map(|item| **item).collect();
        if kept && self.is_state(kind, &filled_only) {
            return Verdict::used("状态：已退回、作废等行不计入合计");
        }
        let fine = match kind {
            Silent::Currency => all_fine || repeated || self.in_yuan,
            Silent::State | Silent::Refund => all_fine,
            Silent::OtherAmount => repeated || filled.iter().all(|item| is_nothing(item)),
            Silent::Quantity => self.quantities_fit(),
            _ if says_otherwise => false,
            Silent::Money | Silent::Carried | Silent::Income => true,
            _ => broken.saturating_mul(2) <= filled.len(),
        };
        if fine { Verdict::silent(kind.chinese()) } else { Verdict::unread(true) }
    }

    fn is_ambiguous(&self, col: u32) -> bool {
        self.header.ambiguous.iter().any(|(_, cells)| cells.iter().any(|at| at.col() == col))
    }
}

/// A column of which the title says nothing.
fn unknown(filled: &[&&Item<'_>], repeated: bool) -> Verdict {
    let looks = Looks(filled.iter().filter_map(|item| item.look()).collect());
    let figures = filled.iter().filter(|item| figure(item).is_some()).count();
    match () {
        () if filled.iter().all(|item| is_nothing(item)) => Verdict::silent("没有数"),
        () if repeated => Verdict::silent("与金额相同，或是金额的明细"),
        () if looks.silent().is_some() || is_counted(filled) => Verdict::silent(Silent::Serial.chinese()),
        // Words with a number among them are words.
        () => Verdict::unread(figures.saturating_mul(2) > filled.len()),
    }
}

/// Whether a cell holds a number that is none.
fn is_nothing(item: &Item<'_>) -> bool {
    figure(item).is_some_and(Number::is_zero)
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
