//! The names under which an advisory's text means a product.

/// Words behind which a text speaks of something else than the product.
const TAILS: [&str; 6] = [
    " running ",
    " redistributed with ",
    " as built upon ",
    " web interface as ",
    " bundled with ",
    " shipped with ",
];

/// Words before the names that a product had.
const FORMER: [&str; 4] =
    ["formerly known as ", "previously known as ", "formerly ", "also known as "];

/// The name itself, then the names that it had.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut own = text.to_owned();
    // A text that was cut inside a bracket.
    if own.matches('(').count() > own.matches(')').count() {
        own.push(')');
    }
    let lower = own.to_lowercase();
    let tails = TAILS.iter().filter_map(|tail| lower.find(tail));
    // `CPU (running on …)`: what stands in brackets is looked at elsewhere.
    let outside = tails.filter(|at| {
        let head = lower.get(..*at).unwrap_or("");
        head.matches('(').count() == head.matches(')').count()
    });
    if let Some(head) = outside.min().and_then(|at| own.get(..at)) {
        own = head.to_owned();
    }
    let mut names = vec![without_repeat(&own)];
    let former = FORMER.iter().filter_map(|word| Some((lower.find(word)?, word.len())));
    if let Some((at, length)) = former.min()
        && let Some(rest) = text.get(at + length..)
    {
        let end = rest.find([')', ';']).unwrap_or(rest.len());
        let list = rest.get(..end).unwrap_or(rest);
        let list = list.split(" and ").flat_map(|part| part.split(", "));
        names.extend(list.map(|name| name.trim().to_owned()).filter(|name| name.len() >= 4));
    }
    names
}

/// `Box/Box II series`: the shorter name means both.
fn without_repeat(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut skip = false;
    for word in text.split(' ') {
        let number = word.len() <= 3 && word.chars().all(|c| "IVX".contains(c) || c.is_numeric());
        if std::mem::take(&mut skip) && number {
            continue;
        }
        match word.split_once('/') {
            Some((a, b)) if a.len() >= 3 && a.eq_ignore_ascii_case(b) => {
                out.push(a);
                skip = true;
            }
            _ => out.push(word),
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_and_former_names() {
        for (text, wanted) in [
            ("D60 devices running firmware", vec!["D60 devices"]),
            ("CPU family (incl. related CPUs", vec!["CPU family (incl. related CPUs)"]),
            ("Box/Box II series", vec!["Box series"]),
            (
                "Box Anywhere (formerly known as Tin Anywhere and Can Anywhere)",
                vec![
                    "Box Anywhere (formerly known as Tin Anywhere and Can Anywhere)",
                    "Tin Anywhere",
                    "Can Anywhere",
                ],
            ),
            ("WebBox/SCADA", vec!["WebBox/SCADA"]),
        ] {
            assert_eq!(names(text), wanted, "{text}");
        }
    }
}
