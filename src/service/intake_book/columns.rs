//! The columns of the register, by which it is written and read.

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Number,
    Department,
    Agency,
    Code,
    Project,
    Expected,
    Received,
    File,
    Kind,
    Stage,
    State,
    Adopted,
    Budget,
    Spent,
    Findings,
    Reminder,
    Note,
    Key,
}

/// The row of the titles.
pub(super) const HEADER: u32 = 2;
/// The first row of the table.
pub(super) const FIRST: u32 = 3;

impl Column {
    /// All, from left to right.
    pub(super) const ALL: [Self; 18] = [
        Self::Number,
        Self::Department,
        Self::Agency,
        Self::Code,
        Self::Project,
        Self::Expected,
        Self::Received,
        Self::File,
        Self::Kind,
        Self::Stage,
        Self::State,
        Self::Adopted,
        Self::Budget,
        Self::Spent,
        Self::Findings,
        Self::Reminder,
        Self::Note,
        Self::Key,
    ];

    /// Where it stands.
    pub(super) fn index(self) -> u32 {
        (0..).zip(Self::ALL).find(|(_, column)| *column == self).map_or(0, |(index, _)| index)
    }

    /// Its title.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Number => "序号",
            Self::Department => "主管部门",
            Self::Agency => "实施单位",
            Self::Code => "项目编码",
            Self::Project => "项目名称",
            Self::Expected => "应报",
            Self::Received => "已报",
            Self::File => "文件",
            Self::Kind => "类型",
            Self::Stage => "阶段",
            Self::State => "状态",
            Self::Adopted => "采用",
            Self::Budget => "全年预算数与清单差额",
            Self::Spent => "支出数与清单差额",
            Self::Findings => "问题数",
            Self::Reminder => "催报",
            Self::Note => "说明",
            Self::Key => "标识（请勿改动）",
        }
    }

    /// Its width in characters; the last is hidden.
    pub(super) fn width(self) -> u16 {
        match self {
            Self::Number | Self::Expected => 6,
            Self::Department | Self::Agency => 15,
            Self::Code => 18,
            Self::Project => 24,
            Self::Received | Self::Kind | Self::Stage => 9,
            Self::File => 28,
            Self::State => 11,
            Self::Adopted | Self::Findings => 7,
            Self::Budget | Self::Spent => 15,
            Self::Reminder => 14,
            Self::Note => 26,
            Self::Key => 0,
        }
    }

    /// Whether what stands there is a person's.
    pub(super) fn is_a_persons(self) -> bool {
        matches!(self, Self::Adopted | Self::Reminder)
    }
}
