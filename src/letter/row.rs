//! One indicator as a document sees it: what came off, or why its points are a person's to decide and what counts until then.

use super::taken::{Deduction, decided, is_rounding, said_of, shown, why};
use crate::base::Score;
use crate::mapping::title::normalise;
use crate::model::{
    Case, Entry, FormKind, Indicator, IndicatorScore, ScoreBand, ScoreForm, State, Verdict, Voice,
};
use crate::words::Class;

/// What is said of a score that the agency gave itself and no rule bears out.
pub(super) const OWN: &str = "暂按单位自评得分计列";
/// The same where a rule would, had its figures been certain.
const UNREAD: &str = "评分所需的数据尚待核实，暂按单位自评得分计列。";
/// What is asked of a quality whose place of the scale is the agency's own word.
const EVIDENCE: &str = "请提供属于该档次的依据（制度文件、检测评定、调查统计、检查记录等）。";
/// What says how points are earned where no form does.
pub(super) const NATIONAL: &str = "财预〔2020〕10号";

/// Why points are a person's to decide, and what counts until then.
pub(super) type Open = Option<(String, Option<Score>)>;

/// An indicator with its result.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) form: &'a ScoreForm,
    pub(super) indicator: Option<&'a Indicator>,
    pub(super) result: &'a IndicatorScore,
    /// Whether the agency scored it.
    pub(super) own: bool,
}

impl Row<'_> {
    /// What the agency said of it; of the execution of the budget it stands in the block.
    pub(super) fn given(self) -> Option<String> {
        let entry: Option<&Entry> = match self.indicator {
            Some(indicator) => indicator.reason.as_ref(),
            None => self.form.budget.first().and_then(|row| row.reason.as_ref()),
        };
        shown(entry)
    }

    /// The same as it stands in a sentence.
    fn quoted(self) -> String {
        let given = self.given().filter(|_| self.own);
        let words = |given: String| format!("（单位说明：{}）", given.trim_end_matches(['。', '；']));
        given.map(words).unwrap_or_default()
    }

    /// What came off; scores that the agency gave itself and that differ by more than rounding, too.
    pub(super) fn deduction(self, object: String) -> Option<Deduction> {
        let result = self.result;
        let score = result.score?;
        let points = result.deduction().filter(|points| !points.is_zero() && !points.is_negative());
        let differs = result.stated.and_then(|stated| stated.number().minus(score.number()));
        if points.is_none() && differs.is_none_or(is_rounding) {
            return None;
        }
        let seen = seen(self.indicator, self.own);
        Some(Deduction {
            object,
            weight: result.weight,
            stated: result.stated.filter(|_| self.own),
            score,
            points,
            why: why(result, seen.as_deref()),
            given: self.given().filter(|_| self.own),
            ask: None,
            mend: None,
        })
    }

    /// Why a score is a person's to decide; `None` where it is decided. `filled` is what was found in how the row is filled
    /// in, with what is asked; `places` asks for a place of the scale.
    pub(super) fn open(
        self,
        filled: impl Fn() -> Option<(String, String)>,
        places: impl Fn() -> String,
    ) -> Open {
        let result = self.result;
        let Some(score) = result.score else {
            if let Some((band, typed)) = result.band.as_ref().zip(result.outside) {
                return Some((self.outside(band, typed), None));
            }
            let why = if self.indicator.is_some_and(Indicator::waits_for_reviewer) {
                "复核完成值尚未填写，未评定得分。"
            } else if result.waits_for_survey {
                "满意度调查结果尚待确认，未评定得分。"
            } else {
                "评分所需的数据或者依据尚待核实，未评定得分。"
            };
            return Some((why.to_owned(), None));
        };
        if !matches!(result.state, State::Judged | State::Overridden) || decided(result).is_some() {
            return None;
        }
        if let Some(band) = result.band.as_ref().filter(|band| !band.contains(score)) {
            return Some((self.outside(band, score), None));
        }
        self.is_own_word().then(|| match &result.band {
            Some(band) => {
                let interval = band.interval();
                let why = format!(
                    "定性指标，自评档次为“{}”，按{NATIONAL}对应{interval}分，得分在区间内，{OWN}。{EVIDENCE}",
                    band.grade
                );
                (why, Some(score))
            }
            None => {
                let filled = filled().map(|(fact, ask)| format!("{fact}{}，{OWN}。{ask}", self.quoted()));
                let why = filled.unwrap_or_else(|| {
                    if result.unread || result.index.is_none() {
                        UNREAD.to_owned()
                    } else if self.lacks_place() {
                        format!("定性指标，完成情况没有按档次填写，{OWN}。{}", places())
                    } else {
                        format!("不能据所填内容测算得分，{OWN}。")
                    }
                });
                (why, Some(score))
            }
        })
    }

    /// The points among which a score that was typed outside of its band is decided, where nobody types another.
    pub(super) fn kept_within(self) -> Option<String> {
        let result = self.result;
        let band = result.band.as_ref()?;
        let typed = result.outside.or(result.score)?;
        (decided(result).is_none() && !band.contains(typed)).then(|| format!("{}分", band.interval()))
    }

    /// What is said of a typed score outside of its band.
    fn outside(self, band: &ScoreBand, typed: Score) -> String {
        let interval = band.interval();
        format!(
            "所选档次为“{}”，按{NATIONAL}对应{interval}分，填报的{typed}分不在区间内，不予确认{}。\
             请按所选档次在{interval}分内重新评定，或者更正档次并提供相应的佐证材料。",
            band.grade,
            self.quoted()
        )
    }

    /// Whether the score is but what the agency says of it.
    fn is_own_word(self) -> bool {
        self.result.state == State::Judged && self.result.voice == Some(Voice::Agency)
    }

    /// Whether it is a quality of which the agency does not say which place of a scale it reached.
    pub(super) fn lacks_place(self) -> bool {
        let result = self.result;
        let placed = result.band.is_some() || result.unread || result.index.is_none();
        self.is_own_word() && decided(result).is_none() && !placed && self.is_in_words()
    }

    /// Whether neither what was to be reached nor what was is a number.
    fn is_in_words(self) -> bool {
        let number = |text: String| text.contains(|sign: char| sign.is_ascii_digit());
        self.indicator.is_none_or(|one| !number(one.target_shown()) && !number(one.actual_shown()))
    }

    /// The same of a score that the agency gave itself below what the rule gives: it may know why.
    pub(super) fn raised(self) -> Open {
        let result = self.result;
        let more = self.form.gave_less(result)?;
        let (score, stated) = (result.score?, result.stated?);
        let (facts, why) = match said_of(result) {
            Some(said) => (
                format!("{}；", said.trim_end_matches(['。', '；'])),
                "请说明没有达到指标值的原因和改进措施，并按测算得分更正，或者说明少计得分的依据",
            ),
            None => {
                let facts = self.indicator.map(reached).unwrap_or_default();
                let rule = if self.form.is_by_platform(result) {
                    format!("按{NATIONAL}，完成指标值的记该指标全部分值，")
                } else {
                    "按评分标准".to_owned()
                };
                (format!("{facts}{rule}测算为{score}分，"), "请按测算得分更正，或者说明少计得分的依据")
            }
        };
        let asked = match self.given() {
            Some(_) => self.quoted(),
            None => format!("，没有说明原因。{why}"),
        };
        Some((format!("{facts}自评{stated}分，少计{more}分{asked}，核定前暂按测算的{score}分计列。"), None))
    }

    /// The same of a score that rests on a target which was found doubtful.
    pub(super) fn doubted(self, (found, ask): (String, String)) -> Open {
        let score = self.result.score.filter(|_| self.own && self.result.state == State::Computed)?;
        // Where rule and agency differ, what comes off is said with its reason.
        let agreed = self.result.stated.is_none_or(|stated| stated == score);
        // What came off by the figure is said with it.
        let said = said_of(self.result).map(|said| format!("{}。", said.trim_end_matches(['。', '；'])));
        let said = said.filter(|_| self.result.deduction().is_some_and(|points| !points.is_zero()));
        let said = said.unwrap_or_default();
        let given = self.quoted();
        agreed.then(|| (format!("{found}，暂按自评得分计列。{said}{given}{ask}"), Some(score)))
    }

    /// The same of a score that rests on a figure which may not hold: what is doubted decides nothing.
    pub(super) fn figured(self, (found, ask): (String, String), convention: &str) -> Open {
        // Who reviewed it and came to the same has decided it.
        if self.result.overriding.as_ref().is_some_and(|typed| typed.verdict == Verdict::Agrees) {
            return None;
        }
        let score = self.result.score.filter(|_| self.own && self.result.state == State::Computed)?;
        let by = match said_of(self.result) {
            Some(said) => format!("按所填的数，{}", said.trim_end_matches(['。', '；'])),
            None => format!("按所填的数测算为{score}分"),
        };
        let why = format!("{found}。{by}{}，得分待核定。{convention}{ask}", self.quoted());
        Some((why, None))
    }
}

/// What was seen of an indicator; of one that evaluators scored that is also what they wrote beside the points that they took off.
pub(super) fn seen(indicator: Option<&Indicator>, own: bool) -> Option<String> {
    let indicator = indicator?;
    shown(indicator.situation.as_ref()).or_else(|| shown(indicator.reason.as_ref().filter(|_| !own)))
}

/// Whether what the agency scored itself is reviewed in a case's form. Who fills in a sheet that calls itself an evaluation
/// (…绩效评价评分表) evaluates, though the agency's own scores stand beside his.
pub(super) fn is_reviewed(case: &Case, form: &ScoreForm) -> bool {
    let says = |class: Class, title: &str| case.words.of(class).within(&normalise(title));
    let mut sheets = case.forms.iter().filter(|form| form.kind == FormKind::ScoreSheet);
    let is_evaluation = sheets.any(|form| {
        says(Class::EvaluationTitles, &form.title) && !says(Class::OwnEvaluationTitles, &form.title)
    });
    form.has_own_scores() && !is_evaluation
}

/// What was to be reached and what was.
fn reached(indicator: &Indicator) -> String {
    let (target, actual) = (indicator.target_shown(), indicator.actual_shown());
    if target.is_empty() || actual.is_empty() {
        return String::new();
    }
    format!("指标值“{target}”，实际完成“{actual}”，达到指标值；")
}
