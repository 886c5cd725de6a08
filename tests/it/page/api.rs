//! The description of the API against what answers, and every page's links against the description.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{CASE, Place, http, published};

/// Whether an address is one that the description has: the same pieces, or what stands for one.
fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template.iter().zip(&path).all(|(piece, said)| piece.starts_with('{') || piece == said)
}

#[test]
fn every_address_is_described_and_every_described_address_answers() {
    let place = Place::new();
    assert!(place.user("管理", "管理员").status.success());
    let page = place.start();
    let visitor = page.visitor("管理");
    assert_eq!(http::send(page.at, "GET /api/openapi.json", &[], b"").status, 303, "for accounts alone");
    assert_eq!(visitor.upload("", &[(CASE, &published())]).status, 303);
    let case = visitor.case(1);
    super::until("the receipt", || visitor.get(&format!("{case}/receipt")).status == 200);
    let described: Value = serde_json::from_slice(&visitor.get("/api/openapi.json").body).expect("JSON");
    let paths: BTreeMap<String, Value> =
        serde_json::from_value(described["paths"].clone()).expect("the addresses");
    let id = case.trim_start_matches("/case/");
    for (template, methods) in &paths {
        let at = template.replace("{id}", id).replace("{number}", "0");
        let one = |method: &str| {
            http::send(page.at, &format!("{method} {at}"), &[("Cookie", &visitor.cookie)], b"")
        };
        if methods.get("get").is_some() {
            let answer = one("GET");
            let expected = if template == "/login" { 303 } else { 200 };
            assert_eq!(answer.status, expected, "GET {at}: {}", answer.text());
            let content = &methods["get"]["responses"]["200"]["content"];
            let kind = answer.header("content-type").split(';').next().unwrap_or_default().to_owned();
            assert!(expected == 303 || content.get(&kind).is_some(), "{template}: {kind}");
            if kind == "application/json" {
                let data: Value = serde_json::from_slice(&answer.body).expect("JSON");
                let schema = &content[&kind]["schema"];
                assert_eq!(schema["type"] == "array", data.is_array(), "{template}");
                for key in schema["required"].as_array().into_iter().flatten() {
                    assert!(data.get(key.as_str().expect("a key")).is_some(), "{template}: {key}");
                }
            }
        } else {
            assert_eq!(one("GET").status, 405, "GET {at}");
        }
        if methods.get("post").is_some() && template != "/logout" {
            // Without a body nothing is done, and it is said in words.
            let answer = one("POST");
            assert!((400..500).contains(&answer.status), "POST {at}: {}", answer.status);
            assert!(!matches!(answer.status, 404 | 405), "POST {at}: {}", answer.status);
            assert!(
                answer.text().contains("没有") || answer.text().contains("不对"),
                "{at}: {}",
                answer.text()
            );
        } else if template != "/logout" {
            let answer = one("POST");
            assert!(
                answer.status == 405 && !answer.header("allow").is_empty(),
                "POST {at}: {}",
                answer.status
            );
        }
        assert_eq!(one("DELETE").status, 405, "DELETE {at}");
    }
    // Whatever a page leads to is described.
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open = vec!["/".to_owned()];
    while let Some(at) = open.pop() {
        if !seen.insert(at.clone()) {
            continue;
        }
        assert!(paths.keys().any(|template| fits(template, &at)), "{at} is not described");
        let answer = visitor.get(&at);
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let text = answer.text();
        for mark in ["href=\"", "action=\"", "src=\"", "data-try=\""] {
            for rest in text.split(mark).skip(1) {
                let place = rest.split(['"', '#', '?']).next().unwrap_or_default();
                if place.starts_with('/') && place != "/logout" {
                    open.push(place.to_owned());
                }
            }
        }
    }
    for page in ["/users", "/mappings", "/status", "/audit", "/register", "/questions"] {
        assert!(seen.contains(page), "{page} is nowhere linked: {seen:?}");
    }
    // Every page of data has its JSON.
    for template in paths.keys().filter(|path| paths[*path].get("get").is_some()) {
        let is_page = paths[template]["get"]["responses"]["200"]["content"].get("text/html").is_some();
        let json = if template == "/" { "/json".to_owned() } else { format!("{template}/json") };
        assert!(!is_page || template == "/login" || paths.contains_key(&json), "{template}");
    }
}
