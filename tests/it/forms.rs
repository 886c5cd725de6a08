//! The agency's workbooks become cases, however the forms are arranged.

use jixiao::inner::base::CellRef;
use jixiao::inner::form::read_case;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::{AmountKind, Binding, Case, Entry, MoneyUnit, SourceId};
use jixiao::inner::sheet::{Cell, Sheet};

use crate::sheets::{insert_column, insert_row, renamed, sheets, swap_columns, unmerged};
use crate::support::{MODEL, TWIN, workbook};

pub(crate) fn read_one(sheets: &[Sheet]) -> Case {
    let mut cases = read_case(sheets, &Mappings::shipped(), &SourceId::default()).unwrap();
    assert_eq!(cases.len(), 1, "one case");
    cases.remove(0)
}

fn model_sheets() -> Vec<Sheet> {
    sheets(&workbook(MODEL))
}

fn shown(entry: Option<&Entry>) -> String {
    entry.map_or_else(|| "–".to_owned(), |entry| format!("{:?}", entry.shown()))
}

/// What a case says, without where it says it.
pub(crate) fn content(case: &Case) -> String {
    let mut out = vec![format!("{:?}", case.project)];
    out.extend(case.fields.iter().map(|field| format!("{}：{}", field.label, field.entry.shown())));
    out.extend(
        case.amounts.iter().map(|a| {
            format!("{:?} {} {} {} {:?}", a.kind, a.label, a.entry.shown(), a.unit.name(), a.written)
        }),
    );
    if let Some(form) = &case.score_form {
        for i in &form.indicators {
            let cells = [
                &i.criterion,
                &i.target,
                &i.target_sign,
                &i.unit,
                &i.actual,
                &i.situation,
                &i.stated_score,
                &i.score,
                &i.reason,
            ];
            let cells: Vec<String> = cells.iter().map(|entry| shown(entry.as_ref())).collect();
            let weight = i.weight.map(|weight| weight.to_string());
            out.push(format!("{}|{}|{}|{weight:?}|{}", i.level1, i.level2, i.name, cells.join("|")));
        }
        out.extend(form.levels.iter().map(|l| format!("{}/{:?} {}", l.level1, l.level2, l.weight)));
        let total = &form.total;
        let cells = [&total.weight, &total.stated_score, &total.score, &total.grade];
        out.push(cells.map(|entry| shown(entry.as_ref())).join("|"));
        out.extend(form.budget.iter().map(|row| {
            let cells = [&row.budget, &row.adjusted, &row.spent, &row.rate, &row.weight, &row.score];
            format!("{} {} {:?}", row.label, cells.map(|entry| shown(entry.as_ref())).join("|"), row.unit)
        }));
    }
    if let Some(form) = &case.summary {
        out.extend(form.rows.iter().map(|row| {
            format!("{}|{}|{}|{}", row.level1, row.level2, row.weight.shown(), row.score.shown())
        }));
        out.push(shown(form.total.stated_score.as_ref()));
    }
    out.extend(case.declared.iter().map(|declared| {
        let i = &declared.indicator;
        format!("{}|{}|{}|{}|{:?}", i.level1, i.level2, i.name, shown(i.target.as_ref()), declared.alias)
    }));
    out.extend(case.ledgers.iter().map(|l| format!("{:?} {:?} {:?}", l.unit, l.year, l.account)));
    out.extend(case.surveys.iter().flat_map(|survey| &survey.questions).map(|question| {
        let answers: std::collections::BTreeMap<_, _> =
            question.options.iter().map(|option| (option.text.as_str(), option.count.unwrap_or(0))).collect();
        format!("{} {answers:?}", question.title)
    }));
    let mut statements: Vec<String> =
        case.statements.iter().map(|statement| statement.text.clone()).collect();
    statements.sort();
    out.extend(statements);
    out.extend(case.findings.iter().map(|finding| format!("{} {}", finding.id.id(), finding.message)));
    out.join("\n")
}

#[test]
fn the_published_case_is_read_whole() {
    let case = read_one(&model_sheets());
    assert_eq!(case.project.name.as_deref(), Some("办公大厅运行维护费"));
    assert_eq!(case.project.agency.as_deref(), Some("南昌市东湖区政务服务数据管理局"));
    assert_eq!(case.project.year, Some(2021));
    let form = case.score_form.as_ref().unwrap();
    assert_eq!(form.indicators.len(), 22);
    let cells: Vec<String> =
        form.indicators.iter().map(|i| i.score.as_ref().unwrap().at.clone().unwrap().to_string()).collect();
    assert_eq!(cells.first().unwrap(), "'表2 评分表'!K4");
    assert_eq!(cells.last().unwrap(), "'表2 评分表'!K25");
    assert!(form.indicators.iter().all(|i| i.stated_score.is_none() && i.reason.is_some()));
    let level1: Vec<(&str, String)> = form
        .levels
        .iter()
        .filter(|level| level.level2.is_none())
        .map(|level| (level.level1.as_str(), level.weight.to_string()))
        .collect();
    let expected = [("决策", "15"), ("过程", "15"), ("产出", "35"), ("效益", "25"), ("满意度", "10")];
    assert_eq!(level1, expected.map(|(name, weight)| (name, weight.to_owned())));
    assert_eq!(form.levels.iter().filter(|level| level.level2.is_some()).count(), 12);
    let total = |entry: &Option<Entry>| entry.as_ref().unwrap().at.as_ref().unwrap().cell.to_string();
    assert_eq!([&form.total.weight, &form.total.score, &form.total.grade].map(total), ["F26", "K26", "F27"]);
    assert_eq!(case.declared.len(), 7);
    assert_eq!(case.summary.as_ref().unwrap().rows.len(), 12);
    let [survey] = case.surveys.as_slice() else { panic!("one survey") };
    let [question] = survey.questions.as_slice() else { panic!("one question") };
    assert_eq!((survey.answers, question.answered()), (20, 20));
    assert_eq!(question.answers.unwrap().to_string(), "D2:D21");
    let bound: Vec<&str> = form
        .indicators
        .iter()
        .filter(|i| i.binding == Some(Binding::Survey))
        .map(|i| i.name.as_str())
        .collect();
    assert_eq!(bound, ["办事人员满意度"]);
    let spent = case.amounts.iter().find(|amount| amount.kind == AmountKind::Spent).unwrap();
    assert_eq!((spent.written.as_deref(), spent.unit), (Some("59.27"), MoneyUnit::TenThousand));
    assert!(case.findings.is_empty(), "{:?}", case.findings);
    insta::assert_snapshot!(content(&case));
}

#[test]
fn the_twin_of_another_program_says_the_same() {
    // Its total formula has a value.
    let twin =
        content(&read_one(&sheets(&workbook(TWIN)))).replace("\"100\"|–|\"\"|\"\"", "\"\"|–|\"\"|\"\"");
    same_lines(&content(&read_one(&model_sheets())), &twin);
}

fn same_lines(left: &str, right: &str) {
    for (l, r) in left.lines().zip(right.lines()) {
        assert_eq!(l, r);
    }
    assert_eq!(left.lines().count(), right.lines().count());
}

/// Every sheet changed by a function, one after another.
fn each_changed(change: impl Fn(&Sheet) -> Sheet) {
    let original = model_sheets();
    let expected = content(&read_one(&original));
    for (i, sheet) in original.iter().enumerate() {
        let mut changed = original.clone();
        changed[i] = change(sheet);
        same_lines(&expected, &content(&read_one(&changed)));
    }
}

#[test]
fn a_renamed_sheet_changes_nothing() {
    each_changed(|sheet| renamed(sheet, "Sheet1"));
}

#[test]
fn a_title_row_more_changes_nothing() {
    each_changed(|sheet| insert_row(sheet, 0));
    each_changed(|sheet| {
        let mut changed = insert_row(&insert_row(sheet, 0), 0);
        changed.put(CellRef::new(0, 0).unwrap(), Cell::text("附件2"));
        changed
    });
}

#[test]
fn a_column_more_changes_nothing() {
    for col in 0..6 {
        each_changed(|sheet| insert_column(sheet, col));
    }
}

#[test]
fn swapped_columns_change_nothing() {
    let original = model_sheets();
    let expected = content(&read_one(&original));
    // 评价标准 … 扣分原因 of the score sheet.
    for (a, b) in [(6, 7), (7, 8), (6, 11), (9, 10), (8, 10), (7, 11)] {
        let mut changed = original.clone();
        changed[2] = swap_columns(&original[2], a, b, 2..=24);
        let case = read_one(&changed);
        let found = content(&case);
        // The total stays under its column only if its own row is swapped, too; its cells are compared elsewhere.
        for (l, r) in expected.lines().zip(found.lines()).take(60) {
            assert_eq!(l, r, "columns {a} and {b}");
        }
    }
}

#[test]
fn undone_merges_change_nothing() {
    let original = model_sheets();
    let expected = content(&read_one(&original));
    let changed: Vec<Sheet> = original.iter().map(unmerged).collect();
    let found = content(&read_one(&changed));
    // The grade's cell is the one right of its label, which is no longer merged.
    same_lines(&expected, &found);
}

#[test]
fn the_national_self_evaluation_with_its_ledger_is_read_whole() {
    let case = read_one(&sheets(&workbook("东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx")));
    assert_eq!(case.project.agency.as_deref(), Some("东湖区水利局"), "without its code");
    let form = case.score_form.as_ref().unwrap();
    assert_eq!(form.indicators.len(), 11);
    let located = case.forms.first().unwrap();
    assert_eq!(
        located.skipped,
        [(18, "只有模板文字".to_owned()), (23, "没有指标".to_owned()), (25, "合计行".to_owned())]
    );
    let ledger = case.ledgers.first().unwrap();
    assert_eq!((ledger.first_row, ledger.year), (4, Some(2022)));
    assert_eq!(ledger.account, Some(("5001.02.07".to_owned(), "农村饮用水水质提升工程".to_owned())));
    insta::assert_snapshot!(content(&case));
}

#[test]
fn a_form_with_split_targets_and_two_header_rows_is_read_whole() {
    let case = read_one(&sheets(&workbook("东湖区教体局-课后服务补助-自评-2023.xlsx")));
    let total = &case.score_form.as_ref().unwrap().total;
    assert_eq!(total.grade.as_ref().map(Entry::shown).as_deref(), Some("优"));
    insta::assert_snapshot!(content(&case));
}
