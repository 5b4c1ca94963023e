//! Types as Rust writes them, for the words of a change.

use crate::model::{Field, IntegerWidth, NumberWidth, Status, StatusRange, Style, Taken, Type};

/// A type.
pub fn ty(ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Timestamp => "Timestamp".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Integer(IntegerWidth::I32) => "i32".to_owned(),
        Type::Integer(IntegerWidth::I64) => "i64".to_owned(),
        Type::Number(NumberWidth::F32) => "f32".to_owned(),
        Type::Number(NumberWidth::F64) => "f64".to_owned(),
        Type::Json => "serde_json::Value".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        Type::Array(item) => format!("Vec<{}>", self::ty(item)),
        Type::Map(value) => format!("BTreeMap<String, {}>", self::ty(value)),
        Type::Nullable(inner) => format!("Option<{}>", self::ty(inner)),
        Type::Named(name) => name.clone(),
        Type::Boxed(inner) => format!("Box<{}>", self::ty(inner)),
    }
}

/// The type of a struct's field.
pub fn field(field: &Field) -> String {
    let inner = ty(&field.ty);
    if field.is_option() {
        format!("Option<{inner}>")
    } else {
        inner
    }
}

/// The type of an argument or of what a setter takes, leaving aside that many take what converts into it.
pub fn taken(taken: Taken<'_>) -> String {
    let inner = ty(taken.ty());
    if taken.is_option() {
        format!("Option<{inner}>")
    } else {
        inner
    }
}

/// A status as the document writes it.
pub fn status(range: StatusRange) -> String {
    match range {
        StatusRange::One(Status(status)) => status.to_string(),
        StatusRange::Class(class) => format!("{class}XX"),
        StatusRange::Any => "default".to_owned(),
    }
}

/// A style in the words of OpenAPI.
pub fn style(style: Style) -> String {
    let exploded = |name: &str, explode: bool| {
        if explode {
            format!("{name}, exploded")
        } else {
            name.to_owned()
        }
    };
    match style {
        Style::Simple { explode } => exploded("simple", explode),
        Style::Label { explode } => exploded("label", explode),
        Style::Matrix { explode } => exploded("matrix", explode),
        Style::Form { explode } => exploded("form", explode),
        Style::SpaceDelimited => "spaceDelimited".to_owned(),
        Style::PipeDelimited => "pipeDelimited".to_owned(),
        Style::DeepObject => "deepObject".to_owned(),
        Style::Json => "JSON".to_owned(),
    }
}

/// An identifier as a person says it.
pub fn plain(rust: &str) -> &str {
    rust.strip_prefix("r#").unwrap_or(rust)
}

/// What was and what is.
pub fn became(old: &str, new: &str) -> String {
    format!("`{old}` became `{new}`")
}
