//! A stand-in for Dub that pages through its customers by cursor.

use crate::server::{Connection, Server, customer, response};

/// Answers a list with the customers numbered from 1 to `count`, `size` of them a page.
pub fn pages(count: usize, size: usize) -> Server {
    Server::start(move |connection, _| answer(connection, count, size))
}

pub fn answer(connection: &mut Connection, count: usize, size: usize) {
    if let Some(request) = connection.request() {
        let page = page(&request, count, size);
        connection.write(response(200, "", &page).as_bytes());
    }
}

/// The page that a request asks for.
pub fn page(request: &str, count: usize, size: usize) -> String {
    let cursor = request.split("startingAfter=cus_").nth(1);
    let last: usize = cursor.map_or(0, |text| {
        let digits = text.split(|sign: char| !sign.is_ascii_digit()).next();
        digits.unwrap().parse().unwrap()
    });
    list(last + 1..=count.min(last + size))
}

/// A page of the customers that are numbered so.
pub fn list(numbers: impl IntoIterator<Item = usize>) -> String {
    let customers = numbers
        .into_iter()
        .map(|number| customer(&format!("cus_{number}")));
    format!("[{}]", customers.collect::<Vec<_>>().join(","))
}

/// The ids of the customers that are numbered so.
pub fn ids(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers
        .into_iter()
        .map(|number| format!("cus_{number}"))
        .collect()
}
