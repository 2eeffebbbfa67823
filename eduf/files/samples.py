"""The template of a case and the examples, as they come with eduf."""

from pathlib import Path

_HERE = Path(__file__).parent
_EXAMPLES = (_HERE.parent / "examples", _HERE.parent.parent / "examples")  # in the wheel; in the source tree


def template(lang: str, suffix: str = ".toml") -> bytes:
    """A case to fill in, as a commented file or a workbook."""
    if suffix == ".xlsx":
        from eduf.files.template import workbook

        return workbook(None, lang)
    return (_HERE / f"template.{lang}.toml").read_bytes()


def example(name: str) -> bytes:
    """An example's case file."""
    folder = next(each for each in _EXAMPLES if each.is_dir())
    return (folder / f"{name}.toml").read_bytes()
