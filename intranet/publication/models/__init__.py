from intranet.publication.models.outgoing import OutgoingMail
from intranet.publication.models.release import Release
from intranet.publication.models.reminder import Reminder, ReminderQuerySet
from intranet.publication.models.route_record import Objection, RouteRecord
from intranet.publication.models.secrecy import SecrecyReview
from intranet.publication.models.steps import (
    HeadApprovalTask,
    MatterTask,
    MatterTaskState,
    OfficeApprovalTask,
    SecrecyReviewTask,
)
from intranet.publication.models.withdrawal import (
    WithdrawalAtOnce,
    WithdrawalAtOnceQuerySet,
    WithdrawalRequest,
    WithdrawalRequestQuerySet,
)

__all__ = [
    "HeadApprovalTask",
    "MatterTask",
    "MatterTaskState",
    "Objection",
    "OfficeApprovalTask",
    "OutgoingMail",
    "Release",
    "Reminder",
    "ReminderQuerySet",
    "RouteRecord",
    "SecrecyReview",
    "SecrecyReviewTask",
    "WithdrawalAtOnce",
    "WithdrawalAtOnceQuerySet",
    "WithdrawalRequest",
    "WithdrawalRequestQuerySet",
]
