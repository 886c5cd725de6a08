//! Things that are listed in one breath and earn alike: 公开预算信息、决算信息的各得1分; 真实(0.5分)、完整(0.5分); 法人责任制、合同管理制，每
//! 落实一制得0.75分. They are a list of items.

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::checklist::statements::{Summary, summaries};
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::kinds::until_gone;
use crate::criterion::grammar::scan::{attempt, denies, figure, is_name, points, word};
use crate::criterion::grammar::words::{ADD, BAD, GIVE};
use crate::criterion::text::plain::{Segment, segments};
use crate::rule::{Award, Checklist, Per, Rule, Words, mark};
use crate::words::list;

use super::Readers;

/// The list as a checklist whose items earn points of their own.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Rule> {
    let weight = context.weight.map(Weight::number)?;
    let parts = segments(text);
    let bracketed = in_brackets(&parts);
    // Behind each stands what it earns, whatever it asks for.
    let own = bracketed.is_some();
    let items = bracketed.or_else(|| alike(&parts)).or_else(|| each_done(&parts))?;
    let sum = Number::sum(items.iter().map(|(_, points)| *points));
    let plain = |item: &str| is_name(item) || (own && item.chars().all(char::is_alphabetic));
    let named = items.iter().all(|(item, _)| plain(item) && item.chars().nth(1).is_some());
    if items.len() < 2 || sum != Some(weight) || !named {
        return None;
    }
    let mut list = String::new();
    for (at, (item, points)) in items.iter().enumerate() {
        list.push_str(&format!("{}{item}，得{points}分;", mark(at)));
    }
    // 未公开不得分 is looked for in the words where the whole answer is 未公开.
    match (readers.one)(list.trim_end_matches(';'), context).ok()? {
        Rule::Checklist(list) => Some(Rule::Checklist(Checklist { words: Words::new(text), ..list })),
        _ => None,
    }
}

type Items = Vec<(String, Number)>;

/// 资料真实(0.5分)、完整(0.5分): each with its points behind it.
fn in_brackets(parts: &[Segment]) -> Option<Items> {
    let (first, rest) = parts.split_first()?;
    let listed: Vec<&str> = first.text.split('、').collect();
    let items: Option<Items> = listed
        .iter()
        .map(|item| {
            let (name, points) = own_points(item)?;
            (!name.contains(['(', '，'])).then(|| (name.to_owned(), points))
        })
        .collect();
    let plain = |text: &str| changes_nothing(text) || misses(text, first.text);
    items.filter(|_| rest.iter().all(|part| plain(part.text)))
}

/// 按规定公开预算信息、决算信息的，各得1分: what the first begins with is said of all.
fn alike(parts: &[Segment]) -> Option<Items> {
    let first = parts.first()?.text;
    let (names, behind, rest) = match earned(first) {
        Some((names, points)) => (names, points, parts.get(1..)?),
        None => {
            let (none, points) = earned(parts.get(1)?.text)?;
            (first, points, parts.get(2..).filter(|_| none.is_empty())?)
        }
    };
    let listed: Vec<&str> = joined(names.trim_end_matches(['的', '，']));
    let (head, others) = listed.split_first()?;
    // 预算信息 of 按规定公开预算信息: as long as the others, and ending as they do.
    let length = others.first()?.chars().count();
    let end = others.first()?.chars().next_back();
    let even = others.iter().all(|name| name.chars().count() == length && name.chars().next_back() == end);
    let lead = head.chars().count().checked_sub(length)?;
    let same = even && head.chars().next_back() == end;
    let lead: String = if same { head.chars().take(lead).collect() } else { String::new() };
    // 教师、学生满意度各3分: numbers of each, and no list of what is there.
    let measured = |name: &&str| list::RATE_ENDS.ends(name) || name.ends_with('数');
    if lead.is_empty() && listed.iter().any(measured) {
        return None;
    }
    let items = listed
        .iter()
        .enumerate()
        .map(|(at, name)| (if at == 0 { (*name).to_owned() } else { format!("{lead}{name}") }, behind));
    let count = u32::try_from(listed.len()).ok()?;
    let plain = |part: &Segment| {
        let text = part.text;
        changes_nothing(text) || misses(text, names) || costs_its_own(part, count, behind)
    };
    (!denies(names) && rest.iter().all(plain)).then(|| items.collect())
}

/// 每缺一项扣1分 where each earns 1: what is missing earns nothing.
fn costs_its_own(part: &Segment, count: u32, own: Number) -> bool {
    let said = summaries(std::slice::from_ref(part), count);
    matches!(said.as_deref(), Some([Summary::EachMissing(Per::Points(n))]) if *n == own)
}

/// The things that are joined; 及 of 及时 joins nothing.
fn joined(names: &str) -> Vec<&str> {
    let parts = names.split(['、', '和', '与']);
    let timely = |part: &&str| part.contains("及时");
    parts.flat_map(|part| if timely(&part) { vec![part] } else { part.split('及').collect() }).collect()
}

/// 各得1分, 各1分, 均得1分: what each earns, and the words before.
fn earned(text: &str) -> Option<(&str, Number)> {
    let at = text.rfind(['各', '均'])?;
    let mut rest = text.get(at..)?.trim_start_matches(['各', '均']).trim_start_matches(['占', '计']);
    attempt(&mut rest, word(GIVE));
    let found = attempt(&mut rest, points).filter(|_| rest.is_empty())?;
    Some((text.get(..at)?, found))
}

/// 法人责任制、合同管理制，每落实一制得1分; 甲、乙、丙三项指标，每一项达标得2分: what is done of each.
fn each_done(parts: &[Segment]) -> Option<Items> {
    let (first, rest) = parts.split_first()?;
    // 甲、乙两项制度每建立一项得1分: no comma stands there.
    let (names, each, rest) = match first.text.find('每') {
        Some(at) if at > 0 => (first.text.get(..at)?, first.text.get(at..)?, rest),
        _ => (first.text, rest.first()?.text, rest.get(1..)?),
    };
    let (verb, points) = each_one(each)?;
    let names = uncounted(names);
    let listed: Vec<&str> = names.split('、').collect();
    let misses = |text: &str| {
        let mut text = text;
        attempt(&mut text, word(BAD)).is_some()
            && attempt(&mut text, |i| award(i, true))
                .is_some_and(|earned| earned == Award::ZERO && text.is_empty())
    };
    let plain = rest.iter().all(|part| changes_nothing(part.text) || misses(part.text));
    let items = listed.iter().map(|name| {
        // 有场地、有人员, 每具备一项
        let done = if name.starts_with('有') { String::new() } else { verb.clone() };
        (format!("{name}{done}"), points)
    });
    (plain && listed.len() > 1 && !denies(names)).then(|| items.collect())
}

/// 每落实一制得1分, 每有一项达标得2分: the verb, and what one earns.
fn each_one(text: &str) -> Option<(String, Number)> {
    let rest = text.strip_prefix('每')?;
    let rest = rest.strip_prefix('有').unwrap_or(rest);
    let at = rest.char_indices().map(|(at, _)| at).find(|at| {
        rest.get(*at..).is_some_and(|rest| {
            let mut rest = rest;
            attempt(&mut rest, figure).is_some_and(|(n, _)| n == Number::ONE)
                && rest.starts_with(['项', '制', '级', '个', '类', '种'])
        })
    })?;
    let (verb, one) = rest.split_at_checked(at)?;
    let mut behind = one;
    attempt(&mut behind, figure)?;
    let behind = behind.get('项'.len_utf8()..)?;
    let (act, points) =
        behind.char_indices().map(|(at, _)| behind.split_at(at)).find_map(|(act, rest)| {
            let mut rest = rest;
            attempt(&mut rest, word(GIVE)).or_else(|| attempt(&mut rest, word(ADD)))?;
            let points = attempt(&mut rest, points).filter(|_| rest.is_empty())?;
            Some((act.trim_end_matches(['的', '，']), points))
        })?;
    let verb = match (verb.is_empty(), act.is_empty()) {
        (false, true) => verb,
        (true, false) => act,
        _ => return None,
    };
    (is_name(verb) && !denies(verb)).then(|| (verb.to_owned(), points))
}

/// 化学需氧量、氨氮、总磷 of 化学需氧量、氨氮、总磷三项指标: how many there are is no part of the last.
fn uncounted(text: &str) -> &str {
    let counted = text.char_indices().rev().find_map(|(at, c)| {
        let mut rest = text.get(at..)?;
        let (n, _) = attempt(&mut rest, figure)?;
        let thing = rest.strip_prefix(['项', '类', '种', '个', '大']).filter(|_| n > Number::ONE)?;
        let short = thing.chars().count() <= MAX_THING && (thing.is_empty() || is_name(thing));
        (short && c != '、').then_some(at)
    });
    counted.and_then(|at| text.get(..at)).unwrap_or(text).trim_end_matches('等')
}

/// 六大业务, 三项指标: what things are called together is short.
const MAX_THING: usize = 4;

/// 未公开的不得分 behind 公开: that what is not so earns nothing.
fn misses(text: &str, asked: &str) -> bool {
    let Some(rest) = list::DENIALS.strip(text) else { return false };
    rest.char_indices().skip(1).any(|(at, _)| {
        let (verb, rest) = rest.split_at(at);
        let mut rest = rest.trim_start_matches(['的', '，']);
        let verb = verb.trim_end_matches('的');
        asked.contains(verb)
            && attempt(&mut rest, |i| award(i, true))
                .is_some_and(|earned| earned == Award::ZERO && rest.is_empty())
    })
}

fn changes_nothing(mut text: &str) -> bool {
    attempt(&mut text, until_gone).is_some() && text.is_empty()
}
