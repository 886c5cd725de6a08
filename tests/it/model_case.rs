//! The published case: 22 indicators, 87.5 points, grade 良; the figures are those of the evaluation report.

use jixiao::sheet::Value;

use crate::libreoffice::{cells, differences};
use crate::support::{MODEL, TWIN, indicator, score, workbook};

/// Level 2 and its points, in the order of the report.
const LEVELS: [(&str, &str, &str); 12] = [
    ("决策", "项目立项", "5"),
    ("决策", "绩效目标", "2"),
    ("决策", "资金投入", "6"),
    ("过程", "资金管理", "9"),
    ("过程", "组织实施", "3"),
    ("产出", "产出数量", "10"),
    ("产出", "产出质量", "10"),
    ("产出", "产出时效", "10"),
    ("产出", "产出成本", "5"),
    ("效益", "社会效益", "7.5"),
    ("效益", "可持续影响", "10"),
    ("满意度", "服务对象满意度", "10"),
];

const DEDUCTIONS: [(&str, &str); 4] =
    [("绩效指标明确性", "2"), ("管理制度健全性", "1"), ("制度执行有效性", "2"), ("办事指南发布覆盖率", "7.5")];

fn same(value: &serde_json::Value, expected: &str) -> bool {
    let number: jixiao::base::Number = value.as_str().expect("a decimal string").parse().expect("a decimal");
    number == expected.parse().expect("a decimal")
}

#[test]
fn both_copies_score_as_the_report_does() {
    for name in [MODEL, TWIN] {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(name), folder.path());
        let json = &scored.json;
        assert_eq!(scored.code, 0, "{name}");
        assert_eq!(json["project"]["name"], "办公大厅运行维护费");
        assert_eq!(json["project"]["year"], 2021);
        assert!(same(&json["score"]["total"], "87.5"), "{name}: {}", json["score"]);
        assert!(same(&json["score"]["full"], "100"));
        assert_eq!(json["score"]["grade"], "良");
        assert_eq!(json["score"]["complete"], true);
        assert_eq!(json["indicators"].as_array().expect("indicators").len(), 22);
        let levels = json["levels"].as_array().expect("levels");
        assert_eq!(levels.len(), LEVELS.len());
        for (level, (level1, level2, points)) in levels.iter().zip(LEVELS) {
            assert_eq!((level["level1"].as_str(), level["level2"].as_str()), (Some(level1), Some(level2)));
            assert!(same(&level["score"], points), "{name}: {level}");
        }
        let lost: Vec<_> = json["indicators"]
            .as_array()
            .expect("indicators")
            .iter()
            .filter(|i| !same(&i["deduction"], "0"))
            .map(|i| i["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(lost, DEDUCTIONS.map(|(name, _)| name));
        for (indicator_name, points) in DEDUCTIONS {
            let found = indicator(json, indicator_name);
            assert!(same(&found["deduction"], points), "{found}");
            assert!(found["note"].as_str().expect("a note").starts_with("扣"), "{found}");
        }
    }
}

#[test]
fn the_returned_workbook_holds_the_scores_and_recalculates_to_them() {
    for name in [MODEL, TWIN] {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(name), folder.path());
        let cells = cells(&scored.path);
        let value = |at: &str| cells.get(at).map(|(value, _)| value.clone());
        assert_eq!(value("'表2 评分表'!K26"), Some(Value::Number("87.5".parse().expect("a number"))), "{name}");
        assert_eq!(value("'表2 评分表'!F27"), Some(Value::Text("良".to_owned())));
        assert_eq!(value("'表2 评分表'!K23"), Some(Value::Number("7.5".parse().expect("a number"))));
        for row in 4..=25 {
            assert!(cells[&format!("'表2 评分表'!K{row}")].1, "K{row} is a live formula");
        }
        let Some(Value::Text(note)) = value("'表2 评分表'!L13") else { panic!("a deduction note") };
        assert_eq!(
            note,
            "扣1分：②已制定业务管理制度——不满足。未针对项目业务制定管理办法。（评价情况 J13）"
        );
        assert_eq!(value("'表2 评分表'!L4"), None, "no points off, no note");
        let faults: Vec<String> = differences(&scored.path)
            .into_iter()
            // The agency's own sum came without a value and is left as it came.
            .filter(|fault| !fault.starts_with("'表2 评分表'!F26:"))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}
