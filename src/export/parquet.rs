//! Tables as Apache Parquet, by its column writers: the columns of a table are few and known, so no other memory layout
//! stands between.

use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
    Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{Column, Holds, Row, Table, unwritten};
use crate::base::{Date, Number, Result};

/// Digits of a decimal in all, those behind the point, and the bytes that hold them.
const DIGITS: i32 = 38;
const PLACES: u32 = 8;
const BYTES: i32 = 16;
/// The day from which Parquet counts.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// A file with these rows in one group.
pub(super) fn write(table: Table, rows: &[Row]) -> Result<Vec<u8>> {
    file(table, rows).map_err(unwritten)
}

fn file(table: Table, rows: &[Row]) -> parquet::errors::Result<Vec<u8>> {
    let fields = table.columns().iter().map(field).collect::<parquet::errors::Result<Vec<_>>>()?;
    let schema = Arc::new(Type::group_type_builder(table.name()).with_fields(fields).build()?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        // Nothing that changes from run to run: the same rows give the same bytes.
        .set_created_by("jixiao".to_owned())
        .build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    let mut columns = table.columns().iter().enumerate();
    while let Some(mut writer) = group.next_column()? {
        let Some((at, column)) = columns.next() else { break };
        let values = rows.iter().map(|row| row.values.get(at).and_then(Option::as_deref));
        fill(&mut writer, column, values)?;
        writer.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(bytes)
}

fn field(column: &Column) -> parquet::errors::Result<TypePtr> {
    let (physical, logical) = match column.holds {
        Holds::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Holds::Integer => (Physical::INT64, None),
        Holds::Decimal => {
            let scale = i32::try_from(PLACES).unwrap_or_default();
            (Physical::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::decimal(scale, DIGITS)))
        }
        Holds::Date => (Physical::INT32, Some(LogicalType::Date)),
        Holds::Truth => (Physical::BOOLEAN, None),
    };
    let mut builder = Type::primitive_type_builder(column.name, physical)
        .with_repetition(if column.always { Repetition::REQUIRED } else { Repetition::OPTIONAL })
        .with_converted_type(ConvertedType::NONE)
        .with_logical_type(logical);
    if column.holds == Holds::Decimal {
        builder = builder
            .with_length(BYTES)
            .with_precision(DIGITS)
            .with_scale(i32::try_from(PLACES).unwrap_or_default());
    }
    Ok(Arc::new(builder.build()?))
}

fn fill<'v>(
    writer: &mut SerializedColumnWriter<'_>,
    column: &Column,
    values: impl Iterator<Item = Option<&'v str>>,
) -> parquet::errors::Result<()> {
    let always = column.always;
    match column.holds {
        Holds::Text => column_of::<ByteArrayType>(writer, always, values, |text| Some(ByteArray::from(text))),
        Holds::Integer => column_of::<Int64Type>(writer, always, values, |text| text.parse().ok()),
        Holds::Decimal => column_of::<FixedLenByteArrayType>(writer, always, values, |text| {
            let unscaled = unscaled(text.parse().ok()?)?;
            Some(FixedLenByteArray::from(unscaled.to_be_bytes().to_vec()))
        }),
        Holds::Date => column_of::<Int32Type>(writer, always, values, days),
        Holds::Truth => column_of::<BoolType>(writer, always, values, |text| text.parse().ok()),
    }
}

/// Writes a column: which rows have a value, and the values.
fn column_of<'v, T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    always: bool,
    values: impl Iterator<Item = Option<&'v str>>,
    read: impl Fn(&str) -> Option<T::T>,
) -> parquet::errors::Result<()> {
    let (mut there, mut found) = (Vec::new(), Vec::new());
    for value in values {
        there.push(i16::from(value.is_some()));
        if let Some(text) = value {
            let wrong = || ParquetError::General(format!("no value of its column: {text}"));
            found.push(read(text).ok_or_else(wrong)?);
        }
    }
    let levels = (!always).then_some(there.as_slice());
    writer.typed::<T>().write_batch(&found, levels, None)?;
    Ok(())
}

/// The whole number that a decimal of eight places is kept as.
fn unscaled(number: Number) -> Option<i128> {
    let value = number.round(PLACES).get();
    let places = PLACES.checked_sub(value.scale())?;
    value.mantissa().checked_mul(10_i128.checked_pow(places)?)
}

/// Days since 1970.
fn days(text: &str) -> Option<i32> {
    let day: Date = text.parse().ok()?;
    EPOCH.until(day).ok().map(|span| span.get_days())
}
