//! Reports that are proofread: one without a fault, in which nothing is found, and errors planted in it, one at a time
//! (`tests/proof/README.md`).

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::support::{MODEL, jixiao, workbook};

/// A report without a fault, errors to plant in it, and its workbook.
struct Sample {
    report: &'static str,
    planted: &'static str,
    workbook: &'static str,
}

const SAMPLES: [Sample; 2] = [
    Sample {
        report: include_str!("../proof/hall.txt"),
        planted: include_str!("../proof/hall.planted.txt"),
        workbook: MODEL,
    },
    Sample {
        report: include_str!("../proof/water.txt"),
        planted: include_str!("../proof/water.planted.txt"),
        workbook: "东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx",
    },
];

/// An error and how it is found.
struct Planted {
    id: String,
    severity: String,
    way: String,
    from: String,
    to: String,
}

fn planted(sample: &Sample) -> Vec<Planted> {
    let read = |section: &str| {
        let mut lines = section.lines();
        let mut head = lines.next().expect("a head").split_whitespace().map(str::to_owned);
        let mut next = || head.next().expect("id, severity, way");
        let (id, severity, way) = (next(), next(), next());
        let mut line =
            |sign: &str| lines.next().and_then(|line| line.strip_prefix(sign)).expect(sign).to_owned();
        Planted { id, severity, way, from: line("- "), to: line("+ ") }
    };
    sample.planted.split("\n== ").skip(1).map(read).collect()
}

/// The ids that have a planted error.
pub(crate) fn sampled() -> BTreeSet<String> {
    SAMPLES.iter().flat_map(planted).map(|one| one.id).collect()
}

/// What is found in a report: id, severity, paragraph.
fn found(report: &Path, with: Option<&Path>) -> Vec<(String, String, u64)> {
    let mut args = vec!["check".as_ref(), "--json".as_ref(), "--report".as_ref(), report.as_os_str()];
    args.extend(with.map(Path::as_os_str));
    let output = jixiao(args);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let name = report.file_name().expect("a name").to_string_lossy().into_owned();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let own: Vec<Value> = lines.filter(|line| line["source"]["file"] == name.as_str()).collect();
    let [own] = own.as_slice() else { panic!("{text}{}", String::from_utf8_lossy(&output.stderr)) };
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    let findings = own["findings"].as_array().expect("findings");
    findings
        .iter()
        .map(|one| {
            assert!(!one["passage"]["words"].as_str().expect("words").is_empty(), "{one}");
            assert_eq!(one["reader"], "bureau", "{one}");
            (
                word(&one["id"]),
                word(&one["severity"]),
                one["passage"]["paragraph"].as_u64().expect("a number"),
            )
        })
        .collect()
}

#[test]
fn a_report_without_a_fault_has_no_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("报告.txt");
    for sample in &SAMPLES {
        std::fs::write(&path, sample.report).expect("a report");
        assert_eq!(found(&path, None), []);
        assert_eq!(found(&path, Some(&workbook(sample.workbook))), []);
    }
}

/// What reports by another hand say rightly and was found all the same.
#[test]
fn what_is_right_is_not_accused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("报告.txt");
    let chapters = [
        "一、部门概况",
        "收到评价4231条，其中差评9条，9条均已回访整改，差评整改率100%。",
        "二、预算编制及执行",
        "三、评价结论",
        "四、运行绩效分析",
        "五、履职绩效分析",
        "六、问题及改进措施",
    ];
    std::fs::write(&path, chapters.join("\n")).expect("a report");
    assert_eq!(found(&path, None), []);
    let indicators = ["里程", "天数", "批次", "户数", "场次", "件数"]
        .map(|name| format!("（1）完成{name}（5分）\n本项分值5分，得5分。"));
    let claimed = |more: &str| {
        let text =
            format!("一、评价标准\n本次评价采用历史标准。{more}\n二、指标分析\n{}", indicators.join("\n"));
        std::fs::write(&path, text).expect("a report");
        found(&path, None).into_iter().map(|(id, ..)| id).collect::<Vec<_>>()
    };
    assert_eq!(claimed(""), ["standard-claimed-not-used"]);
    assert_eq!(claimed("好路率与2021年数据（历史标准）对比。"), [""; 0]);
}

#[test]
fn each_planted_error_is_found_at_its_paragraph() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    let mut count = 0;
    for sample in &SAMPLES {
        let case = workbook(sample.workbook);
        for planted in planted(sample) {
            count += 1;
            assert_eq!(sample.report.matches(&planted.from).count(), 1, "{}", planted.from);
            let report = sample.report.replace(&planted.from, &planted.to);
            let path = folder.path().join(format!("{count}.txt"));
            std::fs::write(&path, &report).expect("a report");
            let line = report.lines().position(|line| line.contains(&planted.to)).expect("the change");
            for (way, with) in [("alone", None), ("case", Some(case.as_path()))] {
                if planted.way != "both" && planted.way != way {
                    continue;
                }
                let found = found(&path, with);
                // What is missing is said where it would be, and a contradiction at either end of it.
                let elsewhere =
                    ["missing", "without", "contradicts"].iter().any(|word| planted.id.contains(word));
                let near = |at: u64| elsewhere || usize::try_from(at).is_ok_and(|at| at == line + 1);
                let is = |(id, severity, at): &(String, String, u64)| {
                    *id == planted.id && *severity == planted.severity && near(*at)
                };
                if !found.iter().any(is) {
                    wrong.push(format!("{way}: {} ({}): {found:?}", planted.id, planted.to));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 50, "only {count}");
}

/// A document of these parts of its text and of further parts, each under its kind.
pub(crate) fn document(folder: &Path, body: &str, more: &[(&str, &str)]) -> std::path::PathBuf {
    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let path = folder.join("报告.docx");
    let mut out = zip::ZipWriter::new(std::fs::File::create(&path).expect("a file"));
    let mut part = |name: &str, text: &str| {
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        out.write_all(text.as_bytes()).expect("its text");
    };
    part(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override \
         PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
         wordprocessingml.document.main+xml\"/></Types>",
    );
    let rel = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{target}\"/>")
    };
    let rels = |inside: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
        )
    };
    part("_rels/.rels", &rels(&rel("rId1", "officeDocument", "word/document.xml")));
    let links: String = more.iter().map(|(kind, _)| rel(kind, kind, &format!("{kind}.xml"))).collect();
    part("word/_rels/document.xml.rels", &rels(&links));
    part(
        "word/document.xml",
        &format!("<w:document xmlns:w=\"{W}\" xmlns:m=\"m\"><w:body>{body}</w:body></w:document>"),
    );
    for (kind, text) in more {
        let root = if matches!(*kind, "header" | "footer") {
            if *kind == "header" { "hdr" } else { "ftr" }
        } else {
            kind
        };
        part(&format!("word/{kind}.xml"), &format!("<w:{root} xmlns:w=\"{W}\">{text}</w:{root}>"));
    }
    out.finish().expect("a document");
    path
}

pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| {
        format!("<w:tc>{}</w:tc>", if text.is_empty() { "<w:p/>".into() } else { paragraph(text) })
    };
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

/// What is found in a document by itself: id, place, words.
fn found_in(path: &Path) -> Vec<(String, String, String)> {
    let output = jixiao(["check".as_ref(), "--json".as_ref(), "--report".as_ref(), path.as_os_str()]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let line: Value = serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = line["findings"].as_array().unwrap_or_else(|| panic!("{text}"));
    findings
        .iter()
        .map(|one| (word(&one["id"]), word(&one["passage"]["place"]), word(&one["passage"]["words"])))
        .collect()
}

#[test]
fn a_document_is_read_with_its_tables_boxes_notes_and_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = "完成率=(9/12)×100%=80%。";
    let rows: [&[&str]; 4] = [&["科目", "金额"], &["印刷费", "3"], &["劳务费", "4"], &["合计", "8"]];
    let boxed =
        format!("<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>", paragraph(wrong));
    let split = "<w:p><w:r><w:t>完成率=(9/12)×1</w:t></w:r><w:hyperlink><w:r><w:t>00%=</w:t></w:r></w:hyperlink>\
                 <w:ins><w:r><w:t>8</w:t></w:r></w:ins><w:del><w:r><w:delText>75</w:delText></w:r></w:del>\
                 <w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r><w:r><w:t>0%。</w:t></w:r></w:p>";
    let body = [paragraph("评价报告"), split.to_owned(), table(&rows), boxed].concat();
    let note = format!("<w:footnote>{}</w:footnote>", paragraph(wrong));
    let path = document(folder.path(), &body, &[("footnotes", &note)]);
    let found = found_in(&path);
    let at = |place: &str, id: &str| found.iter().any(|(found, at, _)| found == id && at == place);
    assert!(at("第2段", "report-arithmetic-wrong"), "{found:?}");
    assert!(at("表1第4行", "report-sum-differs"), "{found:?}");
    assert!(at("第11段（文本框）", "report-arithmetic-wrong"), "{found:?}");
    assert!(at("第12段（脚注、尾注）", "report-arithmetic-wrong"), "{found:?}");
    assert_eq!(found.len(), 4, "{found:?}");
    let said = jixiao(["check".as_ref(), "--report".as_ref(), path.as_os_str()]);
    let said = String::from_utf8(said.stderr).expect("UTF-8");
    assert!(said.contains("修订痕迹") && said.contains("隐藏文字"), "{said}");
}

/// A chapter's number that no run holds is read as it is shown.
#[test]
fn automatic_numbers_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let numbering = "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
                     <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum>\
                     <w:num w:numId=\"7\"><w:abstractNumId w:val=\"1\"/></w:num>";
    let numbered = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let chapters = [
        "基本情况",
        "绩效评价工作开展情况",
        "综合评价情况及评价结论",
        "绩效评价指标分析",
        "存在的问题及原因分析",
    ];
    let body: String = chapters.iter().map(|title| numbered(title)).collect();
    let rest = [paragraph("六、有关建议"), paragraph("八、其他需要说明的问题")].concat();
    let path = document(folder.path(), &(body + &rest), &[("numbering", numbering)]);
    let found = found_in(&path);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].0.as_str(), found[0].2.as_str()),
        ("report-chapter-missing", "八、其他需要说明的问题")
    );
}

#[test]
fn what_is_no_report_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        let output = jixiao(["check".as_ref(), "--report".as_ref(), path.as_os_str()]);
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    for (name, bytes, reason) in [
        ("空.docx", &b""[..], "文件是空的"),
        ("旧.docx", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0][..], "旧格式"),
        ("假.docx", b"hello", "不是 Word 文档"),
        ("断.docx", b"PK\x03\x04cut", "不完整"),
        ("空白.txt", b" \n\n", "没有文字"),
        ("密级.txt", "机密★5年\n评价报告".as_bytes(), "密级"),
    ] {
        let (code, said) = file(name, bytes);
        assert_eq!(code, Some(3), "{name}: {said}");
        assert!(said.contains(reason), "{name}: {said}");
    }
    let marked = document(folder.path(), &paragraph("评价报告"), &[("header", &paragraph("秘密★"))]);
    let output = jixiao(["check".as_ref(), "--report".as_ref(), marked.as_os_str()]);
    assert_eq!(output.status.code(), Some(3));
}

/// A form that was filled in as a Word document is scored as the same form in a workbook is, and comes back as a workbook.
#[test]
fn a_form_in_a_document_is_scored_as_a_workbook_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, page) = crate::findings::SELF;
    let lines: Vec<&str> = page.trim().lines().collect();
    let (head, rows) = lines.split_at(2);
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
    let rows: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let body: String = head.iter().map(|line| paragraph(line)).collect::<String>() + &table(&rows);
    let path = document(folder.path(), &body, &[]);
    let scored = crate::support::score(&path, folder.path());
    let total = &scored.json["score"];
    assert_eq!(
        (total["total"].as_str(), total["grade"].as_str()),
        (Some("99.5"), Some("优")),
        "{}",
        scored.json
    );
    assert_eq!(scored.json["project"]["name"], "农村公路养护");
    let ids: Vec<&str> = scored.json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|f| f["id"].as_str())
        .collect();
    assert_eq!(ids, ["rebuilt-from-other-format"], "{}", scored.json);
    assert!(scored.path.extension().is_some_and(|ending| ending == "xlsx"), "{:?}", scored.path);
}
