"""Reading an outlet at a place in a text: its name, what kind it is, and where what follows it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from verbale.cues import either, plain, values, words
from verbale.registry import OWN, Registry
from verbale.registry.tables import table
from verbale.speakers.circumstances.frame import Frame
from verbale.speakers.circumstances.phrases import capitals, is_stop
from verbale.speakers.context import Context
from verbale.types import Span

_LEAD = r"(?:(?:the|a|an|his|her|their|its|our|this|that|one|another|several|some)\s+)?"
_PROPER = r"[^\W\d_a-z][\w.-]*"
_TAIL = re.compile(r"(?:['’]s?|[.,])+$")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet as it stands in a frame.

    Attributes:
        start, end: offsets of its name, or of its description without article.
        after: where what follows it begins, behind a kind word ("N radio") and an "'s".
        actor: its id, None when the registry lacks it.
        known: how it was told: "registry", "called" (a word says that it is one), "named" (a word of its name
            does), "tagged" (an organisation to the tagger, and no body of that name is known), "initials"
            (capitals alone or a name with a number, and no body or state of that name is known), "bare".
    """

    start: int
    end: int
    after: int
    actor: str | None
    role: str
    known: str


def read(context: Context, frame: Frame, at: int) -> Outlet | None:
    """Read the outlet that begins at an offset of a frame, an article before it passed over.

    Returns:
        None when nothing there may be one; who asks decides whether a "bare" name is enough.
    """
    text = frame.text
    if owned := _owned().match(text, at):
        start, end = owned.span("words")
        return Outlet(start, end, end, None, "site", "called")
    if found := _known_at(context, frame, at):
        return found
    described = _described().match(text, at)
    if described and plain(described[0]) not in words("hearers", "crowd"):
        return _called(context, frame, described)
    return _named_at(context, frame, at)


def outlet_named(name: str, registry: Registry) -> str | None:
    """Id of the outlet that a name means exactly."""
    found = _known(name, registry, ("outlet",)) or _known(
        re.sub(r"^[Tt]he\s+", "", name), registry, ("outlet",)
    )
    return found[0] if found else None


@lru_cache(maxsize=8192)
def _known(name: str, registry: Registry, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the actors that a name means exactly, the likeliest first."""
    return tuple(c.id for c in registry.find(name, kinds=kinds) if c.score == 1.0)


def role_of(actor: str) -> str:
    """What kind of outlet the package's tables call it, "outlet" for others."""
    return _roles().get(actor, "outlet")


@cache
def _roles() -> dict[str, str]:
    """What kind each of the package's outlets is."""
    return {row.id: str(row.kind) for row in table(OWN, "outlets/outlets.csv").values()}


@cache
def _kind_words() -> str:
    return either(words("outlets", "noun"))


@cache
def _described() -> re.Pattern[str]:
    """Words that call something an outlet, before its name or without one: "the state news agency"."""
    kinds = rf"{either(words('outlets', 'modifier'))}|[\w-]+-(?:run|based|language|owned|backed)"
    modifier = rf"(?:(?:{kinds}|{_PROPER}['’]s|{_PROPER})\s+)"
    return re.compile(rf"{_LEAD}(?P<words>{modifier}{{0,3}}?(?P<kind>{_kind_words()}))\b(?!['’-])")


@cache
def _owned() -> re.Pattern[str]:
    """A page of somebody's own: "the ministry's website", "his podcast"."""
    return re.compile(
        r"(?P<words>(?:his|her|their|its|my|our|(?:the\s+)?(?:[\w.-]+\s+){0,3}?[\w.-]+['’]s?)\s+"
        r"(?:official\s+|own\s+|personal\s+|campaign\s+)*(?:web\s?site|web\s?page|portal|podcast|home\s?page))\b",
        re.IGNORECASE,
    )


@cache
def _kind_behind() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:state\s+)?(?P<kind>{_kind_words()})\b")


@cache
def _day_word() -> re.Pattern[str]:
    return re.compile(rf"\s+{either((*words('days', 'weekday'), *words('days', 'month')))}(?!\w)")


def _behind(text: str, end: int) -> int:
    match = re.compile(r"(?:['’]s\b|[”\"’'])?\s*").match(text, end)
    return match.end() if match else end


def _opened(text: str, at: int) -> int:
    """Behind an opening quotation mark, if one stands there."""
    return at + (text[at : at + 1] in ("“", '"', "‘"))


def _article(text: str, at: int) -> int:
    match = re.compile(_LEAD, re.IGNORECASE).match(text, at)
    return match.end() if match else at


def _known_at(context: Context, frame: Frame, at: int) -> Outlet | None:
    """The longest run of words from here that is an outlet's name in the registry."""
    text = frame.text
    for start in dict.fromkeys((_article(text, at), at)):
        first = _opened(text, start)
        run = capitals().match(text, first)
        for length in reversed([m.end() for m in re.finditer(r"\S+", run[0])] if run else []):
            name = _TAIL.sub("", text[first : first + length])
            end = first + len(name)
            actor = outlet_named(name, context.registry) if name else None
            if actor and run and _ends(context, frame, end, run.end()):
                behind = _kind_behind().match(text, end)
                after = _behind(text, behind.end() if behind else end)
                return Outlet(first, end, after, actor, _roles().get(actor, "outlet"), "registry")
    return None


def _ends(context: Context, frame: Frame, end: int, run_end: int) -> bool:
    """Whether a name ends here: nothing capitalised goes on with it but a day or another tagged name."""
    text = frame.text
    rest = text[end:run_end]
    if not rest.strip(" .,") or re.match(r"['’]|\s+and\s", rest) or _day_word().match(text, end):
        return True
    here = frame.start + end
    following = here + len(rest) - len(rest.lstrip())
    if any(n.span.end == here or n.span.start == following for n in context.names):
        return True
    kind = re.match(rf"\s+{either(words('outlets', 'name'))}\b", rest) or _kind_behind().match(text, end)
    return kind is not None


def _called(context: Context, frame: Frame, described: re.Match[str]) -> Outlet:
    """An outlet that is called one: its name behind the word or before it, else the description."""
    text, role = frame.text, values("outlets", "noun", "role")[plain(described["kind"])]
    gap = re.compile(r",?\s+").match(text, described.end())
    run = capitals().match(text, _opened(text, gap.end())) if gap else None
    if gap and run and not _day_word().match(text, gap.end() - 1):
        if known := _known_at(context, frame, gap.end()):
            return known
        end = run.start() + len(_TAIL.sub("", run[0]))
        return Outlet(run.start(), end, _behind(text, end), None, role, "called")
    start, end = described.span("words")
    before = capitals().match(text, start)
    if before and before.end() < described.start("kind") and described["kind"].islower():
        name = before[0]
        if "'" not in name and "’" not in name and not _is_people(context, name):
            actor = outlet_named(name, context.registry)
            return Outlet(*before.span(), _behind(text, end), actor, role, "called")
    return Outlet(start, end, _behind(text, end), None, role, "called")


def _is_people(context: Context, name: str) -> bool:
    """Whether a name is that of a state or its people: "Ruritanian television"."""
    return bool(_known(name, context.registry, ("state",))) or name.endswith(("an", "ish", "ese"))


def _named_at(context: Context, frame: Frame, at: int) -> Outlet | None:
    """A capitalised name that the registry lacks."""
    text = frame.text
    start = _opened(text, _article(text, at))
    run = capitals().match(text, start)
    name = _own_part(run[0]) if run else ""
    if not name or is_stop(name):
        return None
    end = start + len(name)
    if role := _role_of(name):
        return Outlet(start, end, _behind(text, end), None, role, "named")
    behind = _kind_behind().match(text, end)
    if behind and not _is_people(context, name):
        role = values("outlets", "noun", "role")[plain(behind["kind"])]
        return Outlet(start, end, _behind(text, behind.end()), None, role, "called")
    span = Span(frame.start + start, frame.start + end)
    if _is_organisation(context, span, name):
        known = "tagged"
    else:
        known = "initials" if _is_initials(context, name) else "bare"
    return Outlet(start, end, _behind(text, end), None, "outlet", known)


def _own_part(run: str) -> str:
    """Of a run of capitalised words those up to an "'s" or a day."""
    kept = []
    for token in re.finditer(r"\S+", run):
        if _day_word().match(f" {token[0]}"):
            break
        kept.append(token.end())
        if re.search(r"['’]s?$", token[0]):
            break
    return _TAIL.sub("", run[: kept[-1]]) if kept else ""


def _role_of(name: str) -> str:
    """The role that a name's last or else its first word tells; "" for none."""
    if _is_body(name):
        return ""
    roles = values("outlets", "name", "role")
    tokens = [t for t in re.split(r"[\s-]+", name) if t]
    ends = (tokens[-1], tokens[0]) if len(tokens) > 1 else ()
    return next((roles[t.casefold()] for t in ends if t.casefold() in roles and t[0].isupper()), "")


def _is_body(name: str) -> bool:
    return re.search(rf"\b{either(words('outlets', 'never'))}\b", name) is not None


def _is_initials(context: Context, name: str) -> bool:
    known = _known(name, context.registry, ("body", "state"))
    return re.fullmatch(r"[A-Z]{2,5}|[A-Z]\w+ \d{1,3}", name) is not None and not known


def _is_organisation(context: Context, span: Span, name: str) -> bool:
    """Whether the tagger says so, and nothing says that it is a body, a state or a person."""
    tagged = [n for n in context.names if n.span.start < span.end and span.start < n.span.end]
    return (
        bool(tagged)
        and tagged[0].kind in ("organisation", "other")
        and not _is_body(name)
        and not _known(name, context.registry, ("body", "state", "person"))
    )
