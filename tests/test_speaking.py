"""What kind of voice a statement has, and who that is, from what its source means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sayings import saying

from verbale.models import default_tagger
from verbale.speakers.entities import Entity, entities
from verbale.speakers.resolve import Meant
from verbale.speakers.sources import Form, Reference, reference
from verbale.speakers.speaking import Told, who
from verbale.types import Reason, Span, Speaking

NAMES = {
    "Pal Orlay": "person", "Orlay": "person", "Tolu Keza": "person", "Keza": "person", "Mira Halm": "person",
    "Russia": "place", "Russian": "people", "Moscow": "place", "TASS": "organisation", "IAEA": "organisation",
    "Harbour League": "organisation", "Vardia": "place", "Vardian": "people", "Vardians": "people",
}  # fmt: skip
NOBODY = -1
LEAST = 0.4
_MODEL = default_tagger().manifest
MANIFEST = replace(_MODEL, sureness={}, decoding={**_MODEL.decoding, "speaker_least": LEAST})


def told(
    marked: str,
    meant: str | None = None,
    probability: float = 1.0,
    *,
    rivals: tuple[tuple[str, float], ...] = (),
    published: date | None = None,
    number: int = 0,
) -> tuple[str, Told]:
    """Who speaks the attribution with a number, if its source means somebody.

    Args:
        meant: a name of whom a pronoun or description means, "" for nobody; None for a source that is a name.
    """
    context = saying(marked, NAMES, published)
    text = context.document.text
    found = entities(text, context.names, context.registry)

    def entity(name: str) -> Entity:
        return next(e for e in found if any(n.span.of(text) == name for n in e.names))

    ref = reference(text, context.attributions[number].source, context.names)
    if meant is None:
        who_ = tuple(dict.fromkeys(entity(n.span.of(text)) for n in ref.names))
        means = Meant(ref, who_, ref.names[0].span if ref.names else ref.span, 1.0)
    else:
        who_ = (entity(meant),) if meant else ()
        mention = who_[0].fullest(text).span if who_ else ref.span
        others = tuple((entity(name), p) for name, p in rivals)
        means = Meant(ref, who_, mention, probability, others, {"link": 1.5, "times": -0.5})
    nobody = Meant(Reference(Form.NONE, None, ""), (), None, 1.0)
    every = {a.id: means if n == number else nobody for n, a in enumerate(context.attributions)}
    return text, who(context, every, MANIFEST, "")[context.attributions[number].id]


def said(source: str, rest: str = "") -> str:
    return f"<s1>{source}</s1> <q1>said</q1> <c1>that it was late</c1>. {rest}"


def test_a_person_named_in_full() -> None:
    text, one = told(said("Russian Deputy Foreign Minister Pal Orlay"))
    assert one.voice is Speaking.PERSON
    assert (one.speaker.name, one.office, one.state) == ("Pal Orlay", "Deputy Foreign Minister", "RUS")
    assert one.speaker.mention is not None
    assert one.speaker.mention.of(text) == "Pal Orlay"
    assert (one.speaker.actor or "").startswith("p-")
    assert one.key
    assert {"speaker", "speaker.actor", "office", "state"} <= {r.field for r in one.reasons}
    assert one.reasons[0].rule == "named"


def test_a_surname_gets_the_full_name_and_its_title() -> None:
    _, full = told("Foreign Minister Pal Orlay came. " + said("Orlay"))
    assert (full.speaker.name, full.office) == ("Pal Orlay", "Foreign Minister")
    assert full.speaker.mention == Span(33, 38)


def test_a_pronoun_says_by_what_it_was_chosen() -> None:
    _, one = told("Pal Orlay met Tolu Keza. " + said("He"), "Pal Orlay", 0.7)
    assert (one.voice, one.speaker.name, one.speaker.probability) == (Speaking.PERSON, "Pal Orlay", 0.7)
    reason = one.reasons[0]
    assert (reason.field, reason.rule, reason.score) == ("speaker", "antecedent", 0.7)
    assert "'He' means 'Pal Orlay': link 1.50, times -0.50" in reason.detail


def test_one_of_whom_it_is_not_sure_stays_unresolved_with_the_candidates() -> None:
    _, one = told(
        "Pal Orlay met Tolu Keza. " + said("He"), "Pal Orlay", LEAST - 0.01, rivals=(("Tolu Keza", 0.3),)
    )
    assert one.voice is Speaking.PERSON
    assert (one.speaker.actor, one.speaker.name, one.speaker.mention, one.key) == (None, "He", None, "")
    assert [(c.name, c.score) for c in one.speaker.candidates] == [("Pal Orlay", 0.39), ("Tolu Keza", 0.3)]
    assert all(c.actor.startswith("p-") for c in one.speaker.candidates)
    (reason,) = one.reasons
    assert (reason.rule, reason.detail) == ("not sure enough", "likeliest: Pal Orlay")


def test_not_sure_whether_it_is_anybody() -> None:
    _, one = told("Pal Orlay came. " + said("the farmer"), "", LEAST - 0.1, rivals=(("Pal Orlay", 0.2),))
    assert (one.speaker.actor, one.speaker.mention) == (None, None)
    assert [c.name for c in one.speaker.candidates] == ["Pal Orlay"]
    assert one.reasons[0].detail == "likeliest: nobody whom the text names or describes"


def test_several_are_a_group_with_each_as_a_candidate() -> None:
    _, one = told(said("Pal Orlay and Tolu Keza"))
    assert (one.voice, one.speaker.actor) == (Speaking.GROUP, None)
    assert one.speaker.name == "Pal Orlay and Tolu Keza"
    assert [c.name for c in one.speaker.candidates] == ["Pal Orlay", "Tolu Keza"]


@pytest.mark.parametrize("source", ["Russia", "Moscow", "the Russian side"])
def test_a_state_speaks(source: str) -> None:
    """Of "the Russian side" the source is a description and means the state."""
    _, one = told(said(source), None if "side" not in source else "Russian")
    assert (one.voice, one.speaker.actor, one.state, one.office, one.body) == (
        Speaking.STATE, "RUS", "RUS", "", "",
    )  # fmt: skip


def test_a_body_of_the_registry_and_one_that_it_lacks() -> None:
    _, known = told(said("the IAEA"))
    assert (known.voice, known.speaker.actor, known.body) == (Speaking.BODY, "iaea", "iaea")
    _, other = told(said("the Harbour League"))
    assert (other.voice, other.body, other.state) == (Speaking.BODY, "Harbour League", "")
    assert (other.speaker.actor or "").startswith("p-")


def test_the_people_of_a_state_are_a_group_and_not_the_state() -> None:
    _, one = told(said("Russian diplomats"), "")
    assert (one.voice, one.speaker.actor, one.state) == (Speaking.GROUP, None, "RUS")


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        ("the Russian foreign minister", Speaking.OFFICE),
        ("a senior Russian official", Speaking.NAMELESS),
        ("a spokesman for Russia", Speaking.NAMELESS),
    ],
)
def test_an_office_or_official_of_a_state_is_never_the_state(source: str, voice: Speaking) -> None:
    """Also if the state is the likeliest that is named."""
    text, one = told(said(source), "Russian" if "Russian" in source else "Russia", 0.9)
    assert (one.voice, one.speaker.actor, one.state) == (voice, None, "RUS")
    assert one.speaker.mention is not None
    assert one.speaker.mention.of(text) == source


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        ("a spokesman", Speaking.NAMELESS),
        ("officials familiar with the talks", Speaking.NAMELESS),
        ("the foreign minister", Speaking.OFFICE),
        ("voters", Speaking.GROUP),
        ("the ministry", Speaking.BODY),
        ("the government", Speaking.STATE),
        ("we", Speaking.NAMELESS),
        ("I", Speaking.NAMELESS),
        ("those surveyed", Speaking.GROUP),
        ("half of the miners", Speaking.GROUP),
        ("one in five", Speaking.GROUP),
        ("Tesk’s old friend", Speaking.NAMELESS),
    ],
)
def test_somebody_who_is_not_named(source: str, voice: Speaking) -> None:
    text, one = told(said(source), "", 0.9)
    assert (one.voice, one.speaker.name) == (voice, source)
    assert one.speaker.mention is not None
    assert one.speaker.mention.of(text) == source
    assert one.speaker.probability == 0.9
    assert one.key == "unnamed 0"


@pytest.mark.parametrize(
    ("source", "voice"),
    [("he", Speaking.PERSON), ("it", Speaking.BODY), ("they", Speaking.GROUP), ("who", Speaking.PERSON)],
)
def test_a_pronoun_that_means_nobody_known_stays_unresolved(source: str, voice: Speaking) -> None:
    _, one = told(said(source), "", 0.9)
    assert (one.voice, one.speaker.name, one.speaker.mention) == (voice, source, None)
    assert one.reasons[0].rule == "not sure enough"


def test_a_pronoun_that_stands_for_nothing_is_no_actor() -> None:
    """It would be the same actor in every document."""
    for pronoun in ("it", "they", "we", "he"):
        _, one = told(said(pronoun), "", 0.9)
        assert (one.speaker.actor, one.body, one.state) == (None, "", "")


def test_a_described_body_is_that_of_its_document_alone() -> None:
    first, second = (told(said("the ministry", rest), "", 0.9)[1] for rest in ("It rained.", "It snowed."))
    again = told(said("the ministry", "It rained."), "", 0.9)[1]
    assert first.speaker.actor == again.speaker.actor != second.speaker.actor
    named = [told(said("the Harbour League", rest))[1].speaker.actor for rest in ("It rained.", "It snowed.")]
    assert named[0] == named[1]


def test_no_source_is_nameless() -> None:
    _, one = told("<q1>It was reported</q1> <c1>that it was late</c1>.")
    assert (one.voice, one.speaker.name, one.speaker.mention, one.key) == (Speaking.NAMELESS, "", None, "")
    assert one.reasons == (Reason("speaker", "no source", one.reasons[0].version, None, ""),)


def test_keys_are_the_same_for_one_speaker_alone() -> None:
    marked = (
        said("Pal Orlay")
        + "<s2>Orlay</s2> <q2>said</q2> <c2>no</c2>. <s3>Keza</s3> <q3>said</q3> <c3>no</c3>."
    )
    keys = [told(marked, number=n)[1].key for n in range(3)]
    assert keys[0] == keys[1] != keys[2]


def given(name: str) -> Told:
    """A document that is one utterance, and the speaker that the user named."""
    context = saying("<q1>We</q1> <c1>will wait.</c1>", NAMES, date(2031, 3, 12))
    whole = replace(context.attributions[0], cue=(), reasons=(Reason("attribution", "document", "1"),))
    context = replace(context, attributions=(whole,))
    meant = {whole.id: Meant(Reference(Form.NONE, None, ""), (), None, 1.0)}
    assert who(context, meant, MANIFEST, "")[whole.id].voice is Speaking.NAMELESS
    return who(context, meant, MANIFEST, name)[whole.id]


def test_the_user_names_the_speaker() -> None:
    one = given("Pal Orlay")
    assert (one.voice, one.speaker.name, one.speaker.mention) == (Speaking.PERSON, "Pal Orlay", None)
    assert one.key == "given Pal Orlay"
    assert one.reasons[0].rule == "given"
    assert one.speaker.actor == told(said("Pal Orlay"))[1].speaker.actor


def test_with_a_title_the_same_person_is_meant() -> None:
    one, other = given("Foreign Minister Pal Orlay of Russia"), given("Russian Foreign Minister Pal Orlay")
    assert one.speaker.actor == other.speaker.actor
    assert (one.office, one.state) == ("Foreign Minister", "RUS")


def test_a_state_or_body_can_be_named_too() -> None:
    state, body = given("Russia"), given("the IAEA")
    assert (state.voice, state.speaker.actor, state.state) == (Speaking.STATE, "RUS", "RUS")
    assert (body.voice, body.speaker.actor, body.body) == (Speaking.BODY, "iaea", "iaea")
    league = given("the Harbour League ministry")
    assert league.voice is Speaking.BODY
    assert (league.speaker.actor or "").startswith("p-")
