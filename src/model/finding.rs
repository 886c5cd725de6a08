//! Findings: faults in the data, each at its cell, with a remedy. Data, not errors.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::CellAt;

/// How grave a finding is. The order is the order of reports: errors first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A figure or score is wrong, or two contradict each other.
    Error,
    /// A person must look.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// 错误, 提醒, 说明.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "提醒",
            Self::Info => "说明",
        }
    }
}

impl FindingId {
    /// Whether it says that a score or grade that a person typed waits for a decision.
    pub fn is_open_override(self) -> bool {
        matches!(
            self,
            Self::OverrideIncomplete
                | Self::OverrideOutdated
                | Self::OverrideProposed
                | Self::OverrideUnclear
        )
    }

    /// Whether it says what became of such a score or grade: that heads all that is said.
    pub fn is_about_override(self) -> bool {
        self == Self::ScoreOverridden || self.is_open_override()
    }
}

macro_rules! catalogue {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $severity:ident, $title:literal, $remedy:literal, $rule:literal;)+) => {
        /// Every finding there is, in alphabetical order of the ids.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingId {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl FindingId {
            /// All of them, sorted by id.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The kebab-case id.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The finding of this id.
            pub fn named(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.id() == id)
            }

            /// The severity it has always.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// The title a clerk sees.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// What to do about it, in Chinese.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)+ }
            }

            /// Where the rule comes from.
            pub fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule,)+ }
            }

            /// What the finding means, for the reference.
            pub fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n",)+).trim_ascii(),)+ }
            }
        }
    };
}

catalogue! {
    /// An entry's account is not under the account that the ledger is about.
    AccountOutsideProject = "account-outside-project", Warning, "科目不属于本项目",
        "请核实该分录是否属于本项目；属于的，请把账页上方的科目改为包含它的上级科目。", "DESIGN §10";
    /// The actual repeats the target with its bound (`≥40厘米`, a deadline): nothing was measured.
    ActualCopiesTarget = "actual-copies-target", Warning, "实际完成值照抄指标值",
        "请填写实际完成的数或日期，不要带“≥”“≤”等符号。", "domain rules §5 point 6";
    /// A status word stands where a number or a date was promised. Nothing is computed from it.
    ActualIsStatusWord = "actual-is-status-word", Warning, "实际完成值只写了完成状态",
        "请填写实际完成的数或日期。", "domain rules §5 point 6";
    /// An indicator with points has no actual.
    ActualMissing = "actual-missing", Warning, "没有填写实际完成值",
        "请填写实际完成值；没有完成的填 0，并说明原因。", "domain rules §1";
    /// The actual is a bare number beside a target in 万, 千 or 百, and was taken to count as the target does, because only
    /// that is plausible: it is no whole number of things counted, or more is better and as ones it would be less than a
    /// hundredth of the target, and as the target counts it lies between a tenth of it and ten times it. What may be either is
    /// not read (`criterion-not-read`).
    ActualScaleInferred = "actual-scale-inferred", Warning, "实际完成值没有写单位，按指标值的单位计算",
        "请连同单位填写实际完成值（如“3.1万人”）；不是以指标值的单位计的，请更正后重新提交。", "domain rules §5 point 7";
    /// A quantity indicator is an amount of money: spending says nothing of what was made for it.
    AmountAsQuantityIndicator = "amount-as-quantity-indicator", Warning, "数量指标用的是金额",
        "请改用反映产出数量的指标；金额可放在成本指标中。", "domain rules §5 point 9";
    /// A budget block has an amount of the beginning of the year and another of the whole year: of which the execution is
    /// scored, and what the other would give.
    BudgetAdjusted = "budget-adjusted", Info, "按调整后的预算数计算执行率",
        "请核对预算调整是否已经批准，并注明批复文号。", "《项目支出绩效评价管理办法》（财预〔2020〕10号）";
    /// The rows of the budget block do not add up to its total row, or are more than it.
    BudgetBlockInconsistent = "budget-block-inconsistent", Error, "预算执行表各行合计与总额不符",
        "请核对各资金来源的金额和总额，改为一致。", "财预〔2020〕10号；DESIGN §13 (the execution row)";
    /// The form states another 全年预算数 than the roll, by more than rounding explains. The roll comes from the budget system.
    BudgetDiffersFromRoster = "budget-differs-from-roster", Error, "预算数与项目清单不符",
        "请按项目清单（预算系统）核对全年预算数；清单有误的，请更正清单。", "DESIGN §20";
    /// The budget block has several rows, but none says that it is the total; the block was not used.
    BudgetTotalMissing = "budget-total-missing", Warning, "预算执行表没有总额行",
        "请在预算执行表中写明“年度资金总额”一行，或在映射文件的 budget.total 中补充它的写法。", "DESIGN §6";
    /// A typed score or rate is not that of the target or budget that counts, but that of the other one, as it was set or
    /// as it was adjusted: which of them counts is a person's to say.
    ByOtherBase = "by-other-base", Warning, "填报数是按另一个指标值或预算数计算的",
        "请核对调整是否已经批准、以哪一个为准：以年初数为准的，在映射文件中写 target_base = \"initial\"。",
        "《项目支出绩效评价管理办法》（财预〔2020〕10号）";
    /// Cells that should have got a score, a reason or a note cannot be edited safely (protected, part of an array formula,
    /// …). What belongs there is on the sheets we add.
    CellNotEditable = "cell-not-editable", Warning, "单元格不能写入",
        "请按说明解除限制（如撤销工作表保护）后重新提交；不解除也可直接使用附加工作表中的得分。", "DESIGN §9";
    /// A cell whose content cannot be known: it refers to a text that the file does not have, stands in the file twice, or is
    /// of a kind that no standard names.
    CellNotReadable = "cell-not-readable", Warning, "单元格内容无法读取",
        "请在 Excel 或 WPS 中重新填写该单元格，保存后重新提交。", "DESIGN §1: never guessed";
    /// Cells of a form beside its tables were not used. They are listed so that nobody thinks they were.
    CellsNotRead = "cells-not-read", Info, "有内容没有采用",
        "请看一看没有采用的内容是否与评分有关；有关的，请写进表中相应的栏目。", "本软件约定";
    /// A title stands over several columns and more than one of them is filled; none was taken.
    CellsUnderOneTitle = "cells-under-one-title", Warning, "一个标题下有几个值",
        "请把内容写在一个单元格里，或在映射文件中写明各列。", "DESIGN §6";
    /// The meaning of a column was guessed: its title or its content speaks for it, not both. It is used, but no grade is
    /// given before a person has said what it means.
    ColumnGuessed = "column-guessed", Warning, "栏目的含义是推测的",
        "请在返回文件“处理说明”的“栏目确认”中选择该栏的含义，把文件重新提交。", "本软件约定";
    /// A column of a form was not used although its cells look like values of an indicator. No grade is given before a
    /// person has said what it means.
    ColumnNotRead = "column-not-read", Warning, "该列未采用，请说明其含义",
        "请在返回文件“处理说明”的“栏目确认”中选择该栏的含义，把文件重新提交。", "本软件约定";
    /// The typed completion rate of an indicator is not its actual ÷ its target, even allowing for the rounding of what is
    /// shown. A rate of at most 100 % is accepted where more was done.
    CompletionRateDiffers = "completion-rate-differs", Warning, "完成率与实际完成值、指标值不符",
        "请按“实际完成值 ÷ 指标值”更正完成率，或核对实际完成值。", "domain rules §5 point 11";
    /// A cell does not satisfy what the mapping asks of its column.
    ConstraintViolated = "constraint-violated", Error, "填写内容不符合要求",
        "请按要求改正这个单元格。", "DESIGN §6 (constraints)";
    /// The criterion, target or actual could not be read with certainty. Nothing was guessed: the indicator waits for a
    /// person's score, or a person's score is taken as judged.
    CriterionNotRead = "criterion-not-read", Warning, "评分标准或填报值未能读懂",
        "请人工打分；或按提示改写评分标准、指标值、实际完成值，或请系统管理员为这张表写明评分规则。", "DESIGN §7";
    /// The day it was done lies after the day it was to be done by. Without a criterion a person decides what that costs.
    DateLate = "date-late", Warning, "没有按时完成",
        "请说明逾期原因；评分标准没有规定的，由评审人员打分。", "domain rules §2: dates";
    /// A target of the declaration form is answered by no indicator, by name or by an alias of the mapping.
    DeclaredWithoutActual = "declared-without-actual", Warning, "申报的目标没有对应的完成情况",
        "请在评分表中补充该目标的完成情况；名称不同的，请改为一致，或请系统管理员写明对应关系。", "《项目支出绩效评价管理办法》（财预〔2020〕10号）";
    /// What a form says that was taken off is not what the points and the score leave, or does not add up to its sum.
    DeductionDiffers = "deduction-differs", Warning, "扣分与分值、得分或合计不符",
        "请核对扣分、得分和合计，改为一致。", "本软件约定";
    /// The target has no sign; that less is better was inferred from the indicator's category or name.
    DirectionInferred = "direction-inferred", Warning, "指标值没有符号，按指标名称推断方向",
        "请在指标值前写明“≥”“≤”或“=”。", "domain rules §2: direction";
    /// An entry's date or month cannot be read, so that its month and year are not known. It is counted.
    EntryDateNotRead = "entry-date-not-read", Warning, "分录日期无法识别",
        "请把日期改为“2022-03-15”这样的形式，或补全月、日两列及年度。", "DESIGN §10";
    /// An entry is dated in another year than the one that is evaluated. It is not counted.
    EntryOutsideYear = "entry-outside-year", Warning, "分录不属于评价年度",
        "请核实日期；确属评价年度的，请更正日期后重新提交。", "DESIGN §10";
    /// A cost, complaint, error or time limit has a target with `=`. It is scored as a cap.
    EqualsOnCost = "equals-on-cost", Warning, "成本、控制类指标使用了“=”",
        "请改为“≤”；本次按不超过目标值评分。", "domain rules §2: direction";
    /// The typed execution rate is not 执行数 ÷ 预算数 of its row, even allowing for the rounding of what is shown.
    ExecutionRateDiffers = "execution-rate-differs", Error, "执行率与金额不符",
        "请按“执行数 ÷ 预算数”更正执行率，或更正金额。", "财预〔2020〕10号 (执行率 B/A)";
    /// The typed score of the budget execution is not points × rate (at most all points).
    ExecutionScoreDiffers = "execution-score-differs", Error, "预算执行得分与计算结果不符",
        "请按“分值 × 执行率”（最多得满分）更正得分，或核对预算数和执行数。", "财预〔2020〕10号; domain rules §2";
    /// The same named figure stands with two values in one submission.
    FactHasTwoValues = "fact-has-two-values", Warning, "同一事实有两个不同的数值",
        "请核对两处数字，改为一致，并注明数据来源。", "domain rules §5 point 11";
    /// One of several files of a case holds no form that any mapping reads; the verdict is made without it.
    FileNotRecognised = "file-not-recognised", Warning, "文件中没有认出表格",
        "请确认该文件是否属于本项目；属于的，请检查表头，或用 jixiao mapping infer 起草映射文件后重新评分。", "DESIGN §6";
    /// What would be a fault of the form may be none once a column or block that was not used is explained.
    FindingWaits = "finding-waits", Warning, "待栏目确认后核对",
        "请先在“处理说明”的“栏目确认”中确认所列栏目的含义；确认后重新评分，这一处再作结论。", "本软件约定";
    /// A form is none that is scored (monitoring, evaluation before approval, review, list of projects): it was recognised and
    /// left alone.
    FormNotScored = "form-not-scored", Info, "这种表不评分",
        "无需处理；需要评分的，请提交该项目的自评表或评分表。", "DESIGN §15: every sheet is said";
    /// A form names no project although the workbook holds several; it was not used.
    FormWithoutProject = "form-without-project", Warning, "表格没有写明项目",
        "请在表中写明项目名称；一个工作簿有几个项目时，程序不猜测表格属于哪个项目。", "DESIGN §6";
    /// A formula without a stored value: no program has calculated the file since it was made. What depends on it waits.
    FormulaWithoutValue = "formula-without-value", Warning, "公式没有计算结果",
        "请用 Excel 或 WPS 打开文件、保存后重新提交。", "DESIGN §4";
    /// The typed grade is not the one that the computed total earns.
    GradeDiffers = "grade-differs", Error, "评价等级与总分不符",
        "请按总分和等级标准更正评价等级。", "DESIGN §7; domain rules §4";
    /// A note speaks of grades, but not in bands that can be read; the mapping's bands were used.
    GradeNoteNotRead = "grade-note-not-read", Info, "评价等级的说明未能读懂",
        "请核对评价等级的划分；如与说明不同，请在映射文件的 grades 中写明。", "DESIGN §6 (grades)";
    /// A title stands several times and nothing tells which one is meant; the column was not read.
    HeaderAmbiguous = "header-ambiguous", Warning, "表头不能确定",
        "请把重复的标题改得不同，或在映射文件中写明。", "DESIGN §6";
    /// An indicator's name is merged over rows with different values; none of them was taken.
    IndicatorOverSeveralRows = "indicator-over-several-rows", Warning, "一个指标占多行",
        "请把一个指标的内容写在一行里，或给每一行各自的分值。", "DESIGN §6";
    /// Only financial accounts (5xxx) are in the ledger: they follow accruals, spending is cash.
    LedgerAccrualBasis = "ledger-accrual-basis", Info, "明细账只有财务会计科目",
        "请提供预算会计（7 开头科目）明细账，或确认没有跨期支付。", "DESIGN §10";
    /// A running balance does not follow from the one before and the row's amounts.
    LedgerBalanceBreaks = "ledger-balance-breaks", Error, "余额前后不连贯",
        "请检查该行及上一行的借方、贷方和余额，是否漏行、改数或顺序有误。", "DESIGN §10";
    /// A stated amount differs from the ledger's total by more than its own precision allows.
    LedgerDiffers = "ledger-differs", Error, "填报金额与明细账不符",
        "请核对支出明细，更正填报金额或补充凭证。", "DESIGN §10";
    /// The ledger's total cannot be vouched for, so nothing is compared with it.
    LedgerNotSummed = "ledger-not-summed", Error, "明细账未能得出支出合计",
        "请按提示补全或更正明细账后重新提交；在此之前请人工核对支出。", "DESIGN §10";
    /// A row of the ledger cannot be read with certainty; no total is given.
    LedgerRowNotRead = "ledger-row-not-read", Error, "明细账有无法确认的行",
        "请把该行的金额改为数字（公式请先在 Excel 中计算并保存），合计行请写明“本月合计”等字样。", "DESIGN §10";
    /// A subtotal row is not what its entries add up to.
    LedgerSubtotalDiffers = "ledger-subtotal-differs", Error, "合计行与分录不符",
        "请检查该合计行所含的分录是否漏行、改数。", "DESIGN §10";
    /// The ledger agrees with the stated amount only if its unit is another one.
    LedgerUnitSuspect = "ledger-unit-suspect", Warning, "金额单位可能有误",
        "请核实明细账与填报表的金额单位（元、万元）。", "DESIGN §10";
    /// A level's cell holds only its points (`(50分)`), not its name, or a single character of it.
    LevelNameMissing = "level-name-missing", Warning, "指标层级没有名称",
        "请补上一级指标的名称。", "DESIGN §6";
    /// A typed score of a level, a subtotal or a level 2 of the score summary is not the sum of its indicators' scores.
    LevelScoreDiffers = "level-score-differs", Error, "上级指标或小计的得分与其各项得分之和不符",
        "请按各项得分更正。", "DESIGN §7";
    /// An alias, rubric or bind entry of a mapping names an indicator that is not there.
    MappingEntryUnused = "mapping-entry-unused", Warning, "映射文件中有没用上的规定",
        "请检查映射文件中写的指标名称与表中是否一致，或删去这一项。", "DESIGN §6";
    /// A weight, target or actual is merged over several indicators, or one cell stands for two of them; how it is shared
    /// cannot be known. A criterion merged over several indicators is each one's.
    MergedOverIndicators = "merged-over-indicators", Warning, "合并单元格涉及几个指标或几个栏目",
        "请取消合并，逐项写明每个指标的分值、指标值和实际完成值。", "DESIGN §6";
    /// An amount's unit is stated nowhere; it was not reconciled.
    MoneyUnitUnknown = "money-unit-unknown", Warning, "金额没有写明单位",
        "请写明金额单位（元或万元），或在映射文件中用 unit 写明。", "DESIGN §4";
    /// The name of an indicator states another figure, unit or direction than its target.
    NameAndTargetDisagree = "name-and-target-disagree", Warning, "指标名称与指标值不一致",
        "请核对指标名称中的数字、单位和符号，与指标值改为一致。", "domain rules §5 point 12";
    /// The points of a form add up to 100 inside each level 1; they were converted by the weight of their level 1.
    NestedPoints = "nested-points", Info, "分值按一级指标内部计分，已折算",
        "请核对折算后的分值；得分一列按折算后的分值填写。", "DESIGN §6; domain forms A16";
    /// A number is stored as text: a spreadsheet's sum leaves it out.
    NumberStoredAsText = "number-stored-as-text", Warning, "数字以文本格式存放",
        "请把单元格改为数字格式后重新输入。", "DESIGN §4";
    /// A workbook that we returned is handed in again though a later return of it exists: what was filled in since may be
    /// missing in it. What reviewers put in the place of our scores there stands.
    OlderReturn = "older-return", Warning, "交来的是较早的返回件",
        "请改用最近一次返回的文件填写后重新提交；确需以本文件为准的，请逐项核对此后的改动都已填入。", "DESIGN §16, §17";
    /// A category that should describe the whole work has one indicator only.
    OnlyOneIndicatorInCategory = "only-one-indicator-in-category", Warning, "该类指标只有一个，可能未覆盖全部工作内容",
        "请补充能反映主要工作量的指标。", "domain rules §5 point 10";
    /// The actual exceeds the target by so much that the target may have been set too low, and nothing explains it.
    OverAchieved = "over-achieved", Warning, "实际完成值远高于目标值",
        "请说明原因；目标定得过低的，由评审人员决定是否扣分。", "domain rules §2: a ≥ 1.3 t demands an explanation";
    /// A reviewer typed another score or grade than ours, and reason or name is missing. The score counts as a draft; no grade
    /// is given.
    OverrideIncomplete = "override-incomplete", Warning, "改分没有写明理由或改分人",
        "请在“评分明细”本行写明改分理由和改分人（等级在“评分汇总”中写），再重新评分；不改的，请清空改定的分数。", "DESIGN §16";
    /// What a score or grade was overridden for has changed since: it is shown, but does not count before a person says it anew.
    OverrideOutdated = "override-outdated", Warning, "改分的依据有变化，须重新确认",
        "仍要改分的，请改写“评分明细”本行的改分理由（如注明“变化后维持”）或分数，再重新评分；不改的，请清空改定的分数。", "DESIGN §16";
    /// A score or grade was typed in the place of ours in a workbook that came in where agencies and reviewers share the way.
    OverrideProposed = "override-proposed", Warning, "有人改分，待评审人员确认",
        "同意的，请由评审人员把文件放入复核收件文件夹（或在自己的电脑上运行评分）；不同意的，请清空改定的分数。", "DESIGN §16";
    /// What was typed in the place of a score or grade cannot be taken: no number, two that differ, or beside no indicator.
    OverrideUnclear = "override-unclear", Warning, "改分读不出来，没有采用",
        "请在“评分明细”的改定得分中只填一个数（最多两位小数，在可打分的范围内），与表中一致，再重新评分。", "DESIGN §16";
    /// The indicators are short of the whole by what a block beside them is worth, and the block's points were not read: they
    /// may stand there. No grade is given on the rest.
    PointsNotRead = "points-not-read", Warning, "可能有分值没有读到",
        "请核对预算执行等单列内容的分值和得分：把标题写成“分值”“得分”，或在映射文件中写明；确实没有的，请调整各指标分值使合计等于总分。", "DESIGN §15: never silently dropped";
    /// A form in the same submission names another project.
    ProjectNameDiffers = "project-name-differs", Warning, "项目名称不一致",
        "请确认表格是不是同一个项目的；如果不是，请分开提交。", "domain/rules.md §5";
    /// A project came in that is not on the roll.
    ProjectNotOnRoster = "project-not-on-roster", Warning, "不在项目清单中",
        "请核实项目编码、项目名称和单位；确应报送的，请补入项目清单。", "DESIGN §20";
    /// A project is on the roll, and nothing of it came in.
    ProjectNotSubmitted = "project-not-submitted", Warning, "没有收到材料",
        "请向单位催报。", "DESIGN §20";
    /// A rate lies where no such rate can, as what is left of a misread `≥90%`. It is not used.
    RateOutOfRange = "rate-out-of-range", Warning, "比率超出可能的范围",
        "请核对原始资料，检查是否录入或识别错误（如“≥90%”误为“290%”）。", "domain rules §5";
    /// Points came off, or the target was missed, and the reason cell is blank or says nothing.
    ReasonMissing = "reason-missing", Warning, "有扣分或偏差但没有说明原因",
        "请填写偏差原因和改进措施。", "domain rules §2: score < weight demands a reason";
    /// The file is an `.xls`, `.xlsb` or `.ods`: the result was rebuilt as an `.xlsx` from what could be read, and the
    /// message names what could not be carried.
    RebuiltFromOtherFormat = "rebuilt-from-other-format", Info, "由其他格式重建为 .xlsx",
        "如需保留全部外观和附件，请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新提交。", "DESIGN §9";
    /// The workbook carries a record of what this program wrote that nothing proves: an older version wrote it, an
    /// installation whose key is not trusted here, or somebody else; or it was changed. What it says is a hint: a cell or a
    /// sheet counts as ours only where it is what would be written now, and what else is there stays as a person's.
    RecordNotProved = "record-not-proved", Warning, "返回记录没有可信的签名",
        "请核对表中保留的得分和扣分原因是不是由人填写的；不需要的请清空后重新提交。其他单位或旧密钥签名的，请管理员用 jixiao key trust 登记其公钥。", "DESIGN §16";
    /// The signed record in the workbook says another project, agency or year than the form does: it was moved there, or
    /// the form was corrected since. It is a hint, as one without proof is.
    RecordOfAnotherWorkbook = "record-of-another-workbook", Warning, "返回记录的项目、单位或年度与表中不同",
        "请核对项目名称、单位和年度；更正过名称的，请核对表中保留的得分和扣分原因，不需要的清空后重新提交。", "DESIGN §16";
    /// A red entry has no entry of the same account and amount that it could cancel.
    ReversalUnmatched = "reversal-unmatched", Warning, "红字冲销没有对应的原分录",
        "请说明冲销的是哪一笔；冲销以前年度支出的，请附原凭证。", "DESIGN §10";
    /// A reviewer's typed score differs from the one that the rule gives; no grade is given until a person has confirmed
    /// which counts.
    ReviewScoreDiffers = "review-score-differs", Warning, "复核得分与按规则计算的得分不同",
        "请复核人员确认：按计算得分更正，或在得分旁说明另行扣分、加分的依据。", "DESIGN §16: none overwrites another";
    /// A row has points or values but no indicator's name.
    RowWithoutName = "row-without-name", Error, "有分值而没有指标名称",
        "请补上指标名称，或删去这一行的数值。", "DESIGN §6";
    /// A row names an indicator, but has neither points nor values; it was not taken for one.
    RowWithoutValues = "row-without-values", Info, "只有指标名称",
        "请补上分值和指标值，或删去这一行。", "DESIGN §6";
    /// A typed score is above the points the indicator can earn.
    ScoreAboveWeight = "score-above-weight", Error, "得分超过分值",
        "请更正：得分不得超过该指标的分值。", "domain rules §1";
    /// A qualitative indicator's typed score lies outside the band of the grade that was chosen. It counts as typed.
    ScoreOutsideBand = "score-outside-band", Error, "定性指标得分超出档次区间",
        "请在所选档次对应的分值区间内打分，或改选档次。", "《项目支出绩效评价管理办法》; domain rules §2";
    /// A reviewer put another score or grade in the place of ours, with reason and name: it counts, and ours is shown beside it.
    ScoreOverridden = "score-overridden", Info, "评审人员改定了得分或等级",
        "改定的分数已计入总分；改分理由和改分人见“评分明细”。", "DESIGN §16";
    /// A sheet that is no worksheet (macros, a dialog) or a hidden one without content; nothing is read of it.
    SheetLeftAlone = "sheet-left-alone", Info, "有工作表没有读取，原样保留",
        "与填报无关的，不必处理；其中有填报内容的，请移到普通工作表并取消隐藏后重新提交。", "DESIGN §15: every sheet is said";
    /// A sheet that a person sees and that cannot be read: damaged, or named in the workbook and missing in the file. The
    /// others are read, and it comes back as it was.
    SheetNotReadable = "sheet-not-readable", Warning, "工作表无法读取",
        "该表与填报有关的，请用 Excel 或 WPS 打开原文件，另存为新的 .xlsx 文件后重新提交；无关的，请删去。", "DESIGN §12, §15: every sheet is said";
    /// A sheet is all but a form or a ledger: titles are known, one that it cannot do without is not. It was not used.
    SheetNotRecognised = "sheet-not-recognised", Warning, "工作表像是表格或明细账，但没有认出",
        "请按提示补上或改正表头后重新提交；与本项目无关的工作表，请删去或隐藏。", "DESIGN §15: every sheet is said";
    /// A sheet that an earlier run added was changed outside the cells that are open for typing. It stays as it is, as a
    /// person's sheet, and the result stands on a new one.
    SheetOfOursChanged = "sheet-of-ours-changed", Warning, "附加的工作表有改动，已保留",
        "需要的内容请移到自己的工作表；不再需要该表的，请删除后重新提交。", "DESIGN §16";
    /// A form's sheet is longer than forms are read; what was cut off is missing.
    SheetTruncated = "sheet-truncated", Error, "工作表太长，没有读完",
        "请删去表格后面无关的行后重新提交。", "DESIGN §12";
    /// The file has a digital signature. Any change breaks it, so it is not in the returned workbook.
    SignatureRemoved = "signature-removed", Info, "数字签名已去掉",
        "需要签名的，请在确认评分结果后重新签名；原文件和其中的签名未被改动。", "DESIGN §9";
    /// Spending exceeds the funds by more than rounding can make.
    SpendingAboveFunds = "spending-above-funds", Warning, "支出超过预算或到位资金",
        "请核实金额；确有超支的，请说明资金来源。", "DESIGN §10";
    /// The form states another 支出数 than the roll, by more than rounding explains. The roll comes from the budget system.
    SpentDiffersFromRoster = "spent-differs-from-roster", Error, "支出数与项目清单不符",
        "请按项目清单（预算系统）核对全年执行数；清单有误的，请更正清单。", "DESIGN §20";
    /// A row of the budget block spends more than its budget; the rate counts as 100 %.
    SpentExceedsBudget = "spent-exceeds-budget", Warning, "执行数超过预算数",
        "请核对预算数和执行数；确有追加预算的，请填写调整后的预算数。", "财预〔2020〕10号 (执行率 at most 100 %)";
    /// A stated rate differs from the one computed from the stated figures; the ledger may support either.
    StatedRateDiffers = "stated-rate-differs", Info, "填报的比率与按填报数字计算的结果不同",
        "请核对：用未取整的金额重新计算，并注明取整方式。", "domain rules §5 point 11";
    /// A typed score differs from the one that the rule gives.
    StatedScoreDiffers = "stated-score-differs", Error, "填报得分与按评分规则计算的得分不符",
        "请按计算得分更正，或说明依据。", "DESIGN §7";
    /// A typed sum is what the rules gave, and a person has since put another score in the place of one of theirs.
    SumBeforeOverride = "sum-before-override", Warning, "合计是改定前的得分",
        "请把合计改为改定后的得分。", "DESIGN §16";
    /// An answer is none of those the mapping knows; it counts as not satisfied.
    SurveyAnswerUnknown = "survey-answer-unknown", Warning, "问卷的回答不在选项中",
        "请改为问卷的选项之一，或在映射文件的 answers 中补充。", "DESIGN §6 (answers)";
    /// Rows elsewhere look like a part of the table, but its points do not show that they are. They were not read, and no
    /// grade is given on the rest.
    TablePartUnread = "table-part-unread", Warning, "表格可能有一部分没有读取",
        "请把整张表放在一个工作表里、表头只写一次，或改正分值使合计等于总分后重新提交。", "DESIGN §6: never guessed";
    /// An indicator has a target as it was set and one as it was adjusted: which one counts, and what the other would give.
    TargetAdjusted = "target-adjusted", Info, "按调整后的指标值评分",
        "请核对绩效目标调整是否已经批准，并注明批复文号。", "《项目支出绩效评价管理办法》（财预〔2020〕10号）";
    /// An indicator with points has no target.
    TargetMissing = "target-missing", Warning, "没有填写指标值",
        "请填写指标值。", "domain rules §1";
    /// A percentage is set as target for something that is no rate.
    TargetNotMeasurable = "target-not-measurable", Warning, "指标值不可衡量",
        "请改用可计量的指标，或写明判断标准。", "domain rules §5 point 9";
    /// The actual misses the target.
    TargetNotMet = "target-not-met", Warning, "未完成目标值",
        "请说明原因和改进措施。", "domain rules §1";
    /// A target's number has no unit: not in its cell, not in a column of its own, not in the name.
    TargetUnitMissing = "target-unit-missing", Warning, "指标值没有计量单位",
        "请在指标值后或度量单位栏写明单位。", "domain rules §5 point 7";
    /// A placeholder of the form is still there: `……`, `指标2：` with nothing behind it, `≥**`.
    TemplateTextLeft = "template-text-left", Info, "保留了模板文字",
        "请删除模板文字或填写实际内容。", "domain rules §5 point 8";
    /// A row has neither points nor a score and may be a part of the indicator above or below it: a name, a criterion or a
    /// value cut over several rows. What depends on it is left to a person.
    TextOverSeveralRows = "text-over-several-rows", Warning, "一个指标的内容可能分在几行",
        "请把每个指标的名称、评分标准和数值各写在一个单元格里；确是另一个指标的，请补上分值。", "DESIGN §6: never guessed";
    /// A typed total is not the sum of the scores that it is of: the agency's of the agency's, the reviewer's of the
    /// reviewer's; where a form has one column of scores, of the computed ones.
    TotalDiffers = "total-differs", Error, "总分与各项得分之和不符",
        "请按各项得分更正总分。", "DESIGN §7";
    /// Target and actual have units of different dimensions; no score is computed.
    UnitMismatch = "unit-mismatch", Error, "指标值与实际完成值的计量单位不同",
        "请统一计量单位后重新填写。", "DESIGN §4";
    /// Rows, notes or figures that are no column of a table may change what is earned, and were not used. No grade is given
    /// before a person has put them where they count, or taken them out.
    ValuesNotRead = "values-not-read", Warning, "有内容可能影响得分，没有采用",
        "应计入的，请写进表中相应的栏目（合计行之上）；不应计入的，请删去，再把文件重新提交。", "本软件约定";
    /// Two entries are the same in account, month, text and amount, and none of them is reversed.
    VoucherDuplicate = "voucher-duplicate", Warning, "疑似重复入账",
        "请核对原始凭证；确属重复的，请冲销一笔。", "DESIGN §10";
    /// A weight's cell holds something that is not one number.
    WeightNotRead = "weight-not-read", Warning, "分值读不出来",
        "请在分值单元格中只写一个数。", "DESIGN §4";
    /// The weights are shares of the whole (`0.2`, `20%`) that add up to exactly 1; they count as points out of 100.
    WeightsAsShares = "weights-as-shares", Info, "分值填的是比例，已按100分折算",
        "请核对折算后的分值；得分按 100 分制填写。", "DESIGN §6: the form's own scale; grades are out of 100";
    /// The weights of the indicators do not add up to the stated weight of their level 2 or level 1.
    WeightsNotLevel = "weights-not-level", Error, "指标分值之和与上级分值不符",
        "请调整三级指标分值，使其合计等于上级分值。", "domain rules §2";
    /// The weights of all indicators do not add up to the form's total.
    WeightsNotTotal = "weights-not-total", Error, "各指标分值合计不等于总分",
        "请调整分值，使合计等于规定的总分。", "domain rules §2";
    /// The weights are at most 1 and do not add up to 1, or a score in percent stands beside weights in points: whether they
    /// are shares or points is not certain, and they were not taken.
    WeightsScaleUnclear = "weights-scale-unclear", Warning, "分值或得分的计分单位不能确定",
        "请按 100 分填写分值（如 20），使合计等于总分；得分也填分数，不填百分数。", "DESIGN §6: never guessed";
    /// A yes/no question has a percentage as its target.
    YesNoIndicatorWithRate = "yes-no-indicator-with-rate", Warning, "是否类指标使用了百分比指标值",
        "请把指标值改为“是”，或改用比率类指标。", "domain rules §5 point 9";
}

impl Serialize for FindingId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for FindingId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::named(&id).ok_or_else(|| serde::de::Error::custom(format!("no finding {id}")))
    }
}

/// A fault at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub id: FindingId,
    /// The cell in the original file; `None` when it is about the whole submission.
    pub at: Option<CellAt>,
    /// What is wrong here, in Chinese.
    pub message: String,
}

impl Finding {
    /// A finding at a cell.
    pub fn new(id: FindingId, at: Option<CellAt>, message: impl Into<String>) -> Self {
        Self { id, at, message: message.into() }
    }
}
