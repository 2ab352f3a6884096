//! Lines with the times in them.

use sayso_packs::Pack;
use sayso_types::Moment;
use std::sync::LazyLock;

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::embedded("en").unwrap().unwrap());

/// `text`: plain, or parsed as [`crate::plain::parsed`] reads it.
/// `expected`: words, TIMEX3 value, EDTF (empty where there is none), a line each, columns parted by ` | `.
fn check(text: &str, date: &str, expected: &str) {
    let date_given = (!date.is_empty()).then_some(date);
    let doc = if text.contains('/') {
        crate::plain::parsed(text, date_given)
    } else {
        crate::plain::doc(text, date_given)
    };
    let got: Vec<String> = super::find(&doc, &PACK)
        .iter()
        .map(|t| {
            let edtf = t.edtf.map_or(String::new(), |e| e.to_string());
            format!("{} | {} | {edtf}", t.span.of(doc.text()), t.value).trim_end().to_owned()
        })
        .collect();
    let wanted: Vec<&str> = expected.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(got, wanted, "{text} ({date})");
}

#[test]
fn days_in_full_and_in_part() {
    check("He died on 3 May 1998 in Oslo.", "2024-06-20", "3 May 1998 | 1998-05-03 | 1998-05-03");
    check("It opened on Friday, June 21.", "2024-06-20", "Friday, June 21 | 2024-06-21 | 2024-06-21");
    check("It opened on December 30.", "2024-01-05", "December 30 | 2023-12-30 | 2023-12-30");
    check("It will open on January 5.", "2024-12-20", "January 5 | 2025-01-05 | 2025-01-05");
    check(
        "The fair ran June 18-19.",
        "2024-06-20",
        "June 18 | 2024-06-18 | 2024-06-18/2024-06-19\n19 | 2024-06-19 | 2024-06-18/2024-06-19",
    );
    check(
        "The fair runs from 2 to 19 September.",
        "2024-08-20",
        "2 | 2024-09-02 | 2024-09-02/2024-09-19\n19 September | 2024-09-19 | 2024-09-02/2024-09-19",
    );
    check(
        "The ballots of June 18th and 19th.",
        "2024-06-20",
        "June 18th | 2024-06-18 | 2024-06-18/2024-06-19\n19th | 2024-06-19 | 2024-06-18/2024-06-19",
    );
    check("The strike began on the 11th.", "2024-09-12", "the 11th | 2024-09-11 | 2024-09-11");
    check("They must pay by the 20th.", "2024-09-12", "the 20th | 2024-09-20 | 2024-09-20");
    check("On 2024-06-18 it rained.", "2024-06-20", "2024-06-18 | 2024-06-18 | 2024-06-18");
}

#[test]
fn ends_and_parts_lend_each_other_what_they_lack() {
    check(
        "It ran from 28 December to 3 January 2011.",
        "2024-06-20",
        "28 December | 2010-12-28 | 2010-12-28/2011-01-03\n3 January 2011 | 2011-01-03 | 2010-12-28/2011-01-03",
    );
    check(
        "Talks on 4 and 9 May failed.",
        "2024-06-20",
        "4 | 2024-05-04 | 2024-05-04\n9 May | 2024-05-09 | 2024-05-09",
    );
    check(
        "It is shut on 4, 5 and 6 May.",
        "2024-06-20",
        "4 | 2024-05-04 | 2024-05-04/2024-05-06\n5 | 2024-05-05 | 2024-05-04/2024-05-06\n6 May | 2024-05-06 | 2024-05-04/2024-05-06",
    );
    check(
        "Rain fell between March and April 1987.",
        "2024-06-20",
        "March | 1987-03 | 1987-03/1987-04\nApril 1987 | 1987-04 | 1987-03/1987-04",
    );
    check(
        "Prices fell in the spring and summer of 1979.",
        "2024-06-20",
        "spring | 1979-SP | 1979-03-01/1979-08-31\nsummer of 1979 | 1979-SU | 1979-03-01/1979-08-31",
    );
    check("The famine (1845-49) ended.", "2024-06-20", "1845 | 1845 | 1845/1849\n49 | 1849 | 1845/1849");
    check("Call 1990-1984 at once.", "2024-06-20", "");
    check(
        "The siege (264-241 BC) ended.",
        "2024-06-20",
        "264 | BC0264 | -0263/-0240\n241 BC | BC0241 | -0263/-0240",
    );
    check(
        "It opens from 10 to 2 p.m. on Monday.",
        "2024-06-20",
        "10 | 2024-06-17T10:00 | 2024-06-17T10:00\n2 p.m. | 2024-06-17T14:00 | 2024-06-17T14:00\nMonday | 2024-06-17 | 2024-06-17",
    );
    check(
        "It was shut from Friday to Monday.",
        "2024-06-20",
        "Friday | 2024-06-14 | 2024-06-14/2024-06-17\nMonday | 2024-06-17 | 2024-06-14/2024-06-17",
    );
}

#[test]
fn days_told_from_another() {
    check("He spoke on Monday.", "2024-06-20", "Monday | 2024-06-17 | 2024-06-17");
    check("He will speak on Monday.", "2024-06-20", "Monday | 2024-06-24 | 2024-06-24");
    check("It rained yesterday.", "2024-03-01", "yesterday | 2024-02-29 | 2024-02-29");
    check("It sank last Friday.", "2024-06-20", "last Friday | 2024-06-14 | 2024-06-14");
    check(
        "Talks on Thursday last week failed.",
        "2024-06-20",
        "Thursday last week | 2024-06-13 | 2024-06-13",
    );
    check(
        "It began on 4 May. Two days later it ended.",
        "2024-06-20",
        "4 May | 2024-05-04 | 2024-05-04\nTwo days later | 2024-05-06 | 2024-05-06",
    );
    check(
        "He left on 4 May. She left the same day.",
        "2024-06-20",
        "4 May | 2024-05-04 | 2024-05-04\nthe same day | 2024-05-04 | 2024-05-04",
    );
    check(
        "It fell on the 11th, more than on the previous day.",
        "2024-09-12",
        "the 11th | 2024-09-11 | 2024-09-11\nthe previous day | 2024-09-10 | 2024-09-10",
    );
    check("It burned down three weeks ago.", "2024-06-20", "three weeks ago | 2024-W22 | 2024-05-30~");
    check("He spoke on Tuesday.", "", "Tuesday | XXXX-WXX-2 |");
}

#[test]
fn times_of_day() {
    check(
        "He rose at three o’clock in the morning.",
        "2025-06-18",
        "three o’clock in the morning | 2025-06-18T03:00 | 2025-06-18T03:00",
    );
    check(
        "Guns were heard at 2.40 a.m. on Wednesday.",
        "2025-06-18",
        "2.40 a.m. on Wednesday | 2025-06-18T02:40 | 2025-06-18T02:40",
    );
    check(
        "Landing was on Tuesday at 14:05 GMT.",
        "2025-06-18",
        "Tuesday at 14:05 GMT | 2025-06-17T14:05Z | 2025-06-17T14:05Z",
    );
    check("Police came at 9 pm.", "2025-06-18", "9 pm | 2025-06-18T21:00 | 2025-06-18T21:00");
    check(
        "At 3.40 a.m. Oslo time on Friday it fell.",
        "2025-06-21",
        "3.40 a.m. Oslo time on Friday | 2025-06-20T03:40 | 2025-06-20T03:40",
    );
    check("The roof gave way early Wednesday.", "2025-06-19", "early Wednesday | 2025-06-18 | 2025-06-18");
    check("Rain fell overnight.", "2025-06-18", "overnight | 2025-06-17TNI | 2025-06-17/2025-06-18");
    check(
        "In the night to Wednesday rain fell.",
        "2025-06-18",
        "the night to Wednesday | 2025-06-17TNI | 2025-06-17/2025-06-18",
    );
    check(
        "In the early hours of Wednesday rain fell.",
        "2025-06-19",
        "the early hours of Wednesday | 2025-06-18 | 2025-06-18",
    );
    check("She sings this evening.", "2025-06-18", "this evening | 2025-06-18TEV | 2025-06-18");
    check(
        "He fled on Monday. That night the palace burned.",
        "2025-06-18",
        "Monday | 2025-06-16 | 2025-06-16\nThat night | 2025-06-16TNI | 2025-06-16",
    );
    check(
        "At noon on Wednesday bells rang.",
        "2025-06-19",
        "noon on Wednesday | 2025-06-18T12:00 | 2025-06-18T12:00",
    );
}

#[test]
fn what_is_counted_from_the_clock() {
    check(
        "At half past nine in the evening it blew. Forty minutes later it blew again. Hours later it was calm.",
        "2025-06-18",
        "half past nine in the evening | 2025-06-18T21:30 | 2025-06-18T21:30\nForty minutes later | 2025-06-18T22:10 | 2025-06-18T22:10\nHours later | XXXX-XX-XXTXX |",
    );
    check(
        "At a quarter to six it fell.",
        "2025-06-18",
        "a quarter to six | 2025-06-18T05:45 | 2025-06-18T05:45",
    );
    check("It fell from ten to six.", "2025-06-18", "");
    check(
        "At 5 in the morning it blew.",
        "2025-06-18",
        "5 in the morning | 2025-06-18T05:00 | 2025-06-18T05:00",
    );
    check("At 0900 hours it blew.", "2025-06-18", "0900 hours | 2025-06-18T09:00 | 2025-06-18T09:00");
    check("An hours-long storm blew.", "2025-06-18", "hours-long | PTXH |");
    check("It is calm at night.", "2025-06-18", "night | XXXX-XX-XXTNI |");
    check(
        "Early on Tuesday morning it blew.",
        "2025-06-18",
        "Early on Tuesday morning | 2025-06-17TMO | 2025-06-17",
    );
}

#[test]
fn feasts_and_counted_weekdays() {
    check("It snowed on New Year's Eve.", "2024-03-01", "New Year's Eve | 2023-12-31 | 2023-12-31");
    check("It shut on Good Friday 2019.", "2024-03-01", "Good Friday 2019 | 2019-04-19 | 2019-04-19");
    check("They ate at Thanksgiving.", "2024-03-01", "Thanksgiving | 2023-11-23 | 2023-11-23");
    check(
        "They vote on the first Sunday in May 2021.",
        "2024-03-01",
        "the first Sunday in May 2021 | 2021-05-02 | 2021-05-02",
    );
    check(
        "Since the September 11 attacks it is shut.",
        "2024-03-01",
        "September 11 | 2001-09-11 | 2001-09-11",
    );
}

#[test]
fn longer_than_days() {
    check("The plant opens next week.", "2024-09-11", "next week | 2024-W38 | 2024-09-16/2024-09-22");
    check("Sales fell last year.", "2024-09-11", "last year | 2023 | 2023");
    check("In May last year sales rose.", "2024-09-11", "May last year | 2023-05 | 2023-05");
    check("They met last year in September.", "2024-09-11", "last year in September | 2023-09 | 2023-09");
    check("They met in September 2023.", "2024-09-11", "September 2023 | 2023-09 | 2023-09");
    check("They met at the end of February.", "2024-09-11", "the end of February | 2024-02 | 2024-02");
    check("Last autumn they met.", "2024-09-10", "Last autumn | 2023-FA | 2023-09-01/2023-11-30");
    check(
        "In March 2024 a pipe burst; in November of the same year another did.",
        "2025-06-18",
        "March 2024 | 2024-03 | 2024-03\nNovember of the same year | 2024-11 | 2024-11",
    );
    check(
        "Prices rose in the third quarter of last year.",
        "2024-09-10",
        "the third quarter of last year | 2023-Q3 | 2023-07-01/2023-09-30",
    );
    check("In the mid-1990s it closed.", "2024-09-10", "the mid-1990s | 199 | 199X~");
    check("The wars of the 18th century.", "2024-09-10", "the 18th century | 17 | 17XX");
    check("It was built in 1911.", "2024-09-10", "1911 | 1911 | 1911");
    check("Some 1500 people fled and 2,000 came.", "2024-09-10", "");
    check("She has been open since March.", "2024-09-10", "March | 2024-03 | 2024-03");
    check("The deadline is in April.", "2024-09-10", "April | 2024-04 | 2024-04");
    check("It will shut in April.", "2024-09-10", "April | 2025-04 | 2025-04");
}

#[test]
fn lengths_and_sets() {
    check("He ruled for 24 years.", "2024-09-10", "24 years | P24Y |");
    check("It took over twenty years.", "2024-09-10", "over twenty years | P20Y |");
    check(
        "A 12-hour flight and a two and a half year wait.",
        "2024-09-10",
        "12-hour | PT12H |\ntwo and a half year | P2.5Y |",
    );
    check(
        "It rains every weekday and on Mondays.",
        "2024-09-10",
        "every weekday | P1WD |\nMondays | XXXX-WXX-1 |",
    );
    check("They earn $12 an hour.", "2024-09-10", "an hour | PT1H |");
    check("Half an hour later he was out.", "2024-09-10", "Half an hour later | XXXX-XX-XXTXX |");
    check("For eleven months nothing moved.", "2024-09-10", "eleven months | P11M |");
    check(
        "They meet twice a week, every other Friday and three times a year.",
        "2024-09-10",
        "twice a week | P1W |\nevery other Friday | XXXX-WXX-5 |\nthree times a year | P1Y |",
    );
    check(
        "Half a century, a half-hour and a fortnight passed.",
        "2024-09-10",
        "Half a century | P50Y |\na half-hour | PT30M |\na fortnight | P2W |",
    );
    check("For the third straight day it rained.", "2024-09-10", "the third straight day | P3D |");
}

#[test]
fn words_that_only_look_like_times() {
    check("You may march, Mr May, said Theresa May.", "2024-09-10", "");
    check("The flight cost $1999.", "2024-09-10", "");
    check("He sat in the sun.", "2024-09-10", "");
}

#[test]
fn a_report_without_a_date_tells_its_own() {
    check(
        "They met in May 2023. On Tuesday, June 18, he landed. He will leave on Friday.",
        "",
        "May 2023 | 2023-05 | 2023-05\nTuesday, June 18 | 2024-06-18 | 2024-06-18\nFriday | 2024-06-21 | 2024-06-21",
    );
}

#[test]
fn the_clause_tells_the_side() {
    check(
        "Talks/NOUN/2/nsubj open/VERB/0/root/Tense=Pres|VerbForm=Fin on/ADP/4/case Friday/PROPN/2/obl",
        "2024-06-19",
        "Friday | 2024-06-21 | 2024-06-21",
    );
    check(
        "Police/NOUN/2/nsubj blame/VERB/0/root/Tense=Pres|VerbForm=Fin rebels/NOUN/2/obj for/ADP/6/case Friday/PROPN/6/nmod fire/NOUN/2/obl",
        "2024-06-19",
        "Friday | 2024-06-14 | 2024-06-14",
    );
    check(
        "They/PRON/2/nsubj agreed/VERB/0/root/Tense=Past|VerbForm=Fin to/PART/4/mark meet/VERB/2/xcomp/VerbForm=Inf on/ADP/6/case Monday/PROPN/4/obl",
        "2024-06-19",
        "Monday | 2024-06-24 | 2024-06-24",
    );
    check(
        "She/PRON/3/nsubj will/AUX/3/aux leave/VERB/0/root/VerbForm=Inf in/ADP/5/case May/PROPN/3/obl",
        "2024-06-19",
        "May | 2025-05 | 2025-05",
    );
    check(
        "They/PRON/3/nsubj will/AUX/3/aux vote/VERB/0/root/VerbForm=Inf on/ADP/5/case 3/NUM/3/obl April/PROPN/5/nmod",
        "2024-05-15",
        "3 April | 2025-04-03 | 2025-04-03",
    );
    check(
        "It/PRON/2/nsubj sank/VERB/0/root/Tense=Past|VerbForm=Fin on/ADP/5/case 24/NUM/5/nummod October/PROPN/2/obl",
        "2024-06-19",
        "24 October | 2023-10-24 | 2023-10-24",
    );
}

#[test]
fn what_a_deadline_means() {
    check("It must be done by the end of 2028.", "2024-09-20", "the end of 2028 | 2028 | 2028-12-31");
    check("It was done at the end of 2018.", "2024-09-20", "the end of 2018 | 2018 | 2018");
    check("She comes at Christmas.", "2024-11-20", "Christmas | 2024-12-25 | 2024-12-25");
}

#[test]
fn histories_count_from_the_year_they_speak_of() {
    check(
        "War began in March 1851. In April 1852 a town fell. In June 1853 a port fell. In May 1854 peace came. In August 1855 it ended. In October he died.",
        "2024-09-20",
        "March 1851 | 1851-03 | 1851-03\nApril 1852 | 1852-04 | 1852-04\nJune 1853 | 1853-06 | 1853-06\nMay 1854 | 1854-05 | 1854-05\nAugust 1855 | 1855-08 | 1855-08\nOctober | 1855-10 | 1855-10",
    );
}

#[test]
fn a_paragraph_goes_on_in_the_year_that_it_tells_of() {
    check(
        "He was held on 3 March 1998. On 5 April he fled. On 7 January he was found.",
        "2024-06-20",
        "3 March 1998 | 1998-03-03 | 1998-03-03\n5 April | 1998-04-05 | 1998-04-05\n7 January | 1998-01-07 | 1998-01-07",
    );
    check(
        "He was held on 3 March 1998.\n\nOn 5 April he spoke.",
        "2024-06-20",
        "3 March 1998 | 1998-03-03 | 1998-03-03\n5 April | 2024-04-05 | 2024-04-05",
    );
    check("At that time he was 12.", "2024-06-20", "that time | XXXX-XX-XX |");
}

#[test]
fn a_date_from_outside_settles_what_hung_on_it() {
    let mut doc = crate::plain::doc("He spoke on Tuesday. They met last year in May.", None);
    doc.times = super::find(&doc, &PACK);
    assert!(doc.times.iter().all(|t| t.edtf.is_none()));
    super::anchor(&mut doc, &PACK, "2024-06-20".parse().unwrap());
    let got: Vec<String> = doc.times.iter().filter_map(|t| Some(t.edtf?.to_string())).collect();
    assert_eq!(got, ["2024-06-18", "2023-05"]);
}

#[test]
fn a_report_bears_witness_to_its_date() {
    let evidence = |text: &str| {
        let days = super::evidence(&crate::plain::doc(text, None), &PACK);
        days.map(|(a, b)| (Moment::on(a).to_string(), Moment::on(b).to_string()))
    };
    let window = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    // The 18th of June was a Tuesday in 2019 and 2024, and the text knows of 2023.
    let text = "The visit began on Tuesday, June 18. They met in May 2023.";
    assert_eq!(evidence(text), window("2024-06-17", "2024-06-19"));
    assert_eq!(evidence("He will come on 3 May 2024."), window("2024-04-27", "2024-05-03"));
    assert_eq!(evidence("He spoke on Tuesday."), None);
}
