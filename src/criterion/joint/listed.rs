//! Lists of items that are written otherwise than items are: inside a sentence (应归档资料包括A、B、C；每缺一项扣1分), with one
//! verb for all (A、B、C均未超预算，每有一项超预算扣2分), or as what must not be (①截留；②挪用。均不存在得4分，存在一项扣2分).

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::kinds::until_gone;
use crate::criterion::grammar::scan::{attempt, denies, is_name, points, word};
use crate::criterion::grammar::words::{BAD, FULL, GIVE, TAKE};
use crate::criterion::text::marks::marked;
use crate::criterion::text::plain::{Segment, segments};
use crate::notation::{is_numeral, scan_numeral};
use crate::rule::{Rule, mark};
use crate::words::{self, Class, Lexicon, list};

use super::Readers;

/// The list as a checklist of items.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Rule> {
    let weight = context.weight.map(Weight::number)?;
    let (items, per) = faults(text, weight).or_else(|| in_sentence(text, weight))?;
    let mut list = String::new();
    for (at, item) in items.iter().enumerate() {
        list.push_str(&mark(at));
        list.push_str(item);
        list.push(';');
    }
    let text = format!("{}。每有一项不符合扣{per}分，扣完为止", list.trim_end_matches(';'));
    let rule = (readers.one)(&text, context).ok()?;
    matches!(rule, Rule::Checklist(_)).then_some(rule)
}

/// ①截留资金；②挪用资金。上述问题均不存在得4分，存在一项扣2分: items that must not be.
fn faults(text: &str, weight: Number) -> Option<(Vec<String>, Number)> {
    let (_, texts) = marked(text).filter(|(lead, _)| !lead.contains(['扣', '得']))?;
    let (last, others) = texts.split_last()?;
    let parts = segments(last);
    let (own, tail) = parts.split_first()?;
    let mut per = None;
    let mut clean = false;
    for part in tail {
        let said = words::of(Class::AllFaults).strip(part.text).unwrap_or(part.text);
        if let Some(rest) = words::of(Class::NoneExists).strip(said) {
            clean |= is_whole(rest.trim_start_matches(['的', '，']), weight);
        } else if let Some(n) = taken(words::of(Class::OneExists), said) {
            per = Some(n);
        } else if !is_end(said) {
            return None;
        }
    }
    let each = others.iter().copied().chain([own.text]);
    let items: Option<Vec<String>> =
        each.map(|item| fault(item.trim_end_matches([';', '。', '，', '、']))).collect();
    Some((items?, per.filter(|_| clean)?))
}

/// An item that names what must not be, as what is asked for.
fn fault(item: &str) -> Option<String> {
    let bare = item.strip_prefix("存在").or_else(|| item.strip_prefix('有')).unwrap_or(item);
    let plain = !bare.is_empty() && !bare.contains(['，', '得', '扣', '无', '未', '不']);
    plain.then(|| format!("不存在{bare}"))
}

/// A list in a sentence, with what all of it must be.
fn in_sentence(text: &str, weight: Number) -> Option<(Vec<String>, Number)> {
    let parts = segments(text);
    let first = parts.first()?.text;
    let mut per = None;
    let mut items: Option<Vec<String>> = None;
    let mut whole = false;
    // 应建立A、B、C三项制度，每缺一项扣1分
    let must = words::of(Class::MustHave).strip(first).and_then(must_have);
    let comprises = must.is_some();
    if must.is_some() {
        items = must;
    } else if let Some((at, word)) = words::of(Class::Comprises).find(first) {
        // 应归档资料包括申报书、合同、验收报告
        let list: Vec<&str> = first.get(at.saturating_add(word.len())..)?.split(['、', '和']).collect();
        items = Some(list.into_iter().map(|item| uncounted(item).to_owned()).collect());
    }
    for text in joined(parts.get(usize::from(items.is_some())..)?, weight) {
        let text = text.as_str();
        if let Some(n) = taken(words::of(Class::OneMissing), text).filter(|_| items.is_some()) {
            per = Some(n);
        } else if is_end(text) {
        } else if let Some(before) = whole_award(text, weight) {
            if items.is_some() {
                // 资料齐全得满分
                if !words::of(Class::AllThere).ends(before) {
                    return None;
                }
            } else {
                items = Some(alike(before).or_else(|| all_there(before)).or_else(|| demands(before))?);
            }
            whole = true;
        } else {
            let (_, rest) = ["一项", "1项"]
                .iter()
                .find_map(|one| text.split_once(one))
                .filter(|(each, _)| matches!(*each, "每有" | "每" | "有" | "每发现" | "每出现"))?;
            let (what, n) = taken_at_end(rest)?;
            let what = what.trim_end_matches(['的', '，']);
            let opposite = BAD.has(what)
                || items.as_ref()?.iter().all(|item| {
                    let denied = list::DENIED_ITEMS.iter().any(|no| item.ends_with(&format!("{no}{what}")));
                    let bare = list::DENIED_ITEMS.iter().find_map(|no| what.strip_prefix(no));
                    denied || bare.is_some_and(|bare| !bare.is_empty() && item.ends_with(bare))
                });
            if !opposite {
                return None;
            }
            per = Some(n);
        }
    }
    let items = items.filter(|items| items.len() > 1 && (whole || comprises))?;
    let plain = |item: &String| !item.is_empty() && !item.contains(|c: char| c.is_ascii_digit());
    items.iter().all(plain).then_some((items, per?))
}

/// 财务、采购、资产三项制度: the list before how many there are, which is as many as it names.
fn must_have(rest: &str) -> Option<Vec<String>> {
    // 六项内控制度 behind the last
    let at = rest.char_indices().rev().find_map(|(at, c)| {
        let behind = rest.get(at.saturating_add(c.len_utf8())..).filter(|_| is_numeral(c))?;
        let thing = behind.strip_prefix(['项', '类', '种'])?;
        let short = thing.chars().count() <= MAX_ALIKE && !words::of(Class::Joined).within(thing);
        (thing.is_empty() || (short && is_name(thing) && !denies(thing))).then_some(at)
    })?;
    let (list, behind) = rest.split_at_checked(at)?;
    let names: Vec<String> = list.split(['、', '和']).map(|item| uncounted(item).to_owned()).collect();
    let (said, _) = scan_numeral(behind)?;
    (u32::try_from(names.len()).map(Number::from) == Ok(said.value)).then_some(names)
}

/// The stretches; 真实、完整的 and 得3分 are one.
fn joined(parts: &[Segment], weight: Number) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in parts {
        match found.last_mut().filter(|last| last.ends_with('的') && is_whole(part.text, weight)) {
            Some(last) => last.push_str(part.text),
            None => found.push(part.text.to_owned()),
        }
    }
    found
}

/// 会计信息资料真实、完整、准确: of one thing, how it must be.
fn demands(text: &str) -> Option<Vec<String>> {
    let items: Vec<String> = text.split('、').map(str::to_owned).collect();
    let demand = |item: &String| {
        words::of(Class::Demands).iter().any(|word| item.ends_with(word) && word.chars().nth(1).is_some())
    };
    let short = items.iter().skip(1).all(|item| words::of(Class::Demands).has(item));
    let plain = items.iter().all(|item| is_name(item) && !denies(item) && demand(item));
    (items.len() > 2 && short && plain).then_some(items)
}

/// 申报书、合同、发票三项资料齐全: what must all be there.
fn all_there(text: &str) -> Option<Vec<String>> {
    let list = words::of(Class::AllThere).strip_end(text)?;
    let list = words::of(Class::PapersListed).strip_end(list).unwrap_or(list);
    let items: Vec<String> = list.split('、').map(|item| uncounted(item).to_owned()).collect();
    (items.len() > 2).then_some(items)
}

/// 发票四项 is 发票: how many there are stands behind the last.
fn uncounted(item: &str) -> &str {
    let item = item.trim_end_matches('等');
    let counted = item.strip_suffix(['项', '类', '种', '份']).filter(|short| short.chars().nth(1).is_some());
    let short = counted.map(|short| short.trim_end_matches(|c: char| c.is_ascii_digit() || is_numeral(c)));
    match (short, counted) {
        (Some(short), Some(counted)) if short.len() < counted.len() && !short.is_empty() => {
            short.trim_end_matches('等')
        }
        _ => item,
    }
}

/// 公务接待费、因公出国（境）费均未超预算: what holds of all, said of each.
fn alike(text: &str) -> Option<Vec<String>> {
    let (at, word) = words::of(Class::AllOfThem).find(text)?;
    let (list, what) = (text.get(..at)?, text.get(at.saturating_add(word.len())..)?);
    let items: Vec<String> = list.split('、').map(|item| format!("{item}{what}")).collect();
    let plain = !what.contains([',', '，', '、']) && what.chars().count() <= MAX_ALIKE;
    (items.len() > 1 && what.chars().nth(1).is_some() && plain).then_some(items)
}

/// What holds of all is said in a few characters.
const MAX_ALIKE: usize = 6;

/// A text that ends with all points, without them.
fn whole_award(text: &str, weight: Number) -> Option<&str> {
    if let Some((words, _)) = own_points(text).filter(|(words, n)| *n == weight && !words.is_empty()) {
        return Some(words.trim_end_matches(['的', '，']));
    }
    let full = FULL.iter().find_map(|full| text.strip_suffix(full))?;
    let before = GIVE.iter().find_map(|give| full.strip_suffix(give))?;
    Some(before.trim_end_matches(['的', '，']))
}

/// Whether the text is an award of all points.
fn is_whole(text: &str, weight: Number) -> bool {
    let whole = format!("·{text}");
    whole_award(&whole, weight) == Some("·")
}

/// 每缺一项扣0.6分: so much, behind one of these words.
fn taken(list: &Lexicon, text: &str) -> Option<Number> {
    let mut rest = list.strip(text)?.trim_start_matches(['的', '，']);
    attempt(&mut rest, word(TAKE))?;
    attempt(&mut rest, points).filter(|n| rest.is_empty() && !n.is_zero())
}

fn taken_at_end(text: &str) -> Option<(&str, Number)> {
    text.char_indices().find_map(|(at, _)| {
        let mut rest = text.get(at..)?;
        attempt(&mut rest, word(TAKE))?;
        let n = attempt(&mut rest, points).filter(|n| rest.is_empty() && !n.is_zero())?;
        Some((text.get(..at)?, n))
    })
}

fn is_end(mut text: &str) -> bool {
    attempt(&mut text, until_gone).is_some() && text.is_empty()
}
