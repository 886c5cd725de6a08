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
    /// 资金来源, 支付方式, 功能分类 of a ledger.
    Sort,
    /// 币种, 汇率, 原币 of a ledger.
    Currency,
    /// 支付状态, 作废标志 of a ledger.
    State,
    /// 退款金额, 冲销金额 of a ledger.
    Refund,
    /// 税额, 应付金额, 其中：…: amounts of a ledger beside those that are added up.
    OtherAmount,
    /// 期初余额, 借方累计 beside each entry.
    Carried,
    /// 数量, 单价.
    Quantity,
    /// 收入金额 of a cash book.
    Income,
    /// Who answered a questionnaire, and how.
    Respondent,
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
            Self::Sort => "分类、来源、方式",
            Self::Currency => "币种、外币",
            Self::State => "状态、标志",
            Self::Refund => "退回、冲销、扣减的金额",
            Self::OtherAmount => "另一种金额",
            Self::Carried => "期初、累计数",
            Self::Quantity => "数量、单价",
            Self::Income => "收入（不是支出）",
            Self::Respondent => "答卷人和答卷",
        }
    }
}
