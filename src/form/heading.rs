//! What the fields and the heading of a form say of whose it is: project, agency, year.

use super::fields::{self, Labelled};
use super::names::without_code_behind;
use super::recognise::FoundForm;
use super::view::View;
use crate::mapping::title::normalise;
use crate::mapping::{FieldName, Mapping};
use crate::notation::are_units;
use crate::words::{self, Class};

/// What a field says. A label of one or two characters names whoever fills the form in (部门：某中学) where another one
/// says more (主管部门).
pub(super) fn field_text(heads: &[Labelled], name: FieldName) -> Option<String> {
    let said = |short: bool| {
        let of_name = heads.iter().filter(move |head| head.name == name && head.is_short() == short);
        let texts = of_name.map(|head| {
            let text: String = head.entry.shown().split_whitespace().collect();
            if head.asks_code() { without_code(&text).to_owned() } else { text }
        });
        // 单位：万元、分 says in what is counted, and names nobody.
        let names = name == FieldName::Unit || name == FieldName::Agency;
        let says = |text: &String| !text.is_empty() && (!names || !are_units(text));
        texts.into_iter().find(says)
    };
    said(false).or_else(|| said(true))
}

/// A name behind the digits of its code: `206某县文化局` where the label asks for both; so may its code stand behind it, in
/// round brackets, too: `某县文化局（206）`.
fn without_code(text: &str) -> &str {
    let text = without_code_behind(text, &[('(', ')'), ('（', '）')]);
    let name = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let is_year = name.starts_with('年');
    if name.is_empty() || name.starts_with(|sign: char| sign.is_ascii()) || is_year { text } else { name }
}

/// The year that a field states, else the heading.
pub(super) fn year(view: &View<'_>, form: &FoundForm, heads: &[Labelled]) -> Option<i16> {
    let mut stated = heads.iter().filter(|head| head.name == FieldName::Year);
    let stated = stated.find_map(|head| fields::year_in(&head.entry.shown()));
    let header = form.headers.first()?;
    let last = header.top.checked_sub(1);
    let heading = || {
        let rows = last.into_iter().flat_map(|last| view.rows(form.rows.0, last));
        rows.flat_map(|(_, items)| items)
            .filter(|item| item.key.chars().count() <= 80 && !item.key.contains("日期"))
            .find_map(|item| fields::heading_year(item.text()?))
    };
    stated.or_else(heading)
}

/// The project's name before the words that end it in a title: `甲项目支出绩效自评表` is about 甲.
pub(super) fn project_in_title(title: &str, mapping: &Mapping) -> Option<String> {
    let key = normalise(title);
    let years = words::of(Class::YearWords);
    let rest = years.trim_start(key.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = if key.starts_with(|c: char| c.is_ascii_digit()) { rest } else { &key };
    let end = mapping.recognise.after_project.iter().filter_map(|word| rest.find(word.as_str())).min()?;
    // `某县2022年度项目支出绩效自评表` names a county and a year.
    let name = years.trim_end(rest.get(..end)?);
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (name.chars().count() >= 4).then(|| name.to_owned())
}
