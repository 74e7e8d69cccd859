"""Words that tell of somebody: title and apposition → office, role, body, state, kind of voice, gender."""

from __future__ import annotations

from verbale.speakers.titles.gender import gender, gender_of
from verbale.speakers.titles.reading import Title, person_in, title_of

__all__ = ["Title", "gender", "gender_of", "person_in", "title_of"]
