//! Path items, operations, and their parameters and responses.

use super::super::report::{Step, quoted};
use super::super::tree::{Node, Object};
use super::draft::Draft;
use super::{Converter, Part, boolean, object, string};
use crate::diagnostic::Code;
use crate::span::Span;

impl<'t> Converter<'t> {
    pub(super) fn path_item(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = self.parts(node, |key| {
            Some(match key {
                "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => {
                    Part::One(Self::operation)
                }
                "parameters" => Part::Each(Self::parameter),
                _ => return None,
            })
        })?;
        self.reference(&draft, Self::path_item);
        self.other_methods(&mut draft);
        draft.finish()
    }

    /// Rejects the operations with other methods than those of OpenAPI 3.0.
    fn other_methods(&mut self, draft: &mut Draft<'t>) {
        if let Some(query) = draft.remove("query") {
            self.refuse_method("query", "QUERY", query.key);
        }
        let Some(others) = draft.original().get("additionalOperations") else {
            return;
        };
        draft.remove("additionalOperations");
        self.report.enter(Step::Key("additionalOperations"));
        for (method, entry) in others.as_object().into_iter().flat_map(Object::iter) {
            self.refuse_method(method, method, entry.key);
        }
        self.report.leave();
    }

    fn refuse_method(&mut self, key: &str, method: &str, at: Span) {
        let message = format!(
            "operations with the method {} are not supported",
            quoted(method)
        );
        let help = "use another method, or call the operation with a custom request";
        self.refuse(key, at, Code::Unsupported, message, help);
    }

    fn operation(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = self.parts(node, |key| {
            Some(match key {
                "parameters" => Part::Each(Self::parameter),
                "requestBody" => Part::One(Self::request_body),
                "responses" => Part::Each(Self::response),
                "callbacks" => Part::Each(Self::callback),
                "security" => Part::Each(Self::security_requirement),
                _ => return None,
            })
        })?;
        if !draft.has("responses") {
            let responses = object(draft.span, Object::default());
            draft.set("responses", draft.span, responses);
        }
        draft.finish()
    }

    pub(super) fn callback(&mut self, node: &'t Node) -> Option<Node> {
        if node.get("$ref").is_some() {
            return None;
        }
        self.each(node, Self::path_item)
    }

    pub(super) fn parameter(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = self.parts(node, value_part)?;
        self.reference(&draft, Self::parameter);
        if draft.get("style").and_then(Node::as_str) == Some("cookie") {
            // The style of OpenAPI 3.2 differs from `form` only in its percent-encoding.
            let span = draft.get("style").map_or(draft.span, |style| style.span);
            draft.replace("style", string(span, "form"));
        }
        if draft.get("in").and_then(Node::as_str) == Some("querystring") {
            self.query_string(&mut draft);
        }
        draft.finish()
    }

    /// Converts a parameter for the whole query to an exploded object.
    fn query_string(&mut self, draft: &mut Draft<'t>) {
        let content = draft.get("content").and_then(Node::as_object);
        let form = content.and_then(|content| content.entry("application/x-www-form-urlencoded"));
        let schema = form.and_then(|form| form.node.as_object()?.entry("schema").cloned());
        let location = draft.original().entry("in");
        let (at, span) = location.map_or((draft.span, draft.span), |location| {
            (location.key, location.node.span)
        });
        let Some(schema) = schema else {
            let message = "`querystring` parameter without a form is not supported".to_owned();
            let help = "use the media type `application/x-www-form-urlencoded` with a schema, or query parameters";
            self.refuse("in", span, Code::Unsupported, message, help);
            return draft.replace("in", string(span, "query"));
        };
        draft.remove("content");
        draft.set("schema", schema.key, schema.node);
        draft.replace("in", string(span, "query"));
        draft.set("style", at, string(span, "form"));
        draft.set("explode", at, boolean(span, true));
    }

    pub(super) fn header(&mut self, node: &'t Node) -> Option<Node> {
        let draft = self.parts(node, value_part)?;
        self.reference(&draft, Self::header);
        draft.finish()
    }

    pub(super) fn request_body(&mut self, node: &'t Node) -> Option<Node> {
        let draft = self.parts(node, |key| match key {
            "content" => Some(Part::One(Self::content)),
            _ => None,
        })?;
        self.reference(&draft, Self::request_body);
        draft.finish()
    }

    pub(super) fn response(&mut self, node: &'t Node) -> Option<Node> {
        let draft = self.parts(node, |key| match key {
            "content" => Some(Part::One(Self::content)),
            "headers" => Some(Part::Each(Self::header)),
            _ => None,
        })?;
        self.reference(&draft, Self::response);
        draft.finish()
    }

    /// Converts an example: OpenAPI 3.2 calls its value `dataValue`.
    pub(super) fn example(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = Draft::of(node)?;
        draft.rename("dataValue", "value");
        draft.finish()
    }
}

/// The parts of a parameter or a header.
fn value_part<'t>(key: &str) -> Option<Part<'t>> {
    Some(match key {
        "schema" => Part::One(Converter::schema),
        "content" => Part::One(Converter::content),
        "examples" => Part::Each(Converter::example),
        _ => return None,
    })
}
