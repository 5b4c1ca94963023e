use std::process::Command;

#[test]
fn logs_a_successful_and_a_failed_call() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tracing_setup"));
    let output = program.env_remove("RUST_LOG").output().unwrap();
    let logs = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.success() && output.stdout.is_empty(),
        "{logs}"
    );
    let find = |part: &str| logs.lines().find(|line| line.contains(part));
    let success = find("call succeeded").expect(&logs);
    assert!(success.contains("sign_up"), "{logs}");
    assert!(success.contains("PATCH"), "{logs}");
    let failure = find("call failed").expect(&logs);
    assert!(
        failure.contains("WARN") && failure.contains("404"),
        "{logs}"
    );
    assert!(!logs.contains("Ada King"), "{logs}");
}

#[test]
fn environment_overrides_the_filter() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tracing_setup"));
    let output = program.env("RUST_LOG", "error").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
}
