//! Columns that have no part in scoring, by what they hold.

/// What a column holds that has no use in scoring, told by its title; its content must bear it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Silent {
    /// 上年值, 全省平均: a value to compare with.
    History,
    /// 指标类型: 共性, 定量.
    Kind,
    /// 指标解释, 计算公式.
    Explain,
    /// 设定依据, 佐证材料.
    Basis,
    /// 序号, 编码, 信用代码.
    Serial,
    /// 责任人, 联系电话.
    Person,
    /// 填报日期, 完成时限.
    Day,
    /// 备注.
    Remark,
    /// 扣分: what the score lacks.
    Deduction,
    /// 到位数, 追加数: money that no rate is of.
    Money,
    /// 中期目标值, 上半年目标值 beside the year's.
    OtherStage,
    /// 完成率: what target and actual say by themselves.
    Rate,
}

impl Silent {
    /// What a clerk reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::History => "历史值、参考值",
            Self::Kind => "指标类型",
            Self::Explain => "指标解释",
            Self::Basis => "依据和佐证材料",
            Self::Serial => "序号、编码",
            Self::Person => "人员、单位、联系方式",
            Self::Day => "日期",
            Self::Remark => "备注、说明",
            Self::Deduction => "扣分",
            Self::Money => "不参与计算的资金",
            Self::OtherStage => "另一组值（其他阶段、其他评价人）",
            Self::Rate => "完成率",
        }
    }
}
