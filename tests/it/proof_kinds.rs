//! Kinds of contradictions within a report: a few lines each, and beside them what is rightly said so.

use crate::support::jixiao;

/// The ids of what is found in the lines of a report.
pub(crate) fn found(lines: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("报告.txt");
    std::fs::write(&path, lines).expect("a report");
    let output = jixiao(["check".as_ref(), "--json".as_ref(), "--report".as_ref(), path.as_os_str()]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let report: serde_json::Value = serde_json::from_str(text.trim()).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
}

/// Of each kind the wrong report is found, and of the right one nothing is said.
pub(crate) fn hold(kinds: &[(&str, &str, &str)]) {
    let mut faults = Vec::new();
    for (id, wrong, right) in kinds {
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
    // Comparisons with their two figures, and what is compared with no more than by how much.
    (
        ITSELF,
        "全程托管4.3万亩、半托管7.1万亩，合计11.4万亩，超过计划12万亩。",
        "全程托管4.3万亩、半托管8.1万亩，合计12.4万亩，超过计划12万亩；改造渠道42.6公里，超出计划2.6公里；完成45部，低于计划5部。",
    ),
    (
        ITSELF,
        "接待费支出6.56万元，没有超过预算6.50万元。",
        "接待费支出5.56万元，没有超过预算6.50万元；合格率98.16%（计划95%），高于上年的97%。",
    ),
    (ITSELF, "借阅量由86.4万册增加到84.1万册。", "借阅量由76.4万册增加到84.1万册，投诉由46件降至31件。"),
    (
        ITSELF,
        "上年支出121.74万元。本年支出136.92万元，下降12.47%。",
        "上年支出121.74万元。本年支出136.92万元，增长12.47%。",
    ),
    (
        ARITHMETIC,
        "收集率为77.8%，比上年的74.5%提高4.3个百分点。",
        "收集率为77.8%，比上年的74.5%提高3.3个百分点；满意度86%，低于目标4个百分点。",
    ),
    (
        ARITHMETIC,
        "居民自筹应收1,000万元，截至评价日收到862万元，尚有183万元未收。",
        "居民自筹应收1,000万元，截至评价日收到862万元，尚有138万元未收。",
    ),
    // The account of the project.
    (
        ARITHMETIC,
        "年初预算90.00万元，10月追加8.00万元，调整后预算96.00万元。",
        "年初预算90.00万元，10月追加6.00万元，调整后预算96.00万元。全年支出94.80万元，结余1.20万元。",
    ),
    (
        ARITHMETIC,
        "预算50万元，实际发放补贴45.41万元，结余5.49万元。",
        "预算50万元，实际发放补贴44.51万元，结余5.49万元。上年预算40万元，支出38万元。",
    ),
    // Bands in their forms, the grade by them.
    (
        ITSELF,
        "等级标准：优，90分及以上；良，85分及以上、90分以下；中，60分及以上、75分以下；差，60分以下。",
        "等级标准：优（90分以上，含90分）、良（80—89.99分）、中（60分及以上）、差（60分以下）。",
    ),
    (
        "report-grade-differs",
        "优：90≤S≤100；良：80≤S＜90；中：60≤S＜80；差：S＜60。\n项目综合得分96分，绩效等级为“良”。",
        "优：90≤S≤100；良：80≤S＜90；中：60≤S＜80；差：S＜60。\n项目综合得分96分，绩效等级为“优”。",
    ),
    // Delays by their dates, steps of the evaluation in their order.
    (
        ARITHMETIC,
        "合同工期2022年10月8日至2023年3月31日，实际于2023年4月18日完工，延后28天。",
        "合同工期2022年10月8日至2023年3月31日，实际于2023年4月18日完工，延后18天。",
    ),
    (
        ITSELF,
        "（三）评价工作过程\n2024年6月20日评价组进点，6月3日至6月14日现场核查。",
        "（三）评价工作过程\n2024年5月20日评价组进点，6月3日至6月14日现场核查，2025年1月8日定稿。",
    ),
    // What is claimed of all indicators and problems.
    (
        ITSELF,
        "除满意度外各项指标均得满分。\n1.数量（50分）\n按时完成。分值50分，得50分。\n2.质量（10分）\n有缺陷。分值10分，得9分。\n3.时效（10分）\n按时完成。分值10分，得10分。\n4.成本（20分）\n没有超支。分值20分，得20分。\n5.满意度（10分）\n满意度偏低。分值10分，得8分。",
        "除满意度外各项指标均得满分。\n1.数量（50分）\n按时完成。分值50分，得50分。\n2.质量（10分）\n没有缺陷。分值10分，得10分。\n3.时效（10分）\n按时完成。分值10分，得10分。\n4.成本（20分）\n没有超支。分值20分，得20分。\n5.满意度（10分）\n满意度偏低。分值10分，得8分。",
    ),
    (
        ITSELF,
        "主要问题有三个，对应提出两条建议。\n一、存在的问题\n1.验收滞后。两个标段晚验收。\n2.档案不全。缺少监理日志。\n二、有关建议\n1.按时验收。\n2.补齐档案。",
        "主要问题有两个，对应提出两条建议。\n一、存在的问题\n1.验收滞后。两个标段晚验收。\n2.档案不全。缺少监理日志。\n二、有关建议\n1.按时验收。\n2.补齐档案。",
    ),
    // Averages and slips of the pen.
    (
        ARITHMETIC,
        "共演出72场，支付43.2万元，平均每场0.8万元。",
        "共演出72场，支付43.2万元，平均每场0.6万元。",
    ),
    (
        ARITHMETIC,
        "类别\t件数\t金额（元）\n简易\t1,420\t71,000\n疑难\t318\t127,200\n合计\t1,738\t198,200\n平均每件补助141.04元。",
        "类别\t件数\t金额（元）\n简易\t1,420\t71,000\n疑难\t318\t127,200\n合计\t1,738\t198,200\n平均每件补助114.04元，其中疑难平均每件400元。",
    ),
    (
        ARITHMETIC,
        "接报损毁412起，7日内修复399起，及时率98.84%。",
        "接报损毁412起，7日内修复399起，及时率96.84%。",
    ),
    (
        ITSELF,
        "一、分析\n全年岸电使用率50.82%。\n二、问题\n岸电使用率未达目标，为58.02%。",
        "一、分析\n全年岸电使用率50.82%，上年岸电使用率48.02%。\n二、问题\n岸电使用率未达目标，为50.82%。",
    ),
    // Levels against the table, deductions that a row explains.
    (
        ITSELF,
        "其中项目决策14分（满分15分），项目产出70分（满分85分）。\n一级指标\t二级指标\t权重\t得分\n决策\t立项\t15\t14\n产出\t数量\t50\t50\n产出\t质量\t35\t21\n合计\t合计\t100\t85",
        "其中项目决策14分（满分15分），项目产出71分（满分85分）。\n一级指标\t二级指标\t权重\t得分\n决策\t立项\t15\t14\n产出\t数量\t50\t50\n产出\t质量\t35\t21\n合计\t合计\t100\t85",
    ),
    (
        ITSELF,
        "三级指标\t分值\t评价情况\t得分\n在线率\t8\t平均在线率91.01%，扣3分。\t6\n验收率\t4\t全部通过。\t4",
        "三级指标\t分值\t评价情况\t得分\n在线率\t8\t平均在线率91.01%，扣2分。\t6\n验收率\t4\t每少1个扣1分，全部通过。\t4",
    ),
    // Parts that are more than their whole, and parts that are not all there are.
    (
        SUM,
        "治理隐患点14处，其中滑坡9处、泥石流4处、崩塌2处。",
        "治理隐患点14处，其中滑坡7处、泥石流4处、崩塌2处；参训80人，其中党员60人、妇女40人、青年30人。",
    ),
    // Two forms of names, years and numbers.
    (
        ITSELF,
        "松湖区教育体育局组织实施。\n区教育局于2023年组织改造。",
        "松湖区教育体育局（以下简称“区教体局”）组织实施。\n区教体局于2023年组织改造。原区教育局的档案已移交。",
    ),
    (
        ITSELF,
        "海棠市新能源公交车运营补贴项目\n部门评价报告\n评价对象为2022年度新能源公交车购置补贴项目。",
        "海棠市新能源公交车运营补贴项目\n部门评价报告\n评价对象为2022年度新能源公交车运营补贴项目，不含购置补贴。",
    ),
    (
        ITSELF,
        "牧川县2023年动物免疫项目绩效评价报告\n一、概况\n评价范围为2022年度项目资金140万元。",
        "牧川县2023年动物免疫项目绩效评价报告\n一、概况\n评价范围为2023年度项目资金140万元，2022年度为128万元。",
    ),
    (
        "report-title-wrong",
        "依据安残联〔2022〕51号《安泽县辅助器具补贴实施办法》。\n按《安泽县辅助器具补贴实施办法》（安残联〔2022〕15号）发放。",
        "依据安残联〔2022〕15号《安泽县辅助器具补贴实施办法》。\n按《安泽县辅助器具补贴实施办法》（安残联〔2022〕15号）发放。",
    ),
    (
        "report-goal-misquoted",
        "（二）绩效目标\n实现地质灾害零伤亡。\n三、分析\n基本达到“地质灾害伤亡”的目标。",
        "（二）绩效目标\n实现地质灾害零伤亡。\n三、分析\n基本达到“地质灾害零伤亡”的目标，去年有地质灾害伤亡。",
    ),
    // The same deed told under another verb is no quotation; a word less than the goal has is one.
    (
        "report-goal-misquoted",
        "（二）项目总体目标\n修缮旧渠12公里，新建提灌站31座，群众用水满意。\n三、分析\n目标是修缮旧渠12公里，新建提站31座。",
        "（二）项目总体目标\n修缮旧渠12公里，新建提灌站31座，群众用水满意。\n三、分析\n主要是修缮旧渠12公里，建设提灌站31座。",
    ),
    // Full-width figures, thousands, units and numerals in their forms raise nothing and hide nothing.
    (
        ARITHMETIC,
        "应收１，０００万元，截至评价日收到８６２万元，尚有１８３万元未收。",
        "预算１，０００，０００元，支出９０万元，结余１００，０００元，执行率９０％；设置三级指标二十二个；２０２３.６.３０完工。",
    ),
];

#[test]
fn what_contradicts_itself_is_found_and_what_is_right_is_not_accused() {
    hold(KINDS);
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
