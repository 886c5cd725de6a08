//! What stands beside a value in columns of its own, how it is meant and what it counts: read by what it is, printed apart from
//! the value, and a reason for no complaint.

use serde_json::Value;

use crate::support::jixiao;
use crate::workbook_pages;

const FORM: &str = "
项目支出绩效自评表
（2023年度）
项目名称 | 慢性病防治
主管部门 | 某县卫生健康局
一级指标 | 二级指标 | 三级指标 | 性质 | 指标值 | 单位 | 完成值 | 分值 | 得分 | 未完成原因
产出指标 | 数量指标 | 随访患者人数 | ≥ | 900 | 人 | 930 | 20 | 20 |
 | 成本指标 | 每人随访成本 | ≤ | 60 | 元/人 | 58.5 | 20 | 20 |
效益指标 | 社会效益指标 | 肺结核报告发病率 | ≤ | 45 | 1/10万 | 41.3 | 20 | 20 |
 | | 居民健康素养水平 | ≥ | 26 | % | 27.5 | 20 | 20 |
 | | 随访档案管理 | 定性 | 规范 | | 达成预期指标 | 20 | 20 |
合计 | | | | | | | 100 | 100 |
";

/// The form with changes, scored: JSON and what a person reads.
fn scored(changes: &[(&str, &str)]) -> (Value, String) {
    let mut rows = FORM.to_owned();
    for (from, to) in changes {
        assert!(rows.contains(from), "{from}");
        rows = rows.replace(from, to);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = workbook_pages::write(&[("自评表", &rows)], folder.path());
    let run = |more: &[&str]| {
        let mut args = vec!["score".as_ref(), path.as_os_str()];
        args.extend(more.iter().map(std::ffi::OsStr::new));
        args.extend(["--out".as_ref(), folder.path().as_os_str()]);
        String::from_utf8(jixiao(args).stdout).expect("UTF-8")
    };
    let json = serde_json::from_str(&run(&["--json"])).expect("a JSON object");
    (json, run(&[]))
}

/// A rate among so many is read in every way of writing it, and its number is never run into the unit's.
#[test]
fn a_unit_that_begins_with_a_digit_is_none_of_the_value() {
    for unit in ["1/10万", "１／１０万", "1/十万", "例/10万", "/10万", "1/100000", "人/10万人"]
    {
        let (_, text) = scored(&[("1/10万", unit)]);
        assert!(text.contains("测算 4 项"), "{unit}: {text}");
        for wrong in ["41.31/10万", "451/10万", "超出比率", "无法识别", "未能自动评分"] {
            assert!(!text.contains(wrong), "{unit}: {wrong}: {text}");
        }
    }
    // More of them than were to be costs points, and is said in its unit.
    let (_, text) = scored(&[("1/10万 | 41.3", "1/10万 | 50")]);
    assert!(text.contains("实际完成 50（1/10万）") && text.contains("17.78 分"), "{text}");
    // A unit that nobody knows makes no percentage of the number beside it.
    let (_, text) = scored(&[("1/10万", "例/7万人口")]);
    assert!(!text.contains("超出比率") && !text.contains("测算 4 项"), "{text}");
    // A percentage is still held against what a rate can be.
    let (_, text) = scored(&[("45 | 1/10万 | 41.3", "45 | % | 141.3")]);
    assert!(text.contains("超出比率可能的范围"), "{text}");
}

/// Signs are known by what they are, whatever stands over them; a column of other words is no such column.
#[test]
fn a_column_of_signs_is_read_whatever_its_title() {
    for title in ["性质", "比较", "要求", "逻辑关系"] {
        let (_, text) = scored(&[("性质", title)]);
        assert!(text.contains("测算 4 项"), "{title}: {text}");
        assert!(!text.contains("没有采用") && !text.contains("无法确定是越少越好"), "{title}: {text}");
    }
    // 必选, 可选 say nothing of how a value is meant: what may be meant either way stays with a person.
    let other = [("≥", "必选"), ("≤", "可选"), ("定性", "可选")];
    let (_, text) = scored(&other);
    assert!(text.contains("“肺结核报告发病率”未能自动评分"), "{text}");
}

/// What the unit column counts in percent is a percentage, whatever its name; a count of things is none.
#[test]
fn the_unit_column_says_what_is_measured_in_percent() {
    let (_, text) = scored(&[]);
    assert!(!text.contains("“居民健康素养水平”不是比率"), "{text}");
    let (_, text) = scored(&[("27.5", "23.4")]);
    assert!(text.contains("23.4÷26×20") || text.contains("23.4%÷26%×20"), "{text}");
    // Without it a percentage in the target's own cell of what is no rate is still asked about.
    let (_, text) = scored(&[("随访患者人数 | ≥ | 900 | 人 | 930", "随访患者人数 | ≥ | 90% | | 93%")]);
    assert!(text.contains("“随访患者人数”不是比率"), "{text}");
}
