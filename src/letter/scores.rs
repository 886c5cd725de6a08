//! What a document says of the scores: what the agency gave itself, what the review gives, each with its sums, and what is
//! still to be decided.

use super::compose::{heading, shown};
use super::taken::{Sums, is_rounding};
use super::{LetterBlock, Subject, Undecided};
use crate::base::{Number, Score, Weight};

/// Indicators that are named one by one.
const NAMED: usize = 3;
/// Who decides what no rule decides.
pub(super) const DECIDES: &str = "待评价人员评定";

/// What the score is called: by who scored.
pub(super) fn score_name(evaluated: bool) -> &'static str {
    if evaluated { "评价得分" } else { "复核得分" }
}

/// The scores in sentences.
pub(super) fn scores(subject: &Subject, with_grade: bool) -> String {
    let full = subject.full.map(|full| format!("满分{full}分，")).unwrap_or_default();
    let stated = subject.stated.map(|stated| format!("自评得分{stated}分，")).unwrap_or_default();
    let name = score_name(subject.evaluated);
    let open: Vec<&Undecided> = subject.undecided.iter().filter(|one| one.counted.is_none()).collect();
    let sums = subject.sums.as_ref();
    let (added, taken) = match sums {
        Some(sums) if !subject.evaluated => (added(subject, sums), cut(sums)),
        _ => (String::new(), None),
    };
    let head = |full: &str, stated: &str| {
        let head = format!("{full}{stated}");
        if added.is_empty() { head } else { format!("{}。{added}", head.trim_end_matches('，')) }
    };
    let grade = subject.grade.as_ref().filter(|_| with_grade);
    let grade =
        grade.map(|grade| format!("，{}为“{grade}”", name.replace("得分", "等级"))).unwrap_or_default();
    let said = match (subject.total, sums) {
        (Some(total), _) => {
            let against = match (&taken, sums.and_then(|sums| sums.own)) {
                (None, Some(_)) if added.is_empty() => "，与自评得分一致".to_owned(),
                (None, None) => against(subject, total),
                _ => String::new(),
            };
            let taken = taken.map(|taken| format!("{taken}，")).unwrap_or_default();
            format!("{}{taken}{name}{total}分{grade}（测算结果）{against}。", head(&full, &stated))
        }
        (None, Some(sums)) if !open.is_empty() => {
            let own = sums.own_counted.map(|own| format!("自评得分合计{own}分，")).unwrap_or_default();
            let taken = taken.map(|taken| format!("{taken}，")).unwrap_or_default();
            let head = if added.is_empty() {
                format!("{}。", head(&full, &stated).trim_end_matches('，'))
            } else {
                head(&full, &stated)
            };
            format!(
                "{head}{}{DECIDES}；其余指标满分{}分，{own}{taken}{name}合计{}分（测算结果）。{name}待评定后确定。",
                named(&open),
                sums.full,
                sums.score
            )
        }
        (None, _) => format!("{}{name}待核实有关事项后确定。", head(&full, &stated)),
    };
    format!("{said}{}", for_now(subject))
}

/// How far the total that the agency stated is from the sum of its own scores.
fn added(subject: &Subject, sums: &Sums) -> String {
    let apart = || {
        let (stated, own) = subject.stated.zip(sums.own)?;
        let by = stated.number().minus(own.number()).filter(|by| !by.is_zero())?;
        Some((own, by.abs()))
    };
    apart().map_or_else(String::new, |(own, by)| {
        format!("各项自评得分合计{own}分，与填报的自评得分相差{by}分，为加总差错；")
    })
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

/// Indicators by name with their points; of many the first and how many.
fn named(open: &[&Undecided]) -> String {
    let one = |one: &&Undecided| format!("“{}”（{}分）", one.object, one.weight);
    match open {
        [first, ..] if open.len() > NAMED => {
            let sum = Weight::sum(open.iter().map(|one| one.weight));
            let sum = sum.map(|sum| format!("（共{sum}分）")).unwrap_or_default();
            format!("“{}”等{}项指标{sum}", first.object, open.len())
        }
        all => all.iter().map(one).collect::<Vec<_>>().join("、"),
    }
}

/// What counts only until a person decides.
fn for_now(subject: &Subject) -> String {
    let taken: Vec<&Undecided> = subject.undecided.iter().filter(|one| one.counted.is_some()).collect();
    let Some(sum) = Score::sum(taken.iter().filter_map(|one| one.counted)).filter(|_| !taken.is_empty())
    else {
        return String::new();
    };
    format!("其中{}暂按自评得分计列，计{sum}分，由评价人员评定后核定。", named(&taken))
}

/// What a person of the review has to decide.
pub(super) fn undecided(subject: &Subject) -> Vec<LetterBlock> {
    if subject.undecided.is_empty() {
        return Vec::new();
    }
    let row = |one: &Undecided| {
        vec![one.object.clone(), one.weight.to_string(), shown(one.stated), one.why.clone()]
    };
    let stated = if subject.evaluated { "填报得分" } else { "自评得分" };
    let titles = vec!["指标", "分值", stated, "情况"];
    let rows = subject.undecided.iter().map(row).collect();
    vec![heading(&format!("{DECIDES}的指标")), LetterBlock::Table { titles, rows }]
}
