"""Every promise the database makes is attacked, each on a bare copy of its table, where nothing else could refuse.

The copy has constraints and indexes, but no triggers or foreign keys; those alone whose rules guards keep on PostgreSQL
(`GuardedCheck`) are attacked with their guards. A constraint without an attack fails the build.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from alongside.timebank.models.guarded import GuardedCheck
from tests.support import promises_of_gatherings as gatherings
from tests.support import promises_of_meetings as meetings
from tests.support import promises_of_programs as programs
from tests.support import promises_of_rewards as rewards
from tests.support import promises_of_rota as rota
from tests.support import promises_of_safeguarding as safeguarding
from tests.support import promises_of_wellbeing as wellbeing
from tests.support.bare_copies import bare_copy, guard_copy, insert

pytestmark = pytest.mark.django_db

MODELS = {model._meta.label: model for model in apps.get_models() if model.__module__.startswith("alongside.")}
RULES = {rule.name: rule for model in MODELS.values() for rule in model._meta.constraints}
CHECKS = {
    rule.name: label
    for label, model in MODELS.items()
    for rule in model._meta.constraints
    if isinstance(rule, models.CheckConstraint)
}
UNIQUE = [
    (label, rule)
    for label, model in MODELS.items()
    for rule in model._meta.constraints
    if isinstance(rule, models.UniqueConstraint)
]
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
ONE, TWO, LATER, EARLIER = UUID(int=1), UUID(int=2), NOON + timedelta(days=9), NOON - timedelta(days=9)
TODAY, YESTERDAY = date(2026, 3, 3), date(2026, 3, 2)

# What a good row of a table needs besides any value of the right kind.
GOOD: dict[str, dict[str, Any]] = {
    "kernel.UndoOffer": {"made_at": NOON, "until": LATER},
    "kernel.Progress": {"done": 1, "total": 2},
    "kernel.JobRun": {"error": ""},
    "people.Delegation": {"consent_on": TODAY, "expires_on": TODAY},
    "people.BodyMember": {"part": "belongs", "group": ONE},
    "people.JoinRequest": {"answer": "waiting"},
    "people.Invitation": {"made_at": NOON, "expires_at": LATER},
    "people.RoleHeld": {"starts_on": TODAY},
    "notices.Notice": {"link": "/"},
    "notices.Delivery": {"state": "waiting"},
    "timebank.Account": {"kind": "person", "person": ONE},
    "timebank.TimeBank": {"floor_minutes": -60},
    "timebank.Transfer": {"kind": "gift"},
    "timebank.Hold": {"state": "held"},
    "timebank.Entry": {"sign": 1, "balance_after": 1, "placed_at": NOON, "seq": 1},
    "strengths.Exchange": {"state": "proposed", "waits_for": "giver"},
    "strengths.Strength": {"picture": ""},
    "decisions.Proposal": {"state": "draft", "withdrawn_why": ""},
    "decisions.Contribution": {"status": "open", "answer": "", "hidden_why": ""},
    "interop.Import": {"state": "read"},
    "decisions.OpenQuestion": {"made_at": NOON, "closes_at": LATER},
    "decisions.Statement": {"state": "waiting", "refused_why": ""},
    "decisions.Opinion": {"word": "agree"},
    "decisions.QuestionResult": {"map_state": "working"},
    "decisions.Decision": {
        "rule": "double-majority",
        "state": "open",
        "outcome": "",
        "called_off_why": "",
        "opens_at": NOON,
        "closes_at": LATER,
    },
    "charter.CharterLine": {"kind": "categories"},
    "decisions.Advice": {"affected": True, "expert": False, "used": "", "why": ""},
    "decisions.AdvicePlan": {"text": "x", "published_at": NOON},
    "decisions.Decider": {"says": ""},
    "decisions.Source": {"url": "https://example.org", "file_name": "", "media_type": "", "size": 0},
    "decisions.Stance": {"kind": "consent", "words": ""},
    "decisions.Objection": {"state": "raised"},
    "decisions.Amendment": {"state": "open", "reason": ""},
    "decisions.Appeal": {"outcome": "waits", "why": ""},
    "decisions.ModerationEntry": {"rule": "respect"},
    "decisions.Report": {"rule": "respect"},
    "decisions.RollEntry": {"took_part": False, "channel": ""},
    "decisions.Option": {"side": ""},
    "decisions.Conciliation": {
        "round": 1, "seats": 3, "state": "calling", "ending": "", "calls_until": TODAY, "ends_on": TODAY,
    },
    "decisions.ProgressNote": {"step": "done"},
    "decisions.Rating": {"kind": "helps"},
    "decisions.Reminder": {"about": "vote"},
    "decisions.Conciliator": {"place": 1, "is_seated": True, "agreed_to": ""},
    "decisions.OpenBallot": {"choice": "yes"},
    "decisions.PaperKeying": {"choice": "yes"},
    "decisions.Ballot": {"choice": "yes"},
}  # fmt: skip
# For a unique rule under a condition: what makes the condition true.
ON_CONDITION: dict[str, dict[str, Any]] = {
    "job_run_ends_well_once_for_each_time_due": {"ended_at": NOON},
    "role_in_group_once_from_a_day": {"group": ONE},
    "person_email_is_theirs_alone": {"email": "ana@example.org"},
    "body_member_once_in_household": {"part": "adult", "group": None, "household": ONE},
    "body_member_once_in_organisation": {"group": None, "organisation": ONE},
    "delegation_once_to_a_helper": {"helper": ONE},
    "account_once_for_a_household": {"kind": "household", "person": None, "household": ONE},
    "account_once_for_a_organisation": {"kind": "organisation", "person": None, "organisation": ONE},
    "account_once_for_a_group": {"kind": "group_pot", "person": None, "group": ONE},
    "account_once_for_a_partner": {"kind": "partner", "person": None, "partner": ONE},
    "account_of_the_community_once_of_a_kind": {"kind": "community_pot", "person": None},
    "transfer_reversed_once": {"kind": "reversal", "reverses": ONE},
    "transfer_settles_a_hold_once": {"hold": ONE},
    "month_total_once": {"category": ONE},
    "membership_once_an_invited_form": {"invited_key": ONE},
    "ballot_of_a_named_voter_once": {"membership": ONE},
    "option_person_stands_once": {"name": "", "membership": ONE, "side": "uses"},
    "conciliation_running_once_a_proposal": {"state": "calling"},
    "progress_done_once_a_decision": {"step": "done"},
    "charter_once_a_decision": {"decision": ONE},
    "transfer_of_one_exchange": {"state": "confirmed", "waits_for": "", "transfer": ONE},
}
# Each check, and lies it must not let through.
LIES: dict[str, list[dict[str, Any]]] = {
    "undo_offer_ends_after_it_is_made": [{"until": NOON}],
    "periodic_job_held_by_whom_and_since_when": [{"held_by": ONE}, {"held_since": NOON}],
    "periodic_job_repeats_after_a_while": [{"every_seconds": 0}],
    "progress_is_never_more_than_all_of_it": [{"done": 3}],
    "community_has_a_name": [{"name": ""}],
    "person_has_a_name": [{"name": ""}],
    "person_erased_means_empty": [{"erased_at": NOON}],
    "membership_merged_is_over": [{"merged_into": ONE}],
    "membership_numbers_start_at_one": [{"number": 0}],
    "role_ends_after_it_starts": [{"ends_on": YESTERDAY}],
    "role_ended_by_hand_has_a_last_day": [{"ended_at": NOON}],
    "consent_is_to_some_words": [{"words": ""}],
    "contact_share_is_between_two": [{"asker": ONE, "asked": ONE}],
    "contact_share_answered_has_a_moment": [{"agreed": True}, {"answered_at": NOON}],
    "contact_share_refused_is_over": [{"agreed": False, "answered_at": NOON}],
    "group_has_a_name": [{"name": ""}],
    "organisation_has_a_name": [{"name": ""}],
    "household_has_a_name": [{"name": ""}],
    "body_member_of_exactly_one_body": [
        {"group": None}, {"household": ONE}, {"organisation": ONE}, {"part": "child"}, {"part": "mascot"},
    ],
    "delegation_is_to_somebody_else": [{"membership": ONE, "helper": ONE}],
    "delegation_ends_after_it_is_agreed": [{"expires_on": YESTERDAY}],
    "delegation_ended_has_a_moment": [{"ended_by": ONE}],
    "join_request_answered_has_a_moment": [{"answer": "approved"}, {"answered_at": NOON}],
    "join_request_declined_has_a_reason": [{"answer": "declined", "answered_at": NOON, "reason": ""}],
    "invitation_expires_after_it_is_made": [{"expires_at": NOON}],
    "invitation_revoked_has_a_moment": [{"revoked_by": ONE}],
    "sign_in_card_expires_after_it_is_issued": [{"issued_at": NOON, "expires_at": NOON}],
    "device_that_ended_holds_no_session": [{"ended_at": NOON}],
    "notice_links_inside_this_site": [{"link": "https://x.example"}, {"link": "//x.example"}, {"link": "/\\x.example"}],
    "notice_has_a_title": [{"title": ""}],
    "delivery_sent_says_when": [{"state": "sent"}, {"sent_at": NOON}],
    "delivery_being_sent_says_since_when": [{"state": "sending"}],
    "delivery_in_a_summary_says_which": [{"state": "gathered"}, {"inside": ONE}],
    "account_ceiling_above_floor": [{"floor_minutes": 5, "ceiling_minutes": 5}],
    "account_partner_is_another_community": [
        {"kind": "partner", "person": None, "partner": ONE, "community": ONE},
    ],
    "account_held_is_not_negative": [{"held_minutes": -1}],
    "account_awaited_is_not_negative": [{"awaited_minutes": -1}],
    "time_bank_ceiling_above_floor": [{"ceiling_minutes": -60}],
    "time_bank_floor_lets_accounts_begin_at_0": [{"floor_minutes": 1}],
    "category_has_a_name": [{"name": ""}],
    "category_division_is_of_icatus": [{"division": 0}, {"division": 10}],
    "transfer_moves_at_least_a_minute": [{"minutes": 0}, {"minutes": -5}],
    "transfer_is_between_two_accounts": [{"payer": ONE, "payee": ONE}],
    "transfer_reversal_says_of_what": [{"kind": "reversal"}, {"reverses": ONE}],
    "transfer_of_exchange_has_a_category": [{"kind": "exchange"}],
    "transfer_has_a_key": [{"key": ""}],
    "entry_sign_is_that_of_its_minutes": [{"minutes": -1}, {"sign": -1}, {"minutes": 0}, {"sign": 0}],
    "entry_place_is_whole_or_missing": [{"seq": None}, {"balance_after": None}, {"placed_at": None}, {"seq": 0}],
    "seal_counts_from_1": [{"n": 0}],
    "hold_of_at_least_a_minute": [{"minutes": 0}],
    "hold_is_between_two_accounts": [{"payer": ONE, "payee": ONE}],
    "hold_state_is_known": [{"state": "lost", "ended_at": NOON}],
    "hold_ended_when_it_no_longer_holds": [{"state": "posted"}, {"ended_at": NOON}],
    "recognised_kind_has_a_name": [{"name": ""}],
    "recognised_work_of_at_least_a_minute": [{"minutes": 0}],
    "listing_has_a_title": [{"title": ""}],
    "listing_within_a_day": [{"minutes": 0}, {"minutes": 1441}],
    "listing_week_has_21_pieces": [{"week": 1 << 21}],
    "exchange_between_two_accounts": [{"giver": ONE, "receiver": ONE}],
    "exchange_within_a_day": [{"minutes": 0}, {"minutes": 1441}],
    "exchange_holds_or_has_posted_by_its_state": [
        {"hold": ONE}, {"transfer": ONE}, {"state": "arranged", "waits_for": ""},
        {"state": "confirmed", "waits_for": ""},
    ],
    "exchange_waits_for_the_other_side": [{"waits_for": ""}, {"state": "rejected"}],
    "exchange_words_say_something": [{"words": ""}],
    "strength_is_a_picture_or_words": [{"words": ""}, {"picture": "reading"}],
    "proposal_has_a_title": [{"title": ""}],
    "proposal_state_is_known": [{"state": "forgotten"}],
    "proposal_subject_says_its_kind": [{"subject": "", "subject_id": ONE}],
    "proposal_withdrawn_has_the_reason_why": [{"withdrawn_why": "too dear"}],
    "version_numbers_start_at_one": [{"number": 0}],
    "version_says_what_is_proposed": [{"text": ""}],
    "contribution_says_something_or_was_erased": [{"text": ""}, {"words_erased_at": NOON}],
    "contribution_paragraphs_start_at_one": [{"paragraph": 0}],
    "contribution_answered_by_whom_and_when": [
        {"answer": "yes"}, {"answered_by": ONE}, {"status": "answered"}, {"status": "taken_up", "answered_by": ONE},
    ],
    "contribution_hidden_by_whom_when_and_why": [
        {"hidden_at": NOON}, {"hidden_why": "rude"}, {"hidden_at": NOON, "hidden_by": ONE},
    ],
    "open_question_has_a_title": [{"title": ""}],
    "open_question_closes_after_it_is_asked": [{"closes_at": NOON}],
    "statement_says_something": [{"text": ""}],
    "statement_judged_when_and_refused_why": [
        {"judged_at": NOON}, {"refused_why": "rude"}, {"state": "shown"}, {"state": "refused", "judged_at": NOON},
        {"state": "shown", "judged_at": NOON, "refused_why": "rude"}, {"state": "lost", "judged_at": NOON},
    ],
    "statement_is_not_let_in_by_its_writer": [
        {"state": "shown", "judged_at": NOON, "membership": ONE, "judged_by": ONE},
    ],
    "opinion_says_a_known_word": [{"word": "maybe"}],
    "question_result_says_when_it_was_mapped": [
        {"mapped_at": NOON}, {"map_state": "shown"}, {"map_state": "lost", "mapped_at": NOON},
    ],
    "import_moved_in_says_when": [{"state": "moved_in"}],
    "decision_rule_is_known": [{"rule": "dice"}],
    "decision_closes_after_it_opens": [{"closes_at": NOON}],
    "decision_has_an_outcome_once_closed": [
        {"outcome": "passed"}, {"state": "closed", "closed_at": NOON}, {"closed_at": NOON},
        {"state": "closed", "outcome": "perhaps", "closed_at": NOON}, {"state": "lost", "closed_at": NOON},
    ],
    "decision_called_off_says_why": [{"called_off_why": "x"}, {"state": "called_off", "closed_at": NOON}],
    "decision_lot_has_a_seed": [{"lot_seed": ""}],
    "plan_is_published_with_its_words": [{"text": ""}, {"published_at": None}],
    "plan_is_objected_to_once_published": [{"goes_on_as": ONE, "text": "", "published_at": None}],
    "decider_says_one_of_two_at_a_time": [{"says": "adopt"}, {"said_at": NOON}, {"says": "maybe", "said_at": NOON}],
    "advice_from_who_is_affected_or_knows": [{"affected": False}],
    "advice_says_something_or_was_erased": [{"text": ""}, {"words_erased_at": NOON}],
    "advice_use_is_told_by_whom_and_when": [{"used": "used"}, {"why": "x"}, {"used_at": NOON}],
    "stance_is_known": [{"kind": "perhaps"}],
    "stance_has_words_for_a_concern": [{"words": "x"}],
    "objection_state_is_known": [{"state": "lost", "settled_at": NOON}],
    "objection_says_why_and_what_it_harms": [{"reason": ""}, {"harms": ""}],
    "objection_is_settled_at_a_time": [{"settled_at": NOON}, {"state": "withdrawn"}],
    "objection_understood_at_a_time": [{"state": "clarified"}],
    "objection_taken_up_in_a_version": [{"state": "integrated", "settled_at": NOON, "answered_in": None}],
    "finding_publishes_its_reason": [{"reason": ""}],
    "roll_says_how_somebody_took_part": [{"took_part": True}, {"channel": "web"}],
    "open_ballot_says_something": [{"choice": ""}],
    "paper_keying_says_something": [{"choice": ""}],
    "ballot_says_something": [{"choice": ""}],
    "option_numbers_fit_a_ballot": [{"number": 0}, {"number": 25}],
    "option_is_a_thing_or_a_person_of_a_side": [
        {"name": ""}, {"side": "uses"}, {"membership": ONE}, {"name": "", "membership": ONE},
    ],
    "amendment_says_something_or_was_erased": [{"text": ""}, {"words_erased_at": NOON}],
    "amendment_paragraphs_start_at_one": [{"paragraph": 0}],
    "amendment_answered_by_whom_and_when": [
        {"state": "accepted"}, {"state": "refused", "answered_by": ONE}, {"reason": "x"}, {"answered_at": NOON},
        {"state": "lost"},
    ],
    "contribution_replies_are_comments": [{"reply_to": ONE, "kind": "question"}],
    "moderation_names_a_rule": [{"rule": "taste"}],
    "moderation_says_why": [{"words": ""}],
    "report_names_a_rule": [{"rule": "taste"}],
    "appeal_decided_by_whom_when_and_why": [
        {"outcome": "stays", "decided_by": ONE, "decided_at": NOON}, {"why": "x"}, {"outcome": "lost"},
        {"outcome": "restored", "why": "x"},
    ],
    "import_undone_says_when": [{"state": "undone", "moved_in_at": NOON}, {"undone_at": NOON}],
    "conciliation_has_two_rounds_at_most": [{"round": 0}, {"round": 3}],
    "conciliation_has_one_to_three_seats": [{"seats": 0}, {"seats": 4}],
    "conciliation_ends_after_its_call": [{"ends_on": YESTERDAY}],
    "conciliation_over_says_when_and_how": [
        {"state": "over"}, {"state": "sitting"}, {"ended_at": NOON},
        {"state": "over", "ended_at": NOON, "ending": "x"},
    ],
    "conciliation_agrees_only_once_people_sit": [
        {"state": "over", "ended_at": NOON, "ending": "new_version"},
        {"state": "over", "ended_at": NOON, "ending": "agreed_to_stop"},
    ],
    "progress_step_is_known": [{"step": "nearly"}],
    "progress_says_something_or_was_erased": [{"text": ""}, {"text": "x", "words_erased_at": NOON}],
    "rating_says_one_of_three_words": [{"kind": "hurts"}],
    "reminder_is_about_something_known": [{"about": "lunch"}],
    "conciliator_sits_by_the_lot": [{"place": None}],
    "conciliator_agrees_from_a_seat": [
        {"is_seated": False, "agreed_to": "x"}, {"is_seated": False, "would_stop_at": NOON},
    ],
    "source_says_what_it_is": [{"title": ""}],
    "source_is_an_address_or_a_file": [
        {"url": ""}, {"file_name": "plan.pdf"}, {"size": 1}, {"url": "", "file_name": "page.html", "size": 1},
    ],
    "charter_numbers_start_at_one": [{"number": 0}],
    "charter_decided_has_no_single_maker": [{"decision": ONE, "made_by": ONE}],
    "charter_line_positions_start_at_one": [{"position": 0}],
    "charter_line_kind_is_known": [{"kind": "prices"}],
    "charter_line_has_a_name": [{"name": ""}],
    "charter_line_division_is_of_icatus": [{"division": 0}, {"division": 10}],
    "message_says_something_or_was_erased": [{"text": ""}, {"text": "x", "words_erased_at": NOON}],
}  # fmt: skip

for room in (gatherings, meetings, programs, rewards, rota, safeguarding, wellbeing):
    for promises, of_room in ((GOOD, room.GOOD), (ON_CONDITION, room.ON_CONDITION), (LIES, room.LIES)):
        promises.update(of_room)


def test_every_check_is_attacked():
    assert set(LIES) == set(CHECKS)


@pytest.mark.parametrize("label", sorted(set(CHECKS.values())))
def test_the_database_refuses_a_lie(label: str):
    model = MODELS[label]
    lies = [(name, lie) for name, of_table in CHECKS.items() if of_table == label for lie in LIES.get(name, [])]

    with bare_copy(model):
        insert(row(model, 1))
        assert [f"{name}: {lie}" for name, lie in lies if not is_refused(model, name, row(model, 2, **lie))] == []


def is_refused(model: type[models.Model], name: str, lie: dict[str, Any]) -> bool:
    """Whether the rule of this name, and no other, stops the row; a guard is set for this one row."""
    try:
        with transaction.atomic():
            if isinstance(RULES[name], GuardedCheck):
                guard_copy(model, name)
            insert(lie)
            transaction.set_rollback(True)
    except IntegrityError as refused:
        return name in str(refused)
    return False


@pytest.mark.parametrize("label", sorted({label for label, _ in UNIQUE}))
def test_the_database_takes_a_thing_once(label: str):
    rules = [rule for of_table, rule in UNIQUE if of_table == label]

    with bare_copy(MODELS[label]):
        assert [rule.name for rule in rules if not takes_once(MODELS[label], rule)] == []


def takes_once(model: type[models.Model], rule: models.UniqueConstraint) -> bool:
    """Whether a second row is refused that shares with the first what the rule names, and nothing else."""
    told = ON_CONDITION.get(rule.name, {})
    first = row(model, 1, **told)
    fields = set(rule.fields) | {name for part in rule.expressions for name in re.findall(r"F\((\w+)\)", repr(part))}
    shared = {column(model, name): first[column(model, name)] for name in fields}
    with transaction.atomic():
        insert(first)
        if "email" not in fields:  # what is in no other field of the rule may well stand there again
            insert(row(model, 2, **told))
        try:
            with transaction.atomic():
                insert(row(model, 3, **told) | shared)
        except IntegrityError:
            return True
        finally:
            transaction.set_rollback(True)
    return False


def column(model: type[models.Model], name: str) -> str:
    return next(str(field.column) for field in model._meta.local_concrete_fields if field.name == name)


def row(model: type[models.Model], n: int, /, **told: Any) -> dict[str, Any]:
    """A good row of a table but for what is `told`, by column; rows of another `n` share nothing else."""
    told = GOOD.get(model._meta.label, {}) | told
    return {
        str(field.column): field.get_db_prep_save(told.get(field.name, any_value(field, n)), connection)
        for field in model._meta.local_concrete_fields
    }


def any_value(field: models.Field[Any, Any], n: int) -> Any:
    """A value of the right kind; other for another `n`, where the kind knows more than two."""
    if field.null:
        return None
    if isinstance(field, models.ForeignKey):
        return any_value(field.target_field, n)
    kinds: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.UUIDField, uuid4()),
        (models.BooleanField, False),
        (models.JSONField, {}),
        (models.BinaryField, b"x"),
        (models.DateTimeField, NOON + timedelta(hours=n)),
        (models.DateField, TODAY + timedelta(days=n)),
        (models.TimeField, time(n)),
        (models.IntegerField, n),
        (models.CharField, str(n)),
        (models.TextField, str(n)),
    ]
    return next(value for kind, value in kinds if isinstance(field, kind))
