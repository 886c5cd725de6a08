//! Points by what a thing is: 国家级项目每项3分，省级项目每项2分; 每迟报1次扣1分，每错报1处扣0.5分.

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::kinds::until_gone;
use crate::criterion::grammar::limit::{Limit, limit};
use crate::criterion::grammar::scan::{attempt, denies, is_name, points, word};
use crate::criterion::grammar::steps::{length, noun};
use crate::criterion::grammar::words::{ADD, GIVE, HARM, NOTHING, STEP_BELOW, STEP_FOUND, TAKE, UNTIL_FULL};
use crate::criterion::text::plain::segments;
use crate::notation::{Dimension, scan_unit};
use crate::rule::{Award, Joint, Part, Refusal, Together, is_ranked};
use crate::words::{self, Class};

use super::{Readers, joint, within};

/// What a case of one kind is worth.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) points: Number,
    pub(super) adds: bool,
    /// The most that its cases take off.
    most: Option<Number>,
}

/// The rule of several kinds.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Result<Joint, Refusal>> {
    let weight = context.weight.map(Weight::number)?;
    let mut cases: Vec<Case> = Vec::new();
    let mut said_full = false;
    let mut open = String::new();
    for part in segments(text).iter().flat_map(|part| part.text.split('、')) {
        let whole = format!("{open}{part}");
        open.clear();
        if let Some(case) = case(&whole).or_else(|| of_level(&whole, cases.last())) {
            cases.push(case);
            continue;
        }
        let mut rest = whole.as_str();
        if attempt(&mut rest, until_gone)
            .or_else(|| attempt(&mut rest, word(UNTIL_FULL)).map(|_| ()))
            .is_some()
            && rest.is_empty()
        {
            continue;
        }
        let mut rest = whole.as_str();
        match attempt(&mut rest, limit).filter(|_| rest.is_empty()) {
            Some(Limit::Score(n) | Limit::Take(n)) if n == weight => continue,
            // 投诉每起扣1分，最多扣3分: a limit of its own, not one of all.
            Some(Limit::Take(n)) if !whole.contains(['共', '累', '合', '总', '本']) => {
                let own =
                    cases.last_mut().filter(|case| !case.adds && case.most.is_none() && n >= case.points);
                own?.most = Some(n);
                continue;
            }
            _ => {}
        }
        // 省级以下奖项不计分 where no such level is listed, 未建成不得分 behind 建成的每个得2分.
        if is_below(&whole, &cases) || is_undone(&whole, &cases) {
            continue;
        }
        // 满分5分为止
        let whole_weight = whole.strip_prefix("满分").or_else(|| whole.strip_prefix("加满"));
        let mut rest = whole_weight.unwrap_or_default();
        let stated = attempt(&mut rest, points);
        if stated == Some(weight) && matches!(rest, "" | "为止" | "封顶") {
            continue;
        }
        // 按月报送: what is asked for, of which no more is said.
        let asked = cases.is_empty() && whole.starts_with('按') && is_name(&whole) && !said_full;
        if asked {
            said_full = true;
            continue;
        }
        // 未发生事故得满分: what no case costs.
        let nothing = words::of(Class::EventDenied).begins(&whole)
            && (whole.ends_with("得满分") || own_points(&whole).is_some_and(|(_, n)| n == weight));
        if nothing && !said_full {
            said_full = true;
            continue;
        }
        // 被省级通报批评的，每次扣2分
        // 在省级及以上媒体刊发稿件，每篇得1分
        let place = is_ranked(&whole) && !whole.contains(|c: char| c.is_ascii_digit());
        if !whole.ends_with('的') && !place {
            return None;
        }
        open = whole;
    }
    let single = cases.len() == 1
        && cases
            .iter()
            .all(|case| if case.adds { is_ranked(&case.name) } else { said_full && !case.name.is_empty() });
    if (cases.len() < 2 && !single) || !open.is_empty() {
        return None;
    }
    let adds = cases.first()?.adds;
    if cases.iter().any(|case| case.adds != adds || case.points > weight) || (adds && said_full) {
        return None;
    }
    // 投诉每起扣1分，差错每起扣2分，最多扣4分: of one of them, or of both?
    if cases.iter().any(|case| case.most.is_some()) && cases.iter().any(|case| case.most.is_none()) {
        return None;
    }
    inherit(&mut cases);
    let ranked = cases.iter().all(|case| is_ranked(&case.name));
    // 国家级每项3分，省级每项2分 under 获奖情况: all bare, or none.
    let bare = cases.iter().filter(|case| !said_of(&case.name)).count();
    if bare > 0 && (bare < cases.len() || !ranked_all(&cases)) {
        return None;
    }
    let distinct = cases
        .iter()
        .enumerate()
        .all(|(at, case)| cases.iter().skip(at.saturating_add(1)).all(|other| other.name != case.name));
    // 企业 and 规上企业: a case of the one is a case of the other.
    let apart = |a: &Case, b: &Case| !a.name.contains(&b.name) && !b.name.contains(&a.name);
    let all_apart =
        cases.iter().enumerate().all(|(at, a)| cases.iter().skip(at.saturating_add(1)).all(|b| apart(a, b)));
    if !distinct || (adds && !ranked && !(all_apart && cases.len() > 1)) {
        return None;
    }
    let mut parts = Vec::new();
    let alone = Context { target: None, ..*context };
    for Case { name, unit, points, most, .. } in cases {
        let text = match most {
            _ if adds => format!("每完成1{unit}得{points}分，最高得{weight}分"),
            Some(most) => format!("每发现1{unit}扣{points}分，最多扣{most}分"),
            None => format!("每发现1{unit}扣{points}分，扣完为止"),
        };
        let rule = (readers.one)(&text, &within(&name, None, &alone)).ok()?;
        parts.push(Part { names: vec![name], points: None, rule });
    }
    let together = if ranked || adds { Together::Kinds { adds } } else { Together::Less };
    joint(parts, together).map(Ok)
}

/// 未建成不得分 behind 建成并投用的每个得2分: what is not done counts for nothing.
fn is_undone(text: &str, cases: &[Case]) -> bool {
    let state = match own_points(text) {
        Some((state, n)) if n.is_zero() => Some(state),
        Some(_) => None,
        None => NOTHING.strip_end(text),
    };
    let act =
        state.map(|state| state.trim_end_matches(['的', '，'])).and_then(|state| state.strip_prefix('未'));
    let whole = |act: &str| act.chars().nth(1).is_some() && act.chars().count() <= MAX_ACT && is_name(act);
    act.is_some_and(|act| whole(act) && cases.iter().any(|case| case.adds && case.name.contains(act)))
}

/// Acts are named shortly.
const MAX_ACT: usize = 4;

/// 省级以下奖项不计分 behind 省级及以上奖项: what is listed of no level earns nothing anyway.
fn is_below(text: &str, cases: &[Case]) -> bool {
    let Some((level, rest)) = text.split_once("以下") else { return false };
    let nothing = rest.char_indices().find_map(|(at, _)| {
        let mut earned = rest.get(at..)?;
        let none = attempt(&mut earned, |i| award(i, true)) == Some(Award::ZERO) && earned.is_empty();
        none.then(|| rest.get(..at))?
    });
    let Some(thing) = nothing.map(|thing| thing.trim_end_matches(['的', '，'])) else { return false };
    let levels = words::of(Class::Levels);
    let above = |case: &Case| case.adds && case.name.starts_with(level);
    levels.has(level)
        && cases.iter().any(above)
        && cases.iter().all(|case| case.name.contains(thing) || levels.has(&case.name))
}

/// One of what is counted: 1次, 项.
fn one(rest: &mut &str) -> Option<String> {
    let size = attempt(rest, length).filter(|size| size.number == Number::ONE && is_count(&size.unit))?;
    Some(size.unit.word)
}

/// 篇: one of any unit that counts.
fn bare_unit(rest: &mut &str) -> Option<String> {
    let (unit, taken) = scan_unit(rest).filter(|(unit, _)| matches!(unit.dimension, Dimension::Count(_)))?;
    *rest = rest.get(taken..)?;
    Some(unit.word)
}

/// 国家级项目每项3分, 每迟报1次扣1分
pub(super) fn case(text: &str) -> Option<Case> {
    let Some((before, after)) = text.split_once('每') else { return bare_case(text) };
    let before = before.trim_end_matches(['的', '，']);
    let verbs = STEP_FOUND;
    // 专利每未件: what stands before the unit is a verb, or nothing.
    let plain = |verb: &str| verb.is_empty() || (is_name(verb) && !denies(verb));
    let places = || after.char_indices().take(8).filter_map(|(at, _)| Some((at, after.get(at..)?)));
    let counted = |parser: fn(&mut &str) -> Option<String>| {
        places().find_map(|(at, mut rest)| Some((after.get(..at)?, parser(&mut rest)?, rest)))
    };
    // 每报道1篇 before 每篇: a verb may begin like a unit.
    let (verb, unit, mut rest) = counted(one).or_else(|| counted(bare_unit))?;
    let verb = if verbs.has(verb) { "" } else { verb };
    let thing = if rest.starts_with(|c: char| c.is_ascii_digit()) { None } else { attempt(&mut rest, noun) };
    if !before.is_empty() && !plain(verb) {
        return None;
    }
    // 每少完成1个: how many were not done, where the answer says how many were.
    if STEP_BELOW.begins(verb) && !HARM.begins(verb) {
        return None;
    }
    let thing = thing.unwrap_or_default();
    let rest = rest.trim_start_matches(['，', '的']);
    let mut award = rest;
    let adds = attempt(&mut award, word(TAKE)).is_none();
    if adds {
        let _ = attempt(&mut award, word(ADD)).or_else(|| attempt(&mut award, word(GIVE)));
    }
    let points = attempt(&mut award, points).filter(|_| award.is_empty())?;
    // 主街每发现1处垃圾堆积: where it was, else what it was.
    let name = match (before, verb) {
        ("", verb) => format!("{verb}{thing}"),
        (before, _) => before.to_owned(),
    };
    let leads = [Class::Earned, Class::EventVerbs, Class::PartOpenings];
    let name = leads.iter().find_map(|class| words::of(*class).strip(&name)).unwrap_or(&name).to_owned();
    // 在省级媒体刊发, but 在建
    let name =
        name.strip_prefix('在').filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(&name).to_owned();
    let plain = ["及以上", "以上", "及以下", "以下", "较大"]
        .iter()
        .fold(name.clone(), |text, word| text.replace(word, ""));
    let known = name.chars().nth(1).is_some() && is_name(&plain) && !points.is_zero();
    known.then_some(Case { name, unit, points, adds, most: None })
}

/// 省级0.5分 behind 中央级媒体每刊发1篇得1分: another level of the same.
fn of_level(text: &str, before: Option<&Case>) -> Option<Case> {
    let before = before.filter(|case| case.adds && is_ranked(&case.name))?;
    let (name, points) = own_points(text)?;
    let name = name.trim_end_matches("得");
    let other = words::of(Class::Levels).has(name) && !points.is_zero();
    other.then(|| Case { name: name.to_owned(), unit: before.unit.clone(), points, adds: true, most: None })
}

/// 漏报1例扣1分: what goes wrong, without 每.
fn bare_case(text: &str) -> Option<Case> {
    let at = text.find('1').or_else(|| text.find('一'))?;
    let (name, mut rest) = text.split_at_checked(at)?;
    let name = words::of(Class::EventVerbs).strip(name).unwrap_or(name);
    let unit = one(&mut rest)?;
    let mut award = rest.trim_start_matches(['，', '的']);
    // 省级采用1篇得1分
    let adds = attempt(&mut award, word(TAKE)).is_none();
    if adds {
        attempt(&mut award, word(GIVE)).filter(|_| is_ranked(name))?;
    }
    let points = attempt(&mut award, points).filter(|n| award.is_empty() && !n.is_zero())?;
    let bare = ["及以上", "以上", "及以下"].iter().fold(name.to_owned(), |text, word| text.replace(word, ""));
    let plain =
        is_name(&bare) && name.chars().nth(1).is_some() && name.chars().count() <= MAX_BARE && !denies(name);
    plain.then(|| Case { name: name.to_owned(), unit, points, adds, most: None })
}

/// Names of what goes wrong are short.
const MAX_BARE: usize = 10;

fn ranked_all(cases: &[Case]) -> bool {
    cases.iter().all(|case| words::of(Class::Levels).has(&case.name))
}

/// Whether more than a level is named: of what it is the level.
fn said_of(name: &str) -> bool {
    let mut rest = name.to_owned();
    while let Some((at, word)) = words::of(Class::Levels).find(&rest) {
        let end = at.saturating_add(word.len());
        rest = format!("{}{}", rest.get(..at).unwrap_or_default(), rest.get(end..).unwrap_or_default());
    }
    !rest.is_empty()
}

/// 省级 behind 国家级表彰 is 省级表彰.
fn inherit(cases: &mut [Case]) {
    let Some(first) = cases.first().map(|case| case.name.clone()) else { return };
    let Some((at, level)) = words::of(Class::Levels).find(&first) else { return };
    let thing = first.get(at.saturating_add(level.len())..).unwrap_or_default().to_owned();
    for case in cases.iter_mut().skip(1) {
        if words::of(Class::Levels).has(&case.name) {
            case.name.push_str(&thing);
        }
    }
}
