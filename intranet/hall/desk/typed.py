"""What somebody typed into a form that can be sent no more: shown, so that it is not lost."""

from django import forms


def words_typed(form: forms.Form | None) -> list[tuple[str, str]]:
    """The label and the text of each line that was typed into the sent form; a choice is quickly made again."""
    if form is None:
        return []
    typed = [field for field in form if isinstance(field.field.widget, forms.Textarea | forms.TextInput)]
    found = [(str(field.label), str(field.data or "")) for field in typed if type(field.field) is forms.CharField]
    return [(label, words) for label, words in found if words.strip()]
