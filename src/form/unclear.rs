//! Headers that cannot be told for certain: titles that claim the same, groups side by side, parts that lack columns.

use super::recognise::FoundForm;
use super::view::View;
use crate::base::CellRef;
use crate::mapping::Column;
use crate::model::{Finding, FindingId};

/// The columns that a further part of a form must have where its first part has them.
const NEEDED: [Column; 4] = [Column::Weight, Column::Criterion, Column::Target, Column::Actual];

/// Headers of further parts that lack what the first has: their indicators are left to a person.
fn lacking_headers(view: &View<'_>, form: &FoundForm, findings: &mut Vec<Finding>) {
    let Some((first, rest)) = form.headers.split_first() else { return };
    for header in rest {
        let lacks: Vec<&str> = NEEDED
            .into_iter()
            .filter(|column| first.has(*column) && !header.has(*column))
            .map(Column::chinese)
            .collect();
        if let Some(column) = header.columns.first().filter(|_| !lacks.is_empty()) {
            let message = format!(
                "第 {} 行的表头与前面的不同，没有“{}”，其下的指标不能自动评分。",
                header.top.saturating_add(1),
                lacks.join("”、“")
            );
            findings.push(Finding::new(FindingId::HeaderAmbiguous, Some(view.address(column.at)), message));
        }
    }
}

/// The findings about the headers of a form.
pub(super) fn headers(view: &View<'_>, form: &FoundForm, findings: &mut Vec<Finding>) {
    lacking_headers(view, form, findings);
    for header in form.headers.iter().chain(&form.budget).chain(&form.checklist) {
        let doubtful = header.ambiguous.iter().filter(|_| header.panels_unclear.is_none());
        for (column, cells) in doubtful {
            let Some(first) = cells.first() else { continue };
            let titled: Vec<String> = cells
                .iter()
                .map(|at| {
                    format!(
                        "“{}”（{at}）",
                        view.sheet.get(*at).shown().split_whitespace().collect::<String>()
                    )
                })
                .collect();
            let message = format!(
                "{} 都像“{}”，不能确定是哪一列，这一列没有读取。",
                titled.join("、"),
                column.chinese()
            );
            findings.push(Finding::new(FindingId::HeaderAmbiguous, Some(view.address(*first)), message));
        }
        if let Some(at) = header.panels_unclear {
            let message =
                "同样的标题并排出现两组，不能确定读哪一组，这张表没有读取。请系统管理员登记读哪一组。"
                    .to_owned();
            findings.push(Finding::new(FindingId::HeaderAmbiguous, Some(view.address(at)), message));
        }
    }
}

/// The titles that cannot be told apart, in all headers of the form.
pub(super) fn titles(form: &FoundForm) -> Vec<CellRef> {
    let headers = form.headers.iter().chain(&form.budget).chain(&form.checklist);
    headers.flat_map(|header| header.ambiguous.iter().flat_map(|(_, cells)| cells.iter().copied())).collect()
}
