//! What kind of indicator one is, by the names of its levels as forms and places write them.

use crate::mapping::title::normalise;
use crate::model::Indicator;
use crate::words::{Class, Words};

/// The group that a level 1 stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// 产出.
    Output,
    /// 效益.
    Benefit,
    /// 满意度.
    Satisfaction,
    /// 成本.
    Cost,
}

/// The kind that a level 2 stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Category {
    /// 数量.
    Quantity,
    /// 质量.
    Quality,
    /// 时效.
    Time,
    /// 成本, and what it is split into.
    Cost,
    /// 经济, 社会, 生态, 可持续.
    Benefit,
    /// 满意度.
    Satisfaction,
}

impl Group {
    /// What a level 1 is called for, where it is one of these.
    pub(super) fn of(level1: &str, words: &Words) -> Option<Self> {
        let name = normalise(level1);
        // 满意度 may stand in one name with 效益, 成本 with 产出: the more special one comes last.
        [
            (Class::CategorySatisfaction, Self::Satisfaction),
            (Class::GroupBenefit, Self::Benefit),
            (Class::GroupOutput, Self::Output),
            (Class::CategoryCost, Self::Cost),
        ]
        .into_iter()
        .find(|(class, _)| words.of(*class).within(&name))
        .map(|(_, group)| group)
    }
}

impl Category {
    /// What a level 2 is called for, where it is one of these.
    pub(super) fn of(level2: &str, words: &Words) -> Option<Self> {
        let name = normalise(level2);
        [
            (Class::CategorySatisfaction, Self::Satisfaction),
            (Class::CategoryCost, Self::Cost),
            (Class::CategoryQuantity, Self::Quantity),
            (Class::CategoryQuality, Self::Quality),
            (Class::CategoryTime, Self::Time),
            (Class::CategoryBenefit, Self::Benefit),
        ]
        .into_iter()
        .find(|(class, _)| words.of(*class).within(&name))
        .map(|(_, category)| category)
    }

    /// The groups that it may stand under.
    pub(super) fn fits(self, group: Group) -> bool {
        match self {
            Self::Quantity | Self::Quality | Self::Time => group == Group::Output,
            Self::Cost => matches!(group, Group::Output | Group::Cost),
            Self::Benefit => group == Group::Benefit,
            // Some forms count those who are served among the benefits.
            Self::Satisfaction => matches!(group, Group::Satisfaction | Group::Benefit),
        }
    }
}

/// The group of an indicator: by its level 1, else by its level 2.
pub(super) fn group(indicator: &Indicator, words: &Words) -> Option<Group> {
    let by_level2 = || match Category::of(&indicator.level2, words)? {
        Category::Quantity | Category::Quality | Category::Time => Some(Group::Output),
        Category::Cost => Some(Group::Cost),
        Category::Benefit => Some(Group::Benefit),
        Category::Satisfaction => Some(Group::Satisfaction),
    };
    Group::of(&indicator.level1, words).or_else(by_level2)
}

/// The category of an indicator: by its level 2, else by a level 1 that has no kinds below it, or where forms have only one level.
pub(super) fn category(indicator: &Indicator, words: &Words) -> Option<Category> {
    Category::of(&indicator.level2, words).or_else(|| Category::of(&indicator.level1, words))
}
