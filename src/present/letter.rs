//! 发文代拟稿: the document that follows from where the case is, to be copied into the bureau's own paper.

use super::sheet::{AddedSheet, Content, Look, half_widths};
use super::view::View;
use crate::letter::{self, LetterBlock, NUMBER, SCORE};
use crate::returned::OurSheet;

/// The columns over which the tables of all documents are laid, and the last of them.
const WIDTHS: [u16; 8] = [10, 13, 9, 9, 9, 16, 13, 13];
const LAST: u32 = 7;
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
    sheet.across(1, Look::Subtitle, letter.number);
    sheet.across(2, Look::TotalLabel, letter.title);
    let mut row = FIRST;
    for part in letter.parts {
        row = put(&mut sheet, row, part);
    }
    if !letter.notes.is_empty() {
        row = put(&mut sheet, row.saturating_add(1), LetterBlock::Heading(NOTES.to_owned()));
        for note in letter.notes {
            row = put(&mut sheet, row, LetterBlock::Paragraph(note));
        }
    }
    Some(sheet)
}

/// Puts a piece, and gives the next free row.
fn put(sheet: &mut AddedSheet, row: u32, part: LetterBlock) -> u32 {
    match part {
        LetterBlock::Heading(words) | LetterBlock::Attachment(words) => {
            sheet.across(row, Look::Section, words);
        }
        LetterBlock::Paragraph(words) | LetterBlock::Flush(words) => sheet.across(row, Look::Subtitle, words),
        LetterBlock::Right(words) => {
            line(sheet, row, &[(LAST.saturating_sub(2), LAST)], &[Look::Centre], vec![words]);
        }
        LetterBlock::Table { titles, rows } => {
            let spans = spans(&titles);
            let cells = titles.iter().map(|title| (*title).to_owned()).collect();
            line(sheet, row, &spans, &vec![Look::Header; titles.len()], cells);
            let short = |column: usize| {
                let mut cells = rows.iter().filter_map(|cells| cells.get(column));
                cells.all(|words| !words.contains('\n') && half_widths(words) <= SHORT)
            };
            let looks = (0..titles.len()).map(|at| if short(at) { Look::Centre } else { Look::Text });
            let looks: Vec<Look> = looks.collect();
            let mut row = row;
            for cells in rows {
                row = row.saturating_add(1);
                line(sheet, row, &spans, &looks, cells);
            }
            return row.saturating_add(1);
        }
    }
    row.saturating_add(1)
}

/// The first and last column of each column of a table: those that hold sentences are the wide ones.
fn spans(titles: &[&str]) -> Vec<(u32, u32)> {
    match titles {
        [_, _, _, _, _] => vec![(0, 1), (2, 2), (3, 3), (4, 4), (5, 7)],
        [_, _, _, _, _, _] => vec![(0, 0), (1, 1), (2, 4), (5, 5), (6, 6), (7, 7)],
        [NUMBER, _, _, _] => vec![(0, 0), (1, 2), (3, 5), (6, 7)],
        [_, _, _, last] if *last == SCORE => vec![(0, 1), (2, 5), (6, 6), (7, 7)],
        [_, _, _, _] => vec![(0, 1), (2, 2), (3, 3), (4, 7)],
        all => (0..u32::try_from(all.len()).unwrap_or(0)).map(|column| (column, column)).collect(),
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
