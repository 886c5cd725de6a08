//! Why points wait, as our sheets say it.

/// Why points wait, in the words of our sheets for what is open; the document has an official's own. What the agency wrote is
/// told as it wrote it: names and values in quotes, and its reason with what follows.
pub(super) fn in_our_words(why: &str) -> String {
    let ours =
        |text: &str| text.replace("尚待", "待").replace("待核实", "待确认").replace("待核定", "待评定");
    let (own, given) = why.find("（单位说明：").map_or((why, ""), |at| why.split_at(at));
    let parts = own.split_inclusive(['“', '”']);
    let own = parts.map(|part| if part.ends_with('”') { part.to_owned() } else { ours(part) });
    own.collect::<String>() + given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_agency_wrote_stays() {
        let why = "“尚待核实数”尚待核实，得分待核定（单位说明：尚待核实）。";
        assert_eq!(in_our_words(why), "“尚待核实数”待确认，得分待评定（单位说明：尚待核实）。");
    }
}
