//! The two figures of a formula that go by shorter names: 25个项目，按期开工22个 for 按期开工项目数/应开工项目数. What only the one name of
//! the formula has tells them apart.

use crate::base::Number;
use crate::rule::formula::{Formula, Term};
use crate::words::{self, Class, list};

use super::amounts::Labelled;
use super::usual_formula::{clouded, is_hoped};

/// More figures are a report.
const MOST: usize = 5;

/// The figure of each name, where only one pair of figures can be them.
pub(super) fn bound<'f, 'l>(
    formula: &'f Formula,
    amounts: &'l [Labelled],
) -> Option<Vec<(&'f Term, &'l Labelled)>> {
    let ([above], [below]) = (formula.above.as_slice(), formula.below.as_slice()) else { return None };
    if above.less || below.less || amounts.len() > MOST {
        return None;
    }
    if let Some((part, whole)) = by_what_was_due(&above.name, &below.name, amounts) {
        return Some(vec![(above, part), (below, whole)]);
    }
    let names = Names { above: plain(&above.name), below: plain(&below.name) };
    let pairs = amounts.iter().flat_map(|part| amounts.iter().map(move |whole| (part, whole)));
    let mut hits = pairs.filter(|(part, whole)| {
        !std::ptr::eq(*part, *whole)
            && part.amount.unit.comparable(&whole.amount.unit)
            && !part.amount.unit.is_ratio()
            && part.amount.in_base() <= whole.amount.in_base()
            && names.is_part(&plain(&part.label))
            && (names.is_whole(&plain(&whole.label), whole.noun) || is_sum(whole, amounts))
    });
    let (part, whole) = hits.next().filter(|_| hits.next().is_none())?;
    Some(vec![(above, part), (below, whole)])
}

/// 应自评16个，已自评14个 for 自评项目数/应自评项目数, 应签310户，已签279户 for 签约户数/应签户数: the act that was due, and was done.
fn by_what_was_due<'l>(
    above: &str,
    below: &str,
    amounts: &'l [Labelled],
) -> Option<(&'l Labelled, &'l Labelled)> {
    let [a, b] = amounts else { return None };
    let act = |l: &Labelled| l.label.strip_prefix('应').filter(|act| !act.is_empty()).map(str::to_owned);
    let (part, whole, act) = match (act(a), act(b)) {
        (Some(due), None) => (b, a, due),
        (None, Some(due)) => (a, b, due),
        _ => return None,
    };
    let done = list::ACT_LEADS.trim_start(&part.label);
    let named = below.contains(&format!("应{act}"))
        && above.contains(act.as_str())
        && !above.contains(&format!("应{act}"));
    let alike =
        part.amount.unit.comparable(&whole.amount.unit) && part.amount.in_base() <= whole.amount.in_base();
    (done == act && named && alike && list::ACT_LEADS.begins(&part.label)).then_some((part, whole))
}

/// Whether all the others together are it: 25项 beside 完成23项 and 未完成2项.
fn is_sum(whole: &Labelled, amounts: &[Labelled]) -> bool {
    let others = || amounts.iter().filter(|l| !std::ptr::eq(*l, whole));
    let alike = others().all(|l| l.amount.unit.comparable(&whole.amount.unit));
    let sum = others().map(|l| l.amount.in_base()).collect::<Option<Vec<_>>>().and_then(Number::sum);
    amounts.len() > 2 && alike && sum.is_some() && sum == whole.amount.in_base() && !clouded(&whole.label)
}

/// Words without what leads on to them, and 按期 as any word for it.
fn plain(text: &str) -> String {
    let text = list::ACT_LEADS.trim_start(text).trim_end_matches('的');
    let time = list::TIMELY.iter().next().unwrap_or_default();
    list::TIMELY.iter().fold(text.to_owned(), |text, word| text.replace(word, time))
}

struct Names {
    above: String,
    below: String,
}

impl Names {
    /// Whether the words stand in the one name, and some of them only there.
    fn is_part(&self, label: &str) -> bool {
        let own = pairs(label).any(|pair| self.above.contains(&pair) && !self.below.contains(&pair));
        // 已办理 is no 及时办理.
        if list::TIMELY.within(label) != list::TIMELY.within(&self.above) {
            return false;
        }
        let all = label.chars().nth(1).is_some() && pairs(label).all(|pair| self.above.contains(&pair));
        own && all && !clouded(label) && !is_hoped(label)
    }

    /// Whether the words are of the other name, or of all that there is, and nothing of the first.
    fn is_whole(&self, label: &str, noun: bool) -> bool {
        let of_part = pairs(label).any(|pair| self.above.contains(&pair) && !self.below.contains(&pair));
        let of_it = pairs(label).any(|pair| self.below.contains(&pair));
        let led = [Class::AllLeads, Class::Planned, Class::Received]
            .iter()
            .any(|class| words::of(*class).begins(label));
        let all = words::of(Class::AllEnds).has(label);
        !of_part && (of_it || led || all || noun) && !clouded(label)
    }
}

/// Two signs at a time.
fn pairs(text: &str) -> impl Iterator<Item = String> {
    let signs: Vec<char> = text.chars().collect();
    let pairs: Vec<String> = signs.windows(2).map(|pair| pair.iter().collect()).collect();
    pairs.into_iter()
}
