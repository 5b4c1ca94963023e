//! Formats types, statuses and styles for the description of a change.

use crate::model::{Field, Input, Status, StatusRange, Style, Type};

/// Formats a type.
pub fn ty(ty: &Type) -> String {
    ty.to_string()
}

/// Formats the type of a struct field.
pub fn field(field: &Field) -> String {
    let inner = ty(&field.ty.as_list());
    if field.is_option() {
        format!("Option<{inner}>")
    } else {
        inner
    }
}

/// Formats the type of an argument or a setter, without the `impl Into<..>` that many of them have.
pub fn input(input: Input<'_>) -> String {
    let inner = ty(input.ty());
    if input.is_option() {
        format!("Option<{inner}>")
    } else {
        inner
    }
}

/// Formats a status as in the document: `404`, `4XX` or `default`.
pub fn status(range: StatusRange) -> String {
    match range {
        StatusRange::One(Status(status)) => status.to_string(),
        StatusRange::Class(class) => format!("{class}XX"),
        StatusRange::Any => "default".to_owned(),
    }
}

/// Formats a parameter style with OpenAPI's names.
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

/// Describes a change from an old to a new value.
pub fn became(old: &str, new: &str) -> String {
    format!("`{old}` became `{new}`")
}
