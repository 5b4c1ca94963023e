//! A mock of Dub that serves its customers in pages by cursor.

use crate::server::{Connection, Server, customer, response};

/// Starts a server that serves the customers 1 to `count` in pages of `size`.
pub fn paging_server(count: usize, size: usize) -> Server {
    Server::start(move |connection, _| serve_page(connection, count, size))
}

/// Reads one request and sends the requested page.
pub fn serve_page(connection: &mut Connection, count: usize, size: usize) {
    if let Some(request) = connection.request() {
        let page = requested_page(&request, count, size);
        connection.write(response(200, "", &page).as_bytes());
    }
}

/// Returns the page for the cursor of the request.
pub fn requested_page(request: &str, count: usize, size: usize) -> String {
    let cursor = request.split("startingAfter=cus_").nth(1);
    let last: usize = cursor.map_or(0, |cursor| {
        let digits = cursor.split(|char: char| !char.is_ascii_digit()).next();
        digits.unwrap().parse().unwrap()
    });
    page_of(last + 1..=count.min(last + size))
}

/// Returns a page with the customers of these numbers.
pub fn page_of(numbers: impl IntoIterator<Item = usize>) -> String {
    let customers = numbers
        .into_iter()
        .map(|number| customer(&format!("cus_{number}")));
    format!("[{}]", customers.collect::<Vec<_>>().join(","))
}

/// Returns the ids of the customers of these numbers.
pub fn ids(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers
        .into_iter()
        .map(|number| format!("cus_{number}"))
        .collect()
}
