//! Lowers `oneOf` and `anyOf`, alone or next to properties.
//!
//! The branches of a `oneOf` or `anyOf` are called alternatives.

use super::merge::{Part, is_null_schema, is_object, is_simple, is_typeless};
use super::union::Branch;
use super::{LoweredType, Lowering, SchemaView, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::describe::unsupported;
use crate::lower::pointer::Pointer;
use crate::model::TypeId;
use crate::model::unnamed::{Origin, Type};
use openapiv3::{ReferenceOr, Schema};

/// The maximum number of branches that are merged with other schemas. A few schemas that refer to
/// each other can require an unlimited number.
const MAX_MERGED_ALTERNATIVES: usize = 20_000;

/// The role of a branch of `oneOf` or `anyOf` next to other schemas.
enum Role {
    /// The branch and the other schemas are merged into one type.
    Merged,
    /// The other schemas only restrict objects, and the branch is a string, a number, a boolean or
    /// an array.
    Unchanged,
    /// The other schemas require an object, and the branch does not allow any.
    Impossible,
}

impl<'a> Lowering<'a> {
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
            return self.alternatives_of_parts(&parts, id);
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
    fn non_null_branches<'s>(
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
    fn branches(
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

    /// Returns the shape of `oneOf` or `anyOf` next to properties or inside of an `allOf`: each
    /// branch is merged with the other parts.
    pub(super) fn alternatives_of_parts(
        &mut self,
        parts: &[Part<'_>],
        id: TypeId,
    ) -> Option<Shape> {
        let (choices, rest): (Vec<_>, Vec<_>) = parts
            .iter()
            .cloned()
            .partition(Part::has_unselected_alternatives);
        let choice = match choices.as_slice() {
            [] => return self.merged(parts, false, id),
            [choice] => choice,
            [first, ..] => {
                let what = "`allOf` with more than one `oneOf` or `anyOf`";
                return self.refuse(unsupported(Pointer::start(&first.pointer), what));
            }
        };
        let view = SchemaView::of(choice.schema);
        let start = Pointer::start(&choice.pointer);
        let (keyword, branches) = self.choice(&view, start)?;
        let list = start.child(keyword);
        let types = self.non_null_branches(branches);
        let mut lowered = Vec::new();
        for &(index, branch) in &types {
            match self.branch_role(parts, branch, list.child(&index.to_string()))? {
                Role::Merged => {
                    lowered.push(self.merged_branch(choice, &rest, list, (index, branch), id)?);
                }
                Role::Unchanged => {
                    lowered.extend(self.branches(&[(index, branch)], list, id, None)?);
                }
                Role::Impossible => {}
            }
        }
        if lowered.is_empty() && !types.is_empty() {
            return self.refuse(unsupported(list, "`allOf` of an object and a non-object"));
        }
        let nullable = types.len() < branches.len()
            || parts.iter().any(|part| part.schema.schema_data.nullable);
        self.union(
            lowered,
            view.schema.schema_data.discriminator.as_ref(),
            nullable,
        )
    }

    /// Returns the keyword of a schema that selects its type, `oneOf` or `anyOf`, with its branches.
    ///
    /// Of two keywords, one only restricts the values if its branches have no types, or if they
    /// include all branches of the other.
    fn choice<'s>(
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

    /// Returns the role of a branch next to the other parts of an `allOf`.
    fn branch_role(
        &mut self,
        parts: &[Part<'_>],
        branch: &ReferenceOr<Schema>,
        at: Pointer<'_>,
    ) -> Option<Role> {
        let mut own = Vec::new();
        self.branch_parts(branch, at, &mut own)?;
        let is_simple_branch = own.iter().any(is_simple) && !own.iter().any(is_object);
        if !is_simple_branch || parts.iter().any(is_simple) {
            return Some(Role::Merged);
        }
        let declares_object =
            |part: &Part<'_>| SchemaView::of(part.schema).declared_type() == Some("object");
        if !parts.iter().any(declares_object) {
            return Some(Role::Unchanged);
        }
        let message = "no value satisfies this branch, because `allOf` requires an object";
        let problem = Diagnostic::new(Code::Shape, at, message);
        self.warn(problem.help("the branch is no variant of the generated type"));
        Some(Role::Impossible)
    }

    /// Merges a branch of the `oneOf` or `anyOf` of `choice` with the other parts.
    fn merged_branch(
        &mut self,
        choice: &Part<'_>,
        rest: &[Part<'_>],
        list: Pointer<'_>,
        (index, branch): (usize, &ReferenceOr<Schema>),
        union: TypeId,
    ) -> Option<Branch> {
        self.merged_alternatives += 1;
        if self.merged_alternatives > MAX_MERGED_ALTERNATIVES {
            let message = format!(
                "more than {MAX_MERGED_ALTERNATIVES} `oneOf` and `anyOf` branches to merge"
            );
            return self.refuse(Diagnostic::new(Code::Bound, list, message));
        }
        let token = index.to_string();
        let mut all = rest.to_vec();
        // The properties next to the alternatives apply to each of them.
        all.push(Part {
            alternative_selected: true,
            ..choice.clone()
        });
        self.branch_parts(branch, list.child(&token), &mut all)?;
        let hint = hint(branch, index);
        let branch_id = self.arena.reserve("");
        let origin = Origin::Variant {
            union,
            hint: hint.clone(),
        };
        self.arena.begin(branch_id, &origin);
        let lowered_type = match self.alternatives_of_parts(&all, branch_id)? {
            Shape::Unnamed(lowered_type) => lowered_type,
            Shape::Named { kind, nullable } => {
                let owner = branch.as_item().unwrap_or(choice.schema);
                let def = self.type_def(owner, list.child(&token), kind)?;
                let ty = Type::Named(self.arena.intern(branch_id, def, origin));
                LoweredType { ty, nullable }
            }
        };
        Some(Branch {
            lowered_type,
            reference: reference(branch),
            hint,
        })
    }

    fn branch_parts<'s>(
        &mut self,
        branch: &'s ReferenceOr<Schema>,
        at: Pointer<'_>,
        parts: &mut Vec<Part<'s>>,
    ) -> Option<()>
    where
        'a: 's,
    {
        let document = self.document;
        match branch {
            ReferenceOr::Item(schema) => self.flatten(schema, at, parts, &mut Vec::new()),
            ReferenceOr::Reference { reference } => {
                let (pointer, schema) = self.ok_or_report(document.schema(reference))?;
                self.flatten(schema, Pointer::start(&pointer), parts, &mut Vec::new())
            }
        }
    }
}

fn reference(branch: &ReferenceOr<Schema>) -> Option<String> {
    match branch {
        ReferenceOr::Reference { reference } => Some(reference.clone()),
        ReferenceOr::Item(_) => None,
    }
}

/// Returns a hint for the name of a branch: the component's name, else the title, else a number.
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
