"""Whom a source means → what kind of voice it is, which actor, in which office, for which body and state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from verbale.models.manifest import Manifest
from verbale.registry import Registry
from verbale.speakers.actors import Identity, Post, holder, person
from verbale.speakers.context import Context
from verbale.speakers.entities import Entity
from verbale.speakers.profiles import Profile, profile
from verbale.speakers.resolve import Meant
from verbale.speakers.sources import Form
from verbale.speakers.sureness import sureness
from verbale.speakers.titles import Title, person_in, title_of
from verbale.speakers.unnamed import voice_of
from verbale.types import Candidate, Reason, Span, Speaker, Speaking, digest

VERSION = "1"
# What a pronoun is of which nobody knows whom it means.
_BARE = {
    **dict.fromkeys(("he", "she", "i", "who"), Speaking.PERSON), "it": Speaking.BODY,
    **dict.fromkeys(("they", "we", "you"), Speaking.GROUP),
}  # fmt: skip
_WRITERS = ("i", "we")  # of whom nobody else is meant: whoever writes
# Of named organs by their kind in the registry or, failing that, by the tagger's.
_VOICES = {
    "state": Speaking.STATE, "body": Speaking.BODY, "outlet": Speaking.BODY,
    "place": Speaking.STATE, "people": Speaking.GROUP,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """Who makes one statement.

    Attributes:
        key: the same for all statements of one speaker in a document; "" for nobody known.
        share: the probability of the kind of voice where words alone tell it.
    """

    voice: Speaking
    speaker: Speaker
    office: str
    body: str
    state: str
    key: str
    reasons: tuple[Reason, ...]
    share: float = 1.0


def who(context: Context, meant: Mapping[str, Meant], manifest: Manifest, given: str) -> dict[str, Told]:
    """Tell of each attribution who speaks.

    Args:
        context: the document with its attributions.
        meant: whom each one's source means.
        manifest: the probability below which a choice is left open, and what makes it.
        given: the speaker that the user named for a statement, speech or post; "" for none.

    Returns:
        By the attribution's id.
    """
    people = _People(context)
    found: dict[str, Told] = {}
    own = set[str | None]()  # what the given speaker says
    for attribution in context.attributions:
        each = meant[attribution.id]
        if (
            each.ref.form is Form.NONE
            and given
            and attribution.reasons[:1]
            and attribution.reasons[0].rule == "document"
        ):
            found[attribution.id] = people.given(given)
            own.add(attribution.id)
        elif given and attribution.parent in own and each.ref.pronoun == "i":
            found[attribution.id] = people.given(given)
        else:
            found[attribution.id] = people.told(each, manifest)
    return found


class _People:
    """The speakers of one document, each looked up once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.document.text
        self.day: date | None = context.document.published
        self.registry: Registry = context.registry
        self.profiles: dict[Span, Profile] = {}
        self.identities: dict[Span, Identity] = {}

    def told(self, meant: Meant, manifest: Manifest) -> Told:
        """Who speaks, or, where that is too unsure, who it may be."""
        found = self.meant(meant)
        if meant.features is None:
            return found
        sure = sureness(meant, found.share, manifest.sureness)
        if sure < manifest.decoding["speaker_least"] or found.speaker.mention is None:
            found = self.unresolved(meant, sure)
        return replace(found, speaker=replace(found.speaker, probability=sure))

    def meant(self, meant: Meant) -> Told:
        """Whom a source means, told in full."""
        if len(meant.entities) > 1:
            return self.several(meant)
        if not meant.entities:
            pronoun = meant.ref.form is Form.PRONOUN and meant.ref.pronoun not in _WRITERS
            bare = pronoun and meant.mention == meant.ref.span
            return self.unresolved(meant, meant.probability) if bare else self.unnamed(meant)
        entity = meant.entities[0]
        told = title_of(meant.ref.words, self.registry) if meant.ref.form is Form.DESCRIPTION else Title()
        unnamed = replace(meant, entities=(), mention=meant.ref.span)
        if entity.kind == "person" and not entity.actor:
            found = self.person(entity, meant)
            if told.state and found.state and told.state != found.state:
                return self.unnamed(unnamed)  # "the Russian minister" is no American
            if told.state and not found.state:
                why = Reason("state", "description", VERSION, None, meant.ref.words)
                return replace(found, state=told.state, reasons=(*found.reasons, why))
            return found
        known = self.registry.get(entity.actor) if entity.actor else None
        organ = told.kind is Speaking.BODY and known is not None and known.kind == "state"
        if organ or told.kind in (Speaking.OFFICE, Speaking.NAMELESS):
            return self.unnamed(unnamed)  # nor is Russia's ministry or foreign minister Russia
        return self.organ(entity, meant)

    def profile(self, entity: Entity) -> Profile:
        key = entity.names[0].span
        if key not in self.profiles:
            self.profiles[key] = profile(self.context, entity)
        return self.profiles[key]

    def identity(self, entity: Entity) -> Identity:
        key = entity.names[0].span
        if key not in self.identities:
            own = self.profile(entity)
            names = sorted({n.span.of(self.text) for n in entity.names}, key=lambda w: (-len(w.split()), w))
            self.identities[key] = person(names, Post(own.role, own.state, own.body), self.day, self.registry)
        return self.identities[key]

    def person(self, entity: Entity, meant: Meant) -> Told:
        """A named person; the office is the text's, else what the registry knows of the day."""
        own, identity = self.profile(entity), self.identity(entity)
        reasons = [_why(meant, entity.fullest(self.text).span.of(self.text)), identity.reason, *own.reasons]
        office, body, state = own.office, own.body, own.state
        held = identity.held
        if held is not None:
            detail = f"{held.title}, {held.since or '…'} to {held.until or '…'}"
            for field, value, known in (
                ("office", held.title, office),
                ("body", held.body, body),
                ("state", held.state, state),
            ):
                if value and not known:
                    reasons.append(Reason(field, "registry:office", VERSION, None, detail))
            same = own.role is None or own.role == held.role
            office = office or held.title
            body = body or (held.body if same else "")
            state = state or held.state
        elif not state and identity.actor and (known_actor := self.registry.get(identity.actor)):
            state = known_actor.state
        speaker = Speaker(
            identity.actor,
            entity.fullest(self.text).span.of(self.text),
            meant.mention,
            meant.probability,
            _rivals(self, meant, identity.candidates),
        )
        return Told(Speaking.PERSON, speaker, office, body, state, _key(entity), tuple(reasons))

    def organ(self, entity: Entity, meant: Meant) -> Told:
        """A body, a state or a people that the text names."""
        own = meant.ref.names[0].span.of(self.text) if meant.ref.names else self._name(entity)
        known = self.registry.get(entity.actor) if entity.actor else None
        title = title_of(meant.ref.words if meant.ref.names else own, self.registry)
        if meant.ref.names and title.kind in (Speaking.GROUP, Speaking.NAMELESS):
            return self.crowd(meant, title)
        named = {n.span.of(self.text) for n in entity.names}
        words = known.name if known and known.name in named else own if known else self._name(entity)
        voice = _VOICES.get(known.kind) if known else None
        if voice is None:
            voice = title.kind or _VOICES.get(entity.kind, Speaking.BODY)
        if voice in (Speaking.PERSON, Speaking.OFFICE):
            voice = Speaking.BODY
        state = known.state if known else title.state
        body = (known.id if known else words) if voice is Speaking.BODY else ""
        actor = known.id if known else self._provisional(voice, words, title.state)
        speaker = Speaker(actor, words, meant.mention, meant.probability, _rivals(self, meant, ()))
        return Told(voice, speaker, "", body, state, _key(entity), (_why(meant, words), *title.reasons))

    def crowd(self, meant: Meant, title: Title) -> Told:
        """People of a state or body, as "Russian diplomats" or "Mexicans"."""
        assert title.kind is not None
        speaker = Speaker(None, meant.ref.words, meant.ref.span, meant.probability, _rivals(self, meant, ()))
        reasons = (_why(meant, meant.ref.words), *title.reasons)
        return Told(title.kind, speaker, title.office, title.body, title.state, "", reasons)

    def several(self, meant: Meant) -> Told:
        """Several who are named together."""
        names = [e.fullest(self.text).span.of(self.text) for e in meant.entities]
        each = [self.identity(e) for e in meant.entities if e.kind == "person" and not e.actor]
        candidates = tuple(Candidate(i.actor, n, 1.0) for i, n in zip(each, names, strict=False) if i.actor)
        speaker = Speaker(None, " and ".join(names), meant.mention, meant.probability, candidates)
        return Told(Speaking.GROUP, speaker, "", "", "", "", (_why(meant, speaker.name),))

    def unnamed(self, meant: Meant) -> Told:
        """Somebody whom the text does not name: an office, a body, a state, a group, or nameless."""
        if meant.mention is None:
            speaker = Speaker(None, "", None, 1.0)
            return Told(
                Speaking.NAMELESS,
                speaker,
                "",
                "",
                "",
                "",
                (Reason("speaker", "no source", VERSION, None, ""),),
            )
        words = meant.mention.of(self.text)
        title = title_of(words, self.registry)
        voice, share, why = title.kind or Speaking.NAMELESS, 1.0, tuple[Reason, ...]()
        if meant.ref.form is Form.PRONOUN and meant.mention == meant.ref.span:
            voice = Speaking.NAMELESS
        elif voice not in (Speaking.OFFICE, Speaking.STATE):
            voice, share = voice_of(words, title)
            why = (Reason("voice", "words", VERSION, round(share, 3), f"{words!r} is a {voice.value}"),)
        reasons = [_why(meant, words), *title.reasons, *why]
        actor, candidates, name = None, _rivals(self, meant, ()), words
        if voice is Speaking.OFFICE:
            post = Post(title.role, title.state, title.body)
            held = holder(post, self.day, self.registry)
            if held is not None:
                actor, candidates, name = held.actor, held.candidates, held.name or words
                reasons.append(held.reason)
        elif voice is Speaking.STATE:
            actor = title.state or self._described(voice, words, "")
        elif voice is Speaking.BODY:
            known = self.registry.get(title.body)
            actor = title.body if known else self._described(voice, words, title.state)
        body = title.body or (words if voice is Speaking.BODY else "")
        speaker = Speaker(actor, name, meant.mention, meant.probability, candidates)
        key = f"unnamed {meant.mention.start}"
        return Told(voice, speaker, title.office, body, title.state, key, tuple(reasons), share)

    def unresolved(self, meant: Meant, sure: float) -> Told:
        """A pronoun or description of which the tool does not know whom it means: the candidates are told."""
        likeliest = [
            Candidate(_actor_of(self, entity), self._name(entity), round(meant.probability, 3))
            for entity in meant.entities
        ]
        if not likeliest and meant.mention and meant.mention != meant.ref.span:
            words = meant.mention.of(self.text)
            likeliest = [Candidate("?", words, round(meant.probability, 3))]
        candidates = (*likeliest, *_rivals(self, meant, ()))
        voice = _BARE.get(meant.ref.pronoun) or title_of(meant.ref.words, self.registry).kind
        speaker = Speaker(None, meant.ref.words, None, sure, candidates)
        what = likeliest[0].name if likeliest else "nobody whom the text names or describes"
        reason = Reason("speaker", "not sure enough", VERSION, round(sure, 3), f"likeliest: {what}")
        return Told(voice or Speaking.NAMELESS, speaker, "", "", "", "", (reason,))

    def given(self, name: str) -> Told:
        """The speaker that the user named: a person with or without title, a body or a state."""
        title = title_of(name, self.registry)
        why = Reason("speaker", "given", VERSION, 1.0, name)
        if title.kind in (Speaking.BODY, Speaking.STATE):
            known = self.registry.get(title.body or title.state)
            actor = known.id if known else self._provisional(title.kind, name, title.state)
            body = actor if title.kind is Speaking.BODY and known else title.body
            reasons = (why, *title.reasons)
            speaker = Speaker(actor, name, None, 1.0)
            return Told(title.kind, speaker, "", body, title.state, f"given {name}", reasons)
        own = person_in(name, self.registry) if title.office else ""
        post = Post(title.role, title.state, title.body)
        identity = person([own or name], post, self.day, self.registry)
        held = identity.held
        speaker = Speaker(identity.actor, name, None, 1.0, identity.candidates)
        office, state = (
            title.office or (held.title if held else ""),
            title.state or (held.state if held else ""),
        )
        reasons = (why, identity.reason, *title.reasons)
        return Told(Speaking.PERSON, speaker, office, title.body, state, f"given {name}", reasons)

    def _name(self, entity: Entity) -> str:
        return entity.fullest(self.text).span.of(self.text)

    def _provisional(self, voice: Speaking, words: str, state: str) -> str:
        return "p-" + digest(voice.value, words.casefold(), state)[:12]

    def _described(self, voice: Speaking, words: str, state: str) -> str:
        """Of a body or state without a name: "the ministry" of another document may be another one."""
        if state or re.search(r"\b[A-Z]", words[1:]):
            return self._provisional(voice, words, state)
        return "p-" + digest(voice.value, words.casefold(), self.context.document.digest)[:12]


def _key(entity: Entity) -> str:
    return f"{entity.kind} {entity.names[0].span.start}"


def _actor_of(people: _People, entity: Entity) -> str:
    if entity.actor:
        return entity.actor
    if entity.kind == "person":
        return people.identity(entity).actor or "?"
    return people._provisional(Speaking.BODY, people._name(entity), "")


def _rivals(people: _People, meant: Meant, known: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Who else it may be: others whom the text names, then others of that name in the registry."""
    named = [Candidate(_actor_of(people, e), people._name(e), round(p, 3)) for e, p in meant.rivals[:4]]
    return (*named, *known)


def _why(meant: Meant, name: str) -> Reason:
    """Why this speaker: the source is the name, or it was chosen, by what spoke most for it."""
    if meant.features is None:
        if meant.ref.form is Form.PRONOUN:
            return Reason(
                "speaker", "quoted", VERSION, None, f"{meant.ref.words!r} is who is quoted: {name!r}"
            )
        return Reason("speaker", "named", VERSION, None, f"the source names {name!r}")
    told = sorted(meant.features.items(), key=lambda item: -item[1])[:6]
    detail = f"{meant.ref.words!r} means {name!r}: " + ", ".join(f"{k} {v:.2f}" for k, v in told)
    return Reason("speaker", "antecedent", VERSION, round(meant.probability, 3), detail)
