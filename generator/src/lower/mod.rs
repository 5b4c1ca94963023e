//! Lowering: converts the typed document into the model.
//!
//! Only this module and `spec` use openapiv3's types. Lowering does not choose names: it sets
//! `rust` only to a name that the document sets, or to a hint for the name of a union variant. For
//! each type, it records in [`Lowered::origins`] the locations after which `names` can name it.

mod arena;
mod body;
mod body_stream;
mod bounds;
mod describe;
mod encoding;
mod error_body;
mod errors;
mod extensions;
mod form_body;
mod implied_tags;
mod inheritance;
mod media;
mod operation;
mod other_types;
mod pagination;
mod parameter;
mod path;
mod plan;
mod pointer;
mod prune;
mod recursion;
mod references;
mod rejected_prefixes;
mod request_types;
mod resource;
mod response;
mod retry_rules;
mod schema;
mod security;
mod serialization;
mod server;
mod variants;
mod webhook;
mod word;

use crate::Unsupported;
use crate::diagnostic::Diagnostic;
use crate::model::unnamed::{Lowered, Type};
use crate::model::{SecurityScheme, Skipped, TypeId};
use crate::spec::Document;
use arena::Arena;
use inheritance::Families;
use std::collections::HashMap;

/// The result of lowering a document.
pub struct Outcome {
    /// The model of the operations that have no problem. `None` if no operation is left.
    pub model: Option<Lowered>,
    /// All errors of the document.
    pub diagnostics: Vec<Diagnostic>,
    /// The warnings about the operations of the model.
    pub warnings: Vec<Diagnostic>,
    /// The operations and other parts of the document that the model lacks because of them.
    pub skipped: Vec<Skipped>,
    /// False if a problem cannot be avoided by skipping operations.
    pub can_skip: bool,
}

/// Lowers the operations with one of the tags, or all operations if there are no tags.
///
/// Operations with an unsupported or invalid part are skipped, and the others are lowered, so that
/// one run finds all problems.
pub fn lower(document: &Document, tags: &[String], unsupported: Unsupported) -> Outcome {
    let mut outcome = Outcome {
        model: None,
        diagnostics: document.problems().to_vec(),
        warnings: Vec::new(),
        skipped: Vec::new(),
        can_skip: true,
    };
    let (mut plan, problems) = plan::select(document, tags);
    if !problems.is_empty() {
        outcome.diagnostics.extend(problems);
        return outcome;
    }
    let families = Families::of(document);
    if let Some(problem) = families.problem() {
        outcome.diagnostics.push(problem);
        return outcome;
    }
    // `prune` does not list problems in parts of the document that no operation reaches.
    match prune::unreached(document, &families) {
        Ok(skipped) => outcome.skipped = skipped,
        Err(prune::Ambiguous) => outcome.can_skip = false,
    }
    let skipped = prune::prune(document, &families, &mut plan, document.problems());
    outcome.skipped.extend(skipped);
    while !plan.resources.is_empty() || outcome.diagnostics.is_empty() {
        match lower_plan(document, &families, &plan, unsupported) {
            Ok((model, warnings)) => {
                (outcome.model, outcome.warnings) = (Some(model), warnings);
                break;
            }
            Err(problems) => {
                let skipped = prune::prune(document, &families, &mut plan, &problems);
                outcome.diagnostics.extend(problems);
                if skipped.is_empty() {
                    break;
                }
                outcome.skipped.extend(skipped);
            }
        }
    }
    outcome
}

/// Lowers all operations of a plan, and returns the model with the warnings, or the problems.
fn lower_plan<'a>(
    document: &'a Document,
    families: &'a Families,
    plan: &plan::Plan<'a>,
    unsupported: Unsupported,
) -> Result<(Lowered, Vec<Diagnostic>), Vec<Diagnostic>> {
    let tags = plan.resources.iter().map(|resource| resource.tag);
    let mut lowering = Lowering::new(document, families, Arena::new(tags), unsupported);
    lowering.components(plan);
    let mut resources = resource::lower(&mut lowering, plan);
    let errors = errors::lower(&mut lowering, plan);
    let webhooks = webhook::lower(&mut lowering, plan);
    if !lowering.diagnostics.is_empty() {
        return Err(lowering.diagnostics);
    }
    let openapi = document.openapi();
    let (mut types, mut origins) = lowering.arena.finish();
    request_types::split(&mut types, &mut origins, &mut resources);
    implied_tags::remove(&mut types, &resources, &errors);
    let recursive_unions = recursion::recursive_unions(&types);
    if !recursive_unions.is_empty() {
        return Err(recursive_unions);
    }
    if let Some(problem) = recursion::too_deep(&types) {
        return Err(vec![problem]);
    }
    let undefined = serialization::resolve(&mut resources, &types);
    if !undefined.is_empty() {
        return Err(undefined);
    }
    variants::resolve_alias_variants(&mut types);
    variants::split_tags(&mut types);
    recursion::box_cycles(&mut types);
    recursion::box_deep_fields(&mut types);
    let lowered = Lowered {
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: describe::non_empty(openapi.info.description.as_deref()),
        external_docs: describe::external_docs(openapi.external_docs.as_ref()),
        server: server::general(&openapi.servers, &resources),
        security: lowering.schemes,
        resources,
        types,
        origins,
        errors,
        webhooks,
    };
    Ok((lowered, lowering.warnings))
}

/// The state of lowering one plan.
struct Lowering<'a> {
    document: &'a Document,
    unsupported: Unsupported,
    arena: Arena,
    diagnostics: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    /// The states of referenced schemas and of compositions, by JSON pointer.
    schema_states: HashMap<String, SchemaState>,
    /// The number of nested references that are being lowered.
    depth: usize,
    /// The intersections of pairs of structs; `None` if the structs are incompatible.
    intersected: HashMap<(TypeId, TypeId), Option<TypeId>>,
    /// The intersections of structs with maps of a type.
    intersected_maps: HashMap<(TypeId, Type), Option<TypeId>>,
    /// The targets of the references in each schema that was searched.
    reference_cache: references::ReferenceCache,
    /// The number of `oneOf` and `anyOf` branches that were merged with other schemas.
    merged_alternatives: usize,
    /// The constants that are booleans, by the JSON pointer of their schema. Their type does not
    /// contain them.
    boolean_constants: HashMap<String, bool>,
    /// The security schemes that the client supports.
    schemes: Vec<SecurityScheme>,
    /// The components that others extend below a discriminator.
    families: &'a Families,
    /// The types of the components of `families` themselves, by JSON pointer; `None` if a type is
    /// rejected.
    own_types: HashMap<String, Option<Type>>,
}

/// The state of a referenced schema or of a composition.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SchemaState {
    /// The schema is being lowered.
    InProgress {
        /// The type's number, if the schema becomes a named type.
        id: TypeId,
        /// True if a part of the schema refers back to it.
        references_itself: bool,
    },
    /// The schema is lowered.
    Done(schema::LoweredType),
    /// The schema is rejected; the reason is among the diagnostics.
    Rejected,
}

impl<'a> Lowering<'a> {
    fn new(
        document: &'a Document,
        families: &'a Families,
        arena: Arena,
        unsupported: Unsupported,
    ) -> Self {
        Self {
            document,
            unsupported,
            arena,
            diagnostics: Vec::new(),
            warnings: Vec::new(),
            schema_states: HashMap::new(),
            depth: 0,
            intersected: HashMap::new(),
            intersected_maps: HashMap::new(),
            reference_cache: references::ReferenceCache::default(),
            merged_alternatives: 0,
            boolean_constants: HashMap::new(),
            schemes: security::schemes(document),
            families,
            own_types: HashMap::new(),
        }
    }

    /// Records a diagnostic and returns `None`.
    ///
    /// The caller rejects the element with the problem. Lowering continues with the next one, so
    /// that one run reports all problems.
    fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
        None
    }

    /// Records a warning. Unlike [`refuse`](Self::refuse), the element is generated.
    fn warn(&mut self, diagnostic: Diagnostic) {
        let warning = diagnostic.as_warning();
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Lowers the schemas of `components` that the plan reaches, in the order of the document.
    ///
    /// They are lowered before all inline schemas, so that an inline schema with the same structure
    /// becomes the component's type.
    fn components(&mut self, plan: &plan::Plan<'a>) {
        for reference in references::reachable_schemas(self.document, self.families, plan) {
            self.reference(&reference);
        }
    }
}
