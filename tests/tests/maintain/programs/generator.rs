//! `dub-generator` as a person or a script runs it.

use super::{Ended, Folder, command, generator, unheard};
use crate::support::root;
use serde_json::Value;

const SHOP: &str = "diff/shop.yaml";
const MISSPELT: &str = "rejected/misspelt_key.yaml";

#[test]
fn generate_writes_then_finds_nothing_to_do_then_a_difference() {
    let folder = Folder::new("generate");
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

#[test]
fn the_exit_code_says_how_it_went() {
    let folder = Folder::new("codes");
    std::fs::write(
        folder.join("more.yaml"),
        std::fs::read_to_string(root().join("tests/fixtures").join(SHOP))
            .unwrap()
            .replace("[wood, iron]", "[wood, iron, glass]"),
    )
    .unwrap();
    let more = folder.join("more.yaml");
    let more = more.to_str().unwrap();
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
        (&["diff", SHOP, more], 1),
        (&["diff", more, SHOP], 2),
        (&["diff", SHOP, MISSPELT], 3),
        (&["diff", SHOP, "none.yaml"], 3),
        // A 2 would say that something breaks.
        (&["diff", SHOP, more, "--frobnicate"], 3),
    ];
    for (arguments, code) in table {
        let ended = generator(arguments);
        assert_eq!(ended.code, code, "{arguments:?} {}", ended.err);
        assert_eq!(
            ended.code >= 2 && arguments != ["diff", more, SHOP],
            !ended.err.is_empty()
        );
    }
}

#[test]
fn what_a_person_sees() {
    let shown = |arguments: &[&str]| {
        let Ended { code, out, err } = generator(arguments);
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
fn every_problem_can_be_read_by_a_program() {
    let table: [(&[&str], &str); 5] = [
        (&["inspect", "--spec", MISSPELT], "E003"),
        (&["inspect", "--spec", SHOP, "--tag", "none"], "E010"),
        (&["inspect", "--spec", "none.yaml"], "none.yaml"),
        (&["explain", "E099"], "E099"),
        (&["diff", SHOP], "required arguments"),
    ];
    for (arguments, part) in table {
        let ended = generator(&[arguments, &["--format", "json"]].concat());
        let problems: Value = serde_json::from_str(&ended.err).unwrap();
        assert!(problems[0]["message"].is_string(), "{}", ended.err);
        assert!(problems.to_string().contains(part), "{}", ended.err);
        assert_eq!(ended.out, "");
    }
}

#[test]
fn colours_are_for_terminals_and_for_those_who_insist() {
    let fixtures = root().join("tests/fixtures");
    let run = |environment: &[(&str, &str)]| {
        let mut command = command("dub-generator", &["inspect", "--spec", MISSPELT], &fixtures);
        command.envs(environment.iter().copied());
        Ended::of(command.output().unwrap()).err.contains('\u{1b}')
    };
    assert!(!run(&[]));
    assert!(run(&[("CLICOLOR_FORCE", "1")]));
    assert!(!run(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let fixtures = root().join("tests/fixtures");
    let commands: [&[&str]; 5] = [
        &["inspect", "--spec", SHOP],
        &["diff", SHOP, SHOP],
        &["explain", "E007"],
        &["completions", "bash"],
        &["--help"],
    ];
    for arguments in commands {
        let ended = unheard(command("dub-generator", arguments, &fixtures));
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn completions_know_commands_and_options() {
    for (shell, beginning) in [
        ("bash", "_dub__generator()"),
        ("zsh", "#compdef"),
        ("fish", "#"),
    ] {
        let script = generator(&["completions", shell]);
        assert_eq!(script.code, 0, "{}", script.err);
        assert!(script.out.starts_with(beginning), "{}", script.out);
        for word in ["generate", "explain", "allow-unsupported", "crate-dir"] {
            assert!(script.out.contains(word), "{shell} has no {word}");
        }
    }
}

/// As bash itself does it, where bash is there.
#[test]
fn bash_completes_the_options_of_a_command() {
    let script = generator(&["completions", "bash"]).out;
    let ask = "COMP_WORDS=(dub-generator generate --al); COMP_CWORD=2; \
        _dub__generator dub-generator --al generate; echo \"${COMPREPLY[@]}\"";
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
