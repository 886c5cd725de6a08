//! Titles as published forms, exports and ledgers write them (`tests/cases/titles.tsv`), collected before anything read
//! them: each is what it was collected as, or is left to a person. None is another column.
//!
//! The table of what is read stands in the output: `cargo test --test it titles -- --nocapture`. A fourth column of the
//! file says why a title cannot be told without its neighbours, or the content below it: it is counted apart.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use jixiao::inner::mapping::compose::{self, Role};
use jixiao::inner::mapping::title::{any_matches, normalise};
use jixiao::inner::mapping::{Column, FieldName, FormTable, Mapping, Mappings};

static SHIPPED: LazyLock<Mappings> = LazyLock::new(Mappings::shipped);

/// Ranks from here on are guesses: only the end of the title was read.
const GUESSED: usize = 2_000_000;

/// What became of a title.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Read as what it is.
    Used,
    /// Not read, and rightly: it has no part in scoring.
    Silent,
    /// Read from its end; a person is asked.
    Guessed,
    /// Nothing is made of it; a person is asked where values stand below it.
    Unread,
    /// Read as something else.
    Wrong(String),
}

/// What a role may be read as.
#[derive(Default)]
struct Wanted {
    table: Option<FormTable>,
    columns: &'static [Column],
    silent: bool,
    labels: &'static [FieldName],
}

fn table(columns: &'static [Column]) -> Wanted {
    Wanted { table: Some(FormTable::Main), columns, ..Wanted::default() }
}

fn budget(columns: &'static [Column]) -> Wanted {
    Wanted { table: Some(FormTable::Budget), columns, ..Wanted::default() }
}

fn quiet() -> Wanted {
    Wanted { table: Some(FormTable::Main), silent: true, labels: &[FieldName::Other], ..Wanted::default() }
}

fn fact(labels: &'static [FieldName]) -> Wanted {
    Wanted { labels, ..Wanted::default() }
}

fn wanted(role: &str) -> Wanted {
    use Column as C;
    match role {
        "level1" => table(&[C::Level1]),
        "level2" => table(&[C::Level2]),
        "indicator" => table(&[C::Name, C::NameStandIn]),
        "target" => table(&[C::Target]),
        "target_adjusted" => table(&[C::TargetAdjusted]),
        // The state of a year that is not over is what was done so far.
        "actual" => table(&[C::Actual, C::Progress]),
        "weight" => table(&[C::Weight, C::Level1Weight, C::Level2Weight]),
        "score" | "score_review" => table(&[C::Score]),
        // 得分 is whose it is by the form.
        "score_self" => table(&[C::StatedScore, C::Score]),
        "sign" => table(&[C::Sign]),
        "unit" => table(&[C::Unit]),
        "reason" => table(&[C::Reason]),
        "criterion" => table(&[C::Criterion]),
        // What was done, in words: a form without another column of actuals has them there.
        "situation" => table(&[C::Situation, C::Actual]),
        "checklist_item" => table(&[C::Name, C::NameStandIn, C::Level1, C::Level2, C::Item]),
        "checklist_criterion" => table(&[C::Criterion, C::NameStandIn, C::Point]),
        "budget_initial" => budget(&[C::Budget]),
        "budget_adjusted" => budget(&[C::Adjusted]),
        "budget_spent" => budget(&[C::Spent]),
        "execution_rate" => budget(&[C::Rate]),
        "budget_weight" => budget(&[C::Weight]),
        "budget_score" => budget(&[C::Score]),
        "budget_arrived" => Wanted { silent: true, labels: &[FieldName::Received], ..budget(&[]) },
        "basis" => Wanted { columns: &[Column::Standard], ..quiet() },
        "last_year" => Wanted {
            columns: &[
                Column::LastYear,
                Column::YearBefore,
                Column::ThreeYears,
                Column::Industry,
                Column::Reference,
            ],
            ..quiet()
        },
        "seq" | "kind" | "explanation" | "ledger_payee" => quiet(),
        // Whether a target will be met is said in monitoring, which is not scored.
        "other_silent" => Wanted { columns: &[C::Possibility], ..quiet() },
        "fact_project" => fact(&[FieldName::Project]),
        "fact_agency" => fact(&[FieldName::Agency, FieldName::Unit]),
        "fact_total_stated" => fact(&[FieldName::StatedTotal]),
        "goal_actual" => fact(&[FieldName::GoalResult]),
        "goal_expected" => fact(&[FieldName::Goal]),
        "ledger_date" => table(&[C::Date, C::Month, C::Day]),
        "ledger_voucher" => table(&[C::Voucher, C::VoucherNumber]),
        "ledger_summary" => table(&[C::Summary]),
        "ledger_account" => table(&[C::AccountName, C::Economic]),
        "ledger_project" => table(&[C::Project]),
        "ledger_debit" => table(&[C::Debit]),
        "ledger_credit" => table(&[C::Credit]),
        "ledger_amount" => table(&[C::Amount, C::Debit]),
        "ledger_balance" => table(&[C::Balance]),
        // Columns of a ledger that tell rows apart, and count nothing.
        "ledger_silent" => Wanted {
            columns: &[
                C::AccountCode,
                C::Period,
                C::Month,
                C::Voucher,
                C::VoucherNumber,
                C::Direction,
                C::Unit,
            ],
            ..quiet()
        },
        _ => panic!("{role} is no role"),
    }
}

fn mapping(name: &str) -> (usize, &'static Mapping) {
    SHIPPED.all().iter().enumerate().find(|(_, mapping)| mapping.name == name).unwrap()
}

/// The mappings that read the kind of form a title was found in, that of the kind first.
fn readers(role: &str, source: &str) -> Vec<&'static str> {
    let mut order =
        vec!["self-evaluation", "score-sheet", "declaration", "monitoring", "pre-evaluation", "review"];
    let first = match () {
        () if role.starts_with("ledger") => return vec!["ledger"],
        () if source.contains("审核表") => "review",
        () if source.contains("监控") && !source.contains("自评") => "monitoring",
        () if source.contains("申报") || source.contains("目标表") => "declaration",
        () if source.contains("评分表") || source.contains("考评表") => "score-sheet",
        () => "self-evaluation",
    };
    order.sort_by_key(|name| *name != first);
    order
}

/// What the first mapping that knows a title makes of it.
fn read_title(key: &str, table: FormTable, wanted: &Wanted, readers: &[&str]) -> Outcome {
    let hits = SHIPPED.index().title(key);
    for name in readers {
        let (at, rules) = mapping(name);
        let of: Vec<_> = hits.iter().filter(|hit| (hit.mapping, hit.table) == (at, table)).collect();
        let columns: Vec<Column> = of.iter().map(|hit| rules.columns_of(table)[hit.rule].column).collect();
        if let Some(at) = columns.iter().position(|column| wanted.columns.contains(column)) {
            return if of[at].rank >= GUESSED { Outcome::Guessed } else { Outcome::Used };
        }
        match columns.iter().find(|column| **column != Column::Other) {
            Some(column) if of.iter().any(|hit| hit.rank < GUESSED) => {
                return Outcome::Wrong(column.word().to_owned());
            }
            Some(_) => return Outcome::Guessed,
            None if !columns.is_empty() && *name != "ledger" => return silent(wanted),
            None => {}
        }
    }
    match compose::read(key, table).map(|read| read.role) {
        // The words are those of tables of indicators; a ledger's column is read by its list, or not at all.
        Some(Role::Silent(_)) if readers != ["ledger"] => silent(wanted),
        // Money beside indicators counts for nothing.
        _ if wanted.silent && compose::read(key, FormTable::Budget).is_some_and(|read| read.whole) => {
            Outcome::Silent
        }
        _ => Outcome::Unread,
    }
}

fn silent(wanted: &Wanted) -> Outcome {
    if wanted.silent { Outcome::Silent } else { Outcome::Wrong("nothing of use".to_owned()) }
}

/// What is made of a label in the head of a form.
fn read_label(key: &str, labels: &[FieldName]) -> Option<Outcome> {
    let (at, rules) = mapping("self-evaluation");
    let hits = SHIPPED.index().label(key);
    let name = hits.iter().find(|hit| hit.mapping == at).map(|hit| hit.name)?;
    let total = labels.contains(&FieldName::StatedTotal) && any_matches(&rules.rows.total, key);
    Some(match () {
        () if labels.contains(&name) || total => {
            if name == FieldName::Other {
                Outcome::Silent
            } else {
                Outcome::Used
            }
        }
        () => Outcome::Wrong(name.word().to_owned()),
    })
}

/// What is made of a row of the budget block.
fn read_row(key: &str, is_whole: bool) -> Outcome {
    let (_, rules) = mapping("self-evaluation");
    let whole = any_matches(&rules.budget.total, key);
    let row = whole || any_matches(&rules.budget.labels, key);
    match () {
        () if !row => Outcome::Unread,
        () if whole == is_whole => Outcome::Used,
        () => Outcome::Wrong(if whole { "the total" } else { "a source" }.to_owned()),
    }
}

fn outcome(role: &str, title: &str, source: &str) -> Outcome {
    let key = normalise(title);
    if let Some(row) = role.strip_prefix("budget_row_") {
        return read_row(&key, row == "total");
    }
    let (_, rules) = mapping("self-evaluation");
    if role == "ledger_silent" || role == "ledger_payee" {
        // What a ledger's mapping does not know is left where it is.
        return match read_title(&key, FormTable::Main, &wanted(role), &["ledger"]) {
            Outcome::Unread => Outcome::Silent,
            read => read,
        };
    }
    if role.starts_with("ledger") {
        return read_title(&key, FormTable::Main, &wanted(role), &["ledger"]);
    }
    let wanted = wanted(role);
    if role == "other_silent" && any_matches(&rules.stop_when, &key) {
        return Outcome::Silent;
    }
    let label = if wanted.labels.is_empty() { None } else { read_label(&key, wanted.labels) };
    let by_title = wanted.table.map(|table| read_title(&key, table, &wanted, &readers(role, source)));
    match (label, by_title) {
        (Some(read @ (Outcome::Used | Outcome::Silent)), _) => read,
        (Some(read), None | Some(Outcome::Unread)) => read,
        (_, Some(read)) => read,
        (None, None) if role == "fact_total_stated" && any_matches(&rules.rows.total, &key) => Outcome::Used,
        (None, None) => Outcome::Unread,
    }
}

/// Whether a role is one of the table of indicators or of the budget block.
fn is_central(role: &str) -> bool {
    let others = ["fact", "goal", "ledger", "other", "checklist"];
    !others.iter().any(|other| role.starts_with(other))
}

#[derive(Default)]
struct Count {
    used: usize,
    silent: usize,
    guessed: usize,
    unread: usize,
    wrong: usize,
    excepted: usize,
}

impl Count {
    fn add(&mut self, outcome: &Outcome) {
        *match outcome {
            Outcome::Used => &mut self.used,
            Outcome::Silent => &mut self.silent,
            Outcome::Guessed => &mut self.guessed,
            Outcome::Unread => &mut self.unread,
            Outcome::Wrong(_) => &mut self.wrong,
        } += 1;
    }

    fn all(&self) -> usize {
        self.used + self.silent + self.guessed + self.unread + self.wrong
    }

    fn line(&self, name: &str) -> String {
        let Self { used, silent, guessed, unread, wrong, excepted } = self;
        format!("{name:<22}{used:>6}{silent:>8}{guessed:>9}{unread:>8}{wrong:>7}{excepted:>10}\n")
    }
}

#[test]
fn every_title_is_read_as_what_it_is_or_left_to_a_person() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/titles.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let (mut all, mut central) = (Count::default(), Count::default());
    let mut said = String::new();
    for line in text.lines().skip(1) {
        let mut cells = line.split('\t');
        let (role, title, source) =
            (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap_or_default());
        let count = counts.entry(role).or_default();
        if cells.next().is_some_and(|why| !why.is_empty()) {
            count.excepted += 1;
            all.excepted += 1;
            continue;
        }
        let outcome = outcome(role, title, source);
        count.add(&outcome);
        all.add(&outcome);
        if is_central(role) {
            central.add(&outcome);
        }
        if !matches!(outcome, Outcome::Used | Outcome::Silent) {
            let _ = writeln!(said, "{role}: {title}: {outcome:?}");
        }
    }
    println!("{said}");
    println!("role                    used  silent  guessed  unread  wrong  excepted");
    counts.iter().for_each(|(role, count)| print!("{}", count.line(role)));
    print!("{}{}", central.line("= table and budget"), all.line("= all"));
    assert_eq!(all.wrong, 0, "{said}");
    assert!((all.used + all.silent) * 100 >= all.all() * 85, "{said}");
    assert!(central.unread * 100 <= central.all() * 5, "{said}");
    assert!(all.all() >= 400, "only {} titles", all.all());
}
