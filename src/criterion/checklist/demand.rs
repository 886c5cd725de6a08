//! 资金使用符合规定。每发现1个问题扣2分: a demand in a sentence of its own, before what each failure of it costs.

use crate::criterion::grammar::scan::is_name;
use crate::criterion::grammar::words::{HARM, OK};
use crate::criterion::text::plain::{Segment, offset};

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
    (first.ends && asks && plain && takes && !after.contains('得')).then_some(after)
}
