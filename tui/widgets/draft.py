"""The text of a cell that is being typed, and where in it the next character goes. No drawing."""

from dataclasses import dataclass

from rich.text import Text

LONGEST = 200


@dataclass
class Draft:
    """A line of text with a place in it."""

    text: str
    at: int

    def press(self, key: str, character: str | None) -> bool:
        """Take a key; False where it does nothing here."""
        match key:
            case "left":
                self.at = max(self.at - 1, 0)
            case "right":
                self.at = min(self.at + 1, len(self.text))
            case "home" | "ctrl+a":
                self.at = 0
            case "end" | "ctrl+e":
                self.at = len(self.text)
            case "backspace" if self.at:
                self.text = self.text[: self.at - 1] + self.text[self.at :]
                self.at -= 1
            case "delete":
                self.text = self.text[: self.at] + self.text[self.at + 1 :]
            case "ctrl+u":
                self.text, self.at = self.text[self.at :], 0
            case _ if character and character.isprintable():
                self.insert(character)
            case _:
                return key == "backspace"
        return True

    def insert(self, text: str) -> None:
        """Put a text in, of several lines the first."""
        line = text.strip("\r\n\t").splitlines()[0] if text.strip("\r\n\t") else ""
        self.text = (self.text[: self.at] + line + self.text[self.at :])[:LONGEST]
        self.at = min(self.at + len(line), len(self.text))

    def shown(self, before: str) -> Text:
        """The text behind a label, the place in it reversed."""
        whole = Text(f"{before}{self.text} ", no_wrap=True, end="")
        whole.stylize("reverse", len(before) + self.at, len(before) + self.at + 1)
        return whole
