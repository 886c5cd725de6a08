//! What is asked of a form beside its columns: notes that correct a figure, headers that differ, scales in titles, a table
//! without targets. Each keeps the grade open.

use super::{SAMPLE_CHARS, columns, place};
use crate::base::{RangeRef, column_letters};
use crate::form::header::{Header, HeaderColumn};
use crate::form::reading::Content;
use crate::form::recognise::FoundForm;
use crate::form::view::View;
use crate::mapping::{Column, Mapping};
use crate::model::{Account, AccountBlock, Entry, Fate, Finding, FindingId};

/// Notes beside the tables that correct a figure of them (指标调整为18公里).
pub(super) fn corrections(
    view: &View<'_>,
    mapping: &Mapping,
    notes: &[Entry],
    account: &mut Account,
    findings: &mut Vec<Finding>,
) {
    for at in notes.iter().filter_map(place) {
        let Some(item) = view.item(at).filter(|item| columns::corrects(mapping, item)) else { continue };
        let text: String = item.cell.shown().chars().take(SAMPLE_CHARS).collect();
        let message = format!(
            "“{text}…”像是对表中数字的更正，没有采用，等级暂不确定。请把更正后的数字填入表中相应的栏目，或删去这段文字。"
        );
        findings.push(Finding::new(FindingId::ValuesNotRead, Some(view.address(at)), message));
        let (range, reason) = (RangeRef::new(at, at), "像更正的说明".to_owned());
        account.blocks.push(AccountBlock { range, fate: Fate::Unread, reason, cells: 0, weighty: true });
    }
}

/// Columns that two tables of a form have in common before a title that differs is asked about.
const IN_COMMON: usize = 3;

/// The header again, further down, where one of its titles says something else than the first time.
pub(super) fn unlike_headers(
    view: &View<'_>,
    form: &FoundForm,
    account: &mut Account,
    findings: &mut Vec<Finding>,
) {
    let places = |header: &Header| -> Vec<(Column, u32)> {
        header.columns.iter().map(|column| (column.column, column.col)).collect()
    };
    for (first, next) in form.headers.iter().zip(form.headers.iter().skip(1)) {
        let (one, other) = (places(first), places(next));
        let common = one.iter().filter(|place| other.contains(place)).count();
        let alone = |places: &[(Column, u32)], own: &HeaderColumn| {
            own.column != Column::Other && !places.contains(&(own.column, own.col))
        };
        let said = |finding: &Finding| {
            let row = finding.at.as_ref().map(|at| at.cell.row());
            finding.id == FindingId::HeaderAmbiguous && row == Some(next.bottom)
        };
        if findings.iter().any(said) {
            continue;
        }
        let here = next.columns.iter().find(|column| alone(&one, column));
        let there = first.columns.iter().find(|column| alone(&other, column));
        let Some(column) = here.or(there).filter(|_| common >= IN_COMMON) else { continue };
        let letters = column_letters(column.col);
        let message = format!(
            "{letters}列在第 {} 行和第 {} 行的表头中标题不同，不能确定各是什么，等级暂不确定。请改为一致。",
            first.bottom.saturating_add(1),
            next.bottom.saturating_add(1)
        );
        findings.push(Finding::new(FindingId::HeaderAmbiguous, Some(view.address(column.at)), message));
        let (range, reason) = (RangeRef::new(column.at, column.at), "两处表头不同".to_owned());
        account.blocks.push(AccountBlock { range, fate: Fate::Unread, reason, cells: 0, weighty: true });
    }
}

/// Words of scale in the bracket of a title.
const SCALES: &str = "十百千万亿";

/// Titles of targets and actuals that state a scale (`实际完成值（万）`), which no value is multiplied by: whether it is meant
/// of each of them a person says.
pub(super) fn scaled_titles(
    view: &View<'_>,
    form: &FoundForm,
    account: &mut Account,
    findings: &mut Vec<Finding>,
) {
    let values = [Column::Target, Column::TargetAdjusted, Column::Actual];
    let columns = form.headers.iter().flat_map(|header| &header.columns);
    for column in columns.filter(|column| values.contains(&column.column)) {
        let key = crate::mapping::title::normalise(&column.title);
        let inner = key.strip_suffix(')').and_then(|open| Some(open.rsplit_once('(')?.1));
        let Some(scale) =
            inner.filter(|inner| !inner.is_empty() && inner.chars().all(|c| SCALES.contains(c)))
        else {
            continue;
        };
        let message = format!(
            "“{key}”的标题写明以“{scale}”计，程序没有按它换算，等级暂不确定。请把单位写在各单元格里（如“3{scale}人”），标题中不写。"
        );
        findings.push(Finding::new(FindingId::ValuesNotRead, Some(view.address(column.at)), message));
        let (range, reason) = (RangeRef::new(column.at, column.at), "标题中的倍数".to_owned());
        account.blocks.push(AccountBlock { range, fate: Fate::Unread, reason, cells: 0, weighty: true });
    }
}

/// A table of actuals and points without a column that says what was promised, or how points are earned: it may be one
/// whose title says something else.
pub(super) fn no_target(
    view: &View<'_>,
    form: &FoundForm,
    content: &Content,
    account: &mut Account,
    findings: &mut Vec<Finding>,
) {
    let Content::Score(scored) = content else { return };
    let blank = |entry: &Option<Entry>| entry.as_ref().is_none_or(Entry::is_blank);
    let told = scored.indicators.iter().any(|one| !blank(&one.target) || !blank(&one.criterion));
    let pointed = scored.indicators.iter().any(|one| one.weight.is_some() && !blank(&one.actual));
    let actual = form.headers.iter().find_map(|header| header.get(Column::Actual));
    // Where another column is asked about already, the answer may be that one.
    let Some(actual) = actual.filter(|_| pointed && !told && !account.is_open()) else { return };
    let message = "表中有“实际完成值”，没有找到“指标值”或“评分标准”一栏，无法核对得分，等级暂不确定。请说明哪一栏是指标值。";
    findings.push(Finding::new(FindingId::ValuesNotRead, Some(view.address(actual.at)), message));
    let reason = "没有指标值".to_owned();
    let range = RangeRef::new(actual.at, actual.at);
    account.blocks.push(AccountBlock { range, fate: Fate::Unread, reason, cells: 0, weighty: true });
}
