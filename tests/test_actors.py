"""Who a named person or an office is, with the package's own registry for states and real offices.

Persons of the registry are looked up, never quoted.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.registry import Held, Registry, default_registry
from verbale.registry.tables import Role
from verbale.speakers.actors import Identity, Post, holder, person

REGISTRY = default_registry()
NONE = Post(None, "", "")
DAY = date(2022, 12, 9)


def known(role: Role, state: str, day: date = DAY) -> Held:
    """Whom the registry has in an office of a state."""
    held = REGISTRY.holders(role, state, day=day)
    if len({h.person for h in held}) != 1:
        pytest.skip(f"the registry has {len(held)} {role} of {state} on {day}")
    return held[0]


def found(*names: str, post: Post = NONE, day: date | None = DAY) -> Identity:
    return person(names, post, day, REGISTRY)


def test_nobody_of_that_name_is_provisional() -> None:
    one = found("Pal Orlay")
    assert one.actor is not None
    assert one.actor.startswith("p-")
    assert (one.name, one.held, one.reason.rule) == ("Pal Orlay", None, "provisional")
    assert found("PAL ORLAY").actor == one.actor
    assert found("Pal Orlay", post=Post(None, "RUS", "")).actor != one.actor
    assert found("Tolu Keza").actor != one.actor


def test_a_full_name_is_taken_with_the_office_of_the_day() -> None:
    held = known(Role.FOREIGN_MINISTER, "RUS")
    one = found(held.name)
    assert (one.actor, one.name, one.reason.rule) == (held.person, held.name, "registry:name")
    assert one.held is not None
    assert one.held.person == held.person
    assert one.candidates[0].actor == held.person


def test_without_a_day_no_office_is_told() -> None:
    held = known(Role.FOREIGN_MINISTER, "RUS")
    assert found(held.name, day=None).held is None


def test_a_surname_alone_is_taken_only_with_its_office() -> None:
    held = known(Role.FOREIGN_MINISTER, "RUS")
    last = held.name.split()[-1]
    with_office = found(last, post=Post(Role.FOREIGN_MINISTER, "RUS", ""))
    assert with_office.actor == held.person
    assert with_office.held is not None
    assert with_office.held.role is Role.FOREIGN_MINISTER
    alone = found(last)
    assert (alone.actor or "p-").startswith("p-")
    assert held.person in [c.actor for c in alone.candidates]


def test_another_state_contradicts() -> None:
    held = known(Role.FOREIGN_MINISTER, "RUS")
    one = found(held.name, post=Post(Role.FOREIGN_MINISTER, "FRA", ""))
    assert (one.actor or "").startswith("p-")
    assert held.person not in [c.actor for c in one.candidates]


def test_who_held_an_office_on_the_day() -> None:
    held = known(Role.FOREIGN_MINISTER, "RUS")
    one = holder(Post(Role.FOREIGN_MINISTER, "RUS", ""), DAY, REGISTRY)
    assert one is not None
    assert (one.actor, one.name, one.held) == (held.person, held.name, held)
    assert (one.reason.rule, one.reason.score) == ("registry:office", 1.0)


@pytest.mark.parametrize(
    ("post", "day"),
    [
        (NONE, DAY),
        (Post(None, "RUS", ""), DAY),
        (Post(Role.FOREIGN_MINISTER, "", ""), DAY),
        (Post(Role.FOREIGN_MINISTER, "RUS", ""), None),
        (Post(Role.FOREIGN_MINISTER, "XXX", ""), DAY),
        (Post(Role.FOREIGN_MINISTER, "RUS", ""), date(1700, 1, 1)),
    ],
)
def test_an_office_of_which_nothing_is_known(post: Post, day: date | None) -> None:
    assert holder(post, day, REGISTRY) is None


def test_of_several_holders_none_is_chosen() -> None:
    for role in Role:
        held = REGISTRY.holders(role, "RUS", day=DAY)
        if len({h.person for h in held}) > 1:
            one = holder(Post(role, "RUS", ""), DAY, REGISTRY)
            assert one is not None
            assert (one.actor, one.held) == (None, None)
            assert {c.actor for c in one.candidates} <= {h.person for h in held}
            return
    pytest.skip("the registry has no office with two holders")


def test_an_empty_registry_gives_provisional_actors() -> None:
    from importlib.resources import files

    registry = Registry()
    registry.connection.executescript(
        files("verbale.registry").joinpath("schema.sql").read_text(encoding="utf-8")
    )
    one = person(["Pal Orlay"], NONE, DAY, registry)
    assert one.actor == found("Pal Orlay").actor
    assert holder(Post(Role.FOREIGN_MINISTER, "RUS", ""), DAY, registry) is None


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(max_size=20), min_size=1, max_size=3),
    st.builds(
        Post,
        st.sampled_from([None, *Role]),
        st.sampled_from(["", "RUS", "USA"]),
        st.sampled_from(["", "iaea"]),
    ),
    st.sampled_from([None, DAY]),
)
def test_any_name_is_somebody_or_several(names: list[str], post: Post, day: date | None) -> None:
    one = person(names, post, day, REGISTRY)
    assert one == person(names, post, day, REGISTRY)
    assert one.actor is not None or len(one.candidates) > 1
    assert all(0 <= c.score <= 1 for c in one.candidates)
