"""A page that asks one thing, does it, and goes back. All forms of this room work alike."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.people.access import MemberRequest
from alongside.rota.refusals import EXPECTED, words_for
from alongside.ui import flash


def ask(
    request: MemberRequest,
    form: forms.Form,
    keep: Callable[[dict[str, Any]], str],
    *,
    title: str,
    back: str,
    back_label: str,
    submit: str,
    to: str = "",
    template: str = "rota/ask.html",
    **more: Any,
) -> HttpResponse:
    """Ask until the form is whole and `keep` refuses nothing; what `keep` returns is said on the page that follows."""
    if request.method == "POST" and form.is_valid():
        try:
            said = keep(form.cleaned_data)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            if said:
                flash.done(request, said)
            return redirect(to or back)
    page = {"form": form, "title": title, "back": back, "back_label": back_label, "submit": submit}
    return render(request, template, {**page, **more})


def press(request: MemberRequest, do: Callable[[], str], *, to: str) -> HttpResponse:
    """Do what one button asks for, and go on; a refusal is said there."""
    try:
        said = do()
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect(to)
    if said:
        flash.done(request, said)
    return redirect(to)
