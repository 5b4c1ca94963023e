//! Expands the macros that define items. The bodies of functions are left out, so that only the
//! signatures have to be valid after the expansion.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::HashMap;
use syn::{Item, ItemMacro};

/// A rule of a `macro_rules!` macro.
struct Rule {
    matcher: TokenStream,
    body: TokenStream,
}

/// The macros of a crate, by name.
pub struct Macros(HashMap<String, Vec<Rule>>);

impl Macros {
    pub fn of<'a>(items: impl Iterator<Item = &'a Item>) -> Self {
        let definitions = items.filter_map(|item| match item {
            Item::Macro(ItemMacro {
                ident: Some(name),
                mac,
                ..
            }) => Some((name.to_string(), rules(&mac.tokens))),
            _ => None,
        });
        Self(definitions.collect())
    }

    /// Replaces each macro call with the items that it defines. Calls of other crates' macros are
    /// left out.
    pub fn expand(&self, items: Vec<Item>) -> Vec<Item> {
        let mut expanded = Vec::new();
        for item in items {
            match &item {
                Item::Macro(call) if call.ident.is_none() => {
                    let name = &call.mac.path.segments.last().unwrap().ident;
                    let rules = self.0.get(&name.to_string());
                    let items = rules.map(|rules| expansion(rules, &call.mac.tokens, name));
                    expanded.extend(self.expand(items.unwrap_or_default()));
                }
                Item::Macro(_) => {}
                _ => expanded.push(item),
            }
        }
        expanded
    }
}

/// Splits the definition of a macro into its rules: `(matcher) => {body};`.
fn rules(definition: &TokenStream) -> Vec<Rule> {
    let groups = definition
        .clone()
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Group(group) => Some(group.stream()),
            _ => None,
        });
    let groups: Vec<_> = groups.collect();
    groups
        .chunks(2)
        .map(|pair| Rule {
            matcher: pair[0].clone(),
            body: pair[1].clone(),
        })
        .collect()
}

/// Returns the items of a macro call: those of the first rule whose matcher has the form of the
/// arguments.
fn expansion(rules: &[Rule], arguments: &TokenStream, name: &Ident) -> Vec<Item> {
    let mut variables = HashMap::new();
    let mut rules = rules.iter();
    let rule = rules.find(|rule| {
        variables.clear();
        bind(&rule.matcher, arguments, &mut variables)
    });
    let rule = rule.unwrap_or_else(|| panic!("no rule of `{name}!` matches `{arguments}`"));
    let body = without_bodies(substitute(rule.body.clone(), &variables));
    let file: syn::File = syn::parse2(body.clone())
        .unwrap_or_else(|error| panic!("cannot expand `{name}!`: {error} in `{body}`"));
    file.items
}

/// Assigns the arguments of a macro to the variables of a matcher. Returns false if the arguments do
/// not have its form.
///
/// Stops at a repetition: its variables get no tokens, and `substitute` leaves out the part of the
/// body that repeats.
fn bind(
    matcher: &TokenStream,
    arguments: &TokenStream,
    variables: &mut HashMap<String, TokenStream>,
) -> bool {
    let mut matcher = matcher.clone().into_iter().peekable();
    let mut arguments = arguments.clone().into_iter().peekable();
    while let Some(expected) = matcher.next() {
        match expected {
            TokenTree::Punct(punct) if punct.as_char() == '$' => {
                let Some(TokenTree::Ident(variable)) = matcher.next() else {
                    return true;
                };
                let kind = matcher.nth(1).map(|kind| kind.to_string());
                let value = if kind.as_deref() == Some("ident") {
                    arguments.next().into_iter().collect()
                } else {
                    let end = matcher.peek().map(TokenTree::to_string);
                    let is_inside = |token: &TokenTree| Some(token.to_string()) != end;
                    std::iter::from_fn(|| arguments.next_if(is_inside)).collect()
                };
                variables.insert(variable.to_string(), value);
            }
            TokenTree::Group(expected) => match arguments.next() {
                Some(TokenTree::Group(found))
                    if bind(&expected.stream(), &found.stream(), variables) => {}
                _ => return false,
            },
            expected => {
                let found = arguments.next().map(|token| token.to_string());
                if found != Some(expected.to_string()) {
                    return false;
                }
            }
        }
    }
    arguments.next().is_none()
}

/// Replaces the variables in the body of a macro. Leaves out repetitions.
fn substitute(body: TokenStream, variables: &HashMap<String, TokenStream>) -> TokenStream {
    let mut result = TokenStream::new();
    let mut tokens = body.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => match tokens.next() {
                Some(TokenTree::Ident(name)) => match variables.get(&name.to_string()) {
                    Some(value) => value.to_tokens(&mut result),
                    None => name.to_tokens(&mut result),
                },
                // `$(...)*`, `$(...)?` or `$(...),*`
                _ => {
                    let is_operator =
                        |token: &TokenTree| ["*", "+", "?"].contains(&&*token.to_string());
                    while tokens.next().is_some_and(|token| !is_operator(&token)) {}
                }
            },
            TokenTree::Group(group) => {
                let content = substitute(group.stream(), variables);
                Group::new(group.delimiter(), content).to_tokens(&mut result);
            }
            token => token.to_tokens(&mut result),
        }
    }
    result
}

/// Replaces the body of each function with an empty block.
fn without_bodies(tokens: TokenStream) -> TokenStream {
    let mut result = TokenStream::new();
    let mut in_function = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let content = if in_function {
                    TokenStream::new()
                } else {
                    without_bodies(group.stream())
                };
                in_function = false;
                Group::new(Delimiter::Brace, content).to_tokens(&mut result);
            }
            token => {
                let text = token.to_string();
                in_function = (in_function || text == "fn") && text != ";";
                token.to_tokens(&mut result);
            }
        }
    }
    result
}
