#!/usr/bin/env python3
"""The peers of `annotate.py`, run in its virtual environment: trains and runs spaCy and UDPipe.

    annotate_peers.py train spacy|udpipe SHARED FOLDER MINUTES       minutes of processor time
    annotate_peers.py parse spacy|udpipe FOLDER TEXTS OUT.conllu     prints seconds of processor time
    annotate_peers.py names FOLDER TEXTS OUT.jsonl                   spaCy's names, as `sayso annotate` writes them

Both learn from EWT and GUM train; EWT and GUM dev choose spaCy's checkpoint and tell UDPipe when to stop. spaCy learns
names from Universal NER EWT train, wikigold and WNUT-17 train, which are sayso's too.
"""
import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

# Those of the models that UDPipe's authors publish, but shorter: no lemmas, no word vectors, fewer rounds.
TOKENIZER = "dimension=24;epochs=20;early_stopping=1;tokenize_url=1;allow_spaces=0"
TAGGER = "models=1;templates_1=tagger;guesser_suffix_rules_1=8;iterations_1=10;provide_lemma_1=0;use_lemma_1=0"
PARSER = ("embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;embedding_lemma=0;"
          "embedding_deprel=20;learning_rate=0.01;learning_rate_final=0.001;l2=0.3;hidden_layer=200;batch_size=10;"
          "transition_system=projective;transition_oracle=dynamic;structured_interval=8")
MOST_ROUNDS = 10
SENTENCES_A_DOC = 8


def treebanks(shared, part):
    for bank in ("ewt", "gum"):
        yield (shared / "data/parsing" / bank / f"{part}.conllu").read_text(encoding="utf-8")


def words(text):
    """(sentence id, rows of words) a sentence"""
    for block in text.split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        name = next((line.split("= ")[1] for line in lines if line.startswith("# sent_id")), "")
        if rows:
            inside, spaced = 0, {}
            for row in rows:
                if "-" in row[0]:
                    first, inside = map(int, row[0].split("-"))
                    spaced.update({k: False for k in range(first, inside)})
                    spaced[inside] = "SpaceAfter=No" not in row[9]
                elif row[0].isdigit():
                    spaced.setdefault(int(row[0]), "SpaceAfter=No" not in row[9])
            yield name, [(row, spaced[int(row[0])]) for row in rows if row[0].isdigit()]


def spacy_docs(vocab, shared, part):
    import spacy
    sys.path.insert(0, str(shared / "tools"))
    from ner_eval import KINDS, sentences

    def iob(tags):
        last, out = "O", []
        for tag in tags:
            kind = KINDS.get(tag[2:].lower())
            out.append("O" if kind is None else ("I-" if tag[0] == "I" and last[2:] == tag[2:] else "B-") + kind)
            last = tag
        return out

    names, group, ewt = shared / "data/ner", [], {}
    for block in (names / f"uner-ewt/{part}.iob2").read_text(encoding="utf-8").split("\n\n"):
        if found := re.search(r"^# sent_id = (.*)", block, re.M):
            ewt[found[1]] = iob([line.split("\t")[2] for line in block.split("\n") if line[:1].isdigit()])
    for text in treebanks(shared, part):
        for name, rows in words(text):
            tags = ewt.get(name)
            if tags and len(tags) != len(rows):
                tags = None
            if group and (len(group) == SENTENCES_A_DOC or (tags is None) != (group[0][1] is None)):
                yield spacy_doc(spacy, vocab, group)
                group = []
            group.append((rows, tags))
    yield spacy_doc(spacy, vocab, group)
    if part == "train":
        for path in (names / "wikigold/wikigold.conll.txt", names / "wnut17/train.conll"):
            for _, rows in sentences(path):
                yield spacy.tokens.Doc(vocab, words=[w for w, _ in rows], ents=iob([t for _, t in rows]))


def spacy_doc(spacy, vocab, group):
    forms, spaces, tags, pos, morphs, heads, deps, ents = [], [], [], [], [], [], [], []
    for rows, names in group:
        base = len(forms)
        for k, (row, spaced) in enumerate(rows):
            forms.append(row[1].replace(" ", ""))
            spaces.append(spaced)
            pos.append(row[3])
            tags.append(row[4])
            morphs.append("" if row[5] == "_" else row[5])
            heads.append(base + (int(row[6]) - 1 if row[6] != "0" else k))
            deps.append("ROOT" if row[6] == "0" else row[7])
        ents += names or []
    return spacy.tokens.Doc(vocab, words=forms, spaces=spaces, tags=tags, pos=pos, morphs=morphs, heads=heads,
                            deps=deps, ents=ents or None)


def train_spacy(shared, folder, minutes):
    """the configuration that `spacy init config` gives for a CPU; the best checkpoint when time is up"""
    import spacy
    vocab = spacy.blank("en").vocab
    for part in ("train", "dev"):
        spacy.tokens.DocBin(docs=spacy_docs(vocab, shared, part)).to_disk(folder / f"{part}.spacy")
    module, config = [sys.executable, "-m", "spacy"], folder / "config.cfg"
    subprocess.run([*module, "init", "config", config, "--lang", "en", "--optimize", "efficiency", "--force",
                    "--pipeline", "tagger,morphologizer,parser,ner"], check=True, stdout=subprocess.DEVNULL)
    command = [*module, "train", config, "--output", folder, "--paths.train", folder / "train.spacy",
               "--paths.dev", folder / "dev.spacy", "--training.max_steps", "0", "--training.patience", "0",
               "--training.eval_frequency", "600"]
    seconds = int(60 * minutes)
    with open(folder / "train.log", "w", encoding="utf-8") as log:
        subprocess.run(command, stdout=log, stderr=log, check=False,
                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)))
    return "spacy init config --optimize efficiency; tagger, morphologizer, parser, ner on one tok2vec; best checkpoint"


def train_udpipe(shared, folder, minutes):
    """part by part; the parser as many rounds as there is time for after one that measures"""
    import ufal.udpipe as udpipe

    def read(part):
        out, error = udpipe.Sentences(), udpipe.ProcessingError()
        for text in treebanks(shared, part):
            reader = udpipe.InputFormat.newConlluInputFormat()
            reader.setText(text)
            sentence = udpipe.Sentence()
            while reader.nextSentence(sentence, error):
                out.append(sentence)
                sentence = udpipe.Sentence()
        return out

    sentences, dev = read("train"), read("dev")

    def learn(name, *options):
        start, error = time.process_time(), udpipe.ProcessingError()
        model = udpipe.Trainer.train("morphodita_parsito", sentences, dev, *options, error)
        if error.occurred():
            sys.exit(f"{name}: {error.message}")
        (folder / name).write_bytes(model)
        return time.process_time() - start

    none = udpipe.Trainer.NONE
    learn("tokenizer", TOKENIZER, none, none)
    learn("tagger", none, TAGGER, none)
    seconds = learn("parser", none, none, f"iterations=1;{PARSER}")
    rounds = min(MOST_ROUNDS, int((60 * minutes - time.process_time()) / seconds))
    if rounds > 1:
        learn("parser", none, none, f"iterations={rounds};{PARSER}")
    learn("model.udpipe", *(f"from_model=file:{folder / part}" for part in ("tokenizer", "tagger", "parser")))
    return f"{TOKENIZER} | {TAGGER} | iterations={max(1, rounds)};{PARSER}"


def train(peer, shared, folder, minutes):
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"spacy": train_spacy, "udpipe": train_udpipe}[peer](shared, folder, minutes)
    used = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    done = {"settings": settings, "minutes": round(used / 60, 1)}
    (folder / "settings.json").write_text(json.dumps(done), encoding="utf-8")


def texts_in(folder):
    return [(p.stem, p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.txt"))]


def parse_spacy(folder, texts):
    import spacy
    nlp = spacy.load(folder / "model-best")
    start = time.process_time()
    docs = list(nlp.pipe(text for _, text in texts))
    seconds, lines = time.process_time() - start, []
    for doc in docs:
        for sentence in doc.sents:
            kept = [t for t in sentence if not t.is_space]
            number = {t.i: k for k, t in enumerate(kept, 1)}
            for t in kept:
                root = t.head.i == t.i or t.head.i not in number
                head, relation = (0, "root") if root else (number[t.head.i], t.dep_)
                columns = (number[t.i], t.text.replace(" ", ""), "_", t.pos_ or "X", t.tag_ or "_",
                           str(t.morph) or "_", head, relation, "_", "_")
                lines.append("\t".join(map(str, columns)))
            lines += [""] if kept else []
    return seconds, "\n".join(lines) + "\n"


def parse_udpipe(folder, texts):
    import ufal.udpipe as udpipe
    model = udpipe.Model.load(str(folder / "model.udpipe"))
    pipeline = udpipe.Pipeline(model, "tokenize", udpipe.Pipeline.DEFAULT, udpipe.Pipeline.DEFAULT, "conllu")
    start = time.process_time()
    out = "".join(pipeline.process(text) for _, text in texts)
    return time.process_time() - start, out


def names_spacy(folder, texts):
    import spacy
    nlp = spacy.load(folder / "model-best")
    for name, text in texts:
        found = [{"start": e.start_char, "end": e.end_char, "form": "name", "kind": e.label_} for e in nlp(text).ents]
        yield json.dumps({"file": f"{name}.txt", "text": text, "mentions": found})


def main():
    verb, *rest = sys.argv[1:]
    if verb == "train":
        train(rest[0], Path(rest[1]), Path(rest[2]), float(rest[3]))
    elif verb == "parse":
        parse = {"spacy": parse_spacy, "udpipe": parse_udpipe}[rest[0]]
        seconds, conllu = parse(Path(rest[1]), texts_in(Path(rest[2])))
        Path(rest[3]).write_text(conllu, encoding="utf-8")
        print(seconds)
    else:
        lines = names_spacy(Path(rest[0]), texts_in(Path(rest[1])))
        Path(rest[2]).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
