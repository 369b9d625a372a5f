"""Names of WordprocessingML, transitional and strict, as local names: `{*}` would cost too much."""

from lxml import etree

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


def local(element: etree._Element) -> str:
    """The element's name without its namespace; "" for what is no element.

    >>> local(etree.fromstring('<w:p xmlns:w="w"/>'))
    'p'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first descendant along a path of local names, one name a level."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute of Word's own namespace; None when there is none."""
    if element is None:
        return None
    for space in _SPACES:
        value = element.get(f"{{{space}}}{name}")
        if value is not None:
            return str(value)
    value = element.get(name)
    return None if value is None else str(value)


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of sane length, or the default."""
    digits = (text or "").strip()
    if digits.lstrip("-").isdecimal() and digits.isascii() and len(digits) < 9:
        return int(digits)
    return default


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as `w:vanish` is there and not switched off."""
    return element is not None and (attribute(element, "val") or "true") not in ("0", "false", "off", "none")
