//! The findings whose ids begin with e to n, in alphabetical order.

/// Hands these entries, behind those that came before, on to the next macro.
macro_rules! e_to_n {
    ($next:ident $($rest:ident)* { $($before:tt)* }) => { $next! { $($rest)* { $($before)*
        /// Declared indicators are missing and all that are left have full points.
        EasyIndicatorsOnlyKept = "easy-indicators-only-kept", Warning, Results, "申报的指标有缺，其余全得满分",
            means "申报的指标在自评表中缺了几个，保留下来的都填了满分。",
            remedy "请补充缺少的指标及其完成情况。",
            source "本软件约定：申报的指标都应当自评";
        /// Evaluators name such entries of the ledger and took nothing off: whether the agency is asked is the bureau's to settle.
        EntriesAcceptedByScore = "entries-accepted-by-score", Info, Ledger, "账上需要核实的支出，评价时已写明并给满分",
            means "账上有需要核实的支出，评分表的评价情况已写明同样的支出，没有扣分。",
            remedy "请先商定是否要求单位说明；需要说明的，在发文中提出，并核对得分。",
            source "本软件约定：评价时已认可的，不直接要求单位说明";
        /// Entries were taken back by red ones: how the books are kept is to be seen.
        EntriesCancelled = "entries-cancelled", Info, Ledger, "账上有红字冲销的分录",
            means "账上有重复入账、误记等分录，已用红字冲销，没有计入支出。",
            remedy "请核对冲销的原因；会计核算规范性的认定应当与此一致。",
            source "本软件约定：冲销的分录不计支出，列出供核对";
        /// An entry's date or month cannot be read, so that its month and year are not known. It is counted.
        EntryDateNotRead = "entry-date-not-read", Warning, Ledger, "分录日期无法识别",
            means "分录的日期或月份读不出来，不知道属于哪年哪月；金额照计。",
            remedy "请把日期改为“2022-03-15”这样的形式，或补全月、日两列及年度。",
            source "本软件约定：日期读不出来的分录照计金额，并列出请人更正";
        /// An entry is dated in another year than the one that is evaluated. It is not counted.
        EntryOutsideYear = "entry-outside-year", Warning, Ledger, "分录不属于评价年度",
            means "分录的日期不在评价年度内，没有计入支出。",
            remedy "请核实日期；确属评价年度的，请更正日期后重新提交。",
            source "本软件约定：只计评价年度的分录";
        /// A cost, complaint, error or time limit has a target with `=`. It is scored as a cap.
        EqualsOnCost = "equals-on-cost", Warning, Targets, "成本、控制类指标使用了“=”",
            means "成本、投诉、差错、时限等指标的指标值用了“=”，已按不超过指标值评分。",
            remedy "请改为“≤”。",
            source "本软件约定：成本、控制类指标的“=”按“≤”评分";
        /// The execution is low and nothing says why.
        ExecutionBelow90Unexplained = "execution-below-90-unexplained", Warning, Budget, "执行率偏低没有说明",
            means "预算执行率偏低，没有说明原因。",
            remedy "请说明资金没有支出的原因。",
            source "表内栏目：未完成目标或偏离较大的，在原因和改进措施一栏写明";
        /// The typed execution rate is not 执行数 ÷ 预算数 of its row, even allowing for the rounding of what is shown.
        ExecutionRateDiffers = "execution-rate-differs", Error, Budget, "执行率与金额不符",
            means "填写的执行率不等于本行执行数除以预算数，考虑显示时取整也不相符。",
            remedy "请按“执行数 ÷ 预算数”更正执行率，或更正金额。",
            source "表内栏目：执行率为全年执行数除以全年预算数";
        /// The typed score of the budget execution is not points × rate (at most all points).
        ExecutionScoreDiffers = "execution-score-differs", Error, Budget, "预算执行得分与计算结果不符",
            means "填写的预算执行得分不等于分值乘以执行率（最多得满分）。",
            remedy "请按“分值 × 执行率”（最多得满分）更正得分，或核对预算数和执行数。",
            source "本软件约定：预算执行得分为分值乘以执行率，最多得满分；表内另有评分标准的从其标准";
        /// The same named figure stands with two values in one submission.
        FactHasTwoValues = "fact-has-two-values", Warning, Results, "同一事实有两个不同的数值",
            means "同一份材料中，同一事实写了两个不同的数。",
            remedy "请核对两处数字，改为一致，并注明数据来源。",
            source "本软件约定：同一事实只应有一个数";
        /// One of several files of a case holds no form that any mapping reads; the verdict is made without it.
        FileNotRecognised = "file-not-recognised", Warning, Materials, "文件中没有认出表格",
            means "一份材料有几个文件，其中一个没有认出任何表格，评分时没有用到它。",
            remedy "请确认该文件是否属于本项目；属于的，请核对表头后重新提交。",
            source "本软件约定：没有认出的文件不参与评分，并逐一列明";
        /// What would be a fault of the form may be none once a column or block that was not used is explained.
        FindingWaits = "finding-waits", Warning, Question, "待栏目确认后核对",
            means "有栏目或内容尚未确认；确认之后，这一处可能不是问题。",
            remedy "请先在“处理说明”的“栏目确认”中确认所列栏目的含义；确认后重新评分，这一处再作结论。",
            source "本软件约定：有栏目待确认时只提出问题，不下结论";
        /// A form is none that is scored (monitoring, evaluation before approval, review, list of projects): it was recognised and
        /// left alone.
        FormNotScored = "form-not-scored", Info, Operation, "这种表不评分",
            means "认出的是监控表、事前评估表、审核表、项目清单、扣分说明一类不评分的表，未作处理。",
            remedy "无需处理；需要评分的，请提交该项目的自评表或评分表。",
            source "本软件约定：只对自评表、评分表等评分的表计分";
        /// A form names no project although the workbook holds several; it was not used.
        FormWithoutProject = "form-without-project", Warning, Materials, "表格没有写明项目",
            means "工作簿中有几个项目，这张表没有写明属于哪个项目，因此没有采用。",
            remedy "请在表中写明项目名称。",
            source "本软件约定：有几个项目时不猜测表格属于哪一个";
        /// Nearly all rows of a form are those of another project's.
        FormsIdentical = "forms-identical", Info, Review, "两个项目的表几乎相同",
            means "两个项目的表中，八成以上指标的名称、指标值、完成值和得分完全相同。同批材料合在一起才看得出。",
            remedy "请核实是不是套用了另一个项目的表；同一项目分开申报的，请说明。",
            source "本软件约定：不同项目的指标和完成情况应当各有内容";
        /// A formula without a stored value: no program has calculated the file since it was made. What depends on it waits.
        FormulaWithoutValue = "formula-without-value", Warning, Form, "公式没有计算结果",
            means "公式没有保存计算结果，文件做成后没有程序计算过；用到它的内容暂不评分。",
            remedy "请用 Excel 或 WPS 打开文件、保存后重新提交。",
            source "本软件约定：没有计算结果的公式不猜测其值";
        /// An indicator has full points and a blank cell of evidence.
        FullScoreWithoutBasis = "full-score-without-basis", Warning, Results, "满分没有依据",
            means "有依据或佐证材料一栏，得满分的指标这一栏空着。",
            remedy "请填写依据或者佐证材料。",
            source "表内栏目：有依据、佐证材料一栏的应当填写";
        /// The goal of the year is blank, too short, or the project's name.
        GoalEmptyOrTooShort = "goal-empty-or-too-short", Warning, Targets, "年度目标没有写或过短",
            means "年度总体目标空着，只写了几个字，或者只写了项目名称。",
            remedy "请写明本年度要做成什么、达到什么效果。",
            source "本软件约定：年度总体目标应当写明预期的产出和效果";
        /// The account of the goal of the whole names a smaller size than the goal.
        GoalFigureMissed = "goal-figure-missed", Warning, Results, "总体目标没有完成",
            means "年度总体目标写明了数，完成情况写明的同一单位的数比它小。",
            remedy "请说明没有完成的原因；目标经批准调整的，请提供批复，一并更正。",
            source "本软件约定：总体目标的完成情况与目标比较";
        /// A figure of the goal is no indicator's target.
        GoalFigureWithoutIndicator = "goal-figure-without-indicator", Info, Targets, "总体目标中的数没有对应指标",
            means "年度总体目标写明的数，没有指标与它对应。",
            remedy "请核实是否应当设置相应的指标；只是背景情况的，无需处理。",
            source "本软件约定：总体目标与绩效指标应当相互匹配";
        /// A goal is written as what was done.
        GoalInPastTense = "goal-in-past-tense", Info, Targets, "目标写成了完成情况",
            means "年度总体目标的文字是已经完成的说法。",
            remedy "请改为预期要完成的内容。",
            source "本软件约定：总体目标写预期达到的结果";
        /// Of a part of the goal the account of what was reached says nothing.
        GoalPartUnreported = "goal-part-unreported", Info, Results, "总体目标有一部分没有写完成情况",
            means "总体目标写了几件事，完成情况只写了其中一部分。换了说法的，不是差错。",
            remedy "请核对；确实没有写的，请单位补充完成情况。",
            source "本软件约定：总体目标的各项内容都要写明完成情况";
        /// What was reached repeats what was to be reached.
        GoalResultCopied = "goal-result-copied", Warning, Form, "总体目标完成情况与目标文字相同",
            means "总体目标的完成情况与目标的文字相同或者基本相同，或者只重复了目标的部分文字，没有反映实际完成情况。",
            remedy "请逐项写明实际完成的数量和效果。",
            source "本软件约定：完成情况应当写明实际完成的内容";
        /// The typed grade is not the one that the computed total earns.
        GradeDiffers = "grade-differs", Error, Scores, "评价等级与总分不符",
            means "填写的评价等级与按总分应得的等级不同。",
            remedy "请按总分和等级标准更正评价等级。",
            source "本软件约定：等级按总分所在档次确定，表内写明等级标准的从其标准";
        /// A note speaks of grades, but not in bands that can be read; the mapping's bands were used.
        GradeNoteNotRead = "grade-note-not-read", Info, Operation, "评价等级的说明未能读懂",
            means "表中有评价等级的说明，但读不出分数段，已采用通常的分数段。",
            remedy "请核对评价等级的划分；如与说明不同，请系统管理员按说明登记分数段。",
            source "本软件约定：等级说明读不懂的，采用通常的分数段";
        /// A title stands several times and nothing tells which one is meant; the column was not read.
        HeaderAmbiguous = "header-ambiguous", Warning, Form, "表头不能确定",
            means "同一标题出现几次，不能确定是哪一列，因此没有读取该列。",
            remedy "请把重复的标题改得不同。",
            source "本软件约定：不能确定的标题不采用";
        /// A cell of the form's head is blank.
        HeaderFieldMissing = "header-field-missing", Info, Form, "表头没有填全",
            means "项目名称、主管部门一类的栏目空着，或者全年预算数已经填写而年初预算数空着。",
            remedy "请补充；年初没有安排预算的，年初预算数请填 0。",
            source "表内栏目：表头的栏目应当填写";
        /// A value of an earlier year or of the trade is no number, where the target is one.
        HistoryValueNotNumber = "history-value-not-number", Warning, Form, "历史值、参考值不是数字",
            means "指标值是数，上年值、行业值等却不是一个确定的数，不能用来比较。",
            remedy "请填写数值和单位；没有的留空或填“/”。",
            source "本软件约定，参照省级绩效管理平台的填报校验：定量指标的上年指标值须为数字";
        /// Two indicators of a form have the same name.
        IndicatorDuplicated = "indicator-duplicated", Warning, Targets, "同一指标重复",
            means "同一张表中两个指标的名称相同。",
            remedy "请合并或者删去重复的指标；内容不同的，请把名称写得不同。",
            source "本软件约定，参照省级绩效管理平台的填报校验：同一张表中指标名称不得重复";
        /// By its name an indicator belongs under another level 2.
        IndicatorInWrongCategory = "indicator-in-wrong-category", Warning, Targets, "指标放错了二级指标",
            means "按名称，这个指标属于另一类二级指标。",
            remedy "请核对指标所属的二级指标，移到相应的类别下。",
            source "本软件约定：指标应当放在它所反映的类别下";
        /// Two indicators of one category promise the same under nearly the same name.
        IndicatorNearDuplicate = "indicator-near-duplicate", Info, Targets, "两个指标几乎相同",
            means "同一类别下两个指标的名称和指标值几乎相同。",
            remedy "请核实是否同一指标；是的，请合并。",
            source "本软件约定：指标不应重复";
        /// An indicator of the self-evaluation was not declared.
        IndicatorNotDeclared = "indicator-not-declared", Warning, Results, "自评指标不在申报表中",
            means "自评表中的指标，申报表中没有。",
            remedy "报送材料中没有绩效目标批复。经批准新增的，请提供批复；只是名称不同的，请改为一致。",
            source "本软件约定：自评的指标应当与申报的一致";
        /// An indicator's name is merged over rows with different values; none of them was taken.
        IndicatorOverSeveralRows = "indicator-over-several-rows", Warning, Form, "一个指标占多行",
            means "一个指标的名称合并了几行，各行的数值不同，因此都没有采用。",
            remedy "请把一个指标的内容写在一行里，或给每一行各自的分值。",
            source "本软件约定：一个指标有几组数值而不能确定的，都不采用";
        /// Only financial accounts (5xxx) are in the ledger: they follow accruals, spending is cash.
        LedgerAccrualBasis = "ledger-accrual-basis", Info, Ledger, "明细账只有财务会计科目",
            means "明细账只有财务会计科目（5字头），按权责发生制记账；支出应按实际支付的现金计算。",
            remedy "请提供预算会计科目（7字头）明细账，或确认没有跨期支付。",
            source "《政府会计制度——行政事业单位会计科目和报表》（财会〔2017〕25号）：预算会计实行收付实现制，财务会计实行权责发生制";
        /// A running balance does not follow from the one before and the row's amounts.
        LedgerBalanceBreaks = "ledger-balance-breaks", Error, Ledger, "余额前后不连贯",
            means "一行的余额不能由上一行的余额和本行的发生额得出。",
            remedy "请检查该行及上一行的借方、贷方和余额，是否漏行、改数或顺序有误。",
            source "本软件约定：余额须由上一行余额和本行借贷发生额得出";
        /// A stated amount differs from the ledger's total by more than its own precision allows.
        LedgerDiffers = "ledger-differs", Error, Ledger, "填报金额与明细账不符",
            means "填报金额与明细账合计之差，超过填报精度所能解释的范围。",
            remedy "请核对支出明细，更正填报金额或补充凭证。",
            source "本软件约定：填报金额与明细账合计之差须在填报精度之内";
        /// The ledger's total cannot be vouched for, so nothing is compared with it.
        LedgerNotSummed = "ledger-not-summed", Error, Ledger, "明细账未能得出支出合计",
            means "明细账的合计不能保证正确，因此没有用来核对。",
            remedy "请按提示补全或更正明细账后重新提交；在此之前请人工核对支出。",
            source "本软件约定：不能逐行确认的明细账不给出合计";
        /// A row of the ledger cannot be read with certainty; no total is given.
        LedgerRowNotRead = "ledger-row-not-read", Error, Ledger, "明细账有无法确认的行",
            means "明细账有一行不能确定地读懂，因此没有给出合计。",
            remedy "请把该行的金额改为数字（公式请先在 Excel 中计算并保存），合计行请写明“本月合计”等字样。",
            source "本软件约定：有一行不能确认的，不给出合计";
        /// A subtotal row is not what its entries add up to.
        LedgerSubtotalDiffers = "ledger-subtotal-differs", Error, Ledger, "合计行与分录不符",
            means "合计行的数不等于所含分录之和。",
            remedy "请检查该合计行所含的分录是否漏行、改数。",
            source "本软件约定：合计行须等于所含分录之和";
        /// The ledger agrees with the stated amount only if its unit is another one.
        LedgerUnitSuspect = "ledger-unit-suspect", Warning, Ledger, "金额单位可能有误",
            means "把明细账或填报金额换成另一种金额单位，两者才相符。",
            remedy "请核实明细账与填报表的金额单位（元、万元）。",
            source "本软件约定：换算单位才相符的，只提请核实，不自行换算";
        /// A level's cell holds only its points (`(50分)`), not its name, or a single character of it.
        LevelNameMissing = "level-name-missing", Warning, Form, "指标层级没有名称",
            means "指标层级的单元格只有分值（如“(50分)”）或只剩一个字，没有名称。",
            remedy "请补上一级指标的名称。",
            source "本软件约定：指标层级须有名称";
        /// A level 2 stands under a level 1 that it does not belong to.
        LevelPairInvalid = "level-pair-invalid", Warning, Targets, "一级、二级指标对应不上",
            means "二级指标不属于它所在的一级指标。",
            remedy "请把二级指标移到它所属的一级指标下。",
            source "本软件约定，参照省级绩效管理平台的填报校验：一级指标与二级指标须相对应";
        /// A typed score of a level, a subtotal or a level 2 of the score summary is not the sum of its indicators' scores.
        LevelScoreDiffers = "level-score-differs", Error, Scores, "上级指标或小计的得分与其各项得分之和不符",
            means "填写的一级、二级指标得分或小计，不等于所属各项指标得分之和。",
            remedy "请按各项得分更正。",
            source "本软件约定：上级指标和小计的得分为所属各项得分之和";
        /// The points of the levels 1 are not those of the national scheme.
        LevelWeightsOffScheme = "level-weights-off-scheme", Info, Weights, "一级指标权重与统一设置不同",
            means "各一级指标的分值不是统一设置的比例；表中注明各类指标分值的，与所注的不同。",
            remedy "请核实调整权重的理由；本地另有规定的，从其规定。",
            source "本软件约定：原则上预算执行率10%、产出50%、效益30%、满意度10%，如有特殊情况可适当调整";
        /// Little of the budget was spent and all outputs have full points.
        LowExecutionFullOutputs = "low-execution-full-outputs", Warning, Budget, "执行率低而产出满分",
            means "预算执行率很低，产出指标都填了满分。",
            remedy "请说明资金来源（上年结转、先行垫付或财政尚未拨付）。",
            source "本软件约定：支出与产出应当相符，不符的须说明";
        /// An alias, rubric or bind entry of a mapping names an indicator that is not there.
        MappingEntryUnused = "mapping-entry-unused", Warning, Operation, "映射文件中有没用上的规定",
            means "映射文件中的别名、计分规则或数据来源所写的指标，在表中没有。",
            remedy "请检查映射文件中写的指标名称与表中是否一致，或删去这一项。",
            source "本软件约定：映射文件的规定没有用上的，逐项列明";
        /// Evaluators took points off one indicator for a matter, and gave all points to another that is about the same.
        MatterScoredTwoWays = "matter-scored-two-ways", Info, Scores, "同一事项在不同指标中认定不一",
            means "评价情况写明某一事项有问题并扣了分，名称含有同一事项的另一指标却得满分。两个指标评价的方面不同的，不是差错。",
            remedy "请核对两处的认定是否一致；评价的方面不同的，请在评价情况中写明。",
            source "本软件约定：同一事项的认定前后应当一致";
        /// A weight, target or actual is merged over several indicators, or one cell stands for two of them; how it is shared
        /// cannot be known. A criterion merged over several indicators is each one's.
        MergedOverIndicators = "merged-over-indicators", Warning, Form, "合并单元格涉及几个指标或几个栏目",
            means "分值、指标值或实际完成值的单元格合并了几个指标，或者一个单元格占了两个栏目，不知道怎样分给各指标。评分标准合并的，各指标共用。",
            remedy "请取消合并，逐项写明每个指标的分值、指标值和实际完成值。",
            source "本软件约定：合并的数值不能确定怎样分配的，不采用";
        /// An item counts as met, and what the evaluators wrote says nothing of it.
        MetItemWithoutFact = "met-item-without-fact", Info, Scores, "得满分的条目没有写依据",
            means "评分标准列有几条，评价情况只写了其中一部分，其余各条也按符合计分。换了说法的，不是差错。",
            remedy "请在评价情况中补充其余各条的依据，或者核对认定。",
            source "本软件约定：每条认定都要写明依据";
        /// An amount's unit is stated nowhere; it was not reconciled.
        MoneyUnitUnknown = "money-unit-unknown", Warning, Form, "金额没有写明单位",
            means "金额没有在任何地方写明单位，没有核对。",
            remedy "请写明金额单位（元或万元）。",
            source "本软件约定：金额须写明单位，没有写明的不核对";
        /// A monitoring form says of a target what its own figures contradict.
        MonitoredContradiction = "monitored-contradiction", Warning, Results, "监控表前后矛盾",
            means "填报“确定能”完成，而全年预计或已完成的数达不到指标值；或者全年预计少于已完成的数。",
            remedy "请核对全年预计完成情况和完成目标可能性，改为一致。",
            source "本软件约定：完成目标可能性须与预计完成情况一致";
        /// A target may be missed by what is expected, and nothing says why.
        MonitoredDoubtUnexplained = "monitored-doubt-unexplained", Warning, Results, "预计达不到指标值，没有说明原因",
            means "全年预计达不到指标值，填报“有可能”完成，没有说明偏差原因。",
            remedy "请填写偏差原因和拟采取的措施。",
            source "《中央部门预算绩效运行监控管理暂行办法》（财预〔2019〕136号）：对偏离绩效目标的原因进行分析";
        /// A target cannot be met, and nothing says why.
        MonitoredFailureUnexplained = "monitored-failure-unexplained", Error, Results, "不能完成，没有说明原因",
            means "填报“完全不可能”完成，没有说明偏差原因。",
            remedy "请填写偏差原因和拟采取的措施；确需调整目标的，按规定申请调整。",
            source "《中央部门预算绩效运行监控管理暂行办法》（财预〔2019〕136号）：对偏离绩效目标的原因进行分析";
        /// Two answers to whether a target will be met, or none.
        MonitoredLikelihoodUnclear = "monitored-likelihood-unclear", Warning, Results, "完成目标可能性不能确定",
            means "完成目标可能性没有填，或者填了不止一种。",
            remedy "请在“确定能”“有可能”“完全不可能”中只选一种。",
            source "本软件约定：完成目标可能性只能是一种";
        /// The rate of spending that a monitoring form states is not the one that its amounts give.
        MonitoredRateDiffers = "monitored-rate-differs", Error, Results, "监控表的执行率计算有误",
            means "填报的执行率与执行数除以预算数的结果不同。",
            remedy "请按执行数和预算数更正执行率。",
            source "本软件约定：执行率等于执行数除以预算数";
        /// More is expected to be spent than the budget has.
        MonitoredSpendingAboveBudget = "monitored-spending-above-budget", Warning, Results, "全年预计执行数超过预算数",
            means "全年预计执行数大于预算数。",
            remedy "请说明资金来源，或更正预计执行数。",
            source "本软件约定：全年预计执行数一般不超过预算数";
        /// Spending is far behind the time elapsed; only where an office sets how far.
        MonitoredSpendingBehind = "monitored-spending-behind", Warning, Results, "执行进度落后于时间进度",
            means "执行率落后时间进度超过设定的百分点。",
            remedy "请说明原因和后续支出安排。",
            source "本软件约定：落后多少要提醒由本单位设定，不设定不提醒";
        /// A target is certain to be met, and nothing was done for it yet.
        MonitoredSureWithoutProgress = "monitored-sure-without-progress", Warning, Results, "填报“确定能”而尚未开始",
            means "填报“确定能”完成，到监控时点完成值为 0，也没有说明。",
            remedy "请补充后续安排。",
            source "《中央部门预算绩效运行监控管理暂行办法》（财预〔2019〕136号）：对绩效目标实现程度进行监控";
        /// The name of an indicator states another figure, unit or direction than its target.
        NameAndTargetDisagree = "name-and-target-disagree", Warning, Targets, "指标名称与指标值不一致",
            means "指标名称中的数字、单位或方向与指标值不同。",
            remedy "请核对指标名称中的数字、单位和符号，与指标值改为一致。",
            source "本软件约定：指标名称与指标值须一致";
        /// The name of an indicator holds its target.
        NameHoldsTarget = "name-holds-target", Info, Targets, "指标名称带指标值",
            means "指标名称中写了指标值。",
            remedy "请把指标值从名称中删去。",
            source "本软件约定：指标名称只写衡量什么，指标值另栏填写";
        /// An indicator is called by a task or a sentence.
        NameIsASentence = "name-is-a-sentence", Warning, Targets, "指标名称是工作任务或句子",
            means "指标名称是要做的事或者一句话，看不出衡量什么。",
            remedy "请改为可以衡量的名称（如“……率”“……数”“……时间”）。",
            source "本软件约定：指标名称须写明衡量的内容";
        /// The name of an indicator has signs that do not belong there.
        NameMalformed = "name-malformed", Info, Form, "指标名称含空格或特殊符号",
            means "指标名称中间有空格、有不应有的符号，或者以句号结尾。",
            remedy "请改正指标名称。",
            source "本软件约定，参照省级绩效管理平台的填报校验：指标名称不得含有空格和特殊符号";
        /// The sign or kind of an indicator contradicts its target.
        NatureAndValueConflict = "nature-and-value-conflict", Error, Targets, "指标性质与指标值不符",
            means "指标性质写的是定量，指标值却是文字；或者写的是定性，指标值却是数。",
            remedy "请核对指标性质和指标值，改为一致。",
            source "本软件约定，参照省级绩效管理平台的填报校验：定量指标的指标值须是数";
        /// The points of a form add up to 100 inside each level 1; they were converted by the weight of their level 1.
        NestedPoints = "nested-points", Info, Weights, "分值按一级指标内部计分，已折算",
            means "每个一级指标内部各自合计100分，已按一级指标的权重折算。",
            remedy "请核对折算后的分值；得分一列按折算后的分值填写。",
            source "本软件约定：一级指标内部各计100分的，按一级指标权重折算";
        /// That nobody complained is given for satisfaction.
        NoComplaintAsSatisfaction = "no-complaint-as-satisfaction", Warning, Survey, "以没有投诉代替满意度",
            means "满意度指标以没有收到投诉作为依据，没有调查。",
            remedy "请用问卷、访谈等方式调查服务对象的满意度，写明份数和满意的份数。",
            source "本软件约定：没有投诉不等于满意，满意度须由调查得出";
        /// Rows that do not apply were not taken out of the whole.
        NotApplicableNotRescaled = "not-applicable-not-rescaled", Error, Scores, "不适用项没有折算",
            means "有指标写明不适用，总分没有按其余指标折算。",
            remedy "请按“实得分÷（总分－不适用指标的分值）×总分”折算。",
            source "本软件约定：本地评分办法规定不适用项须折算";
        /// A number is stored as text: a spreadsheet's sum leaves it out.
        NumberStoredAsText = "number-stored-as-text", Warning, Form, "数字以文本格式存放",
            means "数字存成了文本，表格软件求和时会漏掉。",
            remedy "请把单元格改为数字格式后重新输入。",
            source "本软件约定：数字须以数字格式存放，以免求和漏计";
    } } };
}
