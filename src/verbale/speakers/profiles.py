"""What a text tells of somebody whom it names: office, body and state, from the words around the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verbale.registry.tables import Role
from verbale.speakers.context import Context
from verbale.speakers.entities import Entity
from verbale.speakers.titles import Title, title_of
from verbale.types import Name, Reason, Span

VERSION = "1"
REACH = 200  # characters before a name in which its title can stand
MENTIONS = 6  # of an entity that are looked at
# Words of titles that stand in small letters before a name or head an apposition.
_LOWER = (
    r"(?:vice|deputy|foreign|defen[cs]e|prime|interior|state|senior|former|then|acting|chief|special|top|lead|press|"
    r"minister|secretary|president|premier|chancellor|spokes\w+|ambassador|envoy|director|general|senator|congress\w+|"
    r"representative|governor|mayor|leader|head|chair\w*|candidate|negotiator|advis[eo]r|official|diplomat|commander|"
    r"admiral|judge|lawyer|attorney|manager|strategist|professor|analyst|economist|expert|delegate|commissioner|"
    r"inspector|coordinator|counsel\w*|lawmaker|legislator|deputy|member|founder|executive|aide)"
)
# A word with a capital; a dot ends the sentence unless it ends an abbreviation.
_CAPITAL = (
    r"(?:(?:[A-Z]\.)+|(?:Adm|Amb|Asst|Atty|Brig|Capt|Col|Dep|Dr|Gen|Gov|Hon|Lt|Maj|Mr|Mrs|Ms|Pres|Prof|Rep|Rev|Sec|"
    r"Sen|Sgt|St)\.|[A-Z][\w&]*(?:\.\w+)*)(?:['’-]\w+)*"
)
_BEFORE = re.compile(rf"(?:(?:{_CAPITAL}|of|the|to|for|and|in|{_LOWER}|[a-z]+-{_LOWER})\s+){{1,10}}$")
_BEHIND = re.compile(
    rf",\s(?:who\sis\s|who\swas\s)?((?:[\w.&'’-]+\s){{0,8}}?{_LOWER}\b[^,;\n]{{0,70}}?)(?=,|;|\n|\.\s|\.?$|\swho\s|\ssaid\b)"
)
_PREPOSITION = re.compile(r"^\s*(?:to|with|by|from|of|for|at|against|about|between)\s+")
_JOINT = re.compile(r"^(?:and|or)\s+")
_DAY = re.compile(r"^(?:(?:On|In|By|And|But|As|The)\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+)?")


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity's office in the text, each part from the first mention that has it; "" or None if none."""

    office: str = ""
    role: Role | None = None
    body: str = ""
    state: str = ""
    at: str = ""
    reasons: tuple[Reason, ...] = ()


def profile(context: Context, entity: Entity) -> Profile:
    """Put together what a text tells of an entity's office."""
    found: dict[str, object] = {}
    reasons: list[Reason] = []
    for name, words in _phrases(context, entity):
        title = title_of(words, context.registry, (name.span.of(context.document.text),))
        for field, value in _parts(title).items():
            if (
                value
                and field not in found
                and not (field in ("role", "at", "body", "state") and _other(found, title))
            ):
                found[field] = value
                if field in ("office", "body", "state"):
                    reasons.append(Reason(field, "title", VERSION, None, f"{value!r} from {words!r}"))
    return Profile(**found, reasons=tuple(reasons))  # type: ignore[arg-type]


def _parts(title: Title) -> dict[str, object]:
    return {
        "office": title.office,
        "role": title.role,
        "body": title.body,
        "state": title.state,
        "at": title.at,
    }


def _other(found: dict[str, object], title: Title) -> bool:
    """Whether a title is another one than that which the parts found so far came from."""
    return bool(found.get("office")) and bool(title.office) and found["office"] != title.office


def _phrases(context: Context, entity: Entity) -> Iterator[tuple[Name, str]]:
    """Phrases that may hold a title: first sources that name the entity, then the words around its names."""
    text = context.document.text
    for name in entity.names[:MENTIONS]:
        for attribution in context.touching(name.span):
            for span in attribution.source:
                if span.start <= name.span.start and name.span.end <= span.end and span != name.span:
                    yield name, span.of(text)
    for name in entity.names[:MENTIONS]:
        near = context.names_in(Span(max(0, name.span.start - REACH), name.span.end))
        persons = [n.span.end for n in near if n.kind == "person" and n.span.end <= name.span.start]
        if words := _around(text, name.span, max(persons, default=0)):
            yield name, words


def _around(text: str, name: Span, last: int) -> str:
    """A name with the title words before it and the apposition behind it, "" where there is neither.

    Args:
        text: the document's.
        name: where the name stands.
        last: where the name of the person before it ends; what stands before that is not this one's title.
    """
    line = text.rfind("\n", 0, name.start) + 1
    before = _BEFORE.search(text, max(line, last, name.start - 120), name.start)
    lead = _PREPOSITION.sub("", _DAY.sub("", _JOINT.sub("", before.group()))) if before else ""
    behind = _BEHIND.match(text, name.end, min(len(text), name.end + 160))
    tail = f", {behind.group(1)}" if behind else ""
    return f"{lead}{name.of(text)}{tail}" if lead or tail else ""
