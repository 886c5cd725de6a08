//! 满意度统计表: what was asked and answered, and what each measure makes of it. Where the answers stand in this workbook, they
//! are counted by live formulas; one is written only where it gives the very number that was counted, else that number.

use super::accounts::{header, put};
use super::across_files;
use super::known_cells::KnownCells;
use super::sheet::{AddedSheet, Axis, Content, Drawing, Look};
use super::view::View;
use crate::base::{CellAt, Number};
use crate::expr::Expr;
use crate::model::{
    Counted, Indicator, Satisfaction, SatisfiedFrom, Survey, SurveyCounts, SurveyQuestion, SurveyShape,
};
use crate::returned::OurSheet;

const WIDTHS: [u16; 9] = [28, 13, 13, 13, 11, 13, 12, 13, 11];
/// Other questions that are named.
const MAX_UNUSED: usize = 40;
/// Rows of a section around its table: heading, titles, and the blank one behind.
const AROUND: u32 = 3;
/// The first row below title and subtitle.
const FIRST: u32 = 3;

mod answers;
mod measures;

use answers::{answered, quotient};
use measures::measure_rows;

/// A question with where it stands.
struct Asked<'a> {
    survey: usize,
    at: usize,
    of: &'a Survey,
    question: &'a SurveyQuestion,
    /// The first of its rows in the table of answers.
    answers: u32,
    /// Its row in the table of shares.
    share: u32,
}

/// Builds the sheet; `None` where the case has no survey.
pub(super) fn build(view: &View, book: &mut KnownCells) -> Option<AddedSheet> {
    let surveys = &view.case.surveys;
    if surveys.is_empty() {
        return None;
    }
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Survey), &WIDTHS);
    sheet.landscape = true;
    sheet.title(OurSheet::Survey.heading());
    sheet.across(1, Look::Subtitle, view.subtitle());
    let told: Vec<(&Indicator, &Satisfaction)> = indicators(view).collect();
    let from = thresholds(view);
    let length = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
    // Where each table begins is known before any is written: the shares lead to the answers below them.
    let rows_of_counts = surveys.iter().map(|survey| count_rows(survey).len()).sum();
    let shares = FIRST.saturating_add(length(rows_of_counts)).saturating_add(AROUND);
    let mut asked = asked(view, shares.saturating_add(2));
    let measures = shares.saturating_add(length(asked.len())).saturating_add(AROUND);
    let rows_of_measures: usize = told.iter().map(|(_, found)| found.measures.len()).sum();
    let answers = match rows_of_measures {
        0 => measures,
        rows => measures.saturating_add(length(rows)).saturating_add(AROUND),
    };
    let mut next = answers.saturating_add(2);
    for question in &mut asked {
        question.answers = next;
        next = next.saturating_add(length(question.question.options.len())).saturating_add(1);
    }
    counts(&mut sheet, view);
    // The answers come first into the book, so that what leads to them has its value.
    share_titles(&mut sheet, shares, &from);
    if rows_of_measures > 0 {
        header(
            &mut sheet,
            measures,
            "满意度指标",
            &["指标", "填报值", "计算口径", "满意度", "是否采用", "说明", "", "", ""],
        );
        sheet.merge_row(measures.saturating_add(1), 5, 8);
    }
    let titles = ["题目", "对象", "回答", "归入", "份数", "占比"];
    header(&mut sheet, answers, "各题回答", &titles);
    for question in &asked {
        answered(&mut sheet, book, question);
    }
    for question in &asked {
        share_row(&mut sheet, book, question, &from);
    }
    measure_rows(&mut sheet, book, (&told, &asked), &from, measures.saturating_add(2));
    sheet.drawings.extend(drawing(&sheet, &asked, &from));
    remarks(&mut sheet, surveys, next.saturating_add(1));
    Some(sheet)
}

fn indicators<'a>(view: &View<'a>) -> impl Iterator<Item = (&'a Indicator, &'a Satisfaction)> {
    let all = view.case.score_form.iter().flat_map(|form| &form.indicators);
    all.filter_map(|indicator| Some((indicator, indicator.satisfaction.as_deref()?)))
}

/// The measures that are shown: those that come apart, and those that are asked about.
fn thresholds(view: &View) -> Vec<SatisfiedFrom> {
    let options = || {
        let questions = view.case.surveys.iter().flat_map(|survey| &survey.questions);
        questions.flat_map(|question| &question.options).map(|option| option.opinion)
    };
    let chosen = |from: SatisfiedFrom| {
        indicators(view)
            .any(|(_, found)| found.measures.iter().any(|measure| measure.counted == Counted::From(from)))
    };
    let shown = SatisfiedFrom::ALL.into_iter().rev();
    shown
        .filter(|from| {
            *from == SatisfiedFrom::Satisfied || chosen(*from) || options().any(|o| o == from.opinion())
        })
        .collect()
}

/// Which counts are stated: of the survey, and of each group that has its own.
fn count_rows(survey: &Survey) -> Vec<(String, SurveyCounts, u32)> {
    let mut rows = vec![(survey.title.clone(), survey.counts, survey.answers)];
    let mut told: Vec<&str> = Vec::new();
    for question in &survey.questions {
        let Some(group) = question.group.as_deref().filter(|group| !told.contains(group)) else { continue };
        told.push(group);
        rows.push((format!("　其中：{group}"), question.counts, question.answered()));
    }
    rows
}

/// How many were asked and answered.
fn counts(sheet: &mut AddedSheet, view: &View) {
    let titles =
        ["问卷", "来源", "所在单元格", "发放份数", "回收份数", "有效份数", "统计份数", "对象总数", "说明"];
    let mut row = header(sheet, FIRST, "调查情况", &titles);
    for survey in &view.case.surveys {
        let shape = match (survey.shape, survey.platform) {
            (SurveyShape::Answers, Some(platform)) => format!("逐份答卷（{platform}）"),
            (SurveyShape::Answers, None) => "逐份答卷".to_owned(),
            (SurveyShape::Tally, _) => "统计表".to_owned(),
        };
        let place = CellAt::new(survey.sheet.clone(), survey.at);
        let here = across_files::cell(view, &place).is_some();
        for (at, (name, counts, answers)) in count_rows(survey).into_iter().enumerate() {
            sheet.text(row, 0, Look::Text, name);
            sheet.text(row, 1, Look::Centre, if at == 0 { shape.as_str() } else { "" });
            sheet.link(row, 2, Some(&place).filter(|_| at == 0));
            let stated = [counts.sent, counts.returned, counts.valid];
            for (column, stated) in (3_u32..).zip(stated) {
                match stated {
                    Some(stated) => sheet.put(row, column, Look::Plain, number(stated.number)),
                    None => sheet.text(row, column, Look::Centre, "未写明"),
                }
            }
            sheet.put(row, 6, Look::Plain, number(answers));
            match counts.population {
                Some(all) => sheet.put(row, 7, Look::Plain, number(all.number)),
                None => sheet.text(row, 7, Look::Centre, "未写明"),
            }
            let far = "在另一个文件，数值不随它变动";
            sheet.text(row, 8, Look::Text, if here || at > 0 { "" } else { far });
            row = row.saturating_add(1);
        }
    }
}

fn number(number: u32) -> Content {
    Content::Number(Number::from(number))
}

/// The questions, each with its row in the table of shares that begins there.
fn asked<'a>(view: &View<'a>, first: u32) -> Vec<Asked<'a>> {
    let surveys = view.case.surveys.iter().enumerate();
    let all = surveys.flat_map(|(survey, of)| {
        of.questions.iter().enumerate().map(move |(at, question)| (survey, of, at, question))
    });
    let rows = (first..).zip(all);
    rows.map(|(share, (survey, of, at, question))| Asked { survey, at, of, question, answers: 0, share })
        .collect()
}

fn share_titles(sheet: &mut AddedSheet, row: u32, from: &[SatisfiedFrom]) {
    let mut titles = vec!["题目".to_owned(), "对象".to_owned(), "有效回答".to_owned()];
    for from in from {
        titles.push(format!("{}及以上（份）", from.name()));
        titles.push(format!("{}及以上占比", from.name()));
    }
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    header(sheet, row, "各题满意率", &titles);
}

/// The column of the share of a measure; how many stands left of it.
fn share_column(from: &[SatisfiedFrom], of: SatisfiedFrom) -> Option<u32> {
    let at = from.iter().position(|from| *from == of)?;
    u32::try_from(at).ok()?.checked_mul(2)?.checked_add(4)
}

/// A question's row in the table of shares.
fn share_row(sheet: &mut AddedSheet, book: &mut KnownCells, asked: &Asked, all: &[SatisfiedFrom]) {
    let (row, question) = (asked.share, asked.question);
    sheet.text(row, 0, Look::Text, question.title.as_str());
    sheet.text(row, 1, Look::Centre, question.group.as_deref().unwrap_or_default());
    let total = u32::try_from(question.options.len()).ok().and_then(|rows| asked.answers.checked_add(rows));
    let shares_only = question.options.iter().any(|option| option.count.is_none());
    match total.and_then(|total| sheet.address(total, 4)).filter(|_| !shares_only) {
        Some(all) => put(sheet, book, row, 2, Look::Plain, Expr::Cell(all)),
        None => sheet.text(row, 2, Look::Centre, "未写明"),
    }
    for from in all.iter().copied() {
        let Some(share) = share_column(all, from) else { continue };
        let cells =
            (asked.answers..).zip(&question.options).filter(|(_, option)| from.counts(option.opinion));
        let column = if shares_only { 5 } else { 4 };
        let cells = cells.filter_map(|(row, _)| sheet.address(row, column)).map(Expr::Cell);
        let sum = cells.reduce(Expr::plus).unwrap_or_else(|| Expr::from(0));
        let count = share.saturating_sub(1);
        if shares_only {
            sheet.text(row, count, Look::Centre, "未写明");
            put(sheet, book, row, share, Look::Rate, sum);
            continue;
        }
        put(sheet, book, row, count, Look::Plain, sum);
        if let Some((own, all)) = sheet.address(row, count).zip(sheet.address(row, 2)) {
            put(sheet, book, row, share, Look::Rate, quotient(Expr::Cell(own), Expr::Cell(all)));
        }
    }
}

/// The shares side by side.
fn drawing(sheet: &AddedSheet, asked: &[Asked], from: &[SatisfiedFrom]) -> Option<Drawing> {
    let (first, last) = (asked.first()?.share, asked.last()?.share);
    let range = |column: u32| sheet.column(column, first, last);
    let series = from.iter().filter_map(|from_on| {
        Some((format!("{}及以上", from_on.name()), range(share_column(from, *from_on)?)?))
    });
    let bars = last.saturating_sub(first).saturating_add(1);
    Some(Drawing {
        title: "各题满意率".to_owned(),
        axis: Axis::Shares,
        labels: range(0)?,
        series: series.collect(),
        height: bars.saturating_mul(34).clamp(80, 560).saturating_add(80),
    })
}

/// What of the surveys was not used.
fn remarks(sheet: &mut AddedSheet, surveys: &[Survey], mut row: u32) {
    for survey in surveys {
        if !survey.unused.is_empty() {
            let named: Vec<String> =
                survey.unused.iter().take(MAX_UNUSED).map(|title| format!("“{title}”")).collect();
            let more = if survey.unused.len() > MAX_UNUSED { "等" } else { "" };
            let named = named.concat();
            let text = format!("“{}”中没有用到的题：{named}{more}。", survey.title);
            sheet.across(row, Look::Remark, text);
            row = row.saturating_add(1);
        }
    }
    for survey in surveys.iter().filter(|survey| !survey.personal.is_empty()) {
        let named: Vec<String> = survey.personal.iter().map(|title| format!("“{title}”")).collect();
        let named = named.concat();
        let text = format!(
            "“{}”中的{named}是个人信息，没有用来统计，内容没有写到原表以外的任何地方。",
            survey.title
        );
        sheet.across(row, Look::Remark, text);
        row = row.saturating_add(1);
    }
}
