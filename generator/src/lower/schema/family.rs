//! Lowers components that others extend below a discriminator: each becomes a union of the types
//! that can occur. See [`crate::lower::inheritance`].

use super::{LoweredType, Lowering, SchemaView, Shape};
use crate::lower::inheritance::{Family, Member};
use crate::lower::pointer::Pointer;
use crate::model::unnamed::{Kind, Origin, Type, UnionVariant};
use crate::model::{Tagging, TypeId};
use openapiv3::{ReferenceOr, Schema};
use std::rc::Rc;

impl Lowering<'_> {
    /// Returns the union of the members of a family. All members are lowered even if one is
    /// rejected.
    pub(super) fn family_union(
        &mut self,
        family: &Family,
        schema: &Schema,
        base: &str,
        id: TypeId,
    ) -> Option<Shape> {
        self.check_mapping(schema, Pointer::start(base));
        // The types of its properties are named after the base, even if it cannot occur itself.
        self.own_type(base, id);
        let mut variants = Some(Vec::new());
        for member in &family.members {
            let ty = self.member_type(member, base, id);
            match (ty, &mut variants) {
                (Some(ty), Some(variants)) => variants.push(UnionVariant {
                    rust: super::component_name(&member.pointer),
                    ty,
                    tags: member.tags.clone(),
                }),
                (None, _) => variants = None,
                _ => {}
            }
        }
        let property = family.property.clone();
        let is_base = |member: &Member| member.pointer == base;
        let has_base = family.members.first().is_some_and(is_base);
        let kind = Kind::Union {
            tagging: match has_base && family.untagged_is_base {
                true => Tagging::PropertyOrBase(property),
                false => Tagging::Property(property),
            },
            variants: variants?,
        };
        let nullable = SchemaView::of(schema).nullable();
        Some(Shape::Named { kind, nullable })
    }

    fn member_type(&mut self, member: &Member, base: &str, union: TypeId) -> Option<Type> {
        if member.pointer == base {
            return self.own_type(base, union);
        }
        let reference = format!("#{}", member.pointer);
        let ty = self.reference(&reference)?.ty;
        if member.is_nested || self.families.get(&member.pointer).is_none() {
            return Some(ty);
        }
        // The types that extend the member are members as well.
        match ty.direct_id() {
            Some(union) => self.own_type(&member.pointer, union),
            None => Some(ty),
        }
    }

    /// Returns the type of a component itself, without those that extend it. `union` is the union of
    /// its family, after which the type is named.
    fn own_type(&mut self, pointer: &str, union: TypeId) -> Option<Type> {
        if let Some(known) = self.own_types.get(pointer) {
            return known.clone();
        }
        let document = self.document;
        let (_, schema) = self.ok_or_report(document.schema(&format!("#{pointer}")))?;
        let id = self.arena.reserve(pointer);
        let in_progress = Some(Type::Named(id));
        self.own_types.insert(pointer.to_owned(), in_progress);
        let origin = Origin::Base { union };
        self.arena.begin(id, &origin);
        let at = Pointer::start(pointer);
        let kind = match self.shape(schema, at, union, &origin) {
            Some(Shape::Named { kind, .. }) => Some(kind),
            Some(Shape::Unnamed(lowered_type)) => Some(Kind::Alias(lowered_type.into_item())),
            None => None,
        };
        let def = kind.and_then(|kind| self.type_def(schema, at, kind));
        let ty = def.map(|mut def| {
            // A name that the document sets is that of the union.
            def.rust = String::new();
            let alias = match &def.kind {
                Kind::Alias(ty) => Some(ty.clone()),
                _ => None,
            };
            self.arena.define(id, def, origin);
            alias.unwrap_or(Type::Named(id))
        });
        self.own_types.insert(pointer.to_owned(), ty.clone());
        ty
    }

    /// Returns the family whose union a type is.
    pub(super) fn family_of(&self, ty: &Type) -> Option<Rc<Family>> {
        let pointer = self.component_of(ty)?;
        self.families.get(pointer).cloned()
    }

    /// Returns the location of the component whose type this is. The type can be in progress.
    fn component_of(&self, ty: &Type) -> Option<&str> {
        let pointer = self.arena[ty.direct_id()?].pointer.as_str();
        let own = self.own_types.get(pointer);
        let is_own = own.is_some_and(|own| own.as_ref() == Some(ty));
        (super::is_component(pointer) && !is_own).then_some(pointer)
    }

    /// Returns the narrower of two types if one is the union of a family, and the other one is the
    /// type of a component that extends its base.
    pub(super) fn narrower_in_family(&self, one: &Type, other: &Type) -> Option<Type> {
        let (first, second) = (self.component_of(one)?, self.component_of(other)?);
        if self.families.extends(first, second) {
            Some(one.clone())
        } else if self.families.extends(second, first) {
            Some(other.clone())
        } else {
            None
        }
    }

    /// Returns true if a branch of a `oneOf` or `anyOf` refers to a component that extends the base
    /// to which another branch refers.
    pub(super) fn extends_other_branch(
        &self,
        branch: &ReferenceOr<Schema>,
        branches: &[ReferenceOr<Schema>],
    ) -> bool {
        let Some(pointer) = self.branch_pointer(branch) else {
            return false;
        };
        if !self.families.has_ancestor(&pointer) {
            return false;
        }
        let mut others = branches
            .iter()
            .filter_map(|other| self.branch_pointer(other));
        others.any(|other| self.families.extends(&pointer, &other))
    }

    /// Lowers a branch next to branches that extend it: as the type of the component itself.
    /// Returns `None` if there is no such branch.
    pub(super) fn branch_without_family(
        &mut self,
        branch: &ReferenceOr<Schema>,
        branches: &[(usize, &ReferenceOr<Schema>)],
    ) -> Option<Option<LoweredType>> {
        let pointer = self.branch_pointer(branch)?;
        self.families.get(&pointer)?;
        let mut others = branches
            .iter()
            .filter_map(|(_, other)| self.branch_pointer(other));
        if !others.any(|other| self.families.extends(&other, &pointer)) {
            return None;
        }
        let union = self.reference(&format!("#{pointer}"));
        let union = union.and_then(|union| union.ty.direct_id());
        let own = union.and_then(|union| self.own_type(&pointer, union));
        Some(own.map(LoweredType::of))
    }

    fn branch_pointer(&self, branch: &ReferenceOr<Schema>) -> Option<String> {
        match branch {
            ReferenceOr::Reference { reference } => Some(self.document.schema(reference).ok()?.0),
            ReferenceOr::Item(_) => None,
        }
    }
}
