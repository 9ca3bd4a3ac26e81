//! What stands in the cells of a column, whatever its type.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_cast::{can_cast_types, cast};
use arrow_schema::{DataType, Field};
use serde_json::Value;

use crate::table::View;

/// What stands in one cell.
pub(crate) enum Seen<'a> {
    Missing,
    Whole(i64),
    Double(f64),
    Truth(bool),
    Text(&'a str),
    List(Vec<String>),
    /// Something that can be no answer.
    Odd(&'static str),
}

const TOO_LARGE: Seen<'static> = Seen::Odd("a whole number beyond 64 bits");

/// Hands over each cell with its row, from 0.
///
/// # Errors
///
/// The type of a column of which nothing can be an answer.
pub(crate) fn each(view: &View<'_>, mut hand: impl FnMut(usize, Seen<'_>)) -> Result<(), String> {
    macro_rules! wholes {
        ($array:ident) => {
            $array.iter().enumerate().for_each(|(row, of)| hand(row, Seen::Whole(i64::from(*of))))
        };
    }
    match view {
        View::U8(array) => wholes!(array),
        View::I8(array) => wholes!(array),
        View::U16(array) => wholes!(array),
        View::I16(array) => wholes!(array),
        View::U32(array) => wholes!(array),
        View::I32(array) => wholes!(array),
        View::I64(array) => wholes!(array),
        View::U64(array) => array.iter().enumerate().for_each(|(row, of)| hand(row, long(*of))),
        View::F32(array) => {
            array.iter().enumerate().for_each(|(row, of)| hand(row, double(f64::from(*of))));
        }
        View::F64(array) => array.iter().enumerate().for_each(|(row, of)| hand(row, double(*of))),
        View::Bool(array) => {
            array.iter().enumerate().for_each(|(row, of)| hand(row, Seen::Truth(*of)));
        }
        View::Values(values) => {
            values.iter().enumerate().for_each(|(row, value)| hand(row, plain(value)));
        }
        View::Arrow(chunks) => {
            let mut from = 0;
            for chunk in *chunks {
                arrow(chunk, |row, seen| hand(from + row, seen))?;
                from += chunk.len();
            }
        }
    }
    Ok(())
}

fn long(number: u64) -> Seen<'static> {
    i64::try_from(number).map_or(TOO_LARGE, Seen::Whole)
}

fn double(number: f64) -> Seen<'static> {
    if number.is_nan() { Seen::Missing } else { Seen::Double(number) }
}

fn plain(value: &Value) -> Seen<'_> {
    match value {
        Value::Null => Seen::Missing,
        Value::Bool(truth) => Seen::Truth(*truth),
        Value::String(text) => Seen::Text(text),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => Seen::Whole(number),
            (None, Some(number)) if number.fract() != 0.0 || number < 9e18 => Seen::Double(number),
            _ => TOO_LARGE,
        },
        Value::Array(values) => {
            let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
            texts
                .collect::<Option<_>>()
                .map_or(Seen::Odd("a list that is not of texts"), Seen::List)
        }
        Value::Object(_) => Seen::Odd("an object"),
    }
}

fn arrow(array: &ArrayRef, mut hand: impl FnMut(usize, Seen<'_>)) -> Result<(), String> {
    let array = as_known(array)?;
    macro_rules! numbers {
        ($kind:ty, $seen:expr) => {
            primitive::<$kind>(&array, $seen, hand)
        };
    }
    match array.data_type() {
        DataType::Null => (0..array.len()).for_each(|row| hand(row, Seen::Missing)),
        DataType::Int8 => numbers!(Int8Type, |of| Seen::Whole(of.into())),
        DataType::Int16 => numbers!(Int16Type, |of| Seen::Whole(of.into())),
        DataType::Int32 => numbers!(Int32Type, |of| Seen::Whole(of.into())),
        DataType::Int64 => numbers!(Int64Type, Seen::Whole),
        DataType::UInt8 => numbers!(UInt8Type, |of| Seen::Whole(of.into())),
        DataType::UInt16 => numbers!(UInt16Type, |of| Seen::Whole(of.into())),
        DataType::UInt32 => numbers!(UInt32Type, |of| Seen::Whole(of.into())),
        DataType::UInt64 => numbers!(UInt64Type, long),
        DataType::Float32 => numbers!(Float32Type, |of| double(of.into())),
        DataType::Float64 => numbers!(Float64Type, double),
        DataType::Boolean => {
            for (row, truth) in array.as_boolean().iter().enumerate() {
                hand(row, truth.map_or(Seen::Missing, Seen::Truth));
            }
        }
        DataType::LargeList(_) => {
            for (row, list) in array.as_list::<i64>().iter().enumerate() {
                let texts = |list: ArrayRef| {
                    let texts = list.as_string::<i32>().iter();
                    texts.map(|text| text.map(str::to_owned)).collect::<Option<_>>()
                };
                hand(
                    row,
                    match list {
                        None => Seen::Missing,
                        Some(list) => {
                            texts(list).map_or(Seen::Odd("a list with a gap in it"), Seen::List)
                        }
                    },
                );
            }
        }
        _ => {
            for (row, text) in array.as_string::<i32>().iter().enumerate() {
                hand(row, text.map_or(Seen::Missing, Seen::Text));
            }
        }
    }
    Ok(())
}

fn primitive<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    seen: impl Fn(T::Native) -> Seen<'static>,
    mut hand: impl FnMut(usize, Seen<'_>),
) {
    for (row, number) in array.as_primitive::<T>().iter().enumerate() {
        hand(row, number.map_or(Seen::Missing, &seen));
    }
}

/// The same cells, as one of the types above.
fn as_known(array: &ArrayRef) -> Result<ArrayRef, String> {
    let texts = || DataType::LargeList(Arc::new(Field::new("item", DataType::Utf8, true)));
    let wanted = match array.data_type() {
        known if known.is_integer() => return Ok(Arc::clone(array)),
        DataType::Null | DataType::Boolean | DataType::Float32 | DataType::Float64 => {
            return Ok(Arc::clone(array));
        }
        DataType::Utf8 => return Ok(Arc::clone(array)),
        DataType::Float16 => DataType::Float32,
        DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) => {
            DataType::Float64
        }
        DataType::Dictionary(_, values) => {
            let values = cast(array, values).map_err(|error| error.to_string())?;
            return as_known(&values);
        }
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::FixedSizeList(..) => texts(),
        _ => return Err(no_answers(array)),
    };
    if !can_cast_types(array.data_type(), &wanted) {
        return Err(no_answers(array));
    }
    cast(array, &wanted).map_err(|error| error.to_string())
}

fn no_answers(array: &ArrayRef) -> String {
    format!("a column of type {} holds no answers", array.data_type())
}
