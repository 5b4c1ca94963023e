//! Lowering: the typed document becomes the model.
//!
//! This room and `spec` are the only ones that know OpenAPI's types. Names are not decided here: lowering
//! leaves `rust` empty and says, in [`Lowered::origins`], what each type's name is to be made of.

mod arena;
mod describe;
mod errors;
mod extensions;
mod operation;
mod pagination;
mod pointer;
mod recursion;
mod references;
mod resource;
mod schema;

pub use arena::{Arena, Origin, TypeId};

use crate::diagnostic::Diagnostic;
use crate::model::{Api, SecurityKind, SecurityScheme};
use crate::spec::Document;
use openapiv3::{APIKeyLocation, ReferenceOr};
use pointer::At;
use std::collections::HashMap;

/// The model before names are decided.
pub struct Lowered {
    pub api: Api,
    /// For each of [`Api::types`], where it was met.
    pub origins: Vec<Vec<Origin>>,
}

/// Lowers the operations of the given tags, or of all tags when none is given.
pub fn lower(document: &Document, tags: &[String]) -> Result<Lowered, Vec<Diagnostic>> {
    let mut lowering = Lowering::new(document);
    let plan = resource::select(&mut lowering, tags);
    lowering.components(&plan);
    let security = lowering.security_schemes();
    let resources = resource::lower(&mut lowering, &plan);
    let errors = errors::lower(&mut lowering, &plan);
    if !lowering.diagnostics.is_empty() {
        return Err(lowering.diagnostics);
    }
    let openapi = document.openapi();
    let mut types = lowering.arena.types;
    recursion::box_cycles(&mut types);
    let api = Api {
        crate_name: String::new(),
        client: String::new(),
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: describe::text(openapi.info.description.as_deref()),
        server: openapi.servers.first().map(|server| server.url.clone()),
        security,
        resources,
        types,
        errors,
    };
    Ok(Lowered {
        api,
        origins: lowering.arena.origins,
    })
}

/// What lowering carries along.
struct Lowering<'a> {
    document: &'a Document,
    arena: Arena,
    diagnostics: Vec<Diagnostic>,
    /// What each referenced schema became, by its pointer.
    targets: HashMap<String, Target>,
}

/// What became of a schema that others refer to.
#[derive(Clone, Debug)]
enum Target {
    /// It is being lowered, and will have this number if it is a type of its own.
    InProgress(TypeId),
    Done(schema::Slot),
    /// It was refused, and the reason is among the diagnostics.
    Refused,
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            document,
            arena: Arena::default(),
            diagnostics: Vec::new(),
            targets: HashMap::new(),
        }
    }

    /// Notes a problem. What depends on the place gives up, the rest goes on, so that one run shows all.
    fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
        None
    }

    /// Lowers the components that the plan reaches, in the document's order, before anything inline:
    /// an inline schema that equals one of them then takes its type.
    fn components(&mut self, plan: &resource::Plan<'a>) {
        for reference in references::reached(self.document, plan) {
            self.reference(&reference);
        }
    }

    fn security_schemes(&mut self) -> Vec<SecurityScheme> {
        let document = self.document;
        let Some(components) = &document.openapi().components else {
            return Vec::new();
        };
        let mut schemes = Vec::new();
        for (name, scheme) in &components.security_schemes {
            let start = At::start("/components/securitySchemes");
            let at = start.child(name);
            let ReferenceOr::Item(scheme) = scheme else {
                self.refuse::<()>(describe::unsupported(
                    at,
                    "a reference to a security scheme",
                ));
                continue;
            };
            match security_kind(scheme) {
                Some(kind) => schemes.push(SecurityScheme {
                    name: name.clone(),
                    kind,
                }),
                None => {
                    self.refuse::<()>(describe::unsupported(at, "this kind of security scheme"));
                }
            }
        }
        schemes
    }
}

fn security_kind(scheme: &openapiv3::SecurityScheme) -> Option<SecurityKind> {
    match scheme {
        openapiv3::SecurityScheme::HTTP { scheme, .. } => match scheme.to_lowercase().as_str() {
            "bearer" => Some(SecurityKind::Bearer),
            "basic" => Some(SecurityKind::Basic),
            _ => None,
        },
        openapiv3::SecurityScheme::APIKey { location, name, .. } => Some(match location {
            APIKeyLocation::Header => SecurityKind::ApiKeyHeader(name.clone()),
            APIKeyLocation::Query => SecurityKind::ApiKeyQuery(name.clone()),
            APIKeyLocation::Cookie => SecurityKind::ApiKeyCookie(name.clone()),
        }),
        // Whatever the flow that obtains it, what a request carries is a bearer token (RFC 6750).
        openapiv3::SecurityScheme::OAuth2 { .. }
        | openapiv3::SecurityScheme::OpenIDConnect { .. } => Some(SecurityKind::Bearer),
    }
}
