//! The pages of a batch's summary that are sent on: 自评结果汇总表, 整改台账, 公开版.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jixiao::inner::sheet::Sheet;

use crate::findings::SELF;
use crate::intake::batch::{batch, put, said, sheet};
use crate::libreoffice::differences;
use crate::paper::{pages, parts};
use crate::workbook_pages;

/// The indicator of words, and one of figures in its place: then nothing of the form waits for a decision.
pub(crate) const FIGURES: [&str; 2] =
    ["沿线居民出行条件 | 明显改善 | 达成年度指标", "受益群众人数 | ≥1000人 | 1000人"];
/// Its own total is not what its scores come to.
const ADDED_WRONGLY: [&str; 2] = ["100 | 99.5", "100 | 98.5"];
/// More points than the rule gives, by half of an indicator that is not met.
const TOO_MANY: [&str; 2] = ["| ≥50块 | 50块 | 15 | 15 |", "| ≥50块 | 25块 | 15 | 15 |"];

fn form(project: &str, department: &str, changes: &[[&str; 2]]) -> Vec<u8> {
    let mut page = SELF.1.replace("农村公路养护", project).replace("某县交通运输局", department);
    for [old, new] in changes {
        assert!(page.contains(old), "{old} stands in the form");
        page = page.replace(old, new);
    }
    workbook_pages::bytes(&[(SELF.0, &page)], 0)
}

/// A row of a page: what it shows below each title.
type Line = BTreeMap<String, String>;

/// The rows of a page that have a number in front, each as what it shows below the titles; then those behind, by their labels.
fn lines(sheet: &Sheet) -> (Vec<Line>, Vec<Line>) {
    let row = |row: u32| -> Line {
        sheet.row(row).map(|(at, cell)| (sheet.at(2, at.col()).shown(), cell.shown())).collect()
    };
    let all = (3..=sheet.last_row().expect("rows")).map(row);
    all.partition(|line| line.get("序号").is_some_and(|number| !number.is_empty()))
}

fn of<'l>(lines: &'l [Line], title: &str, text: &str) -> &'l Line {
    lines.iter().find(|line| line[title] == text).unwrap_or_else(|| panic!("{text}: {lines:?}"))
}

/// A day with a roll: three settled projects, one whose grade is 暂定, one that was not handed in.
fn summed_up(folder: &Path) -> std::path::PathBuf {
    let inbox = folder.join("in");
    put(&inbox, "甲.xlsx", &form("甲项目", "某县交通运输局", &[FIGURES]));
    put(&inbox, "乙.xlsx", &form("乙项目", "某县交通运输局", &[]));
    put(&inbox, "丙.xlsx", &form("丙项目（联系电话13800138000）", "某县水利局", &[FIGURES, ADDED_WRONGLY]));
    put(&inbox, "丁.xlsx", &form("丁项目", "某县水利局", &[FIGURES, TOO_MANY]));
    let roll = "\n2022年项目清单\n单位：万元\n项目编码 | 项目名称 | 主管部门 | 全年预算数\n1 | 甲项目 | 某县交通运输局 | 100\n\
                2 | 乙项目 | 某县交通运输局 | 100\n3 | 丁项目 | 某县水利局 | 100\n4 | 戊项目 | 某县教育局 | 50\n";
    put(&inbox, "项目清单.xlsx", &workbook_pages::bytes(&[("项目清单", roll)], 0));
    let summary = folder.join("s.xlsx");
    let run = batch(&inbox, &folder.join("out"), &["--summary", summary.to_str().expect("UTF-8")]);
    assert!(run.status.code().is_some_and(|code| code < 2), "{}", said(&run));
    summary
}

#[test]
fn pages_that_are_sent_on_say_what_the_others_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = summed_up(folder.path());
    assert_eq!(differences(&summary), [] as [String; 0], "LibreOffice finds the same");

    // 自评结果汇总表: due and missing by the roll, the rest by what came.
    let (departments, sums) = lines(&sheet(&summary, "自评结果汇总表"));
    let shown = |line: &BTreeMap<String, String>| {
        ["应评项目数", "未报送", "已报送", "已评分", "优", "暂定", "自评与复核不一致的项目数"]
            .map(|title| line[title].clone())
    };
    assert_eq!(shown(of(&departments, "主管部门", "某县教育局")), ["1", "1", "0", "0", "0", "0", "0"]);
    assert_eq!(shown(of(&departments, "主管部门", "某县交通运输局"))[..6], ["2", "0", "2", "2", "1", "1"]);
    assert_eq!(shown(of(&departments, "主管部门", "某县水利局"))[..4], ["1", "0", "2", "2"]);
    assert_eq!(shown(&sums[0])[..4], ["4", "1", "4", "4"], "{sums:?}");
    assert_eq!(sums[0]["预算数"], "4000000.00");

    // 整改台账: what the list of all has for the agencies, and nothing else.
    let told = |line: &BTreeMap<String, String>, what: &str| {
        [line["项目名称"].clone(), line["级别"].clone(), line[what].clone(), line["事实与判定"].clone()]
    };
    let (all, _) = lines(&sheet(&summary, "问题清单"));
    let agencies: BTreeSet<_> = all
        .iter()
        .filter(|line| line["办理"] == "单位" && line["级别"] != "提示")
        .map(|line| told(line, "问题"))
        .collect();
    let (to_mend, counts) = lines(&sheet(&summary, "整改台账"));
    let mended: BTreeSet<_> = to_mend.iter().map(|line| told(line, "存在问题")).collect();
    assert!(agencies == mended && agencies.len() >= 2, "{agencies:?} {mended:?}");
    assert_eq!(to_mend.len(), agencies.len());
    assert!(to_mend.iter().all(|line| !line.contains_key("整改情况")));
    let counted: usize = counts.iter().map(|line| line["级别"].parse::<usize>().expect("a count")).sum();
    assert_eq!(counted, to_mend.len(), "{counts:?}");

    // 公开版: what is settled, no telephone, no way to another sheet.
    let page = sheet(&summary, "公开版");
    let (public, means) = lines(&page);
    let names: Vec<&str> = public.iter().map(|line| line["项目名称"].as_str()).collect();
    assert_eq!(names, ["甲项目", "丁项目", "丙项目（联系电话（电话略））"]);
    assert!(public.iter().all(|line| !line["等级"].contains('暂')), "{public:?}");
    assert!(page.at(1, 0).shown().contains("尚未确定的 1 个项目没有列入"), "{}", page.at(1, 0).shown());
    assert_eq!(means[0]["预算数"], "3000000.00");
    let (projects, _) = lines(&sheet(&summary, "汇总表"));
    for line in public.iter().filter(|line| !line["项目名称"].starts_with('丙')) {
        let other = of(&projects, "项目名称", &line["项目名称"]);
        for title in ["预算数", "支出数", "执行率", "满分", "百分制得分", "等级"] {
            assert_eq!(line[title], other[title], "{title}");
        }
    }
    let formulas: Vec<&str> = page.cells().filter_map(|(_, cell)| cell.formula.as_deref()).collect();
    assert!(!formulas.is_empty() && formulas.iter().all(|formula| !formula.contains('!')), "{formulas:?}");
}

#[test]
fn pages_that_are_sent_on_are_whole_on_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = summed_up(folder.path());
    let book = parts(&summary);
    for (name, words) in [
        ("自评结果汇总表", ["某县教育局", "合计4144"]),
        ("整改台账", ["整改措施", "整改情况"]),
        ("公开版", ["丁项目", "合计（得分为平均分）"]),
    ] {
        let printed: String = pages(&summary, name, folder.path()).concat().split_whitespace().collect();
        for word in words {
            assert!(printed.contains(word), "{name} {word}: {printed}");
        }
    }
    assert!(book["xl/workbook.xml"].contains("公开版"));
}

#[test]
fn without_a_roll_nothing_is_due() {
    let folder = tempfile::tempdir().expect("a folder");
    let inbox = folder.path().join("in");
    put(&inbox, "甲.xlsx", &form("甲项目", "某县交通运输局", &[]));
    let summary = folder.path().join("s.xlsx");
    let run = batch(&inbox, &folder.path().join("out"), &["--summary", summary.to_str().expect("UTF-8")]);
    assert!(run.status.code().is_some_and(|code| code < 2), "{}", said(&run));
    let (departments, _) = lines(&sheet(&summary, "自评结果汇总表"));
    assert_eq!((departments[0]["应评项目数"].as_str(), departments[0]["未报送"].as_str()), ("—", "—"));
    // The only grade is 暂定: there is nothing to publish.
    let file = std::fs::File::open(&summary).expect("the summary");
    let workbook = jixiao::inner::sheet::Workbook::open(file).expect("a workbook");
    assert!(workbook.sheets().iter().all(|info| info.name != "公开版"));
}
