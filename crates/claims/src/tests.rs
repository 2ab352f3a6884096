//! Who says what in sentences whose parse is given.

use crate::sample::doc;
use sayso_packs::Pack;
use sayso_types::Doc;

/// `expected`: a line an assertion: `stance <chain> polarity factuality predicate: evidence`, `-> how` where it
/// points back and `<- n` where it goes on with another one.
fn check(parsed: &str, expected: &str) {
    let doc = doc(parsed);
    let pack = Pack::embedded("en").unwrap().unwrap();
    let got = crate::claims(&doc, &pack);
    let lines: Vec<String> = got.assertions.iter().map(|a| line(&doc, a)).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(lines, expected, "{}", doc.text());
    for a in &got.attributions {
        assert!(a.content.iter().all(|s| doc.text().get(s.range()).is_some()), "content is text");
    }
}

fn line(doc: &Doc, a: &sayso_types::Assertion) -> String {
    let words = |s: sayso_types::Span| s.of(doc.text()).to_owned();
    let chain: Vec<_> = a.chain.iter().map(|l| words(l.source.span)).collect();
    let p = &a.proposition;
    let goes_on = a.goes_on.map_or(String::new(), |n| format!(" <- {n}"));
    let points = a.points.map_or(String::new(), |p| format!(" -> {p:?}"));
    let predicate = &doc.tokens[p.predicate as usize].form;
    format!(
        "{:?} <{}> {:?} {:?} {predicate}: {}{points}{goes_on}",
        a.stance,
        chain.join(" > "),
        p.polarity,
        p.factuality,
        words(a.span)
    )
}

#[test]
fn a_clause_after_said() {
    check(
        "Mara/_/PROPN/nsubj/2 said/say/VERB/root/0/VerbForm=Fin the/_/DET/det/4 bridge/_/NOUN/nsubj/5 \
         fell/fall/VERB/ccomp/2/VerbForm=Fin ././PUNCT/punct/2",
        "Asserts <Mara> Positive Fact fell: the bridge fell",
    );
}

#[test]
fn the_agency_that_was_told_stands_nearer() {
    check(
        "Mara/_/PROPN/nsubj/2 told/tell/VERB/root/0/VerbForm=Fin Reuters/_/PROPN/obj/2 that/_/SCONJ/mark/7 \
         the/_/DET/det/6 bridge/_/NOUN/nsubj/7 fell/fall/VERB/ccomp/2/VerbForm=Fin ././PUNCT/punct/2",
        "Asserts <Reuters > Mara> Positive Fact fell: that the bridge fell",
    );
}

#[test]
fn what_the_report_was_told_itself_has_no_outlet_in_its_chain() {
    check(
        "Mara/_/PROPN/nsubj/2 told/tell/VERB/root/0/VerbForm=Fin this/_/DET/det/4 newspaper/_/NOUN/obj/2 \
         the/_/DET/det/6 bridge/_/NOUN/nsubj/7 fell/fall/VERB/ccomp/2/VerbForm=Fin ././PUNCT/punct/2",
        "Asserts <Mara> Positive Fact fell: the bridge fell",
    );
}

#[test]
fn according_to_covers_what_stands_before_it() {
    check(
        "The/_/DET/det/2 bridge/_/NOUN/nsubj/3 fell/fall/VERB/root/0/VerbForm=Fin ,/,/PUNCT/punct/7 \
         according/_/VERB/case/7 to/_/ADP/fixed/5 Mara/_/PROPN/obl/3 ././PUNCT/punct/3",
        "Asserts <Mara> Positive Fact fell: The bridge fell",
    );
}

#[test]
fn there_is_none_is_a_denial() {
    check(
        "“/“/PUNCT/punct/4 There/_/PRON/expl/3 is/be/VERB/ccomp/8/VerbForm=Fin no/_/DET/det/5 list/_/NOUN/nsubj/3 \
         ,/,/PUNCT/punct/3 ”/”/PUNCT/punct/3 said/say/VERB/root/0/VerbForm=Fin Mara/_/PROPN/nsubj/8 ././PUNCT/punct/8",
        "Denies <Mara> Negative Fact is: “There is no list,”",
    );
}

#[test]
fn a_denial_of_it_is_about_the_accusation() {
    check(
        "Mara/_/PROPN/nsubj/2 accused/accuse/VERB/root/0/VerbForm=Fin Tolk/_/PROPN/obj/2 of/_/SCONJ/mark/5 \
         sinking/sink/VERB/advcl/2/VerbForm=Ger the/_/DET/det/7 ferry/_/NOUN/obj/5 ././PUNCT/punct/2\n\
         Tolk/_/PROPN/nsubj/2 denied/deny/VERB/root/0/VerbForm=Fin it/_/PRON/obj/2/Person=3 ././PUNCT/punct/2",
        "Accuses <Mara> Positive Fact sinking: Mara accused Tolk of sinking the ferry
         Denies <Tolk> Negative Fact it: Tolk denied it -> Pronoun",
    );
}

#[test]
fn what_one_will_do_oneself_is_promised() {
    check(
        "Mara/_/PROPN/nsubj/2 promised/promise/VERB/root/0/VerbForm=Fin to/_/PART/mark/4 \
         rebuild/_/VERB/xcomp/2/VerbForm=Inf the/_/DET/det/6 bridge/_/NOUN/obj/4 ././PUNCT/punct/2",
        "Promises <Mara> Positive Planned rebuild: Mara promised to rebuild the bridge",
    );
}

#[test]
fn what_is_to_happen_is_planned_and_what_failed_to_is_not_so() {
    check(
        "The/_/DET/det/2 bridge/_/NOUN/nsubj/5 is/be/AUX/aux/5/VerbForm=Fin to/_/PART/mark/5 \
         open/_/VERB/root/0/VerbForm=Inf ././PUNCT/punct/5
         Tolk/_/PROPN/nsubj/2 failed/fail/VERB/root/0/VerbForm=Fin to/_/PART/mark/4 \
         come/_/VERB/xcomp/2/VerbForm=Inf ././PUNCT/punct/2",
        "Asserts <> Positive Planned open: The bridge is to open
         Asserts <> Negative Fact come: Tolk failed to come",
    );
    check(
        "The/_/DET/det/2 bridge/_/NOUN/nsubj/6 is/be/AUX/cop/6/VerbForm=Fin due/_/ADJ/case/6 to/_/PART/fixed/4 \
         open/_/ADJ/root/0 ././PUNCT/punct/6",
        "Asserts <> Positive Planned open: The bridge is due to open",
    );
}

#[test]
fn own_voice_clauses_each_state_something() {
    check(
        "The/_/DET/det/2 bridge/_/NOUN/nsubj/3 fell/fall/VERB/root/0/VerbForm=Fin and/_/CCONJ/cc/7 \
         two/_/NUM/nummod/6 cars/car/NOUN/nsubj/7 sank/sink/VERB/conj/3/VerbForm=Fin ././PUNCT/punct/3",
        "Asserts <> Positive Fact fell: The bridge fell
         Asserts <> Positive Fact sank: and two cars sank",
    );
}

#[test]
fn a_reporting_clause_is_found_though_the_parse_lost_it() {
    check(
        "The/_/DET/det/2 bridge/_/NOUN/nsubj/3 fell/fall/VERB/root/0/VerbForm=Fin ,/,/PUNCT/punct/6 \
         Mara/_/PROPN/appos/2 said/say/VERB/acl/2/VerbForm=Fin ././PUNCT/punct/3",
        "Asserts <Mara> Positive Fact fell: The bridge fell",
    );
}

#[test]
fn citing_stands_farther_from_the_reader() {
    check(
        "Mara/_/PROPN/nsubj/6 ,/,/PUNCT/punct/3 citing/cite/VERB/advcl/6/VerbForm=Ger Tolk/_/PROPN/obj/3 \
         ,/,/PUNCT/punct/3 said/say/VERB/root/0/VerbForm=Fin that/_/SCONJ/mark/10 the/_/DET/det/9 \
         bridge/_/NOUN/nsubj/10 fell/fall/VERB/ccomp/6/VerbForm=Fin ././PUNCT/punct/6",
        "Asserts <Mara > Tolk> Positive Fact fell: that the bridge fell",
    );
}

#[test]
fn questions_and_empty_reports_say_nothing() {
    check("Who/_/PRON/nsubj/2 left/leave/VERB/root/0/VerbForm=Fin ?/?/PUNCT/punct/2", "");
    check("", "");
}

#[test]
fn whom_a_relay_cites_stands_farther_from_the_reader() {
    check(
        "Nine/_/NUM/nummod/2 people/_/NOUN/nsubj:pass/4 were/be/AUX/aux:pass/4/VerbForm=Fin hurt/hurt/VERB/root/0 \
         ,/,/PUNCT/punct/7 Tolk/_/PROPN/nsubj/7 reported/report/VERB/parataxis/4/VerbForm=Fin on/_/ADP/case/9 \
         Wednesday/_/PROPN/obl/7 ,/,/PUNCT/punct/11 citing/cite/VERB/advcl/7/VerbForm=Ger the/_/DET/det/13 \
         hospital/_/NOUN/obj/11 in/_/ADP/case/15 Mara/_/PROPN/nmod/13 ././PUNCT/punct/4",
        "Asserts <Tolk > the hospital in Mara> Positive Fact hurt: Nine people were hurt",
    );
}

#[test]
fn the_second_of_two_numbers_has_its_own_predicate() {
    check(
        "Four/_/NUM/nsubj/3 are/be/AUX/cop/3/VerbForm=Fin safe/_/ADJ/root/0 and/_/CCONJ/cc/5 nine/_/NUM/conj/3 \
         are/be/AUX/aux/7/VerbForm=Fin missing/miss/VERB/conj/3/VerbForm=Ger ././PUNCT/punct/3
         Six/_/NUM/nsubj:pass/3 were/be/AUX/aux:pass/3/VerbForm=Fin saved/save/VERB/root/0/VerbForm=Part \
         and/_/CCONJ/cc/6 two/_/NUM/nummod/6 hurt/_/ADJ/conj/3 ././PUNCT/punct/3",
        "Asserts <> Positive Fact safe: Four are safe
         Asserts <> Positive Fact missing: and nine are missing
         Asserts <> Positive Fact saved: Six were saved
         Asserts <> Positive Fact hurt: and two hurt",
    );
}

#[test]
fn headings_state_nothing() {
    check(
        "SINKING/_/PROPN/root/0 ON/_/ADP/case/3 MONDAY/_/PROPN/obl/1

         The/_/DET/det/2 ferry/_/NOUN/nsubj/3 sank/sink/VERB/root/0/VerbForm=Fin ././PUNCT/punct/3",
        "Asserts <> Positive Fact sank: The ferry sank",
    );
}

#[test]
fn a_subject_before_a_relative_clause_still_denies() {
    check(
        "Mara/_/PROPN/root/0 ,/,/PUNCT/punct/4 who/_/PRON/nsubj/4/PronType=Rel heads/head/VERB/acl:relcl/1/VerbForm=Fin \
         Tolk/_/PROPN/obj/4 ,/,/PUNCT/punct/8 flatly/_/ADV/advmod/8 denied/deny/VERB/parataxis/1/VerbForm=Fin \
         this/_/PRON/obj/8/PronType=Dem ././PUNCT/punct/1",
        "Asserts <> Positive Fact heads: who heads Tolk
         Denies <Mara> Negative Fact this: flatly denied this -> Pronoun",
    );
}

#[test]
fn a_things_state_is_asserted_and_the_rain_is_not_accused() {
    check(
        "Mara/_/PROPN/nsubj/2 said/say/VERB/root/0/VerbForm=Fin the/_/DET/det/4 dam/_/NOUN/nsubj/8 \
         is/be/AUX/cop/8/VerbForm=Fin|Tense=Pres not/_/PART/advmod/8 in/_/ADP/case/8 danger/_/NOUN/ccomp/2 ././PUNCT/punct/2
         Mara/_/PROPN/nsubj/2 blamed/blame/VERB/root/0/VerbForm=Fin heavy/_/ADJ/amod/4 rain/_/NOUN/obj/2 ././PUNCT/punct/2",
        "Asserts <Mara> Negative Fact danger: the dam is not in danger
         Asserts <Mara> Positive Fact rain: Mara blamed heavy rain",
    );
}

#[test]
fn a_description_and_a_name_between_commas_are_one_source() {
    check(
        "The/_/DET/det/2 plant/_/NOUN/nsubj/4 was/be/AUX/cop/4/VerbForm=Fin safe/_/ADJ/root/0 ,/,/PUNCT/punct/7 \
         its/_/PRON/nmod:poss/7 director/_/NOUN/nsubj/11 ,/,/PUNCT/punct/9 Mara/_/PROPN/appos/7 ,/,/PUNCT/punct/7 \
         told/tell/VERB/conj/4/VerbForm=Fin reporters/reporter/NOUN/iobj/11 ././PUNCT/punct/4",
        "Asserts <its director, Mara> Positive Fact safe: The plant was safe",
    );
}

#[test]
fn whoever_adds_something_is_who_has_just_spoken() {
    check(
        "Mara/_/PROPN/nsubj/2 told/tell/VERB/root/0/VerbForm=Fin Reuters/_/PROPN/iobj/2 the/_/DET/det/5 \
         dam/_/NOUN/nsubj/6 fell/fall/VERB/ccomp/2/VerbForm=Fin ,/,/PUNCT/punct/8 adding/add/VERB/advcl/6/VerbForm=Ger \
         that/_/SCONJ/mark/12 it/_/PRON/nsubj/12 was/be/AUX/cop/12/VerbForm=Fin old/_/ADJ/ccomp/8 ././PUNCT/punct/2",
        "Asserts <Reuters > Mara> Positive Fact fell: the dam fell
         Asserts <Reuters > Mara> Positive Fact old: that it was old",
    );
}

#[test]
fn what_one_did_not_do_oneself_is_denied_and_nothing_is_denied_that_happened_later() {
    check(
        "“/“/PUNCT/punct/4 We/_/PRON/nsubj:pass/5/Person=1 were/be/AUX/aux:pass/5/VerbForm=Fin not/_/PART/advmod/5 \
         told/tell/VERB/ccomp/8 ,/,/PUNCT/punct/5 ”/”/PUNCT/punct/5 said/say/VERB/root/0/VerbForm=Fin Mara/_/PROPN/nsubj/8 \
         ././PUNCT/punct/8
         “/“/PUNCT/punct/3 Nobody/_/PRON/nsubj/3 rang/ring/VERB/ccomp/8/VerbForm=Fin until/_/ADP/case/5 ten/_/NUM/obl/3 \
         ,/,/PUNCT/punct/3 ”/”/PUNCT/punct/3 said/say/VERB/root/0/VerbForm=Fin Mara/_/PROPN/nsubj/8 ././PUNCT/punct/8",
        "Denies <Mara> Negative Fact told: “We were not told,”
         Asserts <Mara> Negative Fact rang: “Nobody rang until ten,”",
    );
}

#[test]
fn a_quotation_goes_on_with_a_denial() {
    check(
        "Mara/_/PROPN/nsubj/2 denies/deny/VERB/root/0/VerbForm=Fin this/_/PRON/obj/2/PronType=Dem ././PUNCT/punct/2
         “/“/PUNCT/punct/4 Every/_/DET/det/3 box/_/NOUN/nsubj/4 left/leave/VERB/ccomp/8/VerbForm=Fin sealed/_/ADJ/xcomp/4 \
         ,/,/PUNCT/punct/4 ”/”/PUNCT/punct/4 said/say/VERB/root/0/VerbForm=Fin Mara/_/PROPN/nsubj/8 ././PUNCT/punct/8",
        "Denies <Mara> Negative Fact this: Mara denies this -> Pronoun
         Denies <Mara> Positive Fact left: “Every box left sealed,” <- 0",
    );
}

#[test]
fn what_is_to_be_said_has_not_been_said() {
    check(
        "Tolk/_/PROPN/nsubj/3 will/_/AUX/aux/3/VerbForm=Fin demand/_/VERB/ccomp/8 a/_/DET/det/5 count/_/NOUN/obj/3 \
         ,/,/PUNCT/punct/3 Mara/_/PROPN/nsubj/8 announced/announce/VERB/root/0/VerbForm=Fin ././PUNCT/punct/8",
        "Promises <Mara> Positive Planned demand: Tolk will demand a count",
    );
}

#[test]
fn not_thinking_so_is_thinking_not_so() {
    check(
        "Mara/_/PROPN/nsubj/4 does/do/AUX/aux/4/VerbForm=Fin not/_/PART/advmod/4 think/_/VERB/root/0 the/_/DET/det/6 \
         dam/_/NOUN/nsubj/7 fell/fall/VERB/ccomp/4/VerbForm=Fin|Tense=Past ././PUNCT/punct/4",
        "Doubts <Mara> Negative Possible fell: the dam fell",
    );
}

#[test]
fn a_denial_points_by_nouns_for_things_said_and_by_such() {
    check(
        "Mara/_/PROPN/nsubj/2 denied/deny/VERB/root/0/VerbForm=Fin the/_/DET/det/4 allegations/allegation/NOUN/obj/2 \
         ././PUNCT/punct/2
         Mara/_/PROPN/nsubj/2 denied/deny/VERB/root/0/VerbForm=Fin any/_/DET/det/4 role/_/NOUN/obj/2 ././PUNCT/punct/2
         Mara/_/PROPN/nsubj/2 dismissed/dismiss/VERB/root/0/VerbForm=Fin these/_/DET/det/4 reports/report/NOUN/obj/2 \
         ././PUNCT/punct/2
         Mara/_/PROPN/nsubj/2 said/say/VERB/root/0/VerbForm=Fin no/_/DET/det/5 such/_/ADJ/amod/5 ship/_/NOUN/nsubj/6 \
         sank/sink/VERB/ccomp/2/VerbForm=Fin ././PUNCT/punct/2",
        "Denies <Mara> Negative Fact allegations: Mara denied the allegations -> Accusation
         Denies <Mara> Negative Fact role: Mara denied any role -> Accusation
         Denies <Mara> Negative Fact reports: Mara dismissed these reports -> Statement
         Denies <Mara> Negative Fact sank: no such ship sank -> Statement",
    );
}

#[test]
fn what_is_told_in_reports_that_are_false_is_not_so() {
    check(
        "Mara/_/PROPN/nsubj/2 said/say/VERB/root/0/VerbForm=Fin reports/report/NOUN/nsubj/7 of/_/ADP/case/5 \
         fraud/_/NOUN/nmod/3 were/be/AUX/cop/7/VerbForm=Fin false/_/ADJ/ccomp/2 ././PUNCT/punct/2",
        "Denies <Mara> Negative Fact fraud: reports of fraud were false",
    );
}

#[test]
fn what_is_denied_may_itself_be_a_word_for_saying() {
    check(
        "Mara/_/PROPN/nsubj/2 denied/deny/VERB/root/0/VerbForm=Fin writing/write/VERB/xcomp/2/VerbForm=Ger \
         the/_/DET/det/5 memo/_/NOUN/obj/3 ././PUNCT/punct/2",
        "Denies <Mara> Negative Fact memo: Mara denied writing the memo",
    );
}

#[test]
fn to_turn_down_what_is_offered_denies_nothing() {
    check(
        "Tolk/_/PROPN/nsubj/2 rejected/reject/VERB/root/0/VerbForm=Fin the/_/DET/det/4 offer/_/NOUN/obj/2 ././PUNCT/punct/2
         Tolk/_/PROPN/nsubj/2 rejected/reject/VERB/root/0/VerbForm=Fin the/_/DET/det/4 claim/_/NOUN/obj/2 ././PUNCT/punct/2",
        "Asserts <> Positive Fact rejected: Tolk rejected the offer
         Denies <Tolk> Negative Fact claim: Tolk rejected the claim -> Statement",
    );
}

#[test]
fn a_name_of_anything_can_say_and_a_passive_names_who_says() {
    check(
        "Orro/_/PROPN/nsubj/2/Kind=other said/say/VERB/root/0/VerbForm=Fin the/_/DET/det/4 bridge/_/NOUN/nsubj/5 \
         fell/fall/VERB/ccomp/2/VerbForm=Fin ././PUNCT/punct/2
         The/_/DET/det/2 bridge/_/NOUN/nsubj/3 fell/fall/VERB/root/0/VerbForm=Fin ,/,/PUNCT/punct/7 it/_/PRON/nsubj:pass/7/Person=3 \
         was/be/AUX/aux:pass/7/VerbForm=Fin announced/announce/VERB/parataxis/3/VerbForm=Part by/_/ADP/case/9 \
         Mara/_/PROPN/obl:agent/7 ././PUNCT/punct/3",
        "Asserts <Orro> Positive Fact fell: the bridge fell
         Asserts <Mara> Positive Fact fell: The bridge fell",
    );
}

#[test]
fn whoever_is_told_in_a_quotation_prints_it() {
    check(
        "“/“/PUNCT/punct/4 The/_/DET/det/3 bridge/_/NOUN/nsubj/4 fell/fall/VERB/ccomp/8/VerbForm=Fin ,/,/PUNCT/punct/4 \
         ”/”/PUNCT/punct/4 Mara/_/PROPN/nsubj/8 told/tell/VERB/root/0/VerbForm=Fin Tidewatch/_/PROPN/iobj/8/Kind=body ././PUNCT/punct/8
         “/“/PUNCT/punct/4 The/_/DET/det/3 bridge/_/NOUN/nsubj/4 fell/fall/VERB/ccomp/8/VerbForm=Fin ,/,/PUNCT/punct/4 \
         ”/”/PUNCT/punct/4 Mara/_/PROPN/nsubj/8 told/tell/VERB/root/0/VerbForm=Fin Parliament/_/PROPN/iobj/8/Kind=body ././PUNCT/punct/8",
        "Asserts <Tidewatch > Mara> Positive Fact fell: “The bridge fell,”
         Asserts <Mara> Positive Fact fell: “The bridge fell,”",
    );
}

#[test]
fn since_when_is_no_denial_nor_how_things_are() {
    check(
        "“/“/PUNCT/punct/3 Nobody/_/PRON/nsubj/3 rang/ring/VERB/ccomp/8/VerbForm=Fin since/_/ADP/case/5 ten/_/NUM/obl/3 \
         ,/,/PUNCT/punct/3 ”/”/PUNCT/punct/3 said/say/VERB/root/0/VerbForm=Fin Mara/_/PROPN/nsubj/8 ././PUNCT/punct/8
         Mara/_/PROPN/nsubj/2 said/say/VERB/root/0/VerbForm=Fin bottles/bottle/NOUN/nsubj/6/Number=Plur \
         do/_/AUX/aux/6/VerbForm=Fin|Tense=Pres not/_/PART/advmod/6 burst/_/VERB/ccomp/2 ././PUNCT/punct/2",
        "Asserts <Mara> Negative Fact rang: “Nobody rang since ten,”
         Asserts <Mara> Negative Fact burst: bottles do not burst",
    );
}

#[test]
fn what_will_be_is_promised_by_who_can_bring_it_about() {
    check(
        "The/_/DET/det/2 bridge/_/NOUN/nsubj/4 will/_/AUX/aux/4/VerbForm=Fin open/_/VERB/ccomp/8 ,/,/PUNCT/punct/4 \
         the/_/DET/det/7 ministry/_/NOUN/nsubj/8 said/say/VERB/root/0/VerbForm=Fin ././PUNCT/punct/8
         The/_/DET/det/2 bridge/_/NOUN/nsubj/4 will/_/AUX/aux/4/VerbForm=Fin open/_/VERB/root/0 ,/,/PUNCT/punct/8 \
         one/_/NUM/nsubj/8 of/_/ADP/case/7 the-people/people/NOUN/nmod/5 said/say/VERB/parataxis/4/VerbForm=Fin ././PUNCT/punct/4",
        "Promises <the ministry> Positive Planned open: The bridge will open
         Asserts <one of the-people> Positive Planned open: The bridge will open",
    );
}

#[test]
fn according_to_between_commas_covers_its_clause() {
    check(
        "The/_/DET/det/2 paper/_/NOUN/nsubj/10 ,/,/PUNCT/punct/6 according/_/VERB/case/6 to/_/ADP/fixed/4 Mara/_/PROPN/nmod/10 \
         ,/,/PUNCT/punct/2 is/be/AUX/cop/10/VerbForm=Fin a/_/DET/det/10 loan/_/NOUN/root/0 ././PUNCT/punct/10",
        "Asserts <Mara> Positive Fact loan: The paper, according to Mara, is a loan",
    );
}
