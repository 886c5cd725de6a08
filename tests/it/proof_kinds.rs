//! Kinds of contradictions within a report: a few lines each, and beside them what is rightly said so.

use crate::support::jixiao;

/// The ids of what is found in the lines of a report.
fn found(lines: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("报告.txt");
    std::fs::write(&path, lines).expect("a report");
    let output = jixiao(["check".as_ref(), "--json".as_ref(), "--report".as_ref(), path.as_os_str()]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let report: serde_json::Value = serde_json::from_str(text.trim()).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
}

const ITSELF: &str = "report-contradicts-itself";
const SUM: &str = "report-sum-differs";
const ARITHMETIC: &str = "report-arithmetic-wrong";

/// A kind: what is found, the wrong lines, and the right ones.
const KINDS: &[(&str, &str, &str)] = &[
    // A subtotal.
    (
        SUM,
        "类别\t明细\t金额\n基本支出\t人员\t40\n\t公用\t5\n\t小计\t54\n项目支出\t道路\t30\n\t桥梁\t20\n\t小计\t50\n合计\t\t95",
        "类别\t明细\t金额\n基本支出\t人员\t40\n\t公用\t5\n\t小计\t45\n项目支出\t道路\t30\n\t桥梁\t20\n\t小计\t50\n合计\t\t95",
    ),
    // A subtotal of the rows that belong to it.
    (
        SUM,
        "一级指标\t指标\t分值\n预算执行\t执行率\t10\n产出指标\t座数\t20\n产出指标\t合格率\t30\n产出指标\t小计\t55",
        "一级指标\t指标\t分值\n预算执行\t执行率\t10\n产出指标\t座数\t20\n产出指标\t合格率\t30\n产出指标\t小计\t50",
    ),
    // What it grew by is not what it grew from.
    (
        ARITHMETIC,
        "修缮支出由上年的80万元增加到100万元，增长20%。",
        "上年支出80万元，本年较上年增加20万元，增长25%。发生面积3.6万亩，比上年减少0.4万亩，下降10%。",
    ),
    // One digit off is a slip only where both are surely of one thing.
    (
        ITSELF,
        "检验报告按时出具率为93.81%。\n二、结论\n检验报告按时出具率为98.31%，总体较好。",
        "过程指标满分20分，评价得分19分，得分率95.00%。\n满意度指标满分10分，评价得分9分，得分率90.00%。",
    ),
    // A share of the sum.
    (
        ARITHMETIC,
        "内容\t金额\t占比\n苗木\t50.00\t50.00%\n管护\t30.00\t13.00%\n灌溉\t20.00\t20.00%\n合计\t100.00\t100.00%",
        "内容\t金额\t占比\n苗木\t33.34\t33.34%\n管护\t33.33\t33.33%\n灌溉\t33.33\t33.33%\n合计\t100.00\t100.00%",
    ),
    // A rate of two other columns.
    (
        ARITHMETIC,
        "项目\t预算数\t支出数\t执行率\n渠道\t80.0\t60.0\t75.00%\n泵站\t50.0\t45.0\t90.00%\n闸门\t40.0\t30.0\t57.00%",
        "项目\t预算数\t支出数\t执行率\n渠道\t80.0\t60.0\t75.00%\n泵站\t50.0\t45.0\t90.00%\n闸门\t40.0\t30.0\t75.00%",
    ),
    // A difference of two other columns.
    (
        ARITHMETIC,
        "项目\t预算数\t支出数\t结余\n渠道\t80.0\t60.0\t20.0\n泵站\t50.0\t45.0\t5.0\n闸门\t40.0\t30.0\t1.0",
        "项目\t预算数\t支出数\t结余\n渠道\t80.0\t60.0\t20.0\n泵站\t50.0\t45.0\t5.0\n闸门\t40.0\t30.0\t10.0",
    ),
    // Lists and their counts.
    (
        ITSELF,
        "下属单位3个（果树站、蚕桑站、农机站、种子站）。",
        "下属单位4个（果树站、蚕桑站、农机站、种子站），覆盖9个乡（镇、街道、农场）。",
    ),
    (
        ITSELF,
        "评价体系包括决策、过程、产出、效益5个一级指标。",
        "评价体系包括决策、过程、产出、效益4个一级指标，从财务、采购等5个方面核查。",
    ),
    (
        ITSELF,
        "一、存在的问题及建议\n评价发现，主要存在三个方面的问题。\n（一）验收滞后\n两个标段验收晚于合同。\n（二）档案不全\n缺少监理日志。",
        "一、存在的问题及建议\n评价发现，主要存在两个方面的问题，其中3个问题往年已提出。\n（一）验收滞后\n两个标段验收晚于合同。\n（二）档案不全\n缺少监理日志。",
    ),
    // Changes from another year.
    (
        ARITHMETIC,
        "全年支出50万元，比上年的40万元增加10万元，增长20%。",
        "全年支出50万元，比上年的40万元增加10万元，增长25%；事故数较2022年的9起、7人分别下降22.22%和28.57%。",
    ),
    // A price times a count.
    (
        ARITHMETIC,
        "每场补助3,000元，120场共36元。",
        "每场补助3,000元，120场共36万元。护林员216名，每人每月500元，全年补助129.6万元。",
    ),
    // Days and their order.
    (ITSELF, "协议于2023年2月30日签订。", "协议于2024年2月29日签订。"),
    (
        ITSELF,
        "渠道于2023年3月18日开工，11月20日完工，10月22日通过验收。",
        "渠道于2022年11月18日开工，次年5月20日完工，计划2023年6月验收，2023年11月20日验收。",
    ),
    (ITSELF, "评价期间为2023年12月1日至2023年1月31日。", "评价期间为2023年1月1日至2023年12月31日。"),
    // Wholes and their parts.
    (
        SUM,
        "培训教师80人，其中男30人、女40人。",
        "培训教师80人，其中男30人、党员40人；新增供水人口1.86万人，其中新增0.62万人、改善1.24万人。",
    ),
    (
        SUM,
        "核定编制92名，其中行政编制80名、事业编制12名；年末在职88人，其中行政75人、事业11人。",
        "核定编制92名，其中行政编制80名、事业编制12名；年末在职88人，其中行政77人、事业11人，退休20人。",
    ),
    (
        SUM,
        "扶持个人589人、企业主23人，合计622人。",
        "扶持个人589人、企业主23人，合计612人；北片30户、南片40户等，合计95户。",
    ),
    // Names of bodies.
    (
        ITSELF,
        "鹿溪市自然资源勘测中心负责实施。\n由鹿溪市自然资源勘测中心验收。\n鹿奚市自然资源勘测中心已入账。",
        "鹿溪市自然资源勘测中心负责实施。\n由鹿溪市自然资源勘测中心验收。\n鹿溪县自然资源勘测中心已入账。",
    ),
    // Money of the whole.
    (
        ITSELF,
        "年度预算90万元，支出81.36万元。\n资金支出81.36万元。\n全年累计支出81.36万元。\n预算90万元，支出83.16万元。",
        "年度预算90万元，支出81.36万元。\n资金支出81.36万元。\n全年累计支出81.36万元。\n预算90万元，支出81.4万元，其中支出60万元用于设备。",
    ),
    (
        ITSELF,
        "预算200万元，支出180万元，结余20万元。\n评价对象涉及预算资金2000000万元。",
        "预算200万元，支出180万元，结余20万元。\n评价对象涉及预算资金2000000元。",
    ),
    (
        ARITHMETIC,
        "全年预算90万元。\n全年支出81.4万元。\n年末结余6.8万元。",
        "全年预算90万元。\n全年支出81.4万元。\n年末结余8.6万元。",
    ),
    // The total, and that of the unit itself beside that of the evaluation.
    (
        ITSELF,
        "自评总分98.7分。\n指标\t分值\t得分\n产出\t60\t58.8\n效益\t40\t39\n合计\t100\t97.8",
        "单位填报的自评得分为98.7分。\n综合得分97.8分。\n指标\t分值\t得分\n产出\t60\t58.8\n效益\t40\t39\n合计\t100\t97.8",
    ),
    // A result, a goal and a rate of the table.
    (
        ITSELF,
        "一、概况\n参观群众约4.5万人次。\n三级指标\t分值\t指标值\t完成值\n参观群众人次\t20\t≥4万人次\t4.2万人次\n展览场次\t10\t12场\t12场\n二、分析\n参观群众达4.2万人次。",
        "一、概况\n参观群众约4.2万人次，5月参观群众1.5万人次，线上观众3.9万人次。\n三级指标\t分值\t指标值\t完成值\n参观群众人次\t20\t≥4万人次\t4.2万人次\n展览场次\t10\t12场\t12场\n二、分析\n参观群众达4.2万人次。",
    ),
    (
        ITSELF,
        "（二）绩效目标\n水质投诉率控制在1%以内。\n三级指标\t指标值\n水质投诉率\t≥1%\n管网长度\t≥30公里",
        "（二）绩效目标\n水质投诉率控制在1%以内。\n三级指标\t指标值\n水质投诉率\t≤1%\n管网长度\t≥30公里",
    ),
];

#[test]
fn what_contradicts_itself_is_found_and_what_is_right_is_not_accused() {
    let mut faults = Vec::new();
    for (id, wrong, right) in KINDS {
        let (of_wrong, of_right) = (found(wrong), found(right));
        if !of_wrong.iter().any(|one| one == id) {
            faults.push(format!("not found: {wrong}: {of_wrong:?}"));
        }
        if !of_right.is_empty() {
            faults.push(format!("accused: {right}: {of_right:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A heading may begin with a number of its own, and its blank is no sign of it.
#[test]
fn a_heading_that_begins_with_a_number_is_counted() {
    let text = |last: &str| {
        format!(
            "（一）产出指标（20分）\n1. 窗口开放（10分）\n窗口按时开放。\n2. 24小时{last}（10分）\n全天开放。"
        )
    };
    assert_eq!(found(&text("自助区开放")), [] as [&str; 0]);
    assert_eq!(found(&text("自助区开放").replace("（20分）", "（30分）")), [SUM]);
}
