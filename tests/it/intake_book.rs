//! 收件登记表: written, marked and sorted by a person in a spreadsheet program, and read back.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::base::{Date, Yuan};
use jixiao::inner::service::intake_book::{Adopted, FileLine, Marks, RegisterLine, State, build, read};
use jixiao::inner::sheet::Value;

use crate::libreoffice::{Cells, cells};
use crate::person::{Act, edit};

const ALL: &str = "全部";

fn today() -> Date {
    Date::constant(2026, 1, 1)
}

fn line(number: usize, department: &str, state: State) -> RegisterLine {
    let expected = Some(state != State::NotListed);
    RegisterLine {
        key: format!("key {number}"),
        department: department.to_owned(),
        agency: format!("{department}下属{number}中心"),
        code: format!("3601{number:06}"),
        project: format!("第{number}号项目（一期）"),
        expected,
        state,
        ..RegisterLine::default()
    }
}

fn file(name: &str, stage: &str, adopted: Adopted) -> FileLine {
    FileLine {
        name: name.to_owned(),
        digest: format!("digest of {name}"),
        kind: "电子表".to_owned(),
        stage: (!stage.is_empty()).then(|| stage.to_owned()),
        adopted,
        ..FileLine::default()
    }
}

/// Two versions to choose from, two stages, one that is missing, one that is damaged.
fn lines() -> Vec<RegisterLine> {
    let mut two = line(1, "县水利局", State::Duplicate);
    two.files =
        vec![file("水利/甲.xlsx", "自评", Adopted::Open), file("水利/甲(改).xlsx", "自评", Adopted::Open)];
    two.reminder = "已电话联系".to_owned();
    let mut stages = line(2, "县教体局", State::Scored);
    stages.files = vec![
        file("教体/乙申报.xlsx", "申报稿", Adopted::NotAsked),
        file("教体/乙.xlsx", "自评", Adopted::NotAsked),
    ];
    stages.files[1].way = Some("%E5%8E%BF/%E4%B9%99.xlsx".to_owned());
    stages.budget_difference = Some("-1234.5".parse::<Yuan>().unwrap());
    stages.findings = Some(3);
    let missing = line(3, "县水利局", State::Missing);
    let mut damaged = RegisterLine {
        key: "damaged".to_owned(),
        state: State::Returned,
        loose: true,
        ..RegisterLine::default()
    };
    damaged.files = vec![file("散/坏.xlsx", "", Adopted::NotAsked)];
    damaged.files[0].note = "压缩包有密码，请去掉密码后重新提交。".to_owned();
    vec![two, stages, missing, damaged]
}

fn written(lines: &[RegisterLine], folder: &Path) -> PathBuf {
    let path = folder.join("收件登记表.xlsx");
    fs::write(&path, build(lines, today()).expect("a register")).expect("a file");
    path
}

fn text(all: &Cells, sheet: &str, at: &str) -> String {
    match all.get(&format!("'{sheet}'!{at}")).map(|(value, _)| value) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The row of the page of all in which this file stands.
fn row_of(all: &Cells, sheet: &str, file: &str) -> usize {
    (4..100).find(|row| text(all, sheet, &format!("H{row}")) == file).unwrap_or_else(|| panic!("no {file}"))
}

fn typed(sheet: &'static str, cell: String, text: &'static str) -> Act {
    Act::Type { sheet, cell, text }
}

fn sort(sheet: &'static str, last: usize, column: u32) -> Act {
    Act::Sort { sheet, range: format!("A4:R{last}"), column }
}

#[test]
fn a_register_that_nobody_touched_says_nothing() {
    let mut all = lines();
    all[0].files[1].adopted = Adopted::Taken;
    let marks = read(&build(&all, today()).unwrap()).unwrap();
    assert!(marks.altered.is_empty() && marks.refused.is_empty(), "{marks:?}");
    assert!(marks.has_chosen("key 1", "digest of 水利/甲(改).xlsx"));
    assert!(!marks.has_chosen("key 1", "digest of 水利/甲.xlsx"));
    assert!(marks.knew("key 1", "digest of 水利/甲.xlsx"));
    assert!(!marks.knew("key 1", "digest of 水利/丙.xlsx") && !marks.knew("key 2", "digest of 水利/甲.xlsx"));
    assert_eq!(marks.reminder("key 1"), Some("已电话联系"));
    assert_eq!(marks.reminder("key 3"), Some(""));
    assert_eq!(marks.reminder("nobody"), None);
    assert_eq!((marks.left_out(&all), marks.left_out(&all[1..])), (0, 1));
}

#[test]
fn the_pages_say_who_handed_in_what() {
    let folder = tempfile::tempdir().unwrap();
    let all = cells(&written(&lines(), folder.path()));
    let row = |sheet, number: usize| -> String {
        let cells = ["A", "B", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q"];
        cells.map(|col| text(&all, sheet, &format!("{col}{number}"))).join("|")
    };
    assert_eq!(
        row(ALL, 3),
        "序号|主管部门|项目名称|应报|已报|文件|类型|阶段|状态|采用|全年预算数与清单差额|支出数与清单差额|问题数|催报|说明"
    );
    assert_eq!(
        row(ALL, 4),
        "1|县水利局|第1号项目（一期）|是|是|水利/甲.xlsx|电子表|自评|重复待选|||||已电话联系|"
    );
    assert_eq!(
        row(ALL, 6),
        "2|县教体局|第2号项目（一期）|是|是（申报稿、自评）|教体/乙申报.xlsx|电子表|申报稿|已评分||-1234.5||3||"
    );
    assert_eq!(row(ALL, 8), "3|县水利局|第3号项目（一期）|是|否||||未报||||||");
    assert_eq!(
        row(ALL, 9),
        "4|主管部门不明||—|—|散/坏.xlsx|电子表||待补正||||||压缩包有密码，请去掉密码后重新提交。"
    );
    assert_eq!(row("县水利局", 5), row(ALL, 5));
    assert_eq!(row("县水利局", 6), row(ALL, 8));
    let front = |number: usize| {
        ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M"]
            .map(|col| text(&all, "汇总", &format!("{col}{number}")))
            .join("|")
    };
    assert_eq!(
        front(3),
        "主管部门|项目数|应报|已报|已评分|已核对|待补正|待人工录入|重复待选|清单外|未报|另有材料|问题数"
    );
    assert_eq!(front(4), "县水利局|2|2|1|0|0|0|0|1|0|1|0|0");
    assert_eq!(front(7), "合计|3|3|2|1|0|0|0|1|0|1|1|3");
}

#[test]
fn a_person_sorts_and_chooses_and_the_choice_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(&lines(), folder.path());
    let before = cells(&path);
    let chosen = row_of(&before, ALL, "水利/甲(改).xlsx");
    let acts = [
        typed(ALL, format!("L{chosen}"), "√"),
        typed(ALL, "P8".to_owned(), "1月5日电话催报"),
        sort(ALL, 9, 7),
        sort("县水利局", 6, 10),
    ];
    let edited = edit(&path, &acts, folder.path());
    let after = cells(&edited);
    assert_ne!(row_of(&after, ALL, "水利/甲(改).xlsx"), chosen, "nothing was sorted");
    let marks = read(&fs::read(&edited).unwrap()).unwrap();
    assert!(marks.altered.is_empty() && marks.refused.is_empty(), "{marks:?}");
    assert!(marks.has_chosen("key 1", "digest of 水利/甲(改).xlsx"));
    assert!(!marks.has_chosen("key 1", "digest of 水利/甲.xlsx"));
    assert_eq!(marks.reminder("key 3"), Some("1月5日电话催报"));
    assert_eq!(marks.reminder("key 1"), Some("已电话联系"));
}

#[test]
fn rows_sorted_without_the_hidden_column_are_known_by_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(&lines(), folder.path());
    let chosen = row_of(&cells(&path), ALL, "水利/甲(改).xlsx");
    let sorted = Act::Sort { sheet: ALL, range: "A4:Q9".to_owned(), column: 7 };
    let edited = edit(&path, &[typed(ALL, format!("L{chosen}"), "√"), sorted], folder.path());
    let marks = read(&fs::read(&edited).unwrap()).unwrap();
    assert!(marks.altered.is_empty() && marks.refused.is_empty(), "{marks:?}");
    assert!(marks.has_chosen("key 1", "digest of 水利/甲(改).xlsx"));
    assert_eq!(marks.reminder("key 1"), Some("已电话联系"));
}

#[test]
fn a_mark_is_taken_back_on_one_page_and_set_on_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = lines();
    all[0].files[0].adopted = Adopted::Taken;
    let path = written(&all, folder.path());
    let acts = [
        typed(ALL, "L4".to_owned(), ""),
        typed("县水利局", "L5".to_owned(), "✓"),
        typed("县水利局", "P4".to_owned(), ""),
    ];
    let marks = read(&fs::read(edit(&path, &acts, folder.path())).unwrap()).unwrap();
    assert!(marks.altered.is_empty() && marks.refused.is_empty(), "{marks:?}");
    assert!(marks.has_chosen("key 1", "digest of 水利/甲(改).xlsx"));
    assert!(!marks.has_chosen("key 1", "digest of 水利/甲.xlsx"));
    assert_eq!(marks.reminder("key 1"), Some(""));
}

#[test]
fn what_cannot_be_honoured_is_refused_aloud() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(&lines(), folder.path());
    let acts = [
        typed(ALL, "L4".to_owned(), "√"),
        typed("县水利局", "L5".to_owned(), "√"),
        typed(ALL, "L6".to_owned(), "√"),
        typed(ALL, "L7".to_owned(), "不知道"),
    ];
    let marks = read(&fs::read(edit(&path, &acts, folder.path())).unwrap()).unwrap();
    let all: BTreeSet<&str> = marks.refused.iter().map(String::as_str).collect();
    assert!(marks.altered.is_empty(), "{marks:?}");
    assert_eq!(all.len(), 3, "{marks:?}");
    assert!(
        all.iter().any(|said| said.contains("“县水利局”第 5 行") && said.contains("选了 2 个版本")),
        "{all:?}"
    );
    assert!(all.contains("“全部”第 6 行没有可选的版本，“采用”栏的√没有采用。"), "{all:?}");
    assert!(all.iter().any(|said| said.contains("“不知道”不是√")), "{all:?}");
    assert!(!marks.has_chosen("key 1", "digest of 水利/甲.xlsx"));
    assert!(!marks.has_chosen("key 1", "digest of 水利/甲(改).xlsx"));
}

/// A copy is the same version: it may be ticked as well.
#[test]
fn a_copy_of_a_version_may_be_ticked() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = lines();
    let copy = FileLine {
        digest: all[0].files[1].digest.clone(),
        ..file("水利/甲(2).xlsx", "自评", Adopted::NotAsked)
    };
    all[0].files.push(copy);
    let path = written(&all, folder.path());
    let row = row_of(&cells(&path), ALL, "水利/甲(2).xlsx");
    let marks =
        read(&fs::read(edit(&path, &[typed(ALL, format!("L{row}"), "√")], folder.path())).unwrap()).unwrap();
    assert!(marks.refused.is_empty() && marks.has_chosen("key 1", "digest of 水利/甲(改).xlsx"), "{marks:?}");
}

/// Two ledgers may be parts of one.
#[test]
fn what_goes_with_others_is_chosen_beside_them() {
    let mut all = lines();
    for file in &mut all[0].files {
        (file.adopted, file.goes_with_others) = (Adopted::Taken, true);
    }
    let marks = read(&build(&all, today()).unwrap()).unwrap();
    assert!(marks.refused.is_empty(), "{marks:?}");
    assert!(all[0].files.iter().all(|file| marks.has_chosen("key 1", &file.digest)));
}

#[test]
fn what_is_no_mark_is_seen() {
    let change = |acts: &[Act]| {
        let folder = tempfile::tempdir().unwrap();
        let path = written(&lines(), folder.path());
        read(&fs::read(edit(&path, acts, folder.path())).unwrap()).unwrap()
    };
    // A word of ours was corrected; the mark beside it counts all the same.
    let marks = change(&[typed(ALL, "Q4".to_owned(), "以此为准"), typed(ALL, "L4".to_owned(), "√")]);
    assert_eq!(marks.altered, ["“全部”第 4 行除“采用”“催报”以外的内容被改动。"]);
    assert!(marks.has_chosen("key 1", "digest of 水利/甲.xlsx"));
    // Of whom a row is cannot be known when its name is changed.
    let marks = change(&[typed(ALL, "E4".to_owned(), "别的项目"), typed(ALL, "L4".to_owned(), "√")]);
    assert!(
        marks.refused.len() == 1 && marks.refused[0].contains("第 4 行的项目编码、项目名称或文件名被改动"),
        "{marks:?}"
    );
    assert!(!marks.has_chosen("key 1", "digest of 水利/甲.xlsx"));
    for (acts, said) in [
        (typed(ALL, "T5".to_owned(), "备注"), "“全部”T5 有登记表以外的内容。"),
        (typed("汇总", "A12".to_owned(), "请于周五前完成"), "工作表“汇总”不是登记表的内容，或被改动。"),
        (Act::DeleteRow { sheet: ALL, row: 8 }, "“全部”少了 1 行。"),
    ] {
        assert_eq!(change(&[acts]).altered, [said]);
    }
}

#[test]
fn a_workbook_that_is_no_register_is_refused() {
    let error = read(&fs::read(crate::support::workbook(crate::support::MODEL)).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "文件中没有收件登记表。");
    assert!(read(b"").is_err());
    assert!(read(b"PK\x03\x04").is_err());
}

/// Whatever agencies write, a cell of ours holds it as text, every department has a page, and it is read back.
#[test]
fn foreign_text_stays_text_and_departments_get_names_of_their_own() {
    let texts = [
        "=HYPERLINK(\"http://x\")",
        "@SUM(1)",
        "+1",
        "-1+2",
        "'",
        "''引号''",
        "全部",
        "汇总",
        "History",
        "a/b\\c?d*e[f]:g",
        "\u{202e}反转",
        "\u{1b}[31m红",
        "_x0041_",
        "第一行\n第二行",
        "\t制表",
        "   ",
        "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷",
        "很长很长很长很长很长很长很长很长很长很长很长很长很长的一个主管部门甲",
        "很长很长很长很长很长很长很长很长很长很长很长很长很长的一个主管部门乙",
        "abc",
        "ABC",
        "TRUE",
        "1e5",
        "2026-01-01",
        "\u{feff}",
        "&<>\"",
    ];
    let all: Vec<RegisterLine> = (0..)
        .zip(texts)
        .map(|(number, foreign)| {
            let mut line = line(number, foreign, State::Duplicate);
            line.agency = foreign.to_owned();
            line.project = foreign.to_owned();
            line.reminder = foreign.to_owned();
            let mut one = file(&format!("{foreign}1"), "", Adopted::Open);
            one.way = Some("a%20b.xlsx".to_owned());
            line.files = vec![one, file(&format!("{foreign}2"), "", Adopted::Taken)];
            line
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = written(&all, folder.path());
    let mut judged = vec![path.clone()];
    judged.push(edit(&path, &[sort(ALL, all.len() * 2 + 3, 7)], folder.path()));
    for path in judged {
        let found = cells(&path);
        assert!(found.values().all(|(_, formula)| !formula), "a formula");
        let marks = read(&fs::read(&path).unwrap()).unwrap();
        assert!(marks.altered.is_empty() && marks.refused.is_empty(), "{marks:?}");
        for line in &all {
            assert!(marks.has_chosen(&line.key, &line.files[1].digest), "{line:?}");
            assert!(!marks.has_chosen(&line.key, &line.files[0].digest), "{line:?}");
        }
    }
    // Two names of nothing but spaces, or of nothing that is seen, are of one department at most.
    let sheets: BTreeSet<String> =
        cells(&path).keys().map(|at| at.rsplit_once('!').unwrap().0.to_lowercase()).collect();
    assert_eq!(sheets.len(), texts.len() + 2, "{sheets:?}");
}

#[test]
fn many_departments_and_long_registers_are_built() {
    let all: Vec<RegisterLine> = (0..6_000)
        .map(|number| {
            let mut line = line(number, &format!("第{}部门", number % 400), State::Scored);
            line.files = vec![file(&format!("包/{number}.xlsx"), "自评", Adopted::NotAsked)];
            line
        })
        .collect();
    let bytes = build(&all, today()).unwrap();
    let marks = read(&bytes).unwrap();
    assert!(marks.altered.is_empty() && marks.refused.is_empty(), "{:?}", &marks.altered[..1]);
    assert_eq!(marks.reminder("key 5999"), Some(""));
}

/// A register with these versions chosen, as it was written.
fn chosen(adopted: [Adopted; 2], reminder: &str) -> Vec<RegisterLine> {
    let mut all = lines();
    for (file, adopted) in all[0].files.iter_mut().zip(adopted) {
        file.adopted = adopted;
    }
    all[0].reminder = reminder.to_owned();
    all
}

/// What a copy says over a register.
fn over(copy: &[RegisterLine], acts: &[Act], register: &[RegisterLine]) -> Marks {
    let folder = tempfile::tempdir().unwrap();
    let copy = edit(&written(copy, folder.path()), acts, folder.path());
    read(&fs::read(copy).unwrap()).unwrap().over(read(&build(register, today()).unwrap()).unwrap())
}

const FIRST: &str = "digest of 水利/甲.xlsx";
const SECOND: &str = "digest of 水利/甲(改).xlsx";

fn holds(marks: &Marks) -> [bool; 2] {
    [FIRST, SECOND].map(|file| marks.has_chosen("key 1", file))
}

#[test]
fn of_a_copy_only_what_was_changed_in_it_counts() {
    use Adopted::{Open, Taken};
    let (first, second) = (chosen([Taken, Open], "已电话联系"), chosen([Open, Taken], "又联系"));
    // A stale copy, in which only another project's reminder was typed.
    let marks = over(&first, &[typed(ALL, "P8".to_owned(), "催")], &second);
    assert_eq!(holds(&marks), [false, true], "{marks:?}");
    assert_eq!((marks.reminder("key 1"), marks.reminder("key 3")), (Some("又联系"), Some("催")));
    // A choice that was taken back, and a reminder.
    let none = [typed(ALL, "L4".to_owned(), ""), typed(ALL, "P4".to_owned(), "")];
    let marks = over(&first, &none, &first);
    assert_eq!((holds(&marks), marks.reminder("key 1")), ([false, false], Some("")), "{marks:?}");
    // The choice that was taken back is no longer the one that holds.
    assert_eq!(holds(&over(&first, &none, &second)), [false, true]);
    // A choice in the copy is the later one.
    let open = chosen([Open, Open], "");
    let marks = over(&open, &[typed(ALL, "L4".to_owned(), "√")], &second);
    assert_eq!(holds(&marks), [true, false], "{marks:?}");
    // Where the register says nothing of a project the copy says it all.
    let marks = over(&first, &[], &first[1..]);
    assert_eq!((holds(&marks), marks.reminder("key 1")), ([true, false], Some("已电话联系")));
}

/// What was typed in both is kept, and what was typed in the register stays where the copy's was taken out.
#[test]
fn a_reminder_that_was_typed_is_not_lost_by_a_copy() {
    let lines = chosen([Adopted::Open, Adopted::Open], "已电话联系");
    let typed = |text| {
        let folder = tempfile::tempdir().unwrap();
        let acts = [typed(ALL, "P4".to_owned(), text)];
        read(&fs::read(edit(&written(&lines, folder.path()), &acts, folder.path())).unwrap()).unwrap()
    };
    for (copy, both) in [("明天交", "周五交；明天交"), ("", "周五交"), ("周五交", "周五交")]
    {
        assert_eq!(typed(copy).over(typed("周五交")).reminder("key 1"), Some(both));
    }
    assert_eq!(typed("明天交").over(typed("")).reminder("key 1"), Some("明天交"));
}

#[test]
fn of_two_marks_in_a_copy_none_counts_and_the_old_one_neither() {
    use Adopted::{Open, Taken};
    let first = chosen([Taken, Open], "");
    let marks = over(&first, &[typed(ALL, "L5".to_owned(), "√")], &first);
    assert_eq!(holds(&marks), [false, false], "{marks:?}");
    assert!(marks.refused.len() == 1 && marks.refused[0].contains("选了 2 个版本"), "{marks:?}");
}

/// A version that came after the copy was made did not stand before the eyes of whoever chose in it.
#[test]
fn a_choice_in_a_copy_says_nothing_of_what_came_since() {
    use Adopted::Open;
    let old = chosen([Open, Open], "");
    let mut new = old.clone();
    new[0].files.push(file("水利/甲(再改).xlsx", "自评", Open));
    let third = "digest of 水利/甲(再改).xlsx";
    let marks = over(&old, &[typed(ALL, "L4".to_owned(), "√")], &new);
    assert!(holds(&marks)[0] && !marks.knew("key 1", third) && marks.knew("key 1", SECOND), "{marks:?}");
    assert!(over(&old, &[], &new).knew("key 1", third));
}

#[test]
fn what_is_refused_beyond_a_number_is_counted() {
    let all: Vec<RegisterLine> = (0..230)
        .map(|number| {
            let mut line = line(number, "县水利局", State::Scored);
            line.files = vec![file(&format!("{number}.xlsx"), "自评", Adopted::NotAsked)];
            line
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let acts: Vec<Act> = (0..230).map(|number| typed(ALL, format!("L{}", number + 4), "√")).collect();
    let marks = read(&fs::read(edit(&written(&all, folder.path()), &acts, folder.path())).unwrap()).unwrap();
    assert_eq!(marks.refused.len(), 201, "{:?}", marks.refused.last());
    assert!(marks.refused[200].contains("另有 30 处"), "{:?}", marks.refused[200]);
}

#[test]
fn a_reminder_in_a_row_that_is_nobodys_is_refused_aloud() {
    let folder = tempfile::tempdir().unwrap();
    let acts = [typed(ALL, "E4".to_owned(), "别的项目"), typed(ALL, "P4".to_owned(), "明天交")];
    let marks =
        read(&fs::read(edit(&written(&lines(), folder.path()), &acts, folder.path())).unwrap()).unwrap();
    assert!(marks.refused.len() == 1 && marks.refused[0].contains("“催报”"), "{marks:?}");
    assert_eq!(marks.reminder("key 1"), Some("已电话联系"), "as the other page has it");
}
