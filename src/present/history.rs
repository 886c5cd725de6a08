//! 历年对比 below 目标核对: what was promised and done beside what was done before and elsewhere, what is drawn of it stands on 统计图.

use super::sheet::{AddedSheet, Axis, Content, Drawing, Look};
use super::view::View;
use crate::base::Number;
use crate::model::{Indicator, Standard, Taken};
use crate::notation::{Notation, Quantity, Row};
use crate::score::known_standards;

const TITLES: [&str; 12] = [
    "序号",
    "一级指标",
    "二级指标",
    "指标",
    "指标值",
    "上年值来源",
    "实际完成值",
    "上年值",
    "前年值、三年均值、行业值、参考值",
    "位置",
    "指标值÷上年值",
    "实际完成值÷上年值",
];
/// Widths of a sheet with this block, which has more columns than the declared targets above it.
pub(super) const WIDTHS: [u16; 12] = [5, 8, 9, 20, 10, 16, 11, 9, 17, 8, 10, 10];
/// The columns of names and of both shares.
const NAME: u32 = 3;
const PROMISED: u32 = 10;
const DONE: u32 = 11;
/// Indicators that a chart shows at most.
const MAX_BARS: usize = 12;
/// Pixels of a chart.
const ROW_HEIGHT: u32 = 26;
const FRAME: u32 = 110;

/// The indicators that have anything to be held against: those of the scored form, else the declared ones.
pub(super) fn indicators<'v>(view: &'v View) -> Vec<&'v Indicator> {
    let scored = view.case.score_form.iter().flat_map(|form| &form.indicators);
    let found: Vec<&Indicator> = scored.filter(|indicator| !indicator.standards.is_empty()).collect();
    if !found.is_empty() {
        return found;
    }
    let declared = view.case.declared.iter().map(|declared| &declared.indicator);
    declared.filter(|indicator| !indicator.standards.is_empty()).collect()
}

/// Writes the block from a row on.
pub(super) fn block(sheet: &mut AddedSheet, view: &View, first: u32, all: &[&Indicator]) {
    sheet.across(first, Look::Section, "历年对比：上年值等取自表中各栏；表中没有而取自上年表的，写明来源。");
    let header = first.saturating_add(1);
    for (column, title) in (0_u32..).zip(TITLES) {
        sheet.text(header, column, Look::Header, title);
    }
    let mut bars: Vec<u32> = Vec::new();
    let begin = header.saturating_add(1);
    for (row, indicator) in (begin..).zip(all) {
        if line(sheet, view, (row, row.saturating_sub(header)), indicator) {
            bars.push(row);
        }
    }
    sheet.drawings.extend(drawing(sheet, &bars));
}

/// One indicator; whether there is something of it for the chart.
fn line(sheet: &mut AddedSheet, view: &View, (row, number): (u32, u32), indicator: &Indicator) -> bool {
    let shown = |standard: Standard| {
        indicator.benchmark(standard).map(|have| have.entry.shown().trim().to_owned()).unwrap_or_default()
    };
    sheet.put(row, 0, Look::Plain, Content::Number(Number::from(number)));
    sheet.text(row, 1, Look::Centre, indicator.level1.as_str());
    sheet.text(row, 2, Look::Centre, indicator.level2.as_str());
    sheet.text(row, NAME, Look::Text, indicator.name.as_str());
    sheet.text(row, 4, Look::Centre, indicator.target_shown());
    let taken = indicator.benchmark(Standard::LastYear).and_then(|have| have.taken.as_ref());
    sheet.text(row, 5, Look::Text, taken.map(Taken::shown).unwrap_or_default());
    sheet.text(row, 6, Look::Centre, indicator.actual_shown());
    sheet.text(row, 7, Look::Centre, shown(Standard::LastYear));
    let others = Standard::ALL.into_iter().filter(|standard| *standard != Standard::LastYear);
    let others = others.filter(|standard| indicator.benchmark(*standard).is_some());
    let others: Vec<String> =
        others.map(|standard| format!("{}{}", standard.name(), shown(standard))).collect();
    sheet.text(row, 8, Look::Text, others.join("；"));
    sheet.link(row, 9, indicator.at());
    let read = Row::read(view.case, indicator, None, None);
    let before = known_standards(view.case, indicator, read.target(), read.actual());
    let before = before.iter().find(|known| known.standard == Standard::LastYear);
    let before = before.and_then(|known| known.read.as_ref()).and_then(Notation::quantity);
    let share = |notation: Option<&Notation>| share(notation.and_then(Notation::quantity)?, before?);
    let (promised, done) = (share(read.target()), share(read.actual()));
    for (column, share) in [(PROMISED, promised), (DONE, done)] {
        let content = share.map_or(Content::Blank, |share| Content::Number(share.round(4)));
        sheet.put(row, column, Look::Rate, content);
    }
    promised.is_some() && done.is_some()
}

/// How much of last year's number another is; `None` where both cannot be compared.
fn share(number: &Quantity, before: &Quantity) -> Option<Number> {
    let plain = number.fraction.is_none() && before.fraction.is_none() && before.sign.is_none();
    let (number, before) =
        number.in_base().zip(before.in_base()).filter(|_| plain && number.unit.comparable(&before.unit))?;
    (!before.is_zero() && !before.is_negative()).then(|| number.over(before)).flatten()
}

fn title_of(column: usize) -> String {
    TITLES.get(column).copied().unwrap_or_default().to_owned()
}

/// The first stretch of rows that have both shares.
fn drawing(sheet: &AddedSheet, bars: &[u32]) -> Option<Drawing> {
    let first = bars.first().copied()?;
    let run = bars.iter().zip(first..).take_while(|(row, expected)| **row == *expected).count().min(MAX_BARS);
    let count = u32::try_from(run).unwrap_or(1);
    let range = |column: u32| sheet.column(column, first, first.saturating_add(count).saturating_sub(1));
    let series = [(4_usize, range(PROMISED)?), (6, range(DONE)?)];
    Some(Drawing {
        title: "与上年值之比".to_owned(),
        axis: Axis::SharesBeyond,
        labels: range(NAME)?,
        series: series.map(|(title, range)| (title_of(title), range)).to_vec(),
        height: count.saturating_mul(ROW_HEIGHT).saturating_add(FRAME),
    })
}
