"""The two shapes that every format maps to, as data: a results file, and the eight tables of a bundle.

A column says how its text is read (`reads`), whether each row needs it (`required`), and under which
other headers schools export it (`synonyms`, compared after `vocabulary.plain`); `default` is the value of
an empty cell. A results file's teacher
and grade are not marked required: they may come from the roster, row by row (`FROM_ROSTER`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Reads = Literal[
    "id",
    "text",
    "subject",
    "grade",
    "school_year",
    "kind",
    "date",
    "number",
    "score",
    "share",
    "whole",
    "status",
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table as this program names it."""

    name: str
    reads: Reads = "text"
    required: bool = False
    synonyms: tuple[str, ...] = ()
    default: str | None = None


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table's name and columns. `key` identifies a row; `groups` says whether `group_*` columns belong."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    groups: bool = False

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns every row needs."""
        return tuple(column.name for column in self.columns if column.required)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STUDENT_ID = Column(
    "student_id",
    "id",
    required=True,
    synonyms=_words(
        "studentnumber studentno studentnum stuid sid studentidnumber localstudentid "
        "studentlocalid districtstudentid sisid sisuserid pupilid pupilnumber learnerid idnumber "
        "studentsisid statestudentid studentstateid studentuniqueid studentidentifier"
    ),
)
_TEACHER_ID = Column(
    "teacher_id",
    "id",
    required=True,
    synonyms=_words(
        "teacher teachernumber teacherno staffid teacherstaffid instructorid educatorid "
        "primaryteacherid teacheridentifier"
    ),
)
_SCHOOL_ID = Column(
    "school_id",
    "id",
    synonyms=_words("school schoolnumber schoolcode campusid campus buildingid siteid"),
)
_SECTION_ID = Column(
    "section_id",
    "id",
    synonyms=_words("section sectionnumber class classid classcode sectionsisid"),
)
_GRADE = Column(
    "grade",
    "grade",
    required=True,
    synonyms=_words("gradelevel gradelvl studentgrade enrolledgrade gr yeargroup currentgrade"),
)
_SUBJECT = Column(
    "subject",
    "subject",
    required=True,
    synonyms=_words("subjectarea contentarea subjectname academicsubject"),
)
_SCHOOL_YEAR = Column(
    "school_year",
    "school_year",
    required=True,
    synonyms=_words("year academicyear sy schoolyr endyear"),
)
_DATE = Column(
    "date",
    "date",
    required=True,
    synonyms=_words(
        "testdate assessmentdate datetaken administrationdate takenon dategiven dateadministered"
    ),
)
_STANDARD = Column(
    "standard",
    synonyms=_words("standardid standardcode learningstandard learningtarget objective strand"),
)
_SCORE = Column(
    "score",
    "score",
    required=True,
    synonyms=_words(
        "points pointsearned result rawscore scalescore scaledscore scorepoints mark marks testscore "
        "percentcorrect studentscore total totalscore"
    ),
)
_MAX_SCORE = Column(
    "max_score",
    "number",
    synonyms=_words(
        "maxpoints pointspossible outof maximumscore possiblepoints maximum maxscorepoints totalpossible"
    ),
)
_ATTEMPT = Column("attempt", "whole", synonyms=_words("attemptnumber attemptno try retake"))
_STATUS = Column("status", "status", synonyms=_words("scorestatus teststatus resultstatus completionstatus"))
_NAME = Column("name")

RESULTS_FILE = TableShape(
    "results_file",
    (
        _STUDENT_ID,
        replace(_TEACHER_ID, required=False),
        _SCHOOL_ID,
        _SECTION_ID,
        replace(_GRADE, required=False),
        _SUBJECT,
        _SCHOOL_YEAR,
        Column(
            "assessment",
            required=True,
            synonyms=_words("assessmentname assessmentid test testname assessmenttitle quiz quizname"),
        ),
        Column("kind", "kind", synonyms=_words("assessmentkind assessmenttype testtype type")),
        _DATE,
        _STANDARD,
        _SCORE,
        _MAX_SCORE,
        _ATTEMPT,
        _STATUS,
        Column("teacher_name", synonyms=_words("teacherfullname instructor instructorname staffname")),
        Column("school_name", synonyms=_words("campusname buildingname sitename")),
    ),
    groups=True,
)

BUNDLE: dict[str, TableShape] = {
    shape.name: shape
    for shape in (
        TableShape(
            "schools",
            (Column("school_id", "id", required=True), _NAME, Column("district_id", "id")),
            ("school_id",),
        ),
        TableShape("teachers", (Column("teacher_id", "id", required=True), _NAME), ("teacher_id",)),
        TableShape("students", (_STUDENT_ID,), ("student_id",), groups=True),
        TableShape(
            "sections",
            (
                Column("section_id", "id", required=True, synonyms=_SECTION_ID.synonyms),
                Column("school_id", "id", required=True, synonyms=_SCHOOL_ID.synonyms),
                _GRADE,
                _SUBJECT,
                _SCHOOL_YEAR,
                Column("course", synonyms=_words("coursename coursetitle")),
            ),
            ("section_id", "school_id", "grade", "subject", "school_year"),
        ),
        TableShape(
            "section_teachers",
            (
                Column("section_id", "id", required=True, synonyms=_SECTION_ID.synonyms),
                _TEACHER_ID,
                Column("share", "share", synonyms=_words("weight proportion")),
                Column("role", synonyms=_words("teacherrole")),
            ),
            ("section_id", "teacher_id"),
        ),
        TableShape(
            "enrollments",
            (
                _STUDENT_ID,
                Column("section_id", "id", required=True, synonyms=_SECTION_ID.synonyms),
                Column("share", "share", synonyms=_words("weight proportion")),
                Column("begin_on", "date", synonyms=_words("begin begindate startdate start entrydate")),
                Column("end_on", "date", synonyms=_words("end enddate exitdate")),
            ),
            ("student_id", "section_id"),
        ),
        TableShape(
            "assessments",
            (
                Column("assessment_id", "id", required=True, synonyms=_words("testid assessment")),
                Column("name", synonyms=_words("assessmentname title")),
                Column("kind", "kind", required=True, synonyms=_words("assessmentkind assessmenttype type")),
                _SUBJECT,
                Column("grade", "grade", synonyms=_GRADE.synonyms),
                _SCHOOL_YEAR,
                _DATE,
                _MAX_SCORE,
                Column("reliability", "share", synonyms=_words("alpha cronbachsalpha")),
                Column("purpose"),
            ),
            ("assessment_id", "subject", "grade", "school_year"),
        ),
        TableShape(
            "results",
            (
                _STUDENT_ID,
                Column(
                    "assessment_id", "id", required=True, synonyms=_words("testid assessment assessmentname")
                ),
                Column("section_id", "id", synonyms=_SECTION_ID.synonyms),
                _STANDARD,
                _SCORE,
                replace(_ATTEMPT, default="1"),
                _STATUS,
            ),
            ("student_id", "assessment_id", "standard", "attempt"),
        ),
    )
}

# Columns of a results file that a row may take from the roster.
FROM_ROSTER = ("teacher_id", "grade")
