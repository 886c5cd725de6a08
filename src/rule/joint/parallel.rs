//! Figures that stand beside those of the target, each beside its own: 7期、380人 under 8期、400人, 新建12座，合格率91.7% under
//! 新建12座，合格率100%. The target says in its order which part each is of.

use super::bind::Own;
use super::likeness::{alike, bare, likeness};
use super::pieces::{Piece, pieces};
use super::{Joint, Part, Together};
use crate::notation::Notation;
use crate::rule::graded::Graded;
use crate::rule::measure::same_kind;
use crate::rule::{Award, IndicatorFacts, Point, Rule};
use crate::words::list;

impl Joint {
    /// What each part is applied to, where the answer repeats the target figure by figure.
    pub(super) fn in_parallel(&self, found: &[Piece], facts: &IndicatorFacts) -> Option<Vec<Option<Own>>> {
        let asked = pieces(facts.target_text)?;
        let alike = asked.len() == self.parts.len() && found.len() == asked.len();
        if !alike || !matches!(self.together, Together::Sum | Together::Tiers { .. }) {
            return None;
        }
        let rows = || found.iter().zip(&asked).zip(&self.parts);
        let own = rows().all(|((said, asked), part)| is_beside(said, asked) && self.is_of(asked, part));
        own.then(|| {
            rows().map(|((said, asked), part)| Some(Self::own(part, &asked.value, &said.value))).collect()
        })
    }

    /// 年度项目20个，开工19个，竣工15个 under 开工率 and 竣工率: what all of them are rates of is told once.
    pub(super) fn of_one_whole(&self, found: &[Piece], facts: &IndicatorFacts) -> Option<Vec<Option<Own>>> {
        let [whole, rest @ ..] = found else { return None };
        let counted = |piece: &Piece| {
            let amount =
                piece.amount.as_ref().filter(|_| !piece.many && !piece.dated && piece.mark.is_none());
            amount.is_some_and(|amount| amount.unit.dimension.is_of_things() && amount.sign.is_none())
        };
        let fits =
            rest.len() == self.parts.len() && self.parts.iter().all(of_rate) && found.iter().all(counted);
        if !fits || self.together != Together::Sum {
            return None;
        }
        let like = |piece: &Piece, part: &Part| {
            part.names.iter().map(|name| alike(&piece.label, name, true)).max().unwrap_or_default()
        };
        let targets = self.targets(facts);
        let own = |(part, (_, target)): (&Part, &(Option<Notation>, String))| {
            let best = |piece: &&Piece| {
                let own = like(piece, part);
                own > 0
                    && self.parts.iter().all(|other| std::ptr::eq(other, part) || like(piece, other) < own)
            };
            let mut hits = rest.iter().filter(best);
            let hit = hits.next().filter(|_| hits.next().is_none())?;
            Some(Some(Self::own(part, target, &format!("{}，{}", whole.text, hit.text))))
        };
        self.parts.iter().zip(&targets).map(own).collect()
    }

    /// Whether the figure of a target may be of the part, and of no other with more right.
    fn is_of(&self, piece: &Piece, part: &Part) -> bool {
        let Some(amount) = &piece.amount else { return false };
        let fits =
            figures(part).all(|unit| same_kind(unit, &amount.unit) || (unit.is_ratio() && !of_rate(part)));
        let like = likeness(piece, part, false);
        let more =
            self.parts.iter().any(|other| !std::ptr::eq(other, part) && likeness(piece, other, false) > like);
        let rated = amount.unit.is_ratio() == of_rate(part);
        fits && !more && rated
    }
}

/// Whether a part is called a rate.
fn of_rate(part: &Part) -> bool {
    part.names.iter().any(|name| list::RATE_ENDS.ends(bare(name)) || list::RATE_ENDS.within(name))
}

/// The units of a part's figures and steps.
fn figures(part: &Part) -> impl Iterator<Item = &crate::notation::Unit> {
    let graded = match &part.rule {
        Rule::Graded(graded) => Some(graded),
        _ => None,
    };
    let steps = graded.into_iter().flat_map(Graded::all_awards).filter_map(|award| match award {
        Award::Steps(steps) => Some(&steps.size.unit),
        _ => None,
    });
    let points = graded.into_iter().flat_map(Graded::points).filter_map(|point| match point {
        Point::Value(amount) => Some(&amount.unit),
        _ => None,
    });
    steps.chain(points).filter(|unit| !unit.is_bare())
}

/// Whether a figure is the actual beside its target: of the same unit, and by the same name.
fn is_beside(said: &Piece, asked: &Piece) -> bool {
    let plain = |piece: &Piece| piece.mark.is_none() && !piece.many && !piece.dated;
    let (Some(own), Some(of)) = (&said.amount, &asked.amount) else { return false };
    let name = |piece: &Piece| {
        let label = list::ACT_LEADS.trim_start(bare(&piece.label)).to_owned();
        list::DEEDS.trim_start(&label).to_owned()
    };
    let unit = own.unit.word == of.unit.word || (own.unit.is_ratio() && of.unit.is_ratio());
    let named = name(said) == name(asked) || bare(&said.label) == bare(&asked.label);
    plain(said) && plain(asked) && unit && named && own.sign.is_none() && of.fraction.is_none()
}
