//! What part of all a rate is, by words of the two numbers that say which is all of it and which the part: 行政村总数180个，县级文明村90个
//! under 文明村占比; 应评项目23个，已开展自评20个 under 自评覆盖率; 16个项目中14个按期完成 under 按期完成率.

use crate::notation::Notation;
use crate::rule::formula::{Formula, Term};
use crate::rule::graded::Graded;
use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::super::facts::plain_words;
use super::amounts::Labelled;
use super::names;
use super::usual_formula::{clouded, is_hoped, stem};

/// The part over all of it; nothing where the words leave open which is which.
pub(super) fn formula(rule: &Graded, facts: &IndicatorFacts, amounts: &[Labelled]) -> Option<Formula> {
    let [a, b] = amounts else { return None };
    let alike = a.amount.unit.comparable(&b.amount.unit) && !a.amount.unit.is_ratio();
    let (x, y) = (a.amount.in_base()?, b.amount.in_base()?);
    let text = plain_words(facts.actual_text);
    let whole = |l: &Labelled| {
        is_all(&l.label) || text.contains(&format!("{}{}{}中", l.amount.number, l.amount.unit.word, l.label))
    };
    let (part, all) = match (whole(a), whole(b)) {
        (true, false) if y <= x => (b, a),
        (false, true) if x <= y => (a, b),
        _ => return None,
    };
    let label = part.label.trim_start_matches("其中");
    if !alike || clouded(label) || is_hoped(label) || judged_otherwise(label) || clouded(&all.label) {
        return None;
    }
    // 应处理2800头 beside a target of 2600头: of which of them?
    let target =
        facts.target.and_then(Notation::quantity).filter(|target| target.unit.comparable(&all.amount.unit));
    let agrees = target.is_none_or(|target| target.in_base() == all.amount.in_base());
    let asked = names(rule, facts).any(|name| is_of(name, label, facts));
    let term = |l: &Labelled| Term { name: l.label.clone(), less: false };
    (agrees && asked).then(|| Formula { above: vec![term(part)], below: vec![term(all)] })
}

/// 应评项目, 行政村总数, 全镇村庄: all that there is.
fn is_all(label: &str) -> bool {
    let led = words::of(Class::AllLeads).begins(label) && !label.starts_with("全部");
    led || words::of(Class::AllEnds).ends(label)
}

/// 检出不合格, 尚未: what is no part that the rate counts.
fn judged_otherwise(label: &str) -> bool {
    let classes = [Class::Faults, Class::Negations, Class::Planned, Class::TakenBack];
    classes.iter().any(|class| words::of(*class).within(label)) || list::OPPOSITE_SIGNS.begins(label)
}

/// Whether the rate of this name is of what the label says: 自评 under 自评覆盖率, 清扫面积 under 机械化清扫率.
fn is_of(name: &str, label: &str, facts: &IndicatorFacts) -> bool {
    let pair = |of: &str| {
        let signs: Vec<char> = of.chars().collect();
        signs.windows(2).any(|pair| label.contains(&pair.iter().collect::<String>()))
    };
    let named = |end: &str| {
        let own = name.strip_suffix(end).unwrap_or(name);
        pair(own) || pair(facts.indicator.strip_suffix(end).unwrap_or(facts.indicator))
    };
    let own_share = name.ends_with("占比").then_some("占比");
    if let Some(share) = list::SHARE_WORDS.longest_end(name).or(own_share) {
        return named(share);
    }
    let Some(stem) = stem(name) else { return false };
    // 覆盖 names no act of its own, and 完成 none but that it was done.
    let acted = label.starts_with(['已', '实']) || words::of(Class::Performed).begins(label);
    label.contains(stem.as_str()) || (stem == "覆盖" && acted && named("覆盖率"))
}
