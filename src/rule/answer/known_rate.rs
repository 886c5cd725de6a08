//! Rates whose own names say what they are made of: 变更金额占合同金额比例 of 合同金额860万元，变更增加60.2万元; 节约率 of 计划成本80万元，实际成本
//! 81万元; 覆盖率 of 重点人群12400人，签约8928人.

use crate::rule::formula::{Formula, Term};
use crate::rule::graded::Graded;
use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::amount_name::holds;
use super::amounts::Labelled;
use super::names;
use super::usual_formula::{clouded, is_hoped, stem};

/// What the rate is made of; nothing where its name does not say it with certainty.
pub(super) fn formula(rule: &Graded, facts: &IndicatorFacts, amounts: &[Labelled]) -> Option<Formula> {
    let [a, b] = amounts else { return None };
    let alike = a.amount.unit.comparable(&b.amount.unit) && !a.amount.unit.is_ratio();
    let pair = alike.then_some((a, b))?;
    share_of_another(rule, facts, pair)
        .or_else(|| spared(rule, facts, pair))
        .or_else(|| part_by_name(rule, facts, pair))
}

fn of(above: &Labelled, below: &Labelled) -> Formula {
    Formula { above: vec![term(above, false)], below: vec![term(below, false)] }
}

fn term(l: &Labelled, less: bool) -> Term {
    Term { name: l.label.clone(), less }
}

/// 变更金额占合同金额比例: the one of the other.
fn share_of_another(
    rule: &Graded,
    facts: &IndicatorFacts,
    (a, b): (&Labelled, &Labelled),
) -> Option<Formula> {
    names(rule, facts).find_map(|name| {
        let (part, whole) = name.split_once('占')?;
        let whole = list::SHARE_WORDS.strip_end(whole)?;
        let whole = whole.strip_suffix('的').unwrap_or(whole);
        let is_whole = |l: &Labelled| l.label == whole || holds(&l.label, whole) || holds(whole, &l.label);
        let two: String = part.chars().take(2).collect();
        let is_part = |l: &Labelled| {
            l.label.starts_with(two.as_str()) && !clouded(&l.label.replace("增加", "")) && !is_hoped(&l.label)
        };
        let exact = two.chars().nth(1).is_some() && !whole.starts_with(two.as_str());
        match (is_whole(a), is_whole(b)) {
            (true, false) if exact && is_part(b) => Some(of(b, a)),
            (false, true) if exact && is_part(a) => Some(of(a, b)),
            _ => None,
        }
    })
}

/// 节约率 of 计划成本 and 实际成本, 缩短率 of 改造前 and 改造后: what is less, of what was.
fn spared(rule: &Graded, facts: &IndicatorFacts, (a, b): (&Labelled, &Labelled)) -> Option<Formula> {
    let mut called = names(rule, facts).filter(|name| name.ends_with('率') || list::SPARED_NAMES.ends(name));
    let asked = called.any(|name| list::SPARED_NAMES.ends(name.strip_suffix('率').unwrap_or(name)));
    let before =
        |l: &Labelled| list::STOOD_BEFORE.begins(&l.label) && !is_hoped(&l.label.replace("计划", ""));
    let after = |l: &Labelled| list::STOOD_AFTER.begins(&l.label) && !is_hoped(&l.label);
    // 计划成本 and 实际成本: of one thing.
    let rest = |l: &Labelled| {
        let label = list::STOOD_BEFORE.strip(&l.label).or_else(|| list::STOOD_AFTER.strip(&l.label));
        label.unwrap_or_default().to_owned()
    };
    let one = rest(a) == rest(b) || rest(a).is_empty() || rest(b).is_empty();
    let (was, is) = match (before(a) && after(b), before(b) && after(a)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return None,
    };
    (asked && one)
        .then(|| Formula { above: vec![term(was, false), term(is, true)], below: vec![term(was, false)] })
}

/// 重点人群12400人，签约8928人 under 家庭医生签约重点人群覆盖率: both are in its name, and the part is not more than the whole;
/// 全年365天，优良天数292天 under 优良天数比例.
fn part_by_name(rule: &Graded, facts: &IndicatorFacts, (a, b): (&Labelled, &Labelled)) -> Option<Formula> {
    let (x, y) = (a.amount.in_base()?, b.amount.in_base()?);
    let own = |l: &Labelled| {
        let label = l.label.trim_start_matches("其中").trim_start_matches('已');
        let plain = label.chars().nth(1).is_some() && !clouded(label) && !is_hoped(label);
        (plain && !words::of(Class::Planned).begins(label)).then(|| label.to_owned())
    };
    let parts = names(rule, facts).filter_map(|name| {
        let share = list::SHARE_WORDS.strip_end(name).or_else(|| name.strip_suffix("占比"));
        let rate = || stem(name).filter(|stem| list::SHARE_STEMS.has(stem));
        let bounded = share.is_some() || rate().is_some();
        let has = |l: &Labelled| own(l).is_some_and(|label| name.contains(&label));
        // 有效监测365天
        let looked = |label: &str| {
            let rest = words::of(Class::Inspected).strip_end(label);
            rest.is_some_and(|rest| rest.is_empty() || rest == "有效" || list::WHOLES.has(rest))
        };
        let whole = |l: &Labelled| list::WHOLES.has(&l.label) || looked(&l.label);
        match (has(a), has(b)) {
            _ if !bounded => None,
            (true, true) if x < y => Some(of(a, b)),
            (true, true) if y < x => Some(of(b, a)),
            (true, false) if x <= y && (whole(b) || (a.within && own(b).is_some())) => Some(of(a, b)),
            (false, true) if y <= x && (whole(a) || (b.within && own(a).is_some())) => Some(of(b, a)),
            _ => None,
        }
    });
    parts.into_iter().next()
}
