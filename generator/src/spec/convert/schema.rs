//! Schemas: the walk through them, and the order in which their keywords are converted.

use super::super::tree::{Entry, Node, Object, Value};
use super::draft::Draft;
use super::{Converter, Part, array, object};

/// Groups of keywords that are converted together, as bit flags.
mod groups {
    pub(super) const CONST: u32 = 1;
    pub(super) const BOUNDS: u32 = 1 << 1;
    pub(super) const EXAMPLES: u32 = 1 << 2;
    pub(super) const CONTENT: u32 = 1 << 3;
    pub(super) const TUPLE: u32 = 1 << 4;
    pub(super) const PATTERNS: u32 = 1 << 5;
    pub(super) const UNEVALUATED: u32 = 1 << 6;
    pub(super) const CONDITIONS: u32 = 1 << 7;
    pub(super) const DISCRIMINATOR: u32 = 1 << 8;
    pub(super) const REFERENCES: u32 = 1 << 9;
    pub(super) const TYPES: u32 = 1 << 10;
    pub(super) const ALTERNATIVES: u32 = 1 << 11;
    pub(super) const DEFINITIONS: u32 = 1 << 12;
}

type Step = for<'t> fn(&mut Converter<'t>, &mut Draft<'t>);

/// The conversions in their order: the keywords of a schema are simple before they are distributed
/// to alternatives, and alternatives before they are merged.
const STEPS: [(u32, Step); 13] = [
    (groups::REFERENCES, |this, draft| this.references(draft)),
    (groups::CONST, |_, draft| super::constants::constant(draft)),
    (groups::BOUNDS, |_, draft| super::keywords::bounds(draft)),
    (groups::EXAMPLES, |_, draft| {
        super::keywords::examples(draft)
    }),
    (groups::CONTENT, |_, draft| super::keywords::content(draft)),
    (groups::TUPLE, |this, draft| this.tuple(draft)),
    (groups::PATTERNS, |this, draft| this.patterns(draft)),
    (groups::UNEVALUATED, |this, draft| this.unevaluated(draft)),
    (groups::CONDITIONS, |this, draft| this.conditions(draft)),
    (groups::DISCRIMINATOR, |this, draft| {
        this.discriminator(draft)
    }),
    (groups::DEFINITIONS, |this, draft| this.definitions(draft)),
    (groups::TYPES, |this, draft| this.types(draft)),
    (groups::ALTERNATIVES, |_, draft| {
        super::alternatives::convert(draft)
    }),
];

impl<'t> Converter<'t> {
    pub(super) fn schema(&mut self, node: &'t Node) -> Option<Node> {
        let fields = match &node.value {
            Value::Object(fields) => fields,
            Value::Bool(allows_all) => return Some(any_or_nothing(node, *allows_all)),
            _ => return None,
        };
        let mut draft = Draft::new(node, fields);
        let mut found = 0;
        for (key, entry) in fields.iter() {
            let (part, group) = keyword(key, entry);
            found |= group;
            if let Some(part) = part {
                self.part(&mut draft, key, &entry.node, &part);
            }
        }
        for (group, step) in STEPS {
            if found & group != 0 {
                step(self, &mut draft);
            }
        }
        draft.finish()
    }

    /// Converts properties. One whose schema is `false` never occurs.
    fn properties(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = Draft::of(node)?;
        let never = |entry: &Entry| entry.node.as_bool() == Some(false);
        draft.retain(|_, entry| !never(entry));
        for (name, entry) in draft.original().iter() {
            if !never(entry) {
                self.part(&mut draft, name, &entry.node, &Part::One(Self::schema));
            }
        }
        draft.finish()
    }

    /// Converts alternatives. One that is `false` has no values.
    fn branches(&mut self, node: &'t Node) -> Option<Node> {
        let branches = node.as_array().unwrap_or_default();
        let converted = self.each(node, Self::schema)?;
        let is_possible = |(branch, _): &(&Node, &Node)| branch.as_bool() != Some(false);
        let all = converted.as_array().unwrap_or_default();
        let kept = branches.iter().zip(all).filter(is_possible);
        let kept = kept.map(|(_, converted)| converted.clone()).collect();
        Some(array(node.span, kept))
    }

    /// Keeps `additionalProperties: true`, which differs from a schema.
    fn schema_or_flag(&mut self, node: &'t Node) -> Option<Node> {
        node.as_object().and_then(|_| self.schema(node))
    }

    fn references(&mut self, draft: &mut Draft<'t>) {
        self.reference(draft, Self::schema);
        let keys = [
            "$anchor",
            "$dynamicAnchor",
            "$dynamicRef",
            "$id",
            "$recursiveRef",
        ];
        if keys.iter().any(|key| draft.has(key)) {
            self.has_anchors = true;
        }
        self.dialect(draft, "$schema");
    }

    /// Checks that the definitions are objects, because validation does not know the keyword.
    fn definitions(&mut self, draft: &mut Draft<'t>) {
        self.expect("$defs", draft, "an object", |node| {
            node.as_object().is_some()
        });
    }
}

/// Returns the conversion of the value of a keyword, and the group of the keyword.
fn keyword<'t>(key: &str, entry: &Entry) -> (Option<Part<'t>>, u32) {
    let schema = Some(Part::One(Converter::schema));
    let map = Some(Part::Each(Converter::schema));
    let value = &entry.node.value;
    match key {
        "properties" => (Some(Part::One(Converter::properties)), 0),
        "items" => (schema, 0),
        "additionalProperties" => (Some(Part::One(Converter::schema_or_flag)), 0),
        "allOf" => (map, 0),
        "anyOf" | "oneOf" => (Some(Part::One(Converter::branches)), groups::ALTERNATIVES),
        "not" => (schema, groups::CONDITIONS),
        "type" if matches!(value, Value::Array(_)) => (None, groups::TYPES),
        "const" => (None, groups::CONST),
        "exclusiveMinimum" | "exclusiveMaximum" => (None, groups::BOUNDS),
        "examples" => (None, groups::EXAMPLES),
        "contentEncoding" | "contentMediaType" => (None, groups::CONTENT),
        "prefixItems" => (map, groups::TUPLE),
        "patternProperties" => (map, groups::PATTERNS),
        "unevaluatedProperties" | "unevaluatedItems" => (
            Some(Part::One(Converter::schema_or_flag)),
            groups::UNEVALUATED,
        ),
        "$defs" => (map, groups::DEFINITIONS),
        "if" | "then" | "else" | "dependentSchemas" => (None, groups::CONDITIONS),
        "discriminator" => (None, groups::DISCRIMINATOR),
        "$ref" | "$dynamicRef" | "$recursiveRef" | "$anchor" | "$dynamicAnchor" | "$id"
        | "$schema" => (None, groups::REFERENCES),
        _ => (None, 0),
    }
}

/// Returns the schema that allows all values, or none.
fn any_or_nothing(node: &Node, allows_all: bool) -> Node {
    let mut schema = Object::default();
    if !allows_all {
        let all = object(node.span, Object::default());
        let entry = Entry {
            key: node.span,
            node: all,
        };
        schema.set("not", entry);
    }
    object(node.span, schema)
}
