//! Lists without marks: parts whose points add up to the weight, each an item, and behind them what is said of all: 制度健全得2分，执行有效得2分，缺一项扣2分.

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::checklist::items::item;
use crate::criterion::checklist::scheme::{Rest, scheme};
use crate::criterion::checklist::statements::summaries;
use crate::criterion::grammar::words::PUNCTUAL;
use crate::criterion::text::plain::{Plain, Segment};
use crate::notation::scale_word;
use crate::rule::{Checklist, ChecklistItem, Scheme, Words, is_ranked, mark};
use crate::words::{self, Class, Lexicon, list};

/// The list, with what is said of all its items where that is what their own points say.
pub(super) fn unmarked(plain: &Plain, parts: &[Segment], context: &Context) -> Option<Checklist> {
    let weight = context.weight?;
    // 按时开工得2分，按时完工得2分: dates answer that, each its own.
    if parts.iter().all(|part| PUNCTUAL.begins(part.text)) {
        return None;
    }
    items_alone(plain, parts, weight).or_else(|| {
        (1..=MAX_SAID).find_map(|said| {
            let (list, behind) = parts.split_at_checked(parts.len().checked_sub(said)?)?;
            let mut found = items_alone(plain, list, weight)?;
            let summaries = summaries(behind, u32::try_from(found.items.len()).ok()?)?;
            let scheme = scheme(&mut found.items, &Rest { summaries, context }).ok()?;
            (scheme == Scheme::Sum).then_some(found)
        })
    })
}

/// Parts in which something is said of all items.
const MAX_SAID: usize = 3;

/// Parts without marks whose points add up to the weight: each is an item.
fn items_alone(plain: &Plain, parts: &[Segment], weight: Weight) -> Option<Checklist> {
    let by_sentence: Vec<&[Segment]> = parts.split_inclusive(|part| part.ends).collect();
    // Parts of one sentence that earn the same are no alternatives: nobody would tell those apart. Nor are those that each
    // name a thing of their own at length (建立管护制度得2分，落实管护经费得1分), unless their ranks differ.
    let by_comma: Vec<&[Segment]> = parts.chunks(1).collect();
    let found = unmarked_groups(plain, &by_sentence, weight);
    if by_sentence.len() == by_comma.len() {
        return found;
    }
    found.or_else(|| {
        unmarked_groups(plain, &by_comma, weight)
            // Nor are three that together make all of the points.
            .filter(|list| {
                let even = |pair: &[ChecklistItem]| matches!(pair, [a, b] if a.points == b.points);
                let act = |item: &ChecklistItem| {
                    item.words.chars().nth(3).is_some()
                        && !is_ranked(&item.words)
                        && !item.words.starts_with('第')
                };
                let acts = list.items.iter().all(act);
                (list.items.len() > 2 && acts)
                    || list.items.windows(2).all(even)
                    || (acts && list.items.windows(2).all(are_two_things))
            })
    })
}

/// 建立长效管护机制 and 落实管护人员: two acts at length that begin and end otherwise are no stages of one.
fn are_two_things(pair: &[ChecklistItem]) -> bool {
    let [a, b] = pair else { return false };
    let ends = |item: &ChecklistItem| {
        let signs: Vec<char> = item.words.chars().collect();
        let (first, last) = (signs.first_chunk::<2>().copied(), signs.last_chunk::<2>().copied());
        first.zip(last).filter(|_| signs.len() >= MIN_ACT)
    };
    matches!((ends(a), ends(b)), (Some((a, x)), Some((b, y))) if a != b && x != y)
}

/// Acts of fewer characters may be stages.
const MIN_ACT: usize = 6;

fn unmarked_groups(plain: &Plain, groups: &[&[Segment]], of: Weight) -> Option<Checklist> {
    let (text, weight) = (plain.as_str(), of.number());
    if groups.len() < 2 || groups.len() > Checklist::MAX_ITEMS {
        return None;
    }
    // Most criteria are no such list, and show it in their first words.
    if groups.iter().any(|group| group.first().is_none_or(|part| NO_REQUIREMENT.within(part.text))) {
        return None;
    }
    let mut items = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let (words, points) = item(plain, group, Some(of))?;
        let points = points?;
        if points >= weight
            || points.is_zero()
            || words.chars().any(|c| c.is_ascii_digit())
            || !is_requirement(&words)
        {
            return None;
        }
        items.push(ChecklistItem { label: mark(at), words, points: Some(points) });
    }
    let sum = Number::sum(items.iter().filter_map(|i| i.points))?;
    let exclusive = items
        .iter()
        .enumerate()
        .any(|(at, a)| items.iter().skip(at.saturating_add(1)).any(|b| excludes(&a.words, &b.words)));
    if sum != weight || exclusive {
        return None;
    }
    Some(Checklist { items, scheme: Scheme::Sum, vetoes: Vec::new(), words: Words::new(plain.words(text)) })
}

/// Words of comparisons, alternatives and steps.
const NO_REQUIREMENT: &Lexicon = &Lexicon::new(&[
    "以上", "以下", "以内", "高于", "低于", "超过", "不足", "大于", "小于", "每", "否则", "其余", "其他",
    "如", "若", "逾期", "≥", "≤", "达到",
]);

/// Whether the words name something done, not a comparison or a denial.
fn is_requirement(words: &str) -> bool {
    // 完整 is asked for, and 基本完整 a place on a scale.
    let grade = scale_word(words).is_some_and(|word| word.rank > 0);
    // 制定质量要求或标准 is one demand, 优或良 two grades.
    let either = words::of(Class::Either);
    let grades = words.contains('或')
        && either
            .iter()
            .any(|or| words.split(or).any(|one| scale_word(one).is_some() || one.chars().nth(1).is_none()));
    !NO_REQUIREMENT.within(words) && !grade && !grades && !list::DENIAL_SIGNS.begins(words)
}

/// Whether two labels look like places of one scale: the same but for words of degree (全部覆盖, 部分覆盖).
fn excludes(a: &str, b: &str) -> bool {
    const DEGREES: [&str; 30] = [
        "全部",
        "部分",
        "基本",
        "完全",
        "大部分",
        "少部分",
        "较",
        "较为",
        "比较",
        "很",
        "非常",
        "不",
        "未",
        "没有",
        "没",
        "无",
        "已",
        "单独",
        "全",
        "一般",
        "优",
        "良",
        "中",
        "差",
        "全面",
        "初步",
        "大体",
        "不够",
        "欠",
        "",
    ];
    let common = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count();
    let head = |text: &str| {
        let keep = text.chars().count().saturating_sub(common);
        text.chars().take(keep).collect::<String>()
    };
    let tail = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let end = |text: &str| text.chars().skip(tail).collect::<String>();
    let degree = |text: String| DEGREES.contains(&text.as_str());
    (common > 0 && degree(head(a)) && degree(head(b))) || (tail > 0 && degree(end(a)) && degree(end(b)))
}
