"""Cases and people: adding, describing, renaming and removing them, and saying who a speaker is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from qualcode.domain.codebook import Attribute, Entity
from qualcode.domain.people import Informant, InformantKind, SpeakerRole
from qualcode.i18n import _, ngettext
from qualcode.services import attributes, documents, membership, people
from qualcode.services.keys import slug
from qualcode.tui import people_view
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import LineGiven
from qualcode.tui.people_view import Thing
from qualcode.tui.screens.people_list import PeopleList
from qualcode.tui.view import Choice

_KEYS = "123456789abcdefghijklmopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Without n, which stands for nobody and nothing wherever one of many is chosen."""
_NOTHING = "n"


class PeopleScreen(PeopleList):
    """Each change is one operation, which `u` takes back."""

    BINDINGS = bindings("people")

    _describing = ""
    """The field or attribute whose value is asked for."""

    @property
    def hand(self) -> Thing | None:
        """The case, informant or organisation in hand; where it is a speaker or nothing, that is said."""
        thing = self.gathered.things.get(self.view, {}).get(self.table.chosen)
        if thing is None:
            self.status.say(_("There is nothing in hand: v goes to cases, informants and organisations."))
        return thing

    def put(self, values: Mapping[str, str]) -> None:
        """Set fields and attributes of what is in hand."""
        thing, entity = self.hand, self.entity
        if thing is not None and entity is not None:
            with self.told():
                people.edit(self.study, entity, thing.id, values)
                self.reread()

    def on_line_given(self, event: LineGiven) -> None:
        """A prompt called `name` is answered by the method `given_<name>`."""
        self.close_line()
        getattr(self, f"given_{event.name}")(event.text)

    # Ids and titles

    def action_add(self) -> None:
        if self.entity is None:
            self.status.say(_("Speakers come with transcripts: s says who one is."))
        else:
            self.line.ask("new", _("Id of the new one"))

    def given_new(self, key: str) -> None:
        if key and self.entity is not None:
            with self.told():
                people.add(self.study, self.entity, key, {})
                self.stand_on(key)

    def action_title(self) -> None:
        if (thing := self.hand) is not None:
            self.line.ask("title", _("Title of {id}").format(id=thing.id), thing.title)

    def given_title(self, title: str) -> None:
        self.put({"title": title or attributes.CLEAR})

    def action_rename(self) -> None:
        if (thing := self.hand) is not None:
            self.line.ask("id", _("Another id for {id}").format(id=thing.id), thing.id)

    def given_id(self, key: str) -> None:
        thing, entity = self.hand, self.entity
        if thing is not None and entity is not None and key not in ("", thing.id):
            with self.told():
                people.rename(self.study, entity, thing.id, key)
                self.stand_on(key)

    # Attributes

    def action_describe(self) -> None:
        if (thing := self.hand) is None:
            return
        names = {one.id: people_view.attribute_name(one) for one in self._attributes()}
        if isinstance(thing, Informant):
            names = {"kind": _("Kind"), "organisation": _("Organisation"), **names}
        if not names:
            self.status.say(_("The codebook has no attributes for this."))
            return
        chosen = zip(_KEYS, names.items(), strict=False)
        self.strip.ask("attribute", [Choice(key, label, name) for key, (name, label) in chosen])

    def chosen_attribute(self, _key: str, name: str) -> None:
        """Values to choose from are a strip; anything else is written."""
        self._describing = name
        thing = self.hand
        if thing is None:
            return
        offered, said = self._values(name), self._said(thing, name)
        if not offered or len(offered) > len(_KEYS):
            self.line.ask("value", self._label(name), attributes.SEPARATOR.join(said))
            return
        pairs = zip(_KEYS, offered.items(), strict=False)
        choices = [Choice(key, label, value, self._label(name), value in said) for key, (value, label) in pairs]
        nothing = [] if name == "kind" else [Choice(_NOTHING, _("nothing"), attributes.CLEAR, self._label(name))]
        self.strip.ask("value", [*choices, *nothing], stays=self._is_multiple(name))

    def chosen_value(self, _key: str, value: str) -> None:
        """Of an attribute with several values each key adds one or takes it away, until Esc."""
        thing, name = self.hand, self._describing
        if thing is None:
            return
        if not self._is_multiple(name) or value == attributes.CLEAR:
            self.put({name: value})
        else:
            said = self._said(thing, name)
            kept = [one for one in self._values(name) if (one in said) != (one == value)]
            self.put({name: attributes.SEPARATOR.join(kept) or attributes.CLEAR})
        if self.strip.stays:
            self.chosen_attribute("", name)

    def given_value(self, text: str) -> None:
        self.put({self._describing: text or attributes.CLEAR})

    def _attributes(self) -> list[Attribute]:
        entity = self.entity
        return [one for one in self.study.codebook.attributes_of(entity) if not one.derived] if entity else []

    def _attribute(self, name: str) -> Attribute | None:
        return next((one for one in self._attributes() if one.id == name), None)

    def _label(self, name: str) -> str:
        known = self._attribute(name)
        return people_view.attribute_name(known) if known else {"kind": _("Kind")}.get(name, _("Organisation"))

    def _is_multiple(self, name: str) -> bool:
        known = self._attribute(name)
        return known is not None and known.multiple

    def _values(self, name: str) -> dict[str, str]:
        """Value -> its words, of what can be chosen from; empty where the value is written."""
        known = self._attribute(name)
        if name == "kind" and known is None:
            return {kind.value: people_view.kind_name(kind) for kind in InformantKind}
        if known is None or known.type.startswith("ref("):
            organisations = self.gathered.things[Entity.ORGANISATION.value]
            return {one.id: one.title or one.id for one in organisations.values()}
        values = ("true", "false") if known.type == "bool" else [one.id for one in known.values]
        return {value: people_view.value_name(self.gathered, known, value) for value in values}

    def _said(self, thing: Thing, name: str) -> Sequence[str]:
        if self._attribute(name) is None and isinstance(thing, Informant):
            return [thing.kind.value] if name == "kind" else [thing.organisation or ""]
        return thing.attributes.get(name, ())

    # Removal

    def action_remove(self) -> None:
        """At once where nothing goes along, since it can be undone; else that is said first."""
        thing, entity = self.hand, self.entity
        if thing is None or entity is None:
            return
        with self.told():
            lost = membership.losses(self.study, entity, thing.id)
            if not (lost.documents or lost.members or lost.codings):
                self.chosen_removal("d", thing.id)
                return
            self.strip.ask("removal", [Choice("d", _("remove {id} all the same").format(id=thing.id), thing.id)])
            self.status.say(_along(lost))

    def chosen_removal(self, _key: str, key: str) -> None:
        if self.entity is not None:
            with self.told():
                people.remove(self.study, self.entity, key)
                self.reread()
                self.status.say(_("Removed: {id}. u brings it back.").format(id=key))

    # Speakers

    def action_map_speaker(self) -> None:
        one = self.gathered.unmapped.get(self.table.chosen)
        if one is None:
            self.status.say(_("v goes to the speakers who are nobody yet."))
            return
        informants = self.gathered.things[Entity.INFORMANT.value].values()
        named = sorted(
            informants, key=lambda thing: one.label.casefold() not in (thing.id + thing.title).casefold()
        )
        heading = _("{speaker} is").format(speaker=people_view.speaker_name(one))
        pairs = zip(_KEYS.replace("i", ""), named, strict=False)
        self.strip.ask(
            "speaker",
            [
                Choice("i", _("the interviewer"), SpeakerRole.INTERVIEWER, heading),
                Choice(_NOTHING, _("nobody"), SpeakerRole.NONE, heading),
                Choice("+", _("a new informant"), "", heading),
                *(Choice(key, thing.title or thing.id, thing.id, heading) for key, thing in pairs),
            ],
        )

    def chosen_speaker(self, key: str, means: str) -> None:
        one = self.gathered.unmapped.get(self.table.chosen)
        if one is None:
            return
        if key == "+":
            self.line.ask("speaker", _("Id of the new informant"), slug(PurePath(one.label or one.document)))
            return
        self._map(means, new=False)

    def given_speaker(self, key: str) -> None:
        if key:
            self._map(key, new=True)

    def _map(self, means: str, *, new: bool) -> None:
        one = self.gathered.unmapped.get(self.table.chosen)
        if one is not None:
            with self.told():
                documents.map_speaker(self.study, one.document, one.label, means, new=new)
                self.reread()
                name = people_view.speaker_name(one)
                self.status.say(
                    _("{label} of {document} is {means}").format(label=name, document=one.document, means=means)
                )


def _along(lost: membership.Losses) -> str:
    """What goes along, in a line."""
    parts = (
        (ngettext("{n} document", "{n} documents", len(lost.documents)), len(lost.documents)),
        (ngettext("{n} informant", "{n} informants", len(lost.members)), len(lost.members)),
        (ngettext("{n} coding", "{n} codings", lost.codings), lost.codings),
    )
    said = ", ".join(words.format(n=number) for words, number in parts if number)
    return _("{what} would lose it. Esc leaves it.").format(what=said)
