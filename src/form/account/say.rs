//! What is said of an account: the columns that a person is asked about, and what was not used.

use super::{NAMED_RANGES, WORDS};
use crate::base::{CellRef, column_letters};
use crate::form::view::View;
use crate::mapping::Column;
use crate::model::{Account, Fate, Finding, FindingId};

/// What is to be said of an account.
pub(in crate::form) fn findings(view: &View<'_>, account: &Account, ambiguous: &[CellRef]) -> Vec<Finding> {
    let mut found = Vec::new();
    for column in &account.columns {
        let letters = column_letters(column.col);
        let called = if column.title.is_empty() { String::new() } else { format!("“{}”", column.title) };
        let sample = column.sample.as_ref().map(|(at, text)| format!("如{}“{text}”", at.cell));
        let sample = sample.unwrap_or_default();
        match (column.fate, column.weighty) {
            (Fate::Used, true) => {
                let role = Column::ALL.iter().find(|(_, word)| *word == column.role);
                let role = role.map(|(column, _)| column.chinese()).unwrap_or_default();
                let message = format!(
                    "{called}一栏（{letters}列）推测是“{role}”（{sample}），已按此计算，确认前不定等级。请说明该列的含义。"
                );
                found.push(Finding::new(FindingId::ColumnGuessed, Some(column.at.clone()), message));
            }
            (Fate::Unread, true) if !ambiguous.contains(&column.at.cell) => {
                let message = format!(
                    "{called}一栏（{letters}列）有 {} 个单元格没有采用（{sample}），像是指标的数值，等级暂不确定。该列未采用，请说明其含义。",
                    column.cells
                );
                found.push(Finding::new(FindingId::ColumnNotRead, Some(column.at.clone()), message));
            }
            _ => {}
        }
    }
    for block in account.blocks.iter().filter(|block| block.weighty) {
        let message = format!(
            "{} 有 {} 个单元格没有采用（{}），等级暂不确定。应计入的，请写进表中相应的栏目；不应计入的，请删去。",
            block.range, block.cells, block.reason
        );
        found.push(Finding::new(FindingId::ValuesNotRead, Some(view.address(block.range.first)), message));
    }
    let texts = account.columns.iter().filter(|column| column.fate == Fate::Unread && !column.weighty);
    let mut rest: Vec<(CellRef, String)> = texts
        .map(|column| {
            let letters = column_letters(column.col);
            let title = Some(&column.title).filter(|title| !title.is_empty());
            let title = title.map(|title| format!("“{title}”")).unwrap_or_default();
            (column.at.cell, format!("{letters}列{title}"))
        })
        .collect();
    // Words beside the tables stand in the account; figures are said.
    let figures = account
        .blocks
        .iter()
        .filter(|block| block.fate == Fate::Unread && !block.weighty && block.reason != WORDS);
    rest.extend(figures.map(|block| {
        (block.range.first, format!("{}（{} 个单元格，{}）", block.range, block.cells, block.reason))
    }));
    rest.sort();
    if let Some((first, _)) = rest.first() {
        let named: Vec<&str> = rest.iter().take(NAMED_RANGES).map(|(_, text)| text.as_str()).collect();
        let more = if rest.len() > NAMED_RANGES { " 等" } else { "" };
        let message = format!("没有采用的内容：{}{more}。", named.join("、"));
        found.push(Finding::new(FindingId::CellsNotRead, Some(view.address(*first)), message));
    }
    found
}
