"""Dark, light and high contrast. No theme says anything by colour alone: every mark is also a character."""

from textual.theme import Theme

DARK = Theme(
    "eduf-dark",
    primary="#7fb3e8",
    secondary="#a0a8b0",
    accent="#8fd0c0",
    warning="#f0c060",
    error="#ff8a80",
    success="#9fd08f",
    foreground="#e4e6e8",
    background="#15181c",
    surface="#1e2329",
    panel="#2c333b",
)
LIGHT = Theme(
    "eduf-light",
    primary="#0b4f8a",
    secondary="#565c63",
    accent="#00645a",
    warning="#7a4a00",
    error="#a8120a",
    success="#226018",
    foreground="#16181a",
    background="#fbfbf8",
    surface="#eeefec",
    panel="#dcdfe0",
    dark=False,
)
CONTRAST = Theme(
    "eduf-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ff9090",
    success="#00ff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
)
THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
