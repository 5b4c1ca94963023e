//! The schemas of a document as JSON Schema 2020-12, and values that satisfy them.
//!
//! OpenAPI 3.0 has a dialect of its own. [`raise`] converts it, so that what reads schemas only to
//! make or to check values knows one dialect.

pub mod allowed;
pub mod direction;
mod discriminator;
mod merge;
mod number;
mod object;
mod pattern;
pub mod raise;
pub mod sample;
mod text;
mod variety;

pub use direction::Direction;
