//! What the title of a column says, read from the words it is composed of: time or stage, thing, role, value, unit.
//!
//! `年初绩效目标值` is 年初 · 绩效 · 目标 · 值: the target as it was set. The words stand in `mappings/titles.toml`. A title
//! is read only where every character of it belongs to a word; where only its beginning does not, what it ends in is a
//! guess, and is said to be one.

pub(crate) mod ledger;
mod roles;
mod silent;
mod standards;
mod survey;
mod words;

use rust_decimal::Decimal;

use crate::mapping::column::{Column, TableKind, Use};
use crate::mapping::index::FormTable;
use crate::mapping::title::undated;
use crate::mapping::words::Kind;
use roles::{Said, role};
use words::{Class, Vocabulary, vocabulary};

pub use silent::Silent;

/// Characters of a title at most: what is longer is a sentence.
const MAX_CHARS: usize = 24;

/// A table whose titles are read: each kind has words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// A table of a form with indicators.
    Form(FormTable),
    /// A table of scores by levels.
    Summary,
    /// A ledger.
    Ledger,
    /// The answers to a questionnaire.
    Survey,
}

impl Table {
    /// All of them, those with words of their own first.
    pub(crate) const ALL: [Self; 6] = [
        Self::Ledger,
        Self::Survey,
        Self::Summary,
        Self::Form(FormTable::Main),
        Self::Form(FormTable::Budget),
        Self::Form(FormTable::Checklist),
    ];

    /// The table of a form of some kind.
    pub fn of(kind: Kind, table: FormTable) -> Self {
        match (kind, table) {
            (Kind::Ledger, FormTable::Main) => Self::Ledger,
            (Kind::Survey, FormTable::Main) => Self::Survey,
            (Kind::ScoreSummary, FormTable::Main) => Self::Summary,
            _ => Self::Form(table),
        }
    }
}

impl From<FormTable> for Table {
    fn from(table: FormTable) -> Self {
        Self::Form(table)
    }
}

/// When what a title speaks of was fixed, or for which time it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 年初, 申报, 批复.
    Initial,
    /// 调整后.
    Adjusted,
    /// 中期, 实施期: several years.
    Midterm,
    /// 上半年, 一季度: a part of the year.
    Period,
}

/// What a title is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A column that is read.
    Column(Column),
    /// A column that is not, and why that is no loss.
    Silent(Silent),
}

/// A title read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Composed {
    /// What the column holds.
    pub role: Role,
    /// The stage it names, if any.
    pub stage: Option<Stage>,
    /// Whether every character of it was read; else the role is a guess.
    pub whole: bool,
}

/// Reads a normalised title as one of a table; `None` where its words say nothing.
pub fn read(key: &str, table: impl Into<Table>) -> Option<Composed> {
    let table = table.into();
    let vocabulary = vocabulary(table)?;
    let core = core(key, vocabulary)?;
    if core.chars().count() > MAX_CHARS {
        return None;
    }
    let steps = steps(&core, vocabulary);
    if let Some(classes) = classes(&steps, 0) {
        let (role, stage) = role(&Said(classes), table)?;
        return by_bracket(key, role).map(|role| Composed { role, stage, whole: true });
    }
    guess(&core, &steps, table)
}

/// Whether a title only says that it holds the value (值) of what stands over it.
pub fn is_value(key: &str) -> bool {
    let words = vocabulary(Table::Form(FormTable::Main));
    words.is_some_and(|words| {
        core(key, words).is_some_and(|core| words.words.get(&core) == Some(&Class::Value))
    })
}

/// Whether titles composed of words give a column of a table.
pub fn gives(column: Column, table: Table) -> bool {
    let kind = match table {
        Table::Form(FormTable::Budget) => TableKind::Money,
        Table::Form(FormTable::Main | FormTable::Checklist) | Table::Summary => TableKind::Indicators,
        Table::Ledger => TableKind::Ledger,
        Table::Survey => TableKind::Survey,
    };
    kind.uses(column, Use::Composed)
}

/// What the bracket behind a title makes of its role: 预算执行(E/C×100%) is a rate, and 年度绩效目标(80分) is the name of a
/// block with its points, no column.
fn by_bracket(key: &str, role: Role) -> Option<Role> {
    let inner = key.strip_suffix(')').and_then(|open| Some(open.rsplit_once('(')?.1)).unwrap_or_default();
    match role {
        Role::Column(Column::Spent) if inner.contains('/') && inner.ends_with('%') => {
            Some(Role::Column(Column::Rate))
        }
        Role::Column(Column::Target)
            if inner.strip_suffix('分').is_some_and(|points| points.parse::<Decimal>().is_ok()) =>
        {
            None
        }
        role => Some(role),
    }
}

/// The title without what hangs on it: stars, numbers, a year, brackets with units, letters and instructions. A stage in
/// brackets (`全年（调整）预算数`) is part of it.
fn core(key: &str, vocabulary: &Vocabulary) -> Option<String> {
    let mut plain = String::with_capacity(key.len());
    let mut depth = 0_u32;
    let mut inner = String::new();
    for c in key.chars() {
        match c {
            '(' | '[' => {
                depth = depth.saturating_add(1);
                inner.clear();
            }
            ')' | ']' if depth > 0 => {
                depth = depth.saturating_sub(1);
                if matches!(
                    vocabulary.words.get(&inner),
                    Some(Class::Adjusted | Class::Initial | Class::Done | Class::Home | Class::Foreign)
                ) {
                    plain.push_str(&inner);
                }
            }
            _ if depth > 0 => inner.push(c),
            '*' | '★' | '☆' | '※' | '✶' | '●' | ':' | '%' | '/' | '、' | '?' | '"' | '“' | '”' | '-'
            | '_' | '.' => {}
            c => plain.push(c),
        }
    }
    let unnumbered = plain.trim_start_matches(|c: char| c.is_ascii_digit() && !plain.contains('年'));
    let dated = undated(unnumbered).unwrap_or(unnumbered);
    // A letter that a formula of the form calls the column by.
    let core = dated.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    (!core.is_empty()).then(|| core.to_owned())
}

/// A word that begins somewhere in a text from where words lead to its end.
#[derive(Clone, Copy)]
struct Step {
    /// How many words lead to the end.
    words: usize,
    /// Where the next word begins, in bytes.
    next: usize,
    class: Class,
}

/// For each byte of a text at which a word may begin, the fewest words that lead from there to its end.
fn steps(text: &str, vocabulary: &Vocabulary) -> Vec<Option<Step>> {
    let mut best: Vec<Option<Step>> = vec![None; text.len().saturating_add(1)];
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    for start in starts.iter().rev().copied() {
        let rest = text.get(start..).unwrap_or_default();
        let ends = rest.char_indices().map(|(at, c)| at.saturating_add(c.len_utf8()));
        for length in ends.take(vocabulary.longest) {
            let next = start.saturating_add(length);
            let behind = match best.get(next).copied().flatten() {
                Some(step) => step.words,
                None if next == text.len() => 0,
                None => continue,
            };
            let Some(class) = rest.get(..length).and_then(|word| vocabulary.words.get(word)) else {
                continue;
            };
            let words = behind.saturating_add(1);
            if let Some(slot) = best.get_mut(start).filter(|slot| slot.is_none_or(|have| words < have.words))
            {
                *slot = Some(Step { words, next, class: *class });
            }
        }
    }
    best
}

/// The classes of the words from a byte on; `None` where they do not lead to the end.
fn classes(steps: &[Option<Step>], from: usize) -> Option<Vec<Class>> {
    let mut classes = Vec::new();
    let mut at = from;
    while at.saturating_add(1) < steps.len() {
        let step = steps.get(at).copied().flatten()?;
        classes.push(step.class);
        at = step.next;
    }
    Some(classes)
}

/// The role of a title whose beginning is not known: that of the longest end that has one.
fn guess(core: &str, steps: &[Option<Step>], table: Table) -> Option<Composed> {
    let first = core
        .char_indices()
        .map(|(at, _)| at)
        .skip(1)
        .find(|at| steps.get(*at).is_some_and(Option::is_some))?;
    if core.get(first..)?.chars().count() < 2 {
        return None;
    }
    let (role, stage) = role(&Said(classes(steps, first)?), table)?;
    let guessable = matches!(role, Role::Column(column) if column.may_be_guessed());
    guessable.then_some(Composed { role, stage, whole: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main(title: &str) -> String {
        said(title, FormTable::Main)
    }

    fn said(title: &str, table: FormTable) -> String {
        match read(&crate::mapping::title::normalise(title), table) {
            None => "–".to_owned(),
            Some(Composed { role, stage, whole }) => {
                let role = match role {
                    Role::Column(column) => column.word().to_owned(),
                    Role::Silent(silent) => format!("{silent:?}"),
                };
                let stage = stage.map(|stage| format!(" {stage:?}")).unwrap_or_default();
                format!("{role}{stage}{}", if whole { "" } else { " ?" })
            }
        }
    }

    #[test]
    fn a_title_is_read_from_its_words() {
        for (title, role) in [
            ("年初绩效目标", "target Initial"),
            ("当年任务数", "target"),
            ("预期实现值", "target"),
            ("目标任务值", "target"),
            ("年度工作目标", "target"),
            ("计划完成数", "target"),
            ("全年绩效目标（A）", "target"),
            ("调整指标值", "target_adjusted Adjusted"),
            ("中期目标值", "target_midterm Midterm"),
            ("完成结果", "actual"),
            ("年末完成数", "actual"),
            ("实际实现值", "actual"),
            ("年末实际值", "actual"),
            ("上年实际值", "last_year"),
            ("上年度完成情况", "last_year"),
            ("上年目标值", "History"),
            ("前年值", "year_before"),
            ("前三年平均值", "three_year_mean"),
            ("三年均值", "three_year_mean Midterm"),
            ("行业标准值", "industry"),
            ("行业平均水平", "industry"),
            ("参考值", "reference"),
            ("历史标准值", "History"),
            ("全省平均值", "History"),
            ("考核指标", "name"),
            ("指标得分", "score"),
            ("第三方评价得分", "score"),
            ("主管部门自评分", "stated_score"),
            ("二级指标分值", "level2_weight"),
            ("评（扣）分标准", "criterion"),
            ("偏差大或目标未完成原因分析", "reason"),
            ("统一社会信用代码", "Serial"),
            ("联系电话", "Person"),
            ("填报日期", "Day"),
            ("本市承诺任务值", "target ?"),
            ("项目内容", "–"),
            ("社会效益指标", "–"),
            ("数量", "–"),
            ("年度绩效目标1（80分）", "–"),
        ] {
            assert_eq!(main(title), role, "{title}");
        }
    }

    #[test]
    fn a_title_of_money_is_read_from_its_words() {
        for (title, role) in [
            ("全年（调整）预算数", "adjusted Adjusted"),
            ("年初安排数", "budget Initial"),
            ("年中追加（减）额", "Money Period"),
            ("预算安排合计", "adjusted"),
            ("全年支出数", "spent"),
            ("支出进度", "rate"),
            ("执行率权重", "weight"),
            ("预算执行(E/C×100%)", "rate"),
            ("执行率得分（分）", "score"),
            ("上年度预算安排", "History"),
        ] {
            assert_eq!(said(title, FormTable::Budget), role, "{title}");
        }
    }
}
