//! How many are not so that are named one by one: 全县14个乡镇，除甲镇、乙镇外均已备案, 除6月、9月外均及时发放.

use crate::base::Number;
use crate::notation::{Quantity, Unit, scan_quantity};
use crate::rule::Award;
use crate::rule::graded::Graded;
use crate::words::{self, Class, list};

/// More names are a report, and longer ones are no names.
const MOST: usize = 8;
const MAX_NAME: usize = 8;

/// How many are named; nothing where the others are not said to be as the criterion asks, or a name may be of several.
pub(super) fn count(text: &str, rule: &Graded) -> Option<Quantity> {
    let (lead, rest) = text.split_once('除')?;
    let (names, rest) = rest.split_once('外')?;
    // 全县14个乡镇: how many there are in all.
    let lead = lead.trim_end_matches('，');
    let whole = lead.is_empty()
        || lead.chars().any(|c| c.is_ascii_digit())
            && !lead.contains('，')
            && !words::of(Class::Negations).within(lead);
    let rest = rest.trim_start_matches('，');
    let rest = words::of(Class::TheOthers).strip(rest).unwrap_or(rest);
    let rest = scan_quantity(rest).and_then(|(_, taken)| rest.get(taken..)).unwrap_or(rest);
    let act = words::of(Class::AllOfThem).strip(rest)?.trim_start_matches('已');
    let asked = rule.all_words();
    let done = act.chars().nth(1).is_some()
        && list::UNDONE_SIGNS.iter().any(|no| asked.contains(&format!("{no}{act}")));
    let names: Vec<&str> = names.split(|c: char| list::ITEM_JOINS.has_char(c)).collect();
    let plain = |name: &&str| {
        name.chars().nth(1).is_some()
            && name.chars().nth(MAX_NAME).is_none()
            && !name.contains('等')
            && !words::of(Class::InPart).within(name)
            && scan_quantity(name).is_none_or(|(_, taken)| taken < name.len() || name.ends_with('月'))
    };
    let once = names.iter().enumerate().all(|(at, name)| !names.iter().take(at).any(|other| other == name));
    if !whole || !done || !once || names.len() > MOST || !names.iter().all(plain) {
        return None;
    }
    let mut steps = rule.all_awards().filter_map(|award| match award {
        Award::Steps(steps) => Some(steps.size.unit.word.as_str()),
        _ => None,
    });
    let unit = steps.next().filter(|_| steps.next().is_none()).filter(|unit| !unit.is_empty())?;
    let count = u32::try_from(names.len()).ok()?;
    Some(Quantity::new(Number::from(count), Unit::count(unit)))
}
