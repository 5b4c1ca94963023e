//! Tests of the `dub-generator` command line.

use super::{CommandResult, TempDir, command, generator, run_with_closed_stdout};
use crate::support::root;
use serde_json::Value;

const SHOP: &str = "diff/shop.yaml";
const MISSPELT: &str = "rejected/misspelt_key.yaml";

#[test]
fn generate_check_detects_differences() {
    let folder = TempDir::new("generate");
    let out = folder.0.to_str().unwrap();
    let written = generator(&["generate", "--spec", SHOP, "--out", out]);
    assert_eq!((written.code, written.out.as_str()), (0, ""));
    assert!(
        written.err.contains("created  src/generated/models.rs"),
        "{}",
        written.err
    );

    let check = ["generate", "--spec", SHOP, "--out", out, "--check"];
    let clean = generator(&check);
    assert_eq!(
        (clean.code, clean.out, clean.err),
        (0, String::new(), String::new())
    );

    std::fs::remove_file(folder.join("src/generated/models.rs")).unwrap();
    let differs = generator(&check);
    assert_eq!(differs.code, 1);
    assert!(
        differs.err.contains("run the same command without --check"),
        "{}",
        differs.err
    );
    assert!(!folder.join("src/generated/models.rs").exists());

    let json = generator(&[&check[..], &["--format", "json"]].concat());
    let value: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, &value["up_to_date"]), (1, &Value::Bool(false)));

    let quiet = generator(&[&check[..], &["-q"]].concat());
    assert_eq!(
        (quiet.code, quiet.out, quiet.err),
        (1, String::new(), String::new())
    );
}

/// The headers of our crate name `cargo xtask regen`, which runs the generator. Running it directly
/// is no change.
#[test]
fn generate_keeps_the_command_that_the_crate_names() {
    let (spec, out) = (root().join("spec/customers.yaml"), root().join("dub-sdk"));
    let (spec, out) = (spec.to_str().unwrap(), out.to_str().unwrap());
    let check = ["generate", "--spec", spec, "--out", out, "--check"];
    let result = generator(&check);
    assert_eq!((result.code, result.err.as_str()), (0, ""));

    let folder = TempDir::new("command");
    let out = folder.0.to_str().unwrap();
    let header = || header(&folder);
    generator(&["generate", "--spec", SHOP, "--out", out]);
    let first = header();
    assert!(
        first.contains("`dub-generator generate --spec shop.yaml"),
        "{first}"
    );
    let options = ["--crate-name", "shop-sdk"];
    generator(&[&["generate", "--spec", SHOP, "--out", out], &options[..]].concat());
    assert!(
        header().contains("--crate-name shop-sdk --out .`"),
        "{}",
        header()
    );
}

/// Returns the first line of a generated file.
fn header(folder: &TempDir) -> String {
    let text = std::fs::read_to_string(folder.join("src/generated/mod.rs")).unwrap();
    text.lines().next().unwrap_or_default().to_owned()
}

/// Warnings are printed and do not change the exit code, unless they are denied.
#[test]
fn warnings_are_printed_or_denied() {
    const WARNED: &str = "warned/status_with_text.yaml";
    let folder = TempDir::new("warnings");
    let out = folder.0.to_str().unwrap();
    let generate = ["generate", "--spec", WARNED, "--out", out];
    let deny = ["--deny", "warnings"];

    let denied = generator(&[&generate[..], &deny].concat());
    assert_eq!(denied.code, 2);
    assert!(denied.err.contains("error[E003]"), "{}", denied.err);
    assert!(denied.err.contains("2 errors"), "{}", denied.err);
    assert!(!folder.join("src").exists(), "nothing is written");

    let written = generator(&generate);
    assert_eq!(written.code, 0);
    let location = "status_with_text.yaml:9:9: warning[E003]: invalid key `204 NO_CONTENT`";
    assert!(written.err.contains(location), "{}", written.err);
    assert!(written.err.contains("2 warnings"), "{}", written.err);
    assert!(folder.join("src/generated/models.rs").exists());

    let quiet = generator(&[&generate[..], &["-q"]].concat());
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    let json = generator(&[&generate[..], &["--format", "json"]].concat());
    let value: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["warnings"][0]["severity"], "warning");
    assert_eq!(value["warnings"][1]["line"], 10);

    for command in [&["inspect", "--spec", WARNED][..], &["diff", SHOP, WARNED]] {
        let printed = generator(command);
        assert!(printed.err.contains("2 warnings"), "{}", printed.err);
        let denied = generator(&[command, &deny].concat());
        assert!(denied.err.contains("2 errors"), "{}", denied.err);
        let code = if command[0] == "diff" { 3 } else { 2 };
        assert_eq!((denied.code, denied.out.as_str()), (code, ""));
    }
}

#[test]
fn exit_code_reflects_outcome() {
    let folder = TempDir::new("codes");
    std::fs::write(
        folder.join("extended.yaml"),
        std::fs::read_to_string(root().join("tests/fixtures").join(SHOP))
            .unwrap()
            .replace("[wood, iron]", "[wood, iron, glass]"),
    )
    .unwrap();
    let extended = folder.join("extended.yaml");
    let extended = extended.to_str().unwrap();
    let table: [(&[&str], i32); 16] = [
        (&["inspect", "--spec", SHOP], 0),
        (&["inspect", "--spec", MISSPELT], 2),
        (&["inspect", "--spec", "none.yaml"], 2),
        (&["inspect", "--spec", SHOP, "--tag", "none"], 2),
        (
            &[
                "inspect",
                "--spec",
                SHOP,
                "--overlay",
                "overlay/target_is_not_a_json_path.yaml",
            ],
            2,
        ),
        (&["inspect"], 2),
        (&["frobnicate"], 2),
        (&["explain", "e007"], 0),
        (&["explain", "E099"], 2),
        (&["completions", "tcsh"], 2),
        (&["diff", SHOP, SHOP], 0),
        (&["diff", SHOP, extended], 1),
        (&["diff", extended, SHOP], 2),
        (&["diff", SHOP, MISSPELT], 3),
        (&["diff", SHOP, "none.yaml"], 3),
        // An invalid argument must not exit with 2, which means a breaking change.
        (&["diff", SHOP, extended, "--frobnicate"], 3),
    ];
    for (arguments, code) in table {
        let result = generator(arguments);
        assert_eq!(result.code, code, "{arguments:?} {}", result.err);
        assert_eq!(
            result.code >= 2 && arguments != ["diff", extended, SHOP],
            !result.err.is_empty(),
            "{arguments:?} {}",
            result.err
        );
    }
}

#[test]
fn prints_human_readable_output() {
    let shown = |arguments: &[&str]| {
        let CommandResult { code, out, err } = generator(arguments);
        format!(
            "$ dub-generator {}\n{out}{err}exit code {code}\n\n",
            arguments.join(" ")
        )
    };
    let all = [
        shown(&["inspect", "--spec", MISSPELT]),
        shown(&["inspect", "--spec", "none.yaml"]),
        shown(&["explain", "E099"]),
        shown(&["explain"]),
        shown(&["diff", SHOP, SHOP]),
        shown(&["inspect", "--spec", SHOP, "--tag", "Items"]),
    ];
    insta::assert_snapshot!(all.concat());
}

#[test]
fn json_format_reports_every_error() {
    let table: [(&[&str], &str); 5] = [
        (&["inspect", "--spec", MISSPELT], "E003"),
        (&["inspect", "--spec", SHOP, "--tag", "none"], "E010"),
        (&["inspect", "--spec", "none.yaml"], "none.yaml"),
        (&["explain", "E099"], "E099"),
        (&["diff", SHOP], "required arguments"),
    ];
    for (arguments, part) in table {
        let result = generator(&[arguments, &["--format", "json"]].concat());
        let problems: Value = serde_json::from_str(&result.err).unwrap();
        assert!(problems[0]["message"].is_string(), "{}", result.err);
        assert!(problems.to_string().contains(part), "{}", result.err);
        assert_eq!(result.out, "");
    }
}

#[test]
fn colors_follow_terminal_and_environment() {
    let fixtures = root().join("tests/fixtures");
    let run = |environment: &[(&str, &str)]| {
        let mut command = command("dub-generator", &["inspect", "--spec", MISSPELT], &fixtures);
        command.envs(environment.iter().copied());
        CommandResult::of(command.output().unwrap())
            .err
            .contains('\u{1b}')
    };
    assert!(!run(&[]));
    assert!(run(&[("CLICOLOR_FORCE", "1")]));
    assert!(!run(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn closed_stdout_is_not_an_error() {
    let fixtures = root().join("tests/fixtures");
    let commands: [&[&str]; 5] = [
        &["inspect", "--spec", SHOP],
        &["diff", SHOP, SHOP],
        &["explain", "E007"],
        &["completions", "bash"],
        &["--help"],
    ];
    for arguments in commands {
        let result = run_with_closed_stdout(command("dub-generator", arguments, &fixtures));
        assert_eq!((result.code, result.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn completions_list_commands_and_options() {
    for (shell, prefix) in [
        ("bash", "_dub__generator()"),
        ("zsh", "#compdef"),
        ("fish", "#"),
    ] {
        let script = generator(&["completions", shell]);
        assert_eq!(script.code, 0, "{}", script.err);
        assert!(script.out.starts_with(prefix), "{}", script.out);
        for word in ["generate", "explain", "allow-unsupported", "crate-dir"] {
            assert!(
                script.out.contains(word),
                "the {shell} completions do not contain `{word}`"
            );
        }
    }
}

/// Runs the completion in bash. Does nothing if bash is not installed.
#[test]
fn bash_completes_command_options() {
    let script = generator(&["completions", "bash"]).out;
    let ask = "COMP_WORDS=(dub-generator generate --allow-u); COMP_CWORD=2; \
        _dub__generator dub-generator --allow-u generate; echo \"${COMPREPLY[@]}\"";
    let bash = std::process::Command::new("bash")
        .args(["-c", &format!("{script}\n{ask}")])
        .output();
    if let Ok(output) = bash {
        let completed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            completed.trim(),
            "--allow-unsupported",
            "{:?}",
            String::from_utf8(output.stderr)
        );
    }
}
