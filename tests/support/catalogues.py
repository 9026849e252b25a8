"""Keep the English catalogues: one for each area of the program, beside what it translates.

python -m tests.support.catalogues            say what is missing, left over or wrong
python -m tests.support.catalogues --bring    bring the catalogues up to what the source says
python -m tests.support.catalogues --build    make the .mo files that the program reads
"""

import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.support import messages
from tests.support.messages import Area, Key, Said
from tests.support.sources import ROOT

LANGUAGE = "en"
PLACE = Path("locale", LANGUAGE, "LC_MESSAGES", "django.po")
PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[a-z]|%%|{\w*}")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
# The English of a text: one form, or one for 1 and one for all other numbers.
type Forms = tuple[str, ...]

HEADER = """# English beside the simplified Chinese of the source.
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def complaints() -> list[str]:
    """Return every complaint about the catalogues in a sentence; none means complete."""
    said = messages.everything()
    kept = {folder: _read(folder) for folder in said}
    stray = set(ROOT.glob(f"yanxiu/**/{PLACE}")) - {folder / PLACE for folder in said}
    return [
        *(f"{_name(path)} belongs to no texts" for path in sorted(stray)),
        *(each for folder, area in said.items() for each in _compared(folder, area, kept[folder])),
        *_at_odds(kept),
    ]


def bring(words: Mapping[Key, Forms] | None = None) -> None:
    """Write each catalogue anew from the source; `words` fill in what has no English yet."""
    said = messages.everything()
    kept = {folder: _read(folder) for folder in said}
    known: dict[Key, Forms] = {}
    for catalogue in kept.values():
        known |= {_key(each): _forms(each) for each in _entries(catalogue) if any(_forms(each))}
    for folder, area in said.items():
        fresh = _catalogue(area, kept[folder], known | dict(words or {}))
        path = folder / PLACE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_text(fresh))


def build() -> None:
    """Make the file that the program reads beside each catalogue."""
    for path in sorted(ROOT.glob(f"yanxiu/**/{PLACE}")):
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as made:
            write_mo(made, read_po(source, locale=LANGUAGE))


def _compared(folder: Path, area: Area, catalogue: Catalog) -> Iterator[str]:
    name = _name(folder / PLACE)
    kept = {_key(each): each for each in _entries(catalogue)}
    yield from (f"{name} has no “{key.text}”" for key in area if key not in kept)
    yield from (f"{name} keeps “{key.text}”, which nothing says" for key in kept if key not in area)
    for key in area:
        if key in kept:
            yield from (f"{name} “{key.text}” {wrong}" for wrong in _wrong(kept[key], area[key]))


def _wrong(entry: Message, said: Said) -> Iterator[str]:
    """Say what is wrong with one entry."""
    forms = _forms(entry)
    if "fuzzy" in entry.flags:
        yield "is fuzzy"
    if not all(forms):
        yield "has no English"
        return
    if bool(said.plural) != (len(forms) > 1):
        yield "has a plural on one side only"
    source = said.plural or _key(entry).text
    # One thing may be said without its number.
    wanted = {len(forms) - 1: _placeholders(source)}
    for place, form in enumerate(forms):
        if any(run not in source for run in CHINESE.findall(form)):
            yield f"is said in Chinese letters: {form}"
        if _placeholders(form) != wanted.get(place, _placeholders(form)):
            yield f"does not have the same placeholders: {form}"


def _at_odds(kept: Mapping[Path, Catalog]) -> Iterator[str]:
    """Say which texts two areas translate differently: the program reads them as one."""
    first: dict[Key, tuple[object, Path]] = {}
    for folder, catalogue in kept.items():
        for entry in _entries(catalogue):
            said, where = first.setdefault(_key(entry), (entry.string, folder))
            if said != entry.string:
                yield f"{_name(folder)} and {_name(where)} say “{_key(entry).text}” differently"


def _placeholders(text: str) -> Counter[str]:
    return Counter(found[0] for found in PLACEHOLDER.finditer(text))


def _catalogue(area: Area, old: Catalog, known: Mapping[Key, Forms]) -> Catalog:
    fresh = Catalog(LANGUAGE)
    for key, said in area.items():
        fresh.add(
            (key.text, said.plural) if said.plural else key.text,
            _string(known.get(key, ()), said),
            locations=[(name, 0) for name in said.files],
            context=key.context or None,
            flags={"python-format"} if "%(" in key.text else set(),
        )
    return fresh


def _string(forms: Forms, said: Said) -> str | tuple[str, ...]:
    """Return the English of a text as a catalogue takes it: two forms where it has a plural."""
    if said.plural:
        return (*forms, "", "")[:2]
    return forms[-1] if forms else ""


def _forms(entry: Message) -> Forms:
    string = entry.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def _text(catalogue: Catalog) -> bytes:
    """Return a catalogue as it is kept: without dates, which would differ every time."""
    written = io.BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False, omit_header=True)
    return HEADER.encode() + written.getvalue()


def _read(folder: Path) -> Catalog:
    path = folder / PLACE
    if not path.is_file():
        return Catalog(LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def _entries(catalogue: Catalog) -> Iterator[Message]:
    return (each for each in catalogue if each.id)


def _key(entry: Message) -> Key:
    text = entry.id if isinstance(entry.id, str) else entry.id[0]
    return Key(text, entry.context or "")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanxiu.config.settings")
    match sys.argv[1:]:
        case ["--bring"]:
            bring()
        case ["--build"]:
            build()
        case _:
            sys.exit("\n".join(complaints()) or 0)
