//! Types as Rust writes them, for the words of a change.

use crate::model::{Field, Input, Status, StatusRange, Style, Type};

/// A type.
pub fn ty(ty: &Type) -> String {
    ty.to_string()
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
pub fn input(input: Input<'_>) -> String {
    let inner = ty(input.ty());
    if input.is_option() {
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

/// What was and what is.
pub fn became(old: &str, new: &str) -> String {
    format!("`{old}` became `{new}`")
}
