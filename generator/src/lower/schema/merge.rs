//! Lowers `allOf`: merges several schemas into one type.

use super::{LoweredType, Lowering, SchemaView, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::describe::unsupported;
use crate::lower::pointer::Pointer;
use crate::model::TypeId;
use crate::model::unnamed::{Field, Kind, Origin, Type};
use openapiv3::{ReferenceOr, Schema};
use std::collections::HashMap;

/// One of the schemas that are merged.
#[derive(Clone)]
pub struct Part<'s> {
    pub schema: &'s Schema,
    /// The location in the document: a JSON pointer.
    pub pointer: String,
    /// True if one of the schema's alternatives is another part. The schema's `oneOf` and `anyOf`
    /// are then ignored.
    pub alternative_selected: bool,
}

impl Part<'_> {
    /// Returns true if the schema has alternatives and none of them is selected.
    pub fn has_unselected_alternatives(&self) -> bool {
        let view = SchemaView::of(self.schema);
        let mut branches = view.one_of.iter().chain(view.any_of);
        !self.alternative_selected && branches.any(|branch| !is_typeless(branch))
    }
}

impl<'a> Lowering<'a> {
    /// Returns the shape of an `allOf` and the keywords next to it.
    pub(super) fn all_of(
        &mut self,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        id: TypeId,
        origin: &Origin,
    ) -> Option<Shape> {
        // A single branch that has a type is the type of the whole schema.
        let list = at.child("allOf");
        let typed_branches = view
            .all_of
            .iter()
            .enumerate()
            .filter(|(_, branch)| !is_typeless(branch));
        let typed_branches: Vec<_> = typed_branches.collect();
        let extends_base = self.families.has_ancestor(&at.to_string());
        let only = match typed_branches.as_slice() {
            [only] if !view.is_struct() && !extends_base => Some(*only),
            _ => None,
        };
        // An `enum` or a `format` next to the branch makes the type more specific.
        let adds = view.kind().is_some() && (view.is_enum() || view.format.is_some());
        let nullable = view.nullable() || view.all_of.iter().any(is_null_schema);
        if let (Some((index, branch)), false) = (only, adds) {
            return self.only_branch(nullable, branch, list.child(&index.to_string()), origin);
        }
        let mut parts = Vec::new();
        self.flatten(view.schema, at, &mut parts, &mut Vec::new())?;
        if parts.iter().any(Part::has_unselected_alternatives) {
            return self.alternatives_of_parts(&parts, id, origin);
        }
        if parts.iter().any(is_simple) && !parts.iter().any(is_object) {
            return self.intersection(&parts, at, origin, nullable);
        }
        if let Some((index, branch)) = only {
            return self.only_branch(nullable, branch, list.child(&index.to_string()), origin);
        }
        self.merged(&parts, nullable, id)
    }

    fn only_branch(
        &mut self,
        nullable: bool,
        branch: &ReferenceOr<Schema>,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<Shape> {
        let lowered_type = self.schema_or_reference(branch, at, origin)?;
        Some(Shape::Unnamed(LoweredType {
            nullable: lowered_type.nullable || nullable,
            ..lowered_type
        }))
    }

    /// Collects the schemas of an `allOf`, through references and nested `allOf`s, into `parts`.
    ///
    /// Each schema is included once, because a repetition adds nothing. `ancestors` are the
    /// locations of the schemas that contain this one; they detect a circular `allOf`.
    pub fn flatten<'s>(
        &mut self,
        schema: &'s Schema,
        at: Pointer<'_>,
        parts: &mut Vec<Part<'s>>,
        ancestors: &mut Vec<String>,
    ) -> Option<()>
    where
        'a: 's,
    {
        let pointer = at.to_string();
        if ancestors.contains(&pointer) {
            let message = "circular `allOf`";
            return self.refuse(Diagnostic::new(Code::Reference, at, message));
        }
        if parts.iter().any(|part| part.pointer == pointer) {
            return Some(());
        }
        ancestors.push(pointer);
        let document = self.document;
        let view = SchemaView::of(schema);
        let list = at.child("allOf");
        for (index, branch) in view.all_of.iter().enumerate() {
            let index = index.to_string();
            match branch {
                ReferenceOr::Item(schema) => {
                    self.flatten(schema, list.child(&index), parts, ancestors)?
                }
                ReferenceOr::Reference { reference } => {
                    let (pointer, schema) = self.ok_or_report(document.schema(reference))?;
                    self.flatten(schema, Pointer::start(&pointer), parts, ancestors)?;
                }
            }
        }
        let pointer = ancestors.pop()?;
        parts.push(Part {
            schema,
            pointer,
            alternative_selected: false,
        });
        Some(())
    }

    /// Merges the parts into one struct with the properties of all parts.
    pub(super) fn merged(
        &mut self,
        parts: &[Part<'_>],
        nullable: bool,
        id: TypeId,
    ) -> Option<Shape> {
        let origin = |wire: &str| Origin::Property {
            parent: id,
            wire: wire.to_owned(),
            item: false,
        };
        let mut fields: Vec<Field> = Vec::new();
        let mut required: Vec<&String> = Vec::new();
        let mut additional = None;
        let mut complete = true;
        for part in parts {
            let view = SchemaView::of(part.schema);
            let pointer = Pointer::start(&part.pointer);
            required.extend(view.required);
            if view.kind().is_some_and(|kind| kind != "object") || view.is_enum() {
                return self.refuse(unsupported(
                    pointer,
                    "`allOf` of an object and a non-object",
                ));
            }
            additional = self.additional(&view, pointer, id)?.or(additional);
            let Some(properties) = self.properties(&view, pointer, &origin, &HashMap::new()) else {
                complete = false;
                continue;
            };
            for field in properties {
                let origin = origin(&field.wire);
                complete &= self
                    .merge_field(&mut fields, field, pointer, &origin)
                    .is_some();
            }
        }
        for field in &mut fields {
            field.required |= required.contains(&&field.wire);
        }
        if !complete {
            return None;
        }
        if fields.is_empty() {
            let ty = additional.map_or(Type::Json, |ty| Type::Map(Box::new(ty)));
            let nullable = parts.iter().any(|part| part.schema.schema_data.nullable);
            return Some(Shape::Unnamed(LoweredType { ty, nullable }));
        }
        let views = parts.iter().map(|part| SchemaView::of(part.schema));
        let views: Vec<_> = views.collect();
        let pointers = parts.iter().map(|part| Pointer::start(&part.pointer));
        let views: Vec<_> = views.iter().zip(pointers).collect();
        self.warn_about_undeclared(&views);
        let kind = Kind::Struct { fields, additional };
        Some(Shape::Named { kind, nullable })
    }

    /// Adds a field, or merges it with the field of the same name from an earlier part.
    pub fn merge_field(
        &mut self,
        fields: &mut Vec<Field>,
        field: Field,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<()> {
        let Some(known) = fields.iter_mut().find(|known| known.wire == field.wire) else {
            fields.push(field);
            return Some(());
        };
        let Some(ty) = self.intersect_types(&known.ty, &field.ty, origin) else {
            let properties = at.child("properties");
            let what = format!(
                "`allOf` with incompatible types for the property `{}`",
                field.wire
            );
            return self.refuse(unsupported(properties.child(&field.wire), &what));
        };
        known.ty = ty;
        // Null satisfies an `allOf` only if every schema allows it.
        known.nullable &= field.nullable;
        known.read_only |= field.read_only;
        known.write_only |= field.write_only;
        known.description = field.description.or(known.description.take());
        known.deprecated = field.deprecated.or(known.deprecated.take());
        Some(())
    }

    /// Returns true if the type is a string enum.
    pub fn is_string_enum(&self, ty: &Type) -> bool {
        let kind = ty.direct_id().map(|id| &self.arena[id].kind);
        matches!(
            kind,
            Some(Kind::Enum {
                scalar: crate::model::Scalar::String,
                ..
            })
        )
    }
}

/// Returns true if a part is a string, a number, a boolean, an array or an enum.
pub(super) fn is_simple(part: &Part<'_>) -> bool {
    let view = SchemaView::of(part.schema);
    view.is_enum() || view.kind().is_some_and(|kind| kind != "object")
}

pub(super) fn is_object(part: &Part<'_>) -> bool {
    SchemaView::of(part.schema).kind() == Some("object")
}

/// Returns true if a branch has no type and is nullable, such as `{nullable: true}`.
pub(super) fn is_null_schema(branch: &ReferenceOr<Schema>) -> bool {
    let is_nullable = |schema: &Schema| schema.schema_data.nullable;
    is_typeless(branch) && branch.as_item().is_some_and(is_nullable)
}

/// Returns true if a branch only restricts or describes: `{required: [a]}`, `{description: ..}`.
pub(super) fn is_typeless(branch: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = branch else {
        return false;
    };
    let view = SchemaView::of(schema);
    let bare = view.properties.is_empty() && view.items.is_none() && view.additional.is_none();
    bare && view.enumeration.is_empty()
        && !view.has_branches()
        && matches!(view.declared_type(), None | Some("object"))
}
