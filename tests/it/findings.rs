//! Every finding there is: a workbook that has it, at the cell it must point to, and one that does not. The samples are
//! what a new finding is understood by; one without a sample fails.

use std::collections::BTreeSet;
use std::fs;

use jixiao::inner::model::FindingId;
use serde_json::Value;

use crate::checks::sampled;
use crate::support::jixiao;
use crate::workbook_pages::{Page, write};

/// A self-evaluation form without a fault.
pub(crate) const SELF: Page<'_> = (
    "自评表",
    "
项目支出绩效自评表
（2022年度）
项目名称 | 农村公路养护
主管部门 | 某县交通运输局
项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 | 年度资金总额 | 100 | 100 | 95 | 10 | 95% | 9.5
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 养护公路里程 | ≥120公里 | 126公里 | 15 | 15 |
 | | 更换标志牌数量 | ≥50块 | 50块 | 15 | 15 |
 | 质量指标 | 工程验收合格率 | ≥98% | 99% | 20 | 20 |
效益指标 | 社会效益指标 | 沿线居民出行条件 | 明显改善 | 达成年度指标 | 30 | 30 |
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 92% | 10 | 10 |
合计 | | | | | 100 | 99.5 |
",
);

/// A declaration whose targets are held against the years before.
const DECLARED_BESIDE: Page<'_> = (
    "申报表",
    "
项目支出绩效目标申报表
项目名称 | 渡口维护
一级指标 | 二级指标 | 三级指标 | 指标值 | 上年值 | 标准依据 | 指标值说明
产出指标 | 数量指标 | 摆渡人次 | ≥1200人次 | 1200人次 | 历史标准 |
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 91% | 历史标准 |
注：各指标采用计划标准、历史标准。
",
);

/// Spending may be 20 points behind the time elapsed.
const BEHIND: &str = "schema = 1\nname = \"monitoring\"\nkind = \"monitoring\"\nextends = \"monitoring\"\n[checks]\nmonitoring_behind_points = 20\n";

/// A monitoring form without a fault.
const MONITORED: Page<'_> = (
    "监控表",
    "
项目支出绩效运行监控表（2023年度，截至2023年7月31日）
项目名称 | 渡口维护
项目资金（万元） | | 年初预算数 | 1—7月执行数 | 1—7月执行率 | 全年预计执行数
年度资金总额 | | 200 | 110 | 55% | 200
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1—7月执行情况 | 全年预计完成情况 | 偏差原因分析 | 完成目标可能性 | 备注
产出指标 | 数量指标 | 维修渡口 | ≥6处 | 3处 | 6处 | | 确定能 |
产出指标 | 数量指标 | 更换浮筒 | ≥20个 | 9个 | 20个 | | 确定能 |
产出指标 | 成本指标 | 维修成本 | ≤200万元 | 110万元 | 200万元 | | 确定能 |
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 尚未调查 | 90% | | 确定能 | 年底调查
",
);

/// The same targets as they were approved.
const APPROVED: Page<'_> = (
    "目标表",
    "
项目支出绩效目标批复表
项目名称 | 农村公路养护
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护公路里程 | ≥120公里
 | | 更换标志牌数量 | ≥50块
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
",
);

/// A self-evaluation form that states completion rates.
const RATED: Page<'_> = (
    "自评表",
    "
项目支出绩效自评表
项目名称 | 沟渠清淤
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 完成率（%） | 分值 | 得分 | 未完成原因
产出指标 | 数量指标 | 清淤沟渠 | ≥12公里 | 12公里 | 100 | 60 | 60 |
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 92% | 102.22 | 40 | 40 |
合计 | | | | | | 100 | 100 |
",
);

/// A self-evaluation form that was reviewed.
const REVIEWED: Page<'_> = (
    "自评表",
    "
项目支出绩效自评表
项目名称 | 渡口改造
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 自评得分 | 复核得分
产出指标 | 数量指标 | 改造渡口 | ≥6处 | 6处 | 60 | 60 | 60
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 92% | 40 | 40 | 40
",
);

/// A self-evaluation form that states what was taken off.
const DEDUCTED: Page<'_> = (
    "自评表",
    "
项目支出绩效自评表
项目名称 | 河道清漂
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 扣分 | 得分 | 未完成原因
产出指标 | 数量指标 | 清漂河长 | ≥30公里 | 27公里 | 60 | 6 | 54 | 汛期停工
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 92% | 40 | | 40 |
合计 | | | | | 100 | 6 | 94
",
);

/// A declaration that the self-evaluation form answers.
const DECLARED: Page<'_> = (
    "申报表",
    "
项目支出绩效目标申报表
（2022年度）
项目名称 | 农村公路养护
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护公路里程 | ≥120公里
 | | 更换标志牌数量 | ≥50块
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
产出指标 | 质量指标 | 工程验收合格率 | ≥98%
效益指标 | 社会效益指标 | 沿线居民出行条件 | 明显改善
",
);

/// An evaluator's score sheet without a fault; its criteria stand in it.
pub(crate) const SHEET: Page<'_> = (
    "评分表",
    "
农村公路养护项目支出绩效评价评分表
项目名称：农村公路养护    评价年度：2022年
一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 权重 | 评价标准 | 指标值 | 实际完成值 | 评价情况 | 得分 | 扣分原因
产出 | 60 | 产出数量 | 60 | 里程完成率 | 60 | 达到指标值得满分，未达到的按完成比例得分。 | 100% | 90% | 养护公路108公里。 | |
效益 | 40 | 社会效益 | 40 | 群众满意度 | 40 | 达到指标值得满分，未达到的按完成比例得分。 | ≥90% | 92% | 走访沿线各村。 | |
合计 | | | | | 100 | | | | | |
评价等级 | | | | | |
",
);

/// The scores of that sheet by level 2.
pub(crate) const SUMMARY: Page<'_> = (
    "得分一览表",
    "
农村公路养护项目得分一览表
一级指标 | 二级指标 | 权重 | 得分
产出 | 产出数量 | 60 | 54
效益 | 社会效益 | 40 | 40
合计 | | 100 | 94
",
);

/// A ledger of 95万元, all of it budget accounting.
pub(crate) const LEDGER: Page<'_> = (
    "明细账",
    "
项目支出明细账
科目：7201 农村公路养护
日期 | 凭证字号 | 摘要 | 科目编码 | 科目名称 | 借方金额 | 贷方金额 | 方向 | 余额
2022-01-10 | 记-1 | 付养护工程款 | 720101 | 养护工程 | 600000 | | 借 | 600000
2022-01-20 | 记-2 | 付标志牌款 | 720102 | 标志牌 | 200000 | | 借 | 800000
 | | 本月合计 | | | 800000 | 0 | 借 | 800000
2022-03-05 | 记-3 | 付养护工程尾款 | 720101 | 养护工程 | 150000 | | 借 | 950000
 | | 本年累计 | | | 950000 | 0 | 借 | 950000
",
);

/// A survey of the 25 whom the project serves, 23 of whom are satisfied.
pub(crate) const SURVEY: Page<'_> = (
    "问卷",
    "
服务对象共25人
序号 | 调查日期 | 总体满意度
1 | 2022-12-02 | 非常满意
2 | 2022-12-03 | 非常满意
3 | 2022-12-04 | 非常满意
4 | 2022-12-05 | 非常满意
5 | 2022-12-06 | 非常满意
6 | 2022-12-07 | 非常满意
7 | 2022-12-08 | 非常满意
8 | 2022-12-09 | 非常满意
9 | 2022-12-01 | 非常满意
10 | 2022-12-02 | 非常满意
11 | 2022-12-03 | 非常满意
12 | 2022-12-04 | 非常满意
13 | 2022-12-05 | 非常满意
14 | 2022-12-06 | 非常满意
15 | 2022-12-07 | 非常满意
16 | 2022-12-08 | 满意
17 | 2022-12-09 | 满意
18 | 2022-12-01 | 满意
19 | 2022-12-02 | 满意
20 | 2022-12-03 | 满意
21 | 2022-12-04 | 满意
22 | 2022-12-05 | 满意
23 | 2022-12-06 | 满意
24 | 2022-12-07 | 不满意
25 | 2022-12-08 | 不满意
",
);

/// A tally of a survey that gives what the form states.
const TALLY: Page<'_> = (
    "统计表",
    "
满意度调查统计表
调查问题 | 选项 | 人数 | 占比
对养护是否满意 | 非常满意 | 60 | 60%
^ | 满意 | 32 | 32%
^ | 不满意 | 8 | 8%
",
);

/// A text in a page and what stands there instead.
type Change<'a> = (&'a str, &'a str);

/// A finding: forms without it, and what puts it there.
struct Sample {
    id: &'static str,
    severity: &'static str,
    /// Where it must point to; blank where it is about the whole submission.
    cell: &'static str,
    pages: &'static [Page<'static>],
    /// What makes the fault.
    fault: &'static [Change<'static>],
    /// What is nearly one; without it the pages as they are.
    sound: &'static [Change<'static>],
    /// A mapping file that the run is given.
    mapping: &'static str,
}

impl Sample {
    const PLAIN: Self =
        Self { id: "", severity: "", cell: "", pages: &[SELF], fault: &[], sound: &[], mapping: "" };
}

const SAMPLES: &[Sample] = &[
    Sample {
        id: "account-outside-project",
        severity: "warning",
        cell: "'明细账'!D7",
        pages: &[SELF, LEDGER],
        fault: &[("付养护工程尾款 | 720101 | 养护工程", "付养护工程尾款 | 720201 | 车辆维修")],
        ..Sample::PLAIN
    },
    Sample {
        id: "actual-approximate",
        severity: "warning",
        cell: "'评分表'!I5",
        pages: &[SHEET],
        fault: &[("≥90% | 92%", "≥90% | 超过91%")],
        sound: &[("≥90% | 92%", "≥90% | 91.5%")],
        ..Sample::PLAIN
    },
    Sample {
        id: "actual-corrected",
        severity: "warning",
        cell: "'评分表'!I5",
        pages: &[SHEET],
        fault: &[("≥90% | 92%", "≥90% | 由95%更正为92%")],
        sound: &[("≥90% | 92%", "≥90% | 92%")],
        ..Sample::PLAIN
    },
    Sample {
        id: "actual-copies-target",
        severity: "warning",
        cell: "'自评表'!E8",
        fault: &[("≥120公里 | 126公里", "≥120公里 | ≥120公里")],
        sound: &[("≥120公里 | 126公里", "≥120公里 | 120公里")],
        ..Sample::PLAIN
    },
    Sample {
        id: "actual-is-status-word",
        severity: "warning",
        cell: "'自评表'!E9",
        fault: &[("≥50块 | 50块", "≥50块 | 已完成100%")],
        sound: &[("更换标志牌数量 | ≥50块 | 50块", "标志牌更换完成时间 | 2022年12月31日前 | 按时完成")],
        ..Sample::PLAIN
    },
    Sample {
        id: "actual-missing",
        severity: "warning",
        cell: "'自评表'!E9",
        fault: &[("≥50块 | 50块", "≥50块 |")],
        sound: &[("≥50块 | 50块", "≥50块 | 0")],
        ..Sample::PLAIN
    },
    Sample {
        id: "actual-of-other-kind",
        severity: "warning",
        cell: "'评分表'!I5",
        pages: &[SHEET],
        fault: &[(
            "群众满意度 | 40 | 达到指标值得满分，未达到的按完成比例得分。 | ≥90% | 92%",
            "施工安全 | 40 | 每发生1起重大事故扣10分，扣完为止。 | 0起 | 1起一般事故",
        )],
        sound: &[(
            "群众满意度 | 40 | 达到指标值得满分，未达到的按完成比例得分。 | ≥90% | 92%",
            "施工安全 | 40 | 每发生1起重大事故扣10分，扣完为止。 | 0起 | 1起重大事故",
        )],
        ..Sample::PLAIN
    },
    Sample {
        id: "actual-scale-inferred",
        severity: "warning",
        cell: "'自评表'!E9",
        fault: &[("更换标志牌数量 | ≥50块 | 50块", "受益人口 | ≥1.2万人 | 1.3")],
        sound: &[("更换标志牌数量 | ≥50块 | 50块", "受益人口 | ≥1.2万人 | 12500")],
        ..Sample::PLAIN
    },
    Sample {
        id: "amount-as-quantity-indicator",
        severity: "warning",
        cell: "'自评表'!D9",
        fault: &[("更换标志牌数量 | ≥50块 | 50块", "标志牌采购金额 | ≥5万元 | 5万元")],
        sound: &[
            ("数量指标 | 养护公路里程", "成本指标 | 养护公路里程"),
            ("更换标志牌数量 | ≥50块 | 50块", "标志牌采购金额 | ≤5万元 | 5万元"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "budget-adjusted",
        severity: "info",
        cell: "'自评表'!D6",
        fault: &[("100 | 100 | 95 | 10 | 95% | 9.5", "98 | 100 | 95 | 10 | 95% | 9.5")],
        // The same budget, written otherwise.
        sound: &[("100 | 100 | 95 | 10 | 95% | 9.5", "100.00 | 1000000元 | 95 | 10 | 95% | 9.5")],
        ..Sample::PLAIN
    },
    Sample {
        id: "budget-block-inconsistent",
        severity: "error",
        cell: "'自评表'!E6",
        fault: &[(
            "95 | 10 | 95% | 9.5",
            "95 | 10 | 95% | 9.5\n | 其中：财政拨款 | 60 | 60 | 60\n | 其他资金 | 40 | 40 | 40",
        )],
        // Parts that are not all there are less than the whole.
        sound: &[("95 | 10 | 95% | 9.5", "95 | 10 | 95% | 9.5\n | 其中：财政拨款 | 60 | 60 | 60")],
        ..Sample::PLAIN
    },
    Sample {
        id: "budget-total-missing",
        severity: "warning",
        cell: "'自评表'!C5",
        fault: &[(
            " | 年度资金总额 | 100 | 100 | 95 | 10 | 95% | 9.5",
            " | 其中：财政拨款 | 60 | 60 | 55\n | 其他资金 | 40 | 40 | 40",
        )],
        ..Sample::PLAIN
    },
    Sample {
        id: "by-other-base",
        severity: "warning",
        cell: "'自评表'!H6",
        fault: &[("100 | 100 | 95 | 10 | 95% | 9.5", "95 | 100 | 95 | 10 | | 10")],
        sound: &[("100 | 100 | 95 | 10 | 95% | 9.5", "95 | 100 | 95 | 10 | 95% | 9.5")],
        ..Sample::PLAIN
    },
    Sample {
        id: "cells-under-one-title",
        severity: "warning",
        cell: "'自评表'!D8",
        fault: &[
            ("三级指标 | 年度指标值 | 实际完成值", "三级指标 | 年度指标值 | < | 实际完成值"),
            ("养护公路里程 | ≥120公里 | 126公里", "养护公路里程 | ≥120公里 | 不少于两条路 | 126公里"),
            ("≥50块 | 50块", "≥50块 | | 50块"),
            ("≥98% | 99%", "≥98% | | 99%"),
            ("明显改善 | 达成", "明显改善 | | 达成"),
            ("≥90% | 92%", "≥90% | | 92%"),
            ("合计 | | | | |", "合计 | | | | | |"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "cells-not-read",
        severity: "info",
        cell: "'自评表'!H7",
        // A column of words that no title explains.
        fault: &[
            ("偏差原因分析及改进措施\n", "办结时的天气\n"),
            ("126公里 | 15 | 15 |", "126公里 | 15 | 15 | 多云转晴"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "column-guessed",
        severity: "warning",
        cell: "'自评表'!D7",
        fault: &[("三级指标 | 年度指标值", "三级指标 | 县里承诺的目标值")],
        sound: &[("三级指标 | 年度指标值", "三级指标 | 年初绩效目标")],
        ..Sample::PLAIN
    },
    Sample {
        id: "column-not-read",
        severity: "warning",
        cell: "'自评表'!D7",
        fault: &[("三级指标 | 年度指标值", "三级指标 | 甲乙丙")],
        sound: &[("三级指标 | 年度指标值", "三级指标 | 本年度工作目标（数量）")],
        ..Sample::PLAIN
    },
    Sample {
        id: "completion-rate-differs",
        severity: "warning",
        cell: "'自评表'!F5",
        pages: &[RATED],
        fault: &[("102.22", "92")],
        ..Sample::PLAIN
    },
    Sample {
        id: "constraint-violated",
        severity: "error",
        cell: "'自评表'!F8",
        fault: &[("126公里 | 15 | 15", "126公里 | 35 | 15")],
        mapping: "schema = 1\nname = \"self-evaluation\"\nkind = \"self-evaluation\"\nextends = \"self-evaluation\"\n\
                  [[columns]]\nname = \"weight\"\ntitles = [\"分值\"]\nconstraints = { maximum = 30 }",
        ..Sample::PLAIN
    },
    Sample {
        id: "criterion-not-read",
        severity: "warning",
        cell: "'评分表'!G4",
        pages: &[SHEET],
        fault: &[("60 | 达到指标值得满分，未达到的按完成比例得分。", "60 | 未达到的酌情扣分。")],
        ..Sample::PLAIN
    },
    Sample {
        id: "date-late",
        severity: "warning",
        cell: "'自评表'!E9",
        fault: &[("更换标志牌数量 | ≥50块 | 50块", "标志牌更换完成时间 | 2022年11月30日前 | 2022年12月20日")],
        sound: &[("更换标志牌数量 | ≥50块 | 50块", "标志牌更换完成时间 | 2022年11月30日前 | 2022年11月")],
        ..Sample::PLAIN
    },
    Sample {
        id: "declaration-superseded",
        severity: "info",
        cell: "'申报表'!A1",
        pages: &[DECLARED, APPROVED, SELF],
        fault: &[],
        sound: &[("绩效目标批复表", "绩效目标申报表")],
        ..Sample::PLAIN
    },
    Sample {
        id: "declared-without-actual",
        severity: "warning",
        cell: "'目标表'!D4",
        pages: &[APPROVED, SELF],
        fault: &[("数量指标 | 养护公路里程 | ≥120公里\n", "数量指标 | 公路养护总里程 | ≥120公里\n")],
        ..Sample::PLAIN
    },
    Sample {
        id: "deduction-differs",
        severity: "warning",
        cell: "'自评表'!G4",
        pages: &[DEDUCTED],
        fault: &[("60 | 6 | 54 | 汛期停工", "60 | 4 | 54 | 汛期停工"), ("100 | 6 | 94", "100 | 4 | 94")],
        // Below zero it is the same.
        sound: &[("60 | 6 | 54 | 汛期停工", "60 | -6 | 54 | 汛期停工")],
        ..Sample::PLAIN
    },
    Sample {
        id: "direction-inferred",
        severity: "warning",
        cell: "'自评表'!D9",
        fault: &[("更换标志牌数量 | ≥50块 | 50块", "群众投诉 | 5件 | 5件")],
        sound: &[("更换标志牌数量 | ≥50块 | 50块", "群众投诉 | ≤5件 | 5件")],
        ..Sample::PLAIN
    },
    Sample {
        id: "entry-date-not-read",
        severity: "warning",
        cell: "'明细账'!A7",
        pages: &[SELF, LEDGER],
        fault: &[("2022-03-05 | 记-3", "三月上旬 | 记-3")],
        ..Sample::PLAIN
    },
    Sample {
        id: "entry-outside-year",
        severity: "warning",
        cell: "'明细账'!A7",
        pages: &[SELF, LEDGER],
        fault: &[("2022-03-05 | 记-3", "2023-03-05 | 记-3")],
        ..Sample::PLAIN
    },
    Sample {
        id: "equals-on-cost",
        severity: "warning",
        cell: "'自评表'!D9",
        fault: &[("更换标志牌数量 | ≥50块 | 50块", "标志牌采购成本 | '=20万元 | 20万元")],
        sound: &[("更换标志牌数量 | ≥50块 | 50块", "标志牌采购成本 | ≤20万元 | 20万元")],
        ..Sample::PLAIN
    },
    Sample {
        id: "execution-rate-differs",
        severity: "error",
        cell: "'自评表'!G6",
        fault: &[("95 | 10 | 95%", "95 | 10 | 96%")],
        // The amounts are rounded: 59.27 ÷ 61.2 may well be 96.84 %.
        sound: &[("100 | 100 | 95 | 10 | 95% | 9.5", "61.2 | 61.2 | 59.27 | 10 | 96.84% | 9.68")],
        ..Sample::PLAIN
    },
    Sample {
        id: "execution-score-differs",
        severity: "error",
        cell: "'自评表'!H6",
        fault: &[("95% | 9.5", "95% | 10")],
        sound: &[("95% | 9.5", "95% |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "fact-has-two-values",
        severity: "warning",
        cell: "'评分表'!J5",
        pages: &[SHEET],
        fault: &[("走访沿线各村。", "养护公路120公里。")],
        sound: &[("走访沿线各村。", "养护公路108公里，走访120户。")],
        ..Sample::PLAIN
    },
    Sample {
        id: "finding-waits",
        severity: "warning",
        cell: "'自评表'!F13",
        // The figures under a title that nobody knows may be the points that are missing.
        fault: &[("偏差原因分析及改进措施\n", "甲乙丙\n"), ("126公里 | 15 | 15 |", "126公里 | 5 | 5 | 10")],
        sound: &[("偏差原因分析及改进措施\n", "备注\n")],
        ..Sample::PLAIN
    },
    Sample {
        id: "form-not-scored",
        severity: "info",
        cell: "'监控表'!A1",
        pages: &[
            SELF,
            (
                "监控表",
                "项目支出绩效运行监控表\n项目名称 | 农村公路养护\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况 | 完成目标可能性\n产出指标 | 数量指标 | 养护公路里程 | ≥120公里 | 70公里 | 120公里 | 确定能",
            ),
        ],
        sound: &[(
            "项目支出绩效运行监控表\n项目名称 | 农村公路养护\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况 | 完成目标可能性\n产出指标 | 数量指标 | 养护公路里程 | ≥120公里 | 70公里 | 120公里 | 确定能",
            "各月会议记录",
        )],
        ..Sample::PLAIN
    },
    Sample {
        id: "form-without-project",
        severity: "warning",
        cell: "'明细账'!A1",
        pages: &[
            SELF,
            (
                "自评表二",
                "项目支出绩效自评表\n项目名称 | 桥梁加固\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n产出指标 | 数量指标 | 加固桥梁数 | ≥3座 | 3座 | 100 | 100",
            ),
            LEDGER,
        ],
        fault: &[("科目：7201 农村公路养护", "科目：7201 业务活动费用")],
        sound: &[],
        ..Sample::PLAIN
    },
    Sample {
        id: "formula-without-value",
        severity: "warning",
        cell: "'自评表'!E8",
        fault: &[("126公里", "=D20*2")],
        sound: &[("≥120公里 | 126公里", "≥120 | =D20+126 -> 126")],
        ..Sample::PLAIN
    },
    Sample {
        id: "grade-differs",
        severity: "error",
        cell: "'评分表'!B7",
        pages: &[SHEET],
        fault: &[("评价等级 | |", "评价等级 | 良 |")],
        sound: &[("评价等级 | |", "评价等级 | 优 |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "grade-note-not-read",
        severity: "info",
        cell: "'自评表'!A14",
        fault: &[(
            "100 | 99.5 |",
            "100 | 99.5 |\n注：90（不含）-100分为优，80（不含）-90（含）分为良，60分以下为差。",
        )],
        sound: &[(
            "100 | 99.5 |",
            "100 | 99.5 |\n注：90（含）-100分为优，80（含）-90分为良，60（含）-80分为中，60分以下为差。",
        )],
        ..Sample::PLAIN
    },
    Sample {
        id: "header-ambiguous",
        severity: "warning",
        cell: "'自评表'!D7",
        fault: &[
            ("三级指标 | 年度指标值 | 实际完成值", "三级指标 | 年度指标值 | 年度指标值 | 实际完成值"),
            ("≥120公里 | 126公里", "≥120公里 | ≥110公里 | 126公里"),
            ("≥50块 | 50块", "≥50块 | ≥40块 | 50块"),
            ("≥98% | 99%", "≥98% | ≥97% | 99%"),
            ("明显改善 | 达成", "明显改善 | 有所改善 | 达成"),
            ("≥90% | 92%", "≥90% | ≥85% | 92%"),
            ("合计 | | | | |", "合计 | | | | | |"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "history-value-not-number",
        severity: "warning",
        cell: "'申报表'!E4",
        pages: &[DECLARED_BESIDE],
        fault: &[("1200人次 | 1200人次", "1200人次 | 较好")],
        sound: &[("1200人次 | 1200人次", "1200人次 | /")],
        ..Sample::PLAIN
    },
    Sample {
        id: "indicator-over-several-rows",
        severity: "warning",
        cell: "'自评表'!C8",
        fault: &[(" | | 更换标志牌数量 | ≥50块 | 50块 | 15 | 15 |", " | | ^ | ≥50块 | 50块 | | |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "ledger-accrual-basis",
        severity: "info",
        cell: "'明细账'!A1",
        pages: &[SELF, LEDGER],
        fault: &[
            ("科目：7201", "科目：5001"),
            ("付养护工程款 | 720101", "付养护工程款 | 500101"),
            ("720102", "500102"),
            ("付养护工程尾款 | 720101", "付养护工程尾款 | 500101"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "ledger-balance-breaks",
        severity: "error",
        cell: "'明细账'!I7",
        pages: &[SELF, LEDGER],
        fault: &[("150000 | | 借 | 950000", "150000 | | 借 | 960000")],
        ..Sample::PLAIN
    },
    Sample {
        id: "ledger-differs",
        severity: "error",
        cell: "'自评表'!E6",
        pages: &[SELF, LEDGER],
        fault: &[("100 | 100 | 95 | 10 | 95% | 9.5", "100 | 100 | 96 | 10 | 96% | 9.6"), ("99.5", "99.6")],
        sound: &[("100 | 100 | 95 |", "100 | 100 | 95.00 |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "ledger-not-summed",
        severity: "error",
        cell: "'明细账'!A1",
        pages: &[SELF, LEDGER],
        fault: &[("付标志牌款 | 720102 |", "付标志牌款 | 备用 |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "ledger-row-not-read",
        severity: "error",
        cell: "'明细账'!F5",
        pages: &[SELF, LEDGER],
        fault: &[("标志牌 | 200000", "标志牌 | 约20万")],
        sound: &[("标志牌 | 200000", "标志牌 | '200,000.00")],
        ..Sample::PLAIN
    },
    Sample {
        id: "ledger-subtotal-differs",
        severity: "error",
        cell: "'明细账'!F6",
        pages: &[SELF, LEDGER],
        fault: &[("本月合计 | | | 800000", "本月合计 | | | 600000")],
        ..Sample::PLAIN
    },
    Sample {
        id: "ledger-unit-suspect",
        severity: "warning",
        cell: "'自评表'!E6",
        pages: &[SELF, LEDGER],
        fault: &[("项目资金（万元）", "项目资金（元）")],
        ..Sample::PLAIN
    },
    Sample {
        id: "level-name-missing",
        severity: "warning",
        cell: "'自评表'!A11",
        fault: &[("效益指标 | 社会效益指标", "（30分） | 社会效益指标")],
        sound: &[("效益指标 | 社会效益指标", "效益指标（30分） | 社会效益指标")],
        ..Sample::PLAIN
    },
    Sample {
        id: "level-score-differs",
        severity: "error",
        cell: "'得分一览表'!D3",
        pages: &[SHEET, SUMMARY],
        fault: &[("60 | 54", "60 | 55")],
        ..Sample::PLAIN
    },
    Sample {
        id: "mapping-entry-unused",
        severity: "warning",
        fault: &[("群众满意度", "村民满意度")],
        mapping: "schema = 1\nname = \"road\"\nkind = \"case\"\n[recognise]\nproject = [\"农村公路养护\"]\n\
                  [[rubric]]\nindicator = \"群众满意度\"\ncriterion = \"按完成比例得分。\"",
        ..Sample::PLAIN
    },
    Sample {
        id: "merged-over-indicators",
        severity: "warning",
        cell: "'自评表'!F8",
        fault: &[("≥120公里 | 126公里 | 15", "≥120公里 | 126公里 | 30"), ("50块 | 15 | 15", "50块 | ^ | 15")],
        ..Sample::PLAIN
    },
    Sample {
        id: "money-unit-unknown",
        severity: "warning",
        cell: "'自评表'!E6",
        fault: &[("项目资金（万元）", "项目资金")],
        ..Sample::PLAIN
    },
    Sample {
        id: "monitored-contradiction",
        severity: "warning",
        cell: "'监控表'!E8",
        pages: &[MONITORED],
        fault: &[("110万元 | 200万元", "210万元 | 200万元")],
        sound: &[("110万元 | 200万元", "199万元 | 200万元")],
        ..Sample::PLAIN
    },
    Sample {
        id: "monitored-doubt-unexplained",
        severity: "warning",
        cell: "'监控表'!H6",
        pages: &[MONITORED],
        fault: &[("3处 | 6处 | | 确定能", "3处 | 5处 | | 有可能")],
        sound: &[("3处 | 6处 | | 确定能", "3处 | 5处 | 汛期停工 | 有可能")],
        ..Sample::PLAIN
    },
    Sample {
        id: "monitored-failure-unexplained",
        severity: "error",
        cell: "'监控表'!H6",
        pages: &[MONITORED],
        fault: &[("3处 | 6处 | | 确定能", "3处 | 4处 | | 完全不可能")],
        sound: &[("3处 | 6处 | | 确定能", "3处 | 4处 | 一处改桥 | 完全不可能")],
        ..Sample::PLAIN
    },
    Sample {
        id: "monitored-likelihood-unclear",
        severity: "warning",
        cell: "'监控表'!H6",
        pages: &[MONITORED],
        fault: &[("3处 | 6处 | | 确定能", "3处 | 6处 | |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "monitored-rate-differs",
        severity: "error",
        cell: "'监控表'!E4",
        pages: &[MONITORED],
        fault: &[("110 | 55%", "110 | 65%")],
        sound: &[("200 | 110 | 55%", "200 | 109.5 | 55%")],
        ..Sample::PLAIN
    },
    Sample {
        id: "monitored-spending-above-budget",
        severity: "warning",
        cell: "'监控表'!F4",
        pages: &[MONITORED],
        fault: &[("55% | 200", "55% | 230")],
        ..Sample::PLAIN
    },
    Sample {
        id: "monitored-spending-behind",
        severity: "warning",
        cell: "'监控表'!D4",
        pages: &[MONITORED],
        fault: &[("200 | 110 | 55%", "200 | 60 | 30%")],
        sound: &[("200 | 110 | 55%", "200 | 90 | 45%")],
        mapping: BEHIND,
    },
    Sample {
        id: "monitored-sure-without-progress",
        severity: "warning",
        cell: "'监控表'!E6",
        pages: &[MONITORED],
        fault: &[("3处 | 6处", "0处 | 6处")],
        ..Sample::PLAIN
    },
    Sample {
        id: "name-and-target-disagree",
        severity: "warning",
        cell: "'自评表'!D10",
        fault: &[("工程验收合格率 |", "工程验收合格率100% |")],
        sound: &[("工程验收合格率 |", "工程验收合格率（≥**%） |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "nested-points",
        severity: "info",
        cell: "'评分表'!F4",
        pages: &[SHEET],
        fault: &[
            ("产出数量 | 60 | 里程完成率 | 60", "产出数量 | 100 | 里程完成率 | 100"),
            ("社会效益 | 40 | 群众满意度 | 40", "社会效益 | 100 | 群众满意度 | 100"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "number-stored-as-text",
        severity: "warning",
        cell: "'自评表'!F9",
        fault: &[("50块 | 15 | 15", "50块 | '15 | 15")],
        sound: &[("≥98% | 99%", "'98% | '99%")],
        ..Sample::PLAIN
    },
    Sample {
        id: "only-one-indicator-in-category",
        severity: "warning",
        cell: "'申报表'!C5",
        pages: &[DECLARED, SELF],
        fault: &[(" | | 更换标志牌数量 | ≥50块\n满意度", "满意度")],
        ..Sample::PLAIN
    },
    Sample {
        id: "over-achieved",
        severity: "warning",
        cell: "'自评表'!E8",
        fault: &[("126公里 | 15 | 15 |", "156公里 | 15 | 15 | 无")],
        sound: &[("126公里 | 15 | 15 |", "156公里 | 15 | 15 | 上级追加了任务。")],
        ..Sample::PLAIN
    },
    Sample {
        id: "points-not-read",
        severity: "warning",
        cell: "'自评表'!G6",
        fault: &[("全年执行数 | 分值 | 执行率 | 得分", "全年执行数 | 甲 | 执行率 | 乙")],
        ..Sample::PLAIN
    },
    Sample {
        id: "project-name-differs",
        severity: "warning",
        cell: "'问卷'!A1",
        pages: &[SELF, SURVEY],
        fault: &[("序号 | 调查日期", "满意度问卷\n项目名称 | 水库加固\n序号 | 调查日期")],
        sound: &[("序号 | 调查日期", "满意度问卷\n项目名称 | 农村公路养护\n序号 | 调查日期")],
        ..Sample::PLAIN
    },
    Sample {
        id: "rate-out-of-range",
        severity: "warning",
        cell: "'自评表'!D12",
        fault: &[("≥90% | 92%", "290% | 92%")],
        sound: &[("群众满意度 | ≥90% | 92%", "群众收入增长率 | ≥90% | 120%")],
        ..Sample::PLAIN
    },
    Sample {
        id: "reason-missing",
        severity: "warning",
        cell: "'自评表'!H9",
        fault: &[("50块 | 15 | 15 |", "40块 | 15 | 12 | 无"), ("99.5", "96.5")],
        sound: &[("50块 | 15 | 15 |", "40块 | 15 | 12 | 标志牌到货晚，年后补装。"), ("99.5", "96.5")],
        ..Sample::PLAIN
    },
    Sample {
        id: "reversal-unmatched",
        severity: "warning",
        cell: "'明细账'!C7",
        pages: &[SELF, LEDGER],
        fault: &[(
            "付养护工程尾款 | 720101 | 养护工程 | 150000 | | 借 | 950000",
            "冲销标志牌款 | 720102 | 标志牌 | -70000 | | 借 | 730000",
        )],
        sound: &[(
            "付养护工程尾款 | 720101 | 养护工程 | 150000 | | 借 | 950000",
            "冲销标志牌款 | 720102 | 标志牌 | -200000 | | 借 | 600000",
        )],
        ..Sample::PLAIN
    },
    Sample {
        id: "review-score-differs",
        severity: "warning",
        cell: "'自评表'!H4",
        pages: &[REVIEWED],
        fault: &[("6处 | 60 | 60 | 60", "6处 | 60 | 60 | 51")],
        ..Sample::PLAIN
    },
    Sample {
        id: "row-without-name",
        severity: "error",
        cell: "'自评表'!C9",
        fault: &[("| 更换标志牌数量 |", "| |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "row-without-values",
        severity: "info",
        cell: "'自评表'!C9",
        fault: &[("更换标志牌数量 | ≥50块 | 50块 | 15 | 15 |", "指标2：更换标志牌数量 | | | | |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "score-above-weight",
        severity: "error",
        cell: "'自评表'!G8",
        fault: &[("126公里 | 15 | 15 |", "126公里 | 15 | 16 |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "score-outside-band",
        severity: "error",
        cell: "'自评表'!G11",
        fault: &[(
            "达成年度指标 | 30 | 30 |",
            "部分达成年度指标并具有一定效果 | 30 | 26 | 个别路段改造未完成。",
        )],
        sound: &[(
            "达成年度指标 | 30 | 30 |",
            "部分达成年度指标并具有一定效果 | 30 | 20 | 个别路段改造未完成。",
        )],
        ..Sample::PLAIN
    },
    Sample {
        id: "sheet-not-recognised",
        severity: "warning",
        cell: "'明细账'!A3",
        pages: &[SELF, LEDGER],
        fault: &[("借方金额 | 贷方金额 | 方向 | 余额", "甲栏 | 乙栏 | 方向 | 丙栏")],
        ..Sample::PLAIN
    },
    Sample {
        id: "spending-above-funds",
        severity: "warning",
        cell: "'自评表'!D6",
        pages: &[SELF, LEDGER],
        fault: &[("100 | 100 | 95 | 10 | 95% | 9.5", "100 | 90 | 95 | 10 | 105.56% | 10")],
        sound: &[("100 | 100 | 95 | 10 | 95% | 9.5", "100 | 95 | 95 | 10 | 100% | 10")],
        ..Sample::PLAIN
    },
    Sample {
        id: "spent-exceeds-budget",
        severity: "warning",
        cell: "'自评表'!E6",
        fault: &[("100 | 100 | 95 | 10 | 95% | 9.5", "100 | 90 | 95 | 10 | 105.56% | 10")],
        sound: &[("100 | 100 | 95 | 10 | 95% | 9.5", "100 | 95 | 95 | 10 | 100% | 10")],
        ..Sample::PLAIN
    },
    Sample {
        id: "standard-claimed-not-used",
        severity: "warning",
        cell: "'申报表'!A6",
        pages: &[DECLARED_BESIDE],
        fault: &[("计划标准、历史标准", "计划标准、行业标准")],
        ..Sample::PLAIN
    },
    Sample {
        id: "stated-rate-differs",
        severity: "info",
        cell: "'自评表'!G6",
        fault: &[("100 | 100 | 95 | 10 | 95% | 9.5", "61.2 | 61.2 | 59.27 | 10 | 96.84% | 9.68")],
        sound: &[("100 | 100 | 95 | 10 | 95% | 9.5", "61.2 | 61.2 | 59.27 | 10 | 96.85% | 9.68")],
        ..Sample::PLAIN
    },
    Sample {
        id: "stated-score-differs",
        severity: "error",
        cell: "'自评表'!G9",
        fault: &[("50块 | 15 | 15 |", "40块 | 15 | 13 | 到货晚。")],
        sound: &[("50块 | 15 | 15 |", "40块 | 15 | 12 | 到货晚。")],
        ..Sample::PLAIN
    },
    Sample {
        id: "no-complaint-as-satisfaction",
        severity: "warning",
        cell: "'自评表'!E12",
        pages: &[SELF],
        fault: &[("群众满意度 | ≥90% | 92%", "群众满意度 | ≥90% | 全年未收到投诉")],
        sound: &[("群众满意度 | ≥90% | 92%", "群众满意度 | ≥90% | 92%（问卷100份，另外未收到投诉）")],
        ..Sample::PLAIN
    },
    Sample {
        id: "sample-too-small",
        severity: "warning",
        cell: "'问卷'!A2",
        pages: &[SELF, SURVEY],
        fault: &[("服务对象共25人", "服务对象共40人")],
        ..Sample::PLAIN
    },
    Sample {
        id: "satisfaction-group-mismatch",
        severity: "info",
        cell: "'问卷'!A2",
        pages: &[SELF, SURVEY],
        fault: &[(
            "社会效益指标 | 沿线居民出行条件 | 明显改善 | 达成年度指标 | 30 | 30",
            "社会效益指标 | 司机满意率 | ≥90% | 92% | 30 | 30",
        )],
        ..Sample::PLAIN
    },
    Sample {
        id: "satisfaction-method-stated",
        severity: "info",
        cell: "'自评表'!E12",
        pages: &[SELF, SURVEY],
        fault: &[
            ("25 | 2022-12-08 | 不满意", "25 | 2022-12-08 | 基本满意"),
            ("≥90% | 92% | 10 | 10 |", "≥90% | 92% | 10 | 10 | 按基本满意及以上计算"),
        ],
        sound: &[("≥90% | 92% | 10 | 10 |", "≥90% | 92% | 10 | 10 | 按基本满意及以上计算")],
        ..Sample::PLAIN
    },
    Sample {
        id: "satisfaction-method-unclear",
        severity: "warning",
        cell: "'自评表'!E12",
        pages: &[SELF, SURVEY],
        fault: &[("25 | 2022-12-08 | 不满意", "25 | 2022-12-08 | 基本满意")],
        ..Sample::PLAIN
    },
    Sample {
        id: "survey-answers-suspect",
        severity: "info",
        cell: "'问卷'!B3",
        pages: &[SELF, SURVEY],
        fault: &[
            ("序号 | 调查日期 | 总体满意度", "序号 | 所用时间 | 总体满意度"),
            ("1 | 2022-12-02 | 非常满意", "1 | 3秒 | 非常满意"),
        ],
        sound: &[
            ("序号 | 调查日期 | 总体满意度", "序号 | 所用时间 | 总体满意度"),
            ("1 | 2022-12-02 | 非常满意", "1 | 30秒 | 非常满意"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "survey-differs",
        severity: "error",
        cell: "'自评表'!E12",
        pages: &[SELF, SURVEY],
        fault: &[("群众满意度 | ≥90% | 92%", "群众满意度 | ≥90% | 95%")],
        ..Sample::PLAIN
    },
    Sample {
        id: "survey-outside-period",
        severity: "info",
        cell: "'问卷'!B3",
        pages: &[SELF, SURVEY],
        fault: &[("1 | 2022-12-02 | 非常满意", "1 | 2021-12-02 | 非常满意")],
        sound: &[("1 | 2022-12-02 | 非常满意", "1 | 2023-12-02 | 非常满意")],
        ..Sample::PLAIN
    },
    Sample {
        id: "survey-tally-differs",
        severity: "warning",
        cell: "'统计表'!C4",
        pages: &[SELF, TALLY],
        fault: &[("32 | 32%", "32 | 23%")],
        sound: &[("32 | 32%", "32 | 32.00%")],
        ..Sample::PLAIN
    },
    Sample {
        id: "satisfaction-without-survey",
        severity: "warning",
        cell: "'自评表'!E12",
        fault: &[("项目支出绩效自评表", "项目支出绩效自评表")],
        sound: &[("群众满意度 | ≥90% | 92% | 10 | 10 |", "群众满意度 | ≥90% | 92% | 10 | 10 | 问卷100份")],
        mapping: "schema = 1\nname = \"self-evaluation\"\nkind = \"self-evaluation\"\n\
                  extends = \"self-evaluation\"\n[survey]\nevidence = true",
        ..Sample::PLAIN
    },
    Sample {
        id: "survey-answer-unknown",
        severity: "warning",
        cell: "'问卷'!C27",
        pages: &[SELF, SURVEY],
        fault: &[("25 | 2022-12-08 | 不满意", "25 | 2022-12-08 | 马马虎虎")],
        ..Sample::PLAIN
    },
    Sample {
        id: "table-part-unread",
        severity: "warning",
        cell: "'自评表'!C12",
        fault: &[
            ("效益指标 | 社会", "填表人：张三\n效益指标 | 社会"),
            ("达成年度指标 | 30 | 30", "达成年度指标 | 20 | 20"),
        ],
        // Without it the table is not whole, with it it is.
        sound: &[("效益指标 | 社会", "填表人：张三\n效益指标 | 社会")],
        ..Sample::PLAIN
    },
    Sample {
        id: "target-adjusted",
        severity: "info",
        cell: "'自评表'!E9",
        fault: &[
            ("三级指标 | 年度指标值 | 实际完成值", "三级指标 | 年度指标值 | 调整指标值 | 实际完成值"),
            ("≥120公里 | 126公里", "≥120公里 | | 126公里"),
            ("≥50块 | 50块", "≥60块 | ≥50块 | 50块"),
            ("≥98% | 99%", "≥98% | | 99%"),
            ("明显改善 | 达成", "明显改善 | | 达成"),
            ("≥90% | 92%", "≥90% | | 92%"),
            ("合计 | | | | |", "合计 | | | | | |"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "target-below-history",
        severity: "warning",
        cell: "'申报表'!D4",
        pages: &[DECLARED_BESIDE],
        fault: &[("≥1200人次 | 1200人次", "≥1100人次 | 1200人次")],
        sound: &[("≥1200人次 | 1200人次", "≥1150人次 | 1200人次")],
        ..Sample::PLAIN
    },
    Sample {
        id: "target-below-history-explained",
        severity: "info",
        cell: "'申报表'!D4",
        pages: &[DECLARED_BESIDE],
        fault: &[("≥1200人次 | 1200人次 | 历史标准 |", "≥1100人次 | 1200人次 | 历史标准 | 一处渡口改桥")],
        sound: &[("≥1200人次 | 1200人次 | 历史标准 |", "≥1200人次 | 1200人次 | 历史标准 | 一处渡口改桥")],
        ..Sample::PLAIN
    },
    Sample {
        id: "target-missing",
        severity: "warning",
        cell: "'自评表'!D11",
        fault: &[("明显改善 |", "|")],
        sound: &[("明显改善 |", "有所改善 |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "target-not-measurable",
        severity: "warning",
        cell: "'申报表'!D5",
        pages: &[DECLARED, SELF],
        fault: &[("养护公路里程 | ≥120公里\n", "道路通行能力持续提升 | ≥80%\n")],
        sound: &[("养护公路里程 | ≥120公里\n", "道路通行能力提升率 | ≥80%\n")],
        ..Sample::PLAIN
    },
    Sample {
        id: "target-not-met",
        severity: "warning",
        cell: "'自评表'!E9",
        fault: &[("≥50块 | 50块", "≥50块 | 49块")],
        ..Sample::PLAIN
    },
    Sample {
        id: "target-unit-missing",
        severity: "warning",
        cell: "'自评表'!D8",
        fault: &[("≥120公里 | 126公里", "≥120 | 126")],
        sound: &[("养护公路里程 | ≥120公里 | 126公里", "养护公路条数 | ≥120 | 126")],
        ..Sample::PLAIN
    },
    Sample {
        id: "template-text-left",
        severity: "info",
        cell: "'自评表'!C9",
        fault: &[("更换标志牌数量 | ≥50块 | 50块 | 15 | 15 |", "指标2： | | | | |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "text-over-several-rows",
        severity: "warning",
        cell: "'自评表'!C9",
        fault: &[(
            "养护公路里程 | ≥120公里 | 126公里 | 15 | 15 |\n",
            "养护公路 | ≥120公里 | 126公里 | 15 | 15 |\n | | 里程 |\n",
        )],
        sound: &[("126公里 | 15 | 15 |\n", "126公里 | 15 | 15 |\n | | …… |\n")],
        ..Sample::PLAIN
    },
    Sample {
        id: "total-differs",
        severity: "error",
        cell: "'自评表'!G13",
        fault: &[("99.5", "100")],
        ..Sample::PLAIN
    },
    Sample {
        id: "total-follows-scores",
        severity: "info",
        cell: "'自评表'!G13",
        fault: &[("≥98% | 99%", "≥98% | 90%")],
        ..Sample::PLAIN
    },
    Sample {
        id: "unit-mismatch",
        severity: "error",
        cell: "'自评表'!E8",
        fault: &[("126公里", "126万元")],
        sound: &[("126公里", "126000米")],
        ..Sample::PLAIN
    },
    Sample {
        id: "values-not-read",
        severity: "warning",
        cell: "'自评表'!G14",
        fault: &[("合计 | | | | | 100 | 99.5 |", "合计 | | | | | 100 | 99.5 |\n复核意见 | | | | | | 92 |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "voucher-duplicate",
        severity: "warning",
        cell: "'明细账'!C5",
        pages: &[SELF, LEDGER],
        fault: &[(
            "付标志牌款 | 720102 | 标志牌 | 200000 | | 借 | 800000",
            "付养护工程款 | 720101 | 养护工程 | 600000 | | 借 | 1200000",
        )],
        ..Sample::PLAIN
    },
    Sample {
        id: "weight-not-read",
        severity: "warning",
        cell: "'自评表'!F9",
        fault: &[("50块 | 15 | 15", "50块 | 十五左右 | 15")],
        sound: &[("50块 | 15 | 15", "50块 | 15分 | 15")],
        ..Sample::PLAIN
    },
    Sample {
        id: "weights-as-shares",
        severity: "info",
        cell: "'自评表'!F8",
        fault: &[
            ("95 | 10 | 95% | 9.5", "95 | 0.1 | 95% |"),
            ("126公里 | 15 | 15 |", "126公里 | 0.15 | |"),
            ("50块 | 15 | 15 |", "50块 | 0.15 | |"),
            ("99% | 20 | 20 |", "99% | 0.2 | |"),
            ("达成年度指标 | 30 | 30 |", "达成年度指标 | 0.3 | |"),
            ("92% | 10 | 10 |", "92% | 0.1 | |"),
            ("100 | 99.5", "1 |"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "weights-not-level",
        severity: "error",
        cell: "'评分表'!D4",
        pages: &[SHEET],
        fault: &[("产出数量 | 60 |", "产出数量 | 50 |")],
        ..Sample::PLAIN
    },
    Sample {
        id: "weights-not-total",
        severity: "error",
        cell: "'自评表'!F13",
        fault: &[("50块 | 15 | 15", "50块 | 20 | 15")],
        ..Sample::PLAIN
    },
    Sample {
        id: "weights-scale-unclear",
        severity: "warning",
        cell: "'自评表'!F8",
        fault: &[
            ("95 | 10 | 95% | 9.5", "95 | 0.1 | 95% |"),
            ("126公里 | 15 | 15 |", "126公里 | 0.15 | |"),
            ("50块 | 15 | 15 |", "50块 | 0.15 | |"),
            ("99% | 20 | 20 |", "99% | 0.25 | |"),
            ("达成年度指标 | 30 | 30 |", "达成年度指标 | 0.3 | |"),
            ("92% | 10 | 10 |", "92% | 0.1 | |"),
            ("100 | 99.5", "1 |"),
        ],
        sound: &[
            ("95 | 10 | 95% | 9.5", "95 | 0.1 | 95% |"),
            ("126公里 | 15 | 15 |", "126公里 | 0.15 | |"),
            ("50块 | 15 | 15 |", "50块 | 0.15 | |"),
            ("99% | 20 | 20 |", "99% | 0.2 | |"),
            ("达成年度指标 | 30 | 30 |", "达成年度指标 | 0.3 | |"),
            ("92% | 10 | 10 |", "92% | 0.1 | |"),
            ("100 | 99.5", "1 |"),
        ],
        ..Sample::PLAIN
    },
    Sample {
        id: "yes-no-indicator-with-rate",
        severity: "warning",
        cell: "'申报表'!D5",
        pages: &[DECLARED, SELF],
        fault: &[("养护公路里程 | ≥120公里\n", "是否按时完工 | 100%\n")],
        sound: &[("养护公路里程 | ≥120公里\n", "是否按时完工 | 是\n")],
        ..Sample::PLAIN
    },
];

/// The pages with the changes made, each of which must be there to be made.
pub(crate) fn changed(pages: &[Page<'_>], changes: &[Change<'_>]) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> =
        pages.iter().map(|(n, r)| ((*n).to_owned(), (*r).to_owned())).collect();
    for (from, to) in changes {
        let hit = pages.iter_mut().find(|(_, rows)| rows.contains(from));
        let (_, rows) = hit.unwrap_or_else(|| panic!("no page holds “{from}”"));
        *rows = rows.replacen(from, to, 1);
    }
    pages
}

/// What `check --json` finds in a workbook: id, severity, cell.
fn findings(pages: &[(String, String)], mapping: &str) -> Vec<(String, String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
    let file = write(&pages, folder.path());
    let mut args = vec!["check".into(), file.into_os_string(), "--json".into()];
    if !mapping.is_empty() {
        let path = folder.path().join("映射.toml");
        fs::write(&path, mapping).expect("a mapping");
        args.extend(["--mapping".into(), path.into_os_string()]);
    }
    let output = jixiao(args);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!text.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let cases = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a JSON object"));
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for case in cases {
        for finding in case["findings"].as_array().expect("findings") {
            assert!(!word(&finding["message"]).is_empty(), "{finding}");
            found.push((word(&finding["id"]), word(&finding["severity"]), word(&finding["cell"])));
        }
    }
    found
}

#[test]
fn each_finding_is_found_at_its_cell_and_only_where_it_is() {
    let mut wrong = Vec::new();
    for sample in SAMPLES {
        let with = findings(&changed(sample.pages, sample.fault), sample.mapping);
        let expected = (sample.id.to_owned(), sample.severity.to_owned(), sample.cell.to_owned());
        if !with.contains(&expected) {
            wrong.push(format!("{} is not at {}: {with:?}", sample.id, sample.cell));
        }
        let without = findings(&changed(sample.pages, sample.sound), sample.mapping);
        if without.iter().any(|(id, ..)| id == sample.id) {
            wrong.push(format!("{} is where there is none: {without:?}", sample.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Platforms keep two places of a bound: of 3.33 points 80 % are 2.66, though 2.664 in full.
#[test]
fn a_band_begins_where_its_bound_is_rounded_to() {
    for (typed, outside) in [("2.66", false), ("2.65", true)] {
        let row = format!("达成年度指标 | 3.33 | {typed} | 略");
        let pages = changed(&[SELF], &[("达成年度指标 | 30 | 30 |", &row)]);
        let found = findings(&pages, "").iter().any(|(id, ..)| id == "score-outside-band");
        assert_eq!(found, outside, "{typed}");
    }
}

#[test]
fn every_finding_of_the_catalogue_has_a_sample() {
    let sampled: BTreeSet<&str> =
        SAMPLES.iter().map(|sample| sample.id).chain(OTHERS.iter().copied()).chain(sampled()).collect();
    let planted = crate::proof::sampled();
    let sampled: BTreeSet<&str> = sampled.into_iter().chain(planted.iter().map(String::as_str)).collect();
    let known: BTreeSet<&str> = FindingId::ALL.iter().map(|id| id.id()).collect();
    assert_eq!(sampled, known);
}

/// Findings whose samples are too large for the table; or need several files; each has a test of its own, here, in `folder`, `forged`,
/// `formats`, `intake::across`, `intake::batch`, `odd_sheets`, `overrides`, `refusals`, `standards` or `service::older`.
const OTHERS: [&str; 32] = [
    "agency-scores-without-spread",
    "forms-identical",
    "project-submitted-twice",
    "score-outlier",
    "text-of-another-project",
    "past-not-taken",
    "past-of-another",
    "past-of-other-scope",
    "past-taken",
    "budget-differs-from-roster",
    "project-not-on-roster",
    "project-not-submitted",
    "spent-differs-from-roster",
    "cell-not-editable",
    "cell-not-readable",
    "file-not-recognised",
    "older-return",
    "possible-resubmission",
    "rebuilt-from-other-format",
    "override-incomplete",
    "override-outdated",
    "override-proposed",
    "override-unclear",
    "record-not-proved",
    "record-of-another-workbook",
    "sheet-left-alone",
    "sheet-not-readable",
    "sheet-of-ours-changed",
    "sheet-truncated",
    "signature-removed",
    "score-overridden",
    "sum-before-override",
];

#[test]
fn a_form_that_goes_on_for_thousands_of_rows_is_said_to_be_cut_off() {
    for (blank_rows, cut) in [(3_000, true), (300, false)] {
        let (name, rows) = SELF;
        let rows = format!("{}{}备注：见附件。", rows.trim_end(), "\n".repeat(blank_rows));
        let found = findings(&[(name.to_owned(), rows)], "");
        let expected = ("sheet-truncated".to_owned(), "error".to_owned(), "'自评表'!A1".to_owned());
        assert_eq!(found.contains(&expected), cut, "{blank_rows} rows: {found:?}");
    }
}

#[test]
fn forms_without_a_fault_have_no_findings() {
    for pages in [
        vec![SELF],
        vec![DECLARED, SELF],
        vec![SHEET, SUMMARY],
        vec![SELF, LEDGER, SURVEY],
        vec![SELF, TALLY],
    ] {
        assert_eq!(findings(&changed(&pages, &[]), ""), [], "{pages:?}");
    }
}
