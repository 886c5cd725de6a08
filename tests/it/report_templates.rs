//! Templates of an office's own: what is filled and how, what is wrong said at its paragraph, what is refused, and that
//! nothing else changes.

use std::io::{Cursor, Read as _};
use std::sync::LazyLock;

use proptest::prelude::*;

use crate::findings::{SELF, changed};
use crate::report_kit::{Beside, W, document, filled, p, part, parts, row, table, text};
use crate::support::{MODEL, workbook};
use crate::workbook_pages::{Page, write};

/// Fills a body from the published case, and gives what it reads.
fn read(body: &str) -> String {
    text(&xml(body))
}

fn xml(body: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let made = filled(&workbook(MODEL), folder.path(), &document(body, &[], ""));
    part(&made.path.unwrap_or_else(|| panic!("{}", made.said)), "word/document.xml")
}

/// What is said of a template that is refused.
fn refused(template: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let made = filled(&workbook(MODEL), folder.path(), template);
    assert!(made.path.is_none() && matches!(made.code, Some(2 | 3)), "{:?} {}", made.code, made.json);
    made.said
}

#[test]
fn a_placeholder_may_be_cut_into_runs_and_keeps_the_looks_of_its_first() {
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>得{</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:t>{总</w:t></w:r>\
                <w:r><w:rPr><w:i/></w:rPr><w:t>分}</w:t></w:r><w:r><w:t>}分</w:t></w:r></w:p>";
    let filled = xml(body);
    assert_eq!(text(&filled), "得87.5分\n");
    assert!(filled.contains("<w:b/></w:rPr><w:t xml:space=\"preserve\">得87.5</w:t>"), "{filled}");
    // Full-width signs are the same, spaces do not matter.
    assert_eq!(read(&p("｛｛ 总分 ｝｝")), "87.5\n");
}

#[test]
fn blocks_of_paragraphs_repeat_nest_and_are_left_out() {
    let body = [
        p("{{#一级指标}}"),
        p("{{名称}}"),
        p("{{#二级指标}}"),
        p("　{{名称}}{{权重}}（{{一级}}）"),
        p("{{/二级指标}}"),
        p("{{/一级指标}}"),
        p("{{#已评定}}"),
        p("定"),
        p("{{/已评定}}"),
        p("{{^已评定}}"),
        p("未定"),
        p("{{/已评定}}"),
        p("{{#有待评分}}有{{/有待评分}}{{^有待评分}}没有{{/有待评分}}待评分的"),
        p("{{#等级标准}}{{等级}}；{{/等级标准}}"),
    ];
    let lines = read(&body.concat());
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines[..4], ["决策", "　项目立项5（决策）", "　绩效目标4（决策）", "　资金投入6（决策）"]);
    assert_eq!(lines.len(), 5 + 12 + 3, "{lines:?}");
    assert_eq!(lines[17..], ["定", "没有待评分的", "优；良；中；差；"]);
}

#[test]
fn rows_repeat_and_cells_of_one_value_become_one() {
    let rows = [
        row(&["一级", "二级", "得分"]),
        row(&["{{#二级指标}}{{一级|合并}}", "{{名称}}", "{{得分}}{{/二级指标}}"]),
        row(&["合计", "", "{{总分}}"]),
    ];
    let filled = xml(&table(&rows));
    assert_eq!(filled.matches("<w:tr>").count(), 14);
    assert_eq!(filled.matches("<w:vMerge w:val=\"restart\"/>").count(), 5);
    assert_eq!(filled.matches("<w:vMerge/>").count(), 7);
    assert!(text(&filled).contains("\n效益\n社会效益\n7.5\n\n可持续影响\n10\n"), "{}", text(&filled));
    // Rows of their own for the marks go with them.
    let rows = [row(&["{{#一级指标}}", ""]), row(&["{{名称}}", "{{权重}}"]), row(&["", "{{/一级指标}}"])];
    assert_eq!(read(&table(&rows)), "决策\n15\n过程\n15\n产出\n35\n效益\n25\n满意度\n10\n");
    // A table in a cell of a table; a cell keeps a paragraph.
    let inner = table(&[row(&["{{#一级指标}}{{名称}}", "{{权重}}{{/一级指标}}"])]);
    let outer = format!("<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>");
    assert_eq!(xml(&outer).matches("<w:tr>").count(), 6);
    let empty = format!(
        "<w:tbl><w:tr><w:tc>{}{}{}</w:tc></w:tr></w:tbl>",
        p("{{^已评定}}"),
        p("x"),
        p("{{/已评定}}")
    );
    assert!(xml(&empty).contains("<w:tc><w:p/></w:tc>"), "{}", xml(&empty));
}

#[test]
fn controls_headers_notes_and_text_boxes_are_filled() {
    let control = "<w:sdt><w:sdtPr><w:tag w:val=\"绩效:总分\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>点这里</w:t></w:r>\
                   <w:r><w:t>输入</w:t></w:r></w:sdtContent></w:sdt>";
    let list = format!(
        "<w:sdt><w:sdtPr><w:tag w:val=\"绩效:一级指标\"/><w:id w:val=\"7\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        p("{{名称}}")
    );
    let text_box = format!(
        "<w:p><w:r><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:textbox><w:txbxContent>{}</w:txbxContent>\
         </v:textbox></v:shape></w:pict></w:r></w:p>",
        p("框{{等级}}")
    );
    let body = format!("<w:p>{control}</w:p>{list}{text_box}{}", p("{{项目名称}}"));
    let beside: [Beside<'_>; 2] = [
        ("header1.xml", "header", format!("<w:hdr {W}>{}</w:hdr>", p("眉{{评价年度}}"))),
        (
            "footnotes.xml",
            "footnotes",
            format!("<w:footnotes {W}><w:footnote w:id=\"1\">{}</w:footnote></w:footnotes>", p("注{{满分}}")),
        ),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let made = filled(&workbook(MODEL), folder.path(), &document(&body, &beside, ""));
    let path = made.path.unwrap_or_else(|| panic!("{}", made.said));
    let body = part(&path, "word/document.xml");
    assert_eq!(text(&body), "87.5\n决策\n过程\n产出\n效益\n满意度\n框良\n\n办公大厅运行维护费\n");
    assert!(!body.contains("showingPlcHdr"));
    assert_eq!(text(&part(&path, "word/header1.xml")), "眉2021\n");
    assert_eq!(text(&part(&path, "word/footnotes.xml")), "注100\n");
}

#[test]
fn a_value_is_text_and_never_a_placeholder() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = changed(&[SELF], &[("农村公路养护", "{{总分}}<w:p/>&{{#一级指标}}")]);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let file = write(&pages, folder.path());
    let made = filled(&file, folder.path(), &document(&p("名称：{{项目名称}}。{{满分}}"), &[], ""));
    let body = text(&part(&made.path.unwrap_or_else(|| panic!("{}", made.said)), "word/document.xml"));
    assert_eq!(body, "名称：{{总分}}<w:p/>&{{#一级指标}}。100\n");
}

#[test]
fn all_that_is_wrong_is_said_at_its_paragraph() {
    let body = [
        p("好的段落{{总分}}"),
        p("{{总份}}"),
        p("{{#一级指标}}"),
        p("{{没有}}"),
        p("{{/二级指标}}"),
        p("{{/一级指标}}"),
        p("没完{{总分"),
        p("{{已评定}}"),
        p("{{二级指标}}"),
        p("{{#等级标准}}文字"),
        p("{{/等级标准}}"),
        p("{{一级|合并}}"),
        p("{{得分率}}"),
        p("{{#满分}}"),
    ];
    let said = refused(&document(&body.concat(), &[], ""));
    for words in [
        "正文第2段“{{总份}}”：没有名为“总份”的内容，是不是“总分”？",
        "正文第4段“{{没有}}”：没有名为“没有”的内容",
        "正文第5段“{{/二级指标}}”：“{{/二级指标}}”前面没有“{{#二级指标}}”",
        "正文第7段“没完{{总分”：占位符没有写完整",
        "正文第8段“{{已评定}}”：“已评定”是条件",
        "正文第9段“{{二级指标}}”：“二级指标”是列表",
        "正文第10段“{{#等级标准}}文字”",
        "正文第12段“{{一级|合并}}”",
        "正文第13段“{{得分率}}”：“得分率”只能用在“{{#一级指标}}”之内",
        "正文第14段“{{#满分}}”：“{{#满分}}”没有“{{/满分}}”",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert!(!said.contains("第1段"), "{said}");
}

#[test]
fn what_acts_or_leads_elsewhere_is_refused_with_its_paragraph() {
    let rel = |kind: &str, target: &str, mode: &str| {
        format!(
            "<Relationship Id=\"rId90\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
             Target=\"{target}\"{mode}/>"
        )
    };
    let external = " TargetMode=\"External\"";
    let field = |words: &[&str]| {
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
        let words: String =
            words.iter().map(|word| format!("<w:r><w:instrText>{word}</w:instrText></w:r>")).collect();
        format!("{}<w:p>{begin}{words}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>", p("前"))
    };
    for (body, rels, said) in [
        (p("一"), rel("vbaProject", "vbaProject.bin", ""), "宏"),
        (p("一"), rel("attachedTemplate", "file:///c:/x.dotm", external), "附加模板"),
        (
            format!(
                "{}<w:p><w:r><w:drawing><a:blip xmlns:a=\"a\" r:link=\"rId90\"/></w:drawing></w:r></w:p>",
                p("前")
            ),
            rel("image", "http://example.com/x.png", external),
            "指向文件之外的内容（image，http://example.com/x.png）：正文第2段",
        ),
        (format!("{}<w:altChunk r:id=\"rId90\"/>", p("一")), rel("aFChunk", "x.html", ""), "altChunk"),
        (
            format!("{}<w:p><w:r><w:object/></w:r></w:p>", p("前")),
            String::new(),
            "嵌入的对象（OLE、ActiveX）：正文第2段",
        ),
        (field(&[" DD", "EAUTO c:\\\\cmd"]), String::new(), "（DDEAUTO）：正文第2段"),
        (field(&["INCLUDETEXT \"x\""]), String::new(), "（INCLUDETEXT）：正文第2段"),
        (field(&["link Excel.Sheet"]), String::new(), "（LINK）：正文第2段"),
        (
            "<w:p><w:fldSimple w:instr=\" INCLUDEPICTURE x \"/></w:p>".to_owned(),
            String::new(),
            "（INCLUDEPICTURE）：正文第1段",
        ),
    ] {
        let words = refused(&document(&body, &[], &rels));
        assert!(words.contains(said), "{said}\n{words}");
    }
    // A hyperlink and fields that only count are nothing to fear.
    let body = format!("{}{}", p("{{总分}}"), field(&[" PAGE "]));
    let folder = tempfile::tempdir().expect("a folder");
    let made = filled(
        &workbook(MODEL),
        folder.path(),
        &document(&body, &[], &rel("hyperlink", "http://example.com/", external)),
    );
    assert!(made.path.is_some(), "{}", made.said);
}

#[test]
fn a_draft_is_marked_on_every_page_of_any_template() {
    let waiting = [("≥98% | 99% | 20 | 20 |", "≥98% | 基本完成 | 20 |  |")];
    let folder = tempfile::tempdir().expect("a folder");
    let pages = changed(&[SELF], &waiting);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let file = write(&pages, folder.path());
    let section = "<w:sectPr><w:titlePg/></w:sectPr>";
    let own = format!(
        "<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/></w:sectPr></w:pPr></w:p>{}{section}",
        p("二")
    );
    let beside: [Beside<'_>; 1] = [("header1.xml", "header", format!("<w:hdr {W}>{}</w:hdr>", p("本局")))];
    for (body, beside, headers) in [
        (p("没有分节"), [].as_slice(), 1),
        (format!("{}{section}", p("首页不同")), [].as_slice(), 1),
        (own, beside.as_slice(), 2),
    ] {
        let made = filled(&file, folder.path(), &document(&body, beside, ""));
        let path = made.path.unwrap_or_else(|| panic!("{}", made.said));
        let names = parts(&path, "word/header");
        assert_eq!(names.len(), headers, "{body}");
        for name in names {
            assert!(text(&part(&path, &name)).contains("初稿：尚有1项指标未评分"), "{name}");
        }
        let xml = part(&path, "word/document.xml");
        let first = body.contains("titlePg");
        assert_eq!(xml.contains("w:type=\"first\""), first, "{xml}");
        assert!(xml.contains("w:type=\"default\""), "{xml}");
        assert!(path.to_string_lossy().contains("（初稿）"));
    }
    // A report that is whole has no mark, and a template without gaps none of its own.
    let made = filled(&workbook(MODEL), folder.path(), &document(&p("{{总分}}"), &[], ""));
    let path = made.path.expect("a report");
    assert!(
        parts(&path, "word/header").is_empty() && !path.to_string_lossy().contains("初稿"),
        "{}",
        path.display()
    );
}

#[test]
fn what_is_made_to_be_endless_ends() {
    // Blocks in one another without end, and a list in itself.
    let deep = p("{{#已评定}}").repeat(3_000) + &p("{{/已评定}}").repeat(3_000);
    assert!(refused(&document(&deep, &[], "")).contains("不能再套"));
    let wide = format!("{}{}{}", p("{{#三级指标}}").repeat(8), p("x"), p("{{/三级指标}}").repeat(8));
    assert!(refused(&document(&wide, &[], "")).contains("过多"));
    let objects = "<w:p><w:r><w:object/></w:r></w:p>".repeat(20_000);
    assert!(refused(&document(&objects, &[], "")).contains("……共"));
}

/// Pieces of which bodies are made: (what stands there, what stands there when it is filled).
fn piece() -> impl Strategy<Value = (String, String)> {
    let same = |xml: &str| (xml.to_owned(), xml.to_owned());
    let filled = |before: &str, after: &str| (before.to_owned(), after.to_owned());
    prop_oneof![
        "[a-z<&\u{4e00}-\u{4e20} ]{0,12}".prop_map(move |text| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let xml = format!("<w:p w:rsidR='00A1'><w:r><w:t>{text}</w:t></w:r ></w:p>");
            (xml.clone(), xml)
        }),
        Just(same(
            "<w:p><w:pPr><w:ind w:left='2' /></w:pPr><w:ins w:id=\"1\"><w:r><w:t>加</w:t></w:r></w:ins><w:del w:id=\"2\"><w:r><w:delText>{{没有}}</w:delText></w:r></w:del></w:p>"
        )),
        Just(same("<!-- {{总分}} --><w:bookmarkStart w:id=\"3\" w:name=\"x\"/><w:p/>\r\n")),
        Just(same(
            "<w:p><w:hyperlink w:anchor=\"x\"><w:r><w:t>链&#x63A5;</w:t></w:r></w:hyperlink><w:r><w:tab/><w:sym w:char=\"F0A8\"/></w:r></w:p>"
        )),
        Just(same(
            "<w:tbl><w:tr><w:tc><w:p/><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
        )),
        Just(filled(
            "<w:p><w:r><w:t>共{{满分}}分</w:t></w:r></w:p>",
            "<w:p><w:r><w:t xml:space=\"preserve\">共100分</w:t></w:r></w:p>"
        )),
        Just(filled(
            "<w:p><w:r><w:t>a{{</w:t></w:r><w:r><w:t >等级}}b</w:t></w:r></w:p>",
            "<w:p><w:r><w:t xml:space=\"preserve\">a良</w:t></w:r><w:r><w:t xml:space=\"preserve\">b</w:t></w:r></w:p>"
        )),
        Just(filled(
            "<w:p><w:r><w:t>{{#已评定}}</w:t></w:r></w:p><w:p w:x='1'/><w:p><w:r><w:t>{{/已评定}}</w:t></w:r></w:p>",
            "<w:p w:x='1'/>"
        )),
        Just(filled(
            "<w:p><w:r><w:t>{{^已评定}}</w:t></w:r></w:p><w:p w:x='1'/><w:p><w:r><w:t>{{/已评定}}</w:t></w:r></w:p>",
            ""
        )),
        Just(filled(
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{#等级标准}}{{等级}}{{/等级标准}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t xml:space=\"preserve\">优良中差</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        )),
    ]
}

/// The published case, scored once.
static CASE: LazyLock<jixiao::inner::pipeline::Outcome> = LazyLock::new(|| {
    use jixiao::inner::{mapping::Mappings, pipeline};
    let reader = std::fs::File::open(workbook(MODEL)).expect("the workbook");
    let mut sources = [pipeline::Source { name: MODEL.to_owned(), reader }];
    let today = jixiao::inner::base::Date::constant(2026, 1, 1);
    let settings = pipeline::Settings::default();
    let mappings = Mappings::shipped();
    pipeline::run(&mut sources, &mappings, &settings, today, None::<&mut [std::fs::File]>).expect("scores")
});

/// The entries of a package: name, method, checksum, compressed bytes.
fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    (0..package.len())
        .map(|at| {
            let mut entry = package.by_index_raw(at).expect("an entry");
            let name = entry.name().expect("a name").into_owned();
            let mut raw = Vec::new();
            entry.read_to_end(&mut raw).expect("its bytes");
            (name, raw)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_no_placeholder_keeps_its_bytes(pieces in proptest::collection::vec(piece(), 0..14)) {
        let before: String = pieces.iter().map(|(before, _)| before.as_str()).collect();
        let after: String = pieces.iter().map(|(_, after)| after.as_str()).collect();
        let beside: [Beside<'_>; 1] = [("styles.xml", "styles", format!("<w:styles {W}/>"))];
        let template = document(&before, &beside, "");
        let about = CASE.cases[0].about(None).expect("scores");
        let mut out = Cursor::new(Vec::new());
        jixiao::inner::narrative::write(&about, Cursor::new(&template), &mut out).expect("a report");
        let (was, is) = (entries(&template), entries(out.get_ref()));
        prop_assert_eq!(was.len(), is.len());
        for ((name, was), (same, is)) in was.iter().zip(&is) {
            prop_assert_eq!(name, same);
            if name != "word/document.xml" {
                prop_assert_eq!(was, is, "{}", name);
            }
        }
        let mut package = zip::ZipArchive::new(Cursor::new(out.get_ref())).expect("a package");
        let mut text = String::new();
        package.by_name("word/document.xml").expect("the text").read_to_string(&mut text).expect("UTF-8");
        prop_assert_eq!(text, format!("<w:document {W}><w:body>{after}</w:body></w:document>"));
    }

    /// Whatever a template is made of, it is filled or refused: nothing panics.
    #[test]
    fn no_template_is_too_odd(pieces in proptest::collection::vec(odd(), 0..20)) {
        let template = document(&pieces.concat(), &[], "");
        let about = CASE.cases[0].about(None).expect("scores");
        let mut out = Cursor::new(Vec::new());
        let _ = jixiao::inner::narrative::write(&about, Cursor::new(&template), &mut out);
    }
}

/// Pieces that may fit together or not.
fn odd() -> impl Strategy<Value = String> {
    let texts = prop_oneof![
        Just("{{#一级指标}}"),
        Just("{{/一级指标}}"),
        Just("{{#二级指标}}"),
        Just("{{/二级指标}}"),
        Just("{{名称}}"),
        Just("{{^已评定}}"),
        Just("{{/已评定}}"),
        Just("{{"),
        Just("}}"),
        Just("{{}}"),
        Just("{{一级|合并}}"),
        Just("{{?"),
        Just("文字"),
        Just("{{{{总分}}}}"),
    ];
    (texts, 0..5_u8).prop_map(|(text, shape)| {
        let paragraph = p(text);
        match shape {
            0 => format!("<w:tbl><w:tr><w:tc>{paragraph}</w:tc><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"),
            1 => format!("<w:sdt><w:sdtPr><w:tag w:val=\"绩效:一级指标\"/></w:sdtPr><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"),
            2 => format!("<w:sdt><w:sdtPr><w:tag w:val=\"绩效段:x\"/></w:sdtPr><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"),
            3 => format!("<w:p><w:r><w:t>{text}</w:t><w:tab/></w:r><w:r><w:t>{text}</w:t></w:r></w:p>"),
            _ => paragraph,
        }
    })
}
