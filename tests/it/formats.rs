//! Workbooks of other formats: the same scores as the `.xlsx`, returned as `.xlsx`; hostile ones are refused.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use jixiao::inner::sheet::Value;
use serde_json::Value as Json;
use zip::write::SimpleFileOptions;

use crate::libreoffice::{cells, differences};
use crate::support::{MODEL, jixiao, score, workbook};

const OTHERS: [&str; 2] = ["东湖区-办公大厅运行维护费-2021.xls", "东湖区-办公大厅运行维护费-2021.ods"];

/// What a run found, but for what differs by the format alone.
fn findings(json: &Json) -> Vec<(Json, Json, Json)> {
    let format = ["rebuilt-from-other-format", "formula-without-value"];
    let all = json["findings"].as_array().expect("findings").iter();
    all.filter(|finding| !format.contains(&finding["id"].as_str().expect("an id")))
        .map(|finding| (finding["id"].clone(), finding["cell"].clone(), finding["message"].clone()))
        .collect()
}

fn rebuilt(json: &Json) -> &str {
    let all = json["findings"].as_array().expect("findings").iter();
    let found: Vec<&Json> = all.filter(|finding| finding["id"] == "rebuilt-from-other-format").collect();
    assert_eq!(found.len(), 1, "one finding says that the file was rebuilt");
    found[0]["message"].as_str().expect("a message")
}

#[test]
fn other_formats_give_the_scores_and_findings_of_the_xlsx() {
    let folder = tempfile::tempdir().expect("a folder");
    let expected = score(&workbook(MODEL), folder.path());
    for name in OTHERS {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(name), folder.path());
        assert_eq!(scored.code, 0, "{name}");
        assert_eq!(scored.json["source"]["file"], name);
        assert_eq!(scored.json["score"]["total"], "87.5", "{name}");
        assert_eq!(scored.json["score"]["grade"], "良", "{name}");
        for key in ["project", "score", "levels", "indicators", "declared", "reconciliation"] {
            assert_eq!(scored.json[key], expected.json[key], "{name}: {key}");
        }
        assert_eq!(findings(&scored.json), findings(&expected.json), "{name}");
        let message = rebuilt(&scored.json);
        for lost in ["批注 1 处", "图片 1 处", "数据有效性 1 处", "条件格式 1 处"] {
            assert!(message.contains(lost), "{name}: {message}");
        }
    }
}

#[test]
fn how_a_workbook_is_read_is_shown_whatever_its_format() {
    let said = |args: &[&str]| {
        let output = jixiao(args);
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let show = |name: &str| said(&["mapping", "show", workbook(name).to_str().expect("a path")]);
    let expected = show(MODEL);
    assert_eq!(expected.0, Some(0));
    let folder = tempfile::tempdir().expect("a folder");
    let mapping = folder.path().join("own.toml");
    fs::write(&mapping, "schema = 1\nname = \"own\"\nkind = \"score-sheet\"\nextends = \"score-sheet\"\n")
        .expect("written");
    for name in OTHERS {
        assert_eq!(show(name), expected, "{name}");
        let path = workbook(name);
        let path = path.to_str().expect("a path");
        let against = said(&["mapping", "check", mapping.to_str().expect("a path"), "--against", path]);
        assert_eq!(against.0, Some(0), "{name}: {}", against.1);
        assert!(against.1.contains("绩效评价评分表"), "{name}: {}", against.1);
        let drafted = said(&["mapping", "infer", path]);
        assert_eq!(drafted.0, Some(0), "{name}");
        assert!(drafted.1.contains("已经认识的标题"), "{name}: {}", drafted.1);
    }
}

/// What `mapping show` says of a file made of these bytes, and its exit code.
fn shown(name: &str, bytes: &[u8]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    fs::write(&file, bytes).expect("written");
    let output = jixiao(["mapping".as_ref(), "show".as_ref(), file.as_os_str()]);
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn how_an_xlsb_is_read_is_shown() {
    let rows = [
        "项目支出绩效自评表",
        "项目名称|农村公路养护",
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|实得分",
        "产出指标|数量指标|养护公路里程|≥120公里|126公里|60|60",
        "效益指标|社会效益指标|群众满意度|≥90%|92%|40|40",
    ];
    let cells: Vec<(u32, u32, &str)> = (0_u32..)
        .zip(rows)
        .flat_map(|(row, line)| (0_u32..).zip(line.split('|')).map(move |(col, text)| (row, col, text)))
        .collect();
    let bytes = xlsb_of(&cells);
    let (code, text) = shown("自评.xlsb", &bytes);
    assert_eq!(code, Some(0), "{text}");
    for line in [
        "绩效自评表（映射 self-evaluation），范围 A1:G5，表头第 3 行",
        "G列 实得分 → score",
        "读取 2 行：4、5",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("自评.xlsb");
    fs::write(&file, &bytes).expect("written");
    let scored = score(&file, folder.path());
    assert_eq!(
        (&scored.json["score"]["total"], &scored.json["score"]["stated_total"]),
        (&"100".into(), &Json::Null)
    );
    assert_eq!(scored.json["indicators"][0]["stated_score"], "60");
}

#[test]
fn how_a_ledger_in_plain_text_is_read_is_shown() {
    let ledger = "日期,凭证号,摘要,借方金额,贷方金额\n2022-01-10,记-1,付工程款,600000,\n2022-01-20,记-2,付材料款,200000,\n";
    for (name, bytes) in [
        ("账.csv", ledger.as_bytes().to_vec()),
        ("账.txt", ledger.replace(',', "\t").into_bytes()),
        ("账.csv", encoding_rs::GB18030.encode(ledger).0.into_owned()),
    ] {
        let (code, text) = shown(name, &bytes);
        assert_eq!(code, Some(0), "{text}");
        for line in ["工作表“账”", "明细账（映射 ledger）", "A列 日期 → date", "D列 借方金额 → debit"]
        {
            assert!(text.contains(line), "{line}: {text}");
        }
    }
    assert_eq!(shown("名单.csv", "姓名,电话\n张三,123\n".as_bytes()).0, Some(3));
}

/// Our own sheets hold titles such as 三级指标 and 得分; they are no form of the agency's.
#[test]
fn our_own_sheets_are_left_out_when_a_returned_workbook_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let said =
        |args: &[&std::ffi::OsStr]| String::from_utf8(jixiao(args.iter().copied()).stdout).expect("UTF-8");
    let show = |path: &Path| said(&["mapping".as_ref(), "show".as_ref(), path.as_os_str()]);
    let infer = |path: &Path| said(&["mapping".as_ref(), "infer".as_ref(), path.as_os_str()]);
    let (before, after) = (show(&workbook(MODEL)), show(&scored.path));
    let own = after.strip_prefix(before.trim_end()).expect("the agency's sheets are read as before");
    for sheet in ["评分汇总", "评分明细", "目标核对", "账务核对", "问题清单", "处理说明"]
    {
        assert!(own.contains(&format!("工作表“{sheet}”\n  隐藏或由本程序附加，不读取")), "{sheet}: {own}");
    }
    assert!(!own.contains('→'), "{own}");
    let drafted = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.contains("工作表“")).map(str::to_owned).collect()
    };
    assert_eq!(drafted(&infer(&scored.path)), drafted(&infer(&workbook(MODEL))));
    assert!(!drafted(&infer(&scored.path)).is_empty());
}

#[test]
fn the_rebuilt_workbook_holds_what_the_original_held() {
    let original = cells(&workbook(MODEL));
    for name in OTHERS {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(name), folder.path());
        assert_eq!(scored.path.extension().and_then(|e| e.to_str()), Some("xlsx"));
        let rebuilt = cells(&scored.path);
        for (at, (value, is_formula)) in &original {
            // The agency's own sum came without a value; the other program that saved the file calculated it.
            if *value == Value::Empty {
                continue;
            }
            let now = rebuilt.get(at).unwrap_or_else(|| panic!("{name}: {at} is gone"));
            assert_eq!((&now.0, now.1), (value, *is_formula), "{name}: {at}");
        }
        assert_eq!(differences(&scored.path), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn sheets_keep_their_order_names_merges_and_hidden_state() {
    let shape = |path: &Path| {
        let file = fs::File::open(path).expect("the workbook");
        let mut workbook = jixiao::inner::sheet::Workbook::open(file).expect("readable");
        let infos = workbook.sheets().to_vec();
        let mut shape = Vec::new();
        for info in infos {
            let sheet = workbook.read(&info, None).expect("readable");
            let mut merges: Vec<String> = sheet.merges.iter().map(ToString::to_string).collect();
            merges.sort();
            shape.push((info.name, info.visible, merges));
        }
        shape
    };
    let original = shape(&workbook(MODEL));
    for name in OTHERS {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(name), folder.path());
        let rebuilt = shape(&scored.path);
        assert_eq!(rebuilt[..original.len()], original[..], "{name}");
    }
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    for name in OTHERS {
        let folders = [tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder")];
        let [first, second] = folders
            .each_ref()
            .map(|folder| fs::read(score(&workbook(name), folder.path()).path).expect("read"));
        assert!(first == second, "{name}: two runs differ");
    }
}

#[test]
fn the_content_decides_not_the_extension() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("大厅.et");
    fs::copy(workbook(OTHERS[0]), &file).expect("copied");
    let output = jixiao(["check".as_ref(), file.as_os_str(), "--json".as_ref()]);
    let json: Json = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!(json["score"]["total"], "87.5");
    assert!(rebuilt(&json).contains(".xls"));
}

/// Scores a file that must be refused: exit 3, a message with a remedy, nothing left behind.
fn refused(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    fs::write(&file, bytes).expect("written");
    let out = folder.path().join("out");
    fs::create_dir(&out).expect("a folder");
    let output = jixiao(["score".as_ref(), file.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(3), "{name}: {message}");
    assert!(message.contains("怎么办"), "{name}: {message}");
    assert_eq!(fs::read_dir(&out).expect("the folder").count(), 0, "{name} left something");
    message
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("a zip file").into_inner()
}

/// An `.ods` with these rows in its only table.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"表\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

fn ods_cell(repeated: u32) -> String {
    format!(
        "<table:table-cell table:number-columns-repeated=\"{repeated}\" office:value-type=\"string\">\
         <text:p>值</text:p></table:table-cell>"
    )
}

#[test]
fn a_sheet_of_its_two_furthest_cells_costs_nothing() {
    let rows = format!(
        "<table:table-row>{}</table:table-row><table:table-row table:number-rows-repeated=\"1048574\">\
         <table:table-cell/></table:table-row><table:table-row>\
         <table:table-cell table:number-columns-repeated=\"16383\"/>{}</table:table-row>",
        ods_cell(1),
        ods_cell(1)
    );
    let message = refused("两角.ods", &ods(&rows));
    assert!(message.contains("没有认出任何绩效表格"), "it was read, and holds no form: {message}");
}

#[test]
fn an_ods_that_claims_more_than_a_sheet_holds_is_refused() {
    let full = format!(
        "<table:table-row table:number-rows-repeated=\"1048576\">{}</table:table-row>",
        ods_cell(16_384)
    );
    assert!(refused("满.ods", &ods(&full)).contains("异常庞大"));
    let beyond = format!("<table:table-row>{}</table:table-row>", ods_cell(4_000_000_000));
    refused("过宽.ods", &ods(&beyond));
    let merged = "<table:table-row><table:table-cell table:number-columns-spanned=\"16384\" \
                  table:number-rows-spanned=\"1048576\"/></table:table-row>";
    assert!(refused("全并.ods", &ods(merged)).contains("合并单元格过大"));
    let deep = "<table:table-row>".repeat(100_000);
    refused("嵌套.ods", &ods(&deep));
    let entity = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>&lol;</text:p>\
                  </table:table-cell></table:table-row>";
    refused("实体.ods", &ods(entity));
}

/// A record of an `.xlsb`: type and length in groups of seven bits.
fn record(part: &mut Vec<u8>, kind: u16, data: &[u8]) {
    let mut groups = |mut number: usize| loop {
        let more = number >> 7 != 0;
        part.push(u8::try_from(number & 0x7F).expect("seven bits") | if more { 0x80 } else { 0 });
        number >>= 7;
        if !more {
            break;
        }
    };
    groups(usize::from(kind));
    groups(data.len());
    part.extend(data);
}

fn wide_text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = u32::try_from(units.len()).expect("short").to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

/// An `.xlsb` whose only sheet holds a number in each of these cells.
fn xlsb(places: &[(u32, u32)]) -> Vec<u8> {
    let cells: Vec<(u32, u32, &str)> = places.iter().map(|(row, col)| (*row, *col, "1.5")).collect();
    xlsb_of(&cells)
}

/// An `.xlsb` whose only sheet holds these cells, row by row: numbers where they are such, else texts.
#[expect(clippy::disallowed_types, reason = "the format holds doubles")]
fn xlsb_of(cells: &[(u32, u32, &str)]) -> Vec<u8> {
    let mut book = Vec::new();
    record(&mut book, 0x83, &[]);
    record(&mut book, 0x99, &[0; 12]);
    record(&mut book, 0x8F, &[]);
    let mut sheet = vec![0, 0, 0, 0, 1, 0, 0, 0];
    sheet.extend(wide_text("rId1"));
    sheet.extend(wide_text("表"));
    record(&mut book, 0x9C, &sheet);
    record(&mut book, 0x90, &[]);
    record(&mut book, 0x84, &[]);
    let mut page = Vec::new();
    record(&mut page, 0x81, &[]);
    let last = cells.last().copied().unwrap_or_default();
    let size: Vec<u8> = [0, last.0, 0, last.1].iter().flat_map(|n| n.to_le_bytes()).collect();
    record(&mut page, 0x94, &size);
    record(&mut page, 0x91, &[]);
    for (row, col, text) in cells {
        let mut start = row.to_le_bytes().to_vec();
        start.extend([0; 21]);
        record(&mut page, 0x00, &start);
        let mut cell = col.to_le_bytes().to_vec();
        cell.extend([0; 4]);
        match text.parse::<f64>() {
            Ok(number) => {
                cell.extend(number.to_le_bytes());
                record(&mut page, 0x05, &cell);
            }
            Err(_) => {
                cell.extend(wide_text(text));
                record(&mut page, 0x06, &cell);
            }
        }
    }
    record(&mut page, 0x92, &[]);
    record(&mut page, 0x82, &[]);
    let types = b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>";
    let rels = b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
        Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let root = b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
        Target=\"xl/workbook.bin\"/></Relationships>";
    zipped(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", rels),
        ("xl/worksheets/sheet1.bin", &page),
    ])
}

#[test]
fn an_xlsb_of_its_two_furthest_cells_costs_nothing() {
    let message = refused("两角.xlsb", &xlsb(&[(0, 0), (1_048_575, 16_383)]));
    assert!(message.contains("没有认出任何绩效表格"), "it was read, and holds no form: {message}");
}

#[test]
fn a_damaged_file_is_refused_whatever_is_wrong_with_it() {
    for name in OTHERS {
        let whole = fs::read(workbook(name)).expect("the workbook");
        refused(name, &whole[..whole.len() / 2]);
        let extension = PathBuf::from(name).extension().expect("an extension").to_owned();
        // Bytes changed here and there: refused, or read with the harm outside what is read; never a crash or a wait.
        for seed in 1..=12_usize {
            let mut bytes = whole.clone();
            for step in 1..=40_usize {
                let at = (seed * 7_919 + step * step * 104_729) % bytes.len();
                bytes[at] ^= u8::try_from((seed * 31 + step * 17) % 255 + 1).expect("a byte");
            }
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("坏").with_extension(&extension);
            fs::write(&file, &bytes).expect("written");
            let output = jixiao(["check".as_ref(), file.as_os_str()]);
            let code = output.status.code();
            assert!(matches!(code, Some(0 | 1 | 3)), "{name} {seed}: {code:?}");
        }
    }
}

/// A minimal `.xls` stream with these records, in its container.
fn xls(sheet: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let put = |stream: &mut Vec<u8>, kind: u16, data: &[u8]| {
        stream.extend(kind.to_le_bytes());
        stream.extend(u16::try_from(data.len()).expect("short").to_le_bytes());
        stream.extend(data);
    };
    let bof = |kind: u8| [0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut stream = Vec::new();
    put(&mut stream, 0x0809, &bof(5));
    let bound_len = 4 + 6 + 2 + 2;
    let place = u32::try_from(stream.len() + bound_len + 4).expect("short");
    let mut bound = place.to_le_bytes().to_vec();
    bound.extend([0, 0, 1, 1, 0x68, 0x88]);
    put(&mut stream, 0x0085, &bound);
    put(&mut stream, 0x000A, &[]);
    put(&mut stream, 0x0809, &bof(0x10));
    for (kind, data) in sheet {
        put(&mut stream, *kind, data);
    }
    put(&mut stream, 0x000A, &[]);
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    container.create_stream("/Workbook").expect("a stream").write_all(&stream).expect("written");
    container.flush().expect("written");
    container.into_inner().into_inner()
}

fn xls_number(row: u16, col: u16) -> (u16, Vec<u8>) {
    let mut data: Vec<u8> = [row, col, 0].iter().flat_map(|n| n.to_le_bytes()).collect();
    data.extend(1.5_f64.to_le_bytes());
    (0x0203, data)
}

#[test]
fn an_xls_that_would_fill_the_memory_ends_in_a_refusal() {
    let two = refused("两角.xls", &xls(&[xls_number(0, 0), xls_number(65_535, 255)]));
    assert!(two.contains("没有认出任何绩效表格"), "it was read, and holds no form: {two}");
    // A column beyond the format's own limit makes the reader ask for tens of gigabytes.
    let wide = refused("过宽.xls", &xls(&[xls_number(0, 0), xls_number(65_535, 65_535)]));
    assert!(wide.contains("内存或时间用尽") || wide.contains("损坏"), "{wide}");
    let mut size: Vec<u8> = [0_u32, u32::MAX].iter().flat_map(|n| n.to_le_bytes()).collect();
    size.extend([0, 0, 0xFF, 0xFF, 0, 0]);
    refused("声称.xls", &xls(&[(0x0200, size), xls_number(0, 0)]));
}

#[test]
fn a_secrecy_mark_is_found_in_every_format() {
    let label = |text: &str| {
        let mut data: Vec<u8> = [0_u16, 0, 0].iter().flat_map(|n| n.to_le_bytes()).collect();
        data.extend(u16::try_from(text.encode_utf16().count()).expect("short").to_le_bytes());
        data.push(1);
        data.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        (0x0204, data)
    };
    let header = |text: &str| (0x0014, label(text).1.split_off(6));
    for (name, bytes) in [
        ("格.xls", xls(&[label("机密★10年")])),
        ("眉.xls", xls(&[header("&C&\"宋体\"&14秘密★"), label("一")])),
        ("格.xlsb", xlsb_of(&[(3, 2, "密级：绝密")])),
    ] {
        let said = refused(name, &bytes);
        assert!(said.contains("文件标有密级，未作任何处理"), "{name}: {said}");
    }
    // The same without the mark is read, and holds no form.
    let said = refused("无.xls", &xls(&[header("&C第&P页"), label("商业秘密")]));
    assert!(said.contains("没有认出任何绩效表格"), "{said}");
}
