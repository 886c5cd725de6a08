//! Sheets whose XML two programs read in two ways: nobody is scored by what another program does not show.

use crate::odd_parts::{DOCUMENT, FORM, MAIN, Parts, result, scored, worksheet};
use crate::support::{Scored, jixiao, score};

const MC: &str =
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:zz=\"urn:zz\"";

/// The data among alternatives.
fn alternatives(data: &str) -> String {
    format!(
        "<mc:AlternateContent {MC}><mc:Choice Requires=\"zz\">{data}</mc:Choice><mc:Fallback>{data}</mc:Fallback></mc:AlternateContent>"
    )
}

fn sheet(content: &str) -> String {
    format!("<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}\">{content}</worksheet>")
}

fn row(number: u32, cells: &str) -> String {
    format!("<row r=\"{number}\">{cells}</row>")
}

fn said(scored: &Scored, id: &str) -> Vec<(String, String)> {
    let all = scored.json["findings"].as_array().expect("findings").iter();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let of_id = all.filter(|finding| finding["id"] == id);
    of_id.map(|finding| (word(&finding["cell"]), word(&finding["message"]))).collect()
}

#[test]
fn a_sheet_of_two_readings_is_left_alone_and_said() {
    let one = row(1, "<c r=\"A1\"><v>5</v></c>");
    let data = format!("<sheetData>{one}</sheetData>");
    let merges = "<mergeCells count=\"1\"><mergeCell ref=\"A1:B2\"/></mergeCells>";
    for (content, why) in [
        (alternatives(&data), "兼容性标记"),
        (format!("<sheetData/>{}", alternatives(&data)), "兼容性标记"),
        (format!("{data}{}", alternatives(merges)), "兼容性标记"),
        (format!("<sheetData>{}</sheetData>", alternatives(&one)), "兼容性标记"),
        (format!("<sheetData>{}</sheetData>", row(1, &alternatives("<c r=\"A1\"/>"))), "兼容性标记"),
        (
            format!(
                "<sheetData>{}</sheetData>",
                row(1, &format!("<c r=\"A1\">{}</c>", alternatives("<v>5</v>")))
            ),
            "兼容性标记",
        ),
        (format!("{data}{data}"), "出现了两次"),
        (format!("<sheetData/>{data}"), "出现了两次"),
        (data.replace("<row ", "<row xmlns=\"urn:z\" "), "不认识"),
        (data.replace("<c ", "<c xmlns=\"urn:z\" "), "不认识"),
        (data.replace("<sheetData>", "<sheetData xmlns=\"urn:z\">"), "不认识"),
    ] {
        let parts = Parts::with_sheet("", &format!("{DOCUMENT}/worksheet"), sheet(&content).as_bytes());
        let found = said(&result(&parts), "sheet-not-readable");
        assert_eq!(found.len(), 1, "{content}: {found:?}");
        assert!(found[0].1.contains("附页") && found[0].1.contains(why), "{content}: {found:?}");
    }
}

#[test]
fn a_form_of_two_readings_is_refused_with_its_name() {
    for (from, to, why) in [
        (
            "<sheetData>",
            format!(
                "<mc:AlternateContent {MC}><mc:Choice Requires=\"zz\"><sheetData/></mc:Choice></mc:AlternateContent><sheetData>"
            ),
            "兼容性标记",
        ),
        ("<sheetData>", "<sheetData/><sheetData>".to_owned(), "两次"),
        ("</sheetData>", "</sheetData><sheetData/>".to_owned(), "两次"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut parts = Parts::model();
        parts.edit(FORM, from, &to);
        let file = parts.save(folder.path());
        let output =
            jixiao(["score".as_ref(), file.as_os_str(), "--out".as_ref(), folder.path().as_os_str()]);
        let message = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(3), "{message}");
        assert!(message.contains("表2 评分表") && message.contains(why), "{message}");
    }
}

#[test]
fn data_in_an_extension_is_no_sheets_data() {
    let hidden = format!("<sheetData>{}</sheetData>", row(6, "<c r=\"F6\"><v>1</v></c>"));
    let hidden = format!("<extLst><ext uri=\"u\">{hidden}</ext></extLst>");
    for (from, to) in
        [("<sheetData>", format!("{hidden}<sheetData>")), ("</sheetData>", format!("</sheetData>{hidden}"))]
    {
        let mut parts = Parts::with_rows("", "");
        parts.edit(FORM, from, &to);
        // The total is that of the true data.
        let folder = tempfile::tempdir().expect("a folder");
        scored(&parts, &folder);
    }
}

#[test]
fn a_cell_of_two_readings_is_said_and_not_read() {
    for content in [
        "><v>5</v><v>6</v>",
        "><v xmlns=\"urn:z\">5</v><v>6</v>",
        "><v>5<v>6</v></v>",
        " t=\"inlineStr\"><is><t>5</t></is><v>6</v>",
        " t=\"inlineStr\"><is><t>5</t><t>6</t></is>",
        " t=\"inlineStr\"><is><t xmlns=\"urn:z\">5</t><t>6</t></is>",
        "><zz:w xmlns:zz=\"urn:z\">5</zz:w><v>6</v>",
    ] {
        let rows = row(2, &format!("<c r=\"B2\"{content}</c>"));
        let found = said(&result(&Parts::with_rows(&rows, "")), "cell-not-readable");
        assert!(found.len() == 1 && found[0].1.contains("B2"), "{content}: {found:?}");
        let mut form = Parts::model();
        form.edit(
            FORM,
            "<c r=\"F6\" s=\"2\" t=\"n\"><v>",
            &format!("<c r=\"F6\" s=\"2\"{content}</c><c r=\"F6\"><v>"),
        );
        let text = form.0.iter_mut().find(|(name, _)| name == FORM).expect("the form");
        let whole = String::from_utf8(text.1.clone()).expect("UTF-8");
        // The cell as it was is taken out, so that it does not stand there twice.
        let start = whole.find("<c r=\"F6\"><v>").expect("the old cell");
        let end = start + whole[start..].find("</c>").expect("its end") + 4;
        text.1 = [&whole[..start], &whole[end..]].concat().into_bytes();
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&form.save(folder.path()), &folder.path().join("out"));
        let found = said(&scored, "cell-not-readable");
        assert!(found.iter().any(|(at, _)| at == "'表2 评分表'!F6"), "{content}: {found:?}");
        assert_eq!(scored.json["score"]["complete"], false, "{content}");
    }
}

#[test]
fn rich_text_and_extensions_have_one_reading() {
    for cell in [
        "<c r=\"B2\" t=\"inlineStr\"><is><r><t>甲</t></r><r><t>乙</t></r><rPh sb=\"0\" eb=\"1\"><t>丙</t></rPh></is></c>",
        "<c r=\"B2\"><f>1+1</f><v>2</v><extLst><ext uri=\"u\"><v>9</v></ext></extLst></c>",
        "<x:c r=\"B2\"><x:v>2</x:v></x:c>",
    ] {
        let rows = row(2, cell);
        let content = worksheet(&rows, "").replace("<worksheet ", &format!("<worksheet xmlns:x=\"{MAIN}\" "));
        let parts = Parts::with_sheet("", &format!("{DOCUMENT}/worksheet"), content.as_bytes());
        let scored = result(&parts);
        for id in ["cell-not-readable", "sheet-not-readable"] {
            assert!(said(&scored, id).is_empty(), "{cell}: {:?}", said(&scored, id));
        }
    }
}
