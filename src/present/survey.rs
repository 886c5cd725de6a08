//! 满意度统计表: what was asked and answered, and what each measure makes of it. Where the answers stand in this workbook, they
//! are counted by live formulas; one is written only where it gives the very number that was counted, else that number.

use super::accounts::{header, put};
use super::across_files;
use super::known_cells::KnownCells;
use super::sheet::{AddedSheet, BarChart, Content, Look};
use super::view::View;
use crate::base::{CellAt, CellRef, Number, RangeAt, RangeRef};
use crate::expr::{Env, Expr, Func, Value, eval, literal};
use crate::model::{
    ChosenBy, Counted, Indicator, Measure, Opinion, Satisfaction, SatisfiedFrom, Survey, SurveyCounts,
    SurveyOption, SurveyQuestion, SurveyShape,
};
use crate::returned::OurSheet;
use crate::sheet;

const WIDTHS: [u16; 9] = [36, 16, 14, 14, 12, 14, 12, 14, 12];
/// Spellings of an answer that a formula counts one by one.
const MAX_SPELLINGS: usize = 20;
/// Other questions that are named.
const MAX_UNUSED: usize = 40;
/// Rows of a section around its table: heading, titles, and the blank one behind.
const AROUND: u32 = 3;
/// The first row below title and subtitle.
const FIRST: u32 = 3;

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
        header(&mut sheet, measures, "满意度指标", &["指标", "填报", "算法", "满意度", "采用", "说明", "", "", ""]);
    }
    let titles = ["题目", "对象", "回答", "计为", "份数", "占比"];
    header(&mut sheet, answers, "各题回答", &titles);
    for question in &asked {
        answered(&mut sheet, book, question);
    }
    for question in &asked {
        share_row(&mut sheet, book, question, &from);
    }
    measure_rows(&mut sheet, book, (&told, &asked), &from, measures.saturating_add(2));
    let row = chart(&mut sheet, &asked, &from, next.saturating_add(1));
    remarks(&mut sheet, surveys, row);
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
        indicators(view).any(|(_, found)| found.measures.iter().any(|measure| measure.counted == Counted::From(from)))
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
    let titles = ["问卷", "来源", "位置", "发放", "回收", "有效", "统计", "对象总数", "说明"];
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

/// The answers of a question.
fn answered(sheet: &mut AddedSheet, book: &mut KnownCells, asked: &Asked) {
    let question = asked.question;
    let last = question.options.len();
    let total = u32::try_from(last).ok().and_then(|rows| asked.answers.checked_add(rows));
    let Some(total) = total else { return };
    for (row, option) in (asked.answers..).zip(&question.options) {
        sheet.text(row, 0, Look::Text, question.title.as_str());
        sheet.text(row, 1, Look::Centre, question.group.as_deref().unwrap_or_default());
        sheet.text(row, 2, Look::Centre, option.text.as_str());
        sheet.text(row, 3, Look::Centre, meaning(option.opinion));
        match (option.count, option.share) {
            (Some(count), _) => {
                let content = counted(asked, option, count);
                if let Some(cell) = sheet.address(row, 4) {
                    book.know(cell, Value::Number(Number::from(count)));
                }
                sheet.put(row, 4, Look::Plain, content);
                let cells = sheet.address(row, 4).zip(sheet.address(total, 4));
                if let Some((own, all)) = cells {
                    let all_known = Value::Number(Number::from(question.answered()));
                    book.know(all.clone(), all_known);
                    put(sheet, book, row, 5, Look::Rate, quotient(Expr::Cell(own), Expr::Cell(all)));
                }
            }
            (None, share) => {
                sheet.text(row, 4, Look::Centre, "未写明");
                let share = share.unwrap_or_default();
                if let Some(cell) = sheet.address(row, 5) {
                    book.know(cell, Value::Number(share));
                }
                sheet.put(row, 5, Look::Rate, Content::Number(share));
            }
        }
    }
    sheet.text(total, 0, Look::Text, question.title.as_str());
    sheet.text(total, 1, Look::Centre, question.group.as_deref().unwrap_or_default());
    sheet.text(total, 2, Look::TotalLabel, "有效回答");
    let skipped = format!("未作答 {} 份", question.skipped);
    sheet.text(total, 3, Look::Centre, if question.skipped > 0 { skipped.as_str() } else { "" });
    let shares_only = question.options.iter().any(|option| option.count.is_none());
    if let Some(sum) = column(sheet, asked.answers, total, 4).filter(|_| !shares_only) {
        put(sheet, book, total, 4, Look::Plain, sum);
    } else {
        sheet.text(total, 4, Look::Centre, "未写明");
    }
    sheet.put(total, 5, Look::Plain, Content::Blank);
}

/// The sum of a column from a row to the one above another.
fn column(sheet: &AddedSheet, first: u32, below: u32, col: u32) -> Option<Expr> {
    let last = below.checked_sub(1).filter(|last| *last >= first)?;
    let (a, b) = CellRef::new(first, col).zip(CellRef::new(last, col))?;
    let range = RangeAt { sheet: sheet.name.clone().into(), range: RangeRef::new(a, b) };
    Some(Expr::call(Func::Sum, [Expr::Range(range)]))
}

/// A share; nothing where nobody answered.
fn quotient(of: Expr, all: Expr) -> Expr {
    Expr::call(Func::IfError, [of.over(all), Expr::Const(Value::Text(String::new()))])
}

fn meaning(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Very | Opinion::Satisfied => "满意",
        Opinion::Basic => "基本满意",
        Opinion::Neutral => "一般",
        Opinion::Unsatisfied => "不满意",
        Opinion::None => "没有表示满意",
    }
}

/// How many gave an answer: counted live where the answers stand in this workbook.
fn counted(asked: &Asked, option: &SurveyOption, count: u32) -> Content {
    let fixed = number(count);
    let value = Value::Number(Number::from(count));
    let of = |range: RangeRef| RangeAt { sheet: asked.of.sheet.clone(), range };
    if let Some(at) = option.at {
        let place = CellAt::new(asked.of.sheet.clone(), at);
        // A cell that says more than the number is no number to a formula.
        return if option.plain { Content::Formula { expr: Expr::Cell(place), value } } else { fixed };
    }
    let Some(range) = asked.question.answers else { return fixed };
    let criteria = criteria(option);
    if criteria.is_empty() || criteria.len() > MAX_SPELLINGS {
        return fixed;
    }
    let one = |criterion: Value| match &asked.question.only {
        Some((groups, name)) => Expr::call(
            Func::CountIfs,
            [
                Expr::Range(of(range)),
                Expr::Const(criterion),
                Expr::Range(of(*groups)),
                Expr::Const(Value::Text(literal(name))),
            ],
        ),
        None => Expr::call(Func::CountIf, [Expr::Range(of(range)), Expr::Const(criterion)]),
    };
    let Some(expr) = criteria.into_iter().map(one).reduce(Expr::plus) else { return fixed };
    let gives = eval(&expr, &Answers { asked }) == value;
    if gives && crate::expr::formula(&expr, None).is_ok() { Content::Formula { expr, value } } else { fixed }
}

/// What cells hold that count as the answer, each once as programs compare.
fn criteria(option: &SurveyOption) -> Vec<Value> {
    let mut seen: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for (written, _) in &option.written {
        let criterion = match written {
            sheet::Value::Number(number) => Value::Number(*number),
            sheet::Value::Text(text) => match text.trim().parse::<Number>() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Text(literal(text)),
            },
            _ => return Vec::new(),
        };
        let key = match &criterion {
            Value::Text(text) => text.to_lowercase(),
            other => format!("{other:?}"),
        };
        if !seen.contains(&key) {
            seen.push(key);
            all.push(criterion);
        }
    }
    all
}

/// The answers of a question as formulas see them, one spelling as often as it occurs.
#[derive(Clone, Copy)]
struct Answers<'a, 'q> {
    asked: &'a Asked<'q>,
}

impl Env for Answers<'_, '_> {
    fn cell(&self, _: &CellAt) -> Value {
        Value::Blank
    }

    fn range(&self, at: &RangeAt) -> Option<Vec<Value>> {
        let question = self.asked.question;
        let written = question.options.iter().flat_map(|option| &option.written);
        let group = question.only.as_ref().filter(|(range, _)| *range == at.range && at.sheet == self.asked.of.sheet);
        let all = written.flat_map(|(value, count)| {
            let value = match group {
                Some((_, name)) => Value::Text(name.clone()),
                None => super::known_cells::original(value),
            };
            std::iter::repeat_n(value, usize::try_from(*count).unwrap_or(0))
        });
        (at.sheet == self.asked.of.sheet).then(|| all.collect())
    }
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
        let cells = (asked.answers..).zip(&question.options).filter(|(_, option)| from.counts(option.opinion));
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

/// What each measure gives for each indicator, and which is meant.
fn measure_rows(
    sheet: &mut AddedSheet,
    book: &mut KnownCells,
    (told, asked): (&[(&Indicator, &Satisfaction)], &[Asked]),
    from: &[SatisfiedFrom],
    first: u32,
) {
    let rows = told.iter().flat_map(|(indicator, found)| {
        found.measures.iter().enumerate().map(move |(at, measure)| (*indicator, *found, at, measure))
    });
    for (row, (indicator, found, at, measure)) in (first..).zip(rows) {
        sheet.text(row, 0, Look::Text, indicator.name.as_str());
        sheet.text(row, 1, Look::Centre, indicator.actual_shown());
        sheet.text(row, 2, Look::Text, measure.name.as_str());
        let live = live(sheet, asked, measure, from).filter(|expr| {
            let value = eval(expr, book);
            value.as_number().is_some_and(|n| n.round(6) == measure.share.round(6))
        });
        match live {
            Some(expr) => put(sheet, book, row, 3, Look::Rate, expr),
            None => sheet.put(row, 3, Look::Rate, Content::Number(measure.share.round(12))),
        }
        let (look, word) = match &found.chosen {
            None => (Look::Caution, "待确认"),
            Some((chosen, _)) if *chosen == at => (Look::Centre, "是"),
            Some(_) => (Look::Centre, "否"),
        };
        sheet.text(row, 4, look, word);
        let why = match &found.chosen {
            Some((chosen, by)) if *chosen == at => match by {
                ChosenBy::Setting => "按设置".to_owned(),
                ChosenBy::Criterion(cell) => format!("按评分标准（{}）", cell.cell),
                ChosenBy::Tally(cell) => format!("按统计表写的满意率（{}）", cell.cell),
                ChosenBy::Words(cell) => format!("按表中所写（{}）", cell.cell),
                ChosenBy::Same => "各种算法结果相同".to_owned(),
            },
            _ => found.wanting.clone().unwrap_or_default(),
        };
        sheet.text(row, 5, Look::Text, why);
        for column in 6..=8 {
            sheet.put(row, column, Look::Text, Content::Blank);
        }
        sheet.merge_row(row, 5, 8);
    }
}

/// A measure as a formula over the table of shares: the mean of the questions of each part, weighted.
fn live(
    sheet: &AddedSheet,
    asked: &[Asked],
    measure: &Measure,
    from: &[SatisfiedFrom],
) -> Option<Expr> {
    let Counted::From(counted) = measure.counted else { return None };
    let column = share_column(from, counted)?;
    // What leaves answers out is no sum of the tables below.
    if measure.parts.iter().any(|part| !part.without.is_empty()) {
        return None;
    }
    if measure.pooled {
        return pooled(sheet, asked, measure, column);
    }
    let cell = |survey: usize, at: usize| {
        let own = asked.iter().find(|asked| (asked.survey, asked.at) == (survey, at))?;
        sheet.address(own.share, column).map(Expr::Cell)
    };
    let parts = &measure.parts;
    let mut sum: Option<Expr> = None;
    let mut weights = Number::ZERO;
    for part in parts {
        let cells: Vec<Expr> =
            part.questions.iter().map(|at| cell(part.survey, *at)).collect::<Option<_>>()?;
        let count = u32::try_from(cells.len()).ok().filter(|count| *count > 0)?;
        let mean = cells.into_iter().reduce(Expr::plus)?;
        let mean = if count > 1 { mean.over(count) } else { mean };
        let weight = part.weight.unwrap_or(Number::from(1));
        weights = weights.plus(weight)?;
        let own = if parts.len() > 1 { mean.times(weight) } else { mean };
        sum = Some(match sum {
            Some(sum) => sum.plus(own),
            None => own,
        });
    }
    if parts.len() > 1 { Some(sum?.over(weights)) } else { sum }
}

/// All answers to all questions together.
fn pooled(sheet: &AddedSheet, asked: &[Asked], measure: &Measure, column: u32) -> Option<Expr> {
    let [part] = measure.parts.as_slice() else { return None };
    let sum = |column: u32| {
        let cells = part.questions.iter().map(|at| {
            let own = asked.iter().find(|asked| (asked.survey, asked.at) == (part.survey, *at))?;
            sheet.address(own.share, column).map(Expr::Cell)
        });
        cells.collect::<Option<Vec<Expr>>>()?.into_iter().reduce(Expr::plus)
    };
    Some(sum(column.checked_sub(1)?)?.over(sum(2)?))
}

/// The shares side by side; gives the row below the chart.
fn chart(sheet: &mut AddedSheet, asked: &[Asked], from: &[SatisfiedFrom], row: u32) -> u32 {
    let rows = asked.first().zip(asked.last()).map(|(first, last)| (first.share, last.share));
    let Some((first, last)) = rows else { return row };
    let range =
        |col: u32| CellRef::new(first, col).zip(CellRef::new(last, col)).map(|(a, b)| RangeRef::new(a, b));
    let (Some(at), Some(labels)) = (CellRef::new(row, 0), range(0)) else { return row };
    let series = from.iter().filter_map(|from_on| {
        Some((format!("{}及以上", from_on.name()), range(share_column(from, *from_on)?)?))
    });
    let bars = last.saturating_sub(first).saturating_add(1);
    let height = bars.saturating_mul(34).clamp(160, 700).saturating_add(80);
    let title = "各题满意率".to_owned();
    sheet.charts.push(BarChart { at, title, labels, series: series.collect(), size: (760, height) });
    row.saturating_add(height.checked_div(20).unwrap_or(0)).saturating_add(2)
}

/// What of the surveys was not used.
fn remarks(sheet: &mut AddedSheet, surveys: &[Survey], mut row: u32) {
    for survey in surveys {
        if !survey.unused.is_empty() {
            let named = survey.unused.iter().take(MAX_UNUSED).map(|title| format!("“{title}”"));
            let more = if survey.unused.len() > MAX_UNUSED { "等" } else { "" };
            let named = named.collect::<String>();
            let text = format!("“{}”中没有用到的题：{named}{more}。", survey.title);
            sheet.across(row, Look::Remark, text);
            row = row.saturating_add(1);
        }
    }
    for survey in surveys.iter().filter(|survey| !survey.personal.is_empty()) {
        let named = survey.personal.iter().map(|title| format!("“{title}”")).collect::<String>();
        let text = format!(
            "“{}”中的{named}是个人信息，没有用来统计，内容没有写到原表以外的任何地方。",
            survey.title
        );
        sheet.across(row, Look::Remark, text);
        row = row.saturating_add(1);
    }
}
