//! The constants that the variants of tagged unions imply.
//!
//! If the property of the tag is a constant, the union writes it and reads the variant by it, so it
//! is no field of the variant's struct.

use crate::model::unnamed::{
    Errors, Field, Kind, Operation, Resource, Type, TypeDef, UnionVariant,
};
use crate::model::{Scalar, Tagging, TypeId, TypeTable};
use serde_json::json;

/// A property and its value.
type Tag = (String, String);

/// Removes the constant from each struct that is only the variant of unions which imply it.
pub fn remove(types: &mut TypeTable<TypeDef>, resources: &[Resource], errors: &Errors) {
    let mut uses = uses(types);
    let operations = resources.iter().flat_map(|one| &one.operations);
    let used = operations.flat_map(Operation::types).chain(errors.types());
    for id in used.filter_map(Type::id) {
        uses[id] = Use::Other;
    }
    for (id, def) in types.iter_mut() {
        if let (Use::Variant(property, _), Kind::Struct { fields, .. }) = (&uses[id], &mut def.kind)
        {
            fields.retain(|field| field.wire != *property);
        }
    }
}

/// The use of a type in other types.
#[derive(Clone, PartialEq)]
enum Use {
    None,
    /// A variant with this tag.
    Variant(String, String),
    Other,
}

/// Returns how the types use each type.
fn uses(types: &TypeTable<TypeDef>) -> TypeTable<Use> {
    let mut uses = types.map(|_, _| Use::None);
    for def in types.values() {
        let union = match &def.kind {
            Kind::Union { tagging, variants } => Some((tagging, variants.as_slice())),
            _ => None,
        };
        if let Some((tagging, variants)) = union {
            for variant in variants {
                let tag = implied_tag(types, tagging, variant, variants);
                let Some(id) = variant.ty.id() else { continue };
                let found = tag.map_or(Use::Other, |(property, tag)| Use::Variant(property, tag));
                uses[id] = match &uses[id] {
                    Use::None => found,
                    known if *known == found => found,
                    _ => Use::Other,
                };
            }
        } else {
            for id in def.kind.types().filter_map(Type::id) {
                uses[id] = Use::Other;
            }
        }
    }
    uses
}

/// Returns the tag that a variant implies; `None` if its struct needs the property.
fn implied_tag(
    types: &TypeTable<TypeDef>,
    tagging: &Tagging,
    variant: &UnionVariant,
    variants: &[UnionVariant],
) -> Option<Tag> {
    let (property, can_be_absent) = match tagging {
        Tagging::Property(property) => (property, false),
        Tagging::OptionalProperty(property) => (property, true),
        Tagging::PropertyOrBase(_) | Tagging::Untagged => return None,
    };
    let [tag] = variant.tags.as_slice() else {
        return None;
    };
    let Kind::Struct { additional, .. } = &types[variant.ty.direct_id()?].kind else {
        return None;
    };
    let own = declared(types, variant, property)?;
    // With the constant as default, an absent property means the constant.
    let is_always_present = match can_be_absent {
        true => own.default.as_deref() == Some(json!(tag).to_string().as_str()),
        false => own.required,
    };
    let may_be_null = own.nullable || own.write_only;
    let is_constant = is_constant(types, &own.ty, tag);
    // The JSON type of a tag that is no string is that of the properties.
    let mut all = variants
        .iter()
        .filter_map(|one| declared(types, one, property));
    let are_strings = all.all(|field| is_string(types, &field.ty));
    // The additional properties would contain the tag.
    let is_implied =
        is_constant && is_always_present && !may_be_null && additional.is_none() && are_strings;
    is_implied.then(|| (property.clone(), tag.clone()))
}

/// Returns the property of a variant, if its struct declares it.
fn declared<'t>(
    types: &'t TypeTable<TypeDef>,
    variant: &UnionVariant,
    property: &str,
) -> Option<&'t Field> {
    let id: TypeId = variant.ty.direct_id()?;
    match &types[id].kind {
        Kind::Struct { fields, .. } => fields.iter().find(|field| field.wire == property),
        _ => None,
    }
}

/// Returns true if the string is the only value of a type.
fn is_constant(types: &TypeTable<TypeDef>, ty: &Type, tag: &str) -> bool {
    match ty.direct_id().map(|id| &types[id].kind) {
        Some(Kind::Enum {
            scalar: Scalar::String,
            values,
        }) => matches!(values.as_slice(), [only] if only.wire == *tag),
        _ => false,
    }
}

/// Returns true for a string and a string enum.
fn is_string(types: &TypeTable<TypeDef>, ty: &Type) -> bool {
    let kind = ty.direct_id().map(|id| &types[id].kind);
    let is_enum = matches!(
        kind,
        Some(Kind::Enum {
            scalar: Scalar::String,
            ..
        })
    );
    ty.is_text() || is_enum
}
