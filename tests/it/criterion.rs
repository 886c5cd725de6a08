//! Criteria: prose becomes a rule, its score is exact, what is not certain is refused.

use jixiao::inner::base::{Number, Score, Weight};
use jixiao::inner::criterion::{Context, advised, read};
use jixiao::inner::notation::{Hints, Notation, Role, read_text};
use jixiao::inner::rule::{Applied, IndicatorFacts, Refusal, Rule};

use crate::support::jixiao;

/// One row of a table of cases.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    pub indicator: &'r str,
    pub weight: &'r str,
    pub criterion: &'r str,
    pub target: &'r str,
    pub actual: &'r str,
    pub expected: &'r str,
}

/// The rows of a table; `#` begins a comment.
pub fn rows(table: &str) -> Vec<Row<'_>> {
    table
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            assert_eq!(cells.len(), 6, "six columns: {line}");
            Row {
                indicator: cells[0],
                weight: cells[1],
                criterion: cells[2],
                target: cells[3],
                actual: cells[4],
                expected: cells[5],
            }
        })
        .collect()
}

/// The criterion's rule for a row.
pub fn rule_of(row: &Row) -> Result<Rule, Refusal> {
    let hints = Hints { role: Role::Target, indicator: row.indicator, ..Hints::default() };
    let target = read_text(row.target, &hints).ok();
    let context = Context {
        indicator: row.indicator,
        weight: row.weight.parse::<Weight>().ok(),
        target: target.as_ref(),
        ..Context::default()
    };
    read(row.criterion, &context)
}

/// What the rule gives for a row's facts.
pub fn apply(rule: &Rule, row: &Row) -> Result<Applied, Refusal> {
    let hints = Hints { role: Role::Target, indicator: row.indicator, ..Hints::default() };
    let target = read_text(row.target, &hints).ok();
    let hints = Hints {
        role: Role::Actual,
        indicator: row.indicator,
        items: u32::try_from(rule.items().len()).ok().filter(|n| *n > 0),
        year: Some(2021),
        target: target.as_ref(),
        ..Hints::default()
    };
    let actual: Option<Notation> = read_text(row.actual, &hints).ok();
    rule.apply(&IndicatorFacts {
        indicator: row.indicator,
        weight: row.weight.parse().unwrap(),
        target: target.as_ref(),
        target_text: row.target,
        actual: actual.as_ref(),
        actual_text: row.actual,
        cap: None,
        standards: &[],
    })
}

/// `refuse` or the score.
fn outcome(row: &Row) -> String {
    match rule_of(row).and_then(|rule| apply(&rule, row)) {
        Ok(applied) => applied.score.to_string(),
        Err(_) => "refuse".to_owned(),
    }
}

fn hold(name: &str, table: &str) {
    let rows = rows(table);
    let mut wrong = Vec::new();
    for row in &rows {
        let got = outcome(row);
        if got != row.expected {
            let why = rule_of(row).map_or_else(|r| r.to_string(), |r| r.reading());
            wrong.push(format!("{row:?}\n  got {got}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{name}: {} of {} wrong\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

const TABLES: [(&str, &str); 3] = [
    ("model", include_str!("../criterion/model.tsv")),
    ("worked", include_str!("../criterion/worked.tsv")),
    ("refused", include_str!("../criterion/refused.tsv")),
];

#[test]
fn every_case_scores_as_worked_by_hand() {
    for (name, table) in TABLES {
        hold(name, table);
    }
}

#[test]
fn the_model_case_earns_what_its_report_says() {
    let rows = rows(TABLES[0].1);
    let scores = rows.iter().map(|row| outcome(row).parse::<Score>().unwrap());
    assert_eq!(Score::sum(scores).unwrap().to_string(), "87.5");
}

#[test]
fn the_tables_are_as_large_as_they_are_said_to_be() {
    let scored = rows(TABLES[1].1).len();
    let refused = rows(TABLES[2].1);
    assert!(scored >= 1_000, "{scored} worked cases");
    assert!(refused.len() >= 150, "{} refused cases", refused.len());
    assert!(refused.iter().all(|row| row.expected == "refuse"));
}

#[test]
fn a_reading_is_a_criterion_that_reads_as_the_same_rule() {
    let mut wrong = Vec::new();
    for (name, table) in TABLES {
        for row in rows(table) {
            let Ok(rule) = rule_of(&row) else { continue };
            let reading = rule.reading();
            let again = rule_of(&Row { criterion: &reading, ..row });
            if again.as_ref() != Ok(&rule) {
                let got =
                    again.map_or_else(|r| r.to_string(), |r| format!("{}\n  {r:?}\n  {rule:?}", r.reading()));
                wrong.push(format!("{name}: {}\n  {reading}\n  {got}", row.criterion));
            }
        }
    }
    assert!(wrong.is_empty(), "{} readings read as another rule\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn failures_add_up_to_the_deduction_in_the_criterions_own_words() {
    for (_, table) in TABLES {
        for row in rows(table) {
            let Ok(rule) = rule_of(&row) else { continue };
            let Ok(applied) = apply(&rule, &row) else { continue };
            let weight: Number = row.weight.parse().unwrap();
            let lost = Number::sum(applied.failures.iter().map(|f| f.points.number())).unwrap();
            assert_eq!(weight.minus(applied.score.number()), Some(lost), "{row:?}");
            assert!(!applied.score.is_negative() && applied.score.number() <= weight, "{row:?}");
        }
    }
}

#[test]
fn a_refusal_names_the_words_that_were_not_understood() {
    let context = Context { indicator: "满意度", weight: "10".parse().ok(), ..Context::default() };
    let refusal = read("满意度≥90%得满分；特别突出的另行研究；低于60%不得分。", &context).unwrap_err();
    assert!(refusal.words.contains("特别突出的另行研究"), "{refusal}");
    let refusal = read("由专家酌情打分", &context).unwrap_err();
    assert_eq!(refusal.words, "酌情");
}

/// The text between the last two of these signs behind a word.
fn behind<'t>(text: &'t str, word: &str, open: &str, close: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(word)?;
    let (_, rest) = rest.split_once(open)?;
    Some(rest.split_once(close)?.0)
}

#[test]
fn every_refusal_says_what_is_understood_what_is_not_and_what_would_be_read() {
    let mut wrong = Vec::new();
    let (mut answers, mut shown) = (0, 0);
    for (name, table) in TABLES {
        for row in rows(table) {
            let refusal = match rule_of(&row) {
                Err(refusal) => {
                    let advice = advised_of(&row, refusal.clone());
                    // Who fills in the form cannot change the criterion; a rule that can be pasted is read.
                    let line = behind(&advice, "rubric", "criterion = \"", "\"");
                    let read = line.is_none_or(|rule| rule_of(&Row { criterion: rule, ..row }).is_ok());
                    if advice.contains("请改写评分标准") || !read || refusal.words.is_empty() {
                        wrong.push(format!("{name}: {row:?}\n  {refusal}\n  {advice}"));
                    }
                    continue;
                }
                Ok(rule) => match apply(&rule, &row) {
                    Err(refusal) => refusal,
                    Ok(_) => continue,
                },
            };
            let advice = refusal.advice();
            let about_answer = refusal.words == row.actual.trim() && row.expected == "refuse";
            answers += usize::from(about_answer);
            let example = behind(&advice, "能自动评分的写法如", "“", "”");
            shown += usize::from(about_answer && example.is_some());
            let scored = example.is_none_or(|text| {
                let other = Row { actual: text, ..row };
                rule_of(&other).and_then(|rule| apply(&rule, &other)).is_ok()
            });
            if !advice.contains("可以确定的是：") || refusal.words.is_empty() || !scored {
                wrong.push(format!("{name}: {row:?}\n  {refusal}\n  {advice}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} refusals do not help\n{}", wrong.len(), wrong.join("\n"));
    assert!(answers > 100 && shown * 10 > answers * 9, "{shown} of {answers} answers have an example");
}

/// What whoever reads a refused criterion is told.
fn advised_of(row: &Row, refusal: Refusal) -> String {
    let hints = Hints { role: Role::Target, indicator: row.indicator, ..Hints::default() };
    let target = read_text(row.target, &hints).ok();
    let context = Context {
        indicator: row.indicator,
        weight: row.weight.parse::<Weight>().ok(),
        target: target.as_ref(),
        ..Context::default()
    };
    advised(refusal, row.criterion, &context).advice()
}

#[test]
fn a_table_with_quoted_fields_is_read_and_a_bad_row_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |text: &str| {
        let path = folder.path().join("table.tsv");
        std::fs::write(&path, text).expect("a file");
        let ran = jixiao(["criterion", "--tsv", path.to_str().expect("a path")]);
        let told = String::from_utf8(ran.stderr).expect("UTF-8");
        (String::from_utf8(ran.stdout).expect("UTF-8"), told)
    };
    let head = "indicator\tweight\tcriterion\ttarget\tactual\n";
    let (shown, _) = run(&format!(
        "{head}满意度\t10\t\"满意度≥90%得满分；\n80%（含）-90%得6分；\n80%以下不得分\"\t≥90%\t85%\n\
         满意度\t10\t满意度≥90%得满分；\\n其余不得分\t≥90%\t85%\n"
    ));
    let scores: Vec<&str> = shown.lines().skip(1).filter_map(|line| line.split('\t').nth(5)).collect();
    assert_eq!(scores, ["6", "0"], "{shown}");
    let (_, told) = run(&format!("{head}满意度\t十分\t满意度≥90%得满分\t≥90%\t85%\n"));
    assert!(told.contains("第2行第2列"), "{told}");
    let (_, told) = run(&format!("{head}满意度\t10\t\"满意度≥90%得满分\t≥90%\t85%\n满意度\t10\n"));
    assert!(told.contains("第2行第3列"), "{told}");
}

/// A target without a year is of the year that the actual names, where that is near: a row of a table has no other year.
#[test]
fn a_day_without_a_year_is_of_the_actuals_year_where_it_is_near() {
    let score = |target: &str, actual: &str| {
        let text = "足额发放的得10分";
        let ran = jixiao([
            "criterion",
            "--text",
            &format!("{target}{text}，否则不得分"),
            "--weight",
            "10",
            "--target",
            target,
            "--actual",
            actual,
        ]);
        let shown = String::from_utf8(ran.stdout).expect("UTF-8");
        shown.lines().find_map(|line| line.strip_prefix("得分：").map(str::to_owned)).unwrap_or(shown)
    };
    assert_eq!(score("11月30日前", "2023年11月30日已足额发放到位"), "10");
    assert_eq!(score("11月30日前", "2023年12月1日已足额发放到位"), "0");
    // Late by two weeks, or early by nearly a year?
    assert_eq!(score("12月31日前", "2024年1月15日已足额发放到位"), "无法自动计分");
}

/// `--trace` shows the way of a criterion: clauses with their kinds, then only the passes that changed something.
#[test]
fn a_trace_shows_clauses_and_passes() {
    let mut shown = String::new();
    for (indicator, text) in [
        ("满意度", "满意度≥90%得满分；80%（含）-90%得8分；80%以下的，每降低1个百分点扣0.5分，最多扣5分。"),
        ("问题数", "发现1处扣2分，发现2处扣4分，3处及以上不得分。"),
        ("拨付及时性", "及时拨付得10分，每延迟10天扣1分，特别好的另议。"),
        ("制度", "①制度健全，得5分；\n②执行到位，得5分。"),
        ("完成率", "达到目标得10分\u{3000}未达到的按完成率计分"),
        ("质量", "验收合格率100%得5分，每降低1个百分点扣1分；返工率不超过2%得5分，否则不得分。"),
        ("监控", "按季度开展绩效监控，开展4次得10分，每少1次扣2.5分，扣完为止。"),
    ] {
        let args = ["criterion", "--weight", "10", "--indicator", indicator, "--text", text, "--trace"];
        let ran = jixiao(args);
        shown.push_str(&String::from_utf8(ran.stdout).unwrap());
        shown.push('\n');
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn no_text_is_slow_or_fatal() {
    let started = std::time::Instant::now();
    let context = Context { indicator: "完成率", weight: "10".parse().ok(), ..Context::default() };
    for seed in [
        "①",
        "≥95%得满分；",
        "每降低",
        "（",
        "不足1个百分点的按",
        "一",
        "9",
        "得分=",
        "全部覆盖，",
        "\n",
        "1.",
        "，",
        "完成率",
        "85%-95%得1分；",
    ] {
        for length in [3_000, 12_000, 100_000] {
            let text = seed.repeat(length / seed.len());
            let _ = read(&text, &context);
        }
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

/// Wordings as the field has them, with those that state no rule among them; every reading here was read through.
#[test]
fn wordings_of_the_field_read_as_they_were_checked() {
    let table = include_str!("../criterion/field.tsv");
    let mut kinds: std::collections::BTreeMap<&str, (u32, u32)> = std::collections::BTreeMap::new();
    let mut shown = String::new();
    for line in table.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let context = Context {
            indicator: cells[0],
            weight: cells[1].trim_end_matches('分').parse().ok(),
            ..Context::default()
        };
        let result = read(cells[2], &context);
        let count = kinds.entry(cells[3]).or_default();
        count.0 += 1;
        count.1 += u32::from(result.is_ok());
        let reading = match result {
            Ok(rule) => format!("{}: {}", rule.family(), rule.reading()),
            Err(refusal) => format!("refused: {refusal}"),
        };
        shown.push_str(&format!("[{}] {} ({})\n  {}\n  {reading}\n", cells[3], cells[0], cells[1], cells[2]));
    }
    for (kind, (all, read)) in kinds {
        shown.push_str(&format!("{kind}: {read} of {all} read\n"));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn the_seeds_of_the_fuzz_target_hold_and_so_do_their_neighbours() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/criterion");
    let context = Context { indicator: "任务完成率", weight: "10".parse().ok(), ..Context::default() };
    let mut wrong = std::collections::BTreeSet::new();
    let mut check = |text: &str| {
        if let Ok(rule) = read(text, &context) {
            let reading = rule.reading();
            if read(&reading, &context).as_ref() != Ok(&rule) {
                wrong.insert(format!("{text} → {reading}"));
            }
        }
    };
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        check(&text);
        let chars: Vec<char> = text.chars().collect();
        for at in 0..chars.len() {
            let without: String = chars[..at].iter().chain(&chars[at + 1..]).collect();
            let doubled: String = chars[..=at].iter().chain(&chars[at..]).collect();
            let cut: String = chars[..at].iter().collect();
            for neighbour in [without, doubled, cut] {
                check(&neighbour);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} neighbours\n{}",
        wrong.len(),
        wrong.into_iter().collect::<Vec<_>>().join("\n")
    );
}
