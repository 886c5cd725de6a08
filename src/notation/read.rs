//! The entrance of the room: what a cell of targets or actuals says, or why it cannot be said.

use std::fmt;

use super::constant::{self, Constant, NotConstant};
use super::date::Days;
use super::items::Items;
use super::quantity::Quantity;
use super::scale::ScaleWord;
use super::sign::Sign;
use super::status::Status;
use super::text;
use super::unit::Unit;
use crate::base::{Date, Number};
use crate::sheet::{Cell, NumberFormat, UNREAD, Value};
use crate::words::Words;

/// Which of the two columns a cell stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// 指标值: what was promised.
    #[default]
    Target,
    /// 实际完成值: what was done.
    Actual,
}

/// What stands around the cell and helps to read it. Everything may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// Target or actual.
    pub role: Role,
    /// The indicator's name (三级指标); its brackets may name the unit, its words whether it is a rate.
    pub indicator: &'a str,
    /// The category (二级指标).
    pub category: &'a str,
    /// The cell of the sign column (指标性质, 计算符号), where the form has one.
    pub sign: Option<&'a str>,
    /// The cell of the unit column (度量单位, 计量单位), where the form has one. In forms whose columns slip, sign
    /// and unit may be exchanged: their contents decide.
    pub unit: Option<&'a str>,
    /// How many items the criterion's checklist has, where it has one: only then are `1、3、4` and `3/4` answers.
    pub items: Option<u32>,
    /// The year the form is about, for dates without a year.
    pub year: Option<i16>,
    /// What the target says, when reading an actual.
    pub target: Option<&'a Notation>,
    /// The words of a sign column that a mapping adds; the shipped ones hold without it.
    pub words: Option<&'a Words>,
}

/// What a target or an actual says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notation {
    /// Nothing, or a stroke (`-`, `/`).
    Blank,
    /// A number with sign and unit.
    Quantity(Quantity),
    /// From one number to another (`18—55周岁`).
    Range {
        /// The lower end.
        low: Quantity,
        /// The upper end.
        high: Quantity,
    },
    /// A date, as exactly as it is known.
    Date(Days),
    /// To be done by this day, the day itself included (`2021年12月底前`).
    Deadline(Date),
    /// A stretch of time as such (`2020年2月--2020年10月`).
    Period(Days),
    /// A place on a scale (`良`, `基本健全`).
    Scale(ScaleWord),
    /// The name of a whole scale in place of a value (`高中低`).
    ScaleName(String),
    /// 是 or 否.
    YesNo(bool),
    /// Which items of a checklist are met.
    Items(Items),
    /// How far something is done, in words (`已完成100%`, `达成预期指标`).
    Status(Status),
    /// Nothing of what is counted was found: zero (`未发现问题`, `无`).
    NothingFound,
    /// Other words, without a number in them.
    Text(String),
}

impl Notation {
    /// The quantity, when it is one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Quantity(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// The unit of a quantity or a range.
    pub fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Quantity(quantity) | Self::Range { high: quantity, .. } => Some(&quantity.unit),
            _ => None,
        }
    }

    /// Whether it is about a day or days.
    pub fn is_date(&self) -> bool {
        matches!(self, Self::Date(_) | Self::Deadline(_) | Self::Period(_))
    }
}

/// Why a text was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The words are no notation known here.
    NotUnderstood,
    /// The form's own placeholder (`**`, `XX`, `……`).
    Placeholder,
    /// Two signs that contradict each other (`≥5以下`, or the sign column against the cell).
    SignsDisagree,
    /// The unit in the cell and the unit column do not go together.
    UnitsDisagree,
    /// 0.97 under a percentage: 97 % or 0.97 %?
    PercentOrRatio,
    /// A number without unit that could count ones or ten thousands (元 or 万元).
    YuanOrTenThousand,
    /// A bare number beside a target in 万, 千 or 百 that may count in these or not (3.1 beside `≤1.35万吨`).
    ScaleUnclear,
    /// A number without unit that is far beyond a target in metres, square metres, tonnes: it may be in a smaller unit.
    UnitUnclear,
    /// `10日`: ten days, or the tenth?
    DayOrDays,
    /// A number where a date is asked for (44926, as what is left of a date whose format was lost).
    NotADate,
    /// A rate that this indicator cannot have (250 % of satisfaction).
    RateOutOfRange,
    /// A fraction with nothing below its line.
    ZeroDenominator,
    /// A rate beside a fraction that is not its quotient (`59.27/61.2=96.84%`).
    RateDisagrees,
    /// A date without a year, and no year around it.
    NoYear,
    /// Hours against days that may be working days of fewer hours.
    DayOfWork,
    /// A grade or place (`二级`, 水质三类): its number does not grow with its worth.
    Ordinal,
    /// `1.200人`: one thousand two hundred, or one and a fifth?
    PointOrComma,
    /// No calendar has this day, or a stretch of time runs backwards.
    NoSuchDay,
    /// A range whose ends are exchanged.
    RangeBackwards,
    /// An answer that names an item twice, or one that the checklist has not got.
    ItemsDisagree,
    /// A formula without a cached value.
    FormulaWithoutValue,
    /// An error value (`#REF!`).
    ErrorValue,
    /// A cell of which the reader could not say what it holds, and said why.
    NotReadable,
    /// A number with more digits than are exact.
    TooManyDigits,
    /// A text longer than a cell can hold.
    TooLong,
}

impl Why {
    /// What a clerk is told, after the words.
    pub fn message(self) -> &'static str {
        match self {
            Self::NotUnderstood => "无法识别，请改写成数字加单位（如“≥95%”“20场”）、日期或选项",
            Self::Placeholder => "是模板占位符，请填写实际内容",
            Self::SignsDisagree => "前后符号互相矛盾，请只保留一个",
            Self::UnitsDisagree => "单位与度量单位栏不一致，请核对",
            Self::PercentOrRatio => "没有百分号，无法确定是比例还是百分数，请写明“%”",
            Self::YuanOrTenThousand => {
                "没有写单位，与指标值相差悬殊，无法确定是否以“万”计（元还是万元），请写明单位"
            }
            Self::ScaleUnclear => {
                "没有写单位，而指标值以“万”（千、百、亿）计，无法确定这个数是否也以它计，请连同单位写明（如“3.1万人”）"
            }
            Self::UnitUnclear => "没有写单位，与指标值相差悬殊，无法确定用的是哪种单位，请连同单位写明",
            Self::DayOrDays => "无法确定是日期还是时长，请写成“×月×日”“×天”或“×个月”",
            Self::NotADate => "不是日期，请写成“2022年12月31日”",
            Self::RateOutOfRange => "超出该指标可能的范围，请核对是否录入或识别错误",
            Self::ZeroDenominator => "分母为零，请核对",
            Self::RateDisagrees => "列出的分数与结果不相等，请核对",
            Self::NoYear => "没有写年份，请补充",
            Self::DayOfWork => "与指标值一个按小时、一个按天，无法确定一天算几小时，请统一单位",
            Self::Ordinal => "是等级，数字的大小不代表好坏，请由人评定",
            Self::PointOrComma => "无法确定小数点是不是千位分隔符，请核对",
            Self::NoSuchDay => "不是有效的日期或起止时间，请核对",
            Self::RangeBackwards => "区间下限大于上限，请核对",
            Self::ItemsDisagree => "所列序号与评分标准的条目对不上，请核对",
            Self::FormulaWithoutValue => "是没有计算结果的公式，请用表格软件打开并保存后再提交",
            Self::ErrorValue => "是错误值，请改正公式",
            Self::NotReadable => "的内容不能确定，请按该单元格“单元格内容无法读取”的提示改正",
            Self::TooManyDigits => "位数过多，无法精确计算，请核对",
            Self::TooLong => "文字过长，请精简",
        }
    }
}

/// A text that was not read: the words in the way, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Unread {
    /// The words that were not understood, as typed (cut to what a note can show).
    pub words: String,
    /// Why.
    pub why: Why,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”{}。", self.words, self.why.message())
    }
}

impl Unread {
    /// Words shown at most; the rest is in the cell.
    const SHOWN: usize = 60;

    /// These words were not read, because.
    pub fn new(words: &str, why: Why) -> Self {
        let mut shown: String = words.trim().chars().take(Self::SHOWN).collect();
        if shown.len() < words.trim().len() {
            shown.push('…');
        }
        Self { words: shown, why }
    }
}

/// Reads a cell of targets or actuals.
pub fn read(cell: &Cell, hints: &Hints) -> Result<Notation, Unread> {
    if matches!(cell.value, Value::Empty | Value::Number(_))
        && let Some(constant) = constant(cell)
    {
        return read_constant(cell, constant?, hints);
    }
    match &cell.value {
        Value::Empty => match &cell.formula {
            Some(formula) => Err(Unread::new(formula, Why::FormulaWithoutValue)),
            None => text::read_blank(hints),
        },
        Value::Text(words) => read_text(words, hints),
        Value::Number(number) => read_number(cell, *number, hints),
        Value::Date(date) => Ok(Notation::Date(Days::day(*date))),
        Value::Bool(yes) => Ok(Notation::YesNo(*yes)),
        Value::Error(words) if words == UNREAD => Err(Unread::new(words, Why::NotReadable)),
        Value::Error(words) => Err(Unread::new(words, Why::ErrorValue)),
        Value::Unrepresentable(words) => Err(Unread::new(words, Why::TooManyDigits)),
    }
}

/// What the cell's formula comes to, if it is a formula of literals.
fn constant(cell: &Cell) -> Option<Result<Constant, Unread>> {
    let formula = cell.formula.as_deref()?;
    match constant::evaluate(formula) {
        Ok(constant) => Some(Ok(constant)),
        Err(NotConstant::ZeroDenominator) => Some(Err(Unread::new(formula, Why::ZeroDenominator))),
        Err(NotConstant::Other) => None,
    }
}

/// A formula of literals: as a target it reads with the sign `=` that was typed, unless a sign column has another.
fn read_constant(cell: &Cell, constant: Constant, hints: &Hints) -> Result<Notation, Unread> {
    let formula = cell.formula.as_deref().unwrap_or_default();
    let percent = constant.percent || matches!(cell.format, NumberFormat::Percent(_));
    let mut quantity = Quantity::new(constant.value, Unit::bare());
    quantity.source = format!("={formula}");
    quantity.places = constant.places;
    if hints.role == Role::Target && hints.sign.is_none_or(|sign| sign.trim().is_empty()) {
        quantity.sign = Some(Sign::Equal);
    }
    if let Some((a, b)) = constant.quotient
        && (percent || text::expects_ratio(hints)? || constant.value.times(b) != Some(a))
    {
        quantity.fraction = constant.quotient;
        quantity.unit = Unit::ratio();
    } else if percent {
        let too_big = || Unread::new(formula, Why::TooManyDigits);
        quantity.number = constant.value.times(Number::from(100)).ok_or_else(too_big)?;
        quantity.unit = Unit::percent();
    }
    text::in_context(quantity, hints).map(Notation::Quantity)
}

/// A numeric cell: its number format is part of the value, its formula may be a constant one.
fn read_number(cell: &Cell, number: Number, hints: &Hints) -> Result<Notation, Unread> {
    let dated = hints.target.is_some_and(Notation::is_date);
    let words = number.to_string();
    if dated && words.len() == 8 && words.bytes().all(|b| b.is_ascii_digit()) {
        return read_text(&words, hints); // 20221130
    }
    let mut quantity = Quantity::new(number, Unit::bare());
    quantity.source = cell.shown();
    match cell.format {
        NumberFormat::Percent(places) => {
            let too_big = || Unread::new(&cell.shown(), Why::TooManyDigits);
            quantity.number = number.times(Number::from(100)).ok_or_else(too_big)?;
            quantity.unit = Unit::percent();
            quantity.places = u32::from(places);
        }
        NumberFormat::Fixed(places) => quantity.places = u32::from(places),
        NumberFormat::Scaled { places, unit, .. } => {
            let too_big = || Unread::new(&cell.shown(), Why::TooManyDigits);
            let shown = cell.format.shown_of(number).ok_or_else(too_big)?;
            if !unit.is_empty() {
                // Of `元/` the format says more than is kept; it is taken for the target's, where that begins so.
                let target = hints.target.and_then(Notation::unit).map(|unit| unit.word.as_str());
                let whole =
                    target.filter(|word| unit.ends_with('/') && word.starts_with(unit)).unwrap_or(unit);
                return read_text(&format!("{shown}{whole}"), hints);
            }
            quantity.number = shown;
            quantity.places = u32::from(places);
        }
        NumberFormat::General | NumberFormat::Text | NumberFormat::Date => {}
    }
    text::in_context(quantity, hints).map(Notation::Quantity)
}

/// Reads a text of targets or actuals.
pub fn read_text(words: &str, hints: &Hints) -> Result<Notation, Unread> {
    text::read(words, hints)
}
