"""The words of articles that other programs wrote, read by tools that are not ours, against those of both handouts.

Usage: source_words_check.py FOLDER...   Each folder is the `output` of a project, with `input` beside it; others are passed over.
Every word of the source must be in the PDF, along its structure, and in the Word document, in the source's order. What is
meant to be otherwise is told by `words.txt` in the project, a line each: `- words` are left out, `~ words` stand elsewhere;
`#` begins a line that gives reasons.
One line a failure, exit 1 if there is one.
"""

import json
import pathlib
import re
import sys

from html_text import OPTIONAL, lost, words
from source_text import articles
from words_check import docx_words, pdf_words


def spoken(text):
    """The words of a text without its signs; where markup allows it, a word may end."""
    bare = [re.sub(rf"[^\w{OPTIONAL}]", "", word) for word in words(text)]
    return [word for word in bare if word.strip(OPTIONAL)]


def at(wanted, found):
    """Where a run of words stands among others, or None."""
    letters = [word.replace(OPTIONAL, "") for word in found]
    places = range(len(letters) - len(wanted) + 1)
    return next((place for place in places if letters[place : place + len(wanted)] == wanted), None)


class Exceptions:
    """What `words.txt` says."""

    def __init__(self, path):
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self.lines = [(line[0], spoken(line[1:]), line) for line in lines if line.startswith(("-", "~"))]
        self.unused = {line for _, _, line in self.lines}

    def take(self, sign, found):
        """Takes the runs with this sign out of words, and gives those that were there."""
        taken = []
        for kind, wanted, line in self.lines:
            place = at(wanted, found) if kind == sign else None
            if place is not None:
                del found[place : place + len(wanted)]
                self.unused.discard(line)
                taken.append((wanted, line))
        return taken


def unseen(wanted, found):
    """Runs of words that were taken out of a handout, and not missed."""
    letters = [word.replace(OPTIONAL, "") for word in wanted]
    for start in (0, len(letters) // 2, len(letters) - 3):
        run = letters[start : start + 3]
        place = at(run, found)
        if place is not None and not lost(wanted, found[:place] + found[place + len(run) :]):
            yield " ".join(run)


def failures(text, exceptions, handout):
    """What a handout does not have of a text."""
    wanted = spoken(text)
    exceptions.take("-", wanted)
    moved = exceptions.take("~", wanted)
    for suffix, read in ((".pdf", pdf_words), (".docx", docx_words)):
        path = handout.with_suffix(suffix)
        found = spoken(" ".join(read(path)))
        for run, line in moved:
            if at(run, found) is None:
                yield f"{path}: not there: {line}"
        for want, got in lost(wanted, found):
            yield f"{path}: wanted «{want}», found «{got}»".replace(OPTIONAL, "")
        yield from (f"{path}: nobody would miss «{run}»" for run in unseen(wanted, found))


def judge(folder):
    """The failures of a project, and how many articles it has; None where the tool for it is not here."""
    handouts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["handouts"]
    exceptions = Exceptions(folder.parent / "words.txt")
    found, number = [], 0
    for source in dict.fromkeys(handout["source"] for handout in handouts):
        read = articles(folder.parent / source)
        if read is None:
            return None
        number += len(read)
        of_file = [handout for handout in handouts if handout["source"] == source]
        left = list(of_file)
        for name, text in read:
            is_it = lambda handout: name is None or name in (handout["slug"], handout["title"])
            handout = next(filter(is_it, left), None)
            if handout is None or not spoken(text):
                found.append(f"{source}: {name}: {'no handout' if handout is None else 'no words'}")
            else:
                found += failures(text, exceptions, folder / handout["slug"])
                left.remove(handout)
        if len(read) != len(of_file):
            found.append(f"{source}: {len(read)} articles, and {len(of_file)} handouts")
    found += [f"{folder.parent / 'words.txt'}: not in the source: {line}" for line in sorted(exceptions.unused)]
    return found, number


def main(folders):
    passed = failed = 0
    for folder in map(pathlib.Path, folders):
        if not (folder.parent / "input").is_dir() or folder.name != "output":
            continue
        judged = judge(folder)
        if judged is None:
            print(f"left out: {folder.parent} (pandoc is not here)")
            continue
        found, number = judged
        print(*(f"{failure}\n" for failure in found[:20]), sep="", end="")
        failed += bool(found)
        passed += 0 if found else number
    print(f"words of sources: {passed} articles with all of them, {failed} files without")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
