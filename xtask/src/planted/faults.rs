//! The faults that are planted, and the documents whose crates must show them.

/// The documents: fixtures that together use most of what the emitter generates.
pub const DOCUMENTS: [&str; 6] = [
    "tests/fixtures/accepted/parameters_by_location_and_style.yaml",
    "tests/fixtures/accepted/bodies_and_responses_by_media_type.yaml",
    "tests/fixtures/accepted/enums_of_strings_integers_and_mixed_values.yaml",
    "tests/fixtures/accepted/union_by_undeclared_discriminator.yaml",
    "tests/fixtures/accepted/scalar_formats.yaml",
    "spec/customers.yaml",
];

/// A fault: a change of a file of the emitter.
pub struct Fault {
    pub title: &'static str,
    /// The file, relative to the directory of the emitter.
    pub file: &'static str,
    /// The text to replace, which occurs once in the file.
    find: &'static str,
    replacement: &'static str,
}

impl Fault {
    /// Returns the path of the file, relative to the root of the repository.
    pub fn path(&self) -> String {
        format!("generator/src/emit/{}", self.file)
    }

    /// Returns the content of the file with the fault.
    pub fn planted(&self, content: &str) -> Result<String, String> {
        match content.matches(self.find).count() {
            1 => Ok(content.replace(self.find, self.replacement)),
            count => Err(format!(
                "`{}` occurs {count} times, expected once",
                self.find
            )),
        }
    }
}

pub const FAULTS: [Fault; 10] = [
    Fault {
        title: "a parameter is sent under its Rust name",
        file: "arguments.rs",
        find: "let wire = &parameter.name.wire;",
        replacement: "let wire = &parameter.name.rust;",
    },
    Fault {
        title: "a list that is not exploded is sent exploded",
        file: "arguments.rs",
        find: "Style::Form { explode: false } => quote!(Style::Form),",
        replacement: "Style::Form { explode: false } => quote!(Style::FormExploded),",
    },
    Fault {
        title: "a header is sent as a query parameter",
        file: "arguments.rs",
        find: "Location::Header => quote!(In::Header),",
        replacement: "Location::Header => quote!(In::Query),",
    },
    Fault {
        title: "PATCH is sent as PUT",
        file: "operation.rs",
        find: "tokens::ident(operation.method.as_str());",
        replacement: "tokens::ident(&operation.method.as_str().replace(\"PATCH\", \"PUT\"));",
    },
    Fault {
        title: "a form is sent in parts",
        file: "operation.rs",
        find: "BodyContent::FormFields(_) => quote!(Form),",
        replacement: "BodyContent::FormFields(_) => quote!(Multipart),",
    },
    Fault {
        title: "the last field of an object is dropped",
        file: "models.rs",
        find: "struct_items(context, def, fields, additional.as_ref())",
        replacement: "{ let kept = fields.split_last().map_or(&[][..], |(_, rest)| rest); \
                      struct_items(context, def, kept, additional.as_ref()) }",
    },
    Fault {
        title: "an absent property is written as null",
        file: "object.rs",
        find: "\"optional\"",
        replacement: "\"nullable\"",
    },
    Fault {
        title: "a number of 64 bits becomes one of 32 bits",
        file: "tokens.rs",
        find: "Type::Number(NumberWidth::F64) => quote!(f64),",
        replacement: "Type::Number(NumberWidth::F64) => quote!(f32),",
    },
    Fault {
        title: "a value of an enum is written as the name of its variant",
        file: "enums.rs",
        find: "let (variant, wire) = (tokens::ident(&value.rust), &value.wire);",
        replacement: "let (variant, wire) = (tokens::ident(&value.rust), &value.rust);",
    },
    Fault {
        title: "the tag of a union is written as the name of the variant",
        file: "unions.rs",
        find: "let tag = tag_value(context, property, tag, variants);",
        replacement: "let tag = tag_value(context, property, &variant.rust, variants);",
    },
];

#[cfg(test)]
mod tests {
    use super::{DOCUMENTS, FAULTS};
    use std::path::Path;

    #[test]
    fn faults_match_the_emitter() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for fault in FAULTS {
            let content = std::fs::read_to_string(root.join(fault.path())).unwrap();
            let planted = fault.planted(&content).unwrap();
            assert_ne!(planted, content, "{}", fault.title);
        }
        for document in DOCUMENTS {
            assert!(root.join(document).is_file(), "{document}");
        }
    }
}
