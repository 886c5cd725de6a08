//! The findings whose ids begin with t to z, in alphabetical order.

/// Hands these entries, behind those that came before, on to the next macro.
macro_rules! t_to_z {
    ($next:ident $($rest:ident)* { $($before:tt)* }) => { $next! { $($rest)* { $($before)*
        /// Rows elsewhere look like a part of the table, but its points do not show that they are. They were not read, and no
        /// grade is given on the rest.
        TablePartUnread = "table-part-unread", Warning, "表格可能有一部分没有读取",
            means "别处有几行像是这张表的一部分，但由分值不能证明，因此没有读取；不评定等级。",
            remedy "请把整张表放在一个工作表里、表头只写一次，或改正分值使合计等于总分后重新提交。",
            source "本软件约定：不能由分值证明的内容不并入表格";
        /// An indicator has a target as it was set and one as it was adjusted: which one counts, and what the other would give.
        TargetAdjusted = "target-adjusted", Info, "按调整后的指标值评分",
            means "指标值有年初的和调整后的两个：写明按哪一个评分，按另一个会得多少。",
            remedy "请核对绩效目标调整是否已经批准，并注明批复文号。",
            source "本软件约定：有调整后指标值的，按调整后的评分";
        /// A target is worse than what was done the year before, and nothing says why.
        TargetBelowHistory = "target-below-history", Warning, "指标值低于历史水平",
            means "指标值比上年完成值（或前三年平均）差得多，没有说明原因。",
            remedy "请说明降低指标值的原因，或提高指标值。",
            source "本软件约定：指标值一般不低于历史水平，降低的要说明原因";
        /// A target is worse than what was done the year before, and the form says why.
        TargetBelowHistoryExplained = "target-below-history-explained", Info, "指标值低于历史水平，已说明原因",
            means "指标值比上年完成值（或前三年平均）差得多，表中写明了原因。",
            remedy "请审核原因是否成立。",
            source "本软件约定：指标值一般不低于历史水平，降低的要说明原因";
        /// An indicator with points has no target.
        TargetMissing = "target-missing", Warning, "没有填写指标值",
            means "有分值的指标没有填写指标值。",
            remedy "请填写指标值。",
            source "《项目支出绩效评价管理办法》（财预〔2020〕10号）：指标得分按完成值与指标值比较确定";
        /// A percentage is set as target for something that is no rate.
        TargetNotMeasurable = "target-not-measurable", Warning, "指标值不可衡量",
            means "不是比率的内容，指标值却是百分比。",
            remedy "请改用可计量的指标，或写明判断标准。",
            source "本软件约定：指标值须可以衡量";
        /// The actual misses the target.
        TargetNotMet = "target-not-met", Warning, "未完成目标值",
            means "实际完成值没有达到指标值。",
            remedy "请说明原因和改进措施。",
            source "《项目支出绩效评价管理办法》（财预〔2020〕10号）：未完成目标或偏离较大的，要说明原因，提出改进措施";
        /// A target's number has no unit: not in its cell, not in a column of its own, not in the name.
        TargetUnitMissing = "target-unit-missing", Warning, "指标值没有计量单位",
            means "指标值只有数，单元格、单位栏和指标名称中都没有单位。",
            remedy "请在指标值后或度量单位栏写明单位。",
            source "本软件约定，参照省级绩效管理平台的填报校验：定量指标须填写计量单位";
        /// A placeholder of the form is still there: `……`, `指标2：` with nothing behind it, `≥**`.
        TemplateTextLeft = "template-text-left", Info, "保留了模板文字",
            means "表中还有模板的文字，如“……”、没有内容的“指标2：”、“≥**”。",
            remedy "请删除模板文字或填写实际内容。",
            source "本软件约定：报送的表中不应保留模板文字";
        /// A row has neither points nor a score and may be a part of the indicator above or below it: a name, a criterion or a
        /// value cut over several rows. What depends on it is left to a person.
        TextOverSeveralRows = "text-over-several-rows", Warning, "一个指标的内容可能分在几行",
            means "一行既无分值也无得分，可能是上下相邻指标的一部分（名称、评分标准或数值分在几行）。有关的指标由人打分。",
            remedy "请把每个指标的名称、评分标准和数值各写在一个单元格里；确是另一个指标的，请补上分值。",
            source "本软件约定：不能确定属于哪个指标的内容不作猜测";
        /// A typed total is not the sum of the scores that it is of: the agency's of the agency's, the reviewer's of the
        /// reviewer's; where a form has one column of scores, of the computed ones.
        TotalDiffers = "total-differs", Error, "总分与各项得分之和不符",
            means "填写的总分不等于各项得分之和：自评总分对自评得分，复核总分对复核得分；只有一栏得分的，对计算得分。",
            remedy "请按各项得分更正总分。",
            source "本软件约定：总分为各项得分之和";
        /// Target and actual have units of different dimensions; no score is computed.
        UnitMismatch = "unit-mismatch", Error, "指标值与实际完成值的计量单位不同",
            means "指标值与实际完成值的单位不是一类，不能换算，没有计分。",
            remedy "请统一计量单位后重新填写。",
            source "本软件约定：不同类的计量单位不换算，不计分";
        /// Rows, notes or figures that are no column of a table may change what is earned, and were not used. No grade is given
        /// before a person has put them where they count, or taken them out.
        ValuesNotRead = "values-not-read", Warning, "有内容可能影响得分，没有采用",
            means "栏目以外的行、说明或数字可能影响得分，没有采用。在有人写到应写的地方或删去之前，不评定等级。",
            remedy "应计入的，请写进表中相应的栏目（合计行之上）；不应计入的，请删去，再把文件重新提交。",
            source "本软件约定：可能影响得分而没有采用的内容须经人处理，才评定等级";
        /// Two entries are the same in account, month, text and amount, and none of them is reversed.
        VoucherDuplicate = "voucher-duplicate", Warning, "疑似重复入账",
            means "两笔分录的科目、月份、摘要和金额都相同，又都没有冲销。",
            remedy "请核对原始凭证；确属重复的，请冲销一笔。",
            source "本软件约定：科目、月份、摘要、金额都相同的分录提请核对";
        /// A weight's cell holds something that is not one number.
        WeightNotRead = "weight-not-read", Warning, "分值读不出来",
            means "分值单元格中不是一个数。",
            remedy "请在分值单元格中只写一个数。",
            source "本软件约定：分值须是一个数";
        /// The weights are shares of the whole (`0.2`, `20%`) that add up to exactly 1; they count as points out of 100.
        WeightsAsShares = "weights-as-shares", Info, "分值填的是比例，已按100分折算",
            means "分值填的是比例（如0.2、20%），合计恰为1，已按100分折算。",
            remedy "请核对折算后的分值；得分按 100 分制填写。",
            source "本软件约定：合计恰为1的分值是比例，按100分折算";
        /// The weights of the indicators do not add up to the stated weight of their level 2 or level 1.
        WeightsNotLevel = "weights-not-level", Error, "指标分值之和与上级分值不符",
            means "各三级指标分值之和与上级指标的分值不符。",
            remedy "请调整三级指标分值，使其合计等于上级分值。",
            source "本软件约定，参照省级绩效管理平台的填报校验：三级指标分值之和须等于上级指标分值";
        /// The weights of all indicators do not add up to the form's total.
        WeightsNotTotal = "weights-not-total", Error, "各指标分值合计不等于总分",
            means "各指标分值合计不等于总分。",
            remedy "请调整分值，使合计等于规定的总分。",
            source "本软件约定，参照省级绩效管理平台的填报校验：各指标分值合计须等于规定的总分";
        /// The weights are at most 1 and do not add up to 1, or a score in percent stands beside weights in points: whether they
        /// are shares or points is not certain, and they were not taken.
        WeightsScaleUnclear = "weights-scale-unclear", Warning, "分值或得分的计分单位不能确定",
            means "分值都不超过1而合计不为1，或者得分是百分数而分值是分数：不能确定是比例还是分数，因此没有采用。",
            remedy "请按 100 分填写分值（如 20），使合计等于总分；得分也填分数，不填百分数。",
            source "本软件约定：不能确定是比例还是分数的，不采用";
        /// A yes/no question has a percentage as its target.
        YesNoIndicatorWithRate = "yes-no-indicator-with-rate", Warning, "是否类指标使用了百分比指标值",
            means "“是否……”一类的指标，指标值却是百分比。",
            remedy "请把指标值改为“是”，或改用比率类指标。",
            source "本软件约定：是否类的指标不用百分比作指标值";
    } } };
}
