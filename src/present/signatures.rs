//! Who signs 评分结果单, by the kind of form.

use super::accounts::section;
use super::result::{LAST, REASON, span};
use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use crate::model::{FormKind, Voice};

/// Where a person writes by hand.
const BY_HAND: &str = "　　　　　　";
const DAY: &str = "　　　　年　　月　　日";

/// Who signs: of a self-evaluation the agency, of an evaluation those who made and reviewed it, after the agency was heard.
pub(super) fn put(sheet: &mut AddedSheet, view: &View, row: u32) {
    let form = view.case.score_form.as_ref();
    // Beside a reviewer's column the form is no longer the agency's alone.
    let own = form.is_some_and(|form| form.kind == FormKind::SelfEvaluation && !form.reviewed);
    let voice = form.and_then(|form| form.score_voice).unwrap_or(view.case.overrides.voice);
    let mut row = section(sheet, row, if own { "签字盖章" } else { "单位意见和签字" });
    let line = |words: &str| format!("\n{words}\n");
    if !own {
        let agency = format!("被评价单位意见：□无异议　□有异议（附说明）　　单位（盖章）：{BY_HAND}{DAY}");
        span(sheet, row, (0, LAST), Look::Text, Content::Text(line(&agency)));
        row = row.saturating_add(1);
    }
    let [first, second, third] = match voice {
        _ if own => ["项目负责人", "财务负责人", "单位（盖章）"],
        Voice::Firm => ["主评人", "质量复核人", "机构（盖章）"],
        Voice::Agency | Voice::Department | Voice::Finance => ["复核人", "绩效股负责人", "日期"],
    };
    span(sheet, row, (0, 1), Look::Text, Content::Text(line(&format!("{first}："))));
    span(sheet, row, (2, 4), Look::Text, Content::Text(line(&format!("{second}："))));
    let day = if own { format!("\n{DAY}") } else { String::new() };
    span(sheet, row, REASON, Look::Text, Content::Text(line(&format!("{third}：{day}"))));
}
