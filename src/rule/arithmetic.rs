//! A formula as it is written: names and figures with + - * / and brackets. What is one sum of names over another is a
//! [`super::formula::Formula`]; this reads what is more than that: (培训完成率+宣传完成率)/2, 满意度*60%+知晓率*40%, 1-未拨付/应拨付.

use crate::base::Number;
use crate::notation::{Dimension, Unit, scan_number};
use crate::words::list;

/// Formulas are no deeper than this.
const MAX_DEPTH: u32 = 6;

/// A formula of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    /// A name.
    Name(String),
    /// A figure: 2, 60%.
    Figure(Number),
    /// What is added up, each with whether it is taken off.
    Sum(Vec<(bool, Arithmetic)>),
    /// What is multiplied, each with whether it is divided by.
    Product(Vec<(bool, Arithmetic)>),
    /// |甲-乙|
    Size(Box<Arithmetic>),
}

/// What a part of a formula comes to.
#[derive(Debug, Clone)]
pub(super) struct Amounted {
    /// In the base of its unit.
    pub(super) number: Number,
    /// `None` for a rate or a bare figure.
    pub(super) unit: Option<Unit>,
    /// Whether a count was multiplied by a figure: so many points for each of them.
    weighed: bool,
}

impl Arithmetic {
    /// Reads the whole text, whose signs are plain (`*`, `/`).
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut rest = text;
        let found = sum(&mut rest, MAX_DEPTH)?;
        rest.is_empty().then_some(found)
    }

    /// The names, each once.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Name(name) if !found.contains(&name.as_str()) => found.push(name),
            Self::Name(_) | Self::Figure(_) => {}
            Self::Sum(parts) | Self::Product(parts) => parts.iter().for_each(|(_, part)| part.collect(found)),
            Self::Size(inside) => inside.collect(found),
        }
    }

    /// What it comes to at its best: every rate is 1, and what is counted beside them is 0.
    pub(crate) fn best(&self) -> Option<Number> {
        let of = |name: &str| {
            let rate = list::COMPLETION_ENDINGS.ends(name) || name.ends_with(['率', '度']);
            Some((if rate { Number::ONE } else { Number::ZERO }, Unit::ratio()))
        };
        self.value(&of).map(|found| found.number)
    }

    /// What it comes to, where the value of each name is known and the units fit.
    pub(super) fn value(&self, of: &impl Fn(&str) -> Option<(Number, Unit)>) -> Option<Amounted> {
        match self {
            Self::Name(name) => {
                let (number, unit) = of(name)?;
                let unit = (!unit.is_ratio() && !unit.is_bare()).then_some(unit);
                Some(Amounted { number, unit, weighed: false })
            }
            Self::Figure(number) => Some(Amounted { number: *number, unit: None, weighed: false }),
            Self::Size(inside) => {
                let inside = inside.value(of)?;
                let negative = inside.number.is_negative();
                let number = if negative { Number::ZERO.minus(inside.number)? } else { inside.number };
                Some(Amounted { number, ..inside })
            }
            Self::Sum(parts) => {
                let mut total: Option<Amounted> = None;
                for (less, part) in parts {
                    let part = part.value(of)?;
                    let number = if *less { Number::ZERO.minus(part.number)? } else { part.number };
                    let part = Amounted { number, ..part };
                    total = Some(match total {
                        None => part,
                        Some(total) => added(total, part)?,
                    });
                }
                total
            }
            Self::Product(parts) => {
                let mut product: Option<Amounted> = None;
                for (over, part) in parts {
                    let figure = matches!(part, Self::Figure(_));
                    let part = part.value(of)?;
                    product = Some(match product {
                        None if *over => return None,
                        None => part,
                        Some(product) if *over => divided(product, part)?,
                        Some(product) => multiplied(product, part, figure)?,
                    });
                }
                product
            }
        }
    }
}

/// A sum; nothing where money is added to things.
fn added(a: Amounted, b: Amounted) -> Option<Amounted> {
    let number = a.number.plus(b.number)?;
    let weighed = a.weighed || b.weighed;
    let unit = match (a.unit, b.unit) {
        (None, None) => None,
        (Some(x), Some(y)) if x.comparable(&y) => Some(x),
        (None, Some(_)) if b.weighed => None,
        (Some(_), None) if a.weighed => None,
        _ => return None,
    };
    Some(Amounted { number, unit, weighed })
}

fn multiplied(a: Amounted, b: Amounted, figure: bool) -> Option<Amounted> {
    let number = a.number.times(b.number)?;
    let counted = matches!(a.unit.as_ref().map(|unit| &unit.dimension), Some(Dimension::Count(_)));
    match (a.unit, b.unit) {
        (unit, None) => Some(Amounted { number, weighed: a.weighed || (figure && counted), unit }),
        (None, unit) => Some(Amounted { number, unit, weighed: b.weighed }),
        _ => None,
    }
}

fn divided(a: Amounted, b: Amounted) -> Option<Amounted> {
    let number = Some(b.number).filter(|below| !below.is_zero()).and_then(|below| a.number.over(below))?;
    match (a.unit, b.unit) {
        (unit, None) => Some(Amounted { number, unit, weighed: a.weighed }),
        (Some(x), Some(y)) if x.comparable(&y) => Some(Amounted { number, unit: None, weighed: false }),
        _ => None,
    }
}

fn sum(rest: &mut &str, depth: u32) -> Option<Arithmetic> {
    let deeper = depth.checked_sub(1)?;
    let mut parts = vec![(false, product(rest, deeper)?)];
    while let Some(sign) = taken(rest, &['+', '-']) {
        parts.push((sign == '-', product(rest, deeper)?));
    }
    Some(single(parts, Arithmetic::Sum))
}

fn product(rest: &mut &str, depth: u32) -> Option<Arithmetic> {
    let mut parts = vec![(false, operand(rest, depth)?)];
    while let Some(sign) = taken(rest, &['*', '/']) {
        parts.push((sign == '/', operand(rest, depth)?));
    }
    Some(single(parts, Arithmetic::Product))
}

fn single(mut parts: Vec<(bool, Arithmetic)>, of: fn(Vec<(bool, Arithmetic)>) -> Arithmetic) -> Arithmetic {
    match parts.pop() {
        Some((false, only)) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            of(parts)
        }
        None => of(parts),
    }
}

fn operand(rest: &mut &str, depth: u32) -> Option<Arithmetic> {
    for (open, close) in [('(', ')'), ('[', ']'), ('|', '|')] {
        if let Some(mut inside) = rest.strip_prefix(open) {
            let found = sum(&mut inside, depth)?;
            *rest = inside.strip_prefix(close)?;
            return Some(if open == '|' { Arithmetic::Size(Box::new(found)) } else { found });
        }
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (number, taken) = scan_number(rest)?;
        *rest = rest.get(taken..)?;
        if let Some(behind) = rest.strip_prefix('%') {
            *rest = behind;
            return Some(Arithmetic::Figure(number.value.over(Number::from(100))?));
        }
        return Some(Arithmetic::Figure(number.value)).filter(|_| !rest.starts_with(char::is_alphabetic));
    }
    let end = rest.find(['+', '-', '*', '/', '(', ')', '[', ']', '|']).unwrap_or(rest.len());
    let (name, behind) = rest.split_at_checked(end)?;
    let named = name.chars().nth(1).is_some() && name.chars().all(|c| c.is_alphabetic() || c == '、');
    *rest = behind;
    named.then(|| Arithmetic::Name(name.to_owned()))
}

/// One of the signs, if the text begins with it.
fn taken(rest: &mut &str, signs: &[char]) -> Option<char> {
    let sign = rest.chars().next().filter(|c| signs.contains(c))?;
    *rest = rest.get(sign.len_utf8()..)?;
    Some(sign)
}
