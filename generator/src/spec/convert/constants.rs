//! Constants: `const`, and alternatives that are constants.

use super::super::tree::{Entry, Node, Object, Value};
use super::draft::Draft;
use super::{array, object, string};

/// Converts `const` to an `enum` with one value.
pub(super) fn constant(draft: &mut Draft<'_>) {
    let Some(constant) = draft.remove("const") else {
        return;
    };
    let typ = match &constant.node.value {
        // An enum has no objects and arrays. Generated code does not check their values.
        Value::Object(_) => Some("object"),
        Value::Array(_) => Some("array"),
        _ => None,
    };
    match typ {
        Some(typ) if !draft.has("type") => {
            draft.set("type", constant.key, string(constant.key, typ));
        }
        Some(_) => {}
        None => {
            let values = array(constant.key, vec![constant.node]);
            draft.set("enum", constant.key, values);
        }
    }
}

/// The names and the descriptions of the values of an enum.
const NAMES: &str = "x-enum-varnames";
const DESCRIPTIONS: &str = "x-enum-descriptions";

/// The keys of an alternative that is one value with its documentation.
fn is_documentation(key: &str) -> bool {
    matches!(
        key,
        "title" | "description" | "$comment" | "type" | "deprecated"
    ) || key.starts_with("x-")
}

/// Converts alternatives that are constants with a title to an `enum`: OpenAPI 3.1 names the values
/// of an enum that way.
pub(super) fn alternatives(draft: &mut Draft<'_>, key: &str) {
    let Some(branches) = draft.get(key).and_then(Node::as_array) else {
        return;
    };
    let constants: Option<Vec<Constant>> = branches.iter().map(Constant::of).collect();
    let is_named = |all: &Vec<Constant>| all.iter().all(|one| one.title.is_some());
    let Some(constants) = constants.filter(|all| !all.is_empty() && is_named(all)) else {
        return;
    };
    if draft.has("enum") || draft.has("discriminator") || draft.has("allOf") || draft.has("$ref") {
        return;
    }
    let Some(list) = draft.remove(key) else {
        return;
    };
    let (at, span) = (list.key, list.node.span);
    if let (false, Some(typ)) = (draft.has("type"), common_type(&constants)) {
        draft.set("type", at, typ);
    }
    let titles = constants.iter().filter_map(|one| one.title.clone());
    if !draft.has(NAMES) && are_distinct(&constants) {
        draft.set(NAMES, at, array(span, titles.collect()));
    }
    let described = constants.iter().filter_map(Constant::description);
    let described: Vec<(Box<str>, Node)> = described.collect();
    if !described.is_empty() && !draft.has(DESCRIPTIONS) {
        let mut descriptions = Object::default();
        for (value, text) in described {
            descriptions.set(
                &value,
                Entry {
                    key: span,
                    node: text,
                },
            );
        }
        draft.set(DESCRIPTIONS, at, object(span, descriptions));
    }
    let values = constants.into_iter().map(|one| one.value).collect();
    draft.set("enum", at, array(span, values));
}

struct Constant {
    value: Node,
    typ: Option<Node>,
    title: Option<Node>,
    text: Option<Node>,
}

impl Constant {
    fn of(branch: &Node) -> Option<Self> {
        let object = branch.as_object()?;
        let [value] = object.get("enum")?.as_array()? else {
            return None;
        };
        let is_scalar = matches!(value.value, Value::String(_) | Value::Number(_));
        let is_plain = object
            .keys()
            .all(|key| key == "enum" || is_documentation(key));
        (is_scalar && is_plain).then(|| Self {
            value: value.clone(),
            typ: object.get("type").cloned(),
            title: object.get("title").cloned(),
            text: object.get("description").cloned(),
        })
    }

    /// Returns the value as a key, with its description.
    fn description(&self) -> Option<(Box<str>, Node)> {
        let key = match &self.value.value {
            Value::String(text) | Value::Number(text) => text.clone(),
            _ => return None,
        };
        Some((key, self.text.clone()?))
    }
}

fn common_type(constants: &[Constant]) -> Option<Node> {
    let first = constants.first()?.typ.as_ref()?;
    let name = |one: &Constant| one.typ.as_ref().and_then(Node::as_str).map(str::to_owned);
    let expected = first.as_str()?;
    let is_common = |one: &Constant| name(one).as_deref() == Some(expected);
    constants.iter().all(is_common).then(|| first.clone())
}

/// Returns true if the titles differ: only then are they names.
fn are_distinct(constants: &[Constant]) -> bool {
    let mut titles: Vec<&str> = constants
        .iter()
        .filter_map(|one| one.title.as_ref()?.as_str())
        .collect();
    let count = titles.len();
    titles.sort_unstable();
    titles.dedup();
    titles.len() == count && count == constants.len()
}
