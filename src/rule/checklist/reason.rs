//! What a checklist says of a deduction: which items are not met, and what that costs.

use crate::base::Number;
use crate::expr::{Expr, Func, Var, join};
use crate::notation::Unit;

use crate::rule::checklist::unmet::unmet;
use crate::rule::checklist::{Checklist, ChecklistItem, Scheme};
use crate::rule::reason::{figure, limit, measured, points, sentence, subject, words};
use crate::rule::words::percent;
use crate::rule::{Award, IndicatorFacts};

/// Characters of a formula that items may fill; it holds 8192. Where their words do not fit, their marks stand for them.
const MAX_WORDS: usize = 7_000;
/// What an item takes besides its words: its tick is asked for here and each time items are counted.
const EACH: usize = 195;
/// More characters than any list of items has.
const ALL: u32 = 8_000;

impl Checklist {
    /// The reason over ticks, or over the number of satisfied items.
    pub(in crate::rule) fn reason(&self, ticked: bool, facts: &IndicatorFacts) -> Expr {
        let missing = || Expr::from(self.len()).minus(self.met(ticked));
        let failed = if ticked {
            self.unmet()
        } else {
            let met = measured(self.met(false), &Unit::count("项"));
            let missing = measured(missing(), &Unit::count("项"));
            join([words(&subject(facts)), words("符合"), met, words("，"), missing, words("不符合")])
        };
        sentence([failed, self.cost(ticked, missing())])
    }

    /// The items that are not met: `②没有办法、④没有公示`.
    fn unmet(&self) -> Expr {
        let length = self.items.iter().map(|item| item.words.chars().count()).sum::<usize>();
        let room = MAX_WORDS.saturating_sub(self.items.len().saturating_mul(EACH));
        let each = |(at, item): (u8, &ChecklistItem)| {
            let why = if length > room { "不符合".to_owned() } else { unmet(&item.words) };
            let mut said = format!("、{}{why}", item.label);
            if let Some(own) = item.points.filter(|_| self.scheme == Scheme::Sum) {
                said = format!("{said}（{own}分）");
            }
            let unmet = Expr::Var(Var::Item(at)).equals(0);
            unmet.choose(join([words(&said)]), words(""))
        };
        // Each begins with the mark between them, of which the first is cut off.
        let list = join((0_u8..).zip(&self.items).map(each));
        Expr::call(Func::Mid, [list, 2.into(), ALL.into()])
    }

    /// How items become points.
    fn cost(&self, ticked: bool, missing: Expr) -> Expr {
        let by_number = self.by_number(ticked, missing);
        self.vetoes.iter().fold(by_number, |said, at| {
            let label = self.items.get(usize::from(*at)).map_or("", |item| item.label.as_str());
            let vetoed = words(&format!("，{label}为否决项，不得分"));
            Expr::Var(Var::Item(*at)).equals(1).choose(said, vetoed)
        })
    }

    /// How the items that are not met become points.
    fn by_number(&self, ticked: bool, missing: Expr) -> Expr {
        match &self.scheme {
            Scheme::Sum if ticked => words(""),
            Scheme::Sum => {
                let each = self.items.first().and_then(|item| item.points).unwrap_or_default();
                join([words("，每项"), points(each)])
            }
            Scheme::EachShare(share) => words(&format!("，每项占分值的{}", percent(share.number()))),
            Scheme::Deduct { per, most } => {
                let rule = format!("，每有一项不符合扣{per}分");
                join([words(&rule), limit(missing.times(*per), *most)])
            }
            Scheme::Bands { bands, otherwise } => {
                let said = Award::fixed_reason;
                let rest = otherwise.as_ref().map_or_else(|| words(""), said);
                bands
                    .iter()
                    .rev()
                    .fold(rest, |rest, band| band.holds(&self.met(ticked)).choose(said(&band.award), rest))
            }
            Scheme::Cases { .. } => words(""),
        }
    }
}

/// The reason where cases are counted.
pub(in crate::rule) fn of_cases(
    per: Number,
    due: Expr,
    most: Option<Number>,
    unit: &Unit,
    facts: &IndicatorFacts,
) -> Expr {
    let found = join([figure(Var::Actual), words(&unit.word)]);
    let rule = format!("，每发现1{}扣{per}分", unit.word);
    sentence([words(&subject(facts)), words("发现"), found, words(&rule), limit(due, most)])
}
