//! Files become projects: by what they say, never by their names alone; nothing is lost, merged or chosen.

use std::collections::{BTreeMap, BTreeSet};

use jixiao::inner::intake::group::{Grouping, Received, Role, Seen, Why, group, is_one_case};
use jixiao::inner::intake::identity::{Identity, Said, Stage, TableKind};
use jixiao::inner::intake::kind::Kind;
use jixiao::inner::intake::roster::{Roster, RosterLine};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

fn table(path: &str, content: &str, said: &[Said]) -> Received {
    let identity =
        Identity { cells: Some(content.to_owned()), said: said.to_vec(), comes_back: false, stranger: None };
    Received {
        path: path.to_owned(),
        kind: Kind::Workbook,
        sha256: format!("bytes of {path} {content}"),
        seen: Seen::Table(identity),
    }
}

fn page(path: &str, kind: Kind) -> Received {
    Received { path: path.to_owned(), kind, sha256: format!("bytes of {path}"), seen: Seen::Nothing }
}

fn broken(path: &str) -> Received {
    let seen = Seen::Unread { message: "坏".to_owned(), hint: "换".to_owned() };
    Received { seen, ..page(path, Kind::Workbook) }
}

/// A self-evaluation of a project of an agency.
fn said(name: &str, agency: &str) -> Said {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Said {
        name: text(name),
        agency: text(agency),
        year: Some(2023),
        stage: Some(Stage::Evaluated),
        parts: vec![TableKind::SelfEvaluation],
        ..Said::default()
    }
}

fn coded(said: Said, code: &str) -> Said {
    Said { code: Some(code.to_owned()), ..said }
}

fn ledger(name: &str, agency: &str) -> Said {
    Said { stage: None, parts: vec![TableKind::Ledger], ..said(name, agency) }
}

fn declaration(name: &str, agency: &str, stage: Option<Stage>) -> Said {
    Said { stage, parts: vec![TableKind::Declaration], ..said(name, agency) }
}

fn due(name: &str, department: &str, code: &str) -> RosterLine {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    RosterLine {
        name: name.to_owned(),
        department: text(department),
        code: text(code),
        ..RosterLine::default()
    }
}

fn grouped(received: &[Received]) -> Grouping {
    group(received, None, &BTreeSet::new())
}

/// Each project with its files as `path role`, sorted.
fn shown(received: &[Received], grouping: &Grouping) -> Vec<(String, Vec<String>)> {
    let project = |project: &jixiao::inner::intake::group::Project| {
        let files = project.files.iter().map(|filed| {
            let role = match filed.role {
                Role::Same(first) => format!("同{}", received[first].path),
                role => format!("{role:?}"),
            };
            format!("{} {role}", received[filed.file].path)
        });
        (project.named.name.clone().unwrap_or_default(), files.collect())
    };
    grouping.projects.iter().map(project).collect()
}

fn units(received: &[Received], grouping: &Grouping) -> Vec<Vec<String>> {
    let units = grouping.projects.iter().flat_map(|project| &project.units);
    units.map(|unit| unit.files.iter().map(|file| received[*file].path.clone()).collect()).collect()
}

#[test]
fn the_same_content_counts_once_and_versions_are_not_chosen() {
    let road = said("农村公路养护", "某县交通局");
    let received = [
        table("甲.xlsx", "一", std::slice::from_ref(&road)),
        table("甲(1).xls", "一", std::slice::from_ref(&road)),
        table("最终版.xlsx", "二", &[said("农村公路 养护", "县交通局")]),
        table("乙.xlsx", "三", &[said("校舍维修", "某县教育局")]),
    ];
    let found = grouped(&received);
    let wanted: Vec<(String, Vec<String>)> = vec![
        (
            "农村公路 养护".into(),
            vec!["最终版.xlsx Rival".into(), "甲(1).xls 同甲.xlsx".into(), "甲.xlsx Rival".into()],
        ),
        ("校舍维修".into(), vec!["乙.xlsx Form".into()]),
    ];
    assert_eq!(shown(&received, &found), wanted);
    assert_eq!(units(&received, &found), [["乙.xlsx"]], "no version is read");
    // A person marks the copy of one of them.
    let marked = BTreeSet::from([received[1].content().to_owned()]);
    let chosen = group(&received, None, &marked);
    assert_eq!(units(&received, &chosen), [["甲.xlsx"], ["乙.xlsx"]]);
    assert!(chosen.projects[0].files.iter().any(|filed| filed.role == Role::Left));
    // Both marked is none marked.
    let both = BTreeSet::from([received[0].content().to_owned(), received[2].content().to_owned()]);
    let both = group(&received, None, &both);
    assert_eq!(units(&received, &both), [["乙.xlsx"]]);
    assert_eq!(both.projects[0].remarks.len(), 1);
}

#[test]
fn a_name_of_two_agencies_is_two_projects() {
    let received = [
        table("甲.xlsx", "一", &[said("校舍维修", "第一小学")]),
        table("乙.xlsx", "二", &[said("校舍维修", "第二小学")]),
        table("丙.xlsx", "三", &[said("校舍维修", "")]),
    ];
    let found = grouped(&received);
    assert_eq!(found.projects.len(), 2);
    assert_eq!(found.loose.len(), 1, "whose the third is nobody knows");
    assert!(matches!(&found.loose[0].why, Why::Ambiguous(names) if names.len() == 2));
}

#[test]
fn the_code_goes_before_the_name() {
    let received = [
        table("甲.xlsx", "一", &[coded(said("农村公路养护", "县交通局"), "A0001")]),
        table("乙.xlsx", "二", &[coded(said("农村公路日常养护", "县交通局"), "A0001")]),
        // Copied along into a form of somebody else.
        table("丙.xlsx", "三", &[coded(said("校舍维修", "县教育局"), "A0001")]),
        table("丁.xlsx", "四", &[coded(said("农村公路养护", "县交通局"), "A0002")]),
    ];
    let found = grouped(&received);
    let shown = shown(&received, &found);
    assert_eq!(shown.len(), 3, "{shown:?}");
    assert!(shown.iter().any(|(_, files)| files == &["丁.xlsx Form"]), "another code is another project");
    assert!(
        shown.iter().any(|(_, files)| files.len() == 2 && files.iter().all(|file| file.ends_with("Rival")))
    );
    let copied = found.projects.iter().find(|p| p.named.name.as_deref() == Some("校舍维修")).expect("it");
    assert!(copied.remarks[0].contains("A0001"));
}

#[test]
fn three_files_of_a_project_are_one_case() {
    let received = [
        table("县交通局/养护/自评.xlsx", "一", &[said("农村公路养护", "县交通局")]),
        table("县交通局/养护/账.xlsx", "二", &[ledger("", "")]),
        table("县交通局/养护/问卷.xlsx", "三", &[Said { parts: vec![TableKind::Survey], ..ledger("", "") }]),
        table("县交通局/其他.xlsx", "四", &[said("桥梁检测", "县交通局")]),
        table("桥梁检测明细账.xlsx", "五", &[ledger("", "")]),
    ];
    let found = grouped(&received);
    assert_eq!(
        units(&received, &found),
        [
            vec!["县交通局/养护/自评.xlsx", "县交通局/养护/账.xlsx", "县交通局/养护/问卷.xlsx"],
            vec!["县交通局/其他.xlsx", "桥梁检测明细账.xlsx"],
        ]
    );
    assert!(!is_one_case(&received) && is_one_case(&received[..3]));
    // Twice the same table, or something packed beside it, is no case by itself.
    let copy = table("县交通局/养护/自评(1).xlsx", "一", &[said("农村公路养护", "县交通局")]);
    let packed = page("县交通局/养护/材料.zip", Kind::Zip);
    for more in [copy, packed] {
        assert!(!is_one_case(&[&received[..3], &[more]].concat()));
    }
}

#[test]
fn ledgers_that_may_be_versions_are_not_read() {
    let received = [
        table("自评.xlsx", "一", &[said("农村公路养护", "县交通局")]),
        table("a/账.xlsx", "二", &[ledger("农村公路养护", "县交通局")]),
        table("b/账.xlsx", "三", &[ledger("农村公路养护", "县交通局")]),
    ];
    assert_eq!(units(&received, &grouped(&received)), [["自评.xlsx"]]);
    let marked = BTreeSet::from([received[1].content().to_owned()]);
    let marked = group(&received, None, &marked);
    assert_eq!(units(&received, &marked), [["自评.xlsx", "a/账.xlsx"]]);
}

#[test]
fn stages_are_one_project() {
    let stage = |name, stage| declaration(name, "县交通局", stage);
    let received = [
        table("a/自评.xlsx", "一", &[said("农村公路养护", "县交通局")]),
        table("b/申报.xlsx", "二", &[stage("农村公路养护", Some(Stage::Declared))]),
        table("b/批复.xlsx", "三", &[stage("农村公路养护", Some(Stage::Approved))]),
        table("c/目标1.xlsx", "四", &[stage("桥梁检测", None)]),
        table("c/目标2.xlsx", "五", &[stage("桥梁检测", None)]),
    ];
    let found = grouped(&received);
    assert_eq!(found.projects.len(), 2);
    assert_eq!(units(&received, &found), [["b/申报.xlsx"], ["b/批复.xlsx"], ["a/自评.xlsx"]]);
    assert!(found.projects[1].has_rivals(), "which is which is asked");
}

#[test]
fn a_stamped_copy_goes_with_its_form() {
    let received = [
        table("教育局/1-自评表.xlsx", "一", &[said("校舍维修改造", "县教育局")]),
        table("教育局/2-自评表.xlsx", "二", &[said("营养改善计划", "县教育局")]),
        page("教育局/1-自评表（盖章）.pdf", Kind::Page),
        page("营养改善计划扫描件.jpg", Kind::Picture),
        page("微信图片_20230105.jpg", Kind::Picture),
        page("交通局/农村公路养护.pdf", Kind::Page),
    ];
    let roster = Roster { lines: vec![due("农村公路养护", "县交通局", "")], ..Roster::default() };
    let found = group(&received, Some(&roster), &BTreeSet::new());
    let wanted: Vec<(String, Vec<String>)> = vec![
        ("农村公路养护".into(), vec!["交通局/农村公路养护.pdf Typed".into()]),
        (
            "校舍维修改造".into(),
            vec!["教育局/1-自评表.xlsx Form".into(), "教育局/1-自评表（盖章）.pdf Signed".into()],
        ),
        (
            "营养改善计划".into(),
            vec!["教育局/2-自评表.xlsx Form".into(), "营养改善计划扫描件.jpg Signed".into()],
        ),
    ];
    assert_eq!(shown(&received, &found), wanted);
    assert_eq!(
        found.loose.iter().map(|loose| received[loose.file].path.as_str()).collect::<Vec<_>>(),
        ["微信图片_20230105.jpg"]
    );
}

#[test]
fn a_name_within_another_is_not_meant() {
    let received = [
        table("a.xlsx", "一", &[said("农村公路养护", "县交通局")]),
        table("b.xlsx", "二", &[said("农村公路养护（二期）", "县交通局")]),
        page("农村公路养护(二期)盖章.pdf", Kind::Page),
        page("农村公路养护和农村公路养护(二期).pdf", Kind::Page),
    ];
    let found = grouped(&received);
    let second = found.projects.iter().find(|p| p.files.len() > 1).expect("one has a copy");
    assert_eq!(second.named.name.as_deref(), Some("农村公路养护（二期）"));
}

#[test]
fn a_damaged_file_stops_only_its_own_project() {
    let received = [
        table("农村公路养护.xlsx", "一", &[said("农村公路养护", "县交通局")]),
        broken("农村公路养护-最终版.xlsx"),
        table("b.xlsx", "二", &[said("校舍维修改造", "县教育局")]),
        broken("新建 工作表.xlsx"),
    ];
    let found = grouped(&received);
    assert_eq!(units(&received, &found), [["b.xlsx"]]);
    assert!(found.projects.iter().any(|project| project.hindered));
    assert_eq!(found.loose.len(), 1);
    let marked = group(&received, None, &BTreeSet::from([received[0].content().to_owned()]));
    assert_eq!(units(&received, &marked).len(), 2, "a person said which counts");
}

#[test]
fn the_roll_knows_who_is_missing_and_who_is_not_due() {
    let roster = Roster {
        lines: vec![due("农村公路养护", "县交通局", "A01"), due("桥梁检测", "县交通局", "A02")],
        ..Roster::default()
    };
    let received = [
        table("a.xlsx", "一", &[coded(said("农村公路养护项目", ""), "A01")]),
        table("b.xlsx", "二", &[said("校舍维修", "县教育局")]),
    ];
    let found = group(&received, Some(&roster), &BTreeSet::new());
    let lines: Vec<_> = found.projects.iter().map(|p| (p.due, p.files.len())).collect();
    assert_eq!(lines, [(Some(0), 1), (Some(1), 0), (None, 1)]);
}

#[test]
fn a_neighbours_code_is_asked_about() {
    let roster = Roster {
        lines: vec![due("档案整理数字化", "县档案局", "A00001"), due("大学生村官补助", "县档案局", "A00002")],
        ..Roster::default()
    };
    let of = |name| Said { department: Some("县档案局".to_owned()), ..said(name, "") };
    let received = [
        table("a.xlsx", "一", &[coded(of("档案整理数字化"), "A00001")]),
        table("b.xlsx", "二", &[coded(of("大学生村官补助"), "A00001")]),
        table("c.xlsx", "三", &[coded(of("大学生村官补助"), "A99999")]),
    ];
    let found = group(&received, Some(&roster), &BTreeSet::new());
    assert_eq!(units(&received, &found), [["a.xlsx"], ["c.xlsx"]]);
    assert!(matches!(&found.loose[0].why, Why::Ambiguous(names) if names.len() == 2), "{:?}", found.loose);
    assert!(found.projects[1].remarks[0].contains("A99999"), "a mistyped code is said");
}

#[test]
fn a_name_in_several_departments_goes_by_what_lies_beside_it() {
    let of =
        |department: &str| Said { department: Some(department.to_owned()), ..said("办公设备购置", "") };
    let received = [
        table("06住建局（15个）/a.xlsx", "一", &[of("东湖区住房和城乡建设局")]),
        table("农业农村局2023自评/b.xlsx", "二", &[of("东湖区农业农村局")]),
        table("办公设备购置-公安.xlsx", "三", &[of("东湖公安分局")]),
        page("06住建局（15个）/办公设备购置（盖章）.pdf", Kind::Page),
        page("办公设备购置-公安扫描件.pdf", Kind::Page),
        page("办公设备购置.pdf", Kind::Page),
    ];
    let found = grouped(&received);
    let copies: Vec<usize> = found.projects.iter().map(|project| project.files.len()).collect();
    assert_eq!(copies.iter().sum::<usize>(), 5, "{:?}", shown(&received, &found));
    assert_eq!(found.loose.len(), 1, "one says too little");
}

#[test]
fn a_form_of_last_year_is_not_due() {
    let line = RosterLine { year: Some(2023), ..due("农村公路养护", "县交通局", "A00001") };
    let roster = Roster { lines: vec![line], ..Roster::default() };
    let of =
        |year| Said {
            department: Some("县交通局".to_owned()), year: Some(year), ..said("农村公路养护", "")
        };
    let received = [table("a.xlsx", "一", &[coded(of(2022), "A00001")])];
    let found = group(&received, Some(&roster), &BTreeSet::new());
    assert!(found.projects[0].files.is_empty() && found.projects[1].due.is_none());
    assert!(found.projects[1].remarks[0].contains("年度"), "{:?}", found.projects[1].remarks);
    // 项目 at the end of the name alone makes no other project of the roll.
    let suffixed = [table("b.xlsx", "二", &[Said { name: Some("农村公路养护项目".to_owned()), ..of(2023) }])];
    let found = group(&suffixed, Some(&roster), &BTreeSet::new());
    assert_eq!(found.projects[0].files.len(), 1);
}

/// Files of a handful of projects, so that much of it collides.
fn file() -> impl Strategy<Value = Received> {
    let name = prop_oneof![Just("农村公路养护"), Just("农村公路养护（二期）"), Just("校舍维修"), Just("")];
    let agency = prop_oneof![Just("县交通局"), Just("某县交通局"), Just("县教育局"), Just("")];
    let folder = prop_oneof![Just(""), Just("甲/"), Just("县教育局/"), Just("县教育局/校舍维修/")];
    let code = prop_oneof![3 => Just(None), 1 => Just(Some("A00001")), 1 => Just(Some("B00002"))];
    let base = prop_oneof![Just("自评表"), Just("农村公路养护"), Just("校舍维修最终版"), Just("1")];
    (name, agency, folder, code, base, 0_u8..6, 0_u8..3, any::<u8>()).prop_map(
        |(name, agency, folder, code, base, kind, content, number)| {
            let said = Said { code: code.map(str::to_owned), ..said(name, agency) };
            let path = format!("{folder}{base}{number}");
            match kind {
                0 => page(&format!("{path}.pdf"), Kind::Page),
                1 => broken(&format!("{path}.xlsx")),
                2 => table(
                    &format!("{path}.xlsx"),
                    &format!("账{name}{agency}{content}"),
                    &[Said { stage: None, parts: vec![TableKind::Ledger], ..said }],
                ),
                _ => table(&format!("{path}.xlsx"), &format!("{name}{agency}{code:?}{content}"), &[said]),
            }
        },
    )
}

fn order(count: usize) -> impl Strategy<Value = Vec<usize>> {
    Just((0..count).collect::<Vec<_>>()).prop_shuffle()
}

fn mixed() -> impl Strategy<Value = (Vec<Received>, Vec<usize>)> {
    prop::collection::vec(file(), 0..14).prop_flat_map(|files| {
        let mut paths = BTreeSet::new();
        let files: Vec<Received> = files.into_iter().filter(|file| paths.insert(file.path.clone())).collect();
        let count = files.len();
        (Just(files), order(count))
    })
}

proptest! {
    #[test]
    fn no_file_is_lost_and_none_is_in_two_places((received, _) in mixed()) {
        let found = grouped(&received);
        let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
        let placed = found.projects.iter().flat_map(|p| p.files.iter().map(|filed| filed.file));
        for file in placed.chain(found.loose.iter().map(|loose| loose.file)) {
            *seen.entry(file).or_default() += 1;
        }
        prop_assert_eq!(seen, (0..received.len()).map(|file| (file, 1)).collect());
    }

    #[test]
    fn no_two_versions_are_read((received, _) in mixed()) {
        let found = grouped(&received);
        for project in &found.projects {
            for unit in &project.units {
                let forms = unit.files.iter().filter(|file| {
                    let filed = project.files.iter().find(|filed| filed.file == **file);
                    filed.is_some_and(|filed| filed.role == Role::Form)
                });
                prop_assert!(forms.count() == 1, "one form of a kind, once");
            }
        }
    }

    #[test]
    fn the_order_of_files_does_not_count((received, order) in mixed()) {
        let shuffled: Vec<Received> = order.iter().map(|at| received[*at].clone()).collect();
        let (one, other) = (grouped(&received), grouped(&shuffled));
        prop_assert_eq!(shown(&received, &one), shown(&shuffled, &other));
        prop_assert_eq!(units(&received, &one), units(&shuffled, &other));
    }
}
