//! Words that say how far something is done, without a number that could be scored.

use crate::base::Ratio;
use crate::words::list;

/// How far something is said to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusWord {
    /// 完成, 已完成, 达成预期指标, 达成年度指标.
    Done,
    /// 基本完成, 基本达成.
    Mostly,
    /// 部分完成, 部分达成年度指标并具有一定效果.
    Partly,
    /// 未完成, 未达成年度指标且效果较差.
    NotDone,
    /// 按时完成, 及时: done in time.
    OnTime,
    /// 逾期, 未按时完成: done too late, or not.
    Late,
}

/// A status, with the rate it may carry (`已完成100%`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status {
    /// How far.
    pub word: StatusWord,
    /// The rate behind it, if one is written.
    pub rate: Option<Ratio>,
}

const WORDS: &[(&str, StatusWord)] = &[
    ("完成", StatusWord::Done),
    ("已完成", StatusWord::Done),
    ("全部完成", StatusWord::Done),
    ("已全部完成", StatusWord::Done),
    ("均已完成", StatusWord::Done),
    ("全面完成", StatusWord::Done),
    ("如期完成任务", StatusWord::Done),
    ("已达成", StatusWord::Done),
    ("达成", StatusWord::Done),
    ("达标", StatusWord::Done),
    ("已达标", StatusWord::Done),
    ("达到预期", StatusWord::Done),
    ("达到目标", StatusWord::Done),
    ("达到预期目标", StatusWord::Done),
    ("达到预期指标", StatusWord::Done),
    ("达到年度指标", StatusWord::Done),
    ("达成预期指标", StatusWord::Done),
    ("达成预期目标", StatusWord::Done),
    ("达成年度指标", StatusWord::Done),
    ("达成年度目标", StatusWord::Done),
    ("实现预期目标", StatusWord::Done),
    ("基本完成", StatusWord::Mostly),
    ("已基本完成", StatusWord::Mostly),
    ("基本达成", StatusWord::Mostly),
    ("基本达成预期指标", StatusWord::Mostly),
    ("基本达成目标", StatusWord::Mostly),
    ("大部分完成", StatusWord::Mostly),
    ("部分完成", StatusWord::Partly),
    ("部分达成", StatusWord::Partly),
    ("部分达成预期指标", StatusWord::Partly),
    ("部分达成年度指标", StatusWord::Partly),
    ("部分达成预期指标并具有一定效果", StatusWord::Partly),
    ("部分达成年度指标并具有一定效果", StatusWord::Partly),
    ("进行中", StatusWord::Partly),
    ("正在进行", StatusWord::Partly),
    ("未完成", StatusWord::NotDone),
    ("尚未完成", StatusWord::NotDone),
    ("没有完成", StatusWord::NotDone),
    ("未达成", StatusWord::NotDone),
    ("未达标", StatusWord::NotDone),
    ("未达到", StatusWord::NotDone),
    ("未达到预期", StatusWord::NotDone),
    ("未达成年度指标", StatusWord::NotDone),
    ("未达成预期指标", StatusWord::NotDone),
    ("未达成年度指标且效果较差", StatusWord::NotDone),
    ("未达成预期指标且效果较差", StatusWord::NotDone),
    ("未开展", StatusWord::NotDone),
    ("未实施", StatusWord::NotDone),
    ("按时", StatusWord::OnTime),
    ("按时完成", StatusWord::OnTime),
    ("按期", StatusWord::OnTime),
    ("按期完成", StatusWord::OnTime),
    ("已按时完成", StatusWord::OnTime),
    ("已按期完成", StatusWord::OnTime),
    ("如期完成", StatusWord::OnTime),
    ("准时", StatusWord::OnTime),
    ("准时完成", StatusWord::OnTime),
    ("及时完成", StatusWord::OnTime),
    ("提前完成", StatusWord::OnTime),
    ("按计划完成", StatusWord::OnTime),
    ("逾期", StatusWord::Late),
    ("逾期完成", StatusWord::Late),
    ("延期", StatusWord::Late),
    ("延期完成", StatusWord::Late),
    ("推迟完成", StatusWord::Late),
    ("超期", StatusWord::Late),
    ("未按时完成", StatusWord::Late),
    ("未按期完成", StatusWord::Late),
    ("未如期完成", StatusWord::Late),
    ("未及时完成", StatusWord::Late),
];

/// The status that the whole plain text is, without a rate.
pub(super) fn status_word(text: &str) -> Option<StatusWord> {
    WORDS.iter().find(|(word, _)| *word == text).map(|(_, status)| *status)
}

/// Whether the whole plain text says that nothing was found: 无, 未发现问题, 未发生安全事故, 零投诉, 无违规.
pub(super) fn nothing_found(text: &str) -> bool {
    const BEFORE: &[&str] = &[
        "未发现",
        "未发生",
        "未出现",
        "不发生",
        "不出现",
        "未接到",
        "未收到",
        "没有发生",
        "没有发现",
        "没有",
        "无",
        "零",
        "0",
        "不存在",
        "未有",
    ];
    const TURNS: &[char] = &['但', '除', '仅', '只', '外', '，', '。', '；', ';', '少', '多', '已', '整'];
    if list::NOTHING_ALONE.has(text) {
        return true;
    }
    if text.chars().nth(MAX_NOTHING_CHARS).is_some() || text.contains(TURNS) {
        return false;
    }
    let text = text.strip_suffix("发生").unwrap_or(text);
    let spared = |rest: &str| {
        let plain = !rest.contains(|c: char| matches!(c, '未' | '不' | '没') || c.is_ascii_digit());
        plain && list::FOUND_THINGS.ends(rest)
    };
    BEFORE.iter().filter_map(|before| text.strip_prefix(before)).any(spared)
}

/// Longer sentences say more than that nothing was found.
const MAX_NOTHING_CHARS: usize = 24;
