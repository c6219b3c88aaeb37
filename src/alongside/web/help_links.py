"""Which help page speaks about which page of the house."""

HELP_FOR: dict[str, str] = {
    **dict.fromkeys(
        ("programs:session_plan", "programs:look_on", "programs:what_happened", "programs:change_run"),
        "how-to/run-sessions-well",
    ),
    **dict.fromkeys(
        (
            "programs:topics", "programs:propose_topic", "programs:class", "programs:ask_host", "programs:plan_class",
            "programs:book_class",
        ),
        "how-to/turn-topics-into-classes",
    ),
    **dict.fromkeys(
        (
            "programs:jobs", "programs:vacancies", "programs:households_without_a_job", "programs:job",
            "programs:offer_job", "programs:ask_to_do", "programs:choose_for_job", "programs:board_meetings",
            "programs:board_meet", "programs:board_meeting", "programs:board_presence", "programs:board_minutes",
            "programs:board_decide",
        ),
        "how-to/share-out-jobs",
    ),
    "web:front": "explanation/what-alongside-is",
    "web:home": "tutorials/a-participants-first-hour",
    "web:founding_start": "tutorials/a-coordinators-first-day",
    "web:founding_question": "tutorials/a-coordinators-first-day",
    **dict.fromkeys(
        (
            "decisions:home", "decisions:over", "decisions:start", "decisions:write", "decisions:write_part",
            "decisions:add_source",
            "decisions:check", "decisions:authors", "decisions:withdraw", "decisions:proposal", "decisions:version",
            "decisions:versions", "decisions:talk", "decisions:speak", "decisions:answer",
            "decisions:reply", "decisions:policy", "decisions:moderation_log", "decisions:report", "decisions:moderate",
            "decisions:appeal", "decisions:decide_appeal", "decisions:amend", "decisions:amendment",
        ),
        "how-to/propose-something",
    ),
    **dict.fromkeys(
        (
            "decisions:questions", "decisions:ask_question", "decisions:question", "decisions:say_statement",
            "decisions:opinions", "decisions:statements", "decisions:judge", "decisions:question_results",
        ),
        "how-to/ask-everybody",
    ),
    **dict.fromkeys(
        (
            "decisions:open_round", "decisions:round", "decisions:stand", "decisions:concern", "decisions:object",
            "decisions:objection", "decisions:clarify", "decisions:find", "decisions:round_next",
            "decisions:call_off_round", "decisions:round_slips", "decisions:key_stance",
        ),
        "how-to/run-a-consent-round",
    ),
    **dict.fromkeys(
        (
            "decisions:open_advice", "decisions:advice", "decisions:advise", "decisions:object_to_plan",
            "decisions:ask_advice", "decisions:tell_use", "decisions:publish_plan", "decisions:decide",
            "decisions:name_decider", "decisions:call_off_advice",
        ),
        "how-to/ask-for-advice",
    ),
    **dict.fromkeys(
        (
            "decisions:meetings", "decisions:call_meeting", "decisions:meeting", "decisions:change_meeting",
            "decisions:call_off_meeting", "decisions:coming", "decisions:bring_item", "decisions:arrange_agenda",
            "decisions:settle_item", "decisions:run_meeting", "decisions:attendance", "decisions:enter_hands",
            "decisions:hands", "decisions:minutes", "decisions:write_minutes", "decisions:passage_states",
            "decisions:correct_minutes", "decisions:answer_correction", "decisions:undertake", "decisions:undertaking",
            "decisions:end_undertaking", "decisions:pass_on",
        ),
        "how-to/hold-a-meeting",
    ),
    **dict.fromkeys(
        (
            "safeguarding:name_lead", "safeguarding:apart", "safeguarding:keep_apart", "safeguarding:pair",
        ),
        "explanation/kept-apart",
    ),
    **dict.fromkeys(
        (
            "programs:looking_back", "programs:self_check", "programs:enter_self_check", "programs:self_check_results",
            "programs:say_how_it_went", "programs:barriers", "programs:raise_barrier", "programs:barrier",
            "programs:answer_barrier", "programs:say", "programs:inputs", "programs:record_input",
            "programs:correct_input", "programs:sums", "programs:add_budget_line", "programs:commitments",
            "programs:write_commitment",
        ),
        "how-to/look-back-together",
    ),
    **dict.fromkeys(
        (
            "programs:pathway", "programs:guide", "programs:offer_step", "programs:note_training",
            "programs:note_beside", "programs:leaders", "programs:hear_answer", "programs:introduction",
            "programs:plan_introduction",
        ),
        "how-to/grow-into-leading",
    ),
    "web:community_settings": "tutorials/a-coordinators-first-day",
}  # fmt: skip

# Where a page has nothing of its own to say, its room has.
HELP_FOR_ROOM: dict[str, str] = {
    "people": "explanation/privacy",
    "timebank": "explanation/an-hour-is-an-hour",
    "strengths": "explanation/an-hour-is-an-hour",
    "notices": "explanation/privacy",
    "decisions": "how-to/hold-a-vote",
    "charter": "how-to/change-our-rules",
    "wellbeing": "how-to/make-my-plan",
    "rota": "how-to/make-a-rota",
    "rewards": "how-to/say-thank-you-with-rewards",
    "programs": "tutorials/your-first-co-produced-program",
    "gatherings": "how-to/bring-people-together",
    "safeguarding": "how-to/keep-checks-in-date",
    "interop": "how-to/move-in-from-timeoverflow",
}


def help_path_for(view_name: str) -> str:
    """The path of the help page about a view, below `docs/` and without ".md"; empty for the contents."""
    return HELP_FOR.get(view_name) or HELP_FOR_ROOM.get(view_name.partition(":")[0], "")
