//! The findings whose ids begin with o and p, and with r up to remark, in alphabetical order.

/// Hands these entries, behind those that came before, on to the next macro.
macro_rules! o_to_r {
    ($next:ident $($rest:ident)* { $($before:tt)* }) => { $next! { $($rest)* { $($before)*
        /// A workbook that we returned is handed in again though a later return of it exists: what was filled in since may be
        /// missing in it. What reviewers put in the place of our scores there stands.
        OlderReturn = "older-return", Warning, Review, "交来的是较早的返回件",
            means "交来的是较早返回的文件，之后还返回过一次，其后填写的内容可能没有包含在内。评审人员在后一次返回件上的改定仍然有效。",
            remedy "请改用最近一次返回的文件填写后重新提交；确需以本文件为准的，请逐项核对此后的改动都已填入。",
            source "本软件约定：应在最近一次返回的文件上填写";
        /// A category that should describe the whole work has one indicator only.
        OnlyOneIndicatorInCategory = "only-one-indicator-in-category", Warning, Targets, "该类指标只有一个",
            means "应当反映全部工作的一类指标只有一个。",
            remedy "请补充能反映主要工作量的指标。",
            source "本软件约定：反映全部工作的一类指标一般不止一个";
        /// The same indicator stands among the outputs and among the benefits.
        OutputAndBenefitDuplicated = "output-and-benefit-duplicated", Warning, Targets, "产出与效益重复设置同一指标",
            means "产出和效益下设了相同的指标，同一成果计了两次分。",
            remedy "请在效益中改用反映产出带来的变化的指标。",
            source "本软件约定：产出和效益不应重复设置同一指标";
        /// Outputs and benefits have too few of the points of a score sheet.
        OutputBenefitWeightLow = "output-benefit-weight-low", Info, Weights, "产出、效益权重偏低",
            means "评分表中产出、效益（含满意度）的分值合计偏低。",
            remedy "请核实指标体系的权重。",
            source "本软件约定：评价以产出和效益为主";
        /// An output is promised in words.
        OutputIndicatorQualitative = "output-indicator-qualitative", Info, Targets, "产出指标没有量化",
            means "产出指标的指标值是文字，没有数，也没有日期。",
            remedy "请尽量改为数量、比率或者日期；只能定性的，请写明判定标准。",
            source "本软件约定：产出指标以定量为主";
        /// The actual exceeds the target by so much that the target may have been set too low, and nothing explains it.
        OverAchieved = "over-achieved", Warning, Results, "实际完成值远高于指标值",
            means "实际完成值超过指标值很多，指标值可能定低了，又没有说明原因。",
            remedy "请说明超额完成的原因；属于年初指标值明显偏低的，按财预〔2020〕10号将按照偏离度适度调减分值，以后年度申报时请调整。",
            source "本软件约定：完成值高于指标值较多的，要分析原因，因指标值设定明显偏低造成的，按偏离度适度调减分值（多少算较多，由本软件的设定规定）";
        /// A reviewer typed another score or grade than ours, and reason or name is missing. The score counts as a draft; no grade
        /// is given.
        OverrideIncomplete = "override-incomplete", Warning, Review, "改定没有写明理由或改定人",
            means "评审人员改定了得分或等级，没有写理由或改定人。改定的得分暂作草稿，不评定等级。",
            remedy "请在“评分明细”本行写明改定理由和改定人（等级在“评分汇总”中写），再重新评分；不改的，请清空改定的分数。",
            source "本软件约定：改定得分、等级须写明理由和改定人";
        /// What a score or grade was overridden for has changed since: it is shown, but does not count before a person says it anew.
        OverrideOutdated = "override-outdated", Warning, Review, "改定的依据有变化，须重新确认",
            means "改定以后，所依据的内容变了。改定的得分仍然列出，但须重新确认才算数。",
            remedy "仍要改定的，请改写“评分明细”本行的改定理由（如注明“变化后维持”）或分数，再重新评分；不改的，请清空改定的分数。",
            source "本软件约定：改定的得分只对改定时的内容有效";
        /// A score or grade was typed in the place of ours in a workbook that came in where agencies and reviewers share the way.
        OverrideProposed = "override-proposed", Warning, Review, "有人改定得分，待评审人员确认",
            means "文件由单位和评审人员共用的渠道送来，其中有人改定了得分或等级，暂作建议。",
            remedy "同意的，请由评审人员把文件放入复核收件文件夹（或在自己的电脑上运行评分）；不同意的，请清空改定的分数。",
            source "本软件约定：共用渠道送来的改定须经评审人员确认";
        /// What was typed in the place of a score or grade cannot be taken: no number, two that differ, or beside no indicator.
        OverrideUnclear = "override-unclear", Warning, Review, "改定的得分读不出来，没有采用",
            means "改定的得分不是一个数、两处不一致，或者旁边没有对应的指标，因此没有采用。",
            remedy "请在“评分明细”的改定得分中只填一个数（最多两位小数，在可打分的范围内），与表中一致，再重新评分。",
            source "本软件约定：改定的得分须是一个明确的数";
        /// A form that was given as last year's was not taken: another project, another year.
        PastNotTaken = "past-not-taken", Warning, Review, "没有采用为上年的数据",
            means "指定为上年的表，项目或年度与本表对不上，其中的数没有采用。",
            remedy "请核对指定的文件；项目改名的，请把上年值填入本表。",
            source "本软件约定：同一项目上一年度的表才是上年的数据";
        /// A form of the year before has the same project's name and is another owner's: nothing of it was taken.
        PastOfAnother = "past-of-another", Warning, Review, "同名项目是别的单位的，没有采用",
            means "上年有同名的项目，但主管部门或实施单位不同，其中的数没有采用。",
            remedy "请提供本单位上年的自评表，或把上年值填入本表；单位改名的，请把上年值填入本表并说明。",
            source "本软件约定：项目同名而单位不同的，不是同一项目";
        /// What is nearest in the form of the year before is called otherwise, or is no certain number.
        PastOfOtherScope = "past-of-other-scope", Warning, Review, "上年的数口径不能确定，没有采用",
            means "上年的表中没有同名指标，或者有而不是一个确定的数，因此没有采用为上年值。",
            remedy "请确认是否同一口径；是的，请把上年的数填入“上年值”一栏，不是的，请由评审人员打分。",
            source "本软件约定：指标名称（含限定词）相同的才是同一指标";
        /// A value that the form does not say was taken from the form of the year before.
        PastTaken = "past-taken", Info, Review, "上年值取自上年的表",
            means "表中没有写明上年值，评分所用的上年值取自同一项目、同一单位上年的表。",
            remedy "请核对上年的数；未经复核的，请以复核后的数为准。",
            source "本软件约定：取自单位自评、未经复核的数，要写明来源";
        /// Both the target and the cell of units say percent.
        PercentTwice = "percent-twice", Warning, Form, "百分号写了两次",
            means "指标值写了百分号，计量单位一栏又是百分号。",
            remedy "请只保留一处百分号。",
            source "本软件约定，参照省级绩效管理平台的填报校验：指标值和计量单位分栏填写";
        /// The indicators are short of the whole by what a block beside them is worth, and the block's points were not read: they
        /// may stand there. No grade is given on the rest.
        PointsNotRead = "points-not-read", Warning, Form, "可能有分值没有读到",
            means "各指标分值合计比总分少，少的正好像表中另列的内容的分值，而那里的分值没有读到。不评定等级。",
            remedy "请核对预算执行等单列内容的分值和得分：把标题写成“分值”“得分”；确实没有的，请调整各指标分值使合计等于总分。",
            source "本软件约定：可能漏读分值的，不评定等级";
        /// The register has a return of the same project, but it came in otherwise than this submission: whether the one answers
        /// the other is for the operator to say.
        PossibleResubmission = "possible-resubmission", Warning, Operation, "可能是重新报送，未能确认",
            means "登记中有同一项目的返回件，但两次收件的渠道不同，不能只凭名称认定是对它的重新报送，没有与上次的问题核对。",
            remedy "确是重新报送的，请用 jixiao score 新文件 --answers 上次返回的文件，核对整改情况。",
            source "本软件约定：只凭名称相同不认定为同一单位的重新报送";
        /// Prepayments late in the year were counted as spending.
        PrepaidBeforeYearEnd = "prepaid-before-year-end", Info, Ledger, "年底预付、暂付列为支出",
            means "第四季度的分录摘要写的是预付、暂付、借款或者拨到其他账户，已计入支出。",
            remedy "请核实款项是否已实际用于项目；没有用于项目的，不应作为支出。",
            source "本软件约定：预付、暂付款项提请核实";
        /// A report names more problems than it gives advice for.
        ProblemWithoutSuggestion = "problem-without-suggestion", Info, Report, "问题与建议不对应",
            means "报告写的问题比建议多，有的问题没有对应的建议。",
            remedy "请对每个问题提出建议。",
            source "本软件约定：评价报告针对问题提出建议";
        /// A form in the same submission names another project.
        ProjectNameDiffers = "project-name-differs", Warning, Materials, "项目名称不一致",
            means "同一份材料中，有表格写的是另一个项目的名称。",
            remedy "请确认表格是不是同一个项目的；如果不是，请分开提交。",
            source "本软件约定：一份材料只应是一个项目的";
        /// A project came in that is not on the roll.
        ProjectNotOnRoster = "project-not-on-roster", Warning, Materials, "不在项目清单中",
            means "收到了材料，但项目清单中没有这个项目。",
            remedy "请核实项目编码、项目名称和单位；确应报送的，请补入项目清单。",
            source "本软件约定：收到的项目须在项目清单之中";
        /// A project is on the roll, and nothing of it came in.
        ProjectNotSubmitted = "project-not-submitted", Warning, Materials, "没有收到材料",
            means "项目清单中有这个项目，没有收到它的任何材料。",
            remedy "请向单位催报。",
            source "本软件约定：项目清单中的项目都须报送材料";
        /// Two submissions have the same project code, or the same name, department and year.
        ProjectSubmittedTwice = "project-submitted-twice", Warning, Review, "同一项目可能提交了两次",
            means "两份材料的项目编码相同，或者项目名称、主管部门和年度都相同，内容不同，两份都评了分。",
            remedy "请核实是不是同一个项目：是的，只保留一份；不是的，请更正项目编码或名称。",
            source "本软件约定：一个项目一年只报送一份自评材料";
        /// Too many of the points depend on words.
        QualitativeShareHigh = "qualitative-share-high", Info, Targets, "定性指标占的分值过多",
            means "指标值是文字的指标，分值合计占各指标分值的比例过高，得分多靠主观判断。",
            remedy "请把能够量化的指标改为定量；确需定性的，请写明判定标准。",
            source "本软件约定：指标以定量为主，定性为辅";
        /// A quantity is promised as a rate.
        QuantityIndicatorIsRate = "quantity-indicator-is-rate", Warning, Targets, "数量指标用的是比率",
            means "数量指标的指标值是百分比，不能反映工作量。",
            remedy "请改为反映工作量的绝对数；比率请列入质量或者时效指标。",
            source "本软件约定：数量指标反映做了多少";
        /// An indicator of a rate has full points and no rate.
        RateIndicatorWithoutRate = "rate-indicator-without-rate", Warning, Results, "比率指标没有比率而得满分",
            means "名称是比率的指标，实际完成值和说明中都没有比率，却得了满分。",
            remedy "请填写实际的比率及其计算依据。",
            source "本软件约定：比率指标的完成值须是比率";
        /// A rate lies where no such rate can, as what is left of a misread `≥90%`. It is not used.
        RateOutOfRange = "rate-out-of-range", Warning, Form, "比率超出可能的范围",
            means "比率超出可能的范围，像是“≥90%”误读而成，没有采用。",
            remedy "请核对原始资料，改为正确的数和单位。",
            source "本软件约定：超出可能范围的比率不采用";
        /// An output that is a rate by its name is promised by an adjective.
        RateTargetInWords = "rate-target-in-words", Warning, Targets, "比率指标的指标值不是百分比",
            means "产出指标的名称是比率，指标值却只写了“良好”“及时”一类的词。",
            remedy "请填写百分比（如“≥95%”），或者写明比上年提高多少个百分点。",
            source "本软件约定：比率指标的指标值须是百分比";
        /// Several indicators have the same reason.
        ReasonCopied = "reason-copied", Info, Results, "各指标原因相同",
            means "几个指标写的是同一个原因。",
            remedy "请逐项说明原因。",
            source "本软件约定：偏差原因须逐项说明";
        /// Points came off, or the target was missed, and the reason cell is blank or says nothing.
        ReasonMissing = "reason-missing", Warning, Results, "有扣分或偏差但没有说明原因",
            means "有扣分或没有完成指标值，原因一栏空着，或者等于没写。",
            remedy "请说明原因和改进措施。",
            source "表内栏目：未完成目标或偏离较大的，在原因和改进措施一栏写明";
        /// A reason has nothing but stock phrases.
        ReasonSaysNothingSpecific = "reason-says-nothing-specific", Info, Results, "原因是套话",
            means "扣了分，原因只写了套话，没有数、日期和具体的事。",
            remedy "请写明具体原因（如“因雨季延期23天”）。",
            source "本软件约定：偏差原因须具体";
        /// A reason says that something is wanting, and no points came off.
        ReasonWithoutDeduction = "reason-without-deduction", Warning, Results, "写了未完成原因却没有扣分",
            means "原因或备注写明没有完成，得分却是满分。",
            remedy "请核对完成情况：没有完成的，请按评分办法扣分；已经完成的，请更正说明。",
            source "本软件约定：说明与得分应当一致";
        /// The file is an `.xls`, `.xlsb` or `.ods`: the result was rebuilt as an `.xlsx` from what could be read, and the
        /// message names what could not be carried.
        RebuiltFromOtherFormat = "rebuilt-from-other-format", Info, Operation, "由其他格式重建为 .xlsx",
            means "原文件不是常用的表格格式，返回的文件按能读到的内容重建；没有带过来的内容在说明中列出。",
            remedy "如需保留全部外观和附件，请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新提交。",
            source "本软件约定：其他格式的文件重建后返回，未能带过来的内容列明";
        /// The workbook carries a record of what this program wrote that nothing proves: an older version wrote it, an
        /// installation whose key is not trusted here, or somebody else; or it was changed. What it says is a hint: a cell or a
        /// sheet counts as ours only where it is what would be written now, and what else is there stays as a person's.
        RecordNotProved = "record-not-proved", Warning, Operation, "返回记录没有可信的签名",
            means "工作簿中的返回记录没有可信的签名，或者已被改动，只作参考：与现在要写的内容相同的才当作本软件所写，其余都当作人写的，予以保留。",
            remedy "请核对表中保留的得分和扣分原因是不是由人填写的；不需要的请清空后重新提交。其他单位或旧密钥签名的，请管理员用 jixiao key trust 登记其公钥。",
            source "本软件约定：没有可信签名的返回记录只作参考，不据以删改人写的内容";
        /// The signed record in the workbook says another project, agency or year than the form does: it was moved there, or
        /// the form was corrected since. It is a hint, as one without proof is.
        RecordOfAnotherWorkbook = "record-of-another-workbook", Warning, Operation, "返回记录的项目、单位或年度与表中不同",
            means "返回记录有签名，但所写的项目、单位或年度与表中不同：可能是从别处移来的，也可能是表中作了更正。只作参考。",
            remedy "请核对项目名称、单位和年度；更正过名称的，请核对表中保留的得分和扣分原因，不需要的清空后重新提交。",
            source "本软件约定：返回记录只对它所写的项目、单位和年度有效";
        /// A remark denies the evidence and points were given.
        RemarkContradictsScore = "remark-contradicts-score", Warning, Review, "说明没有凭据而得分为正",
            means "备注说明没有凭据或者与项目无关，仍给了分。",
            remedy "请核对复核得分。",
            source "本软件约定：复核得分与说明须一致";
    } } };
}
