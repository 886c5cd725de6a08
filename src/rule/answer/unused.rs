//! Figures of an answer that no name of the formula uses, and that change nothing: 实际支出850万元 beside 应到位 and 实际到位, the
//! rest of a whole, staff that is not in post.

use crate::base::Number;
use crate::rule::formula::Term;
use crate::words::{self, Class, list};

use super::amount_name::{is_alike, is_called};
use super::amounts::Labelled;
use super::usual_formula::clouded;

/// All that the formula names is told: another figure has no place in it, unless it changes one of them, or may be one of them.
/// Of a formula that the criterion leaves to its readers (`stated` is false) it may be the whole.
pub(super) fn is_no_matter(amount: &Labelled, bound: &[(&Term, &Labelled)], stated: bool) -> bool {
    let label = amount.label.as_str();
    // 另有退休人员31人
    let apart = list::BESIDES.strip(label).filter(|rest| list::NOT_IN_POST.begins(rest));
    let asked = bound.iter().any(|(term, _)| list::NOT_IN_POST.within(&term.name));
    let changes = list::CHANGES_A_FIGURE.within(label) || words::of(Class::TakenBack).within(label);
    let alike = bound.iter().any(|(term, own)| is_alike(&term.name, label) || is_alike(&own.label, label));
    let exact = bound.iter().all(|(term, own)| is_called(&term.name, &own.label));
    let twice = bound.iter().any(|(term, _)| is_called(&term.name, label));
    let own = match (stated, exact) {
        (true, true) => !twice,
        (true, false) => !alike,
        (false, _) => exact && !alike && !list::FUNDS.within(label),
    };
    let free = (own && !changes) || (apart.is_some() && !asked);
    free && !label.is_empty() && !amount.amount.unit.is_ratio()
}

/// 年初预算数 beside 全年预算数 where 预算数 is asked for, 基本满意 beside 满意: whether the formula means it, too, or instead,
/// its name does not say.
pub(super) fn may_be_meant(amounts: &[Labelled], bound: &[(&Term, &Labelled)]) -> Option<String> {
    let used = |l: &Labelled| bound.iter().any(|(_, own)| std::ptr::eq(*own, l));
    let of = |l: &Labelled, (term, own): &(&Term, &Labelled)| {
        let said = |text: &str| list::STAGES_OF_A_BUDGET.within(text);
        let stage = list::BUDGETED.within(&term.name) && list::BUDGETED.within(&l.label) && !said(&term.name);
        let stages = stage && said(&l.label) && own.amount.in_base() != l.amount.in_base();
        let fair = !list::NOT_SIGNS.within(&own.label)
            && list::FAIRLY.strip(&l.label).is_some_and(|rest| own.label.ends_with(rest))
            && !list::FAIRLY.within(&term.name);
        stages || fair
    };
    let free = amounts.iter().filter(|l| !used(l) && !l.amount.number.is_zero());
    let (l, term) = free.into_iter().find_map(|l| {
        let (term, _) = bound.iter().find(|pair| of(l, pair))?;
        Some((l, term))
    })?;
    let figure = format!("{}{}{}", l.label, l.amount.number, l.amount.unit.word);
    Some(format!("“{figure}”是不是“{}”，或者是否计入其中，评分标准没有写明", term.name))
}

/// 财政资金540万元 beside 自筹资金210万元 of 总投资750万元, 延期完工2个 and 在建1个 beside 按期完工15个 of 18个: what the one part leaves of
/// the whole, to the last of it. What says why it is left out (其余200人均无意愿) may change the whole.
pub(super) fn is_of_the_rest(amount: &Labelled, amounts: &[Labelled], bound: &[(&Term, &Labelled)]) -> bool {
    let [(_, a), (_, b)] = bound else { return false };
    let base = |l: &Labelled| l.amount.in_base();
    let others: Vec<&Labelled> = amounts
        .iter()
        .filter(|l| {
            bound.iter().all(|(_, own)| !std::ptr::eq(*own, *l)) && l.amount.unit.comparable(&a.amount.unit)
        })
        .collect();
    let rest = others.iter().map(|l| base(l)).collect::<Option<Vec<Number>>>().and_then(Number::sum);
    let left = |whole: &Labelled, part: &Labelled| base(whole)?.minus(base(part)?);
    let adds_up = rest.is_some() && (left(a, b) == rest || left(b, a) == rest);
    let among = others.iter().any(|l| std::ptr::eq(*l, amount));
    among
        && adds_up
        && a.amount.unit.comparable(&b.amount.unit)
        && others.iter().all(|l| is_plain_rest(l, a, b))
}

/// 年初预算1400万元 and 年中调减250万元 beside 调整后预算1150万元: what a figure of the formula was made of.
pub(super) fn is_made_of(amount: &Labelled, amounts: &[Labelled], bound: &[(&Term, &Labelled)]) -> bool {
    let others: Vec<&Labelled> =
        amounts.iter().filter(|l| bound.iter().all(|(_, own)| !std::ptr::eq(*own, *l))).collect();
    let [a, b] = others.as_slice() else { return false };
    let alike =
        others.iter().all(|l| bound.iter().all(|(_, own)| own.amount.unit.comparable(&l.amount.unit)));
    let (Some(x), Some(y)) = (a.amount.in_base(), b.amount.in_base()) else { return false };
    let made = [x.plus(y), x.minus(y), y.minus(x)];
    // Such a sum is chance where nothing says that the figure was changed.
    let changed = list::CHANGES_A_FIGURE.within(&a.label) || list::CHANGES_A_FIGURE.within(&b.label);
    let of_one =
        bound.iter().any(|(_, own)| made.contains(&own.amount.in_base()) && own.amount.in_base().is_some());
    alike && changed && of_one && others.iter().any(|l| std::ptr::eq(*l, amount))
}

/// Whether a label says no more than that it is the rest: 延期完工, 未完工 beside 完工, 其余, 在建.
pub(super) fn is_plain_rest(rest: &Labelled, a: &Labelled, b: &Labelled) -> bool {
    let label = words::of(Class::TheOthers).strip(&rest.label).unwrap_or(&rest.label);
    if list::OTHER_YEARS.within(label) {
        return false;
    }
    // 不合格19批次均已处置: what was done about them.
    let label =
        words::of(Class::AllOfThem).find(label).map_or(label, |(at, _)| label.get(..at).unwrap_or(label));
    let denied = list::NOT_SIGNS.iter().find_map(|no| label.strip_prefix(no));
    let of_it = |act: &str| a.label.contains(act) || b.label.contains(act);
    let left = words::of(Class::Unfinished).begins(label) || words::of(Class::Spared).has(label);
    if left && denied.is_none() {
        return true;
    }
    // 非常满意 beside 满意 may count as well.
    let part = if a.amount.in_base() <= b.amount.in_base() { a } else { b };
    if denied.is_none() && label.contains(part.label.as_str()) {
        return false;
    }
    match denied {
        Some(act) => act.is_empty() || of_it(act),
        // 取消4个, 调整4个: the whole is another then.
        None => !clouded(label) && !list::CHANGES_A_FIGURE.within(label),
    }
}
