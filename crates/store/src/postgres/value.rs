//! Values to and from PostgreSQL's types.

use crate::database::{Row, Value};
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use std::error::Error;

/// The columns of a row; of a type that no column of ours has, none.
pub(super) fn row(found: &postgres::Row) -> Result<Row, postgres::Error> {
    let read = |n: usize| {
        let kind = found.columns()[n].type_();
        Ok(match *kind {
            Type::INT8 => found.try_get::<_, Option<i64>>(n)?.map_or(Value::Null, Value::Int),
            Type::INT4 => found.try_get::<_, Option<i32>>(n)?.map_or(Value::Null, |v| Value::Int(v.into())),
            Type::FLOAT8 => found.try_get::<_, Option<f64>>(n)?.map_or(Value::Null, Value::Real),
            Type::TEXT => found.try_get::<_, Option<String>>(n)?.map_or(Value::Null, Value::Text),
            Type::BYTEA => found.try_get::<_, Option<Vec<u8>>>(n)?.map_or(Value::Null, Value::Blob),
            _ => Value::Null,
        })
    };
    (0..found.len()).map(read).collect()
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) if *kind == Type::INT4 => i32::try_from(*n)?.to_sql(kind, out),
            Self::Int(n) => n.to_sql(kind, out),
            Self::Real(n) => n.to_sql(kind, out),
            // The one character that PostgreSQL's text cannot hold.
            Self::Text(text) if text.contains('\0') => text.replace('\0', "\u{fffd}").to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Blob(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
