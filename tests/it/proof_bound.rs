//! Figures of a report that are bound to what they are of, and to each other: of each kind the wrong lines, and the right ones.

use crate::proof_kinds::found;

const ITSELF: &str = "report-contradicts-itself";
const SUM: &str = "report-sum-differs";
const ARITHMETIC: &str = "report-arithmetic-wrong";
const PROBLEM: &str = "deduction-without-problem";

/// A kind: what is found, the wrong lines, and the right ones.
const KINDS: &[(&str, &str, &str)] = &[
    // All others of a whole.
    (
        ARITHMETIC,
        "218个监测点中，已联网145个；其余83个仍靠人工抄报。",
        "218个监测点中，已联网145个；其余73个仍靠人工抄报。38户申报，通过20户，其余户数另行公示。",
    ),
    // Words that say of which two they are the difference.
    (
        ARITHMETIC,
        "核定编制52名，其中行政编制30名、事业编制22名；年末实有47人，空编7名。",
        "核定编制52名，其中行政编制30名、事业编制22名；年末实有47人，另有退休8人，空编5名。",
    ),
    (ARITHMETIC, "全年检测60批次，合格57批次，不合格6批次。", "全年检测60批次，合格57批次，不合格3批次。"),
    // What was used, its share, and what is left.
    (
        ARITHMETIC,
        "累计拨付760万元，占下达资金的95%，尚余60万元未拨付。",
        "累计拨付760万元，占下达资金的95%，尚余40万元未拨付。",
    ),
    // A gap of what is named elsewhere.
    (
        ARITHMETIC,
        "总投资由中央补助600万元、县级配套240万元组成。\n县级配套到位180万元，资金没有全部落实。\n县级配套缺口80万元，影响工期。",
        "总投资由中央补助600万元、县级配套240万元组成。\n县级配套到位180万元，资金没有全部落实。\n县级配套缺口60万元，影响工期。",
    ),
    // A share of what is named elsewhere.
    (
        ARITHMETIC,
        "合同金额1,500万元，分四次支付。\n扣减违约金45万元，占合同金额的5%。",
        "合同金额1,500万元，分四次支付。\n扣减违约金45万元，占合同金额的3%。",
    ),
    // What each has, where they are counted elsewhere.
    (
        ARITHMETIC,
        "项目覆盖学校48所。\n全年配送图书14,400册，平均每校310册。",
        "项目覆盖学校48所。\n全年配送图书14,400册，平均每校300册，每月配送2次。",
    ),
    (
        ARITHMETIC,
        "奖补资金分配到36个村。\n奖补资金共720万元，村均22万元。",
        "奖补资金分配到36个村。\n奖补资金共720万元，村均20万元。",
    ),
    // A price beside the cost of all, whose number stands elsewhere.
    (
        ARITHMETIC,
        "购置洒水车5辆。\n洒水车购置1,900,000元，单价3.8万元。",
        "购置洒水车5辆。\n洒水车购置1,900,000元，单价38万元。",
    ),
    // A sum of money below the price of one.
    (
        ARITHMETIC,
        "灶具改造补助标准为每户1,200元，共发放96.00元。",
        "灶具改造补助标准为每户1,200元，共发放96.00万元。",
    ),
    // New ones, and what the number grew from and to.
    (ARITHMETIC, "新增合作社12家，总数由53家增至66家。", "新增合作社12家，总数由53家增至65家。"),
    (ARITHMETIC, "采购预算420万元，成交396万元，节约34万元。", "采购预算420万元，成交396万元，节约24万元。"),
    // One change in two directions.
    (
        ITSELF,
        "与上年相比，运行支出减少12.40万元，增长4.10%。",
        "与上年相比，运行支出增加12.40万元，增长4.10%；人员减少3人，占4.10%。",
    ),
    // Kinds of one thing exclude each other.
    (
        SUM,
        "改造校舍14栋，其中小学校舍9栋、初中校舍6栋。",
        "改造校舍14栋，其中小学校舍9栋、初中校舍5栋；培训14人，其中女学员9人、党员6人。",
    ),
    (
        SUM,
        "全年巡河385人次，其中镇级214人次、村级161人次。",
        "全年巡河375人次，其中镇级214人次、村级161人次；走访385户，其中重点户100户、一般户75户。",
    ),
    // A target in two places.
    (
        ITSELF,
        "一级指标\t三级指标\t指标值\n产出\t病害处置及时率\t≥95%\n产出\t巡查里程\t≥800公里\n\n（1）病害处置及时率（10分）\n指标值≥90%，实际97%。",
        "一级指标\t三级指标\t指标值\n产出\t病害处置及时率\t≥95%\n产出\t巡查里程\t≥800公里\n\n（1）病害处置及时率（10分）\n指标值≥95%，实际97%，上年指标值90%。",
    ),
    (
        ITSELF,
        "一级指标\t三级指标\t指标值\n效益\t护林员留任率\t≥92%\n产出\t巡护面积\t≥30万亩\n\n年初护林员60名，留任率85%，低于90%，扣2分。",
        "一级指标\t三级指标\t指标值\n效益\t护林员留任率\t≥90%\n产出\t巡护面积\t≥30万亩\n\n年初护林员60名，留任率85%，低于90%，扣2分。",
    ),
    // A target turned round.
    (
        ITSELF,
        "一级指标\t三级指标\t指标值\n效益\t苗木管护成效\t枯死率≥8%\n产出\t栽植株数\t≥900株\n\n苗木管护成效方面，枯死率11%，高于8%，扣3分。",
        "一级指标\t三级指标\t指标值\n效益\t苗木管护成效\t枯死率≤8%\n产出\t栽植株数\t≥900株\n\n苗木管护成效方面，枯死率11%，高于8%，扣3分。",
    ),
    (
        ITSELF,
        "一级指标\t三级指标\t指标值\n产出\t吨水处置成本\t≥1.8元\n产出\t处置水量\t≥90万吨",
        "一级指标\t三级指标\t指标值\n产出\t吨水处置成本\t≤1.8元\n产出\t成本节约率\t≥5%",
    ),
    // A result that is told elsewhere.
    (
        ITSELF,
        "（1）电梯抽检合格率（10分）\n抽检240台，合格228台，合格率95%，得10分。\n（2）抽检完成数（10分）\n抽检240台，得10分。\n五、存在的问题\n电梯抽检合格率仅为93%，仍有提升空间。",
        "（1）电梯抽检合格率（10分）\n抽检240台，合格228台，合格率95%，得10分。\n（2）抽检完成数（10分）\n抽检240台，得10分。\n五、存在的问题\n电梯抽检合格率仅为95%，自动扶梯抽检合格率为93%，去年电梯抽检合格率为91%。",
    ),
    // Satisfaction by another word.
    (
        ITSELF,
        "有效问卷310份，满意291份，服务对象满意度为93.87%。\n二、结论\n群众认可度为98.37%，总体较好。",
        "有效问卷310份，满意291份，服务对象满意度为93.87%。\n二、结论\n群众认可度为93.87%，第三方测评的好评率为98.37%。",
    ),
    // The account of one thing.
    (
        ITSELF,
        "“三公”经费预算8万元，实际支出5.72万元。\n二、分析\n“三公”经费预算8万元，决算支出5.27万元，控制较好。",
        "“三公”经费预算8万元，实际支出5.72万元。\n二、分析\n“三公”经费预算8万元，决算支出5.72万元，上年支出5.27万元。",
    ),
    // A deduction against the table.
    (
        ITSELF,
        "指标\t分值\t得分\n设施完好率\t10\t8\n养护及时率\t10\t10\n\n设施完好率扣3分，养护较为及时。",
        "指标\t分值\t得分\n设施完好率\t10\t8\n养护及时率\t10\t10\n\n设施完好率扣2分，每低1个百分点扣1分。",
    ),
    // The parts of the total, and the points told in the order of the levels.
    (
        SUM,
        "综合得分86分。\n各部分得分：决策18分，过程17分，产出33分，效益20分。\n（一）决策情况（20分）\n符合要求。\n（二）过程情况（20分）\n符合要求。\n（三）产出情况（35分）\n符合要求。\n（四）效益情况（25分）\n符合要求。",
        "综合得分86分。\n各部分得分：决策18分，过程17分，产出31分，效益20分。\n（一）决策情况（20分）\n符合要求。\n（二）过程情况（20分）\n符合要求。\n（三）产出情况（35分）\n符合要求。\n（四）效益情况（25分）\n符合要求。",
    ),
    (
        SUM,
        "按照投入、过程、产出、效果4个一级指标设置，权重依次为15分、25分、40分、25分。",
        "按照投入、过程、产出、效果4个一级指标设置，权重依次为15分、25分、35分、25分。",
    ),
    // Indicators of one level.
    (
        ITSELF,
        "一级指标\t三级指标\t分值\n产出\t座数\t20\n产出\t合格率\t20\n产出\t及时率\t20\n\n产出指标共4项，均已完成。",
        "一级指标\t三级指标\t分值\n产出\t座数\t20\n产出\t合格率\t20\n产出\t及时率\t20\n\n产出指标共3项，均已完成。",
    ),
    // Names in two forms.
    (
        ITSELF,
        "浦安县水务局河道管护项目\n绩效评价报告\n浦安县水务局组织实施，浦安县财政局下达资金。\n对浦岸县水务局的管护台账进行了抽查。",
        "浦安县水务局河道管护项目\n绩效评价报告\n浦安县水务局组织实施，浦安县财政局下达资金。\n对浦安县水务局的管护台账进行了抽查，邻近的浦岸县园林处参与交流。",
    ),
    (
        ITSELF,
        "河道清淤疏浚养护项目\n绩效评价报告\n河道清淤疏浚养护项目由水务局实施。\n河道清淤疏浚养护项目得88分。\n河道清淤应急抢险项目得88分，评价等级为良。\n河道清淤疏浚养护项目已经验收。",
        "河道清淤疏浚养护项目\n绩效评价报告\n河道清淤疏浚养护项目由水务局实施。\n河道清淤疏浚养护项目得88分。\n同期实施的河道清淤应急抢险项目另行评价。\n清淤疏浚养护项目已经验收。",
    ),
    // A wrong character.
    (ITSELF, "群众知晓率不底于90%。", "群众知晓率不低于90%，河床底于去年清理。"),
    // Numbers of one document.
    (
        "report-title-wrong",
        "依据《青屏县2023年抗旱保供工作方案》（青水发〔2023〕25号）。\n按照《青屏县2023年抗旱保供工作方案》（青水发〔2023〕52号）实施。",
        "依据《青屏县2023年抗旱保供工作方案》（青水发〔2023〕25号）。\n按照《青屏县2023年抗旱保供工作方案》（青水发〔2023〕25号）和《关于下达抗旱资金的通知》（青财农〔2023〕52号）实施。",
    ),
    // Deductions that a paragraph of several indicators tells.
    (
        PROBLEM,
        "指标\t分值\t得分\n巡护频次达标\t10\t6\n火情处置及时\t10\t5\n\n巡护频次达标方面，两个林场少巡14次，扣4分。火情处置及时方面，一起火情到场超时，扣5分。\n五、存在的问题\n1.林场巡护频次不足。\n六、建议\n1.加密林场巡护。",
        "指标\t分值\t得分\n巡护频次达标\t10\t6\n火情处置及时\t10\t5\n\n巡护频次达标方面，两个林场少巡14次，扣4分。火情处置及时方面，一起火情到场超时，扣5分。\n五、存在的问题\n1.林场巡护频次不足，火情处置不快。\n六、建议\n1.加密林场巡护。",
    ),
    // A score in numerals.
    (
        ITSELF,
        "项目得分八十五分。\n指标\t分值\t得分\n决策\t40\t33\n产出\t60\t50\n合计\t100\t83",
        "项目得分八十三分。\n指标\t分值\t得分\n决策\t40\t33\n产出\t60\t50\n合计\t100\t83",
    ),
];

#[test]
fn a_figure_is_held_to_what_it_is_of() {
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
