//! What targets are reviewed for before they are approved: four sides with two points each, after the form of review that
//! goes with 财预〔2015〕88号.

/// A point of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewPoint {
    /// The form is filled in, and as it is to be.
    Complete,
    /// It can be understood what is to be reached.
    Clear,
    /// The goal belongs to policy and to the department's task.
    Relevant,
    /// The indicators are the ones that show it.
    Scientific,
    /// What is expected is neither too much nor too little.
    Reasonable,
    /// It fits the money.
    Funded,
    /// It can be reached.
    Feasible,
    /// What it needs is there.
    Prepared,
}

impl ReviewPoint {
    /// Where the form has what the review comes to.
    pub const CONCLUSION: &str = "审核结论";

    /// All of them, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::Complete,
        Self::Clear,
        Self::Relevant,
        Self::Scientific,
        Self::Reasonable,
        Self::Funded,
        Self::Feasible,
        Self::Prepared,
    ];

    /// The side that it is of.
    pub fn side(self) -> &'static str {
        match self {
            Self::Complete | Self::Clear => "完整性",
            Self::Relevant | Self::Scientific => "相关性",
            Self::Reasonable | Self::Funded => "适当性",
            Self::Feasible | Self::Prepared => "可行性",
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "规范完整性",
            Self::Clear => "明确清晰性",
            Self::Relevant => "目标相关性",
            Self::Scientific => "指标科学性",
            Self::Reasonable => "绩效合理性",
            Self::Funded => "资金匹配性",
            Self::Feasible => "实现可能性",
            Self::Prepared => "条件充分性",
        }
    }

    /// What a reviewer asks.
    pub fn asks(self) -> &'static str {
        match self {
            Self::Complete => "表格是否按规定格式填报，内容有无缺项、错项。",
            Self::Clear => "总体目标和指标是否写得明确具体，能否看出要做成什么、做到什么程度。",
            Self::Relevant => "总体目标是否符合政策和规划，是否属于本部门职能和年度工作任务。",
            Self::Scientific => "指标是否全面，是否选取了最能反映目标实现程度的指标，并定了可衡量的指标值。",
            Self::Reasonable => {
                "预期产出和效果是否明显，与历史水平、行业水平、同类项目相比是否偏高或者偏低。"
            }
            Self::Funded => "目标与资金规模、使用方向是否匹配，成本是否合理。",
            Self::Feasible => "目标是否经过论证和测算，措施和进度能否保证如期实现。",
            Self::Prepared => "实施方案、组织条件和管理制度是否具备。",
        }
    }
}

/// The grades that a reviewer gives.
pub const REVIEW_GRADES: [&str; 4] = ["优", "良", "中", "差"];

/// What a review comes to.
pub const REVIEW_CONCLUSIONS: [&str; 3] = ["通过", "修改后通过", "不通过，重新申报"];
