//! The way of a criterion through the rooms, and the proof that what was read is what is shown.

use crate::base::{Date, Number, Weight};
use crate::notation::Notation;
use crate::rule::{Award, Measure, Partial, Point, Refusal, Rule, When};

use super::grammar::award::judged;
use super::grammar::clause::{Clause, Clauses, Given, clauses};
use super::grammar::condition::Shape;
use super::grammar::scan::attempt;
use super::grammar::words;
use super::text::letters;
use super::text::marks::{self, Marked};
use super::text::plain::{Plain, Segment, segments};
use super::watch::{Came, Nobody, Shared, Watch};
use super::{Context, HINT, assembly, checklist, joint, rewording};

/// Longer criteria are prose about an indicator, not its rule.
const MAX_CHARS: usize = 4_000;
/// What is plainer still after that many rewordings is no criterion.
const MOST_REWORDINGS: usize = 3;
/// Characters beyond which a text is not even counted.
const MAX_BYTES: usize = MAX_CHARS * 4;

/// Reads a criterion.
pub(super) fn read(text: &str, context: &Context, watch: &mut dyn Watch) -> Result<Rule, Refusal> {
    if text.len() > MAX_BYTES || text.chars().count() > MAX_CHARS {
        return Err(Refusal::new(text, "评分标准过长，无法识别", HINT));
    }
    let plain = Plain::new(text);
    if plain.as_str().trim().is_empty() {
        return Err(Refusal::new("评分标准", "为空", "请填写评分标准，或由评审人员打分。"));
    }
    let judged = words::JUDGEMENT.within(plain.as_str());
    let word = || words::JUDGEMENT.iter().find(|word| plain.as_str().contains(word)).unwrap_or_default();
    let by_a_person = || Refusal::new(word(), "要由人判断，不能自动计分", "请由评审人员打分。");
    // 酌情扣分 is what a case earns; elsewhere such a word may change anything.
    if judged && words::JUDGEMENT.within(&without_judged(plain.as_str())) {
        return Err(by_a_person());
    }
    let found = proved(text, &plain, context, watch);
    if judged { found.map_err(|_| by_a_person()) } else { found }
}

/// Reads a criterion, and its reading once more.
fn proved(text: &str, plain: &Plain, context: &Context, watch: &mut dyn Watch) -> Result<Rule, Refusal> {
    let found = one_or_several(plain, context, watch).and_then(|rule| certain(rule, text, plain, context));
    let refusal = match found {
        // 覆盖率100%得5分，每少1个扣0.5分: no rate is short of a number of things.
        Ok(rule) if is_of_two_kinds(&rule) => {
            let plainer = in_plainer_words(plain, context, watch).and_then(Result::ok);
            let plainer = plainer.filter(|rule| !is_of_two_kinds(rule));
            return plainer.map_or(Ok(rule), |rule| certain(rule, text, plain, context));
        }
        // 按标准执行得满分 under ≥650元: the target says what the standard is, and the actual is another number.
        Ok(rule) if says_of_the_target(&rule, context) => {
            let plainer = in_plainer_words(plain, context, watch).and_then(Result::ok);
            let plainer = plainer.filter(is_about_the_target);
            return plainer.map_or(Ok(rule), |rule| certain(rule, text, plain, context));
        }
        Ok(rule) => return Ok(rule),
        Err(refusal) => refusal,
    };
    let spaced = Plain::spaced(text).map(|spaced| one_or_several(&spaced, context, watch));
    if let Some(Ok(rule)) = spaced {
        return certain(rule, text, plain, context);
    }
    match in_plainer_words(plain, context, watch) {
        Some(rule) => rule.and_then(|rule| certain(rule, text, plain, context)),
        None => Err(refusal),
    }
}

/// Whether nothing but words says that a target in figures is kept.
fn says_of_the_target(rule: &Rule, context: &Context) -> bool {
    let figures = context.target.and_then(Notation::quantity).is_some_and(|target| !target.unit.is_ratio());
    let Rule::Graded(rule) = rule else { return false };
    let said = |label: &str| {
        words::ON_TIME.begins(label) || crate::words::of(crate::words::Class::KeptBounds).within(label)
    };
    let late = matches!(rule.measure, Measure::Lateness(None)) && rule.states.is_empty();
    let stated = rule.bands.is_empty() && rule.states.iter().any(|state| said(&state.label));
    figures && (late || stated)
}

/// Whether all that it asks is how the actual stands to the target.
fn is_about_the_target(rule: &Rule) -> bool {
    let Rule::Graded(rule) = rule else { return false };
    rule.measure == Measure::Value && rule.states.is_empty() && !rule.bands.is_empty()
}

/// Whether steps of things go from a rate.
fn is_of_two_kinds(rule: &Rule) -> bool {
    let Rule::Graded(rule) = rule else { return false };
    let rate = rule.bands.iter().any(|band| match &band.when {
        When::Within(span) => [&span.lower, &span.upper]
            .into_iter()
            .flatten()
            .any(|end| matches!(&end.at, Point::Value(at) if at.unit.is_ratio())),
        _ => false,
    });
    let awards =
        rule.bands.iter().map(|band| &band.award).chain(rule.otherwise.iter().map(|rest| &rest.award));
    let mut awards = awards;
    rate && awards.any(|award| {
        matches!(award, Award::Steps(steps) if !steps.size.unit.is_ratio() && !steps.size.unit.is_bare()
            && matches!(&steps.from, Point::Value(from) if from.unit.is_ratio()))
    })
}

/// The rule, if its reading is read as it.
fn certain(rule: Rule, text: &str, plain: &Plain, context: &Context) -> Result<Rule, Refusal> {
    // The reading is what the evaluator is shown. One that would not be read as this very rule says something else than
    // what is scored, so the criterion was not understood with certainty.
    // It says what a step counts that is not whole, so no setting does.
    let reading = rule.reading();
    let plainly = Context { partial_step: Partial::default(), ..*context };
    let again = Plain::new(&reading);
    // Where the criterion is written as its reading is, it has just been read.
    let same = again.as_str() == plain.as_str() && context.partial_step == Partial::default();
    if !same && one_or_several(&again, &plainly, &mut Nobody).ok().as_ref() != Some(&rule) {
        return Err(Refusal::new(text, format!("可能读作“{reading}”，但不能确定"), HINT));
    }
    Ok(rule)
}

/// Reads the criterion in plainer words, where it has some and they are read.
fn in_plainer_words(
    plain: &Plain,
    context: &Context,
    watch: &mut dyn Watch,
) -> Option<Result<Rule, Refusal>> {
    let mut text = plain.as_str().to_owned();
    if let Some(words) = letters::spelled_out(&text) {
        watch.reworded(&text, &words);
        if let Ok(rule) = one_or_several(&Plain::new(&words), context, watch) {
            return Some(Ok(rule));
        }
        text = words;
    }
    for _ in 0..MOST_REWORDINGS {
        let words = rewording::plainer(&text, context)?;
        watch.reworded(&text, &words);
        if let Ok(rule) = one_or_several(&Plain::new(&words), context, watch) {
            return Some(Ok(rule));
        }
        text = words;
    }
    None
}

/// The text without the points that a person decides.
fn without_judged(text: &str) -> String {
    if !words::JUDGEMENT.within(text) {
        return text.to_owned();
    }
    let mut rest = text;
    let mut left = String::new();
    while let Some(c) = rest.chars().next() {
        if attempt(&mut rest, judged).is_none() {
            left.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    left
}

/// What is one rule, else what several make together.
fn one_or_several(plain: &Plain, context: &Context, watch: &mut dyn Watch) -> Result<Rule, Refusal> {
    let whole = fitting(plain, context, watch);
    let shared = Shared::new(watch);
    let one: &joint::Sub = &|text, context| part(text, context, &shared, fitting);
    let any: &joint::Sub = &|text, context| part(text, context, &shared, one_or_several);
    let readers = joint::Readers { one, any, watch: &shared };
    let refusal = match whole {
        // 甲、乙、丙均未超预算得6分，每有一项超预算扣2分: a list of items is more than a word and a count.
        // 发生事故的不得分；未发生的，合格率×8分: no number of cases is a rate.
        Ok(Rule::Graded(rule)) if rule.counts_and_rates() => {
            let whole = Rule::Graded(rule);
            let several = joint::read(plain, context, readers).and_then(Result::ok);
            return Ok(several.unwrap_or(whole));
        }
        Ok(Rule::Graded(rule)) => {
            let named = !rule.states.is_empty();
            let list = named.then(|| joint::as_list(plain, context, readers)).flatten();
            return Ok(list.unwrap_or(Rule::Graded(rule)));
        }
        // ①新增岗位≥80个，3分；②培训≥200人，3分: what has a figure to reach is measured, and is more than there or not.
        Ok(Rule::Checklist(list)) if list.items.iter().any(|item| has_bound(&item.words)) => {
            let several = joint::read(plain, context, readers).and_then(Result::ok);
            return Ok(several.unwrap_or(Rule::Checklist(list)));
        }
        Ok(rule) => return Ok(rule),
        Err(refusal) => refusal,
    };
    let found = joint::read(plain, context, readers);
    let rule = found.unwrap_or(Err(refusal))?;
    if let Some(weight) = context.weight {
        rule.fits(weight)?;
    }
    Ok(rule)
}

/// What stands before a figure to reach or to keep below.
const COMPARISONS: [&crate::words::Lexicon; 4] =
    [words::LOWER_IN, words::LOWER_OUT, words::UPPER_IN, words::UPPER_OUT];

/// Whether words hold a figure that something is to reach or to keep below.
fn has_bound(text: &str) -> bool {
    let plain = Plain::new(text);
    let signs = COMPARISONS.iter().any(|words| words.within(plain.as_str()));
    signs && plain.as_str().contains(|c: char| c.is_ascii_digit())
}

/// A part of a criterion, read by itself.
fn part(text: &str, context: &Context, shared: &Shared, read: Reader) -> Result<Rule, Refusal> {
    shared.with(|watch| {
        watch.opened("其中一部分", context.indicator, text);
        let found = read(&Plain::new(text), context, watch);
        watch.closed(Came::of(Some(&found)));
        found
    })
}

type Reader = fn(&Plain, &Context, &mut dyn Watch) -> Result<Rule, Refusal>;

/// One rule whose points are those of the indicator.
fn fitting(plain: &Plain, context: &Context, watch: &mut dyn Watch) -> Result<Rule, Refusal> {
    let rule = parse(plain, context, watch)?;
    if let Some(weight) = context.weight {
        rule.fits(weight)?;
    }
    Ok(rule)
}

fn parse(plain: &Plain, context: &Context, watch: &mut dyn Watch) -> Result<Rule, Refusal> {
    let given = Given { indicator: context.indicator, deadline: deadline(context.target) };
    let marked = marks::marked(plain.as_str());
    if let Some(rule) =
        marked.as_ref().and_then(|marked| numbered_rungs(plain, marked, given, context, watch))
    {
        return rule;
    }
    let parts = segments(plain.as_str());
    let list = checklist::items::read(plain, &parts, marked.as_ref(), context);
    if !matches!(list, Ok(None)) {
        watch.attempt("逐项的清单", plain.as_str(), &parts);
    }
    if let Some(list) = list? {
        watch.listed(&list);
        return Ok(Rule::Checklist(list));
    }
    if marked.is_none()
        && let Some(list) = checklist::unnamed::read(plain, &parts, context)
    {
        watch.attempt("只写项数的清单", plain.as_str(), &parts);
        watch.listed(&list);
        return Ok(Rule::Checklist(list));
    }
    let first = parse_clauses(plain, "逐句的规定", plain.as_str(), given, context, watch);
    // Line breaks inside a cell may also be nothing but wrapping.
    match first {
        Err(refusal) if plain.as_str().contains('\n') => {
            let joined: String = plain.as_str().chars().filter(|c| *c != '\n').collect();
            parse_clauses(plain, "逐句的规定，不计换行", &joined, given, context, watch).map_err(|_| refusal)
        }
        Err(refusal) => match checklist::demand::behind(plain.as_str(), &parts) {
            Some(rest) => {
                parse_clauses(plain, "要求后面的规定", rest, given, context, watch).map_err(|_| refusal)
            }
            None => Err(refusal),
        },
        read => read,
    }
}

/// ①≥90%得满分；②80%-90%得8分: marks may also number the rungs of one ladder.
fn numbered_rungs(
    plain: &Plain,
    (lead, items): &Marked,
    given: Given,
    context: &Context,
    watch: &mut dyn Watch,
) -> Option<Result<Rule, Refusal>> {
    let joined = std::iter::once(lead)
        .chain(items)
        .copied()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(";");
    let parts = segments(&joined);
    let read = clauses(&joined, &parts, given);
    if !are_rungs(&read) {
        return None;
    }
    watch.attempt("带序号的各档", &joined, &parts);
    watch.clauses(&read);
    let rule = assembly::assemble(plain, &read.all, context, watch).ok()?;
    // Rungs whose points add up to the weight may as well be items that do.
    let points: Vec<Number> = read
        .all
        .iter()
        .filter_map(|written| match &written.clause {
            Clause::Graded { award: Award::Points(n), .. } | Clause::Award(Award::Points(n)) => Some(*n),
            _ => None,
        })
        .collect();
    let weight = context.weight.map(Weight::number);
    if weight.is_some()
        && Number::sum(points.iter().copied()) == weight
        && points.iter().max().copied() < weight
    {
        let why = "各项是分档还是分别计分，无法确定";
        return Some(Err(Refusal::new(&plain.words(plain.as_str()), why, HINT)));
    }
    Some(Ok(rule))
}

/// Whether all of it was read, and says nothing but what two rungs or more of one ladder say.
fn are_rungs(read: &Clauses) -> bool {
    let numeric = |clause: &Clause| match clause {
        Clause::Graded { condition, .. } | Clause::When { condition, .. } => {
            matches!(condition.shape, Shape::Within(_))
        }
        Clause::Nothing
        | Clause::UntilGone
        | Clause::Named(_)
        | Clause::Weight(_)
        | Clause::Else(_)
        | Clause::Limit(_)
        | Clause::Steps(_) => true,
        Clause::Award(award) => !matches!(award, Award::Rate(_)),
        _ => false,
    };
    let is_rung = |clause: &Clause| matches!(clause, Clause::Graded { .. } | Clause::When { .. });
    let rungs = read.all.iter().filter(|written| is_rung(&written.clause)).count();
    read.unread.is_none() && rungs >= 2 && read.all.iter().all(|written| numeric(&written.clause))
}

fn parse_clauses(
    plain: &Plain,
    how: &'static str,
    text: &str,
    given: Given,
    context: &Context,
    watch: &mut dyn Watch,
) -> Result<Rule, Refusal> {
    let parts: Vec<Segment> = segments(text);
    let read = clauses(text, &parts, given);
    watch.attempt(how, text, &parts);
    watch.clauses(&read);
    if let Some(words) = read.unread {
        let refusal = Refusal::new(&plain.words(words), "看不懂这部分文字的意思", HINT);
        let known: Vec<String> = read
            .all
            .iter()
            .map(|clause| clause.text.trim())
            .filter(|text| text.chars().count() > 2)
            .map(|text| format!("“{text}”"))
            .collect();
        return Err(if known.is_empty() {
            refusal
        } else {
            refusal.with_understood(&format!("{}可以读懂", known.concat()))
        });
    }
    assembly::assemble(plain, &read.all, context, watch)
}

/// The day by which the target is due.
pub(super) fn deadline(target: Option<&Notation>) -> Option<Date> {
    match target? {
        Notation::Deadline(day) => Some(*day),
        Notation::Date(days) | Notation::Period(days) => Some(days.last),
        _ => None,
    }
}
