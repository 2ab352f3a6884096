"""Sets a tenth of a treebank aside for measuring, where it comes in one part.

    python3 training/split.py ALL.conllu TRAIN.conllu DEV.conllu

Every tenth sentence goes to DEV, as in training/parse/sources.py. Sentences that do not follow each other in any text are
put into paragraphs of THREE, so that the segmenter meets paragraphs, too.
"""
import sys

THREE = 3


def main(source, *targets):
    with open(source, encoding="utf-8") as f:
        sentences = f.read().strip("\n").split("\n\n")
    parts = [[s for k, s in enumerate(sentences) if (k % 10 == 9) == aside] for aside in (False, True)]
    for path, part in zip(targets, parts, strict=True):
        with open(path, "w", encoding="utf-8") as f:
            for k, sentence in enumerate(part):
                f.write("# newpar\n" * (k % THREE == 0) + sentence + "\n\n")
        print(path, len(part), "sentences")


if __name__ == "__main__":
    main(*sys.argv[1:])
