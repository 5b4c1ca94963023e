//! Lowers `oneOf` and `anyOf`, alone or next to properties.
//!
//! The branches of a `oneOf` or `anyOf` are called alternatives.

use super::merge::{is_null_schema, is_typeless};
use super::union::Branch;
use super::{LoweredType, Lowering, SchemaView, Shape};
use crate::lower::describe::unsupported;
use crate::lower::pointer::Pointer;
use crate::model::TypeId;
use crate::model::unnamed::Origin;
use openapiv3::{ReferenceOr, Schema};

impl Lowering<'_> {
    /// Returns the shape of a schema with `oneOf` or `anyOf`.
    pub(super) fn alternatives(
        &mut self,
        schema: &Schema,
        at: Pointer<'_>,
        id: TypeId,
        origin: &Origin,
    ) -> Option<Shape> {
        self.check_mapping(schema, at);
        let view = SchemaView::of(schema);
        let (keyword, branches) = self.choice(&view, at)?;
        if branches.iter().all(is_typeless) {
            return self.without_alternatives(&view, at, id, origin);
        }
        if view.is_struct() || !view.all_of.is_empty() {
            let mut parts = Vec::new();
            self.flatten(schema, at, &mut parts, &mut Vec::new())?;
            return self.alternatives_of_parts(&parts, id, origin);
        }
        let discriminator = view.schema.schema_data.discriminator.as_ref();
        let mut types = self.non_null_branches(branches);
        let nullable = view.nullable() || types.len() < branches.len();
        if discriminator.is_none() {
            // The base that they extend is the union of them.
            types.retain(|(_, branch)| !self.extends_other_branch(branch, branches));
        }
        if discriminator.is_none()
            && let Some(list) = self.one_and_array(&types)
        {
            let mut lowered = self.one_or_many(list, at.child(keyword), origin)?;
            lowered.nullable |= nullable;
            return Some(Shape::Unnamed(lowered));
        }
        let only = (types.len() == 1).then_some(origin);
        let lowered = self.branches(&types, at.child(keyword), id, only)?;
        self.union(lowered, discriminator, nullable)
    }

    /// Returns the branches, with their indexes, without those that allow only null.
    pub(super) fn non_null_branches<'s>(
        &self,
        branches: &'s [ReferenceOr<Schema>],
    ) -> Vec<(usize, &'s ReferenceOr<Schema>)> {
        let is_null = |branch: &ReferenceOr<Schema>| match branch {
            ReferenceOr::Item(schema) => {
                let view = SchemaView::of(schema);
                view.is_null() || (view.declared_type().is_none() && is_null_schema(branch))
            }
            ReferenceOr::Reference { reference } => {
                let target = self.document.schema(reference);
                target.is_ok_and(|(_, schema)| SchemaView::of(schema).is_null())
            }
        };
        let branches = branches.iter().enumerate();
        branches.filter(|(_, branch)| !is_null(branch)).collect()
    }

    /// Lowers the branches. Continues after an error, so that the problems of all are reported.
    /// `only` is the origin of a single branch, which is the type of the whole schema.
    pub(super) fn branches(
        &mut self,
        branches: &[(usize, &ReferenceOr<Schema>)],
        list: Pointer<'_>,
        union: TypeId,
        only: Option<&Origin>,
    ) -> Option<Vec<Branch>> {
        let mut lowered = Some(Vec::new());
        for &(index, branch) in branches {
            let token = index.to_string();
            let hint = hint(branch, index);
            let pointer = only.cloned().unwrap_or_else(|| Origin::Variant {
                union,
                hint: hint.clone(),
            });
            let lowered_type = match self.branch_without_family(branch, branches) {
                Some(lowered_type) => lowered_type,
                None => self.schema_or_reference(branch, list.child(&token), &pointer),
            };
            match (lowered_type, &mut lowered) {
                (Some(lowered_type), Some(all)) => all.push(Branch {
                    lowered_type,
                    reference: reference(branch),
                    hint,
                }),
                (None, _) => lowered = None,
                _ => {}
            }
        }
        lowered
    }

    /// Returns the shape of a schema whose branches only restrict it, for example by `required`.
    fn without_alternatives(
        &mut self,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        id: TypeId,
        origin: &Origin,
    ) -> Option<Shape> {
        if !view.all_of.is_empty() {
            return self.all_of(view, at, id, origin);
        }
        if view.is_struct() {
            return self.structure(view, at, id);
        }
        let ty = self.unnamed_type(view, at, origin)?;
        Some(Shape::Unnamed(LoweredType {
            ty,
            nullable: view.nullable(),
        }))
    }

    /// Returns the keyword that determines the variants, with its branches.
    ///
    /// If a schema has both keywords, the other one must only restrict the values: its branches have
    /// no types, or include all branches of the first one.
    pub(super) fn choice<'s>(
        &mut self,
        view: &SchemaView<'s>,
        at: Pointer<'_>,
    ) -> Option<(&'static str, &'s [ReferenceOr<Schema>])> {
        let (one_of, any_of) = (view.one_of, view.any_of);
        let restricts = |list: &[ReferenceOr<Schema>], other: &[ReferenceOr<Schema>]| {
            list.iter().all(is_typeless) || other.iter().all(|branch| list.contains(branch))
        };
        if any_of.is_empty() || (!one_of.is_empty() && restricts(any_of, one_of)) {
            Some(("oneOf", one_of))
        } else if one_of.is_empty() || restricts(one_of, any_of) {
            Some(("anyOf", any_of))
        } else {
            self.refuse(unsupported(at, "`oneOf` combined with `anyOf`"))
        }
    }
}

pub(super) fn reference(branch: &ReferenceOr<Schema>) -> Option<String> {
    match branch {
        ReferenceOr::Reference { reference } => Some(reference.clone()),
        ReferenceOr::Item(_) => None,
    }
}

/// Returns a hint for the name of a branch: the component's name, else the title, else a number.
pub(super) fn hint(branch: &ReferenceOr<Schema>, index: usize) -> String {
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
