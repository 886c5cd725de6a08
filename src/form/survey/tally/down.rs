//! Answers below each other.

use super::{
    ABOVE, Class, Found, MIN_OPTIONS, Mapping, Opinion, SurveyOption, View, figure, new_question, opinion,
    option, words,
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
    let is_option =
        |at: u32, col: u32| view.shown(at, col).is_some_and(|item| opinion(&item.key, mapping).is_some());
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
    keep(closed, found);
    Some(last)
}

/// Takes the questions about the satisfaction, and names the others.
fn keep(closed: Vec<Open>, found: &mut Found) {
    for open in closed {
        let telling = open
            .options
            .iter()
            .any(|option| Opinion::of(&super::normalise(&option.text)).is_none_or(super::is_telling));
        if open.options.len() >= MIN_OPTIONS && open.others == 0 && telling {
            let question = new_question(&open.title, open.at, open.options);
            found.questions.push(super::SurveyQuestion { total: open.total, ..question });
        } else {
            found.unused.push(super::title::shown(&open.title));
        }
    }
}
