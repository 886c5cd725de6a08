//! Tables as one JSON object a line.

use serde_json::{Map, Value};

use super::{Holds, Row, Table, unwritten};
use crate::base::Result;

/// A file with these rows. Decimals are texts: most readers of JSON make doubles of its numbers.
pub(super) fn write(table: Table, rows: &[Row]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for row in rows {
        let object: Map<String, Value> = table
            .columns()
            .iter()
            .zip(&row.values)
            .map(|(column, value)| Ok((column.name.to_owned(), json(column.holds, value.as_deref())?)))
            .collect::<Result<_>>()?;
        serde_json::to_writer(&mut bytes, &object).map_err(unwritten)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn json(holds: Holds, value: Option<&str>) -> Result<Value> {
    let Some(text) = value else { return Ok(Value::Null) };
    Ok(match holds {
        Holds::Integer => Value::from(text.parse::<i64>().map_err(unwritten)?),
        Holds::Truth => Value::from(text == "true"),
        Holds::Text | Holds::Decimal | Holds::Date => Value::from(text),
    })
}
