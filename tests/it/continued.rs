//! Tables that go on behind a page's end: in the same sheet or in another, with a header or without.

use jixiao::inner::base::{CellRef, RangeRef};
use jixiao::inner::form::look;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::{Case, FindingId, LocatedForm};
use jixiao::inner::score;
use jixiao::inner::sheet::Sheet;

use crate::layout::{Layout, Levels, Show, national};
use crate::layouts::{cases, one};
use crate::picture::picture;
use crate::split_rows::{found, sheet};

const LEVELS: [Levels; 3] = [Levels::Merged, Levels::BlankBelow, Levels::Repeated];

/// The rows from `first` on in a sheet of their own, below what stands in the rows `head`.
fn cut(sheet: &Sheet, first: u32, head: std::ops::Range<u32>) -> [Sheet; 2] {
    let mut pages = [Sheet::new("页1", true), Sheet::new("页2", true)];
    let height = head.end - head.start;
    let below = |row: u32| row - first + height;
    for (at, cell) in sheet.cells() {
        if at.row() < first {
            pages[0].put(at, cell.clone());
        } else {
            pages[1].put(at.with_row(below(at.row())).unwrap(), cell.clone());
        }
        if head.contains(&at.row()) {
            pages[1].put(at.with_row(at.row() - head.start).unwrap(), cell.clone());
        }
    }
    let merge = |rows: (u32, u32), range: &RangeRef| {
        let corner = |row: u32, at: CellRef| at.with_row(row).unwrap();
        RangeRef::new(corner(rows.0, range.first), corner(rows.1, range.last))
    };
    for range in &sheet.merges {
        let (top, bottom) = (range.first.row(), range.last.row());
        if top < first {
            pages[0].merges.push(merge((top, bottom.min(first - 1)), range));
        }
        if bottom >= first {
            pages[1].merges.push(merge((below(top.max(first)), below(bottom)), range));
        }
        if head.contains(&top) {
            pages[1].merges.push(merge((top - head.start, bottom - head.start), range));
        }
    }
    pages
}

fn total(case: &Case) -> (String, bool, Option<String>) {
    let total = score::run(case).expect("scores").expect("a form").card.total;
    (format!("{}/{}", total.score, total.full), total.complete, total.grade)
}

/// Rows of the national layout, zero-based: its header, and its first indicator.
const HEADER: u32 = 8;
const FIRST: u32 = 9;

#[test]
fn a_table_goes_on_in_a_sheet_without_a_header() {
    for levels in LEVELS {
        let layout = Layout { levels, ..national() };
        let whole = total(&one(layout.sheet()));
        assert!(whole.1, "{whole:?}");
        for after in 1..6 {
            let found = cases(&cut(&layout.sheet(), FIRST + after, 0..0));
            assert_eq!(found.len(), 1, "{levels:?} after {after}");
            layout.assert_read(&found[0]);
            assert_eq!(total(&found[0]), whole);
        }
    }
}

#[test]
fn a_table_goes_on_over_three_sheets() {
    let [first, rest] = cut(&national().sheet(), FIRST + 2, 0..0);
    let [second, third] = cut(&rest, 2, 0..0);
    let sheets = [first, crate::sheets::renamed(&second, "页2"), crate::sheets::renamed(&third, "页3")];
    let found_cases = cases(&sheets);
    assert_eq!(found_cases.len(), 1);
    national().assert_read(&found_cases[0]);
    assert_eq!(total(&found_cases[0]), total(&one(national().sheet())));
    // One page lost, and the others do not make a whole.
    let found_cases = cases(&[sheets[0].clone(), sheets[2].clone()]);
    assert_eq!(found(&found_cases[0], FindingId::TablePartUnread), ["C1"]);
    assert_eq!(total(&found_cases[0]).2, None);
}

/// The rest of the last indicator of a page stands at the top of the next sheet.
#[test]
fn a_piece_at_the_top_of_a_sheet_leaves_the_indicator_before_it_to_a_person() {
    for put in [(Show::Criterion, "每少1人扣0.1分。"), (Show::Name, "（线下）")] {
        let before: &'static [crate::layout::Put] =
            Box::leak(Box::new([(2, &*Box::leak(Box::new([put])) as &'static [_])]));
        let layout =
            Layout { before, levels: Levels::BlankBelow, instead: &[(4, Show::Weight, "30")], ..sheet() };
        let mut whole = layout.sheet();
        // The level begins in the row with the name.
        for col in [0, 1] {
            let at = CellRef::new(7, col).unwrap();
            let level = whole.get(at).clone();
            whole.clear(at);
            if !level.is_blank() {
                whole.put(at.with_row(8).unwrap(), level);
            }
        }
        let found_cases = cases(&cut(&whole, 7, 0..0));
        assert_eq!(found_cases.len(), 1);
        let states = crate::split_rows::scores(&found_cases[0]);
        assert_eq!(states.len(), 6, "{states:?}");
        assert_eq!(states[1].1, jixiao::inner::model::State::Pending, "{put:?}");
        let place = if put.0 == Show::Name { "C1" } else { "E1" };
        assert!(
            found(&found_cases[0], FindingId::TextOverSeveralRows).contains(&place.to_owned()),
            "{put:?}"
        );
    }
}

/// One point on the first page is not the whole of a form whose other points stand on the next.
#[test]
fn a_point_is_no_share_where_the_other_points_stand_elsewhere() {
    let layout = Layout {
        budget: None,
        instead: &[(0, Show::Weight, "1"), (1, Show::Weight, "39")],
        total: None,
        ..national()
    };
    let top = 4;
    for head in [0..0, top..top + 1] {
        let found_cases = cases(&cut(&layout.sheet(), top + 2, head));
        assert_eq!(found_cases.len(), 1);
        assert_eq!(found_cases[0].score_form.as_ref().unwrap().indicators.len(), 6);
        assert!(found_cases[0].findings.is_empty(), "{:?}", found_cases[0].findings);
        assert!(total(&found_cases[0]).0.ends_with("/100"));
    }
}

#[test]
fn it_is_shown_where_a_table_goes_on() {
    let looks = look(&cut(&national().sheet(), FIRST + 3, 0..0), &Mappings::shipped());
    let forms: Vec<&LocatedForm> = looks.iter().flat_map(|look| &look.forms).collect();
    let continues: Vec<Option<&str>> =
        forms.iter().map(|form| Some(form.continues.as_ref()?.name.as_str())).collect();
    assert_eq!(continues, [None, Some("页1")]);
    assert_eq!(
        (forms[0].taken.as_slice(), forms[1].taken.as_slice()),
        ([9, 10, 11].as_slice(), [0, 1, 2].as_slice())
    );
}

#[test]
fn a_table_goes_on_in_a_sheet_with_its_header_again() {
    for levels in LEVELS {
        let layout = Layout { levels, ..national() };
        let whole = total(&one(layout.sheet()));
        for after in 1..6 {
            let pages = cut(&layout.sheet(), FIRST + after, HEADER..HEADER + 1);
            let found = cases(&pages);
            assert_eq!(found.len(), 1, "{levels:?} after {after}");
            layout.assert_read(&found[0]);
            assert_eq!(total(&found[0]), whole);
            // And below the whole head again.
            let found = cases(&cut(&layout.sheet(), FIRST + after, 0..4));
            assert_eq!(found.len(), 1, "{levels:?} after {after}");
        }
    }
}

/// A row less, and the points no longer show that the sheets are one table.
#[test]
fn what_the_points_do_not_show_to_be_the_rest_keeps_the_verdict_open() {
    for head in [0..0, HEADER..HEADER + 1] {
        let layout = Layout { instead: &[(5, Show::Weight, "7")], total: None, ..national() };
        let pages = cut(&layout.sheet(), FIRST + 3, head.clone());
        let found_cases = cases(&pages);
        for case in &found_cases {
            let (_, complete, grade) = total(case);
            assert!(!complete && grade.is_none(), "{head:?}");
            assert_eq!(found(case, FindingId::TablePartUnread).len(), 1);
        }
        let said = found_cases[0].findings.iter().find(|f| f.id == FindingId::TablePartUnread).unwrap();
        assert!(said.message.contains("页2"), "{}", said.message);
        assert_eq!(said.at.as_ref().unwrap().sheet.name, "页2");
    }
}

#[test]
fn a_sheet_beside_a_whole_table_is_none_of_its_parts() {
    let list = picture(
        "附件清单",
        "
        1 | 材料 | 培训签到表 | 12份 | 12份 | 10 | 10 | 无
        2 | 材料 | 培训照片 | 30张 | 30张 | 20 | 20 | 无
    ",
    );
    let found = cases(&[national().sheet(), list]);
    assert_eq!(found.len(), 1);
    national().assert_read(&found[0]);
    assert!(total(&found[0]).1);
}

#[test]
fn two_projects_side_by_side_stay_two() {
    let sheets = [national().sheet_of("甲项目培训", "甲"), national().sheet_of("乙项目培训", "乙")];
    let found = cases(&sheets);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|case| total(case).1 && case.findings.is_empty()));
}

/// `填表人` at the foot of each page ends no table whose points go on.
#[test]
fn a_table_goes_on_behind_the_foot_of_a_page() {
    let feet: [&'static [&'static str]; 3] = [
        &["填表人：张三    联系电话：12345"],
        &["第1页 共2页"],
        &["填表人：张三", "项目支出绩效自评表（续表）"],
    ];
    for levels in LEVELS {
        for foot in feet {
            for again in [false, true] {
                let after: &'static [(usize, &'static [&'static str], bool)] =
                    Box::leak(Box::new([(2, foot, again)]));
                let layout = Layout { levels, breaks: after, ..national() };
                let case = one(layout.sheet());
                layout.assert_read(&case);
                assert_eq!(total(&case), total(&one(national().sheet())), "{levels:?} {foot:?} {again}");
            }
        }
    }
}

#[test]
fn rows_behind_the_end_of_a_table_that_is_not_whole_are_not_lost() {
    let layout = Layout {
        breaks: &[(2, &["填表人：张三"], false)],
        instead: &[(5, Show::Weight, "7")],
        total: None,
        ..national()
    };
    let case = one(layout.sheet());
    assert_eq!(found(&case, FindingId::TablePartUnread), ["C14"]);
    let (_, complete, grade) = total(&case);
    assert!(!complete && grade.is_none());
}

#[test]
fn a_score_sheet_goes_on_in_another_sheet() {
    // Its points are 90: a part of 100 that the form says to be all.
    let layout = Layout { instead: &[(4, Show::Weight, "30")], ..sheet() };
    let whole = one(layout.sheet());
    for after in 1..6 {
        let found = cases(&cut(&layout.sheet(), 5 + after, 0..0));
        assert_eq!(found.len(), 1);
        assert_eq!(total(&found[0]), total(&whole), "after {after}");
    }
}

#[test]
fn declared_targets_in_a_sheet_without_a_header_are_said() {
    let layout = Layout {
        title: "项目支出绩效目标申报表",
        columns: vec![
            (Show::Level1, "一级指标"),
            (Show::Level2, "二级指标"),
            (Show::Name, "三级指标"),
            (Show::Target, "指标值"),
        ],
        budget: None,
        total: None,
        footer: &[],
        ..national()
    };
    let pages = cut(&layout.sheet(), 5 + 2, 0..0);
    let case = &cases(&pages)[0];
    assert_eq!(found(case, FindingId::TablePartUnread), [""; 0], "the last rows hold no figure");
    let declared = cut(&Layout { instead: &[(4, Show::Target, "≥3项")], ..layout }.sheet(), 5 + 2, 0..0);
    assert_eq!(found(&cases(&declared)[0], FindingId::TablePartUnread), ["C1"]);
}

const PAGES: [crate::workbook_pages::Page<'_>; 2] = [
    (
        "页1",
        "
项目支出绩效自评表
（2022年度）
项目名称 | 农村公路养护
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 养护公路里程 | ≥120公里 | 110公里 | 25 | |
 | | 更换标志牌数量 | ≥50块 | 50块 | 25 | |
",
    ),
    (
        "页2",
        "
 | 质量指标 | 工程验收合格率 | ≥98% | 97% | 25 | |
效益指标 | 社会效益指标 | 群众满意度 | ≥90% | 92% | 25 | |
合计 | | | | | 100 | |
",
    ),
];

/// Scores stand in both sheets, the total below the last of them; read again, all is the same.
#[test]
fn a_table_over_two_sheets_is_returned_with_its_scores() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = crate::support::score(&crate::workbook_pages::write(&PAGES, folder.path()), folder.path());
    assert_eq!(
        (&first.json["score"]["total"], &first.json["score"]["grade"]),
        (&"97.66".into(), &"优".into())
    );
    assert_eq!(crate::libreoffice::differences(&first.path), Vec::<String>::new());
    let cells = crate::libreoffice::cells(&first.path);
    for at in ["'页1'!G5", "'页1'!G6", "'页2'!G1", "'页2'!G2", "'页2'!G3"] {
        assert!(cells.get(at).is_some_and(|(_, is_formula)| *is_formula), "{at}");
    }
    let again = tempfile::tempdir().expect("a folder");
    let second = crate::support::score(&first.path, again.path());
    assert_eq!(second.json["score"], first.json["score"]);
    assert_eq!(second.json["indicators"], first.json["indicators"]);
}

/// Whatever a person fills in: a total of a part is none.
#[test]
fn the_total_of_a_table_that_was_not_read_whole_waits() {
    let pages = crate::findings::changed(&PAGES, &[("97% | 25", "97% | 20"), ("合计 | | | | | 100", "")]);
    let pages: Vec<_> = pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let scored = crate::support::score(&crate::workbook_pages::write(&pages, folder.path()), folder.path());
    let score = &scored.json["score"];
    assert!(score["grade"].is_null() && score["complete"] == false, "{score}");
    assert_eq!(crate::libreoffice::differences(&scored.path), Vec::<String>::new());
    let cells = crate::libreoffice::cells(&scored.path);
    // Every indicator has its score: what is open is what of the table was not read.
    let waits = |at: &str| format!("{:?}", cells.get(at).expect("a cell").0).contains("待确认");
    // The sum, and the grade below it.
    let grade = format!("{:?}", cells.get("'评分汇总'!C6").expect("a cell").0);
    assert!(waits("'评分汇总'!D5") && grade.contains("未定级"), "{grade}");
}
