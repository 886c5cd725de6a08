//! The agency's own ledgers, from the workbook to the reconciliation.

use std::fs::File;
use std::path::PathBuf;

use jixiao::inner::base::CellAt;
use jixiao::inner::model::{
    Agreement, Amount, AmountKind, Case, Entry, FormKind, LedgerColumns, LedgerLocator, MoneyUnit, Project,
    Reconciliation, ScoreForm, TotalRow,
};
use jixiao::inner::reconcile::{self, Settings};
use jixiao::inner::sheet::{Cell, RowSource, Workbook};
use jixiao::inner::words::Words;

use crate::support::workbook;

pub(crate) fn at(sheet: &str, cell: &str) -> CellAt {
    CellAt::new(sheet, cell.parse().unwrap())
}

fn hall_ledger() -> LedgerLocator {
    LedgerLocator {
        source: 0,
        sheet: "项目支出明细账".into(),
        first_row: 3,
        last_row: None,
        sums: std::collections::BTreeSet::new(),
        unvalued: std::collections::BTreeSet::new(),
        words: Words::default(),
        columns: LedgerColumns {
            date: Some(0),
            voucher: Some(1),
            summary: Some(2),
            account_code: Some(3),
            account_name: Some(4),
            debit: Some(5),
            credit: Some(6),
            direction: Some(7),
            balance: Some(8),
            ..LedgerColumns::default()
        },
        unit: MoneyUnit::Yuan,
        refusal: None,
        year: Some(2021),
        account: None,
        at: at("项目支出明细账", "A1"),
        row_unit: None,
        watched: Vec::new(),
    }
}

fn water_ledger() -> LedgerLocator {
    LedgerLocator {
        source: 0,
        sheet: "三栏明细账".into(),
        first_row: 4,
        last_row: None,
        sums: std::collections::BTreeSet::new(),
        unvalued: std::collections::BTreeSet::new(),
        words: Words::default(),
        columns: LedgerColumns {
            month: Some(0),
            day: Some(1),
            voucher: Some(2),
            summary: Some(3),
            debit: Some(4),
            credit: Some(5),
            direction: Some(6),
            balance: Some(7),
            ..LedgerColumns::default()
        },
        unit: MoneyUnit::Yuan,
        refusal: None,
        year: Some(2022),
        account: Some(("5001.02.07".to_owned(), "农村饮用水水质提升工程".to_owned())),
        at: at("三栏明细账", "A1"),
        row_unit: None,
        watched: Vec::new(),
    }
}

fn amount(kind: AmountKind, label: &str, text: &str, unit: MoneyUnit) -> Amount {
    let entry = Entry { at: Some(at("表", "A1")), cell: Cell::text(text) };
    Amount { kind, label: label.to_owned(), entry, unit, written: None }
}

fn run(path: PathBuf, case: &Case) -> Reconciliation {
    let mut opened = Workbook::open(File::open(path).unwrap()).unwrap();
    let mut sources: [&mut dyn RowSource; 1] = [&mut opened];
    reconcile::run(case, &mut sources, &Settings::default()).unwrap()
}

fn ids(result: &Reconciliation) -> Vec<&'static str> {
    result.findings.iter().map(|finding| finding.id.id()).collect()
}

#[test]
fn the_hall_ledger_agrees_within_fifty_yuan() {
    for file in ["东湖区-办公大厅运行维护费-2021.xlsx", "东湖区-办公大厅运行维护费-2021-另存.xlsx"]
    {
        let path = workbook(file);
        let indicator = jixiao::inner::model::Indicator {
            name: "预算执行率".to_owned(),
            actual: Some(Entry { at: Some(at("表2 评分表", "I11")), cell: Cell::text("59.27/61.2") }),
            situation: Some(Entry {
                at: Some(at("表2 评分表", "J11")),
                cell: Cell::text("预算执行率96.84%，预算执行情况良好。"),
            }),
            ..Default::default()
        };
        let form = ScoreForm {
            execution: None,
            kind: FormKind::ScoreSheet,
            sheet: "表2 评分表".into(),
            indicators: vec![indicator],
            levels: vec![],
            total: TotalRow::default(),
            budget: vec![],
            score_title: "得分".to_owned(),
            score_voice: None,
            actuals: jixiao::inner::model::Actuals::Column,
            situation_title: None,
            full: None,
            part_unread: false,
            subtotals: vec![],
            head_totals: vec![],
            other_scores: vec![],
            reviewed: false,
            cap: None,
            points_unread: false,
            note_rule: None,
        };
        let written = Amount {
            written: Some("59.27".to_owned()),
            ..amount(AmountKind::Spent, "实际支出资金", "59.27/61.2", MoneyUnit::TenThousand)
        };
        let case = Case {
            project: Project { year: Some(2021), ..Project::default() },
            amounts: vec![
                amount(AmountKind::Budget, "年度资金总额", "61.2", MoneyUnit::TenThousand),
                written,
            ],
            ledgers: vec![hall_ledger()],
            score_form: Some(form),
            ..Case::default()
        };
        let result = run(path, &case);
        assert_eq!(ids(&result), ["ledger-accrual-basis", "stated-rate-differs"], "{:#?}", result.findings);
        assert_eq!(
            result.findings[1].message,
            "填报执行率96.84%，按填报的（已舍入）金额重算为96.85%；按明细账计算为96.84%，与填报数一致"
        );
        let ledger = result.ledger.unwrap();
        assert_eq!(ledger.spending, Some("592668.35".parse().unwrap()));
        assert_eq!(ledger.entries, 51);
        assert_eq!(ledger.verified, 24, "every subtotal row was verified");
        assert_eq!(ledger.cancelled.len(), 1);
        assert_eq!(
            (ledger.cancelled[0].entry, ledger.cancelled[0].reversal),
            ((0, 30), (0, 31)),
            "the duplicate and its red reversal"
        );
        assert_eq!(ledger.excluded.len(), 25, "24 subtotals and the opening row");
        assert_eq!(ledger.by_account.len(), 7);
        assert_eq!(ledger.by_month.len(), 12);
        assert_eq!(ledger.by_month[4].spending, "95907.33".parse().unwrap());
        let [line] = result.lines.as_slice() else { panic!("one line") };
        assert_eq!(line.status, Agreement::Agrees);
        assert_eq!(line.tolerance, "50".parse().unwrap());
        assert_eq!(line.difference, "-31.65".parse().unwrap());
        assert_eq!(result.rate.from_ledger.unwrap().round(4), "0.9684".parse().unwrap());
        assert_eq!(result.rate.from_stated.unwrap().round(4), "0.9685".parse().unwrap());
    }
}

#[test]
fn the_water_ledger_agrees() {
    let path = workbook("东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx");
    let case = Case {
        project: Project { year: Some(2022), ..Project::default() },
        amounts: vec![
            amount(AmountKind::AdjustedBudget, "全年预算数", "300", MoneyUnit::TenThousand),
            amount(AmountKind::Spent, "全年执行数", "276", MoneyUnit::TenThousand),
        ],
        ledgers: vec![water_ledger()],
        ..Case::default()
    };
    let result = run(path, &case);
    assert_eq!(ids(&result), ["ledger-accrual-basis"], "{:#?}", result.findings);
    let ledger = result.ledger.unwrap();
    assert_eq!(ledger.spending, Some("2760000".parse().unwrap()));
    assert_eq!(ledger.verified, 23);
    assert_eq!(ledger.cancelled.len(), 1);
    let reasons: Vec<(&str, u64)> =
        ledger.excluded_by_reason.iter().map(|(why, count, _)| (why.reason(), *count)).collect();
    insta::assert_debug_snapshot!(reasons);
    let [line] = result.lines.as_slice() else { panic!("one line") };
    assert_eq!(line.status, Agreement::Agrees);
    assert_eq!(line.tolerance, "2760".parse().unwrap(), "half of 1万元 is capped at 0.1 %");
    assert_eq!(result.rate.from_ledger.unwrap(), "0.92".parse().unwrap());
}
