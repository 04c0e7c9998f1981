//! Which languages a top-level domain leads to expect.
//!
//! The national domains of countries whose texts were commonly written in a legacy encoding other than windows-1252, and
//! those of Western Europe. A domain that is not here (`com`, `io`) says nothing.

/// Domains and the languages of their pages (BCP 47), the source of
/// [`Settings::top_level_domain`](super::Settings).
const DOMAINS: &[(&[&str], &[&str])] = &[
    (&["at", "de", "li"], &["de"]),
    (&["fr", "mc"], &["fr"]),
    (&["ar", "cl", "co", "es", "mx", "pe", "uy", "ve"], &["es"]),
    (&["br", "pt"], &["pt"]),
    (&["it", "sm"], &["it"]),
    (&["be", "nl"], &["nl", "fr"]),
    (&["ch"], &["de", "fr", "it"]),
    (&["dk", "fo", "gl"], &["da"]),
    (&["no"], &["nb"]),
    (&["se"], &["sv"]),
    (&["fi"], &["fi", "sv"]),
    (&["is"], &["is"]),
    (&["ie", "uk"], &["en"]),
    (&["pl"], &["pl"]),
    (&["cz"], &["cs"]),
    (&["sk"], &["sk"]),
    (&["hu"], &["hu"]),
    (&["hr"], &["hr"]),
    (&["si"], &["sl"]),
    (&["md"], &["ro", "ru"]),
    (&["ro"], &["ro"]),
    (&["ba", "me", "rs"], &["sr", "hr"]),
    (&["bg"], &["bg"]),
    (&["mk"], &["mk"]),
    (&["by", "kg", "kz", "ru", "su", "tj", "xn--p1ai"], &["ru"]),
    (&["ua"], &["uk", "ru"]),
    (&["mn"], &["mn"]),
    (&["cy", "gr", "xn--qxam"], &["el"]),
    (&["az", "tr"], &["tr"]),
    (&["ee"], &["et", "ru"]),
    (&["lt"], &["lt"]),
    (&["lv"], &["lv", "ru"]),
    (&["il"], &["he"]),
    (
        &[
            "ae", "bh", "dz", "eg", "iq", "jo", "kw", "lb", "ly", "ma", "om", "qa", "sa", "sd",
            "sy", "tn", "ye",
        ],
        &["ar"],
    ),
    (&["af", "ir"], &["fa"]),
    (&["pk"], &["ur"]),
    (&["th"], &["th"]),
    (&["vn"], &["vi"]),
    (&["cn", "hk", "mo", "sg", "tw", "xn--fiqs8s"], &["zh"]),
    (&["jp"], &["ja"]),
    (&["kp", "kr"], &["ko"]),
];

/// The languages of a domain, given in any case, with or without a dot before it.
pub(super) fn languages(domain: &str) -> &'static [&'static str] {
    let domain = domain.rsplit('.').next().unwrap_or_default();
    let is_it = |known: &&str| known.eq_ignore_ascii_case(domain);
    DOMAINS
        .iter()
        .find(|row| row.0.iter().any(is_it))
        .map_or(&[], |row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Settings;

    #[test]
    fn every_language_is_known() {
        for (domains, languages) in DOMAINS {
            assert!(Settings::new().languages(languages).is_ok(), "{domains:?}");
        }
    }

    #[test]
    fn the_table_in_the_documentation_is_this_one() {
        let list = |names: &[&str]| {
            let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            quoted.join(", ")
        };
        let rows = DOMAINS
            .iter()
            .map(|row| format!("| {} | {} |", list(row.0), list(row.1)));
        let documented = include_str!("domains.md").lines().skip(2);
        assert!(rows.eq(documented), "domains.md differs");
    }

    #[test]
    fn no_domain_stands_twice() {
        let mut all: Vec<&str> = DOMAINS.iter().flat_map(|row| row.0).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_host_will_do() {
        assert_eq!(languages("www.example.JP"), ["ja"]);
        assert_eq!(languages(".gr"), ["el"]);
        assert!(languages("com").is_empty());
        assert!(languages("").is_empty());
    }
}
