//! Tables as one JSON object a line.

use serde_json::{Map, Value};

use super::{Holds, Row, unwritten};
use crate::base::Result;

/// A file with these rows. Decimals are texts: most readers of JSON make doubles of its numbers.
pub(super) fn write(rows: &[Row]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut bytes, &object(row)?).map_err(unwritten)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// A row as an object, in the order of its columns.
pub(super) fn object(row: &Row) -> Result<Map<String, Value>> {
    let columns = row.table.columns().iter().zip(&row.values);
    columns
        .map(|(column, value)| Ok((column.name.to_owned(), json(column.holds, value.as_deref())?)))
        .collect()
}

fn json(holds: Holds, value: Option<&str>) -> Result<Value> {
    let Some(text) = value else { return Ok(Value::Null) };
    Ok(match holds {
        Holds::Integer => Value::from(text.parse::<i64>().map_err(unwritten)?),
        Holds::Truth => Value::from(text == "true"),
        Holds::Text | Holds::Decimal | Holds::Date => Value::from(text),
    })
}
