"""Forms: uploading a workbook."""

from __future__ import annotations

from django import forms
from django.conf import settings

from jiheng.workflow import WORKBOOKS


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
