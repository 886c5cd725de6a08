//! `jixiao criterion`: how a criterion is read, and what it gives for a target and an actual.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use crate::base::{Error, Result, Weight, printable, printable_json, printable_lines};
use crate::criterion::{Context, advised, read, rubric_line};
use crate::model::Standard;
use crate::notation::{Hints, Notation, Role, read_text};
use crate::rule::{Applied, IndicatorFacts, Refusal, Rule, platform, told_last_year};
use crate::words::Words;

use super::criterion_standards::{self, Told};
use super::{criterion_trace, criterion_year, tsv};

/// Shows how a criterion is read, and the score it gives.
#[derive(Debug, Clone, clap::Args)]
#[command(group(clap::ArgGroup::new("source").required(true).args(["text", "tsv"])))]
pub struct Args {
    /// 评分标准的文字
    #[arg(long, value_name = "文字")]
    text: Option<String>,
    /// 分值
    #[arg(long, value_name = "分", requires = "text")]
    weight: Option<Weight>,
    /// 指标值
    #[arg(long, value_name = "文字", requires = "text", default_value = "", allow_hyphen_values = true)]
    target: String,
    /// 实际完成值
    #[arg(long, value_name = "文字", requires = "text", default_value = "", allow_hyphen_values = true)]
    actual: String,
    /// 指标名称
    #[arg(long, value_name = "文字", requires = "text", default_value = "", allow_hyphen_values = true)]
    indicator: String,
    /// 拿来比较的标准，可写多个，如“上年值=40万人次”
    #[arg(long, value_name = "名称=值", requires = "text")]
    standard: Vec<String>,
    /// 逐行评分的 TSV 文件，表头含 indicator weight criterion target actual，可以有 standard（上年值=40万人次）
    #[arg(long, value_name = "文件")]
    tsv: Option<PathBuf>,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    /// 逐步显示怎样读出：文字、分段、分句、每一步确定了什么
    #[arg(long, requires = "text", conflicts_with = "json")]
    trace: bool,
}

/// A row: what is known of an indicator.
#[derive(Debug, Default)]
struct Row<'r> {
    indicator: &'r str,
    weight: Option<Weight>,
    criterion: &'r str,
    target: &'r str,
    actual: &'r str,
    standards: Vec<Told>,
}

/// How a row is read: by its criterion, or by the platform's rule where it has none.
struct Reading {
    /// The rule family.
    family: &'static str,
    /// The canonical sentence.
    sentence: String,
}

impl From<&Rule> for Reading {
    fn from(rule: &Rule) -> Self {
        Self { family: rule.family(), sentence: rule.reading() }
    }
}

/// What became of a row.
enum Outcome {
    /// A score with its reading.
    Scored(Reading, Box<Applied>),
    /// The criterion is read; the actual is missing.
    Read(Reading),
    /// Not certain.
    Refused(Option<Reading>, Refusal),
}

#[derive(Serialize)]
struct Shown<'s> {
    indicator: &'s str,
    criterion: &'s str,
    rule: Option<&'s str>,
    reading: Option<String>,
    score: Option<String>,
    failures: Vec<ShownFailure<'s>>,
    reason: Option<String>,
    refusal: Option<ShownRefusal<'s>>,
}

#[derive(Serialize)]
struct ShownFailure<'s> {
    clause: &'s str,
    points: String,
}

#[derive(Serialize)]
struct ShownRefusal<'s> {
    words: &'s str,
    why: &'s str,
    hint: String,
}

/// Runs the command; the exit code is 0 unless the input cannot be read.
pub fn run(args: &Args, out: &mut impl Write) -> Result<u8> {
    if let Some(path) = &args.tsv {
        let text = std::fs::read_to_string(path).map_err(|cause| {
            Error::input(format!("读不了文件“{}”", path.display()), "请核对路径，并确认文件是 UTF-8 文本。")
                .because(cause)
        })?;
        for line in table(&text, args.json)? {
            print(out, &line)?;
        }
        return Ok(0);
    }
    let row = Row {
        indicator: &args.indicator,
        weight: args.weight,
        criterion: args.text.as_deref().unwrap_or_default(),
        target: &args.target,
        actual: &args.actual,
        standards: criterion_standards::told(args.standard.iter().map(String::as_str))?,
    };
    if args.trace {
        let target = target_of(&row);
        let steps = criterion_trace::lines(row.criterion, &context_of(&row, target.as_ref(), &[]));
        print(out, &printable_lines(&steps.join("\n")))?;
    }
    let outcome = judge(&row);
    let line = if args.json { json(&row, &outcome)? } else { plain(&outcome) };
    print(out, &line)?;
    // Who runs this command keeps the mappings; a clerk is only told to ask.
    if let (Outcome::Refused(None, refusal), false) = (&outcome, args.json) {
        let target = target_of(&row);
        let line = rubric_line(refusal, row.criterion, &context_of(&row, target.as_ref(), &[]));
        if let Some(line) = line {
            print(out, &printable(&format!("在映射文件中登记规则的写法（规则按本单位的标准写）：{line}")))?;
        }
    }
    Ok(0)
}

fn print(out: &mut impl Write, line: &str) -> Result<()> {
    match writeln!(out, "{line}") {
        // A closed pipe (head) is no failure of ours.
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::output("写不了输出", "请检查磁盘空间。").because(cause))
        }
        _ => Ok(()),
    }
}

/// Every row of a TSV with `score` and `reading` appended, or as JSON lines.
pub fn table(text: &str, as_json: bool) -> Result<Vec<String>> {
    let rows = tsv::records(text)?;
    let mut rows = rows.iter();
    let header: &[String] = rows.next().map_or(&[], |row| &row.cells);
    let names: Vec<&str> = header.iter().map(|name| name.trim()).collect();
    let place = |name: &str| names.iter().position(|n| *n == name || *n == format!("{name}_text"));
    let criterion_at = place("criterion").ok_or_else(|| {
        Error::input(
            "TSV 文件没有 criterion 列",
            "第一行应写列名：indicator weight criterion target actual。",
        )
    })?;
    let mut shown = Vec::new();
    if !as_json {
        shown.push(names.iter().copied().chain(["score", "reading"]).collect::<Vec<_>>().join("\t"));
    }
    for record in rows {
        let cells: Vec<&str> = record.cells.iter().map(String::as_str).collect();
        let cell = |name: &str| place(name).and_then(|at| cells.get(at)).map_or("", |c| c.trim());
        let weight = cell("weight").trim_end_matches('分');
        let points: Option<Weight> = weight.parse().ok();
        if let (None, false, Some(at)) = (points, weight.is_empty(), place("weight")) {
            let column = at.saturating_add(1);
            return Err(tsv::bad(
                record.line,
                column,
                &format!("分值“{weight}”不是数"),
                "请写成数，例如“10”。",
            ));
        }
        let row = Row {
            indicator: cell("indicator"),
            weight: points,
            criterion: cells.get(criterion_at).map_or("", |c| c.trim()),
            target: cell("target"),
            actual: cell("actual"),
            standards: criterion_standards::told([cell("standard")])?,
        };
        let outcome = judge(&row);
        shown.push(if as_json {
            json(&row, &outcome)?
        } else {
            let (score, reading) = match &outcome {
                Outcome::Scored(reading, applied) => (applied.score.to_string(), reading.sentence.clone()),
                Outcome::Read(reading) => (String::new(), reading.sentence.clone()),
                Outcome::Refused(Some(reading), refusal) => {
                    ("refuse".to_owned(), format!("{}（{}）", reading.sentence, refusal))
                }
                Outcome::Refused(None, refusal) => ("refuse".to_owned(), refusal.to_string()),
            };
            // Only its tabs are the table's.
            let cells = cells.into_iter().chain([score.as_str(), reading.as_str()]);
            cells
                .map(|cell| printable(&cell.replace('\n', "\\n")).into_owned())
                .collect::<Vec<_>>()
                .join("\t")
        });
    }
    Ok(shown)
}

/// The row's target as read.
fn target_of(row: &Row) -> Option<Notation> {
    let year = criterion_year::of(row.indicator, row.target, row.actual);
    let hints = Hints { role: Role::Target, indicator: row.indicator, year, ..Hints::default() };
    read_text(row.target, &hints).ok()
}

/// What the row's criterion is read for.
fn context_of<'r>(row: &Row<'r>, target: Option<&'r Notation>, standards: &'r [Standard]) -> Context<'r> {
    Context { indicator: row.indicator, weight: row.weight, target, standards, ..Context::default() }
}

/// Reads the criterion and, where there is an actual, scores it.
fn judge(row: &Row) -> Outcome {
    let target = target_of(row);
    let mut having: Vec<Standard> = row.standards.iter().map(|(standard, _)| *standard).collect();
    let told = told_last_year(row.actual).filter(|told| !having.contains(&told.standard));
    having.extend(told.as_ref().map(|told| told.standard));
    let context = context_of(row, target.as_ref(), &having);
    let facts = |weight, actual, standards| IndicatorFacts {
        indicator: row.indicator,
        weight,
        target: target.as_ref(),
        target_text: row.target,
        actual,
        actual_text: row.actual,
        cap: None,
        standards,
    };
    let hints = Hints {
        role: Role::Actual,
        indicator: row.indicator,
        target: target.as_ref(),
        year: target.as_ref().and_then(year_of),
        ..Hints::default()
    };
    if let (true, Some(weight)) = (row.criterion.trim().is_empty(), row.weight) {
        let actual = read_text(row.actual, &hints).ok();
        return by_platform(&facts(weight, actual.as_ref(), &[]));
    }
    let rule = match read(row.criterion, &context) {
        Ok(rule) => rule,
        Err(refusal) => return Outcome::Refused(None, advised(refusal, row.criterion, &context)),
    };
    let reading = Reading::from(&rule);
    let Some(weight) = row.weight else { return Outcome::Read(reading) };
    if row.actual.is_empty() {
        return Outcome::Read(reading);
    }
    let items = u32::try_from(rule.items().len()).ok().filter(|n| *n > 0);
    let actual = read_text(row.actual, &Hints { items, ..hints }).ok();
    let mut known = criterion_standards::known(&row.standards, actual.as_ref(), &hints);
    known.extend(told);
    match rule.apply(&facts(weight, actual.as_ref(), &known)) {
        Ok(applied) => {
            let compared = applied.compared.as_ref().map(|compared| format!("（{}）", compared.figures));
            let sentence = reading.sentence + &compared.unwrap_or_default();
            Outcome::Scored(Reading { sentence, ..reading }, Box::new(applied))
        }
        Err(refusal) => Outcome::Refused(Some(reading), refusal),
    }
}

/// A row without a criterion.
fn by_platform(facts: &IndicatorFacts) -> Outcome {
    match platform::apply(facts, "", Words::shipped()) {
        Ok(given) => {
            let reading = Reading { family: "platform", sentence: given.reading.to_owned() };
            Outcome::Scored(reading, Box::new(given.applied))
        }
        Err(refusal) => Outcome::Refused(None, refusal),
    }
}

fn year_of(target: &Notation) -> Option<i16> {
    match target {
        Notation::Deadline(day) => Some(day.year()),
        Notation::Date(days) | Notation::Period(days) => Some(days.last.year()),
        _ => None,
    }
}

fn plain(outcome: &Outcome) -> String {
    let mut lines = Vec::new();
    let reading = match outcome {
        Outcome::Scored(reading, _) | Outcome::Read(reading) | Outcome::Refused(Some(reading), _) => {
            Some(reading)
        }
        Outcome::Refused(None, _) => None,
    };
    if let Some(reading) = reading {
        lines.push(format!("计分规则：{}", reading.sentence));
    }
    match outcome {
        Outcome::Scored(_, applied) => {
            lines.push(format!("得分：{}", applied.score));
            lines.extend(applied.said().map(|reason| format!("扣分原因：{reason}。")));
        }
        Outcome::Read(_) => {}
        Outcome::Refused(_, refusal) => {
            lines.push("得分：无法自动计分".to_owned());
            lines.push(format!("原因：{refusal}"));
            lines.push(format!("建议：{}", refusal.advice()));
        }
    }
    printable_lines(&lines.join("\n"))
}

fn json(row: &Row, outcome: &Outcome) -> Result<String> {
    let (reading, applied, refusal) = match outcome {
        Outcome::Scored(reading, applied) => (Some(reading), Some(applied), None),
        Outcome::Read(reading) => (Some(reading), None, None),
        Outcome::Refused(reading, refusal) => (reading.as_ref(), None, Some(refusal)),
    };
    let failures = applied.map(|a| a.failures.iter()).into_iter().flatten();
    let shown = Shown {
        indicator: row.indicator,
        criterion: row.criterion,
        rule: reading.map(|r| r.family),
        reading: reading.map(|r| r.sentence.clone()),
        score: applied.map(|a| a.score.to_string()),
        failures: failures
            .map(|f| ShownFailure { clause: &f.clause, points: f.points.to_string() })
            .collect(),
        reason: applied.and_then(|applied| applied.said()),
        refusal: refusal.map(|r| ShownRefusal { words: &r.words, why: &r.why, hint: r.advice() }),
    };
    serde_json::to_string(&shown).map(printable_json).map_err(Error::internal)
}
