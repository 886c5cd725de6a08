//! Where on our sheets a person fills something in: for those who fill it in for him.

use super::binding::{MET, NOT_MET};
use super::detail::Layout;
use super::{issues, kept, overrides, questions};
use crate::base::CellRef;
use crate::sheet::Sheet;

/// The cells of 评分明细 for another score of the indicator at this position, its reason and a name.
pub fn override_cells(indicator: usize) -> [Option<CellRef>; 3] {
    overrides::INPUTS.map(|column| CellRef::new(Layout::row(indicator), column))
}

/// The cell of 取值表 where an item (from 1) of an indicator's checklist is ticked.
pub fn tick_cell(sheet: &Sheet, indicator: &str, item: u32) -> Option<CellRef> {
    kept::items(sheet).into_iter().find(|found| found.of == indicator && found.item == item)?.cell()
}

/// What is chosen there.
pub fn tick_word(met: bool) -> &'static str {
    if met { MET } else { NOT_MET }
}

/// The cell of 整改情况 beside a finding, on 问题清单 or 复核事项.
pub fn reply_cell(sheet: &Sheet, object: &str, message: &str) -> Option<CellRef> {
    let (row, column) = issues::reply_place(sheet, object, message)?;
    CellRef::new(row, column)
}

/// The cell of 处理说明 where is chosen what the column of this title means.
pub fn answer_cell(sheet: &Sheet, title: &str) -> Option<CellRef> {
    let (row, column) = questions::answer_place(sheet, title)?;
    CellRef::new(row, column)
}
