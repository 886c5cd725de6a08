//! Conditions on several measures that decide together: 完成率≥100%且合格率≥98%得满分；仅有一项达到的得60%；均未达到不得分.

use crate::base::Number;
use crate::criterion::Context;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::scan::{attempt, denies, is_name};
use crate::criterion::grammar::words::{BAD, ELSE, MISSED, NOT_HAPPENED};
use crate::criterion::text::plain::segments;
use crate::notation::{scale_word, scan_quantity};
use crate::rule::{Award, CountBand, Joint, Part, Refusal, Tier, Together};
use crate::words::{self, Class, Lexicon};

use super::names::head;
use super::{ONE, Readers, joint, within};

/// The rule of several conditions.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Result<Joint, Refusal>> {
    let connected = |class| words::of(class).within(text);
    if !connected(Class::Together) && !connected(Class::Either) && !text.contains('均') {
        return None;
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut tiers: Vec<Tier> = Vec::new();
    let mut otherwise: Option<Award> = None;
    // What is earned where both are missed nobody says.
    let mut one_missed = false;
    for sentence in sentences(text) {
        if let Some(rest) = ELSE.longest(&sentence).and_then(|word| sentence.strip_prefix(word)) {
            let mut rest = rest.trim_start_matches(['的', '，']);
            let earned = attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())?;
            if otherwise.replace(earned).is_some() {
                return None;
            }
            continue;
        }
        let (words, earned) = ending(&sentence)?;
        let words = bare(words);
        match of_them_all(words, &earned, &mut tiers, parts.len()) {
            Said::Nothing => {}
            Said::Tier => continue,
            Said::OneMissed => {
                one_missed = true;
                continue;
            }
            Said::Otherwise => {
                if otherwise.replace(earned).is_some() {
                    return None;
                }
                continue;
            }
            Said::Unclear => return None,
        }
        let first = tiers.first().map(|tier| tier.of.clone());
        let of_all = words::of(Class::OneOfThem).has(words) || says_one(words);
        let of_none = words::of(Class::NoneOfThem).has(words) || says_none(words);
        if of_all || of_none {
            let of = first.filter(|of| tiers.len() == 1 || of.len() == parts.len())?;
            // 有一项未达到 of two is one that is met.
            if of.len() != 2 {
                return None;
            }
            let met = u32::from(of_all);
            tiers.push(Tier { of, met: CountBand { at_least: met, at_most: met, award: earned } });
            continue;
        }
        // 仅完成率达标的得3分
        let alone =
            words::of(Class::Only).strip(words).and_then(|w| words::of(Class::ReachedAlone).strip_end(w));
        if let Some(name) = alone {
            let mut hits = parts.iter().enumerate().filter(|(_, part)| part.names.iter().any(|n| n == name));
            let (Some((at, _)), None) = (hits.next(), hits.next()) else { return None };
            let met = CountBand { at_least: 1, at_most: 1, award: earned };
            tiers.push(Tier { of: vec![at], met });
            continue;
        }
        // 仅合格率达到95%: one of the conditions in its own words.
        if let Some(atom) = words::of(Class::Only).strip(words) {
            let own = condition(atom, context, readers)?;
            let at = parts.iter().position(|part| part.names == own.names && part.rule == own.rule)?;
            tiers.push(Tier { of: vec![at], met: CountBand { at_least: 1, at_most: 1, award: earned } });
            continue;
        }
        let (atoms, all) = match atoms(words) {
            Some(found) => found,
            // 安装率不足100%得0分 behind two that are about it, too
            None if !tiers.is_empty() && !words.contains(['，', '、']) => (vec![words.to_owned()], true),
            None => return None,
        };
        let mut of = Vec::new();
        for atom in atoms {
            of.push(parts.len());
            parts.push(condition(&atom, context, readers)?);
        }
        let count = u32::try_from(of.len()).ok()?;
        let at_least = if all { count } else { 1 };
        tiers.push(Tier { of, met: CountBand { at_least, at_most: count, award: earned } });
    }
    let fixed = |award: &Award| !award.moves();
    // 安装率不足100%得0分: what is left over when the others are not met.
    let nothing = |tier: &Tier| tier.of.len() == 1 && tier.met.award == Award::ZERO;
    let decided =
        one_missed || otherwise.is_some() || tiers.iter().any(|tier| tier.met.at_least == 0 || nothing(tier));
    if tiers.is_empty()
        || !decided
        || !tiers.iter().all(|t| fixed(&t.met.award))
        || !otherwise.iter().all(fixed)
    {
        return None;
    }
    joint(parts, Together::Tiers { tiers, otherwise }).map(Ok)
}

/// 两项仅达到一项, 只达到其中1项: one of them, in whatever order it is said.
pub(super) fn says_one(words: &str) -> bool {
    says(words, &["一项", "1项", "一个", "1个"], 1)
}

/// What a sentence says of all the conditions before it.
enum Said {
    /// Nothing.
    Nothing,
    /// What is earned where all are met.
    Tier,
    /// What is taken off where one of two is missed.
    OneMissed,
    /// What is earned where any is missed.
    Otherwise,
    /// It cannot be said with certainty.
    Unclear,
}

/// 两者均达标得6分 behind 甲达标或乙达标得3分; 任一项未达到不得分, 任一项未达到扣3分 behind two that must be met.
fn of_them_all(words: &str, earned: &Award, tiers: &mut Vec<Tier>, parts: usize) -> Said {
    let (all, missed) = (says_all(words), says_any_missed(words));
    let [first] = tiers.as_mut_slice() else { return Said::Nothing };
    let Ok(count) = u32::try_from(first.of.len()) else { return Said::Unclear };
    let of = first.of.clone();
    if all {
        let Some(fewer) = count.checked_sub(1).filter(|fewer| *fewer > 0) else { return Said::Unclear };
        if first.met.at_least != 1 || first.met.at_most != count {
            return Said::Unclear;
        }
        first.met.at_most = fewer;
        let met = CountBand { at_least: count, at_most: count, award: earned.clone() };
        tiers.push(Tier { of, met });
        return Said::Tier;
    }
    if !missed {
        return Said::Nothing;
    }
    match earned {
        _ if of.len() != parts => Said::Unclear,
        award if *award == Award::ZERO => Said::Otherwise,
        Award::Less(_) if count == 2 => {
            tiers.push(Tier { of, met: CountBand { at_least: 1, at_most: 1, award: earned.clone() } });
            Said::OneMissed
        }
        // 任一不达标得2分，均不达标不得分: one of two.
        Award::Points(_) | Award::Share(_) if count == 2 => {
            tiers.push(Tier { of, met: CountBand { at_least: 1, at_most: 1, award: earned.clone() } });
            Said::Tier
        }
        _ => Said::Unclear,
    }
}

/// 两者均达标, 两项都符合
fn says_all(words: &str) -> bool {
    let reached = words::of(Class::BothReached);
    reached.has(words) || reached.strip_end(words).is_some_and(|of| only_words(of) == Some(0))
}

/// 任一项未达到, 两项条件任一不满足, 有一项不达标
fn says_any_missed(words: &str) -> bool {
    let missed = BAD.strip_end(words).or_else(|| MISSED.strip_end(words));
    let Some((before, after)) =
        missed.and_then(|of| ["任一", "一项", "1项", "一个"].iter().find_map(|one| of.split_once(one)))
    else {
        return false;
    };
    let after = after.trim_start_matches(['项', '个', '条']);
    only_words(before) == Some(0) && only_words(after) == Some(0)
}

/// 两者均未达到, 两项都不满足
pub(super) fn says_none(words: &str) -> bool {
    says(words, &["均未", "都未", "均不", "都不", "均没有", "都没有", "全未"], 0)
}

/// Whether one of the phrases stands among nothing but words for how many of them there are, with so many of 仅 and 只.
fn says(words: &str, phrases: &[&str], only: usize) -> bool {
    let Some((before, after)) = phrases.iter().find_map(|phrase| words.split_once(phrase)) else {
        return false;
    };
    match (only_words(before), only_words(after)) {
        (Some(a), Some(b)) => a.saturating_add(b) == only && !(before.is_empty() && after.is_empty()),
        _ => false,
    }
}

/// How often 仅 or 只 is said, where nothing else stands there but what says of how many conditions.
fn only_words(text: &str) -> Option<usize> {
    let (of, only) = (words::of(Class::OneAmongThem), words::of(Class::Only));
    let mut rest = text;
    let mut found = 0_usize;
    while !rest.is_empty() {
        let word = of.longest(rest)?;
        found = found.saturating_add(usize::from(only.has(word)));
        rest = rest.get(word.len()..)?;
    }
    Some(found)
}

/// A condition without the words that lead to its award; 4小时 ends with none.
pub(super) fn bare(words: &str) -> &str {
    let plain = words.trim_end_matches(['的', '，', '者']);
    let word = ["小时", "及时", "按时", "准时", "限时", "实时"].iter().any(|word| plain.ends_with(word));
    if word { plain } else { plain.trim_end_matches(['的', '，', '时', '者']) }
}

/// The sentences, each with its award at the end.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = String::new();
    for part in segments(text) {
        if !open.is_empty() {
            open.push('，');
        }
        open.push_str(part.text);
        let rest = ELSE.longest(&open).and_then(|word| open.strip_prefix(word));
        if rest.unwrap_or(&open).len() < 4 {
            continue;
        }
        if ending(&open).is_some() || rest.is_some() || part.ends {
            found.push(std::mem::take(&mut open));
        }
    }
    if !open.is_empty() {
        found.push(open);
    }
    found
}

/// The words before the award that a sentence ends with.
pub(super) fn ending(text: &str) -> Option<(&str, Award)> {
    text.char_indices().skip(1).find_map(|(at, _)| {
        let mut rest = text.get(at..)?;
        let found = attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())?;
        let words = text.get(..at)?;
        let figure = words.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
        // 4小时的得5分: 时 is part of the word.
        let timed = words.ends_with(['小', '及', '按', '准'])
            && text.get(at..).is_some_and(|rest| rest.starts_with('时'));
        (!figure && !timed).then_some((words, found))
    })
}

/// The conditions of a sentence, and whether all must hold; nothing where there is one, or some of either.
pub(super) fn atoms(words: &str) -> Option<(Vec<String>, bool)> {
    let cut = |list: &Lexicon| -> Vec<String> {
        let mut rest = words;
        let mut found = Vec::new();
        while let Some((at, word)) = list.find(rest) {
            found.push(rest.get(..at).unwrap_or_default().to_owned());
            rest = rest.get(at.saturating_add(word.len())..).unwrap_or_default();
        }
        found.push(rest.to_owned());
        found
    };
    if let Some(rest) = words::of(Class::AllAtOnce).strip(words) {
        let joined = words::of(Class::Joined);
        let mut atoms: Vec<String> = Vec::new();
        let mut rest = rest;
        while let Some((at, word)) = joined.find(rest) {
            atoms.push(rest.get(..at).unwrap_or_default().to_owned());
            rest = rest.get(at.saturating_add(word.len())..).unwrap_or_default();
        }
        atoms.push(rest.to_owned());
        let each = |atom: &String| atom.contains(|c: char| c.is_ascii_digit());
        return (atoms.len() > 1 && atoms.iter().all(each)).then_some((atoms, true));
    }
    // 广播、电视覆盖率均达到99%
    if let Some((names, bound)) = words.split_once('均')
        && names.contains('、')
        && bound.contains(|c: char| c.is_ascii_digit())
    {
        let atoms: Vec<String> = names.split('、').map(|name| format!("{name}{bound}")).collect();
        let plain =
            names.split('、').all(|name| is_name(name) && name.chars().nth(1).is_some() && !denies(name));
        return plain.then_some((atoms, true));
    }
    // 安装率100%但联网率不足100%, 在孵企业≥30家和带动就业≥200人同时达到
    let figured = |parts: &[&str]| {
        parts.len() > 1 && parts.iter().all(|part| part.contains(|c: char| c.is_ascii_digit()))
    };
    let at_once = words::of(Class::BothReached).strip_end(words);
    let listed: Vec<&str> =
        at_once.map(|rest| rest.split(['和', '、', '及', '与']).collect()).unwrap_or_default();
    if figured(&listed) {
        return Some((listed.into_iter().map(str::to_owned).collect(), true));
    }
    let turned: Vec<&str> = words.split(['但', '而']).collect();
    if figured(&turned)
        && !words::of(Class::Together).within(words)
        && !words::of(Class::Either).within(words)
    {
        return Some((turned.into_iter().map(|part| part.trim_end_matches('，').to_owned()).collect(), true));
    }
    let (all, any) = (cut(words::of(Class::Together)), cut(words::of(Class::Either)));
    let (atoms, together) = match (all.len(), any.len()) {
        (2.., 1) => (all, true),
        (1, 2..) => (any, false),
        _ => return None,
    };
    let plain = |atom: &String| !atom.is_empty() && !atom.contains('，');
    atoms.iter().all(plain).then_some((atoms, together))
}

/// The rule of an event that earns: 受到市级以上表彰.
pub(super) const OCCURRED: &str = "发现问题数高于0得满分;其余情况得0分";

/// 受到市级以上表彰: an event of a rank and of those above it.
fn ranked_event(atom: &str) -> Option<String> {
    let what = words::of(Class::Earned).strip(atom).or_else(|| words::of(Class::EventVerbs).strip(atom))?;
    let ranked = words::of(Class::Levels).find(what).is_some_and(|(at, _)| at == 0);
    // 获评先进单位, but no grade.
    let title = atom.contains('评') && scale_word(what).is_none() && what.chars().nth(2).is_some();
    let plain = what.replace("及以上", "").replace("以上", "");
    ((ranked || title) && is_name(&plain)).then(|| what.to_owned())
}

/// 全市排名前三: what is ranked, and the last place that counts.
fn place(atom: &str) -> Option<(&str, Number)> {
    let (name, places) = atom.rsplit_once('前')?;
    let places = format!("{}名", places.trim_end_matches('名'));
    let (amount, taken) = scan_quantity(&places).filter(|(amount, _)| amount.sign.is_none())?;
    let name = words::of(Class::PartLinks).strip_end(name).unwrap_or(name);
    let ranking = name.ends_with("排名") || name.ends_with("名次");
    (ranking && taken == places.len() && is_name(name)).then_some((name, amount.number))
}

/// 年度考核获优秀等次: what is graded, and how.
fn graded(atom: &str) -> Option<(&str, &str)> {
    let (at, word) = words::of(Class::Earned).find(atom).filter(|(at, _)| *at > 0)?;
    let name = atom.get(..at)?;
    let grade = atom.get(at.saturating_add(word.len())..)?;
    let grade = ["等次", "等级", "档次"].iter().find_map(|end| grade.strip_suffix(end)).unwrap_or(grade);
    (scale_word(grade).is_some() && is_name(name)).then_some((name, grade))
}

/// The rule of an event that must not be.
const AVOIDED: &str = "发现问题数不高于0得满分;其余情况得0分";

/// 国控断面达标: what is as it should be, without a figure.
fn reached(atom: &str) -> Option<(&str, String)> {
    let state = ["达标", "合格"].iter().find(|state| atom.ends_with(*state))?;
    let name = atom.strip_suffix(state)?;
    let plain =
        name.chars().nth(1).is_some() && is_name(name) && !denies(name) && !name.ends_with(['均', '都']);
    plain.then(|| (name, format!("{state}得满分;其余情况得0分")))
}

/// A condition as a rule of one point.
fn condition(atom: &str, context: &Context, readers: Readers) -> Option<Part> {
    let alone = Context { target: None, ..*context };
    if let Some(name) = ranked_event(atom) {
        let rule = (readers.one)(OCCURRED, &within(&name, Some(ONE), &alone)).ok()?;
        return Some(Part { names: vec![name], points: Some(ONE), rule });
    }
    // 未发生重大疫情
    if let Some(harm) = NOT_HAPPENED.strip(atom).filter(|harm| is_name(harm) && !denies(harm)) {
        let rule = (readers.one)(AVOIDED, &within(harm, Some(ONE), &alone)).ok()?;
        return Some(Part { names: vec![harm.to_owned()], points: Some(ONE), rule });
    }
    // 国控断面达标, 等保测评通过
    if let Some((name, text)) = reached(atom) {
        let rule = (readers.one)(&text, &within(name, Some(ONE), &alone)).ok()?;
        return Some(Part { names: vec![name.to_owned()], points: Some(ONE), rule });
    }
    let (name, text) = match graded(atom) {
        Some((name, grade)) => (name, format!("{grade}得满分;其余情况得0分")),
        None => match place(atom) {
            Some((name, last)) => (name, format!("排名前{last}名得满分;其余情况得0分")),
            None => {
                let (name, figure) = head(atom)?;
                (name, format!("{};其余情况得0分", super::sum::condition(name, figure, "满分")))
            }
        },
    };
    let rule = (readers.one)(&text, &within(name, Some(ONE), &alone)).ok()?;
    Some(Part { names: vec![name.to_owned()], points: Some(ONE), rule })
}
