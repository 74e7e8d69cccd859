"""Training articles made other, anew in each epoch, so that the tagger learns language instead of names.

`swapped` exchanges the names of an article for invented ones. `composed` puts a sentence that attributes
something into another attribution's content: PolNeAR labels nothing there, so this is where the nested
layer sees what it has to find. Names and sentences are as CoreNLP found them
(`corenlp_silver_train`).
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.tagger.data import ROLES
from verbale.types import Span

Row = dict[str, Any]
SURE = 0.5  # from which probability what was found by reading a content again becomes a label
FEWEST = 6  # words of a content that can be exchanged, and of a sentence to take its place
LONGEST = 40  # words of such a sentence
MOVED = ("unknown", "unread", "names", "sentences")
KEPT = {
    "person": 0.0,
    "place": 0.3,
    "people": 0.3,
    "organisation": 0.4,
    "other": 0.4,
}  # share of names that stay
REAL = 0.5  # of those exchanged, the share that becomes another name of its kind, not an invented one
SPEAKER_AGAIN = re.compile(r"(?:i|we|me|us|you)", re.IGNORECASE)
_NAME = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Za-z]+")
_WORD = re.compile(r"[A-Za-z]+")
_LEAD = re.compile(r"(?:that\s+)?([\"“‘']?)\s*")
_TRAIL = re.compile(r"[.,!?\"”’']*$")
_INNER = str.maketrans('“”"', "‘’'")
_ONSETS = tuple("b br ch d dr f g gl h j k kh kr l m n p pr r s sh st t tr v vl y z".split())  # noqa: SIM905
_VOWELS = tuple("a e i o u a e i o ai au ei ia oe".split())  # noqa: SIM905
_CODAS = ("", "", "", *"k l m n nd r rg rn s sk st t th v z".split())  # noqa: SIM905
_ENDINGS = ("ians", "ian", "ans", "an", "ese", "ish", "is", "i")  # of what belongs to a people


def with_nested(
    document: Row, silver: Row, reread: Sequence[Row], labelled: Mapping[int, Sequence[Row]]
) -> Row:
    """An article with its sentences, and its nested rows.

    Args:
        document: the article.
        silver: its sentences.
        reread: what reading its contents again found.
        labelled: what people found, by the number of the attribution; it stands in place of `reread`.

    Contents that nobody labelled are `unread`: what was found there is so, but more may be.
    """
    rows = [{**row, "id": str(n), "parent": None} for n, row in enumerate(document["attributions"])]
    rows += [
        {"id": f"l{parent}/{n}", "parent": str(parent), **row}
        for parent, found in labelled.items()
        for n, row in enumerate(found)
    ]
    unknown = []
    unread = [
        span for n, row in enumerate(document["attributions"]) for span in row["content"] if n not in labelled
    ]
    for number, row in enumerate(reread):
        if row["parent"] in labelled:
            continue
        hedge = any(SPEAKER_AGAIN.fullmatch(Span(*s).of(document["text"])) for s in row["source"])
        if row["probability"] >= SURE and not hedge:
            parts = {role: row[role] for role in ROLES}
            rows.append({"id": f"n{number}", "parent": str(row["parent"]), **parts})
        else:
            spans = [span for role in ROLES for span in row[role]]
            unknown.append([min(a for a, _ in spans), max(b for _, b in spans)])
    return {
        **document,
        "attributions": rows,
        "unknown": unknown,
        "unread": unread,
        "sentences": silver["sentences"],
    }


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of a text and what stands there instead."""

    start: int
    end: int
    text: str


class Edited:
    """A text in which parts were exchanged, and where its old places went."""

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        new, at, self.edits, self.starts = "", 0, sorted(edits, key=lambda e: e.start), list[int]()
        for edit in self.edits:
            new += text[at : edit.start]
            self.starts.append(len(new))
            new += edit.text
            at = edit.end
        self.text = new + text[at:]

    def place(self, offset: int, is_end: bool) -> int:
        """A place of the old text; one within an exchanged part goes to its edge."""
        n = bisect_right([e.start for e in self.edits], offset - is_end) - 1
        if n < 0:
            return offset
        edit, start = self.edits[n], self.starts[n]
        if offset >= edit.end:
            return start + len(edit.text) + offset - edit.end
        return start + len(edit.text) * is_end

    def span(self, span: Sequence[Any]) -> list[Any]:
        return [self.place(span[0], False), self.place(span[1], True), *span[2:]]

    def row(self, row: Row) -> Row:
        return {**row, **{role: [self.span(s) for s in row[role]] for role in ROLES}}

    def article(self, old: Row) -> Row:
        """The article that this text came from, with all its offsets moved."""
        moved = {n: [self.span(s) for s in old.get(n, ())] for n in MOVED}
        moved["antecedents"] = [
            [*self.span((a, b)), self.place(name, False)] for a, b, name in old.get("antecedents", ())
        ]
        return {**old, "text": self.text, "attributions": [self.row(r) for r in old["attributions"]], **moved}


def common_words(documents: Iterable[Row]) -> frozenset[str]:
    """Words that the articles also write without a capital."""
    counts = Counter(w for d in documents for w in _WORD.findall(d["text"]) if w.islower())
    return frozenset(word for word, count in counts.items() if count >= 3)


Pool = dict[tuple[str, int], list[list[str]]]


def real_names(documents: Iterable[Row]) -> Pool:
    """The words of the articles' names, by kind and number."""
    found: dict[tuple[str, int], set[tuple[str, ...]]] = {}
    for document in documents:
        for start, end, kind in document["names"]:
            words = tuple(_NAME.findall(document["text"][start:end]))
            found.setdefault((kind, len(words)), set()).add(words)
    return {key: [list(words) for words in sorted(names)] for key, names in found.items()}


def swapped(article: Row, common: frozenset[str], pool: Pool, rng: random.Random) -> Row:
    """The article with other names, each the same throughout.

    A person's becomes an invented one; others may also become another of their kind or stay, since what kind
    of name it is lies in the name itself more often than in what stands around it.
    """
    text, new = article["text"], dict[str, str]()
    for start, end, kind in sorted(article["names"], key=lambda name: name[0] - name[1]):
        words = _NAME.findall(text[start:end])
        if any(word in new for word in words):
            continue
        if rng.random() < KEPT[kind]:
            others = words
        elif kind != "person" and rng.random() < REAL and (kind, len(words)) in pool:
            others = rng.choice(pool[kind, len(words)])
        else:
            others = [invented(word, rng) for word in words]
        for word, other in zip(words, others, strict=True):
            if kind == "person" or word.lower() not in common:
                new[word] = other
    found = (m for m in _NAME.finditer(text) if new.get(m.group(), m.group()) != m.group())
    return Edited(text, [Edit(m.start(), m.end(), new[m.group()]) for m in found]).article(article)


def invented(name: str, rng: random.Random) -> str:
    """A name that nobody bears, in the shape of another: initials, capitals, a people's ending."""
    if (name.isupper() and len(name) < 6) or "." in name:
        return "".join(rng.choice("ABCDEFGHIKLMNOPQRSTUVZ") if c != "." else c for c in name)
    parts = range(rng.choice((1, 2, 2, 2, 3)))
    word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in parts)
    word += next((e for e in _ENDINGS if len(name) > len(e) + 2 and name.endswith(e)), "")
    return word.upper() if name.isupper() else word.capitalize()


@dataclass(frozen=True, slots=True)
class Donor:
    """A sentence that attributes something, with its attributions and names in offsets of its text."""

    text: str
    rows: tuple[Row, ...]
    names: tuple[Any, ...]


def donors(articles: Iterable[Row]) -> list[Donor]:
    """The sentences of FEWEST to LONGEST words that hold whole attributions, and no others."""
    return [d for a in articles for s in a["sentences"] for d in _donor(a, s)]


def _donor(article: Row, sentence: Sequence[int]) -> list[Donor]:
    start, end = sentence
    words = article["text"][start:end].rstrip()
    words = words.removesuffix(".")
    end = start + len(words)
    rows = [r for r in article["attributions"] if r["parent"] is None and _touches(r, start, end)]
    inside = all(start <= a and b <= end + 1 for r in rows for role in ROLES for a, b in r[role])
    if (
        not rows
        or not inside
        or "\n" in words
        or not FEWEST <= len(words.split()) <= 40
        or not words[0].isalpha()
    ):
        return []
    moved = [
        {**r, **{role: [[a - start, min(b, end) - start] for a, b in r[role] if a < end] for role in ROLES}}
        for r in rows
    ]
    names = [(a - start, b - start, k) for a, b, k in article["names"] if start <= a and b <= end]
    return [Donor(words, tuple(moved), tuple(names))]


def composed(article: Row, pool: Sequence[Donor], share: float, rng: random.Random) -> Row:
    """The article with a `share` of its simple contents exchanged for sentences that attribute something."""
    edits, inner = [], []
    for frame in _frames(article):
        if rng.random() < share:
            edit, rows, names = _filled(article, frame, rng.choice(pool))
            edits.append(edit)
            inner.append((edit, frame["id"], rows, names))
    if not edits:
        return article
    gone = {parent for _, parent, _, _ in inner}
    kept = [r for r in article["attributions"] if r["parent"] not in gone]
    edited = Edited(article["text"], edits)
    outside = {
        name: [s for s in article.get(name, ()) if all(s[1] <= e.start or s[0] >= e.end for e in edits)]
        for name in ("unknown", "unread", "names", "antecedents")
    }
    outside["antecedents"] = [
        link for link in outside["antecedents"] if not any(e.start <= link[2] < e.end for e in edits)
    ]
    new = edited.article({**article, "attributions": kept, **outside})
    for edit, parent, rows, names in inner:
        by = edited.place(edit.start, False)
        new["attributions"] += [
            {
                "id": f"{parent}/{n}",
                "parent": parent,
                **{role: [[a + by, b + by] for a, b in row[role]] for role in ROLES},
            }
            for n, row in enumerate(rows)
        ]
        new["names"] += [[a + by, b + by, kind] for a, b, kind in names]
    return new


def _frames(article: Row) -> list[Row]:
    """Attributions alone in their sentence whose content is one run of FEWEST words or more."""
    rows = [r for r in article["attributions"] if r["parent"] is None]
    starts = [s for s, _ in article["sentences"]]
    found = []
    for row in rows:
        if len(row["content"]) != 1 or len(Span(*row["content"][0]).of(article["text"]).split()) < FEWEST:
            continue
        n = bisect_right(starts, row["content"][0][0]) - 1
        if n < 0:
            continue
        start, end = article["sentences"][n]
        whole = all(start <= a and b <= end for role in ROLES for a, b in row[role])
        alone = sum(_touches(r, start, end) for r in rows) == 1
        if whole and alone and "\n" not in article["text"][start:end]:
            found.append(row)
    return found


def _filled(article: Row, frame: Row, donor: Donor) -> tuple[Edit, list[Row], list[Any]]:
    """The donor put into the frame's content, between its first and last marks."""
    start, end = frame["content"][0]
    old = article["text"][start:end]
    lead, trail = _LEAD.match(old), _TRAIL.search(old)
    assert lead is not None and trail is not None
    quoted = bool(lead.group(1))
    head = lead.group()
    tail = trail.group() if quoted else "".join(c for c in trail.group() if c in ".,!?")
    words = donor.text.translate(_INNER) if quoted else donor.text
    is_name = any(a == 0 for a, _, _ in donor.names) or re.match(r"I\b", words)
    if old[len(head) : len(head) + 1].islower() and not is_name:
        words = words[0].lower() + words[1:]
    by = len(head)
    rows = [{**r, **{role: [[a + by, b + by] for a, b in r[role]] for role in ROLES}} for r in donor.rows]
    names = [[a + by, b + by, kind] for a, b, kind in donor.names]
    return Edit(start, end, head + words + tail), rows, names


def _touches(row: Row, start: int, end: int) -> bool:
    return any(a < end and b > start for role in ROLES for a, b in row[role])
