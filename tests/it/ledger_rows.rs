//! Rows and sheets of ledgers as other programs write them: what is no entry is none, whatever it is called; what is not
//! certain is left to a person.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::jixiao;
use crate::workbook_pages;

const TITLE: &str = "专项经费支出明细账\n";
const UNIT: &str = "编制单位：石桥镇人民政府 | | 2022年度 | | | 单位：元\n";
const HEAD: &str = "日期 | 凭证号 | 摘要 | 科目编码 | 科目名称 | 借方金额 | 贷方金额\n";
const ONE: &str = "2022-02-08 | 记-11 | 付碎石款 | 50010203 | 道路养护 | 812000 | \n";
const TWO: &str = "2022-04-19 | 记-23 | 付沥青款 | 50010203 | 道路养护 | 640500.5 | \n";
const THREE: &str = "2022-07-05 | 记-47 | 付路肩整修费 | 50010203 | 道路养护 | 507499.5 | \n";
/// What the three come to.
const ALL: &str = "1960000";

struct Read {
    spending: Option<String>,
    findings: Vec<(String, String)>,
    said: String,
}

impl Read {
    fn of(path: &Path) -> Self {
        let output = jixiao(["reconcile".as_ref(), path.as_os_str(), "--json".as_ref()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let Ok(json) = serde_json::from_slice::<Value>(&output.stdout) else {
            return Self { spending: None, findings: Vec::new(), said };
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let findings = json["findings"].as_array().unwrap().iter();
        let findings = findings.map(|found| (text(&found["id"]), text(&found["message"])));
        let findings = findings.filter(|(id, _)| id != "ledger-accrual-basis").collect();
        Self { spending: json["ledger"]["spending"].as_str().map(str::to_owned), findings, said }
    }

    fn sheets(pages: &[workbook_pages::Page<'_>]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::of(&workbook_pages::write(pages, folder.path()))
    }

    fn rows(rows: &[&str]) -> Self {
        Self::sheets(&[("账", &rows.concat())])
    }

    fn csv(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = folder.path().join("账.csv");
        std::fs::write(&path, text).unwrap();
        Self::of(&path)
    }

    /// The total, and nothing else is said.
    #[track_caller]
    fn is(&self, total: &str, what: &str) {
        assert_eq!(self.spending.as_deref(), Some(total), "{what}: {:?} {}", self.findings, self.said);
        assert_eq!(self.findings, [], "{what}");
    }

    /// No total, and these words say why.
    #[track_caller]
    fn is_refused(&self, why: &str, what: &str) {
        assert_eq!(self.spending, None, "{what}");
        let said = self.findings.iter().any(|(_, message)| message.contains(why)) || self.said.contains(why);
        assert!(said, "{what}: {:?} {}", self.findings, self.said);
    }
}

/// A row that is called so in the column, with the amount as debit.
fn sum(label: &str, col: usize, amount: &str) -> String {
    let mut cells = [""; 7];
    cells[col] = label;
    cells[5] = amount;
    cells.join(" | ") + "\n"
}

#[test]
fn a_sum_is_no_entry_whatever_it_is_called() {
    for (label, col) in [
        ("汇总", 0),
        ("汇总", 1),
        ("数据汇总", 2),
        ("总和", 2),
        ("求和", 0),
        ("支出总额", 2),
        ("Total", 2),
        ("GRAND TOTAL", 0),
        ("Sum:", 1),
        ("共3笔", 2),
        ("计", 0),
        ("全部合计数", 2),
    ] {
        let total = sum(label, col, ALL);
        if label == "数据汇总" || label == "支出总额" {
            // With words that the program does not know it may be an entry.
            let read = Read::rows(&[TITLE, UNIT, HEAD, ONE, TWO, THREE, &total]);
            assert!(read.spending.is_none_or(|total| total == ALL), "{label}");
            continue;
        }
        Read::rows(&[TITLE, UNIT, HEAD, ONE, TWO, THREE, &total]).is(ALL, label);
    }
    let dated = "2022-12-31 | | 汇总 | | | 1960000 | \n";
    Read::rows(&[TITLE, HEAD, ONE, TWO, THREE, dated]).is(ALL, "with a date");
    let wrong = sum("汇总", 0, "1960001");
    Read::rows(&[TITLE, HEAD, ONE, TWO, THREE, &wrong]).is_refused("与上下各笔之和都不符", "not the sum");
}

#[test]
fn a_sum_by_its_formula_is_no_entry() {
    let formula = |label: &str, formula: &str| format!(" | | {label} | | | ={formula} -> 1960000 | \n");
    for sum in ["SUM(F4:F6)", "SUBTOTAL(109,F4:F6)", "SUBTOTAL(9,$F$4:$F$6)", "SUBTOTAL(109,表1[借方金额])"]
    {
        let total = formula("以上各项", sum);
        Read::rows(&[TITLE, UNIT, HEAD, ONE, TWO, THREE, &total]).is(ALL, sum);
    }
    // A formula over the row's own cells is an entry's.
    let entry = "2022-08-01 | 记-60 | 付标线款 | 50010203 | 道路养护 | =SUM(I7:J7) -> 40000 | \n";
    Read::rows(&[TITLE, UNIT, HEAD, ONE, TWO, THREE, entry]).is("2000000", "an entry");
}

#[test]
fn what_may_be_a_sum_or_an_entry_is_left_to_a_person() {
    let total = sum("以上支出", 2, ALL);
    Read::rows(&[TITLE, HEAD, ONE, TWO, THREE, &total])
        .is_refused("不能确定是合计还是支出", "equals the sum");
    // One that is no sum goes on with the voucher above.
    let more = sum("付路肩整修费尾款", 2, "1000");
    Read::rows(&[TITLE, HEAD, ONE, TWO, THREE, &more]).is("1961000", "a further line");
}

#[test]
fn a_sum_may_stand_above_its_entries() {
    let total = sum("合计", 0, ALL);
    Read::rows(&[TITLE, HEAD, &total, ONE, TWO, THREE]).is(ALL, "on top");
    Read::rows(&[TITLE, HEAD, &total, ONE, TWO, THREE, &total]).is(ALL, "on top and below");
    let months = [sum("2月合计", 2, "812000"), sum("4月合计", 2, "640500.5"), sum("7月合计", 2, "507499.5")];
    let [february, april, july] = &months;
    Read::rows(&[TITLE, HEAD, february, ONE, april, TWO, july, THREE]).is(ALL, "months on top");
    let wrong = sum("合计", 0, "1950000");
    let read = Read::rows(&[TITLE, HEAD, &wrong, ONE, TWO, THREE]);
    assert_eq!(read.spending.as_deref(), Some(ALL));
    let [(id, message)] = read.findings.as_slice() else { panic!("{:?}", read.findings) };
    assert_eq!(id, "ledger-subtotal-differs");
    assert!(message.contains("借方 1950000") && message.contains("应为借方 1960000"), "{message}");
}

#[test]
fn a_line_of_signatures_is_no_entry() {
    let signed = "会计主管： | | 记账： | | 制表：刘 | '2022-12-31 | \n";
    Read::rows(&[TITLE, HEAD, ONE, TWO, THREE, &sum("合计", 2, ALL), signed]).is(ALL, "with its day");
}

#[test]
fn the_head_of_a_page_ends_no_ledger() {
    let again = "专项经费支出明细账（续）\n";
    let numbered = "专项经费支出明细账 | | | | | 第2页\n";
    let page = "第 2 页 共 2 页\n";
    let office = "石桥镇人民政府\n";
    let heads: [&[&str]; 12] = [
        &[HEAD],
        &[TITLE],
        &[UNIT],
        &[TITLE, HEAD],
        &[TITLE, UNIT],
        &[UNIT, HEAD],
        &[TITLE, UNIT, HEAD],
        &[again, UNIT, HEAD],
        &[again, HEAD],
        &[numbered, UNIT, HEAD],
        &[TITLE, UNIT, page, HEAD],
        &[office, TITLE, UNIT, HEAD],
    ];
    for head in heads {
        let head = head.concat();
        Read::rows(&[TITLE, UNIT, HEAD, ONE, &head, TWO, &head, THREE, &sum("合计", 2, ALL)]).is(ALL, &head);
    }
}

#[test]
fn two_ledgers_of_one_sheet_end_where_the_other_begins() {
    let first = "会计科目：50010203 道路养护\n";
    let second = "会计科目：50010204 桥梁养护\n";
    let head = "日期 | 凭证号 | 摘要 | 借方金额 | 贷方金额\n";
    let rows = [
        TITLE,
        first,
        head,
        "2022-02-08 | 记-11 | 付碎石款 | 812000 | \n",
        " | | 合计 | 812000 | \n",
        "\n",
        TITLE,
        second,
        head,
        "2022-03-08 | 记-12 | 付支座款 | 88000 | \n",
        " | | 合计 | 88000 | \n",
    ];
    Read::rows(&rows).is("900000", "two accounts");
}

#[test]
fn carried_over_lines_are_no_entries_in_any_words() {
    for (below, above) in [
        ("过次页", "承前页"),
        ("转下页", "承上页"),
        ("结转下页", "接上页"),
        ("结转次页", "上页结转"),
        ("转入下页", "上页转来"),
        ("过下页", "承前"),
        ("转后页", "前页转来"),
        ("接下页", "续上页"),
    ] {
        let (below, above) = (sum(below, 2, "1452500.5"), sum(above, 2, "1452500.5"));
        Read::rows(&[TITLE, HEAD, ONE, TWO, &below, TITLE, HEAD, &above, THREE]).is(ALL, &below);
        Read::rows(&[TITLE, HEAD, ONE, TWO, &below, &above, THREE, &sum("合计", 2, ALL)]).is(ALL, &above);
    }
}

#[test]
fn a_sheet_that_goes_on_without_titles_is_said() {
    let first = [TITLE, UNIT, HEAD, ONE, TWO].concat();
    for (name, rows) in [("账(2)", THREE.to_owned()), ("下半年", format!("{THREE}{}", sum("合计", 2, ALL)))]
    {
        let read = Read::sheets(&[("账", &first), (name, &rows)]);
        read.is_refused("续页", name);
        let ids: Vec<&str> = read.findings.iter().map(|(id, _)| id.as_str()).collect();
        assert!(ids.contains(&"sheet-not-recognised"), "{ids:?}");
    }
    let other = "附件目录\n1 | 合同 | 3\n2 | 发票 | 12\n";
    Read::sheets(&[("账", &[TITLE, UNIT, HEAD, ONE, TWO, THREE].concat()), ("目录", other)])
        .is(ALL, "a list");
}

#[test]
fn sheets_hold_the_same_entries_only_if_the_entries_are() {
    let page = |days: [u8; 3], item: &str| {
        let [a, b, c] = days;
        format!(
            "{TITLE}{HEAD}2022-02-{a:02} | 记-{a} | 付{item}一 | 50010203 | 养护 | 100000 | \n2022-03-{b:02} | 记-{b} | 付{item}二 | 50010203 | 养护 | 200000 | \n2022-05-{c:02} | 记-{c} | 付{item}三 | 50010203 | 养护 | 300000 | \n"
        )
    };
    let (road, green) = (page([3, 4, 5], "路面"), page([13, 14, 15], "绿化"));
    Read::sheets(&[("路面", &road), ("绿化", &green)]).is("1200000", "other days");
    Read::sheets(&[("账", &road), ("打印", &road)]).is_refused("计算两次", "the same");
    let reworded = road.replace("路面", "沥青");
    Read::sheets(&[("账", &road), ("打印", &reworded)]).is_refused("计算两次", "other words for the same");
}

#[test]
fn a_unit_in_a_column_is_that_of_its_row() {
    let with = |units: [&str; 3]| {
        let head = HEAD.replace('\n', " | 单位\n");
        let rows =
            [ONE, TWO, THREE].iter().zip(units).map(|(row, unit)| row.replace('\n', &format!("| {unit}\n")));
        Read::rows(&[TITLE, &head, &rows.collect::<String>()])
    };
    with(["吨", "平方米", "项"]).is(ALL, "of things");
    with(["元", "元", "元"]).is(ALL, "all in the ledger's own");
    with(["元", "千元", "元"]).is("641819999.5", "one in another");
}

#[test]
fn amounts_are_read_as_they_are_shown() {
    let with = |amount: &str| {
        let row = format!("2022-07-05 | 记-47 | 付路肩整修费 | 50010203 | 道路养护 | {amount} | \n");
        Read::rows(&[TITLE, HEAD, ONE, TWO, &row])
    };
    with("'\u{202D}507,499.50\u{202C}").is(ALL, "signs of direction around it");
    with("'\u{200E}507499.5").is(ALL, "a sign of direction before it");
    with("507499.5{#,##0.00,}").is_refused("金额不是可确认的数字", "divided without saying by how much");
    with("507499.5{0.00\"元\"}").is(ALL, "in its own unit");
    let slash = HEAD.replace("借方金额", "借方金额/元").replace("贷方金额", "贷方金额/元");
    Read::rows(&[TITLE, &slash, ONE, TWO, THREE]).is(ALL, "a unit behind a stroke");
    let ten_thousand = slash.replace("/元", "/万元");
    Read::rows(&[TITLE, &ten_thousand, "2022-02-08 | 记-1 | 付碎石款 | 50010203 | 养护 | 1.5 | \n"])
        .is("15000", "ten thousands behind a stroke");
}

const TITLES: &str = "日期,凭证号,摘要,科目编码,科目名称,借方金额,贷方金额\n";
const FIRST: &str = "2022-02-08,记-11,付碎石款,50010203,道路养护,812000,\n";
const SECOND: &str = "2022-04-19,记-23,付沥青款,50010203,道路养护,640500.5,\n";

#[test]
fn rows_of_a_csv_file_have_the_fields_of_their_titles() {
    let with = |last: &str| Read::csv(&[TITLES, FIRST, SECOND, last].concat());
    with("2022-07-05,记-47,付整修费,50010203,道路养护,507499.5,\n").is(ALL, "sound");
    with("2022-07-05,记-47,付整修费,50010203,道路养护,\"507,499.50\",\n").is(ALL, "in quotes");
    for (last, what) in [
        ("2022-07-05,记-47,付整修费,50010203,道路养护,507,499.50,\n", "thousands without quotes"),
        ("2022-07-05,记-47,付整修费,50010203,道路养护,507,000\n", "thousands that look like two sides"),
        ("2022-07-05,记-47,付整修费,50010203,507499.5\n", "too few"),
        ("2022-07-05,记-47,\"付整修费,50010203,道路养护,507499.5,\n", "a quote that is not closed"),
        (
            "2022-07-05,记-47,付整修费,50010203,道路养护,507499.5,\"\n2022-08-01,记-50,付款,50010203,养护,1,\n",
            "a quote at the end",
        ),
    ] {
        with(last).is_refused("栏数与标题行不同", what);
    }
    let both =
        ["507,250\n", "7,499.50\n"].map(|end| format!("2022-07-05,记-47,付整修费,50010203,道路养护,{end}"));
    both.iter().for_each(|last| with(last).is_refused("借贷两栏都有数", "an amount on both sides"));
    with("2022-07-05,记-47,付款后退回,50010203,道路养护,507499.5,250\n")
        .is("1959750", "two amounts, and no other way to read them");
    let round = |amount: &str| format!("2022-02-08,记-11,付碎石款,50010203,道路养护,{amount},000.00,\n");
    Read::csv(&[TITLES, &round("900"), &round("860")].concat())
        .is_refused("栏数与标题行不同", "all rows alike");
    let short: String = [FIRST, SECOND].concat().replace(",\n", "\n");
    Read::csv(&[TITLES, &short].concat()).is("1452500.5", "the last blank column left off in all rows");
    let remarks =
        ["专项经费支出明细账\n单位：元\n", TITLES, FIRST, SECOND, "合计,,,,,1452500.5,\n制表：刘\n"];
    Read::csv(&remarks.concat()).is("1452500.5", "remarks around the table");
}

#[test]
fn who_was_not_understood_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = workbook_pages::write(&[("账", &[TITLE, HEAD, ONE].concat())], folder.path());
    let unknown = folder.path().join("不明.csv");
    std::fs::write(&unknown, "甲,乙\n1,2\n").unwrap();
    let output = jixiao(["reconcile".as_ref(), ledger.as_os_str(), unknown.as_os_str()]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("文件“不明.csv”：没有认出任何绩效表格"), "{said}");
}

#[test]
fn amounts_are_printed_to_the_cent() {
    let folder = tempfile::tempdir().unwrap();
    let row = "2022-02-08 | 记-11 | 付碎石款 | 50010203 | 道路养护 | 6128.9 | \n";
    let path = workbook_pages::write(&[("账", &[TITLE, HEAD, row].concat())], folder.path());
    let output = jixiao(["reconcile".as_ref(), path.as_os_str()]);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("明细账支出合计：6128.90 元"), "{printed}");
}

/// A ledger of three entries whose last amount is written so.
fn with_last(write: impl Fn(&mut rust_xlsxwriter::Worksheet, u32, u16)) -> Read {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip([HEAD, ONE, TWO, THREE].concat().lines()) {
        for (col, cell) in (0..).zip(line.split('|').map(str::trim)) {
            match cell.parse::<rust_decimal::Decimal>() {
                _ if (row, col) == (3, 5) => write(sheet, row, col),
                Ok(amount) if col > 4 => {
                    sheet.write(row, col, amount).unwrap();
                }
                _ => {
                    sheet.write(row, col, cell).unwrap();
                }
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("账.xlsx");
    workbook.save(&path).unwrap();
    Read::of(&path)
}

#[test]
fn what_is_struck_out_is_left_to_a_person() {
    use rust_xlsxwriter::Format;
    let plain = Format::new();
    let struck = Format::new().set_font_strikethrough();
    with_last(|sheet, row, col| {
        sheet.write_rich_string(row, col, &[(&plain, "507"), (&struck, "0"), (&plain, "499.5")]).unwrap();
    })
    .is_refused("加了删除线", "a part of it");
    with_last(|sheet, row, col| {
        sheet.write_with_format(row, col, 507_499.5, &struck).unwrap();
    })
    .is_refused("加了删除线", "all of it");
    with_last(|sheet, row, col| {
        sheet.write_rich_string(row, col, &[(&plain, "507"), (&plain, "499.5")]).unwrap();
    })
    .is(ALL, "runs of one kind");
}

#[test]
fn the_zero_of_a_program_that_does_not_compute_is_no_amount() {
    let with = |result: &str| {
        with_last(|sheet, row, col| {
            sheet.write_formula(row, col, rust_xlsxwriter::Formula::new("500000+7499.5")).unwrap();
            sheet.set_formula_result(row, col, result);
        })
    };
    with("507499.5").is(ALL, "computed");
    with("0").is_refused("金额是公式而没有计算结果", "a placeholder");
}

/// A ledger of three entries, the last shown by its number format as a red one.
fn with_format(code: &str, folder: &std::path::Path) -> std::path::PathBuf {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("支出明细账").expect("a name");
    for (col, title) in (0_u16..).zip(["日期", "凭证号", "摘要", "科目名称", "借方金额", "贷方金额"])
    {
        sheet.write_string(0, col, title).expect("a title");
    }
    let red = rust_xlsxwriter::Format::new().set_num_format(code);
    for (row, (day, amount)) in
        (1_u32..).zip([("2023-02-08", 480_000), ("2023-05-17", 20_000), ("2023-08-03", 5_000)])
    {
        let texts = [day, "记-1", "付工程款", "商品和服务支出"];
        for (col, text) in (0_u16..).zip(texts) {
            sheet.write_string(row, col, text).expect("a text");
        }
        if row == 3 {
            sheet.write_with_format(row, 4, amount, &red).expect("an amount");
        } else {
            sheet.write(row, 4, amount).expect("an amount");
        }
    }
    let path = folder.join("账.xlsx");
    book.save(&path).expect("the ledger");
    path
}

#[test]
fn a_sign_of_the_number_format_is_part_of_the_amount() {
    for (code, total) in [
        ("-0.00", "495000"),
        ("\"-\"#,##0.00", "495000"),
        ("(#,##0.00)", "495000"),
        ("#,##0.00_);(#,##0.00)", "505000"),
        ("#,##0.00;[Red]-#,##0.00", "505000"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = with_format(code, folder.path());
        let run = crate::support::jixiao(["reconcile".as_ref(), path.as_os_str()]);
        let text = String::from_utf8_lossy(&run.stdout);
        assert!(text.contains(&format!("明细账支出合计：{total} 元")), "{code}: {text}");
    }
}

#[test]
fn a_sheet_of_days_and_numbers_under_unknown_titles_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = "日期 | 票据 | 摘由 | 付讫\n2023-02-08 | 记1 | 工程款 | 480000\n2023-05-17 | 记2 | 材料款 | 365000.5\n2023-08-03 | 记3 | 尾款 | 240000\n";
    let path = crate::workbook_pages::write(&[crate::findings::SELF, ("附表", page)], folder.path());
    for command in ["reconcile", "check"] {
        let run = crate::support::jixiao([command.as_ref(), path.as_os_str()]);
        let text = String::from_utf8_lossy(&run.stdout);
        assert!(text.contains("“日期”列") && text.contains("“付讫”列"), "{command}: {text}");
    }
}

#[test]
fn a_month_may_be_summed_up_on_each_of_its_sheets() {
    let first = format!("{TITLE}{UNIT}{HEAD}{ONE} | | 2月合计 | | | 812000 |\n");
    let other = "2022-02-21 | 记-31 | 付水泥款 | 50010203 | 道路养护 | 300 | \n";
    let second = format!(
        "{TITLE}{UNIT}{HEAD}{other} | | 过次页 | | | 300 |\n{HEAD} | | 承前页 | | | 300 |\n | | 2月合计 | | | 300 |\n"
    );
    let read = Read::sheets(&[("上旬", &first), ("下旬", &second)]);
    assert_eq!(read.spending.as_deref(), Some("812300"), "{:?} {}", read.findings, read.said);
    assert_eq!(read.findings, Vec::new());
    let wrong = second.replace("2月合计 | | | 300", "2月合计 | | | 301");
    let read = Read::sheets(&[("上旬", &first), ("下旬", &wrong)]);
    assert!(read.findings.iter().any(|(id, _)| id == "ledger-subtotal-differs"), "{:?}", read.findings);
}
