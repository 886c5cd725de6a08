//! The words a mapping may use where a key takes one of a few: each with its meaning.

use toml::Spanned;
use toml::de::DeValue;

use super::toml_read::{Faults, Shape, Typed, as_word};

macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $word_doc:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[doc = $word_doc])+ $variant,)+
        }

        impl $name {
            /// All words, in the order of the reference.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $word),)+];

            /// What the word means, for a clerk: the first clause of its description.
            pub fn chinese(self) -> &'static str {
                let text = match self { $(Self::$variant => concat!($($word_doc),+),)+ };
                text.trim().split(['。', '（', '；', '，', '：']).next().unwrap_or(text)
            }

            /// The word as a mapping writes it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl Typed for Spanned<$name> {
            fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self> {
                as_word(node, $name::ALL, faults)
            }

            fn shape() -> Shape {
                const WORDS: &[(&str, &str)] = &[$(($word, concat!($($word_doc),+).trim_ascii()),)+];
                Shape::Word(stringify!($name), WORDS)
            }
        }
    };
}

pub(super) use words;

words! {
    /// What kind of form a mapping describes.
    Kind {
        /// 绩效目标申报表：只有指标和指标值。
        Declaration = "declaration",
        /// 自评表：有实际完成值、分值和单位自评的得分。
        SelfEvaluation = "self-evaluation",
        /// 评分表：有评分标准，得分由评价人填写。
        ScoreSheet = "score-sheet",
        /// 得分一览表：每个二级指标一行。
        ScoreSummary = "score-summary",
        /// 明细账。
        Ledger = "ledger",
        /// 满意度问卷。
        Survey = "survey",
        /// 绩效运行监控表：只认出，不评分。
        Monitoring = "monitoring",
        /// 事前绩效评估表：只认出，不评分。
        PreEvaluation = "pre-evaluation",
        /// 审核表、评审表：只认出，不评分。
        Review = "review",
        /// 项目清单，每行一个项目：只认出，不评分。
        ProjectList = "project-list",
        /// 科目汇总表、科目余额表，每行一个科目：只认出，不评分，也不用来对账。
        AccountSummary = "account-summary",
        /// 资金测算表，每行一项开支的数量、单价和金额：只认出，不评分，也不用来对账。
        CostEstimate = "cost-estimate",
        /// 应报项目的清单，由预算系统导出，登记收件时核对。
        Roster = "roster",
        /// 某一个项目的补充说明（别名、绑定、评分规则、等级）。
        Case = "case",
        /// 公用的词汇，只供其他映射用 extends 引用。
        Common = "common",
    }
}

words! {
    /// What a label → value cell says.
    FieldName {
        /// 项目名称。
        Project = "project",
        /// 主管部门、评价对象。
        Agency = "agency",
        /// 实施单位。
        Unit = "implementing_unit",
        /// 项目编码。
        Code = "code",
        /// 评价年度。
        Year = "year",
        /// 年初预算数、年度资金总额。
        Budget = "budget",
        /// 全年预算数、调整后预算数。
        Adjusted = "adjusted",
        /// 到位资金。
        Received = "received",
        /// 全年执行数、实际支出。
        Spent = "spent",
        /// 金额单位（元、万元）。
        MoneyUnit = "money_unit",
        /// 单位自评的总分。
        StatedTotal = "stated_total",
        /// 预算执行率的分值，表中没有预算执行表时使用。
        ExecutionWeight = "execution_weight",
        /// 标签旁写明的预算执行率，与标签旁的预算数、执行数核对。
        ExecutionRate = "execution_rate",
        /// 明细账的科目。
        Account = "account",
        /// 项目概况等叙述文字，只用于核对数字是否前后一致。
        Statement = "statement",
        /// 年度总体目标：只供检查，不参与评分。
        Goal = "goal",
        /// 总体目标的完成情况：核对数字是否前后一致，并与目标比较。
        GoalResult = "goal_result",
        /// 填报日期：只供检查。
        FilledOn = "filled_on",
        /// 项目的标注：重点、必抽（项目清单）。
        Mark = "mark",
        /// 最近一次抽查、复核的年度（项目清单）。
        LookedAt = "looked_at",
        /// 其他标签：程序不用它的值，但要知道它是标签，不是别的标签的值。
        Other = "other",
    }
}

words! {
    /// What the execution rate is of.
    Base {
        /// 表中标题写明的：执行率(B/A) 中 A 那一列；没有写明的，用全年（调整后）预算数。
        Stated = "stated",
        /// 年初预算数。
        Budget = "budget",
        /// 全年预算数、调整后预算数。
        Adjusted = "adjusted",
    }
}

words! {
    /// A stated amount of money.
    Money {
        /// 年初预算数、预算批复数。
        Budget = "budget",
        /// 全年预算数、调整后预算数。
        Adjusted = "adjusted",
        /// 到位资金。
        Received = "received",
        /// 实际支出、全年执行数。
        Spent = "spent",
    }
}

words! {
    /// The unit of an amount.
    Unit {
        /// 元。
        Yuan = "元",
        /// 千元。
        Thousand = "千元",
        /// 万元。
        TenThousand = "万元",
        /// 亿元。
        HundredMillion = "亿元",
    }
}

words! {
    /// A source outside the row that feeds an indicator's actual.
    Source {
        /// 明细账汇总的支出。
        Ledger = "ledger",
        /// 满意度问卷中满意的比例。
        Survey = "survey",
    }
}

words! {
    /// From which answer on somebody who was asked counts as satisfied.
    SatisfiedFrom {
        /// 满意（比较满意）和更好的回答。
        Satisfied = "满意",
        /// 基本满意和更好的回答。
        Basic = "基本满意",
        /// 一般和更好的回答。
        Neutral = "一般",
    }
}

words! {
    /// How several questions about the satisfaction become one figure.
    Questions {
        /// 以总体满意度一题为准；没有这一题的，由人确认。
        Overall = "overall",
        /// 各题满意率的平均数。
        Mean = "mean",
        /// 各题的回答合在一起计算。
        Pooled = "pooled",
    }
}

words! {
    /// What becomes of answers that may be one person's.
    Repeated {
        /// 每份都计。
        Counted = "counted",
        /// 提交时间和网络地址都相同的只计一份。
        Once = "once",
    }
}

words! {
    /// What a step counts that is not whole (每降低1个百分点扣0.5分, actually 1.5 lower).
    PartialStep {
        /// 按比例计（1.5 个百分点算 1.5 步）。
        Proportional = "proportional",
        /// 不足一步的按一步计（1.5 个百分点算 2 步）。
        Up = "up",
        /// 不足一步的不计（1.5 个百分点算 1 步）。
        Down = "down",
    }
}

words! {
    /// Which target or budget counts where a form has one as it was set and one as it was adjusted.
    TargetBase {
        /// 调整后的指标值、预算数，没有填的按原来的。
        Adjusted = "adjusted",
        /// 原指标值、年初预算数。
        Initial = "initial",
    }
}

words! {
    /// How grave what a check finds is.
    Level {
        /// 错误：数或分确实不对。
        Error = "error",
        /// 提醒：须有人看一看。
        Warning = "warning",
        /// 说明：供参考。
        Info = "info",
    }
}

words! {
    /// A cell of the form that may be filled when it is blank.
    Writable {
        /// 得分。
        Score = "score",
        /// 扣分原因。
        Reason = "reason",
        /// 合计的得分。
        Total = "total",
        /// 评价等级。
        Grade = "grade",
        /// 得分一览表。
        Summary = "summary",
    }
}

impl FieldName {
    /// Whether its value has no part in scoring.
    pub fn is_beside(self) -> bool {
        matches!(self, Self::Other | Self::Goal | Self::FilledOn)
    }
}

impl Kind {
    /// Whether it is about something that stands in workbooks of submissions.
    pub fn is_form(self) -> bool {
        !matches!(self, Self::Case | Self::Common | Self::Roster)
    }

    /// Whether forms of the kind are recognised and named, but not scored.
    pub fn is_set_aside(self) -> bool {
        matches!(
            self,
            Self::Monitoring
                | Self::PreEvaluation
                | Self::Review
                | Self::ProjectList
                | Self::AccountSummary
                | Self::CostEstimate
        )
    }
}
