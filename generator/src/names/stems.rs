//! The prefixes of the names of an operation's request builder and types, such as `ListCustomers`.

use super::case::{pascal, unescape_keyword};
use super::methods::{is_verb, own_words, verb_length};
use crate::model::unnamed::{Operation, Resource};
use crate::words::{self, is_same, singular};

/// The prefixes of the names of an operation's types.
pub struct Stems {
    /// For parameters. The tag stays a plural.
    pub parameter: String,
    /// For its responses and the properties of its request body: the name of the request builder.
    pub body: String,
}

/// Words of methods that are about several items.
const COLLECTIVE: [&str; 8] = [
    "all", "batch", "bulk", "count", "export", "list", "many", "multiple",
];

/// Returns the name of an operation's request builder. The tag is a plural if the method is about
/// several items, or as the `operationId` spells it: `ListCustomers`, but `GetCustomer`.
pub fn builder(resource: &Resource, operation: &Operation) -> String {
    let method = words::split(unescape_keyword(&operation.name.rust));
    let (verb, rest) = method.split_at(verb_length(&method));
    let is_collective = |word: &String| COLLECTIVE.contains(&word.as_str());
    let own_tag = tag_words(resource);
    let id = own_words(operation.name.wire.trim(), operation, &[]);
    let in_id = position(&id, &own_tag).and_then(|start| id.get(start..start + own_tag.len()));
    let tag = match in_id {
        _ if rest.is_empty() && verb.iter().any(is_collective) => own_tag.clone(),
        Some(in_id) if rest.is_empty() => in_id.to_vec(),
        _ => super::path::singular_words(&own_tag),
    };
    name(&method, (&tag, &own_tag), operation)
}

/// Returns the prefixes of the names of an operation's types.
pub fn stems(resource: &Resource, operation: &Operation) -> Stems {
    if operation.other_body_type.is_some() {
        return stems_by_body_type(resource, operation);
    }
    let method = words::split(unescape_keyword(&operation.name.rust));
    let tag = tag_words(resource);
    let body = builder(resource, operation);
    // With a further object in between, the tag is what contains it: `ListBountySubmissions`.
    let parameter = match method.len() > verb_length(&method) {
        true => body.clone(),
        false => name(&method, (&tag, &tag), operation),
    };
    Stems { parameter, body }
}

/// Returns the prefixes for an operation that sends a body as another media type: those of the
/// operation for the preferred type, with the word of the media type.
fn stems_by_body_type(resource: &Resource, operation: &Operation) -> Stems {
    let mut operations = resource.operations.iter();
    let preferred = operations
        .find(|other| other.pointer == operation.pointer && other.other_body_type.is_none());
    let Some(preferred) = preferred else {
        let builder = &operation.builder;
        return Stems {
            parameter: builder.clone(),
            body: builder.clone(),
        };
    };
    let Stems { parameter, body } = stems(resource, preferred);
    let suffix = operation.builder.strip_prefix(preferred.builder.as_str());
    let suffix = suffix.unwrap_or_default();
    Stems {
        parameter: format!("{parameter}{suffix}"),
        body: format!("{body}{suffix}"),
    }
}

/// Returns the words of a resource's tag; none for operations without a tag.
pub fn tag_words(resource: &Resource) -> Vec<String> {
    if resource.name.wire.trim().is_empty() {
        return Vec::new();
    }
    words::split(&resource.name.rust)
}

/// Joins the words of a method with those of the tag. `own_tag` is the tag as the document spells it.
fn name(
    method: &[String],
    (tag, own_tag): (&[String], &[String]),
    operation: &Operation,
) -> String {
    let pascal_case = |words: &[String]| pascal(&words.join("_"), "Call");
    let id = own_words(operation.name.wire.trim(), operation, &[]);
    // The method already says what it is about, or the document names it without the tag.
    // `create` and `all` alone do not name an object.
    let is_adjective = |word: &String| matches!(word.as_str(), "all" | "many" | "multiple");
    let has_noun = !method.iter().any(|word| is_verb(word)) && !method.iter().all(is_adjective);
    let has_object = method.len() > verb_length(method) || has_noun;
    let named_without_tag = has_object && contains(&id, method) && !contains(&id, tag);
    let is_about_other = has_object
        && operation.suggested_name.is_empty()
        && !contains(&id, tag)
        && !contains(&super::path::all_words(operation), tag);
    if tag.is_empty() || contains(method, tag) || named_without_tag || is_about_other {
        return pascal_case(method);
    }
    let is_led_by_verb = method.first().is_some_and(|word| is_verb(word));
    let is_led_by_collection =
        position(&id, tag) == Some(0) && own_tag.last().is_some_and(|word| singular(word) != *word);
    if !is_led_by_verb && !is_led_by_collection && contains(&id, tag) && contains_all(&id, method) {
        return pascal_case(&in_order_of_id(&id, method, tag));
    }
    let (verb, rest) = method.split_at(verb_length(method));
    // `create_token` of the tag `M2M Tokens` names the end of the tag again.
    let rest = match (rest, tag) {
        ([first, others @ ..], [_, .., last]) if is_same(first, last) => others,
        _ => rest,
    };
    pascal_case(&[verb, tag, rest].concat())
}

/// Returns true if the words contain others, one after the other, in any number.
fn contains(words: &[String], others: &[String]) -> bool {
    position(words, others).is_some()
}

fn position(words: &[String], others: &[String]) -> Option<usize> {
    let is_equal = |window: &[String]| {
        let mut pairs = window.iter().zip(others);
        pairs.all(|(one, other)| is_same(one, other))
    };
    match others.len() {
        0 => None,
        length => words.windows(length).position(is_equal),
    }
}

fn contains_all(words: &[String], others: &[String]) -> bool {
    others.iter().all(|other| words.contains(other))
}

/// Returns the words of the method and of the tag in the order of the `operationId`, for a tag that
/// is itself a verb (`trackLead`) or a method that is a noun (`partnerAnalytics`).
fn in_order_of_id(id: &[String], method: &[String], tag: &[String]) -> Vec<String> {
    let (before, rest) = id.split_at(position(id, tag).unwrap_or_default());
    let after = rest.get(tag.len()..).unwrap_or_default();
    let of_method = |words: &[String]| {
        let words = words.iter().filter(|word| method.contains(word));
        words.cloned().collect::<Vec<_>>()
    };
    [of_method(before), tag.to_vec(), of_method(after)].concat()
}

/// Returns the singular of a resource's name: what the resource is about.
pub fn entity_name(resource: &Resource) -> String {
    singular(&resource.name.rust)
}
