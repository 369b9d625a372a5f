"""Forms: uploading a workbook."""

from __future__ import annotations

from django import forms
from django.conf import settings

from jiheng.workflow import WORKBOOKS
from jiheng_web.organisation.models import Unit
from jiheng_web.years.queries import today


class OpenYearForm(forms.Form):
    """For which department, and which year."""

    department = forms.ModelChoiceField(Unit.objects.none(), label="部门", empty_label=None)
    fiscal_year = forms.TypedChoiceField(label="年度", coerce=int)

    def __init__(self, departments: list[Unit], *args: object, **named: object) -> None:
        super().__init__(*args, **named)
        now = today().year
        self.fields["department"].queryset = Unit.objects.filter(pk__in=[one.pk for one in departments])
        self.fields["fiscal_year"].choices = [(year, f"{year} 年") for year in range(now + 1, now - 8, -1)]
        self.fields["fiscal_year"].initial = now


class UploadForm(forms.Form):
    """One workbook."""

    file = forms.FileField(label="工作簿", widget=forms.FileInput({"accept": ",".join(WORKBOOKS)}))

    def clean_file(self):
        given = self.cleaned_data["file"]
        if not given.name.lower().endswith(WORKBOOKS):
            raise forms.ValidationError(f"“{given.name}”不是工作簿：请选 .xlsx 文件（也可以是 .xls、.et）。")
        if given.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                f"文件有 {given.size // 1_048_576} MB，超过 {settings.UPLOAD_LIMIT // 1_048_576} MB 的上限。"
            )
        return given
