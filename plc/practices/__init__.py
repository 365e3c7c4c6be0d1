"""The practice library: cards, who may see them, and what their tests say together.

A *card* describes a practice as a behaviour; its *evidence* is computed from every test of it. A card reaches
no further than its authors agreed to.
"""

from plc.practices.authors import (
    Byline,
    add_coauthor,
    forget_author,
    leave_card,
    preview_byline,
    take_on_card,
    team_mates,
)
from plc.practices.cards import (
    Card,
    CardVersion,
    OwnCard,
    card,
    card_versions,
    discard_card,
    edit_card,
    edit_field,
    own_cards,
    write_card,
)
from plc.practices.colleague_checks import (
    ColleagueCheck,
    ask_colleague,
    check_card,
    colleague_checks,
)
from plc.practices.consent import Decision, LookFirst, Sharing, share_card, sharing, withdraw_card
from plc.practices.evidence import evidence_panel, evidence_panels
from plc.practices.evidence_records import EvidencePanel, Pooled, TestedRow
from plc.practices.invitations import (
    Invitation,
    LikeClasses,
    decline_invitation,
    invite_classes,
    like_classes,
    own_invitations,
)
from plc.practices.library import (
    Offered,
    PracticePage,
    PracticeQuery,
    PracticeRow,
    offered,
    practices_for,
    search_practices,
)
from plc.practices.materials import (
    Material,
    MaterialFile,
    add_file,
    add_link,
    materials,
    read_material,
    remove_material,
    set_material_shared,
)
from plc.practices.pooled_evidence import refresh_evidence
from plc.practices.questions import Question, answer_question, ask_author, questions
from plc.practices.reading_level import reading_grade, reading_hint
from plc.practices.releases import release_result, take_back_result, write_note
from plc.practices.replication import consider, fitting_inquiries, replicate
from plc.practices.waiting import Waiting, waiting
from plc.practices.wording import FIELD_NAMES, CardWording
from plc.results.student_words import NamesStudent

__all__ = [
    "FIELD_NAMES",
    "Byline",
    "Card",
    "CardVersion",
    "CardWording",
    "ColleagueCheck",
    "Decision",
    "EvidencePanel",
    "Invitation",
    "LikeClasses",
    "LookFirst",
    "Material",
    "MaterialFile",
    "NamesStudent",
    "Offered",
    "OwnCard",
    "Pooled",
    "PracticePage",
    "PracticeQuery",
    "PracticeRow",
    "Question",
    "Sharing",
    "TestedRow",
    "Waiting",
    "add_coauthor",
    "add_file",
    "add_link",
    "answer_question",
    "ask_author",
    "ask_colleague",
    "card",
    "card_versions",
    "check_card",
    "colleague_checks",
    "consider",
    "decline_invitation",
    "discard_card",
    "edit_card",
    "edit_field",
    "evidence_panel",
    "evidence_panels",
    "fitting_inquiries",
    "forget_author",
    "invite_classes",
    "leave_card",
    "like_classes",
    "materials",
    "offered",
    "own_cards",
    "own_invitations",
    "practices_for",
    "preview_byline",
    "questions",
    "read_material",
    "reading_grade",
    "reading_hint",
    "refresh_evidence",
    "release_result",
    "remove_material",
    "replicate",
    "search_practices",
    "set_material_shared",
    "share_card",
    "sharing",
    "take_back_result",
    "take_on_card",
    "team_mates",
    "waiting",
    "withdraw_card",
    "write_card",
    "write_note",
]
