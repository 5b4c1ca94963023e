//! The components that a reference can point to, in their typed form.

use std::collections::HashMap;

use openapiv3::{
    Components, Header, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};

use super::grammar::types::Shape;
use super::references::References;
use super::tree::Node;
use super::{grammar, pointer, typed};

/// A type that a reference can point to, such as a schema or a parameter.
pub trait Component: sealed::Sealed {}

impl<T: sealed::Sealed> Component for T {}

/// The targets of references that are not named components, such as
/// `#/components/schemas/Link/properties/id`.
#[derive(Default)]
pub struct Targets {
    schemas: HashMap<String, Schema>,
    parameters: HashMap<String, Parameter>,
    responses: HashMap<String, Response>,
    headers: HashMap<String, Header>,
    request_bodies: HashMap<String, RequestBody>,
    security_schemes: HashMap<String, SecurityScheme>,
    path_items: HashMap<String, PathItem>,
}

impl Targets {
    pub(super) fn collect(root: &Node, openapi: &OpenAPI, references: &References) -> Self {
        Self {
            schemas: targets(root, openapi, references),
            parameters: targets(root, openapi, references),
            responses: targets(root, openapi, references),
            headers: targets(root, openapi, references),
            request_bodies: targets(root, openapi, references),
            security_schemes: targets(root, openapi, references),
            path_items: targets(root, openapi, references),
        }
    }
}

/// Returns the component at a pointer: a named component, or one of the `targets` of references to
/// other locations.
pub(super) fn find<'d, T: Component>(
    openapi: &'d OpenAPI,
    targets: &'d Targets,
    at: &str,
) -> Option<&'d T> {
    named_component(openapi, at).or_else(|| T::store(targets).get(at))
}

fn targets<T: Component>(
    root: &Node,
    openapi: &OpenAPI,
    references: &References,
) -> HashMap<String, T> {
    let parts = references
        .targets(T::shape())
        .into_iter()
        .filter(|at| named_component::<T>(openapi, at).is_none());
    parts
        .filter_map(|at| Some((at.to_owned(), T::read(root.at(at)?))))
        .collect()
}

fn named_component<'d, T: Component>(openapi: &'d OpenAPI, at: &str) -> Option<&'d T> {
    let mut tokens = pointer::tokens(at);
    let mut section = tokens.next()?;
    if section == "components" {
        section = tokens.next()?;
    }
    let name = tokens.next()?;
    if tokens.next().is_some() || section != T::SECTION {
        return None;
    }
    match T::named(openapi, &name)? {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    }
}

mod sealed {
    use super::{HashMap, Node, OpenAPI, ReferenceOr, Shape, Targets};

    /// Finds and reads one type of component.
    pub trait Sealed: Sized {
        const SECTION: &'static str;
        fn named<'d>(openapi: &'d OpenAPI, name: &str) -> Option<&'d ReferenceOr<Self>>;
        fn store(targets: &Targets) -> &HashMap<String, Self>;
        fn shape() -> &'static Shape;
        fn read(node: &Node) -> Self;
    }
}

macro_rules! component {
    ($type:ident, $section:literal, $field:ident, $shape:ident, $read:ident) => {
        impl sealed::Sealed for $type {
            const SECTION: &'static str = $section;

            fn named<'d>(openapi: &'d OpenAPI, name: &str) -> Option<&'d ReferenceOr<Self>> {
                let components: &Components = openapi.components.as_ref()?;
                components.$field.get(name)
            }

            fn store(targets: &Targets) -> &HashMap<String, Self> {
                &targets.$field
            }

            fn shape() -> &'static Shape {
                &grammar::$shape
            }

            fn read(node: &Node) -> Self {
                typed::$read(node)
            }
        }
    };
}

component!(Schema, "schemas", schemas, SCHEMA, schema);
component!(Parameter, "parameters", parameters, PARAMETER, parameter);
component!(Response, "responses", responses, RESPONSE, response);
component!(Header, "headers", headers, HEADER, header);
component!(
    RequestBody,
    "requestBodies",
    request_bodies,
    REQUEST_BODY,
    request_body
);
component!(
    SecurityScheme,
    "securitySchemes",
    security_schemes,
    SECURITY_SCHEME,
    security_scheme
);

impl sealed::Sealed for PathItem {
    const SECTION: &'static str = "paths";

    fn named<'d>(openapi: &'d OpenAPI, name: &str) -> Option<&'d ReferenceOr<Self>> {
        openapi.paths.paths.get(name)
    }

    fn store(targets: &Targets) -> &HashMap<String, Self> {
        &targets.path_items
    }

    fn shape() -> &'static Shape {
        &grammar::PATH_ITEM
    }

    fn read(node: &Node) -> Self {
        typed::path_item(node)
    }
}
