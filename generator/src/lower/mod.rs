//! Lowering: the typed document becomes the model.
//!
//! This room and `spec` are the only ones that know OpenAPI's types. Names are not decided here: lowering
//! leaves `rust` empty and says, in [`Lowered::origins`], what each type's name is to be made of.

mod arena;
mod body;
mod describe;
mod error_body;
mod errors;
mod extensions;
mod form_body;
mod media;
mod operation;
mod pagination;
mod parameter;
mod pointer;
mod prune;
mod recursion;
mod references;
mod resource;
mod response;
mod schema;
mod security;
mod server;
mod variants;

pub use arena::{Arena, Origin, TypeId};

use crate::diagnostic::Diagnostic;
use crate::model::{Api, SecurityScheme};
use crate::spec::Document;
use std::collections::HashMap;

/// The model before names are decided.
pub struct Lowered {
    pub api: Api,
    /// For each of [`Api::types`], where it was met.
    pub origins: Vec<Vec<Origin>>,
}

/// What to do with operations that are not supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsupported {
    /// Reject the document.
    Reject,
    /// Leave them out and list them.
    Skip,
}

/// Lowers the operations of the given tags, or of all tags when none is given, as far as they are supported: the model
/// lists the others.
pub fn lower(document: &Document, tags: &[String]) -> Result<Lowered, Vec<Diagnostic>> {
    let mut plan = resource::select(document, tags)?;
    // What is wrong with a part of the document that no operation reaches would go unnoticed otherwise.
    let full_plan = resource::select(document, &[])?;
    let mut skipped = prune::unreached(document, &full_plan)?;
    skipped.extend(prune::prune(document, &mut plan, document.problems()));
    if plan.resources.is_empty() && !document.problems().is_empty() {
        return Err(document.problems().to_vec());
    }
    loop {
        match lower_plan(document, &plan) {
            Ok(mut lowered) => {
                lowered.api.skipped = skipped;
                return Ok(lowered);
            }
            Err(problems) => {
                let additional = prune::prune(document, &mut plan, &problems);
                if additional.is_empty() || plan.resources.is_empty() {
                    return Err(problems);
                }
                skipped.extend(additional);
            }
        }
    }
}

/// Lowers all that is lower_partially, and gives every problem of the rest: in one run, not one after another.
pub fn lower_partially(document: &Document, tags: &[String]) -> (Option<Lowered>, Vec<Diagnostic>) {
    let mut problems = document.problems().to_vec();
    let mut plan = match resource::select(document, tags) {
        Ok(plan) => plan,
        Err(additional) => {
            problems.extend(additional);
            return (None, problems);
        }
    };
    prune::prune(document, &mut plan, &problems);
    loop {
        match lower_plan(document, &plan) {
            Ok(lowered) => return (Some(lowered), problems),
            Err(additional) => {
                let pruned = prune::prune(document, &mut plan, &additional);
                problems.extend(additional);
                if pruned.is_empty() || plan.resources.is_empty() {
                    return (None, problems);
                }
            }
        }
    }
}

/// Lowers all of a plan.
fn lower_plan(document: &Document, plan: &resource::Plan<'_>) -> Result<Lowered, Vec<Diagnostic>> {
    let mut lowering = Lowering::new(document);
    lowering.components(plan);
    let resources = resource::lower(&mut lowering, plan);
    let errors = errors::lower(&mut lowering, plan);
    if !lowering.diagnostics.is_empty() {
        return Err(lowering.diagnostics);
    }
    let openapi = document.openapi();
    let (mut types, origins) = lowering.arena.finish();
    let recursive_unions = recursion::recursive_unions(&types);
    if !recursive_unions.is_empty() {
        return Err(recursive_unions);
    }
    if let Some(problem) = recursion::too_deep(&types) {
        return Err(vec![problem]);
    }
    variants::resolve_alias_variants(&mut types);
    recursion::box_cycles(&mut types);
    recursion::box_deep_fields(&mut types);
    let api = Api {
        crate_name: String::new(),
        client: String::new(),
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: describe::non_empty(openapi.info.description.as_deref()),
        server: server::url(&openapi.servers),
        security: lowering.schemes,
        resources,
        types,
        errors,
        skipped: Vec::new(),
    };
    Ok(Lowered { api, origins })
}

/// What lowering carries along.
struct Lowering<'a> {
    document: &'a Document,
    arena: Arena,
    diagnostics: Vec<Diagnostic>,
    /// What each referenced schema and each composition became, by its pointer.
    schema_states: HashMap<String, SchemaState>,
    /// How many of them are being lowered, each for the one before.
    depth: usize,
    /// The structs that were made of two each, by these; none where they do not go together.
    intersected: HashMap<(TypeId, TypeId), Option<TypeId>>,
    /// What refers to what, as far as it was asked.
    reference_cache: references::ReferenceCache,
    /// How many alternatives were merged with what stands beside them.
    merged_alternatives: usize,
    /// The ways to authorise a request that the client has means for.
    schemes: Vec<SecurityScheme>,
}

/// What became of a schema that others refer to or take in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SchemaState {
    /// It is being lowered, and will have this number if it is a type of its own.
    InProgress {
        id: TypeId,
        references_itself: bool,
    },
    Done(schema::LoweredType),
    /// It was refused, and the reason is among the diagnostics.
    Rejected,
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            document,
            arena: Arena::default(),
            diagnostics: Vec::new(),
            schema_states: HashMap::new(),
            depth: 0,
            intersected: HashMap::new(),
            reference_cache: references::ReferenceCache::default(),
            merged_alternatives: 0,
            schemes: security::schemes(document),
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
        for reference in references::reachable_schemas(self.document, plan) {
            self.reference(&reference);
        }
    }
}
