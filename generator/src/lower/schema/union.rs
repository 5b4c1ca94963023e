//! Unions: combines the lowered branches of a `oneOf` or `anyOf` into one type.

use super::{LoweredType, Lowering, Shape};
use crate::model::unnamed::{Kind, Origin, Type, UnionVariant};
use crate::model::{EnumValue, Scalar, Tagging};
use openapiv3::Discriminator;

/// A lowered branch.
pub(super) struct Branch {
    pub lowered_type: LoweredType,
    /// The reference, if the branch is one.
    pub reference: Option<String>,
    /// A hint for the name of the variant.
    pub hint: String,
}

impl Lowering<'_> {
    /// Returns the type of a `oneOf` or `anyOf`.
    ///
    /// It is a union only if branches with different types remain after duplicates are removed and
    /// strings are merged.
    pub(super) fn union(
        &mut self,
        branches: Vec<Branch>,
        discriminator: Option<&Discriminator>,
        nullable: bool,
    ) -> Option<Shape> {
        let nullable = nullable || branches.iter().any(|branch| branch.lowered_type.nullable);
        let branches = dedup_branches(branches);
        if branches.is_empty()
            || branches
                .iter()
                .any(|branch| branch.lowered_type.ty == Type::Json)
        {
            return Some(Shape::Unnamed(LoweredType {
                ty: Type::Json,
                nullable: false,
            }));
        }
        let branches = match self.merge_string_branches(branches) {
            Ok(branches) => branches,
            Err(kind) => return Some(Shape::Named { kind, nullable }),
        };
        if let [only] = branches.as_slice() {
            return Some(Shape::Unnamed(LoweredType {
                ty: only.lowered_type.ty.clone(),
                nullable,
            }));
        }
        if let Some(ty) = self.list_of_other_branch(&branches) {
            return Some(Shape::Unnamed(LoweredType { ty, nullable }));
        }
        let (tagging, tags) = self.tagging(&branches, discriminator);
        let variants = branches
            .into_iter()
            .zip(tags)
            .map(|(branch, tags)| UnionVariant {
                rust: branch.hint,
                ty: branch.lowered_type.ty,
                tags,
            });
        let mut variants: Vec<UnionVariant> = variants.collect();
        if tagging == Tagging::Untagged {
            // If two variants match a value equally well, the runtime takes the first one.
            variants.sort_by_key(|variant| std::cmp::Reverse(self.specificity(&variant.ty)));
        }
        let kind = Kind::Union { tagging, variants };
        Some(Shape::Named { kind, nullable })
    }

    /// Merges all branches that are strings into one: string enums are open, so a value matches
    /// each of them. Returns `Err` with a string enum if it replaces the whole union.
    fn merge_string_branches(&self, branches: Vec<Branch>) -> Result<Vec<Branch>, Kind> {
        let is_string = |ty: &Type| ty.is_text() || self.is_string_enum(ty);
        let string_count = branches
            .iter()
            .filter(|branch| is_string(&branch.lowered_type.ty))
            .count();
        if string_count < 2 {
            return Ok(branches);
        }
        let mut values: Vec<EnumValue> = Vec::new();
        let mut enums: Vec<&Type> = Vec::new();
        for branch in branches
            .iter()
            .filter(|branch| self.is_string_enum(&branch.lowered_type.ty))
        {
            enums.push(&branch.lowered_type.ty);
            for value in self.values_of(&branch.lowered_type.ty) {
                if values.iter().all(|known| known.wire != value.wire) {
                    values.push(value.clone());
                }
            }
        }
        if string_count == branches.len() && enums.len() > 1 {
            return Err(Kind::Enum {
                scalar: Scalar::String,
                values,
            });
        }
        let ty = match (enums.as_slice(), values.as_slice()) {
            // An enum whose only value is the empty string needs no Rust enum.
            ([_], [only]) if only.wire.is_empty() => Type::String,
            ([one], _) => (*one).clone(),
            _ => Type::String,
        };
        let mut merged = Vec::new();
        let mut done = false;
        for branch in branches {
            if !is_string(&branch.lowered_type.ty) {
                merged.push(branch);
            } else if !done {
                done = true;
                merged.push(Branch {
                    lowered_type: LoweredType::of(ty.clone()),
                    ..branch
                });
            }
        }
        Ok(merged)
    }

    /// Returns the list of a type, if the branches are the type itself and an array of it. An inline
    /// type is the variant of a union, after which it is named.
    fn list_of_other_branch(&self, branches: &[Branch]) -> Option<Type> {
        let [first, second] = branches else {
            return None;
        };
        let is_inline = |ty: &Type| {
            let origins = ty.id().map_or(&[][..], |id| self.arena.origins(id));
            let mut origins = origins.iter();
            ty.id().is_some() && !origins.any(|origin| matches!(origin, Origin::Component(_)))
        };
        let is_item = |item: &Type, one: &Type| {
            let is_nullable = matches!(item, Type::Nullable(item) if **item == *one);
            (item == one || is_nullable) && !is_inline(one)
        };
        match (&first.lowered_type.ty, &second.lowered_type.ty) {
            (one, Type::Array(item)) | (Type::Array(item), one) if is_item(item, one) => {
                Some(Type::OneOrMany(item.clone()))
            }
            _ => None,
        }
    }

    pub(super) fn values_of(&self, ty: &Type) -> &[EnumValue] {
        match self.arena.kind(ty) {
            Some(Kind::Enum { values, .. }) => values,
            _ => &[],
        }
    }

    /// Returns a rank for the order of untagged variants: the more a type requires of a value, the
    /// earlier it is tried.
    fn specificity(&self, ty: &Type) -> usize {
        match ty {
            Type::Boolean | Type::Integer(_) => 3_000,
            Type::Number(_) => 2_000,
            Type::Array(_) => 1_500,
            Type::OneOrMany(_) => 1_400,
            Type::Named(id) => match &self.arena[*id].kind {
                Kind::Struct { fields, .. } => {
                    let required = fields.iter().filter(|field| field.required).count();
                    required
                        .saturating_mul(1_000)
                        .saturating_add(fields.len())
                        .saturating_add(10)
                }
                Kind::Enum { .. } => 900,
                Kind::Union { .. } | Kind::Alias(_) => 500,
            },
            Type::Map(_) => 1,
            // A timestamp accepts every value, so that an invalid date does not make a response
            // undecodable. The same applies to other formats.
            text if text.text_name().is_some() => 0,
            _ => 5,
        }
    }
}

/// Returns the branches without those that repeat a type.
fn dedup_branches(branches: Vec<Branch>) -> Vec<Branch> {
    let mut kept: Vec<Branch> = Vec::new();
    for branch in branches {
        if kept
            .iter()
            .all(|known| known.lowered_type.ty != branch.lowered_type.ty)
        {
            kept.push(branch);
        }
    }
    kept
}
