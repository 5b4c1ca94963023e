//! The inputs of an operation: arguments if they are required, otherwise setters.

use super::{BodyContent, Field, HttpMethod, Location, Operation, Parameter, Type};

/// An input of an operation: a parameter or a field of the body. Callers set both in the same way.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    Parameter(&'a Parameter),
    Field(&'a Field),
}

impl Operation {
    /// Returns the required inputs in the order of the method's arguments: path parameters in the
    /// order of the path, then query, header and cookie parameters, then body fields.
    pub fn arguments(&self) -> Vec<Input<'_>> {
        let mut parameters: Vec<_> = self.parameters.iter().filter(|p| p.required).collect();
        parameters.sort_by_key(|p| {
            let position = self.path.find(&format!("{{{}}}", p.name.wire));
            let position = position.filter(|_| p.location == Location::Path);
            (p.location, position)
        });
        let parameters = parameters.into_iter().map(Input::Parameter);
        let fields = self.body_fields().iter().filter(|field| field.required);
        parameters.chain(fields.map(Input::Field)).collect()
    }

    /// Returns the optional inputs, which are setters of the request builder.
    pub fn setters(&self) -> Vec<Input<'_>> {
        let parameters = self.parameters.iter().filter(|p| !p.required);
        let fields = self.body_fields().iter().filter(|field| !field.required);
        parameters
            .map(Input::Parameter)
            .chain(fields.map(Input::Field))
            .collect()
    }

    /// Returns true if the input also has a `clear_` setter, which sends `null`. Only JSON can
    /// express null. In a JSON Merge Patch, null removes a property whatever its schema allows.
    pub fn has_clear_setter(&self, input: Input<'_>) -> bool {
        let (Input::Field(field), Some(body)) = (input, &self.body) else {
            return false;
        };
        let json = matches!(body.content, BodyContent::JsonFields(_));
        let is_removable = body.is_merge_patch() && !body.required_fields.contains(&field.wire);
        json && !field.required && (field.nullable || is_removable)
    }

    /// Returns the name of the setter that sends a query parameter without a value: `empty_tags` for
    /// `tags`. A string has none, because an empty string is a value.
    pub fn empty_setter(&self, input: Input<'_>) -> Option<String> {
        match input {
            Input::Parameter(parameter) if parameter.has_empty_setter() => {
                Some(empty_setter(&parameter.name.rust))
            }
            _ => None,
        }
    }

    /// Returns true if no body is sent unless a part of it was set. A body has no defined meaning for
    /// some methods (RFC 9110, section 9.3), so that servers may reject even an empty object.
    pub fn is_body_optional(&self) -> bool {
        let has_meaning = matches!(
            self.method,
            HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch
        );
        let body = self.body.as_ref();
        body.is_some_and(|body| !body.required || !has_meaning)
    }

    /// Returns true if the input must be set if any other field of the body is set.
    pub fn is_required_with_others(&self, input: Input<'_>) -> bool {
        let Some(body) = &self.body else {
            return false;
        };
        matches!(input, Input::Field(field)
            if body.content.fields().len() > 1 && body.required_fields.contains(&field.wire))
    }

    /// Returns the fields of the body that are arguments or setters.
    pub fn body_fields(&self) -> &[Field] {
        self.body
            .as_ref()
            .map_or(&[][..], |body| body.content.fields())
    }
}

impl<R: PartialEq> Parameter<R> {
    /// Returns true if a setter besides that for the value sends the parameter without a value.
    pub fn has_empty_setter(&self) -> bool {
        self.allow_empty && !self.required && self.ty != Type::String
    }
}

impl<'a> Input<'a> {
    pub fn wire(self) -> &'a str {
        match self {
            Self::Parameter(parameter) => &parameter.name.wire,
            Self::Field(field) => &field.wire,
        }
    }

    pub fn rust(self) -> &'a str {
        match self {
            Self::Parameter(parameter) => &parameter.name.rust,
            Self::Field(field) => &field.rust,
        }
    }

    /// Returns the name of the setter that sends `null` for the input.
    pub fn clear_setter(self) -> String {
        clear_setter(self.rust())
    }

    /// Returns the location in the document: a JSON pointer.
    pub fn pointer(self) -> &'a str {
        match self {
            Self::Parameter(parameter) => &parameter.pointer,
            Self::Field(field) => &field.pointer,
        }
    }

    pub fn ty(self) -> &'a Type {
        match self {
            Self::Parameter(parameter) => &parameter.ty,
            Self::Field(field) => &field.ty,
        }
    }

    pub fn required(self) -> bool {
        match self {
            Self::Parameter(parameter) => parameter.required,
            Self::Field(field) => field.required,
        }
    }

    /// Returns true if the argument is an `Option`: the value is required, and `None` sends `null`.
    pub fn is_option(self) -> bool {
        matches!(self, Self::Field(field) if field.required && field.nullable)
    }

    /// Returns the location in the request: `path`, `query`, `header`, `cookie` or `body`.
    pub fn location_name(self) -> &'static str {
        match self {
            Self::Parameter(parameter) => parameter.location.as_str(),
            Self::Field(_) => "body",
        }
    }

    pub fn description(self) -> Option<&'a str> {
        match self {
            Self::Parameter(parameter) => parameter.description.as_deref(),
            Self::Field(field) => field.description.as_deref(),
        }
    }

    pub fn deprecated(self) -> Option<&'a str> {
        match self {
            Self::Parameter(parameter) => parameter.deprecated.as_deref(),
            Self::Field(field) => field.deprecated.as_deref(),
        }
    }

    pub fn example(self) -> Option<&'a str> {
        match self {
            Self::Parameter(parameter) => parameter.example.as_deref(),
            Self::Field(field) => field.example.as_deref(),
        }
    }

    pub fn bounds(self) -> Option<&'a str> {
        match self {
            Self::Parameter(parameter) => parameter.bounds.as_deref(),
            Self::Field(field) => field.bounds.as_deref(),
        }
    }

    pub fn default(self) -> Option<&'a str> {
        match self {
            Self::Parameter(parameter) => parameter.default.as_deref(),
            Self::Field(field) => field.default.as_deref(),
        }
    }
}

/// Returns the name of the setter that sends `null`: `clear_email` for the setter `email`,
/// `clear_self` for `self_`.
pub fn clear_setter(rust: &str) -> String {
    format!("clear_{}", unraw(rust).trim_matches('_'))
}

/// Returns the name of the setter that sends a query parameter without a value.
pub fn empty_setter(rust: &str) -> String {
    format!("empty_{}", unraw(rust).trim_matches('_'))
}

/// Returns a raw identifier without its prefix: `type` for `r#type`.
pub fn unraw(rust: &str) -> &str {
    rust.strip_prefix("r#").unwrap_or(rust)
}
