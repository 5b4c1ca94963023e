//! The request that a call must send.

use dub_generator::model::{BodyContent, Field, Operation, Type};
use std::collections::HashSet;

/// The operation that is called, and the inputs that are set.
pub struct ExpectedRequest<'a> {
    pub operation: &'a Operation,
    /// The locations and the names of the parameters.
    pub parameters: HashSet<(&'a str, &'a str)>,
    /// The names of the fields of the body.
    pub fields: Vec<&'a str>,
}

impl<'a> ExpectedRequest<'a> {
    /// `sent` has the locations of the inputs in the document.
    pub fn new(operation: &'a Operation, sent: &[String]) -> Self {
        let parameters = operation.parameters.iter();
        let parameters = parameters.filter(|parameter| sent.contains(&parameter.pointer));
        let content = operation.body.as_ref().map(|body| &body.content);
        let is_field = |field: &&Field| match content {
            // The properties of an object can be fields of the form.
            Some(BodyContent::FormFields(_)) => {
                !matches!(field.ty, Type::Map(_) | Type::Named(_) | Type::Boxed(_))
            }
            Some(BodyContent::SingleValue(_)) => false,
            _ => true,
        };
        let fields = operation.body_fields().iter().filter(is_field);
        let fields = fields.filter(|field| sent.contains(&field.pointer));
        Self {
            operation,
            parameters: parameters
                .map(|parameter| (parameter.location.as_str(), parameter.name.wire.as_str()))
                .collect(),
            fields: fields.map(|field| field.wire.as_str()).collect(),
        }
    }
}
