"""Forms: the reminder."""

from __future__ import annotations

from django import forms


class RemindForm(forms.Form):
    """A date and a sentence."""

    due_on = forms.DateField(label="期限", required=False, widget=forms.DateInput({"type": "date"}))
    message = forms.CharField(label="催办的话", max_length=500, required=False)
