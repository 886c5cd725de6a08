//! `[words]`: what a mapping adds to the vocabulary.

use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::Voice;

use crate::mapping::{read, with};

/// `[words]` of a form's mapping and of a project's, and `[direction]`, go the same way.
#[test]
fn a_mapping_adds_words_to_a_class() {
    let form = "
        项目支出绩效自评表 | < | < | < | <
        项目名称 | 城区绿化 | < | < | <
        三级指标 | 指标值 | 实际完成值 | 分值 | 得分
        苗木滞留量 | 10株 | 12株 | 60 |
        补植树木 | ≥10株 | 12株 | 40 |
    ";
    let score = |mappings: &Mappings| {
        let scored = jixiao::inner::score::run(&read(mappings, form)).unwrap().unwrap();
        scored.card.indicators[0].score.unwrap().to_string()
    };
    let project = "schema = 1\nname = \"甲\"\nkind = \"case\"\nrecognise = { project = [\"城区*\"] }\n";
    let by_words = with(&format!("{project}[words]\ncaps = [\"滞 留\"]\n")).unwrap();
    let by_direction = with(&format!("{project}[direction]\ncaps = [\"滞留\"]\n")).unwrap();
    let own = "schema = 1\nname = \"self-evaluation\"\nkind = \"self-evaluation\"\nextends = \"self-evaluation\"\n\
        [words]\ncaps = [\"滞留\"]\n";
    assert_eq!(score(&Mappings::shipped()), "60");
    for mappings in [&by_words, &by_direction, &with(own).unwrap()] {
        assert_eq!(score(mappings), "48");
        assert_eq!(read(mappings, form).words, read(&by_direction, form).words);
    }
}

/// A word of a class that is asked when a form is read.
#[test]
fn a_form_s_mapping_adds_words_that_its_form_is_read_by() {
    let form = "
        项目支出绩效评分表 | < | < | < | < | <
        项目名称 | 城区绿化 | < | < | < | <
        三级指标 | 评分标准 | 指标值 | 实际完成值 | 分值 | 督导组评分
        补植树木 | 达到目标值得满分，否则不得分。 | ≥10株 | 12株 | 100 | 100
    ";
    let own = "schema = 1\nname = \"score-sheet\"\nkind = \"score-sheet\"\nextends = \"score-sheet\"\n\
        [[columns]]\nname = \"score\"\ntitles = [\"督导组评分\"]\n";
    let voice = |text: &str| read(&with(text).unwrap(), form).score_form.unwrap().score_voice;
    assert_eq!(voice(own), None);
    assert_eq!(voice(&format!("{own}[words]\ndepartment-bodies = [\"督导组\"]\n")), Some(Voice::Department));
}
