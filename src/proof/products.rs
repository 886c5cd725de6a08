//! A count times a price against the amount that its sentence gives for both: `每场4,000元，141场共56.4万元`.

use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let sentences = reading.prose.sentences();
    sentences.filter_map(|sentence| in_sentence(reading, sentence)).collect()
}

/// A price of one, with what it is of.
struct Price {
    quantity: Quantity,
    each: String,
}

fn in_sentence(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let money: Vec<&Quantity> = all.iter().filter(|one| one.is_money()).collect();
    let prices: Vec<Price> = money.iter().filter_map(|one| price(text, one)).collect();
    let [price] = prices.as_slice() else { return None };
    let counts: Vec<&Quantity> = all
        .iter()
        .filter(|one| one.unit == price.each || one.unit.strip_suffix('次') == Some(&price.each))
        .filter(|one| !about(text, one) && !one.figure.value.is_zero())
        .collect();
    let totals: Vec<&Quantity> =
        money.into_iter().filter(|one| **one != price.quantity && is_total(text, one)).collect();
    if let (Some(total), []) =
        (totals.iter().find(|total| total.figure.from > price.quantity.to), counts.as_slice())
        && total.value < price.quantity.value
        && totals.len() == 1
    {
        let message =
            format!("写的金额是{}，比一个的价格{}还少，请核对单位。", total.shown(), price.quantity.shown());
        let spot = Spot {
            unit: sentence.unit,
            from: sentence.from.saturating_add(total.figure.from),
            to: sentence.from.saturating_add(total.to),
        };
        return Some(reading.finding(FindingId::ReportArithmeticWrong, spot, "金额", message));
    }
    // Without a word for it the last amount is their product where it is but for a slip.
    let slipped = || -> Option<&Quantity> {
        let ([count], []) = (counts.as_slice(), totals.as_slice()) else { return None };
        let last = all.last().filter(|one| one.is_money() && **one != price.quantity)?;
        let others = all.iter().filter(|one| one.is_money()).count() == 2;
        let exact = count.value.times(price.quantity.value)?;
        let factor = last.value.over(last.figure.value)?;
        let places = usize::try_from(last.figure.places).ok()?;
        let shown = |number: Number| format!("{:.places$}", number.get());
        let right = shown(exact.over(factor)?.round(last.figure.places));
        let written = shown(last.figure.value);
        let near = super::slips::is_slip(&written, &right) || super::slips::is_swap(&written, &right);
        (others && near).then_some(last)
    };
    let totals = if let Some(total) = slipped() { vec![total] } else { totals };
    let ([count], [total]) = (counts.as_slice(), totals.as_slice()) else { return None };
    if about(text, total) || about(text, &price.quantity) || words::of(Class::ProductsOfMore).within(text) {
        return None;
    }
    // The total stands behind both.
    if total.figure.from < count.figure.from || total.figure.from < price.quantity.figure.from {
        return None;
    }
    let exact = count.value.times(price.quantity.value)?;
    let off = count.value.times(price.quantity.half)?.plus(count.half.times(price.quantity.value)?)?;
    let whole = |one: &Quantity| one.figure.places == 0;
    // What each has on average is rounded.
    let average = text
        .get(..price.quantity.figure.from)
        .is_some_and(|head| head.rsplit(['，', ';', ':']).next().is_some_and(|clause| clause.contains('均')));
    let off = if whole(count) && whole(&price.quantity) && !average { Number::ZERO } else { off };
    if total.is(exact, off) {
        return None;
    }
    let spot = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(total.figure.from),
        to: sentence.from.saturating_add(total.to),
    };
    let message = format!(
        "写的金额是{}，按同句的{}、每{}{}计算为{}元。",
        total.shown(),
        count.shown(),
        price.each,
        price.quantity.shown(),
        exact.normalize()
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, spot, "金额", message))
}

/// Whether an amount is the price of one, and of what: `每场4,000元`, `4,000元/场`.
fn price(text: &str, one: &Quantity) -> Option<Price> {
    let behind = text.get(one.to..)?;
    if let Some(rest) = behind.strip_prefix('/').or_else(|| behind.strip_prefix('每')) {
        let (unit, len) = crate::notation::scan_unit(rest)?;
        let plain = unit.word.clone();
        let more = rest.get(len..).is_some_and(|rest| rest.starts_with(['/', '·', '*', '.']));
        return (!more).then(|| Price { quantity: one.clone(), each: plain });
    }
    let head = text.get(..one.figure.from)?;
    if let Some(found) = average(head, one, behind) {
        return Some(found);
    }
    let clause = head.rsplit(['，', ';', ':', '、', '(']).next()?;
    let (at, each) = clause.rmatch_indices('每').next().map(|(at, each)| (at, each.len()))?;
    // 每人每月 is the price of more than one thing.
    if clause.matches('每').count() != 1 {
        return None;
    }
    let rest = clause.get(at.saturating_add(each)..)?;
    let (unit, len) = crate::notation::scan_unit(rest)?;
    let between = rest.get(len..)?;
    let direct = between.chars().count() <= 6 && !between.contains(|c: char| c.is_ascii_digit());
    direct.then(|| Price { quantity: one.clone(), each: unit.word })
}

/// An amount of which words say that each has it (人均补贴1,500元), or that it is the price of what was counted last (单价).
fn average(head: &str, one: &Quantity, rest: &str) -> Option<Price> {
    let clause = head.rsplit(['，', ';', ':', '、', '(']).next()?;
    if words::of(Class::NamesOfPrices).ends(clause.trim_end_matches(['为', ':'])) {
        let counts = quantities(head);
        let behind = quantities(rest);
        // 单价1.85万元，128套: what is counted stands before the price or right behind it.
        let counted = |count: &&Quantity| !count.is_money() && !count.is_percent();
        let last = counts.last().filter(counted).or_else(|| behind.first().filter(counted))?;
        return Some(Price { quantity: one.clone(), each: last.unit.clone() });
    }
    let (at, sign) = clause.match_indices('均').next()?;
    let each = clause.get(..at)?.chars().next_back()?;
    let short = clause.get(at.saturating_add(sign.len())..)?.chars().count() <= 4;
    let unit = crate::notation::scan_unit(&each.to_string())?.0;
    short.then(|| Price { quantity: one.clone(), each: unit.word })
}

/// Whether an amount is called a sum.
fn is_total(text: &str, one: &Quantity) -> bool {
    let head = text.get(..one.figure.from).unwrap_or_default();
    let behind = text.get(one.to..).unwrap_or_default();
    let head = head.trim_end_matches(['为', ':']);
    // 共发放补贴资金: what was paid stands between.
    let plain = words::of(Class::NounsOfMoney).strip_end(head).unwrap_or(head);
    let leads = words::of(Class::LeadsOfTotals);
    (leads.ends(head) || leads.ends(plain)) && !behind.starts_with(['/', '每'])
}

fn about(text: &str, one: &Quantity) -> bool {
    let words = words::of(Class::AboutFigures);
    words.ends(text.get(..one.figure.from).unwrap_or_default())
        || words.begins(text.get(one.to..).unwrap_or_default())
}
