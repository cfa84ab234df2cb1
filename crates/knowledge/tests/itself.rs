//! Every product of the built-in advisories under the names that a sensor or a catalogue would give
//! a device of it: the matcher must find it.

use knowledge::advisory::Leaf;
use knowledge::matching::{Device, Grade, Matcher};
use knowledge::pack::Pack;
use std::collections::{BTreeMap, BTreeSet};

/// Every how many-th product is asked; `1` asks all, which takes minutes.
const EVERY: &str = "FERRITE_TEST_EVERY";

/// A name, how many of a thousand must be found, and the device of a product.
type Way = (&'static str, usize, fn(&Leaf) -> Option<Device>);

/// Ways in which a device's text differs from the product's name in the advisory, and how many of a
/// thousand must be found in each.
static WAYS: [Way; 30] = [
    ("as it is", 1000, |leaf| Some(device(leaf, name(leaf)))),
    ("maker in front", 1000, |leaf| Some(device(leaf, &format!("{} {}", leaf.vendor, name(leaf))))),
    ("maker behind", 1000, |leaf| Some(device(leaf, &format!("{}, {}", name(leaf), leaf.vendor)))),
    ("no brackets", 980, |leaf| other(leaf, &without_brackets(name(leaf)))),
    ("no maker", 980, |leaf| other(leaf, &without_maker(leaf))),
    ("no hyphens", 985, |leaf| other(leaf, &without_brackets(name(leaf)).replace('-', ""))),
    ("blanks for hyphens", 985, |leaf| {
        other(leaf, &without_brackets(name(leaf)).replace('-', " "))
    }),
    ("hyphens for blanks", 985, |leaf| other(leaf, &hyphens(&without_brackets(name(leaf))))),
    ("capitals", 1000, |leaf| other(leaf, &name(leaf).to_uppercase())),
    ("model alone", 960, |leaf| other(leaf, &model(leaf)?)),
    ("no version", 930, |leaf| other(leaf, &without_version(leaf)?)),
    ("maker's short name", 990, |leaf| of_maker(leaf, &short(&leaf.vendor))),
    ("maker as one word", 985, |leaf| of_maker(leaf, &short(&leaf.vendor).replace(' ', ""))),
    ("order number alone", 1000, |leaf| {
        let order = leaf.orders.first().filter(|order| !order.contains(['*', 'x', '?', '.']))?;
        let order_number = Some(order.clone());
        Some(Device { vendor: leaf.vendor.clone(), order_number, ..Device::default() })
    }),
    ("other names of the maker", 990, |leaf| of_maker(leaf, &other_maker(&leaf.vendor)?)),
    ("maker's former name in front", 985, |leaf| {
        let maker = other_maker(&leaf.vendor)?;
        Some(device(leaf, &format!("{maker} {}", name(leaf))))
    }),
    ("maker with another ending", 990, |leaf| {
        of_maker(leaf, &format!("{} Co., Ltd.", short(&leaf.vendor)))
    }),
    ("maker in capitals", 990, |leaf| of_maker(leaf, &leaf.vendor.to_uppercase())),
    ("maker in two scripts", 990, |leaf| of_maker(leaf, &foreign(&leaf.vendor)?)),
    ("no maker at all", 985, |leaf| {
        Some(Device {
            vendor: String::new(),
            ..device(leaf, &format!("{} {}", short(&leaf.vendor), name(leaf)))
        })
    }),
    ("one of a list", 950, |leaf| other(leaf, &one_of(name(leaf), false)?)),
    ("last of a list", 950, |leaf| other(leaf, &one_of(name(leaf), true)?)),
    ("version in the name", 980, |leaf| {
        other(leaf, &format!("{} V{}", without_brackets(name(leaf)), version(leaf)?))
    }),
    ("bare version in the name", 980, |leaf| {
        other(leaf, &format!("{} {}", without_brackets(name(leaf)), version(leaf)?))
    }),
    ("kind behind", 985, |leaf| other(leaf, &format!("{} device", without_brackets(name(leaf))))),
    ("no words of kind", 975, |leaf| other(leaf, &without_kind(name(leaf)))),
    ("as a banner", 985, |leaf| {
        other(
            leaf,
            &format!(
                "{}, {}, SW: 1.0, SN 12345",
                short(&leaf.vendor),
                without_brackets(name(leaf))
            ),
        )
    }),
    ("underscores", 985, |leaf| {
        other(leaf, &without_brackets(name(leaf)).trim().replace(' ', "_"))
    }),
    ("without line", 980, |leaf| other(leaf, &without_line(name(leaf))?)),
    ("no trade marks", 900, |leaf| other(leaf, &name(leaf).replace(['\u{2122}', '\u{ae}'], ""))),
];

fn name(leaf: &Leaf) -> &str {
    if leaf.on.is_empty() { &leaf.product } else { &leaf.on }
}

fn device(leaf: &Leaf, product: &str) -> Device {
    Device { vendor: leaf.vendor.clone(), product: product.to_owned(), ..Device::default() }
}

/// A device whose text is another than the leaf's.
fn other(leaf: &Leaf, product: &str) -> Option<Device> {
    let product = product.split_whitespace().collect::<Vec<_>>().join(" ");
    let tells = product.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
    (tells && product != name(leaf)).then(|| device(leaf, &product))
}

fn without_brackets(text: &str) -> String {
    let (mut depth, mut out) = (0_usize, String::new());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn without_maker(leaf: &Leaf) -> String {
    let makers: BTreeSet<String> =
        leaf.vendor.to_lowercase().split(' ').map(str::to_owned).collect();
    let words = name(leaf).split(' ').filter(|word| !makers.contains(&word.to_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}

fn hyphens(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The only word with letters and at least two digits.
///
/// Where there are order numbers it is open which of them a model is.
fn model(leaf: &Leaf) -> Option<String> {
    if !leaf.orders.is_empty() || name(leaf).contains("-0") {
        return None;
    }
    let text = without_brackets(name(leaf));
    let is_model = |word: &&str| {
        word.len() >= 5
            && word.chars().filter(char::is_ascii_digit).count() >= 2
            && word.chars().filter(char::is_ascii_uppercase).count() >= 2
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let mut models = text.split_whitespace().filter(is_model);
    let model = models.next()?;
    models.next().is_none().then(|| model.to_owned())
}

/// Without a number at its end that is the beginning of the range's versions too.
fn without_version(leaf: &Leaf) -> Option<String> {
    let text = without_brackets(name(leaf));
    let (head, last) = text.trim().rsplit_once(' ')?;
    let number = last.trim_start_matches(['V', 'v']);
    let major = number.split('.').next()?;
    let version = !major.is_empty() && major.bytes().all(|b| b.is_ascii_digit());
    let mut parts = leaf.range.split(|c: char| !c.is_ascii_digit());
    (version && parts.any(|part| part == major)).then(|| head.to_owned())
}

/// A maker's name up to a comma or bracket, without legal endings.
fn short(vendor: &str) -> String {
    let start = vendor.split([',', '(']).next().unwrap_or(vendor).trim();
    let legal = |word: &&str| {
        [
            "Inc",
            "Inc.",
            "LLC",
            "GmbH",
            "AG",
            "Ltd",
            "Corporation",
            "Software",
            "Software,",
            "Technology",
            "Technologies",
        ]
        .contains(word)
    };
    start.split(' ').filter(|word| !legal(word)).collect::<Vec<_>>().join(" ")
}

fn of_maker(leaf: &Leaf, maker: &str) -> Option<Device> {
    let device = Device { vendor: maker.to_owned(), ..device(leaf, name(leaf)) };
    (!maker.is_empty() && maker != leaf.vendor).then_some(device)
}

/// A maker under a name that it had, or that a part of it has.
fn other_maker(vendor: &str) -> Option<String> {
    let names = [
        ("Rockwell Automation", "Allen-Bradley"),
        ("3S-Smart", "CODESYS GmbH"),
        ("CODESYS", "3S-Smart Software Solutions"),
        ("Schneider Electric", "Schneider"),
        ("Mitsubishi Electric", "Mitsubishi"),
        ("Johnson Controls", "Tyco"),
        ("B&R Industrial", "B&R (ABB)"),
        ("Hitachi Energy", "Hitachi ABB Power Grids"),
        ("PHOENIX CONTACT, Innominate", "Innominate"),
        ("Hirschmann", "Hirschmann"),
        ("Moxa", "Moxa Inc."),
        ("WAGO", "WAGO Kontakttechnik GmbH & Co. KG"),
        ("General Electric", "GE"),
        ("Schweitzer", "SEL"),
        ("Tridium", "Tridium Inc., a subsidiary of Honeywell"),
        ("Delta Electronics", "Delta Industrial Automation"),
        ("Siemens", "SIEMENS AG"),
        ("Emerson", "Emerson Electric Co."),
        ("Weidmueller", "Weidmüller Interface GmbH & Co. KG"),
        ("Omron", "OMRON Corporation"),
        ("Bently Nevada", "Baker Hughes"),
        ("Advantech", "Advantech Co., Ltd."),
        ("Korenix", "Korenix Technology"),
        ("Honeywell", "Honeywell International Inc."),
        ("Red Lion", "Red Lion Controls"),
        ("Yokogawa", "Yokogawa Electric Corporation"),
    ];
    let (_, other) = names.iter().find(|(own, _)| vendor.starts_with(own))?;
    Some((*other).to_owned())
}

/// A maker in the script of its customers.
fn foreign(vendor: &str) -> Option<String> {
    let names = [
        ("Siemens", "西门子（中国）有限公司"),
        ("Schneider Electric", "施耐德电气"),
        ("Rockwell", "罗克韦尔自动化"),
        ("Mitsubishi Electric", "三菱電機株式会社"),
        ("Omron", "オムロン"),
        ("Advantech", "研華股份有限公司"),
        ("Delta Electronics", "台達電子"),
        ("WECON", "福州富昌维控电子科技有限公司"),
        ("Hikvision", "杭州海康威视数字技术股份有限公司"),
        ("FATEK", "永宏電機"),
        ("Yokogawa", "横河電機"),
        ("XINJE", "无锡信捷电气"),
        ("WellinTech", "北京亚控科技"),
    ];
    let (_, other) = names.iter().find(|(own, _)| vendor.starts_with(own))?;
    Some((*other).to_owned())
}

/// The line with one model of a list: `Box 5570/5580`, `CPE305/310`.
fn one_of(text: &str, last: bool) -> Option<String> {
    let text = without_brackets(text);
    let word = text.split_whitespace().find(|word| word.matches('/').count() >= 1)?;
    let digits = |part: &str| part.len() >= 2 && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = word.split('/');
    let first = parts.next()?;
    let others: Vec<&str> = parts.collect();
    let start = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let plain = first.len() > start.len() + 1
        && start.chars().all(|c| c.is_ascii_uppercase())
        && others.iter().all(|part| digits(part) && part.len() + 1 >= first.len() - start.len());
    if !plain {
        return None;
    }
    let one = if last { format!("{start}{}", others.last()?) } else { first.to_owned() };
    Some(text.replacen(word, &one, 1))
}

/// A version that the range names.
fn version(leaf: &Leaf) -> Option<String> {
    let word = leaf.range.split([' ', '|', '<', '>', '=', '/']).find(|word| {
        let number = word.trim_start_matches(['v', 'V']);
        number.contains('.') && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })?;
    let number = word.trim_start_matches(['v', 'V']);
    let starts =
        |word: &str| word.trim_start_matches(['v', 'V']).starts_with(|c: char| c.is_ascii_digit());
    let named = name(leaf).split(' ').any(|word| starts(word) && word.contains(['.', 'x', 'X']));
    let train = name(leaf).split(' ').any(|w| w.starts_with(['V', 'v']) && starts(w));
    (!named && !train && !number.ends_with('.')).then(|| number.to_owned())
}

/// Without words that say what it is.
fn without_kind(text: &str) -> String {
    let kinds = [
        "controller",
        "controllers",
        "module",
        "modules",
        "software",
        "firmware",
        "series",
        "family",
        "devices",
        "device",
        "switches",
        "switch",
        "products",
        "product",
        "system",
        "all",
        "versions",
    ];
    let text = without_brackets(text);
    let words = text.split(' ').filter(|word| !kinds.contains(&word.to_lowercase().as_str()));
    words.collect::<Vec<_>>().join(" ")
}

/// `S7-1500 CPU` of `SIMATIC S7-1500 CPU`.
fn without_line(text: &str) -> Option<String> {
    let text = without_brackets(text);
    let (line, rest) = text.split_once(' ')?;
    let lines = [
        "SIMATIC",
        "SCALANCE",
        "RUGGEDCOM",
        "SINAMICS",
        "SIMOTION",
        "Modicon",
        "MELSEC",
        "SYSMAC",
        "EcoStruxure",
        "Relion",
        "Allen-Bradley",
        "SINUMERIK",
        "SENTRON",
        "Sysmac",
    ];
    let tells = rest.chars().filter(char::is_ascii_digit).count() >= 2;
    (lines.contains(&line) && tells).then(|| rest.to_owned())
}

/// Each product of the advisories once, of which a CVE is told.
fn products(matcher: &Matcher) -> Vec<(usize, &Leaf)> {
    let mut seen = BTreeSet::new();
    let mut products = Vec::new();
    for (at, advisory) in matcher.advisories().iter().enumerate() {
        let mut own = BTreeSet::new();
        for entry in &advisory.entries {
            for list in [&entry.affected, &entry.not_affected, &entry.fixed] {
                own.extend(list.iter().map(|leaf| *leaf as usize));
            }
        }
        for leaf in own.iter().filter_map(|leaf| advisory.leaves.get(*leaf)) {
            if seen.insert((&leaf.vendor, name(leaf), &leaf.orders)) {
                products.push((at, leaf));
            }
        }
    }
    products
}

#[test]
fn products_find_themselves() {
    let matcher = Matcher::new(Pack::built_in().unwrap().tables().unwrap().advisories).unwrap();
    let every = std::env::var_os(EVERY).and_then(|text| text.to_str()?.parse().ok()).unwrap_or(16);
    let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for (place, (at, leaf)) in products(&matcher).into_iter().enumerate() {
        for (number, (way, _, device)) in WAYS.iter().enumerate() {
            // Lists are rare: all are asked.
            if place % every != 0 && !way.ends_with("of a list") {
                continue;
            }
            let Some(device) = device(leaf) else { continue };
            let found = matcher.matches(&device);
            let found = found.iter().any(|m| m.advisory == at && m.grade >= Grade::I2);
            let count = counts.entry(number).or_default();
            count.0 += usize::from(found);
            count.1 += 1;
            if !found {
                let id = &matcher.advisories()[at].id;
                missed.push(format!(
                    "{way}: {} ({}) {} {id}",
                    device.product,
                    leaf.vendor,
                    leaf.text()
                ));
            }
        }
    }
    assert_eq!(counts.len(), WAYS.len(), "a way was never asked");
    for line in &missed {
        println!("{line}");
    }
    let mut short = Vec::new();
    for (number, (found, all)) in counts {
        let (way, least, _) = WAYS[number];
        println!("# {way}: {found} of {all}");
        if found * 1000 < all * least {
            short.push(format!("{way}: {found} of {all}"));
        }
    }
    assert!(short.is_empty(), "{short:#?}: {missed:#?}");
}
