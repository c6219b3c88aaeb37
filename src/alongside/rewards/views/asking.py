"""A page that asks one thing, does it, and goes back; and a button that does one thing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.people.access import MemberRequest
from alongside.rewards.refusals import EXPECTED, words_for
from alongside.ui import flash


def ask(
    request: MemberRequest,
    form: forms.Form,
    keep: Callable[[dict[str, Any]], str],
    *,
    to: str,
    template: str = "rewards/ask.html",
    **page: Any,
) -> HttpResponse:
    """Ask until the form is whole and `keep` refuses nothing; what `keep` returns is said on the page that follows."""
    if request.method == "POST" and form.is_valid():
        try:
            said = keep(form.cleaned_data)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, said)
            return redirect(to)
    return render(request, template, {"form": form, **page})


def press(request: MemberRequest, do: Callable[[], str], *, to: str) -> HttpResponse:
    """Do what one button asks for, and go on; a refusal is said there."""
    try:
        said = do()
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, said)
    return redirect(to)
