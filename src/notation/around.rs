//! The words that may stand around a number without changing it.

use super::context::Context;
use super::quantity::{Quantity, from, spaces};
use super::sign::Sign;
use super::status::HARM;
use super::unit::Dimension;
use crate::words::{self, Class};

/// Words before a number that say nothing more than the number.
const LEADS: &[&str] = &[
    "全年",
    "本年度",
    "实际完成",
    "实际达到",
    "实际为",
    "实际",
    "已达到",
    "已达",
    "达到了",
    "达到",
    "达",
    "共计",
    "共",
    "合计",
    "总计",
    "累计",
    "为",
    "保持在",
    "维持在",
    "指标值",
];

/// Words that say a number was done; before a rate they make a status of it, unless the indicator is that rate.
const DONE: &[&str] = &["已全部完成", "全部完成", "已完成", "完成率", "完成"];

/// Verbs before things that were found or done: so many, no more and no less.
const VERBS: &[&str] = &[
    "发现", "发生", "存在", "有", "开展", "举办", "组织", "召开", "培训", "发放", "采购", "购置", "新建",
    "建成", "建设", "改造", "维修", "修建", "安装", "种植", "栽植", "发布", "印发", "制作", "办理", "受理",
    "服务", "检查", "了",
];

/// Words of change; they count only where the indicator's name says that the same way.
const CHANGES: [&[&str]; 2] = [
    &["提高", "提升", "增长", "增加", "上升", "增幅", "增速", "增收"],
    &["下降", "降低", "减少", "节约", "压减", "降幅"],
];

/// A word of change that the indicator's name has too, with what it is measured from, and how many bytes it is.
fn change(text: &str, name: &str) -> Option<usize> {
    let since = words::of(Class::ChangedSince).longest(text).map_or(0, str::len);
    let rest = from(text, since);
    let way = CHANGES.iter().find(|way| way.iter().any(|word| rest.starts_with(word)))?;
    let word = way.iter().find(|word| rest.starts_with(**word))?;
    // Both ways in one name (提高效率降低成本) say neither.
    let named = |way: &[&str]| way.iter().any(|word| name.contains(word));
    let other = CHANGES.iter().any(|other| other != way && named(other));
    (named(way) && !other).then(|| since.saturating_add(word.len()))
}

/// What stands before a number.
pub(super) struct Lead {
    /// Where the number begins.
    pub(super) at: usize,
    /// It says that so much was done.
    pub(super) done: bool,
    /// It says that so much was counted or made: a number of things, not a rate or an amount.
    pub(super) counted: bool,
    /// The sign it stands for.
    pub(super) bound: Option<Sign>,
}

/// Skips the words before a number.
pub(super) fn leads(text: &str, context: &Context) -> Lead {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return Lead { at: 0, done: false, counted: false, bound: None };
    }
    let mut at = named(text, &context.name().words);
    let mut done = false;
    let mut counted = false;
    let mut bound = None;
    // Each word once, in any order: nobody writes more.
    for _ in 0..4 {
        at = spaces(text, at);
        let rest = from(text, at);
        if let Some(taken) = change(rest, &context.name().words) {
            at = at.saturating_add(taken);
        } else if let Some((_, taken)) = strip_lead(rest) {
            at = at.saturating_add(taken);
        } else if let Some(word) = DONE.iter().find(|word| rest.starts_with(**word)) {
            done = true;
            at = at.saturating_add(word.len());
        } else if rest.starts_with("控制在") {
            bound = Some(Sign::AtMost);
            at = at.saturating_add("控制在".len());
        } else if let Some(taken) = strip_verb(rest) {
            counted = true;
            at = at.saturating_add(taken);
        } else if rest.starts_with(':') {
            at = at.saturating_add(1);
        } else {
            break;
        }
    }
    Lead { at: spaces(text, at), done, counted, bound }
}

/// A verb of doing or finding (开展, 已培训), and how many bytes it is.
pub(super) fn strip_verb(text: &str) -> Option<usize> {
    let already = if text.starts_with('已') { '已'.len_utf8() } else { 0 };
    let verb = VERBS.iter().find(|word| from(text, already).starts_with(**word))?;
    already.checked_add(verb.len())
}

pub(super) fn strip_lead(text: &str) -> Option<(&'static str, usize)> {
    LEADS.iter().find(|word| text.starts_with(**word)).map(|word| (*word, word.len()))
}

/// How many bytes at the start of the text repeat the indicator's name or its end (`满意度95%` under 群众满意度).
fn named(text: &str, name: &str) -> usize {
    let mut starts = name.char_indices().map(|(at, _)| at);
    starts
        .find_map(|at| {
            let end = name.get(at..)?;
            // 合格率 is the opposite of 不合格率.
            let denied = name.get(..at).is_some_and(|before| before.ends_with(['不', '未', '非', '无']));
            (!denied && text.starts_with(end) && end.chars().nth(1).is_some()).then_some(end.len())
        })
        .unwrap_or(0)
}

/// What measure words count (`20个村`, `12家企业`, `100名学生`), longer before shorter.
const NOUNS: &[&str] = &[
    "行政村",
    "自然村",
    "社区",
    "乡镇",
    "街道",
    "小区",
    "村",
    "县",
    "子项目",
    "项目",
    "企业",
    "单位",
    "学校",
    "机构",
    "医院",
    "部门",
    "品种",
    "站点",
    "点位",
    "样品",
    "标段",
    "工程",
    "案件",
    "人员",
    "学生",
    "教师",
    "干部",
    "群众",
    "农户",
    "家庭",
    "贫困户",
    "党员",
    "学员",
    "职工",
    "老人",
    "儿童",
    "残疾人",
    "活动",
    "会议",
    "培训",
    "讲座",
    "制度",
    "文件",
    "报告",
    "设备",
    "车辆",
    "系统",
    "平台",
    "课题",
    "岗位",
    "路段",
    "泵站",
    "任务",
    "指标",
    "服务",
];

/// Skips the noun behind a measure word.
pub(super) fn noun(text: &str, at: usize, quantity: &Quantity) -> usize {
    let counted = matches!(quantity.unit.dimension, Dimension::Count(_));
    let noun = NOUNS.iter().find(|noun| counted && from(text, at).starts_with(**noun));
    at.saturating_add(noun.map_or(0, |noun| noun.len()))
}

/// The end of the words for what was counted, if they close the text: `3处问题`, `1起安全事故`; and 整 behind money.
pub(super) fn counted_harm(text: &str, at: usize, quantity: &Quantity) -> usize {
    let rest = from(text, at);
    let harm = matches!(quantity.unit.dimension, Dimension::Count(_))
        && rest.char_indices().nth(MAX_HARM_CHARS).is_none()
        && !rest.contains(['未', '不', '没', '已', '，', '、', '；', ';', '等'])
        && !rest.bytes().any(|b| b.is_ascii_digit())
        && HARM.iter().any(|word| rest.ends_with(word));
    if harm || (quantity.unit.is_money() && rest == "整") { text.len() } else { at }
}

/// `1起一般安全责任事故` has eight.
const MAX_HARM_CHARS: usize = 10;
