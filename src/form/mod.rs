//! Forms as agencies fill them become cases: sheets recognised by content, columns by title, every value
//! with its address (`docs/design.md`, "Forms are read by mappings").

mod account;
mod actuals;
mod almost_form;
mod amounts;
mod approved;
mod body;
mod budget;
mod case;
mod changes;
mod completeness;
mod constraints;
mod continued;
mod divided;
mod excerpt;
mod extras;
mod fields;
mod figures;
mod funds;
mod goals;
mod grades;
mod group;
mod header;
mod heading;
mod ledger;
mod like_entries;
mod loose_points;
mod method;
mod monitoring;
mod names;
mod nested;
mod own_points;
mod pages;
mod pairs;
mod reading;
mod recognise;
mod satisfaction;
mod shares;
mod summary;
mod survey;
mod tables;
mod telephone;
mod unclear;
mod unscored;
mod view;
mod which_budget;
mod without_indicators;

use almost_form::NearMiss;
pub use almost_form::NearSheet;
pub(crate) use fields::{heading_year, unit_in, year_in};
use header::Memo;
pub(crate) use names::{code_of, plain_code, uncoded};
use reading::Reading;
pub(crate) use telephone::without_telephones;
use view::View;

use crate::base::{Error, Result, SheetId};
use crate::mapping::{Column, Mappings};
use crate::model::{Case, LocatedForm, SourceId, Statement};
use crate::sheet::{Sheet, Value};

/// Characters of a text that may be a sentence.
const MIN_STATEMENT_CHARS: usize = 8;

/// The cases of a workbook: usually one; forms of different projects are different cases.
///
/// Hidden sheets are left alone. A workbook in which no form is recognised is an error (exit 3) that names
/// the nearest mapping and what it lacked.
pub fn read_case(sheets: &[Sheet], mappings: &Mappings, source: &SourceId) -> Result<Vec<Case>> {
    let (mut cases, near) = read(sheets, mappings, source)?;
    for case in &mut cases {
        for sheet in &near {
            sheet.tell(case);
        }
    }
    Ok(cases)
}

/// The cases of a workbook, and the sheets in which nothing is recognised though they are all but a form: nobody has been
/// told of these.
pub fn read(sheets: &[Sheet], mappings: &Mappings, source: &SourceId) -> Result<(Vec<Case>, Vec<NearSheet>)> {
    let Found { readings, misses } = find(sheets, mappings);
    if readings.is_empty() {
        return Err(not_recognised(mappings, misses.into_iter().flatten().collect()));
    }
    let holds = |sheet: &Sheet| {
        readings.iter().flat_map(|reading| &reading.located).any(|form| form.sheet == sheet.id)
    };
    let unread = sheets.iter().zip(&misses).filter(|(sheet, _)| sheet.visible && !holds(sheet));
    let unread: Vec<(&Sheet, &Vec<NearMiss>)> = unread.collect();
    let others = sheets.iter().filter(|sheet| sheet.visible && !holds(sheet));
    let statements: Vec<Statement> = others.flat_map(sentences).collect();
    let ids: Vec<SheetId> = sheets.iter().map(|sheet| sheet.id.clone()).collect();
    let cases = case::assemble(readings, &statements, mappings, &ids, source);
    let near = unread.into_iter().filter_map(|(sheet, misses)| {
        almost_form::sheet(mappings, misses).or_else(|| like_entries::sheet(sheet, &cases))
    });
    let near = near.collect();
    Ok((cases, near))
}

/// The forms of all sheets, tables over several sheets put together, and what nearly was one in each sheet.
struct Found {
    readings: Vec<Reading>,
    misses: Vec<Vec<NearMiss>>,
}

fn find(sheets: &[Sheet], mappings: &Mappings) -> Found {
    let mut memo = Memo::new();
    let mut misses = Vec::new();
    let mut readings: Vec<Reading> = Vec::new();
    let explained = survey::explained(sheets);
    for sheet in sheets {
        let mut near = Vec::new();
        if sheet.visible {
            let view = View::new(sheet);
            if let Some(survey) = survey::read(&view, mappings, &explained) {
                readings.push(survey);
                misses.push(near);
                continue;
            }
            let forms = recognise::forms(&view, mappings, &mut memo, &mut near);
            let here: Vec<Reading> =
                forms.iter().filter_map(|form| reading::read(&view, mappings, form)).collect();
            if here.is_empty() {
                let open = readings.iter().rev().find_map(|reading| reading.open.as_ref());
                readings.extend(open.and_then(|open| continued::read(&view, mappings, open)));
            }
            readings.extend(here);
        }
        misses.push(near);
    }
    let mut readings = continued::join(readings);
    readings.iter_mut().for_each(reading::finish);
    excerpt::set_aside(&mut readings);
    unscored::tell_scores(&mut readings);
    Found { readings, misses }
}

/// The sentences of a sheet without a form (项目概况), with figures or without: a report tells all of them.
fn sentences(sheet: &Sheet) -> Vec<Statement> {
    let states = |text: &str| text.chars().count() >= MIN_STATEMENT_CHARS;
    let texts = sheet.cells().filter_map(|(at, cell)| match &cell.value {
        Value::Text(text) if states(text) => Some(Statement { text: text.clone(), at: sheet.address(at) }),
        _ => None,
    });
    texts.collect()
}

/// What was made of one sheet: for `mapping show`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLook {
    /// The sheet's name.
    pub sheet: SheetId,
    /// Whether it was looked at: hidden sheets are not.
    pub visible: bool,
    /// The forms it holds.
    pub forms: Vec<LocatedForm>,
    /// For a sheet without a form: the nearest mappings.
    pub misses: Vec<Miss>,
}

/// A mapping that came near to reading a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The sheet.
    pub sheet: SheetId,
    /// The mapping's name and Chinese title.
    pub mapping: (String, String),
    /// Titles that were found.
    pub found: Vec<String>,
    /// Columns that it lacks, as a clerk calls them.
    pub lacks: Vec<&'static str>,
    /// Columns of which it lacks any, though one would do.
    pub any: Vec<&'static str>,
    /// Columns that it has and must not have.
    pub excess: Vec<&'static str>,
    /// Titles among which the amounts of a ledger may be divided (多栏账).
    pub divided: Vec<String>,
}

impl Miss {
    /// The miss as a sentence.
    pub fn sentence(&self) -> String {
        let (_, title) = &self.mapping;
        let found = self.found.join("、");
        let mut line = format!("工作表“{}”最像{title}：找到 {found}", self.sheet);
        if !self.lacks.is_empty() {
            line.extend(["，缺少：", &self.lacks.join("、")]);
        }
        if !self.divided.is_empty() {
            let columns: Vec<String> = self.divided.iter().map(|title| format!("“{title}”")).collect();
            line.extend([
                "，金额像是分在",
                &columns.join("、"),
                "几栏（多栏账），请加一栏“合计”写明每笔的金额",
            ]);
        } else if !self.any.is_empty() {
            line.extend(["，至少要有一列：", &self.any.join("、")]);
        }
        if !self.excess.is_empty() {
            line.extend(["，不应有：", &self.excess.join("、")]);
        }
        line.push('。');
        line
    }
}

/// What is made of each sheet, recognised or not.
pub fn look(sheets: &[Sheet], mappings: &Mappings) -> Vec<SheetLook> {
    let Found { readings, misses } = find(sheets, mappings);
    let one = |(sheet, misses): (&Sheet, Vec<NearMiss>)| {
        let located = readings.iter().flat_map(|reading| &reading.located);
        let forms: Vec<LocatedForm> = located.filter(|form| form.sheet == sheet.id).cloned().collect();
        let misses = if forms.is_empty() { nearest(mappings, misses) } else { Vec::new() };
        SheetLook { sheet: sheet.id.clone(), visible: sheet.visible, forms, misses }
    };
    sheets.iter().zip(misses).map(one).collect()
}

/// How many of the nearest mappings are named.
const NAMED_MISSES: usize = 2;

/// The nearest mappings, each once.
fn nearest(mappings: &Mappings, mut misses: Vec<NearMiss>) -> Vec<Miss> {
    // A mapping that knows a single title is not near, however little it asks for.
    misses
        .sort_by_key(|miss| (miss.found.len() < 2, miss.short.count(), std::cmp::Reverse(miss.found.len())));
    let chinese = |columns: &[Column]| columns.iter().map(|column| column.chinese()).collect();
    let mut named: Vec<usize> = Vec::new();
    let mut nearest: Vec<Miss> = Vec::new();
    for miss in misses {
        // What knows nothing but titles that a nearer one knows is not near.
        let found: Vec<String> = miss.found.iter().map(|title| title.split_whitespace().collect()).collect();
        let is_less = |before: &Miss| {
            before.sheet == miss.sheet
                && before.found.len() > found.len()
                && found.iter().all(|title| before.found.contains(title))
        };
        if nearest.iter().any(is_less) {
            continue;
        }
        let divided = miss.divided().to_vec();
        let Some(mapping) = mappings.get(miss.mapping).filter(|_| !named.contains(&miss.mapping)) else {
            continue;
        };
        named.push(miss.mapping);
        nearest.push(Miss {
            sheet: miss.sheet,
            mapping: (mapping.name.clone(), mapping.title.clone()),
            found,
            lacks: chinese(&miss.short.lacks),
            any: chinese(&miss.short.any),
            excess: chinese(&miss.short.excess),
            divided,
        });
        if nearest.len() == NAMED_MISSES {
            break;
        }
    }
    nearest
}

fn not_recognised(mappings: &Mappings, misses: Vec<NearMiss>) -> Error {
    let lines: Vec<String> = nearest(mappings, misses).iter().map(Miss::sentence).collect();
    let message = if lines.is_empty() {
        "没有认出任何绩效表格：工作簿中没有任何一张表的标题是本程序认识的。".to_owned()
    } else {
        format!("没有认出任何绩效表格。{}", lines.concat())
    };
    Error::input(message, "请检查文件是否正确；如果是新的表样，请把文件交给系统管理员，请其登记这种表样。")
}
