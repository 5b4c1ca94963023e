//! Lowers the parameters of an operation: path, query, header and cookie parameters.

use super::Lowering;
use super::describe::{self, unsupported};
use super::extensions;
use super::plan::PlannedOperation;
use super::pointer::Pointer;
use super::rejected_prefixes::rejected_prefixes;
use super::schema::{Annotations, LoweredType, annotations};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::{OperationId, Origin, Parameter, Type};
use crate::model::{Location, NO_DEPRECATION_NOTE, Name, Style};
use openapiv3::{
    ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, Schema,
};

/// The header parameters that are ignored (OpenAPI 3.0.3, section 4.7.12.2), because other parts of
/// the document describe them.
const RESERVED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

impl Lowering<'_> {
    /// Lowers the parameters of the path item and of the operation. A parameter of the operation
    /// overrides a parameter of the path item with the same name and location.
    pub fn parameters(
        &mut self,
        planned: &PlannedOperation<'_>,
        operation: OperationId,
    ) -> Option<Vec<Parameter>> {
        let mut found: Vec<Parameter> = Vec::new();
        let mut complete = true;
        let levels = [
            (&planned.item.parameters, &planned.item_pointer),
            (&planned.operation.parameters, &planned.pointer),
        ];
        for (parameters, pointer) in levels {
            let start = Pointer::start(pointer);
            let list = start.child("parameters");
            let mut declared: Vec<(Parameter, String)> = Vec::new();
            for (index, parameter) in parameters.iter().enumerate() {
                let index = index.to_string();
                let Some(parameter) = self.parameter(parameter, list.child(&index), operation)
                else {
                    complete = false;
                    continue;
                };
                let at = list.child(&index).to_string();
                let twin = declared
                    .iter()
                    .find(|(other, _)| is_same(other, &parameter));
                if let Some((_, first)) = twin {
                    let twice = self.declared_twice(&parameter, &at, first);
                    self.refuse::<()>(twice);
                    complete = false;
                    continue;
                }
                declared.push((parameter, at));
            }
            for (parameter, _) in declared {
                match found.iter_mut().find(|other| is_same(other, &parameter)) {
                    Some(overridden) => *overridden = parameter,
                    None => found.push(parameter),
                }
            }
        }
        found.retain(|parameter| {
            let wire = parameter.name.wire.to_ascii_lowercase();
            parameter.location != Location::Header || !RESERVED_HEADERS.contains(&wire.as_str())
        });
        complete.then_some(found)
    }

    /// Returns the error for a parameter that a list declares twice.
    fn declared_twice(&self, parameter: &Parameter, at: &str, first: &str) -> Diagnostic {
        let name = &parameter.name.wire;
        let location = parameter.location.as_str();
        let message = format!("duplicate {location} parameter `{name}`");
        Diagnostic::new(Code::Shape, at, message)
            .related("first declared here", self.document.locate(first))
            .help("remove one of the two")
    }

    fn parameter(
        &mut self,
        parameter: &ReferenceOr<openapiv3::Parameter>,
        at: Pointer<'_>,
        operation: OperationId,
    ) -> Option<Parameter> {
        let document = self.document;
        match parameter {
            ReferenceOr::Item(parameter) => self.parameter_item(parameter, at, operation),
            ReferenceOr::Reference { reference } => {
                let (pointer, parameter) = self.ok_or_report(document.parameter(reference))?;
                self.parameter_item(parameter, Pointer::start(&pointer), operation)
            }
        }
    }

    fn parameter_item(
        &mut self,
        parameter: &openapiv3::Parameter,
        at: Pointer<'_>,
        operation: OperationId,
    ) -> Option<Parameter> {
        let data = parameter.parameter_data_ref();
        let (location, style) = Self::style(parameter);
        if location == Location::Path && !data.required {
            let message = format!("the path parameter `{}` must be required", data.name);
            self.warn(
                Diagnostic::new(Code::Shape, at, message)
                    .help("a segment of a path cannot be omitted: add `required: true`"),
            );
        }
        let (allow_reserved, allow_empty) = match parameter {
            openapiv3::Parameter::Query {
                allow_reserved,
                allow_empty_value,
                ..
            } => (*allow_reserved, allow_empty_value.unwrap_or_default()),
            _ => (false, false),
        };
        let (lowered_type, annotations, style) =
            self.parameter_value(data, at, operation, style)?;
        if allow_empty && data.required && lowered_type.ty != Type::String {
            let message = format!("`allowEmptyValue` has no effect on `{}`", data.name);
            let help = "the parameter is required, so that callers pass a value";
            self.warn(Diagnostic::new(Code::Unsupported, at, message).help(help));
        }
        let note = self.ok_or_report(extensions::string(
            &data.extensions,
            extensions::DEPRECATED_NOTE,
            at,
        ))?;
        let rust = self.ok_or_report(extensions::string(
            &data.extensions,
            extensions::RUST_NAME,
            at,
        ))?;
        let mut description =
            describe::non_empty(data.description.as_deref()).or(annotations.description);
        let mut deprecated = None;
        if data.deprecated.unwrap_or_default() || annotations.deprecated.is_some() {
            let inherited = annotations.deprecated.as_deref();
            let note = note.or(inherited.filter(|note| *note != NO_DEPRECATION_NOTE));
            let stated = describe::deprecation(note, description);
            (deprecated, description) = (Some(stated.note), stated.description);
        }
        let bounds = match (&description, &data.format) {
            (None, ParameterSchemaOrContent::Schema(schema)) => {
                self.bounds(schema, at.child("schema"))
            }
            _ => None,
        };
        self.describe_type(&lowered_type.ty, description.as_deref());
        let accepts_prefixes = location == Location::Query
            && matches!(lowered_type.ty, Type::String | Type::Formatted(_))
            && !allow_reserved;
        let rejected_prefixes = rejected_prefixes(&data.extensions, accepts_prefixes, at);
        let rejected_prefixes = self.ok_or_report(rejected_prefixes)?;
        Some(Parameter {
            name: Name {
                wire: data.name.clone(),
                rust: rust.unwrap_or_default().to_owned(),
            },
            pointer: at.to_string(),
            location,
            style,
            ty: lowered_type.ty.as_list(),
            required: data.required || location == Location::Path,
            allow_reserved,
            allow_empty,
            deprecated,
            description,
            default: annotations.default,
            example: data
                .example
                .as_ref()
                .map(ToString::to_string)
                .or(annotations.example),
            bounds,
            rejected_prefixes,
        })
    }

    /// Returns the location of a parameter, and the serialization of a value that is not a scalar.
    fn style(parameter: &openapiv3::Parameter) -> (Location, Style) {
        let explode = parameter.parameter_data_ref().explode;
        match parameter {
            openapiv3::Parameter::Path { style, .. } => {
                let explode = explode.unwrap_or_default();
                let style = match style {
                    PathStyle::Simple => Style::Simple { explode },
                    PathStyle::Label => Style::Label { explode },
                    PathStyle::Matrix => Style::Matrix { explode },
                };
                (Location::Path, style)
            }
            openapiv3::Parameter::Header { .. } => (
                Location::Header,
                Style::Simple {
                    explode: explode.unwrap_or_default(),
                },
            ),
            openapiv3::Parameter::Cookie { .. } => (
                Location::Cookie,
                Style::Form {
                    explode: explode.unwrap_or(true),
                },
            ),
            openapiv3::Parameter::Query { style, .. } => {
                let style = match style {
                    QueryStyle::Form => Style::Form {
                        explode: explode.unwrap_or(true),
                    },
                    // An exploded value has no delimiters, so these styles equal `form`.
                    QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited
                        if explode == Some(true) =>
                    {
                        Style::Form { explode: true }
                    }
                    QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                    QueryStyle::PipeDelimited => Style::PipeDelimited,
                    QueryStyle::DeepObject => Style::DeepObject,
                };
                (Location::Query, style)
            }
        }
    }

    /// Lowers the type of a parameter. Returns it with its annotations and its style, which is JSON
    /// for a parameter with `content`.
    fn parameter_value(
        &mut self,
        data: &ParameterData,
        at: Pointer<'_>,
        operation: OperationId,
        style: Style,
    ) -> Option<(LoweredType, Annotations, Style)> {
        let origin = Origin::Parameter {
            operation,
            wire: data.name.clone(),
        };
        match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let at = at.child("schema");
                let lowered_type = self.schema_or_reference(schema, at, &origin)?;
                Some((lowered_type, self.parameter_annotations(schema, at)?, style))
            }
            ParameterSchemaOrContent::Content(content) => {
                let content_at = at.child("content");
                let json = content.iter().find(|(name, _)| super::media::is_json(name));
                let Some((name, media)) = json else {
                    return self.refuse(unsupported(
                        content_at,
                        "parameter `content` other than JSON",
                    ));
                };
                let media_at = content_at.child(name);
                let at = media_at.child("schema");
                let Some(schema) = &media.schema else {
                    let annotations =
                        self.ok_or_report(annotations(&openapiv3::SchemaData::default(), at))?;
                    return Some((LoweredType::of(Type::Json), annotations, Style::Json));
                };
                let lowered_type = self.schema_or_reference(schema, at, &origin)?;
                Some((
                    lowered_type,
                    self.parameter_annotations(schema, at)?,
                    Style::Json,
                ))
            }
        }
    }

    fn parameter_annotations(
        &mut self,
        schema: &ReferenceOr<Schema>,
        at: Pointer<'_>,
    ) -> Option<Annotations> {
        match schema {
            ReferenceOr::Item(schema) => self.ok_or_report(annotations(&schema.schema_data, at)),
            ReferenceOr::Reference { reference } => self.reference_annotations(reference),
        }
    }

    /// Sets the description of a type without one to the description of the parameter.
    fn describe_type(&mut self, ty: &Type, description: Option<&str>) {
        if let Some(id) = ty.id() {
            let docs = &mut self.arena[id].docs;
            if docs.description.is_none() {
                docs.description = description.map(str::to_owned);
            }
        }
    }
}

/// Returns true if two parameters have the same name and location. Names of headers are
/// case-insensitive.
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    let (a, b) = (&one.name.wire, &other.name.wire);
    let is_header = one.location == Location::Header;
    one.location == other.location && (a == b || is_header && a.eq_ignore_ascii_case(b))
}
