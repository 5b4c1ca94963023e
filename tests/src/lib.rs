//! Compiles the examples of the repository's README as doctests. All other tests of this package
//! are integration tests, in its directory `tests/`.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct ReadmeExamples;
