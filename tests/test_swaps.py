from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.swaps import Swapped, same, structure, swap, table
from verbale.types import Attribution, Kind, Span

TEXT = "Russian envoy Sergei Ryabkov said in Cairo that Russia wants New START kept."
NAMES = {
    "Sergei Ryabkov": "Jun Takemori",
    "Russian": "Tamseran",
    "Russia": "Tamsera",
    "New START": "Even Keel",
    "Cairo": "",
}


def test_longer_names_go_first() -> None:
    assert swap(TEXT, NAMES).text == "Tamseran envoy Jun Takemori said in  that Tamsera wants Even Keel kept."


def test_a_place_leads_back() -> None:
    swapped = swap(TEXT, NAMES)
    for word in ("envoy", "said", "that", "wants", "kept"):
        assert swapped.old(swapped.text.index(word)) == TEXT.index(word)
        assert swapped.old(swapped.text.index(word) + 2) == TEXT.index(word) + 2
    assert swapped.old(swapped.text.index("Takemori")) == TEXT.index("Sergei")  # within a part: its start
    assert swapped.old(swapped.text.index("Keel")) == TEXT.index("New START")
    assert swapped.old(len(swapped.text)) == len(TEXT)
    assert swapped.old(0) == 0


PARTS = st.tuples(st.text(alphabet="xy ", max_size=6), st.sampled_from(["", "A", "BB", "AB"]))
NEW = st.text(alphabet="pq", max_size=5)


@given(st.lists(PARTS, max_size=8), st.fixed_dictionaries({"A": NEW, "BB": NEW}))
def test_the_map_is_exact(parts: list[tuple[str, str]], names: dict[str, str]) -> None:
    text = "".join(words + name for words, name in parts)
    swapped = swap(text, names)
    # what was not exchanged, in the old and the new text
    old_kept = [m for m in range(len(text)) if not any(a <= m < b for a, b, _, _ in swapped.parts)]
    new_kept = [m for m in range(len(swapped.text)) if not any(a <= m < b for _, _, a, b in swapped.parts)]
    assert [swapped.old(m) for m in new_kept] == old_kept
    assert [text[m] for m in old_kept] == [swapped.text[m] for m in new_kept]
    for old_start, old_end, new_start, new_end in swapped.parts:
        assert swapped.text[new_start:new_end] == names[text[old_start:old_end]]
        assert all(swapped.old(m) == old_start for m in range(new_start, new_end))
    places = [swapped.old(m) for m in range(len(swapped.text))]
    assert places == sorted(places)


def test_exchanging_back_gives_the_text() -> None:
    names = {"Russia": "Tamsera", "Cairo": "Koutou"}
    there = swap("Russia left Cairo. Russia!", names)
    assert swap(there.text, {new: old for old, new in names.items()}).text == "Russia left Cairo. Russia!"


@pytest.mark.parametrize("seed", range(20))
def test_a_table_is_the_same_for_its_seed_and_leaves_nothing_of_the_old(seed: int) -> None:
    names = table(seed)
    assert names == table(seed)
    assert len({names[name] for name in ("Russia", "United States", "Ryabkov", "Antonov")}) == 4
    text = ", ".join(names)
    swapped = swap(text, names)
    assert not any(re.search(rf"\b{re.escape(old)}\b", swapped.text) for old in names)
    assert len(swapped.parts) == len(names)


def found(text: str, source: str, content: str, kind: Kind = Kind.INDIRECT) -> Attribution:
    def span(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    return Attribution(source + content, span(source), (), span(content), kind, 0.5)


def test_the_structure_outlives_a_swap() -> None:
    swapped = swap(TEXT, NAMES)
    before = structure((found(TEXT, "Sergei Ryabkov", "that Russia wants New START kept"),), TEXT)
    after = structure(
        (found(swapped.text, "Jun Takemori", "that Tamsera wants Even Keel kept"),), swapped.text, swapped
    )
    assert same(before, after)
    assert same(before, before)


@pytest.mark.parametrize(
    "other",
    [
        (),
        (found(TEXT, "Russian envoy", "that Russia wants New START kept"),),  # another source
        (found(TEXT, "", "that Russia wants New START kept"),),  # none
        (found(TEXT, "Sergei Ryabkov", "wants New START"),),  # another content
        (found(TEXT, "Sergei Ryabkov", "that Russia wants New START kept", Kind.DIRECT),),  # another kind
        (found(TEXT, "Sergei Ryabkov", "that Russia wants New START kept"),) * 2,  # twice
    ],
)
def test_another_structure_is_seen(other: tuple[Attribution, ...]) -> None:
    one = structure((found(TEXT, "Sergei Ryabkov", "that Russia wants New START kept"),), TEXT)
    assert not same(one, structure(other, TEXT))
    assert not same(structure(other, TEXT), one)


def test_nothing_is_the_same_as_nothing() -> None:
    assert same([], [])
    assert Swapped("abc", ()).old(2) == 2
