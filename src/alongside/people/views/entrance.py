"""django-allauth's pages, at our door: who may open each, and what follows signing out."""

from typing import Any

from allauth.account import views as allauth
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.kernel.clock import now
from alongside.people import locking
from alongside.people.access import SignedInRequest, note_refusal, public, recently_signed_in
from alongside.people.actions import signing_in as actions
from alongside.people.forms.signing_in import NewEmailForm
from alongside.people.views.coming_back import next_after, to_next
from alongside.people.views.waiting import wait_a_moment


class SignInView(allauth.LoginView):  # type: ignore[misc]
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A locked device asks its own person again; "start over" forgets a code that was sent."""
        if locking.locked_person_of(request) is not None:
            return to_next(request, "people:sign_in_again")
        if request.method == "POST":
            clear_login(request)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class TypeCodeView(allauth.ConfirmLoginCodeView):  # type: ignore[misc]
    def form_invalid(self, form: Form) -> HttpResponse:
        note_refusal(self.request, "people.sign_in_by_code")
        answer: HttpResponse = super().form_invalid(form)
        return answer


sign_in = public(SignInView.as_view())
new_account = public(allauth.signup)
type_code = public(sensitive_post_parameters("code")(TypeCodeView.as_view()))
prove_email = public(sensitive_post_parameters("code")(allauth.email_verification_sent))


@public
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Where a code leads that nobody waits for any more."""
    return render(request, "people/code_gone.html")


@public
def not_possible(request: HttpRequest) -> HttpResponse:
    return render(request, "account/account_inactive.html")


@public
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here, or give up half-way into signing in."""
    person, shared = locking.person_of(request), locking.is_shared(request)
    if request.method == "GET" and person is not None:
        return render(request, "account/logout.html")
    if request.method == "POST":
        actions.end(request=request, at=now())
    if person is None:
        return redirect("account_login")
    return forgotten_by_browser(redirect("people:signed_out"), shared=shared)


def forgotten_by_browser(response: HttpResponse, *, shared: bool) -> HttpResponse:
    """Have the browser forget what it saw. On a shared device the cookies go too, such as the language."""
    leftovers = ["cache", "storage", *(["cookies"] if shared else [])]
    response["Clear-Site-Data"] = ", ".join(f'"{kind}"' for kind in leftovers)
    response.delete_cookie(locking.COOKIE)
    return response


@recently_signed_in
@require_http_methods(["GET", "POST"])
def change_email(request: SignedInRequest) -> HttpResponse:
    """Ask for another address; it counts once the code sent there is typed in."""
    form = NewEmailForm(request.POST or None, person=request.user)
    if form.is_valid():
        if not ratelimit.consume(request, action="manage_email"):
            return wait_a_moment(request)
        address = EmailAddress(user=request.user, email=form.cleaned_data["email"])
        send_verification_email_to_address(request, address)
        return redirect("account_email_verification_sent")
    return render(
        request, "account/email.html", {"form": form, "next": next_after(request, reverse("people:signing_in"))}
    )
