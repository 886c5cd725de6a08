//! What a project is called, and whether two are the same.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::base::half_width;
use crate::intake::identity::Said;
use crate::intake::roster::RosterLine;
use crate::mapping::title::normalise;
use crate::words::{self, Class};

/// Signs of a name that make two names alike.
const MIN_ALIKE: usize = 2;

/// What a project is called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Named {
    /// 项目编码, plain.
    pub code: Option<String>,
    /// 项目名称.
    pub name: Option<String>,
    /// 主管部门.
    pub department: Option<String>,
    /// 实施单位.
    pub agency: Option<String>,
    /// The budget year.
    pub year: Option<i16>,
}

impl From<&Said> for Named {
    fn from(said: &Said) -> Self {
        Self {
            code: said.code.clone(),
            name: said.name.clone(),
            department: said.department.clone(),
            agency: said.agency.clone(),
            year: said.year,
        }
    }
}

impl From<&RosterLine> for Named {
    fn from(line: &RosterLine) -> Self {
        Self {
            code: line.code.clone(),
            name: Some(line.name.clone()),
            department: line.department.clone(),
            agency: line.agency.clone(),
            year: line.year,
        }
    }
}

impl Named {
    /// The name for comparing, and the year, where the name begins with it.
    pub fn key(&self) -> Option<(String, Option<i16>)> {
        let key = key(self.name.as_deref()?);
        let (year, rest) = dated(&key);
        match (year, self.year) {
            // A name of another year is part of the name: money of last year.
            (Some(said), Some(own)) if said != own => Some((key, self.year)),
            (said, own) => Some((rest.to_owned(), own.or(said))).filter(|(rest, _)| !rest.is_empty()),
        }
    }

    /// All that the name is compared by: with and without its year, with and without 项目 at its end. Of two that are called
    /// alike one of these is the same.
    pub(super) fn shapes(&self) -> BTreeSet<String> {
        let whole = self.name.as_deref().map(key).unwrap_or_default();
        let shapes = [whole.as_str(), dated(&whole).1];
        let all = shapes.into_iter().flat_map(|name| [name, without_project(name)]);
        all.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    /// Whether both have the same name in the same year, as far as both say one.
    pub fn is_called_as(&self, other: &Self) -> bool {
        let (Some((own, own_year)), Some((others, others_year))) = (self.key(), other.key()) else {
            return false;
        };
        own == others && own_year.zip(others_year).is_none_or(|(a, b)| a == b)
    }

    /// How like their agencies are; `None` where they do not say.
    pub fn agencies(&self, other: &Self) -> Option<Likeness> {
        let both = |a: &Option<String>, b: &Option<String>| Some(likeness(a.as_deref()?, b.as_deref()?));
        // Where a form names the department alone, in the place of the agency, it does not say the agency.
        let is_department = |own: &Self, other: &Self| {
            own.department.is_none() && both(&own.agency, &other.department) == Some(Likeness::Same)
        };
        if is_department(self, other) || is_department(other, self) {
            return Some(Likeness::Same);
        }
        both(&self.agency, &other.agency).or_else(|| both(&self.department, &other.department))
    }

    /// Takes over what another says and this one does not.
    pub fn learn(&mut self, other: &Self) {
        let fill = |own: &mut Option<String>, other: &Option<String>| {
            if own.is_none() {
                own.clone_from(other);
            }
        };
        fill(&mut self.code, &other.code);
        fill(&mut self.name, &other.name);
        fill(&mut self.department, &other.department);
        fill(&mut self.agency, &other.agency);
        self.year = self.year.or(other.year);
    }
}

/// A name for comparing: width, spaces, quotes and the shapes of brackets and dashes do not count.
pub fn key(text: &str) -> String {
    let plain = |c: char| match c {
        '“' | '”' | '‘' | '’' | '"' | '\'' | '《' | '》' | '「' | '」' | '『' | '』' => None,
        '—' | '–' | '－' | '―' | '﹣' | '−' | '_' => Some('-'),
        '[' | '{' | '〈' => Some('('),
        ']' | '}' | '〉' => Some(')'),
        '·' | '・' | '•' => Some('·'),
        c => Some(half_width(c).to_ascii_lowercase()),
    };
    normalise(text).chars().filter_map(plain).collect::<String>().replace("--", "-")
}

/// A name without 项目 at its end.
pub(super) fn without_project(name: &str) -> &str {
    name.strip_suffix("项目").unwrap_or(name)
}

/// The year that a name begins with, and the rest: `2023年农村公路养护`, `2023年度…`.
fn dated(key: &str) -> (Option<i16>, &str) {
    let Some((digits, rest)) = key.split_at_checked(4) else { return (None, key) };
    let year = digits.parse::<i16>().ok().filter(|year| (1990..=2100).contains(year));
    match rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')) {
        Some(rest) if year.is_some() => (year, rest),
        _ => (None, key),
    }
}

/// How like two names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They are of different agencies.
    Other,
    /// One may be the other, shortened (区教体局, 东湖区教育体育局).
    Alike,
    /// They are the same.
    Same,
}

/// How like two names of agencies are. What is left out before a name is its place; between its signs only bureaus leave
/// something out, and never what tells one from another.
pub fn likeness(a: &str, b: &str) -> Likeness {
    let (a, b) = (key(a), key(b));
    if a == b {
        return Likeness::Same;
    }
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    if short.chars().count() < MIN_ALIKE {
        return Likeness::Other;
    }
    let alike = match long.strip_suffix(short.as_str()) {
        Some(place) => !place.ends_with(tells_apart),
        None => is_bureau(&short) && is_bureau(&long) && is_shortened(&short, &long),
    };
    if alike { Likeness::Alike } else { Likeness::Other }
}

/// Whether two names of agencies may be of one.
pub fn are_alike(a: &str, b: &str) -> bool {
    likeness(a, b) >= Likeness::Alike
}

fn is_bureau(name: &str) -> bool {
    words::of(Class::BureauEndings).ends(name)
}

/// Numbers, and what is said of one of two.
fn tells_apart(c: char) -> bool {
    c.is_ascii_digit() || words::of(Class::OneOfSeveral).has_char(c)
}

fn is_shortened(short: &str, long: &str) -> bool {
    let mut rest = long;
    short.chars().enumerate().all(|(at, c)| {
        let Some((left_out, after)) = rest.split_once(c) else { return false };
        rest = after;
        at == 0 || !left_out.contains(tells_apart)
    })
}

#[cfg(test)]
mod tests {
    use super::{Named, are_alike};

    #[test]
    fn agencies_are_shortened() {
        for (a, b, alike) in [
            ("区教体局", "东湖区教育体育局", true),
            ("东湖区住房和城乡建设局", "区住建局", true),
            ("某县水利局", "某县 水利局", true),
            ("某县水利局", "某县林业局", false),
            ("第一小学", "第二小学", false),
            ("第一中心", "第十一中心", false),
            ("一中", "十一中", false),
            ("县医院", "县中医院", false),
            ("县人民医院", "县第二人民医院", false),
            ("县人民医院", "某县人民医院", true),
            ("东湖区教体局", "西湖区教育体育局", false),
            ("县城建局", "县城东建设局", false),
        ] {
            assert_eq!(are_alike(a, b), alike, "{a} {b}");
        }
    }

    #[test]
    fn a_name_is_compared_by_what_it_says() {
        let named =
            |name: &str, year: Option<i16>| Named { name: Some(name.to_owned()), year, ..Named::default() };
        let called = |a: &Named, b: &Named| a.is_called_as(b) && b.is_called_as(a);
        let road = named("农村公路养护（二期）", Some(2023));
        assert!(called(&road, &named("农村公路 养护(二期)", None)));
        assert!(called(&road, &named("2023年度农村公路养护【二期】", None)));
        assert!(!called(&road, &named("2024年农村公路养护（二期）", None)));
        assert!(!called(&road, &named("农村公路养护（二期）", Some(2024))));
        assert!(!called(&road, &named("农村公路养护", Some(2023))));
        assert!(!called(&road, &named("农村公路养护（二期）项目", Some(2023))), "项目 is part of the name");
    }
}
