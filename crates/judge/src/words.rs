//! Words with gaps, and what goes into them.

/// Puts arguments into a template; `{name}` stands for one, `?` for one that is missing. Values
/// are put in once: braces inside them mean nothing.
pub(crate) fn fill(template: &str, args: &[(&'static str, String)]) -> String {
    let mut rest = template;
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        text.push_str(before);
        let value = args.iter().find(|(own, _)| *own == name);
        text.push_str(value.map_or("?", |(_, value)| value));
        rest = tail;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_once() {
        let args = [("from", "{to}".to_owned()), ("to", "b".to_owned())];
        assert_eq!(fill("from {from} to {to}", &args), "from {to} to b");
        assert_eq!(fill("{what}, {from", &args), "?, {from");
        assert_eq!(fill("plain", &[]), "plain");
    }
}
