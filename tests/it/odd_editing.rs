//! What an odd package holds is never taken for ours: not what leads nowhere, not what is there twice. And what cannot be
//! edited is refused cell by cell.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use jixiao::inner::xlsx::{SheetKind, XlsxPackage};

use crate::odd_parts::{BOOK, BOOK_RELS, DOCUMENT, FORM, MAIN, Parts, TYPES, scored};
use crate::package_parts::stored;
use crate::support::{jixiao, score};

/// The targets of a part's relationships in a package, by kind.
fn targets(path: &Path, rels: &str) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(File::open(path).expect("the file")).expect("a package");
    let mut text = String::new();
    archive.by_name(rels).expect("relationships").read_to_string(&mut text).expect("UTF-8");
    let value = |element: &str, name: &str| {
        let (_, rest) = element.split_once(&format!("{name}=\"")).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let elements = text.split("<Relationship ").skip(1);
    elements
        .map(|e| (value(e, "Type").rsplit('/').next().unwrap_or_default().to_owned(), value(e, "Target")))
        .collect()
}

#[test]
fn nothing_that_leads_nowhere_is_led_to_parts_of_ours() {
    let mut parts = Parts::with_rows("", "<drawing r:id=\"d\"/><legacyDrawing r:id=\"v\"/>");
    let names = [
        "../comments1.xml",
        "../drawings/vmlDrawing1.vml",
        "../drawings/drawing2.xml",
        "../charts/chart1.xml",
    ];
    let kinds = [("c", "comments"), ("v", "vmlDrawing"), ("d", "drawing"), ("h", "chart")];
    let rels: String = kinds
        .iter()
        .zip(names)
        .map(|((id, kind), target)| {
            format!("<Relationship Id=\"{id}\" Type=\"{DOCUMENT}/{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    let rels = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{rels}</Relationships>"
    );
    parts.0.push(("xl/worksheets/_rels/sheet21.xml.rels".to_owned(), rels.into_bytes()));
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&parts.save(folder.path()), &folder.path().join("out"));
    let there = stored(&scored.path);
    for name in names {
        let part = format!("xl/{}", name.trim_start_matches("../"));
        assert!(!there.contains_key(&part), "{part} is there now");
    }
    // Once more: what was free for our parts before is free for them again.
    let again = score(&scored.path, &folder.path().join("again"));
    let names = |path: &Path| stored(path).into_keys().collect::<Vec<_>>();
    assert_eq!(names(&scored.path), names(&again.path));
}

#[test]
fn notes_of_ours_take_the_place_of_links_that_lead_nowhere_on_the_form_itself() {
    let mut parts = Parts::model();
    parts.0.retain(|(name, _)| !name.starts_with("xl/comments/") && !name.ends_with(".vml"));
    let folder = tempfile::tempdir().expect("a folder");
    let file = parts.save(folder.path());
    let scored = score(&file, &folder.path().join("out"));
    let mut package = XlsxPackage::open(File::open(&scored.path).expect("the result")).expect("a package");
    assert!(!package.notes("表2 评分表").expect("notes").is_empty());
    let there = stored(&scored.path);
    for (kind, target) in targets(&scored.path, "xl/worksheets/_rels/sheet3.xml.rels") {
        let part = format!("xl/{}", target.trim_start_matches("../").trim_start_matches("/xl/"));
        assert!(there.contains_key(&part), "{kind} leads to {target}");
    }
}

#[test]
fn a_declaration_without_a_part_is_not_doubled() {
    for stale in
        ["xl/worksheets/sheet8.xml", "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/charts/chart1.xml"]
    {
        let mut parts = Parts::model();
        parts.declare(stale, "application/vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml");
        if stale.ends_with("sheet1.xml") {
            // Declared twice, and there.
            parts.edit(TYPES, "chartsheet+xml", "worksheet+xml");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let scored = scored(&parts, &folder);
        let mut archive =
            zip::ZipArchive::new(File::open(&scored.path).expect("the file")).expect("a package");
        let mut text = String::new();
        archive.by_name(TYPES).expect("types").read_to_string(&mut text).expect("UTF-8");
        let times = text.matches(&format!("PartName=\"/{stale}\"")).count();
        assert_eq!(times, if stale.ends_with("sheet1.xml") { 2 } else { 1 }, "{stale}");
        assert_eq!(archive.by_name(stale).is_ok(), stale.ends_with("sheet1.xml"), "{stale}");
    }
}

#[test]
fn doubled_relationships_and_sheets_are_no_fault_of_ours() {
    let chain = format!("<Relationship Id=\"c\" Type=\"{DOCUMENT}/calcChain\" Target=\"calcChain.xml\"/>");
    let mut parts = Parts::model();
    parts.edit(BOOK_RELS, "</Relationships>", &format!("{chain}{chain}</Relationships>"));
    parts.0.push(("xl/calcChain.xml".to_owned(), format!("<calcChain xmlns=\"{MAIN}\"/>").into_bytes()));
    let folder = tempfile::tempdir().expect("a folder");
    let first = scored(&parts, &folder);
    assert!(targets(&first.path, BOOK_RELS).iter().all(|(kind, _)| kind != "calcChain"));

    // A workbook of ours that lists one of our sheets twice, and one where two of them are the same part.
    let folder = tempfile::tempdir().expect("a folder");
    let ours = score(&Parts::model().save(folder.path()), &folder.path().join("out"));
    for twin in ["name=\"评分明细\"", "name=\"另一张\""] {
        let mut parts = Parts::of(&ours.path);
        let book = parts.0.iter().find(|(name, _)| name == BOOK).expect("the workbook").1.clone();
        let book = String::from_utf8(book).expect("UTF-8");
        let at = book.find("name=\"评分明细\"").expect("our sheet");
        let start = book[..at].rfind('<').expect("its element");
        let end = at + book[at..].find("/>").expect("its end") + 2;
        let copy = book[start..end].replace("name=\"评分明细\"", twin).replace("sheetId=\"", "sheetId=\"9");
        parts.edit(BOOK, "</sheets>", &format!("{copy}</sheets>"));
        let out = folder.path().join("again");
        fs::create_dir_all(&out).expect("a folder");
        let output = jixiao([
            "score".as_ref(),
            parts.save(folder.path()).as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
        ]);
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 1 | 3)), "{code:?} {}", String::from_utf8_lossy(&output.stderr));
        for entry in fs::read_dir(&out).expect("the folder").flatten() {
            let package =
                XlsxPackage::open(File::open(entry.path()).expect("the result")).expect("a package");
            assert!(
                package.sheets().iter().all(|sheet| sheet.kind != SheetKind::Missing),
                "{:?}",
                package.sheets()
            );
        }
    }
}

#[test]
fn scores_are_written_into_the_open_cells_of_a_protected_form() {
    let mut parts = Parts::model();
    // The cells of the score column get a style of their own, which is open.
    let styles =
        String::from_utf8(parts.0.iter().find(|(n, _)| n == "xl/styles.xml").expect("styles").1.clone())
            .expect("UTF-8");
    let (_, xfs) = styles.split_once("<cellXfs").expect("formats");
    let (xfs, _) = xfs.split_once("</cellXfs>").expect("formats");
    let open = xfs.matches("<xf ").count();
    parts.edit("xl/styles.xml", "</cellXfs>", "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyProtection=\"1\"><protection locked=\"0\"/></xf></cellXfs>");
    for row in 4..=20 {
        let form = String::from_utf8(parts.0.iter().find(|(n, _)| n == FORM).expect("the form").1.clone())
            .expect("UTF-8");
        let at = form.find(&format!("<c r=\"K{row}\" s=\"")).expect("a score cell");
        let tag = &form[at..at + form[at..].find('>').expect("its end")];
        let (_, style) = tag.split_once(" s=\"").expect("a style");
        let style = style.split('"').next().unwrap_or_default();
        let opened = tag.replace(&format!(" s=\"{style}\""), &format!(" s=\"{open}\""));
        parts.edit(FORM, tag, &opened);
    }
    parts.edit(
        FORM,
        "</sheetData>",
        "</sheetData><sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\"/>",
    );
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&parts.save(folder.path()), &folder.path().join("out"));
    assert_eq!((scored.code, &scored.json["score"]["total"]), (0, &"87.5".into()));
    let cells = crate::libreoffice::cells(&scored.path);
    assert!(cells["'表2 评分表'!K4"].1 && cells["'表2 评分表'!K20"].1, "open cells have their scores");
    assert!(!cells.contains_key("'表2 评分表'!K21"), "locked ones have none");
    let all = scored.json["findings"].as_array().expect("findings");
    let refused: Vec<_> =
        all.iter().filter(|f| f["id"] == "cell-not-editable").map(|f| f["cell"].clone()).collect();
    // The reasons' column is locked, and so are the last scores.
    assert_eq!(refused, ["'表2 评分表'!L4"]);
}
