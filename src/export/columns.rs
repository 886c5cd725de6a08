//! The tables and what their columns mean: the one place from which files, databases and the dictionary are made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// One row a project that was scored.
    Project,
    /// One row a third-level indicator.
    Indicator,
    /// One row a finding.
    Finding,
    /// One row a stated amount of money.
    Budget,
    /// One row a month of a ledger's spending.
    LedgerMonth,
    /// One row a question about satisfaction: counts only.
    Survey,
    /// One row a submission, whatever became of it.
    File,
    /// One row a project that is due, as the roll has it.
    Roll,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// An exact number: 38 digits, 8 of them behind the point.
    Decimal,
    /// A day.
    Date,
    /// True or false.
    Truth,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether every row has a value.
    pub always: bool,
    /// What it means, in Chinese.
    pub means: &'static str,
}

const fn must(name: &'static str, holds: Holds, means: &'static str) -> Column {
    Column { name, holds, always: true, means }
}

const fn may(name: &'static str, holds: Holds, means: &'static str) -> Column {
    Column { name, holds, always: false, means }
}

/// What tells a row's project and where it came from: these stand first in every table.
macro_rules! keyed {
    ($($column:expr,)*) => {
        &[
            must("content", Holds::Text, "材料内容的 SHA-256；同一内容只入库一次"),
            must("settings", Holds::Text, "评分设置的 SHA-256（程序版本、映射、检查的取舍等）"),
            must("entry_no", Holds::Integer, "第几批写入，从 1 起：同一项目以批次大的为准"),
            must("case_no", Holds::Integer, "同一份材料中的第几个项目，从 1 起；整份材料为 0"),
            must("region", Holds::Text, "地区，由运行时指定"),
            must("year", Holds::Integer, "评价年度；表中没有写明的为 0"),
            may("agency", Holds::Text, "主管部门"),
            may("project", Holds::Text, "项目名称"),
            must("project_key", Holds::Text, "项目的稳定标识：项目编码（没有编码的为项目名称）、主管部门、实施单位的指纹（SHA-256）；其中一样改写了，即为另一个项目"),
            $($column,)*
        ]
    };
}

const PROJECT: &[Column] = keyed![
    may("unit", Holds::Text, "实施单位"),
    may("code", Holds::Text, "项目编码"),
    may("total", Holds::Decimal, "总分"),
    may("full_points", Holds::Decimal, "满分"),
    may("grade", Holds::Text, "等级；尚有指标待评分的为空"),
    may("provisional", Holds::Truth, "等级是否暂定：所依据的得分还有待核定的；没有评分的为空"),
    may("grade_by", Holds::Text, "等级由谁确定：测算，或以谁的名义改定"),
    may("complete", Holds::Truth, "是否所有指标都有得分"),
    may("stated_total", Holds::Decimal, "单位自己填写的总分"),
    may("stated_grade", Holds::Text, "单位自己填写的等级"),
    must("indicators", Holds::Integer, "三级指标个数"),
    must("pending", Holds::Integer, "待评分的指标个数"),
    must("errors", Holds::Integer, "“错误”级问题个数"),
    must("warnings", Holds::Integer, "“提醒”级问题个数"),
    may("budget", Holds::Decimal, "预算数（元）：有全年（调整后）预算数的用它，没有的用年初预算数"),
    may(
        "spent",
        Holds::Decimal,
        "支出数（元）：明细账与填报数相符（或没有填报）的为明细账合计，其他为表中填报的"
    ),
    may("ledger", Holds::Decimal, "明细账支出合计（元）；账未能确定合计的为空"),
    must("goal_chars", Holds::Integer, "总体目标和完成情况共写了多少字"),
    may("goal_mark", Holds::Text, "总体目标和完成情况的指纹（SHA-256），用来发现雷同；少于 20 字的为空"),
    may(
        "form_mark",
        Holds::Text,
        "全部指标（预算执行率除外）的名称、指标值和实际完成值的指纹（SHA-256），用来发现雷同"
    ),
    must("source", Holds::Text, "评分表所在的文件名"),
    must("scored_on", Holds::Date, "评分日期"),
];

const INDICATOR: &[Column] = keyed![
    must("indicator_no", Holds::Integer, "表中第几个三级指标，从 1 起"),
    may("level1", Holds::Text, "一级指标"),
    may("level2", Holds::Text, "二级指标"),
    must("name", Holds::Text, "三级指标名称"),
    must("weight", Holds::Decimal, "分值"),
    may("target_sign", Holds::Text, "指标值的符号（≥、≤、= …）"),
    may("target", Holds::Decimal, "指标值中的数，以 unit 为单位；不是数的为空"),
    may("unit", Holds::Text, "指标值的单位"),
    may("actual", Holds::Decimal, "实际完成值中的数，以 actual_unit 为单位；不是数的为空"),
    may("actual_unit", Holds::Text, "实际完成值的单位"),
    may("rate", Holds::Decimal, "完成率（1 为 100%）"),
    may("met", Holds::Truth, "实际完成值是否达到指标值；不能确定的为空"),
    may("rule", Holds::Text, "计分规则的种类；没有读出规则的为空"),
    may("score", Holds::Decimal, "得分；待评分的为空"),
    may("deduction", Holds::Decimal, "扣分"),
    may("stated_score", Holds::Decimal, "单位自己填写的得分"),
    may("computed", Holds::Decimal, "被人工改定的，按规则测算的得分"),
    must(
        "state",
        Holds::Text,
        "得分怎样来的：computed 按规则测算，judged 按人工评分，pending 待评分，overridden 人工改定"
    ),
    may("cell", Holds::Text, "得分所在单元格"),
    must("execution", Holds::Truth, "是否为预算执行率一项"),
];

const FINDING: &[Column] = keyed![
    must("finding_key", Holds::Text, "问题的稳定标识：同一材料再次评分不变"),
    must("id", Holds::Text, "问题编号"),
    must("title", Holds::Text, "问题名称"),
    must("severity", Holds::Text, "级别：error 错误，warning 提醒，info 提示"),
    must("matter", Holds::Text, "类别"),
    must("object", Holds::Text, "对象：指标、栏目或表"),
    must("reader", Holds::Text, "由谁处理：agency 单位，bureau 财政部门"),
    may("state", Holds::Text, "与上次返回相比：new 新出现，open 仍未解决"),
    may("cell", Holds::Text, "所在单元格"),
    must(
        "scope",
        Holds::Text,
        "怎样发现的：case 这份材料本身，batch 与同批其他材料、项目清单对照（只由批量评分写入，每次运行整体替换）"
    ),
];

const BUDGET: &[Column] = keyed![
    must("amount_no", Holds::Integer, "第几个金额，从 1 起"),
    must(
        "kind",
        Holds::Text,
        "是什么：budget 年初预算数，adjusted 全年（调整后）预算数，received 到位数，spent 支出数"
    ),
    may("amount", Holds::Decimal, "填报金额（元）；大得不能精确换算的为空"),
    must("stated", Holds::Decimal, "填报的数，以 stated_unit 为单位"),
    must("stated_unit", Holds::Text, "填报的单位"),
    may("cell", Holds::Text, "所在单元格"),
];

const LEDGER_MONTH: &[Column] = keyed![
    must("month", Holds::Text, "月份（2021-03）；账中看不出月份的为空串"),
    must("spending", Holds::Decimal, "当月支出（元）"),
];

const SURVEY: &[Column] = keyed![
    must("survey_no", Holds::Integer, "第几份问卷（统计表），从 1 起"),
    must("question_no", Holds::Integer, "其中第几个关于满意度的问题，从 1 起"),
    must("answered", Holds::Integer, "作答人数；只写了比例的为 0"),
    must("skipped", Holds::Integer, "没有作答的人数"),
    may("sent", Holds::Integer, "发放份数"),
    may("returned", Holds::Integer, "回收份数"),
    may("valid", Holds::Integer, "有效份数"),
];

const FILE: &[Column] = keyed![
    must("name", Holds::Text, "收到的文件（夹）名"),
    must("files", Holds::Integer, "其中有几个文件"),
    must(
        "outcome",
        Holds::Text,
        "结果：scored 已评分，refused 未能评分，marked 有密级标志未读取，withheld 同一项目有几份，待选定后评分"
    ),
    must("cases", Holds::Integer, "评了几个项目"),
    may("why", Holds::Text, "未能评分的原因"),
];

const ROLL: &[Column] = keyed![
    may("unit", Holds::Text, "实施单位"),
    may("code", Holds::Text, "项目编码"),
    may("mark", Holds::Text, "清单上的标注（重点、必抽等）；没有标注的为空"),
    must("came", Holds::Truth, "是否收到材料"),
    may("looked_at", Holds::Integer, "最近一次抽查（复核）的年度；清单没有写明的为空"),
    may("budget", Holds::Decimal, "清单上的预算数（元）"),
    may("spent", Holds::Decimal, "清单上的支出数（元）"),
];

impl Table {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Project,
        Self::Indicator,
        Self::Finding,
        Self::Budget,
        Self::LedgerMonth,
        Self::Survey,
        Self::File,
        Self::Roll,
    ];

    /// Its name in files and databases.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Indicator => "indicator",
            Self::Finding => "finding",
            Self::Budget => "budget",
            Self::LedgerMonth => "ledger_month",
            Self::Survey => "survey",
            Self::File => "file",
            Self::Roll => "roll",
        }
    }

    /// What one of its rows is, in Chinese.
    pub fn means(self) -> &'static str {
        match self {
            Self::Project => "一行是一个评了分的项目",
            Self::Indicator => "一行是一个三级指标",
            Self::Finding => "一行是一个问题",
            Self::Budget => "一行是一个填报的金额",
            Self::LedgerMonth => "一行是明细账一个月的支出",
            Self::Survey => "一行是一个关于满意度的问题，只有人数，没有答案",
            Self::File => {
                "一行是一份收到的材料，包括未能评分的（按项目归并的批次中没有读取的，每次运行整体替换）"
            }
            Self::Roll => "一行是项目清单上一个应报的项目（只由批量评分写入，每次运行整体替换）",
        }
    }

    /// Its columns, in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Project => PROJECT,
            Self::Indicator => INDICATOR,
            Self::Finding => FINDING,
            Self::Budget => BUDGET,
            Self::LedgerMonth => LEDGER_MONTH,
            Self::Survey => SURVEY,
            Self::File => FILE,
            Self::Roll => ROLL,
        }
    }
}
