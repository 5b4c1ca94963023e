//! What operations answer when something is wrong: one variant a status.

use super::arena::Origin;
use super::describe::{self, unsupported};
use super::extensions;
use super::pointer::At;
use super::resource::{Plan, Planned};
use super::schema::View;
use super::{Arena, Lowering};
use crate::model::{
    EnumValue, ErrorBody, ErrorVariant, Errors, Kind, Payload, Status, Type, TypeDef,
};
use openapiv3::{ReferenceOr, Response, Schema, StatusCode};
use std::collections::{BTreeMap, HashMap};

/// A status as one operation declares it.
struct Declared {
    name: Option<String>,
    description: Option<String>,
    body: Option<ErrorBody>,
    place: String,
}

/// Lowers the error replies of all operations of the plan.
pub fn lower<'a>(lowering: &mut Lowering<'a>, plan: &Plan<'a>) -> Errors {
    let mut statuses: BTreeMap<Status, Vec<Declared>> = BTreeMap::new();
    let mut enums = ErrorEnums::default();
    for planned in plan
        .resources
        .iter()
        .flat_map(|resource| &resource.operations)
    {
        for (status, response, place) in responses(lowering, planned) {
            if let Some(declared) = declared(lowering, &mut enums, status, response, &place) {
                statuses.entry(status).or_default().push(declared);
            }
        }
    }
    let variants: Vec<_> = statuses
        .into_iter()
        .filter_map(|(status, all)| variant(lowering, status, all))
        .collect();
    for variant in &variants {
        if let Payload::One(body) = &variant.payload {
            mark(lowering, &body.ty);
        }
    }
    Errors { variants }
}

/// The operation's error responses, resolved.
fn responses<'a>(
    lowering: &mut Lowering<'a>,
    planned: &Planned<'a>,
) -> Vec<(Status, &'a Response, String)> {
    let document = lowering.document;
    let start = At::start(&planned.place);
    let at = start.child("responses");
    let mut found = Vec::new();
    if planned.operation.responses.default.is_some() {
        lowering.refuse::<()>(unsupported(at.child("default"), "a default response"));
    }
    for (code, response) in &planned.operation.responses.responses {
        let token = code.to_string();
        let status = match code {
            StatusCode::Code(code @ 400..=599) => Status(*code),
            StatusCode::Code(_) => continue,
            StatusCode::Range(_) => {
                lowering.refuse::<()>(unsupported(at.child(&token), "a range of statuses"));
                continue;
            }
        };
        match response {
            ReferenceOr::Item(response) => {
                found.push((status, response, at.child(&token).to_string()));
            }
            ReferenceOr::Reference { reference } => {
                let target = lowering.take(document.response(reference));
                found.extend(target.map(|(pointer, response)| (status, response, pointer)));
            }
        }
    }
    found
}

fn declared(
    lowering: &mut Lowering<'_>,
    enums: &mut ErrorEnums,
    status: Status,
    response: &Response,
    place: &str,
) -> Option<Declared> {
    let start = At::start(place);
    let content = start.child("content");
    let json = response
        .content
        .iter()
        .find(|(name, _)| super::operation::is_json(name));
    let schema = json.and_then(|(name, media)| Some((name, media.schema.as_ref()?)));
    let mut declared = Declared {
        name: lowering.take(override_name(&response.extensions, start))?,
        description: describe::text(Some(&response.description)),
        body: None,
        place: place.to_owned(),
    };
    let Some((media_type, schema)) = schema else {
        // A body of another kind is kept whole by the variant, as text.
        return Some(declared);
    };
    let media = content.child(media_type);
    let at = media.child("schema");
    if let ReferenceOr::Item(schema) = schema {
        let name = lowering.take(override_name(&schema.schema_data.extensions, at))?;
        declared.name = declared.name.or(name);
    }
    enums.status = status.0;
    declared.body = Some(lowering.error_body(enums, schema, at)?);
    Some(declared)
}

fn override_name(
    extensions: &extensions::Extensions,
    at: At<'_>,
) -> Result<Option<String>, crate::diagnostic::Diagnostic> {
    let ours = extensions::string(extensions, extensions::RUST_NAME, at)?;
    let theirs = extensions::string(extensions, extensions::NAME_OVERRIDE, at)?;
    Ok(ours.or(theirs).map(str::to_owned))
}

/// The variant of a status that every operation must declare alike.
fn variant(
    lowering: &mut Lowering<'_>,
    status: Status,
    declared: Vec<Declared>,
) -> Option<ErrorVariant> {
    let first = declared.first()?;
    if let Some(other) = declared.iter().find(|other| other.body != first.body) {
        let at = At::start(&other.place);
        let what = format!(
            "a body for status {} that differs from another operation's",
            status.0
        );
        return lowering.refuse(unsupported(at, &what));
    }
    Some(ErrorVariant {
        status,
        rust: first.name.clone().unwrap_or_default(),
        description: first.description.clone(),
        payload: first.body.clone().map_or(Payload::None, Payload::One),
    })
}

/// The enums of error bodies: one for each property's name, whose values are those of all bodies.
#[derive(Default)]
struct ErrorEnums {
    /// The status whose body is being lowered.
    status: u16,
    by_property: HashMap<String, usize>,
}

impl Lowering<'_> {
    /// The payload of an error and the envelope around it.
    fn error_body(
        &mut self,
        enums: &mut ErrorEnums,
        schema: &ReferenceOr<Schema>,
        at: At<'_>,
    ) -> Option<ErrorBody> {
        let document = self.document;
        let outer_place;
        let (outer, at) = match schema {
            ReferenceOr::Item(outer) => (outer, at),
            ReferenceOr::Reference { reference } => {
                let (pointer, outer) = self.take(document.schema(reference))?;
                outer_place = pointer;
                (outer, At::start(&outer_place))
            }
        };
        let view = View::of(outer);
        let properties = at.child("properties");
        if let Some((key, inner)) = envelope(&view) {
            let envelope = vec![key.clone()];
            return match inner {
                ReferenceOr::Item(inner) if View::of(inner).is_struct() => {
                    let ty = self.error_type(enums, inner, properties.child(key))?;
                    Some(ErrorBody { envelope, ty })
                }
                ReferenceOr::Reference { reference } => {
                    let ty = self.reference(reference)?.ty;
                    Some(ErrorBody { envelope, ty })
                }
                ReferenceOr::Item(_) => self.whole(enums, schema, outer, at),
            };
        }
        self.whole(enums, schema, outer, at)
    }

    /// A body that is its own payload.
    fn whole(
        &mut self,
        enums: &mut ErrorEnums,
        schema: &ReferenceOr<Schema>,
        outer: &Schema,
        at: At<'_>,
    ) -> Option<ErrorBody> {
        let ty = match schema {
            ReferenceOr::Reference { reference } => self.reference(reference)?.ty,
            ReferenceOr::Item(_) => self.error_type(enums, outer, at)?,
        };
        Some(ErrorBody {
            envelope: Vec::new(),
            ty,
        })
    }

    /// An inline payload. Its string enums are open and shared, so that bodies which differ in their
    /// values alone are one type.
    fn error_type(&mut self, enums: &mut ErrorEnums, schema: &Schema, at: At<'_>) -> Option<Type> {
        let view = View::of(schema);
        if !view.is_struct() || view.has_branches() {
            return self.refuse(unsupported(at, "an error body that is not an object"));
        }
        let id = self.arena.reserve("");
        let fields = self.error_fields(enums, &view, at, id)?;
        let def = TypeDef {
            rust: String::new(),
            place: at.to_string(),
            docs: crate::model::Docs {
                summary: None,
                description: describe::text(schema.schema_data.description.as_deref()),
            },
            deprecated: None,
            error_payload: true,
            kind: Kind::Struct(fields),
        };
        let origin = Origin::Error {
            status: enums.status,
        };
        Some(Arena::named(self.arena.settle(id, def, origin)))
    }

    fn error_fields(
        &mut self,
        enums: &mut ErrorEnums,
        view: &View<'_>,
        at: At<'_>,
        id: usize,
    ) -> Option<Vec<crate::model::Field>> {
        let origin = |wire: &str| Origin::Property {
            parent: id,
            wire: wire.to_owned(),
            item: false,
        };
        let properties = at.child("properties");
        let mut shared = HashMap::new();
        for (wire, schema) in view.properties {
            let ReferenceOr::Item(schema) = schema else {
                continue;
            };
            let part = View::of(schema);
            if part.is_string_enum() {
                let values = part.enumeration.iter().filter_map(|value| value.as_str());
                let place = properties.child(wire).to_string();
                let ty = self.error_enum(enums, wire, values, place, schema);
                shared.insert(wire.as_str(), ty);
            }
        }
        self.properties(view, at, &origin, &shared)
    }

    /// The open enum of a property, with these values besides those it has.
    fn error_enum<'v>(
        &mut self,
        enums: &mut ErrorEnums,
        wire: &str,
        values: impl Iterator<Item = &'v str>,
        place: String,
        schema: &Schema,
    ) -> Type {
        let id = *enums.by_property.entry(wire.to_owned()).or_insert_with(|| {
            let id = self.arena.reserve(&place);
            if let Some(def) = self.arena.types.get_mut(id) {
                def.kind = Kind::Enum(Vec::new());
                def.docs.description = describe::text(schema.schema_data.description.as_deref());
            }
            self.arena.meet(id, Origin::ErrorEnum(wire.to_owned()));
            id
        });
        if let Some(TypeDef {
            kind: Kind::Enum(known),
            ..
        }) = self.arena.types.get_mut(id)
        {
            for value in values {
                if known.iter().all(|known| known.wire != value) {
                    known.push(EnumValue {
                        wire: value.to_owned(),
                        rust: String::new(),
                    });
                }
            }
        }
        Arena::named(id)
    }

    /// What each declared error status means, for the operation's docs.
    pub fn error_statuses(&mut self, planned: &Planned<'_>) -> Vec<(Status, Option<String>)> {
        let document = self.document;
        let mut statuses = Vec::new();
        for (code, response) in &planned.operation.responses.responses {
            let StatusCode::Code(code @ 400..=599) = code else {
                continue;
            };
            let response = match response {
                ReferenceOr::Item(response) => Some(response),
                ReferenceOr::Reference { reference } => document
                    .response(reference)
                    .ok()
                    .map(|(_, response)| response),
            };
            let description = response.and_then(|r| describe::text(Some(&r.description)));
            statuses.push((Status(*code), description));
        }
        statuses
    }
}

/// The one property of an object that exists to hold it.
fn envelope<'s>(view: &View<'s>) -> Option<(&'s String, &'s ReferenceOr<Box<Schema>>)> {
    if !view.is_struct() || view.has_branches() || view.properties.len() != 1 {
        return None;
    }
    view.properties.iter().next()
}

/// Marks a payload's type: it keeps the reply it came in.
fn mark(lowering: &mut Lowering<'_>, ty: &Type) {
    if let Some(def) = Arena::id_of(ty).and_then(|id| lowering.arena.types.get_mut(id)) {
        def.error_payload = matches!(def.kind, Kind::Struct(_));
    }
}
