// @generated for `dub-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.

//! Code generated from the OpenAPI document.

#![allow(
    deprecated,
    reason = "generated code uses the deprecated items that it declares"
)]

pub(crate) mod client;

pub mod customers;

pub mod errors;

pub mod models;

pub mod track;

#[cfg(feature = "webhooks")]
pub mod webhooks;

/// The reference pages, whose examples are compiled as doctests.
#[cfg(doctest)]
#[doc = include_str!("../../docs/customers.md")]
#[doc = include_str!("../../docs/track.md")]
struct Reference;
