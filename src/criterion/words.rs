//! The vocabulary: words that mean one thing wherever the grammar expects them. Longer words come first where
//! one begins with another (a test holds it).

use super::lexicon::Lexicon;

/// `≥` before a figure.
pub(super) const LOWER_IN: &Lexicon = &Lexicon::new(&[
    "大于或等于", "大于等于", "高于或等于", "高于等于", "等于或大于", "等于或高于", "达到或超过",
    "至少达到", "不得低于", "不得少于", "不得小于", "不应低于", "应不低于", "不能低于", "不低于", "不少于",
    "不小于", "已达到", "达到了", "达到", "至少", "≥=", "≥", ">=", "=>", "≮", "达", "满",
]);
/// `>` before a figure.
pub(super) const LOWER_OUT: &Lexicon = &Lexicon::new(&["大于", "高于", "多于", ">"]);
/// `>` before a figure, which may also mean beyond the target by that much.
pub(super) const LOWER_OVER: &Lexicon = &Lexicon::new(&["超过", "超出"]);
/// `≤` before a figure.
pub(super) const UPPER_IN: &Lexicon = &Lexicon::new(&[
    "小于或等于", "小于等于", "低于或等于", "低于等于", "等于或小于", "等于或低于", "不得超过", "不得高于",
    "不得大于", "没有超过", "未超过", "未超出", "不高于", "不超过", "不超出", "不大于", "不多于", "控制在",
    "≤=", "≤", "<=", "=<", "≯",
]);
/// `<` before a figure.
pub(super) const UPPER_OUT: &Lexicon = &Lexicon::new(&[
    "没有达到", "没达到", "未达到", "达不到", "小于", "低于", "少于", "不足", "不到", "未满", "不满",
    "未达", "不达", "<",
]);
/// `=` before a figure.
pub(super) const EQUAL: &Lexicon = &Lexicon::new(&["等于", "=", "为"]);
/// `≠` before a figure.
pub(super) const NOT_EQUAL: &Lexicon = &Lexicon::new(&["不等于", "≠"]);
/// Words that may stand before a condition and add nothing.
pub(super) const AT: &Lexicon = &Lexicon::new(&["介于", "处于", "位于", "处在", "在"]);
/// Words between two conditions that both hold.
pub(super) const BOTH: &Lexicon = &Lexicon::new(&[
    "，但是", "，但", "，且", "、且", "并且", "但是", "同时", "且", "但", "、", "和", "，", "及", "而",
]);

/// Names of the target.
pub(super) const TARGET: &Lexicon = &Lexicon::new(&[
    "年度绩效目标值", "年初绩效目标值", "年初设定的目标值", "年初设定目标值", "年度设定目标值", "设定的目标值", "规划目标值", "规划目标", "年度绩效指标值", "绩效目标值", "绩效指标值", "年度指标值",
    "年度目标值", "年初目标值", "年初指标值", "预期指标值", "预期目标值", "计划目标值", "既定目标值",
    "设定目标值", "目标任务数", "年度目标任务", "年度任务目标", "年度计划数", "年度任务数", "年度目标",
    "年度计划", "年度任务", "年初目标", "年初计划", "年初预算数", "年初预算", "目标值", "指标值", "标准值",
    "计划值", "任务值", "预期值", "基准值", "要求值", "项目预算批复数", "预算批复金额", "预算批复数",
    "批复预算金额", "批复预算数", "批复的预算", "批复预算", "批复金额", "批复数", "预算控制数",
    "成本控制数", "预算安排数", "预算金额", "预算总额", "预算数", "预算额", "控制数", "控制价", "批复概算", "批准概算", "项目概算", "概算总额", "概算", "核定人数", "核定数", "核定标准", "编制数", "合同金额", "合同价",
    "计划任务数", "计划任务量", "年度任务量", "任务量", "计划量", "计划任务", "计划完成数", "计划数", "任务数", "目标数", "目标任务", "任务目标",
    "任务指标", "预期指标", "预期目标", "绩效目标", "绩效指标", "既定目标", "设定目标", "计划目标",
    "责任书任务", "目标责任书任务", "目标人数", "计划人数", "目标数量", "计划数量", "目标面积", "计划面积", "目标场次", "计划场次",
    "目标金额", "计划金额", "计划里程", "规定标准", "成本标准", "定额标准", "规定要求", "目标要求", "指标要求",
    "计划要求", "计划成本", "预算成本", "目标成本", "控制成本", "成本目标", "成本预算", "目标", "计划", "任务", "指标", "标准", "预算", "定额", "基准",
]);
/// The target is met.
pub(super) const MEETS: &Lexicon = &Lexicon::new(&[
    "按要求完成", "按计划完成", "全部完成", "全面完成", "足额完成", "达到或优于", "达到或超过", "已完成", "已达到",
    "达到", "达成", "完成", "实现", "满足", "达",
]);
/// The target is met, without naming it.
pub(super) const MET: &Lexicon = &Lexicon::new(&[
    "全部完成", "全面完成", "按要求完成", "已完成", "完成", "达标", "已达标", "达到要求", "符合要求",
]);
/// The target is missed.
pub(super) const MISSES: &Lexicon = &Lexicon::new(&[
    "没有全部完成", "未全部完成", "未能全部完成", "没有达到", "没有完成", "未能达到", "未能完成", "没有实现", "未达到", "未达成", "未完成", "未实现",
    "没达到", "没完成", "达不到", "未满足", "不满足", "未达",
]);
/// The target is missed, without naming it.
pub(super) const MISSED: &Lexicon = &Lexicon::new(&[
    "未全部完成", "没有全部完成", "未能全部完成", "未达到要求", "不符合要求", "未达标", "不达标", "没有达标", "没有完成", "未完成", "没完成", "未达到",
    "没有达到", "达不到", "未达",
]);
/// Above the target or by so much.
pub(super) const OVER: &Lexicon = &Lexicon::new(&[
    "高于", "超过", "超出", "多于", "高出", "超额", "超支", "突破", "大于", "超",
]);
/// Below the target or by so much.
pub(super) const UNDER: &Lexicon = &Lexicon::new(&["低于", "少于", "小于", "不足", "少", "低", "差"]);
/// Deviations that need no target's name: they can only be meant of it.
pub(super) const OVER_BY: &Lexicon = &Lexicon::new(&["超支", "超额", "高出", "多出", "超预算", "超"]);
/// Deviations that need no target's name: they can only be meant of it.
pub(super) const UNDER_BY: &Lexicon = &Lexicon::new(&["少", "差", "低", "欠"]);
/// Not above the target, when its name follows.
pub(super) const NOT_OVER: &Lexicon = &Lexicon::new(&[
    "不得超过", "没有超过", "未超过", "未超出", "不高于", "不超过", "不超出", "不大于", "不突破", "未突破",
    "小于等于", "低于或等于", "小于或等于", "未超", "不超", "≤",
]);
/// Not below the target, when its name follows.
pub(super) const NOT_UNDER: &Lexicon = &Lexicon::new(&[
    "大于等于", "大于或等于", "高于或等于", "不低于", "不少于", "不小于", "不得低于", "≥",
]);
/// Spending above the budget, without naming it.
pub(super) const OVERSPENT: &Lexicon = &Lexicon::new(&["超出预算", "超过预算", "超预算", "超概算", "超支"]);
/// Spending within the budget, without naming it.
pub(super) const NOT_OVERSPENT: &Lexicon = &Lexicon::new(&[
    "未超预算", "不超预算", "没有超支", "未超概算", "不超概算", "未超支", "不超支", "无超支",
]);

/// Done in time.
pub(super) const ON_TIME: &Lexicon = &Lexicon::new(&[
    "在规定的时间内完成", "在规定时间内完成", "在规定时限内完成", "在规定期限内完成", "在计划时间内完成",
    "在合同约定时间内完成", "在合同工期内完成", "规定时间内完成", "规定时限内完成", "按照计划时间完成",
    "按照规定时间完成", "按规定时间完成", "按规定时限完成", "按计划时间完成", "按时或提前完成",
    "提前或按时完成", "按期或提前完成", "提前或按期完成", "按时完成", "按期完成", "及时完成", "如期完成",
    "准时完成", "按时间完成", "按计划时限完成", "未逾期", "不逾期", "无逾期", "按时", "按期", "如期",
    "准时", "提前或按时", "按时或提前", "提前或按期", "按期或提前", "合同约定时间内", "在合同约定时间内",
    "在规定日期前(含当日)", "规定日期前(含当日)", "在规定日期前", "规定日期前", "在规定日期内", "规定日期内",
    "在截止日期前", "截止日期前", "在规定时间前", "规定时间前", "于计划月份", "在计划月份", "计划月份内",
    "规定时间内", "在规定时间内", "规定时限内", "在规定时限内", "规定期限内", "在规定期限内", "计划时间内",
    "在计划时间内", "约定时间内", "在约定时间内", "要求时间内", "在要求时间内", "合同工期内", "在合同工期内",
]);
/// Words that say that something is done in time.
pub(super) const PUNCTUAL: &Lexicon = &Lexicon::new(&["及时", "按时", "按期", "如期", "准时", "按规定时间", "按计划时间"]);
/// Done too late.
pub(super) const LATE: &Lexicon = &Lexicon::new(&[
    "未在规定时间内完成", "未在规定时限内完成", "未在规定期限内完成", "未按规定时间完成",
    "未按规定时限完成", "未按计划时间完成", "未能按时完成", "未能按期完成", "没有按时完成", "没有按期完成",
    "未按时完成", "未按期完成", "未及时完成", "未如期完成", "不按时完成", "不按期完成", "逾期完成",
    "延期完成", "推迟完成", "延迟完成", "超期完成", "未按时", "未按期", "逾期", "延期", "超期", "延迟",
    "推迟", "延误", "滞后", "拖延", "推后", "延后", "晚",
]);

/// A part that stands behind a figure: the figure belongs to it, firmly.
pub(super) const WITH: &Lexicon = &Lexicon::new(&["(含本数)", "(包含)", "(含)", "(包括本数)", "(均含)", "含"]);
/// The figure does not belong to it, firmly.
pub(super) const WITHOUT: &Lexicon = &Lexicon::new(&["(不含本数)", "(不包含)", "(不含)", "(不包括本数)"]);

/// Nothing was found of what follows.
pub(super) const NONE: &Lexicon = &Lexicon::new(&[
    "没有发生", "没有发现", "没有出现", "没有接到", "未发生", "未发现", "未出现", "未接到", "未收到",
    "未产生", "不存在", "没有", "零", "无",
]);
/// Something was found of what follows.
pub(super) const SOME: &Lexicon = &Lexicon::new(&[
    "凡发现", "一经发现", "查实", "查出", "发生", "发现", "出现", "存在", "产生", "接到", "收到", "违反",
    "有",
]);
/// Nothing was found, where the indicator itself says of what.
pub(super) const NONE_ALONE: &Lexicon = &Lexicon::new(&[
    "没有发生", "没有发现", "没有出现", "未发生", "未发现", "未出现", "未产生", "不存在",
]);
/// Something was found, where the indicator itself says what.
pub(super) const SOME_ALONE: &Lexicon = &Lexicon::new(&["一经发现", "发生", "发现", "出现", "存在"]);
/// What can be found: harm.
pub(super) const HARM: &Lexicon = &Lexicon::new(&[
    "问题", "投诉", "事故", "差错", "错误", "违规", "违纪", "违法", "故障", "举报", "纠纷", "案件", "事件",
    "缺陷", "失误", "现象", "情况", "情形", "行为", "伤亡", "隐患", "挪用", "截留", "虚列", "遗漏", "损失",
    "缺岗", "脱岗", "空岗", "漏报", "迟报", "错报", "瞒报", "虚报", "冒领", "骗取", "套取", "侵占", "贪污", "坐支",
    "拖欠", "欠薪", "泄露", "泄密", "火灾", "溺水", "中毒", "中断", "停工", "批评", "处罚", "弄虚作假", "不实",
    "失实", "超范围", "闲置", "流失", "退货", "上访", "信访", "不合格", "不符合", "不符", "不合规", "不规范", "未达进度", "不到位", "不一致", "死亡",
    "负面舆情", "舆情", "不达标", "不满足", "违约", "延误", "差评", "返工", "污染",
]);

/// Steps below the threshold.
pub(super) const STEP_BELOW: &Lexicon = &Lexicon::new(&[
    "未完成", "少完成", "降低", "下降", "减少", "低于", "少于", "不足", "落后", "下滑", "降", "低", "少",
    "差", "欠",
]);
/// Steps above the threshold.
pub(super) const STEP_ABOVE: &Lexicon = &Lexicon::new(&[
    "超支", "超额", "超过", "超出", "高出", "高于", "多出", "增加", "提高", "上升", "增长", "提升", "突破", "升高", "延长", "慢",
    "超", "多", "高", "增",
]);
/// Steps either way.
pub(super) const STEP_EITHER: &Lexicon = &Lexicon::new(&["上下浮动", "偏离", "偏差", "相差", "浮动"]);
/// Days after the deadline.
pub(super) const STEP_LATE: &Lexicon = &Lexicon::new(&[
    "逾期", "延期", "延迟", "推迟", "超期", "拖延", "延误", "滞后", "拖期", "推后", "延后", "超时", "晚",
    "迟报", "迟交", "晚报", "迟",
]);
/// Things found.
pub(super) const STEP_FOUND: &Lexicon = &Lexicon::new(&[
    "发现", "发生", "出现", "存在", "查出", "查实", "产生", "接到", "收到", "违反", "有",
]);
/// Things missing.
pub(super) const STEP_MISSING: &Lexicon = &Lexicon::new(&["缺少", "缺失", "缺", "漏报", "遗漏", "漏"]);

/// The points of the indicator.
pub(super) const WEIGHT: &Lexicon = &Lexicon::new(&[
    "该项指标分值", "本项指标分值", "该指标分值", "本指标分值", "该指标权重分", "指标权重分", "该指标权重", "该项权重", "本指标权重", "本项权重", "该项分值",
    "本项分值", "该项权重分", "本项权重分", "指标分值", "指标权重", "标准分值", "标准分数", "权重分值",
    "权重分数", "权重分", "标准分", "总分值", "基础分值", "满分值", "该项满分", "本项满分", "该项分数",
    "本项分数", "该项得分", "权重", "分值", "分数", "满分", "总分", "该项分", "本项分",
]);
/// What leads to a measure for the points.
pub(super) const BY: &Lexicon = &Lexicon::new(&["按照", "按", "根据", "依据", "依", "以"]);
/// What a formula gives.
pub(super) const SCORE_NAMES: &Lexicon = &Lexicon::new(&[
    "该指标得分", "本指标得分", "该项指标得分", "指标得分", "该项得分", "本项得分", "此项得分", "实际得分",
    "最终得分", "得分", "指标计分", "计分", "指标评分", "评分",
]);
/// Verbs of scoring by a measure.
pub(super) const SCORE_VERBS: &Lexicon = &Lexicon::new(&[
    "折算得分", "换算得分", "计算得分", "计算分值", "计算分数", "折算分数", "相应得分", "核算得分",
    "核定得分", "确定得分", "得分", "计分", "给分", "赋分", "评分", "记分", "计算", "打分", "算分",
]);
/// Full points.
pub(super) const FULL: &Lexicon = &Lexicon::new(&[
    "全部权重分", "全部分值", "全部分数", "全额分值", "该项满分", "本项满分", "此项满分", "满分值", "满分",
    "全分", "权重满分", "标准分", "权重分", "该项分值", "本项分值", "指标分值", "该指标分值", "全部得分",
]);
/// No points.
pub(super) const NOTHING: &Lexicon = &Lexicon::new(&[
    "实行一票否决，不得分", "一票否决，不得分", "一票否决不得分", "一票否决，得0分", "不予得分", "不予计分", "不予给分", "一律不得分", "均不得分", "不得分", "不计分", "不给分", "不记分",
    "不赋分", "得零分", "计零分", "记零分", "零分", "无分",
]);
/// Verbs of giving points.
pub(super) const GIVE: &Lexicon = &Lexicon::new(&[
    "得分为", "计分为", "可得", "记得", "计得", "给予", "获得", "赋予", "得", "计", "记", "给", "赋", "评",
]);
/// Verbs of taking points.
pub(super) const TAKE: &Lexicon = &Lexicon::new(&["扣除", "扣减", "减扣", "扣", "减"]);
/// Verbs of adding points.
pub(super) const ADD: &Lexicon = &Lexicon::new(&["增加", "奖励", "加"]);
/// Between a condition and its award; adds nothing.
pub(super) const THEN: &Lexicon = &Lexicon::new(&[
    "的情况下", "的情况", "情况下", "的单位", "的项目", "的", "者", "时", "则", "可", "即", "均", "都",
    "，", ":", "一律", "该项指标", "本项指标", "该指标", "本指标", "该项", "本项", "此项", "应", "将",
    "予以",
]);
/// All points are gone: nothing goes below 0 anyway.
pub(super) const UNTIL_GONE: &Lexicon = &Lexicon::new(&[
    "扣完该项分值为止", "扣完本项分值为止", "扣完该项指标分值为止", "扣完本项指标分值为止",
    "扣完该指标分值为止", "扣完本指标分值为止", "扣完全部分值为止", "扣完权重分为止", "扣完指标分值为止",
    "扣完分值为止", "扣完该项为止", "扣完本项为止", "扣完满分为止", "直至扣完为止", "直到扣完为止",
    "直至扣完", "直到扣完", "扣完为止", "扣完即止", "扣光为止", "扣至0分为止", "扣至零分为止",
    "扣到0分为止", "扣至0分", "减完为止", "扣分完为止", "扣完本项分为止", "扣完该项分为止", "最低为0分",
    "最低0分", "最低得0分", "最低不低于0分", "以扣完为止", "不计负分", "不得负分", "不计为负分",
]);
/// Points never exceed the weight anyway.
pub(super) const UNTIL_FULL: &Lexicon = &Lexicon::new(&[
    "得分最高不超过该项分值", "最高不超过该项分值", "最高不超过本项分值", "最高不超过该指标分值",
    "最高不超过指标分值", "最高不超过分值", "最高不超过满分", "不超过该项分值", "加满为止", "计满为止",
    "得满为止", "最高得满分", "最多得满分", "最高为满分", "超过满分按满分计", "超过的按满分计",
    "以满分为限", "超额完成不加分", "超额完成的不加分", "超额完成不另加分", "超额部分不加分", "超额不加分",
    "超过目标值按满分计", "超过目标值的按满分计", "超过目标值的，按满分计", "超额完成按满分计", "满分为止", "加至满分为止", "超出部分不加分", "超过部分不加分", "超出不加分", "超过不加分", "超过的不加分", "超出的不加分",
]);
/// Where nothing else applies.
pub(super) const ELSE: &Lexicon = &Lexicon::new(&[
    "除上述情况外", "除此之外的", "除此之外", "除此以外", "其余情况", "其他情况", "其它情况", "其余情形",
    "其他情形", "其余", "其他", "其它", "否则", "反之",
]);
/// Headings and remarks that state nothing.
pub(super) const NEUTRAL: &Lexicon = &Lexicon::new(&[
    "评分标准", "评价标准", "评分办法", "评分方法", "计分方法", "计分办法", "评分规则", "计分规则",
    "计分标准", "得分标准", "扣分标准", "评分细则", "评价要点", "评分要点", "考核标准", "考核要点",
    "评价内容", "具体标准", "具体评分标准", "标准", "按以下标准评分", "按以下标准计分", "按下列标准评分",
    "按下列标准计分", "根据完成情况评分", "根据完成情况计分", "根据以下标准评分", "查看资料",
    "按指标值得分", "保留两位小数", "得分保留两位小数", "结果保留两位小数", "计算结果保留两位小数",
]);
/// Words that leave the points to a person, or that this grammar cannot weigh. No name may hide one.
pub(super) const HAZARDS: &Lexicon = &Lexicon::new(&[
    "酌情", "视情", "适当", "适度", "原则上", "一般情况", "根据实际", "按照实际情况", "除", "若", "如果",
    "假如", "或", "且", "并且", "同时", "连续", "平均", "分别", "之一", "任一", "任意", "同比", "环比",
    "上年", "去年", "上一年", "较", "比上", "逐年", "每", "各", "扣", "得分", "加分", "减分", "倍", "折",
    "否则", "专家", "评委", "自行", "另", "首次", "再次", "以上", "以下", "以内", "最高", "最低", "最多",
    "至少", "大约", "左右", "大概", "大致", "不得", "其余", "其他", "其它", "反之", "例外", "特殊", "之前",
    "之后", "期间", "累计", "高于", "低于", "超过", "大于", "小于", "不足", "超出", "少于", "多于", "达到",
    "等于", "不超", "介于", "限于", "仅", "只", "但",
]);
/// Words that leave the points to a person, wherever they stand.
pub(super) const JUDGEMENT: &Lexicon = &Lexicon::new(&[
    "酌情", "视情", "适当扣", "适当给", "适当加", "适当减", "自由裁量", "由专家", "由评委", "专家打分",
    "评委打分", "根据实际情况打分", "根据实际情况评分", "根据实际情况给分", "根据实际情况扣分",
    "根据实际情况赋分", "结合实际情况", "综合评定", "综合判断", "主观", "原则上", "左右", "大约", "大概",
]);

/// Whether a condition can begin with this character; spares most places the full attempt.
pub(super) const fn can_begin(c: char) -> bool {
    matches!(c, '0'..='9' | '≥' | '≤' | '<' | '>' | '=' | '≠' | '[' | '(' | '≮' | '≯' | '大' | '小' | '高'
        | '低' | '不' | '少' | '多' | '超' | '未' | '达' | '没' | '完' | '满' | '在' | '为' | '等' | '按'
        | '逾' | '延' | '推' | '滞' | '拖' | '晚' | '合' | '约' | '要' | '规' | '及' | '如' | '准' | '提' | '全' | '足' | '已'
        | '实' | '介' | '处' | '位' | '控' | '突' | '至' | '应' | '优' | '一' | '二' | '三' | '四' | '五'
        | '六' | '七' | '八' | '九' | '十' | '百' | '零' | '两' | '差' | '欠' | '目' | '指' | '预' | '计'
        | '任' | '标' | '定' | '基' | '年' | '责' | '批' | '成' | '绩' | '既' | '设' | '存' | '发' | '出'
        | '有' | '无' | '查' | '违' | '接' | '收' | '产' | '凡' | '上' | '项' | '概' | '与' | '较' | '比'
        | '缺' | '前' | '第' | '排' | '负')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_hides_a_longer_one_of_the_grammar() {
        for table in [LOWER_IN, LOWER_OUT, LOWER_OVER, UPPER_IN, UPPER_OUT, EQUAL] {
            for (i, word) in table.iter().enumerate() {
                let hidden = table[..i].iter().find(|earlier| word.starts_with(**earlier));
                assert_eq!(hidden, None, "{word}");
            }
        }
    }
}
