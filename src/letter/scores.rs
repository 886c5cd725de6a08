//! What a document says of the scores: what the agency gave itself, what the review gives, each with its sums, and what is
//! still to be decided.

use super::compose::{heading, shown, title_of};
use super::taken::{Sums, is_rounding};
use super::{LetterBlock, Subject, Undecided};
use crate::base::{Number, Score, Weight};
use crate::model::{TO_DECIDE, UNSCORED};

/// Indicators that are named one by one.
const NAMED: usize = 8;
/// What the score is called: by who scored.
pub(super) fn score_name(evaluated: bool) -> &'static str {
    if evaluated { "评价得分" } else { "复核得分" }
}

/// What a slip says of the score: the same as the document.
pub(super) fn on_slip(subject: &Subject) -> String {
    let name = score_name(subject.evaluated);
    match (open(subject), subject.total, &subject.sums) {
        (None, Some(total), _) => format!("，{name}{total}分"),
        (Some(open), _, Some(sums)) => format!("，除{open}外，{name}合计{}分", sums.score),
        _ => String::new(),
    }
}

/// The total in a table of several projects; of one that holds what is open what is settled of it.
pub(super) fn total(subject: &Subject) -> String {
    match (open(subject), &subject.sums) {
        (Some(open), Some(sums)) => format!("{}（除{open}外）", sums.score),
        _ => shown(subject.total),
    }
}

/// What is open: how many indicators of how many points wait for a decision, and how many for a score.
fn open(subject: &Subject) -> Option<String> {
    let all =
        [TO_DECIDE, UNSCORED].into_iter().filter_map(|word| open_of(subject, word).map(|(said, ..)| said));
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| all.join("、"))
}

/// The indicators that are open and called so: `待核定3项（23分）`, they themselves, what they can earn.
fn open_of<'s>(subject: &'s Subject, word: &str) -> Option<(String, Vec<&'s Undecided>, Weight)> {
    let of: Vec<&Undecided> = subject.undecided.iter().filter(|one| one.word() == word).collect();
    let sum = Weight::sum(of.iter().map(|one| one.weight)).filter(|_| !of.is_empty())?;
    Some((format!("{word}{}项（{sum}分）", of.len()), of, sum))
}

/// What is open is called: 待核定, 待评分, or both.
pub(super) fn open_words(all: &[Undecided]) -> String {
    let words = [TO_DECIDE, UNSCORED].into_iter().filter(|word| all.iter().any(|one| one.word() == *word));
    words.collect::<Vec<_>>().join("和")
}

/// What the scores come to with those that count for now: the figure of the other papers of the case.
fn for_now(subject: &Subject, sums: &Sums, name: &str) -> Option<String> {
    let waits = open_of(subject, UNSCORED);
    let scored = match (&waits, subject.full) {
        (Some((_, of, sum)), Some(full)) => {
            let rest = full.number().minus(sum.number())?;
            format!("除{UNSCORED}的{}外，其余{rest}分", named(of))
        }
        _ => String::new(),
    };
    let open = open_of(subject, TO_DECIDE).and_then(|(said, of, _)| {
        let points = Score::sum(of.iter().filter_map(|one| one.for_now))?;
        Some(format!("，其中{said}，暂计{points}分：{}", named(&of)))
    });
    Some(format!("{scored}{name}暂计{}分{}。", sums.for_now, open.unwrap_or_default()))
}

/// The scores in sentences.
pub(super) fn scores(subject: &Subject, is_final: bool) -> String {
    let full = subject.full.map(|full| format!("满分{full}分，")).unwrap_or_default();
    let weights = subject.weights.map(|sum| format!("各项分值合计{sum}分，")).unwrap_or_default();
    let stated = subject.stated.map(|stated| format!("自评得分{stated}分，")).unwrap_or_default();
    let name = score_name(subject.evaluated);
    let sums = subject.sums.as_ref();
    let (added, taken) = match sums {
        Some(sums) if !subject.evaluated => (added(subject, sums, is_final), cut(sums)),
        _ => (String::new(), None),
    };
    let head = format!("{full}{weights}{stated}");
    let head = if added.is_empty() { head } else { format!("{}。{added}", head.trim_end_matches('，')) };
    let grade = subject.grade.as_ref().filter(|_| is_final);
    let grade =
        grade.map(|grade| format!("，{}为“{grade}”", name.replace("得分", "等级"))).unwrap_or_default();
    let cut = taken.as_ref().map(|taken| format!("{taken}，")).unwrap_or_default();
    match (open(subject), subject.total, sums) {
        (None, Some(total), _) => {
            let against = match (taken.is_none(), sums.and_then(|sums| sums.own)) {
                _ if subject.evaluated => beside(subject, total),
                (true, Some(_)) if added.is_empty() => "，与自评得分一致".to_owned(),
                (true, None) => against(subject, total),
                _ => String::new(),
            };
            format!("{head}{cut}{name}{total}分{grade}{against}。")
        }
        (Some(open), _, Some(sums)) => {
            let own = sums.own_counted.map(|own| format!("自评得分合计{own}分，")).unwrap_or_default();
            format!(
                "{}。{}除{open}外，其余指标满分{}分，{own}{cut}{name}合计{}分。总分和等级待核定后确定。",
                head.trim_end_matches(['，', '。']),
                for_now(subject, sums, name).unwrap_or_default(),
                sums.full,
                sums.score
            )
        }
        _ => format!("{head}{name}待核实有关事项后确定。"),
    }
}

/// How far the total that the agency stated is from the sum of its own scores. What is wrong of it is said in a result
/// among what is to be mended.
fn added(subject: &Subject, sums: &Sums, is_final: bool) -> String {
    let apart = || {
        let (stated, own) = subject.stated.zip(sums.own)?;
        let by = stated.number().minus(own.number()).filter(|by| !by.is_zero())?;
        Some((own, by.abs()))
    };
    let Some((own, by)) = apart() else { return String::new() };
    if is_final {
        return format!("各项自评得分合计{own}分，");
    }
    format!("各项自评得分合计{own}分，与填报的自评总分不一致，相差{by}分，请核对更正。")
}

/// What the review took off the agency's scores, and what it put on; what only rounding makes stands together.
fn cut(sums: &Sums) -> Option<String> {
    sums.own?;
    let (rounded, real): (Vec<_>, Vec<_>) = sums.apart.iter().partition(|(_, by)| is_rounding(*by));
    let sum = |of: &mut dyn Iterator<Item = Number>| Number::sum(of);
    let all = |less: bool| {
        let of: Vec<&(String, Number)> =
            real.iter().copied().filter(|(_, by)| by.is_negative() != less).collect();
        let points = sum(&mut of.iter().map(|(_, by)| by.abs()))?;
        let each: Vec<String> = of.iter().map(|(object, by)| format!("{object}{}分", by.abs())).collect();
        let word = if less { "复核核减" } else { "复核核增" };
        (!of.is_empty()).then(|| format!("{word}{points}分（{}）", each.join("、")))
    };
    let rounding = sum(&mut rounded.iter().map(|(_, by)| *by)).filter(|by| !by.is_zero());
    let rounding = rounding.map(|by| {
        let word = if by.is_negative() { "增加" } else { "减少" };
        format!("小数取位{word}{}分", by.abs())
    });
    let said: Vec<String> = [all(true), all(false), rounding].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join("，"))
}

/// How far the total is from the one that the agency gave itself, where its scores cannot be added up.
fn against(subject: &Subject, total: Score) -> String {
    let less = subject.stated.and_then(|stated| stated.number().minus(total.number()));
    match less {
        Some(less) if less.is_zero() => "，与自评得分一致".to_owned(),
        Some(less) if less.is_negative() => format!("，较自评得分核增{}分", less.abs()),
        Some(less) => format!("，较自评得分核减{less}分"),
        None => String::new(),
    }
}

/// How far the total of an evaluation is from the one that the agency gave itself: it takes nothing off that one.
fn beside(subject: &Subject, total: Score) -> String {
    let less = subject.stated.and_then(|stated| stated.number().minus(total.number()));
    match less {
        Some(less) if less.is_zero() => "，与自评得分相同".to_owned(),
        Some(less) if less.is_negative() => format!("，比自评得分高{}分", less.abs()),
        Some(less) => format!("，比自评得分低{less}分"),
        None => String::new(),
    }
}

/// Indicators by name with their points; of many the first and how many.
pub(super) fn named(open: &[&Undecided]) -> String {
    let one = |one: &&Undecided| format!("“{}”（{}分）", title_of(&one.object), one.weight);
    match open {
        [first, ..] if open.len() > NAMED => {
            let sum = Weight::sum(open.iter().map(|one| one.weight));
            let sum = sum.map(|sum| format!("（共{sum}分）")).unwrap_or_default();
            format!("“{}”等{}项指标{sum}", title_of(&first.object), open.len())
        }
        all => all.iter().map(one).collect::<Vec<_>>().join("、"),
    }
}

/// What a person of the review has to decide.
pub(super) fn undecided(subject: &Subject) -> Vec<LetterBlock> {
    if subject.undecided.is_empty() {
        return Vec::new();
    }
    let row = |one: &Undecided| {
        let within = one.within.as_ref();
        let within =
            within.map(|within| format!("逾期未反馈的，由我局在{within}内核定。")).unwrap_or_default();
        let why = format!("{}{within}", one.why);
        vec![title_of(&one.object).to_owned(), one.weight.to_string(), shown(one.stated), why]
    };
    let stated = if subject.evaluated { "填报得分" } else { "自评得分" };
    let titles = vec!["指标", "分值", stated, "情况"];
    let rows = subject.undecided.iter().map(row).collect();
    vec![heading(&format!("{}的指标", open_words(&subject.undecided))), LetterBlock::Table { titles, rows }]
}
