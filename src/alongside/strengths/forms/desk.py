"""The broker desk: one exchange at a time, or a pile of paper slips."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id
from alongside.kernel.text import CleanTextField
from alongside.people.models import Community, Membership
from alongside.strengths.forms.exchanges import prepare_exchange_fields
from alongside.strengths.forms.members import MemberField, PartyField
from alongside.strengths.models import Listing
from alongside.timebank.models import Account, Category
from alongside.ui.fields import DayField, HoursField

# A broker hears of things on these ways; "on the web" people do for themselves.
CHANNELS = [(channel.value, channel.label) for channel in Channel if channel is not Channel.WEB]
MOST_SLIPS = 100


class DeskForm(forms.Form):
    """In the order a broker hears it on the telephone: who, whom, how long, what, do both agree."""

    giver = PartyField(label=_("Who helped?"), help_text=_("Number, name or phone."), by_phone=True)
    receiver = PartyField(label=_("Who was helped?"), help_text=_("Number, name or phone."), by_phone=True)
    minutes = HoursField(label=_("How long?"))
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Kind of help"),
        empty_label=_("choose one"),
        help_text=_("Its first letters are enough."),
    )
    both_agree = forms.BooleanField(required=False, label=_("Both of them say so: credit it now"))
    helped_on = DayField(label=_("Which day?"))
    channel = forms.ChoiceField(label=_("How did you hear of it?"), choices=CHANNELS, initial=Channel.PHONE)
    listing = forms.ModelChoiceField(
        Listing.objects.none(), required=False, label=_("Offer or request"), empty_label=_("none of these")
    )
    note = CleanTextField(max_length=500, required=False, label=_("Note"))
    told_by = forms.ChoiceField(
        required=False,
        label=_("Who told you?"),
        choices=[("giver", _("the one who helped")), ("receiver", _("the one who was helped"))],
        help_text=_("Needed when only one of them says so. The other is asked to confirm."),
    )
    override_reason = CleanTextField(
        max_length=300,
        required=False,
        label=_("Pass the limit, because"),
        help_text=_("Both people will read the reason."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community, today: date, **kwargs: Any) -> None:
        initial = {"key": new_id(), "helped_on": today, **kwargs.pop("initial", {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.community, self.today = community, today
        prepare_exchange_fields(self, community, today, members=["giver", "receiver"])
        listing = self.fields["listing"]
        assert isinstance(listing, forms.ModelChoiceField)
        listing.queryset = listings_of(community, today, self.person("giver"), self.person("receiver"))
        for name in ("giver", "receiver"):
            self.fields[name].widget.attrs |= self._suggesting(name)
        self.fields["giver"].widget.attrs["autofocus"] = True

    def _suggesting(self, name: str) -> dict[str, str]:
        """Let a box suggest people while somebody types; without script it is a plain box."""
        return {
            "list": f"suggested-{name}",
            "hx-get": f"{reverse('strengths:find_person', args=[self.community.slug])}?field={name}",
            "hx-trigger": "input changed delay:150ms",
            "hx-target": f"#suggested-{name}",
            "hx-include": "closest form",
            "hx-params": "giver,receiver",
        }

    def person(self, field: str) -> Membership | None:
        """The member a box means already; None while that is open, or when it is no member."""
        party = self.party(field)
        return party if isinstance(party, Membership) else None

    def party(self, field: str) -> Membership | Account | None:
        """Whom a box means already, before the whole form is sent; None while that is open."""
        value = self.data.get(self.add_prefix(field)) if self.is_bound else self.initial.get(field)
        try:
            found = self.fields[field].clean(value) if value else None
        except forms.ValidationError:
            return None
        return found if isinstance(found, Membership | Account) else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("both_agree") and not cleaned.get("told_by"):
            self.add_error("told_by", _("Say who told you, or tick that both of them say so."))
        return cleaned


def listings_of(
    community: Community, today: date, giver: Membership | None, receiver: Membership | None
) -> QuerySet[Listing]:
    """Open offers of who helped and open requests of who was helped."""
    theirs = Q(pk__in=[])
    if giver:
        theirs |= Q(membership=giver, kind=Listing.Kind.OFFER)
    if receiver:
        theirs |= Q(membership=receiver, kind=Listing.Kind.REQUEST)
    return Listing.objects.of(community).open_on(today).filter(theirs).order_by("title")


class SlipForm(forms.Form):
    """One paper slip. Empty day and kind mean: as on the slip above."""

    giver = MemberField(label=_("Who helped"), by_phone=True)
    receiver = MemberField(label=_("Who was helped"), by_phone=True)
    minutes = HoursField(label=_("How long"), help_text="")
    category = forms.ModelChoiceField(
        Category.objects.none(), required=False, label=_("Kind of help"), empty_label=_("as above")
    )
    helped_on = DayField(required=False, label=_("Day"))
    note = CleanTextField(max_length=500, required=False, label=_("Note"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare_exchange_fields(self, community, today, members=["giver", "receiver"])
        self.initial.setdefault("key", new_id())

    def has_changed(self) -> bool:
        """A slip counts once it says who, how long or a note; its day may have been filled in for it."""
        return not {"giver", "receiver", "minutes", "note"}.isdisjoint(self.changed_data)


class SlipsForm(forms.BaseFormSet[SlipForm]):
    """A pile of slips. Rows that nobody has written on are left aside, wherever they stand."""

    def _construct_form(self, i: int, **kwargs: Any) -> SlipForm:
        form: SlipForm = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.empty_permitted, form.use_required_attribute = True, False
        kind = form.fields["category"]
        if i == 0 and isinstance(kind, forms.ModelChoiceField):
            kind.empty_label = _("choose one")  # nothing stands above the first slip
        if isinstance(kind, forms.ModelChoiceField):
            kind.widget.choices = [("", kind.empty_label), *self._kinds(kind)]
        return form

    def _kinds(self, kind: Any) -> list[tuple[Any, str]]:
        """The kinds of help as every slip offers them, asked for once."""
        if not hasattr(self, "_asked"):
            self._asked = [(each.pk, kind.label_from_instance(each)) for each in kind.queryset]
        return self._asked

    def filled(self) -> list[SlipForm]:
        """The slips somebody has written on, in order."""
        return [form for form in self.forms if form.has_changed()]

    def clean(self) -> None:
        """Fill empty days and kinds from the slip above; the first slip has none above it."""
        above: dict[str, Any] = {"category": None, "helped_on": None}
        for form in self.filled():
            if not hasattr(form, "cleaned_data"):
                continue
            for name in above:
                value = form.cleaned_data.get(name) or above[name]
                if value is None and name not in form.errors:
                    form.add_error(name, _("The first slip needs this."))
                form.cleaned_data[name] = above[name] = value


class PileForm(forms.Form):
    """What holds for the whole pile."""

    channel = forms.ChoiceField(label=_("How did they reach you?"), choices=CHANNELS, initial=Channel.PAPER)
    both_agree = forms.BooleanField(
        required=False, initial=True, label=_("Both people signed each slip: credit them at once")
    )
    override_reason = CleanTextField(
        max_length=300,
        required=False,
        label=_("Pass the limit, because"),
        help_text=_("Only for slips that a limit holds back. Both people will read the reason."),
    )


SlipGrid: type[SlipsForm] = forms.formset_factory(  # type: ignore[assignment]
    SlipForm, formset=SlipsForm, extra=0, max_num=MOST_SLIPS, absolute_max=MOST_SLIPS + 50
)
