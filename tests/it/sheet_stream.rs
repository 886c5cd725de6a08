//! The plain and the general reader give the same cells, and those that calamine gives, on every workbook at hand.

use std::collections::HashMap;
use std::fs::File;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use calamine::Reader as _;
use jixiao::inner::base::CellRef;
use jixiao::inner::sheet::doubles::value;
use jixiao::inner::sheet::format::number_format;
use jixiao::inner::sheet::{Cell, NumberFormat, RowSource, Sheet, SheetStream, Workbook};
use jixiao::inner::xlsx::file_kind;

type Cells = Vec<(u32, u32, String, NumberFormat, bool)>;

fn cells(source: &mut dyn RowSource, sheet: &str) -> Result<Cells, String> {
    let mut all = vec![];
    source
        .rows(&sheet.into(), 0, &mut |row| {
            for (col, item) in row.items() {
                let (same, format, red) = row.look(col);
                assert_eq!((&row.get(col), &same), (&item, &item));
                let shown = format!("{item:?}").replace("Borrowed(", "(").replace("Owned(", "(");
                all.push((row.number(), col, shown, format, red));
            }
            Ok(ControlFlow::Continue(()))
        })
        .map_err(|error| error.to_string())?;
    Ok(all)
}

fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            workbooks(&path, found);
        } else if path.extension().is_some_and(|e| e == "xlsx" || e == "xlsm") {
            found.push(path);
        }
    }
    found.sort();
}

/// Compares all sheets of a file; returns how many were read plainly and how many not.
fn compare(path: &Path) -> (u32, u32) {
    let Ok(mut file) = File::open(path) else { return (0, 0) };
    if file_kind::check(&mut file).is_err() {
        return (0, 0);
    }
    let Ok(mut workbook) = Workbook::open(File::open(path).unwrap()) else { return (0, 0) };
    let mut stream = SheetStream::new(file);
    let (mut plain, mut fallback) = (0, 0);
    for sheet in workbook.sheets().to_vec() {
        let theirs = cells(&mut workbook, &sheet.name);
        let ours = cells(&mut stream, &sheet.name);
        if theirs.is_err() && ours.is_err() {
            continue;
        }
        let (theirs, ours) = (theirs.unwrap(), ours.unwrap());
        for (a, b) in theirs.iter().zip(&ours) {
            assert_eq!(a, b, "{} {}", path.display(), sheet.name);
        }
        assert_eq!(theirs.len(), ours.len(), "{} {}", path.display(), sheet.name);
        if stream.fell_back() {
            fallback += 1;
        } else {
            plain += 1;
        }
    }
    (plain, fallback)
}

/// A sheet as calamine alone reads it: values and formulas, then styles, then merges.
fn through_calamine(
    book: &mut calamine::Xlsx<Cursor<Vec<u8>>>,
    name: &str,
) -> Result<Sheet, calamine::XlsxError> {
    let mut sheet = Sheet::new(name, true);
    let mut styles = book.worksheet_cells_reader(name)?;
    let palette: Vec<NumberFormat> = styles
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map(|f| number_format(&f.format_code)).unwrap_or_default())
        .collect();
    let mut formats = HashMap::new();
    while let Some((row, col, style)) = styles.next_style_id()? {
        formats.insert((row, col), palette[style]);
    }
    drop(styles);
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(read) = cells.next_cell_with_formula()? {
        let Some(at) = CellRef::new(read.pos.0, read.pos.1) else { continue };
        let format = formats.get(&read.pos).copied().unwrap_or_default();
        let formula = read.formula.filter(|text| !text.is_empty());
        sheet.put(at, Cell { value: value(&read.value), format, formula });
    }
    Ok(sheet)
}

/// Holds the sheets of a file as forms are read against what calamine reads; returns their number.
fn same_sheets(bytes: Vec<u8>, file: &str) -> usize {
    if file_kind::check(&mut Cursor::new(&bytes)).is_err() {
        return 0;
    }
    let Ok(mut book) = Workbook::open(Cursor::new(&bytes)) else { return 0 };
    let Ok(mut theirs) = calamine::Xlsx::new(Cursor::new(bytes.clone())) else { return 0 };
    let mut count = 0;
    for info in book.sheets().to_vec() {
        match (book.read(&info, None), through_calamine(&mut theirs, &info.name)) {
            (Ok(ours), Ok(theirs)) if !ours.truncated => {
                let cells = |sheet: &Sheet| sheet.cells().map(|(at, c)| (at, c.clone())).collect::<Vec<_>>();
                for (a, b) in cells(&ours).iter().zip(&cells(&theirs)) {
                    assert_eq!(a, b, "{file} {}", info.name);
                }
                assert_eq!(ours.cells().count(), theirs.cells().count(), "{file} {}", info.name);
                count += 1;
            }
            _ => {}
        }
    }
    count
}

#[test]
fn a_sheet_read_whole_has_the_cells_that_calamine_gives() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![];
    workbooks(&root.join("workbooks"), &mut found);
    workbooks(&root.join("../shared/corpus/xlsx"), &mut found);
    // Its shared formulas do not stand at the first cell of their range, where calamine takes them to stand.
    found.retain(|path| !path.ends_with("poi__51710.xlsx"));
    let count: usize =
        found.iter().map(|path| same_sheets(std::fs::read(path).unwrap(), &path.display().to_string())).sum();
    eprintln!("{count} sheets of {} files", found.len());
    assert!(count >= 12, "the agency's own workbooks are compared");
    for data in [
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><f>IF(B1&gt;2,\"\",1)</f><v></v></c><c r=\"B1\"><f/><v>3</v></c><c r=\"C1\"><f>B1</f></c></row>",
        "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A2\" si=\"0\">B1+1</f><v>3</v></c></row><row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"0\"/><v>4</v></c></row>",
        "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#REF!</v></c><c r=\"B1\" t=\"b\"><v>0</v></c><c r=\"C1\"><v>1E-400</v></c><c r=\"D1\"><v>words</v></c></row>",
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a_x000D_&amp; </t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t> </t></is></c></row>",
        "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#ODD!</v></c></row>",
        "<row r=\"1\"><c r=\"A1\" t=\"n\"><v>words</v></c></row>",
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>",
        "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>2</v></c></row>",
    ] {
        let bytes = package(&sheet(&format!("<sheetData>{data}</sheetData>")));
        let mut book = Workbook::open(Cursor::new(&bytes)).unwrap();
        let info = book.sheets()[0].clone();
        // What calamine refuses for one cell is read here, the cell as an error or as it is shown.
        let read = book.read(&info, None).unwrap();
        assert!(read.cells().count() > 0, "{data}");
        same_sheets(bytes, data);
    }
}

#[test]
fn both_readers_give_the_same_cells_on_every_workbook() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![];
    workbooks(&root.join("workbooks"), &mut found);
    let corpus = root.join("../shared/corpus/xlsx");
    if corpus.exists() {
        workbooks(&corpus, &mut found);
    } else {
        eprintln!("skipped: the corpus of foreign workbooks is not here");
    }
    let (mut plain, mut fallback) = (0, 0);
    for path in &found {
        let (a, b) = compare(path);
        plain += a;
        fallback += b;
    }
    eprintln!("{} files: {plain} sheets read plainly, {fallback} token by token", found.len());
    assert!(plain >= 12, "the plain reader reads the agency's own workbooks");
}

/// A package with one sheet of the given XML.
fn package(sheet: &str) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write(0, 0, "x").unwrap();
    let whole = workbook.save_to_buffer().unwrap();
    let mut reader = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(vec![]));
    for index in 0..reader.len() {
        let mut entry = reader.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        writer.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            std::io::Write::write_all(&mut writer, sheet.as_bytes()).unwrap();
        } else {
            std::io::copy(&mut entry, &mut writer).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

fn sheet(data: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{data}</worksheet>"
    )
}

#[test]
fn unusual_forms_fall_back_in_the_middle_without_losing_or_doubling_a_row() {
    let plain = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>a&amp;b</t></is></c></row>";
    for (data, unusual) in [
        (format!("<sheetData>{plain}</sheetData>"), false),
        (format!("<sheetData>{plain}<row r=\"3\"><c r=\"A3\"><v>3</v></c></row></sheetData>"), false),
        (format!("<sheetData>{plain}<!-- c --><row r=\"3\"><c r=\"A3\"><v>3</v></c></row></sheetData>"), true),
        (format!("<sheetData>{plain}<row><c><v>3</v></c></row></sheetData>"), true),
        (format!("<sheetData>{plain}<row r=\"1\"><c r=\"B1\"><v>3</v></c></row></sheetData>"), true),
        (format!("<sheetData>{plain}<row r=\"4\"><c r=\"B4\"><v>3</v></c><c r=\"A4\"><v>3</v></c></row></sheetData>"), true),
        (format!("<sheetData>{plain}<row r='3'><c r='A3'><v>3</v></c></row></sheetData>"), true),
        (
            format!("<sheetData>{plain}<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><r><t>x</t></r><r><t>y</t></r></is></c></row></sheetData>"),
            true,
        ),
        ("<sheetData/>".to_owned(), false),
        (
            "<sheetData><row r=\"1\"><c r=\"A1\"><f>B1</f></c><c r=\"B1\" t=\"str\"><f>1</f><v></v></c><c r=\"C1\"><f>2</f><v>2</v></c></row></sheetData>".to_owned(),
            false,
        ),
        (
            "<sheetData><row r=\"1\" spans=\"1:3\"><c r=\"A1\"><v>592668.34999999998</v></c><c r=\"B1\"><v>1E-3</v></c><c r=\"C1\"><v>-0.10</v></c><c r=\"D1\"><v>12345678901234567890</v></c><c r=\"E1\" t=\"b\"><v>1</v></c><c r=\"F1\" t=\"e\"><v>#REF!</v></c></row></sheetData>".to_owned(),
            false,
        ),
    ] {
        let bytes = package(&sheet(&data));
        let mut stream = SheetStream::new(Cursor::new(bytes.clone()));
        let ours = cells(&mut stream, "Sheet1").unwrap();
        let theirs = cells(&mut Workbook::open(Cursor::new(bytes)).unwrap(), "Sheet1").unwrap();
        assert_eq!(ours, theirs, "{data}");
        assert_eq!(stream.fell_back(), unusual, "{data}");
    }
}

#[test]
fn a_shared_formula_is_counted_from_the_cell_that_holds_it() {
    let data = "<row r=\"1\"><c r=\"B1\"><f t=\"shared\" ref=\"A1:C1\" si=\"0\">B2*$A1</f><v>3</v></c><c r=\"C1\"><f t=\"shared\" si=\"0\"/><v>4</v></c></row>";
    let bytes = package(&sheet(&format!("<sheetData>{data}</sheetData>")));
    let mut book = Workbook::open(Cursor::new(bytes)).unwrap();
    let info = book.sheets()[0].clone();
    let read = book.read(&info, None).unwrap();
    assert_eq!(read.at(0, 1).formula.as_deref(), Some("B2*$A1"));
    assert_eq!(read.at(0, 2).formula.as_deref(), Some("C2*$A1"));
}

#[test]
fn a_sink_that_has_enough_stops_the_stream() {
    let rows: String =
        (1..=50_000).map(|r| format!("<row r=\"{r}\"><c r=\"A{r}\"><v>{r}</v></c></row>")).collect();
    let bytes = package(&sheet(&format!("<sheetData>{rows}</sheetData>")));
    let mut stream = SheetStream::new(Cursor::new(bytes));
    let mut count = 0;
    stream
        .rows(&"Sheet1".into(), 10, &mut |row| {
            assert_eq!(row.number(), 10 + count);
            count += 1;
            Ok(if count == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })
        .unwrap();
    assert_eq!(count, 3);
    let mut all = 0;
    stream
        .rows(&"Sheet1".into(), 0, &mut |_| {
            all += 1;
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    assert_eq!(all, 50_000);
}

#[test]
fn a_broken_part_is_an_error() {
    let rows: String =
        (1..=2_000).map(|r| format!("<row r=\"{r}\"><c r=\"A{r}\"><v>{r}</v></c></row>")).collect();
    let mut bytes = package(&sheet(&format!("<sheetData>{rows}</sheetData>")));
    let at = bytes.windows(24).position(|w| w == b"xl/worksheets/sheet1.xml").unwrap() + 2_000;
    bytes[at] ^= 0x55;
    let mut stream = SheetStream::new(Cursor::new(bytes));
    assert!(stream.rows(&"Sheet1".into(), 0, &mut |_| Ok(ControlFlow::Continue(()))).is_err());
}

#[test]
fn what_has_two_readings_has_none_in_either_reader() {
    let rows = |from: u32| -> String {
        (from..from + 3).map(|r| format!("<row r=\"{r}\"><c r=\"A{r}\"><v>{r}</v></c></row>")).collect()
    };
    let data = |from: u32| format!("<sheetData>{}</sheetData>", rows(from));
    let both = |content: &str| {
        let bytes = package(&sheet(content));
        let general = cells(&mut Workbook::open(Cursor::new(bytes.clone())).unwrap(), "Sheet1");
        let streamed = cells(&mut SheetStream::new(Cursor::new(bytes)), "Sheet1");
        assert_eq!(general, streamed, "{content}");
        streamed
    };
    let choice = |data: String| {
        format!(
            "<mc:AlternateContent xmlns:mc=\"urn:mc\"><mc:Choice>{data}</mc:Choice></mc:AlternateContent>"
        )
    };
    for content in [
        format!("{}{}", data(1), data(4)),
        format!("{}{}", data(1), choice(data(4))),
        choice(data(1)),
        format!("<sheetData>{}{}</sheetData>", rows(1), choice(rows(4))),
        data(1).replacen("<row ", "<row xmlns=\"urn:z\" ", 2),
    ] {
        assert!(both(&content).is_err(), "{content}");
    }
    let hidden = format!("<extLst><ext uri=\"u\">{}</ext></extLst>", data(4));
    for content in [format!("{hidden}{}", data(1)), format!("{}{hidden}", data(1))] {
        let read = both(&content).unwrap();
        assert_eq!(read.iter().map(|cell| cell.0).collect::<Vec<_>>(), [0, 1, 2], "{content}");
    }
    for content in
        ["<v>2</v><v>2</v>", "<v xmlns=\"urn:z\">2</v><v>2</v>", "<v>2</v></c><c r=\"A2\"><v>2</v>"]
    {
        let read = both(&data(1).replacen("<v>2</v>", content, 1)).unwrap();
        assert!(read[1].2.starts_with("Unreadable"), "{content}: {read:?}");
        assert_eq!(read.len(), 3, "{content}: {read:?}");
    }
}
