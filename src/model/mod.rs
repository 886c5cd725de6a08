//! What the forms say and what we make of it: plain data between the rooms, no behaviour that decides.

pub mod account;
mod case;
pub mod change;
mod check_settings;
pub mod finding;
pub mod indicator;
pub mod ledger;
pub mod letter;
pub mod monitored;
mod open;
pub mod overriding;
pub mod past;
pub mod reconciliation;
pub mod review;
pub mod satisfaction;
pub mod scorecard;
pub mod scored_form;
pub mod standard;
pub mod survey;
mod voice;

pub use account::{Account, AccountBlock, AccountColumn, Evidence, Fate};
pub use case::{
    Amount, AmountKind, BareLevel, Case, DeclaredTarget, Field, FormKind, Goal, GradeBand, LocatedForm,
    PartialStep, Project, SourceId, Statement, SummaryForm, SummaryRow, WriteBack,
};
pub use change::Change;
pub use check_settings::{CheckLimits, CheckRule, CheckSettings};
pub use finding::{Finding, FindingId, Matter, Passage, Reader, Severity};
pub use indicator::{Binding, Entry, Extra, Indicator, OtherTarget};
pub use ledger::{LedgerColumns, LedgerLocator, MoneyUnit, Refusal, Watched};
pub use monitored::{Likelihood, Means, MonitoredForm, MonitoredMoney, MonitoredRow};
pub use open::{ASKED, NO_GRADE, PROVISIONAL, TO_DECIDE, UNSCORED, grade_shown};
pub use overriding::{
    Accepted, Bound, GRADE_LABELS, Given, GradeOverride, Later, Loss, Lost, Override, Overrides,
    SCORE_LABELS, TypedFormula, Verdict,
};
pub use past::{Past, PastRow};
pub use reconciliation::{
    AccountRole, AccountTotal, Agreement, Basis, CancelledPair, EconomicTotal, ExcludedRow, Exclusion,
    ExecutionRate, FundsCheck, LedgerTotals, MonthTotal, Reconciliation, ReconciliationLine, Remarked,
    RemarkedRow, Remarks, Sums, YearMonth,
};
pub use review::{REVIEW_CONCLUSIONS, REVIEW_GRADES, ReviewPoint};
pub use satisfaction::{ChosenBy, Measure, Satisfaction, SatisfactionPart};
pub use scorecard::{
    DeclaredResult, DeclaredStatus, Grade, IndicatorScore, Laid, LevelScore, NotMeasurable, Observed,
    ScoreBand, Scorecard, State, Total, is_rounding,
};
pub use scored_form::{
    Actuals, BudgetBlock, Execution, LevelRow, NoteRule, OtherScores, RateBase, ScoreForm, Subtotal, TotalRow,
};
pub use standard::{Benchmark, Standard, Taken};
pub use survey::{
    AlikeAnswers, Counted, GroupWeight, OfQuestions, Opinion, OpinionPoints, Repeated, SatisfiedFrom, Survey,
    SurveyCount, SurveyCounts, SurveyOption, SurveyQuestion, SurveySettings, SurveyShape,
};
pub use voice::Voice;
