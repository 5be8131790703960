"""A matter (公开事项): one disclosed item, whatever its type."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from intranet.access.audience import Audience, is_within
from intranet.access.explaining import RuleFacts, State
from intranet.access.rule import restricted_readers
from intranet.access.sharing import share_tokens, shares_of
from intranet.disclosure import matter_permissions
from intranet.disclosure.body import BodyBlock
from intranet.disclosure.comments_meanwhile import keep_resolved_comments
from intranet.disclosure.going_live import brings_up, is_scheduled, passage, require_passage
from intranet.disclosure.keywords import keywords_in
from intranet.disclosure.models.catalogue import Category, CategoryTerms
from intranet.disclosure.models.choices import Ending, Language, Validity
from intranet.disclosure.particulars.forms import all_forms
from intranet.disclosure.plausible_days import implausible_days
from intranet.disclosure.preview import PreviewedAs
from intranet.disclosure.querysets import MatterQuerySet
from intranet.disclosure.secrecy import SecrecyBasis
from intranet.disclosure.written_into import WrittenWhileTyping
from intranet.organisation.models import Department, User


def new_identifier() -> str:
    return f"matter-{uuid.uuid4().hex[:12]}"


class MatterPage(PreviewedAs, WrittenWhileTyping, Page):
    """What every matter has. Its place in the tree gives its department and category.

    A matter is live only after it has passed `going_live`; its readers follow from `visibility`, the widest
    audience of its category today, and the people and groups named as readers.
    """

    type_code: ClassVar[str] = ""
    IS_ANOTHERS: ClassVar[str] = "is_anothers"
    """The annotation of a queryset that tells which pages its reader does not work on."""

    identifier = models.SlugField(_("identifier"), max_length=80, unique=True, default=new_identifier, editable=False)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="matters", verbose_name=_("category"), editable=False
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="matters", verbose_name=_("department"), editable=False
    )
    visibility = models.CharField(
        _("audience"),
        max_length=10,
        choices=Audience,
        blank=True,
        help_text=_("Who may read it once it is live. Without a choice nobody but its editors."),
    )
    summary = models.TextField(_("summary"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    particulars = StreamField(
        all_forms(),
        verbose_name=_("particulars"),
        blank=True,
        default=list,
        help_text=_(
            "The form that the category asks for: its rows are shown as a table and checked against each other."
        ),
    )
    document_number = models.CharField(
        _("document number"),
        max_length=100,
        blank=True,
        help_text=_("As printed, for example 甘安监〔2007〕138号"),
    )
    index_number = models.CharField(_("index number"), max_length=40, blank=True, editable=False)
    formed_on = models.DateField(_("formed on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    effective_from = models.DateField(_("effective from"), null=True, blank=True)
    effective_until = models.DateField(
        _("effective until"), null=True, blank=True, help_text=_("The last day on which it holds, where it names one.")
    )
    validity = models.CharField(
        _("validity"),
        max_length=10,
        choices=Validity,
        blank=True,
        help_text=_("Your word; dates and relations to other regulations on record count before it."),
    )
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.ZH_HANS)
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
    )
    translates_version_of = models.DateField(
        _("follows the text of"),
        null=True,
        blank=True,
        help_text=_("Day of the Chinese version that was translated."),
    )
    keywords = models.CharField(_("keywords"), max_length=300, blank=True, help_text=_("Separated by commas or 、"))
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    withheld_basis = models.CharField(
        _("left out on the basis"),
        max_length=20,
        choices=SecrecyBasis,
        blank=True,
        editable=False,
        help_text=_("Why passages were left out of this version, where any were."),
    )
    correction = models.CharField(
        _("what was corrected"),
        max_length=300,
        blank=True,
        help_text=_("In a few words, for the readers. It is reviewed with the new version and stands on its page."),
    )
    corrects = models.PositiveIntegerField(_("version that it corrects"), null=True, blank=True)
    review_by = models.DateField(
        _("look at it again by"),
        null=True,
        blank=True,
        help_text=_("You are reminded then to see whether it is still right."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)

    ending = models.CharField(_("ending"), max_length=10, choices=Ending, blank=True, editable=False)

    objects = PageManager.from_queryset(MatterQuerySet)()

    private_page_options: ClassVar[list[str]] = []
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["disclosure.CategorySection"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = [
        "identifier",
        "index_number",
        "published_on",
        "correction",
        "corrects",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawal_reason",
        "ending",
    ]

    search_fields: ClassVar[list] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("document_number"),
        index.SearchField("index_number"),
        index.SearchField("keywords"),
        index.SearchField("particulars"),
        index.RelatedFields(
            "attachments",
            [
                index.SearchField("title"),
                index.RelatedFields("document", [index.SearchField("title"), index.SearchField("filename")]),
            ],
        ),
        index.FilterField("identifier"),
    ]

    PRESERVED: ClassVar[tuple[str, ...]] = (
        "identifier",
        "category_id",
        "department_id",
        "index_number",
        "published_on",
        "withdrawn_at",
        "withdrawn_by_id",
        "withdrawal_reason",
        "ending",
    )
    """What belongs to the matter and not to a version of it; a revision never brings an old value back."""

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        constraints = [
            models.UniqueConstraint(
                name="index_number_once", fields=["index_number"], condition=~models.Q(index_number="")
            )
        ]
        indexes = [
            models.Index(name="matter_newest", fields=["-published_on"]),
            models.Index(name="matter_by_category", fields=["category", "-published_on"]),
            models.Index(name="matter_by_audience", fields=["category", "visibility"]),
            models.Index(name="matter_by_look", fields=["review_by"], condition=models.Q(review_by__isnull=False)),
        ]

    # What it is

    @property
    def type_label(self) -> str:
        """The type's name in the reader's language."""
        return str(self.specific_class._meta.verbose_name) if self.specific_class else ""

    @property
    def side(self) -> str:
        """The catalogue's side: external or internal."""
        return self.category.side

    @property
    def is_disclosed(self) -> bool:
        """Live and not past its last moment."""
        return bool(self.live and (self.expire_at is None or self.expire_at > timezone.now()))

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None and not self.live

    @cached_property
    def validity_today(self) -> str:
        """Whether it holds today, from `Validity`: of a regulation by all that is on record, else by its word."""
        from intranet.disclosure.validity.reading import is_regulation, validity_on

        return validity_on(self, timezone.localdate()).validity if is_regulation(self) else self.validity

    @property
    def validity_label(self) -> str:
        return str(Validity(self.validity_today).label) if self.validity_today else ""

    @property
    def keyword_list(self) -> list[str]:
        return keywords_in(self.keywords)

    def terms(self) -> CategoryTerms | None:
        """The category's terms in force on the matter's day of formation; before any, the first ones."""
        from intranet.disclosure.dated_terms import DatedTerms

        return DatedTerms(self.category_id).of(self.category_id, self.formed_on)

    def get_admin_display_title(self) -> str:
        """The draft's title for those who work on it, the live one where a list says that its reader does not."""
        return self.title if getattr(self, self.IS_ANOTHERS, False) else super().get_admin_display_title()

    # Who may read it

    def reader_tokens(self) -> frozenset[str]:
        """Nobody unless it is disclosed; then by audience, ceiling and named readers."""
        return self.tokens_if_disclosed() if self.is_disclosed else frozenset()

    def former_reader_tokens(self) -> frozenset[str]:
        """Who could read a withdrawn matter, and may therefore be told that it was withdrawn."""
        return self.tokens_if_disclosed() if self.is_withdrawn else frozenset()

    def tokens_if_disclosed(self, *, shares: Callable[[], Iterable[str]] | None = None) -> frozenset[str]:
        """The readers that this version has once it is live, by the ceiling of today; with those named for the matter
        unless others are given."""
        terms = self.category.terms_on()
        return self.tokens_below(
            terms.widest_audience if terms else None,
            shares=shares or (lambda: share_tokens(MatterPage, self.pk)),
        )

    def tokens_below(self, ceiling: str | None, *, shares: Callable[[], Iterable[str]]) -> frozenset[str]:
        """Its readers while it is disclosed, below this widest audience of its category, with these named ones."""
        return restricted_readers(
            audience=self.visibility, ceiling=ceiling, department_code=self.department.code, shares=shares
        )

    def rule_facts(self) -> RuleFacts:
        """What its readers follow from, for whoever explains them."""
        if self.is_disclosed:
            state = State.LIVE
        elif self.is_withdrawn:
            state = State.WITHDRAWN
        else:
            state = State.EXPIRED if self.live or self.expired else State.DRAFT
        terms = self.category.terms_on()
        return RuleFacts(
            state=state,
            audience=self.visibility,
            ceiling=terms.widest_audience if terms else None,
            department=self.department,
            shares=shares_of(self),
            deciders=self.deciders_now,
        )

    def deciders_now(self) -> models.QuerySet[User]:
        """Who decides the step that the matter has come to; nobody while it is under no review."""
        task = self.current_workflow_task
        return task.deciders(self) if task is not None else User.objects.none()

    def as_matter(self) -> "MatterPage":
        """The common matter of a typed page; the one that shares and references are kept for."""
        return self if type(self) is MatterPage else self.matterpage_ptr

    def permissions_for_user(self, user: Any) -> "matter_permissions.MatterPermissionTester":
        return matter_permissions.MatterPermissionTester(user, self)

    # What must hold

    def take_place(self) -> None:
        """Take department and category from the section that the matter lies in."""
        section = self.get_parent().specific
        self.department_id, self.category_id = section.department_id, section.category_id

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = dict(implausible_days(self))
        if self.visibility and self.category_id:
            terms = self.category.terms_on()
            if terms is None or not is_within(self.visibility, terms.widest_audience):
                widest = Audience(terms.widest_audience).label if terms else _("nobody")
                errors["visibility"] = _("Category %(category)s allows no wider audience than: %(widest)s.") % {
                    "category": self.category.code,
                    "widest": widest,
                }
        if self.translation_of_id and self.language == Language.ZH_HANS:
            errors["language"] = _("The text of record is Chinese; a translation is in another language.")
        if fault := self._fault_of_record():
            errors["translation_of"] = fault
        if self.effective_from and self.effective_until and self.effective_until < self.effective_from:
            errors["effective_until"] = _("It would end before it takes effect.")
        if errors:
            raise ValidationError(errors)

    def _fault_of_record(self) -> str:
        """Why the matter is no translation of what it names; empty where it is, or names nothing."""
        record = self.translation_of
        if record is None:
            return ""
        if record.pk == self.pk or record.translation_of_id is not None:
            return gettext("Choose the Chinese text of record: a translation is of that one.")
        if record.department_id != self.department_id:
            # It stands on the record's page and goes with it: no department has a say over another's pages.
            return gettext("A translation is of the department of its text of record.")
        if record.category_id != self.category_id:
            # One ceiling for both: a category that is narrowed narrows them together.
            return gettext("A translation is of the category of its text of record.")
        return ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.take_place()
        if brings_up(self, kwargs.get("update_fields")):
            require_passage(self)
        rows_change = bool(getattr(self, "_cluster_related_objects", None))
        keep_resolved_comments(self)
        super().save(*args, **kwargs)
        if rows_change:
            from wagtail.signal_handlers import update_reference_index_on_save

            # Wagtail counts the references before the rows of the page are written, and a row that goes is not
            # counted again: a file taken off would stay open to the readers of the page.
            update_reference_index_on_save(self)
            index.insert_or_update_object(self)

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> None:
        """Wagtail's publication of a revision, through the gate."""
        from intranet.disclosure.first_disclosure import prepare_for_live

        with transaction.atomic(), passage(self, revision, user):
            if not is_scheduled(revision):
                prepare_for_live(self)
            super().publish(revision, user, *args, **kwargs)

    def with_content_json(self, content: Any) -> "MatterPage":
        page = super().with_content_json(content)
        for field in self.PRESERVED:
            setattr(page, field, getattr(self, field))
        return page

    # What its page shows

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        """One template for all types; what a type has of its own it shows in its place."""
        return "disclosure/matter.html"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from intranet.disclosure.presentation import context_of

        user = getattr(request, "user", None) or AnonymousUser()
        return {**super().get_context(request, *args, **kwargs), **context_of(self, user, request.GET)}

    # Where it goes

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Wagtail's route, and for a withdrawn matter too: its address says that it was withdrawn."""
        if self.is_withdrawn and not path_components:
            return RouteResult(self)
        return super().route(request, path_components)

    def get_view_restrictions(self) -> Any:
        """None: Wagtail's own restrictions are switched off, the one rule stands at the door."""
        return PageViewRestriction.objects.none()

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The page; what is not the public's is kept by nobody on the way."""
        response = super().serve(request, *args, **kwargs)
        if not getattr(request, "is_public_page", False) or request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response

    def get_workflow(self) -> Any:
        """The workflow of the route that the category asks for, found by publication."""
        return matter_permissions.workflow_of(self)

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None
