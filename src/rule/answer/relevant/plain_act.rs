//! What was done, said of its thing or of all of it: 无障碍设施改造全部完成, 4次均已召开, 各项工作均按时完成, 88%的群众表示满意, 控制率1.05; and
//! with the day on which it was done, where no day is asked for: 系统已于2023年9月上线.

use crate::notation::{Notation, Quantity, Sign, Unit, scan_date, scan_quantity};
use crate::rule::Measure;
use crate::rule::doubt::plain_of;
use crate::words::{self, Class, list};

use super::super::Answer;
use super::super::amounts::is_own_rate;
use super::super::parts::parts;
use super::{Relevant, Said};
use crate::rule::facts::plain_words;

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    rate_of_them(said)
        .or_else(|| own_rate(said))
        .or_else(|| all_done(said))
        .or_else(|| without_day(said))
        .or_else(|| without_manner(said))
        .or_else(|| state_named(said))
        .or_else(|| spent(said))
}

/// What a rate is a rate of, and of whom: 群众 and 满意 of 群众满意度.
fn split_name<'n>(name: &'n str, act: &str) -> Option<&'n str> {
    let core = list::RATE_ENDS.strip_end(name).unwrap_or(name);
    let whom = core.strip_suffix(act)?;
    (!list::OPPOSITE_SIGNS_OR_NONE.ends(whom)).then_some(whom)
}

/// 100%合格 under 合格率, 88%的群众表示满意 under 满意度
fn rate_of_them(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value || !said.rule.states.is_empty() {
        return None;
    }
    let (share, taken) = scan_quantity(&said.text)?;
    let rest = said.text.get(taken..)?.trim_start_matches('的');
    let at = rest.char_indices().rev().nth(1).map(|(at, _)| at)?;
    let (lead, act) = rest.split_at_checked(at)?;
    let lead = list::BEFORE_A_STATE.trim_end(lead);
    let plain = share.unit.is_ratio() && share.sign.is_none() && share.fraction.is_none();
    let of = |name: &str| {
        split_name(name, act).is_some_and(|whom| {
            lead.is_empty() || whom == lead || (whom.is_empty() && list::RESPONDENTS.has(lead))
        })
    };
    let act_known = act.chars().all(char::is_alphabetic) && !words::of(Class::Negations).within(rest);
    let all = said.names().next().is_some() && said.names().all(of);
    (plain && act_known && all).then(|| Relevant::quantity(share))
}

/// 控制率1.05: the rate by its own name.
fn own_rate(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value || !said.rule.states.is_empty() || said.facts.actual.is_some() {
        return None;
    }
    let found = parts(&said.text)?;
    let [only] = found.as_slice() else { return None };
    let amount =
        only.amount.as_ref().filter(|q| q.unit.is_bare() && q.sign.is_none() && q.fraction.is_none())?;
    let label = list::BEFORE_FIGURES.trim_end(&only.before);
    let own = !label.is_empty() && only.after.is_empty() && is_own_rate(label, said.rule, said.facts);
    let whole = said.names().any(|name| {
        name.ends_with(label) && !list::ALL_DENIAL_SIGNS.ends(name.strip_suffix(label).unwrap_or_default())
    });
    (own && whole).then(|| Relevant::Text(amount.source.clone())).filter(|_| !amount.source.is_empty())
}

/// 无障碍设施改造全部完成, 4次均已召开: all of what was to be done.
fn all_done(said: &Said) -> Option<Relevant> {
    if list::CLAUSE_SIGNS.within(&said.text) || plain_of(&said.text).contains('非') {
        return None;
    }
    let (at, all) = list::WHOLLY
        .iter()
        .filter_map(|all| Some((said.text.rfind(all)?, all)))
        .max_by_key(|(at, all)| (at.saturating_add(all.len()), all.len()))?;
    let (lead, rest) = said.text.split_at_checked(at)?;
    let act = rest.get(all.len()..)?.trim_start_matches('已').trim_start_matches('经');
    let act = list::TASK_NOUNS.strip_end(act).filter(|act| act.chars().nth(1).is_some()).unwrap_or(act);
    let doubt = [Class::Negations, Class::Hoped, Class::InPart, Class::LastYears, Class::TakenBack];
    let plain = |text: &str| {
        !doubt.iter().any(|class| words::of(*class).within(&plain_of(text)))
            && !text.contains(|c: char| c.is_ascii_digit())
    };
    if act.chars().nth(1).is_none() || !plain(act) {
        return None;
    }
    let lead = list::WHOLLY.strip_end(lead).unwrap_or(lead).trim_end_matches('已');
    if !is_whole(said, lead, act, &plain) {
        return None;
    }
    let counted = lead.starts_with(|c: char| c.is_ascii_digit());
    if counted && said.rule.measure == Measure::Missing {
        return Some(Relevant::answer(Answer::of(Notation::NothingFound)));
    }
    let labels = || said.rule.states.iter().map(|state| plain_words(&state.label));
    let whole = format!("全部{act}");
    if let Some(label) = labels().find(|label| label == act || *label == whole) {
        return Some(Relevant::Text(label));
    }
    if let Some(all) = all_of_target(said, act) {
        return Some(all);
    }
    let text = match said.rule.measure {
        Measure::Lateness(_) => act.to_owned(),
        _ => whole,
    };
    (text != said.text).then_some(Relevant::Text(text))
}

/// Whether the words before 全部 are all of what is asked for.
fn is_whole(said: &Said, lead: &str, act: &str, plain: &dyn Fn(&str) -> bool) -> bool {
    if lead.is_empty() || list::ALL_THAT_WAS_DUE.has(lead) {
        return true;
    }
    // 4次, 50项任务
    if let Some((amount, taken)) = scan_quantity(lead) {
        let noun = lead.get(taken..).unwrap_or_default();
        let target = said.facts.target.and_then(Notation::quantity);
        let all = match target {
            Some(target) if !target.unit.is_ratio() => {
                target.in_base() == amount.in_base() && target.unit.comparable(&amount.unit)
            }
            _ => true,
        };
        let counted = amount.sign.is_none() && amount.fraction.is_none() && !amount.unit.is_ratio();
        return all
            && counted
            && (noun.is_empty() || list::ALL_THAT_WAS_DUE.has(noun) || said.known().contains(noun))
            && plain(noun);
    }
    plain(lead) && (said.asks_for(lead, act) || said.asks_for(&format!("{lead}{act}"), ""))
}

/// All of a target that counts things, where the act is the one that is asked for.
fn all_of_target(said: &Said, act: &str) -> Option<Relevant> {
    let target = said.facts.target.and_then(Notation::quantity)?;
    let whole = target.fraction.is_none()
        && !target.sign.is_some_and(Sign::is_cap)
        && !target.number.is_zero()
        && (target.unit.dimension.is_of_things() || target.number == crate::base::Number::from(100));
    let words = said.rule.all_words();
    let asked = list::ACT_ASKED.iter().any(|lead| words.contains(&format!("{lead}{act}")))
        || said.names().any(|name| split_name(name, act).is_some());
    let fits = said.rule.measure == Measure::Value && said.rule.states.is_empty() && whole && asked;
    let all = if target.unit.is_ratio() {
        Quantity::new(target.number, Unit::percent())
    } else {
        Quantity { sign: None, ..target.clone() }
    };
    let ratio = !target.unit.is_ratio() || target.in_base() == Some(crate::base::Number::ONE);
    (fits && ratio).then(|| Relevant::answer(Answer::number(all)))
}

/// 一张图系统已于2023年9月上线: the state itself, without the day.
fn without_day(said: &Said) -> Option<Relevant> {
    let (before, rest) = said.text.split_once("已于")?;
    let (_, taken) = scan_date(rest, false)?;
    let rest = list::END_OF_PART.trim_start(rest.get(taken..)?);
    let whole = format!("{before}{rest}");
    let hit = said
        .rule
        .states
        .iter()
        .map(|state| plain_words(&state.label))
        .find(|label| *label == whole || (*label == rest && said.facts.indicator.contains(before)))?;
    (!said.is_of_days() && !hit.contains(|c: char| c.is_ascii_digit())).then_some(Relevant::Text(hit))
}

/// 已完成并验收合格, 一次性验收合格, 已按期完成全部任务: the state or the act, with no more than how it came about.
fn without_manner(said: &Said) -> Option<Relevant> {
    if list::CLAUSE_SIGNS.within(&said.text) || words::of(Class::Negations).within(&said.text) {
        return None;
    }
    let bare = list::DONE_LEADS.trim_start(&said.text);
    let bare = list::TASK_NOUNS.strip_end(bare).filter(|act| act.chars().nth(2).is_some()).unwrap_or(bare);
    // 按时完成率100%
    let rate = || {
        let (act, behind) = bare.split_once('率')?;
        let (share, taken) = scan_quantity(list::BEFORE_FIGURES.trim_start(behind))?;
        let whole = share.in_base() == Some(crate::base::Number::ONE)
            && share.unit.is_ratio()
            && share.sign.is_none();
        (whole && taken == list::BEFORE_FIGURES.trim_start(behind).len()).then_some(act)
    };
    let bare = rate().unwrap_or(bare);
    let kept = list::KEPT_TIME.strip(bare);
    let on_time = || kept.is_some_and(|act| words::of(Class::ActsDone).has(act));
    let late = matches!(said.rule.measure, Measure::Lateness(_)) && on_time();
    let state = said.rule.states.iter().any(|state| plain_words(&state.label) == bare);
    ((late || state) && bare != said.text).then(|| Relevant::Text(bare.to_owned()))
}

/// 良好 of 良好等次, 创成省级卫生城镇 of 省级: the only state that is named, beside no more than the deed and its thing.
fn state_named(said: &Said) -> Option<Relevant> {
    let labels: Vec<String> = said.rule.states.iter().map(|state| plain_words(&state.label)).collect();
    if labels.len() < 2 || labels.contains(&said.text) || list::CLAUSE_SIGNS.within(&said.text) {
        return None;
    }
    let cores: Vec<&str> = labels
        .iter()
        .map(|label| {
            let core = list::LEVEL_ENDS.strip_end(label).unwrap_or(label);
            list::DEEDS.strip(core).filter(|core| core.chars().nth(1).is_some()).unwrap_or(core)
        })
        .collect();
    let mut hits = labels
        .iter()
        .zip(&cores)
        .filter(|(_, core)| core.chars().nth(1).is_some() && said.text.contains(**core));
    let ((label, core), None) = (hits.next()?, hits.next()) else { return None };
    let (before, behind) = said.text.split_once(*core)?;
    let whole = said.text == *core;
    let deed = list::DEEDS.has(before) || list::DEEDS.trim_start(before).is_empty();
    let thing =
        behind.is_empty() || (behind.chars().nth(1).is_some() && said.facts.indicator.contains(behind));
    let level = list::OFFICES.has(core) || list::OFFICES.ends(core);
    (whole || (deed && thing && level && !words::of(Class::Negations).within(&said.text)))
        .then(|| Relevant::Text(label.clone()))
}

/// 实际支出56.8万元 under a cost of at most 58万元: what it came to.
fn spent(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value || !said.rule.states.is_empty() || said.facts.actual.is_some() {
        return None;
    }
    let found = parts(&said.text)?;
    let [only] = found.as_slice() else { return None };
    let amount =
        only.amount.as_ref().filter(|q| q.unit.is_money() && q.sign.is_none() && q.fraction.is_none())?;
    let target = said.facts.target.and_then(Notation::quantity)?;
    let cap = target.sign.is_some_and(Sign::is_cap) && target.unit.comparable(&amount.unit);
    let label = list::BEFORE_FIGURES.trim_end(&only.before);
    let own = list::ACTUAL.has(label) && !words::of(Class::Planned).begins(label);
    (cap && own && only.after.is_empty()).then(|| Relevant::quantity(amount.clone()))
}
