//! A folder in two languages: each report is read with its own pack, and one story may hold reports in both.

#![allow(clippy::unwrap_used, reason = "a test")]

use sayso::{Input, Options, Pipeline};

const ENGLISH: &str = "Two dead as ferry hits freighter off Puerto Lumbral\n\n\
    14 October 2025\n\n\
    Two people died on Tuesday when the ferry Santa Odila hit the freighter Gran Tarvos three miles off Puerto Lumbral, \
    the harbour authority said. The ferry carried 212 passengers, among them 38 tourists from Germany.\n\n\
    Ignacio Sorbet, the director of Líneas de Brenza, denied that the radar was broken. \"The radar worked,\" he said.\n\n\
    The freighter, which sails under the flag of Panama, was carrying 4,200 tonnes of wheat.\n";
const SPANISH: &str = "Cuatro muertos al chocar un ferri con un carguero\n\n\
    15 de octubre de 2025\n\n\
    Cuatro personas murieron el martes al chocar el ferri Santa Odila con el carguero Gran Tarvos frente a Puerto Lumbral, \
    informó la capitanía. En el ferri viajaban 212 pasajeros, entre ellos 38 turistas de Alemania.\n\n\
    Ignacio Sorbet, director de Líneas de Brenza, negó que el radar estuviera averiado. «El radar funcionaba», dijo.\n\n\
    El carguero navega con bandera de Panamá y llevaba 4.200 toneladas de trigo.\n";
const ELSEWHERE: &str = "El museo de Ardolla reabre sus salas\n\n\
    15 de octubre de 2025\n\n\
    El museo de Ardolla reabrió el miércoles las salas de pintura después de tres años de obras, anunció la concejala de \
    Cultura, Marta Elvina. La reforma ha costado nueve millones de euros.\n\n\
    «Es un regalo para la ciudad», dijo la concejala. La primera exposición reúne cuarenta retratos.\n";

#[test]
fn one_story_may_be_told_in_two() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.txt", ENGLISH), ("b.txt", SPANISH), ("c.txt", ELSEWHERE)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let pipeline = Pipeline::new(Options::default()).unwrap();
    let mut stories = Vec::new();
    let mut shared = Vec::new();
    let done = pipeline.brief(&[Input::from(folder.path())], &mut |story, comparison| {
        let mut languages: Vec<_> = story.reports.iter().map(|r| r.doc.report.language.to_string()).collect();
        languages.sort();
        stories.push(languages);
        let one = |names: [&str; 2]| {
            let called = |e: &sayso::types::Entity, n| e.name == n || e.aliases.iter().any(|a| a == n);
            comparison.entities.iter().any(|e| names.iter().all(|n| called(e, *n)))
        };
        shared.push(one(["Germany", "Alemania"]) && one(["Panama", "Panamá"]) && one(["Ignacio Sorbet"; 2]));
        Ok(())
    });
    assert!(done.unwrap().skipped.is_empty());
    stories.sort();
    assert_eq!(stories, [vec!["en".to_owned(), "es".to_owned()], vec!["es".to_owned()]]);
    assert!(shared.contains(&true), "the things of the story are one in both");
}
