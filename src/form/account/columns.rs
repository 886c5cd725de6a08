//! The columns of a form's tables: which are read, which say why they need not be, which a person is asked about.

use super::{Maker, SAMPLE_CHARS};
use crate::base::{CellAt, CellRef, Weight};
use crate::form::header::{Header, HeaderColumn};
use crate::form::reading::Content;
use crate::form::view::{Item, View};
use crate::form::{changes, method, names};
use crate::mapping::compose::{self, Role, Silent};
use crate::mapping::looks::{Look, Looks};
use crate::mapping::title::{any_matches, normalise};
use crate::mapping::{Column, FormTable, Mapping};
use crate::model::{AccountColumn, Evidence, Fate};
use crate::notation::money::amount;

/// Characters of a serial number in words (一、（二）).
const SERIAL_CHARS: usize = 3;

impl Maker<'_, '_> {
    /// A column that is read.
    pub(super) fn read_column(&self, header: &Header, column: &HeaderColumn, last: u32) -> AccountColumn {
        let below = header.bottom.saturating_add(1);
        let cells = self.view.rows(below, last).flat_map(|(_, items)| items);
        let cells: Vec<&Item<'_>> =
            cells.filter(|item| (column.col..=column.last_col).contains(&item.at.col())).collect();
        let evidence = match () {
            () if column.is_guessed() => Evidence::Guess,
            () if column.is_composed() => Evidence::Words,
            () if self.is_told(header, column) => Evidence::Answer,
            () => Evidence::Title,
        };
        AccountColumn {
            title: plain(&column.title),
            at: self.view.address(column.at),
            col: column.col,
            role: column.column.word().to_owned(),
            evidence,
            fate: Fate::Used,
            cells: cells.len(),
            sample: cells.first().map(|item| sample(self.view, item)),
            weighty: evidence == Evidence::Guess && !cells.is_empty(),
            choices: choices(header.table, column.column),
        }
    }

    /// Whether a person said what the column holds.
    fn is_told(&self, header: &Header, column: &HeaderColumn) -> bool {
        self.mapping.columns_of(header.table).get(column.rule).is_some_and(|rule| rule.is_told(column.rank))
    }

    /// Whether a silent column may be one that the table lacks: numbers that add up to a whole form's points where none has
    /// the points, numbers in no order under 序号, levels left of the names.
    fn may_be_needed(&self, header: &Header, (kind, listed): (Silent, bool), items: &[&Item<'_>]) -> bool {
        let counted = items.iter().filter(|item| !self.skipped.contains_key(&item.at.row()));
        let numbers: Vec<Weight> = counted.filter_map(|item| names::weight(item.cell)).collect();
        // Rows that add up levels count a second time, and a third.
        let whole = [100_u32, 90, 80, 200, 300].map(Weight::from);
        let added = kind == Silent::Money && self.changes_a_budget(header, items);
        let points = header.get(Column::Weight).is_none()
            && header.table == FormTable::Main
            && Weight::sum(numbers.iter().copied()).is_some_and(|sum| whole.contains(&sum));
        let disordered = kind == Silent::Serial
            && numbers.len() >= 2
            && !numbers.iter().zip(numbers.iter().skip(1)).all(|(one, next)| one < next);
        let name = header.get(Column::Name).map(|column| column.col);
        let left = header.table == FormTable::Main
            && !listed
            && !matches!(kind, Silent::Serial | Silent::Kind | Silent::OtherStage)
            && items.iter().any(|item| name.is_some_and(|name| item.at.col() < name));
        // A year before, where no column says what was promised, or done; and what the total's row adds up.
        let scored = matches!(self.taken.content, Content::Score(_));
        let lacks = !header.has(Column::Target) || scored && !header.has(Column::Actual);
        let totalled = items.iter().any(|item| {
            self.skipped.get(&item.at.row()) == Some(&"合计行") && item.look() == Some(Look::Number)
        });
        let past = header.table == FormTable::Main
            && kind == Silent::History
            && (totalled || lacks && !header.has(Column::Situation));
        // Words are no serial numbers.
        let worded =
            |item: &&&Item<'_>| item.look() == Some(Look::Text) && item.key.chars().count() > SERIAL_CHARS;
        let worded = kind == Silent::Serial && items.iter().filter(worded).count() >= 2;
        // Rules, where no column has the criteria.
        let rules = Looks(items.iter().filter_map(|item| item.look()).collect()).mostly(&[Look::Rule]);
        let rules = header.table == FormTable::Main && !header.has(Column::Criterion) && rules;
        points || rules || disordered || left || added || past || worded
    }

    /// Whether a column has amounts that may make another budget of the one that counts.
    fn changes_a_budget(&self, header: &Header, items: &[&Item<'_>]) -> bool {
        let Some(col) = items.first().map(|item| item.at.col()).filter(|_| header.table == FormTable::Budget)
        else {
            return false;
        };
        let rows = match self.taken.content {
            Content::Score(form) => form.budget.as_slice(),
            _ => &[],
        };
        let none = |item: &&Item<'_>| amount(item.cell).is_some_and(|shown| shown.number.is_zero());
        changes::is_one(self.view, self.mapping, header, col)
            && !items.iter().all(none)
            && changes::add_up(self.view, self.mapping, header, rows) != Some(true)
    }

    /// A column that is not read: whether its title and its content say why that is no loss.
    pub(super) fn column(&mut self, header: &Header, col: u32, cells: &[CellRef]) {
        let (titles, below): (Vec<CellRef>, Vec<CellRef>) =
            cells.iter().partition(|at| at.row() <= header.bottom);
        let items: Vec<&Item<'_>> = below.iter().filter_map(|at| self.view.item(*at)).collect();
        let own = header.columns.iter().chain(&header.contradicted).chain(&header.aside);
        let own = own.into_iter().find(|column| (column.col..=column.last_col).contains(&col));
        let title_at = own.map(|column| column.at).or_else(|| titles.last().copied()).or_else(|| {
            (header.top..=header.bottom).rev().find_map(|row| self.view.shown(row, col)).map(|item| item.at)
        });
        let title = title_at.map(|at| plain(&self.view.sheet.get(at).shown())).unwrap_or_default();
        let looks = Looks(items.iter().filter_map(|item| item.look()).collect());
        let listed = own.is_some_and(|column| column.column == Column::Other);
        let contradicted = own.is_some_and(|column| header.contradicted.contains(column));
        let placed = own.is_some_and(|column| {
            let rule = self.mapping.columns_of(header.table).get(column.rule);
            column.column == Column::Other && rule.is_some_and(|rule| rule.after.is_some())
        });
        let aside = own.is_some_and(|column| header.aside.contains(column));
        let composed = compose::read(&normalise(&title), header.table).map(|composed| composed.role);
        let kind = match composed {
            // The other group of equal titles; a value that only the mapping's order tells from the one that counts.
            _ if aside || placed => Some(Silent::OtherStage),
            Some(Role::Silent(kind)) => Some(kind),
            Some(Role::Column(column)) if listed && column.standard().is_some() => Some(Silent::History),
            _ if listed => Some(Silent::Remark),
            // 其中：上年结转 is a part of the amount beside it.
            _ if header.table == FormTable::Budget && title.starts_with(changes::PART) => Some(Silent::Money),
            _ => money(header, &title),
        };
        let execution = |item: &&Item<'_>| method::of_execution(&item.cell.shown());
        let by_content = match header.table {
            FormTable::Budget if !items.is_empty() && items.iter().all(execution) => Some(Silent::Explain),
            _ => looks.silent(),
        };
        let left =
            header.table == FormTable::Main && header.get(Column::Name).is_some_and(|name| col < name.col);
        let told = own.is_some_and(|column| column.column == Column::Other && self.is_told(header, column));
        let (fate, role, weighty) = match kind {
            _ if told => (Fate::Silent, "与评分无关（人工确认）", false),
            _ if contradicted => (Fate::Unread, "", true),
            // A remark may take back what another column says; so may what stands under no title.
            None | Some(Silent::Remark) if items.iter().any(|item| corrects(self.mapping, item)) => {
                (Fate::Unread, "", true)
            }
            Some(kind)
                if bears_out(kind, header.table, &looks)
                    && !self.may_be_needed(header, (kind, composed.is_none()), &items) =>
            {
                (Fate::Silent, kind.chinese(), false)
            }
            Some(_) => (Fate::Unread, "", true),
            None if looks.is_empty() => (Fate::Silent, "空白", false),
            None => match by_content {
                Some(kind) => (Fate::Silent, kind.chinese(), false),
                // What stands left of the names may be a level, and rows may be its sums.
                None => (Fate::Unread, "", looks.like_values() || left),
            },
        };
        let counted = if fate == Fate::Silent { &mut self.account.silent } else { &mut self.account.unread };
        *counted = counted.saturating_add(cells.len());
        let Some(at) = title_at.or_else(|| below.first().copied()) else { return };
        let shown = items.iter().find(|item| item.look().is_some());
        let column = AccountColumn {
            title,
            at: self.view.address(at),
            col,
            role: role.to_owned(),
            evidence: match fate {
                Fate::Unread => Evidence::None,
                _ if told => Evidence::Answer,
                _ => Evidence::Title,
            },
            fate,
            cells: items.len(),
            sample: items
                .iter()
                .find(|item| corrects(self.mapping, item))
                .or(shown)
                .map(|item| sample(self.view, item)),
            weighty,
            choices: choices(header.table, Column::Other),
        };
        self.account.columns.push(column);
    }
}

/// A cell for asking about its column: where it stands and what it shows.
pub(super) fn sample(view: &View<'_>, item: &Item<'_>) -> (CellAt, String) {
    let shown: String = item.cell.shown().split_whitespace().collect();
    let cut: String = shown.chars().take(SAMPLE_CHARS).collect();
    let text = if cut.len() < shown.len() { format!("{cut}…") } else { cut };
    (view.address(item.at), text)
}

/// Whether a remark or a note corrects a figure: 核实80公里, 不予考核.
pub(super) fn corrects(mapping: &Mapping, item: &Item<'_>) -> bool {
    let figures = item.key.chars().any(|c| c.is_ascii_digit());
    figures && any_matches(&mapping.rows.correction, &item.key)
        || any_matches(&mapping.rows.waiver, &item.key)
}

/// A title as a person reads it, without its line breaks.
pub(super) fn plain(title: &str) -> String {
    title.split_whitespace().collect()
}

/// Whether a column of a table of tasks or indicators says how much money each was to have, or took (任务名称 | 完成情况 |
/// 预算数 | 执行数). Where there are points and no targets, such a column may be the target.
fn money(header: &Header, title: &str) -> Option<Silent> {
    let scored =
        [Column::Weight, Column::Score, Column::StatedScore].iter().any(|column| header.has(*column));
    if header.table != FormTable::Main || scored && !header.has(Column::Target) {
        return None;
    }
    let read = compose::read(&normalise(title), FormTable::Budget).filter(|read| read.whole)?;
    let amount = matches!(read.role, Role::Column(Column::Budget | Column::Adjusted | Column::Spent));
    amount.then_some(Silent::Money)
}

/// Whether the content bears out that a column of this kind has no part in scoring. A figure in a block of money is an
/// amount, whatever is said to stand there.
fn bears_out(kind: Silent, table: FormTable, looks: &Looks) -> bool {
    let money = [Silent::Money, Silent::Rate, Silent::OtherStage];
    let figures = looks.count(&[Look::Number, Look::Value]) > 0;
    looks.bears_out(kind) && !(table == FormTable::Budget && figures && !money.contains(&kind))
}

/// What a column may be, the read meaning first.
fn choices(table: FormTable, read: Column) -> Vec<&'static str> {
    let all: &[Column] = match table {
        FormTable::Budget => &[
            Column::Budget,
            Column::Adjusted,
            Column::Spent,
            Column::Rate,
            Column::Weight,
            Column::Score,
            Column::Other,
        ],
        FormTable::Main | FormTable::Checklist => &[
            Column::Target,
            Column::TargetAdjusted,
            Column::Actual,
            Column::Weight,
            Column::StatedScore,
            Column::Score,
            Column::Criterion,
            Column::Sign,
            Column::Unit,
            Column::Reason,
            Column::Situation,
            Column::Level1,
            Column::Level2,
            Column::Other,
        ],
    };
    let first = (read != Column::Other).then(|| read.word());
    let rest =
        all.iter().filter(|column| **column != read || read == Column::Other).map(|column| column.word());
    first.into_iter().chain(rest).collect()
}
