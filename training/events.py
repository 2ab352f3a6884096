#!/usr/bin/env python3
"""Makes events.toml of the English pack: what political actors do to each other, by CAMEO code.

    training/events.py PETRARCH2/dictionaries packs/en/events.toml

Facts from the dictionaries of PETRARCH-2 (MIT, Open Event Data Alliance): which verb, and which verb with which words
after it, means which event (CAMEO.2.0.txt), and which nouns name political actors (Phoenix.agents.txt). Codes are cut
to three digits, which is as far as PLOVER's types can be told; what a longer pattern says that the verb alone says,
too, is left out, and so is what stands before the verb. OWN below adds what the dictionaries lack: nouns as
predicates, verbs that they have only in set phrases, and the manner of saying that a deed is to come.
"""
import re
import sys
from pathlib import Path

# PLOVER's types (2021) by CAMEO code; the longest code that fits counts. 01 is a statement, and no event. PLOVER asks
# of 02, appeals, what it asks of 10, demands.
PLOVER = {
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE",
    "084": "RETREAT", "085": "RETREAT", "086": "RETREAT", "087": "RETREAT", "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE",
    "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION", "163": "COERCE", "17": "COERCE",
    "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}
# agents that act in politics, by their CAMEO sector
SECTORS = re.compile(r"\[~?(GOV|MIL|REB|OPP|LEG|COP|SPY|UAF|PTY|ELI|IGO)")
NO_ACTOR = set("actor retired vip executive intelligence activist crusader picketer carrier destroyer regulator".split())
PREPOSITIONS = set("""a about above across after against along among around as at before behind below between by down during for
from in into near of off on onto out over since than that the through to toward towards under until up upon with within
without not and or his her its their""".split())

# What follows is the project's own, from general knowledge of English and PLOVER's codebook.
OWN_ACTORS = """minister ministry government president parliament congress senate cabinet army military navy force troop soldier
police rebel separatist militia insurgent guerrilla opposition party embassy ambassador envoy diplomat negotiator mediator
chancellor premier king queen emir sultan ayatollah governor country nation republic kingdom colonel junta regime kremlin
pentagon protester demonstrator rioter peacekeeper lawmaker senator refugee settler gunman fighter militant extremist faction
border-guard coast-guard security-council prime-minister foreign-minister"""
# … and who does only with the name of a state or of another actor beside them
WEAK = """official spokesman spokeswoman spokesperson leader leadership chief side council commission court union federation
secretary-general delegation movement house coalition alliance bloc front deputy crowd tribe judge prosecutor authority
administration state guard general commander captain lieutenant marshal constable detective firefighter prince prison sheriff
inspector observer mayor marcher forces group organisation organization worker student prisoner resident worker citizen
activist campaigner defector detainee looter assailant politician authorities attorney lawyer"""
# what states and those that fight them have: whose army or minister it is acts in politics
ORGANS = """minister ministry army troop soldier force military navy parliament embassy ambassador government border airspace
territory foreign-minister cabinet police rebel president"""
# nouns that may be the predicate: "the talks between A and B", "A's attack on B"
OWN_NOUNS = {
    "046": "talks talk negotiation negotiations summit consultation dialogue meeting conference",
    "042": "visit trip tour arrival", "045": "mediation", "057": "treaty accord pact agreement",
    "111": "criticism condemnation denunciation complaint", "112": "accusation allegation charge", "100": "demand ultimatum",
    "120": "rejection refusal veto", "130": "threat", "141": "protest demonstration rally march",
    "145": "riot", "154": "mobilisation mobilization deployment buildup", "163": "sanction embargo boycott blockade",
    "173": "arrest detention", "174": "deportation expulsion", "180": "kidnapping abduction", "182": "torture",
    "190": "attack raid strike assault offensive invasion shelling bombing bombardment airstrike clash fighting battle war",
    "185": "assassination", "073": "aid relief", "060": "cooperation", "090": "investigation inquiry probe", "087": "ceasefire truce withdrawal pullout",
}
# verbs that the dictionaries have in phrases only, or with a sense that news seldom has
OWN_VERBS = {
    "040": "meet confer consult", "041": "telephone phone", "042": "visit tour", "043": "host receive", "045": "mediate broker", "046": "negotiate bargain",
    "051": "praise endorse welcome congratulate hail commend applaud laud", "052": "defend", "054": "recognise recognize", "055": "apologise apologize",
    "056": "forgive", "061": "trade", "070": "aid help", "072": "arm", "075": "shelter",
    "084": "release free return repatriate", "087": "withdraw retreat demobilise demobilize surrender disarm pull-out pull-back",
    "080": "yield concede relent", "085": "unfreeze", "090": "investigate probe", "100": "demand", "020": "urge request appeal plead ask call-for call-on",
    "111": "condemn criticise criticize denounce decry slam deplore rebuke blast lambast lambaste censure", "112": "accuse blame allege",
    "114": "complain", "115": "sue", "116": "convict", "120": "oppose reject refuse decline rebuff spurn turn-down rule-out dismiss", "128": "defy", "129": "veto",
    "130": "threaten", "141": "demonstrate protest rally march", "145": "riot", "144": "blockade", "150": "mobilise mobilize deploy", "161": "recall",
    "163": "sanction embargo boycott", "166": "expel", "171": "confiscate seize", "172": "ban outlaw censor", "173": "arrest detain jail imprison charge",
    "174": "deport", "175": "repress disperse suppress", "176": "hack", "180": "kidnap abduct", "182": "torture beat beat-up rape abuse", "183": "blow-up bomb detonate",
    "185": "assassinate", "190": "attack fight invade raid storm clash", "191": "besiege encircle", "192": "occupy capture retake recapture overrun annex",
    "193": "shoot ambush kill", "194": "shell", "195": "bombard", "202": "massacre slaughter",
}
# verbs of no content of their own: without words after them they say nothing
LIGHT = """give hold take call establish increase make use get have open close set put keep go come do see find show move turn bring
send provide supply deliver impose launch stage mount carry-out sign conclude reach restore break cut suspend reduce halt stop
end cancel declare observe express voice pay arrive continue say state announce tell report add accept allow receive issue
create support follow run lead act serve work start begin join win lose grow change raise lower rise fall drop offer plan warn caution die show inform brief"""
# a verb with words after it; "&" names one of the dictionaries' sets
OWN_PATTERNS = {
    "begin stage continue hold launch organise organize": {"142": "hunger strike", "143": "strike"},
    "hold host": {"046": "talks talk negotiation summit", "040": "meeting conference", "141": "rally demonstration protest march", "180": "hostage"},
    "sign conclude reach": {"057": "treaty agreement accord pact memorandum deal"},
    "establish restore upgrade resume": {"054": "diplomatic tie|diplomatic relation|tie|relation", "046": "talks talk negotiation"},
    "break sever cut suspend reduce downgrade": {"161": "tie relation", "162": "aid assistance", "164": "talks talk negotiation"},
    "halt suspend stop end cancel": {"162": "aid assistance supply", "164": "talks talk negotiation", "165": "mediation"},
    "impose reimpose declare": {"163": "sanction embargo boycott blockade", "172": "curfew|martial law|state emergency|state siege|restriction"},
    "lift ease": {"085": "sanction embargo blockade", "081": "ban restriction curfew"},
    "declare observe respect": {"087": "ceasefire truce"},
    "launch carry-out stage mount": {"190": "attack raid strike assault offensive invasion airstrike", "141": "protest demonstration rally", "090": "investigation inquiry probe"},
    "open": {"190": "fire", "054": "embassy", "090": "investigation inquiry probe"},
    "send provide give supply deliver donate": {"073": "aid relief food", "072": "&weapon", "070": "assistance help", "154": "troop force soldier", "071": "loan grant"},
    "file lodge": {"114": "complaint protest", "115": "lawsuit suit"},
    "set": {"183": "fire"}, "take": {"180": "hostage", "192": "control"}, "seize": {"192": "control|town|city|village", "180": "hostage"},
    "close": {"172": "border", "161": "embassy"}, "pay": {"042": "visit"}, "arrive": {"042": "visit talks"}, "go": {"141": "strike|hunger strike"},
    "mass move": {"154": "troop tank force"}, "express voice": {"111": "concern anger outrage", "051": "support"}, "block": {"144": "road highway street"},
}
# who says what is to come: cues by which what follows is offered, threatened, asked for or refused
FRAMES = {
    "030": "agree promise pledge offer vow commit undertake prepare ready willing plan intend accept will",
    "130": "threaten", "100": "demand insist", "020": "urge ask request appeal call-on call-for invite",
    "120": "refuse decline reject rule-out",
}


def words(text):
    """'{ARMS SALES} (TO &REBEL)' as words, sets with an ampersand, in the singular; no adpositions"""
    out = []
    for word in re.sub(r"[{}()^%+$*]|\b_", " ", text.replace("_", " ")).lower().split():
        if word.startswith("&"):
            out.append(word.rstrip("_"))
        elif word.isalpha() and word not in PREPOSITIONS:
            out.append(re.sub(r"ies$", "y", word) if word.endswith("ies") else re.sub(r"(?<![su])s$", "", word))
    return out


def read_sets(lines):
    sets, name = {}, None
    for line in lines:
        if line.startswith("&"):
            name = line.split()[0].rstrip("_").lower()
            sets[name] = []
        elif line.startswith("+") and name:
            sets[name].append(" ".join(words(line[1:].split("#")[0])))
    return {k: sorted(w for w in set(v) if w and " " not in w) for k, v in sets.items()}


def code_of(text):
    found = re.search(r"\[(?:\d+:)?:?(\d{2,4})", text)
    return found[1].ljust(3, "0")[:3] if found else None


def kind(code):
    """what of a code the pack can tell: its root and its PLOVER type"""
    return code and (code[:2], next((PLOVER[code[:n]] for n in (3, 2) if code[:n] in PLOVER), None))


def read_verbs(lines):
    """blocks of (verbs with their codes, patterns)"""
    blocks = []
    for line in lines:
        line = line.split("#")[0].rstrip()
        if line.startswith("---"):
            blocks.append((code_of(line), {}, {}))
        elif not line or not blocks or line.startswith("~"):
            continue
        elif line.startswith("-"):
            before, _, after = line[1:].partition("*")
            found = words(after.split("[")[0])
            if not before.strip() and found and len(found) <= 3 and code_of(line):
                blocks[-1][2].setdefault(tuple(found), code_of(line))
        else:
            verb = re.split(r"[\[{ ]", line.strip().lstrip("+"))[0].rstrip("_").lower().replace("_", "-")
            if re.fullmatch(r"[a-z-]+", verb) and verb.count("-") <= 1:
                blocks[-1][1][verb] = code_of(line) or blocks[-1][0]
    return blocks


def main():
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    text = (folder / "CAMEO.2.0.txt").read_text(encoding="latin-1")
    head, body = text.split("####### VERB PATTERNS #######")
    sets = read_sets(head.splitlines())
    own = {verb: code for code, verbs in OWN_VERBS.items() for verb in verbs.split()}
    light, extra = set(LIGHT.split()), {}
    for verbs, codes in OWN_PATTERNS.items():
        for code, phrases in codes.items():
            for phrase in phrases.split("|") if "|" in phrases else phrases.split():
                for verb in verbs.split():
                    extra.setdefault(verb, {})[tuple(phrase.split())] = code
    rows, used, seen = [], set(), set()
    for _, verbs, patterns in read_verbs(body.split("######## TRANSFORMATIONS")[0].splitlines()):
        verbs = {v: None if v in light else own.get(v, c) for v, c in verbs.items() if v not in seen}
        seen |= set(verbs)
        plain = {kind(c) for c in verbs.values()}
        kept = {p: c for p, c in patterns.items() if c[:2] != "01" and (len(plain) > 1 or kind(c) not in plain)}
        if verbs and (kept or any(c and c[:2] != "01" for c in verbs.values())):
            rows.append((verbs, kept))
    rows.extend(({verb: code}, {}) for verb, code in own.items() if verb not in seen)
    agents = set(OWN_ACTORS.split())
    for line in (folder / "Phoenix.agents.txt").read_text(encoding="latin-1").splitlines():
        name = line.split("[")[0].split("{")[0].strip().lower().rstrip("_")
        if SECTORS.search(line) and not line.startswith("#") and re.fullmatch(r"[a-z-]{3,}", name) and name not in NO_ACTOR:
            agents.add(name)
    agents -= set(WEAK.split())
    with out.open("w", encoding="utf-8") as f:
        print("# What political actors do to each other, by CAMEO code, and PLOVER's type of each code. Made by training/events.py", file=f)
        print("# from the dictionaries of PETRARCH-2 (MIT, Copyright 2015 Open Event Data Alliance): packs/en/NOTICE.md.", file=f)
        print("# A verb may have its own code; `with`: code and the words that must stand after the verb. A hyphen is a blank.\n", file=f)
        join = lambda x: " ".join(sorted(x))
        print(f'actors = """{join(agents)}"""\n', file=f)
        print(f'organs = """{join(ORGANS.split())}"""\n', file=f)
        print(f'weak = """{join(set(WEAK.split()))}"""\n', file=f)
        print("[plover]", file=f)
        for code, name in PLOVER.items():
            print(f'{code} = "{name}"', file=f)
        for title, table in (("nouns", OWN_NOUNS), ("frames", FRAMES)):
            print(f"\n[{title}]", file=f)
            for code, list_ in sorted(table.items()):
                print(f'{code} = "{list_}"', file=f)
        # The project's own patterns come first: of two that fit, the first counts.
        body = [({verb: own.get(verb)}, patterns) for verb, patterns in extra.items()] + rows
        used = {w for _, p in body for words_ in p for w in words_ if w.startswith("&")}
        print("\n[sets]", file=f)
        for name in sorted(used & set(sets)):
            print(f'{name[1:]} = "{" ".join(sets[name])}"', file=f)
        for verbs, patterns in body:
            patterns = {p: c for p, c in patterns.items() if all(not w.startswith("&") or w in sets for w in p)}
            listed = " ".join(f"{v}:{c}" if c else v for v, c in verbs.items())
            print(f'\n[[verbs]]\nwords = "{listed}"', file=f)
            if patterns:
                lines = "\n".join(f"{c} {' '.join(p)}" for p, c in sorted(patterns.items(), key=lambda x: (x[1], x[0])))
                print(f'with = """\n{lines}\n"""', file=f)


if __name__ == "__main__":
    main()
