//! Links in descriptions: names of methods in code spans become links to the methods.

use super::docs;
use crate::model::{ExternalDocs, Operation, Resource};

/// The docs that contain a description, and the methods that it can name.
pub struct Scope<'a> {
    pub resource: &'a Resource,
    /// The operation whose request builder has the methods, if any.
    pub operation: Option<&'a Operation>,
    /// True if `Self` is the request builder. Otherwise, it is the resource.
    pub is_builder: bool,
    /// A name that is not linked: that of the documented method or argument itself.
    pub own: &'a str,
}

/// Methods that every request builder has.
const BUILDER_METHODS: [&str; 3] = ["send", "send_with_response", "validate"];

/// Methods that the request builder of an operation with pagination also has.
const PAGINATION_METHODS: [&str; 2] = ["stream", "pages"];

impl Scope<'_> {
    /// Converts several passages of a description to the lines of a doc comment, with links to the
    /// methods of the request builder and of the resource.
    pub fn paragraphs<'t>(
        &self,
        passages: impl IntoIterator<Item = Option<&'t str>>,
    ) -> Vec<String> {
        docs::linked_paragraphs(passages, &|code| self.path(code))
    }

    /// Returns the path of the method that a code span names, such as `Self::list`. Methods of the
    /// request builder take precedence over those of the resource.
    fn path(&self, code: &str) -> Option<String> {
        let streamed = self.operation.and_then(Operation::streamed_content);
        if streamed.is_some_and(|ty| code == ty || code == format!("{ty}::stream")) {
            return Some(format!("crate::{code}"));
        }
        let name = code.strip_suffix("()").unwrap_or(code);
        // Other code spans are values, types and strings of the API.
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name == self.own || !name.chars().all(is_name) {
            return None;
        }
        let builder = self.operation.filter(|one| has_builder_method(one, name));
        if let Some(operation) = builder {
            let path = if self.is_builder {
                "Self"
            } else {
                &operation.builder
            };
            return Some(format!("{path}::{name}"));
        }
        let path = if self.is_builder {
            &self.resource.name.rust
        } else {
            "Self"
        };
        let mut methods = self.resource.operations.iter();
        let is_method = methods.any(|operation| operation.name.rust == name);
        is_method.then(|| format!("{path}::{name}"))
    }
}

fn has_builder_method(operation: &Operation, name: &str) -> bool {
    let is_setter = || {
        operation.setters().into_iter().any(|input| {
            let clears = operation.has_clear_setter(input) && input.clear_setter() == name;
            input.rust() == name || clears
        })
    };
    let has_pages = operation.pagination.is_some();
    BUILDER_METHODS.contains(&name)
        || (has_pages && PAGINATION_METHODS.contains(&name))
        || operation.success.stream().is_some() && operation.stream_methods().contains(&name)
        || operation
            .other_formats
            .iter()
            .any(|other| other.rust == name)
        || is_setter()
}

/// Returns the line that refers to a page outside the crate, if there is one.
pub fn see_also(external: Option<&ExternalDocs>) -> Option<String> {
    let ExternalDocs { url, description } = external?;
    let label = description.as_deref().unwrap_or(url);
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_absolute = url.starts_with("https://") || url.starts_with("http://");
    let breaks_link = |c: char| c.is_whitespace() || c.is_control() || "<>()[]`\\".contains(c);
    if !is_absolute || url.contains(breaks_link) {
        let description = description.as_ref().map(|_| format!("{label} "));
        let description = description.unwrap_or_default();
        return Some(format!("See also: {description}({})", docs::code(url)));
    }
    // These characters would end the label, or begin a code span or another link.
    let label: String = label
        .chars()
        .map(|c| match c {
            '[' | '<' => '(',
            ']' | '>' => ')',
            '`' => '\'',
            '\\' => '/',
            other => other,
        })
        .collect();
    Some(format!("See also: [{label}]({url})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(url: &str, description: Option<&str>) -> String {
        let text = see_also(Some(&ExternalDocs {
            url: url.to_owned(),
            description: description.map(str::to_owned),
        }));
        docs::lines(&text.unwrap()).join("\n")
    }

    #[test]
    fn external_docs_are_one_link() {
        let url = "https://example.com/a";
        assert_eq!(line(url, None), format!("See also: [{url}]({url})"));
        assert_eq!(
            line(url, Some("The [guide]\nfor `a` <b>")),
            format!("See also: [The (guide) for 'a' (b)]({url})")
        );
        assert_eq!(
            line("docs/a b.html", Some("The guide")),
            "See also: The guide (`docs/a b.html`)"
        );
        assert_eq!(
            line("https://example.com/a)b", None),
            "See also: (`https://example.com/a)b`)"
        );
    }
}
