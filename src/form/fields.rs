//! Label → value cells: the value stands right of its label, below it, or behind a colon in the same cell.

use super::heading::field_text;
use super::names::code_of;
use super::view::{Item, View};
use crate::base::CellRef;
use crate::mapping::title::{bare, normalise};
use crate::mapping::{FieldName, Mapping, Mappings};
use crate::model::{Entry, Field, MoneyUnit};
use crate::sheet::{Cell, Value};

/// Characters of a label at most.
const MAX_LABEL_CHARS: usize = 30;

/// A value with its label.
#[derive(Debug, Clone)]
pub(super) struct Labelled {
    /// What it says.
    pub name: FieldName,
    /// The label as written, without its colon.
    pub label: String,
    /// The label's cell.
    pub label_at: CellRef,
    /// The value.
    pub entry: Entry,
}

impl Labelled {
    /// Whether its label is a word of one or two characters.
    pub(super) fn is_short(&self) -> bool {
        is_short(&normalise(&self.label))
    }

    /// Whether its label asks for a code with the name (主管部门及代码).
    pub(super) fn asks_code(&self) -> bool {
        self.label.contains('码')
    }
}

fn is_short(key: &str) -> bool {
    bare(key).unwrap_or(key).chars().count() <= 2
}

/// Rows that belong to tables are not searched.
pub(super) struct Area {
    pub rows: (u32, u32),
    /// Row ranges of tables, their headers included.
    pub tables: Vec<(u32, u32)>,
}

/// The label → value cells of an area, in reading order.
pub(super) fn read(view: &View<'_>, mappings: &Mappings, mapping: usize, area: &Area) -> Vec<Labelled> {
    let reader = Reader { view, mappings, mapping };
    let mut found = Vec::new();
    for (row, items) in view.rows(area.rows.0, area.rows.1) {
        if area.tables.iter().any(|(first, last)| (*first..=*last).contains(&row)) {
            continue;
        }
        for item in items.iter().filter(|item| !item.key.is_empty()) {
            reader.cell(item, &mut found);
        }
    }
    found
}

/// The labelled cells that state a value.
pub(super) fn stated(heads: &[Labelled]) -> Vec<Field> {
    let stated = heads.iter().filter(|head| {
        !head.name.is_beside() && !matches!(head.name, FieldName::Statement | FieldName::GoalResult)
    });
    stated.map(|head| Field { label: head.label.clone(), entry: head.entry.clone() }).collect()
}

/// The project's code: in a cell of its own, else before the project's name.
pub(super) fn code(heads: &[Labelled]) -> Option<String> {
    let before = || code_of(&field_text(heads, FieldName::Project)?).map(str::to_owned);
    field_text(heads, FieldName::Code).or_else(before)
}

struct Reader<'r, 'a> {
    view: &'r View<'a>,
    mappings: &'r Mappings,
    mapping: usize,
}

impl Reader<'_, '_> {
    /// What a text is the label of. A label of one or two characters needs its colon.
    fn label(&self, key: &str, colon: bool) -> Option<FieldName> {
        if key.is_empty() || key.chars().count() > MAX_LABEL_CHARS {
            return None;
        }
        if is_short(key) && !colon {
            return None;
        }
        let hits = self.mappings.index().label(key);
        let own = hits.iter().find(|hit| hit.mapping == self.mapping).or_else(|| hits.first());
        own.map(|hit| hit.name)
    }

    fn is_label(&self, item: &Item<'_>) -> bool {
        self.label(&item.key, item.key.ends_with(':')).is_some()
    }

    fn cell(&self, item: &Item<'_>, found: &mut Vec<Labelled>) {
        let Some(text) = item.text() else { return };
        if let Some(name) = self.label(&item.key, item.key.ends_with(':')) {
            let mut entry = self.value_of(item);
            if entry.is_blank() && matches!(name, FieldName::Goal | FieldName::GoalResult) {
                entry = self.goal_below(item, entry);
            }
            found.push(Labelled { name, label: label_text(text), label_at: item.at, entry });
            return;
        }
        if item.key.contains(':') {
            self.inline(item, text, found);
        }
    }

    /// The value's cell: right of the label, or below it where labels stand side by side.
    fn value_of(&self, item: &Item<'_>) -> Entry {
        let range = self.view.range(item.at);
        let right = self.view.right_of(range);
        let right_item = right.and_then(|at| self.view.item(at));
        let below = self.view.below(range);
        let below_item = below.and_then(|at| self.view.item(at)).filter(|below| !self.is_label(below));
        let side_by_side = match right_item {
            Some(right) => self.is_label(right),
            // The last label of a row of labels has nothing to its right.
            None => {
                self.view.row(item.at.row()).len() > 1
                    && self.view.row(item.at.row()).iter().all(|other| self.is_label(other))
            }
        };
        match (side_by_side, below_item, right) {
            (true, Some(below), _) => self.view.entry_at(below.at),
            // Another label to the right: this one's value is blank.
            (true, None, _) | (false, _, None) => Entry::default(),
            (false, _, Some(right)) => self.view.entry_at(right),
        }
    }

    /// What stands below the label of a goal that has nothing beside it: its text, or the blank cell that waits for it.
    fn goal_below(&self, item: &Item<'_>, beside: Entry) -> Entry {
        let Some(below) = self.view.below(self.view.range(item.at)) else { return beside };
        match self.view.item(below) {
            Some(text) if self.is_label(text) => beside,
            None if beside.at.is_some() => beside,
            _ => self.view.entry_at(below),
        }
    }

    /// `评价对象：甲        评价年度：2021年`: several pairs in one cell.
    fn inline(&self, item: &Item<'_>, text: &str, found: &mut Vec<Labelled>) {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (gap, token) in tokens(text) {
            let split = token.split_once([':', '：']).filter(|(label, _)| !label.is_empty());
            match split {
                Some((label, value)) if is_label_like(label) => {
                    pairs.push((label.to_owned(), value.to_owned()));
                }
                // Wide apart from its pair is something of its own: `项目：甲    2021年度`.
                _ if gap > 1 && pairs.last().is_none_or(|(_, value)| !value.is_empty()) => {
                    pairs.push((String::new(), String::new()));
                }
                _ => {
                    if let Some((_, value)) = pairs.last_mut() {
                        if value.ends_with(|c: char| c.is_ascii()) {
                            value.push(' ');
                        }
                        value.push_str(token);
                    }
                }
            }
        }
        for (label, value) in pairs {
            if let Some(name) = self.label(&normalise(&label), true)
                && !value.is_empty()
            {
                let entry = Entry { at: Some(self.view.address(item.at)), cell: Cell::text(value) };
                found.push(Labelled { name, label: label_text(&label), label_at: item.at, entry });
            }
        }
    }
}

/// The words of a text, each with the number of spaces before it.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let word = rest.trim_start();
        let spaces = rest.len().checked_sub(word.len()).and_then(|end| rest.get(..end)).unwrap_or("");
        let gap = spaces.chars().count();
        let end = word.find(char::is_whitespace).unwrap_or(word.len());
        let Some((token, after)) = word.split_at_checked(end).filter(|(token, _)| !token.is_empty()) else {
            break;
        };
        found.push((gap, token));
        rest = after;
    }
    found
}

fn is_label_like(label: &str) -> bool {
    label.chars().count() <= MAX_LABEL_CHARS && !label.contains(['，', '。', '；', ','])
}

/// A label as a person reads it.
fn label_text(text: &str) -> String {
    let joined: String = text.split_whitespace().collect();
    joined.trim_end_matches([':', '：']).to_owned()
}

/// The unit of money that a text names in brackets or behind 单位 (`（万元）`, `金额单位：元`).
pub(crate) fn unit_in(text: &str) -> Option<MoneyUnit> {
    let key = normalise(text);
    // Behind the unit there may be points: `预算执行情况（万元）（20分）`.
    let mut rest = key.as_str();
    while let Some((before, inner)) = rest.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        let unit = unit_word(inner.rsplit([':', ',']).next().unwrap_or(inner));
        if unit.is_some() {
            return unit;
        }
        rest = before;
    }
    unit_word(key.rsplit([':', ',', '/']).next().unwrap_or(&key))
}

/// A unit of money in brackets, behind 单位 or alone that cannot be converted to 元: 美元, 百元.
pub(super) fn odd_unit(text: &str) -> Option<String> {
    const LONGEST: usize = 4;
    let key = normalise(text);
    let inner =
        key.strip_suffix(')').and_then(|open| open.rsplit_once('(')).map_or(key.as_str(), |(_, inner)| inner);
    let word = inner.rsplit([':', ',', '/']).next().unwrap_or(inner);
    let money = word.ends_with('元') && word.chars().count() <= LONGEST;
    (money && unit_word(word).is_none()).then(|| word.to_owned())
}

/// 元, 千元, 万元, 亿元, and 人民币元.
pub(super) fn unit_word(word: &str) -> Option<MoneyUnit> {
    MoneyUnit::of_word(word.strip_prefix("人民币").unwrap_or(word))
}

/// Whether what stands behind 单位 are units of what is stated (万元、分), and nobody's name.
pub(super) fn names_money(text: &str) -> bool {
    let key = normalise(text);
    key.split(['、', ',', '/', ';']).any(|piece| unit_word(piece).is_some())
}

/// The unit of an amount: behind its digits, in its label, in the label of its block, or the form's.
pub(super) fn amount_unit(
    view: &View<'_>,
    field: &Labelled,
    fields: &[Labelled],
    mapping: &Mapping,
) -> Option<MoneyUnit> {
    if let Value::Text(text) = &field.entry.cell.value
        && let Some(unit) = unit_behind(text)
    {
        return Some(unit);
    }
    let label = view.item(field.label_at).map(|item| item.cell.shown()).unwrap_or_default();
    unit_in(&label)
        .or_else(|| block_unit(view, field.label_at))
        .or_else(|| form_unit(fields))
        .or_else(|| mapping.fields.iter().find(|rule| rule.name == field.name).and_then(|rule| rule.unit))
}

/// The unit behind the digits of an amount: `1,150万`.
pub(super) fn unit_behind(text: &str) -> Option<MoneyUnit> {
    let key = normalise(text);
    let tail = key.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    unit_word(tail).filter(|_| tail.len() < key.len())
}

/// The unit in the label of the block that a cell stands in: a cell to its left, in its row or merged over it.
pub(super) fn block_unit(view: &View<'_>, at: CellRef) -> Option<MoneyUnit> {
    (0..at.col())
        .rev()
        .filter_map(|col| view.shown(at.row(), col))
        .find_map(|item| unit_in(&item.cell.shown()))
}

/// The unit that the form states for all its amounts.
pub(super) fn form_unit(fields: &[Labelled]) -> Option<MoneyUnit> {
    fields
        .iter()
        .filter(|field| matches!(field.name, FieldName::MoneyUnit | FieldName::Unit))
        .find_map(|field| unit_of_money(&normalise(&field.entry.shown())))
}

/// The unit of money, alone or beside units of other things (万元、分); of two nobody knows which is meant.
fn unit_of_money(text: &str) -> Option<MoneyUnit> {
    let mut units = text.split([',', '，', '、', '/', ';']).filter_map(|word| unit_word(word.trim()));
    units.next().filter(|_| units.next().is_none())
}

/// The year that a text names: `2021年`, `（2021年度）`, `2021`.
pub(crate) fn year_in(text: &str) -> Option<i16> {
    let key = normalise(text);
    let digits: Vec<&str> = key.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4).collect();
    let years: Vec<i16> = digits
        .iter()
        .filter_map(|run| run.parse().ok())
        .filter(|year| (1990..=2100).contains(year))
        .collect();
    match years.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The budget year that a heading names: a year before 年 or 年度.
pub(crate) fn heading_year(text: &str) -> Option<i16> {
    let key = normalise(text);
    let mut found = None;
    for (at, _) in key.match_indices('年') {
        let before = key.get(..at)?;
        let run: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        if run.len() == 4 {
            let year: i16 = run.chars().rev().collect::<String>().parse().ok()?;
            if (1990..=2100).contains(&year) {
                if found.is_some_and(|have| have != year) {
                    return None;
                }
                found = Some(year);
            }
        }
    }
    found
}
