//! The media types of requests and responses in docs.

use super::{Context, arguments, body_streams, docs, tokens};
use crate::model::{Body, BodyContent, BodyFormat, Location, Operation, Resource, Response, unraw};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the note on the media type of a request body, if it is not JSON or if there are several
/// to choose from.
pub fn request_note(resource: &Resource, operation: &Operation) -> Option<String> {
    let body = operation.body.as_ref()?;
    let is_raw = matches!(body.content, BodyContent::SingleValue(_));
    let is_raw = is_raw && !arguments::has_json_body(operation);
    let others = resource.operations.iter().filter(|other| {
        other.pointer == operation.pointer && other.name.rust != operation.name.rust
    });
    // The docs of the operation for the preferred media type list all others.
    let is_preferred = operation.other_body_type.is_none();
    let others = others.filter(|other| is_preferred || other.other_body_type.is_none());
    let others = others.filter_map(|other| {
        let sent = sent_as(other, other.body.as_ref()?);
        Some(format!("`{}` sends it {sent}.", unraw(&other.name.rust)))
    });
    let others: Vec<_> = others.collect();
    let unchanged = if is_raw { " unchanged," } else { "" };
    let note = format!("The body is sent{unchanged} {}.", sent_as(operation, body));
    let note = (is_raw || !others.is_empty()).then_some(note);
    let stream = operation.streamed_content().map(|content| match content {
        "Body" => "To send it from a stream or a reader, see `Body`.".to_owned(),
        _ => "To send a file from a stream or a reader, see `FilePart::stream`.".to_owned(),
    });
    let sentences: Vec<_> = note.into_iter().chain(others).chain(stream).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Returns the note on the methods that request the response body as another media type.
pub fn other_formats_note(operation: &Operation) -> Option<String> {
    let names = operation.other_formats.iter();
    let names = names.map(|other| format!("`{}`", unraw(&other.rust)));
    let names: Vec<_> = names.collect();
    let names = match names.as_slice() {
        [] => return None,
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    Some(format!(
        "Other methods request it as another media type: {names}."
    ))
}

/// Generates the methods that request the response body as another media type.
pub fn methods(context: &Context<'_>, operation: &Operation) -> Vec<TokenStream> {
    let builder = tokens::ident(&operation.builder);
    let methods = operation.other_formats.iter().map(|other| {
        let name = tokens::ident(&other.rust);
        let media_type = &other.body.media_type;
        let stream = other.body.stream.as_ref();
        let parts = stream.map(|stream| format!(" {}", body_streams::parts_note(stream)));
        let (own, result) = match other.body.format {
            BodyFormat::Text | BodyFormat::TextOrJson => (
                quote!(AsText<operation::#builder>),
                "as a string, without decoding it",
            ),
            BodyFormat::Bytes => (quote!(AsBytes<operation::#builder>), "exactly as received"),
            BodyFormat::Json => {
                let ty = context.ty(&other.body.ty);
                (
                    quote!(AsJson<operation::#builder, #ty>),
                    "decoded from JSON",
                )
            }
        };
        let ty = match stream {
            Some(stream) => body_streams::other_format(context, operation, stream),
            None => own,
        };
        let line = format!(
            "Requests the response body as {}. `send` returns it {result}.{} Call this method \
             after the setters of the operation.",
            docs::code(media_type),
            parts.unwrap_or_default()
        );
        let lines = tokens::doc_lines(&docs::wrapped(&line));
        quote! {
            #lines
            pub fn #name(self) -> RequestBuilder<#ty, C> {
                self.accepting(#media_type)
            }
        }
    });
    methods.collect()
}

/// Returns the media type of a body as the end of a sentence.
fn sent_as(operation: &Operation, body: &Body) -> String {
    let mut parameters = operation.parameters.iter();
    let is_content_type = parameters.any(|parameter| {
        parameter.location == Location::Header && parameter.name.wire == "Content-Type"
    });
    if is_content_type {
        return "with the media type that the caller names".to_owned();
    }
    format!("as {}", docs::code(&body.media_type))
}

/// Returns the first words about the result of `send`.
pub fn response_summary(response: &Response) -> String {
    let summary = "`send` returns the response body";
    let Some(body) = &response.body else {
        return summary.to_owned();
    };
    let media_type = docs::code(&body.media_type);
    match body.format {
        BodyFormat::Json | BodyFormat::TextOrJson => summary.to_owned(),
        BodyFormat::Text => format!("{summary} ({media_type}) as a string, without decoding it"),
        BodyFormat::Bytes => format!("{summary} ({media_type}) exactly as received"),
    }
}
