//! Tests which uses of the public API compile and which mistakes the compiler rejects.

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/compile/accepted.rs");
    cases.compile_fail("tests/compile/rejected_*.rs");
}
