"""The vectors of the issues' names belong to the tables that are there."""

from __future__ import annotations

from verbale.issues.meaning import load, names_of
from verbale.registry import OWN
from verbale.registry.issues import Nouns, default_issues
from verbale.registry.tables import rows


def test_every_name_has_its_vector_in_order() -> None:
    """`python -m training.links vectors` makes them anew after a change of names."""
    kept = load(OWN / "issues/names.npz")
    assert list(kept.issues) == [issue for issue, _ in names_of(default_issues().by_id.values())]
    assert len(kept.rows) == len(kept.issues)


def test_nouns_are_of_known_issues() -> None:
    for place, each in rows(OWN, "issues/nouns.csv", Nouns):
        assert each.issue in default_issues().by_id, place
        assert each.nouns == tuple(dict.fromkeys(noun.lower() for noun in each.nouns)), place
