//! Templates made to slip something through, and what people leave in them by mistake: refused, said or kept, never lost.

use std::io::{Cursor, Read as _, Write as _};

use crate::findings::{SELF, SHEET, changed};
use crate::report_kit::{Beside, Made, W, document, filled, p, part, report, row, table, text};
use crate::support::{MODEL, workbook};
use crate::workbook_pages::{Page, write};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn made(template: &[u8]) -> Made {
    let folder = tempfile::tempdir().expect("a folder");
    filled(&workbook(MODEL), folder.path(), template)
}

fn refused(template: &[u8]) -> String {
    let made = made(template);
    assert!(made.path.is_none() && matches!(made.code, Some(2 | 3)), "{:?} {}", made.code, made.json);
    made.said
}

/// The text part of the published case's report.
fn xml(body: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let made = filled(&workbook(MODEL), folder.path(), &document(body, &[], ""));
    part(&made.path.unwrap_or_else(|| panic!("{}", made.said)), "word/document.xml")
}

/// What a template reads that is filled from these pages, and what is told of it.
fn of_pages(pages: &[Page<'_>], changes: &[(&str, &str)], body: &str) -> (String, Made) {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = changed(pages, changes);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let file = write(&pages, folder.path());
    let made = filled(&file, folder.path(), &document(body, &[], ""));
    let path = made.path.clone().unwrap_or_else(|| panic!("{}", made.said));
    (text(&part(&path, "word/document.xml")), made)
}

/// A template with another part in its package, and entries of its parts changed.
fn rewritten(template: &[u8], change: impl Fn(&str, String) -> String, more: &[(&str, &str)]) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(template)).expect("a package");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    for at in 0..package.len() {
        let mut entry = package.by_index(at).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut content = String::new();
        entry.read_to_string(&mut content).expect("its text");
        out.start_file(&name, plain).expect("an entry");
        out.write_all(change(&name, content).as_bytes()).expect("its bytes");
    }
    for (name, content) in more {
        out.start_file(*name, plain).expect("an entry");
        out.write_all(content.as_bytes()).expect("its bytes");
    }
    out.finish().expect("a package").into_inner()
}

fn mark(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>")
}

fn said(word: &str) -> String {
    format!("<w:r><w:instrText>{word}</w:instrText></w:r>")
}

#[test]
fn every_text_of_an_overview_is_told_with_figures_or_without() {
    let overview: Page<'_> = (
        "项目概况",
        "
项目概况
养护范围 | 县域内各条农村公路的日常保洁、路面修补和安全设施维护，由沿线乡镇组织实施
养护里程 | 全年养护公路126公里。
",
    );
    let (report, _) = of_pages(&[SELF, overview], &[], &p("{{#概况}}{{文字}}；{{/概况}}"));
    assert!(report.contains("由沿线乡镇组织实施；"), "{report}");
    assert!(report.contains("全年养护公路126公里。；"), "{report}");
}

#[test]
fn a_goal_is_a_goal_however_short_it_is() {
    let titles = "一级指标 | 二级指标 | 三级指标 | 年度指标值";
    for (rows, goal, result) in [
        ("年度总体目标 | 保障公路畅通 | < | < | <\n", "保障公路畅通", "〔待填写：总体目标完成情况〕"),
        (
            "年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <\n^ | 保障公路畅通 | < | < | 公路畅通 | < | < | <\n",
            "保障公路畅通",
            "公路畅通",
        ),
    ] {
        let with = format!("{rows}{titles}");
        let (report, _) = of_pages(&[SELF], &[(titles, &with)], &p("{{总体目标}}—{{目标完成情况}}—{{满分}}"));
        assert_eq!(report, format!("{goal}—{result}—100\n"), "{rows}");
    }
}

#[test]
fn forms_of_another_project_are_named_where_nothing_of_them_is_in_the_report() {
    let declared: Page<'_> = (
        "申报表",
        "
项目支出绩效目标申报表
项目名称 | 渡口维护
年度总体目标 | 保障渡口安全运行
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 摆渡人次 | ≥1200人次
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90%
",
    );
    let (_, made) = of_pages(&[declared, SHEET], &[], &p("{{总体目标}}"));
    let left = made.json["left_out"].as_array().expect("a list");
    assert!(left.len() == 1 && left[0].as_str().is_some_and(|line| line.contains("“申报表”")), "{left:?}");
    let folder = tempfile::tempdir().expect("a folder");
    let same = report(&workbook(MODEL), folder.path(), &[]);
    assert!(same.json["left_out"].as_array().is_some_and(Vec::is_empty), "{}", same.json);
}

#[test]
fn a_second_prefix_of_the_same_names_is_refused() {
    let hidden = "<q:p><q:r><q:fldChar q:fldCharType=\"begin\"/></q:r><q:r><q:instrText>DDEAUTO c</q:instrText></q:r>\
                  <q:r><q:fldChar q:fldCharType=\"end\"/></q:r></q:p>";
    let template = document(&format!("{}{hidden}", p("{{总分}}")), &[], "");
    for second in [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/m&#97;in",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ] {
        let root = format!("<w:document xmlns:q=\"{second}\"");
        let change = |_: &str, content: String| content.replace("<w:document", &root);
        let said = refused(&rewritten(&template, change, &[]));
        assert!(said.contains("命名空间"), "{said}");
    }
}

#[test]
fn fields_are_read_as_accepted_and_as_rejected_and_by_a_name_of_their_own() {
    let removed =
        |word: &str| format!("<w:del w:id=\"1\"><w:r><w:delInstrText>{word}</w:delInstrText></w:r></w:del>");
    let added = |word: &str| format!("<w:ins w:id=\"2\">{}</w:ins>", said(word));
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    let inner = |words: &str| format!("{begin}{}{separate}{end}", said(words));
    for (code, what) in [
        (format!("{}{}", removed(" PAGE "), added(" DDEAUTO c ")), "（DDEAUTO）"),
        (format!("{}{}", removed(" DDEAUTO c "), added(" PAGE ")), "（DDEAUTO）"),
        (format!("{}{}{}", said("DDE"), removed("X"), said("AUTO c")), "（DDEAUTO）"),
        (format!("{}{}", inner("QUOTE 68 68 69"), said(" c:\\\\cmd")), "域的名称由另一个域产生"),
        (format!("{}{}{}", said(" D"), inner("REF x"), said(" c")), "域的名称由另一个域产生"),
        ("<w:r><w:t>DDEAUTO c</w:t></w:r>".to_owned(), "域的名称写在普通文字里"),
    ] {
        let body = format!("{}<w:p>{begin}{code}{separate}{end}</w:p>", p("前"));
        let words = refused(&document(&body, &[], ""));
        assert!(words.contains(what) && words.contains("正文第2段"), "{what}\n{words}");
    }
    // Fields in the arguments of others are nothing odd.
    let code = format!("{}{}{}", said(" ="), inner(" PAGE "), said("-1 "));
    assert!(text(&xml(&format!("<w:p>{begin}{code}{separate}{end}</w:p>{}", p("{{满分}}")))).contains("100"));
}

#[test]
fn what_word_may_put_in_later_is_looked_at() {
    let field = format!("<w:p>{}{}{}</w:p>", mark("begin"), said("DDEAUTO c"), mark("end"));
    let glossary = |body: &str| {
        format!(
            "<w:glossaryDocument {W}><w:docParts><w:docPart><w:docPartBody>{body}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
        )
    };
    let with = |body: &str| -> Vec<u8> {
        let beside: [Beside<'_>; 1] = [("glossary/document.xml", "glossaryDocument", glossary(body))];
        document(&p("{{总分}}"), &beside, "")
    };
    let words = refused(&with(&field));
    assert!(words.contains("（DDEAUTO）：构建基块第1段"), "{words}");
    assert!(made(&with(&p("{{没有}}"))).json["output"].is_string());
}

#[test]
fn what_leads_elsewhere_is_refused_however_it_is_called() {
    let picture = "<w:p><w:r><w:drawing><a:blip xmlns:a=\"a\" r:link=\"rId90\"/></w:drawing></w:r></w:p>";
    let body = format!("{}{picture}", p("{{总分}}"));
    for (kind, mode) in [("hyperlink", " TargetMode=\"External\""), ("image", ""), ("hyperlink", "")] {
        let rel = format!(
            "<Relationship Id=\"rId90\" Type=\"{OFFICE}/{kind}\" Target=\"http://example.com/x.png\"{mode}/>"
        );
        let words = refused(&document(&body, &[], &rel));
        assert!(words.contains("指向文件之外的内容") && words.contains("正文第2段"), "{kind}{mode}\n{words}");
    }
    for name in ["../../evil.txt", "/tmp/evil.txt", "C:/evil.txt", "word/..\\..\\evil.txt"] {
        let template = rewritten(&document(&p("{{总分}}"), &[], ""), |_, content| content, &[(name, "x")]);
        let words = refused(&template);
        assert!(words.contains("路径异常"), "{name}\n{words}");
    }
}

#[test]
fn a_merged_cell_holds_nothing_that_could_not_be_seen() {
    let rows = [row(&["{{#二级指标}}{{一级|合并}}{{名称}}", "{{得分}}{{/二级指标}}"])];
    assert!(refused(&document(&table(&rows), &[], "")).contains("“|合并”的单元格中不能有其他占位符"));
    let cell = format!("<w:tc>{}{}</w:tc>", p("{{#二级指标}}{{一级|合并}}"), p("{{名称}}"));
    let rows = [format!("<w:tr>{cell}<w:tc>{}</w:tc></w:tr>", p("{{/二级指标}}"))];
    assert!(refused(&document(&table(&rows), &[], "")).contains("“|合并”的单元格中不能有其他占位符"));
    // A cell that was merged before is merged once.
    let rows = [row(&["{{#二级指标}}{{一级|合并}}", "{{名称}}{{/二级指标}}"])];
    let merged = table(&rows).replacen("</w:tcPr>", "<w:vMerge w:val=\"restart\"/></w:tcPr>", 1);
    let filled = xml(&merged);
    assert_eq!(filled.matches("<w:vMerge").count(), 12, "{filled}");
    assert_eq!(filled.matches("<w:vMerge w:val=\"restart\"/>").count(), 5, "{filled}");
}

#[test]
fn a_table_without_a_row_goes_and_a_cell_keeps_a_paragraph() {
    let none = table(&[row(&["{{#待评分}}{{名称}}", "{{权重}}{{/待评分}}"])]);
    assert!(!xml(&format!("{}{none}{}", p("前"), p("后"))).contains("<w:tbl"));
    let two =
        table(&[row(&["{{^已评定}}一", "二{{/已评定}}"]), row(&["{{#待评分}}{{名称}}", "x{{/待评分}}"])]);
    assert!(!xml(&format!("{}{two}{}", p("前"), p("后"))).contains("<w:tbl"));
    let cell = format!("<w:tbl><w:tr><w:tc>{none}</w:tc></w:tr></w:tbl>{}", p("后"));
    assert!(xml(&cell).contains("<w:tc><w:p/></w:tc>"), "{}", xml(&cell));
    // With a title row it stays.
    let kept = table(&[row(&["名称", "权重"]), row(&["{{#待评分}}{{名称}}", "{{权重}}{{/待评分}}"])]);
    assert_eq!(xml(&format!("{kept}{}", p("后"))).matches("<w:tr>").count(), 1);
}

#[test]
fn what_would_break_or_be_lost_with_a_mark_is_refused() {
    let half =
        format!("{}<w:p>{}{}</w:p>{}", p("{{#一级指标}}"), mark("begin"), said(" PAGE "), p("{{/一级指标}}"));
    let body = format!("{half}<w:p>{}</w:p>", mark("end"));
    let words = refused(&document(&body, &[], ""));
    assert!(words.contains("正文第2段") && words.contains("只有域的一半"), "{words}");
    let marked = |more: &str| {
        format!("<w:p>{more}<w:r><w:t>{{{{#一级指标}}}}</w:t></w:r></w:p>{}{}", p("x"), p("{{/一级指标}}"))
    };
    for more in [
        "<w:r><w:br w:type=\"page\"/></w:r>",
        "<w:pPr><w:pageBreakBefore/></w:pPr>",
        "<w:pPr><w:sectPr/></w:pPr>",
        "<w:bookmarkStart w:id=\"1\" w:name=\"x\"/>",
        "<w:bookmarkEnd w:id=\"1\"/>",
    ] {
        let words = refused(&document(&marked(more), &[], ""));
        assert!(words.contains("正文第1段") && words.contains("不能删去"), "{more}\n{words}");
    }
    // The bookmark that Word sets by itself means nothing.
    let last = "<w:bookmarkStart w:id=\"1\" w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"1\"/>";
    assert_eq!(text(&xml(&marked(last))), "x\nx\nx\nx\nx\n");
}

#[test]
fn placeholders_that_nobody_fills_are_said_and_so_is_a_template_without_any() {
    let chart = "<c:chartSpace xmlns:c=\"c\" xmlns:a=\"a\"><a:t>{{项目</a:t><a:t>名称}}</a:t></c:chartSpace>"
        .to_owned();
    let beside: [Beside<'_>; 1] = [("charts/chart1.xml", "chart", chart)];
    assert!(refused(&document(&p("{{总分}}"), &beside, "")).contains("占位符写在图表的文字里"));
    let data =
        "<dgm:dataModel xmlns:dgm=\"d\" xmlns:a=\"a\"><a:t>{{项目名称}}</a:t></dgm:dataModel>".to_owned();
    let beside: [Beside<'_>; 1] = [("diagrams/data1.xml", "diagramData", data)];
    assert!(refused(&document(&p("{{总分}}"), &beside, "")).contains("占位符写在SmartArt的文字里"));
    let alt = "<w:p><w:r><w:drawing><wp:docPr xmlns:wp=\"wp\" id=\"1\" descr=\"{{项目名称}}\"/></w:drawing></w:r></w:p>";
    let words = refused(&document(&format!("{}{alt}", p("{{总分}}")), &[], ""));
    assert!(words.contains("正文第2段：占位符写在替代文字"), "{words}");
    let plain = made(&document(&p("没有"), &[], ""));
    assert!(plain.path.is_some() && plain.said.contains("模板中没有占位符"), "{}", plain.said);
    assert!(!made(&document(&p("{{总分}}"), &[], "")).said.contains("没有占位符"));
}
