//! A story as the brief writes it.

use super::{
    lines, report,
    wire::{
        Assertion, Claim, Dispute, Entity, Entry, Event, Place, Quote, Sentence, Speaker, Step, Story,
        Update, UpdateValue, Value,
    },
    worded::{Reporting, Wording},
};
use crate::{Account, phrases, words};
use sayso_types::{self as types, AssertionRef, ClaimId, CodePoints, Colour, Link};

/// The account with code-point tables of its reports' texts.
struct View<'a, 'b> {
    account: &'b Account<'a>,
    points: Vec<CodePoints>,
}

impl<'a> Story<'a> {
    /// Of an account.
    pub fn of(account: &'a Account<'a>) -> Self {
        let points: Vec<CodePoints> =
            account.story.reports.iter().map(|a| CodePoints::of(a.doc.text())).collect();
        let (wording, reporting) = (Wording::all(account, &points), Reporting::all(account, &points));
        let view = View { account, points };
        Self {
            id: account.story.id.as_str(),
            title: &account.title,
            from: account.from(),
            to: account.to(),
            reports: view.reports(),
            entities: view.entities(),
            claims: account.comparison.claims.iter().map(|c| view.claim(c)).collect(),
            quotes: view.quotes(),
            timeline: view.timeline(),
            summary: view.summary(),
            wording,
            reporting,
        }
    }
}

impl<'a> View<'a, '_> {
    fn report_id(&self, report: u32) -> &'a str {
        self.account.doc(report).report.id.as_str()
    }

    fn report_ids(&self, reports: &[u32]) -> Vec<&'a str> {
        reports.iter().map(|&r| self.report_id(r)).collect()
    }

    fn claim_id(&self, number: usize) -> &'a str {
        let id: &ClaimId = &self.account.comparison.claims[number].id;
        id.as_str()
    }

    fn reports(&self) -> Vec<report::Report<'a>> {
        let story = self.account.story;
        let rows = (0..).zip(&story.reports).zip(&story.copies).zip(&self.points);
        rows.map(|(((n, a), copy), at)| {
            let wire = report::Report::of(&a.doc.report);
            wire.with_story(copy.as_ref(), story.reliability(n), &a.doc.times, &a.doc.warnings, at)
        })
        .collect()
    }

    fn entities(&self) -> Vec<Entity<'a>> {
        let place = |&(report, span): &(u32, _)| {
            let (start, end) = self.points[report as usize].span(span);
            Place { report: self.report_id(report), start, end }
        };
        let entities = &self.account.comparison.entities;
        entities
            .iter()
            .map(|e| Entity {
                id: e.id.as_str(),
                kind: e.kind,
                name: &e.name,
                aliases: &e.aliases,
                mentions: e.mentions.iter().map(place).collect(),
            })
            .collect()
    }

    fn claim(&self, claim: &'a types::Claim) -> Claim<'a> {
        let value = |v: &'a types::Value| Value { value: &v.value, assertions: &v.assertions };
        let dated = |v: &'a types::UpdateValue| UpdateValue {
            value: &v.value,
            as_of: v.as_of,
            assertions: &v.assertions,
        };
        let place = claim.place.and_then(|p| self.account.comparison.entities.get(p as usize));
        Claim {
            id: claim.id.as_str(),
            text: self.account.statement(claim),
            time: claim.time,
            place: place.map(|e| e.id.as_str()),
            assertions: claim.assertions.iter().map(|&a| self.assertion(a)).collect(),
            independent: claim.independent,
            lines: lines::of(self.account, claim),
            held_by: lines::held_by(self.account, claim),
            credibility: claim.credibility,
            disputes: (claim.disputes.iter())
                .map(|d| Dispute {
                    kind: d.kind,
                    about: &d.about,
                    values: d.values.iter().map(value).collect(),
                })
                .collect(),
            updates: (claim.updates.iter())
                .map(|u| Update { about: &u.about, values: u.values.iter().map(dated).collect() })
                .collect(),
            omitted_by: self.report_ids(&claim.omitted_by),
            unread: self.report_ids(&claim.unread),
            event: claim.event.and_then(|e| {
                let id = |n: u32| self.account.comparison.entities.get(n as usize).map(|e| e.id.as_str());
                let (plover, cameo) = (e.deed.plover, format!("{:02}", e.deed.cameo));
                Some(Event { plover, cameo, source: id(e.source)?, target: id(e.target)? })
            }),
        }
    }

    fn assertion(&self, at: AssertionRef) -> Assertion<'a> {
        let (doc, assertion) = (self.account.doc(at.report), self.account.assertion(at));
        let (start, end) = self.points[at.report as usize].span(assertion.evidence);
        Assertion {
            report: self.report_id(at.report),
            start,
            end,
            text: assertion.evidence.of(doc.text()),
            stance: assertion.stance,
            chain: assertion.chain.iter().map(|l| self.step(at.report, l)).collect(),
        }
    }

    fn step(&self, report: u32, link: &Link) -> Step<'a> {
        let text = self.account.doc(report).text();
        Step {
            name: phrases::source(self.account, report, link),
            entity: link.source.entity.and_then(|e| self.account.entity(report, e)).map(|e| e.id.as_str()),
            kind: link.source.kind,
            reason: link.source.reason.map(|r| words::folded(r.of(text))),
            cue: link.cue.map(|c| words::folded(c.of(text))),
            colour: Some(link.colour).filter(|c| *c != Colour::Neutral).map(words::colour),
        }
    }

    fn quotes(&self) -> Vec<Quote<'a>> {
        let reports = 0..self.account.story.reports.len() as u32;
        reports.flat_map(|r| self.account.doc(r).quotes.iter().map(move |q| self.quote(r, q))).collect()
    }

    fn quote(&self, report: u32, quote: &'a types::Quote) -> Quote<'a> {
        let doc = self.account.doc(report);
        let (start, end) = self.points[report as usize].span(quote.span);
        let speaker = quote.speaker.and_then(|m| doc.mentions.get(m as usize)).map(|m| {
            let local = doc.entities.get(m.entity as usize);
            Speaker {
                name: local.map_or_else(|| words::folded(m.span.of(doc.text())), |e| e.name.clone()),
                entity: self.account.entity(report, m.entity).map(|e| e.id.as_str()),
            }
        });
        let cue = quote.cue.and_then(|t| doc.tokens.get(t as usize)).map(|t| t.span.of(doc.text()));
        Quote {
            report: self.report_id(report),
            start,
            end,
            text: quote.span.of(doc.text()),
            marked: quote.marked,
            speaker,
            cue,
        }
    }

    fn timeline(&self) -> Vec<Entry<'a>> {
        let entry = |e: &crate::timeline::Entry| Entry {
            date: e.date.to_string(),
            kind: e.kind,
            basis: e.basis,
            background: e.background,
            text: e.text(self.account),
            claims: e.claims.iter().map(|&c| self.claim_id(c)).collect(),
            reports: self.report_ids(&e.reports),
        };
        self.account.timeline.iter().map(entry).collect()
    }

    fn summary(&self) -> Vec<Sentence> {
        let line = |l: &crate::summary::Line| {
            let claims = &self.account.comparison.claims;
            let mut reports: Vec<_> =
                l.claims.iter().flat_map(|&c| self.account.carriers(&claims[c])).collect();
            reports.sort_unstable();
            reports.dedup();
            Sentence {
                text: l.text.clone(),
                claims: l.claims.iter().map(|&c| claims[c].id.to_string()).collect(),
                reports: reports.iter().map(|&r| self.report_id(r).to_owned()).collect(),
            }
        };
        self.account.summary.iter().map(line).collect()
    }
}
