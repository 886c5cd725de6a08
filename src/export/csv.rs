//! Tables as `.csv`: UTF-8, a line of titles, quotes where a value needs them.

use super::{Row, Table};

/// A file with these rows. A text that is there and empty is quoted, so that it is told from one that is not there.
pub(super) fn write(table: Table, rows: &[Row]) -> Vec<u8> {
    let titles: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
    let mut text = titles.join(",") + "\n";
    for row in rows {
        let values: Vec<String> = row.values.iter().map(|value| quoted(value.as_deref())).collect();
        text.push_str(&values.join(","));
        text.push('\n');
    }
    text.into_bytes()
}

fn quoted(value: Option<&str>) -> String {
    match value {
        None => String::new(),
        Some(text) if text.is_empty() || text.contains([',', '"', '\n', '\r']) => {
            format!("\"{}\"", text.replace('"', "\"\""))
        }
        Some(text) => text.to_owned(),
    }
}
