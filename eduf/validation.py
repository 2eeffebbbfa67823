"""What pydantic's errors mean here."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails


def errors_of(error: ValidationError) -> list[ErrorDetails]:
    """The errors, without a list called too short only because entries of it are wrong and reported themselves."""
    found = error.errors(include_url=False)
    return [each for each in found if each["type"] != "too_short" or len(each["input"]) < each["ctx"]["min_length"]]
