//! What reaches a clerk or an agency is said in their words: no ids, no names of mapping files or fields, no addresses as
//! programs write them. The operator's view (JSON, `mapping show`) has those.

use std::collections::BTreeSet;

use jixiao::inner::model::{FindingId, Matter};
use jixiao::inner::returned::OurSheet;
use jixiao::inner::sheet::Value;

use crate::libreoffice::cells;
use crate::support::{MODEL, jixiao, score, workbook};

const CASES: [&str; 3] =
    [MODEL, "东湖区教体局-课后服务补助-自评-2023.xlsx", "东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx"];
/// Names of programs and kinds of files, as clerks know them.
const KNOWN: [&str; 4] = ["jixiao", "Excel", "WPS", "xlsx"];

/// Words of Latin letters; an address such as K4 is none, and a formula of the agency's may be quoted.
fn latin(text: &str) -> BTreeSet<String> {
    let text: String = text
        .split("“=")
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('”').map_or(part, |(_, rest)| rest) })
        .collect();
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
    let is_word = |word: &&str| word.chars().filter(char::is_ascii_alphabetic).count() > 2;
    // A checksum is no word, nor is what a version was built from.
    let is_digest = |word: &&str| word.len() >= 8 && word.chars().all(|c| c.is_ascii_hexdigit());
    words.filter(is_word).filter(|word| !is_digest(word)).map(str::to_owned).collect()
}

fn internals(text: &str, known: &BTreeSet<String>) -> Vec<String> {
    let words = latin(text).into_iter().filter(|word| !known.contains(word));
    let marks = ["'!", "映射", "[["].into_iter().filter(|mark| text.contains(mark)).map(str::to_owned);
    words.chain(marks).collect()
}

#[test]
fn internals_are_seen() {
    let known = BTreeSet::from(["Excel".to_owned()]);
    for (text, wanted) in [
        ("按“target-not-met”处理", vec!["target-not-met"]),
        ("见'表2'!K4", vec!["'!"]),
        ("按映射“eval”读取", vec!["eval", "映射"]),
        ("请用Excel打开自评表G14", vec![]),
    ] {
        assert_eq!(internals(text, &known), wanted, "{text}");
    }
}

#[test]
fn our_sheets_and_notes_hold_no_internals() {
    for case in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(case), folder.path());
        let all = cells(&scored.path);
        let is_ours = |at: &str| {
            let title = at.trim_start_matches('\'').split('\'').next().unwrap_or_default();
            OurSheet::ALL.into_iter().any(|part| part.title() == title)
        };
        // What the agency wrote may be quoted.
        let mut known: BTreeSet<String> = KNOWN.map(str::to_owned).into();
        for (_, (value, _)) in all.iter().filter(|(at, _)| !is_ours(at) && !at.starts_with("'_jixiao")) {
            if let Value::Text(text) = value {
                known.extend(latin(text));
            }
        }
        let mut found = Vec::new();
        let mut looked = 0;
        for (at, (value, _)) in all.iter().filter(|(at, _)| is_ours(at)) {
            if let Value::Text(text) = value {
                looked += 1;
                found.extend(
                    internals(text, &known).into_iter().map(|what| format!("{at}: {what} in {text}")),
                );
            }
        }
        let file = std::fs::File::open(&scored.path).expect("the workbook");
        let mut archive = zip::ZipArchive::new(file).expect("a package");
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).expect("an entry");
            let part = entry.name().expect("a name").into_owned();
            if !part.starts_with("xl/comments") {
                continue;
            }
            let mut text = String::new();
            std::io::Read::read_to_string(&mut entry, &mut text).expect("text");
            for note in text.split("<t").skip(1).filter_map(|rest| rest.split_once('>')?.1.split_once("</t>"))
            {
                looked += 1;
                let found_in = internals(note.0, &known).into_iter();
                found.extend(found_in.map(|what| format!("{part}: {what} in {}", note.0)));
            }
        }
        assert!(looked > 100, "{case}: only {looked} texts");
        assert!(found.is_empty(), "{case}:\n{}", found.join("\n"));
    }
}

/// Words for what is still open: a score that a person gives, one that stands for the time being and that the bureau decides, a
/// meaning that is confirmed. More than these nobody keeps apart.
const OPEN: [&str; 3] = ["待评", "待核定", "待确认"];

/// What is said to be open in other words: 待核实, 待定.
fn other_words_for_open(text: &str) -> Vec<String> {
    let all = text.match_indices('待').map(|(at, _)| &text[at..]);
    // 接待 and 对待 are other words.
    let whole = |rest: &&str| {
        let before = text[..text.len() - rest.len()].chars().next_back();
        !before.is_some_and(|before| "接对等招期看".contains(before))
    };
    let others = all.filter(whole).filter(|rest| !OPEN.iter().any(|word| rest.starts_with(word)));
    others.map(|rest| rest.chars().take(4).collect()).collect()
}

#[test]
fn other_words_for_what_is_open_are_seen() {
    assert_eq!(other_words_for_open("尚有1项20分待评，含义待确认；接待费"), [] as [String; 0]);
    assert_eq!(other_words_for_open("总分待定，得分待核实。"), ["待定，得", "待核实。"]);
}

#[test]
fn what_is_open_is_said_in_three_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("表.xlsx");
    std::fs::copy(workbook(MODEL), &source).expect("a copy");
    // A score that waits, and a title that nobody knows.
    let acts = [
        ("表2 评分表", "I4", jixiao::inner::xlsx::Content::Blank),
        ("表2 评分表", "I23", jixiao::inner::xlsx::Content::Text("尚未统计".to_owned())),
        ("表2 评分表", "H3", jixiao::inner::xlsx::Content::Text("甲乙丙".to_owned())),
    ];
    let open = crate::model_case::edited(&source, &acts);
    let scored = score(&open, &folder.path().join("结果"));
    let all = cells(&scored.path);
    let mut found = Vec::new();
    let mut waits = 0;
    // The document that goes out has an official's own words.
    let ours = OurSheet::ALL.into_iter().filter(|part| *part != OurSheet::Letter);
    let ours: Vec<String> = ours.map(|part| format!("'{}'!", part.title())).collect();
    for (at, (value, _)) in all.iter().filter(|(at, _)| ours.iter().any(|sheet| at.starts_with(sheet))) {
        if let Value::Text(text) = value {
            waits += usize::from(OPEN.iter().any(|word| text.contains(word)));
            found
                .extend(other_words_for_open(text).into_iter().map(|word| format!("{at}: {word} in {text}")));
        }
    }
    let printed = jixiao([std::ffi::OsStr::new("check"), open.as_os_str()]);
    found.extend(other_words_for_open(&String::from_utf8(printed.stdout).expect("UTF-8")));
    // The register has its own states of what was handed in.
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/service/snapshots");
    for entry in std::fs::read_dir(root).expect("snapshots") {
        let path = entry.expect("a file").path();
        let name = path.to_string_lossy().into_owned();
        if name.contains("receipt_") && !name.contains("receipt_day") && !name.contains("receipt_department")
        {
            let text = std::fs::read_to_string(&path).expect("a snapshot");
            found.extend(other_words_for_open(&text).into_iter().map(|word| format!("{name}: {word}")));
        }
    }
    assert!(waits > 10, "only {waits} texts of what is open");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What stands in a text of a clerk's that only the operator knows: options, commands, files of the program, addresses as
/// programs write them.
fn operators_words(text: &str) -> Vec<&'static str> {
    let marks = ["'!", "映射", "[[", "rubric", ".toml", "TOML", "jixiao ", " --", "用--", "“--"];
    marks.into_iter().filter(|mark| text.contains(mark)).collect()
}

/// Kinds of findings that only the operator can settle, with what they say to him.
fn is_operators(id: FindingId) -> bool {
    id.matter() == Matter::Operation
}

#[test]
fn every_kind_of_finding_is_said_without_internals() {
    let known: BTreeSet<String> = KNOWN.map(str::to_owned).into();
    let mut found = Vec::new();
    for id in FindingId::ALL.iter().filter(|id| !is_operators(**id)) {
        for text in [id.title(), id.meaning(), id.remedy()] {
            found.extend(
                internals(text, &known).into_iter().map(|what| format!("{}: {what} in {text}", id.id())),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// All that is found in the forms that tests read: `! id place message → remedy`, held by `golden`.
#[test]
fn what_is_found_in_any_form_is_said_without_internals() {
    let lines = include_str!("../golden.txt").lines().filter_map(|line| line.strip_prefix("! "));
    let mut looked = 0;
    let mut found = Vec::new();
    for line in lines {
        let (id, said) = line.split_once(' ').expect("an id");
        if FindingId::ALL.iter().any(|known| known.id() == id && is_operators(*known)) {
            continue;
        }
        // The place is an address in this list; people are shown it otherwise.
        let said = match said.starts_with('\'') {
            true => said.split_once("'!").and_then(|(_, rest)| rest.split_once(' ')).expect("a place").1,
            false => said,
        };
        looked += 1;
        found.extend(operators_words(said).into_iter().map(|what| format!("{id}: {what} in {said}")));
        // A sentence ends as one, in the signs of print, whatever was typed.
        let message = said.split(" → ").next().unwrap_or(said);
        if !message.ends_with(['。', '？', '！', '；', '：']) || message.contains(['═', '≧', '≦', '＝'])
        {
            found.push(format!("{id}: {message}"));
        }
    }
    assert!(looked > 500, "only {looked} findings");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Every kind of receipt, of document and of refusal there is, as snapshots hold them.
#[test]
fn receipts_documents_and_refusals_hold_no_internals() {
    let known: BTreeSet<String> = KNOWN
        .into_iter()
        .chain(["docx", "jpg", "pdf", "PDF", "xls", "zip", "Word"])
        .map(str::to_owned)
        .collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let (mut looked, mut found) = (0, Vec::new());
    for folder in ["snapshots", "service/snapshots"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("snapshots") {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if !["receipt_", "__letter_", "bad_file_is_refused", "what_it_resembled"]
                .iter()
                .any(|kind| name.contains(kind))
            {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a snapshot");
            let said = text.splitn(3, "---\n").nth(2).expect("what is said");
            // How a document is set is no word of it.
            let said = said.replace("<div align=\"right\">", "").replace("</div>", "").replace("| ---", "");
            let said = said.as_str();
            looked += 1;
            found.extend(
                internals(said, &known)
                    .into_iter()
                    .chain(operators_words(said).into_iter().map(str::to_owned))
                    .map(|what| format!("{name}: {what}")),
            );
        }
    }
    assert!(looked >= 10, "only {looked} snapshots");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What is printed for people: ids are in the JSON and in `explain`.
#[test]
fn what_is_printed_for_people_holds_no_internals() {
    for case in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let file = workbook(case);
        for args in [vec!["check"], vec!["score", "--out", folder.path().to_str().expect("a path")]] {
            let mut all: Vec<&std::ffi::OsStr> = args.iter().map(AsRef::as_ref).collect();
            all.push(file.as_os_str());
            let output = jixiao(all);
            let said = String::from_utf8(output.stdout).expect("UTF-8");
            let said: String = said
                .lines()
                .filter(|line| !line.contains("已写出："))
                .map(|line| format!("{line}\n"))
                .collect();
            assert!(said.lines().count() > 1, "{case}: {said}");
            let ids = FindingId::ALL.iter().filter(|id| said.contains(id.id())).map(|id| id.id());
            let found: Vec<&str> = ids.chain(operators_words(&said)).collect();
            assert!(found.is_empty(), "{case}: {found:?} in\n{said}");
        }
    }
}

#[test]
fn what_only_an_operator_knows_is_seen() {
    for (text, wanted) in [
        ("请用 jixiao mapping infer 起草，再用 --mapping 指定。", vec!["jixiao ", " --"]),
        ("请加上一行：rubric = [{ indicator = \"甲\" }]", vec!["rubric"]),
        ("表下的注（'表'!A11）另有算法", vec!["'!"]),
        ("请把文件交给系统管理员。", vec![]),
    ] {
        assert_eq!(operators_words(text), wanted, "{text}");
    }
}
