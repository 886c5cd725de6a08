//! What cannot be edited safely, and why.

use std::fmt;

use crate::base::{CellAt, CellRef};

/// One edit that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The sheet concerned, if it is about one.
    pub sheet: Option<String>,
    /// The cell concerned, if it is about one.
    pub cell: Option<CellRef>,
    /// Why.
    pub reason: RefusalReason,
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalReason {
    /// No sheet has this name.
    NoSuchSheet,
    /// A chart, dialog or macro sheet has no cells.
    NotAWorksheet,
    /// The part named cannot be read with certainty (encoding, damage); the detail says what.
    Unreadable(String),
    /// The cell belongs to an array formula.
    ArrayFormula,
    /// The cell is filled by a dynamic array.
    Spill,
    /// The cell belongs to a what-if data table.
    DataTable,
    /// The cell is a header of a table.
    TableHeader,
    /// The cell is in the totals row of a table.
    TableTotal,
    /// The cell's table column calculates itself.
    CalculatedColumn,
    /// The cell lies in a pivot table.
    PivotTable,
    /// The cell is locked and its sheet protected.
    ProtectedSheet,
    /// The workbook's structure is locked: no sheet can be added or removed.
    LockedStructure,
    /// The formula is shared with other cells in a way that cannot be handed on.
    SharedFormula,
    /// Two edits meet in one cell (often through a merged range).
    Twice,
    /// The row or the cell occurs twice in the file.
    Ambiguous,
    /// A text is longer than a cell, formula or note can hold.
    TooLong,
    /// The cell has a note of a person.
    PersonsNote,
    /// The cell has a threaded comment.
    ThreadedComment,
    /// The sheet's protection takes in its notes.
    NotesLocked,
    /// The notes of the sheet cannot be read with certainty; the detail says why.
    NotesUnreadable(String),
    /// Another sheet has the name of a sheet to add.
    SheetNameTaken,
    /// The defined name exists and is not ours, or is no valid name.
    NameTaken,
    /// The workbook has no room for more styles.
    StyleLimit,
    /// The graft holds something this editor does not carry over; the detail says what.
    Graft(String),
}

impl RefusalReason {
    /// Whether it is about notes alone: what the cell holds can be written all the same.
    pub fn is_about_notes(&self) -> bool {
        matches!(
            self,
            Self::PersonsNote | Self::ThreadedComment | Self::NotesLocked | Self::NotesUnreadable(_)
        )
    }
}

impl fmt::Display for RefusalReason {
    /// The reason for a clerk.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchSheet => "工作簿中没有这张表",
            Self::NotAWorksheet => "这张表是图表页或宏表，没有单元格",
            Self::Unreadable(detail) => return write!(f, "文件内容无法可靠读取（{detail}）"),
            Self::ArrayFormula => "单元格属于数组公式，不能单独改写",
            Self::Spill => "单元格由动态数组公式溢出填充，不能改写",
            Self::DataTable => "单元格属于模拟运算表，不能改写",
            Self::TableHeader => "单元格是“表格”的标题行，不能改写",
            Self::TableTotal => "单元格是“表格”的汇总行，不能改写",
            Self::CalculatedColumn => "单元格属于“表格”的计算列，不能单独改写",
            Self::PivotTable => "单元格属于数据透视表，不能改写",
            Self::ProtectedSheet => "工作表受保护且单元格已锁定，请撤销工作表保护后再试",
            Self::LockedStructure => "工作簿结构受保护，不能增删工作表，请撤销工作簿保护后再试",
            Self::SharedFormula => "单元格的公式与其他单元格共用，无法安全改写",
            Self::Twice => "同一单元格（或同一合并区域）被要求写入两次",
            Self::Ambiguous => "文件中该行或该单元格重复出现，无法确定写入位置",
            Self::TooLong => "文字超过单元格、公式或批注的长度上限",
            Self::PersonsNote => "单元格已有他人的批注，不予改动",
            Self::ThreadedComment => "单元格已有会话式批注，不予改动",
            Self::NotesLocked => "工作表受保护，不能添加批注",
            Self::NotesUnreadable(detail) => return write!(f, "批注无法可靠读取（{detail}）"),
            Self::SheetNameTaken => "工作簿中已有同名工作表",
            Self::NameTaken => "定义名称已被占用或不合规定",
            Self::StyleLimit => "单元格样式数量已达上限",
            Self::Graft(detail) => return write!(f, "附加工作表含有不支持的内容（{detail}）"),
        })
    }
}

impl fmt::Display for Refusal {
    /// `表2 K4：原因`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.sheet, self.cell) {
            (Some(sheet), Some(cell)) => {
                write!(f, "{}：{}", CellAt::new(sheet.as_str(), cell).spoken(), self.reason)
            }
            (Some(sheet), None) => write!(f, "{sheet}：{}", self.reason),
            _ => write!(f, "{}", self.reason),
        }
    }
}
