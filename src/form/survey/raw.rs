//! Answers, one person a row: the export of a platform, or a sheet that was typed.

use std::collections::BTreeMap;

use super::counted::{question, question_of};
use super::legend::{self, Legend, Legends};
use super::opinion::{self, Answer};
use super::title::{self, Column};
use super::{counts_and_period, suspects};
use crate::base::{CellRef, RangeRef};
use crate::form::view::View;
use crate::mapping::title::{any_matches, normalise};
use crate::mapping::{Mapping, Mappings};
use crate::model::{Finding, Survey, SurveyShape};
use crate::words::{self, Class};

/// Rows in which titles are looked for.
const HEAD_ROWS: u32 = 40;
/// Columns of a questionnaire at most.
const MAX_COLUMNS: usize = 400;
/// Answers looked at to tell what a column holds.
const SAMPLE: usize = 20;
/// Opinions that are answers whatever their title.
const SEVERAL: usize = 3;
/// Titles of a platform that make a row of titles.
const HEADS: usize = 3;
/// Groups that are told apart at most.
const MAX_GROUPS: usize = 8;

/// A column under its title.
#[derive(Debug, Clone)]
pub(super) struct Titled {
    pub(super) col: u32,
    pub(super) at: CellRef,
    pub(super) title: String,
    pub(super) column: Column,
}

/// The titles of a sheet of answers, and its rows.
pub(super) struct Table {
    pub(super) top: u32,
    pub(super) head: u32,
    pub(super) last: u32,
    pub(super) columns: Vec<Titled>,
}

/// The answers of a sheet; `None` where it holds none.
pub(super) fn read(
    view: &View<'_>,
    mappings: &Mappings,
    (position, mapping): (usize, &Mapping),
    legends: &Legends,
    findings: &mut Vec<Finding>,
) -> Option<Survey> {
    let head = head(view, mapping)?;
    let table = table(view, mappings, (position, mapping), head)?;
    let mut found = Vec::new();
    let mut unread = Vec::new();
    let mut unused = Vec::new();
    for column in table.columns.iter().filter(|column| column.column == Column::Question) {
        match kind(view, mapping, &table, column, legends) {
            Kind::Opinion(legend) => found.push((column, legend)),
            Kind::Unclear(why) => unread.push((column.at, why)),
            Kind::Other => unused.push(title::shown(&column.title)),
        }
    }
    if found.is_empty() && unread.is_empty() {
        return None;
    }
    let groups = groups(view, &table);
    let mut questions = Vec::new();
    for (column, legend) in &found {
        let question = question(view, mapping, &table, column, (legend, None), Some(findings))?;
        questions.push(question);
        for (of, group) in &groups {
            let only = (
                RangeRef::new(
                    CellRef::new(table.head.saturating_add(1), *of)?,
                    CellRef::new(table.last, *of)?,
                ),
                group.clone(),
            );
            questions.extend(question_of(view, mapping, &table, column, legend, &only));
        }
    }
    let is_answered = |row: u32| {
        found.iter().any(|(column, _)| {
            view.shown(row, column.col).is_some_and(|item| opinion::of(item.cell, mapping) != Answer::Skipped)
        })
    };
    let rows: Vec<u32> = rows(view, mapping, &table).collect();
    let answers = rows.iter().filter(|row| found.is_empty() || is_answered(**row)).count();
    let keys: Vec<String> = table.columns.iter().map(|column| normalise(&column.title)).collect();
    let suspects = suspects::find(view, &table, &rows);
    let around = counts_and_period::read(view, &[(table.head, table.last)]);
    let (first, last) = (table.columns.first()?, table.columns.last()?);
    Some(Survey {
        sheet: view.sheet.id.clone(),
        title: String::new(),
        shape: SurveyShape::Answers,
        platform: title::platform(&keys),
        range: RangeRef::new(CellRef::new(table.top, first.col)?, CellRef::new(table.last, last.col)?),
        at: first.at,
        questions,
        unused,
        unread,
        personal: personal(&table),
        answers: u32::try_from(answers).unwrap_or(u32::MAX),
        counts: around.counts,
        period: around.period,
        days: suspects.days,
        alike: suspects.alike,
        took: suspects.took,
    })
}

/// The row of titles: that of a platform's export, or the one above the first answers of most columns.
fn head(view: &View<'_>, mapping: &Mapping) -> Option<u32> {
    let platforms = [Class::HeadsWjx, Class::HeadsTencent, Class::HeadsJinshuju];
    for (row, items) in view.rows(0, HEAD_ROWS) {
        let of = |class: &Class| items.iter().filter(|item| words::of(*class).has(&item.key)).count();
        if platforms.iter().any(|class| of(class) >= HEADS) {
            return Some(row);
        }
    }
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    for (row, items) in view.rows(0, HEAD_ROWS) {
        for item in items.iter().filter(|item| view.range(item.at).last.col() == item.at.col()) {
            if matches!(opinion::of(item.cell, mapping), Answer::Known(_)) {
                first.entry(item.at.col()).or_insert(row);
            }
        }
    }
    let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
    for (col, row) in first {
        let above = (0..row).rev().find(|row| view.shown(*row, col).is_some_and(|item| !item.key.is_empty()));
        let at = above.and_then(|row| view.anchor(row, col).map(|at| view.range(at).last.row()));
        if let Some(head) = at {
            let votes = votes.entry(head).or_insert(0);
            *votes = votes.saturating_add(1);
        }
    }
    votes.into_iter().max_by_key(|(row, votes)| (*votes, std::cmp::Reverse(*row))).map(|(row, _)| row)
}

/// The titles in a row with what each is.
fn table(
    view: &View<'_>,
    mappings: &Mappings,
    (position, mapping): (usize, &Mapping),
    head: u32,
) -> Option<Table> {
    let mut columns = Vec::new();
    let mut top = head;
    let last_col =
        view.rows(0, view.last_row()).filter_map(|(_, items)| items.last()).map(|item| item.at.col());
    let last_col = last_col.max().unwrap_or(0);
    for col in (0..=last_col).take(MAX_COLUMNS) {
        let Some(item) = view.shown(head, col).filter(|item| !item.key.is_empty()) else { continue };
        top = top.min(item.at.row());
        // What stands over several columns says what is asked of all of them.
        let stem = head.checked_sub(1).and_then(|above| view.shown(above, col));
        let stem = stem.filter(|stem| {
            let range = view.range(stem.at);
            let whole = range.first.col() == 0 && range.last.col() >= last_col;
            range.last.col() > range.first.col() && !whole && stem.at != item.at
        });
        let own = item.cell.shown();
        let title = stem.map_or_else(|| own.clone(), |stem| format!("{}—{}", stem.cell.shown(), own));
        // Another cell of one merged over several columns is not another title.
        if item.at.col() == col {
            let column = title::column(&normalise(&title));
            columns.push(Titled { col, at: item.at, title, column });
        }
    }
    let answer = |column: &mut Titled| {
        let told = mappings.index().title(&normalise(&column.title)).into_iter().any(|hit| {
            let rule = mapping.columns.get(hit.rule).map(|rule| rule.column);
            hit.mapping == position && rule == Some(crate::mapping::Column::Answer)
        });
        if told {
            column.column = Column::Question;
        }
    };
    columns.iter_mut().for_each(answer);
    let last = view.last_row();
    let table = Table { top, head, last, columns };
    let last = rows(view, mapping, &table).last()?;
    Some(Table { last, ..table })
}

/// The rows with answers: to the first that says it is a total or a remark.
pub(super) fn rows<'v>(
    view: &'v View<'_>,
    mapping: &'v Mapping,
    table: &'v Table,
) -> impl Iterator<Item = u32> + 'v {
    let ends = |key: &str| {
        any_matches(&mapping.rows.total, key)
            || any_matches(&mapping.rows.subtotal, key)
            || mapping.stop_when.iter().any(|pattern| pattern.matches(key))
    };
    let below = view.rows(table.head.saturating_add(1), table.last);
    let known = |row: u32| {
        table
            .columns
            .iter()
            .any(|column| view.shown(row, column.col).is_some_and(|item| item.at.row() == row))
    };
    below
        .take_while(move |(_, items)| !items.first().is_some_and(|first| ends(&first.key)))
        .map(|(row, _)| row)
        .filter(move |row| known(*row))
}

/// What the answers of a question are.
enum Kind {
    /// Opinions on being satisfied, by words or by numbers that the legend explains.
    Opinion(Legend),
    /// They may be such, and nothing says what they mean.
    Unclear(String),
    /// Something else.
    Other,
}

fn kind(view: &View<'_>, mapping: &Mapping, table: &Table, column: &Titled, legends: &Legends) -> Kind {
    let cells = rows(view, mapping, table).filter_map(|row| view.shown(row, column.col));
    let answers = cells.map(|item| opinion::of(item.cell, mapping));
    let given: Vec<Answer> = answers.filter(|answer| *answer != Answer::Skipped).take(SAMPLE).collect();
    let opinions =
        || given.iter().filter_map(|answer| if let Answer::Known(o) = answer { Some(*o) } else { None });
    let count = opinions().count();
    let asks = title::asks_opinion(&column.title);
    // Under a title that asks nothing, 满意 may be the name of a level: then only several of them are answers.
    let told = count >= SEVERAL && opinions().any(opinion::is_telling);
    if count > 0 && count.saturating_mul(2) >= given.len() && (asks || told) {
        return Kind::Opinion(Legend::new());
    }
    let numbers = given.iter().filter(|answer| matches!(answer, Answer::Number(_))).count();
    let marked = words::of(Class::ScoreScale).within(&normalise(&column.title));
    if !(asks || marked) || numbers == 0 || numbers < given.len() {
        return Kind::Other;
    }
    let key = normalise(&column.title);
    let (number, _) = title::numbered(&key);
    let own = legend::of_text(&column.title);
    let above = (0..table.head).rev().filter_map(|row| view.row(row).first());
    let noted = || above.map(|item| legend::of_text(&item.cell.shown())).find(|legend| !legend.is_empty());
    let told = || Some(legends.of(&view.sheet.id, number)).filter(|legend| !legend.is_empty());
    let legend = Some(own).filter(|own| !own.is_empty()).or_else(told).or_else(noted);
    let points = words::of(Class::ScoreScale).within(&key);
    let legend = legend.or_else(|| (points && asks).then(legend::points));
    let Some(legend) = legend else {
        if !asks {
            return Kind::Other;
        }
        return Kind::Unclear("回答是数字，没有写明各个数字代表的选项".to_owned());
    };
    let known = |answer: &Answer| matches!(answer, Answer::Number(number) if legend.contains_key(number));
    if given.iter().all(known) {
        Kind::Opinion(legend)
    } else {
        Kind::Unclear("回答的数字超出写明的选项".to_owned())
    }
}

/// The titles of columns with names, numbers and addresses.
fn personal(table: &Table) -> Vec<String> {
    let is = |column: &&Titled| {
        let key = normalise(&column.title);
        let silent = matches!(column.column, Column::Silent | Column::Address);
        silent && (column.column == Column::Address || words::of(Class::SurveyPersonal).within(&key))
    };
    table.columns.iter().filter(is).map(|column| title::shown(&column.title)).collect()
}

/// The groups of those who answered, by the columns that tell them: the column, and what stands there.
fn groups(view: &View<'_>, table: &Table) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for column in table.columns.iter().filter(|column| column.column == Column::Group) {
        let mut names: Vec<String> = Vec::new();
        let mut people = 0_usize;
        for (row, _) in view.rows(table.head.saturating_add(1), table.last) {
            let Some(text) = view.shown(row, column.col).and_then(|item| item.text()) else { continue };
            people = people.saturating_add(1);
            if !names.iter().any(|name| name == text) {
                names.push(text.to_owned());
            }
        }
        // What nobody shares with another is a name, no group.
        if (2..=MAX_GROUPS).contains(&names.len()) && names.len().saturating_mul(2) <= people {
            found.extend(names.into_iter().map(|name| (column.col, name)));
        }
    }
    found
}
