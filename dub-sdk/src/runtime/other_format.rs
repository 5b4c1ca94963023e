//! Operations whose response body is requested as another media type than the preferred one.

use crate::runtime::{ApiOperation, Error, RawResponse, Response};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// The operation `O` with its response body as a string, exactly as received.
pub struct AsText<O>(PhantomData<O>);

/// The operation `O` with its response body as bytes, exactly as received.
pub struct AsBytes<O>(PhantomData<O>);

/// The operation `O` with its response body decoded from JSON as a `T`.
pub struct AsJson<O, T>(PhantomData<(O, T)>);

impl<O: ApiOperation> ApiOperation for AsText<O> {
    type Output = String;
    const ID: &'static str = O::ID;

    #[inline]
    fn read(response: RawResponse) -> Result<Response<String>, Error> {
        response.text()
    }
}

impl<O: ApiOperation> ApiOperation for AsBytes<O> {
    type Output = Bytes;
    const ID: &'static str = O::ID;

    #[inline]
    fn read(response: RawResponse) -> Result<Response<Bytes>, Error> {
        response.bytes()
    }
}

impl<O: ApiOperation, T: DeserializeOwned> ApiOperation for AsJson<O, T> {
    type Output = T;
    const ID: &'static str = O::ID;

    #[inline]
    fn read(response: RawResponse) -> Result<Response<T>, Error> {
        response.decode()
    }
}
