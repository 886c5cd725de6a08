//! A monitoring form is read row by row: targets, what was done so far, what is expected, why and whether. It has no scores.

use super::header::Header;
use super::names;
use super::recognise::FoundForm;
use super::view::{Item, View};
use crate::base::{CellAt, CellRef};
use crate::mapping::title::{any_matches, normalise};
use crate::mapping::{Column, Mapping};
use crate::model::{Entry, Indicator, Likelihood, Means, MonitoredForm, MonitoredMoney, MonitoredRow};
use crate::words::{self, Class};

/// Rows above the table in which the money and the month are looked for.
const ROWS_ABOVE: u32 = 12;
/// Indicators of a form at most.
const MAX_ROWS: usize = 1_000;

/// What a column says of the year's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// A tick here is this answer.
    Tick(Likelihood),
    /// The answer stands here as a word.
    Word,
    /// Why, of this kind.
    Kind(Means),
    /// Why, or what follows, in words.
    Text,
}

/// Reads the form; `at` is where it is spoken of as a whole.
pub(super) fn read(
    view: &View<'_>,
    mapping: &Mapping,
    form: &FoundForm,
    at: &CellAt,
) -> Option<MonitoredForm> {
    let header = form.headers.first()?;
    let reader = Reader { view, mapping, header, says: says(view, header) };
    let below = header.bottom.saturating_add(1);
    let mut rows = Vec::new();
    let mut together = false;
    for (row, items) in view.rows(below, form.rows.1.max(below)) {
        if items.first().is_some_and(|first| any_matches(&mapping.stop_when, &first.key)) {
            break;
        }
        rows.extend(reader.row(row));
        together = together || explains_all(items);
        if rows.len() >= MAX_ROWS {
            break;
        }
    }
    Some(MonitoredForm {
        sheet: view.sheet.id.clone(),
        at: at.clone(),
        month: month(view, header),
        asks_reasons: !together
            && reader.says.iter().any(|(_, says)| matches!(says, Says::Kind(_) | Says::Text)),
        money: money(view, header),
        rows,
    })
}

struct Reader<'r, 'v> {
    view: &'r View<'v>,
    mapping: &'r Mapping,
    header: &'r Header,
    says: Vec<(u32, Says)>,
}

impl Reader<'_, '_> {
    /// The content of a column in a row; nothing where it is blank, or a dash for nothing.
    fn filled(&self, row: u32, col: u32) -> Option<Entry> {
        let item = self.view.shown(row, col)?;
        let key = normalise(&item.cell.shown());
        (!key.is_empty() && !self.mapping.missing_values.contains(&key)).then(|| self.view.entry_at(item.at))
    }

    fn column(&self, row: u32, column: Column) -> Option<Entry> {
        self.filled(row, self.header.get(column)?.col)
    }

    fn row(&self, row: u32) -> Option<MonitoredRow> {
        let name = self.column(row, Column::Name)?;
        let text = names::indicator(&name.shown());
        // Words merged over rows above are another row's.
        let own = name.at.as_ref().is_some_and(|at| at.cell.row() == row);
        let target = self.column(row, Column::Target);
        // So is a text that reaches over the columns of figures.
        let reaches = |entry: &Option<Entry>| entry.as_ref().is_some_and(|entry| entry.at == name.at);
        let progress = self.column(row, Column::Progress);
        let over = reaches(&target) || reaches(&progress);
        if text.is_empty() || !own || over || target.is_none() && progress.is_none() {
            return None;
        }
        let level = |column| {
            self.column(row, column)
                .map(|entry| names::level(&normalise(&entry.shown())).name)
                .unwrap_or_default()
        };
        let mut found = MonitoredRow {
            indicator: Indicator {
                level1: level(Column::Level1),
                level2: level(Column::Level2),
                name: text,
                name_entry: name,
                target,
                target_sign: self.column(row, Column::Sign),
                unit: self.column(row, Column::Unit),
                ..Indicator::default()
            },
            progress: progress.or_else(|| self.column(row, Column::Actual)),
            expected: self.column(row, Column::Expected),
            ..MonitoredRow::default()
        };
        for (col, says) in &self.says {
            self.take(row, *col, *says, &mut found);
        }
        Some(found)
    }

    /// What one of the columns says in a row.
    fn take(&self, row: u32, col: u32, says: Says, found: &mut MonitoredRow) {
        if matches!(says, Says::Tick(_) | Says::Word) && found.likelihood_at.is_none() {
            found.likelihood_at = CellRef::new(row, col).map(|at| self.view.address(at));
        }
        let Some(entry) = self.filled(row, col) else { return };
        let key = normalise(&entry.shown());
        let no = words::of(Class::NoTicks).has(&key);
        match says {
            Says::Tick(likely) => {
                if let Some(at) = entry.at.clone().filter(|_| !no) {
                    found.likelihood.push((likely, at));
                }
            }
            Says::Word => {
                let all = Likelihood::ALL.into_iter().filter(|likely| class(*likely).has(&key));
                found.likelihood.extend(all.filter_map(|likely| Some((likely, entry.at.clone()?))));
            }
            Says::Kind(kind) if !no => {
                found.means.push(kind);
                // A tick is no reason; a word is one.
                found.explained = found.explained || key.chars().count() > 1;
            }
            Says::Text => found.explained = found.explained || !no,
            Says::Kind(_) => {}
        }
    }
}

/// 偏差或不能完成目标原因分析 in a row of its own below the table: what is said of all indicators together.
fn explains_all(items: &[Item<'_>]) -> bool {
    let [label, said, ..] = items else { return false };
    words::of(Class::DeviationTitles).within(&label.key) && !words::of(Class::NoTicks).has(&said.key)
}

fn class(likely: Likelihood) -> &'static words::Lexicon {
    words::of(match likely {
        Likelihood::Sure => Class::LikelySure,
        Likelihood::Maybe => Class::LikelyMaybe,
        Likelihood::Never => Class::LikelyNever,
    })
}

/// What the columns behind the targets say of the year's end, by their own titles and those above them.
fn says(view: &View<'_>, header: &Header) -> Vec<(u32, Says)> {
    let first = header.get(Column::Target).map_or(0, |target| target.last_col);
    let last =
        view.rows(header.top, header.bottom).flat_map(|(_, items)| items).map(|item| item.at.col()).max();
    let taken = |col: u32| {
        let read =
            [Column::Target, Column::Unit, Column::Sign, Column::Progress, Column::Expected, Column::Name];
        read.iter().filter_map(|column| header.get(*column)).any(|column| column.col == col)
    };
    let mut found = Vec::new();
    for col in first..=last.unwrap_or(0) {
        let titles: Vec<&str> = (header.top..=header.bottom)
            .rev()
            .filter_map(|row| view.shown(row, col))
            .map(|item| item.key.as_str())
            .filter(|key| !key.is_empty())
            .collect();
        let Some(own) = titles.first().filter(|_| !taken(col)) else { continue };
        let under = |class: Class| titles.iter().any(|title| words::of(class).within(title));
        let has = |class: Class| words::of(class).within(own);
        let tick = Likelihood::ALL.into_iter().find(|likely| class_has(*likely, own));
        let kinds = [
            (Class::MeansOfFunds, Means::Funds),
            (Class::MeansOfRules, Means::Rules),
            (Class::MeansOfStaff, Means::Staff),
            (Class::MeansOfHardware, Means::Hardware),
            (Class::MeansOfOtherKinds, Means::Other),
        ];
        let kind = kinds.into_iter().find(|(class, _)| has(*class)).map(|(_, kind)| kind);
        let says = match (tick, kind) {
            (Some(likely), _) => Says::Tick(likely),
            _ if has(Class::LikelihoodTitles) => Says::Word,
            (_, Some(kind)) if under(Class::DeviationTitles) && !has(Class::RemarkTitles) => Says::Kind(kind),
            _ if under(Class::DeviationTitles) || has(Class::RemarkTitles) => Says::Text,
            _ => continue,
        };
        found.push((col, says));
    }
    found
}

fn class_has(likely: Likelihood, title: &str) -> bool {
    class(likely).has(title)
}

/// The month at whose end the form stands: 1—7月, 截至2023年7月31日, 上半年. What the columns say comes first.
fn month(view: &View<'_>, header: &Header) -> Option<u8> {
    let own = header.get(Column::Progress).map(|column| normalise(&column.title));
    let above = view.rows(header.top.saturating_sub(ROWS_ABOVE), header.top).flat_map(|(_, items)| items);
    own.into_iter().chain(above.map(|item| item.key.clone())).find_map(|text| month_of(&text))
}

fn month_of(text: &str) -> Option<u8> {
    if text.chars().count() > MAX_TITLE_CHARS {
        return None;
    }
    if words::of(Class::ThreeQuarters).within(text) {
        return Some(9);
    }
    if words::of(Class::HalfYears).within(text) {
        return Some(6);
    }
    // Of 1—7月 and 2023年7月31日 the figure before 月. A date of filling in is none of these.
    let ranged = words::of(Class::MonthEndSigns).within(text);
    let (before, _) = text.split_once('月').filter(|_| ranged)?;
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|month| (1..=12).contains(month))
}

/// Characters of a title that may say a month at most.
const MAX_TITLE_CHARS: usize = 40;

/// The money above the table: a row of titles, and the first row below it with figures.
fn money(view: &View<'_>, header: &Header) -> MonitoredMoney {
    let first = header.top.saturating_sub(ROWS_ABOVE);
    let Some(last) = header.top.checked_sub(1) else { return MonitoredMoney::default() };
    for (row, items) in view.rows(first, last) {
        let column =
            |is: &dyn Fn(&str) -> bool| items.iter().find(|item| is(&item.key)).map(|item| item.at.col());
        let has = |key: &str, class: Class| words::of(class).within(key);
        let expected = |key: &str| has(key, Class::MoneyWholeYear);
        let spent =
            column(&|key| has(key, Class::MoneySoFar) && !expected(key) && !has(key, Class::MoneyRates));
        let budget = column(&|key| has(key, Class::MoneyBudgetsNow) && !expected(key))
            .or_else(|| column(&|key| has(key, Class::MoneyBudgets) && !expected(key)));
        let (Some(spent), Some(budget)) = (spent, budget) else { continue };
        let rate = column(&|key| has(key, Class::MoneyRates) && !expected(key));
        let whole = column(&|key| expected(key) && !has(key, Class::MoneyRates));
        let numbers = |row: u32| {
            let number = |col: u32| view.shown(row, col).is_some_and(is_number);
            number(spent) && number(budget)
        };
        let below = view.rows(row.saturating_add(1), last).map(|(row, _)| row).find(|row| numbers(*row));
        let Some(below) = below else { continue };
        let entry = |col: Option<u32>| {
            let item = view.shown(below, col?).filter(|item| is_number(item))?;
            Some(view.entry_at(item.at))
        };
        return MonitoredMoney {
            budget: entry(Some(budget)),
            spent: entry(Some(spent)),
            rate: entry(rate),
            expected: entry(whole),
        };
    }
    MonitoredMoney::default()
}

fn is_number(item: &Item<'_>) -> bool {
    names::number(item.cell).is_some()
}

/// What is said of the form as a whole.
pub(super) fn summary(form: &MonitoredForm) -> String {
    let when = form.month.map(|month| format!("（截至{month}月底）")).unwrap_or_default();
    let mut said = vec![format!("已逐项核对{when}：{} 个指标", form.rows.len())];
    for likely in Likelihood::ALL {
        let is = |row: &&MonitoredRow| matches!(row.likelihood.as_slice(), [(own, _)] if *own == likely);
        let count = form.rows.iter().filter(is).count();
        if count > 0 {
            said.push(format!("{} {count} 个", likely.name()));
        }
    }
    let never = |row: &&MonitoredRow| matches!(row.likelihood.as_slice(), [(Likelihood::Never, _)]);
    let never: Vec<String> =
        form.rows.iter().filter(never).map(|row| format!("“{}”", row.indicator.name)).collect();
    let kinds = Means::ALL.into_iter().filter_map(|kind| {
        let count = form.rows.iter().filter(|row| row.means.contains(&kind)).count();
        (count > 0).then(|| format!("{} {count} 个", kind.name()))
    });
    let kinds: Vec<String> = kinds.collect();
    let mut text = said.join("，");
    if !kinds.is_empty() {
        text.push_str(&format!("；偏差原因：{}", kinds.join("，")));
    }
    if !never.is_empty() {
        text.push_str(&format!("；不能完成的：{}", never.join("、")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_from_a_title() {
        for (text, month) in [
            ("1—7月执行情况", Some(7)),
            ("1-6月执行数", Some(6)),
            ("(2023年度,截至2023年7月31日)", Some(7)),
            ("截至8月底完成值", Some(8)),
            ("上半年完成情况", Some(6)),
            ("前三季度执行情况", Some(9)),
            ("填报日期:2023年8月", None),
            ("当前月执行情况", None),
        ] {
            assert_eq!(month_of(&normalise(text)), month, "{text}");
        }
    }
}
