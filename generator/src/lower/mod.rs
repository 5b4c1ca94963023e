//! Lowering: converts the typed document into the model.
//!
//! Only this module and `spec` use openapiv3's types. Lowering does not choose names: it sets
//! `rust` only to a name that the document sets, or to a hint for the name of a union variant. For
//! each type, it records in [`Lowered::origins`] the locations after which `names` can name it.

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

/// The model before its names are assigned.
pub struct Lowered {
    pub api: Api,
    /// The origins of each type in [`Api::types`].
    pub origins: Vec<Vec<Origin>>,
}

/// The treatment of operations with unsupported or invalid parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsupported {
    /// Reject the document.
    Reject,
    /// Skip the operations and list them in the model.
    Skip,
}

/// Lowers the operations with one of the tags, or all operations if there are no tags.
///
/// Skips operations with unsupported or invalid parts, and lists them in the model. Returns the
/// problems if no operation is left, or if skipping operations does not avoid the problems.
pub fn lower(document: &Document, tags: &[String]) -> Result<Lowered, Vec<Diagnostic>> {
    let mut plan = resource::select(document, tags)?;
    // `prune` reports only problems that affect an operation. `unreached` reports the other ones,
    // so it needs the operations of all tags.
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

/// Like [`lower`], but returns all problems instead of listing skipped operations in the model.
///
/// The model contains the operations without problems. It is `None` if there are none, or if
/// skipping operations does not avoid the problems.
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

/// Lowers all operations of a plan, or returns their problems.
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

/// The state of lowering one plan.
struct Lowering<'a> {
    document: &'a Document,
    arena: Arena,
    diagnostics: Vec<Diagnostic>,
    /// The states of referenced schemas and of compositions, by JSON pointer.
    schema_states: HashMap<String, SchemaState>,
    /// The number of nested references that are being lowered.
    depth: usize,
    /// The intersections of pairs of structs; `None` if the structs are incompatible.
    intersected: HashMap<(TypeId, TypeId), Option<TypeId>>,
    /// The references in each schema that [`references::is_recursive`] has searched.
    reference_cache: references::ReferenceCache,
    /// The number of `oneOf` and `anyOf` branches merged with other schemas so far. It is limited.
    merged_alternatives: usize,
    /// The security schemes that the client supports.
    schemes: Vec<SecurityScheme>,
}

/// The state of a referenced schema or of a composition.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SchemaState {
    /// The schema is being lowered.
    InProgress {
        /// The number reserved for the schema's type, in case it becomes a named type.
        id: TypeId,
        /// True if a part of the schema refers to the schema.
        references_itself: bool,
    },
    /// The schema is lowered.
    Done(schema::LoweredType),
    /// The schema is rejected; the reason is among the diagnostics.
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

    /// Records a diagnostic and returns `None`.
    ///
    /// The caller skips the part that has the problem, such as a property or an operation. Lowering
    /// continues with the next part, so that one run reports all problems.
    fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
        None
    }

    /// Lowers the schemas of `components` that the plan reaches, in the order of the document.
    ///
    /// They are lowered before all inline schemas, so that an inline schema with the same structure
    /// becomes the component's type.
    fn components(&mut self, plan: &resource::Plan<'a>) {
        for reference in references::reachable_schemas(self.document, plan) {
            self.reference(&reference);
        }
    }
}
