//! The objects that several others contain.

use super::types::{Kind, Shape, lenient, optional, required, shape};

const STRINGS: Kind = Kind::List(&Kind::String);

pub(in crate::spec) static SERVER: Shape = shape(
    "a server",
    &[
        required("url", Kind::String),
        lenient("description", Kind::String),
        optional("variables", Kind::Map(&Kind::Object(&SERVER_VARIABLE))),
    ],
);

pub(in crate::spec) static SERVER_VARIABLE: Shape = shape(
    "a server variable",
    &[
        required("default", Kind::String),
        optional("enum", STRINGS),
        lenient("description", Kind::String),
    ],
);

pub(in crate::spec) static EXTERNAL_DOCS: Shape = shape(
    "an external documentation object",
    &[
        lenient("url", Kind::String),
        lenient("description", Kind::String),
    ],
);
