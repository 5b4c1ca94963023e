//! Decides how parameters and the fields of forms are serialized, as far as it depends on their
//! types.
//!
//! A value without a defined format is rejected here, so that no request fails when it is sent.

use super::describe::unsupported;
use super::media;
use super::pointer::Pointer;
use crate::diagnostic::Diagnostic;
use crate::model::unnamed::{
    BodyContent, Field, Kind, Operation, Parameter, Resource, Type, TypeDef,
};
use crate::model::{Location, Style, TypeId, TypeTable};
use std::collections::HashMap;

/// Sets the styles that depend on types. Returns an error for each parameter and each field of a
/// form that has no defined format.
pub fn resolve(resources: &mut [Resource], types: &TypeTable<TypeDef>) -> Vec<Diagnostic> {
    let mut shapes = Shapes {
        types,
        known: HashMap::new(),
    };
    let mut problems = Vec::new();
    for operation in resources.iter_mut().flat_map(|one| &mut one.operations) {
        let at = operation.pointer.clone();
        for parameter in &operation.parameters {
            let shape = shapes.of(&parameter.ty);
            problems.extend(check_parameter(parameter, shape));
        }
        problems.extend(query_collision(operation, &mut shapes));
        let Some(body) = &mut operation.body else {
            continue;
        };
        let finish: fn(&mut Field, Shape) -> Result<(), &'static str> = match body.content {
            BodyContent::FormFields(_) => finish_form_field,
            BodyContent::MultipartFields(_) => finish_part,
            BodyContent::JsonFields(_) | BodyContent::SingleValue(_) => continue,
        };
        for field in body.content.fields_mut() {
            let shape = shapes.of(&field.ty);
            if let Err(what) = finish(field, shape) {
                problems.push(field_problem(&at, field, what));
            }
        }
        if let BodyContent::FormFields(fields) = &body.content {
            let plain = fields.iter().filter(|field| {
                field.style != Some(Style::DeepObject) || !shapes.is_always_object(&field.ty, 0)
            });
            let names = plain.map(|field| field.wire.as_str());
            let spread = fields.iter().filter(|field| spreads(field.style));
            let spread = spread.map(|field| (field.wire.as_str(), &field.ty));
            if let Some((name, key)) = collision(names.collect(), spread.collect(), &mut shapes) {
                let field = fields.iter().find(|field| field.wire == name);
                let what = format!("object whose key `{key}` is also set by another field");
                problems.extend(field.map(|field| field_problem(&at, field, &what)));
            }
        }
    }
    problems
}

/// Returns an error for a parameter with nested values, unless its style has brackets for them.
fn check_parameter(parameter: &Parameter, shape: Shape) -> Option<Diagnostic> {
    let has_brackets = parameter.location == Location::Query
        && matches!(
            parameter.style,
            Style::Form { explode: true } | Style::DeepObject
        );
    if !shape.is_deep || has_brackets || parameter.style == Style::Json {
        return None;
    }
    let location = parameter.location.as_str();
    let what = format!("nested list or object in a {location} parameter with this style");
    Some(unsupported(Pointer::start(&parameter.pointer), &what))
}

/// Returns an error for a query parameter that is an object whose keys another parameter sets too.
fn query_collision(operation: &Operation, shapes: &mut Shapes<'_>) -> Option<Diagnostic> {
    let query = operation.parameters.iter();
    let query: Vec<&Parameter> = query
        .filter(|one| one.location == Location::Query)
        .collect();
    // The keys of a deep object contain its name and brackets, such as `created[after]`.
    let plain = query.iter().filter(|parameter| {
        parameter.style != Style::DeepObject || !shapes.is_always_object(&parameter.ty, 0)
    });
    let names = plain.map(|parameter| parameter.name.wire.as_str());
    let spread = query
        .iter()
        .filter(|parameter| spreads(Some(parameter.style)));
    let spread = spread.map(|parameter| (parameter.name.wire.as_str(), &parameter.ty));
    let (name, key) = collision(names.collect(), spread.collect(), shapes)?;
    let parameter = query.iter().find(|parameter| parameter.name.wire == name)?;
    let what = format!("object whose key `{key}` is also set by another parameter");
    Some(unsupported(Pointer::start(&parameter.pointer), &what))
}

/// Returns true if the keys of an object become names of their own.
fn spreads(style: Option<Style>) -> bool {
    style == Some(Style::Form { explode: true })
}

/// Returns an object and a key of it that is also another name or a key of another object.
fn collision<'a>(
    names: Vec<&'a str>,
    spread: Vec<(&'a str, &Type)>,
    shapes: &mut Shapes<'_>,
) -> Option<(&'a str, String)> {
    let mut used: HashMap<String, &str> = HashMap::new();
    for name in names {
        used.insert(name.to_owned(), name);
    }
    for (name, ty) in spread {
        for key in shapes.keys(ty) {
            match used.get(key.as_str()) {
                Some(holder) if *holder != name => return Some((name, key)),
                _ => used.insert(key, name),
            };
        }
    }
    None
}

fn field_problem(operation: &str, field: &Field, what: &str) -> Diagnostic {
    // A component may be valid in other operations.
    let body = format!("{operation}/requestBody");
    let at = match field.pointer.starts_with(&body) {
        true => field.pointer.as_str(),
        false => body.as_str(),
    };
    let what = format!("{what} (field `{}`)", field.wire);
    unsupported(Pointer::start(at), &what)
}

/// Sets the style of a field of a form, unless it is declared: brackets for objects and nested
/// values, otherwise a pair for each item.
fn finish_form_field(field: &mut Field, shape: Shape) -> Result<(), &'static str> {
    check_content_type(field, shape)?;
    let is_object = shape.is_object || shape.is_deep;
    let style = field.style.unwrap_or(match is_object || shape.is_any {
        true => Style::DeepObject,
        false => Style::Form { explode: true },
    });
    field.style = Some(style);
    let is_flat = !matches!(
        style,
        Style::DeepObject | Style::Json | Style::Form { explode: true }
    );
    match shape.is_deep && is_flat {
        true => Err("nested list or object in a form field with this style"),
        false => Ok(()),
    }
}

/// Sets the style of a field of a multipart body: OpenAPI 3.0 defines none, but lists that are
/// joined and objects with brackets are common.
fn finish_part(field: &mut Field, shape: Shape) -> Result<(), &'static str> {
    check_content_type(field, shape)?;
    let is_list = shape.is_list && !shape.is_object && !shape.is_deep;
    field.style = match field.style {
        Some(Style::Json) => Some(Style::Json),
        Some(Style::DeepObject) if shape.is_object || shape.is_deep || shape.is_list => {
            Some(Style::DeepObject)
        }
        Some(style) if is_list && style != (Style::Form { explode: true }) => Some(style),
        _ => None,
    };
    Ok(())
}

/// Returns an error for an object that must be sent in a format other than JSON.
fn check_content_type(field: &Field, shape: Shape) -> Result<(), &'static str> {
    let declared = field.encoding.content_type();
    let is_other = declared.is_some_and(|declared| !media::is_json(declared));
    match is_other && field.style.is_none() && (shape.is_object || shape.is_deep) {
        true => Err("object in a form with a media type other than JSON"),
        false => Ok(()),
    }
}

/// The values that a type can have.
#[derive(Clone, Copy, Debug, Default)]
struct Shape {
    is_list: bool,
    is_object: bool,
    /// True for a list or an object that contains further ones.
    is_deep: bool,
    /// True for any JSON value.
    is_any: bool,
}

impl Shape {
    fn or(self, other: Self) -> Self {
        Self {
            is_list: self.is_list || other.is_list,
            is_object: self.is_object || other.is_object,
            is_deep: self.is_deep || other.is_deep,
            is_any: self.is_any || other.is_any,
        }
    }

    fn is_collection(self) -> bool {
        self.is_list || self.is_object
    }
}

/// The shapes of the types of a document.
struct Shapes<'t> {
    types: &'t TypeTable<TypeDef>,
    known: HashMap<TypeId, Shape>,
}

impl Shapes<'_> {
    fn of(&mut self, ty: &Type) -> Shape {
        let mut shape = Shape::default();
        match ty {
            Type::Json => shape.is_any = true,
            Type::Array(item) | Type::OneOrMany(item) => {
                shape.is_list = true;
                shape.is_deep = self.of(item).is_collection();
            }
            Type::Map(value) => {
                shape.is_object = true;
                shape.is_deep = self.of(value).is_collection();
            }
            Type::Nullable(inner) | Type::Boxed(inner) => shape = self.of(inner),
            Type::Named(id) => shape = self.named(*id),
            _ => {}
        }
        shape
    }

    fn named(&mut self, id: TypeId) -> Shape {
        if let Some(shape) = self.known.get(&id) {
            return *shape;
        }
        // A type that contains itself is nested.
        let recursive = Shape {
            is_object: true,
            is_deep: true,
            ..Shape::default()
        };
        self.known.insert(id, recursive);
        let types = self.types;
        let mut shape = Shape::default();
        match &types[id].kind {
            Kind::Enum { .. } => {}
            Kind::Alias(ty) => shape = self.of(ty),
            Kind::Struct { fields, additional } => {
                let sent = fields.iter().filter(|field| !field.read_only);
                let parts = sent.map(|field| &field.ty).chain(additional);
                shape.is_object = true;
                for part in parts {
                    shape.is_deep |= self.of(part).is_collection();
                }
            }
            Kind::Union { variants, .. } => {
                for variant in variants {
                    shape = shape.or(self.of(&variant.ty));
                }
            }
        }
        self.known.insert(id, shape);
        shape
    }

    /// Returns true if no value of a type is a scalar or a list.
    fn is_always_object(&self, ty: &Type, depth: usize) -> bool {
        /// The maximum number of unions and aliases inside each other.
        const MAX_DEPTH: usize = 16;
        match ty {
            Type::Map(_) => true,
            Type::Nullable(inner) | Type::Boxed(inner) => self.is_always_object(inner, depth),
            Type::Named(id) if depth < MAX_DEPTH => match &self.types[*id].kind {
                Kind::Struct { .. } => true,
                Kind::Alias(ty) => self.is_always_object(ty, depth + 1),
                Kind::Union { variants, .. } => {
                    let mut types = variants.iter().map(|variant| &variant.ty);
                    types.all(|ty| self.is_always_object(ty, depth + 1))
                }
                Kind::Enum { .. } => false,
            },
            _ => false,
        }
    }

    /// Returns the keys of an object that the document declares.
    fn keys(&self, ty: &Type) -> Vec<String> {
        let Some(id) = object_id(ty) else {
            return Vec::new();
        };
        match &self.types[id].kind {
            Kind::Alias(ty) => self.keys(ty),
            Kind::Struct { fields, .. } => {
                let sent = fields.iter().filter(|field| !field.read_only);
                sent.map(|field| field.wire.clone()).collect()
            }
            Kind::Enum { .. } | Kind::Union { .. } => Vec::new(),
        }
    }
}

/// Returns the named type that a type is, but not one that it contains.
fn object_id(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) | Type::Boxed(inner) => object_id(inner),
        _ => None,
    }
}
