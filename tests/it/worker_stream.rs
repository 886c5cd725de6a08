//! `jixiao worker stream`: a line in, a line out, whatever the lines and the files are.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use base64ct::{Base64, Encoding as _};
use serde_json::{Value, json};

use crate::findings::SELF;
use crate::support::{self, jixiao};
use crate::{lake, workbook_pages};

/// The day of every run.
const NEW_YEAR: &str = "1767225600";

/// A project's form.
fn form(name: &str) -> Vec<u8> {
    workbook_pages::bytes(&[(SELF.0, &SELF.1.replace("农村公路养护", name))], 0)
}

/// A run of the stream over these lines.
fn run(args: &[&str], lines: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["worker", "stream", "--jobs", "1"])
        .args(args)
        .env("SOURCE_DATE_EPOCH", NEW_YEAR)
        .env("JIXIAO_KEYS", support::keys())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("its input");
    let lines = lines.to_vec();
    let told = std::thread::spawn(move || input.write_all(&lines));
    let output = child.wait_with_output().expect("it ends");
    let _ = told.join().expect("no panic");
    output
}

/// What it answers to these lines.
fn answers(args: &[&str], lines: &[u8]) -> Vec<Value> {
    let output = run(args, lines);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

fn lines(requests: &[Value]) -> Vec<u8> {
    requests.iter().flat_map(|request| (request.to_string() + "\n").into_bytes()).collect()
}

fn by_bytes(id: &str, bytes: &[u8]) -> Value {
    json!({ "id": id, "name": format!("{id}.xlsx"), "bytes": Base64::encode_string(bytes) })
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn a_path_and_its_bytes_are_scored_as_the_program_scores_them() {
    let root = folder(&[("下/甲.xlsx", &form("甲项目"))]);
    let requests = [
        json!({ "id": 7, "path": "下/甲.xlsx" }),
        json!({ "id": "八", "name": "甲.xlsx", "bytes": Base64::encode_string(&form("甲项目")), "workbook": "base64" }),
    ];
    let answers = answers(&["--root", shown(root.path())], &lines(&requests));
    let checked = jixiao(["check".as_ref(), "--json".as_ref(), root.path().join("下/甲.xlsx").as_os_str()]);
    let printed: Value = serde_json::from_slice(&checked.stdout).expect("an object");
    for (answer, id) in answers.iter().zip([json!(7), json!("八")]) {
        assert_eq!(
            (&answer["schema"], &answer["id"], &answer["outcome"]),
            (&json!(1), &id, &json!("scored"))
        );
        assert!(answer.get("rows").is_none() && answer.get("error").is_none());
        let case = &answer["cases"][0];
        for part in ["project", "score", "levels", "indicators", "declared", "findings", "account"] {
            assert_eq!(case[part], printed[part], "{part}");
        }
    }
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0]["cases"][0]["output"], Value::Null, "nothing was handed over");
    assert_eq!(answers[1]["cases"][0]["output"], "甲.已评分.xlsx");
    assert_eq!(answers[0]["content"], answers[1]["content"]);
    let book = &answers[1]["workbooks"][0];
    assert_eq!(book["name"], "甲.已评分.xlsx");
    let bytes = Base64::decode_vec(book["base64"].as_str().expect("base64")).expect("base64");
    assert!(bytes.starts_with(b"PK"));
}

#[test]
fn a_folder_is_one_case_and_results_go_below_the_folder_that_is_told() {
    let ledger = workbook_pages::bytes(&[crate::findings::LEDGER], 0);
    let root = folder(&[
        ("案/自评.xlsx", &form("农村公路养护")),
        ("案/账.xlsx", &ledger),
        ("乙.xlsx", &form("乙项目")),
    ]);
    let out = folder(&[("乙.已评分.xlsx", b"a person's")]);
    let requests = [
        json!({ "id": 1, "path": "案", "workbook": "path" }),
        json!({ "id": 2, "path": "乙.xlsx", "workbook": "path" }),
    ];
    let answers = answers(&["--root", shown(root.path()), "--out", shown(out.path())], &lines(&requests));
    assert_eq!(answers[0]["cases"][0]["files"].as_array().map(Vec::len), Some(2));
    assert_eq!(answers[0]["workbooks"][0]["path"], "案.已评分");
    assert!(out.path().join("案.已评分/自评.已评分.xlsx").is_file());
    // No file of a person is replaced.
    assert_eq!(answers[1]["workbooks"][0]["path"], "乙.已评分(2).xlsx");
    assert_eq!(answers[1]["cases"][0]["output"], "乙.已评分(2).xlsx");
    assert_eq!(fs::read(out.path().join("乙.已评分.xlsx")).expect("a file"), b"a person's");
    let left: Vec<String> = fs::read_dir(out.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "nothing of ours is left");
}

/// A line that cannot be served is answered, with its id where one can be read, and the next line is served.
#[test]
fn what_is_no_request_is_answered_and_the_stream_stays_in_step() {
    let root = folder(&[("甲.xlsx", &form("甲项目")), ("a\\b.txt", b"no workbook")]);
    let outside = folder(&[("密.xlsx", &form("外面"))]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), root.path().join("链")).expect("a link");
    let up = format!("../{}/密.xlsx", outside.path().file_name().expect("a name").to_string_lossy());
    let good = json!({ "id": "好", "path": "甲.xlsx" }).to_string();
    let mut text = Vec::new();
    let bad: Vec<(Value, Vec<u8>)> = vec![
        (json!("a"), br#"{"id":"a","path":"#.to_vec()),
        (json!(-4), br#" { "id" : -4 , no"#.to_vec()),
        (Value::Null, b"no JSON".to_vec()),
        (Value::Null, b"\xff\xfe\x00".to_vec()),
        (Value::Null, br#"{"id":1.5,"about":true}"#.to_vec()),
        (Value::Null, b"[".repeat(100_000)),
        (json!("c"), br#"{"path":"x.xlsx","colour":"red","id":"c"}"#.to_vec()),
        (json!("d"), br#"{"id":"d"}"#.to_vec()),
        (json!("e"), br#"{"id":"e","path":"x.xlsx","about":true}"#.to_vec()),
        (json!("f"), br#"{"id":"f","bytes":"UEs="}"#.to_vec()),
        (json!("g"), br#"{"id":"g","name":"x.xlsx","bytes":"no base64!"}"#.to_vec()),
        (json!("h"), br#"{"id":"h","name":"../x.xlsx","bytes":"UEs="}"#.to_vec()),
        (json!("i"), json!({ "id": "i", "path": up }).to_string().into_bytes()),
        (json!("j"), json!({ "id": "j", "path": outside.path().join("密.xlsx") }).to_string().into_bytes()),
        (json!("k"), br#"{"id":"k","path":""}"#.to_vec()),
        (json!("l"), br#"{"id":"l","path":"."}"#.to_vec()),
        (json!("m"), br#"{"id":"m","path":"\u7532.xlsx","workbook":"path"}"#.to_vec()),
        (json!("n"), format!("{{\"id\":\"n\",\"path\":\"{}\"}}", "x".repeat(1024 * 1024)).into_bytes()),
        (json!("o"), br#"{"id":"o","id":"p","about":true}"#.to_vec()),
        #[cfg(unix)]
        (json!("q"), json!({ "id": "q", "path": "链/密.xlsx" }).to_string().into_bytes()),
    ];
    for (_, line) in &bad {
        text.extend_from_slice(line);
        text.extend_from_slice(b"\n\n");
        text.extend_from_slice(good.as_bytes());
        text.push(b'\n');
    }
    // The last line lacks its break, and is cut off.
    text.extend_from_slice(br#"{"id":"z","pa"#);
    let answers = answers(&["--root", shown(root.path()), "--max-line", "1"], &text);
    assert_eq!(answers.len(), bad.len() * 2 + 1);
    for ((id, line), pair) in bad.iter().zip(answers.chunks(2)) {
        let said = String::from_utf8_lossy(&line[..line.len().min(60)]);
        assert_eq!(pair[0]["id"], *id, "{said}");
        assert_eq!(
            (&pair[0]["outcome"], &pair[0]["error"]["code"]),
            (&json!("unserved"), &json!("usage")),
            "{said}"
        );
        for part in ["message", "hint"] {
            assert!(!pair[0]["error"][part].as_str().expect("words").is_empty(), "{said}");
        }
        assert_eq!((&pair[1]["id"], &pair[1]["outcome"]), (&json!("好"), &json!("scored")), "{said}");
    }
    assert_eq!(answers.last().expect("an answer")["id"], "z");
    // What is not there or no workbook is a refusal of its own.
    let requests = [json!({ "id": 1, "path": "没有.xlsx" }), json!({ "id": 2, "path": "a\\b.txt" })];
    for answer in self::answers(&["--root", shown(root.path())], &lines(&requests)) {
        assert_eq!((&answer["outcome"], &answer["error"]["code"]), (&json!("refused"), &json!("input")));
    }
    let answer = self::answers(&[], &lines(&requests[..1]));
    assert_eq!(answer[0]["outcome"], "unserved", "without --root no path is followed");
}

/// A workbook with more texts than these workers have memory for.
#[cfg(target_os = "linux")]
fn poison() -> Vec<u8> {
    let folder = folder(&[("a.xlsx", &form("毒"))]);
    fs::read(support::poisoned(&folder.path().join("a.xlsx"))).expect("a file")
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_the_end_of_its_worker_stops_nobody() {
    let requests = [by_bytes("前", &form("甲")), by_bytes("毒", &poison()), by_bytes("后", &form("乙"))];
    let mut requests = requests.map(|mut request| {
        request["rows"] = true.into();
        request
    });
    requests[2]["workbook"] = "base64".into();
    let answers = answers(&["--max-memory", "192"], &lines(&requests));
    let outcomes: Vec<&Value> = answers.iter().map(|answer| &answer["outcome"]).collect();
    assert_eq!(outcomes, ["scored", "refused", "scored"], "{}", answers[1]);
    assert!(answers[1]["error"]["message"].as_str().expect("words").contains("内存或时间用尽"));
    let file = &answers[1]["rows"]["file"][0];
    assert_eq!((&file["outcome"], &file["why"]), (&json!("refused"), &answers[1]["error"]["message"]));
    assert_eq!(answers[1]["rows"]["project"], json!([]));
}

#[test]
fn what_bears_a_secrecy_mark_is_not_repeated() {
    let requests = [
        json!({ "id": 1, "name": "机密：某项目自评表.xlsx", "bytes": Base64::encode_string(&form("甲")), "rows": true }),
    ];
    let answer = &answers(&[], &lines(&requests))[0];
    assert_eq!((&answer["outcome"], &answer["error"]["code"]), (&json!("marked"), &json!("marked")));
    assert_eq!(
        (&answer["rows"]["file"][0]["outcome"], &answer["rows"]["file"][0]["why"]),
        (&json!("marked"), &Value::Null)
    );
    assert_eq!((&answer["cases"], &answer["workbooks"]), (&json!([]), &json!([])));
}

/// What `verify` says of the workbook of an answer.
fn verified(answer: &Value, keys: &Path) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("甲.已评分.xlsx");
    let bytes = answer["workbooks"][0]["base64"].as_str().expect("base64");
    fs::write(&path, Base64::decode_vec(bytes).expect("base64")).expect("a file");
    let output = support::jixiao_with_keys(keys, ["verify".as_ref(), "--json".as_ref(), path.as_os_str()]);
    serde_json::from_slice(&output.stdout).expect("an object")
}

#[test]
fn results_are_signed_only_where_keys_are_told() {
    let mut request = by_bytes("甲", &form("甲"));
    request["workbook"] = "base64".into();
    let plain = answers(&[], &lines(&[request.clone()]));
    let keys = tempfile::tempdir().expect("a folder");
    let signed = answers(&["--keys", shown(keys.path())], &lines(&[request]));
    let said = [&plain, &signed].map(|answers| verified(&answers[0], keys.path()));
    assert_eq!(said.each_ref().map(|said| &said["returned"]), [true, true], "{said:?}");
    assert_eq!(said.each_ref().map(|said| &said["proved"]), [false, true], "{said:?}");
    assert_ne!(plain[0]["settings"], signed[0]["settings"], "another way of scoring");
}

#[test]
fn rows_are_those_of_a_batch() {
    let ledger = workbook_pages::bytes(&[SELF, crate::findings::LEDGER, crate::findings::SURVEY], 0);
    let place = folder(&[
        ("in/甲.xlsx", &form("甲项目")),
        ("in/账.xlsx", &ledger),
        ("in/坏.xlsx", b"PK no workbook"),
        ("in/机密：乙.xlsx", &form("乙项目")),
    ]);
    let at = |name: &str| place.path().join(name);
    let batch = jixiao(
        [
            "batch",
            "--keys",
            shown(&support::keys()),
            "--jobs",
            "2",
            "--region",
            "某县",
            "--export-format",
            "ndjson",
        ]
        .map(Into::into)
        .into_iter()
        .chain(["--out".into(), at("out").into_os_string(), "--export".into(), at("lake").into_os_string()])
        .chain([at("in").into_os_string()]),
    );
    assert!(batch.status.code().is_some_and(|code| code <= 3), "{}", String::from_utf8_lossy(&batch.stderr));
    let names = ["甲.xlsx", "账.xlsx", "坏.xlsx", "机密：乙.xlsx"];
    let requests = names.map(|name| json!({ "id": name, "path": format!("in/{name}"), "rows": true }));
    let keys = support::keys();
    let args = ["--keys", shown(&keys), "--root", shown(place.path()), "--region", "某县"];
    let answers = answers(&args, &lines(&requests));
    let mut seen = 0;
    for table in lake::TABLES {
        let rows =
            answers.iter().flat_map(|answer| answer["rows"][table].as_array().cloned().expect("a table"));
        let rows = lake::sorted(rows.collect());
        let mut written = lake::rows(&at("lake"), table);
        // What shows only where projects lie beside each other, no line says.
        written.retain(|row| row["scope"] != "batch");
        assert_eq!(rows, written, "{table}");
        seen += rows.len();
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn several_at_a_time_keep_their_ids_and_an_engine_may_ask_what_this_is() {
    let all: Vec<Value> =
        (0..6).map(|number| by_bytes(&number.to_string(), &form(&format!("项目{number}")))).collect();
    let mut requests = all.clone();
    requests.push(json!({ "id": "about", "about": true }));
    let mut answers = {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .args(["worker", "stream", "--jobs", "2"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        child.stdin.take().expect("its input").write_all(&lines(&requests)).expect("written");
        let output = child.wait_with_output().expect("it ends");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect::<Vec<Value>>()
    };
    answers.sort_by_key(|answer| answer["id"].to_string());
    assert_eq!(answers.len(), 7);
    for (number, answer) in answers[..6].iter().enumerate() {
        assert_eq!(answer["id"], number.to_string());
        assert_eq!(answer["cases"][0]["project"]["name"], format!("项目{number}"));
    }
    let about = &answers[6]["about"];
    let columns = about["tables"]["project"].as_array().expect("columns");
    assert!(columns.iter().any(|column| column["name"] == "total" && column["holds"] == "decimal"));
    assert_eq!(about["tables"].as_object().map(serde_json::Map::len), Some(lake::TABLES.len()));
}
