//! Finds syntax of dub-sdk that the minimum Rust version does not have.
//!
//! A build with that version finds it as well, but needs the toolchain. Clippy's lint
//! `incompatible_msrv` knows only functions and types.

use std::path::Path;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprBinary};

/// The first version with let chains, such as `if let Some(a) = b && a > 1`.
const LET_CHAINS: [u32; 3] = [1, 88, 0];

/// Returns an error with all files in a directory that have let chains, if the minimum version does
/// not have them.
pub fn check(directory: &Path, oldest: [u32; 3]) -> Result<(), String> {
    if oldest >= LET_CHAINS {
        return Ok(());
    }
    let mut found = Vec::new();
    collect(directory, &mut found)?;
    if found.is_empty() {
        return Ok(());
    }
    found.sort();
    Err(format!("let chains need Rust 1.88: {}", found.join(", ")))
}

fn collect(directory: &Path, found: &mut Vec<String>) -> Result<(), String> {
    let error = |error: std::io::Error| format!("{}: {error}", directory.display());
    for entry in std::fs::read_dir(directory).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).map_err(error)?;
            if has_let_chains(&text).map_err(|error| format!("{}: {error}", path.display()))? {
                found.push(path.display().to_string());
            }
        }
    }
    Ok(())
}

fn has_let_chains(text: &str) -> syn::Result<bool> {
    let mut finder = Finder { found: false };
    finder.visit_file(&syn::parse_file(text)?);
    Ok(finder.found)
}

struct Finder {
    found: bool,
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_expr_binary(&mut self, expression: &'ast ExprBinary) {
        let is_let = |side: &Expr| matches!(side, Expr::Let(_));
        let has_let = is_let(&expression.left) || is_let(&expression.right);
        self.found |= has_let && matches!(expression.op, BinOp::And(_));
        visit::visit_expr_binary(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use super::has_let_chains;

    #[test]
    fn finds_let_chains_only() {
        for chain in [
            "if let Some(a) = b && a > 1 {}",
            "if c && let Some(a) = b {}",
            "while c && d && let Some(a) = b {}",
            "let e = || if let Some(a) = b && a > 1 { 1 } else { 2 };",
        ] {
            assert!(
                has_let_chains(&format!("fn f() {{ {chain} }}")).unwrap(),
                "{chain}"
            );
        }
        for other in [
            "if let Some(a) = b { if a > 1 {} }",
            "let c = a && b;",
            "if a && b {}",
        ] {
            assert!(
                !has_let_chains(&format!("fn f() {{ {other} }}")).unwrap(),
                "{other}"
            );
        }
    }
}
