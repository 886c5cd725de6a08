//! The names of the classes of words.

macro_rules! classes {
    ($($class:ident = $name:literal,)+) => {
        /// A class of words that mean one thing. What it means is said where its words stand, in `mappings/words`.
        #[allow(missing_docs, reason = "the data says what each means")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class {
            $($class,)+
        }

        impl Class {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$class,)+];

            /// The name under which the data and a mapping list its words.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$class => $name,)+
                }
            }
        }
    };
}

classes! {
    // bodies.toml
    AgencyBodies = "agency-bodies",
    DepartmentBodies = "department-bodies",
    FirmBodies = "firm-bodies",
    FinanceBodies = "finance-bodies",
    FirstReviews = "first-reviews",
    SecondReviews = "second-reviews",
    ThirdReviews = "third-reviews",
    FinalReviews = "final-reviews",
    // direction.toml
    FloorSigns = "floor-signs",
    CapSigns = "cap-signs",
    CapCategories = "cap-categories",
    Caps = "caps",
    Times = "times",
    MoneyCaps = "money-caps",
    MoneyFloors = "money-floors",
    DirectionNeutral = "direction-neutral",
    Remedies = "remedies",
    Reductions = "reductions",
    TimeFloors = "time-floors",
    // form.toml
    PointsNames = "points-names",
    ScoreChanges = "score-changes",
    SubtotalWords = "subtotal-words",
    OtherRates = "other-rates",
    IndicatorKinds = "indicator-kinds",
    KindsReadAsSign = "kinds-read-as-sign",
    BonusWords = "bonus-words",
    NotPoints = "not-points",
    IndicatorMarkers = "indicator-markers",
    WholePoints = "whole-points",
    DivisionSigns = "division-signs",
    CountsOfThings = "counts-of-things",
    EarningWords = "earning-words",
    Level1Names = "level1-names",
    Level2Names = "level2-names",
    GradeNames = "grade-names",
    GradeEndings = "grade-endings",
    AtLeastEndings = "at-least-endings",
    BelowEndings = "below-endings",
    MethodMet = "method-met",
    MethodMissed = "method-missed",
    MethodGraded = "method-graded",
    MethodExecution = "method-execution",
    Others = "others",
    TitleOwnScore = "title-own-score",
    TitleCriterion = "title-criterion",
    TitleStandard = "title-standard",
    TitleReason = "title-reason",
    TitleActual = "title-actual",
    TitleTarget = "title-target",
    TitleScore = "title-score",
    TitleWeight = "title-weight",
    TitleUnit = "title-unit",
    TitleLevel1 = "title-level1",
    TitleLevel2 = "title-level2",
    TitleName = "title-name",
    TitleSituation = "title-situation",
    // intake.toml
    CopyWords = "copy-words",
    CommonFileWords = "common-file-words",
    StageAdjusted = "stage-adjusted",
    StageApproved = "stage-approved",
    StageDeclared = "stage-declared",
    // ledger.toml
    LedgerNeutral = "ledger-neutral",
    LedgerTotals = "ledger-totals",
    LedgerPerhapsTotals = "ledger-perhaps-totals",
    ForeignTotals = "foreign-totals",
    LedgerOpenings = "ledger-openings",
    LedgerBalances = "ledger-balances",
    LedgerClosings = "ledger-closings",
    SumWords = "sum-words",
    RunningTotals = "running-totals",
    PeriodOfMonth = "period-of-month",
    Months = "months",
    Years = "years",
    PageHeadLabels = "page-head-labels",
    CarriedFunds = "carried-funds",
    RetentionMoney = "retention-money",
    RedEntries = "red-entries",
    Reversals = "reversals",
    Refunds = "refunds",
    DoubleEntries = "double-entries",
    Slips = "slips",
    AccountLabels = "account-labels",
    LedgerTitles = "ledger-titles",
    NotDebitTitles = "not-debit-titles",
    NotCreditTitles = "not-credit-titles",
    HomeCurrency = "home-currency",
    TellingCharacters = "telling-characters",
    ContinuedPages = "continued-pages",
    // money.toml
    MoneyYuan = "money-yuan",
    MoneyThousand = "money-thousand",
    MoneyTenThousand = "money-ten-thousand",
    MoneyHundredMillion = "money-hundred-million",
    MoneyPer = "money-per",
    Scales = "scales",
    BudgetAdded = "budget-added",
    BudgetTaken = "budget-taken",
    BudgetLeft = "budget-left",
    SaysBudget = "says-budget",
    SaysAdjustedBudget = "says-adjusted-budget",
    SaysReceived = "says-received",
    SaysSpent = "says-spent",
    // parts.toml
    EventDenied = "event-denied",
    EventsAtAll = "events-at-all",
    ForEachPart = "for-each-part",
    OwnPoints = "own-points",
    NoOwnPoints = "no-own-points",
    PartMissed = "part-missed",
    Together = "together",
    Either = "either",
    OneOfThem = "one-of-them",
    NoneOfThem = "none-of-them",
    EventVerbs = "event-verbs",
    Earned = "earned",
    HighestCounts = "highest-counts",
    Misdeeds = "misdeeds",
    VetoWords = "veto-words",
    Levels = "levels",
    AllFaults = "all-faults",
    NoneExists = "none-exists",
    OneExists = "one-exists",
    Comprises = "comprises",
    OneMissing = "one-missing",
    AllThere = "all-there",
    AllOfThem = "all-of-them",
    NoActual = "no-actual",
    EventEnds = "event-ends",
    PartLinks = "part-links",
    PartOpenings = "part-openings",
    // secrecy.toml
    SecrecySecret = "secrecy-secret",
    SecrecyConfidential = "secrecy-confidential",
    SecrecyTop = "secrecy-top",
    OtherSecrets = "other-secrets",
    SpokenSecrets = "spoken-secrets",
    SecrecyLabels = "secrecy-labels",
    SecrecyPeriods = "secrecy-periods",
    SecrecyEnds = "secrecy-ends",
    LevelBeginnings = "level-beginnings",
    SecrecyExplained = "secrecy-explained",
    // value.toml
    NotDone = "not-done",
    ValueLinks = "value-links",
    ValueOpenings = "value-openings",
    BoundsBeforeFigures = "bounds-before-figures",
    Answers = "answers",
    Ticks = "ticks",
    Digits = "digits",
    Numerals = "numerals",
    ChangedSince = "changed-since",
}

impl Class {
    /// The class of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| class.name() == name)
    }
}
