//! An operation: the method that returns its request builder, and its definition for the runtime.

use super::arguments;
use super::links::{Scope, see_also};
use super::{Context, builder, docs, example, known, media_types, retries, tokens};
use crate::model::{
    BodyContent, HttpMethod, NextCursor, Operation, PageInputs, Pagination, Resource, unraw,
};
use proc_macro2::TokenStream;
use quote::quote;

/// The number of arguments above which clippy reports `too_many_arguments`. Clippy counts `self`.
const CLIPPY_ARGUMENT_LIMIT: usize = 7;

/// Generates the method of the resource that returns the request builder.
pub fn method(context: &Context<'_>, resource: &Resource, operation: &Operation) -> TokenStream {
    let lines = tokens::doc_lines(&method_docs(context, resource, operation));
    let deprecated = tokens::deprecated(operation.deprecated.as_deref());
    let name = tokens::ident(&operation.name.rust);
    let builder = tokens::ident(&operation.builder);
    let constant = tokens::ident(&operation.constant);
    let arguments = operation.arguments().into_iter();
    let arguments: Vec<_> = arguments
        .map(|input| (input.rust(), arguments::input(context, operation, input)))
        .collect();
    let signature = arguments.iter().map(|(name, argument)| {
        let (name, ty) = (tokens::ident(name), &argument.ty);
        quote!(#name: #ty)
    });
    let signature: Vec<_> = signature.collect();
    let calls: Vec<_> = arguments
        .iter()
        .map(|(_, argument)| &argument.call)
        .collect();
    let request = quote!(Request::new(self.client.clone(), &#constant));
    let body = if calls.is_empty() {
        quote!(#builder::new(#request))
    } else {
        quote! {
            let mut request = #request;
            #(request.#calls;)*
            #builder::new(request)
        }
    };
    let many = (signature.len() >= CLIPPY_ARGUMENT_LIMIT).then(|| {
        quote! {
            #[expect(clippy::too_many_arguments, reason = "the operation requires all of them")]
        }
    });
    quote! {
        #lines
        #deprecated
        #many
        pub fn #name(&self #(, #signature)*) -> #builder<C> {
            #body
        }
    }
}

/// Returns the first part of an operation's docs: summary, method and path, description, the media
/// type of the body, and the page that it refers to.
pub fn introduction(resource: &Resource, operation: &Operation) -> Vec<String> {
    let passages = passages(resource, operation);
    docs::paragraphs(passages.iter().map(Option::as_deref))
}

fn passages(resource: &Resource, operation: &Operation) -> [Option<String>; 6] {
    let call = format!("`{} {}`", operation.method.as_str(), operation.path);
    let summary = summary(operation);
    let description = operation.docs.description.clone();
    let description = description.filter(|text| *text != summary);
    [
        Some(summary),
        // Without a summary in the document, `summary` already contains the call.
        operation.docs.summary.is_some().then_some(call),
        description,
        media_types::request_note(resource, operation),
        retries::note(operation),
        see_also(operation.external_docs.as_ref()),
    ]
}

fn method_docs(context: &Context<'_>, resource: &Resource, operation: &Operation) -> Vec<String> {
    let scope = |own| Scope {
        resource,
        operation: Some(operation),
        is_builder: false,
        own,
    };
    let passages = passages(resource, operation);
    let passages = passages.iter().map(Option::as_deref);
    let mut lines = scope(&operation.name.rust).paragraphs(passages);
    let mut has_heading = false;
    for argument in operation.arguments() {
        let name = unraw(argument.rust());
        let description = argument.description().map(crate::model::first_sentence);
        let text = description.or_else(|| known::input(argument));
        let notes = [text, builder::media_types_note(argument)];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        if notes.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut has_heading, true) {
            heading("Arguments", &mut lines);
        }
        let line = format!("- `{name}`: {}", notes.join(" "));
        lines.extend(scope(name).paragraphs([Some(line.as_str())]));
    }
    heading("Errors", &mut lines);
    lines.extend(docs::wrapped(&error_docs(operation)));
    heading("Example", &mut lines);
    lines.extend(example::lines(context, resource, operation));
    lines
}

/// Returns the summary as a sentence. Falls back to the method and the path.
pub fn summary(operation: &Operation) -> String {
    match operation.docs.summary.as_deref().map(str::trim) {
        Some(summary) if summary.ends_with(['.', '!', '?', ':']) => summary.to_owned(),
        Some(summary) => format!("{summary}."),
        None => format!("Calls `{} {}`.", operation.method.as_str(), operation.path),
    }
}

fn heading(title: &str, lines: &mut Vec<String>) {
    lines.push(String::new());
    lines.push(format!("# {title}"));
    lines.push(String::new());
}

fn error_docs(operation: &Operation) -> String {
    let statuses = operation.errors.iter().map(|error| error.status);
    let statuses: Vec<String> = statuses.filter_map(super::errors::status_code).collect();
    let declared = match statuses.as_slice() {
        [] => "an error status".to_owned(),
        [one] => format!("{one} or another error status"),
        [most @ .., last] => format!("{} or {last}, or another error status", most.join(", ")),
    };
    format!(
        "`send` returns [`Error::Api`](crate::Error::Api) if the API responds with {declared}; see \
         [`ApiError`](crate::ApiError). It returns another variant of [`Error`](crate::Error) if the request is \
         invalid, cannot be sent, or gets no valid response."
    )
}

/// Generates the `static` that defines the operation for the runtime.
pub fn definition(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let constant = tokens::ident(&operation.constant);
    let id = match operation.name.wire.as_str() {
        "" => operation.name.rust.as_str(),
        id => id,
    };
    let method = tokens::ident(operation.method.as_str());
    let (path, query) = operation.path_and_query();
    let fixed_query = (!query.is_empty()).then(|| quote!(fixed_query: #query,));
    let server = server_index(context, operation).map(|index| quote!(server: #index,));
    let security = operation.security.iter().map(|set| quote!(&[#(#set),*]));
    let security = (!operation.security.is_empty()).then(|| quote!(security: &[#(#security),*],));
    let body = body(operation);
    let redirects = operation
        .redirects
        .iter()
        .map(|status| proc_macro2::Literal::u16_unsuffixed(super::errors::key(*status)));
    let redirects: Vec<_> = redirects.collect();
    let redirects = (!redirects.is_empty()).then(|| quote!(redirects: &[#(#redirects),*],));
    let accept = accept(operation);
    let pagination = operation.pagination.as_ref().map(pagination);
    let conflicts = conflicts(operation);
    let rejected_prefixes = rejected_prefixes(operation);
    let retry = retries::rules(operation);
    let errors = super::errors::bodies(context, operation);
    quote! {
        static #constant: Operation = Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            #fixed_query
            #server
            #security
            #body
            #redirects
            #accept
            #pagination
            #conflicts
            #rejected_prefixes
            #retry
            #errors
            ..Operation::DEFAULT
        };
    }
}

/// Returns the index of the operation's own server in the list of the client.
fn server_index(context: &Context<'_>, operation: &Operation) -> Option<proc_macro2::Literal> {
    let own = operation.server.as_ref()?;
    let servers = std::iter::once(None).chain(context.own_servers.iter().copied().map(Some));
    let mut numbered = servers.enumerate();
    let (index, _) = numbered.find(|(_, server)| *server == Some(own))?;
    Some(proc_macro2::Literal::usize_unsuffixed(index))
}

/// Returns the kind of body, and the media type if it is not the default of the kind.
fn body(operation: &Operation) -> TokenStream {
    let Some(body) = &operation.body else {
        return TokenStream::new();
    };
    let kind = match body.content {
        BodyContent::JsonFields(_) => quote!(JsonObject),
        BodyContent::FormFields(_) => quote!(Form),
        BodyContent::MultipartFields(_) => quote!(Multipart),
        BodyContent::SingleValue(_) => quote!(Raw),
    };
    let typed = matches!(
        body.content,
        BodyContent::JsonFields(_) | BodyContent::SingleValue(_)
    );
    let content_type = (typed && body.media_type != "application/json").then(|| {
        let media_type = &body.media_type;
        quote!(content_type: #media_type,)
    });
    let is_whole = matches!(body.content, BodyContent::SingleValue(_));
    let optional =
        (operation.is_body_optional() && !is_whole).then(|| quote!(is_body_optional: true,));
    let fields = &body.required_fields;
    let required = (!fields.is_empty()).then(|| quote!(required_fields: &[#(#fields),*],));
    quote!(body: BodyKind::#kind, #optional #required #content_type)
}

/// Returns the `accept` entry for the media types of the success responses that the operation can
/// read; `None` if it is only JSON, which is the default. Those of error responses are not included,
/// because some servers reject a request that names a type that they never send on success.
///
/// A HEAD request names the type that a GET request would have.
fn accept(operation: &Operation) -> Option<TokenStream> {
    let mut types: Vec<&str> = Vec::new();
    for response in operation.success.responses() {
        let body = response.body.as_ref().map(|body| &body.media_type);
        let ignored = response.ignored_media_type.as_ref();
        let ignored = ignored.filter(|_| operation.method == HttpMethod::Head);
        if let Some(media_type) = body.or(ignored)
            && !types.contains(&media_type.as_str())
        {
            types.push(media_type);
        }
    }
    if types.is_empty() || types == ["application/json"] {
        return None;
    }
    let accept = types.join(", ");
    Some(quote!(accept: #accept,))
}

fn conflicts(operation: &Operation) -> Option<TokenStream> {
    let conflicts = operation.conflicts.iter().map(|conflict| {
        let (name, with) = (&conflict.name, &conflict.with);
        let unless = option(conflict.unless.as_deref());
        quote!(Conflict { name: #name, with: #with, unless: #unless })
    });
    (!operation.conflicts.is_empty()).then(|| quote!(conflicts: &[#(#conflicts),*],))
}

fn rejected_prefixes(operation: &Operation) -> Option<TokenStream> {
    let parameters = operation.parameters.iter();
    let prefixes = parameters.flat_map(|parameter| {
        let name = &parameter.name.wire;
        parameter.rejected_prefixes.iter().map(move |rejected| {
            let (prefix, help) = (&rejected.prefix, &rejected.help);
            quote!(RejectedPrefix { name: #name, prefix: #prefix, help: #help })
        })
    });
    let prefixes: Vec<_> = prefixes.collect();
    (!prefixes.is_empty()).then(|| quote!(rejected_prefixes: &[#(#prefixes),*],))
}

fn option(value: Option<&str>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn pagination(pagination: &Pagination) -> TokenStream {
    let items = &pagination.items;
    let inputs = match &pagination.inputs {
        PageInputs::Cursor { name, next, page } => {
            let next = match next {
                NextCursor::LastItem(keys) => quote!(NextCursor::LastItem(&[#(#keys),*])),
                NextCursor::Body(keys) => quote!(NextCursor::Body(&[#(#keys),*])),
            };
            let page = option(page.as_deref());
            quote!(PageInputs::Cursor { name: #name, next: #next, page: #page })
        }
        PageInputs::Page { name } => quote!(PageInputs::Page { name: #name }),
        PageInputs::Offset { name } => quote!(PageInputs::Offset { name: #name }),
    };
    quote! {
        pagination: Some(Pagination { items: &[#(#items),*], inputs: #inputs }),
    }
}
