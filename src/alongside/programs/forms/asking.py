"""One question a screen, and a blueprint that somebody brings along."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.programs.forms.fields import field_for, initial_of, value_from
from alongside.programs.rules.asks import Ask
from alongside.programs.rules.blueprint import LARGEST_BYTES


class AskForm(forms.Form):
    """One question of a blueprint, with the usual answer in it."""

    def __init__(self, *args: Any, ask: Ask, answer: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask = ask
        field = field_for(ask.answer, label=ask.question, help_text=ask.hint, required=True)
        field.initial = initial_of(ask.answer, ask.usual if answer is None else answer)
        self.fields["answer"] = field

    def told(self) -> Any:
        return value_from(self.ask.answer, self.cleaned_data["answer"])


class TitleForm(forms.Form):
    answer = CleanTextField(
        max_length=100, label=_("What is it called?"), help_text=_("A few words that everybody here understands.")
    )

    def told(self) -> str:
        return str(self.cleaned_data["answer"])


class StartForm(forms.Form):
    """The last screen: start it."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id()}})


class BlueprintForm(forms.Form):
    """A file, or the words themselves."""

    file = forms.FileField(required=False, label=_("A blueprint file"), help_text=_("Its name ends in .toml."))
    text = forms.CharField(
        required=False,
        strip=False,
        max_length=LARGEST_BYTES,
        label=_("Or its words"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if file is not None:
            if file.size > LARGEST_BYTES:
                self.add_error("file", _("The file is larger than a blueprint can be."))
                return cleaned
            try:
                cleaned["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This is no text that we can read. Save it as UTF-8."))
        elif not (cleaned.get("text") or "").strip():
            self.add_error("file", _("Choose a file, or put its words in below."))
        return cleaned
