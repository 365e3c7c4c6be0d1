"""The thresholds of the status ladder and of the evidence tiers, read from `thresholds.toml` and checked."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from plc.core.errors import BadFile, Issue

FILE_NAME: Final = "thresholds.toml"

Count = Annotated[int, Field(ge=1)]
Probability = Annotated[float, Field(gt=0.0, lt=1.0)]
# A class before and after is compared with nobody, whatever a district writes.
ComparedDesign = Literal["randomised", "matched", "difference", "staggered"]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PoolRules(_Section):
    """Which tests are pooled, and the interval a confirmation needs."""

    designs: Annotated[tuple[ComparedDesign, ...], Field(min_length=1)]
    level: Annotated[float, Field(ge=0.90, lt=1.0)]
    floored: bool


class ReplicatedRules(_Section):
    """Counts for "replicated"."""

    tests: Annotated[int, Field(ge=2)]
    practice_sections: Count
    teachers: Count


class ConfirmedRules(_Section):
    """Counts for "confirmed here", and where the pooled interval must lie (SD)."""

    teams: Annotated[int, Field(ge=3)]
    practice_sections: Count
    schools: Count
    effect_above: Annotated[float, Field(ge=0.0)]
    tests_with_harm: Annotated[int, Field(ge=0)]


class AdoptedRules(_Section):
    """Teams that decided to adopt."""

    teams: Count


class RetiredRules(_Section):
    """When the tests, or the teams, have given a practice up."""

    teams_tested: Annotated[int, Field(ge=3)]
    probability_meaningful: Probability
    teams_abandoned: Annotated[int, Field(ge=2)]


class TierRules(_Section):
    """What ESSA tiers 1 to 3 ask for."""

    experiment: ComparedDesign
    comparison: tuple[ComparedDesign, ...]
    teams: Annotated[int, Field(ge=3)]
    students: Count
    sites: Count
    local_signal: Probability


class ContextRules(_Section):
    """When and how places are told apart; bounds ascend."""

    tests: Annotated[int, Field(ge=2)]
    school_sizes: tuple[int, int]
    starting_levels: tuple[float, float]

    @model_validator(mode="after")
    def _bounds_ascend(self) -> Self:
        for bounds in (self.school_sizes, self.starting_levels):
            if not bounds[0] < bounds[1]:
                raise ValueError("the first bound must be below the second")
        return self


class Thresholds(_Section):
    """Everything that makes a status or a tier, but the evidence."""

    pool: PoolRules
    replicated: ReplicatedRules
    confirmed: ConfirmedRules
    adopted: AdoptedRules
    retired: RetiredRules
    tiers: TierRules
    contexts: ContextRules

    @model_validator(mode="after")
    def _the_ladder_climbs(self) -> Self:
        if self.confirmed.practice_sections < self.replicated.practice_sections:
            raise ValueError("confirmed.practice_sections must not be below replicated.practice_sections")
        return self


def read_thresholds(path: Path) -> Thresholds:
    """Thresholds of a file. Raises `BadFile` with an issue per entry that cannot be used."""
    return _parsed(path.read_text(encoding="utf-8"), path.name)


@cache
def thresholds() -> Thresholds:
    """The thresholds this program came with, or that the district wrote into that file."""
    text = (resources.files("plc.practices") / FILE_NAME).read_text(encoding="utf-8")
    return _parsed(text, FILE_NAME)


def _parsed(text: str, name: str) -> Thresholds:
    try:
        return Thresholds.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadFile(
            f"{name} cannot be read: {error}. Put the file right, or restore the original."
        ) from error
    except ValidationError as error:
        issues = [
            Issue(name, None, ".".join(map(str, problem["loc"])) or None, problem["type"], problem["msg"])
            for problem in error.errors()
        ]
        first = issues[0]
        where = f"{first.column}: " if first.column else ""
        raise BadFile(
            f"{name} holds {len(issues)} entries that cannot be used; the first is {where}{first.message}.",
            issues,
        ) from error
