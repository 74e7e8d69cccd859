"""The real report with its persons, states, treaty, agencies and dates exchanged for invented ones.

A reader that has learnt names instead of language would find something else in the exchanged text.

    python -m evaluation.swaps
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from evaluation.score import Row, found_in, gold_report
from verbale.attributions import AttributionOptions
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel
from verbale.types import Attribution, Kind, Spans

# State: name, adjective, people, capital, long name, short form.
STATES = (
    ("Veldoria", "Veldorian", "Veldorians", "Karsk", "Veldorian Republic", "V.R."),
    ("Tamsera", "Tamseran", "Tamserans", "Olbek", "Tamseran Federation", "T.F."),
    ("Qadrun", "Qadruni", "Qadrunis", "Mirsal", "Qadruni Kingdom", "Q.K."),
    ("Lusaria", "Lusarian", "Lusarians", "Port Evane", "Lusarian Union", "L.U."),
    ("Hanjo", "Hanjoan", "Hanjoans", "Seirin", "Hanjoan State", "H.S."),
    ("Ostmark-Vey", "Veyan", "Veyans", "Grunau", "Veyan Confederation", "O.V."),
    ("Nbali", "Nbalian", "Nbalians", "Koutou", "Nbalian Commonwealth", "N.C."),
    ("Carrasel", "Carraselian", "Carraselians", "San Ildro", "Carraselian Republic", "C.R."),
)
PERSONS = (
    ("Pavlin", "Drushkov"),
    ("Marta", "Ellevaag"),
    ("Yusuf", "Al-Hamdiri"),
    ("Jun", "Takemori"),
    ("Ifeoma", "Adunwe"),
    ("Lucien", "Parvaux"),
    ("Tomas", "Brezhnik"),
    ("Estela", "Quirantes"),
    ("Nils", "Overgard"),
    ("Soraya", "Mehrabi"),
    ("Bao", "Linh Tran"),
    ("Kwesi", "Ampofari"),
)
TREATIES = ("Limes II", "Even Keel", "Open Roads", "New Ledger", "Safe Harbour", "Olbek Accord")
AGENCIES = ("RTA", "Novalink", "KPA", "Agence Lusar", "QNS", "Intervest")
BROADCASTERS = ("Kanal Nord", "Tamsera 1", "Televid 24", "Radio Mirsal")
OUTLETS = ("OBS", "QRS", "LNS", "DIPNEWS")
CLUBS = ("Harbour Club", "Lindqvist Forum", "Old Mint Society", "Saltworks Institute")
CITIES = ("Olmutz-an-der-Vey", "Mirsal", "Port Evane", "Brenn", "Koutou")
DATES = ("Oct. 3, 2031", "March 14, 2028", "Jan. 22, 2029", "Sept. 9, 2030")
MONTHS = ("March", "July", "October", "January")


@dataclass(frozen=True, slots=True)
class Swapped:
    """A text in which parts were exchanged: each part's place in the old and the new text."""

    text: str
    parts: tuple[tuple[int, int, int, int], ...]

    def old(self, offset: int) -> int:
        """Where a place of the new text stood in the old one; within an exchanged part, its start."""
        shift = 0
        for old_start, old_end, new_start, new_end in self.parts:
            if offset < new_start:
                break
            if offset < new_end:
                return old_start
            shift = old_end - new_end
        return offset + shift


def table(seed: int) -> dict[str, str]:
    """What stands for what in one swap."""
    rng = random.Random(seed)
    ours, theirs = rng.sample(STATES, 2)
    (first, last), (first2, last2) = rng.sample(PERSONS, 2)
    return {
        "Sergei Ryabkov": f"{first} {last}",
        "Ryabkov": last,
        "Anatoly Antonov": f"{first2} {last2}",
        "Antonov": last2,
        "Russian Federation": ours[4],
        "Russian": ours[1],
        "Russophobic": f"anti-{ours[1]}",
        "Russia": ours[0],
        "Moscow": ours[3],
        "United States": theirs[4],
        "U.S.": theirs[5],
        "Americans": theirs[2],
        "Washington": theirs[3],
        "New START": rng.choice(TREATIES),
        "TASS": rng.choice(AGENCIES),
        "Rossiya 24": rng.choice(BROADCASTERS),
        "EIRNS": rng.choice(OUTLETS),
        "Valdai Club": rng.choice(CLUBS),
        "Cairo": rng.choice(CITIES),
        "Dec. 10, 2022": rng.choice(DATES),
        "February": rng.choice(MONTHS),
    }


def swap(text: str, names: dict[str, str]) -> Swapped:
    """Exchange every name; longer ones first."""
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    new, at, parts = "", 0, []
    for match in pattern.finditer(text):
        new += text[at : match.start()]
        start = len(new)
        new += names[match.group()]
        parts.append((match.start(), match.end(), start, len(new)))
        at = match.end()
    return Swapped(new + text[at:], tuple(parts))


Structure = list[tuple[Kind, bool, frozenset[int], frozenset[int]]]


def structure(found: tuple[Attribution, ...], text: str, swapped: Swapped | None = None) -> Structure:
    """Each attribution as kind, nestedness and the words of source and content, as places in the old text."""

    def words(spans: Spans) -> frozenset[int]:
        starts = [
            m.start() for m in re.finditer(r"\w+", text) if any(s.start <= m.start() < s.end for s in spans)
        ]
        return frozenset(swapped.old(s) if swapped else s for s in starts)

    return [(a.kind, a.parent is not None, words(a.source), words(a.content)) for a in found]


def same(before: Structure, after: Structure) -> bool:
    """As many attributions, each with one of the same kind and depth, content (Dice ≥ 0.8) and source."""
    left = list(after)
    for kind, nested, source, content in before:
        match = next(
            (
                row
                for row in left
                if row[:2] == (kind, nested)
                and 2 * len(row[3] & content) >= 0.8 * (len(row[3]) + len(content))
                and (row[2] & source or not (row[2] or source))
            ),
            None,
        )
        if match is None:
            return False
        left.remove(match)
    return not left


def steady(model: TaggerModel, report: Row, seeds: range) -> list[int]:
    """The seeds whose swap leaves the structure of the output as it was."""
    before = structure(found_in(report, model, AttributionOptions()), report["text"])
    kept = []
    for seed in seeds:
        swapped = swap(report["text"], table(seed))
        after = found_in({"id": str(seed), "text": swapped.text}, model)
        if same(before, structure(after, swapped.text, swapped)):
            kept.append(seed)
    return kept


if __name__ == "__main__":
    kept = steady(default_tagger(), gold_report(), range(20))
    print(f"structure kept in {len(kept)} of 20 swaps: {kept}")
