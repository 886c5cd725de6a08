//! 发文代拟稿: the document that follows from where the case is, to be copied into the bureau's own paper.

use super::sheet::{AddedSheet, Content, Look, MARGIN, half_widths};
use super::view::View;
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
    let mut row = FIRST;
    for part in letter.parts {
        // An attachment comes back alone, and what is said to the handler never goes out.
        if matches!(part, LetterBlock::Attachment(_)) {
            sheet.new_pages.push(row.saturating_add(1));
        }
        row = put(&mut sheet, row, part);
    }
    if !letter.notes.is_empty() {
        sheet.new_pages.push(row.saturating_add(2));
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
            line(sheet, row, &spans, &vec![Look::Header; titles.len()], titles);
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
        let highest =
            counts.iter().enumerate().max_by_key(|(at, count)| (lines(*at, **count), std::cmp::Reverse(*at)));
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
        assert!(levels[1] > levels[2] && levels[0] > levels[3], "{levels:?}");
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
