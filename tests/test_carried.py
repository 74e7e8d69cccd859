from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from verbale.speakers.carried import Said, carry
from verbale.types import Circumstance, Circumstances, Days, Relay, Span

PELM = Circumstance("Pelm", Span(0, 4))
REPORTERS = Circumstance("reporters", Span(5, 14))
MONDAY = Days(date(2031, 3, 10), date(2031, 3, 10), "day", Span(20, 26))
TUESDAY = Days(date(2031, 3, 11), date(2031, 3, 11), "day", Span(30, 37))
AGENCY = Relay(None, "Kanal Pelm", "broadcaster", Span(40, 50))
FULL = Circumstances(REPORTERS, PELM, Circumstance("said", Span(15, 19), "briefing"), MONDAY)
NOTHING = Circumstances()


def said(
    how: Circumstances = NOTHING,
    paragraph: int = 0,
    speaker: str = "orlay",
    *,
    relays: tuple[Relay, ...] = (),
    nested: bool = False,
) -> Said:
    return Said(speaker, paragraph, nested, relays, how)


def test_all_is_carried_over_to_the_next_saying_and_marked_as_inferred() -> None:
    own, carried = carry([said(FULL, relays=(AGENCY,)), said(paragraph=1)])
    assert own == ((AGENCY,), FULL, ())
    chain, how, reasons = carried
    assert [(relay.name, relay.inferred) for relay in chain] == [("Kanal Pelm", True)]
    assert how.addressee and how.venue and how.medium and how.said
    assert all(each.inferred for each in (how.addressee, how.venue, how.medium, how.said))
    assert (how.venue.name, how.said.first) == ("Pelm", MONDAY.first)
    assert [reason.field for reason in reasons] == ["said", "relays", "addressee", "venue", "medium"]
    assert {reason.rule for reason in reasons} == {"carried over"}


def test_it_goes_on_from_saying_to_saying() -> None:
    _, _, (_, how, _) = carry([said(FULL), said(paragraph=1), said(paragraph=2)])
    assert how.venue and how.venue.inferred


def test_farther_than_the_next_paragraph_only_the_day_is() -> None:
    _, (chain, how, reasons) = carry([said(FULL, relays=(AGENCY,)), said(paragraph=2)])
    assert chain == ()
    assert (how.addressee, how.venue, how.medium) == (None, None, None)
    assert how.said and how.said.inferred
    assert [reason.field for reason in reasons] == ["said"]


def test_an_own_day_is_kept_and_another_day_is_a_new_occasion() -> None:
    _, (_, how, _) = carry([said(FULL), said(Circumstances(said=TUESDAY))])
    assert how.said == TUESDAY
    assert how.venue is None
    _, (_, how, _) = carry([said(FULL), said(Circumstances(said=FULL.said))])
    assert how.venue and how.venue.inferred


def test_a_new_occasion_takes_no_place_over() -> None:
    brenn = Circumstance("Brenn", Span(60, 65))
    for own, relays in ((Circumstances(venue=brenn), ()), (NOTHING, (AGENCY,))):
        _, (chain, how, _) = carry([said(FULL), said(own, relays=relays)])
        assert chain == relays
        assert (how.addressee, how.venue) == (None, own.venue)
        assert how.said and how.said.inferred


def test_nobody_gives_to_another_and_the_unknown_not_to_each_other() -> None:
    assert carry([said(FULL), said(speaker="keza")])[1] == ((), NOTHING, ())
    assert carry([said(FULL, speaker=""), said(speaker="")])[1] == ((), NOTHING, ())


def test_another_speaker_between_does_no_harm() -> None:
    found = carry([said(FULL), said(speaker="keza"), said(paragraph=1)])
    assert found[1][1] == NOTHING
    assert found[2][1].venue is not None


def test_a_nested_saying_takes_and_gives_nothing() -> None:
    assert carry([said(FULL), said(nested=True)])[1] == ((), NOTHING, ())
    assert carry([said(FULL, nested=True), said()])[1] == ((), NOTHING, ())


def test_no_sayings() -> None:
    assert carry([]) == []


_HOW = st.builds(
    Circumstances,
    st.sampled_from([None, REPORTERS]),
    st.sampled_from([None, PELM]),
    st.none(),
    st.sampled_from([None, MONDAY, TUESDAY]),
)
_SAID = st.builds(
    Said,
    st.sampled_from(["", "a", "b"]),
    st.integers(0, 4),
    st.booleans(),
    st.sampled_from([(), (AGENCY,)]),
    _HOW,
)


@given(st.lists(_SAID, max_size=10))
def test_what_a_saying_tells_itself_is_never_changed(sayings: list[Said]) -> None:
    found = carry(sayings)
    assert len(found) == len(sayings)
    for own, (chain, how, reasons) in zip(sayings, found, strict=True):
        if own.relays:
            assert chain == own.relays
        for name in ("addressee", "venue", "medium", "said"):
            before, after = getattr(own.circumstances, name), getattr(how, name)
            assert after == before if before else after is None or after.inferred
            assert any(r.field == name for r in reasons) == (after is not None and before is None)
