//! `contrib/spark/score.py` on a cluster that loses an executor midway: its tables are those of a batch on one machine, row for
//! row. The cluster is Spark's own for tests: two executors, processes of their own, on this machine.
#![cfg(target_os = "linux")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::findings::{LEDGER, SELF, SURVEY};
use crate::lake::files;
use crate::{lake, support, workbook_pages};

/// The day of every run.
const NEW_YEAR: &str = "1767225600";
/// Megabytes that a workbook may cost here: what is poisoned wants more.
const MEMORY: &str = "192";
/// How long a job may take.
const PATIENCE: Duration = Duration::from_secs(900);

/// A project's form, with the actual of its first indicator.
fn form(name: &str, signs: usize) -> String {
    SELF.1.replace("农村公路养护", name).replace("| 50块 |", &format!("| {signs}块 |"))
}

/// Sixty workbooks: most are sound, some have ledgers and surveys, and one each is torn, no workbook, marked, and the end of
/// whoever reads it.
fn drop_all(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("a file");
    for number in 0..55_usize {
        let page = form(&format!("项目{number}号"), 40 + number % 20);
        let pages: Vec<_> = match number % 6 {
            0 => vec![(SELF.0, page.as_str()), LEDGER],
            1 => vec![(SELF.0, page.as_str()), SURVEY],
            _ => vec![(SELF.0, page.as_str())],
        };
        write(&format!("{number:02}.xlsx"), &workbook_pages::bytes(&pages, 0));
    }
    let sound = workbook_pages::bytes(&[(SELF.0, &form("另一项目", 50))], 0);
    write("90.xlsx", &sound);
    write("92-断.xlsx", &sound[..sound.len() / 2]);
    write("93-文.xlsx", "这不是工作簿".as_bytes());
    write("94-机密：某项目.xlsx", &workbook_pages::bytes(&[(SELF.0, &form("某项目", 50))], 0));
    fs::rename(support::poisoned(&folder.join("90.xlsx")), folder.join("30-毒.xlsx")).expect("a file");
}

/// A batch of the same on this machine, its tables in `to`.
fn batch(place: &Path, to: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("SOURCE_DATE_EPOCH", NEW_YEAR)
        .args(["batch", "--jobs", "2", "--region", "某县", "--max-memory", MEMORY, "--keys"])
        .arg(place.join("keys"))
        .arg("--out")
        .arg(place.join(format!("{to}-out")))
        .arg("--export")
        .arg(place.join(to))
        .arg(place.join("in"))
        .output()
        .expect("the program runs")
}

/// `spark-submit` as it stands in `target/spark`, with where a job runs.
fn spark_submit(master: &str) -> Command {
    let spark = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/spark");
    assert!(spark.join("pyspark").is_dir(), "./test cluster installs Spark into target/spark");
    let mut command = Command::new(spark.join("pyspark/bin/spark-submit"));
    command
        .env("SPARK_HOME", spark.join("pyspark"))
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .env("PYTHONPATH", &spark)
        .env("PYSPARK_PYTHON", "python3")
        .args(["--master", master, "--conf", "spark.ui.enabled=false"])
        .args(["--conf", "spark.sql.shuffle.partitions=2"]);
    command
}

/// The job begun.
fn submit(place: &Path) -> Child {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let executors = |name: &str, value: &str| format!("spark.executorEnv.{name}={value}");
    let path = root.join("target/spark");
    spark_submit("local-cluster[2,1,2048]")
        .env("SOURCE_DATE_EPOCH", NEW_YEAR)
        .args(["--conf", "spark.jixiao.partitionBytes=16m"])
        .args(["--conf", &executors("PYTHONPATH", path.to_str().expect("UTF-8"))])
        .args(["--conf", &executors("SOURCE_DATE_EPOCH", NEW_YEAR)])
        .arg(root.join("contrib/spark/score.py"))
        .args(["--region", "某县", "--max-memory", MEMORY, "--program", env!("CARGO_BIN_EXE_jixiao")])
        .arg("--keys")
        .arg(place.join("keys"))
        .arg("--input")
        .arg(format!("file://{}", place.join("in").display()))
        .arg("--output")
        .arg(format!("file://{}", place.join("spark").display()))
        .arg("--returned")
        .arg(format!("file://{}", place.join("returned").display()))
        .stdout(Stdio::piped())
        .stderr(fs::File::create(place.join("spark.log")).expect("a log"))
        .spawn()
        .expect("Spark begins")
}

/// What a job says at its end.
fn ended(place: &Path, mut job: Child) -> String {
    let begun = Instant::now();
    while job.try_wait().expect("its state").is_none() {
        if begun.elapsed() > PATIENCE {
            job.kill().expect("it can be ended");
            panic!("the job does not end: {}", log(place));
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    let output = job.wait_with_output().expect("its output");
    assert!(output.status.success(), "{}", log(place));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The end of what Spark logged.
fn log(place: &Path) -> String {
    let text = fs::read_to_string(place.join("spark.log")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}

/// The processes that a process began, and those that they did.
fn descendants(of: u32) -> BTreeSet<u32> {
    let parents: BTreeMap<u32, u32> = fs::read_dir("/proc")
        .expect("the processes")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|id: u32| {
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            // The name in brackets may hold anything.
            let parent = stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(1)?.parse().ok()?;
            Some((id, parent))
        })
        .collect();
    let mut all = BTreeSet::from([of]);
    loop {
        let more: BTreeSet<u32> =
            parents.iter().filter(|(_, parent)| all.contains(parent)).map(|(id, _)| *id).collect();
        if more.is_subset(&all) {
            return all;
        }
        all.extend(more);
    }
}

/// Kills an executor once some tasks are done and it has a worker at work.
fn kill_an_executor(place: &Path, job: &mut Child) {
    let begun = Instant::now();
    let says = |id: &u32, what: &str| {
        fs::read(format!("/proc/{id}/cmdline"))
            .is_ok_and(|line| String::from_utf8_lossy(&line).contains(what))
    };
    loop {
        assert!(job.try_wait().expect("its state").is_none(), "it ended by itself: {}", log(place));
        assert!(begun.elapsed() < PATIENCE, "no executor is at work: {}", log(place));
        std::thread::sleep(Duration::from_millis(100));
        let done = files(&place.join("spark/_staging")).iter().filter(|path| says_task(path)).count();
        if done < 2 {
            continue;
        }
        let executor = descendants(job.id()).into_iter().find(|id| {
            says(id, "CoarseGrainedExecutorBackend")
                && !says(id, "spark-submit")
                && descendants(*id).iter().any(|below| says(below, "worker\0stream"))
        });
        if let Some(executor) = executor {
            let killed =
                Command::new("kill").args(["-9", &executor.to_string()]).status().expect("kill runs");
            assert!(killed.success());
            return;
        }
    }
}

/// Whether a file is of a task that is done, of a job that is not.
fn says_task(path: &Path) -> bool {
    let parts: Vec<_> = path.iter().filter_map(|part| part.to_str()).collect();
    parts.windows(2).any(|pair| pair[0] == "0" && pair[1].starts_with("task_"))
        && path.extension().is_some_and(|ending| ending == "parquet")
}

/// The digests of the workbooks in a folder.
fn workbooks(folder: &Path) -> Vec<String> {
    let all =
        files(folder).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "xlsx"));
    let mut all: Vec<String> =
        all.map(|path| format!("{:x?}", Sha256::digest(fs::read(path).expect("a file")))).collect();
    all.sort();
    all
}

/// Holds all tables of two folders against each other, and gives the number of rows of each.
fn compared(left: &Path, right: &Path) -> BTreeMap<String, usize> {
    let script = r#"
import duckdb, json, sys
c = duckdb.connect()
counts = {}
for table in sys.argv[3:]:
    a, b = ["read_parquet('%s/parquet/%s/*/*/*.parquet', hive_partitioning=false)" % (lake, table) for lake in sys.argv[1:3]]
    # Spark holds no project against another: what a batch found so is its own, and is asked on Spark of the tables.
    a, b = [one + (" WHERE scope = 'case'" if table == "finding" else "") for one in (a, b)]
    kinds = [[row[:2] for row in c.execute("DESCRIBE SELECT * FROM " + one).fetchall()] for one in (a, b)]
    assert kinds[0] == kinds[1], (table, kinds)
    for one, other in ((a, b), (b, a)):
        more = c.execute("SELECT * FROM %s EXCEPT ALL SELECT * FROM %s" % (one, other)).fetchall()
        assert not more, (table, one, len(more), more[:3])
    counts[table] = c.execute("SELECT count(*) FROM " + a).fetchone()[0]
print(json.dumps(counts))
"#;
    let run = Command::new("python3")
        .env("PYTHONPATH", Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python"))
        .args(["-c", script])
        .args([left, right])
        .args(lake::TABLES)
        .output()
        .expect("python3 runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).expect("counts")
}

/// Asks all questions of `contrib/sql` on Spark and in `DuckDB`, holds the answers against each other row by row, and gives the
/// number of rows of each. A share is a decimal to the one and a double to the other: a millionth is no difference.
fn asked_on_both(place: &Path) -> BTreeMap<String, usize> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = r#"
import csv, duckdb, json, os, sys
tables, answers, views, load, *questions = sys.argv[1:]
c = duckdb.connect()
c.execute("SET VARIABLE tables = '%s/parquet'" % tables)
for name in (load, views):
    c.execute(open(name, encoding="utf-8").read())
asked = {}
for row in csv.reader(open(answers, encoding="utf-8")):
    if row and row[0].endswith(".sql"):
        rows = asked[row[0]] = []
    else:
        rows.append(row)
def same(one, other):
    if one == other:
        return True
    try:
        return abs(float(one) - float(other)) < 1e-6
    except ValueError:
        return False
counts = {}
for path in questions:
    name = os.path.basename(path)
    answer = c.execute(open(path, encoding="utf-8").read())
    expected = [[d[0] for d in answer.description]] + [["" if v is None else str(v) for v in row] for row in answer.fetchall()]
    got = asked[name]
    assert len(got) == len(expected), (name, got, expected)
    for one, other in zip(got, expected):
        assert len(one) == len(other) and all(map(same, one, other)), (name, one, other)
    counts[name.removesuffix(".sql")] = len(got) - 1
print(json.dumps(counts))
"#;
    let questions: Vec<PathBuf> = files(&root.join("contrib/sql"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "sql"))
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8");
            !["schema.", "load.", "views."].iter().any(|start| name.starts_with(start))
        })
        .collect();
    let (tables, answers) = (place.join("lake"), place.join("answers.csv"));
    let run = spark_submit("local[1]")
        .arg(root.join("contrib/spark/ask.py"))
        .arg("--tables")
        .arg(format!("file://{}", tables.display()))
        .args(&questions)
        .output()
        .expect("Spark runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    fs::write(&answers, run.stdout).expect("a file");
    let run = Command::new("python3")
        .env("PYTHONPATH", root.join("target/python"))
        .args(["-c", script])
        .args([&tables, &answers])
        .args(["views", "load.duckdb"].map(|name| root.join(format!("contrib/sql/{name}.sql"))))
        .args(&questions)
        .output()
        .expect("python3 runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).expect("counts")
}

/// The folders of a lake that hold tables.
fn folders(lake: &Path) -> BTreeSet<PathBuf> {
    let tables =
        files(lake).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "parquet"));
    tables
        .map(|path| path.parent().expect("a folder").strip_prefix(lake).expect("below").to_owned())
        .collect()
}

#[test]
fn a_question_is_answered_alike_on_spark_and_on_one_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path();
    fs::create_dir_all(place.join("in")).expect("a folder");
    for number in 0..12_usize {
        // One reached next to nothing, two hold a ledger.
        let page = form(&format!("项目{number}号"), if number == 7 { 5 } else { 50 });
        let pages = [(SELF.0, page.as_str()), LEDGER];
        let pages = if number < 2 { &pages[..] } else { &pages[..1] };
        fs::write(place.join(format!("in/{number:02}.xlsx")), workbook_pages::bytes(pages, 0))
            .expect("a file");
    }
    let roll = "\n2022年项目清单\n项目名称 | 主管部门 | 是否必抽 | 上次抽查年度\n项目3号 | 某县交通运输局 | 是 | 2020\n\
                项目4号 | 某县交通运输局 | | 2017\n没有交的项目 | 某县交通运输局 | |\n";
    fs::write(place.join("in/项目清单.xlsx"), workbook_pages::bytes(&[("项目清单", roll)], 0))
        .expect("a file");
    let run = batch(place, "lake");
    // Some have something to mend.
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    let counts = asked_on_both(place);
    assert_eq!((counts["ranking"], counts["departments"]), (12, 1), "{counts:?}");
    assert_eq!(counts["outliers"], 1, "{counts:?}");
    assert!(counts["sample"] >= 3 && counts["library"] > 0 && counts["findings"] > 0, "{counts:?}");
    assert!(counts["copies"] > 0 && counts["open_matters"] > 0, "{counts:?}");
    assert_eq!((counts["use_of_results"], counts["spread"]), (12, 1), "{counts:?}");
}

#[test]
fn a_cluster_that_loses_an_executor_writes_the_tables_of_one_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path();
    drop_all(&place.join("in"));
    let run = batch(place, "lake");
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));

    let mut job = submit(place);
    kill_an_executor(place, &mut job);
    let said = ended(place, job);
    assert!(said.contains("written: 60 submissions, part 1; 0 were in already"), "{said}");
    let text = fs::read_to_string(place.join("spark.log")).expect("a log");
    assert!(text.contains("Lost executor"), "no executor was lost");
    let counts = compared(&place.join("lake"), &place.join("spark"));
    assert_eq!((counts["project"], counts["file"], counts["roll"]), (56, 60, 0), "{counts:?}");
    assert!(
        counts["indicator"] >= 56 * 5 && counts["ledger_month"] > 0 && counts["survey"] > 0,
        "{counts:?}"
    );
    assert_eq!(folders(&place.join("lake")), folders(&place.join("spark")));
    let returned = workbooks(&place.join("returned"));
    assert_eq!(returned, workbooks(&place.join("lake-out")), "the same workbooks, byte for byte");
    assert_eq!(returned.len(), 56);
    assert!(!place.join("spark/_staging").exists());

    // The job goes on where it ended, and a batch does; what was left half is taken away.
    let before = files(&place.join("spark"));
    let half = place.join("spark/parquet/project/year=2022/region=某县/half.parquet");
    fs::write(&half, "half").expect("a file");
    fs::write(place.join("kept"), "kept").expect("a file");
    let part = serde_json::json!({
        "schema": 2, "number": 2, "settings": "x", "contents": [],
        "files": ["parquet/project/year=2022/region=某县/half.parquet", "../kept"],
    });
    fs::write(place.join("spark/_parts/half.begun"), part.to_string()).expect("a file");
    // It came late, and twice: once in the tables.
    let late = workbook_pages::bytes(&[(SELF.0, &form("迟到项目", 50))], 0);
    for name in ["in/98.xlsx", "in/99.xlsx"] {
        fs::write(place.join(name), &late).expect("a file");
    }
    let said = ended(place, submit(place));
    assert!(said.contains("written: 1 submissions, part 2; 60 were in already"), "{said}");
    assert!(!half.exists() && place.join("kept").exists());
    let after = files(&place.join("spark"));
    assert!(before.iter().filter(|path| !path.ends_with(".lock")).all(|path| after.contains(path)));
    // To a batch a project that is there twice is a matter of its own.
    fs::remove_file(place.join("in/99.xlsx")).expect("a file");
    let run = batch(place, "spark");
    assert!(String::from_utf8_lossy(&run.stdout).contains("数据表：本次写入 0 份材料"));
}
