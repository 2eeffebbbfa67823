"""Everything that the README shows is run, and its output compared; a line of … stands for lines left out."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EDUF = Path(sys.executable).with_name("eduf")
READMES = {"en": "README.md", "zh": "README.zh.md"}
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def shown() -> list[tuple[str, str, str]]:
    """Language, command and output of every console block."""
    found = []
    for lang, name in READMES.items():
        for block in BLOCK.findall((ROOT / name).read_text(encoding="utf-8")):
            command, _, output = block.partition("\n")
            found.append((lang, command.removeprefix("$ "), output))
    return found


def pattern(output: str) -> re.Pattern[str]:
    """What the output must be, lines of … standing for any lines."""
    lines = [".*\n" if line == "…" else re.escape(line) + "\n" for line in output.splitlines()]
    return re.compile("".join(line.replace(".*\n", "(?:.*\n)*") for line in lines))


@pytest.mark.parametrize(("lang", "command", "output"), shown(), ids=lambda value: value[:60])
def test_what_the_readme_shows_is_what_comes_out(lang: str, command: str, output: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    words = shlex.split(command)
    assert words[0] == "eduf"
    environment = {"EDUF_LANG": lang, "COLUMNS": "100", "PYTHONUTF8": "1", "PATH": ""}
    done = subprocess.run([EDUF, *words[1:]], cwd=tmp_path, capture_output=True, env=environment, check=False)
    found_errors = words[1] == "audit"  # the example has some
    assert done.returncode == found_errors
    assert pattern(output).fullmatch(done.stdout.decode())


def test_both_readmes_show_the_same_commands() -> None:
    commands = {lang: [command for each, command, _ in shown() if each == lang] for lang in READMES}
    assert len(commands["en"]) >= 4
    assert commands["en"] == commands["zh"]


@pytest.mark.parametrize("name", READMES.values())
def test_the_python_of_the_readme_says_what_it_gives(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / name).read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (expected,) = re.findall(r"# (Decimal.*)", code)
    printed: list[object] = []
    exec(code, {"print": printed.append})
    assert list(map(repr, printed)) == [expected]


@pytest.mark.parametrize("name", READMES.values())
def test_the_readme_names_every_dependency(name: str) -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [each for each in wanted if re.split("[<>=]", each)[0] not in text] == []
