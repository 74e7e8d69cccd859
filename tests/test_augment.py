"""Training articles made other: whatever is exchanged, labels stay on the words that they were on."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.markup import parse
from training.tagger.augment import (
    Edit,
    Edited,
    common_words,
    composed,
    donors,
    invented,
    real_names,
    swapped,
    with_nested,
)

ROLES = ("source", "cue", "content")


def article(marked: str, *names: tuple[str, str]) -> dict[str, Any]:
    """An article of one sentence a line, each name with its kind wherever it stands."""
    document = {"id": "a", **parse(marked)}
    text, sentences, at = document["text"], [], 0
    for line in text.split("\n"):
        sentences.append([at, at + len(line)])
        at += len(line) + 1
    found = [[i, i + len(n), k] for n, k in names for i in range(len(text)) if text.startswith(n, i)]
    plain = [{role: row[role] for role in ROLES} for row in document["attributions"]]
    made = with_nested({"id": "a", "text": text, "attributions": plain}, {"sentences": sentences}, [], {})
    return {**made, "names": sorted(found), "antecedents": []}


def words(document: dict[str, Any], row: dict[str, Any]) -> dict[str, list[str]]:
    return {role: [document["text"][a:b] for a, b in row[role]] for role in ROLES}


HALM = "<s1>Deputy Minister Halm</s1> <q1>said</q1> <c1>that the Strelsavian side would wait for Orlay</c1>."
ORLAY = (
    "<c2>“We have waited for the minister long enough,”</c2> <s2>Orlay</s2> <q2>told</q2> the S.R.A. in Pelm."
)
KEZA = "<s3>Keza</s3> <q3>denied</q3> <c3>any plan to leave the treaty in the coming spring</c3>."
NAMES = (("Halm", "person"), ("Orlay", "person"), ("Strelsavian", "people"), ("S.R.A.", "organisation"))


@settings(max_examples=60, deadline=None)
@given(st.text("abc \n", max_size=30), st.data())
def test_what_is_not_exchanged_keeps_its_words(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    edited = Edited(text, [Edit(a, b, data.draw(st.text("xyz", max_size=4))) for a, b in spans])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start < end and all(b <= start or end <= a for a, b in spans):
        a, b = edited.span([start, end])
        assert edited.text[a:b] == text[start:end]


def test_a_span_around_an_exchanged_part_grows_with_it() -> None:
    edited = Edited("of Orlay and Halm", [Edit(3, 8, "Vandermeer")])
    assert edited.text == "of Vandermeer and Halm"
    for span, now in (([0, 12], "of Vandermeer and"), ([3, 8], "Vandermeer"), ([4, 6], "Vandermeer")):
        a, b = edited.span(span)
        assert edited.text[a:b] == now


def test_names_are_exchanged_throughout() -> None:
    old = article(f"{HALM}\n{ORLAY}", *NAMES)
    new = swapped(old, frozenset(), {}, random.Random(2))
    assert not any(name in new["text"] for name in ("Halm", "Orlay", "Strelsavian", "S.R.A."))
    first, second = (words(new, row) for row in new["attributions"])
    assert first["cue"] == ["said"]
    assert first["content"][0].startswith("that the ")
    assert first["content"][0].endswith(second["source"][0])  # Orlay has one new name
    assert second["content"] == ["“We have waited for the minister long enough,”"]


def test_common_words_stay_in_names() -> None:
    old = article(HALM, ("Deputy Minister Halm", "organisation"))
    assert common_words([{"text": "a minister, the minister, one minister"}]) == {"minister"}
    new = swapped(old, frozenset({"minister"}), {}, random.Random(0))
    assert "Minister" in new["text"]
    assert "Deputy" not in new["text"]


def test_an_invented_name_has_the_shape_of_the_old_one() -> None:
    rng = random.Random(2)
    assert invented("U.S.", rng)[1::2] == ".."
    assert len(invented("NATO", rng)) == 4
    assert invented("Strelsavian", rng).endswith("ian")
    assert invented("RUSSIANS", rng).isupper()
    assert invented("Halm", rng).istitle()


def test_a_content_is_exchanged_for_a_sentence_that_attributes() -> None:
    old = article(f"{HALM}\n{KEZA}")
    pool = donors([article(KEZA)])
    assert len(pool) == 1
    new = composed(old, pool, 1.0, random.Random(1))
    assert new["text"].split("\n")[0] == (
        "Deputy Minister Halm said that keza denied any plan to leave the treaty in the coming spring."
    )
    outer = new["attributions"][0]
    (inner,) = (row for row in new["attributions"] if row["parent"] == outer["id"])
    assert words(new, inner) == {
        "source": ["keza"],
        "cue": ["denied"],
        "content": ["any plan to leave the treaty in the coming spring"],
    }
    assert words(new, outer)["content"] == [new["text"].split("\n")[0].split(" said ")[1][:-1]]


def test_quotation_marks_are_turned_inside_others() -> None:
    pool = donors([article("<s1>Halm</s1> <q1>called</q1> it <c1>“a bad day for all of us here”</c1>.")])
    new = composed(article(ORLAY), pool, 1.0, random.Random(1))
    assert new["text"].startswith("“Halm called it ‘a bad day for all of us here’,” Orlay told")


def test_a_sentence_with_half_an_attribution_gives_none() -> None:
    assert (
        donors([article("<c1>It would be cold in the hall.\nAnd in spring</c1>, <s1>he</s1> <q1>said</q1>.")])
        == []
    )


def test_what_was_doubted_or_hedged_is_no_label() -> None:
    text = "Halm said I think that it rains, and Orlay may believe that it pours."
    rows = [{"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 68]]}]
    found = [
        {
            "parent": 0,
            "probability": p,
            "source": [[a, a + n]],
            "cue": [[a + n + 1, a + n + 4]],
            "content": [[a + n + 5, a + n + 9]],
        }
        for a, n, p in ((10, 1, 0.9), (37, 5, 0.2))
    ]
    made = with_nested({"id": "a", "text": text, "attributions": rows}, {"sentences": []}, found, {})
    assert [row["parent"] for row in made["attributions"]] == [None]
    assert made["unknown"] == [[10, 20], [37, 51]]


def test_what_people_labelled_stands_in_place_of_what_was_read() -> None:
    text = "Halm said Orlay believes that it rains."
    rows = [{"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 38]]}]
    read = [{"parent": 0, "probability": 0.9, "source": [], "cue": [[5, 9]], "content": [[10, 38]]}]
    ours = {"source": [[10, 15]], "cue": [[16, 24]], "content": [[25, 38]]}
    document = {"id": "a", "text": text, "attributions": rows}
    made = with_nested(document, {"sentences": []}, read, {0: [ours]})
    assert [row["parent"] for row in made["attributions"]] == [None, "0"]
    assert {role: made["attributions"][1][role] for role in ROLES} == ours
    assert made["unknown"] == []
    none = with_nested(document, {"sentences": []}, read, {0: []})
    assert [row["parent"] for row in none["attributions"]] == [None]


def test_names_become_others_of_their_kind() -> None:
    pool = real_names([article("Vardia and Koutou met.", ("Vardia", "place"), ("Koutou", "place"))])
    assert pool == {("place", 1): [["Koutou"], ["Vardia"]]}
    old = article("In Lesk it rained.", ("Lesk", "place"))
    seen = {swapped(old, frozenset(), pool, random.Random(n))["text"].split()[1] for n in range(40)}
    assert {"Lesk", "Koutou", "Vardia"} <= seen
    assert len(seen) > 3  # and invented ones


def test_what_nobody_labelled_is_unread() -> None:
    old = article(f"{HALM}\n{ORLAY}")
    silver: dict[str, Any] = {"sentences": []}
    assert len(with_nested(old, silver, [], {})["unread"]) == len(old["attributions"])
    assert len(with_nested(old, silver, [], {0: []})["unread"]) == len(old["attributions"]) - 1
