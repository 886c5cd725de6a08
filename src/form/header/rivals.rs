//! Different titles that claim to be the same column (目标值 and 指标值): where nothing tells which one it is, none is read.

use super::{Leaf, Search};
use crate::mapping::Column;

/// Rows below a header that are looked at.
const SAMPLE_ROWS: u32 = 80;
/// What a cell with a sign holds; 正向 and 反向 say it in words.
const SIGNS: [char; 12] = ['≥', '≤', '>', '<', '=', '≧', '≦', '≠', '＞', '＜', '＝', '═'];

impl Search<'_, '_> {
    /// Whether it cannot be told which of several titles is the column. Titles over nothing claim nothing; a mapping that
    /// names one of them itself has decided.
    pub(super) fn is_undecided(
        &self,
        column: Column,
        bottom: u32,
        leaves: &mut Vec<(Leaf, usize, usize)>,
    ) -> bool {
        let own = |rule: usize| self.rules.columns_of(self.table).get(rule).map_or(0, |rule| rule.own);
        if leaves.len() < 2 || leaves.iter().any(|(_, rule, rank)| *rank < own(*rule)) {
            return false;
        }
        let claims: fn(&Self, &Leaf, u32) -> bool = match column {
            Column::Target | Column::Criterion => Self::is_filled,
            // 完成情况 says in words what 完成值 says.
            Column::Actual => |search, leaf, bottom| search.is_value(leaf) && search.is_filled(leaf, bottom),
            // 指标性质 may say 定量 beside 计算符号.
            Column::Sign => Self::has_signs,
            _ => return false,
        };
        let rivals: Vec<_> = leaves.iter().filter(|(leaf, ..)| claims(self, leaf, bottom)).cloned().collect();
        if rivals.len() == 1 {
            *leaves = rivals;
            return false;
        }
        rivals.len() > 1
    }

    fn is_value(&self, leaf: &Leaf) -> bool {
        let key = self.view.item(leaf.at).map(|item| item.key.as_str()).unwrap_or_default();
        crate::mapping::title::bare(key).unwrap_or(key).ends_with('值')
    }

    fn is_filled(&self, leaf: &Leaf, bottom: u32) -> bool {
        self.below(leaf, bottom, |_| true)
    }

    /// Whether anything stands below a title, numbers, too.
    pub(super) fn is_filled_in(&self, leaf: &Leaf, bottom: u32) -> bool {
        let mut rows = self.view.rows(bottom.saturating_add(1), bottom.saturating_add(SAMPLE_ROWS));
        let columns = leaf.range.first.col()..=leaf.range.last.col();
        rows.any(|(_, items)| items.iter().any(|item| columns.contains(&item.at.col())))
    }

    fn has_signs(&self, leaf: &Leaf, bottom: u32) -> bool {
        self.below(leaf, bottom, |key| key.contains(SIGNS) || key.contains('向'))
    }

    /// Whether a cell below a title is of a kind; numbers have no key.
    fn below(&self, leaf: &Leaf, bottom: u32, of_kind: impl Fn(&str) -> bool) -> bool {
        let columns = leaf.range.first.col()..=leaf.range.last.col();
        let mut rows = self.view.rows(bottom.saturating_add(1), bottom.saturating_add(SAMPLE_ROWS));
        rows.any(|(_, items)| items.iter().any(|item| columns.contains(&item.at.col()) && of_kind(&item.key)))
    }
}
