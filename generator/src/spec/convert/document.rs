//! The root of a document, its components, and its security requirements.

use super::super::tree::{Node, Object};
use super::draft::Draft;
use super::{Converter, Part, object};
use std::collections::BTreeSet;

/// The dialects of JSON Schema that the conversion reads.
const DIALECTS: [&str; 4] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
];

impl<'t> Converter<'t> {
    pub(super) fn document(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = self.parts(node, |key| {
            Some(match key {
                "paths" => Part::Each(Self::path_item),
                "components" => Part::One(Self::components),
                "security" => Part::Each(Self::security_requirement),
                _ => return None,
            })
        })?;
        self.webhooks(&mut draft);
        if !draft.has("paths") {
            let paths = object(draft.span, Object::default());
            draft.set("paths", draft.span, paths);
        }
        if draft.has("$self") {
            self.has_anchors = true;
        }
        self.dialect(&draft, "jsonSchemaDialect");
        draft.finish()
    }

    /// Converts the webhooks. A problem in them affects no operation.
    fn webhooks(&mut self, draft: &mut Draft<'t>) {
        let Some(webhooks) = draft.original().get("webhooks") else {
            return;
        };
        self.report.enter_lenient();
        let part = Part::Each(Self::path_item);
        self.part(draft, "webhooks", webhooks, &part);
        self.report.leave_lenient();
        draft.rename("webhooks", "x-webhooks");
    }

    /// Warns about a dialect of JSON Schema that is read as another one.
    pub(super) fn dialect(&mut self, draft: &Draft<'t>, key: &'static str) {
        let Some(entry) = draft.original().entry(key) else {
            return;
        };
        let name = entry.node.as_str().unwrap_or_default();
        let is_known = DIALECTS.iter().any(|known| name.starts_with(known));
        if !is_known {
            let message = format!("unknown dialect of JSON Schema in `{key}`");
            let help = "the schemas are read as JSON Schema 2020-12";
            self.warn(key, entry.report_at(), message, help);
        }
    }

    fn components(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = self.parts(node, |key| {
            Some(match key {
                "schemas" => Part::Each(Self::schema),
                "responses" => Part::Each(Self::response),
                "parameters" => Part::Each(Self::parameter),
                "requestBodies" => Part::Each(Self::request_body),
                "headers" => Part::Each(Self::header),
                "callbacks" => Part::Each(Self::callback),
                "pathItems" => Part::Each(Self::path_item),
                "mediaTypes" => Part::Each(Self::media_type),
                "examples" => Part::Each(Self::example),
                "securitySchemes" => Part::One(Self::security_schemes),
                _ => return None,
            })
        })?;
        // Without code for media types by name, they only are targets of references.
        draft.rename("mediaTypes", "x-media-types");
        draft.finish()
    }

    fn security_schemes(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = Draft::of(node)?;
        for (name, entry) in draft.original().iter() {
            if self.ignored_schemes.contains(name) {
                let message = "security schemes of the type `mutualTLS` are ignored";
                let help = "give the client an HTTP client that has the certificate";
                self.warn(name, entry.key, message, help);
            }
        }
        draft.retain(|name, _| !self.ignored_schemes.contains(name));
        draft.finish()
    }

    pub(super) fn security_requirement(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = Draft::of(node)?;
        draft.retain(|name, _| !self.ignored_schemes.contains(name));
        draft.finish()
    }
}

/// Returns the names of the security schemes of the type `mutualTLS`. Their credential is the
/// certificate of the HTTP client.
pub(super) fn schemes_without_credential(root: &Node) -> BTreeSet<&str> {
    let schemes = root.at("/components/securitySchemes");
    let schemes = schemes.and_then(Node::as_object);
    let schemes = schemes.into_iter().flat_map(Object::iter);
    let is_ignored = |node: &Node| node.get("type").and_then(Node::as_str) == Some("mutualTLS");
    schemes
        .filter(|(_, entry)| is_ignored(&entry.node))
        .map(|(name, _)| name)
        .collect()
}
