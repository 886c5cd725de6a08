//! 发文代拟稿: the document that follows from where the case is, to be copied into the bureau's own paper.

use super::pages::Pages;
use super::sheet::{AddedSheet, Content, Look, MARGIN, half_widths};
use super::view::View;
use crate::base::{CellRef, RangeRef};
use crate::letter::{self, LetterBlock};
use crate::returned::OurSheet;

/// The columns over which the tables of all documents are laid, each as wide, and the last of them.
const WIDTH: u16 = 6;
const WIDTHS: [u16; 12] = [WIDTH; 12];
const LAST: u32 = 11;
/// Half-widths of room for what is written by hand.
const BY_HAND: u32 = 30;
/// Half-widths of what is centred in its column: numbers and names, but no sentences.
const SHORT: u32 = 10;
const FIRST: u32 = 3;
/// What stands above what is said beside the document.
const NOTES: &str = "经办提示（不是发文内容，发文时删去）";

/// Builds the sheet; nothing where no document follows. Where one was asked for that does not fit, the sheet says why.
pub(super) fn build(view: &View) -> Option<AddedSheet> {
    let scored = Some(view.scored).filter(|_| view.case.score_form.is_some());
    let said = letter::Said {
        answered: view.answered,
        replies: view.replies,
        judgements: view.judgements,
        drafted_in: view.run.date.year(),
    };
    let settings = view.run.letters;
    let drafted = letter::subject(view.case, scored, view.findings, said, settings.choice);
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Letter), &WIDTHS);
    sheet.title(OurSheet::Letter.heading());
    if let Some(why) = drafted.unfit() {
        sheet.across(1, Look::Text, why);
        return Some(sheet);
    }
    let letter = letter::compose(&[drafted.subject()?], settings)?;
    // The document's own title is what is read first; what the sheet is stands below it.
    sheet.title(&letter.title);
    sheet.across(1, Look::Remark, format!("{}（未发文，供起草时复制）", OurSheet::Letter.heading()));
    sheet.across(2, Look::Subtitle, letter.number);
    let (mut row, mut pages) = (FIRST, Pages::default());
    // Where what stays together begins: a heading with what it is of.
    let mut head = None;
    for part in letter.parts {
        // An attachment comes back alone, and what is said to the handler never goes out.
        if matches!(part, LetterBlock::Attachment(_)) {
            pages.begin(&mut sheet, row.saturating_add(1));
        }
        let heads = matches!(part, LetterBlock::Heading(_) | LetterBlock::Attachment(_));
        let begins = if heads { row.saturating_add(1) } else { head.unwrap_or(row) };
        row = put(&mut sheet, &mut pages, (begins, row), part);
        head = heads.then_some(begins);
    }
    if !letter.notes.is_empty() {
        let mut row = row.saturating_add(2);
        pages.begin(&mut sheet, row);
        sheet.across(row, Look::Section, NOTES);
        for note in letter.notes {
            row = row.saturating_add(1);
            sheet.across(row, Look::Subtitle, note);
        }
    }
    Some(sheet)
}

/// Puts a piece, which stays with what begins at `head`, and gives the next free row.
fn put(sheet: &mut AddedSheet, pages: &mut Pages, (head, row): (u32, u32), part: LetterBlock) -> u32 {
    match part {
        LetterBlock::Heading(words) | LetterBlock::Attachment(words) => {
            let row = row.saturating_add(1);
            sheet.across(row, Look::Section, words);
            return row.saturating_add(1);
        }
        LetterBlock::Paragraph(words) | LetterBlock::Flush(words) => sheet.across(row, Look::Subtitle, words),
        LetterBlock::Right(words) => {
            line(sheet, row, &[(LAST.saturating_sub(5), LAST)], &[Look::Subtitle], vec![words]);
        }
        LetterBlock::Table { titles, rows } => {
            let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
            let spans = spans(&titles, &rows);
            let short = |column: usize| {
                let mut cells = rows.iter().filter_map(|cells| cells.get(column));
                cells.all(|words| !words.contains('\n') && half_widths(words) <= SHORT)
            };
            let looks = (0..titles.len()).map(|at| if short(at) { Look::Centre } else { Look::Text });
            let looks: Vec<Look> = looks.collect();
            let headers = vec![Look::Header; titles.len()];
            line(sheet, row, &spans, &headers, titles.clone());
            let first = row.saturating_add(1);
            let mut row = row;
            let mut blank = Vec::new();
            for cells in rows {
                row = row.saturating_add(1);
                let goes_on = cells.first().is_some_and(String::is_empty);
                line(sheet, row, &spans, &looks, cells.clone());
                if pages.ends(sheet, (head, first), row) {
                    line(sheet, row, &spans, &headers, titles.clone());
                    row = row.saturating_add(1);
                    line(sheet, row, &spans, &looks, cells);
                    blank.push(false);
                }
                blank.push(goes_on);
            }
            if let Some((_, last)) = spans.first() {
                join_blank(sheet, first, &blank, *last);
            }
            return row.saturating_add(1);
        }
    }
    pages.keep(sheet, head, row);
    row.saturating_add(1)
}

/// The first and last column of the sheet for each column of a table: those with much to say, or to be written by hand, take
/// several.
fn spans(titles: &[String], rows: &[Vec<String>]) -> Vec<(u32, u32)> {
    let mut counts: Vec<u32> = vec![1; titles.len()];
    // What does not stand on one line, in lines; where all does, the longest words.
    let lines = |column: usize, count: u32| {
        let room = u32::from(WIDTH).saturating_mul(count).saturating_sub(u32::from(MARGIN)).max(1);
        let all = || rows.iter().filter_map(|cells| cells.get(column));
        // A column without any words is to be written by hand.
        let blank = if all().all(String::is_empty) { BY_HAND } else { 0 };
        let length = |words: &String| if words.is_empty() { blank } else { half_widths(words) };
        let lengths = || all().chain(titles.get(column)).map(length);
        let more =
            lengths().map(|length| length.div_ceil(room).saturating_sub(1)).fold(0, u32::saturating_add);
        (more, lengths().max().unwrap_or_default().saturating_sub(room))
    };
    for _ in titles.len()..WIDTHS.len() {
        // Where all stands on one line, the room goes to all alike.
        let highest = counts.iter().enumerate().max_by_key(|(at, count)| {
            (lines(*at, **count), std::cmp::Reverse(**count), std::cmp::Reverse(*at))
        });
        let Some(at) = highest.map(|(at, _)| at) else { break };
        if let Some(count) = counts.get_mut(at) {
            *count = count.saturating_add(1);
        }
    }
    let mut next = 0_u32;
    let of = |count: &u32| {
        let first = next;
        next = next.saturating_add(*count);
        (first, next.saturating_sub(1))
    };
    counts.iter().map(of).collect()
}

/// What stands once for several rows of a table is one cell over all of them; `blank` says of each row from `first` on whether
/// its first cell, which reaches to the column `last`, goes on with the one above it.
fn join_blank(sheet: &mut AddedSheet, first: u32, blank: &[bool], last: u32) {
    let mut begun = None;
    let rows = (first..).zip(blank.iter().copied().chain([false]));
    let mut end = first;
    for (row, goes_on) in rows {
        if goes_on && row > first {
            begun.get_or_insert(row.saturating_sub(1));
        } else if let Some(top) = begun.take() {
            sheet
                .merges
                .retain(|merged| merged.first.col() > 0 || !(top..=end).contains(&merged.first.row()));
            let corners = CellRef::new(top, 0).zip(CellRef::new(end, last));
            sheet.merges.extend(corners.map(|(first, last)| RangeRef::new(first, last)));
        }
        end = row;
    }
}

fn line(sheet: &mut AddedSheet, row: u32, spans: &[(u32, u32)], looks: &[Look], cells: Vec<String>) {
    for (((first, last), look), words) in spans.iter().zip(looks).zip(cells) {
        sheet.text(row, *first, *look, words);
        for column in first.saturating_add(1)..=*last {
            sheet.put(row, column, *look, Content::Blank);
        }
        if last > first {
            sheet.merge_row(row, *first, *last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::spans;

    #[test]
    fn room_goes_to_words_and_not_to_numbers() {
        let of = |titles: &[&str], rows: &[&[&str]]| {
            let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
            let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
            let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
            let all = spans(&titles, &rows);
            all.iter().map(|(first, last)| last - first + 1).collect::<Vec<u32>>()
        };
        let levels = of(
            &["一级指标", "二级指标", "分值", "得分"],
            &[&["决策", "项目立项", "5", "5"], &["合计", "", "100", "87.5"]],
        );
        assert_eq!(levels, [3, 3, 3, 3], "all stands on one line");
        let listed = of(
            &["序号", "指标", "存在的问题", "改进意见"],
            &[&[
                "1",
                "推进平台建设，优化网上办事服务体验（绩效目标申报表）",
                "该指标是要做的事，不是衡量的内容。",
                "请改用可计量的指标。",
            ]],
        );
        assert_eq!(listed[0], 1, "{listed:?}");
    }
}
