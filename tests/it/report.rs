//! The evaluation report: what it says is what the case says, and what it may not say it does not.

use std::fs;

use serde_json::Value;

use crate::findings::{SELF, changed};
use crate::report_kit::{document, filled, p, part, parts, report, text};
use crate::support::{MODEL, jixiao, workbook};
use crate::workbook_pages::{Page, write};

const CASES: [&str; 3] =
    [MODEL, "东湖区教体局-课后服务补助-自评-2023.xlsx", "东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx"];

/// A workbook of these pages with changes made.
fn page(pages: &[Page<'_>], changes: &[(&str, &str)], folder: &std::path::Path) -> std::path::PathBuf {
    let pages = changed(pages, changes);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    write(&pages, folder)
}

#[test]
fn every_figure_of_the_shipped_cases_is_that_of_the_results() {
    for name in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let made = report(&workbook(name), folder.path(), &[]);
        let path = made.path.unwrap_or_else(|| panic!("{name}: {}", made.said));
        let body = text(&part(&path, "word/document.xml"));
        assert!(!body.contains("{{") && !body.contains("}}"), "{name}: a placeholder is left\n{body}");
        let output = jixiao(["check".as_ref(), workbook(name).as_os_str(), "--json".as_ref()]);
        let case: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (total, grade) = (word(&case["score"]["total"]), word(&case["score"]["grade"]));
        // Where something is still open no total stands, as if it were one.
        let whole = !grade.is_empty();
        assert_eq!(
            body.contains(&format!("综合得分{total}分，评价等级为“{grade}”")),
            whole,
            "{name}: {total} {grade}\n{body}"
        );
        assert!(whole || !body.contains(&format!("综合得分{total}分")), "{name}: {total}\n{body}");
        let indicators = case["indicators"].as_array().expect("indicators");
        for one in indicators {
            let (indicator, weight, score) = (word(&one["name"]), word(&one["weight"]), word(&one["score"]));
            let heading = format!("{indicator}（{weight}分）");
            let after = body.split(&heading).nth(1).unwrap_or_else(|| panic!("{name}: {heading}\n{body}"));
            let paragraph = after.lines().nth(1).expect("a paragraph behind its heading");
            if score.is_empty() {
                assert!(paragraph.starts_with("〔待填写："), "{name}: {indicator}: {paragraph}");
                continue;
            }
            assert!(
                paragraph.ends_with(&format!("分值{weight}分，得{score}分。")),
                "{name}: {indicator}: {paragraph}"
            );
        }
        for level in case["levels"].as_array().expect("levels") {
            let line = format!(
                "{}\n{}\n{}\n",
                word(&level["level2"]),
                word(&level["weight"]),
                word(&level["score"])
            );
            let of_level =
                |one: &&Value| one["level2"] == level["level2"] && one["level1"] == level["level1"];
            let is_open = indicators.iter().filter(of_level).any(|one| one["score"].is_null());
            assert!(is_open || body.contains(&line), "{name}: {line}");
        }
        let sum = format!("合计\n\n{}\n{total}\n", word(&case["score"]["full"]));
        assert!(!whole || body.contains(&sum), "{name}");
        // The gaps that are told are those that stand there, and the mark counts them.
        let gaps = made.json["gaps"].as_array().expect("gaps").len();
        assert_eq!(body.matches("〔待填写：").count(), gaps, "{name}");
        assert!(path.to_string_lossy().ends_with("（初稿）.docx"), "{}", path.display());
        let headers = parts(&path, "word/header");
        assert!(!headers.is_empty());
        for header in headers {
            let unscored = indicators.iter().filter(|one| one["score"].is_null()).count();
            let unscored =
                if unscored > 0 { format!("{unscored}项指标未评分、") } else { String::new() };
            // A cost that comes to more than was spent keeps the grade open whatever is scored.
            let open = if name.contains("水利局") { "、事项待核实" } else { "" };
            let mark = format!("初稿：尚有{unscored}{gaps}处待填写{open}，不得报送");
            assert_eq!(text(&part(&path, &header)).trim(), mark);
        }
        // What should be done is a person's to say: no remedy of a finding is in it.
        for finding in case["findings"].as_array().expect("findings") {
            let remedy = word(&finding["remedy"]);
            assert!(!body.contains(&remedy), "{name}: {remedy}");
        }
    }
}

#[test]
fn counts_and_weights_are_those_of_the_form_and_a_rate_is_what_its_figures_give() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = report(&workbook(MODEL), folder.path(), &[]);
    let body = text(&part(&made.path.expect("a report"), "word/document.xml"));
    for said in [
        "决策、过程、产出、效益、满意度5个一级指标、12个二级指标、22个三级指标",
        "④效益：占权重25分，从社会效益、可持续影响方面考核",
        "预算执行率=（实际支出资金/实际到位资金）×100%=（59.27/61.2）×100%=96.85%（按明细账支出计算为96.84%）",
        "资金到位率=（实际到位资金/预算资金）×100%=（61.2/61.2）×100%=100%",
        "本次评价采用计划标准",
        "支出合计592668.35元",
        "〔待填写：原因分析（涉及：管理制度健全性，扣1分；制度执行有效性，扣2分）〕",
        "综合得分80（含）—90分（不含）为良",
        "服务受理零推诿",
    ] {
        assert!(body.contains(said), "{said}\n{body}");
    }
    // A history standard that no score stands on is not claimed.
    assert!(!body.contains("历史标准"));
}

#[test]
fn while_an_indicator_waits_there_is_no_total() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = page(&[SELF], &[("≥98% | 99% | 20 | 20 |", "≥98% | 基本完成 | 20 |  |")], folder.path());
    let made = report(&file, folder.path(), &[]);
    let path = made.path.unwrap_or_else(|| panic!("{}", made.said));
    let body = text(&part(&path, "word/document.xml"));
    assert!(body.contains("综合得分和评价等级待定") && !body.contains("评价等级为“"), "{body}");
    assert!(body.contains("合计\n\n100\n待定\n"), "{body}");
    let mark = made.json["mark"].as_str().expect("a mark");
    assert!(mark.starts_with("初稿：尚有1项指标未评分"), "{mark}");
    assert!(text(&part(&path, "word/header1.xml")).contains(mark));
}

#[test]
fn what_a_person_wrote_stays_when_the_report_is_written_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = page(&[SELF], &[], folder.path());
    let first = report(&file, folder.path(), &[]).path.expect("a report");
    // A person fills a gap and writes over a paragraph of an indicator.
    let before = part(&first, "word/document.xml");
    let gap = "〔待填写：政策依据和目标〕";
    assert!(before.contains(gap));
    let after = before.replace(gap, "依据县政府专题会议纪要立项。");
    let kept = folder.path().join("人工.docx");
    rewrite(&first, &kept, "word/document.xml", &after);
    // Then the figures change.
    let file = page(
        &[SELF],
        &[("≥120公里 | 126公里 | 15 | 15 |", "≥120公里 | 90公里 | 15 | 11.25 | 汛期停工")],
        folder.path(),
    );
    let made = report(&file, folder.path(), &["--earlier".as_ref(), kept.as_os_str()]);
    let path = made.path.unwrap_or_else(|| panic!("{}", made.said));
    let body = text(&part(&path, "word/document.xml"));
    assert!(body.contains("依据县政府专题会议纪要立项。"), "{body}");
    assert!(body.contains("实际完成90公里") && !body.contains("实际完成126公里"), "{body}");
    let changes = made.json["changes"].to_string();
    assert!(changes.contains("保留人工修改：政策目标"), "{changes}");
    assert!(changes.contains("已更新：分析.养护公路里程"), "{changes}");
    // What is said now and had no place is told, not dropped.
    assert!(changes.contains("请补入"), "{changes}");
    // The same case again changes nothing but what was renewed.
    let made = report(&file, folder.path(), &["--earlier".as_ref(), path.as_os_str()]);
    let again = made.path.expect("a report");
    assert_eq!(part(&again, "word/document.xml"), part(&path, "word/document.xml"));
}

/// Copies a package with another text of a part.
fn rewrite(from: &std::path::Path, to: &std::path::Path, name: &str, text: &str) {
    use std::io::{Read as _, Write as _};
    let mut package = zip::ZipArchive::new(fs::File::open(from).expect("a file")).expect("a package");
    let mut out = zip::ZipWriter::new(fs::File::create(to).expect("a file"));
    for at in 0..package.len() {
        let mut entry = package.by_index(at).expect("an entry");
        let own = entry.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        out.start_file(&own, zip::write::SimpleFileOptions::default()).expect("an entry");
        out.write_all(if own == name { text.as_bytes() } else { &bytes }).expect("its bytes");
    }
    out.finish().expect("a package");
}

#[test]
fn the_templates_can_be_taken_and_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = jixiao(["report".as_ref(), "--save-templates".as_ref(), folder.path().as_os_str()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut templates: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").map(|one| one.expect("a file").path()).collect();
    templates.sort();
    assert_eq!(templates.len(), 3);
    for template in templates {
        let made = report(&workbook(MODEL), folder.path(), &["--template".as_ref(), template.as_os_str()]);
        assert!(made.path.is_some(), "{}: {}", template.display(), made.said);
    }
    let output = jixiao(["report", "--list-fields"]);
    let fields = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        fields.lines().any(|line| line.starts_with("一级指标.二级指标.三级指标.分析\t文字\t")),
        "{fields}"
    );
}

/// A template that asks for everything there is.
#[test]
fn every_field_that_is_listed_has_a_value() {
    let output = jixiao(["report", "--list-fields"]);
    let fields = String::from_utf8(output.stdout).expect("UTF-8");
    let mut body = String::new();
    let mut open: Vec<String> = Vec::new();
    let close_until = |open: &mut Vec<String>, body: &mut String, within: &str| {
        while open.last().is_some_and(|last| !within.starts_with(&format!("{last}."))) {
            let path = open.pop().expect("an open list");
            body.push_str(&p(&format!("{{{{/{}}}}}", path.rsplit('.').next().expect("a name"))));
        }
    };
    let mut count = 0;
    for line in fields.lines().filter(|line| !line.starts_with('#')) {
        let [path, kind, _] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        close_until(&mut open, &mut body, path);
        let name = path.rsplit('.').next().expect("a name");
        match kind {
            "文字" => body.push_str(&p(&format!("{{{{{name}}}}}"))),
            "是否" => body
                .push_str(&p(&format!("{{{{#{name}}}}}是{{{{/{name}}}}}{{{{^{name}}}}}否{{{{/{name}}}}}"))),
            _ => {
                body.push_str(&p(&format!("{{{{#{name}}}}}")));
                open.push(path.to_owned());
            }
        }
        count += 1;
    }
    close_until(&mut open, &mut body, "");
    assert!(count > 100, "{count}");
    for name in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let made = filled(&workbook(name), folder.path(), &document(&body, &[], ""));
        assert!(made.path.is_some(), "{name}: {}", made.said);
    }
}

#[test]
fn in_the_folder_a_case_with_a_template_gets_its_report() {
    let base = tempfile::tempdir().expect("a folder");
    let at = |name: &str| base.path().join(name);
    for name in ["in", "out"] {
        fs::create_dir(at(name)).expect("a folder");
    }
    let watch = || {
        let output = jixiao([
            "watch".as_ref(),
            "--inbox".as_ref(),
            at("in").as_os_str(),
            "--outbox".as_ref(),
            at("out").as_os_str(),
            "--once".as_ref(),
            "--settle".as_ref(),
            "0".as_ref(),
        ]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
        let mut names: Vec<String> = fs::read_dir(at("out"))
            .expect("results")
            .map(|one| one.expect("a file").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    // Without a template there is none.
    fs::copy(workbook(MODEL), at("in").join("甲.xlsx")).expect("a submission");
    assert!(watch().iter().all(|name| !name.ends_with(".docx")));
    // With one, what was scored before gets it, too.
    jixiao(["report".as_ref(), "--save-templates".as_ref(), at("templates").as_os_str()]);
    fs::copy(workbook(MODEL), at("in").join("乙.xlsx")).expect("a submission");
    let names = watch();
    let report = "乙.绩效评价报告（初稿）.docx";
    assert!(names.iter().any(|name| name == report), "{names:?}");
    assert!(text(&part(&at("out").join(report), "word/document.xml")).contains("综合得分87.5分"));
    let receipt = fs::read_to_string(at("out").join("乙.回执.txt")).expect("a receipt");
    assert!(receipt.contains(report) && receipt.contains("初稿：尚有15处待填写"), "{receipt}");
    // A template that is wrong hinders no result.
    fs::write(at("templates").join("绩效评价报告模板.docx"), document(&p("{{总份}}"), &[], ""))
        .expect("a template");
    fs::copy(workbook(MODEL), at("in").join("丙.xlsx")).expect("a submission");
    let names = watch();
    assert!(names.iter().any(|name| name == "丙.已评分.xlsx"), "{names:?}");
    let receipt = fs::read_to_string(at("out").join("丙.回执.txt")).expect("a receipt");
    assert!(receipt.contains("没有写出评价报告") && receipt.contains("总份"), "{receipt}");
}
