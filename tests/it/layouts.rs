//! Layouts of many provinces (forms published by their finance bureaus) are read without a mapping.

use jixiao::inner::form::read_case;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::{Case, SourceId};
use jixiao::inner::sheet::Sheet;
use proptest::prelude::*;

use crate::layout::{Head, Layout, Levels, Show, national};
use crate::sheets::{insert_column, insert_row, renamed, unmerged};
use Show::{
    Actual, Blank, Criterion, Level1, Level1Points, Level2, Level2Points, Name, Reason, Remark, Sign, Stated,
    Target, Unit, Value, Weight,
};

pub(crate) fn cases(sheets: &[Sheet]) -> Vec<Case> {
    static SHIPPED: std::sync::OnceLock<Mappings> = std::sync::OnceLock::new();
    let shipped = SHIPPED.get_or_init(Mappings::shipped);
    read_case(sheets, shipped, &SourceId::default()).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn one(sheet: Sheet) -> Case {
    let mut found = cases(&[sheet]);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

/// The layouts by name.
#[expect(clippy::too_many_lines, reason = "a table: one entry a layout")]
fn layouts() -> Vec<(&'static str, Layout)> {
    let levels = [(Level1, "一级指标"), (Level2, "二级指标"), (Name, "三级指标")];
    let with = |rest: &[(Show, &'static str)]| [levels.as_slice(), rest].concat();
    vec![
        ("A1 national", national()),
        ("A1 points in brackets", Layout { level1: "{}\n(#分)", name: "指标#：{}", ..national() }),
        ("A1 points one character a line", Layout { level1: "|{}（#分）", ..national() }),
        ("A1 blank below", Layout { levels: Levels::BlankBelow, ..national() }),
        ("A1 template rows", Layout { noise: &["指标3：", "……", "指标"], level1: "{}（#分）", ..national() }),
        ("A1 not in column A", Layout { offset: (3, 2), ..national() }),
        (
            "A1 spaces in titles",
            Layout {
                columns: vec![
                    (Level1, "一级\n指标"),
                    (Level2, "二级\n指标"),
                    (Name, "三级指标"),
                    (Target, "年度\n指标值"),
                    (Actual, "实际\n完成值"),
                    (Weight, "分 值"),
                    (Stated, "得　分"),
                    (Reason, "偏差原因分析\n及改进措施"),
                ],
                ..national()
            },
        ),
        (
            "A1 other word for the score",
            Layout {
                columns: with(&[
                    (Target, "年度指标值"),
                    (Actual, "实际完成值"),
                    (Weight, "分值"),
                    (Stated, "实得分"),
                    (Reason, "偏差原因分析及改进措施"),
                ]),
                ..national()
            },
        ),
        (
            "A2 weight before target",
            Layout {
                title: "转移支付区域绩效目标自评表",
                columns: with(&[
                    (Weight, "分值"),
                    (Target, "年度指标值"),
                    (Actual, "全年实际值"),
                    (Stated, "得分"),
                    (Reason, "未完成原因及拟采取的改进措施"),
                ]),
                budget: Some([
                    "项目资金（万元）",
                    "",
                    "全年预算数（A）",
                    "全年执行数（B）",
                    "分值",
                    "执行率（B/A）",
                    "得分",
                ]),
                name: "★{}",
                noise: &["其中：线下培训"],
                footer: &["……", "注：1.得分一档最高不能超过该指标分值上限。"],
                ..national()
            },
        ),
        (
            "A3 split with unit last",
            Layout {
                title: "部门预算项目支出绩效自评表（2022年度）",
                columns: with(&[
                    (Sign, "指标性质"),
                    (Value, "指标值"),
                    (Unit, "度量单位"),
                    (Actual, "完成值"),
                    (Weight, "权重"),
                    (Stated, "得分"),
                    (Reason, "未完成原因分析"),
                ]),
                budget: Some([
                    "预算执行情况（10分）",
                    "年初预算（万元）",
                    "调整后预算数（万元）",
                    "预算执行数（万元）",
                    "权重",
                    "预算执行率",
                    "得分",
                ]),
                total: Some("合计"),
                footer: &["评价结论：完成较好", "存在问题：无", "项目负责人：    财务负责人："],
                ..national()
            },
        ),
        (
            "A4 group over six columns",
            Layout {
                columns: with(&[
                    (Sign, "指标性质"),
                    (Value, "指标值"),
                    (Unit, "度量单位"),
                    (Actual, "实际完成值"),
                    (Weight, "分值"),
                    (Stated, "得分"),
                    (Reason, "偏差原因分析及改进措施"),
                ]),
                group: Some((0, 5, "年度指标值")),
                footer: &["其他需要说明事项：无"],
                ..national()
            },
        ),
        (
            "A5 unit before sign",
            Layout {
                columns: vec![
                    (Level1, "一级指标"),
                    (Level2, "二级指标"),
                    (Name, "指标名称"),
                    (Unit, "计量单位"),
                    (Sign, "指标性质"),
                    (Value, "指标值"),
                    (Actual, "全年完成值"),
                    (Weight, "权重（分）"),
                    (Stated, "得分"),
                    (Reason, "未完成原因"),
                ],
                ..national()
            },
        ),
        (
            "A6 declaration with sign",
            Layout {
                title: "项目支出绩效目标表",
                columns: with(&[
                    (Sign, "计算符号"),
                    (Value, "目标值"),
                    (Unit, "度量单位"),
                    (Remark, "指标值说明"),
                ]),
                budget: None,
                total: None,
                ..national()
            },
        ),
        (
            "A8 declaration of four columns",
            Layout {
                title: "项目支出绩效目标申报表",
                columns: with(&[(Target, "指标值"), (Remark, "备注")]),
                budget: None,
                total: None,
                footer: &["财政部门审核意见：（盖章）", "注：本表一式两份。"],
                ..national()
            },
        ),
        (
            "A8 long value title",
            Layout {
                title: "县级部门预算项目绩效目标申报表",
                columns: with(&[(Target, "指标值（包含数字及文字描述）")]),
                budget: None,
                total: None,
                levels: Levels::Repeated,
                ..national()
            },
        ),
        (
            "A9 no scores",
            Layout {
                columns: with(&[
                    (Target, "年度指标值"),
                    (Actual, "全年完成值"),
                    (Reason, "未完成原因和改进措施"),
                ]),
                budget: None,
                total: None,
                footer: &["说明", "注：无"],
                ..national()
            },
        ),
        (
            "A9 other words",
            Layout {
                columns: vec![
                    (Level1, "一级指标"),
                    (Level2, "二级指标"),
                    (Name, "指标名称"),
                    (Target, "目标值"),
                    (Actual, "完成值"),
                ],
                budget: None,
                total: None,
                ..national()
            },
        ),
        (
            "A10 self and review score",
            Layout {
                title: "2022年度项目自评表",
                columns: vec![
                    (Level1, "一级指标"),
                    (Level2, "二级指标"),
                    (Name, "指标名称（三级指标）"),
                    (Target, "年初指标值"),
                    (Actual, "年终完成值"),
                    (Weight, "分值"),
                    (Stated, "自评分"),
                    (Blank, "复核分"),
                    (Criterion, "评价标准"),
                    (Reason, "扣分原因"),
                ],
                level1: "{}\n# 分",
                ..national()
            },
        ),
        ("A11 header far below", Layout { offset: (9, 0), head: Head::OneCell, ..national() }),
        (
            "A14 export without merges",
            Layout {
                title: "单位项目绩效目标自评",
                columns: with(&[
                    (Sign, "指标性质"),
                    (Value, "指标值"),
                    (Unit, "度量单位"),
                    (Actual, "完成值"),
                    (Weight, "权重（%）"),
                    (Stated, "得分"),
                ]),
                levels: Levels::Repeated,
                budget: None,
                head: Head::ValueBelow,
                ..national()
            },
        ),
        (
            "A15 third-party score sheet",
            Layout {
                title: "职业技能培训项目支出绩效评价评分表",
                columns: with(&[
                    (Criterion, "评分标准"),
                    (Target, "目标值"),
                    (Actual, "实际完成值"),
                    (Weight, "分值"),
                    (Stated, "自评得分"),
                    (Reason, "扣分原因和其他说明"),
                ]),
                budget: None,
                total: Some("合计"),
                ..national()
            },
        ),
        (
            "A15 level points in columns",
            Layout {
                title: "职业技能培训项目支出绩效评价评分表",
                columns: vec![
                    (Level1, "一级指标"),
                    (Level1Points, "权重"),
                    (Level2, "二级指标"),
                    (Level2Points, "权重"),
                    (Name, "三级指标"),
                    (Weight, "权重"),
                    (Criterion, "评价标准"),
                    (Target, "指标值"),
                    (Actual, "实际完成值"),
                    (Blank, "得分"),
                    (Reason, "扣分原因"),
                ],
                budget: None,
                total: Some("合计"),
                footer: &[
                    "注：综合得分90（含）-100分为优，80（含）-90分为良，60（含）-80分为中，60分以下为差。",
                ],
                ..national()
            },
        ),
        (
            "A15 level points repeated on every row",
            Layout {
                title: "绩效评价评分表",
                columns: vec![
                    (Level1, "一级指标"),
                    (Level1Points, "分值"),
                    (Level2, "二级指标"),
                    (Level2Points, "分值"),
                    (Name, "三级指标"),
                    (Weight, "分值"),
                    (Criterion, "评价标准"),
                    (Target, "指标值"),
                    (Actual, "实际完成值"),
                    (Blank, "得分"),
                    (Reason, "扣分原因"),
                ],
                budget: None,
                levels: Levels::Repeated,
                ..national()
            },
        ),
        (
            "A17 dept. order",
            Layout {
                title: "部门整体支出绩效自评表",
                columns: vec![
                    (Level1, "一级绩效指标"),
                    (Level2, "二级绩效指标"),
                    (Name, "三级指标名称"),
                    (Weight, "权重"),
                    (Target, "指标值"),
                    (Actual, "完成值"),
                    (Stated, "得分"),
                    (Remark, "备注"),
                ],
                ..national()
            },
        ),
        (
            "numbered columns under the header",
            Layout { under_header: &[&["1", "2", "3", "4", "5", "6", "7", "8"]], ..national() },
        ),
        (
            "instructions under the header",
            Layout {
                under_header: &[&["填写说明", "按申报表填写", "按申报表填写", "填写数字和单位"]],
                ..national()
            },
        ),
        ("subtotals inside", Layout { subtotals: true, ..national() }),
        (
            "a remark column amid",
            Layout {
                columns: vec![
                    (Remark, "序号"),
                    (Level1, "一级指标"),
                    (Level2, "二级指标"),
                    (Name, "三级指标"),
                    (Remark, "指标解释"),
                    (Target, "年度指标值"),
                    (Actual, "实际完成值"),
                    (Remark, "完成率"),
                    (Weight, "分值"),
                    (Stated, "自评得分"),
                    (Reason, "偏差原因分析及改进措施"),
                    (Remark, "佐证材料"),
                ],
                ..national()
            },
        ),
        (
            "reason in the middle, levels last",
            Layout {
                columns: vec![
                    (Name, "三级指标"),
                    (Reason, "扣分原因"),
                    (Target, "目标值"),
                    (Actual, "实际完成值"),
                    (Weight, "标准分"),
                    (Stated, "自评分"),
                    (Level2, "二级指标"),
                    (Level1, "一级指标"),
                ],
                budget: None,
                total: None,
                ..national()
            },
        ),
        (
            "head below, titles grouped",
            Layout {
                head: Head::ValueBelow,
                columns: with(&[
                    (Target, "指标值"),
                    (Actual, "实际完成值"),
                    (Weight, "分值"),
                    (Stated, "自评得分"),
                    (Reason, "原因"),
                ]),
                group: Some((3, 4, "完成情况对比")),
                ..national()
            },
        ),
    ]
}

#[test]
fn every_layout_says_the_same() {
    let all = layouts();
    assert!(all.len() >= 25);
    let mut failed = Vec::new();
    for (name, layout) in all {
        let read = std::panic::catch_unwind(|| layout.assert_read(&one(layout.sheet())));
        if read.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn forms_below_one_another_are_cases_of_their_own() {
    let projects = ["职业技能培训", "就业援助", "人才公寓"];
    for (name, layout) in layouts() {
        if layout.title.contains("职业技能培训") {
            continue;
        }
        let found = cases(&[layout.stacked(&projects)]);
        assert_eq!(found.len(), 3, "{name}");
        for (case, project) in found.iter().zip(projects) {
            layout.assert_read_as(case, project);
        }
    }
}

#[test]
fn a_form_a_sheet_is_a_case_each() {
    let projects = ["职业技能培训", "就业援助", "人才公寓"];
    let sheets: Vec<Sheet> = projects.iter().map(|project| national().sheet_of(project, project)).collect();
    let found = cases(&sheets);
    assert_eq!(found.len(), 3);
    for (case, project) in found.iter().zip(projects) {
        national().assert_read_as(case, project);
    }
}

/// A change that leaves what a form says as it is.
#[derive(Debug, Clone)]
enum Change {
    Row(u32),
    Column(u32),
    Rename(String),
    Unmerge,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0_u32..4).prop_map(Change::Row),
        (0_u32..14).prop_map(Change::Column),
        "[a-z]{1,8}".prop_map(Change::Rename),
        Just(Change::Unmerge),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arrangement_changes_nothing(which in 0_usize..25, changes in prop::collection::vec(change(), 1..4)) {
        let (_, layout) = layouts().swap_remove(which);
        let mut sheet = layout.sheet();
        for change in changes {
            sheet = match change {
                Change::Row(row) => insert_row(&sheet, row),
                Change::Column(col) => insert_column(&sheet, col),
                Change::Rename(name) => renamed(&sheet, &name),
                Change::Unmerge => unmerged(&sheet),
            };
        }
        layout.assert_read(&one(sheet));
    }
}
