//! What is tried on pages that hold something: another site's forms, names that lead elsewhere, texts that want to be code,
//! guesses, patience.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::{Place, Visitor, encoded, http, until};
use crate::findings::SELF;
use crate::service::form;
use crate::workbook_pages;

fn page(role: &str) -> (Place, super::Page, Visitor) {
    let place = Place::new();
    assert!(place.user("visitor", role).status.success());
    let page = place.start();
    let visitor = page.visitor("visitor");
    (place, page, visitor)
}

#[test]
fn nobody_enters_without_his_password() {
    let (place, page, visitor) = page("评价人员");
    let nobody = |path: &str| http::send(page.at, &format!("GET {path}"), &[], b"");
    for path in
        ["/", "/case/0123456789abcdef0123456789abcdef", "/case/0123456789abcdef0123456789abcdef/workbook"]
    {
        let answer = nobody(path);
        assert_eq!((answer.status, answer.header("location")), (303, "/login"), "{path}");
    }
    let entered = page.sign_in("visitor", super::PASSWORD);
    let cookie = entered.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    for header in ["content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"]
    {
        assert_ne!(entered.header(header), "", "{header}");
    }
    assert!(!entered.header("content-security-policy").contains("unsafe"));
    // Of a wrong name the same is said as of a wrong password.
    let (wrong, unknown) = (page.sign_in("visitor", "x"), page.sign_in("nobody", "x"));
    assert_eq!((wrong.status, unknown.status), (401, 401));
    assert_eq!(wrong.body, unknown.body);
    for _ in 0..4 {
        assert_eq!(page.sign_in("visitor", "x").status, 401);
    }
    assert_eq!(page.sign_in("visitor", super::PASSWORD).status, 429, "closed after five");
    assert_eq!(visitor.get("/").status, 200, "who is in stays in");
    // Guesses that come all at once count like those that come one by one; two are looked at together.
    assert!(place.user("another", "评价人员").status.success());
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let guess = || scope.spawn(|| page.sign_in("another", "x").status);
        let guesses: Vec<_> = (0..20).map(|_| guess()).collect();
        guesses.into_iter().map(|guess| guess.join().expect("an answer")).collect()
    });
    let tried = statuses.iter().filter(|status| **status == 401).count();
    assert!((5..=6).contains(&tried), "{statuses:?}");
    let csrf = format!("csrf={}", visitor.csrf());
    let kind = "application/x-www-form-urlencoded";
    assert_eq!(visitor.post("/logout", kind, b"csrf=0").status, 403);
    assert_eq!(visitor.post("/logout", kind, csrf.as_bytes()).status, 303);
    assert_eq!(visitor.get("/").status, 303, "signed out");
}

#[test]
fn no_other_site_acts_in_somebodys_name() {
    let (place, page, visitor) = page("评价人员");
    let (kind, body) = http::form(&[], &[("a.xlsx", b"x")]);
    assert_eq!(visitor.post("/upload", &kind, &body).status, 403, "without its token");
    let (kind, body) = http::form(&[("csrf", "0")], &[("a.xlsx", b"x")]);
    assert_eq!(visitor.post("/upload", &kind, &body).status, 403, "with another");
    let (kind, body) = http::form(&[("csrf", &visitor.csrf())], &[("a.xlsx", b"x")]);
    let with = |extra: (&str, &str)| {
        let headers = [("Cookie", visitor.cookie.as_str()), ("Content-Type", kind.as_str()), extra];
        http::send(page.at, "POST /upload", &headers, &body).status
    };
    assert_eq!(with(("Origin", "http://evil.example")), 403);
    assert_eq!(with(("Origin", "null")), 403);
    assert_eq!(with(("Sec-Fetch-Site", "cross-site")), 403);
    let own = format!("http://{}", page.at);
    assert_eq!(with(("Origin", &own)), 303, "our own page may");
    // A stranger's name that leads to this machine.
    let answer = http::send(page.at, "GET /", &[("Host", "evil.example"), ("Cookie", &visitor.cookie)], b"");
    assert_eq!(answer.status, 421);
    until("one upload alone", || place.names("state/page/uploads").len() == 1);
}

#[test]
fn names_lead_nowhere_else() {
    let (place, page, visitor) = page("评价人员");
    let bytes = form("项目");
    for name in [
        "../../../escaped.xlsx",
        "..\\..\\escaped.xlsx",
        "/etc/escaped.xlsx",
        "C:\\escaped.xlsx",
        "a%2f..%2fescaped.xlsx",
    ] {
        assert_eq!(visitor.upload("../../title", &[(name, &bytes), (name, &bytes)]).status, 303, "{name}");
    }
    let mut everywhere = Vec::new();
    let mut folders = vec![place.base.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { everywhere.push(path) }
        }
    }
    let above = place.base.path().parent().expect("a parent");
    assert!(!above.join("escaped.xlsx").exists() && !above.join("title").exists());
    let known = ["jixiao.toml", "in", "review", "out", "archive", "rejected", "processing", "state"];
    let inside = |path: &std::path::PathBuf| {
        let first = path.strip_prefix(place.base.path()).expect("below").components().next().expect("a name");
        first.as_os_str() == "log" || known.iter().any(|folder| first.as_os_str() == *folder)
    };
    assert!(everywhere.iter().all(inside), "{everywhere:?}");
    for path in [
        "/case/..%2f..%2fstate%2fpage%2fusers.json/workbook",
        "/case/../../etc/passwd",
        "/../../etc/passwd",
        "/case/%00",
        "/case/0123456789ABCDEF0123456789ABCDEF",
    ] {
        let answer = visitor.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
    }
    // What nobody would take out of the inbox is not put there in silence.
    let two: [(&str, &[u8]); 2] = [("a.xlsx", &bytes), ("b.xlsx", &bytes)];
    for title in ["Thumbs.db", "材料.tmp"] {
        let answer = visitor.upload(title, &two);
        assert!(answer.status == 400 && answer.text().contains("没有收下"), "{title}: {}", answer.status);
    }
    assert_eq!(visitor.upload("", &[("a.回执.txt", &bytes)]).status, 400);
    // A name that wants to be a header is a name.
    let (kind, body) = http::form(&[("csrf", &visitor.csrf())], &[("a\u{202e}b;x=\\\"1.xlsx", &bytes)]);
    assert_eq!(visitor.post("/upload", &kind, &body).status, 303);
    let answer = http::raw(page.at, format!("GET /?words=%0d%0aSet-Cookie:x=1 HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\n\r\n", page.at, visitor.cookie).as_bytes());
    assert!(answer.status == 200 && answer.header("set-cookie").is_empty());
}

/// Every text of a workbook, and its name, is text on every page.
#[test]
fn what_a_cell_says_is_never_code() {
    const CODE: &str = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>&amp;";
    let (place, _page, visitor) = page("评价人员");
    let folder = tempfile::tempdir().expect("a folder");
    // Into every cell that is a text, one workbook each, so that none hides another by keeping it from being read.
    let lines: Vec<&str> = SELF.1.lines().collect();
    let mut count = 0;
    for (number, _) in lines.iter().enumerate().filter(|(_, line)| line.chars().any(|c| c > '\u{3000}')) {
        let mut planted: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        planted[number] = planted[number].replace(['农', '完', '公', '数', '质'], CODE);
        if planted[number] == lines[number] {
            continue;
        }
        let path = workbook_pages::write(&[(SELF.0, &planted.join("\n"))], folder.path());
        let bytes = fs::read(path).expect("the workbook");
        count += 1;
        assert_eq!(
            visitor.upload("", &[(&format!("<script>alert({count})</script>.xlsx"), &bytes)]).status,
            303
        );
    }
    assert!(count >= 3, "{count} workbooks");
    until("all are done", || {
        let receipts = |folder: &str| {
            place.names(&format!("{folder}/回执数据")).iter().filter(|name| name.ends_with(".json")).count()
        };
        receipts("out") + receipts("rejected") == count
    });
    let list = visitor.get("/").text();
    let mut seen = 0;
    for link in list.split("href=\"/case/").skip(1) {
        let id = link.split('"').next().expect("an id");
        let shown = visitor.get(&format!("/case/{id}")).text();
        seen += usize::from(shown.contains("&#60;script&#62;alert(1)"));
        for page in [&list, &shown] {
            assert!(
                !page.contains("<img") && !page.contains("<script>") && !page.contains("onerror=alert(1)>")
            );
            assert_eq!(page.matches("<script").count(), 1, "our own alone");
        }
        let kept = visitor.get(&format!("/case/{id}/workbook"));
        assert!(!kept.header("content-disposition").contains('<'), "{}", kept.header("content-disposition"));
    }
    assert!(seen > 0, "the code was shown as text");
}

#[test]
fn many_at_once_and_the_very_slow_take_nothing_from_others() {
    let (place, page, visitor) = page("评价人员");
    // A letter now and then: left after a while.
    let begun = Instant::now();
    let mut slow = TcpStream::connect(page.at).expect("a connection");
    slow.write_all(b"GET / HTTP/1.1\r\nHost: 127").expect("a beginning");
    let csrf = visitor.csrf();
    std::thread::scope(|scope| {
        for number in 0..200_usize {
            let (visitor, csrf) = (&visitor, &csrf);
            scope.spawn(move || {
                let (kind, body) = http::form(
                    &[("csrf", csrf)],
                    &[(&format!("{number}.xlsx"), format!("no workbook {number}").as_bytes())],
                );
                assert_eq!(visitor.post("/upload", &kind, &body).status, 303, "{number}");
            });
        }
    });
    until("each is answered", || {
        place.names("rejected/回执数据").iter().filter(|name| name.ends_with(".json")).count() == 200
    });
    slow.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(110), "left alone: {:?}", begun.elapsed());
    assert_eq!(visitor.get("/").status, 200);
    // More than a form may have.
    let body = format!("csrf={}", "x".repeat(100_000));
    assert_eq!(visitor.post("/logout", "application/x-www-form-urlencoded", body.as_bytes()).status, 413);
}

#[test]
fn an_old_kernel_is_told_to_change_and_our_own_files_are_for_old_browsers() {
    let (_place, page, visitor) = page("评价人员");
    let old = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko";
    let answer = http::send(page.at, "GET /login", &[("User-Agent", old)], b"");
    assert!(answer.text().contains("请切换到极速模式后刷新"));
    assert_eq!(visitor.get("/").header("renderer"), "webkit");
    assert!(visitor.get("/").text().contains("<meta name=\"renderer\" content=\"webkit\">"));
    // What Chromium learned after version 86.
    let style = visitor.get("/style.css").text();
    for newer in [
        ":has(",
        ":is(",
        ":where(",
        "aspect-ratio",
        "@container",
        "@layer",
        "inset:",
        "accent-color",
        "color-mix",
        "dvh",
        "@import",
        "url(",
    ] {
        assert!(!style.contains(newer), "{newer}");
    }
    let script = visitor.get("/page.js").text();
    for newer in [
        ".at(",
        "Object.hasOwn",
        "structuredClone",
        "replaceAll",
        "??=",
        "||=",
        "&&=",
        "import ",
        ".findLast",
        "innerHTML",
        "eval(",
    ] {
        assert!(!script.contains(newer), "{newer}");
    }
    assert!(
        visitor
            .get(&format!("/?words={}", encoded("<script>")))
            .text()
            .contains("value=\"&#60;script&#62;\"")
    );
}
