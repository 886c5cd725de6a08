//! Secrecy marks: a file that bears one is not read by any command, wherever the mark stands and whatever the format; words
//! that only speak of secrets stop nothing.

use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;

use crate::findings::{LEDGER, SELF};
use crate::support::jixiao;
use crate::workbook_pages;

const SAID: &str = "文件标有密级，未作任何处理。";
const HINT: &str = "涉密项目不得在本系统处理，请按保密规定处置。";

/// A form with one place changed.
fn form(from: &str, to: &str) -> String {
    assert!(SELF.1.contains(from), "{from}");
    SELF.1.replacen(from, to, 1)
}

/// Runs a command on a file and holds that it says nothing of it but that it bears a mark.
fn is_left_alone(command: &[&str], file: &Path, content: &[&str]) {
    let before = fs::read(file).expect("the file");
    let run = jixiao(command.iter().map(std::ffi::OsStr::new).chain([file.as_os_str()]));
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(3), "{command:?} {}: {said}", file.display());
    assert!(said.contains(SAID) && said.contains(HINT), "{said}");
    let printed = String::from_utf8_lossy(&run.stdout).into_owned();
    if command.contains(&"--json") {
        let object: serde_json::Value = serde_json::from_str(&printed).expect("an object for what failed");
        assert_eq!(object["error"]["code"], "marked", "{printed}");
    } else {
        assert_eq!(printed, "", "{command:?}");
    }
    for word in content {
        assert!(!said.contains(word) && !printed.contains(word), "{word} in {said}{printed}");
    }
    assert_eq!(fs::read(file).expect("the file"), before);
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Holds that scoring leaves nothing beside the file.
fn is_marked(file: &Path) {
    is_left_alone(&["score"], file, &["养护", "交通运输局"]);
    let left = fs::read_dir(file.parent().expect("a folder")).expect("a folder").count();
    assert_eq!(left, 1, "nothing is written beside {}", file.display());
}

#[test]
fn a_marked_cell_stops_every_command() {
    for page in [
        form("项目支出绩效自评表", "秘密★10年\n项目支出绩效自评表"),
        form("项目支出绩效自评表", "项目支出绩效自评表（机密）"),
        form("项目支出绩效自评表", "机　密\\n项目支出绩效自评表\\n（2022）")
            .replace("机　密\\n", "机　密 | \n"),
        form("某县交通运输局", "某县交通运输局 | 密级：机密★长期"),
        form("（2022年度）", "密　级 | 绝密"),
        form("项目支出绩效自评表", "机密：项目支出绩效自评表"),
        form("项目支出绩效自评表", "项目支出绩效自评表——秘密"),
        form("126公里 | 15 | 15 |", "126公里 | 15 | 15 | 机密★"),
    ] {
        let folder = folder();
        is_marked(&workbook_pages::write(&[(SELF.0, &page)], folder.path()));
    }
    let folder = folder();
    let page = form("项目支出绩效自评表", "绝密★\n项目支出绩效自评表");
    let file = workbook_pages::write(&[("其他", "说明 | 1"), (SELF.0, &page)], folder.path());
    for command in [
        ["check"].as_slice(),
        &["check", "--json"],
        &["reconcile"],
        &["score", "--json"],
        &["mapping", "infer"],
        &["mapping", "show"],
    ] {
        is_left_alone(command, &file, &["养护", "交通运输局"]);
    }
    let said = String::from_utf8(jixiao(["check".as_ref(), file.as_os_str()]).stderr).expect("UTF-8");
    assert!(said.contains("第2张工作表的 A1 单元格"), "{said}");
}

/// A form in a workbook of the library's own making.
fn made(folder: &Path, change: impl FnOnce(&mut Workbook)) -> PathBuf {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(SELF.1.trim().lines()) {
        for (col, cell) in (0..).zip(line.split('|')) {
            sheet.write(row, col, cell.trim()).expect("a cell");
        }
    }
    change(&mut workbook);
    let path = folder.join("表.xlsx");
    workbook.save(&path).expect("a workbook");
    path
}

#[test]
fn hidden_sheets_margins_and_names_count() {
    let at = folder();
    let hidden = |very: bool| {
        move |workbook: &mut Workbook| {
            let sheet = workbook.add_worksheet();
            sheet.write(40, 3, "机密★5年").expect("a cell");
            if very {
                sheet.set_very_hidden(true)
            } else {
                sheet.set_hidden(true)
            };
        }
    };
    is_marked(&made(at.path(), hidden(false)));
    is_marked(&made(at.path(), hidden(true)));
    is_marked(&made(at.path(), |workbook| {
        let sheet = workbook.worksheet_from_index(0).expect("a sheet");
        sheet.set_header("&L&\"黑体,常规\"&14机密★&R第&P页");
    }));
    is_marked(&made(at.path(), |workbook| {
        workbook.worksheet_from_index(0).expect("a sheet").set_footer("&C秘密");
    }));
    is_marked(&made(at.path(), |workbook| {
        workbook.add_worksheet().set_name("绝密").expect("a name");
    }));
    for name in ["自评表（秘密）.xlsx", "机密★自评表.xlsx", "绝密-自评表.xlsx"] {
        let at = folder();
        let file = at.path().join(name);
        fs::rename(made(at.path(), |_| {}), &file).expect("a name");
        is_marked(&file);
    }
    let inside = folder();
    let marked = inside.path().join("机密");
    fs::create_dir(&marked).expect("a folder");
    let file = made(&marked, |_| {});
    is_left_alone(&["score"], &file, &["养护"]);
    let run = jixiao(["score".as_ref(), marked.as_os_str()]);
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn other_formats_count() {
    let at = folder();
    let file = at.path().join("明细账.csv");
    let mut rows = LEDGER.1.trim().replace('|', ",");
    fs::write(&file, format!("秘密★1年\n{rows}")).expect("a file");
    is_left_alone(&["reconcile"], &file, &["养护"]);
    rows = rows.replace("付养护工程款", "付商业秘密保护费");
    fs::write(&file, rows).expect("a file");
    let run = jixiao(["reconcile".as_ref(), file.as_os_str()]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn words_about_secrets_stop_nothing() {
    let at = folder();
    let page = form("养护公路里程", "机密级设备采购")
        .replace("更换标志牌数量", "保守国家秘密培训")
        .replace("工程验收合格率", "商业秘密保护率")
        .replace("保守国家秘密培训", "保守国家秘密培训和秘密★级载体销毁次数")
        .replace("（2022年度）", "（2022年度） | 密级：无");
    let codes = "密级\n公开\n秘密\n机密\n绝密\n";
    let file = workbook_pages::write(&[(SELF.0, &page), ("代码", codes)], at.path());
    let run = jixiao(["check".as_ref(), file.as_os_str()]);
    assert_ne!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    let renamed = at.path().join("商业-秘密-保护.xlsx");
    fs::rename(&file, &renamed).expect("a name");
    let run = jixiao(["check".as_ref(), renamed.as_os_str()]);
    assert_ne!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    // One of the codes alone says what the file is.
    let file = workbook_pages::write(&[(SELF.0, &page), ("代码", "密级\n机密\n")], at.path());
    is_left_alone(&["check"], &file, &[]);
}
