"""The steps of explanations in plain English, by code. Facts stand in braces; other languages translate these."""

ENGLISH: dict[str, str] = {
    # Yes or no, by sides
    "side.counted": "{side}: {yes} yes, {no} no, {abstain} abstained, of {roll} on the roll.",
    "side.yes": "{side} agrees: {yes} yes against {no} no.",
    "side.no": "{side} does not agree: {yes} yes against {no} no.",
    "side.tie": "{side} is tied: {yes} yes, {no} no. A tie leaves things as they are.",
    "side.silent": "{side}: nobody said yes or no, so things stay as they are.",
    "side.enough": "{side} agrees: {yes} of {said} said yes; {threshold} or more was needed.",
    "side.too_few": "{side} does not agree: {yes} of {said} said yes; {threshold} was needed.",
    "quorum.approval.met": "{side}: enough of the roll said yes ({reached}, needed {needed}).",
    "quorum.approval.missed": "{side}: too few of the roll said yes ({reached}, needed {needed}).",
    "quorum.approval.refused": "{side}: enough of the roll said no to settle it ({reached}, needed {needed}).",
    "quorum.turnout.met": "{side}: enough of the roll voted ({reached}, needed {needed}).",
    "quorum.turnout.missed": "{side}: too few of the roll voted ({reached}, needed {needed}).",
    "parity.score": "Both sides weigh the same: together {score} % yes. More than 50 % was needed.",
    "outcome.passed": "Every side agrees: passed.",
    "outcome.not_passed": "No side agrees: not passed, things stay as they are.",
    "outcome.not_quorate": "Not enough people took part on this side: {others}. Things stay as they are.",
    "outcome.split": "{what} agrees and {others} does not. Nobody is outvoted: {size} people from each side look for"
    " a new version, and both sides vote again.",
    "outcome.passed.together": "Passed.",
    "outcome.not_passed.together": "Not passed, things stay as they are.",
    "outcome.not_quorate.together": "Too few took part on at least one side. Things stay as they are.",
    "outcome.split.together": "The sides differ. Nobody is outvoted: they look for a new version together.",
    "outcome.nobody": "Nobody was chosen, because nobody was voted for.",
    # Consent
    "consent.side": "{side}: {consents} of {roll} consent, {concerns} of them with a concern; {pending} have not said.",
    "consent.objection.raised": 'Open objection from {side}: "{reason}". It would harm: {harms}.',
    "consent.objection.clarified": 'Open objection from {side}: "{reason}". It would harm: {harms}.',
    "consent.objection.integrated": 'Objection from {side}: "{reason}". The objector says the new version takes it up.',
    "consent.objection.withdrawn": 'Objection from {side}: "{reason}". Taken back.',
    "consent.objection.not_qualified": 'Objection from {side}: "{reason}". A facilitator of each side found that it'
    " harms no shared aim.",
    "consent.objection.unresolved": 'Objection from {side}: "{reason}". It found no answer: things stay as they are.',
    # Consensus
    "consensus.round": "Round {round}, {side}: {agree} agree, {aside} stand aside, {block} block, of {roll}.",
    "consensus.failed": "Round {round} brought no consensus.",
    "consensus.reached": "Round {round} brought consensus: passed.",
    "consensus.fallback": "All rounds failed, so the vote that was announced at the opening decides.",
    # Advice
    "advice.few_affected": "{have} of {needed} people affected have advised.",
    "advice.few_experts": "{have} of {needed} people with expertise have advised.",
    "advice.side_not_asked": "Nobody of {side} has been asked.",
    "advice.use_not_told": "For {many} pieces of advice it is not told how they were used.",
    "advice.not_published": "The advice and its use are not published.",
    "advice.too_early": "The earliest moment to decide is {until}.",
    "advice.objected": "There are {many} objections: the consent rule takes over.",
    "advice.ready": "The decision may be taken.",
    "advice.decided_adopt": "Whoever decides has decided to do it.",
    "advice.decided_leave": "Whoever decides leaves things as they are.",
    "advice.not_decided": "Nothing was decided by the last day. Things stay as they are.",
    # Gradients
    "gradients.spread": "{side}: wholehearted {n8}, support {n7}, with reservations {n6}, mixed {n5}, abstain {n4},"
    " disagree {n3}, strongly {n2}, veto {n1}.",
    "gradients.enough": "{side}: the middle answer is {median}, which is enough.",
    "gradients.too_low": "{side}: the middle answer is {median}, which is not enough.",
    "gradients.veto": "{many} veto.",
    # The most approved, the best scored
    "picked.approval": "{what}: {got} approvals.",
    "picked.score": "{what}: {got} points.",
    "picked.not": "The next, {what}, has {got}.",
    "picked.lot": "Level: {others}. The lot, by the seed published before opening, chose {what}.",
    # Schulze
    "schulze.beats": "{what} beats {others}, each compared one by one.",
    "schulze.beats_none": "{what} beats nobody one by one.",
    "schulze.lost_but": "{what} loses to {over} one by one, but the strongest path from {what} to {over} ({path}) is"
    " no weaker than the path back ({back}).",
    "schulze.level": "Level, nobody beats the other: {others}.",
    # Scottish STV
    "stv.quota": "{ballots} ballots, {seats} seats: {quota} votes are sure to elect (the quota).",
    "stv.elected": "Round {round}: {what} has {votes} votes, reaches the quota and is elected.",
    "stv.elected_last": "Round {round}: {what} is elected with {votes} votes: as many are left as seats.",
    "stv.transferred": "Round {round}: {what} has {surplus} votes more than needed; they go to the next choices.",
    "stv.excluded": "Round {round}: {what} has the fewest votes ({votes}) and is out; the ballots go to their next"
    " choices.",
    "stv.no_seat_left": "Round {round}: {what} is out with {votes} votes: what is left is kept for another side.",
    "stv.lot": "Round {round}: {others} were level in every round. The lot, by the seed published before opening,"
    " fell on {what}.",
    # Budgets
    "greedy.funded": "{what} ({cost}) is funded: supported by {score}.",
    "greedy.skipped": "{what} ({cost}) does not fit into the {left} left and is passed over.",
    "greedy.stopped": "{what} ({cost}) does not fit into the {left} left: the count ends.",
    "greedy.below_threshold": "Fewer than {threshold}, so left out: {others}.",
    "shares.begin": "Everybody begins with {share} to spend.",
    "shares.begin.side": "{side}: everybody begins with {share} to spend.",
    "shares.free": "{what} costs nothing and is funded.",
    "shares.bought": "Round {round}: {what} ({cost}) is funded. {full} supporters pay {price} each, {ended} give the"
    " rest they have.",
    "shares.bought.all_paid": "Round {round}: {what} ({cost}) is funded. Its {full} supporters pay {price} each.",
    "shares.overspent": "Shares were raised {raised} times. With raise {next} the cost would be {cost}: too much.",
    "shares.exhausted": "Shares were raised {raised} times; after that no other project fits.",
    "shares.all_funded": "Shares were raised {raised} times; every project that anybody supports is funded.",
    "shares.filled": "What was left paid for the most supported that still fit: {what}.",
    "budget.left": "{left} of the budget is left.",
    "phragmen.bought": "Round {round}: {what} ({cost}) is funded. Its supporters could pay first, at moment {moment}.",
    "phragmen.stopped": "Next is {what} ({cost}), which does not fit into the {left} left: the count ends.",
    "you.held": "You had {share} to spend.",
    "you.paid": "Your share helped pay for {what}: {amount}.",
    "you.left": "{left} of your share was not used.",
    # Cooperatives
    "surplus.part": "{what} gets {part} of {surplus}, for {used} of {whole}.",
}
