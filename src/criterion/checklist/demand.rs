//! 资金使用符合规定。每发现1个问题扣2分; 信息形成后20个工作日内公开，每有1条逾期扣0.3分: a demand in a sentence of its own, before what each failure of it costs.

use crate::criterion::grammar::condition::{is_count, is_time};
use crate::criterion::grammar::scan::{attempt, denies, is_name};
use crate::criterion::grammar::steps::length;
use crate::criterion::grammar::words::{HARM, LATE, OK, PUNCTUAL, STEP_LATE};
use crate::criterion::text::plain::{Segment, offset};
use crate::notation::scan_quantity;
use crate::words::{self, Class, list};

/// What stands behind the demand, where nothing but steps that take points off does.
pub(crate) fn behind<'p>(text: &'p str, parts: &[Segment<'p>]) -> Option<&'p str> {
    let (first, rest) = parts.split_first()?;
    let next = rest.first()?.text;
    let asks = OK.within(first.text)
        || ["规范", "合规", "合法", "真实", "完整", "准确"].iter().any(|w| first.text.ends_with(w));
    let plain = is_name(first.text)
        && !HARM.within(first.text)
        && !first.text.contains(['未', '不', '无', '没', '分']);
    let after = text.get(offset(text, next)..)?;
    let takes = after.contains('扣') && (after.contains('每') || after.starts_with("发现"));
    let asked = first.ends && asks && plain && takes && !after.contains('得');
    (asked || (is_due(first.text) && costs_each_late(rest))).then_some(after)
}

/// 信息形成后20个工作日内公开: by when each of them is due.
fn is_due(text: &str) -> bool {
    let Some((event, rest)) = text.split_once('后') else { return false };
    let time = scan_quantity(rest).filter(|(found, _)| is_time(&found.unit) && found.sign.is_none());
    let behind = time.and_then(|(_, taken)| rest.get(taken..));
    let act = behind.and_then(|behind| list::WITHIN_DAYS.strip(behind));
    let plain = |name: &str| is_name(name) && !denies(name) && !name.contains('分');
    event.chars().nth(1).is_some() && plain(event) && act.is_some_and(|act| act.is_empty() || plain(act))
}

/// 每有1条逾期扣0.3分: what is not in time is counted by the case, not by days.
fn costs_each_late(parts: &[Segment]) -> bool {
    parts.iter().any(|part| {
        let Some((each, cost)) = part.text.split_once('每').and_then(|(_, rest)| rest.split_once('扣'))
        else {
            return false;
        };
        let mut rest = words::of(Class::EventVerbs).strip(each).unwrap_or(each);
        let counted = attempt(&mut rest, length).is_some_and(|size| is_count(&size.unit));
        let late = STEP_LATE.has(rest) || LATE.has(rest) || PUNCTUAL.ends(rest) && denies(rest);
        counted && late && cost.ends_with('分')
    })
}
