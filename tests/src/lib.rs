//! Compiles the examples of the repository's README as doctests. All other tests are in `tests/`.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct ReadmeExamples;
