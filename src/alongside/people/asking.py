"""A page that asks one thing, does it, and goes back: all forms and buttons of a room work alike.

asking = Asking("rota/ask.html", EXPECTED, words_for)       # once a room, in views/asking.py
return asking.ask(request, form, keep, title=…, back=…, back_label=…, submit=…)

What has a way back is said with `return done(request, row, _("Written down."))`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.kernel.errors import Refusal
from alongside.people.access import MemberRequest
from alongside.people.models import CommunityModel
from alongside.people.undoing import undo_url
from alongside.ui import flash


@dataclass(frozen=True)
class Asking:
    """`template`: the room's page of one form. `expected`: its refusals, which `words_for` puts into a sentence."""

    template: str
    expected: tuple[type[Refusal], ...]
    words_for: Callable[[Any], str]

    def ask(
        self,
        request: MemberRequest,
        form: forms.Form,
        keep: Callable[[dict[str, Any]], str],
        *,
        back: str,
        title: str = "",
        back_label: str = "",
        submit: str = "",
        to: str = "",
        template: str = "",
        **more: Any,
    ) -> HttpResponse:
        """Ask until the form is whole and `keep` refuses nothing; what `keep` returns is said on the next page.

        A `template` of its own may name the page and its button itself.
        """
        if request.method == "POST" and form.is_valid():
            try:
                said = keep(form.cleaned_data)
            except self.expected as refusal:
                form.add_error(None, self.words_for(refusal))
            else:
                if said:
                    flash.done(request, said)
                return redirect(to or back)
        page = {"form": form, "title": title, "back": back, "back_label": back_label, "submit": submit}
        return render(request, template or self.template, {**page, **more})

    def press(self, request: MemberRequest, do: Callable[[], str], *, to: str) -> HttpResponse:
        """Do what one button asks for, and go on; a refusal is said there."""
        try:
            said = do()
        except self.expected as refusal:
            return self.sorry(request, refusal, to=to)
        if said:
            flash.done(request, said)
        return redirect(to)

    def sorry(self, request: MemberRequest, refusal: Refusal, *, to: str) -> HttpResponse:
        """Go on, and say there why nothing happened."""
        flash.sorry(request, self.words_for(refusal))
        return redirect(to)


def done(request: MemberRequest, row: CommunityModel, said: str) -> str:
    """Say what was done to `row`, with Undo while that is open. Returns "": `ask` and `press` say nothing more."""
    flash.done(request, said, undo_url=undo_url(row, by=request.user))
    return ""
