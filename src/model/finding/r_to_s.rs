//! The findings whose ids begin with r behind remark, and with s, in alphabetical order.

/// Hands these entries, behind those that came before, on to the next macro.
macro_rules! r_to_s {
    ($next:ident $($rest:ident)* { $($before:tt)* }) => { $next! { $($rest)* { $($before)*
        /// A calculation that a report prints has another result, or a rate is not what its own numbers give. A result that is
        /// cut off instead of rounded is only mentioned.
        ReportArithmeticWrong = "report-arithmetic-wrong", Warning, Report, "报告的算式或比率不成立",
            means "报告写出的算式、比率，按它自己列出的数计算，得不到所写的结果。只是截去尾数而没有四舍五入的，作为说明。",
            remedy "请核对算式中的数和结果，改为一致。",
            source "本软件约定：算式和比率按所列的数计算，结果四舍五入";
        /// A report lacks a chapter that the outline of evaluation reports has, or its chapters are not numbered in a row.
        ReportChapterMissing = "report-chapter-missing", Warning, Report, "报告缺少规定的部分",
            means "报告的章节序号不连续，或者缺少评价报告提纲规定的部分。",
            remedy "请补充缺少的部分，或改正章节序号。",
            source "本软件约定：评价报告按所附提纲撰写";
        /// A report says two things of one matter: two values of a figure, two names of an indicator, more earned than there is.
        ReportContradictsItself = "report-contradicts-itself", Warning, Report, "报告前后不一致",
            means "同一个数、名称、得分或等级，报告前后写的不一样，或者几个数不可能同时成立。",
            remedy "请核对依据，把前后改为一致；口径不同的，请写明口径。",
            source "本软件约定：评价报告应当数据真实、前后一致";
        /// A figure of a report is not what the workbook has: how many indicators there are, a weight, a target, a result.
        ReportFigureDiffers = "report-figure-differs", Error, Report, "报告的数与表不符",
            means "报告写的指标个数、权重、指标值或完成值，与评分表、申报表不符。",
            remedy "请核对表和报告，改为一致。",
            source "本软件约定：评价报告应当数据真实、内容完整";
        /// A goal is quoted with a word less or a wrong one.
        ReportGoalMisquoted = "report-goal-misquoted", Warning, Report, "引用的绩效目标有误",
            means "报告引用绩效目标时多字、少字或错字，有的意思正好相反。",
            remedy "请按申报的绩效目标原文改正。",
            source "本软件约定：引用绩效目标应与申报的原文一致";
        /// The grade of a report is not that of the score sheet, or not that of its own bands.
        ReportGradeDiffers = "report-grade-differs", Error, Report, "报告的评价等级不符",
            means "报告写的评价等级，与评分结果或者报告自己列出的等级档次不符。",
            remedy "请核对总分和等级，改为一致。",
            source "本软件约定：评价结果的等级按总分划分";
        /// An amount of a report is not what the ledger or the forms have.
        ReportMoneyDiffers = "report-money-differs", Error, Report, "报告的金额与表或明细账不符",
            means "报告写的预算、到位或支出金额，按所写的精度与表中的金额、明细账的合计不符。",
            remedy "请核对明细账和预算文件，改正金额；口径不同的，请写明口径。",
            source "本软件约定：报告的金额按所写的精度与表和明细账相符";
        /// Points or a score of a report are not those of the score sheet.
        ReportScoreSentenceDiffers = "report-score-sentence-differs", Error, Report, "报告的得分与评分表不符",
            means "报告写的一项指标、一级指标的分值或得分，或者总分，与评分结果不符。",
            remedy "请核对评分表和报告，改为一致。",
            source "本软件约定：评价报告应当数据真实、内容完整";
        /// Shares of a whole are no 100 % together.
        ReportSharesNotWhole = "report-shares-not-whole", Warning, Report, "各部分比例合计不是100%",
            means "报告列出一个整体的各部分所占比例，合计不是100%。",
            remedy "请核对各部分的比例；可以多选的，请写明。",
            source "本软件约定：一个整体的各部分合计为100%，四舍五入的误差除外";
        /// A sum of a report is not what its parts come to.
        ReportSumDiffers = "report-sum-differs", Warning, Report, "报告的合计与各项之和不符",
            means "报告中标题的分值、表的合计或者总分，不等于其下各项相加。",
            remedy "请核对各项和合计，改为一致。",
            source "本软件约定：合计为各项之和";
        /// A document is cited under a wrong title or number, or under two.
        ReportTitleWrong = "report-title-wrong", Warning, Report, "文件名称或文号有误",
            means "报告引用的文件名称文字有误，或者同一文件前后有两种名称、两个文号。",
            remedy "请按文件原文改正名称和文号，前后一致。",
            source "本软件约定：引用文件用准确的名称和文号";
        /// A red entry has no entry of the same account and amount that it could cancel.
        ReversalUnmatched = "reversal-unmatched", Warning, Ledger, "红字冲销没有对应的原分录",
            means "一笔红字冲销，找不到科目和金额相同的原分录。",
            remedy "请说明冲销的是哪一笔；冲销以前年度支出的，请附原凭证。",
            source "本软件约定：红字冲销须有科目、金额相同的原分录";
        /// A reviewer gave more than the agency gave itself.
        ReviewScoreAboveSelf = "review-score-above-self", Warning, Review, "复核得分高于自评得分",
            means "复核得分比自评得分高，没有说明。",
            remedy "请核对复核得分；自评确有计算错误的，请在备注中说明。",
            source "本软件约定：复核一般不加分，加分须说明";
        /// A reviewer wrote a remark and no score.
        ReviewScoreBlank = "review-score-blank", Warning, Review, "复核得分或者复核完成值留空",
            means "备注写了复核意见，复核得分却空着；或者单位填了自评完成值，复核完成值空着。",
            remedy "请复核人员填写。",
            source "本软件约定：开始复核的，各项都应写明复核的完成值或者得分";
        /// A reviewer's typed score differs from the one that the rule gives; no grade is given until a person has confirmed
        /// which counts.
        ReviewScoreDiffers = "review-score-differs", Warning, Review, "复核得分与按规则计算的得分不同",
            means "评审人员填写的得分与按规则计算的得分不同，在有人确认以哪一个为准之前不评定等级。",
            remedy "请复核人员确认：按计算得分更正，或在得分旁说明另行扣分、加分的依据。",
            source "本软件约定：复核得分与计算得分互不覆盖，由人确认";
        /// Entries of whole ten thousands make up much of the spending.
        RoundSumEntries = "round-sum-entries", Info, Ledger, "整数大额支出较多",
            means "整万元的分录占支出的很大一部分。",
            remedy "请核实这些支出的依据（合同、发票、验收单）。",
            source "本软件约定：整数大额支出提请核实";
        /// A row has points or values but no indicator's name.
        RowWithoutName = "row-without-name", Error, Form, "有分值而没有指标名称",
            means "一行有分值或数值，没有指标名称。",
            remedy "请补上指标名称，或删去这一行的数值。",
            source "本软件约定：有分值的一行须有指标名称";
        /// A row names an indicator, but has neither points nor values; it was not taken for one.
        RowWithoutValues = "row-without-values", Info, Form, "只有指标名称",
            means "一行只有指标名称，没有分值和数值，没有当作指标。",
            remedy "请补上分值和指标值，或删去这一行。",
            source "本软件约定：没有分值和数值的一行不作为指标";
        /// Equal remarks took off different shares.
        SameRemarkOtherShare = "same-remark-other-share", Info, Review, "同类问题扣分不一",
            means "备注相同的指标，扣分的比例不同。",
            remedy "请核对扣分尺度。",
            source "本软件约定：同类问题扣分尺度应当一致";
        /// Few answered, and they are not all who could.
        SampleTooSmall = "sample-too-small", Warning, Survey, "有效答卷太少",
            means "有效答卷少于规定的份数，又不是把服务对象全部调查了。",
            remedy "还在评价的，请扩大调查范围；已经结束的，以后年度评价时扩大；服务对象本来就少、已经全部调查的，请在问卷或备注中写明总数。",
            source "本软件约定：有效答卷不少于 30 份；服务对象不超过 50 人的应全部调查";
        /// Those who were asked are not those whom the project serves, as far as its words tell; or no single indicator is about them.
        SatisfactionGroupMismatch = "satisfaction-group-mismatch", Info, Survey, "满意度调查的对象对不上",
            means "满意度指标、问卷所问的对象，与项目或指标对不上，没有用来核对。",
            remedy "请核对满意度指标的对象；问卷与某个指标对应的，请在问卷标题中写明对象。",
            source "本软件约定：满意度指标应反映项目服务对象的看法";
        /// A project that serves people by its name has no indicator of satisfaction.
        SatisfactionIndicatorMissing = "satisfaction-indicator-missing", Info, Targets, "没有满意度指标",
            means "项目名称表明有受益的人，表中没有满意度指标。",
            remedy "请核实是否应当设置服务对象满意度指标。",
            source "本软件约定：自评表一般设服务对象满意度指标";
        /// The form says itself how the satisfaction of its survey is measured, and that was taken.
        SatisfactionMethodStated = "satisfaction-method-stated", Info, Survey, "满意度按表中写明的算法计算",
            means "问卷按不同算法得出的满意度不同，表中写明了采用哪一种，已按表中的算法计算。",
            remedy "一般不需要处理；算法与调查方案不一致的，请更正。",
            source "本软件约定：表中写明算法的，按表中的算法计算";
        /// Nobody has said which answers count as satisfied, which question decides or how much each group counts, and it matters.
        SatisfactionMethodUnclear = "satisfaction-method-unclear", Warning, Survey, "满意度的算法没有写明",
            means "问卷的满意度有几种算法，结果不同，没有写明用哪一种；结果影响得分的，由人确认。",
            remedy "请在评分标准或备注中写明算法（如“按满意及以上计”、各类对象的权重）。",
            source "本软件约定：满意度的口径由人确认，不由程序代为选择";
        /// A target of satisfaction is unusually low, or all of it.
        SatisfactionTargetUnusual = "satisfaction-target-unusual", Info, Targets, "满意度指标值异常",
            means "满意度的指标值过低，或者要求100%。",
            remedy "请核对满意度的指标值，一般在85%至95%之间，按以往调查结果确定。",
            source "本软件约定：满意度指标值应当按以往调查结果确定";
        /// A satisfaction is stated without a survey, where the office asks for one.
        SatisfactionWithoutSurvey = "satisfaction-without-survey", Warning, Survey, "满意度没有调查资料",
            means "填报了满意度，本次提交中没有问卷或统计表，也没有写明怎样调查。",
            remedy "请附问卷或统计表，或写明调查的时间、对象和份数。",
            source "本软件约定：设置要求附调查资料的，填报的满意度须有来源";
        /// A typed score is above the points the indicator can earn.
        ScoreAboveWeight = "score-above-weight", Error, Scores, "得分超过分值",
            means "填写的得分超过该指标的分值。",
            remedy "请更正：得分不得超过该指标的分值。",
            source "本软件约定：指标得分不超过该指标的分值";
        /// The indicators earned far more than the execution.
        ScoreAndExecutionDiverge = "score-and-execution-diverge", Warning, Scores, "得分与预算执行率不匹配",
            means "指标得分率高出预算执行率很多。",
            remedy "请说明资金没有用完而任务完成的原因。",
            source "本软件约定：得分率与执行率应当大致相当";
        /// A score, an execution rate or a unit cost is far from those of projects like it.
        ScoreOutlier = "score-outlier", Info, Review, "得分、执行率或单位成本离群",
            means "得分或预算执行率与同一主管部门的其他项目相差很远，或者单位成本与名称、单位相同的其他指标相差很远（四分位距的 1.5 倍以外）。",
            remedy "请核实数值和单位有没有填错；确实如此的，了解原因后再用于比较。",
            source "本软件约定：同类至少 10 个时，以四分位距的 1.5 倍为界提示离群值";
        /// A qualitative indicator's typed score lies outside the band of the grade that was chosen. It counts as typed.
        ScoreOutsideBand = "score-outside-band", Error, Scores, "定性指标得分超出档次区间",
            means "定性指标填写的得分不在所选档次的分值区间之内，不计入总分。",
            remedy "请在所选档次对应的分值区间内重新评定，或者更正档次并提供相应的佐证材料。",
            source "本软件约定：定性指标分三档，分别按分值的100%至80%（含）、80%至60%（含）、60%至0%计分";
        /// A reviewer put another score or grade in the place of ours, with reason and name: it counts, and ours is shown beside it.
        ScoreOverridden = "score-overridden", Info, Review, "评审人员改定了得分或等级",
            means "评审人员写明理由和姓名，改定了得分或等级：以改定的为准，计算的一并列出。",
            remedy "改定的分数已计入总分；改定理由和改定人见“评分明细”。",
            source "本软件约定：写明理由和改定人的，以改定的得分、等级为准";
        /// A sheet that is no worksheet (macros, a dialog) or a hidden one without content; nothing is read of it.
        SheetLeftAlone = "sheet-left-alone", Info, Operation, "有工作表没有读取，原样保留",
            means "宏表、对话框或没有内容的隐藏工作表，没有读取。",
            remedy "与填报无关的，不必处理；其中有填报内容的，请移到普通工作表并取消隐藏后重新提交。",
            source "本软件约定：每张工作表都须说明去向";
        /// A sheet that a person sees and that cannot be read: damaged, or named in the workbook and missing in the file. The
        /// others are read, and it comes back as it was.
        SheetNotReadable = "sheet-not-readable", Warning, Materials, "工作表无法读取",
            means "看得见的工作表读不出来：已经损坏，或者文件中没有它的内容。其他工作表照常读取，这张表原样返回。",
            remedy "该表与填报有关的，请用 Excel 或 WPS 打开原文件，另存为新的 .xlsx 文件后重新提交；无关的，请删去。",
            source "本软件约定：每张工作表都须说明去向，读不出来的原样返回";
        /// A sheet is all but a form or a ledger: titles are known, one that it cannot do without is not. It was not used.
        SheetNotRecognised = "sheet-not-recognised", Warning, Materials, "工作表像是表格或明细账，但没有认出",
            means "工作表很像表格或明细账，但缺少必需的标题，或标题没有认出，没有采用。",
            remedy "请按提示补上或改正表头后重新提交；与本项目无关的工作表，请删去或隐藏。",
            source "本软件约定：每张工作表都须说明去向，没有认出的不采用";
        /// A sheet that an earlier run added was changed outside the cells that are open for typing. It stays as it is, as a
        /// person's sheet, and the result stands on a new one.
        SheetOfOursChanged = "sheet-of-ours-changed", Warning, Operation, "附加的工作表有改动，已保留",
            means "以前附加的工作表在填写区以外有改动，当作人的工作表原样保留，结果写在新的工作表上。",
            remedy "需要的内容请移到自己的工作表；不再需要该表的，请删除后重新提交。",
            source "本软件约定：人改动过的内容予以保留";
        /// A form's sheet is longer than forms are read; what was cut off is missing.
        SheetTruncated = "sheet-truncated", Error, Materials, "工作表太长，没有读完",
            means "工作表太长，超出的部分没有读取。",
            remedy "请删去表格后面无关的行后重新提交。",
            source "本软件约定：表格的长度有上限，没有读完的须说明";
        /// A form has no name where it is to be signed.
        SignatureMissing = "signature-missing", Info, Form, "签字栏为空",
            means "表下的负责人、填报人没有姓名。",
            remedy "请补签；纸质件已签的，无需处理。",
            source "表内栏目：表下的签字栏应当填写";
        /// The file has a digital signature. Any change breaks it, so it is not in the returned workbook.
        SignatureRemoved = "signature-removed", Info, Operation, "数字签名已去掉",
            means "文件有数字签名，任何改动都会使它失效，返回的文件中不再保留。",
            remedy "需要签名的，请在确认评分结果后重新签名；原文件和其中的签名未被改动。",
            source "本软件约定：改动后失效的签名不保留";
        /// Spending exceeds the funds by more than rounding can make.
        SpendingAboveFunds = "spending-above-funds", Warning, Budget, "支出超过预算或到位资金",
            means "支出超过预算或到位资金，不是取整造成的。",
            remedy "请核实金额；确有超支的，请说明资金来源。",
            source "本软件约定：支出不应超过预算和到位资金";
        /// Entries speak of what the project is not for.
        SpendingOffPurpose = "spending-off-purpose", Warning, Ledger, "支出内容可能与项目无关",
            means "分录的摘要写的是招待、罚款一类的支出，项目名称和目标中没有相应的内容。",
            remedy "请核实这些支出是否属于本项目。",
            source "本软件约定：评价要看资金使用是否合规";
        /// How fast money is spent stands for an output or a benefit.
        SpendingRateAsOutput = "spending-rate-as-output", Warning, Targets, "用资金支付进度作产出或效益指标",
            means "产出、效益指标写的是资金支付、预算执行的进度，花了多少钱不是做成了什么，预算执行率已经单独计分。",
            remedy "请改为用这些钱做成的事（如补助发放人数）；资金进度只放在预算执行率中。",
            source "本软件约定：预算执行率单独计分，不再作产出、效益指标";
        /// The form states another 支出数 than the roll, by more than rounding explains. The roll comes from the budget system.
        SpentDiffersFromRoster = "spent-differs-from-roster", Error, Budget, "支出数与项目清单不符",
            means "表中的支出数与项目清单不同，不是取整造成的。项目清单来自预算系统。",
            remedy "请按项目清单（预算系统）核对全年执行数；清单有误的，请更正清单。",
            source "本软件约定：支出数与项目清单核对，以项目清单为准";
        /// A row of the budget block spends more than its budget; the rate counts as 100 %.
        SpentExceedsBudget = "spent-exceeds-budget", Warning, Budget, "执行数超过预算数",
            means "预算执行表有一行的执行数超过预算数，执行率按100%计算。",
            remedy "请核对预算数和执行数；确有追加预算的，请填写调整后的预算数。",
            source "本软件约定：执行率最高按100%计算";
        /// An indicator does not say on what its target rests.
        StandardBasisMissing = "standard-basis-missing", Info, Targets, "没有写指标值的依据",
            means "有指标值依据一栏，这一栏空着。",
            remedy "请填写依据（计划、历史、行业标准等）。",
            source "表内栏目：有指标值依据一栏的应当填写";
        /// A note says that a standard was used, and nothing uses it.
        StandardClaimedNotUsed = "standard-claimed-not-used", Warning, Targets, "声称的标准没有用到",
            means "说明采用了历史标准或行业标准，但没有一个评分标准或指标用到它。",
            remedy "请在评分标准中写明怎样与上年值、行业值比较，并填写这些数；或者改正说明。",
            source "本软件约定：绩效评价标准通常包括计划标准、行业标准、历史标准等";
        /// A stated rate differs from the one computed from the stated figures; the ledger may support either.
        StatedRateDiffers = "stated-rate-differs", Info, Ledger, "填报的比率与按填报数字计算的结果不同",
            means "填报的比率与按填报数字计算的结果不同，可能是取整造成的，也可能与明细账相符。",
            remedy "请核对：用未取整的金额重新计算，并注明取整方式。",
            source "本软件约定：填报的比率须能由填报的数字算出";
        /// A typed score is not what a convention gives that no form states: nobody can be told that it is wrong.
        StatedScoreByConvention = "stated-score-by-convention", Warning, Scores, "表中没有写明评分标准，填报得分与暂计得分不同",
            means "实际完成值超出了不应超出的指标值，表中和国家的办法都没有写明超出后怎样计分，暂按超出的比例计算，与填报得分不同。",
            remedy "请说明填报得分的计算办法；本级另有规定的，按规定计分。",
            source "本软件约定：表中没有写明评分标准的，暂按超出的比例扣减，由财政部门核定";
        /// A typed score differs from the one that the rule gives.
        StatedScoreDiffers = "stated-score-differs", Error, Scores, "填报得分与按计分规则计算的得分不符",
            means "填写的得分与按计分规则计算的得分不同。",
            remedy "请按计算得分更正，或说明依据。",
            source "表内评分标准；表内没有的，按本软件约定的计分方法";
        /// A typed sum is what the rules gave, and a person has since put another score in the place of one of theirs.
        SumBeforeOverride = "sum-before-override", Warning, Review, "合计是改定前的得分",
            means "填写的合计是改定前的各项得分之和，此后有得分改定了。",
            remedy "请把合计改为改定后的得分。",
            source "本软件约定：合计须是改定后各项得分之和";
        /// An answer is none of those the mapping knows; it counts as not satisfied.
        SurveyAnswerUnknown = "survey-answer-unknown", Warning, Survey, "问卷的回答不在选项中",
            means "问卷的一个回答不在选项之中，按不满意计算。",
            remedy "请核对问卷的回答，改为问卷的选项之一。",
            source "本软件约定：选项以外的回答按不满意计算";
        /// Answers that may be one person's, or that were given too fast to be thought about. They are counted.
        SurveyAnswersSuspect = "survey-answers-suspect", Info, Survey, "答卷疑似重复或代填",
            means "有答卷的提交时间、网络地址或全部回答相同，或者用时过短。仍计入统计。",
            remedy "请核实；确属重复的，请删去后重新提交。",
            source "本软件约定：可疑的答卷列出，由人核实";
        /// The stated satisfaction is not what the survey gives by the measure that is meant.
        SurveyDiffers = "survey-differs", Error, Survey, "填报的满意度与问卷不符",
            means "填报的满意度与按写明的口径从问卷算出的不同；影响得分的，由人核对后评分。",
            remedy "请核对问卷和填报数；以问卷为准的，请更正实际完成值。",
            source "本软件约定：填报的满意度须与按写明的口径从问卷算出的相符";
        /// Answers were given outside of the time that the survey is about. They are counted.
        SurveyOutsidePeriod = "survey-outside-period", Info, Survey, "答卷不在调查期内",
            means "有答卷的时间不在写明的调查时间或评价年度的调查期之内。仍计入统计。",
            remedy "请核实问卷是不是本次的调查；不是的，请更换后重新提交。",
            source "本软件约定：评价年度结束后 12 个月以内的答卷算在调查期内，材料另有写明的以写明的为准";
        /// A tally contradicts itself: a share is not what its counts give, or a sum is not theirs. The counts are used.
        SurveyTallyDiffers = "survey-tally-differs", Warning, Survey, "满意度统计表前后不符",
            means "统计表中的占比、合计与各回答的人数不符。按人数统计。",
            remedy "请核对统计表，更正占比、合计或人数。",
            source "本软件约定：统计表的占比和合计须能由人数算出";
    } } };
}
