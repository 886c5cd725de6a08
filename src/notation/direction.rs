//! Which way an indicator counts, and on what grounds (domain rule: the platform's table for self-evaluation).
//!
//! A sign decides. `=` or no sign is a cap where the category or the name speaks of cost, harm or time needed, and a
//! floor elsewhere; where that cannot be said with certainty, a person decides.

use std::fmt;

use serde::Deserialize;

use super::context::is_rate_name;
use super::quantity::Quantity;
use super::read::Notation;
use super::sign::Sign;
use super::unit::{Dimension, Unit};
use super::width::normalise;

/// Which way an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 正向: the more the better, met from the target on.
    AtLeast,
    /// 反向: the less the better, met up to the target.
    AtMost,
    /// The target is zero: anything above it loses all points.
    ZeroTolerance,
    /// 定性: words; the points stay with the person who gave them, within the bands of their grade.
    Qualitative,
    /// A date: met when done in time.
    OnTime,
}

/// What the direction was decided by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The target's sign.
    Sign(Sign),
    /// A word in the indicator's name.
    Name(String),
    /// A word in the category (二级指标).
    Category(String),
    /// The target is zero.
    ZeroTarget,
    /// The kind of target (a date, words).
    Kind,
    /// Nothing says otherwise: without a sign, more is better.
    Default,
}

/// A direction and its grounds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decision {
    /// Which way.
    pub direction: Direction,
    /// On what grounds.
    pub basis: Basis,
    /// The target's sign is `=`.
    pub equals: bool,
}

impl Decision {
    /// `=` on a cost, read as a cap (finding `equals-on-cost`).
    pub fn is_equals_on_cost(&self) -> bool {
        self.direction == Direction::AtMost && self.equals
    }

    /// No sign, read as a cap by its name or category (finding `direction-inferred`).
    pub fn is_inferred(&self) -> bool {
        !self.equals && matches!(self.basis, Basis::Name(_) | Basis::Category(_))
    }
}

/// Why a person must decide the direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Undecided {
    /// There is no target.
    NoTarget,
    /// The target is about (约, 左右), which bounds nothing.
    About,
    /// The target is a range.
    Range,
    /// The target is below zero.
    Negative,
    /// The target is the answer to a checklist, or that nothing was found, without a number.
    NotMeasured,
    /// The name speaks of harm, and of something else besides (事故处置次数, 违法典型案例).
    MixedName,
    /// A rate of doing (执行率) among the costs, with `=` or no sign.
    RateAmongCosts,
    /// An amount of money without a sign: to be spent, saved or earned?
    Money,
    /// A length of time without a sign: to be kept or to be reached?
    Time,
}

impl fmt::Display for Undecided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoTarget => "没有指标值，无法判断完成情况",
            Self::About => "指标值是约数，无法判断是否达标，请写明“≥”或“≤”",
            Self::Range => "指标值是区间，平台规则没有规定如何计分",
            Self::Negative => "指标值为负数，无法按比例计分",
            Self::NotMeasured => "指标值没有可比较的数",
            Self::MixedName => {
                "指标名称含有负面事项，但无法确定是越少越好还是越多越好，请在指标值前写明“≥”或“≤”"
            }
            Self::RateAmongCosts => "成本类的比率没有写明方向，请在指标值前写明“≥”或“≤”",
            Self::Money => "金额没有写明方向，请在指标值前写明“≥”或“≤”",
            Self::Time => "时长没有写明方向，请在指标值前写明“≥”或“≤”",
        })
    }
}

/// The words that decide where no sign does. A mapping may replace any of the lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DirectionWords {
    /// In a category: its indicators are caps.
    pub cap_categories: Vec<String>,
    /// In a name: cost, complaint, error, accident, violation, overrun. The indicator is a cap.
    pub caps: Vec<String>,
    /// In a name: time needed (办理时间). The indicator is a cap.
    pub times: Vec<String>,
    /// In a name, where the target is money: spending. The indicator is a cap.
    pub money_caps: Vec<String>,
    /// In a name, where the target is money: income, or money given out. The indicator is a floor, or for a person.
    pub money_floors: Vec<String>,
    /// Behind one of the words above, up to the end of the name: they leave it what it is (投诉|次数).
    pub neutral: Vec<String>,
    /// In a name: acting on what `caps` names (处理, 办结). A rate of these is a floor.
    pub remedies: Vec<String>,
    /// In a name: bringing down what `caps` names, or what a cost category is about (下降, 节约). A rate is a floor.
    pub reductions: Vec<String>,
    /// In a name, where the target is a length of time: time to be reached (使用年限). The indicator is a floor.
    pub time_floors: Vec<String>,
}

/// Lists are written as the words between spaces.
fn words(list: &str) -> Vec<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

const CAPS: &str = "成本 控制数 控制率 控制额 控制价 超支 超预算 超概 超标 结转率 结余率 \
    漏报 错报 投诉 举报 上访 信访 纠纷 诉讼 差错 错误 失误 误差 事故 伤亡 死亡 火灾 案件发生 案发 发案 \
    故障 中断 停机 违规 违纪 违法 不合格 缺陷 返工 退件 逾期 延误 拖欠 泄露 泄密 损耗 损失 劣变 \
    浪费 闲置 空置 流失 发病 感染 排放 能耗";
const TIMES: &str = "时限 用时 耗时 办理时间 办结时间 响应时间 处理时间 等待时间 等候时间 出具时间 到达时间 修复时间 \
    办理时长 办结时长 响应时长 处理时长 等待时长 等候时长 办理周期 审批周期 办理天数 逾期天数";
const MONEY_CAPS: &str = "费 费用 支出 开支 造价 单价 价格 均价 预算";
const MONEY_FLOORS: &str = "收入 增收 产值 税 利润 营业额 销售额 成交额 收益 增加值 引进 招商 争取 筹集 \
    减免 免费 收费 缴费 退费 补贴 补助 发放 奖励 征收 兑付 支付 救助";
const NEUTRAL: &str = "次数 件数 起数 人数 户数 个数 处数 条数 天数 数量 数 量 额 金额 总额 总量 总数 发生 率 比例 比率 占比 \
    比重 事件 事项 问题 情况 现象 行为 案件 控制 费用 费 支出 标准 单价 价格 价 上限 限额 值 程度 时间 时长 天数 预算 \
    人次 面积 次 件 起 及 和 或 、 与 等 的";
const REMEDIES: &str = "处理 办结 处置 查处 整改 解决 回复 答复 修复 恢复 排除 化解 结案 受理 回访 调解 调处 接待 \
    排查 检查 抽查 核查 稽查 督查 督办 监测 检测 巡查 预防 防范 防止 避免 杜绝 演练 培训 宣传 教育 渠道 及时 满意 \
    知晓 达标 合格率 完成率 覆盖 规范 公开 核算 测算 评估 调查 净化 查办 审结 侦破 破案 打击 纠正 追究 整治 治理 \
    取缔 报告 上报 登记 统计 录入 分析 研判 应对 应急 救援 救治 抢修 维修 保险 赔付 理赔 复核 评查 通报 曝光 发现 查获";
const REDUCTIONS: &str = "下降 降低 减少 节约 节省 压减 压缩 缩短 降幅 减排 回收 追缴 挽回";
const TIME_FLOORS: &str = "年限 寿命 学时 课时 培训 服务期 保障期 质保 运行时间 开放";

impl Default for DirectionWords {
    fn default() -> Self {
        Self {
            cap_categories: words("成本"),
            caps: words(CAPS),
            times: words(TIMES),
            money_caps: words(MONEY_CAPS),
            money_floors: words(MONEY_FLOORS),
            neutral: words(NEUTRAL),
            remedies: words(REMEDIES),
            reductions: words(REDUCTIONS),
            time_floors: words(TIME_FLOORS),
        }
    }
}

/// The first word of the list that the text has.
fn found(text: &str, list: &[String]) -> Option<String> {
    list.iter().find(|word| !word.is_empty() && text.contains(word.as_str())).cloned()
}

/// Whether a name alone says that its figure is to stay small: cost, harm or time needed, and nothing else besides;
/// spending, where the figure is money.
pub fn names_cap(indicator: &str, unit: &Unit, words: &DirectionWords) -> bool {
    let name = outside_brackets(indicator);
    match by_name(&name, words) {
        Said::Nothing => is_paid(unit) && matches!(by_money(&name, words), Said::Cap(_)),
        said => matches!(said, Said::Cap(_)),
    }
}

/// What a name says of the direction, with the word that says it.
enum Said {
    Cap(String),
    Floor(String),
    Unclear,
    Nothing,
}

/// What a name says by the harm or the time needed that it names.
fn by_name(name: &str, words: &DirectionWords) -> Said {
    let is_rate = is_rate_name(name);
    if let Some((word, rest)) = last(name, &words.times).filter(|_| !is_rate) {
        let reduced = found(name, &words.reductions).is_some();
        return if is_neutral(rest, &words.neutral) && !reduced { Said::Cap(word) } else { Said::Unclear };
    }
    let Some((word, rest)) = last(name, &words.caps) else { return Said::Nothing };
    // 不合格 is harm, 合格率 a remedy: what is left of the name without the harm counts.
    let without = name.replacen(&word, "", 1);
    match found(&without, &words.remedies).or_else(|| found(&without, &words.reductions)) {
        None if is_neutral(rest, &words.neutral) => Said::Cap(word),
        Some(remedy) if is_rate => Said::Floor(remedy),
        _ => Said::Unclear,
    }
}

/// What a name says where its figure is money.
fn by_money(name: &str, words: &DirectionWords) -> Said {
    match (last(name, &words.money_caps), found(name, &words.money_floors)) {
        (Some((word, rest)), None) if is_neutral(rest, &words.neutral) => Said::Cap(word),
        (None, Some(word)) => Said::Floor(word),
        (None, None) => Said::Nothing,
        _ => Said::Unclear,
    }
}

/// The word of the list that ends last in the name, and what follows it.
fn last<'n>(name: &'n str, list: &[String]) -> Option<(String, &'n str)> {
    let ends = list.iter().filter(|word| !word.is_empty()).filter_map(|word| {
        let at = name.rfind(word.as_str())?;
        Some((at.checked_add(word.len())?, word))
    });
    let (end, word) = ends.max_by_key(|(end, word)| (*end, word.len()))?;
    Some((word.clone(), name.get(end..)?))
}

/// Whether a text consists of neutral words.
fn is_neutral(mut text: &str, neutral: &[String]) -> bool {
    while !text.is_empty() {
        let longest = neutral.iter().filter(|word| !word.is_empty() && text.starts_with(word.as_str()));
        match longest.max_by_key(|word| word.len()).and_then(|word| text.get(word.len()..)) {
            Some(rest) => text = rest,
            None => return false,
        }
    }
    true
}

/// Whether a unit is money, or money per something.
fn is_paid(unit: &Unit) -> bool {
    match &unit.dimension {
        Dimension::Money => true,
        Dimension::Per(top, _) => **top == Dimension::Money,
        _ => false,
    }
}

/// Decides which way an indicator counts.
pub fn decide(
    target: &Notation,
    indicator: &str,
    category: &str,
    words: &DirectionWords,
) -> Result<Decision, Undecided> {
    let kind = |direction| Ok(Decision { direction, basis: Basis::Kind, equals: false });
    match target {
        Notation::Blank => Err(Undecided::NoTarget),
        Notation::Range { .. } => Err(Undecided::Range),
        Notation::Date(_) | Notation::Deadline(_) | Notation::Period(_) => kind(Direction::OnTime),
        Notation::Scale(_)
        | Notation::ScaleName(_)
        | Notation::YesNo(_)
        | Notation::Status(_)
        | Notation::Text(_) => kind(Direction::Qualitative),
        Notation::NothingFound => {
            Ok(Decision { direction: Direction::ZeroTolerance, basis: Basis::ZeroTarget, equals: false })
        }
        Notation::Items(_) => Err(Undecided::NotMeasured),
        Notation::Quantity(quantity) => of_quantity(quantity, indicator, category, words),
    }
}

fn of_quantity(
    target: &Quantity,
    indicator: &str,
    category: &str,
    words: &DirectionWords,
) -> Result<Decision, Undecided> {
    let equals = target.sign == Some(Sign::Equal);
    let decision = |direction, basis| Ok(Decision { direction, basis, equals });
    if target.number.is_negative() {
        return Err(Undecided::Negative);
    }
    match target.sign {
        Some(Sign::About) => return Err(Undecided::About),
        Some(sign) if sign.is_floor() => return decision(Direction::AtLeast, Basis::Sign(sign)),
        Some(sign) if sign.is_cap() && !target.number.is_zero() => {
            return decision(Direction::AtMost, Basis::Sign(sign));
        }
        _ if target.number.is_zero() => return decision(Direction::ZeroTolerance, Basis::ZeroTarget),
        _ => {}
    }
    let name = outside_brackets(indicator);
    match by_name(&name, words) {
        Said::Cap(word) => return decision(Direction::AtMost, Basis::Name(word)),
        Said::Floor(word) => return decision(Direction::AtLeast, Basis::Name(word)),
        Said::Unclear => return Err(Undecided::MixedName),
        Said::Nothing => {}
    }
    if let Some(word) = found(&normalise(category).as_str().replace(' ', ""), &words.cap_categories) {
        return if is_rate_name(&name) || target.unit.is_ratio() {
            Err(Undecided::RateAmongCosts)
        } else if found(&name, &words.reductions).is_some() {
            Err(Undecided::MixedName)
        } else {
            decision(Direction::AtMost, Basis::Category(word))
        };
    }
    match &target.unit.dimension {
        Dimension::Money | Dimension::Per(..) if is_paid(&target.unit) => match by_money(&name, words) {
            Said::Cap(word) => decision(Direction::AtMost, Basis::Name(word)),
            // Money a person gets (补助标准 2800元/人) is neither more nor less the better.
            Said::Floor(word) if target.unit.is_money() => decision(Direction::AtLeast, Basis::Name(word)),
            _ => Err(Undecided::Money),
        },
        Dimension::Time | Dimension::Workdays | Dimension::Months => match found(&name, &words.time_floors) {
            Some(word) => decision(Direction::AtLeast, Basis::Name(word)),
            None => Err(Undecided::Time),
        },
        _ => decision(Direction::AtLeast, if equals { Basis::Sign(Sign::Equal) } else { Basis::Default }),
    }
}

/// The name in plain form, without what stands in brackets (units, placeholders, explanations) and without spaces.
fn outside_brackets(indicator: &str) -> String {
    super::context::Name::read(indicator).words
}
