//! Words that turn what stands beside them round, or make it hold for less: put anywhere into a criterion, each of them
//! changes the rule or has it refused. One that is passed over would score the opposite of what is written.

use std::collections::BTreeSet;

use jixiao::inner::criterion::{Context, SeenClause, classes, trace};

use crate::criterion::rows;
use crate::criterion_probes::sentences;

/// The words.
const HAZARDS: [&str; 11] =
    ["未", "不", "没有", "非", "无", "仅", "只", "以上", "以下", "除外", "除个别情况外"];

/// Kinds of clauses whose words decide nothing, and why.
const WITHOUT_EFFECT: &[(&str, &str)] = &[
    ("数据来源", "papers by which points are given are not read"),
    ("计算公式", "how a rate is worked out is for whoever fills in the form"),
    (
        "满意度怎样统计",
        "what a survey comes to is the actual; how it was counted is for whoever fills in the form",
    ),
    (
        "偏离的算法",
        "whatever its names, a deviation is that of the actual from the target, and the reading says so",
    ),
];

/// What a word may stand behind without effect, or before, and why.
const EXCUSED: &[(&[&str], &str)] = &[
    (
        &[
            "大于或等于90%以上",
            "大于90%以上",
            "超过90%以上",
            "≥90%以上",
            "达到90%以上",
            "100%以上得",
            "达到计划工期以上",
            "达到目标值以上",
            "完成目标值以上",
            "等于目标值以上",
            "高于目标值以上",
            "完成计划任务以上",
            "≥5%以上得",
            "大于0以上但",
            "率100%以上且",
            "超过25%以上不",
            "达到80%以上得",
            "不低于3项以上",
            "不低于3个以上",
            "达到计划数量以上",
        ],
        "the bound is a lower one anyway",
    ),
    (
        &[
            "小于或等于90%以下",
            "没有达到90%以下",
            "低于5%以下得",
            "少于3次以下不",
            "零增长或负增长以下不",
            "不超过5%以下",
            "≤5%以下",
            "不足5%以下",
            "不足8%以下",
            "低于60%以下",
            "低于90%以下",
        ],
        "the bound is an upper one anyway",
    ),
    (&["以上①", "以下①", "以上每", "照以上2个", "照以下2个"], "it points at the items of the list"),
];

/// Names of what is counted, which may deny something themselves (未按规定公示的，每次扣1分).
const NAMED: [&str; 1] = ["因违纪违法被查处"];

/// Sentences of kinds of clauses that no class of words has.
const MORE: [&str; 14] = [
    "查阅合同，完成率≥90%得满分，其余不得分",
    "信访量较上年下降8%及以上得10分，下降不足8%、持平或上升得0分",
    "按季度开展督导检查，开展4次得10分，3次得6分，少于3次不得分",
    "每新增500册得1分，最高10分",
    "安装率100%且联网率100%得10分；仅达到其中一项得4分；均未达到不得分",
    "覆盖率达到80%得5分，结案率达到90%得5分；未达到的按实际值/标准值×5计算得分",
    "采购合规且归档及时的得10分；仅满足其中一项的得4分；均不满足的不得分",
    "应建立考勤、值班、档案三项制度，每缺一项扣2分",
    "不晚于2024年6月30日交付得10分，每推迟1天扣1分",
    "差异率不超过5%得10分；5%-25%的，得分=(25%-差异率)/20%×10分；超过25%不得分",
    "专利每件2分，软件著作权每件1分，满分10分",
    "消化率达到90%得10分，60%（含）至90%之间按比例得分（得分=消化率×10分），低于60%不得分",
    "按月足额发放得10分，每延迟1个月扣1分",
    "增长率≥5%得10分；大于0但低于5%得2分；零增长或负增长不得分",
];

/// A sentence for each class of words, and a criterion of the tables for each kind of clause that none of them has.
fn carriers() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    let tables = [include_str!("../criterion/worked.tsv"), include_str!("../criterion/model.tsv")];
    let of_tables = tables.into_iter().flat_map(rows).map(|row| row.criterion.to_owned());
    let sentences: BTreeSet<String> = sentences().chain(MORE.map(str::to_owned)).collect();
    for criterion in sentences.iter().cloned().chain(of_tables) {
        let (reading, clauses) = read(&criterion);
        let new = clauses.iter().any(|clause| !kinds.contains(clause.kind));
        let short = criterion.chars().count() <= 80;
        if reading.is_some() && short && (new || sentences.contains(&criterion)) {
            kinds.extend(clauses.iter().map(|clause| clause.kind));
            found.insert(criterion);
        }
    }
    assert!(kinds.len() >= 35, "{} kinds of clauses", kinds.len());
    found
}

/// What the criterion is read as, and its clauses.
fn read(criterion: &str) -> (Option<String>, Vec<SeenClause>) {
    let context = Context { indicator: "某项工作", weight: "10".parse().ok(), ..Context::default() };
    let mut seen = trace(criterion, &context);
    let clauses = seen.attempts.pop().map(|attempt| attempt.clauses).unwrap_or_default();
    (seen.outcome.ok().map(|rule| rule.reading()), clauses)
}

/// Where a word can be put: anywhere but into a short word of harm or of finding it, which would be none then.
fn places(carrier: &str) -> Vec<usize> {
    let of_harm = classes().filter(|(class, _)| matches!(*class, "harm" | "some"));
    let split: BTreeSet<usize> = of_harm
        .flat_map(|(_, words)| words.iter())
        .filter(|word| word.chars().count() == 2)
        .flat_map(|word| carrier.match_indices(word).map(|(at, _)| at + word.len() / 2))
        .collect();
    let in_name = |at: usize| {
        let mut names = NAMED.iter().filter_map(|name| Some((carrier.find(name)?, name.len())));
        names.any(|(from, length)| (from..=from + length).contains(&at))
    };
    let all = carrier.char_indices().map(|(at, _)| at);
    all.filter(|at| !split.contains(at) && !in_name(*at)).collect()
}

/// Whether all that is new among the clauses is of kinds without effect.
fn without_effect(before: &[SeenClause], after: &[SeenClause]) -> bool {
    let mut new =
        after.iter().filter(|clause| before.iter().all(|other| other.words != clause.words)).peekable();
    new.peek().is_some() && new.all(|clause| WITHOUT_EFFECT.iter().any(|(kind, _)| *kind == clause.kind))
}

#[test]
fn no_word_that_turns_a_condition_round_is_passed_over() {
    let (mut tried, mut dropped, mut excused) = (0_u32, Vec::new(), BTreeSet::new());
    for carrier in carriers() {
        let (Some(reading), clauses) = read(&carrier) else { continue };
        for at in places(&carrier) {
            for hazard in HAZARDS {
                let (before, behind) = carrier.split_at(at);
                let turned = format!("{before}{hazard}{behind}");
                tried += 1;
                let (again, now) = read(&turned);
                if again.as_ref() != Some(&reading) || without_effect(&clauses, &now) {
                    continue;
                }
                let mut places = EXCUSED.iter().flat_map(|(places, _)| *places);
                match places.find(|place| place.contains(hazard) && turned.contains(**place)) {
                    Some(place) => drop(excused.insert(*place)),
                    None => dropped.push(format!("{hazard}: {turned}")),
                }
            }
        }
    }
    assert!(tried > 20_000, "{tried} criteria");
    let count = dropped.len();
    assert!(dropped.is_empty(), "{count} of {tried}\n{}", dropped.join("\n"));
    let all = EXCUSED.iter().flat_map(|(places, _)| *places);
    let stale: Vec<&&str> = all.filter(|place| !excused.contains(*place)).collect();
    assert!(stale.is_empty(), "{stale:?} need not be excused");
}
