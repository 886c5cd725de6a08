//! From what is said of all items to how they become points.

use crate::base::{Number, Ratio};
use crate::notation::Unit;
use crate::rule::{Award, ChecklistItem, CountBand, Per, Scheme};

use crate::criterion::Context;
use crate::criterion::checklist::statements::Summary;
use crate::criterion::grammar::limit::Limit;
use crate::criterion::grammar::words::HARM;

/// How the items become points, or why that is not certain.
#[expect(clippy::too_many_lines, reason = "the ways in which statements agree, read together")]
pub(crate) fn scheme(items: &mut [ChecklistItem], rest: &Rest) -> Result<Scheme, &'static str> {
    let weight = rest.context.weight.map(crate::base::Weight::number);
    let mut each: Option<Per> = None;
    let mut missing: Option<Number> = None;
    let mut case: Option<(Number, Unit)> = None;
    let mut bands: Vec<CountBand> = Vec::new();
    let mut otherwise: Option<Award> = None;
    let mut most: Option<Number> = None;
    let mut one: Option<Per> = None;
    let mut named = false;
    for summary in &rest.summaries {
        match summary {
            Summary::Each(per) if each.is_none_or(|e| e == *per) => each = Some(*per),
            Summary::One(n) if one.is_none() => one = Some(*n),
            Summary::EachFound(_) if items.iter().any(|item| may_be_fault(&item.words)) => {
                return Err("各项写的是要求还是问题，无法确定");
            }
            Summary::EachMissing(per) | Summary::EachFound(per) => {
                let points = match per {
                    Per::Points(n) => Some(*n),
                    Per::Share(r) => weight.and_then(|w| w.times(r.number())),
                };
                match (points, missing) {
                    (Some(n), None) => missing = Some(n),
                    (Some(n), Some(m)) if n == m => {}
                    _ => return Err("对各项如何扣分的规定前后不一致"),
                }
            }
            Summary::EachCase(n, unit) if case.is_none() => case = Some((*n, unit.clone())),
            Summary::Met(low, high, award) => {
                let (at_least, at_most) = (*low, *high);
                bands.push(CountBand { at_least, at_most, award: award.clone() });
            }
            Summary::Some(places, per) => {
                named = true;
                let points = match per {
                    Per::Points(n) => Some(*n),
                    Per::Share(r) => weight.and_then(|w| w.times(r.number())).filter(|n| n.round(2) == *n),
                };
                for at in places {
                    let item = usize::try_from(*at).ok().and_then(|at| items.get_mut(at));
                    match (item, points) {
                        (Some(item), Some(n)) if item.points.is_none_or(|own| own == n) => {
                            item.points = Some(n);
                        }
                        _ => return Err("对各项分数的规定前后不一致"),
                    }
                }
            }
            Summary::Else(award) if otherwise.is_none() => otherwise = Some(award.clone()),
            Summary::Limit(Limit::Take(n)) if most.is_none() => most = Some(*n),
            Summary::Limit(Limit::Score(n)) if weight.is_some_and(|w| w == *n) => {}
            Summary::Weight(n) if weight.is_none_or(|w| w == *n) => {}
            Summary::Nothing | Summary::Veto(_) => {}
            _ => return Err("对各项如何得分的规定前后不一致"),
        }
    }
    // ①②符合各得2分，否则不得分: each of them, or both?
    if named && otherwise.is_some() {
        return Err("对各项如何得分的规定前后不一致");
    }
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    // 三项各占1分，符合一项得1分: said twice.
    if let Some(n) = one.filter(|n| each != Some(*n)) {
        let other = |b: &CountBand| b.at_least == b.at_most && b.at_most != 1 && b.at_most < count;
        if bands.iter().any(other) || each.is_some() {
            let award = match n {
                Per::Points(n) => Award::Points(n),
                Per::Share(r) => Award::Share(r),
            };
            bands.push(CountBand { at_least: 1, at_most: 1, award });
        } else {
            each = Some(n);
        }
    }
    let is_full =
        |award: &Award| *award == Award::Full || matches!(award, Award::Points(n) if weight == Some(*n));
    let full_only = bands.iter().all(|b| b.at_least == count && is_full(&b.award));
    let zero_else = otherwise.as_ref().is_none_or(|a| *a == Award::ZERO);
    let own = items.iter().filter(|i| i.points.is_some()).count();
    if own > 0 && own < items.len() {
        return Err("有的项有分数，有的项没有");
    }
    if own > 0 && each.is_none() {
        let even = missing.is_none_or(|m| items.iter().all(|i| i.points == Some(m)));
        return if even && full_only && zero_else && case.is_none() && most.is_none() {
            Ok(Scheme::Sum)
        } else {
            Err("各项的分数与后面的规定不一致")
        };
    }
    if let Some(per) = each {
        if own > 0 || case.is_some() || !full_only || !zero_else || most.is_some() {
            return Err("对各项如何得分的规定前后不一致");
        }
        return match per {
            Per::Points(n) if missing.is_none_or(|m| m == n) => {
                for item in items {
                    item.points = Some(n);
                }
                Ok(Scheme::Sum)
            }
            Per::Share(r) if missing.is_none() && r <= Ratio::ONE => Ok(Scheme::EachShare(r)),
            _ => Err("每项得分与缺项扣分不一致"),
        };
    }
    if let Some((per, unit)) = case {
        if missing.is_some() || !full_only || otherwise.is_some() {
            return Err("对各项如何扣分的规定前后不一致");
        }
        return Ok(Scheme::Cases { per, most, unit });
    }
    if let Some(per) = missing {
        if full_only && otherwise.is_none() {
            return Ok(Scheme::Deduct { per, most });
        }
        let single = bands.iter().any(|b| b.at_least == b.at_most && b.at_most < count);
        let repeated = bands.iter().any(|b| b.at_most == count.saturating_sub(1));
        if single && !repeated && most.is_none() {
            let at = count.saturating_sub(1);
            bands.push(CountBand { at_least: at, at_most: at, award: Award::Less(per) });
        } else if !bands.iter().all(|b| b.award == Award::ZERO || is_full(&b.award)) || otherwise.is_some() {
            return Err("对各项如何扣分的规定前后不一致");
        } else {
            return deduct_with_gates(per, count, &bands, most);
        }
    }
    if bands.is_empty() {
        return Err("没有写明各项如何得分");
    }
    if most.is_some() {
        return Err("最多扣分的规定没有对应的扣分标准");
    }
    for (at, a) in bands.iter().enumerate() {
        let overlap = bands
            .iter()
            .skip(at.saturating_add(1))
            .any(|b| a.at_least <= b.at_most && b.at_least <= a.at_most && a.award != b.award);
        if overlap {
            return Err("各档符合项数互相重叠");
        }
    }
    // 少1项扣1分，少2项扣2分: nothing is taken where nothing is missing.
    let takes = bands
        .iter()
        .all(|b| matches!(b.award, Award::Less(_) | Award::LessShare(_)) || b.award == Award::ZERO);
    let some = bands.iter().any(|b| b.award != Award::ZERO);
    if takes && some && otherwise.is_none() && bands.iter().all(|b| b.at_most < count) {
        bands.push(CountBand { at_least: count, at_most: count, award: Award::Full });
    }
    bands.sort_by_key(|band| band.at_least);
    Ok(Scheme::Bands { bands, otherwise })
}

/// 截留资金, 制度不完整: an item that may name what must not be.
fn may_be_fault(words: &str) -> bool {
    words.contains(['不', '无', '未', '没', '缺'])
        || HARM.within(words)
        || ["存在", "截留", "挤占", "挪用", "虚列", "套取", "骗取"].iter().any(|word| words.contains(word))
}

/// 一项不符合扣0.5分，3项及以上不符合不得分: every number of satisfied items has its own award.
pub(crate) fn deduct_with_gates(
    per: Number,
    count: u32,
    gates: &[CountBand],
    most: Option<Number>,
) -> Result<Scheme, &'static str> {
    if most.is_some() {
        return Err("最多扣分与不得分的规定不一致");
    }
    let mut bands = Vec::new();
    for met in 0..=count {
        let gate = gates.iter().find(|g| (g.at_least..=g.at_most).contains(&met));
        let award = if let Some(gate) = gate {
            gate.award.clone()
        } else {
            {
                let missing = Number::from(count.saturating_sub(met));
                let less = per.times(missing).ok_or("分数超出可计算的范围")?;
                if less.is_zero() { Award::Full } else { Award::Less(less) }
            }
        };
        bands.push(CountBand { at_least: met, at_most: met, award });
    }
    Ok(Scheme::Bands { bands, otherwise: None })
}

/// Everything said of the items, and what it is said for.
pub(crate) struct Rest<'c> {
    pub(crate) summaries: Vec<Summary>,
    pub(crate) context: &'c Context<'c>,
}
