//! Results as tables: what is in them, that a content comes once, that a run that was killed leaves nothing half, and what
//! the questions of contrib/sql answer over projects of which the answers are known.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::findings::{LEDGER, SELF, SURVEY};
use crate::lake::files;
use crate::summary_pages::FIGURES;
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
        findings.iter().filter(of_it).filter(|row| row["scope"] == "case").count(),
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
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("csv,ndjson 格式的表，与本次要求的格式不同"), "{said}");
    let run = exported(here, &["--export-format", "csv,ndjson"]);
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
        "schema": 2, "number": 2, "settings": "x", "contents": ["y"],
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

/// Goals, reasons, what those who were asked answered and whom to call stay in the workbook; how many and how much do not.
#[test]
fn what_people_wrote_and_answered_stays_in_the_workbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    fs::create_dir_all(here.join("in")).expect("a folder");
    let goal = "年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <\n\
                ^ | 让沿线群众出门都走上平坦大路 | < | < | 群众都走上了平坦大路 | < | < | <\n\
                填报人 | 张三丰 | 联系电话 | 13800138000\n一级指标 | 二级指标 |";
    let page = SELF.1.replacen("一级指标 | 二级指标 |", goal, 1);
    let page = page.replace("| 50块 | 15 | 15 |", "| 40块 | 15 | 12 | 雨季停工半个月所致");
    let asked = SURVEY
        .1
        .replace("总体满意度", "总体满意度 | 意见建议")
        .replace("1 | 2022-12-02 | 非常满意\n", "1 | 2022-12-02 | 非常满意 | 请把路灯装到村口\n");
    let pages = [(SELF.0, page.as_str()), (SURVEY.0, asked.as_str())];
    fs::write(here.join("in/一.xlsx"), workbook_pages::bytes(&pages, 0)).expect("a file");
    exported(here, &["--export-format", "csv,ndjson"]);
    let written: String = files(&here.join("lake"))
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv" || ending == "ndjson"))
        .map(|path| fs::read_to_string(path).expect("a table"))
        .collect();
    for words in ["平坦大路", "张三丰", "13800138000", "雨季停工", "路灯", "非常满意"] {
        assert!(!written.contains(words), "{words}");
    }
    let project = &rows(here, "project")[0];
    assert_eq!(project["goal_chars"], "24", "{project:?}");
    let survey = rows(here, "survey");
    assert!(survey.len() == 1 && survey[0]["answered"] == "25", "{survey:?}");
}

#[test]
fn one_run_writes_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    project(here, "甲项目", &[]);
    fs::create_dir_all(here.join("lake/_parts")).expect("a folder");
    let lock = fs::File::create(here.join("lake/_parts/.lock")).expect("a file");
    lock.try_lock().expect("nobody else holds it");
    let run = exported(here, &["--export-format", "csv"]);
    assert_eq!(run.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&run.stderr).contains("正由另一个程序写入"));
    drop(lock);
    exported(here, &["--export-format", "csv"]);
    assert_eq!(rows(here, "project").len(), 1);
}

/// What a question answers, asked in `DuckDB` over the Parquet files.
fn asked(folder: &Path, question: &str) -> Vec<Vec<String>> {
    asked_with(folder, question, &[])
}

/// The same with some words of the question changed.
fn asked_with(folder: &Path, question: &str, changes: &[(&str, &str)]) -> Vec<Vec<String>> {
    let script = r#"
import duckdb, json, sys
tables, here, question, *changes = sys.argv[1:]
c = duckdb.connect()
c.execute("SET VARIABLE tables = '" + tables + "'")
for name in ["load.duckdb", "views"]:
    c.execute(open(here + "/" + name + ".sql", encoding="utf-8").read())
text = open(here + "/" + question + ".sql", encoding="utf-8").read()
for old, new in zip(changes[::2], changes[1::2]):
    assert old in text, old
    text = text.replace(old, new)
print(json.dumps([[str(v) for v in row] for row in c.execute(text).fetchall()]))
"#;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new("python3")
        .env("PYTHONPATH", root.join("target/python"))
        .args(["-c", script])
        .arg(folder.join("lake/parquet"))
        .arg(root.join("contrib/sql"))
        .arg(question)
        .args(changes.iter().flat_map(|(old, new)| [old, new]))
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
    assert_eq!((departments.len(), departments[0][5].as_str()), (1, "11"));
    // What is open or 暂定 is published by nobody.
    assert_eq!(asked(here, "public").len(), 0);
    let sample = asked(here, "sample");
    assert!(sample.iter().any(|row| row[6] == "该部门预算最大的项目") && sample.len() < 11, "{sample:?}");
    assert_eq!(sample, asked(here, "sample"), "the same seed draws the same");
    let findings = asked(here, "findings");
    assert!(!findings.is_empty());
    let grades = asked(here, "grades");
    assert_eq!(grades.iter().map(|row| row[4].parse::<usize>().expect("a count")).sum::<usize>(), 11);
    let library = asked(here, "library");
    assert!(library.iter().any(|row| row[4] == "11"), "{library:?}");
    assert!(asked(here, "open_matters").iter().all(|row| row[4] != "info"));
}

/// A roll of the projects of a department, each with what stands under 是否重点, 是否必抽 and 上次抽查年度.
fn roll(projects: &[(&str, &str)]) -> Vec<u8> {
    let mut page = String::from(
        "\n2022年项目清单\n单位：万元\n项目名称 | 主管部门 | 全年预算数 | 支出数 | 是否重点 | 是否必抽 | 上次抽查年度\n",
    );
    for (name, marks) in projects {
        page.push_str(&format!("{name} | 某县交通运输局 | 100 | 95 | {marks}\n"));
    }
    workbook_pages::bytes(&[("项目清单", &page)], 0)
}

/// The parts that tell of a batch as a whole.
fn parts_of_batch(here: &Path) -> Vec<PathBuf> {
    let parts = files(&here.join("lake/_parts")).into_iter().filter(|path| path.extension().is_some());
    parts.filter(|path| fs::read_to_string(path).expect("a part").contains("\"of_batch\"")).collect()
}

#[test]
fn what_the_roll_says_and_what_shows_among_others_stands_in_the_tables_and_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let names: Vec<String> = (1..=6).map(|number| format!("项目{number}号")).collect();
    for (number, name) in names.iter().enumerate() {
        let changes: &[(&str, &str)] = match number {
            // It is the largest.
            0 => &[("| 100 | 100 | 95 |", "| 200 | 200 | 190 |")],
            // Nobody has to decide about it any more.
            1 => &[(FIGURES[0], FIGURES[1])],
            _ => &[],
        };
        project(here, name, changes);
    }
    let marks =
        ["否 | | 2021", "是 | √ | 2021年度", " | 必抽 | 2019、2021", "× | 否 | 从未", "| | ", "| | 2016"];
    let mut lines: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(marks).collect();
    lines.push(("没有交的项目", "是 | | 2021"));
    fs::write(here.join("in/项目清单.xlsx"), roll(&lines)).expect("a roll");
    let run = exported(here, &["--export-format", "csv,ndjson,parquet"]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(said.contains("“上次抽查年度”一栏有 1 处没有写明年度（首见第 7 行“从未”）"), "{said}");

    let due = rows(here, "roll");
    let told: Vec<[&str; 3]> = {
        let mut all: Vec<_> =
            due.iter().map(|row| ["project", "mark", "looked_at"].map(|title| row[title].as_str())).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(
        told,
        [
            ["没有交的项目", "重点", "2021"],
            ["项目1号", "", "2021"],
            ["项目2号", "重点、必抽", "2021"],
            ["项目3号", "必抽", "2021"],
            ["项目4号", "", ""],
            ["项目5号", "", ""],
            ["项目6号", "", "2016"],
        ]
    );
    let keys: BTreeMap<String, String> = rows(here, "project")
        .iter()
        .map(|row| (row["project"].clone(), row["project_key"].clone()))
        .collect();
    assert!(due.iter().all(|row| row["budget"] == "1000000" && row["year"] == "2022"), "{due:?}");
    assert!(
        due.iter().all(|row| keys.get(&row["project"]).is_none_or(|key| *key == row["project_key"])),
        "what was handed in is the same project"
    );

    // What only all of them show, as CSV and as an object a line.
    let beside = |here: &Path| -> Vec<BTreeMap<String, String>> {
        rows(here, "finding").into_iter().filter(|row| row["scope"] == "batch").collect()
    };
    let count =
        |rows: &[BTreeMap<String, String>], id: &str| rows.iter().filter(|row| row["id"] == id).count();
    let found = beside(here);
    // The second has one row of five that is its own: four are nearly all.
    assert_eq!(count(&found, "forms-identical"), 6, "{found:?}");
    assert_eq!(count(&found, "agency-scores-without-spread"), 1, "{found:?}");
    let objects = crate::lake::rows(&here.join("lake"), "finding");
    assert_eq!(objects.iter().filter(|one| one["scope"] == "batch").count(), found.len());
    let one = objects.iter().find(|one| one["id"] == "agency-scores-without-spread").expect("an object");
    assert_eq!((&one["reader"], &one["object"]), (&"bureau".into(), &"整份材料".into()), "{one}");

    // Each marked one is drawn, and says why; so is what nobody looked at for three years. The rest is not.
    let reason = |rows: &[Vec<String>], name: &str| -> Option<String> {
        rows.iter().find(|row| row[4] == name).map(|row| row[6].clone())
    };
    let sample = asked(here, "sample");
    let drawn = ["项目1号", "项目2号", "项目3号"].map(|name| reason(&sample, name).unwrap_or_default());
    let why = ["该部门预算最大的项目", "项目清单标注“重点、必抽”", "项目清单标注“必抽”"];
    assert!(drawn == why && sample.len() == 4, "{sample:?}");
    assert_eq!(
        reason(&sample, "没有交的项目").as_deref(),
        Some("项目清单标注“重点”，没有收到材料"),
        "{sample:?}"
    );
    let all = [("goal_chars < 40", "goal_chars < 0"), ("0.10 AS of_projects", "1.00 AS of_projects")];
    let late = asked_with(here, "sample", &all);
    assert_eq!(reason(&late, "项目4号").as_deref(), Some("近三年未抽查"), "{late:?}");
    assert_eq!(reason(&late, "项目6号").as_deref(), Some("上次抽查在2016年度，近三年未抽查"), "{late:?}");
    let departments = asked(here, "departments");
    assert_eq!((departments.len(), &departments[0][3..7]), (1, &["7", "1", "6", "6"].map(String::from)[..]));
    // One is settled, and may be published.
    let public: Vec<String> = asked(here, "public").into_iter().map(|row| row[3].clone()).collect();
    assert_eq!(public, ["项目2号"]);
    let grades: Vec<String> = asked(here, "grades").into_iter().map(|row| row[3].clone()).collect();
    assert_eq!(grades, ["优", "优（暂定）"]);
    assert_eq!(asked(here, "spread").len(), 1);
    let facts = asked(here, "use_of_results");
    assert!(facts.len() == 6 && facts.iter().all(|row| row[7] == "None"), "{facts:?}");

    // The same again: nothing is written. Others: what there was is replaced, with its files.
    let before = files(&here.join("lake"));
    assert_eq!(parts_of_batch(here).len(), 1);
    exported(here, &["--export-format", "csv,ndjson,parquet"]);
    assert_eq!(files(&here.join("lake")), before);
    project(here, "第七个", &[]);
    lines.retain(|(name, _)| *name != "没有交的项目");
    fs::write(here.join("in/项目清单.xlsx"), roll(&lines)).expect("a roll");
    exported(here, &["--export-format", "csv,ndjson,parquet"]);
    let (found, due) = (beside(here), rows(here, "roll"));
    assert_eq!((count(&found, "forms-identical"), due.len()), (7, 6), "{found:?}");
    assert_eq!(count(&found, "project-not-on-roster"), 1, "{found:?}");
    let parts = parts_of_batch(here);
    assert_eq!(parts.len(), 1);
    // A run that was killed between two leaves one of them begun: the next makes it whole.
    fs::rename(&parts[0], parts[0].with_extension("begun")).expect("a part");
    exported(here, &["--export-format", "csv,ndjson,parquet"]);
    assert_eq!((beside(here).len(), rows(here, "roll").len()), (found.len(), 6));
    assert_eq!(parts_of_batch(here).len(), 1);
}

/// The statements that make the tables are taken by an engine, and the rows of a batch go into what they make. `PostgreSQL`'s
/// words are known to `DuckDB`; of those of `ClickHouse`, whose kinds have other names, the columns alone are held against it.
#[test]
fn the_tables_that_are_made_for_engines_take_the_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    project(here, "甲项目", &[("100 | 99.5", "100 | 98.5")]);
    fs::write(here.join("in/项目清单.xlsx"), roll(&[("甲项目", "是 | | 2020")])).expect("a roll");
    exported(here, &["--export-format", "parquet"]);
    let script = r#"
import duckdb, json, re, sys
lake, here = sys.argv[1:]
counts = {}
shapes = {}
for engine in ("duckdb", "postgresql"):
    c = duckdb.connect()
    text = open("%s/schema.%s.sql" % (here, engine), encoding="utf-8").read()
    c.execute(text)
    tables = re.findall(r"CREATE TABLE (\w+)", text)
    for table in tables:
        c.execute("INSERT INTO %s SELECT * FROM read_parquet('%s/parquet/%s/*/*/*.parquet', hive_partitioning=false)" % (table, lake, table))
        counts[table] = c.execute("SELECT count(*) FROM " + table).fetchone()[0]
        shapes.setdefault(table, []).append([(row[0], row[2]) for row in c.execute("DESCRIBE " + table).fetchall()])
    c.execute(open(here + "/views.sql", encoding="utf-8").read())
    counts["current"] = c.execute("SELECT count(*) FROM current_project JOIN current_roll USING (project_key)").fetchone()[0]
    for view in ("indicator", "budget", "finding"):
        assert c.execute("SELECT count(*) FROM current_" + view).fetchone()[0] == counts[view], view
text = open(here + "/schema.clickhouse.sql", encoding="utf-8").read()
for table, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\)", text, re.S):
    kinds = [line.strip().rstrip(",").split(" ", 1) for line in body.strip().splitlines()]
    shapes[table].append([(name, "YES" if kind.startswith("Nullable(") else "NO") for name, kind in kinds])
for table, found in shapes.items():
    assert len(found) == 3 and found[0] == found[1] == found[2], (table, found)
print(json.dumps(counts))
"#;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new("python3")
        .env("PYTHONPATH", root.join("target/python"))
        .args(["-c", script])
        .args([here.join("lake"), root.join("contrib/sql")])
        .output()
        .expect("python3 runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let counts: BTreeMap<String, usize> = serde_json::from_slice(&run.stdout).expect("counts");
    assert_eq!((counts["project"], counts["roll"], counts["current"]), (1, 1, 1), "{counts:?}");
    assert!(counts["indicator"] >= 5 && counts["budget"] > 0 && counts["finding"] > 0, "{counts:?}");
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
for table in ["project", "indicator", "finding", "budget", "file", "roll"]:
    a = "read_parquet('%s/parquet/%s/*/*/*.parquet', hive_partitioning=false)" % (sys.argv[1], table)
    b = "read_csv('%s/csv/%s/*/*/*.csv', all_varchar=true, allow_quoted_nulls=false, hive_partitioning=false)" % (sys.argv[1], table)
    kinds = dict((row[0], row[1]) for row in c.execute("DESCRIBE SELECT * FROM " + a).fetchall())
    assert kinds["case_no"] == "BIGINT" and kinds["content"] == "VARCHAR", kinds
    casts = ", ".join('CAST("%s" AS %s) AS "%s"' % (n, k, n) for n, k in kinds.items())
    left = c.execute("SELECT count(*) FROM (SELECT * FROM %s EXCEPT SELECT %s FROM %s)" % (a, casts, b)).fetchone()[0]
    rows = c.execute("SELECT count(*) FROM " + a).fetchone()[0]
    assert left == 0 and (rows > 0 or table in ("finding", "roll")), (table, left, rows)
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
