//! What was not done, where all of it should be.

use super::super::IndicatorFacts;
use super::super::graded::Graded;
use super::parts::AnswerPart;
use crate::notation::{Notation, Quantity};
use crate::words::{self, Class, list};

/// 1个未竣工, 未办结2项: what was not done, where all of it should be.
pub(super) fn undone(part: &AnswerPart) -> bool {
    let words = part.words();
    let denied = list::NOT_YET.iter().find_map(|no| words.strip_prefix(no));
    denied.is_some_and(|rest| {
        !rest.contains(['未', '不', '无', '没', '已', '，', '、']) && rest.chars().count() <= 4
    })
}

/// 建制村216个，通客车214个 where what is not 通客车 counts, 采购23台，均验收合格: what is left of the whole.
pub(super) fn left(parts: &[AnswerPart], rule: &Graded) -> Option<Quantity> {
    let [a, b] = parts else { return None };
    let asked = rule.all_words();
    let all_done = |part: &AnswerPart| {
        let act = words::of(Class::AllOfThem).strip(&part.before)?;
        let act = act.strip_prefix('已').unwrap_or(act);
        (part.amount.is_none() && is_done(act, &asked)).then_some(())
    };
    if let Some(amount) = a.amount.as_ref().filter(|_| all_done(b).is_some() && is_plain(&a.words())) {
        return Some(Quantity { number: crate::base::Number::ZERO, ..amount.clone() });
    }
    let label = |part: &AnswerPart| {
        let words = part.words();
        let short =
            words::of(Class::Performed).strip(&words).filter(|rest| !rest.is_empty()).unwrap_or(&words);
        short.trim_start_matches("其中").to_owned()
    };
    let (whole, done) = match (is_done(&label(a), &asked), is_done(&label(b), &asked)) {
        (false, true) => (a, b),
        (true, false) => (b, a),
        _ => return None,
    };
    let (all, of) = (whole.amount.as_ref()?, done.amount.as_ref()?);
    let fits = all.unit == of.unit && all.sign.is_none() && of.sign.is_none() && is_plain(&whole.words());
    let number = all.number.minus(of.number).filter(|n| fits && !n.is_negative())?;
    Some(Quantity { number, ..all.clone() })
}

/// 18个项目全部编报 where what is not 编报 counts: of all that there is, and that the target asks for, nothing is undone.
pub(super) fn is_all(parts: &[AnswerPart], rule: &Graded, facts: &IndicatorFacts) -> bool {
    let [only] = parts else { return false };
    let Some(amount) = only.amount.as_ref().filter(|amount| amount.sign.is_none()) else { return false };
    let Some((at, all)) = words::of(Class::AllOfThem).find(&only.after) else { return false };
    let (thing, act) = only.after.split_at_checked(at).unwrap_or_default();
    let act = act.strip_prefix(all).map(|act| act.trim_start_matches('已')).unwrap_or_default();
    let target = facts.target.and_then(Notation::quantity).filter(|t| t.unit.dimension.is_of_things());
    let whole = target.is_none_or(|t| t.number.is_zero() || t.in_base() == amount.in_base());
    // Where nothing but single cases is asked about, those that are named need not be all.
    let asks_all = !rule.states.is_empty() || rule.bands.iter().any(|band| !band.award.moves());
    let before = only.before.is_empty() || is_plain(&only.before);
    before && asks_all && whole && is_plain(thing) && is_done(act, &rule.all_words())
}

/// Whether the criterion asks that all of it be so, or counts what is not so: 全部侦破, 未竣工.
fn is_done(act: &str, asked: &str) -> bool {
    act.chars().nth(1).is_some()
        && is_plain(act)
        && ["全部", "均", "未", "都"].iter().any(|word| asked.contains(&format!("{word}{act}")))
}

/// Whether words say nothing but of what the number is.
fn is_plain(words: &str) -> bool {
    let judged = [Class::Negations, Class::LastYears, Class::TakenBack, Class::PartsOfTheYear, Class::Hoped];
    judged.iter().all(|class| !crate::words::of(*class).within(words)) && !words.contains("累计")
}
