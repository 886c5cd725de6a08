//! Several measures with points of their own: 验收合格率100%得5分，…；返工率不超过2%得3分，…

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::kinds::until_gone;
use crate::criterion::grammar::scan::{amount, attempt, is_name};
use crate::rule::{Joint, Part, Refusal, Rule, Together, mark};
use crate::words::{self, Class, list};

use super::lone::{is_lone, lone_state};
use super::names::{counted, head, leading_date, short};
use super::part_missed::{is_of_its_part, missed};
use super::said_of_each::{each_state, is_scored_apart, is_way_of_each, plainly};
use super::written::{Clause, clauses, headed, heading};
use super::{Readers, joint, refuse, within};

/// One measure as it is written.
struct Group<'c> {
    head: &'c Clause,
    points: Number,
    rest: &'c [Clause],
}

impl Group<'_> {
    /// Whether a sentence ends behind it.
    fn ends(&self) -> bool {
        self.rest.last().unwrap_or(self.head).ends
    }
}

/// 满意度≥90%得4分，每低1个百分点扣0.4分，扣完为止: what stands in one sentence with the measure is said of it alone.
fn steps_of_its_own(group: &Group) -> bool {
    let Some((last, others)) = group.rest.split_last() else { return true };
    let steps = |clause: &Clause| {
        let mut rest = clause.text.as_str();
        let gone = attempt(&mut rest, until_gone).is_some() && rest.is_empty();
        gone || (clause.text.starts_with('每') && clause.text.contains('扣'))
    };
    let joined = !group.head.ends && others.iter().all(|clause| !clause.ends);
    joined && others.iter().chain([last]).all(steps)
}

/// More measures are looked for in no criterion.
const MAX_STARTS: usize = 8;

/// The rules of several measures.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Result<Joint, Refusal>> {
    let weight = context.weight.map(Weight::number)?;
    let clauses = clauses(text)?;
    let all_marked = clauses.iter().any(|clause| clause.marked);
    // 半年进度:…; 前三季度进度:…: where measures have headings, nothing else begins one.
    let titled = clauses.iter().filter(|clause| heading(&clause.text).is_some()).count() > 1;
    let mut starts: Vec<usize> = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let titled_one = titled && heading(&clause.text).is_some();
        let earns = titled_one || clause.points.is_some_and(|n| n < weight && !n.is_zero());
        let begins = if all_marked { clause.marked } else { earns };
        let begins = begins && (!titled || heading(&clause.text).is_some());
        if begins && (all_marked || begins_measure(&clause.text)) {
            starts.push(at);
        }
    }
    if starts.len() < 2 || starts.len() > MAX_STARTS || starts.first() != Some(&0) {
        return None;
    }
    let mut found: Vec<Joint> = Vec::new();
    let mut short_of: Option<Number> = None;
    let choices = if all_marked { 1 } else { 1_usize << starts.len().saturating_sub(1) };
    for choice in 0..choices {
        // All of them are measures, then fewer and fewer.
        let chosen: Vec<usize> = starts
            .iter()
            .enumerate()
            .filter(|(nth, _)| *nth == 0 || choice >> nth.saturating_sub(1) & 1 == 0)
            .map(|(_, at)| *at)
            .collect();
        if chosen.len() < 2 {
            continue;
        }
        let Some(groups) = groups(&clauses, &chosen) else { continue };
        let sum = Number::sum(groups.iter().map(|group| group.points));
        if sum != Some(weight) {
            short_of = short_of.or(sum.filter(|_| choice == 0));
            continue;
        }
        if let Some(one) = measures(&groups, context, readers)
            && !found.contains(&one)
        {
            found.push(one);
        }
    }
    match (found.len(), short_of) {
        (1, _) => found.pop().map(Ok),
        (0, Some(sum)) => {
            let groups = groups(&clauses, &starts)?;
            measures(&groups, context, readers)?;
            Some(refuse(text, &format!("各部分的分数之和{sum}分与分值{weight}分不一致")))
        }
        (0, None) => None,
        _ => Some(refuse(text, "各部分怎样分别计分，无法确定")),
    }
}

/// Whether a measure may begin here: not with what holds where another was missed.
fn begins_measure(text: &str) -> bool {
    !words::of(Class::PartMissed).begins(text) && !text.starts_with(['每', '扣', '得'])
}

fn groups<'c>(clauses: &'c [Clause], starts: &[usize]) -> Option<Vec<Group<'c>>> {
    let mut found = Vec::new();
    for (nth, at) in starts.iter().enumerate() {
        let end = starts.get(nth.saturating_add(1)).copied().unwrap_or(clauses.len());
        let head = clauses.get(*at)?;
        let rest = clauses.get(at.saturating_add(1)..end)?;
        let points = head.points.or_else(|| rest.iter().find_map(|clause| clause.points))?;
        found.push(Group { head, points, rest });
    }
    Some(found)
}

/// The rule of the measures; nothing where one of them is not read.
fn measures(groups: &[Group], context: &Context, readers: Readers) -> Option<Joint> {
    let (last, others) = groups.split_last()?;
    if others.iter().flat_map(|group| group.rest).any(is_way_of_each) {
        return None;
    }
    // What stands at the end may be about all of them.
    for tail in 0..=last.rest.len() {
        let (own, common) = last.rest.split_at_checked(last.rest.len().saturating_sub(tail))?;
        // 低于90%的，该项得分=…: the first says when, the others what then.
        // 每项符合得该项满分: it says itself that it is about each.
        let each = |clause: &Clause| each_state(&clause.text).is_some();
        // 两项分别计分，每低1个百分点扣0.3分
        let apart = |clause: &Clause| is_scored_apart(&clause.text);
        let begins = |clause: &Clause| {
            words::of(Class::PartMissed).begins(&clause.text)
                || words::of(Class::ForEachPart).begins(&clause.text)
                || each(clause)
                || apart(clause)
                || is_of_its_part(&clause.text)
                || is_way_of_each(clause)
        };
        if own.iter().any(|clause| each(clause) || is_way_of_each(clause)) {
            continue;
        }
        if common.first().is_some_and(|clause| !begins(clause)) {
            continue;
        }
        let for_each = |clause: &Clause| words::of(Class::ForEachPart).within(&clause.text);
        let said = common.iter().any(for_each);
        if tail == 0 && last.rest.iter().any(for_each) {
            continue;
        }
        let Some(mut parts) = parts(others, (last, own), common, false, context, readers) else { continue };
        let whole = |part: &Part| part.rule.decides_all();
        if (said || parts.iter().all(whole)) && distinct(&mut parts) {
            return joint(numbered(parts, groups), Together::Sum);
        }
    }
    // Where nothing is said of what is missed, it earns nothing; what is said of one is not left out of the others.
    let of_all = |clause: &&Clause| {
        words::of(Class::PartMissed).begins(&clause.text)
            || words::of(Class::ForEachPart).begins(&clause.text)
    };
    let in_steps = groups.iter().all(steps_of_its_own) && !others.iter().any(|group| !group.ends());
    if !in_steps && groups.iter().flat_map(|group| group.rest).any(|clause| of_all(&clause)) {
        return None;
    }
    let mut parts = parts(others, (last, last.rest), &[], true, context, readers)?;
    // Nothing but states is a list of items.
    let told_in_figures = |part: &Part| !matches!(&part.rule, Rule::Graded(rule) if rule.bands.is_empty());
    if parts.iter().any(is_lone) && !parts.iter().any(told_in_figures) {
        return None;
    }
    let whole = parts.iter().all(|part| part.rule.decides_all()) && distinct(&mut parts);
    if whole { joint(numbered(parts, groups), Together::Sum) } else { None }
}

/// The parts with the marks that the criterion gives them.
fn numbered(mut parts: Vec<Part>, groups: &[Group]) -> Vec<Part> {
    for (at, (part, group)) in parts.iter_mut().zip(groups).enumerate() {
        part.names.extend(group.head.marked.then(|| mark(at)));
    }
    parts
}

/// Each measure as a rule, with what is said of all.
fn parts(
    others: &[Group],
    (last, own): (&Group, &[Clause]),
    common: &[Clause],
    defaults: bool,
    context: &Context,
    readers: Readers,
) -> Option<Vec<Part>> {
    let read = |group: &Group, rest: &[Clause]| part(group, rest, common, defaults, context, readers);
    let others = others.iter().map(|group| read(group, group.rest));
    others.chain([read(last, own)]).collect()
}

/// Whether no two of them have the same name; what only counts in several of them (延迟) tells none apart.
fn distinct(parts: &mut [Part]) -> bool {
    let all: Vec<String> = parts.iter().flat_map(|part| part.names.clone()).collect();
    for part in parts.iter_mut() {
        let first = part.names.first().cloned();
        part.names
            .retain(|name| Some(name) == first.as_ref() || all.iter().filter(|n| *n == name).count() == 1);
    }

    parts.iter().enumerate().all(|(at, part)| {
        parts
            .iter()
            .skip(at.saturating_add(1))
            .all(|other| part.names.iter().all(|name| !other.names.contains(name)))
    })
}

/// One measure as a rule.
fn part(
    group: &Group,
    rest: &[Clause],
    common: &[Clause],
    defaults: bool,
    context: &Context,
    readers: Readers,
) -> Option<Part> {
    let text = group.head.text.as_str();
    let (heading, body) = match (headed(text), heading(text)) {
        (Some((name, _, rest)), _) | (None, Some((name, rest))) => (Some(name), rest),
        (None, None) => (None, text),
    };
    let mut names: Vec<String> = Vec::new();
    let mut name = |text: &str| {
        if !text.is_empty() && !names.iter().any(|known| known == text) {
            names.push(text.to_owned());
        }
    };
    let own = format!("{}分", group.points);
    let mut pieces = String::new();
    let mut push = |text: &str, ends: bool| {
        pieces.push_str(text);
        pieces.push(if ends { ';' } else { '，' });
    };
    if let Some(heading) = heading {
        let (title, figure) = head(heading)?;
        name(title);
        let states = rest.iter().chain(common).any(|clause| each_state(&clause.text).is_some());
        if body.is_empty() && !(states && figure.is_empty()) {
            push(&condition(title, figure, &own), group.head.ends);
        }
    }
    if !body.is_empty() {
        let (words, earned) = match own_points(body) {
            Some((words, _)) => (words.trim_end_matches(['的', '，']), true),
            None => (body, false),
        };
        let missed = rest.iter().chain(common).find_map(|clause| denied(&clause.text, words));
        if let Some(verb) = missed.filter(|_| earned && !words.contains(|c: char| c.is_ascii_digit())) {
            name(words);
            push(&format!("{verb}得{own}"), group.head.ends);
        } else if let Some((day, act)) = dated_act(words).filter(|_| earned) {
            name(act);
            push(&format!("{day}前完成得{own}"), group.head.ends);
        } else if let Some((title, figure)) = head(words) {
            name(title);
            name(short(title).unwrap_or_default());
            let text = match short(title) {
                Some(act) if earned && figure.is_empty() && act.chars().count() == 2 => {
                    format!("按时完成得{own}")
                }
                _ if earned => condition(title, figure, &own),
                _ => body.to_owned(),
            };
            push(&text, group.head.ends);
        } else {
            push(body, group.head.ends);
        }
    }
    for (nth, clause) in rest.iter().chain(common).enumerate() {
        if let Some(text) = missed(&clause.text, group.points).filter(|_| nth >= rest.len()) {
            if !text.is_empty() {
                push(&text, clause.ends);
            }
            continue;
        }
        if let Some(thing) = counted(&clause.text) {
            name(&thing);
        }
        if let Some(text) = plainly(&clause.text) {
            push(&text, clause.ends);
        }
    }
    let first = names.first()?.clone();
    let text = pieces.trim_end_matches([';', '，']).to_owned();
    let within = within(&first, Some(group.points), context);
    // 及时率 is no date: what it is called says the name, not the condition.
    let (text, mut rule) = match (readers.one)(&text, &within) {
        Ok(rule) => (text, rule),
        Err(_) => {
            let short = names.iter().fold(text.clone(), |text, name| text.replacen(name.as_str(), "", 1));
            match (readers.one)(&short, &within) {
                Ok(rule) => (short, rule),
                // 制定检查计划得2分 beside numbers: it was done, or not.
                Err(_) => {
                    let words = own_points(&text).map(|(words, _)| words.trim_end_matches(['的', '，']));
                    let state = words.filter(|words| lone_state(words, &names)).filter(|_| defaults)?;
                    let text = format!("{state}得{own};其余情况得0分");
                    let rule = (readers.one)(&text, &within).ok()?;
                    (text, rule)
                }
            }
        }
    };
    // What is not reached earns nothing where nothing else is said of it.
    if defaults && !rule.decides_all() && rule.is_threshold() {
        rule = (readers.one)(&format!("{text};其余情况得0分"), &within).ok()?;
    }
    Some(Part { names, points: Some(group.points), rule })
}

/// The verb of a state that another clause denies: 公开 of 预算公开, beside 未公开不得分.
fn denied<'t>(text: &str, state: &'t str) -> Option<&'t str> {
    let rest = text.strip_prefix('未')?;
    let verb = rest.get(..rest.char_indices().nth(2)?.0)?;
    let at = state.find(verb)?;
    let ends = at == 0 || at.saturating_add(verb.len()) == state.len();
    // 未完成 is what is not reached, and no state.
    let state_of = !matches!(verb, "完成" | "达到" | "达标" | "按时" | "按期" | "按计");
    (ends && state_of && state.len() > verb.len()).then(|| state.get(at..at.saturating_add(verb.len())))?
}

/// A condition with its award: 新建公厕10座 is reached at 10座.
pub(super) fn condition(title: &str, figure: &str, earned: &str) -> String {
    let mut rest = figure;
    let bare = attempt(&mut rest, amount).filter(|_| rest.is_empty());
    // A date in its name says which it is, and is no figure of the condition.
    let shown = if leading_date(title) > 0 { "" } else { title };
    match bare {
        Some(found) if !found.unit.is_ratio() => format!("{shown}达到{figure}得{earned}"),
        _ => format!("{shown}{figure}得{earned}"),
    }
}

/// 2023年6月30日前开工: by when, and what.
fn dated_act(words: &str) -> Option<(&str, &str)> {
    let (_, rest) = words.split_at_checked(leading_date(words)).filter(|(day, _)| !day.is_empty())?;
    let act = rest.trim_start_matches(['底', '末', '之', '以']).trim_start_matches('前');
    // 6月底 is no 6月.
    let day = words.get(..words.len().saturating_sub(act.len())).filter(|day| day.ends_with('前'));
    let plain = act.chars().nth(1).is_some() && is_name(act) && !list::NOT_SIGNS.begins(act);
    let day = day?.trim_end_matches(['前', '之', '以']);
    plain.then_some((day, act))
}
