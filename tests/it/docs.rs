//! The generated documents are what the code says. `UPDATE_DOCS=1 cargo test docs` writes them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jixiao::inner::export::{self, Dialect};
use jixiao::inner::model::{FindingId, Reader};
use jixiao::inner::output::{json, reference};
use jixiao::inner::service::stream;

use crate::import_law::rust_files;
use crate::support::jixiao;

fn is_current(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, generated).expect("the document is written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "docs/{name} is stale: run `UPDATE_DOCS=1 cargo test docs`");
}

#[test]
fn the_reference_of_findings_is_current() {
    is_current("findings.md", &reference::findings());
}

#[test]
fn the_dictionary_of_the_tables_and_their_schemas_are_current() {
    is_current("tables.zh-CN.md", &export::dictionary());
    for dialect in Dialect::ALL {
        is_current(&format!("../contrib/sql/schema.{}.sql", dialect.name()), &export::ddl(dialect));
    }
}

#[test]
fn the_schema_of_the_json_is_current() {
    is_current("output.schema.json", &json::schema());
    let [request, answer] = stream::schemas();
    is_current("stream-request.schema.json", &request);
    is_current("stream-answer.schema.json", &answer);
}

#[test]
fn findings_are_sorted_documented_and_named_in_kebab_case() {
    let ids: Vec<&str> = FindingId::ALL.iter().map(|id| id.id()).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    for id in FindingId::ALL {
        assert!(
            id.id().chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{}",
            id.id()
        );
        assert!(!id.doc().is_empty() && !id.title().is_empty(), "{}", id.id());
        assert!(id.meaning().ends_with('。'), "{} has no meaning", id.id());
        assert!(id.remedy().ends_with('。'), "{} has no remedy", id.id());
    }
}

/// What a source may be: a document in force by its full name, what the form itself prints, or a convention of ours. Then a
/// colon and what it says.
const SOURCES: [&str; 6] = [
    "《政府会计制度——行政事业单位会计科目和报表》（财会〔2017〕25号）：",
    "《中央部门预算绩效运行监控管理暂行办法》（财预〔2019〕136号）：",
    "表内栏目：",
    "表内评分标准；",
    "本软件约定：",
    "本软件约定，参照省级绩效管理平台的填报校验：",
];

/// A host program acts on codes: the document lists each, as the code says it.
#[test]
fn every_error_code_is_listed_for_host_programs() {
    let (source, document) = (include_str!("../../src/base/error.rs"), include_str!("../../docs/library.md"));
    let codes = source.split_once("pub enum ErrorCode {").and_then(|(_, rest)| rest.split_once("\n}"));
    let lines: Vec<&str> =
        codes.expect("the codes").0.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let said: Vec<String> = lines
        .chunks(2)
        .map(|pair| {
            let [means, name] = pair else { panic!("a code and what it says: {pair:?}") };
            let (means, name) = (means.trim_start_matches("/// "), name.trim_end_matches(','));
            let code: jixiao::ErrorCode = serde_json::from_value(hyphened(name).into()).expect("a code");
            format!("| `{name}` | `{:?}` | {means} |", code.kind())
        })
        .collect();
    let listed: Vec<&str> = document.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(listed, said);
    assert!(said.len() > 10, "{said:?}");
}

/// `InputEmpty` as JSON has it.
fn hyphened(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

/// What a source says that names the article of the measures of 2020, or the notice before them: without one nobody finds
/// it in sixteen pages.
fn of_article(source: &str) -> Option<&str> {
    let (place, said) =
        source.strip_prefix("《项目支出绩效评价管理办法》（财预〔2020〕10号）")?.split_once('：')?;
    let article = place.strip_prefix('第').and_then(|place| place.strip_suffix('条'));
    let numbered =
        article.is_some_and(|n| !n.is_empty() && n.chars().all(|c| "一二三四五六七八九十".contains(c)));
    (place == "印发通知" || numbered).then_some(said)
}

/// Whether it holds no Latin letters but those of the names of standards.
fn is_chinese(text: &str) -> bool {
    !text.replace("GB/T", "").chars().any(|c| c.is_ascii_alphabetic())
}

#[test]
fn every_source_is_one_that_a_clerk_can_look_up_and_says_what_it_holds() {
    assert!(is_chinese("GB/T 9704—2012") && !is_chinese("DESIGN §10"));
    let cited = |place: &str| format!("《项目支出绩效评价管理办法》（财预〔2020〕10号）{place}：评价结果");
    assert_eq!(of_article(&cited("第十二条")), Some("评价结果"));
    assert_eq!((of_article(&cited("")), of_article(&cited("第条"))), (None, None));
    for id in FindingId::ALL {
        let source = id.source();
        assert!(is_chinese(source), "{}: {source}", id.id());
        let said = SOURCES.iter().find_map(|kind| source.strip_prefix(kind)).or_else(|| of_article(source));
        assert!(said.is_some_and(|said| said.chars().count() >= 5), "{}: {source}", id.id());
        let cited = said.is_some_and(|said| said.contains("财预〔2020〕10号"));
        assert!(!cited, "{}: cited without its article: {source}", id.id());
        assert!(is_chinese(id.meaning()), "{}", id.id());
    }
}

#[test]
fn findings_are_explained_in_chinese_by_id_and_by_title() {
    for id in FindingId::ALL {
        assert_eq!(FindingId::titled(id.title()), Some(*id), "two findings have the title {}", id.title());
        let text = reference::explain(*id).replace(id.id(), "");
        assert!(!text.contains(id.doc()), "{text}");
        for part in ["含义：", "怎么办：", "依据："] {
            assert!(text.contains(part), "{text}");
        }
    }
    let said = |wanted: &str| {
        let output = jixiao(["explain", wanted]);
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let explained = reference::explain(FindingId::TotalDiffers);
    assert_eq!(said("total-differs"), (Some(0), explained.clone(), String::new()));
    assert_eq!(said(" 总分与各项得分之和不符"), (Some(0), explained, String::new()));
    let (code, text, error) = said("总分");
    assert_eq!((code, text.as_str()), (Some(2), ""));
    assert!(error.contains("（total-differs）") && error.contains("（weights-not-total）"), "{error}");
    assert!(said("没有的问题").2.contains("可列出全部问题"));
}

/// What the agency reads says nothing of how this program is set up; that is said to the operator beside it.
#[test]
fn what_an_agency_is_told_to_do_needs_no_operator() {
    let inner = ["映射", "管理员", "程序", "密钥", "处理说明"];
    let speaks = |text: &str| {
        inner.iter().any(|word| text.contains(word))
            || !is_chinese(&text.replace("Excel", "").replace("WPS", ""))
    };
    assert!(speaks("请在映射文件中写明。"));
    for id in FindingId::ALL.iter().filter(|id| id.matter().reader() == Reader::Agency) {
        assert!(!speaks(&id.remedy().replace(".xlsx", "")), "{}: {}", id.id(), id.remedy());
    }
}

/// Comments say why by pointing to a section of the design, whose title must be there; nothing points to what nobody has.
#[test]
fn comments_point_to_sections_that_the_design_has() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let design = fs::read_to_string(root.join("docs/design.md")).expect("the design");
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    let mut pointed = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        assert!(!text.contains("DESIGN"), "{}", file.display());
        for after in text.split("docs/design.md`, \"").skip(1) {
            let title = after.split('"').next().unwrap_or_default();
            assert!(design.contains(&format!("\n## {title}\n")), "{}: {title}", file.display());
            pointed += 1;
        }
    }
    assert!(pointed > 5);
}

/// Whether a test of this path stands below `tests/it`.
fn is_test(path: &str) -> bool {
    let Some((module, name)) = path.rsplit_once("::") else { return false };
    let file = format!("tests/it/{}.rs", module.replace("::", "/"));
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap_or_default();
    text.split("#[test]\n").skip(1).any(|test| test.starts_with(&format!("fn {name}()")))
}

/// Each invariant of ARCHITECTURE.md is held by tests that are there.
#[test]
fn every_invariant_names_its_tests() {
    assert!(is_test("docs::every_invariant_names_its_tests") && !is_test("docs::is_test"));
    let text = include_str!("../../ARCHITECTURE.md");
    let section = text.split("\n## Invariants\n").nth(1).and_then(|rest| rest.split("\n## ").next());
    let rows = section.expect("the section").lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut names = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, tests] = cells.as_slice() else { panic!("three cells: {row}") };
        let tests: Vec<&str> = tests.split(", ").map(|test| test.trim_matches('`')).collect();
        for test in tests {
            assert!(is_test(test), "{name}: no test {test}");
        }
        assert!(names.insert(*name), "{name} twice");
    }
    assert!(names.len() >= 10, "{names:?}");
}
