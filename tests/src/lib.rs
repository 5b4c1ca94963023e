//! The tests stand in `tests/`; here are the examples of the repository's README, so that they are compiled.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct ReadmeExamples;
