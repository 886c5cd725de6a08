//! The words of units, and the way to find the one a text begins with.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::base::Number;

/// The dimension of a unit with a fixed size.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Ratio,
    Money,
    Time,
    Workdays,
    Months,
    Length,
    Area,
    Volume,
    Mass,
}

/// Units with a fixed size: word, kind, mantissa and scale of the factor.
const SIZED: &[(&str, Kind, i64, u32)] = &[
    ("%", Kind::Ratio, 1, 2),
    ("百分比", Kind::Ratio, 1, 2),
    ("百分点", Kind::Ratio, 1, 2),
    ("个百分点", Kind::Ratio, 1, 2),
    ("‰", Kind::Ratio, 1, 3),
    ("千分比", Kind::Ratio, 1, 3),
    ("千分点", Kind::Ratio, 1, 3),
    ("个千分点", Kind::Ratio, 1, 3),
    ("‱", Kind::Ratio, 1, 4),
    ("元", Kind::Money, 1, 0),
    ("元人民币", Kind::Money, 1, 0),
    ("人民币元", Kind::Money, 1, 0),
    ("角", Kind::Money, 1, 1),
    ("百元", Kind::Money, 100, 0),
    ("千元", Kind::Money, 1_000, 0),
    ("万元", Kind::Money, 10_000, 0),
    ("万元人民币", Kind::Money, 10_000, 0),
    ("十万元", Kind::Money, 100_000, 0),
    ("百万元", Kind::Money, 1_000_000, 0),
    ("千万元", Kind::Money, 10_000_000, 0),
    ("亿元", Kind::Money, 100_000_000, 0),
    ("万亿元", Kind::Money, 1_000_000_000_000, 0),
    ("秒", Kind::Time, 1, 0),
    ("秒钟", Kind::Time, 1, 0),
    ("分钟", Kind::Time, 60, 0),
    ("min", Kind::Time, 60, 0),
    ("小时", Kind::Time, 3_600, 0),
    ("h", Kind::Time, 3_600, 0),
    ("d", Kind::Time, 86_400, 0),
    ("个小时", Kind::Time, 3_600, 0),
    ("天", Kind::Time, 86_400, 0),
    ("日", Kind::Time, 86_400, 0),
    ("自然日", Kind::Time, 86_400, 0),
    ("个自然日", Kind::Time, 86_400, 0),
    ("日历天", Kind::Time, 86_400, 0),
    ("周", Kind::Time, 604_800, 0),
    ("个星期", Kind::Time, 604_800, 0),
    ("星期", Kind::Time, 604_800, 0),
    ("工作日", Kind::Workdays, 1, 0),
    ("个工作日", Kind::Workdays, 1, 0),
    ("工作天", Kind::Workdays, 1, 0),
    ("月", Kind::Months, 1, 0),
    ("个月", Kind::Months, 1, 0),
    ("季度", Kind::Months, 3, 0),
    ("个季度", Kind::Months, 3, 0),
    ("年", Kind::Months, 12, 0),
    ("周年", Kind::Months, 12, 0),
    ("毫米", Kind::Length, 1, 0),
    ("mm", Kind::Length, 1, 0),
    ("厘米", Kind::Length, 10, 0),
    ("公分", Kind::Length, 10, 0),
    ("cm", Kind::Length, 10, 0),
    ("分米", Kind::Length, 100, 0),
    ("米", Kind::Length, 1_000, 0),
    ("m", Kind::Length, 1_000, 0),
    ("延米", Kind::Length, 1_000, 0),
    ("千米", Kind::Length, 1_000_000, 0),
    ("华里", Kind::Length, 500_000, 0),
    ("公里", Kind::Length, 1_000_000, 0),
    ("km", Kind::Length, 1_000_000, 0),
    ("KM", Kind::Length, 1_000_000, 0),
    ("Km", Kind::Length, 1_000_000, 0),
    ("㎞", Kind::Length, 1_000_000, 0),
    ("平方米", Kind::Area, 3, 0),
    ("平米", Kind::Area, 3, 0),
    ("㎡", Kind::Area, 3, 0),
    ("m²", Kind::Area, 3, 0),
    ("m2", Kind::Area, 3, 0),
    ("亩", Kind::Area, 2_000, 0),
    ("公亩", Kind::Area, 300, 0),
    ("公顷", Kind::Area, 30_000, 0),
    ("hm²", Kind::Area, 30_000, 0),
    ("km²", Kind::Area, 3_000_000, 0),
    ("平方公里", Kind::Area, 3_000_000, 0),
    ("平方千米", Kind::Area, 3_000_000, 0),
    ("毫升", Kind::Volume, 1, 0),
    ("ml", Kind::Volume, 1, 0),
    ("mL", Kind::Volume, 1, 0),
    ("升", Kind::Volume, 1_000, 0),
    ("L", Kind::Volume, 1_000, 0),
    ("立方米", Kind::Volume, 1_000_000, 0),
    ("m³", Kind::Volume, 1_000_000, 0),
    ("m3", Kind::Volume, 1_000_000, 0),
    ("微克", Kind::Mass, 1, 6),
    ("μg", Kind::Mass, 1, 6),
    ("ug", Kind::Mass, 1, 6),
    ("毫克", Kind::Mass, 1, 3),
    ("mg", Kind::Mass, 1, 3),
    ("克", Kind::Mass, 1, 0),
    ("g", Kind::Mass, 1, 0),
    ("千克", Kind::Mass, 1_000, 0),
    ("公斤", Kind::Mass, 1_000, 0),
    ("kg", Kind::Mass, 1_000, 0),
    ("KG", Kind::Mass, 1_000, 0),
    ("斤", Kind::Mass, 500, 0),
    ("市斤", Kind::Mass, 500, 0),
    ("吨", Kind::Mass, 1_000_000, 0),
    ("t", Kind::Mass, 1_000_000, 0),
];

/// Measure words of counts, between spaces. A list, not every word: behind a number stands too much that is no unit
/// (`100余人`, `50人未到`).
const COUNTED: &str = "个 名次 人 人次 人(次) 人/次 人·次 人*次 名 位 户 户次 家 家次 场 场次 场(次) 次 次数 起 起次 宗 例 件 \
    件次 处 所 座 台 台套 台(套) 台/套 套(台) 套/台 台次 套 辆 辆次 项 项次 条 条次 份 批 批次 篇 册 册次 \
    本 张 幅 块 片 间 栋 幢 层 株 棵 口 头 只 羽 匹 尾 艘 架 部 盏 根 支 枚 颗 粒 箱 袋 瓶 盒 桶 包 卷 \
    组 组次 班 班次 期 期次 届 类 种 款 门 课 课时 学时 学分 学年 学期 节 讲 车次 架次 航次 列 趟 轮 \
    轮次 遍 笔 单 单位 样 字 页 盘 岁 周岁 分 倍 级 度 方 千瓦时 kWh kW·h 千瓦 kW KW 兆瓦 MW 瓦 伏 安 摄氏度 ℃ \
    分贝 dB 生 学生 学位 校 台班 点 点位 点次 路 段 标段 孔 眼 井次 床 床位 张床 席 宿 餐 顿 顶 面 扇 副 双 对 顷 垧 村 镇 乡 \
    县 市 区 社区 街道 小区 行政村 自然村 村(社区) 乡镇 学校 企业 项目 案件 品种 家庭 工日 人天 人日 \
    人月 人年 站 坊 园 馆 店 棚 圈 网 线 站点 机构 样品 样本 标准箱 词条 刊 集 幕 首 刻 声 GB TB MB \
    Mbps";

/// Multipliers that may stand before a measure word or behind a number, longer before shorter.
pub(super) const MULTIPLIERS: &[(&str, i64)] = &[
    ("万亿", 1_000_000_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
];

/// A word of the tables: what it measures and its factor, or a measure word.
pub(super) struct Entry {
    /// The word.
    pub(super) word: &'static str,
    /// Its dimension and factor; none for a measure word.
    pub(super) sized: Option<(Kind, Number)>,
}

/// The words of the tables by their first character, the longest first.
pub(super) static INDEX: LazyLock<HashMap<char, Vec<Entry>>> = LazyLock::new(|| {
    let sized = SIZED.iter().map(|(word, kind, mantissa, scale)| Entry {
        word,
        sized: Some((*kind, Number::new(Decimal::new(*mantissa, *scale)))),
    });
    let counted = COUNTED.split_whitespace().map(|word| Entry { word, sized: None });
    let mut index: HashMap<char, Vec<Entry>> = HashMap::new();
    for entry in sized.chain(counted) {
        if let Some(first) = entry.word.chars().next() {
            index.entry(first).or_default().push(entry);
        }
    }
    for group in index.values_mut() {
        group.sort_by_key(|entry| Reverse(entry.word.len()));
    }
    index
});
