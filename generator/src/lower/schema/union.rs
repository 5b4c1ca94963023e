//! `oneOf` and `anyOf`: one of several types.

use super::merge::{Part, is_annotation};
use super::{Lowering, Shape, Slot, View};
use crate::lower::arena::{Arena, Origin, TypeId};
use crate::lower::describe::unsupported;
use crate::lower::pointer::At;
use crate::model::{EnumValue, Kind, Scalar, Tagging, Type, UnionVariant};
use indexmap::IndexMap;
use openapiv3::{Discriminator, ReferenceOr, Schema};

/// A branch, lowered.
pub(super) struct Branch {
    pub slot: Slot,
    /// The reference that it was.
    pub reference: Option<String>,
    /// What to call it where its type has no name.
    pub hint: String,
}

impl<'a> Lowering<'a> {
    /// What a schema with alternatives is.
    pub(super) fn alternatives(
        &mut self,
        schema: &Schema,
        at: At<'_>,
        id: TypeId,
        origin: &Origin,
    ) -> Option<Shape> {
        let view = View::of(schema);
        let (keyword, branches) = match (view.one_of, view.any_of) {
            (one_of, []) => ("oneOf", one_of),
            ([], any_of) => ("anyOf", any_of),
            _ => return self.refuse(unsupported(at, "`oneOf` beside `anyOf`")),
        };
        if branches.iter().all(is_annotation) {
            return self.without_alternatives(&view, at, id, origin);
        }
        if view.is_struct() || !view.all_of.is_empty() {
            let mut parts = Vec::new();
            self.flatten(schema, at, &mut parts, &mut Vec::new())?;
            return self.alternatives_of_parts(&parts, &at.to_string(), id);
        }
        let list = at.child(keyword);
        let mut lowered = Some(Vec::new());
        for (index, branch) in branches.iter().enumerate() {
            let token = index.to_string();
            let hint = hint(branch, index);
            // With one branch alone, the whole is that branch.
            let place = match branches.len() {
                1 => origin.clone(),
                _ => Origin::Variant {
                    union: id,
                    hint: hint.clone(),
                },
            };
            let slot = self.schema_or_reference(branch, list.child(&token), &place);
            let reference = match branch {
                ReferenceOr::Reference { reference } => Some(reference.clone()),
                ReferenceOr::Item(_) => None,
            };
            match (slot, &mut lowered) {
                (Some(slot), Some(all)) => all.push(Branch {
                    slot,
                    reference,
                    hint,
                }),
                (None, _) => lowered = None,
                _ => {}
            }
        }
        let discriminator = view.schema.schema_data.discriminator.as_ref();
        self.union(lowered?, discriminator, view.nullable())
    }

    /// Branches that only say which properties must be there: they restrict the schema beside them.
    fn without_alternatives(
        &mut self,
        view: &View<'_>,
        at: At<'_>,
        id: TypeId,
        origin: &Origin,
    ) -> Option<Shape> {
        if !view.all_of.is_empty() {
            return self.all_of(view, at, id, origin);
        }
        if view.is_struct() {
            return Some(Shape::Named(self.structure(view, at, id)?));
        }
        let ty = self.plain(view, at, origin)?;
        Some(Shape::Plain(Slot {
            ty,
            nullable: view.nullable(),
        }))
    }

    /// Alternatives beside properties, or within an `allOf`: each alternative holds together with the rest.
    pub(super) fn alternatives_of_parts(
        &mut self,
        parts: &[Part<'_>],
        place: &str,
        id: TypeId,
    ) -> Option<Shape> {
        let at = At::start(place);
        let (choices, rest): (Vec<_>, Vec<_>) = parts
            .iter()
            .cloned()
            .partition(|part| View::of(part.schema).has_alternatives());
        let [choice] = choices.as_slice() else {
            return self.refuse(unsupported(
                at,
                "more than one set of alternatives in an `allOf`",
            ));
        };
        let view = View::of(choice.schema);
        let (keyword, branches) = if view.any_of.is_empty() {
            ("oneOf", view.one_of)
        } else {
            ("anyOf", view.any_of)
        };
        let start = At::start(&choice.place);
        let list = start.child(keyword);
        let mut lowered = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let token = index.to_string();
            let mut all = rest.clone();
            // The properties that stand beside the alternatives hold for each of them, too.
            all.push(choice.clone());
            self.branch_parts(branch, list.child(&token), &mut all)?;
            let hint = hint(branch, index);
            let branch_id = self.arena.reserve("");
            let shape = self.merged(&all, branch_id)?;
            let slot = match shape {
                Shape::Plain(slot) => slot,
                Shape::Named(kind) => {
                    let owner = branch.as_item().unwrap_or(choice.schema);
                    let def = self.type_def(owner, list.child(&token), kind)?;
                    let origin = Origin::Variant {
                        union: id,
                        hint: hint.clone(),
                    };
                    Slot::of(Arena::named(self.arena.settle(branch_id, def, origin)))
                }
            };
            let reference = match branch {
                ReferenceOr::Reference { reference } => Some(reference.clone()),
                ReferenceOr::Item(_) => None,
            };
            lowered.push(Branch {
                slot,
                reference,
                hint,
            });
        }
        let nullable = parts.iter().any(|part| part.schema.schema_data.nullable);
        self.union(
            lowered,
            view.schema.schema_data.discriminator.as_ref(),
            nullable,
        )
    }

    fn branch_parts<'s>(
        &mut self,
        branch: &'s ReferenceOr<Schema>,
        at: At<'_>,
        parts: &mut Vec<Part<'s>>,
    ) -> Option<()>
    where
        'a: 's,
    {
        let document = self.document;
        match branch {
            ReferenceOr::Item(schema) => self.flatten(schema, at, parts, &mut Vec::new()),
            ReferenceOr::Reference { reference } => {
                let (pointer, schema) = self.take(document.schema(reference))?;
                if View::of(schema).has_alternatives() {
                    return self.refuse(unsupported(
                        at,
                        "alternatives within alternatives beside properties",
                    ));
                }
                self.flatten(schema, At::start(&pointer), parts, &mut Vec::new())
            }
        }
    }

    /// The type of a choice between branches.
    pub(super) fn union(
        &mut self,
        branches: Vec<Branch>,
        discriminator: Option<&Discriminator>,
        nullable: bool,
    ) -> Option<Shape> {
        let nullable = nullable || branches.iter().any(|branch| branch.slot.nullable);
        let branches = distinct(branches);
        if branches.iter().any(|branch| branch.slot.ty == Type::Json) {
            return Some(Shape::Plain(Slot {
                ty: Type::Json,
                nullable: false,
            }));
        }
        let branches = match self.texts_united(branches) {
            Ok(branches) => branches,
            Err(kind) => return Some(Shape::Named(kind)),
        };
        if let [only] = branches.as_slice() {
            return Some(Shape::Plain(Slot {
                ty: only.slot.ty.clone(),
                nullable,
            }));
        }
        let (tagging, tags) = self.tagging(&branches, discriminator);
        let variants = branches
            .into_iter()
            .zip(tags)
            .map(|(branch, tags)| UnionVariant {
                rust: branch.hint,
                ty: branch.slot.ty,
                tags,
            });
        let mut variants: Vec<UnionVariant> = variants.collect();
        if tagging == Tagging::Untagged {
            // What asks most of a value is tried first, so that it is not mistaken for something looser.
            variants.sort_by_key(|variant| std::cmp::Reverse(self.demands(&variant.ty)));
        }
        Some(Shape::Named(Kind::Union { tagging, variants }))
    }

    /// Makes one branch of all that are texts: their enums are open, so nothing tells them apart.
    fn texts_united(&self, branches: Vec<Branch>) -> Result<Vec<Branch>, Kind> {
        let is_text =
            |ty: &Type| matches!(ty, Type::String | Type::Timestamp) || self.is_string_enum(ty);
        let texts = branches
            .iter()
            .filter(|branch| is_text(&branch.slot.ty))
            .count();
        if texts < 2 {
            return Ok(branches);
        }
        let mut values: Vec<EnumValue> = Vec::new();
        let mut enums: Vec<&Type> = Vec::new();
        for branch in branches
            .iter()
            .filter(|branch| self.is_string_enum(&branch.slot.ty))
        {
            enums.push(&branch.slot.ty);
            for value in self.values_of(&branch.slot.ty) {
                if values.iter().all(|known| known.wire != value.wire) {
                    values.push(value.clone());
                }
            }
        }
        if texts == branches.len() && enums.len() > 1 {
            return Err(Kind::Enum {
                scalar: Scalar::String,
                values,
            });
        }
        let ty = match enums.as_slice() {
            [one] => (*one).clone(),
            _ => Type::String,
        };
        let mut united = Vec::new();
        let mut done = false;
        for branch in branches {
            if !is_text(&branch.slot.ty) {
                united.push(branch);
            } else if !done {
                done = true;
                united.push(Branch {
                    slot: Slot::of(ty.clone()),
                    ..branch
                });
            }
        }
        Ok(united)
    }

    fn values_of(&self, ty: &Type) -> &[EnumValue] {
        let def = Arena::id_of(ty).and_then(|id| self.arena.types.get(id));
        match def.map(|def| &def.kind) {
            Some(Kind::Enum { values, .. }) => values,
            _ => &[],
        }
    }

    /// How the branches are told apart, and each one's texts of the tag.
    fn tagging(
        &self,
        branches: &[Branch],
        discriminator: Option<&Discriminator>,
    ) -> (Tagging, Vec<Vec<String>>) {
        let objects = branches
            .iter()
            .all(|branch| matches!(branch.slot.ty, Type::Named(_)));
        if let Some(discriminator) = discriminator.filter(|_| objects) {
            let tags: Vec<_> = branches
                .iter()
                .map(|branch| mapped(branch, &discriminator.mapping))
                .collect();
            if tags.iter().all(|tags| !tags.is_empty()) {
                return (Tagging::Property(discriminator.property_name.clone()), tags);
            }
        }
        let constants: Option<Vec<_>> = branches
            .iter()
            .map(|branch| self.constants(&branch.slot.ty))
            .collect();
        if let Some((property, tags)) = constants.and_then(|constants| separating(&constants)) {
            return (Tagging::Property(property), tags);
        }
        (Tagging::Untagged, vec![Vec::new(); branches.len()])
    }

    /// A struct's properties that hold one of a few texts, with the texts.
    fn constants(&self, ty: &Type) -> Option<IndexMap<String, Vec<String>>> {
        let def = Arena::id_of(ty).and_then(|id| self.arena.types.get(id))?;
        let Kind::Struct { fields, .. } = &def.kind else {
            return None;
        };
        let constants = fields.iter().filter(|field| self.is_string_enum(&field.ty));
        let texts = |ty| {
            self.values_of(ty)
                .iter()
                .map(|value| value.wire.clone())
                .collect()
        };
        Some(
            constants
                .map(|field| (field.wire.clone(), texts(&field.ty)))
                .collect(),
        )
    }

    /// How much a type asks of a value: which of two that could both be meant is tried first.
    fn demands(&self, ty: &Type) -> usize {
        match ty {
            Type::Boolean | Type::Integer(_) => 3_000,
            Type::Number(_) => 2_000,
            Type::Array(_) => 1_500,
            Type::Named(_) => {
                let def = Arena::id_of(ty).and_then(|id| self.arena.types.get(id));
                match def.map(|def| &def.kind) {
                    Some(Kind::Struct { fields, .. }) => {
                        let required = fields.iter().filter(|field| field.required).count();
                        required
                            .saturating_mul(1_000)
                            .saturating_add(fields.len())
                            .saturating_add(10)
                    }
                    Some(Kind::Enum { .. }) => 900,
                    _ => 500,
                }
            }
            Type::Map(_) => 1,
            // It takes whatever comes, so that no date makes a reply unreadable.
            Type::Timestamp => 0,
            _ => 5,
        }
    }
}

/// The branches without those that say the same again.
fn distinct(branches: Vec<Branch>) -> Vec<Branch> {
    let mut kept: Vec<Branch> = Vec::new();
    for branch in branches {
        if kept.iter().all(|known| known.slot.ty != branch.slot.ty) {
            kept.push(branch);
        }
    }
    kept
}

/// The texts that a discriminator has for a branch: those mapped to it, else the name of its schema (OpenAPI
/// 3.0.3, section 4.7.25).
fn mapped(branch: &Branch, mapping: &IndexMap<String, String>) -> Vec<String> {
    let Some(reference) = &branch.reference else {
        return Vec::new();
    };
    let name = super::reference::component_name(reference);
    let is_it = |target: &str| target == reference || target == name;
    let tags = mapping.iter().filter(|(_, target)| is_it(target));
    let tags: Vec<String> = tags.map(|(tag, _)| tag.clone()).collect();
    if tags.is_empty() { vec![name] } else { tags }
}

/// The first property that every branch has, and whose texts belong to one branch each.
fn separating(constants: &[IndexMap<String, Vec<String>>]) -> Option<(String, Vec<Vec<String>>)> {
    let first = constants.first()?;
    first.keys().find_map(|property| {
        let tags: Option<Vec<_>> = constants.iter().map(|c| c.get(property).cloned()).collect();
        let tags = tags?;
        let mut all: Vec<&String> = tags.iter().flatten().collect();
        let count = all.len();
        all.sort();
        all.dedup();
        (all.len() == count).then(|| (property.clone(), tags.clone()))
    })
}

/// What a branch without a name of its own is called: its title, else its number.
fn hint(branch: &ReferenceOr<Schema>, index: usize) -> String {
    match branch {
        ReferenceOr::Reference { reference } => super::reference::component_name(reference),
        ReferenceOr::Item(schema) => {
            let title = schema.schema_data.title.as_deref().map(str::trim);
            let title =
                title.filter(|title| title.len() <= 40 && title.chars().any(char::is_alphanumeric));
            title.map_or_else(|| format!("Variant{}", index + 1), str::to_owned)
        }
    }
}
