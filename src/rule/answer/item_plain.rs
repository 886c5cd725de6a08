//! An answer to a list in plainer words: each quarter for itself, 按 for within a time, two amounts as whether the one is kept.

use crate::words::list;

use super::parts::parts;

/// The answer as it is read.
pub(super) fn plain(text: &str) -> String {
    within_budget(&each_quarter(&by_the_time(text)))
}

/// 未在规定时限内公开 as 未按规定时限公开: within a time is by it.
fn by_the_time(text: &str) -> String {
    list::WITHIN_A_TIME.iter().fold(text.to_owned(), |text, word| {
        let by = word.strip_prefix('在').and_then(|word| word.strip_suffix('内')).unwrap_or(word);
        text.replace(word, &format!("按{by}"))
    })
}

/// 一、二、四季度按时拨付: each of them for itself.
fn each_quarter(text: &str) -> String {
    let each = |clause: &str| -> Option<String> {
        let (lead, rest) = clause.split_once("季度")?;
        let names: Vec<&str> = lead.split('、').collect();
        let quarter = |name: &&str| list::QUARTERS.has(&format!("{name}季度"));
        let several = names.len() > 1 && names.iter().all(quarter);
        several.then(|| names.iter().map(|name| format!("{name}季度{rest}")).collect::<Vec<_>>().join("，"))
    };
    let clauses = text.split('，').map(|clause| each(clause).unwrap_or_else(|| clause.to_owned()));
    clauses.collect::<Vec<_>>().join("，")
}

/// 会议费预算3万元，支出2.1万元 as 会议费未超预算.
fn within_budget(text: &str) -> String {
    let told = |clause: &str| -> Option<String> {
        let found = parts(clause)?;
        let [allowed, spent] = found.as_slice() else { return None };
        let name = list::BUDGETED.strip_end(&allowed.before).filter(|name| !name.is_empty())?;
        let act = list::ACT_LEADS.trim_start(&spent.before);
        let (a, b) = (allowed.amount.as_ref()?, spent.amount.as_ref()?);
        let money = a.unit.is_money() && b.unit.is_money() && a.sign.is_none() && b.sign.is_none();
        let plain = allowed.after.is_empty() && spent.after.is_empty() && list::SPENT.has(act);
        let kept = b.in_base()? <= a.in_base()?;
        (money && plain).then(|| format!("{name}{}超预算", if kept { "未" } else { "" }))
    };
    let each = text.split([';', '；']).map(|clause| told(clause).unwrap_or_else(|| clause.to_owned()));
    each.collect::<Vec<_>>().join(";")
}
