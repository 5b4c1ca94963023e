//! The tagging of unions: the property whose value selects the variant.

use super::Lowering;
use super::union::Branch;
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::SchemaState;
use crate::lower::inheritance::DeclaredProperty;
use crate::lower::pointer::Pointer;
use crate::model::Tagging;
use crate::model::unnamed::{Field, Kind, Type};
use indexmap::IndexMap;
use openapiv3::{Discriminator, Schema};
use std::collections::HashSet;

impl Lowering<'_> {
    /// Returns the tagging of a union, and the values of the tag for each branch.
    pub(super) fn tagging(
        &self,
        branches: &[Branch],
        discriminator: Option<&Discriminator>,
    ) -> (Tagging, Vec<Vec<String>>) {
        let objects = branches
            .iter()
            .all(|branch| matches!(branch.lowered_type.ty, Type::Named(_)));
        if let Some(discriminator) = discriminator.filter(|_| objects) {
            let property = &discriminator.property_name;
            let tags = branches.iter();
            let tags: Vec<_> = tags
                .map(|branch| self.discriminator_values(branch, discriminator))
                .collect();
            if tags.iter().all(|tags| !tags.is_empty()) && are_distinct(&tags) {
                return (self.property_tagging(property, branches), tags);
            }
        }
        let constants: Option<Vec<_>> = branches
            .iter()
            .map(|branch| self.constants(&branch.lowered_type.ty))
            .collect();
        if let Some((property, tags)) =
            constants.and_then(|constants| find_tag_property(&constants))
        {
            return (self.property_tagging(&property, branches), tags);
        }
        (Tagging::Untagged, vec![Vec::new(); branches.len()])
    }

    /// Warns about the entries of a discriminator's mapping that refer to no schema.
    pub(super) fn check_mapping(&mut self, schema: &Schema, at: Pointer<'_>) {
        let Some(discriminator) = &schema.schema_data.discriminator else {
            return;
        };
        let at = at.child("discriminator");
        for (tag, target) in &discriminator.mapping {
            let named = format!("#/components/schemas/{target}");
            let document = self.document;
            if document.schema(&named).is_ok() || document.schema(target).is_ok() {
                continue;
            }
            let message = format!("the mapping of `{tag}` refers to no schema: `{target}`");
            let help = format!("a value with the tag `{tag}` becomes `Unknown`");
            let pointer = at.child("mapping").child(tag).to_string();
            self.warn(Diagnostic::new(Code::Reference, pointer, message).help(help));
        }
    }

    /// Returns the values of the discriminator that select a branch: those that `mapping` maps to
    /// it, else the name of its schema (OpenAPI 3.0.3, section 4.7.25).
    ///
    /// If the property is an enum or a constant without that name, its values are used instead. If the
    /// property is not an enum, and its example is the name in another case, the example is used as
    /// well.
    fn discriminator_values(&self, branch: &Branch, discriminator: &Discriminator) -> Vec<String> {
        let Some(reference) = &branch.reference else {
            return Vec::new();
        };
        let name = super::reference::component_name(reference);
        let targets_branch = |target: &str| target == reference || target == name;
        let tags = discriminator.mapping.iter();
        let tags = tags.filter(|(_, target)| targets_branch(target));
        let mut tags: Vec<String> = tags.map(|(tag, _)| tag.clone()).collect();
        if let Some(family) = self.family_of(&branch.lowered_type.ty)
            && family.property == discriminator.property_name
        {
            let members = family.members.iter();
            tags.extend(members.flat_map(|member| member.tags.clone()));
            let mut seen = HashSet::new();
            tags.retain(|tag| seen.insert(tag.clone()));
        }
        if !tags.is_empty() {
            return tags;
        }
        if let Some(property) = self.unfinished(branch, &discriminator.property_name) {
            return match property.values {
                values if values.is_empty() || values.contains(&name) => vec![name],
                values => values,
            };
        }
        let mut constants = self.constants(&branch.lowered_type.ty).unwrap_or_default();
        match constants.swap_remove(&discriminator.property_name) {
            Some(values) if !values.contains(&name) => values,
            Some(_) => vec![name],
            None => {
                let example = self.example(&branch.lowered_type.ty, &discriminator.property_name);
                let example = example.filter(|example| is_case_variant(example, &name));
                std::iter::once(name).chain(example).collect()
            }
        }
    }

    /// Returns the declaration of a property of a branch whose type is still being lowered, because
    /// it contains the union; `None` for any other branch.
    fn unfinished(&self, branch: &Branch, property: &str) -> Option<DeclaredProperty> {
        let (pointer, schema) = self.document.schema(branch.reference.as_ref()?).ok()?;
        let SchemaState::InProgress { id, .. } = self.schema_states.get(&pointer)? else {
            return None;
        };
        let is_branch = branch.lowered_type.ty.direct_id() == Some(*id);
        is_branch.then(|| DeclaredProperty::of(self.document, schema, property))
    }

    /// Returns the example of a struct's property, if it is a string.
    fn example(&self, ty: &Type, property: &str) -> Option<String> {
        let mut fields = self.fields_of(ty)?.iter();
        let field = fields.find(|field| field.wire == property)?;
        serde_json::from_str(field.example.as_deref()?).ok()
    }

    /// Returns the tagging by a property, which is optional if it is optional in any branch.
    fn property_tagging(&self, property: &str, branches: &[Branch]) -> Tagging {
        let may_omit = |branch: &Branch| {
            let family = self.family_of(&branch.lowered_type.ty);
            if family.is_some_and(|family| family.untagged_is_base) {
                return true;
            }
            if let Some(property) = self.unfinished(branch, property) {
                return property.is_declared && !property.is_required;
            }
            let mut fields = self
                .fields_of(&branch.lowered_type.ty)
                .into_iter()
                .flatten();
            fields.any(|field| field.wire == property && !field.required)
        };
        if branches.iter().any(may_omit) {
            Tagging::OptionalProperty(property.to_owned())
        } else {
            Tagging::Property(property.to_owned())
        }
    }

    /// Returns the fields of a type that is itself a struct. An array of structs has no fields.
    fn fields_of(&self, ty: &Type) -> Option<&[Field]> {
        match &self.arena[ty.direct_id()?].kind {
            Kind::Struct { fields, .. } => Some(fields),
            _ => None,
        }
    }

    /// Returns the properties of a struct that are enums of scalars or constants, with their values:
    /// a string, or the JSON of another value.
    fn constants(&self, ty: &Type) -> Option<IndexMap<String, Vec<String>>> {
        if let Some(family) = self.family_of(ty) {
            let tags = family.members.iter().flat_map(|member| &member.tags);
            let tags: Vec<String> = tags.cloned().collect();
            return Some(IndexMap::from([(family.property.clone(), tags)]));
        }
        let fields = self.fields_of(ty)?.iter();
        let constants = fields.filter_map(|field| {
            let values: Vec<String> = match self.boolean_constants.get(&field.pointer) {
                Some(constant) => vec![constant.to_string()],
                None => {
                    let values = self.values_of(&field.ty).iter();
                    values.map(|value| value.wire.clone()).collect()
                }
            };
            (!values.is_empty()).then(|| (field.wire.clone(), values))
        });
        Some(constants.collect())
    }
}

/// Returns the first property that is an enum or a constant in every branch, and whose values differ
/// between all branches.
fn find_tag_property(
    constants: &[IndexMap<String, Vec<String>>],
) -> Option<(String, Vec<Vec<String>>)> {
    let first = constants.first()?;
    first.keys().find_map(|property| {
        let tags: Option<Vec<_>> = constants.iter().map(|c| c.get(property).cloned()).collect();
        let tags = tags.filter(|tags| are_distinct(tags))?;
        Some((property.clone(), tags))
    })
}

/// Returns true if a string is the name in another case: `credit_card` for `CreditCard`.
pub fn is_case_variant(text: &str, name: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    text != name && letters(text) == letters(name)
}

/// Returns true if each value occurs only once, in one branch.
fn are_distinct(tags: &[Vec<String>]) -> bool {
    let mut seen = HashSet::new();
    tags.iter().flatten().all(|tag| seen.insert(tag))
}
