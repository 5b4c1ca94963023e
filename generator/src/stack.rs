//! Room for schemas that lead from one to the next, and on.
//!
//! A schema is lowered where a reference to it is first met, so that a chain of references is as many calls deep. That
//! is more than the stack of a program or of a test has, and less than what is set aside here: memory that nobody
//! touches costs nothing.

use crate::diagnostic::{Code, Diagnostic};

/// Enough for [`crate::lower`]'s bound on chains of references, also where nothing is optimised.
const STACK_SIZE: usize = 256 * 1024 * 1024;

/// Does the work on a stack of its own.
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
            // A panic is a mistake of ours, which must not go on as a refusal.
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => {
                let message = format!("there is no memory for the stack: {error}");
                Err(vec![Diagnostic::new(Code::Bound, "", message)])
            }
        }
    })
}
