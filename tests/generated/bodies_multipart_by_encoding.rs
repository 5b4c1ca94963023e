//! The parts of a `multipart/form-data` body follow OpenAPI's defaults and the `encoding`.

use crate::server::Server;
use bodies_multipart_by_encoding::blocking::BodiesMultipartByEncoding;
use bodies_multipart_by_encoding::models::{AddTrackGenre, Author};
use bodies_multipart_by_encoding::{Body, FilePart};
use std::io::Cursor;

fn client(server: &Server) -> BodiesMultipartByEncoding {
    BodiesMultipartByEncoding::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

/// Returns the parts of the only request, each as its header and its content, with the short header
/// names `name`, `filename` and `type`.
fn parts(server: &Server) -> Vec<String> {
    let request = server.request();
    let media_type = request.header("content-type").unwrap();
    let (_, boundary) = media_type.split_once("boundary=").unwrap();
    let body = request.text().to_owned();
    let body = body.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let separator = format!("--{boundary}\r\n");
    let parts = body.split(separator.as_str()).skip(1);
    let short = |part: &str| {
        let part = part.replace("Content-Disposition: form-data; ", "");
        let part = part.replace("\r\nContent-Type: ", " type=");
        part.trim_end()
            .replace("\r\n\r\n", " -> ")
            .replace("\r\n", " ")
    };
    parts.map(short).collect()
}

fn author(name: &str, town: &str) -> Author {
    let mut author = Author::new(name);
    author.address = Some(Default::default());
    author.address.as_mut().unwrap().town = Some(town.to_owned());
    author
}

#[test]
fn sends_one_part_per_item() {
    let server = Server::answering(204, &[], b"");
    let audio = FilePart::new("a.ogg", "song");
    let covers = [
        FilePart::new("1.png", "one"),
        FilePart::new("2.gif", "two").content_type("image/gif"),
    ];
    client(&server)
        .tracks()
        .add(audio, "Hi", covers)
        .genres(vec![AddTrackGenre::Folk, AddTrackGenre::HipHop])
        .ratings(vec![50.0, 0.5])
        .explicit(true)
        .plays(9_007_199_254_740_993_i64)
        .authors(vec![Author::new("Ada"), author("Bob", "Rome")])
        .producer(Author::new("Cy"))
        .send()
        .unwrap();
    let expected = [
        r#"name="audio"; filename="a.ogg" type=audio/ogg -> song"#,
        r#"name="title" -> Hi"#,
        r#"name="covers"; filename="1.png" type=image/png X-Licence: open X-Source: studio -> one"#,
        r#"name="covers"; filename="2.gif" type=image/gif X-Licence: open X-Source: studio -> two"#,
        r#"name="genres" -> folk"#,
        r#"name="genres" -> hip-hop"#,
        r#"name="ratings" -> 50"#,
        r#"name="ratings" -> 0.5"#,
        r#"name="explicit" -> true"#,
        r#"name="plays" -> 9007199254740993"#,
        r#"name="authors" type=application/json -> {"name":"Ada"}"#,
        r#"name="authors" type=application/json -> {"address":{"town":"Rome"},"name":"Bob"}"#,
        r#"name="producer" type=application/json -> {"name":"Cy"}"#,
    ];
    assert_eq!(parts(&server), expected);
}

#[test]
fn follows_the_encoding() {
    let server = Server::answering(204, &[], b"");
    let audio = FilePart::new("a", "song")
        .content_type("audio/x-own")
        .header("X-Take", "3");
    client(&server)
        .tracks()
        .add(audio, "Hi", [])
        .scan(FilePart::new("s", "scan"))
        .photos([FilePart::new("1", "one"), FilePart::new("2", "two")])
        .lyrics([FilePart::new("l", "la")])
        .remark("so \"good\"")
        .length(7)
        .singers(vec![Author::new("Ada")])
        .keywords(vec!["a b".to_owned(), "c".to_owned()])
        .markers(vec![1, 2])
        .ranks([1, 2])
        .label(author("Bob", "Rome"))
        .notes("# N")
        .send()
        .unwrap();
    let expected = [
        r#"name="audio"; filename="a" type=audio/x-own X-Take: 3 -> song"#,
        r#"name="title" -> Hi"#,
        r#"name="scan"; filename="s" type=application/octet-stream -> scan"#,
        r#"name="photos"; filename="1" type=application/octet-stream -> one"#,
        r#"name="photos"; filename="2" type=application/octet-stream -> two"#,
        r#"name="lyrics"; filename="l" type=application/octet-stream -> la"#,
        r#"name="remark" type=application/json -> "so \"good\"""#,
        r#"name="length" type=application/json -> 7"#,
        r#"name="singers" type=application/vnd.singers+json -> [{"name":"Ada"}]"#,
        r#"name="keywords" -> a b,c"#,
        r#"name="markers" -> 1|2"#,
        r#"name="ranks" type=application/json -> [1,2]"#,
        r#"name="label[address][town]" -> Rome"#,
        r#"name="label[name]" -> Bob"#,
        r#"name="notes" type=text/markdown -> # N"#,
    ];
    assert_eq!(parts(&server), expected);
}

#[test]
fn sends_files_from_readers() {
    let song = || Body::reader(Cursor::new("song"));
    let send = |audio, covers: [FilePart; 2]| {
        let server = Server::answering(204, &[], b"");
        let request = client(&server).tracks().add(audio, "Hi", covers);
        request.send().unwrap();
        server
    };
    let covers = |first: Body| {
        let first = FilePart::stream("1.png", first).content_type("image/gif");
        [first, FilePart::stream("2.png", "two")]
    };
    let audio = FilePart::stream("a.ogg", song().length(4));
    let server = send(audio, covers(Body::from("one")));
    let expected = [
        r#"name="audio"; filename="a.ogg" type=audio/ogg -> song"#,
        r#"name="title" -> Hi"#,
        r#"name="covers"; filename="1.png" type=image/gif X-Licence: open X-Source: studio -> one"#,
        r#"name="covers"; filename="2.png" type=image/png X-Licence: open X-Source: studio -> two"#,
    ];
    assert_eq!(parts(&server), expected);
    let request = server.request();
    let length = request.body.len().to_string();
    assert_eq!(request.header("content-length"), Some(&*length));

    let audio = FilePart::stream("a.ogg", song());
    let cover = Body::reader(Cursor::new("one")).length(3);
    let server = send(audio, covers(cover));
    assert_eq!(parts(&server), expected);
    let request = server.request();
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
}
