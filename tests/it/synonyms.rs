//! Titles that say the same in other provinces' words: each put into a known layout in the place of the usual one leaves
//! what is read, and which column is which, as it was.

use std::sync::LazyLock;

use jixiao::inner::form::{look, read_case};
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::{Case, SourceId};
use jixiao::inner::sheet::Sheet;
use proptest::prelude::*;

use crate::layout::{Layout, Show, national};
use crate::picture::picture;

static SHIPPED: LazyLock<Mappings> = LazyLock::new(Mappings::shipped);

fn case(sheet: &Sheet) -> Case {
    let mut cases = read_case(std::slice::from_ref(sheet), &SHIPPED, &SourceId::default()).unwrap();
    assert_eq!(cases.len(), 1);
    cases.remove(0)
}

/// The words of the columns as `mapping show` prints them.
fn columns(sheet: &Sheet) -> Vec<(u32, String)> {
    let looks = look(std::slice::from_ref(sheet), &SHIPPED);
    let form = looks[0].forms.first().unwrap_or_else(|| panic!("{:?}", looks[0].misses));
    form.columns.iter().map(|(_, word, col)| (*col, word.clone())).collect()
}

fn scores(case: &Case) -> Vec<String> {
    let card = jixiao::inner::score::run(case).unwrap().unwrap().card;
    card.indicators.iter().map(|i| format!("{} {:?} {:?} {:?}", i.name, i.weight, i.score, i.state)).collect()
}

/// A form with sign, value and unit apart.
fn apart() -> Layout {
    Layout {
        columns: vec![
            (Show::Level1, "一级指标"),
            (Show::Level2, "二级指标"),
            (Show::Name, "三级指标"),
            (Show::Sign, "指标性质"),
            (Show::Value, "指标值"),
            (Show::Unit, "度量单位"),
            (Show::Actual, "实际完成值"),
            (Show::Weight, "分值"),
            (Show::Stated, "得分"),
            (Show::Reason, "偏差原因分析及改进措施"),
        ],
        ..national()
    }
}

/// Table B of the forms in the wild, with the variants of A17.
const TITLES: &[(Show, &[&str])] = &[
    (Show::Level1, &["一级指标", "一级绩效指标"]),
    (Show::Level2, &["二级指标", "二级绩效指标"]),
    (
        Show::Name,
        &[
            "三级指标",
            "三级绩效指标",
            "三级指标名称",
            "指标名称",
            "指标名称（三级指标）",
            "绩效指标",
            "评价指标",
        ],
    ),
    (
        Show::Target,
        &[
            "年度指标值",
            "指标值",
            "目标值",
            "目标值（标准）",
            "年初目标值",
            "年初指标值",
            "绩效目标值",
            "标准值",
            "年度指标值（A）",
            "指标值（包含数字及文字描述）",
        ],
    ),
    (
        Show::Actual,
        &[
            "实际完成值",
            "全年实际值",
            "全年完成值",
            "完成值",
            "年终完成值",
            "实际完成指标值",
            "目标完成值",
            "实施进度",
            "实际完成值（B）",
            "全年实际完成值",
        ],
    ),
    (Show::Sign, &["指标性质", "计算符号", "指标方向"]),
    (Show::Unit, &["度量单位", "计量单位", "单位"]),
    (Show::Weight, &["分值", "权重", "权重（%）", "权数", "权重分值", "指标权重"]),
    (Show::Stated, &["得分", "自评得分", "自评分", "复核分", "考评得分"]),
    (
        Show::Reason,
        &[
            "偏差原因分析及改进措施",
            "未完成原因及拟采取的改进措施",
            "未完成原因和改进措施",
            "未完成原因及改进措施",
            "未完成原因分析",
            "扣分原因和其他说明",
            "偏差原因及整改措施",
            "原因",
        ],
    ),
];

#[test]
fn another_word_for_a_title_changes_nothing() {
    for base in [national(), apart()] {
        let (usual, expected) = (columns(&base.sheet()), scores(&case(&base.sheet())));
        for (show, titles) in TITLES {
            let shown = *show;
            let Some(at) = base.columns.iter().position(|(have, _)| {
                // Where sign and unit stand apart, the target's column holds the bare value.
                *have == shown || shown == Show::Target && *have == Show::Value
            }) else {
                continue;
            };
            for title in *titles {
                let mut layout = base.clone();
                layout.columns[at].1 = title;
                let sheet = layout.sheet();
                let read = case(&sheet);
                layout.assert_read(&read);
                assert_eq!(scores(&read), expected, "{title}");
                let score = |word: &str| if word == "stated_score" { "score" } else { word }.to_owned();
                let plain = |all: Vec<(u32, String)>| -> Vec<(u32, String)> {
                    all.into_iter().map(|(col, word)| (col, score(&word))).collect()
                };
                assert_eq!(plain(columns(&sheet)), plain(usual.clone()), "{title}");
            }
        }
    }
}

/// A declaration, in one column or in three.
fn declarations() -> [Layout; 2] {
    let plain = |columns: Vec<(Show, &'static str)>| Layout {
        title: "项目支出绩效目标申报表",
        columns,
        budget: None,
        total: None,
        ..national()
    };
    let of = |layout: Layout| {
        let kept = [Show::Actual, Show::Weight, Show::Stated, Show::Reason];
        layout.columns.into_iter().filter(|(show, _)| !kept.contains(show)).collect::<Vec<_>>()
    };
    [plain(of(national())), plain(of(apart()))]
}

/// The words for what a column shows; where sign and unit stand apart, the target's are those of the bare value.
fn words(show: Show) -> &'static [&'static str] {
    let asked = if show == Show::Value { Show::Target } else { show };
    TITLES.iter().find(|(have, _)| *have == asked).map_or(&[], |(_, titles)| titles)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mix_of_words_is_read_the_same(which in 0_usize..4, picks in prop::collection::vec(any::<prop::sample::Index>(), 10)) {
        let [one, three] = declarations();
        let mut layout = [national(), apart(), one, three].into_iter().nth(which).unwrap();
        for ((show, title), pick) in layout.columns.iter_mut().zip(&picks) {
            let words = words(*show);
            *title = words[pick.index(words.len())];
        }
        let read = case(&layout.sheet());
        layout.assert_read(&read);
    }
}

/// The titles of the budget block: corner, budget, adjusted, spent, weight, rate, score.
#[test]
fn another_word_for_a_title_of_the_budget_block_changes_nothing() {
    let usual = national().budget.unwrap();
    let expected = scores(&case(&national().sheet()));
    let words: [(usize, &[&str]); 5] = [
        (1, &["年初预算数", "年初预算"]),
        (2, &["全年预算数（A）", "全年预算数", "调整后预算数"]),
        (3, &["全年执行数（B）", "全年执行数", "预算执行数", "执行数"]),
        (4, &["分值", "权重"]),
        (5, &["执行率（B/A）", "执行率", "预算执行率"]),
    ];
    for (at, titles) in words {
        for title in titles {
            let mut budget = usual;
            budget[at] = title;
            let layout = Layout { budget: Some(budget), ..national() };
            let read = case(&layout.sheet());
            layout.assert_read(&read);
            assert_eq!(scores(&read), expected, "{title}");
        }
    }
}

/// What stands under these labels is the goal or what became of it, and no other field's value.
#[test]
fn the_goals_are_labels_in_all_words() {
    let goals = ["年度总体目标", "总体目标", "当年绩效目标", "年度目标"];
    let halves = [
        ("预期目标", "实际完成情况"),
        ("年初设定目标", "年度总体目标完成情况综述"),
        ("预期目标", "目标实际完成情况"),
    ];
    for goal in goals {
        for (before, after) in halves {
            let sheet = picture(
                "表",
                &format!(
                    "
                项目支出绩效自评表 | < | < | < | <
                项目名称 | 职业技能培训 | < | < | <
                {goal} | {before} | < | {after} | <
                ^ | 培训学员600人次。 | < | 培训学员540人次。 | <
                三级指标 | 指标值 | 实际完成值 | 分值 | 得分
                培训人次 | ≥600人次 | 540人次 | 100 | 90
            "
                ),
            );
            let read = case(&sheet);
            let said: Vec<&str> = read.statements.iter().map(|statement| statement.text.as_str()).collect();
            assert_eq!(said, ["培训学员540人次。"], "{goal} {after}");
            assert_eq!(read.project.name.as_deref(), Some("职业技能培训"));
            assert_eq!(read.findings, []);
        }
    }
}

/// 自评得分 is the agency's, 复核分 ours to fill, whatever else stands beside them.
#[test]
fn scores_side_by_side_each_keep_their_place() {
    let rows = [
        ("自评得分 | 复核分 | 考评得分", "90 | |", "90", "F4"),
        ("考评得分 | 自评得分 | 复核分", "| 90 |", "90", "G4"),
        ("自评分 | 复核分", "90 |", "90", "F4"),
        ("自评得分 | 考评得分", "90 |", "90", "F4"),
        ("考评得分 | 自评分", "| 90", "90", "E4"),
        ("得分 | 自评分", "| 90", "90", "E4"),
    ];
    for (titles, cells, stated, ours) in rows {
        let sheet = picture(
            "表",
            &format!(
                "
            项目支出绩效自评表
            项目名称 | 职业技能培训
            三级指标 | 指标值 | 实际完成值 | 分值 | {titles}
            培训人次 | ≥600人次 | 540人次 | 100 | {cells}
        "
            ),
        );
        let read = case(&sheet);
        let indicator = &read.score_form.as_ref().unwrap().indicators[0];
        let said = indicator.stated_score.as_ref().map(jixiao::inner::model::Entry::shown);
        let blank =
            indicator.score.as_ref().and_then(|entry| entry.at.as_ref()).map(|at| at.cell.to_string());
        assert_eq!((said.as_deref(), blank.as_deref()), (Some(stated), Some(ours)), "{titles}");
        assert_eq!(read.findings, [], "{titles}");
    }
}

/// Level 2 may be called anything that has 满意度 in it.
#[test]
fn any_name_of_satisfaction_is_scored_the_same() {
    for level2 in ["服务对象满意度指标", "满意度", "受益群众满意度指标", "社会公众满意度", "服务对象⏎满意度"]
    {
        let sheet = picture(
            "表",
            &format!(
                "
            项目支出绩效自评表 | < | < | < | < | < | <
            项目名称 | 职业技能培训 | < | < | < | < | <
            一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
            满意度指标 | {level2} | 学员评价 | ＝90% | 81% | 100 |
        "
            ),
        );
        let read = case(&sheet);
        let card = jixiao::inner::score::run(&read).unwrap().unwrap().card;
        assert_eq!(card.total.score.to_string(), "90", "{level2}");
    }
}
