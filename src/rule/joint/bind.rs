//! Which piece of an answer is about which of several rules: by its mark, its name, or a unit that only one rule has.

use crate::base::{Number, Weight};
use crate::notation::{Hints, Notation, Role, read_text};

use super::likeness::{NAMED, bigrams, ends_alike, likeness, spread};
use super::pieces::{Piece, pieces};
use super::spelled::spelled;
use super::told::{answer, clears, denied, denies_name, is_other, occurred, of_kind};
use super::{Joint, Part, Together};
use crate::rule::answer::gravity::{Sameness, is_ranked, kind, unranked};
use crate::rule::measure::{Measure, Subject};
use crate::rule::{IndicatorFacts, Refusal, Rule};
use crate::words::{self, Class, list};

/// What one of several rules is applied to.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    pub(super) target: Option<Notation>,
    pub(super) target_text: String,
    pub(super) actual_text: String,
}

impl Own {
    /// Looks at its facts.
    pub(super) fn with<T>(
        &self,
        rule: &Rule,
        indicator: &str,
        weight: Weight,
        cap: Option<bool>,
        look: impl FnOnce(&IndicatorFacts) -> T,
    ) -> T {
        let year = self.target.as_ref().and_then(year_of);
        let items = u32::try_from(rule.items().len()).ok().filter(|n| *n > 0);
        let target = self.target.as_ref();
        let hints = Hints { role: Role::Actual, indicator, target, year, items, ..Hints::default() };
        let actual = read_text(&self.actual_text, &hints).ok();
        look(&IndicatorFacts {
            indicator,
            weight,
            target,
            target_text: &self.target_text,
            actual: actual.as_ref(),
            actual_text: &self.actual_text,
            cap,
            standards: &[],
        })
    }
}

fn year_of(target: &Notation) -> Option<i16> {
    match target {
        Notation::Deadline(day) => Some(day.year()),
        Notation::Date(days) | Notation::Period(days) => Some(days.last.year()),
        _ => None,
    }
}

/// How a condition reads that something happened.
const OCCURRED: &str = "发现问题数高于0得满分；其余情况得0分。";

impl Joint {
    /// What each part is applied to; nothing for a kind that is not named.
    pub(super) fn bind(&self, facts: &IndicatorFacts) -> Result<Vec<Option<Own>>, Refusal> {
        let refuse = |why: String| {
            let hint = format!("请写明每一项各是多少，例如{}；也可由评审人员打分。", self.example());
            Err(Refusal::new(facts.actual_text, why, hint))
        };
        let Some(found) = pieces(&spelled(facts.actual_text, facts.target_text)) else {
            return refuse("文字过长，无法逐项对照".to_owned());
        };
        if let Some(all) = self.bound_at_once(&found, facts) {
            return Ok(all);
        }
        let strange = |piece: &Piece| matches!(self.place(piece, &found), Placed::Unknown | Placed::Unclear);
        if found.iter().any(strange)
            && let Some(all) = self.in_parallel(&found, facts).or_else(|| self.of_one_whole(&found, facts))
        {
            return Ok(all);
        }
        let mut of: Vec<Vec<&Piece>> = vec![Vec::new(); self.parts.len()];
        let mut cleared = false;
        for piece in &found {
            if self.together == Together::Veto && clears(piece) {
                cleared = true;
                continue;
            }
            match self.place(piece, &found) {
                Placed::Unknown | Placed::Unclear if self.only_counts() && is_sample(piece) => {}
                Placed::At(places) => {
                    for at in places {
                        if let Some(list) = of.get_mut(at) {
                            list.push(piece);
                        }
                    }
                }
                Placed::Nowhere => {}
                Placed::Unclear => {
                    return refuse(format!("不能确定“{}”说的是评分标准的哪一项", piece.text));
                }
                Placed::Unknown => {
                    return refuse(format!("“{}”不是评分标准列出的内容，无法确定是否影响得分", piece.text));
                }
            }
        }
        let targets = self.targets(facts);
        let mut owns = Vec::new();
        for ((at, part), list) in self.parts.iter().enumerate().zip(&of) {
            let (target, target_text) = targets.get(at).cloned().unwrap_or_default();
            let event = self.together == Together::Veto && at > 0;
            let actual_text = match list.as_slice() {
                [] if event && (cleared || self.silence_clears(&of, facts)) => "未发生".to_owned(),
                // Where another event occurred, this one does not matter.
                [] if event => {
                    owns.push(None);
                    continue;
                }
                [] if matches!(self.together, Together::Kinds { .. }) && !found.is_empty() => {
                    owns.push(None);
                    continue;
                }
                // 就高计分: a level that is not named was not won, where another was.
                [] if self.is_one_of_levels() && of.iter().any(|list| !list.is_empty()) => {
                    owns.push(Some(Own { actual_text: "未发生".to_owned(), ..Own::default() }));
                    continue;
                }
                [] if self.together == Together::Veto && at == 0 => {
                    owns.push(None);
                    continue;
                }
                [] => return Err(self.unanswered(at, facts)),
                [one] if event => match occurred(one, part) {
                    Some(text) => text,
                    None => return refuse(format!("不能确定“{}”是否属于“{}”", one.text, part.name())),
                },
                [one] if self.together == Together::Veto && at == 0 => self.of_base(one, facts),
                several if self.together == Together::Veto && at == 0 => {
                    several.iter().map(|piece| piece.raw.as_str()).collect::<Vec<_>>().join("，")
                }
                [one] if self.is_event(part) => match Self::of_event(one, part) {
                    Some(text) => text,
                    None => return refuse(format!("不能确定“{}”是否属于“{}”", one.text, part.name())),
                },
                [one]
                    if matches!(self.together, Together::Kinds { .. })
                        && !one.many
                        && one.amount.is_some() =>
                {
                    of_kind(one, part)
                }
                [one] if is_other(one, part) => {
                    return refuse(format!("不能确定“{}”是不是“{}”的完成情况", one.text, part.name()));
                }
                [one] => answer(one, part),
                several => self.sum_of(several, part).unwrap_or_else(|| {
                    several.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("，")
                }),
            };
            owns.push(Some(Own { target, target_text, actual_text }));
        }
        if matches!(self.together, Together::Kinds { .. }) && owns.iter().all(Option::is_none) {
            return self.no_kind(found.as_slice(), facts, owns.len());
        }
        Ok(owns)
    }

    /// Whether every part counts what is wrong, so that of how many it was found decides nothing.
    fn only_counts(&self) -> bool {
        let counts = |part: &Part| part.rule.counts();
        self.parts.iter().all(counts)
    }

    /// Whether a condition is that something of a rank occurred.
    pub(super) fn is_event(&self, part: &Part) -> bool {
        let tiers = matches!(self.together, Together::Tiers { .. });
        let counts = part.rule.counts();
        tiers && counts && (is_ranked(part.name()) || part.rule.reading() == OCCURRED)
    }

    /// Whether the conditions are that one thing was won on one of several levels.
    pub(super) fn is_one_of_levels(&self) -> bool {
        let thing = self.parts.first().map(|part| unranked(part.name()));
        self.parts
            .iter()
            .all(|part| self.is_event(part) && is_ranked(part.name()) && Some(unranked(part.name())) == thing)
    }

    /// How many there are of a kind that holds several ranks: 省级2项、国家级1项 under 省级及以上.
    fn sum_of(&self, several: &[&Piece], part: &Part) -> Option<String> {
        if !matches!(self.together, Together::Kinds { .. }) || !part.name().contains("以上") {
            return None;
        }
        let unit = several.first()?.amount.as_ref()?.unit.clone();
        let mut labels: Vec<&str> = Vec::new();
        let mut sum = Number::ZERO;
        for piece in several {
            let amount = piece.amount.as_ref().filter(|amount| amount.sign.is_none() && !piece.many)?;
            let own = amount.unit == unit && of_kind(piece, part) == piece.value;
            let ranked = is_ranked(&piece.label) && !piece.label.contains("以上");
            if !own || !ranked || labels.contains(&piece.label.as_str()) {
                return None;
            }
            labels.push(&piece.label);
            sum = sum.plus(amount.number)?;
        }
        Some(format!("{sum}{}", unit.word))
    }

    /// Whether such a thing occurred: one of a lower rank is none.
    fn of_event(piece: &Piece, part: &Part) -> Option<String> {
        if kind(part.name(), &piece.label) == Sameness::Other {
            return Some("未发生".to_owned());
        }
        occurred(piece, part)
    }

    /// What the rule that may be vetoed is told: the value where the words beside it are its name.
    fn of_base(&self, piece: &Piece, facts: &IndicatorFacts) -> String {
        let Some(base) = self.parts.first() else { return piece.raw.clone() };
        let subject = match &base.rule {
            Rule::Graded(rule) if rule.measure == Measure::Value => match &rule.subject {
                Subject::Named(name) => Some(name.clone()),
                Subject::Unnamed => None,
            },
            _ => return piece.raw.clone(),
        };
        let names = subject.into_iter().chain([facts.indicator.to_owned()]).filter(|name| !name.is_empty());
        let own = Part { names: names.collect(), points: None, rule: base.rule.clone() };
        if piece.mark.is_some() { piece.raw.clone() } else { answer(piece, &own) }
    }

    /// None of the kinds is named: certain only where it is said that there was nothing, or that it was of another kind.
    fn no_kind(
        &self,
        found: &[Piece],
        facts: &IndicatorFacts,
        count: usize,
    ) -> Result<Vec<Option<Own>>, Refusal> {
        let nothing = matches!(facts.actual, Some(Notation::NothingFound));
        let other = !found.is_empty() && found.iter().all(|piece| self.is_of_another_kind(piece));
        if nothing || other { Ok(vec![None; count]) } else { Err(self.unanswered(0, facts)) }
    }

    /// That the answer does not say what this part asks for.
    pub(super) fn unanswered(&self, at: usize, facts: &IndicatorFacts) -> Refusal {
        let name = self.parts.get(at).map_or("", Part::name);
        let (why, hint) = match self.together {
            Together::Veto if at > 0 => (
                format!("没有写明是否发生“{name}”"),
                format!("请写明，例如“…，未发生{name}”；也可由评审人员打分。"),
            ),
            Together::Veto => {
                ("没有写明评分标准要求的数值或情形".to_owned(), "请补充填写，或由评审人员打分。".to_owned())
            }
            Together::Kinds { .. } => (
                "没有写明是哪一类".to_owned(),
                format!("请按类写明数量，例如“{name}1项”；也可由评审人员打分。"),
            ),
            _ => (
                format!("没有写明“{name}”的完成情况"),
                format!("请写明每一项各是多少，例如{}；也可由评审人员打分。", self.example()),
            ),
        };
        Refusal::new(facts.actual_text, why, hint)
    }

    /// The parts that a piece is about; those of one name are about the same.
    pub(super) fn place(&self, piece: &Piece, all: &[Piece]) -> Placed {
        if let Some(at) = piece.mark.filter(|_| self.is_numbered()) {
            let all_marked = all.iter().all(|piece| piece.mark.is_some_and(|at| at < self.parts.len()));
            return if all_marked { Placed::At(vec![at]) } else { Placed::Unknown };
        }
        // 省市级采用4篇: of two levels together.
        if matches!(self.together, Together::Kinds { .. }) && list::LEVELS_TOGETHER.within(&piece.label) {
            return Placed::Unclear;
        }
        // 未开工1个 beside what each that is done adds.
        let undone = list::NOT_YET.begins(&piece.label) && piece.amount.is_some();
        if self.together == (Together::Kinds { adds: true }) && undone {
            return Placed::Nowhere;
        }
        let mut named = (0..).zip(&self.parts).filter(|(_, part)| denies_name(piece, part));
        if let (Some((at, _)), None, false) = (named.next(), named.next(), self.together == Together::Veto) {
            return Placed::At(vec![at]);
        }
        let rest = usize::from(self.together == Together::Veto);
        // What is named by its rank and its thing is neither without the other.
        let strict = self.together != Together::Sum;
        let mut likes: Vec<(u32, usize)> = Vec::new();
        for (at, part) in self.parts.iter().enumerate().skip(rest) {
            let like = likeness(piece, part, strict);
            let enough = if rest > 0 { like >= NAMED } else { like > 0 };
            if enough {
                likes.push((like, at));
            }
        }
        let tiers = matches!(self.together, Together::Tiers { .. });
        let below = |part: &&Part| {
            self.is_event(part)
                && kind(part.name(), &piece.label) == Sameness::Other
                && bigrams(part.name(), &piece.label) > 0
        };
        if tiers && likes.is_empty() {
            let hits: Vec<usize> =
                self.parts.iter().enumerate().filter(|(_, part)| below(part)).map(|(at, _)| at).collect();
            if let [one] = hits.as_slice() {
                return Placed::At(vec![*one]);
            }
        }
        let best = likes.iter().map(|(like, _)| *like).max().unwrap_or_default();
        let hits: Vec<usize> = likes.iter().filter(|(like, _)| *like == best).map(|(_, at)| *at).collect();
        let name = |at: &usize| self.parts.get(*at).map_or("", Part::name);
        match hits.as_slice() {
            [] if rest > 0 => Placed::At(vec![0]),
            // 不存在截留、挪用资金 names several.
            _ if rest > 0 => Placed::At(likes.iter().map(|(_, at)| *at).collect()),
            [] if self.is_of_another_kind(piece) => Placed::Nowhere,
            [] => self.only_lacking(piece).map_or(Placed::Unknown, |at| Placed::At(vec![at])),
            [first, others @ ..] if others.iter().all(|at| name(at) == name(first)) => Placed::At(hits),
            _ => Placed::Unclear,
        }
    }

    /// Whether only a smaller case of the same thing was named, which leaves no room for the event.
    fn silence_clears(&self, of: &[Vec<&Piece>], facts: &IndicatorFacts) -> bool {
        let Some((base, answered)) = self.parts.first().zip(of.first()) else { return false };
        let counted = match &base.rule {
            Rule::Graded(graded) => match &graded.measure {
                Measure::Count(counted) => vec![counted.as_str()],
                _ => return false,
            },
            Rule::Joint(joint)
                if matches!(joint.together, Together::Less | Together::Kinds { adds: false }) =>
            {
                joint.parts.iter().map(Part::name).collect()
            }
            _ => return false,
        };
        let is_of =
            |label: &str, counted: &str| label.contains(counted) || spread(counted, label, facts.indicator);
        let told = |piece: &&Piece| {
            piece.amount.is_some()
                && counted.iter().any(|counted| {
                    is_ranked(counted)
                        && is_of(&piece.label, counted)
                        && self.parts.iter().skip(1).all(|event| ends_alike(event.name(), counted))
                })
        };
        // 一般事故2起、较大事故1起: each of them says how grave it was, and none is as grave as the event.
        if !answered.is_empty() && answered.iter().all(told) {
            return true;
        }
        let [only] = answered.as_slice() else { return false };
        // 0 where none at all should be
        let none =
            facts.actual.and_then(Notation::quantity).is_some_and(|q| q.number.is_zero() && q.sign.is_none());
        let every = self.parts.iter().skip(1).all(|event| {
            let thing = unranked(event.name());
            thing.chars().nth(1).is_some() && facts.indicator.contains(&thing)
        });
        if none && every {
            return true;
        }
        // 未发生安全事故: of no kind; 发生一般事故2起 names what it was.
        let nothing = denied(&only.text).is_some_and(|rest| {
            // 未发生 under 安全生产事故
            let rest = if rest.is_empty() { facts.indicator } else { rest };
            self.parts.iter().skip(1).all(|event| event.names.iter().any(|name| ends_alike(name, rest)))
        });
        let named = only.amount.is_some()
            && counted.iter().any(|counted| {
                !counted.is_empty()
                    && only.label.contains(counted)
                    && self.parts.iter().skip(1).all(|event| ends_alike(event.name(), counted))
            });
        nothing || named
    }
}

/// 抽查200户: how many were looked at, and nothing of what was found.
fn is_sample(piece: &Piece) -> bool {
    let label = piece.label.strip_prefix("全年").unwrap_or(&piece.label);
    let says = [Class::Faults, Class::Negations, Class::Sound, Class::Mended, Class::TakenBack, Class::Found];
    let plain = says.iter().all(|class| !words::of(*class).within(label)) && !label.contains('每');
    let counted = piece
        .amount
        .as_ref()
        .is_some_and(|amount| amount.sign.is_none() && !piece.many && amount.unit.dimension.is_of_things());
    words::of(Class::Inspected).begins(label) && plain && counted
}

pub(super) enum Placed {
    At(Vec<usize>),
    /// It is of none of the kinds that count.
    Nowhere,
    Unclear,
    Unknown,
}
