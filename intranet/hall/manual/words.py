"""The words of a manual's frame in its own language. The interface does not speak Tibetan, a manual does."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

TIBETAN = {
    "manual": "དོན་གཅོད་ལམ་སྟོན་ལག་དེབ།",
    "whole_hall": "སྲིད་དོན་ཚོམས་ཆེན།",
    "contents": "དཀར་ཆག",
    "items": "ཞབས་ཞུའི་དོན་ཚན།",
    "conditions": "ཆ་རྐྱེན།",
    "basis": "ཁྲིམས་ལུགས་ཀྱི་གཞི་འཛིན།",
    "steps": "སྒྲུབ་པའི་གོ་རིམ།",
    "materials": "དགོས་པའི་ཡིག་ཆ།",
    "may_follow": "རྗེས་ནས་ཁ་སྐོང་ཆོག",
    "source": "གང་ནས་ལེན་དགོས།",
    "form": "འགེངས་ཤོག",
    "of_record": "རྒྱ་ཡིག་གི་མ་ཡིག་ནང་བཀོད་པའི་ཡིག་ཆ་ཚང་མ།",
    "limits": "དུས་བཀག",
    "legal": "ཁྲིམས་ཀྱི་དུས་བཀག",
    "promised": "ཁས་ལེན་དུས་བཀག",
    "fees": "གླ་ཡོན།",
    "no_fee": "གླ་ཡོན་མི་དགོས།",
    "price_complaints": "རིན་གོང་གི་ཞུ་གཏུག",
    "result": "གྲུབ་འབྲས།",
    "contact": "འབྲེལ་གཏུག",
    "place": "གནས་ཡུལ།",
    "directions": "འགྲོ་ལམ།",
    "hours": "གཞུང་ལས་དུས་ཚོད།",
    "phone": "ཁ་པར།",
    "complaint": "ཞུ་གཏུག",
    "not_said": "གསལ་བཤད་མེད།",
    "untranslated": "འདི་བོད་ཡིག་ཏུ་བསྒྱུར་མེད་པས་རྒྱ་ཡིག་གི་མ་ཡིག་བཀོད་ཡོད།",
    "translation": "འདི་ནི་ཡིག་བསྒྱུར་ཡིན། རྒྱ་ཡིག་གི་མ་ཡིག་ལ་ཚད་འཛིན་དགོས།",
    "index": "ཞབས་ཞུའི་དོན་ཚན་གྱི་ཨང་རྟགས་དཀར་ཆག",
    "internal": "ནང་ཁུལ་གྱི་ལམ་སྟོན་འདུས་ཡོད་པས་ཕྱི་ལ་སྤྲོད་མི་རུང་།",
    "online": "དྲ་བའི་ཐོག་གི་ལམ་སྟོན།",
}


def words_of(language: str) -> dict[str, str]:
    """The words by name, in the language, which is the one that is active."""
    if language == "bo":
        return TIBETAN
    return {
        "manual": _("Service guide manual"),
        "whole_hall": _("Government affairs hall"),
        "contents": _("Contents"),
        "items": _("Service items"),
        "conditions": _("Conditions"),
        "basis": _("Legal basis"),
        "steps": _("Steps"),
        "materials": _("What to bring"),
        "may_follow": _("May be supplied later"),
        "source": _("From:"),
        "form": _("Form to fill in:"),
        "of_record": _("All of it, as the Chinese text of record lists it:"),
        "limits": _("Time limits"),
        "legal": _("By law"),
        "promised": _("Promised"),
        "fees": _("Fees"),
        "no_fee": _("No fee is charged."),
        "price_complaints": _("Complaints about prices:"),
        "result": _("Result and its delivery"),
        "contact": _("Contact"),
        "place": _("Place"),
        "directions": _("Directions"),
        "hours": _("Office hours"),
        "phone": _("Phone"),
        "complaint": _("Where to complain"),
        "not_said": _("The guide does not say."),
        "untranslated": _("Nobody has translated this guide yet: here is the Chinese text."),
        "translation": _("This is a translation. The Chinese text is the text of record."),
        "index": _("Service items by code"),
        "internal": _("It has internal guides in it: not to be handed out."),
        "online": _("The whole guide"),
    }


def true_on(day: date, language: str) -> str:
    """That what stands in the manual is true on the day."""
    if language == "bo":
        return f"{day:%Y-%m-%d} ཉིན་གྱི་གནས་ཚུལ།"
    return _("As of %(day)s") % {"day": date_format(day, "DATE_FORMAT")}


def working_days(days: int, language: str) -> str:
    if language == "bo":
        return f"ལས་ཀའི་ཉིན་{days}"
    return ngettext("%(days)s working day", "%(days)s working days", days) % {"days": days}
