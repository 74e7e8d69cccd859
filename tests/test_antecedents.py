from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sayings import saying

from verbale.models import default_tagger
from verbale.models.tagger import Mentions
from verbale.speakers.antecedents import (
    MOST,
    REACH,
    Features,
    History,
    Place,
    Told,
    agrees,
    chosen_from,
    features,
    links,
    nobody,
    shares,
)
from verbale.speakers.candidates import SALIENT, Candidates, ready
from verbale.speakers.described import Described, head_of
from verbale.speakers.entities import entities
from verbale.speakers.sources import Form, Reference
from verbale.types import Span

NAMES = {
    "Pal Orlay": "person", "Orlay": "person", "Tolu Keza": "person", "Mira Halm": "person",
    "Harbour League": "organisation", "Vardia": "place", "Courier": "other",
}  # fmt: skip
TEXT = """\
Mr. Pal Orlay, the foreign minister, came to Vardia. She is Mira Halm. “I met Tolu Keza,” he said. Orlay left.
He said so. The Harbour League wrote in the Courier."""
HE = Reference(Form.PRONOUN, Span(111, 113), "He", "he")
THEY = Reference(Form.PRONOUN, Span(111, 113), "They", "they")
MINISTER = Reference(Form.DESCRIPTION, Span(111, 113), "the foreign minister")


def among(text: str = TEXT) -> Candidates:
    context = saying(text, NAMES)
    found = entities(text, context.names, context.registry)
    return ready(text, found, context.sentences, default_tagger().cut(text).quotations)


def number(of: Candidates, name: str, text: str = TEXT) -> int:
    return next(n for n, e in enumerate(of.entities) if e.fullest(text).span.of(text) == name)


def place(own: tuple[Span, ...] = (), outer: int = -1, *, quoted: bool = False) -> Place:
    return Place(TEXT.index("He said"), 4, 1, own, outer, quoted)


def history(*told: Told) -> History:
    found = History()
    for each in told:
        found.add(each)
    return found


def told(
    name: str, ref: Reference = HE, before: tuple[Told, ...] = (), where: Place | None = None
) -> Features:
    of = among()
    return features(ref, where or place(), number(of, name), of, history(*before), 0.5)


def test_entities_are_made_ready_once() -> None:
    of = among()
    orlay = number(of, "Pal Orlay")
    assert of.starts[orlay] == (4, TEXT.index("Orlay left"))
    assert of.ends[orlay] == (13, TEXT.index("Orlay left") + 5)
    assert of.sentences[orlay] == (0, 3)
    assert {"foreign", "minister"} <= of.titles[orlay]
    assert of.genders[orlay] == "m"
    assert of.quoted[number(of, "Tolu Keza")] == (True,)
    assert of.titles[number(of, "Harbour League")] >= {"harbour", "league"}


def test_no_entities() -> None:
    assert ready("", (), (), ()) == Candidates((), (), (), (), (), (), (), (), (), (), (), ())
    assert chosen_from(THEY, place(), ready("", (), (), ())) == []


def test_the_link_and_how_far_away_it_is() -> None:
    found = told("Pal Orlay")
    assert found["link"] == found["link he"] == 0.5
    assert found["away"] == pytest.approx(math.log1p(1))
    assert found["times"] == pytest.approx(math.log1p(2))
    assert found["person for he"] == 1
    assert "never before" not in found
    assert told("Harbour League")["never before"] == 1


def test_a_name_in_quotation_marks_is_marked() -> None:
    assert told("Tolu Keza")["only quoted"] == 1
    assert "only quoted" not in told("Pal Orlay")


def test_a_name_in_the_own_content_alone_is_marked() -> None:
    start = TEXT.index("Mira Halm")
    own = (Span(start, start + 9),)
    assert told("Mira Halm", where=place(own))["only in own content"] == 1
    assert "only in own content" not in told("Pal Orlay", where=place(own))


def test_gender_speaks_for_and_against() -> None:
    she = Reference(Form.PRONOUN, HE.span, "She", "she")
    of = among()
    assert told("Pal Orlay")["gender fits"] == 1
    assert number(of, "Pal Orlay") in chosen_from(HE, place(), of)
    assert number(of, "Pal Orlay") not in chosen_from(she, place(), of)


def test_only_a_person_is_he_and_no_person_is_it() -> None:
    of, it = among(), Reference(Form.PRONOUN, HE.span, "It", "it")
    assert {of.entities[n].kind for n in chosen_from(HE, place(), of)} == {"person"}
    assert "person" not in {of.entities[n].kind for n in chosen_from(it, place(), of)}


def test_what_leads_its_sentence_is_marked() -> None:
    assert any(name.startswith("leads its sentence") for name in told("Pal Orlay"))
    assert not any(name.startswith("leads its sentence") for name in told("Vardia"))


def test_who_spoke_last_and_who_spoke_since() -> None:
    orlay, halm = (number(among(), name) for name in ("Pal Orlay", "Mira Halm"))
    before = (Told(halm, 1, 0, True), Told(orlay, 3, 0, True))
    last = told("Pal Orlay", before=before)
    assert last["spoke"] == last["spoke last 1"] == last["spoke last he 1"] == 1
    assert "spoke since" not in last
    since = told("Mira Halm", before=before)
    assert since["spoke since"] == pytest.approx(1 / 4)
    assert "spoke last 1" not in since
    assert "spoke" not in told("Vardia", before=before)
    i = Reference(Form.PRONOUN, HE.span, "I", "i")
    assert told("Pal Orlay", i, before)["spoke last, first person 1"] == 1


def test_the_outer_speaker_of_a_nested_source() -> None:
    orlay = number(among(), "Pal Orlay")
    assert told("Pal Orlay", where=place(outer=orlay))["speaks the outer he told"] == 1
    assert told("Pal Orlay", where=place(outer=orlay, quoted=True))["speaks the outer he quoted"] == 1
    assert not any(name.startswith("speaks") for name in told("Vardia", where=place(outer=orlay)))


def test_a_description_shares_words_with_a_title() -> None:
    found = told("Pal Orlay", MINISTER)
    assert found["shares a title"] == found["shares the head"] == found["title shares"] == 1
    assert found["person for the"] == found["person for a office"] == 1
    assert "shares a title" not in told("Mira Halm", MINISTER)


def test_who_stands_behind_its_name() -> None:
    of = among("Pal Orlay, who left")
    who = Reference(Form.PRONOUN, Span(11, 14), "who", "who")
    found = features(who, Place(11, 0, 0, (), -1, False), 0, of, History(), 0.0)
    assert found["stands before who"] == 1
    far = features(who, Place(20, 0, 0, (), -1, False), 0, of, History(), 0.0)
    assert (far["stands near who"], "stands before who" in far) == (1, False)


def test_a_name_in_the_description_itself() -> None:
    of = among()
    vardia = number(of, "Vardia")
    within = of.entities[vardia].names
    ref = Reference(Form.DESCRIPTION, HE.span, "the Vardia envoy", within=within)
    assert (
        told("Vardia", ref)["stands in the source"]
        == nobody(ref, place(), History(), 0.0)["nobody holds a name"]
        == 1
    )
    assert "stands in the source" not in told("Pal Orlay", ref)
    assert "nobody holds a name" not in nobody(MINISTER, place(), History(), 0.0)


def test_history_keeps_the_last_and_each_ones_own() -> None:
    one, two, three = Told(0, 0, 0, True), Told(-1, 1, 0, False), Told(0, 2, 1, True)
    found = history(one, two, three)
    assert (found.last, found.of(0), found.of(-1), found.of(7)) == (three, [one, three], [two], ())
    assert History().last is None


def test_what_speaks_for_nobody() -> None:
    found = nobody(MINISTER, place(), History(), 2.0)
    assert found["nobody first the"] == found["nobody named yet"] == found["nobody for a office"] == 1
    assert found["nobody link"] == -2.0
    many = Reference(Form.DESCRIPTION, HE.span, "officials from Vardia")
    assert {"nobody plural", "nobody capitals"} <= nobody(many, place(), History(), 0.0).keys()
    after = nobody(HE, place(), history(Told(-1, 3, 1, False)), 0.0)
    assert after["nobody spoke last"] == after["nobody spoke last here"] == 1
    assert "nobody spoke last here" not in nobody(HE, place(), history(Told(-1, 3, 0, False)), 0.0)


def test_a_pronouns_group_speaks_for_nobody() -> None:
    assert nobody(HE, place(), History(), 0.0)["nobody he"] == 1


@pytest.mark.parametrize(
    ("pronoun", "words", "fits"),
    [
        ("he", "a spokesman", True),
        ("she", "the minister", True),
        ("he", "officials", False),
        ("he", "the ministry", False),
        ("he", "a report", False),
        ("it", "the ministry", True),
        ("it", "a statement", True),
        ("it", "a spokesman", False),
        ("they", "two officials", True),
        ("they", "the ministry", True),
        ("they", "a spokesman", False),
        ("who", "a spokesman", True),
        ("i", "a spokesman", False),
    ],
)
def test_which_pronoun_can_stand_for_somebody_described(pronoun: str, words: str, fits: bool) -> None:
    assert agrees(pronoun, Described(Span(0, len(words)), *head_of(words), speaks=False)) is fits


def test_candidates_are_the_near_and_the_commonest_persons() -> None:
    of = among()
    assert [of.entities[n].fullest(TEXT).span.of(TEXT) for n in chosen_from(THEY, place(), of)] == [
        "Pal Orlay", "Vardia", "Mira Halm", "Tolu Keza", "Harbour League",
    ]  # fmt: skip


def test_far_names_are_no_candidates_unless_they_are_common() -> None:
    lines = ["Pal Orlay came.", *["Rain."] * (REACH + 5), "He said so."]
    text = "\n".join(lines)
    far = Place(text.index("He"), len(lines) - 1, len(lines) - 1, (), -1, False)
    assert chosen_from(THEY, far, among(text)) == [0]
    text = text.replace("Pal Orlay came.", "Vardia slept.")
    assert chosen_from(THEY, far, among(text)) == []


def test_there_are_never_too_many() -> None:
    names = {f"Ab{chr(97 + n // 26)}{chr(97 + n % 26)}": "place" for n in range(2 * MOST)}
    text = " and ".join(names) + ". He said so."
    context = saying(text, names)
    of = ready(text, entities(text, context.names, context.registry), context.sentences, ())
    assert MOST <= len(chosen_from(THEY, Place(len(text) - 11, 1, 0, (), -1, False), of)) <= MOST + SALIENT


def test_links_are_the_best_names_less_nobody() -> None:
    text = "Pal Orlay met Mira Halm. Orlay said he left."
    of, pieces = among(text), default_tagger().cut(text)
    queries = np.zeros((len(pieces), 4), dtype=np.float32)
    keys, none = queries.copy(), np.ones(len(pieces), dtype=np.float32)
    start = text.index("he left")
    queries[np.flatnonzero(pieces.starts == start)] = (2, 0, 0, 0)
    keys[np.flatnonzero(pieces.starts == text.index("Orlay said"))] = (3, 0, 0, 0)
    mentions = Mentions(queries, queries, keys, none)
    found = links(pieces, mentions, Span(start, start + 2), of, [0, 1])
    assert found == pytest.approx([(6 - 1) / 2, (0 - 1) / 2])
    assert links(pieces, mentions, Span(start - 1, start), of, [0, 1]) == [0.0, 0.0]  # between two pieces


def test_shares_are_a_softmax() -> None:
    rows: list[Features] = [{"a": 1.0}, {"a": 2.0, "unknown": 9.0}, {}]
    found = shares(rows, {"a": math.log(2)})
    assert found == pytest.approx([2 / 7, 4 / 7, 1 / 7])


@given(
    st.lists(st.dictionaries(st.sampled_from("abc"), st.floats(-50, 50)), min_size=1, max_size=5),
    st.dictionaries(st.sampled_from("abc"), st.floats(-50, 50)),
)
def test_shares_sum_to_one(rows: list[Features], weights: dict[str, float]) -> None:
    found = shares(rows, weights)
    assert sum(found) == pytest.approx(1)
    assert all(0 <= p <= 1 for p in found)


def test_an_office_means_one_who_holds_it() -> None:
    text = "President Pal Orlay met Foreign Minister Mira Halm. The head of state said so."
    of = among(text)
    head = Reference(Form.DESCRIPTION, Span(52, 69), "The head of state")
    where = Place(52, 1, 0, (), -1, False)
    assert [of.entities[n].fullest(text).span.of(text) for n in chosen_from(head, where, of)] == ["Pal Orlay"]
    farmer = Reference(Form.DESCRIPTION, Span(52, 62), "The farmer")
    assert len(chosen_from(farmer, where, of)) == 2


def test_who_spoke_in_a_later_sentence_is_no_trouble() -> None:
    orlay, halm = (number(among(), name) for name in ("Pal Orlay", "Mira Halm"))
    ahead = (Told(halm, 5, 1, True), Told(orlay, 3, 0, True))
    assert told("Mira Halm", before=ahead)["spoke since"] == 1
