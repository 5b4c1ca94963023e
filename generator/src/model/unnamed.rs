//! The model before its names are decided: named types are referred to by [`TypeId`].
//!
//! `lower` makes it, and `names` turns it into an [`Api`](super::Api).

use super::{ExternalDocs, SecurityScheme, Server, StatusRange, TypeId, TypeTable};

pub type Type = super::Type<TypeId>;
pub type TypeDef = super::TypeDef<TypeId>;
pub type Kind = super::Kind<TypeId>;
pub type Field = super::Field<TypeId>;
pub type UnionVariant = super::UnionVariant<TypeId>;
pub type Resource = super::Resource<TypeId>;
pub type Operation = super::Operation<TypeId>;
pub type Parameter = super::Parameter<TypeId>;
pub type Body = super::Body<TypeId>;
pub type BodyContent = super::BodyContent<TypeId>;
pub type Success = super::Success<TypeId>;
pub type Response = super::Response<TypeId>;
pub type ResponseBody = super::ResponseBody<TypeId>;
pub type BodyStream = super::BodyStream<TypeId>;
pub type OtherFormat = super::OtherFormat<TypeId>;
pub type Pagination = super::Pagination<TypeId>;
pub type Errors = super::Errors<TypeId>;
pub type ErrorVariant = super::ErrorVariant<TypeId>;
pub type Payload = super::Payload<TypeId>;
pub type OperationErrorBody = super::OperationErrorBody<TypeId>;
pub type ErrorBody = super::ErrorBody<TypeId>;
pub type Webhook = super::Webhook<TypeId>;

/// The model of a document, before its names are decided.
#[derive(Clone, Debug)]
pub struct Lowered {
    pub title: String,
    pub version: String,
    pub description: Option<String>,
    pub external_docs: Option<ExternalDocs>,
    /// The server of the API.
    pub server: Option<Server>,
    pub security: Vec<SecurityScheme>,
    pub resources: Vec<Resource>,
    pub types: TypeTable<TypeDef>,
    /// The locations at which each type was found.
    pub origins: TypeTable<Vec<Origin>>,
    pub errors: Errors,
    pub webhooks: Vec<Webhook>,
}

/// A location at which a type was found, and after which `names` can name it.
///
/// `item` is true for the items of an array and for the values of a map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A schema of `components`, by its name.
    Component(String),
    /// The success response of an operation, or its items.
    Success { operation: OperationId },
    /// The payload of a webhook, by the name of the webhook.
    Webhook(String),
    /// The body of an error response with this status.
    Error { status: StatusRange },
    /// A string enum in error bodies, by the name of its property.
    ErrorEnum(String),
    /// A parameter of an operation.
    Parameter {
        operation: OperationId,
        wire: String,
    },
    /// The request body of an operation.
    Body { operation: OperationId },
    /// A property of an operation's request body.
    BodyField {
        operation: OperationId,
        wire: String,
        item: bool,
    },
    /// A property of another type.
    Property {
        parent: TypeId,
        wire: String,
        item: bool,
    },
    /// A component that others extend. Its own type is a variant of the union.
    Base { union: TypeId },
    /// The version of a type for requests, which lacks its read-only fields.
    Input { of: TypeId },
    /// A variant of a union, or the items of an array or a map that has a name.
    Variant { union: TypeId, hint: String },
}

impl Origin {
    /// Returns the origin of the items of an array or a map at this origin.
    pub fn item(&self) -> Self {
        let mut origin = self.clone();
        if let Self::BodyField { item, .. } | Self::Property { item, .. } = &mut origin {
            *item = true;
        }
        origin
    }
}

impl Type {
    /// Returns the id of the named type, also inside arrays, maps and boxes.
    pub fn id(&self) -> Option<TypeId> {
        self.named().copied()
    }

    /// Returns the id if this is a named type itself, not an array or a map of it.
    pub fn direct_id(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }
}

/// The id of an operation of a [`Lowered`] model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OperationId {
    resource: usize,
    operation: usize,
}

impl OperationId {
    /// Returns the id of an operation by the positions of its resource and of itself in the model.
    pub fn new(resource: usize, operation: usize) -> Self {
        Self {
            resource,
            operation,
        }
    }

    /// Returns the position of the operation's resource.
    pub fn resource(self) -> usize {
        self.resource
    }
}

impl Lowered {
    /// Returns the operation with an id, and its resource.
    #[expect(
        clippy::indexing_slicing,
        reason = "`lower` creates an id for each operation of the model, and none is removed"
    )]
    pub fn operation(&self, id: OperationId) -> (&Resource, &Operation) {
        let resource = &self.resources[id.resource];
        (resource, &resource.operations[id.operation])
    }

    /// Returns the operation with an id.
    #[expect(
        clippy::indexing_slicing,
        reason = "`lower` creates an id for each operation of the model, and none is removed"
    )]
    pub fn operation_mut(&mut self, id: OperationId) -> &mut Operation {
        &mut self.resources[id.resource].operations[id.operation]
    }

    /// Returns every type that an operation, an error or a webhook uses directly.
    pub fn types_used(&self) -> impl Iterator<Item = &Type> {
        let operations = self.resources.iter().flat_map(|one| &one.operations);
        operations
            .flat_map(Operation::types)
            .chain(self.errors.types())
            .chain(self.webhooks.iter().map(|webhook| &webhook.ty))
    }
}
