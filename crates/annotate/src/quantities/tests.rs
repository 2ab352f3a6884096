//! Lines with the quantities in them.

use sayso_packs::Pack;
use std::sync::LazyLock;

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::embedded("en").unwrap().unwrap());

/// `expected`: words, value, unit, bound and limits where they differ from the value, parted by ` | `, a line each.
fn check(text: &str, expected: &str) {
    let mut doc = crate::plain::doc(text, Some("2024-06-20"));
    doc.times = crate::times::find(&doc, &PACK);
    let got: Vec<String> = super::find(&doc, &PACK).iter().map(|q| line(q, text)).collect();
    let wanted: Vec<&str> = expected.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(got, wanted, "{text}");
}

/// `words` as [`crate::plain::parsed`] reads them; `expected`: number and what it counts, a line each.
fn check_of(words: &str, expected: &[(f64, &str)]) {
    let mut doc = crate::plain::parsed(words, Some("2024-06-20"));
    doc.times = crate::times::find(&doc, &PACK);
    let got = super::find(&doc, &PACK);
    let got: Vec<(f64, &str)> = got.iter().map(|q| (q.value, q.of.as_str())).collect();
    assert_eq!(got, expected, "{words}");
}

fn line(q: &sayso_types::Quantity, text: &str) -> String {
    let round = |v: f64| (v * 1000.).round() / 1000.;
    format!("{} | {} {} | {}..{}", q.span.of(text), round(q.value), q.unit, round(q.low), round(q.high))
}

#[test]
fn measures_and_money() {
    check("The fire is 14km from the border.", "14km | 14 km | 13.5..14.5");
    check("It fell some 30 kilometres off.", "some 30 kilometres | 30 km | 27..33");
    check("A fourteen-kilometre road.", "fourteen-kilometre | 14 km | 13.5..14.5");
    check("It holds 28.6 million litres of fuel.", "28.6 million litres | 28600000 l | 28550000..28650000");
    check(
        "They paid $4.6 billion, or €33.80 a share.",
        "$4.6 billion | 4600000000 USD | 4550000000..4650000000\n€33.80 | 33.8 EUR | 33.795..33.805",
    );
    check(
        "It rose to 33.80 euros and 4.6bn yen.",
        "33.80 euros | 33.8 EUR | 33.795..33.805\n4.6bn yen | 4600000000 JPY | 4550000000..4650000000",
    );
    check("A stake of 55 percent, then 5.3%.", "55 percent | 55 % | 54.5..55.5\n5.3% | 5.3 % | 5.25..5.35");
    check("Rates rose 25 basis points.", "25 basis points | 25 bp | 24.5..25.5");
    check("It can make 600,000 barrels.", "600,000 barrels | 600000 barrel | 570000..630000");
    check("A US$2m grant.", "US$2m | 2000000 USD | 1900000..2100000");
}

#[test]
fn bounds_and_ranges() {
    check("It cost more than $5 million.", "more than $5 million | 5000000 USD | 5000000..inf");
    check("It cost up to 70 euros.", "up to 70 euros | 70 EUR | 0..70");
    check("Between 10 and 15 miles of track.", "10 and 15 miles | 12.5 mi | 9.5..15.5");
    check("It sank 10-15 miles out.", "10-15 miles | 12.5 mi | 9.5..15.5");
    check("It cost 3 to 4 million euros.", "3 to 4 million euros | 3500000 EUR | 2850000..4200000");
    check("It rose from 5% to 7%.", "5% | 5 % | 4.5..5.5\n7% | 7 % | 6.5..7.5");
    check("It lost 5% to 71 euros.", "5% | 5 % | 4.5..5.5\n71 euros | 71 EUR | 70.5..71.5");
    check("She served over twenty years.", "over twenty years | 20 year | 20..inf");
    check("It lasted 24 years.", "24 years | 24 year | 23.5..24.5");
    check("About 1.2 million of them left.", "About 1.2 million | 1200000  | 1080000..1320000");
}

#[test]
fn parts_of_units_and_of_wholes() {
    check("He is 6 feet 2 inches tall.", "6 feet 2 inches | 6.167 ft | 6.125..6.208");
    check("It cost 75 pence, then 20p.", "75 pence | 0.75 GBP | 0.745..0.755\n20p | 0.2 GBP | 0.15..0.25");
    check("It fell to minus 12 degrees Celsius.", "minus 12 degrees Celsius | -12 °C | -12.5..-11.5");
    check("It was -7C.", "-7C | -7 °C | -7.5..-6.5");
    check("A $30-million dam.", "$30-million | 30000000 USD | 28500000..31500000");
    check("It made a 10-m drop.", "10-m | 10 m | 9.5..10.5");
    check(
        "A quarter of the hens and two-thirds of the eggs.",
        "A quarter | 25 % | 24.5..25.5\ntwo-thirds | 66.67 % | 66.17..67.17",
    );
    check("One in five wells is dry.", "One in five | 20 % | 19.5..20.5");
    check("It took a quarter of an hour.", "");
    check("A magnitude 6.4 quake.", "magnitude 6.4 | 6.4 magnitude | 6.35..6.45");
    check("A 40-strong choir.", "40-strong | 40  | 40..40");
    check("Two hundred thousand tonnes of coal.", "Two hundred thousand tonnes | 200000 t | 190000..210000");
    check("A million and a half of them fled.", "A million and a half | 1500000  | 1450000..1550000");
    check("Winds of 150 km/h blew.", "150 km/h | 150 km/h | 145..155");
}

#[test]
fn numbers_that_measure_nothing() {
    check("Flight 370 was a Boeing 777-200 on 3 May 2024 at 14:05.", "");
    check("Call 555-0199 or see page 12.", "");
    check("The 24-year-old won 3-1.", "");
}

#[test]
fn what_is_counted() {
    check_of(
        "Six/NUM/2/nummod guards/NOUN/4/nsubj:pass were/AUX/4/aux killed/VERB/0/root and/CCONJ/7/cc nineteen/NUM/7/nsubj injured/VERB/4/conj",
        &[(6., "guards"), (19., "people")],
    );
    check_of(
        "Five/NUM/7/nsubj of/ADP/5/case the/DET/5/det 22/NUM/5/nummod silos/NOUN/1/nmod had/AUX/7/aux burst/VERB/0/root",
        &[(5., "silos"), (22., "silos")],
    );
    check_of(
        "The/DET/3/det death/NOUN/3/compound toll/NOUN/5/nsubj has/AUX/5/aux risen/VERB/0/root to/ADP/7/case eight/NUM/5/obl",
        &[(8., "people")],
    );
    check_of(
        "Fourteen/NUM/2/nummod boats/NOUN/3/nsubj left/VERB/0/root and/CCONJ/6/cc nine/NUM/6/nsubj returned/VERB/3/conj",
        &[(14., "boats"), (9., "boats")],
    );
    check_of(
        "Two/NUM/2/nummod hens/NOUN/3/nsubj died/VERB/0/root and/CCONJ/6/cc three/NUM/6/nummod others/NOUN/7/nsubj fled/VERB/3/conj",
        &[(2., "hens"), (3., "hens")],
    );
    check_of("Half/DET/3/det the/DET/3/det staff/NOUN/4/nsubj left/VERB/0/root", &[(50., "staff")]);
    check_of("The/DET/3/det third/ADJ/3/amod raid/NOUN/0/root", &[(3., "raid")]);
    check_of(
        "Ann/PROPN/6/nsubj Lee/PROPN/1/flat ,/PUNCT/4/punct 54/NUM/1/nummod ,/PUNCT/4/punct left/VERB/0/root",
        &[],
    );
    check_of(
        "Sales/NOUN/6/nsubj of/ADP/3/case $/SYM/1/nmod 9.7/NUM/5/compound billion/NUM/3/nummod fell/VERB/0/root",
        &[(9.7e9, "sales")],
    );
}
