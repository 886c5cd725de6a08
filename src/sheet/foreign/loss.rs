//! What a workbook of another format holds that does not come over into the rebuilt `.xlsx`.

use std::collections::BTreeMap;

/// A kind of content that is not carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// A formula that cannot be said in Excel's words with certainty; its value is kept.
    Formula,
    /// A cell's note.
    Note,
    /// A picture.
    Picture,
    /// A chart.
    Chart,
    /// A shape or form control.
    Shape,
    /// A data validation.
    Validation,
    /// A conditional format.
    Conditional,
    /// A defined name.
    Name,
    /// A link.
    Link,
    /// A chart, macro or dialog sheet.
    OtherSheet,
    /// Macros.
    Macro,
    /// Merged cells, in a format whose merges are not read.
    Merges,
    /// Number formats that are not read, or cannot be said whole.
    NumberFormats,
    /// Fonts, lines, sizes and printed pages, in a format whose looks are not read.
    Looks,
    /// Fonts that only a part of a cell's text is in.
    Runs,
    /// The looks of blank cells beyond those that are kept.
    Blanks,
    /// Print areas of several pieces, or that are worked out.
    PrintAreas,
    /// The protection of a sheet.
    Protection,
    /// A filter.
    Filter,
}

impl Loss {
    fn name(self) -> &'static str {
        match self {
            Self::Formula => "公式（保留其数值）",
            Self::Note => "批注",
            Self::Picture => "图片",
            Self::Chart => "图表",
            Self::Shape => "图形或控件",
            Self::Validation => "数据有效性",
            Self::Conditional => "条件格式",
            Self::Name => "定义名称",
            Self::Link => "超链接",
            Self::OtherSheet => "图表页或宏表",
            Self::Macro => "宏",
            Self::Merges => "合并单元格",
            Self::NumberFormats => "部分数字格式",
            Self::Looks => "字体、边框、行高等外观和打印设置",
            Self::Runs => "单元格内部分文字的字体",
            Self::Blanks => "部分空白单元格的外观",
            Self::PrintAreas => "多块打印区域",
            Self::Protection => "工作表保护",
            Self::Filter => "筛选",
        }
    }

    /// Whether how many there are says something.
    fn is_counted(self) -> bool {
        !matches!(self, Self::Macro | Self::Merges | Self::NumberFormats | Self::Looks | Self::Blanks)
    }
}

/// How many of each kind are lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Losses(BTreeMap<Loss, usize>);

impl Losses {
    /// Counts one.
    pub fn add(&mut self, loss: Loss) {
        let count = self.0.entry(loss).or_default();
        *count = count.saturating_add(1);
    }

    /// Counts one, however often it is said.
    pub fn once(&mut self, loss: Loss) {
        self.0.entry(loss).or_insert(1);
    }

    /// Counts what others count, too.
    pub fn join(&mut self, others: Self) {
        for (loss, more) in others.0 {
            let count = self.0.entry(loss).or_default();
            *count = count.saturating_add(more);
        }
    }

    /// Each kind in Chinese with its number: `批注 1 处`.
    pub fn described(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|(loss, count)| {
                if loss.is_counted() {
                    format!("{} {count} 处", loss.name())
                } else {
                    loss.name().to_owned()
                }
            })
            .collect()
    }
}
