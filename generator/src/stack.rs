//! A large stack for long chains of references between schemas.
//!
//! A schema is lowered at the first reference to it, so a chain of references recurses once for
//! each schema. The default stack of a main or test thread is too small for the longest allowed
//! chain, so the work runs on a thread with a larger stack. Stack memory that is never touched
//! costs nothing.

use crate::diagnostic::{Code, Diagnostic};

/// The stack size in bytes. It is enough for the longest chain of references that [`crate::lower`]
/// allows, even in debug builds.
const STACK_SIZE: usize = 256 * 1024 * 1024;

/// Runs `work` on a thread with a large stack.
pub fn with_large_stack<T: Send>(
    work: impl FnOnce() -> Result<T, Vec<Diagnostic>> + Send,
) -> Result<T, Vec<Diagnostic>> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("generator".to_owned())
            .stack_size(STACK_SIZE)
            .spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            // A panic is a bug and must not be reported as an invalid document.
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => {
                let message = format!("could not start a thread with a large stack: {error}");
                Err(vec![Diagnostic::new(Code::Bound, "", message)])
            }
        }
    })
}
