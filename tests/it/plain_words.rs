//! What reaches a clerk or an agency is said in their words: no ids, no names of mapping files or fields, no addresses as
//! programs write them. The operator's view (JSON, `mapping show`) has those.

use std::collections::BTreeSet;

use jixiao::inner::returned::OurSheet;
use jixiao::inner::sheet::Value;

use crate::libreoffice::cells;
use crate::support::{MODEL, score, workbook};

const CASES: [&str; 3] =
    [MODEL, "东湖区教体局-课后服务补助-自评-2023.xlsx", "东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx"];
/// Names of programs and kinds of files, as clerks know them.
const KNOWN: [&str; 4] = ["jixiao", "Excel", "WPS", "xlsx"];

/// Words of Latin letters; an address such as K4 is none.
fn latin(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
    let is_word = |word: &&str| word.chars().filter(char::is_ascii_alphabetic).count() > 2;
    // A checksum is no word.
    words.filter(is_word).filter(|word| word.len() < 40).map(str::to_owned).collect()
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
        let parts: Vec<String> = archive.file_names().map(str::to_owned).collect();
        for part in parts.iter().filter(|part| part.starts_with("xl/comments")) {
            let mut entry = archive.by_name(part).expect("the part");
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
