//! How a score came about, as a person follows it: the calculation that is told ends at the score, and each of its inputs
//! says where it stands.

use serde_json::Value;

use crate::support::{MODEL, indicator, score, workbook};

fn text<'v>(of: &'v Value, key: &str) -> &'v str {
    of[key].as_str().unwrap_or_default()
}

/// Every score of a rule in every shipped workbook.
#[test]
fn the_steps_end_at_the_score_and_every_input_says_where_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut scores, mut inputs) = (0, 0);
    let entries =
        std::fs::read_dir(workbook("")).expect("workbooks").map(|entry| entry.expect("an entry").path());
    for (number, file) in entries.filter(|path| path.is_file()).enumerate() {
        let scored = score(&file, &folder.path().join(number.to_string()));
        for one in scored.json["indicators"].as_array().expect("indicators") {
            let ruled = matches!(text(one, "state"), "computed" | "overridden");
            assert_eq!(one["derivation"].is_object(), ruled, "{one}");
            if !ruled {
                continue;
            }
            let wanted = one["computed"].as_str().unwrap_or_else(|| text(one, "score"));
            let steps = one["derivation"]["steps"].as_array().expect("steps");
            assert_eq!(
                steps.last().and_then(Value::as_str),
                Some(format!("得分 ＝ {wanted}").as_str()),
                "{one}"
            );
            scores += 1;
            for input in one["derivation"]["inputs"].as_array().expect("inputs") {
                assert!(!text(input, "name").is_empty() && !text(input, "value").is_empty(), "{input}");
                assert!(text(input, "cell").contains('!'), "{input}");
                inputs += 1;
            }
        }
    }
    assert!(scores > 30 && inputs > 60, "{scores} scores, {inputs} inputs");
}

#[test]
fn a_score_is_followed_step_by_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let one = &indicator(&scored.json, "办事指南发布覆盖率")["derivation"];
    insta::assert_json_snapshot!(one);
    let listed = &indicator(&scored.json, "绩效指标明确性")["derivation"];
    insta::assert_json_snapshot!(listed);
}
