"""The steps of review and release as Wagtail tasks."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from intranet.disclosure.models import MatterPage
from intranet.disclosure.secrecy import SecrecyBasis
from intranet.disclosure.written_into import hold_versions
from intranet.organisation.models import User


class MatterTaskState(TaskState):
    """One step of one matter. Every decision, by whatever route it comes, ends here and is checked here."""

    basis = models.CharField(_("basis"), max_length=20, choices=SecrecyBasis, blank=True)
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("in the place of")
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("in the hands of")
    )
    claimed_at = models.DateTimeField(_("in hand since"), null=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("handed over by")
    )
    claim_note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("decision on a matter")
        verbose_name_plural = _("decisions on matters")

    third_party = ""
    """Why a third party's interest does not stand against the conclusion that is being made."""

    exclude_fields_in_copy = ["acting_for", "claimed_by", "claimed_at", "handed_over_by", "claim_note"]

    @property
    def step_name(self) -> str:
        """What its step is called in the reader's language, where the task has the one name that the office gave it."""
        return name_of_step(self.task)

    @property
    def matter(self) -> MatterPage:
        """The matter that is decided on."""
        return self.workflow_state.content_object.specific

    def locked(self) -> "MatterTaskState":
        """The step as it stands, nobody else's to decide or to take in hand until the transaction ends.

        Its status is in the row of Wagtail's model: a lock on ours alone would wait for the first of two heads and then
        show the second what had been before.
        """
        return MatterTaskState.objects.select_for_update(of=("self", "taskstate_ptr")).get(pk=self.pk)

    @transaction.atomic
    def approve(self, user: Any = None, update: bool = True, comment: str = "") -> "MatterTaskState":
        """Approve the step. Raises `ApprovalRefused` with every reason against; nothing has changed then."""
        self._require_decision(user)
        if self.task.specific_class is SecrecyReviewTask:
            from intranet.publication.secrecy.concluding import keep_clearance

            keep_clearance(self, by=user, reason=comment)
        return super().approve(user=user, update=update, comment=comment)

    @transaction.atomic
    def reject(self, user: Any = None, update: bool = True, comment: str = "") -> "MatterTaskState":
        """Return the matter to its author with a comment. Raises `ApprovalRefused` like `approve`."""
        self._require_decision(user, comment=comment)
        return super().reject(user=user, update=update, comment=comment)

    def _require_decision(self, user: Any, comment: str | None = None) -> None:
        from intranet.publication.approval import require_decision

        require_decision(self, by=user, comment=comment)


def name_of_step(task: Task) -> str:
    """What the step is called in the reader's language."""
    return capfirst(str(task.specific_class._meta.verbose_name))


class MatterTask(Task):
    """Common to the steps: who decides follows from the matter's department, the editor is closed meanwhile."""

    task_state_class = MatterTaskState

    class Meta:
        abstract = True

    def deciders(self, matter: MatterPage) -> QuerySet[User]:
        """Who decides this step of the matter."""
        from intranet.publication.deciders import deciders_of

        return deciders_of(self, matter)

    @transaction.atomic
    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Start the step; a matter that came back begins again with the first step its new text has not passed.

        What is submitted, or submitted again, takes the route that its category asks for on that day.
        """
        from intranet.publication.routes import workflow_for
        from intranet.publication.submission import require_submittable

        matter = workflow_state.content_object.specific
        hold_versions(matter)
        require_submittable(matter, by=user, resuming=workflow_state)
        if workflow_state.current_task_state is None:
            workflow_state.workflow = workflow_for(matter.category) or workflow_state.workflow
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    def user_can_access_editor(self, obj: Page, user: User | AnonymousUser) -> bool:
        return user.pk is not None and self.deciders(obj.specific).filter(pk=user.pk).exists()

    def locked_for_user(self, obj: Page, user: User | AnonymousUser) -> bool:
        """Nobody changes what is being decided; who wants a change returns it."""
        return True

    def get_actions(self, obj: Page, user: User | AnonymousUser) -> list:
        """None in Wagtail's menu: decisions are made on the decision screen, which shows what is decided."""
        return []

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        from intranet.publication.awaiting import awaiting

        keys = [step.state.pk for step in awaiting(user) if step.state.task_id == self.pk]
        return TaskState.objects.filter(pk__in=keys)


class SecrecyReviewTask(MatterTask):
    """Review first, disclose after. Source: Regulations on Open Government Information (2019), article 17."""

    class Meta:
        verbose_name = _("secrecy review")
        verbose_name_plural = _("secrecy reviews")

    @classmethod
    def get_description(cls) -> str:
        return gettext("A secrecy reviewer concludes whether the matter may be disclosed")


class HeadApprovalTask(MatterTask):
    """The decision of the department's head, its first responsible person."""

    class Meta:
        verbose_name = _("head's approval")
        verbose_name_plural = _("heads' approvals")

    @classmethod
    def get_description(cls) -> str:
        return gettext("The head of the matter's department approves its publication")


class OfficeApprovalTask(MatterTask):
    """The leading group's office, where the category's route asks for it."""

    class Meta:
        verbose_name = _("office's approval")
        verbose_name_plural = _("office's approvals")

    @classmethod
    def get_description(cls) -> str:
        return gettext("The leading group's office approves its publication")
