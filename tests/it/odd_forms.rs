//! Forms whose layout is unlike the others: each is read, or what cannot be read is said.

use jixiao::inner::form::read_case;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::{Case, Entry, SourceId};

use crate::picture::picture;

/// The shipped mappings, read once.
fn mappings() -> &'static Mappings {
    static SHIPPED: std::sync::OnceLock<Mappings> = std::sync::OnceLock::new();
    SHIPPED.get_or_init(Mappings::shipped)
}

fn cases(text: &str) -> Vec<Case> {
    read_case(&[picture("表", text)], &Mappings::shipped(), &SourceId::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn one(text: &str) -> Case {
    let mut found = cases(text);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn shown(entry: Option<&Entry>) -> String {
    entry.map(Entry::shown).unwrap_or_default()
}

/// The indicators of a case, a line each, its findings and skipped rows.
fn digest(case: &Case) -> String {
    let mut out = vec![format!(
        "{} / {} / {}",
        case.project.name.as_deref().unwrap_or("–"),
        case.project.agency.as_deref().unwrap_or("–"),
        case.project.year.map(|year| year.to_string()).unwrap_or_default()
    )];
    let declared = case.declared.iter().map(|declared| &declared.indicator);
    let scored = case.score_form.iter().flat_map(|form| &form.indicators);
    for i in scored.chain(declared) {
        let weight = i.weight.map(|weight| weight.to_string()).unwrap_or_default();
        let target = format!(
            "{}{}{}",
            shown(i.target_sign.as_ref()),
            shown(i.target.as_ref()),
            shown(i.unit.as_ref())
        );
        let ours = i.score.as_ref().and_then(|entry| entry.at.as_ref()).map(|at| at.cell.to_string());
        out.push(format!(
            "{}|{}|{}|{weight}|{target}|{}|{}|{}",
            i.level1,
            i.level2,
            i.name,
            shown(i.actual.as_ref()),
            shown(i.stated_score.as_ref()),
            ours.unwrap_or_default()
        ));
    }
    if let Some(form) = &case.score_form {
        for row in &form.budget {
            let cells = [&row.budget, &row.adjusted, &row.spent, &row.rate, &row.weight, &row.score];
            out.push(format!("{} {:?} {:?}", row.label, cells.map(|entry| shown(entry.as_ref())), row.unit));
        }
        for level in &form.levels {
            out.push(format!(
                "{}/{} = {}",
                level.level1,
                level.level2.as_deref().unwrap_or(""),
                level.weight
            ));
        }
        let total = &form.total;
        out.push(format!(
            "合计 {:?}",
            [&total.weight, &total.stated_score, &total.score, &total.grade]
                .map(|entry| shown(entry.as_ref()))
        ));
    }
    for amount in &case.amounts {
        out.push(format!(
            "{:?} {} {} {:?}",
            amount.kind,
            amount.entry.shown(),
            amount.unit.name(),
            amount.written
        ));
    }
    for form in &case.forms {
        out.extend(form.skipped.iter().map(|(row, reason)| format!("skip {} {reason}", row + 1)));
    }
    out.extend(case.findings.iter().map(|finding| {
        format!(
            "{} {} {}",
            finding.id.id(),
            finding.at.as_ref().map(|at| at.cell.to_string()).unwrap_or_default(),
            finding.message
        )
    }));
    out.join("\n")
}

#[test]
fn a_declaration_of_two_terms_side_by_side_is_read_for_the_year() {
    insta::assert_snapshot!(digest(&one("
        项目支出绩效目标申报表 | < | < | < | < | < | <
        （2024年度） | < | < | < | < | < | <
        项目名称 | 乡村道路养护 | < | < | < | < | <
        主管部门 | 县交通局 | < | < | < | < | <
        项目资金（万元） | 中期资金总额 | 300 | < | 年度资金总额 | 100 | <
        总体目标 | 中期目标（2024年—2026年） | < | < | 年度目标 | < | <
        ^ | 养护道路900公里。 | < | < | 养护道路300公里。 | < | <
        一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 养护里程 | ≥900公里 | 数量指标 | 养护里程 | ≥300公里
        ^ | 质量指标 | 路面完好率 | ≥95% | 质量指标 | 路面完好率 | ≥92%
        满意度指标 | 服务对象满意度 | 群众满意度 | ≥90% | 服务对象满意度 | 群众满意度 | ≥88%
    ")));
}

#[test]
fn two_terms_without_a_word_which_is_the_year_are_not_guessed() {
    let case = one("
        项目支出绩效目标申报表 | < | < | < | < | < | <
        项目名称 | 乡村道路养护 | < | < | < | < | <
        一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 养护里程 | ≥900公里 | 数量指标 | 养护里程 | ≥300公里
    ");
    assert!(case.declared.is_empty());
    insta::assert_snapshot!(digest(&case));
}

#[test]
fn a_checklist_above_the_indicators_is_scored_with_them() {
    insta::assert_snapshot!(digest(&one("
        2021年度项目绩效自评表 | < | < | < | < | < | < | <
        项目名称 | 水库除险加固 | < | < | 主管部门 | 市水利和湖泊局 | < | <
        评价内容 | < | < | 分值 | 自评分 | 复核分 | 评价标准及依据 | <
        项目立项规范 | < | < | 10 | 10 |  | 立项程序合规得满分，否则不得分。 | <
        资金管理制度 | < | < | 10 | 8 |  | 制度健全得满分，缺一项扣2分。 | <
        一级指标 | 二级指标 | 指标名称（三级指标） | 年初指标值 | 年终完成值 | 自评分 | 复核分 | 分值
        产出指标⏎40 分 | 数量指标⏎20分 | 加固水库座数 | 5座 | 5座 | 20 |  | 20
        ^ | 质量指标⏎20分 | 验收合格率 | 100% | 100% | 20 |  | 20
        效益指标⏎40 分 | 社会效益⏎40分 | 受益人口 | 2万人 | 1.8万人 | 36 |  | 40
        合计 | < | < | < | < | 94 |  | 100
    ")));
}

#[test]
fn a_transfer_form_states_its_money_in_pairs() {
    insta::assert_snapshot!(digest(&one("
        区域绩效目标自评表 | < | < | < | < | <
        （2021年度） | < | < | < | < | 自评得分：96
        专项名称 | 城乡居民医保补助 | < | < | < | <
        中央主管部门 | 国家医保局 | 省级财政部门 | 省财政厅 | 省级主管部门 | 省医保局
        资金情况（万元） | 预算数： | 1200 | 执行数： | 1150 | 
        ^ | 其中：中央补助 | 800 | 其中：中央补助 | 780 | 
        一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 未完成原因和改进措施
        产出指标 | 数量指标 | 指标1.参保人数 | ≥30万人 | 30.2万人 | 
        ^ | ^ | 指标2：补助标准 | 580元 | 580元 | 
        ^ | 质量指标 | 指标5:政策范围内报销比例 | ≥70% | 71% | 
        ^ | 时效指标 | 指标6： |  |  | 
        满意度指标 | 服务对象满意度 | 指标1：参保人员满意度 | ≥85% | 88% | 
    ")));
}

#[test]
fn points_inside_their_level_are_no_points_of_the_whole() {
    insta::assert_snapshot!(digest(&one("
        检查机构绩效评价评分表 | < | < | < | < | < | < | < | < | <
        项目名称 | 口岸查验设备 | < | < | < | < | < | < | < | <
        一级指标 | 权重 | 二级指标 | 分值 | 三级指标 | 计量单位 | 目标值（标准） | 分值 | 评分标准 | 得分
        产出 | 50 | 数量 | 60 | 设备数量 | 台 | 10 | 40 | 按完成比例得分 | 
        ^ | ^ | ^ | ^ | 培训人次 | 人次 | 50 | 20 | 按完成比例得分 | 
        ^ | ^ | 质量 | 40 | 验收合格率 | % | 100 | 40 | 按完成比例得分 | 
        效益 | 50 | 社会效益 | 100 | 查验时间缩短 | % | 20 | 100 | 按完成比例得分 | 
        合计 | 100 |  |  |  |  |  |  |  | 
    ")));
}

#[test]
fn two_groups_of_titles_stand_for_one_indicator() {
    insta::assert_snapshot!(digest(&one("
        财政支出绩效评价评分表 | < | < | < | < | < | < | < | < | <
        项目名称 | 河道保洁 | < | < | < | < | < | < | < | <
        一级指标 | 二级指标 | 绩效目标设置情况 | < | < | < | 绩效目标完成情况 | < | < | < | 评分规则 | 得分
        ^ | ^ | 目标名称 | 目标值 | 评价指标 | 标准值 | 目标完成值 | 评价指标值 | 权重分值 | 备注 | ^ | ^
        产出 | 数量 | 保洁里程 | 120公里 | 保洁里程完成率 | 100% | 114公里 | 95% | 20 |  | 按完成比例得分 | 
        ^ | 质量 | 水质达标 | 12个月 | 水质达标率 | ≥95% | 12个月 | 100% | 30 |  | 按完成比例得分 | 
        效益 | 社会 | 投诉 | 5件 | 投诉办结率 | 100% | 5件 | 100% | 50 |  | 按完成比例得分 | 
    ")));
}

#[test]
fn what_cannot_be_told_is_said() {
    insta::assert_snapshot!(digest(&one("
        项目支出绩效自评表 | < | < | < | < | < | <
        项目名称 | 图书馆改造 | < | < | < | < | <
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
        产出指标 | 数量指标 | 改造面积 | 300平方米 | 300平方米 | 20 | 20
        ^ | ^ | 购置图书 | 5000册 | 5000册 | ^ | ^
        ^ | 质量指标 | 验收合格率 | 100% | 100% | 约20 | 20
        ^ | 时效指标 |  | 12月 | 12月 | 10 | 10
        ^ | ^ |  | 11月 | 11月 | 10 | 10
        (30分) | 社会效益指标 | 读者到馆人次 | 2万 | 2万 | 30 | 30
        ^ | ^ | 读者活动 |  |  |  | 
    ")));
}

#[test]
fn a_workbook_without_a_form_says_what_it_resembled() {
    let sheet = picture(
        "统计",
        "
        人员名册 | < | <
        年度指标值 | 分值 | 得分
        甲 | 乙 | 丙
    ",
    );
    let plain = picture("统计", "姓名 | 电话 | 住址");
    let errors: Vec<String> = [sheet, plain]
        .into_iter()
        .map(|sheet| {
            let error = read_case(&[sheet], &Mappings::shipped(), &SourceId::default()).unwrap_err();
            format!("{} {}", error.kind().exit_code(), error)
        })
        .collect();
    insta::assert_snapshot!(errors.join("\n"));
}

const TWO: [&str; 2] = ["职业技能培训", "就业援助"];

fn two_projects_and(sheets: &[(&str, &str)]) -> Vec<Case> {
    let forms = TWO.iter().map(|project| crate::layout::national().sheet_of(project, project));
    let others = sheets.iter().map(|(name, text)| picture(name, text));
    let all: Vec<_> = forms.chain(others).collect();
    read_case(&all, &Mappings::shipped(), &SourceId::default()).unwrap()
}

#[test]
fn a_ledger_joins_the_project_that_it_names() {
    let found = two_projects_and(&[(
        "账",
        "
        项目支出明细账 | < | < | <
        单位：某区人力资源局    项目：就业援助    金额单位：元 | < | < | <
        日期 | 摘要 | 借方 | 贷方
        2022-03-01 | 付培训费 | 100 | 
    ",
    )]);
    let ledgers: Vec<usize> = found.iter().map(|case| case.ledgers.len()).collect();
    assert_eq!(ledgers, [0, 1]);
}

#[test]
fn a_ledger_of_nobody_is_not_given_to_anybody() {
    let found = two_projects_and(&[(
        "账",
        "
        明细账 | < | < | <
        日期 | 摘要 | 借方 | 贷方
        2022-03-01 | 付培训费 | 100 | 
    ",
    )]);
    assert!(found.iter().all(|case| case.ledgers.is_empty()));
    let ids: Vec<&str> =
        found.iter().flat_map(|case| &case.findings).map(|finding| finding.id.id()).collect();
    assert_eq!(ids, ["form-without-project"]);
}

#[test]
fn titles_with_a_year_are_known() {
    let case = one("
        绩效自评表 | < | < | < | <
        项目名称 | 河道保洁工程 | < | < | <
        三级指标 | 2022年度指标值 | 2022年实际完成值 | 分值（100分） | 得分
        保洁里程 | 120公里 | 114公里 | 100 | 95
    ");
    let indicator = &case.score_form.as_ref().unwrap().indicators[0];
    assert_eq!(
        (shown(indicator.target.as_ref()), shown(indicator.actual.as_ref())),
        ("120公里".into(), "114公里".into())
    );
}

mod anything {
    use jixiao::inner::base::{CellRef, RangeRef};
    use jixiao::inner::sheet::Sheet;
    use proptest::prelude::*;

    use crate::layout::cell;

    const WORDS: &[&str] = &[
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "年度指标值",
        "实际完成值",
        "分值",
        "权重",
        "得分",
        "自评分",
        "复核分",
        "评价标准",
        "扣分原因",
        "合计",
        "小计",
        "总分：95",
        "评价等级",
        "优",
        "项目名称",
        "项目名称：甲",
        "主管部门",
        "年度资金总额",
        "全年预算数（A）",
        "全年执行数",
        "执行率",
        "其中：财政拨款",
        "……",
        "指标1：",
        "产出指标（50分）",
        "(50分)",
        "10",
        "0.5",
        "-",
        "100%",
        "≥95%",
        "59.27/61.2",
        "目标值（标准）",
        "数据项1",
        "理由",
        "预算执行情况（万元）（20分）",
        "得分（20分*执行率）",
        "预算执行率权重（%）",
        "1,150万",
        "-1-",
        "未达到的不得分",
        "日期",
        "摘要",
        "借方",
        "贷方",
        "余额",
        "总体满意度",
        "满意",
        "注：1.",
        "绩效自评表",
        "申报表",
        "中期目标",
        "年度目标",
        "金额单位：万元",
        "（2022年度）",
        "90（含）-100分为优，60分以下为差",
        "预算执行率",
        ":",
        "：",
        "（",
        ")",
    ];

    fn sheet() -> impl Strategy<Value = Sheet> {
        let cells = prop::collection::vec((0_u32..14, 0_u32..9, 0..WORDS.len()), 0..110);
        let merges = prop::collection::vec((0_u32..14, 0_u32..9, 0_u32..4, 0_u32..4), 0..8);
        (cells, merges).prop_map(|(cells, merges)| {
            let mut sheet = Sheet::new("甲", true);
            for (row, col, word) in cells {
                sheet.put(CellRef::new(row, col).unwrap(), cell(WORDS[word]));
            }
            for (row, col, height, width) in merges {
                let first = CellRef::new(row, col).unwrap();
                sheet.merges.push(RangeRef::new(first, CellRef::new(row + height, col + width).unwrap()));
            }
            sheet
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_arrangement_of_words_is_too_much(sheet in sheet(), mut next in sheet()) {
            next.id.name = "乙".to_owned();
            let sheets = [sheet, next];
            let read = super::read_case(&sheets, super::mappings(), &super::SourceId::default());
            for case in read.iter().flatten() {
                prop_assert!(jixiao::inner::score::run(case).is_ok());
            }
            for indicator in read.into_iter().flatten().filter_map(|case| case.score_form).flat_map(|form| form.indicators) {
                // What is taken stands where it is said to stand.
                let entries = [&indicator.weight_entry, &indicator.target, &indicator.actual, &indicator.score];
                for entry in entries.into_iter().flatten() {
                    let at = entry.at.as_ref().unwrap();
                    let sheet = sheets.iter().find(|sheet| sheet.id == at.sheet).unwrap();
                    prop_assert_eq!(sheet.get(at.cell), &entry.cell);
                }
            }
        }
    }
}

#[test]
fn a_sheet_of_nothing_but_titles_is_no_endless_work() {
    let mut sheet = jixiao::inner::sheet::Sheet::new("甲", true);
    for row in 0..60 {
        for col in 0..1_500 {
            let at = jixiao::inner::base::CellRef::new(row, col).unwrap();
            sheet.put(
                at,
                jixiao::inner::sheet::Cell::text(if (row + col) % 2 == 0 {
                    "得分"
                } else {
                    "三级指标"
                }),
            );
        }
    }
    let start = std::time::Instant::now();
    let _ = read_case(&[sheet], &Mappings::shipped(), &SourceId::default());
    // Unoptimised and on a busy machine; square time in the columns would need hours.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn points_that_only_a_level_or_a_name_states_are_its_only_indicators() {
    insta::assert_snapshot!(digest(&one("
        中央对地方转移支付区域绩效目标自评表 | < | < | < | < | <
        （2021年度） | < | < | < | < | <
        专项名称 | 农村环境整治资金 | < | < | 自评得分 | 95.5
        中央主管部门 | 生态环境部 | < | 省级财政部门 | 省财政厅 | <
        资金情况（万元） | 预算数：500 | < | < | 执行数：480 | <
        一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际值 | 得分
        产出指标⏎50 分 | 数量指标⏎20 分 | 指标1.整治村庄数 | ≥20个 | 20个 | 20
        ^ | ^ | 指标2： | | |
        ^ | 质量指标（20分） | 验收合格率 | 100% | 100% | 12
        ^ | ^ | 一次验收率 | 100% | 100% | 8
        ^ | 时效指标（10分） | 指标5:按期完成率 | 100% | 95% | 9.5
        效益指标（40分） | 生态效益 | 水质达标率（40分） | ≥90% | 92% | 40
        满意度（10分） | 满意度 | 群众满意度 | ≥90% | 88% | 6
    ")));
}

#[test]
fn a_table_of_its_own_for_bond_money_is_a_budget_block() {
    insta::assert_snapshot!(digest(&one("
        专项债券项目绩效自评表 | < | < | < | < | < | < | <
        （2022年度） | < | < | < | < | < | < | <
        项目名称 | 污水管网改造 | < | < | 投向领域 | 生态环保 | < | <
        项目主管部门 | 区水务局 | < | < | 项目单位 | 工程中心 | < | <
        债券资金管理指标（10分） | 总体支出进度 | 实际支出金额（万元） | 下达额度（万元） | 实际完成值 | 分值 | 得分 |
        ^ | ≥90% | 4500 | 5000 | 90% | 10 | 9 |
        一级指标 | 二级指标 | 三级指标 | 目标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
        产出指标（50分） | 数量指标 | 改造管网长度 | ≥12公里 | 12公里 | 50 | 50 |
        效益指标（30分） | 生态效益指标 | 污水收集率 | ≥85% | 80% | 30 | 28.24 | 雨季影响
        满意度指标（10分） | 服务对象满意度指标 | 居民满意度 | ≥90% | 92% | 10 | 10 |
        总分 | < | < | < | < | 100 | 97.24 |
    ")));
}

#[test]
fn groups_of_titles_reach_over_four_rows() {
    insta::assert_snapshot!(digest(&one("
        某县2022年度项目支出绩效自评表 | < | < | < | < | < | < | <
        项目名称：农村道路养护 | < | < | < | 主管部门：县交通局 | < | < | <
        绩效指标 | < | < | 年度指标 | < | < | < | 说明
        指标体系 | < | < | 完成情况 | < | 评分 | < | ^
        级次 | < | < | 计划 | 实际 | 分 | < | ^
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 自评得分 | 偏差原因分析
        产出指标 | 数量指标 | 养护公路里程 | ≥120公里 | 126公里 | 50 | 50 |
        效益指标 | 社会效益 | 出行条件 | 明显改善 | 达成年度指标 | 40 | 40 |
        满意度 | 满意度 | 群众满意度 | ≥90% | 92% | 10 | 10 |
        合计 | | | | | 100 | 100 |
    ")));
}

#[test]
fn a_target_split_under_its_own_title_beside_two_scores() {
    insta::assert_snapshot!(digest(&one("
        | 项目支出绩效自评表 | < | < | < | < | < | < | < | < | <
        | 项⏎目⏎名⏎称 | 校舍维修 | < | < | < | 主 管 部 门 | 县教育局 | < | < | <
        | 一级⏎指标 | 二级⏎指标 | 三级指标 | 指标值 | < | < | 完成值 | 分⏎值 | 得⏎分 | <
        | ^ | ^ | ^ | 符号 | 数值 | 单位 | ^ | ^ | 自评 | 复核
        | 产⏎出⏎指⏎标⏎(60分) | 数量指标 | 指标1：维修校舍面积 | ≥ | 1200 | 平方米 | 1300 | 40 | 40 |
        | ^ | ^ | 指标2： | | | | | | |
        | ^ | ^ | …… | | | | | | |
        | ^ | 质量指标 | 指标1：验收合格率 | ＝ | 100 | % | 100 | 20 | 20 |
        | 效⏎益⏎指⏎标⏎(30分) | 社会效益指标 | 指标1：受益学生 | ≥ | 800 | 人 | 640 | 30 | 24 |
        | ^ | 生态效益指标 | | | | | | | |
        | 满意度指标(10分) | 满意度 | 指标1：家长满意度 | ≥ | 90 | % | 95 | 10 | 10 |
        | 总 分 | < | < | < | < | < | < | 100 | 94 |
    ")));
}

#[test]
fn of_two_values_the_one_behind_the_data_is_the_actual() {
    insta::assert_snapshot!(digest(&one("
        绩效评价指标表 | < | < | < | < | < | < | < | < | < | <
        项目名称 | 某局检查 | < | < | < | < | < | < | < | < | <
        一级指标 | 权重 | 二级指标 | 分值 | 三级指标 | 计量单位 | 目标值（标准） | 分值 | 采集数据项 | < | 指标值
        ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 数据项1 | 数据项2 | ^
        产出 | 50 | 数量 | 60 | 检查批次 | 批 | 100 | 60 | 计划 | 实际 | 100
        ^ | ^ | 质量 | 40 | 合格率 | % | 95 | 40 | 合格数 | 总数 | 96
        效果 | 25 | 社会 | 100 | 是否公开 | 是/否 | 是 | 100 | | | 是
        满意 | 25 | 满意 | 100 | 满意度 | % | 90 | 100 | | | 85
    ")));
}

#[test]
fn rows_that_are_only_a_name_are_levels() {
    insta::assert_snapshot!(digest(&one("
        项目绩效评价评分表 | < | < | < | < | <
        项目名称：环卫作业 | < | < | < | < | <
        指标名称 | 评分标准 | 指标值 | 完成值 | 分值 | 得分
        一、产出指标（60分） | < | < | < | < | <
        （一）数量指标 | | | | |
        1.清扫面积 | 按完成比例得分 | 100万平方米 | 98万平方米 | 60 |
        二、效益指标（40分） | < | < | < | < | <
        1.群众满意度 | 按完成比例得分 | 90% | 90% | 40 |
        合计 | | | | 100 |
    ")));
}

#[test]
fn first_levels_as_rows_over_the_columns_of_the_others_are_levels() {
    let case = one("
        项目支出绩效自评表 | < | < | < | < | < | <
        项目名称 | 职业技能培训 | < | < | < | < | <
        二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
        产出指标（60分） | < | < | < | < | < | <
        数量指标 | 培训场次 | ≥12场 | 12场 | 60 | ２０ |
        二、效益指标（40分） | < | < | < | < | < | <
        社会效益指标 | 就业率 | ≥50% | 60% | 40 | ４０分 |
        合计 | | | | 100 | 60 |
    ");
    let form = case.score_form.as_ref().expect("a form");
    let read: Vec<_> = form
        .indicators
        .iter()
        .map(|indicator| {
            let stated = indicator.stated_score.as_ref().or(indicator.score.as_ref());
            let stated = stated.and_then(Entry::number).map(|number| number.to_string());
            (indicator.level1.as_str(), indicator.level2.as_str(), indicator.name.as_str(), stated)
        })
        .collect();
    assert_eq!(
        read,
        [
            ("产出指标", "数量指标", "培训场次", Some("20".to_owned())),
            ("效益指标", "社会效益指标", "就业率", Some("40".to_owned())),
        ]
    );
    let levels: Vec<_> =
        form.levels.iter().map(|level| (level.level1.as_str(), level.weight.to_string())).collect();
    assert_eq!(levels, [("产出指标", "60".to_owned()), ("效益指标", "40".to_owned())]);
    assert_eq!(case.findings, []);
}

/// Neither is read as something it is not.
#[test]
fn a_form_turned_on_its_side_or_folded_in_two_is_refused() {
    let turned = "
        项目支出绩效自评表 | < | <
        项目名称 | 职业技能培训 | <
        一级指标 | 产出指标 | 效益指标
        二级指标 | 数量指标 | 社会效益指标
        三级指标 | 培训场次 | 就业率
        年度指标值 | ≥12场 | ≥50%
        实际完成值 | 12场 | 60%
        分值 | 60 | 40
        得分 | 60 | 40
    ";
    let folded = "
        项目支出绩效自评表 | < | < | < | < | < | < | <
        项目名称 | 职业技能培训 | < | < | < | < | < | <
        三级指标 | 年度指标值 | 实际完成值 | 分值 | 三级指标 | 年度指标值 | 实际完成值 | 分值
        培训场次 | ≥12场 | 12场 | 60 | 就业率 | ≥50% | 60% | 40
    ";
    for text in [turned, folded] {
        let sheets = [picture("表", text)];
        match read_case(&sheets, mappings(), &SourceId::default()) {
            Err(error) => assert!(error.to_string().contains("没有认出"), "{error}"),
            Ok(cases) => {
                let read = cases.iter().filter_map(|case| case.score_form.as_ref());
                assert_eq!(read.map(|form| form.indicators.len()).sum::<usize>(), 0, "{text}");
                assert!(cases.iter().all(|case| !case.findings.is_empty()), "{text}");
            }
        }
    }
}
