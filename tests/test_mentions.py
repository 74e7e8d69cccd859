"""Names and antecedents to train on."""

from __future__ import annotations

from evaluation.gum import Mention
from training.tagger.mentions import name_of, of_gum, of_silver

TEXT = "Minister Ida Halm spoke in Strelsau. She said the Ruritanian side would wait. The minister left."


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def mention(words: str, kind: str, chain: int, tags: str, head: int) -> Mention:
    start, end = at(words)
    spans, here = [], start
    for word in words.split():
        here = TEXT.index(word, here)
        spans.append((here, here + len(word)))
    return Mention(start, end, kind, chain, tuple(tags.split()), tuple(spans), (head,), "")


def test_silver_entities_become_names_and_chains_antecedents() -> None:
    silver = {
        "entities": [[*at("Ida Halm"), "PERSON"], [*at("Strelsau"), "LOCATION"], [*at("Ruritanian"), "MISC"]],
        "chains": [[list(at("Minister Ida Halm")), list(at("She")), list(at("The minister"))]],
    }
    found = of_silver({"id": "a", "text": TEXT, "attributions": []}, silver, frozenset({"Ruritanian"}))
    assert [(TEXT[a:b], kind) for a, b, kind in found["names"]] == [
        ("Ida Halm", "person"), ("Strelsau", "place"), ("Ruritanian", "people")
    ]  # fmt: skip
    halm = TEXT.index("Ida")
    assert found["antecedents"] == [[*at("She"), halm], [*at("The minister"), halm]]


def test_a_chain_without_a_name_has_no_antecedent() -> None:
    silver = {"entities": [], "chains": [[list(at("She")), list(at("The minister"))]]}
    assert of_silver({"id": "a", "text": TEXT, "attributions": []}, silver, frozenset())["antecedents"] == []


def test_gold_mentions_become_names_without_titles() -> None:
    halm = mention("Minister Ida Halm", "person", 1, "PROPN PROPN PROPN", 1)
    assert name_of(TEXT, halm) == at("Ida Halm")
    side = mention("the Ruritanian side", "organization", 2, "DET ADJ NOUN", 2)
    assert name_of(TEXT, side) is None
    found = of_gum(
        {"id": "g", "text": TEXT, "mentions": (halm, mention("She", "person", 1, "PRON", 0), side)}
    )
    assert found["names"] == [[*at("Ida Halm"), "person"]]
    assert found["antecedents"] == [[*at("She"), TEXT.index("Ida")], [*at("the Ruritanian side"), -1]]
    assert found["attributions"] is None
