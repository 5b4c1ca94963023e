//! Lowers `oneOf` and `anyOf` next to properties or inside of an `allOf`: each branch is merged with the
//! other schemas.

use super::alternatives::{hint, reference};
use super::merge::{Part, is_object, is_simple};
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
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// The branch and the other schemas are merged into one type.
    Merged,
    /// The other schemas only restrict objects, and the branch is a string, a number, a boolean or
    /// an array.
    Unchanged,
    /// No value satisfies both the branch and the other schemas.
    Impossible,
}

/// Returns the role of a branch from the parts of the other schemas and its own.
fn role(parts: &[Part<'_>], own: &[Part<'_>]) -> Role {
    let only_simple =
        |parts: &[Part<'_>]| parts.iter().any(is_simple) && !parts.iter().any(is_object);
    let declares_object =
        |part: &Part<'_>| SchemaView::of(part.schema).declared_type() == Some("object");
    match (only_simple(own), only_simple(parts)) {
        (true, false) if !parts.iter().any(declares_object) => Role::Unchanged,
        (true, false) => Role::Impossible,
        (false, true) if own.iter().any(declares_object) => Role::Impossible,
        (true, true) => match (json_type(own), json_type(parts)) {
            (Some(one), Some(other)) if one != other => Role::Impossible,
            _ => Role::Merged,
        },
        _ => Role::Merged,
    }
}

/// Returns the type that the values of all parts have. An integer is a number.
fn json_type<'s>(parts: &[Part<'s>]) -> Option<&'s str> {
    let mut kinds = parts
        .iter()
        .filter_map(|part| SchemaView::of(part.schema).kind());
    kinds.next().map(|kind| match kind {
        "integer" => "number",
        kind => kind,
    })
}

impl<'a> Lowering<'a> {
    /// Returns the shape of `oneOf` or `anyOf` next to properties or inside of an `allOf`: each
    /// branch is merged with the other parts.
    pub(super) fn alternatives_of_parts(
        &mut self,
        parts: &[Part<'_>],
        id: TypeId,
        origin: &Origin,
    ) -> Option<Shape> {
        let (choices, rest): (Vec<_>, Vec<_>) = parts
            .iter()
            .cloned()
            .partition(Part::has_unselected_alternatives);
        let choice = match choices.as_slice() {
            [] if parts.iter().any(is_simple) && !parts.iter().any(is_object) => {
                let selected = parts.iter().find(|part| part.alternative_selected);
                let at = selected.map_or("", |part| part.pointer.as_str());
                return self.intersection(parts, Pointer::start(at), origin, false);
            }
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

    /// Returns the role of a branch next to the other parts of an `allOf`.
    fn branch_role(
        &mut self,
        parts: &[Part<'_>],
        branch: &ReferenceOr<Schema>,
        at: Pointer<'_>,
    ) -> Option<Role> {
        let role = self.nested_role(parts, branch, at, 0)?;
        if role == Role::Impossible {
            let message = "no value satisfies both this branch and the schemas next to it";
            let problem = Diagnostic::new(Code::Shape, at, message);
            self.warn(problem.help("the generated type has no variant for this branch"));
        }
        Some(role)
    }

    /// Returns the role of a branch. A branch with branches of its own has the role of these, if they
    /// all have the same one.
    fn nested_role(
        &mut self,
        parts: &[Part<'_>],
        branch: &ReferenceOr<Schema>,
        at: Pointer<'_>,
        depth: usize,
    ) -> Option<Role> {
        /// The maximum number of branches inside each other. References may be circular.
        const MAX_DEPTH: usize = 4;
        self.count_branch(at)?;
        let mut own = Vec::new();
        self.branch_parts(branch, at, &mut own)?;
        let choice = own.iter().find(|part| part.has_unselected_alternatives());
        let Some(choice) = choice.filter(|_| own.len() == 1 && depth < MAX_DEPTH) else {
            return Some(role(parts, &own));
        };
        let view = SchemaView::of(choice.schema);
        let start = Pointer::start(&choice.pointer);
        let (keyword, branches) = self.choice(&view, start)?;
        let list = start.child(keyword);
        let mut common = None;
        for (index, branch) in self.non_null_branches(branches) {
            let index = index.to_string();
            let role = self.nested_role(parts, branch, list.child(&index), depth + 1)?;
            if common.is_some_and(|known| known != role) {
                return Some(Role::Merged);
            }
            common = Some(role);
        }
        common.or(Some(Role::Merged))
    }

    /// Counts a branch that is compared or merged with other schemas. Reports an error if there are
    /// too many.
    fn count_branch(&mut self, at: Pointer<'_>) -> Option<()> {
        self.merged_alternatives += 1;
        if self.merged_alternatives > MAX_MERGED_ALTERNATIVES {
            let message = format!(
                "more than {MAX_MERGED_ALTERNATIVES} `oneOf` and `anyOf` branches to merge"
            );
            return self.refuse(Diagnostic::new(Code::Bound, at, message));
        }
        Some(())
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
        self.count_branch(list)?;
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
        let lowered_type = match self.alternatives_of_parts(&all, branch_id, &origin)? {
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
