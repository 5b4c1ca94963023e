//! Which types the parts of the model use.

use super::{Api, ErrorBody, Errors, Kind, Operation, Payload, Type};
use std::collections::{HashMap, HashSet};

impl Api {
    /// Returns the names of the types that are part of a request, directly or through other types.
    pub fn request_types(&self) -> HashSet<&str> {
        let definitions: HashMap<&str, &Kind> = self
            .types
            .iter()
            .map(|def| (def.rust.as_str(), &def.kind))
            .collect();
        let operations = self.resources.iter().flat_map(|one| &one.operations);
        let direct = operations.flat_map(Operation::request_types);
        let mut pending: Vec<&str> = direct.filter_map(Type::name).collect();
        let mut found = HashSet::new();
        while let Some(name) = pending.pop() {
            if let Some(kind) = definitions.get(name).filter(|_| found.insert(name)) {
                pending.extend(kind.types().filter_map(Type::name));
            }
        }
        found
    }
}

impl<R> Operation<R> {
    /// Returns the types that requests of the operation contain.
    pub fn request_types(&self) -> impl Iterator<Item = &Type<R>> {
        let fields = self.body.iter().flat_map(|body| body.content.fields());
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(fields.map(|field| &field.ty))
    }

    /// Returns the types that the operation uses, except those of its errors.
    pub fn types(&self) -> impl Iterator<Item = &Type<R>> {
        let bodies = self.success.responses().filter_map(|one| one.body.as_ref());
        let bodies = bodies.chain(self.other_formats.iter().map(|other| &other.body));
        let bodies = bodies.flat_map(|body| {
            let stream = body.stream.iter().map(|stream| &stream.ty);
            std::iter::once(&body.ty).chain(stream)
        });
        self.request_types()
            .chain(bodies)
            .chain(self.pagination.iter().map(|pagination| &pagination.item))
    }
}

impl<R> Errors<R> {
    /// Returns the types of all payloads.
    pub fn types(&self) -> impl Iterator<Item = &Type<R>> {
        let payloads = self.variants.iter().map(|variant| &variant.payload);
        payloads.flat_map(Payload::bodies).map(|body| &body.ty)
    }
}

impl<R> Payload<R> {
    /// Returns the bodies that the variant can contain.
    pub fn bodies(&self) -> impl Iterator<Item = &ErrorBody<R>> {
        let (one, several) = match self {
            Self::None => (None, &[][..]),
            Self::One(body) => (Some(body), &[][..]),
            Self::PerOperation { bodies, .. } => (None, bodies.as_slice()),
        };
        let several = several.iter().filter_map(|body| body.body.as_ref());
        one.into_iter().chain(several)
    }
}

impl<R> Kind<R> {
    /// Returns the types that the definition mentions: those of fields, additional properties and
    /// variants, and the target of an alias.
    pub fn types(&self) -> impl Iterator<Item = &Type<R>> {
        let (fields, additional, variants, target) = match self {
            Self::Struct { fields, additional } => {
                (fields.as_slice(), additional.as_ref(), &[][..], None)
            }
            Self::Union { variants, .. } => (&[][..], None, variants.as_slice(), None),
            Self::Alias(target) => (&[][..], None, &[][..], Some(target)),
            Self::Enum { .. } => (&[][..], None, &[][..], None),
        };
        let fields = fields.iter().map(|field| &field.ty);
        let variants = variants.iter().map(|variant| &variant.ty);
        fields.chain(additional).chain(variants).chain(target)
    }
}
