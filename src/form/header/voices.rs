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

    /// Of two columns of what was done the one that a reviewer fills (复核完成值) counts, once he has; what the agency says
    /// itself is compared with it.
    pub(super) fn two_actuals(&self, leaves: &mut Vec<(Leaf, usize, usize)>, header: &mut Header) {
        let [one, other] = leaves.as_slice() else { return };
        let (own, review) = match [one, other].map(|(leaf, ..)| self.is_reviewers(leaf, header.top)) {
            [false, true] => (one.clone(), other.clone()),
            [true, false] => (other.clone(), one.clone()),
            _ => return,
        };
        let (leaf, rule, rank) = if self.is_filled_in(&review.0, header.bottom) {
            header.columns.push(self.made(Column::StatedActual, &own.0, (own.1, own.2)));
            review
        } else {
            header.aside.push(self.made(Column::Actual, &review.0, (review.1, review.2)));
            own
        };
        *leaves = vec![(leaf, rule, rank)];
    }

    /// Whether a title, or one that stands over it, says that a reviewer fills its column.
    fn is_reviewers(&self, leaf: &Leaf, top: u32) -> bool {
        let above = (top..leaf.at.row()).filter_map(|row| self.group_title(row, leaf.at.col()));
        let above: Vec<&str> = above.map(|item| item.key.as_str()).collect();
        let own = self.view.item(leaf.at).map(|item| item.key.as_str()).unwrap_or_default();
        let titles = || above.iter().copied().chain([own]);
        let words = &self.rules.words;
        let agencys = titles().any(|title| words.of(Class::AgencyBodies).within(title));
        !agencys && titles().any(|title| rank(title, words).is_some())
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
