//! The form that benches of the whole program score: a self-evaluation with a budget, a count and a state.

/// The name of its sheet, and its cells.
pub(crate) const FORM: (&str, &str) = (
    "自评表",
    "项目支出绩效自评表
项目名称 | 农村公路养护
项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 | 年度资金总额 | 100 | 100 | 95 | 10 | 95% | 9.5
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 养护公路里程 | ≥120公里 | 126公里 | 50 | 50 |
效益指标 | 社会效益指标 | 沿线居民出行条件 | 明显改善 | 达成年度指标 | 40 | 40 |
合计 | | | | | 100 | 99.5 |",
);
