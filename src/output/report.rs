//! Results → the JSON object.

use super::derivation::derivation;
use super::json::{
    AccountBlockLine, AccountColumnLine, AccountLine, AnswersLine, ChangeLine, Declared, FileLine,
    FindingLine, Indicator, ItemLine, Level, OverrideLine, PassageLine, Project, Reconciled, Report,
    SettledLine, StandardLine, TotalScore,
};
use crate::base::{CellAt, Number, Weight, column_letters};
use crate::issue::{self, Answered, Before, Fate, Placed};
use crate::letter::{self, Undecided};
use crate::model::{
    AccountBlock, AccountColumn, Agreement, Case, Change, DeclaredResult, DeclaredStatus, Entry, Finding,
    FormKind, IndicatorScore, LocatedForm, Reconciliation, ReconciliationLine, State, TO_DECIDE, Taken,
    Verdict, Voice,
};
use crate::present::{answer_names, deduction};
use crate::returned::sentence;
use crate::score::Scored;

/// Who decides a score that the rule gives.
pub(super) const COMPUTED: &str = State::Computed.name();

impl Report {
    /// With the paths of what was returned: `output` is the workbook of its source, `files` has that of each of its files.
    #[must_use]
    pub fn returned(mut self, output: Option<String>, files: &[Option<String>]) -> Self {
        self.output = output;
        for (line, output) in self.files.iter_mut().zip(files) {
            line.output.clone_from(output);
        }
        self
    }
}

impl Report {
    /// The total with what it is of: `98（满分100分）`, and while scores wait `已评80分中得74.61分，尚有1项20分待评`; of what is
    /// counted it says how much a person has still to decide.
    pub fn so_far(&self) -> Option<String> {
        let score = self.score.as_ref()?;
        let sum = |waiting: bool| {
            let all = self.indicators.iter().filter(|one| !waiting || one.state == State::Pending);
            all.map(|one| one.weight.number()).try_fold(Number::ZERO, Number::plus)
        };
        let count = self.indicators.iter().filter(|one| one.state == State::Pending).count();
        let open = match self.to_decide() {
            (0, _) => String::new(),
            (open, points) => format!("其中{open}项{points}分{TO_DECIDE}"),
        };
        let whole = || {
            let open = if open.is_empty() { String::new() } else { format!("，{open}") };
            format!("{}（满分{}分{open}）", score.total, score.full)
        };
        // Of what is beyond the whole nobody says how much of it waits.
        let (all, waiting) = sum(false).zip(sum(true))?;
        Some(match score.full.number().minus(waiting) {
            _ if count == 0 => whole(),
            Some(decided) if all == score.full.number() => {
                let open = if open.is_empty() { String::new() } else { format!("（{open}）") };
                format!("已评{decided}分中得{}分{open}，尚有{count}项{waiting}分待评", score.total)
            }
            _ => format!("{}，尚有{count}项待评", whole()),
        })
    }

    /// How many scores that are there a person has still to decide, and what they can earn.
    pub fn to_decide(&self) -> (usize, Weight) {
        let open = self.indicators.iter().filter(|one| one.to_decide && one.score.is_some());
        let open: Vec<Weight> = open.map(|one| one.weight).collect();
        (open.len(), Weight::sum(open).unwrap_or_default())
    }

    /// Who decided how many of the scores: `测算 12 项，财政核定 1 项`.
    pub fn deciders(&self) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for indicator in &self.indicators {
            let by = indicator.decided_by.unwrap_or(State::Pending.name());
            match counts.iter_mut().find(|(have, _)| *have == by) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => counts.push((by, 1)),
            }
        }
        let counts: Vec<String> = counts.iter().map(|(by, count)| format!("{by} {count} 项")).collect();
        let open = match self.to_decide() {
            (0, _) => String::new(),
            (open, _) => format!("（其中 {open} 项{TO_DECIDE}）"),
        };
        format!("{}{open}", counts.join("，"))
    }
}

/// The report of one case.
pub fn report(
    case: &Case,
    scored: Option<&Scored>,
    reconciliation: &Reconciliation,
    (findings, answered): (&[Finding], Option<&Answered>),
    changes: &[Change],
) -> Report {
    let project = &case.project;
    // A form without points is compared, not scored.
    let points = scored.filter(|_| !case.is_without_points());
    let undecided = points.map(|scored| letter::undecided(case, scored, findings)).unwrap_or_default();
    Report {
        schema: 2,
        ledgers_alone: !case.forms.is_empty() && case.forms.iter().all(|form| form.kind == FormKind::Ledger),
        targets_alone: case.is_declaration_alone(),
        source: case.source.clone(),
        files: case
            .files
            .iter()
            .map(|id| FileLine { file: id.file.clone(), sha256: id.sha256.clone(), output: None })
            .collect(),
        project: Project { name: project.name.clone(), agency: project.agency.clone(), year: project.year },
        score: points.map(|scored| {
            let total = &scored.card.total;
            TotalScore {
                total: total.score,
                full: total.full,
                grade: total.grade.clone(),
                provisional: total.grade.is_some() && total.provisional,
                grade_shown: total.grade_shown(),
                grade_by: total.grade.as_ref().map(|_| match &total.overriding {
                    Some(typed) if typed.verdict == Verdict::Stands => typed.voice.name(),
                    _ => COMPUTED,
                }),
                computed_grade: total.overriding.as_ref().and_then(|typed| typed.computed.clone()),
                complete: total.complete,
                stated_total: total.stated,
                stated_grade: total.stated_grade.clone(),
                asked: scored.asked,
            }
        }),
        levels: points.map(|scored| scored.card.levels.iter().map(level).collect()).unwrap_or_default(),
        indicators: scored
            .map(|scored| {
                let of = |result| indicator(case, scored, result, &undecided);
                scored.card.indicators.iter().map(of).collect()
            })
            .unwrap_or_default(),
        declared: scored
            .map(|scored| scored.card.declared.iter().filter_map(|result| declared(case, result)).collect())
            .unwrap_or_default(),
        reconciliation: reconciliation.lines.iter().map(reconciled).collect(),
        findings: issue::placed(case, findings).into_iter().map(|placed| finding(placed, answered)).collect(),
        items: items(case, findings, answered),
        answers: answered.map(answers),
        account: case.forms.iter().filter(|form| form.account.cells > 0).map(account).collect(),
        other_sheets: case.other_sheets.iter().map(ToString::to_string).collect(),
        changes: changes.iter().map(change).collect(),
        output: None,
    }
}

fn account(form: &LocatedForm) -> AccountLine {
    let account = &form.account;
    let column = |column: &AccountColumn| AccountColumnLine {
        column: column_letters(column.col),
        title: column.title.clone(),
        cell: column.at.clone(),
        role: column.role.clone(),
        evidence: column.evidence.word(),
        state: column.fate.word(),
        cells: column.cells,
        asked: column.weighty,
        choices: if column.weighty { answer_names(column) } else { Vec::new() },
    };
    let block = |block: &AccountBlock| AccountBlockLine {
        range: block.range.to_string(),
        state: block.fate.word(),
        reason: block.reason.clone(),
        cells: block.cells,
    };
    AccountLine {
        sheet: account.sheet.to_string(),
        rows: (account.rows.0.saturating_add(1), account.rows.1.saturating_add(1)),
        cells: account.cells,
        used: account.used,
        ours: account.ours,
        silent: account.silent,
        unread: account.unread,
        open: account.is_open(),
        columns: account.columns.iter().map(column).collect(),
        blocks: account.blocks.iter().map(block).collect(),
    }
}

fn change(change: &Change) -> ChangeLine {
    ChangeLine {
        cell: change.at.clone(),
        indicator: change.indicator.clone(),
        before: change.before.clone(),
        after: change.after.clone(),
        score_before: change.score_before,
        score_after: change.score_after,
        effect: change.effect(),
        message: sentence(change),
    }
}

fn level(level: &crate::model::LevelScore) -> Level {
    Level {
        level1: level.level1.clone(),
        level2: level.level2.clone(),
        weight: level.weight,
        score: level.score,
    }
}

fn indicator(case: &Case, scored: &Scored, result: &IndicatorScore, undecided: &[Undecided]) -> Indicator {
    let form = case.score_form.as_ref();
    let source = match result.index {
        Some(index) => form.and_then(|form| form.indicators.get(index)),
        None => scored.execution.as_ref(),
    };
    let shown = |which: fn(&crate::model::Indicator) -> &Option<Entry>| {
        source.and_then(|source| which(source).as_ref()).filter(|entry| !entry.is_blank()).map(Entry::shown)
    };
    let note = form.and_then(|form| deduction(form, source, result));
    let called = form.zip(source).map_or(result.name.clone(), |(form, source)| form.called(source));
    let open = undecided.iter().find(|one| one.object == called);
    // Of what has no score at all its refusal says more exactly what is lacking.
    let given = result.score.is_some() || result.outside.is_some();
    let waits = open.filter(|_| given).map(|one| one.why.clone());
    let standards = source.into_iter().flat_map(|source| &source.standards).map(|benchmark| StandardLine {
        standard: benchmark.standard.name(),
        value: benchmark.entry.shown().trim().to_owned(),
        cell: benchmark.entry.at.clone(),
        from: benchmark.taken.as_ref().map(Taken::shown),
    });
    Indicator {
        standards: standards.collect(),
        level1: result.level1.clone(),
        level2: result.level2.clone(),
        name: result.name.clone(),
        weight: result.weight,
        criterion: shown(|i| &i.criterion),
        target: source.map(crate::model::Indicator::target_shown).filter(|text| !text.is_empty()),
        actual: source.map(crate::model::Indicator::actual_shown).filter(|text| !text.is_empty()),
        rate: result.rate,
        rule: result.rule,
        reading: result.reading.clone(),
        derivation: derivation(scored, result),
        score: result.score,
        deduction: result.deduction(),
        // That there are no points is said once, of the form.
        note: waits.or_else(|| result.refusal.clone()).or(note).filter(|_| !case.is_without_points()),
        stated_score: result.stated,
        state: result.state,
        decided_by: match result.state {
            // It counts as the agency's word until it is decided, though a rule would give the same.
            State::Computed if open.is_some_and(|one| one.counted.is_some()) => Some(Voice::Agency.name()),
            State::Computed => Some(COMPUTED),
            State::Judged | State::Overridden => result.voice.map(Voice::name),
            State::Pending => None,
        },
        to_decide: open.is_some(),
        computed: result.overriding.as_ref().and_then(|typed| typed.computed),
        overriding: result.overriding.as_ref().map(|typed| OverrideLine {
            typed: typed.typed.clone(),
            verdict: typed.verdict.word(),
            reason: typed.reason.clone(),
            by: typed.by.clone(),
            voice: typed.voice,
        }),
        cell: result.cell.clone(),
    }
}

fn declared(case: &Case, result: &DeclaredResult) -> Option<Declared> {
    let declared = &case.declared.get(result.index)?.indicator;
    let matched = result.matched.and_then(|at| case.score_form.as_ref()?.indicators.get(at));
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    Some(Declared {
        name: declared.name.clone(),
        target: some(declared.target_shown()),
        actual: matched.and_then(|indicator| some(indicator.actual_shown())),
        status: match result.status {
            DeclaredStatus::Met => "met",
            DeclaredStatus::NotMet => "not-met",
            DeclaredStatus::Unmatched => "unmatched",
            DeclaredStatus::NotMeasurable => "not-measurable",
        },
        cell: declared.target.as_ref().and_then(|entry| entry.at.clone()),
        matched: matched.map(|indicator| indicator.name.clone()),
    })
}

fn reconciled(line: &ReconciliationLine) -> Reconciled {
    Reconciled {
        name: line.name.clone(),
        stated: Some(line.stated),
        unit: line.unit.name().to_owned(),
        ledger: Some(line.ledger.number()),
        difference: Some(line.difference.number()),
        tolerance: Some(line.tolerance.number()),
        status: match line.status {
            Agreement::Agrees => "agrees",
            Agreement::Differs => "differs",
        },
    }
}

/// The findings, one line a cause; of a report that was proofread each has its own.
fn items(case: &Case, findings: &[Finding], answered: Option<&Answered>) -> Vec<ItemLine> {
    let (passages, forms): (Vec<Finding>, Vec<Finding>) =
        findings.iter().cloned().partition(|finding| finding.passage.is_some());
    let fate = |finding: &Finding| answered.and_then(|answered| answered.fate(finding));
    let merged = issue::items(case, &forms);
    let merged = merged.iter().filter_map(|item| {
        Some(ItemLine {
            id: item.findings.first()?.id,
            severity: item.severity,
            kinds: item.kinds(case),
            reader: item.reader,
            place: item.place(CellAt::spoken),
            message: item.said(|finding| &finding.message).concat(),
            remedy: item.asked(case).concat(),
            words: None,
            // Of several the one that asks for more.
            fate: item.findings.iter().filter_map(|finding| fate(finding)).max(),
            about_override: item.findings.iter().any(|finding| finding.id.is_about_override()),
        })
    });
    let alone = passages.iter().map(|finding| ItemLine {
        id: finding.id,
        kinds: vec![(finding.id, finding.severity, finding.id.remedy().to_owned())],
        reader: finding.id.reader(),
        severity: finding.severity,
        place: finding.passage.as_ref().map(|passage| passage.place.clone()),
        message: finding.message.clone(),
        remedy: finding.id.remedy().to_owned(),
        words: finding.passage.as_ref().map(|passage| passage.words.clone()),
        fate: fate(finding),
        about_override: finding.id.is_about_override(),
    });
    merged.chain(alone).collect()
}

fn finding(placed: Placed, answered: Option<&Answered>) -> FindingLine {
    let Placed { finding, object, reader, key } = placed;
    FindingLine {
        id: finding.id,
        severity: finding.severity,
        cell: finding.at.clone(),
        passage: finding.passage.as_ref().map(|passage| PassageLine {
            paragraph: passage.number,
            place: passage.place.clone(),
            words: passage.words.clone(),
        }),
        message: finding.message.clone(),
        remedy: finding.id.remedy(),
        object,
        matter: finding.id.matter().name(),
        reader: reader.word(),
        key,
        state: answered.and_then(|answered| answered.fate(finding)).map(Fate::word),
    }
}

fn answers(answered: &Answered) -> AnswersLine {
    let Before { way, id, name, .. } = &answered.before;
    let settled = answered.settled.iter().map(|(past, fate)| SettledLine {
        id: past.id.clone(),
        state: fate.word(),
        object: past.object.clone(),
        cell: past.place.clone(),
        message: past.message.clone(),
    });
    AnswersLine {
        by: way.word(),
        id: id.clone(),
        name: name.clone(),
        message: answered.sentence(),
        closed: answered.count(Fate::Closed),
        gone: answered.count(Fate::Gone),
        open: answered.count(Fate::Open),
        new: answered.count(Fate::New),
        settled: settled.collect(),
    }
}
