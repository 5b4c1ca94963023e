//! Lowers an operation: its parameters, its request body, its responses and its security.

use super::Lowering;
use super::describe;
use super::extensions;
use super::pagination;
use super::plan::PlannedOperation;
use super::pointer::Pointer;
use super::response;
use super::retry_rules;
use super::server;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::{Operation, OperationId};
use crate::model::{Docs, Name};

/// Lowers an operation. Continues after an error, so that the problems of all parts are reported.
pub fn lower_operation<'a>(
    lowering: &mut Lowering<'a>,
    planned: &PlannedOperation<'a>,
    id: OperationId,
) -> Option<Operation> {
    let at = Pointer::start(&planned.pointer);
    let source = planned.operation;
    let mut description = describe::non_empty(source.description.as_deref());
    let mut summary = describe::non_empty(source.summary.as_deref());
    let servers = &lowering.document.openapi().servers;
    let server = server::own(servers, planned.item, source);
    let server_note = server.as_ref().map(server::note);
    let note = lowering.ok_or_report(extensions::string(
        &source.extensions,
        extensions::DEPRECATED_NOTE,
        at,
    ));
    let mut deprecated = None;
    if source.deprecated {
        let stated = describe::deprecation(note.flatten(), description);
        (deprecated, description) = (Some(stated.note), stated.description);
        summary = summary.and_then(|summary| describe::without_marker(&summary));
    }
    let name = lowering.operation_name(planned, at);
    let suggested_name = lowering.suggested_name(planned, at);
    let parameters = lowering.parameters(planned, id);
    let body = lowering.body(planned, id);
    let success = lowering.success(planned, at, id);
    let other_formats = lowering.other_formats(planned, id);
    let errors = lowering.declared_errors(planned);
    let conflicts = lowering.conflicts(planned);
    let security = lowering.security(source, at);
    let (mut parameters, success) = (parameters?, success?);
    let path = lowering.path(planned, &mut parameters);
    let pagination = pagination::lower(lowering, planned, &parameters, &success);
    let body = body?.map(|lowered| {
        parameters.extend(lowered.content_type);
        lowered.body
    });
    let rules = retry_rules::lower(&source.extensions, body.as_ref(), at);
    let retry = lowering.ok_or_report(rules);
    Some(Operation {
        name: name?,
        suggested_name: suggested_name?,
        builder: String::new(),
        constant: String::new(),
        result_variable: None,
        pointer: planned.pointer.clone(),
        method: planned.method,
        path: path?,
        server,
        docs: Docs {
            summary,
            description: describe::paragraphs([description.as_deref(), server_note.as_deref()]),
        },
        external_docs: describe::external_docs(source.external_docs.as_ref()),
        deprecated,
        security: security?,
        parameters,
        body,
        other_body_type: None,
        success,
        other_formats,
        redirects: response::redirects(source),
        errors,
        default_error: source.responses.default.is_some(),
        pagination: pagination?,
        conflicts: conflicts?,
        retry: retry?,
    })
}

impl Lowering<'_> {
    /// Returns the value of a result, or records its diagnostic and returns `None`.
    pub fn ok_or_report<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(diagnostic) => self.refuse(diagnostic),
        }
    }

    /// Returns the `operationId`, and the method name that an extension sets, if any.
    fn operation_name(&mut self, planned: &PlannedOperation<'_>, at: Pointer<'_>) -> Option<Name> {
        let extensions = &planned.operation.extensions;
        let ours = self.ok_or_report(extensions::string(extensions, extensions::RUST_NAME, at))?;
        Some(Name {
            wire: planned.operation.operation_id.clone().unwrap_or_default(),
            rust: ours.unwrap_or_default().to_owned(),
        })
    }

    /// Returns the method name that the extension of another generator suggests, or an empty string.
    fn suggested_name(
        &mut self,
        planned: &PlannedOperation<'_>,
        at: Pointer<'_>,
    ) -> Option<String> {
        let extensions = &planned.operation.extensions;
        let name = extensions::string(extensions, extensions::NAME_OVERRIDE, at);
        Some(self.ok_or_report(name)?.unwrap_or_default().to_owned())
    }

    /// Returns the supported security requirements of the operation, or of the document if the
    /// operation has none. An empty requirement allows calls without authorization.
    fn security(
        &mut self,
        operation: &openapiv3::Operation,
        at: Pointer<'_>,
    ) -> Option<Vec<Vec<String>>> {
        let global = self.document.openapi().security.as_ref();
        let alternatives = operation.security.as_ref().or(global);
        let names = |set: &openapiv3::SecurityRequirement| set.keys().cloned().collect();
        let alternatives: Vec<Vec<String>> =
            alternatives.into_iter().flatten().map(names).collect();
        let known = |name: &String| self.schemes.iter().any(|scheme| scheme.name == *name);
        let usable: Vec<_> = alternatives
            .iter()
            .filter(|set| set.iter().all(known))
            .cloned()
            .collect();
        if usable.is_empty() && !alternatives.is_empty() {
            if let Some(name) = alternatives
                .iter()
                .flatten()
                .find(|name| !self.is_scheme(name))
            {
                let message = format!("unknown security scheme `{name}`");
                let at = at.child("security");
                return self.refuse(Diagnostic::new(Code::Reference, at, message));
            }
            let names = alternatives.concat().join("`, `");
            let what = format!("authorization with `{names}`");
            return self.refuse(describe::unsupported(at.child("security"), &what));
        }
        Some(usable)
    }

    /// Returns true if the document has a security scheme of this name, supported or not.
    fn is_scheme(&self, name: &str) -> bool {
        let components = self.document.openapi().components.as_ref();
        components.is_some_and(|components| components.security_schemes.contains_key(name))
    }
}
