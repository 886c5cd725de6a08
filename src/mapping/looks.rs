//! What the content of a cell looks like, whatever its title says.

use super::column::Column;
use super::compose::Silent;
use crate::sheet::{Cell, NumberFormat, Value};
use crate::words::{self, Class};

/// Characters of a value at most: what is longer is a sentence.
const MAX_VALUE_CHARS: usize = 16;
/// Characters behind a figure at most.
const MAX_UNIT_CHARS: usize = 8;
/// Digits of a telephone number.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=13;
/// Digits and letters of a code at least (项目编码, 统一社会信用代码).
const MIN_CODE_SIGNS: usize = 9;
/// Characters of a scoring rule at least.
const MIN_RULE_CHARS: usize = 6;
/// What a figure's sign looks like.
const SIGNS: &str = "≥≤><=≧≦＞＜＝═±-+(①②③";

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// A plain number.
    Number,
    /// A target, an actual, a rate: a figure with its sign and unit (`≥95%`, `60亩`).
    Value,
    /// A few words with a figure (`完成60亩`).
    Phrase,
    /// A telephone number.
    Phone,
    /// A code: many signs without a unit.
    Code,
    /// A day.
    Day,
    /// 是, 达成, ①②.
    Answer,
    /// 共性, 定量.
    Kind,
    /// ≥, 正向: how a figure is meant.
    Sign,
    /// How points are earned.
    Rule,
    /// Any other text.
    Text,
}

/// What a cell with a normalised text looks like; `None` where it holds nothing, or a dash for nothing.
pub(crate) fn of(cell: &Cell, key: &str) -> Option<Look> {
    match &cell.value {
        Value::Number(number) => {
            let whole = number.get().is_integer();
            let digits = number.get().abs().trunc().to_string().len();
            Some(match cell.format {
                NumberFormat::Date => Look::Day,
                NumberFormat::Percent(_) => Look::Value,
                _ if whole && PHONE_DIGITS.contains(&digits) && digits >= 11 => Look::Phone,
                _ => Look::Number,
            })
        }
        Value::Text(_) => text(key),
        _ => None,
    }
}

fn text(key: &str) -> Option<Look> {
    if key.is_empty() || is_dots(key) {
        return None;
    }
    let count = key.chars().count();
    let digits = key.chars().filter(char::is_ascii_digit).count();
    let plain =
        key.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '(' | ')' | '/' | ',' | ';'));
    let look = match () {
        () if words::of(Class::Answers).has(key) || is_marks(key) => Look::Answer,
        () if words::of(Class::IndicatorKinds).has(key.trim_end_matches("指标")) => Look::Kind,
        () if is_sign(key) => Look::Sign,
        () if is_day(key) => Look::Day,
        () if plain && PHONE_DIGITS.contains(&digits) && !key.contains('.') => Look::Phone,
        () if count >= MIN_CODE_SIGNS
            && digits >= 4
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') =>
        {
            Look::Code
        }
        () if key.parse::<rust_decimal::Decimal>().is_ok() => Look::Number,
        () if is_rule(key) => Look::Rule,
        () if digits > 0 && count <= MAX_VALUE_CHARS && !key.contains(['。', '，', '；']) => {
            if is_figure(key) { Look::Value } else { Look::Phrase }
        }
        () => Look::Text,
    };
    Some(look)
}

/// Whether a text is nothing but dots or strokes (`……`).
pub(crate) fn is_dots(key: &str) -> bool {
    !key.is_empty()
        && key.chars().all(|c| matches!(c, '…' | '.' | '·' | '⋯' | '。' | '—' | '-' | '/' | '*' | '_'))
}

/// A figure with its sign and unit, and nothing that says what became of it (`1台设备未到货`).
fn is_figure(key: &str) -> bool {
    let rest = words::of(Class::BoundsBeforeFigures).strip(key).unwrap_or(key);
    let rest = rest.trim_start_matches(|c| SIGNS.contains(c));
    let unit = rest
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '/' | '-' | '~'));
    unit.len() < rest.len()
        && unit.chars().count() <= MAX_UNIT_CHARS
        && !words::of(Class::TellingBesideUnits).within(unit)
}

/// `①②④`: the items that are met.
fn is_marks(key: &str) -> bool {
    key.chars().all(|c| ('①'..='⑳').contains(&c) || matches!(c, '、' | ',' | '√' | '×' | '☑'))
}

/// `≥`, `正向`.
fn is_sign(key: &str) -> bool {
    key.chars().all(|c| SIGNS.contains(c) && !c.is_ascii_digit() && !matches!(c, '(' | '①' | '②' | '③'))
        || [Class::FloorSigns, Class::CapSigns].into_iter().any(|class| words::of(class).has(key))
}

/// `2023-03-15`, `2023年3月15日`, `2023.3.15`.
fn is_day(key: &str) -> bool {
    let parts: Vec<&str> = key.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let signs = key.chars().filter(|c| !c.is_ascii_digit());
    let [year, month, day] = parts.as_slice() else { return false };
    year.len() == 4
        && month.len() <= 2
        && day.len() <= 2
        && signs.into_iter().all(|c| "年月日-/.".contains(c))
}

/// A text that says how points are earned.
fn is_rule(key: &str) -> bool {
    key.chars().count() >= MIN_RULE_CHARS && key.contains('分') && words::of(Class::EarningWords).within(key)
}

/// The looks of the cells of a column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looks(pub(crate) Vec<Look>);

impl Looks {
    pub(crate) fn count(&self, of: &[Look]) -> usize {
        self.0.iter().filter(|look| of.contains(look)).count()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether at least half of at least two cells are of these kinds.
    pub(crate) fn mostly(&self, of: &[Look]) -> bool {
        let count = self.count(of);
        count >= 2 && count.saturating_mul(2) >= self.0.len()
    }

    /// Whether all cells are of these kinds.
    pub(crate) fn all(&self, of: &[Look]) -> bool {
        !self.is_empty() && self.count(of) == self.0.len()
    }

    /// Whether the cells may be an indicator's: a figure, an answer, a rule.
    pub(crate) fn like_values(&self) -> bool {
        let figures = self.count(&[Look::Number, Look::Value, Look::Phrase]) > 0;
        figures
            || self.mostly(&[Look::Sign])
            || self.mostly(&[Look::Answer])
            || self.count(&[Look::Rule]) > 0
            || self.all(&[Look::Answer])
    }

    /// What the content alone says a column is, where it is nothing of an indicator's.
    pub(crate) fn silent(&self) -> Option<Silent> {
        match () {
            () if self.all(&[Look::Phone, Look::Text]) && self.count(&[Look::Phone]) > 0 => {
                Some(Silent::Person)
            }
            () if self.all(&[Look::Code]) => Some(Silent::Serial),
            () if self.all(&[Look::Kind]) => Some(Silent::Kind),
            () => None,
        }
    }

    /// Whether the content bears out that a column of this kind has no part in scoring.
    pub(crate) fn bears_out(&self, kind: Silent) -> bool {
        let figures = [Look::Number, Look::Value];
        let valued = self.mostly(&figures) || self.all(&figures);
        if self.mostly(&[Look::Sign]) {
            return false;
        }
        match kind {
            Silent::History | Silent::Money | Silent::OtherStage | Silent::Rate | Silent::Deduction => true,
            // Signs, rates and quantities are no serial numbers.
            Silent::Serial => self.count(&[Look::Rule]) == 0 && !self.mostly(&[Look::Value]),
            Silent::Person => !valued && self.count(&[Look::Rule]) == 0,
            Silent::Day => !self.mostly(&[Look::Number, Look::Rule]) && !self.all(&[Look::Number]),
            Silent::Kind => !valued && !self.mostly(&[Look::Rule]),
            Silent::Explain | Silent::Basis | Silent::Remark | Silent::Sort | Silent::Respondent => !valued,
            // What these hold beside entries is looked at where a ledger is read.
            Silent::Currency
            | Silent::State
            | Silent::Refund
            | Silent::OtherAmount
            | Silent::Carried
            | Silent::Quantity
            | Silent::Income => true,
        }
    }

    /// Whether the content contradicts that a column holds what its title says; `told` where another column has the actuals,
    /// which else may stand among reasons and facts. Points are looked at more closely where they are read.
    pub(crate) fn contradict(&self, column: Column, told: bool) -> bool {
        let figures = [Look::Number, Look::Value];
        match column {
            Column::Sign => self.mostly(&figures),
            _ if self.mostly(&[Look::Sign]) => true,
            Column::Target | Column::TargetAdjusted | Column::Actual => self.mostly(&[Look::Rule]),
            Column::Criterion => self.mostly(&figures) && self.count(&[Look::Rule]) == 0,
            Column::Unit => self.mostly(&figures) || self.mostly(&[Look::Rule, Look::Kind]),
            Column::Reason | Column::Situation if told => self.mostly(&figures),
            _ => false,
        }
    }
}
