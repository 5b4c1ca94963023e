//! What the compiler accepts of the public surface, and what it refuses: mistakes that no program gets to run with.

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/compile/accepted.rs");
    cases.compile_fail("tests/compile/refused_*.rs");
}
