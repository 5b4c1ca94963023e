//! Names of the types in `models`, of their fields and values, and of the error variants.

use super::case::{pascal, singular, snake};
use super::operations::{collision, stems};
use super::scope::Scope;
use crate::diagnostic::Diagnostic;
use crate::lower::{Arena, Origin, TypeId};
use crate::model::{
    Api, BodyContent, Errors, Field, HttpMethod, Kind, Operation, Payload, Resource, Type, TypeDef,
};

/// Names that generated code uses without a path, so that no type may be called so.
const RESERVED: [&str; 28] = [
    "Option",
    "Some",
    "None",
    "Vec",
    "String",
    "Box",
    "Result",
    "Ok",
    "Err",
    "Default",
    "Clone",
    "Copy",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "Serialize",
    "Deserialize",
    "From",
    "Into",
    "AsRef",
    "Send",
    "Sync",
    "Timestamp",
    "ErrorReply",
    "ErrorBody",
    "BTreeMap",
    "Self_",
];

/// Names the types, drops those that nothing reaches, and lets every use say the name.
pub fn assign(api: &mut Api, origins: &[Vec<Origin>], diagnostics: &mut Vec<Diagnostic>) {
    let reached = reached(api);
    let names = Namer::new(api, origins, &reached, diagnostics).names();
    for (def, name) in api.types.iter_mut().zip(&names) {
        def.rust.clone_from(name);
        parts(def, diagnostics);
    }
    api.for_each_type(&mut |ty| rename(ty, &names));
    let mut index = 0;
    api.types.retain(|_| {
        index += 1;
        reached.get(index - 1).copied().unwrap_or_default()
    });
    // By name, so that a new type moves no other.
    api.types.sort_by(|a, b| a.rust.cmp(&b.rust));
    variants(&mut api.errors);
}

fn rename(ty: &mut Type, names: &[String]) {
    match ty {
        Type::Named(number) => {
            let name = number.parse().ok().and_then(|id: TypeId| names.get(id));
            if let Some(name) = name {
                number.clone_from(name);
            }
        }
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            rename(inner, names);
        }
        _ => {}
    }
}

/// Which types the operations and errors use, directly or through others.
fn reached(api: &mut Api) -> Vec<bool> {
    let mut reached = vec![false; api.types.len()];
    let mut waiting = Vec::new();
    api.for_each_use(&mut |ty| waiting.extend(Arena::id_of(ty)));
    while let Some(id) = waiting.pop() {
        if reached.get(id).copied().unwrap_or(true) {
            continue;
        }
        if let Some(mark) = reached.get_mut(id) {
            *mark = true;
        }
        if let Some(TypeDef {
            kind: Kind::Struct(fields),
            ..
        }) = api.types.get(id)
        {
            waiting.extend(fields.iter().filter_map(|field| Arena::id_of(&field.ty)));
        }
    }
    reached
}

/// Decides the names of types from where they were met.
struct Namer<'a> {
    api: &'a Api,
    origins: &'a [Vec<Origin>],
    reached: &'a [bool],
    entities: Vec<Option<TypeId>>,
    scope: Scope,
    names: Vec<Option<String>>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Namer<'a> {
    fn new(
        api: &'a Api,
        origins: &'a [Vec<Origin>],
        reached: &'a [bool],
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let entities = api.resources.iter().map(entity).collect();
        let scope = Scope::reserving(&RESERVED);
        let names = vec![None; api.types.len()];
        Self {
            api,
            origins,
            reached,
            entities,
            scope,
            names,
            diagnostics,
        }
    }

    /// The names in the order of the types. Those that a person chose come first, then the others by how
    /// much they say, so that a derived name gives way to a chosen one.
    fn names(mut self) -> Vec<String> {
        let mut order: Vec<TypeId> = (0..self.api.types.len()).collect();
        order.retain(|&id| self.reached.get(id).copied().unwrap_or_default());
        order.sort_by_key(|&id| self.best(id).map(rank));
        for id in order {
            self.name(id);
        }
        self.names
            .into_iter()
            .map(Option::unwrap_or_default)
            .collect()
    }

    /// The origin that says most about a type.
    fn best(&self, id: TypeId) -> Option<&'a Origin> {
        self.origins
            .get(id)?
            .iter()
            .min_by_key(|origin| rank(origin))
    }

    fn name(&mut self, id: TypeId) -> String {
        if let Some(Some(name)) = self.names.get(id) {
            return name.clone();
        }
        let api = self.api;
        let Some(def) = api.types.get(id) else {
            return String::new();
        };
        let name = if def.rust.is_empty() {
            self.derived(id)
        } else {
            pascal(&def.rust, "Type")
        };
        let chosen = !def.rust.is_empty() || matches!(self.best(id), Some(Origin::Component(_)));
        let name = if chosen {
            self.take(name, def)
        } else {
            self.scope.settle(name, &def.place)
        };
        if let Some(slot) = self.names.get_mut(id) {
            *slot = Some(name.clone());
        }
        name
    }

    fn take(&mut self, name: String, def: &TypeDef) -> String {
        let name = if RESERVED.contains(&name.as_str()) {
            format!("{name}Model")
        } else {
            name
        };
        if let Err(holder) = self.scope.take(&name, &def.place) {
            self.diagnostics
                .push(collision(&def.place, "type", &name, &holder));
        }
        name
    }

    fn derived(&mut self, id: TypeId) -> String {
        let Some(origin) = self.best(id) else {
            return "Unnamed".to_owned();
        };
        match origin {
            Origin::Component(name) => self.component(name),
            Origin::Success {
                resource,
                operation,
            } => self.success(id, *resource, *operation),
            Origin::Error { .. } => self.error(id),
            Origin::ErrorEnum(wire) => format!("Error{}", pascal(wire, "")),
            Origin::Parameter {
                resource,
                operation,
                wire,
            } => {
                let stem = self.operation(*resource, *operation);
                format!(
                    "{}{}",
                    stem.map(|s| s.parameter).unwrap_or_default(),
                    pascal(wire, "")
                )
            }
            Origin::BodyField {
                resource,
                operation,
                wire,
                item,
            } => {
                let stem = self.operation(*resource, *operation);
                format!(
                    "{}{}",
                    stem.map(|s| s.body).unwrap_or_default(),
                    property(wire, *item)
                )
            }
            Origin::Property { parent, wire, item } => {
                format!("{}{}", self.name(*parent), property(wire, *item))
            }
        }
    }

    /// A component keeps its name, without a `Schema` behind it where that leaves a free one.
    fn component(&self, name: &str) -> String {
        let full = pascal(name, "Type");
        let short = full
            .strip_suffix("Schema")
            .filter(|short| !short.is_empty());
        let others = self.origins.iter().flatten();
        let is_taken = |short: &str| {
            others
                .clone()
                .any(|o| matches!(o, Origin::Component(c) if pascal(c, "Type") == short))
        };
        match short {
            Some(short) if !is_taken(short) => short.to_owned(),
            _ => full,
        }
    }

    fn success(&self, id: TypeId, resource: usize, operation: usize) -> String {
        // Of all the operations that give it, the resource whose entity it is names it.
        let owner = self
            .origins
            .get(id)
            .into_iter()
            .flatten()
            .find_map(|origin| match origin {
                Origin::Success { resource, .. } => {
                    let entity = self.entities.get(*resource).copied().flatten();
                    (entity == Some(id)).then_some(*resource)
                }
                _ => None,
            });
        if let Some(resource) = owner.and_then(|owner| self.api.resources.get(owner)) {
            return singular(&resource.name.rust);
        }
        let stem = self.operation(resource, operation).map(|stems| stems.body);
        format!("{}Response", stem.unwrap_or_default())
    }

    /// The payload that most statuses share is the error's detail; another is its first status's.
    fn error(&self, id: TypeId) -> String {
        let statuses = |id: TypeId| {
            let origins = self.origins.get(id).into_iter().flatten();
            origins
                .filter(|origin| matches!(origin, Origin::Error { .. }))
                .count()
        };
        let most = (0..self.api.types.len())
            .rev()
            .max_by_key(|&id| statuses(id));
        if most == Some(id) {
            return "ErrorDetail".to_owned();
        }
        let first = self
            .origins
            .get(id)
            .into_iter()
            .flatten()
            .find_map(|origin| match origin {
                Origin::Error { status } => Some(*status),
                _ => None,
            });
        format!("{}Detail", status_name(first.unwrap_or_default()))
    }

    fn operation(&self, resource: usize, operation: usize) -> Option<super::operations::Stems> {
        let resource = self.api.resources.get(resource)?;
        Some(stems(resource, resource.operations.get(operation)?))
    }
}

/// Which origins name a type before others do.
fn rank(origin: &Origin) -> u8 {
    match origin {
        Origin::Component(_) => 0,
        Origin::Success { .. } => 1,
        Origin::Error { .. } | Origin::ErrorEnum(_) => 2,
        Origin::Parameter { .. } => 3,
        Origin::BodyField { .. } => 4,
        Origin::Property { .. } => 5,
    }
}

fn property(wire: &str, item: bool) -> String {
    let name = pascal(wire, "");
    if item { singular(&name) } else { name }
}

/// The type that a resource is about: what its plain operations give (the one at its path, of one item or
/// of all of them), whichever of them the document has.
fn entity(resource: &Resource) -> Option<TypeId> {
    let tag = resource_word(&resource.name.wire);
    let about = |operation: &&Operation| {
        let last = operation
            .path
            .split('/')
            .rfind(|part| !part.is_empty() && !part.starts_with('{'));
        last.is_some_and(|last| resource_word(last) == tag)
    };
    let plain = resource.operations.iter().filter(about);
    let mut ranked: Vec<_> = plain
        .filter_map(|operation| Some((entity_rank(operation)?, operation)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().find_map(|(_, operation)| {
        let ty = operation.success.ty.as_ref()?;
        Arena::id_of(ty)
    })
}

fn resource_word(name: &str) -> String {
    singular(&pascal(name, "").to_lowercase())
}

/// Getting one says best what a resource is, then listing, creating, changing; deleting says nothing.
fn entity_rank(operation: &Operation) -> Option<u8> {
    let single = operation.path.ends_with('}');
    match (operation.method, single) {
        (HttpMethod::Get, true) => Some(0),
        (HttpMethod::Get, false) if matches!(operation.success.ty, Some(Type::Array(_))) => Some(1),
        (HttpMethod::Post, false) => Some(2),
        (HttpMethod::Patch | HttpMethod::Put, true) => Some(3),
        _ => None,
    }
}

/// Names a type's fields or values.
fn parts(def: &mut TypeDef, diagnostics: &mut Vec<Diagnostic>) {
    match &mut def.kind {
        Kind::Struct(fields) => {
            let own: &[&str] = if def.error_payload { &["reply"] } else { &[] };
            field_names(fields, own, &def.place, diagnostics);
        }
        Kind::Enum(values) => {
            // `Unknown` is what keeps a value that is none of these.
            let mut scope = Scope::reserving(&["Unknown"]);
            for value in values {
                let name = pascal(&value.wire, "Value");
                let name = if name == "Unknown" {
                    "UnknownValue".to_owned()
                } else {
                    name
                };
                value.rust = scope.settle(name, "");
            }
        }
    }
}

fn field_names(fields: &mut [Field], own: &[&str], place: &str, diagnostics: &mut Vec<Diagnostic>) {
    let mut scope = Scope::reserving(own);
    for field in fields {
        let name = snake(if field.rust.is_empty() {
            &field.wire
        } else {
            &field.rust
        });
        let name = if own.contains(&name.as_str()) {
            format!("{name}_")
        } else {
            name
        };
        let at = format!(
            "{place}/properties/{}",
            field.wire.replace('~', "~0").replace('/', "~1")
        );
        if let Err(holder) = scope.take(&name, &at) {
            diagnostics.push(collision(&at, "field", &name, &holder));
        }
        field.rust = name;
    }
}

/// Names the error variants.
fn variants(errors: &mut Errors) {
    let mut scope = Scope::reserving(&["Unexpected"]);
    for variant in &mut errors.variants {
        let name = match variant.rust.as_str() {
            "" => status_name(variant.status.0),
            chosen => pascal(chosen, "Status"),
        };
        variant.rust = scope.settle(name, "");
    }
}

/// The reason phrase that the registry of HTTP status codes has (RFC 9110, section 15), as a name.
fn status_name(status: u16) -> String {
    let name = match status {
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        421 => "MisdirectedRequest",
        422 => "UnprocessableEntity",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        507 => "InsufficientStorage",
        508 => "LoopDetected",
        511 => "NetworkAuthenticationRequired",
        other => return format!("Status{other}"),
    };
    name.to_owned()
}

impl Api {
    /// Every type that an operation or an error speaks of.
    fn for_each_use(&mut self, visit: &mut dyn FnMut(&mut Type)) {
        for operation in self
            .resources
            .iter_mut()
            .flat_map(|resource| &mut resource.operations)
        {
            operation
                .parameters
                .iter_mut()
                .for_each(|parameter| visit(&mut parameter.ty));
            if let Some(body) = &mut operation.body {
                let BodyContent::JsonFields(fields) = &mut body.content;
                fields.iter_mut().for_each(|field| visit(&mut field.ty));
            }
            operation.success.ty.iter_mut().for_each(&mut *visit);
            operation
                .pagination
                .iter_mut()
                .for_each(|pagination| visit(&mut pagination.item));
        }
        for variant in &mut self.errors.variants {
            if let Payload::One(body) = &mut variant.payload {
                visit(&mut body.ty);
            }
        }
    }

    /// The same, and every type that another is made of.
    fn for_each_type(&mut self, visit: &mut dyn FnMut(&mut Type)) {
        self.for_each_use(visit);
        for def in &mut self.types {
            if let Kind::Struct(fields) = &mut def.kind {
                fields.iter_mut().for_each(|field| visit(&mut field.ty));
            }
        }
    }
}
