"""Reads the forms of a page as a browser would, so that they can be filled in and sent."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass(frozen=True)
class Box:
    """One thing to fill in."""

    name: str
    kind: str
    value: str = ""
    choices: tuple[str, ...] = ()
    longest: int = 0
    wrong: bool = False
    described_by: str = ""

    @property
    def is_typed(self) -> bool:
        return self.kind in {"text", "textarea", "email", "search", "tel", "password"}


@dataclass
class Form:
    """One form of a page; `page` is where it stood, `path` where it goes."""

    page: str
    path: str
    method: str
    boxes: dict[str, Box] = field(default_factory=dict)
    has_button: bool = False

    def add(self, box: Box) -> None:
        """A second radio button or checkbox of one name is one more choice of the first."""
        known = self.boxes.get(box.name)
        if known and box.kind in {"radio", "checkbox"}:
            box = replace(box, value=known.value or box.value, choices=known.choices + box.choices)
        if box.name and box.name != "csrfmiddlewaretoken":
            self.boxes[box.name] = box

    def values(self) -> dict[str, str]:
        """What would be sent if somebody pressed Enter at once: of several buttons, the first is pressed."""
        return {name: box.value for name, box in self.boxes.items() if box.value or box.kind != "checkbox"}


class Reader(HTMLParser):
    """Collects `forms`, and in `texts` the words of every element that has an id."""

    def __init__(self, page: str, html: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self.texts: dict[str, str] = {}
        self._form: Form | None = None
        self._open: list[tuple[str, str]] = []
        self._fieldset = ""
        self._select: Box | None = None
        self._area: Box | None = None
        self._option_chosen = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag not in {"input", "img", "br", "link", "meta", "hr", "source", "path", "use", "rect", "circle", "line"}:
            self._open.append((tag, found.get("id", "")))
        if tag == "fieldset":
            self._fieldset = found.get("aria-describedby", "")
        elif tag == "form":
            path = urlsplit(urljoin(self.page, found.get("action", ""))).path
            self._form = Form(self.page, path, found.get("method", "get").upper())
            self.forms.append(self._form)
        elif self._form is not None:
            self._box(self._form, tag, found)

    def _box(self, form, tag, found):
        name, kind = found.get("name", ""), found.get("type", "text")
        about = {
            "longest": int(found.get("maxlength") or 0),
            "wrong": found.get("aria-invalid") == "true",
            "described_by": f"{found.get('aria-describedby', '')} {self._fieldset}",
        }
        if tag == "input" and kind in {"radio", "checkbox"}:
            value = found.get("value", "on")
            form.add(Box(name, kind, value if "checked" in found else "", (value,), **about))
        elif tag == "input" and kind not in {"submit", "button", "image", "reset"}:
            form.add(Box(name, kind, found.get("value", ""), **about))
        elif tag == "button" and found.get("type", "submit") == "submit":
            if name and not form.has_button:
                form.add(Box(name, "button", found.get("value", ""), **about))
            form.has_button = True
        elif tag == "select":
            self._select = Box(name, "select", **about)
        elif tag == "option" and self._select:
            value = found.get("value", "")
            chosen = value if "selected" in found else self._select.value
            self._select = replace(self._select, value=chosen, choices=(*self._select.choices, value))
        elif tag == "textarea":
            self._area = Box(name, "textarea", **about)

    def handle_endtag(self, tag):
        if tag == "select" and self._select and self._form:
            self._form.add(self._select)
            self._select = None
        elif tag == "textarea" and self._area and self._form:
            self._form.add(replace(self._area, value=self._area.value.removeprefix("\n")))
            self._area = None
        elif tag == "fieldset":
            self._fieldset = ""
        elif tag == "form":
            self._form = None
        for position in range(len(self._open) - 1, -1, -1):
            if self._open[position][0] == tag:
                del self._open[position:]
                break

    def handle_data(self, data):
        if self._area:
            self._area = replace(self._area, value=self._area.value + data)
        for _tag, key in self._open:
            if key:
                self.texts[key] = self.texts.get(key, "") + data
