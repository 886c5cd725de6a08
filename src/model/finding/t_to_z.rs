//! The findings whose ids begin with t to z, in alphabetical order.

/// Hands these entries, behind those that came before, on to the next macro.
macro_rules! t_to_z {
    ($next:ident $($rest:ident)* { $($before:tt)* }) => { $next! { $($rest)* { $($before)*
        /// Rows elsewhere look like a part of the table, but its points do not show that they are. They were not read, and no
        /// grade is given on the rest.
        TablePartUnread = "table-part-unread", Warning, Form, "表格可能有一部分没有读取",
            means "别处有几行像是这张表的一部分，但由分值不能证明，因此没有读取；不评定等级。",
            remedy "请把整张表放在一个工作表里、表头只写一次，或改正分值使合计等于总分后重新提交。",
            source "本软件约定：不能由分值证明的内容不并入表格";
        /// An indicator has a target as it was set and one as it was adjusted: which one counts, and what the other would give.
        TargetAdjusted = "target-adjusted", Info, Results, "按调整后的指标值评分",
            means "指标值有年初的和调整后的两个：写明按哪一个评分，按另一个会得多少。",
            remedy "请核对绩效目标调整的批复。",
            source "本软件约定：有调整后指标值的，按调整后的评分";
        /// A target is worse than what was done the year before, and nothing says why.
        TargetBelowHistory = "target-below-history", Warning, Targets, "指标值低于历史水平",
            means "指标值比上年完成值（或前三年平均）差得多，没有说明原因。",
            remedy "请说明降低指标值的原因，或提高指标值。",
            source "本软件约定：指标值一般不低于历史水平，降低的要说明原因";
        /// A target is worse than what was done the year before, and the form says why.
        TargetBelowHistoryExplained = "target-below-history-explained", Info, Review, "指标值低于历史水平，已说明原因",
            means "指标值比上年完成值（或前三年平均）差得多，表中写明了原因。",
            remedy "请审核原因是否成立。",
            source "本软件约定：指标值一般不低于历史水平，降低的要说明原因";
        /// A target of the self-evaluation is not the declared one.
        TargetChangedFromDeclaration = "target-changed-from-declaration", Warning, Results, "指标值与申报不一致",
            means "同一指标，申报表和自评表的指标值不同。",
            remedy "报送材料中没有绩效目标批复。经批准调整的，请提供批复；没有批准的，请按申报的指标值填报。",
            source "本软件约定：绩效目标批复后，未经批准不作调整";
        /// A target has two bounds and no sign.
        TargetIsARange = "target-is-a-range", Warning, Targets, "指标值是区间或者约数",
            means "指标值是从一个数到另一个数，或者只是约数，没有写明达到多少算完成。",
            remedy "请改为确定的数，带上“≥”或者“≤”（如“≥300人次”）。",
            source "本软件约定：指标值须能够判定是否完成";
        /// An indicator with points has no target.
        TargetMissing = "target-missing", Warning, Targets, "没有填写指标值",
            means "有分值的指标没有填写指标值。",
            remedy "请填写指标值。",
            source "本软件约定：指标得分按完成值与指标值比较确定";
        /// A percentage is set as target for something that is no rate.
        TargetNotMeasurable = "target-not-measurable", Warning, Targets, "指标值不可衡量",
            means "不是比率的内容，指标值却是百分比。",
            remedy "请改用可计量的指标，或写明判断标准。",
            source "本软件约定：指标值须可以衡量";
        /// The actual misses the target.
        TargetNotMet = "target-not-met", Warning, Results, "未达到指标值",
            means "实际完成值没有达到指标值。",
            remedy "请说明原因和改进措施。",
            source "表内栏目：未完成目标或偏离较大的，在原因和改进措施一栏写明";
        /// Several targets were passed by far: they may have been set too low.
        TargetTooEasy = "target-too-easy", Warning, Targets, "实际完成大幅超过指标值",
            means "几个指标的实际完成值远远超过指标值，又没有说明原因，指标值可能定得过低。",
            remedy "请说明超额完成的原因；属于年初指标值明显偏低的，按财预〔2020〕10号将按照偏离度适度调减分值，下一年度请按实际水平重新测算。",
            source "本软件约定：完成值高于指标值较多的，要分析原因；因指标值设定明显偏低造成的，按偏离度适度调减分值";
        /// A target's number has no unit: not in its cell, not in a column of its own, not in the name.
        TargetUnitMissing = "target-unit-missing", Warning, Targets, "指标值没有计量单位",
            means "指标值只有数，单元格、单位栏和指标名称中都没有单位。",
            remedy "请在指标值后或度量单位栏写明单位。",
            source "本软件约定，参照省级绩效管理平台的填报校验：定量指标须填写计量单位";
        /// An output is promised by an adjective only.
        TargetWordVague = "target-word-vague", Warning, Targets, "指标值只是形容词",
            means "产出的数量、质量、时效指标（比率除外），指标值只写了“及时”“有效”一类的词，没有数、日期或者可以核对的标准。",
            remedy "请改为可以核对的数、比率、日期，或者写明按什么判定。",
            source "本软件约定：产出指标的指标值须可以衡量";
        /// Nearly all rates of a form are to be 100 %.
        TargetsAll100Percent = "targets-all-100-percent", Warning, Targets, "指标值几乎全为100%",
            means "比率类指标的指标值几乎全部是100%，拉不开差距，也看不出重点。",
            remedy "请按历史完成情况和工作要求重新测算指标值；确实必须达到100%的（如安全、足额发放），请在备注中说明。",
            source "本软件约定：指标值应当经测算确定，能够区分完成的好坏";
        /// Several benefits are all promised at the same rate.
        TargetsIdentical = "targets-identical", Warning, Targets, "效益指标的指标值一律相同",
            means "效益指标中有几个的指标值是同一个百分比，看不出各有依据。",
            remedy "请按各指标的历史完成情况分别测算指标值，并写明依据。",
            source "本软件约定：各指标的指标值应当分别测算";
        /// A placeholder of the form is still there: `……`, `指标2：` with nothing behind it, `≥**`.
        TemplateTextLeft = "template-text-left", Info, Form, "保留了模板文字",
            means "表中还有模板的文字，如“……”、没有内容的“指标2：”、“≥**”。",
            remedy "请删除模板文字或填写实际内容。",
            source "本软件约定：报送的表中不应保留模板文字";
        /// The words of a project name another project or department of the same batch, and none of its own.
        TextOfAnotherProject = "text-of-another-project", Warning, Review, "可能套用了其他单位或项目的文字",
            means "目标、完成情况等文字中出现了同批材料中其他单位或项目的名称，却没有出现本单位、本项目的名称。",
            remedy "请核实文字是不是从其他材料套用的；确需提到其他单位的，无需处理。",
            source "本软件约定：项目的文字应当写本项目的内容";
        /// A row has neither points nor a score and may be a part of the indicator above or below it: a name, a criterion or a
        /// value cut over several rows. What depends on it is left to a person.
        TextOverSeveralRows = "text-over-several-rows", Warning, Form, "一个指标的内容可能分在几行",
            means "一行既无分值也无得分，可能是上下相邻指标的一部分（名称、评分标准或数值分在几行）。有关的指标由人打分。",
            remedy "请把每个指标的名称、评分标准和数值各写在一个单元格里；确是另一个指标的，请补上分值。",
            source "本软件约定：不能确定属于哪个指标的内容不作猜测";
        /// A target of timeliness says no time.
        TimelinessWithoutDate = "timeliness-without-date", Warning, Targets, "时效指标没有时间",
            means "时效指标的指标值不是日期、时长，也不是及时率，无法核对是否按时。",
            remedy "请写明完成日期（如“2024年11月30日前”）、时限（如“≤3天”）或者及时率。",
            source "本软件约定：时效指标须写明时间";
        /// A score or an amount shows too many decimals.
        TooManyDecimals = "too-many-decimals", Info, Form, "小数位过多",
            means "得分或者金额的小数位过多。",
            remedy "请按表的要求保留小数（得分一般两位），四舍五入后填写。",
            source "本软件约定：得分保留两位小数，金额保留到元以下两位";
        /// All qualitative indicators are met, in full, without a word.
        TooManyQualitativeMet = "too-many-qualitative-met", Info, Results, "定性指标全部达成而没有说明",
            means "定性指标都写达成、都得满分，没有任何说明。",
            remedy "请补充说明依据（如文件、验收单、调查结果）。",
            source "本软件约定：定性指标的完成情况须有说明";
        /// A typed total is not the sum of the scores that it is of: the agency's of the agency's, the reviewer's of the
        /// reviewer's; where a form has one column of scores, of the computed ones.
        TotalDiffers = "total-differs", Error, Scores, "总分与各项得分之和不符",
            means "填写的总分不等于各项得分之和：自评总分对自评得分，复核总分对复核得分；只有一栏得分的，对计算得分。",
            remedy "请核对各项得分后，按各项得分合计更正总分。",
            source "本软件约定：总分为各项得分之和";
        /// A typed total is the sum of the typed scores, of which some are not what their rules give.
        TotalFollowsScores = "total-follows-scores", Info, Scores, "总分随各项得分更正",
            means "填报的总分等于各项填报得分之和，其中有的得分按计分规则计算是另一个数，总分也相应改变；或者各项分值合计不等于总分，调整分值以后总分也要更正。",
            remedy "更正各项分值和得分以后，请相应更正总分。",
            source "本软件约定：总分为各项得分之和";
        /// Something was not accepted, and the quantity has full points.
        UnacceptedButFullQuantity = "unaccepted-but-full-quantity", Info, Results, "未验收而数量满分",
            means "一个指标说明没有验收或完工，数量指标却得了满分。",
            remedy "请核实数量指标是否也应扣分。",
            source "本软件约定：同一事项各指标的判断应当一致";
        /// What one thing cost, times how many there were, is more than all that was spent.
        UnitCostExceedsSpent = "unit-cost-exceeds-spent", Warning, Budget, "单位成本乘以数量超过全部支出",
            means "实际的单位成本与完成数量相乘，超过项目的全部支出，两处的数对不上。",
            remedy "请核实单位成本的口径、完成数量和支出；有尚未支付的，请注明。",
            source "本软件约定：单位成本、数量与支出应当相互一致";
        /// What one thing cost is many times, or a fraction, of what was planned.
        UnitCostImplausible = "unit-cost-implausible", Info, Budget, "单位成本与预算相差悬殊",
            means "按实际支出和完成数算出的单位成本，与按预算和指标值算出的相差几倍。",
            remedy "请核对支出和完成数；固定费用为主的，请说明。",
            source "本软件约定：单位成本与预算相差悬殊的，提请核对";
        /// Target and actual have units of different dimensions; no score is computed.
        UnitMismatch = "unit-mismatch", Error, Form, "指标值与实际完成值的计量单位不同",
            means "指标值与实际完成值的单位不是一类，不能换算，没有计分。",
            remedy "请统一计量单位后重新填写。",
            source "本软件约定：不同类的计量单位不换算，不计分";
        /// A number stands beside a blank cell of units.
        UnitMissingForQuantity = "unit-missing-for-quantity", Warning, Targets, "计量单位一栏空着",
            means "指标值只有数，表中有计量单位一栏，却没有填写。",
            remedy "请在计量单位一栏填写单位。",
            source "本软件约定，参照省级绩效管理平台的填报校验：定量指标须填写计量单位";
        /// Rows, notes or figures that are no column of a table may change what is earned, and were not used. No grade is given
        /// before a person has put them where they count, or taken them out.
        ValuesNotRead = "values-not-read", Warning, Question, "有内容可能影响得分，没有采用",
            means "栏目以外的行、说明或数字可能影响得分，没有采用。在有人写到应写的地方或删去之前，不评定等级。",
            remedy "应计入的，请写进表中相应的栏目（合计行之上）；不应计入的，请删去，再把文件重新提交。",
            source "本软件约定：可能影响得分而没有采用的内容须经人处理，才评定等级";
        /// Two entries are the same in account, month, text and amount, and none of them is reversed.
        VoucherDuplicate = "voucher-duplicate", Warning, Ledger, "疑似重复入账",
            means "两笔分录的科目、月份、摘要和金额都相同，又都没有冲销。",
            remedy "请核对原始凭证；确属重复的，请冲销一笔。",
            source "本软件约定：科目、月份、摘要、金额都相同的分录提请核对";
        /// The points of an indicator are not the declared ones.
        WeightChangedFromDeclaration = "weight-changed-from-declaration", Info, Weights, "分值与申报不一致",
            means "同一指标，申报表和自评表的分值不同。",
            remedy "报送材料中没有绩效目标批复。经批准调整的，请提供批复；没有批准的，请按申报的分值填报。",
            source "本软件约定：自评的分值应当与申报的一致";
        /// A weight's cell holds something that is not one number.
        WeightNotRead = "weight-not-read", Warning, Weights, "分值读不出来",
            means "分值单元格中不是一个数。",
            remedy "请在分值单元格中只写一个数。",
            source "本软件约定：分值须是一个数";
        /// One indicator has too many of the points.
        WeightTooHigh = "weight-too-high", Info, Weights, "单个指标分值过高",
            means "一个指标的分值占总分的比例过高，一项就决定等级。",
            remedy "请核实分值是否合理；可以细分的，请分成几个指标。",
            source "本软件约定：单个指标的分值不宜过高";
        /// An indicator with a target has no points.
        WeightZero = "weight-zero", Warning, Weights, "有指标而分值为零",
            means "指标有名称和指标值，分值却是零。",
            remedy "请填写分值；不考核的，请删去。",
            source "本软件约定，参照省级绩效管理平台的填报校验：指标分值须大于零";
        /// The weights are shares of the whole (`0.2`, `20%`) that add up to exactly 1; they count as points out of 100.
        WeightsAsShares = "weights-as-shares", Info, Weights, "分值填的是比例，已按100分折算",
            means "分值填的是比例（如0.2、20%），合计恰为1，已按100分折算。",
            remedy "请核对折算后的分值；得分按 100 分制填写。",
            source "本软件约定：合计恰为1的分值是比例，按100分折算";
        /// The weights of the indicators do not add up to the stated weight of their level 2 or level 1.
        WeightsNotLevel = "weights-not-level", Error, Weights, "指标分值之和与上级分值不符",
            means "各三级指标分值之和与上级指标的分值不符。",
            remedy "请调整三级指标分值，使其合计等于上级分值。",
            source "本软件约定，参照省级绩效管理平台的填报校验：三级指标分值之和须等于上级指标分值";
        /// The weights of all indicators do not add up to the form's total.
        WeightsNotTotal = "weights-not-total", Error, Weights, "各指标分值合计不等于总分",
            means "各指标分值合计不等于总分。",
            remedy "请调整分值，使合计等于规定的总分，再按调整后的分值重新填报各项得分和总分。",
            source "本软件约定，参照省级绩效管理平台的填报校验：各指标分值合计须等于规定的总分";
        /// The weights are at most 1 and do not add up to 1, or a score in percent stands beside weights in points: whether they
        /// are shares or points is not certain, and they were not taken.
        WeightsScaleUnclear = "weights-scale-unclear", Warning, Weights, "分值或得分的计分单位不能确定",
            means "分值都不超过1而合计不为1，或者得分是百分数而分值是分数：不能确定是比例还是分数，因此没有采用。",
            remedy "请按 100 分填写分值（如 20），使合计等于总分；得分也填分数，不填百分数。",
            source "本软件约定：不能确定是比例还是分数的，不采用";
        /// The goal speaks of another year than the form.
        YearMismatch = "year-mismatch", Warning, Form, "表中年度不一致",
            means "总体目标写的年度不是表的年度，或者同一项目的几张表年度不同。",
            remedy "请核对年度。",
            source "本软件约定：同一项目同一次报送的各表年度应当一致";
        /// A yes/no question has a percentage as its target.
        YesNoIndicatorWithRate = "yes-no-indicator-with-rate", Warning, Targets, "是否类指标使用了百分比指标值",
            means "“是否……”一类的指标，指标值却是百分比。",
            remedy "请把指标值改为“是”，或改用比率类指标。",
            source "本软件约定：是否类的指标不用百分比作指标值";
        /// Nothing was spent and an output was made.
        ZeroSpendingWithOutput = "zero-spending-with-output", Warning, Budget, "支出为零而产出已完成",
            means "全年执行数为零，产出却已完成。",
            remedy "请说明资金来源（上年结转、先行垫付或财政尚未拨付）。",
            source "本软件约定：支出与产出应当相符，不符的须说明";
        /// A reviewer gave no points and does not say why.
        ZeroWithoutEvidenceNote = "zero-without-evidence-note", Info, Review, "得零分没有写明依据",
            means "复核得零分，备注没有写明依据。",
            remedy "请在备注中写明得零分的依据。",
            source "本软件约定：扣分须写明依据";
    } } };
}
