//! The techniques that operations name are in the matrix that the pack brings, by the same names.

use knowledge::pack::Pack;
use std::collections::BTreeMap;
use vocab::Technique;

#[test]
fn techniques_of_operations_stand_in_the_matrix_and_are_not_revoked() {
    let pack = Pack::built_in().unwrap();
    let tables = pack.tables().unwrap();
    // The importer leaves revoked and deprecated techniques out.
    let known: BTreeMap<&str, &str> =
        tables.techniques.iter().map(|t| (t.id.as_str(), t.name.as_str())).collect();
    assert!(known.len() > 70, "the matrix has {} techniques", known.len());
    for technique in Technique::ALL {
        let id = technique.to_string();
        assert_eq!(known.get(id.as_str()), Some(&technique.name()), "{id}");
    }
}
