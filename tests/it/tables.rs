//! Results as tables: what is in them, that a content comes once, that a run that was killed leaves nothing half, and what
//! the questions of contrib/sql answer over projects of which the answers are known.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::findings::{LEDGER, SELF};
use crate::lake::files;
use crate::support::jixiao;
use crate::workbook_pages;

/// A run of the program over `in`, its tables in `lake`.
fn exported(folder: &Path, more: &[&str]) -> Output {
    let run = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .args(["batch", "--jobs", "2", "--region", "某县", "--out"])
        .arg(folder.join("out"))
        .arg("--export")
        .arg(folder.join("lake"))
        .args(more)
        .arg(folder.join("in"))
        .output()
        .expect("the program runs");
    assert!(run.status.code().is_some(), "{}", String::from_utf8_lossy(&run.stderr));
    run
}

/// A project's form with some words changed.
fn project(folder: &Path, name: &str, changes: &[(&str, &str)]) {
    let inbox = folder.join("in");
    fs::create_dir_all(&inbox).expect("a folder");
    let scratch = tempfile::tempdir().expect("a folder");
    let mut page = SELF.1.replace("农村公路养护", name);
    for (old, new) in changes {
        assert!(page.contains(old), "{old} stands in the form");
        page = page.replace(old, new);
    }
    let made = workbook_pages::write(&[(SELF.0, &page)], scratch.path());
    fs::copy(made, inbox.join(format!("{name}.xlsx"))).expect("a file");
}

/// The rows of a table written as CSV, each by the titles of its columns.
fn rows(folder: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut all = Vec::new();
    for path in files(&folder.join("lake/csv").join(table)) {
        let text = fs::read_to_string(path).expect("a table");
        let mut lines = text.lines().map(fields);
        let titles = lines.next().expect("a line of titles");
        for line in lines {
            assert_eq!(line.len(), titles.len(), "{line:?}");
            all.push(titles.iter().cloned().zip(line).collect());
        }
    }
    all
}

/// The fields of a line; no value of these tests holds a line break.
fn fields(line: &str) -> Vec<String> {
    let (mut all, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    all.push(field);
    all
}

#[test]
fn what_was_scored_stands_in_the_tables_and_comes_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    project(here, "甲项目", &[]);
    fs::write(here.join("in/坏.xlsx"), b"PK no workbook").expect("a file");
    fs::create_dir(here.join("in/乙")).expect("a folder");
    let scratch = tempfile::tempdir().expect("a folder");
    for (name, page) in [("自评.xlsx", SELF), ("账.xlsx", LEDGER)] {
        fs::copy(workbook_pages::write(&[page], scratch.path()), here.join("in/乙").join(name))
            .expect("a file");
    }
    let run = exported(here, &["--export-format", "csv,ndjson"]);
    assert!(String::from_utf8_lossy(&run.stdout).contains("数据表：本次写入 3 份材料"));

    // The same figures that the program prints.
    let form = here.join("in/甲项目.xlsx");
    let printed = jixiao([OsStr::new("check"), OsStr::new("--json"), form.as_os_str()]);
    let printed: serde_json::Value = serde_json::from_slice(&printed.stdout).expect("an object");
    let projects = rows(here, "project");
    let one = projects.iter().find(|row| row["project"] == "甲项目").expect("its row");
    assert_eq!(one["total"], printed["score"]["total"].as_str().expect("a total"));
    assert_eq!((one["year"].as_str(), one["region"].as_str()), ("2022", "某县"));
    let of_it = |row: &&BTreeMap<String, String>| row["project"] == "甲项目";
    let indicators: Vec<_> = rows(here, "indicator");
    let said = printed["indicators"].as_array().expect("indicators");
    assert_eq!(indicators.iter().filter(of_it).count(), said.len());
    // Rows stand in the order of their texts; each is found by its number.
    for row in indicators.iter().filter(of_it) {
        let at: usize = row["indicator_no"].parse().expect("a number");
        let line = &said[at - 1];
        assert_eq!(row["name"], line["name"].as_str().expect("a name"));
        assert_eq!(row["score"], line["score"].as_str().unwrap_or_default());
    }
    let findings = rows(here, "finding");
    assert_eq!(
        findings.iter().filter(of_it).count(),
        printed["findings"].as_array().expect("findings").len()
    );
    assert!(
        rows(here, "ledger_month")
            .iter()
            .all(|row| row["project"] != "甲项目" && !row["spending"].is_empty())
    );
    let outcomes: Vec<String> = rows(here, "file").into_iter().map(|row| row["outcome"].clone()).collect();
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "refused").count(), 1);
    assert_eq!(outcomes.len(), 3);
    // What every row must have, every row has; no actual or criterion is told as a text.
    for line in fs::read_to_string(&files(&here.join("lake/ndjson/indicator"))[0]).expect("a table").lines() {
        let object: serde_json::Value = serde_json::from_str(line).expect("an object");
        assert!(object["weight"].is_string() && object["indicator_no"].is_u64(), "{line}");
    }

    // Once more: nothing comes twice, and nothing is written anew.
    let before = files(&here.join("lake"));
    let run = exported(here, &["--export-format", "csv,ndjson"]);
    assert!(String::from_utf8_lossy(&run.stdout).contains("数据表：本次写入 0 份材料"));
    assert_eq!(files(&here.join("lake")), before);

    // What is added alone comes in.
    project(here, "丙项目", &[]);
    let run = exported(here, &["--export-format", "csv"]);
    assert!(String::from_utf8_lossy(&run.stdout).contains("数据表：本次写入 1 份材料"));
    assert_eq!(rows(here, "project").len(), 3);
}

#[test]
fn what_a_killed_run_left_half_is_taken_away_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    project(here, "甲项目", &[]);
    exported(here, &["--export-format", "csv"]);
    let whole = files(&here.join("lake"));
    let half = here.join("lake/csv/project/year=2022/region=某县/ffff.csv");
    let outside = here.join("kept.csv");
    fs::write(&half, "half").expect("a file");
    fs::write(&outside, "kept").expect("a file");
    let part = serde_json::json!({
        "schema": 1, "number": 2, "settings": "x", "contents": ["y"],
        "files": ["csv/project/year=2022/region=某县/ffff.csv", "../kept.csv"],
    });
    fs::write(here.join("lake/_parts/ffff.begun"), part.to_string()).expect("a file");
    exported(here, &["--export-format", "csv"]);
    assert_eq!(files(&here.join("lake")), whole);
    assert!(outside.exists(), "what is written down in a folder may be anybody's");

    // Tables of another version are not mixed with ours.
    let part = serde_json::json!({ "schema": 99, "number": 3, "settings": "x", "contents": [], "files": [] });
    fs::write(here.join("lake/_parts/eeee.json"), part.to_string()).expect("a file");
    let run = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .arg("export")
        .arg(here.join("in"))
        .arg("--to")
        .arg(here.join("lake"))
        .output()
        .expect("the program runs");
    assert!(!run.status.success());
    assert!(String::from_utf8_lossy(&run.stderr).contains("请换一个空文件夹"));
}

/// What a question answers, asked in `DuckDB` over the Parquet files.
fn asked(folder: &Path, question: &str) -> Vec<Vec<String>> {
    asked_after(folder, "", (question, ["", ""]))
}

/// The same where something was done before, with some words of the question changed.
fn asked_after(folder: &Path, before: &str, (question, [old, new]): (&str, [&str; 2])) -> Vec<Vec<String>> {
    let script = r#"
import duckdb, json, sys
tables, here, question, before, old, new = sys.argv[1:]
c = duckdb.connect()
c.execute("SET VARIABLE tables = '" + tables + "'")
for name in ["load.duckdb", "views"]:
    c.execute(open(here + "/" + name + ".sql", encoding="utf-8").read())
if before:
    c.execute(before)
text = open(here + "/" + question + ".sql", encoding="utf-8").read()
assert old in text, old
print(json.dumps([[str(v) for v in row] for row in c.execute(text.replace(old, new) if old else text).fetchall()]))
"#;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new("python3")
        .env("PYTHONPATH", root.join("target/python"))
        .args(["-c", script])
        .arg(folder.join("lake/parquet"))
        .arg(root.join("contrib/sql"))
        .args([question, before, old, new])
        .output()
        .expect("python3 runs");
    assert!(run.status.success(), "{question}: {}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).expect("rows")
}

#[test]
fn the_questions_find_what_was_planted() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    // Eleven projects of a department, one of which reached next to nothing; one that came twice, its second form corrected.
    for number in 1..=10 {
        project(here, &format!("项目{number}号"), &[]);
    }
    project(here, "落后项目", &[("| 50块 |", "| 5块 |")]);
    exported(here, &[]);
    fs::remove_dir_all(here.join("in")).expect("the first day is over");
    project(here, "项目1号", &[("| 50块 |", "| 51块 |")]);
    exported(here, &["--export-format", "parquet"]);

    let outliers = asked(here, "outliers");
    assert_eq!(outliers.len(), 1, "{outliers:?}");
    assert_eq!(outliers[0][3], "落后项目");
    let copies = asked(here, "copies");
    let of = |what: &str| copies.iter().filter(|row| row[0] == what).count();
    assert_eq!(of("project-submitted-twice"), 1, "{copies:?}");
    // The first form of 项目1号 is the past.
    assert_eq!(of("forms-identical"), 9, "{copies:?}");
    let ranking = asked(here, "ranking");
    assert_eq!(ranking.len(), 11);
    assert_eq!(ranking.last().expect("a row")[4], "落后项目");
    let departments = asked(here, "departments");
    assert_eq!((departments.len(), departments[0][3].as_str()), (1, "11"));
    let sample = asked(here, "sample");
    assert!(sample.iter().any(|row| row[6] == "该部门预算最大的项目") && sample.len() < 11, "{sample:?}");
    assert_eq!(sample, asked(here, "sample"), "the same seed draws the same");
    // Of what is marked and what is overdue nothing is left out, and each says why it is there.
    let before = "INSERT INTO marked SELECT region, year, project_key, '必抽' FROM current_project WHERE project = '项目5号'; \
                  INSERT INTO sampled SELECT region, 2021, project_key FROM current_project WHERE project <> '项目7号'; \
                  INSERT INTO sampled SELECT region, 2016, project_key FROM current_project WHERE project = '项目7号'";
    let marked = asked_after(here, before, ("sample", ["", ""]));
    let reason = |rows: &[Vec<String>], name: &str| -> Option<String> {
        rows.iter().find(|row| row[4] == name).map(|row| row[6].clone())
    };
    assert_eq!(marked[0][6], "该部门预算最大的项目", "{marked:?}");
    assert_eq!(reason(&marked, "项目5号").as_deref(), Some("项目清单标注“必抽”"), "{marked:?}");
    assert!(marked.len() < 11, "{marked:?}");
    let all = asked_after(here, before, ("sample", ["goal_chars < 40", "goal_chars < 0"]));
    assert_eq!(reason(&all, "项目7号").as_deref(), Some("上次抽查在2016年度，近三年未抽查"), "{all:?}");
    assert!(all.iter().all(|row| row[4] == "项目7号" || row[6] != "近三年未抽查"), "{all:?}");
    let findings = asked(here, "findings");
    assert!(!findings.is_empty());
    let grades = asked(here, "grades");
    assert_eq!(grades.iter().map(|row| row[4].parse::<usize>().expect("a count")).sum::<usize>(), 11);
    let library = asked(here, "library");
    assert!(library.iter().any(|row| row[4] == "11"), "{library:?}");
    assert_eq!(asked(here, "public").len(), 11);
    assert!(asked(here, "open_matters").iter().all(|row| row[4] != "info"));
}

#[test]
fn parquet_says_what_csv_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    project(here, "甲项目", &[]);
    exported(here, &["--export-format", "parquet,csv"]);
    let script = r#"
import duckdb, sys
c = duckdb.connect()
for table in ["project", "indicator", "finding", "budget", "file"]:
    a = "read_parquet('%s/parquet/%s/*/*/*.parquet', hive_partitioning=false)" % (sys.argv[1], table)
    b = "read_csv('%s/csv/%s/*/*/*.csv', all_varchar=true, allow_quoted_nulls=false, hive_partitioning=false)" % (sys.argv[1], table)
    kinds = dict((row[0], row[1]) for row in c.execute("DESCRIBE SELECT * FROM " + a).fetchall())
    assert kinds["case_no"] == "BIGINT" and kinds["content"] == "VARCHAR", kinds
    casts = ", ".join('CAST("%s" AS %s) AS "%s"' % (n, k, n) for n, k in kinds.items())
    left = c.execute("SELECT count(*) FROM (SELECT * FROM %s EXCEPT SELECT %s FROM %s)" % (a, casts, b)).fetchone()[0]
    rows = c.execute("SELECT count(*) FROM " + a).fetchone()[0]
    assert left == 0 and (rows > 0 or table == "finding"), (table, left, rows)
    for name, kind in kinds.items():
        if name in ("total", "weight", "score", "amount"):
            assert kind == "DECIMAL(38,8)", (name, kind)
"#;
    let run = Command::new("python3")
        .env("PYTHONPATH", Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python"))
        .args(["-c", script])
        .arg(here.join("lake"))
        .output()
        .expect("python3 runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
