//! "One or a list of them": a `oneOf` or `anyOf` of a type and of an array of it becomes a list.

use super::merge::is_typeless;
use super::{LoweredType, Lowering, SchemaView};
use crate::lower::pointer::Pointer;
use crate::model::unnamed::{Origin, Type};
use crate::model::{IntegerWidth, NumberWidth};
use crate::spec::Document;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

/// The maximum number of schemas to look at to compare two of them. Schemas can contain themselves.
const MAX_COMPARED: usize = 1_000;

/// A branch with its index in the `oneOf` or `anyOf`.
type IndexedBranch<'s> = (usize, &'s ReferenceOr<Schema>);

/// A schema, and the reference by which it was found.
#[derive(Clone, Copy)]
struct Target<'s> {
    reference: Option<&'s str>,
    schema: &'s Schema,
}

impl<'a> Lowering<'a> {
    /// Returns the branch that is an array, and the other one, if that has the structure of the
    /// items.
    pub(super) fn one_and_array<'s>(
        &self,
        branches: &[IndexedBranch<'s>],
    ) -> Option<(&'s ReferenceOr<Schema>, IndexedBranch<'s>)>
    where
        'a: 's,
    {
        let &[first, second] = branches else {
            return None;
        };
        let mut search = Search::of(self.document);
        let item_of = |(_, branch): IndexedBranch<'s>| {
            let view = SchemaView::of(search.target(branch)?.schema);
            let is_array = view.kind() == Some("array") && !view.has_branches();
            view.items.filter(|_| is_array)
        };
        let (one, many, item) = match (item_of(first), item_of(second)) {
            (None, Some(item)) => (first.1, second, item),
            (Some(item), None) => (second.1, first, item),
            _ => return None,
        };
        let (target, item) = (search.target(one)?, search.boxed_target(item)?);
        let is_item = !search.may_be_array(target) && search.is_same(target, item);
        is_item.then_some((one, many))
    }

    /// Lowers an array of which one item is allowed in its place. `origin` is the origin of the
    /// whole schema.
    pub(super) fn one_or_many(
        &mut self,
        (one, (index, many)): (&ReferenceOr<Schema>, IndexedBranch<'_>),
        list: Pointer<'_>,
        origin: &Origin,
    ) -> Option<LoweredType> {
        let lowered = self.schema_or_reference(many, list.child(&index.to_string()), origin)?;
        let Type::Array(item) = lowered.ty else {
            return Some(lowered);
        };
        let one = Search::of(self.document).target(one);
        let one = one.map(|one| SchemaView::of(one.schema));
        let scalar = one.as_ref().filter(|view| !view.is_named());
        let item = match scalar.and_then(scalar_type) {
            Some(scalar) => wider(&item, scalar),
            None => *item,
        };
        Some(LoweredType {
            ty: Type::OneOrMany(Box::new(item)),
            nullable: lowered.nullable || one.is_some_and(|view| view.nullable()),
        })
    }
}

/// Compares schemas, up to a limit.
struct Search<'a> {
    document: &'a Document,
    /// The number of schemas that may still be looked at.
    budget: usize,
}

impl<'a> Search<'a> {
    fn of(document: &'a Document) -> Self {
        Self {
            document,
            budget: MAX_COMPARED,
        }
    }

    fn target<'s>(&self, schema: &'s ReferenceOr<Schema>) -> Option<Target<'s>>
    where
        'a: 's,
    {
        match schema {
            ReferenceOr::Item(schema) => Some(Target {
                reference: None,
                schema,
            }),
            ReferenceOr::Reference { reference } => self.referenced(reference),
        }
    }

    fn boxed_target<'s>(&self, schema: &'s ReferenceOr<Box<Schema>>) -> Option<Target<'s>>
    where
        'a: 's,
    {
        match schema {
            ReferenceOr::Item(schema) => Some(Target {
                reference: None,
                schema,
            }),
            ReferenceOr::Reference { reference } => self.referenced(reference),
        }
    }

    fn referenced<'s>(&self, reference: &'s str) -> Option<Target<'s>>
    where
        'a: 's,
    {
        let (_, schema) = self.document.schema(reference).ok()?;
        Some(Target {
            reference: Some(reference),
            schema,
        })
    }

    /// Returns false if no more schemas may be looked at.
    fn spend(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    /// Returns true if a schema may allow an array.
    fn may_be_array(&mut self, target: Target<'_>) -> bool {
        let view = SchemaView::of(target.schema);
        match view.kind() {
            Some(kind) => return kind == "array",
            None if !view.has_branches() || !self.spend() => return true,
            None => {}
        }
        let branches = [view.all_of, view.one_of, view.any_of];
        let mut branches = branches.into_iter().flatten();
        branches.any(|branch| {
            let target = self.target(branch);
            !is_typeless(branch) && target.is_none_or(|target| self.may_be_array(target))
        })
    }

    /// Returns true if two schemas describe the same structure. Formats, bounds and annotations are
    /// ignored, and so is `nullable`.
    fn is_same(&mut self, one: Target<'_>, other: Target<'_>) -> bool {
        if one.reference.is_some() && one.reference == other.reference {
            return true;
        }
        if !self.spend() {
            return false;
        }
        let (one, other) = (SchemaView::of(one.schema), SchemaView::of(other.schema));
        one.kind() == other.kind()
            && values(&one) == values(&other)
            && self.has_same_properties(&one, &other)
            && self.has_same_items(&one, &other)
            && self.are_same(one.all_of, other.all_of)
            && self.are_same(one.one_of, other.one_of)
            && self.are_same(one.any_of, other.any_of)
    }

    fn has_same_properties(&mut self, one: &SchemaView<'_>, other: &SchemaView<'_>) -> bool {
        let additional = match (one.additional, other.additional) {
            (
                Some(AdditionalProperties::Schema(one)),
                Some(AdditionalProperties::Schema(other)),
            ) => self.are_same(std::slice::from_ref(one), std::slice::from_ref(other)),
            (one, other) => one == other,
        };
        let mut properties = one.properties.iter();
        additional
            && one.properties.len() == other.properties.len()
            && properties.all(|(name, schema)| {
                let known = other.properties.get(name);
                let targets = known.and_then(|known| {
                    Some((self.boxed_target(schema)?, self.boxed_target(known)?))
                });
                one.required.contains(name) == other.required.contains(name)
                    && targets.is_some_and(|(one, other)| self.is_same(one, other))
            })
    }

    fn has_same_items(&mut self, one: &SchemaView<'_>, other: &SchemaView<'_>) -> bool {
        let (Some(one), Some(other)) = (one.items, other.items) else {
            return one.items.is_none() && other.items.is_none();
        };
        match (self.boxed_target(one), self.boxed_target(other)) {
            (Some(one), Some(other)) => self.is_same(one, other),
            _ => false,
        }
    }

    fn are_same(&mut self, one: &[ReferenceOr<Schema>], other: &[ReferenceOr<Schema>]) -> bool {
        let mut pairs = one.iter().zip(other);
        one.len() == other.len()
            && pairs.all(
                |(one, other)| match (self.target(one), self.target(other)) {
                    (Some(one), Some(other)) => self.is_same(one, other),
                    _ => false,
                },
            )
    }
}

/// Returns the values of an enum in a fixed order, without null, which is ignored here.
fn values(view: &SchemaView<'_>) -> Vec<String> {
    let values = view.enumeration.iter().filter(|value| !value.is_null());
    let mut values: Vec<String> = values.map(ToString::to_string).collect();
    values.sort_unstable();
    values
}

/// Returns the type of a string, an integer or a number.
fn scalar_type(view: &SchemaView<'_>) -> Option<Type> {
    match view.kind()? {
        "string" => Some(super::string_type(view.format)),
        "integer" => Some(Type::Integer(view.integer_width())),
        "number" if view.format == Some("float") => Some(Type::Number(NumberWidth::F32)),
        "number" => Some(Type::Number(NumberWidth::F64)),
        _ => None,
    }
}

/// Returns the type of an item that also holds a single value of the type `scalar`, which differs
/// from that of the item at most in its format.
fn wider(item: &Type, scalar: Type) -> Type {
    match (item, scalar) {
        (Type::Nullable(item), scalar) => Type::Nullable(Box::new(wider(item, scalar))),
        (item, scalar) if *item == scalar => scalar,
        (item, scalar) if item.is_text() && scalar.is_text() => Type::String,
        (Type::Integer(IntegerWidth::U32), Type::Integer(IntegerWidth::U64))
        | (Type::Integer(IntegerWidth::U64), Type::Integer(IntegerWidth::U32)) => {
            Type::Integer(IntegerWidth::U64)
        }
        (Type::Integer(_), Type::Integer(_)) => Type::Integer(IntegerWidth::I64),
        (Type::Number(_), Type::Number(_)) => Type::Number(NumberWidth::F64),
        (item, _) => item.clone(),
    }
}
