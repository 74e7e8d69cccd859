"""Names of issues in a text: an alias wherever it stands, a short name where the text bears it out."""

from __future__ import annotations

from verbale.registry.issues import Issues
from verbale.registry.lexicon import Hit, Lexicon

SHORT = "short"


def named(text: str, names: Lexicon, parties: Lexicon, issues: Issues) -> list[Hit]:
    """The names of issues in a text, in order.

    A short name counts where a longer one of the issue, of one that it is a part of or of a part of it stands
    in the text too, or where all of its parties but one are named, the last being understood.

    Args:
        text: a document's.
        names: of issues; they mean ids.
        parties: names of states and bodies; they mean ids.
        issues: the tables.
    """
    hits = names.find(text)
    if not hits:
        return []
    spoken = {hit.entry.meaning for hit in hits if hit.entry.how != SHORT}
    about = spoken | {above for issue in spoken for above in issues.above(issue)}
    there = {hit.entry.meaning for hit in parties.find(text)}

    def borne_out(issue: str) -> bool:
        if issue in about or any(above in spoken for above in issues.above(issue)):
            return True
        involved = issues.by_id[issue].parties
        return len(there.intersection(involved)) >= max(1, len(involved) - 1) or not involved

    return [hit for hit in hits if hit.entry.how != SHORT or borne_out(hit.entry.meaning)]
