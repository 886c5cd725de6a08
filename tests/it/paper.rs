//! What is printed can be read: LibreOffice prints each sheet that we add, and the letters in the PDF are measured.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use jixiao::inner::base::Number;
use jixiao::inner::returned::OurSheet;
use jixiao::inner::sheet::{Value, Workbook};
use jixiao::inner::xlsx::Content;

use crate::findings::{SELF, SHEET};
use crate::libreoffice::{Cells, cells, recalculate};
use crate::model_case::edited;
use crate::overrides::{grade_row, number, text};
use crate::support::{MODEL, jixiao, retouched, score, workbook};
use crate::verify::verify;
use crate::workbook_pages;

/// The least size of printed letters in points.
const LEAST: u32 = 8;
const CASES: [&str; 3] =
    [MODEL, "东湖区教体局-课后服务补助-自评-2023.xlsx", "东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx"];

/// The sizes of letters on each page. LibreOffice writes them as they are on paper: `/F1 8.4 Tf`.
fn sizes(pdf: &[u8]) -> Vec<Vec<Number>> {
    let mut pages = Vec::new();
    let starts = memchr_all(pdf, b"stream\r\n").chain(memchr_all(pdf, b"stream\n"));
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    for start in starts {
        let mut text = Vec::new();
        // Fonts and pictures are streams, too, and no text.
        if flate2::read::ZlibDecoder::new(&pdf[start..]).read_to_end(&mut text).is_err() {
            continue;
        }
        let text = String::from_utf8_lossy(&text);
        let words: Vec<&str> = text.split([' ', '\n', '<', '[', '(']).collect();
        let found = words.windows(2).filter(|pair| pair[1] == "Tf").filter_map(|pair| pair[0].parse().ok());
        let found: Vec<Number> = found.collect();
        if !found.is_empty() {
            pages.push(found);
        }
    }
    pages
}

fn memchr_all<'a>(bytes: &'a [u8], what: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    memchr::memmem::find_iter(bytes, what).map(move |at| at + what.len())
}

fn print(file: &Path, folder: &Path) -> Vec<u8> {
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .arg(file)
        .output()
        .expect("LibreOffice (soffice) must be installed: it prints");
    assert!(status.status.success(), "soffice failed: {}", String::from_utf8_lossy(&status.stderr));
    fs::read(folder.join(file.with_extension("pdf").file_name().expect("a name"))).expect("the PDF")
}

/// The pages of some sheets of a workbook, as LibreOffice prints them; the others are hidden.
fn printed(book: &Path, is_printed: impl Fn(&str) -> bool, folder: &Path) -> Vec<u8> {
    let file = fs::File::open(book).expect("the workbook");
    let sheets = Workbook::open(file).expect("a workbook").sheets().to_vec();
    let only = retouched(book, |part, text| {
        if part != "xl/workbook.xml" {
            return text;
        }
        // The sheet that is shown first is printed, hidden or not.
        let first = sheets.iter().position(|info| is_printed(&info.name)).expect("a sheet to print");
        let mut text = text.replace(" state=\"visible\"", "");
        for at in 0..sheets.len() {
            text = text.replace(&format!(" activeTab=\"{at}\""), "");
        }
        text = text.replace("<workbookView ", &format!("<workbookView activeTab=\"{first}\" "));
        for (at, info) in sheets.iter().enumerate().filter(|(_, info)| !is_printed(&info.name)) {
            let name = format!("name=\"{}\"", info.name);
            if info.visible {
                text = text.replace(&name, &format!("{name} state=\"hidden\""));
            }
            // A print area is printed, hidden or not.
            let area = format!("name=\"_xlnm.Print_Area\" localSheetId=\"{at}\"");
            text = text.replace(&area, &format!("name=\"area{at}\""));
        }
        text
    });
    print(&only, folder)
}

fn holds_letters_that_can_be_read(pages: &[Vec<Number>], of: &str) {
    for (page, sizes) in (1..).zip(pages) {
        let least = *sizes.iter().min().expect("a page with letters");
        let count = pages.len();
        assert!(least >= Number::from(LEAST), "{of}: page {page} of {count} has letters of {least} points");
    }
}

/// The words on each page of a sheet, as LibreOffice prints it.
pub(crate) fn pages(book: &Path, sheet: &str, folder: &Path) -> Vec<String> {
    let file = folder.join("页.pdf");
    fs::write(&file, printed(book, |name| name == sheet, folder)).expect("the PDF");
    let text = Command::new("pdftotext").args(["-layout".as_ref(), file.as_os_str(), "-".as_ref()]).output();
    let text = text.expect("pdftotext (poppler) must be installed").stdout;
    let text = String::from_utf8(text).expect("text");
    text.split('\u{c}').filter(|page| !page.trim().is_empty()).map(str::to_owned).collect()
}

/// The parts of a workbook that are texts.
pub(crate) fn parts(book: &Path) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(fs::File::open(book).expect("the workbook")).expect("a package");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let (name, mut text) = (entry.name().expect("a name").into_owned(), String::new());
        if entry.read_to_string(&mut text).is_ok() {
            parts.insert(name, text);
        }
    }
    parts
}

fn titles(book: &Path) -> Vec<String> {
    let file = fs::File::open(book).expect("the workbook");
    Workbook::open(file).expect("a workbook").sheets().iter().map(|info| info.name.clone()).collect()
}

#[test]
fn every_sheet_of_ours_is_printed_in_letters_that_can_be_read() {
    for case in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(case), folder.path());
        let ours = |name: &str| OurSheet::ALL.into_iter().any(|part| part.title() == name);
        let count = titles(&scored.path).iter().filter(|name| ours(name)).count();
        assert!(count >= 5, "{case}: {count} sheets");
        // The agency's own sheets are as large as the agency prints them.
        let pages = sizes(&printed(&scored.path, ours, folder.path()));
        assert!(pages.len() >= count, "{case}: {} pages of {count} sheets", pages.len());
        holds_letters_that_can_be_read(&pages, case);
        // What is signed is read by people over fifty.
        let result = sizes(&printed(&scored.path, |name| name == OurSheet::Result.title(), folder.path()));
        let least = result.iter().flatten().min().copied().expect("letters");
        assert!(least >= Number::from(9), "{case}: {least} points on what is signed");
    }
}

/// The summary of a batch: each of its sheets in letters that can be read, its titles on every page.
#[test]
fn the_summary_of_a_batch_is_printed_in_letters_that_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let (inbox, out) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&inbox).expect("a folder");
    for case in CASES {
        fs::copy(workbook(case), inbox.join(case)).expect("a copy");
    }
    fs::write(inbox.join("坏.xlsx"), b"no workbook").expect("a file");
    let book = folder.path().join("汇总表.xlsx");
    let paths =
        [inbox.as_os_str(), "--out".as_ref(), out.as_os_str(), "--summary".as_ref(), book.as_os_str()];
    let run = jixiao(std::iter::once("batch".as_ref()).chain(paths));
    assert!(book.is_file(), "{}", String::from_utf8_lossy(&run.stderr));
    let all = titles(&book);
    assert!(all.len() >= 6, "{all:?}");
    let printed_pages = sizes(&printed(&book, |_| true, folder.path()));
    assert!(printed_pages.len() >= all.len(), "{} pages of {all:?}", printed_pages.len());
    holds_letters_that_can_be_read(&printed_pages, "汇总表");
    let spread: String = pages(&book, "得分分布", folder.path()).concat().split_whitespace().collect();
    for label in ["优", "良", "中", "差", "优（暂定）", "未定级", "95分及以上", "60分以下"]
    {
        assert!(spread.matches(label).count() >= 2, "{label}: {spread}");
    }
    let parts = parts(&book);
    for (at, name) in all.iter().enumerate() {
        let sheet = &parts[&format!("xl/worksheets/sheet{}.xml", at + 1)];
        assert!(sheet.contains("paperSize=\"9\""), "{name} is on A4");
        let repeated = format!("_xlnm.Print_Titles\" localSheetId=\"{at}\"");
        // 得分分布 is tables with their charts, a page each.
        assert!(
            parts["xl/workbook.xml"].contains(&repeated) || sheet.contains("<drawing "),
            "{name} repeats its titles"
        );
    }
}

/// Each chart is whole on one page wherever pages end: its sheet is not fitted to a page, by which programs ignore breaks, but
/// is narrow enough and has its breaks.
#[test]
fn charts_are_whole_on_a_page() {
    for case in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(case), folder.path());
        let all = parts(&scored.path);
        let drawn = all.keys().filter(|name| name.starts_with("xl/charts/chart")).count();
        assert!(drawn >= 2, "{case}: {drawn} charts");
        let sheets = all.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
        // The agency's own sheets may have pictures.
        let with_charts =
            sheets.filter(|(_, sheet)| sheet.contains("<drawing ") && sheet.contains("<sheetProtection"));
        let with_charts: Vec<_> = with_charts.collect();
        let [(_, sheet)] = with_charts.as_slice() else { panic!("{case}: one sheet has charts") };
        assert!(!sheet.contains("fitToPage=\"1\""), "{case}: it is not fitted");
        // As printed: title and last label of a chart on the same page.
        let pages = pages(&scored.path, OurSheet::Charts.title(), folder.path());
        // No legend that programs turn round says which bar is which.
        for (name, chart) in all.iter().filter(|(name, _)| name.starts_with("xl/charts/chart")) {
            assert!(!chart.contains("<c:legend>"), "{case} {name}: a legend");
        }
        let rates = pages.iter().filter(|page| page.contains("100%") && page.contains("80%")).count();
        assert!(sheet.contains("<rowBreaks ") || pages.len() == 1, "{case}: it has its breaks");
        let first = pages.first().expect("a page");
        // The heading of table and chart stands once.
        assert_eq!(first.matches("各二级指标得分率").count(), 1, "{case}: {first}");
        assert!(first.contains("0%") && first.contains("100%") && !first.contains("120%"), "{case}: {first}");
        assert!(rates >= 1, "{case}");
        for page in &pages {
            for section in page.split("各二级指标").skip(1) {
                let worst = section.lines().filter(|line| !line.trim().is_empty()).nth(2);
                let worst = worst.and_then(|row| row.split_whitespace().nth(1)).expect("a row");
                let drawn = section.matches(worst).count() >= 2;
                assert!(drawn, "{case}: a chart is parted from its table: {page}");
                // Every bar is named: what stands in the table stands at the chart.
                let rows = section.lines().filter(|line| line.trim_end().ends_with('%'));
                for label in rows.filter_map(|row| row.split_whitespace().nth(1)) {
                    assert!(
                        label == "20%" || section.matches(label).count() >= 2,
                        "{case}: {label} in {page}"
                    );
                }
            }
        }
    }
}

fn shown(all: &Cells, cell: &str) -> String {
    match all.get(&format!("'评分结果单'!{cell}")) {
        Some((Value::Text(text), _)) => text.clone(),
        Some((Value::Number(number), _)) => number.to_string(),
        _ => String::new(),
    }
}

/// The row of 评分结果单 that begins so.
fn row(all: &Cells, label: &str) -> u32 {
    (1..200).find(|row| shown(all, &format!("A{row}")) == label).unwrap_or_else(|| panic!("no {label}"))
}

/// The workbook after a person's changes, as LibreOffice calculates it.
fn after(path: &Path, acts: &[(&str, &str, Content)], folder: &Path) -> Cells {
    cells(&recalculate(&edited(path, acts), folder))
}

#[test]
fn the_result_sheet_follows_what_a_person_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("表.xlsx");
    fs::copy(workbook(MODEL), &source).expect("a copy");
    let blank = edited(&source, &[("表2 评分表", "I4", Content::Blank)]);
    let scored = score(&blank, &folder.path().join("结果"));
    let first = cells(&scored.path);
    assert_eq!(shown(&first, "A2"), "测算结果，非正式评价结论");
    assert_eq!(shown(&first, "A6"), "已评98分中得85.5分，尚有1项2分待评。");
    let sum = row(&first, "扣分合计");
    assert_eq!(
        (shown(&first, &format!("E{sum}")), shown(&first, &format!("F{sum}"))),
        ("12.5".into(), "".into())
    );
    row(&first, "立项依据充分性");
    let signed = row(&first, "\n复核人：\n");
    assert!(shown(&first, &format!("A{}", signed - 1)).contains("□无异议　□有异议（附说明）"));

    // Ticked: all is decided. A score that falls by it is told, though its row was not listed.
    let tick = |row: u32| format!("F{row}");
    let ticks: Vec<String> = (5..9).map(tick).collect();
    let mut acts: Vec<(&str, &str, Content)> =
        ticks.iter().map(|cell| ("取值表", cell.as_str(), text("是"))).collect();
    let ticked = after(&scored.path, &acts, folder.path());
    assert_eq!(shown(&ticked, "A6"), "满分100分，得87.5分。");
    acts[3].2 = text("否");
    let less = after(&scored.path, &acts, folder.path());
    assert_eq!(shown(&less, "A6"), "满分100分，得87分。");
    assert_eq!(shown(&less, &format!("E{sum}")), "13");
    acts[3].2 = text("是");
    acts.push(("表2 评分表", "I16", number("0.5")));
    let more = after(&scored.path, &acts, folder.path());
    assert_eq!(shown(&more, &format!("F{sum}")), "评分以后的改动另扣1.5分，见“评分明细”。");

    // Who decides the grade makes it more than a draft; without a reason he does not.
    acts.pop();
    let rows = ["改定等级", "改定理由", "改定人"].map(|label| grade_row(&first, label));
    let [grade, reason, by] = [("良", 0), ("集体会审", 1), ("李四", 2)]
        .map(|(words, at)| ("评分汇总", rows[at].as_str(), text(words)));
    acts.extend([grade, by]);
    assert_eq!(shown(&after(&scored.path, &acts, folder.path()), "A2"), "测算结果，非正式评价结论");
    acts.push(reason);
    let decided = after(&scored.path, &acts, folder.path());
    assert_eq!(shown(&decided, "A2"), "评价等级由李四确定，理由：集体会审");
}

/// Who signs sees on the same page something of what is signed, however much that is.
#[test]
fn signatures_have_no_page_of_their_own() {
    for missed in [9, 18] {
        let folder = tempfile::tempdir().expect("a folder");
        let missed_row =
            |number: i32| format!(" | | 新建渠道第{number}段长度 | ≥50公里 | 46公里 | 10 | 9.2 |");
        let rows: Vec<String> = (2..=missed).map(missed_row).collect();
        let page = format!(
            "
项目支出绩效自评表
（2022年度）
项目名称 | 农村公路养护
主管部门 | 某县交通运输局
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 新建渠道第1段长度 | ≥50公里 | 46公里 | 10 | 9.2 |
{}
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 92% | 10 | 10 |
",
            rows.join("\n")
        );
        let scored = score(&workbook_pages::write(&[("自评表", &page)], folder.path()), folder.path());
        let pages = pages(&scored.path, OurSheet::Result.title(), folder.path());
        let signed = pages.iter().find(|page| page.contains("签字盖章")).expect("signatures");
        assert!(signed.contains("未达到指标值"), "{missed}: {signed}");
        let found = pages.iter().filter(|page| page.contains("发现的问题")).count();
        assert_eq!(found, 1, "{missed}: {pages:#?}");
    }
}

/// A sheet of another file is known by its name; whose file it is, is said once below the table, and not in each of its cells.
#[test]
fn a_sheet_of_another_file_is_named_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("项目");
    fs::create_dir(&case).expect("a folder");
    let declared = (
        "申报表",
        "
项目支出绩效目标申报表
（2022年度）
项目名称 | 农村公路养护
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护公路里程 | ≥150公里
 | | 新建停车港湾 | ≥3处
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
",
    );
    for (name, page) in [("农村公路-目标申报.xlsx", declared), ("农村公路-自评.xlsx", SELF)] {
        let made = workbook_pages::write(&[page], folder.path());
        fs::rename(made, case.join(name)).expect("a name");
    }
    let scored = score(&case, &folder.path().join("结果"));
    let host = fs::read_dir(folder.path().join("结果")).expect("results");
    let host =
        host.map(|entry| entry.expect("a file").path()).find(|path| path.to_string_lossy().contains("自评."));
    let all = cells(&host.unwrap_or(scored.path));
    for sheet in ["目标核对", "问题清单", "评分结果单"] {
        let begins = format!("'{sheet}'!");
        let texts: Vec<&String> = all
            .iter()
            .filter(|(at, _)| at.starts_with(&begins))
            .filter_map(|(_, (value, _))| if let Value::Text(text) = value { Some(text) } else { None })
            .collect();
        let files: Vec<&&String> = texts.iter().filter(|text| text.contains("农村公路-目标申报")).collect();
        assert_eq!(files.len(), 1, "{sheet}: {files:?}");
        assert!(files[0].ends_with("“申报表”在文件“农村公路-目标申报.xlsx”中。"), "{sheet}: {files:?}");
    }
    let places: Vec<String> = (4..7)
        .filter_map(|row| match all.get(&format!("'目标核对'!J{row}")) {
            Some((Value::Text(text), _)) => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(places, ["申报表D5", "申报表D6", "申报表D7"]);
}

/// What waits for a score is yellow on our sheets, and no longer when it has one.
#[test]
fn what_waits_is_yellow() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("表.xlsx");
    fs::copy(workbook(MODEL), &source).expect("a copy");
    let blank = edited(&source, &[("表2 评分表", "I4", Content::Blank)]);
    let scored = score(&blank, &folder.path().join("结果"));
    let parts = parts(&scored.path);
    let ruled =
        |sheet: &&String| sheet.contains("<sheetProtection") && sheet.contains("<conditionalFormatting");
    let sheets = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    let rules: Vec<&String> = sheets.map(|(_, sheet)| sheet).filter(ruled).collect();
    assert_eq!(rules.len(), 3, "评分结果单, 评分汇总, 评分明细");
    let formats: Vec<&str> = parts["xl/styles.xml"].split("<dxf>").skip(1).collect();
    for sheet in rules {
        let rule =
            sheet.split("<cfRule ").nth(1).expect("a rule").split("</cfRule>").next().expect("its end");
        assert!(rule.contains("beginsWith") && rule.contains("\"待\""), "{rule}");
        let format = rule.split("dxfId=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a format");
        let format: usize = format.parse().expect("a number");
        assert!(formats[format].contains("FFFFFF00"), "yellow: {}", formats[format]);
    }
    // The rule is about the first letter of the cells: of those that wait, and of no other.
    let all = cells(&scored.path);
    let waits = |at: &str| matches!(all.get(at), Some((Value::Text(text), _)) if text.starts_with('待'));
    assert!(waits("'评分明细'!K4"), "{:?}", all.get("'评分明细'!K4"));
    assert!(!waits("'评分明细'!K5"));
}

#[test]
fn the_signatures_are_those_of_the_kind_of_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = |name: &str, pages: &[(&str, &str)]| {
        let place = folder.path().join(name);
        fs::create_dir(&place).expect("a folder");
        workbook_pages::write(pages, &place)
    };
    let own = ["项目负责人", "财务负责人", "单位（盖章）"];
    let review = ["复核人", "绩效股负责人", "日期"];
    let firm = ["主评人", "质量复核人", "机构（盖章）"];
    let firms = SHEET.1.replace("| 得分 |", "| 第三方评分 |");
    assert_ne!(firms, SHEET.1);
    let header = "分值 | 得分 | 偏差原因分析及改进措施";
    let reviewed = SELF.1.replace(header, "分值 | 自评得分 | 复核得分 | 偏差原因分析及改进措施");
    assert_ne!(reviewed, SELF.1);
    for (of, book, wanted) in [
        ("自评", workbook(CASES[2]), own),
        ("复核", workbook(MODEL), review),
        ("自评表中的复核", made("复核", &[(SELF.0, &reviewed)]), review),
        ("第三方", made("第三方", &[(SHEET.0, &firms)]), firm),
    ] {
        let scored = score(&book, &folder.path().join(format!("{of}的结果")));
        let all = cells(&scored.path);
        let signed = row(&all, &format!("\n{}：\n", wanted[0]));
        let line = ["A", "C", "F"].map(|column| shown(&all, &format!("{column}{signed}")));
        let mut wanted_line = wanted.map(|who| format!("\n{who}：\n"));
        if wanted == own {
            // Who seals for the agency writes the day.
            wanted_line[2].push_str("　　　　年　　月　　日\n");
        }
        assert_eq!(line, wanted_line, "{of}");
        let said: Vec<String> = (1..=signed).map(|row| shown(&all, &format!("A{row}"))).collect();
        let heard = said.iter().filter(|said| said.contains("被评价单位意见")).collect::<Vec<_>>();
        if wanted == own {
            assert!(heard.is_empty(), "a self-evaluation hears nobody: {said:?}");
        } else {
            let [heard] = heard.as_slice() else { panic!("{of}: {said:?}") };
            assert!(heard.contains("□无异议　□有异议（附说明）"), "{of}: {heard}");
        }
    }
}

/// A list of choices keeps nobody from pasting: what is neither 是 nor 否 is said, stays, and is no tick.
#[test]
fn what_is_pasted_in_the_place_of_a_tick_is_said_and_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("表.xlsx");
    fs::copy(workbook(MODEL), &source).expect("a copy");
    let blank = edited(&source, &[("表2 评分表", "I4", Content::Blank)]);
    let scored = score(&blank, &folder.path().join("结果"));
    let acts = [
        ("取值表", "F5", number("1")),
        ("取值表", "F6", text("是")),
        ("取值表", "F7", text("√")),
        ("取值表", "F8", text("否")),
    ];
    let pasted = edited(&scored.path, &acts);
    let mut book = pasted;
    for round in 1..=2 {
        let again = score(&book, &folder.path().join(format!("第{round}次")));
        let said = again.json["findings"].to_string();
        assert!(
            said.contains("“取值表”中第1项填的是“1”、第3项填的是“√”，不是“是”或“否”，没有采用"),
            "{said}"
        );
        assert_eq!(again.json["indicators"][0]["state"], "pending", "round {round}");
        let all = cells(&again.path);
        let kept = ["F5", "F6", "F7", "F8"].map(|cell| match all.get(&format!("'取值表'!{cell}")) {
            Some((Value::Text(text), _)) => text.clone(),
            other => format!("{other:?}"),
        });
        assert_eq!(kept, ["1", "是", "√", "否"], "round {round}");
        book = again.path;
    }
    let right = edited(&book, &[("取值表", "F5", text("是")), ("取值表", "F7", text("是"))]);
    let last = score(&right, &folder.path().join("末次"));
    assert_eq!(last.json["indicators"][0]["score"], "1.5", "three of four items");
    assert!(!last.json["findings"].to_string().contains("没有采用。请逐项选择"));
}

#[test]
fn what_is_typed_beside_a_kept_value_is_said_and_the_next_run_keeps_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let shut = edited(&scored.path, &[("取值表", "H6", text("自己记的"))]);
    let open = retouched(&shut, |part, text| match part.ends_with("sheet10.xml") {
        true => text.replace("<sheetProtection sheet=\"1\"", "<sheetProtection sheet=\"0\""),
        false => text,
    });
    let (code, json) = verify(&open);
    let told = json["differences"].to_string();
    assert_eq!(code, 1);
    assert!(told.contains("'取值表'!H6") && told.contains("自己记的"), "{told}");
    assert!(told.contains("附加的工作表已被取消保护"), "{told}");
    let again = score(&open, &folder.path().join("再次"));
    let kept = cells(&again.path);
    let kept: Vec<&String> = kept
        .iter()
        .filter(|(_, (value, _))| *value == Value::Text("自己记的".into()))
        .map(|(at, _)| at)
        .collect();
    assert_eq!(kept.len(), 1, "a person's words are kept");
    let said = again.json["findings"].to_string();
    assert!(said.contains("取值表"), "and the run says so: {said}");
}
