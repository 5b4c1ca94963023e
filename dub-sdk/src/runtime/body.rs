//! Reading a reply's body, never more of it than allowed.

use super::client::Shared;
use super::decode::KEPT_BODY;
use super::error::{Error, Failure};
use bytes::{Bytes, BytesMut};
use reqwest::Response;

/// Reads a body, up to the bound of the client.
pub(super) async fn read(response: &mut Response, shared: &Shared) -> Result<Bytes, Error> {
    let bound = shared.settings.max_reply_size;
    let sort = |error| Error::from_reqwest(error, &shared.server.host);
    let too_large = || {
        Error::Transport(Failure::new(format!(
            "the reply's body is larger than the {bound} bytes allowed"
        )))
    };
    let expected = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    if expected.is_some_and(|length| length > bound) {
        return Err(too_large());
    }
    let Some(first) = response.chunk().await.map_err(sort)? else {
        return Ok(Bytes::new());
    };
    if first.len() > bound {
        return Err(too_large());
    }
    // Most bodies come in one piece, and are not copied then.
    let Some(mut next) = response.chunk().await.map_err(sort)? else {
        return Ok(first);
    };
    let mut body = BytesMut::with_capacity(room(expected, first.len() + next.len()));
    body.extend_from_slice(&first);
    loop {
        if body.len() + next.len() > bound {
            return Err(too_large());
        }
        body.extend_from_slice(&next);
        match response.chunk().await.map_err(sort)? {
            Some(chunk) => next = chunk,
            None => return Ok(body.freeze()),
        }
    }
}

/// How much memory to take for a body of which `have` bytes have come. The length that was announced is believed only so
/// far.
fn room(expected: Option<usize>, have: usize) -> usize {
    const AHEAD: usize = 1_048_576;
    expected
        .unwrap_or(0)
        .clamp(have, have.saturating_add(AHEAD))
}

/// Reads as much of an error reply's body as is kept. When it breaks off the error is still known by its status.
pub(super) async fn read_beginning(response: &mut Response) -> Bytes {
    let Ok(Some(first)) = response.chunk().await else {
        return Bytes::new();
    };
    let mut body = BytesMut::from(&*first);
    while body.len() < KEPT_BODY {
        let Ok(Some(chunk)) = response.chunk().await else {
            break;
        };
        body.extend_from_slice(&chunk);
    }
    body.freeze()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_made_for_what_has_come_and_not_for_all_that_is_announced() {
        const HUGE: usize = usize::MAX;
        for (expected, have, room) in [
            (None, 20, 20),
            (Some(100), 20, 100),
            // A frame of HTTP/2 can be larger than what is believed ahead.
            (None, 16 << 20, 16 << 20),
            (Some(1), 16 << 20, 16 << 20),
            (Some(HUGE), 20, 20 + (1 << 20)),
            (Some(HUGE), HUGE, HUGE),
        ] {
            assert_eq!(super::room(expected, have), room);
        }
    }
}
