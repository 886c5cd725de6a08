//! Words that say how far something is done, without a number that could be scored.

use crate::base::Ratio;
use crate::words::{Senses, list};

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

const WORDS: Senses<StatusWord> = Senses::new(&[
    (list::STATUS_DONE, StatusWord::Done),
    (list::STATUS_MOSTLY, StatusWord::Mostly),
    (list::STATUS_PARTLY, StatusWord::Partly),
    (list::STATUS_NOT_DONE, StatusWord::NotDone),
    (list::STATUS_ON_TIME, StatusWord::OnTime),
    (list::STATUS_LATE, StatusWord::Late),
]);

/// The status that the whole plain text is, without a rate.
pub(super) fn status_word(text: &str) -> Option<StatusWord> {
    WORDS.of(text)
}

/// Whether the whole plain text says that nothing was found: 无, 未发现问题, 未发生安全事故, 零投诉, 无违规.
pub(super) fn nothing_found(text: &str) -> bool {
    if list::NOTHING_ALONE.has(text) {
        return true;
    }
    let turns = list::TURNS_OF_NOTHING.within(text) || text.contains(['，', '。', '；', ';']);
    if text.chars().nth(MAX_NOTHING_CHARS).is_some() || turns {
        return false;
    }
    let text = text.strip_suffix("发生").unwrap_or(text);
    let spared = |rest: &str| {
        let plain = !list::PLAIN_DENIAL_SIGNS.within(rest) && !rest.bytes().any(|b| b.is_ascii_digit());
        plain && list::FOUND_THINGS.ends(rest)
    };
    list::NOTHING_OF.iter().filter_map(|before| text.strip_prefix(before)).any(spared)
}

/// Longer sentences say more than that nothing was found.
const MAX_NOTHING_CHARS: usize = 24;
