//! Which amount of an answer is meant by a name of a formula: 采购预算400万元 by 政府采购预算数.

use crate::words::{self, Class, list};

use super::amounts::Labelled;

/// What is found for a name.
pub(super) enum Found<'l> {
    One(&'l Labelled),
    Many,
    None,
}

/// The amount of a name: the one called exactly so, else the only one that is called alike.
pub(super) fn find<'l>(name: &str, amounts: &'l [Labelled]) -> Found<'l> {
    let pick = |test: &dyn Fn(&str) -> bool| {
        let mut hits = amounts.iter().filter(|l| test(&l.label));
        match (hits.next(), hits.next()) {
            (Some(one), None) => Found::One(one),
            (None, _) => Found::None,
            _ => Found::Many,
        }
    };
    let wanted = core(name);
    let alike = |wanted: &str| match pick(&|label| core(label) == wanted) {
        Found::None => pick(&|label| {
            let label = core(label);
            holds(&label, wanted) || holds(wanted, &label)
        }),
        found => found,
    };
    // 交办或下达数: by either name
    if let Some((first, second)) = wanted.split_once('或') {
        return match (alike(first), alike(second)) {
            (found @ Found::One(_), Found::None) | (Found::None, found @ Found::One(_)) => found,
            (Found::None, Found::None) => Found::None,
            _ => Found::Many,
        };
    }
    match alike(&wanted) {
        // 决算18.3万元 is 三公经费实际支出数, 支出 is 预算完成数.
        Found::None if wanted.ends_with("支出") || (wanted.contains("预算") && wanted.ends_with("完成")) => {
            pick(&|label| list::SPENT_IN_ALL.has(label))
        }
        // 办结14项 is 重点工作实际完成数.
        Found::None if wanted.ends_with("完成") => pick(&|label| FINISHED.contains(&label)),
        found => found,
    }
}

/// What is said of what was completed.
pub(super) const FINISHED: [&str; 8] =
    ["办结", "办理完成", "完工", "竣工", "完成", "已完成", "已办结", "建成"];

/// One word for all that say the same.
const TIMELY_WORD: &str = "按时";

/// A name without the words for how it is counted: 满意份数 and 满意, 编制数 and 编制.
fn core(name: &str) -> String {
    const ENDS: [&str; 21] = [
        "总份数",
        "总人数",
        "总金额",
        "份数",
        "人数",
        "户数",
        "个数",
        "批次",
        "人次",
        "数量",
        "总数",
        "总额",
        "金额",
        "资金总额",
        "资金",
        "件数",
        "项数",
        "次数",
        "天数",
        "合计",
        "数",
    ];
    // 按时完成 is 及时完成.
    let name = &list::TIMELY.iter().fold(name.to_owned(), |text, word| text.replace(word, TIMELY_WORD));
    // 本年末 is 本年度.
    let name = &name.replace("年度", "年").replace("年末", "年");
    let bare = name.trim_start_matches("全年").trim_start_matches("实际");
    // 实际 alone is what came of it.
    let name = if bare.is_empty() { name.as_str() } else { bare };
    let short = ENDS.iter().find_map(|end| name.strip_suffix(end)).filter(|short| !short.is_empty());
    let short = short.unwrap_or(name);
    short.strip_suffix('额').filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(short).to_owned()
}

/// Whether an amount may be called by a name, or by more or fewer of its words.
pub(super) fn is_alike(name: &str, label: &str) -> bool {
    let (own, said) = (core(name), core(label));
    own == said || holds(&own, &said) || holds(&said, &own) || may_be(name, label)
}

/// Whether an amount is called just as a name is.
pub(super) fn is_called(name: &str, label: &str) -> bool {
    core(name) == core(label)
}

/// Whether the long name is the short one with more words, which do not deny it.
pub(super) fn holds(long: &str, short: &str) -> bool {
    let other = |word: &str| long.contains(word) != short.contains(word);
    let years = ["上年", "去年", "本年", "上期", "本期"].into_iter().any(other);
    short.chars().nth(1).is_some()
        && !years
        && long
            .split_once(short)
            .is_some_and(|(before, _)| !before.ends_with(['不', '未', '非', '无', '没', '应']))
}

/// The amount of each name, where there is only one way to give them out; those that are left are for others to judge: 实际采购金额 and 采购预算 for
/// 实际政府采购金额 and 政府采购预算数.
pub(super) fn dealt<'l>(names: &[&str], amounts: &'l [Labelled]) -> Option<Vec<&'l Labelled>> {
    if names.len() > amounts.len() || amounts.len() > MOST_DEALT {
        return None;
    }
    let mut found: Option<Vec<usize>> = None;
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    for name in names {
        let places = |way: &Vec<usize>| {
            let free = (0..amounts.len()).filter(|at| !way.contains(at));
            let fits = free.filter(|at| amounts.get(*at).is_some_and(|l| may_be(name, &l.label)));
            fits.map(|at| way.iter().copied().chain([at]).collect()).collect::<Vec<Vec<usize>>>()
        };
        ways = ways.iter().flat_map(places).collect();
    }
    for way in ways {
        if found.replace(way).is_some() {
            return None;
        }
    }
    found?.into_iter().map(|at| amounts.get(at)).collect()
}

/// Formulas of more names are no rates.
const MOST_DEALT: usize = 4;

/// Whether a label may be short for a name, or a name for a label: all signs of the one stand in the other in their order.
fn may_be(name: &str, label: &str) -> bool {
    // 法定20天，实际14天 for 法定时限 and 实际时限
    if label.chars().nth(1).is_some() && name.starts_with(label) {
        return true;
    }
    let (name, label) = (core(name), core(label));
    let (short, long) = if label.len() < name.len() { (&label, &name) } else { (&name, &label) };
    let differ = |word: &str| name.contains(word) != label.contains(word);
    let years = words::of(Class::LastYears).iter().any(|word| short.contains(word) && !long.contains(word));
    let turned = ['不', '未', '非', '无', '没', '应', '超', '前', '新']
        .iter()
        .any(|c| differ(c.encode_utf8(&mut [0; 4])));
    let mut rest = long.chars();
    let in_order = short.chars().all(|c| rest.any(|other| other == c));
    let hoped = words::of(Class::Hoped).iter().any(|word| label.contains(word) && !name.contains(word));
    short.chars().nth(1).is_some() && in_order && !years && !turned && !hoped
}
