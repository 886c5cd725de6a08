//! `[words]`: what a mapping adds to the vocabulary.

use jixiao::inner::form::read_case;
use jixiao::inner::ledger;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::{SourceId, Voice};
use jixiao::inner::sheet::RowSource;

use crate::mapping::{read, with};
use crate::picture::picture;

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

/// A word of a ledger's rows, which are read long after its form.
#[test]
fn a_ledger_s_mapping_adds_words_that_its_rows_are_read_by() {
    let rows = "
        支出明细账 | < | < | <
        日期 | 凭证号 | 摘要 | 借方金额
        2023-01-05 | 记-1 | 付材料费 | 100
        2023-01-12 | 记-2 | 付人工费 | 50
        2023-01-31 | | 本月轧账 | 150
    ";
    let spent = |mappings: &Mappings| {
        let mut sheets = vec![picture("表", rows)];
        let cases = read_case(&sheets, mappings, &SourceId::default()).expect("a ledger");
        let mut sources: [&mut dyn RowSource; 1] = [&mut sheets];
        let totals = ledger::read(&cases[0].ledgers, &mut sources, None, None).expect("totals");
        totals.spending.map(|spending| spending.number().normalize().to_string())
    };
    let own = "schema = 1\nname = \"ledger\"\nkind = \"ledger\"\nextends = \"ledger\"\n\
        [words]\nledger-totals = [\"轧账\"]\n";
    assert_ne!(spent(&Mappings::shipped()).as_deref(), Some("150"));
    assert_eq!(spent(&with(own).unwrap()).as_deref(), Some("150"));
}
