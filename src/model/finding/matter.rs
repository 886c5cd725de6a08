//! What findings are about, whose matter that is, and which of them have one cause.

use super::FindingId;
use crate::model::ReviewPoint;

/// What a finding is about (类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// What was handed in, and whether it is all there.
    Materials,
    /// How a form is filled in.
    Form,
    /// What was promised.
    Targets,
    /// The points of indicators.
    Weights,
    /// What was done.
    Results,
    /// Scores, sums of them and the grade.
    Scores,
    /// The execution of the budget.
    Budget,
    /// The ledger, and what is stated against it.
    Ledger,
    /// The survey.
    Survey,
    /// What a clerk is asked about the meaning of a form.
    Question,
    /// What reviewers decide.
    Review,
    /// An evaluation report: its figures, its words, its form.
    Report,
    /// How files were read and written.
    Operation,
}

/// Whose matter a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// Those who handed the form in.
    Agency,
    /// The reviewers and the operator of the bureau: no agency is told of it.
    Bureau,
}

impl Reader {
    /// Its name for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Bureau => "bureau",
        }
    }
}

impl Matter {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Materials => "材料报送",
            Self::Form => "填报规范",
            Self::Targets => "绩效目标",
            Self::Weights => "分值设置",
            Self::Results => "完成情况",
            Self::Scores => "评分计算",
            Self::Budget => "预算执行",
            Self::Ledger => "账务核对",
            Self::Survey => "满意度调查",
            Self::Question => "栏目确认",
            Self::Review => "评审复核",
            Self::Report => "评价报告",
            Self::Operation => "系统处理",
        }
    }

    /// Whose matter it is.
    pub fn reader(self) -> Reader {
        match self {
            Self::Question | Self::Review | Self::Report | Self::Operation => Reader::Bureau,
            Self::Materials
            | Self::Form
            | Self::Targets
            | Self::Weights
            | Self::Results
            | Self::Scores
            | Self::Budget
            | Self::Ledger
            | Self::Survey => Reader::Agency,
        }
    }
}

impl FindingId {
    /// Whose matter it is: that of what it is about, but for what only the bureau's own files show.
    pub fn reader(self) -> Reader {
        match self {
            Self::AmountPerUnit
            | Self::BudgetAdjusted
            | Self::EntriesAcceptedByScore
            | Self::EntriesCancelled
            | Self::GoalPartUnreported
            | Self::TargetAdjusted => Reader::Bureau,
            other => other.matter().reader(),
        }
    }

    /// The finding that is said first of all that have one cause where they are of one object: an indicator that missed its
    /// target has too high a score and no reason for what was taken off. One that has its own cause leads itself.
    #[must_use]
    pub fn cause(self) -> Self {
        match self {
            Self::DateLate
            | Self::ReasonMissing
            | Self::StatedScoreByConvention
            | Self::StatedScoreDiffers => Self::TargetNotMet,
            Self::ExecutionScoreDiffers => Self::ExecutionRateDiffers,
            Self::GradeDiffers | Self::TotalFollowsScores => Self::TotalDiffers,
            Self::OverAchieved => Self::TargetTooEasy,
            other => other,
        }
    }

    /// The point of a review of targets that it speaks for.
    pub fn review_point(self) -> ReviewPoint {
        match self {
            Self::GoalEmptyOrTooShort
            | Self::GoalInPastTense
            | Self::NameAndTargetDisagree
            | Self::NameHoldsTarget
            | Self::NameIsASentence
            | Self::NameMalformed
            | Self::RateTargetInWords
            | Self::TargetIsARange
            | Self::TargetWordVague => ReviewPoint::Clear,
            Self::SatisfactionTargetUnusual
            | Self::StandardBasisMissing
            | Self::StandardClaimedNotUsed
            | Self::TargetBelowHistory
            | Self::TargetTooEasy
            | Self::TargetsAll100Percent
            | Self::TargetsIdentical => ReviewPoint::Reasonable,
            Self::CostOnlyTotalBudget | Self::CostTargetAboveBudget | Self::CostTargetIsFloor => {
                ReviewPoint::Funded
            }
            Self::DeadlineOutsideYear | Self::TimelinessWithoutDate => ReviewPoint::Feasible,
            Self::TargetMissing | Self::TargetUnitMissing | Self::UnitMissingForQuantity => {
                ReviewPoint::Complete
            }
            other => match other.matter() {
                Matter::Budget | Matter::Ledger => ReviewPoint::Funded,
                Matter::Targets | Matter::Weights | Matter::Results | Matter::Scores | Matter::Survey => {
                    ReviewPoint::Scientific
                }
                Matter::Materials
                | Matter::Form
                | Matter::Question
                | Matter::Report
                | Matter::Review
                | Matter::Operation => ReviewPoint::Complete,
            },
        }
    }

    /// Whether it is a hint that a reviewer puts to the agency all the same: it asks for what only the agency knows of the
    /// year under review. Hints that are often no fault (整数大额支出 …) stay on the list of findings.
    pub fn is_asked(self) -> bool {
        matches!(
            self,
            Self::ActualsAllEqualTargets
                | Self::AllFullMarks
                | Self::BasicExpenditureInProject
                | Self::DeclaredNotEvaluated
                | Self::HeaderFieldMissing
                | Self::IndicatorNotDeclared
                | Self::PrepaidBeforeYearEnd
                | Self::ReasonCopied
                | Self::ReasonSaysNothingSpecific
                | Self::SurveyAnswersSuspect
                | Self::SurveyOutsidePeriod
                | Self::TargetChangedFromDeclaration
                | Self::TooManyQualitativeMet
                | Self::UnacceptedButFullQuantity
                | Self::UnitCostImplausible
                | Self::WeightChangedFromDeclaration
        )
    }

    /// Whether it is a hint for whoever handles the submission, before anything goes out: what may be no fault, and is to be
    /// seen before scores are confirmed.
    pub fn is_for_handler(self) -> bool {
        matches!(
            self,
            Self::ActivityCountsDiffer
                | Self::AmountPerUnit
                | Self::CostIndicatorMissing
                | Self::EntriesAcceptedByScore
                | Self::EntriesCancelled
                | Self::GoalPartUnreported
                | Self::LevelWeightsOffScheme
                | Self::MatterScoredTwoWays
                | Self::MetItemWithoutFact
                | Self::ReviewScoreBlank
                | Self::StatedRateDiffers
                | Self::SatisfactionMethodStated
        )
    }

    /// What an operator can do about it, in Chinese, where that is more than to have the form mended.
    pub fn for_operator(self) -> Option<&'static str> {
        Some(match self {
            Self::BudgetTotalMissing => "在映射文件的 budget.total 中补充总额行的写法。",
            Self::ByOtherBase => "以年初数为准的，在映射文件中写 target_base = \"initial\"。",
            Self::CellsUnderOneTitle | Self::HeaderAmbiguous => "在映射文件中写明各列。",
            Self::DeclaredNotEvaluated | Self::DeclaredWithoutActual => {
                "在映射文件中写明申报指标与自评指标的对应关系。"
            }
            Self::FileNotRecognised => "用 jixiao mapping infer 起草映射文件后重新评分。",
            Self::MoneyUnitUnknown => "在映射文件中用 unit 写明金额单位。",
            Self::PointsNotRead => "在映射文件中写明这些内容的栏目。",
            Self::SurveyAnswerUnknown => "在映射文件的 answers 中补充这一选项。",
            _ => return None,
        })
    }
}
