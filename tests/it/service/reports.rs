//! A report that is dropped with its tables is proofread beside them.

use std::fs;

use super::Place;
use crate::proof::{document, paragraph};
use crate::support::{MODEL, workbook};

#[test]
fn a_report_beside_its_workbook_is_proofread() {
    let place = Place::new();
    let case = place.base.path().join("办公大厅");
    fs::create_dir(&case).expect("a folder");
    fs::copy(workbook(MODEL), case.join(MODEL)).expect("the workbook");
    let body =
        [paragraph("办公大厅运行维护费绩效评价报告"), paragraph("该项目综合得分88.5分，评价等级为“良”。")];
    fs::rename(document(&case, &body.concat(), &[]), case.join("评价报告.docx")).expect("the report");
    fs::write(case.join("佐证报告.docx"), b"no document").expect("what only looks like one");
    fs::write(case.join("说明.docx"), b"not read").expect("another document");
    fs::rename(&case, place.at("in").join("办公大厅")).expect("dropped");
    assert!(place.once(&[]).status.success());
    let receipt = place.text("out/办公大厅.回执.txt");
    for said in [
        "总    分：87.5",
        "评价报告“评价报告.docx”：校对发现 1 处。",
        "写的总分是88.5分，评分结果为87.5分。",
        "原文：该项目综合得分88.5分",
        "文档“佐证报告.docx”没有校对：文件不是 Word 文档",
        "文档“说明.docx”没有校对：文件不是 Word 文档",
    ] {
        assert!(receipt.contains(said), "{said}: {receipt}");
    }
    let proofread =
        receipt.split("\r\n\r\n").filter(|part| part.starts_with("评价报告") || part.starts_with("文档"));
    let proofread: Vec<String> = proofread.map(|part| part.replace('\r', "")).collect();
    insta::assert_snapshot!("receipt_report", proofread.join("\n\n"));
}

#[test]
fn a_document_is_known_as_a_report_by_its_chapters() {
    let place = Place::new();
    let case = place.base.path().join("办公大厅");
    fs::create_dir(&case).expect("a folder");
    fs::copy(workbook(MODEL), case.join(MODEL)).expect("the workbook");
    let chapters = ["一、基本情况", "二、综合评价情况及评价结论", "三、绩效评价指标分析", "四、有关建议"];
    let body = chapters.map(paragraph).concat() + &paragraph("该项目综合得分88.5分，评价等级为“良”。");
    fs::rename(document(&case, &body, &[]), case.join("定稿.docx")).expect("the report");
    let notice = paragraph("会议通知") + &paragraph("定于下周召开会议。");
    fs::rename(document(&case, &notice, &[]), case.join("通知.docx")).expect("another document");
    fs::rename(&case, place.at("in").join("办公大厅")).expect("dropped");
    assert!(place.once(&[]).status.success());
    let receipt = place.text("out/办公大厅.回执.txt");
    for said in [
        "评价报告“定稿.docx”：校对发现 1 处。",
        "写的总分是88.5分，评分结果为87.5分。",
        "文档“通知.docx”没有校对：它没有绩效评价报告的标题和章节。",
    ] {
        assert!(receipt.contains(said), "{said}: {receipt}");
    }
}
