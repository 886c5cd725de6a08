//! What a register says, and how it differs from what must stand there.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use jixiao::inner::sheet::Value;

use super::plan::{Day, Expected, Filed, Loose};
use crate::libreoffice::{Cells, cells};

/// A row of the page of all, by its titles.
type Row = BTreeMap<String, String>;

/// The rows of a page, from the titles down.
pub(super) fn rows(register: &Path, sheet: &str) -> Vec<Row> {
    let all: Cells = cells(register);
    let text = |row: usize, col: char| match all.get(&format!("'{sheet}'!{col}{row}")).map(|(value, _)| value)
    {
        Some(Value::Text(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let titles: Vec<(char, String)> =
        ('A'..='Q').map(|col| (col, text(3, col))).filter(|(_, title)| !title.is_empty()).collect();
    let row =
        |row: usize| -> Row { titles.iter().map(|(col, title)| (title.clone(), text(row, *col))).collect() };
    (4..).map(row).take_while(|row| row.values().any(|text| !text.is_empty())).collect()
}

/// The rows of a project, by its number.
fn lines(rows: &[Row]) -> Vec<Vec<&Row>> {
    let mut lines: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        lines.entry(row["序号"].parse().expect("a number")).or_default().push(row);
    }
    lines.into_values().collect()
}

/// Whether a path of the register is that of a file: it may begin with an archive's name.
fn is_at(told: &str, path: &str) -> bool {
    told == path || told.ends_with(&format!("/{path}"))
}

/// Every way in which a register is not as it must be.
pub(super) fn faults(day: &Day, register: &Path) -> Vec<String> {
    let rows = rows(register, "全部");
    let mut left = lines(&rows);
    let mut faults = Vec::new();
    for expected in &day.expected {
        let is_it = |line: &Vec<&Row>| {
            let row = line[0];
            if expected.is_due {
                row["项目编码"] == expected.code
            } else {
                row["项目名称"] == expected.name && row["实施单位"] == expected.agency
            }
        };
        let found: Vec<usize> = (0..left.len()).filter(|at| is_it(&left[*at])).collect();
        match found.as_slice() {
            [at] => faults.extend(project(expected, &left.remove(*at))),
            all => faults.push(format!("{} {}: {} lines", expected.code, expected.name, all.len())),
        }
    }
    for Loose { file, state, note } in &day.loose {
        let is_it = |line: &Vec<&Row>| line.len() == 1 && is_at(&line[0]["文件"], &file.path);
        let Some(at) = left.iter().position(is_it) else {
            faults.push(format!("{}: no line of its own", file.path));
            continue;
        };
        let line = left.remove(at);
        let said = ["类型", "状态", "项目名称", "采用", "催报"].map(|title| line[0][title].as_str());
        if said != [file.kind, *state, "", "", ""] || !line[0]["说明"].contains(note) {
            faults.push(format!("{}: {:?}, not {} {state} {note}", file.path, line[0], file.kind));
        }
    }
    faults.extend(left.iter().map(|line| format!("nothing that was handed in: {:?}", line[0])));
    faults
}

fn project(expected: &Expected, line: &[&Row]) -> Vec<String> {
    let mut faults = Vec::new();
    let Expected { code, name, agency, department, .. } = expected;
    let mut must = |what: &str, is: &str, should: &str| {
        if is != should {
            faults.push(format!("{code} {name}: {what} is {is:?}, not {should:?}"));
        }
    };
    let stages: Vec<&str> =
        expected.files.iter().map(|file| file.stage).filter(|stage| !stage.is_empty()).collect();
    let is_two = stages.iter().any(|stage| *stage != stages[0]);
    let received = match expected.files.len() {
        0 => "否".to_owned(),
        _ if is_two => "是（申报稿、自评）".to_owned(),
        _ => "是".to_owned(),
    };
    for row in line {
        must("项目名称", &row["项目名称"], name);
        must("项目编码", &row["项目编码"], code);
        must("主管部门", &row["主管部门"], department);
        must("实施单位", &row["实施单位"], agency);
        must("应报", &row["应报"], if expected.is_due { "是" } else { "否" });
        must("已报", &row["已报"], &received);
        must("状态", &row["状态"], expected.state);
        must("全年预算数与清单差额", difference(&row["全年预算数与清单差额"]), &expected.budget);
        must("支出数与清单差额", difference(&row["支出数与清单差额"]), &expected.spent);
        let is_counted = !row["问题数"].is_empty();
        // That nothing came is one, too.
        let is_looked_at = matches!(expected.state, "已评分" | "清单外" | "未报");
        must("催报", &row["催报"], expected.reminder);
        must("问题数", if is_counted { "counted" } else { "" }, if is_looked_at { "counted" } else { "" });
    }
    let told: Vec<&&Row> = line.iter().filter(|row| !row["文件"].is_empty()).collect();
    if told.len() != expected.files.len() {
        let told: Vec<&String> = told.iter().map(|row| &row["文件"]).collect();
        faults.push(format!("{code} {name}: {told:?}, not {} files", expected.files.len()));
    }
    for file in &expected.files {
        let Some(row) = told.iter().find(|row| is_at(&row["文件"], &file.path)) else {
            faults.push(format!("{code} {name}: {} is not there", file.path));
            continue;
        };
        let said = ["类型", "阶段", "采用"].map(|title| row[title].as_str());
        let should = [file.kind, file.stage, if file.is_taken { "√" } else { "" }];
        if said != should {
            faults.push(format!("{code} {name}: {} is {said:?}, not {should:?}", file.path));
        }
    }
    let mut notes: Vec<&str> = line.iter().map(|row| row["说明"].as_str()).collect();
    notes.retain(|note| !note.is_empty());
    let is_said = |words: &&str| notes.iter().filter(|note| note.contains(words)).count();
    let all = expected
        .notes
        .iter()
        .all(|words| is_said(words) == expected.notes.iter().filter(|other| *other == words).count());
    if !all || notes.len() != expected.notes.len() {
        faults.push(format!("{code} {name}: 说明 is {notes:?}, not {:?}", expected.notes));
    }
    faults
}

/// None is as good as none that matters.
fn difference(text: &str) -> &str {
    if text == "0" { "" } else { text }
}

/// The row in which a project of this code begins.
pub(super) fn row_of_project(register: &Path, code: &str) -> usize {
    rows(register, "全部").iter().position(|row| row["项目编码"] == code).expect("the project") + 4
}

/// The row in which a file stands.
pub(super) fn row_of(register: &Path, file: &Filed) -> usize {
    let at = rows(register, "全部").iter().position(|row| is_at(&row["文件"], &file.path));
    at.unwrap_or_else(|| panic!("{} is not in the register", file.path)) + 4
}

/// Where the links of a register lead.
pub(super) fn links(register: &Path) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(File::open(register).unwrap()).unwrap();
    let mut links = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        if !entry.name().unwrap().contains("worksheets/_rels/") {
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        links.extend(text.split("Target=\"").skip(1).map(|rest| unescaped(rest.split('"').next().unwrap())));
    }
    links
}

fn unescaped(link: &str) -> String {
    let link = link.strip_prefix("file:///").unwrap_or(link);
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&behind[..2]).unwrap(), 16).unwrap());
            rest = &behind[2..];
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    String::from_utf8(bytes).unwrap()
}
