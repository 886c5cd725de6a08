//! Answers side by side: one question or group a row.

use super::{
    CellRef, Class, Figure, Found, Item, MIN_OPTIONS, Mapping, SurveyOption, View, any_matches,
    counts_and_period, figure, is_telling, new_question, normalise, opinion, option, weight, words,
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
    let options: Vec<&Item<'_>> = items.iter().filter(|item| opinion(&item.key, mapping).is_some()).collect();
    let opinions = || options.iter().filter_map(|item| opinion(&item.key, mapping));
    let different: std::collections::BTreeSet<_> = opinions().collect();
    // The same word twice names levels of a form, no answers.
    if different.len() < MIN_OPTIONS || !opinions().any(is_telling) {
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
            if items.len() < MIN_OPTIONS {
                break;
            }
            before = at;
            continue;
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
        let place =
            title.or(labels.last()).map_or_else(|| items.first().map(|item| item.at), |item| Some(item.at));
        let Some(place) = place else { continue };
        let text = title.map(|item| item.cell.shown()).unwrap_or_default();
        let mut question = new_question(&text, place, counted);
        question.group = group.filter(|group| !group.is_empty());
        let number = |col: Option<u32>| {
            let item = view.shown(at, col?)?;
            counts_and_period::stated(item.at, &item.cell.value)
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
        view.shown(below, col).is_some_and(|item| item.at.row() == below && words::of(class).has(&item.key))
    };
    let mut divided = false;
    let columns = options.iter().map(|item| {
        let range = view.range(item.at);
        let own = || range.first.col()..=range.last.col();
        let count = own().find(|col| is(*col, Class::TallyCount));
        let share = own().find(|col| is(*col, Class::TallyShare));
        divided |= count.is_some() || share.is_some();
        let whole = count.is_none() && share.is_none();
        Option2 { text: item.cell.shown(), count: if whole { Some(range.first.col()) } else { count }, share }
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
