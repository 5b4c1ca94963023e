//! One request builder: setters, and the ways to send it.

use super::arguments::{self, Argument};
use super::operation::body_fields;
use super::{Context, docs, reply, tokens};
use crate::model::{Field, Operation, Parameter, Resource, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The builder's struct and its implementations.
pub fn items(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Vec<TokenStream> {
    let builder = tokens::ident(&operation.builder);
    let handle = &resource.name.rust;
    let method = operation
        .name
        .rust
        .strip_prefix("r#")
        .unwrap_or(&operation.name.rust);
    let line = format!("A request that [`{handle}::{method}`] begins.");
    let lines = tokens::doc_lines(&[line]);
    let setters = setters(context, operation);
    let options = options();
    let mut items = vec![
        quote! {
            #lines
            #[derive(Clone, Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #builder<C = Client> {
                request: Request<C>,
            }
        },
        quote! {
            impl<C> #builder<C> {
                #(#setters)*
                #options
            }
        },
    ];
    items.extend(reply::items(context, operation));
    items
}

fn setters(context: &Context<'_>, operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation.parameters.iter().filter(|p| !p.required);
    let parameters = parameters.map(|parameter| parameter_setter(context, parameter));
    let fields = body_fields(operation)
        .iter()
        .filter(|field| !field.required);
    let fields = fields.flat_map(|field| field_setters(operation, field));
    parameters.chain(fields).collect()
}

fn parameter_setter(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    let name = tokens::ident(&parameter.name.rust);
    let wire = &parameter.name.wire;
    let lines = setter_docs(
        parameter.description.as_deref(),
        wire,
        parameter.default.as_deref(),
    );
    let deprecated = tokens::deprecated(parameter.deprecated.as_deref());
    let Argument { ty, call } = arguments::parameter(context, parameter);
    quote! {
        #lines
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.request.#call;
            self
        }
    }
}

fn field_setters(operation: &Operation, field: &Field) -> Vec<TokenStream> {
    let name = tokens::ident(&field.rust);
    let wire = &field.wire;
    let many = matches!(&field.ty, Type::Array(item) if **item == Type::Bytes);
    let more = many.then_some("May be called several times, once for each file.");
    let description = match (field.description.as_deref(), more) {
        (Some(description), Some(more)) => Some(format!("{description}\n\n{more}")),
        (description, more) => description.or(more).map(str::to_owned),
    };
    let lines = setter_docs(description.as_deref(), wire, field.default.as_deref());
    let deprecated = tokens::deprecated(field.deprecated.as_deref());
    let Argument { ty, call } = arguments::body(operation, field);
    let mut setters = vec![quote! {
        #lines
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.request.#call;
            self
        }
    }];
    if field.nullable
        && matches!(
            operation.body.as_ref().map(|b| &b.content),
            Some(crate::model::BodyContent::JsonFields(_))
        )
    {
        let bare = field.rust.strip_prefix("r#").unwrap_or(&field.rust);
        let clear = format!("clear_{}", bare.trim_matches('_'));
        let clear = tokens::ident(&clear);
        let lines = tokens::doc_lines(&[format!("Sends `null` for `{wire}`, which clears it.")]);
        setters.push(quote! {
            #lines
            #deprecated
            pub fn #clear(mut self) -> Self {
                self.request.clear(#wire);
                self
            }
        });
    }
    setters
}

fn setter_docs(description: Option<&str>, wire: &str, default: Option<&str>) -> TokenStream {
    let own = format!("Sets {}.", docs::code(wire));
    let default = default.map(|value| format!("Default: {}.", docs::code(value)));
    let lines = docs::paragraphs([Some(description.unwrap_or(&own)), default.as_deref()]);
    tokens::doc_lines(&lines)
}

/// What can be set of any request.
fn options() -> TokenStream {
    quote! {
        /// How long each attempt may take, in place of the client's setting.
        pub fn timeout(mut self, timeout: Duration) -> Self {
            self.request.timeout(timeout);
            self
        }

        /// How long the whole call may take, further attempts and the pauses between them included.
        pub fn deadline(mut self, deadline: Duration) -> Self {
            self.request.deadline(deadline);
            self
        }

        /// When and how often to try again, in place of the client's policy.
        pub fn retry(mut self, policy: RetryPolicy) -> Self {
            self.request.retry(policy);
            self
        }

        /// Adds a header to this request alone.
        pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.request.header(name.as_ref(), value.as_ref());
            self
        }
    }
}
