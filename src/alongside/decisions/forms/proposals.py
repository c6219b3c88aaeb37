"""Writing a proposal: all of it on one page, or one thing a page; its authors; taking it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models import Draft, Proposal
from alongside.decisions.models.proposals import PARTS
from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.forms.fields import MemberField
from alongside.people.models.membership import MembershipQuerySet

# A coordinator hears of things on these ways; "on the web" people do for themselves.
HEARD_BY = [(channel.value, channel.label) for channel in Channel if channel is not Channel.WEB]

# For each part: the question, what helps to answer it, the most letters, and how tall its box is.
_ASKED: dict[str, tuple[str | Promise, str | Promise, int, int]] = {
    "text": (
        _("What do you propose?"),
        _("Write it as it should stand. An empty line begins a new paragraph: people can speak about each one."),
        10_000,
        8,
    ),
    "why": (_("Why?"), _("What is not good now? What would be better?"), 3000, 4),
    "affects": (
        _("Who is affected?"),
        _("Think of people who use it, people who provide it, their families, and who pays."),
        2000,
        3,
    ),
    "changes": (
        _("What would it change?"),
        _("What would people do differently? From when, and what does it take?"),
        3000,
        4,
    ),
    "summary": (
        _("Say it in plain words"),
        _("Two or three short sentences, for somebody who reads nothing else."),
        600,
        3,
    ),
}


def question_of(part: str) -> str:
    """How a part of a proposal is asked for."""
    return str(_ASKED[part][0])


class SeenField(forms.CharField):
    """The moment at which something last changed when the page was made; tells who was faster."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(_("Please open this page again: it cannot be told what you saw."), code="unreadable")
        return moment


class ForSomebodyMixin(forms.Form):
    """Lets a coordinator say whose word it is, and how it came; others are not asked."""

    whose = MemberField(
        required=False,
        label=_("Whose word is it?"),
        help_text=_("Leave it empty for your own. Otherwise a name or a member number."),
    )
    channel = forms.ChoiceField(
        required=False, label=_("How did they tell you?"), choices=HEARD_BY, initial=Channel.PHONE
    )

    def ask_whose(self, people: MembershipQuerySet | None) -> None:
        """`people`: whose word a coordinator may write down; None for everybody else."""
        if people is None:
            del self.fields["whose"], self.fields["channel"]
            return
        whose = self.fields["whose"]
        assert isinstance(whose, MemberField)
        whose.queryset = people


class StartForm(ForSomebodyMixin):
    """The title, which begins a draft."""

    title = CleanTextField(
        max_length=120, label=_("What is it about?"), help_text=_("One line, as you would say it to a neighbor.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("title", "whose", "channel", "key")

    def __init__(self, *args: Any, people: MembershipQuerySet | None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})
        self.ask_whose(people)


class WordsForm(forms.Form):
    """Some or all parts of a draft. Nothing is required: a draft may wait unfinished."""

    title = CleanTextField(
        max_length=120, label=_("What is it about?"), help_text=_("One line, as you would say it to a neighbor.")
    )
    seen = SeenField()

    def __init__(self, *args: Any, draft: Draft, parts: Iterable[str] = PARTS, **kwargs: Any) -> None:
        words = {part: getattr(draft, part) for part in PARTS}
        first = {"title": draft.proposal.title, "seen": draft.changed_at, **words}
        super().__init__(*args, **{**kwargs, "initial": first})
        for part in parts:
            self.fields[part] = _box(part)
        if draft.proposal.state != Proposal.State.DRAFT:
            del self.fields["title"]

    def words(self) -> dict[str, str]:
        """What was typed, by part."""
        return {part: self.cleaned_data[part] for part in PARTS if part in self.cleaned_data}


class PartForm(WordsForm):
    """One thing a page: a single part, or the title."""

    def __init__(self, *args: Any, draft: Draft, part: str, **kwargs: Any) -> None:
        parts = [part] if part in PARTS else []
        super().__init__(*args, draft=draft, parts=parts, **kwargs)
        if parts and "title" in self.fields:
            del self.fields["title"]


def _box(part: str) -> CleanTextField:
    label, hint, most, rows = _ASKED[part]
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanTextField(max_length=most, lines=True, required=False, label=label, help_text=hint, widget=widget)


class SeenForm(forms.Form):
    """A button that is about a draft as it stood on the page."""

    seen = SeenField()


class AuthorForm(forms.Form):
    who = MemberField(label=_("Who writes it with you?"))

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, MemberField)
        who.queryset = people


class WithdrawForm(forms.Form):
    why = CleanTextField(
        max_length=1000, lines=True, label=_("Why do you take it back?"), help_text=_("Everybody can read this.")
    )
