//! Names within types: fields, enum values and variants.

use super::case::{pascal, snake, unescape_keyword};
use super::operations::collision;
use super::reserved::{self, Namespace};
use super::scope::Scope;
use super::statuses::status_name;
use super::variant;
use crate::diagnostic::Diagnostic;
use crate::model::{EnumValue, Errors, Field, Kind, Payload, Scalar, Type, TypeDef, UnionVariant};
use std::collections::HashMap;

/// Names the fields, values or variants of a type. All types must have their names already.
///
/// `originals` are the names of the types for responses, by those of the types for requests. Both
/// have the same variants.
pub fn assign(
    def: &mut TypeDef,
    originals: &HashMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match &mut def.kind {
        Kind::Struct { fields, additional } => {
            let mut reserved: Vec<&str> = Vec::new();
            if def.error_payload {
                reserved.push("response");
            }
            if additional.is_some() {
                reserved.push("additional_properties");
            }
            name_fields(fields, &reserved, &def.pointer, diagnostics);
        }
        Kind::Enum { scalar, values } => name_values(*scalar, values),
        Kind::Union { variants, .. } => {
            let mut scope = Scope::with_reserved(&["Unknown"]);
            let names = variants
                .iter()
                .map(|variant| variant_name(variant, &def.rust, variants, originals));
            let names: Vec<_> = names.collect();
            for (variant, name) in variants.iter_mut().zip(names) {
                variant.rust = scope.claim_unique(ensure_uppercase(name, "Variant"), "");
            }
        }
        Kind::Alias(_) => {}
    }
}

/// Names the values of an enum: by the extension that names them, or else by the values.
fn name_values(scalar: Scalar, values: &mut [EnumValue]) {
    // `Unknown` is the variant for values that are not declared.
    let mut scope = Scope::with_reserved(&["Unknown"]);
    for value in values {
        // In a mixed enum, the string "1" is not the number 1.
        let looks_like_json = value.looks_like_json(scalar);
        let source = match (value.rust.is_empty(), looks_like_json) {
            (false, _) => value.rust.clone(),
            (true, true) => format!("string {}", value.wire),
            (true, false) => value.wire.clone(),
        };
        let named = |convert: fn(&str, &str) -> String| {
            let name = convert(&source, "Value");
            if name == "Unknown" {
                "UnknownValue".to_owned()
            } else {
                ensure_uppercase(name, "Value")
            }
        };
        let mut name = named(variant::name);
        if !scope.is_free(&name) {
            name = named(variant::spelled);
        }
        value.rust = scope.claim_unique(name, "");
    }
}

/// Adds a prefix to a variant name in a script without upper case. The compiler would warn about a
/// variant name that looks like the name of a variable.
fn ensure_uppercase(name: String, prefix: &str) -> String {
    match name.chars().next() {
        Some(first) if !first.is_uppercase() => format!("{prefix}{name}"),
        _ => name,
    }
}

/// Returns the name of a union variant: the word that [`super::variants`] gave it, or the name of the
/// type without the name of the union, or the kind of value. Several arrays or maps are distinguished by their
/// items.
fn variant_name(
    variant: &UnionVariant,
    union: &str,
    variants: &[UnionVariant],
    originals: &HashMap<String, String>,
) -> String {
    let union = original(union, originals);
    let kind_name = |ty| kind_name(ty, union, originals);
    let has_multiple = |test: fn(&Type) -> bool| {
        let matching = variants.iter().filter(|variant| test(&variant.ty));
        matching.count() > 1
    };
    let has_word = !variant.rust.is_empty();
    match &variant.ty {
        Type::Named(_) if has_word => {
            let name = pascal(&variant.rust, "Variant");
            match unescape_keyword(&name) {
                // No item can have this name.
                "Self" => "SelfVariant".to_owned(),
                name => name.to_owned(),
            }
        }
        Type::Json | Type::Bytes => pascal(&variant.rust, "Variant"),
        Type::Array(item) if has_multiple(|ty| matches!(ty, Type::Array(_))) => {
            format!("{}Array", kind_name(item))
        }
        Type::Map(value) if has_multiple(|ty| matches!(ty, Type::Map(_))) => {
            format!("{}Map", kind_name(value))
        }
        ty => kind_name(ty),
    }
}

fn original<'n>(name: &'n str, originals: &'n HashMap<String, String>) -> &'n str {
    originals.get(name).map_or(name, String::as_str)
}

/// Returns the kind of value of a type. For a named type, returns its name without the prefix
/// `union`.
fn kind_name(ty: &Type, union: &str, originals: &HashMap<String, String>) -> String {
    match ty {
        Type::Named(name) => {
            let name = original(name, originals);
            let short = name
                .strip_prefix(union)
                .filter(|short| short.starts_with(char::is_uppercase));
            return short.unwrap_or(name).to_owned();
        }
        Type::Nullable(inner) | Type::Boxed(inner) | Type::OneOrMany(inner) => {
            return kind_name(inner, union, originals);
        }
        Type::String | Type::Formatted(_) => "String",
        Type::Timestamp => "Timestamp",
        Type::Date => "Date",
        Type::Time => "Time",
        Type::Base64 => "Base64",
        Type::Boolean => "Boolean",
        Type::Integer(_) => "Integer",
        Type::Number(_) => "Number",
        Type::Array(_) => "Array",
        Type::Map(_) => "Map",
        Type::Json => "Json",
        Type::Bytes => "Bytes",
    }
    .to_owned()
}

fn name_fields(
    fields: &mut [Field],
    reserved: &[&str],
    pointer: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut scope = Scope::with_reserved(reserved);
    for field in fields {
        let name = snake(if field.rust.is_empty() {
            &field.wire
        } else {
            &field.rust
        });
        let mut name = if reserved.contains(&name.as_str()) {
            format!("{}_", unescape_keyword(&name))
        } else {
            name
        };
        let pointer = format!(
            "{pointer}/properties/{}",
            field.wire.replace('~', "~0").replace('/', "~1")
        );
        // A name set with `x-rust-name` is used as is or is an error; equal derived names are made
        // unique.
        if !field.rust.is_empty()
            && let Err(holder) = scope.claim(&name, &pointer)
        {
            diagnostics.push(collision(&pointer, "field", &name, &holder));
            name = scope.claim_unique(name, &pointer);
        } else if field.rust.is_empty() {
            name = scope.claim_unique(name, &pointer);
        }
        field.rust = name;
    }
}

/// Names the error variants, and the enums of those whose payload depends on the operation.
pub fn errors(errors: &mut Errors) {
    let mut scope = Scope::with_reserved(&["Unexpected"]);
    let mut enums = Scope::with_reserved(&reserved::names(Namespace::ErrorBody));
    for variant in &mut errors.variants {
        let name = match variant.rust.as_str() {
            "" => status_name(variant.status),
            chosen => pascal(chosen, "Status"),
        };
        variant.rust = scope.claim_unique(name, "");
        let Payload::PerOperation { rust, bodies } = &mut variant.payload else {
            continue;
        };
        *rust = enums.claim_unique(format!("{}Body", variant.rust), "");
        let mut names = Scope::default();
        for body in bodies {
            let name = match body.body.as_ref().map(|body| &body.ty) {
                _ if !body.rust.is_empty() => body.rust.clone(),
                Some(Type::Named(name)) => name.clone(),
                Some(Type::String | Type::Formatted(_)) => "Text".to_owned(),
                Some(Type::Array(_) | Type::OneOrMany(_)) => "List".to_owned(),
                Some(_) => "Value".to_owned(),
                None => "NoBody".to_owned(),
            };
            body.rust = names.claim_unique(name, "");
        }
    }
}
