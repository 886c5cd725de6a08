//! 问题清单: what was found, an item a cause, in the columns of a reviewer, with a blank one for what was done about it; and
//! 复核事项, the same of what is no matter of the agency's, on a sheet of its own.

use std::collections::BTreeMap;

use super::across_files::{files, place};
use super::overrides::{as_typed, text, typed};
use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use crate::base::{CellAt, CellRef, Number, RangeRef, printable_cell};
use crate::issue::{self, Fate, Item, PastFinding, WHOLE};
use crate::model::{Finding, FindingId, Reader, Severity};
use crate::returned::{OurSheet, Reply};
use crate::sheet::Sheet;

const TITLES: [&str; 11] = [
    "序号",
    "级别",
    "类别",
    OBJECT_TITLE,
    PLACE_TITLE,
    TITLE_TITLE,
    MESSAGE_TITLE,
    "处理意见",
    "依据",
    REPLY_TITLE,
    "与上次相比",
];
const WIDTHS: [u16; 11] = [5, 6, 7, 11, 14, 12, 26, 18, 11, 15, 9];
const TITLE_TITLE: &str = "问题";
const REPLY_TITLE: &str = "整改情况";
/// The same beside what is no matter of the agency's.
const HANDLED_TITLE: &str = "处理情况";
/// What versions before told findings from each other by; a clerk knows them by their titles.
const ID_TITLE: &str = "问题编号";
const OBJECT_TITLE: &str = "对象";
const PLACE_TITLE: &str = "所在单元格";
const MESSAGE_TITLE: &str = "事实与判定";
/// What versions before called the two.
const OLD_PLACE_TITLE: &str = "位置";
const OLD_MESSAGE_TITLE: &str = "说明";
/// Over what was found in the return before and is there no more.
const NO_MORE: &str = "上次返回时提出、本次已不再列出的问题";
/// Over what was written beside findings of earlier runs that are settled.
const SETTLED: &str = "以前填写的整改情况（相应问题已不再列出）";
/// Between the titles of an item.
const BETWEEN: char = '；';
/// The least width of a column of sentences.
const LEAST: u16 = 11;
const HEADER: u32 = 2;
const FIRST: u32 = 3;
const OBJECT: u32 = 3;
const PLACE: u32 = 4;
const TITLE: u32 = 5;
const MESSAGE: u32 = 6;
const REMEDY: u32 = 7;
const SOURCE: u32 = 8;
const REPLY: u32 = 9;
const FATE: u32 = 10;

/// Builds the sheet of what is this reader's matter; the bureau's only where there is something on it.
pub(super) fn build(view: &View, reader: Reader) -> Option<AddedSheet> {
    let part = match reader {
        Reader::Agency => OurSheet::Issues,
        Reader::Bureau => OurSheet::Matters,
    };
    let all = issue::items(view.case, view.findings);
    let items: Vec<&Item> = all.iter().filter(|item| item.reader == reader).collect();
    if items.is_empty() && reader == Reader::Bureau {
        return None;
    }
    let mut sheet = AddedSheet::new(view.names.of(part), &WIDTHS);
    sheet.landscape = true;
    sheet.header_rows = Some((HEADER, HEADER));
    sheet.title(part.heading());
    let answered = view.answered.filter(|_| reader == Reader::Agency);
    let answered = answered.map(|answered| format!("    {}", answered.sentence())).unwrap_or_default();
    sheet.across(1, Look::Subtitle, format!("{}{answered}", view.subtitle()));
    for (column, title) in (0_u32..).zip(TITLES) {
        let title = if column == REPLY && reader == Reader::Bureau { HANDLED_TITLE } else { title };
        sheet.text(HEADER, column, Look::Header, title);
    }
    let shared = shared(&items);
    // A column that is empty in most rows takes room from all others: what few grounds there are stand with what is asked.
    let grounded = items.iter().filter(|item| !grounds(item, &shared).is_empty()).count();
    let beside = grounded.saturating_mul(2) < items.len();
    let mut row = FIRST;
    for item in &items {
        item_row(&mut sheet, view, row, item, (grounds(item, &shared), beside));
        row = row.saturating_add(1);
    }
    if items.is_empty() {
        sheet.across(row, Look::Text, "没有发现问题。");
        row = row.saturating_add(1);
    } else if let Some((first, last)) = CellRef::new(HEADER, 0).zip(CellRef::new(row.saturating_sub(1), FATE))
    {
        sheet.filter = Some(RangeRef::new(first, last));
    }
    for (ground, numbers) in &shared {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        sheet.across(row, Look::Remark, format!("第{}项的依据：{ground}", numbers.join("、")));
        row = row.saturating_add(1);
    }
    if let Some(files) = files(view).filter(|_| !items.is_empty()) {
        sheet.across(row, Look::Remark, files);
        row = row.saturating_add(1);
    }
    if reader == Reader::Agency {
        let mut left = left(view, &all);
        row = no_more(&mut sheet, view, row, &mut left);
        settled(&mut sheet, row, &left);
    }
    sheet.leave_out_empty(HEADER, &[SOURCE, FATE], &[MESSAGE]);
    if !items.is_empty() {
        sheet.deal_out(FIRST, &[TITLE, MESSAGE, REMEDY, SOURCE], LEAST);
    }
    Some(sheet)
}

/// What was found in the return that is answered and is there no more, with what was written beside it.
fn no_more(sheet: &mut AddedSheet, view: &View, row: u32, left: &mut Vec<&Reply>) -> u32 {
    let Some(answered) = view.answered.filter(|answered| !answered.settled.is_empty()) else { return row };
    let mut row = row.saturating_add(1);
    sheet.across(row, Look::Section, NO_MORE);
    for (past, fate) in &answered.settled {
        row = row.saturating_add(1);
        let words = printable_cell(&past.message).into_owned();
        let beside =
            |reply: &Reply| reply.ids.contains(&past.id) && words.lines().any(|line| reply.says(line));
        let reply = left.iter().position(|reply| beside(reply)).map(|found| left.remove(found));
        past_row(sheet, row, past, *fate, reply);
    }
    row.saturating_add(1)
}

fn past_row(sheet: &mut AddedSheet, row: u32, past: &PastFinding, fate: Fate, reply: Option<&Reply>) {
    blank(sheet, row);
    sheet.text(row, OBJECT, Look::Text, past.object.as_str());
    sheet.text(row, PLACE, Look::Centre, past.place.as_str());
    sheet.text(row, TITLE, Look::Text, title(&past.id));
    sheet.text(row, MESSAGE, Look::Text, past.message.as_str());
    put_replies(sheet, row, &Vec::from_iter(reply));
    sheet.text(row, FATE, Look::Centre, fate.name());
}

/// What was written beside findings that are no more: nobody's word is lost.
fn settled(sheet: &mut AddedSheet, row: u32, left: &[&Reply]) {
    if left.is_empty() {
        return;
    }
    let mut row = row.saturating_add(1);
    sheet.across(row, Look::Section, SETTLED);
    for reply in left {
        let Reply { ids, object, message, place, .. } = reply;
        row = row.saturating_add(1);
        blank(sheet, row);
        sheet.text(row, OBJECT, Look::Text, object.as_str());
        sheet.text(row, PLACE, Look::Centre, place.as_str());
        sheet.text(row, MESSAGE, Look::Text, message.as_str());
        let titles: Vec<&str> = ids.iter().map(|id| title(id)).collect();
        sheet.text(row, TITLE, Look::Text, titles.join(&BETWEEN.to_string()));
        put_replies(sheet, row, &[*reply]);
    }
}

/// What a person wrote that is beside no item of now.
fn left<'v>(view: &View<'v>, items: &[Item]) -> Vec<&'v Reply> {
    let used: Vec<&Reply> = items.iter().flat_map(|item| replies_of(view, item)).collect();
    let left = view.replies.iter().filter(|reply| !used.contains(reply));
    left.collect()
}

fn blank(sheet: &mut AddedSheet, row: u32) {
    for column in 0..=FATE {
        sheet.put(row, column, Look::Centre, Content::Blank);
    }
}

/// The grounds on which several items rest, each with their numbers: they are said once, below the list.
fn shared<'i>(items: &'i [&Item]) -> BTreeMap<&'i str, Vec<u32>> {
    let mut all: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (item, number) in items.iter().zip(1_u32..) {
        for ground in item.said(|finding| finding.id.ground().unwrap_or_default()) {
            all.entry(ground).or_default().push(number);
        }
    }
    all.retain(|_, numbers| numbers.len() > 1);
    all
}

/// On what grounds it alone was found, where there are any.
fn grounds(item: &Item, shared: &BTreeMap<&str, Vec<u32>>) -> String {
    let own = item.said(|finding| finding.id.ground().unwrap_or_default()).into_iter();
    own.filter(|ground| !shared.contains_key(ground)).collect::<Vec<_>>().join("\n")
}

fn item_row(
    sheet: &mut AddedSheet,
    view: &View,
    row: u32,
    item: &Item,
    (ground, grounds_beside): (String, bool),
) {
    let number = row.saturating_sub(FIRST).saturating_add(1);
    let look = match item.severity {
        Severity::Error => Look::Bad,
        Severity::Warning => Look::Caution,
        Severity::Info => Look::Centre,
    };
    sheet.put(row, 0, Look::Plain, Content::Number(Number::from(number)));
    sheet.text(row, 1, look, item.severity.name());
    sheet.text(row, 2, Look::Centre, item.matter.name());
    sheet.text(row, OBJECT, Look::Text, item.object.as_str());
    match item.findings.iter().find_map(|finding| finding.at.clone()) {
        Some(to) => {
            let text = item.place(|at| place(view, at)).unwrap_or_default();
            sheet.put(row, PLACE, Look::Link, Content::Link { to, text });
        }
        None => sheet.text(row, PLACE, Look::Centre, WHOLE),
    }
    let titles = item.said(|finding| finding.id.title());
    sheet.text(row, TITLE, Look::Text, titles.join(&BETWEEN.to_string()));
    sheet.text(row, MESSAGE, Look::Text, item.said(|finding| &finding.message).join("\n"));
    let (mut asked, mut ground) = (item.asked(view.case), ground);
    if grounds_beside && !ground.is_empty() {
        asked.push(format!("（依据：{}）", std::mem::take(&mut ground).replace('\n', "；")));
    }
    sheet.text(row, REMEDY, Look::Text, asked.join("\n"));
    sheet.text(row, SOURCE, Look::Text, ground);
    put_replies(sheet, row, &replies_of(view, item));
    // Of several the one that asks for more.
    let fates = item.findings.iter().filter_map(|finding| view.answered?.fate(finding));
    sheet.text(row, FATE, Look::Centre, fates.max().map(Fate::name).unwrap_or_default());
}

/// What a person wrote beside an item, a formula as a formula where it means the same in this row.
fn put_replies(sheet: &mut AddedSheet, row: u32, replies: &[&Reply]) {
    let formula = match replies {
        [only] => only.formula.as_ref(),
        _ => None,
    };
    let shown = |reply: &&Reply| match &reply.formula {
        // Of a formula without a result the formula is what is shown.
        Some(formula) if reply.text.is_empty() => formula.shown(),
        _ => reply.text.clone(),
    };
    let mut words: Vec<String> = replies.iter().map(shown).collect();
    words.dedup();
    let at = CellRef::new(row, REPLY).map(|at| CellAt::new(sheet.name.as_str(), at));
    sheet.put(row, REPLY, Look::Input, as_typed(formula, text(&words.join("\n")), at.as_ref()));
}

/// What a person wrote beside the same findings in an earlier run.
fn replies_of<'v>(view: &View<'v>, item: &Item) -> Vec<&'v Reply> {
    let mut found: Vec<&Reply> = Vec::new();
    for reply in item.findings.iter().filter_map(|finding| reply_of(view, item, finding)) {
        if !found.contains(&reply) {
            found.push(reply);
        }
    }
    found
}

/// The same words, or the same cell or object.
fn reply_of<'v>(view: &View<'v>, item: &Item, finding: &Finding) -> Option<&'v Reply> {
    let at = finding.at.as_ref().map(|at| unscored(&place(view, at))).unwrap_or_default();
    let replies = || view.replies.iter().filter(|reply| reply.ids.iter().any(|id| id == finding.id.id()));
    // On the sheet the message stands as every program shows it.
    let message = unscored(&printable_cell(&finding.message));
    let said =
        |reply: &&Reply| Reply { message: unscored(&reply.message), ..(*reply).clone() }.says(&message);
    let same_place = |reply: &&Reply| match reply.object.as_str() {
        // Versions before put a space between sheet and cell.
        "" => unscored(&reply.place).replace(' ', "") == at.replace(' ', ""),
        object => object == item.object,
    };
    replies().find(said).or_else(|| replies().find(same_place))
}

/// The words about a file are the same when it comes back under its result's name.
fn unscored(text: &str) -> String {
    text.replace(".已评分", "")
}

/// The columns by which an item is known, on a sheet of this version or one before.
struct Columns {
    reply: u32,
    message: u32,
    place: u32,
    id: u32,
    object: Option<u32>,
}

impl Columns {
    fn of(sheet: &Sheet) -> Option<Self> {
        let column =
            |title: &str| (0..=FATE).find(|column| sheet.at(HEADER, *column).shown().trim() == title);
        let title = column(TITLE_TITLE)?;
        Some(Self {
            reply: column(REPLY_TITLE).or_else(|| column(HANDLED_TITLE))?,
            message: column(MESSAGE_TITLE).or_else(|| column(OLD_MESSAGE_TITLE))?,
            place: column(PLACE_TITLE).or_else(|| column(OLD_PLACE_TITLE))?,
            // Beside ids, a title says nothing more.
            id: column(ID_TITLE).unwrap_or(title),
            object: column(OBJECT_TITLE),
        })
    }

    /// What a row holds.
    fn reply(&self, sheet: &Sheet, row: u32) -> Reply {
        let shown = |column: u32| sheet.at(row, column).shown();
        let (_, formula) = typed(sheet, row, self.reply);
        Reply {
            ids: shown(self.id).split(BETWEEN).map(of_title).collect(),
            object: self.object.map(shown).unwrap_or_default(),
            message: shown(self.message),
            place: shown(self.place),
            text: shown(self.reply),
            formula,
        }
    }
}

/// What a person wrote into 整改情况.
pub(super) fn replies(sheet: &Sheet) -> Vec<Reply> {
    let Some(columns) = Columns::of(sheet) else { return Vec::new() };
    let rows = FIRST..=sheet.last_row().unwrap_or(0);
    let replies = rows.map(|row| columns.reply(sheet, row));
    replies.filter(|reply| reply.formula.is_some() || !reply.text.trim().is_empty()).collect()
}

/// The row and column of 整改情况 beside a finding.
pub(super) fn reply_place(sheet: &Sheet, object: &str, message: &str) -> Option<(u32, u32)> {
    let columns = Columns::of(sheet)?;
    let message = printable_cell(message);
    let beside = |row: &u32| {
        let reply = columns.reply(sheet, *row);
        reply.object == object && reply.says(&message)
    };
    let row = (FIRST..=sheet.last_row().unwrap_or(0)).find(beside)?;
    Some((row, columns.reply))
}

/// The id of the finding of this title; of one that there is no more the title itself.
fn of_title(title: &str) -> String {
    FindingId::titled(title).map_or(title, |id| id.id()).to_owned()
}

/// The title of the finding of this id.
fn title(id: &str) -> &str {
    FindingId::named(id).map_or(id, |id| id.title())
}
