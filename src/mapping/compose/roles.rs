//! What the words of a title say together: first what decides alone (原因, 权重, 标准), then what was done, what was
//! promised, what it is called.

use super::words::Class;
use super::{Role, Silent, Stage, Table, ledger, standards, survey};
use crate::mapping::{Column, FormTable};

/// The words of a title.
pub(super) struct Said(pub(super) Vec<Class>);

impl Said {
    pub(super) fn has(&self, class: Class) -> bool {
        self.0.contains(&class)
    }

    pub(super) fn any(&self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }

    /// Whether there is nothing but these.
    pub(super) fn only(&self, classes: &[Class]) -> bool {
        self.0.iter().all(|class| classes.contains(class))
    }

    pub(super) fn last(&self) -> Option<Class> {
        self.0.last().copied()
    }

    fn stage(&self) -> Option<Stage> {
        let stages = [
            (Class::Adjusted, Stage::Adjusted),
            (Class::Period, Stage::Period),
            (Class::Midterm, Stage::Midterm),
            (Class::Initial, Stage::Initial),
        ];
        stages.into_iter().find(|(class, _)| self.has(*class)).map(|(_, stage)| stage)
    }
}

/// Words that say for when, and what of, and decide no role.
const AROUND: [Class; 8] = [
    Class::Initial,
    Class::Adjusted,
    Class::Annual,
    Class::Midterm,
    Class::Period,
    Class::Thing,
    Class::Sum,
    Class::Review,
];

/// The role of a title in a table, and its stage.
pub(super) fn role(said: &Said, table: Table) -> Option<(Role, Option<Stage>)> {
    let stage = said.stage();
    let role = match table {
        Table::Ledger => ledger::role(said),
        Table::Survey => survey::role(said),
        Table::Form(FormTable::Budget) => of_money(said),
        Table::Form(FormTable::Main) => of_indicators(said, stage),
        // Its rows are the second levels: what they weigh is the weight.
        Table::Summary => match of_indicators(said, stage) {
            Some(Role::Column(Column::Level2Weight)) => Some(Role::Column(Column::Weight)),
            None if said.has(Class::Rate) => Some(Role::Silent(Silent::Rate)),
            role => role,
        },
        // A checklist is told from a table of indicators by what its items are called.
        Table::Form(FormTable::Checklist) => of_indicators(said, stage)
            .filter(|role| !matches!(role, Role::Column(Column::Name | Column::Level1 | Column::Level2))),
    };
    role.map(|role| (role, stage))
}

/// The columns of a table of indicators.
fn of_indicators(said: &Said, stage: Option<Stage>) -> Option<Role> {
    use Class as C;
    let column = |column: Column| Some(Role::Column(column));
    let silent = |silent: Silent| Some(Role::Silent(silent));
    if said.any(&[C::Serial, C::Person, C::Day, C::Remark, C::Answer]) {
        return beside(said);
    }
    if said.has(C::Reason) {
        // 偏离度 is a rate, 偏离原因 is none.
        let rate = said.last() == Some(C::Rate);
        return if rate { silent(Silent::Rate) } else { column(Column::Reason) };
    }
    if said.any(&standards::CLASSES) {
        return Some(standards::role(said));
    }
    if said.has(C::Situation) {
        return column(Column::Situation);
    }
    if said.has(C::Criterion) {
        return column(Column::Criterion);
    }
    if said.any(&[C::Weight, C::Minus, C::Points]) {
        return of_points(said);
    }
    if said.has(C::Basis) {
        return silent(Silent::Basis);
    }
    if said.has(C::Rate) {
        return match () {
            () if said.any(&[C::Money, C::Spent, C::Arrived]) => None,
            () if said.any(&[C::Did, C::Goal, C::Indicator, C::Task, C::Done]) => silent(Silent::Rate),
            () => None,
        };
    }
    if said.has(C::Factor) {
        return silent(Silent::Rate);
    }
    if said.has(C::Unit) {
        return column(Column::Unit);
    }
    if said.has(C::Sign) {
        return column(Column::Sign);
    }
    if said.has(C::Kind) {
        let of_indicator = said.has(C::Indicator) || said.any(&[C::Goal, C::Value]);
        return of_indicator.then_some(Role::Silent(Silent::Kind));
    }
    if said.has(C::Explain) {
        return said
            .any(&[C::Indicator, C::Goal, C::Value, C::Task])
            .then_some(Role::Silent(Silent::Explain));
    }
    if said.any(&[C::Money, C::Amount, C::Spent, C::Arrived, C::Change]) {
        return None;
    }
    if said.any(&[C::Level1, C::Level2, C::Level3]) {
        let named = said.only(&[
            C::Level1,
            C::Level2,
            C::Level3,
            C::Indicator,
            C::Goal,
            C::Thing,
            C::Name,
            C::Review,
            C::Task,
            C::Sum,
        ]);
        return match () {
            () if !named => None,
            () if said.has(C::Level1) => column(Column::Level1),
            () if said.has(C::Level2) => column(Column::Level2),
            () => column(Column::Name),
        };
    }
    if said.has(C::Name) {
        return said.any(&[C::Indicator, C::Goal, C::Task]).then_some(Role::Column(Column::Name));
    }
    actual(said, stage).or_else(|| target(said, stage)).or_else(|| name(said))
}

/// 序号, 联系电话, 填报日期, 备注: no part in scoring.
fn beside(said: &Said) -> Option<Role> {
    use Class as C;
    let silent = |silent: Silent| Some(Role::Silent(silent));
    let alone =
        said.only(&[C::Serial, C::Thing, C::Indicator, C::Level3, C::Level2, C::Level1, C::Review, C::Own]);
    match () {
        () if said.has(C::Serial) && alone => silent(Silent::Serial),
        () if said.last() == Some(C::Person) => silent(Silent::Person),
        () if said.last() == Some(C::Day) && !said.any(&[C::Goal, C::Value]) => silent(Silent::Day),
        () if said.last() == Some(C::Remark) => silent(Silent::Remark),
        () => None,
    }
}

/// 分值, 得分, 扣分.
fn of_points(said: &Said) -> Option<Role> {
    use Class as C;
    let column = |column: Column| Some(Role::Column(column));
    if said.has(C::Weight) {
        return match () {
            () if said.any(&[C::Spent, C::Money, C::Points]) => None,
            () if said.has(C::Level1) => column(Column::Level1Weight),
            () if said.has(C::Level2) => column(Column::Level2Weight),
            () => column(Column::Weight),
        };
    }
    if said.has(C::Minus) {
        return (said.last() == Some(C::Minus)).then_some(Role::Silent(Silent::Deduction));
    }
    let rest = Said(said.0.iter().copied().filter(|class| *class != C::Points).collect());
    match () {
        () if said.any(&[C::Spent, C::Money, C::Rate, C::Plan, C::Goal]) => None,
        () if rest.has(C::Own) => column(Column::StatedScore),
        () if rest.only(&[C::Review, C::Thing, C::Indicator, C::Done, C::Sum, C::Annual, C::Level3]) => {
            column(Column::Score)
        }
        () => None,
    }
}

/// 完成值, 实际完成情况, 年末完成数: what was done.
fn actual(said: &Said, stage: Option<Stage>) -> Option<Role> {
    use Class as C;
    // 复核值, 核实值: what a reviewer found was done.
    if stage.is_none() && said.has(C::Review) && said.has(C::Value) && said.only(&[C::Review, C::Value]) {
        return Some(Role::Column(Column::Actual));
    }
    let fits = said.any(&[C::Done, C::Did])
        && !said.has(C::Plan)
        && !said.has(C::Own)
        && !matches!(stage, Some(Stage::Initial | Stage::Adjusted | Stage::Midterm));
    if !fits || !said.any(&[C::Value, C::State, C::Done, C::Did]) {
        return None;
    }
    // 实施情况 of nothing is a text, as is 履职情况.
    let told = said.any(&[C::Value, C::State, C::Done]) || said.only(&[C::Did, C::Annual]);
    match stage {
        Some(Stage::Period) => Some(Role::Silent(Silent::OtherStage)),
        _ if told => Some(Role::Column(Column::Actual)),
        _ => None,
    }
}

/// 年初指标值, 计划完成值, 绩效目标, 任务数: what was promised.
fn target(said: &Said, stage: Option<Stage>) -> Option<Role> {
    use Class as C;
    let mut fitting = AROUND.to_vec();
    fitting.extend([C::Plan, C::Did, C::Goal, C::Task, C::Indicator, C::Value]);
    if !said.only(&fitting) {
        return None;
    }
    let timed = said.any(&[C::Initial, C::Adjusted, C::Annual, C::Midterm, C::Period, C::Plan]);
    let fits = match () {
        // 完成数 of nothing is no promise; 计划完成数 is one.
        () if said.has(C::Did) => said.has(C::Plan) && said.any(&[C::Value, C::Goal, C::Task]),
        () if said.has(C::Goal) => true,
        // 任务 alone is as often the name of what is to be done.
        () if said.has(C::Task) => said.has(C::Value) || timed,
        () if said.has(C::Indicator) => said.has(C::Value) || timed,
        () => said.has(C::Value) && timed,
    };
    let column = match stage {
        _ if !fits => return None,
        Some(Stage::Adjusted) => Column::TargetAdjusted,
        Some(Stage::Midterm | Stage::Period) => Column::TargetMidterm,
        Some(Stage::Initial) | None => Column::Target,
    };
    Some(Role::Column(column))
}

/// 考核指标, 评价指标, 具体指标: the indicator's name.
fn name(said: &Said) -> Option<Role> {
    let fits = said.only(&[Class::Indicator, Class::Thing, Class::Review, Class::Name]);
    (fits && said.has(Class::Indicator)).then_some(Role::Column(Column::Name))
}

/// The columns of a block of money.
fn of_money(said: &Said) -> Option<Role> {
    use Class as C;
    let column = |column: Column| Some(Role::Column(column));
    let silent = |silent: Silent| Some(Role::Silent(silent));
    if said.any(&[C::Serial, C::Person, C::Day, C::Answer]) || said.any(&standards::CLASSES) {
        let past = said.any(&standards::CLASSES);
        return silent(if past { Silent::History } else { Silent::Serial });
    }
    if said.any(&[C::Reason, C::Remark, C::Situation]) {
        return column(Column::Reason);
    }
    if said.has(C::Weight) {
        return column(Column::Weight);
    }
    if said.has(C::Points) {
        return column(if said.has(C::Own) { Column::StatedScore } else { Column::Score });
    }
    if said.has(C::Rate) {
        return match () {
            () if said.any(&[C::Spent, C::Did]) && !said.has(C::Arrived) => column(Column::Rate),
            () if said.has(C::Arrived) => silent(Silent::Money),
            () => None,
        };
    }
    if said.has(C::Spent) {
        let told = said.only(&[
            C::Spent,
            C::Value,
            C::Money,
            C::Amount,
            C::Annual,
            C::Done,
            C::Thing,
            C::Sum,
            C::Did,
            C::Period,
        ]);
        return told.then_some(Role::Column(Column::Spent));
    }
    if said.has(C::Arrived) {
        return silent(Silent::Money);
    }
    // What was added or taken away is a part; the whole behind it is called 调整后 or 合计.
    if said.has(C::Change) && !said.any(&[C::Sum]) {
        return silent(Silent::Money);
    }
    let about = [
        C::Money,
        C::Amount,
        C::Value,
        C::Plan,
        C::Initial,
        C::Adjusted,
        C::Annual,
        C::Sum,
        C::Thing,
        C::Midterm,
        C::Period,
        C::Own,
    ];
    if !said.only(&about) || !said.any(&[C::Money, C::Amount]) {
        return None;
    }
    // 项目资金 alone is what a block is about, 项目资金数 a column of it.
    let counted = said.any(&[C::Amount, C::Value, C::Sum, C::Initial, C::Adjusted]);
    match () {
        () if !counted => None,
        () if said.any(&[C::Midterm, C::Period]) => silent(Silent::OtherStage),
        () if said.has(C::Initial) && !said.has(C::Adjusted) => column(Column::Budget),
        () => column(Column::Adjusted),
    }
}
