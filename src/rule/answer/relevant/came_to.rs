//! What a change came to: 增速回落2个百分点至6%, 较上年提高3个百分点至93%, 由90%提高到93%.

use crate::notation::scan_quantity;
use crate::rule::Measure;
use crate::words::{self, Class, list};

use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    stated(said).map(|text| Relevant::Text(text.to_owned()))
}

fn stated<'s>(said: &'s Said) -> Option<&'s str> {
    if said.rule.measure != Measure::Value {
        return None;
    }
    let (at, to) = said.text.char_indices().rev().find(|(_, c)| matches!(c, '至' | '到'))?;
    let (before, end) = (said.text.get(..at)?, said.text.get(at.checked_add(to.len_utf8())?..)?);
    let (amount, taken) = scan_quantity(end)?;
    let moved = |text: &str| {
        [Class::Risen, Class::Fallen, Class::Slowed].iter().any(|class| words::of(*class).within(text))
    };
    if words::of(Class::Hoped).within(before) {
        return None;
    }
    if taken != end.len()
        || amount.sign.is_some()
        || !moved(before)
        || before.contains(['，', '、', ';', '未', '不'])
    {
        return None;
    }
    let first =
        before.find(|c: char| c.is_ascii_digit()).map_or(before, |at| before.get(..at).unwrap_or_default());
    // What is itself a rate of change: its own fall is no change of what it measures.
    let own = words::of(Class::ChangeRates).find(first).map(|(_, rate)| rate);
    let mut names = said.names();
    match own {
        Some(rate) => {
            let up = words::of(Class::Risen).within(rate) || rate.starts_with(['增', '涨']);
            let fits = names.all(|name| {
                let rises = words::of(Class::Risen).within(name) || name.contains("增速");
                let falls = words::of(Class::Fallen).within(name);
                if up { rises && !falls } else { falls && !rises }
            });
            fits.then_some(end)
        }
        None => {
            // 亩均增产 asks by how much.
            names.all(|name| !moved(name) && !list::MOVED_SIGNS.within(name)).then_some(end)
        }
    }
}
