"""Whom sources mean, with weights and links written by hand; test_statements has the fitted ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sayings import saying

from verbale.models import default_tagger
from verbale.models.tagger import Mentions
from verbale.speakers.antecedents import DESCRIBED_REACH
from verbale.speakers.resolve import Meant, resolve
from verbale.speakers.sources import Form

NAMES = {
    "Pal Orlay": "person", "Orlay": "person", "Tolu Keza": "person", "Keza": "person", "Vardia": "place",
}  # fmt: skip
# He who spoke last, else the nearest person, else nobody.
NEAR = {"spoke last 0": 3.0, "spoke last 1": 2.0, "person for he": 2.0, "away": -1.0, "nobody he": -1.0}
NOBODY = {"nobody he": 20.0, "nobody the": 20.0, "nobody it": 20.0, "nobody noun": 20.0, "nobody they": 20.0}


def resolved(marked: str, weights: Mapping[str, float] = NEAR) -> tuple[str, dict[str, Meant]]:
    context = saying(marked, NAMES)
    pieces = default_tagger().cut(context.document.text)
    blank = np.zeros((len(pieces), 4), dtype=np.float32)
    found = resolve(context, pieces, Mentions(blank, blank, blank, blank[:, 0]), weights)
    return context.document.text, found


def names(marked: str, weights: Mapping[str, float] = NEAR) -> dict[str, list[str]]:
    text, found = resolved(marked, weights)
    return {key: [e.fullest(text).span.of(text) for e in m.entities] for key, m in found.items()}


def test_a_name_means_itself() -> None:
    text, found = resolved("<s1>Orlay</s1> <q1>said</q1> <c1>it was late</c1>, and Pal Orlay left.")
    meant = found["0"]
    assert [name.span.of(text) for entity in meant.entities for name in entity.names] == [
        "Orlay",
        "Pal Orlay",
    ]
    assert meant.mention is not None
    assert meant.mention.of(text) == "Orlay"
    assert (meant.probability, meant.rivals, meant.features) == (1.0, (), None)


def test_several_names_mean_several() -> None:
    found = names("<s1>Pal Orlay and Tolu Keza</s1> <q1>said</q1> <c1>it was late</c1>.")
    assert found == {"0": ["Pal Orlay", "Tolu Keza"]}


def test_no_source_means_nobody() -> None:
    _, found = resolved("<q1>It was reported</q1> <c1>that it was late</c1>. Orlay left.")
    assert found["0"] == Meant(found["0"].ref, (), None, 1.0)
    assert found["0"].ref.form is Form.NONE


def test_a_pronoun_means_whom_the_weights_choose() -> None:
    """<s1>Orlay</s1> speaks, then he; Keza is named, then he; the fuller name is the mention."""
    marked = (
        "Pal Orlay came. <s1>Orlay</s1> <q1>said</q1> <c1>it was late</c1>. <s2>He</s2> <q2>said</q2> "
        "<c2>it was dark</c2>."
    )
    text, found = resolved(marked)
    assert names(marked) == {"0": ["Pal Orlay"], "1": ["Pal Orlay"]}
    assert found["1"].mention is not None
    assert found["1"].mention.of(text) == "Pal Orlay"
    assert found["1"].features is not None
    assert found["1"].features["spoke last 0"] == NEAR["spoke last 0"]


def test_rivals_are_told_by_falling_probability() -> None:
    marked = "Pal Orlay met Tolu Keza in Vardia. <s1>He</s1> <q1>said</q1> <c1>it was late</c1>."
    text, found = resolved(marked, {"person for he": 1.0})
    meant = found["0"]
    told = [(e.fullest(text).span.of(text), p) for e, p in meant.rivals]
    assert [name for name, _ in told] == ["Tolu Keza"]  # a place is no "he"
    assert [p for _, p in told] == sorted((p for _, p in told), reverse=True)
    assert meant.probability + sum(p for _, p in told) < 1
    assert meant.probability >= told[0][1]


@pytest.mark.parametrize(
    ("first", "pronoun", "mention"),
    [
        ("A spokesman", "He", "A spokesman"),
        ("The ministry", "It", "The ministry"),
        ("Officials", "They", "Officials"),
        ("A spokesman", "They", "They"),
        ("The ministry", "He", "He"),
    ],
)
def test_a_pronoun_stands_for_somebody_described(first: str, pronoun: str, mention: str) -> None:
    marked = (
        f"<s1>{first}</s1> <q1>said</q1> <c1>it was late</c1>. "
        f"<s2>{pronoun}</s2> <q2>said</q2> <c2>it was dark</c2>."
    )
    text, found = resolved(marked, {"described": 10.0})
    assert found["1"].entities == ()
    assert found["1"].mention is not None
    assert found["1"].mention.of(text) == mention


@pytest.mark.parametrize(("lines", "mention"), [(5, "A spokesman"), (DESCRIBED_REACH + 1, "He")])
def test_not_over_many_sentences(lines: int, mention: str) -> None:
    marked = (
        "<s1>A spokesman</s1> <q1>said</q1> <c1>it was late</c1>.\n" + "Rain.\n" * lines + "<s2>He</s2> "
        "<q2>said</q2> <c2>it was dark</c2>."
    )
    text, found = resolved(marked, {"described": 10.0})
    assert found["1"].mention is not None
    assert found["1"].mention.of(text) == mention


def test_a_nested_source_knows_who_speaks_around_it() -> None:
    marked = (
        "<s1>Pal Orlay</s1> <q1>said</q1> <c1>that <s1a>he</s1a> <q1a>believes</q1a> "
        "<c1a>Keza is late</c1a></c1>. "
        "<s2>He</s2> <q2>said</q2> <c2>it was dark</c2>."
    )
    _, found = resolved(marked, {"speaks the outer he told": 9.0, "spoke last 0": 5.0})
    inner = next(m for m in found.values() if m.ref.words == "he")
    assert inner.features is not None
    assert inner.features["speaks the outer he told"] > 0
    assert (
        list(names(marked, {"speaks the outer he told": 9.0, "spoke last 0": 5.0}).values())
        == [["Pal Orlay"]] * 3
    )


def test_a_nested_one_whose_parent_is_not_there_is_resolved_too() -> None:
    context = saying("<s1>Orlay</s1> <q1>said</q1> <c1>it was late</c1>.", NAMES)
    context = replace(context, attributions=(replace(context.attributions[0], parent="gone"),))
    pieces = default_tagger().cut(context.document.text)
    blank = np.zeros((len(pieces), 4), dtype=np.float32)
    assert len(resolve(context, pieces, Mentions(blank, blank, blank, blank[:, 0]), {})["0"].entities) == 1


WORDS = [
    "Pal Orlay",
    "Keza",
    "he",
    "It",
    "A spokesman",
    "the minister",
    "Vardia",
    "who",
    "—",
    "They and Keza",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "\n"])), min_size=1, max_size=6),
    st.sampled_from([NEAR, NOBODY, {}]),
)
def test_every_attribution_means_something(rows: list[tuple[str, str]], weights: dict[str, float]) -> None:
    marked = "".join(
        f"<s{n}>{words}</s{n}> <q{n}>said</q{n}> <c{n}>that it rains</c{n}>.{gap}"
        for n, (words, gap) in enumerate(rows, 1)
    )
    text, found = resolved(marked, weights)
    assert len(found) == len(rows)
    for meant in found.values():
        assert 0 < meant.probability <= 1
        assert meant.mention is not None
        assert meant.mention.end <= len(text)
        assert all(meant.probability >= p for _, p in meant.rivals)
