"""A source of a proposal: an address on the web, or a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from alongside.decisions.actions import FileTold
from alongside.decisions.rules.attachments import MOST_BYTES
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField


class SourceForm(forms.Form):
    title = CleanTextField(
        max_length=120, label=_("What is it?"), help_text=_("For example: what the library asks for its hall.")
    )
    url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        label=_("Its address on the web"),
        help_text=_("It begins with https://."),
    )
    file = forms.FileField(
        required=False,
        label=_("Or a file"),
        help_text=_("A PDF, a picture (PNG, JPEG) or plain text, of at most 5 MB. Everybody here can open it."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.txt"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"key": new_id(), **kwargs.get("initial", {})}})

    def clean_file(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and file.size is not None and file.size > MOST_BYTES:
            raise ValidationError(
                _("This file is larger than 5 MB. Make it smaller, or give its address."), code="large"
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("url")) == bool(cleaned.get("file")):
            raise ValidationError(_("Give an address or a file: one of the two."), code="one")
        return cleaned

    def told(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        file = FileTold(given["file"].name, given["file"].read()) if given.get("file") else None
        return {"title": given["title"], "url": given.get("url") or "", "file": file, "key": given["key"]}
