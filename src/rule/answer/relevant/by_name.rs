//! Which of several figures is asked for: 签约资金12亿元，实际到位7亿元 under 实际到位资金, 建设公厕32座，其中新建24座、改造8座 under
//! 新建公厕数量; and what is left of a whole beside the only other kind of it: 采购图书16000册，其中电子书3000册 under 纸质图书.

use crate::notation::{Notation, Quantity, Unit};
use crate::rule::doubt::plain_of;
use crate::rule::{Award, Measure, Point, Proportion, Subject};
use crate::words::{self, Class, list};

use super::super::Answer;
use super::super::parts::parts;
use super::named::may_count_too;
use super::{Relevant, Said};

/// Kinds of which there are no others.
const EITHER: [(&str, &str); 9] = [
    ("纸质", "电子"),
    ("计划内", "计划外"),
    ("非计划", "计划内"),
    ("线上", "线下"),
    ("境内", "境外"),
    ("省内", "省外"),
    ("有效", "无效"),
    ("城镇", "农村"),
    ("固定", "临时"),
];

/// A figure with what it is called.
struct Figure {
    label: String,
    amount: Quantity,
    /// Whether it is a part of one before it.
    within: bool,
}

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    let rule = said.rule;
    if rule.measure != Measure::Value
        || !rule.states.is_empty()
        || said.is_of_days()
        || rule.written().is_some()
    {
        return None;
    }
    let figures = figures(said)?;
    if figures.len() < 2 || figures.iter().any(|figure| is_moved(figure, said)) {
        return None;
    }
    if said.scores_a_rate() && !figures.iter().any(|figure| figure.amount.unit.is_ratio()) {
        return None;
    }
    let whole = figures.iter().find(|figure| !figure.within)?;
    // 14000册(含电子书0册)
    let nothing = figures.iter().all(|figure| {
        figure.within != std::ptr::eq(figure, whole) && (!figure.within || figure.amount.number.is_zero())
    });
    if nothing
        && has_unit(&whole.amount.unit, said)
        && (whole.label.is_empty() || said.asks_for(&whole.label, ""))
    {
        return Some(Relevant::quantity(whole.amount.clone()));
    }
    let hits: Vec<&Figure> = figures.iter().filter(|figure| is_asked(figure, &figures, said)).collect();
    match hits.as_slice() {
        [hit] => (plain_beside(hit, &figures) && !is_contradicted(hit, &figures))
            .then(|| Relevant::quantity(hit.amount.clone())),
        [] => rest(whole, &figures, said).map(|left| Relevant::answer(Answer::number(left))),
        _ => None,
    }
}

/// The figures, all of them with names.
fn figures(said: &Said) -> Option<Vec<Figure>> {
    let mut within = false;
    let mut found = Vec::new();
    for part in parts(&said.text)? {
        let amount =
            part.amount.clone().filter(|amount| amount.sign.is_none() && amount.fraction.is_none())?;
        let words = part.words();
        let inner = list::PART_LEADS.strip(&words);
        within = within || inner.is_some();
        found.push(Figure { label: bare(inner.unwrap_or(&words)).to_owned(), amount, within });
    }
    Some(found)
}

/// A name without 实际 and 已 before it and 共 behind it.
fn bare(words: &str) -> &str {
    let label = words::of(Class::Performed).strip(words).filter(|rest| rest.chars().nth(1).is_some());
    let label = label.unwrap_or(words).trim_start_matches('共');
    list::BEFORE_FIGURES.trim_end(label).trim_end_matches('有')
}

/// Whether a figure is of what was hoped for, or was taken back, of which the criterion does not speak.
fn is_moved(figure: &Figure, said: &Said) -> bool {
    let known = said.known();
    [Class::Hoped, Class::TakenBack, Class::LastYears, Class::Planned].iter().any(|class| {
        words::of(*class).iter().any(|word| figure.label.contains(word) && !known.contains(word))
    })
}

/// Whether a figure is called as the criterion, or else the form, calls what it asks for.
fn is_asked(figure: &Figure, figures: &[Figure], said: &Said) -> bool {
    let label = figure.label.as_str();
    let others = || figures.iter().filter(|other| !std::ptr::eq(*other, figure));
    let known = said.known();
    let turned = [Class::Negations, Class::Risen, Class::Fallen];
    let otherwise = turned.iter().any(|class| {
        words::of(*class).iter().any(|word| plain_of(label).contains(word) && !known.contains(word))
    });
    // Of a part the whole says what it is of; else only the last word of the others is of all.
    let beside: Vec<String> = others()
        .filter(|other| !other.within)
        .map(|other| {
            if figure.within || is_drawn_from(figure, other, figures) {
                other.label.clone()
            } else {
                last_word(&other.label)
            }
        })
        .collect();
    let beside = beside.join("|");
    !otherwise && has_unit(&figure.amount.unit, said) && said.asks_for(label, &beside)
}

/// The last word of a longer name: 资金 of 签约资金.
fn last_word(label: &str) -> String {
    let chars: Vec<char> = label.chars().collect();
    chars
        .get(chars.len().saturating_sub(2)..)
        .filter(|_| chars.len() > 3)
        .unwrap_or_default()
        .iter()
        .collect()
}

/// 合格150人 behind 培训200人: no more than the one before it, and of the same unit.
fn is_drawn_from(figure: &Figure, other: &Figure, figures: &[Figure]) -> bool {
    let at = |figure: &Figure| figures.iter().position(|own| std::ptr::eq(own, figure));
    let (own, all) = (&figure.amount, &other.amount);
    at(other) < at(figure)
        && own.unit.word == all.unit.word
        && !own.unit.is_ratio()
        && own.number <= all.number
}

/// Whether the target, or else a figure of the criterion, is in such a unit.
fn has_unit(unit: &Unit, said: &Said) -> bool {
    match said.facts.target.and_then(Notation::unit) {
        Some(target) if !unit.is_bare() => target.comparable(unit),
        Some(_) => false,
        None => said
            .rule
            .points()
            .any(|at| matches!(at, Point::Value(amount) if amount.unit.comparable(unit) && !unit.is_bare())),
    }
}

/// Whether what stands beside the figure takes nothing from it: of a whole no part is denied, at fault, or unfinished.
fn plain_beside(hit: &Figure, figures: &[Figure]) -> bool {
    let base = |figure: &Figure| figure.amount.in_base();
    figures.iter().filter(|other| !std::ptr::eq(*other, hit) && other.within != hit.within).all(|other| {
        let alike = other.amount.unit.comparable(&hit.amount.unit);
        if hit.within {
            return !alike || hit.amount.unit.is_ratio() || base(hit) <= base(other);
        }
        let clouds = [Class::Negations, Class::Faults, Class::Unfinished, Class::InPart];
        let label = plain_of(&other.label);
        let plain = !clouds.iter().any(|class| words::of(*class).within(&label));
        (plain && !list::CAME_TO_NOTHING.within(&label) || other.amount.number.is_zero())
            && (!alike || hit.amount.unit.is_ratio() || base(other) <= base(hit))
    })
}

/// Whether another figure is of what the one denies, or of what is still to be done: they must add up, which others see to.
fn is_contradicted(hit: &Figure, figures: &[Figure]) -> bool {
    let against = [Class::Negations, Class::Unfinished];
    figures.iter().filter(|other| !std::ptr::eq(*other, hit)).any(|other| {
        if may_count_too(&hit.label, &other.label) {
            return true;
        }
        let label = plain_of(&other.label);
        let own = plain_of(&hit.label);
        against
            .iter()
            .any(|class| words::of(*class).iter().any(|word| label.contains(word) && !own.contains(word)))
    })
}

/// The whole without the only other kind of it.
fn rest(whole: &Figure, figures: &[Figure], said: &Said) -> Option<Quantity> {
    let [_, part] = figures else { return None };
    let asked = said.asked();
    let kind = EITHER.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).find(|(own, other)| {
        asked.contains(own)
            && !asked.contains(other)
            && part.label.contains(other)
            && !whole.label.contains(own)
            && !whole.label.contains(other)
    });
    let (own, _) = kind.filter(|_| part.within && !whole.within)?;
    let alike = whole.amount.unit.comparable(&part.amount.unit) && !whole.amount.unit.is_ratio();
    let of_it = said.asks_for(&format!("{own}{}", whole.label), "") || said.asks_for(&whole.label, own);
    let number = whole.amount.in_base()?.minus(part.amount.in_base()?)?.over(whole.amount.unit.factor)?;
    (alike && of_it && has_unit(&whole.amount.unit, said) && !number.is_negative())
        .then(|| Quantity { number, ..whole.amount.clone() })
}

impl Said<'_> {
    /// What the criterion, or else the form, calls what it asks for.
    pub(super) fn asked(&self) -> &str {
        match &self.rule.subject {
            Subject::Named(name) if !name.is_empty() => name.as_str(),
            // 财政资金执行率×10分
            _ => self.rate_named().unwrap_or_else(|| self.facts.indicator.trim()),
        }
    }

    /// The rate that the points are in proportion to.
    fn rate_named(&self) -> Option<&str> {
        let mut rates = self.rule.all_awards().filter_map(|award| match award {
            Award::Rate(Proportion { rate: Some(rate), .. }) if !rate.contains('/') => Some(rate.as_str()),
            _ => None,
        });
        rates.next().filter(|rate| list::RATE_ENDS.ends(rate) && rates.next().is_none())
    }

    /// All words of the criterion and the form.
    pub(super) fn known(&self) -> String {
        format!("{}|{}|{}", self.rule.all_words(), self.facts.indicator, self.facts.target_text)
    }

    /// Whether words call what is asked for in part, and leave out of which kind it is.
    pub(super) fn falls_short(&self, label: &str) -> bool {
        let label = bare(label);
        let names = format!("{}|{}", self.asked(), self.facts.indicator);
        stretches(label, &names).is_some() && !self.asks_for(label, "")
    }

    /// Whether words call what is asked for, and no more and no less: they stand in its names, and what else its name says is
    /// only how it is counted, or stands beside them.
    pub(super) fn asks_for(&self, label: &str, beside: &str) -> bool {
        let asked = self.asked();
        let names = format!("{asked}|{}", self.facts.indicator);
        let Some(own) = stretches(label, &names) else { return false };
        let mut left = asked.to_owned();
        // 窗口办件满意率 by the form of what the criterion calls 满意率.
        if own.iter().any(|stretch| stretch.ends_with(asked)) {
            left.clear();
        }
        for stretch in &own {
            left = left.replacen(stretch, "|", 1);
        }
        // Something of it must be of the name itself.
        let touched = left != asked;
        let unit =
            self.facts.target.and_then(Notation::unit).map(|unit| unit.word.as_str()).unwrap_or_default();
        let plain = |piece: &str| {
            let piece = if unit.is_empty() { piece.to_owned() } else { piece.replace(unit, "") };
            let bare = list::HOW_IT_IS_COUNTED.iter().fold(piece, |text, word| text.replace(word, ""));
            bare.is_empty() || beside.contains(bare.as_str())
        };
        let denied = own.iter().any(|stretch| {
            asked
                .split_once(stretch)
                .is_some_and(|(before, _)| list::ALL_DENIAL_SIGNS.ends(before) && !label.contains(before))
        });
        touched && !denied && left.split('|').filter(|piece| !piece.is_empty()).all(plain)
    }
}

/// The label, cut into stretches of at least two characters that all stand in the names.
fn stretches<'l>(label: &'l str, names: &str) -> Option<Vec<&'l str>> {
    let mut rest = label;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).skip(2);
        let end = ends.filter(|end| rest.get(..*end).is_some_and(|own| names.contains(own))).last()?;
        let (own, short) = rest.split_at_checked(end)?;
        found.push(own);
        rest = short;
    }
    (!found.is_empty()).then_some(found)
}
