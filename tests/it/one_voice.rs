//! All papers of a case say the same: whether a total is settled, how much was found, where it stands, what things are called.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::sheet::{Value, Workbook};

use crate::findings::{LEDGER, SELF, changed};
use crate::libreoffice::{Cells, cells, recalculate};
use crate::paper::parts;
use crate::support::{MODEL, Scored, indicator, jixiao, score, workbook};
use crate::workbook_pages::{self, Page};

const CASES: [&str; 3] =
    [MODEL, "东湖区教体局-课后服务补助-自评-2023.xlsx", "东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx"];
/// Points outside of the band of the grade that was chosen.
const OUTSIDE: [(&str, &str); 2] = [
    ("达成年度指标 | 30 | 30 |", "部分达成年度指标并具有一定效果 | 30 | 27 | 部分路段未完工"),
    ("99.5", "96.5"),
];

fn made(changes: &[(&str, &str)], folder: &Path) -> PathBuf {
    let pages = changed(&[SELF, LEDGER], changes);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    fs::create_dir_all(folder).expect("a folder");
    workbook_pages::write(&pages, folder)
}

fn text(all: &Cells, at: &str) -> String {
    match all.get(at) {
        Some((Value::Text(text), _)) => text.clone(),
        Some((Value::Number(number), _)) => number.to_string(),
        _ => String::new(),
    }
}

/// The texts of a sheet, as they are read.
fn words(all: &Cells, sheet: &str) -> Vec<String> {
    let begins = format!("'{sheet}'!");
    let own = all.iter().filter(|(at, _)| at.starts_with(&begins));
    own.filter_map(|(_, (value, _))| if let Value::Text(text) = value { Some(text.clone()) } else { None })
        .collect()
}

/// The rows of a list whose first column is a number.
fn rows(all: &Cells, sheet: &str) -> usize {
    let numbered = |row: u32| matches!(all.get(&format!("'{sheet}'!A{row}")), Some((Value::Number(_), _)));
    (1..300).filter(|row| numbered(*row)).count()
}

/// Runs the batch over these files, and gives its summary.
fn summed_up(files: &[PathBuf], folder: &Path) -> PathBuf {
    let (inbox, out, book) = (folder.join("收"), folder.join("结果"), folder.join("汇总表.xlsx"));
    fs::create_dir_all(&inbox).expect("a folder");
    for file in files {
        fs::copy(file, inbox.join(file.file_name().expect("a name"))).expect("a copy");
    }
    let run = jixiao([
        "batch".as_ref(),
        inbox.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
        "--summary".as_ref(),
        book.as_os_str(),
    ]);
    assert!(book.is_file(), "{}", String::from_utf8_lossy(&run.stderr));
    book
}

/// Points that no document confirms are in no total, on no paper.
#[test]
fn a_total_is_open_on_every_paper_or_on_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = made(&OUTSIDE, &folder.path().join("一"));
    let scored = score(&file, &folder.path().join("出"));
    assert_eq!(scored.json["score"]["complete"], false);
    assert_eq!(scored.json["score"]["grade"], serde_json::Value::Null);
    let judged = indicator(&scored.json, "沿线居民出行条件");
    assert_eq!((&judged["state"], &judged["stated_score"]), (&"pending".into(), &"27".into()), "{judged}");
    let all = cells(&recalculate(&scored.path, folder.path()));
    assert_eq!(text(&all, "'评分结果单'!A6"), "已评70分中得69.5分，尚有1项30分待评。");
    assert_eq!(text(&all, "'评分结果单'!F4"), "未定级", "the grade");
    let letter = words(&all, "发文代拟稿").concat();
    assert!(letter.contains("其余指标满分70分，自评得分合计69.5分，复核得分合计69.5分"), "{letter}");
    let result = words(&all, "评分结果单").concat();
    assert!(result.contains("填报的27分不在区间内，不予确认"), "{result}");
    // Who signs it is the agency: it speaks of the bureau by name, and of no term that only the document sets.
    assert!(result.contains("没有更正的，由财政部门在18（含）至24（不含）分内核定。"), "{result}");
    assert!(!result.contains("我局") && !result.contains("逾期"), "{result}");
    let summary = cells(&summed_up(&[file], folder.path()));
    assert_eq!(text(&summary, "'汇总表'!H4"), "待评分");
    assert_eq!(text(&summary, "'汇总表'!M4"), "未定级");
    // Within the band it counts, and all are settled.
    let within = [OUTSIDE[0].0, "部分达成年度指标并具有一定效果 | 30 | 20 | 部分路段未完工"];
    let file = made(&[(within[0], within[1]), ("99.5", "89.5")], &folder.path().join("二"));
    let scored = score(&file, &folder.path().join("出二"));
    assert_eq!(scored.json["score"]["complete"], true);
    assert_eq!(scored.json["score"]["total"], "89.5");
}

/// A number that is typed later counts within its band only, on the sheets as in the next run.
#[test]
fn a_score_outside_its_band_is_not_added_by_the_formulas_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = made(&OUTSIDE, folder.path());
    let scored = score(&file, &folder.path().join("出"));
    let all = cells(&scored.path);
    let (at, _) = all
        .iter()
        .find(|(_, (value, _))| *value == Value::Number("27".parse().expect("a number")))
        .expect("the typed score");
    let (sheet, cell) = at.trim_start_matches('\'').split_once("'!").expect("a cell");
    let later = |points: &str| {
        let typed = crate::overrides::number(points);
        let edited = crate::model_case::edited(&scored.path, &[(sheet, cell, typed)]);
        let all = cells(&recalculate(&edited, folder.path()));
        text(&all, "'评分结果单'!A6")
    };
    assert_eq!(later("26"), "已评70分中得69.5分，尚有1项30分待评。");
    assert_eq!(later("20"), "满分100分，得89.5分。");
}

/// What the agency gave itself below the rule waits for a person on the sheets as it does in the document.
#[test]
fn a_score_below_the_rule_keeps_the_grade_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let less = [("≥98% | 99% | 20 | 20 |", "≥98% | 99% | 20 | 18 |"), ("99.5", "97.5")];
    let file = made(&less, folder.path());
    let scored = score(&file, &folder.path().join("出"));
    assert_eq!(scored.json["score"]["complete"], false);
    let all = cells(&scored.path);
    let result = words(&all, "评分结果单").concat();
    assert!(
        result
            .contains("其中1项指标（20分）的得分待核定（原因见下），由财政部门核定后确定，核定前不定等级。"),
        "{result}"
    );
    let letter = words(&all, "发文代拟稿").concat();
    assert!(letter.contains("总分和等级待核定后确定"), "{letter}");
    // A person of the review decides: nobody is asked to confirm anything.
    let sums = cells(&summed_up(std::slice::from_ref(&file), &folder.path().join("批")));
    assert_eq!(text(&sums, "'汇总表'!H4"), "待核定");
    // Who finds that the rule is right says so on 评分明细, and all is settled.
    let summary = words(&all, "评分汇总").concat();
    assert!(
        summary.contains("在“评分明细”的“改定得分”栏（在电子表“状态”栏右侧，不打印）填写核定的得分"),
        "{summary}"
    );
    assert!(result.contains("由财政部门核定后确定"), "{result}");
    let row =
        (4..12).find(|row| text(&all, &format!("'评分明细'!D{row}")) == "工程验收合格率").expect("its row");
    let cells: Vec<String> = ["Q", "R", "S"].map(|column| format!("{column}{row}")).into();
    let said = crate::overrides::text;
    let acts = [
        ("评分明细", cells[0].as_str(), crate::overrides::number("20")),
        ("评分明细", cells[1].as_str(), said("验收资料齐全")),
        ("评分明细", cells[2].as_str(), said("李四")),
    ];
    let again = score(&crate::model_case::edited(&scored.path, &acts), &folder.path().join("再"));
    assert_eq!(
        (&again.json["score"]["complete"], &again.json["score"]["total"]),
        (&true.into(), &"99.5".into())
    );
}

/// What is counted is what is listed: on the sheets, on the terminal, in the summary of a batch.
#[test]
fn as_much_is_counted_as_is_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<PathBuf> = CASES.iter().map(|case| workbook(case)).collect();
    let mut listed = 0;
    for (at, file) in files.iter().enumerate() {
        let scored = score(file, &folder.path().join(at.to_string()));
        let all = cells(&scored.path);
        let rows = rows(&all, "问题清单") + rows(&all, "复核事项");
        assert!(rows > 0, "{}", file.display());
        let said =
            words(&all, "评分汇总").into_iter().find(|text| text.starts_with("发现问题：")).expect("a count");
        assert_eq!(sum(&said), rows, "{said}");
        let run = jixiao(["check".as_ref(), file.as_os_str()]);
        let told = String::from_utf8_lossy(&run.stdout).into_owned();
        let line = told.lines().find(|line| line.contains("问题：错误")).expect("a count");
        assert_eq!(sum(line), rows, "{line}");
        listed += rows;
    }
    let summary = cells(&summed_up(&files, folder.path()));
    assert_eq!(rows(&summary, "问题清单"), listed);
    // Kinds of findings and items are counted apart, and the items are those of the first page.
    let last = rows(&summary, "常见问题") + 4;
    let figure = |at: String| text(&summary, &at).parse::<usize>().unwrap_or(0);
    let of_items = |at: usize| figure(format!("'常见问题'!D{}", last + at));
    let of_kinds = |severity: &str| {
        let same = |row: &usize| text(&summary, &format!("'常见问题'!C{row}")) == severity;
        (4..last).filter(same).map(|row| figure(format!("'常见问题'!D{row}"))).sum::<usize>()
    };
    assert_eq!((0..3).map(of_items).sum::<usize>(), listed);
    for (at, (severity, column)) in [("错误", 'N'), ("提醒", 'O')].into_iter().enumerate() {
        let whole = (4..7).map(|row| figure(format!("'汇总表'!{column}{row}"))).sum::<usize>();
        assert_eq!(of_items(at), whole, "{severity}");
        assert!(of_kinds(severity) >= whole, "{severity}");
    }
    let kinds = words(&summary, "常见问题");
    assert!(kinds.iter().any(|title| title == "填报得分与按计分规则计算的得分不符"), "not only what leads");
    // What is the bureau's own is told from what goes to an agency.
    let whose = words(&summary, "问题清单");
    assert!(whose.iter().any(|text| text == "财政") && whose.iter().any(|text| text == "单位"));
}

/// Points that a person has still to decide are called so wherever the score is shown, for the same reason.
#[test]
fn a_score_that_waits_is_called_so_on_every_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    for (case, open) in [(CASES[1], 2), (CASES[2], 3)] {
        let scored = score(&workbook(case), folder.path());
        let of = scored.json["indicators"].as_array().expect("indicators");
        let waits: Vec<_> =
            of.iter().filter(|one| one["to_decide"] == true && !one["score"].is_null()).collect();
        assert_eq!(waits.len(), open, "{case}");
        let all = cells(&recalculate(&scored.path, folder.path()));
        let detail = |name: &str, column: char| {
            let row = (4..40).find(|row| text(&all, &format!("'评分明细'!D{row}")) == name).expect("its row");
            text(&all, &format!("'评分明细'!{column}{row}"))
        };
        let (result, letter) = (words(&all, "评分结果单"), words(&all, "发文代拟稿"));
        for one in &waits {
            let (name, why) =
                (one["name"].as_str().expect("a name"), one["note"].as_str().expect("a reason"));
            assert!(detail(name, 'N').starts_with("待核定（"), "{name}: {}", detail(name, 'N'));
            assert_eq!(detail(name, 'M'), why);
            assert!(result.iter().any(|text| text == why), "{name} on the result sheet");
            assert!(letter.iter().any(|text| text == why), "{name} in the letter");
        }
        let said = format!("上列得分中有 {open} 项指标（");
        assert!(words(&all, "评分汇总").iter().any(|text| text.starts_with(&said)), "{case}");
    }
    let files = [workbook(CASES[1]), workbook(CASES[2])];
    let summary = cells(&summed_up(&files, folder.path()));
    let open: Vec<String> = (4..6).map(|row| text(&summary, &format!("'汇总表'!J{row}"))).collect();
    assert_eq!(open, ["30", "23"]);
    let deciders = words(&summary, "汇总表");
    assert!(deciders.iter().any(|text| text.ends_with("（其中 2 项待核定）")), "{deciders:?}");
    assert!(deciders.iter().any(|text| text.ends_with("（其中 3 项待核定）")), "{deciders:?}");
}

/// A rounded amount that the ledger bears out is shown as the ledger has it, and the rate is that of what is shown.
#[test]
fn the_exact_figure_is_the_one_that_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = cells(&summed_up(&[workbook(MODEL)], folder.path()));
    assert_eq!(text(&summary, "'汇总表'!F4"), "592668.35");
    assert!(text(&summary, "'汇总表'!G4").starts_with("0.9684"), "{}", text(&summary, "'汇总表'!G4"));
    // How many entries an account has is told beside how many a finding speaks of.
    let accounts = words(&cells(&score(&workbook(MODEL), folder.path()).path), "账务核对");
    assert!(accounts.iter().any(|text| text.starts_with("笔数含相互冲销的分录 2 笔")), "{accounts:?}");
    let water = words(&cells(&score(&workbook(CASES[2]), folder.path()).path), "账务核对");
    let said = "笔数含相互冲销的分录 2 笔";
    assert!(
        water.iter().any(|text| text.starts_with(said)),
        "a deposit that came back is no entry: {water:?}"
    );
}

/// The slip comes back alone, and what is said to the handler never goes out: each begins a page.
#[test]
fn slip_and_remarks_stand_on_pages_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(CASES[2]), folder.path());
    let pages = crate::paper::pages(&scored.path, "发文代拟稿", folder.path());
    let of = |words: &str| pages.iter().position(|page| page.contains(words)).expect("a page");
    let (ask, slip, notes) = (of("反馈要求"), of("负责人（签字）"), of("经办提示"));
    assert!(ask < slip && slip < notes, "{ask} {slip} {notes}");
    assert!(pages[slip].trim_start().starts_with("附件"), "{}", pages[slip]);
    assert!(pages[notes].trim_start().starts_with("经办提示"), "{}", pages[notes]);
    // What stays in the house is behind what goes out.
    let sheets = Workbook::open(fs::File::open(&scored.path).expect("the result")).expect("a workbook");
    let names: Vec<&str> = sheets.sheets().iter().map(|sheet| sheet.name.as_str()).collect();
    let at = |name: &str| names.iter().position(|own| *own == name).expect("a sheet");
    assert!(at("问题清单") < at("发文代拟稿") && at("发文代拟稿") < at("复核事项"), "{names:?}");
}

/// Sign and unit that stand in columns of their own are shown with the number.
#[test]
fn a_figure_is_shown_with_its_unit() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(CASES[1]), folder.path());
    let all = cells(&recalculate(&scored.path, folder.path()));
    let shown = words(&all, "评分明细");
    for figure in ["1785600元", "12150人", "96%"] {
        assert!(shown.iter().any(|text| text == figure), "{figure}: {shown:?}");
    }
}

/// The sum of the numbers of a sentence.
fn sum(said: &str) -> usize {
    let numbers = said.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty());
    numbers.map(|part| part.parse::<usize>().expect("a number")).sum()
}

/// What an agency or a clerk reads says no convention of a program as its ground, and none of its ids.
#[test]
fn no_paper_rests_on_a_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<PathBuf> = CASES.iter().map(|case| workbook(case)).collect();
    let mut books: Vec<PathBuf> = vec![summed_up(&files, folder.path())];
    for (at, file) in files.iter().enumerate() {
        let Scored { path, .. } = score(file, &folder.path().join(at.to_string()));
        books.push(path);
    }
    for book in books {
        for (part, text) in parts(&book) {
            assert!(!text.contains("本软件约定"), "{} {part}", book.display());
        }
        let told = |at: &str| !at.starts_with("'_jixiao'");
        for (at, (value, _)) in cells(&book).iter().filter(|(at, _)| told(at)) {
            let Value::Text(text) = value else { continue };
            let is_id = text.contains('-')
                && text.chars().any(|sign| sign.is_ascii_lowercase())
                && text.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-');
            assert!(!is_id, "{at} {text}");
            assert!(!text.contains("'!"), "{at} {text}");
        }
    }
}

/// A link stands on one line, for programs break none: what is longer is a text, which is whole on paper.
#[test]
fn no_link_is_cut_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let all = cells(&scored.path);
    let long = words(&all, "问题清单").into_iter().find(|text| text == "表1 绩效目标申报表C10");
    assert!(long.is_some(), "the cell is named whole");
    let mut links = 0;
    for (part, sheet) in
        parts(&scored.path).iter().filter(|(part, _)| part.starts_with("xl/worksheets/sheet"))
    {
        if !sheet.contains("<sheetProtection") {
            continue;
        }
        assert!(!sheet.contains("display=\"表1 绩效目标申报表C10\""), "{part}");
        links += sheet.matches("<hyperlink ").count();
    }
    assert!(links > 0, "what fits leads to its cell");
}

/// Who signs 评分结果单 sees total and grade on his page, and a table that goes on on the next goes on below its titles; no page
/// but the last is left half empty.
#[test]
fn every_page_of_the_result_says_what_it_is_of() {
    for case in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(case), folder.path());
        let pages = crate::paper::pages(&scored.path, "评分结果单", folder.path());
        assert!(pages.len() <= 3, "{case}: {} pages", pages.len());
        for page in &pages {
            assert!(page.contains("总分") && page.contains("评价等级"), "{case}: {page}");
            let holds = |words: [&str; 2]| words.iter().any(|word| page.contains(word));
            assert!(!holds(["扣分合计", "二、扣分"]) || page.contains("原因"), "{case}: {page}");
            assert!(!holds(["处理意见见", "发现的问题"]) || page.contains("事实与判定"), "{case}: {page}");
        }
        let lines = |page: &String| page.lines().filter(|line| !line.trim().is_empty()).count();
        for page in pages.iter().rev().skip(1) {
            assert!(lines(page) > 25, "{case}: {} lines: {page}", lines(page));
        }
    }
}

/// 取值表 is read by people: days are days, shares are shares, and it asks for nothing that cannot be done there.
#[test]
fn kept_values_are_shown_as_a_person_writes_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(CASES[2]), folder.path());
    let all = cells(&scored.path);
    let values = words(&all, "取值表").concat();
    assert!(!values.contains("44895") && !values.contains("黄色格"), "{values}");
    let pages = crate::paper::pages(&scored.path, "取值表", folder.path()).concat();
    assert!(pages.contains("2022-11-30") && pages.contains("98.00%") && !pages.contains("44895"), "{pages}");
}

/// What is only added up wrongly is told beside what the review took off, so that the deviations add up.
#[test]
fn the_deviations_add_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = [("≥98% | 99% | 20 | 20 |", "≥98% | 90% | 20 | 20 |"), ("99.5", "98")];
    let file = made(&wrong, folder.path());
    let summary = cells(&summed_up(&[file], folder.path()));
    let whole = text(&summary, "'偏差表'!H4");
    let number = |text: String| text.parse::<jixiao::inner::base::Number>().expect("a number");
    let listed = rows(&summary, "偏差明细");
    let of = |row: usize| text(&summary, &format!("'偏差明细'!J{row}"));
    assert_eq!(of(listed + 4), whole, "the sum below them");
    let parts: Vec<_> = (4..listed + 4).map(of).map(number).collect();
    assert!(parts.len() == 2, "{parts:?}");
    let parts = jixiao::inner::base::Number::sum(parts);
    assert_eq!(parts, Some(number(whole)));
    assert!(words(&summary, "偏差明细").concat().contains("自评总分98分，各项自评得分合计99.5分。"));
}

/// A month in which nothing was spent is on the list of months: one that is missing looks like one that was not read.
#[test]
fn no_month_is_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(CASES[2]), folder.path());
    let months = words(&cells(&scored.path), "账务核对");
    let count = months.iter().filter(|text| text.starts_with("2022年") && text.ends_with('月')).count();
    assert!(count == 12 && months.iter().any(|text| text == "2022年8月"), "{months:?}");
}

/// The document's title is whole, however long it is.
#[test]
fn a_long_title_is_whole_on_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let pages = crate::paper::pages(&scored.path, "发文代拟稿", folder.path()).concat();
    let plain: String = pages.chars().filter(|sign| !sign.is_whitespace()).collect();
    assert!(plain.starts_with("关于反馈2021年度“办公大厅运行维护费”项目"), "{pages}");
    assert!(
        plain.split("发文代拟稿").next().is_some_and(|title| title.ends_with("整改工作的通知")),
        "{pages}"
    );
}

/// A grade is provisional on every paper as long as points that it rests on wait, and no longer: three papers and the record.
#[test]
fn a_grade_whose_points_wait_is_provisional_on_every_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(CASES[1]), folder.path());
    let json = &scored.json["score"];
    assert_eq!(
        (&json["grade"], &json["provisional"], &json["grade_shown"]),
        (&"优".into(), &true.into(), &"优（暂定）".into())
    );
    let all = cells(&recalculate(&scored.path, folder.path()));
    assert_eq!(text(&all, "'评分结果单'!F4"), "优（暂定）");
    assert!(words(&all, "评分汇总").iter().any(|text| text == "优（暂定）"));
    assert!(words(&all, "发文代拟稿").concat().contains("总分和等级待核定后确定"));
    let summary = cells(&summed_up(&[workbook(CASES[1])], folder.path()));
    assert_eq!(text(&summary, "'汇总表'!M4"), "优（暂定）");
    let run = jixiao(["check".as_ref(), workbook(CASES[1]).as_os_str()]);
    assert!(!String::from_utf8_lossy(&run.stdout).contains("等级 优 "));
    // Who settles both on 评分明细 settles the grade, in Excel already.
    let rows: Vec<u32> =
        (4..12).filter(|row| text(&all, &format!("'评分明细'!N{row}")).starts_with("待核定")).collect();
    assert_eq!(rows.len(), 2);
    let settle = |rows: &[u32]| {
        let cells = rows.iter().flat_map(|row| ["Q", "R", "S"].map(|column| format!("{column}{row}")));
        let cells: Vec<String> = cells.collect();
        let said = |at: &String| match at.chars().next() {
            Some('Q') => crate::overrides::number("10"),
            Some('R') => crate::overrides::text("依据已核实"),
            _ => crate::overrides::text("李四"),
        };
        let acts: Vec<_> = cells.iter().map(|at| ("评分明细", at.as_str(), said(at))).collect();
        let edited = crate::model_case::edited(&scored.path, &acts);
        text(&crate::libreoffice::cells(&recalculate(&edited, folder.path())), "'评分结果单'!F4")
    };
    assert_eq!(settle(&rows[..1]), "良（暂定）", "87.5");
    assert_eq!(settle(&rows), "良");
}

/// The document joins the figures of the other papers: what is counted for now, what of it waits, what stands.
#[test]
fn the_document_says_the_total_of_the_other_papers() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(CASES[2]), folder.path());
    let all = cells(&recalculate(&scored.path, folder.path()));
    let (result, letter) = (words(&all, "评分结果单").concat(), words(&all, "发文代拟稿").concat());
    assert!(result.contains("已评90分中得88.06分，尚有1项10分待评。"), "{result}");
    for part in [
        "除待评分的“供水设施管护机制”（10分）外，其余90分复核得分暂计88.06分，其中待核定3项（23分），暂计22.74分：",
        "“水源地保护水平”（5分）。除待核定3项（23分）、待评分1项（10分）外，其余指标满分67分，",
        "复核得分合计65.32分。总分和等级待核定后确定。",
        "待核定和待评分的指标",
    ] {
        assert!(letter.contains(part), "{part}: {letter}");
    }
}

/// Grounds on which several items rest are said once.
#[test]
fn a_ground_of_several_is_said_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(CASES[1]), folder.path());
    let said = words(&cells(&scored.path), "问题清单").concat();
    assert_eq!(said.matches("未完成目标或偏离较大的").count(), 1, "{said}");
    assert!(said.contains("第2、3、4、5项的依据：表内栏目："), "{said}");
}
