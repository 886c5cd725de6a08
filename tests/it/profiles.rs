//! Profiles: what is wanted of the checks, how grave it is, and its limits.

use std::fs;
use std::path::Path;

use jixiao::inner::mapping::profiles;
use jixiao::inner::model::FindingId;
use serde_json::Value;

use crate::findings::SELF;
use crate::support::jixiao;
use crate::workbook_pages::write;

#[test]
fn the_shipped_profiles_have_no_fault_and_set_what_can_be_set() {
    assert_eq!(profiles::faults(), []);
    for id in profiles::limits().keys() {
        assert_eq!(profiles::of(*id).count(), 4, "{}", id.id());
    }
    // Arithmetic is nobody's to turn off.
    assert!(!profiles::limits().contains_key(&FindingId::TotalDiffers));
}

/// What `check` says of a form under these settings: each finding's id and severity, or what is wrong with the settings.
fn under(settings: &str) -> Result<Vec<(String, String)>, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(&[SELF], folder.path());
    let path = folder.path().join("jixiao.toml");
    fs::write(&path, settings).expect("settings");
    let args: [&Path; 5] = [Path::new("check"), &file, Path::new("--json"), Path::new("--config"), &path];
    let output = jixiao(args.map(Path::as_os_str));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let Some(line) = text.lines().next().filter(|line| line.contains("\"findings\"")) else {
        return Err(String::from_utf8(output.stderr).expect("UTF-8"));
    };
    let json: Value = serde_json::from_str(line).expect("JSON");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = json["findings"].as_array().expect("findings");
    Ok(findings.iter().map(|one| (word(&one["id"]), word(&one["severity"]))).collect())
}

fn has(found: &[(String, String)], id: &str, severity: &str) -> bool {
    found.iter().any(|(have, grave)| have == id && grave == severity)
}

#[test]
fn a_profile_is_taken_and_changed() {
    let id = "cost-indicator-missing";
    let set = |profile: &str, rest: &str| {
        let text = format!(
            "[checks]\nprofile = \"{profile}\"\n[[checks.set]]\ncheck = \"{id}\"\nlimits = [4]\n{rest}\n"
        );
        under(&text).expect("findings")
    };
    // The form has five indicators, the shipped limit is six.
    let plain = under("").expect("findings");
    assert!(plain.iter().all(|(have, _)| have != id), "{plain:?}");
    for (profile, rest, severity) in
        [("national", "", "info"), ("strict", "", "warning"), ("strict", "severity = \"error\"", "error")]
    {
        let found = set(profile, rest);
        assert!(has(&found, id, severity), "{profile} {rest}: {found:?}");
    }
    let off = set("strict", "on = false");
    assert!(off.iter().all(|(have, _)| have != id), "{off:?}");
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    for (settings, said) in [
        ("[checks]\nprofile = \"stricter\"\n", "没有名为“stricter”的取舍"),
        (
            "[checks]\n[[checks.set]]\ncheck = \"total-differs\"\non = false\n",
            "没有编号为“total-differs”而可以调整的检查",
        ),
        ("[checks]\n[[checks.set]]\ncheck = \"weight-too-hgh\"\n", "是否要写“weight-too-high”"),
        ("[checks]\n[[checks.set]]\ncheck = \"weight-too-high\"\nlimits = [30]\n", "的 limits 要写 4 个数"),
        ("[checks]\n[[checks.set]]\ncheck = \"weight-too-high\"\nseverity = \"fatal\"\n", "fatal"),
    ] {
        let error = under(settings).expect_err(settings);
        assert!(error.contains(said), "{settings}: {error}");
    }
}
