//! What a call takes: arguments for what is required, setters for the rest.

use super::{Body, BodyContent, Field, Location, Operation, Parameter, Type};

/// A parameter, or a field of the body: to somebody who makes a call there is no difference.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    Parameter(&'a Parameter),
    Field(&'a Field),
}

impl Operation {
    /// What the method cannot do without, in the order of its arguments: the path's, those of the other
    /// places, then the body's.
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

    /// What the request builder has setters for.
    pub fn setters(&self) -> Vec<Input<'_>> {
        let parameters = self.parameters.iter().filter(|p| !p.required);
        let fields = self.body_fields().iter().filter(|field| !field.required);
        parameters
            .map(Input::Parameter)
            .chain(fields.map(Input::Field))
            .collect()
    }

    /// Whether a setter has a `clear_` beside it, which sends `null`: JSON alone can say that.
    pub fn has_clear_setter(&self, input: Input<'_>) -> bool {
        let json = matches!(
            self.body,
            Some(Body {
                content: BodyContent::JsonFields(_),
                ..
            })
        );
        matches!(input, Input::Field(field) if json && field.nullable && !field.required)
    }

    /// The fields of a body that are arguments and setters.
    pub fn body_fields(&self) -> &[Field] {
        self.body
            .as_ref()
            .map_or(&[][..], |body| body.content.fields())
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

    /// What the method that sends `null` for it is called.
    pub fn clear_setter(self) -> String {
        clear_setter(self.rust())
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

    /// Whether `None` has to be said, since the value is required and may be null.
    pub fn is_option(self) -> bool {
        matches!(self, Self::Field(field) if field.required && field.nullable)
    }

    /// Where it goes, in a word: `path`, `query`, `header`, `cookie` or `body`.
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

    pub fn default(self) -> Option<&'a str> {
        match self {
            Self::Parameter(parameter) => parameter.default.as_deref(),
            Self::Field(field) => field.default.as_deref(),
        }
    }
}

/// What the method is called that sends `null` for what `rust` sets: `clear_email`, and `clear_self` for `self_`.
pub fn clear_setter(rust: &str) -> String {
    format!("clear_{}", unraw(rust).trim_matches('_'))
}

/// An identifier as a person says it.
pub fn unraw(rust: &str) -> &str {
    rust.strip_prefix("r#").unwrap_or(rust)
}
