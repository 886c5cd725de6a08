//! What the tests share: where the shipped workbooks are, and the program run as a person runs it.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The published case.
pub(crate) const MODEL: &str = "东湖区-办公大厅运行维护费-2021.xlsx";
/// The same, saved by another program.
pub(crate) const TWIN: &str = "东湖区-办公大厅运行维护费-2021-另存.xlsx";

/// A workbook of the project's `workbooks` folder.
pub(crate) fn workbook(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("workbooks").join(name)
}

/// The keys of the tests: those of the person at the machine are never touched.
pub(crate) fn keys() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("keys")
}

/// Runs the program. The day of the run is fixed, so that results can be compared.
pub(crate) fn jixiao<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    jixiao_with_keys(&keys(), args)
}

/// The same with the keys of this folder.
pub(crate) fn jixiao_with_keys<S: AsRef<std::ffi::OsStr>>(
    keys: &Path,
    args: impl IntoIterator<Item = S>,
) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(args)
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .env("JIXIAO_KEYS", keys)
        .output()
        .expect("the program runs")
}

/// A result: the first JSON object, the returned workbook's path, the exit code.
pub(crate) struct Scored {
    pub(crate) json: Value,
    pub(crate) path: PathBuf,
    pub(crate) code: i32,
}

/// Scores a workbook into a folder.
pub(crate) fn score(file: &Path, folder: &Path) -> Scored {
    score_with_keys(file, folder, &keys())
}

/// The same with the keys of this folder.
pub(crate) fn score_with_keys(file: &Path, folder: &Path, keys: &Path) -> Scored {
    let args = ["score".as_ref(), file.as_os_str(), "--json".as_ref(), "--out".as_ref(), folder.as_os_str()];
    let output = jixiao_with_keys(keys, args);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let line = text
        .lines()
        .next()
        .unwrap_or_else(|| panic!("no result: {}", String::from_utf8_lossy(&output.stderr)));
    let json: Value = serde_json::from_str(line).expect("a JSON object");
    let path = PathBuf::from(json["output"].as_str().expect("an output path"));
    Scored { json, path, code: output.status.code().expect("an exit code") }
}

/// The findings of a report, whatever became of them since the return that is answered.
pub(crate) fn found(json: &Value) -> Vec<Value> {
    let mut all = json["findings"].as_array().cloned().expect("findings");
    all.iter_mut().for_each(|finding| finding["state"] = Value::Null);
    all
}

/// The indicator of this name in a report.
pub(crate) fn indicator<'a>(json: &'a Value, name: &str) -> &'a Value {
    let all = json["indicators"].as_array().expect("indicators");
    all.iter().find(|i| i["name"] == name).unwrap_or_else(|| panic!("no indicator {name}"))
}

/// The workbook with more texts than a worker has memory for that may take 192 MB.
pub(crate) fn poisoned(file: &Path) -> PathBuf {
    retouched(file, |name, text| {
        let Some((head, tail)) = text.split_once("</sst>").filter(|_| name == "xl/sharedStrings.xml") else {
            return text;
        };
        let texts: String = (0..3_000_000_u64)
            .map(|number| format!("<si><t>{}</t></si>", number.wrapping_mul(6_364_136_223_846_793_005)))
            .collect();
        format!("{head}{texts}</sst>{tail}")
    })
}

/// The workbook with every part as `change` leaves it.
pub(crate) fn retouched(file: &Path, change: impl Fn(&str, String) -> String) -> PathBuf {
    let mut archive = zip::ZipArchive::new(File::open(file).expect("the workbook")).expect("a package");
    let path = file.with_file_name("改包.xlsx");
    let mut out = zip::ZipWriter::new(File::create(&path).expect("a file"));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its content");
        let name = entry.name().expect("a name").into_owned();
        if let Ok(text) = String::from_utf8(bytes.clone()) {
            bytes = change(&name, text).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        std::io::Write::write_all(&mut out, &bytes).expect("written");
    }
    out.finish().expect("a package");
    path
}
