//! What is said beside a document to the person who sends it out: what is open in it, and what is the bureau's own to settle
//! before it goes. None of it is part of the document.

use super::Kind;
use super::taken::{Taken, tight};
use crate::base::{Number, Weight};
use crate::issue::Item;
use crate::model::{Case, Entry, Finding, FindingId, Matter, Reader, Severity};
use crate::words::Class;

/// What a document rests on.
const NATIONAL_ONLY: &str = "依据只写了国家的办法，本级另有办法的，请在发文时补充。";
/// Of all points, the part of which most is open: more than one of so many.
const PART: u32 = 2;

/// What the notes rest on.
pub(super) struct Beside<'a> {
    pub(super) case: &'a Case,
    pub(super) kind: Kind,
    /// All that was found, whoever's matter it is.
    pub(super) items: &'a [Item<'a>],
    pub(super) taken: &'a Taken,
    /// Whether the agency scored itself.
    pub(super) own: bool,
    /// What can be earned.
    pub(super) full: Option<Weight>,
    pub(super) drafted_in: i16,
}

impl Beside<'_> {
    /// What is open, and what only the bureau's own files show.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self.blanks().into_iter().chain(self.year_in_name()).collect();
        let over =
            self.case.project.year.filter(|year| self.kind == Kind::Targets && *year < self.drafted_in);
        notes.extend(
            over.map(|year| format!("{year}年度已经结束。审核意见用于目标申报阶段，请核对是否仍需发出。")),
        );
        match self.kind {
            Kind::Targets => {
                notes.push("审核结论由审核人员勾选后再发文，发文时删去“（由审核人员勾选）”。".to_owned());
                notes.push(NATIONAL_ONLY.to_owned());
            }
            Kind::Correction => {
                notes.push("退回的依据留空，发文前请填写报送工作的通知或者本级的办法。".to_owned());
            }
            Kind::Comments | Kind::Result => notes.extend(self.of_points()),
        }
        notes
    }

    /// What the forms do not say and the document needs.
    fn blanks(&self) -> Option<String> {
        let project = &self.case.project;
        let open = [
            ("年度", project.year.is_none()),
            ("主管部门", project.agency.is_none()),
            ("项目名称", project.name.is_none()),
        ];
        let open: Vec<&str> = open.into_iter().filter(|(_, open)| *open).map(|(name, _)| name).collect();
        (!open.is_empty()).then(|| format!("表中没有写明{}，文中相应留空，发文前请填写。", open.join("、")))
    }

    /// A year that only the name of the file says: it is anybody's.
    fn year_in_name(&self) -> Option<String> {
        let name = self.case.project.year.is_none().then_some(&self.case.source.file)?;
        let figures = name.split(|sign: char| !sign.is_ascii_digit());
        let year = figures.into_iter().find(|figure| figure.len() == 4 && figure.starts_with("20"))?;
        Some(format!("文件名中有“{year}”，请核对是否就是所属年度。"))
    }

    /// What is the bureau's own where there are points.
    fn of_points(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for item in self.items {
            let told = item.findings.iter().filter(|finding| is_bureaus(item, finding));
            notes.extend(told.map(|finding| {
                // The object in quotes has single ones inside.
                let object = item.object.replace('“', "‘").replace('”', "’");
                let whole = item.form.is_some_and(|form| form.name() == object);
                let named =
                    whole || [&item.object, &object].into_iter().any(|name| finding.message.contains(name));
                let of = if named { String::new() } else { format!("（涉及“{object}”）") };
                format!("由本局核对{of}：{}", tight(&finding.message))
            }));
        }
        if !notes.is_empty() {
            notes.push("以上由本局核对的事项，核对清楚后再发文。".to_owned());
        }
        notes.extend(self.without_goal());
        notes.extend(self.unfilled());
        notes.extend(self.in_turn().map(str::to_owned));
        if !self.taken.by_convention.is_empty() {
            notes.push(format!(
                "{}超出指标值怎样计分，表中没有写明，按超出的比例扣减；本级另有规定的，请改定得分后发文。",
                self.taken
                    .by_convention
                    .iter()
                    .map(|object| format!("“{object}”"))
                    .collect::<Vec<_>>()
                    .concat()
            ));
        }
        notes.extend(self.unasked());
        let open = Weight::sum(self.taken.undecided.iter().map(|one| one.weight));
        let twice = open.and_then(|open| open.number().times(Number::from(PART)));
        if let (Some(open), Some(full)) = (open, self.full)
            && twice.is_some_and(|twice| twice > full.number())
        {
            notes.push(format!("待核定的指标共{open}分，超过总分的一半，请考虑先行核定，再征求意见。"));
        }
        notes.push(NATIONAL_ONLY.to_owned());
        notes
    }

    /// That the form of an agency has no goal of the whole, so that nothing of it was reviewed.
    fn without_goal(&self) -> Option<String> {
        let none = self.own && self.case.goals.is_empty();
        none.then(|| "表中没有年度总体目标，总体目标的完成情况没有复核。".to_owned())
    }

    /// That evaluators filled in no score: all were worked out from what they wrote of each indicator.
    fn unfilled(&self) -> Option<String> {
        let form = self.case.score_form.as_ref().filter(|_| !self.own)?;
        let filled = |entry: &Option<Entry>| entry.as_ref().is_some_and(|entry| !entry.is_blank());
        let none = !form.indicators.is_empty()
            && !form.indicators.iter().any(|one| filled(&one.score) || filled(&one.stated_score));
        none.then(|| {
            "评分表的得分栏没有填写，文中的得分是按各项评价情况和评分标准测算的，请评价人员核对、补填并签字后再发文。"
                .to_owned()
        })
    }

    /// Of what evaluators scored: which document comes first. 财预〔2020〕10号 has opinions exchanged before there is a result.
    fn in_turn(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Comments if !self.own => Some(
                "得分已经评定的，适用的发文是评价结果反馈及整改通知；还没有与单位交换意见的，先发评价意见。两份不能同时发。",
            ),
            Kind::Result => Some(
                "还没有与单位交换意见的，先发征求意见的函（代拟时选“复核意见”），两份不能同时发；正文中征求意见的\
                 日期留空，按实际情况填写或者删去。",
            ),
            Kind::Comments | Kind::Targets | Kind::Correction => None,
        }
    }

    /// Satisfactions of which nothing was handed in that shows whom they were asked of.
    fn unasked(&self) -> Option<String> {
        let form = self.case.score_form.as_ref().filter(|_| self.own && self.case.surveys.is_empty())?;
        // What came and was not used is said of itself.
        let unused = |item: &Item| item.findings.iter().any(|one| one.id == FindingId::FormWithoutProject);
        if self.items.iter().any(unused) {
            return None;
        }
        let words = self.case.words.of(Class::CategorySatisfaction);
        let of = form.indicators.iter().filter(|one| words.within(&one.name) || words.within(&one.level2));
        let stated = of.filter(|one| one.actual_shown().contains(|sign: char| sign.is_ascii_digit()));
        let names: Vec<String> = stated.map(|one| format!("“{}”", one.name)).collect();
        (!names.is_empty()).then(|| {
            format!("材料中没有{}的问卷或者统计；需要核实样本的，请在文中要求单位提供。", names.concat())
        })
    }
}

/// Whether a finding is the bureau's to settle before a document goes out: what rests on its own files or contradicts itself
/// in its own sheet, and hints that no agency is asked about.
fn is_bureaus(item: &Item, finding: &Finding) -> bool {
    let of_bureau = finding.id.reader() == Reader::Bureau || item.reader == Reader::Bureau;
    let grave = finding.severity != Severity::Info
        && matches!(
            item.matter,
            Matter::Results | Matter::Survey | Matter::Scores | Matter::Budget | Matter::Ledger
        );
    let hint = matches!(finding.id, FindingId::BudgetAdjusted | FindingId::TargetAdjusted);
    of_bureau && (grave || hint) || finding.id.is_for_handler()
}
