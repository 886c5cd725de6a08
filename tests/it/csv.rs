//! CSV ledgers in UTF-8 and GB18030, with the delimiters programs use.

use std::io::Cursor;

use jixiao::inner::ledger;
use jixiao::inner::model::{LedgerColumns, LedgerLocator, MoneyUnit};
use jixiao::inner::sheet::{CsvSource, RowSource};
use jixiao::inner::words::Words;

use crate::ledger::at;

const LEDGER: &str = "凭证日期,凭证号,摘要,科目编码,科目名称,借方金额,贷方金额\r\n\
2022/3/5,记-1,\"付餐费，第一批\",=\"5001001\",餐费,\"1,200.50\",\r\n\
2022/3/6,记-2,退回多付餐费,5001001,餐费,,200.50\r\n\
,,本月合计,,,\"1,200.50\",200.50\r\n\
\r\n\
2022/4/1,记-3,\"付\"\"特急\"\"件邮费\",5001002,邮费,99,\r\n";

fn locator() -> LedgerLocator {
    LedgerLocator {
        source: 0,
        sheet: "账".into(),
        first_row: 1,
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
            ..LedgerColumns::default()
        },
        unit: MoneyUnit::Yuan,
        refusal: None,
        year: Some(2022),
        account: None,
        at: at("账", "A1"),
        row_unit: None,
        watched: Vec::new(),
    }
}

fn total(bytes: Vec<u8>) -> Option<String> {
    let mut source = CsvSource::new(Cursor::new(bytes), "账").unwrap();
    let mut sources: [&mut dyn RowSource; 1] = [&mut source];
    let totals = ledger::read(&[locator()], &mut sources, Some(2022), None).unwrap();
    assert!(totals.findings.is_empty(), "{:?}", totals.findings);
    assert_eq!(totals.verified, 1);
    totals.spending.map(|yuan| yuan.to_string())
}

#[test]
fn every_encoding_and_delimiter_gives_the_same_total() {
    let expected = Some("1099".to_owned());
    assert_eq!(total(LEDGER.as_bytes().to_vec()), expected);
    assert_eq!(total([b"\xEF\xBB\xBF", LEDGER.as_bytes()].concat()), expected);
    assert_eq!(total(encoding_rs::GB18030.encode(LEDGER).0.into_owned()), expected);
    let tabs = LEDGER.replace("\"1,200.50\"", "1200.50").replace(',', "\t");
    assert_eq!(total(tabs.into_bytes()), expected);
    let utf16: Vec<u8> =
        [0xFEFF].into_iter().chain(LEDGER.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(total(utf16), expected);
}

#[test]
fn long_files_are_read_in_pieces() {
    let mut text = String::from("凭证日期,凭证号,摘要,科目编码,科目名称,借方金额,贷方金额\n");
    for index in 0..40_000 {
        text.push_str(&format!(
            "2022-05-0{},记-{index},付第{index}批费用,5001001,费用,{index}.01,\n",
            1 + index % 9
        ));
    }
    for bytes in [text.clone().into_bytes(), encoding_rs::GB18030.encode(&text).0.into_owned()] {
        let mut source = CsvSource::new(Cursor::new(bytes), "账").unwrap();
        let mut sources: [&mut dyn RowSource; 1] = [&mut source];
        let totals = ledger::read(&[locator()], &mut sources, Some(2022), None).unwrap();
        assert_eq!(totals.spending.unwrap().to_string(), (40_000_i64 * 39_999 / 2 + 400).to_string());
    }
}

#[test]
fn what_is_no_text_is_refused() {
    assert!(CsvSource::new(Cursor::new(vec![0xFF, 0x00, 0x81, 0x00, 0xFF, 0xFF]), "账").is_err());
    let unclosed = format!("日期,摘要\n\"{}", "付款,".repeat(2_000_000));
    let mut source = CsvSource::new(Cursor::new(unclosed.into_bytes()), "账").unwrap();
    assert!(source.rows(&"账".into(), 0, &mut |_| Ok(std::ops::ControlFlow::Continue(()))).is_err());
}
