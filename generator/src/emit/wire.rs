//! `wire.rs`: how the structs of `models` stand in JSON, apart from what they are.

use super::{Context, SourceFile, models, path, tokens};
use crate::model::{Field, Kind, TypeDef};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The file of the structs' JSON.
pub fn file(context: &Context<'_>) -> SourceFile {
    let structs = context.api.types.iter().filter_map(|def| match &def.kind {
        Kind::Struct { fields, additional } => Some((def, fields, additional.is_some())),
        _ => None,
    });
    let (mut items, mut names) = (Vec::new(), Vec::new());
    for (def, fields, keeps_others) in structs {
        let name = tokens::ident(&def.rust);
        items.push(implementation(def, fields, keeps_others));
        items.push(quote!(object!(#name);));
        names.push(name);
    }
    names.sort();
    SourceFile {
        path: path("wire"),
        docs: vec!["How the structs of `models` stand in JSON.".to_owned()],
        attributes: TokenStream::new(),
        imports: if names.is_empty() {
            Vec::new()
        } else {
            imports(context, &names, &items)
        },
        items,
    }
}

fn imports(
    context: &Context<'_>,
    names: &[proc_macro2::Ident],
    items: &[TokenStream],
) -> Vec<TokenStream> {
    let payload = context.api.types.iter().any(|def| def.error_payload);
    let reply = payload.then(|| quote!(AttachedReply,));
    let slot = tokens::used(items, &["Slot"]);
    let slot = (!slot.is_empty()).then(|| {
        quote!(
            use crate::runtime::slot::Slot;
        )
    });
    let mut imports = vec![
        quote!(use crate::generated::models::{#(#names),*};),
        quote!(
            use crate::runtime::object::{Object, Reader, Writer};
        ),
    ];
    imports.extend(slot);
    imports.push(quote!(use crate::runtime::{#reply object};));
    imports.push(quote!(
        use serde::de::MapAccess;
    ));
    imports.push(quote!(
        use serde::ser::SerializeMap;
    ));
    imports
}

fn implementation(def: &TypeDef, fields: &[Field], keeps_others: bool) -> TokenStream {
    let name = tokens::ident(&def.rust);
    let entries = fields.iter().map(|field| {
        let (wire, required) = (&field.wire, is_required(field));
        quote!((#wire, #required))
    });
    let keeps = keeps_others.then(|| {
        quote!(
            const KEEPS_OTHERS: bool = true;
        )
    });
    let (blank, read, write) = (
        blank(def, fields, keeps_others),
        read(fields, keeps_others),
        write(fields, keeps_others),
    );
    quote! {
        impl Object for #name {
            const FIELDS: &'static [(&'static str, bool)] = &[#(#entries),*];
            #keeps

            fn blank() -> Self {
                #blank
            }

            #read

            #write
        }
    }
}

/// Whether an object without the field is refused. One that may be null may be absent as well.
fn is_required(field: &Field) -> bool {
    !field.is_option()
}

fn blank(def: &TypeDef, fields: &[Field], keeps_others: bool) -> TokenStream {
    let values = fields.iter().map(|field| {
        let name = tokens::ident(&field.rust);
        if field.is_option() {
            quote!(#name: None,)
        } else {
            quote!(#name: Slot::blank(),)
        }
    });
    let others = keeps_others.then(|| quote!(additional_properties: Slot::blank(),));
    let reply = def
        .error_payload
        .then(|| quote!(reply: AttachedReply::default(),));
    quote!(Self { #(#values)* #others #reply })
}

fn read(fields: &[Field], keeps_others: bool) -> TokenStream {
    let arms = fields.iter().enumerate().map(|(index, field)| {
        let (index, name) = (Literal::usize_unsuffixed(index), tokens::ident(&field.rust));
        quote!(#index => reader.read(&mut self.#name),)
    });
    let other = if keeps_others {
        quote!(reader.keep(&mut self.additional_properties))
    } else {
        quote!(reader.skip())
    };
    let (index, body) = if fields.is_empty() {
        (quote!(_), other)
    } else {
        let body = quote! {
            match index {
                #(#arms)*
                _ => #other,
            }
        };
        (quote!(index), body)
    };
    quote! {
        fn read<'de, M: MapAccess<'de>>(
            &mut self,
            #index: usize,
            reader: Reader<'_, M>,
        ) -> Result<(), M::Error> {
            #body
        }
    }
}

fn write(fields: &[Field], keeps_others: bool) -> TokenStream {
    let calls = fields.iter().map(|field| {
        let (name, wire) = (tokens::ident(&field.rust), &field.wire);
        if models::is_absent_by_default(field) {
            quote!(writer.optional(#wire, &self.#name);)
        } else {
            quote!(writer.field(#wire, &self.#name);)
        }
    });
    let others = keeps_others.then(|| quote!(writer.others(&self.additional_properties);));
    let writer = if fields.is_empty() && !keeps_others {
        quote!(_)
    } else {
        quote!(writer)
    };
    quote! {
        fn write<M: SerializeMap>(&self, #writer: &mut Writer<M>) {
            #(#calls)*
            #others
        }
    }
}
