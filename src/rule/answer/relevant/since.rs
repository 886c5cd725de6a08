//! 环比增长9%，同比增长6% where one of the two is asked for.

use super::super::super::Refusal;
use super::{Relevant, Said};

/// Against the same time of the year before, and against the time before.
const SINCE: [&str; 2] = ["同比", "环比"];

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    let clauses = said.clauses();
    let words = said.rule.all_words();
    let asks = |word: &str| said.names().any(|name| name.contains(word)) || words.contains(word);
    let mut asked = SINCE.into_iter().filter(|word| asks(word));
    let (Some(asked), None) = (asked.next(), asked.next()) else { return Ok(None) };
    let other = |clause: &str| SINCE.iter().any(|word| *word != asked && clause.contains(word));
    let own: Vec<&&str> = clauses.iter().filter(|clause| clause.contains(asked)).collect();
    match own.as_slice() {
        [] if clauses.iter().any(|clause| other(clause)) => {
            let why = format!("评分标准只看“{asked}”，实际完成值没有写明“{asked}”的数");
            said.refuse(why, "请写明所问的数。")
        }
        [own] if clauses.len() > 1 && clauses.iter().all(|clause| clause == *own || other(clause)) => {
            Ok(Some(Relevant::Text((**own).to_owned())))
        }
        _ => Ok(None),
    }
}
