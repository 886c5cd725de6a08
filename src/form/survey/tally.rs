//! Tallies: how many gave each answer, the answers side by side (one question or group a row) or below each other (one table
//! for all questions, or one for each as platforms report them).

use super::around;
use super::opinion::{by_words, is_telling, opinion};
use super::title;
use crate::base::{CellRef, Number, RangeRef};
use crate::form::view::{Item, View};
use crate::mapping::Mapping;
use crate::mapping::title::{any_matches, normalise};
use crate::model::{Survey, SurveyCount, SurveyCounts, SurveyOption, SurveyQuestion, SurveyShape};
use crate::sheet::{NumberFormat, Value};
use crate::words::{self, Class};

/// Answers that a tally has at least.
const MIN_OPTIONS: usize = 2;
/// Questions of a sheet at most.
const MAX_QUESTIONS: usize = 300;
/// Rows above a table in which its question stands.
const ABOVE: u32 = 2;

/// What was read of a sheet.
#[derive(Default)]
struct Found {
    questions: Vec<SurveyQuestion>,
    unused: Vec<String>,
    tables: Vec<(u32, u32)>,
    cells: Vec<CellRef>,
}

/// The tallies of a sheet; `None` where it holds none.
pub(super) fn read(view: &View<'_>, mapping: &Mapping) -> Option<Survey> {
    let mut found = Found::default();
    let mut free = 0_u32;
    let rows: Vec<u32> = view.rows(0, view.last_row()).map(|(row, _)| row).collect();
    for row in rows {
        if row < free || found.questions.len() >= MAX_QUESTIONS {
            continue;
        }
        let last = across::read(view, mapping, row, &mut found).or_else(|| down::read(view, mapping, row, &mut found));
        if let Some(last) = last {
            found.tables.push((row, last));
            free = last.saturating_add(1);
        }
    }
    let first = found.cells.iter().min().copied()?;
    if found.questions.is_empty() {
        return None;
    }
    let rows = found.tables.iter().map(|(_, last)| *last).max()?;
    let top = found.tables.iter().map(|(first, _)| *first).min()?;
    let cols = found.cells.iter().map(|cell| cell.col());
    let around = around::read(view, &found.tables);
    let answers = found.questions.iter().map(SurveyQuestion::answered).max().unwrap_or(0);
    let range = RangeRef::new(CellRef::new(top, cols.clone().min()?)?, CellRef::new(rows, cols.max()?)?);
    Some(Survey {
        sheet: view.sheet.id.clone(),
        title: String::new(),
        shape: SurveyShape::Tally,
        platform: None,
        range,
        at: first,
        questions: found.questions,
        unused: found.unused,
        unread: Vec::new(),
        personal: Vec::new(),
        answers,
        counts: around.counts,
        period: around.period,
        days: Vec::new(),
        alike: Vec::new(),
        took: Vec::new(),
    })
}

/// What a cell of a tally states.
#[derive(Clone, Copy)]
enum Figure {
    Count(u32),
    Share(Number),
}

/// `50`, `50份`, `50(33.3%)` are counts; `33.3%` is a share.
fn figure(item: &Item<'_>, of_share: bool) -> Option<Figure> {
    let hundredth = |number: Number| number.over(Number::from(100));
    match &item.cell.value {
        Value::Number(number) => match item.cell.format {
            NumberFormat::Percent(_) => Some(Figure::Share(*number)),
            _ if of_share && *number <= Number::from(1) => Some(Figure::Share(*number)),
            _ if of_share => hundredth(*number).map(Figure::Share),
            _ => around::plain(&item.cell.value).map(Figure::Count),
        },
        Value::Text(text) => {
            let key = normalise(text);
            let count = key.split_once('(').map_or(key.as_str(), |(count, _)| count);
            if let Some(share) = key.strip_suffix('%').filter(|_| !key.contains('(')) {
                return share.parse().ok().and_then(hundredth).map(Figure::Share);
            }
            around::plain(&Value::Text(count.to_owned())).map(Figure::Count)
        }
        _ => None,
    }
}

fn option(view: &View<'_>, text: &str, at: CellRef, figure: Figure, mapping: &Mapping) -> Option<SurveyOption> {
    let opinion = opinion(&normalise(text), mapping)?;
    let (count, share) = match figure {
        Figure::Count(count) => (Some(count), None),
        Figure::Share(share) => (None, Some(share)),
    };
    let at = view.range(at).first;
    let plain = matches!(view.sheet.get(at).value, Value::Number(_));
    let (text, written) = (text.trim().to_owned(), Vec::new());
    Some(SurveyOption { text, opinion, count, share, mark: None, at: Some(at), plain, written })
}

fn sorted(mut options: Vec<SurveyOption>) -> Vec<SurveyOption> {
    options.sort_by_key(|option| std::cmp::Reverse(option.opinion));
    options
}

fn new_question(title: &str, at: CellRef, options: Vec<SurveyOption>) -> SurveyQuestion {
    SurveyQuestion {
        title: title::shown(title),
        at,
        group: None,
        weight: None,
        counts: SurveyCounts::default(),
        overall: title::is_overall(title),
        answers: None,
        only: None,
        options: sorted(options),
        skipped: 0,
        number: title::numbered(&normalise(title)).0,
        rows: Vec::new(),
        total: None,
        rate: None,
    }
}

/// A share of weight: `60%`, `0.6`, `60`.
fn weight(item: &Item<'_>) -> Option<Number> {
    match &item.cell.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => normalise(text).trim_end_matches('%').parse().ok(),
        _ => None,
    }
    .filter(|weight: &Number| !weight.is_zero() && !weight.is_negative())
}

/// Answers side by side.
mod across {
    use super::{
        CellRef, Class, Figure, Found, Item, MIN_OPTIONS, Mapping, SurveyOption, View, any_matches, around,
        figure, is_telling, new_question, normalise, opinion, option, weight, words,
    };

    /// The columns of an answer: how many, and which share.
    struct Option2 {
        text: String,
        count: Option<u32>,
        share: Option<u32>,
    }

    /// A table whose titles stand in a row; gives its last row.
    pub(super) fn read(view: &View<'_>, mapping: &Mapping, row: u32, found: &mut Found) -> Option<u32> {
        let items = view.row(row);
        let options: Vec<&Item<'_>> =
            items.iter().filter(|item| opinion(&item.key, mapping).is_some()).collect();
        let telling = options.iter().filter_map(|item| opinion(&item.key, mapping)).any(is_telling);
        if options.len() < MIN_OPTIONS || !telling {
            return None;
        }
        let (columns, bottom) = columns(view, row, &options);
        let first = options.first()?.at.col();
        let head = |col: u32| {
            let above = view.shown(bottom, col).or_else(|| view.shown(row, col));
            above.map(|item| item.key.clone()).unwrap_or_default()
        };
        let taken = |col: u32| columns.iter().any(|o| o.count == Some(col) || o.share == Some(col));
        let near = view.rows(row.saturating_sub(1), bottom.saturating_add(1));
        let last_col = near.flat_map(|(_, items)| items).map(|item| item.at.col()).max()?;
        let beside: Vec<(u32, String)> =
            (0..=last_col).filter(|col| !taken(*col)).map(|col| (col, head(col))).collect();
        let of = |class: Class, whole: bool| {
            let words = words::of(class);
            let is = |key: &String| if whole { words.has(key) } else { words.begins(key) };
            beside.iter().find(|(_, key)| is(key)).map(|(col, _)| *col)
        };
        let grouped = beside.iter().find(|(col, key)| *col < first && words::of(Class::SurveyGroup).within(key));
        let grouped = grouped.map(|(col, _)| *col);
        let (sent, returned) = (of(Class::SurveySent, false), of(Class::SurveyReturned, false));
        let (valid, weights) = (of(Class::SurveyValid, false), of(Class::TallyWeight, true));
        let rates = of(Class::TallyRate, true);
        let (mut last, mut before) = (None, bottom);
        for (at, items) in view.rows(bottom.saturating_add(1), view.last_row()) {
            let gap = at.saturating_sub(before) > 1;
            let again = items.iter().filter(|item| opinion(&item.key, mapping).is_some()).count();
            if gap || again >= MIN_OPTIONS {
                break;
            }
            let labels: Vec<&Item<'_>> = (0..first)
                .filter(|col| !taken(*col))
                .filter_map(|col| view.shown(at, col))
                .filter(|item| !item.key.is_empty())
                .collect();
            let says = |class: Class| labels.iter().any(|item| words::of(class).has(&item.key));
            let of_share = says(Class::TallyShare);
            let total = labels.iter().any(|item| {
                any_matches(&mapping.rows.total, &item.key) || any_matches(&mapping.rows.subtotal, &item.key)
            });
            let counted = counted(view, mapping, at, &columns, of_share);
            if counted.is_empty() {
                // What says nothing of the answers is a remark below the table.
                if items.len() < MIN_OPTIONS { break } else { before = at; continue }
            }
            (last, before) = (Some(at), at);
            found.cells.extend(items.iter().map(|item| item.at));
            let shares = counted.iter().all(|option| option.count.is_none());
            let sums = found.questions.last().is_some_and(|_| of_share && shares);
            if total || sums {
                continue;
            }
            let named = |item: &&&Item<'_>| {
                Some(item.at.col()) != grouped
                    && !words::of(Class::TallyCount).has(&item.key)
                    && !words::of(Class::TallyShare).has(&item.key)
            };
            let title = labels.iter().rev().find(named);
            let group = grouped.and_then(|col| view.shown(at, col)).map(|item| item.key.clone());
            let place = title.or(labels.last()).map_or_else(|| items.first().map(|item| item.at), |item| Some(item.at));
            let Some(place) = place else { continue };
            let text = title.map(|item| item.cell.shown()).unwrap_or_default();
            let mut question = new_question(&text, place, counted);
            question.group = group.filter(|group| !group.is_empty());
            let number = |col: Option<u32>| {
                let item = view.shown(at, col?)?;
                around::stated(item.at, &item.cell.value)
            };
            question.counts.sent = number(sent);
            question.counts.returned = number(returned);
            question.counts.valid = number(valid);
            let stated = rates.and_then(|col| view.shown(at, col)).filter(|item| item.at.row() == at);
            question.rate = stated.and_then(|item| match figure(item, true)? {
                Figure::Share(share) => Some((share, item.at)),
                Figure::Count(_) => None,
            });
            question.weight = weights.and_then(|col| view.shown(at, col)).and_then(weight);
            found.questions.push(question);
        }
        last
    }

    /// The columns below each answer, and the last row of titles.
    fn columns(view: &View<'_>, row: u32, options: &[&Item<'_>]) -> (Vec<Option2>, u32) {
        let below = row.saturating_add(1);
        let is = |col: u32, class: Class| {
            view.shown(below, col)
                .is_some_and(|item| item.at.row() == below && words::of(class).has(&item.key))
        };
        let mut divided = false;
        let columns = options.iter().map(|item| {
            let range = view.range(item.at);
            let own = || range.first.col()..=range.last.col();
            let count = own().find(|col| is(*col, Class::TallyCount));
            let share = own().find(|col| is(*col, Class::TallyShare));
            divided |= count.is_some() || share.is_some();
            let whole = count.is_none() && share.is_none();
            Option2 {
                text: item.cell.shown(),
                count: if whole { Some(range.first.col()) } else { count },
                share,
            }
        });
        let columns = columns.collect();
        (columns, if divided { below } else { row })
    }

    /// The answers with how many gave them in a row.
    fn counted(
        view: &View<'_>,
        mapping: &Mapping,
        row: u32,
        columns: &[Option2],
        of_share: bool,
    ) -> Vec<SurveyOption> {
        let cell = |col: Option<u32>, of_share: bool| {
            let at = CellRef::new(row, col?)?;
            let item = view.shown(row, at.col()).filter(|item| item.at.row() == row)?;
            Some((item.at, figure(item, of_share)?))
        };
        let one = |column: &Option2| {
            let (at, figure) = cell(column.count, of_share).or_else(|| cell(column.share, true))?;
            option(view, &column.text, at, figure, mapping)
        };
        let options: Vec<SurveyOption> = columns.iter().filter_map(one).collect();
        let is_count = |option: &SurveyOption| option.count.is_some();
        // Blank cells beside counts are none; beside nothing they say nothing.
        match options.len() {
            0 => Vec::new(),
            all if all == columns.len() => options,
            _ if options.iter().all(is_count) => {
                let none = |column: &Option2| {
                    let at = CellRef::new(row, column.count?)?;
                    let known = options.iter().any(|option| normalise(&option.text) == normalise(&column.text));
                    if known { None } else { option(view, &column.text, at, Figure::Count(0), mapping) }
                };
                let blank: Vec<SurveyOption> = columns.iter().filter_map(none).collect();
                options.into_iter().chain(blank).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Answers below each other.
mod down {
    use super::{
        ABOVE, Class, Found, MIN_OPTIONS, Mapping, SurveyOption, View, by_words, figure, new_question,
        opinion, option, words,
    };

    /// The question that is being read.
    struct Open {
        title: String,
        at: crate::base::CellRef,
        options: Vec<SurveyOption>,
        others: usize,
        total: Option<super::SurveyCount>,
    }

    /// A table whose titles stand in a row; gives its last row.
    pub(super) fn read(view: &View<'_>, mapping: &Mapping, row: u32, found: &mut Found) -> Option<u32> {
        let heads = view.row(row);
        let count = heads.iter().find(|item| words::of(Class::TallyCount).has(&item.key));
        let share = heads.iter().find(|item| words::of(Class::TallyShare).has(&item.key));
        let figures = count.or(share)?.at.col();
        let left = (0..figures).rev().filter(|col| view.shown(row, *col).is_some());
        let is_option = |at: u32, col: u32| {
            view.shown(at, col).is_some_and(|item| opinion(&item.key, mapping).is_some())
        };
        let below = || view.rows(row.saturating_add(1), view.last_row()).map(|(at, _)| at);
        let options = left.clone().find(|col| below().any(|at| is_option(at, *col)));
        // A table of other answers is passed over whole; one of none is no tally.
        let listed = heads.iter().any(|item| words::of(Class::TallyOption).has(&item.key));
        let options = options.or_else(|| if listed { left.clone().next() } else { None })?;
        let worded = |col: &u32| {
            let mut cells = below().filter_map(|at| view.shown(at, *col));
            cells.next().is_some_and(|item| !item.key.is_empty() && !item.key.chars().all(|c| c.is_ascii_digit()))
        };
        let asked = left.filter(|col| *col < options).find(worded);
        let above = || {
            let rows = row.saturating_sub(ABOVE)..row;
            let taken = |at: &u32| found.tables.iter().any(|(_, last)| at <= last);
            let titles = rows.rev().filter(|at| !taken(at)).filter_map(|at| view.row(at).first());
            titles.into_iter().find(|item| !item.key.is_empty())
        };
        let over = above().map(|item| (item.cell.shown(), item.at));
        let start = |at: u32| {
            let own = asked.and_then(|col| view.shown(at, col)).filter(|item| !item.key.is_empty());
            own.map(|item| (item.cell.shown(), item.at)).or_else(|| over.clone())
        };
        let first = heads.first()?.at;
        let mut open: Option<Open> = None;
        let (mut last, mut before) = (row, row);
        let mut closed: Vec<Open> = Vec::new();
        for (at, items) in view.rows(row.saturating_add(1), view.last_row()) {
            let headed = view.shown(at, figures).filter(|item| item.at.row() == at);
            let again = headed.is_some_and(|item| {
                [Class::TallyCount, Class::TallyShare].iter().any(|class| words::of(*class).has(&item.key))
            });
            if at.saturating_sub(before) > 1 || again {
                break;
            }
            let Some(label) = view.shown(at, options).filter(|item| item.at.row() == at) else { break };
            let value = |col: u32, of_share: bool| {
                let item = view.shown(at, col).filter(|item| item.at.row() == at)?;
                Some((item.at, figure(item, of_share)?))
            };
            let counted = count.and_then(|item| value(item.at.col(), false));
            let stated = counted.or_else(|| share.and_then(|item| value(item.at.col(), true)));
            if words::of(Class::TallyValid).has(&label.key) {
                (last, before) = (at, at);
                if let (Some(open), Some((cell, super::Figure::Count(number)))) = (&mut open, counted) {
                    open.total = Some(super::SurveyCount { number, at: cell });
                }
                closed.extend(open.take());
                continue;
            }
            let Some((cell, figure)) = stated else { break };
            (last, before) = (at, at);
            let (title, place) = start(at).unwrap_or_else(|| (String::new(), first));
            if open.as_ref().is_some_and(|open| open.at != place) {
                closed.extend(open.take());
            }
            let open = open.get_or_insert_with(|| Open {
                title,
                at: place,
                options: Vec::new(),
                others: 0,
                total: None,
            });
            let beside = share.filter(|_| counted.is_some()).and_then(|item| value(item.at.col(), true));
            let beside = beside.and_then(|(_, figure)| match figure {
                super::Figure::Share(share) => Some(share),
                super::Figure::Count(_) => None,
            });
            match option(view, &label.cell.shown(), cell, figure, mapping) {
                Some(option) => {
                    let share = option.share.or(beside);
                    open.options.push(SurveyOption { share, ..option });
                }
                None => open.others = open.others.saturating_add(1),
            }
            found.cells.extend(items.iter().map(|item| item.at));
        }
        closed.extend(open);
        if closed.is_empty() {
            return None;
        }
        found.cells.extend(heads.iter().map(|item| item.at));
        for open in closed {
            let telling = open.options.iter().any(|option| {
                by_words(&super::normalise(&option.text)).is_none_or(super::is_telling)
            });
            if open.options.len() >= MIN_OPTIONS && open.others == 0 && telling {
                let question = new_question(&open.title, open.at, open.options);
                found.questions.push(super::SurveyQuestion { total: open.total, ..question });
            } else {
                found.unused.push(super::title::shown(&open.title));
            }
        }
        Some(last)
    }
}
