"""What every workbook of eduf is made with: the look of its cells, text that stays text, a file of the same bytes."""
