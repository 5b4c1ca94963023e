//! One operation: its parameters, its body and what it gives.

use super::Lowering;
use super::arena::Origin;
use super::describe::{self, unsupported};
use super::extensions;
use super::pagination;
use super::pointer::At;
use super::resource::Planned;
use super::schema::{Slot, View};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Body, BodyContent, Docs, Location, Name, Operation, Parameter, Status, Success, Type,
};
use openapiv3::{ParameterSchemaOrContent, ReferenceOr, Response, StatusCode};
use std::collections::HashMap;

/// Where an operation will stand in the model: its resource's number and its own.
pub type Position = (usize, usize);

/// Lowers an operation whole, so that every problem in it is found.
pub fn lower_operation(
    lowering: &mut Lowering<'_>,
    planned: &Planned<'_>,
    position: Position,
) -> Option<Operation> {
    let at = At::start(&planned.place);
    let source = planned.operation;
    let description = describe::text(source.description.as_deref());
    let note = lowering.take(extensions::string(
        &source.extensions,
        extensions::DEPRECATED_NOTE,
        at,
    ));
    let name = lowering.operation_name(planned, at);
    let parameters = lowering.parameters(planned, position);
    let body = lowering.body(planned, at, position);
    let success = lowering.success(planned, at, position);
    let errors = lowering.error_statuses(planned);
    let conflicts = lowering.conflicts(planned);
    let success = success?;
    let parameters = parameters?;
    let pagination = pagination::lower(lowering, planned, &parameters, &success);
    Some(Operation {
        name: name?,
        builder: String::new(),
        place: planned.place.clone(),
        method: planned.method,
        path: planned.path.to_owned(),
        docs: Docs {
            summary: describe::text(source.summary.as_deref()),
            description: description.clone(),
        },
        deprecated: source
            .deprecated
            .then(|| describe::deprecation(note.flatten(), description.as_deref())),
        security: lowering.security(source),
        parameters,
        body: body?,
        success,
        errors,
        pagination: pagination?,
        conflicts: conflicts?,
    })
}

impl Lowering<'_> {
    /// The value of a result, its diagnostic noted.
    pub fn take<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(diagnostic) => self.refuse(diagnostic),
        }
    }

    /// The operationId and the name that an extension gives the method, empty when none does.
    fn operation_name(&mut self, planned: &Planned<'_>, at: At<'_>) -> Option<Name> {
        let extensions = &planned.operation.extensions;
        let ours = self.take(extensions::string(extensions, extensions::RUST_NAME, at))?;
        let theirs = self.take(extensions::string(
            extensions,
            extensions::NAME_OVERRIDE,
            at,
        ))?;
        Some(Name {
            wire: planned.operation.operation_id.clone().unwrap_or_default(),
            rust: ours.or(theirs).unwrap_or_default().to_owned(),
        })
    }

    /// What the operation needs: its own requirements, else the document's.
    fn security(&self, operation: &openapiv3::Operation) -> Vec<Vec<String>> {
        let global = self.document.openapi().security.as_ref();
        let alternatives = operation.security.as_ref().or(global);
        let names = |set: &openapiv3::SecurityRequirement| set.keys().cloned().collect();
        alternatives.into_iter().flatten().map(names).collect()
    }

    /// The parameters of the path item and of the operation, which overrides them by name and place.
    fn parameters(&mut self, planned: &Planned<'_>, position: Position) -> Option<Vec<Parameter>> {
        let mut found: Vec<Parameter> = Vec::new();
        let mut complete = true;
        let levels = [
            (&planned.item.parameters, &planned.item_place),
            (&planned.operation.parameters, &planned.place),
        ];
        for (parameters, place) in levels {
            let start = At::start(place);
            let list = start.child("parameters");
            for (index, parameter) in parameters.iter().enumerate() {
                let index = index.to_string();
                let Some(parameter) = self.parameter(parameter, list.child(&index), position)
                else {
                    complete = false;
                    continue;
                };
                let same = |p: &Parameter| {
                    p.name.wire == parameter.name.wire && p.location == parameter.location
                };
                match found.iter_mut().find(|other| same(other)) {
                    Some(overridden) => *overridden = parameter,
                    None => found.push(parameter),
                }
            }
        }
        let fits = complete && self.check_template(planned, &found);
        fits.then_some(found)
    }

    fn parameter(
        &mut self,
        parameter: &ReferenceOr<openapiv3::Parameter>,
        at: At<'_>,
        position: Position,
    ) -> Option<Parameter> {
        let document = self.document;
        match parameter {
            ReferenceOr::Item(parameter) => self.parameter_item(parameter, at, position),
            ReferenceOr::Reference { reference } => {
                let (pointer, parameter) = self.take(document.parameter(reference))?;
                self.parameter_item(parameter, At::start(&pointer), position)
            }
        }
    }

    fn parameter_item(
        &mut self,
        parameter: &openapiv3::Parameter,
        at: At<'_>,
        position: Position,
    ) -> Option<Parameter> {
        let data = parameter.parameter_data_ref();
        let location = match parameter {
            openapiv3::Parameter::Path { .. } => Location::Path,
            openapiv3::Parameter::Query { .. } => Location::Query,
            openapiv3::Parameter::Header { .. } => {
                return self.refuse(unsupported(at, "a header parameter"));
            }
            openapiv3::Parameter::Cookie { .. } => {
                return self.refuse(unsupported(at, "a cookie parameter"));
            }
        };
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            return self.refuse(unsupported(
                at.child("content"),
                "a parameter with `content`",
            ));
        };
        let (resource, operation) = position;
        let origin = Origin::Parameter {
            resource,
            operation,
            wire: data.name.clone(),
        };
        let slot = self.schema_or_reference(schema, at.child("schema"), &origin)?;
        if !is_scalar(&slot.ty) && !self.is_enum(&slot.ty) {
            return self.refuse(unsupported(
                at.child("schema"),
                "a parameter that is not a scalar",
            ));
        }
        let notes = self.parameter_notes(schema, at.child("schema"))?;
        let note = self.take(extensions::string(
            &data.extensions,
            extensions::DEPRECATED_NOTE,
            at,
        ))?;
        let rust = self.take(extensions::string(
            &data.extensions,
            extensions::RUST_NAME,
            at,
        ))?;
        let description = describe::text(data.description.as_deref()).or(notes.description);
        self.describe_type(&slot.ty, description.as_deref());
        let deprecated = data.deprecated.unwrap_or_default() || notes.deprecated.is_some();
        Some(Parameter {
            name: Name {
                wire: data.name.clone(),
                rust: rust.unwrap_or_default().to_owned(),
            },
            location,
            ty: slot.ty,
            required: data.required || location == Location::Path,
            deprecated: deprecated.then(|| describe::deprecation(note, description.as_deref())),
            description,
            default: notes.default,
            example: data
                .example
                .as_ref()
                .map(ToString::to_string)
                .or(notes.example),
        })
    }

    /// Lets a type that says nothing of itself say what its first use does.
    fn describe_type(&mut self, ty: &Type, description: Option<&str>) {
        if let Some(def) = super::Arena::id_of(ty).and_then(|id| self.arena.types.get_mut(id))
            && def.docs.description.is_none()
        {
            def.docs.description = description.map(str::to_owned);
        }
    }

    fn is_enum(&self, ty: &Type) -> bool {
        let def = super::Arena::id_of(ty).and_then(|id| self.arena.types.get(id));
        def.is_some_and(|def| matches!(def.kind, crate::model::Kind::Enum(_)))
    }

    /// A path's placeholders and its path parameters must be the same names.
    fn check_template(&mut self, planned: &Planned<'_>, parameters: &[Parameter]) -> bool {
        let names: Vec<&str> = placeholders(planned.path).collect();
        let mut fits = true;
        for name in &names {
            let declared = |p: &Parameter| p.location == Location::Path && p.name.wire == **name;
            if !parameters.iter().any(declared) {
                fits = false;
                let message =
                    format!("the path has a placeholder `{{{name}}}` but no such parameter");
                self.refuse::<()>(Diagnostic::new(Code::Shape, &planned.place, message).help(
                    format!("add a parameter with `name: {name}` and `in: path`"),
                ));
            }
        }
        for parameter in parameters.iter().filter(|p| p.location == Location::Path) {
            if !names.contains(&parameter.name.wire.as_str()) {
                fits = false;
                let message = format!(
                    "the path has no placeholder for its parameter `{}`",
                    parameter.name.wire
                );
                self.refuse::<()>(Diagnostic::new(Code::Shape, &planned.place, message));
            }
        }
        fits
    }

    #[expect(clippy::option_option, reason = "refused, or no body, or a body")]
    fn body(
        &mut self,
        planned: &Planned<'_>,
        at: At<'_>,
        position: Position,
    ) -> Option<Option<Body>> {
        let document = self.document;
        let Some(body) = &planned.operation.request_body else {
            return Some(None);
        };
        let at = at.child("requestBody");
        match body {
            ReferenceOr::Item(body) => self.body_item(body, at, position).map(Some),
            ReferenceOr::Reference { reference } => {
                let (pointer, body) = self.take(document.request_body(reference))?;
                self.body_item(body, At::start(&pointer), position)
                    .map(Some)
            }
        }
    }

    fn body_item(
        &mut self,
        body: &openapiv3::RequestBody,
        at: At<'_>,
        position: Position,
    ) -> Option<Body> {
        let document = self.document;
        let content = at.child("content");
        let Some((media_type, media)) = body.content.iter().find(|(name, _)| is_json(name)) else {
            return self.refuse(unsupported(content, "a request body that is not JSON"));
        };
        let at = content.child(media_type);
        let Some(schema) = &media.schema else {
            return self.refuse(unsupported(at, "a request body without a schema"));
        };
        let at = at.child("schema");
        let pointer;
        let (schema, at) = match schema {
            ReferenceOr::Item(schema) => (schema, at),
            ReferenceOr::Reference { reference } => {
                let (target, schema) = self.take(document.schema(reference))?;
                pointer = target;
                (schema, At::start(&pointer))
            }
        };
        let view = View::of(schema);
        if !view.is_struct() || view.has_branches() {
            return self.refuse(unsupported(at, "a request body that is not an object"));
        }
        let (resource, operation) = position;
        let origin = |wire: &str| Origin::BodyField {
            resource,
            operation,
            wire: wire.to_owned(),
            item: false,
        };
        Some(Body {
            content: BodyContent::JsonFields(self.properties(
                &view,
                at,
                &origin,
                &HashMap::new(),
            )?),
            description: describe::text(body.description.as_deref()),
        })
    }

    fn success(
        &mut self,
        planned: &Planned<'_>,
        at: At<'_>,
        position: Position,
    ) -> Option<Success> {
        let responses = at.child("responses");
        let mut successes = planned.operation.responses.responses.iter().filter_map(
            |(code, response)| match code {
                StatusCode::Code(code @ 200..=299) => Some((*code, response)),
                _ => None,
            },
        );
        let Some((code, response)) = successes.next() else {
            return self.refuse(unsupported(
                responses,
                "an operation without a 2xx response",
            ));
        };
        if successes.next().is_some() {
            return self.refuse(unsupported(responses, "more than one 2xx response"));
        }
        let token = code.to_string();
        let place = responses.child(&token);
        let document = self.document;
        let pointer;
        let (response, at) = match response {
            ReferenceOr::Item(response) => (response, place),
            ReferenceOr::Reference { reference } => {
                let (target, response) = self.take(document.response(reference))?;
                pointer = target;
                (response, At::start(&pointer))
            }
        };
        let (resource, operation) = position;
        let origin = Origin::Success {
            resource,
            operation,
        };
        let slot = self.response_body(response, at, &origin)?;
        Some(Success {
            status: Status(code),
            ty: slot.map(|slot| slot.ty),
            description: describe::text(Some(&response.description)),
        })
    }

    /// The type of a response's body; none when it has no content.
    #[expect(clippy::option_option, reason = "refused, or no body, or a body")]
    pub fn response_body(
        &mut self,
        response: &Response,
        at: At<'_>,
        origin: &Origin,
    ) -> Option<Option<Slot>> {
        if response.content.is_empty() {
            return Some(None);
        }
        let content = at.child("content");
        let Some((media_type, media)) = response.content.iter().find(|(name, _)| is_json(name))
        else {
            return self.refuse(unsupported(content, "a response that is not JSON"));
        };
        let at = content.child(media_type);
        let Some(schema) = &media.schema else {
            return Some(Some(Slot {
                ty: Type::Json,
                nullable: false,
            }));
        };
        self.schema_or_reference(schema, at.child("schema"), origin)
            .map(Some)
    }

    fn parameter_notes(
        &mut self,
        schema: &ReferenceOr<openapiv3::Schema>,
        at: At<'_>,
    ) -> Option<super::schema::Notes> {
        match schema {
            ReferenceOr::Item(schema) => self.take(super::schema::notes(&schema.schema_data, at)),
            ReferenceOr::Reference { reference } => self.reference_notes(reference),
        }
    }
}

/// Whether a value goes into a URL as one text.
fn is_scalar(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String | Type::Timestamp | Type::Boolean | Type::Integer(_) | Type::Number(_)
    )
}

/// `application/json` and its kin (RFC 6839: the suffix `+json`).
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// The names in braces, in order.
fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
}
