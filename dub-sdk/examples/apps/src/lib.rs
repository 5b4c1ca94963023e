//! Example programs with `dub-sdk`. Each module is one program, and `src/bin` has its `main`. The
//! README lists them.

pub mod app_tests;
pub mod axum_service;
pub mod customers_cli;
pub mod paging;
pub mod rotating_token;
pub mod tracing_setup;
pub mod track;
pub mod webhook_service;

/// A mock of Dub's server with three customers, for running the programs without an account.
#[path = "../../mock_server/mod.rs"]
pub mod mock_server;
