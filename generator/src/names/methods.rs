//! The words of a method's name, from the `operationId` or else from the path.
//!
//! Each rule is a function. They remove what a tool added, and the words of the tag, which the path
//! to the method says already: `client.customers().list()`.

use super::path::{self, PathWords};
use crate::model::HttpMethod;
use crate::model::unnamed::{Operation, Type};
use crate::words::{self, is_same};

/// Verbs with which names of operations begin.
const VERBS: [&str; 69] = [
    "activate",
    "add",
    "approve",
    "archive",
    "assign",
    "attach",
    "cancel",
    "check",
    "clear",
    "confirm",
    "connect",
    "copy",
    "count",
    "create",
    "deactivate",
    "delete",
    "destroy",
    "detach",
    "disable",
    "download",
    "edit",
    "enable",
    "export",
    "fetch",
    "find",
    "generate",
    "get",
    "import",
    "insert",
    "join",
    "list",
    "lock",
    "mark",
    "modify",
    "move",
    "patch",
    "pause",
    "post",
    "publish",
    "put",
    "query",
    "read",
    "refresh",
    "reject",
    "remove",
    "replace",
    "request",
    "restore",
    "resume",
    "retrieve",
    "revoke",
    "run",
    "search",
    "send",
    "set",
    "start",
    "stop",
    "store",
    "submit",
    "sync",
    "trigger",
    "unassign",
    "unlock",
    "update",
    "upload",
    "upsert",
    "validate",
    "verify",
    "watch",
];

/// Words that may precede a verb, such as `bulkCreateLinks`.
const ADVERBS: [&str; 4] = ["admin", "batch", "bulk", "multi"];

/// Words that may follow a verb, such as `createManyLinks`.
const QUANTITIES: [&str; 5] = ["all", "batch", "bulk", "many", "multiple"];

/// Verbs that are hardly ever nouns.
const PLAIN_VERBS: [&str; 8] = [
    "create", "delete", "get", "list", "remove", "replace", "retrieve", "update",
];

/// Verbs that read one item or a list of them.
const READING: [&str; 4] = ["fetch", "get", "read", "retrieve"];

const PREPOSITIONS: [&str; 11] = [
    "as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "with",
];

/// Returns true if a word is a verb with which names of operations begin.
pub fn is_verb(word: &str) -> bool {
    VERBS.contains(&word)
}

/// Returns the number of words at the start that are a verb, such as 2 in `bulkCreateLinks`.
pub fn verb_length(words: &[String]) -> usize {
    let adverbs = words
        .iter()
        .take_while(|word| ADVERBS.contains(&word.as_str()));
    let verb = adverbs.count() + 1;
    let is_quantity = |word: &String| QUANTITIES.contains(&word.as_str());
    let quantity = usize::from(words.get(verb).is_some_and(is_quantity));
    (verb + quantity).min(words.len())
}

/// Returns the possible names of an operation's method, the best one first. `tag` are the words of
/// the tag, and `prefix` the words that every `operationId` of the document starts with.
pub fn candidates(operation: &Operation, tag: &[String], prefix: &[String]) -> Vec<Vec<String>> {
    let id = operation.name.wire.trim();
    let by_path = path::method_words(operation, tag);
    if id.is_empty() {
        return vec![by_path, path::all_words(operation)];
    }
    let full = own_words(id, operation, prefix);
    if is_made_from_path(&full, operation) {
        return vec![by_path, full];
    }
    let collapsed = collapse_plural_before_singular(&full);
    let (without_tag, was_plural) = without_tag(&collapsed, tag);
    let led = verb_first(&without_tag);
    let listed = list_of_plural(&led, was_plural, operation);
    let short = without_parameter(&listed, operation);
    vec![short, listed, collapsed, full, by_path]
}

/// Returns the words of an `operationId`, without those that a tool added.
pub fn own_words(id: &str, operation: &Operation, prefix: &[String]) -> Vec<String> {
    let id = without_number(id);
    let id = without_controller(id);
    let words = words::split(id);
    let words = without_path_and_method(&words, operation);
    without_prefix(&words, prefix).to_vec()
}

/// FastAPI appends the path and the method to the name of the function:
/// `read_items_items__get` becomes `read_items`.
fn without_path_and_method(words: &[String], operation: &Operation) -> Vec<String> {
    let (path, _) = operation.path_and_query();
    let mut suffix = words::split(path);
    suffix.push(operation.method.as_str().to_lowercase());
    let rest = words.strip_suffix(suffix.as_slice());
    rest.filter(|rest| !rest.is_empty())
        .unwrap_or(words)
        .to_vec()
}

/// springdoc tells operations with the same name apart by a number: `list_1` becomes `list`.
fn without_number(id: &str) -> &str {
    let (rest, number) = id.rsplit_once('_').unwrap_or((id, ""));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = rest.chars().all(char::is_alphabetic) && !rest.is_empty();
    if is_number && is_word { rest } else { id }
}

/// NestJS and protoc prepend the class: `CustomersController_create` becomes `create`, and
/// `CustomerService_ListCustomers` becomes `ListCustomers`.
fn without_controller(id: &str) -> &str {
    let parts = id.split_once(['_', '.']);
    let is_class = |class: &str| {
        ["Controller", "Service", "Api", "Resource"]
            .iter()
            .any(|suffix| class.len() > suffix.len() && class.ends_with(suffix))
    };
    match parts {
        Some((class, method)) if is_class(class) && !method.is_empty() => method,
        _ => id,
    }
}

/// Returns the words without those that every name of the document starts with, and without the
/// version of the API.
fn without_prefix<'w>(words: &'w [String], prefix: &[String]) -> &'w [String] {
    let mut rest = words.strip_prefix(prefix).unwrap_or(words);
    while let [first, tail @ ..] = rest
        && (first == "api" || path::is_version(first))
        && !tail.is_empty()
    {
        rest = tail;
    }
    if rest.is_empty() { words } else { rest }
}

/// Returns the words that all names start with, except verbs.
pub fn common_prefix<'o>(operations: impl Iterator<Item = &'o Operation>) -> Vec<String> {
    let ids = operations.filter(|operation| !operation.name.wire.trim().is_empty());
    let mut all = ids.map(|operation| own_words(operation.name.wire.trim(), operation, &[]));
    let Some(mut prefix) = all.next() else {
        return Vec::new();
    };
    let mut count = 1_usize;
    for words in all {
        count += 1;
        let pairs = prefix.iter().zip(&words);
        let shared = pairs.take_while(|(one, other)| one == other).count();
        // At least one word remains.
        prefix.truncate(shared.min(words.len().saturating_sub(1)));
    }
    let has_verb = prefix.iter().any(|word| is_verb(word));
    if count < 3 || has_verb {
        Vec::new()
    } else {
        prefix
    }
}

/// Names made from a path repeat the item after its collection: `get_customers_customer_cards`
/// becomes `get_customer_cards`.
fn collapse_plural_before_singular(words: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        match kept.last_mut() {
            Some(last) if last != word && words::singular(last) == *word => last.clone_from(word),
            _ => kept.push(word.clone()),
        }
    }
    kept
}

/// Returns the words without those of the tag, and whether the tag was a plural. The tag is removed
/// at the start (`customersList`) and after the verb (`listCustomers`, `createCustomerLink`), if a
/// word remains.
fn without_tag(words: &[String], tag: &[String]) -> (Vec<String>, bool) {
    let start = [0, verb_length(words)].into_iter().find(|start| {
        let part = words.get(*start..start.saturating_add(tag.len()));
        part.is_some_and(|part| !tag.is_empty() && is_same_words(part, tag))
    });
    let Some(start) = start.filter(|_| words.len() > tag.len()) else {
        return (words.to_vec(), false);
    };
    let (before, rest) = words.split_at(start);
    let (removed, after) = rest.split_at(tag.len().min(rest.len()));
    let is_object = before
        .last()
        .is_some_and(|word| PREPOSITIONS.contains(&word.as_str()));
    if is_object {
        return (words.to_vec(), false);
    }
    let was_plural = removed
        .last()
        .is_some_and(|word| words::singular(word) != *word);
    (before.iter().chain(after).cloned().collect(), was_plural)
}

fn is_same_words(one: &[String], other: &[String]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| is_same(one, other))
}

/// An operation that gets the plural of the tag lists it: `getCustomers` and `getCustomerList`
/// become `list`.
fn list_of_plural(words: &[String], was_plural: bool, operation: &Operation) -> Vec<String> {
    let (path, _) = operation.path_and_query();
    let is_list = operation.method == HttpMethod::Get && !path.trim_end_matches('/').ends_with('}');
    let returns_array = matches!(
        operation.success.ty(),
        Some(Type::Array(_) | Type::OneOrMany(_))
    );
    let is_reading = |word: &String| READING.contains(&word.as_str());
    let means_list = match words {
        [verb] => is_reading(verb) && (was_plural || returns_array),
        [verb, all] => {
            (is_reading(verb) || verb == "list" || verb == "find")
                && (all == "all" || all == "list")
        }
        _ => false,
    };
    if is_list && means_list {
        vec!["list".to_owned()]
    } else {
        words.to_vec()
    }
}

/// The verb comes first: `adminKeysDelete` becomes `delete_admin_key`.
fn verb_first(words: &[String]) -> Vec<String> {
    match words {
        [rest @ .., last] if PLAIN_VERBS.contains(&last.as_str()) => {
            if rest.first().is_none_or(|first| is_verb(first)) {
                return words.to_vec();
            }
            let is_list = last == "list";
            let mut all = vec![last.clone()];
            for (index, word) in rest.iter().enumerate() {
                let is_listed = is_list && index + 1 == rest.len();
                all.push(if is_listed {
                    word.clone()
                } else {
                    words::singular(word)
                });
            }
            all
        }
        _ => words.to_vec(),
    }
}

/// The path parameter is an argument: `getCustomerById` becomes `get`.
fn without_parameter(words: &[String], operation: &Operation) -> Vec<String> {
    let Some(parameter) = PathWords::of(operation).last_parameter() else {
        return words.to_vec();
    };
    let by = words.iter().rposition(|word| word == "by");
    match by.map(|by| words.split_at(by)) {
        Some((rest @ [_, ..], [_, name @ ..])) if *name == ["id"] || name == parameter => {
            rest.to_vec()
        }
        _ => words.to_vec(),
    }
}

/// Returns true if a name only repeats the method and the path: `PostCustomersCustomerCards`.
fn is_made_from_path(words: &[String], operation: &Operation) -> bool {
    let [method, rest @ ..] = words else {
        return false;
    };
    verb_length(words) == 1
        && *method == operation.method.as_str().to_lowercase()
        && rest.iter().eq(PathWords::of(operation).words())
}
