"""The upload form: up to three files, at least one."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from alongside.interop.rules.tables import MOST_BYTES


class TableFileField(forms.FileField):
    """A table file of at most 20 MB."""

    widget = forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"})

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if file and file.size is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB. Split it and upload the parts one by one."))
        return file


class FilesForm(forms.Form):
    members = TableFileField(label=_("Members"), required=False, help_text=_("Ten columns, no header row."))
    posts = TableFileField(
        label=_("Offers and inquiries"), required=False, help_text=_("Eight columns, no header row.")
    )
    transfers = TableFileField(
        label=_("Transfers"), required=False, help_text=_("Eight columns, no header row, amounts in seconds.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Choose at least one file."), code="nothing")
        return cleaned

    def files_as_bytes(self) -> dict[str, bytes]:
        """The bytes of each chosen file, by what it holds."""
        return {name: file.read() for name, file in self.cleaned_data.items() if file}
