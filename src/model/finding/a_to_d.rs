//! The findings whose ids begin with a to d, in alphabetical order.

/// Hands these entries, behind those that came before, on to the next macro.
macro_rules! a_to_d {
    ($next:ident $($rest:ident)* { $($before:tt)* }) => { $next! { $($rest)* { $($before)*
        /// A document is cited that is no longer in force.
        AbolishedDocumentCited = "abolished-document-cited", Info, Materials, "引用的文件已经修订",
            means "表中引用的文件已经修订，有了新的办法。",
            remedy "请改用现行文件。",
            source "《项目支出绩效评价管理办法》（财预〔2020〕10号）印发通知：本办法在《财政支出绩效评价管理暂行办法》（财预〔2011〕285号）的基础上修订形成";
        /// An entry's account is not under the account that the ledger is about.
        AccountOutsideProject = "account-outside-project", Warning, Ledger, "科目不属于本项目",
            means "分录的科目不在明细账所属科目之下，没有计入支出。",
            remedy "请核实该分录是否属于本项目；属于的，请把账页上方的科目改为包含它的上级科目。",
            source "本软件约定：只计明细账所属科目及其下级科目的分录";
        /// Counts of what was done in the year do not fit together: two totals of it in one unit, more opinions than there were
        /// occasions for them, or one figure that has another value where a reason is given.
        ActivityCountsDiffer = "activity-counts-differ", Info, Results, "材料中的数量前后对不上",
            means "同一份材料的不同地方，全年办理、服务的总量写了不同的数，收到的评价多于办理的总量，或者原因、备注中的数与别处不同。口径不同的，不是差错。",
            remedy "请核对各处的口径和数据来源；口径不同的，请注明。",
            source "本软件约定：同一份材料中的数量应当相互一致";
        /// The actual is only known to lie above or below a number (3000余人, 超过95%). All that it may be earns the same, and
        /// that was given.
        ActualApproximate = "actual-approximate", Warning, Form, "实际完成值是约数",
            means "实际完成值只写了约数（如“3000余人”“超过95%”）；它可能是的各个数得分相同，已按此计分。得分不同的，不计分。",
            remedy "请填写准确的数（如“3050人”“95.2%”）。",
            source "本软件约定：约数只在得分不受影响时计分，并列出请人核对";
        /// The actual repeats the target with its bound (`≥40厘米`, a deadline): nothing was measured.
        ActualCopiesTarget = "actual-copies-target", Warning, Form, "实际完成值与指标值相同",
            means "实际完成值与指标值相同，连符号或时限一起（如“≥40厘米”），没有填写实际完成的数。",
            remedy "请填写实际完成的数，不带“≥”“≤”等符号。",
            source "本软件约定：实际完成值须是实际完成的数或日期";
        /// The actual says that a figure of it was wrong and which is right (由5200人更正为4200人): the right one was scored.
        ActualCorrected = "actual-corrected", Warning, Form, "实际完成值写明了更正",
            means "实际完成值写明原来填的数有误、更正后的数是多少（如“由5200人更正为4200人”“填报180人，经核实应为160人”），已按更正后的数计分。",
            remedy "请核对更正的依据，只保留正确的数。",
            source "本软件约定：写明更正的，按更正后的数计分，并列出请人核对";
        /// What the agency says was done is not what the reviewer found.
        ActualDiffersFromReview = "actual-differs-from-review", Warning, Results, "自评完成值与复核完成值不同",
            means "表中既有自评完成值又有复核完成值，两者不同；评分以复核的为准。",
            remedy "请核对自评完成值是否填错；对复核完成值有异议的，请提供佐证材料。",
            source "本软件约定：有复核完成值的按复核完成值评分";
        /// A status word stands where a number or a date was promised. Nothing is computed from it.
        ActualIsStatusWord = "actual-is-status-word", Warning, Form, "实际完成值只写了完成状态",
            means "指标值是数或日期，实际完成值却只写了“完成”一类的字，没有据此计分。",
            remedy "请填写实际完成的数或日期。",
            source "本软件约定：只写完成状态的，不据以计分";
        /// An indicator with points has no actual.
        ActualMissing = "actual-missing", Warning, Form, "没有填写实际完成值",
            means "有分值的指标没有填写实际完成值。",
            remedy "请填写实际完成值；没有完成的填 0，并说明原因。",
            source "本软件约定：指标得分按完成值与指标值比较确定";
        /// The actual is of another kind than the criterion counts (一般事故 under 重大事故, 无效投诉 under 有效投诉), and was
        /// counted as none.
        ActualOfOtherKind = "actual-of-other-kind", Warning, Results, "实际完成值不是评分标准所计的情形",
            means "评分标准只计某一种情形（如重大事故、有效投诉），实际完成值写的是另一种（如一般事故、无效投诉），已按没有发生计分。",
            remedy "请人工核对事故、问题的等级认定文件；认定属于评分标准所计情形的，请更正实际完成值。",
            source "本软件约定：写明是另一种情形的，按没有发生计分，并列出请人核对";
        /// The actual is a bare number beside a target in 万, 千 or 百, and was taken to count as the target does, because only
        /// that is plausible: it is no whole number of things counted, or more is better and as ones it would be less than a
        /// hundredth of the target, and as the target counts it lies between a tenth of it and ten times it. What may be either is
        /// not read (`criterion-not-read`).
        ActualScaleInferred = "actual-scale-inferred", Warning, Form, "实际完成值没有写单位，按指标值的单位计算",
            means "指标值以万、千、百计，实际完成值只写了数；只有按指标值的单位理解才合理，因此照此计算。两种理解都合理的，不作推断。",
            remedy "请连同单位填写实际完成值（如“3.1万人”）；不是以指标值的单位计的，请更正后重新提交。",
            source "本软件约定：只有一种单位合理时才作推断，并列出请人核对";
        /// Every actual equals its target.
        ActualsAllEqualTargets = "actuals-all-equal-targets", Info, Results, "完成值与指标值全部相同",
            means "各定量指标的实际完成值都与指标值相等。",
            remedy "请核实实际完成值是否据实填写。",
            source "本软件约定：实际完成值应当据实填写";
        /// Nearly all projects of a department are nearly without a fault, as it says itself.
        AgencyScoresWithoutSpread = "agency-scores-without-spread", Info, Review, "单位自评分没有差异",
            means "同一主管部门的项目，自评得分几乎都接近满分，自评没有区分项目的好坏。同批材料合在一起才看得出。",
            remedy "请抽查其中执行率低、指标值偏低的项目，要求单位按实际完成情况自评。",
            source "本软件约定：同一主管部门至少 5 个项目、九成以上自评在 98 分以上的，提示核查";
        /// All indicators have full points although the budget was not spent.
        AllFullMarks = "all-full-marks", Info, Scores, "预算没有执行完而全部指标都得满分",
            means "各指标都填了满分，预算却没有执行完。",
            remedy "请核实满分的依据。",
            source "本软件约定：满分须有数据支撑";
        /// A quantity indicator is an amount of money: spending says nothing of what was made for it.
        AmountAsQuantityIndicator = "amount-as-quantity-indicator", Warning, Targets, "数量指标用的是金额",
            means "数量指标写的是金额，说明不了用这些钱做了多少事。",
            remedy "请改用反映产出数量的指标；金额可放在成本指标中。",
            source "本软件约定：数量指标反映产出的多少，花了多少钱属于成本";
        /// What one thing came to by count and spending is more than by target and budget, or is to be held against a standard.
        AmountPerUnit = "amount-per-unit", Info, Budget, "单位成本需要核对",
            means "按执行数和完成数量计算的平均支出，高于按预算数和指标值计算的；指标只填了达标率，需要与标准核对；或者要看单位成本由账上哪些支出构成。数量、口径不同的，不是差错。",
            remedy "请核对完成数量、支出和单位成本的构成；看不清楚的，可以请单位说明。",
            source "本软件约定：数量没有完成而平均支出上升的，列出供核对";
        /// Entries speak of what a unit's basic expenditure is for.
        BasicExpenditureInProject = "basic-expenditure-in-project", Info, Ledger, "项目支出中列有基本支出的内容",
            means "分录的摘要写的是工资、津贴、餐费、慰问一类的支出；重复入账后又冲销的，不计在内。",
            remedy "请说明开支依据和范围，核实是否属于基本支出。",
            source "本软件约定：项目支出不应列支基本支出的内容";
        /// A budget block has an amount of the beginning of the year and another of the whole year: of which the execution is
        /// scored, and what the other would give.
        BudgetAdjusted = "budget-adjusted", Info, Budget, "按调整后的预算数计算执行率",
            means "既有年初预算数又有全年（调整后）预算数：写明执行率按哪一个计算，按另一个计算会是多少。",
            remedy "请核对预算调整的批复。",
            source "本软件约定：有调整后预算数的，执行率按调整后预算数计算";
        /// The budget was changed by much, the targets were not.
        BudgetAdjustedTargetsNot = "budget-adjusted-targets-not", Warning, Targets, "预算调整后目标没有调整",
            means "预算调整较大，数量和成本的指标值仍与申报时相同。",
            remedy "请核实是否应当同步调整绩效目标；单价变动等原因，请说明。",
            source "本软件约定：预算调整的，绩效目标应当同步调整";
        /// The rows of the budget block do not add up to its total row, or are more than it.
        BudgetBlockInconsistent = "budget-block-inconsistent", Error, Budget, "预算执行表各行合计与总额不符",
            means "预算执行表各行金额之和与总额不符，或者超过总额。",
            remedy "请核对各资金来源的金额和总额，改为一致。",
            source "表内栏目：年度资金总额由所列各项资金合计而成";
        /// The budget was changed by much and nothing says why.
        BudgetChangeUnexplained = "budget-change-unexplained", Warning, Budget, "年中预算调整没有说明",
            means "全年预算数与年初预算数相差较大，表中没有说明。",
            remedy "请说明预算调整的原因和批复文号。",
            source "本软件约定：预算调整较大的须说明";
        /// The form states another 全年预算数 than the roll, by more than rounding explains. The roll comes from the budget system.
        BudgetDiffersFromRoster = "budget-differs-from-roster", Error, Budget, "预算数与项目清单不符",
            means "表中的全年预算数与项目清单不同，不是取整造成的。项目清单来自预算系统。",
            remedy "请按项目清单（预算系统）核对全年预算数；清单有误的，请更正清单。",
            source "本软件约定：预算数与项目清单核对，以项目清单为准";
        /// The budget block has several rows, but none says that it is the total; the block was not used.
        BudgetTotalMissing = "budget-total-missing", Warning, Form, "预算执行表没有总额行",
            means "预算执行表有几行，没有写明哪一行是总额，因此没有采用这张表。",
            remedy "请在预算执行表中写明“年度资金总额”一行。",
            source "本软件约定：预算执行情况按写明总额的一行计算，不作猜测";
        /// A typed score or rate is not that of the target or budget that counts, but that of the other one, as it was set or
        /// as it was adjusted: which of them counts is a person's to say.
        ByOtherBase = "by-other-base", Warning, Scores, "填报数是按另一个指标值或预算数计算的",
            means "填报的得分或执行率不是按应当采用的指标值（预算数）算出的，而与按另一个（年初数或调整后的数）算出的相同；以哪一个为准由人决定。",
            remedy "请核对调整是否已经批准、以哪一个为准，并注明批复文号。",
            source "本软件约定：有调整的，按调整后的数计算；映射文件另有规定的从其规定";
        /// A level 2 that the form prints has no indicator; of the kinds of benefits and of costs one is enough.
        CategoryWithoutIndicator = "category-without-indicator", Warning, Targets, "必设的二级指标没有指标",
            means "表中印有的二级指标下没有指标。效益类有一个二级指标有指标即可；成本类同。",
            remedy "请补充该类指标；经常性运转等确实不需要的，请说明。",
            source "表内栏目：表中印有的二级指标应当填写指标";
        /// Cells that should have got a score, a reason or a note cannot be edited safely (protected, part of an array formula,
        /// …). What belongs there is on the sheets we add.
        CellNotEditable = "cell-not-editable", Warning, Operation, "单元格不能写入",
            means "应写入得分、原因或批注的单元格不能安全写入（受保护、属于数组公式等）；应写的内容在附加工作表中。",
            remedy "请按说明解除限制（如撤销工作表保护）后重新提交；不解除也可直接使用附加工作表中的得分。",
            source "本软件约定：不能安全写入的单元格不写，内容另列附加工作表";
        /// A cell whose content cannot be known: it refers to a text that the file does not have, stands in the file twice, or is
        /// of a kind that no standard names.
        CellNotReadable = "cell-not-readable", Warning, Form, "单元格内容无法读取",
            means "单元格的内容无从得知：所指的文字在文件中没有，同一单元格出现两次，或者类型不明。",
            remedy "请在 Excel 或 WPS 中重新填写该单元格，保存后重新提交。",
            source "本软件约定：读不准的单元格不作猜测";
        /// Cells of a form beside its tables were not used. They are listed so that nobody thinks they were.
        CellsNotRead = "cells-not-read", Info, Operation, "有内容没有采用",
            means "表格旁边有内容没有采用，逐处列出，以免误以为已经采用。",
            remedy "请看一看没有采用的内容是否与评分有关；有关的，请写进表中相应的栏目。",
            source "本软件约定：没有采用的内容一律列明";
        /// A title stands over several columns and more than one of them is filled; none was taken.
        CellsUnderOneTitle = "cells-under-one-title", Warning, Form, "一个标题下有几个值",
            means "一个标题下有几列，同一行有一个以上的值，因此都没有采用。",
            remedy "请把内容写在一个单元格里。",
            source "本软件约定：一栏有几个值而不能确定的，都不采用";
        /// The meaning of a column was guessed: its title or its content speaks for it, not both. It is used, but no grade is
        /// given before a person has said what it means.
        ColumnGuessed = "column-guessed", Warning, Question, "栏目的含义是推测的",
            means "该栏只有标题或只有内容能说明含义，两者不能互相印证。已按推测采用，但在有人说明含义之前不评定等级。",
            remedy "请在返回文件“处理说明”的“栏目确认”中选择该栏的含义，把文件重新提交。",
            source "本软件约定：含义靠推测的栏目须经人确认，才评定等级";
        /// A column of a form was not used although its cells look like values of an indicator. No grade is given before a
        /// person has said what it means.
        ColumnNotRead = "column-not-read", Warning, Question, "该列未采用，请说明其含义",
            means "该列没有采用，内容却像指标的数据。在有人说明含义之前不评定等级。",
            remedy "请在返回文件“处理说明”的“栏目确认”中选择该栏的含义，把文件重新提交。",
            source "本软件约定：没有采用而像指标数据的栏目须经人说明，才评定等级";
        /// What was to be built was finished after the year that is evaluated, and its effects are reported already.
        CompletionAfterYear = "completion-after-year", Warning, Results, "工程在年度结束以后才完工，已填报质量、效益的完成值",
            means "工程、项目在评价年度结束以后才建成，质量、效益指标却已经填报了完成值。",
            remedy "请说明该完成值的数据来源和取得的时间，并提供测定、验收等材料。",
            source "本软件约定：质量、效益应当在建成之后核定";
        /// Something was done after the day on which the form was filled in, or before the year that is evaluated.
        CompletionDateImplausible = "completion-date-implausible", Warning, Results, "完成日期不合理",
            means "实际完成日期在填报日期之后，或者在评价年度之前而表中没有说明是结转、续建。",
            remedy "请核对完成日期、填报日期和评价年度；以前年度已完成的，请说明。",
            source "本软件约定：完成日期在评价年度内，不晚于填报日期";
        /// A rate of completion lies where the place gives no points, and has some.
        CompletionOutsideBand = "completion-outside-band", Error, Scores, "完成率超出规定范围而得分",
            means "完成率低于或者高于本地规定的范围，按规定不得分，却填了得分。",
            remedy "请按本地评分办法更正得分。",
            source "本软件约定：按本地评分办法确定的完成率范围";
        /// The typed completion rate of an indicator is not its actual ÷ its target, even allowing for the rounding of what is
        /// shown. A rate of at most 100 % is accepted where more was done.
        CompletionRateDiffers = "completion-rate-differs", Warning, Results, "完成率与实际完成值、指标值不符",
            means "填写的完成率不等于实际完成值除以指标值，考虑显示时取整也不相符。超额完成而完成率写100%的，不算不符。",
            remedy "请按“实际完成值 ÷ 指标值”更正完成率，或核对实际完成值。",
            source "本软件约定：完成率为实际完成值除以指标值，允许显示取整的误差";
        /// A cell does not satisfy what the mapping asks of its column.
        ConstraintViolated = "constraint-violated", Error, Form, "填写内容不符合要求",
            means "单元格的内容不符合对该栏的要求。",
            remedy "请按要求改正这个单元格。",
            source "本软件约定：各栏内容须符合映射文件写明的要求";
        /// A project that spends money has no indicator of costs.
        CostIndicatorMissing = "cost-indicator-missing", Info, Targets, "没有成本指标",
            means "安排了资金的项目，表中没有成本指标。",
            remedy "请补充成本指标（如总成本、单位成本、支出标准）。",
            source "本软件约定：安排资金的项目应当设置成本指标";
        /// The only cost that is limited is the budget itself.
        CostOnlyTotalBudget = "cost-only-total-budget", Info, Targets, "成本指标只有预算总额",
            means "成本指标只有一个，控制数就是预算总额。",
            remedy "请增加单位成本、支出标准一类的指标。",
            source "本软件约定：成本指标宜细化到单位成本";
        /// A limit of the whole cost lies above the budget.
        CostTargetAboveBudget = "cost-target-above-budget", Warning, Targets, "成本控制数超过预算",
            means "成本指标的控制数，或者没有总成本指标时各项成本控制数之和，比全年预算数还大，起不到控制作用。",
            remedy "请把成本控制数改为不超过全年预算数；预算有调整的，请同步调整指标值。",
            source "本软件约定：成本控制数不应超过预算数";
        /// A cost is promised as a floor: the more is spent the better.
        CostTargetIsFloor = "cost-target-is-floor", Error, Targets, "成本指标用了“≥”",
            means "成本、控制数一类的指标，指标值用了“≥”，花得越多越算完成。",
            remedy "请把“≥”改为“≤”；不是成本而是应当达到的标准（如补助标准）的，请改写名称。",
            source "本软件约定：成本指标控制的是上限";
        /// What is counted in whole things has a fraction.
        CountWithFraction = "count-with-fraction", Warning, Form, "按个计数的指标出现小数",
            means "人、次、个、件一类按个计数的指标值或者实际完成值有小数。",
            remedy "请核对数字和单位。",
            source "本软件约定：按个计数的须是整数";
        /// The criterion, target or actual could not be read with certainty. Nothing was guessed: the indicator waits for a
        /// person's score, or a person's score is taken as judged.
        CriterionNotRead = "criterion-not-read", Warning, Review, "评分标准或填报值未能读懂",
            means "评分标准、指标值或实际完成值不能确定地读懂，没有猜测：该指标等待人工打分，已有人工打分的采用人工打分。",
            remedy "请人工打分；或按提示改写评分标准、指标值、实际完成值，或请系统管理员为这张表写明计分规则。",
            source "本软件约定：读不准的评分标准和数值不作猜测，由人打分";
        /// The points of a criterion's items do not add up to the indicator's.
        CriterionPointsDiffer = "criterion-points-differ", Error, Weights, "评分标准各项分值之和不等于该指标分值",
            means "评分标准逐项写明的分值，加起来不等于指标的分值。",
            remedy "请核对评分标准和分值，改为一致。",
            source "表内栏目：评分标准各项分值之和等于该指标分值";
        /// The day it was done lies after the day it was to be done by. Without a criterion a person decides what that costs.
        DateLate = "date-late", Warning, Results, "没有按时完成",
            means "实际完成日期晚于规定日期。评分标准没有规定扣多少的，由人决定。",
            remedy "请说明逾期原因；评分标准没有规定的，由评审人员打分。",
            source "本软件约定：评分标准没有规定逾期扣分的，由评审人员打分";
        /// A deadline lies outside of the budget year.
        DeadlineOutsideYear = "deadline-outside-year", Warning, Targets, "完成时限不在预算年度内",
            means "指标值规定的日期不在预算年度之内。",
            remedy "请核对日期；跨年度实施的，请说明，并按本年度应完成的部分设置指标值。",
            source "本软件约定：年度指标值应在本年度内完成";
        /// Much of the year's spending fell into December.
        DecemberRush = "december-rush", Info, Ledger, "年底集中支出",
            means "全年支出的很大一部分发生在12月。",
            remedy "请核实12月支出的原因（如合同约定年终结算）。",
            source "本软件约定：年底集中支出提请核实";
        /// Targets were handed in as they were declared and as they were approved; the latter count.
        DeclarationSuperseded = "declaration-superseded", Info, Materials, "已有批复稿，申报稿没有用于核对",
            means "同时收到了申报的和批复的绩效目标表，与完成情况核对时以批复的为准。",
            remedy "一般不需要处理；批复稿不是最终文本的，请更换后重新评分。",
            source "本软件约定：绩效目标批复后以批复的为准";
        /// A declared target is no more there in the self-evaluation, and nothing shows that it was approved.
        DeclaredNotEvaluated = "declared-not-evaluated", Info, Results, "申报的指标自评表中没有",
            means "申报表中的一个指标，自评表中没有同名的，也没有写明对应关系。",
            remedy "报送材料中没有绩效目标批复。经批准删去的，请提供批复；只是名称不同的，请改为一致；漏填的，请补充完成情况。",
            source "本软件约定：自评的指标应当与申报的一致";
        /// A target of the declaration form is answered by no indicator, by name or by an alias of the mapping.
        DeclaredWithoutActual = "declared-without-actual", Warning, Results, "申报的目标没有对应的完成情况",
            means "申报表中的一个目标，按名称和写明的别名都找不到对应的指标。",
            remedy "请补充该目标的完成情况；名称不同的，请改为一致。",
            source "本软件约定：申报的每个目标都须有对应的完成情况";
        /// What a form says that was taken off is not what the points and the score leave, or does not add up to its sum.
        DeductionDiffers = "deduction-differs", Warning, Scores, "扣分与分值、得分或合计不符",
            means "表中写的扣分不等于分值减得分，或者各项扣分之和与合计不符。",
            remedy "请核对扣分、得分和合计，改为一致。",
            source "本软件约定：扣分为分值减得分，合计为各项之和";
        /// A remark says another deduction than the scores do.
        DeductionPercentDiffers = "deduction-percent-differs", Error, Review, "说明的扣分与实际扣分不符",
            means "备注写明扣多少，与自评得分、复核得分算出的不同。",
            remedy "请核对备注和复核得分。",
            source "本软件约定：扣分说明与得分须一致";
        /// Points came off in a report, and its chapter of problems does not say why.
        DeductionWithoutProblem = "deduction-without-problem", Warning, Report, "扣了分而问题部分没有写",
            means "报告中一项指标扣了分，存在问题部分没有写到它。",
            remedy "请在存在问题部分写明扣分的事实和原因。",
            source "本软件约定：评价报告说明存在的问题及原因";
        /// The stated difference between the agency's score and the reviewer's is not that of the scores.
        DeviationDiffers = "deviation-differs", Warning, Review, "偏差与自评、复核得分不符",
            means "偏差栏填的数不等于自评得分与复核得分之差。",
            remedy "请核对偏差、自评得分和复核得分。",
            source "本软件约定：偏差为自评得分与复核得分之差";
        /// The self-evaluation is not of the targets as they were approved.
        DiffersFromApproval = "differs-from-approval", Warning, Targets, "与批复的绩效目标不一致",
            means "自评表的指标、指标值或者分值，与批复的绩效目标不同，表中没有说明经过批准调整。",
            remedy "请按批复的绩效目标自评；经批准调整的，请注明批复文号并附调整后的绩效目标。",
            source "本软件约定：绩效目标批复后，未经批准不作调整";
        /// The target has no sign; that less is better was inferred from the indicator's category or name.
        DirectionInferred = "direction-inferred", Warning, Targets, "指标值没有符号，按指标名称推断方向",
            means "指标值没有符号，按指标类别或名称推断为越少越好。",
            remedy "请在指标值前写明“≥”“≤”或“=”。",
            source "本软件约定：没有符号的按指标类别和名称推断方向，并列出请人核对";
        /// The year of a document number stands in other brackets than official documents have.
        DocumentNumberForm = "document-number-form", Info, Report, "文号写法不规范",
            means "文号中的年份没有用六角括号〔〕。",
            remedy "请把文号写成“财预〔2020〕10号”的形式。",
            source "本软件约定：文号按党政机关公文格式书写";
    } } };
}
