"""What a measured effect says: one sentence from one posterior, and what it cannot show.

Nothing here says that a practice works: one test reports what it saw and how sure that is.
"""

from __future__ import annotations

from datetime import date

from plc.core.articles import with_article
from plc.core.disclosure import NOT_ENOUGH_STUDENTS
from plc.inquiry.estimating import Arms, Estimated
from plc.inquiry.tested import Fidelity, PlannedTest
from plc.statistics.attrition import HIGH
from plc.statistics.effect_designs import DESIGN_WORDS, Design
from plc.statistics.effect_posterior import EffectPosterior
from plc.statistics.gain_effect import BeforeAfter

NO_OUTCOME = "No results of the measure since the start yet. The effect is worked out when they are uploaded."
# A prediction that was written or changed with an outcome in hand, here or in an upload undone since.
PREDICTED_LATE = "changed after data were seen"
NO_SCAN = (
    "How much classes of this district differ by themselves is not known yet, so usual values stand in; "
    "look for bright spots once and it is worked out again."
)


def amount(value: float) -> str:
    """An SD amount with two decimals and no minus before zero."""
    words = f"{value:.2f}"
    return "0.00" if words == "-0.00" else words


def signed(value: float, digits: int = 0) -> str:
    """A number of points with its sign; 0 has none."""
    words = f"{value:+.{digits}f}"
    return words[1:] if float(words) == 0 else words


def effect_sentence(
    test: PlannedTest, posterior: EffectPosterior, practice: Arms, *, points: float | None
) -> str:
    """The one sentence: prediction, posterior mean, range, probability, students, fidelity."""
    predicted = f"{amount(test.predicted_sd)} SD"
    if test.predicted_points is not None:
        predicted = f"{signed(test.predicted_points, _digits(test.predicted_points))} points ({predicted})"
    if test.predicted_late:
        predicted += f", {PREDICTED_LATE}"
    figures = f"90 % range {amount(posterior.lower)} to {amount(posterior.upper)}"
    found = f"{signed(posterior.mean, 2)} SD ({figures})"
    if points is not None:
        moved = posterior.mean * points
        found = f"{signed(moved, _digits(moved))} points ({amount(posterior.mean)} SD, {figures})"
    return (
        f"We predicted {predicted}. Best estimate {found}: "
        f"{with_article(share(posterior.helped))} chance it helped at all; {practice.compared} students, "
        f"{_fidelity_words(test.fidelity)}."
    )


def _fidelity_words(fidelity: Fidelity) -> str:
    """How many classes did it fully, partly or not, by their own answers."""
    said = fidelity.fully + fidelity.partly + fidelity.not_done
    if not said:
        return "how fully it was done is not recorded"
    words = [f"{_classes(fidelity.fully)} did it fully"]
    if fidelity.partly:
        words.append(f"{fidelity.partly} partly")
    if fidelity.not_done:
        words.append(f"{fidelity.not_done} not")
    if fidelity.silent:
        words.append(f"{fidelity.silent} did not say")
    return ", ".join(words)


def share(probability: float) -> str:
    """A probability in whole per cent; never 0 or 100, which no test of a few classes can know."""
    if probability < 0.01:
        return "less than 1 %"
    return "more than 99 %" if probability > 0.99 else f"{100 * probability:.0f} %"


def change_sentence(change: BeforeAfter, *, points: float | None) -> str:
    """Before and after only: the change, and how much of it starting low gives by itself."""
    of_points = (
        f" ({signed(change.change * points, _digits(change.change * points))} points)"
        if points is not None
        else ""
    )
    start = "below" if change.before < 0 else "above"
    return (
        f"Classes changed by {signed(change.change, 2)} SD{of_points} beside the district. They stood "
        f"{amount(abs(change.before))} SD {start} expectation before, and classes that do change by about "
        f"{signed(change.spurious, 2)} SD by themselves. Without classes to compare with, "
        "this is not evidence of an effect."
    )


def limits(test: PlannedTest, found: Estimated, *, scanned: bool, own_before: bool) -> tuple[str, ...]:
    """What this test cannot show, each as a line."""
    lines = [DESIGN_WORDS[test.design].cannot_show]
    practice, comparison = found.practice, found.comparison
    if test.design not in (Design.SERIES, Design.BEFORE_AFTER) and (
        practice.classes == 1 or comparison.classes == 1 or practice.teachers == 1 or comparison.teachers == 1
    ):
        lines.append("One class or teacher on a side: what is hers alone cannot be told from the practice.")
    if found.baseline is not None and not found.baseline.equivalent:
        lines.append(
            f"Students differed by {amount(abs(found.baseline.g))} SD at the start: too much to compare by "
            "adjusting (0.25 is the limit)."
        )
    for lost, what in ((found.lost_students, "students"), (found.lost_classes, "classes")):
        if lost is not None and lost.verdict == HIGH:
            lines.append(
                f"{share(lost.overall)} of {what} were lost, {100 * lost.differential:.0f} points more "
                "on one side: enough to have made a difference by itself."
            )
    for many, who in (
        (practice.without_start + comparison.without_start, "without a starting point"),
        (practice.joined + comparison.joined, "who joined after the start"),
    ):
        if many:
            lines.append(f"{many} students {who} are left out.")
    if found.effect is not None and found.effect.carry == 0.0 and found.effect.others:
        lines.append(
            "Nothing was measured in these classes before the start, so the range leans on how much classes "
            "of the district usually differ. One occasion before the start makes it much narrower."
        )
    if own_before:
        lines.append("Hardly any student has a starting point, so each class is compared with itself before.")
    if not scanned:
        lines.append(NO_SCAN)
    return tuple(lines)


def too_few_sentence() -> str:
    """What is said instead of a number."""
    return NOT_ENOUGH_STUDENTS[0].upper() + NOT_ENOUGH_STUDENTS[1:] + "."


def few_teachers_sentence(predicted_sd: float, predicted_points: float | None) -> str:
    """What is said where figures would tell of one colleague."""
    return (
        f"{_predicted(predicted_sd, predicted_points)} The results are in. So few teachers stand behind them"
        " that a figure would tell you a colleague's own class. You read figures once each of them has opened"
        " her results to the team, or in a test of at least three teachers whose results you do not know."
    )


def outside_sentence(predicted_sd: float, predicted_points: float | None) -> str:
    """What is said to whoever belongs to no team of the test."""
    return (
        f"{_predicted(predicted_sd, predicted_points)} The results are in. What they show is for the team"
        " that ran the test."
    )


def overlap_sentence(predicted_sd: float, predicted_points: float | None) -> str:
    """What is said where a figure less an earlier test's would tell of one class."""
    return (
        f"{_predicted(predicted_sd, predicted_points)} The results are in. This test shares classes with an"
        " earlier one at the same time: one figure less the other would tell of one class, so only the"
        " earlier one shows figures."
    )


def changed_sentence(told_on: date) -> str:
    """What is said where results changed after the figure was told."""
    return (
        f"Since this was measured on {told_on:%-d %B %Y}, results of some classes changed. A new figure less"
        " this one would tell of these classes, so this one stays until those of at least three teachers"
        " changed. You read the new one once their teachers have opened their results to you."
    )


def came_again_sentence() -> str:
    """What is said where results were taken back and came again, other ones for a few classes."""
    return (
        "Results were taken back and came again, other ones for a few classes. A new figure less the earlier"
        " one would tell of these classes."
    )


def still_to_come_sentence(missing: int, planned: int, until: date) -> str:
    """What is said while classes have not brought results of the measure; by count, never by name."""
    return (
        f"Results of {missing} of {planned} classes are still to come. The effect is worked out when they are"
        f" there, or without them after {until:%-d %B %Y}."
    )


def _predicted(predicted_sd: float, predicted_points: float | None) -> str:
    predicted = f"{amount(predicted_sd)} SD"
    if predicted_points is not None:
        predicted = f"{signed(predicted_points, _digits(predicted_points))} points ({predicted})"
    return f"We predicted {predicted}."


def _classes(many: int) -> str:
    return "1 class" if many == 1 else f"{many} classes"


def _digits(value: float) -> int:
    return 0 if float(value).is_integer() or abs(value) >= 2.5 else 1
