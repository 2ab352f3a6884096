//! Reads what the user knows of outlets: a table with a row an outlet.
//!
//! CSV, because newsrooms keep such lists in spreadsheets, and because a row that is wrong costs that row alone. The
//! first row names the columns, in any order: `outlet` and `domain` (several parted by `|`; one of the two must be
//! there), `owner`, `agency` and `reliability` (A to F).
//!
//! ```csv
//! outlet,domain,owner,agency,reliability
//! Norvik Echo|The Echo,echo.example,Coast Press Ltd,,B
//! Harbour Mail,mail.example,Coast Press Ltd,Reuters,C
//! ```

use crate::Error;
use sayso_types::{Outlet, Outlets, Reliability, Skipped};
use std::{collections::BTreeSet, io, path::Path};

/// The outlets of a table, and the rows that could not be taken in, with the reason.
///
/// # Errors
/// The file cannot be read, or its first row names no outlet and no domain.
pub fn read(path: &Path) -> Result<(Outlets, Vec<Skipped>), Error> {
    let bytes =
        std::fs::read(path).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
    let (outlets, bad) = parse(&bytes)
        .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {e}", path.display())))?;
    let file = |line| format!("{}#{line}", path.display());
    Ok((outlets, bad.into_iter().map(|(line, reason)| Skipped { file: file(line), reason }).collect()))
}

/// A row's line and what is wrong with it.
type Bad = (u64, String);

fn parse(bytes: &[u8]) -> Result<(Outlets, Vec<Bad>), String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| head.iter().filter(|b| **b == mark).count();
    // Spreadsheets of many countries write semicolons.
    let mark = if count(b';') > count(b',') { b';' } else { b',' };
    let mut table =
        csv::ReaderBuilder::new().delimiter(mark).flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let columns = table.headers().map_err(|e| e.to_string())?.clone();
    let column = |name: &str| columns.iter().position(|c| c.eq_ignore_ascii_case(name));
    let [outlet, domain, owner, agency, letter] =
        ["outlet", "domain", "owner", "agency", "reliability"].map(column);
    if outlet.is_none() && domain.is_none() {
        return Err("the first row has no column \"outlet\" or \"domain\"".to_owned());
    }
    let (mut outlets, mut bad) = (Vec::new(), Vec::new());
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for row in table.records() {
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                bad.push((e.position().map_or(0, csv::Position::line), e.to_string()));
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |n: Option<usize>| n.and_then(|n| row.get(n)).filter(|c| !c.is_empty()).map(str::to_owned);
        let several = |n| -> Vec<String> {
            let all = cell(n).unwrap_or_default();
            all.split('|').map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect()
        };
        let (names, domains) = (several(outlet), several(domain));
        let twice = names.iter().chain(&domains).find(|n| seen.contains(&n.to_lowercase()));
        let reliability = cell(letter).map_or(Some(Reliability::F), |l| Reliability::of(&l));
        match (twice, reliability) {
            _ if names.is_empty() && domains.is_empty() => bad.push((line, "no outlet is named".to_owned())),
            (Some(name), _) => bad.push((line, format!("{name:?} has a row already"))),
            (None, None) => {
                let given = cell(letter).unwrap_or_default();
                bad.push((line, format!("reliability {given:?} is no letter from A to F")));
            }
            (None, Some(reliability)) => {
                seen.extend(names.iter().chain(&domains).map(|n| n.to_lowercase()));
                outlets.push(Outlet {
                    names,
                    domains,
                    owner: cell(owner),
                    agency: cell(agency),
                    reliability,
                });
            }
        }
    }
    Ok((Outlets::new(outlets), bad))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: a line an outlet, then a line a bad row.
    fn check(table: &str, expected: &[&str]) {
        let (outlets, bad) = parse(table.as_bytes()).unwrap();
        let known = outlets.iter().map(|o| {
            let text = |s: &Option<String>| s.clone().unwrap_or_default();
            let (names, domains) = (o.names.join("|"), o.domains.join("|"));
            format!("{names} {domains} {} {} {}", text(&o.owner), text(&o.agency), o.reliability.letter())
        });
        let bad = bad.iter().map(|(line, why)| format!("{line}: {why}"));
        assert_eq!(known.chain(bad).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn rows_are_outlets_and_bad_rows_cost_themselves() {
        check(
            "outlet,domain,owner,agency,reliability\nEcho|The Echo,echo.example,Coast Ltd,,b\n\nMail,,,Reuters,\n",
            &["Echo|The Echo echo.example Coast Ltd  B", "Mail   Reuters F"],
        );
        check("Reliability;Outlet\nA;Echo\n", &["Echo    A"]);
        check(
            "outlet,reliability\nEcho,G\n,A\nMail\nmail,B\n\"Sun,C\n",
            &[
                "Mail    F",
                "Sun,C    F",
                "2: reliability \"G\" is no letter from A to F",
                "3: no outlet is named",
                "5: \"mail\" has a row already",
            ],
        );
        assert!(parse(b"name,letter\nEcho,A\n").is_err());
        assert!(parse(b"").is_err());
    }
}
