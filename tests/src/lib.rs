//! Shared code of the tests: the checks of the fuzz targets (`tests/fuzz`), which the test program
//! `fuzz` runs, too. The examples of the repository's README are compiled as doctests.

pub mod fuzz;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct ReadmeExamples;
