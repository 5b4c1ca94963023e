//! Formats token streams as source files.

use crate::GeneratedFile;
use crate::diagnostic::{Code, Diagnostic};
use crate::emit::SourceFile;
use proc_macro2::{TokenStream, TokenTree};

/// Formats a file item by item, separated by blank lines.
///
/// prettyplease itself adds no blank lines, neither between items nor between the members of an
/// `impl`.
pub fn file(source: SourceFile) -> Result<GeneratedFile, Diagnostic> {
    Ok(print_file(parse_file(source)?))
}

/// A source file whose tokens are parsed as Rust.
struct ParsedFile {
    path: String,
    docs: Vec<String>,
    attributes: syn::File,
    imports: Vec<syn::Item>,
    items: Vec<syn::Item>,
}

/// Parses the tokens of a source file.
fn parse_file(source: SourceFile) -> Result<ParsedFile, Diagnostic> {
    let path = &source.path;
    let items = |streams: Vec<TokenStream>| -> Result<Vec<syn::Item>, Diagnostic> {
        let items = streams.into_iter().map(syn::parse2);
        items
            .map(|item| item.map_err(|error| internal_error(path, &error)))
            .collect()
    };
    Ok(ParsedFile {
        docs: source.docs,
        attributes: syn::parse2(source.attributes).map_err(|error| internal_error(path, &error))?,
        imports: items(source.imports)?,
        items: items(source.items)?,
        path: source.path,
    })
}

/// Prints a source file.
fn print_file(source: ParsedFile) -> GeneratedFile {
    let mut text = String::new();
    for line in &source.docs {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    if !source.attributes.attrs.is_empty() {
        text.push('\n');
        text.push_str(&prettyplease::unparse(&source.attributes));
    }
    if !source.imports.is_empty() {
        text.push('\n');
    }
    for import in source.imports {
        text.push_str(&print_item(import));
    }
    for item in source.items {
        text.push('\n');
        separate_members(&print_item(item), &mut text);
    }
    GeneratedFile {
        path: source.path,
        text,
    }
}

fn print_item(item: syn::Item) -> String {
    match item {
        syn::Item::Macro(mut call) if call.mac.path.is_ident("object") => {
            let fields = std::mem::take(&mut call.mac.tokens);
            let has_attributes = !call.attrs.is_empty();
            let empty_call = has_attributes.then(|| print(syn::Item::Macro(call)));
            let attributes = empty_call
                .as_deref()
                .and_then(|text| text.rsplit_once("object!"));
            let (attributes, _) = attributes.unwrap_or_default();
            attributes.to_owned() + &print_object(&fields)
        }
        item => print(item),
    }
}

fn print(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// Prints a call of `object!` with a line for each field. prettyplease would fill the lines.
fn print_object(tokens: &TokenStream) -> String {
    let mut text = "object! {".to_owned();
    for token in tokens.clone() {
        match token {
            TokenTree::Group(fields) if fields.stream().is_empty() => text.push_str(" {}"),
            TokenTree::Group(fields) => {
                text.push_str(" {\n");
                push_fields(fields.stream(), &mut text);
                text.push('}');
            }
            name => text.push_str(&format!(" {name}")),
        }
    }
    text.push_str(" }\n");
    text
}

/// Appends the fields of an `object!`. A comma ends each of them.
fn push_fields(tokens: TokenStream, text: &mut String) {
    let mut separator = "    ";
    for token in tokens {
        let token = token.to_string();
        if !matches!(token.as_str(), ":" | ",") {
            text.push_str(separator);
        }
        text.push_str(&token);
        separator = match token.as_str() {
            "," => "\n    ",
            "." => "",
            _ => " ",
        };
    }
    text.push('\n');
}

/// Returns the diagnostic for generated code that does not parse, which is a bug in the generator.
fn internal_error(path: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    let message = format!("generated invalid Rust code for `{path}`: {error}");
    Diagnostic::new(Code::Internal, "", message)
        .help("this is a bug in the generator: please report it")
}

/// Appends an item to `text`, with a blank line after each constant and each member that ends in a
/// brace on its own line, if another member follows.
fn separate_members(item: &str, text: &mut String) {
    let mut lines = item.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let indent = line.len() - line.trim_start().len();
        let trimmed = line.trim_start();
        let constant = trimmed.trim_start_matches("pub ").starts_with("const ");
        let constant = constant && trimmed.ends_with(';');
        let closes = constant || matches!(trimmed, "}" | "];");
        let closes = closes && (indent == 4 || indent == 8);
        let follows = lines.peek().is_some_and(|next| {
            let next_indent = next.len() - next.trim_start().len();
            next_indent == indent && is_member(next.trim_start())
        });
        if closes && follows {
            text.push('\n');
        }
    }
}

/// Returns true if a line starts a member of an `impl` or a module, or its docs or attributes.
fn is_member(line: &str) -> bool {
    ["///", "#[", "pub ", "fn ", "async ", "impl"]
        .iter()
        .any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{file, print_object};
    use crate::diagnostic;
    use crate::emit::SourceFile;
    use quote::quote;

    #[test]
    fn object_has_a_line_for_each_field() {
        let list = quote! {
            Link { id: required "id", r#type: optional_number "link type", ..others: others, }
        };
        assert_eq!(
            print_object(&list),
            "object! { Link {\n    id: required \"id\",\n    r#type: optional_number \"link type\",\n    \
             ..others: others,\n} }\n"
        );
        assert_eq!(print_object(&quote!(Link {})), "object! { Link {} }\n");
    }

    /// No known document causes this error, so this test covers its message instead of a fixture.
    #[test]
    fn invalid_generated_code_is_an_internal_error() {
        let source = SourceFile {
            path: "src/generated/links.rs".to_owned(),
            docs: Vec::new(),
            attributes: quote!(),
            imports: Vec::new(),
            items: vec![quote!(pub struct 1;)],
        };
        let problem = file(source).unwrap_err();
        let source = diagnostic::Source {
            name: "spec/links.yaml",
            text: b"",
        };
        assert_eq!(
            crate::terminal::plain(&diagnostic::render(&[problem], &[source])),
            "spec/links.yaml: error[E011]: generated invalid Rust code for `src/generated/links.rs`: expected identifier\n\
             \x20 = help: this is a bug in the generator: please report it\n"
        );
    }
}
