//! Long lists, long texts: they are read in part or to their end, in bounded time.

use knowledge::import::{read_cn, read_kev, read_recog};
use knowledge::version::{Range, Version};

#[test]
fn long_lists_are_read_in_part_and_complaints_are_few() {
    let list = format!("{{\"vulnerabilities\": [0{}]}}", ",0".repeat(600_000));
    let read = read_kev(list.as_bytes()).unwrap();
    assert!(read.records.is_empty());
    assert!(read.complaints.len() <= 32, "{}", read.complaints.len());
    assert_eq!(read.complaints[0], "vulnerabilities: is too long: its end is left out");
}

#[test]
fn deep_and_wide_xml_comes_to_its_end() {
    let deep = "<a>".repeat(1_000_000);
    let wide = format!("<fingerprint pattern=\"{}\"/>", "(".repeat(4_000_000));
    let many = format!("<f {}/>", "a=\"\" ".repeat(200_000));
    for text in [deep, wide, many] {
        // Taken or refused: nothing comes of it.
        assert!(read_recog(text.as_bytes()).map_or(true, |read| read.records.is_empty()));
        assert!(read_cn(text.as_bytes()).map_or(true, |read| read.records.is_empty()));
    }
}

#[test]
fn long_versions_and_ranges_come_to_their_end() {
    for piece in ["1.", "V1 SP2 ", "<", ">=1,<2|", "x.*", "(", "99999999999", "ü", "and prior "] {
        let text = piece.repeat(20_000);
        let version = Version::read(&text);
        let range = Range::read(&text);
        assert!(version.is_none_or(|version| version.text().len() <= text.len()));
        assert!(range.named().len() <= text.len());
    }
}
