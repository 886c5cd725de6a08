//! Several people score one after the other (主管部门复评分 | 第三方评价得分 | 财政复核得分), each in a column of his own: the last
//! one's counts.

use super::{Header, Leaf, Search};
use crate::mapping::Column;
use crate::model::Voice;

/// Who speaks, the weakest first; a title's last word for it counts.
const VOICES: [&[&str]; 4] = [
    &["部门", "主管", "初评", "上级", "复评", "审核", "检查"],
    &["第三方", "专家", "中介", "机构", "评价", "评审", "抽查", "抽评"],
    &["复核", "复审", "财政"],
    &["核定", "终评", "最终", "审定", "认定"],
];

impl Search<'_, '_> {
    /// Of several columns of scores the last one's where the titles say whose each is, and each speaks after the one before.
    pub(super) fn voices(&self, leaves: &mut Vec<(Leaf, usize, usize)>, header: &mut Header) {
        if leaves.len() < 2 {
            return;
        }
        leaves.sort_by_key(|(leaf, ..)| leaf.at.col());
        let voices: Option<Vec<usize>> = leaves.iter().map(|(leaf, ..)| self.voice(leaf)).collect();
        let rising = voices
            .is_some_and(|voices| voices.iter().zip(voices.iter().skip(1)).all(|(one, next)| one < next));
        if !rising {
            return;
        }
        let last = leaves.pop();
        for (leaf, rule, rank) in leaves.drain(..) {
            header.aside.push(self.made(Column::Score, &leaf, (rule, rank)));
        }
        leaves.extend(last);
    }

    /// How late a title's voice speaks; `None` where it names none.
    fn voice(&self, leaf: &Leaf) -> Option<usize> {
        rank(self.view.item(leaf.at).map(|item| item.key.as_str()).unwrap_or_default())
    }
}

fn rank(title: &str) -> Option<usize> {
    VOICES.iter().rposition(|words| words.iter().any(|word| title.contains(word)))
}

/// Words that name a body; of others (评价, 复核, 核定) any of them may speak.
const NAMES: [(&str, Voice); 10] = [
    ("自评", Voice::Agency),
    ("自我", Voice::Agency),
    ("部门", Voice::Department),
    ("主管", Voice::Department),
    ("上级", Voice::Department),
    ("第三方", Voice::Firm),
    ("专家", Voice::Firm),
    ("中介", Voice::Firm),
    ("机构", Voice::Firm),
    ("财政", Voice::Finance),
];

/// Whose scores a column of this title holds; `None` where it names nobody, or several.
pub(in crate::form) fn voice(title: &str) -> Option<Voice> {
    let title = title.replace("财政部门", "财政");
    let mut named = NAMES.iter().filter(|(word, _)| title.contains(word)).map(|(_, voice)| *voice);
    let first = named.next()?;
    named.all(|voice| voice == first).then_some(first)
}
