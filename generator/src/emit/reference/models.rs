//! The page of the models: the fields or variants of each type, and their names in JSON.

use super::markdown::{Anchors, cell, code, deprecation, join_lines, row, table_header};
use super::{ModelAnchors, path};
use crate::GeneratedFile;
use crate::emit::{Context, docs, features, known, webhooks};
use crate::model::{EnumValue, Field, Kind, Scalar, Tagging, Type, TypeDef, UnionVariant, unraw};

/// The path of the models page, relative to the page of the webhooks.
const MODELS: &str = "models.md";

pub struct Page<'a> {
    context: &'a Context<'a>,
    types: Vec<&'a TypeDef>,
    anchors: ModelAnchors<'a>,
    /// True for the page of the types that only webhooks use.
    is_of_webhooks: bool,
}

impl<'a> Page<'a> {
    pub fn new(context: &'a Context<'a>) -> Self {
        let elsewhere = context.api.webhook_types();
        let types = context.api.types.iter();
        let types = types.filter(|def| !elsewhere.contains(def.rust.as_str()));
        Self::of_types(context, types.collect(), false)
    }

    /// Creates the page of the webhooks. It links to the models on their own page.
    pub fn of_webhooks(context: &'a Context<'a>, models: &ModelAnchors<'a>) -> Self {
        let mut page = Self::of_types(context, webhooks::own_types(context.api), true);
        let models = models.iter();
        let models = models.map(|(name, anchor)| (*name, format!("{MODELS}#{anchor}")));
        page.anchors.extend(models);
        page
    }

    fn of_types(context: &'a Context<'a>, types: Vec<&'a TypeDef>, is_of_webhooks: bool) -> Self {
        let mut anchors = Anchors::default();
        anchors.next(if is_of_webhooks { "Webhooks" } else { "Models" });
        let anchors = types
            .iter()
            .map(|def| (def.rust.as_str(), anchors.next(&def.rust)))
            .collect();
        Self {
            context,
            types,
            anchors,
            is_of_webhooks,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// Returns the anchors of the models, by Rust name.
    pub fn anchors(&self) -> &ModelAnchors<'a> {
        &self.anchors
    }

    pub fn file(&self) -> GeneratedFile {
        let api = self.context.api;
        let mut lines = match self.is_of_webhooks {
            true => self.webhooks(),
            false => {
                let mut lines = vec!["# Models".to_owned(), String::new()];
                let root = format!("The types in `{}::models`, ", api.crate_name);
                lines.extend(docs::wrapped(&format!(
                    "{root}used in requests and responses. A field that may be absent or null is an `Option`."
                )));
                lines
            }
        };
        for def in &self.types {
            lines.extend([String::new(), format!("## {}", def.rust), String::new()]);
            if let Some(gate) = self.context.gates.get(def.rust.as_str()) {
                lines.extend(docs::wrapped(&features::sentence(gate)));
                lines.push(String::new());
            }
            lines.extend(self.definition(def));
        }
        GeneratedFile {
            path: path(match self.is_of_webhooks {
                true => &api.webhook_module,
                false => "models",
            }),
            text: join_lines(&lines),
        }
    }

    /// Returns the introduction of the page of the webhooks, with a table of them.
    fn webhooks(&self) -> Vec<String> {
        let api = self.context.api;
        let mut lines = vec!["# Webhooks".to_owned(), String::new()];
        lines.extend(docs::wrapped(&format!(
            "Requests that the API sends to your server, and the types of their payloads in `{}::{}` (feature \
             `webhooks`). A field that may be absent or null is an `Option`.",
            api.crate_name, api.webhook_module
        )));
        lines.push(String::new());
        lines.extend(table_header(&["webhook", "payload", "description"]));
        lines.extend(api.webhooks.iter().map(|webhook| {
            let payload = self.type_link(&webhook.ty, webhook.ty.to_string());
            let docs = [&webhook.docs.summary, &webhook.docs.description];
            let docs = docs.into_iter().flatten().map(|text| cell(text));
            let docs: Vec<_> = docs.collect();
            row(&[&code(&webhook.name.wire), &payload, &docs.join(" ")])
        }));
        lines
    }

    fn definition(&self, def: &TypeDef) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(note) = &def.deprecated {
            lines.push(format!("> {}", deprecation(note)));
            lines.push(String::new());
        }
        if let Some(description) = &def.docs.description {
            lines.extend(docs::lines(description));
            lines.push(String::new());
        }
        match &def.kind {
            Kind::Struct { fields, additional } => {
                lines.extend(self.fields(fields, additional.as_ref()));
            }
            Kind::Enum { scalar, values } => lines.extend(enumeration(*scalar, values)),
            Kind::Union { tagging, variants } => lines.extend(self.variants(tagging, variants)),
            Kind::Alias(ty) => {
                lines.push(format!("Alias of {}.", self.type_link(ty, ty.to_string())))
            }
        }
        lines
    }

    fn fields(&self, fields: &[Field], additional: Option<&Type>) -> Vec<String> {
        if fields.is_empty() && additional.is_none() {
            return vec!["An object without declared fields.".to_owned()];
        }
        let rows = fields.iter().map(|field| {
            let ty = field.ty.as_list();
            let ty = if field.is_option() {
                format!("Option<{ty}>")
            } else {
                ty.to_string()
            };
            let ty = self.type_link(&field.ty, ty);
            row(&[
                &code(unraw(&field.rust)),
                &ty,
                &code(&field.wire),
                &description(field),
            ])
        });
        let rest = additional.map(|ty| {
            let label = format!("BTreeMap<String, {ty}>");
            let ty = self.type_link(ty, label);
            row(&[
                "`additional_properties`",
                &ty,
                "any other key",
                "The properties that the API description does not declare.",
            ])
        });
        table_header(&["field", "type", "in JSON", "description"])
            .into_iter()
            .chain(rows)
            .chain(rest)
            .collect()
    }

    fn variants(&self, tagging: &Tagging, variants: &[UnionVariant]) -> Vec<String> {
        let rows = variants.iter().enumerate().map(|(index, variant)| {
            let mut values: Vec<_> = variant.tags.iter().map(|tag| code(tag)).collect();
            if index == 0 && matches!(tagging, Tagging::PropertyOrBase(_)) {
                values.push("absent".to_owned());
            }
            let when = match tagging.property() {
                Some(property) => format!("{} is {}", code(property), values.join(" or ")),
                None => "the value matches this type".to_owned(),
            };
            let ty = self.type_link(&variant.ty, variant.ty.to_string());
            row(&[&code(&variant.rust), &ty, &when])
        });
        let unknown = row(&[
            "`Unknown`",
            "`serde_json::Value`",
            "no other variant matches",
        ]);
        table_header(&["variant", "type", "when"])
            .into_iter()
            .chain(rows)
            .chain([unknown])
            .collect()
    }

    fn type_link(&self, ty: &Type, label: String) -> String {
        let label = code(&label);
        match ty.name().and_then(|name| self.anchors.get(name)) {
            Some(anchor) if anchor.starts_with(MODELS) => format!("[{label}]({anchor})"),
            Some(anchor) => format!("[{label}](#{anchor})"),
            None => label,
        }
    }
}

fn description(field: &Field) -> String {
    let mut parts = Vec::new();
    if let Some(note) = &field.deprecated {
        parts.push(format!("{}.", deprecation(note.trim_end_matches('.'))));
    }
    parts.extend(known::field(field).as_deref().map(cell));
    if field.description.is_some() {
        parts.extend(field.default.as_deref().and_then(known::default_value));
    }
    parts.join(" ")
}

fn enumeration(scalar: Scalar, values: &[EnumValue]) -> Vec<String> {
    let has_descriptions = values.iter().any(|value| value.description.is_some());
    // A column in which every cell is empty is left out.
    let columns = if has_descriptions { 3 } else { 2 };
    let row = |cells: [&str; 3]| row(cells.get(..columns).unwrap_or_default());
    let rows = values.iter().map(|value| {
        let description = value.description.as_deref().map(cell).unwrap_or_default();
        row([
            &code(&value.rust),
            &code(&value.shown(scalar)),
            &description,
        ])
    });
    let unknown_label = match scalar {
        Scalar::String => "any other string",
        Scalar::Integer => "any other integer",
        Scalar::Mixed => "any other value",
    };
    let names = ["variant", "in JSON", "meaning"];
    table_header(names.get(..columns).unwrap_or_default())
        .into_iter()
        .chain(rows)
        .chain([row(["`Unknown`", unknown_label, ""])])
        .collect()
}
