"""What the actions do: plain functions of the app."""
