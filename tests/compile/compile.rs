//! Tests which mistakes the compiler rejects.

/// The correct form of the same calls is a part of the test program `wire`: a program that must
/// compile here would make trybuild build all dependencies, instead of checking them.
#[test]
fn mistakes_do_not_compile() {
    trybuild::TestCases::new().compile_fail("rejected_*.rs");
}
