//! Several people score one after the other (主管部门复评分 | 第三方评价得分 | 财政复核得分), each in a column of his own: the last
//! one's counts.

use super::{Header, Leaf, Search};
use crate::mapping::Column;
use crate::model::Voice;
use crate::words::{Class, Words};

/// Who speaks, the weakest first; a title's last word for it counts.
const VOICES: [&[Class]; 4] = [
    &[Class::DepartmentBodies, Class::FirstReviews],
    &[Class::FirmBodies, Class::SecondReviews],
    &[Class::FinanceBodies, Class::ThirdReviews],
    &[Class::FinalReviews],
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
        rank(self.view.item(leaf.at).map(|item| item.key.as_str()).unwrap_or_default(), &self.rules.words)
    }
}

fn rank(title: &str, words: &Words) -> Option<usize> {
    VOICES.iter().rposition(|classes| classes.iter().any(|class| words.of(*class).within(title)))
}

/// Bodies by their names; of others (评价, 复核, 核定) any of them may speak.
const BODIES: [(Class, Voice); 4] = [
    (Class::AgencyBodies, Voice::Agency),
    (Class::DepartmentBodies, Voice::Department),
    (Class::FirmBodies, Voice::Firm),
    (Class::FinanceBodies, Voice::Finance),
];

/// Whose scores a column of this title holds; `None` where it names nobody, or several.
pub(in crate::form) fn voice(title: &str, words: &Words) -> Option<Voice> {
    let title = title.replace("财政部门", "财政");
    let mut named =
        BODIES.iter().filter(|(class, _)| words.of(*class).within(&title)).map(|(_, voice)| *voice);
    named.next().filter(|_| named.next().is_none())
}
